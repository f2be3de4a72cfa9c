/* Sessions: entering another interpreter with names for its __main__, and what comes out of it when it is left: an exception's snapshot,
 * objects that were kept, or the reason why not. And interpreters that are made and ended from outside. */
#include "crossinterp.h"
#include "exceptions.h"

static char shown_text[4096];
/* "RETURNED ERRCODE preserved excinfo exception, its cause and context". The errcode begins as 42. */
static const char *shown(int returned, Result *result) {
    PyObject *raised = PyErr_GetRaisedException(), *all[5] = {result->preserved, result->excinfo, raised, raised ? PyException_GetCause(raised) : NULL, raised ? PyException_GetContext(raised) : NULL};
    int at = snprintf(shown_text, sizeof shown_text, "%d %d", returned, result->errcode);
    for (int i = 0; i < 5; i++) {
        PyObject *repr = all[i] ? PyObject_Repr(all[i]) : NULL;
        if (i < 2 || all[i]) at += snprintf(shown_text + at, sizeof shown_text - at, "%s %s", i < 3 ? "" : i == 3 ? " from" : " after", repr ? PyUnicode_AsUTF8(repr) : "NULL");
        Py_XDECREF(repr);
    }
    Py_XDECREF(all[3]); Py_XDECREF(all[4]); Py_XDECREF(raised);
    PyErr_Clear();
    _PyXI_ClearResult(result);
    result->errcode = 42;
    return shown_text;
}
#define RESULT {.errcode = 42}
static PyInterpreterState *other;
static PyThreadState *mine;
static void make_other(void) {
    mine = me();
    PyInterpreterConfig own = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
    long whence = 5;
    other = _PyXI_NewInterpreter(&own, &whence, NULL, NULL);
    CHECK(other && me() == mine);
}
static void end_other(void) { _PyXI_EndInterpreter(other, NULL, NULL); CHECK(me() == mine); }
static PyObject *main_attr(const char *name) {
    PyObject *module = PyImport_AddModule("__main__");
    return PyObject_GetAttrString(module, name);
}

TEST(not_entered) {
    Session *session = _PyXI_NewSession();
    Failure *failure = _PyXI_NewFailure();
    CHECK(session != NULL);
    CHECK_BORROWED(_PyXI_GetMainNamespace(session, NULL), "!!RuntimeError: session not active");
    CHECK_BORROWED(_PyXI_GetMainNamespace(session, failure), "!!RuntimeError: session not active");
    CHECK_INT(_PyXI_GetFailureCode(failure), "0");
    CHECK_INT(_PyXI_Preserve(session, "name", Py_None, failure), "-1 !!RuntimeError: session not active");
    CHECK_INT(_PyXI_GetFailureCode(failure), "0");
    Result result = RESULT;
    CHECK_REPR(_PyXI_GetPreserved(&result, "name"), "NULL");
    _PyXI_ClearResult(&result);
    _PyXI_FreeFailure(failure);
    _PyXI_FreeSession(session);
}

static void in_and_out(PyInterpreterState *interp) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    PyThreadState *before = me();
    int same = interp == here();
    CHECK_INT(_PyInterpreterState_IsRunningMain(interp), "0");
    for (int round = 0; round < 3; round++) {
        CHECK_INT(_PyXI_Enter(session, interp, NULL, round ? &result : NULL), "0");
        CHECK(here() == interp && (me() == before) == same);
        CHECK_INT(_PyInterpreterState_IsRunningMain(interp), "1");
        PyObject *ns = _PyXI_GetMainNamespace(session, NULL);
        CHECK(ns && ns == PyModule_GetDict(PyImport_AddModule("__main__")) && ns == _PyXI_GetMainNamespace(session, NULL));
        CHECK_STR_EQ(shown(_PyXI_Exit(session, NULL, round == 1 ? NULL : &result), &result), round == 1 ? "0 42 NULL NULL" : "0 0 NULL NULL");
        CHECK_NO_ERROR();
        CHECK(me() == before);
        CHECK_INT(_PyInterpreterState_IsRunningMain(interp), "0");
    }
    _PyXI_FreeSession(session);
}
TEST(in_and_out) {
    in_and_out(here());
    make_other();
    in_and_out(other);
    end_other();
}

TEST(names) {
    make_other();
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    CHECK_INT(_PyXI_Enter(session, other, value("{s:i,s:s,s:(sO)}", "number", 5, "text", "h\xc3\xa9", "pair", "a", Py_None), &result), "0");
    CHECK_INT(result.errcode, "42");
    CHECK(here() == other);
    CHECK_REPR(main_attr("number"), "5");
    CHECK_REPR(main_attr("text"), "'hé'");
    CHECK_REPR(main_attr("pair"), "('a', None)");
    CHECK_STR_EQ(shown(_PyXI_Exit(session, NULL, &result), &result), "0 0 NULL NULL");
    CHECK_REPR(main_attr("number"), "!!AttributeError: module '__main__' has no attribute 'number'");
    CHECK_INT(_PyXI_Enter(session, other, value("{}"), &result), "0");
    CHECK_REPR(main_attr("number"), "5");
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
#define REFUSED(updates, expected) do { CHECK_STR_EQ(shown(_PyXI_Enter(session, other, updates, &result), &result), expected); \
        CHECK(me() == mine); CHECK_INT(_PyInterpreterState_IsRunningMain(other), "0"); } while (0)
    REFUSED(value("{s:i,s:[]}", "number", 6, "list"), "-1 -9 NULL NULL NotShareableError('[] does not support cross-interpreter data')");
    REFUSED(value("{s:([])}", "list"), "-1 -9 NULL NULL NotShareableError('([],) does not support cross-interpreter data') from NotShareableError('[] does not support cross-interpreter data')");
    REFUSED(value("{i:i}", 5, 6), "-1 -6 NULL NULL TypeError('bad argument type for built-in operation')");
    REFUSED(value("{y:i}", "bytes", 6), "-1 -6 NULL NULL TypeError('bad argument type for built-in operation')");
    REFUSED(value("{s#:i}", "a\0b", (Py_ssize_t)3, 6), "-1 -6 NULL NULL ValueError('found embedded NULL character')");
    REFUSED(value("{s:N}", "big", PyLong_FromString("99999999999999999999", NULL, 10)), "-1 -9 NULL NULL NotShareableError('99999999999999999999 does not support cross-interpreter data') from OverflowError('try sending as bytes')");
    CHECK_INT(_PyXI_Enter(session, other, value("{s:[]}", "list"), NULL), "-1 !!NotShareableError: [] does not support cross-interpreter data");
    CHECK_INT(_PyXI_Enter(session, here(), value("{s:i}", "mine", 1), NULL), "0");
    CHECK_REPR(main_attr("mine"), "1");
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    CHECK_REPR(main_attr("number"), "5");
    CHECK_REPR(main_attr("mine"), "!!AttributeError: module '__main__' has no attribute 'mine'");
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    _PyXI_FreeSession(session);
    end_other();
}

/* More names than an interpreter has room for pending calls */
TEST(many_names) {
    make_other();
    Session *session = _PyXI_NewSession();
    PyObject *names = value("{}"), *text = value("s", "a text that all of them share");
    for (int i = 0; i < 1000; i++) {
        char name[20];
        snprintf(name, sizeof name, "name_%d", i);
        CHECK_INT(PyDict_SetItemString(names, name, text), "0");
    }
    Py_ssize_t count = Py_REFCNT(text);
    CHECK_INT(_PyXI_Enter(session, other, names, NULL), "0");
    CHECK_REPR(main_attr("name_999"), "'a text that all of them share'");
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(Py_REFCNT(text) - count, "0");
    _PyXI_FreeSession(session);
    end_other();
}

TEST(running_already) {
    make_other();
    Session *session = _PyXI_NewSession(), *second = _PyXI_NewSession();
    Result result = RESULT;
    CHECK_INT(_PyInterpreterState_SetRunningMain(here()), "0");
    CHECK_STR_EQ(shown(_PyXI_Enter(session, here(), NULL, &result), &result), "-1 42 NULL NULL InterpreterError('interpreter already running')");
    CHECK_STR_EQ(shown(_PyXI_Enter(session, here(), value("{s:i}", "a", 1), &result), &result), "-1 42 NULL NULL InterpreterError('interpreter already running')");
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    CHECK_INT(_PyInterpreterState_IsRunningMain(other), "1");
    CHECK_STR_EQ(shown(_PyXI_Enter(second, other, NULL, &result), &result), "-1 42 NULL NULL InterpreterError('interpreter already running')");
    CHECK(here() == other);
    PyInterpreterState *main = PyInterpreterState_Main();
    PyObject *names = Py_BuildValue("{s:i}", "a", 1);
    CHECK_STR_EQ(shown(_PyXI_Enter(second, main, names, &result), &result), "-1 42 NULL NULL InterpreterError('interpreter already running')");
    CHECK(here() == other);
    CHECK_INT(_PyXI_Enter(second, main, names, NULL), "-1 !!concurrent.interpreters.InterpreterError: interpreter already running");
    CHECK(_PyXI_Enter(second, main, NULL, NULL) == -1);
    PyObject *raised = PyErr_GetRaisedException();
    CHECK_REPR(PyObject_GetAttrString(raised, "__dict__"), "{}");
    Py_DECREF(raised); Py_DECREF(names);
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    _PyInterpreterState_SetNotRunningMain(here());
    _PyXI_FreeSession(session); _PyXI_FreeSession(second);
    end_other();
}

static PyObject *raise_key_error(PyObject *self) { (void)self; PyErr_SetString(PyExc_KeyError, "no text"); return NULL; }
static PyType_Slot bad_slots[] = {{Py_tp_str, raise_key_error}, {0, NULL}};
static PyType_Spec bad_spec = {"mod.Bad", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, bad_slots};
/* What leaves with an exception, and a failure that overrides it */
static const char *left_with(PyInterpreterState *interp, PyObject *(*type)(void), const char *text, int code, const char *message, int with_result) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    Failure *failure = NULL;
    if (code != 99) { failure = _PyXI_NewFailure(); _PyXI_InitFailureUTF8(failure, code, message); }
    CHECK_INT(_PyXI_Enter(session, interp, NULL, NULL), "0");
    if (type) { PyObject *class = type(); PyErr_SetString(class, text); Py_DECREF(class); }
    int left = _PyXI_Exit(session, failure, with_result ? &result : NULL);
    CHECK(me() == mine);
    CHECK(!_PyInterpreterState_IsRunningMain(interp));
    if (failure) _PyXI_FreeFailure(failure);
    _PyXI_FreeSession(session);
    return shown(left, &result);
}
static PyObject *value_error(void) { return Py_NewRef(PyExc_ValueError); }
static PyObject *memory_error(void) { return Py_NewRef(PyExc_MemoryError); }
static PyObject *not_shareable(void) { return Py_NewRef(_PyXIData_GetNotShareableErrorType(me())); }
static PyObject *interpreter_error(void) { return Py_NewRef(PyExc_InterpreterError); }
static PyObject *bad(void) { return PyType_FromSpecWithBases(&bad_spec, PyExc_ValueError); }
static void leave_all(PyInterpreterState *interp) {
    CHECK_STR_EQ(left_with(interp, value_error, "x", 99, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", 99, NULL, 0), "-1 42 NULL NULL");
    CHECK_STR_EQ(left_with(interp, value_error, "x", 0, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -1, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -1, "message", 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -2, NULL, 1), "-1 -2 NULL NULL InterpreterError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -2, "message", 1), "-1 -2 NULL NULL InterpreterError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -2, "message", 0), "-1 42 NULL NULL InterpreterError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -3, NULL, 1), "-1 -3 NULL NULL MemoryError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -3, "message", 1), "-1 -3 NULL NULL MemoryError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -4, NULL, 1), "-1 -4 NULL NULL InterpreterError('interpreter already running')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -4, "message", 1), "-1 -4 NULL NULL InterpreterError('interpreter already running')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -5, NULL, 1), "-1 -5 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -6, NULL, 1), "-1 -6 NULL NULL InterpreterError('failed to apply namespace to __main__') after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -7, NULL, 1), "-1 -7 NULL NULL InterpreterError('failed to preserve objects across session') after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -8, NULL, 1), "-1 -8 NULL NULL InterpreterError('failed to transfer exception between interpreters') after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -9, NULL, 1), "-1 -9 NULL NULL NotShareableError('object does not support cross-interpreter data') from Exception('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -9, "message", 1), "-1 -9 NULL NULL NotShareableError('message') from Exception('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, value_error, "x", -9, "message", 0), "-1 42 NULL NULL NotShareableError('message') from Exception('ValueError: x')");
    CHECK_STR_EQ(left_with(interp, not_shareable, "x", -9, NULL, 1), "-1 -9 NULL NULL NotShareableError('object does not support cross-interpreter data') from Exception('concurrent.interpreters.NotShareableError: x')");
    CHECK_STR_EQ(left_with(interp, not_shareable, "x", 99, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='NotShareableError', __qualname__='NotShareableError', __module__='concurrent.interpreters'), msg='x', formatted='concurrent.interpreters.NotShareableError: x', errdisplay='concurrent.interpreters.NotShareableError: x')");
    CHECK_STR_EQ(left_with(interp, interpreter_error, "x", 99, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='InterpreterError', __qualname__='InterpreterError', __module__='concurrent.interpreters'), msg='x', formatted='concurrent.interpreters.InterpreterError: x', errdisplay='concurrent.interpreters.InterpreterError: x')");
    CHECK_STR_EQ(left_with(interp, memory_error, "x", 99, NULL, 1), "0 0 NULL NULL");
    CHECK_STR_EQ(left_with(interp, memory_error, "x", 99, NULL, 0), "0 42 NULL NULL");
    CHECK_STR_EQ(left_with(interp, memory_error, "x", -2, NULL, 1), "-1 -2 NULL NULL InterpreterError()");
    CHECK_STR_EQ(left_with(interp, memory_error, "x", -9, "message", 1), "-1 -9 NULL NULL NotShareableError('message')");
    CHECK_STR_EQ(left_with(interp, NULL, NULL, -2, "message", 1), "0 0 NULL NULL");
    CHECK_STR_EQ(left_with(interp, NULL, NULL, 0, NULL, 1), "0 0 NULL NULL");
    CHECK_STR_EQ(left_with(interp, value_error, "x", 77, NULL, 1), "-1 77 NULL NULL RuntimeError('unsupported error code 77') after InterpreterError('ValueError: x')");
}
TEST(left_with_an_exception) {
    make_other();
    leave_all(other);
    CHECK_STR_EQ(left_with(other, bad, "x", 99, NULL, 1), "-1 -8 NULL NULL");
    CHECK_STR_EQ(left_with(other, bad, "x", -9, "message", 1), "-1 -8 NULL NULL");
    CHECK_STR_EQ(left_with(other, bad, "x", -4, NULL, 1), "-1 -4 NULL NULL InterpreterError('interpreter already running')");
    CHECK_STR_EQ(left_with(other, bad, "x", -2, "message", 0), "-1 42 NULL NULL");
    end_other();
}
TEST(left_where_it_is) {
    mine = me();
    CHECK_STR_EQ(left_with(here(), value_error, "x", 99, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_with(here(), value_error, "x", -2, "message", 1), "-1 -2 NULL NULL InterpreterError() after InterpreterError('ValueError: x')");
    CHECK_STR_EQ(left_with(here(), value_error, "x", -9, "message", 1), "-1 -9 NULL NULL NotShareableError('message') from Exception('ValueError: x')");
    CHECK_STR_EQ(left_with(here(), bad, "x", 99, NULL, 1), "-1 -8 NULL NULL");
    CHECK_STR_EQ(left_with(here(), bad, "x", -2, "message", 1), "-1 -8 NULL NULL");
}

/* Objects that are kept */
static const char *kept(PyInterpreterState *interp, const char *format, int failing, int with_result) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    Failure *failure = _PyXI_NewFailure();
    static char text[4096];
    CHECK_INT(_PyXI_Enter(session, interp, NULL, NULL), "0");
    PyObject *object = Py_BuildValue(format, 5);
    CHECK_INT(_PyXI_Preserve(session, "name", object, failure), "0");
    CHECK_INT(_PyXI_Preserve(session, "second", Py_None, NULL), "0");
    Py_DECREF(object);
    CHECK_INT(_PyXI_GetFailureCode(failure), "0");
    if (failing) PyErr_SetString(PyExc_ValueError, "x");
    int left = _PyXI_Exit(session, NULL, with_result ? &result : NULL);
    CHECK(me() == mine);
    _PyXI_FreeSession(session); _PyXI_FreeFailure(failure);
    PyObject *raised = PyErr_GetRaisedException();
    PyObject *found = _PyXI_GetPreserved(&result, "name"), *repr = found ? PyObject_Repr(found) : NULL;
    PyErr_Clear();
    PyErr_SetRaisedException(raised);
    snprintf(text, sizeof text, "%s: %s", repr ? PyUnicode_AsUTF8(repr) : "NULL", shown(left, &result));
    Py_XDECREF(found); Py_XDECREF(repr);
    return text;
}
static PyObject *reduce(PyObject *self, PyObject *unused) { (void)self; (void)unused; PyErr_SetString(PyExc_TypeError, "stays here"); return NULL; }
static PyMethodDef staying_methods[] = {{"__reduce_ex__", reduce, METH_O, NULL}, {0}};
static PyObject *staying_repr(PyObject *self) { (void)self; return PyUnicode_FromString("<staying>"); }
static PyType_Slot staying_slots[] = {{Py_tp_methods, staying_methods}, {Py_tp_repr, staying_repr}, {0, NULL}};
static PyType_Spec staying_spec = {"mod.Staying", 0, 0, Py_TPFLAGS_DEFAULT, staying_slots};
static PyObject *staying(void) {
    PyObject *class = PyType_FromSpec(&staying_spec), *object = PyObject_CallNoArgs(class);
    Py_DECREF(class);
    return object;
}
/* What no fallback can send either */
static const char *not_kept(PyInterpreterState *interp, int failing, int with_result) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    CHECK_INT(_PyXI_Enter(session, interp, NULL, NULL), "0");
    PyObject *object = staying();
    CHECK_INT(_PyXI_Preserve(session, "first", Py_True, NULL), "0");
    CHECK_INT(_PyXI_Preserve(session, "name", object, NULL), "0");
    Py_DECREF(object);
    if (failing) PyErr_SetString(PyExc_ValueError, "x");
    int left = _PyXI_Exit(session, NULL, with_result ? &result : NULL);
    CHECK(me() == mine);
    _PyXI_FreeSession(session);
    return shown(left, &result);
}
TEST(kept) {
    make_other();
    CHECK_STR_EQ(not_kept(other, 0, 1), "-1 -9 NULL NULL NotShareableError('object does not support cross-interpreter data') from Exception('concurrent.interpreters.NotShareableError: <staying> does not support cross-interpreter data')");
    CHECK_STR_EQ(not_kept(other, 1, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(not_kept(other, 0, 0), "0 42 NULL NULL");
    CHECK_STR_EQ(not_kept(here(), 0, 1), "0 0 {'first': True, 'name': <staying>} NULL");
    CHECK_STR_EQ(kept(other, "i", 0, 1), "5: 0 0 {'name': 5, 'second': None} NULL");
    CHECK_STR_EQ(kept(other, "(is)", 0, 1), "(5, None): 0 0 {'name': (5, None), 'second': None} NULL");
    CHECK_STR_EQ(kept(other, "i", 1, 1), "5: -1 0 {'name': 5, 'second': None} namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(kept(other, "i", 0, 0), "NULL: 0 42 NULL NULL");
    CHECK_STR_EQ(kept(other, "i", 1, 0), "NULL: -1 42 NULL NULL");
    CHECK_STR_EQ(kept(here(), "i", 0, 1), "5: 0 0 {'name': 5, 'second': None} NULL");
    CHECK_STR_EQ(kept(here(), "[i]", 0, 1), "[5]: 0 0 {'name': [5], 'second': None} NULL");
    CHECK_STR_EQ(kept(here(), "i", 1, 1), "5: -1 0 {'name': 5, 'second': None} namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    Failure *failure = _PyXI_NewFailure();
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    CHECK_INT(_PyXI_Preserve(session, "", Py_True, failure), "0");
    CHECK_INT(_PyXI_Preserve(session, "x", Py_True, failure), "0");
    CHECK_INT(_PyXI_Preserve(session, "x", Py_False, failure), "0");
    CHECK_STR_EQ(shown(_PyXI_Preserve(session, "\xff", Py_False, failure), &result), "-1 42 NULL NULL RuntimeError('failed to preserve object') from UnicodeDecodeError('utf-8', b'\\xff', 0, 1, 'invalid start byte')");
    CHECK_INT(_PyXI_GetFailureCode(failure), "-7");
    CHECK_INT(_PyXI_Exit(session, NULL, &result), "0");
    CHECK_BORROWED(result.preserved, "{'': True, 'x': False}");
    CHECK_REPR(_PyXI_GetPreserved(&result, "x"), "False");
    CHECK_REPR(_PyXI_GetPreserved(&result, "y"), "NULL");
    CHECK_REPR(_PyXI_GetPreserved(&result, ""), "True");
    CHECK_REPR(_PyXI_GetPreserved(&result, "\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    _PyXI_ClearResult(&result);
    CHECK(!result.preserved && !result.excinfo);
    _PyXI_FreeSession(session); _PyXI_FreeFailure(failure);
    end_other();
}

/* Objects of a class of its own, which arrive badly, or cannot even be named */
static PyObject *arrives_badly(XIData *data) { (void)data; PyErr_SetString(PyExc_KeyError, "arrives badly"); return NULL; }
static PyObject *arrives_silently(XIData *data) { (void)data; return PyErr_Occurred() ? NULL : Py_NewRef(Py_None); }
static int arriving_badly(PyThreadState *state, PyObject *object, XIData *data) { _PyXIData_Init(data, PyThreadState_GetInterpreter(state), NULL, object, arrives_badly); return 0; }
static int arriving_silently(PyThreadState *state, PyObject *object, XIData *data) { _PyXIData_Init(data, PyThreadState_GetInterpreter(state), NULL, object, arrives_silently); return 0; }
static int failing_to_leave(PyThreadState *state, PyObject *object, XIData *data) { (void)state; (void)object; (void)data; PyErr_SetString(PyExc_OSError, "cannot leave"); return -1; }
static PyObject *bad_repr(PyObject *self) { (void)self; PyErr_SetString(PyExc_KeyError, "no repr"); return NULL; }
static PyType_Slot thing_slots[] = {{Py_tp_repr, staying_repr}, {0, NULL}}, unnamed_slots[] = {{Py_tp_repr, bad_repr}, {Py_tp_methods, staying_methods}, {0, NULL}};
static PyType_Spec thing_spec = {"mod.Thing", 0, 0, Py_TPFLAGS_DEFAULT, thing_slots}, unnamed_spec = {"mod.Unnamed", 0, 0, Py_TPFLAGS_DEFAULT, unnamed_slots};
static PyObject *thing(PyType_Spec *spec, int (*get)(PyThreadState *, PyObject *, XIData *)) {
    PyObject *class = PyType_FromSpec(spec), *object = PyObject_CallNoArgs(class);
    if (get) CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)class, (GetData){.basic = get}), "0");
    Py_DECREF(class);
    return object;
}
static const char *entered_with(PyObject *object) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    PyObject *names = Py_BuildValue("{s:i,s:N}", "a", 1, "b", object);
    int entered = _PyXI_Enter(session, other, names, &result);
    CHECK((me() == mine) == (entered != 0) && _PyInterpreterState_IsRunningMain(other) == (entered == 0));
    const char *text = shown(entered, &result);
    if (entered == 0) CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    Py_DECREF(names);
    _PyXI_FreeSession(session);
    return text;
}
static const char *left_keeping(PyType_Spec *spec, int (*get)(PyThreadState *, PyObject *, XIData *), int failing) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    PyObject *object = thing(spec, get);
    CHECK_INT(_PyXI_Preserve(session, "name", object, NULL), "0");
    Py_DECREF(object);
    if (failing) PyErr_SetString(PyExc_ValueError, "x");
    int left = _PyXI_Exit(session, NULL, &result);
    CHECK(me() == mine);
    _PyXI_FreeSession(session);
    const char *text = shown(left, &result);
    CHECK_INT(_PyXI_Enter(session = _PyXI_NewSession(), other, NULL, NULL), "0");
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    _PyXI_FreeSession(session);
    return text;
}
TEST(things) {
    make_other();
    CHECK_STR_EQ(entered_with(thing(&thing_spec, arriving_silently)), "0 42 NULL NULL");
    CHECK_STR_EQ(entered_with(thing(&thing_spec, arriving_badly)), "-1 42 NULL NULL InterpreterError('failed to apply namespace to __main__') after InterpreterError(\"KeyError: 'arrives badly'\")");
    CHECK_STR_EQ(entered_with(thing(&thing_spec, failing_to_leave)), "-1 -9 NULL NULL NotShareableError('<staying> does not support cross-interpreter data') from OSError('cannot leave')");
    CHECK_STR_EQ(entered_with(thing(&thing_spec, NULL)), "-1 -9 NULL NULL NotShareableError('<staying> does not support cross-interpreter data')");
    CHECK_STR_EQ(entered_with(thing(&unnamed_spec, NULL)), "-1 -1 NULL NULL KeyError('no repr')");
    CHECK_STR_EQ(entered_with(thing(&unnamed_spec, failing_to_leave)), "-1 -1 NULL NULL KeyError('no repr')");
    CHECK_STR_EQ(left_keeping(&thing_spec, arriving_badly, 0), "-1 -7 NULL NULL InterpreterError('failed to preserve objects across session')");
    CHECK_STR_EQ(left_keeping(&thing_spec, arriving_badly, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_keeping(&unnamed_spec, NULL, 0), "-1 -7 NULL NULL InterpreterError('failed to preserve objects across session') after InterpreterError(\"KeyError: 'no repr'\")");
    CHECK_STR_EQ(left_keeping(&unnamed_spec, NULL, 1), "-1 0 NULL namespace(type=namespace(__name__='ValueError', __qualname__='ValueError', __module__='builtins'), msg='x', formatted='ValueError: x', errdisplay='ValueError: x')");
    CHECK_STR_EQ(left_keeping(&unnamed_spec, failing_to_leave, 0), "-1 -7 NULL NULL InterpreterError('failed to preserve objects across session') after InterpreterError(\"KeyError: 'no repr'\")");
    end_other();
}

/* What an exception of a failure has for people */
TEST(attributes) {
    make_other();
    Session *session = _PyXI_NewSession();
    Failure *failure = _PyXI_NewFailure();
    for (int code = -2; code >= -9; code -= 7) {
        _PyXI_InitFailureUTF8(failure, code, NULL);
        CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
        PyErr_SetString(PyExc_ValueError, "x");
        CHECK(_PyXI_Exit(session, failure, NULL) == -1);
        PyObject *raised = keep(PyErr_GetRaisedException()), *before = keep(code == -2 ? PyException_GetContext(raised) : PyException_GetCause(raised));
        CHECK_REPR(PyObject_GetAttrString(raised, "__dict__"), "{}");
        CHECK_REPR(PyObject_GetAttrString(before, "__dict__"), "{}");
    }
    _PyXI_FreeFailure(failure); _PyXI_FreeSession(session);
    end_other();
}

/* Where there is no frame, the names of one are those of __main__ while that runs. */
static const char *names_of(const char *function) {
    static char text[300];
    PyObject *builtins = PyImport_ImportModule("builtins"), *result = PyObject_CallMethod(builtins, function, NULL), *main = PyImport_AddModule("__main__"), *repr;
    if (result && main && result == PyModule_GetDict(main)) strcpy(text, "the dict of __main__");
    else if (result) { repr = PyObject_Repr(result); snprintf(text, sizeof text, "%s", PyUnicode_AsUTF8(repr)); Py_DECREF(repr); }
    else check_taken(text, sizeof text);
    Py_XDECREF(result); Py_DECREF(builtins);
    return text;
}
TEST(names_without_a_frame) {
    CHECK_STR_EQ(names_of("globals"), "None");
    CHECK_STR_EQ(names_of("locals"), "None");
    CHECK_STR_EQ(names_of("vars"), "!!SystemError: frame does not exist");
    CHECK_STR_EQ(names_of("dir"), "!!SystemError: frame does not exist");
    CHECK_REPR(PyObject_Dir(NULL), "!!SystemError: frame does not exist");
    make_other();
    Session *session = _PyXI_NewSession();
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    CHECK_STR_EQ(names_of("globals"), "the dict of __main__");
    CHECK_STR_EQ(names_of("locals"), "the dict of __main__");
    CHECK_STR_EQ(names_of("vars"), "the dict of __main__");
    CHECK_STR_EQ(names_of("dir"), "['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__']");
    CHECK_REPR(PyObject_Dir(NULL), "['__builtins__', '__doc__', '__loader__', '__name__', '__package__', '__spec__']");
    PyObject *five = PyLong_FromLong(5);
    CHECK_INT(PyDict_SetItem(_PyXI_GetMainNamespace(session, NULL), five, five), "0");
    CHECK_REPR(PyObject_Dir(NULL), "!!TypeError: '<' not supported between instances of 'int' and 'str'");
    PyDict_SetItemString(PyImport_GetModuleDict(), "__main__", five);
    CHECK_REPR(PyObject_Dir(NULL), "!!ImportError: invalid __main__ module");
    Py_DECREF(five);
    CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
    _PyXI_FreeSession(session);
    end_other();
}

/* Without a __main__ */
static const char *main_is(const char *what, int updates) {
    Session *session = _PyXI_NewSession();
    Result result = RESULT;
    Failure *failure = _PyXI_NewFailure();
    static char text[4096];
    CHECK_INT(_PyXI_Enter(session, other, NULL, NULL), "0");
    PyObject *modules = PyImport_GetModuleDict();
    if (!*what) PyDict_DelItemString(modules, "__main__");
    else { PyObject *object = *what == 'N' ? Py_NewRef(Py_None) : PyLong_FromLong(5); PyDict_SetItemString(modules, "__main__", object); Py_DECREF(object); }
    if (updates) {
        CHECK_INT(_PyXI_Exit(session, NULL, NULL), "0");
        int entered = _PyXI_Enter(session, other, value("{s:i}", "a", 1), &result);
        snprintf(text, sizeof text, "%s", shown(entered, &result));
        CHECK(me() == mine);
    } else {
        PyObject *ns = _PyXI_GetMainNamespace(session, failure);
        int code = _PyXI_GetFailureCode(failure), left;
        PyObject *raised = PyErr_GetRaisedException(), *repr = raised ? PyObject_Repr(raised) : NULL;
        int at = snprintf(text, sizeof text, "%s %d %s; ", ns ? "found" : "none", code, repr ? PyUnicode_AsUTF8(repr) : "");
        Py_XDECREF(repr);
        PyErr_SetRaisedException(raised);
        left = _PyXI_Exit(session, failure, &result);
        snprintf(text + at, sizeof text - at, "%s", shown(left, &result));
    }
    _PyXI_FreeSession(session); _PyXI_FreeFailure(failure);
    return text;
}
TEST(no_main) {
    make_other();
    CHECK_STR_EQ(main_is("", 0), "none -5 ModuleNotFoundError('__main__ module not found'); -1 -5 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ModuleNotFoundError: __main__ module not found')");
    end_other();
    make_other();
    CHECK_STR_EQ(main_is("", 1), "-1 42 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ModuleNotFoundError: __main__ module not found')");
    end_other();
    make_other();
    CHECK_STR_EQ(main_is("None", 0), "none -5 ModuleNotFoundError('__main__ module not found'); -1 -5 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ModuleNotFoundError: __main__ module not found')");
    CHECK_STR_EQ(main_is("None", 1), "-1 42 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ModuleNotFoundError: __main__ module not found')");
    CHECK_STR_EQ(main_is("5", 0), "none -5 ImportError('invalid __main__ module'); -1 -5 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ImportError: invalid __main__ module')");
    CHECK_STR_EQ(main_is("5", 1), "-1 42 NULL NULL InterpreterError('failed to get __main__ namespace') after InterpreterError('ImportError: invalid __main__ module')");
    end_other();
}

/* Making and ending */
TEST(new_and_end) {
    mine = me();
    PyInterpreterConfig config = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyThreadState *state = NULL, *saved = NULL;
    long whence = 3;
    PyInterpreterState *interp = _PyXI_NewInterpreter(&config, NULL, NULL, NULL);
    CHECK(interp && me() == mine && !PyInterpreterState_ThreadHead(interp));
    CHECK_INT(_PyInterpreterState_GetWhence(interp), "4");
    _PyXI_EndInterpreter(interp, NULL, NULL);
    CHECK(me() == mine);
    interp = _PyXI_NewInterpreter(&config, &whence, &state, &saved);
    CHECK(interp && me() == state && saved == mine && here() == interp);
    CHECK_INT(_PyInterpreterState_GetWhence(interp), "3");
    _PyXI_EndInterpreter(interp, state, &saved);
    CHECK(me() == mine);
    interp = _PyXI_NewInterpreter(&config, &whence, &state, &saved);
    _PyXI_EndInterpreter(interp, NULL, &saved);
    CHECK(me() == mine);
    interp = _PyXI_NewInterpreter(&config, &whence, &state, NULL);
    CHECK(interp && me() == state);
    PyThreadState_Swap(mine);
    _PyXI_EndInterpreter(interp, state, NULL);
    CHECK(me() == mine);
    saved = (PyThreadState *)1;
    interp = _PyXI_NewInterpreter(&config, &whence, NULL, &saved);
    CHECK(interp && me() == mine);
    CHECK(saved == NULL);
    _PyXI_EndInterpreter(interp, NULL, NULL);
    PyInterpreterState *head = PyInterpreterState_Head();
    Result result = RESULT;
    config = (PyInterpreterConfig){.check_multi_interp_extensions = 1, .gil = 9};
    CHECK_STR_EQ(shown(!_PyXI_NewInterpreter(&config, NULL, NULL, NULL), &result), "1 42 NULL NULL InterpreterError('sub-interpreter creation failed') after RuntimeError(\"init_interp_settings: invalid interpreter config 'gil' value\")");
    config = (PyInterpreterConfig){.gil = PyInterpreterConfig_OWN_GIL};
    CHECK_STR_EQ(shown(!_PyXI_NewInterpreter(&config, &whence, &state, &saved), &result), "1 42 NULL NULL InterpreterError('sub-interpreter creation failed') after RuntimeError('init_interp_settings: per-interpreter obmalloc does not support single-phase init extension modules')");
    CHECK(me() == mine && PyInterpreterState_Head() == head);
}
CHECK_MAIN()
