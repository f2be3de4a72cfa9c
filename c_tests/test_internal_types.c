/* Types through the functions that CPython keeps for itself: dicts of classes, super without its object, tokens, versions,
 * static types of an extension, unions, and the types and objects that have no public name. */
#include "check.h"

extern PyObject *_PyStaticType_GetBuiltins(void), *_PySuper_Lookup(PyTypeObject *, PyObject *, PyObject *, int *), *_PyType_GetDict(PyTypeObject *);
extern int _PyStaticType_InitForExtension(PyInterpreterState *, PyTypeObject *), _PyType_GetBaseByToken_Borrow(PyTypeObject *, void *, PyTypeObject **);
extern PyObject *_PyType_GetSlotWrapperNames(void), *_Py_union_type_or(PyObject *, PyObject *);
extern void _PyType_SetVersion(PyTypeObject *, unsigned int);
extern int _PyWeakref_IsDead(PyObject *);
extern PyTypeObject _PyUnion_Type, _PyNone_Type, _PyNotImplemented_Type;

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }
static PyTypeObject *new_type(const char *name, PyTypeObject *base) { return (PyTypeObject *)new_class(name, (PyObject *)base); }
/* A class with two bases. */
static PyTypeObject *new_join(const char *name, PyTypeObject *one, PyTypeObject *two) {
    return (PyTypeObject *)keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(OO){ss}", name, one, two, "__module__", "m"));
}

TEST(dicts) {
    PyTypeObject *type = new_type("Own", NULL);
    PyObject_SetAttrString((PyObject *)type, "x", value("i", 5));
    PyObject *dict = _PyType_GetDict(type);
    CHECK(dict && dict == _PyType_GetDict(type) && PyDict_CheckExact(dict));
    CHECK_BORROWED(PyDict_GetItemString(dict, "x"), "5");
    CHECK_BORROWED(PyDict_GetItemString(_PyType_GetDict(&PyLong_Type), "bit_length"), "<method 'bit_length' of 'int' objects>");
    CHECK_BORROWED(PyDict_GetItemString(_PyType_GetDict(&PyBool_Type), "bit_length"), "NULL");
}

TEST(builtin_types) {
    PyObject *types = keep(_PyStaticType_GetBuiltins());
    CHECK(types && PyList_CheckExact(types) && PyList_GET_SIZE(types) > 100);
    CHECK_INT(PySequence_Contains(types, (PyObject *)&PyLong_Type), "1");
    CHECK_INT(PySequence_Contains(types, (PyObject *)&PyType_Type), "1");
    CHECK_INT(PySequence_Contains(types, (PyObject *)&_PyUnion_Type), "1");
    CHECK_INT(PySequence_Contains(types, PyExc_ValueError), "1");
    CHECK_INT(PySequence_Contains(types, builtin("ExceptionGroup")), "0");
    CHECK_INT(PySequence_Contains(types, (PyObject *)new_type("Own", NULL)), "0");
    int all = 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(types); i++) {
        PyTypeObject *type = (PyTypeObject *)PyList_GET_ITEM(types, i);
        all &= PyType_Check(type) && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE) && (type->tp_flags & Py_TPFLAGS_READY);
    }
    CHECK(all);
}

TEST(slot_wrapper_names) {
    PyObject *names = keep(_PyType_GetSlotWrapperNames());
    CHECK(names && PyList_CheckExact(names));
    CHECK_REPR(PySequence_List(names), "['__getattribute__', '__getattr__', '__setattr__', '__delattr__', '__repr__', '__hash__', '__call__', '__str__', '__getattribute__', '__getattr__', '__setattr__', '__delattr__', '__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__', '__iter__', '__next__', '__get__', '__set__', '__delete__', '__init__', '__new__', '__del__', '__buffer__', '__release_buffer__', '__await__', '__aiter__', '__anext__', '__add__', '__radd__', '__sub__', '__rsub__', '__mul__', '__rmul__', '__mod__', '__rmod__', '__divmod__', '__rdivmod__', '__pow__', '__rpow__', '__neg__', '__pos__', '__abs__', '__bool__', '__invert__', '__lshift__', '__rlshift__', '__rshift__', '__rrshift__', '__and__', '__rand__', '__xor__', '__rxor__', '__or__', '__ror__', '__int__', '__float__', '__iadd__', '__isub__', '__imul__', '__imod__', '__ipow__', '__ilshift__', '__irshift__', '__iand__', '__ixor__', '__ior__', '__floordiv__', '__rfloordiv__', '__truediv__', '__rtruediv__', '__ifloordiv__', '__itruediv__', '__index__', '__matmul__', '__rmatmul__', '__imatmul__', '__len__', '__getitem__', '__setitem__', '__delitem__', '__len__', '__add__', '__mul__', '__rmul__', '__getitem__', '__setitem__', '__delitem__', '__contains__', '__iadd__', '__imul__']");
}

/* What super finds: "OBJECT, method" if it is one that is not bound yet. */
static char said[512];
static const char *found(PyTypeObject *type, PyObject *object, PyObject *name, int ask) {
    int method = 0;
    PyObject *result = _PySuper_Lookup(type, object, name, ask ? &method : NULL);
    if (!result) return check_taken(said, sizeof said);
    PyObject *repr = PyObject_Repr(result);
    snprintf(said, sizeof said, "%s%s", PyUnicode_AsUTF8(repr), method ? ", method" : "");
    Py_DECREF(repr);
    Py_DECREF(result);
    return check_addresses(said);
}
TEST(super_lookup) {
    PyTypeObject *base = new_type("Base", NULL), *left = new_type("Left", base), *right = new_type("Right", base), *join = new_join("Join", left, right);
    PyObject *object = keep(PyObject_CallNoArgs((PyObject *)join));
    PyObject_SetAttrString((PyObject *)base, "place", str("base"));
    PyObject_SetAttrString((PyObject *)right, "place", str("right"));
    PyObject_SetAttrString((PyObject *)base, "of_class", keep(PyClassMethod_New(builtin("len"))));
    CHECK_STR_EQ(found(join, object, str("place"), 0), "'right'");
    CHECK_STR_EQ(found(left, object, str("place"), 1), "'right'");
    CHECK_STR_EQ(found(right, object, str("place"), 1), "'base'");
    CHECK_STR_EQ(found(base, object, str("place"), 1), "!!AttributeError: 'super' object has no attribute 'place'");
    CHECK_STR_EQ(found(left, (PyObject *)join, str("place"), 1), "'right'");
    CHECK_STR_EQ(found(join, object, str("of_class"), 1), "<bound method len of <class 'm.Join'>>");
    CHECK_STR_EQ(found(join, object, str("__class__"), 1), "<class 'm.Join'>");
    CHECK_STR_EQ(found(join, object, str("__thisclass__"), 1), "<class 'm.Join'>");
    CHECK_STR_EQ(found(join, object, str("nope"), 1), "!!AttributeError: 'super' object has no attribute 'nope'");
    CHECK_STR_EQ(found(join, object, str("nope"), 0), "!!AttributeError: 'super' object has no attribute 'nope'");
    /* A method is not bound where the caller takes it so. */
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("bit_length"), 1), "<method 'bit_length' of 'int' objects>, method");
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("bit_length"), 0), "<built-in method bit_length of bool object at 0x...>");
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("__repr__"), 1), "<slot wrapper '__repr__' of 'int' objects>, method");
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("__repr__"), 0), "<method-wrapper '__repr__' of bool object at 0x...>");
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("real"), 1), "1");
    CHECK_STR_EQ(found(&PyBool_Type, Py_True, str("from_bytes"), 1), "<built-in method from_bytes of type object at 0x...>");
    CHECK_STR_EQ(found(&PyBool_Type, (PyObject *)&PyBool_Type, str("__new__"), 1), "<built-in method __new__ of type object at 0x...>");
    /* No instance of it, and no name. */
    CHECK_STR_EQ(found(&PyBool_Type, value("i", 5), str("real"), 1), "!!TypeError: super(type, obj): obj (instance of int) is not an instance or subtype of type (bool).");
    CHECK_STR_EQ(found(join, Py_None, str("place"), 0), "!!TypeError: super(type, obj): obj (instance of NoneType) is not an instance or subtype of type (Join).");
    CHECK_STR_EQ(found(join, (PyObject *)left, str("place"), 0), "!!TypeError: super(type, obj): obj (type Left) is not an instance or subtype of type (Join).");
    CHECK_STR_EQ(found(join, object, value("i", 5), 1), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_STR_EQ(found(join, object, Py_None, 0), "!!TypeError: attribute name must be string, not 'NoneType'");
}

TEST(tokens) {
    static int token, other;
    PyType_Slot slots[] = {{Py_tp_token, &token}, {0, NULL}}, own[] = {{Py_tp_token, Py_TP_USE_SPEC}, {0, NULL}};
    PyType_Spec spec = {"m.WithToken", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    static PyType_Spec own_spec = {"m.OwnSpec", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, NULL};
    own_spec.slots = own;
    PyTypeObject *with = (PyTypeObject *)keep(PyType_FromSpec(&spec)), *child = new_type("Child", with), *at = NULL;
    CHECK_INT(_PyType_GetBaseByToken_Borrow(with, &token, &at), "1");
    CHECK(at == with);
    Py_ssize_t references = Py_REFCNT(with);
    CHECK_INT(_PyType_GetBaseByToken_Borrow(child, &token, &at), "1");
    CHECK(at == with && Py_REFCNT(with) == references);
    CHECK_INT(_PyType_GetBaseByToken_Borrow(child, &other, &at), "0");
    CHECK(at == NULL);
    CHECK_INT(_PyType_GetBaseByToken_Borrow(child, &token, NULL), "1");
    CHECK_INT(_PyType_GetBaseByToken_Borrow(child, &other, NULL), "0");
    at = with;
    CHECK_INT(_PyType_GetBaseByToken_Borrow(&PyLong_Type, &token, &at), "0");
    CHECK(at == NULL);
    PyTypeObject *by_spec = (PyTypeObject *)keep(PyType_FromSpec(&own_spec)), *both = new_join("Both", by_spec, with);
    CHECK_INT(_PyType_GetBaseByToken_Borrow(both, &own_spec, &at), "1");
    CHECK(at == by_spec);
    CHECK_INT(_PyType_GetBaseByToken_Borrow(both, &token, &at), "1");
    CHECK(at == with);
}

TEST(versions) {
    PyTypeObject *type = new_type("Versioned", NULL);
    PyObject *object = keep(PyObject_CallNoArgs((PyObject *)type));
    PyObject_SetAttrString((PyObject *)type, "x", value("i", 1));
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "1");
    CHECK(PyUnstable_Type_AssignVersionTag(type) == 1 && type->tp_version_tag != 0);
    _PyType_SetVersion(type, 0);
    CHECK_INT(type->tp_version_tag, "0");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "1");
    PyObject_SetAttrString((PyObject *)type, "x", value("i", 2));
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "2");
    CHECK_INT(PyUnstable_Type_AssignVersionTag(type), "1");
    unsigned int given = type->tp_version_tag;
    CHECK(given != 0);
    _PyType_SetVersion(type, 0xfffffff0u);
    CHECK_INT(type->tp_version_tag, "4294967280");
    CHECK_INT(PyUnstable_Type_AssignVersionTag(type), "1");
    CHECK_INT(type->tp_version_tag, "4294967280");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "2");
    PyObject_SetAttrString((PyObject *)type, "x", value("i", 3));
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "3");
    _PyType_SetVersion(type, 0);
}

/* Static types that every interpreter makes ready for itself, and whose dicts are each interpreter's own. */
static PyObject *hello(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; return PyUnicode_FromString("hello"); }
static PyMethodDef extension_methods[] = {{"hello", hello, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyObject *same_only(PyObject *one, PyObject *two, int op) { (void)op; return PyBool_FromLong(one == two); }
static Py_ssize_t seven(PyObject *self) { (void)self; return 7; }
static PySequenceMethods seven_long;
static PyTypeObject Extension_Type = {PyVarObject_HEAD_INIT(NULL, 0) "m.Extension"};
static PyTypeObject Derived_Type = {PyVarObject_HEAD_INIT(NULL, 0) "m.Derived"};
static int init_extension(void) {
    if (!Extension_Type.tp_methods) {
        Extension_Type.tp_basicsize = Derived_Type.tp_basicsize = sizeof(PyObject);
        Extension_Type.tp_flags = Derived_Type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
        Extension_Type.tp_methods = extension_methods;
        Extension_Type.tp_new = PyType_GenericNew;
        Derived_Type.tp_base = &Extension_Type;
        Derived_Type.tp_richcompare = same_only;
        seven_long.sq_length = seven;
        Derived_Type.tp_as_sequence = &seven_long;
    }
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    return _PyStaticType_InitForExtension(interpreter, &Extension_Type) == 0 && _PyStaticType_InitForExtension(interpreter, &Derived_Type) == 0;
}
/* What holds of them in every interpreter. */
static void look_at_extension(void) {
    PyObject *type = (PyObject *)&Extension_Type, *derived = (PyObject *)&Derived_Type, *object = PyObject_CallNoArgs(type), *other = PyObject_CallNoArgs(derived);
    CHECK_INT((Extension_Type.tp_flags & Py_TPFLAGS_READY) != 0, "1");
    CHECK_INT((Extension_Type.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) != 0, "1");
    CHECK_INT((Extension_Type.tp_flags & Py_TPFLAGS_HEAPTYPE) != 0, "0");
    CHECK_INT(PyUnstable_IsImmortal(type), "1");
    CHECK_INT(Extension_Type.tp_dict == NULL, "1");
    CHECK_BORROWED(type, "<class 'm.Extension'>");
    CHECK_REPR(PyObject_CallMethod(object, "hello", NULL), "'hello'");
    CHECK_REPR(PyObject_CallMethod(other, "hello", NULL), "'hello'");
    CHECK_INT(PyObject_Size(object), "-1 !!TypeError: object of type 'm.Extension' has no len()");
    CHECK_INT(PyObject_Size(other), "7");
    CHECK_INT(PyObject_Hash(object) != -1, "1");
    CHECK_INT(PyObject_Hash(other), "-1 !!TypeError: unhashable type: 'm.Derived'");
    CHECK_BORROWED(PyDict_GetItemString(_PyType_GetDict(&Extension_Type), "hello"), "<method 'hello' of 'm.Extension' objects>");
    CHECK_BORROWED(PyDict_GetItemString(_PyType_GetDict(&Derived_Type), "hello"), "NULL");
    PyObject *names = PySequence_List(_PyType_GetDict(&Extension_Type));
    PyList_Sort(names);
    CHECK_REPR(names, "['__doc__', '__new__', 'hello']");
    names = PySequence_List(_PyType_GetDict(&Derived_Type));
    PyList_Sort(names);
    CHECK_REPR(names, "['__doc__', '__eq__', '__ge__', '__gt__', '__hash__', '__le__', '__len__', '__lt__', '__ne__']");
    CHECK_BORROWED(PyDict_GetItemString(_PyType_GetDict(&Derived_Type), "__hash__"), "None");
    CHECK_REPR(PyObject_GetAttrString(type, "__new__"), "<built-in method __new__ of type object at 0x...>");
    PyObject *dict = PyObject_GetAttrString(type, "__dict__"), *own = PyType_GetDict(&Extension_Type);
    CHECK(own == _PyType_GetDict(&Extension_Type));
    CHECK_INT(PyObject_Size(dict) == PyDict_GET_SIZE(own), "1");
    Py_DECREF(dict);
    Py_DECREF(own);
    CHECK_INT(PyObject_SetAttrString(type, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'm.Extension'");
    CHECK_INT(PyObject_DelAttrString(type, "hello"), "-1 !!TypeError: cannot set 'hello' attribute of immutable type 'm.Extension'");
    PyObject *children = PyObject_CallMethod((PyObject *)&PyBaseObject_Type, "__subclasses__", NULL);
    CHECK_INT(PySequence_Contains(children, type), "1");
    Py_DECREF(children);
    PyObject *reference = PyWeakref_NewRef(type, NULL);
    CHECK_INT(PyObject_Size(dict = PyObject_CallMethod(type, "__subclasses__", NULL)), "1");
    CHECK_BORROWED(PySequence_Contains(dict, derived) ? dict : NULL, "[<class 'm.Derived'>]");
    Py_XDECREF(reference);
    Py_DECREF(dict);
    Py_DECREF(object);
    Py_DECREF(other);
}
TEST(extension_type) {
    CHECK(init_extension());
    look_at_extension();
    /* What the extension puts into the dict, and who derives, is this interpreter's affair. */
    PyObject *type = (PyObject *)&Extension_Type;
    CHECK_REPR(PyObject_GetAttrString(type, "zero"), "!!AttributeError: type object 'm.Extension' has no attribute 'zero'");
    CHECK_INT(PyDict_SetItemString(_PyType_GetDict(&Extension_Type), "zero", value("i", 5000)), "0");
    PyType_Modified(&Extension_Type);
    CHECK_REPR(PyObject_GetAttrString(type, "zero"), "5000");
    PyTypeObject *child = new_type("Child", &Extension_Type);
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs((PyObject *)child)), "hello", NULL), "'hello'");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)child, "zero"), "5000");
    CHECK_REPR(PyObject_CallMethod(type, "__subclasses__", NULL), "[<class 'm.Derived'>, <class 'm.Child'>]");
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    CHECK(init_extension());
    look_at_extension();
    CHECK_REPR(PyObject_GetAttrString(type, "zero"), "!!AttributeError: type object 'm.Extension' has no attribute 'zero'");
    PyObject *text = PyUnicode_FromString("its own");
    CHECK_INT(PyDict_SetItemString(_PyType_GetDict(&Extension_Type), "zero", text), "0");
    Py_DECREF(text);
    PyType_Modified(&Extension_Type);
    CHECK_REPR(PyObject_GetAttrString(type, "zero"), "'its own'");
    /* An instance in the dict, as datetime has them. */
    PyObject *object = PyObject_CallNoArgs(type);
    CHECK_INT(PyDict_SetItemString(_PyType_GetDict(&Extension_Type), "first", object), "0");
    Py_DECREF(object);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_REPR(PyObject_GetAttrString(type, "zero"), "5000");
    CHECK_REPR(PyObject_CallMethod(type, "__subclasses__", NULL), "[<class 'm.Derived'>, <class 'm.Child'>]");
}

TEST(unions) {
    PyObject *number = (PyObject *)&PyLong_Type, *text = (PyObject *)&PyUnicode_Type;
    PyObject *both = keep(_Py_union_type_or(number, text));
    CHECK_BORROWED(both, "int | str");
    CHECK(Py_TYPE(both) == &_PyUnion_Type);
    CHECK_BORROWED(&_PyUnion_Type, "<class 'typing.Union'>");
    CHECK_REPR(_Py_union_type_or(number, Py_None), "int | None");
    CHECK_REPR(_Py_union_type_or(Py_None, number), "None | int");
    CHECK_REPR(_Py_union_type_or(number, number), "<class 'int'>");
    CHECK_REPR(_Py_union_type_or(both, number), "int | str");
    CHECK_REPR(_Py_union_type_or(both, (PyObject *)&PyFloat_Type), "int | str | float");
    CHECK_REPR(_Py_union_type_or((PyObject *)&PyFloat_Type, both), "float | int | str");
    CHECK_REPR(_Py_union_type_or(keep(Py_GenericAlias((PyObject *)&PyList_Type, number)), text), "list[int] | str");
    CHECK_REPR(_Py_union_type_or(number, value("i", 5)), "NotImplemented");
    CHECK_REPR(_Py_union_type_or(value("i", 5), number), "NotImplemented");
    CHECK_REPR(_Py_union_type_or(value("s", "int"), number), "NotImplemented");
    CHECK_REPR(_Py_union_type_or(Py_None, Py_None), "<class 'NoneType'>");
    CHECK_INT(PyObject_IsInstance(value("i", 5), both), "1");
    CHECK_INT(PyObject_IsInstance(value("d", 5.0), both), "0");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyUnion_Type), "!!TypeError: cannot create 'typing.Union' instances");
}

TEST(none_and_not_implemented) {
    CHECK(Py_TYPE(Py_None) == &_PyNone_Type && Py_TYPE(Py_NotImplemented) == &_PyNotImplemented_Type);
    CHECK_BORROWED(&_PyNone_Type, "<class 'NoneType'>");
    CHECK_BORROWED(&_PyNotImplemented_Type, "<class 'NotImplementedType'>");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyNone_Type), "None");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyNotImplemented_Type), "NotImplemented");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&_PyNone_Type, Py_None), "!!TypeError: NoneType takes no arguments");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&_PyNotImplemented_Type, Py_None), "!!TypeError: NotImplementedType takes no arguments");
    CHECK_INT(PyObject_IsTrue(Py_None), "0");
    CHECK_INT(PyObject_IsTrue(Py_NotImplemented), "-1 !!TypeError: NotImplemented should not be used in a boolean context");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Child", &_PyNone_Type), "!!TypeError: type 'NoneType' is not an acceptable base type");
}

TEST(weak_references) {
    PyObject *set = PySet_New(NULL), *reference = keep(PyWeakref_NewRef(set, NULL)), *proxy = keep(PyWeakref_NewProxy(set, NULL));
    CHECK_INT(_PyWeakref_IsDead(reference), "0");
    CHECK_INT(_PyWeakref_IsDead(proxy), "0");
    Py_DECREF(set);
    CHECK_INT(_PyWeakref_IsDead(reference), "1");
    CHECK_INT(_PyWeakref_IsDead(proxy), "1");
}
CHECK_MAIN()
