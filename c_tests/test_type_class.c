/* Classes made by calling type: the arguments, bases and metaclasses, __slots__, hooks of class creation, the attributes of
 * classes and what may be assigned to them, what object itself does. */
#include "check.h"
#include <structmember.h>

#define TYPE ((PyObject *)&PyType_Type)
#define OBJECT ((PyObject *)&PyBaseObject_Type)
static PyObject *class(const char *name, PyObject *bases, PyObject *dict) {
    if (!PyDict_GetItemString(dict, "__module__")) PyDict_SetItemString(dict, "__module__", value("s", "m"));
    return keep(PyObject_CallFunction(TYPE, "sOO", name, bases, dict));
}
static PyObject *make(const char *name, PyObject *bases, PyObject *dict) { return Py_XNewRef(class(name, bases, dict)); }
#define EMPTY value("{}")
#define NOTHING value("()")

/* Flags that users of a type can see, sizes and offsets. */
static PyObject *layout(PyObject *c) {
    if (!c) return NULL;
    PyTypeObject *t = (PyTypeObject *)c;
    return PyUnicode_FromFormat("flags %lx basic %zd item %zd dict %zd weak %zd base %s gc %d", t->tp_flags, t->tp_basicsize, t->tp_itemsize, t->tp_dictoffset,
                                t->tp_weaklistoffset, t->tp_base->tp_name, PyType_IS_GC(t));
}

TEST(arguments) {
    CHECK_REPR(PyObject_CallNoArgs(TYPE), "!!TypeError: type() takes 1 or 3 arguments");
    CHECK_REPR(PyObject_CallFunction(TYPE, "iiii", 1, 2, 3, 4), "!!TypeError: type() takes 1 or 3 arguments");
    CHECK_REPR(PyObject_Call(TYPE, value("(i)", 1), value("{si}", "x", 1)), "!!TypeError: type() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(TYPE, value("(s(){})", "C"), value("{si}", "x", 1)), "!!TypeError: C.__init_subclass__() takes no keyword arguments");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__new__", NULL), "!!TypeError: type.__new__(): not enough arguments");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__new__", "O", TYPE), "!!TypeError: type.__new__() takes exactly 3 arguments (0 given)");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__new__", "i", 1), "!!TypeError: type.__new__(X): X is not a type object (int)");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__new__", "O", OBJECT), "!!TypeError: type.__new__(object): object is not a subtype of type");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", "O", &PyUnicode_Type), "!!TypeError: int.__new__(str): str is not a subtype of int");
    CHECK_REPR(PyObject_CallMethod(OBJECT, "__new__", "O", &PyLong_Type), "!!TypeError: object.__new__(int) is not safe, use int.__new__()");
    CHECK_REPR(PyObject_CallMethod(OBJECT, "__new__", "Oi", OBJECT, 1), "!!TypeError: object() takes no arguments");
    CHECK_REPR(PyObject_CallFunction(TYPE, "s#(){}", "a\0b", (Py_ssize_t)3), "!!ValueError: type name must not contain null characters");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__init__", "O", class("C", NOTHING, EMPTY)), "!!TypeError: type.__init__() takes 1 or 3 arguments");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__init__", "Oi", class("C", NOTHING, EMPTY), 1), "None");
    CHECK_REPR(make("C", NOTHING, value("{si}", "__qualname__", 1)), "!!TypeError: type __qualname__ must be a str, not int");
    CHECK_REPR(make("C", NOTHING, value("{ss}", "__qualname__", "Outer.C")), "<class 'm.Outer.C'>");
    CHECK_REPR(make("C", NOTHING, value("{si}", "__classcell__", 1)), "!!TypeError: __classcell__ must be a nonlocal cell, not <class 'int'>");
    CHECK_REPR(PyObject_Repr(class("C", NOTHING, value("{ss}", "__module__", "builtins"))), "\"<class 'C'>\"");
    CHECK_REPR(PyObject_Repr(class("C", NOTHING, value("{si}", "__module__", 1))), "\"<class 'C'>\"");
    PyObject *cell = keep(PyCell_New(NULL)), *c = class("C", NOTHING, value("{sO}", "__classcell__", cell));
    CHECK(PyCell_GET(cell) == c);
    CHECK_INT(PyObject_HasAttrString(c, "__classcell__"), "0");
    CHECK_INT(PyCell_Set(cell, NULL), "0");
}

TEST(layouts) {
    PyObject *plain = class("A", NOTHING, EMPTY), *no_slots = class("B", NOTHING, value("{s()}", "__slots__"));
    CHECK_REPR(layout(plain), "'flags 561c basic 16 item 0 dict -1 weak -32 base object gc 1'");
    CHECK_REPR(layout(no_slots), "'flags 5600 basic 16 item 0 dict 0 weak 0 base object gc 1'");
    CHECK_REPR(layout(class("C", NOTHING, value("{s(ss)}", "__slots__", "a", "b"))), "'flags 5600 basic 32 item 0 dict 0 weak 0 base object gc 1'");
    CHECK_REPR(layout(class("C", NOTHING, value("{s(s)}", "__slots__", "__dict__"))), "'flags 5614 basic 16 item 0 dict -1 weak 0 base object gc 1'");
    CHECK_REPR(layout(class("C", NOTHING, value("{s(s)}", "__slots__", "__weakref__"))), "'flags 5608 basic 16 item 0 dict 0 weak -32 base object gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", no_slots), EMPTY)), "'flags 561c basic 16 item 0 dict -1 weak -32 base B gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", plain), value("{s(s)}", "__slots__", "x"))), "'flags 561c basic 24 item 0 dict -1 weak -32 base A gc 1'");
    CHECK_REPR(layout(class("C", value("(OO)", no_slots, plain), value("{s()}", "__slots__"))), "'flags 561c basic 16 item 0 dict -1 weak -32 base B gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyLong_Type), EMPTY)), "'flags 1405610 basic 24 item 4 dict -1 weak 0 base int gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyLong_Type), value("{s()}", "__slots__"))), "'flags 1405600 basic 24 item 4 dict 0 weak 0 base int gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyTuple_Type), EMPTY)), "'flags 4405630 basic 32 item 8 dict -1 weak 0 base tuple gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyList_Type), EMPTY)), "'flags 240563c basic 40 item 0 dict -1 weak -32 base list gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyDict_Type), value("{s(ss)}", "__slots__", "x", "__weakref__"))), "'flags 20405648 basic 56 item 0 dict 0 weak -32 base dict gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", PyExc_ValueError), EMPTY)), "'flags 40005608 basic 72 item 0 dict 16 weak -32 base ValueError gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", TYPE), EMPTY)), "'flags 80805e00 basic 936 item 40 dict 264 weak 368 base type gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyFloat_Type), EMPTY)), "'flags 40561c basic 24 item 0 dict -1 weak -32 base float gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PyUnicode_Type), EMPTY)), "'flags 1040561c basic 64 item 0 dict -1 weak -32 base str gc 1'");
    CHECK_REPR(layout(class("C", value("(O)", &PySet_Type), EMPTY)), "'flags 405614 basic 200 item 0 dict -1 weak 192 base set gc 1'");
}

TEST(slots) {
    CHECK_REPR(make("C", NOTHING, value("{ss}", "__slots__", "x y")), "!!TypeError: __slots__ must be identifiers");
    CHECK_REPR(make("C", NOTHING, value("{si}", "__slots__", 1)), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(make("C", NOTHING, value("{sy}", "__slots__", "x")), "!!TypeError: __slots__ items must be strings, not 'int'");
    CHECK_REPR(make("C", NOTHING, value("{s(s)}", "__slots__", "1x")), "!!TypeError: __slots__ must be identifiers");
    CHECK_REPR(make("C", NOTHING, value("{s(ss)}", "__slots__", "__dict__", "__dict__")), "!!TypeError: __dict__ slot disallowed: we already got one");
    CHECK_REPR(make("C", NOTHING, value("{s(ss)}", "__slots__", "__weakref__", "__weakref__")), "!!TypeError: __weakref__ slot disallowed: we already got one");
    PyObject *plain = class("A", NOTHING, EMPTY);
    CHECK_REPR(make("C", value("(O)", plain), value("{s(s)}", "__slots__", "__dict__")), "!!TypeError: __dict__ slot disallowed: we already got one");
    CHECK_REPR(make("C", value("(O)", plain), value("{s(s)}", "__slots__", "__weakref__")), "!!TypeError: __weakref__ slot disallowed: we already got one");
    CHECK_REPR(make("C", value("(O)", &PyLong_Type), value("{s(s)}", "__slots__", "x")), "!!TypeError: nonempty __slots__ not supported for subtype of 'int'");
    CHECK_REPR(make("C", value("(O)", &PyBytes_Type), value("{s(s)}", "__slots__", "__weakref__")), "!!TypeError: nonempty __slots__ not supported for subtype of 'bytes'");
    PyObject *c = class("C", NOTHING, value("{s(sss)}", "__slots__", "b", "__private", "a"));
    CHECK_REPR(PySequence_List(attr(attr(c, "__dict__"), "keys") ? keep(PyObject_CallMethod(attr(c, "__dict__"), "keys", NULL)) : NULL), "['__slots__', '__module__', '_C__private', 'a', 'b', '__doc__']");
    CHECK_REPR(PyObject_GetAttrString(c, "__slots__"), "('b', '__private', 'a')");
    CHECK_REPR(PyObject_GetAttrString(c, "a"), "<member 'a' of 'C' objects>");
    PyObject *o = keep(PyObject_CallNoArgs(c));
    CHECK_REPR(PyObject_GetAttrString(o, "_C__private"), "!!AttributeError: 'm.C' object has no attribute '_C__private'");
    CHECK_INT(PyObject_SetAttrString(o, "_C__private", Py_True), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "_C__private"), "True");
    CHECK_INT(PyObject_DelAttrString(o, "a"), "-1 !!AttributeError: a");
    CHECK_INT(PyObject_SetAttrString(o, "b", c), "0");
    CHECK_INT(PyObject_DelAttrString(o, "b"), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "__dict__"), "!!AttributeError: 'C' object has no attribute '__dict__'");
    CHECK_REPR(PyObject_GetAttrString(o, "__weakref__"), "!!AttributeError: 'C' object has no attribute '__weakref__'");
    CHECK_INT(PyObject_SetAttrString(o, "c", Py_None), "-1 !!AttributeError: 'C' object has no attribute 'c' and no __dict__ for setting new attributes");
    PyObject *sub = class("Sub", value("(O)", c), value("{s(s)}", "__slots__", "c"));
    o = keep(PyObject_CallNoArgs(sub));
    CHECK_INT(PyObject_SetAttrString(o, "a", Py_True), "0");
    CHECK_INT(PyObject_SetAttrString(o, "c", Py_False), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "a"), "True");
    CHECK_REPR(PyObject_CallMethod(o, "__getstate__", NULL), "(None, {'c': False, 'a': True})");
}

/* __set_name__, __init_subclass__, the warning about names that are no strings. */
static PyObject *seen;
static PyObject *hook(PyObject *self, PyObject *args, PyObject *kwargs) {
    if (self == Py_Ellipsis) { PyErr_SetString(PyExc_ValueError, "hook"); return NULL; }
    PyObject *entry = kwargs ? PyTuple_Pack(2, args, kwargs) : Py_NewRef(args);
    int status = PyList_Append(seen, entry);
    Py_DECREF(entry);
    if (status < 0) return NULL;
    Py_RETURN_NONE;
}
static PyMethodDef hook_def = {"hook", (PyCFunction)(void (*)(void))hook, METH_VARARGS | METH_KEYWORDS, NULL};
static PyObject *hook_method(PyObject *self) { return keep(PyInstanceMethod_New(keep(PyCFunction_New(&hook_def, self)))); }

TEST(hooks) {
    seen = keep(PyList_New(0));
    PyObject *named = class("Named", NOTHING, value("{sOss}", "__set_name__", hook_method(NULL), "__repr__", NULL));
    CHECK_INT(PyObject_DelAttrString(named, "__repr__"), "0");
    CHECK(class("Owner", NOTHING, value("{sO}", "field", keep(PyObject_CallNoArgs(named)))));
    CHECK_REPR(PyObject_Repr(keep(PyTuple_GetSlice(PyList_GetItem(seen, 0), 1, 3))), "\"(<class 'm.Owner'>, 'field')\"");
    PyObject *angry = class("Angry", NOTHING, value("{sO}", "__set_name__", hook_method(Py_Ellipsis)));
    CHECK(!class("Owner", NOTHING, value("{sO}", "field", keep(PyObject_CallNoArgs(angry)))));
    PyObject *error = keep(PyErr_GetRaisedException());
    CHECK_REPR(Py_NewRef(error), "ValueError('hook')");
    CHECK_REPR(PyObject_GetAttrString(error, "__notes__"), "[\"Error calling __set_name__ on 'Angry' instance 'field' in 'Owner'\"]");
    seen = keep(PyList_New(0));
    PyObject *base = class("Base", NOTHING, value("{sO}", "__init_subclass__", keep(PyClassMethod_New(keep(PyCFunction_New(&hook_def, NULL))))));
    CHECK_INT(PyList_Size(seen), "0");
    CHECK(class("Sub", value("(O)", base), EMPTY));
    CHECK_REPR(Py_NewRef(seen), "[(<class 'm.Sub'>,)]");
    seen = keep(PyList_New(0));
    CHECK(keep(PyObject_Call(TYPE, value("(s(O){})", "Sub", base), value("{si}", "flavour", 7))));
    CHECK_REPR(Py_NewRef(seen), "[((<class 'Sub'>,), {'flavour': 7})]");
    CHECK_REPR(PyObject_CallMethod(OBJECT, "__init_subclass__", "i", 1), "!!TypeError: object.__init_subclass__() takes no arguments (1 given)");
    CHECK_REPR(PyObject_Call(attr(OBJECT, "__init_subclass__"), NOTHING, value("{si}", "a", 1)), "!!TypeError: object.__init_subclass__() takes no keyword arguments");
    CHECK_REPR(PyObject_CallMethod(OBJECT, "__subclasshook__", "i", 1), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(OBJECT, "__subclasshook__", NULL), "!!TypeError: object.__subclasshook__() takes exactly one argument (0 given)");
}

TEST(metaclasses) {
    PyObject *meta = class("Meta", value("(O)", TYPE), EMPTY), *other = class("Other", value("(O)", TYPE), EMPTY);
    PyObject *a = keep(PyObject_CallFunction(meta, "s(){ss}", "A", "__module__", "m")), *b = keep(PyObject_CallFunction(other, "s(){ss}", "B", "__module__", "m"));
    CHECK_BORROWED(Py_TYPE(a), "<class 'm.Meta'>");
    CHECK_BORROWED(Py_TYPE(class("C", value("(O)", a), EMPTY)), "<class 'm.Meta'>");
    CHECK_REPR(make("C", value("(OO)", a, b), EMPTY), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(PyObject_CallFunction(meta, "i", 1), "!!TypeError: type.__new__() takes exactly 3 arguments (1 given)");
    CHECK_REPR(PyObject_CallFunction(meta, "s()i", "C", 1), "!!TypeError: type.__new__() argument 3 must be dict, not int");
    CHECK_INT(PyObject_SetAttrString(meta, "shared", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(a, "shared"), "5");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_CallNoArgs(a)), "shared"), "!!AttributeError: 'A' object has no attribute 'shared'");
    /* an order of the metaclass's making */
    PyObject *order = hook_method(NULL);
    PyObject *strange = class("Strange", value("(O)", TYPE), value("{sO}", "mro", order));
    seen = keep(PyList_New(0));
    CHECK_REPR(PyObject_CallFunction(strange, "s(){}", "C"), "!!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(PyObject_CallMethod(TYPE, "mro", "O", a), "[<class 'm.A'>, <class 'object'>]");
    CHECK_REPR(PyObject_CallMethod(a, "mro", NULL), "[<class 'm.A'>, <class 'object'>]");
    CHECK_REPR(PyObject_CallMethod(TYPE, "mro", NULL), "!!TypeError: unbound method type.mro() needs an argument");
    CHECK_REPR(PyObject_CallMethod(TYPE, "mro", "i", 1), "!!TypeError: descriptor 'mro' for 'type' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__prepare__", NULL), "{}");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__instancecheck__", "Oi", &PyLong_Type, 3), "True");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__subclasscheck__", "OO", &PyLong_Type, &PyBool_Type), "True");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__subclasscheck__", "Oi", &PyLong_Type, 3), "!!TypeError: issubclass() arg 1 must be a class");
    CHECK_REPR(PyObject_CallMethod(TYPE, "__subclasses__", "O", &PyLong_Type), "[<class 'bool'>]");
    CHECK_INT(PySequence_Contains(keep(PyObject_CallMethod(OBJECT, "__subclasses__", NULL)), (PyObject *)&PyLong_Type), "1");
    CHECK_INT(PySequence_Contains(keep(PyObject_CallMethod(OBJECT, "__subclasses__", NULL)), a), "1");
}

TEST(order) {
    PyObject *a = class("A", NOTHING, EMPTY), *b = class("B", value("(O)", a), EMPTY), *c = class("C", value("(O)", a), EMPTY);
    CHECK_REPR(PyObject_GetAttrString(class("D", value("(OO)", b, c), EMPTY), "__mro__"), "(<class 'm.D'>, <class 'm.B'>, <class 'm.C'>, <class 'm.A'>, <class 'object'>)");
    CHECK_REPR(make("D", value("(OO)", a, b), EMPTY), "!!TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B");
    CHECK_REPR(make("D", value("(OOO)", a, b, c), EMPTY), "!!TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B, C");
    CHECK_REPR(make("D", value("(OOO)", a, c, a), EMPTY), "!!TypeError: duplicate base class A");
    CHECK_REPR(make("D", value("(Oi)", a, 1), EMPTY), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(make("D", value("(OO)", &PyLong_Type, &PyList_Type), EMPTY), "!!TypeError: multiple bases have instance lay-out conflict");
    CHECK_REPR(make("D", value("(OO)", a, &PyLong_Type), EMPTY), "<class 'm.D'>");
    CHECK_REPR(PyObject_GetAttrString(class("D", value("(OO)", a, &PyLong_Type), EMPTY), "__base__"), "<class 'int'>");
    /* __bases__ */
    PyObject *d = class("D", value("(O)", b), EMPTY), *e = class("E", value("(O)", d), EMPTY);
    CHECK_INT(PyObject_SetAttrString(b, "who", value("s", "b")), "0");
    CHECK_INT(PyObject_SetAttrString(c, "who", value("s", "c")), "0");
    CHECK_REPR(PyObject_GetAttrString(e, "who"), "'b'");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("(O)", c)), "0");
    CHECK_REPR(PyObject_GetAttrString(e, "who"), "'c'");
    CHECK_REPR(PyObject_GetAttrString(e, "__mro__"), "(<class 'm.E'>, <class 'm.D'>, <class 'm.C'>, <class 'm.A'>, <class 'object'>)");
    CHECK_REPR(PyObject_CallMethod(b, "__subclasses__", NULL), "[<class 'm.D'>]");
    CHECK_REPR(PyObject_CallMethod(c, "__subclasses__", NULL), "[<class 'm.D'>, <class 'm.D'>]");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("i", 1)), "-1 !!TypeError: can only assign tuple to D.__bases__, not int");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", NOTHING), "-1 !!TypeError: can only assign non-empty tuple to D.__bases__, not ()");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("(O)", e)), "-1 !!TypeError: a __bases__ item causes an inheritance cycle");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("(O)", d)), "-1 !!TypeError: a __bases__ item causes an inheritance cycle");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("(O)", &PyLong_Type)), "-1 !!TypeError: __bases__ assignment: 'int' deallocator differs from 'C'");
    CHECK_INT(PyObject_SetAttrString(d, "__bases__", value("(OO)", a, b)), "-1 !!TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B");
    CHECK_REPR(PyObject_GetAttrString(e, "__mro__"), "(<class 'm.E'>, <class 'm.D'>, <class 'm.C'>, <class 'm.A'>, <class 'object'>)");
    CHECK_INT(PyObject_DelAttrString(d, "__bases__"), "-1 !!TypeError: cannot delete '__bases__' attribute of immutable type 'D'");
    CHECK_INT(PyObject_SetAttrString((PyObject *)&PyLong_Type, "__bases__", value("(O)", a)), "-1 !!TypeError: cannot set '__bases__' attribute of immutable type 'int'");
}

TEST(attributes) {
    PyObject *c = class("C", NOTHING, value("{ssss}", "__doc__", "A doc.", "__qualname__", "Outer.C")), *i = (PyObject *)&PyLong_Type;
    static const char *const names[] = {"__name__", "__qualname__", "__module__", "__doc__", "__bases__", "__base__", "__basicsize__", "__itemsize__", "__dictoffset__", "__weakrefoffset__",
                                        "__text_signature__", "__annotations__", "__annotate__", "__type_params__", "__abstractmethods__", "missing"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) keep(PyObject_GetAttrString(c, names[n])), PyErr_Clear();
    CHECK_REPR(PyObject_GetAttrString(c, "__name__"), "'C'");
    CHECK_REPR(PyObject_GetAttrString(c, "__qualname__"), "'Outer.C'");
    CHECK_REPR(PyObject_GetAttrString(c, "__module__"), "'m'");
    CHECK_REPR(PyObject_GetAttrString(c, "__doc__"), "'A doc.'");
    CHECK_REPR(PyObject_GetAttrString(c, "__text_signature__"), "None");
    CHECK_REPR(PyObject_GetAttrString(c, "__annotations__"), "{}");
    CHECK_REPR(PyObject_GetAttrString(c, "__annotate__"), "None");
    CHECK_REPR(PyObject_GetAttrString(c, "__type_params__"), "()");
    CHECK_REPR(PyObject_GetAttrString(c, "__abstractmethods__"), "!!AttributeError: __abstractmethods__");
    CHECK_REPR(PyObject_GetAttrString(c, "missing"), "!!AttributeError: type object 'C' has no attribute 'missing'");
    CHECK_REPR(PyObject_GetAttrString(i, "__name__"), "'int'");
    CHECK_REPR(PyObject_GetAttrString(i, "__module__"), "'builtins'");
    CHECK_REPR(PyObject_GetAttrString(i, "__annotations__"), "!!AttributeError: type object 'int' has no attribute '__annotations__'");
    CHECK_REPR(PyObject_GetAttrString(i, "__annotate__"), "!!AttributeError: type object 'int' has no attribute '__annotate__'");
    CHECK_REPR(PyObject_GetAttrString(i, "__text_signature__"), "None");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)&PyList_Type, "__text_signature__"), "'(iterable=(), /)'");
    CHECK_REPR(PyObject_GetAttrString(OBJECT, "__base__"), "None");
    CHECK_REPR(PyObject_GetAttrString(OBJECT, "__bases__"), "()");
    CHECK_REPR(PyObject_GetAttrString(TYPE, "__module__"), "'builtins'");
    CHECK_REPR(PyObject_GetAttrString(TYPE, "__type_params__"), "()");
    CHECK_REPR(PyObject_GetAttrString(TYPE, "__abstractmethods__"), "!!AttributeError: __abstractmethods__");
    CHECK_INT(PyObject_SetAttrString(c, "__name__", value("s", "Renamed")), "0");
    CHECK_REPR(Py_NewRef(c), "<class 'm.Outer.C'>");
    CHECK_STR_EQ(((PyTypeObject *)c)->tp_name, "Renamed");
    CHECK_INT(PyObject_SetAttrString(c, "__name__", value("i", 1)), "-1 !!TypeError: can only assign string to Renamed.__name__, not 'int'");
    CHECK_INT(PyObject_SetAttrString(c, "__name__", value("s#", "a\0", (Py_ssize_t)2)), "-1 !!ValueError: type name must not contain null characters");
    CHECK_INT(PyObject_DelAttrString(c, "__name__"), "-1 !!TypeError: cannot delete '__name__' attribute of immutable type 'Renamed'");
    CHECK_INT(PyObject_SetAttrString(c, "__qualname__", value("s", "New.Name")), "0");
    CHECK_REPR(Py_NewRef(c), "<class 'm.New.Name'>");
    CHECK_INT(PyObject_SetAttrString(c, "__qualname__", value("i", 1)), "-1 !!TypeError: can only assign string to Renamed.__qualname__, not 'int'");
    CHECK_INT(PyObject_DelAttrString(c, "__qualname__"), "-1 !!TypeError: cannot delete '__qualname__' attribute of immutable type 'Renamed'");
    CHECK_INT(PyObject_SetAttrString(c, "__module__", value("s", "n")), "0");
    CHECK_REPR(Py_NewRef(c), "<class 'n.New.Name'>");
    CHECK_INT(PyObject_DelAttrString(c, "__module__"), "-1 !!TypeError: cannot delete '__module__' attribute of immutable type 'Renamed'");
    CHECK_INT(PyObject_SetAttrString(c, "__doc__", value("i", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(c, "__doc__"), "1");
    CHECK_INT(PyObject_DelAttrString(c, "__doc__"), "-1 !!TypeError: cannot delete '__doc__' attribute of immutable type 'Renamed'");
    CHECK_INT(PyObject_SetAttrString(c, "__annotations__", value("{si}", "x", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(c, "__annotations__"), "{'x': 1}");
    CHECK_INT(PyObject_DelAttrString(c, "__annotations__"), "0");
    CHECK_INT(PyObject_DelAttrString(c, "__annotations__"), "-1 !!AttributeError: __annotations__");
    CHECK_INT(PyObject_SetAttrString(c, "__annotate__", value("i", 1)), "-1 !!TypeError: __annotate__ must be callable or None");
    CHECK_INT(PyObject_DelAttrString(c, "__annotate__"), "-1 !!TypeError: cannot delete __annotate__ attribute");
    CHECK_INT(PyObject_SetAttrString(c, "__type_params__", value("(i)", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(c, "__type_params__"), "(1,)");
    CHECK_INT(PyObject_SetAttrString(i, "__name__", value("s", "x")), "-1 !!TypeError: cannot set '__name__' attribute of immutable type 'int'");
    CHECK_INT(PyObject_SetAttrString(i, "__doc__", value("s", "x")), "-1 !!TypeError: cannot set '__doc__' attribute of immutable type 'int'");
    CHECK_INT(PyObject_SetAttrString(i, "__annotations__", value("{}")), "-1 !!TypeError: cannot set '__annotations__' attribute of immutable type 'int'");
    CHECK_INT(PyObject_SetAttrString(i, "x", value("{}")), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'int'");
    CHECK_INT(PyObject_DelAttrString(i, "real"), "-1 !!TypeError: cannot set 'real' attribute of immutable type 'int'");
    CHECK_INT(PyObject_SetAttr(c, value("i", 1), Py_None), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(PyObject_GetAttr(c, value("i", 1)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(PyObject_SetAttrString(c, "__mro__", Py_None), "-1 !!AttributeError: attribute '__mro__' of 'type' objects is not writable");
    CHECK_INT(PyObject_SetAttrString(c, "__dict__", Py_None), "-1 !!AttributeError: attribute '__dict__' of 'type' objects is not writable");
    CHECK_INT(PyObject_SetAttrString(c, "__basicsize__", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(keep(PyObject_CallMethod(c, "__sizeof__", NULL)) ? PyUnicode_FromString("size") : NULL, "!!TypeError: unbound method object.__sizeof__() needs an argument");
    CHECK_REPR(PyObject_Type(attr(c, "__dict__")), "<class 'mappingproxy'>");
    CHECK_INT(PySequence_Contains(keep(PyObject_Dir(c)), value("s", "__init__")), "1");
    CHECK_INT(PySequence_Contains(keep(PyObject_Dir(c)), value("s", "mro")), "0");
}

TEST(abstract) {
    PyObject *c = class("C", NOTHING, EMPTY);
    CHECK_INT(PyObject_SetAttrString(c, "__abstractmethods__", value("[s]", "f")), "0");
    CHECK_INT((long)(PyType_GetFlags((PyTypeObject *)c) & Py_TPFLAGS_IS_ABSTRACT) != 0, "1");
    CHECK_REPR(PyObject_CallNoArgs(c), "!!TypeError: Can't instantiate abstract class C without an implementation for abstract method 'f'");
    CHECK_INT(PyObject_SetAttrString(c, "__abstractmethods__", value("[ss]", "g", "f")), "0");
    CHECK_REPR(PyObject_CallNoArgs(c), "!!TypeError: Can't instantiate abstract class C without an implementation for abstract methods 'f', 'g'");
    CHECK_INT(PyObject_SetAttrString(c, "__abstractmethods__", value("[]")), "0");
    CHECK_REPR(PyObject_Type(keep(PyObject_CallNoArgs(c))), "<class 'm.C'>");
    CHECK_INT(PyObject_DelAttrString(c, "__abstractmethods__"), "0");
    CHECK_INT(PyObject_DelAttrString(c, "__abstractmethods__"), "-1 !!AttributeError: __abstractmethods__");
    CHECK_INT(PyObject_SetAttrString((PyObject *)&PyLong_Type, "__abstractmethods__", value("[]")), "-1 !!TypeError: cannot set '__abstractmethods__' attribute of immutable type 'int'");
}

TEST(objects) {
    PyObject *a = class("A", NOTHING, EMPTY), *b = class("B", NOTHING, EMPTY), *s = class("S", NOTHING, value("{s(s)}", "__slots__", "x"));
    PyObject *o = keep(PyObject_CallNoArgs(a));
    CHECK_INT(PyObject_SetAttrString(o, "x", value("i", 5)), "0");
    CHECK_REPR(PyObject_Type(o), "<class 'm.A'>");
    CHECK_INT(PyObject_SetAttrString(o, "__class__", b), "0");
    CHECK_REPR(PyObject_Type(o), "<class 'm.B'>");
    CHECK_REPR(PyObject_GetAttrString(o, "x"), "5");
    CHECK_INT(PyObject_SetAttrString(o, "__class__", s), "-1 !!TypeError: __class__ assignment: 'S' object layout differs from 'B'");
    CHECK_INT(PyObject_SetAttrString(o, "__class__", OBJECT), "-1 !!TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses");
    CHECK_INT(PyObject_SetAttrString(o, "__class__", value("i", 1)), "-1 !!TypeError: __class__ must be set to a class, not 'int' object");
    CHECK_INT(PyObject_DelAttrString(o, "__class__"), "-1 !!TypeError: can't delete __class__ attribute");
    CHECK_INT(PyObject_SetAttrString(value("i", 1), "__class__", a), "-1 !!TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses");
    CHECK_REPR(PyObject_GetAttrString(o, "__dict__"), "{'x': 5}");
    CHECK_INT(PyObject_SetAttrString(o, "__dict__", value("{si}", "y", 6)), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "y"), "6");
    CHECK_INT(PyObject_SetAttrString(o, "__dict__", value("i", 6)), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_DelAttrString(o, "__dict__"), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "__weakref__"), "None");
    CHECK_INT(PyObject_SetAttrString(o, "__weakref__", Py_None), "-1 !!AttributeError: attribute '__weakref__' of 'B' objects is not writable");
    CHECK_REPR(PyObject_CallFunction(a, "i", 1), "!!TypeError: A() takes no arguments");
    CHECK_REPR(PyObject_CallMethod(o, "__init__", "i", 1), "!!TypeError: B.__init__() takes exactly one argument (the instance to initialize)");
    CHECK_REPR(PyObject_CallMethod(o, "__format__", "s", "x"), "!!TypeError: unsupported format string passed to B.__format__");
    CHECK_REPR(PyObject_CallMethod(o, "__format__", "i", 1), "!!TypeError: __format__() argument must be str, not int");
    CHECK_REPR(PyObject_CallMethod(value("i", 1), "__format__", NULL), "!!TypeError: int.__format__() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(o, "__sizeof__", NULL), "16");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(OBJECT)), "__sizeof__", NULL), "16");
    CHECK_REPR(PyObject_CallMethod(value("(ii)", 1, 2), "__sizeof__", NULL), "48");
    CHECK_REPR(PyObject_CallMethod(o, "__getstate__", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(OBJECT)), "__getstate__", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(o, "__reduce_ex__", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(o, "__eq__", "O", o), "True");
    CHECK_REPR(PyObject_CallMethod(o, "__eq__", "i", 1), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(o, "__ne__", "O", o), "False");
    CHECK_REPR(PyObject_CallMethod(o, "__ne__", "i", 1), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(o, "__lt__", "i", 1), "NotImplemented");
    CHECK_REPR(PyObject_Repr(o), "'<m.B object at 0x...>'");
    CHECK_REPR(PyObject_Repr(keep(PyObject_CallNoArgs(OBJECT))), "'<object object at 0x...>'");
    CHECK_REPR(PyObject_CallMethod(o, "__str__", NULL), "'<m.B object at 0x...>'");
    CHECK_REPR(keep(PyObject_Dir(o)) ? PyUnicode_FromString("dir") : NULL, "'dir'");
    CHECK_REPR(PyObject_GetAttrString(o, "missing"), "!!AttributeError: 'B' object has no attribute 'missing'");
    CHECK_INT(PyObject_SetAttrString(keep(PyObject_CallNoArgs(OBJECT)), "x", Py_None), "-1 !!AttributeError: 'object' object has no attribute 'x' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_DelAttrString(o, "missing"), "-1 !!AttributeError: 'B' object has no attribute 'missing'");
    CHECK_INT(PyObject_Hash(o) == Py_HashPointer(o), "1");
}
CHECK_MAIN()
