/* PyMutex: a lock of one byte. Taking a free one and giving back an uncontended one need no call. */
#ifndef Py_LOCK_H
#define Py_LOCK_H

#ifndef Py_LIMITED_API

#define _Py_UNLOCKED 0
#define _Py_LOCKED 1

struct PyMutex {
    uint8_t _bits;
};

static inline void
_PyMutex_Lock(PyMutex *m)
{
    uint8_t expected = _Py_UNLOCKED;
    if (!__atomic_compare_exchange_n(&m->_bits, &expected, _Py_LOCKED, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        PyMutex_Lock(m);
    }
}
#define PyMutex_Lock _PyMutex_Lock

static inline void
_PyMutex_Unlock(PyMutex *m)
{
    uint8_t expected = _Py_LOCKED;
    if (!__atomic_compare_exchange_n(&m->_bits, &expected, _Py_UNLOCKED, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        PyMutex_Unlock(m);
    }
}
#define PyMutex_Unlock _PyMutex_Unlock

static inline int
_PyMutex_IsLocked(PyMutex *m)
{
    return (__atomic_load_n(&m->_bits, __ATOMIC_SEQ_CST) & _Py_LOCKED) != 0;
}
#define PyMutex_IsLocked _PyMutex_IsLocked

#endif

#endif
