//! Sessions: being in another interpreter for a while (`_PyXI_Enter`, `_PyXI_Exit`).
//!
//! While a session lasts its thread runs the interpreter's `__main__`, and nobody else does. Names may be put there on
//! the way in; on the way out come objects that were kept, and the snapshot of an exception that was left set. What is
//! not shareable is told before the interpreter is entered, or after it is left, where the caller is.

use super::data::{FULL_FALLBACK, XIDATA_ONLY};
use super::failure::{
    self, _PyXI_failure, ALREADY_RUNNING, APPLY_NS_FAILURE, Coded, Leaving, MAIN_NS_FAILURE, NO_ERROR, NOT_SHAREABLE,
    PRESERVE_FAILURE, UNCAUGHT_EXCEPTION,
};
use super::shared_namespace::SharedNamespace;
use crate::abi::*;
use crate::import::modules;
use crate::mem::{domains, refcount};
use crate::module;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error, sequence};
use crate::raise;
use crate::runtime::{Interpreter, thread, unraisable};
use crate::state::{self, ThreadState, current, fatal::fatal_error};
use crate::types::{dict, exceptions, unicode};
use std::ffi::CStr;
use std::ptr;

/// What stands behind CPython's opaque `_PyXI_session *`; all zero is one that is not active.
#[repr(C)]
pub struct _PyXI_session {
    active: bool,
    /// The state of this thread in the interpreter, which the session made if it came from another one.
    inside: *mut ThreadState,
    before: *mut ThreadState,
    /// This session runs `__main__`.
    running: bool,
    /// The dict of `__main__` once it was asked for.
    main_ns: *mut PyObject,
    /// A dict of what is to be kept, or NULL.
    preserved: *mut PyObject,
    /// What came in with it: given back at the end, where it is from, without asking that interpreter to.
    names: *mut SharedNamespace,
}

const UNUSED: _PyXI_session = _PyXI_session {
    active: false,
    inside: ptr::null_mut(),
    before: ptr::null_mut(),
    running: false,
    main_ns: ptr::null_mut(),
    preserved: ptr::null_mut(),
    names: ptr::null_mut(),
};

/// CPython's struct: what the caller learns of a session.
#[repr(C)]
pub struct _PyXI_session_result {
    pub preserved: *mut PyObject,
    pub excinfo: *mut PyObject,
    pub errcode: c_int,
}

const _: () = assert!(size_of::<_PyXI_session_result>() == 24);

impl _PyXI_session_result {
    pub fn clear(&mut self) {
        // SAFETY: the result's own references.
        unsafe {
            refcount::clear(&mut self.preserved);
            refcount::clear(&mut self.excinfo);
        }
    }
}

/// `_PyInterpreterState_SetRunningMain`
///
/// # Safety
/// `interp` is alive.
pub unsafe fn set_running_main(interp: *mut Interpreter) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        if !(*interp).main_runner.is_null() {
            return Err(raise!(InterpreterError, "interpreter already running"));
        }
        let tstate = state::thread();
        if (*tstate).base.interp != interp.cast() {
            return Err(raise!(RuntimeError, "current tstate has wrong interpreter"));
        }
        (*interp).main_runner = tstate;
    }
    Ok(())
}

/// The dict of `__main__`, as the interpreter's own look-up finds it.
fn main_dict() -> Result<Owned> {
    match modules::get(name!(__main__))? {
        Some(main) if module::object::check(&main) => Ok(module::object::dict(&main).to_owned()),
        Some(main) if !main.is_none() => Err(raise!(ImportError, "invalid __main__ module")),
        _ => Err(raise!(ModuleNotFoundError, "__main__ module not found")),
    }
}

/// The dict of `__main__` while a thread runs it; None if none does.
pub fn running_main() -> Option<Result<Owned>> {
    // SAFETY: attached.
    unsafe { !(*crate::runtime::interp()).main_runner.is_null() }.then(main_dict)
}

/// The names of the calling frame, of which there is none, are those of `__main__` while that runs: its dict, sorted for
/// `dir()`. `SystemError` if it does not.
pub fn running_locals() -> Result<Owned> {
    running_main().unwrap_or_else(|| Err(raise!(SystemError, "frame does not exist")))
}

/// As [`running_locals`], the names alone.
pub fn running_names() -> Result<Owned> {
    let names = sequence::list(&*running_locals()?)?;
    names.call_method(name!(sort), &[])?;
    Ok(names)
}

impl _PyXI_session {
    pub fn boxed() -> *mut _PyXI_session {
        domains::raw_box(UNUSED).unwrap_or(ptr::null_mut())
    }

    /// Goes into `interp`, with the items of a dict for its `__main__`.
    ///
    /// # Safety
    /// `interp` is alive and not ending; the session is not active.
    pub unsafe fn enter(
        &mut self,
        interp: *mut Interpreter,
        updates: Option<&Object>,
        result: Option<&mut _PyXI_session_result>,
    ) -> Result<()> {
        let shared = match share(updates) {
            Ok(shared) => shared,
            Err((raised, code)) => {
                if let Some(result) = result {
                    result.errcode = code;
                }
                return Err(raised);
            }
        };
        // SAFETY: the caller's word.
        unsafe {
            self.switch_to(interp)?;
            let failed = match self.prepare(interp, shared.as_ref()) {
                Ok(()) => {
                    self.names = shared.map_or(ptr::null_mut(), |shared| Box::into_raw(Box::new(shared)));
                    return Ok(());
                }
                Err(code) => code,
            };
            let mut why = _PyXI_failure::NONE;
            why.set_static(failed, ptr::null());
            let leaving = error::take().and_then(|exception| failure::capture(exception, Some(&why)));
            self.leave();
            drop(shared);
            let arrived = leaving.and_then(Leaving::arrive);
            drop(arrived);
            // What could not even be captured must not pass for success.
            if !error::occurred() {
                return Err(raise!(InterpreterError, "failed to transfer exception between interpreters"));
            }
            Err(Raised::already())
        }
    }

    /// Runs `__main__` and puts the shared names there; else what failed, with an exception set.
    unsafe fn prepare(
        &mut self,
        interp: *mut Interpreter,
        shared: Option<&SharedNamespace>,
    ) -> std::result::Result<(), c_int> {
        // SAFETY: the caller's word.
        unsafe { set_running_main(interp) }.map_err(|_| ALREADY_RUNNING)?;
        self.running = true;
        if let Some(shared) = shared {
            let main = self.main_ns().map_err(|_| MAIN_NS_FAILURE)?.to_owned();
            shared.apply(&main).map_err(|_| APPLY_NS_FAILURE)?;
        }
        Ok(())
    }

    unsafe fn switch_to(&mut self, interp: *mut Interpreter) -> Result<()> {
        let before = state::thread();
        let mut inside = before;
        // SAFETY: the caller's word; attached.
        unsafe {
            if (*before).base.interp != interp.cast() {
                inside = thread::new(interp, _PyThreadState_WHENCE_EXEC);
                if inside.is_null() {
                    return Err(error::no_memory());
                }
                thread::swap(inside);
            }
        }
        *self = _PyXI_session { active: true, inside, before, ..UNUSED };
        Ok(())
    }

    /// Goes back to where the thread was. Nothing is set.
    unsafe fn leave(&mut self) {
        // SAFETY: active: `inside` is attached.
        unsafe {
            refcount::clear(&mut self.main_ns);
            refcount::clear(&mut self.preserved);
            if self.running {
                (*(*self.inside).base.interp.cast::<Interpreter>()).main_runner = ptr::null_mut();
            }
            if self.before != self.inside {
                thread::clear(self.inside);
                thread::swap(self.before);
                thread::delete(self.inside);
            }
            let names = std::mem::replace(self, UNUSED).names;
            if !names.is_null() {
                drop(Box::from_raw(names));
            }
        }
    }

    fn is_elsewhere(&self) -> bool {
        self.before != self.inside
    }

    /// The dict of the interpreter's `__main__`, borrowed from the session.
    fn main_ns(&mut self) -> Result<&Object> {
        if self.main_ns.is_null() {
            self.main_ns = main_dict()?.into_raw();
        }
        // SAFETY: the session owns it.
        Ok(unsafe { Object::from_ptr(self.main_ns) })
    }

    /// As [`Self::main_ns`]; `RuntimeError` without a session, and a failure learns of what was no `__main__`.
    pub fn main_namespace(&mut self, failure: Option<&mut _PyXI_failure>) -> Result<&Object> {
        self.check_active()?;
        let found = self.main_ns();
        if found.is_err()
            && let Some(failure) = failure
        {
            failure.set_static(MAIN_NS_FAILURE, ptr::null());
        }
        found
    }

    fn check_active(&self) -> Result<()> {
        if self.active { Ok(()) } else { Err(raise!(RuntimeError, "session not active")) }
    }

    /// Keeps an object for the one who entered, under a name.
    pub fn preserve(&mut self, name: &CStr, value: &Object, failure: Option<&mut _PyXI_failure>) -> Result<()> {
        self.check_active()?;
        let kept = self.keep(name, value);
        kept.map_err(|text| {
            if let Some(failure) = failure {
                failure.set_static(PRESERVE_FAILURE, ptr::null());
            }
            let cause = error::take();
            exceptions::with_cause(raise!(RuntimeError, "{text}"), cause)
        })
    }

    fn keep(&mut self, name: &CStr, value: &Object) -> std::result::Result<(), &'static str> {
        if self.preserved.is_null() {
            self.preserved = dict::new().map_err(|_| "failed to initialize preserved objects")?.into_raw();
        }
        // SAFETY: the session owns it.
        let preserved = unsafe { Object::from_ptr(self.preserved) };
        unicode::from_utf8(name.to_bytes())
            .and_then(|name| dict::set(preserved, &name, value))
            .map_err(|_| "failed to preserve object")
    }

    /// Leaves the interpreter. An exception that is set goes into the result, or is raised as what `failure` says of
    /// it; then the answer is false.
    ///
    /// # Safety
    /// The session is active, and this thread is as it was when it was entered.
    pub unsafe fn exit(&mut self, failure: Option<&_PyXI_failure>, result: Option<&mut _PyXI_session_result>) -> bool {
        // CPython crashes on both.
        if !self.active {
            fatal_error("_PyXI_Exit", "session not active");
        }
        if self.inside != current::get() {
            fatal_error("_PyXI_Exit", "the session's thread state is not attached");
        }
        let mut leaving = error::take().and_then(|exception| failure::capture(exception, failure));
        let (mut here, mut shared) = (None, None);
        // SAFETY: active; the session owns the dict.
        let kept = unsafe { Object::optional(self.preserved) }.filter(|_| result.is_some());
        if let Some(kept) = kept {
            if !self.is_elsewhere() {
                here = Some(kept.to_owned());
            } else {
                match preserve_for_others(kept) {
                    Ok(names) => shared = Some(names),
                    Err(_) if leaving.is_some() => {
                        unraisable::report("Exception ignored while capturing preserved objects");
                    }
                    Err((_raised, code)) => {
                        let mut why = _PyXI_failure::NONE;
                        why.set_static(code, ptr::null());
                        leaving = error::take().and_then(|exception| failure::capture(exception, Some(&why)));
                    }
                }
            }
        }
        // SAFETY: active.
        unsafe { self.leave() };
        if let Some(shared) = shared {
            match dict::new().and_then(|names| shared.apply(&names).map(|()| names)) {
                Ok(names) => here = Some(names),
                Err(_) if leaving.is_some() => {
                    unraisable::report("Exception ignored while capturing preserved objects");
                }
                Err(_) => {
                    error::clear();
                    leaving = Some(Leaving::because(PRESERVE_FAILURE));
                }
            }
        }
        let good = leaving.is_none();
        let Some(result) = result else {
            if let Some(leaving) = leaving {
                leaving.arrive_unasked();
            }
            return good;
        };
        result.errcode = leaving.as_ref().map_or(NO_ERROR, Leaving::code);
        result.preserved = here.map_or(ptr::null_mut(), Owned::into_raw);
        result.excinfo = leaving.and_then(Leaving::arrive).map_or(ptr::null_mut(), Owned::into_raw);
        good
    }
}

/// The items of a dict, to be taken into another interpreter; None if there are none.
fn share(updates: Option<&Object>) -> Coded<Option<SharedNamespace>> {
    let Some(updates) = updates else { return Ok(None) };
    if !dict::check(updates) {
        return Err((error::bad_internal_call(), APPLY_NS_FAILURE));
    }
    if dict::len(updates) == 0 {
        return Ok(None);
    }
    let mut shared = SharedNamespace::names(updates).map_err(|raised| (raised, APPLY_NS_FAILURE))?;
    shared.fill(updates, XIDATA_ONLY)?;
    Ok(Some(shared))
}

/// The same of what a session keeps, by any means that there are.
fn preserve_for_others(kept: &Object) -> Coded<SharedNamespace> {
    let mut shared = SharedNamespace::names(kept).map_err(|raised| (raised, PRESERVE_FAILURE))?;
    shared.fill(kept, FULL_FALLBACK).map_err(|(raised, code)| {
        (raised, if code == UNCAUGHT_EXCEPTION { PRESERVE_FAILURE } else { NOT_SHAREABLE })
    })?;
    Ok(shared)
}

/// What the result has under a name (`_PyXI_GetPreserved`).
///
/// # Safety
/// The result was filled in by [`_PyXI_session::exit`], or is empty.
pub unsafe fn preserved(result: &_PyXI_session_result, name: &CStr) -> Result<Option<Owned>> {
    // SAFETY: the caller's word.
    let Some(preserved) = (unsafe { Object::optional(result.preserved) }) else { return Ok(None) };
    dict::get(preserved, &*unicode::from_utf8(name.to_bytes())?)
}
