/* Interpreters, thread states and threads through the functions that CPython keeps for itself: who runs __main__, ids as
 * ints, states by hand, threads that are joined, timeouts, and the configuration that is in force. */
#include "check.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>

extern int _Py_IsInterpreterFinalizing(PyInterpreterState *), _PyInterpreterState_SetRunningMain(PyInterpreterState *);
extern void _PyInterpreterState_SetNotRunningMain(PyInterpreterState *), _PyErr_SetInterpreterAlreadyRunning(void);
extern int _PyInterpreterState_IsRunningMain(PyInterpreterState *), _PyOS_IsMainThread(void);
extern PyObject *_PyInterpreterState_GetIDObject(PyInterpreterState *), *_PyThreadState_GetDict(PyThreadState *);
extern PyInterpreterState *_PyInterpreterState_Main(void);
extern void _PyEval_StopTheWorld(PyInterpreterState *), _PyEval_StartTheWorld(PyInterpreterState *);
extern PyThreadState *_PyThreadState_GetCurrent(void), *_PyThreadState_New(PyInterpreterState *, int), *_PyThreadState_NewBound(PyInterpreterState *, int);
extern const PyConfig *_Py_GetConfig(void);
extern int PyThread_ParseTimeoutArg(PyObject *, int, PY_TIMEOUT_T *);
extern PyLockStatus PyThread_acquire_lock_timed_with_retries(PyThread_type_lock, PY_TIMEOUT_T);
extern unsigned long long PyThread_get_thread_ident_ex(void);
extern int PyThread_start_joinable_thread(void (*)(void *), void *, unsigned long long *, Py_uintptr_t *);
extern int PyThread_join_thread(Py_uintptr_t), PyThread_detach_thread(Py_uintptr_t);

#define NO_STATE ": the function must be called with the GIL held, after Python initialization and before Python finalization, but the GIL is released (the current Python thread state is NULL)"

TEST(running_main) {
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    PyThreadState *mine = PyThreadState_Get();
    CHECK(_PyInterpreterState_Main() == interpreter);
    CHECK_INT(_PyInterpreterState_IsRunningMain(interpreter), "0");
    CHECK_INT(_PyInterpreterState_SetRunningMain(interpreter), "0");
    CHECK_INT(_PyInterpreterState_IsRunningMain(interpreter), "1");
    CHECK_INT(_PyInterpreterState_SetRunningMain(interpreter), "-1 !!concurrent.interpreters.InterpreterError: interpreter already running");
    _PyErr_SetInterpreterAlreadyRunning();
    PyObject *raised = PyErr_GetRaisedException();
    CHECK_INT(PyErr_GivenExceptionMatches(raised, PyExc_Exception), "1");
    CHECK_REPR(raised, "InterpreterError('interpreter already running')");
    /* Another interpreter's, from outside and from inside. */
    PyThreadState *sub = Py_NewInterpreter();
    PyInterpreterState *other = PyThreadState_GetInterpreter(sub);
    CHECK_INT(_PyInterpreterState_IsRunningMain(other), "0");
    CHECK_INT(_PyInterpreterState_SetRunningMain(interpreter), "-1 !!concurrent.interpreters.InterpreterError: interpreter already running");
    CHECK_INT(_PyInterpreterState_SetRunningMain(other), "0");
    CHECK_INT(_PyInterpreterState_IsRunningMain(other), "1");
    _PyInterpreterState_SetNotRunningMain(other);
    CHECK_INT(_PyInterpreterState_IsRunningMain(other), "0");
    PyThreadState_Swap(mine);
    CHECK_INT(_PyInterpreterState_SetRunningMain(other), "-1 !!RuntimeError: current tstate has wrong interpreter");
    CHECK_INT(_PyInterpreterState_IsRunningMain(other), "0");
    _PyInterpreterState_SetNotRunningMain(interpreter);
    CHECK_INT(_PyInterpreterState_IsRunningMain(interpreter), "0");
    CHECK_FATAL((PyEval_SaveThread(), _PyInterpreterState_SetRunningMain(interpreter)), "_PyInterpreterState_SetRunningMain" NO_STATE);
    PyThreadState_Swap(sub);
    CHECK(_PyInterpreterState_Main() == interpreter);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
}

TEST(ids) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    CHECK_REPR(_PyInterpreterState_GetIDObject(PyInterpreterState_Main()), "0");
    CHECK_REPR(_PyInterpreterState_GetIDObject(PyThreadState_GetInterpreter(sub)), "1");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    sub = Py_NewInterpreter();
    CHECK_REPR(_PyInterpreterState_GetIDObject(PyThreadState_GetInterpreter(sub)), "2");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
}

/* Ends of things that the interpreter holds to the last: is it finalizing by then? */
static int finalizing_at_exit = -7, finalizing_in_capsule = -7;
static void at_exit(void *data) { finalizing_at_exit = _Py_IsInterpreterFinalizing((PyInterpreterState *)data); }
static void capsule_ends(PyObject *capsule) { (void)capsule; finalizing_in_capsule = _Py_IsInterpreterFinalizing(PyInterpreterState_Get()); }
TEST(finalizing) {
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    PyInterpreterState *other = PyThreadState_GetInterpreter(sub);
    CHECK_INT(_Py_IsInterpreterFinalizing(other), "0");
    CHECK_INT(PyUnstable_AtExit(other, at_exit, other), "0");
    PyObject *capsule = PyCapsule_New(&finalizing_at_exit, "m.capsule", capsule_ends);
    CHECK_INT(PySys_SetObject("capsule", capsule), "0");
    Py_DECREF(capsule);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_INT(finalizing_at_exit, "1");
    CHECK_INT(finalizing_in_capsule, "1");
    CHECK_INT(_Py_IsInterpreterFinalizing(PyInterpreterState_Get()), "0");
}

TEST(thread_states) {
    PyThreadState *mine = PyThreadState_Get();
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    CHECK(_PyThreadState_GetCurrent() == mine);
    CHECK_INT(mine->_whence, "1");
    /* Bound to this thread, and bound to none. */
    PyThreadState *bound = _PyThreadState_NewBound(interpreter, 3), *unbound = _PyThreadState_New(interpreter, 4);
    CHECK_INT(bound->_whence, "3");
    CHECK_INT(unbound->_whence, "4");
    CHECK_INT(bound->thread_id == mine->thread_id, "1");
    CHECK_INT(bound->native_thread_id == mine->native_thread_id, "1");
    CHECK_INT(unbound->thread_id, "0");
    CHECK_INT(unbound->native_thread_id, "0");
    CHECK(bound->id == mine->id + 1 && unbound->id == mine->id + 2 && bound->interp == interpreter && unbound->interp == interpreter);
    CHECK(PyInterpreterState_ThreadHead(interpreter) == unbound && PyThreadState_Next(unbound) == bound && PyThreadState_Next(bound) == mine);
    /* Each has a dict of its own. */
    PyObject *dict = _PyThreadState_GetDict(bound);
    CHECK_BORROWED(dict, "{}");
    CHECK_INT(Py_REFCNT(dict), "1");
    CHECK(_PyThreadState_GetDict(bound) == dict && _PyThreadState_GetDict(mine) != dict && _PyThreadState_GetDict(mine) == PyThreadState_GetDict());
    CHECK_BORROWED(_PyThreadState_GetDict(unbound), "{}");
    PyThreadState_Swap(bound);
    CHECK(_PyThreadState_GetCurrent() == bound && PyThreadState_GetDict() == dict);
    PyThreadState_Swap(NULL);
    CHECK(_PyThreadState_GetCurrent() == NULL);
    PyThreadState_Swap(mine);
    PyThreadState_Clear(bound);
    PyThreadState_Delete(bound);
    PyThreadState_Clear(unbound);
    PyThreadState_Delete(unbound);
    CHECK(PyInterpreterState_ThreadHead(interpreter) == mine);
}

TEST(configuration) {
    const PyConfig *config = _Py_GetConfig();
    CHECK(config == _Py_GetConfig());
    CHECK_INT(config->install_signal_handlers, "0");
    CHECK_INT(config->_init_main, "1");
    CHECK_INT(config->_is_python_build, "0");
    CHECK_INT(config->optimization_level, "0");
    CHECK_INT(config->parse_argv, "0");
    CHECK_INT(config->buffered_stdio, "0");
    CHECK_INT(config->warnoptions.length, "0");
    CHECK_INT(wcscmp(config->stdio_encoding, L"utf-8"), "0");
    CHECK(config->filesystem_encoding && config->filesystem_errors && config->stdio_errors);
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    const PyConfig *other = _Py_GetConfig();
    CHECK(other != config);
    CHECK_INT(other->install_signal_handlers, "0");
    CHECK_INT(wcscmp(other->filesystem_encoding, config->filesystem_encoding), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_FATAL((PyEval_SaveThread(), _Py_GetConfig()), "_Py_GetConfig" NO_STATE);
}

/* Threads. */
struct report { unsigned long long ident; volatile int main_thread, stop; PyInterpreterState *interpreter; };
static void reports(void *data) {
    struct report *report = (struct report *)data;
    report->ident = PyThread_get_thread_ident_ex();
    PyGILState_STATE state = PyGILState_Ensure();
    report->main_thread = _PyOS_IsMainThread();
    PyGILState_Release(state);
}
TEST(joinable_threads) {
    struct report report = {0, -7, 0, PyInterpreterState_Get()};
    unsigned long long ident = 0;
    Py_uintptr_t handle = 0;
    CHECK(PyThread_get_thread_ident_ex() == (unsigned long long)pthread_self() && PyThread_get_thread_ident_ex() == PyThread_get_thread_ident());
    CHECK_INT(PyThread_start_joinable_thread(reports, &report, &ident, &handle), "0");
    int joined;
    Py_BEGIN_ALLOW_THREADS
    joined = PyThread_join_thread(handle);
    Py_END_ALLOW_THREADS
    CHECK_INT(joined, "0");
    CHECK(ident == report.ident && ident != PyThread_get_thread_ident_ex());
    CHECK_INT(report.main_thread, "0");
    CHECK_INT(_PyOS_IsMainThread(), "1");
    /* The main thread of the main interpreter only. */
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    CHECK_INT(_PyOS_IsMainThread(), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    /* Oneself nobody can join. */
    CHECK_INT(PyThread_join_thread((Py_uintptr_t)pthread_self()) == EDEADLK, "1");
}

static void waits(void *lock) {
    PyThread_acquire_lock(lock, 1);
    PyThread_release_lock(lock);
}
TEST(detached_threads) {
    unsigned long long ident = 0;
    Py_uintptr_t handle = 0;
    PyThread_type_lock lock = PyThread_allocate_lock();
    PyThread_acquire_lock(lock, 1);
    CHECK_INT(PyThread_start_joinable_thread(waits, lock, &ident, &handle), "0");
    CHECK_INT(PyThread_detach_thread(handle), "0");
    /* It runs still, but is no longer one that is joined. */
    CHECK_INT(PyThread_detach_thread(handle) == EINVAL, "1");
    CHECK_INT(PyThread_join_thread(handle) == EINVAL, "1");
    PyThread_release_lock(lock);
    usleep(20000);
    PyThread_acquire_lock(lock, 1);
    PyThread_release_lock(lock);
    usleep(20000);
    PyThread_free_lock(lock);
}

static char said[512];
static const char *timeout_of(PyObject *o, int blocking) {
    PY_TIMEOUT_T timeout = -7;
    int status = PyThread_ParseTimeoutArg(o, blocking, &timeout);
    if (status == 0) snprintf(said, sizeof said, "%lld", (long long)timeout);
    else check_taken(said, sizeof said);
    return said;
}
TEST(timeouts) {
    CHECK_STR_EQ(timeout_of(NULL, 1), "-1000000000");
    CHECK_STR_EQ(timeout_of(NULL, 0), "0");
    CHECK_STR_EQ(timeout_of(Py_None, 1), "-1000000000");
    CHECK_STR_EQ(timeout_of(Py_None, 0), "0");
    CHECK_STR_EQ(timeout_of(value("i", 0), 1), "0");
    CHECK_STR_EQ(timeout_of(value("i", 0), 0), "!!ValueError: can't specify a timeout for a non-blocking call");
    CHECK_STR_EQ(timeout_of(value("i", 3), 1), "3000000000");
    CHECK_STR_EQ(timeout_of(value("i", 3), 0), "!!ValueError: can't specify a timeout for a non-blocking call");
    CHECK_STR_EQ(timeout_of(value("i", -1), 1), "!!ValueError: timeout value must be a non-negative number");
    CHECK_STR_EQ(timeout_of(value("i", -1), 0), "!!ValueError: can't specify a timeout for a non-blocking call");
    CHECK_STR_EQ(timeout_of(value("d", -1.0), 1), "!!ValueError: timeout value must be a non-negative number");
    CHECK_STR_EQ(timeout_of(value("d", -1.0), 0), "!!ValueError: can't specify a timeout for a non-blocking call");
    CHECK_STR_EQ(timeout_of(value("i", -2), 1), "!!ValueError: timeout value must be a non-negative number");
    CHECK_STR_EQ(timeout_of(value("d", -0.5), 1), "!!ValueError: timeout value must be a non-negative number");
    CHECK_STR_EQ(timeout_of(value("d", 0.25), 1), "250000000");
    CHECK_STR_EQ(timeout_of(value("d", 1e-10), 1), "1");
    CHECK_STR_EQ(timeout_of(value("d", -1e-10), 1), "!!ValueError: timeout value must be a non-negative number");
    CHECK_STR_EQ(timeout_of(value("L", 9223372036LL), 1), "9223372036000000000");
    CHECK_STR_EQ(timeout_of(value("L", 9223372037LL), 1), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(timeout_of(value("d", 1e20), 1), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(timeout_of(value("d", Py_NAN), 1), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(timeout_of(value("s", "1"), 1), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(timeout_of(value("[]"), 0), "!!ValueError: can't specify a timeout for a non-blocking call");
}

TEST(locks_with_retries) {
    PyThread_type_lock lock = PyThread_allocate_lock();
    PyTime_t before, after;
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, -1), "1");
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, 0), "0");
    PyTime_Monotonic(&before);
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, 20000000), "0");
    PyTime_Monotonic(&after);
    CHECK(after - before >= 20000000);
    PyThread_release_lock(lock);
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, 0), "1");
    PyThread_release_lock(lock);
    CHECK_INT(PyThread_acquire_lock_timed_with_retries(lock, 20000000), "1");
    PyThread_release_lock(lock);
    PyThread_free_lock(lock);
    CHECK(PyThreadState_GetUnchecked() != NULL);
}

/* With a GIL the world stands still while one thread works; what is asked is that it goes on after. */
static void counts(void *data) {
    struct report *report = (struct report *)data;
    while (!report->stop) {
        PyGILState_STATE state = PyGILState_Ensure();
        report->main_thread++;
        PyGILState_Release(state);
    }
}
TEST(stop_the_world) {
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    struct report report = {0, 0, 0, interpreter};
    unsigned long long ident = 0;
    Py_uintptr_t handle = 0;
    CHECK_INT(PyThread_start_joinable_thread(counts, &report, &ident, &handle), "0");
    while (report.main_thread < 3) {
        Py_BEGIN_ALLOW_THREADS
        usleep(1000);
        Py_END_ALLOW_THREADS
    }
    _PyEval_StopTheWorld(interpreter);
    int stood = report.main_thread;
    usleep(5000);
    CHECK(report.main_thread == stood);
    _PyEval_StartTheWorld(interpreter);
    while (report.main_thread == stood) {
        Py_BEGIN_ALLOW_THREADS
        usleep(1000);
        Py_END_ALLOW_THREADS
    }
    report.stop = 1;
    Py_BEGIN_ALLOW_THREADS
    PyThread_join_thread(handle);
    Py_END_ALLOW_THREADS
}
CHECK_MAIN()
