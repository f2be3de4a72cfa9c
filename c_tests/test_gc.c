/* Cycle collection: what is tracked, what is collected, finalizers and resurrection, weak references to garbage. */
#include "check.h"

typedef struct { PyObject_HEAD PyObject *next; int number; } Node;
static int finalized, cleared, freed;
static PyObject *saved;
static int resurrect;
static int node_traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); Py_VISIT(((Node *)self)->next); return 0; }
static int node_clear(PyObject *self) { cleared++; Py_CLEAR(((Node *)self)->next); return 0; }
static void node_finalize(PyObject *self) { finalized++; if (resurrect) { resurrect = 0; saved = Py_NewRef(self); } }
static void node_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    if (PyObject_CallFinalizerFromDealloc(self) < 0) return;
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((Node *)self)->next);
    freed++;
    type->tp_free(self);
    Py_DECREF(type);
}
static PyObject *node_type(void) {
    PyType_Slot slots[] = {{Py_tp_traverse, node_traverse}, {Py_tp_clear, node_clear}, {Py_tp_finalize, node_finalize}, {Py_tp_dealloc, node_dealloc}, {0, NULL}};
    PyType_Spec spec = {"m.Node", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};
    return keep(PyType_FromSpec(&spec));
}
static PyObject *node(PyObject *type, PyObject *next) {
    PyObject *made = PyObject_CallNoArgs(type);
    ((Node *)made)->next = Py_XNewRef(next);
    return made;
}
static void reset(void) { PyGC_Collect(); finalized = cleared = freed = 0; }

TEST(tracking) {
    PyObject *list = value("[]"), *type = node_type(), *n = node(type, NULL);
    CHECK(PyObject_IS_GC(list) && PyObject_GC_IsTracked(list) && !PyObject_GC_IsTracked(value("i", 5000)) && !PyObject_IS_GC(value("s", "abc")));
    CHECK(PyObject_GC_IsTracked(n) && !PyObject_GC_IsFinalized(n));
    PyObject_GC_UnTrack(n);
    CHECK(!PyObject_GC_IsTracked(n));
    PyObject_GC_UnTrack(n);
    PyObject_GC_Track(n);
    CHECK(PyObject_GC_IsTracked(n));
    Py_DECREF(n);
    CHECK(PyType_IS_GC(&PyList_Type) && !PyType_IS_GC(&PyLong_Type));
    PyObject *raw = (PyObject *)PyObject_GC_New(Node, (PyTypeObject *)type);
    CHECK(raw && !PyObject_GC_IsTracked(raw) && Py_REFCNT(raw) == 1);
    ((Node *)raw)->next = NULL;
    PyObject_GC_Track(raw);
    Py_DECREF(raw);
}

TEST(cycles) {
    PyObject *type = node_type();
    reset();
    PyObject *a = node(type, NULL), *b = node(type, a);
    ((Node *)a)->next = b;
    Py_DECREF(a);
    CHECK(finalized == 0 && freed == 0);
    CHECK_INT(PyGC_Collect() >= 2, "1");
    CHECK(finalized == 2 && freed == 2 && cleared >= 1);
    CHECK_INT(PyGC_Collect(), "0");
    /* a reference from outside keeps all of it */
    a = node(type, NULL); b = node(type, a); ((Node *)a)->next = b;
    reset();
    CHECK(PyGC_Collect() == 0 && freed == 0);
    Py_DECREF(a);
    PyGC_Collect();
    CHECK(freed == 2);
    /* through containers of every kind */
    for (int kind = 0; kind < 4; kind++) {
        reset();
        PyObject *container = kind == 0 ? PyList_New(0) : kind == 1 ? PyDict_New() : kind == 2 ? PyList_New(0) : PySet_New(NULL);
        PyObject *n = node(type, container);
        if (kind == 0) PyList_Append(container, n);
        else if (kind == 1) PyDict_SetItemString(container, "n", n);
        else if (kind == 2) { PyObject *tuple = PyTuple_Pack(1, n); PyList_Append(container, tuple); Py_DECREF(tuple); }
        else PySet_Add(container, n);
        Py_DECREF(n); Py_DECREF(container);
        CHECK(freed == 0);
        PyGC_Collect();
        CHECK(freed == 1 && finalized == 1);
    }
    /* an instance of a class made by calling type, with itself in its dict */
    PyObject *instance = PyObject_CallNoArgs(new_class("C", NULL)), *reference = keep(PyWeakref_NewRef(instance, NULL));
    CHECK_INT(PyObject_SetAttrString(instance, "me", instance), "0");
    Py_DECREF(instance);
    CHECK_INT(PyWeakref_IsDead(reference), "0");
    PyGC_Collect();
    CHECK_INT(PyWeakref_IsDead(reference), "1");
    /* and a class, which is a cycle by itself */
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Gone");
    reference = keep(PyWeakref_NewRef(class, NULL));
    Py_DECREF(class);
    PyGC_Collect();
    CHECK_INT(PyWeakref_IsDead(reference), "1");
}

TEST(resurrection) {
    PyObject *type = node_type();
    reset();
    PyObject *a = node(type, NULL);
    ((Node *)a)->next = Py_NewRef(a);
    resurrect = 1;
    Py_DECREF(a);
    PyGC_Collect();
    CHECK(finalized == 1 && freed == 0 && saved == a && PyObject_GC_IsFinalized(a));
    CHECK(((Node *)a)->next == a);
    Py_CLEAR(saved);
    PyGC_Collect();
    CHECK(finalized == 1 && freed == 1);
    /* from dealloc too */
    reset();
    a = node(type, NULL);
    resurrect = 1;
    Py_DECREF(a);
    CHECK(finalized == 1 && freed == 0 && saved == a && Py_REFCNT(a) == 1);
    Py_CLEAR(saved);
    CHECK(finalized == 1 && freed == 1);
}

static PyObject *note(PyObject *self, PyObject *reference) { PyList_Append(self, reference); Py_RETURN_NONE; }
static PyMethodDef note_def = {"note", note, METH_O, NULL};
TEST(weak) {
    PyObject *log = keep(PyList_New(0)), *set = PySet_New(NULL), *list = PyList_New(0);
    PyObject *outside = keep(PyWeakref_NewRef(set, keep(PyCFunction_New(&note_def, log))));
    PyObject *frozen = PyTuple_Pack(1, list);
    PyList_Append(list, frozen);
    PyList_Append(list, set);
    Py_DECREF(frozen); Py_DECREF(set); Py_DECREF(list);
    CHECK_INT(PyWeakref_IsDead(outside), "0");
    PyGC_Collect();
    CHECK_INT(PyWeakref_IsDead(outside), "1");
    CHECK_INT(PyList_Size(log), "1");
}

TEST(switches) {
    CHECK_INT(PyGC_IsEnabled(), "1");
    CHECK_INT(PyGC_Disable(), "1");
    CHECK_INT(PyGC_IsEnabled(), "0");
    CHECK_INT(PyGC_Disable(), "0");
    CHECK_INT(PyGC_Collect(), "0");
    CHECK_INT(PyGC_Enable(), "0");
    CHECK_INT(PyGC_Enable(), "1");
    PyObject *gc = keep(PyImport_ImportModule("gc"));
    CHECK_REPR(PyObject_CallMethod(gc, "isenabled", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(gc, "disable", NULL), "None");
    CHECK_INT(PyGC_IsEnabled(), "0");
    CHECK_REPR(PyObject_CallMethod(gc, "enable", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(gc, "is_tracked", "[]"), "True");
    CHECK_REPR(PyObject_CallMethod(gc, "is_tracked", "i", 1), "False");
    CHECK_REPR(PyObject_CallMethod(gc, "collect", "i", 9), "!!ValueError: invalid generation");
    CHECK_REPR(PyObject_CallMethod(gc, "get_referents", "[ii]", 5000, 6000), "[6000, 5000]");
    CHECK_REPR(PyObject_GetAttrString(gc, "garbage"), "[]");
}

/* tuples that can't be part of a cycle are left alone after a collection; one that stands before its item, after the next */
TEST(plain_tuples) {
    PyObject *outer = PyTuple_New(1), *inner = PyTuple_New(2), *late = PyTuple_New(1), *list = PyList_New(0);
    PyObject *mixed = PyTuple_New(1), *unfilled = PyTuple_New(1), *last = PyTuple_New(1);
    PyTuple_SET_ITEM(inner, 0, PyLong_FromLong(5000));
    PyTuple_SET_ITEM(inner, 1, Py_NewRef(Py_None));
    PyTuple_SET_ITEM(outer, 0, Py_NewRef(inner));
    PyTuple_SET_ITEM(late, 0, Py_NewRef(inner));
    PyTuple_SET_ITEM(mixed, 0, Py_NewRef(list));
    PyTuple_SET_ITEM(last, 0, Py_NewRef(late));
    PyObject *all[] = {outer, inner, late, list, mixed, unfilled, last};
    const char *expected[] = {"1111111", "1001110", "0001110", "0001110"};
    for (int collections = 0; collections < 4; collections++) {
        char tracked[8] = "";
        for (int i = 0; i < 7; i++) tracked[i] = PyObject_GC_IsTracked(all[i]) ? '1' : '0';
        CHECK_STR_EQ(tracked, expected[collections]);
        PyGC_Collect();
    }
    PyObject *cycle = PyList_New(0);
    PyList_Append(cycle, cycle);
    for (int i = 0; i < 7; i++) Py_DECREF(all[i]);
    Py_DECREF(cycle);
    CHECK_INT(PyGC_Collect(), "1");
}

static int visited;
static int count(PyObject *object, void *argument) { visited += object == argument; return 1; }
TEST(visit_objects) {
    PyObject *list = value("[]");
    visited = 0;
    PyUnstable_GC_VisitObjects(count, list);
    CHECK_INT(visited, "1");
}

/* a deep chain is freed without a deep stack; the trashcan of list, tuple and dict */
TEST(deep) {
    PyObject *chain = NULL;
    for (int i = 0; i < 300000; i++) {
        PyObject *outer = PyList_New(1);
        PyList_SET_ITEM(outer, 0, chain ? chain : Py_NewRef(Py_None));
        chain = outer;
    }
    Py_DECREF(chain);
    chain = NULL;
    for (int i = 0; i < 300000; i++) {
        PyObject *outer = PyTuple_New(1);
        PyTuple_SET_ITEM(outer, 0, chain ? chain : Py_NewRef(Py_None));
        chain = outer;
    }
    Py_DECREF(chain);
    CHECK_NO_ERROR();
}

/* much garbage at once; when it is collected by itself is the runtime's affair */
TEST(many) {
    PyObject *type = node_type();
    reset();
    for (int i = 0; i < 100000; i++) {
        PyObject *n = node(type, NULL);
        ((Node *)n)->next = Py_NewRef(n);
        Py_DECREF(n);
    }
    PyGC_Collect();
    CHECK_INT(freed, "100000");
}
CHECK_MAIN()
