/* Marshalling. Not included by Python.h. */
#ifndef Py_MARSHAL_H
#define Py_MARSHAL_H

#ifndef Py_LIMITED_API
#  define Py_MARSHAL_VERSION 5
#endif

#endif
