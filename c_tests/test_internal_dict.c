/* Functions of dicts that CPython's own modules use, among them those that are given the hash. Their prototypes stand here: they are
 * exported, and in no public header. */
#include "check.h"

extern int _PyDict_DelItemIf(PyObject *, PyObject *, int (*)(PyObject *, void *), void *);
extern int _PyDict_DelItem_KnownHash(PyObject *, PyObject *, Py_hash_t);
extern PyObject *_PyDict_FromItems(PyObject *const *, Py_ssize_t, PyObject *const *, Py_ssize_t, Py_ssize_t);
extern int _PyDict_GetItemRef_KnownHash_LockHeld(PyDictObject *, PyObject *, Py_hash_t, PyObject **);
extern PyObject *_PyDict_LoadGlobal(PyDictObject *, PyDictObject *, PyObject *);
extern int _PyDict_MergeEx(PyObject *, PyObject *, int);
extern void _PyDict_SendEvent(int, PyDict_WatchEvent, PyDictObject *, PyObject *, PyObject *);
extern int _PyDict_SetItem_KnownHash(PyObject *, PyObject *, PyObject *, Py_hash_t);
extern int _PyDict_SetItem_KnownHash_LockHeld(PyDictObject *, PyObject *, PyObject *, Py_hash_t);
extern int _PyDict_SetItem_Take2(PyDictObject *, PyObject *, PyObject *);
extern Py_ssize_t _PyDict_SizeOf(PyDictObject *);

#define DICT(object) ((PyDictObject *)(object))
static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }
static Py_hash_t hash(PyObject *object) { return PyObject_Hash(object); }

/* Instances hash alike and refuse to be compared. */
static Py_hash_t fixed_hash(PyObject *self) { (void)self; return 5; }
static PyObject *no_compare(PyObject *a, PyObject *b, int op) { (void)a; (void)b; (void)op; PyErr_SetString(PyExc_ValueError, "compared"); return NULL; }
static PyType_Slot slots[] = {{Py_tp_hash, fixed_hash}, {Py_tp_richcompare, no_compare}, {0, NULL}};
static PyType_Spec spec = {"m.Key", 0, 0, Py_TPFLAGS_DEFAULT, slots};
static PyObject *key(void) { return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec)))); }

TEST(set_item_known_hash) {
    PyObject *dict = value("{}"), *a = str("a"), *b = str("b"), *one = value("i", 1001);
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, a, one, hash(a)), "0");
    CHECK_INT(_PyDict_SetItem_KnownHash_LockHeld(DICT(dict), b, one, hash(b)), "0");
    CHECK_BORROWED(dict, "{'a': 1001, 'b': 1001}");
    CHECK_INT(Py_REFCNT(one), "3");
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, a, Py_None, hash(a)), "0");
    CHECK_INT(_PyDict_SetItem_KnownHash_LockHeld(DICT(dict), b, Py_None, hash(b)), "0");
    CHECK_INT(Py_REFCNT(one), "1");
    CHECK_INT(_PyDict_SetItem_KnownHash(value("[]"), a, one, hash(a)), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyDict_SetItem_KnownHash(Py_None, a, one, hash(a)), "-1 !!SystemError: bad argument to internal function");
    PyObject *list = value("[]");
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, list, one, 77), "0");
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, list, Py_True, 77), "0");
    CHECK_BORROWED(dict, "{'a': None, 'b': None, []: True}");
    PyObject *first = key(), *second = key();
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, first, one, 5), "0");
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, second, one, 5), "-1 !!ValueError: compared");
    CHECK_INT(_PyDict_SetItem_KnownHash_LockHeld(DICT(dict), second, one, 5), "-1 !!ValueError: compared");
    CHECK_INT(Py_REFCNT(second), "1");
    CHECK_INT(_PyDict_SetItem_KnownHash(dict, second, one, 6), "0");
    CHECK_INT(PyDict_Size(dict), "5");
}

TEST(get_item_known_hash) {
    PyObject *dict = value("{sisi}", "a", 1001, "b", 2), *a = str("a"), *result = Py_None;
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(dict), a, hash(a), &result), "1");
    CHECK_INT(Py_REFCNT(result), "2");
    CHECK_REPR(result, "1001");
    result = Py_None;
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(dict), str("c"), hash(str("c")), &result), "0");
    CHECK(result == NULL);
    /* A wrong hash finds nothing. Of ints, because where the hashes of str lead is another place each time. */
    PyObject *numbers = value("{isis}", 1, "one", 2, "two"), *number = value("i", 1);
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(numbers), number, 2, &result), "0");
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(value("{}")), value("[]"), 77, &result), "0");
    PyObject *first = key(), *second = key();
    CHECK_INT(PyDict_SetItem(dict, first, Py_None), "0");
    result = Py_None;
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(dict), second, 5, &result), "-1 !!ValueError: compared");
    CHECK(result == NULL);
    CHECK_INT(_PyDict_GetItemRef_KnownHash_LockHeld(DICT(dict), first, 5, &result), "1");
    CHECK(result == Py_None);
}

TEST(delete_known_hash) {
    PyObject *dict = value("{sisi}", "a", 1, "b", 2), *a = str("a"), *c = str("c");
    CHECK_INT(_PyDict_DelItem_KnownHash(dict, c, hash(c)), "-1 !!KeyError: 'c'");
    CHECK_INT(_PyDict_DelItem_KnownHash(value("{isis}", 1, "one", 2, "two"), value("i", 1), 2), "-1 !!KeyError: 1");
    CHECK_INT(_PyDict_DelItem_KnownHash(dict, a, hash(a)), "0");
    CHECK_BORROWED(dict, "{'b': 2}");
    CHECK_INT(_PyDict_DelItem_KnownHash(dict, a, hash(a)), "-1 !!KeyError: 'a'");
    CHECK_INT(_PyDict_DelItem_KnownHash(dict, value("(i)", 1), 3), "-1 !!KeyError: (1,)");
    CHECK_INT(_PyDict_DelItem_KnownHash(value("[]"), a, hash(a)), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyDict_SetItem(dict, key(), Py_None), "0");
    CHECK_INT(_PyDict_DelItem_KnownHash(dict, key(), 5), "-1 !!ValueError: compared");
    CHECK_INT(PyDict_Size(dict), "2");
}

/* Deleting if a function says so of the value. */
static int asked;
static int answer(PyObject *item, void *arg) {
    asked++;
    if (*(int *)arg < 0) PyErr_SetString(PyExc_ValueError, "predicate");
    return PyLong_Check(item) ? *(int *)arg : -1;
}
TEST(delete_if) {
    int yes = 1, no = 0, error = -1, more = 5;
    PyObject *dict = value("{sisisi}", "a", 1, "b", 2, "c", 3), *a = str("a"), *b = str("b");
    CHECK_INT(_PyDict_DelItemIf(dict, a, answer, &no), "0");
    CHECK_BORROWED(dict, "{'a': 1, 'b': 2, 'c': 3}");
    CHECK_INT(_PyDict_DelItemIf(dict, a, answer, &error), "-1 !!ValueError: predicate");
    CHECK_INT(_PyDict_DelItemIf(dict, a, answer, &yes), "1");
    CHECK_INT(_PyDict_DelItemIf(dict, b, answer, &more), "1");
    CHECK_BORROWED(dict, "{'c': 3}");
    CHECK_INT(asked, "4");
    CHECK_INT(_PyDict_DelItemIf(dict, a, answer, &yes), "0");
    CHECK_INT(asked, "4");
    CHECK_INT(_PyDict_DelItemIf(dict, value("[]"), answer, &yes), "-1 !!TypeError: unhashable type: 'list'");
    CHECK_INT(PyDict_SetItem(dict, key(), value("i", 1)), "0");
    CHECK_INT(_PyDict_DelItemIf(dict, key(), answer, &yes), "-1 !!ValueError: compared");
    CHECK_INT(asked, "4");
}

TEST(from_items) {
    PyObject *pairs[] = {str("a"), value("i", 1001), str("b"), value("i", 2), str("a"), value("i", 3)};
    PyObject *bad[] = {str("a"), value("i", 1001), value("[]"), Py_None}, *mixed[] = {value("i", 1), Py_None, str("x"), Py_True};
    CHECK_REPR(_PyDict_FromItems(pairs, 2, pairs + 1, 2, 2), "{'a': 1001, 'b': 2}");
    CHECK_REPR(_PyDict_FromItems(pairs, 2, pairs + 1, 2, 3), "{'a': 3, 'b': 2}");
    CHECK_REPR(_PyDict_FromItems(pairs, 2, pairs + 1, 0, 2), "{'a': 1001, 'b': 1001}");
    CHECK_REPR(_PyDict_FromItems(pairs, 1, pairs, 1, 1), "{'a': 'a'}");
    CHECK_REPR(_PyDict_FromItems(NULL, 0, NULL, 0, 0), "{}");
    CHECK_REPR(_PyDict_FromItems(mixed, 2, mixed + 1, 2, 2), "{1: None, 'x': True}");
    CHECK_REPR(_PyDict_FromItems(bad, 2, bad + 1, 2, 2), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(Py_REFCNT(bad[1]), "1");
    PyObject *many[200], *text;
    for (int i = 0; i < 100; i++) { many[2 * i] = keep(PyUnicode_FromFormat("k%d", i)); many[2 * i + 1] = value("i", i); }
    PyObject *dict = keep(_PyDict_FromItems(many, 2, many + 1, 2, 100));
    CHECK_INT(PyDict_Size(dict), "100");
    text = str("k77");
    CHECK_BORROWED(PyDict_GetItem(dict, text), "77");
}

TEST(load_global) {
    PyObject *globals = value("{sisi}", "a", 1, "b", 2), *builtins = value("{sisi}", "b", 3, "c", 4);
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), str("a")), "1");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), str("b")), "2");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), str("c")), "4");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), str("d")), "NULL");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), value("(i)", 1)), "NULL");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), value("[]")), "!!TypeError: unhashable type: 'list'");
    CHECK_INT(PyDict_SetItem(builtins, key(), Py_None), "0");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), key()), "!!ValueError: compared");
    CHECK_INT(PyDict_SetItem(globals, key(), Py_None), "0");
    CHECK_REPR(_PyDict_LoadGlobal(DICT(globals), DICT(builtins), key()), "!!ValueError: compared");
}

/* 0: what is there stays; 1: it is replaced; 2: it is an error. */
static PyObject *merged(PyObject *other, int override) {
    PyObject *dict = PyDict_New();
    PyDict_SetItemString(dict, "a", Py_None);
    if (_PyDict_MergeEx(dict, other, override) == 0) return dict;
    Py_DECREF(dict);
    return NULL;
}
TEST(merge) {
    PyObject *other = value("{sisi}", "b", 2, "a", 1), *apart = value("{si}", "b", 2), *empty = value("{}");
    PyObject *proxy = keep(PyDictProxy_New(other)), *apart_proxy = keep(PyDictProxy_New(apart));
    for (int override = 0; override < 3; override++) {
        CHECK_REPR(merged(apart, override), "{'a': None, 'b': 2}");
        CHECK_REPR(merged(apart_proxy, override), "{'a': None, 'b': 2}");
        CHECK_REPR(merged(empty, override), "{'a': None}");
    }
    CHECK_REPR(merged(other, 0), "{'a': None, 'b': 2}");
    CHECK_REPR(merged(other, 1), "{'a': 1, 'b': 2}");
    CHECK_REPR(merged(other, 2), "!!KeyError: 'a'");
    CHECK_REPR(merged(proxy, 0), "{'a': None, 'b': 2}");
    CHECK_REPR(merged(proxy, 1), "{'a': 1, 'b': 2}");
    CHECK_REPR(merged(proxy, 2), "!!KeyError: 'a'");
    CHECK_REPR(merged(value("[]"), 1), "!!AttributeError: 'list' object has no attribute 'keys'");
    CHECK_REPR(merged(value("[(si)]", "a", 1), 1), "!!AttributeError: 'list' object has no attribute 'keys'");
    CHECK_REPR(merged(Py_None, 2), "!!AttributeError: 'NoneType' object has no attribute 'keys'");
    CHECK_INT(_PyDict_MergeEx(value("[]"), other, 1), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyDict_MergeEx(other, NULL, 1), "-1 !!SystemError: bad argument to internal function");
    PyObject *dict = value("{si}", "c", 1);
    CHECK_INT(_PyDict_MergeEx(dict, other, 2), "0");
    CHECK_INT(_PyDict_MergeEx(dict, value("{sisi}", "d", 1, "c", 2), 2), "-1 !!KeyError: 'c'");
    CHECK_BORROWED(dict, "{'c': 1, 'b': 2, 'a': 1, 'd': 1}");
    CHECK_INT(_PyDict_MergeEx(dict, dict, 2), "0");
}

/* An event goes to the watchers of the bits given; an error of one is written out and lost. */
static PyObject *events;
static int watch(PyDict_WatchEvent event, PyObject *dict, PyObject *item_key, PyObject *item) {
    (void)dict;
    PyObject *entry = Py_BuildValue("(iOO)", event, item_key ? item_key : Py_None, item ? item : Py_None);
    int failed = PyList_Append(events, entry);
    Py_DECREF(entry);
    return failed;
}
static int watch_too(PyDict_WatchEvent event, PyObject *dict, PyObject *item_key, PyObject *item) {
    (void)event; (void)dict; (void)item_key; (void)item;
    return PyList_Append(events, Py_Ellipsis);
}
TEST(send_event) {
    PyObject *dict = value("{}"), *a = str("a");
    events = PyList_New(0);
    int first = PyDict_AddWatcher(watch), second = PyDict_AddWatcher(watch_too);
    CHECK(first >= 0 && second == first + 1);
    _PyDict_SendEvent(1 << first, PyDict_EVENT_ADDED, DICT(dict), a, Py_True);
    _PyDict_SendEvent(1 << first, PyDict_EVENT_DELETED, DICT(dict), a, NULL);
    _PyDict_SendEvent(1 << first, PyDict_EVENT_CLEARED, DICT(dict), NULL, NULL);
    CHECK_BORROWED(events, "[(0, 'a', True), (2, 'a', None), (4, None, None)]");
    _PyDict_SendEvent(1 << first | 1 << second, PyDict_EVENT_MODIFIED, DICT(dict), a, Py_None);
    _PyDict_SendEvent(0, PyDict_EVENT_MODIFIED, DICT(dict), a, Py_None);
    CHECK_INT(PyDict_ClearWatcher(first), "0");
    _PyDict_SendEvent(1 << first, PyDict_EVENT_MODIFIED, DICT(dict), a, Py_None);
    CHECK_BORROWED(events, "[(0, 'a', True), (2, 'a', None), (4, None, None), (1, 'a', None), Ellipsis]");
    CHECK_INT(PyDict_ClearWatcher(second), "0");
    Py_CLEAR(events);
}

/* Both references are taken, in failure too. */
TEST(set_item_take2) {
    PyObject *dict = value("{}"), *a = str("a key"), *one = value("i", 1001), *list = value("[]");
    CHECK_INT(_PyDict_SetItem_Take2(DICT(dict), Py_NewRef(a), Py_NewRef(one)), "0");
    CHECK(Py_REFCNT(a) == 2 && Py_REFCNT(one) == 2);
    CHECK_INT(_PyDict_SetItem_Take2(DICT(dict), Py_NewRef(a), Py_NewRef(one)), "0");
    CHECK(Py_REFCNT(a) == 2 && Py_REFCNT(one) == 2);
    CHECK_INT(_PyDict_SetItem_Take2(DICT(dict), Py_NewRef(list), Py_NewRef(one)), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK(Py_REFCNT(list) == 1 && Py_REFCNT(one) == 2);
    PyObject *first = key(), *second = key();
    CHECK_INT(_PyDict_SetItem_Take2(DICT(dict), Py_NewRef(first), Py_NewRef(Py_None)), "0");
    CHECK_INT(_PyDict_SetItem_Take2(DICT(dict), Py_NewRef(second), Py_NewRef(one)), "-1 !!ValueError: compared");
    CHECK(Py_REFCNT(second) == 1 && Py_REFCNT(one) == 2);
    CHECK_INT(PyDict_Size(dict), "2");
}

/* The dict's own memory: it grows in steps, and tables are each library's own. */
TEST(size_of) {
    PyObject *dict = value("{}"), *none = value("{}");
    Py_ssize_t before = _PyDict_SizeOf(DICT(dict)), steps = 0;
    CHECK_INT(before == (Py_ssize_t)sizeof(PyDictObject), "1");
    for (int i = 0; i < 1000; i++) {
        PyDict_SetItem(dict, keep(PyUnicode_FromFormat("k%d", i)), Py_None);
        Py_ssize_t size = _PyDict_SizeOf(DICT(dict));
        CHECK(size >= before && size >= (Py_ssize_t)sizeof(PyDictObject) + (i + 1) * 16);
        steps += size != before;
        before = size;
    }
    CHECK(steps > 5 && steps < 20);
    CHECK_REPR(PyObject_CallMethod(dict, "__sizeof__", NULL), check_integer(before, (char[64]){0}));
    PyDict_Clear(dict);
    CHECK(_PyDict_SizeOf(DICT(dict)) == _PyDict_SizeOf(DICT(none)));
}
CHECK_MAIN()
