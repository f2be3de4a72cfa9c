/* What needs a bytecode evaluator says so: NotImplementedError with the function's name, and never a crash. Ours only. */
#include "check.h"

#define NO "this runtime has no bytecode evaluator"
TEST(run) {
    PyObject *globals = value("{}");
    CHECK_REPR(PyRun_StringFlags("1", Py_eval_input, globals, globals, NULL), "!!NotImplementedError: PyRun_StringFlags: " NO);
    CHECK_REPR((PyRun_String)("1", Py_eval_input, globals, globals), "!!NotImplementedError: PyRun_String: " NO);
    CHECK_REPR(Py_CompileStringExFlags("1", "file", Py_eval_input, NULL, -1), "!!NotImplementedError: Py_CompileStringExFlags: " NO);
    CHECK_REPR(Py_CompileStringObject("1", value("s", "f"), Py_eval_input, NULL, -1), "!!NotImplementedError: Py_CompileStringObject: " NO);
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("f", "n", 1));
    CHECK_REPR(PyEval_EvalCode(code, globals, globals), "!!NotImplementedError: PyEval_EvalCode: " NO);
    CHECK_REPR(PyEval_EvalCodeEx(code, globals, globals, NULL, 0, NULL, 0, NULL, 0, NULL, NULL), "!!NotImplementedError: PyEval_EvalCodeEx: " NO);
    CHECK_INT(PyErr_Occurred() == NULL, "1");
}

/* The simple ones print what went wrong and return -1, as they do for any exception. */
TEST(simple) {
    CHECK_INT((PyRun_SimpleString)("x = 1"), "-1");
    CHECK_INT(PyRun_SimpleStringFlags("x = 1", NULL), "-1");
}
CHECK_MAIN()
