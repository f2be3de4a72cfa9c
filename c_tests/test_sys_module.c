/* The module sys and the C API around it, but for the configuration. */
#include "check.h"

static PyObject *sys_call(const char *name, const char *format, ...) {
    PyObject *function = PySys_GetObject(name), *args, *result;
    va_list va;
    va_start(va, format);
    args = Py_VaBuildValue(format, va);
    va_end(va);
    if (!args || !function) return NULL;
    result = PyObject_Call(function, args, NULL);
    Py_DECREF(args);
    return result;
}

TEST(constants) {
    CHECK_BORROWED(PySys_GetObject("maxsize"), "9223372036854775807");
    CHECK_BORROWED(PySys_GetObject("maxunicode"), "1114111");
    CHECK_BORROWED(PySys_GetObject("byteorder"), "'little'");
    CHECK_BORROWED(PySys_GetObject("hexversion"), "51251952");
    CHECK_BORROWED(PySys_GetObject("api_version"), "1013");
    CHECK_BORROWED(PySys_GetObject("version_info"), "sys.version_info(major=3, minor=14, micro=10, releaselevel='final', serial=0)");
    CHECK_BORROWED(PySys_GetObject("float_info"), "sys.float_info(max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1)");
    CHECK_BORROWED(PySys_GetObject("int_info"), "sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640)");
    CHECK_BORROWED(PySys_GetObject("hash_info"), "sys.hash_info(width=64, modulus=2305843009213693951, inf=314159, nan=0, imag=1000003, algorithm='siphash13', hash_bits=64, seed_bits=128, cutoff=0)");
    CHECK_BORROWED(PySys_GetObject("platform"), "'linux'");
    CHECK_BORROWED(PySys_GetObject("abiflags"), "''");
    CHECK_BORROWED(PySys_GetObject("float_repr_style"), "'short'");
    CHECK_BORROWED(PySys_GetObject("implementation"), "namespace(name='cpython', cache_tag='cpython-314', version=sys.version_info(major=3, minor=14, micro=10, releaselevel='final', serial=0), hexversion=51251952, _multiarch='x86_64-linux-gnu', supports_isolated_interpreters=True)");
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "[]");
    CHECK_BORROWED(PySys_GetObject("_xoptions"), "{}");
    CHECK_BORROWED(PySys_GetObject("nothing"), "NULL");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)Py_TYPE(PySys_GetObject("flags"))), "!!TypeError: cannot create 'sys.flags' instances");
    CHECK_INT(PySequence_Contains(PySys_GetObject("stdlib_module_names"), value("s", "json")), "1");
    CHECK_INT(PySequence_Contains(PySys_GetObject("builtin_module_names"), value("s", "gc")), "1");
}

TEST(objects) {
    CHECK_REPR(sys_call("getsizeof", "(i)", 3), "28");
    CHECK_REPR(sys_call("getsizeof", "([])"), "56");
    CHECK_REPR(sys_call("getsizeof", "(O)", &PyLong_Type), "416");
    CHECK_REPR(sys_call("getsizeof", "()"), "!!TypeError: getsizeof() missing required argument 'object' (pos 1)");
    CHECK_REPR(sys_call("getrefcount", "(O)", Py_None), "3221225472");
    CHECK_REPR(sys_call("intern", "(s)", "abc"), "'abc'");
    CHECK_REPR(sys_call("intern", "(i)", 3), "!!TypeError: intern() argument must be str, not int");
    CHECK_REPR(sys_call("_is_interned", "(i)", 3), "!!TypeError: _is_interned() argument must be str, not int");
    CHECK_REPR(sys_call("_is_immortal", "(i)", 3), "True");
    CHECK_REPR(sys_call("_getframe", "(i)", 100), "!!ValueError: call stack is not deep enough");
    CHECK_REPR(sys_call("_getframe", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(sys_call("_clear_type_descriptors", "(O)", &PyLong_Type), "!!TypeError: argument is immutable");
    CHECK_REPR(sys_call("_clear_type_descriptors", "(i)", 3), "!!TypeError: _clear_type_descriptors() argument must be type, not int");
    CHECK_REPR(sys_call("_current_frames", "()"), "{}");
    PyObject *interned = PyUnicode_InternFromString("some name");
    CHECK(keep(sys_call("intern", "(s)", "some name")) == interned);
    Py_DECREF(interned);
}

TEST(limits) {
    CHECK_REPR(sys_call("getrecursionlimit", "()"), "1000");
    CHECK_REPR(sys_call("setrecursionlimit", "(i)", 0), "!!ValueError: recursion limit must be greater or equal than 1");
    CHECK_REPR(sys_call("setrecursionlimit", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(sys_call("setrecursionlimit", "(i)", 500), "None");
    CHECK_INT(Py_GetRecursionLimit(), "500");
    CHECK_REPR(sys_call("getswitchinterval", "()"), "0.005");
    CHECK_REPR(sys_call("setswitchinterval", "(i)", 0), "!!ValueError: switch interval must be strictly positive");
    CHECK_REPR(sys_call("setswitchinterval", "(s)", "a"), "!!TypeError: must be real number, not str");
    CHECK_REPR(sys_call("setswitchinterval", "(d)", 0.25), "None");
    CHECK_REPR(sys_call("getswitchinterval", "()"), "0.25");
    CHECK_REPR(sys_call("getdlopenflags", "()"), "2");
    CHECK_REPR(sys_call("setdlopenflags", "(s)", "a"), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(sys_call("set_int_max_str_digits", "(i)", 3), "!!ValueError: maxdigits must be >= 640 or 0 for unlimited");
    CHECK_REPR(sys_call("set_int_max_str_digits", "(i)", 700), "None");
    CHECK_REPR(sys_call("get_int_max_str_digits", "()"), "700");
    CHECK_REPR(PyObject_GetAttrString(PySys_GetObject("flags"), "int_max_str_digits"), "700");
    CHECK_REPR(sys_call("is_finalizing", "()"), "False");
    CHECK_REPR(sys_call("_is_gil_enabled", "()"), "True");
    CHECK_REPR(sys_call("getdefaultencoding", "()"), "'utf-8'");
    CHECK_REPR(sys_call("getfilesystemencodeerrors", "()"), "'surrogateescape'");
}

TEST(hooks) {
    CHECK_REPR(sys_call("exit", "(i)", 3), "!!SystemExit: 3");
    CHECK_REPR(sys_call("exit", "()"), "!!SystemExit");
    CHECK_REPR(sys_call("exit", "(ii)", 1, 2), "!!TypeError: exit expected at most 1 argument, got 2");
    CHECK_REPR(sys_call("exception", "()"), "None");
    CHECK_REPR(sys_call("exc_info", "()"), "(None, None, None)");
    CHECK_REPR(sys_call("unraisablehook", "(i)", 3), "!!TypeError: sys.unraisablehook argument type must be UnraisableHookArgs");
    CHECK_REPR(sys_call("call_tracing", "(ii)", 3, 3), "!!TypeError: call_tracing() argument 2 must be tuple, not int");
    CHECK_REPR(sys_call("call_tracing", "(O([i]))", builtin("len"), 7), "1");
    CHECK_REPR(sys_call("get_asyncgen_hooks", "()"), "asyncgen_hooks(firstiter=None, finalizer=None)");
    CHECK_REPR(sys_call("set_asyncgen_hooks", "(i)", 3), "!!TypeError: callable firstiter expected, got int");
    CHECK_REPR(sys_call("set_asyncgen_hooks", "(O)", builtin("len")), "None");
    CHECK_REPR(sys_call("get_asyncgen_hooks", "()"), "asyncgen_hooks(firstiter=<built-in function len>, finalizer=None)");
    CHECK_REPR(sys_call("set_coroutine_origin_tracking_depth", "(i)", -1), "!!ValueError: depth must be >= 0");
    CHECK_REPR(sys_call("set_coroutine_origin_tracking_depth", "(i)", 2), "None");
    CHECK_REPR(sys_call("get_coroutine_origin_tracking_depth", "()"), "2");
    CHECK_REPR(sys_call("activate_stack_trampoline", "(s)", "x"), "!!ValueError: invalid backend: x");
    CHECK_REPR(sys_call("is_stack_trampoline_active", "()"), "False");
    CHECK_REPR(sys_call("displayhook", "(O)", Py_None), "None");
}

TEST(attributes) {
    PyObject *found = NULL;
    CHECK_INT(PySys_SetObject("spam", Py_True), "0");
    CHECK_BORROWED(PySys_GetObject("spam"), "True");
    CHECK_INT(PySys_SetObject("spam", NULL), "0");
    CHECK_INT(PySys_SetObject("spam", NULL), "0");
    CHECK_BORROWED(PySys_GetObject("spam"), "NULL");
    CHECK(!found);
    PySys_ResetWarnOptions();
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "[]");
    CHECK_BORROWED(PySys_GetXOptions(), "{}");
}

static int events;
static int deny;
static int hook(const char *event, PyObject *args, void *data) {
    if (strncmp(event, "check.", 6) != 0) return 0;
    events++;
    if (deny) { PyErr_Format(PyExc_RuntimeError, "no %s%R", event, args); return -1; }
    return data != &events;
}

TEST(audit) {
    CHECK_INT(PySys_Audit("check.none", NULL), "0");
    CHECK_INT(PySys_AddAuditHook(hook, &events), "0");
    CHECK_INT(PySys_Audit("check.none", NULL), "0");
    CHECK_INT(PySys_Audit("check.args", "is", 3, "x"), "0");
    CHECK_INT(PySys_AuditTuple("check.tuple", Py_None), "-1 !!TypeError: args must be tuple, got NoneType");
    CHECK_INT(PySys_AuditTuple("check.tuple", value("(i)", 1)), "0");
    CHECK_INT(PySys_AuditTuple("check.tuple", NULL), "0");
    CHECK_INT(events, "4");
    deny = 1;
    CHECK_INT(PySys_Audit("check.args", "is", 3, "x"), "-1 !!RuntimeError: no check.args(3, 'x')");
    CHECK_INT(PySys_Audit("check.args", "O", Py_None), "-1 !!RuntimeError: no check.args(None,)");
    CHECK_REPR(sys_call("audit", "(si)", "check.python", 1), "!!RuntimeError: no check.python(1,)");
    CHECK_REPR(sys_call("audit", "(i)", 1), "!!TypeError: audit() argument 1 must be str, not int");
    CHECK_REPR(sys_call("audit", "()"), "!!TypeError: audit expected at least 1 argument, got 0");
    deny = 0;
    CHECK_REPR(sys_call("addaudithook", "(O)", builtin("divmod")), "None");
    CHECK_REPR(sys_call("audit", "(si)", "check.python", 1), "!!TypeError: unsupported operand type(s) for divmod(): 'str' and 'tuple'");
}

TEST(files) {
    PyObject *out = keep(PyFile_NewStdPrinter(1));
    CHECK_REPR(PyFile_NewStdPrinter(7), "NULL");
    CHECK_REPR(PyObject_CallMethod(out, "fileno", NULL), "1");
    CHECK_REPR(PyObject_CallMethod(out, "flush", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(out, "close", NULL), "None");
    CHECK_REPR(PyObject_CallMethod(out, "write", "s", ""), "0");
    CHECK_REPR(PyObject_CallMethod(out, "write", "i", 3), "!!TypeError: argument 1 must be str, not int");
    CHECK_REPR(PyObject_CallMethod(out, "write", NULL), "!!TypeError: function takes exactly 1 argument (0 given)");
    CHECK_REPR(PyObject_GetAttrString(out, "encoding"), "None");
    CHECK_REPR(PyObject_GetAttrString(out, "mode"), "'w'");
    CHECK_REPR(PyObject_GetAttrString(out, "closed"), "False");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&PyStdPrinter_Type), "!!TypeError: cannot create 'stderrprinter' instances");
    CHECK_INT(PyFile_WriteString("", out), "0");
    CHECK_INT(PyFile_WriteString("x", NULL), "-1 !!SystemError: null file for PyFile_WriteString");
    CHECK_INT(PyFile_WriteString("x", Py_None), "-1 !!AttributeError: 'NoneType' object has no attribute 'write'");
    CHECK_INT(PyFile_WriteObject(Py_None, NULL, 0), "-1 !!TypeError: writeobject with NULL file");
    CHECK_INT(PyFile_WriteObject(Py_None, Py_None, 0), "-1 !!AttributeError: 'NoneType' object has no attribute 'write'");
    CHECK_REPR(PyFile_GetLine(Py_None, 0), "!!AttributeError: 'NoneType' object has no attribute 'readline'");
    CHECK_INT(PyObject_AsFileDescriptor(out), "1");
    CHECK_INT(PyObject_AsFileDescriptor(value("i", -3)), "-1 !!ValueError: file descriptor cannot be a negative integer (-3)");
    CHECK_INT(PyObject_AsFileDescriptor(value("i", 9)), "9");
    CHECK_INT(PyObject_AsFileDescriptor(Py_None), "-1 !!TypeError: argument must be an int, or have a fileno() method.");
}

CHECK_MAIN()
