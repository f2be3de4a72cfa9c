/* pickle.PickleBuffer. */
#ifndef Py_PICKLEBUFOBJECT_H
#define Py_PICKLEBUFOBJECT_H

#ifndef Py_LIMITED_API
PyAPI_DATA(PyTypeObject) PyPickleBuffer_Type;
#  define PyPickleBuffer_Check(op) Py_IS_TYPE((op), &PyPickleBuffer_Type)
#endif

#endif
