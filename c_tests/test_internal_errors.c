/* Raising through the functions that CPython keeps for itself: with a thread state, with notes, from the locale; places in
 * C source added to a traceback, lines of source files, and the cost of a misspelling. */
#include "check.h"

extern void _PyErr_Clear(PyThreadState *), _PyErr_SetString(PyThreadState *, PyObject *, const char *);
extern int _PyErr_ExceptionMatches(PyThreadState *, PyObject *);
extern PyObject *_PyErr_Format(PyThreadState *, PyObject *, const char *, ...), *_PyErr_FormatV(PyThreadState *, PyObject *, const char *, va_list);
extern void _PyErr_FormatNote(const char *, ...), _PyErr_SetLocaleString(PyObject *, const char *);
extern PyObject *_PyErr_GetRaisedException(PyThreadState *), *_PyErr_ProgramDecodedTextObject(PyObject *, int, const char *);
extern void _PyErr_SetRaisedException(PyThreadState *, PyObject *), _PyTraceback_Add(const char *, const char *, int);
extern Py_ssize_t _Py_UTF8_Edit_Cost(PyObject *, PyObject *, Py_ssize_t);
extern PyTypeObject _PyExc_IncompleteInputError;
extern PyObject *PyExc_InterpreterError, *PyExc_InterpreterNotFoundError;

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }
/* The text of the exception that is set, which is cleared; for functions that return nothing. */
static char said[1024];
static const char *raised(void) { return check_taken(said, sizeof said); }

TEST(indicator) {
    PyThreadState *mine = PyThreadState_Get();
    CHECK_INT(_PyErr_ExceptionMatches(mine, PyExc_ValueError), "0");
    CHECK_REPR(_PyErr_GetRaisedException(mine), "NULL");
    _PyErr_SetString(mine, PyExc_ValueError, "text");
    CHECK(_PyErr_ExceptionMatches(mine, PyExc_ValueError) == 1);
    CHECK(_PyErr_ExceptionMatches(mine, PyExc_Exception) == 1);
    CHECK(_PyErr_ExceptionMatches(mine, PyExc_KeyError) == 0);
    CHECK(_PyErr_ExceptionMatches(mine, value("(OO)", PyExc_KeyError, PyExc_ValueError)) == 1);
    CHECK(_PyErr_ExceptionMatches(mine, value("(OO)", PyExc_KeyError, PyExc_OSError)) == 0);
    CHECK(_PyErr_ExceptionMatches(mine, value("()")) == 0);
    CHECK(_PyErr_ExceptionMatches(mine, Py_None) == 0);
    PyObject *exception = _PyErr_GetRaisedException(mine);
    CHECK(!PyErr_Occurred());
    CHECK_BORROWED(exception, "ValueError('text')");
    _PyErr_SetRaisedException(mine, exception);
    CHECK_STR_EQ(raised(), "!!ValueError: text");
    _PyErr_SetString(mine, PyExc_ValueError, "text");
    _PyErr_SetRaisedException(mine, NULL);
    CHECK(!PyErr_Occurred());
    _PyErr_SetString(mine, PyExc_ValueError, "text");
    _PyErr_Clear(mine);
    CHECK(!PyErr_Occurred());
    _PyErr_Clear(mine);
    CHECK(!PyErr_Occurred());
}

TEST(texts) {
    PyThreadState *mine = PyThreadState_Get();
    _PyErr_SetString(mine, PyExc_KeyError, "gr\xc3\xbc\xc3\x9f");
    CHECK_STR_EQ(raised(), "!!KeyError: 'grüß'");
    _PyErr_SetString(mine, PyExc_ValueError, "");
    CHECK_STR_EQ(raised(), "!!ValueError");
    _PyErr_SetString(mine, PyExc_ValueError, "no \xff UTF-8");
    CHECK_STR_EQ(raised(), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 3: invalid start byte");
    _PyErr_SetString(mine, Py_None, "text");
    CHECK_STR_EQ(raised(), "!!SystemError: _PyErr_SetObject: exception None is not a BaseException subclass");
    _PyErr_SetString(mine, (PyObject *)&PyLong_Type, "text");
    CHECK_STR_EQ(raised(), "!!SystemError: _PyErr_SetObject: exception <class 'int'> is not a BaseException subclass");
    _PyErr_SetString(mine, str("an instance"), "text");
    CHECK_STR_EQ(raised(), "!!SystemError: _PyErr_SetObject: exception 'an instance' is not a BaseException subclass");
    /* UnicodeEncodeError takes five arguments. */
    _PyErr_SetString(mine, PyExc_UnicodeEncodeError, "text");
    CHECK_STR_EQ(raised(), "!!TypeError: function takes exactly 5 arguments (1 given)");
    _PyErr_SetLocaleString(PyExc_OSError, "text");
    CHECK_STR_EQ(raised(), "!!OSError: text");
    _PyErr_SetLocaleString(PyExc_OSError, "");
    CHECK_STR_EQ(raised(), "!!OSError");
    _PyErr_SetLocaleString(Py_None, "text");
    CHECK_STR_EQ(raised(), "!!SystemError: _PyErr_SetObject: exception None is not a BaseException subclass");
    _PyErr_SetLocaleString(PyExc_KeyError, "no \xff UTF-8");
    PyObject *exception = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyObject_Repr(exception), "\"KeyError('no \\\\udcff UTF-8')\"");
}

static PyObject *format_v(PyObject *exception, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *result = _PyErr_FormatV(PyThreadState_Get(), exception, format, arguments);
    va_end(arguments);
    return result;
}
TEST(formats) {
    PyThreadState *mine = PyThreadState_Get();
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "plain"), "!!ValueError: plain");
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "%s %d %R %zd %c", "a", 7, Py_None, (Py_ssize_t)-3, 'x'), "!!ValueError: a 7 None -3 x");
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "%T and %N", Py_None, PyExc_KeyError), "!!ValueError: NoneType and KeyError");
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "bad %y"), "!!SystemError: invalid format string: %y");
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "100%"), "!!SystemError: invalid format string: %");
    CHECK_REPR(_PyErr_Format(mine, PyExc_ValueError, "\xff"), "!!ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xff");
    CHECK_REPR(_PyErr_Format(mine, Py_None, "%d", 5), "!!SystemError: _PyErr_SetObject: exception None is not a BaseException subclass");
    CHECK_REPR(_PyErr_Format(mine, str("x"), "%d", 5), "!!SystemError: _PyErr_SetObject: exception 'x' is not a BaseException subclass");
    CHECK_REPR(format_v(PyExc_TypeError, "%.2s of %U", "abc", str("def")), "!!TypeError: ab of def");
    CHECK_REPR(format_v(PyExc_TypeError, "bad %y"), "!!SystemError: invalid format string: %y");
    CHECK_REPR(format_v((PyObject *)&PyLong_Type, "text"), "!!SystemError: _PyErr_SetObject: exception <class 'int'> is not a BaseException subclass");
    /* What was set before is gone, not the context. */
    _PyErr_SetString(mine, PyExc_KeyError, "first");
    _PyErr_Format(mine, PyExc_ValueError, "second");
    PyObject *exception = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyException_GetContext(exception), "NULL");
    /* What is being handled is the context. */
    PyErr_SetHandledException(keep(PyObject_CallFunction(PyExc_OSError, "s", "handled")));
    _PyErr_Format(mine, PyExc_ValueError, "while handling");
    exception = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyException_GetContext(exception), "OSError('handled')");
    PyErr_SetHandledException(NULL);
}

TEST(notes) {
    _PyErr_SetString(PyThreadState_Get(), PyExc_ValueError, "text");
    _PyErr_FormatNote("plain");
    _PyErr_FormatNote("%s %d %R", "formatted", 7, Py_None);
    PyObject *exception = PyErr_GetRaisedException();
    CHECK_REPR(PyObject_GetAttrString(exception, "__notes__"), "['plain', 'formatted 7 None']");
    PyErr_SetRaisedException(exception);
    /* A format that fails is raised itself, with the exception as its context. */
    _PyErr_FormatNote("bad %y");
    exception = PyErr_GetRaisedException();
    CHECK_BORROWED(exception, "SystemError('invalid format string: %y')");
    PyObject *context = PyException_GetContext(exception);
    CHECK_BORROWED(context, "ValueError('text')");
    CHECK_REPR(PyObject_GetAttrString(context, "__notes__"), "['plain', 'formatted 7 None']");
    Py_DECREF(exception);
    /* Notes that are no list. */
    PyObject_SetAttrString(context, "__notes__", Py_None);
    PyErr_SetRaisedException(context);
    _PyErr_FormatNote("one more");
    exception = PyErr_GetRaisedException();
    CHECK_BORROWED(exception, "TypeError('Cannot add note: __notes__ is not a list')");
    CHECK_REPR(PyException_GetContext(exception), "ValueError('text')");
    Py_DECREF(exception);
}

/* The places of a traceback: "FILE:LINE FUNCTION", innermost last. */
static const char *places(PyObject *exception) {
    PyObject *at = PyException_GetTraceback(exception);
    said[0] = 0;
    while (at && at != Py_None) {
        PyObject *line = PyObject_GetAttrString(at, "tb_lineno"), *frame = PyObject_GetAttrString(at, "tb_frame"), *code = PyObject_GetAttrString(frame, "f_code");
        PyObject *name = PyObject_GetAttrString(code, "co_name"), *file = PyObject_GetAttrString(code, "co_filename"), *next = PyObject_GetAttrString(at, "tb_next");
        size_t used = strlen(said);
        snprintf(said + used, sizeof said - used, "%s%s:%ld %s", used ? ", " : "", PyUnicode_AsUTF8(file), PyLong_AsLong(line), PyUnicode_AsUTF8(name));
        Py_DECREF(line); Py_DECREF(frame); Py_DECREF(code); Py_DECREF(name); Py_DECREF(file); Py_DECREF(at);
        at = next;
    }
    Py_XDECREF(at);
    return said;
}
TEST(traceback) {
    PyErr_SetString(PyExc_ValueError, "text");
    _PyTraceback_Add("inner", "m.c", 7);
    _PyTraceback_Add("outer", "dir/n.c", 12345);
    PyObject *exception = keep(PyErr_GetRaisedException());
    CHECK_BORROWED(exception, "ValueError('text')");
    CHECK_STR_EQ(places(exception), "dir/n.c:12345 outer, m.c:7 inner");
    PyErr_SetString(PyExc_ValueError, "text");
    _PyTraceback_Add("", "", 0);
    _PyTraceback_Add("gr\xc3\xbc\xc3\x9f", "\xc3\xa9.c", 1);
    exception = keep(PyErr_GetRaisedException());
    CHECK_STR_EQ(places(exception), "é.c:1 grüß, :0 ");
    /* Names that are no UTF-8. */
    PyErr_SetString(PyExc_ValueError, "text");
    _PyTraceback_Add("\xff", "m.c", 1);
    exception = keep(PyErr_GetRaisedException());
    CHECK_BORROWED(exception, "UnicodeDecodeError('utf-8', b'\\xff', 0, 1, 'invalid start byte')");
    CHECK_REPR(PyException_GetContext(exception), "ValueError('text')");
    CHECK_STR_EQ(places(exception), "");
    PyErr_SetString(PyExc_ValueError, "text");
    _PyTraceback_Add("inner", "\xff.c", 1);
    exception = keep(PyErr_GetRaisedException());
    CHECK_BORROWED(exception, "ValueError('text')");
    PyObject *link = keep(PyException_GetTraceback(exception));
    CHECK_REPR(PyObject_GetAttrString(attr(attr(link, "tb_frame"), "f_code"), "co_filename"), "'\\udcff.c'");
}

static char path[64];
static PyObject *source(const char *text, size_t size) {
    int fd = mkstemp(strcpy(path, "/tmp/source_XXXXXX"));
    if (fd < 0 || write(fd, text, size) != (ssize_t)size) abort();
    close(fd);
    return str(path);
}
TEST(program_text) {
    static const char text[] = "first\n  second \xc3\xa9\nthird \xe9 latin\n\nlast";
    PyObject *file = source(text, sizeof text - 1);
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, NULL), "'first\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, "utf-8"), "'first\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 2, NULL), "'  second é\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 2, "latin-1"), "'  second Ã©\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, NULL), "'third � latin\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, "utf-8"), "'third � latin\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, "latin-1"), "'third é latin\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, "ascii"), "'third � latin\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, "no such"), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 4, NULL), "'\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 5, "utf-8"), "'last'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 6, "utf-8"), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 0, NULL), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, -1, NULL), "NULL");
    unlink(path);
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, NULL), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(NULL, 1, NULL), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(str("/tmp"), 1, NULL), "NULL");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(value("i", 5), 1, NULL), "NULL");
    file = source("\xef\xbb\xbfmark\nnext\n", 14 - 1);
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, NULL), "'mark\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, "utf-8"), "'mark\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 2, NULL), "'next\\n'");
    unlink(path);
    file = source("one\r\ntwo\rthree\0more\nfour", 24);
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 1, NULL), "'one\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 2, NULL), "'two\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 3, NULL), "'three\\x00more\\n'");
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 4, NULL), "'four'");
    unlink(path);
    /* A line longer than what is read at once. */
    static char lines[2600];
    memset(lines, 'x', sizeof lines);
    lines[2500] = '\n';
    memcpy(lines + 2501, "after\n", 6);
    file = source(lines, 2507);
    PyObject *line = _PyErr_ProgramDecodedTextObject(file, 1, NULL);
    CHECK_INT(line ? PyUnicode_GetLength(line) : -1, "999");
    Py_XDECREF(line);
    CHECK_REPR(_PyErr_ProgramDecodedTextObject(file, 2, NULL), "'after\\n'");
    unlink(path);
}

TEST(edit_cost) {
    CHECK_INT(_Py_UTF8_Edit_Cost(str(""), str(""), -1), "0");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("name"), str("name"), -1), "0");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("name"), str("Name"), -1), "1");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("name"), str("nam"), -1), "2");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("name"), str("names"), -1), "2");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("kitten"), str("sitting"), -1), "6");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("abc"), str("xyz"), -1), "6");
    CHECK_INT(_Py_UTF8_Edit_Cost(str(""), str("xyz"), -1), "6");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("gr\xc3\xbc\xc3\x9f"), str("gruss"), -1), "8");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("kitten"), str("sitting"), 3), "4");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("kitten"), str("sitting"), 6), "6");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("kitten"), str("sitting"), 5), "6");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("abc"), str("xyz"), 0), "1");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("abc"), str("abc"), 0), "0");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("a name that is longer than forty characters"), str("another name that is longer than forty of them"), -1), "93");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("a name that is longer than forty characters"), str("another name that is longer than forty of them"), 20), "21");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("a name that is longer than forty characters"), str("a name that is longer than forty characterx"), 20), "2");
    CHECK_INT(_Py_UTF8_Edit_Cost(value("y", "abc"), str("abc"), -1), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(_Py_UTF8_Edit_Cost(str("abc"), Py_None, -1), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(_Py_UTF8_Edit_Cost(keep(PyUnicode_FromOrdinal(0xd800)), str("abc"), -1), "-1 !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
}

TEST(classes) {
    CHECK_BORROWED(PyExc_InterpreterError, "<class 'concurrent.interpreters.InterpreterError'>");
    CHECK_BORROWED(((PyTypeObject *)PyExc_InterpreterError)->tp_base, "<class 'Exception'>");
    CHECK_BORROWED(PyExc_InterpreterNotFoundError, "<class 'concurrent.interpreters.InterpreterNotFoundError'>");
    CHECK_BORROWED(((PyTypeObject *)PyExc_InterpreterNotFoundError)->tp_base, "<class 'concurrent.interpreters.InterpreterError'>");
    CHECK_BORROWED(&_PyExc_IncompleteInputError, "<class '_IncompleteInputError'>");
    CHECK_BORROWED(_PyExc_IncompleteInputError.tp_base, "<class 'SyntaxError'>");
    CHECK_REPR(PyObject_CallFunction(PyExc_InterpreterError, "s", "text"), "InterpreterError('text')");
    CHECK_REPR(PyObject_CallFunction(PyExc_InterpreterNotFoundError, "si", "text", 1), "InterpreterNotFoundError('text', 1)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&_PyExc_IncompleteInputError, "s(siis)", "text", "f.py", 1, 2, "line"), "_IncompleteInputError('text', ('f.py', 1, 2, 'line'))");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&_PyExc_IncompleteInputError, "s(s)", "text", "f.py"), "!!TypeError: function takes at least 4 arguments (1 given)");
}
CHECK_MAIN()
