/* Error handlers of a program's own, for the tests of codecs. */
#ifndef CODEC_HANDLERS_H
#define CODEC_HANDLERS_H
#include "check.h"

/* Error handlers: what they answer is chosen by their self. */
static PyObject *handle(PyObject *self, PyObject *exc) {
    switch (PyLong_AsLong(self)) {
        case 0: return Py_BuildValue("(sN)", "<?>", PyObject_GetAttrString(exc, "end"));
        case 1: {  /* the last character, or the end, lest it never ends */
            PyObject *object = PyObject_GetAttrString(exc, "object"), *end = PyObject_GetAttrString(exc, "end");
            Py_ssize_t at = PyLong_AsSsize_t(end) < PyObject_Size(object) ? -1 : PyObject_Size(object);
            Py_DECREF(object);
            Py_DECREF(end);
            return Py_BuildValue("(sn)", "<b>", at);
        }
        case 2: return Py_BuildValue("(yN)", "\xfe\xfe", PyObject_GetAttrString(exc, "end"));
        case 3: return PyUnicode_FromString("no tuple");
        case 4: return Py_BuildValue("(si)", "", 99);
        case 5: return Py_BuildValue("(sN)", "\xe2\x82\xac", PyObject_GetAttrString(exc, "end"));
        default:
            if (PyObject_IsInstance(exc, PyExc_UnicodeDecodeError) == 1) {
                PyObject *other = PyBytes_FromString("other");
                PyObject_SetAttrString(exc, "object", other);
                Py_DECREF(other);
                return Py_BuildValue("(si)", "|", 2);
            }
            return Py_BuildValue("(si)", "|", 8);
    }
}
static PyMethodDef handle_def = {"handle", handle, METH_O, NULL};
static void handlers(void) {
    static const char *names[] = {"test.text", "test.back", "test.bytes", "test.wrong", "test.far", "test.wide", "test.object"};
    for (int i = 0; i < 7; i++) {
        PyObject *number = PyLong_FromLong(i), *function = PyCFunction_New(&handle_def, number);
        if (PyCodec_RegisterError(names[i], function) < 0) PyErr_Print();
        Py_DECREF(number);
        Py_DECREF(function);
    }
}
#endif
