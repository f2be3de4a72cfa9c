//! What stands in the collector's lists: frozen objects, the objects themselves, who refers to whom.

use super::gc_list::{each, len, merge};
use super::{enable, gc_state, traverse};
use crate::abi::*;
use crate::mem::gc::{is_gc, object_of};
use crate::object::{Object, Owned};
use crate::state::{GENERATIONS, GcHead};

/// `gc.freeze()`: what is tracked now is never looked at again.
pub fn freeze() {
    // SAFETY: attached.
    unsafe {
        let gc = gc_state();
        for i in 0..GENERATIONS {
            merge(&raw mut (*gc).generations[i].head, &raw mut (*gc).permanent.head);
            (*gc).generations[i].count = 0;
        }
    }
}

/// `gc.unfreeze()`.
pub fn unfreeze() {
    // SAFETY: attached.
    unsafe {
        let gc = gc_state();
        merge(&raw mut (*gc).permanent.head, &raw mut (*gc).generations[GENERATIONS - 1].head);
    }
}

pub fn frozen() -> isize {
    // SAFETY: attached.
    unsafe { len(&raw mut (*gc_state()).permanent.head) }
}

/// The tracked objects of one generation, or of all.
pub fn objects(generation: Option<usize>) -> Vec<Owned> {
    let mut found = Vec::new();
    // SAFETY: attached; tracked objects are alive.
    unsafe {
        for i in 0..GENERATIONS {
            if generation.is_none_or(|wanted| wanted == i) {
                each(&raw mut (*gc_state()).generations[i].head, |gc| {
                    found.push(Object::from_ptr(object_of(gc)).to_owned());
                });
            }
        }
    }
    found
}

unsafe extern "C" fn visit_push(op: *mut PyObject, found: *mut c_void) -> c_int {
    // SAFETY: the vector of `referents`.
    unsafe { (*found.cast::<Vec<Owned>>()).push(Object::from_ptr(op).to_owned()) };
    0
}

/// What `o` refers to directly, as its `tp_traverse` says.
pub fn referents(o: &Object) -> Vec<Owned> {
    let mut found: Vec<Owned> = Vec::new();
    // SAFETY: attached; a live object.
    unsafe {
        if is_gc(o.as_ptr()) {
            traverse(o.as_ptr(), Some(visit_push), (&raw mut found).cast());
        }
    }
    found
}

unsafe extern "C" fn visit_is(op: *mut PyObject, wanted: *mut c_void) -> c_int {
    // SAFETY: the slice of `refers_to`.
    unsafe { c_int::from((*wanted.cast::<&[&Object]>()).iter().any(|o| o.is_ptr(op))) }
}

/// `o` refers directly to one of `wanted`.
pub fn refers_to(o: &Object, mut wanted: &[&Object]) -> bool {
    // SAFETY: attached; a live object.
    unsafe { is_gc(o.as_ptr()) && traverse(o.as_ptr(), Some(visit_is), (&raw mut wanted).cast()) != 0 }
}

/// Calls `callback` with every tracked object until it returns 0; nothing is collected meanwhile.
///
/// # Safety
/// `callback` keeps to its contract: it does not make or end collectable objects.
pub unsafe fn visit_objects(callback: unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int, arg: *mut c_void) {
    let was_enabled = enable(false);
    // SAFETY: the caller's word.
    unsafe {
        let gc = gc_state();
        let rings = [
            &raw mut (*gc).generations[0].head,
            &raw mut (*gc).generations[1].head,
            &raw mut (*gc).generations[2].head,
            &raw mut (*gc).permanent.head,
        ];
        'all: for ring in rings {
            let mut gc = (*ring).next as *mut GcHead;
            while gc != ring {
                let o = Object::from_ptr(object_of(gc)).to_owned();
                let go_on = callback(o.as_ptr(), arg) != 0;
                gc = (*gc).next as *mut GcHead;
                drop(o);
                if !go_on {
                    break 'all;
                }
            }
        }
    }
    enable(was_enabled);
}
