/* list.sort: order, stability, keys, and comparisons that raise, contradict themselves or change the list. */
#include "check.h"

static PyObject *sorted(PyObject *list, PyObject *key, int reverse) {
    PyObject *kwargs = PyDict_New(), *empty = PyTuple_New(0), *method = PyObject_GetAttrString(list, "sort");
    if (key) PyDict_SetItemString(kwargs, "key", key);
    if (reverse) PyDict_SetItemString(kwargs, "reverse", Py_True);
    PyObject *result = PyObject_Call(method, empty, kwargs);
    Py_DECREF(kwargs); Py_DECREF(empty); Py_DECREF(method);
    Py_XDECREF(result);
    return result ? Py_NewRef(list) : NULL;
}

static PyObject *numbers(int n, unsigned seed, int modulo) {
    PyObject *list = keep(PyList_New(n));
    for (int i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        PyList_SET_ITEM(list, i, PyLong_FromLong((long)(seed >> 8) % modulo));
    }
    return list;
}

static int in_order(PyObject *list, int reverse) {
    for (Py_ssize_t i = 1; i < PyList_GET_SIZE(list); i++)
        if (PyObject_RichCompareBool(PyList_GET_ITEM(list, i - reverse), PyList_GET_ITEM(list, i - !reverse), Py_LT) != 0) return 0;
    return 1;
}

TEST(order) {
    int sizes[] = {0, 1, 2, 3, 31, 32, 33, 64, 65, 100, 1000, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        PyObject *list = numbers(sizes[i], (unsigned)i + 1, 500);
        CHECK_INT(PyList_Sort(list), "0");
        CHECK(in_order(list, 0) && PyList_GET_SIZE(list) == sizes[i]);
        CHECK_INT(PyList_Sort(list), "0");
        CHECK_INT(PyList_Reverse(list), "0");
        CHECK_INT(PyList_Sort(list), "0");
        CHECK(in_order(list, 0));
    }
    CHECK_REPR(sorted(value("[iiiii]", 3, 1, 2, 5, 4), NULL, 1), "[5, 4, 3, 2, 1]");
    CHECK_REPR(sorted(value("[ssss]", "b", "a", "\303\251", "ab"), NULL, 0), "['a', 'ab', 'b', 'é']");
    CHECK_REPR(sorted(value("[dddi]", 2.5, -1.0, 1e300, 2), NULL, 0), "[-1.0, 2, 2.5, 1e+300]");
    CHECK_REPR(sorted(value("[(is)(is)(is)]", 2, "a", 1, "b", 2, "0"), NULL, 0), "[(1, 'b'), (2, '0'), (2, 'a')]");
    CHECK_REPR(sorted(value("[OOi]", keep(PyLong_FromString("100000000000000000000", NULL, 10)), keep(PyLong_FromString("-100000000000000000000", NULL, 10)), 5), NULL, 0), "[-100000000000000000000, 5, 100000000000000000000]");
    CHECK_REPR(sorted(value("[is]", 1, "a"), NULL, 0), "!!TypeError: '<' not supported between instances of 'str' and 'int'");
    CHECK_REPR(sorted(value("[si]", "a", 1), NULL, 0), "!!TypeError: '<' not supported between instances of 'int' and 'str'");
}

TEST(keys) {
    PyObject *len = builtin("len");
    CHECK_REPR(sorted(value("[sssss]", "ccc", "bb", "a", "aa", "b"), len, 0), "['a', 'b', 'bb', 'aa', 'ccc']");
    CHECK_REPR(sorted(value("[sssss]", "ccc", "bb", "a", "aa", "b"), len, 1), "['ccc', 'bb', 'aa', 'a', 'b']");
    CHECK_REPR(sorted(value("[ii]", 1, 2), Py_None, 1), "[2, 1]");
    PyObject *list = value("[si]", "ccc", 1);
    CHECK_REPR(sorted(list, len, 0), "!!TypeError: object of type 'int' has no len()");
    CHECK_BORROWED(list, "['ccc', 1]");
    CHECK_REPR(sorted(value("[ii]", 1, 2), value("i", 3), 0), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(PyObject_CallMethod(list, "sort", "i", 1), "!!TypeError: sort() takes no positional arguments");
    PyObject *method = attr(list, "sort");
    CHECK_REPR(PyObject_Call(method, value("()"), value("{si}", "foo", 1)), "!!TypeError: sort() got an unexpected keyword argument 'foo'");
    CHECK_REPR(PyObject_Call(method, value("()"), value("{ss}", "reverse", "")), "!!TypeError: '<' not supported between instances of 'int' and 'str'");
}

/* Objects that compare as they are told. */
typedef struct { PyObject_HEAD int number; } Item;
static PyObject *victim;
static int countdown, mode;
static PyObject *item_compare(PyObject *a, PyObject *b, int op) {
    if (op != Py_LT) Py_RETURN_NOTIMPLEMENTED;
    if (mode == 1 && --countdown == 0) { PyErr_SetString(PyExc_RuntimeError, "enough"); return NULL; }
    if (mode == 2) Py_RETURN_TRUE;
    if (mode == 3) return PyBool_FromLong(--countdown % 3 == 0);
    if (mode == 4) {
        if (PyList_GET_SIZE(victim) != 0) { PyErr_SetString(PyExc_AssertionError, "the list shows its items"); return NULL; }
        PyList_Append(victim, Py_None);
        PyList_SetSlice(victim, 0, 1, NULL);
    }
    return PyBool_FromLong(((Item *)a)->number < ((Item *)b)->number);
}
static PyObject *item_repr(PyObject *self) { return PyUnicode_FromFormat("%d", ((Item *)self)->number); }
static void item_dealloc(PyObject *self) { PyObject_Free(self); }
static PyTypeObject ItemType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Item", .tp_basicsize = sizeof(Item), .tp_dealloc = item_dealloc, .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_richcompare = item_compare, .tp_repr = item_repr, .tp_hash = PyObject_HashNotImplemented,
};
static PyObject *items(int n) {
    PyType_Ready(&ItemType);
    PyObject *list = keep(PyList_New(n));
    for (int i = 0; i < n; i++) {
        Item *item = PyObject_New(Item, &ItemType);
        item->number = (i * 37 + 11) % 101;
        PyList_SET_ITEM(list, i, (PyObject *)item);
    }
    return list;
}
static long sum(PyObject *list) {
    long sum = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) sum += ((Item *)PyList_GET_ITEM(list, i))->number;
    return sum;
}

TEST(errors_keep_the_items) {
    for (int n = 2; n < 400; n = n * 2 + 1) {
        for (countdown = 1; countdown < 60; countdown += 7) {
            int left = countdown;
            PyObject *list = items(n);
            long before = sum(list);
            mode = 1;
            int result = PyList_Sort(list);
            mode = 0;
            if (result < 0) CHECK_RAISES(0, PyExc_RuntimeError, "enough");
            CHECK(PyList_GET_SIZE(list) == n && sum(list) == before);
            countdown = left;
        }
    }
    for (mode = 2; mode < 4; mode++) {
        PyObject *list = items(333);
        long before = sum(list);
        countdown = 1 << 20;
        CHECK_INT(PyList_Sort(list), "0");
        CHECK(PyList_GET_SIZE(list) == 333 && sum(list) == before);
    }
    mode = 0;
}

TEST(stable) {
    PyObject *list = items(101 * 5);
    CHECK_INT(PyList_Sort(list), "0");
    CHECK(in_order(list, 0));
    PyObject *strings = keep(PyList_New(0));
    for (int i = 0; i < 300; i++) {
        char text[32];
        snprintf(text, sizeof text, "%0*d", 1 + i * 7 % 5, i);
        PyList_Append(strings, value("s", text));
    }
    PyObject *result = sorted(strings, builtin("len"), 0);
    for (Py_ssize_t i = 1; i < 300; i++) {
        PyObject *a = PyList_GET_ITEM(result, i - 1), *b = PyList_GET_ITEM(result, i);
        CHECK(PyUnicode_GetLength(a) < PyUnicode_GetLength(b) || (PyUnicode_GetLength(a) == PyUnicode_GetLength(b) && PyUnicode_Compare(a, b) < 0) || PyUnicode_GetLength(a) == 3);
    }
    Py_DECREF(result);
}

/* Lists that are nearly in order, or made of runs, or whose texts begin alike; equal items are told apart by identity. */
static long pattern(int which, int i, int n, unsigned random) {
    switch (which) {
        case 0: return i;
        case 1: return n - i;
        case 2: return (n - i) / 3;
        case 3: return i == n - 1 ? n / 3 : i;
        case 4: return i % 17 ? i : (long)(random % (unsigned)n);
        case 5: return i % (n / 4 + 1);
        case 6: return i < n / 2 ? n - i : i;
        case 7: return i / 2;
        default: return (long)(random % (unsigned)(n / 2 + 1));
    }
}

TEST(runs) {
    const char *formats[] = {"%05ld", "a.long.common.start.%ld", "%ld", "\303\251%ld", "\342\202\254%ld", NULL};
    int sizes[] = {2, 9, 20, 63, 64, 65, 200, 700};
    unsigned random = 1;
    for (int f = 0; f < 6; f++) for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) for (int which = 0; which < 9; which++) {
        int n = sizes[s];
        PyObject *list = PyList_New(n), *before = NULL;
        for (int i = 0; i < n; i++) {
            long number = pattern(which, i, n, (random = random * 1103515245 + 12345) >> 8);
            char text[40];
            snprintf(text, sizeof text, formats[f] ? formats[f] : "", number);
            PyList_SET_ITEM(list, i, formats[f] ? PyUnicode_FromString(text) : PyLong_FromLong(number));
        }
        before = PyList_GetSlice(list, 0, n);
        int reverse = (int)(s & 1), stable = 1;
        Py_XDECREF(sorted(list, NULL, reverse));
        CHECK(in_order(list, reverse) && PyList_GET_SIZE(list) == n);
        for (int i = 1, at = 0; i < n; i++) {
            PyObject *a = PyList_GET_ITEM(list, i - 1), *b = PyList_GET_ITEM(list, i);
            if (a == b || PyObject_RichCompareBool(a, b, Py_EQ) != 1) { at = 0; continue; }
            while (PyList_GET_ITEM(before, at) != a && PyList_GET_ITEM(before, at) != b) at++;
            stable &= PyList_GET_ITEM(before, at) == a;
        }
        CHECK(stable);
        Py_DECREF(list);
        Py_DECREF(before);
    }
}

TEST(changed_meanwhile) {
    victim = items(10);
    mode = 4;
    CHECK_INT(PyList_Sort(victim), "-1 !!ValueError: list modified during sort");
    mode = 0;
    CHECK_INT(PyList_Size(victim), "10");
    CHECK(in_order(victim, 0));
}
TEST(without_order) {
    /* What comparing says contradicts itself, but a short list ends up the same. */
    double nan = Py_NAN;
    CHECK_REPR(sorted(value("[ddd]", nan, 1.0, 0.5), NULL, 0), "[0.5, nan, 1.0]");
    CHECK_REPR(sorted(value("[dddddd]", 3.0, nan, 1.0, 0.5, nan, 2.0), NULL, 0), "[0.5, nan, 2.0, 3.0, nan, 1.0]");
    CHECK_REPR(sorted(value("[dddddd]", 3.0, nan, 1.0, 0.5, nan, 2.0), NULL, 1), "[3.0, nan, 1.0, 0.5, nan, 2.0]");
    CHECK_REPR(sorted(value("[dddddddd]", 5.0, 5.0, 4.0, 4.0, nan, 4.0, 3.0, 9.0), NULL, 0), "[3.0, 4.0, 4.0, nan, 4.0, 5.0, 5.0, 9.0]");
    PyObject *sets = keep(PyList_New(0));
    for (int i = 0; i < 20; i++) PyList_Append(sets, keep(PySet_New(value("[ii]", i * 7 % 5, i * 3 % 4))));
    CHECK_REPR(sorted(sets, NULL, 0), "[{0}, {2, 3}, {2, 4}, {1}, {0, 3}, {0, 3}, {2}, {1, 4}, {0, 1}, {3}, {0, 2}, {1, 2}, {0, 4}, {1, 3}, {2, 3}, {0, 1}, {0, 2}, {3, 4}, {1, 2}, {1, 3}]");
}
CHECK_MAIN()
