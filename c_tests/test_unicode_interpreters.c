/* Strings, interned names and codecs in several interpreters, one after the other and through several lives. */
#include "check.h"

static void work(void) {
    PyObject *a = PyUnicode_InternFromString("only in this interpreter"), *b = PyUnicode_InternFromString("only in this interpreter");
    CHECK(a && a == b);
    Py_XDECREF(b);
    /* One that nobody gives back: it goes with the interpreter. */
    PyObject *kept = PyUnicode_InternFromString("kept for the life of the interpreter");
    PyDict_SetItemString(PyInterpreterState_GetDict(PyInterpreterState_Get()), "kept", kept);
    Py_DECREF(kept);
    CHECK(PyUnicode_InternFromString("__init__") == PyUnicode_InternFromString("__init__"));
    CHECK_INT(PyCodec_KnownEncoding("utf-8"), "1");
    CHECK_REPR(PyCodec_Encode(keep(PyUnicode_FromString("\xc3\xa9")), "latin-1", NULL), "b'\\xe9'");
    CHECK_REPR(PyObject_CallMethod(keep(PyCodec_IncrementalDecoder("utf-8", NULL)), "decode", "y", "\xc3\xa9"), "'é'");
    CHECK_REPR(PyUnicode_AsEncodedString(keep(PyUnicode_FromString("\xe2\x82\xac")), "ascii", "here"), "!!LookupError: unknown error handler name 'here'");
    PyObject *handler = PyCodec_LookupError("replace");
    CHECK_INT(PyCodec_RegisterError("here", handler), "0");
    Py_XDECREF(handler);
    CHECK_REPR(PyUnicode_AsEncodedString(keep(PyUnicode_FromString("\xe2\x82\xac")), "ascii", "here"), "b'?'");
    Py_XDECREF(a);
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
}

TEST(interpreters) {
    for (int life = 0; life < 3; life++) {
        Py_InitializeEx(0);
        PyThreadState *main = PyThreadState_Get();
        work();
        for (int i = 0; i < 3; i++) {
            PyThreadState *other = NULL;
            PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
            if (i == 1) other = Py_NewInterpreter();
            else CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&other, &config)));
            work();
            Py_EndInterpreter(other);
            PyThreadState_Swap(main);
        }
        CHECK_INT(Py_FinalizeEx(), "0");
    }
}
CHECK_MAIN_BARE()
