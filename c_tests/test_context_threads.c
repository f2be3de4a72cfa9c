/* Contexts and threads, what variables remember, cycles through contexts, and changes while somebody looks. */
#include "check.h"
#include <pthread.h>

static PyObject *get(PyObject *var) {
    PyObject *found = NULL;
    if (PyContextVar_Get(var, NULL, &found) < 0) return NULL;
    return found ? found : PyUnicode_FromString("unset");
}
static void set(PyObject *var, long number) {
    PyObject *object = PyLong_FromLong(number), *token = PyContextVar_Set(var, object);
    Py_DECREF(object);
    Py_XDECREF(token);
}

static PyObject *var_shared;
static void *in_thread(void *result) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *found = get(var_shared);
    int fresh = PyUnicode_Check(found);
    Py_DECREF(found);
    set(var_shared, 777);
    found = get(var_shared);
    *(int *)result = fresh && PyLong_AsLong(found) == 777;
    Py_DECREF(found);
    PyGILState_Release(state);
    return NULL;
}
TEST(per_thread) {
    int good = 0;
    pthread_t thread;
    var_shared = keep(PyContextVar_New("shared", NULL));
    set(var_shared, 5);
    CHECK_REPR(get(var_shared), "5");
    pthread_create(&thread, NULL, in_thread, &good);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(good, "1");
    CHECK_REPR(get(var_shared), "5");
}

static void *enter_again(void *context) {
    PyGILState_STATE state = PyGILState_Ensure();
    int refused = PyContext_Enter(context) == -1 && PyErr_ExceptionMatches(PyExc_RuntimeError);
    PyErr_Clear();
    PyGILState_Release(state);
    return refused ? context : NULL;
}
TEST(entered_elsewhere) {
    PyObject *context = keep(PyContext_New());
    void *refused = NULL;
    pthread_t thread;
    CHECK_INT(PyContext_Enter(context), "0");
    pthread_create(&thread, NULL, enter_again, context);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, &refused);
    Py_END_ALLOW_THREADS
    CHECK(refused == context);
    CHECK_INT(PyContext_Exit(context), "0");
}

TEST(remembered) {
    /* what a variable remembers of one context is not taken for another's */
    PyObject *var = keep(PyContextVar_New("v", NULL)), *other = keep(PyContextVar_New("w", NULL));
    PyObject *a = keep(PyContext_New()), *b = keep(PyContext_New());
    for (int round = 0; round < 3; round++) {
        PyContext_Enter(a);
        if (round == 0) set(var, 1);
        CHECK_REPR(get(var), "1");
        PyContext_Enter(b);
        if (round == 0) { CHECK_REPR(get(var), "'unset'"); set(var, 2); }
        CHECK_REPR(get(var), "2");
        PyContext_Exit(b);
        CHECK_REPR(get(var), "1");
        CHECK_REPR(get(other), "'unset'");
        PyContext_Exit(a);
        CHECK_REPR(get(var), "'unset'");
    }
    CHECK_REPR(PyObject_GetItem(a, var), "1");
    CHECK_REPR(PyObject_GetItem(b, var), "2");
}

TEST(copies) {
    /* a copy stays what it was while the original changes, and the other way round */
    enum { N = 300 };
    PyObject *vars[N], *context = keep(PyContext_New()), *copies[4];
    CHECK_INT(PyContext_Enter(context), "0");
    for (int i = 0; i < N; i++) { vars[i] = keep(PyContextVar_New("n", NULL)); }
    for (int round = 0; round < 4; round++) {
        for (int i = round; i < N; i += round + 1) set(vars[i], 1000 * round + i);
        copies[round] = keep(PyContext_CopyCurrent());
    }
    PyContext_Exit(context);
    CHECK_INT(PyObject_Size(copies[0]), "300");
    CHECK_INT(PyObject_Size(context), "300");
    long wrong = 0;
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < N; i++) {
            long want = i;
            for (int r = 1; r <= round; r++) if (i >= r && (i - r) % (r + 1) == 0) want = 1000 * r + i;
            PyObject *found = PyObject_GetItem(copies[round], vars[i]);
            wrong += !found || PyLong_AsLong(found) != want;
            Py_XDECREF(found);
        }
    CHECK_INT(wrong, "0");
    CHECK_INT(PyObject_RichCompareBool(copies[3], context, Py_EQ), "1");
    CHECK_INT(PyObject_RichCompareBool(copies[2], context, Py_EQ), "0");
}

TEST(iterated) {
    /* an iterator walks over what was there when it began */
    PyObject *context = keep(PyContext_New()), *vars[50];
    CHECK_INT(PyContext_Enter(context), "0");
    for (int i = 0; i < 50; i++) { vars[i] = keep(PyContextVar_New("i", NULL)); set(vars[i], i); }
    PyObject *iterator = keep(PyObject_CallMethod(context, "values", NULL)), *item;
    long sum = 0, n = 0;
    while ((item = PyIter_Next(iterator))) {
        sum += PyLong_AsLong(item);
        Py_DECREF(item);
        set(vars[n % 50], 100000);
        set(keep(PyContextVar_New("more", NULL)), 100000);
        n++;
    }
    PyContext_Exit(context);
    CHECK_INT(n, "50");
    CHECK_INT(sum, "1225");
    CHECK_INT(PyObject_Size(context), "100");
}

static int gone;
static PyObject *count_gone(PyObject *self, PyObject *reference) { (void)self; (void)reference; gone++; Py_RETURN_NONE; }
static PyMethodDef count_def = {"count_gone", count_gone, METH_O, NULL};
TEST(cycles) {
    /* a context in its own values, by way of a token, a list and a variable's default */
    PyObject *callback = keep(PyCFunction_New(&count_def, NULL)), *context = PyContext_New(), *reference = keep(PyWeakref_NewRef(context, callback));
    PyObject *list = PyList_New(0), *var = PyContextVar_New("cycle", list);
    CHECK_INT(PyContext_Enter(context), "0");
    PyObject *token = PyContextVar_Set(var, list);
    PyList_Append(list, context);
    PyList_Append(list, token);
    PyList_Append(list, var);
    Py_DECREF(token); Py_DECREF(list); Py_DECREF(var);
    CHECK_INT(PyContext_Exit(context), "0");
    Py_DECREF(context);
    CHECK_INT(gone, "0");
    CHECK(PyGC_Collect() >= 4);
    CHECK_INT(gone, "1");
    CHECK_INT(PyWeakref_IsDead(reference), "1");
}

static PyObject *reenter_var;
static void reenter(PyObject *capsule) {
    (void)capsule;
    set(reenter_var, 42);
    gone += 10;
}
TEST(destructors) {
    /* the value that is replaced ends when the change is done: it may set the same variable */
    PyObject *context = keep(PyContext_New()), *capsule = PyCapsule_New(&gone, NULL, reenter);
    reenter_var = keep(PyContextVar_New("again", NULL));
    gone = 0;
    CHECK_INT(PyContext_Enter(context), "0");
    PyObject *token = PyContextVar_Set(reenter_var, capsule);
    Py_DECREF(token);
    Py_DECREF(capsule);
    set(reenter_var, 7);
    CHECK_INT(gone, "10");
    CHECK_REPR(get(reenter_var), "42");
    PyContext_Exit(context);
}


/* Threads that _thread starts begin with an empty context. */
static PyObject *seen;
static PyObject *look(PyObject *self, PyObject *none) {
    (void)self; (void)none;
    seen = get(var_shared);
    set(var_shared, 99);
    Py_RETURN_NONE;
}
static PyMethodDef look_method = {"look", look, METH_NOARGS, NULL};
static PyObject *started(void) {
    PyObject *module = keep(PyImport_ImportModule("_thread")), *function = keep(PyCFunction_New(&look_method, NULL));
    PyObject *handle = keep(PyObject_CallMethod(module, "start_joinable_thread", "O", function));
    keep(PyObject_CallMethod(handle, "join", NULL));
    return seen;
}
TEST(inherited) {
    var_shared = keep(PyContextVar_New("shared", NULL));
    set(var_shared, 5);
    CHECK_REPR(started(), "'unset'");
    CHECK_REPR(get(var_shared), "5");
}
CHECK_MAIN()
