/* Struct sequences: heap and static types, hidden and unnamed fields, what their instances can do. */
#include "check.h"

extern PyTypeObject *_PyStructSequence_NewType(PyStructSequence_Desc *, unsigned long); /* internal, but exported */

static PyStructSequence_Field fields[] = {
    {"a", "the first"}, {"b", NULL}, {"c", "hidden"}, {"d", NULL}, {NULL, NULL},
};
static PyStructSequence_Desc description = {"m.Quad", "Four fields.", fields, 2};

static PyObject *quad(PyTypeObject *type) {
    PyObject *made = PyStructSequence_New(type);
    for (int i = 0; i < 4; i++) PyStructSequence_SetItem(made, i, PyLong_FromLong(i * 10));
    return keep(made);
}
static PyObject *replaced(PyObject *object, PyObject *changes) {
    PyObject *method = PyObject_GetAttrString(object, "__replace__"), *empty = PyTuple_New(0);
    PyObject *result = PyObject_Call(method, empty, changes);
    Py_DECREF(method); Py_DECREF(empty);
    return result;
}

static void behaviour(PyTypeObject *type) {
    PyObject *q = quad(type), *t = (PyObject *)type;
    CHECK_BORROWED(q, "m.Quad(a=0, b=10)");
    CHECK_BORROWED(PyStructSequence_GetItem(q, 3), "30");
    CHECK_INT(PyObject_Size(q), "2");
    CHECK(PyTuple_Check(q) && !PyTuple_CheckExact(q));
    CHECK_REPR(PyObject_GetAttrString(q, "a"), "0");
    CHECK_REPR(PyObject_GetAttrString(q, "d"), "30");
    CHECK_REPR(PyObject_GetAttrString(q, "e"), "!!AttributeError: 'm.Quad' object has no attribute 'e'");
    CHECK_INT(PyObject_SetAttrString(q, "a", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PySequence_GetItem(q, 1), "10");
    CHECK_REPR(PySequence_GetItem(q, 2), "!!IndexError: tuple index out of range");
    CHECK_REPR(PyObject_RichCompare(q, value("(ii)", 0, 10), Py_EQ), "True");
    CHECK(PyObject_Hash(q) == PyObject_Hash(value("(ii)", 0, 10)));
    CHECK_REPR(PySequence_Concat(q, q), "(0, 10, 0, 10)");
    CHECK_REPR(PySequence_GetSlice(q, 0, 2), "(0, 10)");
    CHECK_REPR(PySequence_List(q), "[0, 10]");
    CHECK_REPR(PyObject_GetAttrString(t, "n_fields"), "4");
    CHECK_REPR(PyObject_GetAttrString(t, "n_sequence_fields"), "2");
    CHECK_REPR(PyObject_GetAttrString(t, "n_unnamed_fields"), "0");
    CHECK_REPR(PyObject_GetAttrString(t, "__match_args__"), "('a', 'b')");
    CHECK_REPR(PyObject_GetAttrString(t, "__doc__"), "'Four fields.'");
    CHECK_REPR(PyObject_GetAttrString(t, "__module__"), "'m'");
    CHECK_REPR(PyObject_GetAttrString(t, "__basicsize__"), "48");
    CHECK_REPR(PyObject_GetAttrString(t, "__itemsize__"), "8");
    CHECK_REPR(PyObject_GetAttrString(attr(t, "a"), "__doc__"), "'the first'");
    CHECK_REPR(PyObject_GetAttrString(attr(t, "b"), "__doc__"), "None");
    CHECK_REPR(PySequence_GetItem(keep(PyObject_CallMethod(q, "__reduce__", NULL)), 1), "((0, 10), {'c': 20, 'd': 30})");
    CHECK_REPR(PyObject_CallFunction(t, "((ii))", 1, 2), "m.Quad(a=1, b=2)");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_CallFunction(t, "((iii))", 1, 2, 3)), "c"), "3");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_CallFunction(t, "((ii){si})", 1, 2, "d", 3)), "d"), "3");
    CHECK_REPR(PyObject_CallFunction(t, "((i))", 1), "!!TypeError: m.Quad() takes an at least 2-sequence (1-sequence given)");
    CHECK_REPR(PyObject_CallFunction(t, "((iiiii))", 1, 2, 3, 4, 5), "!!TypeError: m.Quad() takes an at most 4-sequence (5-sequence given)");
    CHECK_REPR(PyObject_CallFunction(t, "i", 5), "!!TypeError: constructor requires a sequence");
    CHECK_REPR(PyObject_CallFunction(t, "((ii)i)", 5, 6, 7), "!!TypeError: m.Quad() takes a dict as second arg, if any");
    CHECK_REPR(PyObject_CallFunction(t, "((ii){si})", 5, 6, "x", 7), "!!TypeError: m.Quad() got duplicate or unexpected field name(s)");
    CHECK_REPR(PyObject_CallFunction(t, "((iii){si})", 5, 6, 7, "c", 7), "!!TypeError: m.Quad() got duplicate or unexpected field name(s)");
    CHECK_REPR(PyObject_CallFunction(t, "()"), "!!TypeError: structseq() missing required argument 'sequence' (pos 1)");
    CHECK_REPR(replaced(q, value("{sisi}", "a", 5, "d", 6)), "m.Quad(a=5, b=10)");
    CHECK_REPR(PyObject_GetAttrString(keep(replaced(q, value("{sisi}", "a", 5, "d", 6))), "d"), "6");
    CHECK_REPR(replaced(q, value("{si}", "x", 5)), "!!TypeError: Got unexpected field name(s): ['x']");
    CHECK_REPR(replaced(q, NULL), "m.Quad(a=0, b=10)");
    CHECK_REPR(PyObject_CallMethod(q, "__replace__", "i", 1), "!!TypeError: __replace__() takes no positional arguments");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "D", t), "!!TypeError: type 'm.Quad' is not an acceptable base type");
}
TEST(heap_type) {
    PyTypeObject *type = PyStructSequence_NewType(&description);
    CHECK(type && PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && PyType_HasFeature(type, Py_TPFLAGS_TUPLE_SUBCLASS));
    behaviour(type);
    keep((PyObject *)type);
}
TEST(static_type) {
    static PyTypeObject type;
    CHECK_INT(PyStructSequence_InitType2(&type, &description), "0");
    behaviour(&type);
    CHECK_INT(PyStructSequence_InitType2(&type, &description), "-1 !!SystemError: bad argument to internal function");
}
TEST(unnamed) {
    PyStructSequence_Field some[] = {
        {"a", NULL}, {PyStructSequence_UnnamedField, NULL}, {"c", NULL}, {"d", NULL}, {NULL, NULL},
    };
    PyStructSequence_Desc desc = {"m.Some", NULL, some, 3};
    PyTypeObject *type = PyStructSequence_NewType(&desc);
    CHECK(type != NULL);
    PyObject *q = quad(type), *t = keep((PyObject *)type);
    CHECK_BORROWED(q, "m.Some(a=0, c=10, d=20)");
    CHECK_REPR(PyObject_GetAttrString(t, "n_fields"), "4");
    CHECK_REPR(PyObject_GetAttrString(t, "n_unnamed_fields"), "1");
    CHECK_REPR(PyObject_GetAttrString(t, "__match_args__"), "('a', 'c')");
    CHECK_REPR(PyObject_GetAttrString(t, "__doc__"), "None");
    CHECK_REPR(PyObject_GetAttrString(q, "d"), "30");
    CHECK_REPR(replaced(q, value("{si}", "a", 5)), "!!TypeError: __replace__() is not supported for m.Some because it has unnamed field(s)");
    CHECK_REPR(PySequence_GetItem(keep(PyObject_CallMethod(q, "__reduce__", NULL)), 1), "((0, 10, 20), {'d': 30})");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_CallFunction(t, "((iii){si})", 1, 2, 3, "d", 4)), "d"), "4");
}
TEST(all_visible) {
    PyStructSequence_Field two[] = {{"a", NULL}, {"b", NULL}, {NULL, NULL}};
    PyStructSequence_Desc desc = {"m.Two", NULL, two, 2};
    PyTypeObject *type = PyStructSequence_NewType(&desc);
    PyObject *t = keep((PyObject *)type);
    CHECK_REPR(PyObject_CallFunction(t, "((ii))", 1, 2), "m.Two(a=1, b=2)");
    CHECK_REPR(PyObject_CallFunction(t, "((iii))", 1, 2, 3), "!!TypeError: m.Two() takes a 2-sequence (3-sequence given)");
    CHECK_REPR(PyObject_CallFunction(t, "((i))", 1), "!!TypeError: m.Two() takes a 2-sequence (1-sequence given)");
}

/* Type flags of the caller's choice. */
TEST(flags) {
    PyTypeObject *closed = _PyStructSequence_NewType(&description, Py_TPFLAGS_DISALLOW_INSTANTIATION), *plain = _PyStructSequence_NewType(&description, 0);
    PyTypeObject *fixed = _PyStructSequence_NewType(&description, Py_TPFLAGS_IMMUTABLETYPE);
    keep((PyObject *)closed), keep((PyObject *)plain), keep((PyObject *)fixed);
    CHECK_BORROWED(closed, "<class 'm.Quad'>");
    CHECK_BORROWED(quad(closed), "m.Quad(a=0, b=10)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)closed, "((iiii))", 1, 2, 3, 4), "!!TypeError: cannot create 'm.Quad' instances");
    CHECK_REPR(PyObject_CallFunction((PyObject *)plain, "((iiii))", 1, 2, 3, 4), "m.Quad(a=1, b=2)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)fixed, "((iiii))", 1, 2, 3, 4), "m.Quad(a=1, b=2)");
    CHECK_INT((closed->tp_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION) != 0, "1");
    CHECK_INT((plain->tp_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION) != 0, "0");
    CHECK_INT((plain->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0, "1");
    CHECK_INT(PyObject_SetAttrString((PyObject *)plain, "own", Py_None), "0");
    CHECK_INT(PyObject_SetAttrString((PyObject *)fixed, "own", Py_None), "-1 !!TypeError: cannot set 'own' attribute of immutable type 'm.Quad'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Child", plain), "!!TypeError: type 'm.Quad' is not an acceptable base type");
    /* No fields, and fewer than are said to be seen. */
    PyStructSequence_Field none[] = {{NULL, NULL}}, one[] = {{"a", NULL}, {NULL, NULL}}, unnamed[] = {{"a", NULL}, {PyStructSequence_UnnamedField, NULL}, {"c", NULL}, {NULL, NULL}};
    PyStructSequence_Desc empty = {"m.Empty", NULL, none, 0}, partly = {"m.Partly", NULL, unnamed, 3}, nothing_seen = {"m.Unseen", NULL, one, 0};
    CHECK_REPR(PyObject_CallFunction(keep((PyObject *)_PyStructSequence_NewType(&empty, 0)), "(())"), "m.Empty()");
    PyObject *type = keep((PyObject *)_PyStructSequence_NewType(&partly, 0));
    CHECK_REPR(PyObject_GetAttrString(type, "n_unnamed_fields"), "1");
    CHECK_REPR(PyObject_GetAttrString(type, "__match_args__"), "('a', 'c')");
    CHECK_REPR(PyObject_CallFunction(type, "((iii))", 1, 2, 3), "<no repr>");
    CHECK_REPR(PyObject_CallFunction(keep((PyObject *)_PyStructSequence_NewType(&nothing_seen, 0)), "((i))", 1), "m.Unseen()");
}
CHECK_MAIN()
