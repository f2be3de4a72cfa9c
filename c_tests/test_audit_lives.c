/* Audit hooks around the lives of the runtime: added before it starts, asked without a thread state, while it ends and afterwards;
 * each life needs its own. Only events that do not come of modules written in Python are looked at. */
#include "check.h"

static char heard[4000];
static int listening;
static const char *denied = "";
static int hook(const char *event, PyObject *args, void *data) {
    if (listening && (!strncmp(event, "cpython.", 8) || !strncmp(event, "sys.add", 7) || !strncmp(event, "mine.", 5)))
        snprintf(heard + strlen(heard), sizeof heard - strlen(heard), "%s%s %d%d%s; ", (const char *)data, event, Py_IsInitialized(), Py_IsFinalizing(), args && PyTuple_CheckExact(args) ? "" : " no tuple");
    if (*denied && !strcmp(event, denied)) { PyErr_SetString(PyExc_RuntimeError, "denied"); return -1; }
    return 0;
}
static PyObject *python_hook(PyObject *self, PyObject *args) {
    (void)self;
    const char *event = PyUnicode_AsUTF8(PyTuple_GetItem(args, 0));
    if (listening && (!strncmp(event, "cpython.", 8) || !strncmp(event, "sys.add", 7) || !strncmp(event, "mine.", 5))) snprintf(heard + strlen(heard), sizeof heard - strlen(heard), "python: %s; ", event);
    Py_RETURN_NONE;
}
static PyMethodDef python_def = {"hook", python_hook, METH_VARARGS, NULL};
static const char *taken(void) {
    static char copy[4000];
    strcpy(copy, heard);
    heard[0] = 0;
    return copy;
}
static int audited_at_exit = 9;
static void at_exit(void) { audited_at_exit = PySys_Audit("mine.at_exit", "i", 5); }
static void add_python_hook(void) {
    PyObject *function = PyCFunction_New(&python_def, NULL), *sys = PyImport_ImportModule("sys"), *done = PyObject_CallMethod(sys, "addaudithook", "O", function);
    CHECK(done != NULL);
    Py_XDECREF(done); Py_DECREF(sys); Py_DECREF(function);
}

static void life(const char *refused_at_the_end, int hooks) {
    listening = 1;
    CHECK_INT(PySys_Audit("mine.before", NULL), "0");
    CHECK_INT(PySys_AddAuditHook(hook, "a: "), "0");
    if (hooks > 1) CHECK_INT(PySys_AddAuditHook(hook, "b: "), "0");
    CHECK_INT(PySys_Audit("mine.uninitialized", NULL), "0");
    CHECK_INT(PySys_Audit("mine.uninitialized", "i", 5), "0");
    Py_InitializeEx(0);
    Py_AtExit(at_exit);
    add_python_hook();
    add_python_hook();
    CHECK_STR_EQ(taken(), hooks > 1 ? "a: sys.addaudithook 10; b: sys.addaudithook 10; a: sys.addaudithook 10; b: sys.addaudithook 10; python: sys.addaudithook; "
                                    : "a: sys.addaudithook 10; a: sys.addaudithook 10; python: sys.addaudithook; ");
    PyThreadState *mine = PyThreadState_Get();
    PyEval_SaveThread();
    CHECK_INT(PySys_Audit("mine.detached", "s", "text"), "0");
    PyEval_RestoreThread(mine);
    PyThreadState *other = Py_NewInterpreter();
    add_python_hook();
    CHECK_INT(PySys_Audit("mine.sub", NULL), "0");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(taken(), hooks > 1 ? "a: cpython.PyInterpreterState_New 10; b: cpython.PyInterpreterState_New 10; python: cpython.PyInterpreterState_New; python: cpython.PyInterpreterState_New; "
                                      "a: sys.addaudithook 10; b: sys.addaudithook 10; a: mine.sub 10; b: mine.sub 10; python: mine.sub; a: cpython.PyInterpreterState_Clear 10; "
                                      "b: cpython.PyInterpreterState_Clear 10; python: cpython.PyInterpreterState_Clear; "
                                    : "a: cpython.PyInterpreterState_New 10; python: cpython.PyInterpreterState_New; python: cpython.PyInterpreterState_New; a: sys.addaudithook 10; a: mine.sub 10; "
                                      "python: mine.sub; a: cpython.PyInterpreterState_Clear 10; python: cpython.PyInterpreterState_Clear; ");
    denied = refused_at_the_end;
    CHECK_INT(Py_FinalizeEx(), "0");
    denied = "";
    CHECK_INT(audited_at_exit, "0");
    CHECK_INT(PySys_Audit("mine.after", NULL), "0");
}
TEST(lives) {
    life("", 1);
    CHECK_STR_EQ(taken(), "a: cpython.PyInterpreterState_Clear 01; python: cpython.PyInterpreterState_Clear; python: cpython.PyInterpreterState_Clear; a: cpython._PySys_ClearAuditHooks 01; ");
    life("cpython._PySys_ClearAuditHooks", 1);
    CHECK_STR_EQ(taken(), "a: cpython.PyInterpreterState_Clear 01; python: cpython.PyInterpreterState_Clear; python: cpython.PyInterpreterState_Clear; a: cpython._PySys_ClearAuditHooks 01; ");
    life("cpython.PyInterpreterState_Clear", 2);
    CHECK_STR_EQ(taken(), "a: cpython.PyInterpreterState_Clear 01; a: cpython._PySys_ClearAuditHooks 01; b: cpython._PySys_ClearAuditHooks 01; ");
    Py_InitializeEx(0);
    CHECK_INT(PySys_Audit("mine.unheard", NULL), "0");
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(taken(), "");
}
/* Before the start nobody is asked whether a hook may come. */
TEST(denied_before_the_start) {
    denied = "sys.addaudithook";
    CHECK_INT(PySys_AddAuditHook(hook, "x: "), "0");
    CHECK_INT(PySys_AddAuditHook(hook, "y: "), "0");
    Py_InitializeEx(0);
    listening = 1;
    CHECK_INT(PySys_AddAuditHook(hook, "z: "), "0");
    CHECK_STR_EQ(taken(), "x: sys.addaudithook 10; ");
    denied = "";
    CHECK_INT(PySys_Audit("mine.now", NULL), "0");
    CHECK_STR_EQ(taken(), "x: mine.now 10; y: mine.now 10; ");
    CHECK_INT(Py_FinalizeEx(), "0");
}
CHECK_MAIN_BARE()
