/* The runtime's life a thousand times over (fewer on CPython, where each takes long), with threads, extension modules,
 * contexts and interpreters in each: it grows by nothing. */
#define _GNU_SOURCE
#include "check.h"
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>

/* Only this library provides it; CPython keeps some memory for each life. */
static int is_ours(void) { return dlsym(RTLD_DEFAULT, "PyContext_GetCurrent") != NULL; }
static size_t allocated(void) { struct mallinfo2 info = mallinfo2(); return info.uordblks + info.hblkhd; }
static int bad;

static void use(void) {
    PyObject *var = PyContextVar_New("v", NULL), *context = PyContext_New(), *number = PyLong_FromLong(123456), *got = NULL;
    bad |= PyContext_Enter(context);
    PyObject *token = PyContextVar_Set(var, number);
    bad |= !token || PyContextVar_Get(var, NULL, &got) || got != number || PyContext_Exit(context);
    Py_XDECREF(got); Py_XDECREF(token); Py_DECREF(number); Py_DECREF(context); Py_DECREF(var);
    PyObject *cycle = PyList_New(0);
    bad |= PyList_Append(cycle, cycle);
    Py_DECREF(cycle);
}
static void *work(void *data) {
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();
    use();
    Py_BEGIN_ALLOW_THREADS
    Py_END_ALLOW_THREADS
    PyObject *module = PyImport_ImportModule("multi");
    bad |= !module;
    Py_XDECREF(module);
    PyGILState_Release(state);
    return NULL;
}
static void life(int i) {
    Py_InitializeEx(0);
    PyObject *path = PySys_GetObject("path"), *folder = PyUnicode_FromString(getenv("FIXTURES"));
    bad |= PyList_Insert(path, 0, folder);
    Py_DECREF(folder);
    pthread_t threads[3];
    for (int k = 0; k < 3; k++) pthread_create(&threads[k], NULL, work, NULL);
    Py_BEGIN_ALLOW_THREADS
    for (int k = 0; k < 3; k++) pthread_join(threads[k], NULL);
    Py_END_ALLOW_THREADS
    PyObject *single = PyImport_ImportModule("single"), *answer = single ? PyObject_GetAttrString(single, "answer") : NULL;
    bad |= !answer || PyLong_AsLong(answer) != 42;
    Py_XDECREF(answer); Py_XDECREF(single);
    PyThreadState *mine = PyThreadState_Get(), *sub = NULL;
    PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    if (i % 2) sub = Py_NewInterpreter(); else Py_NewInterpreterFromConfig(&sub, &own);
    bad |= !sub;
    use();
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    if (PyErr_Occurred()) { PyErr_Print(); bad = 1; }
    bad |= Py_FinalizeEx() != 0;
}
TEST(a_thousand_lives) {
    /* so that every block is counted */
    setenv("PYTHONMALLOC", "malloc", 1);
    int lives = is_ours() ? check_number_of(1000, 8) : 12;
    size_t before = 0;
    for (int i = 0; i < lives && !bad; i++) {
        if (i == lives / 2) before = allocated();
        life(i);
    }
    long grown = (long)(allocated() - before);
    /* What malloc itself keeps may change once; what a life loses is lost in the next lives too. */
    if (lives == 1000 && grown > 16 * 1024) {
        before = allocated();
        for (int i = 0; i < lives / 2 && !bad; i++) life(i);
        grown = (long)(allocated() - before);
    }
    CHECK_INT(bad, "0");
    if (lives == 1000 && grown > 16 * 1024) check_fail(__FILE__, __LINE__, "grew by %ld bytes in %d lives", grown, lives / 2);
    if (getenv("CHECK_SHOW")) fprintf(stderr, "%ld bytes in %d lives\n", grown, lives - lives / 2);
}
CHECK_MAIN_BARE()
