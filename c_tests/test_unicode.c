/* str: making, reading, searching, changing, encoding, interning, formatting from C. */
#include "check.h"
#include <wchar.h>

static PyObject *str(const char *utf8) { return keep(PyUnicode_FromString(utf8)); }
#define E_ACUTE "\xc3\xa9"
#define EURO "\xe2\x82\xac"
#define SMILE "\xf0\x9f\x98\x80"

TEST(make) {
    CHECK_REPR(PyUnicode_FromString("abc"), LEARN);
    CHECK_REPR(PyUnicode_FromString(""), LEARN);
    CHECK_REPR(PyUnicode_FromString(E_ACUTE EURO SMILE), LEARN);
    CHECK_REPR(PyUnicode_FromString("a\xff"), LEARN);
    CHECK_REPR(PyUnicode_FromStringAndSize("a\0b", 3), LEARN);
    CHECK_REPR(PyUnicode_FromStringAndSize("abc", -1), LEARN);
    CHECK_REPR(PyUnicode_FromStringAndSize(NULL, 0), LEARN);
    CHECK_REPR(PyUnicode_FromStringAndSize(NULL, 3), LEARN);
    CHECK_REPR(PyUnicode_FromOrdinal(0x20ac), LEARN);
    CHECK_REPR(PyUnicode_FromOrdinal(0x110000), LEARN);
    CHECK_REPR(PyUnicode_FromOrdinal(-1), LEARN);
    CHECK_REPR(PyUnicode_FromObject(str("x")), LEARN);
    CHECK_REPR(PyUnicode_FromObject(Py_None), LEARN);
    CHECK_REPR(PyUnicode_FromEncodedObject(value("y", "ab"), "ascii", NULL), LEARN);
    CHECK_REPR(PyUnicode_FromEncodedObject(value("y", "\xe9"), "latin-1", NULL), LEARN);
    CHECK_REPR(PyUnicode_FromEncodedObject(str("a"), NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_FromEncodedObject(value("i", 3), NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_FromEncodedObject(NULL, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, "a\xe9", 2), LEARN);
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, u"a\u20ac", 2), LEARN);
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, U"a\U0001f600b", 3), LEARN);
    CHECK_REPR(PyUnicode_FromKindAndData(3, "a", 1), LEARN);
    CHECK_REPR(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, "a", -1), LEARN);
    CHECK_REPR(PyUnicode_FromWideChar(L"a\u20ac", 2), LEARN);
    CHECK_REPR(PyUnicode_FromWideChar(L"abc", -1), LEARN);
    CHECK_REPR(PyUnicode_FromWideChar(NULL, 3), LEARN);
    PyObject *fresh = PyUnicode_New(3, 0xff);
    CHECK_INT(PyUnicode_WriteChar(fresh, 0, 'x'), LEARN);
    CHECK_INT(PyUnicode_WriteChar(fresh, 1, 0xe9), LEARN);
    CHECK_INT(PyUnicode_WriteChar(fresh, 2, 'z'), LEARN);
    CHECK_INT(PyUnicode_WriteChar(fresh, 3, 'z'), LEARN);
    CHECK_INT(PyUnicode_WriteChar(fresh, 0, 0x20ac), LEARN);
    CHECK_INT(PyUnicode_WriteChar(Py_None, 0, 'a'), LEARN);
    CHECK_REPR(fresh, LEARN);
    CHECK_REPR(PyUnicode_New(0, 0), LEARN);
    CHECK_REPR(PyUnicode_New(-1, 127), LEARN);
    CHECK_REPR(PyUnicode_New(3, 0x110000), LEARN);
    CHECK_REPR(PyUnicode_BuildEncodingMap(str("ab")), LEARN);
}

TEST(read) {
    PyObject *text = str("a" E_ACUTE EURO SMILE);
    Py_ssize_t size = -1;
    CHECK_INT(PyUnicode_GetLength(text), LEARN);
    CHECK_INT(PyUnicode_GetLength(Py_None), LEARN);
    CHECK_INT(PyUnicode_ReadChar(text, 2), LEARN);
    CHECK_INT(PyUnicode_ReadChar(text, 4), LEARN);
    CHECK_INT(PyUnicode_ReadChar(text, -1), LEARN);
    CHECK_INT(PyUnicode_ReadChar(Py_None, 0), LEARN);
    CHECK_INT(PyUnicode_MAX_CHAR_VALUE(text), LEARN);
    CHECK_INT(PyUnicode_KIND(text), LEARN);
    CHECK_INT(PyUnicode_IS_ASCII(text), LEARN);
    CHECK_INT(PyUnicode_READ_CHAR(text, 1), LEARN);
    CHECK(PyUnicode_KIND(str("abc")) == 1 && PyUnicode_IS_COMPACT_ASCII(str("abc")) && PyUnicode_GET_LENGTH(text) == 4);
    CHECK(PyUnicode_KIND(str(EURO)) == 2 && PyUnicode_KIND(str(E_ACUTE)) == 1 && !PyUnicode_IS_ASCII(str(E_ACUTE)));
    CHECK_STR_EQ(PyUnicode_AsUTF8(text), LEARN);
    CHECK_STR_EQ(PyUnicode_AsUTF8AndSize(text, &size), LEARN);
    CHECK_INT(size, LEARN);
    CHECK(PyUnicode_AsUTF8(text) == PyUnicode_AsUTF8(text));
    CHECK_STR_EQ(PyUnicode_AsUTF8(Py_None), LEARN);
    CHECK_STR_EQ(PyUnicode_AsUTF8AndSize(Py_None, &size), LEARN);
    CHECK_INT(size, LEARN);
    CHECK_STR_EQ(PyUnicode_AsUTF8(keep(PyUnicode_FromOrdinal(0xd800))), LEARN);
    Py_UCS4 buffer[8];
    CHECK(PyUnicode_AsUCS4(text, buffer, 8, 1) == buffer && buffer[3] == 0x1f600 && buffer[4] == 0);
    CHECK(PyUnicode_AsUCS4(text, buffer, 4, 1) == NULL);
    CHECK_RAISES(0, PyExc_SystemError, "string is longer than the buffer");
    Py_UCS4 *copy = PyUnicode_AsUCS4Copy(text);
    CHECK(copy && copy[2] == 0x20ac);
    PyMem_Free(copy);
    wchar_t wide[8];
    CHECK_INT(PyUnicode_AsWideChar(text, wide, 8), LEARN);
    CHECK(wide[3] == 0x1f600 && wide[4] == 0);
    CHECK_INT(PyUnicode_AsWideChar(text, wide, 2), LEARN);
    CHECK_INT(PyUnicode_AsWideChar(text, NULL, 0), LEARN);
    CHECK_INT(PyUnicode_AsWideChar(NULL, wide, 2), LEARN);
    wchar_t *wcopy = PyUnicode_AsWideCharString(text, &size);
    CHECK(wcopy && size == 4 && wcopy[2] == 0x20ac);
    PyMem_Free(wcopy);
    CHECK(PyUnicode_AsWideCharString(keep(PyUnicode_FromStringAndSize("a\0b", 3)), NULL) == NULL);
    CHECK_RAISES(0, PyExc_ValueError, "embedded null character");
    CHECK_REPR(PyUnicode_Substring(text, 1, 3), LEARN);
    CHECK_REPR(PyUnicode_Substring(text, 3, 1), LEARN);
    CHECK_REPR(PyUnicode_Substring(text, 0, 99), LEARN);
    CHECK_REPR(PyUnicode_Substring(text, -1, 3), LEARN);
    PyObject *whole = keep(PyUnicode_Substring(text, 0, 4));
    CHECK(whole == text);
    CHECK_REPR(PySequence_GetItem(text, 3), LEARN);
    CHECK_REPR(PySequence_GetItem(text, -5), LEARN);
    CHECK_REPR(PySequence_GetSlice(text, 1, 3), LEARN);
    CHECK_REPR(PyObject_GetItem(text, keep(PySlice_New(NULL, NULL, value("i", -1)))), LEARN);
    CHECK_REPR(PySequence_List(text), LEARN);
}

TEST(copy) {
    PyObject *to = PyUnicode_New(5, 0x20ac);
    CHECK_INT(PyUnicode_Fill(to, 0, 5, '-'), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 1, str("ab" EURO), 0, 3), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 3, str("abc"), 0, 3), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 9, str("abc"), 0, 3), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, str("abc"), 9, 3), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, Py_None, 0, 3), LEARN);
    CHECK_INT(PyUnicode_CopyCharacters(to, 0, str(SMILE), 0, 1), LEARN);
    CHECK_INT(PyUnicode_Fill(to, 4, 9, 0x20ac), LEARN);
    CHECK_INT(PyUnicode_Fill(to, -1, 2, 'a'), LEARN);
    CHECK_INT(PyUnicode_Fill(to, 0, 2, 0x1f600), LEARN);
    CHECK_REPR(to, LEARN);
    PyObject *text = PyUnicode_New(3, 127);
    PyUnicode_Fill(text, 0, 3, 'x');
    CHECK_INT(PyUnicode_Resize(&text, 2), LEARN);
    CHECK_BORROWED(text, LEARN);
    CHECK_INT(PyUnicode_Resize(&text, -1), LEARN);
    Py_CLEAR(text);
    CHECK_INT(PyUnicode_Resize(NULL, 1), LEARN);
    PyObject *none = Py_None;
    CHECK_INT(PyUnicode_Resize(&none, 1), LEARN);
}

TEST(join_and_split) {
    PyObject *text = str("a,b,,c"), *comma = str(",");
    CHECK_REPR(PyUnicode_Concat(str("ab"), str(EURO)), LEARN);
    CHECK_REPR(PyUnicode_Concat(str("ab"), Py_None), LEARN);
    CHECK_REPR(PyUnicode_Concat(Py_None, str("ab")), LEARN);
    PyObject *left = PyUnicode_FromString("left");
    PyUnicode_Append(&left, str("-right"));
    CHECK_BORROWED(left, LEARN);
    PyUnicode_AppendAndDel(&left, PyUnicode_FromString("!"));
    CHECK_BORROWED(left, LEARN);
    PyUnicode_Append(&left, Py_None);
    CHECK(left == NULL);
    CHECK_RAISES(0, PyExc_TypeError, "can only concatenate str (not \"NoneType\") to str");
    PyUnicode_Append(&left, str("x"));
    CHECK(left == NULL);
    CHECK_NO_ERROR();
    CHECK_REPR(PyUnicode_Join(comma, value("[sss]", "x", "y", "z")), LEARN);
    CHECK_REPR(PyUnicode_Join(NULL, value("(ss)", "x", E_ACUTE)), LEARN);
    CHECK_REPR(PyUnicode_Join(comma, value("[si]", "x", 1)), LEARN);
    CHECK_REPR(PyUnicode_Join(Py_None, value("[ss]", "x", "y")), LEARN);
    CHECK_REPR(PyUnicode_Join(comma, Py_None), LEARN);
    CHECK_REPR(PyUnicode_Join(comma, value("[]")), LEARN);
    CHECK_REPR(PyUnicode_Split(text, comma, -1), LEARN);
    CHECK_REPR(PyUnicode_Split(text, comma, 1), LEARN);
    CHECK_REPR(PyUnicode_Split(str(" a  b "), NULL, -1), LEARN);
    CHECK_REPR(PyUnicode_Split(text, str(""), -1), LEARN);
    CHECK_REPR(PyUnicode_Split(text, Py_None, -1), LEARN);
    CHECK_REPR(PyUnicode_Split(Py_None, comma, -1), LEARN);
    CHECK_REPR(PyUnicode_RSplit(text, comma, 1), LEARN);
    CHECK_REPR(PyUnicode_RSplit(str(" a  b "), NULL, 1), LEARN);
    CHECK_REPR(PyUnicode_Splitlines(str("a\nb\r\nc\n"), 0), LEARN);
    CHECK_REPR(PyUnicode_Splitlines(str("a\nb\r\nc\n"), 1), LEARN);
    CHECK_REPR(PyUnicode_Partition(text, comma), LEARN);
    CHECK_REPR(PyUnicode_RPartition(text, comma), LEARN);
    CHECK_REPR(PyUnicode_Partition(text, str("x")), LEARN);
    CHECK_REPR(PyUnicode_RPartition(text, str("x")), LEARN);
    CHECK_REPR(PyUnicode_Partition(text, str("")), LEARN);
    CHECK_REPR(PyUnicode_Replace(text, comma, str("--"), -1), LEARN);
    CHECK_REPR(PyUnicode_Replace(text, comma, str(EURO), 1), LEARN);
    CHECK_REPR(PyUnicode_Replace(text, str(""), str("."), -1), LEARN);
    CHECK_REPR(PyUnicode_Replace(text, Py_None, comma, -1), LEARN);
    CHECK_REPR(PyUnicode_Translate(str("abc"), value("{i:s,i:O,i:i}", 'a', "xyz", 'b', Py_None, 'c', 0x20ac), NULL), LEARN);
    CHECK_REPR(PySequence_Repeat(str("ab"), 3), LEARN);
    CHECK_REPR(PySequence_Repeat(str(E_ACUTE), 0), LEARN);
    CHECK_REPR(PyNumber_Add(str("a"), value("i", 1)), LEARN);
    CHECK_REPR(PyNumber_Multiply(value("i", 2), str("ab")), LEARN);
}

TEST(search) {
    PyObject *text = str("abcabc" EURO), *needle = str("bc");
    CHECK_INT(PyUnicode_Find(text, needle, 0, PY_SSIZE_T_MAX, 1), LEARN);
    CHECK_INT(PyUnicode_Find(text, needle, 0, PY_SSIZE_T_MAX, -1), LEARN);
    CHECK_INT(PyUnicode_Find(text, needle, 0, 2, 1), LEARN);
    CHECK_INT(PyUnicode_Find(text, needle, -3, PY_SSIZE_T_MAX, 1), LEARN);
    CHECK_INT(PyUnicode_Find(Py_None, needle, 0, 9, 1), LEARN);
    CHECK_INT(PyUnicode_FindChar(text, 0x20ac, 0, 7, 1), LEARN);
    CHECK_INT(PyUnicode_FindChar(text, 'z', 0, 7, -1), LEARN);
    CHECK_INT(PyUnicode_FindChar(text, 'c', 0, 7, -1), LEARN);
    CHECK_INT(PyUnicode_Count(text, needle, 0, PY_SSIZE_T_MAX), LEARN);
    CHECK_INT(PyUnicode_Count(text, str(""), 0, PY_SSIZE_T_MAX), LEARN);
    CHECK_INT(PyUnicode_Count(text, Py_None, 0, 9), LEARN);
    CHECK_INT(PyUnicode_Tailmatch(text, str("ab"), 0, 9, -1), LEARN);
    CHECK_INT(PyUnicode_Tailmatch(text, str(EURO), 0, 9, 1), LEARN);
    CHECK_INT(PyUnicode_Tailmatch(text, str("x"), 0, 9, 1), LEARN);
    CHECK_INT(PyUnicode_Tailmatch(text, Py_None, 0, 9, 1), LEARN);
    CHECK_INT(PyUnicode_Contains(text, needle), LEARN);
    CHECK_INT(PyUnicode_Contains(text, str("x")), LEARN);
    CHECK_INT(PyUnicode_Contains(text, str("")), LEARN);
    CHECK_INT(PyUnicode_Contains(text, value("i", 1)), LEARN);
    CHECK_INT(PySequence_Contains(text, value("i", 1)), LEARN);
    CHECK_INT(PyUnicode_Compare(str("a"), str("b")), LEARN);
    CHECK_INT(PyUnicode_Compare(str("b"), str("a")), LEARN);
    CHECK_INT(PyUnicode_Compare(str("ab"), str("ab")), LEARN);
    CHECK_INT(PyUnicode_Compare(str("a"), str(EURO)), LEARN);
    CHECK_INT(PyUnicode_Compare(str("a"), Py_None), LEARN);
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "abc"), LEARN);
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "abd"), LEARN);
    CHECK_INT(PyUnicode_CompareWithASCIIString(str("abc"), "ab"), LEARN);
    CHECK_INT(PyUnicode_EqualToUTF8(str(EURO), EURO), LEARN);
    CHECK_INT(PyUnicode_EqualToUTF8(str("a"), "b"), LEARN);
    CHECK_INT(PyUnicode_EqualToUTF8AndSize(str("abc"), "abcd", 3), LEARN);
    CHECK_INT(PyUnicode_Equal(str("a" EURO), str("a" EURO)), LEARN);
    CHECK_INT(PyUnicode_Equal(str("a"), Py_None), LEARN);
    CHECK_REPR(PyUnicode_RichCompare(str("a"), str("b"), Py_LT), LEARN);
    CHECK_REPR(PyUnicode_RichCompare(str("a"), Py_None, Py_EQ), LEARN);
    CHECK_INT(PyUnicode_IsIdentifier(str("a_1")), LEARN);
    CHECK_INT(PyUnicode_IsIdentifier(str("1a")), LEARN);
    CHECK_INT(PyUnicode_IsIdentifier(str(E_ACUTE)), LEARN);
    CHECK_INT(PyUnicode_IsIdentifier(str("")), LEARN);
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
    CHECK_REPR(number, LEARN);
    CHECK_NO_ERROR();
    CHECK(str("x") == str("x") && str(E_ACUTE) == str(E_ACUTE) && str("") == keep(PyUnicode_FromStringAndSize("", 0)));
}

TEST(encode) {
    PyObject *text = str("a" E_ACUTE EURO SMILE), *lone = keep(PyUnicode_FromOrdinal(0xd800));
    CHECK_REPR(PyUnicode_AsUTF8String(text), LEARN);
    CHECK_REPR(PyUnicode_AsUTF8String(lone), LEARN);
    CHECK_REPR(PyUnicode_AsUTF8String(Py_None), LEARN);
    CHECK_REPR(PyUnicode_AsLatin1String(str("a" E_ACUTE)), LEARN);
    CHECK_REPR(PyUnicode_AsLatin1String(text), LEARN);
    CHECK_REPR(PyUnicode_AsASCIIString(str("abc")), LEARN);
    CHECK_REPR(PyUnicode_AsASCIIString(text), LEARN);
    CHECK_REPR(PyUnicode_AsUTF16String(text), LEARN);
    CHECK_REPR(PyUnicode_AsUTF32String(str("a")), LEARN);
    CHECK_REPR(PyUnicode_AsUnicodeEscapeString(text), LEARN);
    CHECK_REPR(PyUnicode_AsRawUnicodeEscapeString(text), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "ignore"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "replace"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "backslashreplace"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "latin-1", "xmlcharrefreplace"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "strict"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(lone, "utf-8", "surrogatepass"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(keep(PyUnicode_FromOrdinal(0xdcff)), "utf-8", "surrogateescape"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "utf-16-le", NULL), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(str("a"), "utf-32-be", NULL), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "no-such", NULL), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(text, "ascii", "no-such"), LEARN);
    CHECK_REPR(PyUnicode_AsEncodedString(Py_None, "ascii", NULL), LEARN);
    CHECK_REPR(PyUnicode_EncodeFSDefault(text), LEARN);
    CHECK_STR_EQ(PyUnicode_GetDefaultEncoding(), LEARN);
}

TEST(decode) {
    Py_ssize_t used = -1;
    int order = 0;
    CHECK_REPR(PyUnicode_DecodeUTF8("a" EURO, 4, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xe2\x82", 3, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "replace"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "ignore"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "backslashreplace"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("a\xff" "b", 3, "surrogateescape"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("\xed\xa0\x80", 3, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("\xed\xa0\x80", 3, "surrogatepass"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("\xc0\x80", 2, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8("\xf5\x80\x80\x80", 4, "replace"), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF8Stateful("a\xe2\x82", 3, NULL, &used), LEARN);
    CHECK_INT(used, LEARN);
    CHECK_REPR(PyUnicode_DecodeASCII("abc", 3, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeASCII("a\x80", 2, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeASCII("a\x80", 2, "replace"), LEARN);
    CHECK_REPR(PyUnicode_DecodeLatin1("a\xe9", 2, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF16("a\0\xac\x20", 4, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF16("\xfe\xff\0a", 4, NULL, &order), LEARN);
    CHECK_INT(order, LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF16("a\0b", 3, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF16Stateful("a\0b", 3, NULL, NULL, &used), LEARN);
    CHECK_INT(used, LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF32("a\0\0\0", 4, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF32("\0\0\x11\0\0", 4, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUTF7("a+ACI-b", 7, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\u20ac\\n\\x41\\101", 16, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\x4", 3, NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeRawUnicodeEscape("\\u20ac\\n", 8, NULL), LEARN);
    CHECK_REPR(PyUnicode_Decode("a\xe9", 2, "latin-1", NULL), LEARN);
    CHECK_REPR(PyUnicode_Decode("abc", 3, "ASCII", NULL), LEARN);
    CHECK_REPR(PyUnicode_Decode("abc", 3, NULL, NULL), LEARN);
    CHECK_REPR(PyUnicode_Decode("a\xff", 2, "utf_8", "strict"), LEARN);
    CHECK_REPR(PyUnicode_Decode("abc", 3, "no-such", NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeFSDefault("a" E_ACUTE), LEARN);
    CHECK_REPR(PyUnicode_DecodeFSDefaultAndSize("a\xff", 2), LEARN);
    CHECK_REPR(PyUnicode_DecodeLocale("abc", NULL), LEARN);
    CHECK_REPR(PyUnicode_DecodeCharmap("ab", 2, value("{isis}", 'a', "x", 'b', "yz"), NULL), LEARN);
    CHECK_REPR(PyUnicode_AsCharmapString(str("ab"), value("{iiii}", 'a', 1, 'b', 2)), LEARN);
    PyObject *converted = NULL;
    CHECK_INT(PyUnicode_FSConverter(str("p"), &converted), LEARN);
    CHECK_REPR(converted, LEARN);
    CHECK_INT(PyUnicode_FSConverter(value("i", 1), &converted), LEARN);
    CHECK_INT(PyUnicode_FSConverter(keep(PyUnicode_FromStringAndSize("a\0b", 3)), &converted), LEARN);
    CHECK_INT(PyUnicode_FSDecoder(value("y", "p"), &converted), LEARN);
    CHECK_REPR(converted, LEARN);
    CHECK_INT(PyUnicode_FSDecoder(value("i", 1), &converted), LEARN);
    CHECK_REPR(PyOS_FSPath(str("p")), LEARN);
    CHECK_REPR(PyOS_FSPath(value("i", 1)), LEARN);
}

TEST(from_format) {
    CHECK_REPR(PyUnicode_FromFormat("plain %% text"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%d|%i|%5d|%-5d|%05d|%+d", -1, 2, 3, 4, 5, 6), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%u|%lu|%llu|%zu", 1u, 2ul, 3ull, (size_t)4), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%ld|%lld|%zd|%jd|%td", -2l, -3ll, (Py_ssize_t)-4, (intmax_t)-5, (ptrdiff_t)-6), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%x|%X|%lx|%#x|%o|%08x", 255, 255, 255l, 255, 8, 255), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%c%c%c", 'a', 0xe9, 0x1f600), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%c", 0x110000), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("[%s] [%5s] [%-5s] [%.2s] [%5.1s]", "abc", "abc", "abc", "abc", "abc"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%s", "a" EURO "\xff"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%.3s", "a" EURO "b"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%p", (void *)0xabc), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%U|%S|%R|%A", str(EURO), str(EURO), str(EURO), str(EURO)), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("[%5U] [%-4S] [%.3R]", str("ab"), value("i", 12), str("abc")), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%V|%V", str("x"), "unused", NULL, "used"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%T|%#T|%N|%#N", value("i", 1), value("i", 1), &PyLong_Type, new_class("C", NULL)), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%T", keep(PyObject_CallNoArgs(new_class("C", NULL)))), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%ls", L"wide"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%*d|%.*s|%-*d", 4, 1, 2, "abc", 4, 7), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%q"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("abc%"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%5c|%.3d|%10.4d", 'x', 7, 12), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%s\xff", "a"), LEARN);
    CHECK_REPR(PyUnicode_FromFormat("%N", value("i", 1)), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%s-%d-%r-%05.2f-%x-%%"), value("(sisdi)", "a", 3, "b", 1.5, 255)), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%(k)s"), value("{ss}", "k", "v")), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%d"), value("(s)", "x")), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%s %s"), value("(s)", "x")), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%s"), value("(ss)", "x", "y")), LEARN);
    CHECK_REPR(PyUnicode_Format(str("%"), value("()")), LEARN);
    CHECK_REPR(PyUnicode_Format(Py_None, value("()")), LEARN);
}

TEST(writer) {
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 'a'), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, EURO "x", 3), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, "\xff", 1), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteASCII(writer, "-b-", -1), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteStr(writer, value("i", 12)), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, str("r")), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, NULL), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 1, 3), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 3, 9), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteWideChar(writer, L"w", -1), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteUCS4(writer, U"u", 1), LEARN);
    CHECK_INT(PyUnicodeWriter_Format(writer, "<%d>", 5), LEARN);
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 0x110000), LEARN);
    CHECK_REPR(PyUnicodeWriter_Finish(writer), LEARN);
    PyUnicodeWriter_Discard(PyUnicodeWriter_Create(10));
    PyUnicodeWriter_Discard(NULL);
    CHECK(PyUnicodeWriter_Create(-1) == NULL);
    CHECK_RAISES(0, PyExc_ValueError, "length must be positive");
}

TEST(methods) {
    PyObject *t = str("Hello, W" E_ACUTE "rld");
    CHECK_REPR(PyObject_CallMethod(t, "upper", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "lower", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "title", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "swapcase", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("stra\xc3\x9f" "e"), "casefold", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("stra\xc3\x9f" "e"), "upper", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("abc"), "capitalize", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("  x "), "strip", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("xxaxx"), "lstrip", "s", "x"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("xxaxx"), "rstrip", "i", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("ab"), "center", "is", 6, "*"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("ab"), "ljust", "i", 4), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("ab"), "rjust", "iss", 4, "x", "y"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("-42"), "zfill", "i", 6), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a\tb"), "expandtabs", "i", 4), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "startswith", "((ss))", "x", "He"), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "startswith", "i", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "endswith", "s", "rld"), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "find", "si", "l", 4), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "index", "s", "zz"), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "rfind", "s", "l"), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "count", "s", "l"), LEARN);
    CHECK_REPR(PyObject_CallMethod(t, "encode", "s", "utf-8"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("{} {0}"), "format", "i", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("{0:>4} {1!r} {2[0]}"), "format", "is[i]", 1, "a", 9), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("{} {}"), "format", "i", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("{x}"), "format_map", "{si}", "x", 1), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a-b"), "removeprefix", "s", "a-"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a-b"), "removesuffix", "s", "-b"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("abc"), "isalpha", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xb2"), "isdigit", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xbd"), "isnumeric", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("\xc2\xbd"), "isdecimal", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str(" \n"), "isspace", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("Abc Def"), "istitle", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a\n"), "isprintable", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a"), "isascii", NULL), LEARN);
    CHECK_REPR(PyObject_CallMethod((PyObject *)&PyUnicode_Type, "maketrans", "ss", "ab", "xy"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("aXb"), "translate", "{i:O}", 'X', Py_None), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a"), "join", "s", "xyz"), LEARN);
    CHECK_REPR(PyObject_CallMethod(str("a"), "nosuch", NULL), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "ys", "a\xe9", "latin-1"), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "is", 1, "ascii"), LEARN);
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyUnicode_Type, "ss", "a", "ascii"), LEARN);
    CHECK(Py_UNICODE_ISSPACE(0x2003) && Py_UNICODE_ISALPHA(0xe9) && Py_UNICODE_ISDECIMAL(0x664) && !Py_UNICODE_ISALNUM('-'));
    CHECK(Py_UNICODE_TOUPPER(0xe9) == 0xc9 && Py_UNICODE_TOLOWER(0xc9) == 0xe9 && Py_UNICODE_TODECIMAL(0x664) == 4);
    CHECK(Py_UNICODE_TODIGIT(0xb2) == 2 && Py_UNICODE_TONUMERIC(0xbd) == 0.5 && Py_UNICODE_ISPRINTABLE('a') && !Py_UNICODE_ISPRINTABLE(7));
}
CHECK_MAIN()
