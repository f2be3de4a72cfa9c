/* Capsules: pointers with names, their misuse, and finding them by import. */
#include "check.h"

static int destroyed;
static void *seen_context;
static void destroy(PyObject *capsule) {
    destroyed++;
    seen_context = PyCapsule_GetContext(capsule);
}
static int one, two;

TEST(pointer) {
    PyObject *capsule = keep(PyCapsule_New(&one, "module.name", NULL));
    CHECK(PyCapsule_CheckExact(capsule));
    CHECK(PyCapsule_GetPointer(capsule, "module.name") == &one);
    CHECK_RAISES(PyCapsule_GetPointer(capsule, "other"), PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name");
    CHECK_RAISES(PyCapsule_GetPointer(capsule, NULL), PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name");
    CHECK_INT(PyCapsule_SetPointer(capsule, &two), "0");
    CHECK(PyCapsule_GetPointer(capsule, "module.name") == &two);
    CHECK_INT(PyCapsule_SetPointer(capsule, NULL), "-1 !!ValueError: PyCapsule_SetPointer called with null pointer");
    CHECK_RAISES(PyCapsule_New(NULL, "x", NULL), PyExc_ValueError, "PyCapsule_New called with null pointer");
    CHECK_INT(PyObject_GC_IsTracked(capsule), "0");
}

TEST(name) {
    PyObject *nameless = keep(PyCapsule_New(&one, NULL, NULL));
    CHECK(PyCapsule_GetName(nameless) == NULL && !PyErr_Occurred());
    CHECK(PyCapsule_GetPointer(nameless, NULL) == &one);
    CHECK_INT(PyCapsule_IsValid(nameless, NULL), "1");
    CHECK_INT(PyCapsule_IsValid(nameless, "x"), "0");
    CHECK_INT(PyCapsule_SetName(nameless, "x"), "0");
    CHECK_INT(PyCapsule_IsValid(nameless, "x"), "1");
    CHECK_STR_EQ(PyCapsule_GetName(nameless), "x");
    CHECK_INT(PyCapsule_IsValid(NULL, "x"), "0");
    CHECK_INT(PyCapsule_IsValid(Py_None, "x"), "0");
    PyObject *repr = keep(PyObject_Repr(nameless));
    CHECK(!strncmp(PyUnicode_AsUTF8(repr), "<capsule object \"x\" at 0x", 25));
    PyCapsule_SetName(nameless, NULL);
    repr = keep(PyObject_Repr(nameless));
    CHECK(!strncmp(PyUnicode_AsUTF8(repr), "<capsule object NULL at 0x", 26));
}

TEST(destructor) {
    PyObject *capsule = PyCapsule_New(&one, "x", destroy);
    CHECK(PyCapsule_GetDestructor(capsule) == destroy);
    CHECK(PyCapsule_GetContext(capsule) == NULL && !PyErr_Occurred());
    CHECK_INT(PyCapsule_SetContext(capsule, &two), "0");
    Py_DECREF(capsule);
    CHECK_INT(destroyed, "1");
    CHECK(seen_context == &two);
    capsule = PyCapsule_New(&one, "x", destroy);
    CHECK_INT(PyCapsule_SetDestructor(capsule, NULL), "0");
    CHECK(PyCapsule_GetDestructor(capsule) == NULL && !PyErr_Occurred());
    Py_DECREF(capsule);
    CHECK_INT(destroyed, "1");
}

TEST(misuse) {
    CHECK_RAISES(PyCapsule_GetPointer(Py_None, NULL), PyExc_ValueError, "PyCapsule_GetPointer called with invalid PyCapsule object");
    CHECK_RAISES(PyCapsule_GetPointer(NULL, NULL), PyExc_ValueError, "PyCapsule_GetPointer called with invalid PyCapsule object");
    CHECK_RAISES(PyCapsule_GetName(Py_None), PyExc_ValueError, "PyCapsule_GetName called with invalid PyCapsule object");
    CHECK_RAISES(PyCapsule_GetContext(Py_None), PyExc_ValueError, "PyCapsule_GetContext called with invalid PyCapsule object");
    CHECK_RAISES(PyCapsule_GetDestructor(Py_None), PyExc_ValueError, "PyCapsule_GetDestructor called with invalid PyCapsule object");
    CHECK_INT(PyCapsule_SetPointer(Py_None, &one), "-1 !!ValueError: PyCapsule_SetPointer called with invalid PyCapsule object");
    CHECK_INT(PyCapsule_SetName(Py_None, "x"), "-1 !!ValueError: PyCapsule_SetName called with invalid PyCapsule object");
    CHECK_INT(PyCapsule_SetContext(Py_None, &one), "-1 !!ValueError: PyCapsule_SetContext called with invalid PyCapsule object");
    CHECK_INT(PyCapsule_SetDestructor(Py_None, destroy), "-1 !!ValueError: PyCapsule_SetDestructor called with invalid PyCapsule object");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyCapsule_Type), "!!TypeError: cannot create 'PyCapsule' instances");
}

TEST(import) {
    PyObject *module = PyImport_AddModule("own"), *inner = keep(PyCapsule_New(&one, "own.thing", NULL));
    CHECK_INT(PyObject_SetAttrString(module, "thing", inner), "0");
    CHECK(PyCapsule_Import("own.thing", 0) == &one);
    CHECK_INT(PyCapsule_SetName(inner, "other.thing"), "0");
    CHECK_RAISES(PyCapsule_Import("own.thing", 0), PyExc_AttributeError, "PyCapsule_Import \"own.thing\" is not valid");
    CHECK_RAISES(PyCapsule_Import("own.missing", 0), PyExc_AttributeError, "module 'own' has no attribute 'missing'");
    CHECK_RAISES(PyCapsule_Import("own", 0), PyExc_AttributeError, "PyCapsule_Import \"own\" is not valid");
    CHECK_RAISES(PyCapsule_Import("no_such_module.x", 0), PyExc_ImportError, "PyCapsule_Import could not import module \"no_such_module\"");
    CHECK_RAISES(PyCapsule_Import("no_such_module.x", 1), PyExc_ImportError, "PyCapsule_Import could not import module \"no_such_module\"");
    CHECK_RAISES(PyCapsule_Import("", 0), PyExc_ImportError, "PyCapsule_Import could not import module \"\"");
}

/* A capsule that refers to objects takes part in collection. Declared here: in no public header. */
extern int _PyCapsule_SetTraverse(PyObject *, traverseproc, inquiry);
static int traversed, cleared, freed;
typedef struct { PyObject *object; } Holder;
static int traverse(PyObject *self, visitproc visit, void *arg) {
    traversed++;
    Py_VISIT(((Holder *)PyCapsule_GetPointer(self, "holder"))->object);
    return 0;
}
static int clear(PyObject *self) {
    cleared++;
    Py_CLEAR(((Holder *)PyCapsule_GetPointer(self, "holder"))->object);
    return 0;
}
static void free_holder(PyObject *self) {
    Holder *holder = PyCapsule_GetPointer(self, "holder");
    freed++;
    Py_XDECREF(holder->object);
    PyMem_Free(holder);
}
TEST(collected) {
    PyObject *tuple = PyTuple_New(1);
    Holder *holder = PyMem_Malloc(sizeof *holder);
    holder->object = tuple;
    PyObject *capsule = PyCapsule_New(holder, "holder", free_holder);
    CHECK(!PyObject_GC_IsTracked(capsule));
    CHECK_INT(_PyCapsule_SetTraverse(capsule, NULL, clear), "-1 !!ValueError: _PyCapsule_SetTraverse() called with NULL callback");
    CHECK_INT(_PyCapsule_SetTraverse(capsule, traverse, NULL), "-1 !!ValueError: _PyCapsule_SetTraverse() called with NULL callback");
    CHECK_INT(_PyCapsule_SetTraverse(Py_None, traverse, clear), "-1 !!ValueError: _PyCapsule_SetTraverse called with invalid PyCapsule object");
    CHECK_INT(_PyCapsule_SetTraverse(NULL, traverse, clear), "-1 !!ValueError: _PyCapsule_SetTraverse called with invalid PyCapsule object");
    CHECK(!PyObject_GC_IsTracked(capsule));
    CHECK_INT(_PyCapsule_SetTraverse(capsule, traverse, clear), "0");
    CHECK(PyObject_GC_IsTracked(capsule));
    CHECK_INT(_PyCapsule_SetTraverse(capsule, traverse, clear), "0");
    /* a tuple clears nothing: the capsule must */
    PyTuple_SET_ITEM(tuple, 0, capsule);
    CHECK(PyGC_Collect() >= 2);
    CHECK(traversed > 0 && cleared == 1 && freed == 1);
}

CHECK_MAIN()
