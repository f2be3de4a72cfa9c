/* Lives of the runtime and of interpreters leave nothing behind: memory after many is what it was after some. Counted are
 * the blocks of all three allocators, and the bytes that malloc has given out. The bounds allow for what CPython itself
 * keeps; test_ext_growth asks that not one block is left. */
#include "check.h"
#include <malloc.h>
#ifndef BYTES_EACH
#define BYTES_EACH 4096
#define BLOCKS_EACH 16
#endif

/* Between the library and its allocators: how many blocks are out. */
static long blocks;
static PyMemAllocatorEx below[3];
static void *count_malloc(void *ctx, size_t size) {
    PyMemAllocatorEx *to = ctx;
    void *block = to->malloc(to->ctx, size);
    blocks += block != NULL;
    return block;
}
static void *count_calloc(void *ctx, size_t n, size_t size) {
    PyMemAllocatorEx *to = ctx;
    void *block = to->calloc(to->ctx, n, size);
    blocks += block != NULL;
    return block;
}
static void *count_realloc(void *ctx, void *old, size_t size) {
    PyMemAllocatorEx *to = ctx;
    void *block = to->realloc(to->ctx, old, size);
    blocks += block != NULL && old == NULL;
    return block;
}
static void count_free(void *ctx, void *block) {
    PyMemAllocatorEx *to = ctx;
    blocks -= block != NULL;
    to->free(to->ctx, block);
}
static void count_blocks(void) {
    for (int domain = 0; domain < 3; domain++) {
        PyMemAllocatorEx now;
        PyMem_GetAllocator((PyMemAllocatorDomain)domain, &now);
        if (now.malloc == count_malloc) continue;
        below[domain] = now;
        PyMemAllocatorEx counting = {&below[domain], count_malloc, count_calloc, count_realloc, count_free};
        PyMem_SetAllocator((PyMemAllocatorDomain)domain, &counting);
    }
}
/* Called before what repeats, with what was there at the time, and after it. */
static struct { size_t bytes; long blocks; } start;
static size_t in_use(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
static void begin(void) {
    start.bytes = in_use();
    start.blocks = blocks;
}
static void end(int times, const char *what) {
    long more = blocks - start.blocks, bytes = (long)(in_use() - start.bytes);
    CHECK(more <= (long)times * BLOCKS_EACH);
    CHECK(bytes <= (long)times * BYTES_EACH);
    if (getenv("CHECK_SHOW")) fprintf(stderr, "%ld blocks, %ld bytes in %d %s\n", more, bytes, times, what);
}

/* Every module that both libraries have built in, and what this library has in place of files. A module that an
 * interpreter may not have is an ImportError. */
static int import_modules(void) {
    static const char *names[] = {"_abc", "_collections", "_contextvars", "_functools", "_imp", "_operator", "_thread", "_warnings",
        "_weakref", "atexit", "errno", "gc", "itertools", "marshal", "sys", "time", "builtins", "collections.abc", "copy",
        "copyreg", "functools", "operator", "types", "weakref", "warnings"};
    int found = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        PyObject *module = PyImport_ImportModule(names[i]);
        found += module != NULL;
        Py_XDECREF(module);
        PyErr_Clear();
    }
    return found;
}
/* Exceptions of many kinds, raised, chained, with tracebacks, kept by themselves in a cycle, in groups. */
static PyObject *thrower(PyObject *self, PyObject *arg) {
    (void)self;
    PyErr_SetObject(PyExc_KeyError, arg);
    return NULL;
}
static PyMethodDef thrower_def = {"thrower", thrower, METH_O, NULL};
static void raise_things(void) {
    PyObject *function = PyCFunction_New(&thrower_def, NULL), *own = PyErr_NewException("kept.Own", PyExc_ValueError, NULL);
    for (int i = 0; i < 5; i++) {
        PyObject_CallOneArg(function, own);
        PyObject *caught = PyErr_GetRaisedException();
        PyErr_Format(own, "after %R", caught);
        PyObject *next = PyErr_GetRaisedException();
        PyException_SetContext(next, Py_NewRef(caught));
        PyObject_SetAttrString(next, "me", next);
        PyObject *group_type = PyObject_GetAttrString(PyImport_AddModule("builtins"), "ExceptionGroup");
        PyObject *group = PyObject_CallFunction(group_type, "s[OO]", "several", caught, next);
        PyObject *parts = PyObject_CallMethod(group, "split", "O", own), *base = PyObject_CallFunction(PyExc_BaseExceptionGroup, "s[O]", "b", next);
        PyErr_SetRaisedException(group);
        PyErr_Clear();
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, "no file");
        PyErr_Clear();
        PyErr_NoMemory();
        PyErr_Clear();
        PyErr_WarnEx(PyExc_DeprecationWarning, "of no use", 1);
        PyErr_Clear();
        PyUnicode_DecodeUTF8("\xff", 1, "strict");
        PyErr_Clear();
        Py_DECREF(group_type); Py_DECREF(caught); Py_DECREF(next); Py_XDECREF(parts); Py_XDECREF(base);
    }
    Py_DECREF(function); Py_DECREF(own);
}
/* Classes with bases, slots and subclasses, from specs too; functions, properties, weak references with callbacks. */
static PyType_Slot kind_slots[] = {{Py_tp_doc, (void *)"kind"}, {0, NULL}};
static PyType_Spec kind_spec = {"kept.Kind", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, kind_slots};
static void make_types(void) {
    PyObject *kind = PyType_FromSpec(&kind_spec);
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(OO){s(ss)}", "D", kind, &PyBaseObject_Type, "__slots__", "a", "__weakref__");
    PyObject *object = PyObject_CallNoArgs(class), *list = PyList_New(0);
    PyObject_SetAttrString(object, "a", list);
    PyObject *reference = PyWeakref_NewRef(object, NULL), *append = PyObject_GetAttrString(list, "append");
    PyObject *called = PyWeakref_NewRef(object, append), *proxy = PyWeakref_NewProxy(class, append);
    PyList_Append(list, object);
    PyList_Append(list, called);
    PyObject_SetAttrString(PyImport_AddModule("kept"), "class", class);
    Py_XDECREF(PyObject_CallOneArg((PyObject *)&PyProperty_Type, append));
    Py_DECREF(kind); Py_DECREF(class); Py_DECREF(object); Py_DECREF(list); Py_DECREF(reference);
    Py_DECREF(append); Py_DECREF(called); Py_DECREF(proxy);
}
static void enter_contexts(void) {
    PyObject *context = PyContext_New(), *var = PyContextVar_New("w", Py_None);
    PyContext_Enter(context);
    for (int i = 0; i < 20; i++) {
        PyObject *one = PyContextVar_New("many", NULL), *number = PyLong_FromLong(i * 1000), *token = PyContextVar_Set(one, number);
        Py_XDECREF(PyContext_CopyCurrent());
        Py_DECREF(one); Py_DECREF(number); Py_DECREF(token);
    }
    PyObject *token = PyContextVar_Set(var, context);
    PyContext_Exit(context);
    Py_DECREF(token); Py_DECREF(context); Py_DECREF(var);
}
/* Some work of every kind, that ends with the interpreter at the latest. */
static void work(void) {
    CHECK(import_modules() >= 20);
    raise_things();
    make_types();
    enter_contexts();
    CHECK(!PyErr_Occurred());
#if BLOCKS_EACH == 0
    CHECK(blocks > 1000); /* they are counted; CPython puts its own allocators back when it starts a second time */
#endif
    PyObject *type = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "C"), *object = PyObject_CallNoArgs(type);
    PyObject *dict = PyDict_New(), *var = PyContextVar_New("v", NULL), *token = PyContextVar_Set(var, object);
    for (int i = 0; i < 200; i++) {
        char name[24];
        snprintf(name, sizeof name, "name %d", i);
        PyObject *key = PyUnicode_InternFromString(name), *value = PyLong_FromLong(i * 1000003L);
        PyDict_SetItem(dict, key, value);
        Py_DECREF(key); Py_DECREF(value);
    }
    PyObject_SetAttrString(object, "dict", dict);
    PyDict_SetItemString(dict, "object", object);
    PyObject_SetAttrString(PyImport_AddModule("kept"), "object", object);
    PyErr_SetString(PyExc_ValueError, "and an exception");
    PyErr_Clear();
    Py_DECREF(type); Py_DECREF(object); Py_DECREF(dict); Py_DECREF(var); Py_DECREF(token);
}
TEST(lives) {
    for (int i = 0; i < 40; i++) {
        if (i == 20) begin();
        count_blocks();
        Py_InitializeEx(0);
        work();
        Py_FinalizeEx();
    }
    end(20, "lives");
}
TEST(interpreters) {
    count_blocks();
    Py_InitializeEx(0);
    PyThreadState *main_state = PyThreadState_Get();
    PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    for (int i = 0; i < 40; i++) {
        if (i == 20) begin();
        PyThreadState *state = NULL;
        if (i % 2) Py_NewInterpreter(); else Py_NewInterpreterFromConfig(&state, &own);
        work();
        Py_EndInterpreter(PyThreadState_Get());
        PyThreadState_Swap(main_state);
    }
    end(20, "interpreters");
    Py_FinalizeEx();
}
TEST(thread_states) {
    count_blocks();
    Py_InitializeEx(0);
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    for (int i = 0; i < 2000; i++) {
        if (i == 1000) begin();
        PyThreadState *mine = PyThreadState_Get(), *state = PyThreadState_New(interpreter);
        PyThreadState_Swap(state);
        PyObject *dict = PyThreadState_GetDict();
        PyDict_SetItemString(dict, "k", Py_None);
        PyErr_SetString(PyExc_ValueError, "stays set");
        PyThreadState_Swap(mine);
        PyThreadState_Clear(state);
        PyThreadState_Delete(state);
    }
    end(1000, "thread states");
    Py_FinalizeEx();
}
CHECK_MAIN_BARE()
