/* set and frozenset. Elements are ints, so that the order does not hang on the hash seed. */
#include "check.h"

static PyObject *set(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *list = Py_VaBuildValue(format, arguments), *made = keep(PySet_New(list));
    va_end(arguments);
    Py_XDECREF(list);
    return made;
}

/* internal, but exported */
extern int _PySet_Update(PyObject *set, PyObject *iterable);
extern int _PySet_NextEntry(PyObject *set, Py_ssize_t *at, PyObject **key, Py_hash_t *hash);
extern int _PySet_NextEntryRef(PyObject *set, Py_ssize_t *at, PyObject **key, Py_hash_t *hash);
extern int _PySet_Contains(PySetObject *, PyObject *), _PySet_AddTakeRef(PySetObject *, PyObject *);
extern PyObject *_PySet_Dummy;

TEST(make) {
    CHECK_REPR(PySet_New(NULL), "set()");
    CHECK_REPR(PySet_New(value("[iii]", 1, 2, 1)), "{1, 2}");
    CHECK_REPR(PySet_New(value("i", 1)), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PySet_New(value("[[]]")), "!!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_REPR(PyFrozenSet_New(NULL), "frozenset()");
    CHECK_REPR(PyFrozenSet_New(value("(ii)", 1, 2)), "frozenset({1, 2})");
    CHECK_REPR(PyFrozenSet_New(value("i", 1)), "!!TypeError: 'int' object is not iterable");
    PyObject *frozen = keep(PyFrozenSet_New(value("(i)", 5)));
    CHECK(PyFrozenSet_Check(frozen) && PyFrozenSet_CheckExact(frozen) && PyAnySet_Check(frozen) && PyAnySet_CheckExact(frozen) && !PySet_Check(frozen));
    CHECK(keep(PyObject_CallOneArg((PyObject *)&PyFrozenSet_Type, frozen)) == frozen);
    PyObject *s = set("[i]", 1);
    CHECK(PySet_Check(s) && PySet_CheckExact(s) && !PyFrozenSet_Check(s) && !PyAnySet_Check(Py_None));
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PySet_Type, "ii", 1, 2), "!!TypeError: set expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_Call((PyObject *)&PySet_Type, value("()"), value("{si}", "a", 1)), "!!TypeError: set() takes no keyword arguments");
    CHECK_INT(PyObject_Hash(s), "-1 !!TypeError: unhashable type: 'set'");
    CHECK_INT(PyObject_Hash(frozen) == PyObject_Hash(keep(PyFrozenSet_New(value("(i)", 5)))), "1");
    CHECK_INT(PyObject_Hash(keep(PyFrozenSet_New(NULL))), "133146708735736");
    CHECK_INT(PyObject_Hash(keep(PyFrozenSet_New(value("(iii)", 1, 2, 3)))), "-272375401224217160");
}

TEST(change) {
    PyObject *s = set("[ii]", 1, 2);
    CHECK_INT(PySet_Size(s), "2");
    CHECK_INT(PySet_Size(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK(PySet_GET_SIZE(s) == 2);
    CHECK_INT(PySet_Contains(s, value("i", 1)), "1");
    CHECK_INT(PySet_Contains(s, value("i", 9)), "0");
    CHECK_INT(PySet_Contains(s, value("[]")), "-1 !!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_INT(PySet_Contains(Py_None, value("i", 1)), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PySequence_Contains(s, set("[]")), "0");
    CHECK_INT(PySet_Add(s, value("i", 3)), "0");
    CHECK_INT(PySet_Add(s, value("i", 3)), "0");
    CHECK_INT(PySet_Add(s, value("[]")), "-1 !!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_INT(PySet_Add(Py_None, value("i", 3)), "-1 !!SystemError: bad argument to internal function");
    PyObject *fresh = PyFrozenSet_New(value("(i)", 1));
    CHECK_INT(PySet_Add(fresh, value("i", 7)), "0");
    CHECK_BORROWED(fresh, "frozenset({1, 7})");
    PyObject *held = Py_NewRef(fresh);
    CHECK_INT(PySet_Add(fresh, value("i", 8)), "-1 !!SystemError: bad argument to internal function");
    Py_DECREF(held); Py_DECREF(fresh);
    CHECK_INT(PySet_Discard(s, value("i", 3)), "1");
    CHECK_INT(PySet_Discard(s, value("i", 3)), "0");
    CHECK_INT(PySet_Discard(s, value("[]")), "-1 !!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_INT(PySet_Discard(Py_None, value("i", 3)), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(PySet_Pop(set("[i]", 4)), "4");
    CHECK_REPR(PySet_Pop(set("[]")), "!!KeyError: 'pop from an empty set'");
    CHECK_REPR(PySet_Pop(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_INT(PySet_Clear(s), "0");
    CHECK_INT(PySet_Clear(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PySet_Clear(keep(PyFrozenSet_New(value("(i)", 5)))), "-1 !!SystemError: bad argument to internal function");
    CHECK_BORROWED(s, "set()");
    CHECK_INT(_PySet_Update(s, value("(ii)", 1, 2)), "0");
    CHECK_BORROWED(s, "{1, 2}");
    PyObject *element; Py_hash_t hash; Py_ssize_t at = 0; int sum = 0;
    while (_PySet_NextEntry(s, &at, &element, &hash)) sum += (int)hash;
    CHECK(sum == 3);
    PyObject *many = set("[]");
    for (int i = 0; i < 3000; i++) PySet_Add(many, value("i", i * 31));
    for (int i = 0; i < 3000; i += 3) PySet_Discard(many, value("i", i * 31));
    CHECK_INT(PySet_Size(many), "2000");
    CHECK_INT(PySet_Contains(many, value("i", 31)), "1");
    CHECK_INT(PySet_Contains(many, value("i", 93)), "0");
}

TEST(algebra) {
    PyObject *a = set("[iii]", 1, 2, 3), *b = set("[ii]", 3, 4), *frozen = keep(PyFrozenSet_New(b));
    CHECK_REPR(PyNumber_Or(a, b), "{1, 2, 3, 4}");
    CHECK_REPR(PyNumber_And(a, frozen), "{3}");
    CHECK_REPR(PyNumber_And(frozen, a), "frozenset({3})");
    CHECK_REPR(PyNumber_Subtract(a, b), "{1, 2}");
    CHECK_REPR(PyNumber_Xor(a, b), "{1, 2, 4}");
    CHECK_REPR(PyNumber_Or(a, value("[i]", 1)), "!!TypeError: unsupported operand type(s) for |: 'set' and 'list'");
    CHECK_REPR(PyNumber_Add(a, b), "!!TypeError: unsupported operand type(s) for +: 'set' and 'set'");
    CHECK_REPR(PyNumber_InPlaceOr(keep(PySet_New(a)), b), "{1, 2, 3, 4}");
    CHECK_REPR(PyNumber_InPlaceAnd(keep(PySet_New(a)), b), "{3}");
    CHECK_REPR(PyNumber_InPlaceSubtract(keep(PySet_New(a)), b), "{1, 2}");
    CHECK_REPR(PyNumber_InPlaceXor(keep(PySet_New(a)), b), "{1, 2, 4}");
    CHECK_REPR(PyObject_RichCompare(a, set("[ii]", 1, 2), Py_GT), "True");
    CHECK_REPR(PyObject_RichCompare(a, b, Py_LE), "False");
    CHECK_REPR(PyObject_RichCompare(b, frozen, Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(a, value("[i]", 1), Py_LT), "!!TypeError: '<' not supported between instances of 'set' and 'list'");
}

TEST(methods) {
    PyObject *a = set("[iii]", 1, 2, 3);
    CHECK_REPR(PyObject_CallMethod(a, "union", "[i](i)", 7, 8), "{1, 2, 3, 7, 8}");
    CHECK_REPR(PyObject_CallMethod(a, "intersection", "[ii]", 2, 9), "{2}");
    CHECK_REPR(PyObject_CallMethod(a, "difference", "[ii]", 2, 9), "{1, 3}");
    CHECK_REPR(PyObject_CallMethod(a, "symmetric_difference", "[ii]", 2, 9), "{9, 3, 1}");
    CHECK_REPR(PyObject_CallMethod(a, "issubset", "[iiii]", 1, 2, 3, 4), "True");
    CHECK_REPR(PyObject_CallMethod(a, "issuperset", "[i]", 1), "True");
    CHECK_REPR(PyObject_CallMethod(a, "isdisjoint", "[i]", 9), "True");
    CHECK_REPR(PyObject_CallMethod(a, "add", "i", 4), "None");
    CHECK_REPR(PyObject_CallMethod(a, "remove", "i", 9), "!!KeyError: 9");
    CHECK_REPR(PyObject_CallMethod(a, "remove", "i", 4), "None");
    CHECK_REPR(PyObject_CallMethod(a, "discard", "i", 9), "None");
    CHECK_REPR(PyObject_CallMethod(a, "update", "[i]", 6), "None");
    CHECK_REPR(PyObject_CallMethod(a, "update", "i", 6), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallMethod(a, "copy", NULL), "{1, 2, 3, 6}");
    CHECK_REPR(PyObject_CallMethod(a, "intersection_update", "[i]", 6), "None");
    CHECK_REPR(PyObject_CallMethod(a, "pop", NULL), "6");
    CHECK_REPR(PyObject_CallMethod(a, "pop", NULL), "!!KeyError: 'pop from an empty set'");
    CHECK_REPR(PyObject_CallMethod(keep(PyFrozenSet_New(NULL)), "add", "i", 1), "!!AttributeError: 'frozenset' object has no attribute 'add'");
    PyObject *s = set("[ii]", 1, 2), *iterator = keep(PyObject_GetIter(s));
    CHECK_REPR(PyIter_Next(iterator), "1");
    CHECK_INT(PySet_Add(s, value("i", 99)), "0");
    CHECK_REPR(PyIter_Next(iterator), "!!RuntimeError: Set changed size during iteration");
}

/* The functions that CPython keeps for itself. They are given sets. */
TEST(internal) {
    PyObject *s = set("[ii]", 1, 2), *frozen = keep(PyFrozenSet_New(value("[i]", 3))), *key = value("i", 5000);
    CHECK_INT(_PySet_Contains((PySetObject *)s, value("i", 1)), "1");
    CHECK_INT(_PySet_Contains((PySetObject *)s, value("i", 3)), "0");
    CHECK_INT(_PySet_Contains((PySetObject *)frozen, value("i", 3)), "1");
    CHECK_INT(_PySet_Contains((PySetObject *)s, value("[]")), "-1 !!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    /* A set is looked for as a frozenset. */
    CHECK_INT(_PySet_Contains((PySetObject *)s, frozen), "0");
    CHECK_INT(PySet_Add(s, frozen), "0");
    CHECK_INT(_PySet_Contains((PySetObject *)s, set("[i]", 3)), "1");
    CHECK_INT(_PySet_Contains((PySetObject *)s, set("[i]", 4)), "0");
    CHECK_INT(PySet_Discard(s, frozen), "1");
    /* The reference is taken over, also where the key is there already or cannot be one. */
    Py_ssize_t references = Py_REFCNT(key);
    CHECK_INT(_PySet_AddTakeRef((PySetObject *)s, Py_NewRef(key)), "0");
    CHECK(Py_REFCNT(key) == references + 1);
    CHECK_INT(_PySet_AddTakeRef((PySetObject *)s, Py_NewRef(key)), "0");
    CHECK(Py_REFCNT(key) == references + 1);
    CHECK_BORROWED(s, "{5000, 1, 2}");
    PyObject *list = value("[]");
    CHECK_INT(_PySet_AddTakeRef((PySetObject *)s, Py_NewRef(list)), "-1 !!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_INT(Py_REFCNT(list), "1");
    /* Keys with new references. */
    Py_ssize_t at = 0, count = 0, sum = 0;
    Py_hash_t hash = -7;
    PyObject *found = NULL;
    for (references = Py_REFCNT(key); _PySet_NextEntryRef(s, &at, &found, &hash); count++) {
        CHECK(found != key || Py_REFCNT(key) == references + 1);
        CHECK(hash == PyObject_Hash(found));
        sum += PyLong_AsSsize_t(found);
        Py_DECREF(found);
    }
    CHECK_INT(count, "3");
    CHECK_INT(sum, "5003");
    CHECK_INT(_PySet_NextEntryRef(s, &at, &found, &hash), "0");
    at = 0;
    CHECK_INT(_PySet_NextEntryRef(keep(PyFrozenSet_New(NULL)), &at, &found, &hash), "0");
    CHECK_INT(_PySet_NextEntryRef(list, &at, &found, &hash), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(_PySet_NextEntryRef(Py_None, &at, &found, &hash), "-1 !!SystemError: bad argument to internal function");
    /* What stands where a key was taken out: a thing of its own, which is no key. */
    CHECK(_PySet_Dummy != NULL && _PySet_Dummy != Py_None);
    CHECK_INT(PyUnstable_IsImmortal(_PySet_Dummy), "1");
}
CHECK_MAIN()
