/* What can be called and what calls leave behind: builtin functions, bound methods, cells, code, frames, tracebacks. */
#include "check.h"
#include <frameobject.h>

static PyObject *get(PyObject *o, const char *name) { return PyObject_GetAttrString(o, name); }
static PyObject *self_and_args(PyObject *self, PyObject *args) { return PyTuple_Pack(2, self ? self : Py_None, args); }
static PyObject *fast(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    PyObject *list = PyList_New(0);
    (void)self;
    for (Py_ssize_t i = 0; i < n; i++) PyList_Append(list, args[i]);
    return list;
}
static PyObject *with_class(PyObject *self, PyTypeObject *cls, PyObject *const *args, size_t n, PyObject *names) {
    (void)self; (void)args;
    return Py_BuildValue("(OnO)", (PyObject *)cls, (Py_ssize_t)n, names ? names : Py_None);
}
#define F(function) (PyCFunction)(void (*)(void))function
static PyMethodDef defs[] = {
    {"pair", self_and_args, METH_VARARGS, "pair($self, /, *args)\n--\n\nDoc."}, {"fast", F(fast), METH_FASTCALL, NULL},
    {"with_class", F(with_class), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {"still", self_and_args, METH_VARARGS | METH_STATIC, ""}, {"one", self_and_args, METH_O, NULL}, {NULL, NULL, 0, NULL}};

TEST(functions) {
    PyObject *list = value("[i]", 1), *f = keep(PyCFunction_New(&defs[0], list)), *g = keep(PyCFunction_New(&defs[0], list));
    CHECK_REPR(PyObject_CallNoArgs(f), "([1], ())");
    CHECK(PyObject_RichCompareBool(f, g, Py_EQ) == 1 && PyObject_Hash(f) == PyObject_Hash(g));
    CHECK(PyObject_RichCompareBool(f, keep(PyCFunction_New(&defs[0], value("[i]", 1))), Py_EQ) == 0);
    CHECK_REPR(PyObject_RichCompare(f, g, Py_LT), "!!TypeError: '<' not supported between instances of 'builtin_function_or_method' and 'builtin_function_or_method'");
    CHECK_REPR(PyObject_RichCompare(f, Py_None, Py_EQ), "False");
    CHECK_REPR(get(f, "__text_signature__"), "'($self, /, *args)'");
    CHECK_REPR(get(f, "__doc__"), "'Doc.'");
    CHECK_REPR(get(f, "__qualname__"), "'list.pair'");
    CHECK_REPR(PyObject_CallMethod(f, "__reduce__", NULL), "(<built-in function getattr>, ([1], 'pair'))");
    CHECK_REPR(PyObject_CallMethod(keep(PyCFunction_New(&defs[0], NULL)), "__reduce__", NULL), "'pair'");
    CHECK_REPR(get(keep(PyCFunction_New(&defs[3], list)), "__self__"), "None");
    CHECK_REPR(PyObject_CallNoArgs(keep(PyCFunction_New(&defs[3], list))), "(None, ())");
    CHECK_REPR(get(keep(PyCFunction_New(&defs[3], list)), "__doc__"), "None");
    CHECK_REPR(get(keep(PyCFunction_New(&defs[3], (PyObject *)&PyList_Type)), "__qualname__"), "'list.still'");
    CHECK_REPR(PyCMethod_New(&defs[2], list, NULL, NULL), "!!SystemError: attempting to create PyCMethod with a METH_METHOD flag but no class");
    CHECK_REPR(PyCMethod_New(&defs[0], list, NULL, &PyList_Type), "!!SystemError: attempting to create PyCFunction with class but no METH_METHOD flag");
    PyObject *m = keep(PyCMethod_New(&defs[2], list, NULL, &PyList_Type));
    CHECK(Py_IS_TYPE(m, &PyCMethod_Type) && PyCFunction_Check(m) && !PyCFunction_CheckExact(m));
    CHECK_REPR(PyObject_Call(m, value("(ii)", 1, 2), value("{si}", "k", 3)), "(<class 'list'>, 2, ('k',))");
    CHECK_REPR(PyObject_CallNoArgs(m), "(<class 'list'>, 0, None)");
    CHECK(PyCFunction_GET_CLASS(m) == &PyList_Type && PyCFunction_GET_CLASS(f) == NULL);
    CHECK_REPR(PyObject_Call(f, value("()"), value("{si}", "k", 3)), "!!TypeError: pair() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(keep(PyCFunction_NewEx(&defs[4], list, value("s", "mod"))), value("()"), NULL), "!!TypeError: mod.list.one() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_Call(keep(PyCFunction_NewEx(&defs[4], NULL, value("s", "mod"))), value("()"), NULL), "!!TypeError: mod.one() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_Call(keep(PyCFunction_NewEx(&defs[4], NULL, value("s", "builtins"))), value("()"), NULL), "!!TypeError: one() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyCFunction_Type, NULL), "!!TypeError: cannot create 'builtin_function_or_method' instances");
    CHECK_REPR(_PyObject_FunctionStr(f), "'list.pair()'");
    CHECK_REPR(_PyObject_FunctionStr(Py_None), "'None'");
    CHECK_REPR(_PyObject_FunctionStr((PyObject *)&PyList_Type), "'list()'");
}

TEST(methods) {
    PyObject *list = value("[i]", 1), *f = keep(PyCFunction_New(&defs[1], NULL)), *m = keep(PyMethod_New(f, list));
    CHECK_REPR(PyObject_CallNoArgs(m), "[[1]]");
    CHECK_REPR(PyObject_CallFunction(m, "ii", 2, 3), "[[1], 2, 3]");
    CHECK_REPR(PyObject_CallFunction(m, "iiiiiiiii", 2, 3, 4, 5, 6, 7, 8, 9, 10), "[[1], 2, 3, 4, 5, 6, 7, 8, 9, 10]");
    PyObject *args[] = {NULL, Py_None, Py_True};
    CHECK_REPR(PyObject_Vectorcall(m, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL), "[[1], None, True]");
    CHECK(args[0] == NULL);
    CHECK_BORROWED(PyMethod_Function(m), "<built-in function fast>");
    CHECK_BORROWED(PyMethod_Self(m), "[1]");
    CHECK_BORROWED(m, "<bound method fast of [1]>");
    CHECK_REPR(get(m, "__self__"), "[1]");
    CHECK_REPR(get(m, "__func__"), "<built-in function fast>");
    CHECK_REPR(get(m, "__doc__"), "None");
    CHECK_REPR(get(m, "__name__"), "'fast'");
    CHECK_REPR(get(m, "nope"), "!!AttributeError: 'builtin_function_or_method' object has no attribute 'nope'");
    CHECK_INT(PyObject_SetAttrString(m, "x", Py_None), "-1 !!AttributeError: 'method' object has no attribute 'x' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_SetAttrString(m, "__self__", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK(PyObject_RichCompareBool(m, keep(PyMethod_New(f, list)), Py_EQ) == 1);
    CHECK(PyObject_RichCompareBool(m, keep(PyMethod_New(f, value("[i]", 1))), Py_EQ) == 0);
    CHECK(PyObject_Hash(m) == PyObject_Hash(keep(PyMethod_New(f, list))));
    CHECK_REPR(PyObject_RichCompare(m, m, Py_LT), "!!TypeError: '<' not supported between instances of 'method' and 'method'");
    CHECK_REPR(PyMethod_New(f, NULL), "!!SystemError: bad argument to internal function");
    CHECK_BORROWED(PyMethod_Function(f), "!!SystemError: bad argument to internal function");
    CHECK_BORROWED(PyMethod_Self(f), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyMethod_Type, "i", 1), "!!TypeError: method expected 2 arguments, got 1");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyMethod_Type, "ii", 1, 2), "!!TypeError: first argument must be callable");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyMethod_Type, "OO", f, Py_None), "!!TypeError: instance must not be None");
    CHECK_REPR(PyObject_Call((PyObject *)&PyMethod_Type, value("(OO)", f, list), value("{si}", "a", 1)), "!!TypeError: method() takes no keyword arguments");
    CHECK_REPR(PyObject_CallMethod(keep(PyMethod_New(value("i", 5), list)), "__reduce__", NULL), "!!AttributeError: 'int' object has no attribute '__name__'");
    CHECK_BORROWED(keep(PyMethod_New(value("i", 5), list)), "<bound method ? of [1]>");
    CHECK_REPR(PyObject_CallNoArgs(keep(PyMethod_New(value("i", 5), list))), "!!TypeError: 'int' object is not callable");
    PyObject *im = keep(PyInstanceMethod_New(f));
    CHECK_REPR(PyObject_CallFunction(im, "i", 1), "[1]");
    CHECK_BORROWED(PyInstanceMethod_Function(im), "<built-in function fast>");
    CHECK_REPR(get(im, "__name__"), "'fast'");
    CHECK_REPR(get(im, "__func__"), "<built-in function fast>");
    CHECK_REPR(get(im, "__doc__"), "None");
    CHECK(PyObject_RichCompareBool(im, keep(PyInstanceMethod_New(f)), Py_EQ) == 1);
    CHECK_REPR(PyObject_CallMethod(im, "__get__", "OO", list, (PyObject *)Py_TYPE(list)), "<bound method fast of [1]>");
    CHECK_REPR(PyObject_CallMethod(im, "__get__", "OO", Py_None, (PyObject *)Py_TYPE(list)), "<built-in function fast>");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyInstanceMethod_Type, "i", 1), "!!TypeError: first argument must be callable");
}

TEST(cells) {
    PyObject *cell = keep(PyCell_New(NULL)), *full = keep(PyCell_New(value("i", 5)));
    CHECK_REPR(PyCell_Get(cell), "NULL");
    CHECK_REPR(PyCell_Get(full), "5");
    CHECK_REPR(get(cell, "cell_contents"), "!!ValueError: Cell is empty");
    CHECK_REPR(get(full, "cell_contents"), "5");
    CHECK_INT(PyObject_SetAttrString(cell, "cell_contents", value("i", 6)), "0");
    CHECK_INT(PyObject_RichCompareBool(full, cell, Py_LT), "1");
    CHECK_INT(PyObject_DelAttrString(cell, "cell_contents"), "0");
    CHECK_INT(PyObject_RichCompareBool(cell, full, Py_LT), "1");
    CHECK_REPR(PyObject_RichCompare(cell, Py_None, Py_LT), "!!TypeError: '<' not supported between instances of 'cell' and 'NoneType'");
    CHECK_INT(PyCell_Set(cell, Py_None), "0");
    CHECK_INT(PyCell_Set(Py_None, cell), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(PyCell_Get(Py_None), "!!SystemError: bad argument to internal function");
    CHECK(PyCell_GET(full) != NULL && PyCell_Check(full) && !PyCell_Check(Py_None));
    CHECK_INT(PyObject_Hash(full), "-1 !!TypeError: unhashable type: 'cell'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyCell_Type, "ii", 1, 2), "!!TypeError: cell expected at most 1 argument, got 2");
    CHECK_REPR(get(keep(PyObject_CallFunction((PyObject *)&PyCell_Type, "i", 1)), "cell_contents"), "1");
}

TEST(code) {
    PyObject *empty = keep((PyObject *)PyCode_NewEmpty("file.c", "name", 42));
    CHECK_REPR(get(empty, "co_filename"), "'file.c'");
    CHECK_REPR(get(empty, "co_name"), "'name'");
    CHECK_REPR(get(empty, "co_qualname"), "'name'");
    CHECK_REPR(get(empty, "co_firstlineno"), "42");
    CHECK_REPR(get(empty, "co_code"), "b'\\x80\\x00Q\\x00h\\x01'");
    CHECK_REPR(get(empty, "co_linetable"), "b'\\xea\\x00'");
    CHECK_REPR(get(empty, "co_lnotab"), "b''");
    CHECK_REPR(get(empty, "co_varnames"), "()");
    CHECK_REPR(get(empty, "co_flags"), "0");
    CHECK_REPR(get(empty, "co_stacksize"), "1");
    CHECK_REPR(PySequence_List(keep(PyObject_CallMethod(empty, "co_lines", NULL))), "[(0, 6, 42)]");
    CHECK_REPR(PySequence_List(keep(PyObject_CallMethod(empty, "co_positions", NULL))), "[(42, 42, None, None), (42, 42, None, None), (42, 42, None, None)]");
    CHECK_INT(PyCode_Addr2Line((PyCodeObject *)empty, -1), "42");
    CHECK_INT(PyCode_Addr2Line((PyCodeObject *)empty, 4), "42");
    CHECK_INT(PyCode_Addr2Line((PyCodeObject *)empty, 6), "-1");
    CHECK_INT(PyObject_SetAttrString(empty, "co_name", Py_None), "-1 !!AttributeError: readonly attribute");
    PyObject *vars = value("(sssss)", "a", "b", "c", "args", "local"), *none = value("()"), *linetable = value("y#", "\x88\x00\x00\xd8\x04\x08", (Py_ssize_t)6);
    PyObject *full = keep((PyObject *)PyUnstable_Code_NewWithPosOnlyArgs(2, 1, 1, 5, 3, CO_VARARGS, value("y#", "\x80\x00S\x00", (Py_ssize_t)4), value("(O)", Py_None), none, vars,
        value("(s)", "free"), value("(s)", "b"), value("s", "f.py"), value("s", "fn"), value("s", "C.fn"), 10, linetable, value("y", "")));
    CHECK_REPR(get(full, "co_argcount"), "2");
    CHECK_REPR(get(full, "co_posonlyargcount"), "1");
    CHECK_REPR(get(full, "co_kwonlyargcount"), "1");
    CHECK_REPR(get(full, "co_nlocals"), "5");
    CHECK_REPR(get(full, "co_varnames"), "('a', 'b', 'c', 'args', 'local')");
    CHECK_REPR(get(full, "co_cellvars"), "('b',)");
    CHECK_REPR(get(full, "co_freevars"), "('free',)");
    CHECK_REPR(get(full, "co_consts"), "(None,)");
    CHECK_REPR(get(full, "co_qualname"), "'C.fn'");
    CHECK_REPR(PyCode_GetVarnames((PyCodeObject *)full), "('a', 'b', 'c', 'args', 'local')");
    CHECK_REPR(PyCode_GetCellvars((PyCodeObject *)full), "('b',)");
    CHECK_REPR(PyCode_GetFreevars((PyCodeObject *)full), "('free',)");
    CHECK_REPR(PyCode_GetCode((PyCodeObject *)full), "b'\\x80\\x00S\\x00'");
    CHECK_INT(PyCode_GetNumFree((PyCodeObject *)full), "1");
    PyObject *changed = keep(PyObject_Call(attr(full, "replace"), value("()"), value("{sssi}", "co_name", "other", "co_firstlineno", 20)));
    CHECK_REPR(get(changed, "co_name"), "'other'");
    CHECK_REPR(get(changed, "co_firstlineno"), "20");
    CHECK_REPR(get(changed, "co_varnames"), "('a', 'b', 'c', 'args', 'local')");
    CHECK_INT(PyObject_RichCompareBool(full, changed, Py_EQ), "0");
    CHECK_INT(PyObject_RichCompareBool(full, keep(PyObject_Call(attr(full, "replace"), value("()"), NULL)), Py_EQ), "1");
    CHECK_REPR(PyObject_RichCompare(full, changed, Py_LT), "!!TypeError: '<' not supported between instances of 'code' and 'code'");
    CHECK_REPR(PyObject_Call(attr(full, "replace"), value("()"), value("{si}", "zzzzzz", 1)), "!!TypeError: replace() got an unexpected keyword argument 'zzzzzz'");
    CHECK_REPR(PyObject_Call(attr(full, "replace"), value("(i)", 1), NULL), "!!TypeError: replace() takes no positional arguments");
    CHECK_REPR((PyObject *)PyUnstable_Code_New(0, 0, 1, 0, 0, value("y", ""), none, none, none, none, none, value("s", ""), value("s", ""), value("s", ""), 1, value("y", ""), value("y", "")), "!!ValueError: code: co_nlocals != len(co_varnames)");
    CHECK_REPR((PyObject *)PyUnstable_Code_New(0, 0, 0, 0, 0, value("y", "abc"), none, none, none, none, none, value("s", ""), value("s", ""), value("s", ""), 1, value("y", ""), value("y", "")), "!!ValueError: code: co_code is malformed");
    CHECK_REPR((PyObject *)PyUnstable_Code_New(1, 0, 0, 0, 0, value("y", "ab"), none, none, none, none, none, value("s", ""), value("s", ""), value("s", ""), 1, value("y", ""), value("y", "")), "!!ValueError: code: co_varnames is too small");
    CHECK_REPR((PyObject *)PyUnstable_Code_New(0, 0, 0, 0, 0, none, none, none, none, none, none, value("s", ""), value("s", ""), value("s", ""), 1, value("y", ""), value("y", "")), "!!SystemError: bad argument to internal function");
    CHECK_REPR((PyObject *)PyUnstable_Code_New(0, 0, 1, 0, 0, value("y", "ab"), none, none, value("(i)", 5), none, none, value("s", ""), value("s", ""), value("s", ""), 1, value("y", ""), value("y", "")), "!!SystemError: non-string found in code slot");
}

TEST(frames) {
    PyObject *globals = value("{si}", "g", 1);
    PyCodeObject *code = (PyCodeObject *)keep((PyObject *)PyCode_NewEmpty("<file>", "name", 42));
    PyFrameObject *frame = PyFrame_New(PyThreadState_Get(), code, globals, NULL);
    PyObject *f = keep((PyObject *)frame);
    CHECK_INT(PyFrame_GetLineNumber(frame), "42");
    CHECK_INT(PyFrame_GetLasti(frame), "2");
    CHECK_REPR(get((PyObject *)keep((PyObject *)PyFrame_GetCode(frame)), "co_name"), "'name'");
    CHECK_REPR(PyFrame_GetGlobals(frame), "{'g': 1}");
    CHECK_REPR(PyFrame_GetGenerator(frame), "None");
    CHECK_REPR((PyObject *)PyFrame_GetBack(frame), "NULL");
    CHECK_REPR(PyFrame_GetLocals(frame), "{}");
    CHECK_REPR(get(f, "f_lineno"), "42");
    CHECK_REPR(get(f, "f_lasti"), "2");
    CHECK_REPR(get(f, "f_back"), "None");
    CHECK_REPR(get(f, "f_trace"), "None");
    CHECK_REPR(get(f, "f_trace_lines"), "True");
    CHECK_REPR(get(f, "f_trace_opcodes"), "False");
    CHECK_REPR(get(f, "f_generator"), "None");
    CHECK_INT(PyObject_SetAttrString(f, "f_lineno", value("i", 5)), "-1 !!ValueError: f_lineno can only be set in a trace function");
    CHECK_INT(PyObject_SetAttrString(f, "f_trace_opcodes", Py_True), "0");
    CHECK_INT(PyObject_SetAttrString(f, "f_trace_opcodes", Py_None), "-1 !!TypeError: attribute value type must be bool");
    CHECK_INT(PyObject_SetAttrString(f, "f_trace_lines", Py_False), "0");
    CHECK_INT(PyObject_SetAttrString(f, "f_globals", Py_None), "-1 !!AttributeError: attribute 'f_globals' of 'frame' objects is not writable");
    CHECK_REPR(PyFrame_GetVarString(frame, "nope"), "!!NameError: variable 'nope' does not exist");
    CHECK_REPR(PyFrame_GetVar(frame, Py_None), "!!TypeError: name must be str, not NoneType");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyFrame_Type), "!!TypeError: cannot create 'frame' instances");
}

TEST(frame_locals) {
    PyObject *none = value("()"), *text = value("s", "");
    PyCodeObject *code = (PyCodeObject *)keep((PyObject *)PyUnstable_Code_New(0, 0, 0, 0, CO_OPTIMIZED | CO_NEWLOCALS, value("y#", "\x80\x00S\x00", (Py_ssize_t)4), value("(O)", Py_None),
        none, none, none, none, text, text, text, 1, value("y", "\x81\x00"), value("y", "")));
    PyFrameObject *frame = (PyFrameObject *)keep((PyObject *)PyFrame_New(PyThreadState_Get(), code, value("{}"), NULL));
    PyObject *locals = keep(PyFrame_GetLocals(frame)), *x = value("s", "x"), *five = value("i", 5);
    CHECK(Py_IS_TYPE(locals, &PyFrameLocalsProxy_Type));
    CHECK_BORROWED(locals, "{}");
    CHECK_REPR(PyObject_GetItem(locals, x), "!!KeyError: \"local variable ''x'' is not defined\"");
    CHECK_INT(PyObject_SetItem(locals, x, five), "0");
    CHECK_REPR(PyObject_GetItem(locals, x), "5");
    CHECK_REPR(PyFrame_GetLocals(frame), "{'x': 5}");
    CHECK_REPR(PyFrame_GetVarString(frame, "x"), "!!NameError: variable 'x' does not exist");
    CHECK_INT(PyObject_Size(locals), "1");
    CHECK_INT(PySequence_Contains(locals, x), "1");
    CHECK_REPR(PyObject_CallMethod(locals, "keys", NULL), "['x']");
    CHECK_REPR(PyObject_CallMethod(locals, "values", NULL), "[5]");
    CHECK_REPR(PyObject_CallMethod(locals, "items", NULL), "[('x', 5)]");
    CHECK_REPR(PyObject_CallMethod(locals, "copy", NULL), "{'x': 5}");
    CHECK_REPR(PyObject_CallMethod(locals, "get", "s", "x"), "5");
    CHECK_REPR(PyObject_CallMethod(locals, "get", "si", "y", 7), "7");
    CHECK_REPR(PyObject_CallMethod(locals, "get", NULL), "!!TypeError: get expected 1 or 2 arguments");
    CHECK_REPR(PyObject_CallMethod(locals, "setdefault", "s", "z"), "None");
    CHECK_REPR(PyObject_CallMethod(locals, "update", "{si}", "w", 8), "None");
    CHECK_REPR(PyObject_CallMethod(locals, "update", "i", 8), "!!TypeError: update() argument must be dict or another FrameLocalsProxy");
    CHECK_REPR(PyObject_CallMethod(locals, "pop", "s", "w"), "8");
    CHECK_REPR(PyObject_CallMethod(locals, "pop", "s", "w"), "!!KeyError: 'w'");
    CHECK_REPR(PyObject_CallMethod(locals, "pop", "si", "w", 3), "3");
    CHECK_INT(PyObject_DelItemString(locals, "nope"), "-1 !!KeyError: 'nope'");
    CHECK_REPR(PyNumber_Or(locals, value("{si}", "o", 1)), "{'x': 5, 'z': None, 'o': 1}");
    CHECK_REPR(PyNumber_Or(locals, five), "!!TypeError: unsupported operand type(s) for |: 'FrameLocalsProxy' and 'int'");
    CHECK_REPR(PyNumber_InPlaceOr(locals, value("{si}", "o", 1)), "{'x': 5, 'z': None, 'o': 1}");
    CHECK_REPR(PySequence_List(locals), "['x', 'z', 'o']");
    CHECK_REPR(PySequence_List(keep(PyObject_CallMethod(locals, "__reversed__", NULL))), "['o', 'z', 'x']");
    CHECK_INT(PyObject_RichCompareBool(locals, keep(PyFrame_GetLocals(frame)), Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(locals, value("{}"), Py_EQ), "0");
    CHECK_REPR(PyObject_RichCompare(locals, locals, Py_LT), "!!TypeError: '<' not supported between instances of 'FrameLocalsProxy' and 'FrameLocalsProxy'");
    CHECK_INT(PyObject_Hash(locals), "-1 !!TypeError: unhashable type: 'FrameLocalsProxy'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyFrameLocalsProxy_Type, "i", 5), "!!TypeError: expect frame, not int");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyFrameLocalsProxy_Type, NULL), "!!TypeError: FrameLocalsProxy expected 1 argument, got 0");
}

TEST(tracebacks) {
    PyCodeObject *code = (PyCodeObject *)keep((PyObject *)PyCode_NewEmpty("<file>", "name", 42));
    PyFrameObject *frame = (PyFrameObject *)keep((PyObject *)PyFrame_New(PyThreadState_Get(), code, value("{}"), NULL));
    PyErr_SetString(PyExc_ValueError, "x");
    CHECK_INT(PyTraceBack_Here(frame) ? 1 : 0, "0 !!ValueError: x");
    PyErr_SetString(PyExc_ValueError, "x");
    PyTraceBack_Here(frame);
    PyTraceBack_Here(frame);
    PyObject *e = keep(PyErr_GetRaisedException()), *tb = keep(PyException_GetTraceback(e)), *type = (PyObject *)&PyTraceBack_Type;
    CHECK_REPR(get(tb, "tb_lineno"), "42");
    CHECK_REPR(get(tb, "tb_lasti"), "2");
    CHECK_REPR(PyObject_CallMethod(tb, "__dir__", NULL), "['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']");
    CHECK_REPR(get(attr(tb, "tb_next"), "tb_next"), "None");
    CHECK(attr(tb, "tb_frame") == (PyObject *)frame);
    CHECK_INT(PyObject_SetAttrString(tb, "tb_next", tb), "-1 !!ValueError: traceback loop detected");
    CHECK_INT(PyObject_SetAttrString(tb, "tb_next", value("i", 5)), "-1 !!TypeError: expected traceback object, got 'int'");
    CHECK_INT(PyObject_DelAttrString(tb, "tb_next"), "-1 !!TypeError: can't delete tb_next attribute");
    CHECK_INT(PyObject_SetAttrString(tb, "tb_next", Py_None), "0");
    CHECK_INT(PyObject_SetAttrString(tb, "tb_lineno", value("i", 5)), "-1 !!AttributeError: attribute 'tb_lineno' of 'traceback' objects is not writable");
    CHECK_REPR(PyObject_CallFunction(type, "i", 1), "!!TypeError: traceback() missing required argument 'tb_frame' (pos 2)");
    CHECK_REPR(PyObject_CallFunction(type, "OOii", Py_None, Py_None, 1, 2), "!!TypeError: traceback() argument 'tb_frame' must be frame, not None");
    CHECK_REPR(PyObject_CallFunction(type, "iOii", 1, frame, 1, 2), "!!TypeError: expected traceback object or None, got 'int'");
    CHECK_REPR(PyObject_CallFunction(type, "OOiL", Py_None, frame, 1, 1LL << 40), "!!OverflowError: Python int too large to convert to C int");
    CHECK_REPR(PyObject_CallFunction(type, "OOsi", Py_None, frame, "a", 2), "!!TypeError: 'str' object cannot be interpreted as an integer");
    PyObject *made = keep(PyObject_CallFunction(type, "OOii", tb, frame, 4, 77));
    CHECK_REPR(get(made, "tb_lineno"), "77");
    CHECK_REPR(PyObject_CallMethod(e, "with_traceback", "O", made), "ValueError('x')");
    CHECK(PyException_GetTraceback(e) == made);
    Py_DECREF(made);
}
CHECK_MAIN()
