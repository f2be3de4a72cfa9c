/* An extension module that is isolated: nothing in it is shared between interpreters.
 *
 * It keeps its state in the module object, makes its type anew for each module, and says with
 * Py_mod_multiple_interpreters that an interpreter with its own GIL may load it.
 *
 *     counter.add(n=1)            adds to this module's total, and gives it
 *     counter.total()             this module's total
 *     counter.Counter(start=0)    a counter of its own: add(n=1), value; it adds to the module's total as well
 */
#include <Python.h>

typedef struct {
    PyObject *counter_type;
    long total;
} module_state;

typedef struct {
    PyObject_HEAD
    long value;
} counter_object;

static int
parse_amount(PyObject *args, PyObject *kwargs, const char *format, const char *name, long *amount)
{
    const char *names[] = {name, NULL};
    return PyArg_ParseTupleAndKeywords(args, kwargs, format, (char **)names, amount);
}

/* The type */

static int
counter_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    long start = 0;
    if (!parse_amount(args, kwargs, "|l:Counter", "start", &start)) {
        return -1;
    }
    ((counter_object *)self)->value = start;
    return 0;
}

/* METH_METHOD passes the class that defines the method; through it a method finds its module, in a subclass too. */
static PyObject *
counter_add(PyObject *self, PyTypeObject *defining_class, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    if (nargs > 1 || (kwnames != NULL && PyTuple_Size(kwnames) > 0)) {
        PyErr_SetString(PyExc_TypeError, "add() takes at most one positional argument");
        return NULL;
    }
    long amount = 1;
    if (nargs == 1) {
        amount = PyLong_AsLong(args[0]);
        if (amount == -1 && PyErr_Occurred()) {
            return NULL;
        }
    }
    module_state *state = PyType_GetModuleState(defining_class);
    if (state == NULL) {
        return NULL;
    }
    counter_object *counter = (counter_object *)self;
    counter->value += amount;
    state->total += amount;
    return PyLong_FromLong(counter->value);
}

static PyObject *
counter_value(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((counter_object *)self)->value);
}

static PyObject *
counter_repr(PyObject *self)
{
    return PyUnicode_FromFormat("Counter(%ld)", ((counter_object *)self)->value);
}

/* An instance of a heap type owns a reference to its type. */
static void
counter_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef counter_methods[] = {
    {"add", (PyCFunction)(void (*)(void))counter_add, METH_METHOD | METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("add(n=1, /): adds to this counter, and to the module's total")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef counter_getset[] = {
    {"value", counter_value, NULL, PyDoc_STR("what was counted so far"), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot counter_slots[] = {
    {Py_tp_doc, (void *)PyDoc_STR("Counter(start=0)")},
    {Py_tp_init, (void *)counter_init},
    {Py_tp_repr, (void *)counter_repr},
    {Py_tp_dealloc, (void *)counter_dealloc},
    {Py_tp_methods, counter_methods},
    {Py_tp_getset, counter_getset},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "counter.Counter",
    .basicsize = sizeof(counter_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = counter_slots,
};

/* The module */

static PyObject *
module_add(PyObject *module, PyObject *args, PyObject *kwargs)
{
    long amount = 1;
    if (!parse_amount(args, kwargs, "|l:add", "n", &amount)) {
        return NULL;
    }
    module_state *state = PyModule_GetState(module);
    state->total += amount;
    return PyLong_FromLong(state->total);
}

static PyObject *
module_total(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    module_state *state = PyModule_GetState(module);
    return PyLong_FromLong(state->total);
}

static PyMethodDef module_methods[] = {
    {"add", (PyCFunction)(void (*)(void))module_add, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("add(n=1): adds to this module's total, and gives it")},
    {"total", module_total, METH_NOARGS, PyDoc_STR("total(): this module's total")},
    {NULL, NULL, 0, NULL},
};

/* Runs once for each module object: once per interpreter that imports it. */
static int
module_exec(PyObject *module)
{
    module_state *state = PyModule_GetState(module);
    state->total = 0;
    state->counter_type = PyType_FromModuleAndSpec(module, &counter_spec, NULL);
    if (state->counter_type == NULL) {
        return -1;
    }
    return PyModule_AddType(module, (PyTypeObject *)state->counter_type);
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
    module_state *state = PyModule_GetState(module);
    Py_VISIT(state->counter_type);
    return 0;
}

static int
module_clear(PyObject *module)
{
    module_state *state = PyModule_GetState(module);
    Py_CLEAR(state->counter_type);
    return 0;
}

static void
module_free(void *module)
{
    module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, (void *)module_exec},
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "counter",
    .m_doc = "Counts, for each interpreter on its own.",
    .m_size = sizeof(module_state),
    .m_methods = module_methods,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC
PyInit_counter(void)
{
    return PyModuleDef_Init(&module_def);
}
