/* The character database: every property of every character. */
#include "check.h"

static unsigned long long sum;
static Py_UCS4 step;
static void mix(unsigned long long x) { sum = (sum ^ x) * 1099511628211ULL; sum ^= sum >> 29; }

#define CHECK_SUM(expected) do { if (check_number_of(1, 0)) CHECK_INT(sum, expected); } while (0)
#define EACH for (Py_UCS4 c = (sum = 14695981039346656037ULL, step = (Py_UCS4)check_number_of(1, 997), 0); c < 0x110000; c += step)

TEST(kinds) {
    EACH mix((unsigned)_PyUnicode_IsLowercase(c) | (unsigned)_PyUnicode_IsUppercase(c) << 1 | (unsigned)_PyUnicode_IsTitlecase(c) << 2);
    CHECK_SUM("7685470589892661030");
    EACH mix((unsigned)_PyUnicode_IsWhitespace(c) | (unsigned)_PyUnicode_IsLinebreak(c) << 1);
    CHECK_SUM("2978975781871884044");
    EACH mix((unsigned)_PyUnicode_IsAlpha(c) | (unsigned)_PyUnicode_IsPrintable(c) << 1);
    CHECK_SUM("-6485390344601045489");
    EACH mix((unsigned)_PyUnicode_IsDecimalDigit(c) | (unsigned)_PyUnicode_IsDigit(c) << 1 | (unsigned)_PyUnicode_IsNumeric(c) << 2);
    CHECK_SUM("4208133827310685350");
    CHECK_INT(_PyUnicode_IsAlpha(0x110000), "0");
}

TEST(values) {
    EACH { mix((unsigned)_PyUnicode_ToDecimalDigit(c)); mix((unsigned)_PyUnicode_ToDigit(c)); }
    CHECK_SUM("5561910810913881411");
    EACH { double x = _PyUnicode_ToNumeric(c); unsigned long long bits; memcpy(&bits, &x, 8); mix(bits); }
    CHECK_SUM("7619690627458606179");
    CHECK_DOUBLE(_PyUnicode_ToNumeric(0xbd), "0.5");
    CHECK_DOUBLE(_PyUnicode_ToNumeric('x'), "-1");
}

TEST(case_) {
    EACH { mix(_PyUnicode_ToLowercase(c)); mix(_PyUnicode_ToUppercase(c)); mix(_PyUnicode_ToTitlecase(c)); }
    CHECK_SUM("7361033097212820767");
}

/* One str of every character but surrogates in groups, through a method; the result as UTF-8. */
static void method(const char *name) {
    PyObject *attribute = keep(PyUnicode_FromString(name));
    EACH {
        if (c >= 0xd800 && c < 0xe000) continue;
        Py_UCS4 text[3] = {'a', c, 'B'};
        PyObject *s = PyUnicode_FromKindAndData(4, c % 2 ? text : text + 1, c % 2 ? 3 : 2);
        PyObject *result = s ? PyObject_CallMethodNoArgs(s, attribute) : NULL;
        if (!result) { PyErr_Clear(); mix(7); Py_XDECREF(s); continue; }
        if (PyUnicode_Check(result)) {
            Py_ssize_t n;
            const char *utf8 = PyUnicode_AsUTF8AndSize(result, &n);
            for (Py_ssize_t i = 0; i < n; i++) mix((unsigned char)utf8[i]);
        } else mix((unsigned)PyObject_IsTrue(result));
        Py_DECREF(result);
        Py_DECREF(s);
    }
}
TEST(upper) { method("upper"); CHECK_SUM("-9048506182967242327"); }
TEST(lower) { method("lower"); CHECK_SUM("-3922283841886622179"); }
TEST(title) { method("title"); CHECK_SUM("8686446404079408749"); }
TEST(casefold) { method("casefold"); CHECK_SUM("7454777602434802183"); }
TEST(swapcase) { method("swapcase"); CHECK_SUM("-1526520709864659863"); }
TEST(isidentifier) { method("isidentifier"); CHECK_SUM("2231830809132527839"); }
TEST(isalnum) { method("isalnum"); CHECK_SUM("-4832890262583701748"); }
TEST(repr) { method("__repr__"); CHECK_SUM("7486295410927093091"); }

/* The rule of the final sigma looks at what is cased and at what it skips. */
TEST(final_sigma) {
    PyObject *lowered = keep(PyUnicode_FromString("lower"));
    EACH {
        if (c >= 0xd800 && c < 0xe000) continue;
        Py_UCS4 text[4] = {'A', c, 0x3a3, c};
        PyObject *s = PyUnicode_FromKindAndData(4, text, 4), *lower = PyObject_CallMethodNoArgs(s, lowered);
        for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(lower); i++) mix(PyUnicode_READ_CHAR(lower, i));
        Py_DECREF(s);
        Py_DECREF(lower);
    }
    CHECK_SUM("1354317592812005197");
}

/* Names, by the error handler that writes them and the escape that reads them. */
TEST(names) {
    static const Py_UCS4 some[] = {0xe4, 0x20ac, 0x4e2d, 0xac00, 0xd7a3, 0xd55c, 0x1f40d, 0x17000, 0x1b170, 0xf900, 0x2fa1d, 0xe000, 0x80, 0x378};
    PyObject *s = PyUnicode_FromKindAndData(4, some, sizeof some / sizeof *some);
    PyObject *bytes = PyUnicode_AsEncodedString(s, "ascii", "namereplace");
    CHECK_BORROWED(bytes, "b'\\\\N{LATIN SMALL LETTER A WITH DIAERESIS}\\\\N{EURO SIGN}\\\\N{CJK UNIFIED IDEOGRAPH-4E2D}\\\\N{HANGUL SYLLABLE GA}\\\\N{HANGUL SYLLABLE HIH}\\\\N{HANGUL SYLLABLE HAN}\\\\N{SNAKE}\\\\U00017000\\\\N{NUSHU CHARACTER-1B170}\\\\N{CJK COMPATIBILITY IDEOGRAPH-F900}\\\\N{CJK COMPATIBILITY IDEOGRAPH-2FA1D}\\\\ue000\\\\x80\\\\u0378'");
    if (bytes) {
        PyObject *again = PyUnicode_DecodeUnicodeEscape(PyBytes_AsString(bytes), PyBytes_Size(bytes), NULL);
        CHECK(again && PyUnicode_Compare(again, s) == 0);
        Py_XDECREF(again);
        Py_DECREF(bytes);
    }
    Py_DECREF(s);
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{LINE FEED}\\N{euro sign}\\N{LATIN CAPITAL LETTER GHA}", 54, NULL), "'\\n€Ƣ'");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{nothing}", 11, NULL), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-10: unknown Unicode character name");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{nothing", 10, NULL), "!!UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-9: malformed \\N character escape");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{}", 4, "replace"), "'�}'");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{HANGUL SYLLABLE GAGA}", 24, "replace"), "'�'");
    CHECK_REPR(PyUnicode_DecodeUnicodeEscape("\\N{CJK UNIFIED IDEOGRAPH-04E2D}", 31, "ignore"), "''");
}
CHECK_MAIN()
