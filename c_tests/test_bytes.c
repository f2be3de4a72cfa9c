/* bytes and bytearray. */
#include "check.h"

static PyObject *bytes(const char *text) { return keep(PyBytes_FromString(text)); }
static PyObject *array(const char *text) { return keep(PyByteArray_FromStringAndSize(text, (Py_ssize_t)strlen(text))); }

TEST(make) {
    CHECK_REPR(PyBytes_FromString("abc"), "b'abc'");
    CHECK_REPR(PyBytes_FromString(""), "b''");
    CHECK_REPR(PyBytes_FromStringAndSize("a\0b\xff'\"", 6), "b'a\\x00b\\xff\\'\"'");
    CHECK_REPR(PyBytes_FromStringAndSize("\t\n\r\\", 4), "b'\\t\\n\\r\\\\'");
    CHECK_REPR(PyBytes_FromStringAndSize("abc", -1), "!!SystemError: Negative size passed to PyBytes_FromStringAndSize");
    CHECK_REPR(PyBytes_FromStringAndSize(NULL, 0), "b''");
    PyObject *fresh = PyBytes_FromStringAndSize(NULL, 3);
    memcpy(PyBytes_AS_STRING(fresh), "xyz", 3);
    CHECK(PyBytes_AS_STRING(fresh)[3] == 0);
    CHECK_REPR(fresh, "b'xyz'");
    CHECK(bytes("a") == bytes("a") && bytes("") == bytes(""));
    CHECK_REPR(PyBytes_FromObject(value("[iii]", 1, 2, 3)), "b'\\x01\\x02\\x03'");
    CHECK_REPR(PyBytes_FromObject(value("(i)", 256)), "!!ValueError: bytes must be in range(0, 256)");
    CHECK_REPR(PyBytes_FromObject(value("(s)", "a")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(PyBytes_FromObject(array("ab")), "b'ab'");
    CHECK_REPR(PyBytes_FromObject(value("s", "ab")), "!!TypeError: cannot convert 'str' object to bytes");
    CHECK_REPR(PyBytes_FromObject(value("i", 3)), "!!TypeError: cannot convert 'int' object to bytes");
    CHECK_REPR(PyBytes_FromObject(Py_None), "!!TypeError: cannot convert 'NoneType' object to bytes");
    CHECK_REPR(PyBytes_FromObject(NULL), "!!SystemError: bad argument to internal function");
    CHECK_REPR(PyBytes_FromFormat("%d %i %u %ld %zd %x %s %c %p %%", -1, 2, 3u, -4l, (Py_ssize_t)5, 255, "str", 'c', (void *)0x10), "b'-1 2 3 -4 5 ff str c 0x10 %'");
    CHECK_REPR(PyBytes_FromFormat("[%.2s] %c", "abc", 255), "b'[ab] \\xff'");
    CHECK_REPR(PyBytes_FromFormat("%c", 256), "!!OverflowError: PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]");
    CHECK_REPR(PyBytes_DecodeEscape("a\\n\\x41\\101", 10, NULL, 0, NULL), "b'a\\nA\\x08'");
    CHECK_REPR(PyBytes_Repr(bytes("a'b"), 1), "'b\"a\\'b\"'");
    CHECK_REPR(PyBytes_Repr(bytes("a'b"), 0), "\"b'a\\\\'b'\"");
}

TEST(read) {
    PyObject *b = bytes("abc");
    char *data = NULL; Py_ssize_t size = -1;
    CHECK_INT(PyBytes_Size(b), "3");
    CHECK_INT(PyBytes_Size(Py_None), "-1 !!TypeError: expected bytes, NoneType found");
    CHECK_STR_EQ(PyBytes_AsString(b), "abc");
    CHECK_STR_EQ(PyBytes_AsString(Py_None), "NULL !!TypeError: expected bytes, NoneType found");
    CHECK_INT(PyBytes_AsStringAndSize(b, &data, &size), "0");
    CHECK(size == 3 && data == PyBytes_AS_STRING(b) && PyBytes_GET_SIZE(b) == 3);
    CHECK_INT(PyBytes_AsStringAndSize(b, &data, NULL), "0");
    CHECK_INT(PyBytes_AsStringAndSize(keep(PyBytes_FromStringAndSize("a\0b", 3)), &data, NULL), "-1 !!ValueError: embedded null byte");
    CHECK_INT(PyBytes_AsStringAndSize(keep(PyBytes_FromStringAndSize("a\0b", 3)), &data, &size), "0");
    CHECK_INT(PyBytes_AsStringAndSize(value("s", "x"), &data, &size), "-1 !!TypeError: expected bytes, str found");
    CHECK_INT(PyBytes_AsStringAndSize(b, NULL, &size), "-1 !!SystemError: bad argument to internal function");
    CHECK_REPR(PySequence_GetItem(b, 1), "98");
    CHECK_REPR(PySequence_GetItem(b, 3), "!!IndexError: index out of range");
    CHECK_REPR(PySequence_GetSlice(b, 1, 9), "b'bc'");
    CHECK_REPR(PyObject_GetItem(b, value("s", "a")), "!!TypeError: byte indices must be integers or slices, not str");
    CHECK_INT(PySequence_Contains(b, value("i", 'b')), "1");
    CHECK_INT(PySequence_Contains(b, bytes("bc")), "1");
    CHECK_INT(PySequence_Contains(b, value("i", 256)), "-1 !!ValueError: byte must be in range(0, 256)");
    CHECK_INT(PySequence_Contains(b, value("s", "a")), "-1 !!TypeError: a bytes-like object is required, not 'str'");
    CHECK_REPR(PySequence_List(b), "[97, 98, 99]");
    CHECK_REPR(PyObject_RichCompare(b, bytes("abd"), Py_LT), "True");
    CHECK_REPR(PyObject_RichCompare(b, value("s", "abc"), Py_EQ), "False");
    CHECK_REPR(PyObject_RichCompare(b, array("abc"), Py_EQ), "True");
    CHECK_REPR(PyObject_RichCompare(b, value("i", 1), Py_LT), "!!TypeError: '<' not supported between instances of 'bytes' and 'int'");
    CHECK(PyBytes_Check(b) && PyBytes_CheckExact(b) && !PyBytes_Check(Py_None));
}

TEST(concat) {
    PyObject *b = PyBytes_FromString("ab");
    PyBytes_Concat(&b, bytes("cd"));
    CHECK_BORROWED(b, "b'abcd'");
    PyBytes_ConcatAndDel(&b, PyBytes_FromString("ef"));
    CHECK_BORROWED(b, "b'abcdef'");
    PyBytes_Concat(&b, array("gh"));
    CHECK_BORROWED(b, "b'abcdefgh'");
    PyBytes_Concat(&b, Py_None);
    CHECK(b == NULL);
    CHECK_RAISES(0, PyExc_TypeError, "can't concat NoneType to bytes");
    PyBytes_Concat(&b, bytes("x"));
    CHECK(b == NULL);
    b = PyBytes_FromStringAndSize(NULL, 4);
    memcpy(PyBytes_AS_STRING(b), "wxyz", 4);
    CHECK_INT(_PyBytes_Resize(&b, 2), "0");
    CHECK_BORROWED(b, "b'wx'");
    CHECK_INT(_PyBytes_Resize(&b, 3), "0");
    CHECK_INT(PyBytes_GET_SIZE(b), "3");
    CHECK_INT(_PyBytes_Resize(&b, -1), "-1 !!SystemError: bad argument to internal function");
    CHECK(b == NULL);
    CHECK_REPR(PyNumber_Add(bytes("a"), bytes("b")), "b'ab'");
    CHECK_REPR(PyNumber_Add(bytes("a"), value("s", "b")), "!!TypeError: can't concat str to bytes");
    CHECK_REPR(PySequence_Repeat(bytes("ab"), 2), "b'abab'");
    CHECK_REPR(PySequence_Repeat(bytes("ab"), -2), "b''");
    CHECK_REPR(PyBytes_Join(bytes(","), value("[yy]", "a", "b")), "b'a,b'");
    CHECK_REPR(PyBytes_Join(bytes(","), value("[yi]", "a", 1)), "!!TypeError: sequence item 1: expected a bytes-like object, int found");
    CHECK_REPR(PyBytes_Join(Py_None, value("[y]", "a")), "!!TypeError: sep: expected bytes, got NoneType");
    CHECK_REPR(PyNumber_Remainder(bytes("%s-%d-%c"), value("(yii)", "a", 5, 'x')), "b'a-5-x'");
    CHECK_REPR(PyNumber_Remainder(bytes("%d"), value("(s)", "a")), "!!TypeError: %d format: a real number is required, not str");
}

TEST(methods) {
    PyObject *b = bytes("Hello"), *type = (PyObject *)&PyBytes_Type;
    CHECK_REPR(PyObject_CallMethod(b, "upper", NULL), "b'HELLO'");
    CHECK_REPR(PyObject_CallMethod(b, "hex", NULL), "'48656c6c6f'");
    CHECK_REPR(PyObject_CallMethod(b, "hex", "si", ":", 2), "'48:656c:6c6f'");
    CHECK_REPR(PyObject_CallMethod(type, "fromhex", "s", "de ad"), "b'\\xde\\xad'");
    CHECK_REPR(PyObject_CallMethod(type, "fromhex", "s", "dez"), "!!ValueError: non-hexadecimal number found in fromhex() arg at position 2");
    CHECK_REPR(PyObject_CallMethod(b, "decode", NULL), "'Hello'");
    CHECK_REPR(PyObject_CallMethod(bytes("\xff"), "decode", NULL), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(PyObject_CallMethod(bytes("\xff"), "decode", "ss", "ascii", "replace"), "'�'");
    CHECK_REPR(PyObject_CallMethod(b, "find", "y", "l"), "2");
    CHECK_REPR(PyObject_CallMethod(b, "find", "i", 'l'), "2");
    CHECK_REPR(PyObject_CallMethod(b, "find", "s", "l"), "!!TypeError: argument should be integer or bytes-like object, not 'str'");
    CHECK_REPR(PyObject_CallMethod(b, "index", "y", "z"), "!!ValueError: subsection not found");
    CHECK_REPR(PyObject_CallMethod(b, "split", "y", "l"), "[b'He', b'', b'o']");
    CHECK_REPR(PyObject_CallMethod(b, "rsplit", "yi", "l", 1), "[b'Hel', b'o']");
    CHECK_REPR(PyObject_CallMethod(b, "partition", "y", "l"), "(b'He', b'l', b'lo')");
    CHECK_REPR(PyObject_CallMethod(b, "replace", "yy", "l", "LL"), "b'HeLLLLo'");
    CHECK_REPR(PyObject_CallMethod(b, "startswith", "(yy)", "x", "H"), "!!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_REPR(PyObject_CallMethod(b, "strip", "y", "Ho"), "b'ell'");
    CHECK_REPR(PyObject_CallMethod(b, "translate", "Oy", Py_None, "l"), "b'Heo'");
    CHECK_REPR(PyObject_CallMethod(b, "center", "iy", 9, "*"), "b'**Hello**'");
    CHECK_REPR(PyObject_CallMethod(b, "isalpha", NULL), "True");
    CHECK_REPR(PyObject_CallMethod(b, "join", "[s]", "x"), "!!TypeError: sequence item 0: expected a bytes-like object, str found");
    CHECK_REPR(PyObject_CallNoArgs(type), "b''");
    CHECK_REPR(PyObject_CallFunction(type, "i", 3), "b'\\x00\\x00\\x00'");
    CHECK_REPR(PyObject_CallFunction(type, "i", -1), "!!ValueError: negative count");
    CHECK_REPR(PyObject_CallFunction(type, "s", "a"), "!!TypeError: string argument without an encoding");
    CHECK_REPR(PyObject_CallFunction(type, "ss", "a\xc3\xa9", "utf-8"), "b'a\\xc3\\xa9'");
    CHECK_REPR(PyObject_CallFunction(type, "is", 1, "utf-8"), "!!TypeError: encoding without a string argument");
    CHECK_REPR(PyObject_CallFunction(type, "[i]", 300), "!!ValueError: bytes must be in range(0, 256)");
}

TEST(bytearray) {
    PyObject *a = PyByteArray_FromStringAndSize("abc", 3);
    CHECK_BORROWED(a, "bytearray(b'abc')");
    CHECK_INT(PyByteArray_Size(a), "3");
    CHECK_STR_EQ(PyByteArray_AsString(a), "abc");
    CHECK(PyByteArray_GET_SIZE(a) == 3 && PyByteArray_Check(a) && PyByteArray_CheckExact(a) && !PyByteArray_Check(Py_None));
    CHECK_INT(PyByteArray_Resize(a, 5), "0");
    PyByteArray_AS_STRING(a)[3] = 'd'; PyByteArray_AS_STRING(a)[4] = 'e';
    CHECK_BORROWED(a, "bytearray(b'abcde')");
    CHECK_INT(PyByteArray_Resize(a, 1), "0");
    CHECK_INT(PyByteArray_Resize(a, -1), "-1 !!ValueError: Can only resize to positive sizes, got -1");
    CHECK_BORROWED(a, "bytearray(b'a')");
    CHECK_REPR(PyByteArray_FromObject(bytes("xy")), "bytearray(b'xy')");
    CHECK_REPR(PyByteArray_FromObject(value("i", 2)), "bytearray(b'\\x00\\x00')");
    CHECK_REPR(PyByteArray_FromObject(value("s", "x")), "!!TypeError: string argument without an encoding");
    CHECK_REPR(PyByteArray_FromObject(value("(i)", 300)), "!!ValueError: byte must be in range(0, 256)");
    CHECK_REPR(PyByteArray_Concat(bytes("x"), array("y")), "bytearray(b'xy')");
    CHECK_REPR(PyByteArray_Concat(bytes("x"), Py_None), "!!TypeError: can't concat NoneType to bytes");
    CHECK_REPR(PyByteArray_FromStringAndSize(NULL, -1), "!!SystemError: Negative size passed to PyByteArray_FromStringAndSize");
    CHECK_INT(PySequence_SetItem(a, 0, value("i", 'z')), "0");
    CHECK_INT(PySequence_SetItem(a, 0, value("i", 256)), "-1 !!ValueError: byte must be in range(0, 256)");
    CHECK_INT(PySequence_SetItem(a, 5, value("i", 1)), "-1 !!IndexError: bytearray index out of range");
    CHECK_INT(PySequence_SetItem(a, 0, value("s", "a")), "-1 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(PySequence_SetSlice(a, 0, 0, bytes("12")), "0");
    CHECK_BORROWED(a, "bytearray(b'12z')");
    CHECK_REPR(PyObject_CallMethod(a, "append", "i", 65), "None");
    CHECK_REPR(PyObject_CallMethod(a, "append", "i", 256), "!!ValueError: byte must be in range(0, 256)");
    CHECK_REPR(PyObject_CallMethod(a, "extend", "y", "BC"), "None");
    CHECK_REPR(PyObject_CallMethod(a, "insert", "ii", 0, 64), "None");
    CHECK_REPR(PyObject_CallMethod(a, "pop", NULL), "67");
    CHECK_REPR(PyObject_CallMethod(a, "remove", "i", 1), "!!ValueError: value not found in bytearray");
    CHECK_REPR(PyObject_CallMethod(a, "reverse", NULL), "None");
    CHECK_BORROWED(a, "bytearray(b'BAz21@')");
    CHECK_INT(PyObject_DelItem(a, keep(PySlice_New(value("i", 0), value("i", 2), NULL))), "0");
    CHECK_BORROWED(a, "bytearray(b'z21@')");
    CHECK_INT(PyObject_Hash(a), "-1 !!TypeError: unhashable type: 'bytearray'");
    Py_buffer view;
    CHECK_INT(PyObject_GetBuffer(a, &view, PyBUF_WRITABLE), "0");
    CHECK_INT(PyByteArray_Resize(a, 100), "-1 !!BufferError: Existing exports of data: object cannot be re-sized");
    CHECK_REPR(PyObject_CallMethod(a, "append", "i", 65), "!!BufferError: Existing exports of data: object cannot be re-sized");
    PyBuffer_Release(&view);
    CHECK_REPR(PyObject_CallMethod(a, "clear", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(a, "pop", NULL), "!!IndexError: pop from empty bytearray");
    CHECK_REPR(PySequence_InPlaceConcat(a, bytes("q")), "bytearray(b'q')");
    CHECK_REPR(PySequence_InPlaceRepeat(a, 3), "bytearray(b'qqq')");
    CHECK_REPR(a, "bytearray(b'qqq')");
}
CHECK_MAIN()
