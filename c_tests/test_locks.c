/* Locks that CPython's own modules use beside PyMutex: timed locking, events, once flags, recursive and readers-writer mutexes. Their
 * prototypes stand here: they are exported, and in no public header. */
#include "check.h"
#include <errno.h>
#include <pthread.h>
#include <sys/time.h>
#include <time.h>

typedef struct { uint8_t v; } Event;
typedef struct { PyMutex mutex; unsigned long long thread; size_t level; } RecursiveMutex;
typedef struct { uintptr_t bits; } RWMutex;
enum { STAY_ATTACHED = 0, DETACH = 1, HANDLE_SIGNALS = 2 };
extern PyLockStatus _PyMutex_LockTimed(PyMutex *, PyTime_t, int);
extern int _PyEvent_IsSet(Event *), PyEvent_WaitTimed(Event *, PyTime_t, int);
extern void _PyEvent_Notify(Event *), PyEvent_Wait(Event *);
extern int _PyOnceFlag_CallOnceSlow(_PyOnceFlag *, int (*)(void *), void *);
extern int _PyRecursiveMutex_IsLockedByCurrentThread(RecursiveMutex *);
extern void _PyRecursiveMutex_Lock(RecursiveMutex *), _PyRecursiveMutex_Unlock(RecursiveMutex *);
extern void _PyRWMutex_RLock(RWMutex *), _PyRWMutex_RUnlock(RWMutex *), _PyRWMutex_Lock(RWMutex *), _PyRWMutex_Unlock(RWMutex *);

#define MILLISECOND ((PyTime_t)1000000)
static PyTime_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return (PyTime_t)t.tv_sec * 1000 * MILLISECOND + t.tv_nsec; }
static void nap(int milliseconds) { struct timespec t = {0, milliseconds * MILLISECOND}; while (nanosleep(&t, &t) < 0 && errno == EINTR); }
static int started, done;
static void set(int *flag) { __atomic_store_n(flag, 1, __ATOMIC_SEQ_CST); }
static int is(int *flag) { return __atomic_load_n(flag, __ATOMIC_SEQ_CST); }
static void until(int *flag) { while (!is(flag)) nap(1); }
static pthread_t thread(void *(*run)(void *), void *arg) {
    pthread_t id;
    started = done = 0;
    if (pthread_create(&id, NULL, run, arg) != 0) abort();
    return id;
}
static void join(pthread_t id) { Py_BEGIN_ALLOW_THREADS pthread_join(id, NULL); Py_END_ALLOW_THREADS }

/* _PyMutex_LockTimed */
static PyMutex mutex;
TEST(mutex_timed) {
    CHECK_INT(_PyMutex_LockTimed(&mutex, 0, STAY_ATTACHED), "1");
    CHECK_INT(mutex._bits, "1");
    CHECK_INT(_PyMutex_LockTimed(&mutex, 0, STAY_ATTACHED), "0");
    CHECK_INT(_PyMutex_LockTimed(&mutex, 0, DETACH | HANDLE_SIGNALS), "0");
    for (int flags = 0; flags < 4; flags++) {
        PyTime_t before = now();
        CHECK_INT(_PyMutex_LockTimed(&mutex, 20 * MILLISECOND, flags), "0");
        CHECK(now() - before >= 20 * MILLISECOND);
    }
    CHECK_INT(_PyMutex_LockTimed(&mutex, 1, DETACH), "0");
    PyMutex_Unlock(&mutex);
    CHECK_INT(_PyMutex_LockTimed(&mutex, -1, DETACH), "1");
    PyMutex_Unlock(&mutex);
    CHECK_INT(PyMutex_IsLocked(&mutex), "0");
}
/* Each of some threads, without a thread state, adds to a number under the mutex. */
static long total;
static void *add_locked(void *data) {
    for (int i = 0; i < 2000; i++) {
        if (_PyMutex_LockTimed(&mutex, -1, *(int *)data) != PY_LOCK_ACQUIRED) abort();
        total++;
        PyMutex_Unlock(&mutex);
    }
    return NULL;
}
TEST(mutex_excludes) {
    pthread_t threads[4];
    int flags[4] = {0, 1, 2, 3};
    for (int i = 0; i < 4; i++) threads[i] = thread(add_locked, &flags[i]);
    for (int i = 0; i < 4; i++) join(threads[i]);
    CHECK_INT(total, "8000");
}
static void *hold_short(void *data) {
    PyMutex_Lock(&mutex);
    set(&started);
    nap(*(int *)data);
    PyMutex_Unlock(&mutex);
    return NULL;
}
TEST(mutex_acquired_in_time) {
    int milliseconds = 30;
    pthread_t id = thread(hold_short, &milliseconds);
    until(&started);
    CHECK_INT(_PyMutex_LockTimed(&mutex, 10000 * MILLISECOND, DETACH), "1");
    PyMutex_Unlock(&mutex);
    join(id);
}
/* Waiting with DETACH lets go of the GIL: a thread gets it meanwhile, and only then unlocks. */
static void *with_gil(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    set(&done);
    PyGILState_Release(state);
    PyMutex_Unlock(&mutex);
    return NULL;
}
TEST(mutex_detaches) {
    CHECK_INT(_PyMutex_LockTimed(&mutex, 0, DETACH), "1");
    pthread_t id = thread(with_gil, NULL);
    CHECK_INT(_PyMutex_LockTimed(&mutex, 10000 * MILLISECOND, DETACH), "1");
    CHECK(is(&done) && PyThreadState_GetUnchecked());
    PyMutex_Unlock(&mutex);
    join(id);
}
/* A signal that comes while waiting: without HANDLE_SIGNALS the wait goes on; with it a Python handler's exception ends it. */
static void alarmed(int number) { (void)number; PyErr_SetInterrupt(); }
static void alarm_every(int milliseconds) {
    struct itimerval timer = {{0, milliseconds * 1000}, {0, milliseconds * 1000}};
    struct sigaction action = {.sa_handler = alarmed};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}
TEST(mutex_interrupted) {
    static const int flags[] = {STAY_ATTACHED, DETACH};
    Py_Finalize();
    Py_InitializeEx(1);
    CHECK_INT(_PyMutex_LockTimed(&mutex, 0, DETACH), "1");
    for (int i = 0; i < 2; i++) {
        PyTime_t before = now();
        alarm_every(5);
        CHECK_INT(_PyMutex_LockTimed(&mutex, 60 * MILLISECOND, flags[i]), "0");
        alarm_every(0);
        CHECK(now() - before >= 60 * MILLISECOND);
        CHECK_INT(PyErr_CheckSignals(), "-1 !!KeyboardInterrupt");
    }
    alarm_every(5);
    CHECK_INT(_PyMutex_LockTimed(&mutex, 10000 * MILLISECOND, DETACH | HANDLE_SIGNALS), "2 !!KeyboardInterrupt");
    CHECK_INT(_PyMutex_LockTimed(&mutex, -1, DETACH | HANDLE_SIGNALS), "2 !!KeyboardInterrupt");
    alarm_every(0);
    PyErr_CheckSignals();
    PyErr_Clear();
    PyMutex_Unlock(&mutex);
}

/* Events */
static Event event;
static void *notify(void *data) {
    nap(*(int *)data);
    set(&done);
    _PyEvent_Notify(&event);
    return NULL;
}
TEST(event) {
    int milliseconds = 20;
    event.v = 0;
    CHECK_INT(_PyEvent_IsSet(&event), "0");
    CHECK_INT(PyEvent_WaitTimed(&event, 0, 1), "0");
    PyTime_t before = now();
    CHECK_INT(PyEvent_WaitTimed(&event, 20 * MILLISECOND, 0), "0");
    CHECK_INT(PyEvent_WaitTimed(&event, 20 * MILLISECOND, 1), "0");
    CHECK(now() - before >= 40 * MILLISECOND);
    CHECK_INT(_PyEvent_IsSet(&event), "0");
    pthread_t id = thread(notify, &milliseconds);
    PyEvent_Wait(&event);
    CHECK(is(&done) && PyThreadState_GetUnchecked());
    join(id);
    CHECK_INT(_PyEvent_IsSet(&event), "1");
    CHECK_INT(event.v, "1");
    CHECK_INT(PyEvent_WaitTimed(&event, 0, 0), "1");
    CHECK_INT(PyEvent_WaitTimed(&event, -1, 1), "1");
    _PyEvent_Notify(&event);
    CHECK_INT(_PyEvent_IsSet(&event), "1");
    PyEvent_Wait(&event);
}
/* All that wait are woken, thread state or not. */
static int woken;
static void *wait_event(void *data) {
    if (data) {
        PyGILState_STATE state = PyGILState_Ensure();
        PyEvent_Wait(&event);
        PyGILState_Release(state);
    } else PyEvent_WaitTimed(&event, -1, 0);
    __atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
    return NULL;
}
TEST(event_wakes_all) {
    pthread_t threads[6];
    event.v = 0;
    for (int i = 0; i < 6; i++) threads[i] = thread(wait_event, i % 2 ? &event : NULL);
    Py_BEGIN_ALLOW_THREADS
    nap(20);
    Py_END_ALLOW_THREADS
    CHECK_INT(is(&woken), "0");
    _PyEvent_Notify(&event);
    for (int i = 0; i < 6; i++) join(threads[i]);
    CHECK_INT(woken, "6");
}

/* Once flags */
static int once_calls;
static int once(void *data) { nap(5); once_calls++; return *(int *)data; }
static _PyOnceFlag flag;
static void *call_once(void *data) { if (_PyOnceFlag_CallOnceSlow(&flag, once, data) != 0) abort(); return NULL; }
TEST(once) {
    int good = 0, bad = -1;
    CHECK_INT(_PyOnceFlag_CallOnceSlow(&flag, once, &bad), "-1");
    CHECK_INT(_PyOnceFlag_CallOnceSlow(&flag, once, &bad), "-1");
    CHECK_INT(once_calls, "2");
    CHECK_INT(flag.v, "0");
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) threads[i] = thread(call_once, &good);
    for (int i = 0; i < 4; i++) join(threads[i]);
    CHECK_INT(once_calls, "3");
    CHECK_INT(_PyOnceFlag_CallOnceSlow(&flag, once, &bad), "0");
    CHECK_INT(once_calls, "3");
    CHECK_INT(flag.v, "4");
}

/* Recursive mutexes */
static RecursiveMutex recursive;
static void *lock_recursive(void *data) {
    (void)data;
    if (_PyRecursiveMutex_IsLockedByCurrentThread(&recursive)) abort();
    set(&started);
    _PyRecursiveMutex_Lock(&recursive);
    set(&done);
    _PyRecursiveMutex_Unlock(&recursive);
    return NULL;
}
static void *unlock_recursive(void *data) { (void)data; _PyRecursiveMutex_Unlock(&recursive); return NULL; }
TEST(recursive) {
    CHECK_INT(_PyRecursiveMutex_IsLockedByCurrentThread(&recursive), "0");
    _PyRecursiveMutex_Lock(&recursive);
    CHECK_INT(_PyRecursiveMutex_IsLockedByCurrentThread(&recursive), "1");
    CHECK(PyMutex_IsLocked(&recursive.mutex) && recursive.thread != 0);
    CHECK_INT(recursive.level, "0");
    _PyRecursiveMutex_Lock(&recursive);
    _PyRecursiveMutex_Lock(&recursive);
    CHECK_INT(recursive.level, "2");
    _PyRecursiveMutex_Unlock(&recursive);
    pthread_t id = thread(lock_recursive, NULL);
    until(&started);
    _PyRecursiveMutex_Unlock(&recursive);
    nap(10);
    CHECK_INT(is(&done), "0");
    CHECK_INT(_PyRecursiveMutex_IsLockedByCurrentThread(&recursive), "1");
    _PyRecursiveMutex_Unlock(&recursive);
    join(id);
    CHECK_INT(is(&done), "1");
    CHECK_INT(_PyRecursiveMutex_IsLockedByCurrentThread(&recursive), "0");
    CHECK(!PyMutex_IsLocked(&recursive.mutex) && recursive.thread == 0 && recursive.level == 0);
}
TEST(recursive_not_owned) {
    static const char *text = "Fatal Python error: _PyRecursiveMutex_Unlock: unlocking a recursive mutex that is not owned by the current thread";
    CHECK_FATAL(_PyRecursiveMutex_Unlock(&recursive), text);
    CHECK_FATAL((_PyRecursiveMutex_Lock(&recursive), join(thread(unlock_recursive, NULL))), text);
}

/* Readers-writer mutexes: many readers or one writer, and a writer that waits goes before new readers. */
static RWMutex rw;
static int readers, most_readers, writing;
static void *read_locked(void *data) {
    for (int i = 0; i < 200; i++) {
        _PyRWMutex_RLock(&rw);
        int together = __atomic_add_fetch(&readers, 1, __ATOMIC_SEQ_CST);
        if (is(&writing)) abort();
        if (together > is(&most_readers)) __atomic_store_n(&most_readers, together, __ATOMIC_SEQ_CST);
        if (data) nap(1);
        __atomic_sub_fetch(&readers, 1, __ATOMIC_SEQ_CST);
        _PyRWMutex_RUnlock(&rw);
    }
    return NULL;
}
static void *write_locked(void *data) {
    for (int i = 0; i < 2000; i++) {
        _PyRWMutex_Lock(&rw);
        if (is(&readers) || __atomic_exchange_n(&writing, 1, __ATOMIC_SEQ_CST)) abort();
        ++*(long *)data;
        __atomic_store_n(&writing, 0, __ATOMIC_SEQ_CST);
        _PyRWMutex_Unlock(&rw);
    }
    return NULL;
}
TEST(rw_excludes) {
    long count = 0;
    pthread_t threads[5];
    for (int i = 0; i < 5; i++) threads[i] = thread(i < 3 ? read_locked : write_locked, i < 3 ? NULL : (void *)&count);
    for (int i = 0; i < 5; i++) join(threads[i]);
    CHECK_INT(count, "4000");
    CHECK_INT(rw.bits, "0");
}
TEST(rw_states) {
    CHECK_INT(rw.bits, "0");
    _PyRWMutex_RLock(&rw);
    CHECK_INT(rw.bits, "4");
    _PyRWMutex_RLock(&rw);
    CHECK_INT(rw.bits, "8");
    _PyRWMutex_RUnlock(&rw);
    CHECK_INT(rw.bits, "4");
    _PyRWMutex_RUnlock(&rw);
    CHECK_INT(rw.bits, "0");
    _PyRWMutex_Lock(&rw);
    CHECK_INT(rw.bits, "1");
    _PyRWMutex_Unlock(&rw);
    CHECK_INT(rw.bits, "0");
}
static void *write_once(void *data) { (void)data; set(&started); _PyRWMutex_Lock(&rw); set(&done); nap(10); _PyRWMutex_Unlock(&rw); return NULL; }
static int read_done;
static void *read_once(void *data) { (void)data; _PyRWMutex_RLock(&rw); __atomic_store_n(&read_done, is(&done) ? 1 : 2, __ATOMIC_SEQ_CST); _PyRWMutex_RUnlock(&rw); return NULL; }
TEST(rw_writer_first) {
    _PyRWMutex_RLock(&rw);
    pthread_t writer = thread(write_once, NULL), reader;
    while (__atomic_load_n(&rw.bits, __ATOMIC_SEQ_CST) != 6) nap(1); /* one reader, and somebody waits */
    CHECK_INT(is(&done), "0");
    if (pthread_create(&reader, NULL, read_once, NULL) != 0) abort();
    nap(20);
    CHECK_INT(is(&read_done), "0");
    _PyRWMutex_RUnlock(&rw);
    join(writer);
    join(reader);
    CHECK_INT(read_done, "1");
    CHECK_INT(rw.bits, "0");
}
/* Waiting for one lets go of the GIL. */
static void *write_with_gil(void *data) {
    (void)data;
    _PyRWMutex_Lock(&rw);
    set(&started);
    PyGILState_STATE state = PyGILState_Ensure();
    set(&done);
    PyGILState_Release(state);
    _PyRWMutex_Unlock(&rw);
    return NULL;
}
TEST(rw_detaches) {
    pthread_t id = thread(write_with_gil, NULL);
    until(&started);
    _PyRWMutex_RLock(&rw);
    CHECK(is(&done) && PyThreadState_GetUnchecked());
    _PyRWMutex_RUnlock(&rw);
    join(id);
}
CHECK_MAIN()
