//! Which types' instances can become data: static types for all interpreters, heap types each in its own.
//!
//! The lock of the static types' table is held for look-ups only; an interpreter's table is reached under its GIL.

use super::{_PyXIData_getdata_t, builtin_types};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Result};
use crate::runtime::{self, Interpreter};
use parking_lot::Mutex;

struct Entry {
    class: *mut PyTypeObject,
    /// How often it was registered.
    count: usize,
    getdata: _PyXIData_getdata_t,
}

// SAFETY: addresses of static types and functions.
unsafe impl Send for Entry {}

/// Static types that a module registered.
static STATIC: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// The heap types of one interpreter; the table owns a reference to each.
fn heap_types<'a>() -> &'a mut Vec<Entry> {
    let interp: *mut Interpreter = runtime::interp();
    // SAFETY: attached: this thread alone is in the interpreter.
    unsafe {
        if (*interp).xi[1].is_null() {
            (*interp).xi[1] = Box::into_raw(Box::<Vec<Entry>>::default()).cast();
        }
        &mut *(*interp).xi[1].cast()
    }
}

fn is_heap_type(class: *mut PyTypeObject) -> bool {
    // SAFETY: a live type.
    unsafe { (*class).tp_flags & Py_TPFLAGS_HEAPTYPE != 0 }
}

fn add(entries: &mut Vec<Entry>, class: *mut PyTypeObject, getdata: _PyXIData_getdata_t) {
    match entries.iter_mut().find(|entry| entry.class == class) {
        Some(entry) => entry.count += 1,
        None => entries.push(Entry { class, count: 1, getdata }),
    }
}

/// Takes one registration away; true if there was one, and whether it was the last.
fn remove(entries: &mut Vec<Entry>, class: *mut PyTypeObject) -> (bool, bool) {
    let Some(i) = entries.iter().position(|entry| entry.class == class) else { return (false, false) };
    entries[i].count -= 1;
    let last = entries[i].count == 0;
    if last {
        entries.swap_remove(i);
    }
    (true, last)
}

/// `_PyXIData_RegisterClass`.
pub fn register(class: *mut PyTypeObject, getdata: _PyXIData_getdata_t) -> Result<()> {
    if !is_heap_type(class) {
        add(&mut STATIC.lock(), class, getdata);
        return Ok(());
    }
    let entries = heap_types();
    let known = entries.len();
    add(entries, class, getdata);
    if entries.len() > known {
        // SAFETY: a live type; the table keeps it.
        unsafe { refcount::incref(class.cast()) };
    }
    Ok(())
}

/// `_PyXIData_UnregisterClass`: whether the class was registered.
pub fn unregister(class: *mut PyTypeObject) -> bool {
    if !is_heap_type(class) {
        return remove(&mut STATIC.lock(), class).0;
    }
    let (found, last) = remove(heap_types(), class);
    if last {
        // SAFETY: the table's reference.
        unsafe { refcount::decref(class.cast()) };
    }
    found
}

/// How instances of the object's very class become data; `None` if they don't.
pub fn lookup(o: &Object) -> Option<_PyXIData_getdata_t> {
    let class = o.ty();
    if let Some(getdata) = builtin_types::lookup(class) {
        return Some(getdata);
    }
    let of = |entries: &Vec<Entry>| entries.iter().find(|entry| entry.class == class).map(|entry| entry.getdata);
    if is_heap_type(class) { of(heap_types()) } else { of(&STATIC.lock()) }
}

/// Frees the table of an interpreter that ends.
///
/// # Safety
/// This thread is attached to `interp`, which makes no more data.
pub unsafe fn clear(interp: *mut Interpreter) {
    // SAFETY: from `heap_types`; the table's references.
    unsafe {
        let entries = std::mem::replace(&mut (*interp).xi[1], std::ptr::null_mut());
        if !entries.is_null() {
            for entry in *Box::from_raw(entries.cast::<Vec<Entry>>()) {
                refcount::decref(entry.class.cast());
            }
        }
    }
}
