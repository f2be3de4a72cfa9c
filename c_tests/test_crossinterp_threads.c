/* Sessions at once: threads that make interpreters, enter them with names, keep what they find and end them; threads that compete for one
 * interpreter's __main__; and data that is made in one thread and released in another while its interpreter works. */
#include "crossinterp.h"
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 4 };
static atomic_int wrong, entered, refused;
static PyInterpreterState *common;

/* In an interpreter of its own */
static void *own(void *argument) {
    long number = (long)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    for (int round = 0, rounds = check_number_of(15, 2); round < rounds; round++) {
        PyInterpreterConfig config = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
        PyInterpreterState *interp = _PyXI_NewInterpreter(&config, NULL, NULL, NULL);
        Session *session = _PyXI_NewSession();
        Result result = {0};
        PyObject *names = Py_BuildValue("{s:l,s:(is)}", "number", number, "pair", round, "text");
        if (!interp || _PyXI_Enter(session, interp, names, &result) < 0) { wrong++; PyErr_Print(); break; }
        PyObject *ns = _PyXI_GetMainNamespace(session, NULL), *found = PyDict_GetItemString(ns, "number"), *pair = PyDict_GetItemString(ns, "pair");
        if (!found || PyLong_AsLong(found) != number || !pair) wrong++;
        if (_PyXI_Preserve(session, "pair", pair, NULL) < 0) wrong++;
        if (round % 3 == 2) PyErr_SetString(PyExc_ValueError, "left");
        int left = _PyXI_Exit(session, NULL, &result);
        if (left != (round % 3 == 2 ? -1 : 0) || (left < 0) != (result.excinfo != NULL)) wrong++;
        PyObject *kept = _PyXI_GetPreserved(&result, "pair"), *wanted = PyDict_GetItemString(names, "pair");
        if (!kept || PyObject_RichCompareBool(kept, wanted, Py_EQ) != 1) wrong++;
        Py_XDECREF(kept); Py_DECREF(names);
        _PyXI_ClearResult(&result);
        _PyXI_FreeSession(session);
        _PyXI_EndInterpreter(interp, NULL, NULL);
    }
    PyGILState_Release(state);
    return NULL;
}
/* All in the same one: its __main__ is run by one thread at a time. */
static void *shared(void *argument) {
    (void)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    for (int round = 0, rounds = check_number_of(200, 10); round < rounds; round++) {
        Session *session = _PyXI_NewSession();
        PyObject *names = Py_BuildValue("{s:i}", "round", round);
        if (_PyXI_Enter(session, common, names, NULL) < 0) {
            if (!PyErr_ExceptionMatches(PyExc_InterpreterError)) wrong++;
            PyErr_Clear();
            refused++;
        } else {
            entered++;
            if (!_PyInterpreterState_IsRunningMain(common)) wrong++;
            PyThreadState *inside = PyEval_SaveThread();
            if (round % 8 == 0) usleep(200);
            PyEval_RestoreThread(inside);
            if (_PyXI_Exit(session, NULL, NULL) < 0) wrong++;
        }
        Py_DECREF(names);
        _PyXI_FreeSession(session);
        Py_BEGIN_ALLOW_THREADS
        Py_END_ALLOW_THREADS
    }
    PyGILState_Release(state);
    return NULL;
}
/* Data of the main interpreter, released elsewhere */
enum { SHARED = 200 };
static XIData *data[SHARED];
static void *release(void *argument) {
    long number = (long)argument;
    PyThreadState *state = PyThreadState_New(common);
    PyEval_RestoreThread(state);
    for (int i = (int)number; i < SHARED; i += THREADS) {
        PyObject *made = _PyXIData_NewObject(data[i]);
        if (!made || !PyTuple_Check(made)) wrong++;
        Py_XDECREF(made);
        if (_PyXIData_ReleaseAndRawFree(data[i]) < 0) wrong++;
    }
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    return NULL;
}
static void all(void *(*function)(void *)) {
    pthread_t threads[THREADS];
    wrong = entered = refused = 0;
    PyThreadState *saved = PyEval_SaveThread();
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, function, (void *)i);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(saved);
    CHECK_INT(wrong, "0");
}
static void make_common(void) {
    PyInterpreterConfig config = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
    common = _PyXI_NewInterpreter(&config, NULL, NULL, NULL);
}
TEST(own_interpreters) { all(own); }
TEST(one_interpreter) {
    make_common();
    all(shared);
    CHECK(entered > 0 && entered + refused == THREADS * check_number_of(200, 10));
    CHECK(!_PyInterpreterState_IsRunningMain(common));
    _PyXI_EndInterpreter(common, NULL, NULL);
}
TEST(released_elsewhere) {
    make_common();
    PyObject *object = value("(s(i)y)", "text that is shared", 5, "bytes");
    Py_ssize_t count = Py_REFCNT(object);
    for (int i = 0; i < SHARED; i++) {
        data[i] = _PyXIData_New();
        CHECK_INT(_PyObject_GetXIData(me(), object, 0, data[i]), "0");
    }
    CHECK_INT(Py_REFCNT(object) - count, "200");
    all(release);
    for (int i = 0; i < 10; i++) CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(Py_REFCNT(object) - count, "0");
    _PyXI_EndInterpreter(common, NULL, NULL);
}
CHECK_MAIN()
