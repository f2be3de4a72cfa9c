/* Signals: with handlers installed SIGINT is an exception in the main thread; without them it is not Python's affair. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "check.h"
#include <pthread.h>
#include <signal.h>

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
}

CHECK_MAIN_BARE()
