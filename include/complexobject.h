/* complex: two C doubles. */
#ifndef Py_COMPLEXOBJECT_H
#define Py_COMPLEXOBJECT_H

PyAPI_DATA(PyTypeObject) PyComplex_Type;
#define PyComplex_Check(op) PyObject_TypeCheck((op), &PyComplex_Type)
#define PyComplex_CheckExact(op) Py_IS_TYPE((op), &PyComplex_Type)

#ifndef Py_LIMITED_API

struct Py_complex {
    double real;
    double imag;
};

typedef struct {
    PyObject_HEAD
    Py_complex cval;
} PyComplexObject;

#endif

#endif
