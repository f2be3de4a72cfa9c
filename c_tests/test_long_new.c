/* int(...): what it takes, what it says of the rest; texts in every base; subclasses. */
#include "check.h"

/* int(text, base) through the class, and through PyLong_FromString with how much was read. */
static PyObject *of_text(const char *text, int base) { return PyObject_CallFunction((PyObject *)&PyLong_Type, "si", text, base); }
static PyObject *of_unicode(const char *text, int base) { return PyLong_FromUnicodeObject(value("s", text), base); }
static int used(const char *text, int base) {
    char *end = NULL;
    PyObject *number = PyLong_FromString(text, &end, base);
    if (!number) PyErr_Clear();
    Py_XDECREF(number);
    return end ? (int)(end - text) : -1;
}
static PyObject *call(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *args = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    return args ? PyObject_Call((PyObject *)&PyLong_Type, args, NULL) : NULL;
}
static PyObject *call_with(PyObject *args, PyObject *kwargs) { return PyObject_Call((PyObject *)&PyLong_Type, args, kwargs); }

TEST(bases) {
    CHECK_REPR(of_text("11", 2), "3");
    CHECK_REPR(of_text("zZ", 36), "1295");
    CHECK_REPR(of_text("12", 2), "!!ValueError: invalid literal for int() with base 2: '12'");
    CHECK_REPR(of_text("0b11", 2), "3");
    CHECK_REPR(of_text("0B1_1", 0), "3");
    CHECK_REPR(of_text("0o17", 8), "15");
    CHECK_REPR(of_text("0O17", 0), "15");
    CHECK_REPR(of_text("0x1F", 16), "31");
    CHECK_REPR(of_text("0Xf", 0), "15");
    CHECK_REPR(of_text("0x_f", 0), "15");
    CHECK_REPR(of_text("0x__f", 0), "!!ValueError: invalid literal for int() with base 0: '0x__f'");
    CHECK_REPR(of_text("0_x", 0), "!!ValueError: invalid literal for int() with base 0: '0_x'");
    CHECK_REPR(of_text("0x", 0), "!!ValueError: invalid literal for int() with base 0: '0x'");
    CHECK_REPR(of_text("0x", 16), "!!ValueError: invalid literal for int() with base 16: '0x'");
    CHECK_REPR(of_text("0b1", 16), "177");
    CHECK_REPR(of_text("0xg", 16), "!!ValueError: invalid literal for int() with base 16: '0xg'");
    CHECK_REPR(of_text("0o8", 0), "!!ValueError: invalid literal for int() with base 0: '0o8'");
    CHECK_REPR(of_text("0b2", 0), "!!ValueError: invalid literal for int() with base 0: '0b2'");
    CHECK_REPR(of_text("00", 0), "0");
    CHECK_REPR(of_text("0_0", 0), "0");
    CHECK_REPR(of_text("00_7", 0), "!!ValueError: invalid literal for int() with base 0: '00_7'");
    CHECK_REPR(of_text("007", 10), "7");
    CHECK_REPR(of_text("-0x10", 0), "-16");
    CHECK_REPR(of_text("+0x10", 16), "16");
    CHECK_REPR(of_text("--1", 10), "!!ValueError: invalid literal for int() with base 10: '--1'");
    CHECK_REPR(of_text("- 1", 10), "!!ValueError: invalid literal for int() with base 10: '- 1'");
    CHECK_REPR(of_text("\t\n\v\f\r 12 \t\n\v\f\r", 10), "12");
    CHECK_REPR(of_text("1 2", 10), "!!ValueError: invalid literal for int() with base 10: '1 2'");
    CHECK_REPR(of_text(" ", 10), "!!ValueError: invalid literal for int() with base 10: ' '");
    CHECK_REPR(of_text("+", 0), "!!ValueError: invalid literal for int() with base 0: '+'");
    CHECK_REPR(of_text("_", 10), "!!ValueError: invalid literal for int() with base 10: '_'");
    CHECK_REPR(of_text("1_2_3", 10), "123");
    CHECK_REPR(of_text("1_", 10), "!!ValueError: invalid literal for int() with base 10: '1_'");
    CHECK_REPR(of_text("1__2", 10), "!!ValueError: invalid literal for int() with base 10: '1__2'");
    CHECK_REPR(of_text("1_ ", 10), "!!ValueError: invalid literal for int() with base 10: '1_ '");
    CHECK_REPR(of_text("z", 35), "!!ValueError: invalid literal for int() with base 35: 'z'");
    CHECK_REPR(of_text("1", 1), "!!ValueError: int() base must be >= 2 and <= 36, or 0");
    CHECK_REPR(of_text("1", 37), "!!ValueError: int() base must be >= 2 and <= 36, or 0");
    CHECK_REPR(of_text("1", -1), "!!ValueError: int() base must be >= 2 and <= 36, or 0");
    CHECK_REPR(of_text("ffffffffffffffffffffffffffffffffffffffff", 16), "1461501637330902918203684832716283019655932542975");
    CHECK_REPR(of_text("-zzzzzzzzzzzzzzzzzzzzzzzzz", 36), "-808281277464764060643139600456536293375");
    CHECK_REPR(of_text("777777777777777777777777777777777777", 8), "324518553658426726783156020576255");
    CHECK_REPR(of_text("1073741823", 10), "1073741823");
    CHECK_REPR(of_text("1073741824", 10), "1073741824");
    CHECK_REPR(of_text("-1152921504606846976", 10), "-1152921504606846976");
    CHECK_REPR(of_text("220000000000000000000000000000000000000000000000022", 3), "1914394633844940236720672");
}

TEST(unicode) {
    CHECK_REPR(of_unicode("\xd9\xa1\xd9\xa2", 10), "12");
    CHECK_REPR(of_unicode("\xe3\x80\x80\xef\xbc\x91\xef\xbc\x92\xc2\xa0", 10), "12");
    CHECK_REPR(of_unicode("0x\xef\xbc\x91", 0), "1");
    CHECK_REPR(of_unicode("\xc2\xb2", 10), "!!ValueError: invalid literal for int() with base 10: '²'");
    CHECK_REPR(of_unicode("1\xe2\x82\xac", 0), "!!ValueError: invalid literal for int() with base 0: '1€'");
    CHECK_REPR(of_unicode("0xg", 0), "!!ValueError: invalid literal for int() with base 0: '0xg'");
    CHECK_REPR(of_unicode("", 0), "!!ValueError: invalid literal for int() with base 0: ''");
    CHECK_REPR(PyLong_FromUnicodeObject(value("s#", "1\0", (Py_ssize_t)2), 10), "!!ValueError: invalid literal for int() with base 10: '1\\x00'");
    CHECK_REPR(PyLong_FromUnicodeObject(value("u", L"\xd800"), 10), "!!ValueError: invalid literal for int() with base 10: '\\ud800'");
    CHECK_REPR(PyLong_FromUnicodeObject(value("y", "1"), 10), "!!SystemError: bad argument to internal function");
    char long_text[301];
    memset(long_text, 'x', 300);
    long_text[300] = 0;
    CHECK_REPR(of_unicode(long_text, 10), "!!ValueError: invalid literal for int() with base 10: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    CHECK_REPR(PyLong_FromString(long_text, NULL, 10), "!!ValueError: invalid literal for int() with base 10: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    CHECK_REPR(PyLong_FromString("04.", NULL, 0), "!!ValueError: invalid literal for int() with base 10: '04.'");
    CHECK_REPR(PyLong_FromString("00.", NULL, 0), "!!ValueError: invalid literal for int() with base 10: '00.'");
    CHECK_REPR(PyLong_FromString("04 ", NULL, 0), "!!ValueError: invalid literal for int() with base 0: '04 '");
    CHECK_REPR(PyLong_FromString("\xff" "1", NULL, 10), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
}

TEST(end_of_text) {
    CHECK_INT(used("12", 10), "2");
    CHECK_INT(used("12 ", 10), "3");
    CHECK_INT(used(" 12 x", 10), "4");
    CHECK_INT(used("x", 10), "0");
    CHECK_INT(used("", 10), "0");
    CHECK_INT(used("1__2", 10), "1");
    CHECK_INT(used("_1", 10), "0");
    CHECK_INT(used("12_", 10), "2");
    CHECK_INT(used("0x1g", 0), "3");
    CHECK_INT(used("012", 0), "3");
    CHECK_INT(used("1", 99), "-1");
}

TEST(limit) {
    char digits[5002];
    memset(digits, '1', sizeof digits);
    digits[5001] = 0;
    CHECK_REPR(of_text(digits, 10), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5001 digits; use sys.set_int_max_str_digits() to increase the limit");
    CHECK_REPR(of_text(digits, 3), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5001 digits; use sys.set_int_max_str_digits() to increase the limit");
    CHECK_INT(used(digits, 10), "-1");
    CHECK_INT(_PyLong_NumBits(keep(of_text(digits, 16))), "20001");
    CHECK_INT(_PyLong_NumBits(keep(of_text(digits, 4))), "10001");
    PyObject *huge = keep(PyNumber_Lshift(value("i", 1), value("i", 20000)));
    CHECK_REPR(PyObject_Repr(huge), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    CHECK_REPR(PyObject_Str(huge), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    CHECK_REPR(PyNumber_ToBase(huge, 10), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    CHECK_INT(PyUnicode_GetLength(keep(PyNumber_ToBase(huge, 16))), "5003");
    PyObject *most = keep(PyNumber_Power(value("i", 10), value("i", 4299), Py_None));
    CHECK_INT(PyUnicode_GetLength(keep(PyObject_Str(most))), "4300");
    CHECK_INT(PyUnicode_GetLength(keep(PyObject_Str(keep(PyNumber_Negative(most))))), "4301");
    CHECK_REPR(PyObject_Str(keep(PyNumber_Multiply(most, value("i", 10)))), "!!ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
}

TEST(arguments) {
    CHECK_REPR(call("()"), "0");
    CHECK_REPR(call("(i)", 7), "7");
    CHECK_REPR(call("(O)", Py_True), "1");
    CHECK_REPR(call("(d)", -2.9), "-2");
    CHECK_REPR(call("(d)", 1e30), "1000000000000000019884624838656");
    CHECK_REPR(call("(d)", Py_NAN), "!!ValueError: cannot convert float NaN to integer");
    CHECK_REPR(call("(d)", Py_INFINITY), "!!OverflowError: cannot convert float infinity to integer");
    CHECK_REPR(call("(O)", Py_None), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'");
    CHECK_REPR(call("([])"), "!!TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'");
    CHECK_REPR(call("(y)", " 12 "), "12");
    CHECK_REPR(call("(y#)", "1\0", (Py_ssize_t)2), "!!ValueError: invalid literal for int() with base 10: b'1\\x00'");
    CHECK_REPR(call("(yi)", "ff", 16), "255");
    CHECK_REPR(call("(yi)", "fg", 16), "!!ValueError: invalid literal for int() with base 16: b'fg'");
    CHECK_REPR(call("(Ni)", PyByteArray_FromStringAndSize("ff", 2), 16), "255");
    CHECK_REPR(call("(N)", PyByteArray_FromStringAndSize("ff", 2)), "!!ValueError: invalid literal for int() with base 10: b'ff'");
    CHECK_REPR(call("(N)", PyMemoryView_FromObject(value("y", "34"))), "34");
    CHECK_REPR(call("(Ni)", PyMemoryView_FromObject(value("y", "34")), 10), "!!TypeError: int() can't convert non-string with explicit base");
    CHECK_REPR(call("(ii)", 1, 2), "!!TypeError: int() can't convert non-string with explicit base");
    CHECK_REPR(call("(sd)", "1", 2.0), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(call("(sO)", "1", Py_None), "!!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_REPR(call("(sN)", "1", PyLong_FromString("99999999999999999999", NULL, 10)), "!!ValueError: int() base must be >= 2 and <= 36, or 0");
    CHECK_REPR(call("(iii)", 1, 2, 3), "!!TypeError: int expected at most 2 arguments, got 3");
    CHECK_REPR(call_with(value("()"), value("{si}", "base", 2)), "!!TypeError: int() missing string argument");
    CHECK_REPR(call_with(value("(s)", "11"), value("{si}", "base", 2)), "3");
    CHECK_REPR(call_with(value("(si)", "11", 2), value("{si}", "base", 2)), "!!TypeError: int() takes at most 2 arguments (3 given)");
    CHECK_REPR(call_with(value("()"), value("{si}", "x", 2)), "!!TypeError: int() got an unexpected keyword argument 'x'");
    CHECK_REPR(call_with(value("(s)", "11"), value("{sisi}", "x", 2, "base", 2)), "!!TypeError: int() takes at most 2 arguments (3 given)");
    CHECK_REPR(call_with(value("(i)", 11), value("{}")), "11");
}

TEST(subclasses) {
    PyObject *type = new_class("Int", (PyObject *)&PyLong_Type);
    PyObject *small = keep(PyObject_CallFunction(type, "i", 5)), *large = keep(PyObject_CallFunction(type, "s", "-123456789012345678901234567890"));
    CHECK_INT(Py_TYPE(small) == (PyTypeObject *)type, "1");
    CHECK_INT(((PyLongObject *)small)->long_value.lv_tag, "8");
    CHECK_INT(((PyLongObject *)keep(PyObject_CallFunction(type, "i", 0)))->long_value.lv_tag, "1");
    CHECK_INT(((PyLongObject *)large)->long_value.lv_tag, "34");
    CHECK_REPR(PyNumber_Add(small, large), "-123456789012345678901234567885");
    CHECK_INT(PyLong_CheckExact(keep(PyNumber_Positive(small))), "1");
    CHECK_INT(PyLong_CheckExact(keep(PyNumber_Absolute(large))), "1");
    CHECK_INT(PyLong_CheckExact(keep(PyNumber_Long(small))), "1");
    CHECK_INT(PyLong_CheckExact(keep(PyNumber_Index(small))), "1");
    CHECK_INT(PyLong_CheckExact(attr(small, "real")), "1");
    CHECK_INT(PyObject_Hash(large) == PyObject_Hash(keep(PyNumber_Long(large))), "1");
    CHECK_INT(PyObject_RichCompareBool(small, value("i", 5), Py_EQ), "1");
    CHECK_REPR(PyObject_CallMethod(type, "from_bytes", "y", "\1\0"), "1");
    CHECK_INT(Py_TYPE(keep(PyObject_CallMethod(type, "from_bytes", "y", "\1"))) == (PyTypeObject *)type, "1");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyBool_Type, "from_bytes", "y", "\5"), "True");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", "OO", type, Py_True), "1");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", "O", &PyUnicode_Type), "!!TypeError: int.__new__(str): str is not a subtype of int");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", "Oi", &PyBool_Type, 1), "!!TypeError: int.__new__(bool) is not safe, use bool.__new__()");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyLong_Type, "__new__", NULL), "!!TypeError: int.__new__(): not enough arguments");
    CHECK_REPR(PyObject_CallMethod(large, "__sizeof__", NULL), "40");
    CHECK_REPR(PyObject_CallMethod(small, "__getnewargs__", NULL), "(5,)");
}

/* The static ints and the free list: the same object for the same small value, whatever made it. */
TEST(small) {
    CHECK(PyLong_FromLong(-5) == keep(PyLong_FromString("-5", NULL, 10)));
    CHECK(PyLong_FromLong(256) == keep(PyNumber_Rshift(value("i", 512), value("i", 1))));
    CHECK(PyLong_FromLong(0) == keep(PyNumber_Subtract(keep(PyLong_FromString("0x123456789abcdef0123", NULL, 0)), keep(PyLong_FromString("0x123456789abcdef0123", NULL, 0)))));
    CHECK(PyLong_FromLong(7) == keep(PyNumber_Remainder(keep(PyLong_FromString("100000000000000000007", NULL, 0)), value("i", 10))));
    CHECK(PyLong_FromLong(12) == keep(PyNumber_Long(keep(PyFloat_FromDouble(12.5)))));
    CHECK_INT(((PyLongObject *)value("i", 256))->long_value.lv_tag, "12");
    CHECK_INT(((PyLongObject *)value("i", -5))->long_value.lv_tag, "14");
    CHECK_INT(((PyLongObject *)value("i", 0))->long_value.lv_tag, "5");
    CHECK_INT(((PyLongObject *)value("i", 1000))->long_value.lv_tag, "8");
    CHECK_INT(((PyLongObject *)value("i", -1000))->long_value.lv_tag, "10");
    CHECK_INT(((PyLongObject *)value("L", 1LL << 40))->long_value.lv_tag, "16");
    CHECK_INT(((PyLongObject *)Py_True)->long_value.lv_tag, "8");
    CHECK_INT(((PyLongObject *)Py_False)->long_value.lv_tag, "1");
    PyObject *many[500];
    for (int i = 0; i < 500; i++) many[i] = PyLong_FromLong(1000 + i);
    for (int i = 0; i < 500; i++) CHECK(PyLong_AsLong(many[i]) == 1000 + i);
    for (int i = 0; i < 500; i++) Py_DECREF(many[i]);
    for (int i = 0; i < 500; i++) many[i] = PyLong_FromLong(-2000 - i);
    for (int i = 0; i < 500; i++) CHECK(PyLong_AsLong(many[i]) == -2000 - i);
    for (int i = 0; i < 500; i++) Py_DECREF(many[i]);
}
CHECK_MAIN()
