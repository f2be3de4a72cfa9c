/* Capsules: a C pointer as an object, to hand it from one extension to another. */
#ifndef Py_CAPSULE_H
#define Py_CAPSULE_H

PyAPI_DATA(PyTypeObject) PyCapsule_Type;
#define PyCapsule_CheckExact(op) Py_IS_TYPE((op), &PyCapsule_Type)

#endif
