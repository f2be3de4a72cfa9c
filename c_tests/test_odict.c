/* collections.OrderedDict through its C API and its methods. */
#include "check.h"

#define M(object, ...) PyObject_CallMethod(object, __VA_ARGS__)
static PyObject *od(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *from = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    return keep(PyObject_CallOneArg((PyObject *)&PyODict_Type, from));
}

TEST(make) {
    CHECK_REPR(PyODict_New(), "OrderedDict()");
    PyObject *o = keep(PyODict_New());
    CHECK(PyODict_Check(o) && PyODict_CheckExact(o) && PyDict_Check(o) && !PyDict_CheckExact(o));
    CHECK_INT(PyODict_SetItem(o, value("s", "b"), value("i", 1)), "0");
    CHECK_INT(PyODict_SetItem(o, value("s", "a"), value("i", 2)), "0");
    CHECK_INT(PyODict_SetItem(o, value("s", "b"), value("i", 3)), "0");
    CHECK_BORROWED(o, "OrderedDict({'b': 3, 'a': 2})");
    CHECK_INT(PyODict_SetItem(o, value("[]"), Py_None), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_INT(PyODict_DelItem(o, value("s", "x")), "-1 !!KeyError: 'x'");
    CHECK_INT(PyODict_DelItem(o, value("s", "b")), "0");
    CHECK_BORROWED(o, "OrderedDict({'a': 2})");
    CHECK_INT(PyODict_Size(o), "1");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "ii", 1, 2), "!!TypeError: expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "[()]"), "!!ValueError: need more than 0 values to unpack");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "[(i)]", 1), "!!ValueError: need more than 1 value to unpack");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "[(iii)]", 1, 2, 3), "!!ValueError: too many values to unpack (expected 2)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyODict_Type, "[([]i)]", 1), "!!TypeError: unhashable type: 'list'");
    CHECK_REPR(PyObject_Call((PyObject *)&PyODict_Type, value("([(ss)])", "x", "y"), value("{si}", "z", 1)), "OrderedDict({'x': 'y', 'z': 1})");
    CHECK_REPR(M((PyObject *)&PyODict_Type, "fromkeys", "si", "abc", 1), "OrderedDict({'a': 1, 'b': 1, 'c': 1})");
    CHECK_REPR(M((PyObject *)&PyODict_Type, "fromkeys", "i", 1), "!!TypeError: 'int' object is not iterable");
}

TEST(order) {
    PyObject *o = od("[(si)(si)(si)(si)]", "a", 1, "b", 2, "c", 3, "d", 4);
    CHECK_REPR(M(o, "move_to_end", "s", "a"), "None");
    CHECK_BORROWED(o, "OrderedDict({'b': 2, 'c': 3, 'd': 4, 'a': 1})");
    CHECK_REPR(M(o, "move_to_end", "si", "d", 0), "None");
    CHECK_BORROWED(o, "OrderedDict({'d': 4, 'b': 2, 'c': 3, 'a': 1})");
    CHECK_REPR(M(o, "move_to_end", "s", "x"), "!!KeyError: 'x'");
    CHECK_REPR(M(o, "move_to_end", "()"), "!!TypeError: move_to_end() missing required argument 'key' (pos 1)");
    CHECK_REPR(PyObject_GetItem(o, value("s", "a")), "1");
    CHECK_REPR(PySequence_List(keep(M(o, "__reversed__", NULL))), "['a', 'c', 'b', 'd']");
    CHECK_REPR(M(o, "popitem", NULL), "('a', 1)");
    CHECK_REPR(M(o, "popitem", "i", 0), "('d', 4)");
    CHECK_BORROWED(o, "OrderedDict({'b': 2, 'c': 3})");
    CHECK_REPR(M(o, "popitem", "ii", 0, 1), "!!TypeError: popitem() takes at most 1 argument (2 given)");
    for (int i = 0; i < 100; i++) CHECK_INT(PyObject_IsTrue(keep(M(o, "__contains__", "s", i % 2 ? "b" : "c"))) == 1 && M(o, "move_to_end", "s", i % 2 ? "b" : "c") == Py_None, "1");
    CHECK_BORROWED(o, "OrderedDict({'c': 3, 'b': 2})");
    CHECK_REPR(M(o, "clear", NULL), "None");
    CHECK_REPR(M(o, "popitem", NULL), "!!KeyError: 'dictionary is empty'");
}

TEST(methods) {
    PyObject *o = od("[(si)(si)]", "a", 1, "b", 2);
    CHECK_REPR(M(o, "keys", NULL), "odict_keys(['a', 'b'])");
    CHECK_REPR(M(o, "values", NULL), "odict_values([1, 2])");
    CHECK_REPR(M(o, "items", NULL), "odict_items([('a', 1), ('b', 2)])");
    CHECK_REPR(PySequence_List(keep(M(keep(M(o, "items", NULL)), "__reversed__", NULL))), "[('b', 2), ('a', 1)]");
    CHECK_REPR(PyNumber_And(keep(M(o, "keys", NULL)), value("[s]", "a")), "{'a'}");
    CHECK_REPR(M(o, "pop", "s", "a"), "1");
    CHECK_REPR(M(o, "pop", "s", "a"), "!!KeyError: 'a'");
    CHECK_REPR(M(o, "pop", "((i))", 1), "!!KeyError: 1");
    CHECK_REPR(M(o, "pop", "si", "a", 7), "7");
    CHECK_REPR(M(o, "setdefault", "si", "z", 7), "7");
    CHECK_REPR(M(o, "setdefault", "s", "b"), "2");
    CHECK_REPR(M(o, "update", "{si}", "q", 9), "None");
    CHECK_REPR(M(o, "update", "ii", 1, 2), "!!TypeError: update() takes at most 1 positional argument (2 given)");
    CHECK_BORROWED(o, "OrderedDict({'b': 2, 'z': 7, 'q': 9})");
    CHECK_REPR(M(o, "copy", NULL), "OrderedDict({'b': 2, 'z': 7, 'q': 9})");
    CHECK_REPR(PyNumber_Or(o, value("{si}", "n", 0)), "OrderedDict({'b': 2, 'z': 7, 'q': 9, 'n': 0})");
    CHECK_REPR(PyNumber_Or(value("{si}", "n", 0), o), "OrderedDict({'n': 0, 'b': 2, 'z': 7, 'q': 9})");
    CHECK_REPR(PyNumber_Or(o, value("i", 0)), "!!TypeError: unsupported operand type(s) for |: 'collections.OrderedDict' and 'int'");
    CHECK_REPR(PyNumber_InPlaceOr(o, value("[(si)]", "b", 5)), "OrderedDict({'b': 5, 'z': 7, 'q': 9})");
    CHECK_REPR(PySequence_GetItem(keep(M(o, "__reduce__", NULL)), 2), "None");
    CHECK_INT(PyObject_SetAttrString(o, "x", Py_None), "0");
    CHECK_REPR(PySequence_GetItem(keep(M(o, "__reduce__", NULL)), 2), "{'x': None}");
    CHECK_REPR(PyObject_GetAttrString(o, "__dict__"), "{'x': None}");
    PyObject_SetItem(o, value("s", "b"), o);
    CHECK_BORROWED(o, "OrderedDict({'b': ..., 'z': 7, 'q': 9})");
    PyObject_DelItem(o, value("s", "b"));
}

TEST(compare) {
    PyObject *o = od("[(si)(si)]", "a", 1, "b", 2), *p = od("[(si)(si)]", "b", 2, "a", 1);
    CHECK_REPR(PyObject_RichCompare(o, p, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(o, p, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(o, value("{sisi}", "b", 2, "a", 1), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(value("{sisi}", "b", 2, "a", 1), o, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(o, p, Py_LT), "!!TypeError: '<' not supported between instances of 'collections.OrderedDict' and 'collections.OrderedDict'");
    CHECK_REPR(PyObject_RichCompare(o, Py_None, Py_EQ), "False");
}

TEST(iterate) {
    PyObject *o = od("[(si)(si)(si)]", "a", 1, "b", 2, "c", 3), *it = keep(PyObject_GetIter(o));
    CHECK_REPR(PyIter_Next(it), "'a'");
    CHECK_REPR(M(it, "__reduce__", NULL), "(<built-in function iter>, (['b', 'c'],))");
    CHECK_REPR(M(o, "move_to_end", "s", "b"), "None");
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: OrderedDict mutated during iteration");
    CHECK_REPR(PyIter_Next(it), "NULL");
    it = keep(PyObject_GetIter(keep(M(o, "items", NULL))));
    CHECK_REPR(PyIter_Next(it), "('a', 1)");
    PyODict_SetItem(o, value("s", "z"), Py_None);
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: OrderedDict mutated during iteration");
    it = keep(PyObject_GetIter(keep(M(o, "values", NULL))));
    CHECK_REPR(PySequence_List(it), "[1, 3, 2, None]");
    CHECK_REPR(PyIter_Next(it), "NULL");
}
CHECK_MAIN()
