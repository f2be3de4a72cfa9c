//! Who derives directly from a class.
//!
//! A class on the heap, or an extension's static type, holds the list itself. A static type of the runtime is shared by
//! interpreters and never written to, so its heap subclasses and the weak references to it stand in a table of the
//! interpreter, under the number that `types::table` gave the type (`tp_subclasses` holds it, plus one). Lists hold
//! plain addresses: a class leaves its bases' lists before it dies.

use super::{as_object, has_flag};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result};
use crate::state;
use crate::types::{list, table, tuple};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ptr;

/// The direct subclasses of one class, each with the number that says when it came.
#[derive(Default)]
struct Subclasses {
    numbers: HashMap<usize, u64, BuildHasherDefault<AddressHasher>>,
    next: u64,
}

/// Addresses are different enough: one multiplication spreads them.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_usize(&mut self, address: usize) {
        self.0 = (address as u64 >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

impl Subclasses {
    fn add(&mut self, ty: *mut PyTypeObject) {
        let number = self.next;
        self.numbers.entry(ty as usize).or_insert(number);
        self.next += 1;
    }

    fn remove(&mut self, ty: *mut PyTypeObject) {
        self.numbers.remove(&(ty as usize));
    }

    /// In the order in which they came.
    fn in_order(&self) -> Vec<*mut PyTypeObject> {
        let mut all: Vec<(u64, usize)> = self.numbers.iter().map(|(&ty, &number)| (number, ty)).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, ty)| ty as *mut PyTypeObject).collect()
    }
}

/// What one interpreter remembers of one static type.
struct OfStatic {
    subclasses: Subclasses,
    weaklist: *mut PyObject,
    watched: u8,
    /// The dict of an extension's type (see `extension`), or NULL.
    dict: *mut PyObject,
}

type StaticTable = Vec<Option<Box<OfStatic>>>;

fn is_builtin(ty: *mut PyTypeObject) -> bool {
    has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN)
}

/// The part of a static type's `tp_subclasses` that is its number plus one; above it stand notes.
const NUMBER: usize = 0xffff;

/// Gives a static type of the runtime its number.
///
/// # Safety
/// It is being made ready.
pub unsafe fn set_number(ty: *mut PyTypeObject, index: usize) {
    // SAFETY: the caller's word.
    unsafe { (*ty).tp_subclasses = ptr::without_provenance_mut(index + 1) };
}

/// Notes something of a static type of the runtime, a bit above the number (`shared_dict`).
///
/// # Safety
/// It is being made ready.
pub unsafe fn note(ty: *mut PyTypeObject, bit: usize) {
    debug_assert!(bit & NUMBER == 0);
    // SAFETY: the caller's word.
    unsafe { (*ty).tp_subclasses = ptr::without_provenance_mut((*ty).tp_subclasses as usize | bit) };
}

/// What was noted.
pub fn notes(ty: *mut PyTypeObject) -> usize {
    notes_and_number(ty) & !NUMBER
}

/// The number of a static type plus one.
pub fn number(ty: *mut PyTypeObject) -> usize {
    notes_and_number(ty) & NUMBER
}

fn notes_and_number(ty: *mut PyTypeObject) -> usize {
    // SAFETY: a static type, which does not change once it is ready.
    unsafe { (*ty).tp_subclasses as usize }
}

/// The interpreter's record of a static type of the runtime; made when first asked for.
fn of_static<'a>(ty: *mut PyTypeObject) -> &'a mut OfStatic {
    // SAFETY: attached: the interpreter's table is ours; the number stands in the type since it is ready.
    unsafe {
        let types = &raw mut (*state::interp()).types;
        if (*types).of_static.is_null() {
            (*types).of_static = Box::into_raw(Box::<StaticTable>::default()).cast();
        }
        let table = &mut *(*types).of_static.cast::<StaticTable>();
        let index = number(ty).wrapping_sub(1);
        if table.len() <= index {
            // Places in a record are pointed at, so each has a block of its own.
            table.resize_with(table::count().max(index + 1), || None);
        }
        table[index].get_or_insert_with(|| {
            Box::new(OfStatic {
                subclasses: Subclasses::default(),
                weaklist: ptr::null_mut(),
                watched: 0,
                dict: ptr::null_mut(),
            })
        })
    }
}

/// The attached interpreter has a record of a static type of the runtime.
fn is_recorded(ty: *mut PyTypeObject) -> bool {
    // SAFETY: attached.
    let table = unsafe { (*state::interp()).types.of_static.cast::<StaticTable>().as_ref() };
    table.is_some_and(|table| table.get(number(ty).wrapping_sub(1)).is_some_and(Option::is_some))
}

/// Where the weak references to a static type of the runtime hang, in the attached interpreter.
pub fn static_weaklist(ty: *mut PyTypeObject) -> *mut *mut PyObject {
    &raw mut of_static(ty).weaklist
}

/// The watchers of a static type of the runtime, in the attached interpreter.
pub fn static_watched<'a>(ty: *mut PyTypeObject) -> &'a mut u8 {
    &mut of_static(ty).watched
}

/// The dict of an extension's type in the attached interpreter, if it has the type.
pub fn static_dict<'a>(ty: *mut PyTypeObject) -> Option<&'a Object> {
    // SAFETY: attached; the interpreter owns the dict until it ends.
    unsafe {
        if !is_recorded(ty) {
            return None;
        }
        Object::optional(of_static(ty).dict)
    }
}

/// Gives the attached interpreter the dict of an extension's type.
pub fn set_static_dict(ty: *mut PyTypeObject, dict: Owned) {
    of_static(ty).dict = dict.into_raw();
}

/// The list of direct subclasses, if there is one.
fn place<'a>(ty: *mut PyTypeObject, make: bool) -> Option<&'a mut Subclasses> {
    // SAFETY: a live type; other types' lists are boxed in the field.
    unsafe {
        if is_builtin(ty) {
            if !make && !is_recorded(ty) {
                return None;
            }
            return Some(&mut of_static(ty).subclasses);
        }
        if (*ty).tp_subclasses.is_null() {
            if !make {
                return None;
            }
            (*ty).tp_subclasses = Box::into_raw(Box::<Subclasses>::default()).cast();
        }
        Some(&mut *(*ty).tp_subclasses.cast())
    }
}

/// Enters `ty` into its base's list. Static types of the runtime are found through `types::table` instead.
pub fn add(base: *mut PyTypeObject, ty: *mut PyTypeObject) {
    if is_builtin(ty) {
        return;
    }
    place(base, true).expect("made").add(ty);
}

/// Enters an extension's type into its base's list in the attached interpreter.
pub fn add_extension(base: *mut PyTypeObject, ty: *mut PyTypeObject) {
    place(base, true).expect("made").add(ty);
}

/// Takes `ty` out of its base's list.
pub fn remove(base: *mut PyTypeObject, ty: *mut PyTypeObject) {
    if let Some(subclasses) = place(base, false) {
        subclasses.remove(ty);
    }
}

/// Takes `ty` out of the lists of all its bases.
pub fn remove_from_bases(ty: *mut PyTypeObject) {
    // SAFETY: a live type; its bases are types that it keeps alive.
    if let Some(bases) = unsafe { Object::optional((*ty).tp_bases) } {
        for base in tuple::items(bases) {
            remove(base.cast(), ty);
        }
    }
}

/// The direct subclasses that can change, each held while the caller works on it.
pub fn heap_subclasses(ty: *mut PyTypeObject) -> Vec<Owned> {
    let Some(subclasses) = place(ty, false) else { return Vec::new() };
    // SAFETY: the list holds live types. One whose count is zero is dying, and has only to be left alone.
    unsafe {
        let alive = |ty: &*mut PyTypeObject| (**ty).ob_base.ob_base.ob_refcnt > 0;
        subclasses.in_order().into_iter().filter(alive).map(|ty| as_object(ty).to_owned()).collect()
    }
}

/// `type.__subclasses__()`.
pub fn list(ty: *mut PyTypeObject) -> Result<Owned> {
    let mut all = Vec::new();
    if is_builtin(ty) {
        for &subclass in table::all() {
            // SAFETY: the types of the table are ready.
            unsafe {
                if let Some(bases) = Object::optional((*subclass).tp_bases)
                    && tuple::items(bases).iter().any(|base| base.is_ptr(ty.cast()))
                {
                    all.push(as_object(subclass).to_owned());
                }
            }
        }
    }
    all.extend(heap_subclasses(ty));
    list::from_owned(all)
}

/// Frees the list of a dying class.
///
/// # Safety
/// `ty` is not used any more, and is no static type of the runtime.
pub unsafe fn drop_list(ty: *mut PyTypeObject) {
    // SAFETY: made by `place`.
    unsafe {
        let list = std::mem::replace(&mut (*ty).tp_subclasses, ptr::null_mut());
        if !list.is_null() {
            drop(Box::from_raw(list.cast::<Subclasses>()));
        }
    }
}

/// Gives up the dicts of extensions' types: the attached interpreter ends.
///
/// # Safety
/// `types` belongs to it.
pub unsafe fn clear_dicts(types: *mut state::TypeState) {
    // SAFETY: made by `of_static`. What dies with a dict may look at the table.
    unsafe {
        if (*types).of_static.is_null() {
            return;
        }
        let table = (*types).of_static.cast::<StaticTable>();
        for index in table::count()..(*table).len() {
            let Some(record) = &mut (&mut *table)[index] else { continue };
            let dict = std::mem::replace(&mut record.dict, ptr::null_mut());
            refcount::xdecref(dict);
        }
    }
}

/// Frees an interpreter's table when it ends.
///
/// # Safety
/// The interpreter of `types` has no classes any more.
pub unsafe fn finish(types: *mut state::TypeState) {
    // SAFETY: made by `of_static`.
    unsafe {
        let table = std::mem::replace(&mut (*types).of_static, ptr::null_mut());
        if !table.is_null() {
            drop(Box::from_raw(table.cast::<StaticTable>()));
        }
    }
}
