/* Threads: PyGILState from threads that the runtime does not know, locks, thread-specific storage. */
#include "check.h"
#include <pthread.h>

static PyObject *shared;
static void *append(void *argument) {
    for (int i = 0; i < 500; i++) {
        PyGILState_STATE state = PyGILState_Ensure();
        PyObject *number = PyLong_FromLong(*(int *)argument);
        PyList_Append(shared, number);
        Py_DECREF(number);
        if (i % 50 == 0) { Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
        PyGILState_Release(state);
    }
    return NULL;
}
TEST(ensure) {
    pthread_t threads[4];
    int numbers[4] = {0, 1, 2, 3};
    shared = PyList_New(0);
    PyThreadState *saved = PyEval_SaveThread();
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, append, &numbers[i]);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(saved);
    CHECK_INT(PyList_Size(shared), "2000");
    for (int i = 0; i < 4; i++) CHECK_INT(PySequence_Count(shared, value("i", i)), "500");
    Py_CLEAR(shared);
    int count = 0;
    for (PyThreadState *state = PyInterpreterState_ThreadHead(PyInterpreterState_Get()); state; state = PyThreadState_Next(state)) count++;
    CHECK_INT(count, "1");
}

TEST(nested) {
    CHECK_INT(PyGILState_Check(), "1");
    PyGILState_STATE a = PyGILState_Ensure(), b = PyGILState_Ensure();
    CHECK(a == PyGILState_LOCKED && b == PyGILState_LOCKED);
    PyGILState_Release(b);
    PyGILState_Release(a);
    CHECK_INT(PyGILState_Check(), "1");
    PyThreadState *saved = PyEval_SaveThread();
    CHECK_INT(PyGILState_Check(), "0");
    a = PyGILState_Ensure();
    CHECK(a == PyGILState_UNLOCKED && PyThreadState_Get() == saved);
    PyGILState_Release(a);
    CHECK(PyThreadState_GetUnchecked() == NULL);
    PyEval_RestoreThread(saved);
}

static char report[256];
static void *foreign(void *unused) {
    (void)unused;
    PyThreadState *none = PyGILState_GetThisThreadState();
    PyGILState_STATE outer = PyGILState_Ensure();
    PyThreadState *mine = PyThreadState_Get();
    PyGILState_STATE inner = PyGILState_Ensure();
    int same = PyThreadState_Get() == mine;
    PyErr_SetString(PyExc_KeyError, "of this thread");
    PyErr_Clear();
    PyGILState_Release(inner);
    snprintf(report, sizeof report, "%d %d %d %d", none == NULL, outer == PyGILState_UNLOCKED, inner == PyGILState_LOCKED, same);
    PyGILState_Release(outer);
    if (PyGILState_GetThisThreadState() != NULL) strcat(report, " left");
    return NULL;
}
TEST(foreign_thread) {
    pthread_t thread;
    PyErr_SetString(PyExc_ValueError, "of the main thread");
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, foreign, NULL);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_STR_EQ(report, "1 1 1 1 !!ValueError: of the main thread");
}

TEST(locks) {
    PyThread_type_lock lock = PyThread_allocate_lock();
    CHECK_INT(PyThread_acquire_lock(lock, WAIT_LOCK), "1");
    CHECK_INT(PyThread_acquire_lock(lock, NOWAIT_LOCK), "0");
    CHECK_INT(PyThread_acquire_lock_timed(lock, 1000, 0), "0");
    PyThread_release_lock(lock);
    CHECK_INT(PyThread_acquire_lock_timed(lock, 1000, 1), "1");
    PyThread_release_lock(lock);
    PyThread_free_lock(lock);
    PyMutex mutex = {0};
    PyMutex_Lock(&mutex);
    CHECK_INT(PyMutex_IsLocked(&mutex), "1");
    PyMutex_Unlock(&mutex);
    CHECK_INT(PyMutex_IsLocked(&mutex), "0");
    CHECK(PyThread_get_thread_ident() != 0 && PyThread_get_thread_native_id() > 0);
    CHECK_FATAL(PyMutex_Unlock(&mutex), "Fatal Python error: PyMutex_Unlock: unlocking mutex that is not locked");
    PyObject *object = value("[]");
    Py_BEGIN_CRITICAL_SECTION(object);
    PyList_Append(object, Py_None);
    Py_END_CRITICAL_SECTION();
    CHECK_BORROWED(object, "[None]");
}

static Py_tss_t key = Py_tss_NEEDS_INIT;
static void *storage(void *unused) {
    (void)unused;
    void *before = PyThread_tss_get(&key);
    PyThread_tss_set(&key, &key);
    return before == NULL && PyThread_tss_get(&key) == &key ? &key : NULL;
}
TEST(storage) {
    CHECK_INT(PyThread_tss_is_created(&key), "0");
    CHECK_INT(PyThread_tss_create(&key), "0");
    CHECK_INT(PyThread_tss_create(&key), "0");
    CHECK(PyThread_tss_is_created(&key) && PyThread_tss_get(&key) == NULL);
    CHECK_INT(PyThread_tss_set(&key, report), "0");
    pthread_t thread;
    void *result = NULL;
    pthread_create(&thread, NULL, storage, NULL);
    pthread_join(thread, &result);
    CHECK(result == &key && PyThread_tss_get(&key) == report);
    PyThread_tss_delete(&key);
    CHECK(!PyThread_tss_is_created(&key));
    Py_tss_t *heap = PyThread_tss_alloc();
    CHECK(heap && !PyThread_tss_is_created(heap));
    PyThread_tss_free(heap);
}

static void run(void *argument) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyList_Append(shared, Py_None);
    PyGILState_Release(state);
    PyThread_release_lock(argument);
}
TEST(start) {
    PyThread_type_lock done = PyThread_allocate_lock();
    PyThread_acquire_lock(done, WAIT_LOCK);
    shared = PyList_New(0);
    CHECK(PyThread_start_new_thread(run, done) != PYTHREAD_INVALID_THREAD_ID);
    Py_BEGIN_ALLOW_THREADS
    PyThread_acquire_lock(done, WAIT_LOCK);
    Py_END_ALLOW_THREADS
    CHECK_BORROWED(shared, "[None]");
    PyThread_release_lock(done);
    PyThread_free_lock(done);
    Py_CLEAR(shared);
}

/* a thread that does not give the GIL up is made to, after the switch interval */
static volatile int stop;
static void *spin(void *unused) {
    (void)unused;
    PyGILState_STATE state = PyGILState_Ensure();
    while (!stop) { PyErr_CheckSignals(); Py_BEGIN_ALLOW_THREADS Py_END_ALLOW_THREADS }
    PyGILState_Release(state);
    return NULL;
}
TEST(fairness) {
    pthread_t threads[2];
    stop = 0;
    PyThreadState *saved = PyEval_SaveThread();
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, spin, NULL);
    for (int i = 0; i < 200; i++) { PyEval_RestoreThread(saved); saved = PyEval_SaveThread(); }
    stop = 1;
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(saved);
    CHECK_INT(PyGILState_Check(), "1");
}

static void *waits(void *identifier) {
    PyGILState_STATE state = PyGILState_Ensure();
    *(unsigned long *)identifier = PyThread_get_thread_ident();
    PyGILState_Release(state);
    return NULL;
}
TEST(async_exception) {
    unsigned long identifier = 0;
    pthread_t thread;
    CHECK_INT(PyThreadState_SetAsyncExc(12345, PyExc_ValueError), "0");
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, waits, &identifier);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK(identifier != 0 && identifier != PyThread_get_thread_ident());
    CHECK_INT(PyThreadState_SetAsyncExc(identifier, PyExc_ValueError), "0");
    CHECK_INT(PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), NULL), "1");
}
CHECK_MAIN()
