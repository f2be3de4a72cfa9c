/* The codec registry, error handlers, and locale encodings. */
#include "check.h"

static PyObject *search(PyObject *self, PyObject *name) {
    if (!PyUnicode_Check(name) || PyUnicode_CompareWithASCIIString(name, "my_codec") != 0) Py_RETURN_NONE;
    return PyTuple_Pack(4, self, self, self, self);
}
static PyObject *code(PyObject *self, PyObject *arguments) {
    (void)self;
    return Py_BuildValue("On", PyTuple_GetItem(arguments, 0), PyObject_Size(PyTuple_GetItem(arguments, 0)));
}
static PyObject *handler(PyObject *self, PyObject *error) { (void)self; (void)error; return Py_BuildValue("(si)", "<?>", 3); }
static PyObject *bad_handler(PyObject *self, PyObject *error) { (void)self; (void)error; return PyLong_FromLong(1); }
static PyMethodDef code_def = {"code", code, METH_VARARGS, NULL}, search_def = {"search", search, METH_O, NULL}, handler_def = {"handler", handler, METH_O, NULL},
                   bad_def = {"bad", bad_handler, METH_O, NULL};

TEST(registry) {
    PyObject *coder = keep(PyCFunction_New(&code_def, NULL)), *searcher = keep(PyCFunction_New(&search_def, coder));
    CHECK_INT(PyCodec_Register(searcher), "0");
    CHECK_INT(PyCodec_Register(Py_None), "-1 !!TypeError: argument must be callable");
    CHECK_INT(PyCodec_KnownEncoding("my-codec"), "1");
    CHECK_INT(PyCodec_KnownEncoding("utf-8"), "1");
    CHECK_INT(PyCodec_KnownEncoding("no such codec"), "0");
    CHECK(keep(PyCodec_Encoder("My Codec")) == coder && keep(PyCodec_Decoder("MY-CODEC")) == coder);
    CHECK_REPR(PyCodec_Encode(value("[ii]", 1, 2), "my_codec", NULL), "[1, 2]");
    CHECK_REPR(PyCodec_Decode(value("(i)", 1), "my_codec", NULL), "(1,)");
    CHECK_REPR(PyCodec_Encoder("no such codec"), "!!LookupError: unknown encoding: no such codec");
    CHECK_REPR(PyCodec_Encode(value("s", "a\xc3\xa9"), "utf-8", NULL), "b'a\\xc3\\xa9'");
    CHECK_REPR(PyCodec_Decode(value("y", "a\xe9"), "latin-1", NULL), "'aé'");
    CHECK_REPR(PyCodec_Encode(value("s", "\xc3\xa9"), "ascii", "strict"), "!!UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)");
    CHECK_INT(PyCodec_Unregister(searcher), "0");
    CHECK_INT(PyCodec_KnownEncoding("my-codec"), "0");
}

TEST(errors) {
    PyObject *h = keep(PyCFunction_New(&handler_def, NULL));
    CHECK_INT(PyCodec_RegisterError("test.mine", h), "0");
    CHECK_INT(PyCodec_RegisterError("test.none", Py_None), "-1 !!TypeError: handler must be callable");
    CHECK(keep(PyCodec_LookupError("test.mine")) == h);
    CHECK_REPR(PyCodec_LookupError("test.absent"), "!!LookupError: unknown error handler name 'test.absent'");
    CHECK(keep(PyCodec_LookupError(NULL)) == keep(PyCodec_LookupError("strict")));
    CHECK_REPR(PyUnicode_AsEncodedString(value("s", "ab\xc3\xa9" "c"), "ascii", "test.mine"), "b'ab<?>c'");
    CHECK_REPR(PyUnicode_DecodeUTF8("ab\xff" "c", 4, "test.mine"), "'ab<?>c'");
    CHECK_REPR(PyUnicode_DecodeASCII("ab\xff" "c", 4, "test.mine"), "'ab<?>c'");
    CHECK_INT(PyCodec_RegisterError("test.bad", keep(PyCFunction_New(&bad_def, NULL))), "0");
    CHECK_REPR(PyUnicode_AsEncodedString(value("s", "\xc3\xa9"), "ascii", "test.bad"), "!!TypeError: encoding error handler must return (str/bytes, int) tuple");
    CHECK_REPR(PyUnicode_DecodeUTF8("\xff", 1, "test.bad"), "!!TypeError: decoding error handler must return (str, int) tuple");
    CHECK_REPR(PyCodec_StrictErrors(Py_None), "!!TypeError: codec must pass exception instance");
    CHECK_REPR(PyCodec_IgnoreErrors(Py_None), "!!TypeError: don't know how to handle NoneType in error callback");
    CHECK_REPR(PyUnicode_AsEncodedString(value("s", "\xe2\x82\xac"), "ascii", "namereplace"), "b'\\\\N{EURO SIGN}'");
    CHECK_REPR(PyUnicode_AsEncodedString(value("s", "\xe2\x82\xac"), "ascii", "xmlcharrefreplace"), "b'&#8364;'");
}

TEST(locale) {
    size_t size = 0;
    wchar_t *wide = Py_DecodeLocale("abc", &size);
    CHECK(wide && size == 3 && wide[0] == L'a');
    char *narrow = Py_EncodeLocale(wide, NULL);
    CHECK_STR_EQ(narrow, "abc");
    PyMem_RawFree(wide); PyMem_Free(narrow);
    CHECK_REPR(PyUnicode_EncodeLocale(value("s", "abc"), NULL), "b'abc'");
    CHECK_REPR(PyUnicode_DecodeLocaleAndSize("a\0b", 3, NULL), "!!ValueError: embedded null byte");
    CHECK_REPR(PyUnicode_EncodeLocale(keep(PyUnicode_FromStringAndSize("a\0b", 3)), NULL), "!!ValueError: embedded null character");
}

/* The third and fourth of a codec's functions make readers and writers of streams. */
static PyObject *made(PyObject *self, PyObject *arguments) { return PyTuple_Pack(2, self, arguments); }
static PyObject *decode_any(PyObject *self, PyObject *arguments) {
    (void)self;
    PyObject *text = PyTuple_GetItem(arguments, 0);
    if (PyUnicode_CompareWithASCIIString(text, "number") == 0) return Py_BuildValue("(ii)", 5, 6);
    if (PyUnicode_CompareWithASCIIString(text, "single") == 0) return Py_BuildValue("(s)", "single");
    if (PyUnicode_CompareWithASCIIString(text, "error") == 0) { PyErr_SetString(PyExc_ValueError, "from the codec"); return NULL; }
    return Py_BuildValue("(Ni)", PyUnicode_FromFormat("<%U>%d", text, (int)PyTuple_Size(arguments)), 1);
}
static PyMethodDef made_def = {"made", made, METH_VARARGS, NULL}, decode_def = {"decode", decode_any, METH_VARARGS, NULL};
static PyObject *search_streams(PyObject *self, PyObject *name) {
    if (PyUnicode_CompareWithASCIIString(name, "streams") == 0) return Py_NewRef(self);
    if (PyUnicode_CompareWithASCIIString(name, "short") == 0) return Py_BuildValue("(O)", self);
    Py_RETURN_NONE;
}
static PyMethodDef search_streams_def = {"search", search_streams, METH_O, NULL};
extern PyObject *PyUnicode_AsDecodedUnicode(PyObject *, const char *, const char *);
TEST(streams) {
    PyObject *decoder = keep(PyCFunction_New(&decode_def, NULL)), *reader = keep(PyCFunction_New(&made_def, value("s", "reader"))), *writer = keep(PyCFunction_New(&made_def, value("s", "writer")));
    PyObject *searcher = keep(PyCFunction_New(&search_streams_def, value("(OOOO)", decoder, decoder, reader, writer))), *stream = value("s", "a stream");
    CHECK_INT(PyCodec_Register(searcher), "0");
    CHECK_REPR(PyCodec_StreamReader("streams", stream, NULL), "('reader', ('a stream',))");
    CHECK_REPR(PyCodec_StreamReader("Streams", stream, "ignore"), "('reader', ('a stream', 'ignore'))");
    CHECK_REPR(PyCodec_StreamWriter("streams", stream, NULL), "('writer', ('a stream',))");
    CHECK_REPR(PyCodec_StreamWriter("streams", Py_None, "strict"), "('writer', (None, 'strict'))");
    CHECK_REPR(PyCodec_StreamReader("nothing-known", stream, NULL), "!!LookupError: unknown encoding: nothing-known");
    CHECK_REPR(PyCodec_StreamWriter("nothing-known", stream, NULL), "!!LookupError: unknown encoding: nothing-known");
    CHECK_REPR(PyCodec_StreamReader("short", stream, NULL), "!!TypeError: codec search functions must return 4-tuples");
    CHECK_REPR(PyCodec_StreamReader(NULL, stream, NULL), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyCodec_StreamWriter(NULL, stream, NULL), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "text"), "streams", NULL), "'<text>1'");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "text"), "streams", "ignore"), "'<text>2'");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "number"), "streams", NULL), "!!TypeError: 'streams' decoder returned 'str' instead of 'str'; use codecs.decode() to decode to arbitrary types");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "single"), "streams", NULL), "!!TypeError: decoder must return a tuple (object,integer)");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "error"), "streams", NULL), "!!ValueError: from the codec");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "x"), "nothing-known", NULL), "!!LookupError: unknown encoding: nothing-known");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("s", "x"), "latin-1", NULL), "!!TypeError: a bytes-like object is required, not 'str'");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(value("y", "x"), "streams", NULL), "!!TypeError: bad argument type for built-in operation");
    CHECK_REPR(PyUnicode_AsDecodedUnicode(Py_None, NULL, NULL), "!!TypeError: bad argument type for built-in operation");
    CHECK_INT(PyCodec_Unregister(searcher), "0");
}
CHECK_MAIN()
