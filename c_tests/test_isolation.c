/* Module isolation: a module whose state, types and exceptions are its own, loaded twice in an interpreter, in interpreters
 * one after the other and at once, and gone afterwards; and modules that refuse some interpreters. */
#include "check.h"
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>

#define SUFFIX ".cpython-314-x86_64-linux-gnu.so"
enum { EXECUTED, CLEARED, FREED, MADE, GONE };
static atomic_int *counters, *fails;
static char folder[PATH_MAX];
static void link_as(const char *fixture, const char *name) {
    char from[PATH_MAX + 64], to[PATH_MAX + 64];
    snprintf(from, sizeof from, "%s/%s" SUFFIX, getenv("FIXTURES"), fixture);
    snprintf(to, sizeof to, "%s/%s" SUFFIX, folder, name);
    if (symlink(from, to) != 0) perror(to);
}
static const char *const names[] = {"in_none", "in_shared", "in_own", "in_unsaid", "in_twice", "gil_used", "gil_twice", "once", "single_dict", "single_none", "single_state"};
/* A folder with the fixtures under their names. */
static void prepare(void) {
    char file[PATH_MAX + 64];
    snprintf(file, sizeof file, "%s/isolated" SUFFIX, getenv("FIXTURES"));
    void *handle = dlopen(file, RTLD_NOW);
    counters = dlsym(handle, "isolated_counters");
    fails = dlsym(handle, "isolated_fails");
    snprintf(folder, sizeof folder, "/tmp/isolation_test.XXXXXX");
    if (!mkdtemp(folder)) exit(2);
    link_as("isolated", "isolated");
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++) link_as("supported", names[i]);
}
static void forget(void) {
    char command[PATH_MAX + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) perror("rm");
}
/* The folder, first in this interpreter's sys.path. */
static void find_fixtures(void) {
    PyObject *text = PyUnicode_FromString(folder);
    PyList_Insert(PySys_GetObject("path"), 0, text);
    Py_DECREF(text);
}
static PyThreadState *begin(int own, int check) {
    PyThreadState *state = NULL;
    PyInterpreterConfig config = {.use_main_obmalloc = !own, .check_multi_interp_extensions = check, .allow_threads = 1,
                                  .gil = own ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) { printf("FAIL no interpreter: %s\n", status.err_msg); exit(2); }
    find_fixtures();
    return state;
}
/* A module that sys.modules does not keep: another one each time. */
static PyObject *load(const char *name) {
    PyObject *module = PyImport_ImportModule(name);
    if (module && PyDict_DelItemString(PyImport_GetModuleDict(), name) < 0) PyErr_Clear();
    return module;
}

/* A line of results: each is appended to `out`, references are given up. */
static void note(char *out, PyObject *result) {
    char error[512];
    PyObject *text = result ? PyObject_Repr(result) : NULL;
    size_t at = strlen(out);
    if (!text) check_taken(error, sizeof error);
    snprintf(out + at, 2048 - at, "%s%s", at ? " " : "", text ? PyUnicode_AsUTF8(text) : error);
    Py_XDECREF(text);
    Py_XDECREF(result);
}
/* Two modules side by side, everything that finds state in each of them. The objects are gone when it returns. */
static void exercise(char *out) {
    *out = 0;
    PyObject *a = load("isolated"), *b = load("isolated");
    if (!a || !b) { note(out, NULL); Py_XDECREF(a); Py_XDECREF(b); return; }
    PyObject *class_a = PyObject_GetAttrString(a, "Counter"), *class_b = PyObject_GetAttrString(b, "Counter");
    PyObject *sub = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){ss}", "Sub", class_a, "__module__", "m");
    PyObject *x = PyObject_CallNoArgs(class_a), *y = PyObject_CallNoArgs(class_b), *z = PyObject_CallFunction(sub, "O", x);
    note(out, PyBool_FromLong(a == b)); note(out, PyBool_FromLong(class_a == class_b));
    note(out, PyObject_CallMethod(x, "bump", NULL)); note(out, PyObject_CallMethod(x, "bump", NULL));
    note(out, PyObject_CallMethod(y, "bump", NULL)); note(out, PyObject_CallMethod(z, "bump", NULL));
    note(out, PyObject_CallMethod(a, "total", NULL)); note(out, PyObject_CallMethod(b, "total", NULL));
    note(out, PyObject_GetAttrString(x, "total")); note(out, PyObject_GetAttrString(z, "total"));
    note(out, PyLong_FromSsize_t(PyObject_Size(y))); note(out, PyLong_FromSsize_t(PyObject_Size(z)));
    note(out, Py_NewRef(x)); note(out, Py_NewRef(y)); note(out, Py_NewRef(z));
    note(out, PyNumber_Add(x, z)); note(out, PyNumber_Add(x, y)); note(out, PyNumber_Add(Py_True, x));
    note(out, PyObject_CallMethod(a, "is_mine", "O", z)); note(out, PyObject_CallMethod(b, "is_mine", "O", z));
    note(out, PyObject_CallMethod(x, "bump", "i", 1));
    PyObject *home = PyObject_CallMethod(sub, "home", NULL);
    note(out, PyBool_FromLong(home == a));
    Py_XDECREF(home);
    /* each module's exception is another one */
    PyObject *error_b = PyObject_GetAttrString(b, "Error"), *failed = PyObject_CallMethod(a, "fail", "s", "mine");
    note(out, PyBool_FromLong(!failed && PyErr_ExceptionMatches(error_b)));
    note(out, failed);
    Py_XDECREF(error_b);
    PyObject *plain = PyObject_GetAttrString(a, "Plain"), *p = PyObject_CallNoArgs(plain);
    note(out, PyObject_CallMethod(p, "home", NULL)); note(out, PyObject_CallMethod(p, "by_def", NULL));
    /* a cycle through an instance, its class and its module */
    PyObject_SetAttrString(x, "held", z);
    PyObject_SetAttrString(x, "module", a);
    Py_XDECREF(p); Py_XDECREF(plain); Py_DECREF(x); Py_DECREF(y); Py_DECREF(z); Py_DECREF(sub); Py_DECREF(class_a); Py_DECREF(class_b); Py_DECREF(a); Py_DECREF(b);
    PyGC_Collect();
}
#define EXERCISED "False False 1 2 1 1 1023 1011 1023 1023 1011 1023 <Counter 2 of 1023> <Counter 1 of 1011> <Counter 1 of 1023> 3" \
    " !!TypeError: unsupported operand type(s) for +: 'isolated.Counter' and 'isolated.Counter'" \
    " !!TypeError: unsupported operand type(s) for +: 'bool' and 'isolated.Counter' True False !!TypeError: bump() takes no arguments True False" \
    " !!Error: mine !!TypeError: PyType_GetModule: Type 'isolated.Plain' has no associated module" \
    " !!TypeError: PyType_GetModuleByDef: No superclass of 'isolated.Plain' has the given module"
TEST(twice) {
    char out[2048];
    prepare();
    Py_InitializeEx(0);
    find_fixtures();
    exercise(out);
    CHECK_STR_EQ(out, EXERCISED);
    CHECK_INT(counters[EXECUTED], "2");
    CHECK_INT(counters[FREED], "2");
    CHECK_INT(counters[CLEARED], "2");
    CHECK_INT(counters[MADE], "3");
    CHECK_INT(counters[GONE], "3");
    exercise(out);
    CHECK_STR_EQ(out, EXERCISED);
    CHECK_INT(counters[EXECUTED] - counters[FREED], "0"); CHECK_INT(counters[MADE] - counters[GONE], "0");
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(counters[EXECUTED], "4");
    CHECK_INT(counters[FREED], "4");
    forget();
}

/* State lives as long as something needs it: an instance keeps its class, that its module. */
TEST(state_lives) {
    prepare();
    Py_InitializeEx(0);
    find_fixtures();
    PyObject *module = load("isolated"), *class = PyObject_GetAttrString(module, "Counter"), *x = PyObject_CallNoArgs(class);
    PyObject *bump = PyObject_GetAttrString(x, "bump");
    CHECK(PyType_GetModule((PyTypeObject *)class) == module);
    CHECK(PyModule_GetState(module) == PyType_GetModuleState((PyTypeObject *)class));
    CHECK(PyState_FindModule(PyModule_GetDef(module)) == NULL);
    CHECK_NO_ERROR();
    CHECK_INT(PyState_AddModule(module, PyModule_GetDef(module)), "-1 !!SystemError: PyState_AddModule called on module with slots");
    Py_DECREF(module); Py_DECREF(class);
    PyGC_Collect();
    CHECK_INT(counters[FREED], "0");
    CHECK_REPR(PyObject_CallMethod(x, "bump", NULL), "1");
    Py_DECREF(x);
    PyGC_Collect();
    CHECK_INT(counters[FREED], "0");
    CHECK_REPR(PyObject_CallNoArgs(bump), "2");
    Py_DECREF(bump);
    PyGC_Collect();
    CHECK_INT(counters[FREED], "1"); CHECK_INT(counters[GONE], "1");
    /* a function keeps its module as well */
    module = load("isolated");
    PyObject *total = PyObject_GetAttrString(module, "total");
    Py_DECREF(module);
    PyGC_Collect();
    CHECK_REPR(PyObject_CallNoArgs(total), "1000");
    Py_DECREF(total);
    PyGC_Collect();
    CHECK_INT(counters[FREED], "2");
    /* executing that fails half-way gives up what was made */
    *fails = 1;
    CHECK_REPR(load("isolated"), "!!Error: told to fail");
    CHECK_REPR(load("isolated"), "!!Error: told to fail");
    *fails = 0;
    PyGC_Collect();
    CHECK_INT(counters[EXECUTED], "4"); CHECK_INT(counters[FREED], "4");
    CHECK_INT(PyDict_GetItemString(PyImport_GetModuleDict(), "isolated") == NULL, "1");
    /* a module that is never executed has no state to free */
    PyObject *imp = PyImport_ImportModule("_imp"), *spec = PyObject_Call((PyObject *)Py_TYPE(PySys_GetObject("implementation")), value("()"), NULL);
    char file[PATH_MAX + 64];
    snprintf(file, sizeof file, "%s/isolated" SUFFIX, folder);
    PyObject *name = PyUnicode_FromString("isolated"), *origin = PyUnicode_FromString(file);
    PyObject_SetAttrString(spec, "name", name);
    PyObject_SetAttrString(spec, "origin", origin);
    module = PyObject_CallMethod(imp, "create_dynamic", "O", spec);
    CHECK(module && PyModule_GetState(module) == NULL);
    CHECK_REPR(PyObject_Repr(module), "\"<module 'isolated'>\"");
    Py_XDECREF(module);
    PyGC_Collect();
    CHECK_INT(counters[EXECUTED], "4"); CHECK_INT(counters[FREED], "4");
    module = PyObject_CallMethod(imp, "create_dynamic", "O", spec);
    CHECK_REPR(PyObject_CallMethod(imp, "exec_dynamic", "O", module), "0");
    CHECK_REPR(PyObject_CallMethod(imp, "exec_dynamic", "O", module), "0");
    CHECK_INT(counters[EXECUTED], "5");
    Py_XDECREF(module);
    Py_DECREF(imp); Py_DECREF(spec); Py_DECREF(name); Py_DECREF(origin);
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(counters[FREED], "5");
    forget();
}

/* Interpreters one after the other; what they leave in sys.modules goes with them. */
TEST(in_sequence) {
    char out[2048];
    prepare();
    for (int life = 0; life < 3; life++) {
        Py_InitializeEx(0);
        PyThreadState *main_state = PyThreadState_Get();
        find_fixtures();
        PyObject *mine = PyImport_ImportModule("isolated"), *class = PyObject_GetAttrString(mine, "Counter"), *x = PyObject_CallNoArgs(class);
        for (int own = 0; own < 2; own++) {
            int before = counters[EXECUTED], freed = counters[FREED];
            PyThreadState *state = begin(own, 1);
            exercise(out);
            CHECK_STR_EQ(out, EXERCISED);
            PyObject *theirs = PyImport_ImportModule("isolated");
            CHECK(theirs && theirs != mine);
            PyObject *their_class = PyObject_GetAttrString(theirs, "Counter"), *instance = PyObject_CallNoArgs(their_class);
            CHECK(their_class != class);
            PyObject_SetAttrString(theirs, "kept", instance);
            CHECK_REPR(PyObject_CallMethod(theirs, "total", NULL), "1010");
            Py_DECREF(instance); Py_DECREF(their_class); Py_DECREF(theirs);
            Py_EndInterpreter(state);
            PyThreadState_Swap(main_state);
            CHECK_INT(counters[EXECUTED] - before, "3");
            CHECK_INT(counters[FREED] - freed, "3");
        }
        CHECK_REPR(PyObject_CallMethod(x, "bump", NULL), "1");
        CHECK_REPR(PyObject_CallMethod(mine, "total", NULL), "1011");
        Py_DECREF(x); Py_DECREF(class); Py_DECREF(mine);
        CHECK_INT(Py_FinalizeEx(), "0");
        CHECK_INT(counters[EXECUTED] - counters[FREED], "0");
        CHECK_INT(counters[MADE] - counters[GONE], "0");
    }
    CHECK_INT(counters[EXECUTED], "21");
    forget();
}

static PyInterpreterState *main_interpreter;
static atomic_int wrong;
static void *in_a_thread(void *own) {
    char out[2048];
    for (int round = 0; round < 5; round++) {
        PyThreadState *first = PyThreadState_New(main_interpreter);
        PyEval_RestoreThread(first);
        PyThreadState *state = begin(own != NULL, 1);
        for (int i = 0; i < 4; i++) {
            exercise(out);
            if (strcmp(out, EXERCISED)) { wrong++; printf("FAIL in a thread: %s\n", out); }
        }
        Py_XDECREF(PyImport_ImportModule("isolated"));
        Py_EndInterpreter(state);
        PyThreadState_Swap(first);
        PyThreadState_Clear(first);
        PyThreadState_DeleteCurrent();
    }
    return NULL;
}
TEST(in_parallel) {
    prepare();
    Py_InitializeEx(0);
    main_interpreter = PyInterpreterState_Get();
    pthread_t threads[4];
    PyThreadState *state = PyEval_SaveThread();
    for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, in_a_thread, i < 3 ? main_interpreter : NULL);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(state);
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(wrong, "0");
    CHECK_INT(counters[EXECUTED], "180");
    CHECK_INT(counters[FREED], "180");
    CHECK_INT(counters[MADE] - counters[GONE], "0");
    forget();
}

/* What each module says in this interpreter. */
static void survey(char *out) {
    *out = 0;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++) {
        PyObject *module = PyImport_ImportModule(names[i]);
        size_t at = strlen(out);
        if (module) snprintf(out + at, 4096 - at, "%s%s: fine", i ? "; " : "", names[i]);
        else { char error[512]; snprintf(out + at, 4096 - at, "%s%s: %s", i ? "; " : "", names[i], check_taken(error, sizeof error)); }
        Py_XDECREF(module);
    }
}
static PyObject *override(int value) {
    PyObject *imp = PyImport_ImportModule("_imp"), *result = PyObject_CallMethod(imp, "_override_multi_interp_extensions_check", "i", value);
    Py_DECREF(imp);
    return result;
}
TEST(refusals) {
    char out[4096];
    prepare();
    Py_InitializeEx(0);
    PyThreadState *main_state = PyThreadState_Get(), *state;
    find_fixtures();
    state = begin(0, 1);
    survey(out); CHECK_STR_EQ(out, "in_none: !!ImportError: module in_none does not support loading in subinterpreters; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: fine; single_dict: !!ImportError: module single_dict does not support loading in subinterpreters; single_none: !!ImportError: module single_none does not support loading in subinterpreters; single_state: !!ImportError: module single_state does not support loading in subinterpreters");
    Py_EndInterpreter(state); PyThreadState_Swap(main_state);
    state = begin(1, 1);
    survey(out); CHECK_STR_EQ(out, "in_none: !!ImportError: module in_none does not support loading in subinterpreters; in_shared: !!ImportError: module in_shared does not support loading in subinterpreters; in_own: fine; in_unsaid: !!ImportError: module in_unsaid does not support loading in subinterpreters; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: !!ImportError: module gil_used does not support loading in subinterpreters; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: module once does not support loading in subinterpreters; single_dict: !!ImportError: module single_dict does not support loading in subinterpreters; single_none: !!ImportError: module single_none does not support loading in subinterpreters; single_state: !!ImportError: module single_state does not support loading in subinterpreters");
    CHECK_REPR(override(-1), "0");
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: cannot load module more than once per process; single_dict: fine; single_none: fine; single_state: fine");
    CHECK_REPR(override(0), "-1");
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: module once does not support loading in subinterpreters; single_dict: fine; single_none: fine; single_state: fine");
    Py_EndInterpreter(state); PyThreadState_Swap(main_state);
    state = begin(0, 0);
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: cannot load module more than once per process; single_dict: fine; single_none: fine; single_state: fine");
    CHECK_REPR(override(1), "0");
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: cannot load module more than once per process; single_dict: fine; single_none: fine; single_state: fine");
    CHECK_REPR(override(7), "1");
    CHECK_REPR(override(-5), "7");
    Py_EndInterpreter(state); PyThreadState_Swap(main_state);
    state = Py_NewInterpreter();
    find_fixtures();
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: cannot load module more than once per process; single_dict: fine; single_none: fine; single_state: fine");
    Py_EndInterpreter(state); PyThreadState_Swap(main_state);
    survey(out); CHECK_STR_EQ(out, "in_none: fine; in_shared: fine; in_own: fine; in_unsaid: fine; in_twice: !!SystemError: module in_twice has more than one 'multiple interpreters' slots; gil_used: fine; gil_twice: !!SystemError: module gil_twice has more than one 'gil' slot; once: !!ImportError: cannot load module more than once per process; single_dict: fine; single_none: fine; single_state: fine");
    CHECK_REPR(override(1), "!!RuntimeError: _imp._override_multi_interp_extensions_check() cannot be used in the main interpreter");
    CHECK_INT(Py_FinalizeEx(), "0");
    forget();
}

/* Single-phase modules by their size: a copy of the dict, or the init function again; and in a life after this one. */
TEST(single_phase) {
    prepare();
    for (int life = 0; life < 2; life++) {
        Py_InitializeEx(0);
        find_fixtures();
        for (int i = 8; i < 11; i++) {
            char out[2048] = "";
            PyObject *first = load(names[i]), *again = load(names[i]);
            PyObject_SetAttrString(first, "added", Py_None);
            note(out, PyBool_FromLong(first == again));
            note(out, PyObject_GetAttrString(first, "inits")); note(out, PyObject_GetAttrString(again, "inits"));
            note(out, PyBool_FromLong(PyObject_HasAttrString(again, "added")));
            note(out, PyBool_FromLong(PyState_FindModule(PyModule_GetDef(first)) == again));
            note(out, PyBool_FromLong(PyModule_GetDef(again) == PyModule_GetDef(first)));
            note(out, PyBool_FromLong(PyModule_GetState(again) != NULL));
            Py_XDECREF(first); Py_XDECREF(again);
            if (i == 8 && !life) CHECK_STR_EQ(out, "False 1 1 False True False False");
            if (i == 9 && !life) CHECK_STR_EQ(out, "False 2 3 False True True True");
            if (i == 10 && !life) CHECK_STR_EQ(out, "False 4 5 False True True True");
            if (i == 8 && life) CHECK_STR_EQ(out, "False 6 6 False True False False");
            if (i == 9 && life) CHECK_STR_EQ(out, "False 7 8 False True True True");
            if (i == 10 && life) CHECK_STR_EQ(out, "False 9 10 False True True True");
        }
        CHECK_INT(Py_FinalizeEx(), "0");
    }
    forget();
}
CHECK_MAIN_BARE()
