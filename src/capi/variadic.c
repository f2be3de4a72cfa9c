/* The C sides of functions with variable arguments. Stable Rust can't define such a function, so the exported name is
 * a jump to one of these (variadic.rs), and the work is done by an engine in Rust that takes a va_list. */
#include <stdarg.h>
#include <stddef.h>

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

/* tupleobject.h */
HIDDEN PyObject *pyshim_tuple_pack(ptrdiff_t n, va_list args);

HIDDEN PyObject *pyshim_c_PyTuple_Pack(ptrdiff_t n, ...) {
    va_list args;
    va_start(args, n);
    PyObject *result = pyshim_tuple_pack(n, args);
    va_end(args);
    return result;
}
