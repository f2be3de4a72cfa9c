//! The nodes of a trie: what stands in them, and how one changes or gives its slots to another. What the places and
//! slots mean is drawn in `hamt`.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, lifecycle};
use crate::types::typeobject::PyType_Type;
use std::ptr;

#[repr(C)]
pub struct Node {
    pub(super) head: PyObject,
    pub(super) datamap: u32,
    pub(super) nodemap: u32,
    pub(super) entries: u16,
    /// Slots in use: two for each entry, one for each child.
    pub(super) used: u16,
    room: u16,
    slots: [*mut PyObject; 0],
}

pub static mut _PyHamt_BitmapNode_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"hamt_bitmap_node".as_ptr(),
    tp_basicsize: size_of::<Node>() as isize,
    tp_itemsize: size_of::<*mut PyObject>() as isize,
    tp_dealloc: Some(node_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(node_traverse),
    tp_clear: Some(node_clear),
    ..PyTypeObject::EMPTY
};

/// How many places below this one are taken.
#[inline(always)]
pub(super) fn rank(map: u32, bit: u32) -> usize {
    (map & (bit - 1)).count_ones() as usize
}

/// Where slot `i` is.
#[inline(always)]
pub(super) unsafe fn slot(node: *mut Node, i: usize) -> *mut *mut PyObject {
    // SAFETY: slots stand behind the node; `i` is below its room.
    unsafe { (&raw mut (*node).slots).cast::<*mut PyObject>().add(i) }
}

/// As many slots as a block has that is large enough for `n`. The pool has blocks of every 16 bytes up to 128, and then
/// four sizes between one power of two and the next: a node takes what it would lose in its block.
fn room_for(n: usize) -> usize {
    const SLOT: usize = size_of::<*mut PyObject>();
    let taken = gc::HEAD_SIZE + size_of::<Node>() + n * SLOT;
    let step = if taken <= 128 { 16 } else { 1 << ((taken - 1).ilog2() - 2) };
    (taken.next_multiple_of(step) - gc::HEAD_SIZE - size_of::<Node>()) / SLOT
}

/// A node with room for `n` slots or a few more.
pub(super) unsafe fn new_node(n: usize) -> Result<*mut Node> {
    let room = room_for(n);
    let size = size_of::<Node>() + room * size_of::<*mut PyObject>();
    let ty = &raw mut _PyHamt_BitmapNode_Type;
    let node = lifecycle::gc_alloc_builtin(ty, size)?.cast::<Node>();
    // SAFETY: fresh.
    unsafe {
        lifecycle::init(node.cast(), ty);
        (*node).datamap = 0;
        (*node).nodemap = 0;
        (*node).entries = 0;
        (*node).used = 0;
        (*node).room = room as u16;
        gc::track(node.cast());
    }
    Ok(node)
}

/// `node` with `remove` slots taken out at `from`, and `insert` put in at `at` (as it stands after the removal). A node
/// that is `ours` alone changes in place if it has the room, else gives its slots to a new one. What is taken out is
/// given to the caller. The maps and `entries` are the caller's to set.
pub(super) unsafe fn splice(
    node: *mut Node,
    ours: bool,
    (from, remove): (usize, usize),
    at: usize,
    insert: &mut [Option<Owned>],
    removed: &mut [Option<Owned>; 2],
) -> Result<*mut Node> {
    // SAFETY: indices are within the node; references are moved, or counted when they are copied.
    unsafe {
        let used = (*node).used as usize;
        let length = used - remove + insert.len();
        let target = if ours && length <= (*node).room as usize { node } else { new_node(length)? };
        for i in 0..remove {
            let gone = *slot(node, from + i);
            removed[i] = Some(if ours { Owned::from_raw(gone) } else { Object::from_ptr(gone).to_owned() });
        }
        if target == node {
            ptr::copy(slot(node, from + remove), slot(node, from), used - from - remove);
            ptr::copy(slot(node, at), slot(node, at + insert.len()), used - remove - at);
        } else {
            // Where slot `i` of the node without the removed ones goes.
            for i in 0..used - remove {
                let source = *slot(node, if i < from { i } else { i + remove });
                if !ours {
                    refcount::incref(source);
                }
                *slot(target, if i < at { i } else { i + insert.len() }) = source;
            }
            (*target).datamap = (*node).datamap;
            (*target).nodemap = (*node).nodemap;
            (*target).entries = (*node).entries;
            if ours {
                // Its references moved; its owner drops the shell.
                (*node).used = 0;
                (*node).entries = 0;
            }
        }
        for (i, new) in insert.iter_mut().enumerate() {
            *slot(target, at + i) = new.take().expect("each is given once").into_raw();
        }
        (*target).used = length as u16;
        Ok(target)
    }
}

/// A node, and whether nobody else refers to it or to those above it.
pub(super) type Place = (*mut Node, bool);

/// The child in a slot.
#[inline(always)]
pub(super) unsafe fn child((node, ours): Place, at: usize) -> Place {
    // SAFETY: a child's slot.
    unsafe {
        let child = (*slot(node, at)).cast::<Node>();
        (child, ours && (*child).head.ob_refcnt == 1)
    }
}

/// Puts a changed child where the old one was; the node itself if that worked in place.
pub(super) unsafe fn with_child((node, ours): Place, at: usize, new: *mut Node) -> Result<*mut Node> {
    // SAFETY: `new` is a reference that moves into the node.
    unsafe {
        if *slot(node, at) == new.cast() {
            return Ok(node);
        }
        let mut removed = [None, None];
        splice(node, ours, (at, 1), at, &mut [Some(Owned::from_raw(new.cast()))], &mut removed)
    }
}

unsafe extern "C" fn node_dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        node_clear(op);
        lifecycle::gc_free_builtin(op);
    }
}

unsafe extern "C" fn node_traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot; layout.
    unsafe {
        let node = op.cast::<Node>();
        if let Some(visit) = visit {
            for i in 0..(*node).used as usize {
                let result = visit(*slot(node, i), arg);
                if result != 0 {
                    return result;
                }
            }
        }
    }
    0
}

unsafe extern "C" fn node_clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout. The node is empty before the first reference is given up.
    unsafe {
        let node = op.cast::<Node>();
        let used = std::mem::replace(&mut (*node).used, 0) as usize;
        (*node).entries = 0;
        (*node).datamap = 0;
        (*node).nodemap = 0;
        for i in 0..used {
            refcount::decref(*slot(node, i));
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_fills_its_block() {
        unsafe extern "C" {
            fn mi_good_size(size: usize) -> usize;
        }
        for n in 0..1000 {
            let room = room_for(n);
            let size = gc::HEAD_SIZE + size_of::<Node>() + room * size_of::<*mut PyObject>();
            assert!(room >= n);
            // SAFETY: the pool's block size for a size.
            assert_eq!(unsafe { mi_good_size(size) }, size, "{n} slots");
        }
    }
}
