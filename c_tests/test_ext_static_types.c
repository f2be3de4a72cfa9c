/* Static types that every interpreter has for itself: whichever interpreter comes first, side by side, in more
 * than one life, and types that cannot be made ready. CPython wants the main interpreter first, and breaks otherwise. */
#include "check.h"
#include <pthread.h>

extern int _PyStaticType_InitForExtension(PyInterpreterState *, PyTypeObject *);
extern PyObject *_PyType_GetDict(PyTypeObject *);

static PyObject *hello(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; return PyUnicode_FromString("hello"); }
static PyMethodDef methods[] = {{"hello", hello, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyTypeObject types[2] = {{PyVarObject_HEAD_INIT(NULL, 0) "m.Base"}, {PyVarObject_HEAD_INIT(NULL, 0) "m.Derived"}};

static void describe(void) {
    if (types[0].tp_methods) return;
    for (int i = 0; i < 2; i++) {
        types[i].tp_basicsize = sizeof(PyObject);
        types[i].tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
        types[i].tp_new = PyType_GenericNew;
    }
    types[0].tp_methods = methods;
    types[1].tp_base = &types[0];
}
/* 1 if the attached interpreter has the types, and with them a value of its own. */
static int works(long number) {
    int fine = 1;
    for (int i = 0; i < 2; i++) fine &= _PyStaticType_InitForExtension(PyInterpreterState_Get(), &types[i]) == 0;
    PyObject *value = PyLong_FromLong(number), *dict = fine ? _PyType_GetDict(&types[0]) : NULL;
    fine &= dict && PyDict_GetItemString(dict, "hello") && PyDict_SetItemString(dict, "value", value) == 0;
    Py_DECREF(value);
    PyType_Modified(&types[0]);
    PyObject *object = PyObject_CallNoArgs((PyObject *)&types[1]), *said = object ? PyObject_CallMethod(object, "hello", NULL) : NULL;
    PyObject *own = object ? PyObject_GetAttrString(object, "value") : NULL, *children = PyObject_CallMethod((PyObject *)&types[0], "__subclasses__", NULL);
    fine &= said && PyUnicode_EqualToUTF8(said, "hello") && own && PyLong_AsLong(own) == number;
    fine &= children && PyList_Size(children) == 1;
    /* An instance in the dict goes with the interpreter. */
    fine &= object && PyDict_SetItemString(dict, "first", object) == 0;
    Py_XDECREF(object); Py_XDECREF(said); Py_XDECREF(own); Py_XDECREF(children);
    return fine && !PyErr_Occurred();
}
static PyThreadState *own_gil(void) {
    PyInterpreterConfig config = {0, 0, 0, 1, 0, 1, PyInterpreterConfig_OWN_GIL};
    PyThreadState *made = NULL;
    return PyStatus_Exception(Py_NewInterpreterFromConfig(&made, &config)) ? NULL : made;
}

TEST(elsewhere_first) {
    describe();
    PyThreadState *mine = PyThreadState_Get(), *sub = own_gil();
    CHECK(works(1));
    Py_EndInterpreter(sub);
    sub = own_gil();
    CHECK(works(2));
    PyThreadState_Swap(mine);
    CHECK(works(3));
    PyThreadState_Swap(sub);
    CHECK(works(2));
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_REPR(PyObject_GetAttrString((PyObject *)&types[0], "value"), "3");
    CHECK(works(4));
}

static void *runs(void *data) {
    int *fine = (int *)data, number = *fine;
    *fine = 1;
    for (int life = 0; life < 5; life++) {
        PyThreadState *sub = own_gil();
        for (int i = 0; i < 50; i++) *fine &= works(1000 * number + i);
        Py_EndInterpreter(sub);
    }
    return NULL;
}
TEST(side_by_side) {
    describe();
    pthread_t threads[3];
    int fine[3];
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < 3; i++) { fine[i] = i; pthread_create(&threads[i], NULL, runs, &fine[i]); }
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    Py_END_ALLOW_THREADS
    for (int i = 0; i < 3; i++) CHECK(fine[i]);
    CHECK(works(1));
}

/* In the next life too. */
TEST(again) {
    describe();
    CHECK(works(1));
    Py_FinalizeEx();
    Py_InitializeEx(0);
    CHECK(works(2));
}

/* What is wrong with a type is said, and can be put right. */
TEST(not_ready) {
    static PyTypeObject wrong = {PyVarObject_HEAD_INIT(NULL, 0) "m.Wrong"};
    PyInterpreterState *interpreter = PyInterpreterState_Get();
    wrong.tp_basicsize = sizeof(PyObject);
    wrong.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;
    CHECK_INT(_PyStaticType_InitForExtension(interpreter, &wrong), "-1 !!SystemError: type m.Wrong has the Py_TPFLAGS_HAVE_GC flag but has no traverse function");
    CHECK(wrong.tp_dict == NULL && wrong.tp_mro == NULL && !(wrong.tp_flags & Py_TPFLAGS_READY));
    wrong.tp_flags = Py_TPFLAGS_DEFAULT;
    CHECK_INT(_PyStaticType_InitForExtension(interpreter, &wrong), "0");
    CHECK_BORROWED(&wrong, "<class 'm.Wrong'>");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&wrong), "!!TypeError: cannot create 'm.Wrong' instances");
    CHECK_INT(_PyStaticType_InitForExtension(interpreter, &wrong), "0");
}
CHECK_MAIN()
