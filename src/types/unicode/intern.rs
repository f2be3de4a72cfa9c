//! Interned strings: one object for each text, so that names are equal when their addresses are.
//!
//! There are three tables. The static names are found without a hash (`names`). The process's table holds what else
//! every interpreter shares: names of what is in the dicts of static types, which are made when somebody first reads
//! such a dict, and what is interned while the process starts; all of it immortal. Each interpreter has a table of its
//! own for all others. None owns what it holds: a mortal interned str takes itself out of its table when it dies.
//!
//! A name that an interpreter has interned already becomes the process's if that interpreter is the first to need it in
//! a dict of a static type. Another that has a str of its own by then keeps it for as long as it lives, so its own
//! table is asked before the process's.

use super::compare::same_bytes;
use super::layout::{self, INTERNED_MASK};
use super::{PyUnicode_Type, equal, hash, names, new, utf8};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result};
use crate::state::fatal::fatal_error;
use crate::state::{self, InternEntry, InternTable, KnownText, KnownTexts, UnicodeState};
use crate::types::pyhash;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// What every interpreter shares beside the static names. A str is added by putting its address into the first free
/// place of its walk, for good, so readers and writers need no lock. There are places for three times the names that
/// there are in the runtime's types.
struct Shared {
    places: [AtomicPtr<PyObject>; SHARED_PLACES],
}

const SHARED_PLACES: usize = 1 << 11;

static SHARED: Shared = Shared { places: [const { AtomicPtr::new(ptr::null_mut()) }; SHARED_PLACES] };

/// How many there are in it.
static SHARED_USED: AtomicUsize = AtomicUsize::new(0);

/// Start-up is over: what is interned from now on is the interpreter's.
static mut SEALED: bool = false;

impl Shared {
    /// The str with that hash that `is_it` says yes to, or the place where it would be added.
    #[inline(always)]
    fn find_by(
        &self,
        hash: Py_hash_t,
        is_it: impl Fn(&Object) -> bool,
    ) -> std::result::Result<&'static Object, &AtomicPtr<PyObject>> {
        let mut i = hash as usize % SHARED_PLACES;
        for _ in 0..SHARED_PLACES {
            let place = &self.places[i];
            // SAFETY: what is in the table is immortal, and was whole when it was put there.
            let Some(there) = (unsafe { Object::optional(place.load(Ordering::Acquire)) }) else { return Err(place) };
            if hash::known(there) == hash && is_it(there) {
                return Ok(there);
            }
            i = (i + 1) % SHARED_PLACES;
        }
        fatal_error("intern::shared", "too many names");
    }

    /// Nothing was added yet, as in a process that has just started: then no page of the table need be looked at.
    #[inline(always)]
    fn is_empty(&self) -> bool {
        SHARED_USED.load(Ordering::Relaxed) == 0
    }

    fn find(&self, s: &Object) -> Option<&'static Object> {
        if self.is_empty() {
            return None;
        }
        self.find_by(hash::hash(s), |entry| equal(entry, s)).ok()
    }

    /// The str of this ASCII text, whose hash is known.
    fn find_ascii(&self, text: &[u8], hash: Py_hash_t) -> Option<&'static Object> {
        if self.is_empty() {
            return None;
        }
        self.find_by(hash, |entry| layout::is_ascii(entry) && layout::chars(entry).bytes() == text).ok()
    }

    /// Adds an immortal str. Of two threads that add the same text at the same time one is second, and gets the other's
    /// str.
    fn add(&self, s: &Object) -> &'static Object {
        let hash = hash::hash(s);
        loop {
            let place = match self.find_by(hash, |entry| equal(entry, s)) {
                Ok(there) => return there,
                Err(place) => place,
            };
            if place.compare_exchange(ptr::null_mut(), s.as_ptr(), Ordering::AcqRel, Ordering::Acquire).is_ok() {
                SHARED_USED.fetch_add(1, Ordering::Relaxed);
                // SAFETY: immortal: the caller's word.
                return unsafe { Object::from_ptr(s.as_ptr()) };
            }
        }
    }
}

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
        let size = (self.used * 4).next_power_of_two().max(64);
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

    /// Takes `s` out. The entries behind it that were put there because its place was taken move up, so that no trace
    /// of it lengthens later walks.
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

/// Names in an extension's tables are literals, which are asked for again and again: then the address tells which str
/// it was, and comparing the texts whether it still is. No interned str may have died since, because it may be that
/// one.
impl KnownTexts {
    #[inline(always)]
    fn entry(&mut self, text: &[u8]) -> &mut KnownText {
        let address = text.as_ptr() as usize;
        &mut self.entries[(address ^ address >> 6) % 64]
    }

    #[inline(always)]
    fn find(&mut self, text: &[u8]) -> Option<Owned> {
        let deaths = self.deaths;
        let entry = self.entry(text);
        if entry.text != text.as_ptr() || entry.deaths != deaths {
            return None;
        }
        // SAFETY: alive, as no interned str has died since.
        let known = unsafe { Object::from_ptr(entry.op) };
        // SAFETY: it is ASCII, so it has as many bytes as characters.
        let same =
            layout::len(known) == text.len() && unsafe { same_bytes(layout::data(known), text.as_ptr(), text.len()) };
        same.then(|| known.to_owned())
    }

    /// `known` is interned and ASCII.
    #[inline(always)]
    fn keep(&mut self, text: &[u8], known: &Object) {
        let deaths = self.deaths;
        *self.entry(text) = KnownText { text: text.as_ptr(), op: known.as_ptr(), deaths };
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
    // SAFETY: attached.
    let known = unsafe { &mut (*state::interp()).unicode.known_texts };
    match known.find(text) {
        Some(there) => Ok(there),
        None => intern_unknown(text, known),
    }
}

#[inline(never)]
fn intern_unknown(text: &[u8], known: &mut KnownTexts) -> Result<Owned> {
    if text.len() < 2 || !text.is_ascii() {
        return Ok(intern(utf8::from_utf8(text)?));
    }
    if let Some(name) = names::find(text) {
        known.keep(text, name);
        return Ok(name.to_owned());
    }
    let hash = pyhash::hash_bytes(text);
    // SAFETY: attached.
    let own = unsafe { &(*state::interp()).unicode.interned };
    let interned = match own.find_ascii(text, hash).or_else(|| SHARED.find_ascii(text, hash)) {
        Some(there) => there.to_owned(),
        None => intern(utf8::from_utf8(text)?),
    };
    if layout::interned(&interned) != SSTATE_NOT_INTERNED {
        known.keep(text, &interned);
    }
    Ok(interned)
}

/// The interned str of ASCII text that all interpreters share: for what the dicts of static types hold.
pub fn shared(text: &[u8]) -> &'static Object {
    debug_assert!(text.is_ascii());
    match text {
        [] => return new::empty_ref(),
        [c] => return new::latin1_char_ref(*c),
        _ => {}
    }
    if let Some(name) = names::find(text) {
        return name;
    }
    let hash = pyhash::hash_bytes(text);
    if let Some(there) = SHARED.find_ascii(text, hash) {
        return there;
    }
    // The report of a fatal error may come here detached.
    if !state::current::get().is_null() {
        // SAFETY: attached.
        let table = unsafe { &mut (*state::interp()).unicode.interned };
        if let Some(own) = table.find_ascii(text, hash) {
            immortalize(own);
            let there = SHARED.add(own);
            if there.is(own) {
                table.remove(own);
            }
            return there;
        }
    }
    let new = new::shared_ascii(text);
    set_interned(new, SSTATE_INTERNED_IMMORTAL);
    SHARED.add(new)
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
    if let layout::Chars::Ucs1(text) = layout::chars(&s)
        && let Some(name) = names::find(text)
    {
        return name.to_owned();
    }
    // SAFETY: attached.
    let table = unsafe { &mut (*state::interp()).unicode.interned };
    if let Some(there) = table.find(&s) {
        if how == SSTATE_INTERNED_IMMORTAL && layout::interned(there) == SSTATE_INTERNED_MORTAL {
            immortalize(there);
        }
        return there.to_owned();
    }
    if let Some(there) = SHARED.find(&s) {
        return there.to_owned();
    }
    // SAFETY: written at start-up only.
    if unsafe { !SEALED } {
        immortalize(&s);
        return SHARED.add(&s).to_owned();
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
    unsafe {
        let unicode = &mut (*state::interp()).unicode;
        unicode.interned.remove(s);
        unicode.known_texts.deaths += 1;
    }
}

/// The interpreter ends: its table goes, and with it the strings that were immortal for its sake. Nothing that
/// refers to them may remain.
pub fn clear_interpreter(unicode: &mut UnicodeState) {
    unicode.known_texts.deaths += 1;
    let entries = std::mem::replace(&mut unicode.interned, InternTable::EMPTY);
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
    unsafe { (*state::interp()).unicode.interned.used + immortal_count() }
}

/// How many strings the process has interned for good.
pub fn immortal_count() -> usize {
    names::COUNT + SHARED_USED.load(Ordering::Relaxed)
}
