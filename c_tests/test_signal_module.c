/* `_signal`: handlers that are objects, called where an extension asks for signals; masks, waiting, timers, and every refusal. */
#include "check.h"
#include <fcntl.h>
#include <pthread.h>

static PyObject *calls;
static PyObject *handle(PyObject *self, PyObject *args) { (void)self; if (!calls) calls = PyList_New(0); PyList_Append(calls, args); Py_RETURN_NONE; }
static PyObject *refuse(PyObject *self, PyObject *args) { (void)self; (void)args; PyErr_SetString(PyExc_ValueError, "from the handler"); return NULL; }
static PyMethodDef handle_def = {"handle", handle, METH_VARARGS, NULL}, refuse_def = {"refuse", refuse, METH_VARARGS, NULL};
static PyObject *handler(void) { return keep(PyCFunction_New(&handle_def, NULL)); }
static PyObject *module(void) { return keep(PyImport_ImportModule("_signal")); }
static PyObject *install(int signal, PyObject *handler) { return PyObject_CallMethod(module(), "signal", "iO", signal, handler); }
static PyObject *number(int n) { return value("i", n); }
static PyObject *called(void) { PyObject *list = calls ? calls : PyList_New(0); calls = NULL; return list; }
#define CALL(name, ...) PyObject_CallMethod(module(), name, __VA_ARGS__)

TEST(handlers) {
    CHECK_REPR(CALL("getsignal", "i", SIGUSR1), "0");
    CHECK_REPR(install(SIGUSR1, handler()), "0");
    CHECK_REPR(CALL("getsignal", "i", SIGUSR1), "<built-in function handle>");
    raise(SIGUSR1);
    raise(SIGUSR1);
    CHECK_REPR(called(), "[]");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(10, None)]");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[]");
    raise(SIGUSR1);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_REPR(called(), "[(10, None)]");
    CHECK_REPR(CALL("raise_signal", "i", SIGUSR1), "None");
    CHECK_REPR(called(), "[(10, None)]");
    CHECK_INT(PyErr_SetInterruptEx(SIGUSR1), "0");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(10, None)]");
    /* what came before is the old handler's */
    raise(SIGUSR1);
    CHECK_REPR(install(SIGUSR1, keep(PyCFunction_New(&refuse_def, NULL))), "<built-in function handle>");
    CHECK_REPR(called(), "[(10, None)]");
    raise(SIGUSR1);
    CHECK_INT(PyErr_CheckSignals(), "-1 !!ValueError: from the handler");
    CHECK_INT(PyErr_CheckSignals(), "0");
    raise(SIGUSR1);
    CHECK_REPR(install(SIGUSR1, number(1)), "!!ValueError: from the handler");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(install(SIGUSR1, number(1)), "<built-in function refuse>");
    raise(SIGUSR1);
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(install(SIGUSR1, number(0)), "1");
    CHECK_REPR(CALL("getsignal", "i", SIGUSR1), "0");
}

TEST(several) {
    int signals[] = {SIGUSR2, SIGTERM, SIGHUP, SIGUSR1};
    for (int i = 0; i < 4; i++) Py_XDECREF(install(signals[i], handler()));
    for (int i = 0; i < 4; i++) raise(signals[i]);
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(1, None), (10, None), (12, None), (15, None)]");
    for (int i = 0; i < 4; i++) Py_XDECREF(install(signals[i], number(0)));
}

TEST(interrupt) {
    CHECK_REPR(CALL("getsignal", "i", SIGINT), "<built-in function default_int_handler>");
    raise(SIGINT);
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    CHECK_REPR(install(SIGINT, handler()), "<built-in function default_int_handler>");
    PyErr_SetInterrupt();
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(2, None)]");
    CHECK_REPR(install(SIGINT, number(0)), "<built-in function handle>");
    PyErr_SetInterrupt();
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK(PyOS_getsig(SIGINT) == SIG_DFL);
    CHECK_REPR(install(SIGINT, attr(module(), "default_int_handler")), "0");
    CHECK_REPR(CALL("raise_signal", "i", SIGINT), "!!KeyboardInterrupt");
    CHECK_REPR(CALL("default_int_handler", NULL), "!!TypeError: default_int_handler expected 2 arguments, got 0");
    CHECK_REPR(CALL("default_int_handler", "sO", "x", Py_None), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL("default_int_handler", "iO", 2, Py_None), "!!KeyboardInterrupt");
}

TEST(refused) {
    CHECK_REPR(install(0, handler()), "!!ValueError: signal number out of range");
    CHECK_REPR(install(65, handler()), "!!ValueError: signal number out of range");
    CHECK_REPR(install(SIGKILL, handler()), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(install(32, handler()), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(install(SIGUSR1, Py_None), "!!TypeError: signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    CHECK_REPR(install(SIGUSR1, Py_True), "!!TypeError: signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    CHECK_REPR(install(SIGUSR1, number(2)), "!!TypeError: signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    CHECK_REPR(CALL("signal", "i", 1), "!!TypeError: signal expected 2 arguments, got 1");
    CHECK_REPR(CALL("signal", "sO", "x", Py_None), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL("getsignal", "i", 0), "!!ValueError: signal number out of range");
    CHECK_REPR(CALL("getsignal", "i", 65), "!!ValueError: signal number out of range");
    CHECK_REPR(CALL("getsignal", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL("raise_signal", "i", 1000), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("strsignal", "i", 0), "!!ValueError: signal number out of range");
    CHECK_REPR(CALL("siginterrupt", "ii", 0, 1), "!!ValueError: signal number out of range");
    CHECK_REPR(CALL("siginterrupt", "ii", SIGKILL, 1), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("siginterrupt", "ii", SIGUSR1, 1), "None");
    CHECK_REPR(CALL("alarm", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL("pthread_kill", "si", "x", 1), "!!TypeError: pthread_kill() argument 1 must be int, not str");
    CHECK_REPR(CALL("pthread_kill", "ki", PyThread_get_thread_ident(), 1000), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("pthread_kill", "ki", PyThread_get_thread_ident(), 0), "None");
    CHECK_REPR(CALL("pidfd_send_signal", "ii", -1, 0), "!!OSError: [Errno 9] Bad file descriptor");
    CHECK_REPR(CALL("pidfd_send_signal", "iii", 1, 0, 5), "!!TypeError: siginfo must be None");
    CHECK_REPR(CALL("set_wakeup_fd", "i", 999), "!!OSError: [Errno 9] Bad file descriptor");
    CHECK_REPR(CALL("set_wakeup_fd", NULL), "!!TypeError: set_wakeup_fd() takes exactly 1 positional argument (0 given)");
    CHECK_REPR(CALL("set_wakeup_fd", "ii", 1, 2), "!!TypeError: set_wakeup_fd() takes exactly 1 positional argument (2 given)");
    CHECK_REPR(CALL("setitimer", "ii", 99, 0), "!!ItimerError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("setitimer", "id", 0, -1.0), "!!ItimerError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("setitimer", "is", 0, "x"), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
    CHECK_REPR(CALL("getitimer", "i", 99), "!!ItimerError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("pthread_sigmask", "i(i)", 99, SIGUSR1), "!!OSError: [Errno 22] Invalid argument");
    CHECK_REPR(CALL("pthread_sigmask", "i(i)", SIG_BLOCK, 65), "!!ValueError: signal number 65 out of range [1; 64]");
    CHECK_REPR(CALL("pthread_sigmask", "i(s)", SIG_BLOCK, "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL("pthread_sigmask", "ii", SIG_BLOCK, 5), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(CALL("sigtimedwait", "(i)i", SIGUSR2, -1), "!!ValueError: timeout must be non-negative");
}

TEST(names) {
    CHECK_REPR(CALL("strsignal", "i", SIGINT), "'Interrupt'");
    CHECK_REPR(CALL("strsignal", "i", 33), "None");
    CHECK_REPR(CALL("valid_signals", NULL), "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64}");
    CHECK_REPR(PyObject_Dir(module()), "['ITIMER_PROF', 'ITIMER_REAL', 'ITIMER_VIRTUAL', 'ItimerError', 'NSIG', 'SIGABRT', 'SIGALRM', 'SIGBUS', 'SIGCHLD', 'SIGCLD', 'SIGCONT', 'SIGFPE', 'SIGHUP', 'SIGILL', 'SIGINT', 'SIGIO', 'SIGIOT', 'SIGKILL', 'SIGPIPE', 'SIGPOLL', 'SIGPROF', 'SIGPWR', 'SIGQUIT', 'SIGRTMAX', 'SIGRTMIN', 'SIGSEGV', 'SIGSTKFLT', 'SIGSTOP', 'SIGSYS', 'SIGTERM', 'SIGTRAP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGUSR1', 'SIGUSR2', 'SIGVTALRM', 'SIGWINCH', 'SIGXCPU', 'SIGXFSZ', 'SIG_BLOCK', 'SIG_DFL', 'SIG_IGN', 'SIG_SETMASK', 'SIG_UNBLOCK', '__doc__', '__loader__', '__name__', '__package__', '__spec__', 'alarm', 'default_int_handler', 'getitimer', 'getsignal', 'pause', 'pidfd_send_signal', 'pthread_kill', 'pthread_sigmask', 'raise_signal', 'set_wakeup_fd', 'setitimer', 'siginterrupt', 'signal', 'sigpending', 'sigtimedwait', 'sigwait', 'sigwaitinfo', 'strsignal', 'struct_siginfo', 'valid_signals']");
    CHECK_REPR(attr(module(), "ItimerError") ? PyObject_GetAttrString(attr(module(), "ItimerError"), "__mro__") : NULL, "(<class 'signal.ItimerError'>, <class 'OSError'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)");
    CHECK_REPR(PyObject_GetAttrString(attr(module(), "struct_siginfo"), "__match_args__"), "('si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band')");
}

TEST(blocked) {
    Py_XDECREF(install(SIGUSR1, handler()));
    CHECK_REPR(CALL("pthread_sigmask", "i(ii)", SIG_BLOCK, SIGUSR1, SIGUSR2), "set()");
    raise(SIGUSR1);
    CHECK_REPR(CALL("sigpending", NULL), "{10}");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[]");
    CHECK_REPR(CALL("sigwait", "((i))", SIGUSR1), "10");
    raise(SIGUSR2);
    PyObject *info = keep(CALL("sigwaitinfo", "((i))", SIGUSR2));
    CHECK_REPR(PyObject_GetAttrString(info, "si_signo"), "12");
    CHECK_INT(PyLong_AsLong(attr(info, "si_pid")) - getpid(), "0");
    CHECK_REPR(CALL("sigtimedwait", "(i)d", SIGUSR2, 0.01), "None");
    raise(SIGUSR1);
    CHECK_REPR(CALL("pthread_sigmask", "i(ii)", SIG_UNBLOCK, SIGUSR1, SIGUSR2), "{10, 12}");
    CHECK_REPR(called(), "[(10, None)]");
    Py_XDECREF(install(SIGUSR1, number(0)));
}

TEST(timers) {
    Py_XDECREF(install(SIGALRM, handler()));
    CHECK_REPR(CALL("setitimer", "id", 0, 0.01), "(0.0, 0.0)");
    CHECK_REPR(CALL("pause", NULL), "None");
    CHECK_REPR(CALL("getitimer", "i", 0), "(0.0, 0.0)");
    CHECK_REPR(called(), "[(14, None)]");
    CHECK_REPR(CALL("alarm", "i", 50), "0");
    CHECK_REPR(CALL("alarm", "i", 0), "50");
    Py_XDECREF(install(SIGALRM, number(0)));
}

TEST(wakeup) {
    int pipes[2];
    char byte = 0;
    CHECK(pipe(pipes) == 0 && fcntl(pipes[1], F_SETFL, O_NONBLOCK) == 0);
    CHECK_REPR(CALL("set_wakeup_fd", "i", pipes[1]), "-1");
    Py_XDECREF(install(SIGUSR1, handler()));
    raise(SIGUSR1);
    CHECK_INT(read(pipes[0], &byte, 1), "1");
    CHECK_INT(byte, "10");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK(PyLong_AsLong(keep(CALL("set_wakeup_fd", "i", -1))) == pipes[1]);
    CHECK_REPR(called(), "[(10, None)]");
    Py_XDECREF(install(SIGUSR1, number(0)));
}

/* Other threads and interpreters ask in vain. */
static void *in_thread(void *unused) {
    PyGILState_STATE state = PyGILState_Ensure();
    CHECK_REPR(install(SIGUSR1, handler()), "!!ValueError: signal only works in main thread of the main interpreter");
    CHECK_REPR(CALL("set_wakeup_fd", "i", -1), "!!ValueError: set_wakeup_fd only works in main thread of the main interpreter");
    CHECK_REPR(CALL("raise_signal", "i", SIGUSR2), "None");
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[]");
    PyGILState_Release(state);
    return unused;
}
TEST(elsewhere) {
    Py_XDECREF(install(SIGUSR2, handler()));
    pthread_t thread;
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, in_thread, NULL);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(12, None)]");
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    PyObject *own = PyImport_ImportModule("_signal");
    CHECK_REPR(PyObject_CallMethod(own, "signal", "ii", SIGUSR1, 0), "!!ValueError: signal only works in main thread of the main interpreter");
    Py_DECREF(own);
    raise(SIGUSR2);
    CHECK_INT(PyErr_CheckSignals(), "0");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_REPR(called(), "[(12, None)]");
}

/* Handlers end with the runtime; what is ignored stays so. */
TEST(lives) {
    Py_XDECREF(install(SIGUSR1, number(1)));
    Py_CLEAR(calls);
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK(PyOS_getsig(SIGUSR2) == SIG_DFL && PyOS_getsig(SIGUSR1) == SIG_IGN && PyOS_getsig(SIGINT) == SIG_DFL);
    Py_InitializeEx(0);
    CHECK_REPR(CALL("getsignal", "i", SIGUSR1), "1");
    CHECK_REPR(CALL("getsignal", "i", SIGUSR2), "0");
    Py_XDECREF(install(SIGUSR1, number(0)));
}
CHECK_MAIN()
