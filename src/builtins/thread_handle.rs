//! `_thread._ThreadHandle`: a thread that can be joined. What is known of its end is shared between the handle and the
//! thread, either of which may be gone before the other.

use super::native::{Slots, fast, get, getset, make, methods, new, noargs, refs, unary, value};
use super::thread_lock::timeout_of;
use crate::abi::*;
use crate::object::args::check_positional;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::{process, safe_point, thread};
use crate::types::unicode;
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Default)]
pub(super) struct Done {
    state: Mutex<Progress>,
    ended: Condvar,
}

#[derive(Default)]
struct Progress {
    started: bool,
    done: bool,
    ident: u64,
}

impl Done {
    /// False if it began before.
    pub(super) fn begin(&self) -> bool {
        !std::mem::replace(&mut self.state.lock().started, true)
    }
    pub(super) fn give_up(&self) {
        self.state.lock().started = false;
    }
    pub(super) fn set_ident(&self, ident: u64) {
        self.state.lock().ident = ident;
    }
    pub(super) fn finish(&self) {
        self.state.lock().done = true;
        self.ended.notify_all();
    }
    fn is_done(&self) -> bool {
        self.state.lock().done
    }
}

/// `_ThreadHandle`.
pub(super) struct Handle(pub(super) Arc<Done>);

refs!(Handle);

pub(super) fn handle_of<'a>(o: &Object) -> &'a Handle {
    // SAFETY: layout.
    unsafe { &*value::<Handle>(o) }
}

static HANDLE_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast(
        c"join",
        fast!(join_method),
        c"join($self, timeout=None, /)\n--\n\nWait for the end of the thread.",
    ),
    PyMethodDef::noargs(c"_set_done", noargs!(set_done), c"_set_done($self, /)\n--\n\nCount the thread as ended."),
    PyMethodDef::noargs(c"is_done", noargs!(is_done), c"is_done($self, /)\n--\n\nWhether the thread has ended."),
    PyMethodDef::END,
];

static HANDLE_GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(c"ident", get!(|this: &Object| Ok(handle_of(this).0.state.lock().ident)), None, std::ptr::null()),
    PyGetSetDef::END,
];

pub(super) static HANDLE_SLOTS: Slots = Slots(&[
    methods(&HANDLE_METHODS),
    getset(&HANDLE_GETSET),
    (Py_tp_repr, unary!(handle_repr)),
    (Py_tp_new, new!(|ty, _args: &Object, _kwargs: Option<&Object>| make(ty, Handle(Arc::default())))),
]);

fn handle_repr(this: &Object) -> Result<Owned> {
    unicode::from_str(&format!("<_thread._ThreadHandle object: ident={}>", handle_of(this).0.state.lock().ident))
}

fn join_method(this: &Object, args: &[&Object]) -> Result<()> {
    check_positional("join", args.len(), 0, 1)?;
    let timeout = match args.first() {
        Some(timeout) if !timeout.is_none() => Some(timeout_of(timeout)?),
        _ => None,
    };
    join(this, timeout.and_then(|ns| u64::try_from(ns).ok()).map(Duration::from_nanos))
}

pub(super) fn join(this: &Object, timeout: Option<Duration>) -> Result<()> {
    let done = handle_of(this).0.clone();
    {
        let progress = done.state.lock();
        if !progress.started {
            return Err(raise!(RuntimeError, "thread not started"));
        }
        if progress.ident == process::this_thread() && !progress.done {
            return Err(raise!(RuntimeError, "Cannot join current thread"));
        }
    }
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    // In steps, so that signals are seen.
    const STEP: Duration = Duration::from_millis(100);
    loop {
        if done.is_done() {
            return Ok(());
        }
        let left = deadline.map_or(STEP, |deadline| deadline.saturating_duration_since(Instant::now()).min(STEP));
        if left.is_zero() {
            return Ok(());
        }
        thread::while_detached(|| {
            let mut progress = done.state.lock();
            if !progress.done {
                done.ended.wait_for(&mut progress, left);
            }
        });
        safe_point::make_pending_calls()?;
    }
}

fn set_done(this: &Object) -> Result<()> {
    let done = &handle_of(this).0;
    if !done.state.lock().started {
        return Err(raise!(RuntimeError, "thread not started"));
    }
    done.finish();
    Ok(())
}

fn is_done(this: &Object) -> Result<bool> {
    Ok(handle_of(this).0.is_done())
}
