/* int at random: laws that hold at any size, and one number that stands for thousands of answers of a real CPython. */
#include "check.h"

static uint64_t state;
static uint64_t next(void) { state ^= state << 13; state ^= state >> 7; state ^= state << 17; return state; }
/* Up to `bits` bits, of many kinds: full, a power of two, runs of zeros and ones, anything. */
static PyObject *some(int bits) {
    char text[1000], *at = text;
    int n = ((int)(next() % (unsigned)(bits + 1)) + 3) / 4, kind = (int)(next() % 5);
    if (next() & 1) *at++ = '-';
    *at++ = '0'; *at++ = 'x'; *at++ = '0';
    for (int i = 0; i < n; i++) {
        unsigned d = kind == 0 ? 15 : kind == 1 ? i == 0 : kind == 2 ? (next() & 1 ? 0 : 15) : (unsigned)(next() % 16);
        *at++ = "0123456789abcdef"[d];
    }
    *at = 0;
    return keep(PyLong_FromString(text, NULL, 0));
}
static const int sizes[] = {8, 31, 62, 95, 130, 600, 3000};
static PyObject *any(void) { return some(sizes[next() % 7]); }
static int equal(PyObject *a, PyObject *b) { keep(a); keep(b); return a && b && PyObject_RichCompareBool(a, b, Py_EQ) == 1; }
/* Temporaries go after each round: there are more than a test keeps. */
static void drop(void) { while (check_kept_count) Py_DECREF(check_kept[--check_kept_count]); }
#define ROUNDS(n) state = 88172645463325252u; for (int i = 0, whole = check_number_of(n, (n) / 30); i < whole; i++, drop())

TEST(sums_and_products) {
    ROUNDS(1500) {
        PyObject *a = any(), *b = any(), *c = any();
        CHECK(equal(PyNumber_Subtract(keep(PyNumber_Add(a, b)), b), Py_NewRef(a)));
        CHECK(equal(PyNumber_Multiply(keep(PyNumber_Add(a, b)), c), PyNumber_Add(keep(PyNumber_Multiply(a, c)), keep(PyNumber_Multiply(b, c)))));
        CHECK(equal(PyNumber_Negative(keep(PyNumber_Subtract(a, b))), PyNumber_Subtract(b, a)));
    }
}

TEST(quotients) {
    PyObject *zero = PyLong_FromLong(0);
    ROUNDS(1500) {
        PyObject *a = any(), *b = any();
        if (equal(Py_NewRef(b), Py_NewRef(zero))) continue;
        PyObject *q = keep(PyNumber_FloorDivide(a, b)), *r = keep(PyNumber_Remainder(a, b)), *both = keep(PyNumber_Divmod(a, b));
        CHECK(equal(PyNumber_Add(keep(PyNumber_Multiply(q, b)), r), Py_NewRef(a)));
        CHECK(equal(Py_NewRef(q), Py_NewRef(PyTuple_GetItem(both, 0))) && equal(Py_NewRef(r), Py_NewRef(PyTuple_GetItem(both, 1))));
        CHECK(PyObject_RichCompareBool(keep(PyNumber_Absolute(r)), keep(PyNumber_Absolute(b)), Py_LT) == 1);
        CHECK(equal(Py_NewRef(r), Py_NewRef(zero)) || PyObject_RichCompareBool(r, zero, Py_LT) == PyObject_RichCompareBool(b, zero, Py_LT));
    }
}

TEST(bits) {
    PyObject *one = PyLong_FromLong(1);
    ROUNDS(1500) {
        PyObject *a = any(), *b = any(), *n = keep(PyLong_FromLong((long)(next() % 200))), *power = keep(PyNumber_Lshift(one, n));
        CHECK(equal(PyNumber_Lshift(a, n), PyNumber_Multiply(a, power)));
        CHECK(equal(PyNumber_Rshift(a, n), PyNumber_FloorDivide(a, power)));
        CHECK(equal(PyNumber_Invert(a), PyNumber_Subtract(keep(PyNumber_Negative(a)), one)));
        CHECK(equal(PyNumber_Add(keep(PyNumber_And(a, b)), keep(PyNumber_Or(a, b))), PyNumber_Add(a, b)));
        CHECK(equal(PyNumber_Xor(a, b), PyNumber_Subtract(keep(PyNumber_Or(a, b)), keep(PyNumber_And(a, b)))));
        CHECK(equal(PyNumber_And(a, keep(PyNumber_Subtract(power, one))), PyNumber_Remainder(a, power)));
    }
}

TEST(powers) {
    ROUNDS(150) {
        PyObject *a = some(200), *m = some(200), *e = keep(PyLong_FromLong((long)(next() % 8)));
        if (PyObject_IsTrue(m) == 0) continue;
        PyObject *power = keep(PyNumber_Power(a, e, Py_None)), *product = PyLong_FromLong(1);
        for (long k = PyLong_AsLong(e); k > 0; k--) { keep(product); product = PyNumber_Multiply(product, a); }
        CHECK(equal(product, Py_NewRef(power)));
        CHECK(equal(PyNumber_Power(a, e, m), PyNumber_Remainder(power, m)));
        PyObject *inverse = PyNumber_Power(a, keep(PyLong_FromLong(-1)), m);
        if (!inverse) { CHECK(PyErr_ExceptionMatches(PyExc_ValueError)); PyErr_Clear(); continue; }
        CHECK(equal(PyNumber_Remainder(keep(PyNumber_Multiply(a, keep(inverse))), m), PyNumber_Remainder(keep(PyLong_FromLong(1)), m)));
    }
}

TEST(text) {
    ROUNDS(1000) {
        PyObject *a = any();
        static const int bases[] = {2, 8, 10, 16};
        int base = bases[next() % 4];
        CHECK(equal(PyLong_FromUnicodeObject(keep(PyNumber_ToBase(a, base)), base), Py_NewRef(a)));
        CHECK(equal(PyLong_FromUnicodeObject(keep(PyNumber_ToBase(a, base)), 0), Py_NewRef(a)));
        CHECK(equal(PyLong_FromUnicodeObject(keep(PyObject_Repr(a)), 10), Py_NewRef(a)));
    }
}

TEST(bytes) {
    ROUNDS(1500) {
        PyObject *a = any();
        unsigned char bytes[500];
        int little = (int)(next() & 1), flags = little ? Py_ASNATIVEBYTES_LITTLE_ENDIAN : Py_ASNATIVEBYTES_BIG_ENDIAN;
        Py_ssize_t size = (Py_ssize_t)(_PyLong_NumBits(a) / 8 + 1);
        CHECK(PyLong_AsNativeBytes(a, bytes, size, flags) <= size);
        CHECK(equal(PyLong_FromNativeBytes(bytes, (size_t)size, flags), Py_NewRef(a)));
        CHECK(equal(_PyLong_FromByteArray(bytes, (size_t)size, little, 1), Py_NewRef(a)));
        PyObject *as_bytes = keep(PyObject_CallMethod(keep(PyNumber_Absolute(a)), "to_bytes", "ns", size, little ? "little" : "big"));
        CHECK(equal(PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", "Os", as_bytes, little ? "little" : "big"), PyNumber_Absolute(a)));
        PyLongExport export;
        CHECK(PyLong_Export(a, &export) == 0);
        if (export.digits) {
            void *digits;
            PyLongWriter *writer = PyLongWriter_Create(export.negative, export.ndigits, &digits);
            memcpy(digits, export.digits, (size_t)export.ndigits * 4);
            CHECK(equal(PyLongWriter_Finish(writer), Py_NewRef(a)));
        } else CHECK(equal(PyLong_FromInt64(export.value), Py_NewRef(a)));
        PyLong_FreeExport(&export);
    }
}

TEST(doubles) {
    ROUNDS(1500) {
        PyObject *a = any(), *as_float = PyNumber_Float(a);
        if (!as_float) { CHECK(PyErr_ExceptionMatches(PyExc_OverflowError)); PyErr_Clear(); continue; }
        /* Within half a unit of the last place: neighbours are not nearer. */
        PyObject *back = keep(PyNumber_Long(keep(as_float)));
        CHECK(PyObject_Hash(back) == PyObject_Hash(as_float));
        CHECK(PyObject_RichCompareBool(back, as_float, Py_EQ) == 1 && PyObject_RichCompareBool(as_float, back, Py_EQ) == 1);
        PyObject *distance = keep(PyNumber_Absolute(keep(PyNumber_Subtract(a, back))));
        int64_t bits = _PyLong_NumBits(a);
        CHECK(_PyLong_NumBits(distance) <= (bits > 53 ? bits - 53 : 0));
        CHECK(PyObject_RichCompareBool(a, as_float, Py_LT) == PyObject_RichCompareBool(a, back, Py_LT));
    }
}

/* The text of what operators give, hashed (FNV). */
static uint64_t sum;
static void take(PyObject *o) {
    PyObject *text = o ? keep(PyObject_Repr(keep(o))) : NULL;
    if (!text) { PyErr_Clear(); sum = (sum ^ '!') * 0x100000001b3u; return; }
    for (const char *c = PyUnicode_AsUTF8(text); *c; c++) sum = (sum ^ (unsigned char)*c) * 0x100000001b3u;
}
static uint64_t answers(int rounds) {
    PyObject *(*const operators[])(PyObject *, PyObject *) = {PyNumber_Add, PyNumber_Subtract, PyNumber_Multiply, PyNumber_FloorDivide,
        PyNumber_Remainder, PyNumber_TrueDivide, PyNumber_Divmod, PyNumber_And, PyNumber_Or, PyNumber_Xor};
    sum = 0xcbf29ce484222325u;
    ROUNDS(rounds) {
        PyObject *a = any(), *b = any();
        for (size_t k = 0; k < sizeof operators / sizeof *operators; k++) take(operators[k](a, b));
        take(PyLong_FromLong(PyObject_Hash(a)));
        take(PyNumber_Float(a));
        take(PyObject_CallMethod(a, "__round__", "i", -(int)(next() % 12)));
        take(PyObject_CallMethod(a, "bit_count", NULL));
        take(PyNumber_Power(a, b, keep(PyNumber_Absolute(some(100)))));
    }
    return sum;
}
TEST(like_a_real_one) {
    char text[40];
    snprintf(text, sizeof text, "%llu", (unsigned long long)answers(1000));
    if (check_number_of(1, 0)) CHECK_STR_EQ(text, "3526730705953466106");
}
CHECK_MAIN()
