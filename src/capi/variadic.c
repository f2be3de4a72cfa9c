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

/* modsupport.h */
int PyArg_VaParse(PyObject *args, const char *format, va_list va);
int PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *kwargs, const char *format, char *const *names, va_list va);
PyObject *Py_VaBuildValue(const char *format, va_list va);
HIDDEN int pyshim_arg_parse(PyObject *arg, const char *format, va_list va);
HIDDEN int pyshim_arg_unpack_tuple(PyObject *args, const char *name, ptrdiff_t min, ptrdiff_t max, va_list va);
HIDDEN int pyshim_arg_parse_stack(PyObject *const *args, ptrdiff_t nargs, const char *format, va_list va);

HIDDEN int pyshim_c_PyArg_Parse(PyObject *arg, const char *format, ...) {
    va_list va;
    va_start(va, format);
    int result = pyshim_arg_parse(arg, format, va);
    va_end(va);
    return result;
}

HIDDEN int pyshim_c_PyArg_ParseTuple(PyObject *args, const char *format, ...) {
    va_list va;
    va_start(va, format);
    int result = PyArg_VaParse(args, format, va);
    va_end(va);
    return result;
}

HIDDEN int pyshim_c_PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *kwargs, const char *format,
                                                char *const *names, ...) {
    va_list va;
    va_start(va, names);
    int result = PyArg_VaParseTupleAndKeywords(args, kwargs, format, names, va);
    va_end(va);
    return result;
}

HIDDEN int pyshim_c_PyArg_UnpackTuple(PyObject *args, const char *name, ptrdiff_t min, ptrdiff_t max, ...) {
    va_list va;
    va_start(va, max);
    int result = pyshim_arg_unpack_tuple(args, name, min, max, va);
    va_end(va);
    return result;
}

HIDDEN int pyshim_c__PyArg_ParseStack(PyObject *const *args, ptrdiff_t nargs, const char *format, ...) {
    va_list va;
    va_start(va, format);
    int result = pyshim_arg_parse_stack(args, nargs, format, va);
    va_end(va);
    return result;
}

HIDDEN PyObject *pyshim_c_Py_BuildValue(const char *format, ...) {
    va_list va;
    va_start(va, format);
    PyObject *result = Py_VaBuildValue(format, va);
    va_end(va);
    return result;
}
