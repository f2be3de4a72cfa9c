/* Classes whose special methods raise, or give something that they should not. */
#include "calls.h"

/* Iteration over what always gives something would not end: after so many calls there is a StopIteration. */
static PyObject *raise_as(PyObject *type, const char *text) { PyErr_SetString(type, text); return NULL; }
#define GIVE(name, value) static PyObject *give_##name(PyObject *self, PyObject *args) { \
        (void)self; (void)args; return calls_left-- > 0 ? (value) : raise_as(PyExc_StopIteration, "enough"); }
GIVE(none, Py_NewRef(Py_None)) GIVE(not, Py_NewRef(Py_NotImplemented)) GIVE(stop, raise_as(PyExc_StopIteration, "stop"))
GIVE(raise, PyErr_Format(PyExc_KeyError, "raised with %zd", PyTuple_Size(args))) GIVE(missing, raise_as(PyExc_AttributeError, "missing"))
GIVE(beyond, raise_as(PyExc_IndexError, "beyond")) GIVE(text, PyUnicode_FromString("given")) GIVE(bytes, PyBytes_FromString("given"))
GIVE(seven, PyLong_FromLong(7)) GIVE(minus, PyLong_FromLong(-1)) GIVE(huge, PyLong_FromString("123456789012345678901234567890", NULL, 10))
GIVE(float, PyFloat_FromDouble(2.5)) GIVE(true, Py_NewRef(Py_True)) GIVE(iterator, made("iter([1,2])")) GIVE(self, Py_NewRef(self)) GIVE(args, Py_NewRef(args))
static const struct { const char *name; PyCFunction call; } gives[] = {
    {"None", give_none}, {"NotImplemented", give_not}, {"KeyError", give_raise}, {"StopIteration", give_stop}, {"AttributeError", give_missing},
    {"IndexError", give_beyond}, {"str", give_text}, {"bytes", give_bytes}, {"7", give_seven}, {"-1", give_minus}, {"huge", give_huge}, {"2.5", give_float},
    {"True", give_true}, {"iterator", give_iterator}, {"self", give_self}, {"args", give_args},
};
static const char *const specials[] = {
    "__repr__", "__str__", "__bytes__", "__format__", "__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__", "__hash__", "__bool__", "__getattribute__", "__getattr__", "__setattr__",
    "__delattr__", "__dir__", "__get__", "__set__", "__call__", "__len__", "__length_hint__", "__getitem__", "__setitem__", "__delitem__", "__iter__", "__next__", "__reversed__",
    "__contains__", "__add__", "__radd__", "__iadd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__floordiv__", "__mod__", "__rmod__", "__divmod__", "__pow__",
    "__rpow__", "__lshift__", "__and__", "__or__", "__ror__", "__xor__", "__neg__", "__pos__", "__abs__", "__invert__", "__complex__", "__int__", "__float__", "__index__", "__round__",
    "__aiter__", "__anext__", "__await__", "__buffer__", "keys", "__missing__", "__instancecheck__", "__class_getitem__", "__fspath__", "__trunc__", "__set_name__",
};
static const char *const bases[] = {"object", "int", "str", "float", "list", "dict", "tuple", "bytes", "set", "bytearray", "complex", "ValueError", "object", "object"};

static void class_with(uint32_t round) {
    static PyMethodDef defs[8000][2];
    static uint32_t used;
    const char *base = ONE_OF(bases);
    uint32_t n = below(3) ? 1 : 2;
    char text[64], class_name[256];
    snprintf(text, sizeof text, "type('C',(%s,),{})", base);
    PyObject *class = made(text);
    snprintf(class_name, sizeof class_name, "%s", base);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t give = below(COUNT(gives));
        PyMethodDef *def = &defs[used][i];
        *def = (PyMethodDef){ONE_OF(specials), gives[give].call, METH_VARARGS, NULL};
        PyObject *method = PyDescr_NewMethod((PyTypeObject *)class, def);
        if (PyObject_SetAttrString(class, def->ml_name, method) < 0) PyErr_Clear();
        Py_DECREF(method);
        snprintf(class_name + strlen(class_name), 100, ".%s:%s", def->ml_name, gives[give].name);
    }
    used++;
    PyObject *object = PyObject_CallNoArgs(class), *other = made(ONE_OF(values));
    name_it("C(%s) %u", class_name, round);
    if (!object) print_result(NULL);
    for (uint32_t op = 0; object && op < unary_count; op++) {
        name_it("%s(C(%s)) %u", unaries[op].name, class_name, round);
        if (strcmp(unaries[op].name, "dir") != 0) print_result(unaries[op].call(object));
    }
    for (uint32_t i = 0; object && i < 24; i++) {
        uint32_t op = below(binary_count);
        name_it("C(%s) %s %u.%u", class_name, binaries[op].name, round, i);
        print_result(i & 1 ? binaries[op].call(object, other) : binaries[op].call(other, object));
    }
    if (object) {
        PyObject *types[] = {(PyObject *)&PyReversed_Type, (PyObject *)&PyLong_Type, (PyObject *)&PyDict_Type, (PyObject *)&PyBytes_Type, (PyObject *)&PyEnum_Type};
        for (uint32_t i = 0; i < COUNT(types); i++) {
            name_it("%s(C(%s)) %u called", ((PyTypeObject *)types[i])->tp_name, class_name, round);
            print_result(PyObject_CallOneArg(types[i], object));
        }
        name_it("C(%s)() %u", class_name, round);
        print_result(PyObject_CallNoArgs(object));
    }
    Py_XDECREF(object); Py_DECREF(other); Py_DECREF(class);
}
void classes(void) {
    for (uint32_t i = 0; i < 600; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("classes", round, 0);
        class_with(i);
    }
}
