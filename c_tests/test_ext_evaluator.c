/* What needs a bytecode evaluator says so: NotImplementedError with the function's name, and never a crash. Ours only. */
#include "crossinterp.h"
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

/* What goes into another interpreter to be run: source text is not compiled here, code is not run there. */
TEST(scripts) {
    static const char *const sources[] = {"x = 1", "", "syntax error here"};
    XIData *data = _PyXIData_New();
    PyObject *raised;
    for (int i = 0; i < 3; i++) {
        CHECK(_PyCode_GetScriptXIData(me(), value("s", sources[i]), data) == -1);
        raised = keep(PyErr_GetRaisedException());
        CHECK_BORROWED(raised, "NotShareableError('object not a valid script')");
        CHECK_REPR(PyException_GetCause(raised), "NotImplementedError('Py_CompileStringExFlags: " NO "')");
        CHECK(!data->data && !data->obj);
    }
    CHECK(_PyCode_GetPureScriptXIData(me(), value("y", "x = 1"), data) == -1 && !data->data);
    PyErr_Clear();
    CHECK_INT(_PyCode_GetScriptXIData(me(), keep((PyObject *)PyCode_NewEmpty("file", "name", 1)), data), "0");
    PyThreadState *mine = me();
    PyInterpreterConfig own = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyInterpreterState *other = _PyXI_NewInterpreter(&own, NULL, NULL, NULL);
    Session *session = _PyXI_NewSession();
    Result result = {0};
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    PyObject *code = _PyXIData_NewObject(data), *ns = _PyXI_GetMainNamespace(session, NULL);
    CHECK(code && ns && !PyEval_EvalCode(code, ns, ns));
    Py_XDECREF(code);
    CHECK_INT(_PyXI_Exit(session, NULL, &result), "-1");
    CHECK(me() == mine && !_PyInterpreterState_IsRunningMain(other));
    CHECK_REPR(PyObject_GetAttrString(result.excinfo, "formatted"), "'NotImplementedError: PyEval_EvalCode: " NO "'");
    _PyXI_ClearResult(&result);
    _PyXI_FreeSession(session);
    _PyXI_EndInterpreter(other, NULL, NULL);
    CHECK_INT(_PyXIData_ReleaseAndRawFree(data), "0");
}

/* Modules from code, and files: the code is looked at by nobody, and there is no module io. */
TEST(code_and_files) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("f", "n", 1)), *name = value("s", "coded");
    CHECK_REPR(PyImport_ExecCodeModule("coded", code), "!!NotImplementedError: PyImport_ExecCodeModule: " NO);
    CHECK_REPR(PyImport_ExecCodeModuleEx("coded", Py_None, "p"), "!!NotImplementedError: PyImport_ExecCodeModuleEx: " NO);
    CHECK_REPR(PyImport_ExecCodeModuleWithPathnames("coded", code, NULL, "c"), "!!NotImplementedError: PyImport_ExecCodeModuleWithPathnames: " NO);
    CHECK_REPR(PyImport_ExecCodeModuleObject(name, NULL, NULL, NULL), "!!NotImplementedError: PyImport_ExecCodeModuleObject: " NO);
    CHECK_REPR(PyFile_OpenCode("f"), "!!NotImplementedError: PyFile_OpenCode: this runtime has no module io");
    CHECK_REPR(PyFile_OpenCodeObject(name), "!!NotImplementedError: PyFile_OpenCodeObject: this runtime has no module io");
    CHECK_REPR(PyFile_FromFd(1, "name", "w", -1, NULL, NULL, NULL, 0), "!!NotImplementedError: PyFile_FromFd: this runtime has no module io");
    CHECK_REPR(PyFile_FromFd(-1, NULL, NULL, -1, NULL, NULL, NULL, 0), "!!NotImplementedError: PyFile_FromFd: this runtime has no module io");
}

/* What would run a program says so on standard error; the runtime is finalized, as after a program. */
static void ends(int (*run)(void), const char *said, int finalized) {
    int from[2], status = 0;
    char got[1000] = "";
    fflush(stdout);
    pid_t child = pipe(from) == 0 ? fork() : -1;
    if (child == 0) { dup2(from[1], 2); int code = run(); _exit(code * 10 + !Py_IsInitialized()); }
    close(from[1]);
    ssize_t n = read(from[0], got, sizeof got - 1);
    close(from[0]);
    waitpid(child, &status, 0);
    CHECK(n > 0 && strstr(got, said));
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 10 + finalized);
}
static int run_main(void) { return Py_RunMain(); }
static int frozen_main(void) { char *argv[] = {"program", "argument", NULL}; return Py_FrozenMain(2, argv); }
static int bytes_main(void) { char *argv[] = {"program", NULL}; return Py_BytesMain(1, argv); }
static int wide_main(void) { wchar_t *argv[] = {L"program", NULL}; return Py_Main(1, argv); }
TEST(programs) {
    ends(run_main, "Py_RunMain: " NO, 1);
    ends(frozen_main, "Py_FrozenMain: " NO, 0);
    ends(bytes_main, "Py_BytesMain: " NO, 0);
    ends(wide_main, "Py_Main: " NO, 0);
}
CHECK_MAIN()
