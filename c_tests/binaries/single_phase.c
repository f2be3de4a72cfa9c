/* single_phase NAME FILE ORDER: what becomes of a single-phase module that is imported over and over: while it is in
 * sys.modules and after, in sub-interpreters, and in a second life of the runtime. ORDER: main (imported there first) or
 * sub (in a sub-interpreter first). All that is printed should be the same on each library. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>
#include <string.h>

static const char *name, *file;
static void put_error(void) {
    PyObject *exception = PyErr_GetRaisedException(), *text = exception ? PyObject_Str(exception) : NULL;
    const char *message = text ? PyUnicode_AsUTF8(text) : "no exception";
    printf("%s: %s", exception ? Py_TYPE(exception)->tp_name : "?", message);
    Py_XDECREF(text); Py_XDECREF(exception);
}
/* Times become numbers: the first one that is seen, the second, ... */
static int number_of(double time) {
    static double seen[256];
    static int count;
    int i = 0;
    while (i < count && seen[i] != time) i++;
    if (i == count && count < 256) seen[count++] = time;
    return i;
}
static void put_call(PyObject *module, const char *function) {
    if (!PyObject_HasAttrString(module, function)) return;
    PyObject *result = PyObject_CallMethod(module, function, NULL);
    printf(" %s=", function);
    if (!result) put_error();
    else if (result == module) printf("itself");
    else if (PyModule_Check(result)) printf("another module");
    else if (PyFloat_Check(result)) printf("time %d", number_of(PyFloat_AsDouble(result)));
    else PyObject_Print(result, stdout, 0);
    Py_XDECREF(result);
}
static void put_module(const char *what, PyObject *module, PyObject *before) {
    printf("  %s: ", what);
    if (!module) { put_error(); putchar('\n'); return; }
    printf("%s%s", module == before ? "the same " : "", Py_TYPE(module)->tp_name);
    if (PyModule_Check(module)) {
        PyObject *modules = PyImport_GetModuleDict(), *own = PyObject_GetAttrString(module, "__name__");
        PyModuleDef *def = PyModule_GetDef(module);
        PyErr_Clear();
        printf(" %s entered=%d def=%s state=%d found=%d", own ? PyUnicode_AsUTF8(own) : "?", PyDict_GetItemString(modules, name) == module, def ? def->m_name : "none",
               PyModule_GetState(module) != NULL, def && PyState_FindModule(def) == module);
        PyErr_Clear();
        Py_XDECREF(own);
        PyObject *keys = PyDict_Keys(PyModule_GetDict(module));
        printf(" attributes ");
        PyObject_Print(keys, stdout, 0);
        Py_DECREF(keys);
        put_call(module, "initialized_count"); put_call(module, "look_up_self"); put_call(module, "state_initialized");
        PyObject_SetAttrString(module, "added", Py_True);
        if (PyErr_Occurred()) { printf(" set: "); put_error(); }
    }
    else { putchar(' '); PyObject_Print(module, stdout, 0); }
    if (PyErr_Occurred()) { printf(" WITH "); put_error(); }
    putchar('\n');
}
/* create_dynamic and exec_dynamic, as importlib calls them. */
static PyObject *create(void) {
    PyObject *imp = PyImport_ImportModule("_imp"), *kind = (PyObject *)Py_TYPE(PySys_GetObject("implementation")), *empty = PyTuple_New(0);
    PyObject *values = Py_BuildValue("{s:s,s:s,s:O,s:O,s:O}", "name", name, "origin", file, "loader", Py_None, "submodule_search_locations", Py_None, "parent", Py_None);
    PyObject *spec = PyObject_Call(kind, empty, values), *module = PyObject_CallMethod(imp, "create_dynamic", "(O)", spec);
    PyObject *done = module ? PyObject_CallMethod(imp, "exec_dynamic", "(O)", module) : NULL;
    if (module && !done) Py_CLEAR(module);
    Py_XDECREF(done); Py_DECREF(spec); Py_DECREF(values); Py_DECREF(empty); Py_DECREF(imp);
    return module;
}
static void drop(void) { if (PyDict_DelItemString(PyImport_GetModuleDict(), name) < 0) PyErr_Clear(); }
static void imports(const char *where) {
    printf(" %s:\n", where);
    PyObject *first = create();
    put_module("first", first, NULL);
    PyObject *again = create();
    put_module("while it is there", again, first);
    Py_XDECREF(again);
    drop();
    again = create();
    put_module("after it was taken out", again, first);
    PyObject *text = PyUnicode_FromString("something else");
    PyDict_SetItemString(PyImport_GetModuleDict(), name, text);
    Py_DECREF(text);
    Py_XDECREF(again);
    again = create();
    put_module("with something else there", again, first);
    Py_XDECREF(again);
    drop();
    Py_XDECREF(first);
    again = create();
    put_module("after all references are gone", again, NULL);
    Py_XDECREF(again);
}
static void in_sub(PyThreadState *main_state, int own, int check, const char *where) {
    PyInterpreterConfig config = {.use_main_obmalloc = !own, .allow_threads = 1, .check_multi_interp_extensions = check,
                                  .gil = own ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
    PyThreadState *state = NULL;
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) { printf("no interpreter: %s\n", status.err_msg); return; }
    imports(where);
    if (check) {
        PyObject *imp = PyImport_ImportModule("_imp"), *old = PyObject_CallMethod(imp, "_override_multi_interp_extensions_check", "i", -1);
        Py_XDECREF(old); Py_DECREF(imp);
        if (!own) imports("the same, with the check overridden");
    }
    Py_EndInterpreter(state);
    PyThreadState_Swap(main_state);
}
int main(int argc, char **argv) {
    if (argc != 4) { fprintf(stderr, "single_phase NAME FILE ORDER\n"); return 2; }
    setvbuf(stdout, NULL, _IOLBF, 0);
    name = argv[1]; file = argv[2];
    int sub_first = !strcmp(argv[3], "sub");
    for (int life = 1; life <= 2; life++) {
        printf("life %d\n", life);
        Py_InitializeEx(0);
        PyThreadState *main_state = PyThreadState_Get();
        if (sub_first) in_sub(main_state, 0, 0, "a sub-interpreter, first of all");
        imports("the main interpreter");
        in_sub(main_state, 0, 0, "a sub-interpreter");
        in_sub(main_state, 0, 1, "one that checks");
        in_sub(main_state, 1, 1, "one with its own GIL");
        imports("the main interpreter again");
        printf("finalize: %d\n", Py_FinalizeEx());
    }
    return 0;
}
