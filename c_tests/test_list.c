/* list: construction, item access, growth, slices, and what its methods say. */
#include "check.h"

TEST(make) {
    CHECK_REPR(PyList_New(0), "[]");
    CHECK_REPR(PyList_New(-1), "!!SystemError: bad argument to internal function");
    PyObject *list = PyList_New(3);
    CHECK(PyList_GET_SIZE(list) == 3 && PyList_GET_ITEM(list, 0) == NULL);
    PyList_SET_ITEM(list, 0, PyLong_FromLong(1));
    CHECK_INT(PyList_SetItem(list, 1, PyLong_FromLong(2)), "0");
    CHECK_INT(PyList_SetItem(list, 2, PyLong_FromLong(3)), "0");
    CHECK_INT(PyList_SetItem(list, 3, PyLong_FromLong(4)), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PyList_SetItem(list, -1, PyLong_FromLong(4)), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PyList_SetItem(Py_None, 0, PyLong_FromLong(4)), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(list, "[1, 2, 3]");
    CHECK(PyList_Check(value("[]")) && PyList_CheckExact(value("[]")) && !PyList_Check(value("()")));
    /* a list with holes can be dropped, and printed */
    Py_DECREF(PyList_New(5));
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyList_Type, "s", "abc"), "['a', 'b', 'c']");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyList_Type, "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyList_Type, "ii", 1, 2), "!!TypeError: list expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_Call((PyObject *)&PyList_Type, value("()"), value("{si}", "a", 1)), "!!TypeError: list() takes no keyword arguments");
}

TEST(access) {
    PyObject *list = value("[iii]", 1, 2, 3);
    CHECK_INT(PyList_Size(list), "3");
    CHECK_INT(PyList_Size(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_BORROWED(PyList_GetItem(list, 2), "3");
    CHECK_BORROWED(PyList_GetItem(list, 3), "!!IndexError: list index out of range");
    CHECK_BORROWED(PyList_GetItem(list, -1), "!!IndexError: list index out of range");
    CHECK_BORROWED(PyList_GetItem(Py_None, 0), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyList_GetItemRef(list, 1), "2");
    CHECK_REPR(PyList_GetItemRef(list, -1), "!!IndexError: list index out of range");
    CHECK_REPR(PyList_GetItemRef(Py_None, 0), "!!TypeError: expected a list");
    CHECK_REPR(PyList_GetSlice(list, 1, 99), "[2, 3]");
    CHECK_REPR(PyList_GetSlice(list, -5, 2), "[1, 2]");
    CHECK_REPR(PyList_GetSlice(list, 2, 1), "[]");
    CHECK_REPR(PyList_GetSlice(Py_None, 0, 1), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyList_AsTuple(list), "(1, 2, 3)");
    CHECK_REPR(PyList_AsTuple(NULL), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyList_AsTuple(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyObject_GetItem(list, keep(PySlice_New(NULL, NULL, value("i", 2)))), "[1, 3]");
    CHECK_REPR(PyObject_GetItem(list, keep(PySlice_New(NULL, NULL, value("i", 0)))), "!!ValueError: slice step cannot be zero");
    CHECK_REPR(PyObject_GetItem(list, keep(PySlice_New(value("s", "a"), NULL, NULL))), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(PyObject_RichCompare(list, value("[iii]", 1, 2, 4), Py_LT), "True");
    CHECK_REPR(PyObject_RichCompare(list, value("[ii]", 1, 2), Py_GT), "True");
    CHECK_REPR(PyObject_RichCompare(list, value("(iii)", 1, 2, 3), Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(list, value("(iii)", 1, 2, 3), Py_LE), "!!TypeError: '<=' not supported between instances of 'list' and 'tuple'");
}

TEST(change) {
    PyObject *list = value("[]");
    CHECK_INT(PyList_Append(list, value("i", 1)), "0");
    CHECK_INT(PyList_Append(list, NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Append(Py_None, list), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Insert(list, 0, value("i", 0)), "0");
    CHECK_INT(PyList_Insert(list, 99, value("i", 9)), "0");
    CHECK_INT(PyList_Insert(list, -1, value("i", 8)), "0");
    CHECK_INT(PyList_Insert(Py_None, 0, Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Insert(list, 0, NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_BORROWED(list, "[0, 1, 8, 9]");
    CHECK_INT(PyList_SetSlice(list, 1, 2, value("[sss]", "a", "b", "c")), "0");
    CHECK_BORROWED(list, "[0, 'a', 'b', 'c', 8, 9]");
    CHECK_INT(PyList_SetSlice(list, 0, 2, NULL), "0");
    CHECK_BORROWED(list, "['b', 'c', 8, 9]");
    CHECK_INT(PyList_SetSlice(list, 0, 0, list), "0");
    CHECK_BORROWED(list, "['b', 'c', 8, 9, 'b', 'c', 8, 9]");
    CHECK_INT(PyList_SetSlice(list, 0, 1, Py_None), "-1 !!TypeError: can only assign an iterable");
    CHECK_INT(PyList_SetSlice(Py_None, 0, 1, NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Extend(list, value("(ss)", "x", "y")), "0");
    CHECK_INT(PyList_Extend(list, Py_None), "-1 !!TypeError: 'NoneType' object is not iterable");
    CHECK_INT(PyList_Extend(Py_None, list), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Extend(list, list), "0");
    CHECK_INT(PyList_GET_SIZE(list), "20");
    CHECK_INT(PyList_Clear(list), "0");
    CHECK_INT(PyList_Clear(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_BORROWED(list, "[]");
    for (int i = 0; i < 1000; i++) PyList_Append(list, value("i", i % 7));
    CHECK_INT(PyList_GET_SIZE(list), "1000");
    CHECK_INT(PySequence_Count(list, value("i", 3)), "143");
    CHECK_INT(PyObject_SetItem(list, keep(PySlice_New(value("i", 2), NULL, NULL)), value("(i)", 5)), "0");
    CHECK_BORROWED(list, "[0, 1, 5]");
    CHECK_INT(PyObject_SetItem(list, keep(PySlice_New(NULL, NULL, value("i", 2))), value("(i)", 5)), "-1 !!ValueError: attempt to assign sequence of size 1 to extended slice of size 2");
    CHECK_INT(PyObject_SetItem(list, keep(PySlice_New(NULL, NULL, value("i", 2))), value("(ii)", 7, 8)), "0");
    CHECK_INT(PyObject_SetItem(list, keep(PySlice_New(NULL, NULL, NULL)), value("i", 7)), "-1 !!TypeError: must assign iterable to extended slice");
    CHECK_INT(PyObject_DelItem(list, keep(PySlice_New(NULL, NULL, value("i", -2)))), "0");
    CHECK_BORROWED(list, "[1]");
}

TEST(order) {
    PyObject *list = value("[iiii]", 3, 1, 2, 1);
    CHECK_INT(PyList_Sort(list), "0");
    CHECK_BORROWED(list, "[1, 1, 2, 3]");
    CHECK_INT(PyList_Reverse(list), "0");
    CHECK_BORROWED(list, "[3, 2, 1, 1]");
    CHECK_INT(PyList_Sort(NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Sort(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_Reverse(Py_None), "-1 !!SystemError: bad argument to internal function");
    PyObject *mixed = value("[is]", 1, "a");
    CHECK_INT(PyList_Sort(mixed), "-1 !!TypeError: '<' not supported between instances of 'str' and 'int'");
    CHECK_BORROWED(mixed, "[1, 'a']");
    CHECK_REPR(PyObject_Call(attr(list, "sort"), value("()"), value("{sO}", "reverse", Py_True)), "None");
    CHECK_REPR(PyObject_Call(attr(value("[ss]", "b", "A"), "sort"), value("()"), value("{sO}", "key", attr((PyObject *)&PyUnicode_Type, "lower"))), "None");
    CHECK_REPR(PyObject_Call(attr(list, "sort"), value("()"), value("{si}", "key", 3)), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(PyObject_CallMethod(list, "sort", "i", 1), "!!TypeError: sort() takes no positional arguments");
    PyObject *words = value("[ssss]", "pear", "fig", "apple", "kiwi");
    CHECK_REPR(PyObject_Call(attr(words, "sort"), value("()"), value("{sO}", "key", builtin("len"))), "None");
    CHECK_BORROWED(words, "['fig', 'pear', 'kiwi', 'apple']");
    PyObject *big = value("[]");
    for (int i = 0; i < 500; i++) PyList_Append(big, value("i", (i * 7919) % 1009));
    CHECK_INT(PyList_Sort(big), "0");
    int sorted = 1;
    for (int i = 1; i < 500; i++) sorted &= PyLong_AsLong(PyList_GET_ITEM(big, i - 1)) <= PyLong_AsLong(PyList_GET_ITEM(big, i));
    CHECK(sorted);
    CHECK_REPR(PySequence_GetSlice(big, 0, 5), "[0, 1, 2, 5, 6]");
}

TEST(methods) {
    PyObject *list = value("[iii]", 1, 2, 3);
    CHECK_REPR(PyObject_CallMethod(list, "append", "i", 4), "None");
    CHECK_REPR(PyObject_CallMethod(list, "append", NULL), "!!TypeError: list.append() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(list, "extend", "s", "ab"), "None");
    CHECK_REPR(PyObject_CallMethod(list, "insert", "is", 0, "z"), "None");
    CHECK_REPR(PyObject_CallMethod(list, "insert", "ss", "a", "z"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(list, "pop", NULL), "'b'");
    CHECK_REPR(PyObject_CallMethod(list, "pop", "i", 0), "'z'");
    CHECK_REPR(PyObject_CallMethod(list, "pop", "i", 99), "!!IndexError: pop index out of range");
    CHECK_REPR(PyObject_CallMethod(list, "remove", "i", 2), "None");
    CHECK_REPR(PyObject_CallMethod(list, "remove", "i", 2), "!!ValueError: list.remove(x): x not in list");
    CHECK_REPR(PyObject_CallMethod(list, "index", "i", 3), "1");
    CHECK_REPR(PyObject_CallMethod(list, "index", "iii", 3, 2, 9), "!!ValueError: list.index(x): x not in list");
    CHECK_REPR(PyObject_CallMethod(list, "index", "s", "q"), "!!ValueError: list.index(x): x not in list");
    CHECK_REPR(PyObject_CallMethod(list, "count", "i", 3), "1");
    CHECK_REPR(PyObject_CallMethod(list, "copy", NULL), "[1, 3, 4, 'a']");
    CHECK_REPR(PyObject_CallMethod(list, "reverse", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(list, "clear", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(list, "pop", NULL), "!!IndexError: pop from empty list");
    CHECK_BORROWED(list, "[]");
    CHECK_REPR(PyNumber_Add(value("[i]", 1), value("[i]", 2)), "[1, 2]");
    CHECK_REPR(PyNumber_Add(value("[i]", 1), value("(i)", 2)), "!!TypeError: can only concatenate list (not \"tuple\") to list");
    CHECK_REPR(PyNumber_Multiply(value("[i]", 1), value("i", 3)), "[1, 1, 1]");
    CHECK_REPR(PyNumber_Multiply(value("[i]", 1), value("d", 3.0)), "!!TypeError: can't multiply sequence by non-int of type 'float'");
    CHECK_REPR(PySequence_InPlaceConcat(list, value("(ii)", 1, 2)), "[1, 2]");
    CHECK_REPR(PySequence_InPlaceRepeat(list, 2), "[1, 2, 1, 2]");
    CHECK_INT(PySequence_Contains(list, value("i", 2)), "1");
    CHECK_REPR(PyObject_CallMethod(list, "__len__", NULL), "4");
    CHECK_REPR(PyObject_CallMethod(list, "__getitem__", "s", "x"), "!!TypeError: list indices must be integers or slices, not str");
    CHECK_REPR(keep(PyObject_CallMethod(list, "__reversed__", NULL)) ? PyUnicode_FromString("reversed") : NULL, "'reversed'");
}

TEST(iterator) {
    PyObject *list = value("[ii]", 1, 2), *iterator = keep(PyObject_GetIter(list));
    CHECK_REPR(PyIter_Next(iterator), "1");
    CHECK_INT(PyObject_LengthHint(iterator, -1), "1");
    CHECK_INT(PyList_Append(list, value("i", 3)), "0");
    CHECK_REPR(PyIter_Next(iterator), "2");
    CHECK_REPR(PyIter_Next(iterator), "3");
    CHECK_REPR(PyIter_Next(iterator), "NULL");
    CHECK_INT(PyList_Append(list, value("i", 4)), "0");
    CHECK_REPR(PyIter_Next(iterator), "NULL");
    CHECK_STR_EQ(Py_TYPE(iterator)->tp_name, "list_iterator");
    PyObject *reversed = keep(PyObject_CallOneArg((PyObject *)&PyReversed_Type, list));
    CHECK_STR_EQ(Py_TYPE(reversed)->tp_name, "list_reverseiterator");
    CHECK_REPR(PySequence_List(reversed), "[4, 3, 2, 1]");
}
TEST(unfilled) {
    /* C code shows a list or tuple before it has filled it in. */
    PyObject *list = keep(PyList_New(2)), *tuple = keep(PyTuple_New(2)), *t1 = value("(i)", 1);
    CHECK_BORROWED(list, "[<NULL>, <NULL>]");
    CHECK_BORROWED(tuple, "(<NULL>, <NULL>)");
    CHECK_BORROWED(PyList_GetItem(list, 0), "NULL");
    CHECK_BORROWED(PyTuple_GetItem(tuple, 1), "NULL");
    CHECK_REPR(PyObject_RichCompare(tuple, t1, Py_LT), "!!SystemError: bad argument to internal function");
    CHECK_INT(PySequence_Contains(tuple, Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyList_SetItem(list, 1, PyLong_FromLong(3)), "0");
    CHECK_BORROWED(list, "[<NULL>, 3]");
    CHECK_INT(PyList_SetSlice(list, 0, 1, NULL), "0");
    CHECK_BORROWED(list, "[3]");
}

/* What CPython's own modules use; declared here, since it is exported and in no public header. */
extern int _PyList_AppendTakeRefListResize(PyListObject *, PyObject *);
extern PyObject *_PyList_AsTupleAndClear(PyListObject *), *_PyList_Extend(PyListObject *, PyObject *), *_PyList_SliceSubscript(PyObject *, PyObject *);
static PyObject *next_fails(PyObject *self) { (void)self; PyErr_SetString(PyExc_ValueError, "no next"); return NULL; }
static PyObject *failing_iterator(void) {
    static PyType_Slot slots[] = {{Py_tp_iter, PyObject_SelfIter}, {Py_tp_iternext, next_fails}, {0, NULL}};
    static PyType_Spec spec = {"m.Failing", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}
TEST(append_taken) {
    PyObject *list = keep(PyList_New(0)), *item = value("d", 1.5);
    for (int i = 0; i < 100; i++) if (_PyList_AppendTakeRefListResize((PyListObject *)list, Py_NewRef(item)) != 0) CHECK(0);
    CHECK_INT(PyList_GET_SIZE(list), "100");
    CHECK_INT(Py_REFCNT(item), "101");
    CHECK_INT(PyList_SetSlice(list, 0, 100, NULL), "0");
    CHECK_INT(Py_REFCNT(item), "1");
    CHECK_INT(_PyList_AppendTakeRefListResize((PyListObject *)list, Py_NewRef(item)), "0");
    CHECK_BORROWED(list, "[1.5]");
}
TEST(tuple_of_all) {
    PyObject *item = value("d", 1.5), *list = value("[Oi]", item, 2);
    CHECK_REPR(_PyList_AsTupleAndClear((PyListObject *)list), "(1.5, 2)");
    CHECK_INT(Py_REFCNT(item), "1");
    CHECK_BORROWED(list, "[]");
    CHECK_INT(PyList_GET_SIZE(list), "0");
    CHECK_REPR(_PyList_AsTupleAndClear((PyListObject *)list), "()");
    CHECK_REPR(_PyList_AsTupleAndClear((PyListObject *)value("[]")), "()");
}
TEST(extended) {
    PyObject *list = value("[i]", 1);
    CHECK_REPR(_PyList_Extend((PyListObject *)list, value("(ii)", 2, 3)), "None");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, list), "None");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, value("{si}", "a", 1)), "None");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, value("s", "xy")), "None");
    CHECK_BORROWED(list, "[1, 2, 3, 1, 2, 3, 'a', 'x', 'y']");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, value("i", 5)), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, Py_None), "!!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(_PyList_Extend((PyListObject *)list, failing_iterator()), "!!ValueError: no next");
    CHECK_INT(PyList_GET_SIZE(list), "9");
}
static PyObject *sliced(PyObject *list, PyObject *start, PyObject *stop, PyObject *step) { return _PyList_SliceSubscript(list, keep(PySlice_New(start, stop, step))); }
TEST(slice_subscript) {
    PyObject *list = value("[iiiii]", 0, 1, 2, 3, 4), *one = value("i", 1), *three = value("i", 3), *two = value("i", 2), *minus = value("i", -1);
    CHECK_REPR(sliced(list, one, three, NULL), "[1, 2]");
    CHECK_REPR(sliced(list, NULL, NULL, minus), "[4, 3, 2, 1, 0]");
    CHECK_REPR(sliced(list, NULL, NULL, two), "[0, 2, 4]");
    CHECK_REPR(sliced(list, three, one, NULL), "[]");
    CHECK_REPR(sliced(list, value("i", -2), value("i", 100), NULL), "[3, 4]");
    CHECK_REPR(sliced(list, NULL, NULL, NULL), "[0, 1, 2, 3, 4]");
    CHECK_REPR(sliced(value("[]"), NULL, NULL, minus), "[]");
    CHECK_REPR(sliced(list, NULL, NULL, value("i", 0)), "!!ValueError: slice step cannot be zero");
    CHECK_REPR(sliced(list, value("s", "a"), NULL, NULL), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(sliced(list, NULL, NULL, value("d", 1.0)), "!!TypeError: slice indices must be integers or None or have an __index__ method");
}
CHECK_MAIN()
