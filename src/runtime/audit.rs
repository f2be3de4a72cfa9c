//! Audit hooks (PEP 578): functions that see what the runtime is about to do and may forbid it. C's hooks belong to
//! the process and stay until it finalizes; those of `sys.addaudithook` belong to an interpreter.

use super::{interp, process};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::state::{current, is_audited, set_audited};
use crate::types::{exceptions, list, tuple, typeobject, unicode};
use parking_lot::Mutex;
use std::ffi::CStr;

pub type Hook = unsafe extern "C" fn(event: *const c_char, args: *mut PyObject, data: *mut c_void) -> c_int;

struct Entry(Hook, *mut c_void);
// SAFETY: the hook's maker promised that it may be called on any thread with its data.
unsafe impl Send for Entry {}

static HOOKS: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// Somebody listens, and can: hooks cannot be called without a thread state.
#[inline]
pub fn is_wanted() -> bool {
    is_audited() && !current::get().is_null()
}

/// `PySys_AddAuditHook`: asks the hooks that are there, which may refuse: silently, with `RuntimeError`.
pub fn add_c_hook(hook: Hook, data: *mut c_void) -> Result<()> {
    if process::is_initialized()
        && !current::get().is_null()
        && let Err(raised) = audit(c"sys.addaudithook", None)
    {
        return error::ignore(raised, &raw mut exceptions::RuntimeError);
    }
    HOOKS.lock().push(Entry(hook, data));
    set_audited(true);
    Ok(())
}

/// `sys.addaudithook`: an `Exception` that a hook raises refuses silently.
pub fn add_hook(hook: &Object) -> Result<()> {
    if let Err(raised) = audit(c"sys.addaudithook", None) {
        return error::ignore(raised, &raw mut exceptions::Exception);
    }
    // SAFETY: attached; the interpreter owns the list.
    unsafe {
        let place = &raw mut (*interp()).audit_hooks;
        if (*place).is_null() {
            *place = list::new()?.into_raw();
        }
        set_audited(true);
        list::append(Object::from_ptr(*place), hook)
    }
}

/// Forgets C's hooks, when the process finalizes. They hear of it.
pub fn clear_c_hooks() {
    if audit(c"cpython._PySys_ClearAuditHooks", None).is_err() {
        error::clear();
    }
    set_audited(false);
    HOOKS.lock().clear();
}

/// Tells the hooks of an event (`PySys_AuditTuple`). What a hook raises is raised; an exception that was set stays.
#[inline]
pub fn audit(event: &CStr, args: Option<&Object>) -> Result<()> {
    if !is_wanted() {
        return Ok(());
    }
    tell(event, args)
}

/// As [`audit`], with arguments that are made only if somebody listens.
#[inline]
pub fn audit_with(event: &CStr, args: impl FnOnce() -> Result<Owned>) -> Result<()> {
    if !is_wanted() {
        return Ok(());
    }
    tell(event, Some(&*args()?))
}

#[cold]
fn tell(event: &CStr, args: Option<&Object>) -> Result<()> {
    let args = match args {
        None => tuple::empty(),
        Some(args) if tuple::check(args) => args.to_owned(),
        Some(other) => return Err(raise!(TypeError, "args must be tuple, got {}", typeobject::tp_name(other.ty()))),
    };
    let before = error::take();
    let told = tell_c(event, &args).and_then(|()| tell_python(event, &args));
    if told.is_ok()
        && let Some(before) = before
    {
        let _ = error::restore(before);
    }
    told
}

fn tell_c(event: &CStr, args: &Object) -> Result<()> {
    let mut i = 0;
    loop {
        // The lock is not held while a hook runs: it may add another.
        let Some((hook, data)) = HOOKS.lock().get(i).map(|entry| (entry.0, entry.1)) else { return Ok(()) };
        // SAFETY: the hook's contract.
        if unsafe { hook(event.as_ptr(), args.as_ptr(), data) } < 0 {
            if !error::occurred() {
                return Err(raise!(SystemError, "audit hook failed without setting an exception"));
            }
            // SAFETY: an exception is set: this was just looked at.
            return Err(unsafe { Raised::already() });
        }
        i += 1;
    }
}

fn tell_python(event: &CStr, args: &Object) -> Result<()> {
    // SAFETY: attached.
    let Some(hooks) = (unsafe { Object::optional((*interp()).audit_hooks) }) else {
        // A hook of C's that refuses nothing and yet raises is not heard, but where there are others to be asked.
        error::clear();
        return Ok(());
    };
    if error::occurred() {
        // SAFETY: just looked.
        return Err(unsafe { Raised::already() });
    }
    let hooks: Owned = hooks.to_owned();
    let event = unicode::from_utf8(event.to_bytes())?;
    for hook in list::each(&hooks) {
        // Whether the hook itself may be traced: nothing is, but what is wrong with the answer counts.
        if let Some(can_trace) = hook.getattr_optional_str("__cantrace__")? {
            can_trace.is_true()?;
        }
        hook.call(&[&event, args])?;
    }
    Ok(())
}
