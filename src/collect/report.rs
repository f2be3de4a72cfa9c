//! What the collector tells of its work: to `gc.callbacks`, and on standard error as `gc.set_debug` asks.

use super::gc_list::{each, len};
use super::gc_state;
use crate::mem::gc::object_of;
use crate::object::{Object, Owned, Result, above};
use crate::state::{GENERATIONS, GcHead, GcState};
use crate::types::{dict, list, long, typeobject, unicode};
use std::time::Duration;

/// Tells `gc.callbacks`.
pub(super) fn call_callbacks(phase: &str, generation: usize, collected: isize, uncollectable: isize) {
    // SAFETY: attached; the interpreter owns the list.
    let callbacks = unsafe {
        match Object::optional((*gc_state()).callbacks) {
            Some(callbacks) if list::len(callbacks) != 0 => callbacks,
            _ => return,
        }
    };
    let info = || -> Result<(Owned, Owned)> {
        let info = dict::new()?;
        dict::set_str(&info, "generation", &*long::from_i64(generation as i64)?)?;
        dict::set_str(&info, "collected", &*long::from_i64(collected as i64)?)?;
        dict::set_str(&info, "uncollectable", &*long::from_i64(uncollectable as i64)?)?;
        Ok((unicode::from_str(phase)?, info))
    };
    let Ok((phase, info)) = info() else {
        above::unraisable("Exception ignored on invoking GC callbacks", None);
        return;
    };
    let mut i = 0;
    while let Some(callback) = list::get(callbacks, i) {
        if callback.call(&[&phase, &info]).is_err() {
            above::unraisable("Exception ignored while calling GC callback %R", Some(&callback));
        }
        i += 1;
    }
}

fn say(text: &str) {
    // SAFETY: the buffer is ours.
    unsafe { libc::write(2, text.as_ptr().cast(), text.len()) };
}

/// Says of each object what it is.
///
/// # Safety
/// A ring of live objects.
pub(super) unsafe fn objects(ring: *mut GcHead, what: &str) {
    // SAFETY: the caller's word.
    unsafe {
        each(ring, |gc| {
            let op = object_of(gc);
            let name = typeobject::tp_name((*op).ob_type);
            say(&format!("gc: {what} <{name} {op:p}>\n"));
        });
    }
}

/// How many objects there are before a collection, for `gc.DEBUG_STATS`.
///
/// # Safety
/// Attached; the state of its interpreter.
pub(super) unsafe fn sizes(gc: *mut GcState, generation: usize) {
    // SAFETY: the caller's word.
    unsafe {
        let sizes: Vec<String> =
            (0..GENERATIONS).map(|i| len(&raw mut (*gc).generations[i].head).to_string()).collect();
        say(&format!(
            "gc: collecting generation {generation}...\ngc: objects in each generation: {}\n\
             gc: objects in permanent generation: {}\n",
            sizes.join(" "),
            len(&raw mut (*gc).permanent.head)
        ));
    }
}

/// What became of a collection, for `gc.DEBUG_STATS`.
pub(super) fn done(collected: isize, uncollectable: isize, elapsed: Duration) {
    let all = collected + uncollectable;
    let seconds = elapsed.as_secs_f64();
    say(&format!("gc: done, {all} unreachable, {uncollectable} uncollectable, {seconds:.4}s elapsed\n"));
}
