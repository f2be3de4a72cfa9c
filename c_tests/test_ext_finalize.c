/* Threads that come for the first time while the runtime ends, or after it: on CPython that is undefined, here they stop. */
#include "check.h"
#include <pthread.h>
#include <time.h>

static void nap(long us) { struct timespec t = {0, us * 1000}; nanosleep(&t, NULL); }
static volatile long came, through_late;
static volatile int ended;

static void *come(void *data) {
    nap(50 * (long)(intptr_t)data);
    PyGILState_STATE state = PyGILState_Ensure();
    __atomic_fetch_add(&came, 1, __ATOMIC_SEQ_CST);
    PyObject *list = PyList_New(3);
    Py_XDECREF(list);
    if (ended) through_late++;
    PyGILState_Release(state);
    return NULL;
}
TEST(storm) {
    for (int life = 0; life < check_number_of(40, 6); life++) {
        ended = 0;
        Py_Initialize();
        for (int i = 0; i < 16; i++) {
            pthread_t thread;
            if (pthread_create(&thread, NULL, come, (void *)(intptr_t)(i * (life % 5 + 1))) == 0) pthread_detach(thread);
        }
        Py_BEGIN_ALLOW_THREADS
        nap(400);
        Py_END_ALLOW_THREADS
        CHECK_INT(Py_FinalizeEx(), "0");
        ended = 1;
        nap(4000);
    }
    CHECK(came > 0);
    CHECK_INT(through_late, "0");
}

TEST(after) {
    Py_Initialize();
    Py_Finalize();
    CHECK_FATAL(PyGILState_Ensure(), "Fatal Python error: PyGILState_Ensure: the runtime is not initialized");
}

CHECK_MAIN_BARE()
