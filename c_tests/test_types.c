/* Types from C: static ones through PyType_Ready, heap types from specs with every error, what is inherited, members,
 * getsets, methods of every convention, tokens, modules of types, extra data behind objects. */
#include "check.h"
#include <stddef.h>
#include <structmember.h>

static PyModuleDef first_def = {PyModuleDef_HEAD_INIT, .m_name = "first", .m_size = 8}, second_def = {PyModuleDef_HEAD_INIT, .m_name = "second", .m_size = 8};
static PyObject *first(void) { return keep(PyModule_Create(&first_def)); }
#define SLOTS(...) (PyType_Slot[]){__VA_ARGS__, {0, NULL}}
#define NONE (PyType_Slot[]){{0, NULL}}
static PyType_Spec spec_of(const char *name, int basicsize, int itemsize, unsigned flags, PyType_Slot *slots) {
    return (PyType_Spec){name, basicsize, itemsize, flags, slots};
}
/* A type described by its visible layout, or the error. */
static PyObject *from(PyObject *module, PyTypeObject *meta, PyType_Spec spec, PyObject *bases) {
    PyObject *type = PyType_FromMetaclass(meta, module, &spec, bases);
    if (!type) return NULL;
    PyTypeObject *t = (PyTypeObject *)keep(type);
    return PyUnicode_FromFormat("%s basic %zd item %zd flags %lx base %s weak %zd dict %zd vectorcall %zd new %s", t->tp_name, t->tp_basicsize,
                                t->tp_itemsize, t->tp_flags & ~(unsigned long)Py_TPFLAGS_VALID_VERSION_TAG, t->tp_base->tp_name, t->tp_weaklistoffset,
                                t->tp_dictoffset, t->tp_vectorcall_offset, !t->tp_new ? "NULL" : t->tp_new == PyBaseObject_Type.tp_new ? "object" : "own");
}
#define FROM(name, basicsize, itemsize, flags, slots, bases) from(NULL, NULL, spec_of(name, basicsize, itemsize, flags, slots), (PyObject *)(bases))
#define BASIC ((int)sizeof(PyObject))
#define DEFAULT Py_TPFLAGS_DEFAULT
static PyObject *new_object(PyTypeObject *type, PyObject *a, PyObject *k) { (void)a; (void)k; return type->tp_alloc(type, 0); }
static int traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); return 0; }

TEST(from_spec) {
    CHECK_REPR(FROM("a.b.C", BASIC, 0, DEFAULT, NONE, NULL), "'a.b.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("a.b.C", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, NONE, NULL), "'a.b.C basic 16 item 0 flags 1600 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM(NULL, 0, 0, DEFAULT, NONE, NULL), "!!SystemError: Type spec does not define the name field.");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({84, "x"}), NULL), "!!RuntimeError: invalid slot offset");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({-1, "x"}), NULL), "!!RuntimeError: invalid slot offset");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_doc, "x"}, {Py_tp_doc, "y"}), NULL), "!!SystemError: Multiple Py_tp_doc slots are not supported.");
    PyMemberDef none[] = {{0}};
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_members, none}, {Py_tp_members, none}), NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 8, 0, DEFAULT, NONE, NULL), "!!TypeError: tp_basicsize for type 'm.C' (8) is too small for base 'object' (16)");
    CHECK_REPR(FROM("m.C", -3, 0, DEFAULT, NONE, NULL), "'m.C basic 32 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, NONE, &PyTuple_Type), "!!SystemError: Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END.");
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, NONE, &PyLong_Type), "!!SystemError: Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END.");
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, NONE, &PyList_Type), "'m.C basic 64 item 0 flags 2405220 base list weak 0 dict 0 vectorcall 0 new own'");
    CHECK_REPR(FROM("m.C", -8, 4, DEFAULT, NONE, NULL), "'m.C basic 32 item 4 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 4, DEFAULT, NONE, NULL), "'m.C basic 16 item 4 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 32, 4, DEFAULT, NONE, NULL), "'m.C basic 32 item 4 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", BASIC, 0, DEFAULT, NONE, &PyBool_Type), "!!TypeError: type 'bool' is not an acceptable base type");
    CHECK_REPR(FROM("m.C", BASIC, 0, DEFAULT, NONE, value("(O)", Py_None)), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(FROM("m.C", BASIC, 0, DEFAULT, NONE, value("(OO)", &PyList_Type, &PyDict_Type)), "!!TypeError: multiple bases have instance lay-out conflict");
    CHECK_REPR(FROM("m.C", BASIC, 0, DEFAULT, NONE, &PyList_Type), "!!TypeError: tp_basicsize for type 'm.C' (16) is too small for base 'list' (40)");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, NONE, &PyList_Type), "'m.C basic 40 item 0 flags 2405220 base list weak 0 dict 0 vectorcall 0 new own'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, NONE, &PyDict_Type), "'m.C basic 48 item 0 flags 20405240 base dict weak 0 dict 0 vectorcall 0 new own'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_bases, Py_None}), NULL), "!!SystemError: Py_tp_bases is not a tuple");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_base, &PyList_Type}), NULL), "'m.C basic 40 item 0 flags 2405220 base list weak 0 dict 0 vectorcall 0 new own'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, NONE, new_class("Mutable", NULL)), "!!TypeError: Creating immutable type m.C from mutable base m.Mutable");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, NONE, NULL), "'m.C basic 16 item 0 flags 1300 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_HAVE_GC, NONE, NULL), "!!SystemError: type m.C has the Py_TPFLAGS_HAVE_GC flag but has no traverse function");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_HAVE_GC, SLOTS({Py_tp_traverse, traverse}), NULL), "'m.C basic 16 item 0 flags 5200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL, NONE, NULL), "'m.C basic 16 item 0 flags 1a00 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, NONE, NULL), "'m.C basic 16 item 0 flags 1280 base object weak 0 dict 0 vectorcall 0 new NULL'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, SLOTS({Py_tp_new, new_object}), NULL), "'m.C basic 16 item 0 flags 1280 base object weak 0 dict 0 vectorcall 0 new NULL'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_new, new_object}), NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new own'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_HAVE_GC, SLOTS({Py_tp_traverse, traverse}), NULL), "'m.C basic 16 item 0 flags 5214 base object weak 0 dict -1 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT | Py_TPFLAGS_MANAGED_WEAKREF | Py_TPFLAGS_HAVE_GC, SLOTS({Py_tp_traverse, traverse}), NULL), "'m.C basic 16 item 0 flags 5208 base object weak -32 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_repr, NULL}), NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_doc, NULL}), NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("nodot", 0, 0, DEFAULT, NONE, NULL), "'nodot basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
}

TEST(offsets) {
    PyMemberDef weak16[] = {{"__weaklistoffset__", Py_T_PYSSIZET, 16, Py_READONLY, NULL}, {0}};
    PyMemberDef dict100[] = {{"__dictoffset__", Py_T_PYSSIZET, 100, Py_READONLY, NULL}, {0}};
    PyMemberDef call100[] = {{"__vectorcalloffset__", Py_T_PYSSIZET, 100, Py_READONLY, NULL}, {0}};
    PyMemberDef relative[] = {{"x", Py_T_INT, 0, Py_RELATIVE_OFFSET, NULL}, {0}};
    CHECK_REPR(FROM("m.C", 16, 0, DEFAULT, SLOTS({Py_tp_members, weak16}), NULL), "!!TypeError: weaklist offset 16 is out of bounds for type 'm.C' (tp_basicsize = 16)");
    CHECK_REPR(FROM("m.C", 24, 0, DEFAULT, SLOTS({Py_tp_members, weak16}), NULL), "'m.C basic 24 item 0 flags 1200 base object weak 16 dict 0 vectorcall 0 new object'");
    CHECK_REPR(FROM("m.C", 24, 0, DEFAULT, SLOTS({Py_tp_members, dict100}), NULL), "!!TypeError: dict offset 100 is out of bounds for type 'm.C' (tp_basicsize = 24)");
    CHECK_REPR(FROM("m.C", 24, 0, DEFAULT, SLOTS({Py_tp_members, call100}), NULL), "!!TypeError: vectorcall offset 100 is out of bounds for type 'm.C' (tp_basicsize = 24)");
    CHECK_REPR(FROM("m.C", 24, 0, DEFAULT, SLOTS({Py_tp_members, relative}), NULL), "!!SystemError: With Py_RELATIVE_OFFSET, basicsize must be negative.");
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, SLOTS({Py_tp_members, relative}), NULL), "'m.C basic 32 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    relative[0].offset = 8;
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, SLOTS({Py_tp_members, relative}), NULL), "!!SystemError: Member offset out of range (0..-basicsize)");
    relative[0].offset = -1;
    CHECK_REPR(FROM("m.C", -8, 0, DEFAULT, SLOTS({Py_tp_members, relative}), NULL), "!!SystemError: Member offset out of range (0..-basicsize)");
}

TEST(metaclass) {
    PyObject *meta = new_class("Meta", (PyObject *)&PyType_Type), *other = new_class("Other", (PyObject *)&PyType_Type);
    PyType_Spec spec = spec_of("m.C", 0, 0, DEFAULT, NONE);
    CHECK_REPR(from(NULL, (PyTypeObject *)meta, spec, NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
    PyObject *base = keep(PyObject_CallFunction(other, "s(){}", "B"));
    CHECK_BORROWED(Py_TYPE(base), "<class 'm.Other'>");
    CHECK_REPR(from(NULL, (PyTypeObject *)meta, spec, base), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(from(NULL, &PyLong_Type, spec, NULL), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(Py_NewRef(Py_TYPE(keep(PyType_FromSpecWithBases(&spec, base)))), "<class 'm.Other'>");
    PyType_Slot news[] = {{Py_tp_new, (void *)new_object}, {0, NULL}};
    PyType_Spec bad = spec_of("m.BadMeta", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, news);
    PyObject *custom = keep(PyType_FromSpecWithBases(&bad, (PyObject *)&PyType_Type));
    CHECK_REPR(from(NULL, (PyTypeObject *)custom, spec, NULL), "!!TypeError: Metaclasses with custom tp_new are not supported.");
}

TEST(modules) {
    PyObject *module = first(), *second = keep(PyModule_Create(&second_def));
    PyType_Spec spec = spec_of("a.b.C", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, NONE);
    PyObject *type = keep(PyType_FromModuleAndSpec(module, &spec, NULL)), *sub = keep(PyType_FromModuleAndSpec(second, &spec, type));
    PyObject *plain = new_class("Plain", NULL);
    CHECK(PyType_GetModule((PyTypeObject *)type) == module);
    CHECK(PyType_GetModuleState((PyTypeObject *)type) == PyModule_GetState(module));
    CHECK(PyType_GetModuleByDef((PyTypeObject *)type, &first_def) == module);
    CHECK(PyType_GetModuleByDef((PyTypeObject *)sub, &first_def) == module && PyType_GetModuleByDef((PyTypeObject *)sub, &second_def) == second);
    CHECK_BORROWED(PyType_GetModuleByDef((PyTypeObject *)type, &second_def), "!!TypeError: PyType_GetModuleByDef: No superclass of 'a.b.C' has the given module");
    CHECK_BORROWED(PyType_GetModuleByDef(&PyLong_Type, &first_def), "!!TypeError: PyType_GetModuleByDef: No superclass of 'int' has the given module");
    CHECK_BORROWED(PyType_GetModule(&PyLong_Type), "!!TypeError: PyType_GetModule: Type 'int' is not a heap type");
    CHECK_BORROWED(PyType_GetModule((PyTypeObject *)plain), "!!TypeError: PyType_GetModule: Type 'Plain' has no associated module");
    CHECK_INT((intptr_t)PyType_GetModuleState((PyTypeObject *)plain), "0 !!TypeError: PyType_GetModule: Type 'Plain' has no associated module");
    CHECK_REPR(PyObject_GetAttrString(type, "__module__"), "'a.b'");
    CHECK_REPR(PyType_GetName((PyTypeObject *)type), "'C'");
    CHECK_REPR(PyType_GetQualName((PyTypeObject *)type), "'C'");
    CHECK_REPR(PyType_GetFullyQualifiedName((PyTypeObject *)type), "'a.b.C'");
    CHECK_REPR(PyType_GetModuleName((PyTypeObject *)type), "'a.b'");
    CHECK_REPR(PyType_GetFullyQualifiedName(&PyLong_Type), "'int'");
    CHECK_REPR(PyType_GetModuleName(&PyLong_Type), "'builtins'");
    CHECK_INT(PyObject_SetAttrString(type, "__qualname__", value("s", "Outer.C")), "0");
    CHECK_REPR(PyType_GetFullyQualifiedName((PyTypeObject *)type), "'a.b.Outer.C'");
    CHECK_INT(PyObject_SetAttrString(type, "__name__", value("s", "D")), "0");
    CHECK_BORROWED(type, "<class 'a.b.Outer.C'>");
    CHECK_INT(PyObject_SetAttrString(type, "__name__", value("i", 1)), "-1 !!TypeError: can only assign string to D.__name__, not 'int'");
    Py_ssize_t before = Py_REFCNT(type);
    PyObject *instance = PyObject_CallNoArgs(type);
    CHECK(Py_REFCNT(type) == before + 1);
    Py_DECREF(instance);
    CHECK(Py_REFCNT(type) == before);
}

TEST(tokens) {
    static int token;
    PyTypeObject *found = (PyTypeObject *)1;
    PyType_Slot slots[] = {{Py_tp_token, &token}, {0, NULL}}, by_spec[] = {{Py_tp_token, Py_TP_USE_SPEC}, {0, NULL}};
    PyType_Spec spec = spec_of("m.T", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, slots), self = spec_of("m.S", 0, 0, DEFAULT, by_spec);
    PyObject *type = keep(PyType_FromSpec(&spec)), *child = new_class("Child", type);
    CHECK_INT(PyType_GetBaseByToken((PyTypeObject *)type, &token, &found), "1");
    CHECK((PyObject *)found == type); Py_XDECREF(found);
    CHECK_INT(PyType_GetBaseByToken((PyTypeObject *)child, &token, &found), "1");
    CHECK((PyObject *)found == type); Py_XDECREF(found);
    CHECK_INT(PyType_GetBaseByToken(&PyLong_Type, &token, &found), "0");
    CHECK(found == NULL);
    CHECK_INT(PyType_GetBaseByToken((PyTypeObject *)type, NULL, &found), "-1 !!SystemError: PyType_GetBaseByToken called with token=NULL");
    CHECK_INT(PyType_GetBaseByToken((PyTypeObject *)Py_None, &token, &found), "-1 !!TypeError: expected a type, got a 'NoneType' object");
    CHECK_INT(PyType_GetBaseByToken((PyTypeObject *)keep(PyType_FromSpec(&self)), &self, NULL), "1");
    CHECK_REPR(FROM("m.C", 0, 0, DEFAULT, SLOTS({Py_tp_token, &token}, {Py_tp_token, &token}), NULL), "'m.C basic 16 item 0 flags 1200 base object weak 0 dict 0 vectorcall 0 new object'");
}

TEST(slots) {
    CHECK(PyType_GetSlot(&PyLong_Type, Py_nb_add) == (void *)PyLong_Type.tp_as_number->nb_add);
    CHECK(PyType_GetSlot(&PyLong_Type, Py_sq_length) == NULL);
    CHECK(PyType_GetSlot(&PyLong_Type, Py_tp_new) == (void *)PyLong_Type.tp_new);
    CHECK_INT((intptr_t)PyType_GetSlot(&PyLong_Type, 99), "0 !!SystemError: bad argument to internal function");
    CHECK_INT((intptr_t)PyType_GetSlot(&PyLong_Type, -1), "0 !!SystemError: bad argument to internal function");
    CHECK_INT((intptr_t)PyType_GetSlot(&PyLong_Type, 0), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(PyType_GetFlags(&PyLong_Type) & Py_TPFLAGS_LONG_SUBCLASS, "16777216");
    CHECK(PyType_HasFeature(&PyBool_Type, Py_TPFLAGS_LONG_SUBCLASS) && PyType_FastSubclass(&PyBool_Type, Py_TPFLAGS_LONG_SUBCLASS));
    CHECK_REPR(PyType_GetDict((PyTypeObject *)new_class("Empty", NULL)), "{'__module__': 'm', '__dict__': <attribute '__dict__' of 'Empty' objects>, '__weakref__': <attribute '__weakref__' of 'Empty' objects>, '__doc__': None}");
    CHECK_REPR(PyObject_CallNoArgs(keep(PyObject_CallNoArgs(builtin("object")))), "!!TypeError: 'object' object is not callable");
    CHECK_REPR(keep(PyType_GenericNew(&PyBaseObject_Type, NULL, NULL)) ? PyUnicode_FromString("made") : NULL, "'made'");
    CHECK(_PyType_Lookup(&PyBool_Type, value("s", "bit_length")) != NULL && _PyType_Lookup(&PyBool_Type, value("s", "nope")) == NULL);
    CHECK_INT(PyUnstable_Type_AssignVersionTag(&PyLong_Type), "1");
    PyType_Modified((PyTypeObject *)new_class("Changed", NULL));
    CHECK(PyType_ClearCache() || 1);
}

TEST(freeze) {
    PyType_Spec spec = spec_of("m.F", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, NONE);
    PyObject *type = keep(PyType_FromSpec(&spec)), *child = new_class("K", new_class("P", NULL));
    CHECK_INT(PyObject_SetAttrString(type, "x", Py_None), "0");
    CHECK_INT(PyType_Freeze((PyTypeObject *)type), "0");
    CHECK_INT(PyObject_SetAttrString(type, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'm.F'");
    CHECK_INT(PyObject_DelAttrString(type, "x"), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'm.F'");
    CHECK_INT(PyType_Freeze((PyTypeObject *)child), "-1 !!TypeError: Creating immutable type K from mutable base m.P");
}

/* Members of every kind. */
typedef struct {
    PyObject_HEAD
    char c; signed char b; unsigned char B; short h; unsigned short H; int i; unsigned I; long l; unsigned long k; long long L; unsigned long long K;
    Py_ssize_t n; float f; double d; char flag; const char *text; char inline_text[8]; PyObject *object, *maybe;
} Record;
#define M(name, kind, field) {name, kind, offsetof(Record, field), 0, "doc of " name}
static PyMemberDef record_members[] = {
    M("c", Py_T_CHAR, c), M("b", Py_T_BYTE, b), M("B", Py_T_UBYTE, B), M("h", Py_T_SHORT, h), M("H", Py_T_USHORT, H), M("i", Py_T_INT, i), M("I", Py_T_UINT, I),
    M("l", Py_T_LONG, l), M("k", Py_T_ULONG, k), M("L", Py_T_LONGLONG, L), M("K", Py_T_ULONGLONG, K), M("n", Py_T_PYSSIZET, n), M("f", Py_T_FLOAT, f),
    M("d", Py_T_DOUBLE, d), M("flag", Py_T_BOOL, flag), M("text", Py_T_STRING, text), M("inline", Py_T_STRING_INPLACE, inline_text),
    M("object", Py_T_OBJECT_EX, object), M("maybe", T_OBJECT, maybe), {"fixed", Py_T_INT, offsetof(Record, i), Py_READONLY, NULL}, {"none", T_NONE, 0, 0, NULL}, {0}};
static void record_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((Record *)self)->object); Py_XDECREF(((Record *)self)->maybe);
    type->tp_free(self);
    Py_DECREF(type);
}
#define SET(name, format, v) PyObject_SetAttrString(r, name, value(format, v))
#define GET(name) PyObject_GetAttrString(r, name)
TEST(members) {
    PyType_Spec spec = spec_of("m.Record", sizeof(Record), 0, DEFAULT, SLOTS({Py_tp_members, record_members}, {Py_tp_dealloc, record_dealloc}));
    PyObject *type = keep(PyType_FromSpec(&spec)), *r = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(PyObject_GetAttrString(type, "i"), "<member 'i' of 'm.Record' objects>");
    CHECK_REPR(PyObject_GetAttrString(attr(type, "i"), "__doc__"), "'doc of i'");
    CHECK_INT(SET("c", "s", "x"), "0");
    CHECK_REPR(GET("c"), "'x'");
    CHECK_INT(SET("c", "s", "xy"), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(SET("c", "i", 1), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(SET("b", "i", -128), "0");
    CHECK_REPR(GET("b"), "-128");
    CHECK_INT(SET("b", "i", 128), "0");
    CHECK_INT(SET("B", "i", 255), "0");
    CHECK_REPR(GET("B"), "255");
    CHECK_INT(SET("h", "i", 40000), "0");
    CHECK_INT(SET("H", "i", 65535), "0");
    CHECK_REPR(GET("H"), "65535");
    CHECK_INT(SET("i", "i", -5), "0");
    CHECK_REPR(GET("i"), "-5");
    CHECK_INT(SET("i", "L", 1LL << 40), "0");
    CHECK_INT(SET("i", "s", "x"), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(SET("i", "d", 1.5), "-1 !!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_INT(SET("I", "L", 4294967295LL), "0");
    CHECK_REPR(GET("I"), "4294967295");
    CHECK_INT(SET("I", "i", -1), "0");
    CHECK_INT(SET("l", "L", LLONG_MIN), "0");
    CHECK_REPR(GET("l"), "-9223372036854775808");
    CHECK_INT(SET("k", "K", ULLONG_MAX), "0");
    CHECK_REPR(GET("k"), "18446744073709551615");
    CHECK_INT(SET("k", "i", -1), "0");
    CHECK_INT(SET("L", "i", 7), "0");
    CHECK_INT(SET("K", "K", ULLONG_MAX), "0");
    CHECK_REPR(GET("K"), "18446744073709551615");
    CHECK_INT(SET("n", "i", -3), "0");
    CHECK_REPR(GET("n"), "-3");
    CHECK_INT(SET("f", "d", 0.1), "0");
    CHECK_REPR(GET("f"), "0.10000000149011612");
    CHECK_INT(SET("f", "s", "x"), "-1 !!TypeError: must be real number, not str");
    CHECK_INT(SET("d", "i", 2), "0");
    CHECK_REPR(GET("d"), "2.0");
    CHECK_INT(SET("flag", "O", Py_True), "0");
    CHECK_REPR(GET("flag"), "True");
    CHECK_INT(SET("flag", "i", 1), "-1 !!TypeError: attribute value type must be bool");
    CHECK_REPR(GET("text"), "None");
    ((Record *)r)->text = "static";
    CHECK_REPR(GET("text"), "'static'");
    CHECK_INT(SET("text", "s", "x"), "-1 !!TypeError: readonly attribute");
    strcpy(((Record *)r)->inline_text, "in");
    CHECK_REPR(GET("inline"), "'in'");
    CHECK_INT(SET("inline", "s", "x"), "-1 !!TypeError: readonly attribute");
    CHECK_REPR(GET("object"), "!!AttributeError: 'm.Record' object has no attribute 'object'");
    CHECK_INT(SET("object", "i", 5), "0");
    CHECK_REPR(GET("object"), "5");
    CHECK_INT(PyObject_DelAttrString(r, "object"), "0");
    CHECK_INT(PyObject_DelAttrString(r, "object"), "-1 !!AttributeError: object");
    CHECK_REPR(GET("maybe"), "None");
    CHECK_REPR(GET("none"), "None");
    CHECK_INT(PyObject_DelAttrString(r, "i"), "-1 !!TypeError: can't delete numeric/char attribute");
    CHECK_INT(SET("fixed", "i", 1), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(PyObject_DelAttrString(r, "fixed"), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(SET("nothing", "i", 1), "-1 !!AttributeError: 'm.Record' object has no attribute 'nothing' and no __dict__ for setting new attributes");
    CHECK_REPR(PyMember_GetOne((char *)r, &record_members[5]), "0");
    CHECK_INT(PyMember_SetOne((char *)r, &record_members[5], value("i", 77)), "0");
    CHECK_REPR(GET("i"), "77");
    PyMemberDef wrong = {"wrong", 99, 0, 0, NULL};
    CHECK_REPR(PyMember_GetOne((char *)r, &wrong), "!!SystemError: bad memberdescr type");
    CHECK_INT(PyMember_SetOne((char *)r, &wrong, Py_None), "-1 !!SystemError: bad memberdescr type for wrong");
}

static PyObject *get_answer(PyObject *self, void *closure) { (void)self; return PyLong_FromVoidPtr(closure); }
static int set_answer(PyObject *self, PyObject *v, void *closure) {
    (void)self; (void)closure;
    if (!v) { PyErr_SetString(PyExc_TypeError, "not to be deleted"); return -1; }
    PyErr_Format(PyExc_ValueError, "set to %R", v);
    return -1;
}
static PyGetSetDef answers[] = {{"answer", get_answer, set_answer, "its doc", (void *)42}, {"fixed", get_answer, NULL, NULL, (void *)7},
                                {"blind", NULL, set_answer, NULL, NULL}, {0}};
TEST(getsets) {
    PyType_Spec spec = spec_of("m.G", 0, 0, DEFAULT | Py_TPFLAGS_BASETYPE, SLOTS({Py_tp_getset, answers}));
    PyObject *type = keep(PyType_FromSpec(&spec)), *r = keep(PyObject_CallNoArgs(type));
    CHECK_REPR(GET("answer"), "42");
    CHECK_INT(SET("answer", "i", 3), "-1 !!ValueError: set to 3");
    CHECK_INT(PyObject_DelAttrString(r, "answer"), "-1 !!TypeError: not to be deleted");
    CHECK_INT(SET("fixed", "i", 3), "-1 !!AttributeError: attribute 'fixed' of 'm.G' objects is not writable");
    CHECK_INT(PyObject_DelAttrString(r, "fixed"), "-1 !!AttributeError: attribute 'fixed' of 'm.G' objects is not writable");
    CHECK_REPR(GET("blind"), "!!AttributeError: attribute 'blind' of 'm.G' objects is not readable");
    PyObject *descriptor = attr(type, "answer");
    CHECK_BORROWED(descriptor, "<attribute 'answer' of 'm.G' objects>");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__doc__"), "'its doc'");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__qualname__"), "'G.answer'");
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__objclass__"), "<class 'm.G'>");
    CHECK_REPR(PyObject_CallMethod(descriptor, "__get__", "i", 1), "!!TypeError: descriptor 'answer' for 'm.G' objects doesn't apply to a 'int' object");
    CHECK_REPR(PyObject_CallMethod(descriptor, "__get__", "OO", Py_None, Py_None), "!!TypeError: __get__(None, None) is invalid");
    CHECK_REPR(PyObject_CallMethod(descriptor, "__get__", "OO", r, type), "42");
    CHECK(PyDescr_IsData(descriptor) && PyDescr_TYPE(descriptor) == (PyTypeObject *)type);
    CHECK_REPR(PyDescr_NewGetSet((PyTypeObject *)type, &answers[1]), "<attribute 'fixed' of 'm.G' objects>");
}

typedef struct { PyObject_HEAD int own; } Small;
TEST(data) {
    PyType_Spec spec = spec_of("m.D", -(int)sizeof(double), 0, DEFAULT | Py_TPFLAGS_BASETYPE, NONE);
    PyObject *type = keep(PyType_FromSpecWithBases(&spec, (PyObject *)&PyList_Type)), *object = keep(PyObject_CallNoArgs(type));
    double *data = PyObject_GetTypeData(object, (PyTypeObject *)type);
    CHECK_INT((char *)data - (char *)object, "48");
    CHECK_INT(PyType_GetTypeDataSize((PyTypeObject *)type), "16");
    CHECK_INT(PyType_GetTypeDataSize(&PyLong_Type), "8");
    CHECK_INT((intptr_t)PyObject_GetItemData(object), "0 !!TypeError: type 'm.D' does not have Py_TPFLAGS_ITEMS_AT_END");
    PyType_Spec items = spec_of("m.I", 24, 8, DEFAULT | Py_TPFLAGS_ITEMS_AT_END, NONE);
    PyTypeObject *var = (PyTypeObject *)keep(PyType_FromSpec(&items));
    PyObject *three = keep(var->tp_alloc(var, 3));
    CHECK(Py_SIZE(three) == 3 && (char *)PyObject_GetItemData(three) - (char *)three == 24);
    CHECK(((Small *)object)->own >= 0 || 1);
}

/* A static type, and what PyType_Ready fills in. */
typedef struct { PyObject_HEAD PyObject *dict, *weak; } Static;
static PyObject *static_repr(PyObject *self) { (void)self; return PyUnicode_FromString("<static>"); }
static PyObject *static_add(PyObject *a, PyObject *b) {
    if (PyLong_Check(a) || PyLong_Check(b)) Py_RETURN_NOTIMPLEMENTED;
    return PyUnicode_FromString("sum");
}
static Py_ssize_t static_length(PyObject *self) { (void)self; return 3; }
static void static_dealloc(PyObject *self) {
    PyObject_ClearWeakRefs(self);
    Py_XDECREF(((Static *)self)->dict);
    Py_TYPE(self)->tp_free(self);
}
static PyNumberMethods static_number = {.nb_add = static_add};
static PySequenceMethods static_sequence = {.sq_length = static_length};
static PyTypeObject Static_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.Static", .tp_basicsize = sizeof(Static), .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_repr = static_repr, .tp_new = PyType_GenericNew, .tp_as_number = &static_number, .tp_as_sequence = &static_sequence, .tp_dealloc = static_dealloc,
    .tp_dictoffset = offsetof(Static, dict), .tp_weaklistoffset = offsetof(Static, weak), .tp_doc = PyDoc_STR("Static(a, /)\n--\n\nA static type.")};
TEST(static_type) {
    CHECK_INT(PyType_Ready(&Static_Type), "0");
    CHECK_INT(PyType_Ready(&Static_Type), "0");
    CHECK(Py_IS_TYPE(&Static_Type, &PyType_Type) && Static_Type.tp_base == &PyBaseObject_Type && Static_Type.tp_str && Static_Type.tp_hash && Static_Type.tp_mro);
    CHECK(Static_Type.tp_free == PyObject_Free && Static_Type.tp_alloc == PyType_GenericAlloc && Static_Type.tp_getattro == PyObject_GenericGetAttr);
    PyObject *type = (PyObject *)&Static_Type, *object = keep(PyObject_CallNoArgs(type));
    CHECK_BORROWED(object, "<static>");
    CHECK_REPR(PyObject_Str(object), "'<static>'");
    CHECK_REPR(PyNumber_Add(object, object), "'sum'");
    CHECK_REPR(PyNumber_Add(object, value("i", 1)), "!!TypeError: unsupported operand type(s) for +: 'm.Static' and 'int'");
    CHECK_REPR(PyObject_CallMethod(object, "__add__", "O", object), "'sum'");
    CHECK_REPR(PyObject_CallMethod(object, "__radd__", "i", 1), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(object, "__len__", NULL), "3");
    CHECK_REPR(PyObject_CallMethod(object, "__len__", "i", 1), "!!TypeError: expected 0 arguments, got 1");
    CHECK_REPR(PyObject_GetAttrString(type, "__add__"), "<slot wrapper '__add__' of 'm.Static' objects>");
    CHECK_REPR(PyObject_GetAttrString(type, "__doc__"), "'A static type.'");
    CHECK_REPR(PyObject_GetAttrString(type, "__text_signature__"), "'(a, /)'");
    CHECK_REPR(PyObject_GetAttrString(type, "__module__"), "'m'");
    CHECK_INT(PyObject_SetAttrString(object, "x", value("i", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "1");
    CHECK_REPR(PyObject_GenericGetDict(object, NULL), "{'x': 1}");
    CHECK_INT(PyObject_SetAttrString(type, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'm.Static'");
    PyObject *child = new_class("Child", type), *instance = keep(PyObject_CallNoArgs(child));
    CHECK_BORROWED(instance, "<static>");
    CHECK_INT(PyObject_SetAttrString(child, "__len__", builtin("id")), "0");
    CHECK_REPR(PyObject_CallMethod(type, "mro", NULL), "[<class 'm.Static'>, <class 'object'>]");
    static PyTypeObject bad = {PyVarObject_HEAD_INIT(NULL, 0) .tp_basicsize = sizeof(PyObject)};
    CHECK_INT(PyType_Ready(&bad), "-1 !!SystemError: Type does not define the tp_name field.");
    static PyTypeObject no_traverse = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.NoTraverse", .tp_basicsize = sizeof(PyObject), .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC};
    CHECK_INT(PyType_Ready(&no_traverse), "-1 !!SystemError: type m.NoTraverse has the Py_TPFLAGS_HAVE_GC flag but has no traverse function");
}

/* Classes made by calling type. */
TEST(classes) {
    PyObject *type = (PyObject *)&PyType_Type, *a = new_class("A", NULL), *b = new_class("B", NULL);
    CHECK_REPR(PyObject_CallFunction(type, "i", 1), "<class 'int'>");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: type() takes 1 or 3 arguments");
    CHECK_REPR(PyObject_CallFunction(type, "i(){}", 1), "!!TypeError: type.__new__() argument 1 must be str, not int");
    CHECK_REPR(PyObject_CallFunction(type, "s[]{}", "C"), "!!TypeError: type.__new__() argument 2 must be tuple, not list");
    CHECK_REPR(PyObject_CallFunction(type, "s()i", "C", 1), "!!TypeError: type.__new__() argument 3 must be dict, not int");
    CHECK_REPR(PyObject_CallFunction(type, "s(i){}", "C", 1), "!!TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    CHECK_REPR(PyObject_CallFunction(type, "s(OO){}", "C", a, a), "!!TypeError: duplicate base class A");
    CHECK_REPR(PyObject_CallFunction(type, "s(OO){}", "C", &PyBaseObject_Type, a), "!!TypeError: Cannot create a consistent method resolution order (MRO) for bases object, A");
    CHECK_REPR(PyObject_CallFunction(type, "s(O){}", "C", &PyBool_Type), "!!TypeError: type 'bool' is not an acceptable base type");
    CHECK_REPR(PyObject_CallFunction(type, "s(OO){}", "C", &PyLong_Type, &PyUnicode_Type), "!!TypeError: multiple bases have instance lay-out conflict");
    PyObject *c = keep(PyObject_CallFunction(type, "s(OO){ss}", "C", a, b, "__module__", "m"));
    CHECK_REPR(PyObject_GetAttrString(c, "__mro__"), "(<class 'm.C'>, <class 'm.A'>, <class 'm.B'>, <class 'object'>)");
    CHECK_REPR(PyObject_GetAttrString(c, "__bases__"), "(<class 'm.A'>, <class 'm.B'>)");
    CHECK_REPR(PyObject_GetAttrString(c, "__base__"), "<class 'm.A'>");
    CHECK_REPR(PyObject_CallMethod(a, "__subclasses__", NULL), "[<class 'm.C'>]");
    CHECK_REPR(PyObject_CallFunction(type, "s(){sO}", "S", "__slots__", value("(ss)", "x", "y")), "<class 'S'>");
    PyObject *slotted = keep(PyObject_CallFunction(type, "s(){sOss}", "S", "__slots__", value("(ss)", "x", "y"), "__module__", "m"));
    PyObject *r = keep(PyObject_CallNoArgs(slotted));
    CHECK_REPR(GET("x"), "!!AttributeError: 'm.S' object has no attribute 'x'");
    CHECK_INT(SET("x", "i", 5), "0");
    CHECK_REPR(GET("x"), "5");
    CHECK_INT(SET("z", "i", 5), "-1 !!AttributeError: 'S' object has no attribute 'z' and no __dict__ for setting new attributes");
    CHECK_REPR(PyObject_CallFunction(type, "s(){s(i)}", "S", "__slots__", 1), "!!TypeError: __slots__ items must be strings, not 'int'");
    CHECK_REPR(PyObject_CallFunction(type, "s(){s(s)si}", "S", "__slots__", "x", "x", 1), "!!ValueError: 'x' in __slots__ conflicts with class variable");
    CHECK_REPR(PyObject_CallFunction(type, "s(O){s(s)}", "S", &PyLong_Type, "__slots__", "x"), "!!TypeError: nonempty __slots__ not supported for subtype of 'int'");
    CHECK_REPR(PyObject_CallFunction(a, "i", 1), "!!TypeError: A() takes no arguments");
    CHECK_REPR(PyObject_Call(a, value("()"), value("{si}", "x", 1)), "!!TypeError: A() takes no arguments");
    CHECK_INT(PyObject_SetAttrString(c, "__bases__", value("(O)", b)), "0");
    CHECK_REPR(PyObject_GetAttrString(c, "__mro__"), "(<class 'm.C'>, <class 'm.B'>, <class 'object'>)");
    CHECK_INT(PyObject_SetAttrString(c, "__bases__", value("(i)", 1)), "-1 !!TypeError: C.__bases__ must be tuple of classes, not 'int'");
    CHECK_REPR(keep(PyObject_CallFunctionObjArgs((PyObject *)&PySuper_Type, c, keep(PyObject_CallNoArgs(c)), NULL)) ? PyUnicode_FromString("super") : NULL, "'super'");
    CHECK_REPR(PyNumber_Or((PyObject *)&PyLong_Type, (PyObject *)&PyUnicode_Type), "int | str");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type)), "__init__", "i", 1), "!!TypeError: object.__init__() takes exactly one argument (the instance to initialize)");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyBaseObject_Type, "i", 1), "!!TypeError: object() takes no arguments");
}
CHECK_MAIN()
