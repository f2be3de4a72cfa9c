/* The audit events of what the runtime does, and hooks that refuse. */
#include "check.h"

static char seen[4000];
static const char *wanted = "", *denied = "";

static int hook(const char *event, PyObject *args, void *data) {
    (void)data;
    if (*denied && strcmp(event, denied) == 0) {
        PyErr_SetString(PyExc_RuntimeError, "no");
        return -1;
    }
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
CHECK_MAIN()
