/* The dicts of static types, however late they are made: the same names in every interpreter, also when several ask for
 * the first time at once; names that are interned; and look-ups that find nothing. */
#include "check.h"
#include <pthread.h>

enum { THREADS = 6 };
static pthread_barrier_t barrier;
typedef struct { unsigned long names; long count, found, strange; PyInterpreterState *interp; } seen;

static PyTypeObject *const types[] = {
    &PyBaseObject_Type, &PyType_Type, &PyLong_Type, &PyBool_Type, &PyFloat_Type, &PyComplex_Type, &PyUnicode_Type, &PyBytes_Type,
    &PyByteArray_Type, &PyMemoryView_Type, &PyTuple_Type, &PyList_Type, &PyDict_Type, &PySet_Type, &PyFrozenSet_Type, &PySlice_Type,
    &PyRange_Type, &PyEnum_Type, &PyReversed_Type, &PyMap_Type, &PyFilter_Type, &PyZip_Type, &PyProperty_Type, &PySuper_Type,
    &PyClassMethod_Type, &PyStaticMethod_Type, &PyCFunction_Type, &PyMethodDescr_Type, &PyGetSetDescr_Type, &PyMemberDescr_Type,
    &PyWrapperDescr_Type, &PyDictProxy_Type, &PyModule_Type, &PyCapsule_Type, &PySeqIter_Type, &PyCallIter_Type, &PyListIter_Type,
    &PyContext_Type, &PyContextVar_Type, &PyContextToken_Type,
};

/* (CPython fills a dict a little differently in the first interpreter: compare with one of the others.) */
/* The names in the types' dicts in order, and whether they are interned and lead to what stands there. */
static seen walk_all(void) {
    seen seen = {0};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++) {
        PyObject *dict = PyType_GetDict(types[i]), *key, *value;
        Py_ssize_t at = 0;
        while (PyDict_Next(dict, &at, &key, &value)) {
            const char *text = PyUnicode_AsUTF8(key);
            for (const char *c = text; *c; c++) seen.names = seen.names * 31 + (unsigned char)*c;
            PyObject *interned = PyUnicode_InternFromString(text);
            if (PyDict_GetItemWithError(dict, interned) != value) seen.strange++;
            Py_DECREF(interned);
            seen.count++;
        }
        if (PyObject_HasAttrString((PyObject *)types[i], "no_such_name_in_any_type")) seen.found++;
        Py_DECREF(dict);
    }
    return seen;
}
static void *worker(void *place) {
    PyThreadState *state = PyThreadState_New(((seen *)place)->interp), *own = NULL;
    PyEval_RestoreThread(state);
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&own, &config);
    if (PyStatus_Exception(status)) { printf("FAIL no interpreter: %s\n", status.err_msg); exit(2); }
    PyThreadState_Swap(state);
    PyThreadState_Swap(NULL);
    pthread_barrier_wait(&barrier);
    PyEval_RestoreThread(own);
    *(seen *)place = walk_all();
    Py_EndInterpreter(own);
    pthread_barrier_wait(&barrier);
    PyEval_RestoreThread(state);
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    return NULL;
}

/* First: nobody has read a dict that has this name. */
TEST(a_name_that_is_interned_already) {
    PyObject *name = PyUnicode_InternFromString("bit_count"), *key, *value, *found = NULL;
    PyObject *dict = PyType_GetDict(&PyLong_Type);
    Py_ssize_t at = 0;
    while (PyDict_Next(dict, &at, &key, &value)) if (PyUnicode_CompareWithASCIIString(key, "bit_count") == 0) found = key;
    CHECK(found && found == name);
    PyObject *again = PyUnicode_InternFromString("bit_count");
    CHECK(again == name);
    Py_DECREF(again);
    Py_DECREF(name);
    Py_DECREF(dict);
}

TEST(all_interpreters_at_once) {
    pthread_t threads[THREADS];
    seen all[THREADS];
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) all[i].interp = PyInterpreterState_Get();
    PyThreadState *mine = PyEval_SaveThread();
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, worker, &all[i]);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    PyEval_RestoreThread(mine);
    seen here = walk_all();
    CHECK(here.count > 500);
    for (int i = 0; i < THREADS; i++) {
        CHECK(all[i].names == all[0].names && all[i].count == all[0].count);
        CHECK_INT(all[i].found, "0");
        CHECK_INT(all[i].strange, "0");
    }
    CHECK_INT(here.found, "0");
    CHECK_INT(here.strange, "0");
}

/* A set that the process has, and its keys when somebody looks. */
TEST(the_names_of_the_standard_library) {
    PyObject *names = PySys_GetObject("stdlib_module_names"), *name = PyUnicode_FromString("abc"), *none = PyUnicode_FromString("cba");
    CHECK(PyFrozenSet_CheckExact(names));
    Py_ssize_t size = PySet_GET_SIZE(names);
    CHECK_INT(PySet_Contains(names, none), "0");
    CHECK_INT(PySet_Contains(names, name), "1");
    PyObject *list = PySequence_List(names), *other = PyFrozenSet_New(list), *copy = PySet_New(names);
    CHECK(size > 250 && PyList_GET_SIZE(list) == size && PySet_GET_SIZE(copy) == size);
    CHECK_REPR(PyObject_RichCompare(names, other, Py_EQ), "True");
    CHECK(PyObject_Hash(names) == PyObject_Hash(other));
    PyObject *more = PyNumber_Subtract(copy, names);
    CHECK_INT(PySet_GET_SIZE(more), "0");
    Py_DECREF(more), Py_DECREF(copy), Py_DECREF(other), Py_DECREF(list), Py_DECREF(none), Py_DECREF(name);
}

CHECK_MAIN()
