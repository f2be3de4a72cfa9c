/* Reducing objects and copying them: object.__reduce_ex__, the modules copyreg and copy. */
#include "check.h"

#define TYPE ((PyObject *)&PyType_Type)
static PyObject *module(const char *name) { return keep(PyImport_ImportModule(name)); }
#define COPY(...) PyObject_CallMethod(module("copy"), "copy", __VA_ARGS__)
#define DEEP(...) PyObject_CallMethod(module("copy"), "deepcopy", __VA_ARGS__)
#define REG(name, ...) PyObject_CallMethod(module("copyreg"), name, __VA_ARGS__)
static PyObject *slotted(void) { return keep(PyObject_CallFunction(TYPE, "s(){s(ss)ss}", "S", "__slots__", "a", "b", "__module__", "m")); }
/* Of a reduction what comes behind the function, and the function's name. */
static PyObject *reduced(PyObject *o, int protocol) {
    PyObject *all = keep(PyObject_CallMethod(o, "__reduce_ex__", "i", protocol));
    if (!all || !PyTuple_Check(all)) return Py_XNewRef(all);
    PyObject *name = attr(PyTuple_GetItem(all, 0), "__name__");
    return Py_BuildValue("ON", name, PyTuple_GetSlice(all, 1, PyTuple_Size(all)));
}

TEST(reduce) {
    PyObject *c = new_class("C", NULL), *o = keep(PyObject_CallNoArgs(c)), *s = keep(PyObject_CallNoArgs(slotted()));
    CHECK_REPR(reduced(o, 2), "('__newobj__', ((<class 'm.C'>,), None, None, None))");
    CHECK_REPR(reduced(o, 0), "('_reconstructor', ((<class 'm.C'>, <class 'object'>, None),))");
    CHECK_INT(PyObject_SetAttrString(o, "x", value("i", 5)), "0");
    CHECK_REPR(reduced(o, 2), "('__newobj__', ((<class 'm.C'>,), {'x': 5}, None, None))");
    CHECK_REPR(reduced(o, 1), "('_reconstructor', ((<class 'm.C'>, <class 'object'>, None), {'x': 5}))");
    CHECK_REPR(keep(PyObject_CallMethod(o, "__reduce__", NULL)) ? PyUnicode_FromString("reduced") : NULL, "'reduced'");
    CHECK_REPR(reduced(s, 2), "('__newobj__', ((<class 'm.S'>,), None, None, None))");
    CHECK_REPR(reduced(s, 0), "!!TypeError: a class that defines __slots__ without defining __getstate__ cannot be pickled");
    CHECK_INT(PyObject_SetAttrString(s, "b", value("i", 6)), "0");
    CHECK_REPR(reduced(s, 4), "('__newobj__', ((<class 'm.S'>,), (None, {'b': 6}), None, None))");
    CHECK_REPR(PyObject_CallMethod(s, "__getstate__", NULL), "(None, {'b': 6})");
    CHECK_REPR(reduced(value("i", 5), 2), "('__newobj__', ((<class 'int'>, 5), None, None, None))");
    CHECK_REPR(reduced(value("i", 5), 0), "!!TypeError: cannot pickle 'int' object");
    CHECK_REPR(reduced(value("s", "text"), 2), "('__newobj__', ((<class 'str'>, 'text'), None, None, None))");
    CHECK_REPR(reduced(value("d", 1.5), 4), "('__newobj__', ((<class 'float'>, 1.5), None, None, None))");
    PyObject *dict_like = new_class("D", (PyObject *)&PyDict_Type), *d = keep(PyObject_CallFunction(dict_like, "({si})", "k", 1));
    CHECK_INT(PyTuple_Size(keep(PyObject_CallMethod(d, "__reduce_ex__", "i", 2))), "5");
    PyObject *subint = keep(PyObject_CallFunction(new_class("I", (PyObject *)&PyLong_Type), "i", 7));
    CHECK_REPR(reduced(subint, 0), "('_reconstructor', ((<class 'm.I'>, <class 'int'>, 7),))");
    CHECK_REPR(reduced(subint, 2), "('__newobj__', ((<class 'm.I'>, 7), None, None, None))");
    CHECK_REPR(reduced((PyObject *)PyImport_AddModule("sys"), 2), "!!TypeError: cannot pickle 'module' object");
    CHECK_REPR(PyObject_CallMethod(o, "__reduce_ex__", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(reduced(keep(PyCapsule_New(o, NULL, NULL)), 2), "!!TypeError: cannot pickle 'PyCapsule' object");
}

TEST(registry) {
    CHECK_REPR(REG("__newobj__", "Oi", &PyLong_Type, 3), "3");
    CHECK_REPR(REG("__newobj_ex__", "O(i){}", &PyLong_Type, 3), "3");
    CHECK_REPR(REG("_reconstructor", "OOO", &PyList_Type, &PyBaseObject_Type, Py_None), "!!TypeError: object.__new__(list) is not safe, use list.__new__()");
    CHECK_REPR(REG("_reconstructor", "OOi", &PyLong_Type, &PyLong_Type, 5), "5");
    CHECK_REPR(REG("pickle", "ii", 1, 2), "!!TypeError: reduction functions must be callable");
    CHECK_REPR(REG("pickle", "Oii", &PyLong_Type, 2, 3), "!!TypeError: reduction functions must be callable");
    CHECK_REPR(REG("constructor", "i", 1), "!!TypeError: constructors must be callable");
    CHECK_REPR(REG("_slotnames", "O", slotted()), "['a', 'b']");
    CHECK_REPR(REG("_slotnames", "O", &PyLong_Type), "[]");
    CHECK_REPR(REG("add_extension", "ssi", "a", "b", 0), "!!ValueError: code out of range");
    CHECK_REPR(REG("add_extension", "ssi", "a", "b", 5), "None");
    CHECK_REPR(REG("add_extension", "ssi", "a", "b", 5), "None");
    CHECK_REPR(REG("add_extension", "ssi", "a", "b", 6), "!!ValueError: key ('a', 'b') is already registered with code 5");
    CHECK_REPR(REG("add_extension", "ssi", "a", "c", 5), "!!ValueError: code 5 is already in use for key ('a', 'b')");
    CHECK_REPR(REG("remove_extension", "ssi", "a", "c", 5), "!!ValueError: key ('a', 'c') is not registered with code 5");
    CHECK_REPR(REG("remove_extension", "ssi", "a", "b", 5), "None");
    CHECK_REPR(PyObject_GetAttrString(module("copyreg"), "_extension_registry"), "{}");
    CHECK_REPR(REG("clear_extension_cache", NULL), "None");
    CHECK_INT(PyObject_Size(attr(module("copyreg"), "dispatch_table")), "3");
    CHECK_REPR(REG("pickle_complex", "D", &(Py_complex){1, 2}), "(<class 'complex'>, (1.0, 2.0))");
    CHECK_REPR(PyObject_GetAttrString(module("copyreg"), "__all__"), "['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']");
}

TEST(shallow) {
    PyObject *inner = value("[i]", 1), *list = value("[O]", inner), *copy = keep(COPY("O", list));
    CHECK(copy != list && PyList_GetItem(copy, 0) == inner);
    CHECK_REPR(COPY("i", 5), "5");
    CHECK_REPR(COPY("((ii))", 1, 2), "(1, 2)");
    CHECK_REPR(COPY("({si})", "a", 1), "{'a': 1}");
    CHECK_REPR(COPY("O", &PyLong_Type), "<class 'int'>");
    CHECK_REPR(COPY("O", keep(PySet_New(value("(i)", 1)))), "{1}");
    PyObject *c = new_class("C", NULL), *o = keep(PyObject_CallNoArgs(c));
    PyObject_SetAttrString(o, "x", inner);
    copy = keep(COPY("O", o));
    CHECK_BORROWED(Py_TYPE(copy), "<class 'm.C'>");
    CHECK(attr(copy, "x") == inner && copy != o);
    PyObject *s = keep(PyObject_CallNoArgs(slotted()));
    PyObject_SetAttrString(s, "a", inner);
    CHECK_REPR(PyObject_GetAttrString(keep(COPY("O", s)), "a"), "[1]");
    CHECK_REPR(PyObject_GetAttrString(keep(COPY("O", s)), "b"), "!!AttributeError: 'm.S' object has no attribute 'b'");
    PyObject *sub = keep(PyObject_CallFunction(new_class("L", (PyObject *)&PyList_Type), "(O)", list));
    PyObject_SetAttrString(sub, "y", inner);
    copy = keep(COPY("O", sub));
    CHECK_REPR(Py_NewRef(copy), "[[1]]");
    CHECK_REPR(PyObject_GetAttrString(copy, "y"), "[1]");
    CHECK_BORROWED(Py_TYPE(copy), "<class 'm.L'>");
    CHECK_REPR(COPY("O", keep(PyObject_CallFunction(new_class("D", (PyObject *)&PyDict_Type), "({si})", "k", 1))), "{'k': 1}");
    CHECK_REPR(COPY("O", keep(PyObject_CallFunction(PyExc_ValueError, "s", "text"))), "ValueError('text')");
    CHECK_REPR(COPY("O", keep(PyCapsule_New(o, NULL, NULL))), "!!TypeError: cannot pickle 'PyCapsule' object");
    PyObject *nothing = keep(PyObject_CallNoArgs(keep(PyObject_CallFunction(TYPE, "s(){szszss}", "N", "__reduce_ex__", NULL, "__reduce__", NULL, "__module__", "m"))));
    CHECK_REPR(COPY("O", nothing), "!!Error: un(shallow)copyable object of type <class 'm.N'>");
    CHECK_REPR(PyObject_CallMethod(module("copy"), "replace", "i", 3), "!!TypeError: replace() does not support int objects");
}

TEST(deep) {
    PyObject *inner = value("[i]", 1), *list = value("[OO]", inner, inner), *copy = keep(DEEP("O", list));
    CHECK_REPR(Py_NewRef(copy), "[[1], [1]]");
    CHECK(PyList_GetItem(copy, 0) == PyList_GetItem(copy, 1) && PyList_GetItem(copy, 0) != inner);
    CHECK_REPR(DEEP("({s[i(i[i])]})", "a", 1, 2, 3), "{'a': [1, (2, [3])]}");
    PyObject *constant = value("(i(ii))", 0, 1, 2);
    CHECK(keep(PyObject_CallFunctionObjArgs(attr(module("copy"), "deepcopy"), constant, NULL)) == constant);
    CHECK_INT(PyList_Append(list, list), "0");
    copy = keep(DEEP("O", list));
    CHECK(PyList_GetItem(copy, 2) == copy);
    CHECK_INT(PyList_SetSlice(list, 2, 3, NULL), "0");
    CHECK_INT(PyList_SetSlice(copy, 2, 3, NULL), "0");
    PyObject *c = new_class("C", NULL), *o = keep(PyObject_CallNoArgs(c));
    PyObject_SetAttrString(o, "x", inner);
    PyObject_SetAttrString(o, "me", o);
    copy = keep(DEEP("O", o));
    CHECK_REPR(PyObject_GetAttrString(copy, "x"), "[1]");
    CHECK(attr(copy, "x") != inner && attr(copy, "me") == copy);
    PyObject_DelAttrString(o, "me");
    PyObject_DelAttrString(copy, "me");
    PyObject *sub = keep(PyObject_CallFunction(new_class("L", (PyObject *)&PyList_Type), "(O)", list));
    copy = keep(DEEP("O", sub));
    CHECK_REPR(Py_NewRef(copy), "[[1], [1]]");
    CHECK(PyList_GetItem(copy, 0) == PyList_GetItem(copy, 1) && PyList_GetItem(copy, 0) != inner);
    PyObject *memo = value("{}");
    CHECK_REPR(DEEP("OO", inner, memo), "[1]");
    CHECK_INT(PyDict_Size(memo), "2");
    CHECK_REPR(PyObject_GetAttrString(attr(module("copy"), "Error"), "__bases__"), "(<class 'Exception'>,)");
    CHECK_REPR(PyObject_GetAttrString(module("copy"), "__all__"), "['Error', 'copy', 'deepcopy', 'replace']");
}
CHECK_MAIN()
