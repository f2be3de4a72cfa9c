/* A program for the limited API: of 3.14, and of 3.8 and 3.12 where test_limited_38.c and test_limited_312.c include this
 * file. It does without check.h, which is for the full API. */
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030e0000
#endif
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;
#define CHECK(condition) do { if (!(condition)) { printf("FAIL %s:%d: %s\n", __func__, __LINE__, #condition); failures++; } } while (0)

static PyObject *none(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(argument)) { Py_RETURN_NONE; }
static PyObject *yes(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(argument)) { Py_RETURN_TRUE; }
static PyObject *not_implemented(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(argument)) { Py_RETURN_NOTIMPLEMENTED; }
static PyMethodDef functions[] = {
    {"none", none, METH_NOARGS, "none"}, {"yes", yes, METH_NOARGS, NULL}, {"not_implemented", not_implemented, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "limited", NULL, 0, functions, NULL, NULL, NULL, NULL};

static void modules(void) {
    PyObject *module = PyModule_Create(&definition);
    CHECK(module && PyModule_Check(module));
    PyObject *result = PyObject_CallMethod(module, "none", NULL);
    CHECK(result == Py_None);
    Py_DECREF(result);
    result = PyObject_CallMethod(module, "yes", NULL);
    CHECK(result == Py_True);
    Py_DECREF(result);
    result = PyObject_CallMethod(module, "not_implemented", NULL);
    CHECK(result == Py_NotImplemented);
    Py_DECREF(result);
    CHECK(PyModule_GetDef(module) == &definition);
    Py_DECREF(module);
}

static void counts(void) {
    PyObject *list = PyList_New(0), *slot = list;
    Py_INCREF(list);
    CHECK(Py_REFCNT(list) == 2);
    Py_XINCREF(list); Py_XINCREF(NULL);
    Py_XDECREF(list); Py_XDECREF(NULL);
    CHECK(Py_REFCNT(list) == 2);
    Py_CLEAR(slot);
    CHECK(slot == NULL && Py_REFCNT(list) == 1);
    Py_SET_REFCNT(list, 5);
    CHECK(Py_REFCNT(list) == 5);
    Py_SET_REFCNT(list, 1);
    Py_ssize_t before = Py_REFCNT(Py_None);
    for (int i = 0; i < 1000; i++) { Py_INCREF(Py_None); Py_INCREF(Py_None); Py_DECREF(Py_None); }
    CHECK(Py_REFCNT(Py_None) == before);
    PyObject *more = Py_NewRef(list);
    CHECK(more == list && Py_XNewRef(NULL) == NULL && Py_REFCNT(list) == 2);
    Py_DECREF(more);
    Py_DECREF(list);
}

static void kinds(void) {
    PyObject *list = PyList_New(0), *text = PyUnicode_FromString("x");
    CHECK(Py_TYPE(list) == &PyList_Type && Py_IS_TYPE(list, &PyList_Type) && PyList_Check(list) && PyList_CheckExact(list));
    CHECK(PyUnicode_Check(text) && !PyUnicode_Check(list) && PyObject_TypeCheck(list, &PyBaseObject_Type));
    CHECK(PyType_Check((PyObject *)&PyList_Type) && PyType_HasFeature(&PyList_Type, Py_TPFLAGS_LIST_SUBCLASS));
    CHECK(PyLong_Check(Py_True) && PyBool_Check(Py_False) && Py_IsNone(Py_None) && Py_IsTrue(Py_True) && Py_Is(list, list));
    CHECK(PyExceptionClass_Check(PyExc_OSError) && Py_SIZE(list) == 0);
    CHECK(PySequence_Length(list) == 0 && PyObject_Length(text) == 1);
    CHECK(PyObject_DelAttrString(list, "x") == -1);
    PyErr_Clear();
    CHECK(PyLong_AsPid(Py_True) == 1);
    Py_DECREF(list);
    Py_DECREF(text);
}

static PyObject *answer(PyObject *self, PyObject *Py_UNUSED(argument)) { return PyObject_GetAttrString(self, "stored"); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {{Py_tp_methods, methods}, {Py_tp_doc, (void *)"A type."}, {0, NULL}};
static PyType_Spec spec = {"limited.Type", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

static void types(void) {
    PyObject *base = PyType_FromSpec(&spec);
    CHECK(base && PyType_Check(base));
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){si}", "C", base, "stored", 42);
    PyObject *instance = PyObject_CallObject(class, NULL), *result = PyObject_CallMethod(instance, "answer", NULL);
    CHECK(result && PyLong_AsLong(result) == 42);
    Py_XDECREF(result); Py_XDECREF(instance); Py_XDECREF(class); Py_XDECREF(base);
}

static void threads(void) {
    int steps = 0;
    Py_BEGIN_ALLOW_THREADS
    steps++;
    Py_END_ALLOW_THREADS
    CHECK(steps == 1);
    PyGILState_STATE state = PyGILState_Ensure();
    PyGILState_Release(state);
}

static void run(const char *name, void (*test)(void)) {
    int before = failures;
    test();
    if (PyErr_Occurred()) { printf("FAIL %s: left an exception set\n", name); PyErr_Clear(); failures++; }
    if (failures == before) printf("ok %s\n", name);
}

int main(void) {
    Py_InitializeEx(0);
    run("modules", modules);
    run("counts", counts);
    run("kinds", kinds);
    run("types", types);
    run("threads", threads);
    Py_Finalize();
    printf("done\n");
    return failures != 0;
}
