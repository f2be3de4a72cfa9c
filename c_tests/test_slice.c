/* slice: its parts, the numbers it stands for, and how it compares. */
#include "check.h"

static PyObject *slice(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *parts = Py_VaBuildValue(format, arguments);
    va_end(arguments);
    PyObject *made = PySlice_New(PyTuple_GetItem(parts, 0), PyTuple_GetItem(parts, 1), PyTuple_GetItem(parts, 2));
    Py_DECREF(parts);
    return keep(made);
}
static PyObject *big(const char *digits) { return keep(PyLong_FromString(digits, NULL, 10)); }

TEST(make) {
    CHECK_REPR(PySlice_New(NULL, NULL, NULL), "slice(None, None, None)");
    CHECK_REPR(PySlice_New(NULL, value("i", 3), NULL), "slice(None, 3, None)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySlice_Type, "()"), "!!TypeError: slice expected at least 1 argument, got 0");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySlice_Type, "i", 3), "slice(None, 3, None)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySlice_Type, "is", 3, "a"), "slice(3, 'a', None)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySlice_Type, "iii", 3, 4, 5), "slice(3, 4, 5)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySlice_Type, "iiii", 3, 4, 5, 6), "!!TypeError: slice expected at most 3 arguments, got 4");
    CHECK_REPR(PyObject_Call((PyObject *)&PySlice_Type, value("(i)", 1), value("{si}", "a", 1)), "!!TypeError: slice() takes no keyword arguments");
    PyObject *s = slice("(iii)", 1, 2, 3);
    CHECK_REPR(PyObject_GetAttrString(s, "start"), "1");
    CHECK_REPR(PyObject_GetAttrString(s, "stop"), "2");
    CHECK_REPR(PyObject_GetAttrString(s, "step"), "3");
    CHECK_INT(PyObject_SetAttrString(s, "step", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_CallMethod(s, "__reduce__", NULL), "(<class 'slice'>, (1, 2, 3))");
    CHECK_INT(PyObject_Hash(s), "-2340833382717974474");
    CHECK_INT(PyObject_Hash(slice("(OOO)", Py_None, value("i", 5), Py_None)) == PyObject_Hash(slice("(OOO)", Py_None, value("i", 5), Py_None)), "1");
    CHECK_INT(PyObject_Hash(slice("(OOO)", Py_None, value("[]"), Py_None)), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_REPR(PyObject_RichCompare(s, slice("(iii)", 1, 2, 3), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(s, slice("(iii)", 1, 2, 4), Py_LT), "True");
    CHECK_REPR(PyObject_RichCompare(s, s, Py_GE), "True");
    CHECK_REPR(PyObject_RichCompare(s, s, Py_NE), "False");
    CHECK_REPR(PyObject_RichCompare(s, value("(iii)", 1, 2, 3), Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(s, slice("(OOO)", Py_None, Py_None, Py_None), Py_LT), "!!TypeError: '<' not supported between instances of 'int' and 'NoneType'");
    CHECK(PySlice_Check(s) && !PySlice_Check(Py_None));
}

static const char *unpacked(PyObject *s) {
    static char text[200];
    Py_ssize_t start = 0, stop = 0, step = 0;
    int result = PySlice_Unpack(s, &start, &stop, &step);
    snprintf(text, sizeof text, "%d %zd %zd %zd", result, start, stop, step);
    return result < 0 ? NULL : text;
}
static const char *indices(PyObject *s, Py_ssize_t length) {
    static char text[200];
    Py_ssize_t start = 0, stop = 0, step = 0, n = 0;
    if (PySlice_Unpack(s, &start, &stop, &step) < 0) return NULL;
    n = PySlice_AdjustIndices(length, &start, &stop, step);
    snprintf(text, sizeof text, "%zd %zd %zd %zd", start, stop, step, n);
    return text;
}
static const char *old_indices(PyObject *s, Py_ssize_t length) {
    static char text[200];
    Py_ssize_t start = 0, stop = 0, step = 0;
    int result = PySlice_GetIndices(s, length, &start, &stop, &step);
    snprintf(text, sizeof text, "%d %zd %zd %zd", result, start, stop, step);
    return text;
}

TEST(numbers) {
    PyObject *none = Py_None;
    CHECK_STR_EQ(unpacked(slice("(OOO)", none, none, none)), "0 0 9223372036854775807 1");
    CHECK_STR_EQ(unpacked(slice("(OOi)", none, none, -1)), "0 9223372036854775807 -9223372036854775808 -1");
    CHECK_STR_EQ(unpacked(slice("(OOi)", none, none, 0)), "NULL !!ValueError: slice step cannot be zero");
    CHECK_STR_EQ(unpacked(slice("(sOO)", "a", none, none)), "NULL !!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_STR_EQ(unpacked(slice("(OdO)", none, 1.5, none)), "NULL !!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_STR_EQ(unpacked(slice("(OOO)", big("99999999999999999999"), big("-99999999999999999999"), big("-99999999999999999999"))), "0 9223372036854775807 -9223372036854775808 -9223372036854775807");
    CHECK_STR_EQ(unpacked(slice("(OOO)", Py_True, none, none)), "0 1 9223372036854775807 1");
    for (int length = 0; length < 6; length += 5) {
        CHECK(indices(slice("(OOO)", none, none, none), length) != NULL);
    }
    CHECK_STR_EQ(indices(slice("(OOO)", none, none, none), 5), "0 5 1 5");
    CHECK_STR_EQ(indices(slice("(OOi)", none, none, -1), 5), "4 -1 -1 5");
    CHECK_STR_EQ(indices(slice("(OOi)", none, none, -1), 0), "-1 -1 -1 0");
    CHECK_STR_EQ(indices(slice("(iii)", -3, -1, 1), 5), "2 4 1 2");
    CHECK_STR_EQ(indices(slice("(iii)", 9, -9, -2), 5), "4 -1 -2 3");
    CHECK_STR_EQ(indices(slice("(iii)", -9, 9, 2), 5), "0 5 2 3");
    CHECK_STR_EQ(indices(slice("(iii)", 3, 1, 1), 5), "3 1 1 0");
    CHECK_STR_EQ(indices(slice("(iii)", 1, 3, -1), 5), "1 3 -1 0");
    CHECK_STR_EQ(old_indices(slice("(iii)", 1, 3, 1), 5), "0 1 3 1");
    CHECK_STR_EQ(old_indices(slice("(OOO)", none, none, none), 5), "0 0 5 1");
    CHECK_STR_EQ(old_indices(slice("(OOi)", none, none, -1), 5), "0 4 -1 -1");
    CHECK_STR_EQ(old_indices(slice("(iii)", -1, -2, -1), 5), "0 4 3 -1");
    CHECK_STR_EQ(old_indices(slice("(iii)", 1, 9, 1), 5), "-1 1 9 1");
    CHECK_STR_EQ(old_indices(slice("(iii)", 5, 5, 1), 5), "-1 5 5 1");
    CHECK_STR_EQ(old_indices(slice("(iii)", 1, 2, 0), 5), "-1 1 2 0");
    CHECK_STR_EQ(old_indices(slice("(sii)", "a", 2, 1), 5), "-1 0 0 1");
}

TEST(indices_method) {
    PyObject *none = Py_None;
    CHECK_REPR(PyObject_CallMethod(slice("(OOO)", none, none, none), "indices", "i", 5), "(0, 5, 1)");
    CHECK_REPR(PyObject_CallMethod(slice("(OOi)", none, none, -2), "indices", "i", 5), "(4, -1, -2)");
    CHECK_REPR(PyObject_CallMethod(slice("(iii)", -9, 9, 3), "indices", "i", 5), "(0, 5, 3)");
    CHECK_REPR(PyObject_CallMethod(slice("(iii)", 9, -9, -3), "indices", "i", 5), "(4, -1, -3)");
    CHECK_REPR(PyObject_CallMethod(slice("(OOO)", big("-99999999999999999999"), big("99999999999999999999"), none), "indices", "O", big("300000000000000000000")), "(200000000000000000001, 99999999999999999999, 1)");
    CHECK_REPR(PyObject_CallMethod(slice("(OOO)", none, none, none), "indices", "i", -1), "!!ValueError: length should not be negative");
    CHECK_REPR(PyObject_CallMethod(slice("(OOO)", none, none, none), "indices", "s", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(slice("(OOi)", none, none, 0), "indices", "i", 5), "!!ValueError: slice step cannot be zero");
    CHECK_REPR(PyObject_CallMethod(slice("(OsO)", none, "a", none), "indices", "i", 5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
}
CHECK_MAIN()
