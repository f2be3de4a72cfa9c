/* Generators, coroutines and asynchronous generators: types only, since nothing here evaluates them. */
#ifndef Py_GENOBJECT_H
#define Py_GENOBJECT_H

#ifndef Py_LIMITED_API

PyAPI_DATA(PyTypeObject) PyGen_Type;
#define PyGen_Check(op) PyObject_TypeCheck((op), &PyGen_Type)
#define PyGen_CheckExact(op) Py_IS_TYPE((op), &PyGen_Type)

PyAPI_DATA(PyTypeObject) PyCoro_Type;
#define PyCoro_CheckExact(op) Py_IS_TYPE((op), &PyCoro_Type)

PyAPI_DATA(PyTypeObject) PyAsyncGen_Type;
#define PyAsyncGen_CheckExact(op) Py_IS_TYPE((op), &PyAsyncGen_Type)

PyAPI_DATA(PyTypeObject) _PyAsyncGenASend_Type;
#define PyAsyncGenASend_CheckExact(op) Py_IS_TYPE((op), &_PyAsyncGenASend_Type)

#endif

#endif
