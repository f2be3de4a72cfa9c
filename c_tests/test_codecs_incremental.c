/* Incremental encoders and decoders: text that comes piece by piece. */
#include "check.h"

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }

/* What a decoder says to each byte, and its state after it. */
static PyObject *bytewise(const char *encoding, const char *data, Py_ssize_t n) {
    PyObject *decoder = keep(PyCodec_IncrementalDecoder(encoding, "replace")), *answers = PyList_New(0);
    if (!decoder) { Py_DECREF(answers); return NULL; }
    for (Py_ssize_t i = 0; i <= n; i++) {
        PyObject *piece = PyBytes_FromStringAndSize(data + i, i < n);
        PyObject *text = PyObject_CallMethod(decoder, "decode", "Oi", piece, i == n);
        PyObject *state = text ? PyObject_CallMethod(decoder, "getstate", NULL) : NULL;
        Py_DECREF(piece);
        if (!text || !state) { Py_XDECREF(text); Py_XDECREF(state); Py_DECREF(answers); return NULL; }
        PyList_Append(answers, text);
        PyList_Append(answers, state);
        Py_DECREF(text);
        Py_DECREF(state);
    }
    return answers;
}
static PyObject *pieces(const char *encoding) {
    PyObject *encoder = keep(PyCodec_IncrementalEncoder(encoding, "replace")), *answers = PyList_New(0);
    if (!encoder) { Py_DECREF(answers); return NULL; }
    static const char *texts[] = {"a", "\xc3\xa9", "", "\xe2\x82\xac\xf0\x9f\x90\x8d"};
    for (int i = 0; i < 4; i++) {
        PyObject *bytes = PyObject_CallMethod(encoder, "encode", "si", texts[i], i == 3);
        if (!bytes) { Py_DECREF(answers); return NULL; }
        PyList_Append(answers, bytes);
        Py_DECREF(bytes);
        bytes = PyObject_CallMethod(encoder, "getstate", NULL);
        PyList_Append(answers, bytes);
        Py_DECREF(bytes);
    }
    return answers;
}

TEST(decode) {
    CHECK_REPR(bytewise("utf-8", "a\xc3\xa9\xe2\x82\xac\xff\xf0\x9f", 9), "['a', (b'', 0), '', (b'\\xc3', 0), 'é', (b'', 0), '', (b'\\xe2', 0), '', (b'\\xe2\\x82', 0), '€', (b'', 0), '�', (b'', 0), '', (b'\\xf0', 0), '', (b'\\xf0\\x9f', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("utf-8-sig", "\xef\xbb\xbf" "a\xef\xbb\xbf", 7), "['', (b'\\xef', 1), '', (b'\\xef\\xbb', 1), '', (b'', 0), 'a', (b'', 0), '', (b'\\xef', 0), '', (b'\\xef\\xbb', 0), '\\ufeff', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("utf-8-sig", "\xef\xbb" "x", 3), "['', (b'\\xef', 1), '', (b'\\xef\\xbb', 1), '�x', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("utf-16", "\xff\xfe" "a\0\x3d\xd8\x0d\xdc" "b", 9), "['', (b'\\xff', 2), '', (b'', 0), '', (b'a', 0), 'a', (b'', 0), '', (b'=', 0), '', (b'=\\xd8', 0), '', (b'=\\xd8\\r', 0), '🐍', (b'', 0), '', (b'b', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("utf-16", "\xfe\xff\0a\0", 5), "['', (b'\\xfe', 2), '', (b'', 1), '', (b'\\x00', 1), 'a', (b'', 1), '', (b'\\x00', 1), '�', (b'', 1)]");
    CHECK_REPR(bytewise("utf-16", "a\0b\0", 4), "!!UnicodeDecodeError: 'utf-16' codec can't decode bytes in position 0-1: Stream does not start with BOM");
    CHECK_REPR(bytewise("utf-16-le", "a\0\x3d\xd8\x0d\xdc", 6), "['', (b'a', 0), 'a', (b'', 0), '', (b'=', 0), '', (b'=\\xd8', 0), '', (b'=\\xd8\\r', 0), '🐍', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("utf-16-be", "\0a\xd8\x3d\xdc\x0d\xd8", 7), "['', (b'\\x00', 0), 'a', (b'', 0), '', (b'\\xd8', 0), '', (b'\\xd8=', 0), '', (b'\\xd8=\\xdc', 0), '🐍', (b'', 0), '', (b'\\xd8', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("utf-32", "\xff\xfe\0\0a\0\0\0b\0", 10), "['', (b'\\xff', 2), '', (b'\\xff\\xfe', 2), '', (b'\\xff\\xfe\\x00', 2), '', (b'', 0), '', (b'a', 0), '', (b'a\\x00', 0), '', (b'a\\x00\\x00', 0), 'a', (b'', 0), '', (b'b', 0), '', (b'b\\x00', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("utf-32-be", "\0\0\0a\0\0", 6), "['', (b'\\x00', 0), '', (b'\\x00\\x00', 0), '', (b'\\x00\\x00\\x00', 0), 'a', (b'', 0), '', (b'\\x00', 0), '', (b'\\x00\\x00', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("utf-7", "a+AOkgrA-b+", 11), "['a', (b'', 0), '', (b'+', 0), '', (b'+A', 0), '', (b'+AO', 0), '', (b'+AOk', 0), '', (b'+AOkg', 0), '', (b'+AOkgr', 0), '', (b'+AOkgrA', 0), 'é€', (b'', 0), 'b', (b'', 0), '', (b'+', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("unicode_escape", "a\\xe9\\u20ac\\", 12), "['a', (b'', 0), '', (b'\\\\', 0), '', (b'\\\\x', 0), '', (b'\\\\xe', 0), 'é', (b'', 0), '', (b'\\\\', 0), '', (b'\\\\u', 0), '', (b'\\\\u2', 0), '', (b'\\\\u20', 0), '', (b'\\\\u20a', 0), '€', (b'', 0), '', (b'\\\\', 0), '�', (b'', 0)]");
    CHECK_REPR(bytewise("raw_unicode_escape", "a\\u20ac\\", 8), "['a', (b'', 0), '', (b'\\\\', 0), '', (b'\\\\u', 0), '', (b'\\\\u2', 0), '', (b'\\\\u20', 0), '', (b'\\\\u20a', 0), '€', (b'', 0), '', (b'\\\\', 0), '\\\\', (b'', 0)]");
    CHECK_REPR(bytewise("ascii", "a\xff" "b", 3), "['a', (b'', 0), '�', (b'', 0), 'b', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("latin-1", "a\xff" "b", 3), "['a', (b'', 0), 'ÿ', (b'', 0), 'b', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("cp1252", "a\x80\x81", 3), "['a', (b'', 0), '€', (b'', 0), '�', (b'', 0), '', (b'', 0)]");
    CHECK_REPR(bytewise("no such", "a", 1), "!!LookupError: unknown encoding: no such");
}

TEST(encode) {
    CHECK_REPR(pieces("utf-8"), "[b'a', 0, b'\\xc3\\xa9', 0, b'', 0, b'\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d', 0]");
    CHECK_REPR(pieces("utf-8-sig"), "[b'\\xef\\xbb\\xbfa', 0, b'\\xc3\\xa9', 0, b'', 0, b'\\xe2\\x82\\xac\\xf0\\x9f\\x90\\x8d', 0]");
    CHECK_REPR(pieces("utf-16"), "[b'\\xff\\xfea\\x00', 0, b'\\xe9\\x00', 0, b'', 0, b'\\xac =\\xd8\\r\\xdc', 0]");
    CHECK_REPR(pieces("utf-16-be"), "[b'\\x00a', 0, b'\\x00\\xe9', 0, b'', 0, b' \\xac\\xd8=\\xdc\\r', 0]");
    CHECK_REPR(pieces("utf-32"), "[b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', 0, b'\\xe9\\x00\\x00\\x00', 0, b'', 0, b'\\xac \\x00\\x00\\r\\xf4\\x01\\x00', 0]");
    CHECK_REPR(pieces("utf-7"), "[b'a', 0, b'+AOk-', 0, b'', 0, b'+IKzYPdwN-', 0]");
    CHECK_REPR(pieces("ascii"), "[b'a', 0, b'?', 0, b'', 0, b'??', 0]");
    CHECK_REPR(pieces("latin-1"), "[b'a', 0, b'\\xe9', 0, b'', 0, b'??', 0]");
    CHECK_REPR(pieces("cp1252"), "[b'a', 0, b'\\xe9', 0, b'', 0, b'\\x80?', 0]");
    CHECK_REPR(pieces("unicode_escape"), "[b'a', 0, b'\\\\xe9', 0, b'', 0, b'\\\\u20ac\\\\U0001f40d', 0]");
}

TEST(state) {
    PyObject *decoder = keep(PyCodec_IncrementalDecoder("utf-8", NULL));
    CHECK_REPR(PyObject_GetAttrString(decoder, "errors"), "'strict'");
    CHECK_REPR(PyType_GetFullyQualifiedName(Py_TYPE(decoder)), "'encodings.utf_8.IncrementalDecoder'");
    CHECK_REPR(PyObject_CallMethod(decoder, "decode", "y", "\xe2\x82"), "''");
    CHECK_REPR(PyObject_CallMethod(decoder, "reset", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(decoder, "decode", "y", "\xac"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xac in position 0: invalid start byte");
    CHECK_REPR(PyObject_CallMethod(decoder, "setstate", "((yi))", "\xe2\x82", 0), "None");
    CHECK_REPR(PyObject_CallMethod(decoder, "decode", "y", "\xac"), "'€'");
    CHECK_INT(PyObject_SetAttrString(decoder, "errors", str("ignore")), "0");
    CHECK_REPR(PyObject_CallMethod(decoder, "decode", "y", "a\xff" "b"), "'ab'");
    PyObject *encoder = keep(PyCodec_IncrementalEncoder("utf-16", "ignore"));
    CHECK_REPR(PyType_GetFullyQualifiedName(Py_TYPE(encoder)), "'encodings.utf_16.IncrementalEncoder'");
    CHECK_REPR(PyObject_CallMethod(encoder, "setstate", "i", 0), "None");
    CHECK_REPR(PyObject_CallMethod(encoder, "encode", "s", "a"), "b'a\\x00'");
    CHECK_REPR(PyObject_CallMethod(encoder, "reset", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(encoder, "encode", "s", "a"), "b'\\xff\\xfea\\x00'");
    CHECK_REPR(PyObject_CallMethod(encoder, "encode", "i", 1), "!!TypeError: utf_16_le_encode() argument 1 must be str, not int");
    CHECK(Py_TYPE(keep(PyCodec_IncrementalDecoder("utf8", NULL))) == Py_TYPE(decoder));
}
CHECK_MAIN()
