/* Text of the locale: decoding and encoding with error handlers, in the current locale and in the file system's. The tests run in
 * UTF-8 locales. The prototypes stand here: they are exported, and in no public header. */
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

TEST(decode) {
    for (int current = 0; current < 2; current++) {
        CHECK_REPR(decoded("", current, STRICT), "('', 0, 1)");
        CHECK_REPR(decoded("abc", current, STRICT), "('abc', 3, 1)");
        CHECK_REPR(decoded("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d", current, STRICT), "('hé € 🐍', 6, 1)");
        CHECK_REPR(decoded("h\xc3\xa9", current, SURROGATEESCAPE), "('hé', 2, 1)");
        CHECK_REPR(decoded("h\xc3\xa9", current, SURROGATEPASS), "(-3, 77)");
        CHECK_REPR(decoded("a\xff" "b", current, STRICT), "(-2, 1, 'decoding error')");
        CHECK_REPR(decoded("a\xff" "b", current, SURROGATEESCAPE), "('a\\udcffb', 3, 1)");
        CHECK_REPR(decoded("a\xff" "b", current, SURROGATEPASS), "(-3, 77)");
        CHECK_REPR(decoded("a\xe2\x82", current, STRICT), "(-2, 1, 'decoding error')");
        CHECK_REPR(decoded("a\xe2\x82", current, SURROGATEESCAPE), "('a\\udce2\\udc82', 3, 1)");
        CHECK_REPR(decoded("a\xc0\x80", current, SURROGATEESCAPE), "('a\\udcc0\\udc80', 3, 1)");
        CHECK_REPR(decoded("abc", current, REPLACE), "(-3, 77)");
        CHECK_REPR(decoded("abc", current, IGNORE), "(-3, 77)");
        CHECK_REPR(decoded("a\xff", current, BACKSLASHREPLACE), "(-3, 77)");
        CHECK_REPR(decoded("abc", current, XMLCHARREFREPLACE), "(-3, 77)");
        CHECK_REPR(decoded("abc", current, OTHER), "(-3, 77)");
        CHECK_REPR(decoded("abc", current, UNKNOWN), "(-3, 77)");
    }
}
/* Surrogates that are encoded as UTF-8 would encode them. */
TEST(decode_surrogates) {
    for (int current = 0; current < 2; current++) {
        CHECK_REPR(decoded("a\xed\xb2\x80z", current, STRICT), "(-2, 1, 'decoding error')");
        CHECK_REPR(decoded("a\xed\xb2\x80z", current, SURROGATEESCAPE), "('a\\udced\\udcb2\\udc80z', 5, 1)");
        CHECK_REPR(decoded("a\xed\xb2\x80z", current, SURROGATEPASS), "(-3, 77)");
    }
}
TEST(encode) {
    for (int current = 0; current < 2; current++) {
        CHECK_REPR(encoded(L"", current, STRICT), "b''");
        CHECK_REPR(encoded(L"abc", current, STRICT), "b'abc'");
        CHECK_REPR(encoded(L"h\u00e9 \u20ac \U0001f40d", current, STRICT), "b'h\\xc3\\xa9 \\xe2\\x82\\xac \\xf0\\x9f\\x90\\x8d'");
        CHECK_REPR(encoded(L"h\u00e9", current, SURROGATEESCAPE), "b'h\\xc3\\xa9'");
        CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, current, STRICT), "(-2, 1, 'encoding error')");
        CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 'b', 0}, current, SURROGATEESCAPE), "b'a\\xffb'");
        CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 'b', 0}, current, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
        CHECK_REPR(encoded((wchar_t[]){'a', 0xdc7f, 'b', 0}, current, SURROGATEESCAPE), "(-2, 1, 'encoding error')");
        CHECK_REPR(encoded((wchar_t[]){'a', 'b', 0xd800, 0}, current, STRICT), "(-2, 2, 'encoding error')");
        CHECK_REPR(encoded(L"abc", current, REPLACE), "(-3, 77)");
        CHECK_REPR(encoded(L"abc", current, IGNORE), "(-3, 77)");
        CHECK_REPR(encoded(L"abc", current, BACKSLASHREPLACE), "(-3, 77)");
        CHECK_REPR(encoded(L"abc", current, OTHER), "(-3, 77)");
        CHECK_REPR(encoded(L"abc", current, UNKNOWN), "(-3, 77)");
    }
}
TEST(encode_surrogates) {
    CHECK_REPR(encoded((wchar_t[]){'a', 0xd800, 0}, 0, SURROGATEPASS), "(-3, 77)");
    CHECK_REPR(encoded((wchar_t[]){'a', 0xdcff, 0}, 0, SURROGATEPASS), "(-3, 77)");
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
    setenv("LC_ALL", "C.UTF-8", 1);
    return check_main(argc, argv, 1);
}
