/* What goes to standard error: PyErr_Print and its kin, unraisable exceptions, warnings that are shown. */
#include "exceptions.h"
#include <fcntl.h>

static PyObject *raised(PyObject *type, const char *text) {
    PyErr_SetString(type, text);
    return keep(PyErr_GetRaisedException());
}

TEST(print) {
    STDERR((PyErr_SetString(PyExc_ValueError, "text"), PyErr_Print()), "ValueError: text\n");
    CHECK(PyErr_Occurred() == NULL && PySys_GetObject("last_exc") != NULL);
    STDERR((PyErr_SetNone(PyExc_KeyError), PyErr_PrintEx(0)), "KeyError\n");
    STDERR((PyErr_SetObject(PyExc_KeyError, value("s", "k")), PyErr_Print()), "KeyError: 'k'\n");
    PyObject *outer = raised(PyExc_TypeError, "outer");
    PyException_SetCause(outer, Py_NewRef(raised(PyExc_ValueError, "cause")));
    STDERR(PyErr_DisplayException(outer), "ValueError: cause\n\nThe above exception was the direct cause of the following exception:\n\nTypeError: outer\n");
    outer = raised(PyExc_TypeError, "outer");
    PyException_SetContext(outer, Py_NewRef(raised(PyExc_ValueError, "context")));
    STDERR(PyErr_DisplayException(outer), "ValueError: context\n\nDuring handling of the above exception, another exception occurred:\n\nTypeError: outer\n");
    PyObject *noted = raised(PyExc_ValueError, "noted");
    Py_XDECREF(PyObject_CallMethod(noted, "add_note", "s", "a note\nof two lines"));
    STDERR(PyErr_DisplayException(noted), "ValueError: noted\na note\nof two lines\n");
    PyObject *own = keep(PyErr_NewException("pkg.mod.Error", NULL, NULL));
    STDERR(PyErr_DisplayException(raised(own, "of a module")), "pkg.mod.Error: of a module\n");
    STDERR(PyErr_DisplayException(raised(own, "")), "pkg.mod.Error\n");
    STDERR((PyErr_SetString(PyExc_ValueError, "two\nlines"), PyErr_Print()), "ValueError: two\nlines\n");
}

TEST(unraisable) {
    STDERR((PyErr_SetString(PyExc_ValueError, "lost"), PyErr_WriteUnraisable(NULL)), "ValueError: lost\n");
    STDERR((PyErr_SetString(PyExc_ValueError, "lost"), PyErr_WriteUnraisable(value("i", 5))), "Exception ignored in: 5\nValueError: lost\n");
    STDERR((PyErr_SetString(PyExc_ValueError, "lost"), PyErr_FormatUnraisable("Exception ignored in %s", "a test")), "Exception ignored in a test:\nValueError: lost\n");
    STDERR(PyErr_WriteUnraisable(NULL), "");
    CHECK_NO_ERROR();
}

TEST(warnings) {
    STDERR(CHECK_INT(PyErr_WarnEx(PyExc_RuntimeWarning, "shown", 1), "0"), "<sys>:0: RuntimeWarning: shown\n");
    STDERR(CHECK_INT(PyErr_WarnFormat(PyExc_UserWarning, 1, "number %d", 5), "0"), "<sys>:0: UserWarning: number 5\n");
    STDERR(CHECK_INT(PyErr_WarnEx(NULL, "default category", 1), "0"), "<sys>:0: RuntimeWarning: default category\n");
    STDERR(CHECK_INT(PyErr_WarnExplicit(PyExc_UserWarning, "explicit", "file.c", 7, "mod", NULL), "0"), "file.c:7: UserWarning: explicit\n");
}

TEST(traceback) {
    PyObject *exception = raised(PyExc_ValueError, "plain");
    STDERR(PyErr_Display((PyObject *)Py_TYPE(exception), exception, NULL), "ValueError: plain\n");
    STDERR(CHECK_INT(PyTraceBack_Print(Py_None, PySys_GetObject("stderr")), "-1 !!SystemError: bad argument to internal function"), "");
}
CHECK_MAIN()
