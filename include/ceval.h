/* Giving the GIL away around blocking calls, and what else the evaluator's header declares. */
#ifndef Py_CEVAL_H
#define Py_CEVAL_H

/* Between the two no Python object may be touched. */
#define Py_BEGIN_ALLOW_THREADS \
    { \
        PyThreadState *_save; \
        _save = PyEval_SaveThread();
#define Py_END_ALLOW_THREADS \
        PyEval_RestoreThread(_save); \
    }
/* Inside such a block: take it back for a moment. */
#define Py_BLOCK_THREADS PyEval_RestoreThread(_save);
#define Py_UNBLOCK_THREADS _save = PyEval_SaveThread();

/* Conversions in f-strings. */
#define FVC_MASK 0x3
#define FVC_NONE 0x0
#define FVC_STR 0x1
#define FVC_REPR 0x2
#define FVC_ASCII 0x3
#define FVS_MASK 0x4
#define FVS_HAVE_SPEC 0x4

#ifndef Py_LIMITED_API

#define _PyEval_RequestCodeExtraIndex PyUnstable_Eval_RequestCodeExtraIndex

typedef struct {
    FILE *perf_map;
    PyThread_type_lock map_lock;
} PerfMapState;

#endif

#endif
