//! `object.h`: constants, and an object's birth, life and death.

use crate::abi::*;
use crate::mem::{gc, refcount, tracer};
use crate::object::{BorrowedReturn, Object, Owned, Result, api, error, lifecycle};
use crate::runtime::{dump, unraisable::c_text};
use crate::state::{self, fatal::fatal_error};
use crate::types::{boolobject, bytes, long, none, tuple, unicode, weakref};
use std::ffi::CStr;

// Constants.

fn constant(id: c_uint) -> Result<Owned> {
    Ok(match id {
        0 => none::none(),
        1 => boolobject::from_bool(false),
        2 => boolobject::from_bool(true),
        3 => none::ellipsis_ref().to_owned(),
        4 => none::not_implemented(),
        5 => long::from_i64(0)?,
        6 => long::from_i64(1)?,
        7 => unicode::from_str("")?,
        8 => bytes::from_slice(b"")?,
        9 => tuple::empty(),
        _ => return Err(error::bad_internal_call()),
    })
}

/// New reference: the constant with the number `Py_CONSTANT_NONE` and so on. `SystemError` for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetConstant(constant_id: c_uint) -> *mut PyObject {
    api(|| constant(constant_id))
}

/// Borrowed: as `Py_GetConstant`. All of them are immortal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetConstantBorrowed(constant_id: c_uint) -> *mut PyObject {
    api(|| Ok(BorrowedReturn::new(&*constant(constant_id)?)))
}

// Birth and death.

/// One reference to an object that begins to live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_NewReference(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { lifecycle::new_reference(op) }
}

/// As `_Py_NewReference`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_NewReferenceNoTotal(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { lifecycle::new_reference(op) }
}

/// Nothing to note: live objects are not listed. The count is the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_ResurrectReference(_op: *mut PyObject) {}

/// Nothing to forget: live objects are not listed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_ForgetReference(_op: *mut PyObject) {}

/// Runs `tp_finalize`, once in a collectable object's life.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallFinalizer(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    lifecycle::call_finalizer(unsafe { Object::from_ptr(o) });
}

/// Runs the finalizer of a dying object; -1 if it lives again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallFinalizerFromDealloc(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    if unsafe { lifecycle::call_finalizer_from_dealloc(o) } { 0 } else { -1 }
}

/// Ends the weak references to a dying object and calls their callbacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_ClearWeakRefs(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        if o.is_null() || !weakref::supported(Object::from_ptr(o)) || (*o).ob_refcnt != 0 {
            let _raised = error::bad_internal_call();
            return;
        }
        weakref::clear_refs(Object::from_ptr(o));
    }
}

/// Ends the weak references to an object without calling their callbacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Object_ClearWeakRefsNoCallbacks(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        if weakref::supported(Object::from_ptr(o)) {
            weakref::clear_without_callbacks(Object::from_ptr(o));
        }
    }
}

/// Destructors do not nest too deep: they are put off where references are counted. Ends `op`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTrash_thread_deposit_object(_tstate: *mut PyThreadState, op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::dealloc(op) }
}

/// Nothing is put off here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTrash_thread_destroy_chain(_tstate: *mut PyThreadState) {}

/// 1 if the C stack is used up but for so many times its margin.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_ReachedRecursionLimitWithMargin(tstate: *mut PyThreadState, margin_count: c_int) -> c_int {
    // SAFETY: the caller's contract: the current thread state.
    let limit = unsafe { (*tstate.cast::<state::ThreadState>()).c_stack_soft_limit };
    let margin = lifecycle::STACK_MARGIN.wrapping_mul(margin_count as usize);
    (state::stack_pointer() < limit.saturating_add(margin)) as c_int
}

// References.

/// Makes `op` live until the process ends; the collector no longer looks at it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_SetImmortal(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        if gc::is_gc(op) && gc::is_tracked(op) {
            gc::untrack(op);
        }
        refcount::make_immortal(op)
    }
}

/// As `_Py_SetImmortal`, of an object that the collector does not track.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_SetImmortalUntracked(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::make_immortal(op) }
}

/// 1 if `op` lives until the process ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_IsImmortal(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { refcount::is_immortal(op) as c_int }
}

/// 1 if there is one reference only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Object_IsUniquelyReferenced(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { ((*op).ob_refcnt == 1) as c_int }
}

/// 0: nothing is evaluated, so no object is a temporary of an expression.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Object_IsUniqueReferencedTemporary(_op: *mut PyObject) -> c_int {
    0
}

/// 0: references are counted at once, as in CPython with its GIL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Object_EnableDeferredRefcount(_op: *mut PyObject) -> c_int {
    0
}

/// Nothing to prepare with a GIL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_EnableTryIncRef(_op: *mut PyObject) {}

/// 1 with a reference more, 0 if the object is dying.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_TryIncRef(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if (*op).ob_refcnt == 0 {
            return 0;
        }
        refcount::incref(op);
        1
    }
}

/// Sets the function that hears of every object's birth and death; NULL for none. Always 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRefTracer_SetTracer(tracer: PyRefTracer, data: *mut c_void) -> c_int {
    tracer::set(tracer, data);
    0
}

/// The function that was set, and its data if `data` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRefTracer_GetTracer(data: *mut *mut c_void) -> PyRefTracer {
    let (function, its_data) = tracer::get();
    if !data.is_null() {
        // SAFETY: the caller's contract.
        unsafe { *data = its_data };
    }
    function
}

// Old names of look-ups.

/// New reference: `o.name`, the name being in an identifier of C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetAttrId(o: *mut PyObject, name: *mut _Py_Identifier) -> *mut PyObject {
    // SAFETY: the caller's contract: an identifier begins with a C string.
    api(|| unsafe {
        let text = *name.cast::<*const c_char>();
        let name = unicode::intern(unicode::from_utf8(CStr::from_ptr(text).to_bytes())?);
        Object::from_ptr(o).getattr(&name)
    })
}

/// New reference: calls a special method of the type; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_MaybeCallSpecialNoArgs(self_: *mut PyObject, attr: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(self_).call_special(Object::from_ptr(attr), &[]) })
}

/// As `_PyObject_MaybeCallSpecialNoArgs`, with an argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_MaybeCallSpecialOneArg(
    self_: *mut PyObject,
    attr: *mut PyObject,
    arg: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(self_).call_special(Object::from_ptr(attr), &[Object::from_ptr(arg)]) })
}

// For debugging.

/// 1 if `op` looks like freed memory: no type, or one that debuggers and allocators leave behind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_IsFreed(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(dump::is_freed(op)) }
}

/// Writes what is known of an object to standard error. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_Dump(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { dump::dump(op) }
}

/// A place to stop at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_BreakPoint() {}

/// Ends the process: a count of references is wrong. `func` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_FatalRefcountErrorFunc(func: *const c_char, message: *const c_char) -> ! {
    // SAFETY: the caller's contract.
    unsafe { crate::capi::pyerrors::_Py_FatalErrorFunc(func, message) }
}

/// Ends the process: something that must hold of `obj` does not. `expr`, `msg` and `function` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_AssertFailed(
    obj: *mut PyObject,
    expr: *const c_char,
    msg: *const c_char,
    file: *const c_char,
    line: c_int,
    function: *const c_char,
) -> ! {
    // SAFETY: the caller's contract.
    unsafe {
        let text = |text: *const c_char| (!text.is_null()).then(|| c_text(text));
        let place = text(function).map_or(String::new(), |f| format!("{f}: "));
        let what = text(expr).map_or("Assertion failed".to_string(), |e| format!("Assertion \"{e}\" failed"));
        let more = text(msg).map_or(String::new(), |m| format!(": {m}"));
        eprintln!("{}:{line}: {place}{what}{more}", c_text(file));
        if dump::is_freed(obj) {
            dump::dump(obj);
        } else {
            // CPython says here where the object was made, if that was traced. Nothing traces it here.
            eprint!("Enable tracemalloc to get the memory block allocation traceback\n\n");
            dump::dump(obj);
            eprintln!();
        }
        fatal_error("_PyObject_AssertFailed", "_PyObject_AssertFailed")
    }
}
