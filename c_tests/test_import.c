/* Imports: sys.modules, builtin modules, extension files along sys.path, packages of them, and what goes wrong. */
#include "check.h"
#include <limits.h>
#include <sys/stat.h>
extern const struct _frozen *_PyImport_FrozenBootstrap, *_PyImport_FrozenStdlib, *_PyImport_FrozenTest; /* internal, but exported */

#define SUFFIX ".cpython-314-x86_64-linux-gnu.so"
static char folder[PATH_MAX];
static void link_as(const char *fixture, const char *name) {
    char from[PATH_MAX + 64], to[PATH_MAX + 64];
    snprintf(from, sizeof from, "%s/%s" SUFFIX, getenv("FIXTURES"), fixture);
    snprintf(to, sizeof to, "%s/%s", folder, name);
    if (symlink(from, to) != 0) perror(to);
}
static void write_file(const char *name, const char *text) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file) { fputs(text, file); fclose(file); }
}
/* A folder of modules, first in sys.path. */
static void prepare(void) {
    snprintf(folder, sizeof folder, "/tmp/import_test.XXXXXX");
    if (!mkdtemp(folder)) exit(2);
    char package[PATH_MAX + 64];
    snprintf(package, sizeof package, "%s/package", folder);
    mkdir(package, 0700);
    PyObject *path = PySys_GetObject("path"), *text = PyUnicode_FromString(folder);
    PyList_Insert(path, 0, text);
    Py_DECREF(text);
}
static void forget(void) {
    char command[PATH_MAX + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) perror("rm");
}
/* The exception's text without the folder, which is another one each time. */
static PyObject *said(PyObject *result) {
    if (result) return result;
    PyObject *exception = keep(PyErr_GetRaisedException()), *text = keep(PyObject_Str(exception)), *here = value("s", folder);
    PyObject *plain = keep(PyUnicode_Replace(text, here, value("s", "<folder>"), -1));
    return PyUnicode_FromFormat("%s: %U", Py_TYPE(exception)->tp_name, plain);
}

TEST(builtin_modules) {
    PyObject *sys = keep(PyImport_ImportModule("sys")), *again = keep(PyImport_ImportModule("sys"));
    CHECK(sys == again && PyImport_GetModuleDict() == keep(PyObject_GetAttrString(sys, "modules")));
    CHECK_BORROWED(sys, "<module 'sys' (built-in)>");
    CHECK(keep(PyImport_GetModule(value("s", "sys"))) == sys);
    CHECK_REPR(PyImport_GetModule(value("s", "not there")), "NULL");
    CHECK_REPR(PyImport_Import(value("s", "builtins")), "<module 'builtins' (built-in)>");
    CHECK_REPR(PyImport_ImportModule("no_such_module"), "!!ModuleNotFoundError: No module named 'no_such_module'");
    CHECK_REPR(PyImport_ImportModule("sys.nothing"), "!!ModuleNotFoundError: No module named 'sys.nothing'; 'sys' is not a package");
    CHECK_REPR(PyImport_ImportModule(""), "!!ValueError: Empty module name");
    CHECK_REPR(PyImport_ImportModule("\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0), "<module 'sys' (built-in)>");
    CHECK_REPR(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, -1), "!!ValueError: level must be >= 0");
    CHECK_REPR(PyImport_ImportModuleLevel("", NULL, NULL, NULL, 0), "!!ValueError: Empty module name");
    CHECK_REPR(PyImport_ImportModuleLevel("x", NULL, NULL, NULL, 1), "!!KeyError: \"'__name__' not in globals\"");
    CHECK_REPR(PyImport_ImportModuleLevel("x", value("{}"), NULL, NULL, 1), "!!KeyError: \"'__name__' not in globals\"");
    CHECK_REPR(PyImport_ImportModuleLevelObject(value("s", "sys"), NULL, NULL, value("(s)", "path"), 0), "<module 'sys' (built-in)>");
    CHECK_REPR(PyImport_ImportModuleLevelObject(value("i", 1), NULL, NULL, NULL, 0), "!!TypeError: module name must be a string");
    CHECK_REPR(PyImport_ImportModuleNoBlock("sys"), "<module 'sys' (built-in)>");
    CHECK_REPR(PyImport_ReloadModule(value("i", 1)), "!!TypeError: reload() argument must be a module");
    CHECK_REPR(PyImport_ImportModuleAttrString("sys", "maxsize"), "9223372036854775807");
    CHECK_REPR(PyImport_ImportModuleAttr(value("s", "sys"), value("s", "nope")), "!!AttributeError: module 'sys' has no attribute 'nope'");
    CHECK_INT(PyImport_GetMagicNumber() != 0, "1");
    CHECK_STR_EQ(PyImport_GetMagicTag(), "cpython-314");
    CHECK_INT(PyImport_ImportFrozenModule("no_such_frozen"), "0");
    CHECK_FATAL(PyImport_AppendInittab("late", NULL), "Fatal Python error: PyImport_AppendInittab: PyImport_AppendInittab() may not be called after Py_Initialize()");
}

TEST(add_module) {
    PyObject *made = PyImport_AddModule("made.up");
    CHECK_BORROWED(made, "<module 'made.up'>");
    CHECK(PyImport_AddModule("made.up") == made && PyImport_AddModuleObject(value("s", "made.up")) == made && keep(PyImport_AddModuleRef("made.up")) == made);
    CHECK_REPR(PyImport_ImportModule("made.up"), "!!ModuleNotFoundError: No module named 'made'");
    PyObject *modules = PyImport_GetModuleDict();
    CHECK_INT(PyDict_SetItemString(modules, "odd", value("i", 5)), "0");
    CHECK_REPR(PyImport_ImportModule("odd"), "5");
    CHECK_INT(PyDict_SetItemString(modules, "blocked", Py_None), "0");
    CHECK_REPR(PyImport_ImportModule("blocked"), "!!ModuleNotFoundError: import of blocked halted; None in sys.modules");
    CHECK_REPR(PyImport_AddModuleRef("\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyDict_DelItemString(modules, "odd"), "0");
}

extern int _PyImport_SetModule(PyObject *name, PyObject *module); /* exported, and in no public header */
TEST(set_module) {
    PyObject *module = keep(PyModule_New("set.here")), *name = value("s", "set.here"), *modules = PyImport_GetModuleDict();
    CHECK_INT(_PyImport_SetModule(name, module), "0");
    CHECK(PyImport_AddModule("set.here") == module && keep(PyImport_GetModule(name)) == module);
    CHECK_INT(_PyImport_SetModule(name, Py_None), "0");
    CHECK_BORROWED(PyDict_GetItem(modules, name), "None");
    CHECK_INT(_PyImport_SetModule(value("i", 5), module), "0");
    CHECK_INT(PyDict_DelItem(modules, value("i", 5)), "0");
    CHECK_INT(_PyImport_SetModule(value("[]"), module), "-1 !!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_INT(PyDict_DelItem(modules, name), "0");
}

TEST(extension) {
    prepare();
    link_as("single", "single" SUFFIX);
    link_as("multi", "multi.abi3.so");
    PyObject *single = keep(PyImport_ImportModule("single")), *multi = keep(PyImport_ImportModule("multi"));
    CHECK_REPR(said(single ? PyObject_CallMethod(single, "inits", NULL) : NULL), "1");
    CHECK_REPR(PyObject_GetAttrString(single, "answer"), "42");
    CHECK_REPR(PyObject_GetAttrString(single, "__name__"), "'single'");
    CHECK_REPR(PyObject_GetAttrString(single, "__doc__"), "'Single phase.'");
    CHECK_REPR(PyObject_GetAttrString(single, "__package__"), "''");
    char expected[2 * PATH_MAX];
    snprintf(expected, sizeof expected, "%s/single" SUFFIX, folder);
    CHECK_STR_EQ(PyModule_GetFilename(single), expected);
    PyObject *spec = attr(single, "__spec__");
    CHECK_REPR(PyObject_GetAttrString(spec, "name"), "'single'");
    CHECK_STR_EQ(PyUnicode_AsUTF8(attr(spec, "origin")), expected);
    CHECK_REPR(PyObject_CallMethod(multi, "step", NULL), "101");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallMethod(multi, "Peeker", NULL)), "peek", NULL), "101");
    CHECK_REPR(PyObject_CallMethod(keep(PyObject_CallNoArgs(new_class("Sub", attr(multi, "Peeker")))), "peek", NULL), "101");
    CHECK(keep(PyImport_ImportModule("multi")) == multi);
    /* a second import of a multi-phase module is a second module; of a single-phase one it is the first again */
    PyObject *modules = PyImport_GetModuleDict();
    CHECK_INT(PyDict_DelItemString(modules, "multi"), "0");
    CHECK_INT(PyDict_DelItemString(modules, "single"), "0");
    PyObject *second = keep(PyImport_ImportModule("multi"));
    CHECK(second != multi);
    CHECK_REPR(PyObject_CallMethod(second, "step", NULL), "101");
    CHECK_REPR(PyObject_CallMethod(multi, "step", NULL), "102");
    PyObject *single_again = keep(PyImport_ImportModule("single"));
    CHECK_REPR(PyObject_CallMethod(single_again, "inits", NULL), "1");
    CHECK_REPR(PyImport_ReloadModule(multi) ? PyUnicode_FromString("reloaded") : NULL, "!!ImportError: module multi not in sys.modules");
    forget();
}

TEST(packages) {
    prepare();
    link_as("multi", "package/multi" SUFFIX);
    write_file("package/__init__.py", "");
    PyObject *module = keep(PyImport_ImportModule("package.multi"));
    CHECK_REPR(said(module ? PyObject_CallMethod(module, "step", NULL) : NULL), "101");
    CHECK_REPR(PyObject_GetAttrString(module, "__name__"), "'package.multi'");
    CHECK_REPR(PyObject_GetAttrString(module, "__package__"), "'package'");
    PyObject *package = keep(PyImport_ImportModule("package"));
    CHECK(keep(PyObject_GetAttrString(package, "multi")) == module);
    CHECK_REPR(said(PyImport_ImportModule("package.nothing")), "\"ModuleNotFoundError: No module named 'package.nothing'\"");
    CHECK_REPR(said(PyImport_ImportModule("nothing.multi")), "\"ModuleNotFoundError: No module named 'nothing'\"");
    PyObject *globals = value("{ssss}", "__package__", "package", "__name__", "package.other");
    CHECK(keep(PyImport_ImportModuleLevel("multi", globals, NULL, NULL, 1)) == module);
    CHECK(keep(PyImport_ImportModuleLevel("", globals, NULL, value("(s)", "multi"), 1)) == package);
    CHECK_REPR(said(PyImport_ImportModuleLevel("multi", globals, NULL, NULL, 2)), "'ImportError: attempted relative import beyond top-level package'");
    CHECK(keep(PyImport_ImportModuleLevel("package.multi", NULL, NULL, NULL, 0)) == package);
    CHECK(keep(PyImport_ImportModuleLevel("package.multi", NULL, NULL, value("(s)", "x"), 0)) == module);
    forget();
}

TEST(broken) {
    prepare();
    link_as("broken", "broken" SUFFIX);
    link_as("broken", "broken_raises" SUFFIX);
    link_as("broken", "broken_exec" SUFFIX);
    link_as("broken", "broken_leaves_error" SUFFIX);
    link_as("broken", "broken_object" SUFFIX);
    link_as("broken", "br\xc3\xb6ken" SUFFIX);
    link_as("broken", "other_name" SUFFIX);
    write_file("no_extension" SUFFIX, "This is text, and as long as an ELF header would be, but no extension module at all.\n");
    write_file("empty" SUFFIX, "");
    write_file("other_abi.cpython-313-x86_64-linux-gnu.so", "");
    CHECK_REPR(said(PyImport_ImportModule("broken")), "'SystemError: initialization of broken failed without raising an exception'");
    CHECK_REPR(said(PyImport_ImportModule("broken_raises")), "'ValueError: init says no'");
    CHECK_REPR(said(PyImport_ImportModule("broken_exec")), "'ValueError: exec says no'");
    CHECK_REPR(said(PyImport_ImportModule("broken_leaves_error")), "'SystemError: initialization of broken_leaves_error raised unreported exception'");
    CHECK_REPR(said(PyImport_ImportModule("broken_object")), "'SystemError: initialization of broken_object did not return an extension module'");
    CHECK_REPR(said(PyImport_ImportModule("other_name")), "'ImportError: dynamic module does not define module export function (PyInit_other_name)'");
    CHECK_REPR(said(PyImport_ImportModule("no_extension")), "'ImportError: <folder>/no_extension.cpython-314-x86_64-linux-gnu.so: invalid ELF header'");
    CHECK_REPR(said(PyImport_ImportModule("empty")), "'ImportError: <folder>/empty.cpython-314-x86_64-linux-gnu.so: file too short'");
    CHECK_REPR(said(PyImport_ImportModule("other_abi")), "\"ModuleNotFoundError: No module named 'other_abi'\"");
    CHECK_REPR(said(keep(PyImport_ImportModule("br\xc3\xb6ken")) ? PyUnicode_FromString("imported") : NULL), "'imported'");
    CHECK_INT(PyDict_Contains(PyImport_GetModuleDict(), value("s", "broken_exec")), "0");
    /* and the interpreter goes on */
    CHECK_REPR(PyImport_ImportModule("_weakref"), "<module '_weakref' (built-in)>");
    forget();
}

TEST(interpreters) {
    prepare();
    link_as("single", "single" SUFFIX);
    link_as("multi", "multi" SUFFIX);
    PyObject *multi = keep(PyImport_ImportModule("multi"));
    CHECK_REPR(PyObject_CallMethod(multi, "step", NULL), "101");
    PyObject *path = PyUnicode_FromString(folder);
    const char *where = PyUnicode_AsUTF8(path);
    PyThreadState *main_state = PyThreadState_Get(), *sub = NULL;
    PyInterpreterConfig own = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    CHECK(!PyStatus_Exception(Py_NewInterpreterFromConfig(&sub, &own)));
    PyObject *here = PyUnicode_FromString(where);
    PyList_Insert(PySys_GetObject("path"), 0, here);
    Py_DECREF(here);
    PyObject *mine = PyImport_ImportModule("multi"), *result = mine ? PyObject_CallMethod(mine, "step", NULL) : NULL;
    CHECK(mine && mine != multi);
    CHECK_REPR(result, "101");
    CHECK_REPR(PyImport_ImportModule("single"), "!!ImportError: module single does not support loading in subinterpreters");
    Py_XDECREF(mine);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(main_state);
    Py_DECREF(path);
    CHECK_REPR(PyObject_CallMethod(multi, "step", NULL), "102");
    forget();
}

/* The tables of frozen modules: which there are is the runtime's affair, that they end is everybody's. */
TEST(frozen_tables) {
    const struct _frozen *tables[] = {_PyImport_FrozenBootstrap, _PyImport_FrozenStdlib, _PyImport_FrozenTest};
    for (int i = 0; i < 3; i++) {
        CHECK(tables[i] != NULL);
        for (const struct _frozen *at = tables[i]; at->name; at++) CHECK(*at->name && at->code && at->size > 0);
    }
}
CHECK_MAIN()
