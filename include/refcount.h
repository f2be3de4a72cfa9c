/* Reference counts and immortality.
 *
 * A count is 32 bits wide. An object whose count has the top bit set is immortal: a decrement leaves it alone, and an
 * increment leaves alone what has reached the value that immortal objects start with. That value is in the middle of
 * the immortal range, so that code which counts without looking (compiled for older versions of the limited API) takes
 * long to leave it. Objects in static storage carry flags beside the count as well.
 */
#ifndef _Py_REFCOUNT_H
#define _Py_REFCOUNT_H

#define _Py_STATICALLY_ALLOCATED_FLAG 4
#define _Py_IMMORTAL_FLAGS 1
#define _Py_IMMORTAL_INITIAL_REFCNT (3ULL << 30)
#define _Py_IMMORTAL_MINIMUM_REFCNT (1ULL << 31)
#define _Py_STATIC_FLAG_BITS ((Py_ssize_t)(_Py_STATICALLY_ALLOCATED_FLAG | _Py_IMMORTAL_FLAGS))
#define _Py_STATIC_IMMORTAL_INITIAL_REFCNT \
    (((Py_ssize_t)_Py_IMMORTAL_INITIAL_REFCNT) | (_Py_STATIC_FLAG_BITS << 48))

#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 < 0x030e0000
static inline Py_ssize_t
_Py_REFCNT(PyObject *ob)
{
    return ob->ob_refcnt;
}
#  ifdef _Py_CASTS_ARGUMENTS
#    define Py_REFCNT(ob) _Py_REFCNT(_PyObject_CAST(ob))
#  else
#    define Py_REFCNT(ob) _Py_REFCNT(ob)
#  endif
#endif

static inline Py_ALWAYS_INLINE int
_Py_IsImmortal(PyObject *op)
{
    return _Py_CAST(int32_t, op->ob_refcnt) < 0;
}
#define _Py_IsImmortal(op) _Py_IsImmortal(_PyObject_CAST(op))

static inline Py_ALWAYS_INLINE int
_Py_IsStaticImmortal(PyObject *op)
{
    return (op->ob_flags & _Py_STATICALLY_ALLOCATED_FLAG) != 0;
}
#define _Py_IsStaticImmortal(op) _Py_IsStaticImmortal(_PyObject_CAST(op))

static inline void
Py_SET_REFCNT(PyObject *ob, Py_ssize_t refcnt)
{
    assert(refcnt >= 0);
#if defined(Py_LIMITED_API) && Py_LIMITED_API+0 >= 0x030d0000
    _Py_SetRefcnt(ob, refcnt);
#else
    if (!_Py_IsImmortal(ob)) {
        ob->ob_refcnt = (uint32_t)refcnt;
    }
#endif
}

/* The limited API of 3.12 and later hides the count behind functions. */
#if defined(Py_LIMITED_API) && Py_LIMITED_API+0 >= 0x030c0000
static inline Py_ALWAYS_INLINE void
Py_INCREF(PyObject *op)
{
    _Py_IncRef(op);
}

static inline Py_ALWAYS_INLINE void
Py_DECREF(PyObject *op)
{
    _Py_DecRef(op);
}
#else
static inline Py_ALWAYS_INLINE void
Py_INCREF(PyObject *op)
{
    uint32_t count = op->ob_refcnt;
    if (count < _Py_IMMORTAL_INITIAL_REFCNT) {
        op->ob_refcnt = count + 1;
    }
}

static inline Py_ALWAYS_INLINE void
Py_DECREF(PyObject *op)
{
    if (!_Py_IsImmortal(op) && --op->ob_refcnt == 0) {
        _Py_Dealloc(op);
    }
}
#endif
#define Py_DECREF(op) Py_DECREF(_PyObject_CAST(op))
#ifdef _Py_CASTS_ARGUMENTS
#  define Py_SET_REFCNT(ob, refcnt) Py_SET_REFCNT(_PyObject_CAST(ob), (refcnt))
#  define Py_INCREF(op) Py_INCREF(_PyObject_CAST(op))
#endif

static inline void
Py_XINCREF(PyObject *op)
{
    if (op != _Py_NULL) {
        Py_INCREF(op);
    }
}

static inline void
Py_XDECREF(PyObject *op)
{
    if (op != _Py_NULL) {
        Py_DECREF(op);
    }
}

static inline PyObject *
_Py_NewRef(PyObject *obj)
{
    Py_INCREF(obj);
    return obj;
}

static inline PyObject *
_Py_XNewRef(PyObject *obj)
{
    Py_XINCREF(obj);
    return obj;
}

#ifdef _Py_CASTS_ARGUMENTS
#  define Py_XINCREF(op) Py_XINCREF(_PyObject_CAST(op))
#  define Py_XDECREF(op) Py_XDECREF(_PyObject_CAST(op))
#  define Py_NewRef(obj) _Py_NewRef(_PyObject_CAST(obj))
#  define Py_XNewRef(obj) _Py_XNewRef(_PyObject_CAST(obj))
#else
#  define Py_NewRef(obj) _Py_NewRef(obj)
#  define Py_XNewRef(obj) _Py_XNewRef(obj)
#endif

/* Each of these changes the variable first and drops the old object afterwards: dropping may run code that looks at
 * the variable. Arguments are evaluated once. */
#define Py_CLEAR(op) \
    do { \
        _Py_TYPEOF(&(op)) _clear_where = &(op); \
        _Py_TYPEOF(op) _clear_old = *_clear_where; \
        if (_clear_old != _Py_NULL) { \
            *_clear_where = _Py_NULL; \
            Py_DECREF(_clear_old); \
        } \
    } while (0)

#ifndef Py_LIMITED_API
#  define Py_SETREF(dst, src) \
    do { \
        _Py_TYPEOF(&(dst)) _setref_where = &(dst); \
        _Py_TYPEOF(dst) _setref_old = *_setref_where; \
        *_setref_where = (src); \
        Py_DECREF(_setref_old); \
    } while (0)
#  define Py_XSETREF(dst, src) \
    do { \
        _Py_TYPEOF(&(dst)) _xsetref_where = &(dst); \
        _Py_TYPEOF(dst) _xsetref_old = *_xsetref_where; \
        *_xsetref_where = (src); \
        Py_XDECREF(_xsetref_old); \
    } while (0)
#endif

#endif
