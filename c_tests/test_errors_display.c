/* How exceptions are shown: chains, groups, notes, syntax errors, tracebacks; hooks; warnings and their registries. */
#include "exceptions.h"
#include <fcntl.h>
#include <frameobject.h>

static PyObject *group(const char *text, PyObject *list) { return call(PyExc_BaseExceptionGroup, "(sO)", text, list); }
static PyCodeObject *code(const char *file, const char *name, int line) { return (PyCodeObject *)keep((PyObject *)PyCode_NewEmpty(file, name, line)); }
static PyFrameObject *frame(const char *file, const char *name, int line) {
    return (PyFrameObject *)keep((PyObject *)PyFrame_New(PyThreadState_Get(), code(file, name, line), value("{}"), NULL));
}
/* The exception with a traceback of so many links. */
static PyObject *passed(PyObject *exception, int links) {
    PyErr_SetRaisedException(Py_NewRef(exception));
    for (int i = links; i > 0; i--) PyTraceBack_Here(frame("<nowhere>", i % 2 ? "odd" : "even", i));
    return keep(PyErr_GetRaisedException());
}

TEST(groups) {
    PyObject *two = group("two", value("[OO]", call(PyExc_ValueError, "(i)", 1), call(PyExc_TypeError, "(s)", "t")));
    STDERR(PyErr_DisplayException(two), "  | ExceptionGroup: two (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: 1\n    +---------------- 2 ----------------\n    | TypeError: t\n    +------------------------------------\n");
    PyObject *nested = group("outer", value("[OOO]", call(PyExc_KeyError, "(s)", "k"), two, call(PyExc_OSError, "(is)", 2, "none")));
    STDERR(PyErr_DisplayException(nested), "  | ExceptionGroup: outer (3 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | KeyError: 'k'\n    +---------------- 2 ----------------\n    | ExceptionGroup: two (2 sub-exceptions)\n    +-+---------------- 1 ----------------\n      | ValueError: 1\n      +---------------- 2 ----------------\n      | TypeError: t\n      +------------------------------------\n    +---------------- 3 ----------------\n    | FileNotFoundError: [Errno 2] none\n    +------------------------------------\n");
    STDERR(PyErr_DisplayException(passed(nested, 2)), "  + Exception Group Traceback (most recent call last):\n  |   File \"<nowhere>\", line 1, in odd\n  |   File \"<nowhere>\", line 2, in even\n  | ExceptionGroup: outer (3 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | KeyError: 'k'\n    +---------------- 2 ----------------\n    | ExceptionGroup: two (2 sub-exceptions)\n    +-+---------------- 1 ----------------\n      | ValueError: 1\n      +---------------- 2 ----------------\n      | TypeError: t\n      +------------------------------------\n    +---------------- 3 ----------------\n    | FileNotFoundError: [Errno 2] none\n    +------------------------------------\n");
    PyObject *many = value("[]");
    for (int i = 0; i < 17; i++) PyList_Append(many, call(PyExc_ValueError, "(i)", i));
    STDERR(PyErr_DisplayException(group("many", many)), "  | ExceptionGroup: many (17 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: 0\n    +---------------- 2 ----------------\n    | ValueError: 1\n    +---------------- 3 ----------------\n    | ValueError: 2\n    +---------------- 4 ----------------\n    | ValueError: 3\n    +---------------- 5 ----------------\n    | ValueError: 4\n    +---------------- 6 ----------------\n    | ValueError: 5\n    +---------------- 7 ----------------\n    | ValueError: 6\n    +---------------- 8 ----------------\n    | ValueError: 7\n    +---------------- 9 ----------------\n    | ValueError: 8\n    +---------------- 10 ----------------\n    | ValueError: 9\n    +---------------- 11 ----------------\n    | ValueError: 10\n    +---------------- 12 ----------------\n    | ValueError: 11\n    +---------------- 13 ----------------\n    | ValueError: 12\n    +---------------- 14 ----------------\n    | ValueError: 13\n    +---------------- 15 ----------------\n    | ValueError: 14\n    +---------------- ... ----------------\n    | and 2 more exceptions\n    +------------------------------------\n");
    PyObject *deep = call(PyExc_ValueError, "(s)", "core");
    for (int i = 0; i < 13; i++) deep = group("level", value("[O]", deep));
    STDERR(PyErr_DisplayException(deep), "  | ExceptionGroup: level (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ExceptionGroup: level (1 sub-exception)\n    +-+---------------- 1 ----------------\n      | ExceptionGroup: level (1 sub-exception)\n      +-+---------------- 1 ----------------\n        | ExceptionGroup: level (1 sub-exception)\n        +-+---------------- 1 ----------------\n          | ExceptionGroup: level (1 sub-exception)\n          +-+---------------- 1 ----------------\n            | ExceptionGroup: level (1 sub-exception)\n            +-+---------------- 1 ----------------\n              | ExceptionGroup: level (1 sub-exception)\n              +-+---------------- 1 ----------------\n                | ExceptionGroup: level (1 sub-exception)\n                +-+---------------- 1 ----------------\n                  | ExceptionGroup: level (1 sub-exception)\n                  +-+---------------- 1 ----------------\n                    | ExceptionGroup: level (1 sub-exception)\n                    +-+---------------- 1 ----------------\n                      | ... (max_group_depth is 10)\n                      +------------------------------------\n");
    PyObject *caused = group("caused", value("[O]", call(PyExc_ValueError, "(s)", "inner\ntwo lines")));
    PyException_SetCause(caused, Py_NewRef(group("cause", value("[O]", call(PyExc_ValueError, "(s)", "why")))));
    Py_XDECREF(PyObject_CallMethod(caused, "add_note", "s", "noted"));
    STDERR(PyErr_DisplayException(caused), "  | ExceptionGroup: cause (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ValueError: why\n    +------------------------------------\n\nThe above exception was the direct cause of the following exception:\n\n  | ExceptionGroup: caused (1 sub-exception)\n  | noted\n  +-+---------------- 1 ----------------\n    | ValueError: inner\n    | two lines\n    +------------------------------------\n");
    PyObject *inner = call(PyExc_ValueError, "(s)", "inner");
    PyException_SetContext(inner, Py_NewRef(call(PyExc_KeyError, "(s)", "before")));
    STDERR(PyErr_DisplayException(group("with context inside", value("[O]", passed(inner, 1)))), "  | ExceptionGroup: with context inside (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | KeyError: 'before'\n    | \n    | During handling of the above exception, another exception occurred:\n    | \n    | Traceback (most recent call last):\n    |   File \"<nowhere>\", line 1, in odd\n    | ValueError: inner\n    +------------------------------------\n");
}

TEST(chains) {
    PyObject *a = call(PyExc_ValueError, "(s)", "a"), *b = call(PyExc_KeyError, "(s)", "b"), *c = call(PyExc_TypeError, "(s)", "c");
    PyException_SetContext(a, Py_NewRef(b));
    PyException_SetContext(b, Py_NewRef(c));
    STDERR(PyErr_DisplayException(a), "TypeError: c\n\nDuring handling of the above exception, another exception occurred:\n\nKeyError: 'b'\n\nDuring handling of the above exception, another exception occurred:\n\nValueError: a\n");
    PyException_SetContext(c, Py_NewRef(a));
    STDERR(PyErr_DisplayException(a), "TypeError: c\n\nDuring handling of the above exception, another exception occurred:\n\nKeyError: 'b'\n\nDuring handling of the above exception, another exception occurred:\n\nValueError: a\n");
    PyException_SetCause(a, Py_NewRef(c));
    STDERR(PyErr_DisplayException(a), "TypeError: c\n\nThe above exception was the direct cause of the following exception:\n\nValueError: a\n");
    PyException_SetCause(a, NULL);
    STDERR(PyErr_DisplayException(a), "ValueError: a\n");
    PyException_SetContext(c, NULL);
    PyException_SetContext(b, NULL);
    PyException_SetContext(a, NULL);
}

TEST(notes) {
    PyObject *e = call(PyExc_ValueError, "(s)", "e");
    PyObject_SetAttrString(e, "__notes__", value("i", 5));
    STDERR(PyErr_DisplayException(e), "ValueError: e\n5\n");
    PyObject_SetAttrString(e, "__notes__", value("(siO)", "text", 5, Py_None));
    STDERR(PyErr_DisplayException(e), "ValueError: e\ntext\n5\nNone\n");
    PyObject_SetAttrString(e, "__notes__", value("s", "a str"));
    STDERR(PyErr_DisplayException(e), "ValueError: e\n'a str'\n");
    PyObject_SetAttrString(e, "__notes__", Py_None);
    STDERR(PyErr_DisplayException(e), "ValueError: e\n");
    CHECK_REPR(PyObject_CallMethod(e, "add_note", "s", "more"), "!!TypeError: Cannot add note: __notes__ is not a list");
}

TEST(suggestions) {
    PyObject *list = value("[]");
    STDERR((PyObject_GetAttrString(list, "apend"), PyErr_Print()), "AttributeError: 'list' object has no attribute 'apend'. Did you mean: 'append'?\n");
    STDERR((PyObject_GetAttrString(list, "Append"), PyErr_Print()), "AttributeError: 'list' object has no attribute 'Append'. Did you mean: 'append'?\n");
    STDERR((PyObject_GetAttrString(list, "nothing_like_it"), PyErr_Print()), "AttributeError: 'list' object has no attribute 'nothing_like_it'\n");
    STDERR((PyObject_GetAttrString(list, "__lenn__"), PyErr_Print()), "AttributeError: 'list' object has no attribute '__lenn__'. Did you mean: '__len__'?\n");
    STDERR((PyObject_GetAttrString(list, "lenn"), PyErr_Print()), "AttributeError: 'list' object has no attribute 'lenn'\n");
    STDERR((PyObject_GetAttrString((PyObject *)&PyUnicode_Type, "uper"), PyErr_Print()), "AttributeError: type object 'str' has no attribute 'uper'. Did you mean: 'upper'?\n");
    STDERR((PyObject_SetAttrString(list, "insrt", Py_None), PyErr_Print()), "AttributeError: 'list' object has no attribute 'insrt' and no __dict__ for setting new attributes. Did you mean: 'insert'?\n");
    STDERR((PyErr_SetObject(PyExc_NameError, keep(PyObject_Call(PyExc_NameError, value("(s)", "no name"), value("{ss}", "name", "json")))), PyErr_Print()), "NameError: no name. Did you forget to import 'json'?\n");
    STDERR((PyErr_SetObject(PyExc_NameError, keep(PyObject_Call(PyExc_NameError, value("(s)", "no name"), value("{ss}", "name", "jsonn")))), PyErr_Print()), "NameError: no name\n");
    STDERR((PyErr_SetString(PyExc_AttributeError, "without a name"), PyErr_Print()), "AttributeError: without a name\n");
    STDERR((PyErr_SetObject(PyExc_ImportError, keep(PyObject_Call(PyExc_ImportError, value("(s)", "from"), value("{ssss}", "name", "sys", "name_from", "modles")))), PyErr_Print()), "ImportError: from. Did you mean: 'modules'?\n");
}

TEST(syntax) {
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s)", "only text")), "SyntaxError: only text\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(siis))", "here", "f.py", 3, 5, "    a = = b\n")), "  File \"f.py\", line 3\n    a = = b\n    ^^^^^^^\nSyntaxError: here\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(siisii))", "range", "f.py", 3, 7, "    a = = b\n", 3, 10)), "  File \"f.py\", line 3\n    a = = b\n      ^^^\nSyntaxError: range\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(siisii))", "lines", "f.py", 3, 7, "    a = = b\n", 4, 2)), "  File \"f.py\", line 3\n    a = = b\n      ^^^^^\nSyntaxError: lines\n");
    STDERR(PyErr_DisplayException(call(PyExc_IndentationError, "(s(siis))", "indent", "f.py", 3, 1, "\tx\n")), "  File \"f.py\", line 3\n    \011x\n    ^^\nIndentationError: indent\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(siiz))", "no text", "f.py", 3, 1, NULL)), "  File \"f.py\", line 3\nSyntaxError: no text\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(zOiz))", "no line", NULL, Py_None, 1, NULL)), "SyntaxError: no line\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "()")), "SyntaxError: <no detail available>\n");
    STDERR(PyErr_DisplayException(call(PyExc_SyntaxError, "(s(siis))", "far", "f.py", 3, 99, "short\n")), "  File \"f.py\", line 3\n    short\n         ^\nSyntaxError: far\n");
    PyErr_SetString(PyExc_SyntaxError, "located");
    PyErr_SyntaxLocationEx("<nowhere>", 7, 3);
    PyObject *e = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyObject_GetAttrString(e, "lineno"), "7");
    CHECK_REPR(PyObject_GetAttrString(e, "offset"), "3");
    CHECK_REPR(PyObject_GetAttrString(e, "end_lineno"), "7");
    CHECK_REPR(PyObject_GetAttrString(e, "end_offset"), "None");
    CHECK_REPR(PyObject_GetAttrString(e, "filename"), "'<nowhere>'");
    CHECK_REPR(PyObject_GetAttrString(e, "text"), "None");
    CHECK_REPR(PyObject_Str(e), "'located (<nowhere>, line 7)'");
    PyErr_SetString(PyExc_ValueError, "other");
    PyErr_SyntaxLocation("<nowhere>", 7);
    e = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyObject_GetAttrString(e, "msg"), "'other'");
    CHECK_REPR(PyObject_GetAttrString(e, "print_file_and_line"), "None");
    CHECK_REPR(PyObject_GetAttrString(e, "offset"), "None");
}

TEST(source) {
    char path[] = "/tmp/check_source_XXXXXX.py";
    int fd = mkstemps(path, 3);
    const char text[] = "first\n   second  \nthird";
    CHECK(write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
    close(fd);
    CHECK_REPR(PyErr_ProgramText(path, 2), "'   second  \\n'");
    CHECK_REPR(PyErr_ProgramText(path, 3), "'third'");
    CHECK_REPR(PyErr_ProgramText(path, 4), "NULL");
    CHECK_REPR(PyErr_ProgramText(path, 0), "NULL");
    CHECK_REPR(PyErr_ProgramText("/nowhere/at.all", 1), "NULL");
    CHECK_REPR(PyErr_ProgramTextObject(value("s", path), 1), "'first\\n'");
    PyErr_SetString(PyExc_ValueError, "x");
    PyTraceBack_Here(frame(path, "function", 2));
    PyObject *e = keep(PyErr_GetRaisedException());
    begin();
    PyErr_DisplayException(e);
    const char *shown = strstr(end(), ", line");
    CHECK_STR_EQ(shown ? shown : "", ", line 2, in function\n    second\nValueError: x\n");
    begin();
    CHECK(PyErr_WarnExplicit(PyExc_UserWarning, "w", path, 2, "mod", NULL) == 0);
    shown = strstr(end(), ":2:");
    CHECK_STR_EQ(shown ? shown : "", ":2: UserWarning: w\n  second\n");
    unlink(path);
}

TEST(tracebacks) {
    STDERR(PyErr_DisplayException(passed(call(PyExc_ValueError, "(i)", 1), 3)), "Traceback (most recent call last):\n  File \"<nowhere>\", line 1, in odd\n  File \"<nowhere>\", line 2, in even\n  File \"<nowhere>\", line 3, in odd\nValueError: 1\n");
    PyErr_SetString(PyExc_ValueError, "again and again");
    for (int i = 0; i < 7; i++) PyTraceBack_Here(frame("<nowhere>", "same", 5));
    PyTraceBack_Here(frame("<nowhere>", "other", 6));
    PyObject *e = keep(PyErr_GetRaisedException()), *tb = keep(PyException_GetTraceback(e));
    STDERR(PyErr_DisplayException(e), "Traceback (most recent call last):\n  File \"<nowhere>\", line 6, in other\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  [Previous line repeated 4 more times]\nValueError: again and again\n");
    STDERR(CHECK_INT(PyTraceBack_Print(tb, PySys_GetObject("stderr")), "0"), "Traceback (most recent call last):\n  File \"<nowhere>\", line 6, in other\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  [Previous line repeated 4 more times]\n");
    PySys_SetObject("tracebacklimit", value("i", 2));
    STDERR(CHECK_INT(PyTraceBack_Print(tb, PySys_GetObject("stderr")), "0"), "Traceback (most recent call last):\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n");
    PySys_SetObject("tracebacklimit", value("i", 0));
    STDERR(CHECK_INT(PyTraceBack_Print(tb, PySys_GetObject("stderr")), "0"), "");
    PySys_SetObject("tracebacklimit", NULL);
    CHECK_INT(PyTraceBack_Print(NULL, Py_None), "0");
    STDERR((PyErr_SetRaisedException(Py_NewRef(e)), PyErr_WriteUnraisable(Py_None)), "Traceback (most recent call last):\n  File \"<nowhere>\", line 6, in other\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  File \"<nowhere>\", line 5, in same\n  [Previous line repeated 4 more times]\nValueError: again and again\n");
}

static PyObject *hook_result;
static PyObject *hook(PyObject *self, PyObject *args) {
    (void)self;
    Py_XSETREF(hook_result, PyObject_Repr(args));
    return Py_NewRef(Py_None);
}
static PyObject *bad_hook(PyObject *self, PyObject *args) {
    (void)self; (void)args;
    PyErr_SetString(PyExc_KeyError, "hook");
    return NULL;
}
static PyMethodDef hooks[] = {{"hook", hook, METH_VARARGS, NULL}, {"bad_hook", bad_hook, METH_VARARGS, NULL}};

TEST(hooks) {
    PyObject *before = Py_NewRef(PySys_GetObject("excepthook"));
    PySys_SetObject("excepthook", keep(PyCFunction_New(&hooks[0], NULL)));
    STDERR((PyErr_SetString(PyExc_ValueError, "x"), PyErr_Print()), "");
    CHECK_BORROWED(hook_result, "\"(<class 'ValueError'>, ValueError('x'), None)\"");
    CHECK_BORROWED(PySys_GetObject("last_exc"), "ValueError('x')");
    CHECK_BORROWED(PySys_GetObject("last_type"), "<class 'ValueError'>");
    CHECK_BORROWED(PySys_GetObject("last_traceback"), "None");
    PySys_SetObject("excepthook", keep(PyCFunction_New(&hooks[1], NULL)));
    STDERR((PyErr_SetString(PyExc_ValueError, "x"), PyErr_Print()), "Error in sys.excepthook:\nKeyError: 'hook'\n\nOriginal exception was:\nValueError: x\n");
    PySys_SetObject("excepthook", NULL);
    STDERR((PyErr_SetString(PyExc_ValueError, "x"), PyErr_Print()), "sys.excepthook is missing\nValueError: x\n");
    PySys_SetObject("excepthook", before);
    Py_DECREF(before);
    before = Py_NewRef(PySys_GetObject("unraisablehook"));
    PySys_SetObject("unraisablehook", keep(PyCFunction_New(&hooks[1], NULL)));
    STDERR((PyErr_SetString(PyExc_ValueError, "x"), PyErr_WriteUnraisable(Py_None)), "Exception ignored in sys.unraisablehook: <built-in function bad_hook>\nKeyError: 'hook'\n");
    PySys_SetObject("unraisablehook", Py_None);
    STDERR((PyErr_SetString(PyExc_ValueError, "x"), PyErr_WriteUnraisable(Py_None)), "ValueError: x\n");
    PySys_SetObject("unraisablehook", before);
    Py_DECREF(before);
    PyObject *err = Py_NewRef(PySys_GetObject("stderr"));
    PySys_SetObject("stderr", Py_None);
    PyErr_SetString(PyExc_ValueError, "x");
    PyErr_Print();
    PyErr_SetString(PyExc_ValueError, "x");
    PyErr_WriteUnraisable(Py_None);
    PySys_SetObject("stderr", err);
    Py_DECREF(err);
    Py_CLEAR(hook_result);
    PyErr_Print();
    CHECK_NO_ERROR();
    STDERR(PyErr_Display(NULL, value("i", 5), NULL), "TypeError: print_exception(): Exception expected for value, int found\n");
}

static int heard_except, heard_unraisable, refuse;
static int listen(const char *event, PyObject *args, void *data) {
    (void)data;
    if (!strcmp(event, "sys.excepthook")) heard_except += (int)PyTuple_GET_SIZE(args);
    else if (!strcmp(event, "sys.unraisablehook")) heard_unraisable += (int)PyTuple_GET_SIZE(args);
    else return 0;
    if (refuse == 1) PyErr_SetString(PyExc_RuntimeError, "refused");
    if (refuse == 2) PyErr_SetString(PyExc_ValueError, "refused");
    return refuse ? -1 : 0;
}

TEST(audit) {
    CHECK_INT(PySys_AddAuditHook(listen, NULL), "0");
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_Print()), "KeyError: 'x'\n");
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_WriteUnraisable(Py_None)), "KeyError: 'x'\n");
    CHECK_INT(heard_except, "4");
    CHECK_INT(heard_unraisable, "2");
    refuse = 1;
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_Print()), "");
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_WriteUnraisable(value("i", 5))), "Exception ignored in audit hook:\nRuntimeError: refused\n");
    refuse = 2;
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_Print()), "Exception ignored in audit hook:\nValueError: refused\nKeyError: 'x'\n");
    STDERR((PyErr_SetString(PyExc_KeyError, "x"), PyErr_WriteUnraisable(value("i", 5))), "Exception ignored in audit hook:\nValueError: refused\n");
    refuse = 0;
    CHECK_INT(heard_except, "12");
    CHECK_INT(heard_unraisable, "8");
}

TEST(warnings) {
    PyObject *registry = value("{}");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 3, "mod", registry), "0"), "<f>:3: UserWarning: text\n");
    CHECK_BORROWED(registry, "{'version': 0, ('text', <class 'UserWarning'>, 3): True}");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 3, "mod", registry), "0"), "");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 4, "mod", registry), "0"), "<f>:4: UserWarning: text\n");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_DeprecationWarning, "text", "<f>", 3, "mod", registry), "0"), "");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_DeprecationWarning, "text", "<f>", 3, "__main__", registry), "0"), "<f>:3: DeprecationWarning: text\n");
    STDERR(CHECK_INT(PyErr_WarnExplicit(NULL, "text", "<f>", 3, NULL, NULL), "0"), "<f>:3: RuntimeWarning: text\n");
    STDERR(CHECK_INT(PyErr_WarnExplicitFormat(PyExc_UserWarning, "<f>", 5, "mod", registry, "%d%s", 5, "x"), "0"), "<f>:5: UserWarning: 5x\n");
    STDERR(CHECK_INT(PyErr_WarnExplicitObject(PyExc_UserWarning, call(PyExc_FutureWarning, "(s)", "an instance"), value("s", "<f>"), 5, NULL, NULL), "0"), "<f>:5: FutureWarning: an instance\n");
    CHECK_INT(PyErr_WarnEx(Py_None, "text", 1), "-1 !!TypeError: 'NoneType' object is not callable");
    CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 3, "mod", value("[]")), "-1 !!TypeError: 'registry' must be a dict or None");
    PyObject *warnings = keep(PyImport_ImportModule("_warnings")), *filters = attr(warnings, "filters");
    CHECK_BORROWED(filters, "[('default', None, <class 'DeprecationWarning'>, '__main__', 0), ('ignore', None, <class 'DeprecationWarning'>, None, 0), ('ignore', None, <class 'PendingDeprecationWarning'>, None, 0), ('ignore', None, <class 'ImportWarning'>, None, 0), ('ignore', None, <class 'ResourceWarning'>, None, 0)]");
    PyList_Insert(filters, 0, value("(sOOOi)", "error", Py_None, PyExc_UserWarning, Py_None, 0));
    CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "now", "<f>", 3, "mod", NULL), "-1 !!UserWarning: now");
    PyList_SetItem(filters, 0, Py_NewRef(value("(sOOOi)", "odd", Py_None, PyExc_UserWarning, Py_None, 0)));
    CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "now", "<f>", 3, "mod", NULL), "-1 !!RuntimeError: Unrecognized action ('odd') in warnings.filters:\n ('odd', None, <class 'UserWarning'>, None, 0)");
    PyList_SetItem(filters, 0, Py_NewRef(value("(sO)", "odd", Py_None)));
    CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "now", "<f>", 3, "mod", NULL), "-1 !!ValueError: warnings.filters item 0 isn't a 5-tuple");
    PyList_SetItem(filters, 0, Py_NewRef(value("(iOOOi)", 5, Py_None, PyExc_UserWarning, Py_None, 0)));
    CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "now", "<f>", 3, "mod", NULL), "-1 !!TypeError: action must be a string, not 'int'");
    PyList_SetItem(filters, 0, Py_NewRef(value("(sOOOi)", "always", Py_None, PyExc_UserWarning, Py_None, 0)));
    STDERR((PyErr_WarnExplicit(PyExc_UserWarning, "always", "<f>", 3, "mod", registry), PyErr_WarnExplicit(PyExc_UserWarning, "always", "<f>", 3, "mod", registry)), "<f>:3: UserWarning: always\n<f>:3: UserWarning: always\n");
    PyList_SetItem(filters, 0, Py_NewRef(value("(sOOOi)", "once", Py_None, PyExc_UserWarning, Py_None, 0)));
    STDERR((PyErr_WarnExplicit(PyExc_UserWarning, "once", "<f>", 3, "mod", registry), PyErr_WarnExplicit(PyExc_UserWarning, "once", "<f>", 4, "mod", registry)), "<f>:3: UserWarning: once\n");
    STDERR((PyErr_WarnExplicit(PyExc_UserWarning, "once more", "<f>", 3, "mod", NULL), PyErr_WarnExplicit(PyExc_UserWarning, "once more", "<f>", 4, "mod", NULL)), "<f>:3: UserWarning: once more\n");
    PyList_SetItem(filters, 0, Py_NewRef(value("(sOOOi)", "module", Py_None, PyExc_UserWarning, Py_None, 0)));
    STDERR((PyErr_WarnExplicit(PyExc_UserWarning, "module", "<f>", 3, "mod", registry), PyErr_WarnExplicit(PyExc_UserWarning, "module", "<f>", 4, "mod", registry)), "<f>:3: UserWarning: module\n");
    PyList_SetItem(filters, 0, Py_NewRef(value("(ssOsi)", "ignore", "text", PyExc_UserWarning, "mod", 9)));
    STDERR((PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 9, "mod", NULL), PyErr_WarnExplicit(PyExc_UserWarning, "text", "<f>", 8, "mod", NULL)), "<f>:8: UserWarning: text\n");
    PySequence_DelItem(filters, 0);
}
CHECK_MAIN()
