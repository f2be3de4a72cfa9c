/* The error indicator, and every exception type: constructors, attributes, str, repr, chains, notes, groups. */
#include "exceptions.h"
#include <errno.h>

/* internal, but exported */
extern PyObject *_PyErr_FormatFromCause(PyObject *type, const char *format, ...);
static PyObject *message(PyObject *exception) { return exception ? PyObject_Str(exception) : NULL; }
/* Takes the indicator as an exception, kept. */
static PyObject *taken(void) { return keep(PyErr_GetRaisedException()); }

TEST(indicator) {
    CHECK(PyErr_Occurred() == NULL);
    PyErr_SetString(PyExc_ValueError, "text");
    CHECK(PyErr_Occurred() == PyExc_ValueError);
    CHECK_RAISES(0, PyExc_ValueError, "text");
    CHECK_NO_ERROR();
    CHECK_RAISES(PyErr_SetString(PyExc_TypeError, "a\xc3\xa9"), PyExc_TypeError, "a\xc3\xa9");
    CHECK_RAISES(PyErr_SetNone(PyExc_KeyError), PyExc_KeyError, "");
    CHECK_RAISES(PyErr_SetObject(PyExc_KeyError, value("s", "k")), PyExc_KeyError, "'k'");
    CHECK_RAISES(PyErr_SetObject(PyExc_ValueError, value("(is)", 1, "b")), PyExc_ValueError, "(1, 'b')");
    CHECK_RAISES(PyErr_SetObject(PyExc_ValueError, Py_None), PyExc_ValueError, "");
    CHECK_RAISES(PyErr_SetObject(PyExc_ValueError, call(PyExc_ValueError, "(s)", "ready")), PyExc_ValueError, "ready");
    CHECK_RAISES(PyErr_SetObject(PyExc_Exception, call(PyExc_ValueError, "(s)", "more special")), PyExc_ValueError, "more special");
    CHECK_RAISES(PyErr_SetObject(PyExc_TypeError, call(PyExc_ValueError, "(s)", "other")), PyExc_TypeError, "other");
    CHECK_RAISES(PyErr_SetObject(Py_None, Py_None), PyExc_SystemError, "_PyErr_SetObject: exception None is not a BaseException subclass");
    CHECK_RAISES(PyErr_SetString((PyObject *)&PyLong_Type, "x"), PyExc_SystemError, "_PyErr_SetObject: exception <class 'int'> is not a BaseException subclass");
    CHECK_RAISES(PyErr_SetString(PyExc_OSError, "only text"), PyExc_OSError, "only text");
    PyErr_SetString(PyExc_ValueError, "gone");
    PyErr_Clear();
    CHECK_NO_ERROR();
    PyErr_Clear();
    CHECK_REPR(PyErr_Format(PyExc_ValueError, "%d %s %R", 5, "a", Py_None), "!!ValueError: 5 a None");
    CHECK_REPR(PyErr_Format(PyExc_ValueError, "plain"), "!!ValueError: plain");
    CHECK_REPR(PyErr_NoMemory(), "!!MemoryError");
    CHECK_INT(PyErr_BadArgument(), "0 !!TypeError: bad argument type for built-in operation");
    CHECK_RAISES(PyErr_BadInternalCall(), PyExc_SystemError, "bad argument to internal function");
    errno = ENOENT;
    CHECK_REPR(PyErr_SetFromErrno(PyExc_OSError), "!!FileNotFoundError: [Errno 2] No such file or directory");
    errno = EACCES;
    CHECK_REPR(PyErr_SetFromErrnoWithFilename(PyExc_OSError, "file.txt"), "!!PermissionError: [Errno 13] Permission denied: 'file.txt'");
    errno = EEXIST;
    CHECK_REPR(PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, value("s", "f")), "!!FileExistsError: [Errno 17] File exists: 'f'");
    errno = EPERM;
    CHECK_REPR(PyErr_SetFromErrnoWithFilenameObjects(PyExc_OSError, value("s", "f"), value("s", "g")), "!!PermissionError: [Errno 1] Operation not permitted: 'f' -> 'g'");
    errno = EINVAL;
    CHECK_REPR(PyErr_SetFromErrno(PyExc_ValueError), "!!ValueError: (22, 'Invalid argument')");
}

TEST(fetch) {
    PyObject *type = NULL, *object = NULL, *traceback = NULL;
    PyErr_SetString(PyExc_ValueError, "text");
    PyErr_Fetch(&type, &object, &traceback);
    CHECK(type == PyExc_ValueError && traceback == NULL && PyErr_Occurred() == NULL);
    CHECK_BORROWED(object, "ValueError('text')");
    PyErr_Restore(type, object, traceback);
    CHECK_BORROWED(NULL, "!!ValueError: text");
    PyErr_Fetch(&type, &object, &traceback);
    CHECK(type == NULL && object == NULL && traceback == NULL);
    PyErr_Restore(NULL, NULL, NULL);
    PyErr_Restore(Py_NewRef(PyExc_KeyError), PyUnicode_FromString("lazy"), NULL);
    CHECK_BORROWED(NULL, "!!KeyError: 'lazy'");
    type = Py_NewRef(PyExc_TypeError); object = PyUnicode_FromString("plain"); traceback = NULL;
    PyErr_NormalizeException(&type, &object, &traceback);
    CHECK_BORROWED(object, "TypeError('plain')");
    Py_XDECREF(type); Py_XDECREF(object);
    PyObject *exception = call(PyExc_ValueError, "(s)", "set");
    PyErr_SetRaisedException(Py_NewRef(exception));
    CHECK(PyErr_ExceptionMatches(PyExc_ValueError) && PyErr_ExceptionMatches(PyExc_Exception) && !PyErr_ExceptionMatches(PyExc_KeyError));
    CHECK(PyErr_ExceptionMatches(value("(OO)", PyExc_KeyError, PyExc_ValueError)));
    PyObject *back = PyErr_GetRaisedException();
    CHECK(back == exception);
    Py_DECREF(back);
    PyErr_SetRaisedException(NULL);
    CHECK(PyErr_GetRaisedException() == NULL);
    CHECK(PyErr_GivenExceptionMatches(exception, PyExc_Exception) && PyErr_GivenExceptionMatches(PyExc_KeyError, PyExc_LookupError));
    CHECK(!PyErr_GivenExceptionMatches(NULL, PyExc_Exception) && !PyErr_GivenExceptionMatches(exception, value("()")));
    CHECK(PyExceptionClass_Check(PyExc_ValueError) && !PyExceptionClass_Check(Py_None) && !PyExceptionClass_Check(&PyLong_Type));
    CHECK(PyExceptionInstance_Check(exception) && !PyExceptionInstance_Check(PyExc_ValueError));
    CHECK(PyExceptionInstance_Class(exception) == PyExc_ValueError);
    CHECK_STR_EQ(PyExceptionClass_Name(PyExc_ValueError), "ValueError");
}

TEST(chain) {
    PyObject *a = call(PyExc_ValueError, "(s)", "a"), *b = call(PyExc_KeyError, "(s)", "b");
    CHECK_REPR(PyException_GetCause(a), "NULL");
    CHECK_REPR(PyException_GetContext(a), "NULL");
    CHECK_REPR(PyException_GetTraceback(a), "NULL");
    PyException_SetCause(a, Py_NewRef(b));
    CHECK_REPR(PyException_GetCause(a), "KeyError('b')");
    CHECK_REPR(PyObject_GetAttrString(a, "__suppress_context__"), "True");
    PyException_SetCause(a, NULL);
    PyException_SetContext(a, Py_NewRef(b));
    CHECK_REPR(PyException_GetContext(a), "KeyError('b')");
    CHECK_REPR(PyObject_GetAttrString(a, "__context__"), "KeyError('b')");
    PyException_SetContext(a, NULL);
    CHECK_INT(PyException_SetTraceback(a, Py_None), "0");
    CHECK_INT(PyException_SetTraceback(a, value("i", 1)), "-1 !!TypeError: __traceback__ must be a traceback or None");
    CHECK_INT(PyObject_SetAttrString(a, "__cause__", value("i", 1)), "-1 !!TypeError: exception cause must be None or derive from BaseException");
    CHECK_INT(PyObject_SetAttrString(a, "__context__", value("i", 1)), "-1 !!TypeError: exception context must be None or derive from BaseException");
    CHECK_INT(PyObject_SetAttrString(a, "__cause__", Py_None), "0");
    CHECK_INT(PyObject_DelAttrString(a, "__cause__"), "-1 !!TypeError: __cause__ may not be deleted");
    CHECK_REPR(PyException_GetArgs(a), "('a',)");
    PyException_SetArgs(a, value("(ii)", 1, 2));
    CHECK_REPR(message(a), "'(1, 2)'");
    CHECK_INT(PyObject_SetAttrString(a, "args", value("i", 1)), "-1 !!TypeError: 'int' object is not iterable");
    CHECK_INT(PyObject_SetAttrString(a, "args", value("[i]", 7)), "0");
    CHECK_BORROWED(a, "ValueError(7)");
    /* what is handled becomes the context of what is raised */
    PyErr_SetHandledException(b);
    PyErr_SetString(PyExc_TypeError, "during");
    PyObject *raised = taken();
    CHECK_REPR(PyException_GetContext(raised), "KeyError('b')");
    CHECK_REPR(PyErr_GetHandledException(), "KeyError('b')");
    PyObject *type, *object, *traceback;
    PyErr_GetExcInfo(&type, &object, &traceback);
    CHECK(type == PyExc_KeyError && object == b);
    Py_XDECREF(type); Py_XDECREF(object); Py_XDECREF(traceback);
    PyErr_SetHandledException(NULL);
    CHECK(PyErr_GetHandledException() == NULL);
    PyErr_SetString(PyExc_ValueError, "first");
    _PyErr_FormatFromCause(PyExc_RuntimeError, "then %d", 2);
    raised = taken();
    CHECK_BORROWED(raised, "RuntimeError('then 2')");
    CHECK_REPR(PyException_GetCause(raised), "ValueError('first')");
    CHECK_REPR(PyException_GetContext(raised), "ValueError('first')");
}

TEST(plain) {
    PyObject *e = call(PyExc_ValueError, "(is)", 1, "two");
    CHECK_BORROWED(e, "ValueError(1, 'two')");
    CHECK_REPR(message(e), "\"(1, 'two')\"");
    CHECK_REPR(PyObject_GetAttrString(e, "args"), "(1, 'two')");
    CHECK_BORROWED(call(PyExc_Exception, "()"), "Exception()");
    CHECK_REPR(message(call(PyExc_Exception, "()")), "''");
    CHECK_REPR(message(call(PyExc_KeyError, "(s)", "k")), "\"'k'\"");
    CHECK_REPR(message(call(PyExc_KeyError, "(ss)", "k", "l")), "\"('k', 'l')\"");
    CHECK_REPR(message(call(PyExc_IndexError, "(s)", "k")), "'k'");
    CHECK_REPR(PyObject_Call(PyExc_ValueError, value("()"), value("{si}", "x", 1)), "!!TypeError: ValueError() takes no keyword arguments");
    CHECK_REPR(PyObject_CallMethod(e, "with_traceback", "O", Py_None), "ValueError(1, 'two')");
    CHECK_REPR(PyObject_CallMethod(e, "with_traceback", "i", 1), "!!TypeError: __traceback__ must be a traceback or None");
    CHECK_REPR(PyObject_CallMethod(e, "add_note", "s", "a note"), "None");
    CHECK_REPR(PyObject_CallMethod(e, "add_note", "i", 1), "!!TypeError: add_note() argument must be str, not int");
    CHECK_REPR(PyObject_GetAttrString(e, "__notes__"), "['a note']");
    CHECK_REPR(PyObject_CallMethod(e, "__reduce__", NULL), "(<class 'ValueError'>, (1, 'two'), {'__notes__': ['a note']})");
    CHECK_REPR(PyObject_CallMethod(call(PyExc_ValueError, "(i)", 1), "__setstate__", "{si}", "extra", 1), "None");
    CHECK_INT(PyObject_SetAttrString(e, "own", value("i", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(e, "own"), "1");
    CHECK_BORROWED(((PyTypeObject *)PyExc_ValueError)->tp_base, "<class 'Exception'>");
    CHECK_BORROWED(((PyTypeObject *)PyExc_FileNotFoundError)->tp_base, "<class 'OSError'>");
    CHECK_BORROWED(((PyTypeObject *)PyExc_RecursionError)->tp_base, "<class 'RuntimeError'>");
    CHECK(PyExc_IOError == PyExc_OSError && PyExc_EnvironmentError == PyExc_OSError);
}

TEST(special) {
    PyObject *e = call(PyExc_OSError, "(iss)", ENOENT, "gone", "file");
    CHECK_BORROWED(e, "FileNotFoundError(2, 'gone')");
    CHECK_REPR(message(e), "\"[Errno 2] gone: 'file'\"");
    CHECK_REPR(PyObject_GetAttrString(e, "errno"), "2");
    CHECK_REPR(PyObject_GetAttrString(e, "strerror"), "'gone'");
    CHECK_REPR(PyObject_GetAttrString(e, "filename"), "'file'");
    CHECK_REPR(PyObject_GetAttrString(e, "filename2"), "None");
    CHECK_REPR(PyObject_GetAttrString(e, "args"), "(2, 'gone')");
    CHECK_REPR(message(call(PyExc_OSError, "(is)", 5, "text")), "'[Errno 5] text'");
    CHECK_REPR(message(call(PyExc_OSError, "(s)", "text")), "'text'");
    CHECK_BORROWED(call(PyExc_OSError, "(is)", EAGAIN, "text"), "BlockingIOError(11, 'text')");
    CHECK_BORROWED(call(PyExc_OSError, "(is)", ECONNREFUSED, "text"), "ConnectionRefusedError(111, 'text')");
    CHECK_BORROWED(call(PyExc_OSError, "(is)", 99999, "text"), "OSError(99999, 'text')");
    CHECK_REPR(PyObject_GetAttrString(call(PyExc_BlockingIOError, "(isi)", EAGAIN, "t", 7), "characters_written"), "7");
    CHECK_REPR(message(call(PyExc_OSError, "(issOs)", 2, "t", "a", Py_None, "b")), "\"[Errno 2] t: 'a' -> 'b'\"");

    e = keep(PyObject_Call(PyExc_ImportError, value("(s)", "no"), value("{ssss}", "name", "n", "path", "p")));
    CHECK_BORROWED(e, "ImportError('no')");
    CHECK_REPR(PyObject_GetAttrString(e, "name"), "'n'");
    CHECK_REPR(PyObject_GetAttrString(e, "path"), "'p'");
    CHECK_REPR(PyObject_GetAttrString(e, "msg"), "'no'");
    CHECK_REPR(PyObject_Call(PyExc_ImportError, value("(s)", "no"), value("{ss}", "bad", "n")), "!!TypeError: ImportError() got an unexpected keyword argument 'bad'");
    CHECK_REPR(PyErr_SetImportError(value("s", "msg"), value("s", "mod"), value("s", "path")), "!!ImportError: msg");
    CHECK_REPR(PyErr_SetImportErrorSubclass(PyExc_ModuleNotFoundError, value("s", "msg"), value("s", "mod"), NULL), "!!ModuleNotFoundError: msg");
    CHECK_REPR(PyErr_SetImportErrorSubclass(PyExc_ValueError, value("s", "msg"), NULL, NULL), "!!TypeError: expected a subclass of ImportError");
    CHECK_REPR(PyErr_SetImportError(NULL, NULL, NULL), "!!TypeError: expected a message argument");

    e = call(PyExc_StopIteration, "(i)", 5);
    CHECK_REPR(PyObject_GetAttrString(e, "value"), "5");
    CHECK_REPR(PyObject_GetAttrString(call(PyExc_StopIteration, "()"), "value"), "None");
    CHECK_REPR(PyObject_GetAttrString(call(PyExc_SystemExit, "(i)", 3), "code"), "3");
    CHECK_REPR(PyObject_GetAttrString(call(PyExc_SystemExit, "(ii)", 3, 4), "code"), "(3, 4)");
    e = keep(PyObject_Call(PyExc_AttributeError, value("(s)", "no"), value("{sssi}", "name", "n", "obj", 1)));
    CHECK_REPR(PyObject_GetAttrString(e, "name"), "'n'");
    CHECK_REPR(PyObject_GetAttrString(e, "obj"), "1");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_Call(PyExc_NameError, value("(s)", "no"), value("{ss}", "name", "n"))), "name"), "'n'");
    CHECK_REPR(PyObject_GetAttrString(Py_None, "missing"), "!!AttributeError: 'NoneType' object has no attribute 'missing'");
    PyObject_GetAttrString(Py_None, "missing");
    e = taken();
    CHECK_REPR(PyObject_GetAttrString(e, "name"), "'missing'");
    CHECK_REPR(PyObject_GetAttrString(e, "obj"), "None");

    e = call(PyExc_SyntaxError, "(s(siis))", "bad", "f.py", 3, 4, "line");
    CHECK_REPR(message(e), "'bad (f.py, line 3)'");
    CHECK_REPR(PyObject_GetAttrString(e, "lineno"), "3");
    CHECK_REPR(PyObject_GetAttrString(e, "text"), "'line'");
    CHECK_REPR(PyObject_GetAttrString(e, "end_lineno"), "None");
    CHECK_BORROWED(call(PyExc_SyntaxError, "(si)", "bad", 1), "!!TypeError: 'int' object is not iterable");
}

TEST(unicode_errors) {
    Py_ssize_t n = -1;
    PyObject *d = keep(PyUnicodeDecodeError_Create("utf-8", "ab\xff", 3, 2, 3, "why"));
    CHECK_BORROWED(d, "UnicodeDecodeError('utf-8', b'ab\\xff', 2, 3, 'why')");
    CHECK_REPR(message(d), "\"'utf-8' codec can't decode byte 0xff in position 2: why\"");
    CHECK_REPR(PyUnicodeDecodeError_GetEncoding(d), "'utf-8'");
    CHECK_REPR(PyUnicodeDecodeError_GetObject(d), "b'ab\\xff'");
    CHECK_REPR(PyUnicodeDecodeError_GetReason(d), "'why'");
    CHECK_INT(PyUnicodeDecodeError_GetStart(d, &n), "0");
    CHECK_INT(n, "2");
    CHECK_INT(PyUnicodeDecodeError_GetEnd(d, &n), "0");
    CHECK_INT(n, "3");
    CHECK_INT(PyUnicodeDecodeError_SetStart(d, 0), "0");
    CHECK_INT(PyUnicodeDecodeError_SetEnd(d, 99), "0");
    CHECK_INT(PyUnicodeDecodeError_SetReason(d, "new"), "0");
    CHECK_REPR(message(d), "\"'utf-8' codec can't decode bytes in position 0-98: new\"");
    CHECK_REPR(PyUnicodeDecodeError_GetEncoding(Py_None), "!!TypeError: expecting a UnicodeDecodeError object, got NoneType");
    PyObject *e = call(PyExc_UnicodeEncodeError, "(ssiis)", "ascii", "a\xc3\xa9", 1, 2, "ordinal");
    CHECK_BORROWED(e, "UnicodeEncodeError('ascii', 'aé', 1, 2, 'ordinal')");
    CHECK_REPR(message(e), "\"'ascii' codec can't encode character '\\\\xe9' in position 1: ordinal\"");
    CHECK_REPR(PyUnicodeEncodeError_GetObject(e), "'aé'");
    CHECK_INT(PyUnicodeEncodeError_GetStart(e, &n), "0");
    CHECK_REPR(message(call(PyExc_UnicodeTranslateError, "(siis)", "a\xc3\xa9", 1, 2, "why")), "\"can't translate character '\\\\xe9' in position 1: why\"");
    CHECK_REPR(PyObject_CallObject(PyExc_UnicodeDecodeError, value("(i)", 1)), "!!TypeError: function takes exactly 5 arguments (1 given)");
    CHECK_REPR(PyObject_CallObject(PyExc_UnicodeEncodeError, value("(siiis)", "ascii", 1, 1, 2, "x")), "!!TypeError: argument 2 must be str, not int");
    CHECK_REPR(PyCodec_StrictErrors(e), "!!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal");
    CHECK_REPR(PyCodec_IgnoreErrors(e), "('', 2)");
    CHECK_REPR(PyCodec_ReplaceErrors(e), "('?', 2)");
    CHECK_REPR(PyCodec_ReplaceErrors(d), "('�', 3)");
    CHECK_REPR(PyCodec_BackslashReplaceErrors(e), "('\\\\xe9', 2)");
    CHECK_REPR(PyCodec_XMLCharRefReplaceErrors(e), "('&#233;', 2)");
    CHECK_REPR(PyCodec_NameReplaceErrors(Py_None), "!!TypeError: don't know how to handle NoneType in error callback");
}

TEST(groups) {
    PyObject *one = call(PyExc_ValueError, "(s)", "one"), *two = call(PyExc_KeyError, "(s)", "two");
    PyObject *type = PyExc_BaseExceptionGroup, *group = call(type, "(s[OO])", "msg", one, two);
    CHECK_BORROWED(group, "ExceptionGroup('msg', [ValueError('one'), KeyError('two')])");
    CHECK_REPR(message(group), "'msg (2 sub-exceptions)'");
    CHECK_REPR(PyObject_GetAttrString(group, "message"), "'msg'");
    CHECK_REPR(PyObject_GetAttrString(group, "exceptions"), "(ValueError('one'), KeyError('two'))");
    CHECK_REPR(PyObject_CallMethod(group, "split", "O", PyExc_ValueError), "(ExceptionGroup('msg', [ValueError('one')]), ExceptionGroup('msg', [KeyError('two')]))");
    CHECK_REPR(PyObject_CallMethod(group, "subgroup", "O", PyExc_KeyError), "ExceptionGroup('msg', [KeyError('two')])");
    CHECK_REPR(PyObject_CallMethod(group, "subgroup", "O", PyExc_OSError), "None");
    CHECK_REPR(PyObject_CallMethod(group, "subgroup", "i", 1), "!!TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)");
    CHECK_REPR(PyObject_CallMethod(group, "derive", "[O]", one), "ExceptionGroup('msg', [ValueError('one')])");
    CHECK_REPR(PyObject_CallObject(type, value("(s[])", "msg")), "!!ValueError: second argument (exceptions) must be a non-empty sequence");
    CHECK_REPR(PyObject_CallObject(type, value("(s)", "msg")), "!!TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)");
    CHECK_REPR(PyObject_CallObject(type, value("(s[i])", "msg", 1)), "!!ValueError: Item 0 of second argument (exceptions) is not an exception");
    CHECK_REPR(PyObject_CallObject(type, value("(si)", "msg", 1)), "!!TypeError: second argument (exceptions) must be a sequence");
    CHECK_REPR(PyObject_CallObject(type, value("(i[O])", 1, one)), "!!TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not int");
    CHECK_BORROWED(call(type, "(s[O])", "base", call(PyExc_KeyboardInterrupt, "()")), "BaseExceptionGroup('base', [KeyboardInterrupt()])");
    CHECK_REPR(PyObject_CallObject(builtin("ExceptionGroup"), value("(s[O])", "m", call(PyExc_KeyboardInterrupt, "()"))), "!!TypeError: Cannot nest BaseExceptions in an ExceptionGroup");
    CHECK_REPR(PyObject_CallObject(builtin("ExceptionGroup"), value("(s(O))", "m", one)), "ExceptionGroup('m', (ValueError('one'),))");
}

TEST(new_exception) {
    PyObject *type = keep(PyErr_NewException("pkg.mod.Error", NULL, NULL));
    CHECK_BORROWED(type, "<class 'pkg.mod.Error'>");
    CHECK_REPR(PyObject_GetAttrString(type, "__module__"), "'pkg.mod'");
    CHECK_BORROWED(((PyTypeObject *)type)->tp_base, "<class 'Exception'>");
    PyObject *child = keep(PyErr_NewException("m.Child", value("(OO)", type, PyExc_KeyError), value("{si}", "extra", 5)));
    CHECK_REPR(PyObject_GetAttrString(child, "__mro__"), "(<class 'm.Child'>, <class 'pkg.mod.Error'>, <class 'KeyError'>, <class 'LookupError'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)");
    CHECK_REPR(PyObject_GetAttrString(child, "extra"), "5");
    CHECK_RAISES(PyErr_SetString(child, "text"), child, "'text'");
    CHECK_REPR(PyErr_NewException("nodot", NULL, NULL), "!!SystemError: PyErr_NewException: name must be module.class");
    CHECK_REPR(PyErr_NewException("m.X", (PyObject *)&PyLong_Type, NULL), "<class 'm.X'>");
    CHECK_REPR(PyErr_NewException("m.X", value("i", 1), NULL), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(PyObject_GetAttrString(keep(PyErr_NewExceptionWithDoc("m.Doc", "the doc", NULL, NULL)), "__doc__"), "'the doc'");
    PyObject *instance = call(type, "(i)", 1);
    CHECK_INT(PyObject_SetAttrString(instance, "x", Py_None), "0");
    CHECK_BORROWED(instance, "Error(1)");
}

TEST(types) {
#define IS(name) do { CHECK(PyExceptionClass_Check(PyExc_##name)); CHECK_STR_EQ(((PyTypeObject *)PyExc_##name)->tp_name, #name); } while (0)
    IS(BaseException); IS(Exception); IS(BaseExceptionGroup); IS(StopAsyncIteration); IS(StopIteration); IS(GeneratorExit); IS(ArithmeticError);
    IS(LookupError); IS(AssertionError); IS(AttributeError); IS(BufferError); IS(EOFError); IS(FloatingPointError); IS(OSError); IS(ImportError);
    IS(ModuleNotFoundError); IS(IndexError); IS(KeyError); IS(KeyboardInterrupt); IS(MemoryError); IS(NameError); IS(OverflowError);
    IS(RuntimeError); IS(RecursionError); IS(NotImplementedError); IS(SyntaxError); IS(IndentationError); IS(TabError); IS(ReferenceError);
    IS(SystemError); IS(SystemExit); IS(TypeError); IS(UnboundLocalError); IS(UnicodeError); IS(UnicodeEncodeError); IS(UnicodeDecodeError);
    IS(UnicodeTranslateError); IS(ValueError); IS(ZeroDivisionError); IS(BlockingIOError); IS(BrokenPipeError); IS(ChildProcessError);
    IS(ConnectionError); IS(ConnectionAbortedError); IS(ConnectionRefusedError); IS(ConnectionResetError); IS(FileExistsError);
    IS(FileNotFoundError); IS(InterruptedError); IS(IsADirectoryError); IS(NotADirectoryError); IS(PermissionError); IS(ProcessLookupError);
    IS(TimeoutError); IS(Warning); IS(UserWarning); IS(DeprecationWarning); IS(PendingDeprecationWarning); IS(SyntaxWarning); IS(RuntimeWarning);
    IS(FutureWarning); IS(ImportWarning); IS(UnicodeWarning); IS(BytesWarning); IS(ResourceWarning); IS(EncodingWarning); IS(PythonFinalizationError);
}

TEST(other) {
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_INT(Py_EnterRecursiveCall(" in a test"), "0");
    Py_LeaveRecursiveCall();
    PyObject *exc = call(PyExc_ValueError, "(s)", "x");
    CHECK_REPR(PyUnstable_Exc_PrepReraiseStar(exc, value("[O]", exc)), "!!ValueError: orig must be a raised exception");
    CHECK_INT(PyErr_ResourceWarning(NULL, 1, "quiet %d", 1), "0");
    CHECK_INT(PyErr_WarnEx(PyExc_DeprecationWarning, "quiet", 1), "0");
    CHECK_INT(PyErr_WarnFormat(PyExc_ImportWarning, 1, "quiet %d", 1), "0");
}
CHECK_MAIN()
