/* What goes through slots: arithmetic, comparison, items and slices, conversions, format(). */
#include "calls.h"
#include "../expression.h"

const Binary binaries[] = {
    {"+", PyNumber_Add}, {"-", PyNumber_Subtract}, {"*", PyNumber_Multiply}, {"@", PyNumber_MatrixMultiply}, {"/", PyNumber_TrueDivide},
    {"//", PyNumber_FloorDivide}, {"%", PyNumber_Remainder}, {"divmod", PyNumber_Divmod}, {"<<", PyNumber_Lshift},
    {">>", PyNumber_Rshift}, {"&", PyNumber_And}, {"^", PyNumber_Xor}, {"|", PyNumber_Or}, {"+=", PyNumber_InPlaceAdd},
    {"-=", PyNumber_InPlaceSubtract}, {"*=", PyNumber_InPlaceMultiply}, {"/=", PyNumber_InPlaceTrueDivide}, {"%=", PyNumber_InPlaceRemainder},
    {"&=", PyNumber_InPlaceAnd}, {"|=", PyNumber_InPlaceOr}, {"^=", PyNumber_InPlaceXor}, {"<<=", PyNumber_InPlaceLshift},
    {"concat", PySequence_Concat}, {"concat=", PySequence_InPlaceConcat}, {"[]", PyObject_GetItem}, {"format", PyObject_Format},
    {"**", expr_power}, {"<", expr_lt}, {"<=", expr_le}, {"==", expr_eq}, {"!=", expr_ne}, {">", expr_gt}, {">=", expr_ge}, {"in", expr_in},
    {"getattr", PyObject_GetAttr},
};
static PyObject *truth(PyObject *o) { int is = PyObject_IsTrue(o); return is < 0 ? NULL : PyBool_FromLong(is); }
static PyObject *size(PyObject *o) { Py_ssize_t n = PyObject_Size(o); return n < 0 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(n); }
static PyObject *hint(PyObject *o) { Py_ssize_t n = PyObject_LengthHint(o, 9); return n < 0 ? NULL : PyLong_FromSsize_t(n); }
static PyObject *next(PyObject *o) { PyObject *i = PyObject_GetIter(o), *item = i ? PyIter_Next(i) : NULL; Py_XDECREF(i); return item || PyErr_Occurred() ? item : Py_NewRef(Py_None); }
static PyObject *hash(PyObject *o) { Py_hash_t n = PyObject_Hash(o); return n == -1 && PyErr_Occurred() ? NULL : Py_NewRef(Py_True); }
static PyObject *as_long(PyObject *o) { long n = PyLong_AsLong(o); return n == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(n); }
static PyObject *as_size(PyObject *o) { Py_ssize_t n = PyNumber_AsSsize_t(o, PyExc_IndexError); return n == -1 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(n); }
static PyObject *as_double(PyObject *o) { double x = PyFloat_AsDouble(o); return x == -1 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(x); }
static PyObject *as_complex(PyObject *o) { Py_complex x = PyComplex_AsCComplex(o); return PyErr_Occurred() ? NULL : PyComplex_FromCComplex(x); }
const Unary unaries[] = {
    {"-", PyNumber_Negative}, {"+", PyNumber_Positive}, {"~", PyNumber_Invert}, {"abs", PyNumber_Absolute}, {"index", PyNumber_Index},
    {"int", PyNumber_Long}, {"float", PyNumber_Float}, {"str", PyObject_Str}, {"repr", PyObject_Repr}, {"bytes", PyObject_Bytes}, {"bool", truth},
    {"len", size}, {"hint", hint}, {"next", next}, {"hash", hash}, {"AsLong", as_long}, {"AsSsize_t", as_size}, {"AsDouble", as_double},
    {"AsCComplex", as_complex}, {"list", PySequence_List}, {"tuple", PySequence_Tuple}, {"keys", PyMapping_Keys}, {"dir", PyObject_Dir},
    {"memoryview", PyMemoryView_FromObject}, {"bytearray", PyByteArray_FromObject}, {"set", PySet_New}, {"aiter", PyObject_GetAIter},
};
static const char *const keys[] = {
    "0", "1", "-1", "2", "9223372036854775807", "-9223372036854775809", "slice(0,2)", "slice(None,None,-1)", "slice(None,None,2)",
    "slice(5,1)", "slice(1,None)", "slice(0,10,0)", "slice('a',1)", "'a'", "1.5", "None", "(0,0)", "[0]", "True", "b'a'", "slice(-1,-3,-1)",
};
const uint32_t unary_count = COUNT(unaries), binary_count = COUNT(binaries);

void operations(void) {
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t op = 0; op < COUNT(unaries); op++) {
        PyObject *a = made(values[i]);
        name_it("%s(%s)", unaries[op].name, values[i]);
        /* What is in the namespace of a class is another thing here and there. */
        if (strcmp(unaries[op].name, "dir") != 0) print_result(unaries[op].call(a));
        Py_DECREF(a);
    }
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t op = 0; op < COUNT(binaries); op++) for (uint32_t round = 0; round < 3; round++) {
        start(values[i], binaries[op].name, round);
        const char *other = round == 2 ? values[i] : ONE_OF(values);
        if (strchr("*<", binaries[op].name[0]) && strlen(binaries[op].name) > 1 && (is_big(other) || is_big(values[i]))) other = "3";
        PyObject *a = made(values[i]), *b = made(other);
        name_it("%s %s %s #%u", values[i], binaries[op].name, other, round);
        print_result(binaries[op].call(a, b));
        Py_DECREF(a); Py_DECREF(b);
    }
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t k = 0; k < COUNT(keys); k++) {
        start(values[i], keys[k], 0);
        const char *value = ONE_OF(values);
        PyObject *o = made(values[i]), *key = made(keys[k]), *v = made(value);
        name_it("%s[%s]", values[i], keys[k]);
        print_result(PyObject_GetItem(o, key));
        if (!PyType_Check(o)) {
            name_it("%s[%s] = %s", values[i], keys[k], value);
            print_status(PyObject_SetItem(o, key, v));
            add_name(" then"); print_line(shown(o));
            name_it("del %s[%s] after = %s", values[i], keys[k], value);
            print_status(PyObject_DelItem(o, key));
            add_name(" then"); print_line(shown(o));
        }
        Py_DECREF(o); Py_DECREF(key); Py_DECREF(v);
    }
}
