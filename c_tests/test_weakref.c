/* Weak references and proxies, their callbacks, and capsules. */
#include "check.h"

static PyObject *seen(PyObject *self, PyObject *reference) {
    PyObject *target = NULL;
    PyList_Append(self, PyWeakref_GetRef(reference, &target) == 0 ? Py_True : Py_False);
    Py_XDECREF(target);
    Py_RETURN_NONE;
}
static PyMethodDef seen_def = {"seen", seen, METH_O, NULL};
static PyObject *object(void) { return PyObject_CallNoArgs(new_class("C", NULL)); }

TEST(reference) {
    PyObject *target = object(), *r = keep(PyWeakref_NewRef(target, NULL)), *got = NULL;
    CHECK(PyWeakref_CheckRef(r) && PyWeakref_CheckRefExact(r) && PyWeakref_Check(r) && !PyWeakref_CheckProxy(r));
    CHECK(keep(PyWeakref_NewRef(target, NULL)) == r);
    CHECK_INT(PyWeakref_GetRef(r, &got), "1");
    CHECK(got == target); Py_XDECREF(got);
    CHECK(keep(PyObject_CallNoArgs(r)) == target);
    PyObject_Hash(r);
    CHECK_INT(PyWeakref_IsDead(r), "0");
    CHECK_INT(PyObject_RichCompareBool(r, keep(PyWeakref_NewRef(target, builtin("repr"))), Py_EQ), "1");
    CHECK_REPR(PyWeakref_NewRef(value("i", 1), NULL), "!!TypeError: cannot create weak reference to 'int' object");
    CHECK_REPR(PyWeakref_NewRef(value("[]"), NULL), "!!TypeError: cannot create weak reference to 'list' object");
    CHECK_INT(PyWeakref_GetRef(Py_None, &got), "-1 !!TypeError: expected a weakref");
    CHECK(got == NULL);
    CHECK_INT(PyWeakref_IsDead(Py_None), "-1 !!TypeError: expected a weakref, got NoneType");
    CHECK_REPR(PyObject_CallOneArg(r, Py_None), "!!TypeError: weakref expected 0 arguments, got 1");
    CHECK_INT(Py_REFCNT(target), "2");
    /* the kept references to the target go first */
    while (check_kept_count && check_kept[check_kept_count - 1] != r) Py_DECREF(check_kept[--check_kept_count]);
    Py_DECREF(target);
    CHECK_INT(PyWeakref_IsDead(r), "1");
    CHECK_INT(PyWeakref_GetRef(r, &got), "0");
    CHECK(got == NULL);
    CHECK_REPR(PyObject_CallNoArgs(r), "None");
    CHECK_BORROWED(r, "<weakref at 0x...; dead>");
    PyObject *dead = keep(PyWeakref_NewRef(keep(object()), NULL));
    CHECK(PyObject_Hash(dead) != -1);
}

TEST(callback) {
    PyObject *log = keep(PyList_New(0)), *target = object();
    PyObject *a = PyWeakref_NewRef(target, keep(PyCFunction_New(&seen_def, log))), *b = PyWeakref_NewRef(target, keep(PyCFunction_New(&seen_def, log)));
    PyObject *gone = PyWeakref_NewRef(target, keep(PyCFunction_New(&seen_def, log)));
    CHECK(a != b);
    CHECK_INT(PyObject_IsTrue(keep(PyObject_GetAttrString(a, "__callback__"))), "1");
    Py_DECREF(gone);
    Py_DECREF(target);
    CHECK_BORROWED(log, "[True, True]");
    CHECK_REPR(PyObject_GetAttrString(a, "__callback__"), "None");
    Py_DECREF(a); Py_DECREF(b);
    PyObject *subclass = new_class("R", (PyObject *)&_PyWeakref_RefType), *other = object();
    PyObject *r = keep(PyObject_CallOneArg(subclass, other));
    CHECK_INT(PyObject_SetAttrString(r, "extra", value("i", 5)), "0");
    CHECK(keep(PyObject_CallNoArgs(r)) == other && PyWeakref_CheckRef(r) && !PyWeakref_CheckRefExact(r));
    Py_DECREF(other);
}

TEST(proxy) {
    PyObject *target = object(), *p = keep(PyWeakref_NewProxy(target, NULL));
    CHECK(PyWeakref_CheckProxy(p) && PyWeakref_Check(p));
    CHECK_INT(PyObject_SetAttrString(p, "x", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(target, "x"), "5");
    CHECK_REPR(PyObject_GetAttrString(p, "x"), "5");
    CHECK_REPR(PyObject_GetAttrString(p, "nope"), "!!AttributeError: 'C' object has no attribute 'nope'");
    CHECK_INT(PyObject_Hash(p), "-1 !!TypeError: unhashable type: 'weakref.ProxyType'");
    CHECK_INT(PyObject_IsTrue(p), "1");
    CHECK_INT(PyObject_Size(p), "-1 !!TypeError: object of type 'C' has no len()");
    Py_DECREF(target);
    CHECK_REPR(PyObject_GetAttrString(p, "x"), "!!ReferenceError: weakly-referenced object no longer exists");
    CHECK_INT(PyObject_SetAttrString(p, "x", Py_None), "-1 !!ReferenceError: weakly-referenced object no longer exists");
    CHECK_REPR(PyObject_Str(p), "!!ReferenceError: weakly-referenced object no longer exists");
    PyObject *set = PySet_New(NULL), *q = keep(PyWeakref_NewProxy(set, NULL));
    CHECK_INT(PyObject_Size(q), "0");
    CHECK_REPR(PyNumber_Or(q, keep(PySet_New(value("[i]", 1)))), "{1}");
    Py_DECREF(set);
    CHECK_INT(PyObject_Size(q), "-1 !!ReferenceError: weakly-referenced object no longer exists");
    CHECK_REPR(PyWeakref_NewProxy(value("i", 1), NULL), "!!TypeError: cannot create weak reference to 'int' object");
}

TEST(clear) {
    PyObject *log = keep(PyList_New(0)), *target = object(), *r = PyWeakref_NewRef(target, keep(PyCFunction_New(&seen_def, log)));
    PyUnstable_Object_ClearWeakRefsNoCallbacks(target);
    CHECK_INT(PyWeakref_IsDead(r), "1");
    CHECK_BORROWED(log, "[]");
    Py_DECREF(r);
    PyObject *module = keep(PyImport_ImportModule("_weakref"));
    keep(PyWeakref_NewRef(target, NULL));
    CHECK_REPR(PyObject_CallMethod(module, "getweakrefcount", "O", target), "1");
    CHECK_INT(PyObject_Size(keep(PyObject_CallMethod(module, "getweakrefs", "O", target))), "1");
    Py_DECREF(target);
}

static int destroyed;
static void destroy(PyObject *capsule) { destroyed += PyCapsule_GetPointer(capsule, "m.cap") != NULL; }
TEST(capsule) {
    static int payload, context;
    PyObject *c = PyCapsule_New(&payload, "m.cap", destroy), *nameless = keep(PyCapsule_New(&payload, NULL, NULL));
    CHECK(PyCapsule_CheckExact(c) && PyCapsule_GetPointer(c, "m.cap") == &payload && PyCapsule_GetPointer(nameless, NULL) == &payload);
    CHECK_BORROWED(PyCapsule_GetPointer(c, "other"), "!!ValueError: PyCapsule_GetPointer called with incorrect name");
    CHECK_BORROWED(PyCapsule_GetPointer(c, NULL), "!!ValueError: PyCapsule_GetPointer called with incorrect name");
    CHECK_BORROWED(PyCapsule_GetPointer(Py_None, "m.cap"), "!!ValueError: PyCapsule_GetPointer called with invalid PyCapsule object");
    CHECK_BORROWED(PyCapsule_New(NULL, "x", NULL), "!!ValueError: PyCapsule_New called with null pointer");
    CHECK_STR_EQ(PyCapsule_GetName(c), "m.cap");
    CHECK_STR_EQ(PyCapsule_GetName(nameless), "NULL");
    CHECK_STR_EQ(PyCapsule_GetName(Py_None), "NULL !!ValueError: PyCapsule_GetName called with invalid PyCapsule object");
    CHECK_INT(PyCapsule_IsValid(c, "m.cap"), "1");
    CHECK_INT(PyCapsule_IsValid(c, "x"), "0");
    CHECK_INT(PyCapsule_IsValid(NULL, "x"), "0");
    CHECK_INT(PyCapsule_SetContext(c, &context), "0");
    CHECK(PyCapsule_GetContext(c) == &context && PyCapsule_GetDestructor(c) == destroy && PyCapsule_GetDestructor(nameless) == NULL);
    CHECK_INT(PyCapsule_SetPointer(c, NULL), "-1 !!ValueError: PyCapsule_SetPointer called with null pointer");
    CHECK_INT(PyCapsule_SetPointer(nameless, &context), "0");
    CHECK_INT(PyCapsule_SetName(nameless, "n"), "0");
    CHECK_INT(PyCapsule_SetDestructor(Py_None, NULL), "-1 !!ValueError: PyCapsule_SetDestructor called with invalid PyCapsule object");
    CHECK_BORROWED(nameless, "<capsule object \"n\" at 0x...>");
    CHECK_BORROWED(c, "<capsule object \"m.cap\" at 0x...>");
    PyObject *module = PyImport_AddModule("cap_holder");
    CHECK_INT(PyObject_SetAttrString(module, "cap", c), "0");
    CHECK(PyCapsule_SetName(c, "cap_holder.cap") == 0 && PyCapsule_Import("cap_holder.cap", 0) == &payload);
    CHECK_BORROWED(PyCapsule_Import("cap_holder.nope", 0), "!!AttributeError: module 'cap_holder' has no attribute 'nope'");
    CHECK_BORROWED(PyCapsule_Import("no_such_module.cap", 0), "!!ImportError: PyCapsule_Import could not import module \"no_such_module\"");
    CHECK_INT(PyCapsule_SetName(c, "m.cap"), "0");
    CHECK_INT(PyObject_DelAttrString(module, "cap"), "0");
    Py_DECREF(c);
    CHECK_INT(destroyed, "1");
}

CHECK_MAIN()
