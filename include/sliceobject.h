/* slice and Ellipsis. */
#ifndef Py_SLICEOBJECT_H
#define Py_SLICEOBJECT_H

PyAPI_DATA(PyObject) _Py_EllipsisObject;
#if defined(Py_LIMITED_API) && Py_LIMITED_API+0 >= 0x030d0000
#  define Py_Ellipsis Py_GetConstantBorrowed(Py_CONSTANT_ELLIPSIS)
#else
#  define Py_Ellipsis (&_Py_EllipsisObject)
#endif
PyAPI_DATA(PyTypeObject) PyEllipsis_Type;

PyAPI_DATA(PyTypeObject) PySlice_Type;
#define PySlice_Check(op) Py_IS_TYPE((op), &PySlice_Type)

#ifndef Py_LIMITED_API
struct PySliceObject {
    PyObject_HEAD
    PyObject *start;
    PyObject *stop;
    PyObject *step;
};
#endif

/* The function of this name reads the length too early; the two that replace it came with 3.5.4 and 3.6.1. */
#if _Py_API_VERSION >= 0x03060100 || (_Py_API_VERSION >= 0x03050400 && _Py_API_VERSION < 0x03060000)
#  define PySlice_GetIndicesEx(slice, length, start, stop, step, slicelen) \
    (PySlice_Unpack((slice), (start), (stop), (step)) < 0 \
     ? ((*(slicelen) = 0), -1) \
     : ((*(slicelen) = PySlice_AdjustIndices((length), (start), (stop), *(step))), 0))
#endif

#endif
