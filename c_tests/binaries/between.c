/* CPython's own _interpqueues and _interpchannels pass objects between interpreters. Prints what arrives; both libraries must
 * print the same. The argument is the folder with the two modules. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

static const char *folder;
static void show(const char *what, PyObject *object) {
    printf("%s: ", what);
    if (!object) {
        PyObject *raised = PyErr_GetRaisedException(), *text = PyObject_Str(raised);
        printf("%s: %s", Py_TYPE(raised)->tp_name, text ? PyUnicode_AsUTF8(text) : "?");
        Py_XDECREF(text); Py_XDECREF(raised);
    } else PyObject_Print(object, stdout, 0);
    putchar('\n');
    Py_XDECREF(object);
}
static PyObject *module(const char *name) {
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(folder);
    PyList_Insert(path, 0, entry);
    Py_DECREF(entry);
    PyObject *found = PyImport_ImportModule(name);
    if (!found) { PyErr_Print(); exit(1); }
    return found;
}
static PyThreadState *own(void) {
    PyThreadState *state = NULL;
    PyInterpreterConfig config = {.check_multi_interp_extensions = 1, .allow_threads = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&state, &config);
    if (PyStatus_Exception(status)) { puts(status.err_msg); exit(1); }
    return state;
}
enum { OBJECTS = 6 };
static PyObject *make(int i) {
    switch (i) {
    case 0: return PyLong_FromLongLong(1LL << 62);
    case 1: return PyUnicode_FromString("text \xe2\x82\xac");
    case 2: return PyBytes_FromStringAndSize("a\0b", 3);
    case 3: return PyFloat_FromDouble(1.5);
    case 4: return Py_NewRef(Py_True);
    default: return Py_BuildValue("(isO(d))", 5, "inner", Py_None, 2.25);
    }
}

int main(int argc, char **argv) {
    folder = argc > 1 ? argv[1] : ".";
    Py_InitializeEx(0);
    PyThreadState *mine = PyThreadState_Get();
    PyObject *queues = module("_interpqueues"), *channels = module("_interpchannels");
    show("create", PyObject_CallMethod(queues, "create", "ii", 0, -1));
    for (int i = 0; i < OBJECTS; i++) show("put", PyObject_CallMethod(queues, "put", "iN", 1, make(i)));
    show("count", PyObject_CallMethod(queues, "get_count", "i", 1));
    PyObject *channel = PyObject_CallMethod(channels, "create", "i", 1);
    long number = 0;
    if (channel) {
        PyObject *as_number = PyNumber_Long(channel);
        number = as_number ? PyLong_AsLong(as_number) : -1;
        Py_XDECREF(as_number);
        printf("channel %ld %s\n", number, Py_TYPE(channel)->tp_name);
        PyObject *send = PyObject_GetAttrString(channels, "send"), *keywords = Py_BuildValue("{sO}", "blocking", Py_False);
        for (int i = 0; i < OBJECTS; i++) {
            PyObject *arguments = Py_BuildValue("(ON)", channel, make(i));
            show("send", PyObject_Call(send, arguments, keywords));
            Py_DECREF(arguments);
        }
        Py_XDECREF(send); Py_DECREF(keywords);
    } else show("channel", NULL);

    PyThreadState *sub = own();
    PyObject *theirs = module("_interpqueues"), *their_channels = module("_interpchannels");
    for (int i = 0; i < OBJECTS; i++) show("get", PyObject_CallMethod(theirs, "get", "i", 1));
    show("get of none", PyObject_CallMethod(theirs, "get", "i", 77));
    for (int i = 0; channel && i < OBJECTS; i++) show("receive", PyObject_CallMethod(their_channels, "recv", "l", number));
    show("receive", PyObject_CallMethod(their_channels, "recv", "ls", number, "nothing there"));
    show("back", PyObject_CallMethod(theirs, "put", "is", 1, "back"));
    Py_DECREF(theirs); Py_DECREF(their_channels);
    Py_EndInterpreter(sub);
    PyThreadState_Swap(mine);
    show("left behind", PyObject_CallMethod(queues, "get", "i", 1));
    show("destroy", PyObject_CallMethod(queues, "destroy", "i", 1));
    show("destroy", PyObject_CallMethod(queues, "destroy", "i", 1));
    Py_XDECREF(channel); Py_DECREF(queues); Py_DECREF(channels);
    printf("end %d\n", Py_FinalizeEx());
    return 0;
}
