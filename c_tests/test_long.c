/* int: every conversion from and to C, with what is out of range, and arithmetic at any size. */
#include "check.h"

static PyObject *big(const char *digits) { return keep(PyLong_FromString(digits, NULL, 0)); }
#define P64 "18446744073709551616"
#define BIG "123456789012345678901234567890"

/* A type with __index__, and one whose __index__ is no int. */
static PyObject *seven(PyObject *self) { (void)self; return PyLong_FromLong(7); }
static PyObject *text(PyObject *self) { (void)self; return PyUnicode_FromString("7"); }
static PyObject *boolean(PyObject *self) { (void)self; return Py_NewRef(Py_True); }
static PyObject *of(PyObject *(*function)(PyObject *), int slot) {
    PyType_Slot slots[] = {{slot, (void *)function}, {0, NULL}};
    PyType_Spec spec = {"m.Number", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}

TEST(from_c) {
    CHECK_REPR(PyLong_FromLong(0), "0");
    CHECK_REPR(PyLong_FromLong(LONG_MIN), "-9223372036854775808");
    CHECK_REPR(PyLong_FromUnsignedLong(ULONG_MAX), "18446744073709551615");
    CHECK_REPR(PyLong_FromLongLong(LLONG_MIN), "-9223372036854775808");
    CHECK_REPR(PyLong_FromUnsignedLongLong(ULLONG_MAX), "18446744073709551615");
    CHECK_REPR(PyLong_FromSsize_t(PY_SSIZE_T_MIN), "-9223372036854775808");
    CHECK_REPR(PyLong_FromSize_t(SIZE_MAX), "18446744073709551615");
    CHECK_REPR(PyLong_FromInt32(INT32_MIN), "-2147483648");
    CHECK_REPR(PyLong_FromUInt32(UINT32_MAX), "4294967295");
    CHECK_REPR(PyLong_FromInt64(INT64_MAX), "9223372036854775807");
    CHECK_REPR(PyLong_FromUInt64(UINT64_MAX), "18446744073709551615");
    CHECK_REPR(PyLong_FromLong(1L << 30), "1073741824");
    CHECK_REPR(PyLong_FromLong((1L << 30) - 1), "1073741823");
    CHECK_REPR(PyLong_FromLong(-(1L << 60)), "-1152921504606846976");
    CHECK_REPR(PyLong_FromDouble(0.9), "0");
    CHECK_REPR(PyLong_FromDouble(-2.9), "-2");
    CHECK_REPR(PyLong_FromDouble(1e20), "100000000000000000000");
    CHECK_REPR(PyLong_FromDouble(-1.5e300), "-1500000000000000078757140382806630373056702871662238732373781173267703686983362293679557062620671796065556665749325817265413784853040645863467188277180060474272580801389863705606745350692182135089053429852456199917621678558451461320111979114170213741868888183230085264257173504208294580298189100810240");
    CHECK_REPR(PyLong_FromDouble(Py_NAN), "!!ValueError: cannot convert float NaN to integer");
    CHECK_REPR(PyLong_FromDouble(Py_INFINITY), "!!OverflowError: cannot convert float infinity to integer");
    CHECK_REPR(PyLong_FromVoidPtr((void *)0x1234), "4660");
    CHECK_REPR(PyLong_FromVoidPtr(NULL), "0");
    PyObject *a = PyLong_FromLong(-5), *b = PyLong_FromLong(-5), *c = PyLong_FromLong(256);
    CHECK(a == b && c == keep(PyLong_FromLong(256)));
    CHECK(a == keep(PyNumber_Subtract(value("i", 100), value("i", 105))));
}

TEST(from_text) {
    char *end = NULL;
    CHECK_REPR(PyLong_FromString("12", NULL, 10), "12");
    CHECK_REPR(PyLong_FromString("  -12  ", NULL, 10), "-12");
    CHECK_REPR(PyLong_FromString("0x1F", NULL, 0), "31");
    CHECK_REPR(PyLong_FromString("1F", NULL, 16), "31");
    CHECK_REPR(PyLong_FromString("0b101", NULL, 0), "5");
    CHECK_REPR(PyLong_FromString("0o17", NULL, 8), "15");
    CHECK_REPR(PyLong_FromString("zz", NULL, 36), "1295");
    CHECK_REPR(PyLong_FromString("1_000", NULL, 10), "1000");
    CHECK_REPR(PyLong_FromString("1__0", NULL, 10), "!!ValueError: invalid literal for int() with base 10: '1__0'");
    CHECK_REPR(PyLong_FromString("_1", NULL, 10), "!!ValueError: invalid literal for int() with base 10: '_1'");
    CHECK_REPR(PyLong_FromString("1_", NULL, 10), "!!ValueError: invalid literal for int() with base 10: '1_'");
    CHECK_REPR(PyLong_FromString("", NULL, 10), "!!ValueError: invalid literal for int() with base 10: ''");
    CHECK_REPR(PyLong_FromString("12x", NULL, 10), "!!ValueError: invalid literal for int() with base 10: '12x'");
    CHECK_REPR(PyLong_FromString("010", NULL, 0), "!!ValueError: invalid literal for int() with base 0: '010'");
    CHECK_REPR(PyLong_FromString("000", NULL, 0), "0");
    CHECK_REPR(PyLong_FromString("9", NULL, 8), "!!ValueError: invalid literal for int() with base 8: '9'");
    CHECK_REPR(PyLong_FromString("1", NULL, 1), "!!ValueError: int() arg 2 must be >= 2 and <= 36");
    CHECK_REPR(PyLong_FromString("1", NULL, 37), "!!ValueError: int() arg 2 must be >= 2 and <= 36");
    CHECK_REPR(PyLong_FromString("12 34", &end, 10), "!!ValueError: invalid literal for int() with base 10: '12 34'");
    CHECK_STR_EQ(end, "34");
    CHECK_REPR(PyLong_FromString("-" BIG, NULL, 10), "-123456789012345678901234567890");
    CHECK_REPR(PyLong_FromString("0xffffffffffffffffffffffffffffffffffff", NULL, 0), "22300745198530623141535718272648361505980415");
    CHECK_REPR(PyLong_FromUnicodeObject(value("s", " 42 "), 10), "42");
    CHECK_REPR(PyLong_FromUnicodeObject(value("s", "\xd9\xa4\xd9\xa2"), 10), "42");
    CHECK_REPR(PyLong_FromUnicodeObject(value("s", "4\xc3\xa9"), 10), "!!ValueError: invalid literal for int() with base 10: '4é'");
    char digits[4500];
    memset(digits, '9', sizeof digits);
    digits[4301] = 0;
    CHECK_REPR(PyLong_FromString(digits, NULL, 10), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit");
    digits[4300] = 0;
    PyObject *most = keep(PyLong_FromString(digits, NULL, 10));
    CHECK(most != NULL);
    CHECK_REPR(PyObject_Str(keep(PyNumber_Multiply(most, most))), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
}

TEST(to_long) {
    int overflow = 9;
    CHECK_INT(PyLong_AsLong(value("i", -7)), "-7");
    CHECK_INT(PyLong_AsLong(big("9223372036854775807")), "9223372036854775807");
    CHECK_INT(PyLong_AsLong(big("-9223372036854775808")), "-9223372036854775808");
    CHECK_INT(PyLong_AsLong(big("9223372036854775808")), "-1 !!OverflowError: Python int too large to convert to C long");
    CHECK_INT(PyLong_AsLong(big("-9223372036854775809")), "-1 !!OverflowError: Python int too large to convert to C long");
    CHECK_INT(PyLong_AsLong(value("d", 1.0)), "-1 !!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsLong(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsLong(NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyLong_AsLong(Py_True), "1");
    CHECK_INT(PyLong_AsLong(of(seven, Py_nb_index)), "7");
    CHECK_INT(PyLong_AsLong(of(seven, Py_nb_int)), "-1 !!TypeError: 'm.Number' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsLong(of(text, Py_nb_index)), "-1 !!TypeError: __index__ returned non-int (type str)");
    CHECK_INT(PyLong_AsLongAndOverflow(big(BIG), &overflow), "-1");
    CHECK_INT(overflow, "1");
    CHECK_INT(PyLong_AsLongAndOverflow(big("-" BIG), &overflow), "-1");
    CHECK_INT(overflow, "-1");
    CHECK_INT(PyLong_AsLongAndOverflow(value("i", 3), &overflow), "3");
    CHECK_INT(overflow, "0");
    CHECK_INT(PyLong_AsLongAndOverflow(Py_None, &overflow), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsLongLong(big("9223372036854775807")), "9223372036854775807");
    CHECK_INT(PyLong_AsLongLong(big(BIG)), "-1 !!OverflowError: int too big to convert");
    CHECK_INT(PyLong_AsLongLong(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsLongLongAndOverflow(big("-" BIG), &overflow), "-1");
    CHECK_INT(overflow, "-1");
    CHECK_INT(PyLong_AsInt(value("i", INT_MIN)), "-2147483648");
    CHECK_INT(PyLong_AsInt(big("2147483648")), "-1 !!OverflowError: Python int too large to convert to C int");
    CHECK_INT(PyLong_AsInt(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsSsize_t(value("i", -1)), "-1");
    CHECK_INT(PyLong_AsSsize_t(big(BIG)), "-1 !!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_INT(PyLong_AsSsize_t(Py_None), "-1 !!TypeError: an integer is required");
    CHECK_INT(PyLong_AsSsize_t(of(seven, Py_nb_index)), "-1 !!TypeError: an integer is required");
    CHECK_DOUBLE(PyLong_AsDouble(big(BIG)), "1.2345678901234568e+29");
    CHECK_DOUBLE(PyLong_AsDouble(big("9007199254740993")), "9007199254740992");
    CHECK_DOUBLE(PyLong_AsDouble(Py_None), "-1 !!TypeError: an integer is required");
    CHECK_DOUBLE(PyLong_AsDouble(keep(PyNumber_Power(value("i", 10), value("i", 400), Py_None))), "-1 !!OverflowError: int too large to convert to float");
}

TEST(to_unsigned) {
    CHECK_INT(PyLong_AsUnsignedLong(value("i", 7)), "7");
    CHECK_INT(PyLong_AsUnsignedLong(big("18446744073709551615")), "-1");
    CHECK_INT(PyLong_AsUnsignedLong(big(P64)), "-1 !!OverflowError: Python int too large to convert to C unsigned long");
    CHECK_INT(PyLong_AsUnsignedLong(value("i", -1)), "-1 !!OverflowError: can't convert negative value to unsigned int");
    CHECK_INT(PyLong_AsUnsignedLong(Py_None), "-1 !!TypeError: an integer is required");
    CHECK_INT(PyLong_AsUnsignedLong(of(seven, Py_nb_index)), "-1 !!TypeError: an integer is required");
    CHECK_INT(PyLong_AsUnsignedLong(NULL), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyLong_AsUnsignedLongLong(big(P64)), "-1 !!OverflowError: int too big to convert");
    CHECK_INT(PyLong_AsUnsignedLongLong(value("i", -1)), "-1 !!OverflowError: can't convert negative int to unsigned");
    CHECK_INT(PyLong_AsUnsignedLongLong(Py_None), "-1 !!TypeError: an integer is required");
    CHECK_INT(PyLong_AsSize_t(big(P64)), "-1 !!OverflowError: Python int too large to convert to C size_t");
    CHECK_INT(PyLong_AsSize_t(value("i", -1)), "-1 !!OverflowError: can't convert negative value to size_t");
    CHECK_INT(PyLong_AsSize_t(Py_None), "-1 !!TypeError: an integer is required");
    CHECK_INT(PyLong_AsUnsignedLongMask(value("i", -1)), "-1");
    CHECK_INT(PyLong_AsUnsignedLongMask(big("18446744073709551621")), "5");
    CHECK_INT(PyLong_AsUnsignedLongMask(of(seven, Py_nb_index)), "7");
    CHECK_INT(PyLong_AsUnsignedLongMask(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyLong_AsUnsignedLongLongMask(big("-" BIG)), "4362896299872285998");
    CHECK_INT(PyLong_AsUnsignedLongLongMask(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    int32_t i32; uint32_t u32; int64_t i64; uint64_t u64;
    CHECK_INT(PyLong_AsInt32(value("i", -5), &i32), "0");
    CHECK_INT(i32, "-5");
    CHECK_INT(PyLong_AsInt32(big("2147483648"), &i32), "-1 !!OverflowError: Python int too large to convert to C int32_t");
    CHECK_INT(PyLong_AsUInt32(big("4294967295"), &u32), "0");
    CHECK_INT(u32, "4294967295");
    CHECK_INT(PyLong_AsUInt32(value("i", -1), &u32), "-1 !!ValueError: Cannot convert negative int");
    CHECK_INT(PyLong_AsUInt32(big("4294967296"), &u32), "-1 !!OverflowError: Python int too large to convert to C uint32_t");
    CHECK_INT(PyLong_AsInt64(big("-9223372036854775808"), &i64), "0");
    CHECK_INT(i64, "-9223372036854775808");
    CHECK_INT(PyLong_AsInt64(big(P64), &i64), "-1 !!OverflowError: Python int too large to convert to C int64_t");
    CHECK_INT(PyLong_AsUInt64(big("18446744073709551615"), &u64), "0");
    CHECK_INT(u64, "-1");
    CHECK_INT(PyLong_AsUInt64(value("i", -1), &u64), "-1 !!ValueError: Cannot convert negative int");
    CHECK_INT(PyLong_AsUInt64(Py_None, &u64), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK((uintptr_t)PyLong_AsVoidPtr(value("i", 0x1234)) == 0x1234);
    CHECK_INT((intptr_t)PyLong_AsVoidPtr(value("i", -1)), "-1");
    CHECK_INT((intptr_t)PyLong_AsVoidPtr(big(BIG)), "0 !!OverflowError: Python int too large to convert to C unsigned long");
    CHECK_INT((intptr_t)PyLong_AsVoidPtr(Py_None), "0 !!TypeError: an integer is required");
}

TEST(native_bytes) {
    unsigned char buffer[20];
    memset(buffer, 0x77, sizeof buffer);
    CHECK_INT(PyLong_AsNativeBytes(value("i", -2), buffer, 4, Py_ASNATIVEBYTES_LITTLE_ENDIAN), "4");
    CHECK(buffer[0] == 0xfe && buffer[3] == 0xff && buffer[4] == 0x77);
    CHECK_INT(PyLong_AsNativeBytes(value("i", 0x1234), buffer, 4, Py_ASNATIVEBYTES_BIG_ENDIAN), "4");
    CHECK(buffer[2] == 0x12 && buffer[3] == 0x34 && buffer[0] == 0);
    CHECK_INT(PyLong_AsNativeBytes(big(BIG), buffer, 8, -1), "13");
    CHECK_INT(PyLong_AsNativeBytes(big(BIG), NULL, 0, -1), "13");
    CHECK_INT(PyLong_AsNativeBytes(value("i", 255), buffer, 1, -1), "1");
    CHECK_INT(PyLong_AsNativeBytes(value("i", 255), buffer, 1, Py_ASNATIVEBYTES_UNSIGNED_BUFFER), "1");
    CHECK_INT(PyLong_AsNativeBytes(value("i", -1), buffer, 4, Py_ASNATIVEBYTES_REJECT_NEGATIVE), "-1 !!ValueError: Cannot convert negative int");
    CHECK_INT(PyLong_AsNativeBytes(of(seven, Py_nb_index), buffer, 4, -1), "-1 !!TypeError: expect int, got m.Number");
    CHECK_INT(PyLong_AsNativeBytes(of(seven, Py_nb_index), buffer, 4, Py_ASNATIVEBYTES_ALLOW_INDEX), "4");
    CHECK_INT(PyLong_AsNativeBytes(Py_None, buffer, 4, -1), "-1 !!TypeError: expect int, got NoneType");
    const unsigned char bytes[] = {0xff, 0x01, 0x80};
    CHECK_REPR(PyLong_FromNativeBytes(bytes, 3, Py_ASNATIVEBYTES_LITTLE_ENDIAN), "-8388097");
    CHECK_REPR(PyLong_FromNativeBytes(bytes, 3, Py_ASNATIVEBYTES_BIG_ENDIAN), "-65152");
    CHECK_REPR(PyLong_FromNativeBytes(bytes, 0, -1), "0");
    CHECK_REPR(PyLong_FromUnsignedNativeBytes(bytes, 3, Py_ASNATIVEBYTES_LITTLE_ENDIAN), "8389119");
    CHECK_INT(_PyLong_AsByteArray((PyLongObject *)value("i", -2), buffer, 3, 1, 1, 1), "0");
    CHECK_INT(_PyLong_AsByteArray((PyLongObject *)value("i", -2), buffer, 3, 1, 0, 1), "-1 !!OverflowError: can't convert negative int to unsigned");
    CHECK_INT(_PyLong_AsByteArray((PyLongObject *)big(BIG), buffer, 3, 1, 1, 1), "-1 !!OverflowError: int too big to convert");
    CHECK_REPR(_PyLong_FromByteArray(bytes, 3, 1, 1), "-8388097");
    CHECK_REPR(_PyLong_FromByteArray(bytes, 3, 0, 0), "16712064");
}

TEST(parts) {
    CHECK_INT(PyUnstable_Long_IsCompact((PyLongObject *)value("i", 12)), "1");
    CHECK_INT(PyUnstable_Long_IsCompact((PyLongObject *)big(BIG)), "0");
    CHECK_INT(PyUnstable_Long_CompactValue((PyLongObject *)value("i", -12)), "-12");
    int sign;
    CHECK_INT(PyLong_GetSign(big("-" BIG), &sign), "0");
    CHECK_INT(sign, "-1");
    CHECK_INT(PyLong_GetSign(Py_None, &sign), "-1 !!TypeError: expect int, got NoneType");
    CHECK_INT(PyLong_IsPositive(value("i", 3)), "1");
    CHECK_INT(PyLong_IsNegative(value("i", 3)), "0");
    CHECK_INT(PyLong_IsZero(value("i", 0)), "1");
    CHECK_INT(PyLong_IsZero(Py_None), "-1 !!TypeError: expected int, got NoneType");
    CHECK_INT(_PyLong_Sign(value("i", -3)), "-1");
    CHECK_INT(_PyLong_NumBits(big(BIG)), "97");
    CHECK_REPR(PyLong_GetInfo(), "sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640)");
    PyLongExport export;
    CHECK_INT(PyLong_Export(big(BIG), &export), "0");
    CHECK(export.digits && export.ndigits == 4 && !export.negative);
    CHECK_INT(((const uint32_t *)export.digits)[0], "239012562");
    PyLong_FreeExport(&export);
    CHECK_INT(PyLong_Export(value("i", -3), &export), "0");
    CHECK_INT(export.value, "-3");
    PyLong_FreeExport(&export);
    CHECK_INT(PyLong_Export(Py_None, &export), "-1 !!TypeError: expect int, got NoneType");
    const PyLongLayout *layout = PyLong_GetNativeLayout();
    CHECK(layout->bits_per_digit == 30 && layout->digit_size == 4 && layout->digits_order == -1);
    void *digits;
    PyLongWriter *writer = PyLongWriter_Create(1, 2, &digits);
    CHECK(writer != NULL);
    ((uint32_t *)digits)[0] = 5; ((uint32_t *)digits)[1] = 1;
    CHECK_REPR(PyLongWriter_Finish(writer), "-1073741829");
    writer = PyLongWriter_Create(0, 3, &digits);
    PyLongWriter_Discard(writer);
    PyLongWriter_Discard(NULL);
    CHECK(PyLongWriter_Create(0, 0, &digits) == NULL);
    CHECK_RAISES(0, PyExc_ValueError, "ndigits must be positive");
}

TEST(arithmetic) {
    PyObject *a = big(BIG), *b = big("-987654321098765432109"), *seven_ = value("i", 7), *zero = value("i", 0), *minus = value("i", -7), *three = value("i", 3);
    CHECK_REPR(PyNumber_Add(a, b), "123456788024691357802469135781");
    CHECK_REPR(PyNumber_Subtract(b, a), "-123456789999999999999999999999");
    CHECK_REPR(PyNumber_Multiply(a, b), "-121932631137021795226076817523485749121223746380010");
    CHECK_REPR(PyNumber_FloorDivide(a, b), "-124999999");
    CHECK_REPR(PyNumber_Remainder(a, b), "-137345679013625000001");
    CHECK_REPR(PyNumber_Divmod(b, a), "(-1, 123456788024691357802469135781)");
    CHECK_REPR(PyNumber_TrueDivide(a, b), "-124999998.8609375");
    CHECK_REPR(PyNumber_Power(a, three, Py_None), "1881676372353657772546716040589641726257477229849409426207693797722198701224860897069000");
    CHECK_REPR(PyNumber_Power(seven_, value("i", -2), Py_None), "0.02040816326530612");
    CHECK_REPR(PyNumber_Power(three, a, seven_), "1");
    CHECK_REPR(PyNumber_Power(three, value("i", -1), seven_), "5");
    CHECK_REPR(PyNumber_Power(zero, value("i", -1), seven_), "!!ValueError: base is not invertible for the given modulus");
    CHECK_REPR(PyNumber_Power(zero, value("i", -1), Py_None), "!!ZeroDivisionError: zero to a negative power");
    CHECK_REPR(PyNumber_Power(three, three, zero), "!!ValueError: pow() 3rd argument cannot be 0");
    CHECK_REPR(PyNumber_Divmod(minus, three), "(-3, 2)");
    CHECK_REPR(PyNumber_FloorDivide(seven_, value("i", -3)), "-3");
    CHECK_REPR(PyNumber_Remainder(minus, three), "2");
    CHECK_REPR(PyNumber_TrueDivide(seven_, three), "2.3333333333333335");
    CHECK_REPR(PyNumber_FloorDivide(seven_, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Remainder(seven_, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_TrueDivide(seven_, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Divmod(seven_, zero), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(PyNumber_Lshift(three, value("i", 100)), "3802951800684688204490109616128");
    CHECK_REPR(PyNumber_Lshift(three, value("i", -1)), "!!ValueError: negative shift count");
    CHECK_REPR(PyNumber_Rshift(b, value("i", 30)), "-919824765156");
    CHECK_REPR(PyNumber_Rshift(b, value("i", 300)), "-1");
    CHECK_REPR(PyNumber_Rshift(three, value("i", -1)), "!!ValueError: negative shift count");
    CHECK_REPR(PyNumber_And(a, b), "123456788043715692998132959954");
    CHECK_REPR(PyNumber_Or(a, b), "-19024335195663824173");
    CHECK_REPR(PyNumber_Xor(b, minus), "987654321098765432106");
    CHECK_REPR(PyNumber_Invert(a), "-123456789012345678901234567891");
    CHECK_REPR(PyNumber_Negative(a), "-123456789012345678901234567890");
    CHECK_REPR(PyNumber_Absolute(b), "987654321098765432109");
    CHECK_REPR(PyNumber_Positive(Py_True), "1");
    CHECK_REPR(PyNumber_Add(seven_, Py_None), "!!TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'");
    CHECK_REPR(PyNumber_TrueDivide(keep(PyNumber_Power(value("i", 10), value("i", 400), Py_None)), three), "!!OverflowError: integer division result too large for a float");
    CHECK_INT(PyObject_RichCompareBool(a, b, Py_GT), "1");
    CHECK_INT(PyObject_RichCompareBool(a, value("d", 1e29), Py_GT), "1");
    CHECK_INT(PyObject_RichCompareBool(big("9007199254740993"), value("d", 9007199254740992.0), Py_EQ), "0");
}

TEST(methods) {
    PyObject *a = big(BIG), *type = (PyObject *)&PyLong_Type;
    CHECK_REPR(PyObject_CallMethod(a, "bit_length", NULL), "97");
    CHECK_REPR(PyObject_CallMethod(a, "bit_count", NULL), "54");
    CHECK_REPR(PyObject_CallMethod(value("i", 1000), "to_bytes", "is", 2, "big"), "b'\\x03\\xe8'");
    CHECK_REPR(PyObject_CallMethod(value("i", 1000), "to_bytes", "is", 1, "big"), "!!OverflowError: int too big to convert");
    CHECK_REPR(PyObject_CallMethod(value("i", -1), "to_bytes", "is", 1, "big"), "!!OverflowError: can't convert negative int to unsigned");
    CHECK_REPR(PyObject_CallMethod(value("i", 1), "to_bytes", "is", 1, "middle"), "!!ValueError: byteorder must be either 'little' or 'big'");
    CHECK_REPR(PyObject_CallMethod(type, "from_bytes", "ys", "\x03\xe8", "little"), "59395");
    CHECK_REPR(PyObject_CallMethod(value("i", 1), "as_integer_ratio", NULL), "(1, 1)");
    CHECK_REPR(PyObject_CallMethod(value("i", 1), "conjugate", NULL), "1");
    CHECK_REPR(PyObject_CallMethod(value("i", 1), "is_integer", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(value("i", 1234), "__round__", "i", -2), "1200");
    CHECK_REPR(PyObject_GetAttrString(value("i", 1), "numerator"), "1");
    CHECK_REPR(PyObject_GetAttrString(value("i", 1), "imag"), "0");
    CHECK_REPR(PyObject_CallNoArgs(type), "0");
    CHECK_REPR(PyObject_CallFunction(type, "s", "0x1f"), "!!ValueError: invalid literal for int() with base 10: '0x1f'");
    CHECK_REPR(PyObject_CallFunction(type, "si", "0x1f", 0), "31");
    CHECK_REPR(PyObject_CallFunction(type, "si", "1", 99), "!!ValueError: int() base must be >= 2 and <= 36, or 0");
    CHECK_REPR(PyObject_CallFunction(type, "y", " 12"), "12");
    CHECK_REPR(PyObject_CallFunction(type, "d", 1e25), "10000000000000000905969664");
    CHECK_REPR(PyObject_CallFunction(type, "ii", 1, 2), "!!TypeError: int() can't convert non-string with explicit base");
    CHECK_REPR(PyObject_CallFunction(type, "iii", 1, 2, 3), "!!TypeError: int expected at most 2 arguments, got 3");
    CHECK_REPR(PyObject_CallFunction(type, "O", Py_None), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'");
    CHECK_REPR(PyObject_CallFunction(type, "O", of(seven, Py_nb_int)), "7");
    CHECK_REPR(PyObject_CallFunction(type, "O", of(text, Py_nb_int)), "!!TypeError: __int__ returned non-int (type str)");
    CHECK_REPR(PyNumber_Index(of(seven, Py_nb_index)), "7");
    CHECK_REPR(PyNumber_Index(of(text, Py_nb_index)), "!!TypeError: __index__ returned non-int (type str)");
    CHECK_REPR(PyNumber_Index(of(boolean, Py_nb_index)), "1");
    CHECK_REPR(PyNumber_Index(Py_None), "!!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_REPR(PyNumber_Long(value("s", " 12 ")), "12");
    CHECK_REPR(PyNumber_Long(value("s", "x")), "!!ValueError: invalid literal for int() with base 10: 'x'");
    CHECK_REPR(PyNumber_Long(value("d", 2.5)), "2");
    CHECK_REPR(PyNumber_Long(Py_None), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'");
    CHECK_REPR(PyNumber_ToBase(value("i", 255), 16), "'0xff'");
    CHECK_REPR(PyNumber_ToBase(a, 2), "'0b1100011101110100100001111111101101100001101110011111000001110111001001110001111110000101011010010'");
    CHECK_REPR(PyNumber_ToBase(value("i", -255), 8), "'-0o377'");
    CHECK_REPR(PyNumber_ToBase(value("i", 255), 7), "!!SystemError: PyNumber_ToBase: base must be 2, 8, 10 or 16");
    CHECK_REPR(PyNumber_ToBase(Py_None, 10), "!!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(PyNumber_AsSsize_t(a, PyExc_IndexError), "-1 !!IndexError: cannot fit 'int' into an index-sized integer");
    CHECK_INT(PyNumber_AsSsize_t(a, NULL), "9223372036854775807");
    CHECK_INT(PyNumber_AsSsize_t(Py_None, NULL), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_REPR(PyObject_Format(a, value("s", ",")), "'123,456,789,012,345,678,901,234,567,890'");
    CHECK_REPR(PyObject_Format(a, value("s", "x")), "'18ee90ff6c373e0ee4e3f0ad2'");
    CHECK_REPR(PyObject_Format(value("i", 12), value("s", "+08.3f")), "'+012.000'");
}
CHECK_MAIN()
