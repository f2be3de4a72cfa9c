/* A module `pickle` of C's, for tests of what passes between interpreters: functions of C go by module and name, all else by marshal. It
 * is found before CPython's own where it is in the table of builtin modules: PyImport_AppendInittab("pickle", init_pickle). A program
 * that defines PICKLE_METHODS gives the module more functions. */
#ifndef PICKLE_H
#define PICKLE_H
#include <Python.h>
#include <marshal.h>
#include <string.h>
#ifndef PICKLE_METHODS
#define PICKLE_METHODS
#endif

/* dumps() refuses everything. */
static int unpicklable;
static PyObject *dumps(PyObject *self, PyObject *object) {
    (void)self;
    if (unpicklable) { PyErr_SetString(PyExc_ValueError, "not now"); return NULL; }
    if (!PyCFunction_Check(object)) {
        PyObject *bytes = PyMarshal_WriteObjectToString(object, 4), *head = PyBytes_FromString("m");
        if (!bytes) { Py_DECREF(head); return NULL; }
        PyBytes_ConcatAndDel(&head, bytes);
        return head;
    }
    PyObject *module = PyObject_GetAttrString(object, "__module__"), *name = PyObject_GetAttrString(object, "__name__");
    PyObject *both = module && name ? PyBytes_FromFormat("c%s:%s", PyUnicode_AsUTF8(module), PyUnicode_AsUTF8(name)) : NULL;
    Py_XDECREF(module); Py_XDECREF(name);
    return both;
}
static PyObject *loads(PyObject *self, PyObject *object) {
    (void)self;
    Py_buffer view;
    PyObject *result = NULL;
    char text[200] = "";
    if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0) return NULL;
    memcpy(text, view.buf, view.len < 199 ? view.len : 199);
    if (*text == 'm') result = PyMarshal_ReadObjectFromString((char *)view.buf + 1, view.len - 1);
    else {
        char *name = strchr(text, ':');
        *name++ = 0;
        PyObject *module = PyImport_ImportModule(text + 1);
        result = module ? PyObject_GetAttrString(module, name) : NULL;
        Py_XDECREF(module);
    }
    PyBuffer_Release(&view);
    return result;
}
static PyMethodDef pickle_methods[] = {{"dumps", dumps, METH_O, NULL}, {"loads", loads, METH_O, NULL}, PICKLE_METHODS {0}};
static PyModuleDef_Slot pickle_slots[] = {{Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0}};
static PyModuleDef pickle_def = {PyModuleDef_HEAD_INIT, "pickle", NULL, 0, pickle_methods, pickle_slots, NULL, NULL, NULL};
static PyObject *init_pickle(void) { return PyModuleDef_Init(&pickle_def); }
#endif
