/* tuple and struct sequences. */
#include "check.h"

/* internal, but exported */
extern PyObject *_PyTuple_FromArray(PyObject *const *, Py_ssize_t), *_PyTuple_FromArraySteal(PyObject *const *, Py_ssize_t);

TEST(make) {
    CHECK_REPR(PyTuple_New(0), "()");
    CHECK_REPR(PyTuple_New(-1), "!!SystemError: bad argument to internal function");
    CHECK(keep(PyTuple_New(0)) == keep(PyTuple_New(0)));
    PyObject *tuple = PyTuple_New(2);
    CHECK_INT(PyTuple_SetItem(tuple, 0, PyLong_FromLong(1)), "0");
    PyTuple_SET_ITEM(tuple, 1, PyUnicode_FromString("b"));
    CHECK_INT(PyTuple_SetItem(tuple, 2, PyLong_FromLong(1)), "-1 !!IndexError: tuple assignment index out of range");
    CHECK_INT(PyTuple_SetItem(tuple, -1, PyLong_FromLong(1)), "-1 !!IndexError: tuple assignment index out of range");
    PyObject *held = Py_NewRef(tuple);
    CHECK_INT(PyTuple_SetItem(tuple, 0, PyLong_FromLong(1)), "-1 !!SystemError: bad argument to internal function");
    Py_DECREF(held);
    CHECK_INT(PyTuple_SetItem(Py_None, 0, PyLong_FromLong(1)), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(tuple, "(1, 'b')");
    CHECK_REPR(PyTuple_Pack(0), "()");
    CHECK_REPR(PyTuple_Pack(2, Py_None, Py_True), "(None, True)");
    CHECK_REPR(PyTuple_Pack(1, Py_None), "(None,)");
    CHECK_REPR(PyTuple_Pack(PY_SSIZE_T_MAX), "!!MemoryError");
    Py_DECREF(PyTuple_New(3));
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "s", "ab"), "('a', 'b')");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_Call((PyObject *)&PyTuple_Type, value("()"), value("{si}", "a", 1)), "!!TypeError: tuple() takes no keyword arguments");
}

TEST(access) {
    PyObject *tuple = value("(isd)", 1, "b", 2.5);
    CHECK_INT(PyTuple_Size(tuple), "3");
    CHECK_INT(PyTuple_Size(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK(PyTuple_GET_SIZE(tuple) == 3 && PyTuple_Check(tuple) && PyTuple_CheckExact(tuple) && !PyTuple_Check(Py_None));
    CHECK_BORROWED(PyTuple_GetItem(tuple, 1), "'b'");
    CHECK_BORROWED(PyTuple_GetItem(tuple, 3), "!!IndexError: tuple index out of range");
    CHECK_BORROWED(PyTuple_GetItem(tuple, -1), "!!IndexError: tuple index out of range");
    CHECK_BORROWED(PyTuple_GetItem(Py_None, 0), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyTuple_GetSlice(tuple, 1, 99), "('b', 2.5)");
    CHECK_REPR(PyTuple_GetSlice(tuple, -9, 1), "(1,)");
    CHECK_REPR(PyTuple_GetSlice(tuple, 2, 1), "()");
    CHECK_REPR(PyTuple_GetSlice(Py_None, 0, 1), "!!SystemError: bad argument to internal function");
    CHECK(keep(PyTuple_GetSlice(tuple, 0, 3)) == tuple);
    CHECK_REPR(PyObject_GetItem(tuple, keep(PySlice_New(NULL, NULL, value("i", -1)))), "(2.5, 'b', 1)");
    CHECK_REPR(PySequence_GetItem(tuple, -1), "2.5");
    CHECK_REPR(PySequence_GetItem(tuple, -4), "!!IndexError: tuple index out of range");
    CHECK_REPR(PyNumber_Add(tuple, value("()")), "(1, 'b', 2.5)");
    CHECK_REPR(PyNumber_Add(tuple, value("[]")), "!!TypeError: can only concatenate tuple (not \"list\") to tuple");
    CHECK_REPR(PyNumber_Multiply(value("(i)", 1), value("i", 3)), "(1, 1, 1)");
    CHECK_REPR(PySequence_Repeat(tuple, 0), "()");
    CHECK_REPR(PyObject_CallMethod(tuple, "index", "s", "b"), "1");
    CHECK_REPR(PyObject_CallMethod(tuple, "index", "s", "x"), "!!ValueError: tuple.index(x): x not in tuple");
    CHECK_REPR(PyObject_CallMethod(tuple, "count", "i", 1), "1");
    CHECK_REPR(PyObject_CallMethod(tuple, "append", "i", 1), "!!AttributeError: 'tuple' object has no attribute 'append'");
    CHECK_REPR(PyObject_RichCompare(tuple, value("(is)", 1, "b"), Py_GT), "True");
    CHECK_REPR(PyObject_RichCompare(tuple, value("[isd]", 1, "b", 2.5), Py_EQ), "False");
    CHECK_INT(PySequence_SetItem(tuple, 0, Py_None), "-1 !!TypeError: 'tuple' object does not support item assignment");
    CHECK_INT(PySequence_DelItem(tuple, 0), "-1 !!TypeError: 'tuple' object doesn't support item deletion");
    CHECK_REPR(PySequence_List(keep(PyObject_GetIter(tuple))), "[1, 'b', 2.5]");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyTuple_Type, value("(OO)", &PyLong_Type, &PyUnicode_Type)), "tuple[int, str]");
}

TEST(resize) {
    PyObject *tuple = PyTuple_New(2);
    PyTuple_SET_ITEM(tuple, 0, PyLong_FromLong(1000));
    PyTuple_SET_ITEM(tuple, 1, PyLong_FromLong(2000));
    CHECK_INT(_PyTuple_Resize(&tuple, 3), "0");
    PyTuple_SET_ITEM(tuple, 2, PyLong_FromLong(3000));
    CHECK_BORROWED(tuple, "(1000, 2000, 3000)");
    CHECK_INT(_PyTuple_Resize(&tuple, 1), "0");
    CHECK_BORROWED(tuple, "(1000,)");
    PyObject *held = Py_NewRef(tuple);
    CHECK_INT(_PyTuple_Resize(&tuple, 5), "-1 !!SystemError: bad argument to internal function");
    CHECK(tuple == NULL);
    Py_DECREF(held);
    tuple = PyList_New(0);
    CHECK_INT(_PyTuple_Resize(&tuple, 5), "-1 !!SystemError: bad argument to internal function");
    CHECK(tuple == NULL);
    tuple = PyTuple_New(0);
    CHECK_INT(_PyTuple_Resize(&tuple, 0), "0");
    CHECK_BORROWED(tuple, "()");
    Py_DECREF(tuple);
}

TEST(struct_sequence) {
    PyStructSequence_Field fields[] = {{"a", "the first"}, {"b", NULL}, {"hidden", "seen by name only"}, {NULL, NULL}};
    PyStructSequence_Desc desc = {"m.Point", "A point.", fields, 2};
    PyTypeObject *type = PyStructSequence_NewType(&desc);
    CHECK_BORROWED(type, "<class 'm.Point'>");
    PyObject *point = PyStructSequence_New(type);
    PyStructSequence_SetItem(point, 0, PyLong_FromLong(1));
    PyStructSequence_SET_ITEM(point, 1, PyLong_FromLong(2));
    PyStructSequence_SetItem(point, 2, PyLong_FromLong(3));
    CHECK_BORROWED(point, "m.Point(a=1, b=2)");
    CHECK_BORROWED(PyStructSequence_GetItem(point, 1), "2");
    CHECK_INT(PyTuple_Size(point), "2");
    CHECK_REPR(PyObject_GetAttrString(point, "a"), "1");
    CHECK_REPR(PyObject_GetAttrString(point, "hidden"), "3");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_fields"), "3");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_sequence_fields"), "2");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_unnamed_fields"), "0");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "__match_args__"), "('a', 'b')");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "__doc__"), "'A point.'");
    CHECK_INT(PyObject_SetAttrString(point, "a", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((ii))", 4, 5), "m.Point(a=4, b=5)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((i))", 4), "!!TypeError: m.Point() takes an at least 2-sequence (1-sequence given)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((iiii))", 4, 5, 6, 7), "!!TypeError: m.Point() takes an at most 3-sequence (4-sequence given)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "i", 4), "!!TypeError: constructor requires a sequence");
    CHECK_REPR(PyObject_CallMethod(point, "__reduce__", NULL), "(<class 'm.Point'>, ((1, 2), {'hidden': 3}))");
    CHECK_REPR(PyObject_RichCompare(point, value("(ii)", 1, 2), Py_EQ), "True");
    Py_DECREF(point); Py_DECREF(type);
    static PyTypeObject static_type;
    CHECK_INT(PyStructSequence_InitType2(&static_type, &desc), "0");
    CHECK_BORROWED(&static_type, "<class 'm.Point'>");
}

TEST(from_array) {
    PyObject *items[] = {value("i", 5000), value("s", "two"), Py_None};
    Py_ssize_t references = Py_REFCNT(items[0]);
    PyObject *made = _PyTuple_FromArray(items, 3);
    CHECK(Py_REFCNT(items[0]) == references + 1 && !PyErr_Occurred());
    CHECK_REPR(made, "(5000, 'two', None)");
    CHECK(Py_REFCNT(items[0]) == references);
    CHECK_REPR(_PyTuple_FromArray(items, 1), "(5000,)");
    made = _PyTuple_FromArray(NULL, 0);
    CHECK(made == keep(PyTuple_New(0)));
    CHECK_REPR(made, "()");
    for (int i = 0; i < 3; i++) Py_INCREF(items[i]);
    made = _PyTuple_FromArraySteal(items, 3);
    CHECK(Py_REFCNT(items[0]) == references + 1);
    CHECK_REPR(made, "(5000, 'two', None)");
    CHECK(Py_REFCNT(items[0]) == references);
    made = _PyTuple_FromArraySteal(NULL, 0);
    CHECK(made == keep(PyTuple_New(0)));
    CHECK_REPR(made, "()");
    /* More than the free lists hold. */
    PyObject *many[40];
    for (int i = 0; i < 40; i++) many[i] = PyLong_FromLong(i * 1000);
    made = _PyTuple_FromArraySteal(many, 40);
    CHECK_INT(PyTuple_GET_SIZE(made), "40");
    CHECK_BORROWED(PyTuple_GET_ITEM(made, 39), "39000");
    Py_DECREF(made);
}
CHECK_MAIN()
