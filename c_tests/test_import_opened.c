/* Files that loaders open: the events that hooks are told and may refuse, and the hook that opens files of code in their place. */
#include "importers.h"

static int listening, refusing;
static char told[2048];
/* The events about the folder, without its name and without the numbers in temporary names. */
static int listen_to(const char *event, PyObject *args, void *data) {
    (void)data;
    if (!listening || strncmp(event, "builtins.", 9) == 0 || strcmp(event, "import") == 0) return 0;
    PyObject *repr = PyObject_Repr(args);
    const char *text = repr ? PyUnicode_AsUTF8(repr) : NULL, *at = text ? strstr(text, folder) : NULL;
    if (!text) PyErr_Clear();
    if (at) {
        size_t n = strlen(told);
        snprintf(told + n, sizeof told - n, "%s%s%.*s<folder>", n ? "; " : "", event, (int)(at - text), text);
        for (at += strlen(folder); *at && n < sizeof told - 100; at++) {
            if (*at == '.' && at[1] >= '1' && at[1] <= '9') { n = strlen(told); snprintf(told + n, sizeof told - n, ".N"); while (at[1] >= '0' && at[1] <= '9') at++; continue; }
            if (strncmp(at, folder, strlen(folder)) == 0) { n = strlen(told); snprintf(told + n, sizeof told - n, "<folder>"); at += strlen(folder) - 1; continue; }
            n = strlen(told); told[n] = *at; told[n + 1] = 0;
        }
    }
    Py_XDECREF(repr);
    if (at && refusing) { PyErr_SetString(PyExc_RuntimeError, "refused"); return -1; }
    return 0;
}
static PyObject *events_of(const char *text) {
    told[0] = 0;
    listening = 1;
    PyObject *result = eval(text);
    listening = 0;
    if (!result) return NULL;
    Py_DECREF(result);
    return PyUnicode_FromString(told);
}
#define EVENTS(text, expected) CHECK_REPR(events_of(text), expected)

TEST(events) {
    prepare();
    write_file("mod.py", "x = 1\n");
    NAME("mod", "SourceFileLoader('mod', here + '/mod.py')");
    NAME("missing", "here + '/nothere'");
    E("mod.get_source('mod')", "'x = 1\\n'");
    CHECK_INT(PySys_AddAuditHook(listen_to, NULL), "0");
    EVENTS("mod.get_data(mod.path)", "\"open('<folder>/mod.py', 'r', 524288)\"");
    EVENTS("FileLoader('a', 'b').get_data(mod.path)", "\"open('<folder>/mod.py', 'r', 524288)\"");
    EVENTS("ExtensionFileLoader('a', 'b').get_data(mod.path)", "\"open('<folder>/mod.py', 'r', 524288)\"");
    EVENTS("mod.get_source('mod')", "\"open('<folder>/mod.py', 'r', 524288)\"");
    EVENTS("mod.path_stats(mod.path)", "''");
    EVENTS("FileFinder(here)._fill_cache()", "\"os.listdir('<folder>',)\"");
    EVENTS("mod.set_data(here + '/new/folder/file', b'abc')", "\"os.mkdir('<folder>/new', 511, -1); os.mkdir('<folder>/new/folder', 511, -1); open('<folder>/new/folder/file.N', None, 524481); os.rename('<folder>/new/folder/file.N', '<folder>/new/folder/file', -1, -1)\"");
    refusing = 1;
    EVENTS("mod.get_data(mod.path)", "!!RuntimeError: refused");
    EVENTS("mod.get_source('mod')", "!!RuntimeError: refused");
    EVENTS("mod.get_data(missing)", "!!RuntimeError: refused");
    EVENTS("mod.set_data(here + '/new/folder/other', b'abc')", "!!RuntimeError: refused");
    EVENTS("FileFinder(here)._fill_cache()", "!!RuntimeError: refused");
    refusing = 0;
    forget();
}

/* What the hook opens: read by its own methods, and left. */
static char calls[256];
static const char *content = "hooked\n";
static PyObject *file_enter(PyObject *self, PyObject *unused) { (void)unused; strcat(calls, "enter "); return Py_NewRef(self); }
static PyObject *file_read(PyObject *self, PyObject *unused) { (void)self; (void)unused; strcat(calls, "read "); if (!content) { PyErr_SetString(PyExc_OSError, "unreadable"); return NULL; } return PyBytes_FromString(content); }
static PyObject *file_exit(PyObject *self, PyObject *args) { (void)self; strcat(calls, PyTuple_GetItem(args, 0) == Py_None ? "exit" : "exit with exception"); Py_RETURN_NONE; }
static PyMethodDef file_methods[] = {{"__enter__", file_enter, METH_NOARGS, NULL}, {"read", file_read, METH_NOARGS, NULL}, {"__exit__", file_exit, METH_VARARGS, NULL}, {0}};
static PyType_Slot file_slots[] = {{Py_tp_methods, file_methods}, {0}};
static PyType_Spec file_spec = {"hooks.File", 0, 0, Py_TPFLAGS_DEFAULT, file_slots};
static int plain_object;
static PyObject *opener(PyObject *path, void *data) {
    (void)data;
    if (!strstr(PyUnicode_AsUTF8(path), "/mod.py")) return PyObject_CallMethod(keep(PyImport_ImportModule("_io")), "open", "Os", path, "rb");
    calls[0] = 0;
    if (plain_object) return PyLong_FromLong(5);
    PyObject *class = keep(PyType_FromSpec(&file_spec));
    return PyObject_CallNoArgs(class);
}
TEST(hook) {
    prepare();
    write_file("mod.py", "x = 1\n");
    NAME("mod", "SourceFileLoader('mod', here + '/mod.py')");
    E("mod.get_source('mod')", "'x = 1\\n'");
    CHECK_INT(PyFile_SetOpenCodeHook(opener, NULL), "0");
    E("mod.get_data(mod.path)", "b'hooked\\n'");
    CHECK_STR_EQ(calls, "enter read exit");
    E("mod.get_source('mod')", "'hooked\\n'");
    E("ExtensionFileLoader('a', 'b').get_data(mod.path)", "b'hooked\\n'");
    E("SourcelessFileLoader('a', mod.path).get_code('a')", "!!ImportError: bad magic number in 'a': b'hook'");
    E("FileLoader('a', 'b').get_data(mod.path)", "b'x = 1\\n'");
    content = NULL;
    E("mod.get_data(mod.path)", "!!OSError: unreadable");
    CHECK_STR_EQ(calls, "enter read exit with exception");
    E("mod.get_source('mod')", "!!ImportError: source not available through get_data()");
    plain_object = 1;
    E("mod.get_data(mod.path)", "!!TypeError: 'int' object does not support the context manager protocol (missed __exit__ method)");
    forget();
}
CHECK_MAIN()
