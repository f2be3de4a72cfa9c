/* The C sides of functions with variable arguments. Stable Rust can't define such a function, so the exported name is
 * a jump to one of these (variadic.rs), and the work is done by an engine in Rust that takes a va_list. */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#define HIDDEN __attribute__((visibility("hidden")))

typedef struct _object PyObject;
typedef struct PyUnicodeWriter PyUnicodeWriter;

/* unicodeobject.h */
PyObject *PyUnicode_FromFormatV(const char *format, va_list args);

HIDDEN PyObject *pyshim_c_PyUnicode_FromFormat(const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = PyUnicode_FromFormatV(format, args);
    va_end(args);
    return result;
}

HIDDEN int pyshim_unicode_writer_format(PyUnicodeWriter *writer, const char *format, va_list args);

HIDDEN int pyshim_c_PyUnicodeWriter_Format(PyUnicodeWriter *writer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_unicode_writer_format(writer, format, args);
    va_end(args);
    return result;
}

/* bytesobject.h */
PyObject *PyBytes_FromFormatV(const char *format, va_list args);

HIDDEN PyObject *pyshim_c_PyBytes_FromFormat(const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = PyBytes_FromFormatV(format, args);
    va_end(args);
    return result;
}

/* tupleobject.h */

/* modsupport.h */
PyObject *Py_VaBuildValue(const char *format, va_list va);


HIDDEN PyObject *pyshim_c_Py_BuildValue(const char *format, ...) {
    va_list va;
    va_start(va, format);
    PyObject *result = Py_VaBuildValue(format, va);
    va_end(va);
    return result;
}

/* abstract.h */
PyObject *pyshim_call_function(PyObject *callable, const char *format, va_list args);
PyObject *pyshim_call_method(PyObject *obj, const char *name, const char *format, va_list args);
PyObject *pyshim_call_method_id(PyObject *obj, void *id, const char *format, va_list args);

HIDDEN PyObject *pyshim_c_PyObject_CallFunction(PyObject *callable, const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = pyshim_call_function(callable, format, args);
    va_end(args);
    return result;
}

HIDDEN PyObject *pyshim_c_PyObject_CallMethod(PyObject *obj, const char *name, const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = pyshim_call_method(obj, name, format, args);
    va_end(args);
    return result;
}

HIDDEN PyObject *pyshim_c__PyObject_CallMethodId(PyObject *obj, void *id, const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = pyshim_call_method_id(obj, id, format, args);
    va_end(args);
    return result;
}

/* pyerrors.h, warnings.h */
typedef struct _ts PyThreadState;
PyObject *PyErr_FormatV(PyObject *exception, const char *format, va_list args);
PyObject *pyshim_err_format_from_cause(PyObject *exception, const char *format, va_list args);
void pyshim_err_format_note(const char *format, va_list args);
void pyshim_err_format_unraisable(const char *format, va_list args);
extern PyObject *PyExc_ResourceWarning;
int pyshim_warn_format(PyObject *category, ptrdiff_t level, PyObject *source, const char *format, va_list args);
int pyshim_warn_explicit_format(PyObject *category, const char *filename, int lineno, const char *module,
                                PyObject *registry, const char *format, va_list args);

HIDDEN PyObject *pyshim_c_PyErr_Format(PyObject *exception, const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = PyErr_FormatV(exception, format, args);
    va_end(args);
    return result;
}

HIDDEN PyObject *pyshim_c__PyErr_Format(PyThreadState *tstate, PyObject *exception, const char *format, ...) {
    (void)tstate;
    va_list args;
    va_start(args, format);
    PyObject *result = PyErr_FormatV(exception, format, args);
    va_end(args);
    return result;
}

void pyshim_format_not_shareable(PyThreadState *tstate, const char *format, va_list args);
HIDDEN void pyshim_c__PyXIData_FormatNotShareableError(PyThreadState *tstate, const char *format, ...) {
    va_list args;
    va_start(args, format);
    pyshim_format_not_shareable(tstate, format, args);
    va_end(args);
}

HIDDEN PyObject *pyshim_c__PyErr_FormatFromCause(PyObject *exception, const char *format, ...) {
    va_list args;
    va_start(args, format);
    PyObject *result = pyshim_err_format_from_cause(exception, format, args);
    va_end(args);
    return result;
}

HIDDEN void pyshim_c__PyErr_FormatNote(const char *format, ...) {
    va_list args;
    va_start(args, format);
    pyshim_err_format_note(format, args);
    va_end(args);
}

HIDDEN void pyshim_c_PyErr_FormatUnraisable(const char *format, ...) {
    va_list args;
    va_start(args, format);
    pyshim_err_format_unraisable(format, args);
    va_end(args);
}

HIDDEN int pyshim_c_PyErr_WarnFormat(PyObject *category, ptrdiff_t level, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_warn_format(category, level, NULL, format, args);
    va_end(args);
    return result;
}

HIDDEN int pyshim_c_PyErr_ResourceWarning(PyObject *source, ptrdiff_t level, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_warn_format(PyExc_ResourceWarning, level, source, format, args);
    va_end(args);
    return result;
}

HIDDEN int pyshim_c_PyErr_WarnExplicitFormat(PyObject *category, const char *filename, int lineno, const char *module,
                                             PyObject *registry, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_warn_explicit_format(category, filename, lineno, module, registry, format, args);
    va_end(args);
    return result;
}

/* As the C library's vsnprintf, but what is written always ends with a NUL. */
HIDDEN int pyshim_c_PyOS_vsnprintf(char *str, size_t size, const char *format, va_list args) {
    int length = vsnprintf(str, size, format, args);
    if (size > 0) {
        str[size - 1] = '\0';
    }
    return length;
}

HIDDEN int pyshim_c_PyOS_snprintf(char *str, size_t size, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_c_PyOS_vsnprintf(str, size, format, args);
    va_end(args);
    return result;
}

/* sysmodule.h, audit.h */
HIDDEN void pyshim_sys_format(int error_stream, const char *format, va_list args);
HIDDEN void pyshim_sys_write(int error_stream, const char *text);
HIDDEN int pyshim_sys_audit(const char *event, const char *format, va_list args);

/* At most 1000 bytes, as CPython cuts. */
static void sys_write(int error_stream, const char *format, va_list args) {
    char buffer[1001];
    int written = vsnprintf(buffer, sizeof buffer, format, args);
    pyshim_sys_write(error_stream, buffer);
    if (written < 0 || (size_t)written >= sizeof buffer) pyshim_sys_write(error_stream, "... truncated");
}

#define SYS_PRINTER(name, engine, error_stream) \
    HIDDEN void pyshim_c_##name(const char *format, ...) { \
        va_list args; \
        va_start(args, format); \
        engine(error_stream, format, args); \
        va_end(args); \
    }
SYS_PRINTER(PySys_WriteStdout, sys_write, 0)
SYS_PRINTER(PySys_WriteStderr, sys_write, 1)
SYS_PRINTER(PySys_FormatStdout, pyshim_sys_format, 0)
SYS_PRINTER(PySys_FormatStderr, pyshim_sys_format, 1)

HIDDEN int pyshim_c_PySys_Audit(const char *event, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int result = pyshim_sys_audit(event, format, args);
    va_end(args);
    return result;
}
