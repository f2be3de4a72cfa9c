/* Threads of the operating system: locks and thread-specific storage. */
#ifndef Py_PYTHREAD_H
#define Py_PYTHREAD_H

#ifndef Py_LIMITED_API
#  include <pthread.h>
#endif

#define PY_HAVE_THREAD_NATIVE_ID

/* For PyThread_acquire_lock. */
#define WAIT_LOCK 1
#define NOWAIT_LOCK 0

#ifndef Py_LIMITED_API

/* In microseconds. */
PyAPI_DATA(const long long) PY_TIMEOUT_MAX;
#define PYTHREAD_INVALID_THREAD_ID ((unsigned long)-1)

struct _Py_tss_t {
    int _is_initialized;
    pthread_key_t _key;
};
#define Py_tss_NEEDS_INIT {0}

#endif

#endif
