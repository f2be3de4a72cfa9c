/* The C API of bytes and bytearray: making, growing, sharing, subclasses, buffers, and the internal functions that are exported. */
#include "check.h"

PyObject *_PyBytes_DecodeEscape2(const char *, Py_ssize_t, const char *, int *, const char **);
Py_ssize_t _PyBytes_Find(const char *, Py_ssize_t, const char *, Py_ssize_t, Py_ssize_t);
Py_ssize_t _PyBytes_ReverseFind(const char *, Py_ssize_t, const char *, Py_ssize_t, Py_ssize_t);
void _PyBytes_Repeat(char *, Py_ssize_t, const char *, Py_ssize_t);
typedef struct {
    PyObject *buffer; Py_ssize_t allocated, min_size; int use_bytearray, overallocate, use_small_buffer; char small_buffer[512];
} Writer;
void _PyBytesWriter_Init(Writer *);
PyObject *_PyBytesWriter_Finish(Writer *, void *);
void _PyBytesWriter_Dealloc(Writer *);
void *_PyBytesWriter_Alloc(Writer *, Py_ssize_t);
void *_PyBytesWriter_Prepare(Writer *, void *, Py_ssize_t);
void *_PyBytesWriter_Resize(Writer *, void *, Py_ssize_t);
void *_PyBytesWriter_WriteBytes(Writer *, void *, const void *, Py_ssize_t);

static PyObject *bytes(const char *text) { return keep(PyBytes_FromString(text)); }

TEST(small_ones_are_shared) {
    CHECK(bytes("") == keep(PyBytes_FromStringAndSize(NULL, 0)));
    for (int c = 0; c < 256; c++) {
        char one = (char)c;
        PyObject *a = keep(PyBytes_FromStringAndSize(&one, 1));
        CHECK(a == keep(PyBytes_FromStringAndSize(&one, 1)) && PyBytes_AS_STRING(a)[0] == one && PyBytes_AS_STRING(a)[1] == 0);
    }
    PyObject *fresh = keep(PyBytes_FromStringAndSize(NULL, 1));
    PyBytes_AS_STRING(fresh)[0] = 'q';
    CHECK(fresh != bytes("q"));
    CHECK_REPR(PyBytes_FromStringAndSize(NULL, PY_SSIZE_T_MAX), "!!OverflowError: byte string is too large");
    CHECK_REPR(PyBytes_FromStringAndSize(NULL, PY_SSIZE_T_MAX / 2), "!!MemoryError");
    CHECK_REPR(PyByteArray_FromStringAndSize(NULL, PY_SSIZE_T_MAX), "!!MemoryError");
    CHECK_REPR(PyByteArray_FromStringAndSize("abc", -5), "!!SystemError: Negative size passed to PyByteArray_FromStringAndSize");
}

TEST(hash) {
    PyObject *a = bytes("hash me"), *b = bytes("hash me");
    CHECK(PyObject_Hash(a) == PyObject_Hash(b) && PyObject_Hash(a) == PyObject_Hash(value("s", "hash me")));
    CHECK(((PyBytesObject *)a)->ob_sval[7] == 0);
    CHECK_INT(PyObject_Hash(bytes("")), "0");
    CHECK_INT(PyObject_Hash(keep(PyByteArray_FromStringAndSize("a", 1))), "-1 !!TypeError: unhashable type: 'bytearray'");
}

TEST(concat) {
    PyObject *a = PyBytes_FromString("ab");
    PyBytes_Concat(&a, bytes("cd"));
    CHECK_BORROWED(a, "b'abcd'");
    PyBytes_Concat(&a, keep(PyByteArray_FromStringAndSize("ef", 2)));
    CHECK_BORROWED(a, "b'abcdef'");
    PyBytes_Concat(&a, a);
    CHECK_BORROWED(a, "b'abcdefabcdef'");
    PyObject *shared = Py_NewRef(a);
    PyBytes_Concat(&a, bytes("!"));
    CHECK_BORROWED(shared, "b'abcdefabcdef'");
    CHECK_BORROWED(a, "b'abcdefabcdef!'");
    PyBytes_ConcatAndDel(&a, PyBytes_FromString("?"));
    CHECK_BORROWED(a, "b'abcdefabcdef!?'");
    PyBytes_Concat(&a, Py_None);
    CHECK_RAISES(0, PyExc_TypeError, "can't concat NoneType to bytes");
    CHECK(a == NULL);
    PyBytes_Concat(&a, bytes("x"));
    CHECK(a == NULL);
    CHECK_NO_ERROR();
    PyBytes_Concat(&shared, NULL);
    CHECK(shared == NULL);
    CHECK_NO_ERROR();
    a = Py_NewRef(Py_None);
    PyBytes_Concat(&a, value("i", 1));
    CHECK_RAISES(0, PyExc_TypeError, "can't concat int to NoneType");
    CHECK(a == NULL);
}

TEST(resize) {
    PyObject *a = PyBytes_FromString("abcdef");
    CHECK_INT(_PyBytes_Resize(&a, 3), "0");
    CHECK_BORROWED(a, "b'abc'");
    CHECK(PyBytes_AS_STRING(a)[3] == 0);
    CHECK_INT(_PyBytes_Resize(&a, 5), "0");
    memcpy(PyBytes_AS_STRING(a) + 3, "XY", 2);
    CHECK_BORROWED(a, "b'abcXY'");
    CHECK(PyBytes_AS_STRING(a)[5] == 0);
    CHECK_INT(_PyBytes_Resize(&a, 0), "0");
    CHECK(a == bytes(""));
    CHECK_INT(_PyBytes_Resize(&a, 2), "0");
    CHECK(PyBytes_GET_SIZE(a) == 2);
    CHECK_INT(_PyBytes_Resize(&a, -1), "-1 !!SystemError: bad argument to internal function");
    CHECK(a == NULL);
    a = Py_NewRef(Py_None);
    CHECK_INT(_PyBytes_Resize(&a, 1), "-1 !!SystemError: bad argument to internal function");
    CHECK(a == NULL);
    a = PyBytes_FromString("abc");
    CHECK_INT(_PyBytes_Resize(&a, PY_SSIZE_T_MAX - 40), "-1 !!MemoryError");
    CHECK(a == NULL);
    a = PyByteArray_FromStringAndSize("abc", 3);
    CHECK_INT(PyByteArray_Resize(a, 2), "0");
    CHECK_INT(PyByteArray_Resize(a, -2), "-1 !!ValueError: Can only resize to positive sizes, got -2");
    CHECK_INT(PyByteArray_Resize(a, PY_SSIZE_T_MAX), "-1 !!MemoryError");
    CHECK_BORROWED(a, "bytearray(b'ab')");
    CHECK_INT(PyByteArray_Resize(a, 0), "0");
    CHECK(PyByteArray_AS_STRING(a) == _PyByteArray_empty_string && PyByteArray_AsString(a) == _PyByteArray_empty_string);
    Py_DECREF(a);
}

TEST(join) {
    CHECK_REPR(PyBytes_Join(bytes("-"), value("[yy]", "a", "b")), "b'a-b'");
    CHECK_REPR(PyBytes_Join(bytes(""), value("(N)", PyByteArray_FromStringAndSize("a", 1))), "b'a'");
    CHECK_REPR(PyBytes_Join(bytes(""), value("[ys]", "a", "b")), "!!TypeError: sequence item 1: expected a bytes-like object, str found");
    CHECK_REPR(PyBytes_Join(bytes(""), Py_None), "!!TypeError: can only join an iterable");
    CHECK_REPR(PyBytes_Join(value("s", "-"), value("[]")), "!!TypeError: sep: expected bytes, got str");
    CHECK_REPR(PyBytes_Join(NULL, value("[]")), "!!SystemError: bad argument to internal function");
    PyObject *only = bytes("only");
    CHECK(keep(PyBytes_Join(bytes("-"), value("[O]", only))) == only);
}

TEST(from_format) {
    CHECK_REPR(PyBytes_FromFormat("plain"), "b'plain'");
    CHECK_REPR(PyBytes_FromFormat("%i|%5d|%-3i|%05u", 1, -2, 3, 4u), "b'1|-2|3|4'");
    CHECK_REPR(PyBytes_FromFormat("%ld %lu %zd %zu", LONG_MIN, ULONG_MAX, PY_SSIZE_T_MIN, (size_t)-1), "b'-9223372036854775808 18446744073709551615 -9223372036854775808 18446744073709551615'");
    CHECK_REPR(PyBytes_FromFormat("%x %5x", 255, 0xdeadbeef), "b'ff deadbeef'");
    CHECK_REPR(PyBytes_FromFormat("%s|%.3s|%.0s|%10s", "text", "text", "text", "text"), "b'text|tex|text|text'");
    CHECK_REPR(PyBytes_FromFormat("%p", (void *)0xabc), "b'0xabc'");
    CHECK_REPR(PyBytes_FromFormat("%c%c", 'a', 200), "b'a\\xc8'");
    CHECK_REPR(PyBytes_FromFormat("%c", -1), "!!OverflowError: PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]");
    CHECK_REPR(PyBytes_FromFormat("100%% sure"), "b'100% sure'");
    const char *unfinished = "at the end %", *unknown = "%d then %y and %d", *sizes = "%lx|%lld";
    CHECK_REPR(PyBytes_FromFormat(unfinished), "b'at the end %'");
    CHECK_REPR(PyBytes_FromFormat(unknown, 1, 2), "b'1 then %y and %d'");
    CHECK_REPR(PyBytes_FromFormat(sizes), "b'%lx|%lld'");
}

TEST(subclass) {
    PyObject *class = new_class("B", (PyObject *)&PyBytes_Type), *b = keep(PyObject_CallOneArg(class, bytes("abc")));
    CHECK(PyBytes_Check(b) && !PyBytes_CheckExact(b) && Py_TYPE(b) == (PyTypeObject *)class);
    CHECK_BORROWED(b, "b'abc'");
    CHECK_STR_EQ(PyBytes_AsString(b), "abc");
    CHECK_INT(PyObject_Hash(b) == PyObject_Hash(bytes("abc")), "1");
    CHECK(Py_TYPE(keep(PyObject_CallMethod(b, "strip", NULL))) == &PyBytes_Type);
    CHECK(Py_TYPE(keep(PyObject_CallMethod(b, "replace", "yy", "x", "y"))) == &PyBytes_Type);
    CHECK(Py_TYPE(keep(PySequence_Concat(b, bytes("")))) == &PyBytes_Type);
    CHECK(Py_TYPE(keep(PySequence_Repeat(b, 1))) == &PyBytes_Type);
    CHECK(Py_TYPE(keep(PySequence_GetSlice(b, 0, 3))) == &PyBytes_Type);
    CHECK(Py_TYPE(keep(PyObject_CallMethod(class, "fromhex", "s", "00"))) == (PyTypeObject *)class);
    CHECK(keep(PyObject_CallMethod(b, "__bytes__", NULL)) != b);
    CHECK_REPR(PyObject_CallMethod(b, "partition", "y", "-"), "(b'abc', b'', b'')");
    CHECK_INT(PyObject_SetAttrString(b, "x", Py_None), "0");
    CHECK_REPR(PyBytes_FromObject(b), "b'abc'");
    class = new_class("A", (PyObject *)&PyByteArray_Type);
    b = keep(PyObject_CallOneArg(class, bytes("a'b\\")));
    CHECK_BORROWED(b, "A(b\"a\\'b\\\\\")");
    CHECK(PyByteArray_Check(b) && !PyByteArray_CheckExact(b));
    CHECK(Py_TYPE(keep(PyObject_CallMethod(b, "copy", NULL))) == &PyByteArray_Type);
    CHECK(Py_TYPE(keep(PyNumber_InPlaceAdd(b, bytes("c")))) == (PyTypeObject *)class);
    CHECK_INT(PyObject_SetAttrString(b, "x", value("i", 1)), "0");
    CHECK_REPR(PyObject_CallMethod(b, "__reduce_ex__", "i", 2), "(<class 'm.A'>, (\"a'b\\\\c\", 'latin-1'), {'x': 1})");
    CHECK_REPR(PyObject_CallMethod(b, "__reduce_ex__", "i", 4), "(<class 'm.A'>, (b\"a'b\\\\c\",), {'x': 1})");
}

TEST(exports) {
    PyObject *a = PyByteArray_FromStringAndSize("abc", 3);
    Py_buffer view, second;
    CHECK_INT(PyObject_GetBuffer(a, &view, PyBUF_FULL), "0");
    CHECK(view.buf == PyByteArray_AS_STRING(a) && view.len == 3 && !view.readonly && !strcmp(view.format, "B") && view.shape[0] == 3);
    CHECK_INT(PyObject_GetBuffer(a, &second, PyBUF_SIMPLE), "0");
    CHECK(((PyByteArrayObject *)a)->ob_exports == 2);
    CHECK_INT(PyByteArray_Resize(a, 5), "-1 !!BufferError: Existing exports of data: object cannot be re-sized");
    CHECK_INT(PyByteArray_Resize(a, 3), "0");
    PyBuffer_Release(&second);
    CHECK_INT(PyByteArray_Resize(a, 5), "-1 !!BufferError: Existing exports of data: object cannot be re-sized");
    PyBuffer_Release(&view);
    CHECK_INT(PyByteArray_Resize(a, 5), "0");
    CHECK_INT(PyObject_Size(keep(PyByteArray_Concat(bytes("a"), a))), "6");
    CHECK_REPR(PyByteArray_Concat(Py_None, a), "!!TypeError: can't concat bytearray to NoneType");
    CHECK_REPR(PyByteArray_FromObject(value("i", 2)), "bytearray(b'\\x00\\x00')");
    CHECK_REPR(PyByteArray_FromObject(value("s", "x")), "!!TypeError: string argument without an encoding");
    Py_DECREF(a);
    CHECK_INT(PyObject_GetBuffer(bytes("abc"), &view, PyBUF_WRITABLE), "-1 !!BufferError: Object is not writable.");
    CHECK_INT(PyObject_GetBuffer(bytes("abc"), &view, PyBUF_STRIDES), "0");
    CHECK(view.readonly && view.shape[0] == 3 && view.strides[0] == 1 && view.format == NULL);
    PyBuffer_Release(&view);
}

TEST(internal_functions) {
    int wrong = 0; const char *at = NULL, *text = "a\\zb\\z";
    CHECK_REPR(_PyBytes_DecodeEscape2(text, 6, NULL, &wrong, &at), "b'a\\\\zb\\\\z'");
    CHECK(wrong == 'z' && at == text + 2);
    CHECK_REPR(_PyBytes_DecodeEscape2("\\400", 4, NULL, &wrong, &at), "b'\\x00'");
    CHECK_INT(wrong, "256");
    CHECK_REPR(_PyBytes_DecodeEscape2("\\n", 2, NULL, &wrong, &at), "b'\\n'");
    CHECK(wrong == -1 && at == NULL);
    CHECK_INT(_PyBytes_Find("abcabc", 6, "bc", 2, 10), "11");
    CHECK_INT(_PyBytes_Find("abcabc", 6, "x", 1, 10), "-1");
    CHECK_INT(_PyBytes_Find("abcabc", 6, "", 0, 10), "10");
    CHECK_INT(_PyBytes_ReverseFind("abcabc", 6, "bc", 2, 0), "4");
    CHECK_INT(_PyBytes_ReverseFind("abcabc", 6, "", 0, 0), "6");
    CHECK_INT(_PyBytes_ReverseFind("abcabc", 6, "cb", 2, 0), "-1");
    char out[10] = "";
    _PyBytes_Repeat(out, 9, "abc", 3);
    CHECK_STR_EQ(out, "abcabcabc");
    _PyBytes_Repeat(out, 4, "x", 1);
    CHECK_STR_EQ(out, "xxxxbcabc");
    _PyBytes_Repeat(out, 0, "yy", 2);
    CHECK_STR_EQ(out, "xxxxbcabc");
}

static void write_many(int array, int over, int n) {
    Writer w;
    _PyBytesWriter_Init(&w);
    w.use_bytearray = array;
    w.overallocate = over;
    char *p = _PyBytesWriter_Alloc(&w, 4);
    memcpy(p, "head", 4);
    p += 4;
    for (int i = 0; i < n && p; i++) p = _PyBytesWriter_WriteBytes(&w, p, "0123456789", 10);
    CHECK(p != NULL);
    PyObject *done = keep(_PyBytesWriter_Finish(&w, p));
    CHECK(array ? PyByteArray_CheckExact(done) : PyBytes_CheckExact(done));
    CHECK_INT(PyObject_Size(done) == 4 + 10 * n, "1");
    const char *data = array ? PyByteArray_AS_STRING(done) : PyBytes_AS_STRING(done);
    CHECK(!memcmp(data, "head", 4) && (!n || !memcmp(data + 4 + 10 * (n - 1), "0123456789", 11)));
}

TEST(writer) {
    for (int array = 0; array < 2; array++)
        for (int over = 0; over < 2; over++) { write_many(array, over, 0); write_many(array, over, 50); write_many(array, over, 400); }
    Writer w;
    _PyBytesWriter_Init(&w);
    char *p = _PyBytesWriter_Alloc(&w, 2000);
    memset(p, 'a', 2000);
    p = _PyBytesWriter_Resize(&w, p + 2000, 3000);
    p = _PyBytesWriter_Prepare(&w, p, 0);
    CHECK_INT(PyBytes_GET_SIZE(keep(_PyBytesWriter_Finish(&w, p))), "2000");
    _PyBytesWriter_Init(&w);
    p = _PyBytesWriter_Alloc(&w, 1000);
    CHECK_REPR(_PyBytesWriter_Finish(&w, p), "b''");
    _PyBytesWriter_Init(&w);
    CHECK(_PyBytesWriter_Alloc(&w, 1000) != NULL);
    _PyBytesWriter_Dealloc(&w);
    CHECK(w.buffer == NULL);
}
CHECK_MAIN()
