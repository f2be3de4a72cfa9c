/* The macros and inline functions of the headers around code: functions, methods, calls, modules, locks, threads,
 * weak references, and the table of the module datetime. test_macros.c has those on plain objects. */
#include "check.h"
#include <datetime.h>
#include <frameobject.h>
#include <structmember.h>

static PyObject *give_self(PyObject *self, PyObject *Py_UNUSED(argument)) { return Py_NewRef(self ? self : Py_None); }
static PyObject *count_arguments(PyObject *Py_UNUSED(self), PyObject *const *Py_UNUSED(arguments), Py_ssize_t count) { return PyLong_FromSsize_t(count); }
static PyObject *sum_keywords(PyObject *Py_UNUSED(self), PyObject *arguments, PyObject *keywords) {
    return PyLong_FromSsize_t(PyTuple_GET_SIZE(arguments) + (keywords ? PyDict_GET_SIZE(keywords) : 0));
}
static PyObject *defining(PyObject *Py_UNUSED(self), PyTypeObject *class, PyObject *const *Py_UNUSED(arguments), Py_ssize_t Py_UNUSED(count), PyObject *Py_UNUSED(names)) {
    return Py_NewRef((PyObject *)class);
}
static PyMethodDef plain = {"plain", give_self, METH_NOARGS, PyDoc_STR("plain()\n--\n\nDoc.")};
static PyMethodDef fast = {"fast", _PyCFunction_CAST(count_arguments), METH_FASTCALL, NULL};
static PyMethodDef named = {"named", _PyCFunction_CAST(sum_keywords), METH_VARARGS | METH_KEYWORDS, NULL};
static PyMethodDef fixed = {"fixed", give_self, METH_NOARGS | METH_STATIC, NULL};
static PyMethodDef of_class = {"of_class", _PyCFunction_CAST(defining), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL};

TEST(c_functions) {
    PyObject *list = value("[]"), *function = keep(PyCFunction_New(&plain, list));
    CHECK(PyCFunction_Check(function) && PyCFunction_CheckExact(function) && !PyCMethod_Check(function) && !PyCFunction_Check(list));
    CHECK(PyCFunction_GET_FUNCTION(function) == give_self && PyCFunction_GET_SELF(function) == list);
    CHECK(PyCFunction_GET_FLAGS(function) == METH_NOARGS && PyCFunction_GET_CLASS(function) == NULL);
    CHECK(((PyCFunctionObject *)function)->m_ml == &plain);
    CHECK_REPR(PyObject_CallNoArgs(function), "[]");
    PyObject *module = keep(PyUnicode_FromString("mod")), *in_module = keep(PyCFunction_NewEx(&fast, NULL, module));
    CHECK(((PyCFunctionObject *)in_module)->m_module == module && PyCFunction_GET_SELF(in_module) == NULL);
    CHECK_REPR(PyObject_CallFunction(in_module, "ii", 1, 2), "2");
    CHECK_REPR(PyObject_Call(keep(PyCFunction_New(&named, NULL)), value("(i)", 1), value("{si}", "a", 2)), "2");
    PyObject *fixed_function = keep(PyCFunction_New(&fixed, list));
    CHECK(PyCFunction_GET_SELF(fixed_function) == NULL && (PyCFunction_GET_FLAGS(fixed_function) & METH_STATIC));
    PyObject *method = keep(PyCMethod_New(&of_class, list, NULL, &PyList_Type));
    CHECK(PyCMethod_Check(method) && PyCMethod_CheckExact(method) && PyCFunction_GET_CLASS(method) == &PyList_Type);
    CHECK_REPR(PyObject_CallNoArgs(method), "<class 'list'>");
}

TEST(vectorcall) {
    CHECK(PyVectorcall_NARGS(3 | PY_VECTORCALL_ARGUMENTS_OFFSET) == 3 && PyVectorcall_NARGS(0) == 0);
    PyObject *list = value("[i]", 5), *append = value("s", "append"), *pop = value("s", "pop");
    CHECK_REPR(PyObject_CallMethodOneArg(list, append, Py_True), "None");
    CHECK_REPR(PyObject_CallMethodNoArgs(list, pop), "True");
    CHECK_REPR(_PyObject_CallMethodNoArgs(list, append), "!!TypeError: list.append() takes exactly one argument (0 given)");
    PyObject *arguments[] = {NULL, list};
    CHECK_REPR(_PyObject_Vectorcall(builtin("len"), arguments + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL), "1");
    CHECK_REPR(_PyObject_CallOneArg(builtin("len"), list), "1");
    CHECK_REPR(PyObject_GetAttrString(list, "nothing"), "!!AttributeError: 'list' object has no attribute 'nothing'");
}

TEST(methods) {
    PyObject *function = keep(PyCFunction_New(&plain, NULL)), *list = value("[]");
    PyObject *method = keep(PyMethod_New(function, list));
    CHECK(PyMethod_Check(method) && !PyMethod_Check(function));
    CHECK(PyMethod_GET_FUNCTION(method) == function && PyMethod_GET_SELF(method) == list);
    PyObject *instance = keep(PyInstanceMethod_New(function));
    CHECK(PyInstanceMethod_Check(instance) && !PyInstanceMethod_Check(method) && PyInstanceMethod_GET_FUNCTION(instance) == function);
    PyObject *cell = keep(PyCell_New(list));
    CHECK(PyCell_Check(cell) && !PyCell_Check(list) && PyCell_GET(cell) == list);
    PyCell_SET(cell, NULL);
    CHECK(PyCell_GET(cell) == NULL);
    PyCell_SET(cell, list); /* the reference that the cell had */
    PyObject *descriptor = attr((PyObject *)&PyList_Type, "append");
    CHECK(PyDescr_TYPE(descriptor) == &PyList_Type);
    CHECK_BORROWED(PyDescr_NAME(descriptor), "'append'");
}

TEST(code) {
    PyCodeObject *code = PyCode_NewEmpty("file.py", "name", 7);
    keep((PyObject *)code);
    CHECK(code && PyCode_Check(code) && !PyCode_Check(Py_None) && code->co_firstlineno == 7);
    CHECK(PyCode_GetNumFree(code) == 0 && PyUnstable_Code_GetFirstFree(code) == 0);
    CHECK_BORROWED(code->co_name, "'name'");
    CHECK(!PyFrame_Check((PyObject *)code) && !PyFrameLocalsProxy_Check((PyObject *)code) && !PyTraceBack_Check((PyObject *)code));
    CHECK(!PyGen_Check((PyObject *)code) && !PyGen_CheckExact((PyObject *)code) && !PyCoro_CheckExact((PyObject *)code));
    CHECK(!PyAsyncGen_CheckExact((PyObject *)code) && !PyAsyncGenASend_CheckExact((PyObject *)code) && !PyFunction_Check((PyObject *)code));
}

TEST(functions) {
    PyObject *globals = value("{ss}", "__name__", "m"), *code = keep((PyObject *)PyCode_NewEmpty("file.py", "name", 7));
    PyObject *function = keep(PyFunction_New(code, globals));
    CHECK(function && PyFunction_Check(function));
    if (!function) return;
    CHECK(PyFunction_GET_CODE(function) == code && PyFunction_GET_GLOBALS(function) == globals);
    CHECK_BORROWED(PyFunction_GET_MODULE(function), "'m'");
    CHECK(!PyFunction_GET_DEFAULTS(function) && !PyFunction_GET_KW_DEFAULTS(function) && !PyFunction_GET_CLOSURE(function) && !PyFunction_GET_ANNOTATIONS(function));
}

TEST(kinds) {
    PyObject *none = Py_None;
    CHECK(!PyODict_Check(none) && !PyODict_CheckExact(none) && !PyPickleBuffer_Check(none) && !PyModule_CheckExact(none));
    PyObject *context = keep(PyContext_New()), *variable = keep(PyContextVar_New("v", NULL)), *token = keep(PyContextVar_Set(variable, none));
    CHECK(PyContext_CheckExact(context) && PyContextVar_CheckExact(variable) && PyContextToken_CheckExact(token) && !PyContext_CheckExact(token));
    PyObject *capsule = keep(PyCapsule_New(&plain, "name", NULL));
    CHECK(PyCapsule_CheckExact(capsule) && !PyCapsule_CheckExact(none));
    PyObject *module = keep(PyModule_New("m"));
    CHECK(PyModule_Check(module) && PyModule_CheckExact(module) && !PyModule_Check(none));
#define ANSWER 42
#define TEXT "text"
    CHECK_INT(PyModule_AddIntMacro(module, ANSWER), "0");
    CHECK_INT(PyModule_AddStringMacro(module, TEXT), "0");
    CHECK_REPR(PyObject_GetAttrString(module, "ANSWER"), "42");
    CHECK_REPR(PyObject_GetAttrString(module, "TEXT"), "'text'");
}

TEST(weak_references) {
    PyObject *object = keep(PySet_New(NULL)), *reference = keep(PyWeakref_NewRef(object, NULL)), *proxy = keep(PyWeakref_NewProxy(object, NULL));
    CHECK(PyWeakref_Check(reference) && PyWeakref_CheckRef(reference) && PyWeakref_CheckRefExact(reference) && !PyWeakref_CheckProxy(reference));
    CHECK(PyWeakref_Check(proxy) && PyWeakref_CheckProxy(proxy) && !PyWeakref_CheckRef(proxy) && !PyWeakref_Check(object));
    _Py_COMP_DIAG_PUSH
    _Py_COMP_DIAG_IGNORE_DEPR_DECLS
    CHECK(PyWeakref_GET_OBJECT(reference) == object);
    PyObject *dead = PySet_New(NULL), *to_dead = keep(PyWeakref_NewRef(dead, NULL));
    Py_DECREF(dead);
    CHECK(PyWeakref_GET_OBJECT(to_dead) == Py_None);
    _Py_COMP_DIAG_POP
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "made", .m_size = 0};

TEST(modules) {
    CHECK(definition.m_base.ob_base.ob_flags == 5 && definition.m_base.m_index == 0 && definition.m_base.m_copy == NULL);
    PyObject *module = keep(PyModule_Create(&definition));
    CHECK(module && PyModule_GetDef(module) == &definition);
    CHECK_REPR(PyModule_GetNameObject(module), "'made'");
    CHECK(Py_mod_create == 1 && Py_mod_exec == 2 && Py_MOD_PER_INTERPRETER_GIL_SUPPORTED == (void *)2 && Py_MOD_GIL_NOT_USED == (void *)1);
    CHECK(T_OBJECT == 6 && T_NONE == 20 && READONLY == 1 && RESTRICTED == 6);
}

struct node { PyObject_HEAD PyObject *left, *right; };
static int node_traverse(PyObject *self, visitproc visit, void *arg) {
    struct node *node = (struct node *)self;
    Py_VISIT(node->left);
    Py_VISIT(node->right);
    return 0;
}
static int visit_count(PyObject *object, void *arg) { ++*(int *)arg; return object == Py_Ellipsis ? 9 : 0; }

TEST(visiting) {
    struct node node = {.left = Py_None, .right = NULL};
    int visited = 0;
    CHECK(node_traverse((PyObject *)&node, visit_count, &visited) == 0 && visited == 1);
    node.left = Py_Ellipsis; node.right = Py_None;
    CHECK(node_traverse((PyObject *)&node, visit_count, &visited) == 9 && visited == 2);
}

TEST(locks) {
    PyMutex mutex = {0};
    CHECK(sizeof(mutex) == 1 && !PyMutex_IsLocked(&mutex));
    PyMutex_Lock(&mutex);
    CHECK(PyMutex_IsLocked(&mutex) && mutex._bits == _Py_LOCKED);
    PyMutex_Unlock(&mutex);
    CHECK(!PyMutex_IsLocked(&mutex));
    int inside = 0;
    Py_BEGIN_CRITICAL_SECTION(Py_None);
    inside++;
    Py_END_CRITICAL_SECTION();
    Py_BEGIN_CRITICAL_SECTION2(Py_None, Py_True);
    inside++;
    Py_END_CRITICAL_SECTION2();
    CHECK(inside == 2);
    Py_tss_t key = Py_tss_NEEDS_INIT;
    CHECK(!PyThread_tss_is_created(&key) && PYTHREAD_INVALID_THREAD_ID == (unsigned long)-1 && PY_TIMEOUT_MAX > 1000000000);
}

TEST(threads) {
    PyThreadState *state = PyThreadState_GET();
    CHECK(state && state->interp == PyInterpreterState_Get());
    int steps = 0;
    Py_BEGIN_ALLOW_THREADS
    CHECK(PyThreadState_GetUnchecked() == NULL);
    Py_BLOCK_THREADS
    CHECK(PyThreadState_Get() == state);
    Py_UNBLOCK_THREADS
    steps++;
    Py_END_ALLOW_THREADS
    CHECK(steps == 1 && PyThreadState_Get() == state);
}

TEST(monitoring) {
    PyMonitoringState silent = {0, 0};
    PyObject *none = Py_None;
    CHECK(PyMonitoring_FirePyStartEvent(&silent, none, 0) == 0 && PyMonitoring_FirePyResumeEvent(&silent, none, 0) == 0);
    CHECK(PyMonitoring_FirePyReturnEvent(&silent, none, 0, none) == 0 && PyMonitoring_FirePyYieldEvent(&silent, none, 0, none) == 0);
    CHECK(PyMonitoring_FireCallEvent(&silent, none, 0, none, none) == 0 && PyMonitoring_FireLineEvent(&silent, none, 0, 1) == 0);
    CHECK(PyMonitoring_FireJumpEvent(&silent, none, 0, none) == 0 && PyMonitoring_FireBranchLeftEvent(&silent, none, 0, none) == 0);
    CHECK(PyMonitoring_FireBranchRightEvent(&silent, none, 0, none) == 0 && PyMonitoring_FireCReturnEvent(&silent, none, 0, none) == 0);
    CHECK(PyMonitoring_FirePyThrowEvent(&silent, none, 0) == 0 && PyMonitoring_FireRaiseEvent(&silent, none, 0) == 0);
    CHECK(PyMonitoring_FireReraiseEvent(&silent, none, 0) == 0 && PyMonitoring_FireExceptionHandledEvent(&silent, none, 0) == 0);
    CHECK(PyMonitoring_FireCRaiseEvent(&silent, none, 0) == 0 && PyMonitoring_FirePyUnwindEvent(&silent, none, 0) == 0);
    CHECK(PyMonitoring_FireStopIterationEvent(&silent, none, 0, none) == 0);
}

TEST(struct_sequences) {
    PyStructSequence_Field fields[] = {{"x", NULL}, {"y", "doc"}, {NULL, NULL}};
    PyStructSequence_Desc description = {"m.Point", NULL, fields, 2};
    PyTypeObject *type = PyStructSequence_NewType(&description);
    keep((PyObject *)type);
    PyObject *point = keep(PyStructSequence_New(type));
    PyStructSequence_SET_ITEM(point, 0, PyLong_FromLong(1));
    PyStructSequence_SET_ITEM(point, 1, PyLong_FromLong(2));
    CHECK_BORROWED(PyStructSequence_GET_ITEM(point, 1), "2");
    CHECK_BORROWED(point, "m.Point(x=1, y=2)");
}

/* datetime's table, with functions that say what they were called with. */
static PyObject *date(int y, int m, int d, PyTypeObject *t) { return Py_BuildValue("(siiiO)", "date", y, m, d, t); }
static PyObject *date_time(int y, int m, int d, int h, int n, int s, int u, PyObject *z, PyTypeObject *t) { return Py_BuildValue("(siiiiiiiOO)", "datetime", y, m, d, h, n, s, u, z, t); }
static PyObject *date_time_fold(int y, int m, int d, int h, int n, int s, int u, PyObject *z, int f, PyTypeObject *t) { return Py_BuildValue("(siiiiiiiOiO)", "fold", y, m, d, h, n, s, u, z, f, t); }
static PyObject *time_of(int h, int m, int s, int u, PyObject *z, PyTypeObject *t) { return Py_BuildValue("(siiiiOO)", "time", h, m, s, u, z, t); }
static PyObject *time_fold(int h, int m, int s, int u, PyObject *z, int f, PyTypeObject *t) { return Py_BuildValue("(siiiiOiO)", "fold", h, m, s, u, z, f, t); }
static PyObject *delta(int d, int s, int u, int normalize, PyTypeObject *t) { return Py_BuildValue("(siiiiO)", "delta", d, s, u, normalize, t); }
static PyObject *zone(PyObject *offset, PyObject *name) { return Py_BuildValue("(sOO)", "zone", offset, name ? name : Py_Ellipsis); }
static PyObject *stamp(PyObject *t, PyObject *arguments, PyObject *keywords) { return Py_BuildValue("(sOOO)", "stamp", t, arguments, keywords ? keywords : Py_Ellipsis); }
static PyObject *date_stamp(PyObject *t, PyObject *arguments) { return Py_BuildValue("(sOO)", "stamp", t, arguments); }

TEST(datetime) {
    PyDateTime_CAPI table = {&PyList_Type, &PyDict_Type, &PyTuple_Type, &PySet_Type, &PyFloat_Type, Py_True,
        date, date_time, time_of, delta, zone, stamp, date_stamp, date_time_fold, time_fold};
    PyObject *capsule = PyCapsule_New(&table, PyDateTime_CAPSULE_NAME, NULL);
    PyObject *module = keep(PyModule_New("datetime"));
    CHECK_INT(PyModule_Add(module, "datetime_CAPI", capsule), "0");
    PyObject *modules = PyImport_GetModuleDict(), *real = keep(Py_XNewRef(PyDict_GetItemString(modules, "datetime")));
    CHECK_INT(PyDict_SetItemString(modules, "datetime", module), "0");
    PyDateTime_IMPORT;
    CHECK(PyDateTimeAPI == &table);
    if (real) PyDict_SetItemString(modules, "datetime", real); else PyDict_DelItemString(modules, "datetime");
    if (!PyDateTimeAPI) return;

    CHECK_REPR(PyDate_FromDate(1, 2, 3), "('date', 1, 2, 3, <class 'list'>)");
    CHECK_REPR(PyDateTime_FromDateAndTime(1, 2, 3, 4, 5, 6, 7), "('datetime', 1, 2, 3, 4, 5, 6, 7, None, <class 'dict'>)");
    CHECK_REPR(PyDateTime_FromDateAndTimeAndFold(1, 2, 3, 4, 5, 6, 7, 1), "('fold', 1, 2, 3, 4, 5, 6, 7, None, 1, <class 'dict'>)");
    CHECK_REPR(PyTime_FromTime(1, 2, 3, 4), "('time', 1, 2, 3, 4, None, <class 'tuple'>)");
    CHECK_REPR(PyTime_FromTimeAndFold(1, 2, 3, 4, 1), "('fold', 1, 2, 3, 4, None, 1, <class 'tuple'>)");
    CHECK_REPR(PyDelta_FromDSU(1, 2, 3), "('delta', 1, 2, 3, 1, <class 'set'>)");
    CHECK_REPR(PyTimeZone_FromOffset(Py_None), "('zone', None, Ellipsis)");
    CHECK_REPR(PyTimeZone_FromOffsetAndName(Py_None, Py_False), "('zone', None, False)");
    CHECK_REPR(PyDateTime_FromTimestamp(value("(i)", 1)), "('stamp', <class 'dict'>, (1,), Ellipsis)");
    CHECK_REPR(PyDate_FromTimestamp(value("(i)", 1)), "('stamp', <class 'list'>, (1,))");
    CHECK_BORROWED(PyDateTime_TimeZone_UTC, "True");
    PyObject *objects[] = {value("[]"), value("{}"), value("()"), keep(PySet_New(NULL)), value("d", 1.0)};
    for (int i = 0; i < 5; i++) {
        PyObject *o = objects[i];
        int is[] = {PyDate_Check(o), PyDateTime_Check(o), PyTime_Check(o), PyDelta_Check(o), PyTZInfo_Check(o)};
        int exact[] = {PyDate_CheckExact(o), PyDateTime_CheckExact(o), PyTime_CheckExact(o), PyDelta_CheckExact(o), PyTZInfo_CheckExact(o)};
        for (int k = 0; k < 5; k++) CHECK(is[k] == (i == k) && exact[k] == (i == k));
    }

    PyDateTime_DateTime moment = {.data = {0x07, 0xe8, 12, 31, 23, 58, 59, 0x0f, 0x42, 0x3f}, .fold = 1};
    CHECK(PyDateTime_GET_YEAR(&moment) == 2024 && PyDateTime_GET_MONTH(&moment) == 12 && PyDateTime_GET_DAY(&moment) == 31);
    CHECK(PyDateTime_DATE_GET_HOUR(&moment) == 23 && PyDateTime_DATE_GET_MINUTE(&moment) == 58 && PyDateTime_DATE_GET_SECOND(&moment) == 59);
    CHECK(PyDateTime_DATE_GET_MICROSECOND(&moment) == 999999 && PyDateTime_DATE_GET_FOLD(&moment) == 1);
    CHECK(PyDateTime_DATE_GET_TZINFO(&moment) == Py_None && !_PyDateTime_HAS_TZINFO(&moment));
    moment.hastzinfo = 1; moment.tzinfo = Py_True;
    CHECK(PyDateTime_DATE_GET_TZINFO(&moment) == Py_True);
    PyDateTime_Time hour = {.data = {1, 2, 3, 1, 0, 2}, .fold = 0};
    CHECK(PyDateTime_TIME_GET_HOUR(&hour) == 1 && PyDateTime_TIME_GET_MINUTE(&hour) == 2 && PyDateTime_TIME_GET_SECOND(&hour) == 3);
    CHECK(PyDateTime_TIME_GET_MICROSECOND(&hour) == 65538 && PyDateTime_TIME_GET_FOLD(&hour) == 0 && PyDateTime_TIME_GET_TZINFO(&hour) == Py_None);
    PyDateTime_Delta span = {.days = -1, .seconds = 2, .microseconds = 3};
    CHECK(PyDateTime_DELTA_GET_DAYS(&span) == -1 && PyDateTime_DELTA_GET_SECONDS(&span) == 2 && PyDateTime_DELTA_GET_MICROSECONDS(&span) == 3);
}

TEST(old_writer) {
    _Py_COMP_DIAG_PUSH
    _Py_COMP_DIAG_IGNORE_DEPR_DECLS
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT(_PyUnicodeWriter_Prepare(&writer, 2, 127), "0");
    CHECK(writer.size >= 2 && writer.maxchar == 127);
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, 'a'), "0");
    CHECK_INT(_PyUnicodeWriter_PrepareKind(&writer, PyUnicode_2BYTE_KIND), "0");
    CHECK(writer.kind == PyUnicode_2BYTE_KIND);
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, 0x20ac), "0");
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'a\xe2\x82\xac'");
    PyObject *text = value("s", "abc");
    CHECK_STR_EQ(_PyUnicode_AsString(text), "abc");
    CHECK_REPR(_PyBytes_Join(value("y", "-"), value("(yy)", "a", "b")), "b'a-b'");
    CHECK(_Py_HashPointer(text) == Py_HashPointer(text));
    CHECK(_PyThreadState_UncheckedGet() == PyThreadState_Get());
    _Py_COMP_DIAG_POP
}
CHECK_MAIN()
