/* Static types are shared by interpreters; what derives from them, refers to them weakly or watches them is not. Interpreters
 * with their own GIL use the same static types at the same time. */
#include "check.h"
#include <pthread.h>

#define TYPE ((PyObject *)&PyType_Type)
static PyObject *make(PyObject *base, const char *name) { return PyObject_CallFunction(TYPE, "s(O){ss}", name, base, "__module__", "m"); }
static int counts_subclasses(PyObject *base) {
    PyObject *list = PyObject_CallMethod(base, "__subclasses__", NULL);
    int n = list ? (int)PyList_Size(list) : -1;
    Py_XDECREF(list);
    return n;
}

TEST(apart) {
    PyThreadState *main_state = PyThreadState_Get();
    PyObject *mine = keep(make((PyObject *)&PyFloat_Type, "Mine")), *weak = keep(PyWeakref_NewRef((PyObject *)&PyFloat_Type, NULL));
    int before = counts_subclasses((PyObject *)&PyFloat_Type);
    PyThreadState *other = Py_NewInterpreter();
    CHECK(other);
    CHECK_INT(counts_subclasses((PyObject *)&PyFloat_Type), "0");
    PyObject *theirs = make((PyObject *)&PyFloat_Type, "Theirs"), *theirs_weak = PyWeakref_NewRef((PyObject *)&PyFloat_Type, NULL);
    CHECK(theirs_weak != weak);
    CHECK_INT(counts_subclasses((PyObject *)&PyFloat_Type), "1");
    PyObject *list = PyObject_CallMethod((PyObject *)&PyFloat_Type, "__subclasses__", NULL);
    CHECK_REPR(list, "[<class 'm.Theirs'>]");
    CHECK_REPR(PyObject_CallFunction(theirs, "d", 1.5), "1.5");
    CHECK_REPR(PyObject_CallNoArgs(theirs_weak), "<class 'float'>");
    Py_DECREF(theirs_weak);
    Py_DECREF(theirs);
    Py_EndInterpreter(other);
    PyThreadState_Swap(main_state);
    CHECK_INT(counts_subclasses((PyObject *)&PyFloat_Type) - before, "0");
    CHECK_REPR(PyObject_CallNoArgs(weak), "<class 'float'>");
    CHECK(mine);
}

static int failures;
static void expect(int condition) { if (!condition) __atomic_add_fetch(&failures, 1, __ATOMIC_RELAXED); }
static PyObject *bases(int i) {
    PyObject *all[] = {(PyObject *)&PyLong_Type, (PyObject *)&PyList_Type, (PyObject *)&PyDict_Type, (PyObject *)&PyUnicode_Type, PyExc_ValueError, (PyObject *)&PyBaseObject_Type, TYPE, (PyObject *)&PySet_Type};
    return all[i % 8];
}
static PyType_Spec spec;
static void use(int rounds) {
    for (int i = 0; i < rounds; i++) {
        PyObject *base = bases(i), *class = make(base, "C");
        expect(class != NULL);
        if (!class) { PyErr_Print(); return; }
        PyObject *object = base == TYPE ? PyObject_CallFunction(class, "s(){}", "K") : PyObject_CallNoArgs(class);
        expect(object && PyObject_SetAttrString(object, "x", Py_None) == 0);
        PyObject *x = object ? PyObject_GetAttrString(object, "x") : NULL, *append = PyObject_GetAttrString((PyObject *)&PyList_Type, "append");
        expect(x == Py_None && append != NULL);
        expect(PyObject_HasAttrString((PyObject *)&PyLong_Type, "missing") == 0);
        PyObject *name = append ? PyObject_GetAttrString(append, "__qualname__") : NULL, *add = PyObject_GetAttrString((PyObject *)&PyLong_Type, "__add__");
        expect(name && PyUnicode_EqualToUTF8(name, "list.append"));
        PyObject *weak = PyWeakref_NewRef(base, NULL), *number = PyLong_FromLong(i), *sum = add ? PyObject_CallFunctionObjArgs(add, number, number, NULL) : NULL;
        expect(weak && sum && PyLong_AsLong(sum) == 2 * i);
        PyObject *list = PyObject_CallMethod(base, base == TYPE ? "mro" : "__subclasses__", base == TYPE ? "O" : NULL, base);
        expect(list != NULL);
        PyObject *heap = PyType_FromSpec(&spec), *instance = heap ? PyObject_CallNoArgs(heap) : NULL;
        expect(instance != NULL);
        if (PyErr_Occurred()) { PyErr_Print(); expect(0); }
        Py_XDECREF(instance); Py_XDECREF(heap); Py_XDECREF(list); Py_XDECREF(sum); Py_XDECREF(number); Py_XDECREF(weak); Py_XDECREF(add);
        Py_XDECREF(name); Py_XDECREF(append); Py_XDECREF(x); Py_XDECREF(object); Py_DECREF(class);
        if (i % 100 == 99) PyGC_Collect();
    }
}
static PyObject *answer(PyObject *self, PyObject *unused) { (void)self; (void)unused; return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL}};
static PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
static PyType_Spec spec = {"m.Heap", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

static void *run(void *unused) {
    (void)unused;
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL, .allow_threads = 1};
    PyThreadState *state = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) { expect(0); return NULL; }
    use(check_number_of(1500, 40));
    Py_EndInterpreter(state);
    return NULL;
}

TEST(at_once) {
    pthread_t threads[4];
    PyThreadState *saved = PyEval_SaveThread();
    for (int round = 0; round < check_number_of(2, 1); round++) {
        for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, run, NULL);
        for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(saved);
    use(check_number_of(200, 20));
    CHECK_INT(failures, "0");
}
CHECK_MAIN()
