/* int. Its digits are in cpython/longintrepr.h. */
#ifndef Py_LONGOBJECT_H
#define Py_LONGOBJECT_H

#define PyLong_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_LONG_SUBCLASS)
#define PyLong_CheckExact(op) Py_IS_TYPE((op), &PyLong_Type)
#define PyLong_AS_LONG(op) PyLong_AsLong(op)

/* Flags of PyLong_AsNativeBytes and PyLong_FromNativeBytes; -1 for native order and two's complement. */
#if _Py_API_VERSION >= 0x030e0000
#  define Py_ASNATIVEBYTES_DEFAULTS -1
#  define Py_ASNATIVEBYTES_BIG_ENDIAN 0
#  define Py_ASNATIVEBYTES_LITTLE_ENDIAN 1
#  define Py_ASNATIVEBYTES_NATIVE_ENDIAN 3
#  define Py_ASNATIVEBYTES_UNSIGNED_BUFFER 4
#  define Py_ASNATIVEBYTES_REJECT_NEGATIVE 8
#  define Py_ASNATIVEBYTES_ALLOW_INDEX 16
#endif

/* A pid_t is a C int. */
#define _Py_PARSE_PID "i"
#define PyLong_FromPid PyLong_FromLong
#if _Py_API_VERSION >= 0x030d0000
#  define PyLong_AsPid PyLong_AsInt
#else
static inline int
PyLong_AsPid(PyObject *obj)
{
    int overflow;
    long result = PyLong_AsLongAndOverflow(obj, &overflow);
    if (overflow || result > INT_MAX || result < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    return (int)result;
}
#endif

/* Format units that fit a pointer. */
#define _Py_PARSE_INTPTR "l"
#define _Py_PARSE_UINTPTR "k"

#ifndef Py_LIMITED_API
#  define _PyLong_CAST(op) (assert(PyLong_Check(op)), _Py_CAST(PyLongObject *, (op)))
#endif

#endif
