/* Snapshots of exceptions that leave an interpreter, failures, and the configurations of interpreters as dicts. */
#include "crossinterp.h"
#include "expression.h"
#include "exceptions.h"

/* The snapshot, printed; "|" between its texts. */
static const char *snapshot(PyObject *exc) {
    static char text[4096];
    ExcInfo *info = _PyXI_NewExcInfo(exc);
    if (!info) return NULL;
#define OR(text) ((text) ? (text) : "NULL")
    snprintf(text, sizeof text, "%s|%s|%s|%s|%s|%s", info->type.builtin ? info->type.builtin->tp_name : "none", OR(info->type.name), OR(info->type.qualname),
             OR(info->type.module), OR(info->msg), OR(info->errdisplay));
    _PyXI_FreeExcInfo(info);
    return text;
}
static PyObject *as_object(PyObject *exc) {
    ExcInfo *info = _PyXI_NewExcInfo(exc);
    PyObject *object = info ? _PyXI_ExcInfoAsObject(info) : NULL;
    if (info) _PyXI_FreeExcInfo(info);
    return object;
}
static PyObject *formatted(PyObject *exc) {
    ExcInfo *info = _PyXI_NewExcInfo(exc);
    PyObject *object = info ? _PyXI_FormatExcInfo(info) : NULL;
    if (info) _PyXI_FreeExcInfo(info);
    return object;
}
static PyObject *raise_key_error(PyObject *self) { (void)self; PyErr_SetString(PyExc_KeyError, "no text"); return NULL; }
static PyObject *not_text(PyObject *self) { (void)self; return PyLong_FromLong(3); }
static PyType_Slot bad_slots[] = {{Py_tp_str, raise_key_error}, {0, NULL}}, number_slots[] = {{Py_tp_str, not_text}, {0, NULL}};
static PyType_Spec bad_spec = {"mod.Bad", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, bad_slots}, number_spec = {"mod.Number", 0, 0, Py_TPFLAGS_DEFAULT, number_slots};
static PyObject *class_of(PyType_Spec *spec) { return keep(PyType_FromSpecWithBases(spec, PyExc_ValueError)); }

#define CAUSE(expression, text, cause) do { CHECK(!(expression)); PyObject *raised = keep(PyErr_GetRaisedException()); \
    CHECK_BORROWED(raised, text); CHECK_REPR(raised ? PyException_GetCause(raised) : NULL, cause); } while (0)

TEST(of_exceptions) {
    CHECK_STR_EQ(snapshot(NULL), "NULL !!ValueError: missing exc");
    CHECK_STR_EQ(snapshot(Py_None), "NULL !!ValueError: missing exc");
    CHECK_STR_EQ(snapshot(call(PyExc_ValueError, "(s)", "a text")), "ValueError|ValueError|ValueError|builtins|a text|ValueError: a text");
    CHECK_STR_EQ(snapshot(call(PyExc_ValueError, "()")), "ValueError|ValueError|ValueError|builtins||ValueError");
    CHECK_STR_EQ(snapshot(call(PyExc_KeyError, "(s)", "key")), "KeyError|KeyError|KeyError|builtins|'key'|KeyError: 'key'");
    CHECK_STR_EQ(snapshot(call(PyExc_OSError, "(is)", 2, "no such file")), "FileNotFoundError|FileNotFoundError|FileNotFoundError|builtins|[Errno 2] no such file|FileNotFoundError: [Errno 2] no such file");
    CHECK_STR_EQ(snapshot((PyObject *)&PyLong_Type), "NULL !!Exception: exception snapshot missing 'type' attribute");
    CHECK_STR_EQ(snapshot(call(PyExc_MemoryError, "(s)", "all of it")), "none|NULL|NULL|NULL|NULL|NULL");
    CHECK_STR_EQ(snapshot(PyExc_MemoryError), "none|NULL|NULL|NULL|NULL|NULL");
    CHECK_STR_EQ(snapshot(call(PyExc_ValueError, "(s)", "two\nlines \xe2\x82\xac")), "ValueError|ValueError|ValueError|builtins|two\nlines €|ValueError: two\nlines €");
    PyObject *own = keep(PyErr_NewException("mod.Own", PyExc_LookupError, NULL));
    CHECK_STR_EQ(snapshot(call(own, "(s)", "x")), "none|Own|Own|mod|x|mod.Own: x");
    CHECK_STR_EQ(snapshot(call(keep(PyErr_NewException("__main__.Mine", NULL, NULL)), "(s)", "x")), "none|Mine|Mine|__main__|x|Mine: x");
    CHECK_STR_EQ(snapshot(call(keep(PyErr_NewException("builtins.Fake", NULL, NULL)), "(s)", "x")), "none|Fake|Fake|builtins|x|Fake: x");
    CHECK_STR_EQ(snapshot(call(PyExc_InterpreterError, "(s)", "x")), "concurrent.interpreters.InterpreterError|InterpreterError|InterpreterError|concurrent.interpreters|x|concurrent.interpreters.InterpreterError: x");
    PyObject *chained = call(PyExc_ValueError, "(s)", "second");
    PyException_SetContext(chained, Py_NewRef(call(PyExc_KeyError, "(s)", "first")));
    CHECK_STR_EQ(snapshot(chained), "ValueError|ValueError|ValueError|builtins|second|KeyError: 'first'\n\nDuring handling of the above exception, another exception occurred:\n\nValueError: second");
    PyObject *caused = call(own, "(s)", "effect");
    PyException_SetCause(caused, Py_NewRef(chained));
    PyObject *note = keep(PyObject_CallMethod(caused, "add_note", "s", "a note"));
    CHECK_BORROWED(note, "None");
    CHECK_STR_EQ(snapshot(caused), "none|Own|Own|mod|effect|KeyError: 'first'\n\nDuring handling of the above exception, another exception occurred:\n\nValueError: second\n\nThe above exception was the direct cause of the following exception:\n\nmod.Own: effect\na note");
    CHECK_STR_EQ(snapshot(call(builtin("ExceptionGroup"), "(s[OO])", "some", own ? call(own, "(s)", "one") : NULL, chained)), "none|ExceptionGroup|ExceptionGroup|builtins|some (2 sub-exceptions)|  | ExceptionGroup: some (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | mod.Own: one\n    +---------------- 2 ----------------\n    | KeyError: 'first'\n    | \n    | During handling of the above exception, another exception occurred:\n    | \n    | ValueError: second\n    +------------------------------------");
    CHECK_STR_EQ(snapshot(call(PyExc_SyntaxError, "(s(siis))", "bad", "file", 3, 2, "a b")), "SyntaxError|SyntaxError|SyntaxError|builtins|bad (file, line 3)|  File \"file\", line 3\n    a b\n     ^^\nSyntaxError: bad");
    CHECK_STR_EQ(snapshot(call(PyExc_ModuleNotFoundError, "(s)", "No module")), "ModuleNotFoundError|ModuleNotFoundError|ModuleNotFoundError|builtins|No module|ModuleNotFoundError: No module");
}

/* sys.tracebacklimit: a snapshot has the first frames, what is printed the last ones, by a slice that cuts too if it is a little too large. */
extern void _PyTraceback_Add(const char *, const char *, int);
static PyObject *with_frames(void) {
    PyErr_SetString(PyExc_ValueError, "deep");
    _PyTraceback_Add("a", "no_such.py", 1);
    _PyTraceback_Add("b", "no_such.py", 2);
    _PyTraceback_Add("c", "no_such.py", 3);
    return keep(PyErr_GetRaisedException());
}
static void limit(PyObject *limit) { CHECK_INT(PySys_SetObject("tracebacklimit", limit), "0"); }
TEST(limits) {
    PyObject *e = with_frames(), *tb = keep(PyException_GetTraceback(e)), *group = call(builtin("ExceptionGroup"), "(s[O])", "some", e), *err = PySys_GetObject("stderr");
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep");
    limit(value("i", 2));
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\nValueError: deep");
    CHECK_STR_EQ(snapshot(group), "none|ExceptionGroup|ExceptionGroup|builtins|some (1 sub-exception)|  | ExceptionGroup: some (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n    |   File \"no_such.py\", line 3, in c\n    |   File \"no_such.py\", line 2, in b\n    | ValueError: deep\n    +------------------------------------");
    STDERR(PyErr_DisplayException(e), "Traceback (most recent call last):\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep\n");
    STDERR(PyTraceBack_Print(tb, err), "Traceback (most recent call last):\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\n");
    STDERR((PyErr_SetRaisedException(Py_NewRef(e)), PyErr_WriteUnraisable(Py_None)), "Traceback (most recent call last):\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep\n");
    limit(value("i", 4));
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep");
    STDERR(PyErr_DisplayException(e), "Traceback (most recent call last):\n  File \"no_such.py\", line 1, in a\nValueError: deep\n");
    STDERR(PyTraceBack_Print(tb, err), "Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\n");
    limit(value("i", 50));
    STDERR(PyErr_DisplayException(e), "Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep\n");
    limit(value("i", 0));
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|ValueError: deep");
    CHECK_STR_EQ(snapshot(group), "none|ExceptionGroup|ExceptionGroup|builtins|some (1 sub-exception)|  | ExceptionGroup: some (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ValueError: deep\n    +------------------------------------");
    STDERR(PyErr_DisplayException(e), "ValueError: deep\n");
    STDERR(PyTraceBack_Print(tb, err), "");
    STDERR((PyErr_SetRaisedException(Py_NewRef(e)), PyErr_WriteUnraisable(Py_None)), "ValueError: deep\n");
    limit(value("i", -3));
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|ValueError: deep");
    STDERR(PyErr_DisplayException(e), "ValueError: deep\n");
    limit(Py_None);
    CHECK_STR_EQ(snapshot(e), "ValueError|ValueError|ValueError|builtins|deep|Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep");
    STDERR(PyErr_DisplayException(e), "Traceback (most recent call last):\n  File \"no_such.py\", line 3, in c\n  File \"no_such.py\", line 2, in b\n  File \"no_such.py\", line 1, in a\nValueError: deep\n");
    limit(NULL);
}

TEST(that_resist) {
    CHECK_STR_EQ(snapshot(call(class_of(&bad_spec), "(s)", "x")), "NULL !!Exception: error while formatting exception");
    CAUSE(snapshot(call(class_of(&bad_spec), "(s)", "x")), "Exception('error while formatting exception')", "KeyError('no text')");
    CAUSE(snapshot(call(class_of(&number_spec), "(s)", "x")), "Exception('error while formatting exception')", "TypeError('__str__ returned non-string (type int)')");
    CAUSE(snapshot(call(PyExc_ValueError, "(s#)", "a\0b", (Py_ssize_t)3)), "Exception('error while copying exception message')", "ValueError('found embedded NULL character')");
    CHECK_STR_EQ(snapshot(call(PyExc_ValueError, "(N)", PyUnicode_FromOrdinal(0xdc80))), "NULL !!Exception: error while copying exception message");
    PyErr_Clear();
    PyObject *own = keep(PyErr_NewException("mod.Own", NULL, NULL));
    CHECK_INT(PyObject_SetAttrString(own, "__module__", Py_None), "0");
    CHECK_STR_EQ(snapshot(call(own, "(s)", "x")), "NULL !!Exception: error while initializing exception type snapshot");
    CHECK_INT(PyObject_SetAttrString(own, "__module__", value("i", 5)), "0");
    CHECK_STR_EQ(snapshot(call(own, "(s)", "x")), "NULL !!Exception: error while initializing exception type snapshot");
    CHECK_INT(PyObject_SetAttrString(own, "__module__", value("s", "other")), "0");
    CHECK_INT(PyObject_SetAttrString(own, "__qualname__", value("s", "Outer.Own")), "0");
    CHECK_STR_EQ(snapshot(call(own, "(s)", "x")), "none|Own|Outer.Own|other|x|other.Outer.Own: x");
}

/* Anything with the attributes of a snapshot is one. */
TEST(of_snapshots) {
    PyObject *sys = keep(PyImport_ImportModule("sys")), *make = (PyObject *)Py_TYPE(attr(sys, "implementation"));
#define SPACE(...) keep(PyObject_Call(make, value("()"), value(__VA_ARGS__)))
    PyObject *type = SPACE("{ssssss}", "__name__", "N", "__qualname__", "Q.N", "__module__", "mod");
    CHECK_STR_EQ(snapshot(value("i", 5)), "NULL !!Exception: exception snapshot missing 'type' attribute");
    PyErr_Clear();
    CAUSE(snapshot(value("i", 5)), "Exception(\"exception snapshot missing 'type' attribute\")", "AttributeError(\"'int' object has no attribute 'type'\")");
    CAUSE(snapshot(SPACE("{sO}", "type", type)), "Exception(\"exception snapshot missing 'msg' attribute\")", "AttributeError(\"'types.SimpleNamespace' object has no attribute 'msg'\")");
    CAUSE(snapshot(SPACE("{sOss}", "type", type, "msg", "m")), "Exception(\"exception snapshot missing 'errdisplay' attribute\")", "AttributeError(\"'types.SimpleNamespace' object has no attribute 'errdisplay'\")");
    CAUSE(snapshot(SPACE("{sO}", "type", Py_None)), "Exception('error while initializing exception type snapshot')", "AttributeError(\"'NoneType' object has no attribute '__name__'\")");
    CAUSE(snapshot(SPACE("{sO}", "type", SPACE("{ss}", "__name__", "N"))), "Exception('error while initializing exception type snapshot')", "AttributeError(\"'types.SimpleNamespace' object has no attribute '__qualname__'\")");
    CAUSE(snapshot(SPACE("{sO}", "type", SPACE("{ssss}", "__name__", "N", "__qualname__", "Q"))), "Exception('error while initializing exception type snapshot')", "AttributeError(\"'types.SimpleNamespace' object has no attribute '__module__'\")");
    CAUSE(snapshot(SPACE("{sOsiss}", "type", type, "msg", 5, "errdisplay", "d")), "Exception('error while copying exception message')", "TypeError('bad argument type for built-in operation')");
    CAUSE(snapshot(SPACE("{sOsssi}", "type", type, "msg", "m", "errdisplay", 5)), "Exception('error while copying exception error display')", "TypeError('bad argument type for built-in operation')");
    CHECK_STR_EQ(snapshot(SPACE("{sOssss}", "type", type, "msg", "m", "errdisplay", "d")), "none|N|Q.N|mod|m|d");
    CHECK_REPR(as_object(SPACE("{sOssss}", "type", type, "msg", "m", "errdisplay", "d")), "namespace(type=namespace(__name__='N', __qualname__='Q.N', __module__='mod'), msg='m', formatted='mod.Q.N: m', errdisplay='d')");
    CHECK_STR_EQ(snapshot(SPACE("{sOsOsO}", "type", type, "msg", Py_None, "errdisplay", Py_None)), "NULL !!Exception: error while copying exception message");
    PyErr_Clear();
    CHECK_STR_EQ(snapshot(SPACE("{sOssss}", "type", PyExc_KeyError, "msg", "", "errdisplay", "")), "none|KeyError|KeyError|builtins||");
    CHECK_STR_EQ(snapshot(keep(as_object(call(PyExc_ValueError, "(s)", "again")))), "none|ValueError|ValueError|builtins|again|ValueError: again");
    PyErr_Clear();
}

TEST(as_objects) {
    CHECK_REPR(as_object(call(PyExc_ValueError, "(s)", "a text")), "namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='a text', formatted='ValueError: a text', errdisplay='ValueError: a text')");
    CHECK_REPR(as_object(call(PyExc_MemoryError, "()")), "namespace(type=None, msg=None, formatted=None)");
    CHECK_REPR(as_object(call(keep(PyErr_NewException("mod.Own", NULL, NULL)), "(s)", "x")), "namespace(type=namespace(__name__='Own', __qualname__='Own', __module__='mod'), msg='x', formatted='mod.Own: x', errdisplay='mod.Own: x')");
    CHECK_REPR(formatted(call(PyExc_ValueError, "(s)", "a text")), "'ValueError: a text'");
    CHECK_REPR(formatted(call(PyExc_ValueError, "()")), "'ValueError: '");
    CHECK_REPR(formatted(call(PyExc_MemoryError, "(s)", "x")), "None");
    CHECK_REPR(formatted(call(keep(PyErr_NewException("mod.Own", NULL, NULL)), "(s)", "x")), "'mod.Own: x'");
    CHECK_REPR(formatted(call(keep(PyErr_NewException("__main__.Own", NULL, NULL)), "(s)", "x")), "'Own: x'");
    ExcInfo none = {0}, only_msg = {.msg = "m"}, name = {.type = {.name = "N", .module = "mod"}}, builtin_name = {.type = {.name = "N", .module = "builtins"}, .msg = "m"};
    ExcInfo unknown = {.type = {.builtin = &PyLong_Type, .name = "int", .module = "builtins"}, .msg = "", .errdisplay = "d"};
    CHECK_REPR(_PyXI_FormatExcInfo(&none), "None");
    CHECK_REPR(_PyXI_ExcInfoAsObject(&none), "namespace(type=None, msg=None, formatted=None)");
    CHECK_REPR(_PyXI_FormatExcInfo(&only_msg), "'m'");
    CHECK_REPR(_PyXI_ExcInfoAsObject(&only_msg), "namespace(type=None, msg='m', formatted='m')");
    CHECK_REPR(_PyXI_FormatExcInfo(&name), "'mod.N'");
    CHECK_REPR(_PyXI_ExcInfoAsObject(&name), "namespace(type=namespace(__name__='N', __module__='mod'), msg=None, formatted='mod.N')");
    CHECK_REPR(_PyXI_FormatExcInfo(&builtin_name), "'N: m'");
    CHECK_REPR(_PyXI_FormatExcInfo(&unknown), "'int: '");
    CHECK_REPR(_PyXI_ExcInfoAsObject(&unknown), "namespace(type=namespace(__name__='int', __module__='builtins'), msg='', formatted='int: ', errdisplay='d')");
}

TEST(failures) {
    Failure *failure = _PyXI_NewFailure();
    CHECK_INT(_PyXI_GetFailureCode(NULL), "0");
    CHECK_INT(_PyXI_GetFailureCode(failure), "0");
    CHECK_INT(_PyXI_InitFailure(failure, -2, value("s", "text")), "0");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-2");
    _PyXI_FreeFailure(failure);
    failure = _PyXI_NewFailure();
    CHECK_INT(_PyXI_InitFailure(failure, -9, call(PyExc_ValueError, "(s)", "x")), "0");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-9");
    _PyXI_FreeFailure(failure);
    failure = _PyXI_NewFailure();
    CHECK_INT(_PyXI_InitFailure(failure, -9, call(class_of(&bad_spec), "(s)", "x")), "-1 !!KeyError: 'no text'");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-9");
    CHECK_INT(_PyXI_InitFailure(failure, -9, value("s#", "a\0b", (Py_ssize_t)3)), "-1 !!ValueError: found embedded NULL character");
    CHECK_INT(_PyXI_InitFailure(failure, -3, NULL), "0");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-3");
    _PyXI_FreeFailure(failure);
    failure = _PyXI_NewFailure();
    _PyXI_InitFailureUTF8(failure, -7, "constant");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-7");
    _PyXI_InitFailureUTF8(failure, 77, NULL);
    CHECK_INT(_PyXI_GetFailureCode(failure), "77");
    _PyXI_FreeFailure(failure);
}

static void not_shareable_from(PyObject *cause) {
    _PyXIData_SetNotShareableError(me(), "not this");
    if (cause) {
        PyObject *exc = PyErr_GetRaisedException();
        PyException_SetCause(exc, Py_NewRef(cause));
        PyErr_SetRaisedException(exc);
    }
}
TEST(unwrap) {
    Failure *failure = _PyXI_NewFailure();
    PyErr_SetString(PyExc_ValueError, "other");
    CHECK_INT(_PyXI_UnwrapNotShareableError(me(), failure), "-1 !!ValueError: other");
    CHECK_INT(_PyXI_GetFailureCode(failure), "0");
    not_shareable_from(NULL);
    CHECK_INT(_PyXI_UnwrapNotShareableError(me(), failure), "0 !!NotShareableError: not this");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-9");
    _PyXI_FreeFailure(failure);
    failure = _PyXI_NewFailure();
    not_shareable_from(call(PyExc_OverflowError, "(s)", "why"));
    CHECK_INT(_PyXI_UnwrapNotShareableError(me(), failure), "0 !!OverflowError: why");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-9");
    not_shareable_from(call(PyExc_OverflowError, "(s)", "why"));
    CHECK_INT(_PyXI_UnwrapNotShareableError(me(), NULL), "0 !!OverflowError: why");
    _PyXI_FreeFailure(failure);
    PyObject *arg = value("[i]", 1);
    CHECK_INT((_PyXIData_FormatNotShareableError(me(), "no %s and %R at %d", "this", arg, 5), 0), "0 !!NotShareableError: no this and [1] at 5");
    CHECK_INT((_PyXIData_FormatNotShareableError(me(), "plain"), 0), "0 !!NotShareableError: plain");
    PyErr_SetString(PyExc_ValueError, "before");
    CHECK_INT((_PyXIData_FormatNotShareableError(me(), "after"), 0), "0 !!NotShareableError: after");
    PyErr_SetString(PyExc_ValueError, "before");
    CHECK_INT((_PyXIData_SetNotShareableError(me(), "after"), 0), "0 !!NotShareableError: after");
    PyErr_SetString(PyExc_ValueError, "before");
    _PyXIData_FormatNotShareableError(me(), "after");
    PyObject *exc = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyException_GetCause(exc), "NULL");
    CHECK_REPR(PyException_GetContext(exc), "ValueError('before')");
    CHECK_INT((_PyXIData_FormatNotShareableError(me(), "%R", call(class_of(&bad_spec), "(s)", "x")), 0), "0 !!NotShareableError: Bad('x')");
    CHECK_INT((_PyXIData_FormatNotShareableError(me(), "%S", call(class_of(&bad_spec), "(s)", "x")), 0), "0 !!KeyError: 'no text'");
}

/* Configurations */
static const char *shown(PyInterpreterConfig *c) {
    static char text[64];
    snprintf(text, sizeof text, "%d%d%d%d%d%d %d", c->use_main_obmalloc, c->allow_fork, c->allow_exec, c->allow_threads, c->allow_daemon_threads, c->check_multi_interp_extensions, c->gil);
    return text;
}
#define SEVEN(gil) "{'use_main_obmalloc': True, 'allow_fork': False, 'allow_exec': True, 'allow_threads': True, 'allow_daemon_threads': False, 'check_multi_interp_extensions': True, 'gil': " gil "}"
TEST(config_dicts) {
    PyInterpreterConfig config = {1, 0, 1, 0, 1, 0, PyInterpreterConfig_OWN_GIL}, other = {.gil = 5};
    CHECK_REPR(_PyInterpreterConfig_AsDict(&config), "{'use_main_obmalloc': True, 'allow_fork': False, 'allow_exec': True, 'allow_threads': False, 'allow_daemon_threads': True, 'check_multi_interp_extensions': False, 'gil': 'own'}");
    config.gil = PyInterpreterConfig_DEFAULT_GIL;
    config.allow_exec = 7;
    CHECK_REPR(_PyInterpreterConfig_AsDict(&config), "{'use_main_obmalloc': True, 'allow_fork': False, 'allow_exec': True, 'allow_threads': False, 'allow_daemon_threads': True, 'check_multi_interp_extensions': False, 'gil': 'default'}");
    config.gil = PyInterpreterConfig_SHARED_GIL;
    CHECK_REPR(_PyInterpreterConfig_AsDict(&config), "{'use_main_obmalloc': True, 'allow_fork': False, 'allow_exec': True, 'allow_threads': False, 'allow_daemon_threads': True, 'check_multi_interp_extensions': False, 'gil': 'shared'}");
    CHECK_REPR(_PyInterpreterConfig_AsDict(&other), "!!SystemError: invalid interpreter config 'gil' value");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'own'")))), "0");
    CHECK_STR_EQ(shown(&config), "101101 2");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'shared'")))), "0");
    CHECK_STR_EQ(shown(&config), "101101 1");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'default'")))), "0");
    CHECK_STR_EQ(shown(&config), "101101 0");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'other'")))), "-1 !!ValueError: unsupported interpreter config .gil value 'other'");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("''")))), "-1 !!ValueError: unsupported interpreter config .gil value ''");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("1")))), "-1 !!TypeError: invalid config type: gil");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("None")))), "-1 !!TypeError: invalid config type: gil");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("b'own'")))), "-1 !!TypeError: invalid config type: gil");
    CHECK_STR_EQ(shown(&config), "101101 0");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'own', 'more': 1")))), "-1 !!ValueError: config dict has 1 extra item ({'more': 1})");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'own', 'more': 1, 'less': 2")))), "-1 !!ValueError: config dict has 2 extra items ({'more': 1, 'less': 2})");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval(SEVEN("'own', 5: 1")))), "-1 !!ValueError: config dict has 1 extra item ({5: 1})");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, value("{}")), "-1 !!ValueError: missing config key: use_main_obmalloc");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval("{'use_main_obmalloc': True}"))), "-1 !!ValueError: missing config key: allow_fork");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval("{'use_main_obmalloc': []}"))), "-1 !!TypeError: invalid config type: use_main_obmalloc");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, keep(eval("{'use_main_obmalloc': 'yes', 'x': 1}"))), "-1 !!TypeError: invalid config type: use_main_obmalloc");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, Py_None), "-1 !!TypeError: dict expected");
    CHECK_INT(_PyInterpreterConfig_InitFromDict(&config, value("[]")), "-1 !!TypeError: dict expected");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, value("{}")), "0");
    CHECK_STR_EQ(shown(&config), "101101 2");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'allow_fork': 'true', 'gil': 'shared'}"))), "-1 !!TypeError: invalid config type: allow_fork");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'allow_fork': True, 'gil': 'shared'}"))), "0");
    CHECK_STR_EQ(shown(&config), "111101 1");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'allow_exec': False, 'unknown': 1}"))), "-1 !!ValueError: config dict has 1 extra item ({'unknown': 1})");
    CHECK_STR_EQ(shown(&config), "110101 1");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'gil': 'mine'}"))), "-1 !!ValueError: unsupported interpreter config .gil value 'mine'");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'gil': 'a name that is longer than any of a gil'}"))), "-1 !!ValueError: unsupported interpreter config .gil value 'a name that is long'");
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, value("i", 5)), "-1 !!TypeError: dict expected");
    CHECK_STR_EQ(shown(&config), "110101 1");
    config.gil = 9;
    CHECK_INT(_PyInterpreterConfig_UpdateFromDict(&config, keep(eval("{'allow_exec': True}"))), "0");
    CHECK_STR_EQ(shown(&config), "111101 9");
}
TEST(config_of_interpreters) {
    PyInterpreterConfig config = {0};
    PyThreadState *mine = me();
    CHECK_INT(_PyInterpreterConfig_InitFromState(&config, here()), "0");
    CHECK_STR_EQ(shown(&config), "323276865536102420480 2");
    PyThreadState *other = new_interpreter();
    CHECK_INT(_PyInterpreterConfig_InitFromState(&config, here()), "0");
    CHECK_STR_EQ(shown(&config), "00010240256 2");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    other = Py_NewInterpreter();
    CHECK_INT(_PyInterpreterConfig_InitFromState(&config, here()), "0");
    CHECK_STR_EQ(shown(&config), "323276865536102420480 1");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
}
CHECK_MAIN()
