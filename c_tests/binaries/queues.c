/* CPython's own _interpqueues and _interpchannels, function by function: what they take, in which interpreter it arrives, what becomes of
 * it when the sender's interpreter ends, and every refusal. Prints what they answer; both libraries must print the same. The argument is
 * the folder with the modules. (An empty queue raises an exception of Python's own `concurrent`, which is not looked at here.) */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>
#include "../pickle.h"

static const char *folder;
static PyObject *queues, *channels;
static void show(const char *module, const char *what, PyObject *object) {
    printf("%s %s: ", module, what);
    if (!object) {
        PyObject *raised = PyErr_GetRaisedException();
        for (int more = 0; raised && more < 4; more++) {
            PyObject *text = PyObject_Str(raised), *cause = PyException_GetCause(raised);
            printf("%s%s: %s", more ? " from " : "", Py_TYPE(raised)->tp_name, text ? PyUnicode_AsUTF8(text) : "?");
            Py_XDECREF(text);
            Py_SETREF(raised, cause);
        }
        Py_XDECREF(raised);
        PyErr_Clear();
    } else PyObject_Print(object, stdout, 0);
    putchar('\n');
    Py_XDECREF(object);
}
static PyObject *call(PyObject *module, const char *name, PyObject *args, PyObject *kwargs) {
    PyObject *function = PyObject_GetAttrString(module, name), *result = function && args ? PyObject_Call(function, args, kwargs) : NULL;
    Py_XDECREF(function); Py_XDECREF(args); Py_XDECREF(kwargs);
    return result;
}
#define QUEUE(name, ...) show("queue", name, call(queues, name, Py_BuildValue(__VA_ARGS__), NULL))
#define CHANNEL(name, ...) show("channel", name, call(channels, name, Py_BuildValue(__VA_ARGS__), NULL))
#define CHANNEL_WITH(name, kwargs, ...) show("channel", name, call(channels, name, Py_BuildValue(__VA_ARGS__), kwargs))
#define AT_ONCE Py_BuildValue("{s:O}", "blocking", Py_False)
#define SENDING(yes) Py_BuildValue("{s:O}", "send", (yes) ? Py_True : Py_False)
static void find_modules(void) {
    Py_XDECREF(queues); Py_XDECREF(channels);
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(folder);
    PyList_Insert(path, 0, entry);
    Py_DECREF(entry);
    queues = PyImport_ImportModule("_interpqueues");
    channels = PyImport_ImportModule("_interpchannels");
    if (!queues || !channels) { PyErr_Print(); exit(1); }
}
static void leave_modules(void) { Py_CLEAR(queues); Py_CLEAR(channels); }

static void make_queues(void) {
    QUEUE("create", "(iii)", 3, 3, 1); QUEUE("create", "(iii)", 0, 1, 0); QUEUE("create", "(iii)", 0, 2, 7); QUEUE("create", "(iii)", 0, 9, 1);
    QUEUE("create", "(iii)", -1, 3, 1); QUEUE("create", "()"); QUEUE("create", "(s)", "x"); QUEUE("list_all", "()");
    QUEUE("get_maxsize", "(i)", 1); QUEUE("get_maxsize", "(i)", -4); QUEUE("get_queue_defaults", "(i)", 1); QUEUE("get_queue_defaults", "(i)", 2);
    QUEUE("get_count", "(i)", 1); QUEUE("get_count", "(s)", "x"); QUEUE("is_full", "(i)", 1); QUEUE("is_full", "(i)", 99);
    QUEUE("put", "(i[i])", 1, 5); QUEUE("put", "(i[i])", 2, 5); QUEUE("put", "(i[i]ii)", 2, 5, 1, 1); QUEUE("put", "(iNii)", 1, PyObject_GetAttrString(PyImport_AddModule("builtins"), "callable"), 1, 1);
    QUEUE("put", "(iNii)", 1, PyCapsule_New(&pickle_def, NULL, NULL), 1, 1); QUEUE("put", "(i(i[i])ii)", 1, 1, 2, 2, 1); QUEUE("put", "(iOii)", 2, Py_None, 1, 0);
    QUEUE("put", "(iOii)", 2, Py_None, 9, 0); QUEUE("put", "(iOii)", 2, Py_None, 1, 9); QUEUE("put", "(i)", 2); QUEUE("put", "(iO)", 55, Py_None);
    QUEUE("get_count", "(i)", 1); QUEUE("is_full", "(i)", 1); QUEUE("bind", "(i)", 1); QUEUE("bind", "(i)", 55); QUEUE("release", "(i)", 1); QUEUE("release", "(i)", 55);
    QUEUE("bind", "(i)", 2); QUEUE("release", "(i)", 2); QUEUE("list_all", "()"); QUEUE("create", "(iii)", 0, 3, 1);
    QUEUE("put", "(i(sdO)ii)", 3, "a", 2.5, Py_True, 1, 0); QUEUE("put", "(i[i]ii)", 3, 7, 2, 1); QUEUE("put", "(i[i]ii)", 3, 8, 3, 1); QUEUE("list_all", "()");
}
static PyObject *make_channels(PyObject *array) {
    CHANNEL("create", "(i)", 1); CHANNEL("create", "(i)", 2); CHANNEL("create", "(i)", 9); CHANNEL("create", "()"); CHANNEL("list_all", "()");
    CHANNEL("get_channel_defaults", "(i)", 0); CHANNEL("get_count", "(i)", 0); CHANNEL("get_info", "(i)", 0); CHANNEL("get_info", "(i)", 44);
    CHANNEL("list_interpreters", "(i)", 0); CHANNEL_WITH("list_interpreters", SENDING(1), "(i)", 0);
    CHANNEL_WITH("send", AT_ONCE, "(ii)", 0, 4); CHANNEL_WITH("send", AT_ONCE, "(is)", 0, "txt"); CHANNEL_WITH("send", AT_ONCE, "(i[])", 0);
    CHANNEL_WITH("send", Py_BuildValue("{s:O,s:d}", "blocking", Py_True, "timeout", 0.01), "(ii)", 0, 4); CHANNEL_WITH("send", Py_BuildValue("{s:O,s:i}", "blocking", Py_False, "timeout", 1), "(ii)", 0, 4);
    CHANNEL_WITH("send", Py_BuildValue("{s:d}", "timeout", -1.0), "(ii)", 0, 4); CHANNEL_WITH("send", AT_ONCE, "(ii)", 44, 4); CHANNEL_WITH("send", AT_ONCE, "(si)", "x", 4);
    CHANNEL_WITH("send_buffer", AT_ONCE, "(iO)", 0, array); CHANNEL_WITH("send_buffer", AT_ONCE, "(ii)", 0, 5); CHANNEL("get_count", "(i)", 0); CHANNEL("get_info", "(i)", 0);
    PyObject *id = call(channels, "create", Py_BuildValue("(i)", 1), NULL), *end = PyObject_GetAttrString(id, "send");
    show("id", "repr", PyObject_Repr(id)); show("id", "str", PyObject_Str(id)); show("id", "int", PyNumber_Long(id)); show("id", "hash", PyLong_FromSsize_t(PyObject_Hash(id)));
    show("id", "end", PyObject_GetAttrString(id, "end")); show("id", "send", Py_NewRef(end)); show("id", "equal", PyObject_RichCompare(end, id, Py_EQ)); show("id", "less", PyObject_RichCompare(end, id, Py_LT));
    Py_DECREF(end);
    CHANNEL("_channel_id", "(i)", 0); CHANNEL("_channel_id", "(i)", 66); CHANNEL_WITH("_channel_id", Py_BuildValue("{s:O}", "force", Py_True), "(i)", 66);
    CHANNEL_WITH("_channel_id", Py_BuildValue("{s:O,s:O}", "send", Py_True, "recv", Py_False), "(i)", 0); CHANNEL_WITH("_channel_id", Py_BuildValue("{s:O,s:O}", "send", Py_False, "recv", Py_False), "(i)", 0);
    CHANNEL_WITH("send", AT_ONCE, "(iO)", 0, id);
    return id;
}
static void elsewhere(void) {
    for (int i = 0; i < 3; i++) QUEUE("get", "(i)", 1);
    QUEUE("get_count", "(i)", 1); QUEUE("get", "(i)", 3); QUEUE("get", "(i)", 55);
    QUEUE("put", "(isii)", 3, "removed with me", 1, 0); QUEUE("put", "(isii)", 3, "an error after me", 2, 0); QUEUE("put", "(isii)", 3, "replaced", 3, 0); QUEUE("get_count", "(i)", 3);
    for (int i = 0; i < 5; i++) CHANNEL("recv", "(i)", 0);
    CHANNEL("recv", "(is)", 0, "default"); CHANNEL("recv", "(i)", 44); CHANNEL("get_info", "(i)", 0); CHANNEL_WITH("send", AT_ONCE, "(is)", 0, "left behind");
    CHANNEL("list_interpreters", "(i)", 0); CHANNEL_WITH("list_interpreters", SENDING(1), "(i)", 0); CHANNEL_WITH("list_interpreters", SENDING(0), "(i)", 0);
}
static void afterwards(PyObject *id) {
    QUEUE("get_count", "(i)", 3);
    for (int i = 0; i < 4; i++) QUEUE("get", "(i)", 3);
    QUEUE("get_count", "(i)", 3);
    CHANNEL("get_info", "(i)", 0); CHANNEL("recv", "(i)", 0); CHANNEL("release", "(i)", 0); CHANNEL_WITH("release", SENDING(1), "(i)", 0); CHANNEL("close", "(i)", 0);
    CHANNEL_WITH("close", Py_BuildValue("{s:O}", "force", Py_True), "(i)", 0); CHANNEL("close", "(i)", 0); CHANNEL("recv", "(is)", 0, "default"); CHANNEL_WITH("send", AT_ONCE, "(is)", 0, "x");
    CHANNEL("get_info", "(i)", 0); CHANNEL("destroy", "(i)", 0); CHANNEL("destroy", "(i)", 0); CHANNEL("destroy", "(O)", id); CHANNEL("list_all", "()");
    QUEUE("destroy", "(i)", 1); QUEUE("destroy", "(i)", 1); QUEUE("list_all", "()");
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    folder = argc > 1 ? argv[1] : ".";
    PyImport_AppendInittab("pickle", init_pickle);
    for (int life = 0; life < 2; life++) {
        Py_InitializeEx(0);
        PyThreadState *mine = PyThreadState_Get(), *other = NULL;
        PyObject *array = PyByteArray_FromStringAndSize("buffer", 6);
        find_modules();
        make_queues();
        PyObject *id = make_channels(array);
        leave_modules();
        PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
        if (PyStatus_Exception(Py_NewInterpreterFromConfig(&other, &config))) return 1;
        find_modules();
        elsewhere();
        leave_modules();
        Py_EndInterpreter(other);
        PyThreadState_Swap(mine);
        find_modules();
        afterwards(id);
        leave_modules();
        printf("calls %d, resized %d\n", Py_MakePendingCalls(), PyByteArray_Resize(array, 20));
        Py_DECREF(id); Py_DECREF(array);
        printf("end %d\n", Py_FinalizeEx());
    }
    return 0;
}
