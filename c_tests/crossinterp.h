/* For C tests of what passes between interpreters: the names of CPython's internal/pycore_crossinterp.h and internal/pycore_interp.h
 * that the tests use. They are exported for CPython's own modules and stand in no public header. */
#ifndef CROSSINTERP_H
#define CROSSINTERP_H
#include "check.h"

/* Data */
typedef struct xidata { void *data; PyObject *obj; int64_t interpid; PyObject *(*new_object)(struct xidata *); void (*free)(void *); } XIData;
typedef PyObject *(*NewObject)(XIData *);
typedef struct { int (*basic)(PyThreadState *, PyObject *, XIData *); int (*fallback)(PyThreadState *, PyObject *, int, XIData *); } GetData;
typedef struct { const char *bytes; Py_ssize_t len; } BytesData;
extern XIData *_PyXIData_New(void);
extern void _PyXIData_Free(XIData *), _PyXIData_Clear(PyInterpreterState *, XIData *);
extern void _PyXIData_Init(XIData *, PyInterpreterState *, void *, PyObject *, NewObject);
extern int _PyXIData_InitWithSize(XIData *, PyInterpreterState *, size_t, PyObject *, NewObject);
extern PyObject *_PyXIData_GetNotShareableErrorType(PyThreadState *);
extern void _PyXIData_SetNotShareableError(PyThreadState *, const char *), _PyXIData_FormatNotShareableError(PyThreadState *, const char *, ...);
extern GetData _PyXIData_Lookup(PyThreadState *, PyObject *);
extern int _PyObject_CheckXIData(PyThreadState *, PyObject *);
extern int _PyObject_GetXIDataNoFallback(PyThreadState *, PyObject *, XIData *), _PyObject_GetXIData(PyThreadState *, PyObject *, int, XIData *);
extern PyObject *_PyXIData_NewObject(XIData *);
extern int _PyXIData_Release(XIData *), _PyXIData_ReleaseAndRawFree(XIData *);
extern int _PyXIData_RegisterClass(PyThreadState *, PyTypeObject *, GetData), _PyXIData_UnregisterClass(PyThreadState *, PyTypeObject *);
extern int _PyBytes_GetData(PyObject *, BytesData *), _PyBytes_GetXIData(PyThreadState *, PyObject *, XIData *);
extern PyObject *_PyBytes_FromData(BytesData *), *_PyBytes_FromXIData(XIData *);
extern BytesData *_PyBytes_GetXIDataWrapped(PyThreadState *, PyObject *, size_t, NewObject, XIData *);
extern PyObject *_PyPickle_LoadFromXIData(XIData *), *_PyMarshal_ReadObjectFromXIData(XIData *), *_PyCode_FromXIData(XIData *), *_PyFunction_FromXIData(XIData *);
extern int _PyPickle_GetXIData(PyThreadState *, PyObject *, XIData *), _PyMarshal_GetXIData(PyThreadState *, PyObject *, XIData *);
extern int _PyCode_GetXIData(PyThreadState *, PyObject *, XIData *), _PyFunction_GetXIData(PyThreadState *, PyObject *, XIData *);
extern int _PyCode_GetScriptXIData(PyThreadState *, PyObject *, XIData *), _PyCode_GetPureScriptXIData(PyThreadState *, PyObject *, XIData *);
extern int _PyBuffer_ReleaseInInterpreter(PyInterpreterState *, Py_buffer *), _PyBuffer_ReleaseInInterpreterAndRawFree(PyInterpreterState *, Py_buffer *);

/* Exceptions and failures */
typedef struct { struct { PyTypeObject *builtin; const char *name, *qualname, *module; } type; const char *msg, *errdisplay; } ExcInfo;
extern ExcInfo *_PyXI_NewExcInfo(PyObject *);
extern void _PyXI_FreeExcInfo(ExcInfo *);
extern PyObject *_PyXI_FormatExcInfo(ExcInfo *), *_PyXI_ExcInfoAsObject(ExcInfo *);
typedef struct failure Failure;
extern Failure *_PyXI_NewFailure(void);
extern void _PyXI_FreeFailure(Failure *), _PyXI_InitFailureUTF8(Failure *, int, const char *);
extern int _PyXI_GetFailureCode(Failure *), _PyXI_InitFailure(Failure *, int, PyObject *), _PyXI_UnwrapNotShareableError(PyThreadState *, Failure *);
PyAPI_DATA(PyObject *) PyExc_InterpreterError;
PyAPI_DATA(PyObject *) PyExc_InterpreterNotFoundError;

/* Sessions and interpreters */
typedef struct session Session;
typedef struct { PyObject *preserved, *excinfo; int errcode; } Result;
extern Session *_PyXI_NewSession(void);
extern void _PyXI_FreeSession(Session *), _PyXI_ClearResult(Result *);
extern int _PyXI_Enter(Session *, PyInterpreterState *, PyObject *, Result *), _PyXI_Exit(Session *, Failure *, Result *);
extern PyObject *_PyXI_GetMainNamespace(Session *, Failure *), *_PyXI_GetPreserved(Result *, const char *);
extern int _PyXI_Preserve(Session *, const char *, PyObject *, Failure *);
extern PyInterpreterState *_PyXI_NewInterpreter(PyInterpreterConfig *, long *, PyThreadState **, PyThreadState **);
extern void _PyXI_EndInterpreter(PyInterpreterState *, PyThreadState *, PyThreadState **);
extern int _PyInterpreterState_IsRunningMain(PyInterpreterState *), _PyInterpreterState_SetRunningMain(PyInterpreterState *);
extern void _PyInterpreterState_SetNotRunningMain(PyInterpreterState *);
extern long _PyInterpreterState_GetWhence(PyInterpreterState *);
extern PyObject *_PyInterpreterConfig_AsDict(PyInterpreterConfig *);
extern int _PyInterpreterConfig_InitFromDict(PyInterpreterConfig *, PyObject *), _PyInterpreterConfig_UpdateFromDict(PyInterpreterConfig *, PyObject *);
extern int _PyInterpreterConfig_InitFromState(PyInterpreterConfig *, PyInterpreterState *);

static inline PyThreadState *me(void) { return PyThreadState_Get(); }
static inline PyInterpreterState *here(void) { return PyInterpreterState_Get(); }
static inline long long id_here(void) { return PyInterpreterState_GetID(here()); }
/* A new interpreter with a GIL of its own; its first thread state stays attached. */
__attribute__((unused)) static PyThreadState *new_interpreter(void) {
    PyThreadState *state = NULL;
    PyInterpreterConfig own = {.allow_threads = 1, .check_multi_interp_extensions = 1, .gil = PyInterpreterConfig_OWN_GIL};
    PyStatus status = Py_NewInterpreterFromConfig(&state, &own);
    if (PyStatus_Exception(status)) { printf("FAIL %s: no interpreter: %s\n", check_name, status.err_msg); exit(2); }
    return state;
}
#endif
