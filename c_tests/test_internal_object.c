/* Functions of objects and types that CPython's own modules use: methods and special methods, numbers for sizes, calls, state for
 * pickling, memory of instances, immortality. Their prototypes stand here: they are exported, and in no public header. */
#include "check.h"
#include "expression.h"

extern PyObject *_PyNumber_Index(PyObject *);
extern int _Py_convert_optional_to_ssize_t(PyObject *, void *);
extern PyObject *_PyObject_MakeTpCall(PyThreadState *, PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
extern int _PyObject_GetMethod(PyObject *, PyObject *, PyObject **);
extern PyObject *_PyObject_GetState(PyObject *), *_PyObject_LookupSpecial(PyObject *, PyObject *);
extern PyObject *_PyObject_MaybeCallSpecialNoArgs(PyObject *, PyObject *), *_PyObject_MaybeCallSpecialOneArg(PyObject *, PyObject *, PyObject *);
extern int _PyObject_IsFreed(PyObject *);
extern PyObject *_PyType_AllocNoTrack(PyTypeObject *, Py_ssize_t), *_PyType_NewManagedObject(PyTypeObject *);
extern void _Py_FatalRefcountErrorFunc(const char *, const char *) __attribute__((noreturn));
extern void _Py_SetImmortal(PyObject *), _Py_SetImmortalUntracked(PyObject *);
extern void _PyFloat_ExactDealloc(PyObject *), _PyLong_ExactDealloc(PyObject *);
PyAPI_DATA(PyTypeObject) _PyNone_Type;
PyAPI_DATA(PyTypeObject) _PyNotImplemented_Type;

static PyObject *str(const char *text) { return keep(PyUnicode_FromString(text)); }

TEST(types_of_singletons) {
    CHECK(Py_IS_TYPE(Py_None, &_PyNone_Type) && Py_IS_TYPE(Py_NotImplemented, &_PyNotImplemented_Type));
    CHECK_BORROWED(&_PyNone_Type, "<class 'NoneType'>");
    CHECK_BORROWED(&_PyNotImplemented_Type, "<class 'NotImplementedType'>");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyNone_Type), "None");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&_PyNone_Type, "i", 1), "!!TypeError: NoneType takes no arguments");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyNotImplemented_Type), "NotImplemented");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&_PyNotImplemented_Type, "i", 1), "!!TypeError: NotImplementedType takes no arguments");
    CHECK_REPR(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "N", &_PyNone_Type), "!!TypeError: type 'NoneType' is not an acceptable base type");
}

/* Instances whose __index__ and other slots answer with what they were given. */
typedef struct { PyObject_HEAD PyObject *answer; } Answers;
static PyObject *answer(PyObject *self) {
    PyObject *found = ((Answers *)self)->answer;
    if (!found) PyErr_SetString(PyExc_ValueError, "no answer");
    return Py_XNewRef(found);
}
static void answers_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((Answers *)self)->answer);
    type->tp_free(self);
    Py_DECREF(type);
}
static PyObject *answers(PyObject *with) {
    static PyType_Slot slots[] = {{Py_nb_index, answer}, {Py_tp_dealloc, answers_dealloc}, {0, NULL}};
    static PyType_Spec spec = {"m.Answers", sizeof(Answers), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *made = keep(PyObject_CallNoArgs(keep(PyType_FromSpec(&spec))));
    ((Answers *)made)->answer = Py_XNewRef(with);
    return made;
}

TEST(index) {
    PyObject *sub = new_class("Int", (PyObject *)&PyLong_Type), *five = keep(PyObject_CallFunction(sub, "i", 5));
    CHECK_REPR(_PyNumber_Index(value("i", 1001)), "1001");
    CHECK_REPR(_PyNumber_Index(Py_True), "True");
    PyObject *same = keep(_PyNumber_Index(five));
    CHECK(same == five);
    CHECK_REPR(_PyNumber_Index(answers(value("i", 7))), "7");
    CHECK_REPR(_PyNumber_Index(value("d", 1.0)), "!!TypeError: 'float' object cannot be interpreted as an integer");
    CHECK_REPR(_PyNumber_Index(str("1")), "!!TypeError: 'str' object cannot be interpreted as an integer");
    CHECK_REPR(_PyNumber_Index(NULL), "!!SystemError: null argument to internal routine");
    CHECK_REPR(_PyNumber_Index(answers(NULL)), "!!ValueError: no answer");
    CHECK_REPR(_PyNumber_Index(answers(str("x"))), "!!TypeError: __index__ returned non-int (type str)");
    CHECK_REPR(_PyNumber_Index(answers(Py_True)), "True");
}

static PyObject *size_of(PyObject *object) {
    Py_ssize_t n = -7;
    int status = _Py_convert_optional_to_ssize_t(object, &n);
    return status ? Py_BuildValue("(in)", status, n) : NULL;
}
TEST(optional_size) {
    CHECK_REPR(size_of(Py_None), "(1, -7)");
    CHECK_REPR(size_of(value("i", 5)), "(1, 5)");
    CHECK_REPR(size_of(value("n", PY_SSIZE_T_MAX)), "(1, 9223372036854775807)");
    CHECK_REPR(size_of(value("n", PY_SSIZE_T_MIN)), "(1, -9223372036854775808)");
    CHECK_REPR(size_of(answers(value("i", 3))), "(1, 3)");
    CHECK_REPR(size_of(keep(eval("2 ** 63"))), "!!OverflowError: cannot fit 'int' into an index-sized integer");
    CHECK_REPR(size_of(value("d", 1.5)), "!!TypeError: argument should be integer or None, not 'float'");
    CHECK_REPR(size_of(str("x")), "!!TypeError: argument should be integer or None, not 'str'");
    CHECK_REPR(size_of(answers(NULL)), "!!ValueError: no answer");
    CHECK_REPR(size_of(answers(keep(eval("2 ** 64")))), "!!OverflowError: cannot fit 'm.Answers' into an index-sized integer");
    CHECK_REPR(size_of(answers(str("x"))), "!!TypeError: __index__ returned non-int (type str)");
}

/* A call through tp_call, keywords as a dict or as names whose values follow the arguments. */
TEST(make_call) {
    PyThreadState *me = PyThreadState_Get();
    PyObject *args[] = {str("12"), value("i", 8), value("i", 16)}, *integer = (PyObject *)&PyLong_Type, *dict = (PyObject *)&PyDict_Type;
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, NULL, 0, NULL), "0");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 2, NULL), "10");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 1, value("(s)", "base")), "10");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 1, value("{si}", "base", 16)), "18");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 1, value("()")), "12");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 1, value("{}")), "12");
    CHECK_REPR(_PyObject_MakeTpCall(me, dict, args + 1, 0, value("(ss)", "a", "b")), "{'a': 8, 'b': 16}");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args, 1, value("(s)", "bases")), "!!TypeError: int() got an unexpected keyword argument 'bases'. Did you mean 'base'?");
    CHECK_REPR(_PyObject_MakeTpCall(me, Py_None, args, 1, NULL), "!!TypeError: 'NoneType' object is not callable");
    CHECK_REPR(_PyObject_MakeTpCall(me, value("i", 5), NULL, 0, NULL), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(_PyObject_MakeTpCall(me, integer, args + 1, 2, NULL), "!!TypeError: int() can't convert non-string with explicit base");
}

static PyObject *method_of(PyObject *object, PyObject *name) {
    PyObject *method = NULL;
    int unbound = _PyObject_GetMethod(object, name, &method);
    return method ? Py_BuildValue("(iN)", unbound, method) : NULL;
}
TEST(get_method) {
    PyObject *class = new_class("A", NULL), *object = keep(PyObject_CallNoArgs(class));
    PyObject_SetAttrString(object, "x", Py_None);
    PyObject_SetAttrString(object, "append", Py_Ellipsis);
    PyObject_SetAttrString(class, "cut", attr((PyObject *)&PyUnicode_Type, "upper"));
    CHECK_REPR(method_of(value("[]"), str("append")), "(1, <method 'append' of 'list' objects>)");
    CHECK_REPR(method_of(value("i", 1), str("real")), "(0, 1)");
    CHECK_REPR(method_of(object, str("x")), "(0, None)");
    CHECK_REPR(method_of(object, str("append")), "(0, Ellipsis)");
    CHECK_REPR(method_of(object, str("cut")), "(1, <method 'upper' of 'str' objects>)");
    CHECK_REPR(method_of(class, str("mro")), "(0, <built-in method mro of type object at 0x...>)");
    CHECK_REPR(method_of((PyObject *)&PyDict_Type, str("fromkeys")), "(0, <built-in method fromkeys of type object at 0x...>)");
    CHECK_REPR(method_of(keep(PyModule_New("m")), str("__name__")), "(0, 'm')");
    CHECK_REPR(method_of(value("[]"), str("nope")), "!!AttributeError: 'list' object has no attribute 'nope'");
    CHECK_REPR(method_of(object, str("nope")), "!!AttributeError: 'A' object has no attribute 'nope'");
    CHECK_REPR(method_of(class, str("nope")), "!!AttributeError: type object 'A' has no attribute 'nope'");
    CHECK_REPR(method_of(object, value("i", 5)), "!!TypeError: attribute name must be string, not 'int'");
    CHECK_REPR(method_of(class, value("i", 5)), "!!TypeError: attribute name must be string, not 'int'");
}

/* Special methods are those of the type: an attribute of the instance is none. */
TEST(special_methods) {
    PyObject *class = new_class("A", NULL), *object = keep(PyObject_CallNoArgs(class));
    PyObject_SetAttrString(object, "__ceil__", attr((PyObject *)&PyLong_Type, "bit_length"));
    CHECK_REPR(_PyObject_LookupSpecial(object, str("__ceil__")), "NULL");
    CHECK_REPR(_PyObject_LookupSpecial(value("i", 5), str("__ceil__")), "<built-in method __ceil__ of int object at 0x...>");
    CHECK_REPR(_PyObject_LookupSpecial(value("i", 5), str("real")), "5");
    CHECK_REPR(_PyObject_LookupSpecial(value("{}"), str("fromkeys")), "<built-in method fromkeys of type object at 0x...>");
    CHECK_REPR(_PyObject_LookupSpecial(object, str("__nope__")), "NULL");
    PyObject_SetAttrString(class, "number", value("i", 5));
    CHECK_REPR(_PyObject_LookupSpecial(object, str("number")), "5");
    PyObject_SetAttrString(class, "fails", keep(PyObject_CallFunction(builtin("property"), "O", builtin("len"))));
    CHECK_REPR(_PyObject_LookupSpecial(object, str("fails")), "!!TypeError: object of type 'A' has no len()");

    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(value("d", 2.5), str("__ceil__")), "3");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(object, str("__ceil__")), "NULL");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(value("i", 5), str("__index__")), "5");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(value("i", 5), str("__divmod__")), "!!TypeError: expected 1 argument, got 0");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(object, str("number")), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(object, str("fails")), "!!TypeError: object of type 'A' has no len()");
    CHECK_REPR(_PyObject_MaybeCallSpecialNoArgs(value("[]"), str("__hash__")), "!!TypeError: 'NoneType' object is not callable");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(value("i", 7), str("__divmod__"), value("i", 4)), "(1, 3)");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(value("i", 7), str("__divmod__"), str("x")), "NotImplemented");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(value("i", 7), str("__divmod__"), value("i", 0)), "!!ZeroDivisionError: division by zero");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(value("i", 7), str("__index__"), value("i", 0)), "!!TypeError: expected 0 arguments, got 1");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(object, str("__divmod__"), Py_None), "NULL");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(object, str("number"), Py_None), "!!TypeError: 'int' object is not callable");
    CHECK_REPR(_PyObject_MaybeCallSpecialOneArg(value("{}"), str("fromkeys"), str("ab")), "{'a': None, 'b': None}");
}

static PyObject *state_method(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; return PyUnicode_FromString("own state"); }
static PyObject *state_fails(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; PyErr_SetString(PyExc_ValueError, "no state"); return NULL; }
TEST(get_state) {
    PyObject *class = new_class("A", NULL), *object = keep(PyObject_CallNoArgs(class));
    CHECK_REPR(_PyObject_GetState(object), "None");
    PyObject_SetAttrString(object, "x", value("i", 1));
    CHECK_REPR(_PyObject_GetState(object), "{'x': 1}");
    CHECK_REPR(_PyObject_GetState(value("i", 1)), "None");
    CHECK_REPR(_PyObject_GetState(value("[i]", 1)), "None");
    CHECK_REPR(_PyObject_GetState(keep(PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type))), "None");
    CHECK_REPR(_PyObject_GetState(Py_None), "None");
    CHECK_REPR(_PyObject_GetState((PyObject *)&PyLong_Type), "!!TypeError: unbound method object.__getstate__() needs an argument");
    CHECK_REPR(_PyObject_GetState(keep(PyModule_New("m"))), "{'__name__': 'm', '__doc__': None, '__package__': None, '__loader__': None, '__spec__': None}");
    PyObject *slotted = keep(PyObject_CallFunction((PyObject *)&PyType_Type, "s(){s(ss)ss}", "S", "__slots__", "a", "b", "__module__", "m"));
    object = keep(PyObject_CallNoArgs(slotted));
    CHECK_REPR(_PyObject_GetState(object), "None");
    PyObject_SetAttrString(object, "b", value("i", 2));
    CHECK_REPR(_PyObject_GetState(object), "(None, {'b': 2})");
    static PyMethodDef def = {"__getstate__", state_method, METH_NOARGS, NULL}, bad = {"__getstate__", state_fails, METH_NOARGS, NULL};
    PyObject_SetAttrString(class, "__getstate__", keep(PyCFunction_New(&def, NULL)));
    CHECK_REPR(_PyObject_GetState(keep(PyObject_CallNoArgs(class))), "'own state'");
    PyObject_SetAttrString(class, "__getstate__", keep(PyCFunction_New(&bad, NULL)));
    CHECK_REPR(_PyObject_GetState(keep(PyObject_CallNoArgs(class))), "!!ValueError: no state");
    PyObject_SetAttrString(class, "__getstate__", Py_None);
    CHECK_REPR(_PyObject_GetState(keep(PyObject_CallNoArgs(class))), "!!TypeError: 'NoneType' object is not callable");
}

TEST(freed) {
    PyObject object = {.ob_type = &PyLong_Type};
    uintptr_t types[] = {0, 1, 0xff, 0x100, 0xCDCDCDCDCDCDCDCD, 0xDDDDDDDDDDDDDDDD, 0xFDFDFDFDFDFDFDFD, 0xFFFFFFFFFFFFFF00, 0xFFFFFFFFFFFFFEFF, (uintptr_t)-1, 0xDBDBDBDBDBDBDBDB};
    CHECK_INT(_PyObject_IsFreed(&object), "0");
    CHECK_INT(_PyObject_IsFreed(Py_None), "0");
    CHECK_INT(_PyObject_IsFreed(NULL), "1");
    CHECK_INT(_PyObject_IsFreed((PyObject *)0xDDDDDDDDDDDDDDDD), "1");
    PyObject *found = value("[]");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        object.ob_type = (PyTypeObject *)types[i];
        PyList_Append(found, _PyObject_IsFreed(&object) ? Py_True : Py_False);
    }
    CHECK_BORROWED(found, "[True, True, True, False, True, True, True, True, False, True, False]");
}

TEST(allocation) {
    PyObject *object = _PyType_AllocNoTrack(&PyList_Type, 0);
    CHECK(Py_IS_TYPE(object, &PyList_Type) && Py_REFCNT(object) == 1 && !PyObject_GC_IsTracked(object) && Py_SIZE(object) == 0);
    PyObject_GC_Track(object);
    CHECK_REPR(object, "[]");
    object = _PyType_AllocNoTrack(&PyTuple_Type, 3);
    CHECK(Py_SIZE(object) == 3 && !PyTuple_GET_ITEM(object, 0) && !PyTuple_GET_ITEM(object, 2) && !PyObject_GC_IsTracked(object));
    for (int i = 0; i < 3; i++) PyTuple_SET_ITEM(object, i, Py_NewRef(Py_None));
    PyObject_GC_Track(object);
    CHECK_REPR(object, "(None, None, None)");
    PyObject *class = new_class("A", NULL);
    Py_ssize_t count = Py_REFCNT(class);
    object = _PyType_AllocNoTrack((PyTypeObject *)class, 0);
    CHECK(Py_REFCNT(class) == count + 1 && !PyObject_GC_IsTracked(object));
    PyObject_GC_Track(object);
    CHECK_INT(PyObject_SetAttrString(object, "x", Py_None), "0");
    Py_DECREF(object);
    CHECK(Py_REFCNT(class) == count);
    CHECK_REPR(_PyType_AllocNoTrack(&PyTuple_Type, PY_SSIZE_T_MAX / 16), "!!MemoryError");
}
TEST(managed_object) {
    PyObject *class = new_class("A", NULL);
    Py_ssize_t count = Py_REFCNT(class);
    PyObject *object = _PyType_NewManagedObject((PyTypeObject *)class);
    CHECK(Py_IS_TYPE(object, (PyTypeObject *)class) && Py_REFCNT(object) == 1 && PyObject_GC_IsTracked(object) && Py_REFCNT(class) == count + 1);
    CHECK_INT(PyObject_SetAttrString(object, "x", value("i", 5)), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "__dict__"), "{'x': 5}");
    Py_DECREF(object);
    CHECK(Py_REFCNT(class) == count);
}

/* Blocks of the object domain that are alive. */
static PyMemAllocatorEx before;
static long live;
static void *count_malloc(void *ctx, size_t size) { (void)ctx; void *block = before.malloc(before.ctx, size); live += block != NULL; return block; }
static void *count_calloc(void *ctx, size_t n, size_t size) { (void)ctx; void *block = before.calloc(before.ctx, n, size); live += block != NULL; return block; }
static void *count_realloc(void *ctx, void *old, size_t size) { (void)ctx; void *block = before.realloc(before.ctx, old, size); live += block && !old; return block; }
static void count_free(void *ctx, void *block) { (void)ctx; live -= block != NULL; before.free(before.ctx, block); }
/* The eval loop ends exact floats and ints without a look at their type. */
TEST(exact_dealloc) {
    PyMemAllocatorEx counting = {NULL, count_malloc, count_calloc, count_realloc, count_free};
    static PyObject *made[1000];
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &before);
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &counting);
    for (int kind = 0; kind < 2; kind++) {
        long at_first = live;
        for (int i = 0; i < 1000; i++) made[i] = kind ? PyLong_FromLongLong((1LL << 40) + i) : PyFloat_FromDouble(i + 0.5);
        CHECK(live - at_first >= 800);
        for (int i = 0; i < 1000; i++) { Py_SET_REFCNT(made[i], 0); (kind ? _PyLong_ExactDealloc : _PyFloat_ExactDealloc)(made[i]); }
        CHECK(live - at_first <= 200);
        PyObject *next = kind ? PyLong_FromLongLong(1LL << 41) : PyFloat_FromDouble(2.5);
        CHECK_REPR(next, kind ? "2199023255552" : "2.5");
    }
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &before);
    /* a small int stays what it is */
    PyObject *small = PyLong_FromLong(5);
    _PyLong_ExactDealloc(small);
    CHECK(PyLong_FromLong(5) == small && _Py_IsImmortal(small));
}

TEST(immortal) {
    static PyObject *list, *number;
    list = PyList_New(0);
    number = PyFloat_FromDouble(1.25);
    CHECK(PyObject_GC_IsTracked(list) && !_Py_IsImmortal(list));
    _Py_SetImmortal(list);
    CHECK(_Py_IsImmortal(list) && !PyObject_GC_IsTracked(list));
    Py_ssize_t count = Py_REFCNT(list);
    Py_INCREF(list);
    Py_DECREF(list);
    Py_DECREF(list);
    CHECK(Py_REFCNT(list) == count);
    CHECK_INT(PyList_Append(list, Py_None), "0");
    CHECK_BORROWED(list, "[None]");
    _Py_SetImmortalUntracked(number);
    Py_DECREF(number);
    Py_DECREF(number);
    CHECK(_Py_IsImmortal(number) && PyUnstable_IsImmortal(number));
    CHECK_BORROWED(number, "1.25");
    _Py_SetImmortalUntracked(number);
    CHECK(_Py_IsImmortal(number));
    PyList_SetSlice(list, 0, 1, NULL);
}

TEST(refcount_error) {
    CHECK_FATAL(_Py_FatalRefcountErrorFunc("some_function", "count went wrong"), "Fatal Python error: some_function: count went wrong");
    CHECK_FATAL(_Py_FatalRefcountErrorFunc(NULL, "count went wrong"), "Fatal Python error: count went wrong");
}
CHECK_MAIN()
