//! `code.h`: code objects.

use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, api, error};
use crate::state;
use crate::types::code::{self, stateless, stateless::_PyCode_var_counts_t};
use std::ffi::CStr;
use std::ptr;

/// # Safety
/// `code` is a code object.
unsafe fn object<'a>(code: *mut PyCodeObject) -> &'a Object {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(code.cast()) }
}

/// New reference: code that stands for a place in C source.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_NewEmpty(
    filename: *const c_char,
    funcname: *const c_char,
    firstlineno: c_int,
) -> *mut PyCodeObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { code::empty(CStr::from_ptr(filename), CStr::from_ptr(funcname), firstlineno) }).cast()
}

/// New reference: a code object from its parts, without positional-only parameters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Code_New(
    argcount: c_int,
    kwonlyargcount: c_int,
    nlocals: c_int,
    stacksize: c_int,
    flags: c_int,
    code: *mut PyObject,
    consts: *mut PyObject,
    names: *mut PyObject,
    varnames: *mut PyObject,
    freevars: *mut PyObject,
    cellvars: *mut PyObject,
    filename: *mut PyObject,
    name: *mut PyObject,
    qualname: *mut PyObject,
    firstlineno: c_int,
    linetable: *mut PyObject,
    exceptiontable: *mut PyObject,
) -> *mut PyCodeObject {
    // SAFETY: the caller's contract.
    unsafe {
        PyUnstable_Code_NewWithPosOnlyArgs(
            argcount,
            0,
            kwonlyargcount,
            nlocals,
            stacksize,
            flags,
            code,
            consts,
            names,
            varnames,
            freevars,
            cellvars,
            filename,
            name,
            qualname,
            firstlineno,
            linetable,
            exceptiontable,
        )
    }
}

/// New reference: a code object from its parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Code_NewWithPosOnlyArgs(
    argcount: c_int,
    posonlyargcount: c_int,
    kwonlyargcount: c_int,
    nlocals: c_int,
    stacksize: c_int,
    flags: c_int,
    code: *mut PyObject,
    consts: *mut PyObject,
    names: *mut PyObject,
    varnames: *mut PyObject,
    freevars: *mut PyObject,
    cellvars: *mut PyObject,
    filename: *mut PyObject,
    name: *mut PyObject,
    qualname: *mut PyObject,
    firstlineno: c_int,
    linetable: *mut PyObject,
    exceptiontable: *mut PyObject,
) -> *mut PyCodeObject {
    // SAFETY: the caller's contract. NULL is as wrong as an object of another type.
    let code = api(|| unsafe {
        let part = |op: *mut PyObject| Object::optional(op).ok_or_else(|| error::bad_internal_call());
        code::new(&code::Parts {
            argcount,
            posonlyargcount,
            kwonlyargcount,
            nlocals,
            stacksize,
            flags,
            code: part(code)?,
            consts: part(consts)?,
            names: part(names)?,
            varnames: part(varnames)?,
            freevars: part(freevars)?,
            cellvars: part(cellvars)?,
            filename: part(filename)?,
            name: part(name)?,
            qualname: part(qualname)?,
            firstlineno,
            linetable: part(linetable)?,
            exceptiontable: part(exceptiontable)?,
        })
    });
    code.cast()
}

/// The line of an instruction, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_Addr2Line(co: *mut PyCodeObject, addrq: c_int) -> c_int {
    // SAFETY: the caller's contract.
    code::line_of(unsafe { object(co) }, addrq)
}

/// Where an instruction comes from; -1 for what is not known. Always 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_Addr2Location(
    co: *mut PyCodeObject,
    addrq: c_int,
    start_line: *mut c_int,
    start_column: *mut c_int,
    end_line: *mut c_int,
    end_column: *mut c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let place = code::location(object(co), addrq);
        *start_line = place.line.unwrap_or(-1);
        *start_column = place.column.unwrap_or(-1);
        *end_line = place.end_line.unwrap_or(-1);
        *end_column = place.end_column.unwrap_or(-1);
    }
    1
}

/// New reference: the instructions as bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_GetCode(code: *mut PyCodeObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| code::code_bytes(unsafe { object(code) }))
}

/// New reference: the names of local variables, a tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_GetVarnames(code: *mut PyCodeObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| code::varnames(unsafe { object(code) }))
}

/// New reference: the names of variables that inner functions share, a tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_GetCellvars(code: *mut PyCodeObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| code::cellvars(unsafe { object(code) }))
}

/// New reference: the names of variables of outer functions, a tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_GetFreevars(code: *mut PyCodeObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| code::freevars(unsafe { object(code) }))
}

/// New reference: `code` as it is; there is nothing to make faster.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_Optimize(
    code: *mut PyObject,
    _consts: *mut PyObject,
    _names: *mut PyObject,
    _lnotab_obj: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(code) }.to_owned().into_raw()
}

/// New reference: a key under which equal constants meet that are interchangeable (`1` and `1.0` are not).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_ConstantKey(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| code::constant_key(unsafe { Object::from_ptr(op) }))
}

/// A number under which code objects can keep values, which `free` frees with the code; -1 if there is none left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Eval_RequestCodeExtraIndex(free: freefunc) -> Py_ssize_t {
    code::extra::request(free).map_or(-1, |i| i as Py_ssize_t)
}

/// What `code` keeps under a number from `PyUnstable_Eval_RequestCodeExtraIndex`; NULL if nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Code_GetExtra(
    code: *mut PyObject,
    index: Py_ssize_t,
    extra: *mut *mut c_void,
) -> c_int {
    api(|| {
        // SAFETY: the caller's contract; layout.
        unsafe {
            if !code::check(Object::from_ptr(code)) {
                return Err(error::bad_internal_call());
            }
            let table = (*code.cast::<PyCodeObject>()).co_extra.cast::<usize>();
            *extra = ptr::null_mut();
            if !table.is_null() && index >= 0 && (index as usize) < *table {
                *extra = *table.add(1 + index as usize) as *mut c_void;
            }
            Ok(())
        }
    })
}

/// Keeps `extra` in `code` under a number. The first word of the table is its length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Code_SetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: the caller's contract; layout.
        unsafe {
            let known = usize::try_from(index).is_ok_and(|i| i < (*state::interp()).code_extra.count);
            if !code::check(Object::from_ptr(code)) || !known {
                return Err(error::bad_internal_call());
            }
            let place = &raw mut (*code.cast::<PyCodeObject>()).co_extra;
            let old = if (*place).is_null() { 0 } else { *(*place).cast::<usize>() };
            let index = index as usize;
            if index >= old {
                let new = domains::mem_realloc(*place, (index + 2) * size_of::<usize>()).cast::<usize>();
                if new.is_null() {
                    return Err(error::no_memory());
                }
                *new = index + 1;
                for i in old..=index {
                    *new.add(1 + i) = 0;
                }
                *place = new.cast();
            }
            *(*place).cast::<usize>().add(1 + index) = extra as usize;
            Ok(())
        }
    })
}

/// The number of a function that hears of code objects that are made and that go; -1 if there are eight already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_AddWatcher(callback: PyCode_WatchCallback) -> c_int {
    api(|| code::add_watcher(callback))
}

/// Ends what `PyCode_AddWatcher` began. `ValueError` if there is no such watcher.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCode_ClearWatcher(watcher_id: c_int) -> c_int {
    api(|| code::clear_watcher(watcher_id))
}

/// Counts the names of a code object, by kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_GetVarCounts(co: *mut PyCodeObject, counts: *mut _PyCode_var_counts_t) {
    // SAFETY: the caller's contract.
    unsafe { *counts = stateless::counts(Object::from_ptr(co.cast())) }
}

/// Says of the names that the code does not bind which are globals, builtins and attributes; the sets, which may be
/// NULL, get the names. 0, or -1 with `TypeError` if one is no set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_SetUnboundVarCounts(
    _tstate: *mut PyThreadState,
    co: *mut PyCodeObject,
    counts: *mut _PyCode_var_counts_t,
    globalnames: *mut PyObject,
    attrnames: *mut PyObject,
    globalsns: *mut PyObject,
    builtinsns: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        stateless::count_unbound(
            Object::from_ptr(co.cast()),
            &mut *counts,
            Object::optional(globalnames),
            Object::optional(attrnames),
            Object::optional(globalsns),
            Object::optional(builtinsns),
        )
    })
}

/// 1, or 0 with the fault if there is one.
unsafe fn without(fault: Option<&'static CStr>, p_errmsg: *mut *const c_char) -> c_int {
    let Some(fault) = fault else { return 1 };
    if !p_errmsg.is_null() {
        // SAFETY: the caller's contract.
        unsafe { *p_errmsg = fault.as_ptr() };
    }
    0
}

/// 1 if the code has no state of its own, else 0 and what it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_CheckNoInternalState(co: *mut PyCodeObject, p_errmsg: *mut *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { without(stateless::internal_state(Object::from_ptr(co.cast())), p_errmsg) }
}

/// 1 if the code, of which these are the counts, relies on nothing around it, else 0 and on what it does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_CheckNoExternalState(
    _co: *mut PyCodeObject,
    counts: *mut _PyCode_var_counts_t,
    p_errmsg: *mut *const c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { without(stateless::external_state(&*counts), p_errmsg) }
}

/// 0 if the code relies on nothing but its arguments and builtins, else -1 with `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_VerifyStateless(
    _tstate: *mut PyThreadState,
    co: *mut PyCodeObject,
    globalnames: *mut PyObject,
    globalsns: *mut PyObject,
    builtinsns: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        stateless::verify(
            Object::from_ptr(co.cast()),
            Object::optional(globalnames),
            Object::optional(globalsns),
            Object::optional(builtinsns),
        )
    })
}

/// 1 for code that is called and returns, else 0 and what it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_CheckPureFunction(co: *mut PyCodeObject, p_errmsg: *mut *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { without(stateless::impure(Object::from_ptr(co.cast())), p_errmsg) }
}

/// 1 if all that the code can return is None.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_ReturnsOnlyNone(co: *mut PyCodeObject) -> c_int {
    // SAFETY: the caller's contract.
    stateless::returns_only_none(unsafe { Object::from_ptr(co.cast()) }).into()
}
