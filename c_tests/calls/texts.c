/* Numbers from text and text from numbers, %, str.format, codecs by every name and error handler. */
#include "calls.h"

static const char *const digits[] = {"0", "1", "7", "9", "12", "a", "f", "z", "_", "__", ".", "e", "e5", "E-3", "+", "-", " ", "0x", "0b", "0o", "j",
    "(", ")", "inf", "nan", "\xd9\xa1", "\n", "1.5", "123456789", "p3"};
static const char *const spec_parts[] = {"<", ">", "^", "=", "*<", "0", "+", "-", " ", "#", "z", "_", ",", ".", "1", "5", "12", ".3", ".0", "d", "b", "o", "x",
    "X", "e", "f", "F", "g", "G", "n", "%", "s", "c", "\xc3\xa9>", "{", "}", "!", "r"};
static const char *const percent_parts[] = {"%", "%", "%", "%%", "s", "d", "r", "a", "x", "X", "o", "c", "i", "u", "e", "f", "g", "b", "5", "-", "+", " ", "#", "0",
    ".2", "*", "(a)", "(b", "l", "text ", "\xc3\xa9", "y"};
static const char *const brace_parts[] = {"{", "}", "{}", "{0}", "{1}", "{a}", "{{", "}}", "{!r}", "{0!s:>5}", "{:d}", "{:{}}", "{a[0]}", "{a.real}", "{0.x}", "[", "]",
    ".", "!", ":", "x", "{2}", "{-1}", "{a!x}", "\xc3\xa9"};
static const char *const operands[] = {"()", "(1,2)", "('a',)", "(5,'x',1.5)", "{'a':1}", "{'a':'b','b':2}", "5", "-7", "'txt'", "1.5", "b'by'", "None", "(b'q',3)",
    "[1]", "(65,)", "('\\u20ac',)", "(1114112,)", "(10,2.5)", "123456789012345678901234567890", "float('nan')"};
static const char *const numbers[] = {"0", "5", "-5", "True", "123456789012345678901234567890", "0.0", "-0.0", "1.5", "-1e300", "1e-7", "123456.789", "float('inf')",
    "float('nan')", "complex(1,-2)", "complex(0,1e20)", "'text'", "'\\u20ac'", "b'b'", "None", "65", "1114112", "2.5"};
static const char *const codecs[] = {"utf-8", "UTF8", "utf_8_sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "ascii", "us-ascii",
    "latin-1", "iso-8859-1", "unicode_escape", "raw_unicode_escape", "no-such", ""};
static const char *const handlers[] = {"strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "no-such"};
static const char *const bytes_parts[] = {"a", "\xff", "\xfe", "\xe2", "\x82", "\xac", "\xed\xa0\x80", "\xf0\x9f", "\x98\x80", "\\u00e9", "\\x4", "\\N{", "+", "-", "+AGE-", "\\ud800",
    "\\", "\x80", "\xc0\x80", "z", "\\777", "}"};
static const char *const points[] = {"'abc'", "'\\xe9\\xff'", "'\\u20ac'", "'\\U0001f600'", "'\\ud800x'", "'a\\udc80b'", "'\\udfff\\ud800'", "''", "'+-~\\\\'", "'\\x80'", "'a\\0\\n'"};

void texts(void) {
    for (uint32_t i = 0; i < 4000; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("texts", round, 0);
        int base = (int[]){10, 0, 2, 8, 16, 36, 37, -1, 1}[below(9)];
        const char *text = PIECES(digits, 4);
        PyObject *s = PyUnicode_FromString(text);
        name_it("int('%s', %d) %u", text, base, i);
        print_result(s ? PyLong_FromUnicodeObject(s, base) : NULL);
        name_it("float('%s') %u", text, i);
        print_result(s ? PyFloat_FromString(s) : NULL);
        name_it("complex('%s') %u", text, i);
        print_result(s ? PyObject_CallOneArg((PyObject *)&PyComplex_Type, s) : NULL);
        Py_XDECREF(s);

        const char *number = ONE_OF(numbers);
        text = PIECES(spec_parts, 5);
        PyObject *value = made(number), *spec = PyUnicode_FromString(text);
        name_it("format(%s, '%s') %u", number, text, i);
        print_result(PyObject_Format(value, spec));
        Py_DECREF(value); Py_DECREF(spec);

        const char *operand = ONE_OF(operands);
        text = PIECES(percent_parts, 6);
        PyObject *args = made(operand), *format = PyUnicode_FromString(text), *bytes = PyBytes_FromString(text);
        name_it("'%s' %% %s %u", text, operand, i);
        print_result(PyNumber_Remainder(format, args));
        name_it("b'%s' %% %s %u", text, operand, i);
        print_result(PyNumber_Remainder(bytes, args));
        Py_DECREF(format); Py_DECREF(bytes);

        text = PIECES(brace_parts, 5);
        name_it("'%s'.format(%s) %u", text, operand, i);
        format = PyUnicode_FromString(text);
        PyObject *call = PyObject_GetAttrString(format, "format"), *list = PyTuple_Check(args) ? Py_NewRef(args) : PyTuple_Pack(1, args);
        PyObject *named = PyDict_Check(args) ? Py_NewRef(args) : NULL;
        print_result(PyObject_Call(call, list, named));
        Py_DECREF(call); Py_DECREF(list); Py_XDECREF(named); Py_DECREF(format); Py_DECREF(args);

        const char *codec = ONE_OF(codecs), *handler = ONE_OF(handlers), *point = ONE_OF(points);
        s = made(point);
        name_it("%s.encode('%s', '%s') %u", point, codec, handler, i);
        print_result(PyUnicode_AsEncodedString(s, codec, handler));
        Py_DECREF(s);
        text = PIECES(bytes_parts, 4);
        bytes = PyBytes_FromString(text);
        PyObject *quoted = PyObject_Repr(bytes);
        name_it("%s.decode('%s', '%s') %u", PyUnicode_AsUTF8(quoted), codec, handler, i);
        print_result(PyUnicode_Decode(text, (Py_ssize_t)strlen(text), codec, handler));
        Py_DECREF(bytes); Py_DECREF(quoted);
        double x = (double[]){0, -0.0, 1.5, 1e22, 123456.789, 1e-5, -1e300, Py_HUGE_VAL, 5e-324, 0.1}[below(10)];
        char code = "eEfFgGrs"[below(8)];
        int precision = (int)below(20), flags = (int)below(8);
        name_it("PyOS_double_to_string(%.17g, %c, %d, %d)", x, code, precision, flags);
        char *decimal = PyOS_double_to_string(x, code, code == 'r' ? 0 : precision, flags, NULL);
        print_line(decimal ? decimal : raised());
        PyMem_Free(decimal);
    }
}
