/* Number, sequence, mapping and iterator protocols, on builtin types and on types whose slots do odd things. */
#include "check.h"

static PyObject *of(int slot, void *function) {
    PyType_Slot slots[] = {{slot, function}, {0, NULL}};
    PyType_Spec spec = {"m.Odd", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}
static PyObject *number(PyObject *self) { (void)self; return PyLong_FromLong(3); }
static PyObject *not_implemented(PyObject *a, PyObject *b) { (void)a; (void)b; Py_RETURN_NOTIMPLEMENTED; }
static PyObject *sum(PyObject *a, PyObject *b) { (void)a; (void)b; return PyUnicode_FromString("sum"); }
static PyObject *item_at(PyObject *self, Py_ssize_t i) {
    (void)self;
    if (i < 3) return PyLong_FromSsize_t(i * 10);
    PyErr_SetString(PyExc_IndexError, "no more");
    return NULL;
}
static PyObject *item_bad(PyObject *self, Py_ssize_t i) { (void)self; (void)i; PyErr_SetString(PyExc_ValueError, "bad item"); return NULL; }
static Py_ssize_t negative(PyObject *self) { (void)self; return -5; }
static PyObject *next_null(PyObject *self) { (void)self; return NULL; }
static PyObject *next_bad(PyObject *self) { (void)self; PyErr_SetString(PyExc_ValueError, "bad next"); return NULL; }

TEST(number) {
    PyObject *seven = value("i", 7), *two = value("i", 2), *text = value("s", "a"), *list = value("[i]", 1);
    CHECK(PyNumber_Check(seven) && PyNumber_Check(value("d", 1.0)) && !PyNumber_Check(text) && !PyNumber_Check(NULL));
    CHECK(PyIndex_Check(seven) && !PyIndex_Check(value("d", 1.0)));
    CHECK_REPR(PyNumber_Add(seven, text), "!!TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    CHECK_REPR(PyNumber_Add(text, seven), "!!TypeError: can only concatenate str (not \"int\") to str");
    CHECK_REPR(PyNumber_Add(list, seven), "!!TypeError: can only concatenate list (not \"int\") to list");
    CHECK_REPR(PyNumber_Subtract(text, text), "!!TypeError: unsupported operand type(s) for -: 'str' and 'str'");
    CHECK_REPR(PyNumber_Multiply(text, text), "!!TypeError: can't multiply sequence by non-int of type 'str'");
    CHECK_REPR(PyNumber_Multiply(two, list), "[1, 1]");
    CHECK_REPR(PyNumber_MatrixMultiply(seven, two), "!!TypeError: unsupported operand type(s) for @: 'int' and 'int'");
    CHECK_REPR(PyNumber_InPlaceMatrixMultiply(seven, two), "!!TypeError: unsupported operand type(s) for @=: 'int' and 'int'");
    CHECK_REPR(PyNumber_FloorDivide(text, two), "!!TypeError: unsupported operand type(s) for //: 'str' and 'int'");
    CHECK_REPR(PyNumber_TrueDivide(text, two), "!!TypeError: unsupported operand type(s) for /: 'str' and 'int'");
    CHECK_REPR(PyNumber_Divmod(text, two), "!!TypeError: unsupported operand type(s) for divmod(): 'str' and 'int'");
    CHECK_REPR(PyNumber_Power(text, two, Py_None), "!!TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'");
    CHECK_REPR(PyNumber_Power(text, two, two), "!!TypeError: unsupported operand type(s) for ** or pow(): 'str', 'int', 'int'");
    CHECK_REPR(PyNumber_InPlacePower(text, two, Py_None), "!!TypeError: unsupported operand type(s) for **=: 'str' and 'int'");
    CHECK_REPR(PyNumber_Lshift(text, two), "!!TypeError: unsupported operand type(s) for <<: 'str' and 'int'");
    CHECK_REPR(PyNumber_Rshift(text, two), "!!TypeError: unsupported operand type(s) for >>: 'str' and 'int'");
    CHECK_REPR(PyNumber_And(text, two), "!!TypeError: unsupported operand type(s) for &: 'str' and 'int'");
    CHECK_REPR(PyNumber_Or(text, two), "!!TypeError: unsupported operand type(s) for |: 'str' and 'int'");
    CHECK_REPR(PyNumber_Xor(text, two), "!!TypeError: unsupported operand type(s) for ^: 'str' and 'int'");
    CHECK_REPR(PyNumber_Negative(text), "!!TypeError: bad operand type for unary -: 'str'");
    CHECK_REPR(PyNumber_Positive(text), "!!TypeError: bad operand type for unary +: 'str'");
    CHECK_REPR(PyNumber_Invert(text), "!!TypeError: bad operand type for unary ~: 'str'");
    CHECK_REPR(PyNumber_Absolute(text), "!!TypeError: bad operand type for abs(): 'str'");
    CHECK_REPR(PyNumber_InPlaceAdd(seven, two), "9");
    CHECK_REPR(PyNumber_InPlaceSubtract(seven, two), "5");
    CHECK_REPR(PyNumber_InPlaceMultiply(seven, two), "14");
    CHECK_REPR(PyNumber_InPlaceFloorDivide(seven, two), "3");
    CHECK_REPR(PyNumber_InPlaceTrueDivide(seven, two), "3.5");
    CHECK_REPR(PyNumber_InPlaceRemainder(seven, two), "1");
    CHECK_REPR(PyNumber_InPlacePower(seven, two, Py_None), "49");
    CHECK_REPR(PyNumber_InPlaceLshift(seven, two), "28");
    CHECK_REPR(PyNumber_InPlaceRshift(seven, two), "1");
    CHECK_REPR(PyNumber_InPlaceAnd(seven, two), "2");
    CHECK_REPR(PyNumber_InPlaceOr(seven, two), "7");
    CHECK_REPR(PyNumber_InPlaceXor(seven, two), "5");
    CHECK_REPR(PyNumber_InPlaceAdd(seven, text), "!!TypeError: unsupported operand type(s) for +=: 'int' and 'str'");
    CHECK_REPR(PyNumber_InPlaceAdd(list, text), "[1, 'a']");
    CHECK_REPR(PyNumber_InPlaceMultiply(list, two), "[1, 'a', 1, 'a']");
    CHECK_BORROWED(list, "[1, 'a', 1, 'a']");
    CHECK_REPR(PyNumber_Negative(NULL), "!!SystemError: null argument to internal routine");
    CHECK_REPR(PyNumber_Add(of(Py_nb_add, (void *)not_implemented), seven), "!!TypeError: unsupported operand type(s) for +: 'm.Odd' and 'int'");
    CHECK_REPR(PyNumber_Add(seven, of(Py_nb_add, (void *)sum)), "'sum'");
    CHECK_REPR(PyNumber_Subtract(seven, of(Py_nb_subtract, (void *)sum)), "'sum'");
    CHECK_REPR(PyNumber_Float(of(Py_nb_float, (void *)number)), "!!TypeError: m.Odd.__float__ returned non-float (type int)");
    CHECK_REPR(PyNumber_Long(of(Py_nb_index, (void *)number)), "3");
    CHECK_REPR(PyNumber_Lshift(of(Py_nb_lshift, (void *)not_implemented), text), "!!TypeError: unsupported operand type(s) for <<: 'm.Odd' and 'str'");
}

TEST(sequence) {
    PyObject *list = value("[iii]", 1, 2, 3), *text = value("s", "abc"), *dict = value("{si}", "a", 1), *odd = of(Py_sq_item, (void *)item_at);
    CHECK(PySequence_Check(list) && PySequence_Check(text) && !PySequence_Check(dict) && !PySequence_Check(Py_None) && PySequence_Check(odd));
    CHECK_INT(PySequence_Size(list), "3");
    CHECK_INT(PySequence_Length(dict), "-1 !!TypeError: dict is not a sequence");
    CHECK_INT(PySequence_Size(Py_None), "-1 !!TypeError: object of type 'NoneType' has no len()");
    CHECK_INT(PySequence_Size(NULL), "-1 !!SystemError: null argument to internal routine");
    CHECK_REPR(PySequence_Concat(list, value("[i]", 4)), "[1, 2, 3, 4]");
    CHECK_REPR(PySequence_Concat(list, text), "!!TypeError: can only concatenate list (not \"str\") to list");
    CHECK_REPR(PySequence_Concat(value("i", 1), value("i", 2)), "!!TypeError: 'int' object can't be concatenated");
    CHECK_REPR(PySequence_Repeat(list, 2), "[1, 2, 3, 1, 2, 3]");
    CHECK_REPR(PySequence_Repeat(dict, 2), "!!TypeError: 'dict' object can't be repeated");
    CHECK_REPR(PySequence_Repeat(text, PY_SSIZE_T_MAX), "!!OverflowError: repeated string is too long");
    CHECK_REPR(PySequence_InPlaceConcat(value("i", 1), value("i", 2)), "!!TypeError: 'int' object can't be concatenated");
    CHECK_REPR(PySequence_InPlaceRepeat(dict, 2), "!!TypeError: 'dict' object can't be repeated");
    CHECK_REPR(PySequence_GetItem(list, -1), "3");
    CHECK_REPR(PySequence_GetItem(list, -4), "!!IndexError: list index out of range");
    CHECK_REPR(PySequence_GetItem(dict, 0), "!!TypeError: dict is not a sequence");
    CHECK_REPR(PySequence_GetItem(Py_None, 0), "!!TypeError: 'NoneType' object does not support indexing");
    CHECK_REPR(PySequence_GetItem(odd, 2), "20");
    CHECK_REPR(PySequence_GetItem(odd, 7), "!!IndexError: no more");
    CHECK_INT(PySequence_SetItem(list, 0, Py_None), "0");
    CHECK_INT(PySequence_SetItem(list, 9, Py_None), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PySequence_SetItem(text, 0, Py_None), "-1 !!TypeError: 'str' object does not support item assignment");
    CHECK_INT(PySequence_SetItem(dict, 0, Py_None), "-1 !!TypeError: dict is not a sequence");
    CHECK_INT(PySequence_DelItem(list, 0), "0");
    CHECK_INT(PySequence_DelItem(list, 9), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PySequence_DelItem(text, 0), "-1 !!TypeError: 'str' object doesn't support item deletion");
    CHECK_INT(PySequence_DelItem(dict, 0), "-1 !!TypeError: dict is not a sequence");
    CHECK_REPR(PySequence_GetSlice(text, 1, 2), "'b'");
    CHECK_REPR(PySequence_GetSlice(Py_None, 1, 2), "!!TypeError: 'NoneType' object is unsliceable");
    CHECK_INT(PySequence_SetSlice(list, 0, 1, text), "0");
    CHECK_INT(PySequence_SetSlice(text, 0, 1, text), "-1 !!TypeError: 'str' object doesn't support slice assignment");
    CHECK_INT(PySequence_DelSlice(list, 0, 1), "0");
    CHECK_INT(PySequence_DelSlice(text, 0, 1), "-1 !!TypeError: 'str' object doesn't support slice deletion");
    CHECK_BORROWED(list, "['b', 'c', 3]");
    CHECK_REPR(PySequence_Tuple(list), "('b', 'c', 3)");
    CHECK_REPR(PySequence_Tuple(text), "('a', 'b', 'c')");
    CHECK_REPR(PySequence_Tuple(Py_None), "!!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(PySequence_Tuple(NULL), "!!SystemError: null argument to internal routine");
    CHECK_REPR(PySequence_Tuple(odd), "(0, 10, 20)");
    CHECK_REPR(PySequence_List(dict), "['a']");
    CHECK_REPR(PySequence_List(Py_None), "!!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(PySequence_List(of(Py_sq_item, (void *)item_bad)), "!!ValueError: bad item");
    CHECK_REPR(PySequence_Fast(list, "not iterable"), "['b', 'c', 3]");
    CHECK_REPR(PySequence_Fast(text, "not iterable"), "['a', 'b', 'c']");
    CHECK_REPR(PySequence_Fast(Py_None, "own message"), "!!TypeError: own message");
    PyObject *fast = keep(PySequence_Fast(value("(ii)", 1, 2), ""));
    CHECK(PySequence_Fast_GET_SIZE(fast) == 2 && PyLong_AsLong(PySequence_Fast_GET_ITEM(fast, 1)) == 2 && PySequence_Fast_ITEMS(fast)[0]);
    CHECK_INT(PySequence_Count(text, value("s", "a")), "1");
    CHECK_INT(PySequence_Count(Py_None, text), "-1 !!TypeError: argument of type 'NoneType' is not iterable");
    CHECK_INT(PySequence_Index(text, value("s", "c")), "2");
    CHECK_INT(PySequence_Index(text, value("s", "x")), "-1 !!ValueError: sequence.index(x): x not in sequence");
    CHECK_INT(PySequence_Contains(list, value("i", 3)), "1");
    CHECK_INT(PySequence_Contains(odd, value("i", 20)), "1");
    CHECK_INT(PySequence_Contains(odd, value("i", 21)), "0");
    CHECK_INT(PySequence_Contains(Py_None, text), "-1 !!TypeError: argument of type 'NoneType' is not a container or iterable");
    CHECK_INT(PySequence_In(dict, value("s", "a")), "1");
    CHECK_INT(PyObject_Size(of(Py_sq_length, (void *)negative)), "-5");
}

TEST(mapping) {
    PyObject *dict = value("{si}", "a", 1), *list = value("[i]", 1), *got = NULL;
    CHECK(PyMapping_Check(dict) && PyMapping_Check(list) && !PyMapping_Check(Py_None) && PyMapping_Check(value("s", "")));
    CHECK_INT(PyMapping_Size(dict), "1");
    CHECK_INT(PyMapping_Length(Py_None), "-1 !!TypeError: object of type 'NoneType' has no len()");
    CHECK_INT(PyMapping_Size(value("i", 1)), "-1 !!TypeError: object of type 'int' has no len()");
    CHECK_REPR(PyMapping_GetItemString(dict, "a"), "1");
    CHECK_REPR(PyMapping_GetItemString(dict, "b"), "!!KeyError: 'b'");
    CHECK_REPR(PyMapping_GetItemString(NULL, "b"), "!!SystemError: null argument to internal routine");
    CHECK_INT(PyMapping_SetItemString(dict, "b", Py_None), "0");
    CHECK_INT(PyMapping_SetItemString(list, "b", Py_None), "-1 !!TypeError: list indices must be integers or slices, not str");
    CHECK_INT(PyMapping_HasKeyString(dict, "b"), "1");
    CHECK_INT(PyMapping_HasKey(dict, value("s", "c")), "0");
    CHECK_INT(PyMapping_HasKeyWithError(dict, value("s", "b")), "1");
    CHECK_INT(PyMapping_HasKeyWithError(dict, value("[]")), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyMapping_HasKeyStringWithError(dict, "c"), "0");
    CHECK_INT(PyMapping_GetOptionalItem(dict, value("s", "a"), &got), "1");
    CHECK_REPR(got, "1");
    CHECK_INT(PyMapping_GetOptionalItemString(dict, "zz", &got), "0");
    CHECK(got == NULL);
    CHECK_INT(PyMapping_GetOptionalItem(Py_None, value("s", "a"), &got), "-1 !!TypeError: 'NoneType' object is not subscriptable");
    CHECK_INT(PyMapping_DelItemString(dict, "b"), "0");
    CHECK_INT(PyMapping_DelItem(dict, value("s", "b")), "-1 !!KeyError: 'b'");
    CHECK_REPR(PyMapping_Keys(dict), "['a']");
    CHECK_REPR(PyMapping_Values(dict), "[1]");
    CHECK_REPR(PyMapping_Items(dict), "[('a', 1)]");
    CHECK_REPR(PyMapping_Keys(list), "!!AttributeError: 'list' object has no attribute 'keys'");
    CHECK_REPR(PyMapping_Items(keep(PyDictProxy_New(dict))), "[('a', 1)]");
    CHECK_REPR(PyMapping_Values(NULL), "!!SystemError: null argument to internal routine");
}

static PyObject *noise(PyObject *self, PyObject *ignored) {
    (void)ignored;
    long n = PyList_GET_SIZE(self);
    PyList_Append(self, Py_None);
    return PyLong_FromLong(n);
}
static PyMethodDef noise_def = {"noise", noise, METH_NOARGS, NULL};
TEST(iterator) {
    PyObject *list = value("[ii]", 1, 2), *iterator = keep(PyObject_GetIter(list)), *item = NULL;
    CHECK(PyIter_Check(iterator) && !PyIter_Check(list) && keep(PyObject_GetIter(iterator)) == iterator);
    CHECK_REPR(PyIter_Next(iterator), "1");
    CHECK_INT(PyIter_NextItem(iterator, &item), "1");
    CHECK_REPR(item, "2");
    CHECK_INT(PyIter_NextItem(iterator, &item), "0");
    CHECK(item == NULL);
    CHECK_INT(PyIter_NextItem(list, &item), "-1 !!TypeError: expected an iterator, got 'list'");
    CHECK_REPR(PyObject_GetIter(Py_None), "!!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(PyObject_GetIter(of(Py_tp_iter, (void *)number)), "!!TypeError: iter() returned non-iterator of type 'int'");
    PyObject *by_index = keep(PyObject_GetIter(of(Py_sq_item, (void *)item_at)));
    CHECK(PySeqIter_Check(by_index));
    CHECK_REPR(PySequence_List(by_index), "[0, 10, 20]");
    CHECK_REPR(keep(PySeqIter_New(list)) ? PyUnicode_FromString("iterator") : NULL, "'iterator'");
    CHECK_REPR(PySeqIter_New(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyIter_Next(of(Py_tp_iternext, (void *)next_null)), "NULL");
    CHECK_REPR(PyIter_Next(of(Py_tp_iternext, (void *)next_bad)), "!!ValueError: bad next");
    PyObject *counted = keep(PyList_New(0)), *caller = keep(PyCallIter_New(keep(PyCFunction_New(&noise_def, counted)), value("i", 3)));
    CHECK(PyCallIter_Check(caller));
    CHECK_REPR(PySequence_List(caller), "[0, 1, 2]");
    CHECK_REPR(PyIter_Next(caller), "NULL");
    PyObject *result = NULL;
    CHECK_INT(PyIter_Send(keep(PyObject_GetIter(list)), Py_None, &result), "1");
    CHECK_REPR(result, "1");
    CHECK_REPR(PyObject_SelfIter(list), "[1, 2]");
    CHECK_INT(PyAIter_Check(list), "0");
    CHECK_REPR(PyObject_GetAIter(list), "!!TypeError: 'list' object is not an async iterable");
}

TEST(slices) {
    PyObject *slice = keep(PySlice_New(value("i", 1), value("i", -1), value("i", 2)));
    Py_ssize_t start, stop, step, length;
    CHECK_BORROWED(slice, "slice(1, -1, 2)");
    CHECK_REPR(PySlice_New(NULL, NULL, NULL), "slice(None, None, None)");
    CHECK_INT(PySlice_Unpack(slice, &start, &stop, &step), "0");
    CHECK(start == 1 && stop == -1 && step == 2);
    CHECK_INT(PySlice_AdjustIndices(10, &start, &stop, step), "4");
    CHECK(start == 1 && stop == 9);
    CHECK_INT(PySlice_GetIndicesEx(slice, 10, &start, &stop, &step, &length), "0");
    CHECK_INT(length, "4");
    CHECK_INT(PySlice_GetIndices(slice, 10, &start, &stop, &step), "0");
    CHECK_INT(PySlice_Unpack(keep(PySlice_New(NULL, NULL, value("i", 0))), &start, &stop, &step), "-1 !!ValueError: slice step cannot be zero");
    CHECK_INT(PySlice_Unpack(keep(PySlice_New(value("s", "x"), NULL, NULL)), &start, &stop, &step), "-1 !!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_INT(PySlice_Unpack(keep(PySlice_New(NULL, NULL, value("i", -1))), &start, &stop, &step), "0");
    CHECK(start == PY_SSIZE_T_MAX && stop == PY_SSIZE_T_MIN && step == -1);
    CHECK_REPR(PyObject_CallMethod(slice, "indices", "i", 10), "(1, 9, 2)");
    CHECK_REPR(PyObject_CallMethod(slice, "indices", "i", -1), "!!ValueError: length should not be negative");
    CHECK_REPR(PyObject_GetAttrString(slice, "stop"), "-1");
    CHECK_REPR(PyObject_RichCompare(slice, keep(PySlice_New(value("i", 1), value("i", -1), value("i", 2))), Py_EQ), "True");
    CHECK_INT(PyObject_Hash(slice) != -1, "1");
    CHECK_BORROWED(PyEllipsis_Type.tp_base, "<class 'object'>");
    PyObject *range = keep(PyObject_CallFunction((PyObject *)&PyRange_Type, "iii", 1, 10, 3));
    CHECK_BORROWED(range, "range(1, 10, 3)");
    CHECK_REPR(PySequence_List(range), "[1, 4, 7]");
    CHECK_INT(PyObject_Size(range), "3");
    CHECK_INT(PySequence_Contains(range, value("i", 7)), "1");
    CHECK_REPR(PyObject_GetItem(range, keep(PySlice_New(NULL, NULL, value("i", -1)))), "range(7, -2, -3)");
    CHECK_REPR(PySequence_GetItem(range, 5), "!!IndexError: range object index out of range");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyRange_Type, "iii", 1, 10, 0), "!!ValueError: range() arg 3 must not be zero");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyRange_Type, "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyRange_Type), "!!TypeError: range expected at least 1 argument, got 0");
}

TEST(tools) {
    PyObject *list = value("[iii]", 3, 1, 2);
    CHECK_REPR(PySequence_List(keep(PyObject_CallOneArg((PyObject *)&PyEnum_Type, list))), "[(0, 3), (1, 1), (2, 2)]");
    CHECK_REPR(PySequence_List(keep(PyObject_CallFunction((PyObject *)&PyZip_Type, "OO", list, value("s", "ab")))), "[(3, 'a'), (1, 'b')]");
    CHECK_REPR(PySequence_List(keep(PyObject_CallFunction((PyObject *)&PyMap_Type, "OO", &PyUnicode_Type, list))), "['3', '1', '2']");
    CHECK_REPR(PySequence_List(keep(PyObject_CallFunction((PyObject *)&PyFilter_Type, "OO", Py_None, value("[iii]", 0, 1, 2)))), "[1, 2]");
    CHECK_REPR(PySequence_List(keep(PyObject_CallOneArg((PyObject *)&PyReversed_Type, list))), "[2, 1, 3]");
    CHECK_REPR(keep(PyObject_CallOneArg((PyObject *)&PyReversed_Type, value("{}"))) ? PyUnicode_FromString("ok") : NULL, "'ok'");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&PyReversed_Type, Py_None), "!!TypeError: 'NoneType' object is not reversible");
    CHECK_REPR(PyObject_CallOneArg(builtin("sorted"), list), "[1, 2, 3]");
    CHECK_REPR(PyObject_CallOneArg(builtin("sum"), list), "6");
    CHECK_REPR(PyObject_CallOneArg(builtin("max"), list), "3");
    CHECK_REPR(PyObject_CallOneArg(builtin("min"), value("[]")), "!!ValueError: min() iterable argument is empty");
    CHECK_REPR(PyObject_CallOneArg(builtin("len"), list), "3");
    CHECK_REPR(PyObject_CallOneArg(builtin("any"), list), "True");
    CHECK_REPR(PyObject_CallOneArg(builtin("all"), list), "True");
    CHECK_REPR(PyObject_CallOneArg(builtin("chr"), value("i", 0x20ac)), "'€'");
    CHECK_REPR(PyObject_CallOneArg(builtin("ord"), value("s", "ab")), "!!TypeError: ord() expected a character, but string of length 2 found");
    CHECK_REPR(PyObject_CallOneArg(builtin("hex"), value("i", -255)), "'-0xff'");
    CHECK_REPR(PyObject_CallFunction(builtin("divmod"), "ii", 7, 2), "(3, 1)");
    CHECK_REPR(PyObject_CallFunction(builtin("pow"), "iii", 2, 10, 1000), "24");
    CHECK_REPR(PyObject_CallFunction(builtin("round"), "di", 2.567, 2), "2.57");
    CHECK_REPR(PyObject_CallFunction(builtin("isinstance"), "iO", 1, &PyLong_Type), "True");
    CHECK_REPR(PyObject_CallFunction(builtin("getattr"), "isO", 1, "nope", Py_None), "None");
    CHECK_REPR(PyObject_CallFunction(builtin("getattr"), "is", 1, "nope"), "!!AttributeError: 'int' object has no attribute 'nope'");
    CHECK_REPR(PyObject_CallFunction(builtin("hasattr"), "is", 1, "real"), "True");
    CHECK_REPR(PyObject_CallFunction(builtin("format"), "ds", 1.5, ".3f"), "'1.500'");
    CHECK_REPR(PyObject_CallFunction(builtin("next"), "O", keep(PyObject_GetIter(value("[]")))), "!!StopIteration");
    CHECK_REPR(PyObject_CallFunction(builtin("iter"), "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallFunction(builtin("len"), "i", 1), "!!TypeError: object of type 'int' has no len()");
}

TEST(generic_alias) {
    PyObject *alias = keep(Py_GenericAlias((PyObject *)&PyList_Type, (PyObject *)&PyLong_Type));
    CHECK_BORROWED(alias, "list[int]");
    CHECK_REPR(PyObject_GetAttrString(alias, "__args__"), "(<class 'int'>,)");
    CHECK_REPR(PyObject_GetAttrString(alias, "__origin__"), "<class 'list'>");
    CHECK_REPR(PyObject_CallOneArg(alias, value("s", "ab")), "['a', 'b']");
    CHECK_REPR(PyObject_GetAttrString(alias, "append"), "<method 'append' of 'list' objects>");
    CHECK_INT(PyObject_IsInstance(value("[]"), alias), "-1 !!TypeError: isinstance() argument 2 cannot be a parameterized generic");
    CHECK_REPR(PyObject_RichCompare(alias, keep(Py_GenericAlias((PyObject *)&PyList_Type, (PyObject *)&PyLong_Type)), Py_EQ), "True");
    PyObject *either = keep(PyNumber_Or((PyObject *)&PyLong_Type, Py_None));
    CHECK_BORROWED(either, "int | None");
    CHECK_INT(PyObject_IsInstance(Py_None, either), "1");
    PyObject *namespace = keep(PyObject_Call((PyObject *)Py_TYPE(PySys_GetObject("implementation")), value("()"), value("{sisi}", "b", 2, "a", 1)));
    CHECK_BORROWED(namespace, "namespace(b=2, a=1)");
    CHECK_INT(PyObject_SetAttrString(namespace, "c", namespace), "0");
    CHECK_BORROWED(namespace, "namespace(b=2, a=1, c=namespace(...))");
    PyObject_DelAttrString(namespace, "c");
}
CHECK_MAIN()
