/* PyGILState and errno between threads: nothing that attaches or detaches changes errno, states are made and ended by the
 * counter, and threads that take turns all get theirs. */
#include "check.h"
#include <errno.h>
#include <pthread.h>
#include <time.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

/* errno, with others wanting the GIL all the while */
static volatile int stop;
static void *greedy(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    while (!stop) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
    PyGILState_Release(state);
    return NULL;
}
static void *keeps_errno(void *result) {
    int wrong = 0;
    for (int i = 1; i < 60; i++) {
        errno = i;
        PyGILState_STATE state = PyGILState_Ensure();
        wrong += errno != i;
        errno = i + 1;
        PyThreadState *mine = PyEval_SaveThread();
        wrong += errno != i + 1;
        PyEval_RestoreThread(mine);
        wrong += errno != i + 1;
        PyThreadState_Swap(NULL);
        PyThreadState_Swap(mine);
        wrong += errno != i + 1;
        if (i % 2) { PyGILState_Release(state); wrong += errno != i + 1; }
        else { PyEval_ReleaseThread(mine); PyEval_AcquireThread(mine); wrong += errno != i + 1; PyGILState_Release(state); }
    }
    *(int *)result = wrong;
    return NULL;
}
TEST(error_number) {
    pthread_t threads[4];
    int wrong[2] = {-1, -1};
    pthread_create(&threads[0], NULL, greedy, NULL);
    pthread_create(&threads[1], NULL, greedy, NULL);
    for (int i = 0; i < 2; i++) pthread_create(&threads[2 + i], NULL, keeps_errno, &wrong[i]);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(threads[2], NULL);
    pthread_join(threads[3], NULL);
    stop = 1;
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(wrong[0] + wrong[1], "0");
}

/* the counter: 0, one more for each Ensure; the last Release ends the state */
static char report[256];
static void *counts(void *data) {
    (void)data;
    PyGILState_STATE first = PyGILState_Ensure();
    PyThreadState *mine = PyThreadState_Get();
    int at = sprintf(report, "%d whence %d counter %d", first, mine->_whence, mine->gilstate_counter);
    PyGILState_STATE second = PyGILState_Ensure();
    at += sprintf(report + at, ", %d %d", second, mine->gilstate_counter);
    PyEval_SaveThread();
    PyGILState_STATE third = PyGILState_Ensure();
    at += sprintf(report + at, ", %d %d same %d", third, mine->gilstate_counter, PyThreadState_Get() == mine);
    PyGILState_Release(third);
    at += sprintf(report + at, ", detached %d", PyThreadState_GetUnchecked() == NULL);
    PyEval_RestoreThread(mine);
    PyGILState_Release(second);
    at += sprintf(report + at, ", %d", mine->gilstate_counter);
    PyGILState_Release(first);
    at += sprintf(report + at, ", gone %d", PyGILState_GetThisThreadState() == NULL);
    /* and a new one the next time */
    first = PyGILState_Ensure();
    sprintf(report + at, ", again %d %d", first, PyThreadState_Get()->gilstate_counter);
    PyGILState_Release(first);
    return NULL;
}
TEST(counter) {
    pthread_t thread;
    pthread_create(&thread, NULL, counts, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_STR_EQ(report, "1 whence 4 counter 1, 0 2, 1 3 same 1, detached 1, 1, gone 1, again 1 1");
    CHECK(PyInterpreterState_ThreadHead(PyInterpreterState_Get()) == PyThreadState_Get());
}

/* a state made here, used there: the thread finds it again by PyGILState */
static void *handed(void *state) {
    PyEval_RestoreThread(state);
    int at = sprintf(report, "%d %d", PyGILState_GetThisThreadState() == state, PyGILState_Check());
    PyGILState_STATE held = PyGILState_Ensure();
    sprintf(report + at, " %d %d", held, PyThreadState_Get() == state);
    PyGILState_Release(held);
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    return NULL;
}
TEST(handed_over) {
    pthread_t thread;
    PyThreadState *state = PyThreadState_New(PyInterpreterState_Get());
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, handed, state);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_STR_EQ(report, "1 1 0 1");
}

/* threads that drop the GIL and take it at once: each gets its turn */
static long turns[8];
static void *turn(void *data) {
    PyGILState_STATE state = PyGILState_Ensure();
    while (!stop) {
        ++*(long *)data;
        double until = now() + 0.0005;
        while (now() < until) {}
        Py_BEGIN_ALLOW_THREADS
        Py_END_ALLOW_THREADS
    }
    PyGILState_Release(state);
    return NULL;
}
static void everybody(int threads) {
    pthread_t all[8];
    struct timespec moment = {0, 20000000};
    int left = threads;
    stop = 0;
    memset(turns, 0, sizeof turns);
    for (int i = 0; i < threads; i++) pthread_create(&all[i], NULL, turn, &turns[i]);
    Py_BEGIN_ALLOW_THREADS
    for (double until = now() + 20; left && now() < until;) {
        nanosleep(&moment, NULL);
        left = 0;
        for (int i = 0; i < threads; i++) left += ((volatile long *)turns)[i] < 3;
    }
    stop = 1;
    for (int i = 0; i < threads; i++) pthread_join(all[i], NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(left, "0");
}
TEST(turns_of_2) { everybody(2); }
TEST(turns_of_4) { everybody(4); }
TEST(turns_of_8) { everybody(8); }
CHECK_MAIN()
