/* A context of 100,000 variables: every one is found, copies share and stay as they were, equality and iteration see all.
 * Among so many keys some have the same 32-bit hash. */
#include "check.h"

static int count;
static PyObject *variables[100000];
static const char *number(long long n) { static char text[32]; snprintf(text, sizeof text, "%lld", n); return text; }

static void set_all(long offset, int step) {
    for (int i = 0; i < count; i += step) {
        PyObject *number = PyLong_FromLong(i + offset), *token = PyContextVar_Set(variables[i], number);
        if (!token) { check_fail(__FILE__, __LINE__, "variable %d is not set", i); PyErr_Clear(); }
        Py_XDECREF(token); Py_DECREF(number);
    }
}
static int wrong(PyObject *context, long offset, int step) {
    int bad = 0;
    for (int i = 0; i < count; i++) {
        PyObject *got = PyObject_GetItem(context, variables[i]);
        bad += !got || PyLong_AsLong(got) != (i % step ? i : i + offset);
        Py_XDECREF(got);
    }
    PyErr_Clear();
    return bad;
}
TEST(large) {
    count = check_number_of(100000, 4000);
    for (int i = 0; i < count; i++) {
        char name[24];
        sprintf(name, "v%d", i);
        variables[i] = PyContextVar_New(name, NULL);
    }
    PyObject *context = keep(PyContext_New());
    CHECK_INT(PyContext_Enter(context), "0");
    set_all(0, 1);
    PyObject *before = keep(PyContext_CopyCurrent());
    CHECK_INT(PyObject_Size(context), number(count));
    CHECK_INT(PyObject_RichCompareBool(context, before, Py_EQ), "1");
    CHECK_INT(wrong(context, 0, 1), "0");
    set_all(1000000, 7);
    CHECK_INT(wrong(context, 1000000, 7), "0");
    CHECK_INT(wrong(before, 0, 1), "0");
    CHECK_INT(PyObject_RichCompareBool(context, before, Py_EQ), "0");
    set_all(0, 7);
    CHECK_INT(PyObject_RichCompareBool(context, before, Py_EQ), "1");
    CHECK_INT(PyContext_Exit(context), "0");
    PyObject *iterator = PyObject_GetIter(before), *item;
    PyObject *seen = keep(PySet_New(NULL));
    while ((item = PyIter_Next(iterator))) { PySet_Add(seen, item); Py_DECREF(item); }
    Py_DECREF(iterator);
    CHECK_INT(PySet_Size(seen), number(count));
    PyObject *values = keep(PySequence_List(keep(PyObject_CallMethod(before, "values", NULL))));
    long long sum = 0;
    for (Py_ssize_t i = 0; i < PyList_Size(values); i++) sum += PyLong_AsLong(PyList_GetItem(values, i));
    CHECK_INT(sum, number((long long)count * (count - 1) / 2));
    /* taken away one by one by the tokens of a second round */
    CHECK_INT(PyContext_Enter(before), "0");
    PyObject *fresh = keep(PyContextVar_New("fresh", NULL)), *token = keep(PyContextVar_Set(fresh, Py_None));
    CHECK_INT(PyObject_Size(before), number(count + 1));
    CHECK_INT(PyContextVar_Reset(fresh, token), "0");
    CHECK_INT(PyObject_Size(before), number(count));
    CHECK_INT(PyContext_Exit(before), "0");
    for (int i = 0; i < count; i++) Py_DECREF(variables[i]);
}
CHECK_MAIN()
