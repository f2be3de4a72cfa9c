/* The functions of _imp with good and bad arguments; sys and builtins made again; the check of extensions, by interpreter. */
#include "check.h"

static PyObject *imp(void) { return keep(PyImport_ImportModule("_imp")); }
static PyObject *str(const char *text) { return value("s", text); }
static PyObject *spec(PyObject *name, PyObject *origin) { return keep(PyObject_Call((PyObject *)Py_TYPE(PySys_GetObject("implementation")), value("()"), value("{sOsO}", "name", name, "origin", origin))); }
#define C(function, ...) PyObject_CallMethod(imp(), function, __VA_ARGS__)

TEST(functions) {
    CHECK_REPR(C("is_builtin", "s", "sys"), "-1");
    CHECK_REPR(C("is_builtin", "s", "errno"), "1");
    CHECK_REPR(C("is_builtin", "s", "no"), "0");
    CHECK_REPR(C("is_builtin", "i", 5), "!!TypeError: is_builtin() argument must be str, not int");
    CHECK_REPR(C("is_builtin", NULL), "!!TypeError: _imp.is_builtin() takes exactly one argument (0 given)");
    CHECK_REPR(C("is_builtin", "ss", "a", "b"), "!!TypeError: _imp.is_builtin() takes exactly one argument (2 given)");
    CHECK_REPR(C("create_builtin", "O", spec(str("errno"), Py_None)), "<module 'errno'>");
    CHECK_REPR(C("create_builtin", "O", spec(str("nope"), Py_None)), "None");
    CHECK_REPR(C("create_builtin", "O", spec(value("i", 5), Py_None)), "!!TypeError: name must be string, not int");
    CHECK_REPR(C("create_builtin", "i", 5), "!!AttributeError: 'int' object has no attribute 'name'");
    CHECK_REPR(C("create_builtin", "O", spec(str(""), Py_None)), "None");
    CHECK_REPR(C("create_dynamic", "O", spec(str("x"), Py_None)), "!!TypeError: module filename must be a string");
    CHECK_REPR(C("create_dynamic", "O", spec(value("i", 1), str("x"))), "!!TypeError: module name must be a string");
    CHECK_REPR(C("create_dynamic", "i", 5), "!!AttributeError: 'int' object has no attribute 'name'");
    CHECK_REPR(C("create_dynamic", NULL), "!!TypeError: create_dynamic expected at least 1 argument, got 0");
    CHECK_REPR(C("create_dynamic", "O", spec(str("x"), str("/nowhere/x.so"))), "!!ImportError: /nowhere/x.so: cannot open shared object file: No such file or directory");
    CHECK_REPR(C("create_dynamic", "O", spec(str("a.x"), str("/nowhere/x.so"))), "!!ImportError: /nowhere/x.so: cannot open shared object file: No such file or directory");
    CHECK_REPR(C("create_dynamic", "O", spec(str("x"), str("/dev/null"))), "!!ImportError: /dev/null: file too short");
    CHECK_REPR(C("create_dynamic", "O", spec(str(""), str("/dev/null"))), "!!ImportError: /dev/null: file too short");
    CHECK_REPR(C("create_dynamic", "O", spec(str("x"), str("a\xc3\xa9.so"))), "!!ImportError: ./aé.so: cannot open shared object file: No such file or directory");
    CHECK_REPR(C("create_dynamic", "OO", spec(str("x"), str("/nowhere/x.so")), str("/nowhere/x.so")), "!!FileNotFoundError: [Errno 2] No such file or directory: '/nowhere/x.so'");
    CHECK_REPR(C("create_dynamic", "OOO", spec(str("x"), str("/nowhere/x.so")), Py_None, Py_None), "!!TypeError: create_dynamic expected at most 2 arguments, got 3");
    CHECK_REPR(C("create_dynamic", "O", spec(value("s#", "a\0b", (Py_ssize_t)3), str("/nowhere/x.so"))), "!!ValueError: embedded null character");
    CHECK_REPR(C("create_dynamic", "O", spec(str("x"), value("s#", "/a\0b", (Py_ssize_t)4))), "!!ValueError: embedded null character");
    CHECK_REPR(C("exec_builtin", "i", 5), "0");
    CHECK_REPR(C("exec_builtin", "O", imp()), "0");
    CHECK_REPR(C("exec_dynamic", "O", Py_None), "0");
    CHECK_REPR(C("exec_dynamic", "O", keep(PyModule_New("m"))), "0");
    CHECK_REPR(C("exec_builtin", NULL), "!!TypeError: _imp.exec_builtin() takes exactly one argument (0 given)");
    CHECK_REPR(C("extension_suffixes", NULL), "['.cpython-314-x86_64-linux-gnu.so', '.abi3.so', '.abi3-x86_64-linux-gnu.so', '.so']");
    CHECK_REPR(C("lock_held", NULL), "False");
    CHECK_REPR(C("acquire_lock", NULL), "None");
    CHECK_REPR(C("lock_held", NULL), "True");
    CHECK_REPR(C("acquire_lock", NULL), "None");
    CHECK_REPR(C("release_lock", NULL), "None");
    CHECK_REPR(C("lock_held", NULL), "True");
    CHECK_REPR(C("release_lock", NULL), "None");
    CHECK_REPR(C("release_lock", NULL), "!!RuntimeError: not holding the import lock");
    CHECK_REPR(C("lock_held", NULL), "False");
    CHECK_REPR(C("_override_multi_interp_extensions_check", "i", 1), "!!RuntimeError: _imp._override_multi_interp_extensions_check() cannot be used in the main interpreter");
    CHECK_REPR(C("_override_multi_interp_extensions_check", "i", -1), "!!RuntimeError: _imp._override_multi_interp_extensions_check() cannot be used in the main interpreter");
    CHECK_REPR(C("_override_multi_interp_extensions_check", "i", 0), "!!RuntimeError: _imp._override_multi_interp_extensions_check() cannot be used in the main interpreter");
    CHECK_REPR(C("_override_multi_interp_extensions_check", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(C("_override_multi_interp_extensions_check", "L", 1LL<<40), "!!OverflowError: Python int too large to convert to C int");
    CHECK_REPR(C("_override_frozen_modules_for_tests", "i", 1), "None");
    CHECK_REPR(C("_override_frozen_modules_for_tests", "i", 0), "None");
    CHECK_REPR(C("_override_frozen_modules_for_tests", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(C("source_hash", "iy", 1, "abc"), "b'\\xaf\\xbdc\\xb5@\\xc5\\x06I'");
    CHECK_REPR(C("source_hash", "is", 1, "abc"), "!!TypeError: a bytes-like object is required, not 'str'");
    CHECK_REPR(C("source_hash", "sy", "x", "abc"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(C("source_hash", "i", 1), "!!TypeError: source_hash() missing required argument 'source' (pos 2)");
    CHECK_REPR(C("source_hash", "Ly", -1LL, "abc"), "b'/\\x14 p?b\\xc9\\xbe'");
    CHECK_REPR(C("_fix_co_filename", "ii", 1, 2), "!!TypeError: _fix_co_filename() argument 1 must be code, not int");
    CHECK_REPR(C("_fix_co_filename", "OO", keep((PyObject *)PyCode_NewEmpty("a", "b", 1)), Py_None), "!!TypeError: _fix_co_filename() argument 2 must be str, not None");
    CHECK_REPR(C("is_frozen", "i", 5), "!!TypeError: is_frozen() argument must be str, not int");
    CHECK_REPR(C("is_frozen_package", "s", "nope"), "!!ImportError: No such frozen object named 'nope'");
    CHECK_REPR(C("is_frozen_package", "i", 5), "!!TypeError: is_frozen_package() argument must be str, not int");
    CHECK_REPR(C("get_frozen_object", "s", "nope"), "!!ImportError: No such frozen object named 'nope'");
    CHECK_REPR(C("get_frozen_object", "i", 5), "!!TypeError: get_frozen_object() argument 1 must be str, not int");
    CHECK_REPR(C("init_frozen", "i", 5), "!!TypeError: init_frozen() argument must be str, not int");
    CHECK_REPR(C("init_frozen", "s", "nope"), "None");
    CHECK_REPR(C("find_frozen", "i", 5), "!!TypeError: find_frozen() argument 1 must be str, not int");
    CHECK_REPR(C("find_frozen", NULL), "!!TypeError: find_frozen() takes exactly 1 positional argument (0 given)");
    CHECK_REPR(PyObject_GetAttrString(imp(), "check_hash_based_pycs"), "'default'");
    CHECK_REPR(PyObject_GetAttrString(imp(), "pyc_magic_number_token"), "168627755");
}

/* What the two had before they were filled in is put into them again. */
TEST(made_again) {
    PyObject *sys = keep(PyImport_ImportModule("sys")), *builtins = keep(PyImport_ImportModule("builtins")), *modules = PyImport_GetModuleDict();
    PySys_SetObject("mine", Py_True);
    PySys_SetObject("maxsize", Py_None);
    PySys_SetObject("getsizeof", Py_None);
    CHECK(keep(C("create_builtin", "O", spec(str("sys"), Py_None))) == sys);
    static const char *const names[] = {"__spec__", "__loader__", "__package__", "mine", "maxsize", "getsizeof", "__name__"};
    PyObject *all = keep(PyList_New(0));
    for (int i = 0; i < 7; i++) PyList_Append(all, attr(sys, names[i]));
    CHECK_BORROWED(all, "[None, None, None, True, None, <built-in function getsizeof>, 'sys']");
    PyDict_DelItemString(modules, "sys");
    PyObject *again = keep(PyImport_ImportModule("sys"));
    CHECK(again != sys);
    CHECK_BORROWED(again, "<module 'sys' (built-in)>");
    static const char *const asked[] = {"mine", "maxsize", "modules", "path", "meta_path", "flags", "argv", "getsizeof", "exc_info"};
    PyObject *has = keep(PyList_New(0));
    for (int i = 0; i < 9; i++) PyList_Append(has, PyObject_HasAttrString(again, asked[i]) ? Py_True : Py_False);
    CHECK_BORROWED(has, "[False, False, False, False, False, False, False, True, True]");
    PySys_SetObject("later", Py_True);
    CHECK_INT(PyObject_HasAttrString(again, "later"), "0");
    CHECK_INT(PyObject_HasAttrString(sys, "later"), "1");
    PyDict_SetItemString(modules, "sys", sys);
    PyObject_SetAttrString(builtins, "callable", Py_None);
    PyDict_DelItemString(modules, "builtins");
    PyObject *second = keep(PyImport_ImportModule("builtins"));
    CHECK(second != builtins);
    CHECK_REPR(PyObject_GetAttrString(second, "callable"), "<built-in function callable>");
    PyObject_SetAttrString(builtins, "callable", attr(second, "callable"));
    PyDict_SetItemString(modules, "builtins", builtins);
}

/* No temporaries: an interpreter's objects stay in it. */
static char text[512];
static const char *became(PyObject *result) {
    if (!result) return check_taken(text, sizeof text);
    PyObject *repr = PyObject_Repr(result);
    snprintf(text, sizeof text, "%s", PyUnicode_AsUTF8(repr));
    Py_DECREF(repr); Py_DECREF(result);
    return text;
}
static const char *made(const char *name) {
    PyObject *module = PyImport_ImportModule("_imp"), *fields = Py_BuildValue("{ss}", "name", name), *args = PyTuple_New(0), *spec = PyObject_Call((PyObject *)Py_TYPE(PySys_GetObject("implementation")), args, fields);
    const char *said = became(PyObject_CallMethod(module, "create_builtin", "O", spec));
    Py_DECREF(module); Py_DECREF(fields); Py_DECREF(args); Py_DECREF(spec);
    return said;
}
static const char *override(int what) {
    PyObject *module = PyImport_ImportModule("_imp");
    const char *said = became(PyObject_CallMethod(module, "_override_multi_interp_extensions_check", "i", what));
    Py_DECREF(module);
    return said;
}
TEST(in_interpreters) {
    PyThreadState *main = PyThreadState_Get();
    for (int i = 0; i < 3; i++) {
        PyInterpreterConfig config = {.use_main_obmalloc = i < 2, .check_multi_interp_extensions = i > 0, .allow_threads = 1, .gil = i == 2 ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
        PyThreadState *other = NULL;
        CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&other, &config)));
        const char *refused = "!!ImportError: module sys does not support loading in subinterpreters", *module = "<module 'sys'>";
        CHECK_STR_EQ(made("sys"), i ? refused : module);
        CHECK_STR_EQ(override(-1), "0");
        CHECK_STR_EQ(made("sys"), module);
        CHECK_STR_EQ(override(1), "-1");
        CHECK_STR_EQ(made("sys"), refused);
        CHECK_STR_EQ(override(0), "1");
        /* what importlib.util has for it */
        PyObject *util = PyImport_ImportModule("importlib.util"), *class = PyObject_GetAttrString(util, "_incompatible_extension_module_restrictions"), *none = PyTuple_New(0), *how = Py_BuildValue("{si}", "disable_check", 1), *manager = PyObject_Call(class, none, how);
        CHECK_STR_EQ(became(PyObject_GetAttrString(manager, "override")), "-1");
        Py_XDECREF(PyObject_CallMethod(manager, "__enter__", NULL));
        CHECK_STR_EQ(made("sys"), module);
        CHECK_STR_EQ(became(PyObject_GetAttrString(manager, "old")), "0");
        CHECK_STR_EQ(became(PyObject_CallMethod(manager, "__exit__", "OOO", Py_None, Py_None, Py_None)), "None");
        CHECK_STR_EQ(made("sys"), i ? refused : module);
        Py_DECREF(manager); Py_DECREF(how); Py_DECREF(none); Py_DECREF(class); Py_DECREF(util);
        CHECK_STR_EQ(made("_weakref"), "<module '_weakref'>");
        Py_EndInterpreter(other);
        PyThreadState_Swap(main);
    }
}
CHECK_MAIN()
