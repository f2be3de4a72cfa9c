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

CHECK_MAIN()
