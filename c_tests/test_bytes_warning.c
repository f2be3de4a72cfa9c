/* BytesWarning: what -b warns of. The flag is set before the runtime starts. */
#include "expression.h"

static void filter(const char *action) {
    PyObject *warnings = PyImport_AddModule("warnings"), *all = value("[(sOOOi)]", action, Py_None, PyExc_Warning, Py_None, 0);
    CHECK_INT(PyObject_SetAttrString(warnings, "filters", all), "0");
}

TEST(warnings) {
    Py_BytesWarningFlag = 1;
    Py_InitializeEx(0);
    filter("error");
    E("str(b'a')", "!!BytesWarning: str() on a bytes instance");
    E("str(bytearray(b'a'))", "!!BytesWarning: str() on a bytearray instance");
    E("b'a' == 'a'", "!!BytesWarning: Comparison between bytes and string");
    E("'a' != b'a'", "!!BytesWarning: Comparison between bytes and string");
    E("b'a' == 97", "!!BytesWarning: Comparison between bytes and int");
    E("97 == b'a'", "!!BytesWarning: Comparison between bytes and int");
    E("b'a' < 97", "!!TypeError: '<' not supported between instances of 'bytes' and 'int'");
    E("bytearray(b'a') == 'a'", "!!BytesWarning: Comparison between bytearray and string");
    E("'a' == bytearray(b'a')", "!!BytesWarning: Comparison between bytearray and string");
    E("bytearray(b'a') == 97", "False");
    E("b'a' == None", "False");
    E("b'a' == b'a'", "True");
    E("repr(b'a')", "\"b'a'\"");
    E("'%s' % b'a'", "!!BytesWarning: str() on a bytes instance");
    E("'{}'.format(b'a')", "!!BytesWarning: str() on a bytes instance");
    filter("ignore");
    E("str(b'a')", "\"b'a'\"");
    E("b'a' == 'a'", "False");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
    Py_BytesWarningFlag = 0;
}

TEST(silence) {
    Py_InitializeEx(0);
    filter("error");
    E("str(b'a')", "\"b'a'\"");
    E("b'a' == 'a'", "False");
    while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]);
    CHECK_INT(Py_FinalizeEx(), "0");
}
CHECK_MAIN_BARE()
