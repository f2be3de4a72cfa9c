/* What this library offers beyond CPython 3.14: a program that uses it does not run on CPython. */
#ifndef PYSHIM_H
#define PYSHIM_H

#include "Python.h"
#include "pyshim_capi.h"

#endif
