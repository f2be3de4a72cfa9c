/* The functions of CPython's C API: generated from src/capi and the tables in abi/ by `make headers`. */
#ifndef PYSHIM_CAPI_H
#define PYSHIM_CAPI_H
#ifdef __cplusplus
extern "C" {
#endif

/* abstract.h */
PyAPI_FUNC(int) PyAIter_Check(PyObject *);
PyAPI_FUNC(int) PyIndex_Check(PyObject *);
PyAPI_FUNC(int) PyIter_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyIter_Next(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyIter_NextItem(PyObject *, PyObject **);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030a0000
PyAPI_FUNC(PySendResult) PyIter_Send(PyObject *, PyObject *, PyObject **);
#endif
PyAPI_FUNC(int) PyMapping_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyMapping_GetItemString(PyObject *, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyMapping_GetOptionalItem(PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(int) PyMapping_GetOptionalItemString(PyObject *, const char *, PyObject **);
#endif
PyAPI_FUNC(int) PyMapping_HasKey(PyObject *, PyObject *);
PyAPI_FUNC(int) PyMapping_HasKeyString(PyObject *, const char *);
PyAPI_FUNC(int) PyMapping_HasKeyStringWithError(PyObject *, const char *);
PyAPI_FUNC(int) PyMapping_HasKeyWithError(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyMapping_Items(PyObject *);
PyAPI_FUNC(PyObject *) PyMapping_Keys(PyObject *);
PyAPI_FUNC(Py_ssize_t) (PyMapping_Length)(PyObject *);
PyAPI_FUNC(int) PyMapping_SetItemString(PyObject *, const char *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyMapping_Size(PyObject *);
PyAPI_FUNC(PyObject *) PyMapping_Values(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Absolute(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Add(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_And(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyNumber_AsSsize_t(PyObject *, PyObject *);
PyAPI_FUNC(int) PyNumber_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Divmod(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Float(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_FloorDivide(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceAdd(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceAnd(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceFloorDivide(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceLshift(PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(PyObject *) PyNumber_InPlaceMatrixMultiply(PyObject *, PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyNumber_InPlaceMultiply(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceOr(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlacePower(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceRemainder(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceRshift(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceSubtract(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceTrueDivide(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_InPlaceXor(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Index(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Invert(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Long(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Lshift(PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(PyObject *) PyNumber_MatrixMultiply(PyObject *, PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyNumber_Multiply(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Negative(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Or(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Positive(PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Power(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Remainder(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Rshift(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Subtract(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_ToBase(PyObject *, int);
PyAPI_FUNC(PyObject *) PyNumber_TrueDivide(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyNumber_Xor(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Call(PyObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyObject *) PyObject_CallNoArgs(PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyObject_CallObject(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_DelItem(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_DelItemString(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyObject_Format(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GetAIter(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GetItem(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GetIter(PyObject *);
PyAPI_FUNC(int) PyObject_IsInstance(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_IsSubclass(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) (PyObject_Length)(PyObject *);
PyAPI_FUNC(int) PyObject_SetItem(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyObject_Size(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Type(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030c0000
PyAPI_FUNC(PyObject *) PyObject_Vectorcall(PyObject *, PyObject *const *, size_t, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_VectorcallMethod(PyObject *, PyObject *const *, size_t, PyObject *);
#endif
PyAPI_FUNC(int) PySequence_Check(PyObject *);
PyAPI_FUNC(PyObject *) PySequence_Concat(PyObject *, PyObject *);
PyAPI_FUNC(int) PySequence_Contains(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PySequence_Count(PyObject *, PyObject *);
PyAPI_FUNC(int) PySequence_DelItem(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PySequence_DelSlice(PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) PySequence_Fast(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PySequence_GetItem(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PySequence_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) (PySequence_In)(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PySequence_InPlaceConcat(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PySequence_InPlaceRepeat(PyObject *, Py_ssize_t);
PyAPI_FUNC(Py_ssize_t) PySequence_Index(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) (PySequence_Length)(PyObject *);
PyAPI_FUNC(PyObject *) PySequence_List(PyObject *);
PyAPI_FUNC(PyObject *) PySequence_Repeat(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PySequence_SetItem(PyObject *, Py_ssize_t, PyObject *);
PyAPI_FUNC(int) PySequence_SetSlice(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
PyAPI_FUNC(Py_ssize_t) PySequence_Size(PyObject *);
PyAPI_FUNC(PyObject *) PySequence_Tuple(PyObject *);
PyAPI_FUNC(PyObject *) PyVectorcall_Call(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) (PyVectorcall_NARGS)(size_t);

/* modsupport.h */
PyAPI_FUNC(int) PyArg_ValidateKeywordArguments(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyModule_Add(PyObject *module, const char *name, PyObject *value);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(int) PyModule_AddFunctions(PyObject *module, PyMethodDef *functions);
#endif
PyAPI_FUNC(int) PyModule_AddIntConstant(PyObject *module, const char *name, long value);
PyAPI_FUNC(int) PyModule_AddObject(PyObject *module, const char *name, PyObject *value);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030a0000
PyAPI_FUNC(int) PyModule_AddObjectRef(PyObject *module, const char *name, PyObject *value);
#endif
PyAPI_FUNC(int) PyModule_AddStringConstant(PyObject *module, const char *name, const char *value);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(int) PyModule_AddType(PyObject *module, PyTypeObject *ty);
#endif
PyAPI_FUNC(PyObject *) PyModule_Create2(PyModuleDef *def, int apiver);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(int) PyModule_ExecDef(PyObject *module, PyModuleDef *def);
PyAPI_FUNC(PyObject *) PyModule_FromDefAndSpec2(PyModuleDef *def, PyObject *spec, int module_api_version);
PyAPI_FUNC(int) PyModule_SetDocString(PyObject *module, const char *doc);
#endif

/* cpython/genobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyAsyncGen_New(PyFrameObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyCoro_New(PyFrameObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyCodeObject *) PyGen_GetCode(PyGenObject *);
PyAPI_FUNC(PyObject *) PyGen_New(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyGen_NewWithQualName(PyFrameObject *, PyObject *, PyObject *);
#endif

/* boolobject.h */
PyAPI_FUNC(PyObject *) PyBool_FromLong(long);
PyAPI_FUNC(int) (Py_IsFalse)(PyObject *);
PyAPI_FUNC(int) (Py_IsTrue)(PyObject *);

/* pybuffer.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030b0000
PyAPI_FUNC(void) PyBuffer_FillContiguousStrides(int, Py_ssize_t *, Py_ssize_t *, int, char);
PyAPI_FUNC(int) PyBuffer_FillInfo(Py_buffer *view, PyObject *exporter, void *buf, Py_ssize_t len,
    int readonly, int flags);
PyAPI_FUNC(int) PyBuffer_FromContiguous(const Py_buffer *, const void *, Py_ssize_t, char);
PyAPI_FUNC(void *) PyBuffer_GetPointer(const Py_buffer *, const Py_ssize_t *);
PyAPI_FUNC(int) PyBuffer_IsContiguous(const Py_buffer *, char);
PyAPI_FUNC(void) PyBuffer_Release(Py_buffer *view);
PyAPI_FUNC(Py_ssize_t) PyBuffer_SizeFromFormat(const char *);
PyAPI_FUNC(int) PyBuffer_ToContiguous(void *, const Py_buffer *, Py_ssize_t, char);
PyAPI_FUNC(int) PyObject_CheckBuffer(PyObject *obj);
PyAPI_FUNC(int) PyObject_CopyData(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_GetBuffer(PyObject *obj, Py_buffer *view, int flags);
#endif

/* bytearrayobject.h */
PyAPI_FUNC(char *) PyByteArray_AsString(PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_Concat(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_FromStringAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(int) PyByteArray_Resize(PyObject *, Py_ssize_t);
PyAPI_FUNC(Py_ssize_t) PyByteArray_Size(PyObject *);

/* bytesobject.h */
PyAPI_FUNC(char *) PyBytes_AsString(PyObject *);
PyAPI_FUNC(int) PyBytes_AsStringAndSize(PyObject *, char **, Py_ssize_t *);
PyAPI_FUNC(void) PyBytes_Concat(PyObject **, PyObject *);
PyAPI_FUNC(void) PyBytes_ConcatAndDel(PyObject **, PyObject *);
PyAPI_FUNC(PyObject *) PyBytes_DecodeEscape(const char *, Py_ssize_t, const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyBytes_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyBytes_FromString(const char *);
PyAPI_FUNC(PyObject *) PyBytes_FromStringAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyBytes_Repr(PyObject *, int);
PyAPI_FUNC(Py_ssize_t) PyBytes_Size(PyObject *);

/* cpython/bytesobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyBytes_Join(PyObject *, PyObject *);
PyAPI_FUNC(int) _PyBytes_Resize(PyObject **, Py_ssize_t);
#endif

/* methodobject.h */
PyAPI_FUNC(int) PyCFunction_GetFlags(PyObject *);
PyAPI_FUNC(PyCFunction) PyCFunction_GetFunction(PyObject *);
PyAPI_FUNC(PyObject *) PyCFunction_GetSelf(PyObject *);
PyAPI_FUNC(PyObject *) (PyCFunction_New)(PyMethodDef *, PyObject *);
PyAPI_FUNC(PyObject *) (PyCFunction_NewEx)(PyMethodDef *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyObject *) PyCMethod_New(PyMethodDef *, PyObject *, PyObject *, PyTypeObject *);
#endif

/* iterobject.h */
PyAPI_FUNC(PyObject *) PyCallIter_New(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PySeqIter_New(PyObject *);

/* object.h */
PyAPI_FUNC(int) PyCallable_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_ASCII(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Bytes(PyObject *);
PyAPI_FUNC(void) PyObject_ClearWeakRefs(PyObject *);
PyAPI_FUNC(int) PyObject_DelAttr(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_DelAttrString(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyObject_Dir(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GenericGetAttr(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_GenericSetAttr(PyObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(int) PyObject_GenericSetDict(PyObject *, PyObject *, void *);
#endif
PyAPI_FUNC(PyObject *) PyObject_GetAttr(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GetAttrString(PyObject *, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyObject_GetOptionalAttr(PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(int) PyObject_GetOptionalAttrString(PyObject *, const char *, PyObject **);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030c0000
PyAPI_FUNC(void *) PyObject_GetTypeData(PyObject *, PyTypeObject *);
#endif
PyAPI_FUNC(int) PyObject_HasAttr(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_HasAttrString(PyObject *, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyObject_HasAttrStringWithError(PyObject *, const char *);
PyAPI_FUNC(int) PyObject_HasAttrWithError(PyObject *, PyObject *);
#endif
PyAPI_FUNC(Py_hash_t) PyObject_Hash(PyObject *);
PyAPI_FUNC(Py_hash_t) PyObject_HashNotImplemented(PyObject *);
PyAPI_FUNC(int) PyObject_IsTrue(PyObject *);
PyAPI_FUNC(int) PyObject_Not(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Repr(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_RichCompare(PyObject *, PyObject *, int);
PyAPI_FUNC(int) PyObject_RichCompareBool(PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) PyObject_SelfIter(PyObject *);
PyAPI_FUNC(int) PyObject_SetAttr(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_SetAttrString(PyObject *, const char *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Str(PyObject *);
PyAPI_FUNC(unsigned int) PyType_ClearCache(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyType_Freeze(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030c0000
PyAPI_FUNC(PyObject *) PyType_FromMetaclass(PyTypeObject *, PyObject *, PyType_Spec *, PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyObject *) PyType_FromModuleAndSpec(PyObject *, PyType_Spec *, PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyType_FromSpec(PyType_Spec *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyType_FromSpecWithBases(PyType_Spec *, PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyType_GenericAlloc(PyTypeObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyType_GenericNew(PyTypeObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyType_GetBaseByToken(PyTypeObject *, void *, PyTypeObject **);
#endif
PyAPI_FUNC(unsigned long) PyType_GetFlags(PyTypeObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(PyObject *) PyType_GetFullyQualifiedName(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyObject *) PyType_GetModule(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(PyObject *) PyType_GetModuleByDef(PyTypeObject *, PyModuleDef *);
PyAPI_FUNC(PyObject *) PyType_GetModuleName(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(void *) PyType_GetModuleState(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030b0000
PyAPI_FUNC(PyObject *) PyType_GetName(PyTypeObject *);
PyAPI_FUNC(PyObject *) PyType_GetQualName(PyTypeObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03040000
PyAPI_FUNC(void *) PyType_GetSlot(PyTypeObject *, int);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030c0000
PyAPI_FUNC(Py_ssize_t) PyType_GetTypeDataSize(PyTypeObject *);
#endif
PyAPI_FUNC(int) PyType_IsSubtype(PyTypeObject *, PyTypeObject *);
PyAPI_FUNC(void) PyType_Modified(PyTypeObject *);
PyAPI_FUNC(int) PyType_Ready(PyTypeObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(PyObject *) Py_GetConstant(unsigned int);
PyAPI_FUNC(PyObject *) Py_GetConstantBorrowed(unsigned int);
#endif
PyAPI_FUNC(int) (Py_Is)(PyObject *, PyObject *);
PyAPI_FUNC(int) (Py_IsNone)(PyObject *);
PyAPI_FUNC(int) Py_ReprEnter(PyObject *);
PyAPI_FUNC(void) Py_ReprLeave(PyObject *);
PyAPI_FUNC(PyTypeObject *) (Py_TYPE)(PyObject *);

/* pycapsule.h */
PyAPI_FUNC(void *) PyCapsule_GetContext(PyObject *capsule);
PyAPI_FUNC(PyCapsule_Destructor) PyCapsule_GetDestructor(PyObject *capsule);
PyAPI_FUNC(const char *) PyCapsule_GetName(PyObject *capsule);
PyAPI_FUNC(void *) PyCapsule_GetPointer(PyObject *capsule, const char *name);
PyAPI_FUNC(void *) PyCapsule_Import(const char *name, int _no_block);
PyAPI_FUNC(int) PyCapsule_IsValid(PyObject *capsule, const char *name);
PyAPI_FUNC(PyObject *) PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor destructor);
PyAPI_FUNC(int) PyCapsule_SetContext(PyObject *capsule, void *context);
PyAPI_FUNC(int) PyCapsule_SetDestructor(PyObject *capsule, PyCapsule_Destructor destructor);
PyAPI_FUNC(int) PyCapsule_SetName(PyObject *capsule, const char *name);
PyAPI_FUNC(int) PyCapsule_SetPointer(PyObject *capsule, void *pointer);

/* cpython/cellobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyCell_Get(PyObject *);
PyAPI_FUNC(PyObject *) PyCell_New(PyObject *);
PyAPI_FUNC(int) PyCell_Set(PyObject *, PyObject *);
#endif

/* cpython/funcobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyClassMethod_New(PyObject *);
PyAPI_FUNC(int) PyFunction_AddWatcher(PyFunction_WatchCallback);
PyAPI_FUNC(int) PyFunction_ClearWatcher(int);
PyAPI_FUNC(PyObject *) PyFunction_GetAnnotations(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetClosure(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetCode(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetDefaults(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetGlobals(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetKwDefaults(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_GetModule(PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_New(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyFunction_NewWithQualName(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyFunction_SetAnnotations(PyObject *, PyObject *);
PyAPI_FUNC(int) PyFunction_SetClosure(PyObject *, PyObject *);
PyAPI_FUNC(int) PyFunction_SetDefaults(PyObject *, PyObject *);
PyAPI_FUNC(int) PyFunction_SetKwDefaults(PyObject *, PyObject *);
PyAPI_FUNC(void) PyFunction_SetVectorcall(PyFunctionObject *, vectorcallfunc);
PyAPI_FUNC(PyObject *) PyStaticMethod_New(PyObject *);
#endif

/* cpython/code.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyCode_AddWatcher(PyCode_WatchCallback);
PyAPI_FUNC(int) PyCode_Addr2Line(PyCodeObject *, int);
PyAPI_FUNC(int) PyCode_Addr2Location(PyCodeObject *, int, int *, int *, int *, int *);
PyAPI_FUNC(int) PyCode_ClearWatcher(int);
PyAPI_FUNC(PyObject *) PyCode_GetCellvars(PyCodeObject *);
PyAPI_FUNC(PyObject *) PyCode_GetCode(PyCodeObject *);
PyAPI_FUNC(PyObject *) PyCode_GetFreevars(PyCodeObject *);
PyAPI_FUNC(PyObject *) PyCode_GetVarnames(PyCodeObject *);
PyAPI_FUNC(PyCodeObject *) PyCode_NewEmpty(const char *, const char *, int);
PyAPI_FUNC(PyObject *) PyCode_Optimize(PyObject *, PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyUnstable_Code_GetExtra(PyObject *, Py_ssize_t, void **);
PyAPI_FUNC(PyCodeObject *) PyUnstable_Code_New(int, int, int, int, int, PyObject *, PyObject *, PyObject *,
    PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, int, PyObject *, PyObject *);
PyAPI_FUNC(PyCodeObject *) PyUnstable_Code_NewWithPosOnlyArgs(int, int, int, int, int, int, PyObject *,
    PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, int,
    PyObject *, PyObject *);
PyAPI_FUNC(int) PyUnstable_Code_SetExtra(PyObject *, Py_ssize_t, void *);
PyAPI_FUNC(int) _PyCode_CheckLineNumber(int, PyCodeAddressRange *);
PyAPI_FUNC(PyObject *) _PyCode_ConstantKey(PyObject *);
#endif

/* codecs.h */
PyAPI_FUNC(PyObject *) PyCodec_BackslashReplaceErrors(PyObject *);
PyAPI_FUNC(PyObject *) PyCodec_Decode(PyObject *, const char *, const char *);
PyAPI_FUNC(PyObject *) PyCodec_Decoder(const char *);
PyAPI_FUNC(PyObject *) PyCodec_Encode(PyObject *, const char *, const char *);
PyAPI_FUNC(PyObject *) PyCodec_Encoder(const char *);
PyAPI_FUNC(PyObject *) PyCodec_IgnoreErrors(PyObject *);
PyAPI_FUNC(PyObject *) PyCodec_IncrementalDecoder(const char *, const char *);
PyAPI_FUNC(PyObject *) PyCodec_IncrementalEncoder(const char *, const char *);
PyAPI_FUNC(int) PyCodec_KnownEncoding(const char *);
PyAPI_FUNC(PyObject *) PyCodec_LookupError(const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(PyObject *) PyCodec_NameReplaceErrors(PyObject *);
#endif
PyAPI_FUNC(int) PyCodec_Register(PyObject *);
PyAPI_FUNC(int) PyCodec_RegisterError(const char *, PyObject *);
PyAPI_FUNC(PyObject *) PyCodec_ReplaceErrors(PyObject *);
PyAPI_FUNC(PyObject *) PyCodec_StreamReader(const char *, PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyCodec_StreamWriter(const char *, PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyCodec_StrictErrors(PyObject *);
PyAPI_FUNC(int) PyCodec_Unregister(PyObject *);
PyAPI_FUNC(PyObject *) PyCodec_XMLCharRefReplaceErrors(PyObject *);

/* cpython/compile.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyCompile_OpcodeStackEffect(int, int);
PyAPI_FUNC(int) PyCompile_OpcodeStackEffectWithJump(int, int, int);
#endif

/* cpython/complexobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(Py_complex) PyComplex_AsCComplex(PyObject *);
PyAPI_FUNC(PyObject *) PyComplex_FromCComplex(Py_complex);
PyAPI_FUNC(double) _Py_c_abs(Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_diff(Py_complex, Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_neg(Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_pow(Py_complex, Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_prod(Py_complex, Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_quot(Py_complex, Py_complex);
PyAPI_FUNC(Py_complex) _Py_c_sum(Py_complex, Py_complex);
#endif

/* complexobject.h */
PyAPI_FUNC(PyObject *) PyComplex_FromDoubles(double, double);
PyAPI_FUNC(double) PyComplex_ImagAsDouble(PyObject *);
PyAPI_FUNC(double) PyComplex_RealAsDouble(PyObject *);

/* cpython/initconfig.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyConfig_Clear(PyConfig *);
PyAPI_FUNC(PyObject *) PyConfig_Get(const char *);
PyAPI_FUNC(int) PyConfig_GetInt(const char *, int *);
PyAPI_FUNC(void) PyConfig_InitIsolatedConfig(PyConfig *);
PyAPI_FUNC(void) PyConfig_InitPythonConfig(PyConfig *);
PyAPI_FUNC(PyObject *) PyConfig_Names(void);
PyAPI_FUNC(PyStatus) PyConfig_Read(PyConfig *);
PyAPI_FUNC(int) PyConfig_Set(const char *, PyObject *);
PyAPI_FUNC(PyStatus) PyConfig_SetArgv(PyConfig *, Py_ssize_t, wchar_t *const *);
PyAPI_FUNC(PyStatus) PyConfig_SetBytesArgv(PyConfig *, Py_ssize_t, char *const *);
PyAPI_FUNC(PyStatus) PyConfig_SetBytesString(PyConfig *, wchar_t **, const char *);
PyAPI_FUNC(PyStatus) PyConfig_SetString(PyConfig *, wchar_t **, const wchar_t *);
PyAPI_FUNC(PyStatus) PyConfig_SetWideStringList(PyConfig *, PyWideStringList *, Py_ssize_t, wchar_t **);
PyAPI_FUNC(int) PyInitConfig_AddModule(PyInitConfig *, const char *, PyObject *(*) (void));
PyAPI_FUNC(PyInitConfig *) PyInitConfig_Create(void);
PyAPI_FUNC(void) PyInitConfig_Free(PyInitConfig *);
PyAPI_FUNC(void) PyInitConfig_FreeStrList(size_t, char **);
PyAPI_FUNC(int) PyInitConfig_GetError(PyInitConfig *, const char **);
PyAPI_FUNC(int) PyInitConfig_GetExitCode(PyInitConfig *, int *);
PyAPI_FUNC(int) PyInitConfig_GetInt(PyInitConfig *, const char *, int64_t *);
PyAPI_FUNC(int) PyInitConfig_GetStr(PyInitConfig *, const char *, char **);
PyAPI_FUNC(int) PyInitConfig_GetStrList(PyInitConfig *, const char *, size_t *, char ***);
PyAPI_FUNC(int) PyInitConfig_HasOption(PyInitConfig *, const char *);
PyAPI_FUNC(int) PyInitConfig_SetInt(PyInitConfig *, const char *, int64_t);
PyAPI_FUNC(int) PyInitConfig_SetStr(PyInitConfig *, const char *, const char *);
PyAPI_FUNC(int) PyInitConfig_SetStrList(PyInitConfig *, const char *, size_t, char *const *);
PyAPI_FUNC(void) PyPreConfig_InitIsolatedConfig(PyPreConfig *);
PyAPI_FUNC(void) PyPreConfig_InitPythonConfig(PyPreConfig *);
PyAPI_FUNC(PyStatus) PyStatus_Error(const char *);
PyAPI_FUNC(int) PyStatus_Exception(PyStatus);
PyAPI_FUNC(PyStatus) PyStatus_Exit(int);
PyAPI_FUNC(int) PyStatus_IsError(PyStatus);
PyAPI_FUNC(int) PyStatus_IsExit(PyStatus);
PyAPI_FUNC(PyStatus) PyStatus_NoMemory(void);
PyAPI_FUNC(PyStatus) PyStatus_Ok(void);
PyAPI_FUNC(PyStatus) PyWideStringList_Append(PyWideStringList *, const wchar_t *);
PyAPI_FUNC(PyStatus) PyWideStringList_Insert(PyWideStringList *, Py_ssize_t, const wchar_t *);
PyAPI_FUNC(void) Py_GetArgcArgv(int *, wchar_t ***);
PyAPI_FUNC(int) Py_InitializeFromInitConfig(PyInitConfig *);
#endif

/* cpython/context.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyContextVar_Get(PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(PyObject *) PyContextVar_New(const char *, PyObject *);
PyAPI_FUNC(int) PyContextVar_Reset(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyContextVar_Set(PyObject *, PyObject *);
PyAPI_FUNC(int) PyContext_AddWatcher(PyContext_WatchCallback);
PyAPI_FUNC(int) PyContext_ClearWatcher(int);
PyAPI_FUNC(PyObject *) PyContext_Copy(PyObject *);
PyAPI_FUNC(PyObject *) PyContext_CopyCurrent(void);
PyAPI_FUNC(int) PyContext_Enter(PyObject *);
PyAPI_FUNC(int) PyContext_Exit(PyObject *);
PyAPI_FUNC(PyObject *) PyContext_New(void);
#endif

/* cpython/critical_section.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyCriticalSection2_Begin(PyCriticalSection2 *, PyObject *, PyObject *);
PyAPI_FUNC(void) PyCriticalSection2_BeginMutex(PyCriticalSection2 *, PyMutex *, PyMutex *);
PyAPI_FUNC(void) PyCriticalSection2_End(PyCriticalSection2 *);
PyAPI_FUNC(void) PyCriticalSection_Begin(PyCriticalSection *, PyObject *);
PyAPI_FUNC(void) PyCriticalSection_BeginMutex(PyCriticalSection *, PyMutex *);
PyAPI_FUNC(void) PyCriticalSection_End(PyCriticalSection *);
#endif

/* cpython/descrobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyDescr_IsData(PyObject *);
PyAPI_FUNC(PyObject *) PyDescr_NewWrapper(PyTypeObject *, struct wrapperbase *, void *);
#endif

/* descrobject.h */
PyAPI_FUNC(PyObject *) PyDescr_NewClassMethod(PyTypeObject *, PyMethodDef *);
PyAPI_FUNC(PyObject *) PyDescr_NewGetSet(PyTypeObject *, PyGetSetDef *);
PyAPI_FUNC(PyObject *) PyDescr_NewMember(PyTypeObject *, PyMemberDef *);
PyAPI_FUNC(PyObject *) PyDescr_NewMethod(PyTypeObject *, PyMethodDef *);
PyAPI_FUNC(PyObject *) PyDictProxy_New(PyObject *);
PyAPI_FUNC(PyObject *) PyMember_GetOne(const char *, PyMemberDef *);
PyAPI_FUNC(int) PyMember_SetOne(char *, PyMemberDef *, PyObject *);
PyAPI_FUNC(PyObject *) PyWrapper_New(PyObject *, PyObject *);

/* cpython/dictobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyDict_AddWatcher(PyDict_WatchCallback);
PyAPI_FUNC(int) PyDict_ClearWatcher(int);
PyAPI_FUNC(int) PyDict_ContainsString(PyObject *, const char *);
PyAPI_FUNC(int) PyDict_Pop(PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(int) PyDict_PopString(PyObject *, const char *, PyObject **);
PyAPI_FUNC(PyObject *) PyDict_SetDefault(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyDict_SetDefaultRef(PyObject *, PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(int) PyDict_Unwatch(int, PyObject *);
PyAPI_FUNC(int) PyDict_Watch(int, PyObject *);
Py_DEPRECATED(3.14) PyAPI_FUNC(PyObject *) _PyDict_GetItemStringWithError(PyObject *, const char *);
PyAPI_FUNC(PyObject *) _PyDict_GetItem_KnownHash(PyObject *, PyObject *, Py_hash_t);
PyAPI_FUNC(PyObject *) _PyDict_NewPresized(Py_ssize_t);
Py_DEPRECATED(3.14) PyAPI_FUNC(PyObject *) _PyDict_Pop(PyObject *, PyObject *, PyObject *);
#endif

/* dictobject.h */
PyAPI_FUNC(void) PyDict_Clear(PyObject *);
PyAPI_FUNC(int) PyDict_Contains(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyDict_Copy(PyObject *);
PyAPI_FUNC(int) PyDict_DelItem(PyObject *, PyObject *);
PyAPI_FUNC(int) PyDict_DelItemString(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyDict_GetItem(PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyDict_GetItemRef(PyObject *, PyObject *, PyObject **);
#endif
PyAPI_FUNC(PyObject *) PyDict_GetItemString(PyObject *, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyDict_GetItemStringRef(PyObject *, const char *, PyObject **);
#endif
PyAPI_FUNC(PyObject *) PyDict_GetItemWithError(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyDict_Items(PyObject *);
PyAPI_FUNC(PyObject *) PyDict_Keys(PyObject *);
PyAPI_FUNC(int) PyDict_Merge(PyObject *, PyObject *, int);
PyAPI_FUNC(int) PyDict_MergeFromSeq2(PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) PyDict_New(void);
PyAPI_FUNC(int) PyDict_Next(PyObject *, Py_ssize_t *, PyObject **, PyObject **);
PyAPI_FUNC(int) PyDict_SetItem(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyDict_SetItemString(PyObject *, const char *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyDict_Size(PyObject *);
PyAPI_FUNC(int) PyDict_Update(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyDict_Values(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030a0000
PyAPI_FUNC(PyObject *) PyObject_GenericGetDict(PyObject *, void *);
#endif

/* pyerrors.h */
PyAPI_FUNC(int) PyErr_BadArgument(void);
PyAPI_FUNC(void) (PyErr_BadInternalCall)(void);
PyAPI_FUNC(int) PyErr_CheckSignals(void);
PyAPI_FUNC(void) PyErr_Clear(void);
PyAPI_FUNC(int) PyErr_ExceptionMatches(PyObject *);
PyAPI_FUNC(void) PyErr_Fetch(PyObject **, PyObject **, PyObject **);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(void) PyErr_GetExcInfo(PyObject **, PyObject **, PyObject **);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030b0000
PyAPI_FUNC(PyObject *) PyErr_GetHandledException(void);
#endif
PyAPI_FUNC(PyObject *) PyErr_GetRaisedException(void);
PyAPI_FUNC(int) PyErr_GivenExceptionMatches(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyErr_NewException(const char *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyErr_NewExceptionWithDoc(const char *, const char *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyErr_NoMemory(void);
PyAPI_FUNC(void) PyErr_NormalizeException(PyObject **, PyObject **, PyObject **);
PyAPI_FUNC(PyObject *) PyErr_Occurred(void);
PyAPI_FUNC(PyObject *) PyErr_ProgramText(const char *, int);
PyAPI_FUNC(void) PyErr_Restore(PyObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(void) PyErr_SetExcInfo(PyObject *, PyObject *, PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyErr_SetFromErrno(PyObject *);
PyAPI_FUNC(PyObject *) PyErr_SetFromErrnoWithFilename(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyErr_SetFromErrnoWithFilenameObject(PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03040000
PyAPI_FUNC(PyObject *) PyErr_SetFromErrnoWithFilenameObjects(PyObject *, PyObject *, PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030b0000
PyAPI_FUNC(void) PyErr_SetHandledException(PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyErr_SetImportError(PyObject *, PyObject *, PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03060000
PyAPI_FUNC(PyObject *) PyErr_SetImportErrorSubclass(PyObject *, PyObject *, PyObject *, PyObject *);
#endif
PyAPI_FUNC(void) PyErr_SetInterrupt(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030a0000
PyAPI_FUNC(int) PyErr_SetInterruptEx(int);
#endif
PyAPI_FUNC(void) PyErr_SetNone(PyObject *);
PyAPI_FUNC(void) PyErr_SetObject(PyObject *, PyObject *);
PyAPI_FUNC(void) PyErr_SetRaisedException(PyObject *);
PyAPI_FUNC(void) PyErr_SetString(PyObject *, const char *);
PyAPI_FUNC(void) PyErr_SyntaxLocation(const char *, int);
PyAPI_FUNC(void) PyErr_SyntaxLocationEx(const char *, int, int);
PyAPI_FUNC(void) PyErr_WriteUnraisable(PyObject *);
PyAPI_FUNC(const char *) PyExceptionClass_Name(PyObject *);
PyAPI_FUNC(PyObject *) PyException_GetArgs(PyObject *);
PyAPI_FUNC(PyObject *) PyException_GetCause(PyObject *);
PyAPI_FUNC(PyObject *) PyException_GetContext(PyObject *);
PyAPI_FUNC(PyObject *) PyException_GetTraceback(PyObject *);
PyAPI_FUNC(void) PyException_SetArgs(PyObject *, PyObject *);
PyAPI_FUNC(void) PyException_SetCause(PyObject *, PyObject *);
PyAPI_FUNC(void) PyException_SetContext(PyObject *, PyObject *);
PyAPI_FUNC(int) PyException_SetTraceback(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicodeDecodeError_Create(const char *, const char *, Py_ssize_t, Py_ssize_t,
    Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicodeDecodeError_GetEncoding(PyObject *);
PyAPI_FUNC(int) PyUnicodeDecodeError_GetEnd(PyObject *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicodeDecodeError_GetObject(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicodeDecodeError_GetReason(PyObject *);
PyAPI_FUNC(int) PyUnicodeDecodeError_GetStart(PyObject *, Py_ssize_t *);
PyAPI_FUNC(int) PyUnicodeDecodeError_SetEnd(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeDecodeError_SetReason(PyObject *, const char *);
PyAPI_FUNC(int) PyUnicodeDecodeError_SetStart(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicodeEncodeError_GetEncoding(PyObject *);
PyAPI_FUNC(int) PyUnicodeEncodeError_GetEnd(PyObject *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicodeEncodeError_GetObject(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicodeEncodeError_GetReason(PyObject *);
PyAPI_FUNC(int) PyUnicodeEncodeError_GetStart(PyObject *, Py_ssize_t *);
PyAPI_FUNC(int) PyUnicodeEncodeError_SetEnd(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeEncodeError_SetReason(PyObject *, const char *);
PyAPI_FUNC(int) PyUnicodeEncodeError_SetStart(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeTranslateError_GetEnd(PyObject *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicodeTranslateError_GetObject(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicodeTranslateError_GetReason(PyObject *);
PyAPI_FUNC(int) PyUnicodeTranslateError_GetStart(PyObject *, Py_ssize_t *);
PyAPI_FUNC(int) PyUnicodeTranslateError_SetEnd(PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeTranslateError_SetReason(PyObject *, const char *);
PyAPI_FUNC(int) PyUnicodeTranslateError_SetStart(PyObject *, Py_ssize_t);
_Py_NO_RETURN PyAPI_FUNC(void) (Py_FatalError)(const char *);
PyAPI_FUNC(void) _PyErr_BadInternalCall(const char *, int);

/* pythonrun.h */
PyAPI_FUNC(void) PyErr_Display(PyObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030c0000
PyAPI_FUNC(void) PyErr_DisplayException(PyObject *);
#endif
PyAPI_FUNC(void) PyErr_Print(void);
PyAPI_FUNC(void) PyErr_PrintEx(int);
PyAPI_FUNC(PyObject *) (Py_CompileString)(const char *, const char *, int);

/* cpython/pyerrors.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyErr_ProgramTextObject(PyObject *, int);
PyAPI_FUNC(void) PyErr_RangedSyntaxLocationObject(PyObject *, int, int, int, int);
PyAPI_FUNC(void) PyErr_SyntaxLocationObject(PyObject *, int, int);
PyAPI_FUNC(int) PySignal_SetWakeupFd(int);
PyAPI_FUNC(PyObject *) PyUnstable_Exc_PrepReraiseStar(PyObject *, PyObject *);
PyAPI_FUNC(void) _PyErr_ChainExceptions1(PyObject *);
_Py_NO_RETURN PyAPI_FUNC(void) _Py_FatalErrorFunc(const char *, const char *);
#endif

/* warnings.h */
PyAPI_FUNC(int) PyErr_WarnEx(PyObject *, const char *, Py_ssize_t);
PyAPI_FUNC(int) PyErr_WarnExplicit(PyObject *, const char *, const char *, int, const char *, PyObject *);

/* cpython/warnings.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyErr_WarnExplicitObject(PyObject *, PyObject *, PyObject *, int, PyObject *, PyObject *);
#endif

/* ceval.h */
PyAPI_FUNC(void) PyEval_AcquireThread(PyThreadState *tstate);
PyAPI_FUNC(PyObject *) PyEval_EvalCode(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyEval_EvalCodeEx(PyObject *, PyObject *, PyObject *, PyObject *const *, int,
    PyObject *const *, int, PyObject *const *, int, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyEval_EvalFrame(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyEval_EvalFrameEx(PyFrameObject *, int);
PyAPI_FUNC(PyObject *) PyEval_GetBuiltins(void);
PyAPI_FUNC(PyFrameObject *) PyEval_GetFrame(void);
PyAPI_FUNC(PyObject *) PyEval_GetFrameBuiltins(void);
PyAPI_FUNC(PyObject *) PyEval_GetFrameGlobals(void);
PyAPI_FUNC(PyObject *) PyEval_GetFrameLocals(void);
PyAPI_FUNC(const char *) PyEval_GetFuncDesc(PyObject *);
PyAPI_FUNC(const char *) PyEval_GetFuncName(PyObject *);
PyAPI_FUNC(PyObject *) PyEval_GetGlobals(void);
PyAPI_FUNC(PyObject *) PyEval_GetLocals(void);
Py_DEPRECATED(3.9) PyAPI_FUNC(void) PyEval_InitThreads(void);
PyAPI_FUNC(void) PyEval_ReleaseThread(PyThreadState *tstate);
PyAPI_FUNC(void) PyEval_RestoreThread(PyThreadState *tstate);
PyAPI_FUNC(PyThreadState *) PyEval_SaveThread(void);
PyAPI_FUNC(int) Py_AddPendingCall(int (*func)(void*), void *arg);
PyAPI_FUNC(int) Py_EnterRecursiveCall(const char *place);
PyAPI_FUNC(int) Py_GetRecursionLimit(void);
PyAPI_FUNC(void) Py_LeaveRecursiveCall(void);
PyAPI_FUNC(int) Py_MakePendingCalls(void);
PyAPI_FUNC(void) Py_SetRecursionLimit(int new_limit);

/* cpython/ceval.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyEval_MergeCompilerFlags(PyCompilerFlags *);
PyAPI_FUNC(void) PyEval_SetProfile(Py_tracefunc, PyObject *);
PyAPI_FUNC(void) PyEval_SetProfileAllThreads(Py_tracefunc, PyObject *);
PyAPI_FUNC(void) PyEval_SetTrace(Py_tracefunc, PyObject *);
PyAPI_FUNC(void) PyEval_SetTraceAllThreads(Py_tracefunc, PyObject *);
PyAPI_FUNC(int) PyUnstable_CopyPerfMapFile(const char *);
PyAPI_FUNC(Py_ssize_t) PyUnstable_Eval_RequestCodeExtraIndex(freefunc);
PyAPI_FUNC(void) PyUnstable_PerfMapState_Fini(void);
PyAPI_FUNC(int) PyUnstable_PerfMapState_Init(void);
PyAPI_FUNC(int) PyUnstable_PerfTrampoline_CompileCode(PyCodeObject *);
PyAPI_FUNC(int) PyUnstable_PerfTrampoline_SetPersistAfterFork(int);
PyAPI_FUNC(int) PyUnstable_WritePerfMapEntry(const void *, unsigned int, const char *);
PyAPI_FUNC(PyObject *) _PyEval_EvalFrameDefault(PyThreadState *, struct _PyInterpreterFrame *, int);
PyAPI_FUNC(int) _PyEval_SliceIndex(PyObject *, Py_ssize_t *);
PyAPI_FUNC(int) _PyEval_SliceIndexNotNone(PyObject *, Py_ssize_t *);
#endif

/* fileobject.h */
PyAPI_FUNC(PyObject *) PyFile_FromFd(int, const char *, const char *, int, const char *, const char *,
    const char *, int);
PyAPI_FUNC(PyObject *) PyFile_GetLine(PyObject *, int);
PyAPI_FUNC(int) PyFile_WriteObject(PyObject *, PyObject *, int);
PyAPI_FUNC(int) PyFile_WriteString(const char *, PyObject *);
PyAPI_FUNC(int) PyObject_AsFileDescriptor(PyObject *);

/* cpython/fileobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyFile_NewStdPrinter(int);
PyAPI_FUNC(PyObject *) PyFile_OpenCode(const char *);
PyAPI_FUNC(PyObject *) PyFile_OpenCodeObject(PyObject *);
PyAPI_FUNC(int) PyFile_SetOpenCodeHook(Py_OpenCodeHookFunction, void *);
PyAPI_FUNC(char *) Py_UniversalNewlineFgets(char *, int, FILE *, PyObject *);
#endif

/* floatobject.h */
PyAPI_FUNC(double) PyFloat_AsDouble(PyObject *);
PyAPI_FUNC(PyObject *) PyFloat_FromDouble(double);
PyAPI_FUNC(PyObject *) PyFloat_FromString(PyObject *);
PyAPI_FUNC(PyObject *) PyFloat_GetInfo(void);
PyAPI_FUNC(double) PyFloat_GetMax(void);
PyAPI_FUNC(double) PyFloat_GetMin(void);

/* cpython/floatobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyFloat_Pack2(double, char *, int);
PyAPI_FUNC(int) PyFloat_Pack4(double, char *, int);
PyAPI_FUNC(int) PyFloat_Pack8(double, char *, int);
PyAPI_FUNC(double) PyFloat_Unpack2(const char *, int);
PyAPI_FUNC(double) PyFloat_Unpack4(const char *, int);
PyAPI_FUNC(double) PyFloat_Unpack8(const char *, int);
#endif

/* cpython/frameobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyFrame_FastToLocals(PyFrameObject *);
PyAPI_FUNC(int) PyFrame_FastToLocalsWithError(PyFrameObject *);
PyAPI_FUNC(void) PyFrame_LocalsToFast(PyFrameObject *, int);
PyAPI_FUNC(PyFrameObject *) PyFrame_New(PyThreadState *, PyCodeObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) _PyFrame_IsEntryFrame(PyFrameObject *);
#endif

/* cpython/pyframe.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyFrameObject *) PyFrame_GetBack(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetBuiltins(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetGenerator(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetGlobals(PyFrameObject *);
PyAPI_FUNC(int) PyFrame_GetLasti(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetLocals(PyFrameObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetVar(PyFrameObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyFrame_GetVarString(PyFrameObject *, const char *);
PyAPI_FUNC(PyObject *) PyUnstable_InterpreterFrame_GetCode(struct _PyInterpreterFrame *);
PyAPI_FUNC(int) PyUnstable_InterpreterFrame_GetLasti(struct _PyInterpreterFrame *);
PyAPI_FUNC(int) PyUnstable_InterpreterFrame_GetLine(struct _PyInterpreterFrame *);
#endif

/* pyframe.h */
PyAPI_FUNC(PyCodeObject *) PyFrame_GetCode(PyFrameObject *);
PyAPI_FUNC(int) PyFrame_GetLineNumber(PyFrameObject *);

/* setobject.h */
PyAPI_FUNC(PyObject *) PyFrozenSet_New(PyObject *);
PyAPI_FUNC(int) PySet_Add(PyObject *, PyObject *);
PyAPI_FUNC(int) PySet_Clear(PyObject *);
PyAPI_FUNC(int) PySet_Contains(PyObject *, PyObject *);
PyAPI_FUNC(int) PySet_Discard(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PySet_New(PyObject *);
PyAPI_FUNC(PyObject *) PySet_Pop(PyObject *);
PyAPI_FUNC(Py_ssize_t) PySet_Size(PyObject *);

/* objimpl.h */
PyAPI_FUNC(Py_ssize_t) PyGC_Collect(void);
PyAPI_FUNC(int) PyGC_Disable(void);
PyAPI_FUNC(int) PyGC_Enable(void);
PyAPI_FUNC(int) PyGC_IsEnabled(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(void *) PyObject_Calloc(size_t nelem, size_t elsize);
#endif
PyAPI_FUNC(void) PyObject_Free(void *ptr);
PyAPI_FUNC(void) PyObject_GC_Del(void *op);
PyAPI_FUNC(int) PyObject_GC_IsFinalized(PyObject *op);
PyAPI_FUNC(int) PyObject_GC_IsTracked(PyObject *op);
PyAPI_FUNC(void) PyObject_GC_Track(void *op);
PyAPI_FUNC(void) PyObject_GC_UnTrack(void *op);
PyAPI_FUNC(PyObject *) PyObject_Init(PyObject *op, PyTypeObject *ty);
PyAPI_FUNC(PyVarObject *) PyObject_InitVar(PyVarObject *op, PyTypeObject *ty, Py_ssize_t size);
PyAPI_FUNC(void *) PyObject_Malloc(size_t size);
PyAPI_FUNC(void *) PyObject_Realloc(void *ptr, size_t new_size);
PyAPI_FUNC(PyObject *) _PyObject_GC_New(PyTypeObject *ty);
PyAPI_FUNC(PyVarObject *) _PyObject_GC_NewVar(PyTypeObject *ty, Py_ssize_t nitems);
PyAPI_FUNC(PyVarObject *) _PyObject_GC_Resize(PyVarObject *op, Py_ssize_t nitems);
PyAPI_FUNC(PyObject *) _PyObject_New(PyTypeObject *ty);
PyAPI_FUNC(PyVarObject *) _PyObject_NewVar(PyTypeObject *ty, Py_ssize_t nitems);

/* cpython/pystate.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyGILState_Check(void);
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_Head(void);
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_Main(void);
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_Next(PyInterpreterState *interp);
PyAPI_FUNC(PyThreadState *) PyInterpreterState_ThreadHead(PyInterpreterState *interp);
PyAPI_FUNC(void) PyThreadState_DeleteCurrent(void);
PyAPI_FUNC(void) PyThreadState_EnterTracing(PyThreadState *tstate);
PyAPI_FUNC(PyThreadState *) PyThreadState_GetUnchecked(void);
PyAPI_FUNC(void) PyThreadState_LeaveTracing(PyThreadState *tstate);
PyAPI_FUNC(PyThreadState *) PyThreadState_Next(PyThreadState *tstate);
PyAPI_FUNC(void) PyUnstable_ThreadState_ResetStackProtection(PyThreadState *tstate);
PyAPI_FUNC(int) PyUnstable_ThreadState_SetStackProtection(PyThreadState *tstate, void *start, size_t size);
PyAPI_FUNC(_PyFrameEvalFunction) _PyInterpreterState_GetEvalFrameFunc(PyInterpreterState *);
PyAPI_FUNC(void) _PyInterpreterState_RequireIDRef(PyInterpreterState *interp, int required);
PyAPI_FUNC(int) _PyInterpreterState_RequiresIDRef(PyInterpreterState *interp);
PyAPI_FUNC(void) _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState *, _PyFrameEvalFunction);
PyAPI_FUNC(PyObject *) _PyThread_CurrentFrames(void);
#endif

/* pystate.h */
PyAPI_FUNC(PyGILState_STATE) PyGILState_Ensure(void);
PyAPI_FUNC(PyThreadState *) PyGILState_GetThisThreadState(void);
PyAPI_FUNC(void) PyGILState_Release(PyGILState_STATE oldstate);
PyAPI_FUNC(void) PyInterpreterState_Clear(PyInterpreterState *interp);
PyAPI_FUNC(void) PyInterpreterState_Delete(PyInterpreterState *interp);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_Get(void);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03080000
PyAPI_FUNC(PyObject *) PyInterpreterState_GetDict(PyInterpreterState *interp);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(int64_t) PyInterpreterState_GetID(PyInterpreterState *interp);
#endif
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_New(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(int) PyState_AddModule(PyObject *, PyModuleDef *);
#endif
PyAPI_FUNC(PyObject *) PyState_FindModule(PyModuleDef *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(int) PyState_RemoveModule(PyModuleDef *);
#endif
PyAPI_FUNC(void) PyThreadState_Clear(PyThreadState *tstate);
PyAPI_FUNC(void) PyThreadState_Delete(PyThreadState *tstate);
PyAPI_FUNC(PyThreadState *) PyThreadState_Get(void);
PyAPI_FUNC(PyObject *) PyThreadState_GetDict(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03090000
PyAPI_FUNC(PyFrameObject *) PyThreadState_GetFrame(PyThreadState *_tstate);
PyAPI_FUNC(uint64_t) PyThreadState_GetID(PyThreadState *tstate);
PyAPI_FUNC(PyInterpreterState *) PyThreadState_GetInterpreter(PyThreadState *tstate);
#endif
PyAPI_FUNC(PyThreadState *) PyThreadState_New(PyInterpreterState *interp);
PyAPI_FUNC(int) PyThreadState_SetAsyncExc(unsigned long id, PyObject *exc);
PyAPI_FUNC(PyThreadState *) PyThreadState_Swap(PyThreadState *tstate);

/* cpython/pyhash.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyHash_FuncDef *) PyHash_GetFuncDef(void);
PyAPI_FUNC(Py_hash_t) PyObject_GenericHash(PyObject *);
PyAPI_FUNC(Py_hash_t) Py_HashBuffer(const void *, Py_ssize_t);
PyAPI_FUNC(Py_hash_t) Py_HashPointer(const void *);
PyAPI_FUNC(Py_hash_t) _Py_HashDouble(PyObject *, double);
#endif

/* import.h */
PyAPI_FUNC(PyObject *) PyImport_AddModule(const char *name);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyImport_AddModuleObject(PyObject *name);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(PyObject *) PyImport_AddModuleRef(const char *name);
#endif
PyAPI_FUNC(int) PyImport_AppendInittab(const char *name, PyObject *(*initfunc)(void));
PyAPI_FUNC(PyObject *) PyImport_ExecCodeModule(const char *_name, PyObject *_co);
PyAPI_FUNC(PyObject *) PyImport_ExecCodeModuleEx(const char *_name, PyObject *_co, const char *_pathname);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyImport_ExecCodeModuleObject(PyObject *_name, PyObject *_co, PyObject *_pathname,
    PyObject *_cpathname);
#endif
PyAPI_FUNC(PyObject *) PyImport_ExecCodeModuleWithPathnames(const char *_name, PyObject *_co,
    const char *_pathname, const char *_cpathname);
PyAPI_FUNC(PyObject *) PyImport_GetImporter(PyObject *);
PyAPI_FUNC(long) PyImport_GetMagicNumber(void);
PyAPI_FUNC(const char *) PyImport_GetMagicTag(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(PyObject *) PyImport_GetModule(PyObject *name);
#endif
PyAPI_FUNC(PyObject *) PyImport_GetModuleDict(void);
PyAPI_FUNC(PyObject *) PyImport_Import(PyObject *name);
PyAPI_FUNC(int) PyImport_ImportFrozenModule(const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(int) PyImport_ImportFrozenModuleObject(PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyImport_ImportModule(const char *name);
PyAPI_FUNC(PyObject *) PyImport_ImportModuleLevel(const char *name, PyObject *globals, PyObject *_locals,
    PyObject *fromlist, int level);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(PyObject *) PyImport_ImportModuleLevelObject(PyObject *name, PyObject *globals, PyObject *_locals,
    PyObject *fromlist, int level);
#endif
Py_DEPRECATED(3.13) PyAPI_FUNC(PyObject *) PyImport_ImportModuleNoBlock(const char *name);
PyAPI_FUNC(PyObject *) PyImport_ReloadModule(PyObject *module);

/* cpython/import.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyImport_ExtendInittab(struct _inittab *newtab);
PyAPI_FUNC(PyObject *) PyImport_ImportModuleAttr(PyObject *modname, PyObject *attrname);
PyAPI_FUNC(PyObject *) PyImport_ImportModuleAttrString(const char *modname, const char *attrname);
#endif

/* cpython/classobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyInstanceMethod_Function(PyObject *);
PyAPI_FUNC(PyObject *) PyInstanceMethod_New(PyObject *);
PyAPI_FUNC(PyObject *) PyMethod_Function(PyObject *);
PyAPI_FUNC(PyObject *) PyMethod_New(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyMethod_Self(PyObject *);
#endif

/* listobject.h */
PyAPI_FUNC(int) PyList_Append(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyList_AsTuple(PyObject *);
PyAPI_FUNC(PyObject *) PyList_GetItem(PyObject *, Py_ssize_t);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(PyObject *) PyList_GetItemRef(PyObject *, Py_ssize_t);
#endif
PyAPI_FUNC(PyObject *) PyList_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) PyList_Insert(PyObject *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) PyList_New(Py_ssize_t);
PyAPI_FUNC(int) PyList_Reverse(PyObject *);
PyAPI_FUNC(int) PyList_SetItem(PyObject *, Py_ssize_t, PyObject *);
PyAPI_FUNC(int) PyList_SetSlice(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyList_Size(PyObject *);
PyAPI_FUNC(int) PyList_Sort(PyObject *);

/* cpython/listobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyList_Clear(PyObject *);
PyAPI_FUNC(int) PyList_Extend(PyObject *, PyObject *);
#endif

/* cpython/longintrepr.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyLongWriter *) PyLongWriter_Create(int, Py_ssize_t, void **);
PyAPI_FUNC(void) PyLongWriter_Discard(PyLongWriter *);
PyAPI_FUNC(PyObject *) PyLongWriter_Finish(PyLongWriter *);
PyAPI_FUNC(int) PyLong_Export(PyObject *, PyLongExport *);
PyAPI_FUNC(void) PyLong_FreeExport(PyLongExport *);
PyAPI_FUNC(const PyLongLayout *) PyLong_GetNativeLayout(void);
PyAPI_FUNC(PyObject *) _PyLong_Copy(PyLongObject *);
Py_DEPRECATED(3.14) PyAPI_FUNC(PyLongObject *) _PyLong_FromDigits(int, Py_ssize_t, digit *);
Py_DEPRECATED(3.14) PyAPI_FUNC(PyLongObject *) _PyLong_New(Py_ssize_t);
#endif

/* longobject.h */
PyAPI_FUNC(double) PyLong_AsDouble(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyLong_AsInt(PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyLong_AsInt32(PyObject *, int32_t *);
PyAPI_FUNC(int) PyLong_AsInt64(PyObject *, int64_t *);
#endif
PyAPI_FUNC(long) PyLong_AsLong(PyObject *);
PyAPI_FUNC(long) PyLong_AsLongAndOverflow(PyObject *, int *);
PyAPI_FUNC(long long) PyLong_AsLongLong(PyObject *);
PyAPI_FUNC(long long) PyLong_AsLongLongAndOverflow(PyObject *, int *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(Py_ssize_t) PyLong_AsNativeBytes(PyObject *, void *, Py_ssize_t, int);
#endif
PyAPI_FUNC(size_t) PyLong_AsSize_t(PyObject *);
PyAPI_FUNC(Py_ssize_t) PyLong_AsSsize_t(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyLong_AsUInt32(PyObject *, uint32_t *);
PyAPI_FUNC(int) PyLong_AsUInt64(PyObject *, uint64_t *);
#endif
PyAPI_FUNC(unsigned long) PyLong_AsUnsignedLong(PyObject *);
PyAPI_FUNC(unsigned long long) PyLong_AsUnsignedLongLong(PyObject *);
PyAPI_FUNC(unsigned long long) PyLong_AsUnsignedLongLongMask(PyObject *);
PyAPI_FUNC(unsigned long) PyLong_AsUnsignedLongMask(PyObject *);
PyAPI_FUNC(void *) PyLong_AsVoidPtr(PyObject *);
PyAPI_FUNC(PyObject *) PyLong_FromDouble(double);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(PyObject *) PyLong_FromInt32(int32_t);
PyAPI_FUNC(PyObject *) PyLong_FromInt64(int64_t);
#endif
PyAPI_FUNC(PyObject *) PyLong_FromLong(long);
PyAPI_FUNC(PyObject *) PyLong_FromLongLong(long long);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(PyObject *) PyLong_FromNativeBytes(const void *, size_t, int);
#endif
PyAPI_FUNC(PyObject *) PyLong_FromSize_t(size_t);
PyAPI_FUNC(PyObject *) PyLong_FromSsize_t(Py_ssize_t);
PyAPI_FUNC(PyObject *) PyLong_FromString(const char *, char **, int);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(PyObject *) PyLong_FromUInt32(uint32_t);
PyAPI_FUNC(PyObject *) PyLong_FromUInt64(uint64_t);
#endif
PyAPI_FUNC(PyObject *) PyLong_FromUnsignedLong(unsigned long);
PyAPI_FUNC(PyObject *) PyLong_FromUnsignedLongLong(unsigned long long);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(PyObject *) PyLong_FromUnsignedNativeBytes(const void *, size_t, int);
#endif
PyAPI_FUNC(PyObject *) PyLong_FromVoidPtr(void *);
PyAPI_FUNC(PyObject *) PyLong_GetInfo(void);
PyAPI_FUNC(long) PyOS_strtol(const char *, char **, int);
PyAPI_FUNC(unsigned long) PyOS_strtoul(const char *, char **, int);

/* cpython/longobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyLong_FromUnicodeObject(PyObject *, int);
PyAPI_FUNC(int) PyLong_GetSign(PyObject *, int *);
PyAPI_FUNC(int) PyLong_IsNegative(PyObject *);
PyAPI_FUNC(int) PyLong_IsPositive(PyObject *);
PyAPI_FUNC(int) PyLong_IsZero(PyObject *);
PyAPI_FUNC(Py_ssize_t) (PyUnstable_Long_CompactValue)(const PyLongObject *);
PyAPI_FUNC(int) (PyUnstable_Long_IsCompact)(const PyLongObject *);
PyAPI_FUNC(int) _PyLong_AsByteArray(PyLongObject *, unsigned char *, size_t, int, int, int);
PyAPI_FUNC(PyObject *) _PyLong_FromByteArray(const unsigned char *, size_t, int, int);
PyAPI_FUNC(PyObject *) _PyLong_GCD(PyObject *, PyObject *);
PyAPI_FUNC(int64_t) _PyLong_NumBits(PyObject *);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyLong_Sign(PyObject *);
#endif

/* marshal.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyMarshal_ReadLastObjectFromFile(FILE *);
PyAPI_FUNC(long) PyMarshal_ReadLongFromFile(FILE *);
PyAPI_FUNC(PyObject *) PyMarshal_ReadObjectFromFile(FILE *);
PyAPI_FUNC(PyObject *) PyMarshal_ReadObjectFromString(const char *, Py_ssize_t);
PyAPI_FUNC(int) PyMarshal_ReadShortFromFile(FILE *);
PyAPI_FUNC(void) PyMarshal_WriteLongToFile(long, FILE *, int);
PyAPI_FUNC(void) PyMarshal_WriteObjectToFile(PyObject *, FILE *, int);
PyAPI_FUNC(PyObject *) PyMarshal_WriteObjectToString(PyObject *, int);
#endif

/* pymem.h */
PyAPI_FUNC(void *) PyMem_Calloc(size_t nelem, size_t elsize);
PyAPI_FUNC(void) PyMem_Free(void *ptr);
PyAPI_FUNC(void *) PyMem_Malloc(size_t size);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(void *) PyMem_RawCalloc(size_t nelem, size_t elsize);
PyAPI_FUNC(void) PyMem_RawFree(void *ptr);
PyAPI_FUNC(void *) PyMem_RawMalloc(size_t size);
PyAPI_FUNC(void *) PyMem_RawRealloc(void *ptr, size_t new_size);
#endif
PyAPI_FUNC(void *) PyMem_Realloc(void *ptr, size_t new_size);

/* cpython/pymem.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyMem_GetAllocator(PyMemAllocatorDomain, PyMemAllocatorEx *);
PyAPI_FUNC(void) PyMem_SetAllocator(PyMemAllocatorDomain, PyMemAllocatorEx *);
PyAPI_FUNC(void) PyMem_SetupDebugHooks(void);
#endif

/* memoryobject.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030b0000
PyAPI_FUNC(PyObject *) PyMemoryView_FromBuffer(const Py_buffer *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyMemoryView_FromMemory(char *, Py_ssize_t, int);
#endif
PyAPI_FUNC(PyObject *) PyMemoryView_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyMemoryView_GetContiguous(PyObject *, int, char);

/* moduleobject.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(PyObject *) PyModuleDef_Init(PyModuleDef *def);
#endif
PyAPI_FUNC(PyModuleDef *) PyModule_GetDef(PyObject *module);
PyAPI_FUNC(PyObject *) PyModule_GetDict(PyObject *module);
Py_DEPRECATED(3.2) PyAPI_FUNC(const char *) PyModule_GetFilename(PyObject *module);
PyAPI_FUNC(PyObject *) PyModule_GetFilenameObject(PyObject *module);
PyAPI_FUNC(const char *) PyModule_GetName(PyObject *module);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyModule_GetNameObject(PyObject *module);
#endif
PyAPI_FUNC(void *) PyModule_GetState(PyObject *module);
PyAPI_FUNC(PyObject *) PyModule_New(const char *name);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyModule_NewObject(PyObject *name);
#endif

/* cpython/monitoring.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyMonitoring_EnterScope(PyMonitoringState *, uint64_t *, const uint8_t *, Py_ssize_t);
PyAPI_FUNC(int) PyMonitoring_ExitScope(void);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyMonitoring_FireBranchEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireBranchLeftEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireBranchRightEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireCRaiseEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FireCReturnEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireCallEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireExceptionHandledEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FireJumpEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireLineEvent(PyMonitoringState *, PyObject *, int32_t, int);
PyAPI_FUNC(int) _PyMonitoring_FirePyResumeEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FirePyReturnEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FirePyStartEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FirePyThrowEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FirePyUnwindEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FirePyYieldEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
PyAPI_FUNC(int) _PyMonitoring_FireRaiseEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FireReraiseEvent(PyMonitoringState *, PyObject *, int32_t);
PyAPI_FUNC(int) _PyMonitoring_FireStopIterationEvent(PyMonitoringState *, PyObject *, int32_t, PyObject *);
#endif

/* cpython/lock.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) (PyMutex_IsLocked)(PyMutex *);
PyAPI_FUNC(void) (PyMutex_Lock)(PyMutex *);
PyAPI_FUNC(void) (PyMutex_Unlock)(PyMutex *);
#endif

/* cpython/odictobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyODict_DelItem(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyODict_New(void);
PyAPI_FUNC(int) PyODict_SetItem(PyObject *, PyObject *, PyObject *);
#endif

/* intrcheck.h */
Py_DEPRECATED(3.7) PyAPI_FUNC(void) PyOS_AfterFork(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(void) PyOS_AfterFork_Child(void);
PyAPI_FUNC(void) PyOS_AfterFork_Parent(void);
PyAPI_FUNC(void) PyOS_BeforeFork(void);
#endif
PyAPI_FUNC(int) PyOS_InterruptOccurred(void);

/* osmodule.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03060000
PyAPI_FUNC(PyObject *) PyOS_FSPath(PyObject *);
#endif

/* cpython/pythonrun.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(char *) PyOS_Readline(FILE *, FILE *, const char *);
PyAPI_FUNC(int) (PyRun_AnyFile)(FILE *, const char *);
PyAPI_FUNC(int) (PyRun_AnyFileEx)(FILE *, const char *, int);
PyAPI_FUNC(int) PyRun_AnyFileExFlags(FILE *, const char *, int, PyCompilerFlags *);
PyAPI_FUNC(int) (PyRun_AnyFileFlags)(FILE *, const char *, PyCompilerFlags *);
PyAPI_FUNC(PyObject *) (PyRun_File)(FILE *, const char *, int, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) (PyRun_FileEx)(FILE *, const char *, int, PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) PyRun_FileExFlags(FILE *, const char *, int, PyObject *, PyObject *, int,
    PyCompilerFlags *);
PyAPI_FUNC(PyObject *) (PyRun_FileFlags)(FILE *, const char *, int, PyObject *, PyObject *, PyCompilerFlags *);
PyAPI_FUNC(int) (PyRun_InteractiveLoop)(FILE *, const char *);
PyAPI_FUNC(int) PyRun_InteractiveLoopFlags(FILE *, const char *, PyCompilerFlags *);
PyAPI_FUNC(int) (PyRun_InteractiveOne)(FILE *, const char *);
PyAPI_FUNC(int) PyRun_InteractiveOneFlags(FILE *, const char *, PyCompilerFlags *);
PyAPI_FUNC(int) PyRun_InteractiveOneObject(FILE *, PyObject *, PyCompilerFlags *);
PyAPI_FUNC(int) (PyRun_SimpleFile)(FILE *, const char *);
PyAPI_FUNC(int) (PyRun_SimpleFileEx)(FILE *, const char *, int);
PyAPI_FUNC(int) PyRun_SimpleFileExFlags(FILE *, const char *, int, PyCompilerFlags *);
PyAPI_FUNC(int) (PyRun_SimpleString)(const char *);
PyAPI_FUNC(int) PyRun_SimpleStringFlags(const char *, PyCompilerFlags *);
PyAPI_FUNC(PyObject *) (PyRun_String)(const char *, int, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyRun_StringFlags(const char *, int, PyObject *, PyObject *, PyCompilerFlags *);
PyAPI_FUNC(PyObject *) Py_CompileStringExFlags(const char *, const char *, int, PyCompilerFlags *, int);
PyAPI_FUNC(PyObject *) (Py_CompileStringFlags)(const char *, const char *, int, PyCompilerFlags *);
PyAPI_FUNC(PyObject *) Py_CompileStringObject(const char *, PyObject *, int, PyCompilerFlags *, int);
#endif

/* pystrtod.h */
PyAPI_FUNC(char *) PyOS_double_to_string(double, char, int, int, int *);
PyAPI_FUNC(double) PyOS_string_to_double(const char *, char **, PyObject *);

/* pylifecycle.h */
PyAPI_FUNC(PyOS_sighandler_t) PyOS_getsig(int);
PyAPI_FUNC(PyOS_sighandler_t) PyOS_setsig(int, PyOS_sighandler_t);
PyAPI_FUNC(int) Py_AtExit(void (*func)(void));
PyAPI_FUNC(int) Py_BytesMain(int, char **);
PyAPI_FUNC(void) Py_EndInterpreter(PyThreadState *tstate);
_Py_NO_RETURN PyAPI_FUNC(void) Py_Exit(int sts);
PyAPI_FUNC(void) Py_Finalize(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03060000
PyAPI_FUNC(int) Py_FinalizeEx(void);
#endif
PyAPI_FUNC(const char *) Py_GetBuildInfo(void);
PyAPI_FUNC(const char *) Py_GetCompiler(void);
PyAPI_FUNC(const char *) Py_GetCopyright(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetExecPrefix(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetPath(void);
PyAPI_FUNC(const char *) Py_GetPlatform(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetPrefix(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetProgramFullPath(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetProgramName(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(wchar_t *) Py_GetPythonHome(void);
PyAPI_FUNC(const char *) Py_GetVersion(void);
PyAPI_FUNC(void) Py_Initialize(void);
PyAPI_FUNC(void) Py_InitializeEx(int initsigs);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) Py_IsFinalizing(void);
#endif
PyAPI_FUNC(int) Py_IsInitialized(void);
PyAPI_FUNC(int) Py_Main(int, wchar_t **);
PyAPI_FUNC(PyThreadState *) Py_NewInterpreter(void);
Py_DEPRECATED(3.11) PyAPI_FUNC(void) Py_SetProgramName(const wchar_t *);
Py_DEPRECATED(3.11) PyAPI_FUNC(void) Py_SetPythonHome(const wchar_t *);

/* pystrcmp.h */
PyAPI_FUNC(int) PyOS_mystricmp(const char *, const char *);
PyAPI_FUNC(int) PyOS_mystrnicmp(const char *, const char *, Py_ssize_t);

/* cpython/object.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyObject_CallFinalizer(PyObject *);
PyAPI_FUNC(int) PyObject_CallFinalizerFromDealloc(PyObject *);
PyAPI_FUNC(void) PyObject_ClearManagedDict(PyObject *);
PyAPI_FUNC(void *) PyObject_GetItemData(PyObject *);
PyAPI_FUNC(int) PyObject_Print(PyObject *, FILE *, int);
PyAPI_FUNC(int) PyObject_VisitManagedDict(PyObject *, visitproc, void *);
PyAPI_FUNC(PyRefTracer) PyRefTracer_GetTracer(void **);
PyAPI_FUNC(int) PyRefTracer_SetTracer(PyRefTracer, void *);
PyAPI_FUNC(int) PyType_AddWatcher(PyType_WatchCallback);
PyAPI_FUNC(int) PyType_ClearWatcher(int);
PyAPI_FUNC(PyObject *) PyType_GetDict(PyTypeObject *);
PyAPI_FUNC(int) PyType_Unwatch(int, PyObject *);
PyAPI_FUNC(int) PyType_Watch(int, PyObject *);
PyAPI_FUNC(void) PyUnstable_EnableTryIncRef(PyObject *);
PyAPI_FUNC(int) PyUnstable_IsImmortal(PyObject *);
PyAPI_FUNC(void) PyUnstable_Object_ClearWeakRefsNoCallbacks(PyObject *);
PyAPI_FUNC(int) PyUnstable_Object_EnableDeferredRefcount(PyObject *);
PyAPI_FUNC(int) PyUnstable_Object_IsUniqueReferencedTemporary(PyObject *);
PyAPI_FUNC(int) PyUnstable_Object_IsUniquelyReferenced(PyObject *);
PyAPI_FUNC(int) PyUnstable_TryIncRef(PyObject *);
PyAPI_FUNC(int) PyUnstable_Type_AssignVersionTag(PyTypeObject *);
_Py_NO_RETURN PyAPI_FUNC(void) _PyObject_AssertFailed(PyObject *, const char *, const char *, const char *, int,
    const char *);
PyAPI_FUNC(void) _PyObject_Dump(PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_FunctionStr(PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_GenericGetAttrWithDict(PyObject *, PyObject *, PyObject *, int);
PyAPI_FUNC(int) _PyObject_GenericSetAttrWithDict(PyObject *, PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_GetAttrId(PyObject *, _Py_Identifier *);
PyAPI_FUNC(PyObject **) _PyObject_GetDictPtr(PyObject *);
PyAPI_FUNC(int) _PyObject_SetManagedDict(PyObject *, PyObject *);
PyAPI_FUNC(void) _PyTrash_thread_deposit_object(PyThreadState *, PyObject *);
PyAPI_FUNC(void) _PyTrash_thread_destroy_chain(PyThreadState *);
PyAPI_FUNC(PyObject *) _PyType_Lookup(PyTypeObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyType_LookupRef(PyTypeObject *, PyObject *);
PyAPI_FUNC(const char *) _PyType_Name(PyTypeObject *);
PyAPI_FUNC(void) _Py_BreakPoint(void);
PyAPI_FUNC(void) _Py_ForgetReference(PyObject *);
PyAPI_FUNC(void) _Py_NewReference(PyObject *);
PyAPI_FUNC(void) _Py_NewReferenceNoTotal(PyObject *);
PyAPI_FUNC(int) _Py_ReachedRecursionLimitWithMargin(PyThreadState *, int);
PyAPI_FUNC(void) _Py_ResurrectReference(PyObject *);
#endif

/* cpython/abstract.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyObject_CallOneArg(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyObject_LengthHint(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyObject_VectorcallDict(PyObject *, PyObject *const *, size_t, PyObject *);
PyAPI_FUNC(vectorcallfunc) PyVectorcall_Function(PyObject *);
PyAPI_FUNC(PyObject *) _PyStack_AsDict(PyObject *const *, PyObject *);
#endif

/* cpython/objimpl.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject **) PyObject_GET_WEAKREFS_LISTPTR(PyObject *op);
PyAPI_FUNC(void) PyObject_GetArenaAllocator(PyObjectArenaAllocator *);
PyAPI_FUNC(int) PyObject_IS_GC(PyObject *op);
PyAPI_FUNC(void) PyObject_SetArenaAllocator(PyObjectArenaAllocator *);
PyAPI_FUNC(int) PyType_SUPPORTS_WEAKREFS(PyTypeObject *ty);
PyAPI_FUNC(void) PyUnstable_GC_VisitObjects(gcvisitobjects_t callback, void *arg);
PyAPI_FUNC(PyObject *) PyUnstable_Object_GC_NewWithExtraData(PyTypeObject *ty, size_t extra_size);
#endif

/* cpython/picklebufobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyPickleBuffer_FromObject(PyObject *);
PyAPI_FUNC(const Py_buffer *) PyPickleBuffer_GetBuffer(PyObject *);
PyAPI_FUNC(int) PyPickleBuffer_Release(PyObject *);
#endif

/* sliceobject.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(Py_ssize_t) PySlice_AdjustIndices(Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t);
#endif
PyAPI_FUNC(int) PySlice_GetIndices(PyObject *, Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
Py_DEPRECATED(3.7) PyAPI_FUNC(int) (PySlice_GetIndicesEx)(PyObject *, Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *,
    Py_ssize_t *);
PyAPI_FUNC(PyObject *) PySlice_New(PyObject *, PyObject *, PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(int) PySlice_Unpack(PyObject *, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _PySlice_FromIndices(Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) _PySlice_GetLongIndices(PySliceObject *, PyObject *, PyObject **, PyObject **, PyObject **);
#endif

/* structseq.h */
PyAPI_FUNC(PyObject *) PyStructSequence_GetItem(PyObject *, Py_ssize_t);
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyStructSequence_InitType(PyTypeObject *, PyStructSequence_Desc *);
PyAPI_FUNC(int) PyStructSequence_InitType2(PyTypeObject *, PyStructSequence_Desc *);
#endif
PyAPI_FUNC(PyObject *) PyStructSequence_New(PyTypeObject *);
PyAPI_FUNC(PyTypeObject *) PyStructSequence_NewType(PyStructSequence_Desc *);
PyAPI_FUNC(void) PyStructSequence_SetItem(PyObject *, Py_ssize_t, PyObject *);

/* cpython/audit.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PySys_AddAuditHook(Py_AuditHookFunction, void *);
#endif

/* audit.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PySys_AuditTuple(const char *, PyObject *);
#endif

/* sysmodule.h */
PyAPI_FUNC(PyObject *) PySys_GetObject(const char *);
PyAPI_FUNC(PyObject *) PySys_GetXOptions(void);
Py_DEPRECATED(3.13) PyAPI_FUNC(void) PySys_ResetWarnOptions(void);
Py_DEPRECATED(3.11) PyAPI_FUNC(void) PySys_SetArgv(int, wchar_t **);
Py_DEPRECATED(3.11) PyAPI_FUNC(void) PySys_SetArgvEx(int, wchar_t **, int);
PyAPI_FUNC(int) PySys_SetObject(const char *, PyObject *);

/* pythread.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyThread_GetInfo(void);
#endif
Py_DEPRECATED(3.7) PyAPI_FUNC(void) PyThread_ReInitTLS(void);
PyAPI_FUNC(int) PyThread_acquire_lock(PyThread_type_lock, int);
PyAPI_FUNC(PyLockStatus) PyThread_acquire_lock_timed(PyThread_type_lock, long long, int);
PyAPI_FUNC(PyThread_type_lock) PyThread_allocate_lock(void);
Py_DEPRECATED(3.7) PyAPI_FUNC(int) PyThread_create_key(void);
Py_DEPRECATED(3.7) PyAPI_FUNC(void) PyThread_delete_key(int);
Py_DEPRECATED(3.7) PyAPI_FUNC(void) PyThread_delete_key_value(int);
_Py_NO_RETURN PyAPI_FUNC(void) PyThread_exit_thread(void);
PyAPI_FUNC(void) PyThread_free_lock(PyThread_type_lock);
Py_DEPRECATED(3.7) PyAPI_FUNC(void *) PyThread_get_key_value(int);
PyAPI_FUNC(size_t) PyThread_get_stacksize(void);
PyAPI_FUNC(unsigned long) PyThread_get_thread_ident(void);
PyAPI_FUNC(unsigned long) PyThread_get_thread_native_id(void);
PyAPI_FUNC(void) PyThread_init_thread(void);
PyAPI_FUNC(void) PyThread_release_lock(PyThread_type_lock);
Py_DEPRECATED(3.7) PyAPI_FUNC(int) PyThread_set_key_value(int, void *);
PyAPI_FUNC(int) PyThread_set_stacksize(size_t);
PyAPI_FUNC(unsigned long) PyThread_start_new_thread(void (*) (void *), void *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03070000
PyAPI_FUNC(Py_tss_t *) PyThread_tss_alloc(void);
PyAPI_FUNC(int) PyThread_tss_create(Py_tss_t *);
PyAPI_FUNC(void) PyThread_tss_delete(Py_tss_t *);
PyAPI_FUNC(void) PyThread_tss_free(Py_tss_t *);
PyAPI_FUNC(void *) PyThread_tss_get(Py_tss_t *);
PyAPI_FUNC(int) PyThread_tss_is_created(Py_tss_t *);
PyAPI_FUNC(int) PyThread_tss_set(Py_tss_t *, void *);
#endif

/* cpython/pytime.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(double) PyTime_AsSecondsDouble(PyTime_t);
PyAPI_FUNC(int) PyTime_Monotonic(PyTime_t *);
PyAPI_FUNC(int) PyTime_MonotonicRaw(PyTime_t *);
PyAPI_FUNC(int) PyTime_PerfCounter(PyTime_t *);
PyAPI_FUNC(int) PyTime_PerfCounterRaw(PyTime_t *);
PyAPI_FUNC(int) PyTime_Time(PyTime_t *);
PyAPI_FUNC(int) PyTime_TimeRaw(PyTime_t *);
#endif

/* traceback.h */
PyAPI_FUNC(int) PyTraceBack_Here(PyFrameObject *);
PyAPI_FUNC(int) PyTraceBack_Print(PyObject *, PyObject *);

/* cpython/tracemalloc.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyTraceMalloc_Track(unsigned int, uintptr_t, size_t);
PyAPI_FUNC(int) PyTraceMalloc_Untrack(unsigned int, uintptr_t);
#endif

/* tupleobject.h */
PyAPI_FUNC(PyObject *) PyTuple_GetItem(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyTuple_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyTuple_New(Py_ssize_t);
PyAPI_FUNC(int) PyTuple_SetItem(PyObject *, Py_ssize_t, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyTuple_Size(PyObject *);

/* cpython/unicodeobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyUnicodeWriter *) PyUnicodeWriter_Create(Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeWriter_DecodeUTF8Stateful(PyUnicodeWriter *, const char *, Py_ssize_t, const char *,
    Py_ssize_t *);
PyAPI_FUNC(void) PyUnicodeWriter_Discard(PyUnicodeWriter *);
PyAPI_FUNC(PyObject *) PyUnicodeWriter_Finish(PyUnicodeWriter *);
PyAPI_FUNC(int) PyUnicodeWriter_WriteASCII(PyUnicodeWriter *, const char *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeWriter_WriteChar(PyUnicodeWriter *, Py_UCS4);
PyAPI_FUNC(int) PyUnicodeWriter_WriteRepr(PyUnicodeWriter *, PyObject *);
PyAPI_FUNC(int) PyUnicodeWriter_WriteStr(PyUnicodeWriter *, PyObject *);
PyAPI_FUNC(int) PyUnicodeWriter_WriteSubstring(PyUnicodeWriter *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeWriter_WriteUCS4(PyUnicodeWriter *, Py_UCS4 *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeWriter_WriteUTF8(PyUnicodeWriter *, const char *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicodeWriter_WriteWideChar(PyUnicodeWriter *, const wchar_t *, Py_ssize_t);
PyAPI_FUNC(const char *) PyUnicode_AsUTF8(PyObject *);
PyAPI_FUNC(Py_ssize_t) PyUnicode_CopyCharacters(PyObject *, Py_ssize_t, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(void *) (PyUnicode_DATA)(PyObject *);
PyAPI_FUNC(Py_ssize_t) PyUnicode_Fill(PyObject *, Py_ssize_t, Py_ssize_t, Py_UCS4);
PyAPI_FUNC(PyObject *) PyUnicode_FromKindAndData(int, const void *, Py_ssize_t);
PyAPI_FUNC(int) (PyUnicode_KIND)(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_New(Py_ssize_t, Py_UCS4);
Py_DEPRECATED(3.14) PyAPI_FUNC(void) _PyUnicodeWriter_Dealloc(_PyUnicodeWriter *);
Py_DEPRECATED(3.14) PyAPI_FUNC(PyObject *) _PyUnicodeWriter_Finish(_PyUnicodeWriter *);
Py_DEPRECATED(3.14) PyAPI_FUNC(void) _PyUnicodeWriter_Init(_PyUnicodeWriter *);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_PrepareInternal(_PyUnicodeWriter *, Py_ssize_t, Py_UCS4);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_PrepareKindInternal(_PyUnicodeWriter *, int);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_WriteASCIIString(_PyUnicodeWriter *, const char *, Py_ssize_t);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_WriteChar(_PyUnicodeWriter *, Py_UCS4);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_WriteLatin1String(_PyUnicodeWriter *, const char *, Py_ssize_t);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_WriteStr(_PyUnicodeWriter *, PyObject *);
Py_DEPRECATED(3.14) PyAPI_FUNC(int) _PyUnicodeWriter_WriteSubstring(_PyUnicodeWriter *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyUnicode_FromId(_Py_Identifier *);
PyAPI_FUNC(int) _PyUnicode_IsAlpha(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsDecimalDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsLinebreak(const Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsLowercase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsNumeric(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsPrintable(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsTitlecase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsUppercase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsWhitespace(const Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_ToDecimalDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_ToDigit(Py_UCS4);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToLowercase(Py_UCS4);
PyAPI_FUNC(double) _PyUnicode_ToNumeric(Py_UCS4);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToTitlecase(Py_UCS4);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToUppercase(Py_UCS4);
#endif

/* unicodeobject.h */
PyAPI_FUNC(void) PyUnicode_Append(PyObject **, PyObject *);
PyAPI_FUNC(void) PyUnicode_AppendAndDel(PyObject **, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_AsASCIIString(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_AsCharmapString(PyObject *, PyObject *);
Py_DEPRECATED(3.6) PyAPI_FUNC(PyObject *) PyUnicode_AsDecodedObject(PyObject *, const char *, const char *);
Py_DEPRECATED(3.6) PyAPI_FUNC(PyObject *) PyUnicode_AsDecodedUnicode(PyObject *, const char *, const char *);
Py_DEPRECATED(3.6) PyAPI_FUNC(PyObject *) PyUnicode_AsEncodedObject(PyObject *, const char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_AsEncodedString(PyObject *, const char *, const char *);
Py_DEPRECATED(3.6) PyAPI_FUNC(PyObject *) PyUnicode_AsEncodedUnicode(PyObject *, const char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_AsLatin1String(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_AsRawUnicodeEscapeString(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(Py_UCS4 *) PyUnicode_AsUCS4(PyObject *, Py_UCS4 *, Py_ssize_t, int);
PyAPI_FUNC(Py_UCS4 *) PyUnicode_AsUCS4Copy(PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_AsUTF16String(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_AsUTF32String(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030a0000
PyAPI_FUNC(const char *) PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_AsUTF8String(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_AsUnicodeEscapeString(PyObject *);
PyAPI_FUNC(Py_ssize_t) PyUnicode_AsWideChar(PyObject *, wchar_t *, Py_ssize_t);
PyAPI_FUNC(wchar_t *) PyUnicode_AsWideCharString(PyObject *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicode_BuildEncodingMap(PyObject *);
PyAPI_FUNC(int) PyUnicode_Compare(PyObject *, PyObject *);
PyAPI_FUNC(int) PyUnicode_CompareWithASCIIString(PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_Concat(PyObject *, PyObject *);
PyAPI_FUNC(int) PyUnicode_Contains(PyObject *, PyObject *);
PyAPI_FUNC(Py_ssize_t) PyUnicode_Count(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_Decode(const char *, Py_ssize_t, const char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeASCII(const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeCharmap(const char *, Py_ssize_t, PyObject *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeFSDefault(const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeFSDefaultAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeLatin1(const char *, Py_ssize_t, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyUnicode_DecodeLocale(const char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeLocaleAndSize(const char *, Py_ssize_t, const char *);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_DecodeRawUnicodeEscape(const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF16(const char *, Py_ssize_t, const char *, int *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF16Stateful(const char *, Py_ssize_t, const char *, int *,
    Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF32(const char *, Py_ssize_t, const char *, int *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF32Stateful(const char *, Py_ssize_t, const char *, int *,
    Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF7(const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF7Stateful(const char *, Py_ssize_t, const char *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF8(const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUTF8Stateful(const char *, Py_ssize_t, const char *, Py_ssize_t *);
PyAPI_FUNC(PyObject *) PyUnicode_DecodeUnicodeEscape(const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeFSDefault(PyObject *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyUnicode_EncodeLocale(PyObject *, const char *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(int) PyUnicode_Equal(PyObject *, PyObject *);
#endif
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyUnicode_EqualToUTF8(PyObject *, const char *);
PyAPI_FUNC(int) PyUnicode_EqualToUTF8AndSize(PyObject *, const char *, Py_ssize_t);
#endif
PyAPI_FUNC(int) PyUnicode_FSConverter(PyObject *, void *);
PyAPI_FUNC(int) PyUnicode_FSDecoder(PyObject *, void *);
PyAPI_FUNC(Py_ssize_t) PyUnicode_Find(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t, int);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(Py_ssize_t) PyUnicode_FindChar(PyObject *, Py_UCS4, Py_ssize_t, Py_ssize_t, int);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_Format(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_FromEncodedObject(PyObject *, const char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_FromOrdinal(int);
PyAPI_FUNC(PyObject *) PyUnicode_FromString(const char *);
PyAPI_FUNC(PyObject *) PyUnicode_FromStringAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_FromWideChar(const wchar_t *, Py_ssize_t);
PyAPI_FUNC(const char *) PyUnicode_GetDefaultEncoding(void);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(Py_ssize_t) PyUnicode_GetLength(PyObject *);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_InternFromString(const char *);
PyAPI_FUNC(void) PyUnicode_InternInPlace(PyObject **);
PyAPI_FUNC(int) PyUnicode_IsIdentifier(PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_Join(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_Partition(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_RPartition(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyUnicode_RSplit(PyObject *, PyObject *, Py_ssize_t);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(Py_UCS4) PyUnicode_ReadChar(PyObject *, Py_ssize_t);
#endif
PyAPI_FUNC(PyObject *) PyUnicode_Replace(PyObject *, PyObject *, PyObject *, Py_ssize_t);
PyAPI_FUNC(int) PyUnicode_Resize(PyObject **, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_RichCompare(PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) PyUnicode_Split(PyObject *, PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_Splitlines(PyObject *, int);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(PyObject *) PyUnicode_Substring(PyObject *, Py_ssize_t, Py_ssize_t);
#endif
PyAPI_FUNC(Py_ssize_t) PyUnicode_Tailmatch(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t, int);
PyAPI_FUNC(PyObject *) PyUnicode_Translate(PyObject *, PyObject *, const char *);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03030000
PyAPI_FUNC(int) PyUnicode_WriteChar(PyObject *, Py_ssize_t, Py_UCS4);
#endif

/* cpython/pylifecycle.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyUnstable_AtExit(PyInterpreterState *interp, void (*func)(void*), void *data);
_Py_NO_RETURN PyAPI_FUNC(void) Py_ExitStatusException(PyStatus status);
PyAPI_FUNC(int) Py_FdIsInteractive(FILE *, const char *);
PyAPI_FUNC(int) Py_FrozenMain(int, char **);
PyAPI_FUNC(PyStatus) Py_InitializeFromConfig(const PyConfig *);
PyAPI_FUNC(PyStatus) Py_NewInterpreterFromConfig(PyThreadState **tstate_p, const PyInterpreterConfig *config);
PyAPI_FUNC(PyStatus) Py_PreInitialize(const PyPreConfig *);
PyAPI_FUNC(PyStatus) Py_PreInitializeFromArgs(const PyPreConfig *, Py_ssize_t, wchar_t **);
PyAPI_FUNC(PyStatus) Py_PreInitializeFromBytesArgs(const PyPreConfig *, Py_ssize_t, char **);
PyAPI_FUNC(int) Py_RunMain(void);
#endif

/* weakrefobject.h */
Py_DEPRECATED(3.13) PyAPI_FUNC(PyObject *) PyWeakref_GetObject(PyObject *reference);
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030d0000
PyAPI_FUNC(int) PyWeakref_GetRef(PyObject *reference, PyObject **pobj);
#endif
PyAPI_FUNC(PyObject *) PyWeakref_NewProxy(PyObject *ob, PyObject *callback);
PyAPI_FUNC(PyObject *) PyWeakref_NewRef(PyObject *ob, PyObject *callback);

/* cpython/weakrefobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyWeakref_IsDead(PyObject *reference);
PyAPI_FUNC(void) _PyWeakref_ClearRef(PyWeakReference *self_);
#endif

/* refcount.h */
PyAPI_FUNC(void) Py_DecRef(PyObject *);
PyAPI_FUNC(void) Py_IncRef(PyObject *);
PyAPI_FUNC(PyObject *) (Py_NewRef)(PyObject *);
PyAPI_FUNC(Py_ssize_t) (Py_REFCNT)(PyObject *);
PyAPI_FUNC(PyObject *) (Py_XNewRef)(PyObject *);
PyAPI_FUNC(void) _Py_Dealloc(PyObject *);
PyAPI_FUNC(void) _Py_DecRef(PyObject *);
PyAPI_FUNC(void) _Py_IncRef(PyObject *);
PyAPI_FUNC(void) _Py_SetRefcnt(PyObject *, Py_ssize_t);

/* fileutils.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03050000
PyAPI_FUNC(wchar_t *) Py_DecodeLocale(const char *, size_t *);
PyAPI_FUNC(char *) Py_EncodeLocale(const wchar_t *, size_t *);
#endif

/* cpython/pydebug.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(char *) Py_GETENV(const char *);
#endif

/* genericaliasobject.h */
PyAPI_FUNC(PyObject *) Py_GenericAlias(PyObject *, PyObject *);

/* pymacro.h */
#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x030e0000
PyAPI_FUNC(uint32_t) (Py_PACK_FULL_VERSION)(int, int, int, int, int);
PyAPI_FUNC(uint32_t) (Py_PACK_VERSION)(int, int);
#endif

/* cpython/fileutils.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) Py_fclose(FILE *);
PyAPI_FUNC(FILE *) Py_fopen(PyObject *, const char *);
#endif

/* cpython/tupleobject.h */
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) _PyTuple_Resize(PyObject **, Py_ssize_t);
#endif

#ifdef __cplusplus
}
#endif
#endif
