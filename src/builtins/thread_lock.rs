//! `_thread.lock` and `_thread.RLock`.

use super::native::{Arguments, Slots, doc, fast, fast_keywords, make, methods, new, noargs, one, refs, unary, value};
use crate::abi::*;
use crate::object::args::{Signature, check_positional, no_keywords};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::lock::{self, Outcome, Wait};
use crate::runtime::time::{self, Round};
use crate::runtime::{os_thread, process};
use crate::types::{long, tuple, typeobject, unicode};

/// A timeout in seconds, as nanoseconds.
pub(super) fn timeout_of(timeout: &Object) -> Result<i64> {
    time::from_object(timeout, Round::Up, time::SECOND)
}

const ACQUIRE: Signature<2> = Signature::new("acquire", ["blocking", "timeout"]);

/// The time to wait, in nanoseconds; below zero for ever.
fn wait_of(args: Arguments) -> Result<i64> {
    let [blocking, timeout] = args.bind(&ACQUIRE)?;
    let blocking = blocking.map_or(Ok(true), Object::is_true)?;
    let timeout = match timeout {
        Some(timeout) => timeout_of(timeout)?,
        None => -time::SECOND,
    };
    if !blocking && timeout != -time::SECOND {
        return Err(raise!(ValueError, "can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0 && timeout != -time::SECOND {
        return Err(raise!(ValueError, "timeout value must be a non-negative number"));
    }
    Ok(if blocking { timeout } else { 0 })
}

/// `_thread.lock`.
pub(super) struct Lock(PyMutex);

/// A lock that nobody holds, of the class `ty`.
pub(super) fn make_lock(ty: *mut PyTypeObject) -> Result<Owned> {
    make(ty, Lock(PyMutex { _bits: 0 }))
}

refs!(Lock);

static LOCK_METHODS: [PyMethodDef; 10] = [
    PyMethodDef::fast_keywords(
        c"acquire_lock",
        fast_keywords!(lock_acquire),
        c"acquire_lock($self, /, blocking=True, timeout=-1)\n--\n\nAn old name of acquire().",
    ),
    PyMethodDef::fast_keywords(
        c"acquire",
        fast_keywords!(lock_acquire),
        c"acquire($self, /, blocking=True, timeout=-1)\n--\n\nLock the lock, waiting for it if asked to; whether that \
        worked.",
    ),
    PyMethodDef::noargs(
        c"release_lock",
        noargs!(lock_release),
        c"release_lock($self, /)\n--\n\nAn old name of release().",
    ),
    PyMethodDef::noargs(c"release", noargs!(lock_release), c"release($self, /)\n--\n\nUnlock the lock."),
    PyMethodDef::noargs(c"locked_lock", noargs!(lock_locked), c"locked_lock($self, /)\n--\n\nAn old name of locked()."),
    PyMethodDef::noargs(c"locked", noargs!(lock_locked), c"locked($self, /)\n--\n\nWhether the lock is locked."),
    PyMethodDef::fast_keywords(
        c"__enter__",
        fast_keywords!(|this, _args: Arguments| acquire(this, -1)),
        c"__enter__($self, /)\n--\n\nAcquire the lock.",
    ),
    PyMethodDef::fast(
        c"__exit__",
        fast!(|this: &Object, _exc: &[&Object]| lock_release(this)),
        c"__exit__($self, /, *exc_info)\n--\n\nUnlock the lock.",
    ),
    PyMethodDef::noargs(c"_at_fork_reinit", noargs!(lock_reinit), c"_at_fork_reinit($self, /)\n--\n\n"),
    PyMethodDef::END,
];

pub(super) static LOCK_SLOTS: Slots = Slots(&[
    methods(&LOCK_METHODS),
    (Py_tp_repr, unary!(lock_repr)),
    (Py_tp_new, new!(new_lock)),
    doc(c"lock()\n--\n\nA lock. Whoever locks it keeps others waiting until somebody unlocks it."),
]);

fn mutex(this: &Object) -> *mut PyMutex {
    // SAFETY: layout; the field's address only.
    unsafe { &raw mut (*value::<Lock>(this)).0 }
}

fn new_lock(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords("lock", kwargs)?;
    check_positional("lock", tuple::len(args), 0, 0)?;
    make_lock(ty)
}

fn acquire(this: &Object, ns: i64) -> Result<bool> {
    // SAFETY: attached; the caller holds the lock object.
    match unsafe { os_thread::acquire_with_retries(mutex(this), ns) } {
        Outcome::Acquired => Ok(true),
        Outcome::Failure => Ok(false),
        // SAFETY: a signal handler raised.
        Outcome::Interrupted => Err(unsafe { error::Raised::already() }),
    }
}

fn lock_acquire(this: &Object, args: Arguments) -> Result<bool> {
    acquire(this, wait_of(args)?)
}

fn lock_release(this: &Object) -> Result<()> {
    // SAFETY: the mutex of a live lock.
    if unsafe { lock::try_unlock(mutex(this)) } {
        return Ok(());
    }
    Err(raise!(RuntimeError, "release unlocked lock"))
}

fn lock_locked(this: &Object) -> Result<bool> {
    // SAFETY: the mutex of a live lock.
    Ok(unsafe { lock::is_locked(mutex(this)) })
}

fn lock_reinit(this: &Object) -> Result<()> {
    // SAFETY: after a fork there is one thread.
    unsafe { mutex(this).write(PyMutex { _bits: 0 }) };
    Ok(())
}

fn lock_repr(this: &Object) -> Result<Owned> {
    let word = if lock_locked(this)? { "locked" } else { "unlocked" };
    unicode::from_str(&format!("<{word} {} object at {:p}>", typeobject::tp_name(this.ty()), this.as_ptr()))
}

/// `_thread.RLock`: its thread may lock it again.
pub(super) struct RLock {
    mutex: PyMutex,
    owner: u64,
    count: usize,
}

refs!(RLock);

static RLOCK_METHODS: [PyMethodDef; 11] = [
    PyMethodDef::fast_keywords(
        c"acquire",
        fast_keywords!(|this: &Object, args: Arguments| rlock_acquire(this, wait_of(args)?)),
        c"acquire($self, /, blocking=True, timeout=-1)\n--\n\nLock the lock, waiting for it if asked to; whether that \
        worked.",
    ),
    PyMethodDef::noargs(c"release", noargs!(rlock_release), c"release($self, /)\n--\n\nUnlock the lock once."),
    PyMethodDef::noargs(
        c"locked",
        noargs!(|this: &Object| Ok(rlock(this).count > 0)),
        c"locked($self, /)\n--\n\nWhether the lock is locked.",
    ),
    PyMethodDef::noargs(
        c"_is_owned",
        noargs!(|this: &Object| Ok(is_mine(this))),
        c"_is_owned($self, /)\n--\n\nWhether this thread holds the lock.",
    ),
    PyMethodDef::one(
        c"_acquire_restore",
        one!(rlock_restore),
        c"_acquire_restore($self, state, /)\n--\n\nLock it as it was.",
    ),
    PyMethodDef::noargs(
        c"_release_save",
        noargs!(rlock_save),
        c"_release_save($self, /)\n--\n\nUnlock it wholly; how it was.",
    ),
    PyMethodDef::noargs(
        c"_recursion_count",
        noargs!(|this: &Object| Ok(if is_mine(this) { rlock(this).count } else { 0 })),
        c"_recursion_count($self, /)\n--\n\nHow often this thread holds the lock.",
    ),
    PyMethodDef::fast_keywords(
        c"__enter__",
        fast_keywords!(|this, _args: Arguments| rlock_acquire(this, -1)),
        c"__enter__($self, /)\n--\n\nAcquire the lock.",
    ),
    PyMethodDef::fast(
        c"__exit__",
        fast!(|this: &Object, _exc: &[&Object]| rlock_release(this)),
        c"__exit__($self, /, *exc_info)\n--\n\nUnlock the lock.",
    ),
    PyMethodDef::noargs(c"_at_fork_reinit", noargs!(rlock_reinit), c"_at_fork_reinit($self, /)\n--\n\n"),
    PyMethodDef::END,
];

pub(super) static RLOCK_SLOTS: Slots = Slots(&[
    methods(&RLOCK_METHODS),
    (Py_tp_repr, unary!(rlock_repr)),
    (
        Py_tp_new,
        new!(|ty, _args: &Object, _kwargs: Option<&Object>| make(
            ty,
            RLock { mutex: PyMutex { _bits: 0 }, owner: 0, count: 0 }
        )),
    ),
]);

fn rlock<'a>(this: &Object) -> &'a mut RLock {
    // SAFETY: layout; the GIL is held while a field is used.
    unsafe { &mut *value::<RLock>(this) }
}

fn is_mine(this: &Object) -> bool {
    rlock(this).count > 0 && rlock(this).owner == process::this_thread()
}

fn rlock_acquire(this: &Object, ns: i64) -> Result<bool> {
    if is_mine(this) {
        rlock(this).count += 1;
        return Ok(true);
    }
    let mutex = &raw mut rlock(this).mutex;
    // SAFETY: attached; the caller holds the lock object.
    match unsafe { os_thread::acquire_with_retries(mutex, ns) } {
        Outcome::Acquired => {
            rlock(this).owner = process::this_thread();
            rlock(this).count = 1;
            Ok(true)
        }
        Outcome::Failure => Ok(false),
        // SAFETY: a signal handler raised.
        Outcome::Interrupted => Err(unsafe { error::Raised::already() }),
    }
}

fn rlock_release(this: &Object) -> Result<()> {
    if !is_mine(this) {
        return Err(raise!(RuntimeError, "cannot release un-acquired lock"));
    }
    rlock(this).count -= 1;
    if rlock(this).count == 0 {
        rlock(this).owner = 0;
        // SAFETY: this thread holds it.
        unsafe { lock::unlock(&raw mut rlock(this).mutex) };
    }
    Ok(())
}

fn rlock_save(this: &Object) -> Result<Owned> {
    if !is_mine(this) {
        return Err(raise!(RuntimeError, "cannot release un-acquired lock"));
    }
    let saved = tuple::from_owned(vec![long::from_u64(rlock(this).count as u64)?, long::from_u64(rlock(this).owner)?])?;
    rlock(this).count = 1;
    rlock_release(this)?;
    Ok(saved)
}

fn rlock_restore(this: &Object, saved: &Object) -> Result<()> {
    let &[count, owner] = (if tuple::check(saved) { tuple::items(saved) } else { &[] }) else {
        return Err(raise!(TypeError, "_acquire_restore() argument 1 must be a 2-item tuple"));
    };
    let (count, owner) = (long::as_u64(count)?, long::as_u64(owner)?);
    let mutex = &raw mut rlock(this).mutex;
    // SAFETY: the caller holds the lock object.
    unsafe { lock::lock(mutex, Wait::FOREVER) };
    rlock(this).owner = owner;
    rlock(this).count = count as usize;
    Ok(())
}

fn rlock_reinit(this: &Object) -> Result<()> {
    *rlock(this) = RLock { mutex: PyMutex { _bits: 0 }, owner: 0, count: 0 };
    Ok(())
}

fn rlock_repr(this: &Object) -> Result<Owned> {
    let (owner, count) = (rlock(this).owner, rlock(this).count);
    let word = if count > 0 { "locked" } else { "unlocked" };
    let name = typeobject::tp_name(this.ty());
    unicode::from_str(&format!("<{word} {name} object owner={owner} count={count} at {:p}>", this.as_ptr()))
}
