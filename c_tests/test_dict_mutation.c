/* dict and set while foreign code runs: keys whose __eq__ and __hash__ raise or change the table, destructors that look
 * back, iterators over what changes, watchers that misbehave. */
#include "check.h"

typedef struct { PyObject_HEAD long hash; int number; } Key;
static PyObject *victim;     /* what a comparison changes */
static void (*on_compare)(void);
static int comparisons;

static Py_hash_t key_hash(PyObject *self) {
    if (((Key *)self)->hash == -1) { PyErr_SetString(PyExc_ValueError, "no hash"); return -1; }
    return ((Key *)self)->hash;
}
static PyObject *key_compare(PyObject *a, PyObject *b, int op) {
    comparisons++;
    if (on_compare) {
        void (*action)(void) = on_compare;
        on_compare = NULL;
        action();
    }
    if (PyErr_Occurred()) return NULL;
    if (Py_TYPE(a) != Py_TYPE(b) || op != Py_EQ) Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong(((Key *)a)->number == ((Key *)b)->number);
}
static PyObject *key_repr(PyObject *self) { return PyUnicode_FromFormat("K%d", ((Key *)self)->number); }
static void key_dealloc(PyObject *self) {
    if (on_compare && ((Key *)self)->number == 99) {
        void (*action)(void) = on_compare;
        on_compare = NULL;
        action();
    }
    PyObject_Free(self);
}
static PyTypeObject KeyType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Key", .tp_basicsize = sizeof(Key), .tp_dealloc = key_dealloc, .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_hash = key_hash, .tp_richcompare = key_compare, .tp_repr = key_repr,
};
static PyObject *key(long hash, int number) {
    if (PyType_Ready(&KeyType) < 0) return NULL;
    Key *made = PyObject_New(Key, &KeyType);
    made->hash = hash; made->number = number;
    return keep((PyObject *)made);
}

static void raise_error(void) { PyErr_SetString(PyExc_RuntimeError, "from __eq__"); }
static void clear_victim(void) { if (PyDict_Check(victim)) PyDict_Clear(victim); else PySet_Clear(victim); }
static void grow_victim(void) {
    for (int i = 1000; i < 1100; i++) {
        PyObject *n = PyLong_FromLong(i);
        if (PyDict_Check(victim)) PyDict_SetItem(victim, n, n); else PySet_Add(victim, n);
        Py_DECREF(n);
    }
}

TEST(dict_errors) {
    PyObject *d = keep(PyDict_New()), *bad = key(-1, 0), *a = key(7, 1), *b = key(7, 2);
    CHECK_INT(PyDict_SetItem(d, bad, Py_None), "-1 !!ValueError: no hash");
    CHECK_REPR(PyDict_GetItemWithError(d, bad), "!!ValueError: no hash");
    CHECK_INT(PyDict_Contains(d, bad), "-1 !!ValueError: no hash");
    CHECK_INT(PyDict_DelItem(d, bad), "-1 !!ValueError: no hash");
    CHECK_INT(PyDict_SetItem(d, a, Py_True), "0");
    on_compare = raise_error;
    CHECK_INT(PyDict_SetItem(d, b, Py_False), "-1 !!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_INT(PyDict_Contains(d, b), "-1 !!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_INT(PyDict_DelItem(d, b), "-1 !!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_REPR(PyObject_CallMethod(d, "pop", "OO", b, Py_None), "!!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_REPR(PyObject_CallMethod(d, "setdefault", "O", b), "!!RuntimeError: from __eq__");
    CHECK_BORROWED(d, "{K1: True}");
    on_compare = raise_error;
    CHECK_BORROWED(PyDict_GetItem(d, b), "NULL");
    CHECK_INT(PyDict_SetItem(d, b, Py_False), "0");
    CHECK_BORROWED(d, "{K1: True, K2: False}");
    comparisons = 0;
    CHECK_BORROWED(PyDict_GetItemWithError(d, a), "True");
    CHECK_INT(comparisons, "0");
}

TEST(dict_changes) {
    PyObject *a = key(7, 1), *b = key(7, 2);
    victim = keep(PyDict_New());
    PyDict_SetItem(victim, a, Py_True);
    on_compare = clear_victim;
    CHECK_INT(PyDict_SetItem(victim, b, Py_False), "0");
    CHECK_BORROWED(victim, "{K2: False}");
    on_compare = clear_victim;
    CHECK_BORROWED(PyDict_GetItemWithError(victim, key(7, 2)), "NULL");
    CHECK_BORROWED(victim, "{}");
    PyDict_SetItem(victim, a, Py_True);
    on_compare = grow_victim;
    CHECK_BORROWED(PyDict_GetItemWithError(victim, key(7, 1)), "True");
    CHECK_INT(PyDict_Size(victim), "101");
    on_compare = clear_victim;
    CHECK_INT(PyDict_DelItem(victim, key(7, 1)), "-1 !!KeyError: K1");
    PyDict_SetItem(victim, a, Py_True);
    on_compare = grow_victim;
    CHECK_REPR(PyObject_CallMethod(victim, "setdefault", "OO", b, Py_False), "False");
    CHECK_INT(PyDict_Size(victim), "102");
    /* A comparison of values that changes one of the dicts. */
    PyObject *left = keep(PyDict_New());
    victim = keep(PyDict_New());
    for (int i = 0; i < 4; i++) { PyDict_SetItem(left, value("i", i), key(1, i)); PyDict_SetItem(victim, value("i", i), key(1, i)); }
    on_compare = clear_victim;
    CHECK_REPR(PyObject_RichCompare(left, victim, Py_EQ), "False");
}

static PyObject *looking;
static void look_back(void) {
    printf("destructor sees %zd\n", PyDict_Check(looking) ? PyDict_Size(looking) : PyList_Check(looking) ? PyList_Size(looking) : PySet_Size(looking));
}
TEST(destructors) {
    looking = keep(PyDict_New());
    PyObject *last = PyObject_New(PyObject, &KeyType);
    ((Key *)last)->hash = 3; ((Key *)last)->number = 99;
    PyDict_SetItemString(looking, "a", last); Py_DECREF(last);
    on_compare = look_back;
    CHECK_INT(PyDict_SetItemString(looking, "a", Py_None), "0");
    last = PyObject_New(PyObject, &KeyType); ((Key *)last)->hash = 3; ((Key *)last)->number = 99;
    PyDict_SetItem(looking, last, Py_None); Py_DECREF(last);
    on_compare = look_back;
    PyDict_Clear(looking);
    looking = keep(PyList_New(0));
    last = PyObject_New(PyObject, &KeyType); ((Key *)last)->hash = 3; ((Key *)last)->number = 99;
    PyList_Append(looking, last); Py_DECREF(last);
    on_compare = look_back;
    CHECK_INT(PyList_SetSlice(looking, 0, 1, NULL), "0");
    looking = keep(PySet_New(NULL));
    last = PyObject_New(PyObject, &KeyType); ((Key *)last)->hash = 3; ((Key *)last)->number = 99;
    PySet_Add(looking, last); Py_DECREF(last);
    on_compare = look_back;
    CHECK_INT(PySet_Clear(looking), "0");
}

TEST(set_changes) {
    PyObject *a = key(7, 1), *b = key(7, 2);
    victim = keep(PySet_New(NULL));
    CHECK_INT(PySet_Add(victim, key(-1, 0)), "-1 !!ValueError: no hash");
    PySet_Add(victim, a);
    on_compare = raise_error;
    CHECK_INT(PySet_Add(victim, b), "-1 !!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_INT(PySet_Contains(victim, b), "-1 !!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_INT(PySet_Discard(victim, b), "-1 !!RuntimeError: from __eq__");
    on_compare = clear_victim;
    CHECK_INT(PySet_Add(victim, b), "0");
    CHECK_BORROWED(victim, "{K2}");
    on_compare = grow_victim;
    CHECK_INT(PySet_Contains(victim, key(7, 2)), "1");
    CHECK_INT(PySet_Size(victim), "101");
    on_compare = clear_victim;
    CHECK_INT(PySet_Discard(victim, key(7, 2)), "0");
    CHECK_INT(PySet_Size(victim), "0");
    PySet_Add(victim, a);
    PyObject *other = keep(PySet_New(value("[O]", key(7, 1))));
    on_compare = raise_error;
    CHECK_REPR(PyNumber_And(victim, other), "!!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_REPR(PyObject_RichCompare(victim, other, Py_EQ), "!!RuntimeError: from __eq__");
    on_compare = raise_error;
    CHECK_REPR(PyNumber_InPlaceXor(victim, other), "!!RuntimeError: from __eq__");
    CHECK_REPR(PyNumber_Xor(victim, other), "set()");
    CHECK_REPR(PyNumber_Subtract(victim, other), "set()");
    CHECK_REPR(PyNumber_Or(victim, other), "{K1}");
}

TEST(iterators) {
    PyObject *d = value("{iiiiii}", 1, 2, 3, 4, 5, 6);
    PyObject *it = keep(PyObject_GetIter(d));
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "3");
    CHECK_REPR(PyIter_Next(it), "1");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "2");
    PyDict_SetItem(d, value("i", 9), Py_None);
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: dictionary changed size during iteration");
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: dictionary changed size during iteration");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "0");
    PyDict_DelItem(d, value("i", 9));
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: dictionary changed size during iteration");
    it = keep(PyObject_GetIter(keep(PyObject_CallMethod(d, "items", NULL))));
    CHECK_REPR(PyIter_Next(it), "(1, 2)");
    PyDict_DelItem(d, value("i", 3)); PyDict_SetItem(d, value("i", 7), Py_None);
    CHECK_REPR(PyIter_Next(it), "(5, 6)");
    CHECK_REPR(PyIter_Next(it), "(7, None)");
    CHECK_REPR(PyIter_Next(it), "NULL");
    d = value("{iiii}", 1, 2, 3, 4);
    it = keep(PyObject_GetIter(d));
    CHECK_REPR(PyIter_Next(it), "1");
    CHECK_REPR(PyIter_Next(it), "3");
    PyDict_DelItem(d, value("i", 1)); PyDict_SetItem(d, value("i", 8), Py_None);
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: dictionary keys changed during iteration");
    CHECK_REPR(PyIter_Next(it), "NULL");
    PyObject *back = keep(PyObject_CallMethod(d, "__reversed__", NULL));
    CHECK_REPR(PyIter_Next(back), "8");
    CHECK_REPR(PyObject_CallMethod(back, "__length_hint__", NULL), "1");
    PyDict_Clear(d);
    CHECK_REPR(PyIter_Next(back), "!!RuntimeError: dictionary changed size during iteration");
    PyObject *s = keep(PySet_New(value("[iii]", 1, 2, 3)));
    it = keep(PyObject_GetIter(s));
    CHECK_REPR(PyIter_Next(it), "1");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "2");
    PySet_Add(s, value("i", 4));
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: Set changed size during iteration");
    CHECK_REPR(PyIter_Next(it), "!!RuntimeError: Set changed size during iteration");
    PyObject *l = value("[iii]", 1, 2, 3);
    it = keep(PyObject_GetIter(l));
    CHECK_REPR(PyIter_Next(it), "1");
    PyList_Append(l, Py_None);
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "3");
    PyList_SetSlice(l, 0, 4, NULL);
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "0");
    CHECK_REPR(PyIter_Next(it), "NULL");
    PyList_Append(l, Py_None);
    CHECK_REPR(PyIter_Next(it), "NULL");
}

TEST(update_from_itself) {
    PyObject *d = value("{sisi}", "a", 1, "b", 2);
    CHECK_INT(PyDict_Update(d, d), "0");
    CHECK_BORROWED(d, "{'a': 1, 'b': 2}");
    PyObject *s = keep(PySet_New(value("[ii]", 1, 2)));
    CHECK_REPR(PyObject_CallMethod(s, "update", "O", s), "None");
    CHECK_REPR(PyObject_CallMethod(s, "intersection_update", "O", s), "None");
    CHECK_BORROWED(s, "{1, 2}");
    CHECK_REPR(PyObject_CallMethod(s, "symmetric_difference_update", "O", s), "None");
    CHECK_BORROWED(s, "set()");
    PyObject *l = value("[ii]", 1, 2);
    CHECK_REPR(PyObject_CallMethod(l, "extend", "O", l), "None");
    CHECK_BORROWED(l, "[1, 2, 1, 2]");
    CHECK_INT(PyList_SetSlice(l, 1, 2, l), "0");
    CHECK_BORROWED(l, "[1, 1, 2, 1, 2, 1, 2]");
    CHECK_REPR(PyNumber_InPlaceAdd(l, l), "[1, 1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 2]");
}

TEST(many) {
    /* Through every width of the table, and back. */
    PyObject *d = keep(PyDict_New());
    for (long i = 0; i < 70000; i++) {
        PyObject *n = PyLong_FromLong(i * 7919);
        if (PyDict_SetItem(d, n, n) < 0) break;
        Py_DECREF(n);
    }
    CHECK_INT(PyDict_Size(d), "70000");
    int wrong = 0;
    for (long i = 0; i < 70000; i++) {
        PyObject *n = PyLong_FromLong(i * 7919), *found = PyDict_GetItemWithError(d, n);
        wrong += !found || PyLong_AsLong(found) != i * 7919;
        Py_DECREF(n);
    }
    CHECK_INT(wrong, "0");
    for (long i = 0; i < 70000; i++) {
        if (i % 10 == 0) continue;
        PyObject *n = PyLong_FromLong(i * 7919);
        wrong += PyDict_DelItem(d, n) != 0;
        Py_DECREF(n);
    }
    CHECK_INT(wrong, "0");
    CHECK_INT(PyDict_Size(d), "7000");
    PyObject *copy = keep(PyDict_Copy(d));
    CHECK_INT(PyObject_RichCompareBool(copy, d, Py_EQ), "1");
    Py_ssize_t at = 0;
    PyObject *k, *v, *before = NULL;
    while (PyDict_Next(copy, &at, &k, &v)) {
        wrong += before && PyLong_AsLong(before) >= PyLong_AsLong(k);
        before = k;
    }
    CHECK_INT(wrong, "0");
    PyObject *s = keep(PySet_New(d));
    CHECK_INT(PySet_Size(s), "7000");
    for (int i = 0; i < 6990; i++) Py_XDECREF(PySet_Pop(s));
    CHECK_INT(PySet_Size(s), "10");
    CHECK_REPR(PyObject_CallMethod(d, "popitem", NULL), "(554250810, 554250810)");
}

TEST(set_order) {
    /* The order of a set's elements shows in its repr. */
    PyObject *s = keep(PySet_New(value("[iiiiiiiiii]", 100, 8, 16, 3, 11, 19, 27, 1000000, 5, 64)));
    CHECK_BORROWED(s, "{1000000, 64, 3, 100, 5, 8, 11, 16, 19, 27}");
    PySet_Discard(s, value("i", 8)); PySet_Add(s, value("i", 24)); PySet_Discard(s, value("i", 16)); PySet_Add(s, value("i", 8));
    CHECK_BORROWED(s, "{1000000, 64, 3, 100, 5, 8, 11, 19, 24, 27}");
    CHECK_REPR(PyNumber_Or(s, keep(PySet_New(value("[iiiii]", 40, 33, 72, 9, 17)))), "{1000000, 64, 33, 3, 100, 5, 8, 40, 72, 11, 9, 17, 19, 24, 27}");
    CHECK_REPR(PyNumber_Or(keep(PySet_New(value("[iiiii]", 40, 33, 72, 9, 17))), s), "{1000000, 33, 64, 3, 100, 5, 40, 9, 72, 8, 11, 17, 19, 24, 27}");
    CHECK_REPR(PyNumber_And(s, keep(PySet_New(value("[iiiii]", 64, 8, 3, 9, 17)))), "{64, 8, 3}");
    CHECK_REPR(PyNumber_Xor(s, keep(PySet_New(value("[iiiii]", 64, 8, 3, 9, 17)))), "{1000000, 100, 5, 9, 11, 17, 19, 24, 27}");
    CHECK_REPR(PyNumber_Subtract(s, keep(PySet_New(value("[iiiii]", 64, 8, 3, 9, 17)))), "{1000000, 100, 5, 11, 19, 24, 27}");
    CHECK_REPR(PySet_New(value("{i:i,i:i,i:i,i:i,i:i,i:i}", 88, 1, 16, 1, 0, 1, 24, 1, 80, 1, 8, 1)), "{16, 0, 80, 88, 24, 8}");
    CHECK_REPR(PyObject_CallMethod(s, "copy", NULL), "{1000000, 64, 3, 100, 5, 8, 11, 19, 24, 27}");
    CHECK_REPR(PySet_Pop(s), "1000000");
    CHECK_REPR(PySet_Pop(s), "64");
    PySet_Add(s, value("i", 1));
    CHECK_REPR(PySet_Pop(s), "3");
    CHECK_BORROWED(s, "{1, 100, 5, 8, 11, 19, 24, 27}");
    PyObject *big = keep(PySet_New(NULL));
    for (int i = 0; i < 40; i++) PySet_Add(big, value("i", i * i * 37 % 1009));
    CHECK_BORROWED(big, "{0, 3, 391, 394, 782, 529, 402, 148, 283, 796, 925, 927, 673, 674, 929, 804, 37, 555, 173, 942, 441, 189, 960, 323, 199, 203, 333, 847, 592, 979, 603, 350, 739, 240, 242, 755, 756, 889, 123, 253}");
    for (int i = 0; i < 30; i++) PySet_Discard(big, value("i", i * i * 37 % 1009));
    CHECK_BORROWED(big, "{3, 394, 782, 529, 929, 555, 942, 960, 203, 242}");
    CHECK_REPR(PyObject_CallMethod(big, "difference_update", "O", value("[ii]", 1, 2)), "None");
    CHECK_BORROWED(big, "{3, 394, 782, 529, 929, 555, 942, 960, 203, 242}");
}

static int misbehaving(PyDict_WatchEvent event, PyObject *dict, PyObject *key, PyObject *new_value) {
    (void)event; (void)dict; (void)key; (void)new_value;
    PyErr_SetString(PyExc_RuntimeError, "watcher");
    return -1;
}
TEST(watchers_misuse) {
    CHECK_INT(PyDict_ClearWatcher(-1), "-1 !!ValueError: Invalid dict watcher ID -1");
    CHECK_INT(PyDict_ClearWatcher(8), "-1 !!ValueError: Invalid dict watcher ID 8");
    CHECK_INT(PyDict_ClearWatcher(7), "-1 !!ValueError: No dict watcher set for ID 7");
    PyObject *d = keep(PyDict_New());
    CHECK_INT(PyDict_Watch(7, d), "-1 !!ValueError: No dict watcher set for ID 7");
    CHECK_INT(PyDict_Unwatch(9, d), "-1 !!ValueError: Invalid dict watcher ID 9");
    int id = PyDict_AddWatcher(misbehaving);
    CHECK_INT(PyDict_Watch(id, Py_None), "-1 !!ValueError: Cannot watch non-dictionary");
    CHECK_INT(PyDict_Unwatch(id, Py_None), "-1 !!ValueError: Cannot watch non-dictionary");
    int added = 0;
    while (PyDict_AddWatcher(misbehaving) >= 0) added++;
    CHECK_RAISES(0, PyExc_RuntimeError, "no more dict watcher IDs available");
    CHECK_INT(added, "5");
    CHECK_INT(PyDict_ClearWatcher(id), "0");
}
CHECK_MAIN()
