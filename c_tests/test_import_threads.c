/* Imports of several threads at once: one executes a module, the others wait for it, and nobody waits for ever. */
#include "check.h"
#include <limits.h>
#include <pthread.h>
#include <unistd.h>

#define SUFFIX ".cpython-314-x86_64-linux-gnu.so"
#define THREADS 64

static char folder[PATH_MAX];

/* Puts the folder of the fixtures, and one of links to them, on sys.path. */
static void prepare(void) {
    const char *fixtures = getenv("FIXTURES");
    CHECK(fixtures != NULL);
    snprintf(folder, sizeof folder, "/tmp/pyshim-import-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    const char *names[] = {"slow", "circle_a", "circle_b"}, *files[] = {"slow", "circle", "circle"};
    for (int i = 0; i < 3; i++) {
        char from[2 * PATH_MAX], to[2 * PATH_MAX];
        snprintf(from, sizeof from, "%s/%s" SUFFIX, fixtures, files[i]);
        snprintf(to, sizeof to, "%s/%s" SUFFIX, folder, names[i]);
        CHECK(symlink(from, to) == 0);
    }
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(folder);
    CHECK_INT(PyList_Insert(path, 0, entry), "0");
    Py_DECREF(entry);
}

static void remove_folder(void) {
    const char *names[] = {"slow", "circle_a", "circle_b"};
    for (int i = 0; i < 3; i++) {
        char file[2 * PATH_MAX];
        snprintf(file, sizeof file, "%s/%s" SUFFIX, folder, names[i]);
        unlink(file);
    }
    rmdir(folder);
}

typedef struct { const char *name; PyObject *module; long execs; pthread_t thread; pthread_barrier_t *start; } Job;

static void *run(void *arg) {
    Job *job = arg;
    pthread_barrier_wait(job->start);
    PyGILState_STATE state = PyGILState_Ensure();
    job->module = PyImport_ImportModule(job->name);
    if (!job->module) PyErr_Print();
    PyObject *execs = job->module ? PyObject_GetAttrString(job->module, "execs") : NULL;
    job->execs = execs ? PyLong_AsLong(execs) : -1;
    Py_XDECREF(execs);
    PyErr_Clear();
    PyGILState_Release(state);
    return NULL;
}

static void run_all(Job *jobs, int n) {
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, n);
    for (int i = 0; i < n; i++) { jobs[i].start = &start; pthread_create(&jobs[i].thread, NULL, run, &jobs[i]); }
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < n; i++) pthread_join(jobs[i].thread, NULL);
    Py_END_ALLOW_THREADS
    pthread_barrier_destroy(&start);
}

TEST(once) {
    prepare();
    for (int round = 1; round <= 3; round++) {
        Job jobs[THREADS] = {0};
        for (int i = 0; i < THREADS; i++) jobs[i].name = "slow";
        run_all(jobs, THREADS);
        int same = 0, complete = 0;
        for (int i = 0; i < THREADS; i++) { same += jobs[i].module == jobs[0].module; complete += jobs[i].execs == round; Py_XDECREF(jobs[i].module); }
        CHECK_INT(same, "64");
        CHECK_INT(complete, "64");
        CHECK_INT(PyDict_DelItemString(PyImport_GetModuleDict(), "slow"), "0");
    }
    remove_folder();
}

TEST(circle) {
    prepare();
    Job jobs[2] = {{.name = "circle_a"}, {.name = "circle_b"}};
    run_all(jobs, 2);
    CHECK(jobs[0].module != NULL && jobs[1].module != NULL);
    for (int i = 0; i < 2; i++) {
        CHECK_REPR(PyObject_GetAttrString(jobs[i].module, "done"), "1");
        PyObject *other = PyObject_GetAttrString(jobs[i].module, "other");
        CHECK(other == jobs[1 - i].module);
        Py_XDECREF(other);
        Py_XDECREF(jobs[i].module);
    }
    remove_folder();
}

TEST(circle_in_one_thread) {
    prepare();
    PyObject *a = PyImport_ImportModule("circle_a"), *b = PyImport_ImportModule("circle_b");
    CHECK(a != NULL && b != NULL);
    CHECK_REPR(PyObject_GetAttrString(a, "done"), "1");
    CHECK_REPR(PyObject_GetAttrString(b, "done"), "1");
    Py_XDECREF(a);
    Py_XDECREF(b);
    remove_folder();
}


/* Who holds the import lock keeps finders from being asked; modules that are there are imported all the same. */
static int imported[2];
static void *import_both(void *unused) {
    (void)unused;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *known = PyImport_ImportModule("sys");
    imported[0] = known != NULL;
    PyObject *fresh = PyImport_ImportModule("_operator");
    imported[1] = fresh != NULL;
    if (!fresh || !known) PyErr_Print();
    Py_XDECREF(known); Py_XDECREF(fresh);
    PyGILState_Release(state);
    return NULL;
}
TEST(lock_held) {
    PyObject *imp = keep(PyImport_ImportModule("_imp")), *modules = PyImport_GetModuleDict();
    if (PyDict_DelItemString(modules, "_operator") < 0) PyErr_Clear();
    CHECK_REPR(PyObject_CallMethod(imp, "acquire_lock", NULL), "None");
    pthread_t thread;
    pthread_create(&thread, NULL, import_both, NULL);
    Py_BEGIN_ALLOW_THREADS
    usleep(100000);
    Py_END_ALLOW_THREADS
    CHECK_INT(imported[0], "1");
    CHECK_INT(imported[1], "0");
    /* the holder's own imports go on */
    CHECK_REPR(PyImport_ImportModule("no_such_module"), "!!ModuleNotFoundError: No module named 'no_such_module'");
    CHECK_REPR(PyObject_CallMethod(imp, "release_lock", NULL), "None");
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(imported[1], "1");
    CHECK_REPR(PyObject_CallMethod(imp, "lock_held", NULL), "False");
}

/* A finder that waits for another thread's import: that one waits for the import lock, which the finder's thread holds. */
static PyObject *asked;
static PyObject *find_spec(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *name = PyTuple_GetItem(args, 0), *imp = PyImport_ImportModule("_imp"), *held = PyObject_CallMethod(imp, "lock_held", NULL);
    PyObject *both = Py_BuildValue("(OO)", name, held);
    PyList_Append(asked, both);
    Py_DECREF(both); Py_DECREF(held); Py_DECREF(imp);
    Py_RETURN_NONE;
}
static PyMethodDef find_spec_def = {"find_spec", find_spec, METH_VARARGS, NULL};
TEST(lock_and_finders) {
    asked = keep(PyList_New(0));
    keep(PyImport_ImportModule("_imp"));
    PyObject *finder = keep(PyObject_CallNoArgs((PyObject *)Py_TYPE(PySys_GetObject("implementation"))));
    PyObject_SetAttrString(finder, "find_spec", keep(PyCFunction_New(&find_spec_def, NULL)));
    PyList_Insert(PySys_GetObject("meta_path"), 0, finder);
    CHECK_REPR(PyImport_ImportModule("nothing_there"), "!!ModuleNotFoundError: No module named 'nothing_there'");
    CHECK_REPR(PyImport_ImportModule("sys"), "<module 'sys' (built-in)>");
    CHECK_BORROWED(asked, "[('nothing_there', True)]");
    CHECK_REPR(PyObject_CallMethod(keep(PyImport_ImportModule("_imp")), "lock_held", NULL), "False");
    PySequence_DelItem(PySys_GetObject("meta_path"), 0);
}
CHECK_MAIN()
