/* Weak references and proxies. */
#ifndef Py_WEAKREFOBJECT_H
#define Py_WEAKREFOBJECT_H

PyAPI_DATA(PyTypeObject) _PyWeakref_RefType;
PyAPI_DATA(PyTypeObject) _PyWeakref_ProxyType;
PyAPI_DATA(PyTypeObject) _PyWeakref_CallableProxyType;

#define PyWeakref_CheckRef(op) PyObject_TypeCheck((op), &_PyWeakref_RefType)
#define PyWeakref_CheckRefExact(op) Py_IS_TYPE((op), &_PyWeakref_RefType)
#define PyWeakref_CheckProxy(op) \
    (Py_IS_TYPE((op), &_PyWeakref_ProxyType) || Py_IS_TYPE((op), &_PyWeakref_CallableProxyType))
#define PyWeakref_Check(op) (PyWeakref_CheckRef(op) || PyWeakref_CheckProxy(op))

#ifndef Py_LIMITED_API

struct _PyWeakReference {
    PyObject_HEAD
    PyObject *wr_object; /* borrowed; None once it is gone */
    PyObject *wr_callback;
    Py_hash_t hash;
    PyWeakReference *wr_prev;
    PyWeakReference *wr_next;
    vectorcallfunc vectorcall;
};

#define _PyWeakref_CAST(op) (assert(PyWeakref_Check(op)), _Py_CAST(PyWeakReference *, (op)))

/* Borrowed; PyWeakref_GetRef is safer. */
Py_DEPRECATED(3.13) static inline PyObject *
PyWeakref_GET_OBJECT(PyObject *ref_obj)
{
    PyObject *obj = _PyWeakref_CAST(ref_obj)->wr_object;
    /* An object whose deallocation has begun counts as gone. */
    return Py_REFCNT(obj) > 0 ? obj : Py_None;
}
#define PyWeakref_GET_OBJECT(ref) PyWeakref_GET_OBJECT(_PyObject_CAST(ref))

#endif

#endif
