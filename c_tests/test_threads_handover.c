/* Many threads: the GIL goes round, nothing is lost, waiting lets others work, and sub-interpreters run side by side. */
#include "check.h"
#include <pthread.h>
#include <time.h>
#include <errno.h>

enum { THREADS = 8, ROUNDS = 400 };
static long counter;
static PyObject *shared;

static void *count(void *data) {
    (void)data;
    for (int i = 0; i < ROUNDS; i++) {
        PyGILState_STATE state = PyGILState_Ensure(), inner = PyGILState_Ensure();
        long before = counter;
        PyObject *item = PyLong_FromLong(before + 100000);
        PyList_Append(shared, item);
        Py_DECREF(item);
        if (i % 16 == 0) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
        counter++;
        PyGILState_Release(inner);
        if (i % 32 == 0 && (PyErr_CheckSignals() || Py_MakePendingCalls())) counter = -1000000;
        PyGILState_Release(state);
    }
    return NULL;
}
TEST(counting) {
    pthread_t threads[THREADS];
    shared = keep(PyList_New(0));
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, count, NULL);
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(PyList_Size(shared), "3200");
    CHECK(PyInterpreterState_ThreadHead(PyInterpreterState_Get()) == PyThreadState_Get());
}

static volatile int stop, turns;
static void *greedy(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    while (!stop) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
    PyGILState_Release(state);
    return NULL;
}
TEST(fair) {
    /* a thread that drops the GIL and takes it at once lets others have it */
    pthread_t thread;
    pthread_create(&thread, NULL, greedy, NULL);
    for (int i = 0; i < 20; i++) {
        Py_BEGIN_ALLOW_THREADS
        struct timespec moment = {0, 100000};
        nanosleep(&moment, NULL);
        Py_END_ALLOW_THREADS
        turns++;
    }
    stop = 1;
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(turns, "20");
}

TEST(error_number) {
    errno = 77;
    Py_BEGIN_ALLOW_THREADS
    errno = 78;
    Py_END_ALLOW_THREADS
    CHECK_INT(errno, "78");
}

static PyMutex mutex;
static long guarded;
static void *lock_often(void *attached) {
    PyGILState_STATE state = PyGILState_LOCKED;
    if (attached) state = PyGILState_Ensure();
    for (int i = 0; i < 2000; i++) {
        PyMutex_Lock(&mutex);
        long before = guarded;
        if (attached && i % 64 == 0) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
        guarded = before + 1;
        PyMutex_Unlock(&mutex);
    }
    if (attached) PyGILState_Release(state);
    return NULL;
}
TEST(mutex) {
    pthread_t threads[6];
    for (int i = 0; i < 6; i++) pthread_create(&threads[i], NULL, lock_often, i % 2 ? &mutex : NULL);
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 6; i++) pthread_join(threads[i], NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(guarded, "12000");
    PyMutex_Lock(&mutex);
    CHECK_INT(PyMutex_IsLocked(&mutex), "1");
    PyMutex_Unlock(&mutex);
    CHECK_INT(PyMutex_IsLocked(&mutex), "0");
    CHECK_FATAL(PyMutex_Unlock(&mutex), "Fatal Python error: PyMutex_Unlock: unlocking mutex that is not locked");
}

static int all_there;
static void *own_interpreter(void *data) {
    PyThreadState *mine = PyThreadState_New(data), *made = NULL;
    PyEval_RestoreThread(mine);
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&made, &config);
    int good = !PyStatus_Exception(status);
    /* all threads hold a GIL at the same time: no thread goes on before the others are here */
    __atomic_fetch_add(&all_there, 1, __ATOMIC_SEQ_CST);
    while (good && __atomic_load_n(&all_there, __ATOMIC_SEQ_CST) < 3) {}
    for (int i = 0; good && i < 2000; i++) {
        PyObject *list = PyList_New(0), *text = PyUnicode_FromFormat("text %d", i), *dict = PyDict_New();
        good = !PyList_Append(list, list) && !PyDict_SetItem(dict, text, list);
        Py_DECREF(list); Py_DECREF(text); Py_DECREF(dict);
        if (i % 500 == 0) PyGC_Collect();
    }
    Py_EndInterpreter(made);
    PyEval_RestoreThread(mine);
    PyThreadState_Clear(mine);
    PyThreadState_DeleteCurrent();
    return good ? data : NULL;
}
TEST(own_gils) {
    pthread_t threads[3];
    void *results[3] = {NULL, NULL, NULL};
    for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, own_interpreter, PyInterpreterState_Get());
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 3; i++) pthread_join(threads[i], &results[i]);
    Py_END_ALLOW_THREADS
    CHECK(results[0] && results[1] && results[2]);
    CHECK(PyInterpreterState_Next(PyInterpreterState_Head()) == NULL);
}

static int queued;
static int called(void *data) { (void)data; queued++; return 0; }
static void *queue_calls(void *data) {
    (void)data;
    for (int i = 0; i < 5; i++) Py_AddPendingCall(called, NULL);
    return NULL;
}
TEST(pending_calls) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, queue_calls, NULL);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(queued, "20");
}

CHECK_MAIN()
