/* One program, the same print on both libraries: contexts, threads under PyGILState_Ensure, sub-interpreters with
 * state of their own, over several lives of the runtime. It prints what it sees instead of checking it; the runner compares. */
#include "check.h"
#include <pthread.h>

static void show(const char *what, PyObject *object) {
    PyObject *repr = object ? PyObject_Repr(object) : NULL;
    char error[512];
    if (repr) printf("  %s: %s\n", what, PyUnicode_AsUTF8(repr));
    else printf("  %s: %s\n", what, check_taken(error, sizeof error));
    Py_XDECREF(repr); Py_XDECREF(object);
}

static PyObject *log_list, *variable;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static void *worker(void *argument) {
    int number = *(int *)argument;
    pthread_mutex_lock(&order);
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *seen = NULL;
    PyContextVar_Get(variable, Py_None, &seen);
    PyObject *token = PyContextVar_Set(variable, seen), *entry = Py_BuildValue("(iO)", number, seen);
    PyList_Append(log_list, entry);
    Py_XDECREF(entry); Py_XDECREF(seen); Py_XDECREF(token);
    PyGILState_Release(state);
    pthread_mutex_unlock(&order);
    return NULL;
}
TEST(threads) {
    for (int life = 0; life < 3; life++) {
        Py_InitializeEx(0);
        log_list = PyList_New(0);
        variable = PyContextVar_New("variable", NULL);
        PyObject *five = PyLong_FromLong(5), *token = PyContextVar_Set(variable, five), *mine = NULL;
        pthread_t threads[3];
        int numbers[3] = {0, 1, 2};
        PyThreadState *saved = PyEval_SaveThread();
        for (int i = 0; i < 3; i++) { pthread_create(&threads[i], NULL, worker, &numbers[i]); pthread_join(threads[i], NULL); }
        PyEval_RestoreThread(saved);
        PyContextVar_Get(variable, NULL, &mine);
        show("main sees", mine);
        show("threads saw", Py_NewRef(log_list));
        Py_CLEAR(log_list); Py_CLEAR(variable); Py_XDECREF(token); Py_DECREF(five);
        printf("  finalize %d\n", Py_FinalizeEx());
    }
}

TEST(interpreters) {
    Py_InitializeEx(0);
    PyThreadState *states[3] = {PyThreadState_Get()};
    PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    for (int i = 1; i < 3; i++) {
        PyThreadState_Swap(NULL);
        if (i == 1) { PyThreadState_Swap(states[0]); states[i] = Py_NewInterpreter(); }
        else { PyThreadState_Swap(states[0]); Py_NewInterpreterFromConfig(&states[i], &own); }
    }
    for (int round = 0; round < 2; round++) for (int i = 0; i < 3; i++) {
        PyThreadState_Swap(states[i]);
        PyObject *module = PyImport_AddModule("shared_name"), *count = PyObject_HasAttrString(module, "count") ? PyObject_GetAttrString(module, "count") : PyLong_FromLong(i * 100);
        PyObject *one = PyLong_FromLong(1), *next = PyNumber_Add(count, one);
        PyObject_SetAttrString(module, "count", next);
        printf("  interpreter %lld: ", (long long)PyInterpreterState_GetID(PyInterpreterState_Get()));
        show("count", next);
        Py_DECREF(count); Py_DECREF(one);
    }
    for (int i = 2; i > 0; i--) { PyThreadState_Swap(states[i]); Py_EndInterpreter(states[i]); }
    PyThreadState_Swap(states[0]);
    show("the main one's", PyObject_GetAttrString(PyImport_AddModule("shared_name"), "count"));
    printf("  finalize %d\n", Py_FinalizeEx());
}

TEST(lives) {
    int failures = 0;
    for (int i = 0; i < 100; i++) {
        Py_InitializeEx(0);
        PyObject *value = Py_BuildValue("{s:[i,d,s]}", "k", i, i / 2.0, "text"), *repr = PyObject_Repr(value);
        if (i % 50 == 0) printf("  life %d: %s\n", i, PyUnicode_AsUTF8(repr));
        Py_XDECREF(value); Py_XDECREF(repr);
        failures += Py_FinalizeEx() != 0;
    }
    printf("  %d failures in 100 lives\n", failures);
}
CHECK_MAIN_BARE()
