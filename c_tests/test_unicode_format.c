/* PyUnicode_FromFormat: every conversion with every flag; the writers. */
#include "check.h"
#include <stddef.h>
#include <stdint.h>

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }

/* Sizes and signs of integers. */
TEST(integers) {
    static const char *flags[] = {"", "-", "0", "5", "-5", "05", "-05", ".3", "7.3", "07.3", "-7.3", ".0", "#", "#6", "0.5", "25", ".25"};
    static const char *letters[] = {"d", "i", "u", "x", "X", "o"};
    static const long long values[] = {0, 1, -1, 42, -42, 1234567, -9223372036854775807LL - 1, 9223372036854775807LL};
    unsigned long long sum = 14695981039346656037ULL;
    for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
        for (size_t l = 0; l < 6; l++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                char format[6][64];
                static const char *sizes[] = {"", "l", "ll", "z", "t", "j"};
                for (int s = 0; s < 6; s++) snprintf(format[s], 64, "<%%%s%s%s>", flags[f], sizes[s], letters[l]);
                PyObject *got[6] = {
                    PyUnicode_FromFormat(format[0], (int)values[v]), PyUnicode_FromFormat(format[1], (long)values[v]),
                    PyUnicode_FromFormat(format[2], values[v]), PyUnicode_FromFormat(format[3], (Py_ssize_t)values[v]),
                    PyUnicode_FromFormat(format[4], (ptrdiff_t)values[v]), PyUnicode_FromFormat(format[5], (intmax_t)values[v])};
                for (int s = 0; s < 6; s++) {
                    const char *text = got[s] ? PyUnicode_AsUTF8(got[s]) : "!";
                    for (; *text; text++) sum = (sum ^ (unsigned char)*text) * 1099511628211ULL;
                    PyErr_Clear();
                    Py_XDECREF(got[s]);
                }
            }
    CHECK_INT(sum, "88701182838509865");
    CHECK_REPR(PyUnicode_FromFormat("%d %5d|%-5d|%05d|%.3d|%7.3d|%07.3d", 1, -2, 3, -4, 5, -6, 7), "'1    -2|3    |-0004|005|   -006|0000007'");
    CHECK_REPR(PyUnicode_FromFormat("%*d|%-*d|%*d|%.*d", 6, 1, 6, 2, -6, 3, 4, 5), "'     1|2     |3     |0005'");
    CHECK_REPR(PyUnicode_FromFormat("%.*d|%.*s", -1, 5, -1, "abc"), "'5|'");
    CHECK_REPR(PyUnicode_FromFormat("%hd", 1), "!!SystemError: invalid format string: %hd");
    CHECK_REPR(PyUnicode_FromFormat("%99999999999999999999d", 1), "!!ValueError: width too big");
    CHECK_REPR(PyUnicode_FromFormat("%.99999999999999999999d", 1), "!!ValueError: precision too big");
    CHECK_REPR(PyUnicode_FromFormat("%+d", 1), "!!SystemError: invalid format string: %+d");
    CHECK_REPR(PyUnicode_FromFormat("% d", 1), "!!SystemError: invalid format string: % d");
    CHECK_REPR(PyUnicode_FromFormat("%f", 1.0), "!!SystemError: invalid format string: %f");
    CHECK_REPR(PyUnicode_FromFormat("%"), "!!SystemError: invalid format string: %");
    CHECK_REPR(PyUnicode_FromFormat("a%%b%%"), "'a%b%'");
    CHECK_REPR(PyUnicode_FromFormat("a\xe9"), "!!ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xe9");
    CHECK_REPR(PyUnicode_FromFormat(""), "''");
    CHECK_REPR(PyUnicode_FromFormat("%d %s %d %s %d %s %d %s %d", 1, "a", 2, "b", 3, "c", 4, "d", 5), "'1 a 2 b 3 c 4 d 5'");
}

TEST(text) {
    CHECK_REPR(PyUnicode_FromFormat("%c%c%c", 'a', 0x20ac, 0x1f40d), "'a€🐍'");
    CHECK_REPR(PyUnicode_FromFormat("%c", 0x110000), "!!OverflowError: character argument not in range(0x110000)");
    CHECK_REPR(PyUnicode_FromFormat("%c", -1), "!!OverflowError: character argument not in range(0x110000)");
    CHECK_REPR(PyUnicode_FromFormat("%5c", 'a'), "!!SystemError: invalid format string: %5c");
    CHECK_REPR(PyUnicode_FromFormat("%p", (void *)0x1234abcd), "'0x1234abcd'");
    CHECK_REPR(PyUnicode_FromFormat("%p", NULL), "'0x(nil)'");
    CHECK_REPR(PyUnicode_FromFormat("%20p", NULL), "!!SystemError: invalid format string: %20p");
    CHECK_REPR(PyUnicode_FromFormat("%s|%5s|%-5s|%.2s|%5.2s|%-5.2s|%.9s", "abc", "abc", "abc", "abc", "abc", "abc", "abc"), "'abc|  abc|abc  |ab|   ab|ab   |abc'");
    CHECK_REPR(PyUnicode_FromFormat("%s|%.3s|%.2s|%8s|%-8.5s|", "a\xe2\x82\xac" "b", "a\xe2\x82\xac" "b", "a\xe2\x82\xac" "b", "\xe2\x82\xac", "\xe2\x82\xac\xc3\xa9z"), "'a€b|a|a|       €|€é      |'");
    CHECK_REPR(PyUnicode_FromFormat("%s|%.1s|%3s", "a\xff", "\xc3", "\xc3"), "'a�||  �'");
    CHECK_REPR(PyUnicode_FromFormat("%ls|%.2ls|%6ls|%-6.1ls|", L"a\x20ac\x1f40d", L"a\x20ac\x1f40d", L"\xe9", L"xyz"), "'a€🐍|a€|     é|x     |'");
    CHECK_REPR(PyUnicode_FromFormat("%U|%5U|%.1U|%-5.2U|", str("a\xe2\x82\xac"), str("abc"), str("\xe2\x82\xac" "b"), str("xyz")), "'a€|  abc|€|xy   |'");
    CHECK_REPR(PyUnicode_FromFormat("%V|%V|%lV|%5V|%.1V", str("abc"), "no", NULL, "yes", NULL, L"wide", NULL, "a", str("xyz"), "no"), "'abc|yes|wide|    a|x'");
    CHECK_REPR(PyUnicode_FromFormat("%S|%5S|%.1S", value("i", 42), Py_None, Py_None), "'42| None|N'");
    CHECK_REPR(PyUnicode_FromFormat("%R|%5R|%.2R|%-5R|", str("a'b"), value("i", 42), str("abc"), str("x")), "'\"a\\'b\"|   42|\\'a|\\'x\\'  |'");
    CHECK_REPR(PyUnicode_FromFormat("%A|%.4A", str("\xe2\x82\xac"), str("\xc3\xa9")), "\"'\\\\u20ac'|'\\\\xe\"");
    CHECK_REPR(PyUnicode_FromFormat("%T|%#T|%T|%N|%#N", Py_None, Py_None, PyExc_ValueError, PyExc_ValueError, &PyUnicode_Type), "'NoneType|NoneType|type|ValueError|str'");
    CHECK_REPR(PyUnicode_FromFormat("%T %#T %N %#N", keep(PyObject_CallNoArgs(new_class("C", NULL))), keep(PyObject_CallNoArgs(new_class("C", NULL))), new_class("D", NULL), new_class("D", NULL)), "'m.C m:C m.D m:D'");
    CHECK_REPR(PyUnicode_FromFormat("%N", Py_None), "!!TypeError: %N argument must be a type");
    CHECK_REPR(PyUnicode_FromFormat("%10T|%-10N|%.3T", Py_None, &PyLong_Type, Py_None), "'  NoneType|int       |Non'");
    CHECK_REPR(PyUnicode_FromFormat("%lU", Py_None), "!!SystemError: invalid format string: %lU");
    CHECK_REPR(PyUnicode_FromFormat("%zs", "a"), "!!SystemError: invalid format string: %zs");
    CHECK_REPR(PyUnicode_FromFormat("%q %d", 1), "!!SystemError: invalid format string: %q %d");
}

TEST(writer) {
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 'a'), "0");
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, "b\xc3\xa9", -1), "0");
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, "cut", 2), "0");
    CHECK_INT(PyUnicodeWriter_WriteUTF8(writer, "ok\xff", -1), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
    CHECK_INT(PyUnicodeWriter_WriteASCII(writer, "ascii!", 5), "0");
    CHECK_INT(PyUnicodeWriter_WriteWideChar(writer, L"\x20ac", 1), "0");
    CHECK_INT(PyUnicodeWriter_WriteUCS4(writer, (Py_UCS4[]){0x1f40d, 'z'}, 2), "0");
    CHECK_INT(PyUnicodeWriter_WriteStr(writer, value("i", 42)), "0");
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, str("q")), "0");
    CHECK_INT(PyUnicodeWriter_WriteRepr(writer, NULL), "0");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 2, 4), "0");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), 3, 9), "-1 !!ValueError: invalid end argument");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, str("abcdef"), -1, 2), "-1 !!ValueError: invalid start argument");
    CHECK_INT(PyUnicodeWriter_WriteSubstring(writer, Py_None, 0, 0), "-1 !!TypeError: expect str, not NoneType");
    CHECK_INT(PyUnicodeWriter_Format(writer, "<%s %d>", "x", 7), "0");
    CHECK_INT(PyUnicodeWriter_Format(writer, "<%s %q>", "x", 7), "-1 !!SystemError: invalid format string: %q>");
    CHECK_INT(PyUnicodeWriter_WriteChar(writer, 0x110000), "-1 !!ValueError: character must be in range(0x110000)");
    Py_ssize_t consumed = -7;
    CHECK_INT(PyUnicodeWriter_DecodeUTF8Stateful(writer, "d\xe2\x82", 3, "strict", &consumed), "0");
    CHECK_INT(consumed, "1");
    CHECK_INT(PyUnicodeWriter_DecodeUTF8Stateful(writer, "e\xff", 2, "replace", NULL), "0");
    CHECK_INT(PyUnicodeWriter_DecodeUTF8Stateful(writer, "f\xff", 2, NULL, &consumed), "-1 !!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
    CHECK_INT(consumed, "0");
    CHECK_REPR(PyUnicodeWriter_Finish(writer), "\"abécuascii€🐍z42'q'<NULL>cd<x 7>de�\"");
    writer = PyUnicodeWriter_Create(10);
    CHECK_REPR(PyUnicodeWriter_Finish(writer), "''");
    writer = PyUnicodeWriter_Create(0);
    PyObject *alone = str("one str alone");
    CHECK_INT(PyUnicodeWriter_WriteStr(writer, alone), "0");
    CHECK_REPR(PyUnicodeWriter_Finish(writer), "'one str alone'");
    PyUnicodeWriter_Discard(PyUnicodeWriter_Create(100));
    PyUnicodeWriter_Discard(NULL);
    CHECK_RAISES(PyUnicodeWriter_Create(-1), PyExc_ValueError, "length must be positive");
    /* Many pieces. */
    writer = PyUnicodeWriter_Create(0);
    for (int i = 0; i < 10000; i++) PyUnicodeWriter_WriteChar(writer, i % 997 == 0 ? 0x1f40d : i % 101 == 0 ? 0x20ac : 'a' + i % 26);
    PyObject *text = keep(PyUnicodeWriter_Finish(writer));
    CHECK_INT(PyUnicode_GetLength(text), "10000");
    CHECK_INT(PyUnicode_KIND(text), "4");
    CHECK_INT(PyUnicode_Count(text, str("\xf0\x9f\x90\x8d"), 0, PY_SSIZE_T_MAX), "11");
}

TEST(private_writer) {
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT(_PyUnicodeWriter_WriteASCIIString(&writer, "abc", -1), "0");
    CHECK_INT(_PyUnicodeWriter_WriteASCIIString(&writer, "defg", 2), "0");
    CHECK_INT(_PyUnicodeWriter_WriteLatin1String(&writer, "\xe9", 1), "0");
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, 0x20ac), "0");
    CHECK_INT(_PyUnicodeWriter_WriteStr(&writer, str("\xf0\x9f\x90\x8d")), "0");
    CHECK_INT(_PyUnicodeWriter_WriteSubstring(&writer, str("hello"), 1, 3), "0");
    CHECK_INT(writer.pos, "10");
    CHECK_INT(writer.kind, "4");
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'abcdeé€🐍el'");
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT(_PyUnicodeWriter_Prepare(&writer, 10, 255), "0");
    CHECK_INT(_PyUnicodeWriter_PrepareKind(&writer, PyUnicode_2BYTE_KIND), "0");
    PyUnicode_WRITE(writer.kind, writer.data, 0, 0x20ac);
    writer.pos = 1;
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'€'");
    _PyUnicodeWriter_Init(&writer);
    PyObject *alone = str("one str alone");
    CHECK_INT(_PyUnicodeWriter_WriteStr(&writer, alone), "0");
    PyObject *same = _PyUnicodeWriter_Finish(&writer);
    CHECK(same == alone);
    Py_XDECREF(same);
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT(_PyUnicodeWriter_WriteStr(&writer, alone), "0");
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, '!'), "0");
    CHECK_REPR(_PyUnicodeWriter_Finish(&writer), "'one str alone!'");
    _PyUnicodeWriter_Init(&writer);
    CHECK_INT(_PyUnicodeWriter_WriteChar(&writer, '!'), "0");
    _PyUnicodeWriter_Dealloc(&writer);
}

/* A precision without a number is none; one below zero may stand where none may; what is no ASCII is seen first. */
TEST(format_precision) {
    CHECK_REPR(PyUnicode_FromFormat("%.s|%.U|%.d|%.R", "abc", Py_GetConstantBorrowed(Py_CONSTANT_EMPTY_STR), 5, Py_None), "'abc||5|None'");
    CHECK_REPR(PyUnicode_FromFormat("%.*s|%.*d", -1, "abc", -1, 5), "'|5'");
    CHECK_REPR(PyUnicode_FromFormat("%.*c%.c", -1, 'x', 'y'), "'xy'");
    CHECK_REPR(PyUnicode_FromFormat("%.1c", 'x'), "!!SystemError: invalid format string: %.1c");
    CHECK_REPR(PyUnicode_FromFormat("%.*c", 0, 'x'), "!!SystemError: invalid format string: %.*c");
    CHECK_REPR(PyUnicode_FromFormat("%.*s", 9, "cut \xe2\x82"), "'cut �'");
    CHECK_REPR(PyUnicode_FromFormat("%.*s", 6, "cut \xe2\x82"), "'cut '");
    CHECK_REPR(PyUnicode_FromFormat("%8.5s", "cut \xe2\x82"), "'    cut '");
    CHECK_REPR(PyUnicode_FromFormat("%q \xc3\xa9"), "!!ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xc3");
    CHECK_REPR(PyErr_Format(PyExc_ValueError, "%R \xff", NULL), "!!ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xff");
}
CHECK_MAIN()
