/* CPython's own _interpreters: interpreters made, asked, called and destroyed by it. Prints what it answers; both libraries must print
 * the same. `pickle` is a small module of C's here, by which functions and lists travel. What needs a compiler or an evaluator is tried
 * too: there it counts that it either works or says that there is none, and that everything is as before. The argument is the folder
 * with the module. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

PyAPI_DATA(PyObject *) PyExc_InterpreterError;
static const char *folder;
static void show(const char *what, PyObject *object) {
    printf("%s: ", what);
    if (!object) {
        PyObject *raised = PyErr_GetRaisedException();
        for (int more = 0; raised && more < 4; more++) {
            PyObject *text = PyObject_Str(raised), *cause = PyException_GetCause(raised), *context = PyException_GetContext(raised);
            printf("%s%s: %s", more ? " from " : "", Py_TYPE(raised)->tp_name, text ? PyUnicode_AsUTF8(text) : "?");
            if (!cause) { cause = context; context = NULL; }
            Py_XDECREF(text); Py_XDECREF(context);
            Py_SETREF(raised, cause);
        }
        Py_XDECREF(raised);
        PyErr_Clear();
    } else PyObject_Print(object, stdout, 0);
    putchar('\n');
    Py_XDECREF(object);
}

/* The module that both interpreters have: functions to be called, beside pickle's two. */
static PyObject *add(PyObject *self, PyObject *args, PyObject *kwargs) {
    (void)self;
    int a = 0, b = 0;
    static char *names[] = {"a", "b", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|i:add", names, &a, &b)) return NULL;
    return PyLong_FromLong(a + b);
}
static PyObject *where(PyObject *self, PyObject *unused) { (void)self; (void)unused; return PyLong_FromLongLong(PyInterpreterState_GetID(PyInterpreterState_Get())); }
static PyObject *fail(PyObject *self, PyObject *text) { (void)self; PyErr_SetObject(PyExc_LookupError, text); return NULL; }
static PyObject *echo(PyObject *self, PyObject *args) { (void)self; return Py_NewRef(args); }
static PyObject *capsule(PyObject *self, PyObject *unused) { (void)unused; return PyCapsule_New(self, NULL, NULL); }
static PyObject *running(PyObject *self, PyObject *id) {
    (void)self;
    PyObject *module = PyImport_ImportModule("_interpreters"), *answer = module ? PyObject_CallMethod(module, "is_running", "O", id) : NULL;
    Py_XDECREF(module);
    return answer;
}
#define PICKLE_METHODS {"add", (PyCFunction)(void (*)(void))add, METH_VARARGS | METH_KEYWORDS, NULL}, {"where", where, METH_NOARGS, NULL}, {"fail", fail, METH_O, NULL}, \
    {"echo", echo, METH_VARARGS, NULL}, {"capsule", capsule, METH_NOARGS, NULL}, {"running", running, METH_O, NULL},
#include "../pickle.h"

static PyObject *module, *pickle;
static PyObject *call_with(const char *name, PyObject *args, PyObject *kwargs) {
    PyObject *function = PyObject_GetAttrString(module, name), *result = function && args ? PyObject_Call(function, args, kwargs) : NULL;
    Py_XDECREF(function); Py_XDECREF(args); Py_XDECREF(kwargs);
    return result;
}
#define CALL(name, ...) show(name, call_with(name, Py_BuildValue(__VA_ARGS__), NULL))
#define KWCALL(name, kwargs, ...) show(name, call_with(name, Py_BuildValue(__VA_ARGS__), kwargs))
static PyObject *function(const char *name) { return PyObject_GetAttrString(pickle, name); }
static long make(const char *config) {
    PyObject *id = call_with("create", Py_BuildValue("(s)", config), NULL);
    if (!id) { PyErr_Print(); exit(1); }
    long number = PyLong_AsLong(id);
    Py_DECREF(id);
    return number;
}

static void configurations(void) {
    const char *names[] = {"isolated", "legacy", "default", "empty", "", "other"};
    for (int i = 0; i < 6; i++) CALL("new_config", "(s)", names[i]);
    CALL("new_config", "()");
    CALL("new_config", "(i)", 5);
    KWCALL("new_config", Py_BuildValue("{s:O,s:s}", "allow_fork", Py_True, "gil", "shared"), "(s)", "isolated");
    KWCALL("new_config", Py_BuildValue("{s:i}", "allow_fork", 1), "(s)", "isolated");
    KWCALL("new_config", Py_BuildValue("{s:s}", "gil", "mine"), "()");
    KWCALL("new_config", Py_BuildValue("{s:i}", "unknown", 1), "()");
    CALL("create", "(s)", "other");
    CALL("create", "(i)", 5);
    CALL("create", "(s)", "default");
    CALL("create", "(s)", "empty");
    show("create", call_with("create", Py_BuildValue("(N)", call_with("new_config", Py_BuildValue("(s)", "empty"), Py_BuildValue("{s:s}", "gil", "own"))), NULL));
    show("create", call_with("create", Py_BuildValue("(N)", call_with("new_config", Py_BuildValue("(s)", "legacy"), Py_BuildValue("{s:O}", "use_main_obmalloc", Py_False))), NULL));
    PyObject *config = call_with("new_config", PyTuple_New(0), NULL);
    PyObject_DelAttrString(config, "gil");
    CALL("create", "(O)", config);
    PyObject_SetAttrString(config, "gil", Py_None);
    CALL("create", "(O)", config);
    Py_DECREF(config);
    KWCALL("create", Py_BuildValue("{s:O}", "wrong", Py_True), "()");
}

static void lives(void) {
    CALL("get_main", "()");
    CALL("get_current", "()");
    CALL("list_all", "()");
    long a = make("isolated"), b = make("legacy");
    KWCALL("list_all", Py_BuildValue("{s:O}", "require_ready", Py_True), "()");
    CALL("get_config", "(l)", a);
    CALL("get_config", "(l)", b);
    CALL("get_config", "(i)", 0);
    CALL("whence", "(l)", a);
    CALL("whence", "(i)", 0);
    CALL("is_running", "(l)", a);
    CALL("is_running", "(i)", 0);
    KWCALL("is_running", Py_BuildValue("{s:O}", "restrict", Py_True), "(i)", 0);
    KWCALL("get_config", Py_BuildValue("{s:O}", "restrict", Py_True), "(i)", 0);
    KWCALL("get_config", Py_BuildValue("{s:O}", "restrict", Py_True), "(l)", a);
    const char *takers[] = {"destroy", "is_running", "get_config", "whence", "incref", "decref"};
    for (int i = 0; i < 6; i++) {
        CALL(takers[i], "(i)", 4711);
        CALL(takers[i], "(i)", -1);
        CALL(takers[i], "(s)", "1");
        CALL(takers[i], "(d)", 1.0);
        CALL(takers[i], "()");
    }
    CALL("destroy", "(i)", 0);
    KWCALL("destroy", Py_BuildValue("{s:O}", "restrict", Py_True), "(i)", 0);
    CALL("destroy", "(l)", b);
    CALL("destroy", "(l)", b);
    CALL("list_all", "()");
    /* references by id: the last one ends it */
    KWCALL("create", Py_BuildValue("{s:O}", "reqrefs", Py_True), "(s)", "isolated");
    long c = a + 2;
    CALL("incref", "(l)", c);
    CALL("incref", "(l)", c);
    CALL("decref", "(l)", c);
    CALL("whence", "(l)", c);
    CALL("decref", "(l)", c);
    CALL("whence", "(l)", c);
    KWCALL("incref", Py_BuildValue("{s:O}", "implieslink", Py_True), "(l)", a);
    CALL("decref", "(l)", a);
    CALL("whence", "(l)", a);
    CALL("list_all", "()");
}

static void names(void) {
    long id = make("isolated");
    CALL("set___main___attrs", "(l{s:i,s:s,s:(iO)})", id, "number", 5, "text", "h\xc3\xa9", "pair", 1, Py_None);
    CALL("set___main___attrs", "(l{})", id);
    CALL("set___main___attrs", "(l[])", id);
    CALL("set___main___attrs", "(l{i:i})", id, 5, 6);
    CALL("set___main___attrs", "(l{s:[]})", id, "list");
    CALL("set___main___attrs", "(l{s:N})", id, "big", PyLong_FromString("99999999999999999999", NULL, 10));
    CALL("set___main___attrs", "(i{s:i})", 0, "mine", 1);
    CALL("set___main___attrs", "(i{s:i})", 4711, "mine", 1);
    KWCALL("set___main___attrs", Py_BuildValue("{s:O}", "restrict", Py_True), "(i{s:i})", 0, "mine", 1);
    show("main", PyObject_GetAttrString(PyImport_AddModule("__main__"), "mine"));
    CALL("is_running", "(l)", id);
    PyObject *array = PyByteArray_FromStringAndSize("abcdef", 6), *view = PyMemoryView_FromObject(array);
    CALL("set___main___attrs", "(l{s:O})", id, "view", view);
    CALL("is_shareable", "(O)", view);
    CALL("call", "(lN(O))", id, function("echo"), view);
    Py_DECREF(view);
    CALL("destroy", "(l)", id);
    Py_MakePendingCalls();
    show("resized", PyObject_CallMethod(array, "extend", "y", "gh"));
    show("array", array);
}

static void calls(void) {
    long id = make("isolated");
    CALL("call", "(lN)", id, function("where"));
    CALL("call", "(lN(ii))", id, function("add"), 2, 3);
    CALL("call", "(lN(i){s:i})", id, function("add"), 2, "b", 40);
    CALL("call", "(lNO{s:i})", id, function("add"), Py_None, "a", 7);
    CALL("call", "(lN(i)O)", id, function("add"), 5, Py_None);
    KWCALL("call", Py_BuildValue("{s:(ii)}", "args", 1, 2), "(lN)", id, function("add"));
    CALL("call", "(lN(s))", id, function("fail"), "of the call");
    CALL("call", "(lN(O))", id, function("fail"), Py_None);
    CALL("call", "(lN(ii))", id, function("where"), 2, 3);
    CALL("call", "(lN(ss))", id, function("add"), "a", "b");
    CALL("call", "(lN(s[i]{s:i}))", id, function("echo"), "shared", 1, "a", 2);
    CALL("call", "(lN)", id, function("capsule"));
    CALL("call", "(lN(l))", id, function("running"), id);
    CALL("call", "(lN(i))", id, function("running"), 0);
    CALL("call", "(lN[])", id, function("where"));
    CALL("call", "(lN()[])", id, function("where"));
    CALL("call", "(li)", id, 5);
    CALL("call", "(lO)", id, Py_None);
    CALL("call", "(iN)", 4711, function("where"));
    CALL("call", "(iN)", 0, function("where"));
    CALL("call", "(lN(N))", id, function("echo"), PyCapsule_New(&pickle_def, NULL, NULL));
    KWCALL("call", Py_BuildValue("{s:O}", "preserve_exc", Py_True), "(lN(s))", id, function("fail"), "kept");
    KWCALL("call", Py_BuildValue("{s:O}", "restrict", Py_True), "(iN)", 0, function("where"));
    CALL("call", "(l)", id);
    CALL("is_running", "(l)", id);
    CALL("destroy", "(l)", id);
}

static void sharing(void) {
    PyObject *objects[] = {Py_NewRef(Py_None), PyLong_FromLong(5), PyFloat_FromDouble(1), PyUnicode_FromString("a"), PyBytes_FromString("b"), PyTuple_New(0), PyList_New(0),
        PyByteArray_FromStringAndSize("a", 1), Py_NewRef(Py_Ellipsis), Py_NewRef((PyObject *)&PyLong_Type), PyLong_FromString("99999999999999999999", NULL, 10), Py_NewRef(module)};
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) CALL("is_shareable", "(N)", objects[i]);
    CALL("is_shareable", "()");
    CALL("capture_exception", "()");
    CALL("capture_exception", "(O)", Py_None);
    CALL("capture_exception", "(i)", 5);
    CALL("capture_exception", "(N)", PyObject_CallFunction(PyExc_ValueError, "s", "captured"));
    CALL("capture_exception", "(N)", PyObject_CallFunction(PyExc_KeyError, "s", "key"));
    CALL("capture_exception", "(N)", PyObject_CallFunction(PyExc_MemoryError, NULL));
    PyObject *first = PyObject_CallFunction(PyExc_KeyError, "s", "first"), *second = PyObject_CallFunction(PyExc_InterpreterError, "s", "second");
    PyException_SetContext(second, first);
    CALL("capture_exception", "(N)", second);
    PyErr_SetHandledException(PyObject_CallFunction(PyExc_ValueError, "s", "handled"));
    CALL("capture_exception", "()");
    PyErr_SetHandledException(Py_None);
}

/* Scripts: done, or refused by name; either way everything is as before. */
static void script(const char *name, PyObject *args) {
    PyObject *before = call_with("list_all", PyTuple_New(0), NULL), *result = call_with(name, args, NULL), *raised = PyErr_GetRaisedException();
    PyObject *text = raised ? PyObject_Str(raised) : result ? PyObject_Repr(result) : NULL;
    int refused = text && strstr(PyUnicode_AsUTF8(text), "this runtime has no bytecode evaluator") != NULL;
    PyErr_SetRaisedException(raised);
    if (refused) { PyErr_Clear(); Py_CLEAR(result); }
    if (refused || result == Py_None) { printf("%s: done or refused\n", name); Py_XDECREF(result); }
    else show(name, result);
    PyObject *after = call_with("list_all", PyTuple_New(0), NULL);
    printf("as before: %d %d\n", PyObject_RichCompareBool(before, after, Py_EQ), (int)PyInterpreterState_GetID(PyInterpreterState_Get()));
    Py_XDECREF(text); Py_DECREF(before); Py_DECREF(after);
}
/* made_here = 7; and the expression 1 + x, which returns a value */
static const unsigned char compiled[] = {99,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,243,10,0,0,0,128,0,94,7,116,0,82,1,35,0,41,2,233,7,0,0,0,78,41,1,218,9,109,97,100,101,95,104,101,114,101,169,0,243,0,0,0,0,218,8,60,115,99,114,105,112,116,62,218,8,60,109,111,100,117,108,101,62,114,6,0,0,0,1,0,0,0,115,10,0,0,0,240,3,1,1,1,216,12,13,130,9,114,4,0,0,0};
static const unsigned char returning[] = {99,0,0,0,0,0,0,0,0,0,0,0,0,2,0,0,0,0,0,0,0,243,22,0,0,0,128,0,94,1,93,0,44,0,0,0,0,0,0,0,0,0,0,0,12,0,35,0,41,1,233,1,0,0,0,41,1,218,1,120,169,0,243,0,0,0,0,218,6,60,101,120,112,114,62,218,8,60,109,111,100,117,108,101,62,114,6,0,0,0,1,0,0,0,115,14,0,0,0,240,3,1,1,1,216,3,4,128,81,133,51,129,37,114,4,0,0,0};
static void scripts(void) {
    long id = make("isolated");
    PyObject *code = (PyObject *)PyCode_NewEmpty("file", "name", 1), *globals = PyDict_New();
    script("exec", Py_BuildValue("(ls)", id, "pass"));
    script("exec", Py_BuildValue("(ls{s:i})", id, "pass", "a", 1));
    script("run_string", Py_BuildValue("(ls)", id, "pass"));
    script("run_string", Py_BuildValue("(li)", id, 5));
    script("run_func", Py_BuildValue("(ls)", id, "pass"));
    script("exec", Py_BuildValue("(l[])", id));
    script("exec", Py_BuildValue("(is)", 4711, "pass"));
    script("exec", Py_BuildValue("(lO{s:[]})", id, code, "a"));
    script("exec", Py_BuildValue("(ls#)", id, "a\0b", (Py_ssize_t)3));
    PyObject *pass = PyMarshal_ReadObjectFromString((const char *)compiled, sizeof compiled), *value = PyMarshal_ReadObjectFromString((const char *)returning, sizeof returning);
    PyObject *function_of_code = PyFunction_New(pass, globals), *with_defaults = PyFunction_New(pass, globals), *defaults = Py_BuildValue("(i)", 1);
    PyFunction_SetDefaults(with_defaults, defaults);
    script("exec", Py_BuildValue("(lO)", id, pass));
    script("exec", Py_BuildValue("(lO{s:i})", id, pass, "a", 1));
    script("exec", Py_BuildValue("(lO)", id, function_of_code));
    script("exec", Py_BuildValue("(lO)", id, with_defaults));
    script("run_func", Py_BuildValue("(lO)", id, pass));
    script("run_func", Py_BuildValue("(lO)", id, function_of_code));
    script("run_string", Py_BuildValue("(lO)", id, pass));
    script("exec", Py_BuildValue("(lO)", id, value));
    script("run_func", Py_BuildValue("(lO)", id, value));
    script("call", Py_BuildValue("(lO)", id, with_defaults));
    script("exec", Py_BuildValue("(iO)", 0, pass));
    Py_DECREF(pass); Py_DECREF(value); Py_DECREF(function_of_code); Py_DECREF(with_defaults); Py_DECREF(defaults);
    CALL("is_running", "(l)", id);
    CALL("call", "(lN)", id, function("where"));
    Py_DECREF(code); Py_DECREF(globals);
    CALL("destroy", "(l)", id);
}

int main(int argc, char **argv) {
    folder = argc > 1 ? argv[1] : ".";
    PyImport_AppendInittab("pickle", init_pickle);
    for (int life = 0; life < 2; life++) {
        Py_InitializeEx(0);
        PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(folder);
        PyList_Insert(path, 0, entry);
        Py_DECREF(entry);
        module = PyImport_ImportModule("_interpreters");
        pickle = PyImport_ImportModule("pickle");
        if (!module || !pickle) { PyErr_Print(); return 1; }
        /* where it is looked for in the interpreters that are made: a path of sys.path of each */
        configurations(); fflush(stdout);
        lives(); fflush(stdout);
        names(); fflush(stdout);
        calls(); fflush(stdout);
        sharing(); fflush(stdout);
        scripts(); fflush(stdout);
        PyObject *rest = call_with("list_all", PyTuple_New(0), NULL);
        for (Py_ssize_t i = 0; rest && i < PyList_GET_SIZE(rest); i++) {
            PyObject *id = PyTuple_GetItem(PyList_GetItem(rest, i), 0);
            if (PyLong_AsLong(id) != 0) CALL("destroy", "(O)", id);
        }
        Py_XDECREF(rest); Py_DECREF(module); Py_DECREF(pickle);
        printf("end %d\n", Py_FinalizeEx());
    }
    return 0;
}
