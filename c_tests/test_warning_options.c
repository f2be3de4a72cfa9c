/* The options for warnings: PYTHONWARNINGS, the configuration, and what becomes of them. */
#include "expression.h"

static void started(const char *environment, int bytes_warning, const wchar_t *option) {
    PyConfig config;
    if (environment) setenv("PYTHONWARNINGS", environment, 1); else unsetenv("PYTHONWARNINGS");
    PyConfig_InitPythonConfig(&config);
    config.bytes_warning = bytes_warning;
    if (option) PyWideStringList_Append(&config.warnoptions, option);
    PyStatus status = Py_InitializeFromConfig(&config);
    CHECK(!PyStatus_Exception(status));
    PyConfig_Clear(&config);
}
static PyObject *options(void) { return PyConfig_Get("warnoptions"); }
/* The filters that stand before those of CPython's own. */
static PyObject *added(void) {
    PyObject *module = PyImport_ImportModule("warnings"), *filters = module ? PyObject_GetAttrString(module, "filters") : NULL;
    PyObject *first = filters ? PySequence_GetSlice(filters, 0, PySequence_Size(filters) - 5) : NULL;
    Py_XDECREF(module); Py_XDECREF(filters);
    return first;
}
static int warned(PyObject *category) { return PyErr_WarnEx(category, "text", 1); }
static void ended(void) {
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    unsetenv("PYTHONWARNINGS");
}

TEST(none) {
    started(NULL, 0, NULL);
    CHECK_REPR(options(), "[]");
    CHECK_REPR(added(), "[]");
    ended();
}
TEST(environment) {
    started("error::DeprecationWarning,ignore:::sys,error::DeprecationWarning", 0, NULL);
    CHECK_REPR(options(), "['error::DeprecationWarning', 'ignore:::sys']");
    CHECK_INT(warned(PyExc_DeprecationWarning), "0");
    CHECK_INT(warned(PyExc_UserWarning), "0");
    ended();
}
TEST(order) {
    started("error", 2, L"ignore::UserWarning");
    CHECK_REPR(options(), "['error', 'error::BytesWarning', 'ignore::UserWarning']");
    CHECK_REPR(added(), "[('ignore', None, <class 'UserWarning'>, None, 0), ('error', None, <class 'BytesWarning'>, None, 0), ('error', None, <class 'Warning'>, None, 0)]");
    CHECK_INT(warned(PyExc_UserWarning), "0");
    CHECK_INT(warned(PyExc_RuntimeWarning), "-1 !!RuntimeWarning: text");
    E("str(b'a')", "!!BytesWarning: str() on a bytes instance");
    ended();
}
TEST(wrong) {
    CHECK_FATAL((started("nope", 0, NULL), abort()), "Invalid -W option ignored: invalid action: 'nope'");
    CHECK_FATAL((started("a:b:c:d:e:f", 0, NULL), abort()), "Invalid -W option ignored: too many fields (max 5): 'a:b:c:d:e:f'");
    CHECK_FATAL((started("error::Nope", 0, NULL), abort()), "Invalid -W option ignored: unknown warning category: 'Nope'");
    CHECK_FATAL((started("error::int", 0, NULL), abort()), "Invalid -W option ignored: invalid warning category: 'int'");
    CHECK_FATAL((started("error::no.such", 0, NULL), abort()), "Invalid -W option ignored: invalid module name: 'no'");
    CHECK_FATAL((started("d::::-5", 0, NULL), abort()), "Invalid -W option ignored: invalid lineno -5");
    CHECK_FATAL((started("d::::x", 0, NULL), abort()), "Invalid -W option ignored: invalid lineno 'x'");
    started("nope,a::UserWarning::7", 0, NULL);
    CHECK_REPR(options(), "['nope', 'a::UserWarning::7']");
    CHECK_REPR(added(), "[('always', None, <class 'UserWarning'>, None, 7)]");
    ended();
}
/* Options that are set while it runs: each item is looked at. */
static int set(const char *name, const char *to) { return PyConfig_Set(name, keep(eval(to))); }
TEST(set_options) {
    started(NULL, 0, NULL);
    CHECK_INT(set("warnoptions", "['a']"), "0");
    CHECK_INT(set("warnoptions", "['a', 1]"), "-1 !!TypeError: expected str, list item 1 has type int");
    CHECK_INT(set("warnoptions", "'a'"), "-1 !!TypeError: expected list[str], got str");
    CHECK_INT(set("argv", "[b'a']"), "-1 !!TypeError: expected str, list item 0 has type bytes");
    CHECK_INT(set("xoptions", "{1: 'a'}"), "-1 !!TypeError: expected str, got dict key type int");
    CHECK_INT(set("xoptions", "{'a': b'x'}"), "-1 !!TypeError: expected str or bool, got dict value type str");
    CHECK_INT(set("xoptions", "{'a': True, 'b': 'c'}"), "0");
    CHECK_REPR(PyConfig_Get("xoptions"), "{'a': True, 'b': 'c'}");
    CHECK_REPR(options(), "['a']");
    ended();
}
CHECK_MAIN_BARE()
