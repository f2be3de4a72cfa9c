/* The life of instances and of classes: what subtype_dealloc gives up, finalizers, resurrection, cycles through instances,
 * dicts and classes, managed dicts and weak references of types made in C, data that a class adds. */
#include "check.h"
#include <stddef.h>
#include <structmember.h>

#define TYPE ((PyObject *)&PyType_Type)
static int died;
typedef struct { PyObject_HEAD } Canary;
static void canary_dealloc(PyObject *self) { PyTypeObject *type = Py_TYPE(self); died++; type->tp_free(self); Py_DECREF(type); }
static PyObject *canary_type;
static PyObject *canary(void) {
    PyType_Slot slots[] = {{Py_tp_dealloc, canary_dealloc}, {0, NULL}};
    PyType_Spec spec = {"m.Canary", sizeof(Canary), 0, Py_TPFLAGS_DEFAULT, slots};
    canary_type = keep(PyType_FromSpec(&spec));
    died = 0;
    return canary_type;
}
static PyObject *new_canary(void) { return PyObject_CallNoArgs(canary_type); }
/* Puts a new canary into an attribute. */
static int plant(PyObject *o, const char *name) {
    PyObject *bird = new_canary();
    int status = PyObject_SetAttrString(o, name, bird);
    Py_DECREF(bird);
    return status;
}
static PyObject *class_of(PyObject *base, PyObject *dict) {
    PyDict_SetItemString(dict, "__module__", value("s", "m"));
    return PyObject_CallFunction(TYPE, "s(O)O", "C", base ? base : (PyObject *)&PyBaseObject_Type, dict);
}

TEST(parts) {
    canary();
    PyObject *class = keep(class_of(NULL, value("{s(ss)}", "__slots__", "a", "__dict__"))), *o = PyObject_CallNoArgs(class);
    CHECK_INT(plant(o, "a"), "0");
    CHECK_INT(plant(o, "b"), "0");
    CHECK_REPR(PySequence_List(attr(o, "__dict__")), "['b']");
    Py_DECREF(o);
    CHECK(died == 2 || died == 1);
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(died, "2");
    PyObject *bases[] = {(PyObject *)&PyList_Type, (PyObject *)&PyDict_Type, (PyObject *)&PyTuple_Type, (PyObject *)&PyLong_Type, (PyObject *)&PyUnicode_Type, PyExc_ValueError, (PyObject *)&PyFloat_Type,
                         (PyObject *)&PySet_Type, (PyObject *)&PyBytes_Type, (PyObject *)&PyProperty_Type};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        canary();
        PyObject *sub = class_of(bases[i], value("{}")), *object = PyObject_CallNoArgs(sub);
        Py_ssize_t before = Py_REFCNT(sub);
        CHECK(object && plant(object, "x") == 0);
        Py_XDECREF(object);
        CHECK_INT(died, "1");
        CHECK_INT(before - Py_REFCNT(sub), "1");
        Py_DECREF(sub);
    }
}

/* __del__: once, in time, and what it raises is not the caller's affair. */
static PyObject *saved;
static int deleted;
static PyObject *del(PyObject *self, PyObject *args) {
    deleted++;
    if (self == Py_True) saved = Py_NewRef(PyTuple_GET_ITEM(args, 0));
    Py_RETURN_NONE;
}
static PyMethodDef del_def = {"del", del, METH_VARARGS, NULL};
static PyObject *with_del(PyObject *self) {
    return keep(class_of(NULL, value("{sO}", "__del__", keep(PyInstanceMethod_New(keep(PyCFunction_New(&del_def, self)))))));
}

TEST(finalizer) {
    canary();
    deleted = 0;
    PyObject *class = with_del(Py_False), *o = PyObject_CallNoArgs(class);
    CHECK_INT(plant(o, "x"), "0");
    Py_DECREF(o);
    CHECK_INT(deleted, "1");
    CHECK_INT(died, "1");
    class = with_del(Py_True);
    o = PyObject_CallNoArgs(class);
    CHECK_INT(plant(o, "x"), "0");
    Py_DECREF(o);
    CHECK_INT(deleted, "2");
    CHECK(saved == o && died == 1);
    CHECK_INT(Py_REFCNT(saved), "1");
    CHECK_REPR(PyObject_Type(saved), "<class 'm.C'>");
    Py_CLEAR(saved);
    CHECK_INT(deleted, "2");
    CHECK_INT(died, "2");
    /* in a cycle */
    class = with_del(Py_False);
    o = PyObject_CallNoArgs(class);
    CHECK_INT(PyObject_SetAttrString(o, "self", o), "0");
    CHECK_INT(plant(o, "x"), "0");
    Py_DECREF(o);
    CHECK_INT(deleted, "2");
    PyGC_Collect();
    CHECK_INT(deleted, "3");
    CHECK_INT(died, "3");
    /* through the wrapper */
    o = keep(PyObject_CallNoArgs(class));
    CHECK_REPR(PyObject_CallMethod(o, "__del__", NULL), "None");
}

TEST(cycles) {
    canary();
    /* an instance in its own slot, dict, and in its class */
    PyObject *class = class_of(NULL, value("{s(ss)}", "__slots__", "me", "bird")), *o = PyObject_CallNoArgs(class);
    CHECK_INT(PyObject_SetAttrString(o, "me", o), "0");
    CHECK_INT(plant(o, "bird"), "0");
    CHECK_INT(PyObject_SetAttrString(class, "instance", o), "0");
    Py_DECREF(o);
    Py_DECREF(class);
    CHECK_INT(died, "0");
    PyGC_Collect();
    CHECK_INT(died, "1");
    /* a class that nothing but itself refers to */
    PyObject *parent = new_class("Parent", NULL);
    class = class_of(parent, value("{}"));
    CHECK_INT(plant(class, "bird"), "0");
    CHECK_INT(PyList_Size(keep(PyObject_CallMethod(parent, "__subclasses__", NULL))), "1");
    while (check_kept_count > 2) Py_DECREF(check_kept[--check_kept_count]);
    Py_DECREF(class);
    PyGC_Collect();
    CHECK_INT(died, "2");
    /* deep chains do not overflow the stack */
    class = keep(class_of(NULL, value("{s(s)}", "__slots__", "next")));
    PyObject *chain = PyObject_CallNoArgs(class);
    for (int i = check_number_of(200000, 20000); i > 0; i--) {
        PyObject *next = PyObject_CallNoArgs(class);
        PyObject_SetAttrString(next, "next", chain);
        Py_DECREF(chain);
        chain = next;
    }
    Py_DECREF(chain);
    CHECK_NO_ERROR();
}

/* Weak references to classes, static types and instances. */
TEST(weak) {
    PyObject *class = class_of(NULL, value("{}")), *o = PyObject_CallNoArgs(class);
    PyObject *to_object = keep(PyWeakref_NewRef(o, NULL)), *to_class = keep(PyWeakref_NewRef(class, NULL)), *to_int = keep(PyWeakref_NewRef((PyObject *)&PyLong_Type, NULL));
    CHECK(PyObject_GetAttrString(o, "__weakref__") == to_object);
    Py_DECREF(to_object);
    CHECK(to_int == keep(PyWeakref_NewRef((PyObject *)&PyLong_Type, NULL)));
    CHECK_REPR(PyObject_CallNoArgs(to_int), "<class 'int'>");
    CHECK_REPR(PyObject_CallNoArgs(to_class), "<class 'm.C'>");
    Py_DECREF(o);
    CHECK_REPR(PyObject_CallNoArgs(to_object), "None");
    Py_DECREF(class);
    PyGC_Collect();
    CHECK_REPR(PyObject_CallNoArgs(to_class), "None");
    PyObject *none = keep(class_of(NULL, value("{s()}", "__slots__")));
    CHECK_REPR(PyWeakref_NewRef(keep(PyObject_CallNoArgs(none)), NULL), "!!TypeError: cannot create weak reference to 'C' object");
    CHECK_REPR(PyObject_GetAttrString(keep(PyObject_CallNoArgs(none)), "__weakref__"), "!!AttributeError: 'C' object has no attribute '__weakref__'");
}

/* A type made in C whose instances have a managed dict and managed weak references. */
typedef struct { PyObject_HEAD int n; } Managed;
static int managed_traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); return PyObject_VisitManagedDict(self, visit, arg); }
static int managed_clear(PyObject *self) { PyObject_ClearManagedDict(self); return 0; }
static void managed_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs(self);
    PyObject_ClearManagedDict(self);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyGetSetDef managed_getset[] = {{"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL}, {NULL}};

TEST(managed) {
    canary();
    PyType_Slot slots[] = {{Py_tp_traverse, managed_traverse}, {Py_tp_clear, managed_clear}, {Py_tp_dealloc, managed_dealloc}, {Py_tp_getset, managed_getset}, {0, NULL}};
    PyType_Spec spec = {"m.Managed", sizeof(Managed), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF, slots};
    PyObject *type = keep(PyType_FromSpec(&spec)), *o = PyObject_CallNoArgs(type);
    CHECK_INT(plant(o, "x"), "0");
    CHECK_REPR(PySequence_List(attr(o, "__dict__")), "['x']");
    CHECK_REPR(PyObject_GetAttrString(o, "missing"), "!!AttributeError: 'm.Managed' object has no attribute 'missing'");
    PyObject *weak = keep(PyWeakref_NewRef(o, NULL));
    CHECK_INT(PyObject_DelAttrString(o, "x"), "0");
    CHECK_INT(died, "1");
    CHECK_INT(PyObject_DelAttrString(o, "x"), "-1 !!AttributeError: 'm.Managed' object has no attribute 'x'");
    CHECK_INT(plant(o, "y"), "0");
    CHECK_INT(PyObject_SetAttrString(o, "me", o), "0");
    CHECK_INT(PyObject_SetAttrString(o, "__dict__", value("i", 1)), "-1 !!TypeError: __dict__ must be set to a dictionary, not a 'int'");
    CHECK_INT(PyObject_DelAttrString(o, "__dict__"), "-1 !!TypeError: cannot delete __dict__");
    while (check_kept_count > 3) Py_DECREF(check_kept[--check_kept_count]);
    (void)weak;
    Py_DECREF(o);
    PyGC_Collect();
    CHECK_INT(died, "1");
    /* and of a class derived from it */
    PyObject *sub = keep(class_of(type, value("{}")));
    o = PyObject_CallNoArgs(sub);
    CHECK_INT(plant(o, "z"), "0");
    CHECK_REPR(PyObject_Type(keep(PyWeakref_NewRef(o, NULL))), "<class 'weakref.ReferenceType'>");
    int before = died;
    Py_DECREF(o);
    CHECK_INT(died - before, "1");
}

/* A class that extends a base whose size it does not know, and members in its part. */
TEST(data) {
    PyMemberDef members[] = {{"first", Py_T_INT, 0, Py_RELATIVE_OFFSET, NULL}, {"second", Py_T_OBJECT_EX, 8, Py_RELATIVE_OFFSET, NULL}, {NULL}};
    PyType_Slot slots[] = {{Py_tp_members, members}, {0, NULL}};
    PyObject *bases[] = {(PyObject *)&PyBaseObject_Type, (PyObject *)&PyList_Type, PyExc_ValueError, (PyObject *)&PyDict_Type, (PyObject *)&PySet_Type};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        canary();
        PyType_Spec spec = {"m.Extended", -16, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
        PyObject *type = keep(PyType_FromSpecWithBases(&spec, bases[i])), *o = PyObject_CallNoArgs(type);
        int *data = PyObject_GetTypeData(o, (PyTypeObject *)type);
        CHECK_INT(PyType_GetTypeDataSize((PyTypeObject *)type), "16");
        CHECK(((PyTypeObject *)bases[i])->tp_basicsize <= (char *)data - (char *)o);
        CHECK_INT(PyObject_SetAttrString(o, "first", value("i", 77)), "0");
        CHECK_INT(*data, "77");
        CHECK_INT(plant(o, "second"), "0");
        CHECK(((PyObject **)data)[1] != NULL);
        PyObject *left = i ? NULL : ((PyObject **)data)[1];
        Py_DECREF(o);
        /* Without a collector nothing clears members: that is tp_dealloc's part. */
        CHECK_INT(died, i ? "1" : "0");
        Py_XDECREF(left);
    }
    /* items of a metaclass's instances stand behind the class */
    PyType_Slot none[] = {{0, NULL}};
    PyType_Spec meta_spec = {"m.Meta", -8, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, none};
    PyObject *meta = keep(PyType_FromSpecWithBases(&meta_spec, TYPE));
    PyObject *class = keep(PyObject_CallFunction(meta, "s(){s(ss)ss}", "K", "__slots__", "a", "b", "__module__", "m"));
    CHECK(PyObject_GetItemData(class) == (char *)class + ((PyTypeObject *)meta)->tp_basicsize);
    CHECK_STR_EQ(((PyMemberDef *)PyObject_GetItemData(class))[1].name, "b");
    PyObject *o = keep(PyObject_CallNoArgs(class));
    CHECK_INT(PyObject_SetAttrString(o, "b", meta), "0");
    CHECK_REPR(PyObject_GetAttrString(o, "b"), "<class 'm.Meta'>");
    CHECK_REPR(PyObject_GetAttrString(o, "a"), "!!AttributeError: 'm.K' object has no attribute 'a'");
    CHECK(PyType_IsSubtype((PyTypeObject *)meta, &PyType_Type));
}

/* Vectorcall is inherited by types in C, and given up by a class that defines __call__. */
typedef struct { PyObject_HEAD vectorcallfunc call; } Callable;
static PyObject *called(PyObject *self, PyObject *const *args, size_t n, PyObject *names) { (void)self; (void)args; (void)names; return PyLong_FromSize_t(PyVectorcall_NARGS(n)); }
static PyObject *callable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    (void)args; (void)kwargs;
    PyObject *o = type->tp_alloc(type, 0);
    if (o) ((Callable *)o)->call = called;
    return o;
}
static PyMemberDef callable_members[] = {{"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(Callable, call), Py_READONLY, NULL}, {NULL}};

TEST(vectorcall) {
    PyType_Slot slots[] = {{Py_tp_members, callable_members}, {Py_tp_new, callable_new}, {Py_tp_call, PyVectorcall_Call}, {0, NULL}};
    PyType_Spec spec = {"m.Callable", sizeof(Callable), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL, slots};
    PyObject *type = keep(PyType_FromSpec(&spec)), *o = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyObject_CallFunction(o, "ii", 1, 2), "2");
    PyObject *sub = keep(class_of(type, value("{}")));
    o = keep(PyObject_CallNoArgs(sub));
    CHECK_INT(PyType_HasFeature((PyTypeObject *)sub, Py_TPFLAGS_HAVE_VECTORCALL), "1");
    CHECK_REPR(PyObject_CallFunction(o, "ii", 1, 2), "2");
    CHECK_INT(PyVectorcall_Function(o) == called, "1");
    CHECK_INT(PyObject_SetAttrString(sub, "__call__", value("i", 5)), "0");
    CHECK_INT(PyType_HasFeature((PyTypeObject *)sub, Py_TPFLAGS_HAVE_VECTORCALL), "0");
    CHECK_REPR(PyObject_CallFunction(o, "ii", 1, 2), "!!TypeError: 'int' object is not callable");
    CHECK_INT(PyVectorcall_Function(o) == NULL, "1");
}

/* Watchers of classes. */
static char changes[256];
static int watcher(PyTypeObject *type) { snprintf(changes + strlen(changes), sizeof changes - strlen(changes), "%s ", type->tp_name); return 0; }

TEST(watchers) {
    PyObject *a = new_class("A", NULL), *b = new_class("B", a);
    int id = PyType_AddWatcher(watcher);
    CHECK_INT(id, "1");
    CHECK_INT(PyType_Watch(id, b), "0");
    CHECK_INT(PyObject_SetAttrString(a, "x", Py_None), "0");
    CHECK_STR_EQ(changes, "B ");
    CHECK_INT(PyObject_SetAttrString(a, "y", Py_None), "0");
    CHECK_STR_EQ(changes, "B ");
    CHECK_INT(PyUnstable_Type_AssignVersionTag((PyTypeObject *)b), "1");
    CHECK_INT(PyObject_SetAttrString(b, "y", Py_None), "0");
    CHECK_STR_EQ(changes, "B B ");
    CHECK_INT(PyType_Unwatch(id, b), "0");
    CHECK_INT(PyUnstable_Type_AssignVersionTag((PyTypeObject *)b), "1");
    CHECK_INT(PyObject_SetAttrString(b, "z", Py_None), "0");
    CHECK_STR_EQ(changes, "B B ");
    CHECK_INT(PyType_Watch(id, Py_None), "-1 !!ValueError: Cannot watch non-type");
    CHECK_INT(PyType_Unwatch(id, Py_None), "-1 !!ValueError: Cannot watch non-type");
    CHECK_INT(PyType_ClearWatcher(id), "0");
    CHECK_INT(PyType_ClearWatcher(id), "-1 !!ValueError: No type watcher set for ID 1");
    CHECK_INT(PyType_ClearWatcher(99), "-1 !!ValueError: Invalid type watcher ID 99");
    CHECK_INT(PyType_Watch(-1, a), "-1 !!ValueError: Invalid type watcher ID -1");
    int ids[8], n = 0;
    while (n < 8 && (ids[n] = PyType_AddWatcher(watcher)) >= 0) n++;
    CHECK_RAISES((void)0, PyExc_RuntimeError, "no more type watcher IDs available");
    while (n) PyType_ClearWatcher(ids[--n]);
}
CHECK_MAIN()
