/* Every object: attributes, comparison, hash, repr and str, truth, type, directory, constants. */
#include "check.h"

/* A type all of whose slots raise, and with NULL for a value counts as unset. */
static PyObject *fails(PyObject *self) { (void)self; PyErr_SetString(PyExc_ValueError, "from the slot"); return NULL; }
static PyObject *fail2(PyObject *self, PyObject *a) { (void)a; return fails(self); }
static PyObject *compare(PyObject *self, PyObject *a, int op) { (void)a; (void)op; return fails(self); }
static Py_hash_t hash(PyObject *self) { fails(self); return -1; }
static int truth(PyObject *self) { fails(self); return -1; }
static int setattr(PyObject *self, PyObject *a, PyObject *v) { (void)a; (void)v; fails(self); return -1; }
static PyType_Slot raiser_slots[] = {
    {Py_tp_repr, fails}, {Py_tp_str, fails}, {Py_tp_getattro, fail2}, {Py_tp_setattro, setattr}, {Py_tp_hash, hash},
    {Py_tp_richcompare, compare}, {Py_nb_bool, truth}, {Py_tp_iter, fails}, {0, NULL}};
static PyType_Spec raiser_spec = {"m.Raiser", 0, 0, Py_TPFLAGS_DEFAULT, raiser_slots};
static PyObject *raiser(void) { return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&raiser_spec)))); }

/* A type whose str and repr are no strings. */
static PyObject *number(PyObject *self) { (void)self; return PyLong_FromLong(7); }
static PyType_Slot odd_slots[] = {{Py_tp_repr, number}, {Py_tp_str, number}, {Py_tp_iter, number}, {0, NULL}};
static PyType_Spec odd_spec = {"m.Odd", 0, 0, Py_TPFLAGS_DEFAULT, odd_slots};
static PyObject *odd(void) { return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&odd_spec)))); }

TEST(constants) {
    CHECK_BORROWED(Py_None, "None");
    CHECK_BORROWED(Py_True, "True");
    CHECK_BORROWED(Py_False, "False");
    CHECK_BORROWED(Py_Ellipsis, "Ellipsis");
    CHECK_BORROWED(Py_NotImplemented, "NotImplemented");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_NONE), "None");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_FALSE), "False");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_TRUE), "True");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_ELLIPSIS), "Ellipsis");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_NOT_IMPLEMENTED), "NotImplemented");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_ZERO), "0");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_ONE), "1");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_EMPTY_STR), "''");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_EMPTY_BYTES), "b''");
    CHECK_REPR(Py_GetConstant(Py_CONSTANT_EMPTY_TUPLE), "()");
    CHECK_BORROWED(Py_GetConstantBorrowed(Py_CONSTANT_ZERO), "0");
    CHECK_REPR(Py_GetConstant(99), "!!SystemError: bad argument to internal function");
    CHECK(Py_IsNone(Py_None) && Py_IsTrue(Py_True) && Py_IsFalse(Py_False) && !Py_IsNone(Py_True));
    CHECK(Py_Is(Py_None, Py_None) && !Py_Is(Py_None, Py_True));
    CHECK_REPR(PyBool_FromLong(5), "True");
    CHECK_REPR(PyBool_FromLong(0), "False");
    CHECK_REPR(PyNumber_Add(Py_True, Py_True), "2");
    CHECK_REPR(PyNumber_And(Py_True, Py_False), "False");
    CHECK_REPR(PyNumber_Xor(Py_True, value("i", 2)), "3");
    CHECK_INT(PyObject_IsTrue(Py_NotImplemented), "-1 !!TypeError: NotImplemented should not be used in a boolean context");
}

TEST(text) {
    PyObject *text = value("s", "a\n\xc3\xa9\xf0\x9f\x98\x80");
    CHECK_REPR(PyObject_Repr(text), "\"'a\\\\né😀'\"");
    CHECK_REPR(PyObject_Str(text), "'a\\né😀'");
    CHECK_REPR(PyObject_ASCII(text), "\"'a\\\\n\\\\xe9\\\\U0001f600'\"");
    CHECK_REPR(PyObject_Str(value("i", -12)), "'-12'");
    CHECK_REPR(PyObject_Repr(NULL), "'<NULL>'");
    CHECK_REPR(PyObject_Str(NULL), "'<NULL>'");
    CHECK_REPR(PyObject_ASCII(NULL), "'<NULL>'");
    CHECK_REPR(PyObject_Bytes(NULL), "b'<NULL>'");
    CHECK_REPR(PyObject_Bytes(value("[iii]", 1, 2, 255)), "b'\\x01\\x02\\xff'");
    CHECK_REPR(PyObject_Bytes(value("[iii]", 1, 2, 256)), "!!ValueError: bytes must be in range(0, 256)");
    CHECK_REPR(PyObject_Bytes(value("i", 3)), "!!TypeError: cannot convert 'int' object to bytes");
    CHECK_REPR(PyObject_Bytes(text), "!!TypeError: cannot convert 'str' object to bytes");
    CHECK_REPR(PyObject_Bytes(Py_None), "!!TypeError: cannot convert 'NoneType' object to bytes");
    CHECK_REPR(PyObject_Repr(raiser()), "!!ValueError: from the slot");
    CHECK_REPR(PyObject_Str(raiser()), "!!ValueError: from the slot");
    CHECK_REPR(PyObject_Repr(odd()), "!!TypeError: __repr__ returned non-string (type int)");
    CHECK_REPR(PyObject_Str(odd()), "!!TypeError: __str__ returned non-string (type int)");
    CHECK_REPR(PyObject_ASCII(odd()), "!!TypeError: __repr__ returned non-string (type int)");
    PyObject *plain = keep(PyObject_CallNoArgs(new_class("C", NULL)));
    PyObject *repr = keep(PyObject_Repr(plain));
    char expected[64];
    snprintf(expected, sizeof expected, "<m.C object at %p>", (void *)plain);
    CHECK_STR_EQ(PyUnicode_AsUTF8(repr), expected);
    CHECK_REPR(PyObject_Repr(new_class("C", NULL)), "\"<class 'm.C'>\"");
    CHECK_REPR(PyObject_Repr((PyObject *)&PyLong_Type), "\"<class 'int'>\"");
}

TEST(attributes) {
    PyObject *object = keep(PyObject_CallNoArgs(new_class("C", NULL))), *name = value("s", "x"), *result = NULL;
    CHECK_REPR(PyObject_GetAttr(object, name), "!!AttributeError: 'C' object has no attribute 'x'");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "!!AttributeError: 'C' object has no attribute 'x'");
    CHECK_INT(PyObject_SetAttr(object, name, value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttr(object, name), "5");
    CHECK_INT(PyObject_SetAttrString(object, "y", value("i", 6)), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "y"), "6");
    CHECK_REPR(PyObject_GenericGetDict(object, NULL), "{'x': 5, 'y': 6}");
    CHECK_INT(PyObject_HasAttr(object, name), "1");
    CHECK_INT(PyObject_HasAttrString(object, "z"), "0");
    CHECK_INT(PyObject_HasAttrWithError(object, name), "1");
    CHECK_INT(PyObject_HasAttrStringWithError(object, "z"), "0");
    CHECK_INT(PyObject_HasAttrStringWithError(raiser(), "z"), "-1 !!ValueError: from the slot");
    CHECK_INT(PyObject_GetOptionalAttr(object, name, &result), "1");
    CHECK_REPR(result, "5");
    CHECK_INT(PyObject_GetOptionalAttrString(object, "z", &result), "0");
    CHECK(result == NULL);
    CHECK_INT(PyObject_GetOptionalAttrString(raiser(), "z", &result), "-1 !!ValueError: from the slot");
    CHECK(result == NULL);
    CHECK_INT(PyObject_DelAttr(object, name), "0");
    CHECK_INT(PyObject_DelAttr(object, name), "-1 !!AttributeError: 'C' object has no attribute 'x'");
    CHECK_INT(PyObject_DelAttrString(object, "y"), "0");
    CHECK_INT(PyObject_DelAttrString(object, "y"), "-1 !!AttributeError: 'C' object has no attribute 'y'");
    CHECK_INT(PyObject_SetAttr(object, name, NULL), "-1 !!AttributeError: 'C' object has no attribute 'x'");

    CHECK_REPR(PyObject_GetAttr(object, value("i", 1)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_SetAttr(object, value("i", 1), Py_None), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_DelAttr(object, value("i", 1)), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(PyObject_GetAttrString(Py_None, "x"), "!!AttributeError: 'NoneType' object has no attribute 'x'");
    CHECK_INT(PyObject_SetAttrString(Py_None, "x", Py_None), "-1 !!AttributeError: 'NoneType' object has no attribute 'x' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_DelAttrString(Py_None, "x"), "-1 !!AttributeError: 'NoneType' object has no attribute 'x' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_SetAttrString(Py_None, "__doc__", Py_None), "-1 !!AttributeError: 'NoneType' object attribute '__doc__' is read-only");
    CHECK_INT(PyObject_SetAttrString(value("i", 1), "real", Py_None), "-1 !!AttributeError: attribute 'real' of 'int' objects is not writable");
    CHECK_INT(PyObject_SetAttrString(value("[]"), "append", Py_None), "-1 !!AttributeError: 'list' object attribute 'append' is read-only");
    CHECK_INT(PyObject_SetAttrString(value("[]"), "other", Py_None), "-1 !!AttributeError: 'list' object has no attribute 'other' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_SetAttrString((PyObject *)&PyLong_Type, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'int'");
    CHECK_INT(PyObject_DelAttrString((PyObject *)&PyLong_Type, "x"), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'int'");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)&PyLong_Type, "x"), "!!AttributeError: type object 'int' has no attribute 'x'");
    CHECK_REPR(PyObject_GetAttrString(raiser(), "x"), "!!ValueError: from the slot");
    CHECK_INT(PyObject_SetAttrString(raiser(), "x", Py_None), "-1 !!ValueError: from the slot");
    CHECK_REPR(PyObject_GetAttrString(object, "\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyObject_SetAttrString(object, "\xff", Py_None), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");

    CHECK_REPR(PyObject_GenericGetAttr(object, value("s", "missing")), "!!AttributeError: 'C' object has no attribute 'missing'");
    CHECK_REPR(PyObject_GenericGetAttr(object, value("i", 1)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_GenericSetAttr(object, value("s", "g"), value("i", 9)), "0");
    CHECK_REPR(PyObject_GenericGetAttr(object, value("s", "g")), "9");
    CHECK_INT(PyObject_GenericSetAttr(object, value("s", "g"), NULL), "0");
    CHECK_INT(PyObject_GenericSetAttr(object, value("s", "g"), NULL), "-1 !!AttributeError: 'C' object has no attribute 'g'");
    CHECK_INT(PyObject_GenericSetDict(object, value("{si}", "k", 3), NULL), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "k"), "3");
    CHECK_INT(PyObject_GenericSetDict(object, value("i", 3), NULL), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_GenericSetDict(object, NULL, NULL), "-1 !!TypeError: cannot delete __dict__");
    CHECK_INT(PyObject_SetAttrString(object, "__dict__", value("i", 3)), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_SetAttrString(object, "__class__", value("i", 3)), "-1 !!TypeError: __class__ must be set to a class, not 'int' object");
    CHECK_INT(PyObject_SetAttrString(object, "__class__", (PyObject *)&PyLong_Type), "-1 !!TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses");
    CHECK_INT(PyObject_SetAttrString(object, "__class__", new_class("D", NULL)), "0");
    CHECK_BORROWED(Py_TYPE(object), "<class 'm.D'>");
    CHECK_REPR(PyObject_GenericGetDict(Py_None, NULL), "!!AttributeError: This object has no __dict__");
}

/* object.__getattr__ and friends of classes made by calling type: C functions as Python-visible hooks */
static PyObject *hook(PyObject *self, PyObject *arguments) { (void)self; return PyObject_Repr(arguments); }
static PyMethodDef hook_def = {"hook", hook, METH_VARARGS, NULL};
TEST(hooks) {
    PyObject *function = keep(PyCFunction_New(&hook_def, NULL)), *type = new_class("C", NULL);
    CHECK_INT(PyObject_SetAttrString(type, "__getattr__", function), "0");
    PyObject *object = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyObject_GetAttrString(object, "anything"), "\"('anything',)\"");
    CHECK_INT(PyObject_SetAttrString(type, "__len__", keep(PyCFunction_New(&hook_def, NULL))), "0");
    CHECK_INT(PyObject_Size(object), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyObject_SetAttrString(type, "__repr__", function), "0");
    CHECK_REPR(PyObject_Repr(object), "'()'");
    CHECK_INT(PyObject_SetAttrString(type, "__hash__", Py_None), "0");
    CHECK_INT(PyObject_Hash(object), "-1 !!TypeError: unhashable type: 'C'");
    CHECK_INT(PyObject_SetAttrString(type, "__call__", function), "0");
    CHECK_REPR(PyObject_CallFunction(object, "is", 1, "a"), "\"(1, 'a')\"");
    CHECK_INT(PyObject_DelAttrString(type, "__call__"), "0");
    CHECK_REPR(PyObject_CallNoArgs(object), "!!TypeError: 'C' object is not callable");
}

TEST(comparison) {
    PyObject *one = value("i", 1), *two = value("i", 2), *text = value("s", "a");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_LT), "True");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_LE), "True");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_GT), "False");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_GE), "False");
    CHECK_REPR(PyObject_RichCompare(one, text, Py_LT), "!!TypeError: '<' not supported between instances of 'int' and 'str'");
    CHECK_REPR(PyObject_RichCompare(one, text, Py_LE), "!!TypeError: '<=' not supported between instances of 'int' and 'str'");
    CHECK_REPR(PyObject_RichCompare(text, one, Py_GT), "!!TypeError: '>' not supported between instances of 'str' and 'int'");
    CHECK_REPR(PyObject_RichCompare(Py_None, one, Py_GE), "!!TypeError: '>=' not supported between instances of 'NoneType' and 'int'");
    CHECK_REPR(PyObject_RichCompare(one, text, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(one, text, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(Py_None, Py_None, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(Py_None, Py_None, Py_LT), "!!TypeError: '<' not supported between instances of 'NoneType' and 'NoneType'");
    CHECK_REPR(PyObject_RichCompare(NULL, one, Py_EQ), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyObject_RichCompare(raiser(), one, Py_EQ), "!!ValueError: from the slot");
    CHECK_REPR(PyObject_RichCompare(one, raiser(), Py_EQ), "!!ValueError: from the slot");
    CHECK_INT(PyObject_RichCompareBool(one, two, Py_LT), "1");
    CHECK_INT(PyObject_RichCompareBool(one, text, Py_LT), "-1 !!TypeError: '<' not supported between instances of 'int' and 'str'");
    CHECK_INT(PyObject_RichCompareBool(one, raiser(), Py_EQ), "-1 !!ValueError: from the slot");
    PyObject *same = raiser(), *nan = value("d", Py_NAN);
    CHECK_INT(PyObject_RichCompareBool(same, same, Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(same, same, Py_NE), "0");
    CHECK_INT(PyObject_RichCompareBool(same, same, Py_LT), "-1 !!ValueError: from the slot");
    CHECK_INT(PyObject_RichCompareBool(nan, nan, Py_EQ), "1");
    CHECK_REPR(PyObject_RichCompare(nan, nan, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(value("[ii]", 1, 2), value("[ii]", 1, 3), Py_LT), "True");
    CHECK_REPR(PyObject_RichCompare(value("(is)", 1, "a"), value("(ii)", 1, 3), Py_LT), "!!TypeError: '<' not supported between instances of 'str' and 'int'");
    CHECK_REPR(PyObject_RichCompare(value("i", 1), value("d", 1.0), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(Py_True, one, Py_EQ), "True");
}

TEST(hash) {
    CHECK_INT(PyObject_Hash(value("i", 0)), "0");
    CHECK_INT(PyObject_Hash(value("i", 42)), "42");
    CHECK_INT(PyObject_Hash(value("i", -1)), "-2");
    CHECK_INT(PyObject_Hash(value("i", -2)), "-2");
    CHECK_INT(PyObject_Hash(value("L", (1LL << 61) - 1)), "0");
    CHECK_INT(PyObject_Hash(value("L", 1LL << 61)), "1");
    CHECK_INT(PyObject_Hash(value("L", -(1LL << 62) - 5)), "-7");
    CHECK_INT(PyObject_Hash(keep(PyLong_FromString("123456789012345678901234567890", NULL, 10))), "248789772095949448");
    CHECK_INT(PyObject_Hash(value("d", 1.5)), "1152921504606846977");
    CHECK_INT(PyObject_Hash(value("d", 3.0)), "3");
    CHECK_INT(PyObject_Hash(value("d", 1e300)), "1224995262755759164");
    CHECK_INT(PyObject_Hash(value("d", -0.0)), "0");
    CHECK_INT(PyObject_Hash(value("d", Py_INFINITY)), "314159");
    CHECK_INT(PyObject_Hash(value("D", &(Py_complex){1.0, 2.0})), "2000007");
    CHECK_INT(PyObject_Hash(value("()")), "5740354900026072187");
    CHECK_INT(PyObject_Hash(value("(iii)", 1, 2, 3)), "529344067295497451");
    CHECK_INT(PyObject_Hash(Py_True), "1");
    CHECK_INT(PyObject_Hash(value("[]")), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_INT(PyObject_Hash(value("{}")), "-1 !!TypeError: unhashable type: 'dict'");
    CHECK_INT(PyObject_Hash(value("(O)", value("[]"))), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_INT(PyObject_Hash(raiser()), "-1 !!ValueError: from the slot");
    CHECK_INT(PyObject_HashNotImplemented(Py_None), "-1 !!TypeError: unhashable type: 'NoneType'");
    PyObject *object = keep(PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type));
    CHECK(PyObject_Hash(object) == PyObject_GenericHash(object));
    CHECK(PyObject_Hash(object) == Py_HashPointer(object));
    CHECK(Py_HashPointer((void *)0x10) == 1 && Py_HashPointer((void *)0x18) == (Py_hash_t)(((size_t)8 << 60) | 1));
    CHECK(PyObject_Hash(value("s", "abc")) == Py_HashBuffer("abc", 3));
    CHECK(Py_HashBuffer("", 0) == 0 && PyObject_Hash(value("y", "")) == 0);
}

TEST(truth) {
    CHECK_INT(PyObject_IsTrue(Py_None), "0");
    CHECK_INT(PyObject_IsTrue(value("i", 0)), "0");
    CHECK_INT(PyObject_IsTrue(value("d", 0.0)), "0");
    CHECK_INT(PyObject_IsTrue(value("s", "")), "0");
    CHECK_INT(PyObject_IsTrue(value("[i]", 0)), "1");
    CHECK_INT(PyObject_IsTrue(value("{}")), "0");
    CHECK_INT(PyObject_IsTrue(Py_Ellipsis), "1");
    CHECK_INT(PyObject_Not(Py_None), "1");
    CHECK_INT(PyObject_Not(Py_True), "0");
    CHECK_INT(PyObject_IsTrue(raiser()), "-1 !!ValueError: from the slot");
    CHECK_INT(PyObject_Not(raiser()), "-1 !!ValueError: from the slot");
}

TEST(instances) {
    PyObject *one = value("i", 1), *type = (PyObject *)&PyLong_Type, *object = (PyObject *)&PyBaseObject_Type;
    CHECK_REPR(PyObject_Type(one), "<class 'int'>");
    CHECK_REPR(PyObject_Type(NULL), "!!SystemError: null argument to internal routine");
    CHECK_INT(PyObject_IsInstance(one, type), "1");
    CHECK_INT(PyObject_IsInstance(Py_True, type), "1");
    CHECK_INT(PyObject_IsInstance(one, (PyObject *)&PyBool_Type), "0");
    CHECK_INT(PyObject_IsInstance(one, value("(OO)", (PyObject *)&PyUnicode_Type, type)), "1");
    CHECK_INT(PyObject_IsInstance(one, value("((O)O)", (PyObject *)&PyUnicode_Type, object)), "1");
    CHECK_INT(PyObject_IsInstance(one, value("()")), "0");
    CHECK_INT(PyObject_IsInstance(one, one), "-1 !!TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
    CHECK_INT(PyObject_IsInstance(one, value("(i)", 1)), "-1 !!TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PyBool_Type, type), "1");
    CHECK_INT(PyObject_IsSubclass(type, (PyObject *)&PyBool_Type), "0");
    CHECK_INT(PyObject_IsSubclass(type, value("(OO)", (PyObject *)&PyUnicode_Type, object)), "1");
    CHECK_INT(PyObject_IsSubclass(one, type), "-1 !!TypeError: issubclass() arg 1 must be a class");
    CHECK_INT(PyObject_IsSubclass(type, one), "-1 !!TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union");
    CHECK(PyType_IsSubtype(&PyBool_Type, &PyLong_Type) && !PyType_IsSubtype(&PyLong_Type, &PyBool_Type));
    CHECK(PyObject_TypeCheck(Py_True, &PyLong_Type) && Py_IS_TYPE(Py_True, &PyBool_Type) && PyLong_Check(Py_True));
    CHECK(!PyLong_CheckExact(Py_True) && PyType_Check(type) && PyType_CheckExact(type) && PyCallable_Check(type));
}

TEST(directory) {
    PyObject *object = keep(PyObject_CallNoArgs(new_class("C", NULL)));
    CHECK_INT(PyObject_SetAttrString(object, "own", Py_None), "0");
    PyObject *names = keep(PyObject_Dir(object));
    CHECK_BORROWED(names, "['__class__', '__delattr__', '__dict__', '__dir__', '__doc__', '__eq__', '__format__', '__ge__', '__getattribute__', '__getstate__', '__gt__', '__hash__', '__init__', '__init_subclass__', '__le__', '__lt__', '__module__', '__ne__', '__new__', '__reduce__', '__reduce_ex__', '__repr__', '__setattr__', '__sizeof__', '__str__', '__subclasshook__', '__weakref__', 'own']");
    CHECK_REPR(PyObject_Dir(Py_None), "['__bool__', '__class__', '__delattr__', '__dir__', '__doc__', '__eq__', '__format__', '__ge__', '__getattribute__', '__getstate__', '__gt__', '__hash__', '__init__', '__init_subclass__', '__le__', '__lt__', '__ne__', '__new__', '__reduce__', '__reduce_ex__', '__repr__', '__setattr__', '__sizeof__', '__str__', '__subclasshook__']");
    CHECK_REPR(PyObject_Dir(raiser()), "!!ValueError: from the slot");
    CHECK_REPR(PyObject_Dir((PyObject *)&PyBool_Type), "['__abs__', '__add__', '__and__', '__bool__', '__ceil__', '__class__', '__delattr__', '__dir__', '__divmod__', '__doc__', '__eq__', '__float__', '__floor__', '__floordiv__', '__format__', '__ge__', '__getattribute__', '__getnewargs__', '__getstate__', '__gt__', '__hash__', '__index__', '__init__', '__init_subclass__', '__int__', '__invert__', '__le__', '__lshift__', '__lt__', '__mod__', '__mul__', '__ne__', '__neg__', '__new__', '__or__', '__pos__', '__pow__', '__radd__', '__rand__', '__rdivmod__', '__reduce__', '__reduce_ex__', '__repr__', '__rfloordiv__', '__rlshift__', '__rmod__', '__rmul__', '__ror__', '__round__', '__rpow__', '__rrshift__', '__rshift__', '__rsub__', '__rtruediv__', '__rxor__', '__setattr__', '__sizeof__', '__str__', '__sub__', '__subclasshook__', '__truediv__', '__trunc__', '__xor__', 'as_integer_ratio', 'bit_count', 'bit_length', 'conjugate', 'denominator', 'from_bytes', 'imag', 'is_integer', 'numerator', 'real', 'to_bytes']");
}

TEST(length) {
    CHECK_INT(PyObject_Size(value("[ii]", 1, 2)), "2");
    CHECK_INT(PyObject_Length(value("s", "abc")), "3");
    CHECK_INT(PyObject_Size(value("i", 1)), "-1 !!TypeError: object of type 'int' has no len()");
    CHECK_INT(PyObject_Size(NULL), "-1 !!SystemError: null argument to internal routine");
    CHECK_INT(PyObject_LengthHint(value("[ii]", 1, 2), 9), "2");
    CHECK_INT(PyObject_LengthHint(Py_None, 9), "9");
    CHECK_INT(PyObject_LengthHint(keep(PyObject_GetIter(value("(iii)", 1, 2, 3))), 9), "3");
}

TEST(items) {
    PyObject *list = value("[iii]", 1, 2, 3), *dict = value("{si}", "a", 1), *index = value("i", 1), *key = value("s", "a");
    CHECK_REPR(PyObject_GetItem(list, index), "2");
    CHECK_REPR(PyObject_GetItem(list, value("i", -1)), "3");
    CHECK_REPR(PyObject_GetItem(list, value("i", 7)), "!!IndexError: list index out of range");
    CHECK_REPR(PyObject_GetItem(list, key), "!!TypeError: list indices must be integers or slices, not str");
    CHECK_REPR(PyObject_GetItem(value("(i)", 1), key), "!!TypeError: tuple indices must be integers or slices, not str");
    CHECK_REPR(PyObject_GetItem(key, key), "!!TypeError: string indices must be integers, not 'str'");
    CHECK_REPR(PyObject_GetItem(dict, key), "1");
    CHECK_REPR(PyObject_GetItem(dict, index), "!!KeyError: 1");
    CHECK_REPR(PyObject_GetItem(dict, list), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(PyObject_GetItem(index, index), "!!TypeError: 'int' object is not subscriptable");
    CHECK_REPR(PyObject_GetItem(NULL, index), "!!SystemError: null argument to internal routine");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyList_Type, (PyObject *)&PyLong_Type), "list[int]");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyLong_Type, (PyObject *)&PyLong_Type), "!!TypeError: type 'int' is not subscriptable");
    CHECK_INT(PyObject_SetItem(list, index, Py_None), "0");
    CHECK_INT(PyObject_SetItem(list, value("i", 3), Py_None), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PyObject_SetItem(list, key, Py_None), "-1 !!TypeError: list indices must be integers or slices, not str");
    CHECK_INT(PyObject_SetItem(index, key, Py_None), "-1 !!TypeError: 'int' object does not support item assignment");
    CHECK_INT(PyObject_SetItem(value("()"), index, Py_None), "-1 !!TypeError: 'tuple' object does not support item assignment");
    CHECK_INT(PyObject_SetItem(list, NULL, Py_None), "-1 !!SystemError: null argument to internal routine");
    CHECK_INT(PyObject_SetItem(dict, index, Py_None), "0");
    CHECK_INT(PyObject_DelItem(list, index), "0");
    CHECK_INT(PyObject_DelItem(list, index), "0");
    CHECK_INT(PyObject_DelItem(list, index), "-1 !!IndexError: list assignment index out of range");
    CHECK_INT(PyObject_DelItem(dict, index), "0");
    CHECK_INT(PyObject_DelItem(dict, index), "-1 !!KeyError: 1");
    CHECK_INT(PyObject_DelItem(index, index), "-1 !!TypeError: 'int' object does not support item deletion");
    CHECK_INT(PyObject_DelItemString(dict, "a"), "0");
    CHECK_INT(PyObject_DelItemString(dict, "a"), "-1 !!KeyError: 'a'");
    CHECK_INT(PyObject_DelItem(value("()"), index), "-1 !!TypeError: 'tuple' object doesn't support item deletion");
    CHECK_BORROWED(list, "[1]");
    CHECK_BORROWED(dict, "{}");
}

TEST(format) {
    CHECK_REPR(PyObject_Format(value("i", 42), NULL), "'42'");
    CHECK_REPR(PyObject_Format(value("i", 42), value("s", ">6")), "'    42'");
    CHECK_REPR(PyObject_Format(value("i", 42), value("s", "#x")), "'0x2a'");
    CHECK_REPR(PyObject_Format(value("i", -1234567), value("s", "_")), "'-1_234_567'");
    CHECK_REPR(PyObject_Format(value("i", 42), value("s", "q")), "!!ValueError: Unknown format code 'q' for object of type 'int'");
    CHECK_REPR(PyObject_Format(value("d", 3.14159), value("s", "+.2f")), "'+3.14'");
    CHECK_REPR(PyObject_Format(value("d", 12345.678), value("s", ",.1f")), "'12,345.7'");
    CHECK_REPR(PyObject_Format(value("s", "ab"), value("s", "*^6")), "'**ab**'");
    CHECK_REPR(PyObject_Format(value("s", "ab"), value("s", "d")), "!!ValueError: Unknown format code 'd' for object of type 'str'");
    CHECK_REPR(PyObject_Format(Py_None, value("s", "")), "'None'");
    CHECK_REPR(PyObject_Format(Py_None, value("s", "x")), "!!TypeError: unsupported format string passed to NoneType.__format__");
    CHECK_REPR(PyObject_Format(Py_None, value("i", 1)), "!!SystemError: Format specifier must be a string, not int");
    CHECK_REPR(PyObject_Format(value("[]"), value("s", "x")), "!!TypeError: unsupported format string passed to list.__format__");
}

TEST(references) {
    PyObject *object = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    CHECK(Py_REFCNT(object) == 1);
    CHECK(Py_NewRef(object) == object && Py_REFCNT(object) == 2);
    CHECK(Py_XNewRef(NULL) == NULL);
    Py_IncRef(object); Py_IncRef(NULL); Py_DecRef(NULL);
    CHECK(Py_REFCNT(object) == 3);
    Py_DecRef(object); Py_DECREF(object);
    CHECK(Py_REFCNT(object) == 1);
    PyObject *held = object;
    Py_CLEAR(held);
    CHECK(held == NULL);
    Py_ssize_t before = Py_REFCNT(Py_None);
    for (int i = 0; i < 100; i++) Py_DECREF(Py_None);
    CHECK(Py_REFCNT(Py_None) == before);
    CHECK(PyUnstable_IsImmortal(Py_None) && PyUnstable_IsImmortal((PyObject *)&PyLong_Type));
    CHECK(PyUnstable_IsImmortal(value("i", 5)) && !PyUnstable_IsImmortal(value("i", 5000)));
    CHECK(PyUnstable_IsImmortal(value("()")) && PyUnstable_IsImmortal(value("s", "a")) && PyUnstable_IsImmortal(value("s", "")));
}

TEST(repr_recursion) {
    PyObject *list = keep(PyList_New(0));
    CHECK_INT(PyList_Append(list, list), "0");
    CHECK_BORROWED(list, "[[...]]");
    PyObject *dict = keep(PyDict_New());
    CHECK_INT(PyDict_SetItemString(dict, "self", dict), "0");
    CHECK_BORROWED(dict, "{'self': {...}}");
    CHECK_INT(Py_ReprEnter(list), "0");
    CHECK_INT(Py_ReprEnter(list), "1");
    CHECK_BORROWED(list, "[...]");
    Py_ReprLeave(list);
    CHECK_INT(Py_ReprEnter(list), "0");
    Py_ReprLeave(list);
    PyList_SetSlice(list, 0, 1, NULL);
    PyDict_Clear(dict);
}

TEST(file_descriptor) {
    CHECK_INT(PyObject_AsFileDescriptor(value("i", 2)), "2");
    CHECK_INT(PyObject_AsFileDescriptor(value("i", -2)), "-1 !!ValueError: file descriptor cannot be a negative integer (-2)");
    CHECK_INT(PyObject_AsFileDescriptor(Py_None), "-1 !!TypeError: argument must be an int, or have a fileno() method.");
    CHECK_INT(PyObject_AsFileDescriptor(value("L", 1LL << 40)), "-1 !!OverflowError: Python int too large to convert to C int");
}

TEST(print) {
    char text[256] = {0};
    FILE *file = tmpfile();
    CHECK_INT(PyObject_Print(value("s", "a'b"), file, 0), "0");
    CHECK_INT(PyObject_Print(value("s", "a'b"), file, Py_PRINT_RAW), "0");
    CHECK_INT(PyObject_Print(raiser(), file, 0), "-1 !!ValueError: from the slot");
    CHECK_INT(PyObject_Print(keep(PyUnicode_FromOrdinal(0xd800)), file, Py_PRINT_RAW), "-1 !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
    CHECK_INT(PyObject_Print(NULL, file, 0), "0");
    rewind(file);
    CHECK(fread(text, 1, sizeof text - 1, file) > 0);
    CHECK_STR_EQ(text, "\"a'b\"a'b<nil>");
    fclose(file);
}
CHECK_MAIN()
