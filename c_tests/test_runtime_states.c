/* Thread states and interpreters by hand: numbers, states, lists, swapping, and what ends the program. */
#include "check.h"
#include <pthread.h>

TEST(numbers) {
    PyThreadState *mine = PyThreadState_Get();
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    CHECK(mine->id == 1 && mine->interp == interpreter && mine->holds_gil == 1 && mine->state == 1 && mine->_whence == 1);
    CHECK(mine->thread_id == (unsigned long)pthread_self() && mine->exc_info == &mine->exc_state && mine->context_ver == 1);
    CHECK(mine->gilstate_counter == 1 && mine->py_recursion_limit == 1000 && mine->what_event == -1);
    PyThreadState *other = PyThreadState_New(interpreter);
    CHECK(PyThreadState_GetID(other) == 2 && other->state == 0 && other->holds_gil == 0 && other->gilstate_counter == 1);
    CHECK(PyThreadState_GetInterpreter(other) == interpreter && PyThreadState_GetFrame(other) == NULL);
    CHECK(PyInterpreterState_ThreadHead(interpreter) == other && PyThreadState_Next(other) == mine && !PyThreadState_Next(mine));
    CHECK(PyGILState_GetThisThreadState() == mine);
    CHECK(PyThreadState_Swap(other) == mine && PyThreadState_Get() == other && PyGILState_GetThisThreadState() == other);
    CHECK(mine->state == 0 && mine->holds_gil == 0 && other->state == 1 && other->holds_gil == 1);
    CHECK(PyThreadState_Swap(other) == other);
    CHECK(PyThreadState_Swap(NULL) == other && !PyThreadState_GetUnchecked() && !PyGILState_Check());
    CHECK(PyThreadState_Swap(NULL) == NULL);
    CHECK(PyThreadState_GetDict() == NULL);
    CHECK(PyThreadState_Swap(mine) == NULL && PyGILState_Check());
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
    CHECK(PyInterpreterState_ThreadHead(interpreter) == mine);
    PyThreadState *third = PyThreadState_New(interpreter);
    CHECK(PyThreadState_GetID(third) == 3);
    PyThreadState_Clear(third);
    PyThreadState_Delete(third);
    mine->tracing = 0;
    PyThreadState_EnterTracing(mine);
    CHECK_INT(mine->tracing, "1");
    PyThreadState_LeaveTracing(mine);
    CHECK_INT(mine->tracing, "0");
}

static const char *status(PyThreadState *state) {
    static char text[4][32];
    static int at;
    return sprintf(text[at = (at + 1) % 4], "%s%s%s%s%s%s%s", state->_status.initialized ? "i" : "", state->_status.bound ? "b" : "",
                   state->_status.unbound ? "u" : "", state->_status.bound_gilstate ? "g" : "", state->_status.active ? "a" : "",
                   state->_status.finalizing ? "f" : "", state->_status.cleared ? "c" : ""), text[at];
}
static void *uses_it(void *state) {
    PyEval_RestoreThread(state);
    void *good = strcmp(status(state), "ibga") ? NULL : state;
    PyEval_SaveThread();
    return strcmp(status(state), "ibg") ? NULL : good;
}
TEST(status_bits) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    CHECK_STR_EQ(status(sub), "ibga");
    CHECK_STR_EQ(status(mine), "ib");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(status(mine), "ibga");
    PyThreadState *other = PyThreadState_New(mine->interp);
    CHECK_STR_EQ(status(mine), "ibga");
    CHECK_STR_EQ(status(other), "ib");
    PyThreadState_Swap(other);
    CHECK_STR_EQ(status(mine), "ib");
    CHECK_STR_EQ(status(other), "ibga");
    PyThreadState_Swap(NULL);
    CHECK(!strcmp(status(other), "ibg") && !strcmp(status(mine), "ib"));
    /* found by PyGILState where it was attached last, also when that was with nothing attached before */
    PyThreadState_Swap(mine);
    CHECK(!strcmp(status(other), "ib") && !strcmp(status(mine), "ibga"));
    pthread_t thread;
    void *good = NULL;
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, uses_it, other);
    pthread_join(thread, &good);
    Py_END_ALLOW_THREADS
    CHECK(good == other);
    PyThreadState_Clear(other);
    CHECK(other->_status.cleared && other->_status.finalizing && !other->_status.active);
    PyThreadState_Delete(other);
}

TEST(dicts) {
    PyObject *dict = PyThreadState_GetDict();
    CHECK(PyDict_CheckExact(dict));
    CHECK(dict == PyThreadState_GetDict() && Py_REFCNT(dict) == 1);
    PyObject *own = PyInterpreterState_GetDict(PyInterpreterState_Get());
    CHECK(PyDict_CheckExact(own) && own == PyInterpreterState_GetDict(PyInterpreterState_Get()));
    CHECK_INT(PyInterpreterState_GetID(NULL), "-1 !!RuntimeError: no interpreter provided");
    CHECK_INT(PyThreadState_SetAsyncExc(12345, PyExc_ValueError), "0");
}

/* Exceptions for a thread: the newest state of it in this interpreter gets it, whatever object it is; an evaluator raises it. */
TEST(exceptions_for_threads) {
    PyThreadState *mine = PyThreadState_Get(), *newer = PyThreadState_New(mine->interp);
    unsigned long id = PyThread_get_thread_ident();
    PyObject *list = keep(PyList_New(0));
    CHECK_INT(PyThreadState_SetAsyncExc(0, PyExc_ValueError), "0");
    CHECK_INT(PyThreadState_SetAsyncExc(1, NULL), "0");
    CHECK_INT(PyThreadState_SetAsyncExc(id, list), "1");
    CHECK(newer->async_exc == list && mine->async_exc == NULL && Py_REFCNT(list) == 2);
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(PyThreadState_SetAsyncExc(id, PyExc_KeyError), "1");
    CHECK(newer->async_exc == PyExc_KeyError && Py_REFCNT(list) == 1);
    CHECK_INT(PyThreadState_SetAsyncExc(id, NULL), "1");
    CHECK(newer->async_exc == NULL);
    PyThreadState_Clear(newer);
    PyThreadState_Delete(newer);
    /* those of other interpreters are not looked at */
    PyThreadState *sub = Py_NewInterpreter();
    CHECK_INT(PyThreadState_SetAsyncExc(id, PyExc_KeyError), "1");
    CHECK(sub->async_exc == PyExc_KeyError && mine->async_exc == NULL);
    CHECK_INT(PyThreadState_SetAsyncExc(id, NULL), "1");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
}

#define NO_STATE ": the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)"
TEST(faults) {
    PyThreadState *mine = PyThreadState_Get();
    CHECK_FATAL(PyThreadState_Delete(mine), "Fatal Python error: PyThreadState_Delete: tstate 0x");
    CHECK_FATAL(PyThreadState_Delete(NULL), "Fatal Python error: PyThreadState_Delete" NO_STATE);
    CHECK_FATAL(PyEval_RestoreThread(mine), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    CHECK_FATAL(PyEval_AcquireThread(mine), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    CHECK_FATAL((PyEval_SaveThread(), PyThreadState_Get()), "Fatal Python error: PyThreadState_Get" NO_STATE);
    CHECK_FATAL((PyEval_SaveThread(), PyInterpreterState_Get()), "Fatal Python error: PyInterpreterState_Get" NO_STATE);
    CHECK_FATAL((PyEval_SaveThread(), PyEval_RestoreThread(NULL)), "Fatal Python error: PyEval_RestoreThread" NO_STATE);
    CHECK_FATAL((PyEval_SaveThread(), PyEval_AcquireThread(NULL)), "Fatal Python error: PyEval_AcquireThread" NO_STATE);
    CHECK_FATAL((PyEval_SaveThread(), PyGILState_Release(PyGILState_LOCKED)), "must be current when releasing");
    CHECK_FATAL((PyEval_ReleaseThread(mine), PyEval_ReleaseThread(mine)), "Fatal Python error: drop_gil: drop_gil: GIL is not locked");
    CHECK_FATAL((Py_NewInterpreter(), Py_EndInterpreter(mine)), "Fatal Python error: Py_EndInterpreter: thread is not current");
    CHECK(PyThreadState_Get() == mine);
    PyObject *list = keep(PyList_New(0));
    CHECK_FATAL(PyObject_GC_Track(list), "PyObject_GC_Track: Assertion failed: object already tracked by the garbage collector");
    CHECK_FATAL(PyObject_CallFinalizerFromDealloc(list), "PyObject_CallFinalizerFromDealloc: Assertion failed: PyObject_CallFinalizerFromDealloc called on object with a non-zero refcount");
    CHECK_FATAL(PyObject_CallFinalizerFromDealloc(list), "Fatal Python error: _PyObject_AssertFailed: _PyObject_AssertFailed");
}

TEST(list) {
    PyThreadState *main_state = PyThreadState_Get();
    PyInterpreterState *main_interpreter = PyInterpreterState_Get();
    CHECK(PyInterpreterState_Head() == main_interpreter && PyInterpreterState_Next(main_interpreter) == NULL);
    PyThreadState *first = Py_NewInterpreter(), *second = Py_NewInterpreter();
    PyInterpreterState *one = PyThreadState_GetInterpreter(first), *two = PyThreadState_GetInterpreter(second);
    CHECK(PyInterpreterState_Head() == two && PyInterpreterState_Next(two) == one && PyInterpreterState_Next(one) == main_interpreter);
    CHECK_INT(PyInterpreterState_GetID(one), "1");
    CHECK_INT(PyInterpreterState_GetID(two), "2");
    CHECK(PyThreadState_GetID(first) == 1 && first->holds_gil == 0 && second->holds_gil == 1 && PyInterpreterState_Main() == main_interpreter);
    Py_EndInterpreter(second);
    CHECK(!PyThreadState_GetUnchecked() && PyGILState_GetThisThreadState() == NULL);
    PyThreadState_Swap(first);
    CHECK(PyInterpreterState_Head() == one);
    Py_EndInterpreter(first);
    PyThreadState_Swap(main_state);
    CHECK(PyInterpreterState_Head() == main_interpreter);
    PyThreadState *again = Py_NewInterpreter();
    CHECK_INT(PyInterpreterState_GetID(PyThreadState_GetInterpreter(again)), "3");
    Py_EndInterpreter(again);
    PyThreadState_Swap(main_state);
}

static void check_refused(PyInterpreterConfig config, const char *message) {
    PyThreadState *before = PyThreadState_Get(), *made = before;
    PyStatus status = Py_NewInterpreterFromConfig(&made, &config);
    CHECK(PyStatus_IsError(status) && made == NULL && PyThreadState_Get() == before);
    CHECK_STR_EQ(status.err_msg ? status.err_msg : "none", message);
    CHECK_STR_EQ(status.func ? status.func : "none", "init_interp_settings");
}
TEST(configurations) {
    PyThreadState *main_state = PyThreadState_Get();
    check_refused((PyInterpreterConfig){.gil = PyInterpreterConfig_OWN_GIL}, "per-interpreter obmalloc does not support single-phase init extension modules");
    check_refused((PyInterpreterConfig){.use_main_obmalloc = 1, .gil = 7}, "invalid interpreter config 'gil' value");
    for (int gil = PyInterpreterConfig_DEFAULT_GIL; gil <= PyInterpreterConfig_OWN_GIL; gil++) {
        PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .gil = gil};
        PyThreadState *made = NULL;
        PyStatus status = Py_NewInterpreterFromConfig(&made, &config);
        CHECK(!PyStatus_Exception(status) && made && PyThreadState_Get() == made && made->holds_gil && !main_state->holds_gil);
        PyObject *list = PyList_New(0);
        CHECK_INT(PyList_Append(list, list), "0");
        Py_DECREF(list);
        Py_EndInterpreter(made);
        PyThreadState_Swap(main_state);
    }
}

static int calls, result;
static int call(void *data) { calls += (int)(intptr_t)data; return 0; }
static int raise_call(void *data) { PyErr_SetString(PyExc_KeyError, data); return -1; }
TEST(pending_calls) {
    for (int i = 0; i < 32; i++) result |= Py_AddPendingCall(call, (void *)1);
    CHECK_INT(result, "0");
    CHECK_INT(Py_AddPendingCall(call, (void *)1), "-1");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "32");
    CHECK_INT(Py_AddPendingCall(raise_call, "told"), "0");
    CHECK_INT(Py_MakePendingCalls(), "-1 !!KeyError: 'told'");
    CHECK_INT(Py_MakePendingCalls(), "0");
}

/* A call that queues itself again does not keep the thread for ever: 32 at once, of an interpreter's own 100. */
extern int _PyEval_AddPendingCall(PyInterpreterState *, int (*)(void *), void *, int);
static int again(void *data) { calls++; return *(int *)data ? Py_AddPendingCall(again, data) : 0; }
static int positive(void *data) { (void)data; return 1; }
TEST(rounds_of_calls) {
    int more = 1;
    calls = 0;
    CHECK_INT(Py_AddPendingCall(again, &more), "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "32");
    more = 0;
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(calls, "33");
    int added = 0;
    while (added < 1000 && _PyEval_AddPendingCall(PyInterpreterState_Get(), again, &more, 0) == 0) added++;
    CHECK_INT(added, "300");
    for (int round = 1; round < 5; round++) {
        CHECK_INT(Py_MakePendingCalls(), "0");
        CHECK_INT(calls - 33 == (round < 3 ? 100 * round : 300), "1");
    }
    /* whatever is not 0 is a failure, also without an exception */
    CHECK_INT(Py_AddPendingCall(positive, NULL), "0");
    CHECK_INT(Py_MakePendingCalls(), "-1");
}

/* Only the main thread in the main interpreter makes them; elsewhere that is left to an evaluator, or to the interpreter's end. */
static void *makes_calls(void *data) {
    PyGILState_STATE state = PyGILState_Ensure();
    *(int *)data = Py_MakePendingCalls() || PyErr_CheckSignals();
    PyGILState_Release(state);
    return NULL;
}
TEST(who_makes_calls) {
    PyThreadState *mine = PyThreadState_Get();
    int none = 0, failed = -1;
    pthread_t thread;
    calls = 0;
    CHECK_INT(_PyEval_AddPendingCall(mine->interp, again, &none, 0), "0");
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, makes_calls, &failed);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK(failed == 0 && calls == 0 && PyErr_CheckSignals() == 0 && calls == 0);
    CHECK(Py_MakePendingCalls() == 0 && calls == 1);
    PyThreadState *sub = Py_NewInterpreter();
    CHECK_INT(_PyEval_AddPendingCall(sub->interp, again, &none, 0), "0");
    CHECK(Py_MakePendingCalls() == 0 && PyErr_CheckSignals() == 0 && calls == 1);
    Py_EndInterpreter(sub);
    CHECK_INT(calls, "2");
    PyThreadState_Swap(mine);
}

static int nest(int depth) {
    char frame[4000];
    memset(frame, depth, sizeof frame);
    if (Py_EnterRecursiveCall(" in this test")) return -1;
    int below = nest(depth + 1);
    Py_LeaveRecursiveCall();
    return below < 0 ? -1 : below + frame[0];
}
TEST(recursion) {
    CHECK(nest(0) == -1 && PyErr_ExceptionMatches(PyExc_RecursionError));
    /* how much is used depends on the stack */
    PyObject *raised = PyErr_GetRaisedException(), *text = keep(PyObject_Str(raised));
    const char *message = PyUnicode_AsUTF8(text);
    CHECK(!strncmp(message, "Stack overflow (used ", 21) && strstr(message, " kB) in this test"));
    Py_DECREF(raised);
}


/* A state of an interpreter for a thread to come: no thread is attached to it. */
extern PyThreadState *_PyThreadState_Prealloc(PyInterpreterState *);
TEST(preallocated) {
    PyThreadState *mine = PyThreadState_Get(), *made = _PyThreadState_Prealloc(mine->interp), *other = _PyThreadState_Prealloc(mine->interp);
    CHECK(made && other && made != other && made->interp == mine->interp && PyThreadState_Get() == mine);
    CHECK(PyThreadState_GetID(made) > PyThreadState_GetID(mine) && PyThreadState_GetID(other) > PyThreadState_GetID(made));
    CHECK_INT(made->thread_id == mine->thread_id, "0");
    PyThreadState_Swap(made);
    CHECK_REPR(PyLong_FromLong(5000), "5000");
    PyErr_SetString(PyExc_ValueError, "in the other state");
    PyThreadState_Swap(mine);
    CHECK(!PyErr_Occurred());
    PyThreadState_Clear(made);
    PyThreadState_Delete(made);
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
}
CHECK_MAIN()
