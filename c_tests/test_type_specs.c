/* PyType_FromSpec and its family: what a spec may not say, and instances that only a spec can make. */
#include "check.h"
#include <stddef.h>

typedef struct { PyObject_HEAD PyObject *dict, *weak; vectorcallfunc call; int number; } Instance;
static int traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); return 0; }
static PyObject *allocate(PyTypeObject *type, PyObject *args, PyObject *kwargs) { (void)args; (void)kwargs; return type->tp_alloc(type, 0); }
static PyObject *get_name(PyObject *self, PyObject *name) { (void)self; return Py_NewRef(name); }

static PyObject *made(int size, int items, unsigned flags, PyObject *bases, PyType_Slot *slots) {
    PyType_Spec spec = {"m.T", size, items, flags, slots};
    return PyType_FromSpecWithBases(&spec, bases);
}
#define WITH_MEMBER(...) (PyType_Slot[]){{Py_tp_members, (PyMemberDef[]){__VA_ARGS__, {0}}}, {0}}
#define SLOTS(...) (PyType_Slot[]){__VA_ARGS__, {0}}
enum { SIZE = sizeof(Instance), GC = Py_TPFLAGS_HAVE_GC, BASE = Py_TPFLAGS_BASETYPE };

TEST(special_members) {
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__dictoffset__", Py_T_PYSSIZET, offsetof(Instance, dict), Py_READONLY})), "<class 'm.T'>");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__dictoffset__", Py_T_INT, offsetof(Instance, dict), Py_READONLY})), "!!SystemError: type of __dictoffset__ must be Py_T_PYSSIZET");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__weaklistoffset__", Py_T_PYSSIZET, offsetof(Instance, weak), 0})), "!!SystemError: flags for __weaklistoffset__ must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(Instance, call), Py_READONLY | Py_AUDIT_READ})), "!!SystemError: flags for __vectorcalloffset__ must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__vectorcalloffset__", Py_T_LONG, offsetof(Instance, call), 0})), "!!SystemError: type of __vectorcalloffset__ must be Py_T_PYSSIZET");
    CHECK_REPR(made(-24, 0, 0, NULL, WITH_MEMBER({"__dictoffset__", Py_T_PYSSIZET, 8, Py_READONLY | Py_RELATIVE_OFFSET})), "<class 'm.T'>");
    CHECK_REPR(made(-24, 0, 0, NULL, WITH_MEMBER({"__dictoffset__", Py_T_PYSSIZET, 24, Py_READONLY | Py_RELATIVE_OFFSET})), "!!SystemError: Member offset out of range (0..-basicsize)");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"number", Py_T_INT, 0, Py_RELATIVE_OFFSET})), "!!SystemError: With Py_RELATIVE_OFFSET, basicsize must be negative.");
    CHECK_REPR(made(SIZE, 0, 0, NULL, WITH_MEMBER({"__weaklistoffset__", Py_T_PYSSIZET, SIZE, Py_READONLY})), "!!TypeError: weaklist offset 48 is out of bounds for type 'm.T' (tp_basicsize = 48)");
}
TEST(managed) {
    PyType_Slot *slots = SLOTS({Py_tp_traverse, traverse}, {Py_tp_members, (PyMemberDef[]){{"__dictoffset__", Py_T_PYSSIZET, offsetof(Instance, dict), Py_READONLY}, {0}}});
    CHECK_REPR(made(SIZE, 0, GC | Py_TPFLAGS_MANAGED_DICT, NULL, slots), "!!TypeError: type m.T has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set");
    slots = SLOTS({Py_tp_traverse, traverse}, {Py_tp_members, (PyMemberDef[]){{"__weaklistoffset__", Py_T_PYSSIZET, offsetof(Instance, weak), Py_READONLY}, {0}}});
    CHECK_REPR(made(SIZE, 0, GC | Py_TPFLAGS_MANAGED_WEAKREF, NULL, slots), "!!TypeError: type m.T has the Py_TPFLAGS_MANAGED_WEAKREF flag but tp_weaklistoffset is set");
}
TEST(collector) {
    CHECK_REPR(made(0, 0, GC, NULL, SLOTS({Py_tp_repr, NULL})), "!!SystemError: type m.T has the Py_TPFLAGS_HAVE_GC flag but has no traverse function");
    CHECK_REPR(made(0, 0, GC | BASE, NULL, SLOTS({Py_tp_traverse, traverse}, {Py_tp_free, PyObject_Free})), "!!TypeError: type 'm.T' participates in gc and is a base type but has inappropriate tp_free slot");
    CHECK_REPR(made(0, 0, GC, NULL, SLOTS({Py_tp_traverse, traverse}, {Py_tp_free, PyObject_Free})), "<class 'm.T'>");
}
TEST(metaclasses) {
    PyType_Slot none[] = {{0}};
    PyType_Spec spec = {"m.T", 0, 0, 0, none};
    CHECK_REPR(PyType_FromMetaclass(&PyLong_Type, NULL, &spec, NULL), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
}
TEST(instances) {
    PyObject *text = keep(made(0, 0, 0, (PyObject *)&PyUnicode_Type, SLOTS({Py_tp_new, allocate})));
    PyObject *empty = keep(PyObject_CallNoArgs(text));
    CHECK_BORROWED(empty, "''");
    CHECK_INT(PyUnicode_GetLength(empty), "0");
    CHECK_REPR(PyUnicode_Concat(empty, value("s", "x")), "'x'");
    PyObject *number = keep(made(64, 4, 0, (PyObject *)&PyLong_Type, SLOTS({Py_tp_repr, NULL})));
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallFunction(number, "i", 5)), "__sizeof__", NULL), "68");
    /* what an instance's own __getattribute__ says is not its class's name */
    PyObject *odd = keep(made(SIZE, 0, 0, NULL, SLOTS({Py_tp_getattro, get_name}, {Py_tp_members, (PyMemberDef[]){{"__weaklistoffset__", Py_T_PYSSIZET, offsetof(Instance, weak), Py_READONLY}, {0}}})));
    PyObject *instance = keep(PyObject_CallNoArgs(odd)), *reference = keep(PyWeakref_NewRef(instance, NULL));
    PyObject *shown = keep(PyObject_Repr(reference));
    CHECK(shown && strchr(PyUnicode_AsUTF8AndSize(shown, NULL), '(') == NULL);
}
/* A value that does not fit is stored all the same: the warning comes after it, even where it is an error. */
TEST(member_warnings) {
    PyObject *warnings = keep(PyImport_ImportModule("warnings"));
    Py_XDECREF(PyObject_CallMethod(warnings, "simplefilter", "sO", "error", PyExc_RuntimeWarning));
    unsigned long field = 0;
    PyMemberDef member = {"field", Py_T_ULONG, 0, 0, NULL};
    CHECK_INT(PyMember_SetOne((char *)&field, &member, value("i", -2)), "-1 !!RuntimeWarning: Writing negative value into unsigned field");
    CHECK_REPR(PyMember_GetOne((char *)&field, &member), "18446744073709551614");
    member.type = Py_T_UINT;
    CHECK_INT(PyMember_SetOne((char *)&field, &member, value("i", -3)), "-1 !!RuntimeWarning: Writing negative value into unsigned field");
    CHECK_REPR(PyMember_GetOne((char *)&field, &member), "4294967293");
    member.type = Py_T_SHORT;
    CHECK_INT(PyMember_SetOne((char *)&field, &member, value("i", 70000)), "-1 !!RuntimeWarning: Truncation of value to short");
    CHECK_REPR(PyMember_GetOne((char *)&field, &member), "4464");
}
CHECK_MAIN()
