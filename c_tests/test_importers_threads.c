/* Threads that import through the same finders, path cache and namespace packages; interpreters with GILs of their own which each have the importers' classes to themselves. */
#include "check.h"
#include <limits.h>
#include <pthread.h>
#include <sys/stat.h>

#define SUFFIX ".cpython-314-x86_64-linux-gnu.so"
enum { THREADS = 8, ROUNDS = 10 };
static char folder[64];
static void prepare(void) {
    strcpy(folder, "/tmp/importers_threads.XXXXXX");
    if (!mkdtemp(folder)) exit(2);
    for (int i = 0; i <= THREADS; i++) {
        char path[PATH_MAX], from[PATH_MAX];
        snprintf(path, sizeof path, "%s/space%d", folder, i);
        mkdir(path, 0700);
        snprintf(path, sizeof path, "%s/space%d/multi" SUFFIX, folder, i);
        snprintf(from, sizeof from, "%s/multi" SUFFIX, getenv("FIXTURES"));
        if (symlink(from, path) != 0) perror(path);
    }
}
static void forget(void) {
    char command[PATH_MAX];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) perror("rm");
}
static void find_here(void) {
    PyObject *text = PyUnicode_FromString(folder);
    PyList_Insert(PySys_GetObject("path"), 0, text);
    Py_DECREF(text);
}
/* One import with all that it makes looked at; 1 if it is as it should be. Nothing of it stays in sys.modules. */
static int import_one(const char *package, int forget_package) {
    char name[64];
    snprintf(name, sizeof name, "%s.multi", package);
    PyObject *module = PyImport_ImportModule(name), *found = NULL, *spec = NULL, *repr = NULL, *path = NULL, *parent = NULL;
    if (!module) { PyErr_Print(); return 0; }
    parent = PyImport_ImportModule(package);
    path = parent ? PyObject_GetAttrString(parent, "__path__") : NULL;
    spec = PyObject_GetAttrString(module, "__spec__");
    repr = spec ? PyObject_Repr(spec) : NULL;
    found = PyObject_CallMethod(module, "step", NULL);
    int good = found && repr && path && PyObject_Size(path) == 1 && strstr(PyUnicode_AsUTF8(repr), "ExtensionFileLoader") != NULL;
    if (!good) PyErr_Print();
    Py_XDECREF(found); Py_XDECREF(repr); Py_XDECREF(spec); Py_XDECREF(path); Py_XDECREF(parent); Py_DECREF(module);
    PyObject *modules = PyImport_GetModuleDict();
    if (PyDict_DelItemString(modules, name) < 0 || (forget_package && PyDict_DelItemString(modules, package) < 0)) PyErr_Clear();
    PyObject *importlib = PyImport_ImportModule("importlib"), *done = importlib ? PyObject_CallMethod(importlib, "invalidate_caches", NULL) : NULL;
    if (!done) PyErr_Print();
    Py_XDECREF(done); Py_XDECREF(importlib);
    return good && done;
}

static int goods[THREADS];
static void *in_thread(void *argument) {
    int me = (int)(size_t)argument;
    char package[32];
    snprintf(package, sizeof package, "space%d", me);
    PyGILState_STATE state = PyGILState_Ensure();
    for (int i = 0; i < ROUNDS; i++) {
        /* one of its own, and one that all want: another thread may take that out of sys.modules meanwhile */
        goods[me] += import_one(package, 1);
        PyObject *module = PyImport_ImportModule("space8.multi");
        goods[me] += module != NULL;
        if (!module) PyErr_Print();
        Py_XDECREF(module);
    }
    PyGILState_Release(state);
    return NULL;
}
static void run(void *(*function)(void *), int n) {
    pthread_t threads[THREADS];
    memset(goods, 0, sizeof goods);
    for (int i = 0; i < n; i++) pthread_create(&threads[i], NULL, function, (void *)(size_t)i);
    for (int i = 0; i < n; i++) pthread_join(threads[i], NULL);
}
TEST(threads) {
    prepare();
    find_here();
    Py_BEGIN_ALLOW_THREADS
    run(in_thread, THREADS);
    Py_END_ALLOW_THREADS
    for (int i = 0; i < THREADS; i++) CHECK_INT(goods[i], "20");
    forget();
}

static void *in_interpreter(void *argument) {
    int me = (int)(size_t)argument;
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *before = PyThreadState_Get(), *mine = NULL;
    if (!PyStatus_Exception(Py_NewInterpreterFromConfig(&mine, &config))) {
        find_here();
        for (int i = 0; i < ROUNDS; i++) goods[me] += import_one("space0", i % 2);
        Py_EndInterpreter(mine);
    }
    PyThreadState_Swap(before);
    PyGILState_Release(state);
    return NULL;
}
TEST(own_gils) {
    prepare();
    Py_BEGIN_ALLOW_THREADS
    run(in_interpreter, 4);
    Py_END_ALLOW_THREADS
    for (int i = 0; i < 4; i++) CHECK_INT(goods[i], "10");
    forget();
}
/* Each interpreter changes classes that only it has, while the others do. */
static void *change_classes(void *argument) {
    int me = (int)(size_t)argument;
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *before = PyThreadState_Get(), *mine = NULL;
    if (!PyStatus_Exception(Py_NewInterpreterFromConfig(&mine, &config))) {
        PyObject *external = PyImport_ImportModule("_frozen_importlib_external"), *finder = PyObject_GetAttrString(external, "FileFinder"), *number = PyLong_FromLong(me + 1000);
        PyObject *kept = PyObject_GetAttrString(finder, "find_spec"), *root = PyUnicode_FromString("/"), *module;
        PyList_Insert(PySys_GetObject("path"), 0, root);
        for (int i = 0; i < ROUNDS; i++) {
            goods[me] += !PyObject_HasAttrString(finder, "number");
            goods[me] += PyObject_SetAttrString(finder, "number", number) == 0 && PyObject_SetAttrString(finder, "find_spec", number) == 0;
            PyObject *found = PyObject_GetAttrString(finder, "number");
            goods[me] += found == number;
            Py_XDECREF(found);
            /* imports go by it */
            module = PyImport_ImportModule("nothere");
            goods[me] += !module && PyErr_ExceptionMatches(PyExc_TypeError);
            PyErr_Clear();
            goods[me] += PyObject_SetAttrString(finder, "find_spec", kept) == 0 && PyObject_DelAttrString(finder, "number") == 0;
            module = PyImport_ImportModule("nothere");
            goods[me] += !module && PyErr_ExceptionMatches(PyExc_ModuleNotFoundError);
            PyErr_Clear();
        }
        Py_DECREF(root); Py_DECREF(kept); Py_DECREF(number); Py_DECREF(finder); Py_DECREF(external);
        Py_EndInterpreter(mine);
    }
    PyThreadState_Swap(before);
    PyGILState_Release(state);
    return NULL;
}
TEST(own_classes) {
    Py_BEGIN_ALLOW_THREADS
    run(change_classes, 4);
    Py_END_ALLOW_THREADS
    for (int i = 0; i < 4; i++) CHECK_INT(goods[i], "60");
    PyObject *finder = attr(keep(PyImport_ImportModule("_frozen_importlib_external")), "FileFinder");
    CHECK_INT(PyObject_HasAttrString(finder, "number"), "0");
}
CHECK_MAIN()
