/* float: a C double. */
#ifndef Py_FLOATOBJECT_H
#define Py_FLOATOBJECT_H

PyAPI_DATA(PyTypeObject) PyFloat_Type;
#define PyFloat_Check(op) PyObject_TypeCheck(op, &PyFloat_Type)
#define PyFloat_CheckExact(op) Py_IS_TYPE((op), &PyFloat_Type)

#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
#define Py_RETURN_INF(sign) \
    do { \
        if (copysign(1., sign) == 1.) { \
            return PyFloat_FromDouble(Py_INFINITY); \
        } \
        else { \
            return PyFloat_FromDouble(-Py_INFINITY); \
        } \
    } while (0)

#ifndef Py_LIMITED_API

typedef struct {
    PyObject_HEAD
    double ob_fval;
} PyFloatObject;

#define _PyFloat_CAST(op) (assert(PyFloat_Check(op)), _Py_CAST(PyFloatObject *, op))

static inline double
PyFloat_AS_DOUBLE(PyObject *op)
{
    return _PyFloat_CAST(op)->ob_fval;
}
#define PyFloat_AS_DOUBLE(op) PyFloat_AS_DOUBLE(_PyObject_CAST(op))

#endif

#endif
