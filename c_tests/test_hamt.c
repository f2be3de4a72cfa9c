/* The map that contexts are made of, with keys of any kind: collisions, sharing, equality, and keys that fail. */
#include "check.h"

extern PyObject *_PyContext_NewHamtForTests(void);

typedef struct { PyObject_HEAD Py_hash_t hash; int id; } key_object;
static int fail_hash, fail_eq;
static PyTypeObject *key_type;
static Py_hash_t key_hash(PyObject *self) {
    if (fail_hash) { PyErr_SetString(PyExc_ValueError, "hashed"); return -1; }
    return ((key_object *)self)->hash;
}
static PyObject *key_compare(PyObject *a, PyObject *b, int op) {
    if (fail_eq) { PyErr_SetString(PyExc_ValueError, "compared"); return NULL; }
    if (Py_TYPE(b) != key_type) Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong((((key_object *)a)->id == ((key_object *)b)->id) == (op == Py_EQ));
}
static PyObject *key_repr(PyObject *self) { return PyUnicode_FromFormat("K%d", ((key_object *)self)->id); }
static PyType_Slot slots[] = {{Py_tp_hash, key_hash}, {Py_tp_richcompare, key_compare}, {Py_tp_repr, key_repr}, {0, NULL}};
static PyType_Spec spec = {"m.Key", sizeof(key_object), 0, Py_TPFLAGS_DEFAULT, slots};
static PyObject *key(Py_hash_t hash, int id) {
    if (!key_type) key_type = (PyTypeObject *)PyType_FromSpec(&spec);
    key_object *made = PyObject_New(key_object, key_type);
    made->hash = hash;
    made->id = id;
    return (PyObject *)made;
}
static PyObject *with(PyObject *map, PyObject *key, PyObject *value) { return PyObject_CallMethod(map, "set", "OO", key, value); }
static PyObject *without(PyObject *map, PyObject *key) { return PyObject_CallMethod(map, "delete", "O", key); }
static PyObject *listed(PyObject *map, const char *of) { return PySequence_List(keep(PyObject_CallMethod(map, of, NULL))); }

TEST(empty) {
    PyObject *map = keep(_PyContext_NewHamtForTests());
    CHECK_REPR(Py_NewRef(map), "<hamt object at 0x...>");
    CHECK_INT(PyObject_Size(map), "0");
    CHECK_INT(PySequence_Contains(map, Py_None), "0");
    CHECK_REPR(PyObject_GetItem(map, Py_None), "!!KeyError");
    CHECK_REPR(PyObject_CallMethod(map, "get", NULL), "!!TypeError: get expected at least 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(map, "get", "i", 1), "None");
    CHECK_REPR(PyObject_CallMethod(map, "get", "ii", 1, 2), "2");
    CHECK_REPR(PyObject_CallMethod(map, "get", "iii", 1, 2, 3), "!!TypeError: get expected at most 2 arguments, got 3");
    CHECK_REPR(PyObject_CallMethod(map, "set", "i", 1), "!!TypeError: set expected 2 arguments, got 1");
    CHECK_REPR(PyObject_CallMethod(map, "delete", "i", 1), "<hamt object at 0x...>");
    CHECK_REPR(PyObject_CallMethod(map, "delete", NULL), "!!TypeError: hamt.delete() takes exactly one argument (0 given)");
    CHECK_INT(PyObject_Hash(map), "-1 !!TypeError: unhashable type: 'hamt'");
    CHECK_REPR(PySequence_List(map), "[]");
    CHECK_REPR(PyObject_CallMethod(map, "items", NULL), "<items object at 0x...>");
    CHECK_REPR(PyObject_RichCompare(map, map, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(map, map, Py_LE), "!!TypeError: '<=' not supported between instances of 'hamt' and 'hamt'");
    CHECK_REPR(PyObject_RichCompare(map, Py_None, Py_NE), "True");
    CHECK_REPR(PyObject_CallFunction((PyObject *)Py_TYPE(map), "i", 1), "<hamt object at 0x...>");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Map", Py_TYPE(map)), "!!TypeError: type 'hamt' is not an acceptable base type");
    PyObject *list = value("[]");
    CHECK_REPR(with(map, list, list), "!!TypeError: unhashable type: 'list'");
    CHECK_REPR(without(map, list), "!!TypeError: unhashable type: 'list'");
    CHECK_REPR(PyObject_GetItem(map, list), "!!KeyError: []");
}

TEST(entries) {
    PyObject *map = keep(_PyContext_NewHamtForTests()), *a = keep(with(map, value("s", "a"), value("i", 1)));
    CHECK_REPR(listed(a, "items"), "[('a', 1)]");
    CHECK_REPR(listed(a, "keys"), "['a']");
    CHECK_REPR(listed(a, "values"), "[1]");
    CHECK_REPR(PyObject_GetItem(a, value("s", "a")), "1");
    CHECK_INT(PyObject_Size(map), "0");
    CHECK(keep(with(a, value("s", "a"), value("i", 1))) == a);
    PyObject *b = keep(with(a, value("s", "a"), value("i", 2)));
    CHECK_REPR(listed(a, "items"), "[('a', 1)]");
    CHECK_REPR(listed(b, "items"), "[('a', 2)]");
    CHECK_REPR(PyObject_RichCompare(a, b, Py_EQ), "False");
    CHECK(keep(without(a, value("s", "b"))) == a);
    CHECK_REPR(PyObject_RichCompare(keep(without(a, value("s", "a"))), map, Py_EQ), "True");
    PyObject *walk = keep(PyObject_CallMethod(a, "keys", NULL));
    CHECK_INT(PyObject_Size(walk), "1");
    CHECK_REPR(PyIter_Next(walk), "'a'");
    CHECK(!PyIter_Next(walk) && !PyIter_Next(walk));
    CHECK_NO_ERROR();
}

static unsigned long long seed;
static int below(size_t n) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (int)((seed >> 33) % n);
}

/* Random changes in maps that share nodes, against dicts; most keys meet others, whole hashes or parts of them. */
TEST(model) {
    enum { KEYS = 120, MAPS = 6 };
    Py_hash_t hashes[] = {100, 101, 132, 132 | (1LL << 32), 100100, -300, -200, 0, 1LL << 35, 31, 63, 1 << 30, 3LL << 30};
    seed = 12345;
    PyObject *keys[KEYS], *maps[MAPS], *dicts[MAPS], *number[10];
    for (int i = 0; i < 10; i++) number[i] = value("i", i);
    for (int i = 0; i < KEYS; i++) {
        Py_hash_t hash = hashes[below(Py_ARRAY_LENGTH(hashes))];
        keys[i] = keep(key(i % 3 ? hash : hash + ((Py_hash_t)below(5) << (5 * below(7))), i));
    }
    for (int i = 0; i < MAPS; i++) { maps[i] = _PyContext_NewHamtForTests(); dicts[i] = PyDict_New(); }
    int wrong = 0;
    for (int step = 0, steps = check_number_of(12000, 800); step < steps; step++) {
        int at = below(MAPS), other = below(MAPS), what = below(16);
        PyObject *k = keys[below(KEYS)], *v = number[below(10)];
        if (what == 0) {
            Py_XSETREF(maps[other], Py_NewRef(maps[at]));
            Py_XSETREF(dicts[other], PyDict_Copy(dicts[at]));
        } else if (what < 9) {
            Py_XSETREF(maps[at], with(maps[at], k, v));
            PyDict_SetItem(dicts[at], k, v);
        } else {
            PyObject *less = without(maps[at], k);
            wrong += (less == maps[at]) == (PyDict_Contains(dicts[at], k) == 1);
            Py_XSETREF(maps[at], less);
            if (PyDict_Contains(dicts[at], k)) PyDict_DelItem(dicts[at], k);
        }
        for (int i = 0; i < MAPS && step % 100 == 0; i++) {
            PyObject *walk = PyObject_CallMethod(maps[i], "items", NULL), *items = PySequence_List(walk), *again = PyDict_New();
            wrong += PyDict_MergeFromSeq2(again, items, 1) != 0 || PyObject_RichCompareBool(again, dicts[i], Py_EQ) != 1;
            wrong += PyObject_Size(maps[i]) != PyDict_Size(dicts[i]);
            for (int j = 0; j < KEYS; j++) wrong += PySequence_Contains(maps[i], keys[j]) != PyDict_Contains(dicts[i], keys[j]);
            for (int j = 0; j < MAPS; j++)
                wrong += PyObject_RichCompareBool(maps[i], maps[j], Py_EQ) != PyObject_RichCompareBool(dicts[i], dicts[j], Py_EQ);
            Py_DECREF(walk); Py_DECREF(items); Py_DECREF(again);
        }
    }
    CHECK_INT(wrong, "0");
    for (int i = 0; i < MAPS; i++) { Py_DECREF(maps[i]); Py_DECREF(dicts[i]); }
}

TEST(keys_that_fail) {
    PyObject *map = keep(_PyContext_NewHamtForTests()), *k = keep(key(5, 1)), *same = keep(key(5, 2));
    PyObject *one = keep(with(map, k, Py_None)), *two = keep(with(map, keep(key(5, 1)), Py_None));
    fail_hash = 1;
    CHECK_REPR(PyObject_CallMethod(one, "get", "O", k), "!!ValueError: hashed");
    CHECK_REPR(with(one, k, Py_None), "!!ValueError: hashed");
    CHECK_REPR(with(map, k, Py_None), "!!ValueError: hashed");
    CHECK_REPR(without(one, k), "!!ValueError: hashed");
    CHECK_REPR(without(map, k), "!!ValueError: hashed");
    CHECK_REPR(PyObject_GetItem(one, k), "!!ValueError: hashed");
    CHECK_INT(PySequence_Contains(one, k), "-1 !!ValueError: hashed");
    CHECK_REPR(PyObject_GetItem(map, k), "!!KeyError: K1");
    fail_hash = 0;
    fail_eq = 1;
    CHECK_REPR(PyObject_CallMethod(one, "get", "O", same), "!!ValueError: compared");
    CHECK_REPR(with(one, same, Py_None), "!!ValueError: compared");
    CHECK_REPR(without(one, same), "!!ValueError: compared");
    CHECK_REPR(PyObject_GetItem(one, same), "!!ValueError: compared");
    CHECK_INT(PySequence_Contains(one, same), "-1 !!ValueError: compared");
    CHECK_REPR(PyObject_RichCompare(one, two, Py_EQ), "!!ValueError: compared");
    fail_eq = 0;
    CHECK_REPR(PyObject_RichCompare(one, two, Py_EQ), "True");
    PyObject *three = keep(with(map, Py_None, k)), *four = keep(with(map, Py_None, keep(key(9, 1))));
    CHECK_REPR(PyObject_RichCompare(three, four, Py_EQ), "True");
    fail_eq = 1;
    CHECK_REPR(PyObject_RichCompare(three, four, Py_NE), "!!ValueError: compared");
    CHECK_REPR(PyObject_RichCompare(three, three, Py_EQ), "True");
    fail_eq = 0;
    CHECK_INT(PyObject_Size(one), "1");
}

TEST(cycles) {
    PyObject *list = PyList_New(0), *empty = _PyContext_NewHamtForTests(), *map = with(empty, Py_True, list);
    PyList_Append(list, map);
    PyObject *ref = keep(PyWeakref_NewRef(map, NULL));
    Py_DECREF(map); Py_DECREF(list); Py_DECREF(empty);
    CHECK(keep(PyObject_CallNoArgs(ref)) != Py_None);
    while (check_kept_count > 1) Py_DECREF(check_kept[--check_kept_count]);
    PyGC_Collect();
    CHECK_REPR(PyObject_CallNoArgs(ref), "None");
}
TEST(done) { Py_CLEAR(key_type); }
CHECK_MAIN()
