//! Data of objects: made, read, released.

use super::exports::PyMem_RawFree;
use super::{_PyXIData_t, builtin_types, error, registry, script, wrapped, xid_newobjfunc};
use crate::abi::*;
use crate::mem::{domains, refcount};
use crate::object::error::{self as object_error, no_memory};
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::runtime::{self, Interpreter, interpreter};
use crate::state;
use crate::types::function;
use std::ptr;

/// What stands in a struct that holds no data.
pub const EMPTY: _PyXIData_t =
    _PyXIData_t { data: ptr::null_mut(), obj: ptr::null_mut(), interpid: 0, new_object: None, free: None };

/// A struct outside of all interpreters, or NULL (`_PyXIData_New`).
pub fn new() -> *mut _PyXIData_t {
    domains::raw_box(EMPTY).unwrap_or(ptr::null_mut())
}

/// `_PyXIData_Init`: `shared` is the block, `obj` the object that keeps it valid (or NULL).
///
/// # Safety
/// `xidata` holds nothing; `obj` is NULL or alive, `interp` NULL or an interpreter.
pub unsafe fn init(
    xidata: *mut _PyXIData_t,
    interp: *mut Interpreter,
    shared: *mut c_void,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) {
    // SAFETY: the caller's word. The data has its own reference.
    unsafe {
        refcount::xincref(obj);
        xidata.write(_PyXIData_t {
            data: shared,
            obj,
            interpid: if interp.is_null() { -1 } else { (*interp).id },
            new_object,
            free: None,
        });
    }
}

/// `_PyXIData_InitWithSize`: with a block of `size` zero bytes of its own.
///
/// # Safety
/// As [`init`].
pub unsafe fn init_with_size(
    xidata: *mut _PyXIData_t,
    interp: *mut Interpreter,
    size: usize,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) -> Result<()> {
    let block = domains::raw_calloc(1, size);
    if block.is_null() {
        return Err(no_memory());
    }
    // SAFETY: the caller's word.
    unsafe {
        init(xidata, interp, block, obj, new_object);
        (*xidata).free = Some(PyMem_RawFree);
    }
    Ok(())
}

/// Frees what the struct holds; its interpreter's objects may be touched.
///
/// # Safety
/// `xidata` was initialised, and this thread is attached to its interpreter.
pub unsafe fn clear(xidata: *mut _PyXIData_t) {
    // SAFETY: the caller's word.
    unsafe {
        let held = std::mem::replace(&mut (*xidata).data, ptr::null_mut());
        if let Some(free) = (*xidata).free
            && !held.is_null()
        {
            free(held);
        }
        refcount::xdecref(std::mem::replace(&mut (*xidata).obj, ptr::null_mut()));
    }
}

/// The object that the data stands for, in the attached interpreter. New reference.
///
/// # Safety
/// `xidata` holds data.
pub unsafe fn new_object(xidata: *mut _PyXIData_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    match unsafe { (*xidata).new_object } {
        // SAFETY: the type's own function.
        Some(make) => unsafe { Owned::from_c(make(xidata)) },
        None => Err(error::incomplete("new_object func")),
    }
}

/// What may be done with an object that is not shareable as it is: nothing, or everything.
pub const XIDATA_ONLY: c_int = 0;
pub const FULL_FALLBACK: c_int = 1;

/// `_PyObject_GetXIData`: fills `xidata`, which is empty. `NotShareableError` says what can't be sent, with what went
/// wrong as its cause. With the full fallback, functions without state go by their code, and other objects by `pickle`.
///
/// # Safety
/// `xidata` is a struct that holds nothing.
pub unsafe fn get(o: &Object, fallback: c_int, xidata: *mut _PyXIData_t) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let raised = match fallback {
            XIDATA_ONLY => return get_as_it_is(o, fallback, xidata),
            FULL_FALLBACK => match get_as_it_is(o, fallback, xidata) {
                Ok(()) => return Ok(()),
                Err(raised) => raised,
            },
            _ => return Err(raise!(SystemError, "unsupported xidata fallback option")),
        };
        let first = object_error::caught(raised);
        if function::check(o) {
            match script::function_data(o, xidata) {
                Ok(()) => return Ok(()),
                Err(_) => object_error::clear(),
            }
        }
        if wrapped::pickle(o, xidata).is_ok() {
            return Ok(());
        }
        object_error::clear();
        Err(object_error::restore(first))
    }
}

/// Fills `xidata` by the function of the object's class.
///
/// # Safety
/// As [`get`].
unsafe fn get_as_it_is(o: &Object, fallback: c_int, xidata: *mut _PyXIData_t) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        if !(*xidata).data.is_null() || !(*xidata).obj.is_null() {
            return Err(raise!(ValueError, "xidata not cleared"));
        }
        let Some(getdata) = registry::lookup(o) else { return Err(error::not_shareable(o, None)) };
        let tstate = state::thread().cast::<PyThreadState>();
        // The object is kept while its own functions run.
        let o = o.to_owned();
        let result = match (getdata.basic, getdata.fallback) {
            (Some(get), _) => get(tstate, o.as_ptr(), xidata),
            (None, Some(get)) => get(tstate, o.as_ptr(), fallback, xidata),
            (None, None) => return Err(error::not_shareable(&o, None)),
        };
        if result != 0 {
            return Err(error::not_shareable(&o, Some(Raised::already())));
        }
        (*xidata).interpid = (*runtime::interp()).id;
        if (*xidata).new_object.is_none() {
            clear(xidata);
            return Err(error::incomplete("new_object func"));
        }
    }
    Ok(())
}

/// Whether data holds anything that is to be freed.
pub fn holds(held: &_PyXIData_t) -> bool {
    (!held.data.is_null() && held.free.is_some()) || !held.obj.is_null()
}

/// `_PyXIData_Release`: frees what the data holds, in the interpreter that it came from. If another one is attached,
/// that one is asked to do it at its next safe place. An interpreter that is gone took its objects with it. With
/// `and_free` the struct itself is freed too.
///
/// # Safety
/// `xidata` was initialised, and is not used again.
pub unsafe fn release(xidata: *mut _PyXIData_t, and_free: bool) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let held = &*xidata;
        if !holds(held) {
            (*xidata).data = ptr::null_mut();
            if and_free {
                domains::raw_free(xidata.cast());
            }
            return Ok(());
        }
        let interp = interpreter::find(held.interpid);
        if interp.is_null() {
            // Its objects went with it. The block is freed if that touches none.
            let id = held.interpid;
            (*xidata).obj = ptr::null_mut();
            if (*xidata).free.is_some_and(|free| ptr::fn_addr_eq(free, PyMem_RawFree as unsafe extern "C" fn(_)))
                || builtin_types::is_tuple(&*xidata)
            {
                clear(xidata);
            }
            if and_free {
                domains::raw_free(xidata.cast());
            }
            return Err(crate::runtime::ids::not_found(id));
        }
        if interp == runtime::interp() {
            clear(xidata);
            if and_free {
                domains::raw_free(xidata.cast());
            }
            return Ok(());
        }
        let job = new();
        if job.is_null() {
            return Err(no_memory());
        }
        job.copy_from_nonoverlapping(xidata, 1);
        xidata.write(EMPTY);
        if and_free {
            domains::raw_free(xidata.cast());
        }
        if !(*interp).pending.add(Some(clear_pending), job.cast()) {
            // No room in its queue: what the data holds stays until that interpreter ends.
            domains::raw_free(job.cast());
        }
    }
    Ok(())
}

/// A pending call in the data's own interpreter.
unsafe extern "C" fn clear_pending(job: *mut c_void) -> c_int {
    // SAFETY: from `release`.
    unsafe {
        clear(job.cast());
        domains::raw_free(job);
    }
    0
}
