/* What a thread has to do at a safe point, as CPython's own modules ask for it: pending calls, signals, an exception sent by another
 * thread. The prototypes stand here: they are exported, and in no public header. */
#include "check.h"
#include <pthread.h>

extern int _PyEval_MakePendingCalls(PyThreadState *), _Py_HandlePending(PyThreadState *);

static int made;
static int note(void *data) { made = made * 10 + *(int *)data; return 0; }
static int fail(void *data) { PyErr_SetString(PyExc_ValueError, data); return -1; }
static int nested(void *data) { made = made * 10 + 5; return _PyEval_MakePendingCalls(data); }
static int one = 1, two = 2, three = 3;
static int (*const functions[])(PyThreadState *) = {_PyEval_MakePendingCalls, _Py_HandlePending};
#define EACH(make) int (*make)(PyThreadState *) = functions[0], each = 0; each < 2; make = functions[++each % 2]

TEST(calls) {
    PyThreadState *me = PyThreadState_Get();
    for (EACH(make)) {
        CHECK_INT(make(me), "0");
        made = 0;
        CHECK(Py_AddPendingCall(note, &one) == 0 && Py_AddPendingCall(note, &two) == 0 && Py_AddPendingCall(note, &three) == 0);
        CHECK_INT(made, "0");
        CHECK_INT(make(me), "0");
        CHECK_INT(made, "123");
        CHECK_INT(make(me), "0");
        CHECK_INT(made, "123");
        CHECK_INT(PyThreadState_Get() == me, "1");
    }
}
TEST(failing_call) {
    PyThreadState *me = PyThreadState_Get();
    for (EACH(make)) {
        made = 0;
        CHECK(Py_AddPendingCall(note, &one) == 0 && Py_AddPendingCall(fail, "went wrong") == 0 && Py_AddPendingCall(note, &two) == 0);
        CHECK_INT(make(me), "-1 !!ValueError: went wrong");
        CHECK_INT(made, "1");
        CHECK_INT(make(me), "0");
        CHECK_INT(made, "12");
    }
}
TEST(nested_calls) {
    PyThreadState *me = PyThreadState_Get();
    for (EACH(make)) {
        made = 0;
        CHECK(Py_AddPendingCall(nested, me) == 0 && Py_AddPendingCall(note, &one) == 0);
        CHECK_INT(make(me), "0");
        CHECK_INT(made, "51");
    }
}

/* Calls for the main thread wait for it. */
static void *elsewhere(void *data) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *me = PyThreadState_Get();
    *(int *)data = _PyEval_MakePendingCalls(me) | _Py_HandlePending(me);
    PyGILState_Release(state);
    return NULL;
}
TEST(other_thread) {
    PyThreadState *me = PyThreadState_Get();
    int status = -7;
    pthread_t thread;
    made = 0;
    CHECK_INT(Py_AddPendingCall(note, &one), "0");
    pthread_create(&thread, NULL, elsewhere, &status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(status, "0");
    CHECK_INT(made, "0");
    CHECK_INT(_PyEval_MakePendingCalls(me), "0");
    CHECK_INT(made, "1");
}

/* Signals come first; with them a call waits for the next time. */
TEST(signals) {
    Py_Finalize();
    Py_InitializeEx(1);
    PyThreadState *me = PyThreadState_Get();
    for (EACH(make)) {
        made = 0;
        raise(SIGINT);
        CHECK_INT(Py_AddPendingCall(note, &one), "0");
        CHECK_INT(make(me), "-1 !!KeyboardInterrupt");
        CHECK_INT(made, "0");
        CHECK_INT(make(me), "0");
        CHECK_INT(made, "1");
    }
    int status = -7;
    pthread_t thread;
    raise(SIGINT);
    pthread_create(&thread, NULL, elsewhere, &status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(status, "0");
    CHECK_INT(_Py_HandlePending(me), "-1 !!KeyboardInterrupt");
}

/* An exception sent to a thread is raised where it handles what is pending, not where it makes calls only. */
TEST(sent_exception) {
    PyThreadState *me = PyThreadState_Get();
    CHECK_INT(PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), PyExc_ValueError), "1");
    CHECK_INT(_PyEval_MakePendingCalls(me), "0");
    CHECK_INT(_Py_HandlePending(me), "-1 !!ValueError");
    CHECK_INT(_Py_HandlePending(me), "0");
    CHECK_INT(PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), PyExc_ValueError), "1");
    CHECK_INT(PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), NULL), "1");
    CHECK_INT(_Py_HandlePending(me), "0");
    made = 0;
    CHECK_INT(PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), PyExc_KeyError), "1");
    CHECK(Py_AddPendingCall(note, &one) == 0);
    CHECK_INT(_Py_HandlePending(me), "-1 !!KeyError");
    CHECK_INT(made, "1");
}
CHECK_MAIN()
