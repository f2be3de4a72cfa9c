/* What other tests use by the way only: exported types, exceptions, flags, clocks and old names, each asked by its name. */
#include "check.h"

#define TYPES(X) X(PyByteArrayIter_Type) X(PyBytesIter_Type) X(PyCallIter_Type) X(PySeqIter_Type) X(PyListRevIter_Type) X(PyDictIterItem_Type) \
    X(PyDictIterKey_Type) X(PyDictIterValue_Type) X(PyDictRevIterItem_Type) X(PyDictRevIterKey_Type) X(PyDictRevIterValue_Type) \
    X(PyODictItems_Type) X(PyODictIter_Type) X(PyODictKeys_Type) X(PyODictValues_Type)
#define EXCEPTIONS(X) X(ArithmeticError) X(BrokenPipeError) X(BytesWarning) X(ChildProcessError) X(ConnectionAbortedError) X(ConnectionError) \
    X(ConnectionRefusedError) X(ConnectionResetError) X(EOFError) X(EncodingWarning) X(FileExistsError) X(FloatingPointError) X(GeneratorExit) \
    X(InterruptedError) X(IsADirectoryError) X(NotADirectoryError) X(NotImplementedError) X(ProcessLookupError) X(PythonFinalizationError) \
    X(ReferenceError) X(ResourceWarning) X(SyntaxWarning) X(TimeoutError) X(UnboundLocalError) X(UnicodeError) X(UnicodeWarning) X(ZeroDivisionError)

TEST(types) {
    char text[4000] = "";
#define NAME(type) strcat(strcat(text, type.tp_name), " ");
    TYPES(NAME)
    CHECK_STR_EQ(text, "bytearray_iterator bytes_iterator callable_iterator iterator list_reverseiterator dict_itemiterator dict_keyiterator dict_valueiterator dict_reverseitemiterator dict_reversekeyiterator dict_reversevalueiterator odict_items odict_iterator odict_keys odict_values ");
    text[0] = 0;
#define FINAL(type) { PyObject *made = PyObject_CallNoArgs((PyObject *)&type); strcat(text, made ? "made " : "no "); Py_XDECREF(made); PyErr_Clear(); }
    TYPES(FINAL)
    CHECK_STR_EQ(text, "no no no no no no no no no no no no no no no ");
}

TEST(exceptions) {
    char text[8000] = "";
#define BASE(name) { PyTypeObject *t = (PyTypeObject *)PyExc_##name; strcat(strcat(strcat(strcat(text, t->tp_name), "("), t->tp_base->tp_name), ") "); }
    EXCEPTIONS(BASE)
    CHECK_STR_EQ(text, "ArithmeticError(Exception) BrokenPipeError(ConnectionError) BytesWarning(Warning) ChildProcessError(OSError) ConnectionAbortedError(ConnectionError) ConnectionError(OSError) ConnectionRefusedError(ConnectionError) ConnectionResetError(ConnectionError) EOFError(Exception) EncodingWarning(Warning) FileExistsError(OSError) FloatingPointError(ArithmeticError) GeneratorExit(BaseException) InterruptedError(OSError) IsADirectoryError(OSError) NotADirectoryError(OSError) NotImplementedError(RuntimeError) ProcessLookupError(OSError) PythonFinalizationError(RuntimeError) ReferenceError(Exception) ResourceWarning(Warning) SyntaxWarning(Warning) TimeoutError(OSError) UnboundLocalError(NameError) UnicodeError(ValueError) UnicodeWarning(Warning) ZeroDivisionError(ArithmeticError) ");
    int raised = 0;
#define RAISE(name) { PyErr_SetString(PyExc_##name, "text"); raised += PyErr_ExceptionMatches(PyExc_##name); PyErr_Clear(); }
    EXCEPTIONS(RAISE)
    CHECK_INT(raised, "27");
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
extern int PyEval_ThreadsInitialized(void);
extern void PyEval_InitThreads(void);
TEST(flags) {
    CHECK_INT(Py_DebugFlag + Py_InspectFlag + Py_InteractiveFlag + Py_OptimizeFlag + Py_QuietFlag + Py_VerboseFlag + Py_BytesWarningFlag, "0");
    CHECK_INT(Py_UnbufferedStdioFlag + Py_IsolatedFlag + Py_FrozenFlag, "1");
    CHECK_STR_EQ(Py_hexdigits, "0123456789abcdef");
    CHECK_INT(Py_FdIsInteractive(stdin, "stdin") == (isatty(0) != 0), "1");
    setenv("PYSHIM_NAMES_TEST", "value", 1);
    CHECK_INT(PyEval_ThreadsInitialized(), "1");
    PyEval_InitThreads();
    PyCompilerFlags compile = {0};
    CHECK_INT(PyEval_MergeCompilerFlags(&compile), "0");
    CHECK_INT(compile.cf_flags, "0");
}

TEST(frames) {
    CHECK_REPR(PyEval_GetFrameGlobals(), "NULL");
    CHECK_REPR(PyEval_GetFrameLocals(), "!!SystemError: frame does not exist");
    PyObject *builtins = keep(PyEval_GetFrameBuiltins());
    CHECK(builtins && PyDict_Check(builtins));
}

TEST(clocks) {
    PyTime_t now = 0, later = 0;
#define CLOCK(read) CHECK_INT(read(&now), "0"); CHECK_INT(read(&later), "0"); CHECK(now != 0 && later >= now);
    CLOCK(PyTime_Monotonic)
    CLOCK(PyTime_PerfCounter)
    CLOCK(PyTime_Time)
    CLOCK(PyTime_MonotonicRaw)
    CLOCK(PyTime_PerfCounterRaw)
    CLOCK(PyTime_TimeRaw)
    CHECK_INT((int)(PyTime_AsSecondsDouble(1500000000) * 10), "15");
}

static int events, watcher;
static int watch(PyCodeEvent event, PyCodeObject *code) { (void)code; events += event == PY_CODE_EVENT_CREATE ? 1 : 10; return 0; }

TEST(code_watchers) {
    watcher = PyCode_AddWatcher(watch);
    CHECK_INT(watcher, "0");
    PyObject *code = (PyObject *)PyCode_NewEmpty("file.c", "function", 5);
    CHECK_INT(PyCode_Addr2Line((PyCodeObject *)code, 0), "5");
    Py_DECREF(code);
    CHECK_INT(events, "11");
    CHECK_INT(PyCode_ClearWatcher(watcher), "0");
    CHECK_INT(PyCode_ClearWatcher(watcher), "-1 !!ValueError: No code watcher set for ID 0");
    CHECK_INT(PyCode_ClearWatcher(99), "-1 !!ValueError: Invalid code watcher ID 99");
}

TEST(critical_sections) {
    PyObject *a = keep(PyList_New(0)), *b = keep(PyList_New(0));
    Py_BEGIN_CRITICAL_SECTION(a);
    CHECK_INT(PyList_Append(a, b), "0");
    Py_END_CRITICAL_SECTION();
    Py_BEGIN_CRITICAL_SECTION2(a, b);
    CHECK_INT(PyList_Append(b, Py_None), "0");
    Py_END_CRITICAL_SECTION2();
    uintptr_t space[16];
    PyCriticalSection *one = (void *)space;
    PyCriticalSection2 *two = (void *)(space + 8);
    PyMutex first = {0}, second = {0};
    (PyCriticalSection_Begin)(one, a);
    (PyCriticalSection_End)(one);
    (PyCriticalSection2_Begin)(two, a, b);
    (PyCriticalSection2_End)(two);
    (PyCriticalSection_BeginMutex)(one, &first);
    (PyCriticalSection_End)(one);
    (PyCriticalSection2_BeginMutex)(two, &first, &second);
    (PyCriticalSection2_End)(two);
    CHECK_REPR(Py_NewRef(a), "[[None]]");
}

TEST(pickle_buffers) {
    PyObject *bytes = value("y", "abc"), *buffer = keep(PyPickleBuffer_FromObject(bytes));
    CHECK(PyPickleBuffer_Check(buffer));
    CHECK_INT(PyPickleBuffer_GetBuffer(buffer)->len, "3");
    CHECK_INT(PyPickleBuffer_Release(buffer), "0");
    CHECK_REPR(PyPickleBuffer_GetBuffer(buffer) ? Py_NewRef(Py_None) : NULL, "!!ValueError: operation forbidden on released PickleBuffer object");
    CHECK_REPR(PyPickleBuffer_FromObject(Py_None), "!!TypeError: a bytes-like object is required, not 'NoneType'");
    CHECK_INT(PyPickleBuffer_Release(Py_None), "-1 !!TypeError: expected PickleBuffer, NoneType found");
}

static int traced;
static int trace(PyObject *object, PyRefTracerEvent event, void *data) { (void)object; (void)data; traced += event == PyRefTracer_CREATE ? 1 : 100; return 0; }

TEST(reference_tracer) {
    void *data = &traced;
    CHECK(PyRefTracer_GetTracer(&data) == NULL);
    CHECK_INT(PyRefTracer_SetTracer(trace, &watcher), "0");
    CHECK(PyRefTracer_GetTracer(&data) == trace && data == &watcher);
    PyObject *object = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    Py_DECREF(object);
    CHECK_INT(PyRefTracer_SetTracer(NULL, NULL), "0");
    CHECK_INT(traced, "101");
}

static int formatted(char *out, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = PyOS_vsnprintf(out, size, format, arguments);
    va_end(arguments);
    return n;
}

TEST(texts) {
    char out[20];
    CHECK_INT(formatted(out, sizeof out, "%d-%s", 5, "five"), "6");
    CHECK_STR_EQ(out, "5-five");
    CHECK_INT(formatted(out, 4, "%s", "truncated"), "9");
    CHECK_STR_EQ(out, "tru");
}
CHECK_MAIN()
