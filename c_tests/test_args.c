/* Arguments into C variables: PyArg_ParseTuple, PyArg_ParseTupleAndKeywords, PyArg_Parse, PyArg_UnpackTuple, each unit. */
#include "check.h"

static PyObject *one(PyObject *object) { return keep(PyTuple_Pack(1, object)); }
static PyObject *big(void) { return keep(PyLong_FromString("123456789012345678901234567890", NULL, 10)); }

TEST(integers) {
    char b; unsigned char B; short h; unsigned short H; int i; unsigned int I; long l; unsigned long k; long long L; unsigned long long K; Py_ssize_t n; int p;
    CHECK_INT(PyArg_ParseTuple(value("(i)", 200), "b", &b), "1");
    CHECK_INT((unsigned char)b, "200");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 256), "b", &b), "0 !!OverflowError: unsigned byte integer is greater than maximum");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -1), "b", &b), "0 !!OverflowError: unsigned byte integer is less than minimum");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 300), "B", &B), "1");
    CHECK_INT(B, "44");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -5), "h", &h), "1");
    CHECK_INT(h, "-5");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 40000), "h", &h), "0 !!OverflowError: signed short integer is greater than maximum");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -40000), "h", &h), "0 !!OverflowError: signed short integer is less than minimum");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 70000), "H", &H), "1");
    CHECK_INT(H, "4464");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -7), "i", &i), "1");
    CHECK_INT(i, "-7");
    CHECK_INT(PyArg_ParseTuple(value("(L)", 1LL << 40), "i", &i), "0 !!OverflowError: signed integer is greater than maximum");
    CHECK_INT(PyArg_ParseTuple(value("(L)", -(1LL << 40)), "i", &i), "0 !!OverflowError: signed integer is less than minimum");
    CHECK_INT(PyArg_ParseTuple(value("(d)", 1.5), "i", &i), "0 !!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "a"), "i", &i), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -1), "I", &I), "1");
    CHECK_INT(I, "4294967295");
    CHECK_INT(PyArg_ParseTuple(one(big()), "l", &l), "0 !!OverflowError: Python int too large to convert to C long");
    CHECK_INT(PyArg_ParseTuple(value("(i)", -3), "k", &k), "1");
    CHECK_INT(k, "-3");
    CHECK_INT(PyArg_ParseTuple(one(big()), "k", &k), "1");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "a"), "k", &k), "0 !!TypeError: argument 1 must be int, not str");
    CHECK_INT(PyArg_ParseTuple(one(big()), "L", &L), "0 !!OverflowError: int too big to convert");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 5), "L", &L), "1");
    CHECK_INT(L, "5");
    CHECK_INT(PyArg_ParseTuple(one(big()), "K", &K), "1");
    CHECK_INT(PyArg_ParseTuple(one(big()), "n", &n), "0 !!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 5), "n", &n), "1");
    CHECK_INT(n, "5");
    CHECK_INT(PyArg_ParseTuple(value("(d)", 5.0), "n", &n), "0 !!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("(s)", ""), "p", &p), "1");
    CHECK_INT(p, "0");
    CHECK_INT(PyArg_ParseTuple(one(Py_True), "i", &i), "1");
    CHECK_INT(i, "1");
}

TEST(floats_and_chars) {
    float f; double d; Py_complex D; char c; int C;
    CHECK_INT(PyArg_ParseTuple(value("(d)", 0.5), "f", &f), "1");
    CHECK(f == 0.5f);
    CHECK_INT(PyArg_ParseTuple(value("(i)", 3), "d", &d), "1");
    CHECK_DOUBLE(d, "3");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "d", &d), "0 !!TypeError: must be real number, not str");
    CHECK_INT(PyArg_ParseTuple(value("(d)", 1.5), "D", &D), "1");
    CHECK(D.real == 1.5 && D.imag == 0);
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "D", &D), "0 !!TypeError: must be real number, not str");
    CHECK_INT(PyArg_ParseTuple(value("(y)", "x"), "c", &c), "1");
    CHECK_INT(c, "120");
    CHECK_INT(PyArg_ParseTuple(value("(y)", "xy"), "c", &c), "0 !!TypeError: argument 1 must be a byte string of length 1, not a bytes object of length 2");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "c", &c), "0 !!TypeError: argument 1 must be a byte string of length 1, not str");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "\xe2\x82\xac"), "C", &C), "1");
    CHECK_INT(C, "8364");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "ab"), "C", &C), "0 !!TypeError: argument 1 must be a unicode character, not a string of length 2");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "C", &C), "0 !!TypeError: argument 1 must be a unicode character, not int");
}

TEST(strings) {
    const char *s = "unset"; Py_ssize_t n = -1; Py_buffer view;
    PyObject *holed = keep(PyUnicode_FromStringAndSize("a\0b", 3)), *bytes = value("y", "by"), *nul = keep(PyBytes_FromStringAndSize("a\0b", 3));
    PyObject *array = keep(PyByteArray_FromStringAndSize("ba", 2));
    CHECK_INT(PyArg_ParseTuple(value("(s)", "te\xc3\xa9"), "s", &s), "1");
    CHECK_STR_EQ(s, "teé");
    CHECK_INT(PyArg_ParseTuple(one(holed), "s", &s), "0 !!ValueError: embedded null character");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "s", &s), "0 !!TypeError: argument 1 must be str, not bytes");
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "s", &s), "0 !!TypeError: argument 1 must be str, not None");
    CHECK_INT(PyArg_ParseTuple(one(keep(PyUnicode_FromOrdinal(0xd800))), "s", &s), "0 !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "z", &s), "1");
    CHECK(s == NULL);
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "z", &s), "0 !!TypeError: argument 1 must be str or None, not int");
    CHECK_INT(PyArg_ParseTuple(one(holed), "s#", &s, &n), "1");
    CHECK_INT(n, "3");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "s#", &s, &n), "1");
    CHECK_STR_EQ(s, "by");
    CHECK_INT(PyArg_ParseTuple(one(array), "s#", &s, &n), "0 !!TypeError: argument 1 must be read-only bytes-like object, not bytearray");
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "z#", &s, &n), "1");
    CHECK_INT(n, "0");
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "s#", &s, &n), "0 !!TypeError: a bytes-like object is required, not 'NoneType'");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "y", &s), "1");
    CHECK_STR_EQ(s, "by");
    CHECK_INT(PyArg_ParseTuple(one(nul), "y", &s), "0 !!ValueError: embedded null byte");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "y", &s), "0 !!TypeError: a bytes-like object is required, not 'str'");
    CHECK_INT(PyArg_ParseTuple(one(nul), "y#", &s, &n), "1");
    CHECK_INT(n, "3");
    CHECK_INT(PyArg_ParseTuple(one(array), "y#", &s, &n), "0 !!TypeError: argument 1 must be read-only bytes-like object, not bytearray");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "y#", &s, &n), "0 !!TypeError: a bytes-like object is required, not 'str'");
    CHECK_INT(PyArg_ParseTuple(one(array), "y*", &view), "1");
    CHECK_INT(view.len, "2");
    PyBuffer_Release(&view);
    CHECK_INT(PyArg_ParseTuple(value("(s)", "str"), "s*", &view), "1");
    CHECK_INT(view.len, "3");
    PyBuffer_Release(&view);
    CHECK_INT(PyArg_ParseTuple(value("(s)", "str"), "y*", &view), "0 !!TypeError: a bytes-like object is required, not 'str'");
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "z*", &view), "1");
    CHECK(view.buf == NULL);
    PyBuffer_Release(&view);
    CHECK_INT(PyArg_ParseTuple(one(array), "w*", &view), "1");
    PyBuffer_Release(&view);
    CHECK_INT(PyArg_ParseTuple(one(bytes), "w*", &view), "0 !!TypeError: argument 1 must be read-write bytes-like object, not bytes");
    PyObject *object = NULL;
    CHECK_INT(PyArg_ParseTuple(one(bytes), "S", &object), "1");
    CHECK(object == bytes);
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "S", &object), "0 !!TypeError: argument 1 must be bytes, not str");
    CHECK_INT(PyArg_ParseTuple(one(array), "Y", &object), "1");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "Y", &object), "0 !!TypeError: argument 1 must be bytearray, not bytes");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "U", &object), "1");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "U", &object), "0 !!TypeError: argument 1 must be str, not bytes");
    char *copy = NULL;
    CHECK_INT(PyArg_ParseTuple(value("(s)", "a\xc3\xa9"), "es", "latin-1", &copy), "1");
    CHECK(copy && !strcmp(copy, "a\xe9"));
    PyMem_Free(copy); copy = NULL;
    CHECK_INT(PyArg_ParseTuple(value("(s)", "a\xc3\xa9"), "es#", "utf-8", &copy, &n), "1");
    CHECK_INT(n, "3");
    PyMem_Free(copy); copy = NULL;
    CHECK_INT(PyArg_ParseTuple(one(bytes), "es", "utf-8", &copy), "0 !!TypeError: argument 1 must be str, not bytes");
    CHECK_INT(PyArg_ParseTuple(one(bytes), "et", "utf-8", &copy), "1");
    CHECK_STR_EQ(copy, "by");
    PyMem_Free(copy);
    char room[3]; char *fixed = room; n = 3;
    CHECK_INT(PyArg_ParseTuple(value("(s)", "abc"), "es#", "utf-8", &fixed, &n), "0 !!ValueError: encoded string too long (3, maximum length 2)");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "a\xe2\x82\xac"), "es", "ascii", &copy), "0 !!UnicodeEncodeError: 'ascii' codec can't encode character '\\u20ac' in position 1: ordinal not in range(128)");
}

static int convert(PyObject *object, void *to) {
    if (!PyLong_Check(object)) { PyErr_SetString(PyExc_ValueError, "converter says no"); return 0; }
    *(long *)to = PyLong_AsLong(object) * 2;
    return 1;
}
static int cleaned;
static int convert_clean(PyObject *object, void *to) {
    if (!object) { cleaned++; return 1; }
    (void)to;
    return Py_CLEANUP_SUPPORTED;
}
TEST(objects) {
    PyObject *object = NULL; long doubled = 0; int i = 0;
    CHECK_INT(PyArg_ParseTuple(one(Py_None), "O", &object), "1");
    CHECK(object == Py_None);
    CHECK_INT(PyArg_ParseTuple(value("(i)", 5), "O!", &PyLong_Type, &object), "1");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "O!", &PyLong_Type, &object), "0 !!TypeError: argument 1 must be int, not str");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 21), "O&", convert, &doubled), "1");
    CHECK_INT(doubled, "42");
    CHECK_INT(PyArg_ParseTuple(value("(s)", "x"), "O&", convert, &doubled), "0 !!ValueError: converter says no");
    CHECK_INT(PyArg_ParseTuple(value("(is)", 1, "x"), "O&i", convert_clean, &doubled, &i), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(cleaned, "1");
    int a, b; const char *s;
    CHECK_INT(PyArg_ParseTuple(value("((ii)s)", 1, 2, "x"), "(ii)s", &a, &b, &s), "1");
    CHECK(a == 1 && b == 2);
    CHECK_INT(PyArg_ParseTuple(value("([ii]s)", 1, 2, "x"), "(ii)s", &a, &b, &s), "1");
    CHECK_INT(PyArg_ParseTuple(value("((iii)s)", 1, 2, 3, "x"), "(ii)s", &a, &b, &s), "0 !!TypeError: argument 1 must be tuple of length 2, not 3");
    CHECK_INT(PyArg_ParseTuple(value("(is)", 1, "x"), "(ii)s", &a, &b, &s), "0 !!TypeError: argument 1 must be 2-item tuple, not int");
    CHECK_INT(PyArg_ParseTuple(value("((is)s)", 1, "y", "x"), "(ii)s", &a, &b, &s), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
}

TEST(counts) {
    int a = 0, b = 7; const char *s;
    CHECK_INT(PyArg_ParseTuple(value("()"), ""), "1");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), ""), "0 !!TypeError: function takes exactly 0 arguments (1 given)");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), ":f"), "0 !!TypeError: f() takes exactly 0 arguments (1 given)");
    CHECK_INT(PyArg_ParseTuple(value("()"), "i", &a), "0 !!TypeError: function takes exactly 1 argument (0 given)");
    CHECK_INT(PyArg_ParseTuple(value("()"), "i:f", &a), "0 !!TypeError: f() takes exactly 1 argument (0 given)");
    CHECK_INT(PyArg_ParseTuple(value("(iii)", 1, 2, 3), "ii:f", &a, &b), "0 !!TypeError: f() takes exactly 2 arguments (3 given)");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "ii:f", &a, &b), "0 !!TypeError: f() takes exactly 2 arguments (1 given)");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "i|i:f", &a, &b), "1");
    CHECK(a == 1 && b == 7);
    CHECK_INT(PyArg_ParseTuple(value("()"), "i|i:f", &a, &b), "0 !!TypeError: f() takes at least 1 argument (0 given)");
    CHECK_INT(PyArg_ParseTuple(value("(iii)", 1, 2, 3), "i|i:f", &a, &b), "0 !!TypeError: f() takes at most 2 arguments (3 given)");
    CHECK_INT(PyArg_ParseTuple(value("(is)", 1, "x"), "ii:f", &a, &b), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("(is)", 1, "x"), "ii;own message", &a, &b), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "ii;own message", &a, &b), "0 !!TypeError: own message");
    CHECK_INT(PyArg_ParseTuple(Py_None, "i", &a), "0 !!SystemError: new style getargs format but argument is not a tuple");
    CHECK_INT(PyArg_ParseTuple(value("[i]", 1), "i", &a), "0 !!SystemError: new style getargs format but argument is not a tuple");
    CHECK_FATAL(PyArg_ParseTuple(value("((i))", 1), "(i", &a), "Fatal Python error: vgetargs1_impl: missing ')' in getargs format");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "q", &a), "0 !!SystemError: argument 1 (impossible<bad format char>)");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "i||i", &a, &b), "1");
    CHECK_INT(PyArg_Parse(value("i", 5), "i", &a), "1");
    CHECK_INT(a, "5");
    CHECK_INT(PyArg_Parse(value("s", "x"), "i", &a), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_Parse(value("(is)", 1, "x"), "(is)", &a, &s), "1");
    PyObject *x = NULL, *y = NULL;
    CHECK_INT(PyArg_UnpackTuple(value("(ii)", 1, 2), "f", 1, 2, &x, &y), "1");
    CHECK_BORROWED(y, "2");
    y = NULL;
    CHECK_INT(PyArg_UnpackTuple(value("(i)", 1), "f", 1, 2, &x, &y), "1");
    CHECK(y == NULL);
    CHECK_INT(PyArg_UnpackTuple(value("()"), "f", 1, 2, &x, &y), "0 !!TypeError: f expected at least 1 argument, got 0");
    CHECK_INT(PyArg_UnpackTuple(value("(iii)", 1, 2, 3), "f", 1, 2, &x, &y), "0 !!TypeError: f expected at most 2 arguments, got 3");
    CHECK_INT(PyArg_UnpackTuple(value("()"), NULL, 1, 1, &x), "0 !!TypeError: unpacked tuple should have 1 element, but has 0");
    CHECK_INT(PyArg_UnpackTuple(value("()"), "f", 1, 1, &x), "0 !!TypeError: f expected 1 argument, got 0");
    CHECK_INT(PyArg_UnpackTuple(value("[]"), "f", 1, 1, &x), "0 !!SystemError: PyArg_UnpackTuple() argument list is not a tuple");
}

static char *names[] = {"a", "b", "c", NULL}, *positional[] = {"", "b", NULL}, *required[] = {"a", "k", NULL}, *few[] = {"a", NULL};
TEST(keywords) {
    int a = 0, b = 0, c = 0;
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), NULL, "ii|i:f", names, &a, &b, &c), "1");
    CHECK(a == 1 && b == 2 && c == 0);
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), value("{sisi}", "c", 3, "b", 2), "ii|i:f", names, &a, &b, &c), "1");
    CHECK(b == 2 && c == 3);
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), NULL, "ii|i:f", names, &a, &b, &c), "0 !!TypeError: f() missing required argument 'b' (pos 2)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), value("{si}", "b", 2), "ii|i:f", names, &a, &b, &c), "0 !!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), value("{si}", "z", 2), "ii|i:f", names, &a, &b, &c), "0 !!TypeError: f() got an unexpected keyword argument 'z'");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), value("{si}", "a", 2), "ii|i:f", names, &a, &b, &c), "0 !!TypeError: argument for f() given by name ('a') and position (1)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(iiii)", 1, 2, 3, 4), NULL, "ii|i:f", names, &a, &b, &c), "0 !!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(iiii)", 1, 2, 3, 4), NULL, "ii|i", names, &a, &b, &c), "0 !!TypeError: function takes at most 3 arguments (4 given)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), value("{ii}", 1, 2), "ii|i:f", names, &a, &b, &c), "0 !!TypeError: keywords must be strings");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(is)", 1, "x"), NULL, "ii|i:f", names, &a, &b, &c), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), value("{sisi}", "b", 1, "a", 2), "ii|i:f", names, &a, &b, &c), "1");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), NULL, "ii:f", positional, &a, &b), "1");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), value("{si}", "b", 2), "ii:f", positional, &a, &b), "0 !!TypeError: f() takes at least 1 positional argument (0 given)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), value("{si}", "k", 5), "i|$i:f", required, &a, &b), "1");
    CHECK_INT(b, "5");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(ii)", 1, 2), NULL, "i|$i:f", required, &a, &b), "0 !!TypeError: f() takes at most 1 positional argument (2 given)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), value("{si}", "kk", 5), "i|$i:f", required, &a, &b), "0 !!TypeError: f() got an unexpected keyword argument 'kk'. Did you mean 'k'?");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), NULL, "ii:f", few, &a, &b), "0 !!SystemError: more argument specifiers than keyword list entries (remaining format:'i:f')");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), NULL, "i:f", names, &a), "0 !!SystemError: More keyword list entries (3) than format specifiers (1)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("[]"), NULL, "i:f", few, &a), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), value("[]"), "|i:f", few, &a), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(PyArg_ValidateKeywordArguments(value("{si}", "a", 1)), "1");
    CHECK_INT(PyArg_ValidateKeywordArguments(value("{ii}", 1, 1)), "0 !!TypeError: keywords must be strings");
    CHECK_INT(PyArg_ValidateKeywordArguments(Py_None), "0 !!SystemError: bad argument to internal function");
}

/* Items of a sequence in parentheses; faults of the format; what is left in the caller's pointers. */
static int deprecated_is_error(void) {
    PyObject *warnings = keep(PyImport_ImportModule("warnings"));
    Py_XDECREF(PyObject_CallMethod(warnings, "simplefilter", "sO", "error", PyExc_DeprecationWarning));
    return 0;
}
TEST(nested) {
    int a = 0, b = 0; const char *s = NULL; PyObject *o = NULL; char *copy = NULL; Py_ssize_t n = 0;
    PyObject *list = value("([i])", 5), *two = value("([ii])", 1, 2), *array = one(keep(PyByteArray_FromStringAndSize("ab", 2)));
    CHECK_INT(PyArg_ParseTuple(list, "(i)", &a), "1");
    CHECK_INT(a, "5");
    CHECK_INT(PyArg_ParseTuple(two, "(i)", &a), "0 !!TypeError: argument 1 must be sequence of length 1, not 2");
    CHECK_INT(PyArg_ParseTuple(two, "(O)", &o), "0 !!TypeError: argument 1 must be tuple of length 1, not 2");
    CHECK_INT(PyArg_ParseTuple(value("((ii))", 1, 2), "(i)", &a), "0 !!TypeError: argument 1 must be tuple of length 1, not 2");
    CHECK_INT(PyArg_ParseTuple(array, "(ii)", &a, &b), "0 !!TypeError: argument 1 must be 2-item tuple, not bytearray");
    CHECK_INT(PyArg_ParseTuple(value("((i(is)))", 1, 2, "x"), "(i(ii))", &a, &b, &b), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PyArg_ParseTuple(value("((i(is)))", 1, 2, "x"), "(i(iY))", &a, &b, &o), "0 !!TypeError: argument 1, item 1, item 1 must be bytearray, not str");
    CHECK_INT(PyArg_Parse(value("(is)", 1, "x"), "(iY)", &a, &o), "0 !!TypeError: argument 2 must be bytearray, not str");
    CHECK_INT(PyArg_Parse(value("(i(is))", 1, 2, "x"), "(i(iY)):f", &a, &b, &o), "0 !!TypeError: f() argument 2, item 1 must be bytearray, not str");
    CHECK_INT(PyArg_Parse(value("i", 1), "i|", &a), "1");
    CHECK_INT(PyArg_Parse(value("i", 1), "|i", &a), "0 !!SystemError: old style getargs format uses new features");
    CHECK_INT(PyArg_Parse(NULL, "i:f", &a), "0 !!TypeError: f() takes at least one argument");
    CHECK_INT(PyArg_Parse(value("i", 1), ""), "0 !!TypeError: function takes no arguments");
    PyObject *nul = one(keep(PyUnicode_FromStringAndSize("a\0b", 3)));
    CHECK_INT(PyArg_ParseTuple(nul, "es", "utf-8", &copy), "0 !!TypeError: argument 1 must be encoded string without null bytes, not str");
    CHECK_INT(PyArg_ParseTuple(nul, "es;own message", "utf-8", &copy), "0 !!TypeError: own message");
    CHECK_INT(PyArg_ParseTuple(one(keep(PyBytes_FromStringAndSize("a\0b", 3))), "et:f", "utf-8", &copy), "0 !!TypeError: f() argument 1 must be encoded string without null bytes, not bytes");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "w", &s), "0 !!SystemError: argument 1 (invalid use of 'w' format character)");
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "w#", &s, &n), "0 !!SystemError: argument 1 (invalid use of 'w' format character)");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), value("{si}", "b", 1), "|wi", names, &s, &a), "0 !!SystemError: impossible<bad format char>: 'wi'");
    s = "unset";
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "y", &s), "0 !!TypeError: a bytes-like object is required, not 'int'");
    CHECK(s == NULL);
    s = "unset";
    CHECK_INT(PyArg_ParseTuple(value("(i)", 1), "z#", &s, &n), "0 !!TypeError: a bytes-like object is required, not 'int'");
    CHECK(s == NULL);
    PyObject *lone = value("{}");
    CHECK_INT(PyDict_SetItem(lone, keep(PyUnicode_FromOrdinal(0xdc80)), Py_None), "0");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("()"), lone, "|i:f", few, &a), "0 !!TypeError: <no str()>");
    deprecated_is_error();
    CHECK_INT(PyArg_ParseTuple(list, "(i)", &a), "1");
    CHECK_INT(PyArg_ParseTuple(list, "(O)", &o), "0 !!DeprecationWarning: argument must be 1-item tuple, not list");
    CHECK_INT(PyArg_ParseTuple(list, "(O&)", convert, &n), "1");
    CHECK_INT(PyArg_ParseTuple(value("(([s]))", "x"), "((s))", &s), "0 !!DeprecationWarning: argument must be 1-item tuple, not list");
    CHECK_INT(PyArg_ParseTuple(value("([s])", "x"), "(es)", "utf-8", &copy), "1");
    PyMem_Free(copy);
}

static PyObject *va(PyObject *arguments, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int ok = PyArg_VaParse(arguments, format, list);
    va_end(list);
    return PyLong_FromLong(ok);
}
TEST(va) {
    int a = 0; const char *s = NULL;
    CHECK_REPR(va(value("(is)", 4, "x"), "is", &a, &s), "1");
    CHECK(a == 4 && s && *s == 'x');
}
CHECK_MAIN()
