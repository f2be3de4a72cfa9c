/* `atexit`: what is called when, what functions may do to the list meanwhile, what is refused. */
#include "check.h"

static char order[512];
static PyObject *module(void) { return keep(PyImport_ImportModule("atexit")); }
static PyObject *note(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *text = PyObject_Repr(args);
    strncat(order, PyUnicode_AsUTF8(text), sizeof order - strlen(order) - 2);
    Py_DECREF(text);
    Py_RETURN_NONE;
}
static const char *said(void) { static char text[512]; strcpy(text, order); order[0] = 0; return text; }
static PyMethodDef note_def = {"note", note, METH_VARARGS, NULL};
static PyObject *function(void) { return keep(PyCFunction_New(&note_def, NULL)); }
static PyObject *count(void) { return PyObject_CallMethod(module(), "_ncallbacks", NULL); }
static PyObject *run(void) { return PyObject_CallMethod(module(), "_run_exitfuncs", NULL); }
#define CALL(name, ...) PyObject_CallMethod(module(), name, __VA_ARGS__)

TEST(registering) {
    CHECK_REPR(count(), "0");
    PyObject *noted = function();
    CHECK(keep(CALL("register", "O", noted)) == noted);
    CHECK_REPR(CALL("register", "Oii", noted, 1, 2), "<built-in function note>");
    CHECK_REPR(PyObject_Call(attr(module(), "register"), value("(Oi)", noted, 3), value("{}")), "<built-in function note>");
    CHECK_REPR(count(), "3");
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "(3,)(1, 2)()");
    CHECK_REPR(count(), "0");
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "");
    CHECK_REPR(CALL("register", NULL), "!!TypeError: register() takes at least 1 argument (0 given)");
    CHECK_REPR(CALL("register", "i", 1), "!!TypeError: the first argument must be callable");
    CHECK_REPR(CALL("unregister", NULL), "!!TypeError: atexit.unregister() takes exactly one argument (0 given)");
    CHECK_REPR(CALL("unregister", "i", 1), "None");
}

TEST(forgetting) {
    PyObject *one = keep(PyCFunction_New(&note_def, Py_None)), *two = keep(PyCFunction_New(&note_def, Py_True));
    Py_XDECREF(CALL("register", "Oi", one, 1));
    Py_XDECREF(CALL("register", "Oi", two, 2));
    Py_XDECREF(CALL("register", "Oi", one, 3));
    CHECK_REPR(CALL("unregister", "O", one), "None");
    CHECK_REPR(count(), "1");
    CHECK_REPR(CALL("unregister", "O", one), "None");
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "(2,)");
    Py_XDECREF(CALL("register", "Oi", one, 1));
    CHECK_REPR(CALL("_clear", NULL), "None");
    CHECK_REPR(count(), "0");
}

/* Functions that change the list while it is gone through. */
static PyObject *add(PyObject *self, PyObject *args) {
    (void)self; (void)args;
    strcat(order, "add ");
    Py_XDECREF(CALL("register", "Os", function(), "late"));
    CHECK_REPR(count(), "3");
    Py_RETURN_NONE;
}
static PyObject *forget(PyObject *self, PyObject *args) {
    (void)args;
    strcat(order, "forget ");
    Py_XDECREF(CALL("unregister", "O", self));
    CHECK_REPR(count(), "1");
    Py_RETURN_NONE;
}
static PyObject *empty(PyObject *self, PyObject *args) {
    (void)self; (void)args;
    strcat(order, "empty ");
    Py_XDECREF(CALL("_clear", NULL));
    CHECK_REPR(count(), "0");
    Py_RETURN_NONE;
}
static PyMethodDef add_def = {"add", add, METH_NOARGS, NULL}, forget_def = {"forget", forget, METH_NOARGS, NULL}, empty_def = {"empty", empty, METH_NOARGS, NULL};
TEST(adding) {
    Py_XDECREF(CALL("register", "Oi", function(), 1));
    Py_XDECREF(CALL("register", "O", keep(PyCFunction_New(&add_def, NULL))));
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "add (1,)");
    CHECK_REPR(count(), "0");
}
TEST(forgetting_meanwhile) {
    PyObject *noted = function();
    Py_XDECREF(CALL("register", "Oi", noted, 1));
    Py_XDECREF(CALL("register", "O", keep(PyCFunction_New(&forget_def, noted))));
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "forget (1,)");
    CHECK_REPR(count(), "0");
}
TEST(clearing_meanwhile) {
    Py_XDECREF(CALL("register", "Oi", function(), 1));
    Py_XDECREF(CALL("register", "O", keep(PyCFunction_New(&empty_def, NULL))));
    Py_XDECREF(CALL("register", "Oi", function(), 2));
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "(2,)empty (1,)");
}

/* What fails is reported, and the rest is called. */
static PyObject *hook(PyObject *self, PyObject *report) {
    (void)self;
    PyObject *message = PyObject_GetAttrString(report, "err_msg"), *exception = PyObject_GetAttrString(report, "exc_value");
    char text[256];
    snprintf(text, sizeof text, "%s: %s ", PyUnicode_AsUTF8(message), Py_TYPE(exception)->tp_name);
    strncat(order, check_addresses(text), sizeof order - strlen(order) - 2);
    Py_DECREF(message); Py_DECREF(exception);
    Py_RETURN_NONE;
}
static PyObject *fail(PyObject *self, PyObject *args) { (void)self; (void)args; PyErr_SetString(PyExc_ValueError, "no"); return NULL; }
static PyMethodDef hook_def = {"hook", hook, METH_O, NULL}, fail_def = {"fail", fail, METH_NOARGS, NULL};
TEST(failing) {
    PyObject *before = keep(Py_XNewRef(PySys_GetObject("unraisablehook")));
    PySys_SetObject("unraisablehook", keep(PyCFunction_New(&hook_def, NULL)));
    Py_XDECREF(CALL("register", "Oi", function(), 1));
    Py_XDECREF(CALL("register", "O", keep(PyCFunction_New(&fail_def, NULL))));
    Py_XDECREF(CALL("register", "Oi", keep(PyCFunction_New(&fail_def, NULL)), 5));
    CHECK_REPR(run(), "None");
    CHECK_STR_EQ(said(), "Exception ignored in atexit callback <built-in function fail>: TypeError Exception ignored in atexit callback <built-in function fail>: ValueError (1,)");
    PySys_SetObject("unraisablehook", before);
}
CHECK_MAIN()
