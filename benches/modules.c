/* Imports, modules, heap types, and the ways from a method to its module. */
#include "bench.h"

void area_import(void) {
    PyObject *name = PyUnicode_InternFromString("builtins"), *sys_name = PyUnicode_FromString("sys");
    LINE("PyImport_Import, cached", 1, Py_DECREF(PyImport_Import(name)));
    LINE("PyImport_ImportModule, cached", 1, Py_DECREF(PyImport_ImportModule("builtins")));
    LINE("PyImport_ImportModuleLevelObject, cached", 1,
        Py_DECREF(PyImport_ImportModuleLevelObject(name, NULL, NULL, NULL, 0)));
    LINE("PyImport_GetModule", 1, Py_DECREF(PyImport_GetModule(sys_name)));
    LINE("PyImport_AddModuleRef", 1, Py_DECREF(PyImport_AddModuleRef("sys")));
    PyObject *imp = must(PyImport_ImportModule("_imp"));
    PyObject *acquire = must(PyObject_GetAttrString(imp, "acquire_lock"));
    PyObject *release = must(PyObject_GetAttrString(imp, "release_lock"));
    LINE("import lock: acquire and release", 1, Py_DECREF(PyObject_CallNoArgs(acquire)); Py_DECREF(PyObject_CallNoArgs(release)));
    Py_DECREF(acquire);
    Py_DECREF(release);
    Py_DECREF(imp);

    // CPython's own xxlimited, where the path leads to it: with a reference it does. Else the line is left out.
    PyObject *modules = PyImport_GetModuleDict(), *limited = PyImport_ImportModule("xxlimited");
    if (limited) {
        Py_DECREF(limited);
        LINE("import of xxlimited from its file", 1,
            PyDict_DelItemString(modules, "xxlimited");
            Py_DECREF(must(PyImport_ImportModule("xxlimited"))));
    } else {
        PyErr_Clear();
    }
    Py_DECREF(name);
    Py_DECREF(sys_name);
}

typedef struct { PyObject *error; long count; } state;
typedef struct { PyObject_HEAD long value; } thing;

static PyModuleDef module_def;

static PyObject *by_class(PyObject *self, PyTypeObject *cls, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    (void)self, (void)args, (void)count, (void)names;
    state *found = PyType_GetModuleState(cls);
    found->count++;
    Py_RETURN_NONE;
}

static PyObject *by_def(PyObject *self, PyObject *unused) {
    (void)unused;
    PyObject *module = PyType_GetModuleByDef(Py_TYPE(self), &module_def);
    if (!module) return NULL;
    ((state *)PyModule_GetState(module))->count++;
    Py_RETURN_NONE;
}

static void thing_delete(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef thing_methods[] = {
    {"by_class", (PyCFunction)(void *)by_class, METH_METHOD | METH_FASTCALL | METH_KEYWORDS, "by_class()\n--\n\n"},
    {"by_def", by_def, METH_NOARGS, "by_def()\n--\n\n"},
    {"plain", nothing, METH_NOARGS, "plain()\n--\n\n"},
    {0},
};
static PyMemberDef thing_members[] = {{"value", Py_T_LONG, offsetof(thing, value), 0, "a number"}, {0}};
static PyType_Slot thing_slots[] = {
    {Py_tp_dealloc, thing_delete}, {Py_tp_methods, thing_methods}, {Py_tp_members, thing_members},
    {Py_tp_doc, "A thing."}, {0},
};
static PyType_Spec thing_spec = {"bench.Thing", sizeof(thing), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, thing_slots};

static int module_exec(PyObject *module) {
    return PyModule_AddIntConstant(module, "ANSWER", 42);
}
static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, (void *)module_exec},
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0}};
static PyMethodDef module_methods[] = {
    {"one", nothing, METH_NOARGS, "one()\n--\n\n"}, {"two", nothing, METH_NOARGS, "two()\n--\n\n"}, {0},
};
static PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "bench_module", "A module.", sizeof(state), module_methods, module_slots, NULL, NULL, NULL,
};
static PyModuleDef bare_def = {PyModuleDef_HEAD_INIT, "bare", NULL, 0, NULL, NULL, NULL, NULL, NULL};

/* A class, and a module with functions, are cycles: reference counts never end them. What C code makes in a loop stays until
 * somebody collects; so these lines do, the young objects of 256 at a time, and what that takes is in the figure. */
static PyObject *collect_function, *youngest;
static void collect(long i) {
    if ((i & 255) == 255) Py_DECREF(must(PyObject_CallOneArg(collect_function, youngest)));
}

static void start_collecting(void) {
    PyObject *gc = must(PyImport_ImportModule("gc"));
    collect_function = must(PyObject_GetAttrString(gc, "collect"));
    youngest = PyLong_FromLong(0);
    Py_DECREF(gc);
}

static void stop_collecting(void) {
    Py_CLEAR(collect_function);
    Py_CLEAR(youngest);
}

/* types.SimpleNamespace(name="bench_module") */
static PyObject *make_spec(void) {
    PyObject *types = must(PyImport_ImportModule("types")), *spec = must(PyObject_CallMethod(types, "SimpleNamespace", NULL));
    PyObject *name = PyUnicode_FromString("bench_module");
    if (PyObject_SetAttrString(spec, "name", name)) bench_fail("no spec");
    Py_DECREF(name);
    Py_DECREF(types);
    return spec;
}

void area_modules(void) {
    PyObject *spec = make_spec();
    start_collecting();
    LINE("module from definition and exec", 3,
        PyObject *module = PyModule_FromDefAndSpec(&module_def, spec);
        if (PyModule_ExecDef(module, &module_def)) bench_fail("exec");
        Py_DECREF(module);
        collect(i));
    LINE("PyModule_Create, no functions", 1, Py_DECREF(PyModule_Create(&bare_def)));
    stop_collecting();
    PyObject *module = must(PyModule_FromDefAndSpec(&module_def, spec));
    if (PyModule_ExecDef(module, &module_def)) bench_fail("exec");
    LINE("PyModule_GetState", 1, if (!PyModule_GetState(module)) abort());
    LINE("PyModule_GetDict", 1, if (!PyModule_GetDict(module)) abort());
    PyObject *one = PyUnicode_InternFromString("one");
    LINE("getattr of a module", 1, Py_DECREF(PyObject_GetAttr(module, one)));
    Py_DECREF(one);
    Py_DECREF(module);
    Py_DECREF(spec);
}

void area_types(void) {
    PyObject *spec = make_spec(), *module = must(PyModule_FromDefAndSpec(&module_def, spec));
    if (PyModule_ExecDef(module, &module_def)) bench_fail("exec");
    start_collecting();
    LINE("type from module and spec", 1.5, Py_DECREF(PyType_FromModuleAndSpec(module, &thing_spec, NULL)); collect(i));
    LINE("type from spec", 1.5, Py_DECREF(PyType_FromSpec(&thing_spec)); collect(i));
    stop_collecting();
    PyTypeObject *type = must(PyType_FromModuleAndSpec(module, &thing_spec, NULL));
    LINE("heap object: tp_alloc and delete", 1, Py_DECREF(type->tp_alloc(type, 0)));
    LINE("heap object: call of its type and delete", 1, Py_DECREF(PyObject_CallNoArgs((PyObject *)type)));
    PyObject *object = must(PyObject_CallNoArgs((PyObject *)type));
    PyObject *by_class_name = PyUnicode_InternFromString("by_class"), *by_def_name = PyUnicode_InternFromString("by_def");
    PyObject *plain_name = PyUnicode_InternFromString("plain"), *value_name = PyUnicode_InternFromString("value");
    LINE("method call", 1, Py_DECREF(PyObject_VectorcallMethod(plain_name, &object, 1, NULL)));
    LINE("method call with defining class, to the module's state", 1,
        Py_DECREF(PyObject_VectorcallMethod(by_class_name, &object, 1, NULL)));
    LINE("method call, module by definition", 1, Py_DECREF(PyObject_VectorcallMethod(by_def_name, &object, 1, NULL)));
    LINE("PyType_GetModuleByDef", 1, if (!PyType_GetModuleByDef(type, &module_def)) abort());
    LINE("getattr: a member", 1, Py_DECREF(PyObject_GetAttr(object, value_name)));
    LINE("getattr: a bound method", 1, Py_DECREF(PyObject_GetAttr(object, plain_name)));
    PyObject *number = PyLong_FromLong(5);
    LINE("setattr: a member", 1, PyObject_SetAttr(object, value_name, number));
    Py_DECREF(number);
    Py_DECREF(by_class_name);
    Py_DECREF(by_def_name);
    Py_DECREF(plain_name);
    Py_DECREF(value_name);
    Py_DECREF(object);
    Py_DECREF(type);
    Py_DECREF(module);
    Py_DECREF(spec);
}
