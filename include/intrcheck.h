/* Interrupts and fork. Functions only: see capi.h and variadic.h. */
#ifndef Py_INTRCHECK_H
#define Py_INTRCHECK_H
#endif
