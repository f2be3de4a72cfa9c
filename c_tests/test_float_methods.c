/* float: constructor, operators' edges, comparison with ints, rounding, methods, hash, bytes. */
#include "check.h"
#include <math.h>

static PyObject *number(double x) { return keep(PyFloat_FromDouble(x)); }
static PyObject *big(const char *digits) { return keep(PyLong_FromString(digits, NULL, 0)); }
static PyObject *call(PyObject *args, PyObject *kwargs) { return PyObject_Call((PyObject *)&PyFloat_Type, args, kwargs); }
static PyObject *method(double x, const char *name) { return PyObject_CallMethod(number(x), name, NULL); }
static PyObject *rounded(double x, int digits) { return PyObject_CallMethod(number(x), "__round__", "i", digits); }
static PyObject *power(double x, double y) { return PyNumber_Power(number(x), number(y), Py_None); }
/* What all six comparisons say, one character each. */
static char said[8];
static const char *compared(PyObject *a, PyObject *b) {
    for (int op = Py_LT; op <= Py_GE; op++) {
        int result = PyObject_RichCompareBool(a, b, op);
        said[op] = result < 0 ? '!' : (char)('0' + result);
    }
    said[6] = 0;
    return said;
}

TEST(constructor) {
    CHECK_REPR(call(value("()"), NULL), "0.0");
    CHECK_REPR(call(value("(i)", 3), NULL), "3.0");
    CHECK_REPR(call(value("(s)", " 2.5"), NULL), "2.5");
    CHECK_REPR(call(value("(y)", "2.5"), NULL), "2.5");
    CHECK_REPR(call(value("(O)", Py_True), NULL), "1.0");
    CHECK_REPR(call(value("(O)", Py_None), NULL), "!!TypeError: float() argument must be a string or a real number, not 'NoneType'");
    CHECK_REPR(call(value("(O)", keep(PyComplex_FromDoubles(1, 0))), NULL), "!!TypeError: float() argument must be a string or a real number, not 'complex'");
    CHECK_REPR(call(value("(ii)", 3, 4), NULL), "!!TypeError: float expected at most 1 argument, got 2");
    CHECK_REPR(call(value("()"), value("{si}", "x", 4)), "!!TypeError: float() takes no keyword arguments");
    CHECK_REPR(call(value("(O)", keep(PyNumber_Lshift(value("i", 1), value("i", 1024)))), NULL), "!!OverflowError: int too large to convert to float");
    CHECK_REPR(call(value("(O)", keep(PyNumber_Lshift(value("i", -1), value("i", 1023)))), NULL), "-8.98846567431158e+307");
    PyObject *type = new_class("Float", (PyObject *)&PyFloat_Type), *x = keep(PyObject_CallFunction(type, "s", "2.5"));
    CHECK_INT(Py_TYPE(x) == (PyTypeObject *)type, "1");
    CHECK_REPR(Py_NewRef(x), "2.5");
    CHECK_INT(PyFloat_CheckExact(keep(PyNumber_Positive(x))), "1");
    CHECK_INT(PyFloat_CheckExact(keep(PyNumber_Float(x))), "1");
    CHECK_INT(PyFloat_CheckExact(attr(x, "real")), "1");
    CHECK_REPR(Py_NewRef(attr(x, "imag")), "0.0");
    CHECK_REPR(PyNumber_Add(x, x), "5.0");
    CHECK_INT(Py_TYPE(keep(PyObject_CallMethod(type, "from_number", "i", 2))) == (PyTypeObject *)type, "1");
    CHECK_INT(Py_TYPE(keep(PyObject_CallMethod(type, "fromhex", "s", "1p1"))) == (PyTypeObject *)type, "1");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "from_number", "d", 2.5), "2.5");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "from_number", "O", x), "2.5");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "from_number", "s", "2.5"), "!!TypeError: must be real number, not str");
    CHECK_REPR(PyObject_CallMethod(x, "__getnewargs__", NULL), "(2.5,)");
}

TEST(operators) {
    CHECK_REPR(PyNumber_Add(number(1.5), value("i", 2)), "3.5");
    CHECK_REPR(PyNumber_Subtract(value("i", 2), number(1.5)), "0.5");
    CHECK_REPR(PyNumber_Multiply(number(1e308), number(10)), "inf");
    CHECK_REPR(PyNumber_TrueDivide(number(1), number(0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_FloorDivide(number(1), value("i", 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Remainder(number(1), number(-0.0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Divmod(number(1), number(0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Divmod(number(-7.5), number(2)), "(-4.0, 0.5)");
    CHECK_REPR(PyNumber_Divmod(number(7.5), number(-2)), "(-4.0, -0.5)");
    CHECK_REPR(PyNumber_Divmod(number(-0.0), number(2)), "(-0.0, 0.0)");
    CHECK_REPR(PyNumber_Divmod(number(6), number(-2)), "(-3.0, -0.0)");
    CHECK_REPR(PyNumber_Divmod(number(1), number(0.1)), "(9.0, 0.09999999999999995)");
    CHECK_REPR(PyNumber_Divmod(number(1), number(Py_INFINITY)), "(0.0, 1.0)");
    CHECK_REPR(PyNumber_Divmod(number(-1), number(Py_INFINITY)), "(-1.0, inf)");
    CHECK_REPR(PyNumber_Divmod(number(Py_INFINITY), number(1)), "(nan, nan)");
    CHECK_REPR(PyNumber_Add(number(1), value("s", "x")), "!!TypeError: unsupported operand type(s) for +: 'float' and 'str'");
    CHECK_REPR(PyNumber_And(number(1), value("i", 1)), "!!TypeError: unsupported operand type(s) for &: 'float' and 'int'");
    CHECK_REPR(PyNumber_Add(number(1), keep(PyNumber_Lshift(value("i", 1), value("i", 2000)))), "!!OverflowError: int too large to convert to float");
    CHECK_REPR(PyNumber_Negative(number(0.0)), "-0.0");
    CHECK_REPR(PyNumber_Absolute(number(-2.5)), "2.5");
    CHECK_REPR(PyNumber_Invert(number(1)), "!!TypeError: bad operand type for unary ~: 'float'");
    CHECK_INT(PyObject_IsTrue(number(0.0)), "0");
    CHECK_INT(PyObject_IsTrue(number(-0.0)), "0");
    CHECK_INT(PyObject_IsTrue(number(Py_NAN)), "1");
}

TEST(powers) {
    CHECK_REPR(power(2, 0.5), "1.4142135623730951");
    CHECK_REPR(power(-8, 1.0 / 3), "(1.0000000000000002+1.7320508075688772j)");
    CHECK_REPR(power(-2, 3), "-8.0");
    CHECK_REPR(power(-2, -2), "0.25");
    CHECK_REPR(power(0.0, -1), "!!ZeroDivisionError: zero to a negative power");
    CHECK_REPR(power(-0.0, 3), "-0.0");
    CHECK_REPR(power(-0.0, 2), "0.0");
    CHECK_REPR(power(Py_NAN, 0), "1.0");
    CHECK_REPR(power(1, Py_NAN), "1.0");
    CHECK_REPR(power(2, Py_NAN), "nan");
    CHECK_REPR(power(-1, Py_INFINITY), "1.0");
    CHECK_REPR(power(0.5, -Py_INFINITY), "inf");
    CHECK_REPR(power(-Py_INFINITY, 3), "-inf");
    CHECK_REPR(power(-Py_INFINITY, -3), "-0.0");
    CHECK_REPR(power(-Py_INFINITY, 0.5), "inf");
    CHECK_REPR(power(10, 400), "!!OverflowError: (34, 'Numerical result out of range')");
    CHECK_REPR(power(-10, 401), "!!OverflowError: (34, 'Numerical result out of range')");
    CHECK_REPR(power(10, -400), "0.0");
    CHECK_REPR(power(-1, 1e300), "1.0");
    CHECK_REPR(PyNumber_Power(number(2), value("i", 3), value("i", 5)), "!!TypeError: pow() 3rd argument not allowed unless all arguments are integers");
    CHECK_REPR(PyNumber_Power(value("i", 2), number(3), value("i", 5)), "!!TypeError: pow() 3rd argument not allowed unless all arguments are integers");
    CHECK_REPR(PyNumber_Power(value("i", 0), value("i", -1), Py_None), "!!ZeroDivisionError: zero to a negative power");
    CHECK_REPR(PyNumber_Power(value("i", -2), value("i", -3), Py_None), "-0.125");
}

TEST(comparison) {
    CHECK_STR_EQ(compared(number(1), number(2)), "110100");
    CHECK_STR_EQ(compared(number(0.0), number(-0.0)), "011001");
    CHECK_STR_EQ(compared(number(Py_NAN), number(1)), "000100");
    CHECK_STR_EQ(compared(number(1), number(Py_NAN)), "000100");
    CHECK_STR_EQ(compared(number(Py_NAN), big("123456789012345678901234567890")), "000100");
    CHECK_STR_EQ(compared(number(1), value("i", 1)), "011001");
    CHECK_STR_EQ(compared(value("i", 2), number(1)), "000111");
    CHECK_STR_EQ(compared(number(9007199254740992.0), big("9007199254740993")), "110100");
    CHECK_STR_EQ(compared(big("-9007199254740993"), number(-9007199254740992.0)), "110100");
    CHECK_STR_EQ(compared(number(1e30), big("1000000000000000019884624838656")), "011001");
    CHECK_STR_EQ(compared(number(1e30), big("1000000000000000019884624838657")), "110100");
    CHECK_STR_EQ(compared(number(-1e30), big("-1000000000000000019884624838655")), "110100");
    CHECK_STR_EQ(compared(number(Py_INFINITY), big("123456789012345678901234567890")), "000111");
    CHECK_STR_EQ(compared(number(-Py_INFINITY), big("-123456789012345678901234567890")), "110100");
    CHECK_STR_EQ(compared(number(0.5), big("-123456789012345678901234567890")), "000111");
    CHECK_STR_EQ(compared(number(-0.0), big("0")), "011001");
    CHECK_STR_EQ(compared(number(1e308), keep(PyNumber_Lshift(value("i", 1), value("i", 5000)))), "110100");
    CHECK_REPR(PyObject_RichCompare(number(1), value("s", "1"), Py_LT), "!!TypeError: '<' not supported between instances of 'float' and 'str'");
    CHECK_REPR(PyObject_RichCompare(number(1), value("s", "1"), Py_EQ), "False");
}

TEST(rounding) {
    CHECK_REPR(method(2.5, "__round__"), "2");
    CHECK_REPR(method(-3.5, "__round__"), "-4");
    CHECK_REPR(method(1e300, "__trunc__"), "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160");
    CHECK_REPR(method(-2.5, "__floor__"), "-3");
    CHECK_REPR(method(-2.5, "__ceil__"), "-2");
    CHECK_REPR(method(-2.5, "__trunc__"), "-2");
    CHECK_REPR(method(Py_NAN, "__round__"), "!!ValueError: cannot convert float NaN to integer");
    CHECK_REPR(method(Py_INFINITY, "__floor__"), "!!OverflowError: cannot convert float infinity to integer");
    CHECK_REPR(rounded(2.675, 2), "2.67");
    CHECK_REPR(rounded(0.125, 2), "0.12");
    CHECK_REPR(rounded(0.375, 2), "0.38");
    CHECK_REPR(rounded(1234.5, -2), "1200.0");
    CHECK_REPR(rounded(1250, -2), "1200.0");
    CHECK_REPR(rounded(-50, -2), "-0.0");
    CHECK_REPR(rounded(-150, -2), "-200.0");
    CHECK_REPR(rounded(4, -5), "0.0");
    CHECK_REPR(rounded(1.7e308, -308), "!!OverflowError: rounded value too large to represent");
    CHECK_REPR(rounded(1.4e308, -308), "1e+308");
    CHECK_REPR(rounded(-5e-324, 400), "-5e-324");
    CHECK_REPR(rounded(5e-324, 323), "0.0");
    CHECK_REPR(rounded(-5, -400), "-0.0");
    CHECK_REPR(rounded(Py_NAN, 2), "nan");
    CHECK_REPR(rounded(-Py_INFINITY, 2), "-inf");
    CHECK_REPR(PyObject_CallMethod(number(2.5), "__round__", "O", Py_None), "2");
    CHECK_REPR(PyObject_CallMethod(number(2.5), "__round__", "d", 1.0), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(number(2.5), "__round__", "ii", 1, 2), "!!TypeError: __round__ expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_CallMethod(number(2.5), "__round__", "O", big("-99999999999999999999")), "0.0");
}

TEST(parts) {
    CHECK_REPR(method(0.75, "as_integer_ratio"), "(3, 4)");
    CHECK_REPR(method(-0.0, "as_integer_ratio"), "(0, 1)");
    CHECK_REPR(method(-1e20, "as_integer_ratio"), "(-100000000000000000000, 1)");
    CHECK_REPR(method(1e-20, "as_integer_ratio"), "(6646139978924579, 664613997892457936451903530140172288)");
    CHECK_REPR(method(5e-324, "as_integer_ratio"), "(1, 202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494784)");
    CHECK_REPR(method(Py_NAN, "as_integer_ratio"), "!!ValueError: cannot convert NaN to integer ratio");
    CHECK_REPR(method(Py_INFINITY, "as_integer_ratio"), "!!OverflowError: cannot convert Infinity to integer ratio");
    CHECK_REPR(method(2.0, "is_integer"), "True");
    CHECK_REPR(method(2.5, "is_integer"), "False");
    CHECK_REPR(method(Py_INFINITY, "is_integer"), "False");
    CHECK_REPR(method(2.5, "conjugate"), "2.5");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "__getformat__", "s", "double"), "'IEEE, little-endian'");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "__getformat__", "s", "long"), "!!ValueError: __getformat__() argument 1 must be 'double' or 'float'");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyFloat_Type, "__getformat__", "i", 1), "!!TypeError: __getformat__() argument must be str, not int");
    CHECK_REPR(PyFloat_GetInfo(), "sys.float_info(max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1)");
    CHECK_REPR(PyLong_GetInfo(), "sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640)");
    CHECK_DOUBLE(PyFloat_GetMax(), "1.7976931348623157e+308");
    CHECK_DOUBLE(PyFloat_GetMin(), "2.2250738585072014e-308");
}

TEST(hash) {
    CHECK_INT(PyObject_Hash(number(0.0)), "0");
    CHECK_INT(PyObject_Hash(number(-0.0)), "0");
    CHECK_INT(PyObject_Hash(number(-1)), "-2");
    CHECK_INT(PyObject_Hash(number(2.5)), "1152921504606846978");
    CHECK_INT(PyObject_Hash(number(1e300)), "1224995262755759164");
    CHECK_INT(PyObject_Hash(number(-1e-300)), "-482449582752280463");
    CHECK_INT(PyObject_Hash(number(5e-324)), "16777216");
    CHECK_INT(PyObject_Hash(number(2305843009213693951.0)), "1");
    CHECK_INT(PyObject_Hash(number(Py_INFINITY)), "314159");
    CHECK_INT(PyObject_Hash(number(-Py_INFINITY)), "-314159");
    CHECK_INT(PyObject_Hash(big("2305843009213693951")), "0");
    CHECK_INT(PyObject_Hash(big("-2305843009213693952")), "-2");
    CHECK_INT(PyObject_Hash(big("123456789012345678901234567890")), "248789772095949448");
    PyObject *nan = number(Py_NAN);
    CHECK(PyObject_Hash(nan) == Py_HashPointer(nan));
}

static char shown[60];
static const char *packed(int size, double x, int little) {
    unsigned char bytes[8] = {0};
    int result = size == 2 ? PyFloat_Pack2(x, (char *)bytes, little) : size == 4 ? PyFloat_Pack4(x, (char *)bytes, little) : PyFloat_Pack8(x, (char *)bytes, little);
    if (result < 0) return NULL;
    for (int i = 0; i < size; i++) sprintf(shown + 2 * i, "%02x", bytes[i]);
    return shown;
}
static uint64_t bits_of(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }
static double of_bits(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }

TEST(bytes) {
    CHECK_STR_EQ(packed(2, 1.5, 0), "3e00");
    CHECK_STR_EQ(packed(2, 1.5, 1), "003e");
    CHECK_STR_EQ(packed(2, 65504, 0), "7bff");
    CHECK_STR_EQ(packed(2, 65519.999, 0), "7bff");
    CHECK_STR_EQ(packed(2, 65520, 0), "NULL !!OverflowError: float too large to pack with e format");
    CHECK_STR_EQ(packed(2, 6e-8, 0), "0001");
    CHECK_STR_EQ(packed(2, 2.98e-8, 0), "0000");
    CHECK_STR_EQ(packed(2, 0x1p-25, 0), "0000");
    CHECK_STR_EQ(packed(2, 0x1.ffcp-15, 0), "0400");
    CHECK_STR_EQ(packed(2, -0.0, 0), "8000");
    CHECK_STR_EQ(packed(2, Py_INFINITY, 0), "7c00");
    CHECK_STR_EQ(packed(2, of_bits(0x7ff8000000000000), 0), "7e00");
    CHECK_STR_EQ(packed(2, of_bits(0xfff0000000000001), 0), "fe00");
    CHECK_STR_EQ(packed(2, of_bits(0x7ff5540000000000), 0), "7d55");
    CHECK_STR_EQ(packed(4, 1.5, 0), "3fc00000");
    CHECK_STR_EQ(packed(4, 0.1, 1), "cdcccc3d");
    CHECK_STR_EQ(packed(4, 3.4028235677973366e38, 0), "NULL !!OverflowError: float too large to pack with f format");
    CHECK_STR_EQ(packed(4, 1e39, 0), "NULL !!OverflowError: float too large to pack with f format");
    CHECK_STR_EQ(packed(4, 1e-50, 0), "00000000");
    CHECK_STR_EQ(packed(4, -Py_INFINITY, 0), "ff800000");
    CHECK_STR_EQ(packed(4, of_bits(0x7ff8000000000000), 0), "7fc00000");
    CHECK_STR_EQ(packed(4, of_bits(0x7ff4000000000000), 0), "7fa00000");
    CHECK_STR_EQ(packed(4, of_bits(0xfff0000000000001), 0), "ffc00000");
    CHECK_STR_EQ(packed(8, 0.1, 0), "3fb999999999999a");
    CHECK_STR_EQ(packed(8, 0.1, 1), "9a9999999999b93f");
    CHECK_DOUBLE(PyFloat_Unpack2("\x3e\x00", 0), "1.5");
    CHECK_DOUBLE(PyFloat_Unpack2("\x00\x3e", 1), "1.5");
    CHECK_DOUBLE(PyFloat_Unpack2("\x00\x01", 0), "5.9604644775390625e-08");
    CHECK_DOUBLE(PyFloat_Unpack2("\xfc\x00", 0), "-inf");
    CHECK_INT(bits_of(PyFloat_Unpack2("\x7d\x01", 0)), "9219998735180759040");
    CHECK_DOUBLE(PyFloat_Unpack4("\x3f\xc0\x00\x00", 0), "1.5");
    CHECK_INT(bits_of(PyFloat_Unpack4("\x7f\xa0\x00\x01", 0)), "9219994337671118848");
    CHECK_INT(bits_of(PyFloat_Unpack4("\x01\x00\x80\xff", 1)), "-4503599090499584");
    CHECK_DOUBLE(PyFloat_Unpack8("\x3f\xb9\x99\x99\x99\x99\x99\x9a", 0), "0.10000000000000001");
    for (int i = 0; i < 0x10000; i++) {
        char in[2] = {(char)(i >> 8), (char)i}, out[2];
        CHECK(PyFloat_Pack2(PyFloat_Unpack2(in, 0), out, 0) == 0 && !memcmp(in, out, 2));
    }
}
CHECK_MAIN()
