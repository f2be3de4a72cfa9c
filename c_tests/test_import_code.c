/* Modules made from code objects, from definitions by hand, and the table of builtin modules. Code that fails leaves no module behind; what it raises differs where nothing can be run. */
#include "check.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
/* Executing fails with some exception, and `name` is no module then. */
#define FAILS(call, name) do { PyObject *module = (call); CHECK(module == NULL && PyErr_Occurred()); PyErr_Clear(); \
    CHECK_INT(PyMapping_HasKeyString(PyImport_GetModuleDict(), name), "0"); } while (0)
TEST(failing_code) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file.py", "<module>", 1)), *name = value("s", "coded");
    FAILS(PyImport_ExecCodeModule("coded", code), "coded");
    /* not even one that was there */
    PyObject *before = PyImport_AddModule("coded");
    CHECK(before && PyMapping_HasKeyString(PyImport_GetModuleDict(), "coded"));
    FAILS(PyImport_ExecCodeModule("coded", code), "coded");
    FAILS(PyImport_ExecCodeModuleEx("coded", code, "/a/path.py"), "coded");
    FAILS(PyImport_ExecCodeModuleEx("coded", code, NULL), "coded");
    FAILS(PyImport_ExecCodeModuleWithPathnames("coded", code, "/a/path.py", "/a/path.pyc"), "coded");
    FAILS(PyImport_ExecCodeModuleWithPathnames("coded", code, NULL, "/a/path.pyc"), "coded");
    FAILS(PyImport_ExecCodeModuleWithPathnames("coded", code, NULL, NULL), "coded");
    FAILS(PyImport_ExecCodeModuleObject(name, code, value("s", "/a/path.py"), value("s", "/a/path.pyc")), "coded");
    FAILS(PyImport_ExecCodeModuleObject(name, code, NULL, NULL), "coded");
}

TEST(bad_names) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file.py", "<module>", 1));
    CHECK_REPR(PyImport_ExecCodeModule("\xff", code), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyImport_ExecCodeModuleEx("\xff", code, "p"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyImport_ExecCodeModuleWithPathnames("\xff", code, "p", NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyImport_ExecCodeModuleObject(value("[]"), code, NULL, NULL), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(PyImport_ExecCodeModuleObject(value("[]"), code, Py_None, Py_None), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
}

static PyObject *spec(const char *name) {
    PyObject *class = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Spec")), *made = keep(PyObject_CallNoArgs(class));
    PyObject_SetAttrString(made, "name", value("s", name));
    return made;
}
static PyObject *sys_filters(const char *action) {
    PyObject *warnings = keep(PyImport_ImportModule("warnings"));
    Py_XDECREF(PyObject_CallMethod(warnings, "resetwarnings", NULL));
    Py_XDECREF(PyObject_CallMethod(warnings, "simplefilter", "s", action));
    return warnings;
}
TEST(api_versions) {
    static PyModuleDef single = {PyModuleDef_HEAD_INIT, .m_name = "single", .m_doc = "a doc"}, single2 = {PyModuleDef_HEAD_INIT, .m_name = "single2", .m_size = -1};
    static PyModuleDef_Slot slots[] = {{0, NULL}};
    static PyModuleDef multi = {PyModuleDef_HEAD_INIT, .m_name = "multi", .m_slots = slots}, negative = {PyModuleDef_HEAD_INIT, .m_name = "negative", .m_size = -1, .m_slots = slots};
    sys_filters("error");
    CHECK_REPR(PyModule_Create2(&single, PYTHON_API_VERSION), "<module 'single'>");
    CHECK_REPR(PyModule_Create2(&single, PYTHON_ABI_VERSION), "<module 'single'>");
    CHECK_REPR(PyModule_Create2(&single, 1), "!!RuntimeWarning: Python C API version mismatch for module single: This Python has API version 1013, module single has version 1.");
    CHECK_REPR(PyModule_Create2(&single2, -7), "!!RuntimeWarning: Python C API version mismatch for module single2: This Python has API version 1013, module single2 has version -7.");
    CHECK_REPR(PyModule_Create2(&multi, PYTHON_API_VERSION), "!!SystemError: module multi: PyModule_Create is incompatible with m_slots");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, spec("pkg.multi"), PYTHON_API_VERSION), "<module 'pkg.multi'>");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, spec("pkg.multi"), PYTHON_ABI_VERSION), "<module 'pkg.multi'>");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, spec("pkg.multi"), 1000), "!!RuntimeWarning: Python C API version mismatch for module pkg.multi: This Python has API version 1013, module pkg.multi has version 1000.");
    CHECK_REPR(PyModule_FromDefAndSpec2(&negative, spec("pkg.negative"), PYTHON_API_VERSION), "!!SystemError: module pkg.negative: m_size may not be negative for multi-phase initialization");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, Py_None, PYTHON_API_VERSION), "!!AttributeError: 'NoneType' object has no attribute 'name'");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, value("i", 5), 1000), "!!AttributeError: 'int' object has no attribute 'name'");
    /* only a warning */
    sys_filters("ignore");
    CHECK_REPR(PyModule_Create2(&single, 1), "<module 'single'>");
    CHECK_REPR(PyModule_FromDefAndSpec2(&multi, spec("x"), 1000), "<module 'x'>");
}

static PyObject *init(void) { static PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "tabled"}; return PyModuleDef_Init(&def); }
/* The pointer is the table: it may be replaced while the runtime is down. */
TEST(inittab) {
    int sys = 0, builtins = 0, count = 0;
    for (struct _inittab *entry = PyImport_Inittab; entry->name; entry++) {
        count++;
        sys += !strcmp(entry->name, "sys");
        builtins += !strcmp(entry->name, "builtins");
    }
    CHECK(sys == 1 && builtins == 1 && count > 5);
    CHECK_INT(PyMapping_HasKeyString(PyImport_GetModuleDict(), "tabled"), "0");
    CHECK_REPR(PyImport_ImportModule("tabled"), "!!ModuleNotFoundError: No module named 'tabled'");
    CHECK_INT(Py_FinalizeEx(), "0");
    struct _inittab *before = PyImport_Inittab, *own = calloc((size_t)count + 2, sizeof *own);
    memcpy(own, before, (size_t)count * sizeof *own);
    own[count] = (struct _inittab){"tabled", init};
    PyImport_Inittab = own;
    Py_InitializeEx(0);
    CHECK_REPR(PyImport_ImportModule("tabled"), "<module 'tabled' (built-in)>");
    CHECK_INT(Py_FinalizeEx(), "0");
    PyImport_Inittab = before;
    free(own);
    Py_InitializeEx(0);
    CHECK_REPR(PyImport_ImportModule("tabled"), "!!ModuleNotFoundError: No module named 'tabled'");
}
CHECK_MAIN()
