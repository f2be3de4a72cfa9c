/* types.GenericAlias: list[int]. */
#ifndef Py_GENERICALIASOBJECT_H
#define Py_GENERICALIASOBJECT_H

PyAPI_DATA(PyTypeObject) Py_GenericAliasType;

#endif
