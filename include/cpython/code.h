/* Code objects: here they only describe where a traceback's line is. */
#ifndef Py_CODE_H
#define Py_CODE_H

#ifndef Py_LIMITED_API

typedef struct {
    PyObject *_co_code;
    PyObject *_co_varnames;
    PyObject *_co_cellvars;
    PyObject *_co_freevars;
} _PyCoCached;

typedef struct {
    int size;
    int capacity;
    struct _PyExecutorObject *executors[1];
} _PyExecutorArray;

/* SIZE bytes of code at the end. */
#define _PyCode_DEF(SIZE) { \
    PyObject_VAR_HEAD \
    PyObject *co_consts; \
    PyObject *co_names; \
    PyObject *co_exceptiontable; \
    int co_flags; \
    int co_argcount; \
    int co_posonlyargcount; \
    int co_kwonlyargcount; \
    int co_stacksize; \
    int co_firstlineno; \
    int co_nlocalsplus; \
    int co_framesize; \
    int co_nlocals; \
    int co_ncellvars; \
    int co_nfreevars; \
    uint32_t co_version; \
    PyObject *co_localsplusnames; \
    PyObject *co_localspluskinds; \
    PyObject *co_filename; \
    PyObject *co_name; \
    PyObject *co_qualname; \
    PyObject *co_linetable; \
    PyObject *co_weakreflist; \
    _PyExecutorArray *co_executors; \
    _PyCoCached *_co_cached; \
    uintptr_t _co_instrumentation_version; \
    struct _PyCoMonitoringData *_co_monitoring; \
    Py_ssize_t _co_unique_id; \
    int _co_firsttraceable; \
    void *co_extra; \
    char co_code_adaptive[(SIZE)]; \
}

struct PyCodeObject _PyCode_DEF(1);

/* co_flags. */
#define CO_OPTIMIZED 0x0001
#define CO_NEWLOCALS 0x0002
#define CO_VARARGS 0x0004
#define CO_VARKEYWORDS 0x0008
#define CO_NESTED 0x0010
#define CO_GENERATOR 0x0020
#define CO_COROUTINE 0x0080
#define CO_ITERABLE_COROUTINE 0x0100
#define CO_ASYNC_GENERATOR 0x0200
#define CO_FUTURE_DIVISION 0x20000
#define CO_FUTURE_ABSOLUTE_IMPORT 0x40000
#define CO_FUTURE_WITH_STATEMENT 0x80000
#define CO_FUTURE_PRINT_FUNCTION 0x100000
#define CO_FUTURE_UNICODE_LITERALS 0x200000
#define CO_FUTURE_BARRY_AS_BDFL 0x400000
#define CO_FUTURE_GENERATOR_STOP 0x800000
#define CO_FUTURE_ANNOTATIONS 0x1000000
#define CO_NO_MONITORING_EVENTS 0x2000000
#define CO_HAS_DOCSTRING 0x4000000
#define CO_METHOD 0x8000000

#define PY_PARSER_REQUIRES_FUTURE_KEYWORD
#define CO_MAXBLOCKS 21

PyAPI_DATA(PyTypeObject) PyCode_Type;
#define PyCode_Check(op) Py_IS_TYPE((op), &PyCode_Type)

static inline Py_ssize_t
PyCode_GetNumFree(PyCodeObject *op)
{
    assert(PyCode_Check(op));
    return op->co_nfreevars;
}

static inline int
PyUnstable_Code_GetFirstFree(PyCodeObject *op)
{
    assert(PyCode_Check(op));
    return op->co_nlocalsplus - op->co_nfreevars;
}

Py_DEPRECATED(3.13) static inline int
PyCode_GetFirstFree(PyCodeObject *op)
{
    return PyUnstable_Code_GetFirstFree(op);
}

/* Names from before these became unstable API. */
#define PyCode_New PyUnstable_Code_New
#define PyCode_NewWithPosOnlyArgs PyUnstable_Code_NewWithPosOnlyArgs
#define _PyCode_GetExtra PyUnstable_Code_GetExtra
#define _PyCode_SetExtra PyUnstable_Code_SetExtra

/* The table of lines, walked step by step. */
struct _opaque {
    int computed_line;
    const uint8_t *lo_next;
    const uint8_t *limit;
};

struct _line_offsets {
    int ar_start;
    int ar_end;
    int ar_line;
    struct _opaque opaque;
};

typedef enum _PyCodeLocationInfoKind {
    PY_CODE_LOCATION_INFO_SHORT0 = 0,
    PY_CODE_LOCATION_INFO_ONE_LINE0 = 10,
    PY_CODE_LOCATION_INFO_ONE_LINE1 = 11,
    PY_CODE_LOCATION_INFO_ONE_LINE2 = 12,
    PY_CODE_LOCATION_INFO_NO_COLUMNS = 13,
    PY_CODE_LOCATION_INFO_LONG = 14,
    PY_CODE_LOCATION_INFO_NONE = 15
} _PyCodeLocationInfoKind;

#endif

#endif
