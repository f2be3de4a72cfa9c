/* fork: the child has one thread and one thread state, works on, makes threads and interpreters, and ends in order. */
#include "check.h"
#include <pthread.h>
#include <semaphore.h>

extern int _PyInterpreterState_SetRunningMain(PyInterpreterState *), _PyInterpreterState_IsRunningMain(PyInterpreterState *);
extern void _PyInterpreterState_SetNotRunningMain(PyInterpreterState *);

static sem_t ready, go;
static void *bystander(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    Py_BEGIN_ALLOW_THREADS
    sem_post(&ready);
    sem_wait(&go);
    Py_END_ALLOW_THREADS
    PyGILState_Release(state);
    return NULL;
}
static void *count(void *result) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *list = PyList_New(5);
    *(int *)result = list && PyList_GET_SIZE(list) == 5;
    Py_XDECREF(list);
    PyGILState_Release(state);
    return NULL;
}
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static int in_child(int old) {
    if (old) PyOS_AfterFork();
    else PyOS_AfterFork_Child();
    PyThreadState *mine = PyThreadState_Get();
    if (PyInterpreterState_ThreadHead(PyInterpreterState_Get()) != mine || PyThreadState_Next(mine)) return 10;
    if (mine->thread_id != (unsigned long)pthread_self()) return 11;
    PyObject *object = PyUnicode_FromFormat("%d", 42);
    if (!object || PyUnicode_GetLength(object) != 2) return 12;
    Py_DECREF(object);
    pthread_t thread;
    int good = 0;
    pthread_create(&thread, NULL, count, &good);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    if (!good) return 13;
    PyObject *module = PyImport_ImportModule("builtins"); /* the import lock is free */
    if (!module) return 17;
    Py_DECREF(module);
    PyThreadState *sub = Py_NewInterpreter();
    if (!sub) return 14;
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    PyErr_SetInterrupt();
    if (PyErr_CheckSignals() != -1 || !PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) return 15;
    PyErr_Clear();
    return Py_FinalizeEx() == 0 ? 0 : 16;
}

TEST(child) {
    pthread_t threads[3];
    Py_Initialize();
    sem_init(&ready, 0, 0);
    sem_init(&go, 0, 0);
    for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, bystander, NULL);
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 3; i++) sem_wait(&ready);
    Py_END_ALLOW_THREADS
    for (int round = 0; round < 5; round++) {
        int status = 0;
        fflush(stdout);
        PyOS_BeforeFork();
        pid_t child = fork();
        if (child == 0) { alarm(20); _exit(in_child(round % 2)); /* by the new name and the old one */ }
        PyOS_AfterFork_Parent();
        Py_BEGIN_ALLOW_THREADS
        waitpid(child, &status, 0);
        Py_END_ALLOW_THREADS
        CHECK(WIFEXITED(status));
        CHECK_INT(WEXITSTATUS(status), "0");
    }
    for (int i = 0; i < 3; i++) sem_post(&go);
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* ---- what the child finds of locks, signals, calls and states */
static int child(int (*run)(void)) {
    int status = 0;
    fflush(stdout);
    PyOS_BeforeFork();
    pid_t pid = fork();
    if (pid == 0) { alarm(20); PyOS_AfterFork_Child(); _exit(run()); }
    PyOS_AfterFork_Parent();
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
static int signals(void) { return PyErr_CheckSignals() ? 1 : 2; }
static int made;
static int note(void *data) { (void)data; made++; return 0; }
static int calls(void) { return Py_MakePendingCalls() ? 99 : made; }
static int lock_held(void) {
    PyObject *module = PyImport_ImportModule("_imp"), *held = PyObject_CallMethod(module, "lock_held", NULL);
    int is = held == Py_True;
    Py_XDECREF(held); Py_XDECREF(module);
    return is;
}
static void import_lock(const char *what) {
    PyObject *module = PyImport_ImportModule("_imp"), *done = PyObject_CallMethod(module, what, NULL);
    CHECK(done != NULL);
    Py_XDECREF(done); Py_XDECREF(module);
}
static int states(void) {
    int count = 0;
    for (PyThreadState *at = PyInterpreterState_ThreadHead(PyInterpreterState_Get()); at; at = PyThreadState_Next(at)) count++;
    return count;
}
static int ids(void) { PyThreadState *mine = PyThreadState_Get(); return mine->thread_id == (unsigned long)pthread_self() && mine->native_thread_id == (unsigned long)getpid(); }
static int runs_main(void) { return _PyInterpreterState_IsRunningMain(PyInterpreterState_Main()); }
TEST(found_in_the_child) {
    Py_InitializeEx(1);
    PyErr_SetInterrupt();
    CHECK_INT(child(signals), "2");
    CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    CHECK(!Py_AddPendingCall(note, NULL) && !Py_AddPendingCall(note, NULL));
    CHECK_INT(child(calls), "2");
    CHECK_INT(calls(), "2");
    CHECK_INT(child(lock_held), "0");
    import_lock("acquire_lock");
    CHECK_INT(child(lock_held), "1");
    import_lock("release_lock");
    CHECK_INT(lock_held(), "0");
    CHECK_INT(child(ids), "1");
    CHECK_INT(child(runs_main), "0");
    CHECK_INT(_PyInterpreterState_SetRunningMain(PyInterpreterState_Main()), "0");
    CHECK_INT(child(runs_main), "1");
    _PyInterpreterState_SetNotRunningMain(PyInterpreterState_Main());
    PyThreadState *other = PyThreadState_New(PyInterpreterState_Get());
    CHECK_INT(child(states), "1");
    CHECK_INT(states(), "2");
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* the import lock is taken from before the fork until after it */
static void *holds_the_lock(void *data) {
    PyGILState_STATE state = PyGILState_Ensure();
    import_lock("acquire_lock");
    sem_post(&ready);
    Py_BEGIN_ALLOW_THREADS
    usleep(100000);
    *(volatile int *)data = 1;
    Py_END_ALLOW_THREADS
    import_lock("release_lock");
    PyGILState_Release(state);
    return NULL;
}
TEST(import_lock_around_it) {
    pthread_t thread;
    volatile int done = 0;
    Py_InitializeEx(0);
    PyOS_BeforeFork();
    CHECK_INT(lock_held(), "1");
    PyOS_AfterFork_Parent();
    CHECK_INT(lock_held(), "0");
    sem_init(&ready, 0, 0);
    pthread_create(&thread, NULL, holds_the_lock, (void *)&done);
    Py_BEGIN_ALLOW_THREADS
    sem_wait(&ready);
    Py_END_ALLOW_THREADS
    PyOS_BeforeFork();
    CHECK_INT(done, "1");
    PyOS_AfterFork_Parent();
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* a thread forks: its child is the main thread; the main thread's calls are its own now */
static int from_thread[3];
static void *forks(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    from_thread[0] = child(states);
    from_thread[1] = child(runs_main);
    from_thread[2] = child(calls);
    PyGILState_Release(state);
    return NULL;
}
TEST(from_another_thread) {
    pthread_t thread;
    Py_InitializeEx(0);
    made = 0;
    CHECK_INT(_PyInterpreterState_SetRunningMain(PyInterpreterState_Main()), "0");
    CHECK_INT(Py_AddPendingCall(note, NULL), "0");
    pthread_create(&thread, NULL, forks, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK(from_thread[0] == 1 && from_thread[1] == 0 && from_thread[2] == 1);
    _PyInterpreterState_SetNotRunningMain(PyInterpreterState_Main());
    CHECK_INT(Py_FinalizeEx(), "0");
}

/* only the main interpreter lives on in a child */
static int says(int (*run)(void), const char *text) {
    int ends[2], status = 0;
    char got[1000];
    fflush(stdout);
    if (pipe(ends)) return -1;
    PyOS_BeforeFork();
    pid_t pid = fork();
    if (pid == 0) { alarm(20); dup2(ends[1], 2); if (run) run(); PyOS_AfterFork_Child(); _exit(77); }
    PyOS_AfterFork_Parent();
    close(ends[1]);
    size_t size = 0;
    for (ssize_t n; size < sizeof got - 1 && (n = read(ends[0], got + size, sizeof got - 1 - size)) > 0;) size += (size_t)n;
    close(ends[0]);
    got[size] = 0;
    waitpid(pid, &status, 0);
    CHECK(strstr(got, text) != NULL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
static int detach(void) { PyEval_SaveThread(); return 0; }
TEST(refused) {
    Py_InitializeEx(0);
    CHECK_INT(says(detach, "Fatal Python error: PyOS_AfterFork_Child: the function must be called with the GIL held"), "-6");
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    CHECK_INT(says(NULL, "Fatal Python error: _PyInterpreterState_DeleteExceptMain: not main interpreter\n"), "1");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_INT(Py_FinalizeEx(), "0");
}

CHECK_MAIN_BARE()
