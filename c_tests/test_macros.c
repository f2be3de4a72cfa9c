/* The macros and inline functions of the headers, on objects: heads, counts, types, numbers, text, containers.
 * Their names are in abi/inline-names-3.14.tsv; test_macros_calls.c has those for code, calls and modules. */
#include "check.h"

/* A macro must evaluate its argument once: next() gives `object` and counts. */
static int evaluated;
static PyObject *next(PyObject *object) { evaluated++; return object; }
#define ONCE(expression) do { evaluated = 0; (void)(expression); CHECK(evaluated == 1); } while (0)

TEST(heads) {
    PyObject *list = value("[ii]", 1, 2);
    CHECK(Py_TYPE(list) == &PyList_Type && Py_IS_TYPE(list, &PyList_Type) && !Py_IS_TYPE(list, &PyTuple_Type));
    CHECK(Py_SIZE(list) == 2);
    ONCE(Py_TYPE(next(list))); ONCE(Py_SIZE(next(list))); ONCE(Py_IS_TYPE(next(list), &PyList_Type));
    /* they take pointers to any object struct */
    PyListObject *as_list = (PyListObject *)list;
    CHECK(Py_TYPE(as_list) == &PyList_Type && Py_SIZE(as_list) == 2 && Py_REFCNT(as_list) == Py_REFCNT(list));
    CHECK(Py_Is(list, list) && !Py_Is(list, Py_None));
    CHECK(PyObject_TypeCheck(list, &PyBaseObject_Type) && !PyObject_TypeCheck(list, &PyTuple_Type));

    PyObject *object = keep(PyObject_CallNoArgs((PyObject *)&PyList_Type));
    Py_SET_SIZE(object, 0);
    PyObject *class = new_class("C", (PyObject *)&PyList_Type);
    PyTypeObject *before = Py_TYPE(list);
    Py_SET_TYPE(list, (PyTypeObject *)class);
    CHECK(Py_TYPE(list) == (PyTypeObject *)class);
    Py_SET_TYPE(list, before);
}

TEST(counts) {
    PyObject *list = PyList_New(0);
    CHECK(Py_REFCNT(list) == 1);
    Py_INCREF(list);
    CHECK(Py_REFCNT(list) == 2);
    CHECK(Py_NewRef(list) == list && Py_XNewRef(list) == list && Py_XNewRef(NULL) == NULL);
    CHECK(Py_REFCNT(list) == 4);
    Py_XINCREF(list); Py_XINCREF((PyObject *)NULL);
    Py_XDECREF(list); Py_XDECREF((PyObject *)NULL);
    Py_DECREF(list);
    CHECK(Py_REFCNT(list) == 3);
    Py_SET_REFCNT(list, 1);
    CHECK(Py_REFCNT(list) == 1);
    evaluated = 0; Py_INCREF(next(list)); Py_DECREF(next(list)); CHECK(evaluated == 2);
    Py_DECREF(list);
}

TEST(immortal) {
    CHECK(_Py_IsImmortal(Py_None) && _Py_IsStaticImmortal(Py_None) && _Py_IsImmortal(&PyList_Type));
    Py_ssize_t before = Py_REFCNT(Py_None);
    for (int i = 0; i < 1000; i++) Py_INCREF(Py_None);
    CHECK(Py_REFCNT(Py_None) == before);
    for (int i = 0; i < 3000; i++) Py_DECREF(Py_None);
    CHECK(Py_REFCNT(Py_None) == before);
    Py_SET_REFCNT(Py_None, 7);
    CHECK(Py_REFCNT(Py_None) == before);
    PyObject *list = value("[]");
    CHECK(!_Py_IsImmortal(list) && !_Py_IsStaticImmortal(list));

    /* between the start of the immortal range and its middle a count goes up, but not down */
    PyObject fake = {.ob_type = &PyBaseObject_Type};
    fake.ob_refcnt = 0x80000000u;
    CHECK(_Py_IsImmortal(&fake));
    Py_INCREF(&fake);
    CHECK(fake.ob_refcnt == 0x80000001u);
    Py_DECREF(&fake);
    CHECK(fake.ob_refcnt == 0x80000001u);
    fake.ob_refcnt = 0xC0000000u;
    Py_INCREF(&fake);
    CHECK(fake.ob_refcnt == 0xC0000000u);

    static struct { PyObject_HEAD int after; } initialized = {PyObject_HEAD_INIT(&PyList_Type) 7};
    CHECK(initialized.ob_base.ob_refcnt == 3u << 30 && initialized.ob_base.ob_flags == 5 && initialized.ob_base.ob_type == &PyList_Type && initialized.after == 7);
}

TEST(replace) {
    PyObject *a = PyList_New(0), *b = PyList_New(0), *slot = Py_NewRef(a), *slots[2] = {Py_NewRef(a), NULL};
    Py_SETREF(slot, Py_NewRef(b));
    CHECK(slot == b && Py_REFCNT(a) == 2 && Py_REFCNT(b) == 2);
    int index = 0;
    Py_XSETREF(slots[index++], Py_NewRef(b));
    CHECK(index == 1 && slots[0] == b && Py_REFCNT(a) == 1 && Py_REFCNT(b) == 3);
    Py_XSETREF(slots[index], Py_NewRef(b));
    CHECK(slots[1] == b && Py_REFCNT(b) == 4);
    Py_CLEAR(slots[index--]);
    Py_CLEAR(slots[index]);
    Py_CLEAR(slots[index]);
    Py_CLEAR(slot);
    CHECK(!slots[0] && !slots[1] && !slot && Py_REFCNT(b) == 1);
    /* the variable is NULL before the object goes, and may be of another pointer type */
    PyListObject *typed = (PyListObject *)a;
    Py_CLEAR(typed);
    CHECK(typed == NULL);
    Py_DECREF(b);
}

static PyObject *return_none(void) { Py_RETURN_NONE; }
static PyObject *return_true(void) { Py_RETURN_TRUE; }
static PyObject *return_false(void) { Py_RETURN_FALSE; }
static PyObject *return_notimplemented(void) { Py_RETURN_NOTIMPLEMENTED; }
static PyObject *return_nan(void) { Py_RETURN_NAN; }
static PyObject *return_inf(double sign) { Py_RETURN_INF(sign); }
static PyObject *compare(int a, int b, int op) { Py_RETURN_RICHCOMPARE(a, b, op); }

TEST(singletons) {
    CHECK(Py_IsNone(Py_None) && Py_IsTrue(Py_True) && Py_IsFalse(Py_False) && !Py_IsTrue(Py_None));
    CHECK_REPR(return_none(), "None");
    CHECK_REPR(return_true(), "True");
    CHECK_REPR(return_false(), "False");
    CHECK_REPR(return_notimplemented(), "NotImplemented");
    CHECK_REPR(return_nan(), "nan");
    CHECK_REPR(return_inf(2.0), "inf");
    CHECK_REPR(return_inf(-0.0), "-inf");
    CHECK_BORROWED(Py_Ellipsis, "Ellipsis");
    CHECK(PyBool_Check(Py_True) && !PyBool_Check(Py_None));
    const char *expected[] = {"True False False", "True True False", "False True False", "True False True", "False False True", "False True True"};
    for (int op = Py_LT; op <= Py_GE; op++) {
        char got[64] = "";
        for (int b = 1; b >= -1; b--) {
            strcat(got, compare(0, b, op) == Py_True ? "True" : "False");
            if (b > -1) strcat(got, " ");
        }
        check_same(__FILE__, __LINE__, "Py_RETURN_RICHCOMPARE", got, expected[op]);
    }
}

TEST(types) {
    CHECK(PyType_Check(&PyList_Type) && PyType_CheckExact(&PyList_Type) && !PyType_Check(Py_None));
    CHECK(PyType_HasFeature(&PyList_Type, Py_TPFLAGS_LIST_SUBCLASS) && !PyType_HasFeature(&PyList_Type, Py_TPFLAGS_HEAPTYPE));
    CHECK(PyType_FastSubclass(&PyBool_Type, Py_TPFLAGS_LONG_SUBCLASS) && PyType_IS_GC(&PyList_Type) && !PyType_IS_GC(&PyLong_Type));
    CHECK(_PyObject_SIZE(&PyFloat_Type) == sizeof(PyFloatObject));
    CHECK(_PyObject_VAR_SIZE(&PyBytes_Type, 0) == 40 && _PyObject_VAR_SIZE(&PyBytes_Type, 7) == 40 && _PyObject_VAR_SIZE(&PyBytes_Type, 8) == 48);
    CHECK(_PyObject_VAR_SIZE(&PyTuple_Type, 3) == 32 + 3 * 8);
    PyObject *class = new_class("C", NULL);
    CHECK(PyType_Check(class) && PyType_HasFeature((PyTypeObject *)class, Py_TPFLAGS_HEAPTYPE));

    CHECK(PyExceptionClass_Check(PyExc_OSError) && !PyExceptionClass_Check((PyObject *)&PyList_Type) && !PyExceptionClass_Check(Py_None));
    PyObject *error = keep(PyObject_CallNoArgs(PyExc_OSError));
    CHECK(PyExceptionInstance_Check(error) && !PyExceptionInstance_Check(Py_None));
    CHECK(PyExceptionInstance_Class(error) == PyExc_OSError && !_PyBaseExceptionGroup_Check(error));
    CHECK_INT(((PyOSErrorObject *)error)->written, "-1");
    CHECK_RAISES(PyErr_BadInternalCall(), PyExc_SystemError, "bad argument to internal function");
}

TEST(new_objects) {
    PyObject *class = new_class("C", NULL);
    PyObject *object = PyObject_New(PyObject, &PyBaseObject_Type);
    CHECK(object && Py_REFCNT(object) == 1 && Py_IS_TYPE(object, &PyBaseObject_Type));
    Py_DECREF(object);
    PyFloatObject *number = PyObject_New(PyFloatObject, &PyFloat_Type);
    number->ob_fval = 1.5;
    CHECK_REPR(number, "1.5");
    PyBytesObject *bytes = PyObject_NewVar(PyBytesObject, &PyBytes_Type, 3);
    CHECK(Py_SIZE(bytes) == 3);
    memcpy(PyBytes_AS_STRING(bytes), "abc", 4);
    ((Py_hash_t *)bytes->ob_sval)[-1] = -1;
    CHECK_REPR(bytes, "b'abc'");
    PyListObject *list = PyObject_GC_New(PyListObject, &PyList_Type);
    CHECK(Py_REFCNT(list) == 1);
    list->ob_item = NULL; list->allocated = 0; Py_SET_SIZE(list, 0);
    PyObject_GC_Track(list);
    CHECK_REPR(list, "[]");
    PyTupleObject *tuple = PyObject_GC_NewVar(PyTupleObject, &PyTuple_Type, 1);
    tuple = PyObject_GC_Resize(PyTupleObject, tuple, 2);
    CHECK(tuple && Py_SIZE(tuple) == 2);
    tuple->ob_item[0] = Py_NewRef(Py_None); tuple->ob_item[1] = Py_NewRef(class); tuple->ob_hash = -1;
    CHECK(PyTuple_GET_SIZE(tuple) == 2 && PyTuple_GET_ITEM(tuple, 1) == class);
    Py_DECREF(tuple);

    double storage;
    PyObject *in_place = PyObject_INIT((PyObject *)PyObject_MALLOC(sizeof(PyFloatObject)), &PyFloat_Type);
    storage = ((PyFloatObject *)in_place)->ob_fval = 2.5;
    CHECK(storage == 2.5 && Py_REFCNT(in_place) == 1);
    CHECK_REPR(in_place, "2.5");
}

TEST(memory) {
    int *numbers = PyMem_New(int, 4);
    CHECK(numbers != NULL);
    numbers[3] = 3;
    PyMem_Resize(numbers, int, 400);
    CHECK(numbers && numbers[3] == 3);
    PyMem_Del(numbers);
    CHECK(PyMem_New(int, (size_t)PY_SSIZE_T_MAX) == NULL);
    char *bytes = PyMem_NEW(char, 8);
    PyMem_RESIZE(bytes, char, 16);
    bytes = PyMem_REALLOC(bytes, 32);
    CHECK(bytes != NULL);
    PyMem_FREE(bytes);
    bytes = PyMem_MALLOC(1);
    PyMem_DEL(bytes);
    bytes = PyObject_MALLOC(1);
    bytes = PyObject_REALLOC(bytes, 100);
    CHECK(bytes != NULL);
    PyObject_FREE(bytes);
    char *nothing = PyMem_New(char, 1);
    PyObject_Del(PyObject_Malloc(1)); PyObject_DEL(PyObject_Malloc(1)); PyMem_Free(nothing);
}

TEST(ints) {
    PyObject *one = value("i", 1), *big = keep(PyLong_FromString("-123456789012345678901234567890", NULL, 10));
    CHECK(PyLong_Check(one) && PyLong_CheckExact(one) && PyLong_Check(Py_True) && !PyLong_CheckExact(Py_True) && !PyLong_Check(Py_None));
    CHECK(PyUnstable_Long_IsCompact((PyLongObject *)one) && PyUnstable_Long_CompactValue((PyLongObject *)one) == 1);
    CHECK(!PyUnstable_Long_IsCompact((PyLongObject *)big));
    PyObject *edge = keep(PyLong_FromLong(-((1 << 30) - 1))), *past = keep(PyLong_FromLong(1 << 30)), *zero = keep(PyLong_FromLong(0));
    CHECK(PyUnstable_Long_CompactValue((PyLongObject *)edge) == -1073741823 && !PyUnstable_Long_IsCompact((PyLongObject *)past));
    CHECK(PyUnstable_Long_CompactValue((PyLongObject *)zero) == 0);
    CHECK(((PyLongObject *)past)->long_value.lv_tag == 2 << 3 && ((PyLongObject *)past)->long_value.ob_digit[1] == 1);
    CHECK(((PyLongObject *)big)->long_value.lv_tag == (4 << 3 | 2));
    CHECK_INT(PyLong_AS_LONG(one), "1");
    CHECK_INT(PyLong_AsPid(one), "1");
    CHECK_INT(PyLong_AsPid(past), "1073741824");
    CHECK_INT(PyLong_AsPid(big), "-1 !!OverflowError: Python int too large to convert to C int");
    CHECK_REPR(PyLong_FromPid(12), "12");
}

TEST(floats) {
    PyObject *number = value("d", 1.25);
    CHECK(PyFloat_Check(number) && PyFloat_CheckExact(number) && !PyFloat_Check(Py_None) && PyFloat_AS_DOUBLE(number) == 1.25);
    ONCE(PyFloat_AS_DOUBLE(next(number)));
    Py_complex c = {1, -2};
    PyObject *complex = keep(PyComplex_FromCComplex(c));
    CHECK(PyComplex_Check(complex) && PyComplex_CheckExact(complex) && !PyComplex_Check(number));
    CHECK(((PyComplexObject *)complex)->cval.imag == -2);
    CHECK(Py_IS_NAN(Py_NAN) && Py_IS_INFINITY(Py_INFINITY) && Py_IS_FINITE(1.0) && !Py_IS_FINITE(Py_HUGE_VAL));
    CHECK(Py_MATH_TAU > 2 * Py_MATH_E && Py_MATH_PIl > 3 && Py_MATH_El > 2);
}

TEST(bytes) {
    PyObject *bytes = value("y", "abc"), *array = keep(PyByteArray_FromStringAndSize("xyz", 3)), *empty = keep(PyByteArray_FromStringAndSize("", 0));
    CHECK(PyBytes_Check(bytes) && PyBytes_CheckExact(bytes) && !PyBytes_Check(array));
    CHECK(PyBytes_GET_SIZE(bytes) == 3 && strcmp(PyBytes_AS_STRING(bytes), "abc") == 0);
    CHECK(PyByteArray_Check(array) && PyByteArray_CheckExact(array) && !PyByteArray_Check(bytes));
    CHECK(PyByteArray_GET_SIZE(array) == 3 && strcmp(PyByteArray_AS_STRING(array), "xyz") == 0);
    CHECK(PyByteArray_GET_SIZE(empty) == 0 && PyByteArray_AS_STRING(empty)[0] == 0);
    PyObject *view = keep(PyMemoryView_FromObject(array));
    CHECK(PyMemoryView_Check(view) && !PyMemoryView_Check(array));
    CHECK(PyMemoryView_GET_BASE(view) == array && PyMemoryView_GET_BUFFER(view)->len == 3);
}

TEST(text) {
    PyObject *texts[] = {value("s", "abc"), value("s", "\xc3\xa9t\xc3\xa9"), value("s", "\xe2\x82\xac!"), value("s", "\xf0\x9f\x90\x8d"), value("s", "")};
    int kinds[] = {1, 1, 2, 4, 1}, lengths[] = {3, 3, 2, 1, 0};
    Py_UCS4 maxima[] = {0x7f, 0xff, 0xffff, 0x10ffff, 0x7f}, firsts[] = {'a', 0xe9, 0x20ac, 0x1f40d, 0};
    for (int i = 0; i < 5; i++) {
        PyObject *text = texts[i];
        CHECK(PyUnicode_Check(text) && PyUnicode_CheckExact(text) && PyUnicode_READY(text) == 0 && PyUnicode_IS_READY(text));
        CHECK(PyUnicode_KIND(text) == (unsigned)kinds[i] && PyUnicode_GET_LENGTH(text) == lengths[i]);
        CHECK(PyUnicode_MAX_CHAR_VALUE(text) == maxima[i] && PyUnicode_READ_CHAR(text, 0) == firsts[i]);
        CHECK(PyUnicode_IS_COMPACT(text) && (int)PyUnicode_IS_ASCII(text) == (maxima[i] == 0x7f) && PyUnicode_IS_COMPACT_ASCII(text) == (maxima[i] == 0x7f));
        CHECK(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), lengths[i]) == 0);
        ONCE(PyUnicode_DATA(next(text))); ONCE(PyUnicode_GET_LENGTH(next(text)));
    }
    CHECK(PyUnicode_1BYTE_DATA(texts[0])[1] == 'b' && PyUnicode_2BYTE_DATA(texts[2])[1] == '!' && PyUnicode_4BYTE_DATA(texts[3])[0] == 0x1f40d);
    CHECK(!PyUnicode_Check(Py_None) && PyUnicode_CHECK_INTERNED(texts[4]));

    PyObject *made = PyUnicode_New(3, 0x10ffff);
    for (int i = 0; i < 3; i++) PyUnicode_WRITE(PyUnicode_KIND(made), PyUnicode_DATA(made), i, 'x' + i);
    CHECK_REPR(made, "'xyz'");
    made = PyUnicode_New(2, 0xff);
    PyUnicode_WRITE(PyUnicode_1BYTE_KIND, PyUnicode_DATA(made), 0, 0xe9); PyUnicode_WRITE(1, PyUnicode_DATA(made), 1, 'b');
    CHECK_REPR(made, "'\xc3\xa9" "b'");
    made = PyUnicode_New(1, 0x20ac);
    PyUnicode_WRITE(PyUnicode_2BYTE_KIND, PyUnicode_DATA(made), 0, 0x20ac);
    CHECK_REPR(made, "'\xe2\x82\xac'");

    /* an instance of a subclass keeps its characters elsewhere */
    PyObject *other = keep(PyObject_CallOneArg(new_class("S", (PyObject *)&PyUnicode_Type), texts[1]));
    CHECK(PyUnicode_Check(other) && !PyUnicode_CheckExact(other) && !PyUnicode_IS_COMPACT(other));
    CHECK(PyUnicode_READ_CHAR(other, 2) == 0xe9 && PyUnicode_1BYTE_DATA(other)[1] == 't' && PyUnicode_GET_LENGTH(other) == 3);
}

TEST(characters) {
    CHECK(Py_UNICODE_ISSPACE(' ') && Py_UNICODE_ISSPACE(0x1f) && Py_UNICODE_ISSPACE(0x2003) && !Py_UNICODE_ISSPACE('a') && !Py_UNICODE_ISSPACE(0x200b));
    CHECK(Py_UNICODE_ISALPHA('a') && Py_UNICODE_ISALPHA(0xe9) && !Py_UNICODE_ISALPHA('1'));
    CHECK(Py_UNICODE_ISALNUM('1') && Py_UNICODE_ISALNUM(0xb2) && Py_UNICODE_ISALNUM(0xbd) && !Py_UNICODE_ISALNUM('-'));
    CHECK(Py_UNICODE_ISLOWER('a') && Py_UNICODE_ISUPPER('A') && Py_UNICODE_ISTITLE(0x1c5) && !Py_UNICODE_ISLOWER('A'));
    CHECK(Py_UNICODE_TOLOWER('A') == 'a' && Py_UNICODE_TOUPPER(0xe9) == 0xc9 && Py_UNICODE_TOTITLE(0x1c6) == 0x1c5);
    CHECK(Py_UNICODE_ISDECIMAL('7') && Py_UNICODE_ISDIGIT(0xb2) && !Py_UNICODE_ISDECIMAL(0xb2) && Py_UNICODE_ISNUMERIC(0xbd));
    CHECK(Py_UNICODE_TODECIMAL(0x0663) == 3 && Py_UNICODE_TODIGIT(0xb2) == 2 && Py_UNICODE_TONUMERIC(0xbd) == 0.5 && Py_UNICODE_TODECIMAL('x') == -1);
    CHECK(Py_UNICODE_ISPRINTABLE('a') && !Py_UNICODE_ISPRINTABLE(7) && Py_UNICODE_ISLINEBREAK('\n') && !Py_UNICODE_ISLINEBREAK(' '));
    CHECK(Py_UNICODE_IS_SURROGATE(0xd800) && Py_UNICODE_IS_HIGH_SURROGATE(0xdbff) && Py_UNICODE_IS_LOW_SURROGATE(0xdc00) && !Py_UNICODE_IS_SURROGATE(0xe000));
    CHECK(Py_UNICODE_HIGH_SURROGATE(0x1f40d) == 0xd83d && Py_UNICODE_LOW_SURROGATE(0x1f40d) == 0xdc0d && Py_UNICODE_JOIN_SURROGATES(0xd83d, 0xdc0d) == 0x1f40d);
    char classes[129];
    for (int c = 0; c < 128; c++)
        classes[c] = (char)('0' + !!Py_ISALPHA(c) + 2 * !!Py_ISDIGIT(c) + 4 * !!Py_ISSPACE(c) + 8 * !!Py_ISUPPER(c) + 16 * !!Py_ISXDIGIT(c) + 32 * !!Py_ISLOWER(c));
    classes[128] = 0;
    CHECK_STR_EQ(classes, "000000000444440000000000000000004000000000000000BBBBBBBBBB0000000IIIIII99999999999999999999000000aaaaaaQQQQQQQQQQQQQQQQQQQQ00000");
    for (int c = 0; c < 256; c++) CHECK(!!Py_ISALNUM(c) == (Py_ISALPHA(c) || Py_ISDIGIT(c)));
    CHECK(Py_TOLOWER('Q') == 'q' && Py_TOUPPER('q') == 'Q' && Py_TOLOWER(0xc9) == 0xc9 && Py_CHARMASK(-1) == 255);
}

TEST(containers) {
    PyObject *tuple = PyTuple_New(2), *list = PyList_New(2);
    PyTuple_SET_ITEM(tuple, 0, PyLong_FromLong(1)); PyTuple_SET_ITEM(tuple, 1, PyUnicode_FromString("b"));
    PyList_SET_ITEM(list, 0, PyLong_FromLong(3)); PyList_SET_ITEM(list, 1, Py_NewRef(tuple));
    CHECK(PyTuple_Check(tuple) && PyTuple_CheckExact(tuple) && !PyTuple_Check(list) && PyTuple_GET_SIZE(tuple) == 2);
    CHECK(PyList_Check(list) && PyList_CheckExact(list) && !PyList_Check(tuple) && PyList_GET_SIZE(list) == 2);
    CHECK_BORROWED(PyTuple_GET_ITEM(tuple, 1), "'b'");
    CHECK_BORROWED(PyList_GET_ITEM(list, 1), "(1, 'b')");
    CHECK(&PyTuple_GET_ITEM(tuple, 0) + 1 == &PyTuple_GET_ITEM(tuple, 1) && ((PyListObject *)list)->ob_item == &PyList_GET_ITEM(list, 0));
    CHECK(PySequence_Fast_GET_SIZE(tuple) == 2 && PySequence_Fast_GET_SIZE(list) == 2 && PySequence_Fast_ITEMS(list)[1] == tuple);
    CHECK_BORROWED(PySequence_Fast_GET_ITEM(tuple, 0), "1");
    CHECK_BORROWED(PySequence_Fast_ITEMS(tuple)[1], "'b'");
    CHECK_REPR(PySequence_ITEM(list, 0), "3");
    CHECK_REPR(PySequence_ITEM(tuple, 5), "!!IndexError: tuple index out of range");
    CHECK_INT(PySequence_Length(list), "2");
    CHECK_INT(PySequence_In(list, tuple), "1");
    CHECK_INT(PyObject_Length(tuple), "2");
    Py_DECREF(list); Py_DECREF(tuple);

    PyObject *dict = value("{si}", "a", 1), *keys = keep(PyObject_CallMethod(dict, "keys", NULL)), *values = keep(PyObject_CallMethod(dict, "values", NULL)),
             *items = keep(PyObject_CallMethod(dict, "items", NULL));
    CHECK(PyDict_Check(dict) && PyDict_CheckExact(dict) && !PyDict_Check(keys) && PyDict_GET_SIZE(dict) == 1);
    CHECK(PyDictKeys_Check(keys) && PyDictValues_Check(values) && PyDictItems_Check(items) && !PyDictKeys_Check(items));
    CHECK(PyDictViewSet_Check(keys) && PyDictViewSet_Check(items) && !PyDictViewSet_Check(values));
    CHECK_INT(PyMapping_Length(dict), "1");
    CHECK_INT(PyMapping_DelItemString(dict, "x"), "-1 !!KeyError: 'x'");
    CHECK_INT(PyMapping_DelItem(dict, value("s", "a")), "0");
    CHECK(PyDict_GET_SIZE(dict) == 0);

    PyObject *set = keep(PySet_New(value("(ii)", 1, 2))), *frozen = keep(PyFrozenSet_New(NULL));
    CHECK(PySet_Check(set) && PySet_CheckExact(set) && !PySet_Check(frozen) && PySet_GET_SIZE(set) == 2);
    CHECK(PyFrozenSet_Check(frozen) && PyFrozenSet_CheckExact(frozen) && !PyFrozenSet_Check(set));
    CHECK(PyAnySet_Check(set) && PyAnySet_Check(frozen) && PyAnySet_CheckExact(frozen) && !PyAnySet_Check(dict));
    PyObject *derived = keep(PyObject_CallNoArgs(new_class("D", (PyObject *)&PySet_Type)));
    CHECK(PySet_Check(derived) && !PySet_CheckExact(derived) && PyAnySet_Check(derived) && !PyAnySet_CheckExact(derived));

    PyObject *slice = keep(PySlice_New(value("i", 1), NULL, NULL)), *range = keep(PyObject_CallFunction((PyObject *)&PyRange_Type, "i", 3));
    CHECK(PySlice_Check(slice) && PyRange_Check(range) && !PyRange_Check(slice) && ((PySliceObject *)slice)->stop == Py_None);
    Py_ssize_t start, stop, step, length;
    CHECK_INT(PySlice_GetIndicesEx(slice, 10, &start, &stop, &step, &length), "0");
    CHECK(start == 1 && stop == 10 && step == 1 && length == 9);
    CHECK_INT(PySlice_GetIndicesEx(keep(PySlice_New(NULL, NULL, value("i", 0))), 10, &start, &stop, &step, &length), "-1 !!ValueError: slice step cannot be zero");
    CHECK(length == 0);
    PyObject *iterator = keep(PySeqIter_New(value("()"))), *calls = keep(PyCallIter_New(builtin("len"), Py_None));
    CHECK(PySeqIter_Check(iterator) && PyCallIter_Check(calls) && !PySeqIter_Check(calls));
}

TEST(small_macros) {
    CHECK(Py_MIN(1, 2) == 1 && Py_MAX(1, 2) == 2 && Py_ABS(-3) == 3 && _Py_ABS_CAST(unsigned, INT_MIN) == 0x80000000u);
    CHECK(strcmp(Py_STRINGIFY(Py_EQ), "2") == 0 && Py_MEMBER_SIZE(PyTypeObject, tp_name) == 8);
    int array[7];
    CHECK(Py_ARRAY_LENGTH(array) == 7 && Py_BUILD_ASSERT_EXPR(1) == 0);
    Py_BUILD_ASSERT(sizeof(array) == 7 * sizeof(int));
    CHECK(_Py_SIZE_ROUND_UP(9, 8) == 16 && _Py_SIZE_ROUND_DOWN(15, 8) == 8 && _Py_IS_ALIGNED(_Py_ALIGN_UP((char *)0 + 9, 8), 8));
    CHECK(_Py_ALIGN_DOWN((char *)0 + 9, 8) == (void *)8);
    CHECK(Py_ARITHMETIC_RIGHT_SHIFT(int, -5, 1) == -3 && Py_SAFE_DOWNCAST(300, int, unsigned char) == 44);
    CHECK(PY_VERSION_HEX >= 0x030e0000 && PY_VERSION_HEX < 0x030f0000 && (Py_Version >> 16) == (PY_VERSION_HEX >> 16) && Py_PACK_VERSION(3, 14) == 0x030e0000);
    CHECK(Py_PACK_FULL_VERSION(3, 14, 1, 0xF, 2) == 0x030e01f2 && Py_LL(5) == 5LL && Py_ULL(5) == 5ULL);
    PyDoc_STRVAR(doc, "documented");
    CHECK(sizeof(doc) == sizeof("documented") && strcmp(PyDoc_STR("x"), "x") == 0);
    const wchar_t *nul = _Py_NULL;
    CHECK(nul == NULL && _Py_RVALUE(3) == 3 && _Py_IS_TYPE_SIGNED(int) && !_Py_IS_TYPE_SIGNED(unsigned));
}
CHECK_MAIN()
