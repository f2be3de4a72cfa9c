//! Interned strings: one object for each text, so that names are equal when their addresses are.
//!
//! There are two tables. The process's holds what every interpreter shares: static strings, and what is interned
//! while the process starts, which is immortal (the dicts of static types keep it). It is complete when start-up is,
//! and then only read. Each interpreter has a table of its own for all others. Neither owns what it holds: a mortal
//! interned str takes itself out of the table when it dies.

use super::layout::{self, INTERNED_MASK};
use super::{PyUnicode_Type, equal, hash, names, new, utf8};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result};
use crate::state::{self, InternEntry, InternTable};
use crate::types::pyhash;
use std::ptr;

/// What every interpreter shares.
static mut SHARED: InternTable = InternTable::EMPTY;

/// Start-up is over: [`SHARED`] is complete.
static mut SEALED: bool = false;

impl InternTable {
    pub const EMPTY: InternTable = InternTable { entries: ptr::null_mut(), mask: 0, used: 0 };

    /// The str with that hash that `is_it` says yes to.
    #[inline(always)]
    fn find_by(&self, hash: Py_hash_t, is_it: impl Fn(&Object) -> bool) -> Option<&'static Object> {
        if self.entries.is_null() {
            return None;
        }
        let mut i = hash as usize & self.mask;
        loop {
            // SAFETY: `i` is below the size; a table always has free places, and what is in it is alive.
            unsafe {
                let entry = self.entries.add(i);
                if (*entry).op.is_null() {
                    return None;
                }
                if (*entry).hash == hash && is_it(Object::from_ptr((*entry).op)) {
                    return Some(Object::from_ptr((*entry).op));
                }
            }
            i = (i + 1) & self.mask;
        }
    }

    /// The str equal to `s`.
    fn find(&self, s: &Object) -> Option<&'static Object> {
        self.find_by(hash::hash(s), |entry| equal(entry, s))
    }

    /// The str of this ASCII text, whose hash is known.
    fn find_ascii(&self, text: &[u8], hash: Py_hash_t) -> Option<&'static Object> {
        self.find_by(hash, |entry| layout::is_ascii(entry) && layout::chars(entry).bytes() == text)
    }

    /// Puts `s` in, which is not there. False if there is no memory.
    fn insert(&mut self, s: &Object) -> bool {
        if (self.entries.is_null() || (self.used + 1) * 2 > self.mask + 1) && !self.grow() {
            return false;
        }
        // SAFETY: there is room now.
        unsafe { self.put(InternEntry { hash: hash::hash(s), op: s.as_ptr() }) };
        self.used += 1;
        true
    }

    /// # Safety
    /// There is a free place.
    unsafe fn put(&mut self, entry: InternEntry) {
        // SAFETY: places are inside the table.
        unsafe {
            let mut i = entry.hash as usize & self.mask;
            while !(*self.entries.add(i)).op.is_null() {
                i = (i + 1) & self.mask;
            }
            *self.entries.add(i) = entry;
        }
    }

    #[cold]
    fn grow(&mut self) -> bool {
        let size = (self.used * 4).next_power_of_two().max(128);
        // SAFETY: zeroed memory for `size` entries; the old table is read to its end and freed.
        unsafe {
            let entries = libc::calloc(size, size_of::<InternEntry>()).cast::<InternEntry>();
            if entries.is_null() {
                return false;
            }
            let old = self.entries;
            let old_size = if old.is_null() { 0 } else { self.mask + 1 };
            self.entries = entries;
            self.mask = size - 1;
            for i in 0..old_size {
                if !(*old.add(i)).op.is_null() {
                    self.put(*old.add(i));
                }
            }
            libc::free(old.cast());
        }
        true
    }

    /// Takes `s` out. The entries behind it that were put there because its place was taken move up, so that no trace of it
    /// lengthens later walks.
    fn remove(&mut self, s: &Object) {
        if self.entries.is_null() {
            return;
        }
        let mut gap = hash::hash(s) as usize & self.mask;
        // SAFETY: as in `find_by`.
        unsafe {
            while !s.is_ptr((*self.entries.add(gap)).op) {
                if (*self.entries.add(gap)).op.is_null() {
                    return;
                }
                gap = (gap + 1) & self.mask;
            }
            let mut i = gap;
            loop {
                i = (i + 1) & self.mask;
                let entry = *self.entries.add(i);
                if entry.op.is_null() {
                    break;
                }
                // How far it stands from where its walk begins, and from the gap.
                let walked = i.wrapping_sub(entry.hash as usize) & self.mask;
                if walked >= i.wrapping_sub(gap) & self.mask {
                    *self.entries.add(gap) = entry;
                    gap = i;
                }
            }
            (*self.entries.add(gap)).op = ptr::null_mut();
        }
        self.used -= 1;
    }
}

/// Puts the static strings into the process's table. The hash secret must be fixed by then.
#[cold]
pub fn start() {
    // SAFETY: start-up is the work of one thread.
    let shared = unsafe { &mut *(&raw mut SHARED) };
    if shared.entries.is_null() {
        for name in names::all() {
            shared.insert(name);
        }
    }
}

/// Start-up is over: from now on strings are interned in the interpreter that asks.
pub fn seal() {
    // SAFETY: start-up is the work of one thread.
    unsafe { SEALED = true };
}

fn set_interned(s: &Object, how: u32) {
    // SAFETY: layout; only the attached thread reaches the str, or it is start-up.
    unsafe {
        let state = &raw mut (*s.cast::<PyASCIIObject>()).state;
        *state = *state & !INTERNED_MASK | how;
    }
}

/// The interned str equal to `s`, which stays what it is if it is an instance of a subclass, or if there is no memory
/// (`PyUnicode_InternInPlace`).
#[inline]
pub fn intern(s: Owned) -> Owned {
    if layout::interned(&s) != 0 { s } else { intern_as(s, SSTATE_INTERNED_MORTAL) }
}

/// The interned str of UTF-8 text, which need not be made if it is there. `UnicodeDecodeError`.
pub fn intern_utf8(text: &[u8]) -> Result<Owned> {
    if text.len() > 1 && text.is_ascii() {
        let hash = pyhash::hash_bytes(text);
        // SAFETY: the first is written at start-up only; attached.
        let (shared, own) = unsafe { (&*(&raw const SHARED), &(*state::interp()).unicode.interned) };
        if let Some(there) = shared.find_ascii(text, hash).or_else(|| own.find_ascii(text, hash)) {
            return Ok(there.to_owned());
        }
    }
    Ok(intern(utf8::from_utf8(text)?))
}

/// As [`intern`], and the str lives as long as the interpreter (`_PyUnicode_InternImmortal`).
pub fn intern_immortal(s: Owned) -> Owned {
    match layout::interned(&s) {
        SSTATE_NOT_INTERNED => intern_as(s, SSTATE_INTERNED_IMMORTAL),
        SSTATE_INTERNED_MORTAL => {
            immortalize(&s);
            s
        }
        _ => s,
    }
}

fn immortalize(s: &Object) {
    set_interned(s, SSTATE_INTERNED_IMMORTAL);
    // SAFETY: alive.
    unsafe { refcount::make_immortal(s.as_ptr()) };
}

fn intern_as(s: Owned, how: u32) -> Owned {
    if !s.is_exact(&raw mut PyUnicode_Type) {
        return s;
    }
    match layout::chars(&s) {
        layout::Chars::Ucs1([]) => return new::empty(),
        layout::Chars::Ucs1([c]) => return new::latin1_char(*c),
        _ => {}
    }
    // SAFETY: written at start-up only.
    let shared = unsafe { &mut *(&raw mut SHARED) };
    if shared.entries.is_null() {
        start();
    }
    if let Some(there) = shared.find(&s) {
        return there.to_owned();
    }
    // SAFETY: as above.
    if unsafe { !SEALED } {
        if shared.insert(&s) {
            immortalize(&s);
        }
        return s;
    }
    // SAFETY: attached.
    let table = unsafe { &mut (*state::interp()).unicode.interned };
    if let Some(there) = table.find(&s) {
        if how == SSTATE_INTERNED_IMMORTAL && layout::interned(there) == SSTATE_INTERNED_MORTAL {
            immortalize(there);
        }
        return there.to_owned();
    }
    if !table.insert(&s) {
        return s;
    }
    if how == SSTATE_INTERNED_IMMORTAL || s.refcount() >= _Py_IMMORTAL_INITIAL_REFCNT as u32 {
        immortalize(&s);
    } else {
        set_interned(&s, SSTATE_INTERNED_MORTAL);
    }
    s
}

/// A mortal interned str dies.
pub fn forget(s: &Object) {
    // SAFETY: attached, to the interpreter of the str.
    unsafe { (*state::interp()).unicode.interned.remove(s) };
}

/// The interpreter ends: its table goes, and with it the strings that were immortal for its sake. Nothing that
/// refers to them may remain.
pub fn clear_interpreter(table: &mut InternTable) {
    let entries = std::mem::replace(table, InternTable::EMPTY);
    if entries.entries.is_null() {
        return;
    }
    for i in 0..=entries.mask {
        // SAFETY: inside the table.
        let op = unsafe { (*entries.entries.add(i)).op };
        if op.is_null() {
            continue;
        }
        // SAFETY: what is in the table is alive; an immortal one is referred to by nobody now.
        unsafe {
            let how = layout::interned(Object::from_ptr(op));
            set_interned(Object::from_ptr(op), SSTATE_NOT_INTERNED);
            if how == SSTATE_INTERNED_IMMORTAL {
                (*op).ob_refcnt = 1;
                (*op).ob_flags &= !(_Py_IMMORTAL_FLAGS as u16);
                refcount::decref(op);
            }
        }
    }
    // SAFETY: nobody uses it any more.
    unsafe { libc::free(entries.entries.cast()) };
}

/// How many strings the interpreter and the process have interned.
pub fn count() -> usize {
    // SAFETY: attached.
    unsafe { (*state::interp()).unicode.interned.used + (*(&raw const SHARED)).used }
}

/// How many strings the process has interned for good.
pub fn immortal_count() -> usize {
    // SAFETY: attached; the shared table is only read after start-up.
    unsafe { (*(&raw const SHARED)).used }
}
