//! The function types of slots, method tables and hooks, nullable as in C.

use super::*;

macro_rules! function_types {
    ($($name:ident = fn($($arg:ty),*) $(-> $ret:ty)?;)*) => {
        $(pub type $name = Option<unsafe extern "C" fn($($arg),*) $(-> $ret)?>;)*
    };
}

function_types! {
    unaryfunc = fn(*mut PyObject) -> *mut PyObject;
    binaryfunc = fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
    ternaryfunc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    inquiry = fn(*mut PyObject) -> c_int;
    lenfunc = fn(*mut PyObject) -> Py_ssize_t;
    ssizeargfunc = fn(*mut PyObject, Py_ssize_t) -> *mut PyObject;
    ssizessizeargfunc = fn(*mut PyObject, Py_ssize_t, Py_ssize_t) -> *mut PyObject;
    ssizeobjargproc = fn(*mut PyObject, Py_ssize_t, *mut PyObject) -> c_int;
    ssizessizeobjargproc = fn(*mut PyObject, Py_ssize_t, Py_ssize_t, *mut PyObject) -> c_int;
    objobjargproc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    objobjproc = fn(*mut PyObject, *mut PyObject) -> c_int;
    freefunc = fn(*mut c_void);
    destructor = fn(*mut PyObject);
    getattrfunc = fn(*mut PyObject, *mut c_char) -> *mut PyObject;
    getattrofunc = fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
    setattrfunc = fn(*mut PyObject, *mut c_char, *mut PyObject) -> c_int;
    setattrofunc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    reprfunc = fn(*mut PyObject) -> *mut PyObject;
    hashfunc = fn(*mut PyObject) -> Py_hash_t;
    richcmpfunc = fn(*mut PyObject, *mut PyObject, c_int) -> *mut PyObject;
    getiterfunc = fn(*mut PyObject) -> *mut PyObject;
    iternextfunc = fn(*mut PyObject) -> *mut PyObject;
    descrgetfunc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    descrsetfunc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    initproc = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    newfunc = fn(*mut PyTypeObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    allocfunc = fn(*mut PyTypeObject, Py_ssize_t) -> *mut PyObject;
    vectorcallfunc = fn(*mut PyObject, *const *mut PyObject, usize, *mut PyObject) -> *mut PyObject;
    visitproc = fn(*mut PyObject, *mut c_void) -> c_int;
    traverseproc = fn(*mut PyObject, visitproc, *mut c_void) -> c_int;
    getbufferproc = fn(*mut PyObject, *mut Py_buffer, c_int) -> c_int;
    releasebufferproc = fn(*mut PyObject, *mut Py_buffer);
    sendfunc = fn(*mut PyObject, *mut PyObject, *mut *mut PyObject) -> c_int;
    getter = fn(*mut PyObject, *mut c_void) -> *mut PyObject;
    setter = fn(*mut PyObject, *mut PyObject, *mut c_void) -> c_int;
    wrapperfunc = fn(*mut PyObject, *mut PyObject, *mut c_void) -> *mut PyObject;
    wrapperfunc_kwds = fn(*mut PyObject, *mut PyObject, *mut c_void, *mut PyObject) -> *mut PyObject;
    PyCFunction = fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
    PyCFunctionWithKeywords = fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    PyCFunctionFast = fn(*mut PyObject, *const *mut PyObject, Py_ssize_t) -> *mut PyObject;
    PyCFunctionFastWithKeywords = fn(*mut PyObject, *const *mut PyObject, Py_ssize_t, *mut PyObject) -> *mut PyObject;
    PyCMethod = fn(*mut PyObject, *mut PyTypeObject, *const *mut PyObject, usize, *mut PyObject) -> *mut PyObject;
    PyModInitFunction = fn() -> *mut PyObject;
    PyCapsule_Destructor = fn(*mut PyObject);
    Py_tracefunc = fn(*mut PyObject, *mut PyObject, c_int, *mut PyObject) -> c_int;
    PyOS_sighandler_t = fn(c_int);
    Py_AuditHookFunction = fn(*const c_char, *mut PyObject, *mut c_void) -> c_int;
    PyContext_WatchCallback = fn(c_int, *mut PyObject) -> c_int;
    PyDict_WatchCallback = fn(c_int, *mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    PyCode_WatchCallback = fn(c_int, *mut PyCodeObject) -> c_int;
    PyFunction_WatchCallback = fn(c_int, *mut PyFunctionObject, *mut PyObject) -> c_int;
    PyType_WatchCallback = fn(*mut PyTypeObject) -> c_int;
    Py_OpenCodeHookFunction = fn(*mut PyObject, *mut c_void) -> *mut PyObject;
    _PyFrameEvalFunction = fn(*mut PyThreadState, *mut _PyInterpreterFrame, c_int) -> *mut PyObject;
    atexit_datacallbackfunc = fn(*mut c_void);
    gcvisitobjects_t = fn(*mut PyObject, *mut c_void) -> c_int;
    PyRefTracer = fn(*mut PyObject, c_int, *mut c_void) -> c_int;
}
