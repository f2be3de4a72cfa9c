/* int: methods, powers with a modulus at the edges, conversions of argument clinic, the private functions. */
#include "check.h"

extern int _PyLong_UnsignedShort_Converter(PyObject *, void *), _PyLong_UnsignedInt_Converter(PyObject *, void *),
    _PyLong_UnsignedLong_Converter(PyObject *, void *), _PyLong_UnsignedLongLong_Converter(PyObject *, void *),
    _PyLong_Size_t_Converter(PyObject *, void *), _PyLong_UInt8_Converter(PyObject *, void *), _PyLong_UInt16_Converter(PyObject *, void *),
    _PyLong_UInt32_Converter(PyObject *, void *), _PyLong_UInt64_Converter(PyObject *, void *);
extern PyObject *_PyLong_DivmodNear(PyObject *, PyObject *), *_PyLong_Format(PyObject *, int), *_PyLong_Lshift(PyObject *, int64_t),
    *_PyLong_Rshift(PyObject *, int64_t), *_PyLong_Add(PyLongObject *, PyLongObject *), *_PyLong_Subtract(PyLongObject *, PyLongObject *),
    *_PyLong_Multiply(PyLongObject *, PyLongObject *);
extern double _PyLong_Frexp(PyLongObject *, int64_t *);
extern unsigned char _PyLong_DigitValue[256];

static PyObject *big(const char *digits) { return keep(PyLong_FromString(digits, NULL, 0)); }
static PyObject *power(const char *a, const char *b, const char *c) { return PyNumber_Power(big(a), big(b), c ? big(c) : Py_None); }
#define BIG "123456789012345678901234567890"
#define to_bytes(number, ...) PyObject_CallMethod(number, "to_bytes", __VA_ARGS__)
#define from_bytes(...) PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", __VA_ARGS__)
static PyObject *with_keywords(PyObject *object, const char *name, PyObject *args, PyObject *kwargs) {
    return PyObject_Call(attr(object, name), args, kwargs);
}

TEST(powers) {
    CHECK_REPR(power("5", "-1", "1"), "0");
    CHECK_REPR(power("5", "-1", "-1"), "0");
    CHECK_REPR(power("0", "0", "1"), "0");
    CHECK_REPR(power("0", "0", "-1"), "0");
    CHECK_REPR(power("0", "0", "7"), "1");
    CHECK_REPR(power("0", "5", "-7"), "0");
    CHECK_REPR(power("3", "5", "-7"), "-2");
    CHECK_REPR(power("-3", "5", "7"), "2");
    CHECK_REPR(power("-3", "5", "-7"), "-5");
    CHECK_REPR(power("3", "-5", "-7"), "-4");
    CHECK_REPR(power("2", "-1", "4"), "!!ValueError: base is not invertible for the given modulus");
    CHECK_REPR(power("2", BIG, BIG), "22021024033171702242074711404");
    CHECK_REPR(power("-" BIG, BIG, "1000000007"), "301787077");
    CHECK_REPR(power(BIG, "-" BIG, "1000000007"), "305905871");
    CHECK_REPR(power("2", "1", "0"), "!!ValueError: pow() 3rd argument cannot be 0");
    CHECK_REPR(power("0", "0", NULL), "1");
    CHECK_REPR(power("0", BIG, NULL), "0");
    CHECK_REPR(power("1", BIG, NULL), "1");
    CHECK_REPR(power("-1", BIG, NULL), "1");
    CHECK_REPR(power("-1", "123456789012345678901234567891", NULL), "-1");
    CHECK_REPR(power("-2", "101", NULL), "-2535301200456458802993406410752");
    CHECK_REPR(power("-1024", "10", NULL), "1267650600228229401496703205376");
    CHECK_REPR(power("7", "22", NULL), "3909821048582988049");
    CHECK_REPR(power("7", "23", NULL), "27368747340080916343");
    CHECK_REPR(power("-7", "23", NULL), "-27368747340080916343");
    CHECK_REPR(power("1073741823", "2", NULL), "1152921502459363329");
    CHECK_REPR(power("1073741824", "3", NULL), "1237940039285380274899124224");
    CHECK_REPR(power(BIG, "-1", NULL), "8.1000000729e-30");
    CHECK_REPR(power(BIG, "-20", NULL), "0.0");
    CHECK_REPR(PyNumber_Power(value("i", 2), value("s", "x"), Py_None), "!!TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'");
    CHECK_REPR(PyNumber_Power(value("i", 2), value("i", 3), value("s", "x")), "!!TypeError: unsupported operand type(s) for ** or pow(): 'int', 'int', 'str'");
    CHECK_REPR(PyNumber_Power(value("i", 2), value("i", 3), value("d", 2.0)), "!!TypeError: pow() 3rd argument not allowed unless all arguments are integers");
    CHECK_REPR(PyNumber_InPlacePower(value("i", 2), value("i", 3), value("i", 5)), "3");
}

TEST(shifts) {
    CHECK_REPR(PyNumber_Lshift(value("i", 0), big("1000000000000000000000000")), "0");
    CHECK_REPR(PyNumber_Lshift(value("i", 1), big("1000000000000000000000000")), "!!OverflowError: too many digits in integer");
    CHECK_REPR(PyNumber_Lshift(value("i", 0), value("i", -1)), "!!ValueError: negative shift count");
    CHECK_REPR(PyNumber_Lshift(value("i", -1), value("i", 0)), "-1");
    CHECK_REPR(PyNumber_Lshift(value("i", -1), value("i", 30)), "-1073741824");
    CHECK_REPR(PyNumber_Lshift(value("i", 1073741823), value("i", 33)), "9223372028264841216");
    CHECK_REPR(PyNumber_Rshift(value("i", -1), big("1000000000000000000000000")), "-1");
    CHECK_REPR(PyNumber_Rshift(big("-" BIG), big("1000000000000000000000000")), "-1");
    CHECK_REPR(PyNumber_Rshift(big(BIG), big("1000000000000000000000000")), "0");
    CHECK_REPR(PyNumber_Rshift(big("-1152921504606846976"), value("i", 60)), "-1");
    CHECK_REPR(PyNumber_Rshift(big("-1152921504606846977"), value("i", 60)), "-2");
    CHECK_REPR(PyNumber_Rshift(value("i", -7), value("i", 1)), "-4");
    CHECK_REPR(PyNumber_Rshift(value("i", 7), value("d", 1.0)), "!!TypeError: unsupported operand type(s) for >>: 'int' and 'float'");
}

TEST(methods) {
    CHECK_REPR(PyObject_CallMethod(value("i", 15), "__round__", "i", -1), "20");
    CHECK_REPR(PyObject_CallMethod(value("i", 25), "__round__", "i", -1), "20");
    CHECK_REPR(PyObject_CallMethod(value("i", -15), "__round__", "i", -1), "-20");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__round__", "i", -1), "0");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__round__", "i", 7), "5");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__round__", "O", Py_None), "5");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__round__", "s", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__round__", "ii", 1, 2), "!!TypeError: __round__ expected at most 1 argument, got 2");
    CHECK_REPR(PyObject_CallMethod(big(BIG), "__round__", "i", -20), "123456789000000000000000000000");
    CHECK_REPR(PyObject_CallMethod(big("-" BIG), "__round__", "i", -40), "0");
    CHECK_REPR(PyObject_CallMethod(value("i", 0), "bit_length", NULL), "0");
    CHECK_REPR(PyObject_CallMethod(value("i", -256), "bit_length", NULL), "9");
    CHECK_REPR(PyObject_CallMethod(big("-" BIG), "bit_count", NULL), "54");
    CHECK_REPR(PyObject_CallMethod(Py_True, "conjugate", NULL), "1");
    CHECK_REPR(PyObject_CallMethod(Py_True, "as_integer_ratio", NULL), "(1, 1)");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "is_integer", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "is_integer", "i", 1), "!!TypeError: int.is_integer() takes no arguments (1 given)");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__trunc__", NULL), "5");
    CHECK_REPR(PyObject_CallMethod(value("i", 0), "__sizeof__", NULL), "28");
    CHECK_REPR(PyObject_CallMethod(big(BIG), "__sizeof__", NULL), "40");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__format__", "i", 5), "!!TypeError: __format__() argument must be str, not int");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__pow__", "i", 2), "25");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__rpow__", "i", 2), "32");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__pow__", "iO", 2, Py_None), "25");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__add__", "d", 2.0), "NotImplemented");
    CHECK_REPR(PyObject_CallMethod(value("i", 5), "__lt__", "d", 2.0), "NotImplemented");
    CHECK_REPR(Py_NewRef(attr(Py_True, "numerator")), "1");
    CHECK_REPR(Py_NewRef(attr(value("i", 5), "denominator")), "1");
    CHECK_INT(PyObject_SetAttrString(value("i", 5), "real", Py_None), "-1 !!AttributeError: attribute 'real' of 'int' objects is not writable");
    CHECK_INT(PyObject_SetAttrString(value("i", 5), "x", Py_None), "-1 !!AttributeError: 'int' object has no attribute 'x' and no __dict__ for setting new attributes");
}

TEST(bytes) {
    CHECK_REPR(to_bytes(value("i", 258), "i", 4), "b'\\x00\\x00\\x01\\x02'");
    CHECK_REPR(to_bytes(value("i", 65), NULL), "b'A'");
    CHECK_REPR(to_bytes(value("i", 0), "i", 0), "b''");
    CHECK_REPR(to_bytes(value("i", 1), "i", 0), "!!OverflowError: int too big to convert");
    CHECK_REPR(to_bytes(value("i", 1), "i", -1), "!!ValueError: length argument must be non-negative");
    CHECK_REPR(to_bytes(value("i", -1), "i", -1), "!!ValueError: length argument must be non-negative");
    CHECK_REPR(to_bytes(value("i", 256), "is", 1, "little"), "!!OverflowError: int too big to convert");
    CHECK_REPR(to_bytes(value("i", 1), "is", 1, "x"), "!!ValueError: byteorder must be either 'little' or 'big'");
    CHECK_REPR(to_bytes(value("i", 1), "is", -1, "x"), "!!ValueError: byteorder must be either 'little' or 'big'");
    CHECK_REPR(to_bytes(value("i", 1), "ii", 1, 1), "!!TypeError: to_bytes() argument 'byteorder' must be str, not int");
    CHECK_REPR(to_bytes(value("i", 1), "d", 1.0), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(to_bytes(value("i", 1), "isi", 1, "big", 1), "!!TypeError: to_bytes() takes at most 2 positional arguments (3 given)");
    CHECK_REPR(to_bytes(big(BIG), "is", 100, "little"), "b'\\xd2\\n?N\\xee\\xe0s\\xc3\\xf6\\x0f\\xe9\\x8e\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'");
    CHECK_REPR(with_keywords(value("i", -2), "to_bytes", value("(i)", 3), value("{sO}", "signed", Py_True)), "b'\\xff\\xff\\xfe'");
    CHECK_REPR(with_keywords(value("i", -128), "to_bytes", value("()"), value("{sO}", "signed", Py_True)), "b'\\x80'");
    CHECK_REPR(with_keywords(value("i", 128), "to_bytes", value("()"), value("{sO}", "signed", Py_True)), "!!OverflowError: int too big to convert");
    CHECK_REPR(with_keywords(value("i", 1), "to_bytes", value("()"), value("{sisssO}", "length", 2, "byteorder", "little", "signed", Py_False)), "b'\\x01\\x00'");
    CHECK_REPR(with_keywords(value("i", 1), "to_bytes", value("()"), value("{si}", "x", 2)), "!!TypeError: to_bytes() got an unexpected keyword argument 'x'");
    CHECK_REPR(from_bytes("y", "\1\2"), "258");
    CHECK_REPR(from_bytes("ys", "\1\2", "little"), "513");
    CHECK_REPR(from_bytes("y", ""), "0");
    CHECK_REPR(from_bytes("([i,i])", 1, 2), "258");
    CHECK_REPR(from_bytes("([i])", 300), "!!ValueError: bytes must be in range(0, 256)");
    CHECK_REPR(from_bytes("i", 3), "!!TypeError: cannot convert 'int' object to bytes");
    CHECK_REPR(from_bytes("s", "x"), "!!TypeError: cannot convert 'str' object to bytes");
    CHECK_REPR(from_bytes("ys", "x", "middle"), "!!ValueError: byteorder must be either 'little' or 'big'");
    CHECK_REPR(from_bytes("yO", "x", Py_None), "!!TypeError: from_bytes() argument 'byteorder' must be str, not None");
    CHECK_REPR(from_bytes(NULL), "!!TypeError: from_bytes() missing required argument 'bytes' (pos 1)");
    CHECK_REPR(from_bytes("ysi", "x", "big", 1), "!!TypeError: from_bytes() takes at most 2 positional arguments (3 given)");
    CHECK_REPR(with_keywords((PyObject *)&PyLong_Type, "from_bytes", value("(y)", "\xff\x01"), value("{sO}", "signed", Py_True)), "-255");
    CHECK_REPR(with_keywords((PyObject *)&PyLong_Type, "from_bytes", value("(y)", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe"), value("{sO}", "signed", Py_True)), "-2");
    CHECK_REPR(with_keywords((PyObject *)&PyLong_Type, "from_bytes", value("(y)", "\x80\x01\x01\x01\x01\x01\x01\x01\x01\x01"), value("{sO}", "signed", Py_True)), "-604444390723068039724799");
}

TEST(converters) {
    unsigned char bytes[8];
    PyObject *minus = value("i", -1), *huge = big("0x10000000000000000"), *text = value("s", "1");
    CHECK_INT(_PyLong_UnsignedShort_Converter(value("i", 65535), bytes), "1");
    CHECK_INT(*(unsigned short *)bytes, "65535");
    CHECK_INT(_PyLong_UnsignedShort_Converter(value("i", 65536), bytes), "0 !!OverflowError: Python int too large for C unsigned short");
    CHECK_INT(_PyLong_UnsignedInt_Converter(value("L", 0xffffffffLL), bytes), "1");
    CHECK_INT(_PyLong_UnsignedInt_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C unsigned int");
    CHECK_INT(_PyLong_UnsignedInt_Converter(minus, bytes), "0 !!ValueError: Cannot convert negative int");
    CHECK_INT(_PyLong_UnsignedInt_Converter(text, bytes), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(_PyLong_UnsignedLong_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C unsigned long");
    CHECK_INT(_PyLong_UnsignedLong_Converter(big("0xffffffffffffffff"), bytes), "1");
    CHECK_INT(*(long *)bytes, "-1");
    CHECK_INT(_PyLong_UnsignedLongLong_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C unsigned long long");
    CHECK_INT(_PyLong_Size_t_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C size_t");
    CHECK_INT(_PyLong_Size_t_Converter(minus, bytes), "0 !!ValueError: Cannot convert negative int");
    CHECK_INT(_PyLong_UInt8_Converter(value("i", 256), bytes), "0 !!OverflowError: Python int too large for C uint8_t");
    CHECK_INT(_PyLong_UInt8_Converter(value("i", 255), bytes), "1");
    CHECK_INT(_PyLong_UInt16_Converter(value("i", 65536), bytes), "0 !!OverflowError: Python int too large for C uint16_t");
    CHECK_INT(_PyLong_UInt32_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C uint32_t");
    CHECK_INT(_PyLong_UInt64_Converter(huge, bytes), "0 !!OverflowError: Python int too large for C uint64_t");
}

TEST(private) {
    PyObject *a = big(BIG), *seven = value("i", 7);
    int64_t exponent;
    CHECK_REPR(_PyLong_DivmodNear(value("i", 7), value("i", 2)), "(4, -1)");
    CHECK_REPR(_PyLong_DivmodNear(value("i", 5), value("i", 2)), "(2, 1)");
    CHECK_REPR(_PyLong_DivmodNear(value("i", -7), value("i", 2)), "(-4, 1)");
    CHECK_REPR(_PyLong_DivmodNear(value("i", 7), value("i", -3)), "(-2, 1)");
    CHECK_REPR(_PyLong_DivmodNear(a, big("-100000000000")), "(-1234567890123456789, 1234567890)");
    CHECK_REPR(_PyLong_DivmodNear(a, value("i", 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(_PyLong_DivmodNear(a, value("d", 1.0)), "!!TypeError: non-integer arguments in division");
    CHECK_REPR(_PyLong_Format(a, 16), "'0x18ee90ff6c373e0ee4e3f0ad2'");
    CHECK_REPR(_PyLong_Format(value("i", -5), 2), "'-0b101'");
    CHECK_REPR(_PyLong_Format(value("i", -5), 10), "'-5'");
    CHECK_REPR(_PyLong_Format(value("d", 1.0), 10), "!!SystemError: bad argument to internal function");
    CHECK_REPR(_PyLong_Lshift(seven, 70), "8264141345021879123968");
    CHECK_REPR(_PyLong_Rshift(a, 70), "104571967");
    CHECK_REPR(_PyLong_Add((PyLongObject *)a, (PyLongObject *)seven), "123456789012345678901234567897");
    CHECK_REPR(_PyLong_Subtract((PyLongObject *)seven, (PyLongObject *)a), "-123456789012345678901234567883");
    CHECK_REPR(_PyLong_Multiply((PyLongObject *)a, (PyLongObject *)seven), "864197523086419752308641975230");
    CHECK_REPR(_PyLong_GCD(a, big("-9876543210")), "90");
    CHECK_REPR(_PyLong_GCD(value("i", 0), value("i", -4)), "4");
    CHECK_REPR(_PyLong_Copy((PyLongObject *)a), "123456789012345678901234567890");
    CHECK_REPR(_PyLong_Copy((PyLongObject *)Py_True), "1");
    CHECK_DOUBLE(_PyLong_Frexp((PyLongObject *)a, &exponent), "0.7791218746876678");
    CHECK_INT(exponent, "97");
    CHECK_DOUBLE(_PyLong_Frexp((PyLongObject *)big("-0x3fffffffffffffffff"), &exponent), "-0.5");
    CHECK_INT(exponent, "71");
    CHECK_DOUBLE(_PyLong_Frexp((PyLongObject *)value("i", 0), &exponent), "0");
    CHECK_INT(exponent, "0");
    CHECK_INT(_PyLong_DigitValue['z'], "35");
    CHECK_INT(_PyLong_DigitValue['_'], "37");
    digit digits[3] = {5, 0, 1};
    CHECK_REPR((PyObject *)_PyLong_FromDigits(1, 3, digits), "-1152921504606846981");
    CHECK_REPR((PyObject *)_PyLong_FromDigits(0, 0, digits), "0");
    PyLongObject *fresh = _PyLong_New(2);
    fresh->long_value.ob_digit[0] = 1; fresh->long_value.ob_digit[1] = 2;
    CHECK_REPR((PyObject *)fresh, "2147483649");
}

TEST(c_texts) {
    char *end;
    CHECK_INT(PyOS_strtol(" -12x", &end, 10), "-12");
    CHECK_STR_EQ(end, "x");
    CHECK_INT(PyOS_strtol("0x1F", &end, 0), "31");
    CHECK_INT(PyOS_strtol("0b12", &end, 0), "1");
    CHECK_STR_EQ(end, "2");
    CHECK_INT(PyOS_strtol("017", &end, 0), "0");
    CHECK_STR_EQ(end, "17");
    CHECK_INT(PyOS_strtol("9223372036854775807", &end, 10), "9223372036854775807");
    CHECK_INT(PyOS_strtol("9223372036854775808", &end, 10), "9223372036854775807");
    CHECK_INT(PyOS_strtol("-9223372036854775808", &end, 10), "-9223372036854775808");
    CHECK_INT(PyOS_strtol("-99999999999999999999", &end, 10), "9223372036854775807");
    CHECK_INT(PyOS_strtoul("18446744073709551615", &end, 10), "-1");
    CHECK_INT(PyOS_strtoul("18446744073709551616 x", &end, 10), "-1");
    CHECK_STR_EQ(end, " x");
    CHECK_INT(PyOS_strtoul("zz", &end, 36), "1295");
    CHECK_INT(PyOS_strtoul("12", &end, 1), "0");
    CHECK_INT(PyOS_mystricmp("Abc", "aBD") < 0, "1");
    CHECK_INT(PyOS_mystricmp("Abc", "aBc"), "0");
    CHECK_INT(PyOS_mystrnicmp("Abcx", "aBcy", 3), "0");
    CHECK_INT(PyOS_mystrnicmp("Abcx", "aBcy", 4) < 0, "1");
    CHECK_INT(PyOS_mystrnicmp("a", "b", 0), "0");
    CHECK_INT(PyOS_mystricmp("ab", "a") > 0, "1");
}
CHECK_MAIN()
