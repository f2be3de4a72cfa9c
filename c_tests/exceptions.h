/* For C tests of exceptions: making one from arguments, and what is written to standard error.
 *
 *     PyObject *e = call(PyExc_OSError, "(is)", 2, "no such file");
 *     STDERR(PyErr_Print(), "OSError: [Errno 2] no such file\n"); */
#ifndef EXCEPTIONS_H
#define EXCEPTIONS_H
#include "check.h"
#include <unistd.h>

/* What calling a type with these arguments gives, kept. */
__attribute__((unused)) static PyObject *call(PyObject *type, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    PyObject *tuple = Py_VaBuildValue(format, arguments), *made = keep(PyObject_CallObject(type, tuple));
    va_end(arguments);
    Py_XDECREF(tuple);
    return made;
}

/* Between these two standard error is a file. `end` flushes `sys.stderr`, clears the indicator and gives the text. */
static char caught[8192];
static int saved = -1;
__attribute__((unused)) static void begin(void) {
    fflush(stderr);
    saved = dup(2);
    FILE *file = tmpfile();
    dup2(fileno(file), 2);
    fclose(file);
}
__attribute__((unused)) static const char *end(void) {
    PyObject *err = PySys_GetObject("stderr");
    if (err && err != Py_None) Py_XDECREF(PyObject_CallMethod(err, "flush", NULL));
    PyErr_Clear();
    fflush(stderr);
    off_t size = lseek(2, 0, SEEK_END);
    ssize_t n = pread(2, caught, size < (off_t)sizeof caught ? (size_t)size : sizeof caught - 1, 0);
    caught[n > 0 ? n : 0] = 0;
    dup2(saved, 2);
    close(saved);
    return check_addresses(caught);
}
#define STDERR(statement, expected) do { begin(); statement; CHECK_STR_EQ(end(), expected); } while (0)

#endif
