/* The protocols on classes with odd slots and special methods: who is asked first, what answers are taken, what they say. */
#include "check.h"

static PyObject *make(PyObject *base, PyType_Slot *slots) {
    PyType_Spec spec = {"m.Odd", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    return keep(PyType_FromSpecWithBases(&spec, base));
}
static PyObject *of(int slot, void *function) {
    PyType_Slot slots[] = {{slot, function}, {0, NULL}};
    return keep(PyObject_CallNoArgs(make(NULL, slots)));
}
/* An instance of a class with one method. */
static PyObject *having(const char *name, PyCFunction function, int flags) {
    static PyMethodDef pool[64][2];
    static int used;
    PyMethodDef *defs = pool[used++];
    defs[0] = (PyMethodDef){name, function, flags, NULL};
    PyType_Slot slots[] = {{Py_tp_methods, defs}, {0, NULL}};
    return keep(PyObject_CallNoArgs(make(NULL, slots)));
}
static PyObject *said(const char *text) { return PyUnicode_FromString(text); }
static PyObject *left_answer(PyObject *a, PyObject *b) { (void)a; (void)b; return said("left"); }
static PyObject *which(PyObject *a, PyObject *b) { return PyUnicode_FromFormat("%s, %s", Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name); }
static PyObject *not_implemented(PyObject *a, PyObject *b) { (void)a; (void)b; Py_RETURN_NOTIMPLEMENTED; }
static PyObject *three(PyObject *a, PyObject *b, PyObject *c) { return PyUnicode_FromFormat("%R %R %R", (PyObject *)Py_TYPE(a), (PyObject *)Py_TYPE(b), (PyObject *)Py_TYPE(c)); }
static PyObject *raises(PyObject *a) { (void)a; PyErr_SetString(PyExc_ValueError, "raised"); return NULL; }
static PyObject *type_error(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; PyErr_SetString(PyExc_TypeError, "raised"); return NULL; }
static PyObject *gives_true(PyObject *a) { (void)a; Py_RETURN_TRUE; }
static PyObject *gives_float(PyObject *a) { (void)a; return PyFloat_FromDouble(1.5); }
static PyObject *gives_none(PyObject *a) { (void)a; Py_RETURN_NONE; }
static PyObject *gives_text(PyObject *a) { (void)a; return said("text"); }
static PyObject *big(PyObject *a) { (void)a; return PyLong_FromString("99999999999999999999", NULL, 10); }
static PyObject *noargs_none(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; Py_RETURN_NONE; }
static PyObject *noargs_seven(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; return PyLong_FromLong(7); }
static PyObject *noargs_minus(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; return PyLong_FromLong(-7); }
static PyObject *noargs_ni(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; Py_RETURN_NOTIMPLEMENTED; }
static PyObject *noargs_names(PyObject *a, PyObject *ignored) { (void)a; (void)ignored; return Py_BuildValue("(sss)", "b", "a", "c"); }
static PyObject *one_echo(PyObject *a, PyObject *arg) { (void)a; return Py_NewRef(arg); }
static int minus_one_bool(PyObject *a) { (void)a; PyErr_SetString(PyExc_ValueError, "no truth"); return -1; }
static int yes_contains(PyObject *a, PyObject *b) { (void)a; (void)b; return 1; }
static Py_ssize_t five(PyObject *a) { (void)a; return 5; }
static PyObject *compare(PyObject *a, PyObject *b, int op) { (void)b; return PyUnicode_FromFormat("%s %d", Py_TYPE(a)->tp_name, op); }
static PyObject *no_compare(PyObject *a, PyObject *b, int op) { (void)a; (void)b; (void)op; Py_RETURN_NOTIMPLEMENTED; }
static PyObject *at(PyObject *a, Py_ssize_t i) { (void)a; return PyLong_FromSsize_t(i); }
static int set_at(PyObject *a, Py_ssize_t i, PyObject *v) { (void)a; PyErr_Format(PyExc_ValueError, "%zd %s", i, v ? "set" : "del"); return -1; }
static PyObject *old_getattr(PyObject *a, char *name) { (void)a; return said(name); }
static int old_setattr(PyObject *a, char *name, PyObject *v) { (void)a; PyErr_Format(PyExc_ValueError, "%s %s", name, v ? "set" : "del"); return -1; }
static PyObject *next_none(PyObject *a) { (void)a; return NULL; }
static PyObject *self_iter(PyObject *a) { return Py_NewRef(a); }
static PyObject *stop_with(PyObject *a) { (void)a; PyErr_SetObject(PyExc_StopIteration, value("i", 9)); return NULL; }

TEST(operators) {
    PyObject *five_ = value("i", 5), *text = value("s", "t");
    PyType_Slot add[] = {{Py_nb_add, (void *)which}, {Py_nb_power, (void *)three}, {Py_nb_inplace_add, (void *)not_implemented}, {0, NULL}};
    PyObject *type = make(NULL, add), *a = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyNumber_Add(a, five_), "'m.Odd, int'");
    CHECK_REPR(PyNumber_Add(five_, a), "'int, m.Odd'");
    CHECK_REPR(PyNumber_Add(text, a), "'str, m.Odd'");
    CHECK_REPR(PyNumber_InPlaceAdd(a, five_), "'m.Odd, int'");
    CHECK_REPR(PyNumber_InPlaceAdd(text, a), "'str, m.Odd'");
    CHECK_REPR(PyNumber_Power(five_, five_, a), "\"<class 'int'> <class 'int'> <class 'm.Odd'>\"");
    CHECK_REPR(PyNumber_Power(five_, a, Py_None), "\"<class 'int'> <class 'm.Odd'> <class 'NoneType'>\"");
    CHECK_REPR(PyNumber_InPlacePower(a, five_, Py_None), "\"<class 'm.Odd'> <class 'int'> <class 'NoneType'>\"");
    CHECK_REPR(PySequence_Concat(a, a), "!!TypeError: 'm.Odd' object can't be concatenated");
    CHECK_REPR(PySequence_Repeat(a, 2), "!!TypeError: 'm.Odd' object can't be repeated");
    /* a subclass on the right goes first */
    PyType_Slot sub[] = {{Py_nb_add, (void *)left_answer}, {0, NULL}};
    PyObject *b = keep(PyObject_CallNoArgs(make(type, sub)));
    CHECK_REPR(PyNumber_Add(a, b), "'left'");
    CHECK_REPR(PyNumber_Add(b, a), "'left'");
    PyType_Slot refuse[] = {{Py_nb_add, (void *)not_implemented}, {0, NULL}};
    PyObject *c = keep(PyObject_CallNoArgs(make(type, refuse)));
    CHECK_REPR(PyNumber_Add(a, c), "'m.Odd, m.Odd'");
    CHECK_REPR(PyNumber_Subtract(a, c), "!!TypeError: unsupported operand type(s) for -: 'm.Odd' and 'm.Odd'");
    CHECK_REPR(PyNumber_Add(value("[i]", 1), c), "!!TypeError: can only concatenate list (not \"m.Odd\") to list");
    CHECK_REPR(PyNumber_InPlaceMultiply(five_, value("[i]", 1)), "[1, 1, 1, 1, 1]");
    CHECK_REPR(PyNumber_InPlaceMultiply(text, value("[i]", 1)), "!!TypeError: can't multiply sequence by non-int of type 'list'");
    CHECK_REPR(PyNumber_Multiply(text, value("d", 1.5)), "!!TypeError: can't multiply sequence by non-int of type 'float'");
    CHECK_REPR(PyNumber_Multiply(text, of(Py_nb_index, (void *)big)), "!!OverflowError: cannot fit 'm.Odd' into an index-sized integer");
    CHECK_REPR(PyNumber_Rshift(builtin("print"), five_), "!!TypeError: unsupported operand type(s) for >>: 'builtin_function_or_method' and 'int'");
    CHECK_REPR(PyNumber_Rshift(builtin("len"), five_), "!!TypeError: unsupported operand type(s) for >>: 'builtin_function_or_method' and 'int'");
}

TEST(numbers) {
    CHECK_REPR(PyNumber_Index(of(Py_nb_index, (void *)gives_float)), "!!TypeError: __index__ returned non-int (type float)");
    CHECK_REPR(PyNumber_Index(of(Py_nb_index, (void *)gives_none)), "!!TypeError: __index__ returned non-int (type NoneType)");
    CHECK_REPR(PyNumber_Index(of(Py_nb_index, (void *)raises)), "!!ValueError: raised");
    CHECK_REPR(PyNumber_Index(value("d", 1.5)), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(PyNumber_Index(Py_True), "1");
    CHECK_REPR(PyNumber_Long(of(Py_nb_int, (void *)gives_float)), "!!TypeError: __int__ returned non-int (type float)");
    CHECK_REPR(PyNumber_Long(of(Py_nb_int, (void *)raises)), "!!ValueError: raised");
    CHECK_REPR(PyNumber_Long(value("s", " 12 ")), "12");
    CHECK_REPR(PyNumber_Long(value("s", "1x")), "!!ValueError: invalid literal for int() with base 10: '1x'");
    CHECK_REPR(PyNumber_Long(value("y", "12")), "12");
    CHECK_REPR(PyNumber_Long(value("y", "1\xff")), "!!ValueError: invalid literal for int() with base 10: b'1\\xff'");
    CHECK_REPR(PyNumber_Long(keep(PyByteArray_FromStringAndSize("77", 2))), "77");
    CHECK_REPR(PyNumber_Long(keep(PyMemoryView_FromObject(value("y", "33")))), "33");
    CHECK_REPR(PyNumber_Long(value("d", 7.9)), "7");
    CHECK_REPR(PyNumber_Long(value("[]")), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'");
    CHECK_REPR(PyNumber_Long(Py_True), "1");
    CHECK_REPR(PyNumber_Float(of(Py_nb_float, (void *)gives_none)), "!!TypeError: m.Odd.__float__ returned non-float (type NoneType)");
    CHECK_REPR(PyNumber_Float(of(Py_nb_float, (void *)raises)), "!!ValueError: raised");
    CHECK_REPR(PyNumber_Float(of(Py_nb_index, (void *)big)), "1e+20");
    CHECK_REPR(PyNumber_Float(value("s", "1.5")), "1.5");
    CHECK_REPR(PyNumber_Float(value("s", "x")), "!!ValueError: could not convert string to float: 'x'");
    CHECK_REPR(PyNumber_Float(value("[]")), "!!TypeError: float() argument must be a string or a real number, not 'list'");
    CHECK_INT(PyNumber_AsSsize_t(of(Py_nb_index, (void *)big), NULL), "9223372036854775807");
    CHECK_INT(PyNumber_AsSsize_t(of(Py_nb_index, (void *)big), PyExc_IndexError), "-1 !!IndexError: cannot fit 'm.Odd' into an index-sized integer");
    CHECK_INT(PyNumber_AsSsize_t(of(Py_nb_index, (void *)raises), PyExc_IndexError), "-1 !!ValueError: raised");
    CHECK_INT(PyNumber_AsSsize_t(keep(PyNumber_Negative(of(Py_nb_negative, (void *)big))), NULL), "9223372036854775807");
    CHECK_REPR(PyNumber_ToBase(value("i", 255), 16), "'0xff'");
    CHECK_REPR(PyNumber_ToBase(value("i", 255), 2), "'0b11111111'");
    CHECK_REPR(PyNumber_ToBase(value("i", -255), 8), "'-0o377'");
    CHECK_REPR(PyNumber_ToBase(value("i", 255), 3), "!!SystemError: PyNumber_ToBase: base must be 2, 8, 10 or 16");
    CHECK_REPR(PyNumber_ToBase(value("s", "a"), 10), "!!TypeError: 'str' object cannot be interpreted as an integer");
}

TEST(truth_and_size) {
    CHECK_INT(PyObject_IsTrue(of(Py_nb_bool, (void *)minus_one_bool)), "-1 !!ValueError: no truth");
    CHECK_INT(PyObject_Not(of(Py_nb_bool, (void *)minus_one_bool)), "-1 !!ValueError: no truth");
    CHECK_INT(PyObject_IsTrue(of(Py_mp_length, (void *)five)), "1");
    CHECK_INT(PyObject_IsTrue(of(Py_nb_int, (void *)gives_true)), "1");
    CHECK_INT(PyObject_Size(of(Py_mp_length, (void *)five)), "5");
    CHECK_INT(PySequence_Size(of(Py_mp_length, (void *)five)), "-1 !!TypeError: m.Odd is not a sequence");
    CHECK_INT(PyMapping_Size(of(Py_sq_length, (void *)five)), "-1 !!TypeError: m.Odd is not a mapping");
    CHECK_INT(PyObject_LengthHint(of(Py_sq_length, (void *)five), 3), "5");
    CHECK_INT(PyObject_LengthHint(having("__length_hint__", noargs_seven, METH_NOARGS), 3), "7");
    CHECK_INT(PyObject_LengthHint(having("__length_hint__", noargs_minus, METH_NOARGS), 3), "-1 !!ValueError: __length_hint__() should return >= 0");
    CHECK_INT(PyObject_LengthHint(having("__length_hint__", noargs_none, METH_NOARGS), 3), "-1 !!TypeError: __length_hint__ must be an integer, not NoneType");
    CHECK_INT(PyObject_LengthHint(having("__length_hint__", noargs_ni, METH_NOARGS), 3), "3");
    CHECK_INT(PyObject_LengthHint(having("__length_hint__", type_error, METH_NOARGS), 3), "3");
    CHECK_INT(PyObject_LengthHint(Py_None, 3), "3");
}

TEST(comparison) {
    PyObject *a = of(Py_tp_richcompare, (void *)compare), *n = of(Py_tp_richcompare, (void *)no_compare), *five_ = value("i", 5);
    CHECK_REPR(PyObject_RichCompare(a, five_, Py_LT), "'m.Odd 0'");
    CHECK_REPR(PyObject_RichCompare(five_, a, Py_LT), "'m.Odd 4'");
    CHECK_REPR(PyObject_RichCompare(five_, a, Py_GE), "'m.Odd 1'");
    CHECK_REPR(PyObject_RichCompare(n, five_, Py_LT), "!!TypeError: '<' not supported between instances of 'm.Odd' and 'int'");
    CHECK_REPR(PyObject_RichCompare(n, five_, Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(n, five_, Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(n, n, Py_EQ), "True");
    CHECK_INT(PyObject_RichCompareBool(n, n, Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(n, n, Py_NE), "0");
    CHECK_INT(PyObject_RichCompareBool(n, n, Py_LT), "-1 !!TypeError: '<' not supported between instances of 'm.Odd' and 'm.Odd'");
    CHECK_INT(PyObject_RichCompareBool(a, five_, Py_LT), "1");
    CHECK_INT(PyObject_Hash(a), "-1 !!TypeError: unhashable type: 'm.Odd'");
    CHECK_INT(PyObject_Hash(value("[]")), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_INT(PyObject_HashNotImplemented(five_), "-1 !!TypeError: unhashable type: 'int'");
}

TEST(items) {
    PyObject *seq = of(Py_sq_item, (void *)at), *set = of(Py_sq_ass_item, (void *)set_at), *five_ = value("i", 5), *text = value("s", "t");
    CHECK_REPR(PyObject_GetItem(seq, five_), "5");
    CHECK_REPR(PyObject_GetItem(seq, value("i", -5)), "-5");
    CHECK_REPR(PyObject_GetItem(seq, text), "!!TypeError: sequence index must be integer, not 'str'");
    CHECK_REPR(PyObject_GetItem(seq, of(Py_nb_index, (void *)big)), "!!IndexError: cannot fit 'm.Odd' into an index-sized integer");
    CHECK_REPR(PySequence_GetItem(seq, 3), "3");
    CHECK_REPR(PySequence_GetItem(five_, 3), "!!TypeError: 'int' object does not support indexing");
    CHECK_REPR(PySequence_GetItem(value("{}"), 3), "!!TypeError: dict is not a sequence");
    CHECK_REPR(PySequence_GetSlice(seq, 1, 2), "!!TypeError: 'm.Odd' object is unsliceable");
    CHECK_REPR(PySequence_GetSlice(value("[iii]", 1, 2, 3), -2, 99), "[2, 3]");
    CHECK_INT(PyObject_SetItem(set, five_, text), "-1 !!ValueError: 5 set");
    CHECK_INT(PyObject_SetItem(set, text, text), "-1 !!TypeError: sequence index must be integer, not 'str'");
    CHECK_INT(PyObject_DelItem(set, five_), "-1 !!ValueError: 5 del");
    CHECK_INT(PyObject_SetItem(five_, five_, text), "-1 !!TypeError: 'int' object does not support item assignment");
    CHECK_INT(PyObject_DelItem(five_, five_), "-1 !!TypeError: 'int' object does not support item deletion");
    CHECK_INT(PyObject_SetItem(value("()"), five_, text), "-1 !!TypeError: 'tuple' object does not support item assignment");
    CHECK_INT(PyObject_DelItem(value("()"), five_), "-1 !!TypeError: 'tuple' object doesn't support item deletion");
    CHECK_INT(PyObject_DelItem(value("()"), text), "-1 !!TypeError: 'tuple' object does not support item deletion");
    CHECK_INT(PyObject_DelItemString(five_, "x"), "-1 !!TypeError: 'int' object does not support item deletion");
    CHECK_INT(PySequence_SetItem(five_, 1, text), "-1 !!TypeError: 'int' object does not support item assignment");
    CHECK_INT(PySequence_DelItem(five_, 1), "-1 !!TypeError: 'int' object doesn't support item deletion");
    CHECK_INT(PySequence_SetItem(value("{}"), 1, text), "-1 !!TypeError: dict is not a sequence");
    CHECK_INT(PySequence_DelItem(value("{}"), 1), "-1 !!TypeError: dict is not a sequence");
    CHECK_INT(PySequence_SetItem(set, 1, NULL), "-1 !!ValueError: 1 del");
    CHECK_INT(PySequence_SetSlice(five_, 1, 2, text), "-1 !!TypeError: 'int' object doesn't support slice assignment");
    CHECK_INT(PySequence_DelSlice(five_, 1, 2), "-1 !!TypeError: 'int' object doesn't support slice deletion");
    CHECK_INT(PySequence_Contains(of(Py_sq_contains, (void *)yes_contains), five_), "1");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyList_Type, five_), "list[5]");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyLong_Type, five_), "!!TypeError: type 'int' is not subscriptable");
    CHECK_REPR(PyObject_GetItem((PyObject *)Py_TYPE(seq), five_), "!!TypeError: type 'm.Odd' is not subscriptable");
    CHECK_REPR(PyObject_GetItem((PyObject *)&PyType_Type, (PyObject *)&PyLong_Type), "type[int]");
    CHECK_REPR(PyObject_GetItem((PyObject *)Py_TYPE(having("__class_getitem__", one_echo, METH_O | METH_CLASS)), text), "'t'");
    CHECK_REPR(PyObject_GetItem(Py_None, five_), "!!TypeError: 'NoneType' object is not subscriptable");
    CHECK_REPR(PySequence_Tuple(of(Py_sq_item, (void *)raises)), "!!ValueError: raised");
    CHECK_REPR(PySequence_List(five_), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyMapping_Keys(value("{si}", "a", 1)), "['a']");
    CHECK_REPR(PyMapping_Items(value("{si}", "a", 1)), "[('a', 1)]");
    CHECK_REPR(PyMapping_Keys(five_), "!!AttributeError: 'int' object has no attribute 'keys'");
    CHECK_REPR(PyMapping_Values(having("values", noargs_seven, METH_NOARGS)), "!!TypeError: m.Odd.values() returned a non-iterable (type int)");
    CHECK_REPR(PyMapping_Values(having("values", noargs_names, METH_NOARGS)), "['b', 'a', 'c']");
}

TEST(attributes) {
    PyObject *old = of(Py_tp_getattr, (void *)old_getattr), *set = of(Py_tp_setattr, (void *)old_setattr), *five_ = value("i", 5), *got = NULL;
    CHECK_REPR(PyObject_GetAttrString(old, "anything"), "'anything'");
    CHECK_REPR(PyObject_GetAttr(old, value("s", "anything")), "'anything'");
    CHECK_INT(PyObject_SetAttrString(set, "x", five_), "-1 !!ValueError: x set");
    CHECK_INT(PyObject_DelAttrString(set, "x"), "-1 !!ValueError: x del");
    CHECK_INT(PyObject_SetAttr(set, value("s", "y"), five_), "-1 !!ValueError: y set");
    CHECK_INT(PyObject_SetAttr(five_, five_, five_), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(PyObject_GetAttr(five_, five_), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_GetOptionalAttr(five_, five_, &got), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_GetOptionalAttrString(five_, "nope", &got), "0");
    CHECK(got == NULL);
    CHECK_INT(PyObject_GetOptionalAttrString(five_, "real", &got), "1");
    CHECK_BORROWED(got, "5");
    Py_CLEAR(got);
    CHECK_INT(PyObject_HasAttrWithError(five_, five_), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_SetAttrString(five_, "nope", five_), "-1 !!AttributeError: 'int' object has no attribute 'nope' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_SetAttrString(five_, "real", five_), "-1 !!AttributeError: attribute 'real' of 'int' objects is not writable");
    CHECK_INT(PyObject_SetAttrString(five_, "bit_length", five_), "-1 !!AttributeError: 'int' object attribute 'bit_length' is read-only");
    CHECK_INT(PyObject_DelAttrString(five_, "nope"), "-1 !!AttributeError: 'int' object has no attribute 'nope' and no __dict__ for setting new attributes");
    CHECK_REPR(PyObject_GenericGetAttr(five_, five_), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(PyObject_GenericGetAttr(five_, value("s", "nope")), "!!AttributeError: 'int' object has no attribute 'nope'");
    CHECK_INT(PyObject_GenericSetAttr(five_, value("s", "nope"), five_), "-1 !!AttributeError: 'int' object has no attribute 'nope' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_GenericSetDict(five_, value("{}"), NULL), "-1 !!AttributeError: This object has no __dict__");
    CHECK_REPR(PyObject_GenericGetDict(five_, NULL), "!!AttributeError: This object has no __dict__");
    PyObject *own = keep(PyObject_CallNoArgs(new_class("Own", NULL)));
    CHECK_REPR(PyObject_GenericGetDict(own, NULL), "{}");
    CHECK_INT(PyObject_SetAttrString(own, "x", five_), "0");
    CHECK_REPR(PyObject_GenericGetDict(own, NULL), "{'x': 5}");
    CHECK_INT(PyObject_GenericSetDict(own, five_, NULL), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_GenericSetDict(own, NULL, NULL), "-1 !!TypeError: cannot delete __dict__");
    CHECK_INT(PyObject_GenericSetDict(own, value("{si}", "z", 1), NULL), "0");
    CHECK_REPR(PyObject_GetAttrString(own, "z"), "1");
    CHECK_INT(PyObject_DelAttrString(own, "x"), "-1 !!AttributeError: 'Own' object has no attribute 'x'");
    CHECK_REPR(PyObject_CallMethod(own, "x", NULL), "!!AttributeError: 'Own' object has no attribute 'x'");
}

TEST(text) {
    CHECK_REPR(PyObject_Repr(of(Py_tp_repr, (void *)gives_true)), "!!TypeError: __repr__ returned non-string (type bool)");
    CHECK_REPR(PyObject_Str(of(Py_tp_str, (void *)gives_true)), "!!TypeError: __str__ returned non-string (type bool)");
    CHECK_REPR(PyObject_Str(of(Py_tp_repr, (void *)gives_text)), "'text'");
    CHECK_REPR(PyObject_Repr(of(Py_tp_repr, (void *)raises)), "!!ValueError: raised");
    CHECK_REPR(PyObject_Bytes(having("__bytes__", noargs_none, METH_NOARGS)), "!!TypeError: __bytes__ returned non-bytes (type NoneType)");
    CHECK_REPR(PyObject_Bytes(value("s", "x")), "!!TypeError: cannot convert 'str' object to bytes");
    CHECK_REPR(PyObject_Bytes(value("[ii]", 1, 2)), "b'\\x01\\x02'");
    CHECK_REPR(PyObject_Format(having("__format__", one_echo, METH_O), value("s", "spec")), "'spec'");
    CHECK_REPR(PyObject_Format(having("__format__", one_echo, METH_O), NULL), "''");
    CHECK_REPR(PyObject_Format(having("__format__", noargs_none, METH_O), NULL), "!!TypeError: __format__ must return a str, not NoneType");
    CHECK_REPR(PyObject_Format(Py_None, value("s", "x")), "!!TypeError: unsupported format string passed to NoneType.__format__");
    CHECK_REPR(PyObject_Format(Py_None, value("i", 5)), "!!SystemError: Format specifier must be a string, not int");
    CHECK_REPR(PyObject_Dir(having("__dir__", noargs_names, METH_NOARGS)), "['a', 'b', 'c']");
    CHECK_REPR(PyObject_Dir(having("__dir__", noargs_none, METH_NOARGS)), "!!TypeError: 'NoneType' object is not iterable");
}

TEST(iteration) {
    PyObject *odd = of(Py_tp_iter, (void *)gives_true), *it = NULL, *result = NULL;
    PyType_Slot slots[] = {{Py_tp_iter, (void *)self_iter}, {Py_tp_iternext, (void *)next_none}, {0, NULL}};
    it = keep(PyObject_CallNoArgs(make(NULL, slots)));
    CHECK_REPR(PyObject_GetIter(odd), "!!TypeError: iter() returned non-iterator of type 'bool'");
    CHECK_REPR(PyObject_GetIter(value("i", 5)), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_GetAIter(value("i", 5)), "!!TypeError: 'int' object is not an async iterable");
    CHECK_INT(PyIter_Check(it), "1");
    CHECK_INT(PyIter_Check(odd), "0");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_INT(PyIter_NextItem(it, &result), "0");
    CHECK_INT(PyIter_NextItem(odd, &result), "-1 !!TypeError: expected an iterator, got 'm.Odd'");
    CHECK_REPR(PySequence_List(it), "[]");
    CHECK_INT(PyIter_Send(it, Py_None, &result), "0");
    CHECK_BORROWED(result, "None");
    Py_CLEAR(result);
    CHECK_INT(PyIter_Send(of(Py_tp_iternext, (void *)stop_with), Py_None, &result), "0");
    CHECK_BORROWED(result, "9");
    Py_CLEAR(result);
    CHECK_INT(PyIter_Send(it, value("i", 5), &result), "-1 !!AttributeError: 'm.Odd' object has no attribute 'send'");
    CHECK_INT(PyIter_Send(having("send", one_echo, METH_O), value("i", 5), &result), "1");
    CHECK_BORROWED(result, "5");
    Py_CLEAR(result);
    CHECK_INT(PyIter_Send(of(Py_tp_iternext, (void *)raises), Py_None, &result), "-1 !!ValueError: raised");
}

TEST(instances) {
    PyObject *five_ = value("i", 5), *int_ = (PyObject *)&PyLong_Type, *type = (PyObject *)&PyType_Type;
    CHECK_INT(PyObject_IsInstance(five_, int_), "1");
    CHECK_INT(PyObject_IsInstance(Py_True, int_), "1");
    CHECK_INT(PyObject_IsInstance(five_, value("(O(OO))", type, int_, type)), "1");
    CHECK_INT(PyObject_IsInstance(five_, value("()")), "0");
    CHECK_INT(PyObject_IsInstance(five_, five_), "-1 !!TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
    CHECK_INT(PyObject_IsInstance(five_, value("(i)", 5)), "-1 !!TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union");
    CHECK_INT(PyObject_IsInstance(int_, type), "1");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PyBool_Type, int_), "1");
    CHECK_INT(PyObject_IsSubclass(int_, value("(O)", type)), "0");
    CHECK_INT(PyObject_IsSubclass(five_, int_), "-1 !!TypeError: issubclass() arg 1 must be a class");
    CHECK_INT(PyObject_IsSubclass(int_, five_), "-1 !!TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union");
    CHECK_INT(PyObject_IsSubclass(type, type), "1");
    CHECK_INT(PyObject_IsSubclass(five_, type), "-1 !!TypeError: issubclass() arg 1 must be a class");
    CHECK_INT(PyObject_IsInstance(five_, having("__instancecheck__", one_echo, METH_O)), "1");
    CHECK_INT(PyObject_IsInstance(five_, having("__instancecheck__", type_error, METH_O)), "-1 !!TypeError: raised");
    CHECK_INT(PyObject_IsSubclass(five_, having("__subclasscheck__", one_echo, METH_O)), "1");
    PyObject *either = keep(PyNumber_Or(int_, (PyObject *)&PyUnicode_Type));
    CHECK_BORROWED(either, "int | str");
    CHECK_INT(PyObject_IsInstance(five_, either), "1");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PyBool_Type, either), "1");
}
CHECK_MAIN()
