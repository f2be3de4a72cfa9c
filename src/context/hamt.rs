//! The map of a context: from context variables to values, as a hash array mapped trie whose nodes contexts share.
//!
//! Copying a context must cost nothing and change nothing: both copies then refer to the same trie, and whoever changes
//! its own copies the nodes between the root and the change, no others.
//!
//! ```text
//!   hash of a key, five bits per level:    ... 00010 01101 00111
//!                                               |     |     '- level 0: place 7
//!                                               |     '------- level 1: place 13
//!                                               '------------- level 2: place 2
//!
//!   node   datamap: places with an entry     slots: k v k v k v | child child
//!          nodemap: places with a child             entries       children, both in the order of their places
//! ```
//!
//! A place's slot is found by counting the bits below it: a node has slots for what is there only. Two keys that meet
//! in one place move to a child, where the next five bits tell them apart. Below the last level, where all 32 bits are
//! the same, a node is a plain list of entries.
//!
//! Nodes are objects, with counts and under the collector's eyes, since values may lead back to the context. A count of
//! one on every node from the root down says that nobody else sees the node: it is changed in place then. So `set` and
//! `reset` in a context that was not copied since allocate nothing here, and nodes have room to spare for that.
//!
//! The keys of a context are variables: compared by identity and hashed by `var_hash`, so nothing foreign runs in here
//! but allocation. Any other object can be a key too, with its own `__hash__` and `__eq__` (`hamt_type`): tries with
//! such keys never change once somebody sees them. What a change replaces is given to the caller: dropping it may run
//! anything, and the trie must be whole by then.

use super::hamt_type::_PyHamt_Type;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, lifecycle};
use crate::types::typeobject::PyType_Type;
use std::ptr;

/// A trie: its root and the number of its entries. What stands behind a `PyHamtObject *`.
#[repr(C)]
pub struct Hamt {
    head: PyObject,
    pub count: isize,
    root: *mut Node,
    pub weak: *mut PyObject,
}

#[repr(C)]
pub struct Node {
    head: PyObject,
    datamap: u32,
    nodemap: u32,
    entries: u16,
    /// Slots in use: two for each entry, one for each child.
    used: u16,
    room: u16,
    slots: [*mut PyObject; 0],
}

const BITS: u32 = 5;
/// The shift of the level below all bits.
const BOTTOM: u32 = 35;

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

/// The empty trie, of which one is enough. A collector's header stands before it, as before any instance.
#[repr(C)]
struct Empty {
    gc: crate::state::GcHead,
    hamt: Hamt,
}

static mut EMPTY: Empty = Empty {
    gc: crate::state::GcHead { next: 0, prev: 0 },
    hamt: Hamt {
        head: PyObject::immortal(&raw mut _PyHamt_Type),
        count: 0,
        root: ptr::null_mut(),
        weak: ptr::null_mut(),
    },
};

pub fn empty() -> *mut Hamt {
    // SAFETY: an address only.
    unsafe { &raw mut EMPTY.hamt }
}

/// How the keys of a trie are told apart.
pub trait Keys {
    /// The 32 bits that a key is placed by.
    ///
    /// # Safety
    /// `key` is one of these keys.
    unsafe fn hash(key: &Object) -> Result<u32>;

    /// # Safety
    /// Both are such keys; `other` is owned by a trie that does not change meanwhile.
    unsafe fn same(key: &Object, other: *mut PyObject) -> Result<bool>;
}

fn folded(hash: isize) -> u32 {
    let hash = hash as u64;
    (hash ^ (hash >> 32)) as u32
}

/// Context variables.
pub struct Vars;

impl Keys for Vars {
    #[inline(always)]
    unsafe fn hash(key: &Object) -> Result<u32> {
        // SAFETY: the caller's word: a context variable.
        Ok(folded(unsafe { (*key.cast::<PyContextVar>()).var_hash }))
    }

    #[inline(always)]
    unsafe fn same(key: &Object, other: *mut PyObject) -> Result<bool> {
        Ok(key.is_ptr(other))
    }
}

/// Any objects, by what they say themselves.
pub struct Any;

impl Keys for Any {
    unsafe fn hash(key: &Object) -> Result<u32> {
        Ok(folded(key.hash()?))
    }

    unsafe fn same(key: &Object, other: *mut PyObject) -> Result<bool> {
        // SAFETY: the caller's word.
        key.equals(&unsafe { Object::from_ptr(other) }.to_owned())
    }
}

#[inline(always)]
fn bit_at(hash: u32, shift: u32) -> u32 {
    1 << ((hash >> shift) & 31)
}

#[inline(always)]
fn rank(map: u32, bit: u32) -> usize {
    (map & (bit - 1)).count_ones() as usize
}

#[inline(always)]
unsafe fn slot(node: *mut Node, i: usize) -> *mut *mut PyObject {
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
unsafe fn new_node(n: usize) -> Result<*mut Node> {
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

/// The value of a variable, borrowed, or NULL.
///
/// # Safety
/// `hamt` is alive, `key` is a context variable.
#[inline]
pub unsafe fn find(hamt: *mut Hamt, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's word. Variables are told apart without fail.
    unsafe { lookup::<Vars>(hamt, Object::from_ptr(key)).unwrap_or(ptr::null_mut()) }
}

/// The value of a key, borrowed, or NULL.
///
/// # Safety
/// The caller owns a reference to `hamt`, and it does not change meanwhile; `key` is one of its kind.
#[inline(always)]
pub unsafe fn lookup<K: Keys>(hamt: *mut Hamt, key: &Object) -> Result<*mut PyObject> {
    // SAFETY: the caller's word; children are nodes.
    unsafe {
        let mut node = (*hamt).root;
        if node.is_null() {
            return Ok(ptr::null_mut());
        }
        let hash = K::hash(key)?;
        let mut shift = 0;
        while shift < BOTTOM {
            let bit = bit_at(hash, shift);
            if (*node).datamap & bit != 0 {
                let at = 2 * rank((*node).datamap, bit);
                return Ok(if K::same(key, *slot(node, at))? { *slot(node, at + 1) } else { ptr::null_mut() });
            }
            if (*node).nodemap & bit == 0 {
                return Ok(ptr::null_mut());
            }
            node = *slot(node, 2 * (*node).entries as usize + rank((*node).nodemap, bit)).cast();
            shift += BITS;
        }
        Ok(match position::<K>(node, key)? {
            Some(at) => *slot(node, at + 1),
            None => ptr::null_mut(),
        })
    }
}

/// Where a key stands in a node below the last level.
unsafe fn position<K: Keys>(node: *mut Node, key: &Object) -> Result<Option<usize>> {
    // SAFETY: a live node that does not change meanwhile.
    unsafe {
        for at in (0..(*node).entries as usize).map(|i| 2 * i) {
            if K::same(key, *slot(node, at))? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

/// `node` with `remove` slots taken out at `from`, and `insert` put in at `at` (as it stands after the removal). A node
/// that is `ours` alone changes in place if it has the room, else gives its slots to a new one. What is taken out is
/// given to the caller. The maps and `entries` are the caller's to set.
unsafe fn splice(
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
type Place = (*mut Node, bool);

#[inline(always)]
unsafe fn child((node, ours): Place, at: usize) -> Place {
    // SAFETY: a child's slot.
    unsafe {
        let child = (*slot(node, at)).cast::<Node>();
        (child, ours && (*child).head.ob_refcnt == 1)
    }
}

/// Puts a changed child where the old one was; the node itself if that worked in place.
unsafe fn with_child((node, ours): Place, at: usize, new: *mut Node) -> Result<*mut Node> {
    // SAFETY: `new` is a reference that moves into the node.
    unsafe {
        if *slot(node, at) == new.cast() {
            return Ok(node);
        }
        let mut removed = [None, None];
        splice(node, ours, (at, 1), at, &mut [Some(Owned::from_raw(new.cast()))], &mut removed)
    }
}

/// A change in progress.
struct Change<'a> {
    key: &'a Object,
    value: &'a Object,
    hash: u32,
    /// The value that was there.
    old: Option<Owned>,
}

/// Sets the value of a key below `place`; the node that now stands there.
unsafe fn assoc<K: Keys>(place: Place, shift: u32, change: &mut Change) -> Result<*mut Node> {
    // SAFETY: live nodes; references as `splice` says.
    unsafe {
        let (node, ours) = place;
        let bit = if shift < BOTTOM { bit_at(change.hash, shift) } else { 0 };
        let found = if shift < BOTTOM {
            ((*node).datamap & bit != 0).then(|| 2 * rank((*node).datamap, bit))
        } else {
            position::<K>(node, change.key)?
        };
        if let Some(at) = found {
            if shift >= BOTTOM || K::same(change.key, *slot(node, at))? {
                if ours {
                    let value = slot(node, at + 1);
                    change.old = Some(Owned::from_raw(*value));
                    *value = change.value.to_owned().into_raw();
                    return Ok(node);
                }
                let mut removed = [None, None];
                let new = splice(node, ours, (at + 1, 1), at + 1, &mut [Some(change.value.to_owned())], &mut removed)?;
                change.old = removed[0].take();
                return Ok(new);
            }
            return split::<K>(place, shift, bit, at, change);
        }
        if (*node).nodemap & bit != 0 {
            let at = 2 * (*node).entries as usize + rank((*node).nodemap, bit);
            let new = assoc::<K>(child(place, at), shift + BITS, change)?;
            return with_child(place, at, new);
        }
        let at = if shift < BOTTOM { 2 * rank((*node).datamap, bit) } else { (*node).used as usize };
        let entry = &mut [Some(change.key.to_owned()), Some(change.value.to_owned())];
        let new = splice(node, ours, (0, 0), at, entry, &mut [None, None])?;
        (*new).datamap |= bit;
        (*new).entries += 1;
        Ok(new)
    }
}

/// Two keys in one place: both move to a child.
#[cold]
unsafe fn split<K: Keys>(
    (node, ours): Place,
    shift: u32,
    bit: u32,
    at: usize,
    change: &mut Change,
) -> Result<*mut Node> {
    // SAFETY: as `assoc`.
    unsafe {
        let (key, value) = (Object::from_ptr(*slot(node, at)), Object::from_ptr(*slot(node, at + 1)));
        let below = Owned::from_raw(new_node(4)?.cast());
        let mut first = Change { key, value, hash: K::hash(key)?, old: None };
        // The child is new and has room for two entries, so it changes in place; deeper ones become its children.
        let below_node = below.cast::<Node>();
        assoc::<K>((below_node, true), shift + BITS, &mut first)?;
        assoc::<K>((below_node, true), shift + BITS, change)?;
        let mut removed = [None, None];
        let child_at = 2 * ((*node).entries as usize - 1) + rank((*node).nodemap, bit);
        let new = splice(node, ours, (at, 2), child_at, &mut [Some(below)], &mut removed)?;
        (*new).datamap &= !bit;
        (*new).nodemap |= bit;
        (*new).entries -= 1;
        Ok(new)
    }
}

/// Sets `key` in the trie that `place` owns, which changes or is replaced. The value that was there.
///
/// # Safety
/// `place` owns a reference to a trie of such keys as `key`.
pub unsafe fn set<K: Keys>(place: *mut *mut Hamt, key: &Object, value: &Object) -> Result<Option<Owned>> {
    // SAFETY: the caller's word; references as `splice` says.
    unsafe {
        let ours = own(place)?;
        let hamt = *place;
        let mut change = Change { key, value, hash: K::hash(key)?, old: None };
        if (*hamt).root.is_null() {
            (*hamt).root = new_node(4)?;
        }
        let root = (*hamt).root;
        let new = assoc::<K>((root, ours && (*root).head.ob_refcnt == 1), 0, &mut change)?;
        if new != root {
            (*hamt).root = new;
            refcount::decref(root.cast());
        }
        if change.old.is_none() {
            (*hamt).count += 1;
        }
        Ok(change.old)
    }
}

/// Makes the trie of `place` one that nobody else refers to, sharing the root; true if the root may be ours too.
unsafe fn own(place: *mut *mut Hamt) -> Result<bool> {
    // SAFETY: the caller's word; fresh.
    unsafe {
        let old = *place;
        if (*old).head.ob_refcnt == 1 {
            return Ok(true);
        }
        let new = lifecycle::gc_new_builtin::<Hamt>(&raw mut _PyHamt_Type)?;
        (*new).weak = ptr::null_mut();
        (*new).count = (*old).count;
        (*new).root = (*old).root;
        refcount::xincref((*new).root.cast());
        gc::track(new.cast());
        *place = new;
        refcount::decref(old.cast());
        Ok((*new).root.is_null())
    }
}

/// What taking a key out left in a place.
enum Rest {
    /// It was not there.
    Missing,
    Node(*mut Node),
    /// One entry, which moves up.
    Entry(Owned, Owned),
    Nothing,
}

unsafe fn dissoc<K: Keys>(place: Place, shift: u32, key: &Object, hash: u32, old: &mut Option<Owned>) -> Result<Rest> {
    // SAFETY: as `assoc`.
    unsafe {
        let (node, ours) = place;
        let bit = if shift < BOTTOM { bit_at(hash, shift) } else { 0 };
        let found = if shift < BOTTOM {
            ((*node).datamap & bit != 0).then(|| 2 * rank((*node).datamap, bit))
        } else {
            position::<K>(node, key)?
        };
        if let Some(at) = found {
            if shift < BOTTOM && !K::same(key, *slot(node, at))? {
                return Ok(Rest::Missing);
            }
            let children = (*node).used - 2 * (*node).entries;
            if shift > 0 && children == 0 && (*node).entries <= 2 {
                *old = Some(Object::from_ptr(*slot(node, at + 1)).to_owned());
                if (*node).entries == 1 {
                    return Ok(Rest::Nothing);
                }
                let other = 2 - at;
                let entry = |i| Object::from_ptr(*slot(node, i)).to_owned();
                return Ok(Rest::Entry(entry(other), entry(other + 1)));
            }
            let mut removed = [None, None];
            let new = splice(node, ours, (at, 2), at, &mut [], &mut removed)?;
            (*new).datamap &= !bit;
            (*new).entries -= 1;
            *old = removed[1].take();
            return Ok(Rest::Node(new));
        }
        if (*node).nodemap & bit == 0 {
            return Ok(Rest::Missing);
        }
        let at = 2 * (*node).entries as usize + rank((*node).nodemap, bit);
        let mut removed = [None, None];
        match dissoc::<K>(child(place, at), shift + BITS, key, hash, old)? {
            Rest::Missing => Ok(Rest::Missing),
            Rest::Node(new) => Ok(Rest::Node(with_child(place, at, new)?)),
            Rest::Nothing => {
                let new = splice(node, ours, (at, 1), at, &mut [], &mut removed)?;
                (*new).nodemap &= !bit;
                Ok(Rest::Node(new))
            }
            Rest::Entry(k, v) => {
                if shift > 0 && (*node).used == 1 {
                    // This node had nothing else either.
                    return Ok(Rest::Entry(k, v));
                }
                let entry_at = 2 * rank((*node).datamap, bit);
                let new = splice(node, ours, (at, 1), entry_at, &mut [Some(k), Some(v)], &mut removed)?;
                (*new).nodemap &= !bit;
                (*new).datamap |= bit;
                (*new).entries += 1;
                Ok(Rest::Node(new))
            }
        }
    }
}

/// Takes `key` out of the trie that `place` owns; the value it had, or `None` if it was not there.
///
/// # Safety
/// As [`set`].
pub unsafe fn remove<K: Keys>(place: *mut *mut Hamt, key: &Object) -> Result<Option<Owned>> {
    // SAFETY: as `set`.
    unsafe {
        if lookup::<K>(*place, key)?.is_null() {
            return Ok(None);
        }
        let ours = own(place)?;
        let hamt = *place;
        let root = (*hamt).root;
        let mut old = None;
        let hash = K::hash(key)?;
        let rest = dissoc::<K>((root, ours && (*root).head.ob_refcnt == 1), 0, key, hash, &mut old)?;
        if let Rest::Node(new) = rest
            && new != root
        {
            (*hamt).root = new;
            refcount::decref(root.cast());
        }
        // A key that says something else when it is asked again may not be found now.
        (*hamt).count -= isize::from(old.is_some());
        Ok(old)
    }
}

/// A walk over the entries of a trie, which its owner keeps alive and unchanged.
pub struct Walk {
    stack: [(*mut Node, usize); 9],
    depth: usize,
}

impl Walk {
    /// # Safety
    /// `hamt` is alive.
    pub unsafe fn new(hamt: *mut Hamt) -> Walk {
        // SAFETY: the caller's word.
        let root = unsafe { (*hamt).root };
        let mut walk = Walk { stack: [(ptr::null_mut(), 0); 9], depth: 0 };
        if !root.is_null() {
            walk.stack[0] = (root, 0);
            walk.depth = 1;
        }
        walk
    }

    /// The next key and value, borrowed.
    ///
    /// # Safety
    /// The trie is alive and as it was.
    pub unsafe fn next(&mut self) -> Option<(*mut PyObject, *mut PyObject)> {
        // SAFETY: the caller's word. A node's entries come first, then those of its children.
        unsafe {
            while self.depth > 0 {
                let (node, i) = self.stack[self.depth - 1];
                let entries = (*node).entries as usize;
                if i < entries {
                    self.stack[self.depth - 1].1 += 1;
                    return Some((*slot(node, 2 * i), *slot(node, 2 * i + 1)));
                }
                if i - entries < (*node).used as usize - 2 * entries {
                    self.stack[self.depth - 1].1 += 1;
                    self.stack[self.depth] = ((*slot(node, i + entries)).cast(), 0);
                    self.depth += 1;
                } else {
                    self.depth -= 1;
                }
            }
            None
        }
    }
}

/// Same keys, with values that are the same or equal (`PyObject_RichCompareBool`).
///
/// # Safety
/// Both are tries that the caller owns references to.
pub unsafe fn equal<K: Keys>(a: *mut Hamt, b: *mut Hamt) -> Result<bool> {
    // SAFETY: the caller's word: comparing may run anything, but a trie with another owner never changes.
    unsafe {
        if a == b || (*a).root == (*b).root {
            return Ok(true);
        }
        if (*a).count != (*b).count {
            return Ok(false);
        }
        let mut walk = Walk::new(a);
        while let Some((key, value)) = walk.next() {
            let other = lookup::<K>(b, &Object::from_ptr(key).to_owned())?;
            if other.is_null() {
                return Ok(false);
            }
            let (value, other) = (Object::from_ptr(value).to_owned(), Object::from_ptr(other).to_owned());
            if !value.equals(&other)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// # Safety
/// `hamt` is fresh.
pub unsafe fn init(hamt: *mut Hamt) {
    // SAFETY: the caller's word.
    unsafe {
        (*hamt).count = 0;
        (*hamt).root = ptr::null_mut();
        (*hamt).weak = ptr::null_mut();
    }
}

/// Gives up the nodes.
///
/// # Safety
/// `hamt` is alive.
pub unsafe fn clear(hamt: *mut Hamt) {
    // SAFETY: the caller's word.
    unsafe {
        (*hamt).count = 0;
        refcount::clear((&raw mut (*hamt).root).cast());
    }
}

/// # Safety
/// As the `tp_traverse` of a trie.
pub unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller's word.
    unsafe { each(op, visit, arg) }
}

crate::traverse_fields!(each, Hamt, root);

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
    use crate::runtime::Interpreter;
    use crate::state::{ThreadState, current};
    use std::collections::HashMap;

    /// Enough of a runtime for objects to be counted and freed.
    fn with_thread_state(test: impl FnOnce()) {
        // SAFETY: zeroed memory is a valid start for both; the lists are initialised.
        unsafe {
            let mut interp: Box<std::mem::MaybeUninit<Interpreter>> = Box::new_zeroed();
            let mut tstate: Box<std::mem::MaybeUninit<ThreadState>> = Box::new_zeroed();
            gc::init(interp.as_mut_ptr().cast());
            (*tstate.as_mut_ptr()).base.interp = interp.as_mut_ptr().cast();
            current::set(tstate.as_mut_ptr());
            test();
            assert!(gc::first(&raw mut (*interp.as_mut_ptr()).base.gc.generations[0].head).is_null(), "a node leaked");
            current::set(ptr::null_mut());
        }
    }

    /// Keys that are never freed, with hashes that collide in parts and as a whole.
    fn keys(n: usize) -> Vec<PyContextVar> {
        (0..n)
            .map(|i| {
                // SAFETY: plain data.
                let mut key: PyContextVar = unsafe { std::mem::zeroed() };
                key.ob_base.ob_refcnt = 1 << 20;
                key.var_hash = match i % 4 {
                    0 => (i as isize) << 5,
                    1 => 7,
                    2 => (i as isize).wrapping_mul(0x9E37_79B9),
                    _ => (i as isize) << 27,
                };
                key
            })
            .collect()
    }

    struct Random(u64);

    impl Random {
        fn below(&mut self, n: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % n as u64) as usize
        }
    }

    type Model = HashMap<usize, usize>;

    fn check(hamt: *mut Hamt, model: &Model, keys: &mut [PyContextVar]) {
        // SAFETY: live tries and keys.
        unsafe {
            assert_eq!((*hamt).count as usize, model.len());
            for (i, key) in keys.iter_mut().enumerate() {
                let value = find(hamt, (&raw mut *key).cast()) as usize;
                assert_eq!(value, model.get(&i).copied().unwrap_or(0));
            }
            let mut walk = Walk::new(hamt);
            let mut n = 0;
            while let Some((key, value)) = walk.next() {
                let i = (key as usize - keys.as_ptr() as usize) / size_of::<PyContextVar>();
                assert_eq!(model[&i], value as usize);
                n += 1;
            }
            assert_eq!(n, model.len());
        }
    }

    /// Random changes in several tries that share nodes, against plain maps.
    fn against_model(seed: u64, n_keys: usize, steps: usize) {
        with_thread_state(|| {
            let mut random = Random(seed);
            let mut keys = keys(n_keys);
            let mut values = self::keys(8);
            let mut tries: Vec<(*mut Hamt, Model)> = vec![(empty(), Model::new())];
            for step in 0..steps {
                let at = random.below(tries.len());
                let i = random.below(n_keys);
                // SAFETY: live tries and keys.
                unsafe {
                    let key = Object::from_ptr((&raw mut keys[i]).cast());
                    match random.below(16) {
                        0 if tries.len() < 6 => {
                            let (hamt, model) = (tries[at].0, tries[at].1.clone());
                            refcount::incref(hamt.cast());
                            tries.push((hamt, model));
                        }
                        1 if tries.len() > 1 => {
                            let (hamt, _) = tries.swap_remove(at);
                            refcount::decref(hamt.cast());
                        }
                        2..=6 => {
                            let old = remove::<Vars>(&mut tries[at].0, key).unwrap();
                            let expected = tries[at].1.remove(&i);
                            assert_eq!(old.map(|old| old.as_ptr() as usize), expected);
                        }
                        _ => {
                            let value = (&raw mut values[random.below(8)]).cast();
                            let old = set::<Vars>(&mut tries[at].0, key, Object::from_ptr(value)).unwrap();
                            let expected = tries[at].1.insert(i, value as usize);
                            assert_eq!(old.map(|old| old.as_ptr() as usize), expected);
                        }
                    }
                }
                if step % 64 == 0 {
                    for (hamt, model) in &tries {
                        check(*hamt, model, &mut keys);
                    }
                }
            }
            for (hamt, model) in tries {
                check(hamt, &model, &mut keys);
                // SAFETY: our reference.
                unsafe { refcount::decref(hamt.cast()) };
            }
            assert!(keys.iter().chain(&values).all(|key| key.ob_base.ob_refcnt == 1 << 20), "a reference leaked");
        });
    }

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

    #[test]
    fn few_keys() {
        (1..40).for_each(|seed| against_model(seed, 6, 600));
    }

    #[test]
    fn many_keys() {
        (1..8).for_each(|seed| against_model(seed * 77, 300, 6000));
    }
}
