/* fork: the child has one thread and one thread state, works on, makes threads and interpreters, and ends in order. */
#include "check.h"
#include <pthread.h>
#include <semaphore.h>

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

CHECK_MAIN_BARE()
