/* Interpreters with a GIL of their own really run at the same time: all kinds of work in each, and nothing of one shows
 * in another. PARALLEL_SECONDS in the environment makes it last longer. */
#include "check.h"
#include <stddef.h>
#include <pthread.h>
#include <time.h>

enum { THREADS = 4 };
static double seconds = 1;
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

typedef struct { PyObject_HEAD PyObject *field; } Node;
static int node_traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); Py_VISIT(((Node *)self)->field); return 0; }
static int node_clear(PyObject *self) { Py_CLEAR(((Node *)self)->field); return 0; }
static void node_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    node_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyObject *node_add(PyObject *self, PyObject *other) { (void)other; return Py_NewRef(self); }
static PyMemberDef node_members[] = {{"field", Py_T_OBJECT_EX, offsetof(Node, field), 0, NULL}, {NULL, 0, 0, 0, NULL}};
static PyType_Slot node_slots[] = {{Py_tp_traverse, node_traverse}, {Py_tp_clear, node_clear}, {Py_tp_dealloc, node_dealloc}, {Py_nb_add, node_add}, {Py_tp_members, node_members}, {0, NULL}};
static PyType_Spec node_spec = {"parallel.Node", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, node_slots};

#define GOOD(expression) do { if (!(expression)) { failed = #expression; goto end; } } while (0)
#define OWN(expression) (held[n_held++] = (PyObject *)(expression))
/* One round of work; the expression that went wrong, or NULL. */
static const char *work(int seed) {
    const char *failed = NULL;
    PyObject *held[64];
    int n_held = 0;
    PyObject *type = OWN(PyType_FromSpec(&node_spec)), *builtins = PyImport_AddModule("builtins");
    GOOD(type && builtins);
    PyObject *sub = OWN(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){si}", "Sub", type, "number", seed));
    GOOD(sub);
    PyObject *node = OWN(PyObject_CallNoArgs(sub)), *dict = OWN(PyDict_New()), *list = OWN(PyList_New(0)), *text = OWN(PyUnicode_FromFormat("text %d", seed));
    GOOD(node && dict && list && text);
    GOOD(!PyObject_SetAttrString(node, "field", node) && !PyObject_SetAttrString(node, "other", list) && !PyList_Append(list, node));
    for (int i = 0; i < 50; i++) {
        PyObject *key = PyUnicode_FromFormat("key %d", i), *number = PyLong_FromLongLong(1LL << (i + 10));
        GOOD(key && number && !PyDict_SetItem(dict, key, number) && !PyList_Append(list, number));
        Py_DECREF(key); Py_DECREF(number);
    }
    PyObject *sum = OWN(PyNumber_Add(node, text)), *number = OWN(PyObject_GetAttrString(node, "number"));
    GOOD(sum == node && PyLong_AsLong(number) == seed);
    PyObject *upper = OWN(PyObject_CallMethod(text, "upper", NULL)), *split = OWN(PyObject_CallMethod(text, "split", NULL));
    GOOD(upper && split && PyList_Size(split) == 2);
    PyObject *sorted = OWN(PyObject_CallMethod(dict, "copy", NULL)), *items = OWN(PyMapping_Items(dict)), *repr = OWN(PyObject_Repr(dict)), *set = OWN(PySet_New(text)), *tuple = OWN(PySequence_Tuple(items));
    GOOD(sorted && items && repr && set && tuple && PyObject_Hash(tuple) != -1);
    PyObject *float_ = OWN(PyFloat_FromDouble(seed / 3.0)), *bytes = OWN(PyUnicode_AsUTF8String(repr)), *wide = OWN(PyNumber_Power(PyDict_GetItemString(dict, "key 49"), number, Py_None));
    GOOD(float_ && bytes && (wide || PyErr_Occurred()));
    PyErr_Clear();
    GOOD(PyObject_GetAttrString(node, "missing") == NULL && PyErr_ExceptionMatches(PyExc_AttributeError));
    PyErr_Clear();
    GOOD(PyNumber_Add(text, number) == NULL && PyErr_ExceptionMatches(PyExc_TypeError));
    PyErr_Clear();
    PyObject *exception = OWN(PyObject_CallFunction(PyExc_OSError, "is", 2, "gone")), *shown = OWN(PyObject_Str(exception));
    GOOD(exception && shown && Py_IS_TYPE(exception, (PyTypeObject *)PyExc_FileNotFoundError));
    PyObject *var = OWN(PyContextVar_New("v", NULL)), *token = OWN(PyContextVar_Set(var, node)), *copied = OWN(PyContext_CopyCurrent());
    GOOD(var && token && copied && !PyContextVar_Reset(var, token));
    PyObject *reference = OWN(PyWeakref_NewRef(node, NULL)), *to_static = OWN(PyWeakref_NewRef((PyObject *)&PyLong_Type, NULL));
    GOOD(reference && to_static);
    PyObject *subclasses = OWN(PyObject_CallMethod((PyObject *)&PyBaseObject_Type, "__subclasses__", NULL));
    GOOD(subclasses && PySequence_Contains(subclasses, type) == 1);
    if (seed % 8 == 0) PyGC_Collect();
end:
    if (failed && PyErr_Occurred()) PyErr_Print();
    while (n_held) Py_XDECREF(held[--n_held]);
    return failed;
}

static void *run(void *interpreter) {
    const char *failed = NULL;
    PyThreadState *mine = PyThreadState_New(interpreter);
    double until = now() + seconds;
    for (int life = 0; !failed && now() < until; life++) {
        PyThreadState *made = NULL;
        PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
        PyEval_RestoreThread(mine);
        PyStatus status = Py_NewInterpreterFromConfig(&made, &config);
        if (PyStatus_Exception(status)) failed = status.err_msg;
        for (int i = 0; !failed && i < 40; i++) failed = work(i + life);
        if (made) { Py_EndInterpreter(made); PyEval_RestoreThread(mine); }
        PyEval_SaveThread();
    }
    PyEval_RestoreThread(mine);
    PyThreadState_Clear(mine);
    PyThreadState_DeleteCurrent();
    return (void *)failed;
}
TEST(parallel) {
    pthread_t threads[THREADS];
    if (getenv("PARALLEL_SECONDS")) seconds = atof(getenv("PARALLEL_SECONDS"));
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, run, PyInterpreterState_Get());
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;
        Py_BEGIN_ALLOW_THREADS
        pthread_join(threads[i], &failed);
        Py_END_ALLOW_THREADS
        CHECK_STR_EQ(failed ? failed : "none", "none");
    }
    CHECK_STR_EQ(work(5) ? "failed" : "none", "none");
}

CHECK_MAIN()
