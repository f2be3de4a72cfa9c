/* The runtime's life: start and end in cycles, configuration, sub-interpreters, thread states, at-exit functions. */
#include "check.h"
#include <pthread.h>

static int status_of(PyStatus status) { return PyStatus_Exception(status) ? -1 : PyStatus_IsExit(status) ? 1 : 0; }

TEST(cycle) {
    CHECK_INT(Py_IsInitialized(), "0");
    for (int i = 0; i < 20; i++) {
        Py_Initialize();
        CHECK(Py_IsInitialized() && !Py_IsFinalizing());
        Py_Initialize();
        PyObject *list = PyList_New(0), *module = PyImport_ImportModule("sys");
        CHECK_INT(PyObject_SetAttrString(module, "mark", list), "0");
        CHECK(Py_REFCNT(list) == 2);
        Py_DECREF(list); Py_DECREF(module);
        CHECK_INT(Py_FinalizeEx(), "0");
        CHECK(!Py_IsInitialized());
        CHECK(Py_FinalizeEx() == 0);
    }
    /* nothing of one life is in the next */
    Py_Initialize();
    CHECK_INT(PyObject_HasAttrString(keep(PyImport_ImportModule("sys")), "mark"), "0");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    Py_Finalize();
}

TEST(before) {
    /* what may be called when nothing is initialized */
    CHECK_STR_EQ(Py_GetVersion() && strncmp(Py_GetVersion(), "3.14.", 5) == 0 ? "3.14" : "other", "3.14");
    CHECK(Py_GetPlatform() && Py_GetCopyright() && Py_GetCompiler() && Py_GetBuildInfo());
    CHECK(!Py_IsInitialized() && PyThreadState_GetUnchecked() == NULL && PyGILState_GetThisThreadState() == NULL);
    CHECK_INT(PyGILState_Check(), "1");
    void *memory = PyMem_RawMalloc(10);
    memory = PyMem_RawRealloc(memory, 100);
    CHECK(memory != NULL);
    PyMem_RawFree(memory);
    CHECK((Py_Version >> 16) == 0x030e);
    CHECK_FATAL(PyThreadState_Get(), "Fatal Python error: PyThreadState_Get: the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)");
    CHECK_FATAL(PyInterpreterState_Get(), "Fatal Python error: PyInterpreterState_Get: the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)");
    CHECK_FATAL(Py_FatalError("own words"), "Fatal Python error: test_before: own words");
}

static char order[64];
static void at_exit(void) { strcat(order, "c"); }
static void at_exit_again(void) { strcat(order, "d"); }
static void at_interpreter_exit(void *data) { strcat(order, data); }
TEST(at_exit) {
    Py_Initialize();
    order[0] = 0;
    CHECK(Py_AtExit(at_exit) == 0 && Py_AtExit(at_exit_again) == 0);
    CHECK(PyUnstable_AtExit(PyInterpreterState_Get(), at_interpreter_exit, "1") == 0);
    CHECK(PyUnstable_AtExit(PyInterpreterState_Get(), at_interpreter_exit, "2") == 0);
    Py_Finalize();
    /* the C level last in first out, after the interpreter's own, these last in first out too */
    CHECK(!strcmp(order, "21dc"));
    if (strcmp(order, "21dc")) printf("order %s\n", order);
}

static int init_count;
static PyModuleDef_Slot extra_slots[] = {{Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0, NULL}};
static PyModuleDef extra_def = {PyModuleDef_HEAD_INIT, .m_name = "extra", .m_slots = extra_slots};
static PyObject *init_extra(void) { init_count++; return PyModuleDef_Init(&extra_def); }
TEST(inittab) {
    CHECK_INT(PyImport_AppendInittab("extra", init_extra), "0");
    Py_Initialize();
    PyObject *module = PyImport_ImportModule("extra");
    CHECK_BORROWED(module, "<module 'extra' (built-in)>");
    CHECK(PyImport_ImportModule("extra") == module);
    CHECK_INT(init_count, "1");
    Py_XDECREF(module); Py_XDECREF(module);
    Py_Finalize();
    Py_Initialize();
    module = PyImport_ImportModule("extra");
    CHECK_INT(init_count, "2");
    Py_XDECREF(module);
    Py_Finalize();
}

TEST(config) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    wchar_t *argv[] = {L"program", L"first", L"second"};
    CHECK_INT(status_of(PyConfig_SetArgv(&config, 3, argv)), "0");
    CHECK_INT(status_of(PyConfig_SetString(&config, &config.program_name, L"program")), "0");
    CHECK_INT(status_of(PyConfig_SetBytesString(&config, &config.executable, "/usr/bin/program")), "0");
    config.parse_argv = 0;
    config.use_hash_seed = 1;
    config.hash_seed = 42;
    config.site_import = 0;
    CHECK_INT(status_of(Py_InitializeFromConfig(&config)), "0");
    PyConfig_Clear(&config);
    CHECK_BORROWED(PySys_GetObject("argv"), "['program', 'first', 'second']");
    CHECK_BORROWED(PySys_GetObject("executable"), "'/usr/bin/program'");
    PyObject *text = PyUnicode_FromString("abc"), *longer = PyUnicode_FromString("a longer string of text"), *bytes = PyBytes_FromString("abc");
    CHECK_INT(PyObject_Hash(text), "3869580338025362921");
    CHECK_INT(PyObject_Hash(longer), "-3744385250173945197");
    CHECK_INT(PyObject_Hash(bytes), "3869580338025362921");
    Py_DECREF(text); Py_DECREF(longer); Py_DECREF(bytes);
    CHECK_INT(Py_FinalizeEx(), "0");
    PyStatus error = PyStatus_Error("own"), end = PyStatus_Exit(3), fine = PyStatus_Ok(), memory = PyStatus_NoMemory();
    CHECK(PyStatus_IsError(error) && PyStatus_Exception(error) && !PyStatus_IsExit(error) && !strcmp(error.err_msg, "own"));
    CHECK(PyStatus_IsExit(end) && end.exitcode == 3 && !PyStatus_IsError(end) && !PyStatus_Exception(fine) && PyStatus_IsError(memory));
}

TEST(hash_seed) {
    setenv("PYTHONHASHSEED", "7", 1);
    Py_Initialize();
    PyObject *text = PyUnicode_FromString("hello"), *empty = PyUnicode_FromString(""), *wide = PyUnicode_FromString("\xe2\x82\xac" "x"), *tuple = Py_BuildValue("(sid)", "k", 1, 2.5);
    CHECK_INT(PyObject_Hash(text), "5250059022077951793");
    CHECK_INT(PyObject_Hash(empty), "0");
    CHECK_INT(PyObject_Hash(wide), "4407444506910980043");
    CHECK_INT(PyObject_Hash(tuple), "8877476077438700776");
    Py_DECREF(text); Py_DECREF(empty); Py_DECREF(wide); Py_DECREF(tuple);
    Py_Finalize();
    unsetenv("PYTHONHASHSEED");
}

TEST(legacy_interpreter) {
    Py_Initialize();
    PyThreadState *main_state = PyThreadState_Get();
    PyInterpreterState *main_interpreter = PyInterpreterState_Get();
    CHECK(PyInterpreterState_Main() == main_interpreter && PyInterpreterState_GetID(main_interpreter) == 0);
    PyThreadState *sub = Py_NewInterpreter();
    CHECK(sub && PyThreadState_Get() == sub && PyInterpreterState_Get() != main_interpreter && PyThreadState_GetInterpreter(sub) == PyInterpreterState_Get());
    CHECK_INT(PyInterpreterState_GetID(PyInterpreterState_Get()), "1");
    PyObject *module = PyImport_AddModule("only_here");
    CHECK(module != NULL);
    PyObject *dict = PyInterpreterState_GetDict(PyInterpreterState_Get());
    CHECK_INT(PyDict_SetItemString(dict, "k", Py_None), "0");
    CHECK(PyThreadState_Swap(main_state) == sub);
    CHECK_INT(PyDict_Size(PyInterpreterState_GetDict(main_interpreter)) >= 0 && PyDict_GetItemString(PyInterpreterState_GetDict(main_interpreter), "k") == NULL, "1");
    CHECK_INT(PyDict_Contains(PyImport_GetModuleDict(), keep(PyUnicode_FromString("only_here"))), "0");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK(PyThreadState_Swap(sub) == main_state);
    Py_EndInterpreter(sub);
    CHECK(PyThreadState_GetUnchecked() == NULL);
    CHECK(PyThreadState_Swap(main_state) == NULL);
    sub = Py_NewInterpreter();
    CHECK_INT(PyInterpreterState_GetID(PyInterpreterState_Get()), "2");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(main_state);
    CHECK_INT(Py_FinalizeEx(), "0");
    Py_Initialize();
    sub = Py_NewInterpreter();
    CHECK_INT(PyInterpreterState_GetID(PyInterpreterState_Get()), "1");
    Py_EndInterpreter(sub);
    Py_Finalize();
}

static const PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
static const char *refused(PyInterpreterConfig config) {
    PyThreadState *state = NULL, *before = PyThreadState_Get();
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) return status.err_msg;
    Py_EndInterpreter(state);
    PyThreadState_Swap(before);
    return "made";
}
TEST(interpreter_config) {
    Py_Initialize();
    CHECK_STR_EQ(refused(own), "made");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.check_multi_interp_extensions = 0, .gil = PyInterpreterConfig_OWN_GIL}), "per-interpreter obmalloc does not support single-phase init extension modules");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.use_main_obmalloc = 1, .gil = PyInterpreterConfig_OWN_GIL, .check_multi_interp_extensions = 1}), "made");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.use_main_obmalloc = 0, .gil = PyInterpreterConfig_SHARED_GIL}), "per-interpreter obmalloc does not support single-phase init extension modules");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.use_main_obmalloc = 1, .gil = 7}), "invalid interpreter config 'gil' value");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.use_main_obmalloc = 1, .gil = PyInterpreterConfig_SHARED_GIL}), "made");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.use_main_obmalloc = 1, .allow_daemon_threads = 1, .gil = PyInterpreterConfig_DEFAULT_GIL}), "made");
    CHECK_STR_EQ(refused((PyInterpreterConfig){.check_multi_interp_extensions = 1, .allow_daemon_threads = 1, .gil = PyInterpreterConfig_OWN_GIL}), "made");
    Py_Finalize();
}

/* Two interpreters with their own GIL, on threads of their own, each with its own state. */
static long totals[2];
static void *work(void *argument) {
    int which = *(int *)argument;
    PyThreadState *state = NULL;
    PyThreadState *fresh = PyThreadState_New(PyInterpreterState_Main());
    PyEval_RestoreThread(fresh);
    PyStatus status = Py_NewInterpreterFromConfig(&state, &own);
    if (!PyStatus_Exception(status)) {
        PyObject *list = PyList_New(0);
        for (int i = 0; i < 20000; i++) {
            PyObject *number = PyLong_FromLong(which * 1000000 + i);
            PyList_Append(list, number);
            Py_DECREF(number);
        }
        for (Py_ssize_t i = 0; i < PyList_Size(list); i++) totals[which] += PyLong_AsLong(PyList_GetItem(list, i));
        Py_DECREF(list);
        Py_EndInterpreter(state);
    }
    PyThreadState_Swap(fresh);
    PyThreadState_Clear(fresh);
    PyThreadState_DeleteCurrent();
    return NULL;
}
TEST(parallel) {
    Py_Initialize();
    pthread_t threads[2];
    int numbers[2] = {0, 1};
    PyThreadState *saved = PyEval_SaveThread();
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, &numbers[i]);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(saved);
    CHECK_INT(totals[0], "199990000");
    CHECK_INT(totals[1], "20199990000");
    CHECK_INT(Py_FinalizeEx(), "0");
}

TEST(thread_states) {
    Py_Initialize();
    PyThreadState *mine = PyThreadState_Get();
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    PyThreadState *other = PyThreadState_New(interpreter);
    CHECK(other && PyThreadState_GetInterpreter(other) == interpreter && PyThreadState_GetID(other) > PyThreadState_GetID(mine));
    CHECK(PyThreadState_Swap(other) == mine && PyThreadState_Get() == other);
    PyErr_SetString(PyExc_ValueError, "of other");
    CHECK(PyThreadState_Swap(mine) == other && PyErr_Occurred() == NULL);
    PyObject *dict = PyThreadState_GetDict();
    CHECK(dict && PyDict_Check(dict) && dict == PyThreadState_GetDict());
    CHECK(PyThreadState_Swap(other) == mine && PyThreadState_GetDict() != dict && PyErr_Occurred() == PyExc_ValueError);
    PyErr_Clear();
    PyThreadState_Swap(mine);
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
    int count = 0;
    for (PyThreadState *state = PyInterpreterState_ThreadHead(interpreter); state; state = PyThreadState_Next(state)) count++;
    CHECK_INT(count, "1");
    count = 0;
    for (PyInterpreterState *state = PyInterpreterState_Head(); state; state = PyInterpreterState_Next(state)) count++;
    CHECK_INT(count, "1");
    CHECK(PyEval_SaveThread() == mine && PyThreadState_GetUnchecked() == NULL && !PyGILState_Check());
    PyEval_RestoreThread(mine);
    CHECK(PyGILState_Check() && PyGILState_GetThisThreadState() == mine);
    Py_BEGIN_ALLOW_THREADS
    CHECK(PyThreadState_GetUnchecked() == NULL);
    Py_END_ALLOW_THREADS
    CHECK_FATAL(PyEval_RestoreThread(NULL), "Fatal Python error: PyEval_RestoreThread: the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)");
    PyEval_ReleaseThread(mine);
    PyEval_AcquireThread(mine);
    CHECK(PyThreadState_Get() == mine);
    CHECK_FATAL(PyEval_AcquireThread(mine), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    PyThreadState_EnterTracing(mine); PyThreadState_LeaveTracing(mine);
    Py_Finalize();
}

static int freed;
static void free_it(PyObject *self) { PyTypeObject *type = Py_TYPE(self); freed++; type->tp_free(self); Py_DECREF(type); }
TEST(objects_end) {
    Py_Initialize();
    PyType_Slot slots[] = {{Py_tp_dealloc, free_it}, {0, NULL}};
    PyType_Spec spec = {"m.Counted", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = PyType_FromSpec(&spec), *one = PyObject_CallNoArgs(type), *module = PyImport_AddModule("__main__");
    CHECK_INT(PyObject_SetAttrString(module, "one", one), "0");
    Py_DECREF(one);
    CHECK_INT(PyObject_SetAttrString(PyImport_AddModule("elsewhere"), "two", keep(PyObject_CallNoArgs(type))), "0");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    Py_DECREF(type);
    CHECK_INT(freed, "0");
    Py_Finalize();
    CHECK_INT(freed, "2");
}

static int pended;
static int pending(void *argument) { pended += *(int *)argument; return 0; }
TEST(pending_calls) {
    Py_Initialize();
    int two = 2;
    CHECK(Py_AddPendingCall(pending, &two) == 0 && Py_AddPendingCall(pending, &two) == 0);
    CHECK_INT(pended, "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(pended, "4");
    Py_Finalize();
}
CHECK_MAIN_BARE()
