/* Methods and attributes of objects of every builtin type and of the builtin modules. */
#include "calls.h"

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
void methods(void) {
    for (uint32_t i = 0; i < COUNT(values); i++) attributes_of(values[i]);
    for (uint32_t i = 0; i < COUNT(owners); i++) attributes_of(owners[i]);
}
