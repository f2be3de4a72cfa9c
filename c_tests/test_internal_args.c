/* Arguments as functions made by Argument Clinic take them: parsers of a stack of arguments with names, and the errors for arguments
 * that do not fit. The prototypes stand here: they are exported, and in no public header. */
#include "check.h"

extern void _PyArg_BadArgument(const char *, const char *, const char *, PyObject *);
extern int _PyArg_CheckPositional(const char *, Py_ssize_t, Py_ssize_t, Py_ssize_t);
extern int _PyArg_NoKeywords(const char *, PyObject *), _PyArg_NoPositional(const char *, PyObject *);
extern int _PyArg_ParseStack(PyObject *const *, Py_ssize_t, const char *, ...);
extern int _PyArg_ParseStackAndKeywords(PyObject *const *, Py_ssize_t, PyObject *, struct _PyArg_Parser *, ...);
extern PyObject *const *_PyArg_UnpackKeywords(PyObject *const *, Py_ssize_t, PyObject *, PyObject *, struct _PyArg_Parser *, int, int, int, int, PyObject **);

TEST(bad_argument) {
    CHECK_INT((_PyArg_BadArgument("f", "argument 1", "int", value("s", "a")), 0), "0 !!TypeError: f() argument 1 must be int, not str");
    CHECK_INT((_PyArg_BadArgument("f", "argument 'x'", "int", Py_None), 0), "0 !!TypeError: f() argument 'x' must be int, not None");
    CHECK_INT((_PyArg_BadArgument("open", "argument", "read-write bytes-like object", value("[]")), 0), "0 !!TypeError: open() argument must be read-write bytes-like object, not list");
    CHECK_INT((_PyArg_BadArgument("f", "argument 1", "str, not a very long text that says what is expected here and goes on for quite some time, and a bit further", (PyObject *)&PyLong_Type), 0), "0 !!TypeError: f() argument 1 must be str, not a very long text that says what is expect, not type");
    PyObject *long_name = new_class("A_class_with_a_name_of_more_than_fifty_characters_that_is_cut_somewhere", NULL);
    CHECK_INT((_PyArg_BadArgument("f", "argument 1", "int", keep(PyObject_CallNoArgs(long_name))), 0), "0 !!TypeError: f() argument 1 must be int, not A_class_with_a_name_of_more_than_fifty_characters_");
    CHECK_INT((_PyArg_BadArgument("a_function_with_a_long_name_that_goes_on_and_on_and_on", "argument 1", "an expectation of some length", Py_True), 0), "0 !!TypeError: a_function_with_a_long_name_that_goes_on_and_on_and_on() argument 1 must be an expectation of some length, not bool");
}

TEST(check_positional) {
    CHECK_INT(_PyArg_CheckPositional("f", 2, 1, 3), "1");
    CHECK_INT(_PyArg_CheckPositional("f", 1, 1, 1), "1");
    CHECK_INT(_PyArg_CheckPositional("f", 0, 0, 0), "1");
    CHECK_INT(_PyArg_CheckPositional("f", 5, 0, PY_SSIZE_T_MAX), "1");
    CHECK_INT(_PyArg_CheckPositional("f", 0, 1, 1), "0 !!TypeError: f expected 1 argument, got 0");
    CHECK_INT(_PyArg_CheckPositional("f", 2, 1, 1), "0 !!TypeError: f expected 1 argument, got 2");
    CHECK_INT(_PyArg_CheckPositional("f", 1, 0, 0), "0 !!TypeError: f expected 0 arguments, got 1");
    CHECK_INT(_PyArg_CheckPositional("f", 0, 1, 2), "0 !!TypeError: f expected at least 1 argument, got 0");
    CHECK_INT(_PyArg_CheckPositional("f", 1, 2, 4), "0 !!TypeError: f expected at least 2 arguments, got 1");
    CHECK_INT(_PyArg_CheckPositional("f", 5, 2, 4), "0 !!TypeError: f expected at most 4 arguments, got 5");
    CHECK_INT(_PyArg_CheckPositional("f", 2, 0, 1), "0 !!TypeError: f expected at most 1 argument, got 2");
    CHECK_INT(_PyArg_CheckPositional("f", 1, 3, PY_SSIZE_T_MAX), "0 !!TypeError: f expected at least 3 arguments, got 1");
    CHECK_INT(_PyArg_CheckPositional(NULL, 1, 2, 4), "0 !!TypeError: unpacked tuple should have at least 2 elements, but has 1");
    CHECK_INT(_PyArg_CheckPositional(NULL, 5, 2, 4), "0 !!TypeError: unpacked tuple should have at most 4 elements, but has 5");
    CHECK_INT(_PyArg_CheckPositional(NULL, 0, 1, 1), "0 !!TypeError: unpacked tuple should have 1 element, but has 0");
    CHECK_INT(_PyArg_CheckPositional(NULL, 2, 1, 1), "0 !!TypeError: unpacked tuple should have 1 element, but has 2");
}

TEST(no_keywords) {
    CHECK_INT(_PyArg_NoKeywords("f", NULL), "1");
    CHECK_INT(_PyArg_NoKeywords("f", value("{}")), "1");
    CHECK_INT(_PyArg_NoKeywords("f", value("{si}", "a", 1)), "0 !!TypeError: f() takes no keyword arguments");
    CHECK_INT(_PyArg_NoKeywords("f", value("()")), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_NoKeywords("f", Py_None), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_NoPositional("f", NULL), "1");
    CHECK_INT(_PyArg_NoPositional("f", value("()")), "1");
    CHECK_INT(_PyArg_NoPositional("f", value("(i)", 1)), "0 !!TypeError: f() takes no positional arguments");
    CHECK_INT(_PyArg_NoPositional("f", value("[]")), "0 !!SystemError: bad argument to internal function");
    CHECK_INT(_PyArg_NoPositional("f", Py_None), "0 !!SystemError: bad argument to internal function");
}

TEST(stack) {
    PyObject *args[] = {value("i", 7), value("s", "text"), value("d", 1.5), Py_None};
    int n = 0;
    const char *text = NULL;
    double real = 0;
    PyObject *object = NULL;
    CHECK_INT(_PyArg_ParseStack(args, 4, "isdO:f", &n, &text, &real, &object), "1");
    CHECK(n == 7 && !strcmp(text, "text") && real == 1.5 && object == Py_None);
    CHECK_INT(_PyArg_ParseStack(args, 1, "i|s:f", &n, &text), "1");
    CHECK_INT(_PyArg_ParseStack(NULL, 0, ":f"), "1");
    CHECK_INT(_PyArg_ParseStack(args, 1, ":f"), "0 !!TypeError: f() takes exactly 0 arguments (1 given)");
    CHECK_INT(_PyArg_ParseStack(NULL, 0, "i:f", &n), "0 !!TypeError: f() takes exactly 1 argument (0 given)");
    CHECK_INT(_PyArg_ParseStack(args, 2, "i:f", &n), "0 !!TypeError: f() takes exactly 1 argument (2 given)");
    CHECK_INT(_PyArg_ParseStack(args, 1, "is|d:f", &n, &text, &real), "0 !!TypeError: f() takes at least 2 arguments (1 given)");
    CHECK_INT(_PyArg_ParseStack(args, 4, "is|d", &n, &text, &real), "0 !!TypeError: function takes at most 3 arguments (4 given)");
    CHECK_INT(_PyArg_ParseStack(args, 2, "ii:f", &n, &n), "0 !!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_INT(_PyArg_ParseStack(args + 3, 1, "s:f", &text), "0 !!TypeError: f() argument 1 must be str, not None");
    CHECK_INT(_PyArg_ParseStack(args, 2, "is;own text", &n, &text), "1");
    CHECK_INT(_PyArg_ParseStack(args, 1, "is;own text", &n, &text), "0 !!TypeError: own text");
    CHECK_INT(_PyArg_ParseStack(args, 1, "O!:f", &PyUnicode_Type, &object), "0 !!TypeError: f() argument 1 must be str, not int");
    PyObject *pair[] = {value("(ii)", 1, 2)};
    int second = 0;
    CHECK_INT(_PyArg_ParseStack(pair, 1, "(ii):f", &n, &second), "1");
    CHECK(n == 1 && second == 2);
    CHECK_INT(_PyArg_ParseStack(pair, 1, "(iii):f", &n, &second, &second), "0 !!TypeError: f() argument 1 must be tuple of length 3, not 2");
}

/* Names are a tuple; their values stand behind the positional arguments. */
static PyObject *parsed(struct _PyArg_Parser *parser, PyObject *arguments, PyObject *names) {
    int a = -1, b = -1, c = -1;
    PyObject **items = &PyTuple_GET_ITEM(arguments, 0);
    Py_ssize_t positional = PyTuple_GET_SIZE(arguments) - (names ? PyTuple_GET_SIZE(names) : 0);
    if (!_PyArg_ParseStackAndKeywords(items, positional, names, parser, &a, &b, &c)) return NULL;
    return Py_BuildValue("(iii)", a, b, c);
}
TEST(stack_and_keywords) {
    static const char *const names[] = {"a", "b", "c", NULL}, *const first_nameless[] = {"", "b", "c", NULL};
    static struct _PyArg_Parser parser = {.keywords = names, .format = "i|ii:f"}, only = {.keywords = names, .format = "i|i$i:f"};
    static struct _PyArg_Parser nameless = {.keywords = first_nameless, .format = "i|ii:f"}, plain = {.keywords = names, .format = "iii"};
    CHECK_REPR(parsed(&parser, value("(i)", 1), NULL), "(1, -1, -1)");
    CHECK_REPR(parsed(&parser, value("(iii)", 1, 2, 3), NULL), "(1, 2, 3)");
    CHECK_REPR(parsed(&parser, value("(ii)", 1, 2), value("(s)", "c")), "(1, -1, 2)");
    CHECK_REPR(parsed(&parser, value("(iii)", 3, 2, 1), value("(sss)", "c", "b", "a")), "(1, 2, 3)");
    CHECK_REPR(parsed(&parser, value("()"), NULL), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(parsed(&parser, value("(i)", 1), value("(s)", "b")), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(parsed(&parser, value("(ii)", 1, 2), value("(s)", "a")), "!!TypeError: argument for f() given by name ('a') and position (1)");
    CHECK_REPR(parsed(&parser, value("(ii)", 1, 2), value("(s)", "x")), "!!TypeError: f() got an unexpected keyword argument 'x'");
    CHECK_REPR(parsed(&parser, value("(ii)", 1, 2), value("(s)", "bb")), "!!TypeError: f() got an unexpected keyword argument 'bb'. Did you mean 'b'?");
    CHECK_REPR(parsed(&parser, value("(iiii)", 1, 2, 3, 4), NULL), "!!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_REPR(parsed(&parser, value("(iiii)", 1, 2, 3, 4), value("(s)", "c")), "!!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_REPR(parsed(&parser, value("(si)", "x", 4), value("(s)", "b")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(parsed(&parser, value("(is)", 4, "x"), value("(s)", "c")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(parsed(&parser, value("(ii)", 1, 2), value("(i)", 5)), "!!TypeError: keywords must be strings");
    CHECK_REPR(parsed(&only, value("(ii)", 1, 3), value("(s)", "c")), "(1, -1, 3)");
    CHECK_REPR(parsed(&only, value("(iii)", 1, 2, 3), NULL), "!!TypeError: f() takes at most 2 positional arguments (3 given)");
    CHECK_REPR(parsed(&nameless, value("(ii)", 1, 3), value("(s)", "c")), "(1, -1, 3)");
    CHECK_REPR(parsed(&nameless, value("(i)", 3), value("(s)", "c")), "!!TypeError: f() takes at least 1 positional argument (0 given)");
    CHECK_REPR(parsed(&nameless, value("(ii)", 3, 4), value("(s)", "")), "!!TypeError: f() got an unexpected keyword argument ''");
    CHECK_REPR(parsed(&plain, value("(ii)", 1, 2), NULL), "!!TypeError: function missing required argument 'c' (pos 3)");
    CHECK_REPR(parsed(&plain, value("(iii)", 1, 2, 3), value("(s)", "z")), "!!TypeError: function missing required argument 'c' (pos 3)");
}

/* A key that has a name's text, but another hash, is no argument. */
static Py_hash_t own_hash(PyObject *self) { (void)self; return 5; }
TEST(keyword_with_own_hash) {
    static PyType_Slot slots[] = {{Py_tp_hash, own_hash}, {0, NULL}};
    static PyType_Spec spec = {"m.Str", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    static const char *const names[] = {"a", "b", NULL};
    static struct _PyArg_Parser parser = {.keywords = names, .format = "i|i"}, named = {.keywords = names, .format = "i|i:f"};
    PyObject *type = keep(PyType_FromSpecWithBases(&spec, (PyObject *)&PyUnicode_Type)), *kwargs = value("{}");
    CHECK_INT(PyDict_SetItem(kwargs, keep(PyObject_CallFunction(type, "s", "b")), Py_None), "0");
    int a, b;
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), kwargs, "i|i:f", (char **)names, &a, &b), "0 !!TypeError: invalid keyword argument for f()");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), kwargs, "i|i", (char **)names, &a, &b), "0 !!TypeError: invalid keyword argument for this function");
    CHECK_INT(PyArg_ParseTupleAndKeywords(value("(i)", 1), value("{si}", "x", 1), "i|i", (char **)names, &a, &b), "0 !!TypeError: this function got an unexpected keyword argument 'x'");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 1), kwargs, &parser, &a, &b), "0 !!TypeError: invalid keyword argument for this function");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 1), kwargs, &named, &a, &b), "0 !!TypeError: invalid keyword argument for f()");
    CHECK_INT(_PyArg_ParseTupleAndKeywordsFast(value("(i)", 1), value("{si}", "bb", 1), &parser, &a, &b), "0 !!TypeError: this function got an unexpected keyword argument 'bb'. Did you mean 'b'?");
}

/* The arguments in the order of the parameters, None for those left out. */
static PyObject *unpacked(struct _PyArg_Parser *parser, PyObject *arguments, PyObject *kwargs, PyObject *names, int minpos, int maxpos, int minkw, int varpos) {
    PyObject *buffer[8] = {NULL}, **items = &PyTuple_GET_ITEM(arguments, 0);
    Py_ssize_t positional = PyTuple_GET_SIZE(arguments) - (names ? PyTuple_GET_SIZE(names) : 0), size = 0;
    while (parser->keywords[size]) size++;
    PyObject *const *found = _PyArg_UnpackKeywords(items, positional, kwargs, names, parser, minpos, maxpos, minkw, varpos, buffer);
    if (!found) return NULL;
    PyObject *result = PyList_New(0);
    if (found == items) PyList_Append(result, Py_Ellipsis);
    for (Py_ssize_t i = 0; i < (found == items ? positional : size); i++) PyList_Append(result, found[i] ? found[i] : Py_None);
    return result;
}
TEST(unpack_keywords) {
    static const char *const names[] = {"a", "b", "c", NULL}, *const nameless_names[] = {"", "b", "c", NULL};
    static struct _PyArg_Parser parser = {.keywords = names, .fname = "f"}, nameless = {.keywords = nameless_names, .fname = "f"}, unnamed = {.keywords = names};
#define UNPACK(args, kwargs, kwnames) unpacked(&parser, args, kwargs, kwnames, 1, 3, 0, 0)
    CHECK_REPR(UNPACK(value("(i)", 1), NULL, NULL), "[Ellipsis, 1]");
    CHECK_REPR(UNPACK(value("(iii)", 1, 2, 3), NULL, NULL), "[Ellipsis, 1, 2, 3]");
    CHECK_REPR(UNPACK(value("(ii)", 1, 3), NULL, value("(s)", "c")), "[1, None, 3]");
    CHECK_REPR(UNPACK(value("(i)", 1), value("{sisi}", "c", 3, "b", 2), NULL), "[1, 2, 3]");
    CHECK_REPR(UNPACK(value("()"), value("{si}", "a", 1), NULL), "[1, None, None]");
    CHECK_REPR(UNPACK(value("(i)", 1), value("{}"), NULL), "[Ellipsis, 1]");
    CHECK_REPR(UNPACK(value("()"), NULL, NULL), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(UNPACK(value("()"), value("{si}", "b", 1), NULL), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(UNPACK(value("(iiii)", 1, 2, 3, 4), NULL, NULL), "!!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_REPR(UNPACK(value("(iii)", 1, 2, 3), value("{si}", "c", 1), NULL), "!!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_REPR(UNPACK(value("(i)", 1), value("{si}", "a", 1), NULL), "!!TypeError: argument for f() given by name ('a') and position (1)");
    CHECK_REPR(UNPACK(value("(i)", 1), value("{si}", "x", 1), NULL), "!!TypeError: f() got an unexpected keyword argument 'x'");
    CHECK_REPR(UNPACK(value("(i)", 1), value("{ii}", 1, 1), NULL), "!!TypeError: keywords must be strings");
    CHECK_REPR(UNPACK(value("(ii)", 1, 1), NULL, value("(s)", "x")), "!!TypeError: f() got an unexpected keyword argument 'x'");
    CHECK_REPR(UNPACK(value("(iii)", 1, 1, 2), NULL, value("(ss)", "c", "c")), "!!TypeError: invalid keyword argument for f()");
    CHECK_REPR(unpacked(&parser, value("(ii)", 1, 2), NULL, NULL, 1, 1, 0, 0), "!!TypeError: f() takes exactly 1 positional argument (2 given)");
    CHECK_REPR(unpacked(&parser, value("(i)", 1), NULL, NULL, 1, 1, 2, 0), "!!TypeError: f() missing required argument 'b' (pos 2)");
    CHECK_REPR(unpacked(&parser, value("(iii)", 1, 2, 3), NULL, value("(ss)", "b", "c"), 1, 1, 2, 0), "[1, 2, 3]");
    CHECK_REPR(unpacked(&parser, value("(i)", 1), NULL, NULL, 2, 2, 0, 0), "!!TypeError: f() missing required argument 'b' (pos 2)");
    CHECK_REPR(unpacked(&parser, value("()"), NULL, NULL, 2, 3, 0, 0), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(unpacked(&parser, value("(iiii)", 1, 2, 3, 4), NULL, value("(s)", "c"), 1, 2, 0, 0), "!!TypeError: f() takes at most 3 arguments (4 given)");
    CHECK_REPR(unpacked(&nameless, value("(ii)", 1, 3), NULL, value("(s)", "c"), 1, 3, 0, 0), "[1, None, 3]");
    CHECK_REPR(unpacked(&nameless, value("()"), value("{si}", "b", 1), NULL, 1, 3, 0, 0), "!!TypeError: f() takes at least 1 positional argument (0 given)");
    CHECK_REPR(unpacked(&nameless, value("(i)", 3), value("{si}", "", 1), NULL, 1, 3, 0, 0), "!!TypeError: f() got an unexpected keyword argument ''");
    CHECK_REPR(unpacked(&unnamed, value("()"), NULL, NULL, 1, 3, 0, 0), "!!TypeError: function missing required argument 'a' (pos 1)");
    CHECK_REPR(unpacked(&unnamed, value("(iiii)", 1, 2, 3, 4), NULL, NULL, 1, 3, 0, 0), "!!TypeError: function takes at most 3 arguments (4 given)");
    CHECK_REPR(unpacked(&unnamed, value("(i)", 1), value("{si}", "x", 1), NULL, 1, 3, 0, 0), "!!TypeError: this function got an unexpected keyword argument 'x'");
    PyObject *buffer[3] = {Py_None, Py_None, Py_None};
    CHECK(_PyArg_UnpackKeywords(NULL, 0, NULL, NULL, &parser, 0, 3, 0, 0, buffer) == buffer);
    CHECK_NO_ERROR();
}
/* With a rest: what is more than the positional parameters stays where it is. */
TEST(unpack_keywords_rest) {
    static const char *const names[] = {"a", "b", NULL};
    static struct _PyArg_Parser parser = {.keywords = names, .fname = "f"};
    CHECK_REPR(unpacked(&parser, value("(iiii)", 1, 2, 3, 4), NULL, NULL, 1, 1, 0, 1), "[Ellipsis, 1, 2, 3, 4]");
    CHECK_REPR(unpacked(&parser, value("(iii)", 1, 2, 3), NULL, value("(s)", "b"), 1, 1, 0, 1), "[1, 3]");
    CHECK_REPR(unpacked(&parser, value("(ii)", 1, 3), NULL, value("(s)", "x"), 1, 1, 0, 1), "!!TypeError: f() got an unexpected keyword argument 'x'");
    CHECK_REPR(unpacked(&parser, value("()"), NULL, NULL, 1, 1, 0, 1), "!!TypeError: f() missing required argument 'a' (pos 1)");
    CHECK_REPR(unpacked(&parser, value("(i)", 2), NULL, value("(s)", "a"), 1, 1, 0, 1), "[2, None]");
    CHECK_REPR(unpacked(&parser, value("(iii)", 2, 3, 4), NULL, value("(s)", "a"), 1, 1, 0, 1), "!!TypeError: argument for f() given by name ('a') and position (1)");
}
CHECK_MAIN()
