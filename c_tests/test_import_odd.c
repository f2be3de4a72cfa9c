/* Imports with odd names and arguments; sys.modules and builtins.__import__ replaced, deleted, of another class; names of packages and their extensions. */
#include "check.h"
#include <limits.h>
#include <sys/stat.h>

/* The result, or the exception with its `name`, `path` and the class of its context. */
static PyObject *full(PyObject *result) {
    if (result) return result;
    PyObject *exception = PyErr_GetRaisedException();
    if (!exception) return NULL;
    keep(exception);
    PyObject *context = keep(PyException_GetContext(exception)), *text = keep(PyObject_Str(exception)), *parts[2];
    for (int i = 0; i < 2; i++) {
        PyObject *found = PyObject_GetAttrString(exception, i ? "path" : "name");
        PyErr_Clear();
        parts[i] = found ? keep(PyObject_Repr(keep(found))) : value("s", "-");
    }
    return PyUnicode_FromFormat("%s: %U, name %U, path %U, during %s", Py_TYPE(exception)->tp_name, text, parts[0], parts[1], context ? Py_TYPE(context)->tp_name : "nothing");
}
#define F(expression, expected) CHECK_REPR(full(expression), expected)
static PyObject *str(const char *text) { return value("s", text); }
static PyObject *five(void) { return value("i", 5); }

TEST(names) {
    PyObject *modules = PyImport_GetModuleDict();
    F(PyImport_GetModule(five()), "NULL");
    F(PyImport_GetModule(Py_None), "NULL");
    F(PyImport_AddModuleRef(""), "<module ''>");
    F(PyImport_AddModuleRef("x.y.z"), "<module 'x.y.z'>");
    PyDict_SetItemString(modules, "number", five());
    F(PyImport_GetModule(str("number")), "5");
    F(PyImport_AddModuleRef("number"), "<module 'number'>");
    PyDict_SetItemString(modules, "given", keep(PyModule_New("of another name")));
    F(PyImport_AddModuleRef("given"), "<module 'of another name'>");
    F(PyImport_ImportModule("given"), "<module 'of another name'>");
    F(PyImport_Import(Py_None), "'TypeError: module name must be a string, name -, path -, during nothing'");
    F(PyImport_Import(str("")), "'ValueError: Empty module name, name -, path -, during nothing'");
    F(PyImport_Import(str("a..b")), "\"ModuleNotFoundError: No module named 'a', name 'a', path None, during nothing\"");
    F(PyImport_ImportModule("sys."), "\"ModuleNotFoundError: No module named 'sys.'; 'sys' is not a package, name 'sys.', path None, during AttributeError\"");
    F(PyImport_ImportModule(".sys"), "\"ModuleNotFoundError: No module named '.sys', name '.sys', path None, during nothing\"");
    F(PyImport_ImportModule("."), "\"ModuleNotFoundError: No module named '.', name '.', path None, during nothing\"");
    F(PyImport_ImportModule("a b"), "\"ModuleNotFoundError: No module named 'a b', name 'a b', path None, during nothing\"");
    F(PyImport_ImportModule("sys/x"), "\"ModuleNotFoundError: No module named 'sys/x', name 'sys/x', path None, during nothing\"");
    F(PyImport_ImportModule("../x"), "\"ModuleNotFoundError: No module named '.', name '.', path None, during nothing\"");
    F(PyImport_Import(str("nothere.x")), "\"ModuleNotFoundError: No module named 'nothere', name 'nothere', path None, during nothing\"");
    F(PyImport_Import(str("sys.x")), "\"ModuleNotFoundError: No module named 'sys.x'; 'sys' is not a package, name 'sys.x', path None, during AttributeError\"");
    F(PyImport_ImportModuleLevelObject(NULL, NULL, NULL, NULL, 0), "'ValueError: Empty module name, name -, path -, during nothing'");
    F(PyImport_ImportModuleLevelObject(str("sys"), five(), five(), value("()"), 0), "<module 'sys' (built-in)>");
    F(PyImport_ImportModuleLevelObject(str("sys"), NULL, NULL, five(), 0), "<module 'sys' (built-in)>");
    F(PyImport_ImportModuleLevelObject(str("sys"), NULL, NULL, Py_False, 0), "<module 'sys' (built-in)>");
    F(PyImport_ImportModuleLevelObject(str("sys"), NULL, NULL, str("path"), 0), "<module 'sys' (built-in)>");
    F(PyImport_ImportModuleLevelObject(five(), NULL, NULL, NULL, -1), "'TypeError: module name must be a string, name -, path -, during nothing'");
    F(PyImport_ImportModuleLevelObject(str(""), NULL, NULL, NULL, -1), "'ValueError: level must be >= 0, name -, path -, during nothing'");
    F(PyImport_ImportModuleLevelObject(str("x"), five(), NULL, NULL, 1), "'TypeError: globals must be a dict, name -, path -, during nothing'");
    F(PyImport_ImportModuleLevelObject(str(""), value("{}"), NULL, NULL, 1), "'KeyError: \"\\'__name__\\' not in globals\", name -, path -, during nothing'");
    F(PyImport_ImportModuleAttr(five(), str("x")), "'TypeError: module name must be a string, name -, path -, during nothing'");
    F(PyImport_ImportModuleAttr(str("sys"), five()), "\"TypeError: attribute name must be string, not 'int', name -, path -, during nothing\"");
    F(PyImport_ImportModuleAttr(str(""), str("x")), "'ValueError: Empty module name, name -, path -, during nothing'");
    F(PyImport_ImportModuleAttrString("sys", "nothere"), "\"AttributeError: module 'sys' has no attribute 'nothere', name 'nothere', path -, during nothing\"");
    F(PyImport_ImportModuleAttrString("nothere", "x"), "\"ModuleNotFoundError: No module named 'nothere', name 'nothere', path None, during nothing\"");
    F(PyImport_ImportModuleAttrString("sys", "\xff"), "\"UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte, name -, path -, during nothing\"");
    F(PyImport_ImportModuleAttrString("\xff", "x"), "\"UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte, name -, path -, during nothing\"");
    PyDict_SetItemString(modules, "number", five());
    F(PyImport_ImportModuleAttrString("number", "real"), "5");
    PyDict_SetItemString(modules, "blocked", Py_None);
    F(PyImport_ImportModuleAttrString("blocked", "x"), "\"ModuleNotFoundError: import of blocked halted; None in sys.modules, name 'blocked', path None, during nothing\"");
    F(PyImport_ReloadModule(five()), "'TypeError: reload() argument must be a module, name -, path -, during AttributeError'");
    F(PyImport_ReloadModule(keep(PyModule_New("sys"))), "\"ImportError: module sys not in sys.modules, name 'sys', path None, during nothing\"");
    PyObject *simple = keep(PyObject_CallNoArgs((PyObject *)Py_TYPE(PySys_GetObject("implementation"))));
    F(PyImport_ReloadModule(simple), "'TypeError: reload() argument must be a module, name -, path -, during AttributeError'");
    PyObject_SetAttrString(simple, "__spec__", Py_None);
    F(PyImport_ReloadModule(simple), "'TypeError: reload() argument must be a module, name -, path -, during AttributeError'");
    PyObject_SetAttrString(simple, "__name__", five());
    F(PyImport_ReloadModule(simple), "'ImportError: module 5 not in sys.modules, name 5, path None, during nothing'");
    PyObject_SetAttrString(simple, "__name__", str("simple"));
    PyDict_SetItemString(modules, "simple", simple);
    F(PyImport_ReloadModule(simple), "\"ModuleNotFoundError: spec not found for the module 'simple', name 'simple', path None, during nothing\"");
    PyObject_SetAttrString(simple, "__name__", str("simple.child"));
    PyDict_SetItemString(modules, "simple.child", simple);
    F(PyImport_ReloadModule(simple), "\"AttributeError: 'types.SimpleNamespace' object has no attribute '__path__', name '__path__', path -, during nothing\"");
    CHECK_INT(PyImport_ImportFrozenModule(""), "0");
    CHECK_INT(PyImport_ImportFrozenModule("\xff"), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    keep(PyObject_CallMethod(keep(PyImport_ImportModule("warnings")), "simplefilter", "s", "error"));
    F(PyImport_ImportModuleNoBlock("sys"), "'DeprecationWarning: PyImport_ImportModuleNoBlock() is deprecated and scheduled for removal in Python 3.15. Use PyImport_ImportModule() instead., name -, path -, during nothing'");
    F(PyImport_ImportModuleLevel("x", value("{ss}", "__name__", "a.b"), NULL, NULL, 1), "\"ImportWarning: can't resolve package from __spec__ or __package__, falling back on __name__ and __path__, name -, path -, during nothing\"");
    F(PyImport_ImportModuleLevel("x", value("{sss{}}", "__package__", "a", "__spec__"), NULL, NULL, 1), "\"AttributeError: 'dict' object has no attribute 'parent', name 'parent', path -, during nothing\"");
    F(PyImport_ImportModuleLevel("x", value("{sssO}", "__package__", "a", "__spec__", attr(keep(PyImport_ImportModule("sys")), "__spec__")), NULL, NULL, 1), "'DeprecationWarning: __package__ != __spec__.parent, name -, path -, during nothing'");
    keep(PyObject_CallMethod(keep(PyImport_ImportModule("warnings")), "resetwarnings", NULL));
    PyObject *import = builtin("__import__");
    F(PyObject_CallFunction(import, "s", "sys"), "<module 'sys' (built-in)>");
    F(PyObject_CallFunction(import, "i", 5), "'TypeError: module name must be a string, name -, path -, during nothing'");
    F(PyObject_CallFunction(import, "sOOOi", "x", Py_None, Py_None, Py_None, 1), "'TypeError: globals must be a dict, name -, path -, during nothing'");
    F(PyObject_CallFunction(import, "sOOOi", "sys", Py_None, Py_None, Py_None, 0), "<module 'sys' (built-in)>");
    F(PyObject_CallFunction(import, "sOOOs", "sys", Py_None, Py_None, Py_None, "x"), "\"TypeError: 'str' object cannot be interpreted as an integer, name -, path -, during nothing\"");
    F(PyObject_CallNoArgs(import), "\"TypeError: __import__() missing required argument 'name' (pos 1), name -, path -, during nothing\"");
    F(PyObject_CallFunction(import, "sOOOii", "sys", Py_None, Py_None, Py_None, 0, 0), "'TypeError: __import__() takes at most 5 arguments (6 given), name -, path -, during nothing'");
    static const char *const made[] = {"", "x.y.z", "number", "given", "blocked", "simple", "simple.child"};
    for (int i = 0; i < 7; i++) PyDict_DelItemString(modules, made[i]);
}

/* What stands in sys.modules is what finding and loading works with; the interpreter looks into the dict it began with. */
TEST(other_modules) {
    keep(PyImport_ImportModule("time"));
    keep(PyImport_ImportModule("_weakref"));
    keep(PyImport_ImportModule("importlib"));
    PyObject *modules = PyImport_GetModuleDict(), *copy = keep(PyDict_Copy(modules));
    PySys_SetObject("modules", copy);
    CHECK(PyImport_GetModuleDict() == modules);
    PyDict_SetItemString(copy, "only there", Py_True);
    F(PyImport_ImportModule("only there"), "\"KeyError: 'only there', name -, path -, during nothing\"");
    F(PyImport_GetModule(str("only there")), "NULL");
    F(PyImport_ImportModuleLevel("only there", NULL, NULL, NULL, 0), "True");
    F(PyImport_AddModuleRef("added"), "<module 'added'>");
    CHECK_INT(PyDict_ContainsString(copy, "added"), "0");
    PyDict_DelItemString(modules, "_weakref");
    F(PyImport_ImportModule("_weakref"), "\"KeyError: '_weakref', name -, path -, during nothing\"");
    PyDict_DelItemString(copy, "_weakref");
    F(PyImport_ImportModule("_weakref"), "\"KeyError: '_weakref', name -, path -, during nothing\"");
    CHECK_INT(PyDict_ContainsString(copy, "_weakref"), "1");
    CHECK_INT(PyDict_ContainsString(modules, "_weakref"), "0");
    PyDict_SetItemString(modules, "_weakref", PyDict_GetItemString(copy, "_weakref"));
    F(PyImport_ReloadModule(keep(PyImport_ImportModule("_weakref"))), "<module '_weakref' (built-in)>");
    PySys_SetObject("modules", NULL);
    F(PyImport_ImportModule("time"), "<module 'time' (built-in)>");
    F(PyImport_ImportModule("nothere"), "\"AttributeError: module 'sys' has no attribute 'modules', name 'modules', path -, during nothing\"");
    F(PyImport_Import(str("time")), "<module 'time' (built-in)>");
    F(PyImport_AddModuleRef("another"), "<module 'another'>");
    F(PyImport_ReloadModule(keep(PyImport_ImportModule("time"))), "\"AttributeError: module 'sys' has no attribute 'modules', name 'modules', path -, during nothing\"");
    PySys_SetObject("modules", five());
    F(PyImport_ImportModule("time"), "<module 'time' (built-in)>");
    F(PyImport_ImportModule("nothere"), "\"AttributeError: 'int' object has no attribute 'get', name 'get', path -, during nothing\"");
    F(PyImport_ReloadModule(keep(PyImport_ImportModule("time"))), "\"AttributeError: 'int' object has no attribute 'get', name 'get', path -, during nothing\"");
    PyObject *proxy = keep(PyDictProxy_New(modules));
    PySys_SetObject("modules", proxy);
    F(PyImport_ImportModule("nothere"), "\"ModuleNotFoundError: No module named 'nothere', name 'nothere', path None, during nothing\"");
    PyDict_DelItemString(modules, "_weakref");
    F(PyImport_ImportModule("_weakref"), "\"TypeError: 'mappingproxy' object does not support item assignment, name -, path -, during nothing\"");
    PySys_SetObject("modules", modules);
}

static PyObject *seen;
static PyObject *importing(PyObject *self, PyObject *args) { (void)self; PyList_Append(seen, args); Py_RETURN_NONE; }
static PyMethodDef importing_def = {"importing", importing, METH_VARARGS, NULL};
TEST(other_import) {
    PyObject *builtins = keep(PyImport_ImportModule("builtins")), *original = builtin("__import__");
    seen = keep(PyList_New(0));
    PyObject_SetAttrString(builtins, "__import__", keep(PyCFunction_New(&importing_def, NULL)));
    F(PyImport_Import(str("sys")), "<module 'sys' (built-in)>");
    F(PyImport_ImportModule("nothere.at.all"), "\"KeyError: 'nothere.at.all', name -, path -, during nothing\"");
    F(PyImport_Import(str("")), "\"KeyError: '', name -, path -, during nothing\"");
    F(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0), "<module 'sys' (built-in)>");
    CHECK_BORROWED(seen, "[('sys', {'__builtins__': <module 'builtins' (built-in)>}, {'__builtins__': <module 'builtins' (built-in)>}, [], 0), ('nothere.at.all', {'__builtins__': <module 'builtins' (built-in)>}, {'__builtins__': <module 'builtins' (built-in)>}, [], 0), ('', {'__builtins__': <module 'builtins' (built-in)>}, {'__builtins__': <module 'builtins' (built-in)>}, [], 0)]");
    PyObject_SetAttrString(builtins, "__import__", five());
    F(PyImport_Import(str("sys")), "\"TypeError: 'int' object is not callable, name -, path -, during nothing\"");
    F(PyImport_ImportModuleAttrString("sys", "maxsize"), "\"TypeError: 'int' object is not callable, name -, path -, during nothing\"");
    PyObject_DelAttrString(builtins, "__import__");
    CHECK_REPR(PyImport_ImportModule("sys"), "!!AttributeError: module 'builtins' has no attribute '__import__'");
    CHECK_REPR(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0), "<module 'sys' (built-in)>");
    PyObject_SetAttrString(builtins, "__import__", original);
}

/* Single-phase modules in packages: the import gives the full name to the first module that has the last part of it. */
static PyObject *init_child(void) {
    static PyModuleDef first = {PyModuleDef_HEAD_INIT, .m_name = "child", .m_size = -1}, second = {PyModuleDef_HEAD_INIT, .m_name = "child", .m_size = -1};
    PyObject *module = PyModule_Create(&first), *other = PyModule_Create(&second);
    PyModule_Add(module, "other", other);
    return module;
}
TEST(names_in_packages) {
    PyObject *modules = PyImport_GetModuleDict(), *package = PyImport_AddModule("package");
    PyObject_SetAttrString(package, "__path__", value("[]"));
    PyObject_SetAttrString(package, "__spec__", Py_None);
    /* CPython tells a builtin module nothing */
    PyObject *module = keep(PyImport_ImportModule("package.child"));
    CHECK_BORROWED(module, "<module 'package.child' (built-in)>");
    CHECK_REPR(module ? PyObject_GetAttrString(module, "__name__") : NULL, "'child'");
    CHECK_REPR(module ? PyObject_GetAttrString(module, "other") : NULL, "<module 'child'>");
    /* an extension file */
    char folder[] = "/tmp/import_odd.XXXXXX", to[PATH_MAX], from[PATH_MAX];
    if (!mkdtemp(folder)) exit(2);
    snprintf(from, sizeof from, "%s/single.cpython-314-x86_64-linux-gnu.so", getenv("FIXTURES"));
    snprintf(to, sizeof to, "%s/single.so", folder);
    if (symlink(from, to) != 0) perror(to);
    PyObject_SetAttrString(package, "__path__", value("[s]", folder));
    module = keep(PyImport_ImportModule("package.single"));
    CHECK_REPR(module ? PyObject_GetAttrString(module, "__name__") : NULL, "'package.single'");
    CHECK_REPR(module ? PyModule_GetNameObject(module) : NULL, "'package.single'");
    CHECK_REPR(module ? PyObject_GetAttrString(module, "__package__") : NULL, "'package'");
    PyDict_DelItemString(modules, "package.single");
    module = keep(PyImport_ImportModule("package.single"));
    CHECK_REPR(module ? PyObject_GetAttrString(module, "__name__") : NULL, "'package.single'");
    unlink(to); rmdir(folder);
}
int main(int argc, char **argv) {
    PyImport_AppendInittab("package.child", init_child);
    return check_main(argc, argv, 1);
}
