/* Memory over several lives of the runtime: what a start made grows and goes, and allocators may be replaced while the
 * runtime ends. */
#include "check.h"

extern const char *_PyMem_GetCurrentAllocatorName(void);

static int same(PyMemAllocatorEx a, PyMemAllocatorEx b) {
    return a.ctx == b.ctx && a.malloc == b.malloc && a.calloc == b.calloc && a.realloc == b.realloc && a.free == b.free;
}

/* What the start made: a list and a dict get far more than they were made for. */
static void grow(void) {
    PyObject *path = PySys_GetObject("path"), *text = PyUnicode_FromString("/nowhere");
    Py_ssize_t before = PyList_GET_SIZE(path);
    for (int i = 0; i < 1000; i++) CHECK_INT(PyList_Append(path, text), "0");
    CHECK(PyList_GET_SIZE(path) == before + 1000 && PyList_GET_ITEM(path, before + 999) == text);
    char name[20];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "attribute%d", i);
        CHECK_INT(PySys_SetObject(name, text), "0");
    }
    CHECK(PySys_GetObject("attribute999") == text && PySys_GetObject("path") == path);
    CHECK_INT(PyList_SetSlice(path, before, before + 1000, NULL), "0");
    Py_DECREF(text);
}

TEST(lives) {
    PyMemAllocatorEx before, now;
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &before);
    const char *name = NULL;
    for (int i = 0; i < 5; i++) {
        Py_InitializeEx(0);
        PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &now);
        CHECK(same(before, now));
        if (!name) name = _PyMem_GetCurrentAllocatorName();
        CHECK_STR_EQ(_PyMem_GetCurrentAllocatorName(), name);
        grow();
        CHECK_INT(Py_FinalizeEx(), "0");
        PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &now);
        CHECK(same(before, now));
    }
}

typedef struct { PyMemAllocatorEx below; int made, freed; } Counter;
static void *count_malloc(void *ctx, size_t n) { Counter *c = ctx; c->made++; return c->below.malloc(c->below.ctx, n); }
static void *count_calloc(void *ctx, size_t n, size_t m) { Counter *c = ctx; c->made++; return c->below.calloc(c->below.ctx, n, m); }
static void *count_realloc(void *ctx, void *p, size_t n) { Counter *c = ctx; c->made += p == NULL; return c->below.realloc(c->below.ctx, p, n); }
static void count_free(void *ctx, void *p) { Counter *c = ctx; c->freed += p != NULL; c->below.free(c->below.ctx, p); }

static Counter counter;
static int asked;
static const char *name_meanwhile;

/* The interpreter is being taken apart: blocks are made, moved and given back, and then there is a counter. */
static int at_end(const char *event, PyObject *args, void *data) {
    (void)args; (void)data;
    if (strcmp(event, "cpython.PyInterpreterState_Clear") || asked) return 0;
    asked = 1;
    name_meanwhile = _PyMem_GetCurrentAllocatorName();
    for (size_t size = 1; size < 100000; size *= 3) {
        char *block = PyObject_Malloc(size), *other = PyObject_Calloc(size, 1);
        int zero = 1;
        for (size_t i = 0; i < size; i++) zero &= other[i] == 0;
        memset(block, 'x', size);
        memset(other, 'y', size);
        block = PyObject_Realloc(block, size * 4);
        other = PyObject_Realloc(other, size / 2 + 1);
        CHECK(zero && block[0] == 'x' && block[size - 1] == 'x' && other[0] == 'y' && other[size / 2] == 'y');
        PyObject_Free(block);
        PyObject_Free(other);
    }
    PyMemAllocatorEx mine = {&counter, count_malloc, count_calloc, count_realloc, count_free};
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &counter.below);
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &mine);
    return 0;
}

TEST(replaced_at_the_end) {
    CHECK_INT(PySys_AddAuditHook(at_end, NULL), "0");
    Py_InitializeEx(0);
    const char *name = _PyMem_GetCurrentAllocatorName();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(asked, "1");
    CHECK_STR_EQ(name_meanwhile, name);
    CHECK(counter.freed > 0);
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &counter.below);
    for (int i = 0; i < 3; i++) {
        Py_InitializeEx(0);
        CHECK_STR_EQ(_PyMem_GetCurrentAllocatorName(), name);
        grow();
        CHECK_INT(Py_FinalizeEx(), "0");
    }
}
CHECK_MAIN_BARE()
