/* dict: every way in and out, order, views, merging, watching, and what its methods say. */
#include "check.h"

static PyObject *ab(void) { return value("{sisi}", "a", 1, "b", 2); }
/* A key whose hash or comparison raises. */
static Py_hash_t bad_hash(PyObject *self) { (void)self; PyErr_SetString(PyExc_ValueError, "no hash"); return -1; }
static Py_hash_t same_hash(PyObject *self) { (void)self; return 1; }
static PyObject *bad_compare(PyObject *a, PyObject *b, int op) { (void)a; (void)b; (void)op; PyErr_SetString(PyExc_ValueError, "no equality"); return NULL; }
static PyObject *bad_key(Py_hash_t (*hash)(PyObject *)) {
    PyType_Slot slots[] = {{Py_tp_hash, (void *)hash}, {Py_tp_richcompare, (void *)bad_compare}, {0, NULL}};
    PyType_Spec spec = {"m.Key", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}

TEST(set) {
    PyObject *d = keep(PyDict_New()), *key = value("s", "k");
    CHECK_BORROWED(d, "{}");
    CHECK_INT(PyDict_SetItem(d, key, value("i", 1)), "0");
    CHECK_INT(PyDict_SetItemString(d, "z", value("i", 2)), "0");
    CHECK_INT(PyDict_SetItemString(d, "\xff", Py_None), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyDict_SetItem(d, value("[]"), Py_None), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyDict_SetItem(d, bad_key(bad_hash), Py_None), "-1 !!ValueError: no hash");
    CHECK_INT(PyDict_SetItem(Py_None, key, Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_SetItem(d, value("d", 1.0), value("s", "float")), "0");
    CHECK_INT(PyDict_SetItem(d, value("i", 1), value("s", "int")), "0");
    CHECK_INT(PyDict_SetItem(d, key, value("i", 9)), "0");
    CHECK_BORROWED(d, "{'k': 9, 'z': 2, 1.0: 'int'}");
    CHECK_INT(PyDict_Size(d), "3");
    CHECK_INT(PyDict_Size(Py_None), "-1 !!SystemError: bad argument to internal function");
    CHECK(PyDict_GET_SIZE(d) == 3 && PyDict_Check(d) && PyDict_CheckExact(d) && !PyDict_Check(Py_None));
    CHECK_INT(PyDict_DelItem(d, key), "0");
    CHECK_INT(PyDict_DelItem(d, key), "-1 !!KeyError: 'k'");
    CHECK_INT(PyDict_DelItem(d, value("[]")), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyDict_DelItem(Py_None, key), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_DelItemString(d, "z"), "0");
    CHECK_INT(PyDict_DelItemString(d, "z"), "-1 !!KeyError: 'z'");
    PyDict_Clear(d);
    CHECK_BORROWED(d, "{}");
    PyDict_Clear(Py_None);
    CHECK_NO_ERROR();
    PyObject *one = bad_key(same_hash), *other = bad_key(same_hash);
    CHECK_INT(PyDict_SetItem(d, one, Py_None), "0");
    CHECK_INT(PyDict_SetItem(d, one, Py_True), "0");
    CHECK_INT(PyDict_SetItem(d, other, Py_None), "-1 !!ValueError: no equality");
    CHECK_INT(PyDict_Contains(d, other), "-1 !!ValueError: no equality");
    CHECK_REPR(PyDict_GetItemWithError(d, other), "!!ValueError: no equality");
}

TEST(get) {
    PyObject *d = ab(), *a = value("s", "a"), *z = value("s", "z"), *got = NULL;
    CHECK_BORROWED(PyDict_GetItem(d, a), "1");
    CHECK_BORROWED(PyDict_GetItem(d, z), "NULL");
    CHECK_BORROWED(PyDict_GetItem(d, value("[]")), "NULL");
    CHECK_BORROWED(PyDict_GetItem(Py_None, a), "NULL");
    CHECK_BORROWED(PyDict_GetItemString(d, "b"), "2");
    CHECK_BORROWED(PyDict_GetItemString(d, "z"), "NULL");
    CHECK_BORROWED(PyDict_GetItemWithError(d, a), "1");
    CHECK_BORROWED(PyDict_GetItemWithError(d, z), "NULL");
    CHECK_BORROWED(PyDict_GetItemWithError(d, value("[]")), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_BORROWED(PyDict_GetItemWithError(Py_None, a), "!!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_GetItemRef(d, a, &got), "1");
    CHECK_REPR(got, "1");
    CHECK_INT(PyDict_GetItemRef(d, z, &got), "0");
    CHECK(got == NULL);
    CHECK_INT(PyDict_GetItemRef(d, value("[]"), &got), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK(got == NULL);
    CHECK_INT(PyDict_GetItemRef(Py_None, a, &got), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_GetItemStringRef(d, "b", &got), "1");
    CHECK_REPR(got, "2");
    CHECK_INT(PyDict_GetItemStringRef(d, "z", &got), "0");
    CHECK_INT(PyDict_Contains(d, a), "1");
    CHECK_INT(PyDict_Contains(d, z), "0");
    CHECK_INT(PyDict_Contains(d, value("[]")), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyDict_ContainsString(d, "a"), "1");
    CHECK_INT(PyDict_ContainsString(d, "z"), "0");
    CHECK_INT(PyObject_Hash(a) != -1 && _PyDict_GetItem_KnownHash(d, a, PyObject_Hash(a)) == PyDict_GetItem(d, a), "1");
    CHECK_BORROWED(PyDict_SetDefault(d, a, z), "1");
    CHECK_BORROWED(PyDict_SetDefault(d, z, Py_True), "True");
    CHECK_BORROWED(PyDict_SetDefault(d, value("[]"), Py_True), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_BORROWED(PyDict_SetDefault(Py_None, a, Py_True), "!!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_SetDefaultRef(d, a, Py_False, &got), "1");
    CHECK_REPR(got, "1");
    CHECK_INT(PyDict_SetDefaultRef(d, value("s", "n"), Py_False, &got), "0");
    CHECK_REPR(got, "False");
    CHECK_INT(PyDict_SetDefaultRef(d, value("s", "m"), Py_False, NULL), "0");
    CHECK_INT(PyDict_Pop(d, a, &got), "1");
    CHECK_REPR(got, "1");
    CHECK_INT(PyDict_Pop(d, a, &got), "0");
    CHECK(got == NULL);
    CHECK_INT(PyDict_Pop(d, value("[]"), &got), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyDict_PopString(d, "b", NULL), "1");
    CHECK_INT(PyDict_PopString(d, "b", NULL), "0");
    CHECK_INT(PyDict_Pop(Py_None, a, &got), "-1 !!SystemError: bad argument to internal function");
    CHECK_BORROWED(d, "{'z': True, 'n': False, 'm': False}");
}

TEST(iterate) {
    PyObject *d = value("{sisisi}", "x", 1, "y", 2, "z", 3), *key, *item;
    Py_ssize_t at = 0;
    int sum = 0;
    char seen[8] = "";
    while (PyDict_Next(d, &at, &key, &item)) { sum += (int)PyLong_AsLong(item); strcat(seen, PyUnicode_AsUTF8(key)); }
    CHECK(sum == 6 && !strcmp(seen, "xyz"));
    at = 0;
    CHECK(PyDict_Next(d, &at, NULL, NULL) == 1);
    at = 0;
    CHECK(PyDict_Next(Py_None, &at, &key, &item) == 0);
    CHECK_INT(PyDict_DelItemString(d, "y"), "0");
    CHECK_INT(PyDict_SetItemString(d, "y", Py_None), "0");
    CHECK_REPR(PyDict_Keys(d), "['x', 'z', 'y']");
    CHECK_REPR(PyDict_Values(d), "[1, 3, None]");
    CHECK_REPR(PyDict_Items(d), "[('x', 1), ('z', 3), ('y', None)]");
    CHECK_REPR(PyDict_Keys(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyDict_Values(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyDict_Items(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyDict_Copy(d), "{'x': 1, 'z': 3, 'y': None}");
    CHECK_REPR(PyDict_Copy(Py_None), "!!SystemError: bad argument to internal function");
    PyObject *iterator = keep(PyObject_GetIter(d));
    CHECK_REPR(PyIter_Next(iterator), "'x'");
    CHECK_INT(PyDict_SetItemString(d, "new", Py_None), "0");
    CHECK_REPR(PyIter_Next(iterator), "!!RuntimeError: dictionary changed size during iteration");
    CHECK_REPR(PyIter_Next(iterator), "!!RuntimeError: dictionary changed size during iteration");
    /* many keys keep their order through growth and deletion */
    PyObject *many = keep(PyDict_New());
    for (int i = 0; i < 2000; i++) PyDict_SetItem(many, value("i", i * 37), value("i", i));
    for (int i = 0; i < 2000; i += 2) PyDict_DelItem(many, value("i", i * 37));
    CHECK_INT(PyDict_Size(many), "1000");
    at = 0;
    int ordered = 1, last = -1;
    while (PyDict_Next(many, &at, &key, &item)) { int n = (int)PyLong_AsLong(item); ordered &= n > last; last = n; }
    CHECK(ordered && last == 1999);
}

TEST(merge) {
    PyObject *d = ab();
    CHECK_INT(PyDict_Update(d, value("{sisi}", "b", 20, "c", 30)), "0");
    CHECK_BORROWED(d, "{'a': 1, 'b': 20, 'c': 30}");
    CHECK_INT(PyDict_Merge(d, value("{sisi}", "c", 0, "d", 4), 0), "0");
    CHECK_BORROWED(d, "{'a': 1, 'b': 20, 'c': 30, 'd': 4}");
    CHECK_INT(PyDict_Update(d, value("(ii)", 1, 2)), "-1 !!AttributeError: 'tuple' object has no attribute 'keys'");
    CHECK_INT(PyDict_Update(d, Py_None), "-1 !!AttributeError: 'NoneType' object has no attribute 'keys'");
    CHECK_INT(PyDict_Merge(Py_None, d, 1), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_Merge(d, NULL, 1), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_Update(d, d), "0");
    CHECK_INT(PyDict_MergeFromSeq2(d, value("[(si)[si]]", "e", 5, "a", 6), 1), "0");
    CHECK_INT(PyDict_MergeFromSeq2(d, value("[(si)(si)]", "e", 50, "f", 60), 0), "0");
    CHECK_BORROWED(d, "{'a': 6, 'b': 20, 'c': 30, 'd': 4, 'e': 5, 'f': 60}");
    CHECK_INT(PyDict_MergeFromSeq2(d, value("[(iii)]", 1, 2, 3), 0), "-1 !!ValueError: dictionary update sequence element #0 has length 3; 2 is required");
    CHECK_INT(PyDict_MergeFromSeq2(d, value("[i]", 1), 0), "-1 !!TypeError: object is not iterable");
    CHECK_INT(PyDict_MergeFromSeq2(d, Py_None, 0), "-1 !!TypeError: 'NoneType' object is not iterable");
    CHECK_REPR(PyNumber_Or(ab(), value("{si}", "a", 5)), "{'a': 5, 'b': 2}");
    CHECK_REPR(PyNumber_Or(ab(), value("[]")), "!!TypeError: unsupported operand type(s) for |: 'dict' and 'list'");
    CHECK_REPR(PyNumber_InPlaceOr(d, value("[(si)]", "q", 5)), "{'a': 6, 'b': 20, 'c': 30, 'd': 4, 'e': 5, 'f': 60, 'q': 5}");
    CHECK_REPR(PyObject_RichCompare(ab(), value("{sisi}", "b", 2, "a", 1), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(ab(), value("{si}", "b", 2), Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(ab(), ab(), Py_LT), "!!TypeError: '<' not supported between instances of 'dict' and 'dict'");
}

TEST(methods) {
    PyObject *d = ab(), *type = (PyObject *)&PyDict_Type;
    CHECK_REPR(PyObject_CallMethod(d, "get", "s", "a"), "1");
    CHECK_REPR(PyObject_CallMethod(d, "get", "si", "z", 7), "7");
    CHECK_REPR(PyObject_CallMethod(d, "get", NULL), "!!TypeError: get expected at least 1 argument, got 0");
    CHECK_REPR(PyObject_CallMethod(d, "setdefault", "si", "c", 3), "3");
    CHECK_REPR(PyObject_CallMethod(d, "pop", "s", "c"), "3");
    CHECK_REPR(PyObject_CallMethod(d, "pop", "s", "c"), "!!KeyError: 'c'");
    CHECK_REPR(PyObject_CallMethod(d, "pop", "sO", "c", Py_None), "None");
    CHECK_REPR(PyObject_CallMethod(d, "popitem", NULL), "('b', 2)");
    CHECK_REPR(PyObject_CallMethod(d, "copy", NULL), "{'a': 1}");
    CHECK_REPR(PyObject_CallMethod(d, "update", "{si}", "u", 1), "None");
    CHECK_REPR(PyObject_CallMethod(d, "update", "ii", 1, 2), "!!TypeError: update expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_Call(attr(d, "update"), value("()"), value("{si}", "kw", 1)), "None");
    CHECK_REPR(PyObject_CallMethod(d, "keys", NULL), "dict_keys(['a', 'u', 'kw'])");
    CHECK_REPR(PyObject_CallMethod(d, "values", NULL), "dict_values([1, 1, 1])");
    CHECK_REPR(PyObject_CallMethod(d, "items", NULL), "dict_items([('a', 1), ('u', 1), ('kw', 1)])");
    CHECK_REPR(PyObject_CallMethod(type, "fromkeys", "s", "ab"), "{'a': None, 'b': None}");
    CHECK_REPR(PyObject_CallMethod(type, "fromkeys", "(ii)i", 1, 2, 0), "{1: 0, 2: 0}");
    CHECK_REPR(PyObject_CallMethod(d, "__contains__", "s", "a"), "True");
    CHECK_REPR(PyObject_CallMethod(d, "__getitem__", "s", "zz"), "!!KeyError: 'zz'");
    CHECK_REPR(PyObject_CallMethod(d, "clear", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(d, "popitem", NULL), "!!KeyError: 'popitem(): dictionary is empty'");
    CHECK_REPR(PyObject_CallFunction(type, "[(si)]", "a", 1), "{'a': 1}");
    CHECK_REPR(PyObject_Call(type, value("({si})", "a", 1), value("{si}", "b", 2)), "{'a': 1, 'b': 2}");
    CHECK_REPR(PyObject_CallFunction(type, "i", 1), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: dict expected at most 1 argument, got 2");
    PyObject *missing = new_class("D", type), *instance = keep(PyObject_CallNoArgs(missing));
    CHECK_REPR(PyObject_GetItem(instance, value("s", "k")), "!!KeyError: 'k'");
    CHECK_INT(PyObject_SetAttrString(missing, "__missing__", builtin("repr")), "0");
    CHECK_BORROWED(PyDict_GetItemString(instance, "k"), "NULL");
}

TEST(views) {
    PyObject *d = ab();
    PyObject *keys = keep(PyObject_CallMethod(d, "keys", NULL)), *items = keep(PyObject_CallMethod(d, "items", NULL)), *values = keep(PyObject_CallMethod(d, "values", NULL));
    CHECK(PyDictKeys_Check(keys) && PyDictItems_Check(items) && PyDictValues_Check(values) && PyDictViewSet_Check(keys));
    CHECK_INT(PyObject_Size(keys), "2");
    CHECK_INT(PySequence_Contains(keys, value("s", "a")), "1");
    CHECK_INT(PySequence_Contains(items, value("(si)", "a", 1)), "1");
    CHECK_INT(PySequence_Contains(values, value("i", 2)), "1");
    CHECK_REPR(PyNumber_And(keys, value("[s]", "a")), "{'a'}");
    CHECK_REPR(PyNumber_Subtract(keys, value("[s]", "a")), "{'b'}");
    CHECK_REPR(PyObject_RichCompare(keys, keep(PySet_New(keys)), Py_EQ), "True");
    CHECK_REPR(PyObject_CallMethod(keys, "isdisjoint", "s", "xyz"), "True");
    CHECK_REPR(PySequence_List(keep(PyObject_CallOneArg((PyObject *)&PyReversed_Type, items))), "[('b', 2), ('a', 1)]");
    CHECK_REPR(PyObject_GetAttrString(keys, "mapping"), "mappingproxy({'a': 1, 'b': 2})");
    CHECK_INT(PyObject_Hash(values) != 0, "1");
    CHECK_INT(PyObject_Hash(keys), "-1 !!TypeError: unhashable type: 'dict_keys'");
    PyObject *proxy = keep(PyDictProxy_New(d));
    CHECK_BORROWED(proxy, "mappingproxy({'a': 1, 'b': 2})");
    CHECK_REPR(PyObject_GetItem(proxy, value("s", "a")), "1");
    CHECK_INT(PyObject_SetItem(proxy, value("s", "a"), Py_None), "-1 !!TypeError: 'mappingproxy' object does not support item assignment");
    CHECK_REPR(PyDictProxy_New(Py_None), "!!TypeError: mappingproxy() argument must be a mapping, not NoneType");
    CHECK_REPR(PyDictProxy_New(value("[]")), "!!TypeError: mappingproxy() argument must be a mapping, not list");
    CHECK_INT(PyObject_Size(proxy), "2");
    CHECK_REPR(PyNumber_Or(proxy, value("{}")), "{'a': 1, 'b': 2}");
}

static char watched[512];
static int watch(PyDict_WatchEvent event, PyObject *dict, PyObject *key, PyObject *new_value) {
    (void)dict;
    static const char *names[] = {"added", "modified", "deleted", "cloned", "cleared", "deallocated"};
    char line[64];
    snprintf(line, sizeof line, "%s:%s:%s ", names[event], key && PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : "-", new_value ? "v" : "-");
    strcat(watched, line);
    return 0;
}
TEST(watchers) {
    int id = PyDict_AddWatcher(watch);
    CHECK(id >= 0);
    PyObject *d = PyDict_New();
    CHECK_INT(PyDict_Watch(id, d), "0");
    PyDict_SetItemString(d, "a", Py_None); PyDict_SetItemString(d, "a", Py_True); PyDict_DelItemString(d, "a");
    PyDict_SetItemString(d, "b", Py_None); PyDict_Clear(d);
    CHECK_INT(PyDict_Update(d, value("{si}", "c", 1)), "0");
    CHECK_INT(PyDict_Unwatch(id, d), "0");
    PyDict_SetItemString(d, "quiet", Py_None);
    CHECK_INT(PyDict_Watch(id, d), "0");
    Py_DECREF(d);
    CHECK_STR_EQ(watched, "added:a:v modified:a:v deleted:a:- added:b:v cleared:-:- cloned:-:- deallocated:-:- ");
    CHECK_INT(PyDict_ClearWatcher(id), "0");
    CHECK_INT(PyDict_ClearWatcher(id), "-1 !!ValueError: No dict watcher set for ID 2");
    CHECK_INT(PyDict_ClearWatcher(99), "-1 !!ValueError: Invalid dict watcher ID 99");
    CHECK_INT(PyDict_Watch(99, value("{}")), "-1 !!ValueError: Invalid dict watcher ID 99");
    CHECK_INT(PyDict_Watch(0, Py_None), "-1 !!ValueError: Cannot watch non-dictionary");
}
CHECK_MAIN()
