/* Calls of the methods of str, for the tests of them. */
#ifndef UNICODE_METHODS_H
#define UNICODE_METHODS_H
#include "check.h"

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }
static PyObject *call(const char *self, const char *method, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *args = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    return PyObject_CallObject(attr(str(self), method), args);
}
#endif
