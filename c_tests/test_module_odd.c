/* Modules with odd arguments, definitions, slots and specs: every function of moduleobject.h, and what an attribute that is missing says. */
#include "check.h"

static PyObject *simple(void) { return keep(PyObject_CallNoArgs((PyObject *)Py_TYPE(PySys_GetObject("implementation")))); }
static PyObject *spec(PyObject *name) {
    PyObject *made = simple();
    if (name) PyObject_SetAttrString(made, "name", name);
    return made;
}
static PyObject *str(const char *text) { return value("s", text); }
static int exec_good(PyObject *module) { (void)module; return 0; }
static int exec_raises(PyObject *module) { (void)module; PyErr_SetString(PyExc_ValueError, "exec"); return -1; }
static int exec_silent(PyObject *module) { (void)module; return -1; }
static int exec_sets(PyObject *module) { (void)module; PyErr_SetString(PyExc_ValueError, "exec"); return 0; }
static int exec_one(PyObject *module) { (void)module; return 1; }
static PyObject *create_null(PyObject *s, PyModuleDef *d) { (void)s; (void)d; return NULL; }
static PyObject *create_raises(PyObject *s, PyModuleDef *d) { (void)s; (void)d; PyErr_SetString(PyExc_ValueError, "create"); return NULL; }
static PyObject *create_sets(PyObject *s, PyModuleDef *d) { (void)s; (void)d; PyErr_SetString(PyExc_ValueError, "create"); return Py_NewRef(Py_None); }
static PyObject *create_number(PyObject *s, PyModuleDef *d) { (void)s; (void)d; return PyLong_FromLong(500); }
static PyObject *create_module(PyObject *s, PyModuleDef *d) { (void)s; (void)d; return PyModule_New("made"); }
static PyObject *method(PyObject *self, PyObject *args) { (void)self; (void)args; Py_RETURN_NONE; }
static PyMethodDef plain[] = {{"f", method, METH_VARARGS, "f()\n--\n\ndoc"}, {0}}, of_class[] = {{"f", method, METH_CLASS | METH_VARARGS, NULL}, {0}},
                   is_static[] = {{"f", method, METH_STATIC | METH_VARARGS, NULL}, {0}}, bad_flags[] = {{"f", method, 0x400, NULL}, {0}},
                   coexists[] = {{"f", method, METH_VARARGS | METH_COEXIST, NULL}, {0}}, bad_name[] = {{"\xff", method, METH_VARARGS, NULL}, {0}};

TEST(accessors) {
    PyObject *m = keep(PyModule_New("m")), *one = value("i", 1);
    CHECK_REPR(PyModule_NewObject(one), "<module 1>");
    CHECK_REPR(PyModule_NewObject(Py_None), "<module None>");
    CHECK_REPR(PyModule_New(""), "<module ''>");
    CHECK_REPR(PyModule_New("\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_BORROWED(PyModule_GetDict(one), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyModule_GetNameObject(one), "!!TypeError: bad argument type for built-in operation");
    CHECK_STR_EQ(PyModule_GetName(one), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyModule_GetFilenameObject(one), "!!TypeError: bad argument type for built-in operation");
    CHECK_STR_EQ(PyModule_GetFilename(one), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyModule_GetFilenameObject(m), "!!SystemError: module filename missing");
    CHECK_STR_EQ(PyModule_GetFilename(m), "NULL !!SystemError: module filename missing");
    PyObject_SetAttrString(m, "__file__", one);
    CHECK_REPR(PyModule_GetFilenameObject(m), "!!SystemError: module filename missing");
    PyObject_SetAttrString(m, "__file__", str("f"));
    CHECK_REPR(PyModule_GetFilenameObject(m), "'f'");
    PyObject_SetAttrString(m, "__name__", one);
    CHECK_REPR(PyModule_GetNameObject(m), "!!SystemError: nameless module");
    PyObject_DelAttrString(m, "__name__");
    CHECK_REPR(PyModule_GetNameObject(m), "!!SystemError: nameless module");
    CHECK_STR_EQ(PyModule_GetName(m), "NULL !!SystemError: nameless module");
    CHECK_BORROWED(m, "<module '?' from 'f'>");
    CHECK_INT(PyModule_GetDef(one) != NULL, "0 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(PyModule_GetDef(m) != NULL, "0");
    CHECK_INT(PyModule_GetState(one) != NULL, "0 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(PyModule_GetState(m) != NULL, "0");
    CHECK_INT(PyModule_AddObjectRef(one, "x", one), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_AddObjectRef(m, "x", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    PyErr_SetString(PyExc_KeyError, "set");
    CHECK_INT(PyModule_AddObjectRef(m, "x", NULL), "-1 !!KeyError: 'set'");
    CHECK_INT(PyModule_AddObjectRef(m, "\xff", one), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyModule_AddObjectRef(m, "ok", one), "0");
    CHECK_INT(PyModule_Add(m, "x", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    CHECK_INT(PyModule_Add(one, "x", Py_NewRef(one)), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_AddObject(m, "x", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    CHECK_INT(PyModule_AddObject(one, "x", one), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_AddIntConstant(m, "i", 5), "0");
    CHECK_INT(PyModule_AddIntConstant(one, "i", 5), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_AddStringConstant(m, "s", "text"), "0");
    CHECK_INT(PyModule_AddStringConstant(m, "s", "\xff"), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyModule_AddType(m, &PyLong_Type), "0");
    CHECK_INT(PyModule_AddType(one, &PyLong_Type), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_SetDocString(m, "doc"), "0");
    CHECK_INT(PyModule_SetDocString(m, "\xff"), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyModule_SetDocString(one, "d"), "-1 !!AttributeError: 'int' object attribute '__doc__' is read-only");
    CHECK_INT(PyModule_SetDocString(simple(), "d"), "0");
}

TEST(functions) {
    PyObject *m = keep(PyModule_New("m")), *named = keep(PyModule_New("named")), *one = value("i", 1);
    CHECK_INT(PyModule_AddFunctions(m, plain), "0");
    CHECK_INT(PyModule_AddFunctions(named, plain), "0");
    CHECK_REPR(PyObject_GetAttrString(named, "f"), "<built-in function f>");
    CHECK_REPR(PyObject_GetAttrString(attr(named, "f"), "__module__"), "'named'");
    CHECK_REPR(PyObject_GetAttrString(attr(named, "f"), "__self__"), "<module 'named'>");
    CHECK_INT(PyModule_AddFunctions(named, of_class), "-1 !!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    CHECK_INT(PyModule_AddFunctions(named, is_static), "-1 !!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    CHECK_INT(PyModule_AddFunctions(named, bad_flags), "-1 !!SystemError: f() method: bad call flags");
    CHECK_INT(PyModule_AddFunctions(named, coexists), "0");
    CHECK_INT(PyModule_AddFunctions(named, bad_name), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyModule_AddFunctions(one, plain), "-1 !!TypeError: bad argument type for built-in operation");
}

static PyModuleDef_Slot good_slots[] = {{Py_mod_exec, exec_good}, {0, NULL}};
#define SLOTS(...) .m_slots = (PyModuleDef_Slot[]){__VA_ARGS__, {0, NULL}}
#define NUMBER(n) (void *)(size_t)n
static PyModuleDef defs[] = {
#define D(name, ...) {PyModuleDef_HEAD_INIT, .m_name = name, __VA_ARGS__}
    D("good", SLOTS({Py_mod_exec, exec_good})),
    D("raises", SLOTS({Py_mod_exec, exec_raises})),
    D("silent", SLOTS({Py_mod_exec, exec_silent})),
    D("sets", SLOTS({Py_mod_exec, exec_sets})),
    D("one", SLOTS({Py_mod_exec, exec_one})),
    D("create null", SLOTS({Py_mod_create, create_null})),
    D("create raises", SLOTS({Py_mod_create, create_raises})),
    D("create sets", SLOTS({Py_mod_create, create_sets})),
    D("create number", SLOTS({Py_mod_create, create_number})),
    D("create module", SLOTS({Py_mod_create, create_module})),
    D("number, exec", SLOTS({Py_mod_create, create_number}, {Py_mod_exec, exec_good})),
    D("create twice", SLOTS({Py_mod_create, create_module}, {Py_mod_create, create_module})),
    D("slot 99", SLOTS({99, exec_good})),
    D("slot -1", SLOTS({-1, exec_good})),
    D("gil 7", SLOTS({Py_mod_gil, NUMBER(7)})),
    D("gil twice", SLOTS({Py_mod_gil, Py_MOD_GIL_USED}, {Py_mod_gil, Py_MOD_GIL_USED})),
    D("interpreters 9", SLOTS({Py_mod_multiple_interpreters, NUMBER(9)})),
    D("interpreters twice", SLOTS({Py_mod_multiple_interpreters, NUMBER(1)}, {Py_mod_multiple_interpreters, NUMBER(1)})),
    D("exec three times", SLOTS({Py_mod_exec, exec_good}, {Py_mod_exec, exec_good}, {Py_mod_exec, exec_raises})),
    D("size -1", .m_size = -1),
    D("size -1, slots", .m_size = -1, SLOTS({Py_mod_exec, exec_good})),
    D("size -5", .m_size = -5),
    D("size 16", .m_size = 16),
    D("number, size 16", .m_size = 16, SLOTS({Py_mod_create, create_number})),
    D("functions", .m_methods = plain),
    D("class functions", .m_methods = of_class),
    D("doc", .m_doc = "doc"),
    D("bad doc", .m_doc = "\xff"),
    D("number, doc", .m_doc = "d", SLOTS({Py_mod_create, create_number})),
    D("module, functions", .m_methods = plain, SLOTS({Py_mod_create, create_module})),
    D("number, functions", .m_methods = plain, SLOTS({Py_mod_create, create_number})),
};
/* Made from a spec, executed twice, and made without one. */
static char all[2048];
static void say(const char *what, PyObject *object, int n) {
    char error[512], text[1024];
    int had = PyErr_Occurred() != NULL;
    check_taken(error, sizeof error);
    PyObject *repr = object ? PyObject_Repr(object) : NULL;
    snprintf(text, sizeof text, "%s%s %s%s", *all ? "; " : "", what, repr ? PyUnicode_AsUTF8(repr) : object ? "?" : n ? "-1 " : "", had ? error : "");
    Py_XDECREF(repr);
    snprintf(all + strlen(all), sizeof all - strlen(all), "%s", text);
}
static const char *life(PyModuleDef *def) {
    all[0] = 0;
    PyObject *module = PyModule_FromDefAndSpec(def, spec(str("n")));
    say("from", module, 0);
    for (int i = 0; i < 2 && module; i++) {
        int code = PyModule_ExecDef(module, def);
        say(i ? "again" : "exec", NULL, code);
        if (PyModule_Check(module) && PyModule_GetState(module)) say("with state", NULL, 0);
    }
    Py_XDECREF(module);
    module = PyModule_Create(def);
    say("create", module, 0);
    Py_XDECREF(module);
    PyErr_Clear();
    return check_addresses(all);
}
TEST(definitions) {
    CHECK_STR_EQ(life(&defs[0]), "from <module 'n'>; exec ; with state ; again ; with state ; create !!SystemError: module good: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[1]), "from <module 'n'>; exec -1 !!ValueError: exec; with state ; again -1 !!ValueError: exec; with state ; create !!SystemError: module raises: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[2]), "from <module 'n'>; exec -1 !!SystemError: execution of module n failed without setting an exception; with state ; again -1 !!SystemError: execution of module n failed without setting an exception; with state ; create !!SystemError: module silent: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[3]), "from <module 'n'>; exec -1 !!SystemError: execution of module n raised unreported exception; with state ; again -1 !!SystemError: execution of module n raised unreported exception; with state ; create !!SystemError: module sets: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[4]), "from <module 'n'>; exec -1 !!SystemError: execution of module n failed without setting an exception; with state ; again -1 !!SystemError: execution of module n failed without setting an exception; with state ; create !!SystemError: module one: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[5]), "from !!SystemError: creation of module n failed without setting an exception; create !!SystemError: module create null: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[6]), "from !!ValueError: create; create !!SystemError: module create raises: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[7]), "from !!SystemError: creation of module n raised unreported exception; create !!SystemError: module create sets: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[8]), "from 500; exec -1 !!TypeError: bad argument type for built-in operation; again -1 !!TypeError: bad argument type for built-in operation; create !!SystemError: module create number: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[9]), "from <module 'made'>; exec ; with state ; again ; with state ; create !!SystemError: module create module: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[10]), "from !!SystemError: module n specifies execution slots, but did not create a ModuleType instance; create !!SystemError: module number, exec: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[11]), "from !!SystemError: module n has multiple create slots; create !!SystemError: module create twice: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[12]), "from !!SystemError: module n uses unknown slot ID 99; create !!SystemError: module slot 99: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[13]), "from !!SystemError: module n uses unknown slot ID -1; create !!SystemError: module slot -1: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[14]), "from <module 'n'>; exec ; with state ; again ; with state ; create !!SystemError: module gil 7: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[15]), "from !!SystemError: module n has more than one 'gil' slot; create !!SystemError: module gil twice: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[16]), "from <module 'n'>; exec ; with state ; again ; with state ; create !!SystemError: module interpreters 9: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[17]), "from !!SystemError: module n has more than one 'multiple interpreters' slots; create !!SystemError: module interpreters twice: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[18]), "from <module 'n'>; exec -1 !!ValueError: exec; with state ; again -1 !!ValueError: exec; with state ; create !!SystemError: module exec three times: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[19]), "from !!SystemError: module n: m_size may not be negative for multi-phase initialization; create <module 'size -1'>");
    CHECK_STR_EQ(life(&defs[20]), "from !!SystemError: module n: m_size may not be negative for multi-phase initialization; create !!SystemError: module size -1, slots: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[21]), "from !!SystemError: module n: m_size may not be negative for multi-phase initialization; create <module 'size -5'>");
    CHECK_STR_EQ(life(&defs[22]), "from <module 'n'>; exec ; with state ; again ; with state ; create <module 'size 16'>");
    CHECK_STR_EQ(life(&defs[23]), "from !!SystemError: module n is not a module object, but requests module state; create !!SystemError: module number, size 16: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[24]), "from <module 'n'>; exec ; with state ; again ; with state ; create <module 'functions'>");
    CHECK_STR_EQ(life(&defs[25]), "from !!ValueError: module functions cannot set METH_CLASS or METH_STATIC; create !!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    CHECK_STR_EQ(life(&defs[26]), "from <module 'n'>; exec ; with state ; again ; with state ; create <module 'doc'>");
    CHECK_STR_EQ(life(&defs[27]), "from !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte; create !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_STR_EQ(life(&defs[28]), "from !!AttributeError: 'int' object attribute '__doc__' is read-only; create !!SystemError: module number, doc: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[29]), "from <module 'made'>; exec ; with state ; again ; with state ; create !!SystemError: module module, functions: PyModule_Create is incompatible with m_slots");
    CHECK_STR_EQ(life(&defs[30]), "from !!AttributeError: 'int' object has no attribute 'f' and no __dict__ for setting new attributes; create !!SystemError: module number, functions: PyModule_Create is incompatible with m_slots");
}

TEST(specs_and_states) {
    PyObject *m = keep(PyModule_New("m")), *one = value("i", 1);
    static PyModuleDef pl = {PyModuleDef_HEAD_INIT, .m_name = "pl", .m_size = 0};
    CHECK_REPR(PyModule_FromDefAndSpec(&pl, spec(NULL)), "!!AttributeError: 'types.SimpleNamespace' object has no attribute 'name'");
    CHECK_REPR(PyModule_FromDefAndSpec(&pl, spec(one)), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyModule_FromDefAndSpec(&pl, Py_None), "!!AttributeError: 'NoneType' object has no attribute 'name'");
    CHECK_REPR(PyModule_FromDefAndSpec2(&pl, spec(str("v")), 1012), "<module 'v'>");
    CHECK_REPR(PyModule_FromDefAndSpec2(&pl, spec(str("v")), 3), "<module 'v'>");
    CHECK_REPR(PyModule_Create2(&pl, 5), "<module 'pl'>");
    CHECK_INT(PyState_AddModule(m, &pl), "0");
    CHECK_BORROWED(PyState_FindModule(&pl), "<module 'm'>");
    CHECK_INT(PyState_RemoveModule(&pl), "0");
    CHECK_BORROWED(PyState_FindModule(&pl), "NULL");
    CHECK_INT(PyState_RemoveModule(&pl), "0");
    static PyModuleDef never = {PyModuleDef_HEAD_INIT, .m_name = "never", .m_size = 0};
    CHECK_BORROWED(PyState_FindModule(&never), "NULL");
    static PyModuleDef slotted = {PyModuleDef_HEAD_INIT, .m_name = "slotted", .m_slots = good_slots};
    PyModuleDef_Init((PyModuleDef*)&slotted);
    CHECK_BORROWED(PyState_FindModule(&slotted), "NULL");
    CHECK_INT(PyState_AddModule(m, &slotted), "-1 !!SystemError: PyState_AddModule called on module with slots");
    CHECK_INT(PyState_RemoveModule(&slotted), "-1 !!SystemError: PyState_RemoveModule called on module with slots");
}

TEST(attributes) {
    PyObject *m = keep(PyModule_New("m")), *named = keep(PyModule_New("named")), *one = value("i", 1);
    CHECK_REPR(PyObject_GenericGetAttr(m, str("nope")), "!!AttributeError: 'module' object has no attribute 'nope'");
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: module 'named' has no attribute 'nope'");
    PyObject_SetAttrString(named, "__getattr__", keep(PyCFunction_New(plain, NULL)));
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "None");
    PyObject_SetAttrString(named, "__getattr__", one);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!TypeError: 'int' object is not callable");
    PyObject_DelAttrString(named, "__getattr__");
    PyObject *sp = simple();
    PyObject_SetAttrString(named, "__spec__", sp);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: module 'named' has no attribute 'nope'");
    PyObject_SetAttrString(sp, "_initializing", Py_True);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: partially initialized module 'named' has no attribute 'nope' (most likely due to a circular import)");
    PyObject_SetAttrString(sp, "origin", str("/o"));
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: partially initialized module 'named' has no attribute 'nope' (most likely due to a circular import)");
    PyObject_SetAttrString(sp, "has_location", Py_True);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: partially initialized module 'named' from '/o' has no attribute 'nope' (most likely due to a circular import)");
    PyObject_SetAttrString(sp, "_uninitialized_submodules", value("[s]", "nope"));
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: partially initialized module 'named' from '/o' has no attribute 'nope' (most likely due to a circular import)");
    PyObject_SetAttrString(sp, "_initializing", Py_False);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!AttributeError: cannot access submodule 'nope' of module 'named' (most likely due to a circular import)");
    PyObject_SetAttrString(sp, "_uninitialized_submodules", one);
    CHECK_REPR(PyObject_GetAttrString(named, "nope"), "!!TypeError: argument of type 'int' is not a container or iterable");
    PyObject_SetAttrString(named, "__file__", str("/x/named.py"));
    CHECK_BORROWED(named, "<no repr>");
    CHECK_REPR(PyObject_Dir(named), "['__doc__', '__file__', '__loader__', '__name__', '__package__', '__spec__']");
    PyObject_SetAttrString(named, "__dir__", one);
    CHECK_REPR(PyObject_Dir(named), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(PyObject_CallFunction((PyObject*)&PyModule_Type, ""), "!!TypeError: module() missing required argument 'name' (pos 1)");
    CHECK_REPR(PyObject_CallFunction((PyObject*)&PyModule_Type, "i", 5), "!!TypeError: module() argument 'name' must be str, not int");
    CHECK_REPR(PyObject_CallFunction((PyObject*)&PyModule_Type, "si", "n", 5), "<module 'n'>");
    CHECK_REPR(PyObject_CallFunction((PyObject*)&PyModule_Type, "sii", "n", 5, 5), "!!TypeError: module() takes at most 2 arguments (3 given)");
    PyObject *un = keep(PyModule_Type.tp_new(&PyModule_Type, value("()"), NULL));
    CHECK_BORROWED(un, "<module '?'>");
    CHECK_REPR(PyObject_GetAttrString(un, "x"), "!!AttributeError: module has no attribute 'x'");
    CHECK_REPR(PyModule_GetNameObject(un), "!!SystemError: nameless module");
    CHECK_REPR(PyObject_GetAttrString(un, "__dict__"), "{}");
    CHECK_REPR(PyObject_Dir(un), "[]");
    CHECK_REPR(PyObject_GetAttrString(m, "__annotations__"), "{}");
    CHECK_INT(PyObject_SetAttrString(m, "__annotations__", one), "0");
    CHECK_INT(PyObject_DelAttrString(m, "__annotations__"), "0");
    CHECK_INT(PyObject_DelAttrString(m, "__annotations__"), "-1 !!AttributeError: __annotations__");
    CHECK_REPR(PyObject_GetAttrString(m, "__annotate__"), "None");
    CHECK_INT(PyObject_SetAttrString(m, "__annotate__", one), "-1 !!TypeError: __annotate__ must be callable or None");
    CHECK_INT(PyObject_SetAttrString(m, "__annotate__", Py_None), "0");
    CHECK_INT(PyObject_DelAttrString(m, "__annotate__"), "-1 !!TypeError: cannot delete __annotate__ attribute");
    CHECK_INT(PyObject_SetAttrString(m, "__dict__", one), "-1 !!AttributeError: readonly attribute");
    CHECK_INT(PyObject_SetAttrString(m, "__class__", (PyObject*)&PyLong_Type), "-1 !!TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses");
}
CHECK_MAIN()
