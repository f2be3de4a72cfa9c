/* Descriptors: methods of every convention, class methods, static methods, members, getsets, slot wrappers; property,
 * classmethod, staticmethod, super and mappingproxy. */
#include "check.h"
#include <stddef.h>
#include <structmember.h>

#define TYPE(name) ((PyObject *)&Py##name##_Type)
typedef struct { PyObject_HEAD int number; PyObject *object; } Thing;

static PyObject *noargs(PyObject *self, PyObject *unused) { return Py_BuildValue("(OO)", Py_TYPE(self), unused ? unused : Py_None); }
static PyObject *one(PyObject *self, PyObject *arg) { return Py_BuildValue("(OO)", Py_TYPE(self), arg); }
static PyObject *varargs(PyObject *self, PyObject *args) { return Py_BuildValue("(OO)", Py_TYPE(self), args); }
static PyObject *keywords(PyObject *self, PyObject *args, PyObject *kwargs) { return Py_BuildValue("(OOO)", Py_TYPE(self), args, kwargs ? kwargs : Py_None); }
static PyObject *array(PyObject *const *args, Py_ssize_t n) {
    PyObject *tuple = PyTuple_New(n);
    for (Py_ssize_t i = 0; i < n; i++) PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i]));
    return tuple;
}
static PyObject *fast(PyObject *self, PyObject *const *args, Py_ssize_t n) { return Py_BuildValue("(ON)", Py_TYPE(self), array(args, n)); }
static PyObject *fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names) {
    return Py_BuildValue("(ONO)", Py_TYPE(self), array(args, n + (names ? PyTuple_GET_SIZE(names) : 0)), names ? names : Py_None);
}
static PyObject *in_class(PyObject *self, PyTypeObject *defining, PyObject *const *args, size_t n, PyObject *names) {
    return Py_BuildValue("(OONO)", Py_TYPE(self), defining, array(args, (Py_ssize_t)n + (names ? PyTuple_GET_SIZE(names) : 0)), names ? names : Py_None);
}
static PyObject *of_class(PyObject *class, PyObject *args) { return Py_BuildValue("(OO)", class, args); }
static PyObject *of_nobody(PyObject *null, PyObject *args) { return Py_BuildValue("(OO)", null ? null : Py_None, args); }
#define C(f) (PyCFunction)(void (*)(void))f
static PyMethodDef methods[] = {
    {"noargs", noargs, METH_NOARGS, "noargs($self, /)\n--\n\nDoc of noargs."}, {"one", one, METH_O, NULL}, {"varargs", varargs, METH_VARARGS, "No signature."},
    {"keywords", C(keywords), METH_VARARGS | METH_KEYWORDS, "keywords(wrong\n--\n\nx"}, {"fast", C(fast), METH_FASTCALL, ""},
    {"fast_keywords", C(fast_keywords), METH_FASTCALL | METH_KEYWORDS, NULL}, {"in_class", C(in_class), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {"of_class", of_class, METH_VARARGS | METH_CLASS, NULL}, {"of_nobody", of_nobody, METH_VARARGS | METH_STATIC, NULL},
    {"class_noargs", noargs, METH_NOARGS | METH_CLASS, NULL}, {"static_one", one, METH_O | METH_STATIC, NULL}, {NULL}};
static PyObject *get_number(PyObject *self, void *closure) { return PyLong_FromLong(((Thing *)self)->number + (closure ? *(int *)closure : 0)); }
static int set_number(PyObject *self, PyObject *value, void *closure) {
    (void)closure;
    if (!value) { PyErr_SetString(PyExc_TypeError, "no deleting"); return -1; }
    ((Thing *)self)->number = (int)PyLong_AsLong(value);
    return PyErr_Occurred() ? -1 : 0;
}
static int hundred = 100;
static PyGetSetDef getsets[] = {{"number", get_number, set_number, "The number.", NULL}, {"more", get_number, NULL, NULL, &hundred}, {"hole", NULL, set_number, NULL, NULL}, {NULL}};
static PyMemberDef members[] = {{"object", Py_T_OBJECT_EX, offsetof(Thing, object), 0, "An object."}, {"raw", Py_T_INT, offsetof(Thing, number), Py_READONLY, NULL}, {NULL}};
static void dealloc(PyObject *self) { PyTypeObject *type = Py_TYPE(self); Py_CLEAR(((Thing *)self)->object); type->tp_free(self); Py_DECREF(type); }
static PyType_Slot slots[] = {{Py_tp_methods, methods}, {Py_tp_getset, getsets}, {Py_tp_members, members}, {Py_tp_dealloc, dealloc}, {0, NULL}};
static PyType_Spec spec = {"m.Thing", sizeof(Thing), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
static PyObject *thing_type(void) { return keep(PyType_FromSpec(&spec)); }

TEST(conventions) {
    PyObject *type = thing_type(), *t = keep(PyObject_CallNoArgs(type)), *empty = value("()"), *two = value("(ii)", 1, 2), *kw = value("{si}", "k", 3), *none = value("{}");
    for (int bound = 0; bound < 2; bound++) {
        PyObject *o = bound ? t : type, *prefix = bound ? empty : value("(O)", t);
#define CALL(name, args, kwargs) PyObject_Call(attr(o, name), keep(PySequence_Concat(prefix, args)), kwargs)
        CHECK_REPR(CALL("noargs", empty, NULL), "(<class 'm.Thing'>, None)");
        CHECK_REPR(CALL("noargs", empty, none), "(<class 'm.Thing'>, None)");
        CHECK_REPR(CALL("noargs", two, NULL), "!!TypeError: Thing.noargs() takes no arguments (2 given)");
        CHECK_REPR(CALL("noargs", empty, kw), "!!TypeError: Thing.noargs() takes no keyword arguments");
        CHECK_REPR(CALL("one", value("(i)", 7), NULL), "(<class 'm.Thing'>, 7)");
        CHECK_REPR(CALL("one", empty, NULL), "!!TypeError: Thing.one() takes exactly one argument (0 given)");
        CHECK_REPR(CALL("one", two, NULL), "!!TypeError: Thing.one() takes exactly one argument (2 given)");
        CHECK_REPR(CALL("one", value("(i)", 7), kw), "!!TypeError: Thing.one() takes no keyword arguments");
        CHECK_REPR(CALL("varargs", two, NULL), "(<class 'm.Thing'>, (1, 2))");
        CHECK_REPR(CALL("varargs", two, kw), bound ? "!!TypeError: varargs() takes no keyword arguments" : "!!TypeError: Thing.varargs() takes no keyword arguments");
        CHECK_REPR(CALL("keywords", two, NULL), "(<class 'm.Thing'>, (1, 2), None)");
        CHECK_REPR(CALL("keywords", two, kw), "(<class 'm.Thing'>, (1, 2), {'k': 3})");
        CHECK_REPR(CALL("fast", two, NULL), "(<class 'm.Thing'>, (1, 2))");
        CHECK_REPR(CALL("fast", two, kw), "!!TypeError: Thing.fast() takes no keyword arguments");
        CHECK_REPR(CALL("fast_keywords", two, NULL), "(<class 'm.Thing'>, (1, 2), None)");
        CHECK_REPR(CALL("fast_keywords", two, kw), "(<class 'm.Thing'>, (1, 2, 3), ('k',))");
        CHECK_REPR(CALL("in_class", two, NULL), "(<class 'm.Thing'>, <class 'm.Thing'>, (1, 2), None)");
        CHECK_REPR(CALL("in_class", two, kw), "(<class 'm.Thing'>, <class 'm.Thing'>, (1, 2, 3), ('k',))");
    }
    CHECK_REPR(PyObject_CallMethod(type, "noargs", NULL), "!!TypeError: unbound method Thing.noargs() needs an argument");
    CHECK_REPR(PyObject_CallMethod(type, "noargs", "i", 1), "!!TypeError: descriptor 'noargs' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(type, "of_class", "i", 1), "(<class 'm.Thing'>, (1,))");
    CHECK_REPR(PyObject_CallMethod(t, "of_class", "i", 1), "(<class 'm.Thing'>, (1,))");
    CHECK_REPR(PyObject_CallMethod(type, "of_nobody", "i", 1), "(None, (1,))");
    CHECK_REPR(PyObject_CallMethod(t, "of_nobody", "i", 1), "(None, (1,))");
    CHECK_REPR(PyObject_CallMethod(type, "class_noargs", "i", 1), "!!TypeError: Thing.class_noargs() takes no arguments (1 given)");
    CHECK_REPR(PyObject_CallMethod(type, "static_one", NULL), "!!TypeError: Thing.static_one() takes exactly one argument (0 given)");
    PyObject *sub = new_class("Sub", type), *s = keep(PyObject_CallNoArgs(sub));
    CHECK_REPR(PyObject_CallMethod(s, "in_class", NULL), "(<class 'm.Sub'>, <class 'm.Thing'>, (), None)");
    CHECK_REPR(PyObject_CallMethod(sub, "of_class", NULL), "(<class 'm.Sub'>, ())");
    static PyMethodDef bad = {"bad", noargs, METH_NOARGS | METH_O, NULL};
    CHECK_REPR(PyDescr_NewMethod((PyTypeObject *)type, &bad), "!!SystemError: bad() method: bad call flags");
    static PyMethodDef both[] = {{"both", noargs, METH_NOARGS | METH_CLASS | METH_STATIC, NULL}, {NULL}};
    PyType_Slot both_slots[] = {{Py_tp_methods, both}, {0, NULL}};
    PyType_Spec both_spec = {"m.Both", 0, 0, Py_TPFLAGS_DEFAULT, both_slots};
    CHECK_REPR(PyType_FromSpec(&both_spec), "!!ValueError: method cannot be both class and static");
}

TEST(methods) {
    PyObject *type = thing_type(), *t = keep(PyObject_CallNoArgs(type)), *dict = attr(type, "__dict__");
    CHECK_REPR(PyObject_GetAttrString(type, "noargs"), "<method 'noargs' of 'm.Thing' objects>");
    CHECK_REPR(PyObject_Repr(attr(t, "noargs")), "'<built-in method noargs of m.Thing object at 0x...>'");
    CHECK_REPR(PyMapping_GetItemString(dict, "of_class"), "<method 'of_class' of 'm.Thing' objects>");
    CHECK_REPR(PyMapping_GetItemString(dict, "of_nobody"), "<staticmethod(<built-in method of_nobody of type object at 0x...>)>");
    static const char *const attributes[] = {"__name__", "__qualname__", "__objclass__", "__doc__", "__text_signature__"};
    static const char *const names[] = {"noargs", "one", "varargs", "keywords", "fast", "of_class"};
    PyObject *list = keep(PyList_New(0));
    for (size_t i = 0; i < 6; i++) {
        PyObject *row = keep(PyList_New(0)), *descr = keep(PyMapping_GetItemString(dict, names[i]));
        for (size_t j = 0; j < 5; j++) PyList_Append(row, attr(descr, attributes[j]));
        PyList_Append(list, row);
    }
    CHECK_BORROWED(PyList_GetItem(list, 0), "['noargs', 'Thing.noargs', <class 'm.Thing'>, 'Doc of noargs.', '($self, /)']");
    CHECK_BORROWED(PyList_GetItem(list, 1), "['one', 'Thing.one', <class 'm.Thing'>, None, '($self, object, /)']");
    CHECK_BORROWED(PyList_GetItem(list, 2), "['varargs', 'Thing.varargs', <class 'm.Thing'>, 'No signature.', None]");
    CHECK_BORROWED(PyList_GetItem(list, 3), "['keywords', 'Thing.keywords', <class 'm.Thing'>, 'keywords(wrong\\n--\\n\\nx', None]");
    CHECK_BORROWED(PyList_GetItem(list, 4), "['fast', 'Thing.fast', <class 'm.Thing'>, None, None]");
    CHECK_BORROWED(PyList_GetItem(list, 5), "['of_class', 'Thing.of_class', <class 'm.Thing'>, None, None]");
    PyObject *noargs_descr = attr(type, "noargs");
    CHECK_REPR(keep(PyObject_CallMethod(noargs_descr, "__get__", "O", t)) ? PyUnicode_FromString("bound") : NULL, "'bound'");
    CHECK_REPR(PyObject_CallMethod(noargs_descr, "__get__", "i", 1), "!!TypeError: descriptor 'noargs' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(noargs_descr, "__get__", "OO", Py_None, type), "<method 'noargs' of 'm.Thing' objects>");
    CHECK_REPR(PyObject_CallMethod(noargs_descr, "__get__", "O", Py_None), "!!TypeError: __get__(None, None) is invalid");
    CHECK_REPR(PyObject_CallMethod(noargs_descr, "__get__", NULL), "!!TypeError: __get__ expected at least 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(noargs_descr, "__reduce__", NULL), "(<built-in function getattr>, (<class 'm.Thing'>, 'noargs'))");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)Py_TYPE(noargs_descr)), "!!TypeError: cannot create 'method_descriptor' instances");
    PyObject *in_class_descr = attr(type, "in_class");
    CHECK_REPR(PyObject_CallMethod(in_class_descr, "__get__", "Oi", t, 1), "!!TypeError: descriptor 'in_class' needs a type, not 'int', as arg 2");
    PyObject *class_descr = keep(PyMapping_GetItemString(dict, "of_class"));
    CHECK_REPR(PyObject_CallNoArgs(class_descr), "!!TypeError: descriptor 'of_class' of 'm.Thing' object needs an argument");
    CHECK_REPR(PyObject_CallFunction(class_descr, "i", 1), "!!TypeError: descriptor 'of_class' for type 'm.Thing' needs a type, not a 'int' as arg 2");
    CHECK_REPR(PyObject_CallFunction(class_descr, "O", &PyLong_Type), "!!TypeError: descriptor 'of_class' requires a subtype of 'm.Thing' but received 'int'");
    CHECK_REPR(PyObject_CallFunction(class_descr, "Oi", type, 5), "(<class 'm.Thing'>, (5,))");
    CHECK_REPR(PyObject_CallMethod(class_descr, "__get__", "Oi", Py_None, 1), "!!TypeError: descriptor 'of_class' for type 'm.Thing' needs a type, not a 'int' as arg 2");
    CHECK_REPR(PyObject_CallMethod(class_descr, "__get__", "OO", Py_None, &PyLong_Type), "!!TypeError: descriptor 'of_class' requires a subtype of 'm.Thing' but received 'int'");
    CHECK_REPR(PyObject_CallMethod(class_descr, "__get__", "O", Py_None), "!!TypeError: __get__(None, None) is invalid");
    CHECK_INT(PyDescr_IsData(class_descr), "0");
    CHECK_INT(PyDescr_IsData(attr(type, "number")), "1");
    CHECK_INT(PyDescr_IsData(attr(type, "object")), "1");
}

TEST(fields) {
    PyObject *type = thing_type(), *t = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyObject_GetAttrString(type, "number"), "<attribute 'number' of 'm.Thing' objects>");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "number"), "__doc__"), "'The number.'");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "number"), "__name__"), "'number'");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "number"), "__qualname__"), "'Thing.number'");
    CHECK_INT(PyObject_SetAttrString(t, "number", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(t, "number"), "5");
    CHECK_REPR(PyObject_GetAttrString(t, "more"), "105");
    CHECK_INT(PyObject_SetAttrString(t, "more", value("i", 5)), "-1 !!AttributeError: attribute 'more' of 'm.Thing' objects is not writable");
    CHECK_INT(PyObject_DelAttrString(t, "number"), "-1 !!TypeError: no deleting");
    CHECK_INT(PyObject_SetAttrString(t, "number", value("s", "x")), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_GetAttrString(t, "hole"), "!!AttributeError: attribute 'hole' of 'm.Thing' objects is not readable");
    CHECK_REPR(PyObject_CallMethod(attr(type, "number"), "__get__", "i", 1), "!!TypeError: descriptor 'number' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(attr(type, "number"), "__set__", "ii", 1, 2), "!!TypeError: descriptor 'number' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(attr(type, "number"), "__set__", "Oi", t, 2), "None");
    CHECK_REPR(PyObject_CallMethod(attr(type, "number"), "__set__", "O", t), "!!TypeError: __set__ expected 2 arguments, got 1");
    CHECK_REPR(PyObject_CallMethod(attr(type, "number"), "__delete__", "O", t), "!!TypeError: no deleting");
    CHECK_REPR(PyObject_GetAttrString(type, "object"), "<member 'object' of 'm.Thing' objects>");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "object"), "__doc__"), "'An object.'");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "raw"), "__doc__"), "None");
    CHECK_REPR(PyObject_GetAttrString(t, "object"), "!!AttributeError: 'm.Thing' object has no attribute 'object'");
    CHECK_INT(PyObject_DelAttrString(t, "object"), "-1 !!AttributeError: object");
    CHECK_INT(PyObject_SetAttrString(t, "object", t), "0");
    CHECK_INT(PyObject_DelAttrString(t, "object"), "0");
    CHECK_INT(PyObject_SetAttrString(t, "raw", value("i", 5)), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(PyObject_DelAttrString(t, "raw"), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_CallMethod(attr(type, "object"), "__get__", "i", 1), "!!TypeError: descriptor 'object' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(attr(type, "object"), "__set__", "ii", 1, 2), "!!TypeError: descriptor 'object' for 'm.Thing' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(attr(type, "object"), "__reduce__", NULL), "(<built-in function getattr>, (<class 'm.Thing'>, 'object'))");
}

/* Every kind of member, read and written, with the warnings about values cut short made errors. */
typedef struct {
    PyObject_HEAD
    char c, b, flag; unsigned char ub; short h; unsigned short uh; int i; unsigned u; long l; unsigned long ul; long long ll; unsigned long long ull;
    Py_ssize_t n; float f; double d; const char *s; char inplace[8]; PyObject *o, *ex;
} All;
static PyMemberDef all[] = {
#define M(name, kind) {#name, kind, offsetof(All, name), 0, NULL}
    M(c, Py_T_CHAR), M(b, Py_T_BYTE), M(flag, Py_T_BOOL), M(ub, Py_T_UBYTE), M(h, Py_T_SHORT), M(uh, Py_T_USHORT), M(i, Py_T_INT), M(u, Py_T_UINT), M(l, Py_T_LONG), M(ul, Py_T_ULONG),
    M(ll, Py_T_LONGLONG), M(ull, Py_T_ULONGLONG), M(n, Py_T_PYSSIZET), M(f, Py_T_FLOAT), M(d, Py_T_DOUBLE), M(s, Py_T_STRING), M(inplace, Py_T_STRING_INPLACE), M(o, _Py_T_OBJECT),
    M(ex, Py_T_OBJECT_EX), {"none", _Py_T_NONE, 0, 0, NULL}, {"bad", 77, 0, 0, NULL}, {NULL}};
static PyObject *put(const char *name, PyObject *value_) {
    static All a = {.s = "static", .inplace = "inplace"};
    for (PyMemberDef *m = all; m->name; m++)
        if (!strcmp(m->name, name)) {
            if (PyMember_SetOne((char *)&a, m, value_ == Py_Ellipsis ? NULL : value_) < 0) return NULL;
            return PyMember_GetOne((char *)&a, m);
        }
    return NULL;
}
static PyObject *get(const char *name) {
    static All a = {.s = "static", .inplace = "inplace", .c = 'x'};
    a.ob_base.ob_type = &PyLong_Type;
    for (PyMemberDef *m = all; m->name; m++)
        if (!strcmp(m->name, name)) return PyMember_GetOne((char *)&a, m);
    return NULL;
}
/* Filters that make every warning an error, in a module that stands for `warnings`. */
static void warnings_raise(void) {
    PyObject *module = keep(PyModule_New("warnings")), *modules = PyImport_GetModuleDict();
    PyObject_SetAttrString(module, "filters", value("[(sOOOi)]", "error", Py_None, PyExc_Warning, Py_None, 0));
    PyObject_SetAttrString(module, "_defaultaction", value("s", "error"));
    PyObject_SetAttrString(module, "_onceregistry", value("{}"));
    PyDict_SetItemString(modules, "warnings", module);
}
#define BIG keep(PyLong_FromString("123456789012345678901234567890", NULL, 10))

TEST(kinds) {
    static const char *const names[] = {"c", "b", "flag", "ub", "h", "uh", "i", "u", "l", "ul", "ll", "ull", "n", "f", "d"};
    (void)names;
    CHECK_REPR(get("c"), "'x'");
    CHECK_REPR(get("s"), "'static'");
    CHECK_REPR(get("inplace"), "'inplace'");
    CHECK_REPR(get("o"), "None");
    CHECK_REPR(get("ex"), "!!AttributeError: 'int' object has no attribute 'ex'");
    CHECK_REPR(get("none"), "None");
    CHECK_REPR(get("bad"), "!!SystemError: bad memberdescr type");
    CHECK_REPR(put("c", value("s", "y")), "'y'");
    CHECK_REPR(put("c", value("s", "yy")), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(put("c", value("i", 1)), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(put("b", value("i", -128)), "-128");
    CHECK_REPR(put("flag", Py_True), "True");
    CHECK_REPR(put("flag", value("i", 1)), "!!TypeError: attribute value type must be bool");
    CHECK_REPR(put("ub", value("i", 255)), "255");
    CHECK_REPR(put("h", value("i", -32768)), "-32768");
    CHECK_REPR(put("uh", value("i", 65535)), "65535");
    CHECK_REPR(put("i", value("i", -5)), "-5");
    CHECK_REPR(put("i", BIG), "!!OverflowError: Python int too large to convert to C long");
    CHECK_REPR(put("i", value("s", "x")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(put("i", value("d", 1.5)), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(put("i", Py_True), "1");
    CHECK_REPR(put("u", value("L", 4294967295LL)), "4294967295");
    CHECK_REPR(put("u", value("s", "x")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(put("u", BIG), "!!OverflowError: Python int too large to convert to C unsigned long");
    CHECK_REPR(put("l", value("L", -1LL)), "-1");
    CHECK_REPR(put("l", BIG), "!!OverflowError: Python int too large to convert to C long");
    CHECK_REPR(put("ul", value("K", ~0ULL)), "18446744073709551615");
    CHECK_REPR(put("ul", BIG), "!!OverflowError: Python int too large to convert to C unsigned long");
    CHECK_REPR(put("ul", value("s", "x")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(put("ll", value("L", -1LL)), "-1");
    CHECK_REPR(put("ll", BIG), "!!OverflowError: int too big to convert");
    CHECK_REPR(put("ull", value("K", ~0ULL)), "18446744073709551615");
    CHECK_REPR(put("ull", BIG), "!!OverflowError: int too big to convert");
    CHECK_REPR(put("n", value("n", (Py_ssize_t)-1)), "-1");
    CHECK_REPR(put("n", BIG), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(put("n", value("s", "x")), "!!TypeError: an integer is required");
    CHECK_REPR(put("f", value("d", 1.5)), "1.5");
    CHECK_REPR(put("f", value("s", "x")), "!!TypeError: must be real number, not str");
    CHECK_REPR(put("d", value("d", 1.1)), "1.1");
    CHECK_REPR(put("d", value("i", 2)), "2.0");
    CHECK_REPR(put("s", value("s", "x")), "!!TypeError: readonly attribute");
    CHECK_REPR(put("inplace", value("s", "x")), "!!TypeError: readonly attribute");
    CHECK_REPR(put("o", value("s", "x")), "'x'");
    CHECK_REPR(put("o", Py_Ellipsis), "None");
    CHECK_REPR(put("ex", value("s", "x")), "'x'");
    CHECK_REPR(put("ex", value("i", 3)), "3");
    CHECK_REPR(put("i", Py_Ellipsis), "!!TypeError: can't delete numeric/char attribute");
    CHECK_REPR(put("s", Py_Ellipsis), "!!TypeError: can't delete numeric/char attribute");
    CHECK_REPR(put("none", Py_None), "!!SystemError: bad memberdescr type for none");
    CHECK_REPR(put("bad", Py_None), "!!SystemError: bad memberdescr type for bad");
    warnings_raise();
    CHECK_REPR(put("b", value("i", 300)), "!!RuntimeWarning: Truncation of value to char");
    CHECK_REPR(put("ub", value("i", -1)), "!!RuntimeWarning: Truncation of value to unsigned char");
    CHECK_REPR(put("ub", value("i", 300)), "!!RuntimeWarning: Truncation of value to unsigned char");
    CHECK_REPR(put("h", value("i", 40000)), "!!RuntimeWarning: Truncation of value to short");
    CHECK_REPR(put("uh", value("i", 70000)), "!!RuntimeWarning: Truncation of value to unsigned short");
    CHECK_REPR(put("i", value("L", 4294967296LL)), "!!RuntimeWarning: Truncation of value to int");
    CHECK_REPR(put("u", value("i", -1)), "!!RuntimeWarning: Writing negative value into unsigned field");
    CHECK_REPR(put("u", value("L", 4294967296LL)), "!!RuntimeWarning: Truncation of value to unsigned int");
    CHECK_REPR(put("ul", value("i", -1)), "!!RuntimeWarning: Writing negative value into unsigned field");
    CHECK_REPR(put("ull", value("i", -1)), "!!RuntimeWarning: Writing negative value into unsigned field");
}

static PyObject *echo(PyObject *self, PyObject *args) { (void)self; return Py_NewRef(args); }
static PyMethodDef echo_def = {"echo", echo, METH_VARARGS, "Doc of echo."};
static PyObject *echo_function(void) { return keep(PyCFunction_New(&echo_def, NULL)); }

TEST(property) {
    PyObject *f = echo_function(), *p = keep(PyObject_CallFunction(TYPE(Property), "OOO", f, f, f)), *e = keep(PyObject_CallNoArgs(TYPE(Property)));
    PyObject *c = keep(PyObject_CallFunction(TYPE(Type), "s(){sOsOss}", "C", "p", p, "e", e, "__module__", "m")), *o = keep(PyObject_CallNoArgs(c));
    (void)o;
    CHECK_REPR(PyObject_CallMethod(p, "__get__", "i", 5), "(5,)");
    CHECK_REPR(PyObject_CallMethod(p, "__set__", "ii", 5, 6), "None");
    CHECK_REPR(PyObject_CallMethod(p, "__delete__", "i", 5), "None");
    CHECK_INT(keep(PyObject_GetAttrString(c, "p")) == p, "1");
    CHECK_REPR(PyObject_GetAttrString(o, "e"), "!!AttributeError: property 'e' of 'C' object has no getter");
    CHECK_INT(PyObject_SetAttrString(o, "e", Py_None), "-1 !!AttributeError: property 'e' of 'C' object has no setter");
    CHECK_INT(PyObject_DelAttrString(o, "e"), "-1 !!AttributeError: property 'e' of 'C' object has no deleter");
    CHECK_REPR(PyObject_GetAttrString(e, "__name__"), "'e'");
    PyObject *unnamed = keep(PyObject_CallNoArgs(TYPE(Property)));
    CHECK_REPR(PyObject_GetAttrString(unnamed, "__name__"), "!!AttributeError: 'property' object has no attribute '__name__'");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__get__", "i", 5), "!!AttributeError: property of 'int' object has no getter");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__set__", "ii", 5, 6), "!!AttributeError: property of 'int' object has no setter");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__delete__", "i", 5), "!!AttributeError: property of 'int' object has no deleter");
    CHECK_INT(PyObject_SetAttrString(unnamed, "__name__", value("s", "named")), "0");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__get__", "i", 5), "!!AttributeError: property 'named' of 'int' object has no getter");
    CHECK_INT(PyObject_DelAttrString(unnamed, "__name__"), "0");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__set_name__", "Oi", c, 5), "None");
    CHECK_REPR(PyObject_CallMethod(unnamed, "__set_name__", "i", 5), "!!TypeError: __set_name__() takes 2 positional arguments but 1 were given");
    CHECK_REPR(PyObject_GetAttrString(unnamed, "__name__"), "5");
    CHECK_REPR(PyObject_GetAttrString(p, "__doc__"), "'Doc of echo.'");
    CHECK_REPR(PyObject_GetAttrString(e, "__doc__"), "None");
    CHECK_INT(PyObject_SetAttrString(e, "__doc__", value("s", "new")), "0");
    CHECK_REPR(PyObject_GetAttrString(e, "__doc__"), "'new'");
    CHECK_REPR(PyObject_GetAttrString(p, "fget"), "<built-in function echo>");
    CHECK_REPR(PyObject_GetAttrString(e, "fset"), "None");
    CHECK_INT(PyObject_SetAttrString(p, "fget", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_GetAttrString(p, "__isabstractmethod__"), "False");
    PyObject *copy = keep(PyObject_CallMethod(e, "getter", "O", f));
    CHECK_REPR(PyObject_CallMethod(copy, "__get__", "i", 7), "(7,)");
    CHECK_REPR(PyObject_GetAttrString(copy, "__name__"), "'e'");
    CHECK_REPR(PyObject_GetAttrString(copy, "__doc__"), "'new'");
    copy = keep(PyObject_CallMethod(p, "setter", "O", Py_None));
    CHECK_REPR(PyObject_GetAttrString(copy, "fset"), "<built-in function echo>");
    CHECK_REPR(PyObject_GetAttrString(copy, "__doc__"), "'Doc of echo.'");
    CHECK_REPR(PyObject_CallFunction(TYPE(Property), "iiiii", 1, 2, 3, 4, 5), "!!TypeError: property() takes at most 4 arguments (5 given)");
    CHECK_REPR(PyObject_Call(TYPE(Property), value("()"), value("{si}", "foo", 1)), "!!TypeError: property() got an unexpected keyword argument 'foo'");
    PyObject *sub = new_class("Sub", TYPE(Property)), *sp = keep(PyObject_CallFunction(sub, "O", f));
    CHECK_REPR(PyObject_GetAttrString(sp, "__doc__"), "'Doc of echo.'");
    CHECK_REPR(PyObject_GetAttrString(sp, "__dict__"), "{'__doc__': 'Doc of echo.'}");
}

TEST(wrapping) {
    PyObject *f = echo_function(), *s = keep(PyObject_CallFunction(TYPE(StaticMethod), "O", f)), *c = keep(PyObject_CallFunction(TYPE(ClassMethod), "O", f));
    CHECK_REPR(PyObject_Repr(s), "'<staticmethod(<built-in function echo>)>'");
    CHECK_REPR(PyObject_Repr(c), "'<classmethod(<built-in function echo>)>'");
    CHECK_REPR(PyObject_CallFunction(s, "i", 1), "(1,)");
    CHECK_REPR(PyObject_CallFunction(c, "i", 1), "!!TypeError: 'classmethod' object is not callable");
    CHECK_REPR(PyObject_GetAttrString(s, "__func__"), "<built-in function echo>");
    CHECK_REPR(PyObject_GetAttrString(s, "__wrapped__"), "<built-in function echo>");
    CHECK_REPR(PyObject_GetAttrString(s, "__dict__"), "{'__module__': None, '__name__': 'echo', '__qualname__': 'echo', '__doc__': 'Doc of echo.'}");
    CHECK_REPR(PyObject_GetAttrString(c, "__name__"), "'echo'");
    CHECK_REPR(PyObject_GetAttrString(c, "__isabstractmethod__"), "False");
    CHECK_REPR(PyObject_GetAttrString(c, "__annotations__"), "!!AttributeError: 'builtin_function_or_method' object has no attribute '__annotations__'");
    CHECK_INT(PyObject_SetAttrString(c, "__annotations__", value("{si}", "x", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(c, "__annotations__"), "{'x': 1}");
    CHECK_INT(PyObject_DelAttrString(c, "__annotations__"), "0");
    CHECK_INT(PyObject_DelAttrString(c, "__annotations__"), "-1 !!AttributeError: 'classmethod' object has no attribute '__annotations__'");
    CHECK_REPR(PyObject_CallNoArgs(TYPE(StaticMethod)), "!!TypeError: staticmethod expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallFunction(TYPE(ClassMethod), "ii", 1, 2), "!!TypeError: classmethod expected 1 argument, got 2");
    CHECK_REPR(PyObject_Call(TYPE(ClassMethod), value("()"), value("{si}", "a", 1)), "!!TypeError: classmethod() takes no keyword arguments");
    PyObject *class = keep(PyObject_CallFunction(TYPE(Type), "s(){sOsOss}", "C", "s", s, "c", c, "__module__", "m")), *o = keep(PyObject_CallNoArgs(class));
    CHECK_REPR(PyObject_CallMethod(o, "s", "i", 1), "(1,)");
    CHECK_REPR(PyObject_CallMethod(class, "s", "i", 1), "(1,)");
    CHECK_REPR(PyObject_CallMethod(o, "c", "i", 1), "(<class 'm.C'>, 1)");
    CHECK_REPR(PyObject_CallMethod(new_class("Sub", class), "c", "i", 1), "(<class 'm.Sub'>, 1)");
    CHECK_REPR(PyObject_GetAttrString(class, "c"), "<bound method echo of <class 'm.C'>>");
    CHECK_REPR(PyObject_CallMethod(c, "__get__", "i", 5), "<bound method echo of <class 'int'>>");
    CHECK_REPR(PyClassMethod_New(f), "<classmethod(<built-in function echo>)>");
    CHECK_REPR(PyStaticMethod_New(f), "<staticmethod(<built-in function echo>)>");
    CHECK_REPR(PyObject_GetAttrString(keep(PyStaticMethod_New(f)), "__dict__"), "{}");
    CHECK_REPR(PyObject_GetItem(TYPE(ClassMethod), TYPE(Long)), "classmethod[int]");
}

TEST(super) {
    PyObject *f = echo_function(), *method = keep(PyInstanceMethod_New(f));
    PyObject *a = keep(PyObject_CallFunction(TYPE(Type), "s(){sOsOss}", "A", "m", method, "c", keep(PyClassMethod_New(f)), "__module__", "m"));
    PyObject *b = keep(PyObject_CallFunction(TYPE(Type), "s(O){sissss}", "B", a, "m", 1, "c", "own", "__module__", "m")), *o = keep(PyObject_CallNoArgs(b));
    PyObject *s = keep(PyObject_CallFunction(TYPE(Super), "OO", b, o)), *unbound = keep(PyObject_CallFunction(TYPE(Super), "O", b));
    CHECK_REPR(PyObject_Repr(s), "\"<super: <class 'B'>, <B object>>\"");
    CHECK_REPR(PyObject_Repr(unbound), "\"<super: <class 'B'>, NULL>\"");
    CHECK_REPR(PyObject_CallMethod(s, "m", "i", 5), "(<m.B object at 0x...>, 5)");
    CHECK_REPR(PyObject_CallMethod(s, "c", "i", 5), "(<class 'm.B'>, 5)");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallFunction(TYPE(Super), "OO", b, b)), "c", "i", 5), "(<class 'm.B'>, 5)");
    CHECK_REPR(PyObject_GetAttrString(s, "missing"), "!!AttributeError: 'super' object has no attribute 'missing'");
    CHECK_REPR(PyObject_GetAttrString(unbound, "m"), "!!AttributeError: 'super' object has no attribute 'm'");
    CHECK_REPR(PyObject_GetAttrString(s, "__class__"), "<class 'super'>");
    CHECK_REPR(PyObject_GetAttrString(s, "__thisclass__"), "<class 'm.B'>");
    CHECK_REPR(PyObject_GetAttrString(s, "__self_class__"), "<class 'm.B'>");
    CHECK_REPR(PyObject_GetAttrString(unbound, "__self__"), "None");
    CHECK_REPR(PyObject_CallMethod(unbound, "__get__", "O", o), "<super: <class 'B'>, <B object>>");
    CHECK_REPR(PyObject_CallMethod(unbound, "__get__", "i", 1), "!!TypeError: super(type, obj): obj (instance of int) is not an instance or subtype of type (B).");
    CHECK_REPR(PyObject_CallFunction(TYPE(Super), "i", 1), "!!TypeError: super() argument 1 must be a type, not int");
    CHECK_REPR(PyObject_CallFunction(TYPE(Super), "Oi", b, 1), "!!TypeError: super(type, obj): obj (instance of int) is not an instance or subtype of type (B).");
    CHECK_REPR(PyObject_CallFunction(TYPE(Super), "OO", b, a), "!!TypeError: super(type, obj): obj (type A) is not an instance or subtype of type (B).");
    CHECK_REPR(PyObject_CallFunction(TYPE(Super), "OOO", b, a, a), "!!TypeError: super() expected at most 2 arguments, got 3");
    CHECK_REPR(PyObject_Call(TYPE(Super), value("()"), value("{si}", "a", 1)), "!!TypeError: super() takes no keyword arguments");
    CHECK_REPR(PyObject_CallNoArgs(TYPE(Super)), "!!RuntimeError: super(): no current frame");
}

TEST(proxy) {
    PyObject *d = value("{si}", "a", 1), *p = keep(PyDictProxy_New(d));
    CHECK_REPR(Py_NewRef(p), "mappingproxy({'a': 1})");
    CHECK_REPR(PyObject_Str(p), "\"{'a': 1}\"");
    CHECK_REPR(PyObject_GetItem(p, value("s", "a")), "1");
    CHECK_REPR(PyObject_GetItem(p, value("s", "b")), "!!KeyError: 'b'");
    CHECK_INT(PyObject_SetItem(p, value("s", "b"), d), "-1 !!TypeError: 'mappingproxy' object does not support item assignment");
    CHECK_INT(PyObject_DelItem(p, value("s", "a")), "-1 !!TypeError: 'mappingproxy' object does not support item deletion");
    CHECK_INT(PyObject_Size(p), "1");
    CHECK_INT(PySequence_Contains(p, value("s", "a")), "1");
    CHECK_INT(PyObject_Hash(p), "-1 !!TypeError: unhashable type: 'dict'");
    CHECK_REPR(PySequence_List(p), "['a']");
    CHECK_REPR(PyObject_CallMethod(p, "get", "s", "a"), "1");
    CHECK_REPR(PyObject_CallMethod(p, "get", "si", "b", 5), "5");
    CHECK_REPR(PyObject_CallMethod(p, "get", NULL), "!!TypeError: get expected at least 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(p, "get", "iii", 1, 2, 3), "!!TypeError: get expected at most 2 arguments, got 3");
    CHECK_REPR(PyObject_CallMethod(p, "keys", NULL), "dict_keys(['a'])");
    CHECK_REPR(PyObject_CallMethod(p, "items", NULL), "dict_items([('a', 1)])");
    CHECK_REPR(PyObject_CallMethod(p, "copy", NULL), "{'a': 1}");
    CHECK_REPR(PyNumber_Or(p, value("{si}", "z", 2)), "{'a': 1, 'z': 2}");
    CHECK_REPR(PyNumber_Or(value("{si}", "z", 2), p), "{'z': 2, 'a': 1}");
    CHECK_REPR(PyNumber_InPlaceOr(p, d), "!!TypeError: '|=' is not supported by mappingproxy; use '|' instead");
    CHECK_INT(PyObject_RichCompareBool(p, d, Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(p, keep(PyDictProxy_New(d)), Py_EQ), "1");
    CHECK_REPR(PyObject_RichCompare(p, d, Py_LT), "!!TypeError: '<' not supported between instances of 'dict' and 'dict'");
    CHECK_REPR(PyDictProxy_New(value("i", 1)), "!!TypeError: mappingproxy() argument must be a mapping, not int");
    CHECK_REPR(PyDictProxy_New(value("[]")), "!!TypeError: mappingproxy() argument must be a mapping, not list");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)Py_TYPE(p)), "!!TypeError: mappingproxy() missing required argument 'mapping' (pos 1)");
    CHECK_REPR(PyObject_Call((PyObject *)Py_TYPE(p), value("()"), value("{sO}", "mapping", d)), "mappingproxy({'a': 1})");
}
CHECK_MAIN()
