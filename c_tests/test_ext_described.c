/* What pyshim.h adds around imports, contexts and thread states. */
#include "check.h"
#include <pyshim.h>
#include <pthread.h>

TEST(lock) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    CHECK_INT(_PyImport_ReleaseLock(interp), "-1");
    CHECK_INT(_PyImport_AcquireLock(interp), "0");
    CHECK_INT(_PyImport_AcquireLock(interp), "0");
    PyObject *imp = keep(PyImport_ImportModule("_imp"));
    CHECK_REPR(PyObject_CallMethod(imp, "lock_held", NULL), "True");
    CHECK_INT(_PyImport_ReleaseLock(interp), "0");
    CHECK_REPR(PyObject_CallMethod(imp, "lock_held", NULL), "True");
    CHECK_INT(_PyImport_ReleaseLock(interp), "0");
    CHECK_REPR(PyObject_CallMethod(imp, "lock_held", NULL), "False");
    CHECK_INT(_PyImport_ReleaseLock(interp), "-1");
    CHECK_INT(_PyImport_AcquireLock(interp), "0");
    _PyImport_ReInitLock(interp);
    CHECK_INT(_PyImport_ReleaseLock(interp), "0");
    CHECK_INT(_PyImport_IsInitialized(interp), "1");
}

static int order[4], steps;
static void *contender(void *arg) {
    (void)arg;
    PyGILState_STATE state = PyGILState_Ensure();
    _PyImport_AcquireLock(PyInterpreterState_Get());
    order[steps++] = 2;
    _PyImport_ReleaseLock(PyInterpreterState_Get());
    PyGILState_Release(state);
    return NULL;
}

TEST(waiting) {
    pthread_t thread;
    PyInterpreterState *interp = PyInterpreterState_Get();
    steps = 0;
    CHECK_INT(_PyImport_AcquireLock(interp), "0");
    pthread_create(&thread, NULL, contender, NULL);
    for (int i = 0; i < 20; i++) { Py_BEGIN_ALLOW_THREADS usleep(1000); Py_END_ALLOW_THREADS }
    order[steps++] = 1;
    CHECK_INT(_PyImport_ReleaseLock(interp), "0");
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    CHECK_INT(order[0], "1");
    CHECK_INT(order[1], "2");
}

TEST(modules) {
    PyObject *name = value("s", "sys"), *none = value("s", "no_such_module");
    PyObject *sys = keep(_PyImport_GetModule(PyThreadState_Get(), name));
    CHECK(sys == keep(PyImport_ImportModule("sys")));
    CHECK(_PyImport_GetModule(PyThreadState_Get(), none) == NULL && !PyErr_Occurred());
    CHECK_REPR(_PyImport_GetModuleAttrString("sys", "byteorder"), "'little'");
    CHECK_REPR(_PyImport_GetModuleAttr(none, name), "!!ModuleNotFoundError: No module named 'no_such_module'");
    Py_XDECREF(PyImport_AddModuleRef("made_up"));
    CHECK_INT(_PyImport_RemoveModule(value("s", "made_up")), "0");
    CHECK_INT(_PyImport_RemoveModule(value("s", "made_up")), "0");
    CHECK(_PyImport_FindExtensionObject(none, none) == NULL && !PyErr_Occurred());
}

TEST(context) {
    PyObject *current = PyContext_GetCurrent(), *again = PyContext_GetCurrent();
    CHECK(current != NULL && current == again && PyContext_CheckExact(current));
    Py_XDECREF(current);
    Py_XDECREF(again);
}

TEST(thread_states) {
    PyThreadState *mine = PyThreadState_Get();
    for (int i = 0; i < 3; i++) PyThreadState_New(PyInterpreterState_Get());
    _PyThreadState_DeleteExcept(mine);
    CHECK(PyInterpreterState_ThreadHead(PyInterpreterState_Get()) == mine && PyThreadState_Next(mine) == NULL);
    _PyThreadState_Detach(mine);
    CHECK(PyThreadState_GetUnchecked() == NULL);
    _PyThreadState_Attach(mine);
    CHECK(PyThreadState_GetUnchecked() == mine);
}

TEST(cross_interpreter) {
    _PyCrossInterpreterData *data = _PyCrossInterpreterData_New();
    CHECK_INT(_PyObject_GetCrossInterpreterData(value("(is)", 1, "x"), data), "0");
    CHECK_REPR(_PyCrossInterpreterData_NewObject(data), "(1, 'x')");
    CHECK_INT(_PyCrossInterpreterData_Release(data), "0");
    CHECK_INT(_PyObject_CheckCrossInterpreterData(value("[]")), "-1 !!NotShareableError: [] does not support cross-interpreter data");
    CHECK(_PyCrossInterpreterData_Lookup(value("i", 1)) != NULL && _PyCrossInterpreterData_Lookup(value("[]")) == NULL);
    _PyCrossInterpreterData_Free(data);
}

CHECK_MAIN()
