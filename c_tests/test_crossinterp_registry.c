/* Which classes' instances are shareable: registered, more than once, and taken back; builtin and static ones for all interpreters, heap
 * types for their own and for as long as they live. What a class's functions do wrong. Data whose interpreter is gone. In two lives. */
#include "crossinterp.h"

static int frees;
static void count_free(void *block) { frees++; PyMem_RawFree(block); }
static PyObject *make_seven(XIData *data) { (void)data; return PyLong_FromLong(7); }
static PyObject *make_nothing(XIData *data) { (void)data; return NULL; }
static PyObject *make_error(XIData *data) { (void)data; PyErr_SetString(PyExc_KeyError, "cannot be made"); return NULL; }
static void fill(PyThreadState *state, PyObject *object, XIData *data, NewObject make) {
    _PyXIData_Init(data, PyThreadState_GetInterpreter(state), PyMem_RawMalloc(4), object, make);
    data->free = count_free;
}
static int seven(PyThreadState *t, PyObject *o, XIData *d) { fill(t, o, d, make_seven); return 0; }
static int nothing(PyThreadState *t, PyObject *o, XIData *d) { fill(t, o, d, make_nothing); return 0; }
static int error(PyThreadState *t, PyObject *o, XIData *d) { fill(t, o, d, make_error); return 0; }
static int no_maker(PyThreadState *t, PyObject *o, XIData *d) { fill(t, o, d, NULL); return 0; }
static int half(PyThreadState *t, PyObject *o, XIData *d) { fill(t, o, d, make_seven); PyErr_SetString(PyExc_ValueError, "half done"); return -1; }
static int positive(PyThreadState *t, PyObject *o, XIData *d) { (void)t; (void)o; (void)d; PyErr_SetString(PyExc_MemoryError, "positive"); return 3; }
static int with_items(PyThreadState *t, PyObject *o, int fallback, XIData *d) { fill(t, o, d, fallback ? make_error : make_seven); return 0; }
static void add(void *class, GetData getdata) { CHECK_INT(_PyXIData_RegisterClass(me(), class, getdata), "0"); }
static int take(void *class) { return _PyXIData_UnregisterClass(me(), class); }

/* What becomes of the object: "got", what it is there or what was raised and why, how often something was freed. */
static const char *sent(PyObject *object) {
    static char text[1000];
    XIData *data = _PyXIData_New();
    char raised[400];
    frees = 0;
    Py_ssize_t count = Py_REFCNT(object);
    int got = _PyObject_GetXIData(me(), object, 0, data), at = snprintf(text, sizeof text, "%d", got);
    PyObject *exc = PyErr_GetRaisedException();
    for (int n = 0; exc; n++) {
        PyObject *cause = PyException_GetCause(exc);
        PyErr_SetRaisedException(exc);
        at += snprintf(text + at, sizeof text - at, "%s%s", n ? " from " : " ", check_taken(raised, sizeof raised));
        exc = cause;
    }
    at += snprintf(text + at, sizeof text - at, "; %d %d %d", data->data != NULL, data->obj == object, frees);
    if (got == 0) {
        PyObject *made = _PyXIData_NewObject(data), *repr = made ? PyObject_Repr(made) : NULL;
        at += snprintf(text + at, sizeof text - at, "; %s%s", repr ? PyUnicode_AsUTF8(repr) : "NULL ", check_taken(raised, sizeof raised));
        Py_XDECREF(made); Py_XDECREF(repr);
    }
    at += snprintf(text + at, sizeof text - at, "; released %d", _PyXIData_Release(data));
    snprintf(text + at, sizeof text - at, " %d %s", frees, Py_REFCNT(object) == count ? "" : "kept");
    PyMem_RawFree(data);
    return text;
}
static PyTypeObject static_type = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Static", .tp_basicsize = sizeof(PyObject), .tp_flags = Py_TPFLAGS_DEFAULT};
static PyObject *static_object(void) { return keep(PyType_GenericAlloc(&static_type, 0)); }

static void functions(void) {
    PyObject *class = new_class("C", NULL), *derived = new_class("D", class), *object = keep(PyObject_CallNoArgs(class)), *other = keep(PyObject_CallNoArgs(derived));
    CHECK_INT(take(class), "0");
    add(class, (GetData){.basic = seven});
    CHECK_STR_EQ(sent(object), "0; 1 1 0; 7; released 0 1 ");
    CHECK_STR_EQ(strstr(sent(other), "does not"), "does not support cross-interpreter data; 0 0 0; released 0 0 ");
    add(class, (GetData){.basic = error});
    CHECK_STR_EQ(sent(object), "0; 1 1 0; 7; released 0 1 ");
    CHECK_INT(take(class), "1");
    CHECK_STR_EQ(sent(object), "0; 1 1 0; 7; released 0 1 ");
    CHECK_INT(take(class), "1");
    CHECK_STR_EQ(strstr(sent(object), "does not"), "does not support cross-interpreter data; 0 0 0; released 0 0 ");
    CHECK_INT(take(class), "0");
#define TRY(function, expected) add(class, (GetData){.basic = function}); CHECK_STR_EQ(sent(object), expected); CHECK_INT(take(class), "1")
    TRY(nothing, "0; 1 1 0; NULL ; released 0 1 ");
    TRY(error, "0; 1 1 0; NULL !!KeyError: 'cannot be made'; released 0 1 ");
    frees = 0;
    add(class, (GetData){.basic = half});
    CHECK_STR_EQ(strstr(sent(object), "does not"), "does not support cross-interpreter data from !!ValueError: half done; 1 1 0; released 0 1 ");
    CHECK_INT(take(class), "1");
    TRY(no_maker, "-1 !!SystemError: missing new_object func; 0 0 1; released 0 1 ");
    add(class, (GetData){.basic = positive});
    CHECK_STR_EQ(strstr(sent(object), "does not"), "does not support cross-interpreter data from !!MemoryError: positive; 0 0 0; released 0 0 ");
    CHECK_INT(take(class), "1");
    add(class, (GetData){seven, with_items});
    CHECK_STR_EQ(sent(object), "0; 1 1 0; 7; released 0 1 ");
    CHECK_INT(take(class), "1");
    add(class, (GetData){NULL, with_items});
    CHECK_STR_EQ(sent(object), "0; 1 1 0; 7; released 0 1 ");
    CHECK_STR_EQ(sent(value("(OO)", object, Py_None)), "0; 1 1 0; (7, None); released 0 1 ");
    CHECK_INT(take(class), "1");
    CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)object, (GetData){.basic = seven}), "-1 !!ValueError: only classes may be registered");
    CHECK_INT(_PyXIData_RegisterClass(me(), (PyTypeObject *)Py_None, (GetData){NULL, NULL}), "-1 !!ValueError: only classes may be registered");
}
static void everywhere(void) {
    PyThreadState *mine = me();
    CHECK_STR_EQ(sent(value("i", 3)), "0; 1 0 0; 3; released 0 0 ");
    add(&PyLong_Type, (GetData){.basic = seven});
    CHECK_STR_EQ(sent(value("i", 3)), "0; 1 0 0; 3; released 0 0 ");
    CHECK_INT(take(&PyLong_Type), "1");
    CHECK_STR_EQ(sent(value("i", 3)), "0; 1 0 0; 3; released 0 0 ");
    CHECK_INT(take(&PyFloat_Type), "1");
    CHECK_STR_EQ(sent(value("d", 1.5)), "-1 !!NotShareableError: 1.5 does not support cross-interpreter data; 0 0 0; released 0 0 ");
    CHECK_STR_EQ(sent(value("(d)", 1.5)), "-1 !!NotShareableError: (1.5,) does not support cross-interpreter data from !!NotShareableError: 1.5 does not support cross-interpreter data; 0 0 0; released 0 0 ");
    CHECK_INT(_PyObject_CheckXIData(me(), value("d", 1.5)), "-1 !!NotShareableError: 1.5 does not support cross-interpreter data");
    CHECK_INT(take(&PyFloat_Type), "0");
    if (!static_type.tp_dict) CHECK_INT(PyType_Ready(&static_type), "0");
    CHECK_STR_EQ(strstr(sent(static_object()), "does not"), "does not support cross-interpreter data; 0 0 0; released 0 0 ");
    add(&static_type, (GetData){.basic = seven});
    add(&PyList_Type, (GetData){.basic = seven});
    CHECK_STR_EQ(sent(static_object()), "0; 1 1 0; 7; released 0 1 ");
    PyThreadState *other = new_interpreter();
    PyObject *list = PyList_New(0), *number = PyFloat_FromDouble(2.5);
    CHECK_STR_EQ(sent(list), "0; 1 1 0; 7; released 0 1 ");
    CHECK_STR_EQ(sent(number), "-1 !!NotShareableError: 2.5 does not support cross-interpreter data; 0 0 0; released 0 0 ");
    CHECK_INT(take(&PyList_Type), "1");
    CHECK_STR_EQ(sent(list), "-1 !!NotShareableError: [] does not support cross-interpreter data; 0 0 0; released 0 0 ");
    Py_DECREF(list); Py_DECREF(number);
    /* of this interpreter, and gone with it */
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Theirs");
    add(class, (GetData){.basic = seven});
    Py_DECREF(class);
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(sent(value("[]")), "-1 !!NotShareableError: [] does not support cross-interpreter data; 0 0 0; released 0 0 ");
}
static void weakly(void) {
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Mortal"), *reference = keep(PyWeakref_NewRef(class, NULL)), *found = NULL;
    Py_ssize_t count = Py_REFCNT(class);
    add(class, (GetData){.basic = seven});
    CHECK_INT(Py_REFCNT(class) - count, "0");
    Py_DECREF(class);
    PyGC_Collect();
    CHECK_INT(PyWeakref_GetRef(reference, &found), "0");
    for (int i = 0; i < 50; i++) {
        class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Mortal");
        PyObject *object = PyObject_CallNoArgs(class);
        CHECK_INT(_PyXIData_Lookup(me(), object).basic == NULL, "1");
        add(class, (GetData){.basic = seven});
        CHECK_INT(_PyXIData_Lookup(me(), object).basic == seven, "1");
        Py_DECREF(object); Py_DECREF(class);
        PyGC_Collect();
    }
}
/* The interpreter that the objects belonged to was ended. */
static void orphans(void) {
    PyThreadState *mine = me(), *other = new_interpreter();
    XIData *data[6];
    PyObject *objects[6] = {PyUnicode_FromString("a text"), PyFloat_FromDouble(2.5), PyBytes_FromString("bytes"), Py_BuildValue("(sd(s))", "x", 1.5, "yy"), PyLong_FromLong(5), Py_NewRef(Py_None)};
    long long id = id_here();
    for (int i = 0; i < 6; i++) {
        data[i] = _PyXIData_New();
        CHECK_INT(_PyObject_GetXIData(me(), objects[i], 0, data[i]), "0");
        Py_DECREF(objects[i]);
    }
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    char expected[100];
    snprintf(expected, sizeof expected, "-1 !!concurrent.interpreters.InterpreterNotFoundError: unrecognized interpreter ID %lld", id);
    for (int i = 0; i < 4; i++) CHECK_INT(i % 2 ? _PyXIData_ReleaseAndRawFree(data[i]) : _PyXIData_Release(data[i]), expected);
    CHECK_INT(_PyXIData_ReleaseAndRawFree(data[4]), "0");
    CHECK_INT(_PyXIData_ReleaseAndRawFree(data[5]), "0");
    PyMem_RawFree(data[0]); PyMem_RawFree(data[2]);
}
static void all(void) { functions(); weakly(); orphans(); everywhere(); }
TEST(first_life) { all(); }
/* Nothing of the first life is left, not even what was taken away. */
TEST(second_life) {
    all();
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    Py_InitializeEx(0);
    all();
}
CHECK_MAIN()
