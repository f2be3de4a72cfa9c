/* Single-phase modules that are forgotten, so that the next import is the first again; and an interpreter with a status. */
#include "check.h"

extern int _PyImport_ClearExtension(PyObject *, PyObject *);
extern PyStatus _PyInterpreterState_New(PyThreadState *, PyInterpreterState **);

static int runs;
static PyModuleDef copied_def = {PyModuleDef_HEAD_INIT, .m_name = "copied", .m_size = -1}, made_def = {PyModuleDef_HEAD_INIT, .m_name = "made", .m_size = 8};
static PyObject *init(PyModuleDef *def) {
    PyObject *module = PyModule_Create(def);
    PyModule_AddIntConstant(module, "runs", ++runs);
    return module;
}
static PyObject *init_copied(void) { return init(&copied_def); }
static PyObject *init_made(void) { return init(&made_def); }
static PyObject *again(const char *name) {
    PyObject *modules = PyImport_GetModuleDict();
    if (PyDict_GetItemString(modules, name)) PyDict_DelItemString(modules, name);
    return PyObject_GetAttrString(keep(PyImport_ImportModule(name)), "runs");
}

TEST(copied) {
    PyObject *name = value("s", "copied");
    CHECK_REPR(again("copied"), "1");
    CHECK_REPR(again("copied"), "1");
    CHECK_INT(_PyImport_ClearExtension(name, value("s", "other")), "0");
    CHECK(PyState_FindModule(&copied_def));
    CHECK_INT(_PyImport_ClearExtension(name, name), "0");
    CHECK_BORROWED(PyState_FindModule(&copied_def), "NULL");
    CHECK_INT(copied_def.m_base.m_index, "0");
    CHECK(!copied_def.m_base.m_init);
    CHECK_REPR(again("copied"), "2");
    CHECK(PyState_FindModule(&copied_def));
    CHECK_REPR(again("copied"), "2");
}

TEST(made) {
    PyObject *name = value("s", "made");
    runs = 0;
    CHECK_REPR(again("made"), "1");
    CHECK_REPR(again("made"), "2");
    CHECK_INT(_PyImport_ClearExtension(name, name), "0");
    CHECK_BORROWED(PyState_FindModule(&made_def), "NULL");
    CHECK_REPR(again("made"), "3");
    CHECK(PyState_FindModule(&made_def));
}

TEST(refused) {
    CHECK_INT(_PyImport_ClearExtension(Py_None, Py_None), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(_PyImport_ClearExtension(value("s", "unknown"), value("s", "unknown")), "0");
}

TEST(interpreter) {
    PyInterpreterState *made = (PyInterpreterState *)1;
    CHECK(!PyStatus_Exception(_PyInterpreterState_New(PyThreadState_Get(), &made)));
    CHECK(PyInterpreterState_Head() == made && made != PyInterpreterState_Main());
    PyInterpreterState_Delete(made);
    CHECK(PyInterpreterState_Head() == PyInterpreterState_Main());
}

int main(int argc, char **argv) {
    PyImport_AppendInittab("copied", init_copied);
    PyImport_AppendInittab("made", init_made);
    return check_main(argc, argv, 1);
}
