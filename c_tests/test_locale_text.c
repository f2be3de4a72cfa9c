/* Text of the locale: decoding and encoding with error handlers, in the file system's encoding, which is UTF-8 in UTF-8 mode, and in
 * that of the current locale, which is one with UTF-8. The prototypes stand here: they are exported, and in no public header. */
#include "check.h"
#include <locale.h>
#include <wchar.h>

typedef enum { UNKNOWN, STRICT, SURROGATEESCAPE, REPLACE, IGNORE, BACKSLASHREPLACE, SURROGATEPASS, XMLCHARREFREPLACE, OTHER } Handler;
extern Handler _Py_GetErrorHandler(const char *);
extern int _Py_DecodeLocaleEx(const char *, wchar_t **, size_t *, const char **, int, Handler);
extern int _Py_EncodeLocaleEx(const wchar_t *, char **, size_t *, const char **, int, Handler);

TEST(error_handlers) {
    CHECK_INT(_Py_GetErrorHandler(NULL), "1");
    CHECK_INT(_Py_GetErrorHandler("strict"), "1");
    CHECK_INT(_Py_GetErrorHandler("surrogateescape"), "2");
    CHECK_INT(_Py_GetErrorHandler("replace"), "3");
    CHECK_INT(_Py_GetErrorHandler("ignore"), "4");
    CHECK_INT(_Py_GetErrorHandler("backslashreplace"), "5");
    CHECK_INT(_Py_GetErrorHandler("surrogatepass"), "6");
    CHECK_INT(_Py_GetErrorHandler("xmlcharrefreplace"), "7");
    CHECK_INT(_Py_GetErrorHandler("namereplace"), "8");
    CHECK_INT(_Py_GetErrorHandler("Strict"), "8");
    CHECK_INT(_Py_GetErrorHandler(""), "8");
    CHECK_INT(_Py_GetErrorHandler("\xff"), "8");
}

/* The status, what became of the text or where and why it failed. */
static PyObject *decoded(const char *text, int current, Handler handler) {
    wchar_t *wide = NULL;
    size_t size = 77;
    const char *reason = NULL;
    int status = _Py_DecodeLocaleEx(text, &wide, &size, &reason, current, handler);
    PyObject *result = status == 0 ? Py_BuildValue("(uni)", wide, (Py_ssize_t)size, wide[size] == 0)
                     : status == -2 ? Py_BuildValue("(ins)", status, (Py_ssize_t)size, reason) : Py_BuildValue("(in)", status, (Py_ssize_t)size);
    if (status == 0) PyMem_RawFree(wide);
    return result;
}
static PyObject *encoded(const wchar_t *text, int current, Handler handler) {
    char *bytes = NULL;
    size_t position = 77;
    const char *reason = NULL;
    int status = _Py_EncodeLocaleEx(text, &bytes, &position, &reason, current, handler);
    PyObject *result = status == 0 ? Py_BuildValue("y", bytes)
                     : status == -2 ? Py_BuildValue("(ins)", status, (Py_ssize_t)position, reason) : Py_BuildValue("(in)", status, (Py_ssize_t)position);
    if (status == 0) PyMem_RawFree(bytes);
    return result;
}

TEST(decode_utf8) {
    CHECK_REPR(decoded("", 0, STRICT), "('', 0, 1)");
    CHECK_REPR(decoded("abc", 0, STRICT), "('abc', 3, 1)");
    CHECK_REPR(decoded("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d", 0, STRICT), "('hé € 🐍', 6, 1)");
    CHECK_REPR(decoded("h\xc3\xa9", 0, SURROGATEESCAPE), "('hé', 2, 1)");
    CHECK_REPR(decoded("h\xc3\xa9", 0, SURROGATEPASS), "('hé', 2, 1)");
    CHECK_REPR(decoded("a\xff" "b", 0, STRICT), "(-2, 1, 'invalid start byte')");
    CHECK_REPR(decoded("a\xff" "b", 0, SURROGATEESCAPE), "('a\\udcffb', 3, 1)");
    CHECK_REPR(decoded("a\xff" "b", 0, SURROGATEPASS), "(-2, 1, 'invalid start byte')");
    CHECK_REPR(decoded("a\xe2\x82", 0, STRICT), "(-2, 1, 'unexpected end of data')");
    CHECK_REPR(decoded("a\xe2\x82", 0, SURROGATEESCAPE), "('a\\udce2\\udc82', 3, 1)");
    CHECK_REPR(decoded("a\xc0\x80", 0, SURROGATEESCAPE), "('a\\udcc0\\udc80', 3, 1)");
    CHECK_REPR(decoded("abc", 0, REPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 0, IGNORE), "(-3, 77)");
    CHECK_REPR(decoded("a\xff", 0, BACKSLASHREPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 0, XMLCHARREFREPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 0, OTHER), "(-3, 77)");
    CHECK_REPR(decoded("abc", 0, UNKNOWN), "(-3, 77)");
}
TEST(decode_locale) {
    CHECK_REPR(decoded("", 1, STRICT), "('', 0, 1)");
    CHECK_REPR(decoded("abc", 1, STRICT), "('abc', 3, 1)");
    CHECK_REPR(decoded("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d", 1, STRICT), "('hé € 🐍', 6, 1)");
    CHECK_REPR(decoded("h\xc3\xa9", 1, SURROGATEESCAPE), "('hé', 2, 1)");
    CHECK_REPR(decoded("h\xc3\xa9", 1, SURROGATEPASS), "(-3, 77)");
    CHECK_REPR(decoded("a\xff" "b", 1, STRICT), "(-2, 1, 'decoding error')");
    CHECK_REPR(decoded("a\xff" "b", 1, SURROGATEESCAPE), "('a\\udcffb', 3, 1)");
    CHECK_REPR(decoded("a\xff" "b", 1, SURROGATEPASS), "(-3, 77)");
    CHECK_REPR(decoded("a\xe2\x82", 1, STRICT), "(-2, 1, 'decoding error')");
    CHECK_REPR(decoded("a\xe2\x82", 1, SURROGATEESCAPE), "('a\\udce2\\udc82', 3, 1)");
    CHECK_REPR(decoded("a\xc0\x80", 1, SURROGATEESCAPE), "('a\\udcc0\\udc80', 3, 1)");
    CHECK_REPR(decoded("abc", 1, REPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 1, IGNORE), "(-3, 77)");
    CHECK_REPR(decoded("a\xff", 1, BACKSLASHREPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 1, XMLCHARREFREPLACE), "(-3, 77)");
    CHECK_REPR(decoded("abc", 1, OTHER), "(-3, 77)");
    CHECK_REPR(decoded("abc", 1, UNKNOWN), "(-3, 77)");
}
/* Surrogates that are encoded as UTF-8 would encode them. */
TEST(decode_surrogates_utf8) {
    CHECK_REPR(decoded("a\xed\xb2\x80z", 0, STRICT), "(-2, 1, 'invalid continuation byte')");
    CHECK_REPR(decoded("a\xed\xb2\x80z", 0, SURROGATEESCAPE), "('a\\udced\\udcb2\\udc80z', 5, 1)");
    CHECK_REPR(decoded("a\xed\xb2\x80z", 0, SURROGATEPASS), "('a\\udc80z', 3, 1)");
}
TEST(decode_surrogates_locale) {
    CHECK_REPR(decoded("a\xed\xb2\x80z", 1, STRICT), "(-2, 1, 'decoding error')");
    CHECK_REPR(decoded("a\xed\xb2\x80z", 1, SURROGATEESCAPE), "('a\\udced\\udcb2\\udc80z', 5, 1)");
    CHECK_REPR(decoded("a\xed\xb2\x80z", 1, SURROGATEPASS), "(-3, 77)");
}
TEST(encode_utf8) {
    CHECK_REPR(encoded(L"", 0, STRICT), "b''");
    CHECK_REPR(encoded(L"abc", 0, STRICT), "b'abc'");
    CHECK_REPR(encoded(L"h\u00e9 \u20ac \U0001f40d", 0, STRICT), "b'h\\xc3\\xa9 \\xe2\\x82\\xac \\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(encoded(L"h\u00e9", 0, SURROGATEESCAPE), "b'h\\xc3\\xa9'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, 0, STRICT), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, 0, SURROGATEESCAPE), "b'a\\xffb'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 'b', 0}, 0, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdc7f, 'b', 0}, 0, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 'b', 0xd800, 0}, 0, STRICT), "(-2, 2, 'encoding error')");
    CHECK_REPR(encoded(L"abc", 0, REPLACE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 0, IGNORE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 0, BACKSLASHREPLACE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 0, OTHER), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 0, UNKNOWN), "(-3, 77)");
}
TEST(encode_locale) {
    CHECK_REPR(encoded(L"", 1, STRICT), "b''");
    CHECK_REPR(encoded(L"abc", 1, STRICT), "b'abc'");
    CHECK_REPR(encoded(L"h\u00e9 \u20ac \U0001f40d", 1, STRICT), "b'h\\xc3\\xa9 \\xe2\\x82\\xac \\xf0\\x9f\\x90\\x8d'");
    CHECK_REPR(encoded(L"h\u00e9", 1, SURROGATEESCAPE), "b'h\\xc3\\xa9'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, 1, STRICT), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, 1, SURROGATEESCAPE), "b'a\\xffb'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 'b', 0}, 1, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdc7f, 'b', 0}, 1, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 'b', 0xd800, 0}, 1, STRICT), "(-2, 2, 'encoding error')");
    CHECK_REPR(encoded(L"abc", 1, REPLACE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 1, IGNORE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 1, BACKSLASHREPLACE), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 1, OTHER), "(-3, 77)");
    CHECK_REPR(encoded(L"abc", 1, UNKNOWN), "(-3, 77)");
}
TEST(encode_surrogates) {
    CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 0}, 0, SURROGATEPASS), "b'a\\xed\\xa0\\x80'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 0}, 0, SURROGATEPASS), "b'a\\xed\\xb3\\xbf'");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 0}, 1, SURROGATEPASS), "(-3, 77)");
}
/* Places for length and reason may be left out. */
TEST(without_places) {
    wchar_t *wide = NULL;
    char *bytes = NULL;
    CHECK_INT(_Py_DecodeLocaleEx("abc", &wide, NULL, NULL, 1, STRICT), "0");
    CHECK(!wcscmp(wide, L"abc"));
    PyMem_RawFree(wide);
    CHECK_INT(_Py_DecodeLocaleEx("\xff", &wide, NULL, NULL, 0, STRICT), "-2");
    CHECK_INT(_Py_DecodeLocaleEx("\xff", &wide, NULL, NULL, 1, STRICT), "-2");
    CHECK_INT(_Py_EncodeLocaleEx(L"abc", &bytes, NULL, NULL, 1, STRICT), "0");
    CHECK_STR_EQ(bytes, "abc");
    PyMem_RawFree(bytes);
    CHECK_INT(_Py_EncodeLocaleEx((wchar_t[]){0xd800, 0}, &bytes, NULL, NULL, 0, STRICT), "-2");
    CHECK_INT(_Py_EncodeLocaleEx((wchar_t[]){0xd800, 0}, &bytes, NULL, NULL, 1, STRICT), "-2");
}
/* In the C locale the current one knows ASCII only, and the file system's stays. */
TEST(c_locale) {
    setlocale(LC_CTYPE, "C");
    CHECK_REPR(decoded("abc", 1, STRICT), "('abc', 3, 1)");
    CHECK_REPR(decoded("a\xc3\xa9", 1, STRICT), "(-2, 1, 'decoding error')");
    CHECK_REPR(decoded("a\xc3\xa9", 1, SURROGATEESCAPE), "('a\\udcc3\\udca9', 3, 1)");
    CHECK_REPR(encoded(L"abc", 1, STRICT), "b'abc'");
    CHECK_REPR(encoded(L"a\u00e9", 1, STRICT), "(-2, 1, 'encoding error')");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 0}, 1, SURROGATEESCAPE), "b'a\\xff'");
    setlocale(LC_CTYPE, "C.UTF-8");
}
int main(int argc, char **argv) {
    PyPreConfig config;
    PyPreConfig_InitPythonConfig(&config);
    config.utf8_mode = 1;
    config.configure_locale = 0;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (PyStatus_Exception(Py_PreInitialize(&config))) return 2;
    return check_main(argc, argv, 1);
}
