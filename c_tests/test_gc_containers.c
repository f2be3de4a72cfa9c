/* Cycles through every container and iterator are collected: each test says how many objects went. */
#include "check.h"

#define TYPE(type) ((PyObject *)&(type))
/* Lets `object` and a list refer to each other, forgets both and collects. Returns how many objects were found. */
static Py_ssize_t collected(PyObject *list, PyObject *object) {
    if (!object) { PyErr_Print(); return -1; }
    PyList_Append(list, object);
    Py_DECREF(object);
    Py_DECREF(list);
    return PyGC_Collect();
}
static PyObject *fresh(void) { PyObject *list = PyList_New(0); PyGC_Collect(); return list; }

TEST(containers) {
    PyObject *l = fresh();
    CHECK_INT(collected(l, Py_NewRef(l)), "1");
    l = fresh();
    CHECK_INT(collected(l, PyTuple_Pack(1, l)), "2");
    l = fresh();
    CHECK_INT(collected(l, Py_BuildValue("{sO}", "a", l)), "2");
    l = fresh();
    CHECK_INT(collected(l, Py_BuildValue("{(O):i}", Py_None, 1)), "0");
    l = fresh();
    PyObject *o = PyODict_New();
    PyODict_SetItem(o, Py_None, l);
    CHECK_INT(collected(l, o), "2");
    l = fresh();
    o = PyODict_New();
    PyObject_SetAttrString(o, "x", l);
    CHECK_INT(collected(l, o), "3");
    l = fresh();
    CHECK_INT(collected(l, PySlice_New(l, l, l)), "2");
}

/* An object that can be hashed and refers to a list. */
static PyObject *bound(PyObject *list) { return PyObject_GetAttrString(list, "append"); }
TEST(sets) {
    PyObject *l = fresh(), *method = bound(l), *s = PySet_New(NULL);
    Py_DECREF(l);
    l = fresh();
    PySet_Add(s, method);
    Py_DECREF(method);
    CHECK_INT(collected(l, s), "0");
    l = fresh();
    method = PyTuple_Pack(1, s = PyFrozenSet_New(NULL));
    Py_DECREF(s);
    CHECK_INT(collected(l, method), "0");
}

TEST(iterators) {
    PyObject *l = fresh();
    CHECK_INT(collected(l, PyObject_GetIter(l)), "2");
    l = fresh();
    CHECK_INT(collected(l, PyObject_CallMethod(l, "__reversed__", NULL)), "2");
    l = fresh();
    PyObject *t = PyTuple_Pack(1, l), *it = PyObject_GetIter(t);
    Py_DECREF(t);
    CHECK_INT(collected(l, it), "3");
    l = fresh();
    t = PyTuple_Pack(1, l);
    it = PyObject_CallOneArg(TYPE(PyReversed_Type), t);
    Py_DECREF(t);
    CHECK_INT(collected(l, it), "3");
    l = fresh();
    CHECK_INT(collected(l, PyObject_CallOneArg(TYPE(PyEnum_Type), l)), "3");
    l = fresh();
    CHECK(collected(l, PyObject_CallFunctionObjArgs(TYPE(PyZip_Type), l, l, NULL)) > 0);
    l = fresh();
    CHECK_INT(collected(l, PyObject_CallFunctionObjArgs(TYPE(PyMap_Type), Py_None, l, NULL)), "4");
    l = fresh();
    CHECK_INT(collected(l, PyObject_CallFunctionObjArgs(TYPE(PyFilter_Type), l, l, NULL)), "3");
    l = fresh();
    CHECK_INT(collected(l, PySeqIter_New(l)), "2");
    l = fresh();
    CHECK_INT(collected(l, PyCallIter_New(l, l)), "2");
    const char *names[] = {"keys", "values", "items", "__iter__", "__reversed__"};
    for (int i = 0; i < 5; i++) {
        l = fresh();
        PyObject *d = Py_BuildValue("{sO}", "a", l), *view = PyObject_CallMethod(d, names[i], NULL);
        Py_DECREF(d);
        CHECK_INT(collected(l, view), "3");
    }
    for (int i = 0; i < 3; i++) {
        l = fresh();
        PyObject *d = Py_BuildValue("{sO}", "a", l), *view = PyObject_CallMethod(d, names[i], NULL);
        Py_DECREF(d);
        it = PyObject_GetIter(view);
        Py_DECREF(view);
        CHECK_INT(collected(l, it), "3");
    }
    l = fresh();
    PyObject *o = PyODict_New();
    PyODict_SetItem(o, Py_None, l);
    it = PyObject_GetIter(o);
    Py_DECREF(o);
    CHECK_INT(collected(l, it), "3");
}

TEST(struct_sequences) {
    PyStructSequence_Field fields[] = {{"a", NULL}, {"b", NULL}, {NULL, NULL}};
    PyStructSequence_Desc desc = {"m.Pair", NULL, fields, 1};
    PyObject *type = keep((PyObject *)PyStructSequence_NewType(&desc)), *l = fresh();
    PyObject *pair = PyStructSequence_New((PyTypeObject *)type);
    PyStructSequence_SetItem(pair, 0, Py_NewRef(Py_None));
    PyStructSequence_SetItem(pair, 1, Py_NewRef(l));
    Py_ssize_t found = collected(l, pair);
    CHECK_INT(found, "0");
    if (found == 0) { /* alive still: the cycle is taken apart by hand */
        Py_INCREF(l);
        PyList_SetSlice(l, 0, PY_SSIZE_T_MAX, NULL);
        Py_DECREF(l);
    }
}

TEST(tracked) {
    CHECK_INT(PyObject_GC_IsTracked(value("{}")), "1");
    CHECK_INT(PyObject_GC_IsTracked(value("[]")), "1");
    CHECK_INT(PyObject_GC_IsTracked(value("()")), "0");
    CHECK_INT(PyObject_GC_IsTracked(keep(PyTuple_New(1))), "1");
    CHECK_INT(PyObject_GC_IsTracked(keep(PySet_New(NULL))), "1");
    PyObject *t = keep(PyTuple_Pack(2, Py_None, Py_True));
    CHECK_INT(PyObject_GC_IsTracked(t), "0");
    PyGC_Collect();
    CHECK_INT(PyObject_GC_IsTracked(t), "0");
    PyObject *d = value("{si}", "a", 1);
    CHECK_INT(PyObject_GC_IsTracked(d), "1");
    PyGC_Collect();
    CHECK_INT(PyObject_GC_IsTracked(d), "1");
    CHECK_INT(PyObject_GC_IsTracked(keep(PySlice_New(NULL, NULL, NULL))), "1");
}
CHECK_MAIN()
