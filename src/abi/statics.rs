//! How static objects of the ABI are written down in Rust: type objects, their tables, immortal singletons.

use super::*;

macro_rules! read_only_tables {
    ($($entry:ty),* $(,)?) => {$(
        // SAFETY: tables hold names and function addresses fixed at link time; the runtime only reads them.
        unsafe impl Sync for $entry {}
    )*};
}

read_only_tables! {
    PyMethodDef,
    PyGetSetDef,
    PyMemberDef,
    PyType_Slot,
    PyModuleDef_Slot,
    PyAsyncMethods,
    PyNumberMethods,
    PySequenceMethods,
    PyMappingMethods,
    PyBufferProcs,
}

/// The address of a table of `N` entries, in the form that C structs want. The tables are never written to.
pub const fn table<T, const N: usize>(entries: &'static [T; N]) -> *mut T {
    entries.as_ptr().cast_mut()
}

/// The address of one suite of methods (`tp_as_number` and the like).
pub const fn suite<T>(suite: &'static T) -> *mut T {
    (&raw const *suite).cast_mut()
}

impl PyObject {
    /// The head of a static object: immortal, never freed. Fields as `PyObject_HEAD_INIT` gives them.
    pub const fn immortal(ob_type: *mut PyTypeObject) -> PyObject {
        PyObject {
            ob_refcnt: _Py_IMMORTAL_INITIAL_REFCNT as u32,
            ob_overflow: 0,
            ob_flags: (_Py_STATICALLY_ALLOCATED_FLAG | _Py_IMMORTAL_FLAGS) as u16,
            ob_type,
        }
    }
}

impl PyVarObject {
    pub const fn immortal(ob_type: *mut PyTypeObject, ob_size: Py_ssize_t) -> PyVarObject {
        PyVarObject { ob_base: PyObject::immortal(ob_type), ob_size }
    }
}

impl PyMethodDef {
    /// The entry that ends a table.
    pub const END: PyMethodDef =
        PyMethodDef { ml_name: std::ptr::null(), ml_meth: None, ml_flags: 0, ml_doc: std::ptr::null() };

    /// `METH_NOARGS`; the function's second argument is NULL.
    pub const fn noargs(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        PyMethodDef { ml_name: name.as_ptr(), ml_meth: Some(f), ml_flags: METH_NOARGS, ml_doc: doc.as_ptr() }
    }

    /// `METH_O`: one positional argument.
    pub const fn one(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        PyMethodDef { ml_name: name.as_ptr(), ml_meth: Some(f), ml_flags: METH_O, ml_doc: doc.as_ptr() }
    }

    /// `METH_VARARGS`: a tuple.
    pub const fn varargs(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        PyMethodDef { ml_name: name.as_ptr(), ml_meth: Some(f), ml_flags: METH_VARARGS, ml_doc: doc.as_ptr() }
    }

    /// `METH_VARARGS | METH_KEYWORDS`: a tuple and a dict or NULL.
    pub const fn keywords(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        // SAFETY: the flags tell every caller which signature to call it with.
        let f = unsafe { std::mem::transmute::<PyCFunctionWithKeywords, PyCFunction>(Some(f)) };
        PyMethodDef { ml_name: name.as_ptr(), ml_meth: f, ml_flags: METH_VARARGS | METH_KEYWORDS, ml_doc: doc.as_ptr() }
    }

    /// `METH_FASTCALL`: an array of positional arguments.
    pub const fn fast(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, Py_ssize_t) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        // SAFETY: the flags tell every caller which signature to call it with.
        let f = unsafe { std::mem::transmute::<PyCFunctionFast, PyCFunction>(Some(f)) };
        PyMethodDef { ml_name: name.as_ptr(), ml_meth: f, ml_flags: METH_FASTCALL, ml_doc: doc.as_ptr() }
    }

    /// `METH_FASTCALL | METH_KEYWORDS`: an array, and the names of its last items or NULL.
    pub const fn fast_keywords(
        name: &'static std::ffi::CStr,
        f: unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, Py_ssize_t, *mut PyObject) -> *mut PyObject,
        doc: &'static std::ffi::CStr,
    ) -> PyMethodDef {
        // SAFETY: the flags tell every caller which signature to call it with.
        let f = unsafe { std::mem::transmute::<PyCFunctionFastWithKeywords, PyCFunction>(Some(f)) };
        PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: f,
            ml_flags: METH_FASTCALL | METH_KEYWORDS,
            ml_doc: doc.as_ptr(),
        }
    }

    /// The same entry with more flags: `METH_CLASS`, `METH_STATIC`, `METH_COEXIST`.
    pub const fn with(mut self, flags: c_int) -> PyMethodDef {
        self.ml_flags |= flags;
        self
    }
}

impl PyGetSetDef {
    /// The entry that ends a table.
    pub const END: PyGetSetDef = PyGetSetDef {
        name: std::ptr::null(),
        get: None,
        set: None,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };

    pub const fn new(name: &'static std::ffi::CStr, get: getter, set: setter, doc: *const c_char) -> PyGetSetDef {
        PyGetSetDef { name: name.as_ptr(), get, set, doc, closure: std::ptr::null_mut() }
    }
}

impl PyMemberDef {
    /// The entry that ends a table.
    pub const END: PyMemberDef =
        PyMemberDef { name: std::ptr::null(), r#type: 0, offset: 0, flags: 0, doc: std::ptr::null() };

    pub const fn new(name: &'static std::ffi::CStr, kind: c_int, offset: usize, flags: c_int) -> PyMemberDef {
        PyMemberDef { name: name.as_ptr(), r#type: kind, offset: offset as isize, flags, doc: std::ptr::null() }
    }

    pub const fn documented(mut self, doc: &'static std::ffi::CStr) -> PyMemberDef {
        self.doc = doc.as_ptr();
        self
    }
}
