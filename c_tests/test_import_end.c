/* Imports while the runtime ends: from exit functions, and from destructors when modules, sys and the interpreter's own dict go. */
#include "check.h"

static char said[4][2048];
static int times;
static void say(const char *what, PyObject *result) {
    char *at = said[times], error[512] = "";
    if (!result) check_taken(error, sizeof error);
    snprintf(at + strlen(at), sizeof said[0] - strlen(at), "%s%s %s", *at ? "; " : "", what, result ? "ok" : error);
    Py_XDECREF(result);
    PyErr_Clear();
}
static void try_all(void) {
    PyObject *module = PyModule_New("x"), *sys = PyUnicode_FromString("sys"), *root = PyUnicode_FromString("/");
    say("sys", PyImport_ImportModule("sys"));
    say("errno", PyImport_ImportModule("errno"));
    say("new", PyImport_ImportModule("_operator"));
    say("unknown", PyImport_ImportModule("nothere"));
    say("level", PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0));
    say("add", PyImport_AddModuleRef("added"));
    say("get", PyImport_GetModule(sys));
    say("reload", PyImport_ReloadModule(module));
    say("importer", PyImport_GetImporter(root));
    say("attribute", PyImport_ImportModuleAttrString("sys", "path"));
    Py_DECREF(module); Py_DECREF(sys); Py_DECREF(root);
    times++;
}
static void when_gone(PyObject *capsule) { (void)capsule; try_all(); }
static PyObject *at_exit(PyObject *self, PyObject *args) { (void)self; (void)args; try_all(); Py_RETURN_NONE; }
static PyMethodDef at_exit_def = {"at_exit", at_exit, METH_NOARGS, NULL};

TEST(imports) {
    Py_InitializeEx(0);
    times = 0;
    Py_XDECREF(PyImport_ImportModule("importlib"));
    Py_XDECREF(PyImport_ImportModule("errno"));
    PyObject *module = PyImport_AddModule("mine"), *atexit = PyImport_ImportModule("atexit"), *function = PyCFunction_New(&at_exit_def, NULL), *capsule = PyCapsule_New(module, NULL, when_gone);
    PyModule_Add(module, "capsule", PyCapsule_New(module, NULL, when_gone));
    Py_XDECREF(PyObject_CallMethod(atexit, "register", "O", function));
    PyDict_SetItemString(PyInterpreterState_GetDict(PyInterpreterState_Get()), "capsule", capsule);
    Py_DECREF(capsule); Py_DECREF(function); Py_DECREF(atexit);
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_INT(times, "3");
    CHECK_STR_EQ(said[0], "sys ok; errno ok; new ok; unknown !!ModuleNotFoundError: No module named 'nothere'; level ok; add ok; get ok; reload !!ImportError: module x not in sys.modules; importer ok; attribute ok");
    CHECK_STR_EQ(said[1], "sys !!ModuleNotFoundError: import of builtins halted; None in sys.modules; errno !!ModuleNotFoundError: import of builtins halted; None in sys.modules; new !!ModuleNotFoundError: import of builtins halted; None in sys.modules; unknown !!ModuleNotFoundError: import of builtins halted; None in sys.modules; level !!ModuleNotFoundError: import of sys halted; None in sys.modules; add ok; get ok; reload !!AttributeError: 'NoneType' object has no attribute 'reload'; importer !!RuntimeError: sys.path_hooks is not a list; attribute !!ModuleNotFoundError: import of builtins halted; None in sys.modules");
}
/* PyImport_Import asks the module `builtins` that sys.modules has, and importlib reloads. */
TEST(other_modules) {
    Py_InitializeEx(0);
    PyObject *modules = PyImport_GetModuleDict(), *builtins = PyImport_ImportModule("builtins"), *importlib = PyImport_ImportModule("importlib"), *sys = PyImport_ImportModule("sys");
    PyDict_SetItemString(modules, "builtins", Py_None);
    CHECK_REPR(PyImport_ImportModule("sys"), "!!ModuleNotFoundError: import of builtins halted; None in sys.modules");
    CHECK_REPR(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0), "<module 'sys' (built-in)>");
    PyObject *other = PyModule_New("other");
    PyDict_SetItemString(modules, "builtins", other);
    CHECK_REPR(PyImport_ImportModule("sys"), "!!AttributeError: module 'other' has no attribute '__import__'");
    PyObject *repr = PyObject_GetAttrString(builtins, "repr");
    PyObject_SetAttrString(other, "__import__", repr);
    CHECK_REPR(PyImport_ImportModule("sys"), "!!TypeError: repr() takes exactly one argument (5 given)");
    PyDict_SetItemString(modules, "builtins", builtins);
    PyDict_SetItemString(modules, "importlib", Py_None);
    CHECK_REPR(PyImport_ReloadModule(sys), "!!AttributeError: 'NoneType' object has no attribute 'reload'");
    PyObject_SetAttrString(other, "reload", repr);
    PyDict_SetItemString(modules, "importlib", other);
    CHECK_REPR(PyImport_ReloadModule(sys), "\"<module 'sys' (built-in)>\"");
    PyDict_SetItemString(modules, "importlib", importlib);
    Py_DECREF(repr); Py_DECREF(other); Py_DECREF(builtins); Py_DECREF(importlib); Py_DECREF(sys);
    CHECK_INT(Py_FinalizeEx(), "0");
}
CHECK_MAIN_BARE()
