/* Functions of str that CPython keeps for itself and its own extension modules: encoders with byte orders, interning,
 * comparing, joining, identifiers, and what decodes the escapes of a literal. */
#include "check.h"

extern const char *_PyUnicode_AsUTF8NoNUL(PyObject *);
extern PyObject *_PyUnicode_AsUTF8String(PyObject *, const char *), *_PyUnicode_Copy(PyObject *);
extern PyObject *_PyUnicode_EncodeUTF16(PyObject *, const char *, int), *_PyUnicode_EncodeUTF32(PyObject *, const char *, int);
extern PyObject *_PyUnicode_DecodeUnicodeEscapeInternal2(const char *, Py_ssize_t, const char *, Py_ssize_t *, int *, const char **);
extern int _PyUnicode_CheckConsistency(PyObject *, int), _PyUnicode_Equal(PyObject *, PyObject *), _PyUnicode_EqualToASCIIString(PyObject *, const char *);
extern void _PyUnicode_ExactDealloc(PyObject *);
extern void _PyUnicode_InternImmortal(PyInterpreterState *, PyObject **), _PyUnicode_InternMortal(PyInterpreterState *, PyObject **);
extern void _PyUnicode_InternInPlace(PyInterpreterState *, PyObject **);
extern PyObject *_PyUnicode_JoinArray(PyObject *, PyObject *const *, Py_ssize_t), *_PyUnicode_TransformDecimalAndSpaceToASCII(PyObject *);
extern Py_ssize_t _PyUnicode_ScanIdentifier(PyObject *);

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }
/* Any code points, which UTF-8 in C source cannot say: surrogates. */
static PyObject *points(Py_ssize_t n, ...) {
    Py_UCS4 text[16];
    va_list arguments;
    va_start(arguments, n);
    for (Py_ssize_t i = 0; i < n; i++) text[i] = va_arg(arguments, unsigned);
    va_end(arguments);
    return keep(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, n));
}
/* An instance of a class derived from str. */
static PyObject *child(const char *text) { return keep(PyObject_CallOneArg(new_class("Child", (PyObject *)&PyUnicode_Type), str(text))); }

TEST(utf8) {
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(str("")), "");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(str("gr\xc3\xbc\xc3\x9f")), "grüß");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(child("abc")), "abc");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(points(3, 'a', 0, 'b')), "NULL !!ValueError: embedded null character");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(points(2, 0x20ac, 0)), "NULL !!ValueError: embedded null character");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(points(2, 'a', 0xd800)), "NULL !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(value("y", "abc")), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_STR_EQ(_PyUnicode_AsUTF8NoNUL(Py_None), "NULL !!TypeError: bad argument type for built-in operation");

    CHECK_REPR(_PyUnicode_AsUTF8String(str(""), NULL), "b''");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(4, 'a', 0xe9, 0x20ac, 0x1f40d), NULL), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), NULL), "!!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "strict"), "!!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "surrogatepass"), "b'a\\xed\\xa0\\x80b'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "surrogateescape"), "!!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xdc80, 'b'), "surrogateescape"), "b'a\\x80b'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "ignore"), "b'ab'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "replace"), "b'a?b'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "backslashreplace"), "b'a\\\\ud800b'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "xmlcharrefreplace"), "b'a&#55296;b'");
    CHECK_REPR(_PyUnicode_AsUTF8String(points(3, 'a', 0xd800, 'b'), "no such"), "!!LookupError: unknown error handler name 'no such'");
    CHECK_REPR(_PyUnicode_AsUTF8String(str("abc"), "no such"), "b'abc'");
    CHECK_REPR(_PyUnicode_AsUTF8String(value("i", 5), NULL), "!!TypeError: bad argument type for built-in operation");
}

TEST(utf16_and_utf32) {
    PyObject *text = points(3, 'a', 0x20ac, 0x1f40d), *lone = points(3, 'a', 0xdfff, 'b');
    CHECK_REPR(_PyUnicode_EncodeUTF16(text, NULL, 0), "b'\\xff\\xfea\\x00\\xac =\\xd8\\r\\xdc'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(text, NULL, -1), "b'a\\x00\\xac =\\xd8\\r\\xdc'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(text, NULL, 1), "b'\\x00a \\xac\\xd8=\\xdc\\r'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(text, NULL, 5), "b'\\x00a \\xac\\xd8=\\xdc\\r'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(str(""), NULL, 0), "b'\\xff\\xfe'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(str(""), NULL, 1), "b''");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, NULL, 1), "!!UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, NULL, 0), "!!UnicodeEncodeError: 'utf-16' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, NULL, -1), "!!UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "surrogatepass", 1), "b'\\x00a\\xdf\\xff\\x00b'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "ignore", -1), "b'a\\x00b\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "replace", 1), "b'\\x00a\\x00?\\x00b'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "backslashreplace", -1), "b'a\\x00\\\\\\x00u\\x00d\\x00f\\x00f\\x00f\\x00b\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "surrogateescape", -1), "!!UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF16(lone, "no such", -1), "!!LookupError: unknown error handler name 'no such'");
    CHECK_REPR(_PyUnicode_EncodeUTF16(value("y", "abc"), NULL, 0), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(_PyUnicode_EncodeUTF32(text, NULL, 0), "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00\\xac \\x00\\x00\\r\\xf4\\x01\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(text, NULL, -1), "b'a\\x00\\x00\\x00\\xac \\x00\\x00\\r\\xf4\\x01\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(text, NULL, 1), "b'\\x00\\x00\\x00a\\x00\\x00 \\xac\\x00\\x01\\xf4\\r'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(str(""), NULL, 0), "b'\\xff\\xfe\\x00\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(str(""), NULL, -1), "b''");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, NULL, 1), "!!UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, NULL, 0), "!!UnicodeEncodeError: 'utf-32' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, NULL, -1), "!!UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udfff' in position 1: surrogates not allowed");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, "surrogatepass", 1), "b'\\x00\\x00\\x00a\\x00\\x00\\xdf\\xff\\x00\\x00\\x00b'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, "ignore", -1), "b'a\\x00\\x00\\x00b\\x00\\x00\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, "replace", 1), "b'\\x00\\x00\\x00a\\x00\\x00\\x00?\\x00\\x00\\x00b'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, "xmlcharrefreplace", -1), "b'a\\x00\\x00\\x00&\\x00\\x00\\x00#\\x00\\x00\\x005\\x00\\x00\\x007\\x00\\x00\\x003\\x00\\x00\\x004\\x00\\x00\\x003\\x00\\x00\\x00;\\x00\\x00\\x00b\\x00\\x00\\x00'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(lone, "no such", -1), "!!LookupError: unknown error handler name 'no such'");
    CHECK_REPR(_PyUnicode_EncodeUTF32(Py_None, NULL, 0), "!!TypeError: bad argument type for built-in operation");
}

/* The text of an escape, how much was read ("all" without a place to say it), and the first escape that is none. */
static char told[512];
static const char *unescape(const char *text, const char *errors, int partly) {
    Py_ssize_t read = (Py_ssize_t)strlen(text);
    int wrong = -7;
    const char *at = NULL;
    PyObject *result = _PyUnicode_DecodeUnicodeEscapeInternal2(text, (Py_ssize_t)strlen(text), errors, partly ? &read : NULL, &wrong, &at);
    if (!result) return check_taken(told, sizeof told);
    PyObject *repr = PyObject_Repr(result);
    snprintf(told, sizeof told, "%s, read %zd, wrong %d at %zd", PyUnicode_AsUTF8(repr), read, wrong, at ? at - text : (Py_ssize_t)-1);
    Py_DECREF(repr);
    Py_DECREF(result);
    return told;
}
TEST(escapes) {
    CHECK_STR_EQ(unescape("", NULL, 0), "'', read 0, wrong -1 at -1");
    CHECK_STR_EQ(unescape("", NULL, 1), "'', read 0, wrong -1 at -1");
    CHECK_STR_EQ(unescape("abc", NULL, 0), "'abc', read 3, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\n\\t\\\\\\'\\\"\\a\\b\\f\\r\\v", NULL, 0), "'\\n\\t\\\\\\'\"\\x07\\x08\\x0c\\r\\x0b', read 20, wrong -1 at -1");
    CHECK_STR_EQ(unescape("a\\\nb", NULL, 0), "'ab', read 4, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\x41\\u20ac\\U0001f40d\\101\\7", NULL, 0), "'A€🐍A\\x07', read 26, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\N{SNAKE}", NULL, 0), "'🐍', read 9, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\xe9\\xe9", NULL, 0), "'éé', read 5, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\ud83d\\udc0d", NULL, 0), "'\\ud83d\\udc0d', read 12, wrong -1 at -1");
    CHECK_STR_EQ(unescape("ab\\qc\\z", NULL, 0), "'ab\\\\qc\\\\z', read 7, wrong 113 at 3");
    CHECK_STR_EQ(unescape("ab\\q", NULL, 1), "'ab\\\\q', read 4, wrong 113 at 3");
    CHECK_STR_EQ(unescape("\\400x\\777", NULL, 0), "'Āxǿ', read 9, wrong 256 at 1");
    CHECK_STR_EQ(unescape("\\377", NULL, 0), "'ÿ', read 4, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\q\\400", NULL, 0), "'\\\\qĀ', read 6, wrong 113 at 1");
    CHECK_STR_EQ(unescape("\\400\\q", NULL, 0), "'Ā\\\\q', read 6, wrong 256 at 1");
    CHECK_STR_EQ(unescape("ab\\", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode byte 0x5c in position 2: \\ at end of string");
    CHECK_STR_EQ(unescape("ab\\", NULL, 1), "'ab', read 2, wrong -1 at -1");
    CHECK_STR_EQ(unescape("ab\\x", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 2-3: truncated \\xXX escape");
    CHECK_STR_EQ(unescape("ab\\x4", NULL, 1), "'ab', read 2, wrong -1 at -1");
    CHECK_STR_EQ(unescape("ab\\x4g", NULL, 1), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 2-4: truncated \\xXX escape");
    CHECK_STR_EQ(unescape("\\u12", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape");
    CHECK_STR_EQ(unescape("\\u12", NULL, 1), "'', read 0, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\U00110000", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character");
    CHECK_STR_EQ(unescape("\\U0011", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-5: truncated \\UXXXXXXXX escape");
    CHECK_STR_EQ(unescape("\\N", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape");
    CHECK_STR_EQ(unescape("\\N{", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape");
    CHECK_STR_EQ(unescape("\\N{SNA", NULL, 1), "'', read 0, wrong -1 at -1");
    CHECK_STR_EQ(unescape("\\N{}", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape");
    CHECK_STR_EQ(unescape("\\N{no such}", NULL, 0), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-10: unknown Unicode character name");
    CHECK_STR_EQ(unescape("a\\xgb\\u1c", "replace", 0), "'a�gb�', read 9, wrong -1 at -1");
    CHECK_STR_EQ(unescape("a\\xgb\\u1c", "ignore", 0), "'agb', read 9, wrong -1 at -1");
    CHECK_STR_EQ(unescape("a\\xgb", "no such", 0), "!!LookupError: unknown error handler name 'no such'");
    CHECK_STR_EQ(unescape("abc", "no such", 0), "'abc', read 3, wrong -1 at -1");
}

TEST(consistency) {
    CHECK_INT(_PyUnicode_CheckConsistency(str(""), 1), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(str("abc"), 1), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(str("\xc3\xa9"), 1), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(points(1, 0x20ac), 1), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(points(1, 0x10ffff), 1), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(points(1, 0xd800), 0), "1");
    CHECK_INT(_PyUnicode_CheckConsistency(child("abc"), 1), "1");
    /* Room for more than what is in it. */
    PyObject *wide = keep(PyUnicode_New(3, 0x20ac));
    for (int i = 0; i < 3; i++) PyUnicode_WRITE(PyUnicode_2BYTE_KIND, PyUnicode_DATA(wide), i, 'a');
    CHECK_INT(_PyUnicode_CheckConsistency(wide, 0), "1");
    CHECK_FATAL(_PyUnicode_CheckConsistency(wide, 1), "Fatal Python error: _PyObject_AssertFailed");
    CHECK_FATAL(_PyUnicode_CheckConsistency(value("i", 5000), 0), "Fatal Python error: _PyObject_AssertFailed");
}

TEST(copies) {
    PyObject *text = points(2, 'a', 0x20ac), *copy = _PyUnicode_Copy(text);
    CHECK(copy != text);
    CHECK_REPR(copy, "'a€'");
    copy = _PyUnicode_Copy(child("abc"));
    CHECK(copy && PyUnicode_CheckExact(copy));
    CHECK_REPR(copy, "'abc'");
    CHECK_REPR(_PyUnicode_Copy(str("")), "''");
    CHECK_REPR(_PyUnicode_Copy(points(1, 0x1f40d)), "'🐍'");
    CHECK_REPR(_PyUnicode_Copy(value("y", "abc")), "!!SystemError: bad argument to internal function");
    CHECK_REPR(_PyUnicode_Copy(Py_None), "!!SystemError: bad argument to internal function");
}

TEST(equal) {
    CHECK_INT(_PyUnicode_Equal(str("abc"), str("abc")), "1");
    CHECK_INT(_PyUnicode_Equal(str("abc"), str("abd")), "0");
    CHECK_INT(_PyUnicode_Equal(str("abc"), str("ab")), "0");
    CHECK_INT(_PyUnicode_Equal(str(""), str("")), "1");
    CHECK_INT(_PyUnicode_Equal(points(1, 0xe9), points(1, 0x20ac)), "0");
    CHECK_INT(_PyUnicode_Equal(points(2, 'a', 0), points(2, 'a', 0)), "1");
    CHECK_INT(_PyUnicode_Equal(points(2, 'a', 0), points(2, 'a', 1)), "0");
    CHECK_INT(_PyUnicode_Equal(child("abc"), str("abc")), "1");
    CHECK_INT(_PyUnicode_EqualToASCIIString(str("abc"), "abc"), "1");
    CHECK_INT(_PyUnicode_EqualToASCIIString(str("abc"), "abcd"), "0");
    CHECK_INT(_PyUnicode_EqualToASCIIString(str("abcd"), "abc"), "0");
    CHECK_INT(_PyUnicode_EqualToASCIIString(str("abc"), "abd"), "0");
    CHECK_INT(_PyUnicode_EqualToASCIIString(str(""), ""), "1");
    CHECK_INT(_PyUnicode_EqualToASCIIString(points(3, 'a', 0, 'b'), "a"), "0");
    CHECK_INT(_PyUnicode_EqualToASCIIString(points(1, 0xe9), "e"), "0");
    CHECK_INT(_PyUnicode_EqualToASCIIString(child("abc"), "abc"), "1");
}

TEST(interning) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    PyObject *first = PyUnicode_FromString("interned by its own name"), *second = PyUnicode_FromString("interned by its own name");
    _PyUnicode_InternMortal(interp, &first);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "1");
    _PyUnicode_InternMortal(interp, &second);
    CHECK(first == second);
    CHECK_INT(Py_REFCNT(first), "2");
    Py_DECREF(second);
    second = PyUnicode_FromString("interned by its own name");
    _PyUnicode_InternImmortal(interp, &second);
    CHECK(first == second);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "2");
    CHECK_INT(PyUnstable_IsImmortal(first), "1");
    /* Immortal at once, and for those that come later. "In place" is the old name for immortal. */
    first = PyUnicode_FromString("immortal by its own name");
    _PyUnicode_InternImmortal(interp, &first);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "2");
    second = PyUnicode_FromString("immortal by its own name");
    _PyUnicode_InternMortal(interp, &second);
    CHECK(first == second);
    first = PyUnicode_FromString("immortal in its own place");
    _PyUnicode_InternInPlace(interp, &first);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "2");
    CHECK_INT(PyUnstable_IsImmortal(first), "1");
    /* One character, and the empty text. */
    first = points(1, 'x');
    second = first;
    _PyUnicode_InternMortal(interp, &first);
    CHECK(first == second);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "3");
    first = PyUnicode_New(0, 0);
    _PyUnicode_InternImmortal(interp, &first);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "3");
    /* What is no exact str stays as it is. */
    first = second = child("interned by its own name");
    _PyUnicode_InternMortal(interp, &first);
    _PyUnicode_InternInPlace(interp, &first);
    _PyUnicode_InternImmortal(interp, &first);
    CHECK(first == second);
    CHECK_INT(PyUnicode_CHECK_INTERNED(first), "0");
    first = second = value("[]");
    _PyUnicode_InternMortal(interp, &first);
    _PyUnicode_InternInPlace(interp, &first);
    _PyUnicode_InternImmortal(interp, &first);
    CHECK(first == second);
    first = NULL;
    _PyUnicode_InternMortal(interp, &first);
    _PyUnicode_InternInPlace(interp, &first);
    _PyUnicode_InternImmortal(interp, &first);
    CHECK(first == NULL);
}

TEST(dealloc) {
    PyObject *compact = PyUnicode_FromString("some text"), *wide = PyUnicode_FromString("\xe2\x82\xac uro");
    PyUnicode_AsUTF8(wide); /* which the str keeps */
    Py_SET_REFCNT(compact, 0);
    _PyUnicode_ExactDealloc(compact);
    Py_SET_REFCNT(wide, 0);
    _PyUnicode_ExactDealloc(wide);
    PyObject *interned = PyUnicode_InternFromString("some name of the test");
    Py_SET_REFCNT(interned, 0);
    _PyUnicode_ExactDealloc(interned);
    interned = PyUnicode_InternFromString("some name of the test");
    CHECK_INT(Py_REFCNT(interned), "1");
    CHECK_REPR(interned, "'some name of the test'");
}

TEST(join_array) {
    PyObject *items[] = {str("a"), points(1, 0x20ac), str("c")}, *same[] = {str("alone")}, *subclass[] = {child("alone")};
    PyObject *wrong[] = {str("a"), value("i", 5), Py_None};
    CHECK_REPR(_PyUnicode_JoinArray(str(", "), items, 3), "'a, €, c'");
    CHECK_REPR(_PyUnicode_JoinArray(str(""), items, 3), "'a€c'");
    CHECK_REPR(_PyUnicode_JoinArray(points(1, 0x1f40d), items, 2), "'a🐍€'");
    CHECK_REPR(_PyUnicode_JoinArray(NULL, items, 3), "'a € c'");
    CHECK_REPR(_PyUnicode_JoinArray(str(","), items, 0), "''");
    CHECK_REPR(_PyUnicode_JoinArray(str(","), NULL, 0), "''");
    PyObject *joined = _PyUnicode_JoinArray(str(","), same, 1);
    CHECK(joined == same[0]);
    CHECK_REPR(joined, "'alone'");
    joined = _PyUnicode_JoinArray(str(","), subclass, 1);
    CHECK(joined && PyUnicode_CheckExact(joined));
    CHECK_REPR(joined, "'alone'");
    CHECK_REPR(_PyUnicode_JoinArray(str(","), wrong, 3), "!!TypeError: sequence item 1: expected str instance, int found");
    CHECK_REPR(_PyUnicode_JoinArray(str(","), wrong + 2, 1), "!!TypeError: sequence item 0: expected str instance, NoneType found");
    CHECK_REPR(_PyUnicode_JoinArray(value("i", 5), items, 3), "!!TypeError: separator: expected str instance, int found");
    CHECK_REPR(_PyUnicode_JoinArray(value("i", 5), items, 1), "'a'");
    CHECK_REPR(_PyUnicode_JoinArray(value("i", 5), items, 0), "''");
}

TEST(identifiers_and_digits) {
    CHECK_INT(_PyUnicode_ScanIdentifier(str("")), "0");
    CHECK_INT(_PyUnicode_ScanIdentifier(str("name_1")), "6");
    CHECK_INT(_PyUnicode_ScanIdentifier(str("1name")), "0");
    CHECK_INT(_PyUnicode_ScanIdentifier(str("name of it")), "4");
    CHECK_INT(_PyUnicode_ScanIdentifier(str("gr\xc3\xb6\xc3\x9f""e-x")), "5");
    CHECK_INT(_PyUnicode_ScanIdentifier(points(3, 'a', 0x1f40d, 'b')), "1");
    CHECK_INT(_PyUnicode_ScanIdentifier(points(3, 'a', 0x1d7ce, ' ')), "2");
    CHECK_INT(_PyUnicode_ScanIdentifier(child("abc d")), "3");
    PyObject *ascii = str("12 a"), *same = _PyUnicode_TransformDecimalAndSpaceToASCII(ascii);
    CHECK(same == ascii);
    CHECK_REPR(same, "'12 a'");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(points(4, 0x0661, 0x2003, 0x1d7d2, '.')), "'1 4.'");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(points(4, 0x0661, 0x20ac, 0x0662, ' ')), "'1?'");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(points(2, 0xb2, 0xa0)), "'?'");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(str("")), "''");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(child("12")), "'12'");
    CHECK_REPR(_PyUnicode_TransformDecimalAndSpaceToASCII(value("y", "12")), "!!SystemError: bad argument to internal function");
}
CHECK_MAIN()
