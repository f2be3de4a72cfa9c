/* Calling: every PyObject_Call* and vectorcall, and functions of every convention with what they say to wrong counts. */
#include "check.h"

static PyObject *noargs(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; return PyUnicode_FromString("noargs"); }
static PyObject *onearg(PyObject *self, PyObject *a) { (void)self; return PyTuple_Pack(1, a); }
static PyObject *varargs(PyObject *self, PyObject *args) { (void)self; return Py_NewRef(args); }
static PyObject *keywords(PyObject *self, PyObject *args, PyObject *kwargs) { (void)self; return PyTuple_Pack(2, args, kwargs ? kwargs : Py_None); }
static PyObject *fast(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; i < n; i++) PyList_SET_ITEM(list, i, Py_NewRef(args[i]));
    return list;
}
static PyObject *fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names) {
    PyObject *list = fast(self, args, n + (names ? PyTuple_GET_SIZE(names) : 0)), *pair = PyTuple_Pack(2, list, names ? names : Py_None);
    Py_DECREF(list);
    return pair;
}
static PyObject *with_class(PyObject *self, PyTypeObject *type, PyObject *const *args, size_t n, PyObject *names) {
    (void)self; (void)args; (void)names;
    return PyUnicode_FromFormat("%s %zu", type->tp_name, n);
}
static PyObject *null_without_error(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; return NULL; }
static PyObject *result_with_error(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; PyErr_SetString(PyExc_ValueError, "left"); return Py_NewRef(Py_None); }
#define F(function) (PyCFunction)(void (*)(void))function
static PyMethodDef defs[] = {
    {"noargs", noargs, METH_NOARGS, "noargs($self)\n--\n\nSays so."}, {"onearg", onearg, METH_O, "no signature"}, {"varargs", varargs, METH_VARARGS, NULL},
    {"keywords", F(keywords), METH_VARARGS | METH_KEYWORDS, NULL}, {"fast", F(fast), METH_FASTCALL, NULL},
    {"fast_keywords", F(fast_keywords), METH_FASTCALL | METH_KEYWORDS, NULL}, {"null_without_error", null_without_error, METH_NOARGS, NULL},
    {"result_with_error", result_with_error, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyObject *f(int i) { return keep(PyCFunction_New(&defs[i], NULL)); }
enum { NOARGS, ONEARG, VARARGS, KEYWORDS, FAST, FAST_KEYWORDS, NULL_, RESULT };

TEST(conventions) {
    PyObject *none = value("()"), *one = value("(i)", 1), *two = value("(ii)", 1, 2), *k = value("{si}", "k", 3);
    CHECK_REPR(PyObject_Call(f(NOARGS), none, NULL), "'noargs'");
    CHECK_REPR(PyObject_Call(f(NOARGS), one, NULL), "!!TypeError: noargs() takes no arguments (1 given)");
    CHECK_REPR(PyObject_Call(f(NOARGS), none, k), "!!TypeError: noargs() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(f(NOARGS), none, value("{}")), "'noargs'");
    CHECK_REPR(PyObject_Call(f(ONEARG), one, NULL), "(1,)");
    CHECK_REPR(PyObject_Call(f(ONEARG), none, NULL), "!!TypeError: onearg() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_Call(f(ONEARG), two, NULL), "!!TypeError: onearg() takes exactly one argument (2 given)");
    CHECK_REPR(PyObject_Call(f(ONEARG), one, k), "!!TypeError: onearg() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(f(VARARGS), two, NULL), "(1, 2)");
    CHECK_REPR(PyObject_Call(f(VARARGS), two, k), "!!TypeError: varargs() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(f(KEYWORDS), two, k), "((1, 2), {'k': 3})");
    CHECK_REPR(PyObject_Call(f(KEYWORDS), none, NULL), "((), None)");
    CHECK_REPR(PyObject_Call(f(FAST), two, NULL), "[1, 2]");
    CHECK_REPR(PyObject_Call(f(FAST), two, k), "!!TypeError: fast() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(f(FAST_KEYWORDS), two, k), "([1, 2, 3], ('k',))");
    CHECK_REPR(PyObject_Call(f(FAST_KEYWORDS), none, NULL), "([], None)");
    CHECK_REPR(PyObject_Call(f(NULL_), none, NULL), "NULL");
    CHECK_REPR(PyObject_Call(f(RESULT), none, NULL), "None with !!ValueError: left");
    CHECK_REPR(PyObject_Call(Py_None, none, NULL), "!!TypeError: 'NoneType' object is not callable");
    CHECK_REPR(PyObject_Call((PyObject *)&PyLong_Type, value("(s)", "12"), value("{si}", "base", 8)), "10");
}

TEST(call) {
    PyObject *function = f(KEYWORDS), *a = value("i", 1), *b = value("i", 2), *object = value("[i]", 5);
    CHECK_REPR(PyObject_CallObject(function, NULL), "((), None)");
    CHECK_REPR(PyObject_CallObject(function, value("(i)", 1)), "((1,), None)");
    CHECK_REPR(PyObject_CallObject(function, value("[i]", 1)), "!!TypeError: argument list must be a tuple");
    CHECK_REPR(PyObject_CallNoArgs(function), "((), None)");
    CHECK_REPR(PyObject_CallOneArg(function, a), "((1,), None)");
    CHECK_REPR(PyObject_CallFunction(function, NULL), "((), None)");
    CHECK_REPR(PyObject_CallFunction(function, ""), "((), None)");
    CHECK_REPR(PyObject_CallFunction(function, "i", 1), "((1,), None)");
    CHECK_REPR(PyObject_CallFunction(function, "(ii)", 1, 2), "((1, 2), None)");
    CHECK_REPR(PyObject_CallFunction(function, "((ii))", 1, 2), "(((1, 2),), None)");
    CHECK_REPR(PyObject_CallFunction(function, "is", 1, "x"), "((1, 'x'), None)");
    CHECK_REPR(PyObject_CallFunction(function, "O", NULL), "!!SystemError: NULL object passed to Py_BuildValue");
    CHECK_REPR(PyObject_CallFunctionObjArgs(function, NULL), "((), None)");
    CHECK_REPR(PyObject_CallFunctionObjArgs(function, a, b, NULL), "((1, 2), None)");
    CHECK_REPR(PyObject_CallFunction(NULL, "i", 1), "!!SystemError: null argument to internal routine");
    CHECK_REPR(PyObject_CallMethod(object, "index", "i", 5), "0");
    CHECK_REPR(PyObject_CallMethod(object, "nope", NULL), "!!AttributeError: 'list' object has no attribute 'nope'");
    CHECK_REPR(PyObject_CallMethod(NULL, "nope", NULL), "!!SystemError: null argument to internal routine");
    CHECK_REPR(PyObject_CallMethodObjArgs(object, value("s", "count"), value("i", 5), NULL), "1");
    CHECK_REPR(PyObject_CallMethodNoArgs(object, value("s", "copy")), "[5]");
    CHECK_REPR(PyObject_CallMethodOneArg(object, value("s", "count"), value("i", 5)), "1");
    CHECK_REPR(PyObject_CallMethodNoArgs(object, value("i", 1)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK(PyCallable_Check(function) && PyCallable_Check((PyObject *)&PyLong_Type) && !PyCallable_Check(a) && !PyCallable_Check(NULL));
}

TEST(vectorcall) {
    PyObject *function = f(FAST_KEYWORDS), *a = value("i", 1), *b = value("i", 2), *names = value("(s)", "k"), *list = value("[]");
    PyObject *args[] = {NULL, a, b};
    CHECK_REPR(PyObject_Vectorcall(function, args + 1, 2, NULL), "([1, 2], None)");
    CHECK_REPR(PyObject_Vectorcall(function, args + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, names), "([1, 2], ('k',))");
    CHECK_REPR(PyObject_Vectorcall(f(KEYWORDS), args + 1, 1, names), "((1,), {'k': 2})");
    CHECK_REPR(PyObject_Vectorcall(f(VARARGS), args + 1, 1, names), "!!TypeError: varargs() takes no keyword arguments");
    CHECK_REPR(PyObject_Vectorcall(Py_None, NULL, 0, NULL), "!!TypeError: 'NoneType' object is not callable");
    CHECK_REPR(PyObject_VectorcallDict(function, args + 1, 2, value("{si}", "k", 5)), "([1, 2, 5], ('k',))");
    CHECK_REPR(PyObject_VectorcallDict(function, args + 1, 2, NULL), "([1, 2], None)");
    CHECK_REPR(PyObject_VectorcallDict(function, args + 1, 1, value("{ii}", 1, 2)), "!!TypeError: keywords must be strings");
    PyObject *method_args[] = {list, a};
    CHECK_REPR(PyObject_VectorcallMethod(value("s", "append"), method_args, 2, NULL), "None");
    CHECK_REPR(PyObject_VectorcallMethod(value("s", "nope"), method_args, 2, NULL), "!!AttributeError: 'list' object has no attribute 'nope'");
    CHECK_BORROWED(list, "[1]");
    CHECK_INT(PyVectorcall_NARGS(5 | PY_VECTORCALL_ARGUMENTS_OFFSET), "5");
    CHECK(PyVectorcall_Function(function) != NULL && PyVectorcall_Function(a) == NULL);
    CHECK_REPR(PyVectorcall_Call(function, value("(i)", 1), value("{si}", "k", 2)), "([1, 2], ('k',))");
    CHECK_REPR(PyVectorcall_Call(a, value("()"), NULL), "!!TypeError: 'int' object does not support vectorcall");
    PyObject *type_args[] = {value("s", "15")};
    CHECK_REPR(PyObject_Vectorcall((PyObject *)&PyLong_Type, type_args, 1, NULL), "15");
}

TEST(functions) {
    PyObject *module = keep(PyModule_New("mod")), *bound = keep(PyCFunction_NewEx(&defs[ONEARG], value("i", 5), value("s", "mod"))), *plain = f(NOARGS);
    CHECK_BORROWED(plain, "<built-in function noargs>");
    CHECK_REPR(PyObject_GetAttrString(plain, "__name__"), "'noargs'");
    CHECK_REPR(PyObject_GetAttrString(plain, "__qualname__"), "'noargs'");
    CHECK_REPR(PyObject_GetAttrString(plain, "__doc__"), "'Says so.'");
    CHECK_REPR(PyObject_GetAttrString(plain, "__text_signature__"), "'($self)'");
    CHECK_REPR(PyObject_GetAttrString(plain, "__module__"), "None");
    CHECK_REPR(PyObject_GetAttrString(plain, "__self__"), "None");
    CHECK_REPR(PyObject_GetAttrString(bound, "__self__"), "5");
    CHECK_REPR(PyObject_GetAttrString(bound, "__module__"), "'mod'");
    CHECK_REPR(PyObject_GetAttrString(bound, "__qualname__"), "'int.onearg'");
    CHECK_REPR(PyObject_GetAttrString(bound, "__text_signature__"), "'($self, object, /)'");
    CHECK_INT(PyObject_SetAttrString(bound, "__module__", value("s", "other")), "0");
    CHECK_INT(PyObject_SetAttrString(bound, "__name__", value("s", "other")), "-1 !!AttributeError: attribute '__name__' of 'builtin_function_or_method' objects is not writable");
    CHECK(PyCFunction_Check(plain) && PyCFunction_CheckExact(plain) && PyCFunction_GetFunction(plain) == noargs);
    CHECK(PyCFunction_GetFlags(plain) == METH_NOARGS && PyCFunction_GetSelf(plain) == NULL);
    CHECK_BORROWED(PyCFunction_GetSelf(bound), "5");
    CHECK_INT(PyCFunction_GetFlags(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK((void *)PyCFunction_GetFunction(Py_None) == NULL);
    CHECK_RAISES(0, PyExc_SystemError, "bad argument to internal function");
    static PyMethodDef bad = {"bad", noargs, METH_NOARGS | METH_O, NULL}, cls = {"cls", F(with_class), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL};
    CHECK_REPR(PyCFunction_New(&bad, NULL), "!!SystemError: bad() method: bad call flags");
    CHECK_REPR(PyCMethod_New(&cls, Py_None, NULL, NULL), "!!SystemError: attempting to create PyCMethod with a METH_METHOD flag but no class");
    CHECK_REPR(PyCMethod_New(&defs[NOARGS], Py_None, NULL, &PyLong_Type), "!!SystemError: attempting to create PyCFunction with class but no METH_METHOD flag");
    PyObject *method = keep(PyCMethod_New(&cls, value("i", 1), NULL, &PyLong_Type));
    CHECK_REPR(PyObject_CallFunction(method, "ii", 1, 2), "'int 2'");
    CHECK(PyCMethod_Check(method) && PyCFunction_GET_CLASS(method) == &PyLong_Type);
    CHECK_REPR(PyObject_RichCompare(bound, bound, Py_EQ), "True");
    CHECK_INT(PyModule_AddFunctions(module, defs), "0");
    CHECK_REPR(PyObject_GetAttrString(module, "fast"), "<built-in function fast>");
    CHECK_REPR(PyObject_CallMethod(module, "noargs", "i", 1), "!!TypeError: mod.noargs() takes no arguments (1 given)");
}

static PyMethodDef methods[] = {{"m", noargs, METH_NOARGS, "m($self)\n--\n\ndoc"}, {"o", onearg, METH_O, NULL}, {"c", onearg, METH_O | METH_CLASS, NULL},
                                {"s", onearg, METH_O | METH_STATIC, NULL}, {"d", F(with_class), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL}, {NULL, NULL, 0, NULL}};
TEST(methods) {
    PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    PyType_Spec spec = {"m.T", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *type = keep(PyType_FromSpec(&spec)), *object = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyObject_CallMethod(object, "m", NULL), "'noargs'");
    CHECK_REPR(PyObject_CallMethod(object, "m", "i", 1), "!!TypeError: T.m() takes no arguments (1 given)");
    CHECK_REPR(PyObject_CallMethod(object, "o", NULL), "!!TypeError: T.o() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(type, "c", "i", 1), "(1,)");
    CHECK_REPR(PyObject_CallMethod(type, "s", "i", 1), "(1,)");
    CHECK_REPR(PyObject_CallMethod(object, "d", "i", 1), "'m.T 1'");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(new_class("Child", type))), "d", NULL), "'m.T 0'");
    PyObject *descriptor = attr(type, "m");
    CHECK_BORROWED(descriptor, "<method 'm' of 'm.T' objects>");
    CHECK_REPR(PyObject_CallNoArgs(descriptor), "!!TypeError: unbound method T.m() needs an argument");
    CHECK_REPR(PyObject_CallOneArg(descriptor, Py_None), "!!TypeError: descriptor 'm' for 'm.T' objects doesn't apply to a 'NoneType' object");
    CHECK_REPR(PyObject_CallOneArg(descriptor, object), "'noargs'");
    CHECK_REPR(PyObject_CallFunctionObjArgs(descriptor, object, Py_None, NULL), "!!TypeError: T.m() takes no arguments (1 given)");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__qualname__"), "'T.m'");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__text_signature__"), "'($self)'");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__objclass__"), "<class 'm.T'>");
    CHECK_REPR(PyObject_GetAttrString(attr(object, "m"), "__qualname__"), "'T.m'");
    CHECK_REPR(PyObject_CallMethod(descriptor, "__get__", "i", 1), "!!TypeError: descriptor 'm' for 'm.T' objects doesn't apply to a 'int' object");
    CHECK_REPR(attr(type, "c") ? PyUnicode_FromString("bound") : NULL, "'bound'");
    CHECK_REPR(PyObject_CallOneArg((PyObject *)&PyUnicode_Type, attr((PyObject *)&PyList_Type, "append")), "\"<method 'append' of 'list' objects>\"");
    CHECK_REPR(PyObject_CallNoArgs(attr((PyObject *)&PyList_Type, "append")), "!!TypeError: unbound method list.append() needs an argument");
    CHECK_REPR(PyObject_CallFunction(attr((PyObject *)&PyList_Type, "append"), "ii", 1, 2), "!!TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
    PyObject *method = keep(PyMethod_New(f(VARARGS), value("i", 7)));
    CHECK_REPR(PyObject_CallFunction(method, "i", 8), "(7, 8)");
    CHECK(PyMethod_Check(method) && PyMethod_GET_FUNCTION(method) == PyMethod_Function(method));
    CHECK_BORROWED(PyMethod_Self(method), "7");
    CHECK_BORROWED(PyMethod_Self(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyMethod_New(Py_None, NULL), "!!SystemError: bad argument to internal function");
    PyObject *instance = keep(PyInstanceMethod_New(f(VARARGS)));
    CHECK(PyInstanceMethod_Check(instance) && PyInstanceMethod_GET_FUNCTION(instance) == PyInstanceMethod_Function(instance));
    CHECK_REPR(PyObject_CallFunction(instance, "i", 8), "(8,)");
    PyObject *holder = new_class("H", NULL);
    CHECK_INT(PyObject_SetAttrString(holder, "im", instance), "0");
    CHECK_INT(PyObject_Size(keep(PyObject_CallMethod(keep(PyObject_CallNoArgs(holder)), "im", "i", 1))), "2");
    CHECK_INT(PyObject_SetAttrString(holder, "st", keep(PyStaticMethod_New(f(VARARGS)))), "0");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(holder)), "st", "i", 1), "(1,)");
    CHECK_INT(PyObject_SetAttrString(holder, "cl", keep(PyClassMethod_New(f(VARARGS)))), "0");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(holder)), "cl", "i", 1), "(<class 'm.H'>, 1)");
    CHECK_INT(PyObject_SetAttrString(holder, "pr", keep(PyObject_CallOneArg((PyObject *)&PyProperty_Type, builtin("repr")))), "0");
    CHECK_INT(PyUnicode_GetLength(attr(keep(PyObject_CallNoArgs(holder)), "pr")) > 10, "1");
    CHECK_INT(PyObject_SetAttrString(keep(PyObject_CallNoArgs(holder)), "pr", Py_None), "-1 !!AttributeError: property 'repr' of 'H' object has no setter");
    CHECK_REPR(PyDescr_NewMethod((PyTypeObject *)holder, &defs[NOARGS]), "<method 'noargs' of 'H' objects>");
    CHECK_REPR(PyDescr_NewClassMethod((PyTypeObject *)holder, &defs[ONEARG]), "<method 'onearg' of 'H' objects>");
}
CHECK_MAIN()
