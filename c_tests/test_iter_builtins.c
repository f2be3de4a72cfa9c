/* range, enumerate, reversed, filter, map, zip, the iterators over sequences and callables, SimpleNamespace. */
#include "check.h"

#define CALL(type, ...) PyObject_CallFunction((PyObject *)&(type), __VA_ARGS__)
#define KW(type, args, kwargs) PyObject_Call((PyObject *)&(type), args, kwargs)
#define LIST(object) PySequence_List(keep(object))
#define METHOD(object, ...) PyObject_CallMethod(keep(object), __VA_ARGS__)

static PyObject *big(const char *digits) { return keep(PyLong_FromString(digits, NULL, 10)); }

TEST(range) {
    CHECK_REPR(CALL(PyRange_Type, "()"), "!!TypeError: range expected at least 1 argument, got 0");
    CHECK_REPR(CALL(PyRange_Type, "iiii", 1, 2, 3, 4), "!!TypeError: range expected at most 3 arguments, got 4");
    CHECK_REPR(CALL(PyRange_Type, "d", 1.5), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(CALL(PyRange_Type, "iii", 1, 2, 0), "!!ValueError: range() arg 3 must not be zero");
    CHECK_REPR(KW(PyRange_Type, value("(i)", 1), value("{si}", "a", 1)), "!!TypeError: range() takes no keyword arguments");
    CHECK_REPR(CALL(PyRange_Type, "i", 5), "range(0, 5)");
    CHECK_REPR(CALL(PyRange_Type, "iii", 1, 9, 3), "range(1, 9, 3)");
    PyObject *r = keep(CALL(PyRange_Type, "iii", 10, 0, -3)), *huge = keep(CALL(PyRange_Type, "O", big("1267650600228229401496703205376")));
    CHECK_REPR(LIST(Py_NewRef(r)), "[10, 7, 4, 1]");
    CHECK_INT(PyObject_Size(r), "4");
    CHECK_INT(PyObject_Size(huge), "-1 !!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(PyObject_GetItem(r, value("i", 1)), "7");
    CHECK_REPR(PyObject_GetItem(r, value("i", -1)), "1");
    CHECK_REPR(PyObject_GetItem(r, value("i", 4)), "!!IndexError: range object index out of range");
    CHECK_REPR(PyObject_GetItem(r, value("s", "a")), "!!TypeError: range indices must be integers or slices, not str");
    CHECK_REPR(PyObject_GetItem(r, keep(PySlice_New(value("i", 1), NULL, value("i", 2)))), "range(7, -2, -6)");
    CHECK_REPR(PyObject_GetItem(r, keep(PySlice_New(NULL, NULL, value("i", 0)))), "!!ValueError: slice step cannot be zero");
    CHECK_REPR(PyObject_GetItem(huge, big("633825300114114700748351602688")), "633825300114114700748351602688");
    CHECK_REPR(PyObject_GetItem(huge, keep(PySlice_New(NULL, value("i", -5), big("316912650057057350374175801344")))), "range(0, 1267650600228229401496703205371, 316912650057057350374175801344)");
    CHECK_INT(PySequence_Contains(r, value("i", 7)), "1");
    CHECK_INT(PySequence_Contains(r, value("i", 8)), "0");
    CHECK_INT(PySequence_Contains(r, value("d", 4.0)), "1");
    CHECK_INT(PySequence_Contains(r, value("s", "x")), "0");
    CHECK_REPR(PyObject_CallMethod(r, "index", "i", 4), "2");
    CHECK_REPR(PyObject_CallMethod(r, "index", "i", 5), "!!ValueError: range.index(x): x not in range");
    CHECK_REPR(PyObject_CallMethod(r, "index", "s", "x"), "!!ValueError: sequence.index(x): x not in sequence");
    CHECK_REPR(PyObject_CallMethod(r, "index", "d", 1.0), "3");
    CHECK_REPR(PyObject_CallMethod(r, "count", "i", 4), "1");
    CHECK_REPR(PyObject_CallMethod(r, "count", "d", 4.5), "0");
    CHECK_INT(PyObject_IsTrue(keep(CALL(PyRange_Type, "i", 0))), "0");
    CHECK_REPR(PyObject_RichCompare(r, keep(CALL(PyRange_Type, "iii", 10, -1, -3)), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(r, keep(CALL(PyRange_Type, "iii", 10, -2, -3)), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(r, huge, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(r, huge, Py_LT), "!!TypeError: '<' not supported between instances of 'range' and 'range'");
    CHECK_INT(PyObject_Hash(keep(CALL(PyRange_Type, "i", 5))), "5795932985296280846");
    CHECK_INT(PyObject_Hash(keep(CALL(PyRange_Type, "i", 0))), "2676694398852732306");
    CHECK_INT(PyObject_Hash(keep(CALL(PyRange_Type, "ii", 3, 4))), "3985224588053030672");
    CHECK_REPR(METHOD(Py_NewRef(r), "__reduce__", NULL), "(<class 'range'>, (10, 0, -3))");
    CHECK_REPR(attr(r, "start") ? Py_NewRef(attr(r, "start")) : NULL, "10");
    CHECK_INT(PyObject_SetAttrString(r, "start", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(LIST(METHOD(Py_NewRef(r), "__reversed__", NULL)), "[1, 4, 7, 10]");
}

TEST(range_iterators) {
    PyObject *it = keep(PyObject_GetIter(keep(CALL(PyRange_Type, "iii", 0, 20, 3))));
    CHECK_REPR(PyIter_Next(it), "0");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "6");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, (range(3, 21, 3),), None)");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "i", 2), "None");
    CHECK_REPR(PyIter_Next(it), "9");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "i", 99), "None");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "s", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    PyObject *start = big("9223372036854775806");
    it = keep(PyObject_GetIter(keep(CALL(PyRange_Type, "OO", start, big("9223372036854775809")))));
    CHECK_REPR(PyObject_Type(it), "<class 'longrange_iterator'>");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "3");
    CHECK_REPR(PyIter_Next(it), "9223372036854775806");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, (range(9223372036854775807, 9223372036854775809),), None)");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "i", 1), "None");
    CHECK_REPR(PyIter_Next(it), "9223372036854775808");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "s", "a"), "!!TypeError: state must be an int, not str");
    CHECK_REPR(LIST(METHOD(CALL(PyRange_Type, "OO", start, big("9223372036854775809")), "__reversed__", NULL)), "[9223372036854775808, 9223372036854775807, 9223372036854775806]");
}

TEST(enumerate) {
    CHECK_REPR(CALL(PyEnum_Type, "()"), "!!TypeError: enumerate() missing required argument 'iterable'");
    CHECK_REPR(CALL(PyEnum_Type, "i", 3), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(CALL(PyEnum_Type, "[]s", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(CALL(PyEnum_Type, "[]ii", 1, 2), "!!TypeError: enumerate() takes at most 2 arguments (3 given)");
    CHECK_REPR(LIST(CALL(PyEnum_Type, "s", "ab")), "[(0, 'a'), (1, 'b')]");
    CHECK_REPR(LIST(KW(PyEnum_Type, value("(s)", "ab"), value("{si}", "start", 7))), "[(7, 'a'), (8, 'b')]");
    CHECK_REPR(LIST(KW(PyEnum_Type, value("()"), value("{siss}", "start", 7, "iterable", "ab"))), "[(7, 'a'), (8, 'b')]");
    CHECK_REPR(LIST(CALL(PyEnum_Type, "sO", "abc", big("9223372036854775806"))), "[(9223372036854775806, 'a'), (9223372036854775807, 'b'), (9223372036854775808, 'c')]");
    CHECK_REPR(LIST(CALL(PyEnum_Type, "sO", "abc", big("-9223372036854775809"))), "[(-9223372036854775809, 'a'), (-9223372036854775808, 'b'), (-9223372036854775807, 'c')]");
    PyObject *e = keep(CALL(PyEnum_Type, "[ss]i", "a", "b", 5));
    CHECK_REPR(PyIter_Next(e), "(5, 'a')");
    CHECK_REPR(PySequence_GetItem(keep(PySequence_GetItem(keep(PyObject_CallMethod(e, "__reduce__", NULL)), 1)), 1), "6");
}
/* Through vectorcall the messages about keywords are others. */
static PyObject *vector(PyTypeObject *type, PyObject *args, PyObject *names) {
    Py_ssize_t named = names ? PyTuple_GET_SIZE(names) : 0;
    return PyObject_Vectorcall((PyObject *)type, &PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args) - named, names);
}
TEST(enumerate_vectorcall) {
    CHECK_REPR(vector(&PyEnum_Type, value("(i)", 1), value("(s)", "a")), "!!TypeError: 'a' is an invalid keyword argument for enumerate()");
    CHECK_REPR(vector(&PyEnum_Type, value("(i)", 1), value("(s)", "start")), "!!TypeError: 'start' is an invalid keyword argument for enumerate()");
    CHECK_REPR(vector(&PyEnum_Type, value("([]i)", 1), value("(s)", "iterable")), "!!TypeError: 'iterable' is an invalid keyword argument for enumerate()");
    CHECK_REPR(vector(&PyEnum_Type, value("([]ii)", 1, 2), value("(ss)", "start", "foo")), "!!TypeError: enumerate() takes at most 2 arguments (3 given)");
    CHECK_REPR(vector(&PyEnum_Type, value("(ii)", 1, 2), value("(ss)", "foo", "bar")), "!!TypeError: 'foo' is an invalid keyword argument for enumerate()");
    CHECK_REPR(vector(&PyEnum_Type, value("([]i)", 1), value("(ss)", "iterable", "bar")), "!!TypeError: 'bar' is an invalid keyword argument for enumerate()");
    CHECK_REPR(LIST(vector(&PyEnum_Type, value("(i[s])", 4, "z"), value("(ss)", "start", "iterable"))), "[(4, 'z')]");
    CHECK_REPR(vector(&PyReversed_Type, value("([]i)", 4), value("(s)", "a")), "!!TypeError: reversed() takes no keyword arguments");
    CHECK_REPR(vector(&PyFilter_Type, value("(O[]i)", Py_None, 4), value("(s)", "a")), "!!TypeError: filter() takes no keyword arguments");
    CHECK_REPR(vector(&PyMap_Type, value("(O[]i)", Py_None, 4), value("(s)", "a")), "!!TypeError: map() got an unexpected keyword argument 'a'");
    CHECK_REPR(vector(&PyZip_Type, value("(ii)", 4, 5), value("(ss)", "strict", "a")), "!!TypeError: zip() takes at most 1 keyword argument (2 given)");
    CHECK_REPR(vector(&PyRange_Type, value("(ii)", 4, 5), value("(s)", "a")), "!!TypeError: range() takes no keyword arguments");
    CHECK_REPR(vector(&PyList_Type, value("([]i)", 4), value("(s)", "a")), "!!TypeError: list() takes no keyword arguments");
    CHECK_REPR(vector(&PyTuple_Type, value("([]i)", 4), value("(s)", "a")), "!!TypeError: tuple() takes no keyword arguments");
    CHECK_REPR(vector(&PySet_Type, value("([]i)", 4), value("(s)", "a")), "!!TypeError: set() takes no keyword arguments");
    CHECK_REPR(vector(&PyFrozenSet_Type, value("([]i)", 4), value("(s)", "a")), "!!TypeError: frozenset() takes no keyword arguments");
    CHECK_REPR(vector(&PyDict_Type, value("([(ii)]i)", 4, 5, 6), value("(s)", "a")), "{4: 5, 'a': 6}");
    CHECK_REPR(vector(&PyDict_Type, value("(ii)", 5, 6), NULL), "!!TypeError: dict expected at most 1 argument, got 2");
}

TEST(reversed) {
    CHECK_REPR(CALL(PyReversed_Type, "i", 3), "!!TypeError: 'int' object is not reversible");
    CHECK_REPR(CALL(PyReversed_Type, "()"), "!!TypeError: reversed expected 1 argument, got 0");
    CHECK_REPR(CALL(PyReversed_Type, "[]i", 1), "!!TypeError: reversed expected 1 argument, got 2");
    CHECK_REPR(CALL(PyReversed_Type, "O", keep(PySet_New(NULL))), "!!TypeError: 'set' object is not reversible");
    PyObject *r = keep(CALL(PyReversed_Type, "((iii))", 1, 2, 3));
    CHECK_REPR(PyObject_CallMethod(r, "__length_hint__", NULL), "3");
    CHECK_REPR(PyIter_Next(r), "3");
    CHECK_REPR(PyObject_CallMethod(r, "__reduce__", NULL), "(<class 'reversed'>, ((1, 2, 3),), 1)");
    CHECK_REPR(PyObject_CallMethod(r, "__setstate__", "i", 0), "None");
    CHECK_REPR(LIST(Py_NewRef(r)), "[1]");
    CHECK_REPR(PyObject_CallMethod(r, "__reduce__", NULL), "(<class 'reversed'>, ((),))");
    CHECK_REPR(PyObject_CallMethod(r, "__length_hint__", NULL), "0");
    CHECK_REPR(PyObject_Type(keep(CALL(PyReversed_Type, "[]"))), "<class 'list_reverseiterator'>");
    CHECK_REPR(LIST(CALL(PyReversed_Type, "s", "abc")), "['c', 'b', 'a']");
    CHECK_REPR(LIST(CALL(PyReversed_Type, "{sisi}", "a", 1, "b", 2)), "['b', 'a']");
    PyObject *l = keep(METHOD(value("[iii]", 1, 2, 3) ? Py_NewRef(value("[iii]", 1, 2, 3)) : NULL, "__reversed__", NULL));
    CHECK_REPR(PyObject_CallMethod(l, "__length_hint__", NULL), "3");
    CHECK_REPR(PyIter_Next(l), "3");
    CHECK_REPR(PyObject_CallMethod(l, "__reduce__", NULL), "(<class 'reversed'>, ([1, 2, 3],), 1)");
    CHECK_REPR(PyObject_CallMethod(l, "__setstate__", "i", 99), "None");
    CHECK_REPR(LIST(Py_NewRef(l)), "[3, 2, 1]");
    CHECK_REPR(PyObject_CallMethod(l, "__reduce__", NULL), "(<class 'reversed'>, ([],))");
}

TEST(filter) {
    CHECK_REPR(CALL(PyFilter_Type, "()"), "!!TypeError: filter expected 2 arguments, got 0");
    CHECK_REPR(CALL(PyFilter_Type, "Oi", Py_None, 3), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(LIST(CALL(PyFilter_Type, "O[iii]", Py_None, 0, 1, 2)), "[1, 2]");
    CHECK_REPR(LIST(CALL(PyFilter_Type, "O[iii]", &PyBool_Type, 0, 1, 2)), "[1, 2]");
    CHECK_REPR(LIST(CALL(PyFilter_Type, "O[sss]", builtin("len"), "", "a", "")), "['a']");
    CHECK_REPR(LIST(CALL(PyFilter_Type, "i[i]", 3, 1)), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(PySequence_GetItem(keep(METHOD(CALL(PyFilter_Type, "O[]", Py_None), "__reduce__", NULL)), 0), "<class 'filter'>");
}

TEST(map) {
    PyObject *pow = builtin("pow"), *len = builtin("len");
    CHECK_REPR(CALL(PyMap_Type, "()"), "!!TypeError: map() must have at least two arguments.");
    CHECK_REPR(CALL(PyMap_Type, "i", 1), "!!TypeError: map() must have at least two arguments.");
    CHECK_REPR(CALL(PyMap_Type, "ii", 1, 2), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(LIST(CALL(PyMap_Type, "i[i]", 1, 2)), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(LIST(CALL(PyMap_Type, "O[sss]", len, "", "a", "bc")), "[0, 1, 2]");
    CHECK_REPR(LIST(CALL(PyMap_Type, "O[iii][ii]", pow, 2, 3, 4, 5, 6)), "[32, 729]");
    CHECK_REPR(LIST(KW(PyMap_Type, value("(O[iii][ii])", pow, 2, 3, 4, 5, 6), value("{sO}", "strict", Py_True))), "!!ValueError: map() argument 2 is shorter than argument 1");
    CHECK_REPR(LIST(KW(PyMap_Type, value("(O[ii][iii])", pow, 2, 3, 4, 5, 6), value("{sO}", "strict", Py_True))), "!!ValueError: map() argument 2 is longer than argument 1");
    CHECK_REPR(KW(PyMap_Type, value("(O[])", len), value("{si}", "a", 1)), "!!TypeError: map() got an unexpected keyword argument 'a'");
    CHECK_REPR(KW(PyMap_Type, value("()"), value("{si}", "strict", 1)), "!!TypeError: map() must have at least two arguments.");
    CHECK_REPR(METHOD(KW(PyMap_Type, value("(O())", len), value("{si}", "strict", 1)), "__reduce__", NULL), "(<class 'map'>, (<built-in function len>, <tuple_iterator object at 0x...>), True)");
    CHECK_REPR(LIST(CALL(PyMap_Type, "O[si]", len, "a", 1)), "!!TypeError: object of type 'int' has no len()");
}

TEST(zip) {
    CHECK_REPR(LIST(CALL(PyZip_Type, "()")), "[]");
    CHECK_REPR(CALL(PyZip_Type, "[]i", 3), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(LIST(CALL(PyZip_Type, "ss", "abc", "de")), "[('a', 'd'), ('b', 'e')]");
    PyObject *strict = value("{sO}", "strict", Py_True);
    CHECK_REPR(LIST(KW(PyZip_Type, value("(ss)", "ab", "cd"), strict)), "[('a', 'c'), ('b', 'd')]");
    CHECK_REPR(LIST(KW(PyZip_Type, value("(ss)", "a", "cd"), strict)), "!!ValueError: zip() argument 2 is longer than argument 1");
    CHECK_REPR(LIST(KW(PyZip_Type, value("(ss)", "ab", "c"), strict)), "!!ValueError: zip() argument 2 is shorter than argument 1");
    CHECK_REPR(LIST(KW(PyZip_Type, value("(sss)", "a", "c", "de"), strict)), "!!ValueError: zip() argument 3 is longer than arguments 1-2");
    CHECK_REPR(LIST(KW(PyZip_Type, value("(sss)", "ab", "cd", "e"), strict)), "!!ValueError: zip() argument 3 is shorter than arguments 1-2");
    CHECK_REPR(KW(PyZip_Type, value("()"), value("{si}", "a", 1)), "!!TypeError: zip() got an unexpected keyword argument 'a'");
    CHECK_REPR(KW(PyZip_Type, value("()"), value("{sisi}", "a", 1, "strict", 1)), "!!TypeError: zip() takes at most 1 keyword argument (2 given)");
    CHECK_REPR(METHOD(KW(PyZip_Type, value("(())"), strict), "__reduce__", NULL), "(<class 'zip'>, (<tuple_iterator object at 0x...>,), True)");
    CHECK_REPR(METHOD(CALL(PyZip_Type, "(())"), "__reduce__", NULL), "(<class 'zip'>, (<tuple_iterator object at 0x...>,))");
    CHECK_REPR(METHOD(CALL(PyZip_Type, "(())"), "__setstate__", "i", 1), "None");
}

static PyObject *count_calls(PyObject *self, PyObject *unused) {
    static long calls;
    (void)self; (void)unused;
    if (calls == 7) { PyErr_SetString(PyExc_StopIteration, "enough"); return NULL; }
    return PyLong_FromLong(calls++);
}
static PyMethodDef count_def = {"count_calls", count_calls, METH_NOARGS, NULL};
TEST(sequence_and_call) {
    CHECK_REPR(PySeqIter_New(value("i", 3)), "!!SystemError: bad argument to internal function");
    PyObject *it = keep(PySeqIter_New(value("[iii]", 1, 2, 3)));
    CHECK_REPR(PyObject_Type(it), "<class 'iterator'>");
    CHECK_REPR(PyIter_Next(it), "1");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "2");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, ([1, 2, 3],), 1)");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "i", 2), "None");
    CHECK_REPR(PyIter_Next(it), "3");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, ((),))");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "0");
    PyObject *function = keep(PyCFunction_New(&count_def, NULL));
    it = keep(PyCallIter_New(function, value("i", 3)));
    CHECK_REPR(PyObject_Type(it), "<class 'callable_iterator'>");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, (<built-in function count_calls>, 3))");
    CHECK_REPR(LIST(Py_NewRef(it)), "[0, 1, 2]");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, ((),))");
    it = keep(PyCallIter_New(function, value("i", -1)));
    CHECK_REPR(LIST(Py_NewRef(it)), "[4, 5, 6]");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(LIST(PyCallIter_New(value("i", 1), Py_None)), "!!TypeError: 'int' object is not callable");
}

/* internal, but exported */
extern PyObject *_PyNamespace_New(PyObject *attributes);
TEST(namespace) {
    PyObject *n = keep(_PyNamespace_New(value("{siss}", "a", 1, "b", "x"))), *type = keep(PyObject_Type(n));
    CHECK_BORROWED(n, "namespace(a=1, b='x')");
    CHECK_REPR(_PyNamespace_New(NULL), "namespace()");
    CHECK_REPR(PyObject_GetAttrString(n, "a"), "1");
    CHECK_REPR(PyObject_GetAttrString(n, "c"), "!!AttributeError: 'types.SimpleNamespace' object has no attribute 'c'");
    CHECK_INT(PyObject_SetAttrString(n, "c", Py_None), "0");
    CHECK_REPR(PyObject_GetAttrString(n, "__dict__"), "{'a': 1, 'b': 'x', 'c': None}");
    CHECK_REPR(PyObject_CallMethod(n, "__reduce__", NULL), "(<class 'types.SimpleNamespace'>, (), {'a': 1, 'b': 'x', 'c': None})");
    CHECK_REPR(PyObject_CallFunction(type, "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: SimpleNamespace expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_CallFunction(type, "{ii}", 1, 2), "!!TypeError: keywords must be strings");
    CHECK_REPR(PyObject_CallFunction(type, "[(si)]", "z", 2), "namespace(z=2)");
    CHECK_REPR(PyObject_Call(type, value("({si})", "z", 2), value("{si}", "z", 3)), "namespace(z=3)");
    CHECK_REPR(PyObject_Call(keep(PyObject_GetAttrString(n, "__replace__")), value("()"), value("{si}", "a", 3)), "namespace(a=3, b='x', c=None)");
    CHECK_REPR(PyObject_Call(keep(PyObject_GetAttrString(n, "__replace__")), value("(i)", 1), NULL), "!!TypeError: __replace__() takes no positional arguments");
    CHECK_REPR(PyObject_RichCompare(n, n, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(n, Py_None, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(n, n, Py_LT), "!!TypeError: '<' not supported between instances of 'dict' and 'dict'");
    CHECK_INT(PyObject_Hash(n), "-1 !!TypeError: unhashable type: 'types.SimpleNamespace'");
    CHECK_INT(PyObject_SetAttrString(n, "self", n), "0");
    CHECK_BORROWED(n, "namespace(a=1, b='x', c=None, self=namespace(...))");
    PyObject_DelAttrString(n, "self");
}
CHECK_MAIN()
