/* Paths. Functions only: see capi.h and variadic.h. */
#ifndef Py_OSMODULE_H
#define Py_OSMODULE_H
#endif
