/* The module sys. Functions only: see capi.h and variadic.h. */
#ifndef Py_SYSMODULE_H
#define Py_SYSMODULE_H
#endif
