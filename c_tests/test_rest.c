/* Stable functions that no other test calls: older names, setters of Unicode errors, thread keys, signals, paths, options. */
#include "check.h"
#include <signal.h>
#include <stddef.h>
#include <marshal.h>
#include <structmember.h>

extern PyObject *PyUnicode_AsEncodedObject(PyObject *, const char *, const char *), *PyUnicode_AsDecodedObject(PyObject *, const char *, const char *);
extern void PySys_AddWarnOption(const wchar_t *), PySys_ResetWarnOptions(void), PySys_AddXOption(const wchar_t *);
extern void PySys_SetPath(const wchar_t *);
extern int PySys_HasWarnOptions(void), PyThread_create_key(void), PyThread_set_key_value(int, void *);
extern void PyThread_delete_key(int), PyThread_delete_key_value(int), *PyThread_get_key_value(int), PyThread_ReInitTLS(void);

TEST(encode_error) {
    PyObject *e = keep(PyObject_CallFunction(PyExc_UnicodeEncodeError, "ssiis", "ascii", "abc\xc3\xa9", 3, 4, "ordinal")), *none = Py_None;
    Py_ssize_t n = -1;
    CHECK_REPR(PyUnicodeEncodeError_GetEncoding(e), "'ascii'");
    CHECK_REPR(PyUnicodeEncodeError_GetReason(e), "'ordinal'");
    CHECK_INT(PyUnicodeEncodeError_GetEnd(e, &n), "0");
    CHECK_INT(n, "4");
    CHECK_INT(PyUnicodeEncodeError_SetStart(e, 1), "0");
    CHECK_INT(PyUnicodeEncodeError_SetEnd(e, 2), "0");
    CHECK_INT(PyUnicodeEncodeError_SetReason(e, "another"), "0");
    CHECK_REPR(PyObject_Str(e), "\"'ascii' codec can't encode character '\\\\x62' in position 1: another\"");
    CHECK_INT(PyUnicodeEncodeError_SetStart(none, 1), "-1 !!TypeError: expecting a UnicodeEncodeError object, got NoneType");
    PyObject *t = keep(PyObject_CallFunction(PyExc_UnicodeTranslateError, "siis", "abcd", 1, 3, "why"));
    CHECK_REPR(PyUnicodeTranslateError_GetObject(t), "'abcd'");
    CHECK_REPR(PyUnicodeTranslateError_GetReason(t), "'why'");
    CHECK_INT(PyUnicodeTranslateError_GetStart(t, &n), "0");
    CHECK_INT(PyUnicodeTranslateError_GetEnd(t, &n), "0");
    CHECK_INT(PyUnicodeTranslateError_SetStart(t, 99), "0");
    CHECK_INT(PyUnicodeTranslateError_GetStart(t, &n), "0");
    CHECK_INT(n, "3");
    CHECK_INT(PyUnicodeTranslateError_SetEnd(t, -5), "0");
    CHECK_INT(PyUnicodeTranslateError_SetReason(t, "changed"), "0");
    CHECK_REPR(PyObject_Str(t), "\"can't translate characters in position 99--6: changed\"");
    CHECK_REPR(PyUnicodeTranslateError_GetObject(e), "'abcé'");
}

TEST(unicode) {
    Py_ssize_t used = -1;
    int order = -1;
    CHECK_REPR(PyUnicode_DecodeUTF32Stateful("a\0\0\0b\0", 6, NULL, &order, &used), "'a'");
    CHECK_INT(used, "4");
    CHECK_REPR(PyUnicode_DecodeUTF7Stateful("a+ACI", 5, NULL, &used), "'a'");
    CHECK_INT(used, "1");
    CHECK_REPR(PyUnicode_DecodeUTF7("+\xff", 2, NULL), "!!UnicodeDecodeError: 'utf7' codec can't decode bytes in position 0-1: ill-formed sequence");
    CHECK_REPR(PyUnicode_AsEncodedObject(value("s", "a\xc3\xa9"), "utf-8", NULL), "b'a\\xc3\\xa9'");
    CHECK_REPR(PyUnicode_AsDecodedObject(value("s", "a"), "utf-8", NULL), "!!TypeError: a bytes-like object is required, not 'str'");
    CHECK_STR_EQ(Py_FileSystemDefaultEncoding, "utf-8");
    CHECK_STR_EQ(Py_FileSystemDefaultEncodeErrors, "surrogateescape");
}

TEST(threads) {
    int key = PyThread_create_key(), other = 5;
    CHECK(key >= 0 && PyThread_get_key_value(key) == NULL);
    CHECK_INT(PyThread_set_key_value(key, &other), "0");
    CHECK(PyThread_get_key_value(key) == &other);
    PyThread_delete_key_value(key);
    CHECK(PyThread_get_key_value(key) == NULL);
    PyThread_delete_key(key);
    PyThread_ReInitTLS();
    CHECK_INT(PyThread_get_stacksize(), "0");
    CHECK_INT(PyThread_set_stacksize(1 << 20), "0");
    CHECK_INT(PyThread_get_stacksize(), "1048576");
    CHECK_INT(PyThread_set_stacksize(5), "-1");
    CHECK_INT(PyThread_set_stacksize(0), "0");
    PyObject *info = keep(PyThread_GetInfo());
    CHECK_REPR(PySequence_GetSlice(info, 0, 2), "('pthread', 'semaphore')");
    PyThread_init_thread();
}

static void on_signal(int number) { (void)number; }
TEST(signals) {
    PyOS_sighandler_t before = PyOS_getsig(SIGUSR1);
    CHECK(PyOS_setsig(SIGUSR1, on_signal) == before && PyOS_getsig(SIGUSR1) == on_signal);
    CHECK(PyOS_setsig(SIGUSR1, before) == on_signal);
    CHECK_INT(PyErr_CheckSignals(), "0");
    CHECK_INT(PyErr_SetInterruptEx(0), "-1");
    CHECK_INT(PyErr_SetInterruptEx(9999), "-1");
    CHECK_INT(PyOS_InterruptOccurred(), "0");
}

TEST(options) {
    CHECK_INT(PySys_HasWarnOptions(), "0");
    PySys_AddWarnOption(L"ignore::UserWarning");
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "['ignore::UserWarning']");
    CHECK_INT(PySys_HasWarnOptions(), "1");
    PySys_ResetWarnOptions();
    CHECK_BORROWED(PySys_GetObject("warnoptions"), "[]");
    PySys_AddXOption(L"own=5");
    PySys_AddXOption(L"alone");
    CHECK_BORROWED(PySys_GetXOptions(), "{'own': '5', 'alone': True}");
    CHECK_INT(Py_GetRecursionLimit(), "1000");
    Py_SetRecursionLimit(500);
    CHECK_INT(Py_GetRecursionLimit(), "500");
    Py_SetRecursionLimit(1000);
    int count = -1;
    wchar_t **arguments = NULL;
    Py_GetArgcArgv(&count, &arguments);
    CHECK(count >= 0);
    CHECK(Py_GetProgramName() != NULL && Py_GetPath() != NULL && Py_GetPrefix() != NULL && Py_GetExecPrefix() != NULL && Py_GetProgramFullPath() != NULL);
    wchar_t *argv[] = {L"own", L"argument"};
    PySys_SetArgvEx(2, argv, 0);
    CHECK_BORROWED(PySys_GetObject("argv"), "['own', 'argument']");
    PyObject *path = PySequence_List(PySys_GetObject("path"));
    PySys_SetPath(L"/one:/two");
    CHECK_BORROWED(PySys_GetObject("path"), "['/one', '/two']");
    PySys_SetObject("path", path);
    Py_XDECREF(path);
}

typedef struct { PyObject_HEAD int x; } Plain;
TEST(descriptors) {
    PyType_Spec spec = {"m.P", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT, (PyType_Slot[]){{0, NULL}}};
    PyObject *type = keep(PyType_FromSpec(&spec)), *object = keep(PyObject_CallNoArgs(type));
    static PyMemberDef member = {"x", Py_T_INT, offsetof(Plain, x), 0, "the x"};
    PyObject *descriptor = keep(PyDescr_NewMember((PyTypeObject *)type, &member));
    CHECK_BORROWED(descriptor, "<member 'x' of 'm.P' objects>");
    CHECK_INT(PyObject_SetAttrString(type, "x", descriptor), "0");
    CHECK_INT(PyObject_SetAttrString(object, "x", value("i", 7)), "0");
    CHECK_REPR(PyObject_GetAttrString(object, "x"), "7");
    CHECK_REPR(keep(PyWrapper_New(attr((PyObject *)&PyLong_Type, "__add__"), value("i", 5))) ? PyUnicode_FromString("wrapper") : NULL, "'wrapper'");
    CHECK_REPR(PyObject_CallFunction(keep(PyWrapper_New(attr((PyObject *)&PyLong_Type, "__add__"), value("i", 5))), "i", 6), "11");
    PyObject *resized = (PyObject *)PyObject_GC_NewVar(PyTupleObject, &PyTuple_Type, 2);
    CHECK(resized != NULL);
    ((PyTupleObject *)resized)->ob_item[0] = ((PyTupleObject *)resized)->ob_item[1] = NULL;
    resized = (PyObject *)PyObject_GC_Resize(PyTupleObject, resized, 4);
    CHECK(resized && Py_SIZE(resized) == 4);
    if (resized) PyObject_GC_Del(resized);
    CHECK_STR_EQ(PyStructSequence_UnnamedField, "unnamed field");
}

TEST(marshal) {
    PyObject *object = value("(iszO[d]{si})", 5, "text", NULL, Py_True, 2.5, "k", 1), *bytes = keep(PyMarshal_WriteObjectToString(object, Py_MARSHAL_VERSION));
    CHECK(bytes && PyBytes_Check(bytes));
    CHECK_REPR(PyMarshal_ReadObjectFromString(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)), "(5, 'text', None, True, [2.5], {'k': 1})");
    CHECK_REPR(PyMarshal_ReadObjectFromString(PyBytes_AS_STRING(bytes), 3), "!!EOFError: marshal data too short");
    CHECK_REPR(PyMarshal_ReadObjectFromString("?", 1), "!!ValueError: bad marshal data (unknown type code)");
    CHECK_REPR(PyMarshal_WriteObjectToString(keep(PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type)), 4), "!!ValueError: unmarshallable object");
    CHECK_REPR(PyMarshal_WriteObjectToString(value("i", 300), 2), "b'i,\\x01\\x00\\x00'");
}

TEST(va) {
    CHECK_INT(PyOS_strnicmp("abc", "ABD", 2), "0");
    CHECK_INT(Py_IsFinalizing(), "0");
    CHECK_INT(PyErr_ProgramText("/no/such/file", 3) == NULL, "1");
    PyErr_SetString(PyExc_SyntaxError, "syntax");
    PyErr_SyntaxLocationEx("file.py", 3, 4);
    PyObject *e = keep(PyErr_GetRaisedException());
    CHECK_REPR(PyObject_Str(e), "'syntax (file.py, line 3)'");
    CHECK_REPR(PyObject_GetAttrString(e, "offset"), "4");
}
TEST(code_extra) {
    CHECK_INT(PyUnstable_Eval_RequestCodeExtraIndex(free), "0");
    CHECK_INT(PyUnstable_Eval_RequestCodeExtraIndex(NULL), "1");
    PyObject *code = (PyObject *)PyCode_NewEmpty("file", "name", 1);
    void *extra = code;
    CHECK_INT(PyUnstable_Code_GetExtra(code, 0, &extra), "0");
    CHECK(extra == NULL);
    CHECK_INT(PyUnstable_Code_SetExtra(code, 0, malloc(5)), "0");
    CHECK_INT(PyUnstable_Code_GetExtra(code, 0, &extra), "0");
    CHECK(extra != NULL);
    CHECK_INT(PyUnstable_Code_SetExtra(code, 2, code), "-1 !!SystemError: bad argument to internal function");
    Py_DECREF(code);
    int more = 0;
    while (PyUnstable_Eval_RequestCodeExtraIndex(NULL) >= 0) more++;
    CHECK_INT(more, "252");
}

TEST(monitoring) {
    PyMonitoringState states[2] = {{7, 7}, {7, 7}};
    const uint8_t events[2] = {PY_MONITORING_EVENT_PY_START, PY_MONITORING_EVENT_LINE};
    uint64_t version = 5;
    CHECK_INT(PyMonitoring_EnterScope(states, &version, events, 2), "0");
    CHECK_INT(version, "0");
    CHECK_INT(states[0].active + states[1].active, "0");
    CHECK_INT(PyMonitoring_FireLineEvent(states, Py_None, 3, 4), "0");
    CHECK_INT(PyMonitoring_ExitScope(), "0");
}

TEST(perf_map) {
    char name[64], text[64] = "";
    snprintf(name, sizeof name, "/tmp/perf-%d.map", (int)getpid());
    CHECK_INT(PyUnstable_PerfMapState_Init(), "0");
    CHECK_INT(PyUnstable_WritePerfMapEntry((void *)0x1234, 0x20, "an entry"), "0");
    PyUnstable_PerfMapState_Fini();
    FILE *map = fopen(name, "r");
    CHECK(map && fgets(text, sizeof text, map));
    CHECK_STR_EQ(text, "1234 20 an entry\n");
    if (map) fclose(map);
    unlink(name);
}
CHECK_MAIN()
