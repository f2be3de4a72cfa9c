//! The type machinery: making a type ready, its resolution order, slots and their wrappers, specs, the attribute cache.
//!
//! A type is made ready in three steps, whoever makes it: its resolution order is computed, its dict is filled from its
//! own tables and slots (`fill`), and what it does not define is inherited (`inherit`). A class made by calling `type`
//! goes the other way round first: the dict is given, and the slots are made to call what it holds (`update`).
//!
//! The runtime's own types are static, and one copy serves all interpreters. They are made ready once in a process
//! (`types::table`), all but their dicts, which come when they are asked for (`shared_dict`). All that they reach is
//! immortal and never written to. What an interpreter has to remember about a static type (its heap subclasses, weak
//! references to it) is kept in the interpreter (`subclasses`).

pub mod alloc;
pub mod attribute;
pub mod baseobject;
pub mod bases;
pub mod buffer_slots;
pub mod cache;
pub mod call;
pub mod doc;
pub mod exports;
pub mod extension;
pub mod fill;
pub mod inherit;
pub mod instance_dict;
pub mod metatype;
pub mod mro;
pub mod names;
pub mod native;
pub mod new;
pub mod ready;
pub mod reduce;
pub mod shared_dict;
pub mod slot_places;
pub mod slotdefs;
pub mod slots;
pub mod spec;
pub mod subclasses;
pub mod type_attrs;
pub mod update;
pub mod watchers;
pub mod wrappers;

pub use alloc::{generic_alloc, generic_new};
pub use baseobject::PyBaseObject_Type;
pub use cache::lookup;
pub use instance_dict::{clear_managed_dict, dict_or_create, instance_dict, visit_managed_dict};
pub use metatype::PyType_Type;
pub use mro::is_subtype;
pub use names::{fully_qualified_name, name, tp_name};
pub use ready::ready;
pub use shared_dict::{dict_of, dict_of_ready};
pub use subclasses::static_weaklist;

use crate::abi::*;
use crate::object::Object;

/// A type as an object.
///
/// # Safety
/// `ty` is a live type.
#[inline(always)]
pub unsafe fn as_object<'a>(ty: *mut PyTypeObject) -> &'a Object {
    // SAFETY: the caller's word.
    unsafe { Object::from_ptr(ty.cast()) }
}

/// `o` is a type.
#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS)
}

#[inline(always)]
pub fn has_flag(ty: *mut PyTypeObject, flags: c_ulong) -> bool {
    // SAFETY: a live type.
    unsafe { (*ty).tp_flags & flags != 0 }
}

/// A class that lives on the heap, so it is a `PyHeapTypeObject`.
#[inline(always)]
pub fn is_heap(ty: *mut PyTypeObject) -> bool {
    has_flag(ty, Py_TPFLAGS_HEAPTYPE)
}
