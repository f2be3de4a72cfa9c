/* An extension's usual idioms, as C and as C++: the macros expand to code without warnings in both. */
#include <Python.h>
#include <structmember.h>
#include <datetime.h>

#ifndef __cplusplus
#  define nullptr NULL
#endif

typedef struct {
    PyObject_HEAD
    PyObject *first;
    PyListObject *second;
    int number;
} Thing;

static int
thing_traverse(PyObject *self, visitproc visit, void *arg)
{
    Thing *thing = (Thing *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(thing->first);
    Py_VISIT(thing->second);
    return 0;
}

static int
thing_clear(PyObject *self)
{
    Thing *thing = (Thing *)self;
    Py_CLEAR(thing->first);
    Py_CLEAR(thing->second);
    Py_SETREF(thing->first, Py_NewRef(Py_None));
    Py_XSETREF(thing->second, nullptr);
    return 0;
}

static void
thing_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, thing_dealloc)
    thing_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
    Py_TRASHCAN_END
}

static PyObject *
thing_compare(PyObject *a, PyObject *b, int op)
{
    if (!PyLong_Check(b)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    Py_RETURN_RICHCOMPARE(((Thing *)a)->number, PyLong_AsLong(b), op);
}

static PyObject *
thing_call(PyObject *Py_UNUSED(self), PyObject *args, PyObject *kwargs)
{
    static const char *const names[] = {"text", "number", nullptr};
    PyObject *text;
    Py_ssize_t number = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|n:call", (PY_CXX_CONST char *const *)names, &text, &number)) {
        return nullptr;
    }
    Py_UCS4 sum = 0;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < number; i++) {
        sum += PyUnicode_READ_CHAR(text, 0);
    }
    Py_END_ALLOW_THREADS
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(text); i++) {
        sum += PyUnicode_READ(PyUnicode_KIND(text), data, i);
    }
    PyObject *tuple = PyTuple_New(2), *list = PyList_New(1);
    PyTuple_SET_ITEM(tuple, 0, PyLong_FromUnsignedLong(sum));
    PyTuple_SET_ITEM(tuple, 1, list);
    PyList_SET_ITEM(list, 0, PyFloat_FromDouble(Py_MATH_PI));
    if (PyFloat_AS_DOUBLE(PyList_GET_ITEM(list, 0)) < 0 || PyErr_Occurred()) {
        PyErr_BadInternalCall();
        Py_XDECREF(tuple);
        return nullptr;
    }
    Py_BEGIN_CRITICAL_SECTION(tuple);
    PyErr_Clear();
    Py_END_CRITICAL_SECTION();
    return tuple;
}

static PyObject *
make_date(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(argument))
{
    PyDateTime_IMPORT;
    if (!PyDateTimeAPI) {
        return nullptr;
    }
    return PyDate_FromDate(2024, 1, 1);
}

static PyMemberDef thing_members[] = {
    {"number", T_INT, offsetof(Thing, number), READONLY, PyDoc_STR("A number.")},
    {"first", Py_T_OBJECT_EX, offsetof(Thing, first), 0, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};
static PyType_Slot thing_slots[] = {
    {Py_tp_traverse, (void *)thing_traverse},
    {Py_tp_clear, (void *)thing_clear},
    {Py_tp_dealloc, (void *)thing_dealloc},
    {Py_tp_richcompare, (void *)thing_compare},
    {Py_tp_call, (void *)thing_call},
    {Py_tp_members, thing_members},
    {0, nullptr},
};
static PyType_Spec thing_spec = {"uses.Thing", sizeof(Thing), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, thing_slots};

PyDoc_STRVAR(make_date_doc, "make_date()\n--\n\nA date.");
static PyMethodDef functions[] = {
    {"make_date", make_date, METH_NOARGS, make_date_doc},
    {"call", _PyCFunction_CAST(thing_call), METH_VARARGS | METH_KEYWORDS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static int
execute(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &thing_spec, nullptr);
    if (!type || PyModule_AddObjectRef(module, "Thing", type) < 0) {
        Py_XDECREF(type);
        return -1;
    }
    Py_DECREF(type);
    if (sizeof(functions) / sizeof(functions[0]) != Py_ARRAY_LENGTH(functions)) {
        Py_UNREACHABLE();
    }
    return PyModule_AddIntMacro(module, PY_VERSION_HEX);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)execute},
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
    {Py_mod_gil, Py_MOD_GIL_USED},
    {0, nullptr},
};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "uses", nullptr, 0, functions, slots, nullptr, nullptr, nullptr};

static PyTypeObject old_type = {
    PyVarObject_HEAD_INIT(nullptr, 0)
    "uses.Old", sizeof(Thing), 0, thing_dealloc,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Py_TPFLAGS_DEFAULT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0,
};

PyMODINIT_FUNC
PyInit_uses(void)
{
    return PyType_Ready(&old_type) < 0 ? nullptr : PyModuleDef_Init(&definition);
}
