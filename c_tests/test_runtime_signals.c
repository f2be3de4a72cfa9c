/* Signals: with handlers installed SIGINT is an exception in the main thread; without them it is not Python's affair. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "check.h"
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>

TEST(interrupt) {
    Py_Initialize();
    CHECK_INT(PyErr_CheckSignals(), "0");
    PyErr_SetInterrupt();
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    CHECK_INT(PyErr_CheckSignals(), "0");
    raise(SIGINT);
    CHECK_INT(Py_MakePendingCalls(), "-1 !!KeyboardInterrupt");
    CHECK_INT(PyErr_SetInterruptEx(SIGTERM), "0");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_INT(PyErr_SetInterruptEx(-1), "-1");
    PyErr_SetInterrupt();
    CHECK_INT(PyOS_InterruptOccurred(), "1");
    CHECK_INT(PyOS_InterruptOccurred(), "0");
    Py_Finalize();
    CHECK(PyOS_getsig(SIGINT) == SIG_DFL);
}

/* without handlers a simulated signal is told of, and nothing comes of it */
TEST(no_handler) {
    int ends[2], saved = dup(2);
    char got[300];
    Py_InitializeEx(0);
    CHECK_INT(pipe(ends), "0");
    fflush(stderr);
    dup2(ends[1], 2);
    PyErr_SetInterrupt();
    int failed = PyErr_CheckSignals(), again = PyErr_CheckSignals();
    fflush(stderr);
    dup2(saved, 2);
    close(ends[1]);
    close(saved);
    size_t size = 0;
    for (ssize_t n; size < sizeof got - 1 && (n = read(ends[0], got + size, sizeof got - 1 - size)) > 0;) size += (size_t)n;
    close(ends[0]);
    got[size] = 0;
    CHECK(failed == 0 && again == 0);
    CHECK_STR_EQ(got, "Exception ignored while calling signal handler:\nOSError: Signal 2 ignored due to race condition\n");
    Py_Finalize();
}

static void *elsewhere(void *result) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyErr_SetInterrupt();
    *(int *)result = PyErr_CheckSignals();
    PyGILState_Release(state);
    return NULL;
}
TEST(other_thread) {
    Py_Initialize();
    int result = -7;
    pthread_t thread;
    pthread_create(&thread, NULL, elsewhere, &result);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(result, "0");
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    Py_Finalize();
}

TEST(ignored) {
    /* a handler of the program's own stays */
    signal(SIGINT, SIG_IGN);
    Py_Initialize();
    CHECK(PyOS_getsig(SIGINT) == SIG_IGN && PyOS_getsig(SIGPIPE) == SIG_IGN);
    raise(SIGINT);
    CHECK_INT(PyErr_CheckSignals(), "0");
    Py_Finalize();
    signal(SIGINT, SIG_DFL);
}

extern int PySignal_SetWakeupFd(int);
TEST(wakeup) {
    int ends[2];
    unsigned char byte = 0;
    Py_Initialize();
    CHECK(pipe2(ends, 04000) == 0);
    CHECK_INT(PySignal_SetWakeupFd(ends[1]), "-1");
    raise(SIGINT);
    CHECK(read(ends[0], &byte, 1) == 1 && byte == SIGINT);
    CHECK_INT(PySignal_SetWakeupFd(-5) == ends[1], "1");
    CHECK_INT(PySignal_SetWakeupFd(-1), "-1");
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    raise(SIGINT);
    CHECK(read(ends[0], &byte, 1) == -1);
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    Py_Finalize();
}

static int interrupts;
static void note(int signal_number) { (void)signal_number; interrupts++; }
TEST(not_installed) {
    signal(SIGINT, note);
    Py_InitializeEx(0);
    raise(SIGINT);
    CHECK_INT(interrupts, "1");
    CHECK_INT(PyErr_CheckSignals(), "0");
    Py_Finalize();
    signal(SIGINT, SIG_DFL);
}

extern void _Py_RestoreSignals(void);
TEST(restored) {
    /* What a program finds that knows nothing of Python: only these two. */
    Py_Initialize();
    signal(SIGHUP, SIG_IGN);
    CHECK(PyOS_getsig(SIGPIPE) == SIG_IGN && PyOS_getsig(SIGXFSZ) == SIG_IGN);
    _Py_RestoreSignals();
    CHECK(PyOS_getsig(SIGPIPE) == SIG_DFL && PyOS_getsig(SIGXFSZ) == SIG_DFL && PyOS_getsig(SIGHUP) == SIG_IGN);
    CHECK(PyOS_getsig(SIGINT) != SIG_DFL);
    _Py_RestoreSignals();
    CHECK(PyOS_getsig(SIGPIPE) == SIG_DFL);
    Py_Finalize();
    signal(SIGHUP, SIG_DFL);
}

extern PyLockStatus PyThread_acquire_lock_timed_with_retries(PyThread_type_lock, PY_TIMEOUT_T);
static void alarms(long first_ms, long more_ms) {
    struct itimerval timer = {{0, more_ms * 1000}, {0, first_ms * 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}
/* A wait that alarms end. They come again and again: the first may come before the wait begins, and end nothing. */
static int wait_amid_alarms(PyThread_type_lock lock, PY_TIMEOUT_T nanoseconds) {
    alarms(10, 10);
    int result = PyThread_acquire_lock_timed_with_retries(lock, nanoseconds);
    alarms(0, 0);
    PyObject *raised = PyErr_GetRaisedException();
    PyErr_CheckSignals();
    PyErr_Clear();
    if (raised) PyErr_SetRaisedException(raised);
    return result;
}
static void on_alarm(int signal_number) { (void)signal_number; interrupts++; }
static void interrupts_on_alarm(int signal_number) { (void)signal_number; raise(SIGINT); }
TEST(waiting) {
    Py_Initialize();
    PyThread_type_lock lock = PyThread_allocate_lock();
    PyThread_acquire_lock(lock, 1);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    /* A signal that is nobody's affair: the wait goes on to its end. */
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    interrupts = 0;
    alarms(10, 0);
    PyTime_t before, after;
    PyTime_Monotonic(&before);
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, 60000000), "0");
    PyTime_Monotonic(&after);
    CHECK(interrupts == 1 && after - before >= 60000000);
    /* One whose handler raises ends it. */
    action.sa_handler = interrupts_on_alarm;
    sigaction(SIGALRM, &action, NULL);
    CHECK_INT(wait_amid_alarms(lock, 10000000000LL), "2 !!KeyboardInterrupt");
    CHECK_INT(wait_amid_alarms(lock, -1000000000), "2 !!KeyboardInterrupt");
    /* Less than a microsecond below zero is no time at all, not for ever. */
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, -1), "0");
    PyThread_release_lock(lock);
    PyThread_free_lock(lock);
    Py_Finalize();
    signal(SIGALRM, SIG_DFL);
}
CHECK_MAIN_BARE()
