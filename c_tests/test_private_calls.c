/* Private functions that modules from PyPI call: parsers with a table of names, identifiers, the dict's older doors, descriptors of slots, slices in any size, writers, and the tables behind Py_ISALPHA. */
#include "expression.h"

extern int _PyArg_VaParse_SizeT(PyObject *, const char *, va_list), _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *, PyObject *, const char *, char **, va_list);
extern PyObject *_Py_VaBuildValue_SizeT(const char *, va_list);
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#define WITH_LIST(result_type, name, last, call) static result_type name { va_list list; va_start(list, last); result_type result = call; va_end(list); return result; }
WITH_LIST(int, parse(PyObject *args, const char *format, ...), format, _PyArg_VaParse_SizeT(args, format, list))
WITH_LIST(int, parse_keywords(PyObject *args, PyObject *kwargs, const char *format, char **names, ...), names, _PyArg_VaParseTupleAndKeywords_SizeT(args, kwargs, format, names, list))
WITH_LIST(PyObject *, build(const char *format, ...), format, _Py_VaBuildValue_SizeT(format, list))

TEST(size_t_lists) {
    int i = 0; const char *s = NULL; Py_ssize_t n = -1;
    char *names[] = {"i", "s", NULL};
    CHECK_INT(parse(value("(is)", 3, "abc"), "is#:f", &i, &s, &n), "1");
    CHECK(i == 3 && n == 3 && !strcmp(s, "abc"));
    CHECK_INT(parse(value("(s)", "x"), "i:f", &i), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(parse(value("()"), "i:f", &i), "0 !!TypeError: f() takes exactly 1 argument (0 given)");
    CHECK_INT(parse(value("[]"), "i:f", &i), "0 !!SystemError: new style getargs format but argument is not a tuple");
    CHECK_INT(parse(value("(i)", 1), "$:f", &i), "0 !!TypeError: f() takes exactly 0 arguments (1 given)");
    CHECK_INT(parse_keywords(value("(i)", 4), value("{ss}", "s", "xy"), "is#:f", names, &i, &s, &n), "1");
    CHECK(i == 4 && n == 2);
    CHECK_INT(parse_keywords(value("(i)", 4), value("{ss}", "t", "xy"), "i|s#:f", names, &i, &s, &n), "0 !!TypeError: f() got an unexpected keyword argument 't'");
    CHECK_INT(parse_keywords(value("(i)", 4), value("{si}", "i", 4), "i|s#:f", names, &i, &s, &n), "0 !!TypeError: argument for f() given by name ('i') and position (1)");
    CHECK_INT(parse_keywords(value("(i)", 4), value("[]"), "i|s#:f", names, &i, &s, &n), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(parse_keywords(NULL, NULL, "i|s#:f", names, &i, &s, &n), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(parse_keywords(value("()"), NULL, "i|s#:f", NULL, &i, &s, &n), "0 !!SystemError: bad argument to internal function");
    CHECK_REPR(build("(is#y#)", 1, "abc", (Py_ssize_t)2, "xyz", (Py_ssize_t)1), "(1, 'ab', b'x')");
    CHECK_REPR(build("{s:N}", "k", NULL), "!!SystemError: NULL object passed to Py_BuildValue");
    CHECK_REPR(build("(i"), "!!SystemError: unmatched paren in format");
    CHECK_REPR(build(""), "None");
}

TEST(fast_parser) {
    static const char *const names[] = {"", "b", "c", NULL};
    static _PyArg_Parser parser = {.format = "i|i$i:f", .keywords = names}, named = {.fname = "g", .keywords = names, .custom_msg = NULL};
    int a = 0, b = 0, c = 0;
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 1), value("{sisi}", "b", 2, "c", 3), &parser, &a, &b, &c), "1");
    CHECK_INT(a * 100 + b * 10 + c, "123");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(ii)", 4, 5), NULL, &parser, &a, &b, &c), "1");
    CHECK_INT(a * 100 + b * 10 + c, "453");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(iii)", 4, 5, 6), NULL, &parser, &a, &b, &c), "0 !!TypeError: f() takes at most 2 positional arguments (3 given)");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("()"), NULL, &parser, &a, &b, &c), "0 !!TypeError: f() takes at least 1 positional argument (0 given)");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 4), value("{si}", "d", 1), &parser, &a, &b, &c), "0 !!TypeError: f() got an unexpected keyword argument 'd'");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(ii)", 4, 5), value("{si}", "b", 1), &parser, &a, &b, &c), "0 !!TypeError: argument for f() given by name ('b') and position (2)");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(s)", "x"), NULL, &parser, &a, &b, &c), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 4), value("{ii}", 1, 1), &parser, &a, &b, &c), "0 !!TypeError: keywords must be strings");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("[]"), NULL, &parser, &a, &b, &c), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(NULL, NULL, &parser, &a, &b, &c), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("()"), value("[]"), &parser, &a, &b, &c), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("()"), NULL, NULL, &a), "0 !!SystemError: bad argument to internal function");
    (void)named;
}

TEST(keyword_dicts) {
    PyObject *items[] = {value("i", 1), value("s", "two")};
    CHECK_REPR(_PyStack_AsDict(items, value("(ss)", "a", "b")), "{'a': 1, 'b': 'two'}");
    CHECK_REPR(_PyStack_AsDict(items, value("()")), "{}");
    CHECK_REPR(_PyStack_AsDict(NULL, value("()")), "{}");
    CHECK_REPR(_PyStack_AsDict(items, value("(ss)", "a", "a")), "{'a': 'two'}");
    CHECK_REPR(_PyStack_AsDict(items, value("(si)", "a", 5)), "{'a': 1, 5: 'two'}");
    CHECK_REPR(_PyStack_AsDict(items, value("(s[])", "a")), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
}

_Py_IDENTIFIER(upper);
_Py_IDENTIFIER(join);
_Py_IDENTIFIER(nothing);
_Py_static_string(accents, "caf\xc3\xa9");
_Py_static_string(broken, "\xff\xfe");
TEST(identifiers) {
    PyObject *text = value("s", "abc"), *first = _PyUnicode_FromId(&PyId_upper);
    CHECK_BORROWED(first, "'upper'");
    CHECK(_PyUnicode_FromId(&PyId_upper) == first && PyUnicode_CHECK_INTERNED(first));
    CHECK_BORROWED(_PyUnicode_FromId(&accents), "'caf\xc3\xa9'");
    CHECK_BORROWED(_PyUnicode_FromId(&broken), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_BORROWED(_PyUnicode_FromId(&broken), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(_PyObject_GetAttrId(text, &PyId_upper), "<built-in method upper of str object at 0x...>");
    CHECK_REPR(_PyObject_GetAttrId(text, &PyId_nothing), "!!AttributeError: 'str' object has no attribute 'nothing'");
    CHECK_REPR(_PyObject_GetAttrId(text, &broken), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_upper, NULL), "'ABC'");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_upper, ""), "'ABC'");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_join, "([ss])", "x", "y"), "'xabcy'");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_join, "i", 5), "!!TypeError: can only join an iterable");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_upper, "i", 5), "!!TypeError: str.upper() takes no arguments (1 given)");
    CHECK_REPR(_PyObject_CallMethodId(text, &PyId_nothing, NULL), "!!AttributeError: 'str' object has no attribute 'nothing'");
    CHECK_REPR(_PyObject_CallMethodId(text, &broken, NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(_PyObject_CallMethodId(NULL, &PyId_upper, NULL), "!!SystemError: null argument to internal routine");
}

TEST(dicts) {
    PyObject *dict = value("{sisi}", "a", 1, "b", 2), *fallback = value("s", "fallback");
    CHECK_REPR(Py_XNewRef(_PyDict_GetItemStringWithError(dict, "a")), "1");
    CHECK_REPR(_PyDict_GetItemStringWithError(dict, "z"), "NULL");
    CHECK_REPR(_PyDict_GetItemStringWithError(dict, "\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(_PyDict_GetItemStringWithError(Py_None, "a"), "!!SystemError: bad argument to internal function");
    CHECK_REPR(_PyDict_Pop(dict, value("s", "a"), NULL), "1");
    CHECK_REPR(_PyDict_Pop(dict, value("s", "a"), fallback), "'fallback'");
    CHECK_REPR(_PyDict_Pop(dict, value("s", "a"), NULL), "!!KeyError: 'a'");
    CHECK_REPR(_PyDict_Pop(dict, value("[]"), fallback), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(_PyDict_Pop(value("{}"), value("[]"), fallback), "'fallback'");
    CHECK_REPR(_PyDict_Pop(value("[]"), value("i", 1), fallback), "!!SystemError: bad argument to internal function");
    CHECK_BORROWED(dict, "{'b': 2}");
}

TEST(generic_attributes) {
    PyObject *class = new_class("C", NULL), *object = keep(PyObject_CallNoArgs(class)), *name = value("s", "x"), *dict = value("{si}", "x", 7);
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, name, dict, 0), "7");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("s", "y"), dict, 0), "!!AttributeError: 'C' object has no attribute 'y'");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("s", "y"), dict, 1), "NULL");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("s", "x"), NULL, 0), "!!AttributeError: 'C' object has no attribute 'x'");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("i", 5), dict, 0), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("i", 5), dict, 1), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(_PyObject_GenericGetAttrWithDict(object, value("s", "__class__"), value("{si}", "__class__", 1), 0), "<class 'm.C'>");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(object, name, value("i", 8), dict), "0");
    CHECK_BORROWED(dict, "{'x': 8}");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(object, name, NULL, dict), "0");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(object, name, NULL, dict), "-1 !!AttributeError: 'C' object has no attribute 'x'");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(object, value("i", 5), Py_None, dict), "-1 !!TypeError: attribute name must be string, not 'int'");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(object, name, value("i", 9), NULL), "0");
    CHECK_REPR(PyObject_GetAttr(object, name), "9");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(value("i", 5), name, Py_None, NULL), "-1 !!AttributeError: 'int' object has no attribute 'x' and no __dict__ for setting new attributes");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(value("i", 5), value("s", "real"), Py_None, NULL), "-1 !!AttributeError: attribute 'real' of 'int' objects is not writable");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(value("i", 5), value("s", "real"), Py_None, dict), "-1 !!AttributeError: attribute 'real' of 'int' objects is not writable");
    CHECK_INT(_PyObject_GenericSetAttrWithDict(value("i", 5), value("s", "bit_length"), Py_None, NULL), "-1 !!AttributeError: 'int' object attribute 'bit_length' is read-only");
}

static PyObject *wrapped(PyObject *self, PyObject *args, void *function) { return Py_BuildValue("(OOs)", self, args, (const char *)function); }
static PyObject *wrapped_keywords(PyObject *self, PyObject *args, void *function, PyObject *kwargs) { return Py_BuildValue("(OOsO)", self, args, (const char *)function, kwargs ? kwargs : Py_None); }
TEST(slot_descriptors) {
    struct wrapperbase plain = {.name = "__plain__", .wrapper = wrapped, .doc = "plain doc", .name_strobj = value("s", "__plain__")};
    struct wrapperbase keywords = {.name = "__keys__", .wrapper = (wrapperfunc)(void *)wrapped_keywords, .doc = "__keys__($self, /, a)\n--\n\nkeys doc", .flags = PyWrapperFlag_KEYWORDS, .name_strobj = value("s", "__keys__")};
    PyObject *descriptor = keep(PyDescr_NewWrapper(&PyLong_Type, &plain, "a function")), *other = keep(PyDescr_NewWrapper(&PyLong_Type, &keywords, "another"));
    CHECK_BORROWED(descriptor, "<slot wrapper '__plain__' of 'int' objects>");
    CHECK(Py_IS_TYPE(descriptor, &PyWrapperDescr_Type) && ((PyWrapperDescrObject *)descriptor)->d_base == &plain);
    CHECK_REPR(PyObject_GetAttrString(descriptor, "__doc__"), "'plain doc'");
    CHECK_REPR(PyObject_GetAttrString(other, "__text_signature__"), "'($self, /, a)'");
    CHECK_REPR(PyObject_GetAttrString(other, "__qualname__"), "'int.__keys__'");
    CHECK_REPR(PyObject_CallFunction(descriptor, "ii", 5, 6), "(5, (6,), 'a function')");
    CHECK_REPR(PyObject_CallFunction(descriptor, "si", "5", 6), "!!TypeError: descriptor '__plain__' requires a 'int' object but received a 'str'");
    CHECK_REPR(PyObject_CallNoArgs(descriptor), "!!TypeError: descriptor '__plain__' of 'int' object needs an argument");
    CHECK_REPR(PyObject_Call(descriptor, value("(i)", 5), value("{si}", "k", 1)), "!!TypeError: wrapper __plain__() takes no keyword arguments");
    CHECK_REPR(PyObject_Call(other, value("(i)", 5), value("{si}", "k", 1)), "(5, (), 'another', {'k': 1})");
    CHECK_REPR(PyObject_Call(other, value("(i)", 5), NULL), "(5, (), 'another', None)");
    PyObject *bound = keep(PyWrapper_New(descriptor, value("i", 9)));
    CHECK_BORROWED(bound, "<method-wrapper '__plain__' of int object at 0x...>");
    CHECK_REPR(PyObject_CallFunction(bound, "i", 6), "(9, (6,), 'a function')");
}

TEST(slices) {
    PyObject *start, *stop, *step;
    CHECK_REPR(_PySlice_FromIndices(1, 5), "slice(1, 5, None)");
    CHECK_REPR(_PySlice_FromIndices(-1, PY_SSIZE_T_MAX), "slice(-1, 9223372036854775807, None)");
#define LONG_INDICES(text, length, expected) do { PyObject *slice = keep(eval(text)); start = stop = step = NULL; int result = _PySlice_GetLongIndices((PySliceObject *)slice, keep(eval(length)), &start, &stop, &step); \
        CHECK_REPR(result < 0 ? NULL : Py_BuildValue("(NNN)", start, stop, step), expected); } while (0)
    LONG_INDICES("slice(1, 5)", "10", "(1, 5, 1)");
    LONG_INDICES("slice(None)", "10 ** 30", "(0, 1000000000000000000000000000000, 1)");
    LONG_INDICES("slice(None, None, -1)", "10 ** 30", "(999999999999999999999999999999, -1, -1)");
    LONG_INDICES("slice(-3, None, 2)", "10 ** 30", "(999999999999999999999999999997, 1000000000000000000000000000000, 2)");
    LONG_INDICES("slice(10 ** 40, -(10 ** 40), -(10 ** 20))", "10 ** 30", "(999999999999999999999999999999, -1, -100000000000000000000)");
    LONG_INDICES("slice(-(10 ** 40), 10 ** 40, 10 ** 20)", "10 ** 30", "(0, 1000000000000000000000000000000, 100000000000000000000)");
    LONG_INDICES("slice(-(10 ** 40), -(10 ** 40), -1)", "5", "(-1, -1, -1)");
    LONG_INDICES("slice(True, 3)", "0", "(0, 0, 1)");
    LONG_INDICES("slice(1, 5, 0)", "10", "!!ValueError: slice step cannot be zero");
    LONG_INDICES("slice('a', 5)", "10", "!!TypeError: slice indices must be integers or None or have an __index__ method");
    LONG_INDICES("slice(1, 'b')", "10", "!!TypeError: slice indices must be integers or None or have an __index__ method");
    LONG_INDICES("slice(1, 5, 'c')", "10", "!!TypeError: slice indices must be integers or None or have an __index__ method");
    LONG_INDICES("slice(1.0, 5)", "10", "!!TypeError: slice indices must be integers or None or have an __index__ method");
}

TEST(hashes) {
    PyObject *object = value("[]");
    CHECK_INT(_Py_HashDouble(object, 1.0), "1");
    CHECK_INT(_Py_HashDouble(object, -1.0), "-2");
    CHECK_INT(_Py_HashDouble(object, 0.5), "1152921504606846976");
    CHECK_INT(_Py_HashDouble(object, 1e300), "1224995262755759164");
    CHECK_INT(_Py_HashDouble(object, -5e-324), "-16777216");
    CHECK_INT(_Py_HashDouble(object, Py_HUGE_VAL), "314159");
    CHECK_INT(_Py_HashDouble(NULL, -Py_HUGE_VAL), "-314159");
    CHECK(_Py_HashDouble(object, Py_NAN) == Py_HashPointer(object));
}

TEST(writers) {
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, 3, 'z'), "0");
    CHECK(writer.size == 3 && writer.kind == PyUnicode_1BYTE_KIND && writer.pos == 0);
    CHECK_INT(writer.maxchar, "127");
    CHECK_INT(_PyUnicodeWriter_WriteASCIIString(&writer, "ab", 2), "0");
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, 5, 0xe9), "0");
    CHECK(writer.size >= 7);
    CHECK_INT(writer.maxchar, "255");
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, PY_SSIZE_T_MAX, 'z'), "-1 !!MemoryError");
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, PY_SSIZE_T_MAX - 2, 'z'), "-1 !!MemoryError");
    CHECK_INT((_PyUnicodeWriter_PrepareKindInternal)(&writer, PyUnicode_2BYTE_KIND), "0");
    CHECK_INT(writer.kind, "2");
    CHECK_INT(writer.maxchar, "65535");
    CHECK_INT((_PyUnicodeWriter_PrepareKindInternal)(&writer, PyUnicode_4BYTE_KIND), "0");
    CHECK_INT(writer.kind, "4");
    CHECK_INT(writer.maxchar, "1114111");
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, 0x1f40d), "0");
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'ab\xf0\x9f\x90\x8d'");
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, 100, 0x20ac), "0");
    CHECK(writer.size > 100 && writer.kind == PyUnicode_2BYTE_KIND);
    /* what is written is shared until more comes */
    _PyUnicodeWriter_Dealloc(&writer);
    _PyUnicodeWriter_Init(&writer);
    PyObject *text = value("s", "readonly");
    CHECK_INT(_PyUnicodeWriter_WriteStr(&writer, text), "0");
    CHECK_INT(writer.readonly, "1");
    CHECK_INT((_PyUnicodeWriter_PrepareInternal)(&writer, 1, 'z'), "0");
    CHECK_INT(writer.readonly, "0");
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, '!'), "0");
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'readonly!'");
    CHECK_BORROWED(text, "'readonly'");
}

/* What Py_EnterRecursiveCall calls when the stack is used up raises, wherever the stack stands. */
extern int _Py_CheckRecursiveCall(PyThreadState *, const char *);
TEST(recursion) {
    static const char *const places[] = {" while testing", "", " here"};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(places); i++) {
        char start[100], *text, expected[100];
        CHECK(_Py_CheckRecursiveCall(PyThreadState_Get(), places[i]) == -1 && PyErr_ExceptionMatches(PyExc_RecursionError));
        snprintf(start, sizeof start, "%s", PyUnicode_AsUTF8(keep(PyObject_Str(keep(PyErr_GetRaisedException())))));
        text = start + strcspn(start, "0123456789");
        memmove(text, text + strspn(text, "0123456789"), strlen(text + strspn(text, "0123456789")) + 1);
        snprintf(expected, sizeof expected, "Stack overflow (used  kB)%s", places[i]);
        CHECK_STR_EQ(start, expected);
    }
}

/* File and line of the caller's are in front. */
TEST(bad_internal_calls) {
    _PyErr_BadInternalCall("some/file.c", 12);
    CHECK_REPR(PyObject_Str(keep(PyErr_GetRaisedException())), "'some/file.c:12: bad argument to internal function'");
    _PyErr_BadInternalCall("", -1);
    CHECK_REPR(PyObject_Str(keep(PyErr_GetRaisedException())), "':-1: bad argument to internal function'");
    (PyErr_BadInternalCall)();
    CHECK_INT(PyErr_ExceptionMatches(PyExc_SystemError), "1 !!SystemError: bad argument to internal function");
}

/* The tables know ASCII whatever the locale; bytes above it are of no class and have no other case. */
TEST(character_types) {
    unsigned classes[7] = {PY_CTF_LOWER, PY_CTF_UPPER, PY_CTF_ALPHA, PY_CTF_DIGIT, PY_CTF_ALNUM, PY_CTF_SPACE, PY_CTF_XDIGIT};
    char text[200] = "";
    for (int k = 0; k < 7; k++) {
        int count = 0, above = 0;
        for (int c = 0; c < 256; c++) { count += (_Py_ctype_table[c] & classes[k]) != 0; above += c > 127 && (_Py_ctype_table[c] & classes[k]); }
        snprintf(text + strlen(text), 30, "%d:%d ", count, above);
    }
    CHECK_STR_EQ(text, "26:0 26:0 52:0 10:0 62:0 6:0 22:0 ");
    int changed = 0, wrong = 0;
    for (int c = 0; c < 256; c++) {
        changed += _Py_ctype_tolower[c] != c;
        changed += _Py_ctype_toupper[c] != c;
        wrong += _Py_ctype_tolower[c] != (c >= 'A' && c <= 'Z' ? c + 32 : c) || _Py_ctype_toupper[c] != (c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    CHECK_INT(changed, "52");
    CHECK_INT(wrong, "0");
    CHECK(_Py_ctype_table['f'] & PY_CTF_XDIGIT && !(_Py_ctype_table['g'] & PY_CTF_XDIGIT) && _Py_ctype_table['\v'] & PY_CTF_SPACE);
}
CHECK_MAIN()
