//! Which types' instances can become data: static types for all interpreters, heap types each in its own.
//!
//! The lock of the static types' table is held for look-ups only; an interpreter's table is reached under its GIL. A
//! heap type is not kept alive by being registered: its entry goes when somebody looks and it is gone.

use super::{_PyXIData_getdata_t, builtin_types};
use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::runtime::{self, Interpreter};
use crate::types::{typeobject, weakref};
use parking_lot::Mutex;

struct Entry {
    class: *mut PyTypeObject,
    /// Of a heap type.
    weakref: Option<Owned>,
    /// How often it was registered.
    count: usize,
    getdata: _PyXIData_getdata_t,
}

/// An entry of a static type has no reference to any object.
struct Static(Option<Vec<Entry>>);

// SAFETY: addresses of static types and functions.
unsafe impl Send for Static {}

/// The static types: the builtin ones from the first look on, and those that modules registered.
static STATIC: Mutex<Static> = Mutex::new(Static(None));

fn with_static<R>(use_it: impl FnOnce(&mut Vec<Entry>) -> R) -> R {
    let mut table = STATIC.lock();
    let builtin = |(class, getdata)| Entry { class, weakref: None, count: 1, getdata };
    use_it(table.0.get_or_insert_with(|| builtin_types::all().into_iter().map(builtin).collect()))
}

/// The heap types of the attached interpreter.
fn heap_types<'a>() -> &'a mut Vec<Entry> {
    let interp: *mut Interpreter = runtime::interp();
    // SAFETY: attached: this thread alone is in the interpreter.
    unsafe {
        if (*interp).shareable_types.is_null() {
            (*interp).shareable_types = Box::into_raw(Box::<Vec<Entry>>::default()).cast();
        }
        &mut *(*interp).shareable_types.cast()
    }
}

/// The place of a class; entries of classes that are gone, whose address it may have, are dropped.
fn find(entries: &mut Vec<Entry>, class: *mut PyTypeObject) -> Option<usize> {
    let is_gone = |entry: &Entry| entry.weakref.as_ref().is_some_and(|reference| weakref::get(reference).is_none());
    let gone: Vec<Entry> = entries.extract_if(.., |entry| is_gone(entry)).collect();
    let found = entries.iter().position(|entry| entry.class == class);
    // Dropped when the table is not looked at any more.
    drop(gone);
    found
}

/// `_PyXIData_RegisterClass`. A class that is there keeps the functions it has.
pub fn register(class: *mut PyTypeObject, getdata: _PyXIData_getdata_t) -> Result<()> {
    let add = |entries: &mut Vec<Entry>, weakref| match find(entries, class) {
        Some(i) => entries[i].count += 1,
        None => entries.push(Entry { class, weakref, count: 1, getdata }),
    };
    if !typeobject::is_heap(class) {
        with_static(|entries| add(entries, None));
        return Ok(());
    }
    // SAFETY: a live type.
    let weakref = weakref::new_ref(unsafe { Object::from_ptr(class.cast()) }, None)?;
    add(heap_types(), Some(weakref));
    Ok(())
}

/// `_PyXIData_UnregisterClass`: whether the class was registered. The last one takes it away.
pub fn unregister(class: *mut PyTypeObject) -> bool {
    let remove = |entries: &mut Vec<Entry>| {
        let i = find(entries, class)?;
        entries[i].count -= 1;
        Some((entries[i].count == 0).then(|| entries.remove(i)))
    };
    let removed = if typeobject::is_heap(class) { remove(heap_types()) } else { with_static(remove) };
    removed.is_some()
}

/// How instances of the object's very class become data; `None` if they don't.
pub fn lookup(o: &Object) -> Option<_PyXIData_getdata_t> {
    let class = o.ty();
    let of = |entries: &mut Vec<Entry>| find(entries, class).map(|i| entries[i].getdata);
    if typeobject::is_heap(class) { of(heap_types()) } else { with_static(of) }
}

/// Frees the table of an interpreter that ends; the main one takes that of the static types with it.
///
/// # Safety
/// This thread is attached to `interp`, which makes no more data.
pub unsafe fn clear(interp: *mut Interpreter) {
    // SAFETY: from `heap_types`.
    unsafe {
        let entries = std::mem::replace(&mut (*interp).shareable_types, std::ptr::null_mut());
        if !entries.is_null() {
            drop(Box::from_raw(entries.cast::<Vec<Entry>>()));
        }
    }
    if Interpreter::is_main(interp) {
        STATIC.lock().0 = None;
    }
}
