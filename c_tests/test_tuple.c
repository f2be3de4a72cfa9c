/* tuple and struct sequences. */
#include "check.h"

TEST(make) {
    CHECK_REPR(PyTuple_New(0), LEARN);
    CHECK_REPR(PyTuple_New(-1), LEARN);
    CHECK(keep(PyTuple_New(0)) == keep(PyTuple_New(0)));
    PyObject *tuple = PyTuple_New(2);
    CHECK_INT(PyTuple_SetItem(tuple, 0, PyLong_FromLong(1)), LEARN);
    PyTuple_SET_ITEM(tuple, 1, PyUnicode_FromString("b"));
    CHECK_INT(PyTuple_SetItem(tuple, 2, PyLong_FromLong(1)), LEARN);
    CHECK_INT(PyTuple_SetItem(tuple, -1, PyLong_FromLong(1)), LEARN);
    PyObject *held = Py_NewRef(tuple);
    CHECK_INT(PyTuple_SetItem(tuple, 0, PyLong_FromLong(1)), LEARN);
    Py_DECREF(held);
    CHECK_INT(PyTuple_SetItem(Py_None, 0, PyLong_FromLong(1)), LEARN);
    CHECK_REPR(tuple, LEARN);
    CHECK_REPR(PyTuple_Pack(0), LEARN);
    CHECK_REPR(PyTuple_Pack(2, Py_None, Py_True), LEARN);
    CHECK_REPR(PyTuple_Pack(1, Py_None), LEARN);
    PyObject *array[] = {Py_None, Py_False};
    CHECK_REPR(PyTuple_FromArray(array, 2), LEARN);
    CHECK_REPR(PyTuple_FromArray(array, 0), LEARN);
    Py_DECREF(PyTuple_New(3));
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "s", "ab"), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "i", 1), LEARN);
    CHECK_REPR(PyObject_Call((PyObject *)&PyTuple_Type, value("()"), value("{si}", "a", 1)), LEARN);
}

TEST(access) {
    PyObject *tuple = value("(isd)", 1, "b", 2.5);
    CHECK_INT(PyTuple_Size(tuple), LEARN);
    CHECK_INT(PyTuple_Size(Py_None), LEARN);
    CHECK(PyTuple_GET_SIZE(tuple) == 3 && PyTuple_Check(tuple) && PyTuple_CheckExact(tuple) && !PyTuple_Check(Py_None));
    CHECK_BORROWED(PyTuple_GetItem(tuple, 1), LEARN);
    CHECK_BORROWED(PyTuple_GetItem(tuple, 3), LEARN);
    CHECK_BORROWED(PyTuple_GetItem(tuple, -1), LEARN);
    CHECK_BORROWED(PyTuple_GetItem(Py_None, 0), LEARN);
    CHECK_REPR(PyTuple_GetSlice(tuple, 1, 99), LEARN);
    CHECK_REPR(PyTuple_GetSlice(tuple, -9, 1), LEARN);
    CHECK_REPR(PyTuple_GetSlice(tuple, 2, 1), LEARN);
    CHECK_REPR(PyTuple_GetSlice(Py_None, 0, 1), LEARN);
    CHECK(keep(PyTuple_GetSlice(tuple, 0, 3)) == tuple);
    CHECK_REPR(PyObject_GetItem(tuple, keep(PySlice_New(NULL, NULL, value("i", -1)))), LEARN);
    CHECK_REPR(PySequence_GetItem(tuple, -1), LEARN);
    CHECK_REPR(PySequence_GetItem(tuple, -4), LEARN);
    CHECK_REPR(PyNumber_Add(tuple, value("()")), LEARN);
    CHECK_REPR(PyNumber_Add(tuple, value("[]")), LEARN);
    CHECK_REPR(PyNumber_Multiply(value("(i)", 1), value("i", 3)), LEARN);
    CHECK_REPR(PySequence_Repeat(tuple, 0), LEARN);
    CHECK_REPR(PyObject_CallMethod(tuple, "index", "s", "b"), LEARN);
    CHECK_REPR(PyObject_CallMethod(tuple, "index", "s", "x"), LEARN);
    CHECK_REPR(PyObject_CallMethod(tuple, "count", "i", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(tuple, "append", "i", 1), LEARN);
    CHECK_REPR(PyObject_RichCompare(tuple, value("(is)", 1, "b"), Py_GT), LEARN);
    CHECK_REPR(PyObject_RichCompare(tuple, value("[isd]", 1, "b", 2.5), Py_EQ), LEARN);
    CHECK_INT(PySequence_SetItem(tuple, 0, Py_None), LEARN);
    CHECK_INT(PySequence_DelItem(tuple, 0), LEARN);
    CHECK_REPR(PySequence_List(keep(PyObject_GetIter(tuple))), LEARN);
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyTuple_Type, value("(OO)", &PyLong_Type, &PyUnicode_Type)), LEARN);
}

TEST(resize) {
    PyObject *tuple = PyTuple_New(2);
    PyTuple_SET_ITEM(tuple, 0, PyLong_FromLong(1000));
    PyTuple_SET_ITEM(tuple, 1, PyLong_FromLong(2000));
    CHECK_INT(_PyTuple_Resize(&tuple, 3), LEARN);
    PyTuple_SET_ITEM(tuple, 2, PyLong_FromLong(3000));
    CHECK_BORROWED(tuple, LEARN);
    CHECK_INT(_PyTuple_Resize(&tuple, 1), LEARN);
    CHECK_BORROWED(tuple, LEARN);
    PyObject *held = Py_NewRef(tuple);
    CHECK_INT(_PyTuple_Resize(&tuple, 5), LEARN);
    CHECK(tuple == NULL);
    Py_DECREF(held);
    tuple = PyList_New(0);
    CHECK_INT(_PyTuple_Resize(&tuple, 5), LEARN);
    CHECK(tuple == NULL);
    tuple = PyTuple_New(0);
    CHECK_INT(_PyTuple_Resize(&tuple, 0), LEARN);
    CHECK_BORROWED(tuple, LEARN);
    Py_DECREF(tuple);
}

TEST(struct_sequence) {
    PyStructSequence_Field fields[] = {{"a", "the first"}, {"b", NULL}, {"hidden", "seen by name only"}, {NULL, NULL}};
    PyStructSequence_Desc desc = {"m.Point", "A point.", fields, 2};
    PyTypeObject *type = PyStructSequence_NewType(&desc);
    CHECK_BORROWED(type, LEARN);
    PyObject *point = PyStructSequence_New(type);
    PyStructSequence_SetItem(point, 0, PyLong_FromLong(1));
    PyStructSequence_SET_ITEM(point, 1, PyLong_FromLong(2));
    PyStructSequence_SetItem(point, 2, PyLong_FromLong(3));
    CHECK_BORROWED(point, LEARN);
    CHECK_BORROWED(PyStructSequence_GetItem(point, 1), LEARN);
    CHECK_INT(PyTuple_Size(point), LEARN);
    CHECK_REPR(PyObject_GetAttrString(point, "a"), LEARN);
    CHECK_REPR(PyObject_GetAttrString(point, "hidden"), LEARN);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_fields"), LEARN);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_sequence_fields"), LEARN);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "n_unnamed_fields"), LEARN);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "__match_args__"), LEARN);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)type, "__doc__"), LEARN);
    CHECK_INT(PyObject_SetAttrString(point, "a", Py_None), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((ii))", 4, 5), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((i))", 4), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "((iiii))", 4, 5, 6, 7), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)type, "i", 4), LEARN);
    CHECK_REPR(PyObject_CallMethod(point, "__reduce__", NULL), LEARN);
    CHECK_REPR(PyObject_RichCompare(point, value("(ii)", 1, 2), Py_EQ), LEARN);
    Py_DECREF(point); Py_DECREF(type);
    static PyTypeObject static_type;
    CHECK_INT(PyStructSequence_InitType2(&static_type, &desc), LEARN);
    CHECK_BORROWED(&static_type, LEARN);
}
CHECK_MAIN()
