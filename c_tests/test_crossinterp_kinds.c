/* What the data of each kind of object is, field by field, and the kinds that are bytes underneath: marshalled and pickled objects, code,
 * functions, buffers. `pickle` is a small module of C's here: code by marshal, functions of C by their names. */
#include "crossinterp.h"
#include "pickle.h"

__attribute__((constructor)) static void add(void) { PyImport_AppendInittab("pickle", init_pickle); }

/* "data obj interpid free -> what it becomes", then how it is after its release */
static const char *fields_with(int (*get)(PyThreadState *, PyObject *, XIData *), PyObject *object) {
    static char text[4096];
    XIData *data = _PyXIData_New();
    Py_ssize_t count = Py_REFCNT(object);
    data->interpid = 99;
    int got = get(me(), object, data), at;
    if (got != 0) {
        PyObject *raised = PyErr_GetRaisedException();
        at = snprintf(text, sizeof text, "%d %s %s %lld %s %s", got, data->data ? "data" : "NULL", data->obj ? "obj" : "NULL", (long long)data->interpid, data->new_object ? "new" : "NULL", data->free ? "free" : "NULL");
        for (int more = 0; raised; more++) {
            PyObject *text_of = PyObject_Str(raised), *cause = PyException_GetCause(raised), *context = PyException_GetContext(raised);
            at += snprintf(text + at, sizeof text - at, "%s%s: %s", more ? " from " : " !! ", Py_TYPE(raised)->tp_name, text_of ? PyUnicode_AsUTF8(text_of) : "?");
            if (context) at += snprintf(text + at, sizeof text - at, " (after %s)", Py_TYPE(context)->tp_name);
            Py_XDECREF(text_of); Py_XDECREF(context);
            Py_SETREF(raised, cause);
        }
        if (Py_REFCNT(object) != count) snprintf(text + at, sizeof text - at, " refcount");
        data->data = data->obj = NULL;
        _PyXIData_Free(data);
        return check_addresses(text);
    }
    at = snprintf(text, sizeof text, "%s %s %lld %s", data->data ? "data" : "NULL", data->obj == object ? "object" : data->obj ? Py_TYPE(data->obj)->tp_name : "NULL", (long long)data->interpid,
                  data->free == PyMem_RawFree ? "PyMem_RawFree" : data->free ? "own" : "NULL");
    if (data->obj == object && Py_REFCNT(object) == count) at += snprintf(text + at, sizeof text - at, " (immortal)");
    PyObject *again = _PyXIData_NewObject(data), *repr = again ? PyObject_Repr(again) : NULL;
    if (again) at += snprintf(text + at, sizeof text - at, " -> %s %s%s", Py_TYPE(again)->tp_name, repr ? PyUnicode_AsUTF8(repr) : "?", again == object ? " itself" : "");
    else { char error[512]; at += snprintf(text + at, sizeof text - at, " -> %s", check_taken(error, sizeof error)); }
    Py_XDECREF(again); Py_XDECREF(repr);
    int released = _PyXIData_Release(data);
    at += snprintf(text + at, sizeof text - at, "; %d %s %s %lld %s %s", released, data->data ? "data" : "NULL", data->obj ? "obj" : "NULL", (long long)data->interpid, data->new_object ? "new" : "NULL", data->free ? "free" : "NULL");
    if (Py_REFCNT(object) != count) snprintf(text + at, sizeof text - at, " refcount");
    PyMem_RawFree(data);
    return check_addresses(text);
}
static int plain(PyThreadState *state, PyObject *object, XIData *data) { return _PyObject_GetXIData(state, object, 0, data); }
static int full(PyThreadState *state, PyObject *object, XIData *data) { return _PyObject_GetXIData(state, object, 1, data); }
static int odd(PyThreadState *state, PyObject *object, XIData *data) { return _PyObject_GetXIData(state, object, 7, data); }
static const char *fields(PyObject *object) { return fields_with(plain, object); }

TEST(builtin_types) {
    CHECK_STR_EQ(fields(Py_None), "NULL NULL 0 NULL -> NoneType None itself; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(Py_True), "data NULL 0 NULL -> bool True itself; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(Py_False), "NULL NULL 0 NULL -> bool False itself; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(value("i", 0)), "NULL NULL 0 NULL -> int 0 itself; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(value("i", -1)), "data NULL 0 NULL -> int -1 itself; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(value("i", 123456)), "data NULL 0 NULL -> int 123456; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(value("L", 0x7fffffffffffffffLL)), "data NULL 0 NULL -> int 9223372036854775807; 0 NULL NULL 0 new NULL");
    CHECK_STR_EQ(fields(keep(PyLong_FromString("9223372036854775808", NULL, 10))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: 9223372036854775808 does not support cross-interpreter data from OverflowError: try sending as bytes");
    CHECK_STR_EQ(fields(keep(PyLong_FromString("-9223372036854775809", NULL, 10))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: -9223372036854775809 does not support cross-interpreter data from OverflowError: try sending as bytes");
    CHECK_STR_EQ(fields(value("d", 1.5)), "data NULL 0 PyMem_RawFree -> float 1.5; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("d", -0.0)), "data NULL 0 PyMem_RawFree -> float -0.0; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "")), "data object 0 PyMem_RawFree (immortal) -> str '' itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "a")), "data object 0 PyMem_RawFree (immortal) -> str 'a' itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "text")), "data object 0 PyMem_RawFree -> str 'text'; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "h\xc3\xa9")), "data object 0 PyMem_RawFree -> str 'hé'; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "\xe2\x82\xac uro")), "data object 0 PyMem_RawFree -> str '€ uro'; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("s", "\xf0\x9f\x90\x8d")), "data object 0 PyMem_RawFree -> str '🐍'; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("y", "")), "data object 0 PyMem_RawFree (immortal) -> bytes b'' itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("y", "bytes")), "data object 0 PyMem_RawFree -> bytes b'bytes'; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("()")), "data object 0 own (immortal) -> tuple () itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("(i)", 1)), "data object 0 own -> tuple (1,); 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("(s(dO)y)", "a", 2.5, Py_None, "b")), "data object 0 own -> tuple ('a', (2.5, None), b'b'); 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields(value("(s[]y)", "a", "b")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: ('a', [], b'b') does not support cross-interpreter data from NotShareableError: [] does not support cross-interpreter data");
    CHECK_STR_EQ(fields(value("(s(iN)y)", "a", 1, PyLong_FromString("9223372036854775808", NULL, 10), "b")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: ('a', (1, 9223372036854775808), b'b') does not support cross-interpreter data from NotShareableError: (1, 9223372036854775808) does not support cross-interpreter data from NotShareableError: 9223372036854775808 does not support cross-interpreter data from OverflowError: try sending as bytes");
    CHECK_STR_EQ(fields_with(full, value("(s(d)y)", "a", 2.5, "b")), "data object 0 own -> tuple ('a', (2.5,), b'b'); 0 NULL NULL 0 new free");
}
TEST(others) {
    CHECK_STR_EQ(fields(keep(PyByteArray_FromStringAndSize("ab", 2))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: bytearray(b'ab') does not support cross-interpreter data");
    CHECK_STR_EQ(fields(value("[i]", 1)), "-1 NULL NULL 99 NULL NULL !! NotShareableError: [1] does not support cross-interpreter data");
    CHECK_STR_EQ(fields(value("{s:i}", "a", 1)), "-1 NULL NULL 99 NULL NULL !! NotShareableError: {'a': 1} does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyComplex_FromDoubles(1, 2))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: (1+2j) does not support cross-interpreter data");
    CHECK_STR_EQ(fields(Py_Ellipsis), "-1 NULL NULL 99 NULL NULL !! NotShareableError: Ellipsis does not support cross-interpreter data");
    CHECK_STR_EQ(fields(Py_NotImplemented), "-1 NULL NULL 99 NULL NULL !! NotShareableError: NotImplemented does not support cross-interpreter data");
    CHECK_STR_EQ(fields((PyObject *)&PyLong_Type), "-1 NULL NULL 99 NULL NULL !! NotShareableError: <class 'int'> does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyFrozenSet_New(NULL))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: frozenset() does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyObject_CallFunction(new_class("Int", (PyObject *)&PyLong_Type), "i", 5))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: 5 does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyObject_CallFunction(new_class("Str", (PyObject *)&PyUnicode_Type), "s", "a"))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: 'a' does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyObject_CallFunction(new_class("Tuple", (PyObject *)&PyTuple_Type), "((i))", 5))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: (5,) does not support cross-interpreter data");
    CHECK_STR_EQ(fields(keep(PyObject_CallFunction(new_class("Float", (PyObject *)&PyFloat_Type), "d", 5.0))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: 5.0 does not support cross-interpreter data");
    CHECK_STR_EQ(fields_with(odd, value("i", 1)), "-1 NULL NULL 99 NULL NULL !! SystemError: unsupported xidata fallback option");
    CHECK_STR_EQ(fields_with(odd, value("[]")), "-1 NULL NULL 99 NULL NULL !! SystemError: unsupported xidata fallback option");
    CHECK_STR_EQ(fields_with(_PyBytes_GetXIData, value("y", "ab")), "data object 0 PyMem_RawFree -> bytes b'ab'; 0 NULL NULL 0 new free");
}
TEST(bytes_wrapped) {
    XIData *data = _PyXIData_New();
    PyObject *bytes = value("y", "abc");
    BytesData *shared = _PyBytes_GetXIDataWrapped(me(), bytes, 64, NULL, data);
    CHECK(shared && shared == data->data && shared->len == 3 && shared->bytes == PyBytes_AS_STRING(bytes) && data->obj == bytes && data->free == PyMem_RawFree);
    CHECK(data->new_object == _PyBytes_FromXIData);
    CHECK_REPR(_PyXIData_NewObject(data), "b'abc'");
    _PyXIData_Clear(here(), data);
    shared = _PyBytes_GetXIDataWrapped(me(), bytes, sizeof(BytesData), _PyMarshal_ReadObjectFromXIData, data);
    CHECK(shared && data->new_object == _PyMarshal_ReadObjectFromXIData);
    CHECK_REPR(_PyXIData_NewObject(data), "!!NotShareableError: object could not be unmarshalled");
    _PyXIData_Clear(here(), data);
    CHECK_INT(_PyBytes_GetXIDataWrapped(me(), bytes, 15, NULL, data) ? 1 : 0, "0 !!ValueError: expected size >= 16, got 15");
    CHECK_INT(_PyBytes_GetXIDataWrapped(me(), bytes, 0, NULL, data) ? 1 : 0, "0 !!ValueError: expected size >= 16, got 0");
    CHECK_INT(_PyBytes_GetXIDataWrapped(me(), value("s", "abc"), 64, NULL, data) ? 1 : 0, "0 !!TypeError: expected bytes, got 'abc'");
    CHECK_INT(_PyBytes_GetXIDataWrapped(me(), value("[]"), 5, NULL, data) ? 1 : 0, "0 !!TypeError: expected bytes, got []");
    _PyXIData_Free(data);
}

TEST(marshalled) {
    CHECK_STR_EQ(fields_with(_PyMarshal_GetXIData, value("[i{sO}]", 1, "a", Py_None)), "data bytes 0 PyMem_RawFree -> list [1, {'a': None}]; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyMarshal_GetXIData, value("i", 7)), "data bytes 0 PyMem_RawFree -> int 7 itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyMarshal_GetXIData, keep(PyCapsule_New("x", NULL, NULL))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object could not be marshalled from ValueError: unmarshallable object");
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file", "name", 1));
    CHECK_STR_EQ(fields_with(_PyMarshal_GetXIData, code), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetXIData, code), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetXIData, value("[]")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: expected code, got []");
    CHECK_STR_EQ(fields_with(_PyCode_GetXIData, Py_None), "-1 NULL NULL 99 NULL NULL !! NotShareableError: expected code, got None");
    XIData *data = _PyXIData_New();
    CHECK_INT(_PyCode_GetXIData(me(), code, data), "0");
    CHECK(data->new_object == _PyCode_FromXIData);
    _PyXIData_Clear(here(), data);
    PyObject *bytes = value("y", "?garbage");
    CHECK_INT(_PyBytes_GetXIData(me(), bytes, data), "0");
    CHECK_REPR(_PyMarshal_ReadObjectFromXIData(data), "!!NotShareableError: object could not be unmarshalled");
    CHECK_REPR(_PyMarshal_ReadObjectFromXIData(data) ? NULL : (PyErr_Occurred() ? PyException_GetCause(keep(PyErr_GetRaisedException())) : NULL), "ValueError('bad marshal data (unknown type code)')");
    _PyXIData_Clear(here(), data);
    _PyXIData_Free(data);
}

/* Functions: those without state, by their code */
TEST(functions) {
    PyObject *code = keep((PyObject *)PyCode_NewEmpty("file", "name", 1)), *globals = value("{s:s}", "__name__", "mod");
    PyObject *function = keep(PyFunction_New(code, globals));
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, value("[]")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: expected a function, got []");
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, attr(value("[]"), "append")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: expected a function, got <built-in method append of list object at 0x...>");
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, code), "-1 NULL NULL 99 NULL NULL !! NotShareableError: expected a function, got <code object name at 0x..., file \"file\", line 1>");
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, function), "data bytes 0 PyMem_RawFree -> function <function name at 0x...>; 0 NULL NULL 0 new free");
    CHECK_INT(PyFunction_SetDefaults(function, value("(i)", 1)), "0");
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, function), "-1 NULL NULL 99 NULL NULL !! NotShareableError: only stateless functions are shareable from ValueError: defaults not supported");
    CHECK_INT(PyFunction_SetDefaults(function, Py_None), "0");
    CHECK_INT(PyFunction_SetKwDefaults(function, value("{s:i}", "a", 1)), "0");
    CHECK_STR_EQ(fields_with(_PyFunction_GetXIData, function), "-1 NULL NULL 99 NULL NULL !! NotShareableError: only stateless functions are shareable from ValueError: keyword defaults not supported");
    CHECK_INT(PyFunction_SetKwDefaults(function, Py_None), "0");
    CHECK_STR_EQ(fields_with(plain, function), "-1 NULL NULL 99 NULL NULL !! NotShareableError: <function name at 0x...> does not support cross-interpreter data");
    CHECK_STR_EQ(fields_with(full, function), "data bytes 0 PyMem_RawFree -> function <function name at 0x...>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetScriptXIData, value("[]")), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object not a valid script from TypeError: unsupported script []");
    CHECK_STR_EQ(fields_with(_PyCode_GetScriptXIData, value("i", 5)), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object not a valid script from TypeError: unsupported script 5");
    CHECK_STR_EQ(fields_with(_PyCode_GetPureScriptXIData, Py_None), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object not a valid script from TypeError: unsupported script None");
    CHECK_STR_EQ(fields_with(_PyCode_GetScriptXIData, value("s#", "a\0b", (Py_ssize_t)3)), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object not a valid script from SyntaxError: source code string cannot contain null bytes");
    CHECK_STR_EQ(fields_with(_PyCode_GetScriptXIData, code), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetPureScriptXIData, code), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetScriptXIData, function), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyCode_GetPureScriptXIData, function), "data bytes 0 PyMem_RawFree -> code <code object name at 0x..., file \"file\", line 1>; 0 NULL NULL 0 new free");
}

static PyObject *answer(PyObject *self, PyObject *unused) { (void)self; (void)unused; return PyLong_FromLong(42); }
static PyMethodDef answer_def = {"no_such_function", answer, METH_NOARGS, NULL};
TEST(pickled) {
    PyObject *callable = builtin("callable");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, callable), "data bytes 0 PyMem_RawFree -> builtin_function_or_method <built-in function callable> itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, value("[i]", 1)), "data bytes 0 PyMem_RawFree -> list [1]; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, keep(PyCapsule_New("x", NULL, NULL))), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object could not be pickled from ValueError: unmarshallable object");
    CHECK_STR_EQ(fields_with(full, callable), "data bytes 0 PyMem_RawFree -> builtin_function_or_method <built-in function callable> itself; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(full, value("[i]", 1)), "data bytes 0 PyMem_RawFree -> list [1]; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(full, value("(i[i])", 1, 2)), "data object 0 own -> tuple (1, [2]); 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(full, value("([])")), "data object 0 own -> tuple ([],); 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(plain, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: <built-in function callable> does not support cross-interpreter data");
    unpicklable = 1;
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object could not be pickled from ValueError: not now");
    CHECK_STR_EQ(fields_with(full, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: <built-in function callable> does not support cross-interpreter data");
    CHECK_STR_EQ(fields_with(full, value("(i[i])", 1, 2)), "-1 NULL NULL 99 NULL NULL !! NotShareableError: (1, [2]) does not support cross-interpreter data from NotShareableError: [2] does not support cross-interpreter data");
    unpicklable = 0;
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, keep(PyCFunction_NewEx(&answer_def, NULL, value("s", "builtins")))), "data bytes 0 PyMem_RawFree -> !!NotShareableError: object could not be unpickled; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, keep(PyCFunction_NewEx(&answer_def, NULL, value("s", "no_such_module")))), "data bytes 0 PyMem_RawFree -> !!NotShareableError: object could not be unpickled; 0 NULL NULL 0 new free");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, keep(PyCFunction_NewEx(&answer_def, NULL, value("s", "__main__")))), "data bytes 0 PyMem_RawFree -> !!NotShareableError: object could not be unpickled; 0 NULL NULL 0 new free");
    CHECK_REPR(PyDict_GetItemString(PyImport_GetModuleDict(), "<fake __main__>") ? value("i", 1) : NULL, "NULL");
    /* To another interpreter, and back the arguments */
    XIData *data = _PyXIData_New(), *list = _PyXIData_New();
    CHECK_INT(_PyPickle_GetXIData(me(), callable, data), "0");
    CHECK(data->new_object == _PyPickle_LoadFromXIData);
    CHECK_INT(_PyObject_GetXIData(me(), value("(i[i])", 1, 2), 1, list), "0");
    PyThreadState *mine = me(), *other = new_interpreter();
    PyObject *there = _PyXIData_NewObject(data), *argument = _PyXIData_NewObject(list);
    CHECK(there && there != callable);
    CHECK_REPR(Py_XNewRef(argument), "(1, [2])");
    CHECK_REPR(PyObject_CallOneArg(there, argument), "False");
    Py_XDECREF(there); Py_XDECREF(argument);
    CHECK_INT(_PyXIData_ReleaseAndRawFree(data), "0");
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK_INT(_PyXIData_ReleaseAndRawFree(list), "0");
}
TEST(no_pickle) {
    PyObject *modules = PyImport_GetModuleDict(), *callable = builtin("callable");
    CHECK_INT(PyDict_SetItemString(modules, "pickle", Py_None), "0");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object could not be pickled from ModuleNotFoundError: import of pickle halted; None in sys.modules");
    CHECK_STR_EQ(fields_with(full, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: <built-in function callable> does not support cross-interpreter data");
    PyObject *empty = keep(PyModule_New("pickle"));
    CHECK_INT(PyDict_SetItemString(modules, "pickle", empty), "0");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, callable), "-1 NULL NULL 99 NULL NULL !! NotShareableError: object could not be pickled from AttributeError: module 'pickle' has no attribute 'dumps'");
    CHECK_INT(PyModule_AddObjectRef(empty, "dumps", builtin("str")), "0");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, callable), "-1 NULL NULL 99 NULL NULL !! TypeError: expected bytes, got '<built-in function callable>'");
    CHECK_INT(PyModule_AddObjectRef(empty, "dumps", attr(value("y", "abc"), "join")), "0");
    CHECK_STR_EQ(fields_with(_PyPickle_GetXIData, value("[]")), "data bytes 0 PyMem_RawFree -> !!NotShareableError: object could not be unpickled; 0 NULL NULL 0 new free");
    CHECK_INT(PyDict_DelItemString(modules, "pickle"), "0");
}

/* Buffers are given back in the interpreter that they are of. */
TEST(buffers) {
    PyObject *array = keep(PyByteArray_FromStringAndSize("abc", 3));
    PyThreadState *mine = me();
    Py_buffer here_view, *block = PyMem_RawMalloc(sizeof *block), far;
    CHECK_INT(PyObject_GetBuffer(array, &here_view, PyBUF_SIMPLE), "0");
    CHECK_INT(_PyBuffer_ReleaseInInterpreter(here(), &here_view), "0");
    CHECK(!here_view.obj);
    CHECK_INT(PyObject_GetBuffer(array, block, PyBUF_SIMPLE), "0");
    CHECK_INT(_PyBuffer_ReleaseInInterpreterAndRawFree(here(), block), "0");
    CHECK_INT(PyByteArray_Resize(array, 5), "0");
    block = PyMem_RawMalloc(sizeof *block);
    CHECK_INT(PyObject_GetBuffer(array, block, PyBUF_SIMPLE), "0");
    CHECK_INT(PyObject_GetBuffer(array, &far, PyBUF_SIMPLE), "0");
    PyInterpreterState *interp = here();
    PyThreadState *other = new_interpreter();
    CHECK_INT(_PyBuffer_ReleaseInInterpreterAndRawFree(interp, block), "0");
    CHECK_INT(_PyBuffer_ReleaseInInterpreter(interp, &far), "0");
    CHECK(far.obj == array);
    Py_EndInterpreter(other);
    PyThreadState_Swap(mine);
    CHECK_INT(Py_MakePendingCalls(), "0");
    CHECK(!far.obj);
    CHECK_INT(PyByteArray_Resize(array, 7), "0");
}
CHECK_MAIN()
