/* The GIL goes round at the switch interval: a thread that never lets go by itself, but asks for signals, is made to. On
 * CPython that takes Python code. */
#include "check.h"
#include <errno.h>
#include <pthread.h>
#include <time.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static volatile int stop;
static long turns[8];

static void *hold(void *count) {
    PyGILState_STATE state = PyGILState_Ensure();
    /* a turn is a stretch without another thread's work between */
    static volatile long *last;
    while (!stop) {
        if (last != count) { last = count; ++*(long *)count; }
        if (PyErr_CheckSignals()) break;
    }
    PyGILState_Release(state);
    return NULL;
}
static void go_round(int threads) {
    pthread_t all[8];
    stop = 0;
    memset(turns, 0, sizeof turns);
    for (int i = 0; i < threads; i++) pthread_create(&all[i], NULL, hold, &turns[i]);
    PyThreadState *mine = PyEval_SaveThread();
    double began = now(), longest = 0;
    int left = threads;
    while (now() < began + 0.3 || (left && now() < began + 20)) {
        left = 0;
        for (int i = 0; i < threads; i++) left += ((volatile long *)turns)[i] == 0;
        double before = now();
        PyEval_RestoreThread(mine);
        double waited = now() - before;
        if (waited > longest) longest = waited;
        mine = PyEval_SaveThread();
    }
    stop = 1;
    for (int i = 0; i < threads; i++) pthread_join(all[i], NULL);
    PyEval_RestoreThread(mine);
    CHECK_INT(left, "0");
    /* nobody starves: a waiter waits for some intervals for each of the others, also on a busy machine */
    if (longest > 2) check_fail(__FILE__, __LINE__, "%d threads: a thread waited for %.3f s", threads, longest);
}
TEST(two) { go_round(2); }
TEST(four) { go_round(4); }
TEST(eight) { go_round(8); }

TEST(interval) {
    /* sys.setswitchinterval says how long a holder is left alone */
    PyObject *sys = keep(PyImport_ImportModule("sys"));
    CHECK_REPR(PyObject_CallMethod(sys, "getswitchinterval", NULL), "0.005");
    CHECK_REPR(PyObject_CallMethod(sys, "setswitchinterval", "d", 0.25), "None");
    CHECK_REPR(PyObject_CallMethod(sys, "getswitchinterval", NULL), "0.25");
    pthread_t thread;
    stop = 0;
    turns[0] = 0;
    PyThreadState *mine = PyEval_SaveThread();
    pthread_create(&thread, NULL, hold, &turns[0]);
    while (!*(volatile long *)&turns[0]) {}
    double before = now();
    errno = 99;
    PyEval_RestoreThread(mine);
    CHECK_INT(errno, "99");
    CHECK(now() - before > 0.2);
    stop = 1;
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
}
CHECK_MAIN()
