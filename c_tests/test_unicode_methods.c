/* The methods and operators of str. */
#include "unicode_methods.h"

static PyObject *big(void) { return keep(PyLong_FromString("123456789012345678901234567890", NULL, 10)); }
static PyObject *sliced(long start, long stop, long step) {
    return keep(PySlice_New(value("l", start), value("l", stop), value("l", step)));
}
static PyObject *make(PyObject *kwargs, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *args = keep(Py_VaBuildValue(format, arguments));
    va_end(arguments);
    return PyObject_Call((PyObject *)&PyUnicode_Type, args, kwargs);
}

TEST(find_and_count) {
    CHECK_REPR(call("abcabcb", "find", "(s)", "b"), "1");
    CHECK_REPR(call("abcabcb", "find", "(s)", ""), "0");
    CHECK_REPR(call("abcabcb", "find", "(s)", "zz"), "-1");
    CHECK_REPR(call("abcabcb", "find", "(si)", "b", 2), "4");
    CHECK_REPR(call("abcabcb", "find", "(sii)", "b", -4, -1), "4");
    CHECK_REPR(call("abcabcb", "find", "(sOO)", "a", Py_None, Py_None), "0");
    CHECK_REPR(call("abcabcb", "find", "(sii)", "", 3, 3), "3");
    CHECK_REPR(call("abcabcb", "find", "(sii)", "", 9, 10), "-1");
    CHECK_REPR(call("abcabcb", "find", "(i)", 1), "!!TypeError: find() argument 1 must be str, not int");
    CHECK_REPR(call("abcabcb", "find", "()"), "!!TypeError: find expected at least 1 argument, got 0");
    CHECK_REPR(call("abcabcb", "find", "(siii)", "b", 1, 2, 3), "!!TypeError: find expected at most 3 arguments, got 4");
    CHECK_REPR(call("abcabcb", "find", "(sd)", "b", 1.5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(call("abcabcb", "find", "(sL)", "b", 1LL << 40), "-1");
    CHECK_REPR(call("abcabcb", "find", "(s)", "\xe2\x82\xac"), "-1");
    CHECK_REPR(call("abcabcb", "rfind", "(s)", "b"), "6");
    CHECK_REPR(call("abcabcb", "rfind", "(s)", ""), "7");
    CHECK_REPR(call("abcabcb", "rfind", "(s)", "zz"), "-1");
    CHECK_REPR(call("abcabcb", "rfind", "(si)", "b", 2), "6");
    CHECK_REPR(call("abcabcb", "rfind", "(sii)", "b", -4, -1), "4");
    CHECK_REPR(call("abcabcb", "rfind", "(sOO)", "a", Py_None, Py_None), "3");
    CHECK_REPR(call("abcabcb", "rfind", "(sii)", "", 3, 3), "3");
    CHECK_REPR(call("abcabcb", "rfind", "(sii)", "", 9, 10), "-1");
    CHECK_REPR(call("abcabcb", "rfind", "(i)", 1), "!!TypeError: rfind() argument 1 must be str, not int");
    CHECK_REPR(call("abcabcb", "rfind", "()"), "!!TypeError: rfind expected at least 1 argument, got 0");
    CHECK_REPR(call("abcabcb", "rfind", "(siii)", "b", 1, 2, 3), "!!TypeError: rfind expected at most 3 arguments, got 4");
    CHECK_REPR(call("abcabcb", "rfind", "(sd)", "b", 1.5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(call("abcabcb", "rfind", "(sL)", "b", 1LL << 40), "-1");
    CHECK_REPR(call("abcabcb", "rfind", "(s)", "\xe2\x82\xac"), "-1");
    CHECK_REPR(call("abcabcb", "index", "(s)", "b"), "1");
    CHECK_REPR(call("abcabcb", "index", "(s)", ""), "0");
    CHECK_REPR(call("abcabcb", "index", "(s)", "zz"), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "index", "(si)", "b", 2), "4");
    CHECK_REPR(call("abcabcb", "index", "(sii)", "b", -4, -1), "4");
    CHECK_REPR(call("abcabcb", "index", "(sOO)", "a", Py_None, Py_None), "0");
    CHECK_REPR(call("abcabcb", "index", "(sii)", "", 3, 3), "3");
    CHECK_REPR(call("abcabcb", "index", "(sii)", "", 9, 10), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "index", "(i)", 1), "!!TypeError: index() argument 1 must be str, not int");
    CHECK_REPR(call("abcabcb", "index", "()"), "!!TypeError: index expected at least 1 argument, got 0");
    CHECK_REPR(call("abcabcb", "index", "(siii)", "b", 1, 2, 3), "!!TypeError: index expected at most 3 arguments, got 4");
    CHECK_REPR(call("abcabcb", "index", "(sd)", "b", 1.5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(call("abcabcb", "index", "(sL)", "b", 1LL << 40), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "index", "(s)", "\xe2\x82\xac"), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "rindex", "(s)", "b"), "6");
    CHECK_REPR(call("abcabcb", "rindex", "(s)", ""), "7");
    CHECK_REPR(call("abcabcb", "rindex", "(s)", "zz"), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "rindex", "(si)", "b", 2), "6");
    CHECK_REPR(call("abcabcb", "rindex", "(sii)", "b", -4, -1), "4");
    CHECK_REPR(call("abcabcb", "rindex", "(sOO)", "a", Py_None, Py_None), "3");
    CHECK_REPR(call("abcabcb", "rindex", "(sii)", "", 3, 3), "3");
    CHECK_REPR(call("abcabcb", "rindex", "(sii)", "", 9, 10), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "rindex", "(i)", 1), "!!TypeError: rindex() argument 1 must be str, not int");
    CHECK_REPR(call("abcabcb", "rindex", "()"), "!!TypeError: rindex expected at least 1 argument, got 0");
    CHECK_REPR(call("abcabcb", "rindex", "(siii)", "b", 1, 2, 3), "!!TypeError: rindex expected at most 3 arguments, got 4");
    CHECK_REPR(call("abcabcb", "rindex", "(sd)", "b", 1.5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(call("abcabcb", "rindex", "(sL)", "b", 1LL << 40), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "rindex", "(s)", "\xe2\x82\xac"), "!!ValueError: substring not found");
    CHECK_REPR(call("abcabcb", "count", "(s)", "b"), "3");
    CHECK_REPR(call("abcabcb", "count", "(s)", ""), "8");
    CHECK_REPR(call("abcabcb", "count", "(s)", "zz"), "0");
    CHECK_REPR(call("abcabcb", "count", "(si)", "b", 2), "2");
    CHECK_REPR(call("abcabcb", "count", "(sii)", "b", -4, -1), "1");
    CHECK_REPR(call("abcabcb", "count", "(sOO)", "a", Py_None, Py_None), "2");
    CHECK_REPR(call("abcabcb", "count", "(sii)", "", 3, 3), "1");
    CHECK_REPR(call("abcabcb", "count", "(sii)", "", 9, 10), "0");
    CHECK_REPR(call("abcabcb", "count", "(i)", 1), "!!TypeError: count() argument 1 must be str, not int");
    CHECK_REPR(call("abcabcb", "count", "()"), "!!TypeError: count expected at least 1 argument, got 0");
    CHECK_REPR(call("abcabcb", "count", "(siii)", "b", 1, 2, 3), "!!TypeError: count expected at most 3 arguments, got 4");
    CHECK_REPR(call("abcabcb", "count", "(sd)", "b", 1.5), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(call("abcabcb", "count", "(sL)", "b", 1LL << 40), "0");
    CHECK_REPR(call("abcabcb", "count", "(s)", "\xe2\x82\xac"), "0");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "find", "(s)", "a"), "1");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "rfind", "(s)", "a"), "1");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "count", "(s)", "a"), "1");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "find", "(s)", "\xe2\x82\xac"), "0");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "rfind", "(s)", "\xe2\x82\xac"), "2");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "count", "(s)", "\xe2\x82\xac"), "2");
    CHECK_REPR(call("x\xf0\x9f\x90\x8dy\xf0\x9f\x90\x8d", "find", "(s)", "\xf0\x9f\x90\x8d"), "1");
    CHECK_REPR(call("x\xf0\x9f\x90\x8dy\xf0\x9f\x90\x8d", "rfind", "(s)", "\xf0\x9f\x90\x8d"), "3");
    CHECK_REPR(call("x\xf0\x9f\x90\x8dy\xf0\x9f\x90\x8d", "count", "(s)", "\xf0\x9f\x90\x8d"), "2");
    CHECK_REPR(call("aaaa", "find", "(s)", "aa"), "0");
    CHECK_REPR(call("aaaa", "rfind", "(s)", "aa"), "2");
    CHECK_REPR(call("aaaa", "count", "(s)", "aa"), "2");
    CHECK_REPR(call("\xc3\xa9t\xc3\xa9", "find", "(s)", "\xc3\xa9"), "0");
    CHECK_REPR(call("\xc3\xa9t\xc3\xa9", "rfind", "(s)", "\xc3\xa9"), "2");
    CHECK_REPR(call("\xc3\xa9t\xc3\xa9", "count", "(s)", "\xc3\xa9"), "2");
    CHECK_REPR(call("aaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabc", "find", "(s)", "abc"), "75");
    CHECK_REPR(call("aaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabaaaaaaaaaabc", "count", "(s)", "ab"), "7");
}

TEST(ends) {
    CHECK_REPR(call("abc", "startswith", "(s)", "ab"), "True");
    CHECK_REPR(call("abc", "startswith", "(s)", "bc"), "False");
    CHECK_REPR(call("abc", "startswith", "(s)", ""), "True");
    CHECK_REPR(call("abc", "startswith", "((ss))", "x", "ab"), "True");
    CHECK_REPR(call("abc", "startswith", "((ss))", "x", "bc"), "False");
    CHECK_REPR(call("abc", "startswith", "(())"), "False");
    CHECK_REPR(call("abc", "startswith", "((si))", "zz", 1), "!!TypeError: tuple for startswith must only contain str, not int");
    CHECK_REPR(call("abc", "startswith", "((si))", "ab", 1), "True");
    CHECK_REPR(call("abc", "startswith", "(i)", 1), "!!TypeError: startswith first arg must be str or a tuple of str, not int");
    CHECK_REPR(call("abc", "startswith", "(si)", "b", 1), "True");
    CHECK_REPR(call("abc", "startswith", "(sii)", "b", 1, 2), "True");
    CHECK_REPR(call("abc", "startswith", "(sii)", "", 5, 6), "False");
    CHECK_REPR(call("abc", "startswith", "(sOO)", "abc", Py_None, Py_None), "True");
    CHECK_REPR(call("abc", "startswith", "()"), "!!TypeError: startswith expected at least 1 argument, got 0");
    CHECK_REPR(call("abc", "startswith", "(s)", "\xe2\x82\xac"), "False");
    CHECK_REPR(call("abc", "endswith", "(s)", "ab"), "False");
    CHECK_REPR(call("abc", "endswith", "(s)", "bc"), "True");
    CHECK_REPR(call("abc", "endswith", "(s)", ""), "True");
    CHECK_REPR(call("abc", "endswith", "((ss))", "x", "ab"), "False");
    CHECK_REPR(call("abc", "endswith", "((ss))", "x", "bc"), "True");
    CHECK_REPR(call("abc", "endswith", "(())"), "False");
    CHECK_REPR(call("abc", "endswith", "((si))", "zz", 1), "!!TypeError: tuple for endswith must only contain str, not int");
    CHECK_REPR(call("abc", "endswith", "((si))", "ab", 1), "!!TypeError: tuple for endswith must only contain str, not int");
    CHECK_REPR(call("abc", "endswith", "(i)", 1), "!!TypeError: endswith first arg must be str or a tuple of str, not int");
    CHECK_REPR(call("abc", "endswith", "(si)", "b", 1), "False");
    CHECK_REPR(call("abc", "endswith", "(sii)", "b", 1, 2), "True");
    CHECK_REPR(call("abc", "endswith", "(sii)", "", 5, 6), "False");
    CHECK_REPR(call("abc", "endswith", "(sOO)", "abc", Py_None, Py_None), "True");
    CHECK_REPR(call("abc", "endswith", "()"), "!!TypeError: endswith expected at least 1 argument, got 0");
    CHECK_REPR(call("abc", "endswith", "(s)", "\xe2\x82\xac"), "False");
    CHECK_REPR(call("abc", "removeprefix", "(s)", "ab"), "'c'");
    CHECK_REPR(call("abc", "removeprefix", "(s)", "bc"), "'abc'");
    CHECK_REPR(call("abc", "removeprefix", "(s)", ""), "'abc'");
    CHECK_REPR(call("abc", "removeprefix", "(s)", "abc"), "''");
    CHECK_REPR(call("abc", "removeprefix", "(i)", 1), "!!TypeError: removeprefix() argument must be str, not int");
    CHECK_REPR(call("abc", "removeprefix", "()"), "!!TypeError: str.removeprefix() takes exactly one argument (0 given)");
    CHECK_REPR(call("abc", "removesuffix", "(s)", "ab"), "'abc'");
    CHECK_REPR(call("abc", "removesuffix", "(s)", "bc"), "'a'");
    CHECK_REPR(call("abc", "removesuffix", "(s)", ""), "'abc'");
    CHECK_REPR(call("abc", "removesuffix", "(s)", "abc"), "''");
    CHECK_REPR(call("abc", "removesuffix", "(i)", 1), "!!TypeError: removesuffix() argument must be str, not int");
    CHECK_REPR(call("abc", "removesuffix", "()"), "!!TypeError: str.removesuffix() takes exactly one argument (0 given)");
}

TEST(strip_) {
    CHECK_REPR(call("  xyx \t\n", "strip", "()"), "'xyx'");
    CHECK_REPR(call("  xyx \t\n", "strip", "(O)", Py_None), "'xyx'");
    CHECK_REPR(call("  xyx \t\n", "strip", "(s)", " x"), "'yx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "strip", "(s)", ""), "'  xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "strip", "(i)", 1), "!!TypeError: strip arg must be None or str");
    CHECK_REPR(call("  xyx \t\n", "strip", "(ss)", "a", "b"), "!!TypeError: strip expected at most 1 argument, got 2");
    CHECK_REPR(call("\xe3\x80\x80" "a\xc2\xa0", "strip", "()"), "'a'");
    CHECK_REPR(call("   ", "strip", "()"), "''");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "()"), "'xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "(O)", Py_None), "'xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "(s)", " x"), "'yx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "(s)", ""), "'  xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "(i)", 1), "!!TypeError: lstrip arg must be None or str");
    CHECK_REPR(call("  xyx \t\n", "lstrip", "(ss)", "a", "b"), "!!TypeError: lstrip expected at most 1 argument, got 2");
    CHECK_REPR(call("\xe3\x80\x80" "a\xc2\xa0", "lstrip", "()"), "'a\\xa0'");
    CHECK_REPR(call("   ", "lstrip", "()"), "''");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "()"), "'  xyx'");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "(O)", Py_None), "'  xyx'");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "(s)", " x"), "'  xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "(s)", ""), "'  xyx \\t\\n'");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "(i)", 1), "!!TypeError: rstrip arg must be None or str");
    CHECK_REPR(call("  xyx \t\n", "rstrip", "(ss)", "a", "b"), "!!TypeError: rstrip expected at most 1 argument, got 2");
    CHECK_REPR(call("\xe3\x80\x80" "a\xc2\xa0", "rstrip", "()"), "'\\u3000a'");
    CHECK_REPR(call("   ", "rstrip", "()"), "''");
}

TEST(splitting) {
    CHECK_REPR(call(" a,b  c, d ", "split", "()"), "['a,b', 'c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(O)", Py_None), "['a,b', 'c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(Oi)", Py_None, 1), "['a,b', 'c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(Oi)", Py_None, 0), "['a,b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(Oi)", Py_None, 2), "['a,b', 'c,', 'd ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(s)", ","), "[' a', 'b  c', ' d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(si)", ",", 1), "[' a', 'b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(si)", ",", 0), "[' a,b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(si)", ",", -1), "[' a', 'b  c', ' d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(s)", ""), "!!ValueError: empty separator");
    CHECK_REPR(call(" a,b  c, d ", "split", "(i)", 1), "!!TypeError: must be str or None, not int");
    CHECK_REPR(call(" a,b  c, d ", "split", "(s)", "b,"), "[' a,b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "split", "(ss)", ",", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call(" a,b  c, d ", "split", "(sO)", ",", big()), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(call(" a,b  c, d ", "split", "(sii)", ",", 1, 2), "!!TypeError: split() takes at most 2 arguments (3 given)");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "split"), value("()"), value("{si}", "maxsplit", 1)), "['a', 'b c']");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "split"), value("()"), value("{ss}", "sep", "b")), "['a ', ' c']");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "split"), value("()"), value("{si}", "x", 1)), "!!TypeError: split() got an unexpected keyword argument 'x'");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "split"), value("(s)", "b"), value("{ss}", "sep", "b")), "!!TypeError: argument for split() given by name ('sep') and position (1)");
    CHECK_REPR(call("", "split", "()"), "[]");
    CHECK_REPR(call("", "split", "(s)", ","), "['']");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "split", "(s)", "\xe2\x82\xac"), "['', 'a', '']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "()"), "['a,b', 'c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(O)", Py_None), "['a,b', 'c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(Oi)", Py_None, 1), "[' a,b  c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(Oi)", Py_None, 0), "[' a,b  c, d']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(Oi)", Py_None, 2), "[' a,b', 'c,', 'd']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(s)", ","), "[' a', 'b  c', ' d ']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(si)", ",", 1), "[' a,b  c', ' d ']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(si)", ",", 0), "[' a,b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(si)", ",", -1), "[' a', 'b  c', ' d ']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(s)", ""), "!!ValueError: empty separator");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(i)", 1), "!!TypeError: must be str or None, not int");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(s)", "b,"), "[' a,b  c, d ']");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(ss)", ",", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(sO)", ",", big()), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(call(" a,b  c, d ", "rsplit", "(sii)", ",", 1, 2), "!!TypeError: rsplit() takes at most 2 arguments (3 given)");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "rsplit"), value("()"), value("{si}", "maxsplit", 1)), "['a b', 'c']");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "rsplit"), value("()"), value("{ss}", "sep", "b")), "['a ', ' c']");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "rsplit"), value("()"), value("{si}", "x", 1)), "!!TypeError: rsplit() got an unexpected keyword argument 'x'");
    CHECK_REPR(PyObject_Call(attr(str("a b c"), "rsplit"), value("(s)", "b"), value("{ss}", "sep", "b")), "!!TypeError: argument for rsplit() given by name ('sep') and position (1)");
    CHECK_REPR(call("", "rsplit", "()"), "[]");
    CHECK_REPR(call("", "rsplit", "(s)", ","), "['']");
    CHECK_REPR(call("\xe2\x82\xac" "a\xe2\x82\xac", "rsplit", "(s)", "\xe2\x82\xac"), "['', 'a', '']");
    CHECK_REPR(call("a\nb\r\nc\rd\n\n\xe2\x80\xa8" "e\x0c" "f\x1cg", "splitlines", "()"), "['a', 'b', 'c', 'd', '', '', 'e', 'f', 'g']");
    CHECK_REPR(call("a\nb\r\nc\rd\n\n\xe2\x80\xa8" "e\x0c" "f\x1cg", "splitlines", "(i)", 1), "['a\\n', 'b\\r\\n', 'c\\r', 'd\\n', '\\n', '\\u2028', 'e\\x0c', 'f\\x1c', 'g']");
    CHECK_REPR(call("a\nb\r\nc\rd\n\n\xe2\x80\xa8" "e\x0c" "f\x1cg", "splitlines", "(O)", Py_True), "['a\\n', 'b\\r\\n', 'c\\r', 'd\\n', '\\n', '\\u2028', 'e\\x0c', 'f\\x1c', 'g']");
    CHECK_REPR(call("a\nb\r\nc\rd\n\n\xe2\x80\xa8" "e\x0c" "f\x1cg", "splitlines", "(s)", ""), "['a', 'b', 'c', 'd', '', '', 'e', 'f', 'g']");
    CHECK_REPR(call("a\nb\r\nc\rd\n\n\xe2\x80\xa8" "e\x0c" "f\x1cg", "splitlines", "(ii)", 1, 2), "!!TypeError: splitlines() takes at most 1 argument (2 given)");
    CHECK_REPR(PyObject_Call(attr(str("a\nb"), "splitlines"), value("()"), value("{si}", "keepends", 1)), "['a\\n', 'b']");
    CHECK_REPR(call("", "splitlines", "()"), "[]");
    CHECK_REPR(call("\n", "splitlines", "()"), "['']");
    CHECK_REPR(call("abcbd", "partition", "(s)", "b"), "('a', 'b', 'cbd')");
    CHECK_REPR(call("abcbd", "partition", "(s)", "x"), "('abcbd', '', '')");
    CHECK_REPR(call("abcbd", "partition", "(s)", ""), "!!ValueError: empty separator");
    CHECK_REPR(call("abcbd", "partition", "(i)", 1), "!!TypeError: must be str, not int");
    CHECK_REPR(call("abcbd", "partition", "()"), "!!TypeError: str.partition() takes exactly one argument (0 given)");
    CHECK_REPR(call("abcbd", "rpartition", "(s)", "b"), "('abc', 'b', 'd')");
    CHECK_REPR(call("abcbd", "rpartition", "(s)", "x"), "('', '', 'abcbd')");
    CHECK_REPR(call("abcbd", "rpartition", "(s)", ""), "!!ValueError: empty separator");
    CHECK_REPR(call("abcbd", "rpartition", "(i)", 1), "!!TypeError: must be str, not int");
    CHECK_REPR(call("abcbd", "rpartition", "()"), "!!TypeError: str.rpartition() takes exactly one argument (0 given)");
}

TEST(replacing) {
    CHECK_REPR(call("abcb", "replace", "(ss)", "b", "xy"), "'axycxy'");
    CHECK_REPR(call("abcb", "replace", "(ss)", "b", ""), "'ac'");
    CHECK_REPR(call("abcb", "replace", "(ss)", "", "-"), "'-a-b-c-b-'");
    CHECK_REPR(call("abcb", "replace", "(ssi)", "", "-", 2), "'-a-bcb'");
    CHECK_REPR(call("abcb", "replace", "(ssi)", "b", "x", 1), "'axcb'");
    CHECK_REPR(call("abcb", "replace", "(ssi)", "b", "x", 0), "'abcb'");
    CHECK_REPR(call("abcb", "replace", "(ssi)", "b", "x", -1), "'axcx'");
    CHECK_REPR(call("abcb", "replace", "(ss)", "b", "\xe2\x82\xac"), "'a€c€'");
    CHECK_REPR(call("abcb", "replace", "(ss)", "zz", "y"), "'abcb'");
    CHECK_REPR(call("abcb", "replace", "(si)", "b", 1), "!!TypeError: replace() argument 2 must be str, not int");
    CHECK_REPR(call("abcb", "replace", "(is)", 1, "b"), "!!TypeError: replace() argument 1 must be str, not int");
    CHECK_REPR(call("abcb", "replace", "(s)", "b"), "!!TypeError: replace() takes at least 2 positional arguments (1 given)");
    CHECK_REPR(call("abcb", "replace", "(sss)", "b", "c", "d"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("abcb", "replace", "(ssii)", "b", "c", 1, 2), "!!TypeError: replace() takes at most 3 arguments (4 given)");
    CHECK_REPR(call("abcb", "replace", "(ss)", "b", "b"), "'abcb'");
    CHECK_REPR(call("abcb", "replace", "(ss)", "abcb", ""), "''");
    CHECK_REPR(PyObject_Call(attr(str("abcb"), "replace"), value("(ss)", "b", "x"), value("{si}", "count", 1)), "'axcb'");
    CHECK_REPR(PyObject_Call(attr(str("abcb"), "replace"), value("(s)", "b"), value("{ss}", "new", "x")), "!!TypeError: replace() takes at least 2 positional arguments (1 given)");
    CHECK_REPR(call("", "replace", "(ss)", "", "x"), "'x'");
    CHECK_REPR(call("", "replace", "(ssi)", "", "x", 0), "''");
    CHECK_REPR(call("\xe2\x82\xac" "a", "replace", "(ss)", "\xe2\x82\xac", "e"), "'ea'");
    CHECK_REPR(call("aaa", "replace", "(ss)", "aa", "b"), "'ba'");
    CHECK_REPR(call("a\tbc\td\n\te", "expandtabs", "(i)", 4), "'a   bc  d\\n    e'");
    CHECK_REPR(call("a\tbc\td\n\te", "expandtabs", "()"), "'a       bc      d\\n        e'");
    CHECK_REPR(call("a\tbc\td\n\te", "expandtabs", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("a\tbc\td\n\te", "expandtabs", "(i)", 0), "'abcd\\ne'");
    CHECK_REPR(call("a\tbc\td\n\te", "expandtabs", "(i)", -1), "'abcd\\ne'");
    CHECK_REPR(PyObject_Call(attr(str("a\tb"), "expandtabs"), value("()"), value("{si}", "tabsize", 2)), "'a b'");
    CHECK_REPR(call("abca", "translate", "({iO})", 'a', Py_None), "'bc'");
    CHECK_REPR(call("abca", "translate", "({is})", 'a', "xyz"), "'xyzbcxyz'");
    CHECK_REPR(call("abca", "translate", "({ii})", 'a', 0x20ac), "'€bc€'");
    CHECK_REPR(call("abca", "translate", "({id})", 'a', 1.5), "!!TypeError: character mapping must return integer, None or str");
    CHECK_REPR(call("abca", "translate", "({ii})", 'a', -1), "!!ValueError: character mapping must be in range(0x110000)");
    CHECK_REPR(call("abca", "translate", "({ii})", 'a', 0x110000), "!!ValueError: character mapping must be in range(0x110000)");
    CHECK_REPR(call("abca", "translate", "(s)", "zzz"), "'abca'");
    CHECK_REPR(call("abca", "translate", "(i)", 1), "!!TypeError: 'int' object is not subscriptable");
    CHECK_REPR(call("abca", "translate", "({})"), "'abca'");
    CHECK_REPR(call("abca", "translate", "()"), "!!TypeError: str.translate() takes exactly one argument (0 given)");
    CHECK_REPR(call("", "maketrans", "(ss)", "ab", "xy"), "{97: 120, 98: 121}");
    CHECK_REPR(call("", "maketrans", "(sss)", "ab", "xy", "c"), "{97: 120, 98: 121, 99: None}");
    CHECK_REPR(call("", "maketrans", "(ss)", "ab", "x"), "!!ValueError: the first two maketrans arguments must have equal length");
    CHECK_REPR(call("", "maketrans", "({sssO})", "a", "x", "b", Py_None), "{97: 'x', 98: None}");
    CHECK_REPR(call("", "maketrans", "({ss})", "ab", "x"), "!!ValueError: string keys in translatetable must be of length 1");
    CHECK_REPR(call("", "maketrans", "({is})", 97, "x"), "{97: 'x'}");
    CHECK_REPR(call("", "maketrans", "({ds})", 1.5, "x"), "!!TypeError: keys in translate table mustbe strings or integers");
    CHECK_REPR(call("", "maketrans", "(i)", 1), "!!TypeError: if you give only one argument to maketrans it must be a dict");
    CHECK_REPR(call("", "maketrans", "(si)", "a", 1), "!!TypeError: maketrans() argument 2 must be str, not int");
    CHECK_REPR(call("", "maketrans", "(is)", 1, "a"), "!!TypeError: first maketrans argument must be a string if there is a second argument");
    CHECK_REPR(call("", "maketrans", "(ssi)", "a", "b", 1), "!!TypeError: maketrans() argument 3 must be str, not int");
    CHECK_REPR(call("", "maketrans", "()"), "!!TypeError: maketrans expected at least 1 argument, got 0");
    CHECK_REPR(call("", "maketrans", "(ssss)", "a", "b", "c", "d"), "!!TypeError: maketrans expected at most 3 arguments, got 4");
}

TEST(padding) {
    CHECK_REPR(call("abc", "center", "(i)", 7), "'  abc  '");
    CHECK_REPR(call("abc", "center", "(i)", 6), "' abc  '");
    CHECK_REPR(call("abc", "center", "(i)", 3), "'abc'");
    CHECK_REPR(call("abc", "center", "(i)", -1), "'abc'");
    CHECK_REPR(call("abc", "center", "(is)", 6, "*"), "'*abc**'");
    CHECK_REPR(call("abc", "center", "(is)", 6, "\xe2\x82\xac"), "'€abc€€'");
    CHECK_REPR(call("abc", "center", "(is)", 6, "ab"), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "center", "(is)", 6, ""), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "center", "(ii)", 6, 1), "!!TypeError: The fill character must be a unicode character, not int");
    CHECK_REPR(call("abc", "center", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "center", "()"), "!!TypeError: center expected at least 1 argument, got 0");
    CHECK_REPR(call("abc", "center", "(iss)", 1, "a", "b"), "!!TypeError: center expected at most 2 arguments, got 3");
    CHECK_REPR(call("abc", "center", "(O)", big()), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(call("abc", "center", "(d)", 1.5), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "ljust", "(i)", 7), "'abc    '");
    CHECK_REPR(call("abc", "ljust", "(i)", 6), "'abc   '");
    CHECK_REPR(call("abc", "ljust", "(i)", 3), "'abc'");
    CHECK_REPR(call("abc", "ljust", "(i)", -1), "'abc'");
    CHECK_REPR(call("abc", "ljust", "(is)", 6, "*"), "'abc***'");
    CHECK_REPR(call("abc", "ljust", "(is)", 6, "\xe2\x82\xac"), "'abc€€€'");
    CHECK_REPR(call("abc", "ljust", "(is)", 6, "ab"), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "ljust", "(is)", 6, ""), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "ljust", "(ii)", 6, 1), "!!TypeError: The fill character must be a unicode character, not int");
    CHECK_REPR(call("abc", "ljust", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "ljust", "()"), "!!TypeError: ljust expected at least 1 argument, got 0");
    CHECK_REPR(call("abc", "ljust", "(iss)", 1, "a", "b"), "!!TypeError: ljust expected at most 2 arguments, got 3");
    CHECK_REPR(call("abc", "ljust", "(O)", big()), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(call("abc", "ljust", "(d)", 1.5), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "rjust", "(i)", 7), "'    abc'");
    CHECK_REPR(call("abc", "rjust", "(i)", 6), "'   abc'");
    CHECK_REPR(call("abc", "rjust", "(i)", 3), "'abc'");
    CHECK_REPR(call("abc", "rjust", "(i)", -1), "'abc'");
    CHECK_REPR(call("abc", "rjust", "(is)", 6, "*"), "'***abc'");
    CHECK_REPR(call("abc", "rjust", "(is)", 6, "\xe2\x82\xac"), "'€€€abc'");
    CHECK_REPR(call("abc", "rjust", "(is)", 6, "ab"), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "rjust", "(is)", 6, ""), "!!TypeError: The fill character must be exactly one character long");
    CHECK_REPR(call("abc", "rjust", "(ii)", 6, 1), "!!TypeError: The fill character must be a unicode character, not int");
    CHECK_REPR(call("abc", "rjust", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "rjust", "()"), "!!TypeError: rjust expected at least 1 argument, got 0");
    CHECK_REPR(call("abc", "rjust", "(iss)", 1, "a", "b"), "!!TypeError: rjust expected at most 2 arguments, got 3");
    CHECK_REPR(call("abc", "rjust", "(O)", big()), "!!OverflowError: Python int too large to convert to C ssize_t");
    CHECK_REPR(call("abc", "rjust", "(d)", 1.5), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(call("42", "zfill", "(i)", 5), "'00042'");
    CHECK_REPR(call("-42", "zfill", "(i)", 5), "'-0042'");
    CHECK_REPR(call("+42", "zfill", "(i)", 5), "'+0042'");
    CHECK_REPR(call("", "zfill", "(i)", 5), "'00000'");
    CHECK_REPR(call("-", "zfill", "(i)", 5), "'-0000'");
    CHECK_REPR(call("--1", "zfill", "(i)", 5), "'-00-1'");
    CHECK_REPR(call("abc", "zfill", "(i)", 5), "'00abc'");
    CHECK_REPR(call("\xe2\x82\xac", "zfill", "(i)", 5), "'0000€'");
    CHECK_REPR(call("42", "zfill", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("42", "zfill", "(i)", -1), "'42'");
    CHECK_REPR(call("42", "zfill", "()"), "!!TypeError: str.zfill() takes exactly one argument (0 given)");
}

TEST(joining) {
    CHECK_REPR(call(", ", "join", "([sss])", "a", "b", "c"), "'a, b, c'");
    CHECK_REPR(call(", ", "join", "((ss))", "a", "\xe2\x82\xac"), "'a, €'");
    CHECK_REPR(call(", ", "join", "([])"), "''");
    CHECK_REPR(call(", ", "join", "([s])", "a"), "'a'");
    CHECK_REPR(call(", ", "join", "(s)", "xyz"), "'x, y, z'");
    CHECK_REPR(call(", ", "join", "(i)", 1), "!!TypeError: can only join an iterable");
    CHECK_REPR(call(", ", "join", "([si])", "a", 1), "!!TypeError: sequence item 1: expected str instance, int found");
    CHECK_REPR(call(", ", "join", "([is])", 1, "a"), "!!TypeError: sequence item 0: expected str instance, int found");
    CHECK_REPR(call(", ", "join", "([sy])", "a", "b"), "!!TypeError: sequence item 1: expected str instance, bytes found");
    CHECK_REPR(call(", ", "join", "({siss})", "k", 1, "l", "m"), "'k, l'");
    CHECK_REPR(call(", ", "join", "()"), "!!TypeError: str.join() takes exactly one argument (0 given)");
}

TEST(special_methods) {
    CHECK_REPR(call("abc", "__add__", "(s)", "x"), "'abcx'");
    CHECK_REPR(call("abc", "__add__", "(i)", 1), "!!TypeError: can only concatenate str (not \"int\") to str");
    CHECK_REPR(call("abc", "__mul__", "(i)", 3), "'abcabcabc'");
    CHECK_REPR(call("abc", "__mul__", "(i)", -1), "''");
    CHECK_REPR(call("abc", "__mul__", "(s)", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("abc", "__rmul__", "(i)", 2), "'abcabc'");
    CHECK_REPR(call("abc", "__contains__", "(s)", "b"), "True");
    CHECK_REPR(call("abc", "__contains__", "(i)", 1), "!!TypeError: 'in <string>' requires string as left operand, not int");
    CHECK_REPR(call("abc", "__getitem__", "(i)", 1), "'b'");
    CHECK_REPR(call("abc", "__getitem__", "(i)", -1), "'c'");
    CHECK_REPR(call("abc", "__getitem__", "(i)", 3), "!!IndexError: string index out of range");
    CHECK_REPR(call("abc", "__getitem__", "(i)", -4), "!!IndexError: string index out of range");
    CHECK_REPR(call("abc", "__getitem__", "(s)", "a"), "!!TypeError: string indices must be integers, not 'str'");
    CHECK_REPR(call("abc", "__getitem__", "(O)", big()), "!!IndexError: cannot fit 'int' into an index-sized integer");
    CHECK_REPR(call("abc", "__getitem__", "(O)", sliced(0, 2, 1)), "'ab'");
    CHECK_REPR(call("abc", "__getitem__", "(O)", sliced(-1, -9, -1)), "'cba'");
    CHECK_REPR(call("abc", "__getitem__", "(O)", sliced(0, 9, 2)), "'ac'");
    CHECK_REPR(call("abc", "__getitem__", "(O)", sliced(2, 1, 1)), "''");
    CHECK_REPR(call("abc", "__getitem__", "(O)", sliced(0, 1, 0)), "!!ValueError: slice step cannot be zero");
    CHECK_REPR(call("abc", "__len__", "()"), "3");
    CHECK_REPR(call("abc", "__str__", "()"), "'abc'");
    CHECK_REPR(call("abc", "__repr__", "()"), "\"'abc'\"");
    CHECK_REPR(call("abc", "__getnewargs__", "()"), "('abc',)");
    CHECK_REPR(call("abc", "__sizeof__", "()"), "44");
    CHECK_REPR(call("abc", "__eq__", "(s)", "abc"), "True");
    CHECK_REPR(call("abc", "__eq__", "(i)", 1), "NotImplemented");
    CHECK_REPR(call("abc", "__lt__", "(s)", "abd"), "True");
    CHECK_REPR(call("abc", "__ge__", "(s)", "abd"), "False");
    CHECK_REPR(call("abc", "__ne__", "(s)", "x"), "True");
    CHECK_REPR(call("abc", "__le__", "(s)", "abc"), "True");
    CHECK_REPR(call("abc", "__gt__", "(s)", "ab"), "True");
    CHECK_REPR(call("abc", "__mod__", "(i)", 1), "!!TypeError: not all arguments converted during string formatting");
    CHECK_REPR(call("abc", "__rmod__", "(s)", "%s!"), "'abc!'");
    CHECK_REPR(call("abc", "__rmod__", "(i)", 1), "NotImplemented");
    CHECK_REPR(call("\xc3\xa9", "__sizeof__", "()"), "61");
    CHECK_REPR(call("\xe2\x82\xac", "__sizeof__", "()"), "60");
    CHECK_REPR(call("\xf0\x9f\x90\x8d", "__sizeof__", "()"), "64");
    CHECK_REPR(call("", "__sizeof__", "()"), "41");
    CHECK_REPR(call("'", "__repr__", "()"), "'\"\\'\"'");
    CHECK_REPR(call("\"", "__repr__", "()"), "'\\'\"\\''");
    CHECK_REPR(call("'\"", "__repr__", "()"), "'\\'\\\\\\'\"\\''");
    CHECK_REPR(call("\\", "__repr__", "()"), "\"'\\\\\\\\'\"");
    CHECK_REPR(call("\t\n\r\x01\x7f", "__repr__", "()"), "\"'\\\\t\\\\n\\\\r\\\\x01\\\\x7f'\"");
    CHECK_REPR(call("\xc2\x80\xc2\xa0\xc2\xad", "__repr__", "()"), "\"'\\\\x80\\\\xa0\\\\xad'\"");
    CHECK_REPR(call("\xe2\x80\xa8", "__repr__", "()"), "\"'\\\\u2028'\"");
    CHECK_REPR(call("\xee\x80\x80", "__repr__", "()"), "\"'\\\\ue000'\"");
    CHECK_REPR(call("\xf3\xa0\x80\x81", "__repr__", "()"), "\"'\\\\U000e0001'\"");
    CHECK_REPR(call("\xf0\x9f\x90\x8d", "__repr__", "()"), "\"'🐍'\"");
}

TEST(encoding) {
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "()"), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "ascii"), "!!UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "ascii", "replace"), "b'a???'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "latin-1", "ignore"), "b'a\\xe9'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "ASCII", "xmlcharrefreplace"), "b'a&#233;&#8364;&#128013;'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "us_ascii", "backslashreplace"), "b'a\\\\xe9\\\\u20ac\\\\U0001f40d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "ascii", "namereplace"), "b'a\\\\N{LATIN SMALL LETTER E WITH ACUTE}\\\\N{EURO SIGN}\\\\N{SNAKE}'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "ascii", "surrogateescape"), "!!UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(ss)", "ascii", "nothing"), "!!LookupError: unknown error handler name 'nothing'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "utf-16"), "b'\\xff\\xfea\\x00\\xe9\\x00\\xac =\\xd8\\r\\xdc'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "UTF-16LE"), "b'a\\x00\\xe9\\x00\\xac =\\xd8\\r\\xdc'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "utf_16_be"), "b'\\x00a\\x00\\xe9 \\xac\\xd8=\\xdc\\r'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "utf-32"), "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00\\r\\xf4\\x01\\x00'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "U8"), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "utf-7"), "b'a+AOkgrNg93A0-'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "unicode_escape"), "b'a\\\\xe9\\\\u20ac\\\\U0001f40d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "raw-unicode-escape"), "b'a\\xe9\\\\u20ac\\\\U0001f40d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "utf-8-sig"), "b'\\xef\\xbb\\xbfa\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(s)", "no such"), "!!LookupError: unknown encoding: no such");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(i)", 1), "!!TypeError: encode() argument 'encoding' must be str, not int");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(si)", "utf-8", 1), "!!TypeError: encode() argument 'errors' must be str, not int");
    CHECK_REPR(call("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d", "encode", "(sss)", "a", "b", "c"), "!!TypeError: encode() takes at most 2 arguments (3 given)");
    CHECK_REPR(PyObject_Call(attr(str("a"), "encode"), value("()"), value("{ss}", "encoding", "ascii")), "b'a'");
    CHECK_REPR(PyObject_Call(attr(str("a"), "encode"), value("()"), value("{ss}", "errors", "strict")), "b'a'");
}

TEST(construction) {
    CHECK_REPR(make(NULL, "()"), "''");
    CHECK_REPR(make(NULL, "(i)", 1), "'1'");
    CHECK_REPR(make(NULL, "(s)", "a"), "'a'");
    CHECK_REPR(make(NULL, "(y)", "ab"), "\"b'ab'\"");
    CHECK_REPR(make(NULL, "(ys)", "a\xc3\xa9", "utf-8"), "'aé'");
    CHECK_REPR(make(NULL, "(yss)", "a\xff", "ascii", "replace"), "'a�'");
    CHECK_REPR(make(NULL, "(ys)", "a\xff", "ascii"), "!!UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 1: ordinal not in range(128)");
    CHECK_REPR(make(NULL, "(ss)", "a", "utf-8"), "!!TypeError: decoding str is not supported");
    CHECK_REPR(make(NULL, "(is)", 1, "utf-8"), "!!TypeError: decoding to str: need a bytes-like object, int found");
    CHECK_REPR(make(NULL, "(yi)", "a", 1), "!!TypeError: str() argument 'encoding' must be str, not int");
    CHECK_REPR(make(NULL, "(ysi)", "a", "utf-8", 1), "!!TypeError: str() argument 'errors' must be str, not int");
    CHECK_REPR(make(NULL, "(iiii)", 1, 2, 3, 4), "!!TypeError: str expected at most 3 arguments, got 4");
    CHECK_REPR(make(NULL, "(ys)", "a", "no such"), "!!LookupError: unknown encoding: no such");
    CHECK_REPR(make(NULL, "([i])", 1), "'[1]'");
    CHECK_REPR(make(value("{si}", "object", 5), "()"), "'5'");
    CHECK_REPR(make(value("{ss}", "encoding", "x"), "()"), "''");
    CHECK_REPR(make(value("{si}", "x", 5), "()"), "!!TypeError: str() got an unexpected keyword argument 'x'");
    CHECK_REPR(make(value("{ss}", "encoding", "ascii"), "(y)", "a"), "'a'");
    CHECK_REPR(make(value("{ss}", "encoding", "ascii"), "(ys)", "a", "utf-8"), "!!TypeError: argument for str() given by name ('encoding') and position (2)");
    CHECK_REPR(make(value("{si}", "x", 5), "(sss)", "a", "b", "c"), "!!TypeError: str() takes at most 3 arguments (4 given)");
}

TEST(iteration) {
    PyObject *it = PyObject_GetIter(str("ab"));
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "2");
    CHECK_REPR(PyIter_Next(it), "'a'");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, ('ab',), 1)");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "i", 0), "None");
    CHECK_REPR(PyIter_Next(it), "'a'");
    CHECK_REPR(PyObject_CallMethod(it, "__setstate__", "s", "x"), "!!TypeError: an integer is required");
    CHECK_REPR(PyIter_Next(it), "'b'");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyIter_Next(it), "NULL");
    CHECK_REPR(PyObject_CallMethod(it, "__reduce__", NULL), "(<built-in function iter>, ('',))");
    CHECK_REPR(PyObject_CallMethod(it, "__length_hint__", NULL), "0");
    CHECK_STR_EQ(Py_TYPE(it)->tp_name, "str_ascii_iterator");
    Py_DECREF(it);
    it = PyObject_GetIter(str("\xe2\x82\xac" "b"));
    CHECK_STR_EQ(Py_TYPE(it)->tp_name, "str_iterator");
    CHECK_REPR(PyIter_Next(it), "'€'");
    CHECK_REPR(PyIter_Next(it), "'b'");
    CHECK_REPR(PyIter_Next(it), "NULL");
    Py_DECREF(it);
    CHECK_REPR(PySequence_List(str("a\xe2\x82\xac")), "['a', '€']");
}

TEST(subclass) {
    PyObject *S = new_class("S", (PyObject *)&PyUnicode_Type), *s = keep(PyObject_CallFunction(S, "s", "a\xe2\x82\xac"));
    CHECK_BORROWED(s, "'a€'");
    CHECK_INT(PyUnicode_GET_LENGTH(s), "2");
    CHECK_INT(PyUnicode_KIND(s), "2");
    CHECK_INT(PyUnicode_IS_COMPACT(s), "0");
    CHECK_INT(PyUnicode_READ_CHAR(s, 1), "8364");
    CHECK_STR_EQ(PyUnicode_AsUTF8(s), "a€");
    CHECK_INT(PyObject_Hash(s) == PyObject_Hash(str("a\xe2\x82\xac")), "1");
    CHECK_REPR(PyObject_RichCompare(s, str("a\xe2\x82\xac"), Py_EQ), "True");
    CHECK_REPR(PyObject_Str(s), "'a€'");
    CHECK(PyUnicode_CheckExact(keep(PyObject_Str(s))));
    CHECK(PyUnicode_CheckExact(keep(PyUnicode_FromObject(s))));
    CHECK_REPR(PyNumber_Add(s, s), "'a€a€'");
    CHECK_REPR(PyObject_CallMethod(s, "upper", NULL), "'A€'");
    CHECK_REPR(PyObject_CallMethod(s, "__getnewargs__", NULL), "('a€',)");
    CHECK_REPR(PyObject_CallMethod(s, "__sizeof__", NULL), "75");
    CHECK_REPR(PyObject_CallFunction(S, "ys", "x\xff", "latin-1"), "'xÿ'");
    CHECK_REPR(PyObject_CallFunction(S, NULL), "''");
    CHECK_REPR(PyObject_CallFunction(S, "i", 5), "'5'");
    PyObject *ascii = keep(PyObject_CallFunction(S, "s", "plain"));
    CHECK_INT(PyUnicode_IS_ASCII(ascii), "1");
    CHECK_STR_EQ(PyUnicode_AsUTF8(ascii), "plain");
    PyObject *t = Py_NewRef(ascii);
    PyUnicode_InternInPlace(&t);
    CHECK(t == ascii);
    Py_DECREF(t);
    CHECK_INT(PyObject_SetAttrString(s, "x", Py_None), "0");
    CHECK_REPR(PyObject_GetAttrString(s, "x"), "None");
}


/* What the searches find, beside looking at every place. */
static PyObject *of_two(int n, unsigned *random, const char *a, const char *b) {
    char text[400] = "";
    for (int i = 0; i < n; i++) strcat(text, (*random = *random * 1103515245 + 12345) >> 16 & 7 ? a : b);
    return PyUnicode_FromString(text);
}

static Py_ssize_t plain_find(PyObject *hay, PyObject *needle, int direction) {
    Py_ssize_t n = PyUnicode_GET_LENGTH(hay) - PyUnicode_GET_LENGTH(needle);
    for (Py_ssize_t step = 0; step <= n; step++) {
        Py_ssize_t at = direction > 0 ? step : n - step, i = 0;
        while (i < PyUnicode_GET_LENGTH(needle) && PyUnicode_READ_CHAR(hay, at + i) == PyUnicode_READ_CHAR(needle, i)) i++;
        if (i == PyUnicode_GET_LENGTH(needle)) return at;
    }
    return -1;
}

TEST(every_place) {
    const char *pairs[][2] = {{"a", "b"}, {"\303\251", "b"}, {"\342\202\254", "b"}, {"\360\237\220\215", "b"}};
    unsigned random = 7;
    long wrong = 0, found = 0;
    for (int pair = 0; pair < 4; pair++) for (int n = 0; n <= 70; n++) for (int m = 1; m <= 5; m++) {
        PyObject *hay = of_two(n, &random, pairs[pair][0], pairs[pair][1]);
        PyObject *needle = of_two(m, &random, pairs[pair][m & 1 ? 1 : 0], pairs[pair][1]);
        for (int direction = -1; direction <= 1; direction += 2) {
            Py_ssize_t place = plain_find(hay, needle, direction);
            wrong += PyUnicode_Find(hay, needle, 0, n, direction) != place;
            wrong += PyUnicode_FindChar(hay, 'b', 0, n, direction) != plain_find(hay, keep(PyUnicode_FromString("b")), direction);
            found += place >= 0;
        }
        wrong += PyUnicode_Contains(hay, needle) != (plain_find(hay, needle, 1) >= 0);
        Py_DECREF(hay);
        Py_DECREF(needle);
    }
    CHECK_INT(wrong, "0");
    CHECK(found > 500);
}

CHECK_MAIN()
