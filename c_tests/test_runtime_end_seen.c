/* The end as what goes sees it: for each destructor, finalizer and exit function, what is still there of sys, sys.modules, builtins, the
 * dicts of the interpreter and the thread, contexts and imports. (In which order threads, interpreters and streams end: test_runtime_end_order.c.) */
#include "check.h"

static char lines[64][300], audited[200];
static int line_count, looking;
static PyObject *variable;

static const char *kind_of(PyObject *object) {
    return !object ? "-" : object == Py_None ? "None" : PyCapsule_CheckExact(object) ? "capsule" : PyList_Check(object) && !PyList_GET_SIZE(object) ? "[]" : PyDict_Check(object) && !PyDict_Size(object) ? "{}" : "+";
}
static void say(const char *format, ...) {
    char *line = lines[line_count];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + strlen(line), sizeof lines[0] - strlen(line), format, arguments);
    va_end(arguments);
}
static void say_error(void) {
    char taken[200];
    say("%s", check_taken(taken, sizeof taken));
}
/* finalizing, initialised; sys.path, sys.modules, sys.odd; how many builtins are left and one of the program's; dicts of interpreter and thread; a variable;
 * modules; an import. */
static void look(const char *what) {
    if (line_count == 64 || looking) return;
    looking = 1;
    say("%s: %d%d", what, Py_IsFinalizing(), Py_IsInitialized());
    if (!PyThreadState_GetUnchecked()) say(" no state%s", PyInterpreterState_Main() || PyInterpreterState_Head() ? " but an interpreter" : "");
    else {
        PyObject *set = PyErr_GetRaisedException(), *value = NULL;
        say(" %s %s %s %s", kind_of(PySys_GetObject("path")), kind_of(PySys_GetObject("modules")), kind_of(PySys_GetObject("path_hooks")), kind_of(PySys_GetObject("odd")));
        PyObject *builtins = PyEval_GetBuiltins(), *dict = PyInterpreterState_GetDict(PyInterpreterState_Get());
        say(" %s %s", kind_of(builtins ? PyDict_GetItemString(builtins, "len") : NULL), kind_of(builtins ? PyDict_GetItemString(builtins, "odd") : NULL));
        PyErr_Clear();
        say(" %s", kind_of(dict ? PyDict_GetItemString(dict, "key") : NULL));
        dict = PyThreadState_GetDict();
        say(" %s", kind_of(dict ? PyDict_GetItemString(dict, "key") : NULL));
        PyErr_Clear();
        say(" %d", PyContextVar_Get(variable, NULL, &value));
        say("%s", kind_of(value));
        Py_XDECREF(value);
        PyErr_Clear();
        for (const char **name = (const char *[]){"sys", "__main__", "other", NULL}; *name; name++) {
            PyObject *key = PyUnicode_FromString(*name), *module = PyImport_GetModule(key);
            say(" %s", kind_of(module));
            Py_XDECREF(module);
            Py_XDECREF(key);
            if (!PyErr_Occurred()) continue;
            say_error();
            break;
        }
        PyObject *module = PyImport_ImportModule("time");
        say(" %s", module ? "import" : "");
        if (!module) say_error();
        Py_XDECREF(module);
        PyErr_SetRaisedException(set);
    }
    if (++line_count < 64) lines[line_count][0] = 0;
    looking = 0;
}

static void destroy(PyObject *capsule) { look(PyCapsule_GetPointer(capsule, NULL)); }
static PyObject *capsule(const char *what) { return PyCapsule_New((void *)what, NULL, destroy); }
static PyObject *exit_function(PyObject *self, PyObject *none) { (void)self; (void)none; look("atexit"); Py_RETURN_NONE; }
static PyMethodDef exit_method = {"exit", exit_function, METH_NOARGS, NULL};
static PyObject *nothing(PyObject *self, PyObject *argument) { (void)self; (void)argument; Py_RETURN_NONE; }
static PyMethodDef nothing_method = {"nothing", nothing, METH_O, NULL};
static PyObject *gone(PyObject *self, PyObject *reference) { (void)reference; look(PyUnicode_AsUTF8(self)); Py_RETURN_NONE; }
static PyMethodDef gone_method = {"gone", gone, METH_O, NULL};
static void late(void *data) { look(data); }
static void exit_of_interpreter(void *data) { look(data); PyUnstable_AtExit(PyInterpreterState_Get(), late, "registered late"); }
static void exit_of_process(void) { look("Py_AtExit"); }

/* A module with state, one of a single phase, and a class with a finalizer. */
typedef struct { PyObject *held; } State;
static int state_exec(PyObject *module) { ((State *)PyModule_GetState(module))->held = capsule("state"); return 0; }
static int state_traverse(PyObject *module, visitproc visit, void *arg) { State *state = PyModule_GetState(module); if (state) Py_VISIT(state->held); return 0; }
static int state_clear(PyObject *module) { State *state = PyModule_GetState(module); if (state) Py_CLEAR(state->held); return 0; }
static void state_free(void *module) { look("m_free"); state_clear(module); }
static PyModuleDef_Slot state_slots[] = {{Py_mod_exec, state_exec}, {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0, NULL}};
static PyModuleDef with_state = {PyModuleDef_HEAD_INIT, "with_state", NULL, sizeof(State), NULL, state_slots, state_traverse, state_clear, state_free};
static PyObject *init_with_state(void) { return PyModuleDef_Init(&with_state); }
static void single_free(void *module) { (void)module; look("m_free, single phase"); }
static PyModuleDef single = {PyModuleDef_HEAD_INIT, "single", NULL, -1, NULL, NULL, NULL, NULL, single_free};
static PyObject *init_single(void) { PyObject *module = PyModule_Create(&single); PyModule_Add(module, "attribute", capsule("single phase")); return module; }

typedef struct { PyObject_HEAD PyObject *other; const char *what; } Node;
static void node_finalize(PyObject *self) { look(((Node *)self)->what); }
static int node_traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(((Node *)self)->other); Py_VISIT(Py_TYPE(self)); return 0; }
static int node_clear(PyObject *self) { Py_CLEAR(((Node *)self)->other); return 0; }
static void node_dealloc(PyObject *self) {
    if (PyObject_CallFinalizerFromDealloc(self)) return;
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    node_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyType_Slot node_slots[] = {{Py_tp_finalize, node_finalize}, {Py_tp_traverse, node_traverse}, {Py_tp_clear, node_clear}, {Py_tp_dealloc, node_dealloc}, {0, NULL}};
static PyType_Spec node_spec = {"m.Node", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, node_slots};
static PyObject *node(PyObject *type, const char *what) {
    Node *node = (Node *)PyObject_CallNoArgs(type);
    node->what = what;
    node->other = Py_NewRef((PyObject *)node);
    return (PyObject *)node;
}

static void put_sys(const char *name, const char *what) { PyObject *o = capsule(what); PySys_SetObject(name, o); Py_DECREF(o); }
static void put_module(const char *module, const char *name, PyObject *o) { CHECK_INT(PyObject_SetAttrString(PyImport_AddModule(module), name, o), "0"); Py_DECREF(o); }
static void put_dict(PyObject *dict, const char *name, const char *what) { PyObject *o = capsule(what); CHECK_INT(PyDict_SetItemString(dict, name, o), "0"); Py_DECREF(o); }
static void put_list(PyObject *list, const char *what) { PyObject *o = capsule(what); CHECK_INT(PyList_Append(list, o), "0"); Py_DECREF(o); }
static void put_list_of(const char *module, const char *name, const char *what) {
    PyObject *owner = PyImport_ImportModule(module), *list = PyObject_GetAttrString(owner, name);
    put_list(list, what);
    Py_DECREF(list); Py_DECREF(owner);
}
static PyObject *volatile references[16];
static int reference_count;
static void watch(PyObject *object, const char *what) {
    PyObject *text = PyUnicode_FromString(what), *function = PyCFunction_New(&gone_method, text);
    references[reference_count++] = PyWeakref_NewRef(object, function);
    Py_DECREF(function); Py_DECREF(text);
}
static PyObject *volatile held[16]; /* for good */
static int held_count;
static void fill(void) {
    variable = held[held_count++] = PyContextVar_New("variable", NULL);
    PyObject *type = PyType_FromSpec(&node_spec), *module, *function, *o;
    Py_XDECREF(PyImport_ImportModule("_thread"));
    Py_XDECREF(PyImport_ImportModule("time"));
    put_sys("odd", "sys.odd"); put_sys("_odd", "sys._odd"); put_sys("last_value", "sys.last_value"); put_sys("ps1", "sys.ps1"); put_sys("__interactivehook__", "sys.__interactivehook__");
    PyList_Append(PySys_GetObject("path"), o = PyUnicode_FromString("/nothing")); Py_DECREF(o);
    put_list(PySys_GetObject("path_hooks"), "path_hooks[]"); put_list(PySys_GetObject("argv"), "argv[]");
    put_dict(PySys_GetObject("path_importer_cache"), "x", "path_importer_cache[]");
    put_module("__main__", "name", capsule("__main__.name")); put_module("__main__", "_name", capsule("__main__._name")); put_module("other", "name", capsule("other.name"));
    put_module("__main__", "node", node(type, "cycle"));
    put_module("builtins", "odd", capsule("builtins.odd")); put_module("builtins", "_odd", capsule("builtins._odd"));
    module = held[held_count++] = PyImport_AddModuleRef("held");
    put_module("held", "name", capsule("held.name"));
    put_module("held", "type", type);
    put_dict(PyImport_GetModuleDict(), "capsule", "sys.modules[]");
    put_dict(PyInterpreterState_GetDict(PyInterpreterState_Get()), "key", "dict of the interpreter");
    put_dict(PyThreadState_GetDict(), "key", "dict of the thread");
    o = capsule("variable");
    Py_XDECREF(PyContextVar_Set(variable, o));
    Py_DECREF(o);
    function = PyCFunction_New(&nothing_method, o = capsule("codec"));
    CHECK_INT(PyCodec_Register(function), "0");
    Py_DECREF(function); Py_DECREF(o);
    function = PyCFunction_New(&nothing_method, o = capsule("error handler"));
    CHECK_INT(PyCodec_RegisterError("odd", function), "0");
    Py_DECREF(function); Py_DECREF(o);
    function = PyCFunction_New(&exit_method, o = capsule("self of atexit"));
    PyObject *atexit = PyImport_ImportModule("atexit"), *done = PyObject_CallMethod(atexit, "register", "O", function);
    Py_XDECREF(done); Py_DECREF(atexit); Py_DECREF(function); Py_DECREF(o);
    CHECK_INT(PyUnstable_AtExit(PyInterpreterState_Get(), exit_of_interpreter, "PyUnstable_AtExit"), "0");
    put_list_of("_warnings", "filters", "warnings.filters");
    put_list_of("gc", "garbage", "gc.garbage");
    o = PyImport_ImportModule("with_state");
    watch(o, "weak reference to a module");
    Py_XDECREF(o);
    Py_XDECREF(PyImport_ImportModule("single"));
    watch(PyImport_AddModule("__main__"), "weak reference to __main__");
    put_list(PySys_GetObject("meta_path"), "meta_path[]");
    line_count = 0;
    memset(lines, 0, sizeof lines);
    (void)module;
}
static int hook(const char *event, PyObject *arguments, void *data) {
    (void)arguments; (void)data;
    if (strncmp(event, "cpython.", 8) == 0) snprintf(audited + strlen(audited), sizeof audited - strlen(audited), "%s after %s ", event + 8, line_count ? lines[line_count - 1] : "");
    char *details = strchr(audited, ':');
    if (details) strcpy(details, " ");
    return 0;
}
static void begin(void) {
    PyImport_AppendInittab("with_state", init_with_state);
    PyImport_AppendInittab("single", init_single);
    Py_InitializeEx(0);
}
static const char *line(int i) { return i < line_count ? lines[i] : "nothing"; }

TEST(main_interpreter) {
    begin();
    CHECK_INT(Py_AtExit(exit_of_process), "0");
    fill();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(line(0), "atexit: 01 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(1), "self of atexit: 01 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(2), "path_importer_cache[]: 10 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(3), "path_hooks[]: 10 + + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(4), "argv[]: 10 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(5), "sys.ps1: 10 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(6), "sys.last_value: 10 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(7), "sys.__interactivehook__: 10 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(8), "meta_path[]: 10 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(9), "weak reference to __main__: 10 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(10), "__main__.name: 10 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(11), "__main__._name: 10 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(12), "other.name: 10 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(13), "weak reference to a module: 10 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(14), "m_free: 10 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(15), "state: 10 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(16), "sys.modules[]: 10 None {} None capsule + capsule capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(17), "builtins.odd: 10 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(18), "builtins._odd: 10 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(19), "cycle: 10 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(20), "held.name: 10 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(21), "sys._odd: 10 None {} None capsule + - capsule capsule 0capsule - - - !!TypeError: 'NoneType' object is not callable");
    CHECK_STR_EQ(line(22), "sys.odd: 10 None None None None + - capsule capsule 0capsule - - - !!TypeError: 'NoneType' object is not callable");
    CHECK_STR_EQ(line(23), "m_free, single phase: 10 None None None None None - capsule capsule 0capsule - - - !!TypeError: 'NoneType' object is not callable");
    CHECK_STR_EQ(line(24), "single phase: 10 None None None None None - capsule capsule 0capsule -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(25), "dict of the thread: 10 None None None None None - capsule - 0capsule -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(26), "variable: 10 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(27), "codec: 10 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(28), "error handler: 10 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(29), "dict of the interpreter: 10 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(30), "PyUnstable_AtExit: 10 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(31), "gc.garbage: 10 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(32), "warnings.filters: 10 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(33), "Py_AtExit: 10 no state");
}
TEST(other_interpreter) {
    begin();
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    fill();
    Py_EndInterpreter(other);
    CHECK_STR_EQ(line(0), "atexit: 01 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(1), "self of atexit: 01 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(2), "path_importer_cache[]: 01 + + + capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(3), "path_hooks[]: 01 + + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(4), "argv[]: 01 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(5), "sys.ps1: 01 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(6), "sys.last_value: 01 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(7), "sys.__interactivehook__: 01 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(8), "meta_path[]: 01 None + None capsule + capsule capsule capsule 0capsule + + + import");
    CHECK_STR_EQ(line(9), "weak reference to __main__: 01 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(10), "__main__.name: 01 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(11), "__main__._name: 01 None + None capsule + capsule capsule capsule 0capsule None None + !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(12), "other.name: 01 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(13), "weak reference to a module: 01 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(14), "m_free: 01 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(15), "state: 01 None + None capsule + capsule capsule capsule 0capsule None None None !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_STR_EQ(line(16), "sys.modules[]: 01 None {} None capsule + capsule capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(17), "builtins.odd: 01 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(18), "builtins._odd: 01 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(19), "cycle: 01 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(20), "held.name: 01 None {} None capsule + - capsule capsule 0capsule - - - !!ImportError: sys.meta_path is None, Python is likely shutting down");
    CHECK_STR_EQ(line(21), "sys._odd: 01 None {} None capsule + - capsule capsule 0capsule - - - !!TypeError: 'NoneType' object is not callable");
    CHECK_STR_EQ(line(22), "sys.odd: 01 None None None None + - capsule capsule 0capsule - - - !!TypeError: 'NoneType' object is not callable");
    CHECK_STR_EQ(line(23), "dict of the thread: 01 None None None None None - capsule - 0capsule -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(24), "variable: 01 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(25), "codec: 01 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(26), "error handler: 01 None None None None None - capsule - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(27), "dict of the interpreter: 01 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(28), "PyUnstable_AtExit: 01 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(29), "gc.garbage: 01 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    CHECK_STR_EQ(line(30), "warnings.filters: 01 None None None None None - - - 0- -!!RuntimeError: unable to get sys.modules !!RuntimeError: unable to get sys.modules");
    PyThreadState_Swap(mine);
    line_count = 0;
    variable = NULL;
    looking = 1; /* what the main interpreter kept of the module of a single phase */
    CHECK_INT(Py_FinalizeEx(), "0");
    looking = 0;
}
TEST(audit_events) {
    PySys_AddAuditHook(hook, NULL);
    begin();
    fill();
    audited[0] = 0;
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(audited, "PyInterpreterState_Clear after single phase _PySys_ClearAuditHooks after warnings.filters ");
}
CHECK_MAIN_BARE()
