/* The builtin modules, as C code uses them. */
#include "check.h"

/* An attribute of a module, by a path with dots; kept. */
static PyObject *of(const char *module, const char *path) {
    PyObject *found = keep(PyImport_ImportModule(module));
    char part[64];
    while (found && *path) {
        size_t n = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)n, path);
        found = attr(found, part);
        path += n + (path[n] == '.');
    }
    return found;
}
static PyObject *result_of(PyObject *function, const char *format, va_list va) {
    PyObject *args = Py_VaBuildValue(format, va), *result = args && function ? PyObject_Call(function, args, NULL) : NULL;
    Py_XDECREF(args);
    return result;
}
static PyObject *call(const char *module, const char *path, const char *format, ...) {
    va_list va;
    va_start(va, format);
    PyObject *result = result_of(of(module, path), format, va);
    va_end(va);
    return result;
}
static PyObject *method(PyObject *object, const char *name, const char *format, ...) {
    va_list va;
    va_start(va, format);
    PyObject *result = result_of(attr(object, name), format, va);
    va_end(va);
    return result;
}

TEST(gc) {
    CHECK_REPR(call("gc", "isenabled", "()"), "True");
    CHECK_REPR(call("gc", "get_threshold", "()"), "(2000, 10, 10)");
    CHECK_REPR(call("gc", "set_threshold", "()"), "!!TypeError: gc.set_threshold requires 1 to 3 arguments");
    CHECK_REPR(call("gc", "set_threshold", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("gc", "set_threshold", "(ii)", 900, 5), "None");
    CHECK_REPR(call("gc", "get_threshold", "()"), "(900, 5, 10)");
    CHECK_REPR(call("gc", "collect", "(i)", 3), "!!ValueError: invalid generation");
    CHECK_REPR(call("gc", "collect", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("gc", "get_objects", "(i)", 5), "!!ValueError: generation parameter must be less than the number of available generations (3)");
    CHECK_REPR(call("gc", "get_objects", "(s)", "a"), "!!TypeError: argument should be integer or None, not 'str'");
    CHECK_REPR(call("gc", "is_tracked", "([])"), "True");
    CHECK_REPR(call("gc", "is_tracked", "(i)", 1), "False");
    CHECK_REPR(call("gc", "is_finalized", "([])"), "False");
    CHECK_REPR(call("gc", "get_referents", "([ii])", 1, 2), "[2, 1]");
    CHECK_REPR(call("gc", "get_freeze_count", "()"), "0");
    CHECK_REPR(call("gc", "get_debug", "()"), "0");
    CHECK_REPR(call("gc", "disable", "()"), "None");
    CHECK_REPR(call("gc", "isenabled", "()"), "False");
    CHECK_REPR(call("gc", "enable", "()"), "None");
    keep(call("gc", "collect", "()"));
    PyObject *cycle = PyList_New(0);
    PyList_Append(cycle, cycle);
    Py_DECREF(cycle);
    CHECK_REPR(call("gc", "collect", "()"), "1");
}

static int order[8], called;
static PyObject *note(PyObject *self, PyObject *args) {
    (void)self;
    order[called++] = (int)PyLong_AsLong(PyTuple_GET_ITEM(args, 0));
    if (PyTuple_GET_SIZE(args) > 1) { PyErr_SetString(PyExc_ValueError, "asked for"); return NULL; }
    Py_RETURN_NONE;
}
static PyMethodDef note_def = {"note", note, METH_VARARGS, NULL};

TEST(atexit) {
    PyObject *function = keep(PyCFunction_New(&note_def, NULL));
    CHECK_REPR(call("atexit", "register", "()"), "!!TypeError: register() takes at least 1 argument (0 given)");
    CHECK_REPR(call("atexit", "register", "(i)", 3), "!!TypeError: the first argument must be callable");
    CHECK_REPR(call("atexit", "register", "(Oi)", function, 1), "<built-in function note>");
    CHECK_REPR(call("atexit", "register", "(Oi)", function, 2), "<built-in function note>");
    CHECK_REPR(call("atexit", "_ncallbacks", "()"), "2");
    CHECK_REPR(call("atexit", "_run_exitfuncs", "()"), "None");
    CHECK_INT(called * 100 + order[0] * 10 + order[1], "221");
    CHECK_REPR(call("atexit", "register", "(Oi)", function, 1), "<built-in function note>");
    CHECK_REPR(call("atexit", "unregister", "(O)", function), "None");
    CHECK_REPR(call("atexit", "_ncallbacks", "()"), "0");
    CHECK_REPR(call("atexit", "register", "(Oi)", function, 1), "<built-in function note>");
    CHECK_REPR(call("atexit", "_clear", "()"), "None");
    CHECK_REPR(call("atexit", "_ncallbacks", "()"), "0");
}

TEST(weakref) {
    PyObject *set = PySet_New(NULL), *names = keep(PyDict_New());
    CHECK_REPR(call("_weakref", "getweakrefcount", "(i)", 3), "0");
    CHECK_REPR(call("_weakref", "getweakrefs", "(i)", 3), "[]");
    CHECK_REPR(call("_weakref", "proxy", "(i)", 3), "!!TypeError: cannot create weak reference to 'int' object");
    CHECK_REPR(call("_weakref", "proxy", "()"), "!!TypeError: proxy expected at least 1 argument, got 0");
    CHECK_REPR(call("_weakref", "_remove_dead_weakref", "(ii)", 3, 4), "!!TypeError: _remove_dead_weakref() argument 1 must be dict, not int");
    CHECK_REPR(call("_weakref", "_remove_dead_weakref", "(Oi)", names, 4), "None");
    PyObject *reference = keep(call("weakref", "ref", "(O)", set));
    CHECK_REPR(call("_weakref", "getweakrefcount", "(O)", set), "1");
    PyDict_SetItemString(names, "dead", reference);
    CHECK_REPR(call("_weakref", "_remove_dead_weakref", "(Os)", names, "dead"), "None");
    CHECK_INT(PyDict_Size(names), "1");
    Py_DECREF(set);
    CHECK_REPR(PyObject_CallNoArgs(reference), "None");
    CHECK_REPR(call("_weakref", "_remove_dead_weakref", "(Os)", names, "dead"), "None");
    CHECK_INT(PyDict_Size(names), "0");
}

TEST(locks) {
    PyObject *lock = keep(call("_thread", "allocate_lock", "()")), *again = keep(call("_thread", "RLock", "()"));
    CHECK_REPR(method(lock, "acquire", "()"), "True");
    CHECK_REPR(method(lock, "acquire", "(i)", 0), "False");
    CHECK_REPR(method(lock, "acquire", "(id)", 1, 0.001), "False");
    CHECK_REPR(method(lock, "acquire", "(ii)", 1, -2), "!!ValueError: timeout value must be a non-negative number");
    CHECK_REPR(method(lock, "acquire", "(ii)", 0, 1), "!!ValueError: can't specify a timeout for a non-blocking call");
    CHECK_REPR(method(lock, "acquire", "(is)", 1, "x"), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
    CHECK_REPR(method(lock, "acquire", "(id)", 1, 1e300), "!!OverflowError: timestamp out of range for C PyTime_t");
    CHECK_REPR(method(lock, "locked", "()"), "True");
    CHECK_REPR(Py_NewRef(lock), "<locked _thread.lock object at 0x...>");
    CHECK_REPR(method(lock, "release", "()"), "None");
    CHECK_REPR(method(lock, "release", "()"), "!!RuntimeError: release unlocked lock");
    CHECK_REPR(method(lock, "__enter__", "()"), "True");
    CHECK_REPR(method(lock, "__exit__", "(OOO)", Py_None, Py_None, Py_None), "None");
    CHECK_REPR(call("_thread", "lock", "(i)", 3), "!!TypeError: lock expected 0 arguments, got 1");
    CHECK_REPR(method(again, "release", "()"), "!!RuntimeError: cannot release un-acquired lock");
    CHECK_REPR(method(again, "acquire", "()"), "True");
    CHECK_REPR(method(again, "acquire", "()"), "True");
    CHECK_REPR(method(again, "_recursion_count", "()"), "2");
    CHECK_REPR(method(again, "_is_owned", "()"), "True");
    CHECK_REPR(method(again, "release", "()"), "None");
    CHECK_REPR(method(again, "release", "()"), "None");
    CHECK_REPR(Py_NewRef(again), "<unlocked _thread.RLock object owner=0 count=0 at 0x...>");
}

TEST(threads) {
    PyObject *function = keep(PyCFunction_New(&note_def, NULL));
    called = 0;
    CHECK_REPR(call("_thread", "start_new_thread", "()"), "!!TypeError: start_new_thread expected at least 2 arguments, got 0");
    CHECK_REPR(call("_thread", "start_new_thread", "(ii)", 3, 4), "!!TypeError: first arg must be callable");
    CHECK_REPR(call("_thread", "start_new_thread", "(Oi)", function, 4), "!!TypeError: 2nd arg must be a tuple");
    CHECK_REPR(call("_thread", "start_new_thread", "(O()i)", function, 4), "!!TypeError: optional 3rd arg must be a dictionary");
    CHECK_REPR(call("_thread", "start_joinable_thread", "(i)", 3), "!!TypeError: thread function must be callable");
    CHECK_REPR(call("_thread", "start_joinable_thread", "(Oi)", function, 3), "!!TypeError: 'handle' must be a _ThreadHandle");
    CHECK_REPR(call("_thread", "stack_size", "(i)", 1), "!!ValueError: size must be at least 53248 bytes");
    CHECK_REPR(call("_thread", "stack_size", "(i)", 65536), "0");
    CHECK_REPR(call("_thread", "stack_size", "(i)", 0), "65536");
    CHECK_REPR(call("_thread", "exit", "()"), "!!SystemExit");
    CHECK_REPR(call("_thread", "interrupt_main", "(i)", 99), "!!ValueError: signal number out of range");
    CHECK_REPR(call("_thread", "_excepthook", "(i)", 3), "!!TypeError: _thread.excepthook argument type must be ExceptHookArgs");
    CHECK_REPR(call("_thread", "_make_thread_handle", "(s)", "x"), "!!TypeError: ident must be an integer");
    CHECK_REPR(method(keep(call("_thread", "_ThreadHandle", "()")), "join", "()"), "!!RuntimeError: thread not started");
    /* A lock that the new thread releases. */
    PyObject *lock = keep(call("_thread", "allocate_lock", "()"));
    Py_XDECREF(method(lock, "acquire", "()"));
    PyObject *started = keep(call("_thread", "start_new_thread", "(O())", attr(lock, "release")));
    CHECK(started && PyLong_Check(started));
    CHECK_REPR(method(lock, "acquire", "(ii)", 1, 20), "True");
    PyObject *handle = keep(call("_thread", "start_joinable_thread", "(O)", of("_thread", "get_ident")));
    CHECK_REPR(method(handle, "join", "()"), "None");
    CHECK_REPR(method(handle, "is_done", "()"), "True");
    CHECK_REPR(method(handle, "join", "(s)", "x"), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
}

TEST(local) {
    PyObject *local = keep(call("_thread", "_local", "()"));
    CHECK_REPR(call("_thread", "_local", "(i)", 3), "!!TypeError: Initialization arguments are not supported");
    CHECK_INT(PyObject_SetAttrString(local, "x", Py_None), "0");
    CHECK_REPR(PyObject_GetAttrString(local, "x"), "None");
    CHECK_REPR(PyObject_GetAttrString(local, "__dict__"), "{'x': None}");
    CHECK_REPR(PyObject_GetAttrString(local, "y"), "!!AttributeError: '_thread._local' object has no attribute 'y'");
    CHECK_INT(PyObject_SetAttrString(local, "__dict__", Py_None), "-1 !!AttributeError: '_thread._local' object attribute '__dict__' is read-only");
    CHECK_INT(PyObject_DelAttrString(local, "x"), "0");
    CHECK_INT(PyObject_DelAttrString(local, "x"), "-1 !!AttributeError: '_thread._local' object has no attribute 'x'");
}

TEST(contextvars) {
    PyObject *var = keep(call("contextvars", "ContextVar", "(s)", "v"));
    PyObject *token = keep(method(var, "set", "(i)", 1));
    PyObject *context = keep(call("_contextvars", "copy_context", "()"));
    CHECK_REPR(PyObject_GetItem(context, var), "1");
    CHECK_REPR(method(var, "reset", "(O)", token), "None");
    CHECK_REPR(method(context, "run", "(O)", attr(var, "get")), "1");
    CHECK_BORROWED(of("contextvars", "Context"), "<class '_contextvars.Context'>");
}

TEST(zlib) {
    PyObject *data = value("y", "hello hello hello hello"), *packed = keep(call("zlib", "compress", "(O)", data));
    CHECK_REPR(call("zlib", "decompress", "(O)", packed), "b'hello hello hello hello'");
    CHECK_REPR(call("zlib", "decompress", "(y)", ""), "!!error: Error -5 while decompressing data: incomplete or truncated stream");
    CHECK_REPR(call("zlib", "decompress", "(y)", "abcdef"), "!!error: Error -3 while decompressing data: incorrect header check");
    CHECK_REPR(call("zlib", "decompress", "(Oi)", packed, 99), "!!error: Error -2 while preparing to decompress data: inconsistent stream state");
    CHECK_REPR(call("zlib", "decompress", "(Oii)", packed, 15, -1), "!!ValueError: bufsize must be non-negative");
    CHECK_REPR(call("zlib", "decompress", "(s)", "x"), "!!TypeError: a bytes-like object is required, not 'str'");
    CHECK_REPR(call("zlib", "compress", "(Oi)", data, 11), "!!error: Bad compression level");
    CHECK_REPR(call("zlib", "crc32", "(O)", data), "2369606115");
    CHECK_REPR(call("zlib", "crc32", "(Oi)", data, 7), "4219783501");
    CHECK_REPR(call("zlib", "adler32", "(O)", data), "1745029297");
    CHECK_REPR(call("zlib", "adler32", "(Oi)", data, -1), "1765542078");
    CHECK_REPR(call("zlib", "decompressobj", "(i)", 99), "!!ValueError: Invalid initialization option");
    CHECK_REPR(call("zlib", "compressobj", "(i)", 99), "!!ValueError: Invalid initialization option");
    PyObject *unpack = keep(call("zlib", "decompressobj", "()"));
    CHECK_REPR(method(unpack, "decompress", "(Oi)", packed, 5), "b'hello'");
    CHECK_REPR(PyObject_GetAttrString(unpack, "eof"), "False");
    CHECK_REPR(method(unpack, "flush", "()"), "b' hello hello hello'");
    CHECK_REPR(PyObject_GetAttrString(unpack, "eof"), "True");
    CHECK_REPR(method(unpack, "decompress", "(y)", "abc"), "!!error: Error -2 while decompressing data: inconsistent stream state");
    CHECK_REPR(method(unpack, "flush", "(i)", 0), "!!ValueError: length must be greater than zero");
    PyObject *gzip = keep(call("zlib", "compress", "(Oii)", data, 9, 31));
    CHECK_REPR(call("zlib", "decompress", "(Oi)", gzip, 47), "b'hello hello hello hello'");
    CHECK_REPR(call("zlib", "decompress", "(O)", gzip), "!!error: Error -3 while decompressing data: incorrect header check");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)Py_TYPE(unpack)), "!!TypeError: cannot create 'zlib.Decompress' instances");
}

TEST(abc) {
    PyObject *meta = of("abc", "ABCMeta");
    PyObject *base = keep(PyObject_CallFunction(meta, "s(){ss}", "A", "__module__", "m"));
    PyObject *derived = keep(PyObject_CallFunction(meta, "s(O){ss}", "B", base, "__module__", "m"));
    CHECK_REPR(Py_NewRef(base), "<class 'm.A'>");
    CHECK_REPR(method(base, "register", "(i)", 3), "!!TypeError: Can only register classes");
    CHECK_REPR(method(derived, "register", "(O)", base), "!!RuntimeError: Refusing to create an inheritance cycle");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PyLong_Type, base), "0");
    CHECK_REPR(method(derived, "register", "(O)", &PyLong_Type), "<class 'int'>");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PyLong_Type, base), "1");
    CHECK_INT(PyObject_IsInstance(Py_True, base), "1");
    CHECK_INT(PyObject_IsInstance(Py_None, base), "0");
    CHECK_INT(PyObject_IsSubclass(Py_None, base), "-1 !!TypeError: issubclass() arg 1 must be a class");
    CHECK_REPR(PyObject_CallNoArgs(of("collections.abc", "Mapping")), "!!TypeError: Can't instantiate abstract class Mapping without an implementation for abstract methods '__getitem__', '__iter__', '__len__'");
    CHECK_REPR(PyObject_CallNoArgs(of("collections.abc", "MutableSequence")), "!!TypeError: Can't instantiate abstract class MutableSequence without an implementation for abstract methods '__delitem__', '__getitem__', '__len__', '__setitem__', 'insert'");
    CHECK_INT(PyObject_IsInstance(value("{}"), of("collections.abc", "MutableMapping")), "1");
    CHECK_INT(PyObject_IsInstance(value("[]"), of("collections.abc", "Hashable")), "0");
    CHECK_INT(PyObject_IsInstance(value("()"), of("collections.abc", "Sequence")), "1");
    CHECK_INT(PyObject_IsInstance(builtin("len"), of("collections.abc", "Callable")), "1");
    CHECK_INT(PyObject_IsSubclass((PyObject *)&PySet_Type, of("collections.abc", "Collection")), "1");
    PyObject *own = new_class("Own", NULL);
    CHECK_REPR(method(of("collections.abc", "MutableMapping"), "register", "(O)", own), "<class 'm.Own'>");
    CHECK_INT(PyObject_IsSubclass(own, of("collections.abc", "Mapping")), "1");
    CHECK_INT(PyObject_IsSubclass(own, of("collections.abc", "Sequence")), "0");
    CHECK_REPR(PyObject_GetItem(of("collections.abc", "Iterable"), (PyObject *)&PyLong_Type), "collections.abc.Iterable[int]");
}

TEST(collections) {
    PyObject *deque = keep(call("collections", "deque", "([iii]i)", 1, 2, 3, 2));
    CHECK_REPR(Py_NewRef(deque), "deque([2, 3], maxlen=2)");
    CHECK_REPR(method(deque, "append", "(i)", 4), "None");
    CHECK_REPR(method(deque, "appendleft", "(i)", 9), "None");
    CHECK_REPR(PySequence_GetItem(deque, 0), "9");
    CHECK_REPR(PySequence_GetItem(deque, 7), "!!IndexError: deque index out of range");
    CHECK_REPR(method(deque, "insert", "(ii)", 0, 3), "!!IndexError: deque already at its maximum size");
    CHECK_REPR(method(deque, "pop", "()"), "3");
    CHECK_REPR(method(deque, "popleft", "()"), "9");
    CHECK_REPR(method(deque, "pop", "()"), "!!IndexError: pop from an empty deque");
    CHECK_REPR(method(deque, "remove", "(i)", 3), "!!ValueError: deque.remove(x): x not in deque");
    CHECK_REPR(call("collections", "deque", "([]i)", -1), "!!ValueError: maxlen must be non-negative");
    CHECK_REPR(call("collections", "deque", "(i)", 3), "!!TypeError: 'int' object is not iterable");
    CHECK_INT(PyObject_Hash(deque), "-1 !!TypeError: unhashable type: 'collections.deque'");
    CHECK_REPR(PySequence_Concat(deque, Py_None), "!!TypeError: can only concatenate deque (not \"NoneType\") to deque");
    PyObject *lists = keep(call("collections", "defaultdict", "(O)", &PyList_Type));
    CHECK_REPR(PyObject_GetItem(lists, Py_None), "[]");
    CHECK_REPR(Py_NewRef(lists), "defaultdict(<class 'list'>, {None: []})");
    CHECK_REPR(method(lists, "copy", "()"), "defaultdict(<class 'list'>, {None: []})");
    CHECK_REPR(call("collections", "defaultdict", "(i)", 3), "!!TypeError: first argument must be callable or None");
    CHECK_REPR(PyObject_GetItem(keep(call("collections", "defaultdict", "()")), Py_None), "!!KeyError: None");
    CHECK_BORROWED(of("collections", "OrderedDict"), "<class 'collections.OrderedDict'>");
}

TEST(functools) {
    PyObject *partial = keep(call("functools", "partial", "(Oi)", builtin("pow"), 2));
    CHECK_REPR(PyObject_CallFunction(partial, "i", 5), "32");
    CHECK_REPR(Py_NewRef(partial), "functools.partial(<built-in function pow>, 2)");
    CHECK_REPR(call("functools", "partial", "()"), "!!TypeError: type 'partial' takes at least one argument");
    CHECK_REPR(call("functools", "partial", "(i)", 3), "!!TypeError: the first argument must be callable");
    CHECK_REPR(call("functools", "reduce", "(O[iii])", builtin("max"), 1, 5, 2), "5");
    CHECK_REPR(call("functools", "reduce", "(O[])", builtin("max")), "!!TypeError: reduce() of empty iterable with no initial value");
    CHECK_REPR(call("functools", "reduce", "(Oi)", builtin("max"), 3), "!!TypeError: reduce() arg 2 must support iteration");
    CHECK_REPR(call("functools", "cmp_to_key", "()"), "!!TypeError: cmp_to_key() missing required argument 'mycmp' (pos 1)");
    CHECK_REPR(call("operator", "itemgetter", "()"), "!!TypeError: itemgetter expected 1 argument, got 0");
    CHECK_REPR(PyObject_CallFunction(keep(call("operator", "itemgetter", "(ii)", 1, 0)), "([ii])", 7, 8), "(8, 7)");
    CHECK_REPR(PyObject_CallFunction(keep(call("operator", "attrgetter", "(s)", "real.imag")), "i", 7), "0");
    CHECK_REPR(PyObject_CallFunction(keep(call("operator", "methodcaller", "(s)", "upper")), "s", "a"), "'A'");
    CHECK_REPR(call("operator", "methodcaller", "(i)", 3), "!!TypeError: method name must be a string");
    CHECK_REPR(call("operator", "add", "(ii)", 1, 2), "3");
    CHECK_REPR(call("operator", "add", "(i)", 1), "!!TypeError: add expected 2 arguments, got 1");
    CHECK_REPR(call("operator", "concat", "(ii)", 1, 2), "!!TypeError: 'int' object can't be concatenated");
    CHECK_REPR(call("operator", "indexOf", "([i]i)", 1, 2), "!!ValueError: sequence.index(x): x not in sequence");
    CHECK_REPR(call("operator", "length_hint", "(is)", 3, "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
}

/* What an iterator of itertools gives, as a list. */
static PyObject *all(const char *name, const char *format, ...) {
    PyObject *class = of("itertools", name), *args, *iterator, *list;
    va_list va;
    va_start(va, format);
    args = Py_VaBuildValue(format, va);
    va_end(va);
    iterator = args && class ? PyObject_Call(class, args, NULL) : NULL;
    list = iterator ? PySequence_List(iterator) : NULL;
    Py_XDECREF(args);
    Py_XDECREF(iterator);
    return list;
}

TEST(itertools) {
    CHECK_REPR(all("chain", "([ii]s)", 1, 2, "ab"), "[1, 2, 'a', 'b']");
    CHECK_REPR(all("chain.from_iterable", "((ss))", "ab", "c"), "['a', 'b', 'c']");
    CHECK_REPR(all("islice", "(siii)", "abcdefg", 1, 6, 2), "['b', 'd', 'f']");
    CHECK_REPR(all("islice", "(si)", "abcdefg", -1), "!!ValueError: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    CHECK_REPR(all("islice", "(siii)", "abc", 0, 1, 0), "!!ValueError: Step for islice() must be a positive integer or None.");
    CHECK_REPR(all("repeat", "(ii)", 7, 3), "[7, 7, 7]");
    CHECK_REPR(all("accumulate", "([iii])", 1, 2, 3), "[1, 3, 6]");
    CHECK_REPR(all("compress", "(s[iii])", "abc", 1, 0, 1), "['a', 'c']");
    CHECK_REPR(all("starmap", "(O((ii)(ii)))", builtin("pow"), 2, 3, 3, 2), "[8, 9]");
    CHECK_REPR(all("starmap", "(O(i))", builtin("pow"), 3), "!!TypeError: 'int' object is not iterable");
    CHECK_REPR(all("filterfalse", "(O[iii])", Py_None, 0, 1, 0), "[0, 0]");
    CHECK_REPR(all("pairwise", "(s)", "abc"), "[('a', 'b'), ('b', 'c')]");
    CHECK_REPR(all("zip_longest", "(ss)", "abc", "x"), "[('a', 'x'), ('b', None), ('c', None)]");
    CHECK_REPR(all("product", "(ss)", "ab", "xy"), "[('a', 'x'), ('a', 'y'), ('b', 'x'), ('b', 'y')]");
    CHECK_REPR(all("permutations", "(si)", "abc", 2), "[('a', 'b'), ('a', 'c'), ('b', 'a'), ('b', 'c'), ('c', 'a'), ('c', 'b')]");
    CHECK_REPR(all("permutations", "(si)", "abc", -2), "!!ValueError: r must be non-negative");
    CHECK_REPR(all("combinations", "(si)", "abcd", 3), "[('a', 'b', 'c'), ('a', 'b', 'd'), ('a', 'c', 'd'), ('b', 'c', 'd')]");
    CHECK_REPR(all("combinations_with_replacement", "(si)", "ab", 2), "[('a', 'a'), ('a', 'b'), ('b', 'b')]");
    CHECK_REPR(all("batched", "(si)", "abcde", 2), "[('a', 'b'), ('c', 'd'), ('e',)]");
    CHECK_REPR(all("batched", "(si)", "abcde", 0), "!!ValueError: n must be at least one");
    CHECK_REPR(all("groupby", "()"), "!!TypeError: groupby() missing required argument 'iterable' (pos 1)");
    CHECK_REPR(all("takewhile", "(i)", 1), "!!TypeError: takewhile expected 2 arguments, got 1");
    CHECK_REPR(call("itertools", "count", "(ii)", 3, 2), "count(3, 2)");
    CHECK_REPR(call("itertools", "count", "(s)", "a"), "!!TypeError: a number is required");
    CHECK_REPR(call("itertools", "tee", "(si)", "ab", -1), "!!ValueError: n must be >= 0");
    PyObject *pair = keep(call("itertools", "tee", "(s)", "ab"));
    CHECK_REPR(PySequence_List(PyTuple_GetItem(pair, 0)), "['a', 'b']");
    CHECK_REPR(PySequence_List(PyTuple_GetItem(pair, 1)), "['a', 'b']");
    PyObject *groups = keep(call("itertools", "groupby", "(s)", "aab"));
    PyObject *first = keep(PyIter_Next(groups));
    CHECK_REPR(PySequence_List(PyTuple_GetItem(first, 1)), "['a', 'a']");
    CHECK_REPR(PySequence_GetItem(keep(PyIter_Next(groups)), 0), "'b'");
    CHECK_REPR(PySequence_List(PyTuple_GetItem(first, 1)), "[]");
}

TEST(time) {
    CHECK_REPR(call("time", "gmtime", "(i)", 86400), "time.struct_time(tm_year=1970, tm_mon=1, tm_mday=2, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=4, tm_yday=2, tm_isdst=0)");
    CHECK_REPR(call("time", "gmtime", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(call("time", "gmtime", "(d)", 1e30), "!!OverflowError: timestamp out of range for platform time_t");
    CHECK_REPR(call("time", "asctime", "((iiiiiiiii))", 2020, 1, 2, 3, 4, 5, 6, 7, 0), "'Sun Jan  2 03:04:05 2020'");
    CHECK_REPR(call("time", "asctime", "((iiiiiiiii))", 2020, 13, 2, 3, 4, 5, 6, 7, 0), "!!ValueError: month out of range");
    CHECK_REPR(call("time", "asctime", "(i)", 3), "!!TypeError: Tuple or struct_time argument required");
    CHECK_REPR(call("time", "strftime", "(s(iiiiiiiii))", "%Y-%m-%d", 2020, 1, 2, 3, 4, 5, 6, 7, 0), "'2020-01-02'");
    CHECK_REPR(call("time", "strftime", "(i)", 3), "!!TypeError: strftime() argument 1 must be str, not int");
    CHECK_REPR(call("time", "sleep", "(i)", -1), "!!ValueError: sleep length must be non-negative");
    CHECK_REPR(call("time", "sleep", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer or float");
    CHECK_REPR(call("time", "sleep", "(d)", 0.001), "None");
    CHECK_REPR(call("time", "get_clock_info", "(s)", "monotonic"), "namespace(implementation='clock_gettime(CLOCK_MONOTONIC)', monotonic=True, adjustable=False, resolution=1e-09)");
    CHECK_REPR(call("time", "get_clock_info", "(s)", "x"), "!!ValueError: unknown clock");
    CHECK_REPR(call("time", "clock_gettime", "(i)", 99), "!!OSError: [Errno 22] Invalid argument");
    PyObject *before = keep(call("time", "monotonic_ns", "()")), *after = keep(call("time", "monotonic_ns", "()"));
    CHECK_INT(PyObject_RichCompareBool(before, after, Py_LE), "1");
}

TEST(imp) {
    CHECK_REPR(call("_imp", "lock_held", "()"), "False");
    CHECK_REPR(call("_imp", "release_lock", "()"), "!!RuntimeError: not holding the import lock");
    CHECK_REPR(call("_imp", "acquire_lock", "()"), "None");
    CHECK_REPR(call("_imp", "acquire_lock", "()"), "None");
    CHECK_REPR(call("_imp", "release_lock", "()"), "None");
    CHECK_REPR(call("_imp", "lock_held", "()"), "True");
    CHECK_REPR(call("_imp", "release_lock", "()"), "None");
    CHECK_REPR(call("_imp", "lock_held", "()"), "False");
    CHECK_REPR(call("_imp", "is_builtin", "(s)", "gc"), "1");
    CHECK_REPR(call("_imp", "is_builtin", "(s)", "nope"), "0");
    CHECK_REPR(call("_imp", "is_builtin", "(i)", 3), "!!TypeError: is_builtin() argument must be str, not int");
    CHECK_REPR(call("_imp", "find_frozen", "(s)", "nope"), "None");
    CHECK_REPR(call("_imp", "is_frozen_package", "(s)", "nope"), "!!ImportError: No such frozen object named 'nope'");
    CHECK_REPR(call("_imp", "get_frozen_object", "(s)", "nope"), "!!ImportError: No such frozen object named 'nope'");
    CHECK_REPR(call("_imp", "init_frozen", "(s)", "nope"), "None");
    CHECK_REPR(call("_imp", "source_hash", "(iy)", 3, "abc"), "b'\\x9b9\\x91\\x87\\x15tR?'");
    CHECK_REPR(call("_imp", "_fix_co_filename", "(is)", 3, "x"), "!!TypeError: _fix_co_filename() argument 1 must be code, not int");
    CHECK_INT(PyImport_ImportFrozenModule("nope"), "0");
    CHECK_REPR(call("errno", "errorcode.get", "(i)", 11), "'EAGAIN'");
    CHECK_BORROWED(of("types", "SimpleNamespace"), "<class 'types.SimpleNamespace'>");
    CHECK_BORROWED(of("types", "FunctionType"), "<class 'function'>");
}

CHECK_MAIN()
