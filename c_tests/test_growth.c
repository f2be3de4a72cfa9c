/* Lives of the runtime and of interpreters leave nothing behind: memory after many is what it was after some. The bound
 * allows for what CPython itself keeps; test_ext_growth asks for nothing at all. */
#include "check.h"
#include <malloc.h>
#ifndef BYTES_EACH
#define BYTES_EACH 4096
#endif

static size_t in_use(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
/* Some work of every kind, that ends with the interpreter at the latest. */
static void work(void) {
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
    size_t before = 0;
    for (int i = 0; i < 100; i++) {
        if (i == 50) before = in_use();
        Py_InitializeEx(0);
        work();
        Py_FinalizeEx();
    }
    size_t after = in_use();
    CHECK(after <= before + 50 * BYTES_EACH);
    if (getenv("CHECK_SHOW")) fprintf(stderr, "%zd bytes in 50 lives\n", (ssize_t)(after - before));
}
TEST(interpreters) {
    Py_InitializeEx(0);
    PyThreadState *main_state = PyThreadState_Get();
    PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    size_t before = 0;
    for (int i = 0; i < 60; i++) {
        if (i == 30) before = in_use();
        PyThreadState *state = NULL;
        if (i % 2) Py_NewInterpreter(); else Py_NewInterpreterFromConfig(&state, &own);
        work();
        Py_EndInterpreter(PyThreadState_Get());
        PyThreadState_Swap(main_state);
    }
    size_t after = in_use();
    CHECK(after <= before + 30 * BYTES_EACH);
    if (getenv("CHECK_SHOW")) fprintf(stderr, "%zd bytes in 30 interpreters\n", (ssize_t)(after - before));
    Py_FinalizeEx();
}
TEST(thread_states) {
    Py_InitializeEx(0);
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    size_t before = 0;
    for (int i = 0; i < 2000; i++) {
        if (i == 1000) before = in_use();
        PyThreadState *mine = PyThreadState_Get(), *state = PyThreadState_New(interpreter);
        PyThreadState_Swap(state);
        PyObject *dict = PyThreadState_GetDict();
        PyDict_SetItemString(dict, "k", Py_None);
        PyErr_SetString(PyExc_ValueError, "stays set");
        PyThreadState_Swap(mine);
        PyThreadState_Clear(state);
        PyThreadState_Delete(state);
    }
    size_t after = in_use();
    CHECK(after <= before + BYTES_EACH);
    if (getenv("CHECK_SHOW")) fprintf(stderr, "%zd bytes in 1000 thread states\n", (ssize_t)(after - before));
    Py_FinalizeEx();
}
CHECK_MAIN_BARE()
