//! `Py_NewInterpreterFromConfig` and `Py_EndInterpreter`.
