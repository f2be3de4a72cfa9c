/* The functions that CPython 3.14 does not have: generated from src/capi by `make headers`. */
#ifndef PYSHIM_PYSHIM_CAPI_H
#define PYSHIM_PYSHIM_CAPI_H
#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyObject *) PyContext_GetCurrent(void);
PyAPI_FUNC(void) _PyCrossInterpreterData_Free(_PyXIData_t *data);
PyAPI_FUNC(xidatafunc) _PyCrossInterpreterData_Lookup(PyObject *obj);
PyAPI_FUNC(_PyXIData_t *) _PyCrossInterpreterData_New(void);
PyAPI_FUNC(PyObject *) _PyCrossInterpreterData_NewObject(_PyXIData_t *data);
PyAPI_FUNC(int) _PyCrossInterpreterData_RegisterClass(PyTypeObject *cls, xidatafunc getdata);
PyAPI_FUNC(int) _PyCrossInterpreterData_Release(_PyXIData_t *data);
PyAPI_FUNC(int) _PyCrossInterpreterData_UnregisterClass(PyTypeObject *cls);
PyAPI_FUNC(int) _PyImport_AcquireLock(PyInterpreterState *_interp);
PyAPI_FUNC(PyObject *) _PyImport_FindExtensionObject(PyObject *name, PyObject *path);
PyAPI_FUNC(int) _PyImport_FixupExtensionObject(PyObject *module, PyObject *name, PyObject *path,
    PyObject *modules);
PyAPI_FUNC(PyObject *) _PyImport_GetModule(PyThreadState *_tstate, PyObject *name);
PyAPI_FUNC(PyObject *) _PyImport_GetModuleAttr(PyObject *modname, PyObject *attrname);
PyAPI_FUNC(PyObject *) _PyImport_GetModuleAttrString(const char *modname, const char *attrname);
PyAPI_FUNC(int) _PyImport_IsInitialized(PyInterpreterState *interp);
PyAPI_FUNC(void) _PyImport_ReInitLock(PyInterpreterState *interp);
PyAPI_FUNC(int) _PyImport_ReleaseLock(PyInterpreterState *_interp);
PyAPI_FUNC(int) _PyImport_RemoveModule(PyObject *name);
PyAPI_FUNC(int) _PyObject_CheckCrossInterpreterData(PyObject *obj);
PyAPI_FUNC(int) _PyObject_GetCrossInterpreterData(PyObject *obj, _PyXIData_t *data);
PyAPI_FUNC(void) _PyThreadState_Attach(PyThreadState *tstate);
PyAPI_FUNC(void) _PyThreadState_DeleteExcept(PyThreadState *tstate);
PyAPI_FUNC(void) _PyThreadState_Detach(PyThreadState *tstate);
PyAPI_FUNC(int) pyshim_is_provided(const char *name);

#ifdef __cplusplus
}
#endif
#endif
