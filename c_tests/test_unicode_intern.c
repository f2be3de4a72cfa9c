/* Interned strings, shared ones, hashes under a fixed seed, and what changes in place. */
#include "check.h"

/* internal, but exported: what the seed becomes */
extern union { unsigned char uc[24]; struct { unsigned long long k0, k1; } siphash; } _Py_HashSecret;

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }

/* The seed of a process is fixed by its first initialization, which check.h's main does after this. */
__attribute__((constructor)) static void seed(void) { setenv("PYTHONHASHSEED", "12345", 1); }

TEST(seeded_hashes) {
    CHECK_INT(PyObject_Hash(str("")), "0");
    CHECK_INT(PyObject_Hash(str("a")), "-8961251314296359281");
    CHECK_INT(PyObject_Hash(str("ab")), "-112886974681700427");
    CHECK_INT(PyObject_Hash(str("abcdefg")), "6148946137545281088");
    CHECK_INT(PyObject_Hash(str("abcdefgh")), "1658905534166424097");
    CHECK_INT(PyObject_Hash(str("abcdefghi")), "-6258168472765736806");
    CHECK_INT(PyObject_Hash(str("a longer text, of many words")), "-5432244373499350511");
    CHECK_INT(PyObject_Hash(str("\xc3\xa9")), "6247654839523334371");
    CHECK_INT(PyObject_Hash(str("\xe2\x82\xac")), "-458755641747810198");
    CHECK_INT(PyObject_Hash(str("\xf0\x9f\x90\x8d x")), "6289783797301463238");
    CHECK_INT(PyObject_Hash(keep(PyBytes_FromStringAndSize("", 0))), "0");
    CHECK_INT(Py_HashBuffer("", 0), "0");
    CHECK_INT(PyObject_Hash(keep(PyBytes_FromStringAndSize("abc", 3))), "2962436275791859092");
    CHECK_INT(Py_HashBuffer("abc", 3), "2962436275791859092");
    CHECK_INT(PyObject_Hash(keep(PyBytes_FromStringAndSize("a\0b", 3))), "-4229362300691046556");
    CHECK_INT(Py_HashBuffer("a\0b", 3), "-4229362300691046556");
    CHECK_INT(PyObject_Hash(keep(PyBytes_FromStringAndSize("0123456789abcdef", 16))), "2512191183103238038");
    CHECK_INT(Py_HashBuffer("0123456789abcdef", 16), "2512191183103238038");
    CHECK_STR_EQ(PyHash_GetFuncDef()->name, "siphash13");
    CHECK_INT(PyHash_GetFuncDef()->hash_bits, "64");
    CHECK_INT(PyHash_GetFuncDef()->seed_bits, "128");
    CHECK_INT(PyHash_GetFuncDef()->hash("abc", 3), "2962436275791859092");
    CHECK_INT(Py_HashPointer((void *)0x123456789abcdef0), "81985529216486895");
    CHECK_INT(Py_HashPointer((void *)(uintptr_t)-1), "-2");
}

TEST(interned) {
    PyObject *a = PyUnicode_InternFromString("a name of our own"), *b = PyUnicode_InternFromString("a name of our own");
    CHECK(a == b);
    CHECK_INT(PyUnicode_CHECK_INTERNED(a), "1");
    Py_DECREF(b);
    PyObject *c = PyUnicode_FromString("a name of our own");
    CHECK(c != a);
    CHECK_INT(PyUnicode_CHECK_INTERNED(c), "0");
    PyUnicode_InternInPlace(&c);
    CHECK(c == a);
    Py_DECREF(c);
    Py_DECREF(a);
    /* Gone and made again. */
    a = PyUnicode_InternFromString("a name of our own");
    CHECK_INT(Py_REFCNT(a), "1");
    Py_DECREF(a);
    /* What is in the runtime already. */
    a = PyUnicode_InternFromString("__init__");
    CHECK_INT(PyUnicode_CHECK_INTERNED(a), "3");
    b = PyUnicode_FromString("__init__");
    PyUnicode_InternInPlace(&b);
    CHECK(a == b);
    Py_DECREF(a);
    Py_DECREF(b);
    /* Instances of subclasses stay. */
    PyObject *s = PyObject_CallFunction(new_class("S", (PyObject *)&PyUnicode_Type), "s", "a name of our own"), *before = s;
    PyUnicode_InternInPlace(&s);
    CHECK(s == before);
    CHECK_INT(PyUnicode_CHECK_INTERNED(s), "0");
    Py_DECREF(s);
    PyObject *nothing = NULL;
    PyUnicode_InternInPlace(&nothing);
    CHECK(nothing == NULL);
    /* Many, so that the table grows and shrinks. */
    PyObject *many[3000];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 3000; i++) {
            char text[32];
            snprintf(text, sizeof text, "interned %d", i);
            many[i] = PyUnicode_InternFromString(text);
        }
        for (int i = 0; i < 3000; i++) {
            char text[32];
            snprintf(text, sizeof text, "interned %d", i);
            PyObject *again = PyUnicode_InternFromString(text);
            CHECK(again == many[i]);
            Py_DECREF(again);
        }
        for (int i = 0; i < 3000; i++) Py_DECREF(many[i]);
    }
}

/* The empty str and characters below 256 are one object each. */
TEST(shared) {
    CHECK(str("") == str(""));
    CHECK(str("x") == str("x"));
    CHECK(keep(PyUnicode_New(0, 127)) == str(""));
    CHECK(keep(PyUnicode_FromOrdinal(0xe9)) == str("\xc3\xa9"));
    CHECK(keep(PyUnicode_FromOrdinal(0x100)) != keep(PyUnicode_FromOrdinal(0x100)));
    CHECK(keep(PyUnicode_Substring(str("abc"), 1, 2)) == str("b"));
    CHECK(keep(PyUnicode_DecodeLatin1("\xe9", 1, NULL)) == str("\xc3\xa9"));
    CHECK(keep(PyUnicode_FromKindAndData(4, (Py_UCS4[]){'q'}, 1)) == str("q"));
    CHECK(keep(PySequence_GetItem(str("abc"), 0)) == str("a"));
    CHECK(keep(PyObject_Str(str("abc"))) != str("abc"));
    PyObject *s = str("abc");
    CHECK(keep(PyObject_Str(s)) == s);
    CHECK(keep(PyUnicode_Substring(s, 0, 3)) == s);
    CHECK(keep(PyUnicode_Concat(s, str(""))) == s);
    CHECK(keep(PyUnicode_Replace(s, str("x"), str("y"), -1)) == s);
    CHECK(keep(PyUnicode_Join(str(","), keep(PyTuple_Pack(1, s)))) == s);
    CHECK_STR_EQ(PyUnicode_AsUTF8(str("\xc3\xa9")), "é");
}

/* A str that nobody else has grows in place; another becomes a new one. */
TEST(append) {
    PyObject *s = PyUnicode_FromString("abc"), *other = Py_NewRef(s);
    PyUnicode_Append(&s, str("def"));
    CHECK(s != other);
    CHECK_BORROWED(s, "'abcdef'");
    CHECK_BORROWED(other, "'abc'");
    for (int i = 0; i < 1000; i++) PyUnicode_Append(&s, str("xyz"));
    CHECK_INT(PyUnicode_GetLength(s), "3006");
    PyUnicode_Append(&s, str("\xe2\x82\xac"));
    CHECK_INT(PyUnicode_KIND(s), "2");
    PyUnicode_Append(&s, s);
    CHECK_INT(PyUnicode_GetLength(s), "6014");
    PyUnicode_Append(&s, Py_None);
    CHECK(s == NULL);
    PyErr_Clear();
    PyUnicode_AppendAndDel(&other, PyUnicode_FromString("!"));
    CHECK_BORROWED(other, "'abc!'");
    CHECK_INT(PyUnicode_Resize(&other, 2), "0");
    CHECK_BORROWED(other, "'ab'");
    CHECK_INT(PyUnicode_Resize(&other, -1), "-1 !!SystemError: bad argument to internal function");
    CHECK_INT(PyUnicode_Resize(&other, 0), "0");
    CHECK_BORROWED(other, "''");
    Py_DECREF(other);
    PyObject *interned = PyUnicode_InternFromString("interned and resized");
    PyObject *was = interned;
    CHECK_INT(PyUnicode_Resize(&interned, 8), "0");
    CHECK(interned != was);
    CHECK_BORROWED(interned, "'interned'");
    Py_DECREF(interned);
}

/* The secret behind the hashes above, all 24 bytes of it. */
TEST(hash_secret) {
    char text[64];
    for (int i = 0; i < 24; i++) snprintf(text + 2 * i, 3, "%02x", _Py_HashSecret.uc[i]);
    CHECK_STR_EQ(text, "a0dcc36dc46d5525906c6fd0dbe43efccee8db6dea856eb4");
    CHECK(_Py_HashSecret.siphash.k0 == *(unsigned long long *)_Py_HashSecret.uc);
}
CHECK_MAIN()
