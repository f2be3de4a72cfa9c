/* Objects sent to another interpreter: what is shareable, what it becomes there, what is refused and how it is released. The
 * functions are exported for CPython's own modules; their prototypes stand here. */
#include "check.h"

typedef struct xidata { void *data; PyObject *obj; int64_t interpid; PyObject *(*new_object)(struct xidata *); void (*free)(void *); } XIData;
typedef struct { int (*basic)(PyThreadState *, PyObject *, XIData *); int (*fallback)(PyThreadState *, PyObject *, int, XIData *); } GetData;
XIData *_PyXIData_New(void);
void _PyXIData_Free(XIData *);
void _PyXIData_Init(XIData *, PyInterpreterState *, void *, PyObject *, PyObject *(*)(XIData *));
int _PyObject_CheckXIData(PyThreadState *, PyObject *);
int _PyObject_GetXIData(PyThreadState *, PyObject *, int, XIData *);
PyObject *_PyXIData_NewObject(XIData *);
int _PyXIData_Release(XIData *);
int _PyXIData_ReleaseAndRawFree(XIData *);
int _PyXIData_RegisterClass(PyThreadState *, PyTypeObject *, GetData);
int _PyXIData_UnregisterClass(PyThreadState *, PyTypeObject *);
PyObject *_PyXIData_GetNotShareableErrorType(PyThreadState *);

/* Sends `object` to a new interpreter and says what it is there. */
static const char *sent(PyObject *object, PyInterpreterConfig *config) {
    static char text[256];
    XIData *data = _PyXIData_New();
    if (_PyObject_GetXIData(PyThreadState_Get(), object, 0, data) < 0) { _PyXIData_Free(data); PyErr_Print(); return "not sent"; }
    PyThreadState *main = PyThreadState_Get(), *other = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&other, config);
    if (PyStatus_Exception(status)) return "no interpreter";
    PyObject *there = _PyXIData_NewObject(data), *repr = PyObject_Repr(there);
    snprintf(text, sizeof text, "%s %s", Py_TYPE(there)->tp_name, PyUnicode_AsUTF8(repr));
    Py_DECREF(repr);
    Py_DECREF(there);
    Py_EndInterpreter(other);
    PyThreadState_Swap(main);
    if (_PyXIData_ReleaseAndRawFree(data) < 0) return "not released";
    return text;
}

static PyInterpreterConfig own = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
static PyInterpreterConfig shared = {.use_main_obmalloc = 1, .allow_fork = 1, .allow_exec = 1, .allow_threads = 1, .allow_daemon_threads = 1, .gil = PyInterpreterConfig_SHARED_GIL};

static void send_all(PyInterpreterConfig *config) {
    CHECK_STR_EQ(sent(Py_None, config), "NoneType None");
    CHECK_STR_EQ(sent(Py_True, config), "bool True");
    CHECK_STR_EQ(sent(Py_False, config), "bool False");
    CHECK_STR_EQ(sent(value("i", -7), config), "int -7");
    CHECK_STR_EQ(sent(value("L", (long long)-0x7fffffffffffffff - 1), config), "int -9223372036854775808");
    CHECK_STR_EQ(sent(value("d", 1.5), config), "float 1.5");
    CHECK_STR_EQ(sent(value("s", "h\xc3\xa9"), config), "str 'h\xc3\xa9'");
    CHECK_STR_EQ(sent(value("s", "\xf0\x9f\x90\x8d"), config), "str '\xf0\x9f\x90\x8d'");
    CHECK_STR_EQ(sent(value("s", ""), config), "str ''");
    CHECK_STR_EQ(sent(value("y#", "a\0b", (Py_ssize_t)3), config), "bytes b'a\\x00b'");
    CHECK_STR_EQ(sent(value("()"), config), "tuple ()");
    CHECK_STR_EQ(sent(value("(i(sO)y)", 1, "x", Py_None, "z"), config), "tuple (1, ('x', None), b'z')");
}

TEST(own_gil) { send_all(&own); }
TEST(shared_gil) { send_all(&shared); }

TEST(refused) {
    XIData *data = _PyXIData_New();
    PyThreadState *me = PyThreadState_Get();
    CHECK_INT(_PyObject_GetXIData(me, value("[]"), 0, data), "-1 !!NotShareableError: [] does not support cross-interpreter data");
    CHECK_INT(_PyObject_GetXIData(me, value("{}"), 0, data), "-1 !!NotShareableError: {} does not support cross-interpreter data");
    CHECK_INT(_PyObject_GetXIData(me, Py_Ellipsis, 0, data), "-1 !!NotShareableError: Ellipsis does not support cross-interpreter data");
    CHECK_INT(_PyObject_GetXIData(me, value("(i[])", 1), 0, data), "-1 !!NotShareableError: (1, []) does not support cross-interpreter data");
    PyObject *big = keep(PyLong_FromString("9223372036854775808", NULL, 10));
    CHECK_INT(_PyObject_GetXIData(me, big, 0, data), "-1 !!NotShareableError: 9223372036854775808 does not support cross-interpreter data");
    _PyObject_GetXIData(me, big, 0, data);
    PyObject *error = keep(PyErr_GetRaisedException()), *cause = keep(PyException_GetCause(error));
    CHECK_REPR(Py_NewRef(cause), "OverflowError('try sending as bytes')");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)Py_TYPE(error), "__module__"), "'concurrent.interpreters'");
    CHECK_REPR(PyObject_GetAttrString((PyObject *)Py_TYPE(error), "__bases__"), "(<class 'TypeError'>,)");
    CHECK((PyObject *)Py_TYPE(error) == _PyXIData_GetNotShareableErrorType(me));
    CHECK_INT(_PyObject_CheckXIData(me, value("[]")), "-1 !!NotShareableError: [] does not support cross-interpreter data");
    CHECK_INT(_PyObject_CheckXIData(me, big), "0");
    CHECK_INT(_PyObject_CheckXIData(me, value("(i[])", 1)), "0");
    _PyXIData_Free(data);
}

static int frees;
static void count_free(void *block) { frees++; PyMem_RawFree(block); }
static PyObject *make_answer(XIData *data) { return PyLong_FromLong(*(long *)data->data); }
static int answer_data(PyThreadState *tstate, PyObject *object, XIData *data) {
    long *block = PyMem_RawMalloc(sizeof *block);
    *block = 42;
    _PyXIData_Init(data, PyThreadState_GetInterpreter(tstate), block, object, make_answer);
    data->free = count_free;
    return 0;
}

TEST(registered) {
    PyThreadState *me = PyThreadState_Get();
    PyObject *class = new_class("Shareable", (PyObject *)&PyBaseObject_Type), *object = keep(PyObject_CallNoArgs(class));
    CHECK_INT(_PyObject_CheckXIData(me, object) < 0 ? (PyErr_Clear(), -1) : 0, "-1");
    CHECK_INT(_PyXIData_UnregisterClass(me, (PyTypeObject *)class), "0");
    CHECK_INT(_PyXIData_RegisterClass(me, (PyTypeObject *)class, (GetData){.basic = answer_data}), "0");
    CHECK_INT(_PyObject_CheckXIData(me, object), "0");
    Py_ssize_t count = Py_REFCNT(object);
    CHECK_STR_EQ(sent(object, &own), "int 42");
    CHECK_INT(frees, "1");
    CHECK(Py_REFCNT(object) == count);
    CHECK_INT(_PyXIData_UnregisterClass(me, (PyTypeObject *)class), "1");
    CHECK_INT(_PyXIData_UnregisterClass(me, (PyTypeObject *)class), "0");
}

/* Data that is released while another interpreter is attached is freed by its own, at its next safe place. */
TEST(released_elsewhere) {
    PyThreadState *main = PyThreadState_Get(), *other = NULL;
    PyObject *class = new_class("Shareable", (PyObject *)&PyBaseObject_Type), *object = keep(PyObject_CallNoArgs(class));
    CHECK_INT(_PyXIData_RegisterClass(main, (PyTypeObject *)class, (GetData){.basic = answer_data}), "0");
    frees = 0;
    Py_ssize_t count = Py_REFCNT(object);
    XIData *data = _PyXIData_New();
    CHECK_INT(_PyObject_GetXIData(main, object, 0, data), "0");
    CHECK(Py_REFCNT(object) == count + 1);
    CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&other, &own)));
    CHECK_INT(_PyXIData_ReleaseAndRawFree(data), "0");
    CHECK_INT(frees, "0");
    Py_EndInterpreter(other);
    PyThreadState_Swap(main);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(frees, "1");
    CHECK(Py_REFCNT(object) == count);
    CHECK_INT(_PyXIData_UnregisterClass(main, (PyTypeObject *)class), "1");
}

CHECK_MAIN()
