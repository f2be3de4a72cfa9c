/* complex: constructor and texts, arithmetic with infinities and reals, the C functions and their errno, methods. bool too. */
#include "check.h"
#include <errno.h>
#include <math.h>

static PyObject *number(double real, double imag) { return keep(PyComplex_FromDoubles(real, imag)); }
static PyObject *real(double x) { return keep(PyFloat_FromDouble(x)); }
static PyObject *of(const char *text) { return PyObject_CallFunction((PyObject *)&PyComplex_Type, "s", text); }
static PyObject *call(PyObject *args, PyObject *kwargs) { return PyObject_Call((PyObject *)&PyComplex_Type, args, kwargs); }

static PyObject *three_j(PyObject *self, PyObject *unused) { (void)self; (void)unused; return PyComplex_FromDoubles(0, 3); }
static PyObject *three(PyObject *self, PyObject *unused) { (void)self; (void)unused; return PyLong_FromLong(3); }
static PyObject *half(PyObject *self) { (void)self; return PyFloat_FromDouble(0.5); }
/* An instance of a class with __complex__, or with __float__. */
static PyObject *with_complex(PyCFunction function) {
    static PyMethodDef methods[2];
    methods[0] = (PyMethodDef){"__complex__", function, METH_NOARGS, NULL};
    PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    PyType_Spec spec = {"m.Number", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}
static PyObject *with_float(void) {
    PyType_Slot slots[] = {{Py_nb_float, (void *)half}, {0, NULL}};
    PyType_Spec spec = {"m.Real", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}

TEST(texts) {
    CHECK_REPR(of("1"), "(1+0j)");
    CHECK_REPR(of("1j"), "1j");
    CHECK_REPR(of("-1.5e3J"), "-1500j");
    CHECK_REPR(of(" ( 1+2j ) "), "(1+2j)");
    CHECK_REPR(of("( 1+2j"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1+2j)"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("((1+2j))"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("()"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1-j"), "(1-1j)");
    CHECK_REPR(of("1+j"), "(1+1j)");
    CHECK_REPR(of("j"), "1j");
    CHECK_REPR(of("-j"), "-1j");
    CHECK_REPR(of("+j"), "1j");
    CHECK_REPR(of("1+2"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1 + 2j"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1+-2j"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1++2j"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1j+2"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1j2"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("jj"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("+"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of(""), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1e"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("1e+2j"), "100j");
    CHECK_REPR(of("1e5+1e-5j"), "(100000+1e-05j)");
    CHECK_REPR(of("inf-infj"), "(inf-infj)");
    CHECK_REPR(of("nan+nanj"), "(nan+nanj)");
    CHECK_REPR(of("infinityj"), "infj");
    CHECK_REPR(of("1e400-1e400j"), "(inf-infj)");
    CHECK_REPR(of("1_0+1_0j"), "(10+10j)");
    CHECK_REPR(of("1_+1j"), "!!ValueError: could not convert string to complex: '1_+1j'");
    CHECK_REPR(of("1__0"), "!!ValueError: could not convert string to complex: '1__0'");
    CHECK_REPR(of("\xd9\xa1+\xd9\xa2j"), "(1+2j)");
    CHECK_REPR(of("\xc2\xbdj"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(of("_\xc2\xbdj"), "!!ValueError: could not convert string to complex: '_½j'");
    CHECK_REPR(of("x"), "!!ValueError: complex() arg is a malformed string");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyComplex_Type, "s#", "1\0j", (Py_ssize_t)3), "!!ValueError: complex() arg is a malformed string");
}

TEST(constructor) {
    CHECK_REPR(call(value("()"), NULL), "0j");
    CHECK_REPR(call(value("(i)", 1), NULL), "(1+0j)");
    CHECK_REPR(call(value("(d)", 1.5), NULL), "(1.5+0j)");
    CHECK_REPR(call(value("(O)", number(1, 2)), NULL), "(1+2j)");
    CHECK_REPR(call(value("(O)", Py_None), NULL), "!!TypeError: complex() argument must be a string or a number, not NoneType");
    CHECK_REPR(call(value("(y)", "1"), NULL), "!!TypeError: complex() argument must be a string or a number, not bytes");
    CHECK_REPR(call(value("(id)", 1, 2.5), NULL), "(1+2.5j)");
    CHECK_REPR(call(value("(iO)", 1, Py_None), NULL), "!!TypeError: complex() argument 'imag' must be a real number, not NoneType");
    CHECK_REPR(call(value("(Oi)", Py_None, 1), NULL), "!!TypeError: complex() argument 'real' must be a real number, not NoneType");
    CHECK_REPR(call(value("(si)", "1", 1), NULL), "!!TypeError: complex() argument 'real' must be a real number, not str");
    CHECK_REPR(call(value("(is)", 1, "1"), NULL), "!!TypeError: complex() argument 'imag' must be a real number, not str");
    CHECK_REPR(call(value("(OO)", number(1, 2), number(3, 4)), NULL), "(-3+5j)");
    CHECK_REPR(call(value("(Oi)", number(1, 2), 3), NULL), "(1+5j)");
    CHECK_REPR(call(value("(iO)", 1, number(3, 4)), NULL), "(-3+3j)");
    CHECK_REPR(call(value("(iii)", 1, 2, 3), NULL), "!!TypeError: complex() takes at most 2 arguments (3 given)");
    CHECK_REPR(call(value("()"), value("{si}", "imag", 2)), "2j");
    CHECK_REPR(call(value("()"), value("{sisi}", "imag", 2, "real", 1)), "(1+2j)");
    CHECK_REPR(call(value("(i)", 1), value("{si}", "imag", 2)), "(1+2j)");
    CHECK_REPR(call(value("(i)", 1), value("{si}", "real", 2)), "!!TypeError: argument for complex() given by name ('real') and position (1)");
    CHECK_REPR(call(value("()"), value("{si}", "x", 2)), "!!TypeError: complex() got an unexpected keyword argument 'x'");
    CHECK_REPR(call(value("()"), value("{ss}", "real", "1")), "!!TypeError: complex() argument 'real' must be a real number, not str");
    CHECK_REPR(call(value("(O)", with_complex(three_j)), NULL), "3j");
    CHECK_REPR(call(value("(O)", with_complex(three)), NULL), "!!TypeError: __complex__ returned non-complex (type int)");
    CHECK_REPR(call(value("(Oi)", with_complex(three_j), 1), NULL), "4j");
    CHECK_REPR(call(value("(iO)", 1, with_complex(three_j)), NULL), "!!TypeError: complex() argument 'imag' must be a real number, not m.Number");
    CHECK_REPR(call(value("(O)", with_float()), NULL), "(0.5+0j)");
    CHECK_REPR(call(value("(OO)", with_float(), with_float()), NULL), "(0.5+0.5j)");
    CHECK_REPR(call(value("(O)", keep(PyNumber_Lshift(value("i", 1), value("i", 2000)))), NULL), "!!OverflowError: int too large to convert to float");
    PyObject *type = new_class("Complex", (PyObject *)&PyComplex_Type), *z = keep(PyObject_CallFunction(type, "ii", 1, 2));
    CHECK_INT(Py_TYPE(z) == (PyTypeObject *)type, "1");
    CHECK_REPR(Py_NewRef(z), "(1+2j)");
    CHECK_REPR(call(value("(O)", z), NULL), "(1+2j)");
    CHECK_INT(PyComplex_CheckExact(keep(PyNumber_Positive(z))), "1");
    CHECK_REPR(PyNumber_Add(z, z), "(2+4j)");
    CHECK_INT(Py_TYPE(keep(PyObject_CallMethod(type, "from_number", "i", 1))) == (PyTypeObject *)type, "1");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyComplex_Type, "from_number", "O", z), "(1+2j)");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyComplex_Type, "from_number", "d", 1.5), "(1.5+0j)");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyComplex_Type, "from_number", "s", "1"), "!!TypeError: must be real number, not str");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyComplex_Type, "from_number", "O", with_complex(three_j)), "3j");
}

TEST(conversions) {
    CHECK_DOUBLE(PyComplex_RealAsDouble(number(1, 2)), "1");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(number(1, 2)), "2");
    CHECK_DOUBLE(PyComplex_RealAsDouble(value("i", 3)), "3");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(value("i", 3)), "0");
    CHECK_DOUBLE(PyComplex_RealAsDouble(with_complex(three_j)), "0");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(with_complex(three_j)), "3");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(with_complex(three)), "-1 !!TypeError: __complex__ returned non-complex (type int)");
    CHECK_DOUBLE(PyComplex_RealAsDouble(with_float()), "0.5");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(with_float()), "0");
    CHECK_DOUBLE(PyComplex_RealAsDouble(value("s", "1")), "-1 !!TypeError: must be real number, not str");
    CHECK_DOUBLE(PyComplex_ImagAsDouble(value("s", "1")), "-1 !!TypeError: must be real number, not str");
    CHECK_DOUBLE(PyComplex_AsCComplex(number(1, 2)).imag, "2");
    CHECK_DOUBLE(PyComplex_AsCComplex(with_complex(three_j)).imag, "3");
    CHECK_DOUBLE(PyComplex_AsCComplex(with_float()).real, "0.5");
    CHECK_DOUBLE(PyComplex_AsCComplex(Py_None).real, "-1 !!TypeError: must be real number, not NoneType");
    CHECK_DOUBLE(PyComplex_AsCComplex(with_complex(three)).real, "-1 !!TypeError: __complex__ returned non-complex (type int)");
}

TEST(arithmetic) {
    CHECK_REPR(PyNumber_Add(number(1, 2), number(3, -4)), "(4-2j)");
    CHECK_REPR(PyNumber_Add(number(1, -0.0), real(2)), "(3-0j)");
    CHECK_REPR(PyNumber_Add(value("i", 1), number(2, -0.0)), "(3-0j)");
    CHECK_REPR(PyNumber_Subtract(number(1, -0.0), real(2)), "(-1-0j)");
    CHECK_REPR(PyNumber_Subtract(real(1), number(2, 0.0)), "(-1-0j)");
    CHECK_REPR(PyNumber_Multiply(number(1, 2), number(3, 4)), "(-5+10j)");
    CHECK_REPR(PyNumber_Multiply(number(Py_INFINITY, 0), number(1, 1)), "(inf+infj)");
    CHECK_REPR(PyNumber_Multiply(number(Py_INFINITY, Py_NAN), number(1, 1)), "(inf+infj)");
    CHECK_REPR(PyNumber_Multiply(number(1e300, 1e300), number(1e300, -1e300)), "(inf+nanj)");
    CHECK_REPR(PyNumber_Multiply(number(1, Py_INFINITY), real(2)), "(2+infj)");
    CHECK_REPR(PyNumber_Multiply(real(0), number(1, Py_INFINITY)), "nanj");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 2), number(3, 4)), "(0.44+0.08j)");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 2), number(0, 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 2), real(0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 2), real(2)), "(0.5+1j)");
    CHECK_REPR(PyNumber_TrueDivide(real(2), number(1, 2)), "(0.4-0.8j)");
    CHECK_REPR(PyNumber_TrueDivide(real(2), number(0, 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_TrueDivide(number(Py_INFINITY, 1), number(1, 1)), "(inf-infj)");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 1), number(Py_INFINITY, -Py_INFINITY)), "0j");
    CHECK_REPR(PyNumber_TrueDivide(real(1), number(Py_INFINITY, Py_NAN)), "-0j");
    CHECK_REPR(PyNumber_TrueDivide(number(1, 1), number(Py_NAN, 1)), "(nan+nanj)");
    CHECK_REPR(PyNumber_Power(number(1, 2), value("i", 3), Py_None), "(-11-2j)");
    CHECK_REPR(PyNumber_Power(number(1, 2), value("i", -3), Py_None), "(-0.08800000000000001+0.016j)");
    CHECK_REPR(PyNumber_Power(number(1, 2), value("i", 0), Py_None), "(1+0j)");
    CHECK_REPR(PyNumber_Power(number(0, 1), value("i", 101), Py_None), "(4.408109496293883e-15+1j)");
    CHECK_REPR(PyNumber_Power(number(0, 1), number(0, 1), Py_None), "(0.20787957635076193+0j)");
    CHECK_REPR(PyNumber_Power(number(0, 0), number(0, 1), Py_None), "!!ZeroDivisionError: zero to a negative or complex power");
    CHECK_REPR(PyNumber_Power(number(0, 0), value("i", -1), Py_None), "!!ZeroDivisionError: zero to a negative or complex power");
    CHECK_REPR(PyNumber_Power(number(0, 0), real(2.5), Py_None), "0j");
    CHECK_REPR(PyNumber_Power(real(0), number(1, 0), Py_None), "0j");
    CHECK_REPR(PyNumber_Power(number(1e300, 1), value("i", 2), Py_None), "!!OverflowError: complex exponentiation");
    CHECK_REPR(PyNumber_Power(number(1e300, 1), real(200.5), Py_None), "!!OverflowError: complex exponentiation");
    CHECK_REPR(PyNumber_Power(number(1, 2), number(Py_INFINITY, 0), Py_None), "!!ZeroDivisionError: zero to a negative or complex power");
    CHECK_REPR(PyNumber_Power(number(1, 2), value("i", 3), value("i", 3)), "!!ValueError: complex modulo");
    CHECK_REPR(PyNumber_Power(real(-8), real(0.5), Py_None), "(1.7319121124709868e-16+2.8284271247461903j)");
    CHECK_REPR(PyNumber_FloorDivide(number(1, 2), value("i", 3)), "!!TypeError: unsupported operand type(s) for //: 'complex' and 'int'");
    CHECK_REPR(PyNumber_Remainder(value("i", 3), number(1, 2)), "!!TypeError: unsupported operand type(s) for %: 'int' and 'complex'");
    CHECK_REPR(PyNumber_Divmod(number(1, 2), value("i", 3)), "!!TypeError: unsupported operand type(s) for divmod(): 'complex' and 'int'");
    CHECK_REPR(PyNumber_Add(number(1, 2), value("s", "x")), "!!TypeError: unsupported operand type(s) for +: 'complex' and 'str'");
    CHECK_REPR(PyNumber_Add(number(1, 2), keep(PyNumber_Lshift(value("i", 1), value("i", 2000)))), "!!OverflowError: int too large to convert to float");
    CHECK_REPR(PyNumber_Absolute(number(3, -4)), "5.0");
    CHECK_REPR(PyNumber_Absolute(number(1e308, 1e308)), "1.4142135623730951e+308");
    CHECK_REPR(PyNumber_Absolute(number(1.7e308, 1.7e308)), "!!OverflowError: absolute value too large");
    CHECK_REPR(PyNumber_Absolute(number(Py_NAN, -Py_INFINITY)), "inf");
    CHECK_REPR(PyNumber_Absolute(number(Py_NAN, 1)), "nan");
    CHECK_REPR(PyNumber_Negative(number(0, 1)), "(-0-1j)");
    CHECK_REPR(PyNumber_Float(number(1, 0)), "!!TypeError: float() argument must be a string or a real number, not 'complex'");
    CHECK_REPR(PyNumber_Long(number(1, 0)), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'");
    CHECK_INT(PyObject_IsTrue(number(0, -0.0)), "0");
    CHECK_INT(PyObject_IsTrue(number(0, 1)), "1");
}

TEST(comparison) {
    CHECK_REPR(PyObject_RichCompare(number(1, 0), value("i", 1), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(value("i", 1), number(1, 0), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(number(1, 1), value("i", 1), Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(number(1, 0), real(1), Py_NE), "False");
    CHECK_REPR(PyObject_RichCompare(number(1, 2), number(1, 2), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(number(1, Py_NAN), number(1, Py_NAN), Py_NE), "True");
    CHECK_REPR(PyObject_RichCompare(number(9007199254740992.0, 0), keep(PyLong_FromString("9007199254740993", NULL, 10)), Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(number(1, 2), number(1, 2), Py_LT), "!!TypeError: '<' not supported between instances of 'complex' and 'complex'");
    CHECK_REPR(PyObject_RichCompare(number(1, 2), value("s", "x"), Py_EQ), "False");
    CHECK_INT(PyObject_Hash(number(1, 2)), "2000007");
    CHECK_INT(PyObject_Hash(number(2.5, 0)), "1152921504606846978");
    CHECK_INT(PyObject_Hash(number(0, -1)), "-2000006");
    CHECK_INT(PyObject_Hash(number(1000002, -1)), "-1000004");
    CHECK_INT(PyObject_Hash(number(Py_INFINITY, -Py_INFINITY)), "-314159628318");
}

TEST(text) {
    CHECK_REPR(PyObject_Repr(number(0, 1)), "'1j'");
    CHECK_REPR(PyObject_Repr(number(0, -0.0)), "'-0j'");
    CHECK_REPR(PyObject_Repr(number(-0.0, 1)), "'(-0+1j)'");
    CHECK_REPR(PyObject_Repr(number(1, -0.0)), "'(1-0j)'");
    CHECK_REPR(PyObject_Str(number(1.5, -2.25)), "'(1.5-2.25j)'");
    CHECK_REPR(PyObject_Str(number(1e16, 1e-5)), "'(1e+16+1e-05j)'");
    CHECK_REPR(PyObject_Str(number(Py_NAN, Py_INFINITY)), "'(nan+infj)'");
    CHECK_REPR(PyObject_Str(number(-Py_INFINITY, Py_NAN)), "'(-inf+nanj)'");
    CHECK_REPR(Py_NewRef(attr(number(1, 2), "real")), "1.0");
    CHECK_REPR(Py_NewRef(attr(number(1, 2), "imag")), "2.0");
    CHECK_INT(PyObject_SetAttrString(number(1, 2), "real", Py_None), "-1 !!AttributeError: readonly attribute");
    CHECK_REPR(PyObject_CallMethod(number(1, 2), "conjugate", NULL), "(1-2j)");
    CHECK_REPR(PyObject_CallMethod(number(1, 2), "__complex__", NULL), "(1+2j)");
    CHECK_REPR(PyObject_CallMethod(number(1, 2), "__getnewargs__", NULL), "(1.0, 2.0)");
}

static char shown[100];
static const char *result(Py_complex z) { snprintf(shown, sizeof shown, "%.12g %.12g %d", z.real, z.imag, errno); errno = 0; return shown; }
static Py_complex c(double real_part, double imag_part) { return (Py_complex){real_part, imag_part}; }
TEST(c_functions) {
    errno = 0;
    CHECK_STR_EQ(result(_Py_c_sum(c(1, 2), c(3, 4))), "4 6 0");
    CHECK_STR_EQ(result(_Py_c_diff(c(1, 2), c(3, 5))), "-2 -3 0");
    CHECK_STR_EQ(result(_Py_c_neg(c(1, -2))), "-1 2 0");
    CHECK_STR_EQ(result(_Py_c_prod(c(1, 2), c(3, 4))), "-5 10 0");
    CHECK_STR_EQ(result(_Py_c_quot(c(1, 2), c(3, 4))), "0.44 0.08 0");
    CHECK_STR_EQ(result(_Py_c_quot(c(1, 2), c(0, 0))), "0 0 33");
    CHECK_STR_EQ(result(_Py_c_quot(c(1, 2), c(0, 2))), "1 -0.5 0");
    CHECK_STR_EQ(result(_Py_c_pow(c(2, 0), c(3, 0))), "8 0 0");
    CHECK_STR_EQ(result(_Py_c_pow(c(1, 2), c(0, 0))), "1 0 0");
    CHECK_STR_EQ(result(_Py_c_pow(c(0, 0), c(2, 0))), "0 0 0");
    CHECK_STR_EQ(result(_Py_c_pow(c(0, 0), c(-1, 0))), "0 0 33");
    CHECK_STR_EQ(result(_Py_c_pow(c(0, 0), c(1, 1))), "0 0 33");
    CHECK_STR_EQ(result(_Py_c_pow(c(1e300, 1), c(200, 0))), "inf inf 34");
    char text[60];
    double size = _Py_c_abs(c(3, 4));
    snprintf(text, sizeof text, "%g %d", size, errno);
    CHECK_STR_EQ(text, "5 0");
    size = _Py_c_abs(c(1.7e308, 1.7e308));
    snprintf(text, sizeof text, "%g %d", size, errno);
    CHECK_STR_EQ(text, "inf 34");
    size = _Py_c_abs(c(Py_NAN, Py_INFINITY));
    snprintf(text, sizeof text, "%g %d", size, errno);
    CHECK_STR_EQ(text, "inf 0");
}

/* Complex and real: a real number has no imaginary part, so its zero does not take part. Declared here: in no public header. */
extern Py_complex _Py_cr_sum(Py_complex, double), _Py_cr_diff(Py_complex, double), _Py_rc_diff(double, Py_complex);
extern Py_complex _Py_cr_prod(Py_complex, double), _Py_cr_quot(Py_complex, double), _Py_rc_quot(double, Py_complex);
/* The sign of a NaN is the processor's affair. */
static const char *mixed(Py_complex z) { return result(c(isnan(z.real) ? fabs(z.real) : z.real, isnan(z.imag) ? fabs(z.imag) : z.imag)); }
TEST(c_functions_with_reals) {
    double inf = Py_INFINITY, nan = Py_NAN;
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_cr_sum(c(1, -0.0), 2)), "3 -0 0");
    CHECK_STR_EQ(mixed(_Py_cr_sum(c(1, nan), inf)), "inf nan 0");
    CHECK_STR_EQ(mixed(_Py_cr_sum(c(1.7e308, 1), 1.7e308)), "inf 1 0");
    CHECK_STR_EQ(mixed(_Py_cr_diff(c(1, -0.0), 2)), "-1 -0 0");
    CHECK_STR_EQ(mixed(_Py_cr_diff(c(inf, 1), inf)), "nan 1 0");
    CHECK_STR_EQ(mixed(_Py_rc_diff(2, c(1, 0.0))), "1 -0 0");
    CHECK_STR_EQ(mixed(_Py_rc_diff(2, c(1, -0.0))), "1 0 0");
    CHECK_STR_EQ(mixed(_Py_rc_diff(inf, c(1, nan))), "inf nan 0");
    CHECK_STR_EQ(mixed(_Py_cr_prod(c(1.5, -0.0), 2)), "3 -0 0");
    CHECK_STR_EQ(mixed(_Py_cr_prod(c(inf, 1), 0)), "nan 0 0");
    CHECK_STR_EQ(mixed(_Py_cr_prod(c(1, -2), -inf)), "-inf inf 0");
    CHECK_STR_EQ(mixed(_Py_cr_prod(c(0, 3), inf)), "nan inf 0");
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(3, -0.0), 2)), "1.5 -0 0");
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(1, 2), inf)), "0 0 0");
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(inf, 2), 2)), "inf 1 0");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(1, 2), 0)), "0 0 33");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(1, 2), -0.0)), "0 0 33");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_cr_quot(c(nan, 2), 0)), "0 0 33");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_rc_quot(5, c(3, 4))), "0.6 -0.8 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(5, c(4, 3))), "0.8 -0.6 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(5, c(-3, -4))), "-0.6 0.8 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(1, c(inf, 1))), "0 -0 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(inf, c(1, 2))), "inf -inf 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(1, c(nan, inf))), "0 -0 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(1, c(nan, 1))), "nan nan 0");
    CHECK_STR_EQ(mixed(_Py_rc_quot(-1, c(0, inf))), "-0 0 0");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_rc_quot(1, c(0, 0))), "0 0 33");
    errno = 0;
    CHECK_STR_EQ(mixed(_Py_rc_quot(1, c(-0.0, 0))), "0 0 33");
    errno = 0;
}

TEST(booleans) {
    PyObject *type = (PyObject *)&PyBool_Type;
    CHECK(PyBool_FromLong(-3) == Py_True && PyBool_FromLong(0) == Py_False);
    CHECK_INT(Py_IsTrue(Py_True), "1");
    CHECK_INT(Py_IsFalse(Py_None), "0");
    CHECK_INT(PyBool_Check(value("i", 1)), "0");
    CHECK_REPR(PyObject_Repr(Py_True), "'True'");
    CHECK_REPR(PyObject_Str(Py_False), "'False'");
    CHECK_REPR(PyNumber_And(Py_True, Py_False), "False");
    CHECK_REPR(PyNumber_Or(Py_True, Py_False), "True");
    CHECK_REPR(PyNumber_Xor(Py_True, Py_True), "False");
    CHECK_REPR(PyNumber_And(Py_True, value("i", 3)), "1");
    CHECK_REPR(PyNumber_Or(value("i", 2), Py_True), "3");
    CHECK_REPR(PyNumber_Xor(Py_True, value("d", 1.0)), "!!TypeError: unsupported operand type(s) for ^: 'bool' and 'float'");
    CHECK_REPR(PyNumber_Add(Py_True, Py_True), "2");
    CHECK_REPR(PyNumber_Negative(Py_True), "-1");
    CHECK_REPR(PyNumber_Absolute(Py_False), "0");
    CHECK_REPR(PyNumber_Invert(Py_True), "-2");
    CHECK_REPR(PyNumber_Long(Py_True), "1");
    CHECK_REPR(PyNumber_Float(Py_True), "1.0");
    CHECK_REPR(PyObject_CallNoArgs(type), "False");
    CHECK_REPR(PyObject_CallFunction(type, "s", ""), "False");
    CHECK_REPR(PyObject_CallFunction(type, "s", "x"), "True");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: bool expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_Call(type, value("()"), value("{si}", "x", 1)), "!!TypeError: bool() takes no keyword arguments");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "B", type), "!!TypeError: type 'bool' is not an acceptable base type");
    CHECK_INT(PyObject_Hash(Py_True), "1");
    CHECK_INT(PyObject_RichCompareBool(Py_True, value("i", 1), Py_EQ), "1");
    CHECK_REPR(PyObject_CallMethod(Py_True, "bit_length", NULL), "1");
    CHECK_REPR(PyObject_CallMethod(Py_True, "__getnewargs__", NULL), "(1,)");
    CHECK_REPR(PyObject_CallMethod(type, "__new__", "O", &PyLong_Type), "!!TypeError: bool.__new__(int): int is not a subtype of bool");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", "O", type), "!!TypeError: int.__new__(bool) is not safe, use bool.__new__()");
}
CHECK_MAIN()
