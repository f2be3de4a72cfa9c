/* What the tests of importers have in common: their classes as names of expressions, and a folder of modules in sys.path. */
#ifndef IMPORTERS_H
#define IMPORTERS_H
#include "expression.h"
#include <limits.h>
#include <sys/stat.h>

#define SUFFIX ".cpython-314-x86_64-linux-gnu.so"
static inline PyObject *names(void) { return keep(PyImport_ImportModule("builtins")); }
static inline void name(const char *as, PyObject *object) { if (PyObject_SetAttrString(names(), as, object) < 0) PyErr_Print(); }
static inline void name_all(void) {
    static const char *const boot[] = {"BuiltinImporter", "FrozenImporter", "ModuleSpec", "spec_from_loader", "module_from_spec"}, *const outside[] = {"PathFinder", "FileFinder", "ExtensionFileLoader", "SourceFileLoader", "SourcelessFileLoader", "NamespaceLoader", "AppleFrameworkLoader", "WindowsRegistryFinder", "FileLoader", "SourceLoader", "_LoaderBasics", "_NamespacePath", "spec_from_file_location"};
    PyObject *bootstrap = keep(PyImport_ImportModule("_frozen_importlib")), *external = keep(PyImport_ImportModule("_frozen_importlib_external"));
    for (size_t i = 0; i < Py_ARRAY_LENGTH(boot); i++) name(boot[i], attr(bootstrap, boot[i]));
    for (size_t i = 0; i < Py_ARRAY_LENGTH(outside); i++) name(outside[i], attr(external, outside[i]));
    name("sys", keep(PyImport_ImportModule("sys")));
    name("external", external);
    name("here", value("s", "/nowhere"));
}
static char folder[PATH_MAX];
static inline void make_folder(const char *path) { char full[PATH_MAX + 64]; snprintf(full, sizeof full, "%s/%s", folder, path); mkdir(full, 0700); }
static inline void write_file(const char *path, const char *text) {
    char full[PATH_MAX + 64];
    snprintf(full, sizeof full, "%s/%s", folder, path);
    FILE *file = fopen(full, "w");
    if (file) { fputs(text, file); fclose(file); } else perror(full);
}
static inline void link_as(const char *fixture, const char *path) {
    char from[PATH_MAX + 64], to[PATH_MAX + 64];
    snprintf(from, sizeof from, "%s/%s" SUFFIX, getenv("FIXTURES"), fixture);
    snprintf(to, sizeof to, "%s/%s", folder, path);
    if (symlink(from, to) != 0) perror(to);
}
/* A folder of modules, first in sys.path; `here` in expressions. */
static inline void prepare(void) {
    name_all();
    snprintf(folder, sizeof folder, "/tmp/importers_test.XXXXXX");
    if (!mkdtemp(folder)) exit(2);
    name("here", value("s", folder));
    PyList_Insert(PySys_GetObject("path"), 0, value("s", folder));
}
static inline void forget(void) {
    char command[PATH_MAX + 16];
    PySequence_DelItem(PySys_GetObject("path"), 0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) perror("rm");
}
/* What becomes of an expression, without the folder's name, which is another one each time. */
static inline PyObject *plain(PyObject *result) {
    char text[2048];
    PyObject *shown = result ? PyObject_Repr(result) : PyUnicode_FromString(check_taken(text, sizeof text)), *cut;
    Py_XDECREF(result);
    cut = PyUnicode_Replace(keep(shown), value("s", folder), value("s", "<folder>"), -1);
    PyErr_Clear();
    return cut;
}
/* A name of later expressions. */
#define NAME(as, text) name(as, keep(eval(text)))
#define HERE(text, expected) CHECK_REPR(plain(eval(text)), expected)
/* Warnings that an expression issues, as messages: those of ImportWarning and DeprecationWarning become errors. */
static inline void warnings_are_errors(PyObject *category) {
    PyObject *warnings = keep(PyImport_ImportModule("warnings"));
    keep(PyObject_CallMethod(warnings, "simplefilter", "sO", "error", category));
}
static inline void warnings_again(void) { keep(PyObject_CallMethod(keep(PyImport_ImportModule("warnings")), "resetwarnings", NULL)); }
#endif
