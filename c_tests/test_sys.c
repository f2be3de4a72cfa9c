/* sys from C, audit hooks, warnings, output, signals, version and recursion. */
#include "check.h"
#include <frameobject.h>

/* internal, but exported */
extern int _PySys_GetOptionalAttr(PyObject *, PyObject **), _PySys_GetOptionalAttrString(const char *, PyObject **);
extern PyObject *_PySys_GetRequiredAttr(PyObject *), *_PySys_GetRequiredAttrString(const char *);
extern size_t _PySys_GetSizeOf(PyObject *);

TEST(objects) {
    PyObject *sys = keep(PyImport_ImportModule("sys")), *got = NULL;
    CHECK(PySys_GetObject("modules") == PyImport_GetModuleDict());
    CHECK(PySys_GetObject("not there") == NULL);
    CHECK_INT(PySys_SetObject("own", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(sys, "own"), "5");
    CHECK_INT(PySys_SetObject("own", NULL), "0");
    CHECK(PySys_GetObject("own") == NULL);
    CHECK_REPR(PyObject_GetAttrString(sys, "maxsize"), "9223372036854775807");
    CHECK_REPR(PyObject_GetAttrString(sys, "byteorder"), "'little'");
    CHECK_REPR(PyObject_GetAttrString(sys, "maxunicode"), "1114111");
    CHECK_REPR(PyObject_GetAttrString(sys, "platform"), "'linux'");
    CHECK_REPR(PySequence_GetSlice(attr(sys, "version_info"), 0, 2), "(3, 14)");
    CHECK_REPR(PyObject_GetAttrString(attr(sys, "implementation"), "cache_tag"), "'cpython-314'");
    CHECK_REPR(PyObject_CallMethod(sys, "getrecursionlimit", NULL), "1000");
    CHECK_REPR(PyObject_CallMethod(sys, "setrecursionlimit", "i", 0), "!!ValueError: recursion limit must be greater or equal than 1");
    CHECK_REPR(PyObject_CallMethod(sys, "getswitchinterval", NULL), "0.005");
    CHECK_REPR(PyObject_CallMethod(sys, "getdefaultencoding", NULL), "'utf-8'");
    CHECK_REPR(PyObject_CallMethod(sys, "intern", "s", "x"), "'x'");
    CHECK_REPR(PyObject_CallMethod(sys, "intern", "i", 1), "!!TypeError: intern() argument must be str, not int");
    CHECK_REPR(PyObject_CallMethod(sys, "exc_info", NULL), "(None, None, None)");
    CHECK_REPR(PyObject_CallMethod(sys, "exit", "i", 3), "!!SystemExit: 3");
    CHECK_REPR(PyObject_CallMethod(sys, "getrefcount", NULL), "!!TypeError: sys.getrefcount() takes exactly one argument (0 given)");
    CHECK_REPR(PyObject_CallMethod(sys, "is_finalizing", NULL), "False");
    CHECK_REPR(PyObject_CallMethod(sys, "get_int_max_str_digits", NULL), "4300");
    CHECK_REPR(PyObject_GetAttrString(sys, "hash_info"), "sys.hash_info(width=64, modulus=2305843009213693951, inf=314159, nan=0, imag=1000003, algorithm='siphash13', hash_bits=64, seed_bits=128, cutoff=0)");
    CHECK_INT(Py_GetRecursionLimit(), "1000");
    CHECK_BORROWED(got, "NULL");
    CHECK_REPR(PyEval_GetBuiltins() == keep(PyObject_GetAttrString(keep(PyImport_ImportModule("builtins")), "__dict__")) ? PyUnicode_FromString("same") : NULL, "'same'");
    CHECK(PyEval_GetFrame() == NULL && PyEval_GetGlobals() == NULL);
    CHECK_BORROWED(PyEval_GetLocals(), "!!SystemError: frame does not exist");
    CHECK_STR_EQ(PyEval_GetFuncName(builtin("len")), "len");
    CHECK_STR_EQ(PyEval_GetFuncDesc(builtin("len")), "()");
    PyObject *function = keep(PyFunction_New(keep((PyObject *)PyCode_NewEmpty("file", "name", 1)), value("{}")));
    CHECK_STR_EQ(PyEval_GetFuncName(function), "name");
    CHECK_STR_EQ(PyEval_GetFuncDesc(function), "()");
    CHECK_STR_EQ(PyEval_GetFuncName(keep(PyMethod_New(keep(PyMethod_New(function, Py_None)), Py_None))), "name");
    CHECK_STR_EQ(PyEval_GetFuncDesc(value("i", 1)), " object");
}

static char events[256];
static int hook(const char *event, PyObject *arguments, void *data) {
    if (strncmp(event, "test.", 5)) return 0;
    PyObject *repr = PyObject_Repr(arguments);
    snprintf(events + strlen(events), sizeof events - strlen(events), "%s%s%s ", (char *)data, event, PyUnicode_AsUTF8(repr));
    Py_DECREF(repr);
    if (!strcmp(event, "test.refuse")) { PyErr_SetString(PyExc_PermissionError, "refused"); return -1; }
    return 0;
}
TEST(audit) {
    CHECK_INT(PySys_Audit("test.before", NULL), "0");
    CHECK_INT(PySys_AddAuditHook(hook, "a:"), "0");
    CHECK_INT(PySys_Audit("test.one", NULL), "0");
    CHECK_INT(PySys_Audit("test.two", "is", 1, "x"), "0");
    CHECK_INT(PySys_Audit("test.object", "O", value("(i)", 5)), "0");
    CHECK_INT(PySys_AuditTuple("test.tuple", value("(i)", 7)), "0");
    CHECK_INT(PySys_AuditTuple("test.tuple", value("[i]", 7)), "-1 !!TypeError: args must be tuple, got list");
    CHECK_INT(PySys_Audit("test.refuse", NULL), "-1 !!PermissionError: refused");
    CHECK_STR_EQ(events, "a:test.one() a:test.two(1, 'x') a:test.object(5,) a:test.tuple(7,) a:test.refuse() ");
}

TEST(output) {
    fflush(stdout);
    PySys_WriteStdout("written %d\n", 5);
    PySys_FormatStdout("formatted %R\n", value("s", "x"));
    PySys_WriteStderr("to stderr\n");
    PySys_FormatStderr("to %s\n", "stderr");
    CHECK_INT(PyFile_WriteString("by name\n", PySys_GetObject("stdout")), "0");
    CHECK_INT(PyFile_WriteObject(value("[i]", 1), PySys_GetObject("stdout"), 0), "0");
    CHECK_INT(PyFile_WriteString("\n", PySys_GetObject("stdout")), "0");
    CHECK_REPR(PyObject_CallMethod(PySys_GetObject("stdout"), "flush", NULL), "None");
    CHECK_INT(PyFile_WriteString("x", NULL), "-1 !!SystemError: null file for PyFile_WriteString");
    CHECK_INT(PyFile_WriteString("x", value("i", 1)), "-1 !!AttributeError: 'int' object has no attribute 'write'");
}

TEST(warnings) {
    PyObject *warnings = PySys_GetObject("warnoptions");
    CHECK_BORROWED(warnings, "[]");
    CHECK_INT(PyErr_WarnEx(PyExc_DeprecationWarning, "not shown", 1), "0");
    CHECK_INT(PyErr_WarnEx(Py_None, "no category", 1), "-1 !!TypeError: 'NoneType' object is not callable");
    CHECK_INT(PyErr_WarnFormat(PyExc_PendingDeprecationWarning, 1, "%d", 5), "0");
    CHECK_INT(PyErr_WarnExplicit(PyExc_DeprecationWarning, "x", "file", 1, "module", NULL), "0");
}

static PyObject *deeper(PyObject *self, PyObject *ignored);
static PyMethodDef deeper_def = {"deeper", deeper, METH_NOARGS, NULL};
static int depth;
static PyObject *deeper(PyObject *self, PyObject *ignored) {
    (void)ignored;
    depth++;
    PyObject *function = PyCFunction_New(&deeper_def, self), *result = PyObject_CallNoArgs(function);
    Py_DECREF(function);
    return result;
}
TEST(recursion) {
    /* a whole stack takes memcheck minutes */
    if (!check_number_of(1, 0)) return;
    depth = 0;
    PyObject *result = PyObject_CallNoArgs(keep(PyCFunction_New(&deeper_def, NULL)));
    CHECK(result == NULL && PyErr_ExceptionMatches(PyExc_RecursionError));
    PyErr_Clear();
    CHECK(depth > 100);
    PyObject *nested = PyList_New(0);
    for (int i = 0; i < 200000; i++) { PyObject *outer = PyList_New(1); PyList_SET_ITEM(outer, 0, nested); nested = outer; }
    CHECK(PyObject_Repr(nested) == NULL && PyErr_ExceptionMatches(PyExc_RecursionError));
    PyErr_Clear();
    Py_DECREF(nested);
}

TEST(tracebacks) {
    PyCodeObject *code = PyCode_NewEmpty("file.pyx", "function", 12);
    CHECK(code && PyCode_Check(code));
    CHECK_REPR(PyObject_GetAttrString((PyObject *)code, "co_name"), "'function'");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)code, "co_filename"), "'file.pyx'");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)code, "co_firstlineno"), "12");
    PyObject *globals = keep(PyDict_New());
    PyFrameObject *frame = PyFrame_New(PyThreadState_Get(), code, globals, NULL);
    CHECK(frame != NULL && PyFrame_Check(frame));
    CHECK_INT(PyFrame_GetLineNumber(frame), "12");
    PyErr_SetString(PyExc_ValueError, "here");
    CHECK_INT(PyTraceBack_Here(frame) == 0 && PyErr_Occurred() == PyExc_ValueError, "1 !!ValueError: here");
    PyErr_SetString(PyExc_ValueError, "here");
    PyTraceBack_Here(frame);
    PyObject *exception = keep(PyErr_GetRaisedException()), *traceback = keep(PyException_GetTraceback(exception));
    CHECK(traceback && PyTraceBack_Check(traceback));
    CHECK_REPR(PyObject_GetAttrString(traceback, "tb_lineno"), "12");
    CHECK_REPR(PyObject_GetAttrString(traceback, "tb_next"), "None");
    CHECK(attr(traceback, "tb_frame") == (PyObject *)frame);
    PyCodeObject *of_frame = PyFrame_GetCode(frame);
    CHECK(of_frame == code);
    Py_XDECREF(of_frame);
    CHECK(PyFrame_GetBack(frame) == NULL && keep(PyFrame_GetGlobals(frame)) == globals);
    Py_DECREF(frame); Py_DECREF(code);
}

/* A class with a __sizeof__ of its own. */
static PyObject *size_of;
static PyObject *own_size(PyObject *self, PyObject *ignored) {
    (void)self; (void)ignored;
    return size_of ? Py_NewRef(size_of) : PyErr_Format(PyExc_ValueError, "no size today");
}
static PyMethodDef sized_methods[] = {{"__sizeof__", own_size, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
TEST(internal) {
    PyObject *found = NULL, *modules = PyImport_GetModuleDict();
    CHECK_INT(_PySys_GetOptionalAttr(value("s", "modules"), &found), "1");
    CHECK(found == modules);
    Py_XDECREF(found);
    CHECK_INT(_PySys_GetOptionalAttrString("modules", &found), "1");
    CHECK(found == modules);
    Py_XDECREF(found);
    CHECK_INT(_PySys_GetOptionalAttr(value("s", "no such name"), &found), "0");
    CHECK(found == NULL);
    found = Py_None;
    CHECK_INT(_PySys_GetOptionalAttrString("no such name", &found), "0");
    CHECK(found == NULL);
    CHECK_INT(_PySys_GetOptionalAttr(value("i", 5), &found), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK(found == NULL);
    CHECK_INT(_PySys_GetOptionalAttrString("\xff", &found), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK(found == NULL);
    CHECK(keep(_PySys_GetRequiredAttr(value("s", "modules"))) == modules);
    CHECK(keep(_PySys_GetRequiredAttrString("modules")) == modules);
    CHECK_REPR(_PySys_GetRequiredAttr(value("s", "no such name")), "!!RuntimeError: lost sys.no such name");
    CHECK_REPR(_PySys_GetRequiredAttrString("no such name"), "!!RuntimeError: lost sys.no such name");
    CHECK_REPR(_PySys_GetRequiredAttr(value("i", 5)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(_PySys_GetRequiredAttr(Py_None), "!!TypeError: attribute name must be string, not 'NoneType'");
    CHECK_REPR(_PySys_GetRequiredAttrString("\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(_PySys_GetRequiredAttrString(""), "!!RuntimeError: lost sys.");
}
TEST(sizes) {
    CHECK_INT(_PySys_GetSizeOf(value("i", 1)), "28");
    CHECK_INT(_PySys_GetSizeOf(value("s", "abc")), "44");
    CHECK_INT(_PySys_GetSizeOf(value("(ii)", 1, 2)), "64");
    CHECK_INT(_PySys_GetSizeOf(value("[]")), "56");
    CHECK_INT(_PySys_GetSizeOf((PyObject *)&PyLong_Type) > 400, "1");
    PyType_Slot slots[] = {{Py_tp_methods, sized_methods}, {0, NULL}};
    PyType_Spec spec = {"m.Sized", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *sized = keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
    size_of = value("i", 1000);
    CHECK_INT(_PySys_GetSizeOf(sized), "1000");
    size_of = value("i", -1);
    CHECK_INT(_PySys_GetSizeOf(sized), "-1 !!ValueError: __sizeof__() should return >= 0");
    size_of = value("s", "big");
    CHECK_INT(_PySys_GetSizeOf(sized), "-1 !!TypeError: an integer is required");
    size_of = keep(PyLong_FromString("100000000000000000000", NULL, 10));
    CHECK_INT(_PySys_GetSizeOf(sized), "-1 !!OverflowError: Python int too large to convert to C ssize_t");
    size_of = NULL;
    CHECK_INT(_PySys_GetSizeOf(sized), "-1 !!ValueError: no size today");
    /* With the collector's head. */
    CHECK_INT(_PySys_GetSizeOf(value("[]")) - PyLong_AsSize_t(keep(PyObject_CallMethod(value("[]"), "__sizeof__", NULL))), "16");
}
CHECK_MAIN()
