/* Numbers, clocks' nanoseconds, and the system's structures for time: CPython's internal conversions, in all four roundings. */
#include "check.h"
#include <limits.h>
#include <sys/time.h>
#include <time.h>

typedef int rounding; /* CPython's _PyTime_round_t */
extern PyObject *_PyLong_FromTime_t(time_t), *_PyTime_AsLong(PyTime_t);
extern time_t _PyLong_AsTime_t(PyObject *);
extern int _PyTime_ObjectToTime_t(PyObject *, time_t *, rounding), _PyTime_ObjectToTimeval(PyObject *, time_t *, long *, rounding);
extern int _PyTime_ObjectToTimespec(PyObject *, time_t *, long *, rounding);
extern PyTime_t _PyTime_FromSeconds(int), _PyTime_AsMilliseconds(PyTime_t, rounding), _PyTime_AsMicroseconds(PyTime_t, rounding);
extern int _PyTime_FromLong(PyTime_t *, PyObject *), _PyTime_FromSecondsObject(PyTime_t *, PyObject *, rounding);
extern int _PyTime_FromMillisecondsObject(PyTime_t *, PyObject *, rounding);
extern int _PyTime_AsTimeval(PyTime_t, struct timeval *, rounding), _PyTime_AsTimevalTime_t(PyTime_t, time_t *, int *, rounding);
extern void _PyTime_AsTimeval_clamp(PyTime_t, struct timeval *, rounding), _PyTime_AsTimespec_clamp(PyTime_t, struct timespec *);
extern int _PyTime_AsTimespec(PyTime_t, struct timespec *), _PyTime_localtime(time_t, struct tm *), _PyTime_gmtime(time_t, struct tm *);
extern PyTime_t _PyDeadline_Init(PyTime_t), _PyDeadline_Get(PyTime_t);

/* What a conversion gave, rounding to floor, ceiling, half even and up; once where all agree. */
static char said[4096], each[4][1000];
static const char *answer(int rounding, const char *format, ...) {
    char error[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(each[rounding], 512, format, arguments);
    va_end(arguments);
    if (PyErr_Occurred()) strcat(each[rounding], check_taken(error, sizeof error));
    return each[rounding];
}
static const char *answers(void) {
    int same = 1;
    for (int i = 1; i < 4; i++) same &= !strcmp(each[0], each[i]);
    if (same) return each[0];
    snprintf(said, sizeof said, "%s | %s | %s | %s", each[0], each[1], each[2], each[3]);
    return said;
}
#define FAILED(status) ((status) < 0 ? "failed: " : "")

static const char *seconds(PyObject *o) {
    for (int i = 0; i < 4; i++) {
        time_t s = 0;
        if (_PyTime_ObjectToTime_t(o, &s, i) == 0) answer(i, "%lld", (long long)s);
        else answer(i, "%s", "");
    }
    return answers();
}
static const char *microseconds(PyObject *o) {
    for (int i = 0; i < 4; i++) {
        time_t s = 0;
        long us = 0;
        if (_PyTime_ObjectToTimeval(o, &s, &us, i) == 0) answer(i, "%lld,%ld", (long long)s, us);
        else answer(i, "%s", "");
    }
    return answers();
}
static const char *nanoseconds(PyObject *o) {
    for (int i = 0; i < 4; i++) {
        time_t s = 0;
        long ns = 0;
        if (_PyTime_ObjectToTimespec(o, &s, &ns, i) == 0) answer(i, "%lld,%ld", (long long)s, ns);
        else answer(i, "%s", "");
    }
    return answers();
}
static const char *from_seconds(PyObject *o) {
    for (int i = 0; i < 4; i++) {
        PyTime_t t = 0;
        if (_PyTime_FromSecondsObject(&t, o, i) == 0) answer(i, "%lld", (long long)t);
        else answer(i, "%s", "");
    }
    return answers();
}
static const char *from_milliseconds(PyObject *o) {
    for (int i = 0; i < 4; i++) {
        PyTime_t t = 0;
        if (_PyTime_FromMillisecondsObject(&t, o, i) == 0) answer(i, "%lld", (long long)t);
        else answer(i, "%s", "");
    }
    return answers();
}
static const char *milliseconds(PyTime_t t) {
    for (int i = 0; i < 4; i++) answer(i, "%lld", (long long)_PyTime_AsMilliseconds(t, i));
    return answers();
}
static const char *as_microseconds(PyTime_t t) {
    for (int i = 0; i < 4; i++) answer(i, "%lld", (long long)_PyTime_AsMicroseconds(t, i));
    return answers();
}
/* As struct timeval, which must be the same as clamped and as a pair. */
static const char *timeval(PyTime_t t) {
    for (int i = 0; i < 4; i++) {
        struct timeval plain = {7, 7}, clamped = {8, 8};
        time_t s = 9;
        int us = 9, plainly = _PyTime_AsTimeval(t, &plain, i), pair = _PyTime_AsTimevalTime_t(t, &s, &us, i);
        _PyTime_AsTimeval_clamp(t, &clamped, i);
        CHECK(plainly == pair && plain.tv_sec == s && plain.tv_usec == us);
        CHECK(plain.tv_sec == clamped.tv_sec && plain.tv_usec == clamped.tv_usec);
        answer(i, "%s%lld,%ld", FAILED(plainly), (long long)plain.tv_sec, (long)plain.tv_usec);
    }
    return answers();
}
static const char *timespec(PyTime_t t) {
    struct timespec plain = {7, 7}, clamped = {8, 8};
    int status = _PyTime_AsTimespec(t, &plain);
    _PyTime_AsTimespec_clamp(t, &clamped);
    CHECK(plain.tv_sec == clamped.tv_sec && plain.tv_nsec == clamped.tv_nsec);
    return answer(0, "%s%lld,%ld", FAILED(status), (long long)plain.tv_sec, (long)plain.tv_nsec);
}

static PyObject *number(const char *text) { return keep(strpbrk(text, ".en") ? PyFloat_FromDouble(strtod(text, NULL)) : PyLong_FromString(text, NULL, 10)); }
static PyObject *index_of(PyObject *self) { (void)self; return PyLong_FromLong(42); }
static PyObject *wrong_index(PyObject *self) { (void)self; return PyErr_Format(PyExc_TypeError, "not today"); }
static PyObject *broken_index(PyObject *self) { (void)self; return PyErr_Format(PyExc_ValueError, "broken"); }
static PyObject *float_of(PyObject *self) { (void)self; return PyFloat_FromDouble(4.5); }
/* An instance of a class that has __index__ or __float__. */
static PyObject *with(const char *name, int slot, unaryfunc function) {
    PyType_Slot slots[] = {{slot, (void *)function}, {0, NULL}};
    PyType_Spec spec = {name, 0, 0, Py_TPFLAGS_DEFAULT, slots};
    return keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
}
static PyObject *instance(PyTypeObject *base, PyObject *of) {
    PyObject *child = new_class("Child", (PyObject *)base);
    return keep(of ? PyObject_CallOneArg(child, of) : PyObject_CallNoArgs(child));
}

TEST(time_t) {
    CHECK_REPR(_PyLong_FromTime_t(0), "0");
    CHECK_REPR(_PyLong_FromTime_t(-1), "-1");
    CHECK_REPR(_PyLong_FromTime_t((time_t)LLONG_MAX), "9223372036854775807");
    CHECK_REPR(_PyLong_FromTime_t((time_t)LLONG_MIN), "-9223372036854775808");
    CHECK_INT(_PyLong_AsTime_t(number("0")), "0");
    CHECK_INT(_PyLong_AsTime_t(number("-1")), "-1");
    CHECK_INT(_PyLong_AsTime_t(number("9223372036854775807")), "9223372036854775807");
    CHECK_INT(_PyLong_AsTime_t(number("-9223372036854775808")), "-9223372036854775808");
    CHECK_INT(_PyLong_AsTime_t(number("9223372036854775808")), "-1 !!OverflowError: timestamp out of range for platform time_t");
    CHECK_INT(_PyLong_AsTime_t(number("-9223372036854775809")), "-1 !!OverflowError: timestamp out of range for platform time_t");
    CHECK_INT(_PyLong_AsTime_t(Py_True), "1");
    CHECK_INT(_PyLong_AsTime_t(number("1.5")), "-1 !!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_INT(_PyLong_AsTime_t(value("s", "1")), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(_PyLong_AsTime_t(Py_None), "-1 !!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_INT(_PyLong_AsTime_t(with("m.Index", Py_nb_index, index_of)), "42");
    CHECK_INT(_PyLong_AsTime_t(with("m.Float", Py_nb_float, float_of)), "-1 !!TypeError: 'm.Float' object cannot be interpreted as an integer");
}

TEST(object_to_seconds) {
    CHECK_STR_EQ(seconds(number("0")), "0");
    CHECK_STR_EQ(seconds(number("-1")), "-1");
    CHECK_STR_EQ(seconds(Py_True), "1");
    CHECK_STR_EQ(seconds(number("9223372036854775807")), "9223372036854775807");
    CHECK_STR_EQ(seconds(number("-9223372036854775808")), "-9223372036854775808");
    CHECK_STR_EQ(seconds(number("9223372036854775808")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("-9223372036854775809")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("0.5")), "0 | 1 | 0 | 1");
    CHECK_STR_EQ(seconds(number("1.5")), "1 | 2 | 2 | 2");
    CHECK_STR_EQ(seconds(number("2.5")), "2 | 3 | 2 | 3");
    CHECK_STR_EQ(seconds(number("-0.5")), "-1 | 0 | 0 | -1");
    CHECK_STR_EQ(seconds(number("-1.5")), "-2 | -1 | -2 | -2");
    CHECK_STR_EQ(seconds(number("-2.5")), "-3 | -2 | -2 | -3");
    CHECK_STR_EQ(seconds(number("1e-20")), "0 | 1 | 0 | 1");
    CHECK_STR_EQ(seconds(number("-1e-20")), "-1 | 0 | 0 | -1");
    CHECK_STR_EQ(seconds(number("9223372036854774784.0")), "9223372036854774784");
    CHECK_STR_EQ(seconds(number("9223372036854775808.0")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("-9223372036854775808.0")), "-9223372036854775808");
    CHECK_STR_EQ(seconds(number("-9223372036854777856.0")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("1e300")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("inf")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("-inf")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(seconds(number("nan")), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(seconds(value("s", "1")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_STR_EQ(seconds(Py_None), "!!TypeError: 'NoneType' object cannot be interpreted as an integer");
    CHECK_STR_EQ(seconds(with("m.Index", Py_nb_index, index_of)), "42");
    CHECK_STR_EQ(seconds(with("m.Float", Py_nb_float, float_of)), "!!TypeError: 'm.Float' object cannot be interpreted as an integer");
    CHECK_STR_EQ(seconds(with("m.Wrong", Py_nb_index, wrong_index)), "!!TypeError: not today");
    CHECK_STR_EQ(seconds(with("m.Broken", Py_nb_index, broken_index)), "!!ValueError: broken");
    CHECK_STR_EQ(seconds(instance(&PyBaseObject_Type, NULL)), "!!TypeError: 'Child' object cannot be interpreted as an integer");
    CHECK_STR_EQ(seconds(instance(&PyFloat_Type, number("3.5"))), "3 | 4 | 4 | 4");
    CHECK_STR_EQ(seconds(instance(&PyLong_Type, number("35"))), "35");
}

TEST(object_to_timeval_and_timespec) {
    CHECK_STR_EQ(microseconds(number("12")), "12,0");
    CHECK_STR_EQ(microseconds(number("1.2345675")), "1,234567 | 1,234568 | 1,234568 | 1,234568");
    CHECK_STR_EQ(microseconds(number("-1.2345675")), "-2,765432 | -2,765433 | -2,765432 | -2,765432");
    CHECK_STR_EQ(microseconds(number("0.0000005")), "0,0 | 0,1 | 0,0 | 0,1");
    CHECK_STR_EQ(microseconds(number("-0.0000005")), "-1,999999 | 0,0 | 0,0 | -1,999999");
    CHECK_STR_EQ(microseconds(number("0.9999999")), "0,999999 | 1,0 | 1,0 | 1,0");
    CHECK_STR_EQ(microseconds(number("-0.9999999")), "-1,0 | -1,1 | -1,0 | -1,0");
    CHECK_STR_EQ(microseconds(number("-1e-20")), "-1,999999 | 0,0 | 0,0 | -1,999999");
    CHECK_STR_EQ(microseconds(number("1e18")), "1000000000000000000,0");
    CHECK_STR_EQ(microseconds(number("1e19")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(microseconds(number("-1e19")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(microseconds(number("inf")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(microseconds(number("nan")), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(microseconds(number("9223372036854775807")), "9223372036854775807,0");
    CHECK_STR_EQ(microseconds(number("9223372036854775808")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(microseconds(value("[]")), "!!TypeError: argument must be int or float, not list");
    CHECK_STR_EQ(microseconds(with("m.Index", Py_nb_index, index_of)), "42,0");
    CHECK_STR_EQ(microseconds(with("m.Wrong", Py_nb_index, wrong_index)), "!!TypeError: argument must be int or float, not m.Wrong");
    CHECK_STR_EQ(microseconds(with("m.Broken", Py_nb_index, broken_index)), "!!ValueError: broken");
    CHECK_STR_EQ(microseconds(instance(&PyBaseObject_Type, NULL)), "!!TypeError: argument must be int or float, not m.Child");
    CHECK_STR_EQ(nanoseconds(number("12")), "12,0");
    CHECK_STR_EQ(nanoseconds(number("1.2345678905")), "1,234567890 | 1,234567891 | 1,234567890 | 1,234567891");
    CHECK_STR_EQ(nanoseconds(number("-1.2345678905")), "-2,765432109 | -2,765432110 | -2,765432110 | -2,765432109");
    CHECK_STR_EQ(nanoseconds(number("0.9999999999")), "0,999999999 | 1,0 | 1,0 | 1,0");
    CHECK_STR_EQ(nanoseconds(number("-0.9999999999")), "-1,0 | -1,1 | -1,0 | -1,0");
    CHECK_STR_EQ(nanoseconds(number("1e-10")), "0,0 | 0,1 | 0,0 | 0,1");
    CHECK_STR_EQ(nanoseconds(number("1e18")), "1000000000000000000,0");
    CHECK_STR_EQ(nanoseconds(number("-9223372036854775808.0")), "-9223372036854775808,0");
    CHECK_STR_EQ(nanoseconds(number("9223372036854775808.0")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(nanoseconds(number("nan")), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(nanoseconds(number("-9223372036854775809")), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_STR_EQ(nanoseconds(Py_None), "!!TypeError: argument must be int or float, not NoneType");
}

TEST(to_nanoseconds) {
    PyTime_t t = 5;
    CHECK_INT(_PyTime_FromSeconds(0), "0");
    CHECK_INT(_PyTime_FromSeconds(-1), "-1000000000");
    CHECK_INT(_PyTime_FromSeconds(INT_MAX), "2147483647000000000");
    CHECK_INT(_PyTime_FromSeconds(INT_MIN), "-2147483648000000000");
    CHECK_INT(_PyTime_FromLong(&t, number("123")), "0");
    CHECK_INT(t, "123");
    CHECK_INT(_PyTime_FromLong(&t, number("-9223372036854775808")), "0");
    CHECK_INT(t, "-9223372036854775808");
    CHECK_INT(_PyTime_FromLong(&t, number("-9223372036854775809")), "-1 !!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_INT(_PyTime_FromLong(&t, number("9223372036854775808")), "-1 !!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_INT(_PyTime_FromLong(&t, number("1.0")), "-1 !!TypeError: expect int, got float");
    CHECK_INT(_PyTime_FromLong(&t, Py_None), "-1 !!TypeError: expect int, got NoneType");
    CHECK_INT(_PyTime_FromLong(&t, with("m.Index", Py_nb_index, index_of)), "-1 !!TypeError: expect int, got m.Index");
    CHECK_INT(_PyTime_FromLong(&t, Py_True), "0");
    CHECK_INT(t, "1");
    CHECK_STR_EQ(from_seconds(number("3")), "3000000000");
    CHECK_STR_EQ(from_seconds(number("9223372036")), "9223372036000000000");
    CHECK_STR_EQ(from_seconds(number("9223372037")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("-9223372036")), "-9223372036000000000");
    CHECK_STR_EQ(from_seconds(number("-9223372037")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("9223372036854775808")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("1.0000000005")), "1000000000 | 1000000001 | 1000000000 | 1000000001");
    CHECK_STR_EQ(from_seconds(number("2.5e-9")), "2 | 3 | 2 | 3");
    CHECK_STR_EQ(from_seconds(number("-2.5e-9")), "-3 | -2 | -2 | -3");
    CHECK_STR_EQ(from_seconds(number("9223372036.854775")), "9223372036854774784");
    CHECK_STR_EQ(from_seconds(number("9223372036.854776")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("-9223372036.854776")), "-9223372036854775808");
    CHECK_STR_EQ(from_seconds(number("-9223372036.854778")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("inf")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_seconds(number("nan")), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(from_seconds(value("s", "1")), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(from_seconds(Py_None), "!!TypeError: 'NoneType' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(from_seconds(with("m.Index", Py_nb_index, index_of)), "42000000000");
    CHECK_STR_EQ(from_seconds(with("m.Float", Py_nb_float, float_of)), "!!TypeError: 'm.Float' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(from_seconds(with("m.Wrong", Py_nb_index, wrong_index)), "!!TypeError: 'm.Wrong' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(from_seconds(with("m.Broken", Py_nb_index, broken_index)), "!!ValueError: broken");
    CHECK_STR_EQ(from_seconds(instance(&PyBaseObject_Type, NULL)), "!!TypeError: 'm.Child' object cannot be interpreted as an integer or float");
    CHECK_STR_EQ(from_milliseconds(number("3")), "3000000");
    CHECK_STR_EQ(from_milliseconds(number("-3")), "-3000000");
    CHECK_STR_EQ(from_milliseconds(number("9223372036854")), "9223372036854000000");
    CHECK_STR_EQ(from_milliseconds(number("9223372036855")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_milliseconds(number("-9223372036855")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_milliseconds(number("9223372036854775808")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_milliseconds(number("1.0000005")), "1000000 | 1000001 | 1000001 | 1000001");
    CHECK_STR_EQ(from_milliseconds(number("-0.0000025")), "-3 | -2 | -2 | -3");
    CHECK_STR_EQ(from_milliseconds(number("9223372036854.776")), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_STR_EQ(from_milliseconds(number("nan")), "!!ValueError: Invalid value NaN (not a number)");
    CHECK_STR_EQ(from_milliseconds(value("()")), "!!TypeError: 'tuple' object cannot be interpreted as an integer or float");
}

TEST(from_nanoseconds) {
    CHECK_REPR(_PyTime_AsLong(0), "0");
    CHECK_REPR(_PyTime_AsLong(PyTime_MAX), "9223372036854775807");
    CHECK_REPR(_PyTime_AsLong(PyTime_MIN), "-9223372036854775808");
    CHECK_STR_EQ(milliseconds(0), "0");
    CHECK_STR_EQ(milliseconds(1), "0 | 1 | 0 | 1");
    CHECK_STR_EQ(milliseconds(-1), "-1 | 0 | 0 | -1");
    CHECK_STR_EQ(milliseconds(500000), "0 | 1 | 0 | 1");
    CHECK_STR_EQ(milliseconds(1500000), "1 | 2 | 2 | 2");
    CHECK_STR_EQ(milliseconds(-500000), "-1 | 0 | 0 | -1");
    CHECK_STR_EQ(milliseconds(-1500000), "-2 | -1 | -2 | -2");
    CHECK_STR_EQ(milliseconds(PyTime_MAX), "9223372036854 | 9223372036855 | 9223372036855 | 9223372036855");
    CHECK_STR_EQ(milliseconds(PyTime_MIN), "-9223372036855 | -9223372036854 | -9223372036855 | -9223372036855");
    CHECK_STR_EQ(as_microseconds(500), "0 | 1 | 0 | 1");
    CHECK_STR_EQ(as_microseconds(-1500), "-2 | -1 | -2 | -2");
    CHECK_STR_EQ(as_microseconds(1000), "1");
    CHECK_STR_EQ(as_microseconds(PyTime_MAX), "9223372036854775 | 9223372036854776 | 9223372036854776 | 9223372036854776");
    CHECK_STR_EQ(as_microseconds(PyTime_MIN), "-9223372036854776 | -9223372036854775 | -9223372036854776 | -9223372036854776");
    CHECK_STR_EQ(timeval(0), "0,0");
    CHECK_STR_EQ(timeval(1), "0,0 | 0,1 | 0,0 | 0,1");
    CHECK_STR_EQ(timeval(-1), "-1,999999 | 0,0 | 0,0 | -1,999999");
    CHECK_STR_EQ(timeval(999999999), "0,999999 | 1,0 | 1,0 | 1,0");
    CHECK_STR_EQ(timeval(-999999999), "-1,0 | -1,1 | -1,0 | -1,0");
    CHECK_STR_EQ(timeval(-1000000000), "-1,0");
    CHECK_STR_EQ(timeval(1234567500), "1,234567 | 1,234568 | 1,234568 | 1,234568");
    CHECK_STR_EQ(timeval(PyTime_MAX), "9223372036,854775 | 9223372036,854776 | 9223372036,854776 | 9223372036,854776");
    CHECK_STR_EQ(timeval(PyTime_MIN), "-9223372037,145224 | -9223372037,145225 | -9223372037,145224 | -9223372037,145224");
    CHECK_STR_EQ(timespec(0), "0,0");
    CHECK_STR_EQ(timespec(1234567890), "1,234567890");
    CHECK_STR_EQ(timespec(-1), "-1,999999999");
    CHECK_STR_EQ(timespec(-1000000000), "-1,0");
    CHECK_STR_EQ(timespec(PyTime_MAX), "9223372036,854775807");
    CHECK_STR_EQ(timespec(PyTime_MIN), "-9223372037,145224192");
}

TEST(deadlines) {
    PyTime_t before, after, deadline, left;
    PyTime_Monotonic(&before);
    deadline = _PyDeadline_Init(1000000000);
    PyTime_Monotonic(&after);
    CHECK(deadline >= before + 1000000000 && deadline <= after + 1000000000);
    left = _PyDeadline_Get(deadline);
    CHECK(left > 0 && left <= 1000000000);
    deadline = _PyDeadline_Init(-1000000000);
    CHECK(_PyDeadline_Get(deadline) <= -1000000000);
    CHECK_INT(_PyDeadline_Init(PyTime_MAX) == PyTime_MAX, "1");
    left = _PyDeadline_Get(PyTime_MAX);
    CHECK(left > 0 && left < PyTime_MAX);
    PyTime_Monotonic(&after);
    CHECK(_PyDeadline_Init(PyTime_MIN) >= PyTime_MIN + before && _PyDeadline_Init(PyTime_MIN) < 0);
}

static const char *calendar(int (*convert)(time_t, struct tm *), time_t t) {
    struct tm tm;
    memset(&tm, 0, sizeof tm);
    if (convert(t, &tm) < 0) return answer(0, "%s", "");
    return answer(0, "%d-%d-%d %d:%d:%d day %d of week, %d of year, dst %d, %s %ld", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                  tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_wday, tm.tm_yday, tm.tm_isdst, tm.tm_zone ? tm.tm_zone : "no zone", tm.tm_gmtoff);
}
TEST(calendars) {
    CHECK_STR_EQ(calendar(_PyTime_gmtime, 0), "1970-1-1 0:0:0 day 4 of week, 0 of year, dst 0, GMT 0");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, 951782400), "2000-2-29 0:0:0 day 2 of week, 59 of year, dst 0, GMT 0");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, -1), "1969-12-31 23:59:59 day 3 of week, 364 of year, dst 0, GMT 0");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, 253402300800), "10000-1-1 0:0:0 day 6 of week, 0 of year, dst 0, GMT 0");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, 67767976233532800), "-2147483648-1-1 0:0:0 day 3 of week, 0 of year, dst 0, GMT 0");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, (time_t)LLONG_MAX), "!!OSError: [Errno 75] Value too large for defined data type");
    CHECK_STR_EQ(calendar(_PyTime_gmtime, (time_t)LLONG_MIN), "!!OSError: [Errno 75] Value too large for defined data type");
    setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
    tzset();
    CHECK_STR_EQ(calendar(_PyTime_localtime, 0), "1969-12-31 19:0:0 day 3 of week, 364 of year, dst 0, EST -18000");
    CHECK_STR_EQ(calendar(_PyTime_localtime, 1752580800), "2025-7-15 8:0:0 day 2 of week, 195 of year, dst 1, EDT -14400");
    CHECK_STR_EQ(calendar(_PyTime_localtime, (time_t)LLONG_MAX), "!!OSError: [Errno 75] Value too large for defined data type");
    CHECK_STR_EQ(calendar(_PyTime_localtime, (time_t)LLONG_MIN), "!!OSError: [Errno 75] Value too large for defined data type");
}
CHECK_MAIN()
