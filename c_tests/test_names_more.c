/* More of what other tests use by the way only: old names, va_list forms, process settings, allocators, stack bounds. */
#include "check.h"

extern int PyEval_ThreadsInitialized(void);
extern int _PyState_AddModule(PyThreadState *, PyObject *, PyModuleDef *);
extern void PyUnicode_InternImmortal(PyObject **);
extern PyObject *PyUnicode_AsEncodedUnicode(PyObject *, const char *, const char *);
extern void PyEval_AcquireLock(void), PyEval_ReleaseLock(void);
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

TEST(old_names) {
    static PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "old_names"};
    PyObject *module = keep(PyModule_Create(&def)), *text = PyUnicode_FromString("an immortal text");
    CHECK_INT(_PyState_AddModule(PyThreadState_Get(), module, &def), "0");
    CHECK(PyState_FindModule(&def) == module);
    CHECK_INT(_PyState_AddModule(PyThreadState_Get(), module, NULL), "-1");
    PyUnicode_InternImmortal(&text);
    CHECK_INT(PyUnicode_CHECK_INTERNED(text) != 0, "1");
    CHECK_REPR(PyUnicode_AsEncodedUnicode(Py_None, "rot13", NULL), "!!TypeError: bad argument type for built-in operation");
}

static PyObject *with_list(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyErr_FormatV(PyExc_ValueError, format, arguments);
    va_end(arguments);
    return NULL;
}
static int parse_list(PyObject *args, PyObject *kwargs, const char *format, char *const *names, ...) {
    va_list arguments;
    va_start(arguments, names);
    int result = PyArg_VaParseTupleAndKeywords(args, kwargs, format, names, arguments);
    va_end(arguments);
    return result;
}

TEST(lists) {
    CHECK_REPR(with_list("%d and %s", 5, "text"), "!!ValueError: 5 and text");
    char *names[] = {"a", "b", NULL};
    int a = 0, b = 0;
    CHECK_INT(parse_list(value("(i)", 3), value("{si}", "b", 4), "ii", names, &a, &b), "1");
    CHECK_INT(a * 10 + b, "34");
    CHECK_INT(parse_list(value("(i)", 3), value("{si}", "c", 4), "ii:f", names, &a, &b), "0 !!TypeError: f() missing required argument 'b' (pos 2)");
}

TEST(errors) {
    PyErr_SetString(PyExc_SyntaxError, "wrong");
    PyErr_SyntaxLocationObject(value("s", "file.py"), 3, 5);
    PyObject *raised = keep(PyErr_GetRaisedException());
    CHECK_REPR(attr(raised, "lineno"), "3");
    CHECK_REPR(attr(raised, "offset"), "5");
    PyErr_SetString(PyExc_SyntaxError, "wrong");
    PyErr_RangedSyntaxLocationObject(value("s", "file.py"), 3, 5, 4, 6);
    raised = keep(PyErr_GetRaisedException());
    CHECK_REPR(attr(raised, "end_lineno"), "4");
    CHECK_REPR(attr(raised, "end_offset"), "6");
    PyErr_SetExcInfo(Py_NewRef(PyExc_KeyError), PyObject_CallFunction(PyExc_KeyError, "s", "k"), NULL);
    PyObject *type, *error, *traceback;
    PyErr_GetExcInfo(&type, &error, &traceback);
    CHECK_REPR(error, "KeyError('k')");
    Py_XDECREF(type); Py_XDECREF(traceback);
    PyErr_SetExcInfo(NULL, NULL, NULL);
}

TEST(stack) {
    PyThreadState *state = PyThreadState_Get();
    char here;
    uintptr_t top = ((uintptr_t)&here | 0xfff) + 1, size = 4 << 20;
    CHECK_INT(PyUnstable_ThreadState_SetStackProtection(state, (void *)(top - size), size), "0");
    CHECK_REPR(PyObject_Repr(value("[[i]]", 5)), "'[[5]]'");
    PyUnstable_ThreadState_ResetStackProtection(state);
    CHECK_INT(PyUnstable_ThreadState_SetStackProtection(state, (void *)(top - 64), 64), "-1 !!ValueError: stack_size must be at least 49152 bytes");
}

TEST(references) {
    PyObject *list = keep(PyList_New(0));
    PyUnstable_EnableTryIncRef(list);
    CHECK_INT(PyUnstable_TryIncRef(list), "1");
    Py_DECREF(list);
    CHECK_INT(PyUnstable_Object_IsUniqueReferencedTemporary(list), "0");
    CHECK_INT(PyObject_CallFinalizerFromDealloc == NULL, "0");
    PyObject_CallFinalizer(list);
    (Py_IncRef)(list);
    (Py_DecRef)(list);
    CHECK_INT(Py_REFCNT(list), "1");
}

TEST(process) {
    PyObjectArenaAllocator arenas;
    PyObject_GetArenaAllocator(&arenas);
    CHECK(arenas.alloc != NULL && arenas.free != NULL);
    PyObject_SetArenaAllocator(&arenas);
    CHECK_INT(PyTraceMalloc_Track(1, 0x1000, 16), "-2");
    CHECK_INT(PyTraceMalloc_Untrack(1, 0x1000), "-2");
    void *memory = PyMem_Malloc(10);
    CHECK(memory != NULL);
    PyMem_Free(memory);
}

static PyStructSequence_Field fields[] = {{"first", NULL}, {"second", NULL}, {NULL, NULL}};
static PyStructSequence_Desc description = {"names.Pair", NULL, fields, 2};
static PyTypeObject pair;

TEST(structures) {
    PyStructSequence_InitType(&pair, &description);
    PyObject *made = PyStructSequence_New(&pair);
    PyStructSequence_SetItem(made, 0, PyLong_FromLong(1));
    PyStructSequence_SetItem(made, 1, PyLong_FromLong(2));
    CHECK_REPR(made, "names.Pair(first=1, second=2)");
}
CHECK_MAIN()
