/* C values into objects: Py_BuildValue, and the helpers of modsupport and marshalled constants. */
#include "check.h"
#include <wchar.h>

static PyObject *make_seven(void *argument) { return PyLong_FromLong(*(int *)argument + 2); }
static PyObject *make_error(void *argument) { (void)argument; PyErr_SetString(PyExc_ValueError, "converter"); return NULL; }

TEST(units) {
    int five = 5;
    CHECK_REPR(Py_BuildValue(""), "None");
    CHECK_REPR(Py_BuildValue("i", -1), "-1");
    CHECK_REPR(Py_BuildValue("b", 'a'), "97");
    CHECK_REPR(Py_BuildValue("B", 255), "255");
    CHECK_REPR(Py_BuildValue("h", -3), "-3");
    CHECK_REPR(Py_BuildValue("H", 65535), "65535");
    CHECK_REPR(Py_BuildValue("I", UINT_MAX), "4294967295");
    CHECK_REPR(Py_BuildValue("l", LONG_MIN), "-9223372036854775808");
    CHECK_REPR(Py_BuildValue("k", ULONG_MAX), "18446744073709551615");
    CHECK_REPR(Py_BuildValue("L", LLONG_MIN), "-9223372036854775808");
    CHECK_REPR(Py_BuildValue("K", ULLONG_MAX), "18446744073709551615");
    CHECK_REPR(Py_BuildValue("n", PY_SSIZE_T_MAX), "9223372036854775807");
    CHECK_REPR(Py_BuildValue("p", 5), "True");
    CHECK_REPR(Py_BuildValue("p", 0), "False");
    CHECK_REPR(Py_BuildValue("c", 'x'), "b'x'");
    CHECK_REPR(Py_BuildValue("C", 0x20ac), "'€'");
    CHECK_REPR(Py_BuildValue("C", 0x110000), "!!ValueError: chr() arg not in range(0x110000)");
    CHECK_REPR(Py_BuildValue("d", 1.5), "1.5");
    CHECK_REPR(Py_BuildValue("f", 2.5), "2.5");
    CHECK_REPR(Py_BuildValue("D", &(Py_complex){1, 2}), "(1+2j)");
    CHECK_REPR(Py_BuildValue("s", "text"), "'text'");
    CHECK_REPR(Py_BuildValue("s", NULL), "None");
    CHECK_REPR(Py_BuildValue("s", "\xff"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(Py_BuildValue("s#", "te\0xt", (Py_ssize_t)5), "'te\\x00xt'");
    CHECK_REPR(Py_BuildValue("z", NULL), "None");
    CHECK_REPR(Py_BuildValue("U", "text"), "'text'");
    CHECK_REPR(Py_BuildValue("y", "bytes"), "b'bytes'");
    CHECK_REPR(Py_BuildValue("y", NULL), "None");
    CHECK_REPR(Py_BuildValue("y#", "b\0", (Py_ssize_t)2), "b'b\\x00'");
    CHECK_REPR(Py_BuildValue("u", L"wide"), "'wide'");
    CHECK_REPR(Py_BuildValue("u#", L"wide", (Py_ssize_t)2), "'wi'");
    CHECK_REPR(Py_BuildValue("u", NULL), "None");
    CHECK_REPR(Py_BuildValue("O", Py_None), "None");
    CHECK_REPR(Py_BuildValue("S", Py_None), "None");
    CHECK_REPR(Py_BuildValue("N", PyLong_FromLong(9)), "9");
    CHECK_REPR(Py_BuildValue("O", NULL), "!!SystemError: NULL object passed to Py_BuildValue");
    CHECK_REPR(Py_BuildValue("N", NULL), "!!SystemError: NULL object passed to Py_BuildValue");
    CHECK_REPR(Py_BuildValue("O&", make_seven, &five), "7");
    CHECK_REPR(Py_BuildValue("O&", make_error, NULL), "!!ValueError: converter");
    CHECK_REPR(Py_BuildValue("q", 1), "!!SystemError: bad format char passed to Py_BuildValue");
}

TEST(containers) {
    CHECK_REPR(Py_BuildValue("ii", 1, 2), "(1, 2)");
    CHECK_REPR(Py_BuildValue("(i)", 1), "(1,)");
    CHECK_REPR(Py_BuildValue("()"), "()");
    CHECK_REPR(Py_BuildValue("[]"), "[]");
    CHECK_REPR(Py_BuildValue("{}"), "{}");
    CHECK_REPR(Py_BuildValue("[i,i, s]", 1, 2, "x"), "[1, 2, 'x']");
    CHECK_REPR(Py_BuildValue("{s:i,s:i}", "a", 1, "b", 2), "{'a': 1, 'b': 2}");
    CHECK_REPR(Py_BuildValue("((ii)[s]{s:(d)})", 1, 2, "x", "k", 0.5), "((1, 2), ['x'], {'k': (0.5,)})");
    CHECK_REPR(Py_BuildValue("i(ii)", 1, 2, 3), "(1, (2, 3))");
    CHECK_REPR(Py_BuildValue("{si}", NULL, 1), "{None: 1}");
    CHECK_REPR(Py_BuildValue("{Oi}", value("[]"), 1), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(Py_BuildValue("(iOi)", 1, NULL, 3), "!!SystemError: NULL object passed to Py_BuildValue");
    CHECK_REPR(Py_BuildValue("[iNO&]", 1, PyLong_FromLong(5000), make_error, NULL), "!!ValueError: converter");
    CHECK_REPR(Py_BuildValue("(i", 1), "!!SystemError: unmatched paren in format");
    CHECK_REPR(Py_BuildValue("[i)", 1), "!!SystemError: unmatched paren in format");
    CHECK_REPR(Py_BuildValue("{s}", "a"), "!!SystemError: Bad dict format");
    CHECK_REPR(Py_BuildValue("{i}", 1), "!!SystemError: Bad dict format");
    /* what N gives is dropped when the build fails */
    PyObject *held = PyList_New(0);
    CHECK_REPR(Py_BuildValue("(NO&)", Py_NewRef(held), make_error, NULL), "!!ValueError: converter");
    CHECK(Py_REFCNT(held) == 1);
    PyErr_SetString(PyExc_KeyError, "before");
    CHECK_REPR(Py_BuildValue("O", NULL), "!!KeyError: 'before'");
    Py_DECREF(held);
}

/* What stands where no value can, and parentheses of the wrong kind. */
TEST(format_faults) {
    CHECK_REPR(Py_BuildValue(")"), "None");
    CHECK_REPR(Py_BuildValue("[}i", 1), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(Py_BuildValue("(ii]", 1, 2), "!!SystemError: unmatched paren in format");
    CHECK_REPR(Py_BuildValue("(i", 1), "!!SystemError: unmatched paren in format");
    CHECK_REPR(Py_BuildValue("i)", 1), "1");
    CHECK_REPR(Py_BuildValue("ii)", 1, 2), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(Py_BuildValue("ii#", 1, 2), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(Py_BuildValue("#ii", 1, 2), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(Py_BuildValue("i[s{]i", 1, "x", 2), "!!SystemError: unmatched paren in format");
    CHECK_REPR(Py_BuildValue("{i}i", 1, 2), "!!SystemError: Bad dict format");
    CHECK_REPR(Py_BuildValue("{[]ii#}", 1, 2), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(Py_BuildValue("{[]iii}", 1, 2, 3), "!!TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "i)", 1), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyTuple_Type, "ii)", 1, 2), "!!SystemError: Unmatched paren in format");
    CHECK_REPR(PyObject_CallMethod(Py_None, "__eq__", "(i", 1), "!!SystemError: unmatched paren in format");
}

TEST(snprintf) {
    char text[8];
    CHECK_INT(PyOS_snprintf(text, sizeof text, "%d-%s", 5, "abc"), "5");
    CHECK_STR_EQ(text, "5-abc");
    CHECK_INT(PyOS_snprintf(text, sizeof text, "%s", "much too long"), "13");
    CHECK_STR_EQ(text, "much to");
    CHECK_INT(PyOS_mystricmp("ABC", "abd"), "-1");
    CHECK_INT(PyOS_mystricmp("ABC", "abc"), "0");
    CHECK_INT(PyOS_mystrnicmp("ABCx", "abcy", 3), "0");
    char *end;
    CHECK_INT(PyOS_strtoul("0x1fz", &end, 0), "31");
    CHECK_STR_EQ(end, "z");
    CHECK_INT(PyOS_strtol("-12", &end, 10), "-12");
}
CHECK_MAIN()
