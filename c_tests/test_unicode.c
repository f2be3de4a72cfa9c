/* str: making, reading, searching, changing, encoding, interning, formatting from C. */
#include "check.h"
#include <stddef.h>
#include <wchar.h>

static PyObject *str(const char *utf8) { return keep(PyUnicode_FromString(utf8)); }
#define E_ACUTE "\xc3\xa9"
#define EURO "\xe2\x82\xac"
#define SMILE "\xf0\x9f\x98\x80"

TEST(make) {
    CHECK_REPR(PyUnicode_FromString("abc"), "'abc'");
    CHECK_REPR(PyUnicode_FromString(""), "''");
    CHECK_REPR(PyUnicode_FromString(E_ACUTE EURO SMILE), "'é€😀'");
    CHECK_REPR(PyUnicode_FromString("a\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
    CHECK_REPR(PyUnicode_FromStringAndSize("a\0b", 3), "'a\\x00b'");
    CHECK_REPR(PyUnicode_FromStringAndSize("abc", -1), "!!SystemError: Negative size passed to PyUnicode_FromStringAndSize");
    CHECK_REPR(PyUnicode_FromStringAndSize(NULL, 0), "''");
    CHECK_REPR(PyUnicode_FromStringAndSize(NULL, 3), "!!SystemError: NULL string with positive size with NULL passed to PyUnicode_FromStringAndSize");
    CHECK_REPR(PyUnicode_FromOrdinal(0x20ac), "'€'");
    CHECK_REPR(PyUnicode_FromOrdinal(0x110000), "!!ValueError: chr() arg not in range(0x110000)");
    CHECK_REPR(PyUnicode_FromOrdinal(-1), "!!ValueError: chr() arg not in range(0x110000)");
    CHECK_REPR(PyUnicode_FromObject(str("x")), "'x'");
    CHECK_REPR(PyUnicode_FromObject(Py_None), "!!TypeError: Can't convert 'NoneType' object to str implicitly");
    CHECK_REPR(PyUnicode_FromEncodedObject(value("y", "ab"), "ascii", NULL), "'ab'");
    CHECK_REPR(PyUnicode_FromEncodedObject(value("y", "\xe9"), "latin-1", NULL), "'é'");
    CHECK_REPR(PyUnicode_FromEncodedObject(str("a"), NULL, NULL), "!!TypeError: decoding str is not supported");
    CHECK_REPR(PyUnicode_FromEncodedObject(value("i", 3), NULL, NULL), "!!TypeError: decoding to str: need a bytes-like object, int found");
    CHECK_REPR(PyUnicode_FromEncodedObject(NULL, NULL, NULL), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, "a\xe9", 2), "'aé'");
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, u"a\u20ac", 2), "'a€'");
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, U"a\U0001f600b", 3), "'a😀b'");
    CHECK_REPR(PyUnicode_FromKindAndData(3, "a", 1), "!!SystemError: invalid kind");
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, "a", -1), "!!ValueError: size must be positive");
    CHECK_REPR(PyUnicode_FromWideChar(L"a\u20ac", 2), "'a€'");
    CHECK_REPR(PyUnicode_FromWideChar(L"abc", -1), "'abc'");
    CHECK_REPR(PyUnicode_FromWideChar(NULL, 3), "!!SystemError: bad argument to internal function");
    PyObject *fresh = PyUnicode_New(3, 0xff);
    CHECK_INT(PyUnicode_WriteChar(fresh, 0, 'x'), "0");
    CHECK_INT(PyUnicode_WriteChar(fresh, 1, 0xe9), "0");
    CHECK_INT(PyUnicode_WriteChar(fresh, 2, 'z'), "0");
    CHECK_INT(PyUnicode_WriteChar(fresh, 3, 'z'), "-1 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_WriteChar(fresh, 0, 0x20ac), "-1 !!ValueError: character out of range");
    CHECK_INT(PyUnicode_WriteChar(Py_None, 0, 'a'), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_REPR(fresh, "'xéz'");
    CHECK_REPR(PyUnicode_New(0, 0), "''");
    CHECK_REPR(PyUnicode_New(-1, 127), "!!SystemError: Negative size passed to PyUnicode_New");
    CHECK_REPR(PyUnicode_New(3, 0x110000), "!!SystemError: invalid maximum character passed to PyUnicode_New");
    CHECK_REPR(PyUnicode_BuildEncodingMap(str("ab")), "{97: 0, 98: 1}");
}

TEST(read) {
    PyObject *text = str("a" E_ACUTE EURO SMILE);
    Py_ssize_t size = -1;
    CHECK_INT(PyUnicode_GetLength(text), "4");
    CHECK_INT(PyUnicode_GetLength(Py_None), "-1 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(PyUnicode_ReadChar(text, 2), "8364");
    CHECK_INT(PyUnicode_ReadChar(text, 4), "4294967295 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_ReadChar(text, -1), "4294967295 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_ReadChar(Py_None, 0), "4294967295 !!TypeError: bad argument type for built-in operation");
    CHECK_INT(PyUnicode_MAX_CHAR_VALUE(text), "1114111");
    CHECK_INT(PyUnicode_KIND(text), "4");
    CHECK_INT(PyUnicode_IS_ASCII(text), "0");
    CHECK_INT(PyUnicode_READ_CHAR(text, 1), "233");
    CHECK(PyUnicode_KIND(str("abc")) == 1 && PyUnicode_IS_COMPACT_ASCII(str("abc")) && PyUnicode_GET_LENGTH(text) == 4);
    CHECK(PyUnicode_KIND(str(EURO)) == 2 && PyUnicode_KIND(str(E_ACUTE)) == 1 && !PyUnicode_IS_ASCII(str(E_ACUTE)));
    CHECK_STR_EQ(PyUnicode_AsUTF8(text), "aé€😀");
    CHECK_STR_EQ(PyUnicode_AsUTF8AndSize(text, &size), "aé€😀");
    CHECK_INT(size, "10");
    CHECK(PyUnicode_AsUTF8(text) == PyUnicode_AsUTF8(text));
    CHECK_STR_EQ(PyUnicode_AsUTF8(Py_None), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_STR_EQ(PyUnicode_AsUTF8AndSize(Py_None, &size), "NULL !!TypeError: bad argument type for built-in operation");
    CHECK_INT(size, "-1");
    CHECK_STR_EQ(PyUnicode_AsUTF8(keep(PyUnicode_FromOrdinal(0xd800))), "NULL !!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
    Py_UCS4 buffer[8];
    CHECK(PyUnicode_AsUCS4(text, buffer, 8, 1) == buffer && buffer[3] == 0x1f600 && buffer[4] == 0);
    CHECK(PyUnicode_AsUCS4(text, buffer, 4, 1) == NULL);
    CHECK_RAISES(0, PyExc_SystemError, "string is longer than the buffer");
    Py_UCS4 *copy = PyUnicode_AsUCS4Copy(text);
    CHECK(copy && copy[2] == 0x20ac);
    PyMem_Free(copy);
    wchar_t wide[8];
    CHECK_INT(PyUnicode_AsWideChar(text, wide, 8), "4");
    CHECK(wide[3] == 0x1f600 && wide[4] == 0);
    CHECK_INT(PyUnicode_AsWideChar(text, wide, 2), "2");
    CHECK_INT(PyUnicode_AsWideChar(text, NULL, 0), "5");
    CHECK_INT(PyUnicode_AsWideChar(NULL, wide, 2), "-1 !!SystemError: bad argument to internal function");
    wchar_t *wcopy = PyUnicode_AsWideCharString(text, &size);
    CHECK(wcopy && size == 4 && wcopy[2] == 0x20ac);
    PyMem_Free(wcopy);
    CHECK(PyUnicode_AsWideCharString(keep(PyUnicode_FromStringAndSize("a\0b", 3)), NULL) == NULL);
    CHECK_RAISES(0, PyExc_ValueError, "embedded null character");
    CHECK_REPR(PyUnicode_Substring(text, 1, 3), "'é€'");
    CHECK_REPR(PyUnicode_Substring(text, 3, 1), "''");
    CHECK_REPR(PyUnicode_Substring(text, 0, 99), "'aé€😀'");
    CHECK_REPR(PyUnicode_Substring(text, -1, 3), "!!IndexError: string index out of range");
    PyObject *whole = keep(PyUnicode_Substring(text, 0, 4));
    CHECK(whole == text);
    CHECK_REPR(PySequence_GetItem(text, 3), "'😀'");
    CHECK_REPR(PySequence_GetItem(text, -5), "!!IndexError: string index out of range");
    CHECK_REPR(PySequence_GetSlice(text, 1, 3), "'é€'");
    CHECK_REPR(PyObject_GetItem(text, keep(PySlice_New(NULL, NULL, value("i", -1)))), "'😀€éa'");
    CHECK_REPR(PySequence_List(text), "['a', 'é', '€', '😀']");
}

TEST(copy) {
    PyObject *to = PyUnicode_New(5, 0x20ac);
    CHECK_INT(PyUnicode_Fill(to, 0, 5, '-'), "5");
    CHECK_INT(PyUnicode_CopyCharacters(to, 1, str("ab" EURO), 0, 3), "3");
    CHECK_INT(PyUnicode_CopyCharacters(to, 3, str("abc"), 0, 3), "-1 !!SystemError: Cannot write 3 characters at 3 in a string of 5 characters");
    CHECK_INT(PyUnicode_CopyCharacters(to, 9, str("abc"), 0, 3), "-1 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, str("abc"), 9, 3), "-1 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, Py_None, 0, 3), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, str(SMILE), 0, 1), "-1 !!SystemError: Cannot copy UCS4 characters into a string of UCS2 characters");
    CHECK_INT(PyUnicode_Fill(to, 4, 9, 0x20ac), "1");
    CHECK_INT(PyUnicode_Fill(to, -1, 2, 'a'), "-1 !!IndexError: string index out of range");
    CHECK_INT(PyUnicode_Fill(to, 0, 2, 0x1f600), "-1 !!ValueError: fill character is bigger than the string maximum character");
    CHECK_REPR(to, "'-ab€€'");
    PyObject *text = PyUnicode_New(3, 127);
    PyUnicode_Fill(text, 0, 3, 'x');
    CHECK_INT(PyUnicode_Resize(&text, 2), "0");
    CHECK_BORROWED(text, "'xx'");
    CHECK_INT(PyUnicode_Resize(&text, -1), "-1 !!SystemError: bad argument to internal function");
    Py_CLEAR(text);
    CHECK_INT(PyUnicode_Resize(NULL, 1), "-1 !!SystemError: bad argument to internal function");
    PyObject *none = Py_None;
    CHECK_INT(PyUnicode_Resize(&none, 1), "-1 !!SystemError: bad argument to internal function");
}

TEST(join_and_split) {
    PyObject *text = str("a,b,,c"), *comma = str(",");
    CHECK_REPR(PyUnicode_Concat(str("ab"), str(EURO)), "'ab€'");
    CHECK_REPR(PyUnicode_Concat(str("ab"), Py_None), "!!TypeError: can only concatenate str (not \"NoneType\") to str");
    CHECK_REPR(PyUnicode_Concat(Py_None, str("ab")), "!!TypeError: must be str, not NoneType");
    PyObject *left = PyUnicode_FromString("left");
    PyUnicode_Append(&left, str("-right"));
    CHECK_BORROWED(left, "'left-right'");
    PyUnicode_AppendAndDel(&left, PyUnicode_FromString("!"));
    CHECK_BORROWED(left, "'left-right!'");
    PyUnicode_Append(&left, Py_None);
    CHECK(left == NULL);
    CHECK_RAISES(0, PyExc_SystemError, "bad argument to internal function");
    PyUnicode_Append(&left, str("x"));
    CHECK(left == NULL);
    CHECK_RAISES(0, PyExc_SystemError, "bad argument to internal function");
    CHECK_REPR(PyUnicode_Join(comma, value("[sss]", "x", "y", "z")), "'x,y,z'");
    CHECK_REPR(PyUnicode_Join(NULL, value("(ss)", "x", E_ACUTE)), "'x é'");
    CHECK_REPR(PyUnicode_Join(comma, value("[si]", "x", 1)), "!!TypeError: sequence item 1: expected str instance, int found");
    CHECK_REPR(PyUnicode_Join(Py_None, value("[ss]", "x", "y")), "!!TypeError: separator: expected str instance, NoneType found");
    CHECK_REPR(PyUnicode_Join(comma, Py_None), "!!TypeError: can only join an iterable");
    CHECK_REPR(PyUnicode_Join(comma, value("[]")), "''");
    CHECK_REPR(PyUnicode_Split(text, comma, -1), "['a', 'b', '', 'c']");
    CHECK_REPR(PyUnicode_Split(text, comma, 1), "['a', 'b,,c']");
    CHECK_REPR(PyUnicode_Split(str(" a  b "), NULL, -1), "['a', 'b']");
    CHECK_REPR(PyUnicode_Split(text, str(""), -1), "!!ValueError: empty separator");
    CHECK_REPR(PyUnicode_Split(text, Py_None, -1), "!!TypeError: must be str, not NoneType");
    CHECK_REPR(PyUnicode_Split(Py_None, comma, -1), "!!TypeError: must be str, not NoneType");
    CHECK_REPR(PyUnicode_RSplit(text, comma, 1), "['a,b,', 'c']");
    CHECK_REPR(PyUnicode_RSplit(str(" a  b "), NULL, 1), "[' a', 'b']");
    CHECK_REPR(PyUnicode_Splitlines(str("a\nb\r\nc\n"), 0), "['a', 'b', 'c']");
    CHECK_REPR(PyUnicode_Splitlines(str("a\nb\r\nc\n"), 1), "['a\\n', 'b\\r\\n', 'c\\n']");
    CHECK_REPR(PyUnicode_Partition(text, comma), "('a', ',', 'b,,c')");
    CHECK_REPR(PyUnicode_RPartition(text, comma), "('a,b,', ',', 'c')");
    CHECK_REPR(PyUnicode_Partition(text, str("x")), "('a,b,,c', '', '')");
    CHECK_REPR(PyUnicode_RPartition(text, str("x")), "('', '', 'a,b,,c')");
    CHECK_REPR(PyUnicode_Partition(text, str("")), "!!ValueError: empty separator");
    CHECK_REPR(PyUnicode_Replace(text, comma, str("--"), -1), "'a--b----c'");
    CHECK_REPR(PyUnicode_Replace(text, comma, str(EURO), 1), "'a€b,,c'");
    CHECK_REPR(PyUnicode_Replace(text, str(""), str("."), -1), "'.a.,.b.,.,.c.'");
    CHECK_REPR(PyUnicode_Replace(text, Py_None, comma, -1), "!!TypeError: must be str, not NoneType");
    CHECK_REPR(PyUnicode_Translate(str("abc"), value("{i:s,i:O,i:i}", 'a', "xyz", 'b', Py_None, 'c', 0x20ac), NULL), "!!UnicodeTranslateError: can't translate character '\\x62' in position 1: character maps to <undefined>");
    CHECK_REPR(PySequence_Repeat(str("ab"), 3), "'ababab'");
    CHECK_REPR(PySequence_Repeat(str(E_ACUTE), 0), "''");
    CHECK_REPR(PyNumber_Add(str("a"), value("i", 1)), "!!TypeError: can only concatenate str (not \"int\") to str");
    CHECK_REPR(PyNumber_Multiply(value("i", 2), str("ab")), "'abab'");
}

TEST(search) {
    PyObject *text = str("abcabc" EURO), *needle = str("bc");
    CHECK_INT(PyUnicode_Find(text, needle, 0, PY_SSIZE_T_MAX, 1), "1");
    CHECK_INT(PyUnicode_Find(text, needle, 0, PY_SSIZE_T_MAX, -1), "4");
    CHECK_INT(PyUnicode_Find(text, needle, 0, 2, 1), "-1");
    CHECK_INT(PyUnicode_Find(text, needle, -3, PY_SSIZE_T_MAX, 1), "4");
    CHECK_INT(PyUnicode_Find(Py_None, needle, 0, 9, 1), "-2 !!TypeError: must be str, not NoneType");
    CHECK_INT(PyUnicode_FindChar(text, 0x20ac, 0, 7, 1), "6");
    CHECK_INT(PyUnicode_FindChar(text, 'z', 0, 7, -1), "-1");
    CHECK_INT(PyUnicode_FindChar(text, 'c', 0, 7, -1), "5");
    CHECK_INT(PyUnicode_Count(text, needle, 0, PY_SSIZE_T_MAX), "2");
    CHECK_INT(PyUnicode_Count(text, str(""), 0, PY_SSIZE_T_MAX), "8");
    CHECK_INT(PyUnicode_Count(text, Py_None, 0, 9), "-1 !!TypeError: must be str, not NoneType");
    CHECK_INT(PyUnicode_Tailmatch(text, str("ab"), 0, 9, -1), "1");
    CHECK_INT(PyUnicode_Tailmatch(text, str(EURO), 0, 9, 1), "1");
    CHECK_INT(PyUnicode_Tailmatch(text, str("x"), 0, 9, 1), "0");
    CHECK_INT(PyUnicode_Tailmatch(text, Py_None, 0, 9, 1), "-1 !!TypeError: must be str, not NoneType");
    CHECK_INT(PyUnicode_Contains(text, needle), "1");
    CHECK_INT(PyUnicode_Contains(text, str("x")), "0");
    CHECK_INT(PyUnicode_Contains(text, str("")), "1");
    CHECK_INT(PyUnicode_Contains(text, value("i", 1)), "-1 !!TypeError: 'in <string>' requires string as left operand, not int");
    CHECK_INT(PySequence_Contains(text, value("i", 1)), "-1 !!TypeError: 'in <string>' requires string as left operand, not int");
    CHECK_INT(PyUnicode_Compare(str("a"), str("b")), "-1");
    CHECK_INT(PyUnicode_Compare(str("b"), str("a")), "1");
    CHECK_INT(PyUnicode_Compare(str("ab"), str("ab")), "0");
    CHECK_INT(PyUnicode_Compare(str("a"), str(EURO)), "-1");
    CHECK_INT(PyUnicode_Compare(str("a"), Py_None), "-1 !!TypeError: Can't compare str and NoneType");
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "abc"), "0");
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "abd"), "-1");
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "ab"), "1");
    CHECK_INT(PyUnicode_EqualToUTF8(str(EURO), EURO), "1");
    CHECK_INT(PyUnicode_EqualToUTF8(str("a"), "b"), "0");
    CHECK_INT(PyUnicode_EqualToUTF8AndSize(str("abc"), "abcd", 3), "1");
    CHECK_INT(PyUnicode_Equal(str("a" EURO), str("a" EURO)), "1");
    CHECK_INT(PyUnicode_Equal(str("a"), Py_None), "-1 !!TypeError: second argument must be str, not NoneType");
    CHECK_REPR(PyUnicode_RichCompare(str("a"), str("b"), Py_LT), "True");
    CHECK_REPR(PyUnicode_RichCompare(str("a"), Py_None, Py_EQ), "NotImplemented");
    CHECK_INT(PyUnicode_IsIdentifier(str("a_1")), "1");
    CHECK_INT(PyUnicode_IsIdentifier(str("1a")), "0");
    CHECK_INT(PyUnicode_IsIdentifier(str(E_ACUTE)), "1");
    CHECK_INT(PyUnicode_IsIdentifier(str("")), "0");
}

TEST(intern) {
    PyObject *a = PyUnicode_FromString("some name here"), *b = PyUnicode_InternFromString("some name here");
    CHECK(a != b);
    PyUnicode_InternInPlace(&a);
    CHECK(a == b);
    CHECK(PyUnicode_CHECK_INTERNED(a) != 0);
    Py_DECREF(a); Py_DECREF(b);
    PyObject *number = PyLong_FromLong(5000);
    PyUnicode_InternInPlace(&number);
    CHECK_REPR(number, "5000");
    CHECK_NO_ERROR();
    CHECK(str("x") == str("x") && str(E_ACUTE) == str(E_ACUTE) && str("") == keep(PyUnicode_FromStringAndSize("", 0)));
}

TEST(encode) {
    PyObject *text = str("a" E_ACUTE EURO SMILE), *lone = keep(PyUnicode_FromOrdinal(0xd800));
    CHECK_REPR(PyUnicode_AsUTF8String(text), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80'");
    CHECK_REPR(PyUnicode_AsUTF8String(lone), "!!UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
    CHECK_REPR(PyUnicode_AsUTF8String(Py_None), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyUnicode_AsLatin1String(str("a" E_ACUTE)), "b'a\\xe9'");
    CHECK_REPR(PyUnicode_AsLatin1String(text), "!!UnicodeEncodeError: 'latin-1' codec can't encode characters in position 2-3: ordinal not in range(256)");
    CHECK_REPR(PyUnicode_AsASCIIString(str("abc")), "b'abc'");
    CHECK_REPR(PyUnicode_AsASCIIString(text), "!!UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)");
    CHECK_REPR(PyUnicode_AsUTF16String(text), "b'\\xff\\xfea\\x00\\xe9\\x00\\xac =\\xd8\\x00\\xde'");
    CHECK_REPR(PyUnicode_AsUTF32String(str("a")), "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'");
    CHECK_REPR(PyUnicode_AsUnicodeEscapeString(text), "b'a\\\\xe9\\\\u20ac\\\\U0001f600'");
    CHECK_REPR(PyUnicode_AsRawUnicodeEscapeString(text), "b'a\\xe9\\\\u20ac\\\\U0001f600'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, NULL, NULL), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "ignore"), "b'a'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "replace"), "b'a???'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "backslashreplace"), "b'a\\\\xe9\\\\u20ac\\\\U0001f600'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "latin-1", "xmlcharrefreplace"), "b'a\\xe9&#8364;&#128512;'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "strict"), "!!UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)");
    CHECK_REPR(PyUnicode_AsEncodedString(lone, "utf-8", "surrogatepass"), "b'\\xed\\xa0\\x80'");
    CHECK_REPR(PyUnicode_AsEncodedString(keep(PyUnicode_FromOrdinal(0xdcff)), "utf-8", "surrogateescape"), "b'\\xff'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "utf-16-le", NULL), "b'a\\x00\\xe9\\x00\\xac =\\xd8\\x00\\xde'");
    CHECK_REPR(PyUnicode_AsEncodedString(str("a"), "utf-32-be", NULL), "b'\\x00\\x00\\x00a'");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "no-such", NULL), "!!LookupError: unknown encoding: no-such");
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "no-such"), "!!LookupError: unknown error handler name 'no-such'");
    CHECK_REPR(PyUnicode_AsEncodedString(Py_None, "ascii", NULL), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyUnicode_EncodeFSDefault(text), "b'a\\xc3\\xa9\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80'");
    CHECK_STR_EQ(PyUnicode_GetDefaultEncoding(), "utf-8");
}

TEST(decode) {
    Py_ssize_t used = -1;
    int order = 0;
    CHECK_REPR(PyUnicode_DecodeUTF8("a" EURO, 4, NULL), "'a€'");
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xe2\x82", 3, NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-2: unexpected end of data");
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "replace"), "'a�b'");
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "ignore"), "'ab'");
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "backslashreplace"), "'a\\\\xffb'");
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "surrogateescape"), "'a\\udcffb'");
    CHECK_REPR(PyUnicode_DecodeUTF8("\xed\xa0\x80", 3, NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte");
    CHECK_REPR(PyUnicode_DecodeUTF8("\xed\xa0\x80", 3, "surrogatepass"), "'\\ud800'");
    CHECK_REPR(PyUnicode_DecodeUTF8("\xc0\x80", 2, NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte");
    CHECK_REPR(PyUnicode_DecodeUTF8("\xf5\x80\x80\x80", 4, "replace"), "'����'");
    CHECK_REPR(PyUnicode_DecodeUTF8Stateful("a\xe2\x82", 3, NULL, &used), "'a'");
    CHECK_INT(used, "1");
    CHECK_REPR(PyUnicode_DecodeASCII("abc", 3, NULL), "'abc'");
    CHECK_REPR(PyUnicode_DecodeASCII("a\x80", 2, NULL), "!!UnicodeDecodeError: 'ascii' codec can't decode byte 0x80 in position 1: ordinal not in range(128)");
    CHECK_REPR(PyUnicode_DecodeASCII("a\x80", 2, "replace"), "'a�'");
    CHECK_REPR(PyUnicode_DecodeLatin1("a\xe9", 2, NULL), "'aé'");
    CHECK_REPR(PyUnicode_DecodeUTF16("a\0\xac\x20", 4, NULL, NULL), "'a€'");
    CHECK_REPR(PyUnicode_DecodeUTF16("\xfe\xff\0a", 4, NULL, &order), "'a'");
    CHECK_INT(order, "1");
    CHECK_REPR(PyUnicode_DecodeUTF16("a\0b", 3, NULL, NULL), "!!UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data");
    CHECK_REPR(PyUnicode_DecodeUTF16Stateful("a\0b", 3, NULL, NULL, &used), "'a'");
    CHECK_INT(used, "2");
    CHECK_REPR(PyUnicode_DecodeUTF32("a\0\0\0", 4, NULL, NULL), "'a'");
    CHECK_REPR(PyUnicode_DecodeUTF32("\0\0\x11\0\0", 4, NULL, NULL), "!!UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)");
    CHECK_REPR(PyUnicode_DecodeUTF7("a+ACI-b", 7, NULL), "'a\"b'");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\u20ac\\n\\x41\\101", 16, NULL), "'€\\nAA'");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\x4", 3, NULL), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape");
    CHECK_REPR(PyUnicode_DecodeRawUnicodeEscape("\\u20ac\\n", 8, NULL), "'€\\\\n'");
    CHECK_REPR(PyUnicode_Decode("a\xe9", 2, "latin-1", NULL), "'aé'");
    CHECK_REPR(PyUnicode_Decode("abc", 3, "ASCII", NULL), "'abc'");
    CHECK_REPR(PyUnicode_Decode("abc", 3, NULL, NULL), "'abc'");
    CHECK_REPR(PyUnicode_Decode("a\xff", 2, "utf_8", "strict"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
    CHECK_REPR(PyUnicode_Decode("abc", 3, "no-such", NULL), "!!LookupError: unknown encoding: no-such");
    CHECK_REPR(PyUnicode_DecodeFSDefault("a" E_ACUTE), "'aé'");
    CHECK_REPR(PyUnicode_DecodeFSDefaultAndSize("a\xff", 2), "'a\\udcff'");
    CHECK_REPR(PyUnicode_DecodeLocale("abc", NULL), "'abc'");
    CHECK_REPR(PyUnicode_DecodeCharmap("ab", 2, value("{isis}", 'a', "x", 'b', "yz"), NULL), "'xyz'");
    CHECK_REPR(PyUnicode_AsCharmapString(str("ab"), value("{iiii}", 'a', 1, 'b', 2)), "b'\\x01\\x02'");
    PyObject *converted = NULL;
    CHECK_INT(PyUnicode_FSConverter(str("p"), &converted), "131072");
    CHECK_REPR(converted, "b'p'");
    CHECK_INT(PyUnicode_FSConverter(value("i", 1), &converted), "0 !!TypeError: expected str, bytes or os.PathLike object, not int");
    CHECK_INT(PyUnicode_FSConverter(keep(PyUnicode_FromStringAndSize("a\0b", 3)), &converted), "0 !!ValueError: embedded null byte");
    CHECK_INT(PyUnicode_FSDecoder(value("y", "p"), &converted), "131072");
    CHECK_REPR(converted, "'p'");
    CHECK_INT(PyUnicode_FSDecoder(value("i", 1), &converted), "0 !!TypeError: expected str, bytes or os.PathLike object, not int");
    CHECK_REPR(PyOS_FSPath(str("p")), "'p'");
    CHECK_REPR(PyOS_FSPath(value("i", 1)), "!!TypeError: expected str, bytes or os.PathLike object, not int");
}

TEST(from_format) {
    CHECK_REPR(PyUnicode_FromFormat("plain %% text"), "'plain % text'");
    CHECK_REPR(PyUnicode_FromFormat("%d|%i|%5d|%-5d|%05d|%+d", -1, 2, 3, 4, 5, 6), "!!SystemError: invalid format string: %+d");
    CHECK_REPR(PyUnicode_FromFormat("%u|%lu|%llu|%zu", 1u, 2ul, 3ull, (size_t)4), "'1|2|3|4'");
    CHECK_REPR(PyUnicode_FromFormat("%ld|%lld|%zd|%jd|%td", -2l, -3ll, (Py_ssize_t)-4, (intmax_t)-5, (ptrdiff_t)-6), "'-2|-3|-4|-5|-6'");
    CHECK_REPR(PyUnicode_FromFormat("%x|%X|%lx|%#x|%o|%08x", 255, 255, 255l, 255, 8, 255), "'ff|FF|ff|ff|10|000000ff'");
    CHECK_REPR(PyUnicode_FromFormat("%c%c%c", 'a', 0xe9, 0x1f600), "'aé😀'");
    CHECK_REPR(PyUnicode_FromFormat("%c", 0x110000), "!!OverflowError: character argument not in range(0x110000)");
    CHECK_REPR(PyUnicode_FromFormat("[%s] [%5s] [%-5s] [%.2s] [%5.1s]", "abc", "abc", "abc", "abc", "abc"), "'[abc] [  abc] [abc  ] [ab] [    a]'");
    CHECK_REPR(PyUnicode_FromFormat("%s", "a" EURO "\xff"), "'a€�'");
    CHECK_REPR(PyUnicode_FromFormat("%.3s", "a" EURO "b"), "'a'");
    CHECK_REPR(PyUnicode_FromFormat("%p", (void *)0xabc), "'0xabc'");
    CHECK_REPR(PyUnicode_FromFormat("%U|%S|%R|%A", str(EURO), str(EURO), str(EURO), str(EURO)), "\"€|€|'€'|'\\\\u20ac'\"");
    CHECK_REPR(PyUnicode_FromFormat("[%5U] [%-4S] [%.3R]", str("ab"), value("i", 12), str("abc")), "\"[   ab] [12  ] ['ab]\"");
    CHECK_REPR(PyUnicode_FromFormat("%V|%V", str("x"), "unused", NULL, "used"), "'x|used'");
    CHECK_REPR(PyUnicode_FromFormat("%T|%#T|%N|%#N", value("i", 1), value("i", 1), &PyLong_Type, new_class("C", NULL)), "'int|int|int|m:C'");
    CHECK_REPR(PyUnicode_FromFormat("%T", keep(PyObject_CallNoArgs(new_class("C", NULL)))), "'m.C'");
    CHECK_REPR(PyUnicode_FromFormat("%ls", L"wide"), "'wide'");
    CHECK_REPR(PyUnicode_FromFormat("%*d|%.*s|%-*d", 4, 1, 2, "abc", 4, 7), "'   1|ab|7   '");
    CHECK_REPR(PyUnicode_FromFormat("%q"), "!!SystemError: invalid format string: %q");
    CHECK_REPR(PyUnicode_FromFormat("abc%"), "!!SystemError: invalid format string: %");
    CHECK_REPR(PyUnicode_FromFormat("%5c|%.3d|%10.4d", 'x', 7, 12), "!!SystemError: invalid format string: %5c|%.3d|%10.4d");
    CHECK_REPR(PyUnicode_FromFormat("%s\xff", "a"), "!!ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xff");
    CHECK_REPR(PyUnicode_FromFormat("%N", value("i", 1)), "!!TypeError: %N argument must be a type");
    CHECK_REPR(PyUnicode_Format(str("%s-%d-%r-%05.2f-%x-%%"), value("(sisdi)", "a", 3, "b", 1.5, 255)), "\"a-3-'b'-01.50-ff-%\"");
    CHECK_REPR(PyUnicode_Format(str("%(k)s"), value("{ss}", "k", "v")), "'v'");
    CHECK_REPR(PyUnicode_Format(str("%d"), value("(s)", "x")), "!!TypeError: %d format: a real number is required, not str");
    CHECK_REPR(PyUnicode_Format(str("%s %s"), value("(s)", "x")), "!!TypeError: not enough arguments for format string");
    CHECK_REPR(PyUnicode_Format(str("%s"), value("(ss)", "x", "y")), "!!TypeError: not all arguments converted during string formatting");
    CHECK_REPR(PyUnicode_Format(str("%"), value("()")), "!!ValueError: incomplete format");
    CHECK_REPR(PyUnicode_Format(Py_None, value("()")), "!!TypeError: must be str, not NoneType");
}

TEST(writer) {
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 'a'), "0");
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, EURO "x", 3), "0");
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, "\xff", 1), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_INT(PyUnicodeWriter_WriteASCII(writer, "-b-", -1), "0");
    CHECK_INT(PyUnicodeWriter_WriteStr(writer, value("i", 12)), "0");
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, str("r")), "0");
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, NULL), "0");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 1, 3), "0");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 3, 9), "-1 !!ValueError: invalid end argument");
    CHECK_INT(PyUnicodeWriter_WriteWideChar(writer, L"w", -1), "0");
    CHECK_INT(PyUnicodeWriter_WriteUCS4(writer, U"u", 1), "0");
    CHECK_INT(PyUnicodeWriter_Format(writer, "<%d>", 5), "0");
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 0x110000), "-1 !!ValueError: character must be in range(0x110000)");
    CHECK_REPR(PyUnicodeWriter_Finish(writer), "\"a€-b-12'r'<NULL>bcwu<5>\"");
    PyUnicodeWriter_Discard(PyUnicodeWriter_Create(10));
    PyUnicodeWriter_Discard(NULL);
    CHECK(PyUnicodeWriter_Create(-1) == NULL);
    CHECK_RAISES(0, PyExc_ValueError, "length must be positive");
}

TEST(methods) {
    PyObject *t = str("Hello, W" E_ACUTE "rld");
    CHECK_REPR(PyObject_CallMethod(t, "upper", NULL), "'HELLO, WÉRLD'");
    CHECK_REPR(PyObject_CallMethod(t, "lower", NULL), "'hello, wérld'");
    CHECK_REPR(PyObject_CallMethod(t, "title", NULL), "'Hello, Wérld'");
    CHECK_REPR(PyObject_CallMethod(t, "swapcase", NULL), "'hELLO, wÉRLD'");
    CHECK_REPR(PyObject_CallMethod(str("stra\xc3\x9f" "e"), "casefold", NULL), "'strasse'");
    CHECK_REPR(PyObject_CallMethod(str("stra\xc3\x9f" "e"), "upper", NULL), "'STRASSE'");
    CHECK_REPR(PyObject_CallMethod(str("abc"), "capitalize", NULL), "'Abc'");
    CHECK_REPR(PyObject_CallMethod(str("  x "), "strip", NULL), "'x'");
    CHECK_REPR(PyObject_CallMethod(str("xxaxx"), "lstrip", "s", "x"), "'axx'");
    CHECK_REPR(PyObject_CallMethod(str("xxaxx"), "rstrip", "i", 1), "!!TypeError: rstrip arg must be None or str");
    CHECK_REPR(PyObject_CallMethod(str("ab"), "center", "is", 6, "*"), "'**ab**'");
    CHECK_REPR(PyObject_CallMethod(str("ab"), "ljust", "i", 4), "'ab  '");
    CHECK_REPR(PyObject_CallMethod(str("ab"), "rjust", "iss", 4, "x", "y"), "!!TypeError: rjust expected at most 2 arguments, got 3");
    CHECK_REPR(PyObject_CallMethod(str("-42"), "zfill", "i", 6), "'-00042'");
    CHECK_REPR(PyObject_CallMethod(str("a\tb"), "expandtabs", "i", 4), "'a   b'");
    CHECK_REPR(PyObject_CallMethod(t, "startswith", "((ss))", "x", "He"), "True");
    CHECK_REPR(PyObject_CallMethod(t, "startswith", "i", 1), "!!TypeError: startswith first arg must be str or a tuple of str, not int");
    CHECK_REPR(PyObject_CallMethod(t, "endswith", "s", "rld"), "True");
    CHECK_REPR(PyObject_CallMethod(t, "find", "si", "l", 4), "10");
    CHECK_REPR(PyObject_CallMethod(t, "index", "s", "zz"), "!!ValueError: substring not found");
    CHECK_REPR(PyObject_CallMethod(t, "rfind", "s", "l"), "10");
    CHECK_REPR(PyObject_CallMethod(t, "count", "s", "l"), "3");
    CHECK_REPR(PyObject_CallMethod(t, "encode", "s", "utf-8"), "b'Hello, W\\xc3\\xa9rld'");
    CHECK_REPR(PyObject_CallMethod(str("{} {0}"), "format", "i", 1), "!!ValueError: cannot switch from automatic field numbering to manual field specification");
    CHECK_REPR(PyObject_CallMethod(str("{0:>4} {1!r} {2[0]}"), "format", "is[i]", 1, "a", 9), "\"   1 'a' 9\"");
    CHECK_REPR(PyObject_CallMethod(str("{} {}"), "format", "i", 1), "!!IndexError: Replacement index 1 out of range for positional args tuple");
    CHECK_REPR(PyObject_CallMethod(str("{x}"), "format_map", "{si}", "x", 1), "'1'");
    CHECK_REPR(PyObject_CallMethod(str("a-b"), "removeprefix", "s", "a-"), "'b'");
    CHECK_REPR(PyObject_CallMethod(str("a-b"), "removesuffix", "s", "-b"), "'a'");
    CHECK_REPR(PyObject_CallMethod(str("abc"), "isalpha", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xb2"), "isdigit", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xbd"), "isnumeric", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xbd"), "isdecimal", NULL), "False");
    CHECK_REPR(PyObject_CallMethod(str(" \n"), "isspace", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(str("Abc Def"), "istitle", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(str("a\n"), "isprintable", NULL), "False");
    CHECK_REPR(PyObject_CallMethod(str("a"), "isascii", NULL), "True");
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyUnicode_Type, "maketrans", "ss", "ab", "xy"), "{97: 120, 98: 121}");
    CHECK_REPR(PyObject_CallMethod(str("aXb"), "translate", "{i:O}", 'X', Py_None), "'ab'");
    CHECK_REPR(PyObject_CallMethod(str("a"), "join", "s", "xyz"), "'xayaz'");
    CHECK_REPR(PyObject_CallMethod(str("a"), "nosuch", NULL), "!!AttributeError: 'str' object has no attribute 'nosuch'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "ys", "a\xe9", "latin-1"), "'aé'");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "is", 1, "ascii"), "!!TypeError: decoding to str: need a bytes-like object, int found");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "ss", "a", "ascii"), "!!TypeError: decoding str is not supported");
    CHECK(Py_UNICODE_ISSPACE(0x2003) && Py_UNICODE_ISALPHA(0xe9) && Py_UNICODE_ISDECIMAL(0x664) && !Py_UNICODE_ISALNUM('-'));
    CHECK(Py_UNICODE_TOUPPER(0xe9) == 0xc9 && Py_UNICODE_TOLOWER(0xc9) == 0xe9 && Py_UNICODE_TODECIMAL(0x664) == 4);
    CHECK(Py_UNICODE_TODIGIT(0xb2) == 2 && Py_UNICODE_TONUMERIC(0xbd) == 0.5 && Py_UNICODE_ISPRINTABLE('a') && !Py_UNICODE_ISPRINTABLE(7));
}
CHECK_MAIN()
