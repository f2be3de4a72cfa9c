/* sys.meta_path with finders and loaders written in C; path hooks; relative names; reloading; what sys.modules may hold. */
#include "check.h"
#include <stddef.h>

/* What was called since the last look. */
static char logged[2048];
static void say(const char *what, PyObject *a, PyObject *b) {
    size_t at = strlen(logged);
    snprintf(logged + at, sizeof logged - at, "%s%s(%s, %s)", at ? " " : "", what, a ? PyUnicode_AsUTF8(keep(PyObject_Repr(a))) : "-", b ? PyUnicode_AsUTF8(keep(PyObject_Repr(b))) : "-");
}
#define LOG(expected) do { CHECK_STR_EQ(logged, expected); logged[0] = 0; } while (0)

/* A finder: answers `spec` for `wanted` (an exception for a spec that is a class of exceptions). */
typedef struct { PyObject_HEAD const char *tag, *wanted; PyObject *spec; } Finder;
static PyObject *find_spec(PyObject *op, PyObject *args) {
    Finder *self = (Finder *)op;
    PyObject *name, *path, *target;
    if (!PyArg_ParseTuple(args, "OOO", &name, &path, &target)) return NULL;
    say(self->tag, name, path);
    if (!Py_IsNone(target)) say("target", target, NULL);
    if (!PyUnicode_EqualToUTF8(name, self->wanted)) Py_RETURN_NONE;
    if (PyExceptionClass_Check(self->spec)) { PyErr_SetString(self->spec, "finder says no"); return NULL; }
    return Py_NewRef(self->spec);
}
static PyMethodDef finder_methods[] = {{"find_spec", find_spec, METH_VARARGS, NULL}, {0}};
/* A loader: what it does is in its mode. */
typedef struct { PyObject_HEAD const char *mode; } Loader;
static int is(PyObject *op, const char *mode) { return strstr(((Loader *)op)->mode, mode) != NULL; }
static PyObject *create_module(PyObject *op, PyObject *spec) {
    PyObject *name = PyObject_GetAttrString(spec, "name");
    if (!name) PyErr_Clear();
    say("create", keep(name), NULL);
    if (is(op, "create raises")) { PyErr_SetString(PyExc_KeyError, "create says no"); return NULL; }
    if (is(op, "create object")) return PyObject_CallNoArgs(new_class("Any", NULL));
    if (is(op, "create int")) return PyLong_FromLong(5000);
    if (is(op, "create other")) {
        PyObject *module = PyModule_New("other");
        PyObject_SetAttrString(module, "__package__", value("s", "its own"));
        PyObject_SetAttrString(module, "__file__", value("s", "its file"));
        return module;
    }
    Py_RETURN_NONE;
}
static PyObject *exec_module(PyObject *op, PyObject *module) {
    PyObject *spec = keep(PyObject_GetAttrString(module, "__spec__")), *initializing = spec ? keep(PyObject_GetAttrString(spec, "_initializing")) : NULL;
    PyErr_Clear();
    say("exec", initializing, keep(PyObject_GetAttrString(module, "__name__")));
    PyErr_Clear();
    PyObject *modules = PyImport_GetModuleDict();
    if (is(op, "exec raises")) { PyErr_SetString(PyExc_KeyError, "exec says no"); return NULL; }
    if (is(op, "exec replaces")) PyDict_SetItemString(modules, "found", value("i", 7));
    if (is(op, "exec removes")) PyDict_DelItemString(modules, "found");
    if (is(op, "exec both")) { PyDict_DelItemString(modules, "found"); PyErr_SetString(PyExc_KeyError, "exec says no"); return NULL; }
    Py_RETURN_NONE;
}
static PyMethodDef loader_methods[] = {{"create_module", create_module, METH_O, NULL}, {"exec_module", exec_module, METH_O, NULL}, {0}};
static void plain_dealloc(PyObject *self) { PyTypeObject *type = Py_TYPE(self); type->tp_free(self); Py_DECREF(type); }
static PyObject *plain_repr(PyObject *self) { (void)self; return PyUnicode_FromString("<loader>"); }
static PyType_Slot finder_slots[] = {{Py_tp_methods, finder_methods}, {Py_tp_dealloc, plain_dealloc}, {0, NULL}},
                   loader_slots[] = {{Py_tp_methods, loader_methods}, {Py_tp_dealloc, plain_dealloc}, {Py_tp_repr, plain_repr}, {0, NULL}};
static PyType_Spec finder_spec = {"m.Finder", sizeof(Finder), 0, Py_TPFLAGS_DEFAULT, finder_slots}, loader_spec = {"m.Loader", sizeof(Loader), 0, Py_TPFLAGS_DEFAULT, loader_slots};
static PyObject *finder(const char *tag, const char *wanted, PyObject *spec) {
    PyObject *type = keep(PyType_FromSpec(&finder_spec));
    Finder *self = (Finder *)keep(PyObject_CallNoArgs(type));
    self->tag = tag; self->wanted = wanted; self->spec = spec;
    return (PyObject *)self;
}
static PyObject *loader(const char *mode) {
    PyObject *type = keep(PyType_FromSpec(&loader_spec));
    Loader *self = (Loader *)keep(PyObject_CallNoArgs(type));
    self->mode = mode;
    return (PyObject *)self;
}
static PyObject *namespace(PyObject *fields) { return keep(PyObject_Call((PyObject *)Py_TYPE(PySys_GetObject("implementation")), value("()"), fields)); }
static PyObject *module_spec(const char *name, PyObject *loaded_by) { return keep(PyObject_CallFunction((PyObject *)Py_TYPE(attr(keep(PyImport_ImportModule("sys")), "__spec__")), "sO", name, loaded_by)); }
/* Finders that go before all others. */
static void use(PyObject *list) {
    PyObject *old = PySys_GetObject("meta_path"), *both = keep(PySequence_Concat(list, old));
    PySys_SetObject("meta_path", both);
}
/* A test that changes these leaves them as they were. */
static PyObject *saved[3];
static const char *const changed[] = {"meta_path", "path_hooks", "path_importer_cache"};
static void save(void) { for (int i = 0; i < 3; i++) saved[i] = Py_XNewRef(PySys_GetObject(changed[i])); }
static void restore(void) {
    static const char *const made[] = {"found", "found.child", "renamed", "made", "no_parent.made"};
    for (int i = 0; i < 3; i++) { PySys_SetObject(changed[i], saved[i]); Py_CLEAR(saved[i]); }
    for (int i = 0; i < 5; i++) if (PyDict_DelItemString(PyImport_GetModuleDict(), made[i]) < 0) PyErr_Clear();
    logged[0] = 0;
}
static void use_only(PyObject *spec) { PySys_SetObject("meta_path", value("[O]", finder("only", "found", spec))); }
static PyObject *found(void) {
    PyObject *module = PyImport_ImportModule("found");
    if (!module) return NULL;
    keep(module);
    PyDict_DelItemString(PyImport_GetModuleDict(), "found");
    PyErr_Clear();
    PyObject *names = value("(sssss)", "__name__", "__loader__", "__package__", "__file__", "__path__"), *all = keep(PyList_New(0));
    for (int i = 0; i < 5; i++) {
        PyObject *name = PyTuple_GetItem(names, i), *got = PyObject_GetAttr(module, name);
        if (!got) PyErr_Clear();
        PyList_Append(all, value("s", got ? PyUnicode_AsUTF8(keep(PyObject_Repr(got))) : "-"));
        Py_XDECREF(got);
    }
    PyObject *joined = keep(PyUnicode_Join(value("s", " "), all));
    return PyUnicode_FromFormat("%s %U", Py_TYPE(module)->tp_name, joined);
}

TEST(order) {
    save();
    PyObject *spec = module_spec("found", loader(""));
    use(value("[OOOO]", finder("a", "elsewhere", Py_None), value("i", 5), finder("b", "found", spec), finder("c", "found", Py_None)));
    CHECK_REPR(found(), "\"module 'found' <loader> '' - -\"");
    LOG("a('found', None) b('found', None) create('found', -) exec(True, 'found')");
    CHECK_REPR(PyObject_GetAttrString(spec, "_initializing"), "False");
    CHECK_REPR(keep(PyImport_ImportModule("_weakref")) ? PyUnicode_FromString("imported") : NULL, "'imported'");
    logged[0] = 0;
    /* a module that is there is not looked for */
    PyDict_SetItemString(PyImport_GetModuleDict(), "found", Py_True);
    CHECK_REPR(PyImport_ImportModule("found"), "True");
    LOG("");
    PyDict_DelItemString(PyImport_GetModuleDict(), "found");
    use_only(PyExc_OSError);
    CHECK_REPR(found(), "!!OSError: finder says no");
    CHECK_REPR(PyImport_ImportModule("nowhere"), "!!ModuleNotFoundError: No module named 'nowhere'");
    LOG("only('found', None) only('nowhere', None)");
    PySys_SetObject("meta_path", value("()"));
    CHECK_REPR(PyImport_ImportModule("nowhere"), "!!ModuleNotFoundError: No module named 'nowhere'");
    PySys_SetObject("meta_path", Py_None);
    CHECK_REPR(PyImport_ImportModule("nowhere"), "!!ImportError: sys.meta_path is None, Python is likely shutting down");
    PySys_SetObject("meta_path", value("(O)", finder("tuple", "found", spec)));
    CHECK_REPR(found(), "\"module 'found' <loader> '' - -\"");
    LOG("tuple('found', None) create('found', -) exec(True, 'found')");
    PySys_SetObject("meta_path", value("i", 5));
    CHECK_REPR(PyImport_ImportModule("nowhere"), "!!TypeError: 'int' object is not iterable");
    PySys_SetObject("meta_path", NULL);
    CHECK_REPR(PyImport_ImportModule("nowhere"), "!!AttributeError: module 'sys' has no attribute 'meta_path'");
    restore();
}

TEST(loaders) {
    save();
    PyObject *modules = PyImport_GetModuleDict();
    use_only(module_spec("found", loader("create other")));
    CHECK_REPR(found(), "\"module 'other' <loader> 'its own' 'its file' -\"");
    LOG("only('found', None) create('found', -) exec(True, 'other')");
    use_only(module_spec("found", loader("create object")));
    CHECK_REPR(found(), "\"Any 'found' <loader> '' - -\"");
    use_only(module_spec("found", loader("create int")));
    CHECK_REPR(found(), "'int - - - - -'");
    logged[0] = 0;
    use_only(module_spec("found", loader("create raises")));
    CHECK_REPR(found(), "!!KeyError: 'create says no'");
    LOG("only('found', None) create('found', -)");
    use_only(module_spec("found", loader("exec raises")));
    CHECK_REPR(found(), "!!KeyError: 'exec says no'");
    LOG("only('found', None) create('found', -) exec(True, 'found')");
    CHECK_INT(PyDict_GetItemString(modules, "found") == NULL, "1");
    use_only(module_spec("found", loader("exec replaces")));
    CHECK_REPR(found(), "'int - - - - -'");
    use_only(module_spec("found", loader("exec removes")));
    CHECK_REPR(found(), "!!KeyError: 'found'");
    use_only(module_spec("found", loader("exec both")));
    CHECK_REPR(found(), "!!KeyError: 'exec says no'");
    logged[0] = 0;
    /* a spec of another name */
    use_only(module_spec("renamed", loader("")));
    CHECK_REPR(found(), "!!KeyError: 'found'");
    LOG("only('found', None) create('renamed', -) exec(True, 'renamed')");
    CHECK_INT(PyDict_GetItemString(modules, "renamed") == NULL, "0");
    /* loaders with less than both functions */
    use_only(module_spec("found", namespace(value("{sO}", "create_module", builtin("len")))));
    CHECK_REPR(found(), "!!AttributeError: 'types.SimpleNamespace' object has no attribute 'load_module'");
    use_only(module_spec("found", namespace(value("{sO}", "exec_module", builtin("len")))));
    CHECK_REPR(found(), "!!ImportError: loaders that define exec_module() must also define create_module()");
    use_only(module_spec("found", Py_None));
    CHECK_REPR(found(), "!!ImportError: missing loader");
    CHECK_INT(PyDict_GetItemString(modules, "found") == NULL, "1");
    restore();
}

/* Specs that are other objects; and what of a spec goes into the module. */
TEST(specs) {
    save();
    PyObject *plain = value("{sssOsssOssss}", "name", "found", "loader", loader(""), "origin", "its origin", "submodule_search_locations", Py_None, "parent", "its parent", "cached", "its cache");
    PyDict_SetItemString(plain, "has_location", Py_True);
    use_only(namespace(plain));
    CHECK_REPR(found(), "\"module 'found' <loader> 'its parent' 'its origin' -\"");
    LOG("only('found', None) create('found', -) exec(True, 'found')");
    PyDict_SetItemString(plain, "submodule_search_locations", value("[s]", "somewhere"));
    use_only(namespace(plain));
    CHECK_REPR(found(), "\"module 'found' <loader> 'its parent' 'its origin' ['somewhere']\"");
    static const char *const needed[] = {"name", "loader", "origin", "submodule_search_locations", "parent", "has_location"};
    PyObject *all = keep(PyList_New(0));
    for (int i = 0; i < 6; i++) {
        PyObject *less = keep(PyDict_Copy(plain));
        PyDict_DelItemString(less, needed[i]);
        use_only(namespace(less));
        PyObject *result = found();
        char text[512];
        if (!result) result = PyUnicode_FromString(check_taken(text, sizeof text));
        PyList_Append(all, keep(result));
    }
    CHECK_BORROWED(PyList_GetItem(all, 0), "\"!!AttributeError: 'types.SimpleNamespace' object has no attribute 'name'\"");
    CHECK_BORROWED(PyList_GetItem(all, 1), "\"!!AttributeError: 'types.SimpleNamespace' object has no attribute 'loader'\"");
    CHECK_BORROWED(PyList_GetItem(all, 2), "\"module 'found' <loader> 'its parent' - ['somewhere']\"");
    CHECK_BORROWED(PyList_GetItem(all, 3), "\"!!AttributeError: 'types.SimpleNamespace' object has no attribute 'submodule_search_locations'\"");
    CHECK_BORROWED(PyList_GetItem(all, 4), "\"module 'found' <loader> None 'its origin' ['somewhere']\"");
    CHECK_BORROWED(PyList_GetItem(all, 5), "\"!!AttributeError: 'types.SimpleNamespace' object has no attribute 'has_location'\"");
    use_only(value("i", 5));
    CHECK_REPR(found(), "!!AttributeError: 'int' object has no attribute 'loader'");
    logged[0] = 0;
    restore();
}

/* Packages and their children. */
TEST(children) {
    save();
    PyObject *modules = PyImport_GetModuleDict(), *spec = module_spec("found", loader(""));
    PyObject_SetAttrString(spec, "submodule_search_locations", value("[s]", "somewhere"));
    PyObject *child = module_spec("found.child", loader(""));
    PySys_SetObject("meta_path", value("[OO]", finder("p", "found", spec), finder("c", "found.child", child)));
    PyObject *module = keep(PyImport_ImportModule("found.child"));
    CHECK_BORROWED(module, "<module 'found.child' (<loader>)>");
    LOG("p('found', None) create('found', -) exec(True, 'found') p('found.child', ['somewhere']) c('found.child', ['somewhere']) create('found.child', -) exec(True, 'found.child')");
    PyObject *package = keep(PyImport_ImportModule("found"));
    CHECK(attr(package, "child") == module);
    CHECK_REPR(PyObject_GetAttrString(module, "__package__"), "'found'");
    CHECK_REPR(PyImport_ImportModule("found.nothing"), "!!ModuleNotFoundError: No module named 'found.nothing'");
    CHECK_REPR(PyImport_ImportModule("found.child.nothing"), "!!ModuleNotFoundError: No module named 'found.child.nothing'; 'found.child' is not a package");
    logged[0] = 0;
    CHECK_REPR(keep(PyImport_ImportModuleLevel("found.child", NULL, NULL, value("(s)", "nothing"), 0)) == module ? PyUnicode_FromString("it") : NULL, "'it'");
    CHECK_REPR(keep(PyImport_ImportModuleLevel("found", NULL, NULL, value("(s)", "nothing"), 0)) == package ? PyUnicode_FromString("it") : NULL, "'it'");
    LOG("p('found.nothing', ['somewhere']) c('found.nothing', ['somewhere'])");
    CHECK_REPR(PyImport_ImportModuleLevel("found", NULL, NULL, value("(i)", 5), 0), "!!TypeError: Item in ``from list'' must be str, not int");
    CHECK_REPR(PyImport_ImportModuleLevel("found", NULL, NULL, value("i", 5), 0), "!!TypeError: 'int' object is not iterable");
    PyObject_SetAttrString(package, "__all__", value("(i)", 5));
    CHECK_REPR(PyImport_ImportModuleLevel("found", NULL, NULL, value("(s)", "*"), 0), "!!TypeError: Item in found.__all__ must be str, not int");
    logged[0] = 0;
    /* a parent that refuses attributes, and one without a spec */
    PyDict_DelItemString(modules, "found.child");
    PyDict_SetItemString(modules, "found", value("i", 5));
    CHECK_REPR(PyImport_ImportModule("found.child"), "!!ModuleNotFoundError: No module named 'found.child'; 'found' is not a package");
    PyObject *bare = namespace(value("{s[]}", "__path__"));
    PyDict_SetItemString(modules, "found", bare);
    CHECK_REPR(PyImport_ImportModule("found.child"), "!!AttributeError: 'types.SimpleNamespace' object has no attribute '__spec__'");
    PyDict_SetItemString(modules, "found", Py_None);
    CHECK_REPR(PyImport_ImportModule("found.child"), "!!ModuleNotFoundError: No module named 'found.child'; 'found' is not a package");
    logged[0] = 0;
    restore();
}

TEST(relative) {
    PyObject *modules = PyImport_GetModuleDict(), *child = keep(PyModule_New("a.b"));
    PyDict_SetItemString(modules, "a.b", child);
    PyDict_SetItemString(modules, "a", keep(PyModule_New("a")));
    PyObject *from(const char *name, PyObject *globals, int level) { return PyImport_ImportModuleLevel(name, globals, NULL, value("(s)", "x"), level); }
    CHECK_REPR(from("b", value("{ss}", "__package__", "a"), 1), "<module 'a.b'>");
    CHECK_REPR(from("b", value("{ss}", "__package__", "a"), 2), "!!ImportError: attempted relative import beyond top-level package");
    CHECK_REPR(from("b", value("{ss}", "__package__", ""), 1), "!!ImportError: attempted relative import with no known parent package");
    CHECK_REPR(from("b", value("{si}", "__package__", 5), 1), "!!TypeError: package must be a string");
    CHECK_REPR(from("b", value("{sO}", "__package__", Py_None), 1), "!!KeyError: \"'__name__' not in globals\"");
    CHECK_REPR(from("b", value("{si}", "__name__", 5), 1), "!!TypeError: __name__ must be a string");
    CHECK_REPR(from("b", value("{ss}", "__name__", "main"), 1), "!!ImportError: attempted relative import with no known parent package");
    CHECK_REPR(from("b", value("{ss}", "__name__", "a.other"), 1), "<module 'a.b'>");
    CHECK_REPR(from("b", value("{sss[]}", "__name__", "a", "__path__"), 1), "<module 'a.b'>");
    CHECK_REPR(from("b", value("{sO}", "__spec__", namespace(value("{ss}", "parent", "a"))), 1), "<module 'a.b'>");
    CHECK_REPR(from("b", value("{sO}", "__spec__", namespace(value("{si}", "parent", 5))), 1), "!!TypeError: __spec__.parent must be a string");
    CHECK_REPR(from("b", value("{sO}", "__spec__", namespace(value("{}"))), 1), "!!AttributeError: 'types.SimpleNamespace' object has no attribute 'parent'");
    CHECK_REPR(from("b", value("{sssO}", "__package__", "a", "__spec__", namespace(value("{ss}", "parent", "z"))), 1), "<module 'a.b'>");
    CHECK_REPR(from("b", value("{ss}", "__package__", "unknown"), 1), "!!ModuleNotFoundError: No module named 'unknown'");
    CHECK_REPR(from("", value("{ss}", "__package__", "a"), 1), "<module 'a'>");
    CHECK_REPR(from("b", value("[]"), 1), "!!TypeError: globals must be a dict");
    CHECK_REPR(PyImport_ImportModuleLevel("b", value("{ss}", "__package__", "a"), NULL, NULL, 1), "<module 'a.b'>");
    CHECK_REPR(PyImport_ImportModuleLevel("b", value("{ss}", "__package__", "a.b"), NULL, NULL, 2), "<module 'a.b'>");
    CHECK_REPR(PyImport_ImportModuleLevel("a.b", NULL, NULL, NULL, 0), "<module 'a'>");
    PyDict_DelItemString(modules, "a.b"); PyDict_DelItemString(modules, "a");
}

static PyObject *hook(PyObject *tag, PyObject *path) {
    say("hook", tag, path);
    if (PyUnicode_EqualToUTF8(path, "worse")) { PyErr_SetString(PyExc_OSError, "hook says no"); return NULL; }
    if (!PyUnicode_EqualToUTF8(path, "good") || PyLong_AsLong(tag) != 2) { PyErr_SetString(PyExc_ImportError, "not mine"); return NULL; }
    return Py_NewRef(tag);
}
static PyMethodDef hook_def = {"hook", hook, METH_O, NULL};
TEST(importers) {
    save();
    PyObject *cache = keep(PyDict_New());
    PySys_SetObject("path_importer_cache", cache);
    PySys_SetObject("path_hooks", value("[OOO]", keep(PyCFunction_New(&hook_def, value("i", 1))), keep(PyCFunction_New(&hook_def, value("i", 2))), keep(PyCFunction_New(&hook_def, value("i", 3)))));
    CHECK_REPR(PyImport_GetImporter(value("s", "good")), "2");
    LOG("hook(1, 'good') hook(2, 'good')");
    CHECK_REPR(PyImport_GetImporter(value("s", "good")), "2");
    LOG("");
    CHECK_REPR(PyImport_GetImporter(value("s", "bad")), "None");
    LOG("hook(1, 'bad') hook(2, 'bad') hook(3, 'bad')");
    CHECK_REPR(PyImport_GetImporter(value("s", "worse")), "!!OSError: hook says no");
    LOG("hook(1, 'worse')");
    CHECK_BORROWED(cache, "{'good': 2, 'bad': None, 'worse': None}");
    CHECK_REPR(PyImport_GetImporter(value("[]")), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    PySys_SetObject("path_hooks", value("()"));
    CHECK_REPR(PyImport_GetImporter(value("s", "x")), "!!RuntimeError: sys.path_hooks is not a list");
    PySys_SetObject("path_hooks", value("[]"));
    CHECK_REPR(PyImport_GetImporter(value("s", "y")), "None");
    PySys_SetObject("path_hooks", value("[i]", 5));
    CHECK_REPR(PyImport_GetImporter(value("s", "z")), "!!TypeError: 'int' object is not callable");
    CHECK_BORROWED(cache, "{'good': 2, 'bad': None, 'worse': None, 'y': None, 'z': None}");
    PySys_SetObject("path_importer_cache", value("[]"));
    CHECK_REPR(PyImport_GetImporter(value("s", "y")), "!!RuntimeError: sys.path_importer_cache is not a dict");
    PySys_SetObject("path_hooks", NULL);
    CHECK_REPR(PyImport_GetImporter(value("s", "y")), "!!RuntimeError: lost sys.path_hooks");
    PySys_SetObject("path_importer_cache", NULL);
    CHECK_REPR(PyImport_GetImporter(value("s", "y")), "!!RuntimeError: lost sys.path_importer_cache");
    restore();
}

TEST(reload) {
    save();
    PyObject *modules = PyImport_GetModuleDict(), *spec = module_spec("found", loader(""));
    CHECK_REPR(PyImport_ReloadModule(Py_None), "!!TypeError: reload() argument must be a module");
    CHECK_REPR(PyImport_ReloadModule(namespace(value("{ss}", "__name__", "nope"))), "!!ImportError: module nope not in sys.modules");
    CHECK_REPR(PyImport_ReloadModule(keep(PyModule_New("nope"))), "!!ImportError: module nope not in sys.modules");
    PyObject *sys = keep(PyImport_ImportModule("sys"));
    CHECK(keep(PyImport_ReloadModule(sys)) == sys);
    PyObject *weakref = keep(PyImport_ImportModule("_weakref"));
    CHECK(keep(PyImport_ReloadModule(weakref)) == weakref);
    CHECK_NO_ERROR();
    PyObject *made = keep(PyImport_AddModuleRef("made"));
    CHECK_REPR(PyImport_ReloadModule(made), "!!ModuleNotFoundError: spec not found for the module 'made'");
    PyObject *inner = keep(PyImport_AddModuleRef("no_parent.made"));
    CHECK_REPR(PyImport_ReloadModule(inner), "!!ImportError: parent 'no_parent' not in sys.modules");
    use(value("[O]", finder("f", "found", spec)));
    PyObject *module = keep(PyImport_ImportModule("found"));
    LOG("f('found', None) create('found', -) exec(True, 'found')");
    PyObject_SetAttrString(module, "kept", Py_True);
    PyObject_SetAttrString(module, "__package__", value("s", "changed"));
    CHECK(keep(PyImport_ReloadModule(module)) == module);
    LOG("f('found', None) target(<module 'found' (<loader>)>, -) exec(False, 'found')");
    CHECK_REPR(PyObject_GetAttrString(module, "kept"), "True");
    CHECK_REPR(PyObject_GetAttrString(module, "__package__"), "''");
    PyObject *failing = module_spec("found", loader("exec raises"));
    use(value("[O]", finder("g", "found", failing)));
    CHECK_REPR(PyImport_ReloadModule(module), "!!KeyError: 'exec says no'");
    LOG("g('found', None) target(<module 'found' (<loader>)>, -) exec(-, 'found')");
    CHECK(PyDict_GetItemString(modules, "found") == module);
    CHECK(attr(module, "__spec__") == failing);
    use(value("[O]", finder("h", "found", module_spec("found", loader("exec replaces")))));
    CHECK_REPR(PyImport_ReloadModule(module), "7");
    CHECK_REPR(PyImport_ReloadModule(module), "!!ImportError: module found not in sys.modules");
    logged[0] = 0;
    restore();
}

/* sys.modules: entries, names that are no str, a mapping of another type in its place. */
TEST(modules) {
    PyObject *modules = PyImport_GetModuleDict();
    PyDict_SetItemString(modules, "blocked", Py_None);
    CHECK_REPR(PyImport_GetModule(value("s", "blocked")), "None");
    CHECK_REPR(PyImport_GetModule(value("[]")), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(PyImport_GetModule(value("i", 5)), "NULL");
    CHECK_REPR(PyImport_ImportModule("blocked.inner"), "!!ModuleNotFoundError: No module named 'blocked.inner'; 'blocked' is not a package");
    CHECK_REPR(PyImport_ImportModuleLevel("blocked", NULL, NULL, NULL, 0), "!!ModuleNotFoundError: import of blocked halted; None in sys.modules");
    CHECK_REPR(PyImport_AddModuleRef("blocked"), "<module 'blocked'>");
    CHECK_BORROWED(PyDict_GetItemString(modules, "blocked"), "<module 'blocked'>");
    CHECK_BORROWED(PyImport_AddModuleObject(value("i", 5)), "<module 5>");
    CHECK_REPR(PyImport_Import(value("i", 5)), "!!TypeError: module name must be a string");
    CHECK_REPR(PyImport_ImportModuleAttrString("blocked", "x"), "!!AttributeError: module 'blocked' has no attribute 'x'");
    CHECK_REPR(PyImport_ImportModuleAttrString("nowhere", "x"), "!!ModuleNotFoundError: No module named 'nowhere'");
    CHECK_INT(PyImport_ImportFrozenModule("nowhere"), "0");
    CHECK_INT(PyImport_ImportFrozenModuleObject(NULL), "0");
    CHECK_INT(PyImport_ImportFrozenModuleObject(Py_None), "0");
    CHECK_INT(PyImport_ImportFrozenModuleObject(value("i", 5)), "0");
    /* the name is looked up in what the interpreter began with, whatever sys.modules is now */
    PyObject *copy = keep(PyDict_New());
    PySys_SetObject("modules", copy);
    CHECK(PyImport_GetModuleDict() == modules);
    CHECK_REPR(PyImport_ImportModule("sys"), "<module 'sys' (built-in)>");
    CHECK_REPR(PyImport_AddModuleRef("fresh"), "<module 'fresh'>");
    CHECK_INT(PyDict_Size(copy), "0");
    PySys_SetObject("modules", modules);
}

/* Frozen modules of the program's own. */
static const unsigned char nonsense[] = {0, 1, 2}, number[] = {'i', 5, 0, 0, 0};
static struct _frozen table[] = {{"frozen_excluded", NULL, 0, 0}, {"frozen_empty", nonsense, 0, 0}, {"frozen_nonsense", nonsense, 3, 0}, {"frozen_number", number, 5, 0}, {0}};
TEST(frozen) {
    PyImport_FrozenModules = table;
    CHECK_INT(PyImport_ImportFrozenModule("frozen_excluded"), "-1 !!ImportError: Excluded frozen object named 'frozen_excluded'");
    CHECK_INT(PyImport_ImportFrozenModule("frozen_empty"), "-1 !!ImportError: Frozen object named 'frozen_empty' is invalid");
    CHECK_INT(PyImport_ImportFrozenModule("frozen_nonsense"), "-1 !!ImportError: Frozen object named 'frozen_nonsense' is invalid");
    CHECK_INT(PyImport_ImportFrozenModule("frozen_number"), "-1 !!TypeError: frozen object 'frozen_number' is not a code object");
    PyObject *imp = keep(PyImport_ImportModule("_imp"));
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "s", "frozen_excluded"), "!!ImportError: Excluded frozen object named 'frozen_excluded'");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "s", "frozen_empty"), "!!ImportError: Frozen object named 'frozen_empty' is invalid");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "s", "frozen_nonsense"), "!!ImportError: Frozen object named 'frozen_nonsense' is invalid");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "s", "frozen_number"), "!!TypeError: frozen object 'frozen_number' is not a code object");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "sy#", "x", nonsense, (Py_ssize_t)3), "!!ImportError: Frozen object named 'x' is invalid");
    CHECK_REPR(PyObject_CallMethod(imp, "init_frozen", "s", "frozen_excluded"), "!!ImportError: Excluded frozen object named 'frozen_excluded'");
    CHECK_REPR(PyObject_CallMethod(imp, "init_frozen", "s", "frozen_number"), "!!TypeError: frozen object 'frozen_number' is not a code object");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "s[]", "x"), "!!TypeError: get_frozen_object() argument 2 must be bytes, not list");
    CHECK_REPR(PyObject_CallMethod(imp, "get_frozen_object", "sy", "x", ""), "!!ImportError: Frozen object named 'x' is invalid");
    CHECK_REPR(PyObject_CallMethod(imp, "is_frozen", "s", "frozen_excluded"), "False");
    CHECK_REPR(PyObject_CallMethod(imp, "is_frozen", "s", "frozen_nonsense"), "False");
    CHECK_REPR(PyObject_CallMethod(imp, "is_frozen_package", "s", "frozen_excluded"), "False");
    CHECK_REPR(PyObject_CallMethod(imp, "is_frozen_package", "s", "frozen_number"), "False");
    CHECK_REPR(PyObject_CallMethod(imp, "find_frozen", "s", "frozen_number"), "(None, False, 'frozen_number')");
    CHECK_REPR(PyObject_CallMethod(imp, "find_frozen", "s", "frozen_empty"), "!!ImportError: Frozen object named 'frozen_empty' is invalid");
    CHECK_REPR(PyObject_CallMethod(imp, "find_frozen", "s", "frozen_excluded"), "!!ImportError: Excluded frozen object named 'frozen_excluded'");
    PyImport_FrozenModules = NULL;
}

/* CPython's own tables, which a program may replace, as its tests do. An entry without code is excluded. */
PyAPI_DATA(const struct _frozen *) _PyImport_FrozenBootstrap;
PyAPI_DATA(const struct _frozen *) _PyImport_FrozenStdlib;
PyAPI_DATA(const struct _frozen *) _PyImport_FrozenTest;
TEST(frozen_tables) {
    static struct _frozen first[] = {{"frozen_first", NULL, 0, 0}, {NULL, NULL, 0, 0}}, second[] = {{"frozen_second", (const unsigned char *)"X", 1, 0}, {NULL, NULL, 0, 0}};
    const struct _frozen **tables[] = {&_PyImport_FrozenBootstrap, &_PyImport_FrozenStdlib, &_PyImport_FrozenTest};
    for (int i = 0; i < 3; i++) {
        const struct _frozen *entry = *tables[i];
        CHECK(entry != NULL);
        for (; entry->name; entry++) CHECK(*entry->name && (entry->code ? entry->size > 0 : 1));
    }
    CHECK(PyImport_FrozenModules == NULL);
    for (int i = 0; i < 3; i++) {
        const struct _frozen *own = *tables[i];
        *tables[i] = first;
        CHECK_INT(PyImport_ImportFrozenModule("frozen_first"), "-1 !!ImportError: Excluded frozen object named 'frozen_first'");
        CHECK_INT(PyImport_ImportFrozenModule("frozen_second"), "0");
        *tables[i] = second;
        CHECK_INT(PyImport_ImportFrozenModule("frozen_first"), "0");
        CHECK_INT(PyImport_ImportFrozenModule("frozen_second"), "-1 !!ImportError: Frozen object named 'frozen_second' is invalid");
        *tables[i] = own;
        CHECK_INT(PyImport_ImportFrozenModule("frozen_second"), "0");
    }
}
CHECK_MAIN()
