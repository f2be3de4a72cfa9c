/* Tracing of allocations. Functions only: see capi.h and variadic.h. */
#ifndef Py_TRACEMALLOC_H
#define Py_TRACEMALLOC_H
#endif
