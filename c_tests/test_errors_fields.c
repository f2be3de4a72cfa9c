/* What each builtin exception keeps: constructors, members, state for pickling, and what may be set or deleted. */
#include "exceptions.h"

static PyObject *with(PyObject *type, PyObject *args, PyObject *kwargs) { return keep(PyObject_Call(type, args, kwargs)); }
static PyObject *get(PyObject *o, const char *name) { return PyObject_GetAttrString(o, name); }
static PyObject *reduced(PyObject *o) { return PyObject_CallMethod(o, "__reduce__", NULL); }

TEST(base) {
    PyObject *e = call(PyExc_Exception, "(is)", 1, "b");
    CHECK_REPR(get(e, "args"), "(1, 'b')");
    CHECK_REPR(reduced(e), "(<class 'Exception'>, (1, 'b'))");
    CHECK_INT(PyObject_SetAttrString(e, "x", value("i", 5)), "0");
    CHECK_REPR(reduced(e), "(<class 'Exception'>, (1, 'b'), {'x': 5})");
    CHECK_REPR(get(e, "__dict__"), "{'x': 5}");
    CHECK_INT(PyObject_SetAttrString(e, "__dict__", value("{si}", "y", 6)), "0");
    CHECK_REPR(get(e, "y"), "6");
    CHECK_INT(PyObject_SetAttrString(e, "__dict__", Py_None), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'NoneType'");
    CHECK_INT(PyObject_DelAttrString(e, "__dict__"), "-1 !!TypeError: cannot delete __dict__");
    CHECK_REPR(PyObject_CallMethod(e, "__setstate__", "O", Py_None), "None");
    CHECK_REPR(PyObject_CallMethod(e, "__setstate__", "i", 5), "!!TypeError: state is not a dictionary");
    CHECK_REPR(PyObject_CallMethod(e, "__setstate__", "{sisi}", "y", 7, "z", 8), "None");
    CHECK_REPR(get(e, "z"), "8");
    CHECK_INT(PyObject_DelAttrString(e, "args"), "-1 !!TypeError: args may not be deleted");
    CHECK_INT(PyObject_DelAttrString(e, "__traceback__"), "-1 !!TypeError: __traceback__ may not be deleted");
    CHECK_INT(PyObject_DelAttrString(e, "__context__"), "-1 !!TypeError: __context__ may not be deleted");
    CHECK_INT(PyObject_DelAttrString(e, "__suppress_context__"), "-1 !!TypeError: can't delete numeric/char attribute");
    CHECK_INT(PyObject_SetAttrString(e, "__suppress_context__", Py_True), "0");
    CHECK_INT(PyObject_SetAttrString(e, "__suppress_context__", value("i", 1)), "-1 !!TypeError: attribute value type must be bool");
    CHECK_REPR(get(e, "__suppress_context__"), "True");
    CHECK_INT(PyObject_SetAttrString(e, "args", value("s", "ab")), "0");
    CHECK_BORROWED(e, "Exception('a', 'b')");
    CHECK_REPR(get(e, "nope"), "!!AttributeError: 'Exception' object has no attribute 'nope'");
    CHECK_REPR(PyObject_Call(PyExc_BaseException, value("()"), value("{}")), "BaseException()");
    CHECK_REPR(PyObject_Call(PyExc_BaseException, value("()"), value("{si}", "a", 1)), "!!TypeError: BaseException() takes no keyword arguments");
    CHECK_INT(PyObject_SetAttrString(PyExc_ValueError, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'ValueError'");
    PyObject *own = keep(PyErr_NewExceptionWithDoc("pkg.Own", "Its doc.", value("(OO)", PyExc_ValueError, PyExc_LookupError), value("{si}", "extra", 5)));
    CHECK_BORROWED(own, "<class 'pkg.Own'>");
    CHECK_REPR(get(own, "__doc__"), "'Its doc.'");
    CHECK_REPR(get(own, "__bases__"), "(<class 'ValueError'>, <class 'LookupError'>)");
    CHECK_REPR(get(own, "__module__"), "'pkg'");
    CHECK_REPR(get(own, "extra"), "5");
    CHECK_BORROWED(call(own, "(i)", 5), "Own(5)");
    CHECK_REPR(PyErr_NewException("noname", NULL, NULL), "!!SystemError: PyErr_NewException: name must be module.class");
    CHECK_REPR(PyErr_NewException("a.b", value("i", 5), NULL), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
}

TEST(stop) {
    PyObject *e = call(PyExc_StopIteration, "(ii)", 1, 2);
    CHECK_REPR(get(e, "value"), "1");
    CHECK_INT(PyObject_SetAttrString(e, "value", Py_None), "0");
    CHECK_INT(PyObject_DelAttrString(e, "value"), "0");
    CHECK_REPR(get(e, "value"), "None");
    CHECK_REPR(get(call(PyExc_StopIteration, "()"), "value"), "None");
    CHECK_REPR(get(call(PyExc_SystemExit, "()"), "code"), "None");
    CHECK_REPR(get(call(PyExc_SystemExit, "(i)", 1), "code"), "1");
    CHECK_REPR(get(call(PyExc_SystemExit, "(ii)", 1, 2), "code"), "(1, 2)");
    CHECK_REPR(get(call(PyExc_StopAsyncIteration, "(i)", 1), "value"), "!!AttributeError: 'StopAsyncIteration' object has no attribute 'value'");
    CHECK_BORROWED(with(PyExc_SystemExit, value("()"), value("{si}", "code", 1)), "!!TypeError: SystemExit() takes no keyword arguments");
}

TEST(names) {
    PyObject *e = with(PyExc_AttributeError, value("(s)", "text"), value("{sssi}", "name", "n", "obj", 5));
    CHECK_REPR(get(e, "name"), "'n'");
    CHECK_REPR(get(e, "obj"), "5");
    CHECK_REPR(reduced(e), "(<class 'AttributeError'>, ('text',), {'name': 'n', 'args': ('text',)})");
    CHECK_REPR(PyObject_CallMethod(e, "__getstate__", NULL), "{'name': 'n', 'args': ('text',)}");
    CHECK_REPR(reduced(call(PyExc_AttributeError, "(s)", "t")), "(<class 'AttributeError'>, ('t',), {'args': ('t',)})");
    CHECK_BORROWED(with(PyExc_AttributeError, value("()"), value("{si}", "other", 1)), "!!TypeError: AttributeError() got an unexpected keyword argument 'other'");
    CHECK_REPR(get(call(PyExc_AttributeError, "()"), "name"), "None");
    e = with(PyExc_NameError, value("(s)", "text"), value("{ss}", "name", "n"));
    CHECK_REPR(get(e, "name"), "'n'");
    CHECK_REPR(reduced(e), "(<class 'NameError'>, ('text',))");
    CHECK_BORROWED(with(PyExc_NameError, value("()"), value("{si}", "other", 1)), "!!TypeError: NameError() got an unexpected keyword argument 'other'");
    /* the look-up fills them in */
    PyObject *list = value("[]");
    CHECK(PyObject_GetAttrString(list, "nope") == NULL);
    e = keep(PyErr_GetRaisedException());
    CHECK_REPR(get(e, "name"), "'nope'");
    CHECK_REPR(get(e, "obj"), "[]");
    CHECK_INT(PyObject_SetAttrString(list, "nope", Py_None), "-1 !!AttributeError: 'list' object has no attribute 'nope' and no __dict__ for setting new attributes");
    CHECK_INT(PyObject_SetAttrString(list, "append", Py_None), "-1 !!AttributeError: 'list' object attribute 'append' is read-only");
    CHECK(PyObject_SetAttrString(list, "nope", Py_None) < 0);
    e = keep(PyErr_GetRaisedException());
    CHECK_REPR(get(e, "name"), "'nope'");
    CHECK_REPR(get(e, "obj"), "[]");
}

TEST(imports) {
    PyObject *e = with(PyExc_ImportError, value("(s)", "text"), value("{ssss}", "name", "n", "path", "p"));
    CHECK_REPR(get(e, "msg"), "'text'");
    CHECK_REPR(get(e, "name"), "'n'");
    CHECK_REPR(get(e, "path"), "'p'");
    CHECK_REPR(get(e, "name_from"), "None");
    CHECK_REPR(reduced(e), "(<class 'ImportError'>, ('text',), {'name': 'n', 'path': 'p'})");
    CHECK_REPR(PyObject_Str(e), "'text'");
    e = call(PyExc_ImportError, "(ss)", "a", "b");
    CHECK_REPR(get(e, "msg"), "None");
    CHECK_REPR(PyObject_Str(e), "\"('a', 'b')\"");
    CHECK_REPR(reduced(e), "(<class 'ImportError'>, ('a', 'b'))");
    CHECK_INT(PyObject_SetAttrString(e, "msg", value("s", "set")), "0");
    CHECK_REPR(PyObject_Str(e), "'set'");
    CHECK_BORROWED(with(PyExc_ImportError, value("()"), value("{si}", "other", 1)), "!!TypeError: ImportError() got an unexpected keyword argument 'other'");
    CHECK_BORROWED(with(PyExc_ImportError, value("()"), value("{sisisisi}", "name", 1, "path", 2, "name_from", 3, "other", 4)), "!!TypeError: ImportError() takes at most 3 keyword arguments (4 given)");
    CHECK_REPR(PyErr_SetImportError(value("s", "m"), value("s", "n"), value("s", "p")), "!!ImportError: m");
    CHECK_REPR(PyErr_SetImportError(NULL, NULL, NULL), "!!TypeError: expected a message argument");
    CHECK_REPR(PyErr_SetImportErrorSubclass(PyExc_ModuleNotFoundError, value("s", "m"), NULL, NULL), "!!ModuleNotFoundError: m");
    CHECK_REPR(PyErr_SetImportErrorSubclass(PyExc_ValueError, value("s", "m"), NULL, NULL), "!!TypeError: expected a subclass of ImportError");
    CHECK_REPR(PyErr_SetImportErrorSubclass(Py_None, value("s", "m"), NULL, NULL), "!!TypeError: issubclass() arg 1 must be a class");
}

TEST(os) {
    PyObject *e = call(PyExc_OSError, "(isszs)", 2, "text", "f", NULL, "g");
    CHECK_BORROWED(e, "FileNotFoundError(2, 'text')");
    CHECK_REPR(get(e, "errno"), "2");
    CHECK_REPR(get(e, "strerror"), "'text'");
    CHECK_REPR(get(e, "filename"), "'f'");
    CHECK_REPR(get(e, "filename2"), "'g'");
    CHECK_REPR(get(e, "args"), "(2, 'text')");
    CHECK_REPR(reduced(e), "(<class 'FileNotFoundError'>, (2, 'text', 'f', None, 'g'))");
    CHECK_REPR(PyObject_Str(e), "\"[Errno 2] text: 'f' -> 'g'\"");
    CHECK_REPR(get(e, "characters_written"), "!!AttributeError: characters_written");
    CHECK_INT(PyObject_SetAttrString(e, "characters_written", value("i", 5)), "0");
    CHECK_REPR(get(e, "characters_written"), "5");
    CHECK_INT(PyObject_SetAttrString(e, "characters_written", value("s", "x")), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyObject_DelAttrString(e, "characters_written"), "0");
    CHECK_INT(PyObject_DelAttrString(e, "characters_written"), "-1 !!AttributeError: characters_written");
    CHECK_REPR(reduced(call(PyExc_OSError, "(iss)", 2, "text", "f")), "(<class 'FileNotFoundError'>, (2, 'text', 'f'))");
    CHECK_BORROWED(call(PyExc_OSError, "(ssss)", "2", "text", "f", "g"), "OSError('2', 'text')");
    CHECK_BORROWED(call(PyExc_OSError, "(isO)", 11, "text", Py_None), "BlockingIOError(11, 'text', None)");
    CHECK_REPR(get(call(PyExc_BlockingIOError, "(isi)", 11, "text", 5), "characters_written"), "5");
    CHECK_BORROWED(call(PyExc_FileNotFoundError, "(is)", 17, "text"), "FileNotFoundError(17, 'text')");
    CHECK_BORROWED(call(PyExc_OSError, "(Ls)", 1LL << 40, "text"), "OSError(1099511627776, 'text')");
    CHECK_BORROWED(call(PyExc_OSError, "(is)", 99999, "text"), "OSError(99999, 'text')");
    for (int i = 1; i < 132; i++) {
        PyObject *made = call(PyExc_OSError, "(is)", i, "x");
        if (i == 1) CHECK_BORROWED(made, "PermissionError(1, 'x')");
        if (i == 3) CHECK_BORROWED(made, "ProcessLookupError(3, 'x')");
        if (i == 4) CHECK_BORROWED(made, "InterruptedError(4, 'x')");
        if (i == 10) CHECK_BORROWED(made, "ChildProcessError(10, 'x')");
        if (i == 11) CHECK_BORROWED(made, "BlockingIOError(11, 'x')");
        if (i == 13) CHECK_BORROWED(made, "PermissionError(13, 'x')");
        if (i == 20) CHECK_BORROWED(made, "NotADirectoryError(20, 'x')");
        if (i == 21) CHECK_BORROWED(made, "IsADirectoryError(21, 'x')");
        if (i == 32) CHECK_BORROWED(made, "BrokenPipeError(32, 'x')");
        if (i == 62) CHECK_BORROWED(made, "OSError(62, 'x')");
        if (i == 103) CHECK_BORROWED(made, "ConnectionAbortedError(103, 'x')");
        if (i == 104) CHECK_BORROWED(made, "ConnectionResetError(104, 'x')");
        if (i == 108) CHECK_BORROWED(made, "BrokenPipeError(108, 'x')");
        if (i == 110) CHECK_BORROWED(made, "TimeoutError(110, 'x')");
        if (i == 111) CHECK_BORROWED(made, "ConnectionRefusedError(111, 'x')");
        if (i == 114) CHECK_BORROWED(made, "BlockingIOError(114, 'x')");
        if (i == 115) CHECK_BORROWED(made, "BlockingIOError(115, 'x')");
        if (i == 127) CHECK_BORROWED(made, "OSError(127, 'x')");
    }
    /* a subclass of its own keeps the number's class away */
    PyObject *own = keep(PyErr_NewException("pkg.Own", PyExc_OSError, NULL));
    CHECK_BORROWED(call(own, "(is)", 2, "text"), "Own(2, 'text')");
    CHECK_REPR(get(call(own, "(iss)", 2, "text", "f"), "filename"), "'f'");
}

TEST(unicode) {
    CHECK_BORROWED(call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "abc", 1, 2, "why"), "UnicodeEncodeError('enc', 'abc', 1, 2, 'why')");
    CHECK_BORROWED(call(PyExc_UnicodeEncodeError, "(s)", "enc"), "!!TypeError: function takes exactly 5 arguments (1 given)");
    CHECK_BORROWED(call(PyExc_UnicodeEncodeError, "(syiis)", "enc", "abc", 1, 2, "why"), "!!TypeError: argument 2 must be str, not bytes");
    CHECK_BORROWED(call(PyExc_UnicodeEncodeError, "(sssis)", "enc", "abc", "1", 2, "why"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_BORROWED(call(PyExc_UnicodeDecodeError, "(ssiis)", "enc", "abc", 1, 2, "why"), "!!TypeError: a bytes-like object is required, not 'str'");
    PyObject *e = call(PyExc_UnicodeDecodeError, "(sOiis)", "enc", keep(PyByteArray_FromStringAndSize("abc", 3)), 1, 2, "why");
    CHECK_REPR(get(e, "object"), "b'abc'");
    CHECK_REPR(PyObject_Str(e), "\"'enc' codec can't decode byte 0x62 in position 1: why\"");
    CHECK_INT(PyObject_SetAttrString(e, "start", value("i", 7)), "0");
    CHECK_REPR(PyObject_Str(e), "\"'enc' codec can't decode bytes in position 7-1: why\"");
    CHECK_INT(PyObject_SetAttrString(e, "object", value("i", 7)), "0");
    CHECK_REPR(PyObject_Str(e), "!!TypeError: UnicodeError 'object' attribute must be a bytes");
    CHECK_INT(PyObject_DelAttrString(e, "object"), "0");
    CHECK_REPR(PyObject_Str(e), "''");
    CHECK_INT(PyObject_DelAttrString(e, "reason"), "0");
    CHECK_INT(PyObject_DelAttrString(e, "start"), "-1 !!TypeError: can't delete numeric/char attribute");
    CHECK_REPR(PyObject_Str(call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "\xc3\xa9", 0, 1, "w")), "\"'enc' codec can't encode character '\\\\xe9' in position 0: w\"");
    CHECK_REPR(PyObject_Str(call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "\xe2\x82\xac", 0, 1, "w")), "\"'enc' codec can't encode character '\\\\u20ac' in position 0: w\"");
    CHECK_REPR(PyObject_Str(call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "\xf0\x9f\x90\x8d", 0, 1, "w")), "\"'enc' codec can't encode character '\\\\U0001f40d' in position 0: w\"");
    CHECK_REPR(PyObject_Str(call(PyExc_UnicodeTranslateError, "(siis)", "abc", 0, 1, "w")), "\"can't translate character '\\\\x61' in position 0: w\"");
    CHECK_REPR(PyObject_Str(call(PyExc_UnicodeTranslateError, "(siis)", "abc", 0, 3, "w")), "\"can't translate characters in position 0-2: w\"");
    CHECK_BORROWED(call(PyExc_UnicodeTranslateError, "(siiss)", "abc", 0, 3, "w", "x"), "!!TypeError: function takes exactly 4 arguments (5 given)");
    CHECK_BORROWED(with(PyExc_UnicodeTranslateError, value("(siis)", "abc", 0, 3, "w"), value("{si}", "a", 1)), "!!TypeError: UnicodeTranslateError() takes no keyword arguments");
    e = call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "abc", -5, 99, "why");
    Py_ssize_t n = 77;
    CHECK_INT(PyUnicodeEncodeError_GetStart(e, &n), "0");
    CHECK_INT(n, "0");
    CHECK_INT(PyUnicodeEncodeError_GetEnd(e, &n), "0");
    CHECK_INT(n, "3");
    e = call(PyExc_UnicodeEncodeError, "(ssiis)", "enc", "", 5, 0, "why");
    CHECK_INT(PyUnicodeEncodeError_GetStart(e, &n), "0");
    CHECK_INT(n, "0");
    CHECK_INT(PyUnicodeEncodeError_GetEnd(e, &n), "0");
    CHECK_INT(n, "0");
    CHECK_REPR(PyUnicodeDecodeError_GetObject(e), "!!TypeError: UnicodeError 'object' attribute must be a bytes");
    CHECK_INT(PyUnicodeDecodeError_GetStart(Py_None, &n), "-1 !!TypeError: expecting a UnicodeDecodeError object, got NoneType");
    CHECK_REPR(PyUnicodeDecodeError_Create("enc", "abc", 3, 1, 2, "why"), "UnicodeDecodeError('enc', b'abc', 1, 2, 'why')");
    CHECK_REPR(PyUnicodeDecodeError_Create("enc", NULL, 0, 1, 2, "why"), "!!TypeError: a bytes-like object is required, not 'NoneType'");
}

TEST(groups) {
    PyObject *a = call(PyExc_ValueError, "(i)", 1), *b = call(PyExc_TypeError, "(i)", 2), *c = call(PyExc_KeyboardInterrupt, "()");
    PyObject *inner = call(PyExc_BaseExceptionGroup, "(s[O])", "inner", b), *g = call(PyExc_BaseExceptionGroup, "(s[OO])", "outer", a, inner);
    CHECK_BORROWED(g, "ExceptionGroup('outer', [ValueError(1), ExceptionGroup('inner', [TypeError(2)])])");
    CHECK_REPR(get(g, "message"), "'outer'");
    CHECK_REPR(get(g, "exceptions"), "(ValueError(1), ExceptionGroup('inner', [TypeError(2)]))");
    CHECK_INT(PyObject_SetAttrString(g, "message", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_Str(g), "'outer (2 sub-exceptions)'");
    CHECK_REPR(PyObject_CallMethod(g, "split", "O", PyExc_ValueError), "(ExceptionGroup('outer', [ValueError(1)]), ExceptionGroup('outer', [ExceptionGroup('inner', [TypeError(2)])]))");
    CHECK_REPR(PyObject_CallMethod(g, "split", "O", PyExc_Exception), "(ExceptionGroup('outer', [ValueError(1), ExceptionGroup('inner', [TypeError(2)])]), None)");
    CHECK_REPR(PyObject_CallMethod(g, "split", "O", PyExc_KeyError), "(None, ExceptionGroup('outer', [ValueError(1), ExceptionGroup('inner', [TypeError(2)])]))");
    CHECK_REPR(PyObject_CallMethod(g, "split", "((OO))", PyExc_KeyError, PyExc_TypeError), "(ExceptionGroup('outer', [ExceptionGroup('inner', [TypeError(2)])]), ExceptionGroup('outer', [ValueError(1)]))");
    CHECK_REPR(PyObject_CallMethod(g, "split", "i", 5), "!!TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)");
    CHECK_REPR(PyObject_CallMethod(g, "split", "((i))", 5), "!!TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)");
    CHECK_REPR(PyObject_CallMethod(g, "split", NULL), "!!TypeError: ExceptionGroup.split() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(g, "subgroup", "O", PyExc_TypeError), "ExceptionGroup('outer', [ExceptionGroup('inner', [TypeError(2)])])");
    CHECK_REPR(PyObject_CallMethod(g, "subgroup", "O", PyExc_KeyError), "None");
    CHECK_REPR(PyObject_CallMethod(g, "subgroup", "O", builtin("callable")), "None");
    CHECK_REPR(PyObject_CallMethod(g, "subgroup", "O", (PyObject *)&PyLong_Type), "!!TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)");
    CHECK_REPR(PyObject_CallMethod(g, "derive", "([O])", a), "ExceptionGroup('outer', [ValueError(1)])");
    CHECK_REPR(PyObject_CallMethod(g, "derive", "([O])", c), "BaseExceptionGroup('outer', [KeyboardInterrupt()])");
    CHECK_REPR(PyObject_CallMethod(g, "derive", "([])"), "!!ValueError: second argument (exceptions) must be a non-empty sequence");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(s[O])", "k", c), "BaseExceptionGroup('k', [KeyboardInterrupt()])");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(s(O))", "k", a), "ExceptionGroup('k', (ValueError(1),))");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(s[i])", "k", 5), "!!ValueError: Item 0 of second argument (exceptions) is not an exception");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(s[])", "k"), "!!ValueError: second argument (exceptions) must be a non-empty sequence");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(si)", "k", 5), "!!TypeError: second argument (exceptions) must be a sequence");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(i[O])", 5, a), "!!TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not int");
    CHECK_BORROWED(call(PyExc_BaseExceptionGroup, "(s)", "k"), "!!TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)");
    CHECK_BORROWED(call(builtin("ExceptionGroup"), "(s[O])", "k", c), "!!TypeError: Cannot nest BaseExceptions in an ExceptionGroup");
    CHECK_BORROWED(call(builtin("ExceptionGroup"), "(s[O])", "k", a), "ExceptionGroup('k', [ValueError(1)])");
    CHECK_BORROWED((PyObject *)Py_TYPE(g), "<class 'ExceptionGroup'>");
    CHECK_REPR(get((PyObject *)Py_TYPE(g), "__mro__"), "(<class 'ExceptionGroup'>, <class 'BaseExceptionGroup'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)");
    CHECK_REPR(get((PyObject *)Py_TYPE(g), "__module__"), "'builtins'");
    CHECK_REPR(reduced(g), "(<class 'ExceptionGroup'>, ('outer', [ValueError(1), ExceptionGroup('inner', [TypeError(2)])]))");
    /* what is split off keeps where it came from */
    Py_XDECREF(PyObject_CallMethod(g, "add_note", "s", "noted"));
    PyException_SetCause(g, Py_NewRef(c));
    PyObject *part = keep(PyObject_CallMethod(g, "subgroup", "O", PyExc_ValueError));
    CHECK_REPR(PyException_GetCause(part), "KeyboardInterrupt()");
    CHECK_REPR(get(part, "__notes__"), "['noted']");
    Py_XDECREF(PyObject_CallMethod(g, "add_note", "s", "more"));
    CHECK_REPR(get(part, "__notes__"), "['noted']");
    PyObject *list = value("[OO]", a, b);
    g = call(PyExc_BaseExceptionGroup, "(sO)", "list", list);
    PyList_Append(list, c);
    CHECK_BORROWED(g, "ExceptionGroup('list', [ValueError(1), TypeError(2)])");
    CHECK_REPR(get(g, "exceptions"), "(ValueError(1), TypeError(2))");
}

TEST(syntax) {
    PyObject *e = call(PyExc_SyntaxError, "(s(siisii))", "text", "dir/f.py", 3, 5, "source", 3, 6);
    CHECK_REPR(PyObject_Str(e), "'text (f.py, line 3)'");
    CHECK_REPR(get(e, "filename"), "'dir/f.py'");
    CHECK_REPR(get(e, "end_offset"), "6");
    CHECK_REPR(get(e, "print_file_and_line"), "None");
    CHECK_BORROWED(call(PyExc_SyntaxError, "(s(ii))", "text", 1, 2), "!!TypeError: function takes at least 4 arguments (2 given)");
    CHECK_BORROWED(call(PyExc_SyntaxError, "(s(iiiiiiii))", "text", 1, 2, 3, 4, 5, 6, 7, 8), "!!TypeError: function takes at most 7 arguments (8 given)");
    CHECK_BORROWED(call(PyExc_SyntaxError, "(s(iiiii))", "text", 1, 2, 3, 4, 5), "!!TypeError: end_offset must be provided when end_lineno is provided");
    CHECK_BORROWED(call(PyExc_SyntaxError, "(si)", "text", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_Str(call(PyExc_SyntaxError, "(i)", 5)), "'5'");
    CHECK_REPR(PyObject_Str(call(PyExc_SyntaxError, "()")), "'None'");
    CHECK_REPR(PyObject_Str(call(PyExc_TabError, "(s(siis))", "tab", "f", 1, 2, "x")), "'tab (f, line 1)'");
    CHECK_INT(PyObject_SetAttrString(e, "lineno", value("s", "x")), "0");
    CHECK_REPR(PyObject_Str(e), "'text (f.py)'");
    CHECK_INT(PyObject_DelAttrString(e, "msg"), "0");
    CHECK_REPR(PyObject_Str(e), "'None (f.py)'");
}

TEST(keys) {
    CHECK_REPR(PyObject_Str(call(PyExc_KeyError, "()")), "''");
    CHECK_REPR(PyObject_Str(call(PyExc_KeyError, "(s)", "")), "\"''\"");
    CHECK_REPR(PyObject_Str(call(PyExc_KeyError, "(i)", 5)), "'5'");
    CHECK_REPR(PyObject_Str(call(PyExc_LookupError, "(s)", "")), "''");
    CHECK_REPR(PyObject_Str(call(PyExc_MemoryError, "(s)", "m")), "'m'");
    CHECK_BORROWED(with(PyExc_MemoryError, value("()"), value("{si}", "a", 1)), "!!TypeError: MemoryError() takes no keyword arguments");
    CHECK_BORROWED(with(PyExc_KeyError, value("()"), value("{si}", "a", 1)), "!!TypeError: KeyError() takes no keyword arguments");
}
CHECK_MAIN()
