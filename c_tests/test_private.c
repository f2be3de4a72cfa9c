/* Private and legacy names that real extension modules link to, and the managed dictionaries that Cython uses. */
#include "check.h"
#include <frameobject.h>

/* exported for old binaries, declared nowhere or in internal headers */
extern int _PyArg_ParseTuple_SizeT(PyObject *, const char *, ...), _PyArg_Parse_SizeT(PyObject *, const char *, ...);
extern int _PyArg_ParseTupleAndKeywords_SizeT(PyObject *, PyObject *, const char *, char **, ...);
extern PyObject *_Py_BuildValue_SizeT(const char *, ...), *_PyObject_CallFunction_SizeT(PyObject *, const char *, ...), *_PyObject_CallMethod_SizeT(PyObject *, const char *, const char *, ...);
extern PyObject *PyCFunction_Call(PyObject *, PyObject *, PyObject *), *PyEval_CallObjectWithKeywords(PyObject *, PyObject *, PyObject *);
extern PyObject *PyEval_CallFunction(PyObject *, const char *, ...), *PyEval_CallMethod(PyObject *, const char *, const char *, ...);
extern PyObject *_PyDict_NewPresized(Py_ssize_t);
extern int _Py_SwappedOp[];
extern PyObject *_PyLong_Copy(PyLongObject *), *_PyType_LookupRef(PyTypeObject *, PyObject *);
extern const char *_PyType_Name(PyTypeObject *);
extern int _PyEval_SliceIndex(PyObject *, Py_ssize_t *), _PyEval_SliceIndexNotNone(PyObject *, Py_ssize_t *);
extern void _PyErr_ChainExceptions1(PyObject *), _PyErr_SetKeyError(PyObject *);
extern PyObject *_Py_CheckFunctionResult(PyThreadState *, PyObject *, PyObject *, const char *);
extern Py_ssize_t PyUnicode_GetSize(PyObject *);
extern PyObject *PyWeakref_GetObject(PyObject *);
extern int PyObject_AsCharBuffer(PyObject *, const char **, Py_ssize_t *), PyObject_AsReadBuffer(PyObject *, const void **, Py_ssize_t *);
extern int PyObject_AsWriteBuffer(PyObject *, void **, Py_ssize_t *), PyObject_CheckReadBuffer(PyObject *);

TEST(size_t_doors) {
    int i = 0; const char *s = NULL; Py_ssize_t n = 0;
    char *names[] = {"i", "s", NULL};
    CHECK_INT(_PyArg_ParseTuple_SizeT(value("(is)", 3, "abc"), "is#", &i, &s, &n), "1");
    CHECK(i == 3 && n == 3);
    CHECK_INT(_PyArg_ParseTupleAndKeywords_SizeT(value("(i)", 4), value("{ss}", "s", "xy"), "is#", names, &i, &s, &n), "1");
    CHECK(i == 4 && n == 2);
    CHECK_INT(_PyArg_Parse_SizeT(value("i", 5), "i", &i), "1");
    CHECK_REPR(_Py_BuildValue_SizeT("(is#)", 1, "abc", (Py_ssize_t)2), "(1, 'ab')");
    CHECK_REPR(_PyObject_CallFunction_SizeT((PyObject *)&PyLong_Type, "s", "12"), "12");
    CHECK_REPR(_PyObject_CallMethod_SizeT(value("s", "abc"), "upper", NULL), "'ABC'");
}

TEST(old_names) {
    PyObject *list = value("[i]", 1);
    const char *text; const void *data; void *out; Py_ssize_t n = -1;
    CHECK_REPR(PyCFunction_Call(attr(list, "copy"), value("()"), NULL), "[1]");
    CHECK_REPR(PyEval_CallObjectWithKeywords((PyObject *)&PyLong_Type, value("(s)", "7"), NULL), "7");
    CHECK_REPR(PyEval_CallObjectWithKeywords((PyObject *)&PyLong_Type, list, NULL), "!!TypeError: argument list must be a tuple");
    CHECK_REPR(PyEval_CallFunction((PyObject *)&PyLong_Type, "(s)", "7"), "7");
    CHECK_REPR(PyEval_CallMethod(list, "index", "(i)", 1), "0");
    CHECK_INT(PyUnicode_GetSize(value("s", "abc")), "-1 !!RuntimeError: PyUnicode_GetSize has been removed.");
    PyObject *set = PySet_New(NULL), *reference = keep(PyWeakref_NewRef(set, NULL));
    CHECK(PyWeakref_GetObject(reference) == set);
    Py_DECREF(set);
    CHECK_BORROWED(PyWeakref_GetObject(reference), "None");
    CHECK_BORROWED(PyWeakref_GetObject(list), "!!SystemError: bad argument to internal function");
    CHECK_INT(PyObject_AsCharBuffer(value("y", "abc"), &text, &n), "0");
    CHECK_INT(n, "3");
    CHECK_INT(PyObject_AsReadBuffer(value("y", "abc"), &data, &n), "0");
    CHECK_INT(PyObject_AsReadBuffer(list, &data, &n), "-1 !!TypeError: a bytes-like object is required, not 'list'");
    CHECK_INT(PyObject_AsWriteBuffer(value("y", "abc"), &out, &n), "-1 !!TypeError: expected a writable bytes-like object");
    CHECK_INT(PyObject_AsWriteBuffer(keep(PyByteArray_FromStringAndSize("ab", 2)), &out, &n), "0");
    CHECK_INT(PyObject_CheckReadBuffer(list), "0");
}

TEST(private) {
    Py_ssize_t n = -7;
    CHECK_REPR(_PyDict_NewPresized(100), "{}");
    CHECK_REPR(_PyLong_Copy((PyLongObject *)value("i", 5000)), "5000");
    CHECK_STR_EQ(_PyType_Name(&PyLong_Type), "int");
    CHECK_REPR(_PyType_LookupRef(&PyLong_Type, value("s", "bit_length")), "<method 'bit_length' of 'int' objects>");
    CHECK_REPR(_PyType_LookupRef(&PyLong_Type, value("s", "nope")), "NULL");
    CHECK_INT(_PyEval_SliceIndex(Py_None, &n), "1");
    CHECK_INT(n, "-7");
    CHECK_INT(_PyEval_SliceIndex(value("i", 9), &n), "1");
    CHECK_INT(_PyEval_SliceIndex(value("s", "x"), &n), "0 !!TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK_INT(_PyEval_SliceIndexNotNone(Py_None, &n), "0 !!TypeError: slice indices must be integers or have an __index__ method");
    PyErr_SetString(PyExc_ValueError, "first");
    PyObject *first = PyErr_GetRaisedException();
    PyErr_SetString(PyExc_TypeError, "second");
    _PyErr_ChainExceptions1(first);
    PyObject *second = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyException_GetContext(second), "ValueError('first')");
    _PyErr_SetKeyError(value("(i)", 1));
    CHECK_RAISES(0, PyExc_KeyError, "(1,)");
    CHECK_REPR(_Py_CheckFunctionResult(PyThreadState_Get(), (PyObject *)&PyLong_Type, NULL, NULL), "!!SystemError: <class 'int'> returned NULL without setting an exception");
    CHECK_REPR(_Py_CheckFunctionResult(PyThreadState_Get(), NULL, NULL, "here"), "!!SystemError: here returned NULL without setting an exception");
    CHECK_REPR(_Py_CheckFunctionResult(PyThreadState_Get(), NULL, Py_NewRef(Py_None), "here"), "None");
    CHECK_INT(PyUnstable_Object_IsUniquelyReferenced(value("i", 5000)), "1");
    CHECK_INT(PyUnstable_Object_EnableDeferredRefcount(value("[]")), "0");
    PyObject **dict = _PyObject_GetDictPtr(value("i", 1));
    CHECK(dict == NULL);
    CHECK_INT(_Py_SwappedOp[Py_LT], "4");
    CHECK(_PyUnicode_IsWhitespace(' ') && _PyUnicode_IsLinebreak('\n') && _PyUnicode_IsDigit('5') && _PyUnicode_IsAlpha('a') && !_PyUnicode_IsAlpha('5'));
    CHECK(_Py_ascii_whitespace[' '] && !_Py_ascii_whitespace['a'] && Py_ISALPHA('a') && Py_ISDIGIT('1') && Py_TOUPPER('a') == 'A' && Py_TOLOWER('A') == 'a');
}

/* A type with a managed dict and weak references, as Cython and mypyc make them. */
static int managed_traverse(PyObject *self, visitproc visit, void *arg) { Py_VISIT(Py_TYPE(self)); return PyObject_VisitManagedDict(self, visit, arg); }
static int managed_clear(PyObject *self) { PyObject_ClearManagedDict(self); return 0; }
static void managed_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs(self);
    PyObject_ClearManagedDict(self);
    type->tp_free(self);
    Py_DECREF(type);
}
TEST(managed) {
    PyType_Slot slots[] = {{Py_tp_traverse, managed_traverse}, {Py_tp_clear, managed_clear}, {Py_tp_dealloc, managed_dealloc}, {0, NULL}};
    PyType_Spec spec = {"m.Managed", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF | Py_TPFLAGS_BASETYPE, slots};
    PyObject *type = keep(PyType_FromSpec(&spec)), *object = PyObject_CallNoArgs(type), *reference = keep(PyWeakref_NewRef(object, NULL));
    CHECK_INT(PyObject_SetAttrString(object, "x", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "5");
    CHECK_REPR(PyObject_GenericGetDict(object, NULL), "{'x': 5}");
    CHECK_REPR(PyObject_GetAttrString(object, "__dict__"), "!!AttributeError: 'm.Managed' object has no attribute '__dict__'");
    CHECK_INT(PyObject_DelAttrString(object, "x"), "0");
    CHECK_INT(PyObject_SetAttrString(object, "me", object), "0");
    Py_DECREF(object);
    CHECK_INT(PyWeakref_IsDead(reference), "0");
    PyGC_Collect();
    CHECK_INT(PyWeakref_IsDead(reference), "1");
    PyObject *child = new_class("Child", type);
    object = PyObject_CallNoArgs(child);
    CHECK_INT(PyObject_SetAttrString(object, "y", Py_None), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "__dict__"), "!!AttributeError: 'Child' object has no attribute '__dict__'");
    Py_DECREF(object);
}

TEST(type_objects) {
#define NAMED(type, name) do { CHECK(Py_IS_TYPE(&type, &PyType_Type)); CHECK_STR_EQ(type.tp_name, name); } while (0)
    NAMED(PyByteArray_Type, "bytearray"); NAMED(PyCFunction_Type, "builtin_function_or_method"); NAMED(PyCapsule_Type, "PyCapsule");
    NAMED(PyClassMethodDescr_Type, "classmethod_descriptor"); NAMED(PyDictItems_Type, "dict_items"); NAMED(PyDictKeys_Type, "dict_keys");
    NAMED(PyDictProxy_Type, "mappingproxy"); NAMED(PyDictValues_Type, "dict_values"); NAMED(PyGetSetDescr_Type, "getset_descriptor");
    NAMED(PyMemberDescr_Type, "member_descriptor"); NAMED(PyMethodDescr_Type, "method_descriptor"); NAMED(PyModuleDef_Type, "moduledef");
    NAMED(PyRangeIter_Type, "range_iterator"); NAMED(PySlice_Type, "slice"); NAMED(PyTraceBack_Type, "traceback"); NAMED(PyWrapperDescr_Type, "wrapper_descriptor");
    NAMED(PyFunction_Type, "function"); NAMED(PyMethod_Type, "method"); NAMED(PyCode_Type, "code"); NAMED(PyFrame_Type, "frame"); NAMED(PyGen_Type, "generator");
    NAMED(PyCoro_Type, "coroutine"); NAMED(PyAsyncGen_Type, "async_generator"); NAMED(PyStaticMethod_Type, "staticmethod"); NAMED(PyClassMethod_Type, "classmethod");
    NAMED(PyInstanceMethod_Type, "instancemethod"); NAMED(PyListIter_Type, "list_iterator"); NAMED(PyTupleIter_Type, "tuple_iterator");
    NAMED(PySetIter_Type, "set_iterator"); NAMED(PyUnicodeIter_Type, "str_iterator"); NAMED(PyLongRangeIter_Type, "longrange_iterator");
    NAMED(Py_GenericAliasType, "types.GenericAlias"); NAMED(_PyWeakref_ProxyType, "weakref.ProxyType"); NAMED(_PyWeakref_CallableProxyType, "weakref.CallableProxyType");
    NAMED(PyODict_Type, "collections.OrderedDict"); NAMED(PyPickleBuffer_Type, "pickle.PickleBuffer"); NAMED(PyCell_Type, "cell"); NAMED(PySuper_Type, "super");
}
extern PyObject *_Py_strhex(const char *, Py_ssize_t), *_Py_strhex_bytes_with_sep(const char *, Py_ssize_t, PyObject *, int);

TEST(hexadecimal) {
    CHECK_REPR(_Py_strhex("\x00\xab\x7f", 3), "'00ab7f'");
    CHECK_REPR(_Py_strhex("", 0), "''");
    CHECK_REPR(_Py_strhex_bytes_with_sep("\x01\x02\x03", 3, value("s", ":"), 2), "b'01:0203'");
    CHECK_REPR(_Py_strhex_bytes_with_sep("\x01\x02\x03", 3, value("y", "-"), -2), "b'0102-03'");
    CHECK_REPR(_Py_strhex_bytes_with_sep("\x01", 1, value("s", "::"), 1), "!!ValueError: sep must be length 1.");
}
CHECK_MAIN()
