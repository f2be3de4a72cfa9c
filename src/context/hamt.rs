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

use super::hamt_node::{Node, Place, child, new_node, rank, slot, splice, with_child};
use super::hamt_type::_PyHamt_Type;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, lifecycle};
use std::ptr;

/// A trie: its root and the number of its entries. What stands behind a `PyHamtObject *`.
#[repr(C)]
pub struct Hamt {
    head: PyObject,
    pub count: isize,
    root: *mut Node,
    pub weak: *mut PyObject,
}

const BITS: u32 = 5;
/// The shift of the level below all bits.
const BOTTOM: u32 = 35;

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
