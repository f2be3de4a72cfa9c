/* Birth and death by hand: allocation under the names that macros call, sizes that do not fit, counts set and reached, the trash chain, managed dicts, and what an object looks like to a debugger. */
#include "check.h"
#include <stddef.h>

extern void _Py_NewReferenceNoTotal(PyObject *), _Py_ForgetReference(PyObject *);
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#undef _Py_Dealloc
#undef _Py_IncRef
#undef _Py_DecRef

static int dead;
typedef struct { PyObject_HEAD long number; } Plain;
typedef struct { PyObject_VAR_HEAD long items[1]; } Many;
static void plain_dealloc(PyObject *self) { dead++; PyObject_Free(self); }
static void many_dealloc(PyObject *self) { dead++; PyObject_GC_UnTrack(self); PyObject_GC_Del(self); }
static int nothing(PyObject *self, visitproc visit, void *arg) { (void)self; (void)visit; (void)arg; return 0; }
static PyTypeObject plain = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Plain", .tp_basicsize = sizeof(Plain), .tp_dealloc = plain_dealloc, .tp_flags = Py_TPFLAGS_DEFAULT};
static PyTypeObject plain_many = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.PlainMany", .tp_basicsize = offsetof(Many, items), .tp_itemsize = sizeof(long), .tp_dealloc = plain_dealloc, .tp_flags = Py_TPFLAGS_DEFAULT};
static PyTypeObject many = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Many", .tp_basicsize = offsetof(Many, items), .tp_itemsize = sizeof(long), .tp_dealloc = many_dealloc, .tp_traverse = nothing, .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC};
static void ready(void) { dead = 0; if (PyType_Ready(&plain) < 0 || PyType_Ready(&plain_many) < 0 || PyType_Ready(&many) < 0) abort(); }

TEST(new) {
    ready();
    PyObject *object = _PyObject_New(&plain);
    CHECK(Py_IS_TYPE(object, &plain) && Py_REFCNT(object) == 1);
    ((Plain *)object)->number = 5;
    Py_DECREF(object);
    PyVarObject *items = _PyObject_NewVar(&plain_many, 3);
    CHECK(Py_SIZE(items) == 3 && Py_REFCNT(items) == 1);
    ((Many *)items)->items[2] = 7;
    Py_DECREF(items);
    CHECK_INT(dead, "2");
    /* what does not fit */
    CHECK_REPR(_PyObject_NewVar(&plain_many, PY_SSIZE_T_MAX / 16), "!!MemoryError");
    CHECK_REPR(_PyObject_NewVar(&plain_many, PY_SSIZE_T_MAX / 8 - 16), "!!MemoryError");
    /* a heap type is owned by its instances */
    PyType_Slot slots[] = {{0, NULL}};
    PyType_Spec spec = {"m.Heap", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *heap = PyType_FromSpec(&spec);
    Py_ssize_t before = Py_REFCNT(heap);
    object = _PyObject_New((PyTypeObject *)heap);
    CHECK_INT(Py_REFCNT(heap) - before, "1");
    Py_DECREF(object);
    CHECK_INT(Py_REFCNT(heap) - before, "0");
    Py_DECREF(heap);
}

TEST(collectable) {
    ready();
    PyObject *object = _PyObject_GC_New(&many);
    CHECK(Py_IS_TYPE(object, &many) && !PyObject_GC_IsTracked(object) && PyObject_IS_GC(object));
    ((PyVarObject *)object)->ob_size = 0;
    Py_DECREF(object);
    PyVarObject *items = _PyObject_GC_NewVar(&many, 2);
    CHECK(Py_SIZE(items) == 2 && !PyObject_GC_IsTracked((PyObject *)items));
    ((Many *)items)->items[0] = 11;
    ((Many *)items)->items[1] = 22;
    items = _PyObject_GC_Resize(items, 10000);
    CHECK(items && Py_SIZE(items) == 10000 && ((Many *)items)->items[1] == 22);
    ((Many *)items)->items[9999] = 33;
    /* too much: the old object stays */
    CHECK_REPR(_PyObject_GC_Resize(items, PY_SSIZE_T_MAX / 8 - 16), "!!MemoryError");
    CHECK_REPR(_PyObject_GC_Resize(items, PY_SSIZE_T_MAX / 16), "!!MemoryError");
    CHECK(Py_SIZE(items) == 10000 && ((Many *)items)->items[9999] == 33);
    items = _PyObject_GC_Resize(items, 0);
    CHECK(items && Py_SIZE(items) == 0 && Py_REFCNT(items) == 1);
    Py_DECREF(items);
    CHECK_INT(dead, "2");
    CHECK_REPR(_PyObject_GC_NewVar(&many, -1), "!!SystemError: bad argument to internal function");
    CHECK_REPR(_PyObject_GC_NewVar(&many, PY_SSIZE_T_MAX / 8 - 16), "!!MemoryError");
    CHECK_REPR(_PyObject_GC_NewVar(&many, PY_SSIZE_T_MAX / 16), "!!MemoryError");
}

TEST(extra_data) {
    ready();
    PyObject *object = PyUnstable_Object_GC_NewWithExtraData(&many, 100);
    CHECK(object && Py_IS_TYPE(object, &many) && Py_REFCNT(object) == 1 && !PyObject_GC_IsTracked(object));
    char *extra = (char *)object + many.tp_basicsize, sum = 0;
    for (int i = 0; i < 100; i++) sum |= extra[i];
    CHECK_INT(sum, "0");
    memset(extra, 1, 100);
    Py_DECREF(object);
    object = PyUnstable_Object_GC_NewWithExtraData(&many, 0);
    Py_XDECREF(object);
    CHECK_INT(dead, "2");
    CHECK_REPR(PyUnstable_Object_GC_NewWithExtraData(&many, (size_t)PY_SSIZE_T_MAX), "!!MemoryError");
    CHECK_REPR(PyUnstable_Object_GC_NewWithExtraData(&many, (size_t)PY_SSIZE_T_MAX - 100), "!!MemoryError");
}

TEST(weak_lists) {
    PyObject *set = PySet_New(NULL), **list = PyObject_GET_WEAKREFS_LISTPTR(set);
    CHECK((char *)list == (char *)set + PySet_Type.tp_weaklistoffset && *list == NULL);
    PyObject *reference = keep(PyWeakref_NewRef(set, NULL)), *second = keep(PyWeakref_NewRef(set, value("s", "x") ? (PyObject *)&PyLong_Type : NULL));
    CHECK(*list == reference && second != reference);
    Py_DECREF(set);
    CHECK_INT(PyType_SUPPORTS_WEAKREFS(&PySet_Type), "1");
    CHECK_INT(PyType_SUPPORTS_WEAKREFS(&PyType_Type), "1");
    CHECK_INT(PyType_SUPPORTS_WEAKREFS(&PyLong_Type), "0");
    CHECK_INT(PyType_SUPPORTS_WEAKREFS(&PyDict_Type), "0");
    CHECK_INT(PyType_SUPPORTS_WEAKREFS((PyTypeObject *)new_class("C", NULL)), "1");
    /* forgotten by its object, a reference is dead; its callback is not called */
    PyObject *other = PySet_New(NULL);
    reference = PyWeakref_NewRef(other, (PyObject *)&PyLong_Type);
    _PyWeakref_ClearRef((PyWeakReference *)reference);
    CHECK_INT(PyWeakref_IsDead(reference), "1");
    CHECK(*PyObject_GET_WEAKREFS_LISTPTR(other) == NULL);
    CHECK_REPR(PyObject_CallNoArgs(reference), "None");
    _PyWeakref_ClearRef((PyWeakReference *)reference);
    CHECK_INT(PyWeakref_IsDead(reference), "1");
    Py_DECREF(other);
    CHECK_NO_ERROR();
    Py_DECREF(reference);
}

TEST(counts) {
    ready();
    PyObject *object = _PyObject_New(&plain);
    (_Py_IncRef)(object);
    (_Py_IncRef)(object);
    CHECK_INT(Py_REFCNT(object), "3");
    (_Py_DecRef)(object);
    CHECK_INT(Py_REFCNT(object), "2");
    _Py_SetRefcnt(object, 40);
    CHECK_INT(Py_REFCNT(object), "40");
    _Py_SetRefcnt(object, 1);
    CHECK_INT(dead, "0");
    (_Py_DecRef)(object);
    CHECK_INT(dead, "1");
    object = _PyObject_New(&plain);
    _Py_SetRefcnt(object, 0);
    (_Py_Dealloc)(object);
    CHECK_INT(dead, "2");
    /* what is immortal stays as it is */
    PyObject *immortal[] = {&_Py_NoneStruct, (PyObject *)&_Py_TrueStruct, (PyObject *)&_Py_FalseStruct, &_Py_EllipsisObject, &_Py_NotImplementedStruct};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(immortal); i++) {
        Py_ssize_t before = Py_REFCNT(immortal[i]);
        (_Py_DecRef)(immortal[i]);
        (_Py_IncRef)(immortal[i]);
        _Py_SetRefcnt(immortal[i], 3);
        CHECK(Py_REFCNT(immortal[i]) == before && _Py_IsImmortal(immortal[i]));
    }
    CHECK(&_Py_NoneStruct == Py_None && (PyObject *)&_Py_TrueStruct == Py_True && (PyObject *)&_Py_FalseStruct == Py_False && &_Py_EllipsisObject == Py_Ellipsis && &_Py_NotImplementedStruct == Py_NotImplemented);
    /* so does a count set so high that the object counts as immortal */
    object = _PyObject_New(&plain);
    _Py_SetRefcnt(object, (Py_ssize_t)1 << 31);
    CHECK_INT(_Py_IsImmortal(object), "1");
    (_Py_DecRef)(object);
    CHECK_INT(Py_REFCNT(object), "2147483648");
    PyObject_Free(object);
}

static int seen[2];
static int tracer(PyObject *object, PyRefTracerEvent event, void *data) { seen[event == PyRefTracer_DESTROY] += object == *(PyObject **)data; return 0; }
TEST(references) {
    ready();
    Plain here;
    PyObject *object = (PyObject *)&here;
    memset(&here, 0, sizeof here);
    Py_SET_TYPE(object, &plain);
    CHECK_INT(PyRefTracer_SetTracer(tracer, &object), "0");
    _Py_NewReference(object);
    CHECK(Py_REFCNT(object) == 1 && seen[0] == 1);
    Py_SET_REFCNT(object, 7);
    _Py_NewReferenceNoTotal(object);
    CHECK(Py_REFCNT(object) == 1 && seen[0] == 2);
    Py_SET_REFCNT(object, 5);
    _Py_ResurrectReference(object);
    CHECK_INT(Py_REFCNT(object), "5");
    CHECK_INT(seen[0], "2");
    CHECK_INT(seen[1], "0");
    CHECK_INT(PyRefTracer_SetTracer(NULL, NULL), "0");
}

TEST(trash) {
    ready();
    PyThreadState *state = PyThreadState_Get();
    for (int tracked = 0; tracked < 2; tracked++) {
        dead = 0;
        PyObject *first = (PyObject *)_PyObject_GC_NewVar(&many, 1), *second = (PyObject *)_PyObject_GC_NewVar(&many, 1);
        if (tracked) { PyObject_GC_Track(first); PyObject_GC_Track(second); }
        Py_SET_REFCNT(first, 0);
        Py_SET_REFCNT(second, 0);
        _PyTrash_thread_deposit_object(state, first);
        _PyTrash_thread_deposit_object(state, second);
        _PyTrash_thread_destroy_chain(state);
        CHECK_INT(dead, "2");
    }
    _PyTrash_thread_destroy_chain(state);
    CHECK_INT(dead, "2");
    CHECK_INT(_Py_ReachedRecursionLimitWithMargin(state, 0), "0");
    CHECK_INT(_Py_ReachedRecursionLimitWithMargin(state, 2), "0");
    CHECK_INT(_Py_ReachedRecursionLimitWithMargin(state, 1 << 20), "1");
}

TEST(managed_dicts) {
    PyObject *class = new_class("C", NULL), *object = PyObject_CallNoArgs(class), *dict = value("{si}", "a", 1), *other = value("{si}", "b", 2);
    CHECK_INT(PyObject_SetAttrString(object, "x", Py_None), "0");
    CHECK_INT(_PyObject_SetManagedDict(object, dict), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "a"), "1");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "!!AttributeError: 'C' object has no attribute 'x'");
    CHECK_INT(Py_REFCNT(dict), "2");
    CHECK_INT(_PyObject_SetManagedDict(object, other), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "__dict__"), "{'b': 2}");
    CHECK_INT(Py_REFCNT(dict), "1");
    CHECK_INT(_PyObject_SetManagedDict(object, NULL), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "b"), "!!AttributeError: 'C' object has no attribute 'b'");
    CHECK_INT(Py_REFCNT(other), "1");
    CHECK_INT(PyObject_SetAttrString(object, "y", Py_True), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "__dict__"), "{'y': True}");
    Py_DECREF(object);
    /* an object that outlives the values kept inside it: the dict has them */
    object = PyObject_CallNoArgs(class);
    CHECK_INT(PyObject_SetAttrString(object, "z", value("i", 9)), "0");
    dict = keep(PyObject_GetAttrString(object, "__dict__"));
    CHECK_INT(_PyObject_SetManagedDict(object, NULL), "0");
    CHECK_BORROWED(dict, "{'z': 9}");
    CHECK_REPR(PyObject_GetAttrString(object, "z"), "!!AttributeError: 'C' object has no attribute 'z'");
    Py_DECREF(object);
}

/* What a call writes on standard error. */
static char written[2000];
#define WRITTEN(statement) do { FILE *into = tmpfile(); int kept = dup(2); fflush(stderr); dup2(fileno(into), 2); statement; fflush(stderr); dup2(kept, 2); close(kept); \
    rewind(into); written[fread(written, 1, sizeof written - 1, into)] = 0; fclose(into); } while (0)
static PyObject *failing(PyObject *self) { (void)self; PyErr_SetString(PyExc_ValueError, "no repr"); return NULL; }
static const char *without_addresses(char *text) {
    for (char *at = text; (at = strstr(at, "0x"));) { size_t n = strspn(at + 2, "0123456789abcdef"); memmove(at + 1, at + 2 + n, strlen(at + 2 + n) + 1); }
    return text;
}
TEST(dump) {
    PyType_Slot slots[] = {{Py_tp_repr, failing}, {0, NULL}};
    PyType_Spec spec = {"m.Failing", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = keep(PyType_FromSpec(&spec)), *object = keep(PyObject_CallNoArgs(type)), *list = value("[sO]", "a\xc3\xa9", Py_None);
    WRITTEN(_PyObject_Dump(list));
    CHECK_STR_EQ(without_addresses(written), "object address  : 0\nobject refcount : 1\nobject type     : 0\nobject type name: list\nobject repr     : ['aé', None]\n");
    WRITTEN(_PyObject_Dump(object));
    CHECK_STR_EQ(without_addresses(written), "object address  : 0\nobject refcount : 1\nobject type     : 0\nobject type name: m.Failing\nobject repr     : \n");
    /* what is set stays set */
    PyErr_SetString(PyExc_KeyError, "set before");
    WRITTEN((_PyObject_Dump(list), _PyObject_Dump(object)));
    CHECK_RAISES(0, PyExc_KeyError, "'set before'");
    CHECK_STR_EQ(without_addresses(written), "object address  : 0\nobject refcount : 1\nobject type     : 0\nobject type name: list\nobject repr     : ['aé', None]\nobject address  : 0\nobject refcount : 1\nobject type     : 0\nobject type name: m.Failing\nobject repr     : \n");
    WRITTEN(_PyObject_Dump(NULL));
    CHECK_STR_EQ(without_addresses(written), "<object at (nil) is freed>\n");
    /* no thread state is needed */
    PyThreadState *state = PyEval_SaveThread();
    WRITTEN(_PyObject_Dump(list));
    PyEval_RestoreThread(state);
    CHECK_STR_EQ(without_addresses(written), "object address  : 0\nobject refcount : 1\nobject type     : 0\nobject type name: list\nobject repr     : ['aé', None]\n");
    Py_SET_REFCNT(list, 0);
    WRITTEN(_PyObject_Dump(list));
    Py_SET_REFCNT(list, 1);
    CHECK_STR_EQ(without_addresses(written), "object address  : 0\nobject refcount : 0\nobject type     : 0\nobject type name: list\nobject repr     : <refcnt 0 at 0>\n");
}

/* Hooks on every domain: a block is filled when it comes and when it goes, and an overrun ends the program. */
TEST(debug_hooks) {
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        PyMemAllocatorEx before, after, again;
        PyMem_GetAllocator(PYMEM_DOMAIN_MEM, &before);
        PyMem_SetupDebugHooks();
        PyMem_GetAllocator(PYMEM_DOMAIN_MEM, &after);
        PyMem_SetupDebugHooks();
        PyMem_GetAllocator(PYMEM_DOMAIN_MEM, &again);
        unsigned char *block = PyMem_Malloc(8);
        int good = after.malloc != before.malloc && again.malloc == after.malloc && again.ctx == after.ctx && block && block[0] == 0xcd && block[7] == 0xcd;
        PyMem_Free(block);
        _exit(good ? 0 : 1);
    }
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    char *volatile block;
    CHECK_FATAL((PyMem_SetupDebugHooks(), block = PyMem_Malloc(4), block[4] = 'x', PyMem_Free(block)), "bad trailing pad byte");
}
CHECK_MAIN()
