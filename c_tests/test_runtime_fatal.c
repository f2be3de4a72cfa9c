/* What ends the process, and with which words. */
#define _GNU_SOURCE
#include "check.h"
#include <pthread.h>

extern void _PyThreadState_Init(PyThreadState *);
static PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m"};
static PyObject *init(void) { return PyModuleDef_Init(&def); }
static struct _inittab table[] = {{"m", init}, {NULL, NULL}};
#define NO_STATE ": the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)"

TEST(thread_states) {
    PyThreadState *mine = PyThreadState_Get(), *other = PyThreadState_New(PyInterpreterState_Get());
    CHECK_FATAL(_PyThreadState_Init(mine), "Fatal Python error: _PyThreadState_Init: _PyThreadState_Init() is for internal use only");
    CHECK_FATAL(PyThreadState_Delete(mine), " is still current");
    CHECK_FATAL((PyThreadState_Swap(NULL), PyThreadState_DeleteCurrent()), "Fatal Python error: _PyThreadState_DeleteCurrent" NO_STATE);
    CHECK_FATAL((PyThreadState_Swap(NULL), PyThreadState_GetDict(), PyThreadState_Get()), "Fatal Python error: PyThreadState_Get" NO_STATE);
    CHECK_FATAL(Py_EndInterpreter(other), "Fatal Python error: Py_EndInterpreter: thread is not current");
    CHECK_FATAL((PyThreadState_Swap(NULL), Py_EndInterpreter(mine)), "Fatal Python error: Py_EndInterpreter: thread is not current");
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
}

static void *release_unknown(void *data) { (void)data; PyGILState_Release(PyGILState_UNLOCKED); return NULL; }
static void in_a_thread(void *(*run)(void *)) {
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
}
TEST(gilstate) {
    CHECK_FATAL(in_a_thread(release_unknown), "Fatal Python error: PyGILState_Release: auto-releasing thread-state, but no thread-state for this thread");
    CHECK_FATAL((PyEval_SaveThread(), PyGILState_Release(PyGILState_LOCKED)), " must be current when releasing");
}

TEST(too_late_for_the_table) {
    CHECK_FATAL(PyImport_AppendInittab("m", init), "Fatal Python error: PyImport_AppendInittab: PyImport_AppendInittab() may not be called after Py_Initialize()");
    CHECK_FATAL(PyImport_ExtendInittab(table), "Fatal Python error: PyImport_ExtendInittab: PyImport_ExtendInittab() may not be called after Py_Initialize()");
}

TEST(modules) {
    CHECK_FATAL(PyState_AddModule(Py_None, NULL), "Fatal Python error: PyState_AddModule: module definition is NULL");
    static PyModuleDef single = {PyModuleDef_HEAD_INIT, .m_name = "single", .m_size = -1};
    PyObject *module = keep(PyModule_Create(&single));
    CHECK_INT(PyState_AddModule(module, &single), "0");
    CHECK_FATAL(PyState_AddModule(module, &single), " already added");
    CHECK_INT(PyState_RemoveModule(&single), "0");
    CHECK_FATAL(PyState_RemoveModule(&def), "Fatal Python error: _modules_by_index_clear_one: invalid module index");
}

TEST(own_words) {
    CHECK_FATAL(Py_FatalError("no more"), "Fatal Python error: test_own_words: no more\nPython runtime state: initialized\n");
    CHECK_FATAL((PyErr_SetString(PyExc_ValueError, "and this"), Py_FatalError("no more")), "ValueError: and this\n");
    CHECK_FATAL((PyEval_SaveThread(), Py_FatalError("no more")), "Fatal Python error: test_own_words: no more\nPython runtime state: initialized\n");
    CHECK_FATAL((Py_Finalize(), Py_FatalError("no more")), "Fatal Python error: test_own_words: no more\nPython runtime state: ");
    /* a status ends the process without abort() */
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) { if (!freopen("/dev/null", "w", stderr)) _exit(2); Py_ExitStatusException(PyStatus_Error("a status")); }
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

/* Py_FatalError names the function that it stands in; this one is told, or is not. */
TEST(told_by_whom) {
    CHECK_FATAL(_Py_FatalErrorFunc("some_function", "no more"), "Fatal Python error: some_function: no more\nPython runtime state: initialized\n");
    CHECK_FATAL(_Py_FatalErrorFunc(NULL, "no more"), "Fatal Python error: no more\nPython runtime state: initialized\n");
    CHECK_FATAL(_Py_FatalErrorFunc("some_function", NULL), "Fatal Python error: some_function: <message not set>\n");
    CHECK_FATAL(_Py_FatalErrorFunc(NULL, NULL), "Fatal Python error: <message not set>\n");
    CHECK_FATAL((PyErr_SetString(PyExc_ValueError, "and this"), _Py_FatalErrorFunc("f", "no more")), "ValueError: and this\n");
    /* a place for a debugger to stop at */
    PyErr_SetString(PyExc_KeyError, "stays");
    _Py_BreakPoint();
    CHECK_RAISES(0, PyExc_KeyError, "'stays'");
}

/* What stands below the first lines: the threads of the interpreter, which of them this one is, and extension modules. */
#define NO_FRAME " (most recent call first):\n  <no Python frame>\n"
static void *dies(void *data) { pthread_setname_np(pthread_self(), "second"); (void)data; Py_FatalError("x"); return NULL; }
static void *attaches_and_dies(void *data) { PyGILState_Ensure(); return dies(data); }
static void *detaches_and_dies(void *data) { PyGILState_Ensure(); PyEval_SaveThread(); return dies(data); }
static void die(void *(*run)(void *)) {
    pthread_setname_np(pthread_self(), "first");
    if (!run) Py_FatalError("x");
    PyEval_SaveThread();
    in_a_thread(run);
}
TEST(threads) {
    CHECK_FATAL(die(NULL), "Fatal Python error: die: x\nPython runtime state: initialized\n\nCurrent thread 0x");
    CHECK_FATAL(die(NULL), " [first]" NO_FRAME);
    CHECK_FATAL((PyThreadState_New(PyInterpreterState_Get()), die(NULL)), " [first]" NO_FRAME "\nCurrent thread 0x");
    CHECK_FATAL((PyEval_SaveThread(), die(NULL)), "\n\nCurrent thread 0x");
    CHECK_FATAL((Py_NewInterpreter(), die(NULL)), "\n\nCurrent thread 0x");
    CHECK_FATAL((Py_EndInterpreter(Py_NewInterpreter()), die(NULL)), "\n\nThread 0x");
    CHECK_FATAL(die(dies), "initialized\n\nThread 0x");
    CHECK_FATAL(die(dies), " [first]" NO_FRAME);
    CHECK_FATAL(die(attaches_and_dies), "initialized\n\nCurrent thread 0x");
    CHECK_FATAL(die(attaches_and_dies), " [second]" NO_FRAME "\nThread 0x");
    CHECK_FATAL(die(detaches_and_dies), " [second]" NO_FRAME "\nThread 0x");
    CHECK_FATAL((PyErr_SetString(PyExc_KeyError, "k"), die(NULL)), "KeyError: 'k'\n\nCurrent thread 0x");
}
static PyObject *nothing(PyObject *self, PyObject *none) { (void)self; (void)none; Py_RETURN_NONE; }
static PyMethodDef methods[] = {{"nothing", nothing, METH_NOARGS, NULL}, {NULL}};
static PyModuleDef extension = {PyModuleDef_HEAD_INIT, .m_name = "extension", .m_size = -1, .m_methods = methods};
static void load(const char *name, PyModuleDef *definition) {
    PyObject *module = PyModule_Create(definition);
    PyDict_SetItemString(PyImport_GetModuleDict(), name, module);
    Py_DECREF(module);
}
TEST(extension_modules) {
    CHECK_FATAL((load("one", &extension), load("json.own", &extension), load("array", &extension), load("bare", &def), die(NULL)),
                NO_FRAME "\nExtension modules: one, json.own (total: 2)\n");
    CHECK_FATAL((load("n\xc3\xa4me", &extension), PyEval_SaveThread(), die(NULL)), NO_FRAME "\nExtension modules: n\\xe4me (total: 1)\n");
}
TEST(odd_words) {
    CHECK_FATAL(Py_ExitStatusException(PyStatus_Ok()), "Fatal Python error: Py_ExitStatusException() must not be called on success\n");
    CHECK_FATAL((Py_Finalize(), Py_FatalError("m")), "Python runtime state: finalizing (tstate=0x");
}

TEST(collector) {
    PyObject *list = keep(PyList_New(0));
    PyMutex mutex = {0};
    CHECK_FATAL(PyObject_GC_Track(list), "object already tracked by the garbage collector");
    CHECK_FATAL(PyMutex_Unlock(&mutex), "Fatal Python error: PyMutex_Unlock: unlocking mutex that is not locked");
}
CHECK_MAIN()
