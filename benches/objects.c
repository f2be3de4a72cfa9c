/* Calls, arguments, objects, errors, the collector. */
#include "bench.h"

static PyObject *varargs(PyObject *self, PyObject *args) { (void)self, (void)args; Py_RETURN_NONE; }
static PyObject *keywords(PyObject *self, PyObject *args, PyObject *named) { (void)self, (void)args, (void)named; Py_RETURN_NONE; }
static PyObject *fast(PyObject *self, PyObject *const *args, Py_ssize_t count) { (void)self, (void)args, (void)count; Py_RETURN_NONE; }
static PyObject *fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    (void)self, (void)args, (void)count, (void)names;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"noargs", nothing, METH_NOARGS, NULL}, {"one", nothing, METH_O, NULL}, {"varargs", varargs, METH_VARARGS, NULL},
    {"keywords", (PyCFunction)(void *)keywords, METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", (PyCFunction)(void *)fast, METH_FASTCALL, NULL},
    {"fast_keywords", (PyCFunction)(void *)fast_keywords, METH_FASTCALL | METH_KEYWORDS, NULL},
};

void area_calls(void) {
    PyObject *f[6];
    for (int i = 0; i < 6; i++) f[i] = bench_function(&functions[i]);
    PyObject *two[2] = {Py_True, Py_False}, *pair = PyTuple_Pack(2, Py_True, Py_False);
    PyObject *name = PyUnicode_InternFromString("a"), *names = PyTuple_Pack(1, name);
    PyObject *named = PyDict_New();
    PyDict_SetItem(named, name, Py_False);
    LINE("call: METH_NOARGS", 1, Py_DECREF(PyObject_CallNoArgs(f[0])));
    LINE("call: METH_O", 1, Py_DECREF(PyObject_CallOneArg(f[1], Py_True)));
    LINE("call: METH_VARARGS, vector", 1, Py_DECREF(PyObject_Vectorcall(f[2], two, 2, NULL)));
    LINE("call: METH_VARARGS, tuple", 1, Py_DECREF(PyObject_CallObject(f[2], pair)));
    LINE("call: METH_VARARGS|METH_KEYWORDS, vector", 1, Py_DECREF(PyObject_Vectorcall(f[3], two, 1, names)));
    LINE("call: METH_VARARGS|METH_KEYWORDS, tuple and dict", 1, Py_DECREF(PyObject_Call(f[3], pair, named)));
    LINE("call: METH_FASTCALL, vector", 1, Py_DECREF(PyObject_Vectorcall(f[4], two, 2, NULL)));
    LINE("call: METH_FASTCALL, tuple", 1, Py_DECREF(PyObject_CallObject(f[4], pair)));
    LINE("call: METH_FASTCALL|METH_KEYWORDS, vector", 1, Py_DECREF(PyObject_Vectorcall(f[5], two, 1, names)));
    LINE("call: METH_FASTCALL|METH_KEYWORDS, tuple and dict", 1, Py_DECREF(PyObject_Call(f[5], pair, named)));
    LINE("call: PyObject_CallFunction \"OO\"", 1, Py_DECREF(PyObject_CallFunction(f[4], "OO", Py_True, Py_False)));
    LINE("call: PyObject_CallFunctionObjArgs", 1, Py_DECREF(PyObject_CallFunctionObjArgs(f[4], Py_True, Py_False, NULL)));
    PyObject *list = PyList_New(0), *copy = PyUnicode_InternFromString("copy");
    LINE("call: PyObject_CallMethod of a list", 1, Py_DECREF(PyObject_CallMethod(list, "copy", NULL)));
    LINE("call: PyObject_CallMethodNoArgs of a list", 1, Py_DECREF(PyObject_CallMethodNoArgs(list, copy)));
    LINE("call: int(True)", 1, Py_DECREF(PyObject_CallOneArg((PyObject *)&PyLong_Type, Py_True)));
    Py_DECREF(copy);
    Py_DECREF(list);
    Py_DECREF(pair);
    Py_DECREF(named);
    Py_DECREF(names);
    Py_DECREF(name);
    for (int i = 0; i < 6; i++) Py_DECREF(f[i]);
}

void area_arguments(void) {
    PyObject *number = PyLong_FromLong(1234), *text = PyUnicode_FromString("text");
    PyObject *args = PyTuple_Pack(3, Py_None, number, text), *object, *flag = PyTuple_Pack(1, number);
    static char *names[] = {"first", "second", "third", NULL};
    PyObject *one = PyTuple_Pack(1, Py_None), *named = PyDict_New();
    PyDict_SetItemString(named, "second", number);
    PyDict_SetItemString(named, "third", text);
    int integer;
    const char *chars;
    LINE("PyArg_ParseTuple \"i\"", 1, if (!PyArg_ParseTuple(flag, "i", &integer)) abort());
    LINE("PyArg_ParseTuple \"Ois\"", 1, if (!PyArg_ParseTuple(args, "Ois", &object, &integer, &chars)) abort());
    LINE("PyArg_ParseTupleAndKeywords \"O|is\", by position", 1,
        if (!PyArg_ParseTupleAndKeywords(args, NULL, "O|is", names, &object, &integer, &chars)) abort());
    LINE("PyArg_ParseTupleAndKeywords \"O|is\", two by name", 1,
        if (!PyArg_ParseTupleAndKeywords(one, named, "O|is", names, &object, &integer, &chars)) abort());
    LINE("PyArg_UnpackTuple of 3", 1,
        PyObject *a; PyObject *b; PyObject *c;
        if (!PyArg_UnpackTuple(args, "f", 1, 3, &a, &b, &c)) abort());
    LINE("Py_BuildValue \"i\"", 1, Py_DECREF(Py_BuildValue("i", 1234)));
    LINE("Py_BuildValue \"(Ois)\"", 1, Py_DECREF(Py_BuildValue("(Ois)", Py_None, 1234, "text")));
    LINE("Py_BuildValue \"{s:i,s:i}\"", 1, Py_DECREF(Py_BuildValue("{s:i,s:i}", "a", 1, "b", 2)));
    Py_DECREF(number);
    Py_DECREF(text);
    Py_DECREF(args);
    Py_DECREF(flag);
    Py_DECREF(one);
    Py_DECREF(named);
}

void area_objects(void) {
    PyObject *number = PyLong_FromLong(12345), *second = PyLong_FromLong(678);
    LINE("int: new and delete", 1, Py_DECREF(PyLong_FromLong(123456)));
    LINE("int: PyLong_AsLong", 1, if (PyLong_AsLong(number) != 12345) abort());
    LINE("int: add", 1, Py_DECREF(PyNumber_Add(number, second)));
    LINE("float: new and delete", 1, Py_DECREF(PyFloat_FromDouble(1.5)));
    LINE("tuple of 2: pack and delete", 1, Py_DECREF(PyTuple_Pack(2, number, second)));
    LINE("tuple of 2: new, fill and delete", 1,
        PyObject *tuple = PyTuple_New(2);
        PyTuple_SET_ITEM(tuple, 0, Py_NewRef(number));
        PyTuple_SET_ITEM(tuple, 1, Py_NewRef(second));
        Py_DECREF(tuple));
    LINE("bytes of 12: new and delete", 1, Py_DECREF(PyBytes_FromStringAndSize("hello, world", 12)));
    LINE("str of 12: new and delete", 1, Py_DECREF(PyUnicode_FromStringAndSize("hello, world", 12)));
    LINE("str: PyUnicode_FromFormat \"%s-%d\"", 1, Py_DECREF(PyUnicode_FromFormat("%s-%d", "text", 1234)));
    PyObject *text = PyUnicode_FromString("hello, world");
    LINE("str: PyUnicode_AsUTF8AndSize", 1, Py_ssize_t size; if (!PyUnicode_AsUTF8AndSize(text, &size)) abort());
    Py_DECREF(text);
    PyObject *words = PyUnicode_FromString("one two three four five six seven eight nine ten");
    PyObject *comma = PyUnicode_FromString(",");
    PyObject *fields = PyUnicode_FromString("one,two,three,four,five,six,seven,eight,nine,ten");
    LINE("str: split of 10 words", 1, Py_DECREF(PyUnicode_Split(words, NULL, -1)));
    LINE("str: split at 9 commas", 1, Py_DECREF(PyUnicode_Split(fields, comma, -1)));
    LINE("str: find of a near character", 1, if (PyUnicode_Find(fields, comma, 0, PY_SSIZE_T_MAX, 1) != 3) abort());
    Py_DECREF(words);
    Py_DECREF(fields);
    Py_DECREF(comma);

    LINE("list: new and delete, empty", 1, Py_DECREF(PyList_New(0)));
    LINE_OF("list append, of 1000 from empty", 1, 1000, CLOCK_THREAD_CPUTIME_ID,
        PyObject *list = PyList_New(0);
        for (int n = 0; n < 1000; n++) PyList_Append(list, number);
        Py_DECREF(list));
    LINE_OF("list append, of 10 from empty", 1, 10, CLOCK_THREAD_CPUTIME_ID,
        PyObject *list = PyList_New(0);
        for (int n = 0; n < 10; n++) PyList_Append(list, number);
        Py_DECREF(list));
    LINE_OF("list append, of 1000000 from empty", 1, 1000000, CLOCK_THREAD_CPUTIME_ID,
        PyObject *list = PyList_New(0);
        for (int n = 0; n < 1000000; n++) PyList_Append(list, number);
        Py_DECREF(list));
    PyObject *list = PyList_New(0);
    PyList_Append(list, number);
    LINE("list: PyList_GetItemRef", 1, Py_DECREF(PyList_GetItemRef(list, 0)));
    LINE("list: PySequence_GetItem", 1, Py_DECREF(PySequence_GetItem(list, 0)));
    Py_DECREF(list);

    PyObject *shuffled = PyList_New(0);
    for (unsigned i = 0, seed = 1; i < 1000; i++) {
        PyObject *item = PyUnicode_FromFormat("item %u", (seed = seed * 1103515245 + 12345) >> 8);
        PyList_Append(shuffled, item);
        Py_DECREF(item);
    }
    LINE_OF("list: copy and sort of 1000 str", 1, 1000, CLOCK_THREAD_CPUTIME_ID,
        PyObject *sorted = PyList_GetSlice(shuffled, 0, 1000);
        PyList_Sort(sorted);
        Py_DECREF(sorted));
    Py_DECREF(shuffled);

    PyObject *dict = PyDict_New(), *keys[100], *found;
    char name[20];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "key%d", i);
        keys[i] = PyUnicode_InternFromString(name);
        PyDict_SetItem(dict, keys[i], number);
    }
    LINE("dict: new and delete, empty", 1, Py_DECREF(PyDict_New()));
    LINE("dict get, str key", 1, if (PyDict_GetItemRef(dict, keys[i & 63], &found) != 1) abort(); Py_DECREF(found));
    LINE("dict get, an int among str", 1, if (PyDict_GetItemRef(dict, number, &found)) abort());
    LINE("dict get, borrowed", 1, if (!PyDict_GetItemWithError(dict, keys[i & 63])) abort());
    LINE("dict get, C text", 1, if (!PyDict_GetItemString(dict, "key42")) abort());
    LINE("dict set, key there", 1, PyDict_SetItem(dict, keys[i & 63], i & 64 ? number : second));
    LINE_OF("dict fill, 100 str keys from empty", 1, 100, CLOCK_THREAD_CPUTIME_ID,
        PyObject *filled = PyDict_New();
        for (int n = 0; n < 100; n++) PyDict_SetItem(filled, keys[n], number);
        Py_DECREF(filled));
    LINE_OF("dict fill, 5 str keys from empty", 1, 5, CLOCK_THREAD_CPUTIME_ID,
        PyObject *filled = PyDict_New();
        for (int n = 0; n < 5; n++) PyDict_SetItem(filled, keys[n], number);
        Py_DECREF(filled));
    LINE_OF("dict fill, 1000 ints from empty", 1, 1000, CLOCK_THREAD_CPUTIME_ID,
        PyObject *filled = PyDict_New();
        for (int n = 0; n < 1000; n++) {
            PyObject *key = PyLong_FromLong(n * 13L);
            PyDict_SetItem(filled, key, number);
            Py_DECREF(key);
        }
        Py_DECREF(filled));
    PyObject *half = PyDict_New();
    for (int n = 0; n < 50; n++) PyDict_SetItem(half, keys[n], second);
    LINE_OF("dict update, 50 keys that are there", 1, 50, CLOCK_THREAD_CPUTIME_ID, PyDict_Update(dict, half));
    Py_DECREF(half);
    LINE_OF("dict: PyDict_Next over 100", 1, 100, CLOCK_THREAD_CPUTIME_ID,
        Py_ssize_t at = 0; PyObject *key; PyObject *value;
        while (PyDict_Next(dict, &at, &key, &value)) if (!value) abort());
    LINE_OF("dict copy, of 100 keys", 1, 100, CLOCK_THREAD_CPUTIME_ID, Py_DECREF(PyDict_Copy(dict)));
    PyObject *set = PySet_New(NULL);
    for (int i = 0; i < 100; i++) PySet_Add(set, keys[i]);
    LINE("set: contains", 1, if (PySet_Contains(set, keys[i & 63]) != 1) abort());
    Py_DECREF(set);
    for (int i = 0; i < 100; i++) Py_DECREF(keys[i]);
    Py_DECREF(dict);
    Py_DECREF(number);
    Py_DECREF(second);
}

void area_attributes(void) {
    PyObject *name = PyUnicode_InternFromString("attribute"), *append = PyUnicode_InternFromString("append");
    PyObject *missing = PyUnicode_InternFromString("missing"), *number = PyLong_FromLong(7), *value;
    PyObject *empty = PyTuple_New(0), *dict = PyDict_New();
    PyObject *type = must(PyObject_CallFunction((PyObject *)&PyType_Type, "sOO", "Plain", empty, dict));
    PyObject *object = must(PyObject_CallNoArgs(type)), *list = PyList_New(0);
    PyObject_SetAttr(object, name, number);
    LINE("getattr: of an instance with a dict", 1, Py_DECREF(PyObject_GetAttr(object, name)));
    LINE("getattr: by C text", 1, Py_DECREF(PyObject_GetAttrString(object, "attribute")));
    LINE("getattr: a method of a list", 1, Py_DECREF(PyObject_GetAttr(list, append)));
    LINE("getattr: optional and missing", 1, if (PyObject_GetOptionalAttr(object, missing, &value)) abort());
    LINE("getattr: missing, error cleared", 1, if (PyObject_GetAttr(object, missing)) abort(); PyErr_Clear());
    LINE("setattr: of an instance with a dict", 1, PyObject_SetAttr(object, name, number));
    PyObject_SetAttr(type, append, number);
    LINE("getattr: of a class", 1, Py_DECREF(PyObject_GetAttr(type, append)));
    LINE("instance with a dict: new and delete", 1, Py_DECREF(PyObject_CallNoArgs(type)));
    LINE("isinstance: exact", 1, if (PyObject_IsInstance(list, (PyObject *)&PyList_Type) != 1) abort());
    Py_DECREF(object);
    Py_DECREF(list);
    Py_DECREF(type);
    Py_DECREF(dict);
    Py_DECREF(empty);
    Py_DECREF(number);
    Py_DECREF(missing);
    Py_DECREF(append);
    Py_DECREF(name);
}

void area_errors(void) {
    LINE("error: PyErr_SetString and clear", 1, PyErr_SetString(PyExc_ValueError, "wrong"); PyErr_Clear());
    LINE("error: PyErr_SetNone and clear", 1, PyErr_SetNone(PyExc_StopIteration); PyErr_Clear());
    LINE("error: PyErr_Format and fetch", 1,
        PyErr_Format(PyExc_TypeError, "expected %d, got %s", 3, "nothing");
        Py_DECREF(PyErr_GetRaisedException()));
    LINE("error: PyErr_Occurred", 1, if (PyErr_Occurred()) abort());
    LINE("error: PyErr_SetString, matches, clear", 1,
        PyErr_SetString(PyExc_KeyError, "wrong");
        if (!PyErr_ExceptionMatches(PyExc_LookupError)) abort();
        PyErr_Clear());
}

void area_gc(void) {
    enum { COUNT = 1000000 };
    PyGC_Disable();
    PyObject *all = PyList_New(COUNT);
    for (int i = 0; i < COUNT; i++) PyList_SET_ITEM(all, i, PyList_New(0));
    PyGC_Enable();
    LINE("collection with 1000000 live lists", 1, PyGC_Collect());
    LINE_OF("a cycle: made, and collected among 1000", 1, 1000, CLOCK_THREAD_CPUTIME_ID,
        if (!i) Py_CLEAR(all);
        for (int n = 0; n < 1000; n++) {
            PyObject *list = PyList_New(0);
            PyList_Append(list, list);
            Py_DECREF(list);
        }
        PyGC_Collect());
    Py_XDECREF(all);
}
