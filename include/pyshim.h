/* What this library offers beyond CPython 3.14: a program that uses it does not run on CPython. */
#ifndef PYSHIM_H
#define PYSHIM_H

#include "Python.h"
/* What an object is worth in another interpreter (CPython's _PyXIData_t), and the function that fills it in for a class. */
typedef struct _xidata {
    void *data;
    PyObject *obj;
    int64_t interpid;
    PyObject *(*new_object)(struct _xidata *);
    void (*free)(void *);
} _PyXIData_t;
typedef _PyXIData_t _PyCrossInterpreterData;
typedef int (*xidatafunc)(PyThreadState *, PyObject *, _PyXIData_t *);
typedef xidatafunc crossinterpdatafunc;

#include "pyshim_capi.h"

#endif
