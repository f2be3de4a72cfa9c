/* PyBytes_DecodeEscape: every escape, every way to fail. */
#include "check.h"

static PyObject *decode(const char *text, const char *errors) { return PyBytes_DecodeEscape(text, (Py_ssize_t)strlen(text), errors, 0, NULL); }

TEST(escapes) {
    CHECK_REPR(decode("", NULL), "b''");
    CHECK_REPR(decode("plain \xff text", NULL), "b'plain \\xff text'");
    CHECK_REPR(decode("\\\\ \\' \\\" \\b\\f\\t\\n\\r\\v\\a", NULL), "b'\\\\ \\' \" \\x08\\x0c\\t\\n\\r\\x0b\\x07'");
    CHECK_REPR(decode("a\\\nb", NULL), "b'ab'");
    CHECK_REPR(decode("\\0 \\7 \\08 \\101 \\1012 \\377 \\1x", NULL), "b'\\x00 \\x07 \\x008 A A2 \\xff \\x01x'");
    CHECK_REPR(decode("\\x00\\x7F\\xfF\\xa", "ignore"), "b'\\x00\\x7f\\xff'");
    CHECK_REPR(PyBytes_DecodeEscape("ab\\n", 2, NULL, 7, "latin-1"), "b'ab'");
    CHECK_REPR(PyBytes_DecodeEscape("ab", PY_SSIZE_T_MAX, NULL, 0, NULL), "!!OverflowError: byte string is too large");
}

TEST(errors) {
    CHECK_REPR(decode("abc\\", NULL), "!!ValueError: Trailing \\ in string");
    CHECK_REPR(decode("abc\\x", NULL), "!!ValueError: invalid \\x escape at position 3");
    CHECK_REPR(decode("abc\\x1", "strict"), "!!ValueError: invalid \\x escape at position 3");
    CHECK_REPR(decode("abc\\xg1", "replace"), "b'abc?g1'");
    CHECK_REPR(decode("abc\\x1gdef", "replace"), "b'abc?gdef'");
    CHECK_REPR(decode("abc\\xgdef", "ignore"), "b'abcgdef'");
    CHECK_REPR(decode("abc\\x1", "ignore"), "b'abc'");
    CHECK_REPR(decode("abc\\xx", "custom"), "!!ValueError: decoding error; unknown error handling code: custom");
}

/* Whatever is warned of is raised, or ignored. */
static void filter(const char *action) {
    PyObject *warnings = PyImport_AddModule("warnings"), *all = value("[(sOOOi)]", action, Py_None, PyExc_Warning, Py_None, 0);
    CHECK_INT(PyObject_SetAttrString(warnings, "filters", all), "0");
}

/* An escape without a meaning stays, and is warned of. */
TEST(invalid) {
    filter("error");
    CHECK_REPR(decode("\\z", NULL), "!!DeprecationWarning: b\"\\z\" is an invalid escape sequence. Such sequences will not work in the future. ");
    CHECK_REPR(decode("\\501", NULL), "!!DeprecationWarning: b\"\\501\" is an invalid octal escape sequence. Such sequences will not work in the future. ");
    CHECK_REPR(decode("\\ \\%", NULL), "!!DeprecationWarning: b\"\\ \" is an invalid escape sequence. Such sequences will not work in the future. ");
    filter("ignore");
    CHECK_REPR(decode("\\z\\%\\8", NULL), "b'\\\\z\\\\%\\\\8'");
    CHECK_REPR(decode("\\400\\777", NULL), "b'\\x00\\xff'");
}
CHECK_MAIN()
