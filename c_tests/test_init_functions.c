/* The init functions of builtin modules are exported: a program's own table may name them, under names of its own. */
#include "check.h"

#define EACH(F) F(PyInit__abc) F(PyInit__collections) F(PyInit__contextvars) F(PyInit__functools) F(PyInit__imp) F(PyInit__operator) \
    F(PyInit__signal) F(PyInit__thread) F(PyInit__types) F(PyInit__weakref) F(PyInit_atexit) F(PyInit_errno) F(PyInit_gc) \
    F(PyInit_itertools) F(PyInit_time) F(PyMarshal_Init) F(_PyWarnings_Init)
#define DECLARE(name) extern PyObject *name(void);
EACH(DECLARE)

/* A definition, the same each time; modules made of it get the name of their spec, and can be executed. */
static void check_init(const char *name, PyObject *(*init)(void)) {
    PyModuleDef *def = (PyModuleDef *)init();
    CHECK(Py_IS_TYPE((PyObject *)def, &PyModuleDef_Type) && (PyModuleDef *)init() == def);
    PyObject *spec = keep(PyObject_CallNoArgs(new_class("Spec", NULL)));
    PyObject_SetAttrString(spec, "name", value("s", "other"));
    PyObject *module = keep(PyModule_FromDefAndSpec(def, spec));
    CHECK_REPR(Py_XNewRef(module), "<module 'other'>");
    CHECK_INT(PyModule_ExecDef(module, def), "0");
    CHECK(strstr(name, def->m_name) || !strcmp(name, "PyMarshal_Init") || !strcmp(name, "_PyWarnings_Init"));
}
#define CHECK_INIT(name) check_init(#name, name);
TEST(definitions) { EACH(CHECK_INIT) }

TEST(contextvars) {
    PyObject *mine = keep(PyImport_ImportModule("my_contextvars")), *other = keep(PyImport_ImportModule("_contextvars"));
    CHECK(mine != other && attr(mine, "ContextVar") == attr(other, "ContextVar"));
    CHECK_REPR(Py_NewRef(mine), "<module 'my_contextvars' (built-in)>");
    CHECK_REPR(PyObject_CallMethod(mine, "copy_context", NULL), "<_contextvars.Context object at 0x...>");
    CHECK_REPR(PyObject_GetAttrString(attr(mine, "__spec__"), "name"), "'my_contextvars'");
    CHECK_REPR(PyObject_Dir(mine), "['Context', 'ContextVar', 'Token', '__doc__', '__loader__', '__name__', '__package__', '__spec__', 'copy_context']");
}

int main(int argc, char **argv) {
    PyImport_AppendInittab("my_contextvars", PyInit__contextvars);
    return check_main(argc, argv, 1);
}
