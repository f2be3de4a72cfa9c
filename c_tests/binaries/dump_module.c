/* dump_module NAME FILE: imports the extension module NAME from FILE, and prints all that can be seen of it.
 *
 * It prints what becomes of creating and executing it (twice, and in two sub-interpreters), its contents with types, documents
 * and reprs, and what its functions and the methods of its types say when called with a few plain arguments. Addresses
 * are left out, so that the same print comes from each run, and should from each library. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Prints text with every 0x1234 replaced by 0x. */
static void put(const char *text) {
    for (; *text; text++) {
        putchar(*text == '\n' ? ' ' : *text);
        if (text[0] == '0' && text[1] == 'x') { putchar('x'); text++; while (isxdigit((unsigned char)text[1])) text++; }
    }
}
static void put_str(PyObject *text) {
    const char *utf8 = text ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL;
    put(utf8 ? utf8 : "<none>");
    PyErr_Clear();
}
static void put_repr(PyObject *object) {
    PyObject *repr = PyObject_Repr(object);
    if (repr) put_str(repr); else { printf("<repr raises %s>", Py_TYPE(PyErr_GetRaisedException())->tp_name); }
    Py_XDECREF(repr);
}

/* Prints the exception that is set, with its chain, and clears it. */
static void put_exception(void) {
    PyObject *exception = PyErr_GetRaisedException();
    if (!exception) { printf("NULL without an exception"); return; }
    while (exception) {
        PyObject *text = PyObject_Str(exception);
        printf("%s: ", Py_TYPE(exception)->tp_name);
        put_str(text);
        Py_XDECREF(text);
        PyObject *cause = PyException_GetCause(exception);
        if (!cause) cause = PyException_GetContext(exception);
        Py_DECREF(exception);
        exception = cause;
        if (exception) printf(" <- ");
    }
}
static void put_result(PyObject *result) {
    if (!result) put_exception();
    else { printf("%s ", Py_TYPE(result)->tp_name); put_repr(result); Py_DECREF(result); }
    if (PyErr_Occurred()) { printf(" WITH "); put_exception(); }
    putchar('\n');
}

/* Calls with nothing, one number, one string, two numbers. */
static void call(const char *indent, const char *name, PyObject *callable) {
    static const char *const formats[] = {"()", "(i)", "(s)", "(ii)"};
    PyObject *arguments[] = {Py_BuildValue("()"), Py_BuildValue("(i)", 1), Py_BuildValue("(s)", "a"), Py_BuildValue("(ii)", 1, 2)};
    for (int i = 0; i < 4; i++) {
        printf("%s%s%s = ", indent, name, formats[i]);
        put_result(PyObject_CallObject(callable, arguments[i]));
        Py_DECREF(arguments[i]);
    }
}

static PyObject *sorted_keys(PyObject *mapping) {
    PyObject *keys = PyMapping_Keys(mapping);
    if (keys) PyList_Sort(keys);
    return keys;
}
static int plain(const char *name) { return strncmp(name, "__", 2) != 0; }

static void dump_type(PyTypeObject *type) {
    printf("    basicsize %zd itemsize %zd flags %lx bases ", type->tp_basicsize, type->tp_itemsize,
           type->tp_flags & ~(unsigned long)Py_TPFLAGS_VALID_VERSION_TAG);
    put_repr(type->tp_bases);
    printf(" module %s", PyType_GetModule(type) ? "yes" : "no");
    PyErr_Clear();
    putchar('\n');
    PyObject *dict = PyType_GetDict(type), *keys = sorted_keys(dict);
    for (Py_ssize_t i = 0; i < PyList_Size(keys); i++) {
        PyObject *key = PyList_GetItem(keys, i), *value = PyDict_GetItem(dict, key);
        printf("    .%s: %s ", PyUnicode_AsUTF8(key), Py_TYPE(value)->tp_name);
        /* the module's own classes are heap types; how a builtin class is described is its own business */
        if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) && strcmp(PyUnicode_AsUTF8(key), "__doc__") == 0) printf("(text)");
        else put_repr(value);
        putchar('\n');
    }
    PyObject *instance = PyObject_CallNoArgs((PyObject *)type);
    printf("    () = ");
    Py_XINCREF(instance);
    put_result(instance);
    if (instance && !PyExceptionInstance_Check(instance)) {
        for (Py_ssize_t i = 0; i < PyList_Size(keys); i++) {
            const char *name = PyUnicode_AsUTF8(PyList_GetItem(keys, i));
            if (!plain(name)) continue;
            PyObject *value = PyObject_GetAttrString(instance, name);
            if (value && PyCallable_Check(value)) call("    ().", name, value);
            else { printf("    ().%s = ", name); Py_XINCREF(value); put_result(value); }
            Py_XDECREF(value);
            PyErr_Clear();
        }
        printf("    set attribute: %d ", PyObject_SetAttrString(instance, "anything", Py_None));
        if (PyErr_Occurred()) put_exception();
        printf("\n    get attribute: ");
        put_result(PyObject_GetAttrString(instance, "anything"));
        printf("    delete attribute: %d ", PyObject_DelAttrString(instance, "anything"));
        if (PyErr_Occurred()) put_exception();
        printf("\n    delete it again: %d ", PyObject_DelAttrString(instance, "anything"));
        if (PyErr_Occurred()) put_exception();
        putchar('\n');
    }
    Py_XDECREF(instance);
    Py_DECREF(keys);
    Py_DECREF(dict);
}

static void dump(PyObject *module) {
    PyObject *names = PyObject_Dir(module);
    if (!names) { printf("dir raises "); put_exception(); putchar('\n'); return; }
    PyList_Sort(names);
    for (Py_ssize_t i = 0; i < PyList_Size(names); i++) {
        PyObject *key = PyList_GetItem(names, i), *value = PyObject_GetAttr(module, key);
        const char *name = PyUnicode_AsUTF8(key);
        /* of an object that is no module, the methods of its type are that type's business */
        if (!PyModule_Check(module) && !plain(name)) { Py_XDECREF(value); PyErr_Clear(); continue; }
        printf("  %s: ", name);
        /* when it was loaded */
        if (value && PyFloat_Check(value) && !strcmp(name, "_module_initialized")) { puts("float"); Py_DECREF(value); continue; }
        Py_XINCREF(value);
        put_result(value);
        if (!value) continue;
        if (PyCFunction_Check(value) && plain(name)) {
            PyObject *doc = PyObject_GetAttrString(value, "__doc__"), *signature = PyObject_GetAttrString(value, "__text_signature__");
            printf("    document "); put_repr(doc); printf(" signature "); put_repr(signature); putchar('\n');
            Py_XDECREF(doc); Py_XDECREF(signature);
            call("    ", name, value);
        }
        else if (PyType_Check(value) && plain(name)) dump_type((PyTypeObject *)value);
        Py_DECREF(value);
    }
    Py_DECREF(names);
}

/* _imp.create_dynamic and exec_dynamic, with a SimpleNamespace for a spec. Returns the module, or NULL, both printed. */
static PyObject *import(const char *name, const char *file) {
    PyObject *imp = PyImport_ImportModule("_imp"), *module = NULL;
    PyObject *kind = (PyObject *)Py_TYPE(PySys_GetObject("implementation")), *empty = PyTuple_New(0);
    PyObject *values = Py_BuildValue("{s:s,s:s,s:O,s:O,s:O}", "name", name, "origin", file, "loader", Py_None,
                                     "submodule_search_locations", Py_None, "parent", Py_None);
    PyObject *spec = PyObject_Call(kind, empty, values);
    module = spec && imp ? PyObject_CallMethod(imp, "create_dynamic", "(O)", spec) : NULL;
    printf("create: ");
    Py_XINCREF(module);
    put_result(module);
    if (module) {
        printf("exec: ");
        PyObject *done = PyObject_CallMethod(imp, "exec_dynamic", "(O)", module);
        if (!done) { put_exception(); putchar('\n'); Py_CLEAR(module); }
        else put_result(done);
    }
    Py_XDECREF(spec); Py_XDECREF(values); Py_XDECREF(empty); Py_XDECREF(imp);
    return module;
}

int main(int argc, char **argv) {
    if (argc != 3) { fprintf(stderr, "dump_module NAME FILE\n"); return 2; }
    setvbuf(stdout, NULL, _IOLBF, 0);
    Py_InitializeEx(0);
    PyObject *module = import(argv[1], argv[2]);
    if (module) {
        if (PyModule_Check(module)) {
            PyModuleDef *def = PyModule_GetDef(module);
            printf("def: %s", def ? def->m_name : "none");
            if (def) printf(" size %zd", def->m_size);
            printf(" state %s\n", PyModule_GetState(module) ? "yes" : "no");
            PyErr_Clear();
        }
        dump(module);
        puts("again:");
        PyObject *again = import(argv[1], argv[2]);
        if (again) printf("the same object: %s\n", again == module ? "yes" : "no");
        Py_XDECREF(again);
    }
    Py_XDECREF(module);
    puts("in a name that it does not have:");
    Py_XDECREF(import("not_there", argv[2]));

    PyThreadState *main_state = PyThreadState_Get();
    for (int own = 0; own < 2; own++) {
        printf("in an interpreter with %s GIL:\n", own ? "its own" : "the main");
        PyInterpreterConfig config = {.use_main_obmalloc = !own, .allow_fork = 1, .allow_exec = 1, .allow_threads = 1,
            .allow_daemon_threads = !own, .check_multi_interp_extensions = own,
            .gil = own ? PyInterpreterConfig_OWN_GIL : PyInterpreterConfig_SHARED_GIL};
        PyThreadState *state = NULL;
        PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
        if (PyStatus_Exception(status)) { printf("no interpreter: %s\n", status.err_msg); return 1; }
        Py_XDECREF(import(argv[1], argv[2]));
        Py_EndInterpreter(state);
        PyThreadState_Swap(main_state);
    }
    printf("finalize: %d\n", Py_FinalizeEx());
    return 0;
}
