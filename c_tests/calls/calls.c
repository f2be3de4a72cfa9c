/* calls AREA SEED: makes thousands of calls whose arguments are drawn by SEED and prints what became of each:
 *
 *     'abc'.center(5, b'')<TAB>!TypeError: The fill character must be a unicode character, not bytes
 *
 * The runner does that on two libraries and compares. The areas:
 *
 *     methods     every attribute of objects of every builtin type and of the builtin modules, called with what comes
 *     operations  what goes through slots: arithmetic, comparison, items and slices, conversions, format()
 *     texts       numbers from text and text from numbers, %, str.format, codecs by every name and error handler
 *     arguments   PyArg_ParseTuple, Py_BuildValue, PyUnicode_FromFormat and PyErr_Format with formats that are drawn too
 *     classes     classes whose special methods raise, or give something that they should not
 *
 * What is drawn for a call depends on SEED and on the call's name alone, so that a name that one library lacks does not
 * shift all that follows. No argument makes a result of more than a few hundred kilobytes. Addresses and what depends on
 * them are not shown. A label (all before the tab) that comes again has a number behind it. */
#include "../expression.h"
#include <limits.h>
#include <stdint.h>

/* What is drawn. */

#define COUNT(table) ((uint32_t)(sizeof(table) / sizeof *(table)))
static uint64_t state, seed;
static uint32_t below(uint32_t n) {
    state ^= state << 13; state ^= state >> 7; state ^= state << 17;
    return (uint32_t)((state >> 16) % n);
}
static void start(const char *first, const char *second, uint32_t round) {
    state = 14695981039346656037u;
    for (const char *p = first; *p; p++) state = (state ^ (unsigned char)*p) * 1099511628211u;
    for (const char *p = second; *p; p++) state = (state ^ (unsigned char)*p) * 1099511628211u;
    state += seed * 7919 + round * 104729;
    for (int i = 0; i < 5; i++) below(3);
}
#define ONE_OF(table) (table[below(COUNT(table))])

/* Arguments and operands, as expression.h evaluates them. */
static const char *const values[] = {
    "None", "True", "False", "0", "1", "-1", "2", "3", "7", "255", "-5", "65", "1000", "70000", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "0.0", "1.5", "-2.5", "float('nan')",
    "float('inf')", "1e300", "3.0", "complex(1,2)", "complex(0,-1.5)", "''", "'a'", "'abc'", "'abcabc'", "' x y '", "'\\n'",
    "'1'", "'12.5'", "'\\xe9'", "'\\u20ac\\xe9'", "'\\U0001f600a'", "'\\ud800'", "'utf-8'", "'ascii'", "'strict'", "'%s %d'",
    "'{0} {}'", "'{:>5}'", "'d'", "'>10'", "'little'", "','", "'Hello World'", "'\\xdf\\u0130'", "'a\\0b'", "b''", "b'a'",
    "b'abc'", "b'abcabc'", "b'\\xff\\xfe'", "b' x '", "b'12'", "b','", "bytearray(b'abc')", "bytearray(b'')",
    "memoryview(b'abc')", "memoryview(bytearray(b'abcd'))", "()", "(1,2)", "('a','b')", "(1,)", "('a',)", "(1,(2,3))",
    "((1,2),(3,4))", "[]", "[1,2,3]", "['b','a']", "[3,1,2]", "[[1,2],[3,4]]", "[b'a',b'b']", "['x',1]", "{}", "{'a':1}",
    "{1:2,'b':[]}", "{97:'z',98:None}", "set()", "set([1,2])", "frozenset([1,2])", "range(3)", "range(10,0,-2)",
    "slice(1,2)", "slice(None,None,-1)", "slice(0,10,3)", "int", "str", "list", "dict", "ValueError", "len", "iter([1,2])",
    "zip([1],[2])", "object()", "NotImplemented", "Ellipsis", "type('A',(),{})()", "type('I',(int,),{})(5)",
    "type('S',(str,),{})('sub')", "type('L',(list,),{})([1])", "type('D',(dict,),{})({'k':1})", "type('F',(float,),{})(2.0)",
    "type('T',(tuple,),{})([1,2])", "type('B',(bytes,),{})(b'by')",
};
/* What methods are called of, beside the values. */
static const char *const owners[] = {
    "2147483648", "-0.0", "1e22", "'\\u0130\\xdf'", "'a\\tb\\nc\\r\\nd'", "b' \\t12 '", "memoryview(b'abcdefgh').cast('H')",
    "{1:'x',2.0:'y',(1,2):'z'}", "iter((1,2))", "iter('ab')", "iter(b'ab')", "iter({'a':1})", "iter(set([1]))",
    "iter(range(3))", "enumerate('ab')", "map(len,['a','bc'])", "filter(None,[0,1])", "reversed([1,2])", "reversed({'a':1})",
    "{'a':1,'b':2}.keys()", "{'a':1}.values()", "{'a':1}.items()", "ValueError('x',1)", "OSError(2,'no','f')", "KeyError('k')",
    "StopIteration(3)", "UnicodeDecodeError('utf-8',b'abc',0,1,'bad')", "SyntaxError('m',('f',1,2,'t'))",
    "ExceptionGroup('g',[ValueError(1),TypeError(2)])", "ImportError('x',name='n')", "AttributeError('x',name='n',obj=1)",
    "NameError('q')", "SystemExit(3)", "[].append", "str.upper", "dict.__dict__['fromkeys']", "int.__add__", "(5).__add__",
    "int.real", "property(len,None,None,'doc')", "classmethod(len)", "staticmethod(len)", "super(int,True)", "object", "type",
    "type('A',(),{'x':1})", "list[int]", "dict[(str,int)]", "type('A',(),{}).__dict__",
    "_operator", "itertools", "_collections", "_functools", "_contextvars", "errno", "marshal", "zlib", "_weakref", "_abc", "_types",
    "builtins", "_collections.deque([1,2,3])", "_collections.OrderedDict({'a':1})", "_collections.defaultdict(list,{'a':[1]})",
    "itertools.chain('ab','c')", "itertools.count(3)", "itertools.cycle('ab')", "itertools.accumulate([1,2,3])",
    "itertools.product('ab','cd')", "itertools.permutations('abc',2)", "itertools.islice('abcdef',1,4)",
    "itertools.groupby('aab')", "itertools.zip_longest('ab','c')", "itertools.batched('abc',2)", "itertools.pairwise('abc')",
    "itertools.repeat(1,2)", "_functools.partial(int,base=2)", "_functools.cmp_to_key(len)", "_operator.itemgetter(0)",
    "_operator.attrgetter('real')", "_operator.methodcaller('upper')", "_contextvars.Context()", "_contextvars.ContextVar('v')",
    "_collections._tuplegetter(0,'doc')", "_types.SimpleNamespace(a=1)", "_types.MappingProxyType({'a':1})", "_types.CellType(1)",
    "_types.MethodType(len,'ab')", "zlib.compressobj()", "zlib.decompressobj()", "zlib._ZlibDecompressor()", "time.gmtime(0)",
};
static const char *const modules[] = {
    "_operator", "itertools", "_collections", "_functools", "_contextvars", "errno", "marshal", "zlib", "_weakref", "_abc",
    "_types", "time",
};

static PyObject *made(const char *expression) {
    PyObject *object = eval(expression);
    if (!object) { printf("no %s: ", expression); PyErr_Print(); exit(2); }
    return object;
}

/* What is printed. */

static char label[4096];
static int calls_left;
__attribute__((format(printf, 1, 2))) static void name_it(const char *format, ...) {
    calls_left = 40;
    va_list args;
    va_start(args, format);
    vsnprintf(label, sizeof label, format, args);
    va_end(args);
}
__attribute__((format(printf, 1, 2))) static void add_name(const char *format, ...) {
    size_t n = strlen(label);
    va_list args;
    va_start(args, format);
    vsnprintf(label + n, sizeof label - n, format, args);
    va_end(args);
}
static void print_line(const char *result) {
    for (const char *p = label; *p; p++) putchar(*p == '\t' || *p == '\n' ? ' ' : *p);
    printf("\t%s\n", result);
}

/* Addresses masked, one line, at most 300 characters; a set's items, which hashes by address put in any order, sorted. */
static const char *shown(PyObject *object) {
    static char text[1 << 20];
    PyObject *items = PyAnySet_Check(object) ? PySequence_List(object) : NULL, *repr = NULL;
    if (items) {
        for (Py_ssize_t i = 0; i < PyList_Size(items); i++) PyList_SetItem(items, i, PyObject_ASCII(PyList_GetItem(items, i)));
        PyList_Sort(items);
    }
    repr = PyObject_ASCII(items ? items : object);
    if (!repr) {
        PyObject *raised = PyErr_GetRaisedException();
        snprintf(text, sizeof text, "<repr() raises %s>", Py_TYPE(raised)->tp_name);
        Py_DECREF(raised);
    } else snprintf(text, sizeof text, "%s", PyUnicode_AsUTF8(repr));
    Py_XDECREF(repr); Py_XDECREF(items);
    check_addresses(text);
    size_t n = strlen(text);
    if (n > 300) snprintf(text + 300, 32, "... %zu", n);
    return text;
}
/* Whatever is set, with its cause and context. */
static const char *raised(void) {
    static char text[4096];
    PyObject *exception = PyErr_GetRaisedException();
    if (!exception) return "NULL without an exception";
    PyObject *message = PyObject_Str(exception), *ascii = message ? PyObject_ASCII(message) : NULL;
    PyErr_Clear();
    PyObject *cause = PyException_GetCause(exception), *context = PyException_GetContext(exception);
    const char *said = ascii ? PyUnicode_AsUTF8(ascii) : "<no str()>", *internal = strstr(said, ": bad argument to internal");
    snprintf(text, sizeof text, "!%s: %.1500s%s%s%s%s", Py_TYPE(exception)->tp_name, internal ? internal : said,
             cause ? " cause " : "", cause ? Py_TYPE(cause)->tp_name : "", context ? " context " : "",
             context ? Py_TYPE(context)->tp_name : "");
    Py_XDECREF(cause); Py_XDECREF(context); Py_XDECREF(ascii); Py_XDECREF(message); Py_DECREF(exception);
    return check_addresses(text);
}
/* What became of the call in `label`; gives the reference up. */
static void print_result(PyObject *result) {
    static char text[8192];
    if (!result) { print_line(raised()); return; }
    snprintf(text, sizeof text, "%s %s%s%s", Py_TYPE(result)->tp_name, shown(result), PyErr_Occurred() ? " WITH " : "",
             PyErr_Occurred() ? raised() : "");
    print_line(text);
    Py_DECREF(result);
}
static void print_status(int status) { print_result(PyErr_Occurred() ? NULL : PyLong_FromLong(status)); }

/* Names that tell of the process, do not come back, need the missing evaluator or files, or show prose. */
static int left_out(const char *owner, const char *name) {
    static const char *const everywhere[] = {
        "__doc__", "__hash__", "__sizeof__", "__subclasses__", "__dir__", "__init_subclass__", "__reduce__", "__reduce_ex__",
        "__spec__", "__file__", "__builtins__", "__loader__", "_compare_digest", "__getstate__", "__subclasshook__", "__vectorcalloffset__",
        "__text_signature__", "__dict__",
    };
    static const char *const of_builtins[] = {
        "input", "print", "breakpoint", "open", "help", "id", "hash", "__import__", "exec", "eval", "compile", "exit", "quit",
        "license", "copyright", "credits", "globals", "locals", "vars", "dir",
    };
    for (uint32_t i = 0; i < COUNT(everywhere); i++) if (!strcmp(name, everywhere[i])) return 1;
    if (!strcmp(owner, "builtins")) for (uint32_t i = 0; i < COUNT(of_builtins); i++) if (!strcmp(name, of_builtins[i])) return 1;
    return !strcmp(name, "get_cache_token") || !strcmp(name, "_get_dump") || strstr(name, "getweakref") != NULL;
}
/* A power or shift by this would take for ever, or all memory. */
static int is_big(const char *expression) { return strlen(expression) > 4 && (Py_ISDIGIT(expression[0]) || expression[0] == '-'); }
static int grows(const char *name) {
    return strstr(name, "pow") || strstr(name, "shift") || strstr(name, "mul") || strstr(name, "concat") || strstr(name, "round") || strstr(name, "repeat");
}

static void attributes_of(const char *owner) {
    static const char *const keywords[] = {
        "sep", "maxsplit", "key", "reverse", "encoding", "errors", "keepends", "base", "default", "start", "x", "signed",
        "byteorder", "length", "order", "iterable", "strict", "n", "data", "level", "wbits", "initial", "func", "object", "count",
    };
    PyObject *object = made(owner), *names = PyObject_Dir(object);
    for (Py_ssize_t i = 0; names && i < PyList_Size(names); i++) {
        const char *name = PyUnicode_AsUTF8(PyList_GetItem(names, i));
        for (uint32_t round = 0; round < 8 && !left_out(owner, name) && !(grows(name) && is_big(owner)); round++) {
            start(owner, name, round);
            PyObject *self = made(owner), *got = PyObject_GetAttrString(self, name);
            if (!got || (!PyCallable_Check(got) && round == 0)) { name_it("%s.%s", owner, name); print_result(got); }
            else if (PyCallable_Check(got)) {
                uint32_t n = round < 2 ? round : below(4);
                PyObject *args = PyTuple_New(n), *named = NULL;
                name_it("%s.%s(", owner, name);
                for (uint32_t a = 0; a < n; a++) {
                    const char *value = ONE_OF(values);
                    if (grows(name) && is_big(value)) value = "2";
                    add_name("%s%s", a ? ", " : "", value);
                    PyTuple_SetItem(args, a, made(value));
                }
                if (round > 2 && below(4) == 0) {
                    const char *keyword = ONE_OF(keywords), *value = ONE_OF(values);
                    PyObject *object_of = made(value);
                    named = PyDict_New();
                    PyDict_SetItemString(named, keyword, object_of);
                    Py_DECREF(object_of);
                    add_name("%s%s=%s", n ? ", " : "", keyword, value);
                }
                add_name(") #%u", round);
                print_result(PyObject_Call(got, args, named));
                if (n && (PyList_Check(self) || PyDict_Check(self) || PyAnySet_Check(self) || PyByteArray_Check(self))) {
                    add_name(" then");
                    print_line(shown(self));
                }
                Py_DECREF(args); Py_XDECREF(named); Py_DECREF(got);
            } else {
                const char *value = ONE_OF(values);
                PyObject *new = made(value);
                if (!PyModule_Check(self) && !PyType_Check(self)) {
                    name_it("%s.%s = %s #%u", owner, name, value, round);
                    print_status(PyObject_SetAttrString(self, name, new));
                }
                Py_DECREF(new); Py_DECREF(got);
            }
            Py_DECREF(self);
        }
    }
    Py_XDECREF(names); Py_DECREF(object);
}
static void methods(void) {
    for (uint32_t i = 0; i < COUNT(values); i++) attributes_of(values[i]);
    for (uint32_t i = 0; i < COUNT(owners); i++) attributes_of(owners[i]);
}

/* Slots. */

typedef PyObject *(*unary)(PyObject *);
typedef PyObject *(*binary)(PyObject *, PyObject *);
static const struct { const char *name; binary call; } binaries[] = {
    {"+", PyNumber_Add}, {"-", PyNumber_Subtract}, {"*", PyNumber_Multiply}, {"@", PyNumber_MatrixMultiply}, {"/", PyNumber_TrueDivide},
    {"//", PyNumber_FloorDivide}, {"%", PyNumber_Remainder}, {"divmod", PyNumber_Divmod}, {"<<", PyNumber_Lshift},
    {">>", PyNumber_Rshift}, {"&", PyNumber_And}, {"^", PyNumber_Xor}, {"|", PyNumber_Or}, {"+=", PyNumber_InPlaceAdd},
    {"-=", PyNumber_InPlaceSubtract}, {"*=", PyNumber_InPlaceMultiply}, {"/=", PyNumber_InPlaceTrueDivide}, {"%=", PyNumber_InPlaceRemainder},
    {"&=", PyNumber_InPlaceAnd}, {"|=", PyNumber_InPlaceOr}, {"^=", PyNumber_InPlaceXor}, {"<<=", PyNumber_InPlaceLshift},
    {"concat", PySequence_Concat}, {"concat=", PySequence_InPlaceConcat}, {"[]", PyObject_GetItem}, {"format", PyObject_Format},
    {"**", expr_power}, {"<", expr_lt}, {"<=", expr_le}, {"==", expr_eq}, {"!=", expr_ne}, {">", expr_gt}, {">=", expr_ge}, {"in", expr_in},
    {"getattr", PyObject_GetAttr},
};
static PyObject *truth(PyObject *o) { int is = PyObject_IsTrue(o); return is < 0 ? NULL : PyBool_FromLong(is); }
static PyObject *size(PyObject *o) { Py_ssize_t n = PyObject_Size(o); return n < 0 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(n); }
static PyObject *hint(PyObject *o) { Py_ssize_t n = PyObject_LengthHint(o, 9); return n < 0 ? NULL : PyLong_FromSsize_t(n); }
static PyObject *next(PyObject *o) { PyObject *i = PyObject_GetIter(o), *item = i ? PyIter_Next(i) : NULL; Py_XDECREF(i); return item || PyErr_Occurred() ? item : Py_NewRef(Py_None); }
static PyObject *hash(PyObject *o) { Py_hash_t n = PyObject_Hash(o); return n == -1 && PyErr_Occurred() ? NULL : Py_NewRef(Py_True); }
static PyObject *as_long(PyObject *o) { long n = PyLong_AsLong(o); return n == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(n); }
static PyObject *as_size(PyObject *o) { Py_ssize_t n = PyNumber_AsSsize_t(o, PyExc_IndexError); return n == -1 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(n); }
static PyObject *as_double(PyObject *o) { double x = PyFloat_AsDouble(o); return x == -1 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(x); }
static PyObject *as_complex(PyObject *o) { Py_complex x = PyComplex_AsCComplex(o); return PyErr_Occurred() ? NULL : PyComplex_FromCComplex(x); }
static const struct { const char *name; unary call; } unaries[] = {
    {"-", PyNumber_Negative}, {"+", PyNumber_Positive}, {"~", PyNumber_Invert}, {"abs", PyNumber_Absolute}, {"index", PyNumber_Index},
    {"int", PyNumber_Long}, {"float", PyNumber_Float}, {"str", PyObject_Str}, {"repr", PyObject_Repr}, {"bytes", PyObject_Bytes}, {"bool", truth},
    {"len", size}, {"hint", hint}, {"next", next}, {"hash", hash}, {"AsLong", as_long}, {"AsSsize_t", as_size}, {"AsDouble", as_double},
    {"AsCComplex", as_complex}, {"list", PySequence_List}, {"tuple", PySequence_Tuple}, {"keys", PyMapping_Keys}, {"dir", PyObject_Dir},
    {"memoryview", PyMemoryView_FromObject}, {"bytearray", PyByteArray_FromObject}, {"set", PySet_New}, {"aiter", PyObject_GetAIter},
};
static const char *const keys[] = {
    "0", "1", "-1", "2", "9223372036854775807", "-9223372036854775809", "slice(0,2)", "slice(None,None,-1)", "slice(None,None,2)",
    "slice(5,1)", "slice(1,None)", "slice(0,10,0)", "slice('a',1)", "'a'", "1.5", "None", "(0,0)", "[0]", "True", "b'a'", "slice(-1,-3,-1)",
};
static void operations(void) {
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t op = 0; op < COUNT(unaries); op++) {
        PyObject *a = made(values[i]);
        name_it("%s(%s)", unaries[op].name, values[i]);
        /* What is in the namespace of a class is another thing here and there. */
        if (strcmp(unaries[op].name, "dir") != 0) print_result(unaries[op].call(a));
        Py_DECREF(a);
    }
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t op = 0; op < COUNT(binaries); op++) for (uint32_t round = 0; round < 3; round++) {
        start(values[i], binaries[op].name, round);
        const char *other = round == 2 ? values[i] : ONE_OF(values);
        if (strchr("*<", binaries[op].name[0]) && strlen(binaries[op].name) > 1 && (is_big(other) || is_big(values[i]))) other = "3";
        PyObject *a = made(values[i]), *b = made(other);
        name_it("%s %s %s #%u", values[i], binaries[op].name, other, round);
        print_result(binaries[op].call(a, b));
        Py_DECREF(a); Py_DECREF(b);
    }
    for (uint32_t i = 0; i < COUNT(values); i++) for (uint32_t k = 0; k < COUNT(keys); k++) {
        start(values[i], keys[k], 0);
        const char *value = ONE_OF(values);
        PyObject *o = made(values[i]), *key = made(keys[k]), *v = made(value);
        name_it("%s[%s]", values[i], keys[k]);
        print_result(PyObject_GetItem(o, key));
        if (!PyType_Check(o)) {
            name_it("%s[%s] = %s", values[i], keys[k], value);
            print_status(PyObject_SetItem(o, key, v));
            add_name(" then"); print_line(shown(o));
            name_it("del %s[%s] after = %s", values[i], keys[k], value);
            print_status(PyObject_DelItem(o, key));
            add_name(" then"); print_line(shown(o));
        }
        Py_DECREF(o); Py_DECREF(key); Py_DECREF(v);
    }
}

/* Texts. */

/* Up to `n` pieces, one after another. */
static const char *pieces(const char *const *table, uint32_t count, uint32_t n) {
    static char text[2][256];
    static int turn;
    char *out = text[turn ^= 1];
    *out = 0;
    for (uint32_t i = below(n + 1) + 1; i; i--) strncat(out, table[below(count)], 255 - strlen(out));
    return out;
}
#define PIECES(table, n) pieces(table, COUNT(table), n)
static const char *const digits[] = {"0", "1", "7", "9", "12", "a", "f", "z", "_", "__", ".", "e", "e5", "E-3", "+", "-", " ", "0x", "0b", "0o", "j",
    "(", ")", "inf", "nan", "\xd9\xa1", "\n", "1.5", "123456789", "p3"};
static const char *const spec_parts[] = {"<", ">", "^", "=", "*<", "0", "+", "-", " ", "#", "z", "_", ",", ".", "1", "5", "12", ".3", ".0", "d", "b", "o", "x",
    "X", "e", "f", "F", "g", "G", "n", "%", "s", "c", "\xc3\xa9>", "{", "}", "!", "r"};
static const char *const percent_parts[] = {"%", "%", "%", "%%", "s", "d", "r", "a", "x", "X", "o", "c", "i", "u", "e", "f", "g", "b", "5", "-", "+", " ", "#", "0",
    ".2", "*", "(a)", "(b", "l", "text ", "\xc3\xa9", "y"};
static const char *const brace_parts[] = {"{", "}", "{}", "{0}", "{1}", "{a}", "{{", "}}", "{!r}", "{0!s:>5}", "{:d}", "{:{}}", "{a[0]}", "{a.real}", "{0.x}", "[", "]",
    ".", "!", ":", "x", "{2}", "{-1}", "{a!x}", "\xc3\xa9"};
static const char *const operands[] = {"()", "(1,2)", "('a',)", "(5,'x',1.5)", "{'a':1}", "{'a':'b','b':2}", "5", "-7", "'txt'", "1.5", "b'by'", "None", "(b'q',3)",
    "[1]", "(65,)", "('\\u20ac',)", "(1114112,)", "(10,2.5)", "123456789012345678901234567890", "float('nan')"};
static const char *const numbers[] = {"0", "5", "-5", "True", "123456789012345678901234567890", "0.0", "-0.0", "1.5", "-1e300", "1e-7", "123456.789", "float('inf')",
    "float('nan')", "complex(1,-2)", "complex(0,1e20)", "'text'", "'\\u20ac'", "b'b'", "None", "65", "1114112", "2.5"};
static const char *const codecs[] = {"utf-8", "UTF8", "utf_8_sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "ascii", "us-ascii",
    "latin-1", "iso-8859-1", "unicode_escape", "raw_unicode_escape", "no-such", ""};
static const char *const handlers[] = {"strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "no-such"};
static const char *const bytes_parts[] = {"a", "\xff", "\xfe", "\xe2", "\x82", "\xac", "\xed\xa0\x80", "\xf0\x9f", "\x98\x80", "\\u00e9", "\\x4", "\\N{", "+", "-", "+AGE-", "\\ud800",
    "\\", "\x80", "\xc0\x80", "z", "\\777", "}"};
static const char *const points[] = {"'abc'", "'\\xe9\\xff'", "'\\u20ac'", "'\\U0001f600'", "'\\ud800x'", "'a\\udc80b'", "'\\udfff\\ud800'", "''", "'+-~\\\\'", "'\\x80'", "'a\\0\\n'"};

static void texts(void) {
    for (uint32_t i = 0; i < 4000; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("texts", round, 0);
        int base = (int[]){10, 0, 2, 8, 16, 36, 37, -1, 1}[below(9)];
        const char *text = PIECES(digits, 4);
        PyObject *s = PyUnicode_FromString(text);
        name_it("int('%s', %d) %u", text, base, i);
        print_result(s ? PyLong_FromUnicodeObject(s, base) : NULL);
        name_it("float('%s') %u", text, i);
        print_result(s ? PyFloat_FromString(s) : NULL);
        name_it("complex('%s') %u", text, i);
        print_result(s ? PyObject_CallOneArg((PyObject *)&PyComplex_Type, s) : NULL);
        Py_XDECREF(s);

        const char *number = ONE_OF(numbers);
        text = PIECES(spec_parts, 5);
        PyObject *value = made(number), *spec = PyUnicode_FromString(text);
        name_it("format(%s, '%s') %u", number, text, i);
        print_result(PyObject_Format(value, spec));
        Py_DECREF(value); Py_DECREF(spec);

        const char *operand = ONE_OF(operands);
        text = PIECES(percent_parts, 6);
        PyObject *args = made(operand), *format = PyUnicode_FromString(text), *bytes = PyBytes_FromString(text);
        name_it("'%s' %% %s %u", text, operand, i);
        print_result(PyNumber_Remainder(format, args));
        name_it("b'%s' %% %s %u", text, operand, i);
        print_result(PyNumber_Remainder(bytes, args));
        Py_DECREF(format); Py_DECREF(bytes);

        text = PIECES(brace_parts, 5);
        name_it("'%s'.format(%s) %u", text, operand, i);
        format = PyUnicode_FromString(text);
        PyObject *call = PyObject_GetAttrString(format, "format"), *list = PyTuple_Check(args) ? Py_NewRef(args) : PyTuple_Pack(1, args);
        PyObject *named = PyDict_Check(args) ? Py_NewRef(args) : NULL;
        print_result(PyObject_Call(call, list, named));
        Py_DECREF(call); Py_DECREF(list); Py_XDECREF(named); Py_DECREF(format); Py_DECREF(args);

        const char *codec = ONE_OF(codecs), *handler = ONE_OF(handlers), *point = ONE_OF(points);
        s = made(point);
        name_it("%s.encode('%s', '%s') %u", point, codec, handler, i);
        print_result(PyUnicode_AsEncodedString(s, codec, handler));
        Py_DECREF(s);
        text = PIECES(bytes_parts, 4);
        bytes = PyBytes_FromString(text);
        PyObject *quoted = PyObject_Repr(bytes);
        name_it("%s.decode('%s', '%s') %u", PyUnicode_AsUTF8(quoted), codec, handler, i);
        print_result(PyUnicode_Decode(text, (Py_ssize_t)strlen(text), codec, handler));
        Py_DECREF(bytes); Py_DECREF(quoted);
        double x = (double[]){0, -0.0, 1.5, 1e22, 123456.789, 1e-5, -1e300, Py_HUGE_VAL, 5e-324, 0.1}[below(10)];
        char code = "eEfFgGrs"[below(8)];
        int precision = (int)below(20), flags = (int)below(8);
        name_it("PyOS_double_to_string(%.17g, %c, %d, %d)", x, code, precision, flags);
        char *decimal = PyOS_double_to_string(x, code, code == 'r' ? 0 : precision, flags, NULL);
        print_line(decimal ? decimal : raised());
        PyMem_Free(decimal);
    }
}

/* Formats of C. */

static int converter(PyObject *o, void *to) { *(long long *)to = 77; if (o == Py_None) PyErr_SetString(PyExc_ValueError, "None is refused"); return o != Py_None; }
/* What a unit of PyArg_Parse stored, which is of this kind: integer of some bytes, text, object, float, double, complex. */
static const struct { const char *unit; char kind; int bytes; } units[] = {
    {"b", 'i', 1}, {"B", 'i', 1}, {"h", 'i', 2}, {"H", 'i', 2}, {"i", 'i', 4}, {"I", 'i', 4}, {"l", 'i', 8}, {"k", 'i', 8}, {"L", 'i', 8}, {"K", 'i', 8},
    {"n", 'i', 8}, {"p", 'i', 4}, {"c", 'i', 1}, {"C", 'i', 4}, {"f", 'f', 4}, {"d", 'd', 8}, {"D", 'D', 16}, {"s", 's', 0}, {"z", 's', 0}, {"y", 's', 0},
    {"U", 'o', 0}, {"S", 'o', 0}, {"Y", 'o', 0}, {"O", 'o', 0}, {"O!", '!', 0}, {"O&", '&', 8}, {"s*", '*', 0}, {"y*", '*', 0}, {"z*", '*', 0}, {"w*", '*', 0},
    {"s#", '#', 0}, {"y#", '#', 0}, {"es", 'e', 0}, {"(ii)", '2', 4}, {"|", ' ', 0}, {"$", ' ', 0}, {"q", ' ', 0},
};
static void parse(uint32_t round) {
    static union { char bytes[128]; long long integer; const char *text; PyObject *object; float single; double number; Py_complex both; Py_buffer view; } to[12];
    void *p[12] = {0};
    char format[64] = "";
    uint32_t n = below(4) + 1, at = 0, kinds[4], places[4], given = below(5);
    memset(to, 0, sizeof to);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t u = kinds[i] = below(below(8) ? COUNT(units) - 4 : COUNT(units));
        strcat(format, units[u].unit);
        if (units[u].kind == '!') p[at++] = &PyLong_Type;
        if (units[u].kind == '&') p[at++] = (void *)converter;
        if (units[u].kind == 'e') p[at++] = (void *)"utf-8";
        places[i] = at;
        if (units[u].kind != ' ') { p[at] = &to[at]; at++; }
        if (units[u].kind == '#' || units[u].kind == '2') { p[at] = &to[at]; at++; }
    }
    if (below(2)) strcat(format, below(2) ? ":name" : ";message");
    PyObject *args = PyTuple_New(given);
    name_it("PyArg_ParseTuple(");
    for (uint32_t a = 0; a < given; a++) {
        const char *value = ONE_OF(values);
        add_name("%s%s", a ? ", " : "", value);
        PyTuple_SetItem(args, a, made(value));
    }
    add_name("; \"%s\") %u", format, round);
    if (!PyArg_ParseTuple(args, format, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11])) print_line(raised());
    else {
        char out[2048] = "";
        for (uint32_t i = 0; i < n; i++) {
            char one[512] = "";
            long long mask = units[kinds[i]].bytes == 8 ? -1 : (1LL << 8 * units[kinds[i]].bytes) - 1;
            int k = units[kinds[i]].kind;
            uint32_t at = places[i];
            if (k == 'i' || k == '&' || k == '2') snprintf(one, sizeof one, "%lld ", to[at].integer & mask);
            else if (k == 'f') snprintf(one, sizeof one, "%g ", (double)to[at].single);
            else if (k == 'd') snprintf(one, sizeof one, "%g ", to[at].number);
            else if (k == 'D') snprintf(one, sizeof one, "%g,%g ", to[at].both.real, to[at].both.imag);
            else if (k == 's' || k == 'e' || k == '#') snprintf(one, sizeof one, "%.100s ", to[at].text ? to[at].text : "NULL");
            else if (k == 'o' || k == '!') snprintf(one, sizeof one, "%.100s ", to[at].object ? shown(to[at].object) : "NULL");
            else if (k == '*') { snprintf(one, sizeof one, "%zd bytes, %d ", to[at].view.len, to[at].view.readonly); PyBuffer_Release(&to[at].view); }
            if (k == 'e') PyMem_Free((void *)to[at].text);
            strcat(out, one);
        }
        for (char *c = out; *c; c++) if (*c == '\n' || *c == '\t') *c = ' ';
        print_line(out);
    }
    Py_DECREF(args);
}
/* One conversion of PyUnicode_FromFormat or PyErr_Format, with a value of the type that it wants. */
static void from_format(uint32_t round) {
    static const char *const conversions[] = {"d", "i", "u", "x", "X", "o", "ld", "lu", "lx", "lld", "llu", "llX", "zd", "zu", "zx", "td", "jd", "c", "s", "U", "V", "S", "R", "A",
        "T", "#T", "N", "%", "q", ""};
    const char *value = ONE_OF(values), *conversion = ONE_OF(conversions);
    char format[64] = "<%";
    for (uint32_t i = below(3); i; i--) strncat(format, &"-0"[below(2)], 1);
    if (below(2)) strcat(format, ONE_OF(((const char *const[]){"1", "5", "12", "30"})));
    if (below(2)) strcat(format, ONE_OF(((const char *const[]){".0", ".2", ".7", "."})));
    strcat(format, conversion);
    strcat(format, ">\xc3\xa9");
    if (below(2)) format[strlen(format) - 2] = 0;
    long long number = (long long[]){0, 1, -1, 65, -70000, 4294967296, LLONG_MAX, LLONG_MIN}[below(8)];
    PyObject *o = made(value);
    /* How wide an address is differs from run to run. */
    if (strstr(shown(o), " at 0x")) { Py_DECREF(o); o = made(value = "'abc'"); }
    int error = below(4) == 0, wide = conversion[0] && strchr("lztj", conversion[0]), kind = conversion[0] == '#' ? 'T' : conversion[0];
    PyObject *text = PyUnicode_Check(o) ? Py_NewRef(o) : PyUnicode_FromString("plain");
#define FORMAT(...) (error ? PyErr_Format(PyExc_ValueError, format, __VA_ARGS__) : PyUnicode_FromFormat(format, __VA_ARGS__))
    name_it("%s(\"%s\", %s or %lld) %u", error ? "PyErr_Format" : "PyUnicode_FromFormat", format, value, number, round);
    print_result(wide ? FORMAT(number) : kind && strchr("SRAT", kind) ? FORMAT(o) : kind == 'N' ? FORMAT(Py_TYPE(o)) : kind == 'U' ? FORMAT(text)
        : kind == 'V' ? FORMAT(PyUnicode_Check(o) ? o : NULL, "else") : kind == 's' ? FORMAT("some text \xe2\x82\xac") : FORMAT((int)number));
    Py_DECREF(o); Py_DECREF(text);
}
static void build(uint32_t round) {
    static const char *const parts[] = {"i", "b", "h", "l", "k", "L", "K", "n", "B", "H", "I", "p", "c", "C", "(", ")", "[", "]", "{", "}", ",", ":", " ", "q"};
    const char *format = PIECES(parts, 7);
    long n = (long[]){0, 1, -1, 65, 300, 70000}[below(6)];
    name_it("Py_BuildValue(\"%s\", %ld) %u", format, n, round);
    print_result(Py_BuildValue(format, n, n, n, n, n, n, n, n));
}
static void arguments(void) {
    for (uint32_t i = 0; i < 6000; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("arguments", round, 0);
        parse(i);
        from_format(i);
        build(i);
    }
}

/* Classes with odd special methods. */

/* Iteration over what always gives something would not end: after so many calls there is a StopIteration. */
static PyObject *raise_as(PyObject *type, const char *text) { PyErr_SetString(type, text); return NULL; }
#define GIVE(name, value) static PyObject *give_##name(PyObject *self, PyObject *args) { \
        (void)self; (void)args; return calls_left-- > 0 ? (value) : raise_as(PyExc_StopIteration, "enough"); }
GIVE(none, Py_NewRef(Py_None)) GIVE(not, Py_NewRef(Py_NotImplemented)) GIVE(stop, raise_as(PyExc_StopIteration, "stop"))
GIVE(raise, PyErr_Format(PyExc_KeyError, "raised with %zd", PyTuple_Size(args))) GIVE(missing, raise_as(PyExc_AttributeError, "missing"))
GIVE(beyond, raise_as(PyExc_IndexError, "beyond")) GIVE(text, PyUnicode_FromString("given")) GIVE(bytes, PyBytes_FromString("given"))
GIVE(seven, PyLong_FromLong(7)) GIVE(minus, PyLong_FromLong(-1)) GIVE(huge, PyLong_FromString("123456789012345678901234567890", NULL, 10))
GIVE(float, PyFloat_FromDouble(2.5)) GIVE(true, Py_NewRef(Py_True)) GIVE(iterator, eval("iter([1,2])")) GIVE(self, Py_NewRef(self)) GIVE(args, Py_NewRef(args))
static const struct { const char *name; PyCFunction call; } gives[] = {
    {"None", give_none}, {"NotImplemented", give_not}, {"KeyError", give_raise}, {"StopIteration", give_stop}, {"AttributeError", give_missing},
    {"IndexError", give_beyond}, {"str", give_text}, {"bytes", give_bytes}, {"7", give_seven}, {"-1", give_minus}, {"huge", give_huge}, {"2.5", give_float},
    {"True", give_true}, {"iterator", give_iterator}, {"self", give_self}, {"args", give_args},
};
static const char *const specials[] = {
    "__repr__", "__str__", "__bytes__", "__format__", "__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__", "__hash__", "__bool__", "__getattribute__", "__getattr__", "__setattr__",
    "__delattr__", "__dir__", "__get__", "__set__", "__call__", "__len__", "__length_hint__", "__getitem__", "__setitem__", "__delitem__", "__iter__", "__next__", "__reversed__",
    "__contains__", "__add__", "__radd__", "__iadd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__floordiv__", "__mod__", "__rmod__", "__divmod__", "__pow__",
    "__rpow__", "__lshift__", "__and__", "__or__", "__ror__", "__xor__", "__neg__", "__pos__", "__abs__", "__invert__", "__complex__", "__int__", "__float__", "__index__", "__round__",
    "__aiter__", "__anext__", "__await__", "__buffer__", "keys", "__missing__", "__instancecheck__", "__class_getitem__", "__fspath__", "__trunc__", "__set_name__",
};
static const char *const bases[] = {"object", "int", "str", "float", "list", "dict", "tuple", "bytes", "set", "bytearray", "complex", "ValueError", "object", "object"};

static void class_with(uint32_t round) {
    static PyMethodDef defs[8000][2];
    static uint32_t used;
    const char *base = ONE_OF(bases);
    uint32_t n = below(3) ? 1 : 2;
    char text[64], class_name[256];
    snprintf(text, sizeof text, "type('C',(%s,),{})", base);
    PyObject *class = made(text);
    snprintf(class_name, sizeof class_name, "%s", base);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t give = below(COUNT(gives));
        PyMethodDef *def = &defs[used][i];
        *def = (PyMethodDef){ONE_OF(specials), gives[give].call, METH_VARARGS, NULL};
        PyObject *method = PyDescr_NewMethod((PyTypeObject *)class, def);
        if (PyObject_SetAttrString(class, def->ml_name, method) < 0) PyErr_Clear();
        Py_DECREF(method);
        snprintf(class_name + strlen(class_name), 100, ".%s:%s", def->ml_name, gives[give].name);
    }
    used++;
    PyObject *object = PyObject_CallNoArgs(class), *other = made(ONE_OF(values));
    name_it("C(%s) %u", class_name, round);
    if (!object) print_result(NULL);
    for (uint32_t op = 0; object && op < COUNT(unaries); op++) {
        name_it("%s(C(%s)) %u", unaries[op].name, class_name, round);
        if (strcmp(unaries[op].name, "dir") != 0) print_result(unaries[op].call(object));
    }
    for (uint32_t i = 0; object && i < 24; i++) {
        uint32_t op = below(COUNT(binaries));
        name_it("C(%s) %s %u.%u", class_name, binaries[op].name, round, i);
        print_result(i & 1 ? binaries[op].call(object, other) : binaries[op].call(other, object));
    }
    if (object) {
        PyObject *types[] = {(PyObject *)&PyReversed_Type, (PyObject *)&PyLong_Type, (PyObject *)&PyDict_Type, (PyObject *)&PyBytes_Type, (PyObject *)&PyEnum_Type};
        for (uint32_t i = 0; i < COUNT(types); i++) {
            name_it("%s(C(%s)) %u called", ((PyTypeObject *)types[i])->tp_name, class_name, round);
            print_result(PyObject_CallOneArg(types[i], object));
        }
        name_it("C(%s)() %u", class_name, round);
        print_result(PyObject_CallNoArgs(object));
    }
    Py_XDECREF(object); Py_DECREF(other); Py_DECREF(class);
}
static void classes(void) {
    for (uint32_t i = 0; i < 600; i++) {
        char round[16];
        snprintf(round, sizeof round, "%u", i);
        start("classes", round, 0);
        class_with(i);
    }
}

int main(int argc, char **argv) {
    static const struct { const char *name; void (*run)(void); } areas[] = {
        {"methods", methods}, {"operations", operations}, {"texts", texts}, {"arguments", arguments}, {"classes", classes},
    };
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    check_no_core();
    Py_InitializeEx(0);
    PyObject *builtins = PyImport_ImportModule("builtins");
    for (uint32_t i = 0; i < COUNT(modules); i++) PyObject_SetAttrString(builtins, modules[i], PyImport_ImportModule(modules[i]));
    PyObject_SetAttrString(builtins, "builtins", builtins);
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    for (uint32_t i = 0; argc > 1 && i < COUNT(areas); i++)
        if (!strcmp(argv[1], areas[i].name)) { areas[i].run(); fflush(stdout); _exit(0); }
    fprintf(stderr, "calls AREA SEED\n");
    return 2;
}
