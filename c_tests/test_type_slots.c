/* Special methods and slots, both ways: a class made by calling type whose dict defines special methods is used through
 * the protocols; and slots filled in C are called as special methods. */
#include "check.h"

/* A method that notes its name and arguments in `notes`, and returns (or raises) what it was told. self is (name, value). */
static PyObject *notes;
static PyObject *note(PyObject *self, PyObject *args, PyObject *kwargs) {
    PyObject *name = PyTuple_GET_ITEM(self, 0), *result = PyTuple_GET_ITEM(self, 1);
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    PyObject *entry = kwargs && PyDict_GET_SIZE(kwargs) ? PyTuple_Pack(3, name, rest, kwargs) : PyTuple_Pack(2, name, rest);
    Py_DECREF(rest);
    if (!entry || PyList_Append(notes, entry) < 0) { Py_XDECREF(entry); return NULL; }
    Py_DECREF(entry);
    if (PyExceptionInstance_Check(result)) { PyErr_SetObject((PyObject *)Py_TYPE(result), result); return NULL; }
    return Py_NewRef(result);
}
static PyMethodDef note_def = {"note", (PyCFunction)(void (*)(void))note, METH_VARARGS | METH_KEYWORDS, NULL};
static PyObject *method(const char *name, PyObject *result) {
    PyObject *function = PyCFunction_New(&note_def, value("(sO)", name, result));
    PyObject *bound = function ? PyInstanceMethod_New(function) : NULL;
    Py_XDECREF(function);
    return keep(bound);
}
/* An instance of a class with these methods. */
static PyObject *class_with(PyObject *base, const char *name, PyObject *result, const char *name2, PyObject *result2) {
    PyObject *dict = value("{ss}", "__module__", "m");
    PyDict_SetItemString(dict, name, method(name, result));
    if (name2) PyDict_SetItemString(dict, name2, method(name2, result2));
    return keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O)O", "C", base ? base : (PyObject *)&PyBaseObject_Type, dict));
}
static PyObject *with(const char *name, PyObject *result) {
    PyObject *class = class_with(NULL, name, result, NULL, NULL);
    notes = keep(PyList_New(0));
    return class ? keep(PyObject_CallNoArgs(class)) : NULL;
}
static PyObject *with2(const char *name, PyObject *result, const char *name2, PyObject *result2) {
    PyObject *class = class_with(NULL, name, result, name2, result2);
    notes = keep(PyList_New(0));
    return class ? keep(PyObject_CallNoArgs(class)) : NULL;
}
static PyObject *noted(void) { PyObject *before = notes; notes = keep(PyList_New(0)); return Py_NewRef(before); }
#define ONE value("i", 1)
#define TWO value("i", 2)
#define TEXT value("s", "text")

TEST(unary) {
    CHECK_REPR(PyNumber_Negative(with("__neg__", TEXT)), "'text'");
    CHECK_REPR(PyNumber_Positive(with("__pos__", TEXT)), "'text'");
    CHECK_REPR(PyNumber_Absolute(with("__abs__", TEXT)), "'text'");
    CHECK_REPR(PyNumber_Invert(with("__invert__", TEXT)), "'text'");
    CHECK_REPR(PyNumber_Negative(with("__pos__", TEXT)), "!!TypeError: bad operand type for unary -: 'C'");
    CHECK_REPR(PyNumber_Long(with("__int__", ONE)), "1");
    CHECK_REPR(PyNumber_Long(with("__int__", TEXT)), "!!TypeError: __int__ returned non-int (type str)");
    CHECK_REPR(PyNumber_Float(with("__float__", value("d", 1.5))), "1.5");
    CHECK_REPR(PyNumber_Float(with("__float__", TEXT)), "!!TypeError: C.__float__ returned non-float (type str)");
    CHECK_REPR(PyNumber_Index(with("__index__", TWO)), "2");
    CHECK_REPR(PyNumber_Index(with("__index__", TEXT)), "!!TypeError: __index__ returned non-int (type str)");
    CHECK_INT(PyObject_IsTrue(with("__bool__", Py_False)), "0");
    CHECK_INT(PyObject_IsTrue(with("__bool__", ONE)), "-1 !!TypeError: __bool__ should return bool, returned int");
    CHECK_INT(PyObject_IsTrue(with("__len__", value("i", 0))), "0");
    CHECK_INT(PyObject_IsTrue(with("__len__", value("i", 3))), "1");
    CHECK_INT(PyObject_IsTrue(with("__len__", value("i", -3))), "-1 !!ValueError: __len__() should return >= 0");
    CHECK_INT(PyObject_IsTrue(with("__neg__", ONE)), "1");
}

TEST(binary) {
    static const struct { const char *name, *reflected, *inplace; binaryfunc plain, in; } operators[] = {
        {"__add__", "__radd__", "__iadd__", PyNumber_Add, PyNumber_InPlaceAdd},
        {"__sub__", "__rsub__", "__isub__", PyNumber_Subtract, PyNumber_InPlaceSubtract},
        {"__mul__", "__rmul__", "__imul__", PyNumber_Multiply, PyNumber_InPlaceMultiply},
        {"__mod__", "__rmod__", "__imod__", PyNumber_Remainder, PyNumber_InPlaceRemainder},
        {"__lshift__", "__rlshift__", "__ilshift__", PyNumber_Lshift, PyNumber_InPlaceLshift},
        {"__rshift__", "__rrshift__", "__irshift__", PyNumber_Rshift, PyNumber_InPlaceRshift},
        {"__and__", "__rand__", "__iand__", PyNumber_And, PyNumber_InPlaceAnd},
        {"__xor__", "__rxor__", "__ixor__", PyNumber_Xor, PyNumber_InPlaceXor},
        {"__or__", "__ror__", "__ior__", PyNumber_Or, PyNumber_InPlaceOr},
        {"__floordiv__", "__rfloordiv__", "__ifloordiv__", PyNumber_FloorDivide, PyNumber_InPlaceFloorDivide},
        {"__truediv__", "__rtruediv__", "__itruediv__", PyNumber_TrueDivide, PyNumber_InPlaceTrueDivide},
        {"__matmul__", "__rmatmul__", "__imatmul__", PyNumber_MatrixMultiply, PyNumber_InPlaceMatrixMultiply},
        {"__divmod__", "__rdivmod__", NULL, PyNumber_Divmod, NULL},
    };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        PyObject *o = with2(operators[i].name, value("s", operators[i].name), operators[i].reflected, value("s", operators[i].reflected));
        PyObject *result = keep(operators[i].plain(o, ONE)), *reflected = keep(operators[i].plain(ONE, o));
        CHECK(result && PyUnicode_EqualToUTF8(result, operators[i].name));
        CHECK(reflected && PyUnicode_EqualToUTF8(reflected, operators[i].reflected));
        if (operators[i].in) {
            PyObject *fallback = keep(operators[i].in(o, ONE));
            CHECK(fallback && PyUnicode_EqualToUTF8(fallback, operators[i].name));
            PyObject *own = keep(operators[i].in(with(operators[i].inplace, TWO), ONE));
            CHECK(own && PyLong_AsLong(own) == 2);
        }
    }
    CHECK_REPR(PyNumber_Add(with("__add__", Py_NotImplemented), ONE), "!!TypeError: unsupported operand type(s) for +: 'C' and 'int'");
    CHECK_REPR(noted(), "[('__add__', (1,))]");
    CHECK_REPR(PyNumber_Add(with2("__add__", Py_NotImplemented, "__radd__", TWO), ONE), "!!TypeError: unsupported operand type(s) for +: 'C' and 'int'");
    CHECK_REPR(PyNumber_Power(with("__pow__", TEXT), ONE, Py_None), "'text'");
    CHECK_REPR(PyNumber_Power(with("__pow__", TEXT), ONE, TWO), "'text'");
    CHECK_REPR(noted(), "[('__pow__', (1, 2))]");
    CHECK_REPR(PyNumber_Power(ONE, with("__rpow__", TEXT), TWO), "'text'");
    CHECK_REPR(noted(), "[('__rpow__', (1, 2))]");
    CHECK_REPR(PyNumber_Power(ONE, with("__rpow__", TEXT), Py_None), "'text'");
    CHECK_REPR(PyNumber_InPlacePower(with("__ipow__", TEXT), ONE, Py_None), "'text'");
    CHECK_REPR(noted(), "[('__ipow__', (1,))]");
}

/* A subclass that overrides the reflected method goes first. */
TEST(reflected) {
    PyObject *base = class_with(NULL, "__add__", value("s", "base add"), "__radd__", value("s", "base radd"));
    PyObject *same = class_with(base, "other", TWO, NULL, NULL), *own = class_with(base, "__radd__", value("s", "own radd"), NULL, NULL);
    notes = keep(PyList_New(0));
    PyObject *b = keep(PyObject_CallNoArgs(base)), *s = keep(PyObject_CallNoArgs(same)), *o = keep(PyObject_CallNoArgs(own));
    CHECK_REPR(PyNumber_Add(b, b), "'base add'");
    CHECK_REPR(PyNumber_Add(b, s), "'base add'");
    CHECK_REPR(PyNumber_Add(b, o), "'own radd'");
    CHECK_REPR(PyNumber_Add(o, b), "'base add'");
    CHECK_REPR(PyNumber_Add(ONE, o), "'own radd'");
}

TEST(container) {
    CHECK_INT(PyObject_Size(with("__len__", value("i", 7))), "7");
    CHECK_INT(PyObject_Size(with("__len__", value("i", -7))), "-1 !!ValueError: __len__() should return >= 0");
    CHECK_INT(PyObject_Size(with("__len__", TEXT)), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PySequence_Size(with("__len__", value("i", 7))), "7");
    CHECK_INT(PyMapping_Size(with("__len__", value("i", 7))), "7");
    CHECK_REPR(PyObject_GetItem(with("__getitem__", TEXT), ONE), "'text'");
    CHECK_REPR(noted(), "[('__getitem__', (1,))]");
    CHECK_REPR(PySequence_GetItem(with("__getitem__", TEXT), 5), "'text'");
    CHECK_REPR(noted(), "[('__getitem__', (5,))]");
    CHECK_REPR(PySequence_GetItem(with2("__getitem__", TEXT, "__len__", value("i", 10)), -3), "'text'");
    CHECK_REPR(noted(), "[('__len__', ()), ('__getitem__', (7,))]");
    CHECK_INT(PyObject_SetItem(with("__setitem__", Py_None), ONE, TWO), "0");
    CHECK_REPR(noted(), "[('__setitem__', (1, 2))]");
    CHECK_INT(PySequence_SetItem(with("__setitem__", Py_None), 4, TWO), "0");
    CHECK_REPR(noted(), "[('__setitem__', (4, 2))]");
    CHECK_INT(PyObject_DelItem(with("__delitem__", Py_None), ONE), "0");
    CHECK_REPR(noted(), "[('__delitem__', (1,))]");
    CHECK_INT(PySequence_DelItem(with("__delitem__", Py_None), 4), "0");
    CHECK_REPR(noted(), "[('__delitem__', (4,))]");
    CHECK_INT(PyObject_DelItem(with("__setitem__", Py_None), ONE), "-1 !!AttributeError: __delitem__");
    CHECK_INT(PySequence_Contains(with("__contains__", TEXT), ONE), "1");
    CHECK_INT(PySequence_Contains(with("__contains__", Py_False), ONE), "0");
    CHECK_INT(PySequence_Contains(with("__len__", ONE), ONE), "-1 !!TypeError: argument of type 'C' is not a container or iterable");
    CHECK_INT(PySequence_Contains(with("__iter__", keep(PyObject_GetIter(value("(ii)", 1, 2)))), TWO), "1");
    CHECK_REPR(PyObject_GetIter(with("__iter__", TEXT)), "!!TypeError: iter() returned non-iterator of type 'str'");
    CHECK_REPR(PySequence_List(with("__iter__", keep(PyObject_GetIter(value("(ii)", 1, 2))))), "[1, 2]");
    CHECK_REPR(PySequence_List(with("__getitem__", keep(PyObject_CallFunction(PyExc_IndexError, "s", "end")))), "[]");
    CHECK_REPR(PyIter_Next(with("__next__", TEXT)), "'text'");
    CHECK_REPR(PyIter_Next(with("__next__", keep(PyObject_CallNoArgs(PyExc_StopIteration)))), "NULL");
    CHECK_REPR(PyObject_GetIter(with("__next__", TEXT)), "!!TypeError: 'C' object is not iterable");
    CHECK_INT(PySequence_Check(with("__getitem__", TEXT)), "1");
    CHECK_INT(PyMapping_Check(with("__getitem__", TEXT)), "1");
    CHECK_INT(PyIter_Check(with("__next__", TEXT)), "1");
    CHECK_INT(PyIter_Check(with("__iter__", TEXT)), "0");
}

/* A special method that is None says that the protocol is not there. */
TEST(none) {
    PyObject *o = keep(PyObject_CallNoArgs(keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){ssszszszszsz}", "N", "__module__", "m", "__iter__", NULL, "__contains__", NULL,
                                                                      "__hash__", NULL, "__call__", NULL, "__add__", NULL))));
    CHECK_REPR(PyObject_GetIter(o), "!!TypeError: 'N' object is not iterable");
    CHECK_INT(PySequence_Contains(o, ONE), "-1 !!TypeError: 'N' object is not a container");
    CHECK_INT(PyObject_Hash(o), "-1 !!TypeError: unhashable type: 'N'");
    CHECK_REPR(PyObject_CallNoArgs(o), "!!TypeError: 'NoneType' object is not callable");
    CHECK_REPR(PyNumber_Add(o, ONE), "!!TypeError: 'NoneType' object is not callable");
}

TEST(text_and_hash) {
    CHECK_BORROWED(with("__repr__", TEXT), "text");
    CHECK_BORROWED(with("__repr__", ONE), "<no repr>");
    CHECK_REPR(PyObject_Str(with("__str__", TEXT)), "'text'");
    CHECK_REPR(PyObject_Str(with("__repr__", TEXT)), "'text'");
    CHECK_REPR(PyObject_Str(with("__str__", ONE)), "!!TypeError: __str__ returned non-string (type int)");
    CHECK_INT(PyObject_Hash(with("__hash__", value("i", 42))), "42");
    CHECK_INT(PyObject_Hash(with("__hash__", value("i", -1))), "-2");
    CHECK_INT(PyObject_Hash(with("__hash__", keep(PyLong_FromString("123456789012345678901234567890", NULL, 10)))), "248789772095949448");
    CHECK_INT(PyObject_Hash(with("__hash__", TEXT)), "-1 !!TypeError: __hash__ method should return an integer");
    CHECK_INT(PyObject_Hash(with("__eq__", Py_True)), "-1 !!TypeError: unhashable type: 'C'");
    CHECK_REPR(PyObject_GetAttrString(with("__eq__", Py_True), "__hash__"), "None");
    CHECK_REPR(PyObject_Bytes(with("__bytes__", value("y", "ab"))), "b'ab'");
    CHECK_REPR(PyObject_Format(with("__format__", TEXT), value("s", "spec")), "'text'");
    CHECK_REPR(noted(), "[('__format__', ('spec',))]");
    CHECK_REPR(PyObject_Format(with("__str__", TEXT), NULL), "'text'");
    CHECK_REPR(PyObject_Format(with("__str__", TEXT), value("s", "spec")), "!!TypeError: unsupported format string passed to C.__format__");
    CHECK_REPR(PyObject_Dir(with("__dir__", value("[ss]", "b", "a"))), "['a', 'b']");
}

TEST(comparison) {
    CHECK_REPR(PyObject_RichCompare(with("__lt__", TEXT), ONE, Py_LT), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__lt__", TEXT), ONE, Py_GT), "!!TypeError: '>' not supported between instances of 'C' and 'int'");
    CHECK_REPR(PyObject_RichCompare(ONE, with("__lt__", TEXT), Py_GT), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__eq__", TEXT), ONE, Py_EQ), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__eq__", Py_True), ONE, Py_NE), "False");
    CHECK_REPR(PyObject_RichCompare(with("__eq__", Py_NotImplemented), ONE, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(with("__ne__", TEXT), ONE, Py_NE), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__ge__", TEXT), ONE, Py_GE), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__le__", TEXT), ONE, Py_LE), "'text'");
    CHECK_REPR(PyObject_RichCompare(with("__gt__", TEXT), ONE, Py_GT), "'text'");
    CHECK_REPR(noted(), "[('__gt__', (1,))]");
}

TEST(calls) {
    CHECK_REPR(PyObject_Call(with("__call__", TEXT), value("(ii)", 1, 2), value("{si}", "key", 3)), "'text'");
    CHECK_REPR(noted(), "[('__call__', (1, 2), {'key': 3})]");
    CHECK_REPR(PyObject_CallNoArgs(with("__call__", TEXT)), "'text'");
    CHECK_INT(PyCallable_Check(with("__call__", TEXT)), "1");
    CHECK_REPR(PyObject_CallNoArgs(with("__len__", ONE)), "!!TypeError: 'C' object is not callable");
    /* __init__ and __new__ */
    notes = keep(PyList_New(0));
    PyObject *class = class_with(NULL, "__init__", Py_None, NULL, NULL);
    CHECK(keep(PyObject_CallFunction(class, "ii", 1, 2)));
    CHECK_REPR(noted(), "[('__init__', (1, 2))]");
    CHECK_REPR(PyObject_CallNoArgs(class_with(NULL, "__init__", ONE, NULL, NULL)), "!!TypeError: __init__() should return None, not 'int'");
    PyObject *function = keep(PyCFunction_New(&note_def, value("(sO)", "new", TEXT)));
    class = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){sO}", "C", "__new__", function));
    CHECK_REPR(PyObject_CallFunction(class, "ii", 1, 2), "'text'");
    CHECK_REPR(noted(), "[('__init__', ()), ('new', (1, 2))]");
}

TEST(attributes) {
    PyObject *o = with("__getattr__", TEXT);
    CHECK_REPR(PyObject_GetAttrString(o, "missing"), "'text'");
    CHECK_REPR(PyObject_GetAttrString(o, "__class__"), "<class 'm.C'>");
    CHECK_REPR(noted(), "[('__getattr__', ('missing',))]");
    o = with("__getattribute__", TEXT);
    CHECK_REPR(PyObject_GetAttrString(o, "__class__"), "'text'");
    o = with2("__getattribute__", keep(PyObject_CallFunction(PyExc_AttributeError, "s", "no")), "__getattr__", TWO);
    CHECK_REPR(PyObject_GetAttrString(o, "x"), "2");
    CHECK_REPR(noted(), "[('__getattribute__', ('x',)), ('__getattr__', ('x',))]");
    o = with2("__getattribute__", keep(PyObject_CallFunction(PyExc_ValueError, "s", "no")), "__getattr__", TWO);
    CHECK_REPR(PyObject_GetAttrString(o, "x"), "!!ValueError: no");
    o = with2("__setattr__", Py_None, "__delattr__", Py_None);
    CHECK_INT(PyObject_SetAttrString(o, "x", ONE), "0");
    CHECK_INT(PyObject_DelAttrString(o, "y"), "0");
    CHECK_REPR(noted(), "[('__setattr__', ('x', 1)), ('__delattr__', ('y',))]");
    o = with("__setattr__", Py_None);
    CHECK_INT(PyObject_DelAttrString(o, "y"), "-1 !!AttributeError: 'C' object has no attribute 'y'");
    /* descriptors */
    PyObject *get = with("__get__", TEXT), *both = with2("__get__", TEXT, "__set__", Py_None), *set = with("__set__", Py_None);
    PyObject *owner = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){sOsOsOss}", "Owner", "get", get, "both", both, "set", set, "__module__", "m"));
    PyObject *instance = keep(PyObject_CallNoArgs(owner));
    notes = keep(PyList_New(0));
    CHECK_REPR(PyObject_GetAttrString(instance, "get"), "'text'");
    CHECK_REPR(PyObject_GetAttrString(owner, "both"), "'text'");
    CHECK_INT(PyObject_SetAttrString(instance, "both", ONE), "0");
    CHECK_INT(PyObject_DelAttrString(instance, "both"), "-1 !!AttributeError: __delete__");
    CHECK_INT(PyObject_SetAttrString(instance, "get", ONE), "0");
    CHECK_REPR(PyObject_GetAttrString(instance, "get"), "1");
    CHECK_REPR(PyList_Size(notes) == 3 ? PyUnicode_FromString("three") : Py_NewRef(notes), "'three'");
}

/* Slots change with the class. */
TEST(updates) {
    PyObject *class = new_class("C", NULL), *sub = new_class("Sub", class), *own = class_with(class, "__len__", value("i", 1), NULL, NULL);
    notes = keep(PyList_New(0));
    PyObject *o = keep(PyObject_CallNoArgs(sub)), *p = keep(PyObject_CallNoArgs(own));
    CHECK_INT(PyObject_Size(o), "-1 !!TypeError: object of type 'Sub' has no len()");
    CHECK_INT(PyObject_SetAttrString(class, "__len__", method("__len__", value("i", 5))), "0");
    CHECK_INT(PyObject_Size(o), "5");
    CHECK_INT(PyObject_Size(p), "1");
    CHECK_INT(PyObject_SetAttrString(class, "__len__", method("__len__", value("i", 6))), "0");
    CHECK_INT(PyObject_Size(o), "6");
    CHECK_INT(PyObject_DelAttrString(class, "__len__"), "0");
    CHECK_INT(PyObject_Size(o), "-1 !!TypeError: object of type 'Sub' has no len()");
    CHECK_INT(PyObject_Size(p), "1");
    CHECK_INT(PyObject_DelAttrString(class, "__len__"), "-1 !!AttributeError: type object 'C' has no attribute '__len__'");
    CHECK_REPR(PyObject_CallNoArgs(o), "!!TypeError: 'Sub' object is not callable");
    PyObject_SetAttrString(class, "__call__", method("__call__", TEXT));
    CHECK_REPR(PyObject_CallNoArgs(o), "'text'");
    PyObject_SetAttrString(class, "__hash__", method("__hash__", TWO));
    CHECK_INT(PyObject_Hash(o), "2");
    PyObject_SetAttrString(class, "__hash__", Py_None);
    CHECK_INT(PyObject_Hash(o), "-1 !!TypeError: unhashable type: 'Sub'");
    PyObject_SetAttrString(class, "__getattr__", method("__getattr__", TEXT));
    CHECK_REPR(PyObject_GetAttrString(o, "missing"), "'text'");
    PyObject_DelAttrString(class, "__getattr__");
    CHECK_REPR(PyObject_GetAttrString(o, "missing"), "!!AttributeError: 'Sub' object has no attribute 'missing'");
    /* A wrapper of a base's slot goes straight into the slot. */
    PyObject *ints = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){sO}", "I", &PyLong_Type, "__neg__", attr((PyObject *)&PyLong_Type, "__neg__")));
    CHECK(((PyTypeObject *)ints)->tp_as_number->nb_negative == PyLong_Type.tp_as_number->nb_negative);
    CHECK(((PyTypeObject *)ints)->tp_repr == PyLong_Type.tp_repr);
    CHECK_INT(PyObject_SetAttrString(ints, "__neg__", attr((PyObject *)&PyLong_Type, "__abs__")), "0");
    CHECK_REPR(PyNumber_Negative(keep(PyObject_CallFunction(ints, "i", -5))), "5");
}

/* Wrappers of slots in C. */
TEST(wrappers) {
    PyObject *five = value("i", 5), *list = value("[iii]", 1, 2, 3);
    CHECK_REPR(PyObject_CallMethod(five, "__add__", "i", 3), "8");
    CHECK_REPR(PyObject_CallMethod(five, "__radd__", "i", 3), "8");
    CHECK_REPR(PyObject_CallMethod(five, "__rsub__", "i", 3), "-2");
    CHECK_REPR(PyObject_CallMethod(five, "__add__", "s", "x"), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(five, "__add__", NULL), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(five, "__add__", "ii", 1, 2), "!!TypeError: expected 1 argument, got 2");
    CHECK_REPR(PyObject_CallMethod(five, "__pow__", "ii", 3, 7), "6");
    CHECK_REPR(PyObject_CallMethod(five, "__rpow__", "i", 2), "32");
    CHECK_REPR(PyObject_CallMethod(five, "__pow__", NULL), "!!TypeError: expected 1 or 2 arguments, got 0");
    CHECK_REPR(PyObject_CallMethod(five, "__pow__", "iii", 1, 2, 3), "!!TypeError: expected 1 or 2 arguments, got 3");
    CHECK_REPR(PyObject_CallMethod(five, "__neg__", NULL), "-5");
    CHECK_REPR(PyObject_CallMethod(five, "__neg__", "i", 1), "!!TypeError: expected 0 arguments, got 1");
    CHECK_REPR(PyObject_CallMethod(five, "__bool__", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(five, "__hash__", NULL), "5");
    CHECK_REPR(PyObject_CallMethod(five, "__lt__", "i", 7), "True");
    CHECK_REPR(PyObject_CallMethod(five, "__lt__", "s", "x"), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(five, "__eq__", NULL), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(list, "__len__", NULL), "3");
    CHECK_REPR(PyObject_CallMethod(list, "__getitem__", "i", -1), "3");
    CHECK_REPR(PyObject_CallMethod(list, "__getitem__", NULL), "!!TypeError: list.__getitem__() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(list, "__setitem__", "ii", 0, 9), "None");
    CHECK_REPR(PyObject_CallMethod(list, "__setitem__", "i", 0), "!!TypeError: __setitem__ expected 2 arguments, got 1");
    CHECK_REPR(PyObject_CallMethod(list, "__delitem__", "i", 1), "None");
    CHECK_REPR(PyObject_CallMethod(list, "__delitem__", NULL), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(list, "__contains__", "i", 9), "True");
    CHECK_REPR(PyObject_CallMethod(list, "__contains__", NULL), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(list, "__add__", "([i])", 4), "[9, 3, 4]");
    CHECK_REPR(PyObject_CallMethod(list, "__mul__", "i", 2), "[9, 3, 9, 3]");
    CHECK_REPR(PyObject_CallMethod(list, "__rmul__", "i", 2), "[9, 3, 9, 3]");
    CHECK_REPR(PyObject_CallMethod(list, "__mul__", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(list, "__iadd__", "([i])", 4), "[9, 3, 4]");
    CHECK_REPR(PyObject_CallMethod(list, "__imul__", "i", 2), "[9, 3, 4, 9, 3, 4]");
    CHECK_REPR(PyObject_CallMethod(list, "__iter__", "i", 1), "!!TypeError: expected 0 arguments, got 1");
    PyObject *it = keep(PyObject_GetIter(value("(i)", 7)));
    CHECK_REPR(PyObject_CallMethod(it, "__next__", NULL), "7");
    CHECK_REPR(PyObject_CallMethod(it, "__next__", NULL), "!!StopIteration");
    CHECK_REPR(PyObject_CallMethod(list, "__init__", "((ii))", 8, 9), "None");
    CHECK_REPR(Py_NewRef(list), "[8, 9]");
    PyObject *o = keep(PyObject_CallNoArgs(new_class("C", NULL)));
    CHECK_REPR(PyObject_CallMethod(o, "__setattr__", "si", "x", 5), "None");
    CHECK_REPR(PyObject_CallMethod(o, "__setattr__", "s", "x"), "!!TypeError: __setattr__ expected 2 arguments, got 1");
    CHECK_REPR(PyObject_CallMethod(o, "__setattr__", "ii", 1, 5), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(PyObject_CallMethod(o, "__getattribute__", "s", "x"), "5");
    CHECK_REPR(PyObject_CallMethod(o, "__delattr__", "s", "x"), "None");
    CHECK_REPR(PyObject_CallMethod(o, "__delattr__", NULL), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyBaseObject_Type, "__setattr__", "Osi", &PyLong_Type, "x", 1), "!!TypeError: can't apply this __setattr__ to type object");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyType_Type, "__setattr__", "Osi", &PyLong_Type, "x", 1), "!!TypeError: cannot set 'x' attribute of immutable type 'int'");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyType_Type, "__delattr__", "Os", &PyLong_Type, "x"), "!!TypeError: cannot set 'x' attribute of immutable type 'int'");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__add__", NULL), "!!TypeError: descriptor '__add__' of 'int' object needs an argument");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__add__", "si", "x", 1), "!!TypeError: descriptor '__add__' requires a 'int' object but received a 'str'");
    CHECK_REPR(PyObject_Call(attr(five, "__add__"), value("(i)", 1), value("{si}", "x", 1)), "!!TypeError: wrapper __add__() takes no keyword arguments");
    CHECK_REPR(PyObject_GetAttrString(attr(five, "__add__"), "__self__"), "5");
    CHECK_REPR(PyObject_GetAttrString(attr(five, "__add__"), "__name__"), "'__add__'");
    CHECK_REPR(PyObject_GetAttrString(attr(five, "__add__"), "__qualname__"), "'int.__add__'");
    CHECK_REPR(PyObject_GetAttrString(attr(five, "__add__"), "__objclass__"), "<class 'int'>");
    CHECK_REPR(PyObject_GetAttrString(attr(five, "__add__"), "__text_signature__"), "'($self, value, /)'");
    CHECK_REPR(PyObject_Repr(attr(five, "__add__")), "\"<method-wrapper '__add__' of int object at 0x...>\"");
    CHECK_INT(PyObject_RichCompareBool(attr(five, "__add__"), attr(five, "__add__"), Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(attr(five, "__add__"), attr(five, "__sub__"), Py_NE), "1");
    CHECK_INT(PyObject_RichCompareBool(attr(five, "__add__"), attr(five, "__sub__"), Py_LT), "-1 !!TypeError: '<' not supported between instances of 'method-wrapper' and 'method-wrapper'");
}

/* What a subclass of a builtin type takes straight from its base, and what it must not take for something else. */
TEST(inherited) {
    PyObject *class = class_with((PyObject *)&PyList_Type, "other", ONE, NULL, NULL), *o = keep(PyObject_CallNoArgs(class));
    PyTypeObject *type = (PyTypeObject *)class;
    CHECK(type->tp_as_number->nb_add == NULL && type->tp_as_number->nb_multiply == NULL);
    CHECK(type->tp_as_sequence->sq_concat == PyList_Type.tp_as_sequence->sq_concat);
    CHECK(type->tp_as_mapping->mp_subscript == PyList_Type.tp_as_mapping->mp_subscript);
    CHECK_REPR(PyNumber_Add(ONE, o), "!!TypeError: unsupported operand type(s) for +: 'int' and 'C'");
    CHECK_REPR(PyNumber_Add(o, ONE), "!!TypeError: can only concatenate list (not \"int\") to list");
    CHECK_REPR(PyNumber_Add(o, value("[i]", 1)), "[1]");
    CHECK_REPR(PyNumber_Multiply(TWO, o), "[]");
    class = class_with((PyObject *)&PyUnicode_Type, "__radd__", TEXT, NULL, NULL);
    notes = keep(PyList_New(0));
    o = keep(PyObject_CallFunction(class, "s", "x"));
    CHECK_REPR(PyNumber_Add(ONE, o), "'text'");
    CHECK_REPR(PyNumber_Add(o, value("s", "y")), "'xy'");
    class = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){sO}", "D", &PyDict_Type, "__getitem__", attr((PyObject *)&PyDict_Type, "__getitem__")));
    CHECK(((PyTypeObject *)class)->tp_as_mapping->mp_subscript == PyDict_Type.tp_as_mapping->mp_subscript);
    class = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){szss}", "N", "__bool__", NULL, "__module__", "m"));
    CHECK_INT(PyObject_IsTrue(keep(PyObject_CallNoArgs(class))), "-1 !!TypeError: 'N' cannot be interpreted as a boolean");
}

/* Iterators that are their own, asynchronous slots. */
TEST(async) {
    PyObject *o = with2("__await__", TEXT, "__aiter__", ONE);
    PyAsyncMethods *suite = Py_TYPE(o)->tp_as_async;
    CHECK_REPR(suite->am_await(o), "'text'");
    CHECK_REPR(suite->am_aiter(o), "1");
    CHECK(suite->am_anext == NULL);
    o = with("__anext__", TWO);
    CHECK_REPR(Py_TYPE(o)->tp_as_async->am_anext(o), "2");
}
CHECK_MAIN()
