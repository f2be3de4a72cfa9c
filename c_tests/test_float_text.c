/* float as text: PyOS_double_to_string with every code and flag, reading, hex, repr's shortest digits. */
#include "check.h"
#include <math.h>

static char formatted[2000];
static const char *format(double x, char code, int precision, int flags) {
    int type = -1;
    char *text = PyOS_double_to_string(x, code, precision, flags, &type);
    if (!text) return NULL;
    snprintf(formatted, sizeof formatted, "%s %d", text, type);
    PyMem_Free(text);
    return formatted;
}
static double read_all(const char *text) { return PyOS_string_to_double(text, NULL, NULL); }
static char tail[200];
static const char *read_some(const char *text) {
    char *end;
    double x = PyOS_string_to_double(text, &end, NULL);
    if (x == -1.0 && PyErr_Occurred()) return NULL;
    snprintf(tail, sizeof tail, "%g|%s", x, end);
    return tail;
}
static PyObject *of(const char *text) { return PyFloat_FromString(value("s", text)); }
static PyObject *repr_of(double x) { return PyObject_Repr(keep(PyFloat_FromDouble(x))); }
static PyObject *hex(double x) { return PyObject_CallMethod(keep(PyFloat_FromDouble(x)), "hex", NULL); }
static PyObject *from_hex(const char *text) { return PyObject_CallMethod((PyObject *)&PyFloat_Type, "fromhex", "s", text); }

TEST(codes) {
    CHECK_STR_EQ(format(123.456, 'e', 3, 0), "1.235e+02 0");
    CHECK_STR_EQ(format(123.456, 'E', 3, 0), "1.235E+02 0");
    CHECK_STR_EQ(format(123.456, 'e', 0, 0), "1e+02 0");
    CHECK_STR_EQ(format(-1.5, 'e', -1, 0), "-2e+00 0");
    CHECK_STR_EQ(format(1e100, 'e', 5, 0), "1.00000e+100 0");
    CHECK_STR_EQ(format(1e-7, 'e', 2, 0), "1.00e-07 0");
    CHECK_STR_EQ(format(123.456, 'f', 2, 0), "123.46 0");
    CHECK_STR_EQ(format(123.456, 'F', 0, 0), "123 0");
    CHECK_STR_EQ(format(0.5, 'f', 0, 0), "0 0");
    CHECK_STR_EQ(format(1.5, 'f', 0, 0), "2 0");
    CHECK_STR_EQ(format(2.5, 'f', 0, 0), "2 0");
    CHECK_STR_EQ(format(1e22, 'f', 1, 0), "10000000000000000000000.0 0");
    CHECK_STR_EQ(format(1e-10, 'f', 3, 0), "0.000 0");
    CHECK_STR_EQ(format(0.1, 'f', 60, 0), "0.100000000000000005551115123125782702118158340454101562500000 0");
    CHECK_STR_EQ(format(999999.5, 'g', 6, 0), "1e+06 0");
    CHECK_STR_EQ(format(999999.4, 'g', 6, 0), "999999 0");
    CHECK_STR_EQ(format(0.0001, 'g', 6, 0), "0.0001 0");
    CHECK_STR_EQ(format(0.00001, 'g', 6, 0), "1e-05 0");
    CHECK_STR_EQ(format(123456789.0, 'G', 3, 0), "1.23E+08 0");
    CHECK_STR_EQ(format(100.0, 'g', 0, 0), "1e+02 0");
    CHECK_STR_EQ(format(5e-324, 'g', 17, 0), "4.9406564584124654e-324 0");
    CHECK_STR_EQ(format(0.1, 'r', 0, 0), "0.1 0");
    CHECK_STR_EQ(format(1e16, 'r', 0, 0), "1e+16 0");
    CHECK_STR_EQ(format(1e15, 'r', 0, 0), "1000000000000000 0");
    CHECK_STR_EQ(format(0.0, 'r', 0, 0), "0 0");
    CHECK_STR_EQ(format(0.0, 'g', 3, 0), "0 0");
    CHECK_STR_EQ(format(0.0, 'e', 3, 0), "0.000e+00 0");
    CHECK_STR_EQ(format(0.0, 'f', 3, 0), "0.000 0");
    CHECK_STR_EQ(format(1.0, 'r', 1, 0), "NULL !!SystemError: bad argument to internal function");
    CHECK_STR_EQ(format(1.0, 'R', 0, 0), "NULL !!SystemError: bad argument to internal function");
    CHECK_STR_EQ(format(1.0, 'x', 0, 0), "NULL !!SystemError: bad argument to internal function");
    CHECK_STR_EQ(format(1.0, 0, 0, 0), "NULL !!SystemError: bad argument to internal function");
}

TEST(flags) {
    CHECK_STR_EQ(format(1.0, 'r', 0, Py_DTSF_ADD_DOT_0), "1.0 0");
    CHECK_STR_EQ(format(1.0, 'r', 0, Py_DTSF_SIGN), "+1 0");
    CHECK_STR_EQ(format(-1.0, 'r', 0, Py_DTSF_SIGN), "-1 0");
    CHECK_STR_EQ(format(1e20, 'r', 0, Py_DTSF_ADD_DOT_0), "1e+20 0");
    CHECK_STR_EQ(format(100000.0, 'g', 6, Py_DTSF_ADD_DOT_0), "1e+05 0");
    CHECK_STR_EQ(format(10000.0, 'g', 6, Py_DTSF_ADD_DOT_0), "10000.0 0");
    CHECK_STR_EQ(format(1.0, 'g', 6, Py_DTSF_ALT), "1.00000 0");
    CHECK_STR_EQ(format(1e20, 'g', 6, Py_DTSF_ALT), "1.00000e+20 0");
    CHECK_STR_EQ(format(1.0, 'f', 0, Py_DTSF_ALT), "1. 0");
    CHECK_STR_EQ(format(1.0, 'e', 0, Py_DTSF_ALT), "1.e+00 0");
    CHECK_STR_EQ(format(1.0, 'r', 0, Py_DTSF_ALT), "1. 0");
    CHECK_STR_EQ(format(0.0, 'g', 0, Py_DTSF_ALT), "0. 0");
    CHECK_STR_EQ(format(-0.0, 'f', 1, 0), "-0.0 0");
    CHECK_STR_EQ(format(-0.0, 'f', 1, Py_DTSF_NO_NEG_0), "0.0 0");
    CHECK_STR_EQ(format(-0.04, 'f', 1, Py_DTSF_NO_NEG_0), "0.0 0");
    CHECK_STR_EQ(format(-0.06, 'f', 1, Py_DTSF_NO_NEG_0), "-0.1 0");
    CHECK_STR_EQ(format(-0.04, 'f', 1, Py_DTSF_NO_NEG_0 | Py_DTSF_SIGN), "+0.0 0");
    CHECK_STR_EQ(format(-1e-300, 'g', 3, Py_DTSF_NO_NEG_0), "-1e-300 0");
    CHECK_STR_EQ(format(Py_NAN, 'f', 3, 0), "nan 2");
    CHECK_STR_EQ(format(-Py_NAN, 'f', 3, 0), "nan 2");
    CHECK_STR_EQ(format(Py_NAN, 'F', 3, Py_DTSF_SIGN), "+NAN 2");
    CHECK_STR_EQ(format(Py_INFINITY, 'e', 3, Py_DTSF_SIGN), "+inf 1");
    CHECK_STR_EQ(format(-Py_INFINITY, 'G', 3, Py_DTSF_ALT), "-INF 1");
    CHECK_STR_EQ(format(Py_INFINITY, 'r', 0, Py_DTSF_ADD_DOT_0), "inf 1");
}

TEST(shortest) {
    CHECK_REPR(repr_of(176952668324864.125), "'176952668324864.12'");
    CHECK_REPR(repr_of(176952668324864.375), "'176952668324864.38'");
    CHECK_REPR(repr_of(9007199254740992.0), "'9007199254740992.0'");
    CHECK_REPR(repr_of(9007199254740993.0), "'9007199254740992.0'");
    CHECK_REPR(repr_of(5.684341886080802e-14), "'5.684341886080802e-14'");
    CHECK_REPR(repr_of(2.2250738585072011e-308), "'2.225073858507201e-308'");
    CHECK_REPR(repr_of(4.9e-324), "'5e-324'");
    CHECK_REPR(repr_of(1.7976931348623157e308), "'1.7976931348623157e+308'");
    CHECK_REPR(repr_of(9.5367431640625e-07), "'9.5367431640625e-07'");
    CHECK_REPR(repr_of(1e23), "'1e+23'");
    CHECK_REPR(repr_of(9.999999999999999e22), "'1e+23'");
    CHECK_REPR(repr_of(123456.789e3), "'123456789.0'");
    CHECK_REPR(repr_of(0.1 + 0.2), "'0.30000000000000004'");
    CHECK_REPR(repr_of(-0.0), "'-0.0'");
}

TEST(reading) {
    CHECK_DOUBLE(read_all("1.5"), "1.5");
    CHECK_DOUBLE(read_all("-1.5e-3"), "-0.0015");
    CHECK_DOUBLE(read_all(".5"), "0.5");
    CHECK_DOUBLE(read_all("5."), "5");
    CHECK_DOUBLE(read_all("5.e1"), "50");
    CHECK_DOUBLE(read_all("+inf"), "inf");
    CHECK_DOUBLE(read_all("-iNfInItY"), "-inf");
    CHECK_DOUBLE(read_all("nan"), "nan");
    CHECK_DOUBLE(read_all("1e400"), "inf");
    CHECK_DOUBLE(read_all("-1e400"), "-inf");
    CHECK_DOUBLE(read_all("1e-400"), "0");
    CHECK_DOUBLE(read_all("1e99999999999999999999"), "inf");
    CHECK_DOUBLE(read_all("0.00000000000000000000000000000000000000000000000000001e60"), "10000000");
    CHECK_DOUBLE(read_all("9007199254740993"), "9007199254740992");
    CHECK_DOUBLE(read_all("2.4703282292062327208e-324"), "0");
    CHECK_DOUBLE(read_all("2.4703282292062328e-324"), "4.9406564584124654e-324");
    CHECK_DOUBLE(read_all(""), "-1 !!ValueError: could not convert string to float: ''");
    CHECK_DOUBLE(read_all("."), "-1 !!ValueError: could not convert string to float: '.'");
    CHECK_DOUBLE(read_all("e5"), "-1 !!ValueError: could not convert string to float: 'e5'");
    CHECK_DOUBLE(read_all("1e"), "-1 !!ValueError: could not convert string to float: '1e'");
    CHECK_DOUBLE(read_all("1e+"), "-1 !!ValueError: could not convert string to float: '1e+'");
    CHECK_DOUBLE(read_all(" 1"), "-1 !!ValueError: could not convert string to float: ' 1'");
    CHECK_DOUBLE(read_all("1 "), "-1 !!ValueError: could not convert string to float: '1 '");
    CHECK_DOUBLE(read_all("0x10"), "-1 !!ValueError: could not convert string to float: '0x10'");
    CHECK_DOUBLE(read_all("1_0"), "-1 !!ValueError: could not convert string to float: '1_0'");
    CHECK_DOUBLE(read_all("infinit"), "-1 !!ValueError: could not convert string to float: 'infinit'");
    CHECK_DOUBLE(read_all("nan(1)"), "-1 !!ValueError: could not convert string to float: 'nan(1)'");
    CHECK_DOUBLE(read_all("+-1"), "-1 !!ValueError: could not convert string to float: '+-1'");
    CHECK_STR_EQ(read_some("1.5abc"), "1.5|abc");
    CHECK_STR_EQ(read_some("1e+x"), "1|e+x");
    CHECK_STR_EQ(read_some("infinityx"), "inf|x");
    CHECK_STR_EQ(read_some("infinit"), "inf|init");
    CHECK_STR_EQ(read_some("0x10"), "0|x10");
    CHECK_STR_EQ(read_some("1..2"), "1|.2");
    CHECK_STR_EQ(read_some("x"), "NULL !!ValueError: could not convert string to float: 'x'");
    CHECK_STR_EQ(read_some(""), "NULL !!ValueError: could not convert string to float: ''");
    CHECK_DOUBLE(PyOS_string_to_double("1e400", NULL, PyExc_OverflowError), "-1 !!OverflowError: value too large to convert to float: '1e400'");
    CHECK_DOUBLE(PyOS_string_to_double("-1e400", NULL, PyExc_ValueError), "-1 !!ValueError: value too large to convert to float: '-1e400'");
    CHECK_DOUBLE(PyOS_string_to_double("inf", NULL, PyExc_OverflowError), "inf");
    CHECK_DOUBLE(PyOS_string_to_double("1e-400", NULL, PyExc_OverflowError), "0");
    char text[302];
    memset(text, '1', 300);
    strcpy(text + 299, "x");
    CHECK_DOUBLE(read_all(text), "-1 !!ValueError: could not convert string to float: '11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111'");
}

TEST(from_string) {
    CHECK_REPR(of(" \t\n1.5\v\f\r "), "1.5");
    CHECK_REPR(of("1_000.000_1"), "1000.0001");
    CHECK_REPR(of("1_e5"), "!!ValueError: could not convert string to float: '1_e5'");
    CHECK_REPR(of("1e_5"), "!!ValueError: could not convert string to float: '1e_5'");
    CHECK_REPR(of("_1"), "!!ValueError: could not convert string to float: '_1'");
    CHECK_REPR(of("1_"), "!!ValueError: could not convert string to float: '1_'");
    CHECK_REPR(of("1._5"), "!!ValueError: could not convert string to float: '1._5'");
    CHECK_REPR(of("in_f"), "!!ValueError: could not convert string to float: 'in_f'");
    CHECK_REPR(of("\xd9\xa1.\xd9\xa5"), "1.5");
    CHECK_REPR(of("\xc2\xa0" "1\xe3\x80\x80"), "1.0");
    CHECK_REPR(of("\xc2\xbd"), "!!ValueError: could not convert string to float: '½'");
    CHECK_REPR(of("1 2"), "!!ValueError: could not convert string to float: '1 2'");
    CHECK_REPR(of(""), "!!ValueError: could not convert string to float: ''");
    CHECK_REPR(of("-nan"), "nan");
    CHECK_REPR(of("0x1p3"), "!!ValueError: could not convert string to float: '0x1p3'");
    CHECK_REPR(PyFloat_FromString(value("y", " 2.5 ")), "2.5");
    CHECK_REPR(PyFloat_FromString(value("y#", "1\0", (Py_ssize_t)2)), "!!ValueError: could not convert string to float: b'1\\x00'");
    CHECK_REPR(PyFloat_FromString(value("s#", "1\0", (Py_ssize_t)2)), "!!ValueError: could not convert string to float: '1\\x00'");
    CHECK_REPR(PyFloat_FromString(keep(PyByteArray_FromStringAndSize("1e3", 3))), "1000.0");
    CHECK_REPR(PyFloat_FromString(keep(PyMemoryView_FromObject(value("y", "1e3")))), "1000.0");
    CHECK_REPR(PyFloat_FromString(value("i", 1)), "!!TypeError: float() argument must be a string or a real number, not 'int'");
    CHECK_REPR(PyFloat_FromString(value("[]")), "!!TypeError: float() argument must be a string or a real number, not 'list'");
    CHECK_REPR(PyFloat_FromString(Py_None), "!!TypeError: float() argument must be a string or a real number, not 'NoneType'");
}

TEST(hexadecimal) {
    CHECK_REPR(hex(1.5), "'0x1.8000000000000p+0'");
    CHECK_REPR(hex(-0.1), "'-0x1.999999999999ap-4'");
    CHECK_REPR(hex(0.0), "'0x0.0p+0'");
    CHECK_REPR(hex(-0.0), "'-0x0.0p+0'");
    CHECK_REPR(hex(5e-324), "'0x0.0000000000001p-1022'");
    CHECK_REPR(hex(2.2250738585072014e-308), "'0x1.0000000000000p-1022'");
    CHECK_REPR(hex(1.7976931348623157e308), "'0x1.fffffffffffffp+1023'");
    CHECK_REPR(hex(Py_INFINITY), "'inf'");
    CHECK_REPR(hex(-Py_INFINITY), "'-inf'");
    CHECK_REPR(hex(Py_NAN), "'nan'");
    CHECK_REPR(from_hex("0x1.8p+0"), "1.5");
    CHECK_REPR(from_hex(" -1.8P2\n"), "-6.0");
    CHECK_REPR(from_hex("0X.fp-4"), "0.05859375");
    CHECK_REPR(from_hex("10."), "16.0");
    CHECK_REPR(from_hex("ff"), "255.0");
    CHECK_REPR(from_hex("Infinity"), "inf");
    CHECK_REPR(from_hex("-inf"), "-inf");
    CHECK_REPR(from_hex("nan"), "nan");
    CHECK_REPR(from_hex("0x1p-1074"), "5e-324");
    CHECK_REPR(from_hex("0x1p-1075"), "0.0");
    CHECK_REPR(from_hex("0x1.0000000001p-1075"), "5e-324");
    CHECK_REPR(from_hex("0x1.8p-1074"), "1e-323");
    CHECK_REPR(from_hex("0x1.fffffffffffff7p1023"), "1.7976931348623157e+308");
    CHECK_REPR(from_hex("0x1.fffffffffffff8p1023"), "!!OverflowError: hexadecimal value too large to represent as a float");
    CHECK_REPR(from_hex("0x1p1024"), "!!OverflowError: hexadecimal value too large to represent as a float");
    CHECK_REPR(from_hex("0x1.00000000000008p0"), "1.0");
    CHECK_REPR(from_hex("0x1.000000000000080000001p0"), "1.0000000000000002");
    CHECK_REPR(from_hex("0x1.00000000000018p0"), "1.0000000000000004");
    CHECK_REPR(from_hex("0x1p99999999999999999999"), "!!OverflowError: hexadecimal value too large to represent as a float");
    CHECK_REPR(from_hex("0x1p-99999999999999999999"), "0.0");
    CHECK_REPR(from_hex("0x0p99999999999999999999"), "0.0");
    CHECK_REPR(from_hex(""), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("0x"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("."), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("0x.p1"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("1p"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("1p+"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("1 1"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("+-inf"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("infi"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("1_0"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("0x1p1_0"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(from_hex("\xd9\xa1"), "!!ValueError: invalid hexadecimal floating-point string");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "fromhex", "i", 1), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "fromhex", "y", "1"), "!!TypeError: bad argument type for built-in operation");
}
CHECK_MAIN()
