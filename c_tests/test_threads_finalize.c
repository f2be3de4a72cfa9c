/* The end while other threads are about: blocked outside, waiting for the GIL, or coming for the first time. They stop
 * where they are and touch nothing that is gone; the runtime starts again beside them. */
#include "check.h"
#include <pthread.h>
#include <time.h>
#include <semaphore.h>

static sem_t ready;
/* One for each life: what wakes the thread of one life must not wake the next one's, which would come in time. */
static sem_t go[5];
static volatile int passed;
static void nap(long ms) { struct timespec t = {0, ms * 1000000}; nanosleep(&t, NULL); }

static void *blocked(void *data) {
    PyGILState_Ensure();
    PyThreadState *state = PyEval_SaveThread();
    sem_post(&ready);
    sem_wait(data);
    PyEval_RestoreThread(state);
    passed = 1;
    return NULL;
}
static void *waiting(void *data) {
    (void)data;
    PyGILState_Ensure();
    PyThreadState *state = PyEval_SaveThread();
    sem_post(&ready);
    for (;;) {
        PyEval_RestoreThread(state);
        state = PyEval_SaveThread();
    }
    return NULL;
}
static void start(void *(*run)(void *), void *data) {
    pthread_t thread;
    pthread_create(&thread, NULL, run, data);
    pthread_detach(thread);
    Py_BEGIN_ALLOW_THREADS
    sem_wait(&ready);
    Py_END_ALLOW_THREADS
}

TEST(late_threads) {
    sem_init(&ready, 0, 0);
    for (int life = 0; life < 5; life++) {
        sem_init(&go[life], 0, 0);
        Py_Initialize();
        start(blocked, &go[life]);
        start(waiting, NULL);
        CHECK_INT(Py_FinalizeEx(), "0");
        sem_post(&go[life]);
        nap(20);
        CHECK_INT(passed, "0");
    }
    Py_Initialize();
    CHECK_REPR(PyLong_FromLong(12), "12");
    nap(20);
    Py_Finalize();
    CHECK_INT(passed, "0");
}

static void *first_in(void *data) {
    (void)data;
    Py_Initialize();
    PyObject *list = PyList_New(3);
    Py_DECREF(list);
    Py_FinalizeEx();
    return NULL;
}
TEST(in_a_thread) {
    /* any thread may be the main thread of a life */
    for (int i = 0; i < 5; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, first_in, NULL);
        pthread_join(thread, NULL);
        CHECK(!Py_IsInitialized());
        first_in(NULL);
    }
}

CHECK_MAIN_BARE()
