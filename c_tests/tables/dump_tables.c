/* dump_tables TYPES.tsv MODULES.tsv: prints what the builtin types and modules that these tables name look like here, in
 * the tables' own form: "type" lines, "attribute" lines, "module" lines. The runner compares. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static const char *utf8(PyObject *text) {
    const char *got = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL;
    PyErr_Clear();
    return got ? got : "None";
}
static PyObject *get(PyObject *object, const char *name) {
    PyObject *got = PyObject_GetAttrString(object, name);
    PyErr_Clear();
    return got;
}
/* The name of its type, without a module. */
static const char *kind(PyObject *object) {
    const char *name = Py_TYPE(object)->tp_name, *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}
static void signature(PyObject *object, const char *none) {
    PyObject *text = get(object, "__text_signature__");
    /* on one line, single-spaced */
    int space = 0;
    for (const char *p = text && text != Py_None ? utf8(text) : none; *p; p++) {
        if (*p == ' ' || *p == '\n') { space = 1; continue; }
        if (space) putchar(' ');
        space = 0;
        putchar(*p);
    }
    Py_XDECREF(text);
}
static void dump_type(PyTypeObject *type) {
    PyObject *object = (PyObject *)type, *module = get(object, "__module__"), *name = get(object, "__qualname__");
    PyObject *dict = PyType_GetDict(type), *keys = dict ? PyMapping_Keys(dict) : NULL;
    printf("type\t%s.%s\t", utf8(module), utf8(name));
    for (Py_ssize_t i = 0; type->tp_bases && i < PyTuple_Size(type->tp_bases); i++) {
        PyObject *base = get(PyTuple_GetItem(type->tp_bases, i), "__name__");
        printf("%s%s", i ? "," : "", utf8(base));
        Py_XDECREF(base);
    }
    printf("\t0x%lx\t%zd\t%zd\t%zd\t%zd\t", type->tp_flags & ~(unsigned long)Py_TPFLAGS_VALID_VERSION_TAG, type->tp_basicsize, type->tp_itemsize,
           type->tp_dictoffset, type->tp_weaklistoffset);
    signature(object, "None");
    putchar('\n');
    if (keys) PyList_Sort(keys);
    for (Py_ssize_t i = 0; keys && i < PyList_Size(keys); i++) {
        PyObject *key = PyList_GetItem(keys, i), *value = PyDict_GetItemWithError(dict, key);
        if (!strcmp(utf8(key), "__doc__")) { printf("attribute\t%s\t__doc__\tdoc\t%s\n", utf8(name), value == Py_None ? "None" : "present"); continue; }
        printf("attribute\t%s\t%s\t%s\t", utf8(name), utf8(key), kind(value));
        signature(value, "");
        putchar('\n');
    }
    Py_XDECREF(keys); Py_XDECREF(dict); Py_XDECREF(name); Py_XDECREF(module);
}

/* The first field of each line but the first. */
static int next_field(FILE *file, char *out, size_t size) {
    char line[4096];
    if (!fgets(line, sizeof line, file)) return 0;
    line[strcspn(line, ",\t\n")] = 0;
    snprintf(out, size, "%s", line);
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 3) { fprintf(stderr, "dump_tables TYPES.tsv MODULES.tsv\n"); return 2; }
    setvbuf(stdout, NULL, _IOLBF, 0);
    Py_InitializeEx(0);
    char name[256], before[256] = "";
    FILE *file = fopen(argv[1], "r");
    if (!file || !next_field(file, name, sizeof name)) return 2;
    while (next_field(file, name, sizeof name)) {
        void *symbol = *name == '-' ? NULL : dlsym(RTLD_DEFAULT, name);
        PyTypeObject *type = !symbol || strncmp(name, "PyExc_", 6) ? symbol : *(PyTypeObject **)symbol;
        /* Data that is only a door is zeroed. */
        if (type && Py_TYPE((PyObject *)type)) dump_type(type);
    }
    fclose(file);
    file = fopen(argv[2], "r");
    if (!file || !next_field(file, name, sizeof name)) return 2;
    while (next_field(file, name, sizeof name)) {
        if (!strcmp(name, before)) continue;
        strcpy(before, name);
        PyObject *module = PyImport_ImportModule(name);
        PyErr_Clear();
        PyObject *dict = module ? PyModule_GetDict(module) : NULL, *keys = dict ? PyDict_Keys(dict) : NULL;
        if (keys) PyList_Sort(keys);
        PyErr_Clear();
        for (Py_ssize_t i = 0; keys && i < PyList_Size(keys); i++) {
            PyObject *key = PyList_GetItem(keys, i), *value = PyDict_GetItemWithError(dict, key);
            printf("module\t%s\t%s\t%s\t", name, utf8(key), kind(value));
            if (PyCFunction_Check(value)) signature(value, "");
            putchar('\n');
        }
        Py_XDECREF(keys); Py_XDECREF(module);
    }
    return Py_FinalizeEx() < 0;
}
