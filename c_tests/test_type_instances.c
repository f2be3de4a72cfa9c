/* Classes of C with a managed dict, finalizers and deallocators by the conventions of "Isolating Extension Modules", and classes derived
 * from them: what is called when, cycles through the dict, resurrection, references to the class. */
#include "check.h"

static char order[1024];
static PyObject *saved;
static void note(const char *what, PyObject *self) {
    size_t at = strlen(order);
    snprintf(order + at, sizeof order - at, "%s(%s) ", what, Py_TYPE(self)->tp_name);
}
static const char *said(void) {
    static char text[1024];
    strcpy(text, order);
    order[0] = 0;
    return text;
}
static int traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); return PyObject_VisitManagedDict(self, visit, arg); }
static int clear(PyObject *self) { note("clear", self); PyObject_ClearManagedDict(self); return 0; }
static void finalize(PyObject *self) { note("finalize", self); }
static void come_back(PyObject *self) { note("finalize", self); saved = Py_NewRef(self); }
static void dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    note("dealloc", self);
    if (PyObject_CallFinalizerFromDealloc(self) < 0) return;
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs(self);
    PyObject_ClearManagedDict(self);
    type->tp_free(self);
    Py_DECREF(type);
}
static void dealloc_plain(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    note("dealloc", self);
    type->tp_free(self);
    Py_DECREF(type);
}
#define MANAGED (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF)
#define WITH(...) (PyType_Slot[]){__VA_ARGS__, {0, NULL}}
static PyObject *type(const char *name, unsigned long flags, PyType_Slot *slots) {
    PyType_Spec spec = {name, 0, 0, (unsigned)(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | flags), slots};
    return keep(PyType_FromSpec(&spec));
}
static PyObject *derived(PyObject *base) { return keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Derived", base)); }
/* An instance that refers to itself goes with a collection. */
static void cycle(PyObject *class) {
    PyObject *object = PyObject_CallNoArgs(class);
    PyObject_SetAttrString(object, "me", object);
    Py_DECREF(object);
    CHECK(PyGC_Collect() > 0);
}
static void drop(PyObject *class) { Py_DECREF(PyObject_CallNoArgs(class)); }

TEST(managed_dict) {
    PyObject *class = type("m.Class", MANAGED, WITH({Py_tp_traverse, traverse}, {Py_tp_clear, clear}, {Py_tp_dealloc, dealloc}, {Py_tp_finalize, finalize}));
    PyObject *below = derived(class), *further = derived(below);
    Py_ssize_t count = Py_REFCNT(class), count_below = Py_REFCNT(below);
    drop(class);
    CHECK_STR_EQ(said(), "dealloc(m.Class) finalize(m.Class) ");
    cycle(class);
    CHECK_STR_EQ(said(), "finalize(m.Class) clear(m.Class) dealloc(m.Class) ");
    drop(below);
    CHECK_STR_EQ(said(), "finalize(Derived) dealloc(Derived) ");
    cycle(below);
    CHECK_STR_EQ(said(), "finalize(Derived) clear(Derived) dealloc(Derived) ");
    cycle(further);
    CHECK_STR_EQ(said(), "finalize(Derived) clear(Derived) dealloc(Derived) ");
    CHECK_INT(Py_REFCNT(class) - count, "0");
    CHECK_INT(Py_REFCNT(below) - count_below, "0");
}

TEST(resurrection) {
    PyObject *class = type("m.Class", MANAGED, WITH({Py_tp_traverse, traverse}, {Py_tp_clear, clear}, {Py_tp_dealloc, dealloc}, {Py_tp_finalize, come_back}));
    PyObject *below = derived(class);
    drop(class);
    CHECK_STR_EQ(said(), "dealloc(m.Class) finalize(m.Class) ");
    CHECK(PyObject_GC_IsFinalized(saved) && PyObject_GC_IsTracked(saved));
    Py_CLEAR(saved);
    CHECK_STR_EQ(said(), "dealloc(m.Class) ");
    drop(below);
    CHECK_STR_EQ(said(), "finalize(Derived) ");
    Py_CLEAR(saved);
    CHECK_STR_EQ(said(), "dealloc(Derived) ");
    PyObject *object = PyObject_CallNoArgs(below);
    PyObject_SetAttrString(object, "me", object);
    Py_DECREF(object);
    PyGC_Collect();
    CHECK_STR_EQ(said(), "finalize(Derived) ");
    PyObject_SetAttrString(saved, "me", Py_None);
    Py_CLEAR(saved);
    CHECK_STR_EQ(said(), "dealloc(Derived) ");
}

TEST(plain) {
    PyObject *class = type("m.Class", 0, WITH({Py_tp_dealloc, dealloc_plain}, {Py_tp_finalize, finalize})), *below = derived(class);
    drop(class);
    CHECK_STR_EQ(said(), "dealloc(m.Class) ");
    drop(below);
    CHECK_STR_EQ(said(), "finalize(Derived) dealloc(Derived) ");
    cycle(below);
    CHECK_STR_EQ(said(), "finalize(Derived) dealloc(Derived) ");
}

TEST(dicts) {
    PyObject *object = keep(PyObject_CallNoArgs(type("m.Class", MANAGED, WITH({Py_tp_traverse, traverse}))));
    CHECK_INT(PyObject_SetAttrString(object, "a", Py_None), "0");
    CHECK_INT(PyObject_GenericSetDict(object, Py_None, NULL), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'NoneType'");
    CHECK_INT(PyObject_GenericSetDict(object, NULL, NULL), "-1 !!TypeError: cannot delete __dict__");
    CHECK_INT(PyObject_GenericSetDict(object, value("{si}", "b", 1), NULL), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "a"), "!!AttributeError: 'm.Class' object has no attribute 'a'");
    CHECK_REPR(PyObject_GenericGetDict(object, NULL), "{'b': 1}");
    PyObject *dict = keep(PyObject_GenericGetDict(object, NULL));
    PyObject_ClearManagedDict(object);
    CHECK_REPR(PyObject_GenericGetDict(object, NULL), "{}");
    CHECK_REPR(Py_NewRef(dict), "{'b': 1}");
    CHECK_REPR(PyObject_GenericGetDict(Py_None, NULL), "!!AttributeError: This object has no __dict__");
    CHECK_INT(PyObject_GenericSetDict(Py_None, Py_None, NULL), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'NoneType'");
    CHECK_INT(PyObject_GenericSetDict(Py_None, NULL, NULL), "-1 !!TypeError: cannot delete __dict__");
    CHECK_INT(PyObject_GenericSetDict(Py_None, value("{}"), NULL), "-1 !!AttributeError: This object has no __dict__");
}
CHECK_MAIN()
