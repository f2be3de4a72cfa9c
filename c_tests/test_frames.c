/* Frames and code that C makes: where they stand, what they see, who traces them, and the functions around running them that there is nothing to run for. */
#include "expression.h"
#include <frameobject.h>
#include <pthread.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static PyCodeObject *new_code(int line) { return (PyCodeObject *)keep((PyObject *)PyCode_NewEmpty("file.c", "function", line)); }
static PyFrameObject *new_frame(PyObject *globals, PyObject *locals) {
    return (PyFrameObject *)keep((PyObject *)PyFrame_New(PyThreadState_Get(), new_code(7), globals, locals));
}

TEST(locals) {
    PyObject *globals = value("{si}", "g", 1), *locals = value("{si}", "a", 2);
    PyFrameObject *frame = new_frame(globals, locals), *bare = new_frame(globals, NULL);
    CHECK_INT(PyFrame_FastToLocalsWithError(frame), "0");
    CHECK_INT(PyFrame_FastToLocalsWithError(bare), "0");
    PyFrame_FastToLocals(frame);
    CHECK_NO_ERROR();
    PyFrame_LocalsToFast(frame, 0);
    CHECK_NO_ERROR();
    PyFrame_LocalsToFast(frame, 1);
    CHECK_NO_ERROR();
    CHECK_BORROWED(locals, "{'a': 2}");
    /* an exception that is set is nobody's business */
    PyErr_SetString(PyExc_KeyError, "k");
    CHECK_INT(PyFrame_FastToLocalsWithError(frame), "0 !!KeyError: 'k'");
    PyFrame_FastToLocals(NULL);
    PyFrame_LocalsToFast(NULL, 1);
    CHECK_INT(PyFrame_FastToLocalsWithError(NULL), "0");
}

TEST(builtins) {
    PyObject *own = value("{si}", "b", 1), *module = PyModule_New("seen"), *globals = value("{sO}", "__builtins__", own);
    PyFrameObject *frame = new_frame(globals, NULL);
    CHECK_REPR(PyFrame_GetBuiltins(frame), "{'b': 1}");
    CHECK(PyFrame_GetBuiltins(frame) == own);
    Py_DECREF(own);
    frame = new_frame(value("{sO}", "__builtins__", module), NULL);
    CHECK_REPR(PyFrame_GetBuiltins(frame), "{'__name__': 'seen', '__doc__': None, '__package__': None, '__loader__': None, '__spec__': None}");
    Py_DECREF(module);
    frame = new_frame(value("{}"), NULL);
    PyObject *found = keep(PyFrame_GetBuiltins(frame));
    CHECK(found && found == PyEval_GetBuiltins());
    PyObject *wrong = value("{si}", "__builtins__", 3);
    CHECK_INT(new_frame(wrong, NULL) != NULL, "1");
    CHECK_INT(_PyFrame_IsEntryFrame(frame), "0");
}

TEST(places) {
    PyCodeObject *code = new_code(42);
    int a = -5, b = -5, c = -5, d = -5;
    for (int at = -1; at <= 4; at++) {
        char text[60];
        CHECK_INT(PyCode_Addr2Location(code, at, &a, &b, &c, &d), "1");
        snprintf(text, sizeof text, "%d:%d-%d:%d", a, b, c, d);
        if (at < 0) CHECK_STR_EQ(text, "42:0-42:0");
        else if (at < 4) CHECK_STR_EQ(text, "42:-1-42:-1");
        else CHECK_STR_EQ(text, "42:-1-42:-1");
    }
}

TEST(optimized) {
    PyObject *code = (PyObject *)new_code(1);
    CHECK(PyCode_Optimize(code, value("[]"), value("[]"), value("y", "")) == code);
    Py_DECREF(code);
    CHECK_REPR(PyCode_Optimize(value("i", 5), Py_None, NULL, NULL), "5");
}

/* Constants with equal keys are one constant. */
TEST(constants) {
#define KEY(built, expected) CHECK_REPR(_PyCode_ConstantKey(built), expected)
    KEY(value("i", 1), "1");
    KEY(value("d", 1.0), "(<class 'float'>, 1.0)");
    KEY(value("d", 0.0), "(<class 'float'>, 0.0)");
    KEY(value("d", -0.0), "(<class 'float'>, -0.0, None)");
    KEY(value("s", "a"), "'a'");
    KEY(value("y", "a"), "(<class 'bytes'>, b'a')");
    KEY(Py_None, "None");
    KEY(Py_True, "(<class 'bool'>, True)");
    KEY(Py_Ellipsis, "Ellipsis");
    KEY(keep(PyComplex_FromDoubles(0, 0)), "(<class 'complex'>, 0j)");
    KEY(keep(PyComplex_FromDoubles(-0.0, 0)), "(<class 'complex'>, (-0+0j), None)");
    KEY(keep(PyComplex_FromDoubles(0, -0.0)), "(<class 'complex'>, -0j, False)");
    KEY(keep(PyComplex_FromDoubles(-0.0, -0.0)), "(<class 'complex'>, (-0-0j), True)");
    KEY(keep(PyComplex_FromDoubles(1, -0.0)), "(<class 'complex'>, (1-0j), False)");
    KEY(value("(id)", 1, -0.0), "((1, (<class 'float'>, -0.0, None)), (1, -0.0))");
    KEY(value("()"), "((), ())");
    KEY(keep(eval("frozenset((1,))")), "(frozenset({1}), frozenset({1}))");
    KEY(keep(eval("slice(1, 2.0)")), "(slice(1, (<class 'float'>, 2.0), None), slice(1, 2.0, None))");
    KEY(keep(eval("slice(None)")), "(slice(None, None, None), slice(None, None, None))");
    PyObject *code = (PyObject *)new_code(3), *others[] = {value("[i]", 1), keep(eval("type('B', (bytes,), {})(b'x')")), keep(eval("type('I', (int,), {})(5)")), keep(eval("{1: 2}"))};
    CHECK(keep(_PyCode_ConstantKey(code)) == code);
    /* what is of no known type is equal to itself alone */
    for (size_t i = 0; i < Py_ARRAY_LENGTH(others); i++) {
        PyObject *key = keep(_PyCode_ConstantKey(others[i])), *address = keep(PyLong_FromVoidPtr(others[i]));
        CHECK_INT(PyObject_RichCompareBool(key, keep(PyTuple_Pack(2, address, others[i])), Py_EQ), "1");
        key = keep(_PyCode_ConstantKey(keep(PyTuple_Pack(1, others[i]))));
        CHECK_INT(PyObject_RichCompareBool(PyTuple_GetItem(PyTuple_GetItem(PyTuple_GetItem(key, 0), 0), 0), address, Py_EQ), "1");
    }
}

/* Code is equal to code with the same parts, but for its file, qualified name and the like; constants are compared by their keys. */
static PyObject *replaced(const char *field, PyObject *item) { return keep(PyObject_Call(attr((PyObject *)new_code(3), "replace"), value("()"), value("{sO}", field, item))); }
#define EQUAL(a, b) PyBool_FromLong(PyObject_RichCompareBool(a, b, Py_EQ))
TEST(equal_code) {
    PyObject *code = (PyObject *)new_code(3);
    CHECK_REPR(EQUAL(code, replaced("co_qualname", value("s", "other"))), "True");
    CHECK_REPR(EQUAL(code, replaced("co_filename", value("s", "other"))), "True");
    CHECK_REPR(EQUAL(code, replaced("co_stacksize", value("i", 50))), "True");
    CHECK_REPR(EQUAL(code, replaced("co_name", value("s", "other"))), "False");
    CHECK_REPR(EQUAL(code, replaced("co_firstlineno", value("i", 5))), "False");
    CHECK_REPR(EQUAL(code, replaced("co_flags", value("i", 0))), "True");
    CHECK_REPR(EQUAL(code, replaced("co_names", value("(s)", "n"))), "False");
    CHECK_REPR(EQUAL(code, Py_None), "False");
    CHECK_INT(PyObject_Hash(code) == PyObject_Hash(replaced("co_qualname", value("s", "other"))), "1");
    CHECK_REPR(PyObject_RichCompare(code, code, Py_LT), "!!TypeError: '<' not supported between instances of 'code' and 'code'");
#define CONSTANT(a, b, expected) CHECK_REPR(EQUAL(replaced("co_consts", value("(O)", a)), replaced("co_consts", value("(O)", b))), expected)
    CONSTANT(value("i", 1), value("i", 1), "True");
    CONSTANT(value("i", 1), value("d", 1.0), "False");
    CONSTANT(value("i", 1), Py_True, "False");
    CONSTANT(value("d", 0.0), value("d", -0.0), "False");
    CONSTANT(value("(d)", 0.0), value("(d)", -0.0), "False");
    CONSTANT(value("(d)", 2.0), value("(d)", 2.0), "True");
    CONSTANT(value("[]"), value("[]"), "False");
    CHECK_INT(PyObject_Hash(replaced("co_consts", value("([])"))), "-1 !!TypeError: unhashable type: 'list'");
}

static int traced;
static int trace(PyObject *object, PyFrameObject *frame, int what, PyObject *arg) { (void)object; (void)frame; (void)what; (void)arg; traced++; return 0; }
static PyThreadState *other;
static void *attached(void *data) {
    PyGILState_STATE state = PyGILState_Ensure();
    other = PyThreadState_Get();
    PyObject *list = PyList_New(0);
    PyEval_SetTraceAllThreads(data ? trace : NULL, list);
    CHECK(Py_REFCNT(list) > 1);
    Py_DECREF(list);
    PyGILState_Release(state);
    return NULL;
}
TEST(tracing) {
    pthread_t thread;
    PyObject *list = PyList_New(0);
    PyEval_SetTraceAllThreads(trace, list);
    CHECK_INT(Py_REFCNT(list), "2");
    PyEval_SetTraceAllThreads(trace, NULL);
    CHECK_INT(Py_REFCNT(list), "1");
    PyEval_SetTraceAllThreads(NULL, list);
    CHECK_INT(Py_REFCNT(list), "2");
    for (intptr_t on = 1; on >= 0; on--) {
        Py_BEGIN_ALLOW_THREADS
        pthread_create(&thread, NULL, attached, (void *)on);
        pthread_join(thread, NULL);
        Py_END_ALLOW_THREADS
    }
    PyEval_SetTraceAllThreads(NULL, NULL);
    CHECK_NO_ERROR();
    Py_DECREF(list);
}

static PyObject *evaluate(PyThreadState *tstate, struct _PyInterpreterFrame *frame, int throwing) { (void)tstate; (void)frame; (void)throwing; return NULL; }
TEST(evaluators) {
    PyInterpreterState *interp = PyInterpreterState_Get();
    _PyFrameEvalFunction before = _PyInterpreterState_GetEvalFrameFunc(interp);
    _PyInterpreterState_SetEvalFrameFunc(interp, evaluate);
    CHECK(_PyInterpreterState_GetEvalFrameFunc(interp) == evaluate);
    _PyInterpreterState_SetEvalFrameFunc(interp, evaluate);
    CHECK(_PyInterpreterState_GetEvalFrameFunc(interp) == evaluate);
    _PyInterpreterState_SetEvalFrameFunc(interp, before);
    CHECK(_PyInterpreterState_GetEvalFrameFunc(interp) == before && before != evaluate);
}

TEST(current_frames) {
    CHECK_REPR(_PyThread_CurrentFrames(), "{}");
    CHECK_REPR(PyDict_Type.tp_name ? PyBool_FromLong(PyDict_CheckExact(keep(_PyThread_CurrentFrames()))) : NULL, "True");
}

TEST(trampolines) {
    CHECK_INT(PyUnstable_PerfTrampoline_SetPersistAfterFork(1), "1");
    CHECK_INT(PyUnstable_PerfTrampoline_SetPersistAfterFork(0), "0");
    CHECK_INT(PyUnstable_PerfTrampoline_SetPersistAfterFork(-7), "-7");
}

TEST(executables) {
    CHECK(PyUnstable_ExecutableKinds[PyUnstable_EXECUTABLE_KIND_SKIP] == (PyTypeObject *)Py_TYPE(Py_None));
    CHECK(PyUnstable_ExecutableKinds[PyUnstable_EXECUTABLE_KIND_PY_FUNCTION] == &PyCode_Type);
    CHECK(PyUnstable_ExecutableKinds[PyUnstable_EXECUTABLE_KIND_BUILTIN_FUNCTION] == &PyMethod_Type);
    CHECK(PyUnstable_ExecutableKinds[PyUnstable_EXECUTABLE_KIND_METHOD_DESCRIPTOR] == &PyMethodDescr_Type);
    CHECK(PyUnstable_ExecutableKinds[PyUnstable_EXECUTABLE_KINDS] == NULL);
}

static PyObject *called(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *names) {
    return Py_BuildValue("(OnOO)", PyObject_Type(self) == (PyObject *)&PyFunction_Type ? Py_True : Py_False, PyVectorcall_NARGS(nargsf),
                         PyVectorcall_NARGS(nargsf) ? args[0] : Py_None, names ? names : Py_None);
}
TEST(functions) {
    PyObject *function = keep(PyFunction_New((PyObject *)new_code(1), value("{}")));
    PyFunction_SetVectorcall((PyFunctionObject *)function, called);
    CHECK_REPR(PyObject_CallNoArgs(function), "(True, 0, None, None)");
    CHECK_REPR(PyObject_CallOneArg(function, value("i", 5)), "(True, 1, 5, None)");
    CHECK_REPR(PyObject_Call(function, value("(s)", "a"), value("{si}", "k", 1)), "(True, 1, 'a', ('k',))");
    CHECK(PyVectorcall_Function(function) == called);
    CHECK_INT(((PyFunctionObject *)function)->func_version, "0");
}

TEST(generators) {
    CHECK_STR_EQ(_PyAsyncGenASend_Type.tp_name, "async_generator_asend");
    CHECK_INT(PyType_Ready(&_PyAsyncGenASend_Type), "0");
    CHECK_REPR(PyObject_CallNoArgs((PyObject *)&_PyAsyncGenASend_Type), "!!TypeError: cannot create 'async_generator_asend' instances");
    CHECK_INT(_PyAsyncGenASend_Type.tp_iternext && _PyAsyncGenASend_Type.tp_as_async && _PyAsyncGenASend_Type.tp_as_async->am_send, "0");
}
CHECK_MAIN()
