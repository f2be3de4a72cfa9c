//! The cycle collector.
//!
//! Reference counts end every object but those that keep each other alive. The collector finds these among the objects
//! that can hold references to others (types with `Py_TPFLAGS_HAVE_GC`), which stand in lists, the younger ones apart
//! from the older. A collection looks at one generation and all that are younger:
//!
//! 1. Each object's count is copied into its header, and COLLECTING set. Then every object is traversed, and each
//!    reference that leads to an object under collection lowers that copy by one. What is left above zero is referred
//!    to from outside.
//! 2. Those, and all that can be reached from them, are alive. The list is walked once: an object whose copy is zero
//!    goes to the list of the unreachable, tentatively, and comes back if a live one turns out to reach it. Tuples that
//!    can't be part of a cycle leave the lists on the way.
//!
//! ```text
//!        outside ---> A ---> B          copies after subtracting:  A 1, B 0, C 0, D 0
//!                                       A is alive, so B is; C and D are
//!                     C <--> D          unreachable, though their counts are 1
//! ```
//!
//! 3. The survivors become older. The unreachable go, in this order, as CPython does it: weak references to them are
//!    cleared, and the callbacks of those weak references that live on are called; `tp_finalize` runs for each, once
//!    in its life; whoever was brought back by that, and what it reaches, is kept (step 1 and 2 again, if a callback
//!    or `tp_finalize` was called at all); the rest is
//!    broken up by `tp_clear`, and reference counts do what is left.
//!
//! While the copies are in the headers, the lists are linked forwards only; and `next` of an object that is tentatively
//! unreachable has its lowest bit set. Nothing foreign but `tp_traverse` runs before both are put right.
//!
//! Objects with the old `tp_del` are not ended: they and what they reach become `gc.garbage`.

mod gc_list;
mod report;
pub mod tracked;

use crate::abi::*;
use crate::mem::gc::{COLLECTING, FINALIZED, PREV_MASK, first, head_of, is_gc, object_of, ring_init, untrack};
use crate::mem::refcount;
use crate::object::{Object, Owned, Result, above, error};
use crate::state::{self, GENERATIONS, GcHead, GcState, GcStats};
use crate::types::{cfunction, dict, list, tuple, weakref};
use gc_list::{ONE_REF, REFS_SHIFT, append, each, len, merge, move_to, refs, ring, set_prev, set_refs};
use std::ptr;

/// The bits of `gc.set_debug`.
pub const DEBUG_STATS: c_int = 1;
pub const DEBUG_COLLECTABLE: c_int = 2;
pub const DEBUG_UNCOLLECTABLE: c_int = 4;
pub const DEBUG_SAVEALL: c_int = 32;

/// Flag of `next`: tentatively unreachable.
const UNREACHABLE: usize = 1;

#[derive(Clone, Copy, PartialEq)]
pub enum Reason {
    /// Enough was allocated.
    Allocation,
    /// Somebody asked.
    Manual,
    /// The interpreter ends: no callbacks.
    Shutdown,
}

fn gc_state() -> *mut GcState {
    // SAFETY: attached.
    unsafe { &raw mut (*state::interp()).gc }
}

unsafe fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: a collectable type has `tp_traverse`.
    unsafe { (*(*op).ob_type).tp_traverse.map_or(0, |traverse| traverse(op, visit, arg)) }
}

/// As [`traverse`] of an object that is going to be traversed anyway: the commonest kinds without a call for each object
/// that they refer to.
#[inline(always)]
unsafe fn traverse_with<T>(
    op: *mut PyObject,
    visit: unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int,
    arg: *mut T,
) {
    // SAFETY: as `traverse`; what is visited is alive.
    unsafe {
        let ty = (*op).ob_type;
        if ty == &raw mut dict::PyDict_Type {
            dict::each_held(op, |held| {
                visit(held, arg.cast());
            });
        } else if ty == &raw mut cfunction::PyCFunction_Type {
            for held in cfunction::held(op) {
                if !held.is_null() {
                    visit(held, arg.cast());
                }
            }
        } else {
            traverse(op, Some(visit), arg.cast());
        }
    }
}

#[inline(always)]
unsafe extern "C" fn visit_subtract(op: *mut PyObject, _arg: *mut c_void) -> c_int {
    // SAFETY: `tp_traverse` visits live objects.
    unsafe {
        if is_gc(op) {
            let gc = head_of(op);
            if (*gc).prev & COLLECTING != 0 {
                (*gc).prev = (*gc).prev.wrapping_sub(ONE_REF);
            }
        }
    }
    0
}

#[inline(always)]
unsafe extern "C" fn visit_reachable(op: *mut PyObject, reachable: *mut c_void) -> c_int {
    // SAFETY: `tp_traverse` visits live objects.
    unsafe {
        if !is_gc(op) {
            return 0;
        }
        let gc = head_of(op);
        if (*gc).prev & COLLECTING == 0 {
            return 0;
        }
        if (*gc).next & UNREACHABLE != 0 {
            // It was given up too early. Its neighbours' links keep their marks.
            let prev = ((*gc).prev & PREV_MASK) as *mut GcHead;
            let next = ((*gc).next & !UNREACHABLE) as *mut GcHead;
            (*prev).next = (*gc).next;
            set_prev(next, prev);
            append(gc, reachable.cast());
            set_refs(gc, 1);
        } else if refs(gc) == 0 {
            set_refs(gc, 1);
        }
    }
    0
}

/// Moves what is referred to from within `base` only to `unreachable`, marked in `next`. What stays in `base` is no
/// longer COLLECTING; what moved is. If `untrack_plain`, tuples that can't be part of a cycle leave the collector's
/// lists. How many objects stay.
unsafe fn deduce_unreachable(base: *mut GcHead, unreachable: *mut GcHead, untrack_plain: bool) -> isize {
    // SAFETY: the ring's members are live objects with `tp_traverse`.
    unsafe {
        each(base, |gc| {
            let op = object_of(gc);
            if refcount::is_immortal(op) {
                // It will never be garbage, nor will what it refers to.
                untrack(op);
                return;
            }
            (*gc).prev = ((*gc).prev & FINALIZED) | COLLECTING | ((*op).ob_refcnt as usize) << REFS_SHIFT;
        });
        let mut gc = (*base).next as *mut GcHead;
        while gc != base {
            traverse_with(object_of(gc), visit_subtract, ptr::null_mut::<c_void>());
            gc = (*gc).next as *mut GcHead;
        }

        ring_init(unreachable);
        let mut stay = 0;
        let mut prev = base;
        let mut gc = (*base).next as *mut GcHead;
        while gc != base {
            if refs(gc) != 0 {
                traverse_with(object_of(gc), visit_reachable, base);
                set_prev(gc, prev);
                (*gc).prev &= !COLLECTING;
                if untrack_plain && tuple::is_plain(object_of(gc)) {
                    // The next one's `prev` still holds its copy, so this is not `untrack`.
                    (*prev).next = (*gc).next;
                    (*gc).next = 0;
                    (*gc).prev &= FINALIZED;
                } else {
                    prev = gc;
                    stay += 1;
                }
            } else {
                (*prev).next = (*gc).next;
                let last = (*unreachable).prev as *mut GcHead;
                (*last).next = gc as usize | UNREACHABLE;
                set_prev(gc, last);
                (*gc).next = unreachable as usize | UNREACHABLE;
                (*unreachable).prev = gc as usize;
            }
            gc = (*prev).next as *mut GcHead;
        }
        (*base).prev = prev as usize;
        (*unreachable).next &= !UNREACHABLE;
        stay
    }
}

/// What ending the unreachable takes beside `tp_clear`: most often nothing, and then their list is not walked for it.
#[derive(Default)]
struct Wants {
    /// How many they are.
    count: isize,
    legacy: bool,
    weakrefs: bool,
    finalizers: bool,
}

/// Clears the marks of the unreachable, and says what these want.
unsafe fn clear_unreachable_marks(ring: *mut GcHead) -> Wants {
    let mut wants = Wants::default();
    // SAFETY: marks are on `next` only; the ring's members are live objects.
    unsafe {
        (*ring).next &= !UNREACHABLE;
        let mut gc = (*ring).next as *mut GcHead;
        while gc != ring {
            (*gc).next &= !UNREACHABLE;
            wants.count += 1;
            let op = object_of(gc);
            let ty = (*op).ob_type;
            wants.legacy |= (*ty).tp_del.is_some();
            wants.finalizers |= (*ty).tp_finalize.is_some() && (*gc).prev & FINALIZED == 0;
            wants.weakrefs |= weakref::has_any(op) || weakref::is_ref(Object::from_ptr(op));
            gc = (*gc).next as *mut GcHead;
        }
    }
    wants
}

unsafe extern "C" fn visit_move(op: *mut PyObject, to: *mut c_void) -> c_int {
    // SAFETY: `tp_traverse` visits live objects.
    unsafe {
        if is_gc(op) && (*head_of(op)).prev & COLLECTING != 0 {
            let gc = head_of(op);
            move_to(gc, to.cast());
            (*gc).prev &= !COLLECTING;
        }
    }
    0
}

/// Moves objects with `tp_del`, and what they reach, out of the unreachable.
unsafe fn move_legacy(unreachable: *mut GcHead, legacy: *mut GcHead) {
    // SAFETY: both rings are linked both ways.
    unsafe {
        each(unreachable, |gc| {
            if (*(*object_of(gc)).ob_type).tp_del.is_some() {
                (*gc).prev &= !COLLECTING;
                move_to(gc, legacy);
            }
        });
        let mut gc = (*legacy).next as *mut GcHead;
        while gc != legacy {
            traverse(object_of(gc), Some(visit_move), legacy.cast());
            gc = (*gc).next as *mut GcHead;
        }
    }
}

/// Clears the weak references to and among the unreachable, and calls the callbacks of those that live on. How many
/// were called, and how many weak references that ended.
unsafe fn handle_weakrefs(unreachable: *mut GcHead) -> (usize, isize) {
    let mut calls: Vec<(Owned, Owned)> = Vec::new();
    // SAFETY: nothing foreign runs while the rings are walked: clearing a weak reference only unlinks it.
    unsafe {
        each(unreachable, |gc| {
            let op = object_of(gc);
            let o = Object::from_ptr(op);
            if weakref::is_ref(o) {
                // A reference that is trash itself must not show trash, and will call nobody.
                weakref::unlink(op.cast());
            }
            if !weakref::supported(o) {
                return;
            }
            let place = weakref::place(op);
            while !(*place).is_null() {
                let reference = *place;
                weakref::unlink(reference);
                let callback = (*reference).wr_callback;
                if callback.is_null() || (*head_of(reference.cast())).prev & COLLECTING != 0 {
                    continue;
                }
                calls.push((Object::from_ptr(reference.cast()).to_owned(), Object::from_ptr(callback).to_owned()));
            }
        });
    }
    let (called, mut freed) = (calls.len(), 0);
    for (reference, callback) in calls {
        weakref::call_back(&reference, &callback);
        if reference.refcount() == 1 {
            freed += 1;
        }
    }
    (called, freed)
}

unsafe fn finalize(collectable: *mut GcHead) {
    // SAFETY: each object is owned while its finalizer runs; the ring is read anew after it.
    unsafe {
        let mut seen = ring();
        ring_init(&mut seen);
        loop {
            let gc = first(collectable);
            if gc.is_null() {
                break;
            }
            move_to(gc, &mut seen);
            let op = object_of(gc);
            if (*gc).prev & FINALIZED == 0
                && let Some(finalize) = (*(*op).ob_type).tp_finalize
            {
                (*gc).prev |= FINALIZED;
                let op = Object::from_ptr(op).to_owned();
                finalize(op.as_ptr());
            }
        }
        merge(&mut seen, collectable);
    }
}

/// Moves what finalizers brought back, and all it reaches, to `old`; the rest to `still`.
unsafe fn handle_resurrected(unreachable: *mut GcHead, still: *mut GcHead, old: *mut GcHead) {
    // SAFETY: rings of live objects.
    unsafe {
        each(unreachable, |gc| (*gc).prev &= !COLLECTING);
        deduce_unreachable(unreachable, still, false);
        clear_unreachable_marks(still);
        merge(unreachable, old);
    }
}

/// A list of the interpreter's, made when first wanted.
fn list_at(place: fn(&mut GcState) -> &mut *mut PyObject) -> Result<&'static Object> {
    // SAFETY: attached; the interpreter owns the list.
    unsafe {
        let place = place(&mut *gc_state());
        if place.is_null() {
            *place = list::new()?.into_raw();
        }
        Ok(Object::from_ptr(*place))
    }
}

/// `gc.garbage`.
pub fn garbage() -> Result<&'static Object> {
    list_at(|gc| &mut gc.garbage)
}

/// `gc.callbacks`.
pub fn callbacks() -> Result<&'static Object> {
    list_at(|gc| &mut gc.callbacks)
}

unsafe fn delete(collectable: *mut GcHead, old: *mut GcHead) {
    // SAFETY: each object is owned while its `tp_clear` runs; the ring is read anew after it.
    unsafe {
        loop {
            let gc = first(collectable);
            if gc.is_null() {
                return;
            }
            let op = Object::from_ptr(object_of(gc)).to_owned();
            if (*gc_state()).debug & DEBUG_SAVEALL != 0 {
                if garbage().and_then(|garbage| list::append(garbage, &op)).is_err() {
                    error::clear();
                }
            } else if let Some(clear) = (*op.ty()).tp_clear {
                clear(op.as_ptr());
                if error::occurred() {
                    above::unraisable("Exception ignored in tp_clear of %R", Some(op.type_object()));
                }
            }
            drop(op);
            if first(collectable) == gc {
                // Still there: alive after all, or held by something that was not cleared yet.
                (*gc).prev &= !COLLECTING;
                move_to(gc, old);
            }
        }
    }
}

/// Collects `generation` and all that are younger; how many objects were unreachable, those that can't be ended
/// included. 0 when a collection is running. An exception that is set stays.
pub fn collect(generation: usize, reason: Reason) -> isize {
    // SAFETY: attached.
    unsafe {
        if (*gc_state()).collecting {
            return 0;
        }
        (*gc_state()).collecting = true;
        let saved = error::take();
        if reason != Reason::Shutdown {
            report::call_callbacks("start", generation, 0, 0);
        }
        let (collected, uncollectable) = run(generation, reason);
        if reason != Reason::Shutdown {
            report::call_callbacks("stop", generation, collected, uncollectable);
        }
        if error::occurred() {
            above::unraisable("Exception ignored in garbage collection", None);
        }
        if let Some(saved) = saved {
            let _raised = error::restore(saved);
        }
        (*gc_state()).collecting = false;
        collected + uncollectable
    }
}

unsafe fn run(generation: usize, reason: Reason) -> (isize, isize) {
    // SAFETY: attached; the lists are ours. Foreign code runs only where all rings are linked both ways.
    unsafe {
        let gc = gc_state();
        let ring_of = move |i: usize| &raw mut (*gc).generations[i].head;
        let started = ((*gc).debug & DEBUG_STATS != 0).then(std::time::Instant::now);
        if started.is_some() {
            report::sizes(gc, generation);
        }
        if generation + 1 < GENERATIONS {
            (*gc).generations[generation + 1].count += 1;
        }
        for younger in 0..=generation {
            (*gc).generations[younger].count = 0;
        }
        for younger in 0..generation {
            merge(ring_of(younger), ring_of(generation));
        }
        let young = ring_of(generation);
        let full = generation + 1 == GENERATIONS;
        let old = if full { young } else { ring_of(generation + 1) };

        let mut unreachable = ring();
        let stay = deduce_unreachable(young, &mut unreachable, true);
        if full {
            (*gc).long_lived_pending = 0;
            (*gc).long_lived_total = stay;
        } else {
            if generation == GENERATIONS - 2 {
                (*gc).long_lived_pending += stay;
            }
            merge(young, old);
        }

        let mut legacy = ring();
        ring_init(&mut legacy);
        let wants = clear_unreachable_marks(&mut unreachable);
        if wants.legacy {
            move_legacy(&mut unreachable, &mut legacy);
        }
        if (*gc).debug & DEBUG_COLLECTABLE != 0 {
            report::objects(&mut unreachable, "collectable");
        }

        let (called, mut collected) = if wants.weakrefs { handle_weakrefs(&mut unreachable) } else { (0, 0) };
        if wants.finalizers {
            finalize(&mut unreachable);
        }
        let mut trash = ring();
        ring_init(&mut trash);
        if wants.finalizers || called > 0 {
            handle_resurrected(&mut unreachable, &mut trash, old);
            collected += len(&mut trash);
        } else {
            // Nothing ran that could have brought any of them back.
            merge(&mut unreachable, &mut trash);
            collected += if wants.legacy { len(&mut trash) } else { wants.count };
        }
        delete(&mut trash, old);

        let uncollectable = len(&mut legacy);
        if (*gc).debug & DEBUG_UNCOLLECTABLE != 0 {
            report::objects(&mut legacy, "uncollectable");
        }
        keep_legacy(&mut legacy, old);
        if let Some(started) = started {
            report::done(collected, uncollectable, started.elapsed());
        }
        if full && reason != Reason::Shutdown {
            (*state::interp()).freelists.release();
        }
        let stats = &mut (*gc).stats[generation];
        stats.collections += 1;
        stats.collected += collected;
        stats.uncollectable += uncollectable;
        (collected, uncollectable)
    }
}

/// Objects with `tp_del` go to `gc.garbage`, and with what they reach back among the living.
unsafe fn keep_legacy(legacy: *mut GcHead, old: *mut GcHead) {
    // SAFETY: a ring of live objects.
    unsafe {
        let mut gc = (*legacy).next as *mut GcHead;
        while gc != legacy {
            let op = object_of(gc);
            if (*gc_state()).debug & DEBUG_SAVEALL != 0 || (*(*op).ob_type).tp_del.is_some() {
                let kept = garbage().and_then(|garbage| list::append(garbage, Object::from_ptr(op)));
                if kept.is_err() {
                    error::clear();
                    break;
                }
            }
            gc = (*gc).next as *mut GcHead;
        }
        merge(legacy, old);
    }
}

/// A full collection that somebody asked for.
pub fn collect_full() -> isize {
    collect(GENERATIONS - 1, Reason::Manual)
}

/// The collection that is due, if one is: the oldest generation that was added to often enough. The oldest of all
/// waits until a quarter of it is new, so that its cost stays in proportion.
pub fn collect_scheduled() {
    // SAFETY: attached.
    unsafe {
        let gc = gc_state();
        if !(*gc).enabled || (*gc).generations[0].threshold == 0 {
            return;
        }
        for i in (0..GENERATIONS).rev() {
            if (*gc).generations[i].count <= (*gc).generations[i].threshold {
                continue;
            }
            if i + 1 == GENERATIONS && (*gc).long_lived_pending < (*gc).long_lived_total / 4 {
                continue;
            }
            collect(i, Reason::Allocation);
            return;
        }
    }
}

/// `PyGC_Collect`: how many objects were unreachable; 0 if the collector is off.
pub fn collect_if_enabled() -> isize {
    if is_enabled() { collect_full() } else { 0 }
}

pub fn is_enabled() -> bool {
    // SAFETY: attached.
    unsafe { (*gc_state()).enabled }
}

/// Turns automatic collection on or off; whether it was on.
pub fn enable(on: bool) -> bool {
    // SAFETY: attached.
    unsafe { std::mem::replace(&mut (*gc_state()).enabled, on) }
}

pub fn debug() -> c_int {
    // SAFETY: attached.
    unsafe { (*gc_state()).debug }
}

pub fn set_debug(flags: c_int) {
    // SAFETY: attached.
    unsafe { (*gc_state()).debug = flags }
}

pub fn thresholds() -> [c_int; GENERATIONS] {
    // SAFETY: attached.
    unsafe { std::array::from_fn(|i| (*gc_state()).generations[i].threshold) }
}

pub fn set_threshold(generation: usize, threshold: c_int) {
    // SAFETY: attached.
    unsafe { (*gc_state()).generations[generation].threshold = threshold }
}

pub fn counts() -> [c_int; GENERATIONS] {
    // SAFETY: attached.
    unsafe { std::array::from_fn(|i| (*gc_state()).generations[i].count) }
}

pub fn stats() -> [GcStats; GENERATIONS] {
    // SAFETY: attached.
    unsafe { (*gc_state()).stats }
}
