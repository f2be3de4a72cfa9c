/* float and complex: conversions, arithmetic, text, packing. */
#include "check.h"

static PyObject *one_half(PyObject *self) { (void)self; return PyFloat_FromDouble(0.5); }
static PyObject *number(PyObject *self) { (void)self; return PyLong_FromLong(3); }
static PyObject *text(PyObject *self) { (void)self; return PyUnicode_FromString("7"); }
static PyObject *of(PyObject *(*function)(PyObject *), int slot) {
    PyType_Slot slots[] = {{slot, (void *)function}, {0, NULL}};
    PyType_Spec spec = {"m.Number", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}
static PyObject *number_of(double x) { return keep(PyFloat_FromDouble(x)); }

TEST(convert) {
    CHECK_REPR(PyFloat_FromDouble(1.0), "1.0");
    CHECK_REPR(PyFloat_FromDouble(-0.0), "-0.0");
    CHECK_REPR(PyFloat_FromDouble(0.1), "0.1");
    CHECK_REPR(PyFloat_FromDouble(1e16), "1e+16");
    CHECK_REPR(PyFloat_FromDouble(123456789012345680.0), "1.2345678901234568e+17");
    CHECK_REPR(PyFloat_FromDouble(1e-5), "1e-05");
    CHECK_REPR(PyFloat_FromDouble(5e-324), "5e-324");
    CHECK_REPR(PyFloat_FromDouble(1.7976931348623157e308), "1.7976931348623157e+308");
    CHECK_REPR(PyFloat_FromDouble(Py_NAN), "nan");
    CHECK_REPR(PyFloat_FromDouble(-Py_INFINITY), "-inf");
    CHECK_DOUBLE(PyFloat_AsDouble(value("d", 2.5)), "2.5");
    CHECK_DOUBLE(PyFloat_AsDouble(value("i", 3)), "3");
    CHECK_DOUBLE(PyFloat_AsDouble(Py_None), "-1 !!TypeError: must be real number, not NoneType");
    CHECK_DOUBLE(PyFloat_AsDouble(NULL), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_DOUBLE(PyFloat_AsDouble(value("s", "1")), "-1 !!TypeError: must be real number, not str");
    CHECK_DOUBLE(PyFloat_AsDouble(of(one_half, Py_nb_float)), "0.5");
    CHECK_DOUBLE(PyFloat_AsDouble(of(number, Py_nb_index)), "3");
    CHECK_DOUBLE(PyFloat_AsDouble(of(number, Py_nb_float)), "-1 !!TypeError: m.Number.__float__ returned non-float (type int)");
    CHECK_DOUBLE(PyFloat_AsDouble(of(text, Py_nb_float)), "-1 !!TypeError: m.Number.__float__ returned non-float (type str)");
    CHECK_REPR(PyFloat_FromString(value("s", " 1.5e3 ")), "1500.0");
    CHECK_REPR(PyFloat_FromString(value("s", "-inf")), "-inf");
    CHECK_REPR(PyFloat_FromString(value("s", "nan")), "nan");
    CHECK_REPR(PyFloat_FromString(value("s", "1_0.5")), "10.5");
    CHECK_REPR(PyFloat_FromString(value("s", "1__0")), "!!ValueError: could not convert string to float: '1__0'");
    CHECK_REPR(PyFloat_FromString(value("s", "")), "!!ValueError: could not convert string to float: ''");
    CHECK_REPR(PyFloat_FromString(value("s", "1.5x")), "!!ValueError: could not convert string to float: '1.5x'");
    CHECK_REPR(PyFloat_FromString(value("s", "1e400")), "inf");
    CHECK_REPR(PyFloat_FromString(value("y", "2.5")), "2.5");
    CHECK_REPR(PyFloat_FromString(value("y", "x")), "!!ValueError: could not convert string to float: b'x'");
    CHECK_REPR(PyFloat_FromString(Py_None), "!!TypeError: float() argument must be a string or a real number, not 'NoneType'");
    CHECK_DOUBLE(PyFloat_GetMax(), "1.7976931348623157e+308");
    CHECK_DOUBLE(PyFloat_GetMin(), "2.2250738585072014e-308");
    CHECK_REPR(PyFloat_GetInfo(), "sys.float_info(max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1)");
    CHECK(PyFloat_Check(value("d", 1.0)) && PyFloat_CheckExact(value("d", 1.0)) && !PyFloat_Check(value("i", 1)));
    CHECK(PyFloat_AS_DOUBLE(value("d", 1.5)) == 1.5);
}

TEST(arithmetic) {
    PyObject *a = number_of(7.5), *b = number_of(-2.0), *zero = number_of(0.0), *three = value("i", 3);
    CHECK_REPR(PyNumber_Add(a, three), "10.5");
    CHECK_REPR(PyNumber_Subtract(three, a), "-4.5");
    CHECK_REPR(PyNumber_Multiply(a, b), "-15.0");
    CHECK_REPR(PyNumber_TrueDivide(a, b), "-3.75");
    CHECK_REPR(PyNumber_FloorDivide(a, b), "-4.0");
    CHECK_REPR(PyNumber_Remainder(a, b), "-0.5");
    CHECK_REPR(PyNumber_Divmod(a, b), "(-4.0, -0.5)");
    CHECK_REPR(PyNumber_TrueDivide(a, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_FloorDivide(a, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Remainder(a, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Divmod(a, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Power(a, b, Py_None), "0.017777777777777778");
    CHECK_REPR(PyNumber_Power(b, number_of(0.5), Py_None), "(8.659560562354934e-17+1.4142135623730951j)");
    CHECK_REPR(PyNumber_Power(zero, b, Py_None), "!!ZeroDivisionError: zero to a negative power");
    CHECK_REPR(PyNumber_Power(number_of(1e300), a, Py_None), "!!OverflowError: (34, 'Numerical result out of range')");
    CHECK_REPR(PyNumber_Power(a, b, three), "!!TypeError: pow() 3rd argument not allowed unless all arguments are integers");
    CHECK_REPR(PyNumber_Negative(a), "-7.5");
    CHECK_REPR(PyNumber_Absolute(b), "2.0");
    CHECK_REPR(PyNumber_Add(a, Py_None), "!!TypeError: unsupported operand type(s) for +: 'float' and 'NoneType'");
    CHECK_REPR(PyNumber_And(a, b), "!!TypeError: unsupported operand type(s) for &: 'float' and 'float'");
    CHECK_REPR(PyNumber_Float(value("s", "1.25")), "1.25");
    CHECK_REPR(PyNumber_Float(three), "3.0");
    CHECK_REPR(PyNumber_Float(Py_None), "!!TypeError: float() argument must be a string or a real number, not 'NoneType'");
    CHECK_REPR(PyNumber_Long(number_of(Py_INFINITY)), "!!OverflowError: cannot convert float infinity to integer");
    CHECK_REPR(PyNumber_Long(number_of(-1e18)), "-1000000000000000000");
}

TEST(methods) {
    PyObject *a = number_of(7.5), *type = (PyObject *)&PyFloat_Type;
    CHECK_REPR(PyObject_CallMethod(a, "as_integer_ratio", NULL), "(15, 2)");
    CHECK_REPR(PyObject_CallMethod(number_of(Py_NAN), "as_integer_ratio", NULL), "!!ValueError: cannot convert NaN to integer ratio");
    CHECK_REPR(PyObject_CallMethod(a, "hex", NULL), "'0x1.e000000000000p+2'");
    CHECK_REPR(PyObject_CallMethod(type, "fromhex", "s", "0x1.8p+1"), "3.0");
    CHECK_REPR(PyObject_CallMethod(type, "fromhex", "s", "0xzz"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(PyObject_CallMethod(a, "is_integer", NULL), "False");
    CHECK_REPR(PyObject_CallMethod(a, "__round__", NULL), "8");
    CHECK_REPR(PyObject_CallMethod(number_of(2.675), "__round__", "i", 2), "2.67");
    CHECK_REPR(PyObject_CallMethod(a, "__trunc__", NULL), "7");
    CHECK_REPR(PyObject_CallMethod(a, "__floor__", NULL), "7");
    CHECK_REPR(PyObject_CallMethod(a, "__ceil__", NULL), "8");
    CHECK_REPR(PyObject_CallMethod(type, "from_number", "i", 5), "5.0");
    CHECK_REPR(PyObject_CallNoArgs(type), "0.0");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: float expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_CallFunction(type, "s", "abc"), "!!ValueError: could not convert string to float: 'abc'");
    CHECK_REPR(PyObject_Format(a, value("s", ".3e")), "'7.500e+00'");
    CHECK_REPR(PyObject_Format(a, value("s", "%")), "'750.000000%'");
    CHECK_REPR(PyObject_Format(number_of(1234567.891), value("s", ">15,.2f")), "'   1,234,567.89'");
    CHECK_REPR(PyObject_Format(number_of(1e-10), value("s", "g")), "'1e-10'");
    CHECK_REPR(PyObject_Format(a, value("s", "d")), "!!ValueError: Unknown format code 'd' for object of type 'float'");
}

TEST(pack) {
    char bytes[8];
    CHECK_INT(PyFloat_Pack8(1.5, bytes, 0), "0");
    CHECK_DOUBLE(PyFloat_Unpack8(bytes, 0), "1.5");
    CHECK_INT((unsigned char)bytes[0], "63");
    CHECK_INT(PyFloat_Pack8(-1e300, bytes, 1), "0");
    CHECK_DOUBLE(PyFloat_Unpack8(bytes, 1), "-1.0000000000000001e+300");
    CHECK_INT(PyFloat_Pack4(0.1, bytes, 1), "0");
    CHECK_DOUBLE(PyFloat_Unpack4(bytes, 1), "0.10000000149011612");
    CHECK_INT(PyFloat_Pack4(1e300, bytes, 1), "-1 !!OverflowError: float too large to pack with f format");
    CHECK_INT(PyFloat_Pack2(0.1, bytes, 1), "0");
    CHECK_DOUBLE(PyFloat_Unpack2(bytes, 1), "0.0999755859375");
    CHECK_INT(PyFloat_Pack2(1e6, bytes, 1), "-1 !!OverflowError: float too large to pack with e format");
    CHECK_INT(PyFloat_Pack2(6e-8, bytes, 0), "0");
    CHECK_DOUBLE(PyFloat_Unpack2(bytes, 0), "5.9604644775390625e-08");
}

static void to_string(double x, char format, int precision, int flags, const char *expected, int line) {
    int type = -1;
    char *text = PyOS_double_to_string(x, format, precision, flags, &type), got[2200], shown[2048] = "";
    if (!text) check_taken(shown, sizeof shown);
    snprintf(got, sizeof got, "%s %d", text ? text : shown, type);
    check_same(__FILE__, line, "PyOS_double_to_string", got, expected);
    PyMem_Free(text);
}
#define TO_STRING(x, format, precision, flags, expected) to_string(x, format, precision, flags, expected, __LINE__)
TEST(strings) {
    char *end = NULL;
    TO_STRING(0.1, 'r', 0, 0, "0.1 0");
    TO_STRING(1.0, 'r', 0, Py_DTSF_ADD_DOT_0, "1.0 0");
    TO_STRING(1.0, 'r', 0, Py_DTSF_SIGN, "+1 0");
    TO_STRING(-1234.5678, 'f', 2, 0, "-1234.57 0");
    TO_STRING(1234.5678, 'e', 3, 0, "1.235e+03 0");
    TO_STRING(1234.5678, 'E', 0, Py_DTSF_ALT, "1.E+03 0");
    TO_STRING(1234567.0, 'g', 4, 0, "1.235e+06 0");
    TO_STRING(0.00001234, 'G', 3, 0, "1.23E-05 0");
    TO_STRING(Py_INFINITY, 'f', 2, 0, "inf 1");
    TO_STRING(Py_NAN, 'F', 2, 0, "NAN 2");
    TO_STRING(1.0, 'x', 2, 0, "!!SystemError: bad argument to internal function -1");
    CHECK_DOUBLE(PyOS_string_to_double("1.5", NULL, NULL), "1.5");
    CHECK_DOUBLE(PyOS_string_to_double("1.5x", NULL, NULL), "-1 !!ValueError: could not convert string to float: '1.5x'");
    CHECK_DOUBLE(PyOS_string_to_double("1.5x", &end, NULL), "1.5");
    CHECK_STR_EQ(end, "x");
    CHECK_DOUBLE(PyOS_string_to_double(" 1", NULL, NULL), "-1 !!ValueError: could not convert string to float: ' 1'");
    CHECK_DOUBLE(PyOS_string_to_double("1e999", NULL, NULL), "inf");
    CHECK_DOUBLE(PyOS_string_to_double("1e999", NULL, PyExc_OverflowError), "-1 !!OverflowError: value too large to convert to float: '1e999'");
    CHECK_DOUBLE(PyOS_string_to_double("-1e999", &end, NULL), "-inf");
    CHECK_DOUBLE(PyOS_string_to_double("infinity", NULL, NULL), "inf");
}

TEST(complex) {
    Py_complex c = {1.0, -2.0};
    PyObject *a = value("D", &c), *type = (PyObject *)&PyComplex_Type;
    CHECK_BORROWED(a, "(1-2j)");
    CHECK_REPR(PyComplex_FromDoubles(0.0, 1.5), "1.5j");
    CHECK_REPR(PyComplex_FromDoubles(-0.0, -0.0), "(-0-0j)");
    CHECK_REPR(PyComplex_FromCComplex(c), "(1-2j)");
    CHECK_DOUBLE(PyComplex_RealAsDouble(a), "1");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(a), "-2");
    CHECK_DOUBLE(PyComplex_RealAsDouble(value("d", 2.0)), "2");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(value("d", 2.0)), "0");
    CHECK_DOUBLE(PyComplex_RealAsDouble(Py_None), "-1 !!TypeError: must be real number, not NoneType");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(Py_None), "-1 !!TypeError: must be real number, not NoneType");
    CHECK_DOUBLE(PyComplex_AsCComplex(value("i", 3)).real, "3");
    CHECK_DOUBLE(PyComplex_AsCComplex(Py_None).real, "-1 !!TypeError: must be real number, not NoneType");
    CHECK_REPR(PyNumber_Add(a, value("i", 1)), "(2-2j)");
    CHECK_REPR(PyNumber_Multiply(a, a), "(-3-4j)");
    CHECK_REPR(PyNumber_TrueDivide(a, value("D", &(Py_complex){0.0, 1.0})), "(-2-1j)");
    CHECK_REPR(PyNumber_TrueDivide(a, value("i", 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Power(a, value("i", 2), Py_None), "(-3-4j)");
    CHECK_REPR(PyNumber_FloorDivide(a, a), "!!TypeError: unsupported operand type(s) for //: 'complex' and 'complex'");
    CHECK_REPR(PyNumber_Absolute(value("D", &(Py_complex){3.0, 4.0})), "5.0");
    CHECK_REPR(PyNumber_Negative(a), "(-1+2j)");
    CHECK_REPR(PyObject_CallMethod(a, "conjugate", NULL), "(1+2j)");
    CHECK_REPR(PyObject_CallFunction(type, "s", "1+2j"), "(1+2j)");
    CHECK_REPR(PyObject_CallFunction(type, "s", "1+"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(PyObject_CallFunction(type, "dd", 1.0, 2.0), "(1+2j)");
    CHECK_REPR(PyObject_CallFunction(type, "sd", "1", 2.0), "!!TypeError: complex() argument 'real' must be a real number, not str");
    CHECK_REPR(PyNumber_Float(a), "!!TypeError: float() argument must be a string or a real number, not 'complex'");
    CHECK_REPR(PyNumber_Long(a), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'");
    CHECK_REPR(PyObject_RichCompare(a, a, Py_LT), "!!TypeError: '<' not supported between instances of 'complex' and 'complex'");
    CHECK_INT(PyObject_RichCompareBool(value("D", &(Py_complex){3.0, 0.0}), value("i", 3), Py_EQ), "1");
    CHECK_REPR(PyObject_Format(a, value("s", ".1f")), "'1.0-2.0j'");
    Py_complex r = _Py_c_prod((Py_complex){1, 2}, (Py_complex){3, 4});
    CHECK(r.real == -5 && r.imag == 10);
    r = _Py_c_quot((Py_complex){-5, 10}, (Py_complex){3, 4});
    CHECK(r.real == 1 && r.imag == 2);
    r = _Py_c_sum((Py_complex){1, 2}, _Py_c_neg(_Py_c_diff((Py_complex){1, 2}, (Py_complex){3, 4})));
    CHECK(r.real == 3 && r.imag == 4);
    CHECK(_Py_c_abs((Py_complex){3, 4}) == 5.0);
}
CHECK_MAIN()
