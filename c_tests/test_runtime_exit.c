/* The two functions that do not return: one ends the process after finalizing, one the thread. */
#include "check.h"
#include <pthread.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static int to_parent;
static void say(const char *text) { if (write(to_parent, text, strlen(text)) < 0) abort(); }
static void at_exit(void) { say("at_exit "); }
static void at_c_exit(void) { say(Py_IsInitialized() ? "c_exit_up " : "c_exit_down "); }
static void dropped(PyObject *capsule) { (void)capsule; say("dropped "); }

/* What a child said until it ended, and its exit code. */
static char said[500];
static int exit_code(void (*run)(void)) {
    int ends[2], status = 0;
    fflush(stdout);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child == 0) { to_parent = ends[1]; close(ends[0]); run(); say("returned "); _exit(99); }
    close(ends[1]);
    size_t size = 0;
    for (ssize_t n; (n = read(ends[0], said + size, sizeof said - 1 - size)) > 0;) size += (size_t)n;
    said[size] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void with_code(void) { atexit(at_c_exit); Py_AtExit(at_exit); Py_Exit(3); }
static void with_big_code(void) { Py_Exit(256 + 7); }
static void with_module(void) {
    PyObject *module = PyImport_AddModule("exiting"), *capsule = PyCapsule_New(&to_parent, NULL, dropped);
    PyObject_SetAttrString(module, "capsule", capsule);
    Py_DECREF(capsule);
    Py_Exit(0);
}
static void with_error(void) { PyErr_SetString(PyExc_ValueError, "an error that is set"); Py_Exit(4); }
static void when_down(void) { Py_FinalizeEx(); Py_Exit(5); }
static void in_a_sub_interpreter(void) { Py_NewInterpreter(); PyThreadState_Swap(PyInterpreterState_ThreadHead(PyInterpreterState_Main())); Py_Exit(6); }
/* What is to be written at the end cannot be: the code says so. */
static PyObject *failing(PyObject *self, PyObject *args) { (void)self; (void)args; PyErr_SetString(PyExc_OSError, "no room"); return NULL; }
static PyMethodDef flush = {"flush", failing, METH_NOARGS, NULL};
static void with_failing_flush(void) {
    PyObject *class = new_class("File", NULL), *file = PyObject_CallNoArgs(class), *function = PyCFunction_New(&flush, NULL);
    PyObject_SetAttrString(file, "flush", function);
    PyObject_SetAttrString(file, "closed", Py_False);
    PySys_SetObject("stdout", file);
    if (!freopen("/dev/null", "w", stderr)) abort();
    Py_Exit(8);
}

TEST(exits) {
    CHECK_INT(exit_code(with_code), "3");
    CHECK_STR_EQ(said, "at_exit c_exit_down ");
    CHECK_INT(exit_code(with_big_code), "7");
    CHECK_STR_EQ(said, "");
    CHECK_INT(exit_code(with_module), "0");
    CHECK_STR_EQ(said, "dropped ");
    CHECK_INT(exit_code(with_error), "4");
    CHECK_INT(exit_code(when_down), "5");
    CHECK_INT(exit_code(in_a_sub_interpreter), "6");
    CHECK_INT(exit_code(with_failing_flush), "120");
    CHECK_INT(Py_IsInitialized(), "1");
}

static int stages;
static void *leaves(void *data) {
    stages++;
    if (data) {
        PyGILState_STATE state = PyGILState_Ensure();
        Py_DECREF(PyList_New(1));
        PyGILState_Release(state);
    }
    PyThread_exit_thread();
    stages += 100;
    return &stages;
}
TEST(threads) {
    for (int python = 0; python < 2; python++) {
        pthread_t thread;
        void *result = &thread;
        Py_BEGIN_ALLOW_THREADS
        pthread_create(&thread, NULL, leaves, python ? &stages : NULL);
        pthread_join(thread, &result);
        Py_END_ALLOW_THREADS
        CHECK(result == NULL);
    }
    CHECK_INT(stages, "2");
}
CHECK_MAIN()
