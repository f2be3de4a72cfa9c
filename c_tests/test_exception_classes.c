/* Every exception that the library exports: which class stands behind the pointer, what it is derived from, how it is made, raised and caught. */
#include "expression.h"

static const struct { const char *name; PyObject **at, **base; } classes[] = {
    {"BaseException", &PyExc_BaseException, NULL},
    {"Exception", &PyExc_Exception, &PyExc_BaseException},
    {"BaseExceptionGroup", &PyExc_BaseExceptionGroup, &PyExc_BaseException},
    {"StopAsyncIteration", &PyExc_StopAsyncIteration, &PyExc_Exception},
    {"StopIteration", &PyExc_StopIteration, &PyExc_Exception},
    {"GeneratorExit", &PyExc_GeneratorExit, &PyExc_BaseException},
    {"ArithmeticError", &PyExc_ArithmeticError, &PyExc_Exception},
    {"LookupError", &PyExc_LookupError, &PyExc_Exception},
    {"AssertionError", &PyExc_AssertionError, &PyExc_Exception},
    {"AttributeError", &PyExc_AttributeError, &PyExc_Exception},
    {"BufferError", &PyExc_BufferError, &PyExc_Exception},
    {"EOFError", &PyExc_EOFError, &PyExc_Exception},
    {"FloatingPointError", &PyExc_FloatingPointError, &PyExc_ArithmeticError},
    {"OSError", &PyExc_OSError, &PyExc_Exception},
    {"ImportError", &PyExc_ImportError, &PyExc_Exception},
    {"ModuleNotFoundError", &PyExc_ModuleNotFoundError, &PyExc_ImportError},
    {"IndexError", &PyExc_IndexError, &PyExc_LookupError},
    {"KeyError", &PyExc_KeyError, &PyExc_LookupError},
    {"KeyboardInterrupt", &PyExc_KeyboardInterrupt, &PyExc_BaseException},
    {"MemoryError", &PyExc_MemoryError, &PyExc_Exception},
    {"NameError", &PyExc_NameError, &PyExc_Exception},
    {"OverflowError", &PyExc_OverflowError, &PyExc_ArithmeticError},
    {"RuntimeError", &PyExc_RuntimeError, &PyExc_Exception},
    {"RecursionError", &PyExc_RecursionError, &PyExc_RuntimeError},
    {"NotImplementedError", &PyExc_NotImplementedError, &PyExc_RuntimeError},
    {"SyntaxError", &PyExc_SyntaxError, &PyExc_Exception},
    {"IndentationError", &PyExc_IndentationError, &PyExc_SyntaxError},
    {"TabError", &PyExc_TabError, &PyExc_IndentationError},
    {"ReferenceError", &PyExc_ReferenceError, &PyExc_Exception},
    {"SystemError", &PyExc_SystemError, &PyExc_Exception},
    {"SystemExit", &PyExc_SystemExit, &PyExc_BaseException},
    {"TypeError", &PyExc_TypeError, &PyExc_Exception},
    {"UnboundLocalError", &PyExc_UnboundLocalError, &PyExc_NameError},
    {"UnicodeError", &PyExc_UnicodeError, &PyExc_ValueError},
    {"UnicodeEncodeError", &PyExc_UnicodeEncodeError, &PyExc_UnicodeError},
    {"UnicodeDecodeError", &PyExc_UnicodeDecodeError, &PyExc_UnicodeError},
    {"UnicodeTranslateError", &PyExc_UnicodeTranslateError, &PyExc_UnicodeError},
    {"ValueError", &PyExc_ValueError, &PyExc_Exception},
    {"ZeroDivisionError", &PyExc_ZeroDivisionError, &PyExc_ArithmeticError},
    {"BlockingIOError", &PyExc_BlockingIOError, &PyExc_OSError},
    {"BrokenPipeError", &PyExc_BrokenPipeError, &PyExc_ConnectionError},
    {"ChildProcessError", &PyExc_ChildProcessError, &PyExc_OSError},
    {"ConnectionError", &PyExc_ConnectionError, &PyExc_OSError},
    {"ConnectionAbortedError", &PyExc_ConnectionAbortedError, &PyExc_ConnectionError},
    {"ConnectionRefusedError", &PyExc_ConnectionRefusedError, &PyExc_ConnectionError},
    {"ConnectionResetError", &PyExc_ConnectionResetError, &PyExc_ConnectionError},
    {"FileExistsError", &PyExc_FileExistsError, &PyExc_OSError},
    {"FileNotFoundError", &PyExc_FileNotFoundError, &PyExc_OSError},
    {"InterruptedError", &PyExc_InterruptedError, &PyExc_OSError},
    {"IsADirectoryError", &PyExc_IsADirectoryError, &PyExc_OSError},
    {"NotADirectoryError", &PyExc_NotADirectoryError, &PyExc_OSError},
    {"PermissionError", &PyExc_PermissionError, &PyExc_OSError},
    {"ProcessLookupError", &PyExc_ProcessLookupError, &PyExc_OSError},
    {"TimeoutError", &PyExc_TimeoutError, &PyExc_OSError},
    {"Warning", &PyExc_Warning, &PyExc_Exception},
    {"UserWarning", &PyExc_UserWarning, &PyExc_Warning},
    {"DeprecationWarning", &PyExc_DeprecationWarning, &PyExc_Warning},
    {"PendingDeprecationWarning", &PyExc_PendingDeprecationWarning, &PyExc_Warning},
    {"SyntaxWarning", &PyExc_SyntaxWarning, &PyExc_Warning},
    {"RuntimeWarning", &PyExc_RuntimeWarning, &PyExc_Warning},
    {"FutureWarning", &PyExc_FutureWarning, &PyExc_Warning},
    {"ImportWarning", &PyExc_ImportWarning, &PyExc_Warning},
    {"UnicodeWarning", &PyExc_UnicodeWarning, &PyExc_Warning},
    {"BytesWarning", &PyExc_BytesWarning, &PyExc_Warning},
    {"EncodingWarning", &PyExc_EncodingWarning, &PyExc_Warning},
    {"ResourceWarning", &PyExc_ResourceWarning, &PyExc_Warning},
    {"PythonFinalizationError", &PyExc_PythonFinalizationError, &PyExc_RuntimeError},
};
#define EACH(i) for (size_t i = 0; i < Py_ARRAY_LENGTH(classes); i++)

/* The pointer is the class of its name in builtins, with the right first base, and of no module but builtins. */
TEST(classes) {
    EACH(i) {
        PyObject *class = *classes[i].at, *base = classes[i].base ? *classes[i].base : (PyObject *)&PyBaseObject_Type;
        char expected[200];
        snprintf(expected, sizeof expected, "<class '%s'>", classes[i].name);
        CHECK_BORROWED(class, expected);
        CHECK(PyExceptionClass_Check(class) && builtin(classes[i].name) == class);
        CHECK_STR_EQ(PyExceptionClass_Name(class), classes[i].name);
        CHECK_STR_EQ(((PyTypeObject *)((PyTypeObject *)class)->tp_base)->tp_name, ((PyTypeObject *)base)->tp_name);
        CHECK((PyObject *)((PyTypeObject *)class)->tp_base == base);
        CHECK_INT(PyObject_IsSubclass(class, PyExc_BaseException), "1");
        CHECK_REPR(PyObject_GetAttrString(class, "__module__"), "'builtins'");
        CHECK(PyType_HasFeature((PyTypeObject *)class, Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_BASETYPE) && !PyType_HasFeature((PyTypeObject *)class, Py_TPFLAGS_HEAPTYPE));
    }
    CHECK(PyExc_EnvironmentError == PyExc_OSError && PyExc_IOError == PyExc_OSError);
    E("Exception.nothing", "!!AttributeError: type object 'Exception' has no attribute 'nothing'");
    CHECK_INT(PyObject_SetAttrString(PyExc_EOFError, "x", Py_None), "-1 !!TypeError: cannot set 'x' attribute of immutable type 'EOFError'");
}

/* Raised with a text, it is caught as itself and as its base and as nothing else; made without arguments or with too many, it says what its constructor says. */
TEST(raised) {
    PyObject *stranger = new_class("Stranger", PyExc_Exception);
    EACH(i) {
        PyObject *class = *classes[i].at;
        int many = class == PyExc_UnicodeDecodeError || class == PyExc_UnicodeEncodeError || class == PyExc_UnicodeTranslateError || class == PyExc_BaseExceptionGroup;
        PyErr_SetString(class, "a text");
        int own = PyErr_ExceptionMatches(class), base = classes[i].base && PyErr_ExceptionMatches(*classes[i].base), other = PyErr_ExceptionMatches(stranger);
        PyObject *raised = keep(PyErr_GetRaisedException());
        CHECK(own == !many && other == 0);
        if (class != PyExc_BaseExceptionGroup) CHECK(base == (!many && classes[i].base));
        CHECK(many ? Py_IS_TYPE(raised, (PyTypeObject *)PyExc_TypeError) : Py_IS_TYPE(raised, (PyTypeObject *)class));
        CHECK_INT(PyErr_GivenExceptionMatches(class, stranger), "0");
    }
}

/* Only these take keywords, and not any. */
static int takes_keywords(PyObject *class) {
    PyObject *ones[] = {PyExc_ImportError, PyExc_NameError, PyExc_AttributeError, PyExc_BaseExceptionGroup};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(ones); i++) if (PyObject_IsSubclass(class, ones[i])) return 1;
    return 0;
}

TEST(wrong_arguments) {
    EACH(i) if (!takes_keywords(*classes[i].at)) {
        char expected[200];
        snprintf(expected, sizeof expected, "!!TypeError: %s() takes no keyword arguments", classes[i].name);
        CHECK_REPR(PyObject_Call(*classes[i].at, value("(ss)", "a", "b"), value("{si}", "x", 1)), expected);
    }
    E("BaseExceptionGroup('a', 'b', x=1)", "!!ValueError: Item 0 of second argument (exceptions) is not an exception");
    E("AttributeError('a', 'b', x=1)", "!!TypeError: AttributeError() got an unexpected keyword argument 'x'");
    E("ImportError('a', 'b', x=1)", "!!TypeError: ImportError() got an unexpected keyword argument 'x'");
    E("ModuleNotFoundError('a', 'b', x=1)", "!!TypeError: ImportError() got an unexpected keyword argument 'x'");
    E("NameError('a', 'b', x=1)", "!!TypeError: NameError() got an unexpected keyword argument 'x'");
    E("UnboundLocalError('a', 'b', x=1)", "!!TypeError: NameError() got an unexpected keyword argument 'x'");
    E("BaseExceptionGroup('a')", "!!TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)");
    E("BaseExceptionGroup(1, 2, 3, 4, 5)", "!!TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (5 given)");
    E("UnicodeDecodeError('a')", "!!TypeError: function takes exactly 5 arguments (1 given)");
    E("UnicodeDecodeError(1, 2, 3, 4, 5)", "!!TypeError: argument 1 must be str, not int");
    E("UnicodeEncodeError('a')", "!!TypeError: function takes exactly 5 arguments (1 given)");
    E("UnicodeEncodeError(1, 2, 3, 4, 5)", "!!TypeError: argument 1 must be str, not int");
    E("UnicodeTranslateError('a')", "!!TypeError: function takes exactly 4 arguments (1 given)");
    E("UnicodeTranslateError(1, 2, 3, 4, 5)", "!!TypeError: function takes exactly 4 arguments (5 given)");
    E("OSError(2, 'text', 'file')", "FileNotFoundError(2, 'text')");
    E("OSError(32, 'text')", "BrokenPipeError(32, 'text')");
    E("TimeoutError(110, 'text', 'file').filename", "'file'");
    E("UnicodeError(1, 2).args", "(1, 2)");
    E("SystemExit(3).code", "3");
    E("StopIteration().value", "None");
    E("KeyError('k').__str__()", "\"'k'\"");
    E("ImportError('a', name='b').name", "'b'");
    E("NameError('a', name='b').name", "'b'");
    E("AttributeError('a', name='b', obj=3).obj", "3");
    E("SyntaxError('a', ('f', 1, 2, 'line')).text", "'line'");
    E("SyntaxError('a', ('f', 1))", "!!TypeError: function takes at least 4 arguments (2 given)");
    E("UnboundLocalError('a', name=1).name", "1");
}
CHECK_MAIN()
