/* What goes when, as the runtime and its interpreters end: Python's side, other threads, streams, cycles, modules, the interpreter. Each
 * thing says its name, and a letter for what it finds: u while the runtime is up, d when it goes down; - once sys is emptied. */
#include "check.h"
#include <pthread.h>

static char order[4096];
static const char *found(void) {
    PyObject *modules = PySys_GetObject("modules");
    return !modules ? "!" : modules == Py_None ? "-" : "";
}
static void note(const char *name) {
    size_t at = strlen(order);
    snprintf(order + at, sizeof order - at, "%s(%s%s) ", name, Py_IsInitialized() ? "u" : "d", PyThreadState_GetUnchecked() ? found() : "~");
}

/* Objects that say so when they go. */
typedef struct { PyObject_HEAD char name[40]; } sayer;
static void sayer_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    note(((sayer *)self)->name);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyType_Slot slots[] = {{Py_tp_dealloc, sayer_dealloc}, {0, NULL}};
static PyType_Spec spec = {"m.Sayer", sizeof(sayer), 0, Py_TPFLAGS_DEFAULT, slots};
static const char *prefix = "";
static PyObject *made(const char *name) {
    PyObject *type = PyType_FromSpec(&spec);
    sayer *self = PyObject_New(sayer, (PyTypeObject *)type);
    Py_DECREF(type);
    snprintf(self->name, sizeof self->name, "%s%s", prefix, name);
    return (PyObject *)self;
}
static void put(PyObject *dict, const char *name) {
    PyObject *object = made(name);
    PyDict_SetItemString(dict, "sayer", object);
    Py_DECREF(object);
}

/* Functions that say so when they are called. */
static PyObject *called(PyObject *self, PyObject *args) { (void)args; note(PyUnicode_AsUTF8(self)); Py_RETURN_NONE; }
static PyMethodDef called_def = {"called", called, METH_VARARGS, NULL};
static PyObject *function(const char *name) {
    PyObject *text = PyUnicode_FromFormat("%s%s", prefix, name), *made = PyCFunction_New(&called_def, text);
    Py_DECREF(text);
    return made;
}
static void set_function(PyObject *object, const char *attribute, const char *name) {
    PyObject *made = function(name);
    PyObject_SetAttrString(object, attribute, made);
    Py_DECREF(made);
}
static void stream(const char *name) {
    PyObject *type = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "Stream"), *object = PyObject_CallNoArgs(type);
    set_function(object, "flush", name);
    PyObject_SetAttrString(object, "closed", Py_False);
    PySys_SetObject(name, object);
    Py_DECREF(object); Py_DECREF(type);
}
static int pending(void *name) { note(name); return 0; }
static void at_exit(void *name) { note(name); }
static void process_exit(void) { strcat(order, "process"); }

static void fill(const char *where) {
    prefix = where;
    PyObject *atexit = PyImport_ImportModule("atexit"), *callback = function("atexit");
    Py_XDECREF(PyObject_CallMethod(atexit, "register", "O", callback));
    Py_DECREF(atexit); Py_DECREF(callback);
    set_function(PyImport_AddModule("threading"), "_shutdown", "threading");
    stream("stdout"); stream("stderr");
    put(PyModule_GetDict(PyImport_AddModule("__main__")), "main");
    put(PyModule_GetDict(Py_NewRef(PyImport_AddModule("held"))), "held");
    put(PyModule_GetDict(PyImport_AddModule("module")), "module");
    put(PyModule_GetDict(PyImport_AddModule("sys")), "sys");
    put(PyModule_GetDict(PyImport_AddModule("builtins")), "builtins");
    put(PyInterpreterState_GetDict(PyInterpreterState_Get()), "interpreter");
    put(PyThreadState_GetDict(), "thread");
    PyObject *var = PyContextVar_New("var", NULL), *object = made("context");
    Py_XDECREF(PyContextVar_Set(var, object));
    Py_DECREF(var); Py_DECREF(object);
    PyObject *cycle = PyList_New(0);
    PyList_Append(cycle, cycle);
    PyList_Append(cycle, object = made("cycle"));
    Py_DECREF(object); Py_DECREF(cycle);
    prefix = "";
}
static void start(void) {
    order[0] = 0;
    Py_InitializeEx(0);
    fill("");
    PyUnstable_AtExit(PyInterpreterState_Get(), at_exit, "unstable");
    Py_AtExit(process_exit);
}

TEST(alone) {
    start();
    Py_AddPendingCall(pending, "pending");
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "threading(u) pending(u) atexit(u) stdout(d) stderr(d) cycle(d) main(d) module(d) builtins(d) held(d) sys(d-) thread(d-) context(d-) interpreter(d-) unstable(d-) process");
}

/* With the collector off, cycles wait until the modules are gone. */
TEST(collector_off) {
    start();
    PyGC_Disable();
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "threading(u) atexit(u) stdout(d) stderr(d) main(d) module(d) builtins(d) cycle(d) held(d) sys(d-) thread(d-) context(d-) interpreter(d-) unstable(d-) process");
}

/* A state that nobody is attached to, and one of a thread that waits for its turn in vain. */
static volatile int parked;
static void *park(void *unused) {
    PyGILState_Ensure();
    put(PyThreadState_GetDict(), "parked");
    PyThreadState *state = PyEval_SaveThread();
    parked = 1;
    while (parked != 2) usleep(1000);
    PyEval_RestoreThread(state);
    return unused;
}
TEST(other_threads) {
    start();
    PyThreadState *mine = PyThreadState_Get(), *second = PyThreadState_New(PyInterpreterState_Get());
    PyThreadState_Swap(second);
    put(PyThreadState_GetDict(), "second");
    PyThreadState_Swap(mine);
    pthread_t thread;
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, park, NULL);
    pthread_detach(thread);
    while (!parked) usleep(1000);
    Py_END_ALLOW_THREADS
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "threading(u) atexit(u) parked(d) second(d) stdout(d) stderr(d) cycle(d) main(d) module(d) builtins(d) held(d) sys(d-) thread(d-) context(d-) interpreter(d-) unstable(d-) process");
    parked = 2;
    usleep(20000);
}

TEST(interpreter) {
    start();
    order[0] = 0;
    PyThreadState *mine = PyThreadState_Get(), *sub = Py_NewInterpreter();
    fill("sub ");
    PyUnstable_AtExit(PyInterpreterState_Get(), at_exit, "sub unstable");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    CHECK_STR_EQ(order, "sub threading(u) sub atexit(u) sub main(u) sub module(u) sub builtins(u) sub cycle(u) sub held(u) sub sys(u-) sub thread(u-) sub context(u-) sub interpreter(u-) sub unstable(u-) ");
    order[0] = 0;
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "threading(u) atexit(u) stdout(d) stderr(d) cycle(d) main(d) module(d) builtins(d) held(d) sys(d-) thread(d-) context(d-) interpreter(d-) unstable(d-) process");
}

/* An interpreter that nobody ended goes after atexit. Saying so, CPython imports warnings, and may collect meanwhile. */
TEST(left_interpreter) {
    order[0] = 0;
    Py_InitializeEx(0);
    PyObject *atexit = PyImport_ImportModule("atexit"), *callback = function("atexit"), *warnings = PyImport_ImportModule("warnings");
    Py_XDECREF(PyObject_CallMethod(warnings, "simplefilter", "s", "ignore"));
    Py_XDECREF(PyObject_CallMethod(atexit, "register", "O", callback));
    Py_DECREF(atexit); Py_DECREF(callback); Py_DECREF(warnings);
    put(PyModule_GetDict(PyImport_AddModule("__main__")), "main");
    PyThreadState *mine = PyThreadState_Get();
    Py_NewInterpreter();
    fill("sub ");
    PyThreadState_Swap(mine);
    CHECK_INT(Py_FinalizeEx(), "0");
    CHECK_STR_EQ(order, "atexit(u) sub threading(u) sub atexit(u) sub thread(u) sub context(u) sub main(u) sub module(u) sub builtins(u) sub cycle(u) sub held(u) sub sys(u-) sub interpreter(u-) main(d) ");
}
CHECK_MAIN_BARE()
