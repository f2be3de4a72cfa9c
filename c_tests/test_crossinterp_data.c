/* Cross-interpreter data as the modules that make it see it: filling a struct in, reading it, clearing it; looking a type up; what
 * goes wrong in a type's own function; bytes. The prototypes stand here: they are exported, and in no public header. */
#include "check.h"

typedef struct xidata { void *data; PyObject *obj; int64_t interpid; PyObject *(*new_object)(struct xidata *); void (*free)(void *); } XIData;
typedef int (*Basic)(PyThreadState *, PyObject *, XIData *);
typedef struct { Basic basic; int (*fallback)(PyThreadState *, PyObject *, int, XIData *); } GetData;
typedef struct { const char *bytes; Py_ssize_t len; } BytesData;
extern XIData *_PyXIData_New(void);
extern void _PyXIData_Free(XIData *);
extern void _PyXIData_Init(XIData *, PyInterpreterState *, void *, PyObject *, PyObject *(*)(XIData *));
extern int _PyXIData_InitWithSize(XIData *, PyInterpreterState *, size_t, PyObject *, PyObject *(*)(XIData *));
extern void _PyXIData_Clear(PyInterpreterState *, XIData *);
extern PyObject *_PyXIData_GetNotShareableErrorType(PyThreadState *);
extern void _PyXIData_SetNotShareableError(PyThreadState *, const char *);
extern GetData _PyXIData_Lookup(PyThreadState *, PyObject *);
extern int _PyObject_GetXIDataNoFallback(PyThreadState *, PyObject *, XIData *);
extern int _PyObject_GetXIData(PyThreadState *, PyObject *, int, XIData *);
extern PyObject *_PyXIData_NewObject(XIData *);
extern int _PyXIData_Release(XIData *);
extern int _PyXIData_RegisterClass(PyThreadState *, PyTypeObject *, GetData), _PyXIData_UnregisterClass(PyThreadState *, PyTypeObject *);
extern int _PyBytes_GetData(PyObject *, BytesData *), _PyBytes_GetXIData(PyThreadState *, PyObject *, XIData *);
extern PyObject *_PyBytes_FromData(BytesData *), *_PyBytes_FromXIData(XIData *);
PyAPI_DATA(PyObject *) PyExc_InterpreterError;
PyAPI_DATA(PyObject *) PyExc_InterpreterNotFoundError;

static PyThreadState *me(void) { return PyThreadState_Get(); }
static PyInterpreterState *here(void) { return PyInterpreterState_Get(); }

TEST(exceptions) {
    CHECK_BORROWED(PyExc_InterpreterError, "<class 'concurrent.interpreters.InterpreterError'>");
    CHECK_REPR(PyObject_GetAttrString(PyExc_InterpreterError, "__bases__"), "(<class 'Exception'>,)");
    CHECK_REPR(PyObject_GetAttrString(PyExc_InterpreterError, "__module__"), "'concurrent.interpreters'");
    CHECK_STR_EQ(((PyTypeObject *)PyExc_InterpreterError)->tp_name, "concurrent.interpreters.InterpreterError");
    CHECK_BORROWED(PyExc_InterpreterNotFoundError, "<class 'concurrent.interpreters.InterpreterNotFoundError'>");
    CHECK_REPR(PyObject_GetAttrString(PyExc_InterpreterNotFoundError, "__bases__"), "(<class 'concurrent.interpreters.InterpreterError'>,)");
    CHECK_STR_EQ(((PyTypeObject *)PyExc_InterpreterNotFoundError)->tp_name, "concurrent.interpreters.InterpreterNotFoundError");
    CHECK_REPR(PyObject_CallFunction(PyExc_InterpreterError, "si", "a", 1), "InterpreterError('a', 1)");
    PyErr_SetString(PyExc_InterpreterNotFoundError, "which?");
    CHECK(PyErr_ExceptionMatches(PyExc_InterpreterError));
    CHECK_INT(-1, "-1 !!concurrent.interpreters.InterpreterNotFoundError: which?");
    CHECK_INT((_PyXIData_SetNotShareableError(me(), "not this one"), 0), "0 !!NotShareableError: not this one");
    CHECK_INT((_PyXIData_SetNotShareableError(me(), ""), 0), "0 !!NotShareableError");
    CHECK_INT((_PyXIData_SetNotShareableError(me(), "h\xc3\xa9 %d"), 0), "0 !!NotShareableError: hé %d");
    _PyXIData_SetNotShareableError(me(), "x");
    CHECK(PyErr_ExceptionMatches(_PyXIData_GetNotShareableErrorType(me())) && PyErr_ExceptionMatches(PyExc_TypeError));
    PyErr_Clear();
}

/* Struct by struct */
static int freed;
static void count_free(void *block) { freed++; PyMem_RawFree(block); }
static PyObject *make_none(XIData *data) { (void)data; Py_RETURN_NONE; }
static PyObject *make_long(XIData *data) { return PyLong_FromLong(*(long *)data->data); }
static PyObject *make_error(XIData *data) { (void)data; PyErr_SetString(PyExc_ValueError, "cannot be made"); return NULL; }

TEST(init_and_clear) {
    XIData *data = _PyXIData_New();
    PyObject *list = value("[]");
    CHECK(!data->data && !data->obj && data->interpid == 0 && !data->new_object && !data->free);
    _PyXIData_Clear(here(), data);
    CHECK_REPR((_PyXIData_Init(data, here(), list, list, make_none), _PyXIData_NewObject(data)), "None");
    CHECK(data->data == list && data->obj == list && data->interpid == 0 && data->new_object == make_none && !data->free);
    CHECK_INT(Py_REFCNT(list), "2");
    _PyXIData_Clear(here(), data);
    CHECK_INT(Py_REFCNT(list), "1");
    CHECK(!data->data && !data->obj);
    CHECK_INT(data->interpid, "0");
    _PyXIData_Clear(NULL, data);
    _PyXIData_Init(data, NULL, NULL, NULL, make_none);
    CHECK_INT(data->interpid, "-1");
    _PyXIData_Clear(NULL, data);

    CHECK_INT(_PyXIData_InitWithSize(data, here(), sizeof(long), list, make_long), "0");
    CHECK(data->data && data->obj == list && data->interpid == 0 && data->free);
    CHECK_INT(Py_REFCNT(list), "2");
    *(long *)data->data = 77;
    CHECK_REPR(_PyXIData_NewObject(data), "77");
    data->free = count_free;
    _PyXIData_Clear(here(), data);
    CHECK_INT(freed, "1");
    CHECK_INT(Py_REFCNT(list), "1");
    CHECK_INT(_PyXIData_InitWithSize(data, here(), 64, NULL, make_long), "0");
    CHECK(!memcmp(data->data, (char[64]){0}, 64));
    CHECK_INT(_PyXIData_Release(data), "0");
    CHECK(!data->data);
    /* CPython leaves the error to the caller */
    CHECK(_PyXIData_InitWithSize(data, here(), PY_SSIZE_T_MAX, NULL, make_long) == -1 && !data->data);
    PyErr_Clear();
    _PyXIData_Init(data, here(), NULL, NULL, make_error);
    CHECK_REPR(_PyXIData_NewObject(data), "!!ValueError: cannot be made");
    _PyXIData_Free(data);
}

TEST(free_only_what_there_is) {
    XIData *data = _PyXIData_New();
    freed = 0;
    _PyXIData_Init(data, here(), NULL, NULL, make_none);
    data->free = count_free;
    _PyXIData_Clear(here(), data);
    CHECK_INT(freed, "0");
    _PyXIData_Init(data, here(), PyMem_RawMalloc(8), NULL, make_none);
    data->free = count_free;
    _PyXIData_Free(data);
    CHECK_INT(freed, "1");
}

/* Looking up goes by the very class, and sets no error. */
static const char *looked_up(PyObject *object) {
    GetData getdata = _PyXIData_Lookup(me(), object);
    return getdata.basic && getdata.fallback ? "both" : getdata.basic ? "basic" : getdata.fallback ? "fallback" : "none";
}
TEST(lookup) {
    PyObject *base = new_class("Bytes", (PyObject *)&PyBytes_Type);
    CHECK_STR_EQ(looked_up(Py_None), "basic");
    CHECK_STR_EQ(looked_up(Py_True), "basic");
    CHECK_STR_EQ(looked_up(value("i", 1)), "basic");
    CHECK_STR_EQ(looked_up(value("d", 1.0)), "basic");
    CHECK_STR_EQ(looked_up(value("s", "a")), "basic");
    CHECK_STR_EQ(looked_up(value("y", "a")), "basic");
    CHECK_STR_EQ(looked_up(value("(O)", value("[]"))), "fallback");
    CHECK_STR_EQ(looked_up(value("[]")), "none");
    CHECK_STR_EQ(looked_up(value("{}")), "none");
    CHECK_STR_EQ(looked_up(Py_Ellipsis), "none");
    CHECK_STR_EQ(looked_up((PyObject *)&PyLong_Type), "none");
    CHECK_STR_EQ(looked_up(keep(PyComplex_FromDoubles(1, 2))), "none");
    CHECK_STR_EQ(looked_up(keep(PyObject_CallFunction(base, "y", "a"))), "none");
}

/* What a class's own function may do wrong */
static int fail_plainly(PyThreadState *t, PyObject *o, XIData *d) { (void)t; (void)o; (void)d; PyErr_SetString(PyExc_ValueError, "no"); return -1; }
static int fail_not_shareable(PyThreadState *t, PyObject *o, XIData *d) { (void)o; (void)d; _PyXIData_SetNotShareableError(t, "not me"); return -1; }
static int fill_nothing(PyThreadState *t, PyObject *o, XIData *d) { (void)t; (void)o; (void)d; return 0; }
static int forget_new_object(PyThreadState *t, PyObject *o, XIData *d) { _PyXIData_Init(d, PyThreadState_GetInterpreter(t), NULL, o, NULL); return 0; }
static int fill(PyThreadState *t, PyObject *o, XIData *d) { _PyXIData_Init(d, PyThreadState_GetInterpreter(t), NULL, o, make_none); return 0; }
static int with_fallback(PyThreadState *t, PyObject *o, int fallback, XIData *d) {
    if (fallback) { PyErr_SetString(PyExc_ValueError, "fallback asked for"); return -1; }
    return fill(t, o, d);
}
static PyObject *fixed_repr(PyObject *self) { (void)self; return PyUnicode_FromString("<thing>"); }
static PyObject *bad_repr(PyObject *self) { (void)self; PyErr_SetString(PyExc_KeyError, "repr"); return NULL; }
static PyType_Slot slots[] = {{Py_tp_repr, fixed_repr}, {0, NULL}}, bad_slots[] = {{Py_tp_repr, bad_repr}, {0, NULL}};
static PyType_Spec spec = {"m.Thing", 0, 0, Py_TPFLAGS_DEFAULT, slots}, bad_spec = {"m.Bad", 0, 0, Py_TPFLAGS_DEFAULT, bad_slots};

TEST(functions_that_fail) {
    PyObject *class = keep(PyType_FromSpec(&spec)), *object = keep(PyObject_CallNoArgs(class));
    PyObject *cause = NULL;
    XIData *data = _PyXIData_New();
#define TRY(function, call, expected) do { \
        CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)class, (GetData){.basic = function}), "0"); \
        CHECK_INT(call, expected); \
        CHECK_INT(_PyXIData_UnregisterClass(me(), (PyTypeObject *)class), "1"); } while (0)
#define PLAIN _PyObject_GetXIDataNoFallback(me(), object, data)
#define FULL _PyObject_GetXIData(me(), object, 1, data)
    TRY(fail_plainly, PLAIN, "-1 !!NotShareableError: <thing> does not support cross-interpreter data");
    TRY(fail_not_shareable, PLAIN, "-1 !!NotShareableError: <thing> does not support cross-interpreter data");
    TRY(fill_nothing, PLAIN, "-1 !!SystemError: missing new_object func");
    TRY(forget_new_object, PLAIN, "-1 !!SystemError: missing new_object func");
    CHECK_INT(Py_REFCNT(object), "1");
    CHECK(!data->data && !data->obj);
    TRY(fail_not_shareable, (PLAIN, 0), "0 !!NotShareableError: <thing> does not support cross-interpreter data");
    TRY(fail_not_shareable, PyErr_Occurred() ? 1 : PLAIN < 0 ? (cause = PyErr_GetRaisedException(), 0) : 2, "0");
    CHECK_REPR(PyException_GetCause(keep(cause)), "NotShareableError('not me')");
    CHECK_REPR(PyException_GetContext(cause), "NULL");
    TRY(fill, FULL, "0");
    CHECK_INT(Py_REFCNT(object), "2");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("i", 1), data), "-1 !!ValueError: xidata not cleared");
    CHECK_INT(_PyXIData_Release(data), "0");
    CHECK_INT(Py_REFCNT(object), "1");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("i", 1), data), "0");
    CHECK_INT(_PyXIData_Release(data), "0");
    _PyXIData_Free(data);
}

TEST(fallback_asked_for) {
    PyObject *class = keep(PyType_FromSpec(&spec)), *object = keep(PyObject_CallNoArgs(class));
    XIData *data = _PyXIData_New();
    CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)class, (GetData){NULL, NULL}), "-1 !!ValueError: missing 'getdata' func");
    CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)class, (GetData){.fallback = with_fallback}), "0");
    CHECK_STR_EQ(looked_up(object), "fallback");
    CHECK_INT(_PyObject_GetXIData(me(), object, 1, data), "-1 !!NotShareableError: <thing> does not support cross-interpreter data");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), object, data), "0");
    CHECK_INT(_PyXIData_Release(data), "0");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("(O)", object), data), "0");
    CHECK_INT(_PyXIData_Release(data), "0");
    CHECK_INT(_PyXIData_UnregisterClass(me(), (PyTypeObject *)class), "1");
    _PyXIData_Free(data);
}

/* Objects that cannot be sent, one of which has no repr. */
TEST(not_shareable) {
    XIData *data = _PyXIData_New();
    PyObject *bad = keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&bad_spec))));
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("[i]", 1), data), "-1 !!NotShareableError: [1] does not support cross-interpreter data");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), bad, data), "-1 !!KeyError: 'repr'");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("(iO)", 1, bad), data), "-1 !!KeyError: 'repr'");
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), value("((O))", value("[]")), data), "-1 !!NotShareableError: (([],),) does not support cross-interpreter data");
    CHECK(!data->data && !data->obj);
    PyObject *nested = value("()");
    for (int i = 0; i < 100; i++) nested = value("(O)", nested);
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), nested, data), "0");
    CHECK_INT(PyObject_RichCompareBool(keep(_PyXIData_NewObject(data)), nested, Py_EQ), "1");
    CHECK_INT(_PyXIData_Release(data), "0");
    _PyXIData_Free(data);
}

TEST(bytes) {
    BytesData bytes = {NULL, -7};
    PyObject *object = value("y#", "a\0b", (Py_ssize_t)3), *class = new_class("Bytes", (PyObject *)&PyBytes_Type);
    CHECK_INT(_PyBytes_GetData(object, &bytes), "0");
    CHECK(bytes.bytes == PyBytes_AS_STRING(object) && bytes.len == 3);
    CHECK_REPR(_PyBytes_FromData(&bytes), "b'a\\x00b'");
    CHECK_REPR(_PyBytes_FromData(&(BytesData){"xyz", 0}), "b''");
    CHECK_REPR(_PyBytes_FromData(&(BytesData){"x", -1}), "!!SystemError: Negative size passed to PyBytes_FromStringAndSize");
    CHECK_INT(_PyBytes_GetData(value("s", "abc"), &bytes), "-1 !!TypeError: expected bytes, got 'abc'");
    CHECK_INT(_PyBytes_GetData(keep(PyByteArray_FromStringAndSize("ab", 2)), &bytes), "-1 !!TypeError: expected bytes, got bytearray(b'ab')");
    CHECK_INT(_PyBytes_GetData(Py_None, &bytes), "-1 !!TypeError: expected bytes, got None");

    XIData *data = _PyXIData_New();
    CHECK_INT(_PyBytes_GetXIData(me(), object, data), "0");
    CHECK(((BytesData *)data->data)->bytes == PyBytes_AS_STRING(object) && data->obj == object && data->interpid == 0 && data->free);
    CHECK_REPR(_PyBytes_FromXIData(data), "b'a\\x00b'");
    CHECK_INT(_PyXIData_Release(data), "0");
    PyObject *sub = keep(PyObject_CallFunction(class, "y", "sub"));
    CHECK_INT(_PyBytes_GetXIData(me(), sub, data), "0");
    CHECK_REPR(_PyBytes_FromXIData(data), "b'sub'");
    CHECK_INT(_PyXIData_Release(data), "0");
    CHECK_INT(_PyBytes_GetXIData(me(), value("s", "abc"), data), "-1 !!TypeError: expected bytes, got 'abc'");
    CHECK_INT(_PyBytes_GetXIData(me(), value("i", 5), data), "-1 !!TypeError: expected bytes, got 5");
    CHECK(!data->data && !data->obj);
    CHECK_INT(_PyObject_GetXIDataNoFallback(me(), sub, data), "-1 !!NotShareableError: b'sub' does not support cross-interpreter data");
    _PyXIData_Free(data);
}
CHECK_MAIN()
