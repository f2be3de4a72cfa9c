/* The marshal format: the functions of marshal.h, and the module. */
#include "expression.h"
#include <marshal.h>

static PyObject *run(const char *code) {
    char text[2000];
    snprintf(text, sizeof text, "m = __import__('marshal'); dumps = m.dumps; loads = m.loads; %s", code);
    return eval(text);
}

TEST(version_5) {
    CHECK_REPR(run("dumps(None, 5)"), "b'N'");
    CHECK_REPR(run("dumps((), 5)"), "b'\\xa9\\x00'");
    CHECK_REPR(run("dumps([True, False, Ellipsis], 5)"), "b'\\xdb\\x03\\x00\\x00\\x00TF.'");
    CHECK_REPR(run("dumps(StopIteration, 5)"), "b'S'");
    CHECK_REPR(run("dumps(0, 5)"), "b'\\xe9\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps(-300, 5)"), "b'\\xe9\\xd4\\xfe\\xff\\xff'");
    CHECK_REPR(run("dumps(2147483647, 5)"), "b'\\xe9\\xff\\xff\\xff\\x7f'");
    CHECK_REPR(run("dumps(2147483648, 5)"), "b'\\xec\\x03\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00'");
    CHECK_REPR(run("dumps(-2147483649, 5)"), "b'\\xec\\xfd\\xff\\xff\\xff\\x01\\x00\\x00\\x00\\x02\\x00'");
    CHECK_REPR(run("dumps(2 ** 100, 5)"), "b'\\xec\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x04'");
    CHECK_REPR(run("dumps(-(2 ** 59), 5)"), "b'\\xec\\xfc\\xff\\xff\\xff\\x00\\x00\\x00\\x00\\x00\\x00\\x00@'");
    CHECK_REPR(run("dumps(1.5, 5)"), "b'\\xe7\\x00\\x00\\x00\\x00\\x00\\x00\\xf8?'");
    CHECK_REPR(run("dumps(1e300 * 1e300, 5)"), "b'\\xe7\\x00\\x00\\x00\\x00\\x00\\x00\\xf0\\x7f'");
    CHECK_REPR(run("dumps(2.5 + 1j, 5)"), "b'\\xf9\\x00\\x00\\x00\\x00\\x00\\x00\\x04@\\x00\\x00\\x00\\x00\\x00\\x00\\xf0?'");
    CHECK_REPR(run("dumps(b'bytes', 5)"), "b'\\xf3\\x05\\x00\\x00\\x00bytes'");
    CHECK_REPR(run("dumps(bytearray(b'array'), 5)"), "b'\\xf3\\x05\\x00\\x00\\x00array'");
    CHECK_REPR(run("dumps('text', 5)"), "b'\\xfa\\x04text'");
    CHECK_REPR(run("dumps('t\\u00e9xt', 5)"), "b'\\xf5\\x05\\x00\\x00\\x00t\\xc3\\xa9xt'");
    CHECK_REPR(run("dumps('\\ud800', 5)"), "b'\\xf5\\x03\\x00\\x00\\x00\\xed\\xa0\\x80'");
    CHECK_REPR(run("dumps('a' * 300, 5)[slice(0, 8)]"), "b'\\xe1,\\x01\\x00\\x00aaa'");
    CHECK_REPR(run("dumps((1, 2, 'x'), 5)"), "b'\\xa9\\x03\\xe9\\x01\\x00\\x00\\x00\\xe9\\x02\\x00\\x00\\x00\\xda\\x01x'");
    CHECK_REPR(run("dumps([1, [2, []]], 5)"), "b'\\xdb\\x02\\x00\\x00\\x00\\xe9\\x01\\x00\\x00\\x00[\\x02\\x00\\x00\\x00\\xe9\\x02\\x00\\x00\\x00[\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("a = []; dumps([a, a, (a, a)], 5)"), "b'\\xdb\\x03\\x00\\x00\\x00\\xdb\\x00\\x00\\x00\\x00r\\x01\\x00\\x00\\x00)\\x02r\\x01\\x00\\x00\\x00r\\x01\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps({'a': 1, 'b': {}}, 5)"), "b'\\xfb\\xda\\x01a\\xe9\\x01\\x00\\x00\\x00\\xda\\x01b{00'");
    CHECK_REPR(run("dumps(set([3, 1, 2]), 5)"), "b'\\xbc\\x03\\x00\\x00\\x00\\xe9\\x01\\x00\\x00\\x00\\xe9\\x02\\x00\\x00\\x00\\xe9\\x03\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps(frozenset(['b', 'a']), 5)"), "b'\\xbe\\x02\\x00\\x00\\x00\\xda\\x01a\\xda\\x01b'");
    CHECK_REPR(run("dumps(slice(1, None, 2), 5)"), "b'\\xba\\xe9\\x01\\x00\\x00\\x00N\\xe9\\x02\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps(object(), 5)"), "!!ValueError: unmarshallable object");
    CHECK_REPR(run("dumps([1, int], 5)"), "!!ValueError: unmarshallable object");
    CHECK_REPR(run("a = []; a.append(a); dumps(a, 5)"), "b'\\xdb\\x01\\x00\\x00\\x00r\\x00\\x00\\x00\\x00'");
}

TEST(version_4) {
    CHECK_REPR(run("dumps('text', 4)"), "b'\\xfa\\x04text'");
    CHECK_REPR(run("dumps(slice(1, None, 2), 4)"), "!!ValueError: unmarshallable object");
}

TEST(version_2) {
    CHECK_REPR(run("dumps(1.5, 2)"), "b'g\\x00\\x00\\x00\\x00\\x00\\x00\\xf8?'");
    CHECK_REPR(run("dumps('text', 2)"), "b'u\\x04\\x00\\x00\\x00text'");
    CHECK_REPR(run("dumps('t\\u00e9xt', 2)"), "b'u\\x05\\x00\\x00\\x00t\\xc3\\xa9xt'");
    CHECK_REPR(run("dumps((1, 2, 'x'), 2)"), "b'(\\x03\\x00\\x00\\x00i\\x01\\x00\\x00\\x00i\\x02\\x00\\x00\\x00u\\x01\\x00\\x00\\x00x'");
    CHECK_REPR(run("a = []; dumps([a, a, (a, a)], 2)"), "b'[\\x03\\x00\\x00\\x00[\\x00\\x00\\x00\\x00[\\x00\\x00\\x00\\x00(\\x02\\x00\\x00\\x00[\\x00\\x00\\x00\\x00[\\x00\\x00\\x00\\x00'");
}

TEST(version_0) {
    CHECK_REPR(run("dumps(None, 0)"), "b'N'");
    CHECK_REPR(run("dumps((), 0)"), "b'(\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps([True, False, Ellipsis], 0)"), "b'[\\x03\\x00\\x00\\x00TF.'");
    CHECK_REPR(run("dumps(StopIteration, 0)"), "b'S'");
    CHECK_REPR(run("dumps(0, 0)"), "b'i\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps(-300, 0)"), "b'i\\xd4\\xfe\\xff\\xff'");
    CHECK_REPR(run("dumps(2147483647, 0)"), "b'i\\xff\\xff\\xff\\x7f'");
    CHECK_REPR(run("dumps(2147483648, 0)"), "b'l\\x03\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00'");
    CHECK_REPR(run("dumps(-2147483649, 0)"), "b'l\\xfd\\xff\\xff\\xff\\x01\\x00\\x00\\x00\\x02\\x00'");
    CHECK_REPR(run("dumps(2 ** 100, 0)"), "b'l\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x04'");
    CHECK_REPR(run("dumps(-(2 ** 59), 0)"), "b'l\\xfc\\xff\\xff\\xff\\x00\\x00\\x00\\x00\\x00\\x00\\x00@'");
    CHECK_REPR(run("dumps(1.5, 0)"), "b'f\\x031.5'");
    CHECK_REPR(run("dumps(1e300 * 1e300, 0)"), "b'f\\x03inf'");
    CHECK_REPR(run("dumps(2.5 + 1j, 0)"), "b'x\\x032.5\\x011'");
    CHECK_REPR(run("dumps(b'bytes', 0)"), "b's\\x05\\x00\\x00\\x00bytes'");
    CHECK_REPR(run("dumps(bytearray(b'array'), 0)"), "b's\\x05\\x00\\x00\\x00array'");
    CHECK_REPR(run("dumps('text', 0)"), "b'u\\x04\\x00\\x00\\x00text'");
    CHECK_REPR(run("dumps('t\\u00e9xt', 0)"), "b'u\\x05\\x00\\x00\\x00t\\xc3\\xa9xt'");
    CHECK_REPR(run("dumps('\\ud800', 0)"), "b'u\\x03\\x00\\x00\\x00\\xed\\xa0\\x80'");
    CHECK_REPR(run("dumps('a' * 300, 0)[slice(0, 8)]"), "b'u,\\x01\\x00\\x00aaa'");
    CHECK_REPR(run("dumps((1, 2, 'x'), 0)"), "b'(\\x03\\x00\\x00\\x00i\\x01\\x00\\x00\\x00i\\x02\\x00\\x00\\x00u\\x01\\x00\\x00\\x00x'");
    CHECK_REPR(run("dumps([1, [2, []]], 0)"), "b'[\\x02\\x00\\x00\\x00i\\x01\\x00\\x00\\x00[\\x02\\x00\\x00\\x00i\\x02\\x00\\x00\\x00[\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("a = []; dumps([a, a, (a, a)], 0)"), "b'[\\x03\\x00\\x00\\x00[\\x00\\x00\\x00\\x00[\\x00\\x00\\x00\\x00(\\x02\\x00\\x00\\x00[\\x00\\x00\\x00\\x00[\\x00\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps({'a': 1, 'b': {}}, 0)"), "b'{u\\x01\\x00\\x00\\x00ai\\x01\\x00\\x00\\x00u\\x01\\x00\\x00\\x00b{00'");
    CHECK_REPR(run("dumps(set([3, 1, 2]), 0)"), "b'<\\x03\\x00\\x00\\x00i\\x01\\x00\\x00\\x00i\\x02\\x00\\x00\\x00i\\x03\\x00\\x00\\x00'");
    CHECK_REPR(run("dumps(frozenset(['b', 'a']), 0)"), "b'>\\x02\\x00\\x00\\x00u\\x01\\x00\\x00\\x00au\\x01\\x00\\x00\\x00b'");
    CHECK_REPR(run("dumps(slice(1, None, 2), 0)"), "!!ValueError: unmarshallable object");
    CHECK_REPR(run("dumps(object(), 0)"), "!!ValueError: unmarshallable object");
    CHECK_REPR(run("dumps([1, int], 0)"), "!!ValueError: unmarshallable object");
    CHECK_REPR(run("a = []; a.append(a); dumps(a, 0)"), "!!ValueError: object too deeply nested to marshal");
}

TEST(reading) {
    CHECK_REPR(run("loads(dumps((1, -2, 2 ** 100, -(2 ** 70), 1.5, 2j, 'a', 'é', '\\ud800', b'b', None, True, Ellipsis, [1], {'k': [2]}, slice(1, 2, 3))))"), "(1, -2, 1267650600228229401496703205376, -1180591620717411303424, 1.5, 2j, 'a', 'é', '\\ud800', b'b', None, True, Ellipsis, [1], {'k': [2]}, slice(1, 2, 3))");
    CHECK_REPR(run("sorted(loads(dumps(set([1, 2, 3]))))"), "[1, 2, 3]");
    CHECK_REPR(run("loads(dumps(frozenset([1])))"), "frozenset({1})");
    CHECK_REPR(run("type(loads(dumps(frozenset([])))).__name__"), "'frozenset'");
    CHECK_REPR(run("a = []; a.append(a); b = loads(dumps(a)); b"), "[[...]]");
    CHECK_REPR(run("a = [1]; b = loads(dumps([a, a])); b[0].append(5); b"), "[[1, 5], [1, 5]]");
    CHECK_REPR(run("loads(dumps((1.5, -0.0, 1e300, 2j), 0))"), "(1.5, -0.0, 1e+300, 2j)");
    CHECK_REPR(run("loads(b'N and more')"), "None");
    CHECK_REPR(run("loads(b'')"), "!!EOFError: EOF read where object expected");
    CHECK_REPR(run("loads(b'i\\x01')"), "!!EOFError: marshal data too short");
    CHECK_REPR(run("loads(b'?')"), "!!ValueError: bad marshal data (unknown type code)");
    CHECK_REPR(run("loads(b'[\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (list size out of range)");
    CHECK_REPR(run("loads(b'(\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (tuple size out of range)");
    CHECK_REPR(run("loads(b'<\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (set size out of range)");
    CHECK_REPR(run("loads(b's\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (bytes object size out of range)");
    CHECK_REPR(run("loads(b'u\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (string size out of range)");
    CHECK_REPR(run("loads(b'a\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (string size out of range)");
    CHECK_REPR(run("loads(b's\\xff\\xff\\xff\\x7f')"), "!!EOFError: marshal data too short");
    CHECK_REPR(run("loads(b'z')"), "!!EOFError: EOF read where not expected");
    CHECK_REPR(run("loads(b')')"), "!!EOFError: EOF read where not expected");
    CHECK_REPR(run("loads(b')\\x02N')"), "!!EOFError: EOF read where object expected");
    CHECK_REPR(run("loads(b')\\x010')"), "!!TypeError: NULL object in marshal data for tuple");
    CHECK_REPR(run("loads(b'[\\x01\\x00\\x00\\x000')"), "!!TypeError: NULL object in marshal data for list");
    CHECK_REPR(run("loads(b'<\\x01\\x00\\x00\\x000')"), "!!TypeError: NULL object in marshal data for set");
    CHECK_REPR(run("loads(b'0')"), "!!TypeError: NULL object in marshal data for object");
    CHECK_REPR(run("loads(b'{')"), "!!EOFError: EOF read where object expected");
    CHECK_REPR(run("loads(b'{N0')"), "{}");
    CHECK_REPR(run("loads(b'{0')"), "{}");
    CHECK_REPR(run("loads(b'{NNNN0')"), "{None: None}");
    CHECK_REPR(run("loads(b'r\\x00\\x00\\x00\\x00')"), "!!ValueError: bad marshal data (invalid reference)");
    CHECK_REPR(run("loads(b'r\\xff\\xff\\xff\\xff')"), "!!ValueError: bad marshal data (invalid reference)");
    CHECK_REPR(run("loads(b'\\xdb\\x01\\x00\\x00\\x00r\\x00\\x00\\x00\\x00')"), "[[...]]");
    CHECK_REPR(run("loads(b'\\xbe\\x01\\x00\\x00\\x00r\\x00\\x00\\x00\\x00')"), "!!ValueError: bad marshal data (invalid reference)");
    CHECK_REPR(run("loads(b'l\\x01\\x00\\x00\\x00\\x00\\x00')"), "!!ValueError: bad marshal data (unnormalized long data)");
    CHECK_REPR(run("loads(b'l\\x01\\x00\\x00\\x00\\xff\\xff')"), "!!ValueError: bad marshal data (digit out of range in long)");
    CHECK_REPR(run("loads(b'l\\x00\\x00\\x00\\x80')"), "!!ValueError: bad marshal data (long size out of range)");
    CHECK_REPR(run("loads(b'l\\x00\\x00\\x00\\x00')"), "0");
    CHECK_REPR(run("loads(b'l\\xfe\\xff\\xff\\xff\\x01\\x00\\x02\\x00')"), "-65537");
    CHECK_REPR(run("loads(b'I\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff')"), "-1");
    CHECK_REPR(run("loads(b'f\\x031.5')"), "1.5");
    CHECK_REPR(run("loads(b'f\\x03abc')"), "!!ValueError: could not convert string to float: 'abc'");
    CHECK_REPR(run("loads(b'f\\x031.')"), "!!EOFError: marshal data too short");
    CHECK_REPR(run("loads(b'g\\x00')"), "!!EOFError: marshal data too short");
    CHECK_REPR(run("loads(b'x\\x011\\x012')"), "(1+2j)");
    CHECK_REPR(run("loads(b'u\\x01\\x00\\x00\\x00\\xff')"), "!!UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    CHECK_REPR(run("loads(b'z\\x02\\xe9a')"), "'éa'");
    CHECK_REPR(run("loads(b'<\\x01\\x00\\x00\\x00[\\x00\\x00\\x00\\x00')"), "!!TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
    CHECK_REPR(run("loads(b'c')"), "!!EOFError: marshal data too short");
    CHECK_REPR(run("loads(b'c', allow_code=False)"), "!!ValueError: unmarshalling code objects is disallowed");
    CHECK_REPR(run("loads(b')\\x01' * 3 + b'N')"), "(((None,),),)");
    CHECK_REPR(run("loads((b')\\x01' * 2001) + b'N')"), "!!ValueError: recursion limit exceeded");
    CHECK_REPR(run("loads('text')"), "!!TypeError: a bytes-like object is required, not 'str'");
    CHECK_REPR(run("loads()"), "!!TypeError: loads() takes exactly 1 positional argument (0 given)");
    CHECK_REPR(run("loads(b'N', True)"), "!!TypeError: loads() takes exactly 1 positional argument (2 given)");
    CHECK_REPR(run("dumps()"), "!!TypeError: dumps() takes at least 1 positional argument (0 given)");
    CHECK_REPR(run("dumps(1, 2, 3)"), "!!TypeError: dumps() takes at most 2 positional arguments (3 given)");
    CHECK_REPR(run("dumps(1, 'x')"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(run("dumps(1, 9)"), "b'\\xe9\\x01\\x00\\x00\\x00'");
    CHECK_REPR(run("m.load(5)"), "!!AttributeError: 'int' object has no attribute 'read'");
    CHECK_REPR(run("m.dump(1, 2)"), "!!AttributeError: 'int' object has no attribute 'write'");
    CHECK_REPR(run("m.version"), "5");
}

TEST(code) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file.c", "function", 7)), *bytes = keep(PyMarshal_WriteObjectToString(code, 5));
    PyObject *again = keep(PyMarshal_ReadObjectFromString(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)));
    CHECK_BORROWED(attr(again, "co_name"), "'function'");
    CHECK_BORROWED(attr(again, "co_filename"), "'file.c'");
    CHECK_BORROWED(attr(again, "co_firstlineno"), "7");
    CHECK_INT(PyObject_RichCompareBool(again, code, Py_EQ), "1");
    PyObject *function = attr(keep(PyImport_ImportModule("marshal")), "dumps");
    CHECK_REPR(PyObject_Call(function, value("(O)", code), value("{sO}", "allow_code", Py_False)), "!!ValueError: marshalling code objects is disallowed");
    function = attr(keep(PyImport_ImportModule("marshal")), "loads");
    CHECK_REPR(PyObject_Call(function, value("(O)", bytes), value("{sO}", "allow_code", Py_False)), "!!ValueError: unmarshalling code objects is disallowed");
}

TEST(files) {
    FILE *file = tmpfile();
    PyMarshal_WriteLongToFile(-2, file, 5);
    PyMarshal_WriteLongToFile(70000, file, 5);
    PyMarshal_WriteObjectToFile(value("(is[d])", 5, "text", 2.5), file, 5);
    PyMarshal_WriteObjectToFile(value("s", "next"), file, 2);
    rewind(file);
    CHECK_INT(PyMarshal_ReadLongFromFile(file), "-2");
    CHECK_INT(PyMarshal_ReadShortFromFile(file), "4464");
    CHECK_INT(PyMarshal_ReadShortFromFile(file), "1");
    CHECK_REPR(PyMarshal_ReadObjectFromFile(file), "(5, 'text', [2.5])");
    CHECK_REPR(PyMarshal_ReadLastObjectFromFile(file), "'next'");
    CHECK_REPR(PyMarshal_ReadObjectFromFile(file), "!!EOFError: EOF read where object expected");
    CHECK_REPR(PyMarshal_ReadLastObjectFromFile(file), "!!EOFError: EOF read where object expected");
    CHECK_INT(PyMarshal_ReadShortFromFile(file), "-1 !!EOFError: EOF read where not expected");
    CHECK_INT(PyMarshal_ReadLongFromFile(file), "-1 !!EOFError: EOF read where not expected");
    fclose(file);
    file = fopen("/dev/null", "r");
    PyMarshal_WriteObjectToFile((PyObject *)&PyBaseObject_Type, file, 5);
    CHECK_REPR(NULL, "NULL");
    fclose(file);
    file = tmpfile();
    fputs("s\377\377\377\177short", file);
    rewind(file);
    CHECK_REPR(PyMarshal_ReadObjectFromFile(file), "!!EOFError: EOF read where not expected");
    fclose(file);
}
CHECK_MAIN()
