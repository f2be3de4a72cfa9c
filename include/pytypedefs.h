/* The names of all types that a prototype mentions: structs whose layout follows in the header of their concept, the
 * kinds of callbacks, and the enumerations. With these the prototypes need nothing else. */
#ifndef Py_PYTYPEDEFS_H
#define Py_PYTYPEDEFS_H

/* Structs. */
typedef struct _object PyObject;
typedef struct PyVarObject PyVarObject;
typedef struct _typeobject PyTypeObject;
typedef struct _longobject PyLongObject;
typedef struct _frame PyFrameObject;
typedef struct PyCodeObject PyCodeObject;
typedef struct PyMethodDef PyMethodDef;
typedef struct PyMemberDef PyMemberDef;
typedef struct PyGetSetDef PyGetSetDef;
typedef struct PyModuleDef PyModuleDef;
typedef struct PyModuleDef_Slot PyModuleDef_Slot;
typedef struct PyType_Slot PyType_Slot;
typedef struct PyType_Spec PyType_Spec;
typedef struct PyStructSequence_Field PyStructSequence_Field;
typedef struct PyStructSequence_Desc PyStructSequence_Desc;
typedef struct _PyWeakReference PyWeakReference;
typedef struct _ts PyThreadState;
typedef struct _is PyInterpreterState;

/* Characters of a str, by width. */
typedef uint32_t Py_UCS4;
typedef uint16_t Py_UCS2;
typedef uint8_t Py_UCS1;

/* Callbacks of types. */
typedef PyObject *(*unaryfunc)(PyObject *);
typedef PyObject *(*binaryfunc)(PyObject *, PyObject *);
typedef PyObject *(*ternaryfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*inquiry)(PyObject *);
typedef Py_ssize_t (*lenfunc)(PyObject *);
typedef PyObject *(*ssizeargfunc)(PyObject *, Py_ssize_t);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizeobjargproc)(PyObject *, Py_ssize_t, PyObject *);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
typedef int (*objobjargproc)(PyObject *, PyObject *, PyObject *);
typedef int (*objobjproc)(PyObject *, PyObject *);
typedef int (*visitproc)(PyObject *, void *);
typedef int (*traverseproc)(PyObject *, visitproc, void *);
typedef void (*freefunc)(void *);
typedef void (*destructor)(PyObject *);
typedef PyObject *(*getattrfunc)(PyObject *, char *);
typedef PyObject *(*getattrofunc)(PyObject *, PyObject *);
typedef int (*setattrfunc)(PyObject *, char *, PyObject *);
typedef int (*setattrofunc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*reprfunc)(PyObject *);
typedef Py_hash_t (*hashfunc)(PyObject *);
typedef PyObject *(*richcmpfunc)(PyObject *, PyObject *, int);
typedef PyObject *(*getiterfunc)(PyObject *);
typedef PyObject *(*iternextfunc)(PyObject *);
typedef PyObject *(*descrgetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*descrsetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*initproc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*newfunc)(PyTypeObject *, PyObject *, PyObject *);
typedef PyObject *(*allocfunc)(PyTypeObject *, Py_ssize_t);
typedef PyObject *(*getter)(PyObject *, void *);
typedef int (*setter)(PyObject *, PyObject *, void *);

/* C functions as Python sees them: one type per calling convention (METH_*). */
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionWithKeywords)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionFast)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*PyCFunctionFastWithKeywords)(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
typedef PyObject *(*PyCMethod)(PyObject *, PyTypeObject *, PyObject *const *, Py_ssize_t, PyObject *);
#if _Py_API_VERSION >= 0x030c0000
typedef PyObject *(*vectorcallfunc)(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *kwnames);
#endif

/* Buffers. */
#if _Py_API_VERSION >= 0x030b0000
typedef struct Py_buffer Py_buffer;
typedef int (*getbufferproc)(PyObject *, Py_buffer *, int);
typedef void (*releasebufferproc)(PyObject *, Py_buffer *);
#endif

/* Other callbacks, and threads. */
typedef void (*PyCapsule_Destructor)(PyObject *);
typedef void (*PyOS_sighandler_t)(int);
typedef void *PyThread_type_lock;
#define PY_TIMEOUT_T long long
typedef enum PyLockStatus { PY_LOCK_FAILURE = 0, PY_LOCK_ACQUIRED = 1, PY_LOCK_INTR } PyLockStatus;
#if _Py_API_VERSION >= 0x03070000
typedef struct _Py_tss_t Py_tss_t;
#endif
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
#if _Py_API_VERSION >= 0x030a0000
typedef enum { PYGEN_RETURN = 0, PYGEN_ERROR = -1, PYGEN_NEXT = 1 } PySendResult;
#endif

#ifndef Py_LIMITED_API

/* Objects. */
typedef struct _heaptypeobject PyHeapTypeObject;
typedef struct PySliceObject PySliceObject;
typedef struct PyFunctionObject PyFunctionObject;
typedef struct PyFrameConstructor PyFrameConstructor;
typedef struct _PyGenObject PyGenObject;
typedef struct _PyCoroObject PyCoroObject;
typedef struct _PyAsyncGenObject PyAsyncGenObject;
typedef struct _pycontextobject PyContext;
typedef struct _pycontextvarobject PyContextVar;
typedef struct _pycontexttokenobject PyContextToken;
typedef struct _odictobject PyODictObject;
typedef struct _traceback PyTracebackObject;
typedef struct _dictkeysobject PyDictKeysObject;
typedef struct _dictvalues PyDictValues;
typedef struct _Py_Identifier _Py_Identifier;
struct wrapperbase;
struct _PyInterpreterFrame;

/* Values. */
typedef uint32_t digit; /* of an int: cpython/longintrepr.h */
typedef struct Py_complex Py_complex;
typedef int64_t PyTime_t;
typedef struct PyLongLayout PyLongLayout;
typedef struct PyLongExport PyLongExport;
typedef struct PyLongWriter PyLongWriter;
typedef struct PyUnicodeWriter PyUnicodeWriter;
typedef struct _PyUnicodeWriter _PyUnicodeWriter;
typedef struct PyHash_FuncDef PyHash_FuncDef;
typedef struct PyCompilerFlags PyCompilerFlags;
typedef struct _line_offsets PyCodeAddressRange;
typedef struct _PyMonitoringState PyMonitoringState;
typedef struct _PyArg_Parser _PyArg_Parser;

/* Memory and locks. */
typedef struct PyMemAllocatorEx PyMemAllocatorEx;
typedef struct PyObjectArenaAllocator PyObjectArenaAllocator;
typedef enum { PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ } PyMemAllocatorDomain;
typedef enum {
    PYMEM_ALLOCATOR_NOT_SET = 0,
    PYMEM_ALLOCATOR_DEFAULT = 1,
    PYMEM_ALLOCATOR_DEBUG = 2,
    PYMEM_ALLOCATOR_MALLOC = 3,
    PYMEM_ALLOCATOR_MALLOC_DEBUG = 4,
    PYMEM_ALLOCATOR_PYMALLOC = 5,
    PYMEM_ALLOCATOR_PYMALLOC_DEBUG = 6,
    PYMEM_ALLOCATOR_MIMALLOC = 7,
    PYMEM_ALLOCATOR_MIMALLOC_DEBUG = 8
} PyMemAllocatorName;
typedef int (*gcvisitobjects_t)(PyObject *, void *);
typedef struct PyMutex PyMutex;
typedef struct PyCriticalSection PyCriticalSection;
typedef struct PyCriticalSection2 PyCriticalSection2;

/* The life of the interpreter. */
typedef struct PyStatus PyStatus;
typedef struct PyWideStringList PyWideStringList;
typedef struct PyPreConfig PyPreConfig;
typedef struct PyConfig PyConfig;
typedef struct PyInitConfig PyInitConfig;
typedef struct PyInterpreterConfig PyInterpreterConfig;
struct _inittab;
struct _frozen;
typedef void (*atexit_datacallbackfunc)(void *);

/* Hooks. */
typedef int (*Py_AuditHookFunction)(const char *, PyObject *, void *);
typedef PyObject *(*Py_OpenCodeHookFunction)(PyObject *, void *);
typedef int (*Py_tracefunc)(PyObject *, PyFrameObject *, int, PyObject *);
typedef PyObject *(*_PyFrameEvalFunction)(PyThreadState *tstate, struct _PyInterpreterFrame *, int);

/* Watchers: `PY_FOREACH_*_EVENT(V)` applies V to the name of each event. */
#define PY_FOREACH_DICT_EVENT(V) V(ADDED) V(MODIFIED) V(DELETED) V(CLONED) V(CLEARED) V(DEALLOCATED)
typedef enum {
    PyDict_EVENT_ADDED,
    PyDict_EVENT_MODIFIED,
    PyDict_EVENT_DELETED,
    PyDict_EVENT_CLONED,
    PyDict_EVENT_CLEARED,
    PyDict_EVENT_DEALLOCATED
} PyDict_WatchEvent;
typedef int (*PyDict_WatchCallback)(PyDict_WatchEvent event, PyObject *dict, PyObject *key, PyObject *new_value);

#define PY_FOREACH_FUNC_EVENT(V) V(CREATE) V(DESTROY) V(MODIFY_CODE) V(MODIFY_DEFAULTS) V(MODIFY_KWDEFAULTS)
typedef enum {
    PyFunction_EVENT_CREATE,
    PyFunction_EVENT_DESTROY,
    PyFunction_EVENT_MODIFY_CODE,
    PyFunction_EVENT_MODIFY_DEFAULTS,
    PyFunction_EVENT_MODIFY_KWDEFAULTS
} PyFunction_WatchEvent;
typedef int (*PyFunction_WatchCallback)(PyFunction_WatchEvent event, PyFunctionObject *func, PyObject *new_value);

#define PY_FOREACH_CODE_EVENT(V) V(CREATE) V(DESTROY)
typedef enum { PY_CODE_EVENT_CREATE, PY_CODE_EVENT_DESTROY } PyCodeEvent;
typedef int (*PyCode_WatchCallback)(PyCodeEvent event, PyCodeObject *co);

typedef enum { Py_CONTEXT_SWITCHED = 1 } PyContextEvent;
typedef int (*PyContext_WatchCallback)(PyContextEvent, PyObject *);

typedef int (*PyType_WatchCallback)(PyTypeObject *);

typedef enum { PyRefTracer_CREATE = 0, PyRefTracer_DESTROY = 1 } PyRefTracerEvent;
typedef int (*PyRefTracer)(PyObject *, PyRefTracerEvent event, void *);

#endif
#endif
