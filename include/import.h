/* Import, and the tables of builtin and frozen modules. */
#ifndef Py_IMPORT_H
#define Py_IMPORT_H

#define PyImport_ImportModuleEx(n, g, l, f) PyImport_ImportModuleLevel((n), (g), (l), (f), 0)

#ifndef Py_LIMITED_API

/* Both tables end with an entry whose name is NULL. */
struct _inittab {
    const char *name;
    PyObject *(*initfunc)(void);
};

struct _frozen {
    const char *name;
    const unsigned char *code;
    int size;
    int is_package;
};

PyAPI_DATA(struct _inittab *) PyImport_Inittab;
PyAPI_DATA(const struct _frozen *) PyImport_FrozenModules;

#endif

#endif
