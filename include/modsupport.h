/* Making modules: from definitions, and filling them. */
#ifndef Py_MODSUPPORT_H
#define Py_MODSUPPORT_H

#define PYTHON_API_VERSION 1013
#define PYTHON_API_STRING "1013"
#define PYTHON_ABI_VERSION 3
#define PYTHON_ABI_STRING "3"
/* What the extension was compiled for. */
#ifdef Py_LIMITED_API
#  define _Py_MODULE_API_VERSION PYTHON_ABI_VERSION
#else
#  define _Py_MODULE_API_VERSION PYTHON_API_VERSION
#endif

#define PyModule_Create(module) PyModule_Create2((module), _Py_MODULE_API_VERSION)
#if _Py_API_VERSION >= 0x03050000
#  define PyModule_FromDefAndSpec(module, spec) PyModule_FromDefAndSpec2((module), (spec), _Py_MODULE_API_VERSION)
#endif

#define PyModule_AddIntMacro(m, c) PyModule_AddIntConstant((m), #c, (c))
#define PyModule_AddStringMacro(m, c) PyModule_AddStringConstant((m), #c, (c))

/* The answer of a converter for PyArg_Parse ("O&") that wants to be called again to clean up. */
#define Py_CLEANUP_SUPPORTED 0x20000

#ifndef Py_LIMITED_API

typedef struct {
    uint8_t v;
} _PyOnceFlag;

/* For _PyArg_ParseTupleAndKeywordsFast: a parsed format. */
struct _PyArg_Parser {
    const char *format;
    const char *const *keywords;
    const char *fname;
    const char *custom_msg;
    _PyOnceFlag once;
    int is_kwtuple_owned;
    int pos;
    int min;
    int max;
    PyObject *kwtuple;
    struct _PyArg_Parser *next;
};

#endif

#endif
