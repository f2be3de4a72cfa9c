//! `PyModuleDef` as an object: what `PyInit_*` of a multi-phase module returns.
//!
//! A definition is static in the extension and shared by every interpreter that loads it, so it is immortal. Its index
//! is taken once, process-wide: `PyState_FindModule` finds a single-phase module by it.

use crate::abi::*;
use crate::mem::refcount;
use crate::object::Object;
use crate::object::until;
use crate::runtime::process;
use crate::types::typeobject;
use std::sync::atomic::{AtomicIsize, Ordering};

#[unsafe(no_mangle)]
pub static mut PyModuleDef_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"moduledef".as_ptr(),
    tp_basicsize: size_of::<PyModuleDef>() as isize,
    tp_flags: Py_TPFLAGS_DEFAULT,
    ..PyTypeObject::EMPTY
};

/// Indices begin at 1: 0 says that a definition was not initialised.
static NEXT_INDEX: AtomicIsize = AtomicIsize::new(1);

/// Makes the definition an object with an index, once (`PyModuleDef_Init`). Two interpreters with their own GILs may do
/// so at the same time: who finds an index finds the rest of it done, and who finds none does it with the lists' lock
/// held.
///
/// # Safety
/// `def` is a definition that lives as long as the process.
pub unsafe fn init(def: *mut PyModuleDef) {
    // SAFETY: the caller's word; everybody writes the index here.
    unsafe {
        let index = AtomicIsize::from_ptr(&raw mut (*def).m_base.m_index);
        if index.load(Ordering::Acquire) != 0 {
            return;
        }
        let _once = process::lists();
        if index.load(Ordering::Relaxed) == 0 {
            let op: *mut PyObject = def.cast();
            (*op).ob_type = &raw mut PyModuleDef_Type;
            refcount::make_immortal(op);
            index.store(NEXT_INDEX.fetch_add(1, Ordering::Relaxed), Ordering::Release);
        }
    }
}

/// `o` is a definition (what a multi-phase `PyInit_*` returns).
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyModuleDef_Type)
}

/// The entries of the definition's slot array, without the one that ends it.
///
/// # Safety
/// `def` is a definition with a slot array that is NULL or ends with slot 0.
pub unsafe fn slots<'a>(def: *const PyModuleDef) -> &'a [PyModuleDef_Slot] {
    // SAFETY: the caller's word.
    unsafe { until((*def).m_slots, |entry| entry.slot == 0) }
}
