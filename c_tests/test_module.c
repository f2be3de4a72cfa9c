/* Modules: PyModuleDef with every slot and every error, states, dictionaries, adding to them, PyState_*. */
#include "check.h"

static PyObject *create_null(PyObject *spec, PyModuleDef *def) { (void)spec; (void)def; return NULL; }
static PyObject *create_error(PyObject *spec, PyModuleDef *def) { (void)spec; (void)def; PyErr_SetString(PyExc_KeyError, "k"); return Py_NewRef(Py_None); }
static PyObject *create_none(PyObject *spec, PyModuleDef *def) { (void)spec; (void)def; return Py_NewRef(Py_None); }
static PyObject *create_other(PyObject *spec, PyModuleDef *def) { (void)spec; (void)def; return PyModule_New("othername"); }
static PyObject *create_object(PyObject *spec, PyModuleDef *def) { (void)spec; (void)def; return PyObject_CallNoArgs(new_class("Any", NULL)); }
static int exec_ok(PyObject *module) { return PyModule_AddIntConstant(module, "ran", PyModule_GetState(module) != NULL); }
static int exec_fail(PyObject *module) { (void)module; return -1; }
static int exec_error_zero(PyObject *module) { (void)module; PyErr_SetString(PyExc_KeyError, "k"); return 0; }
static int exec_error(PyObject *module) { (void)module; PyErr_SetString(PyExc_KeyError, "k"); return -1; }
static int exec_five(PyObject *module) { (void)module; return 5; }
static PyObject *self_name(PyObject *self, PyObject *ignored) { (void)ignored; return PyObject_GetAttrString(self, "__name__"); }
static int traverse(PyObject *m, visitproc visit, void *arg) { (void)m; (void)visit; (void)arg; return 0; }
static PyMethodDef ok[] = {{"f", self_name, METH_NOARGS, "f($module)\n--\n\nhi"}, {0}}, of_class[] = {{"f", self_name, METH_NOARGS | METH_CLASS, NULL}, {0}},
                   of_static[] = {{"f", self_name, METH_NOARGS | METH_STATIC, NULL}, {0}}, bad[] = {{"f", self_name, METH_VARARGS | METH_O, NULL}, {0}};

/* A spec that has just a name; and a def that lives for the test. */
static PyObject *spec(void) {
    PyObject *kind = (PyObject *)Py_TYPE(PySys_GetObject("implementation"));
    return keep(PyObject_Call(kind, value("()"), value("{ss}", "name", "pkg.real")));
}
static PyModuleDef *def_of(PyModuleDef_Slot *slots, Py_ssize_t size) {
    static PyModuleDef defs[64];
    static int used;
    PyModuleDef *def = &defs[used++];
    *def = (PyModuleDef){PyModuleDef_HEAD_INIT, .m_name = "defname", .m_slots = slots, .m_size = size};
    return def;
}
#define SLOTS(...) (PyModuleDef_Slot[]){__VA_ARGS__, {0, NULL}}
#define NONE (PyModuleDef_Slot[]){{0, NULL}}
/* What came of making the module, and of executing it. */
static PyObject *made(PyModuleDef *def) {
    PyObject *module = PyModule_FromDefAndSpec(def, spec());
    if (!module) return NULL;
    keep(module);
    PyObject *name = PyObject_GetAttrString(module, "__name__");
    if (!name) PyErr_Clear();
    return PyUnicode_FromFormat("%s name=%S def=%d state=%d", Py_TYPE(module)->tp_name, name ? keep(name) : Py_None,
                                PyModule_Check(module) ? PyModule_GetDef(module) == def : -1, PyModule_Check(module) ? PyModule_GetState(module) != NULL : -1);
}
static PyObject *executed(PyModuleDef *def) {
    PyObject *module = keep(PyModule_FromDefAndSpec(def, spec()));
    if (!module || PyModule_ExecDef(module, def) < 0) return NULL;
    return PyObject_HasAttrString(module, "ran") ? PyObject_GetAttrString(module, "ran") : PyUnicode_FromString("executed");
}

TEST(create) {
    CHECK_REPR(made(def_of(NULL, 0)), "'module name=pkg.real def=1 state=0'");
    CHECK_REPR(made(def_of(NULL, -1)), "!!SystemError: module pkg.real: m_size may not be negative for multi-phase initialization");
    CHECK_REPR(made(def_of(NONE, -1)), "!!SystemError: module pkg.real: m_size may not be negative for multi-phase initialization");
    CHECK_REPR(made(def_of(NONE, 8)), "'module name=pkg.real def=1 state=0'");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_other}, {Py_mod_create, create_other}), 0)), "!!SystemError: module pkg.real has multiple create slots");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_multiple_interpreters, (void *)1}, {Py_mod_multiple_interpreters, (void *)1}), 0)), "!!SystemError: module pkg.real has more than one 'multiple interpreters' slots");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_gil, (void *)1}, {Py_mod_gil, (void *)1}), 0)), "!!SystemError: module pkg.real has more than one 'gil' slot");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_gil, Py_MOD_GIL_NOT_USED}), 0)), "'module name=pkg.real def=1 state=0'");
    CHECK_REPR(made(def_of(SLOTS({5, (void *)1}), 0)), "!!SystemError: module pkg.real uses unknown slot ID 5");
    CHECK_REPR(made(def_of(SLOTS({-7, (void *)1}), 0)), "!!SystemError: module pkg.real uses unknown slot ID -7");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_null}), 0)), "!!SystemError: creation of module pkg.real failed without setting an exception");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_error}), 0)), "!!SystemError: creation of module pkg.real raised unreported exception");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_none}), 0)), "'NoneType name=None def=-1 state=-1'");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_none}), 8)), "!!SystemError: module pkg.real is not a module object, but requests module state");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_none}, {Py_mod_exec, exec_ok}), 0)), "!!SystemError: module pkg.real specifies execution slots, but did not create a ModuleType instance");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_other}), 0)), "'module name=othername def=1 state=0'");
    CHECK_REPR(made(def_of(SLOTS({Py_mod_create, create_object}), 0)), "'Any name=None def=-1 state=-1'");
    PyModuleDef *def = def_of(SLOTS({Py_mod_create, create_none}), 0);
    def->m_traverse = traverse;
    CHECK_REPR(made(def), "!!SystemError: module pkg.real is not a module object, but requests module state");
    def = def_of(SLOTS({Py_mod_create, create_none}), 0);
    def->m_methods = ok;
    CHECK_REPR(made(def), "!!AttributeError: 'NoneType' object has no attribute 'f' and no __dict__ for setting new attributes");
    def = def_of(SLOTS({Py_mod_create, create_object}), 0);
    def->m_methods = ok; def->m_doc = "doc";
    CHECK_REPR(made(def), "'Any name=None def=-1 state=-1'");
    def = def_of(NONE, 0);
    def->m_methods = of_class;
    CHECK_REPR(made(def), "!!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    def = def_of(NONE, 0);
    def->m_methods = bad;
    CHECK_REPR(made(def), "!!SystemError: f() method: bad call flags");
    CHECK_REPR(PyModule_FromDefAndSpec(def_of(NONE, 0), Py_None), "!!AttributeError: 'NoneType' object has no attribute 'name'");
    CHECK_REPR(PyModuleDef_Init(def_of(NONE, 0)) ? PyUnicode_FromString("def") : NULL, "'def'");
}

TEST(exec) {
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_ok}, {Py_mod_exec, exec_ok}), 8)), "1");
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_ok}), 0)), "1");
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_fail}), 0)), "!!SystemError: execution of module pkg.real failed without setting an exception");
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_error_zero}), 0)), "!!SystemError: execution of module pkg.real raised unreported exception");
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_error}), 0)), "!!KeyError: 'k'");
    CHECK_REPR(executed(def_of(SLOTS({Py_mod_exec, exec_five}), 0)), "!!SystemError: execution of module pkg.real failed without setting an exception");
    CHECK_INT(PyModule_ExecDef(keep(PyModule_New("q")), def_of(SLOTS({-7, (void *)1}), 0)), "-1 !!SystemError: module q initialized with unknown slot -7");
    CHECK_INT(PyModule_ExecDef(Py_None, def_of(NONE, 0)), "-1 !!TypeError: bad argument type for built-in operation");
}

TEST(single_phase) {
    PyModuleDef *def = def_of(NULL, 16), *none = def_of(NULL, 0), *slots = def_of(NONE, 0);
    PyObject *module = keep(PyModule_Create(def));
    CHECK_BORROWED(module, "<module 'defname'>");
    CHECK(PyModule_GetState(module) != NULL && PyModule_GetState(keep(PyModule_Create(none))) == NULL);
    CHECK_REPR(PyModule_Create(slots), "!!SystemError: module defname: PyModule_Create is incompatible with m_slots");
    PyModuleDef *with_static = def_of(NULL, 0);
    with_static->m_methods = of_static;
    CHECK_REPR(PyModule_Create(with_static), "!!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    CHECK(PyState_FindModule(def) == NULL);
    CHECK_INT(PyState_AddModule(module, def), "0");
    CHECK(PyState_FindModule(def) == module);
    CHECK_INT(PyState_RemoveModule(def), "0");
    CHECK(PyState_FindModule(def) == NULL);
    CHECK_INT(PyState_AddModule(module, slots), "-1 !!SystemError: PyState_AddModule called on module with slots");
    CHECK_INT(PyState_RemoveModule(slots), "-1 !!SystemError: PyState_RemoveModule called on module with slots");
    CHECK(PyState_FindModule(slots) == NULL);
    CHECK_FATAL(PyState_AddModule(module, NULL), "Fatal Python error: PyState_AddModule: module definition is NULL");
}

TEST(accessors) {
    PyModuleDef *def = def_of(NULL, 0);
    def->m_doc = "its doc"; def->m_methods = ok;
    PyObject *module = keep(PyModule_Create(def)), *plain = keep(PyModule_New("plain"));
    CHECK_STR_EQ(PyModule_GetName(module), "defname");
    CHECK_REPR(PyModule_GetNameObject(module), "'defname'");
    CHECK_STR_EQ(PyModule_GetFilename(module), "NULL !!SystemError: module filename missing");
    CHECK_REPR(PyModule_GetFilenameObject(module), "!!SystemError: module filename missing");
    CHECK_REPR(PyObject_GetAttrString(module, "__doc__"), "'its doc'");
    CHECK_REPR(PyObject_CallMethod(module, "f", NULL), "'defname'");
    CHECK_REPR(PyObject_GetAttrString(attr(module, "f"), "__module__"), "'defname'");
    CHECK_BORROWED(PyModule_GetDict(plain), "{'__name__': 'plain', '__doc__': None, '__package__': None, '__loader__': None, '__spec__': None}");
    CHECK_BORROWED(PyModule_GetDict(Py_None), "!!SystemError: bad argument to internal function");
    CHECK_STR_EQ(PyModule_GetName(Py_None), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyModule_GetNameObject(Py_None), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyModule_GetFilenameObject(Py_None), "!!TypeError: bad argument type for built-in operation");
    CHECK_INT((intptr_t)PyModule_GetState(Py_None), "0 !!TypeError: bad argument type for built-in operation");
    CHECK_INT((intptr_t)PyModule_GetDef(Py_None), "0 !!TypeError: bad argument type for built-in operation");
    CHECK(PyModule_GetDef(plain) == NULL);
    CHECK_INT(PyModule_SetDocString(plain, "set"), "0");
    CHECK_REPR(PyObject_GetAttrString(plain, "__doc__"), "'set'");
    CHECK_INT(PyObject_SetAttrString(plain, "__file__", value("s", "here.so")), "0");
    CHECK_STR_EQ(PyModule_GetFilename(plain), "here.so");
    CHECK_INT(PyObject_SetAttrString(plain, "__file__", value("i", 1)), "0");
    CHECK_STR_EQ(PyModule_GetFilename(plain), "NULL !!SystemError: module filename missing");
    CHECK_INT(PyObject_DelAttrString(plain, "__name__"), "0");
    CHECK_STR_EQ(PyModule_GetName(plain), "NULL !!SystemError: nameless module");
    CHECK_REPR(PyModule_NewObject(value("s", "n")), "<module 'n'>");
    CHECK_REPR(PyModule_New("\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyObject_GetAttrString(module, "missing"), "!!AttributeError: module 'defname' has no attribute 'missing'");
    CHECK_INT(PyObject_SetAttrString(module, "x", value("i", 1)), "0");
    CHECK_REPR(PyObject_GetAttrString(module, "x"), "1");
    CHECK_INT(PyObject_DelAttrString(module, "x"), "0");
    CHECK_INT(PyObject_DelAttrString(module, "x"), "-1 !!AttributeError: 'module' object has no attribute 'x'");
    CHECK(PyModule_Check(module) && PyModule_CheckExact(module) && !PyModule_Check(Py_None));
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyModule_Type, "ss", "name", "doc"), "<module 'name'>");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyModule_Type, "i", 1), "!!TypeError: module() argument 'name' must be str, not int");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyModule_Type), "!!TypeError: module() missing required argument 'name' (pos 1)");
}

TEST(add) {
    PyObject *module = keep(PyModule_New("m")), *object = PyLong_FromLong(5000);
    CHECK_INT(PyModule_Add(module, "stolen", object), "0");
    CHECK_INT(PyModule_Add(module, "nothing", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    CHECK_INT(PyModule_AddObject(module, "old", PyLong_FromLong(1)), "0");
    CHECK_INT(PyModule_AddObject(module, "old", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    CHECK_INT(PyModule_AddObjectRef(module, "ref", Py_None), "0");
    CHECK_INT(PyModule_AddObjectRef(module, "ref", NULL), "-1 !!SystemError: PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    CHECK_INT(PyModule_AddObjectRef(Py_None, "ref", Py_None), "-1 !!TypeError: PyModule_AddObjectRef() first argument must be a module");
    CHECK_INT(PyModule_AddIntConstant(module, "i", -5), "0");
    CHECK_INT(PyModule_AddStringConstant(module, "s", "text"), "0");
    CHECK_INT(PyModule_AddStringConstant(module, "s", "\xff"), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyModule_AddIntMacro(module, METH_O), "0");
    CHECK_INT(PyModule_AddType(module, &PyLong_Type), "0");
    CHECK_INT(PyModule_AddFunctions(module, ok), "0");
    CHECK_INT(PyModule_AddFunctions(module, of_class), "-1 !!ValueError: module functions cannot set METH_CLASS or METH_STATIC");
    CHECK_REPR(PyObject_GetAttrString(module, "int"), "<class 'int'>");
    CHECK_REPR(PyObject_GetAttrString(module, "METH_O"), "8");
    CHECK_REPR(PyObject_CallMethod(module, "f", NULL), "'m'");
    PyObject *names = keep(PyDict_Keys(PyModule_GetDict(module)));
    CHECK_BORROWED(names, "['__name__', '__doc__', '__package__', '__loader__', '__spec__', 'stolen', 'old', 'ref', 'i', 's', 'METH_O', 'int', 'f']");
}

static int states_freed;
static void free_state(void *module) { (void)module; states_freed++; }
static int clear_state(PyObject *module) { PyObject **state = PyModule_GetState(module); if (state) Py_CLEAR(*state); return 0; }
static int visit_state(PyObject *module, visitproc visit, void *arg) { PyObject **state = PyModule_GetState(module); if (state) Py_VISIT(*state); return 0; }
TEST(state_ends) {
    PyModuleDef *def = def_of(NONE, sizeof(PyObject *));
    def->m_free = free_state; def->m_clear = clear_state; def->m_traverse = visit_state;
    PyObject *module = PyModule_FromDefAndSpec(def, spec());
    CHECK_INT(PyModule_ExecDef(module, def), "0");
    *(PyObject **)PyModule_GetState(module) = Py_NewRef(module);
    Py_DECREF(module);
    CHECK_INT(states_freed, "0");
    PyGC_Collect();
    CHECK_INT(states_freed, "1");
}
CHECK_MAIN()
