/* Allocation domains, replaced allocators, and objects allocated by hand. */
#include "check.h"

/* internal, but exported */
extern char *_PyMem_Strdup(const char *);
extern const char *_PyMem_GetCurrentAllocatorName(void);
extern PyObject *_PyTraceMalloc_GetTraceback(unsigned int, uintptr_t);

TEST(domains) {
    void *(*allocate[])(size_t) = {PyMem_RawMalloc, PyMem_Malloc, PyObject_Malloc};
    void *(*clear[])(size_t, size_t) = {PyMem_RawCalloc, PyMem_Calloc, PyObject_Calloc};
    void *(*resize[])(void *, size_t) = {PyMem_RawRealloc, PyMem_Realloc, PyObject_Realloc};
    void (*release[])(void *) = {PyMem_RawFree, PyMem_Free, PyObject_Free};
    for (int i = 0; i < 3; i++) {
        char *p = allocate[i](0);
        CHECK(p != NULL);
        release[i](p);
        p = allocate[i](100);
        memset(p, 'x', 100);
        p = resize[i](p, 5000);
        CHECK(p && p[99] == 'x');
        p = resize[i](p, 10);
        CHECK(p && p[9] == 'x' && (size_t)p % 16 == 0);
        release[i](p);
        p = clear[i](10, 10);
        int zero = 1;
        for (int k = 0; k < 100; k++) zero &= p[k] == 0;
        CHECK(zero);
        release[i](p);
        release[i](NULL);
        p = resize[i](NULL, 20);
        CHECK(p != NULL);
        release[i](p);
        p = clear[i](0, 5);
        CHECK(p != NULL);
        release[i](p);
        CHECK(allocate[i]((size_t)PY_SSIZE_T_MAX + 1) == NULL);
        CHECK(clear[i](PY_SSIZE_T_MAX, 16) == NULL);
        CHECK(resize[i](NULL, (size_t)PY_SSIZE_T_MAX + 1) == NULL);
    }
    CHECK_NO_ERROR();
    int *numbers = PyMem_New(int, 10);
    PyMem_Resize(numbers, int, 20);
    CHECK(numbers != NULL);
    PyMem_Del(numbers);
    CHECK(PyMem_New(int, PY_SSIZE_T_MAX) == NULL);
}

/* An allocator that counts, in front of the one before it. */
typedef struct { PyMemAllocatorEx below; int made, freed; } Counter;
static void *count_malloc(void *ctx, size_t n) { Counter *c = ctx; c->made++; return c->below.malloc(c->below.ctx, n); }
static void *count_calloc(void *ctx, size_t n, size_t m) { Counter *c = ctx; c->made++; return c->below.calloc(c->below.ctx, n, m); }
static void *count_realloc(void *ctx, void *p, size_t n) { Counter *c = ctx; c->made += p == NULL; return c->below.realloc(c->below.ctx, p, n); }
static void count_free(void *ctx, void *p) { Counter *c = ctx; c->freed += p != NULL; c->below.free(c->below.ctx, p); }
TEST(replaced) {
    PyMemAllocatorDomain domains[] = {PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};
    for (int i = 0; i < 3; i++) {
        Counter counter = {0};
        PyMem_GetAllocator(domains[i], &counter.below);
        PyMemAllocatorEx mine = {&counter, count_malloc, count_calloc, count_realloc, count_free}, got;
        PyMem_SetAllocator(domains[i], &mine);
        PyMem_GetAllocator(domains[i], &got);
        CHECK(got.ctx == &counter && got.malloc == count_malloc);
        void *p = i == 0 ? PyMem_RawMalloc(10) : i == 1 ? PyMem_Malloc(10) : PyObject_Malloc(10);
        if (i == 0) PyMem_RawFree(p); else if (i == 1) PyMem_Free(p); else PyObject_Free(p);
        CHECK(counter.made >= 1 && counter.freed >= 1);
        if (i == 2) {
            int before = counter.made;
            PyObject *bytes = PyBytes_FromStringAndSize(NULL, 2000);
            CHECK(counter.made > before);
            Py_DECREF(bytes);
            CHECK(counter.freed >= 2);
        }
        PyMem_SetAllocator(domains[i], &counter.below);
    }
    CHECK(PyBytes_FromStringAndSize(NULL, PY_SSIZE_T_MAX) == NULL);
    CHECK_RAISES(0, PyExc_OverflowError, "byte string is too large");
}

/* An allocator that fails at will: MemoryError, and nothing lost. */
static int countdown;
static PyMemAllocatorEx real;
static void *fail_malloc(void *ctx, size_t n) { (void)ctx; return countdown-- > 0 ? real.malloc(real.ctx, n) : NULL; }
static void *fail_calloc(void *ctx, size_t n, size_t m) { (void)ctx; return countdown-- > 0 ? real.calloc(real.ctx, n, m) : NULL; }
static void *fail_realloc(void *ctx, void *p, size_t n) { (void)ctx; return countdown-- > 0 ? real.realloc(real.ctx, p, n) : NULL; }
static void fail_free(void *ctx, void *p) { (void)ctx; real.free(real.ctx, p); }
TEST(exhausted) {
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &real);
    PyMemAllocatorEx failing = {NULL, fail_malloc, fail_calloc, fail_realloc, fail_free};
    int raised = 0;
    countdown = 0;
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &failing);
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, 3000), *type = PyErr_Occurred();
    raised = bytes == NULL && type && PyErr_GivenExceptionMatches(type, PyExc_MemoryError);
    PyErr_Clear();
    PyObject *text = PyUnicode_New(3000, 127);
    type = PyErr_Occurred();
    raised += text == NULL && type && PyErr_GivenExceptionMatches(type, PyExc_MemoryError);
    PyErr_Clear();
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &real);
    CHECK_INT(raised, "2");
}

typedef struct { PyObject_HEAD int x; } Plain;
static void plain_dealloc(PyObject *self) { PyTypeObject *type = Py_TYPE(self); type->tp_free(self); Py_DECREF(type); }
TEST(by_hand) {
    PyType_Slot slots[] = {{Py_tp_dealloc, plain_dealloc}, {0, NULL}};
    PyType_Spec spec = {"m.Plain", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT, slots}, var = {"m.Var", 24, 8, Py_TPFLAGS_DEFAULT, slots};
    PyTypeObject *type = (PyTypeObject *)keep(PyType_FromSpec(&spec)), *var_type = (PyTypeObject *)keep(PyType_FromSpec(&var));
    Py_ssize_t before = Py_REFCNT(type);
    PyObject *a = (PyObject *)PyObject_New(Plain, type), *b = PyObject_Malloc(sizeof(Plain)), *v = (PyObject *)PyObject_NewVar(PyVarObject, var_type, 3);
    PyObject_Init(b, type);
    CHECK(Py_REFCNT(a) == 1 && Py_REFCNT(b) == 1 && Py_TYPE(b) == type && Py_SIZE(v) == 3 && Py_REFCNT(type) == before + 2);
    Py_DECREF(a); Py_DECREF(b); Py_DECREF(v);
    CHECK(Py_REFCNT(type) == before);
    PyVarObject *w = PyObject_Malloc(48);
    PyObject_InitVar(w, var_type, 3);
    CHECK(Py_SIZE(w) == 3);
    Py_SET_SIZE(w, 2);
    CHECK(Py_SIZE(w) == 2);
    Py_DECREF(w);
    PyObject *zeroed = PyType_GenericAlloc(type, 0);
    CHECK(((Plain *)zeroed)->x == 0);
    Py_DECREF(zeroed);
    CHECK_INT(PyObject_InitVar(NULL, var_type, 1) == NULL, "1 !!MemoryError");
}

TEST(internal) {
    char *copy = _PyMem_Strdup("some text");
    CHECK_STR_EQ(copy, "some text");
    copy[0] = 'S';
    copy = PyMem_Realloc(copy, 20);
    CHECK_STR_EQ(copy, "Some text");
    PyMem_Free(copy);
    copy = _PyMem_Strdup("");
    CHECK_STR_EQ(copy, "");
    PyMem_Free(copy);
    /* Nothing traces memory. */
    CHECK_REPR(_PyTraceMalloc_GetTraceback(0, (uintptr_t)Py_None), "None");
    CHECK_REPR(_PyTraceMalloc_GetTraceback(77, 0), "None");
    const char *name = _PyMem_GetCurrentAllocatorName();
    CHECK(name && (!strcmp(name, "pymalloc") || !strcmp(name, "mimalloc")));
    /* Somebody else's functions have no name. */
    PyMemAllocatorEx before, other;
    PyMem_GetAllocator(PYMEM_DOMAIN_MEM, &before);
    other = before;
    other.ctx = &other;
    PyMem_SetAllocator(PYMEM_DOMAIN_MEM, &other);
    CHECK(_PyMem_GetCurrentAllocatorName() == NULL);
    PyMem_SetAllocator(PYMEM_DOMAIN_MEM, &before);
    CHECK_STR_EQ(_PyMem_GetCurrentAllocatorName(), name);
}
CHECK_MAIN()
