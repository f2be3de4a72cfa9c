/* The audit events of what the runtime does, and hooks that refuse. */
#include "check.h"
#include <marshal.h>

static char seen[4000];
static const char *wanted = "", *denied = "", *whispered = "";

static int hook(const char *event, PyObject *args, void *data) {
    (void)data;
    if (*denied && strcmp(event, denied) == 0) {
        PyErr_SetString(PyExc_RuntimeError, "no");
        return -1;
    }
    if (*whispered && strcmp(event, whispered) == 0) PyErr_SetString(PyExc_ValueError, "and yet allowed");
    if (*wanted && strncmp(event, wanted, strlen(wanted)) == 0) {
        strcat(seen, event);
        if (Py_IsInitialized() && PyTuple_Size(args) > 0 && strcmp(event, "builtins.id") != 0) {
            PyObject *repr = PyObject_Repr(PyTuple_GetItem(args, 0));
            strcat(strcat(seen, " "), repr ? PyUnicode_AsUTF8(repr) : "?");
            Py_XDECREF(repr);
        }
        snprintf(seen + strlen(seen), 40, " (%d); ", (int)PyTuple_Size(args));
    }
    return 0;
}
static void listen(const char *prefix) { seen[0] = 0; wanted = prefix; }
static const char *heard(void) { wanted = ""; return seen; }
__attribute__((constructor)) static void add(void) { PySys_AddAuditHook(hook, NULL); }

TEST(imports) {
    PyObject *modules = PyImport_GetModuleDict();
    Py_XDECREF(PyImport_ImportModule("errno"));
    CHECK_INT(PyDict_DelItemString(modules, "errno"), "0");
    listen("import");
    CHECK(keep(PyImport_ImportModule("errno")) != NULL);
    CHECK(keep(PyImport_ImportModule("errno")) != NULL);
    CHECK_REPR(PyImport_ImportModule("no_such_module"), "!!ModuleNotFoundError: No module named 'no_such_module'");
    CHECK_REPR(PyImport_ImportModule("no_such.module"), "!!ModuleNotFoundError: No module named 'no_such'");
    CHECK_STR_EQ(heard(), "import 'errno' (5); import 'no_such_module' (5); import 'no_such.module' (5); import 'no_such' (5); ");
    denied = "import";
    CHECK_REPR(PyImport_ImportModule("no_such_module"), "!!RuntimeError: no");
    CHECK(keep(PyImport_ImportModule("errno")) != NULL);
    denied = "";
}

TEST(interpreters) {
    PyThreadState *mine = PyThreadState_Get(), *other;
    listen("cpython.");
    other = Py_NewInterpreter();
    CHECK(other != NULL);
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(heard(), "cpython.PyInterpreterState_New (0); cpython.PyInterpreterState_Clear (0); ");
}

TEST(inspection) {
    PyObject *builtins = keep(PyImport_ImportModule("builtins")), *sys = keep(PyImport_ImportModule("sys"));
    PyObject *gc = keep(PyImport_ImportModule("gc"));
    listen("sys.");
    PyEval_SetTrace(NULL, NULL);
    PyEval_SetProfile(NULL, NULL);
    keep(PyObject_CallMethod(sys, "_current_frames", NULL));
    CHECK_STR_EQ(heard(), "sys.settrace (0); sys.setprofile (0); sys._current_frames (0); ");
    listen("gc.");
    keep(PyObject_CallMethod(gc, "get_objects", NULL));
    keep(PyObject_CallMethod(gc, "get_objects", "i", 1));
    keep(PyObject_CallMethod(gc, "get_referrers", "i", 7));
    keep(PyObject_CallMethod(gc, "get_referents", "i", 7));
    CHECK_STR_EQ(heard(), "gc.get_objects -1 (1); gc.get_objects 1 (1); gc.get_referrers (7,) (1); gc.get_referents (7,) (1); ");
    listen("builtins.id");
    keep(PyObject_CallMethod(builtins, "id", "i", 7));
    CHECK_STR_EQ(heard(), "builtins.id (1); ");
    denied = "builtins.id";
    CHECK_REPR(PyObject_CallMethod(builtins, "id", "i", 7), "!!RuntimeError: no");
    denied = "";
}

/* Hooks hear of what turns out to be wrong afterwards. */
TEST(before_arguments_are_judged) {
    PyObject *gc = keep(PyImport_ImportModule("gc")), *sys = keep(PyImport_ImportModule("sys")), *callable = builtin("callable");
    listen("gc.");
    CHECK_REPR(PyObject_CallMethod(gc, "get_objects", "i", 5), "!!ValueError: generation parameter must be less than the number of available generations (3)");
    CHECK_REPR(PyObject_CallMethod(gc, "get_objects", "i", -5), "!!ValueError: generation parameter cannot be negative");
    CHECK_STR_EQ(heard(), "gc.get_objects 5 (1); gc.get_objects -5 (1); ");
    listen("cpython.");
    CHECK_INT(PyConfig_Set("no such option", Py_None), "-1 !!ValueError: unknown config option name: no such option");
    CHECK_INT(PyConfig_Set("program_name", Py_None), "-1 !!ValueError: cannot set read-only option program_name");
    CHECK_INT(PyConfig_Set("int_max_str_digits", value("i", 5000)), "0");
    CHECK_INT(PyConfig_Set("int_max_str_digits", value("i", 5)), "-1 !!ValueError: maxdigits must be >= 640 or 0 for unlimited");
    CHECK_STR_EQ(heard(), "cpython.PyConfig_Set 'no such option' (2); cpython.PyConfig_Set 'program_name' (2); cpython.PyConfig_Set 'int_max_str_digits' (2); cpython.PyConfig_Set 'int_max_str_digits' (2); ");
    denied = "cpython.PyConfig_Set";
    CHECK_INT(PyConfig_Set("int_max_str_digits", value("i", 6000)), "-1 !!RuntimeError: no");
    CHECK_REPR(PyConfig_Get("int_max_str_digits"), "5000");
    /* The hook that is set first is set back, and that too is told. */
    denied = "sys.set_asyncgen_hook_firstiter";
    listen("sys.");
    CHECK_REPR(PyObject_CallMethod(sys, "set_asyncgen_hooks", "OO", callable, callable), "!!RuntimeError: no");
    CHECK_REPR(PyObject_CallMethod(sys, "set_asyncgen_hooks", "O", callable), "!!RuntimeError: no");
    CHECK_STR_EQ(heard(), "sys.set_asyncgen_hook_finalizer (0); sys.set_asyncgen_hook_finalizer (0); sys.set_asyncgen_hook_finalizer (0); ");
    CHECK_REPR(PyObject_CallMethod(sys, "get_asyncgen_hooks", NULL), "asyncgen_hooks(firstiter=None, finalizer=None)");
    denied = "sys.set_asyncgen_hook_finalizer";
    CHECK_REPR(PyObject_CallMethod(sys, "set_asyncgen_hooks", "OO", callable, callable), "!!RuntimeError: no");
    CHECK_REPR(PyObject_CallMethod(sys, "get_asyncgen_hooks", NULL), "asyncgen_hooks(firstiter=None, finalizer=None)");
    denied = "";
    CHECK_INT(PyConfig_Set("int_max_str_digits", value("i", 4300)), "0");
}

/* What is asked of `sys`, threads, marshal. */
#define CALL(module, function, ...) keep(PyObject_CallMethod(keep(PyImport_ImportModule(module)), function, __VA_ARGS__))
TEST(modules_of_ours) {
    PyObject *nothing = builtin("callable");
    keep(PyImport_ImportModule("marshal")); keep(PyImport_ImportModule("time")); keep(PyImport_ImportModule("_thread"));
    listen("sys.");
    CALL("sys", "settrace", "O", Py_None);
    CALL("sys", "setprofile", "O", Py_None);
    CALL("sys", "_settraceallthreads", "O", Py_None);
    CALL("sys", "_setprofileallthreads", "O", Py_None);
    PyEval_SetTraceAllThreads(NULL, NULL);
    PyEval_SetProfileAllThreads(NULL, NULL);
    CHECK_STR_EQ(heard(), "sys.settrace (0); sys.setprofile (0); sys.settrace (0); sys.setprofile (0); sys.settrace (0); sys.setprofile (0); ");
    listen("sys.");
    CALL("sys", "set_asyncgen_hooks", "OO", Py_None, Py_None);
    CALL("sys", "set_asyncgen_hooks", "O", Py_None);
    CALL("sys", "set_asyncgen_hooks", NULL);
    CALL("sys", "_getframemodulename", NULL);
    CALL("sys", "_getframemodulename", "i", 5);
    CHECK_STR_EQ(heard(), "sys.set_asyncgen_hook_finalizer (0); sys.set_asyncgen_hook_firstiter (0); sys.set_asyncgen_hook_firstiter (0); sys._getframemodulename 0 (1); sys._getframemodulename 5 (1); ");
    listen("marshal.");
    CALL("marshal", "loads", "y#", "N", (Py_ssize_t)1);
    CALL("marshal", "dumps", "(ii)", 5, 6);
    CALL("marshal", "dumps", "ii", 5, 2);
    keep(PyMarshal_ReadObjectFromString("T", 1));
    keep(PyMarshal_WriteObjectToString(Py_True, 4));
    FILE *file = tmpfile();
    PyMarshal_WriteObjectToFile(Py_True, file, 4);
    PyMarshal_WriteLongToFile(5, file, 4);
    rewind(file);
    keep(PyMarshal_ReadObjectFromFile(file));
    rewind(file);
    keep(PyMarshal_ReadLastObjectFromFile(file));
    CHECK_STR_EQ(heard(), "marshal.loads b'N' (1); marshal.dumps 5 (2); marshal.dumps 5 (2); marshal.loads b'T' (1); marshal.dumps True (2); marshal.dumps True (2); marshal.load (0); marshal.loads b'T\\x05\\x00\\x00\\x00' (1); ");
    CHECK_INT(fgetc(file), "-1");
    fclose(file);
    listen("time.");
    CALL("time", "sleep", "i", 0);
    CALL("time", "sleep", "i", -1);
    PyErr_Clear();
    CHECK_STR_EQ(heard(), "time.sleep 0 (1); time.sleep -1 (1); ");
    listen("_thread.");
    CALL("_thread", "start_new_thread", "OO", nothing, Py_None);
    PyErr_Clear();
    CALL("_thread", "start_new_thread", "O(O)", nothing, Py_None);
    CALL("_thread", "start_new_thread", "O(O){}", nothing, Py_None);
    PyObject *handle = CALL("_thread", "start_joinable_thread", "O", nothing);
    CALL("_thread", "start_joinable_thread", "i", 5);
    PyErr_Clear();
    CHECK_STR_EQ(heard(), "_thread.start_new_thread <built-in function callable> (3); _thread.start_new_thread <built-in function callable> (3); _thread.start_joinable_thread <built-in function callable> (3); ");
    denied = "_thread.start_new_thread";
    CHECK_REPR(CALL("_thread", "start_new_thread", "O()", nothing), "!!RuntimeError: no");
    denied = "_thread.start_joinable_thread";
    CHECK_REPR(CALL("_thread", "start_joinable_thread", "O", nothing), "!!RuntimeError: no");
    denied = "";
    (void)handle;
    Py_BEGIN_ALLOW_THREADS usleep(50000); Py_END_ALLOW_THREADS
}

/* What looks into functions, code and classes, or changes them. */
TEST(objects) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file", "name", 1)), *globals = value("{}"), *a = new_class("A", NULL), *b = new_class("B", NULL);
    PyObject *function, *object = keep(PyObject_CallNoArgs(a));
    listen("");
    listen("function.");
    function = keep(PyFunction_New(code, globals));
    keep(PyObject_CallFunction((PyObject *)&PyFunction_Type, "OO", code, globals));
    keep(PyObject_CallFunction((PyObject *)&PyFunction_Type, "Oi", code, 5));
    PyErr_Clear();
    CHECK_INT(strncmp(heard(), "function.__new__ <code object name at 0x", 39), "0");
    listen("code.");
    keep(PyObject_CallMethod(code, "replace", NULL));
    keep((PyObject *)PyCode_NewEmpty("file", "name", 1));
    CHECK_INT(strncmp(heard(), "code.__new__ b'", 15), "0");
    static const char *const names[] = {"__code__", "__defaults__", "__kwdefaults__", "__closure__", "__name__", "__globals__", "__doc__"};
    for (int i = 0; i < 7; i++) {
        listen("object.");
        keep(PyObject_GetAttrString(function, names[i]));
        CHECK_INT(strncmp(heard(), "object.__getattr__", 18) == 0, i < 3 ? "1" : "0");
    }
    struct { PyObject *of; const char *name; PyObject *value; const char *event; } changes[] = {
        {function, "__code__", code, "object.__setattr__"}, {function, "__code__", a, ""}, {function, "__defaults__", Py_None, "object.__delattr__"},
        {function, "__defaults__", value("()"), "object.__setattr__"}, {function, "__defaults__", a, ""}, {function, "__kwdefaults__", globals, "object.__setattr__"},
        {function, "__kwdefaults__", NULL, "object.__delattr__"}, {function, "__name__", value("s", "x"), ""}, {object, "__class__", b, "object.__setattr__"},
        {object, "__class__", Py_None, ""}, {object, "__class__", (PyObject *)&PyLong_Type, "object.__setattr__"}, {object, "other", b, ""},
        {a, "__name__", value("s", "x"), "object.__setattr__"}, {a, "__name__", NULL, ""}, {a, "__name__", Py_None, "object.__setattr__"}, {a, "__qualname__", value("s", "x"), "object.__setattr__"},
        {a, "__module__", value("s", "x"), "object.__setattr__"}, {a, "__doc__", value("s", "x"), "object.__setattr__"}, {a, "__bases__", value("(O)", b), "object.__setattr__"},
        {a, "__type_params__", value("()"), "object.__setattr__"}, {a, "__abstractmethods__", value("()"), ""}, {a, "other", b, ""}, {(PyObject *)&PyLong_Type, "__name__", b, ""},
    };
    for (size_t i = 0; i < Py_ARRAY_LENGTH(changes); i++) {
        listen("object.");
        if (PyObject_SetAttrString(changes[i].of, changes[i].name, changes[i].value) < 0) PyErr_Clear();
        heard();
        seen[strcspn(seen, " ")] = 0;
        if (strcmp(seen, changes[i].event) != 0) printf("change %d\n", (int)i);
        CHECK_STR_EQ(seen, changes[i].event);
    }
    denied = "object.__setattr__";
    CHECK_INT(PyObject_SetAttrString(function, "__defaults__", value("(i)", 7)), "-1 !!RuntimeError: no");
    CHECK_INT(PyObject_SetAttrString(a, "__name__", value("s", "refused")), "-1 !!RuntimeError: no");
    CHECK_INT(PyObject_SetAttrString(object, "__class__", a), "-1 !!RuntimeError: no");
    denied = "object.__getattr__";
    CHECK_REPR(PyObject_GetAttrString(function, "__defaults__"), "!!RuntimeError: no");
    denied = "";
    CHECK_REPR(PyObject_GetAttrString(function, "__defaults__"), "()");
    CHECK_REPR(PyObject_GetAttrString(a, "__name__"), "'x'");
    denied = "code.__new__";
    CHECK_REPR(PyObject_CallMethod(code, "replace", NULL), "!!RuntimeError: no");
    denied = "function.__new__";
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyFunction_Type, "OO", code, globals), "!!RuntimeError: no");
    denied = "marshal.loads";
    CHECK_REPR(PyMarshal_ReadObjectFromString("T", 1), "!!RuntimeError: no");
    denied = "marshal.dumps";
    CHECK_REPR(PyMarshal_WriteObjectToString(Py_True, 4), "!!RuntimeError: no");
    denied = "";
}

/* An exception that is set stays; formats; a hook that fails without one. */
TEST(calling) {
    PyErr_SetString(PyExc_KeyError, "before");
    CHECK_INT(PySys_Audit("mine", NULL), "0 !!KeyError: 'before'");
    denied = "mine";
    PyErr_SetString(PyExc_KeyError, "before");
    CHECK_INT(PySys_Audit("mine", NULL), "-1 !!RuntimeError: no");
    denied = "";
    listen("mine");
    CHECK_INT(PySys_Audit("mine", "i", 5), "0");
    CHECK_INT(PySys_Audit("mine", "ii", 5, 6), "0");
    CHECK_INT(PySys_Audit("mine", "(i)", 5), "0");
    CHECK_INT(PySys_Audit("mine", "(i", 5), "-1 !!SystemError: unmatched paren in format");
    CHECK_INT(PySys_Audit("mine", "N", NULL), "-1 !!SystemError: NULL object passed to Py_BuildValue");
    CHECK_INT(PySys_AuditTuple("mine", NULL), "0");
    CHECK_INT(PySys_AuditTuple("mine", Py_None), "-1 !!TypeError: args must be tuple, got NoneType");
    CHECK_INT(PySys_AuditTuple("mine", value("[]")), "-1 !!TypeError: args must be tuple, got list");
    CHECK_STR_EQ(heard(), "mine 5 (1); mine 5 (2); mine 5 (1); mine (0); ");
    denied = "sys.addaudithook";
    CHECK_INT(PySys_AddAuditHook(hook, NULL), "0");
    CHECK_REPR(PyObject_CallMethod(keep(PyImport_ImportModule("sys")), "addaudithook", "i", 5), "None");
    denied = "";
}

/* Hooks of Python belong to their interpreter; those of C hear of all. */
static PyObject *told;
static PyObject *python_hook(PyObject *self, PyObject *args) {
    (void)self;
    const char *event = PyUnicode_AsUTF8(PyTuple_GetItem(args, 0));
    if (strcmp(event, "mine") == 0) { PyList_Append(told, PyTuple_GetItem(args, 1)); }
    if (strcmp(event, "bad") == 0) { PyErr_SetString(PyExc_OSError, "hook says no"); return NULL; }
    Py_RETURN_NONE;
}
static PyMethodDef python_def = {"hook", python_hook, METH_VARARGS, NULL};
TEST(hooks_of_python) {
    told = keep(PyList_New(0));
    CHECK_REPR(CALL("sys", "addaudithook", "O", keep(PyCFunction_New(&python_def, NULL))), "None");
    CHECK_INT(PySys_Audit("mine", "i", 1), "0");
    CHECK_INT(PySys_Audit("bad", NULL), "-1 !!OSError: hook says no");
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    listen("mine");
    CHECK_INT(PySys_Audit("mine", "i", 2), "0");
    CHECK_INT(PySys_Audit("bad", NULL), "0");
    CHECK_STR_EQ(heard(), "mine 2 (1); ");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_INT(PySys_Audit("mine", "i", 3), "0");
    CHECK_BORROWED(told, "[(1,), (3,)]");
}

/* Hooks of Python are asked whether they may be traced, and may spoil that; what they return is nothing to anybody. */
static int cantrace = 0, called = 0;
static PyObject *get_cantrace(PyObject *self, void *closure) {
    (void)closure;
    if (cantrace == 1) { PyErr_SetString(PyExc_KeyError, "cantrace"); return NULL; }
    if (cantrace == 2) return Py_NewRef(Py_True);
    if (cantrace == 3) return Py_NewRef(self);
    PyErr_SetString(PyExc_AttributeError, "cantrace");
    return NULL;
}
static PyObject *call_hook(PyObject *self, PyObject *args, PyObject *kwargs) { (void)self; (void)args; (void)kwargs; called++; return PyLong_FromLong(7); }
static int no_truth(PyObject *self) { (void)self; PyErr_SetString(PyExc_TypeError, "no truth"); return -1; }
static PyGetSetDef odd_getset[] = {{"__cantrace__", get_cantrace, NULL, NULL, NULL}, {0}};
static PyType_Slot odd_slots[] = {{Py_tp_getset, odd_getset}, {Py_tp_call, call_hook}, {Py_nb_bool, no_truth}, {0, NULL}};
static PyType_Spec odd_spec = {"m.Odd", 0, 0, Py_TPFLAGS_DEFAULT, odd_slots};
TEST(odd_hooks) {
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    whispered = "mine";
    CHECK_INT(PySys_Audit("mine", "i", 1), "0");
    whispered = "";
    PyObject *class = PyType_FromSpec(&odd_spec), *hook = PyObject_CallNoArgs(class), *sys = PyImport_ImportModule("sys"), *done = PyObject_CallMethod(sys, "addaudithook", "O", hook);
    CHECK(done != NULL);
    CHECK_INT(PySys_Audit("mine", "i", 1), "0");
    cantrace = 1;
    CHECK_INT(PySys_Audit("mine", "i", 1), "-1 !!KeyError: 'cantrace'");
    cantrace = 2;
    CHECK_INT(PySys_Audit("mine", "i", 1), "0");
    cantrace = 3;
    CHECK_INT(PySys_Audit("mine", "i", 1), "-1 !!TypeError: no truth");
    cantrace = 0;
    CHECK_INT(called, "2");
    PyErr_SetString(PyExc_ValueError, "stays");
    CHECK_INT(PySys_Audit("mine", NULL), "0 !!ValueError: stays");
    Py_XDECREF(done); Py_DECREF(sys); Py_DECREF(hook); Py_DECREF(class);
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
}

/* A refusal where an interpreter is made ends the process. */
static void make_one(int own_gil) {
    PyThreadState *state;
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = own_gil ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) puts("status");
}
TEST(refused_interpreters) {
    denied = "cpython.PyInterpreterState_New";
    CHECK_FATAL(Py_NewInterpreter(), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    CHECK_FATAL(make_one(0), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    CHECK_FATAL(make_one(1), "Fatal Python error: _PyThreadState_Attach: non-NULL old thread state");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) { close(2); PyInterpreterState_New(); _exit(0); }
    int status;
    waitpid(child, &status, 0);
    CHECK_INT(WIFEXITED(status) ? WEXITSTATUS(status) : -1, "1");
    denied = "cpython.PyInterpreterState_Clear";
    PyThreadState *mine = PyThreadState_Get(), *other = Py_NewInterpreter();
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    denied = "";
    CHECK_NO_ERROR();
}
CHECK_MAIN()
