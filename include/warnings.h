/* Warnings. */
#ifndef Py_WARNINGS_H
#define Py_WARNINGS_H

#ifndef Py_LIMITED_API
#  define PyErr_Warn(category, msg) PyErr_WarnEx((category), (msg), 1)
#endif

#endif
