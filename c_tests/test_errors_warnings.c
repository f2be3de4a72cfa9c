/* The module warnings as C code uses it: filters, texts, and warnings that are caught. */
#include "check.h"

static PyObject *module;
static PyObject *call(const char *name, PyObject *args, PyObject *kwargs) { return PyObject_Call(attr(module, name), args, kwargs); }
static PyObject *first(void) { return PySequence_GetItem(attr(module, "filters"), 0); }

static void begin(void) {
    module = keep(PyImport_ImportModule("warnings"));
    Py_XDECREF(call("resetwarnings", value("()"), NULL));
}

TEST(filters) {
    begin();
    CHECK_BORROWED(attr(module, "filters"), "[]");
    CHECK_REPR(call("simplefilter", value("(s)", "odd"), NULL), "!!ValueError: invalid action: 'odd'");
    CHECK_REPR(call("simplefilter", value("(sOs)", "error", PyExc_UserWarning, "x"), NULL), "!!TypeError: lineno must be an int");
    CHECK_REPR(call("simplefilter", value("(sOi)", "error", PyExc_UserWarning, -1), NULL), "!!ValueError: lineno must be an int >= 0");
    CHECK_REPR(call("simplefilter", value("(s)", "error"), NULL), "None");
    CHECK_REPR(first(), "('error', None, <class 'Warning'>, None, 0)");
    CHECK_INT(PyErr_WarnEx(PyExc_UserWarning, "now an error", 1), "-1 !!UserWarning: now an error");
    CHECK_REPR(call("simplefilter", value("(sOi)", "ignore", PyExc_UserWarning, 5), NULL), "None");
    CHECK_REPR(call("simplefilter", value("(s)", "error"), NULL), "None");
    CHECK_BORROWED(attr(module, "filters"), "[('error', None, <class 'Warning'>, None, 0), ('ignore', None, <class 'UserWarning'>, None, 5)]");
    CHECK_REPR(call("simplefilter", value("(s)", "always"), value("{si}", "append", 1)), "None");
    CHECK_REPR(call("simplefilter", value("(s)", "error"), value("{si}", "append", 1)), "None");
    CHECK_BORROWED(attr(module, "filters"), "[('error', None, <class 'Warning'>, None, 0), ('ignore', None, <class 'UserWarning'>, None, 5), ('always', None, <class 'Warning'>, None, 0)]");
    CHECK_REPR(call("filterwarnings", value("(s)", "odd"), NULL), "!!ValueError: invalid action: 'odd'");
    CHECK_REPR(call("filterwarnings", value("(si)", "error", 3), NULL), "!!TypeError: message must be a string");
    CHECK_REPR(call("filterwarnings", value("(ssO)", "error", "", PyExc_ValueError), NULL), "!!TypeError: category must be a Warning subclass");
    CHECK_REPR(call("filterwarnings", value("(ssO)", "once", "", PyExc_FutureWarning), NULL), "None");
    CHECK_REPR(first(), "('once', None, <class 'FutureWarning'>, None, 0)");
    CHECK_REPR(call("resetwarnings", value("()"), NULL), "None");
    CHECK_BORROWED(attr(module, "filters"), "[]");
    CHECK(attr(keep(PyImport_ImportModule("_warnings")), "filters") == attr(module, "filters"));
}

TEST(texts) {
    begin();
    CHECK_REPR(call("formatwarning", value("(sOsi)", "text", PyExc_UserWarning, "<f>", 3), NULL), "'<f>:3: UserWarning: text\\n'");
    CHECK_REPR(call("formatwarning", value("(sOsis)", "text", PyExc_UserWarning, "<f>", 3, "  the line "), NULL), "'<f>:3: UserWarning: text\\n  the line\\n'");
    PyObject *message = keep(call("WarningMessage", value("(sOsi)", "text", PyExc_UserWarning, "<f>", 3), NULL));
    CHECK_REPR(PyObject_Str(message), "\"{message : 'text', category : 'UserWarning', filename : '<f>', lineno : 3, line : None}\"");
    CHECK_BORROWED(message, "<WarningMessage {message : 'text', category : 'UserWarning', filename : '<f>', lineno : 3, line : None}>");
    CHECK_REPR(PyObject_GetAttrString(message, "category"), "<class 'UserWarning'>");
    CHECK_REPR(PyObject_GetAttrString(message, "source"), "None");
}

TEST(caught) {
    begin();
    PyObject *context = keep(call("catch_warnings", value("()"), value("{sO}", "record", Py_True))), *log = NULL;
    CHECK_BORROWED(context, "catch_warnings(record=True)");
    CHECK_REPR(PyObject_CallMethod(context, "__exit__", "OOO", Py_None, Py_None, Py_None), "!!RuntimeError: Cannot exit catch_warnings(record=True) without entering first");
    log = keep(PyObject_CallMethod(context, "__enter__", NULL));
    CHECK_BORROWED(log, "[]");
    CHECK_REPR(call("simplefilter", value("(s)", "always"), NULL), "None");
    CHECK_INT(PyErr_WarnEx(PyExc_UserWarning, "one", 1), "0");
    CHECK_INT(PyErr_WarnExplicit(PyExc_FutureWarning, "two", "<f>", 7, "mod", NULL), "0");
    CHECK_INT(PyObject_Size(log), "2");
    PyObject *one = keep(PySequence_GetItem(log, 0)), *two = keep(PySequence_GetItem(log, 1));
    CHECK_REPR(PyObject_GetAttrString(one, "message"), "UserWarning('one')");
    CHECK_REPR(PyObject_GetAttrString(two, "message"), "FutureWarning('two')");
    CHECK_REPR(PyObject_GetAttrString(two, "filename"), "'<f>'");
    CHECK_REPR(PyObject_GetAttrString(two, "lineno"), "7");
    CHECK_REPR(PyObject_CallMethod(context, "__enter__", NULL), "!!RuntimeError: Cannot enter catch_warnings(record=True) twice");
    CHECK_REPR(PyObject_CallMethod(context, "__exit__", "OOO", Py_None, Py_None, Py_None), "None");
    CHECK_BORROWED(attr(module, "filters"), "[]");
    CHECK_REPR(PyObject_CallMethod(keep(call("catch_warnings", value("()"), NULL)), "__enter__", NULL), "None");
    CHECK_REPR(call("warn_explicit", value("(sOsi)", "quiet", PyExc_UserWarning, "<f>", 3), value("{s{}}", "registry")), "None");
    CHECK_REPR(call("warn", value("(sO)", "text", PyExc_ValueError), NULL), "!!TypeError: category must be a Warning subclass, not 'type'");
    CHECK_REPR(call("warn", value("()"), NULL), "!!TypeError: warn() missing required argument 'message' (pos 1)");
}
CHECK_MAIN()
