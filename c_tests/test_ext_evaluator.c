/* What needs a bytecode evaluator says so: NotImplementedError with the function's name, and never a crash. Ours only. */
#include "check.h"
#include <dlfcn.h>

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
/* The rest by their names. Each leaves the exception set, or prints it where CPython's prints what was raised. */
TEST(names) {
    static const char *const raising[] = {"PyRun_File", "PyRun_FileEx", "PyRun_FileExFlags", "PyRun_FileFlags",
                                          "Py_CompileString", "Py_CompileStringFlags", "PyEval_EvalFrame", "PyEval_EvalFrameEx",
                                          "PyGen_New", "PyGen_NewWithQualName", "PyCoro_New", "PyAsyncGen_New"};
    static const char *const printing[] = {"PyRun_AnyFile", "PyRun_AnyFileEx", "PyRun_AnyFileFlags", "PyRun_InteractiveLoop", "PyRun_InteractiveOne", "PyRun_InteractiveOneObject",
                                           "PyRun_InteractiveOneFlags", "PyRun_SimpleFile", "PyRun_SimpleFileEx", "PyRun_SimpleFileExFlags"};
    PyObject *globals = value("{}");
    for (size_t i = 0; i < Py_ARRAY_LENGTH(raising) + Py_ARRAY_LENGTH(printing); i++) {
        int prints = i >= Py_ARRAY_LENGTH(raising);
        const char *name = prints ? printing[i - Py_ARRAY_LENGTH(raising)] : raising[i];
        long (*function)(void *, const char *, int, PyObject *, PyObject *, int, int);
        *(void **)&function = dlsym(RTLD_DEFAULT, name);
        int frame = strstr(name, "Eval") || strstr(name, "_New");
        int result = function ? (int)function(frame ? NULL : (void *)stdin, "file.py", Py_file_input, globals, globals, 0, 0) : 99;
        PyObject *raised = keep(PyErr_GetRaisedException());
        char expected[200], got[200] = "nothing";
        snprintf(expected, sizeof expected, "%s: " NO, name);
        if (raised) snprintf(got, sizeof got, "%s", PyUnicode_AsUTF8(keep(PyObject_Str(raised))));
        CHECK_STR_EQ(got, prints && !raised ? "nothing" : expected);
        CHECK(result == 0 || result == -1);
        CHECK(prints || raised);
    }
}
CHECK_MAIN()
