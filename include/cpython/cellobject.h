/* Cells: the variables that closures share. */
#ifndef Py_CELLOBJECT_H
#define Py_CELLOBJECT_H

#ifndef Py_LIMITED_API

typedef struct {
    PyObject_HEAD
    PyObject *ob_ref; /* NULL if empty */
} PyCellObject;

PyAPI_DATA(PyTypeObject) PyCell_Type;
#define PyCell_Check(op) Py_IS_TYPE((op), &PyCell_Type)

/* Neither counts references. */
static inline PyObject *
PyCell_GET(PyObject *op)
{
    assert(PyCell_Check(op));
    return _Py_CAST(PyCellObject *, op)->ob_ref;
}
#define PyCell_GET(op) PyCell_GET(_PyObject_CAST(op))

static inline void
PyCell_SET(PyObject *op, PyObject *value)
{
    assert(PyCell_Check(op));
    _Py_CAST(PyCellObject *, op)->ob_ref = value;
}
#define PyCell_SET(op, value) PyCell_SET(_PyObject_CAST(op), (value))

#endif

#endif
