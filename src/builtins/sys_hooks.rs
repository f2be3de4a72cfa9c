//! `sys`: the hooks (what is shown, what becomes of exceptions, tracing, auditing) and the exception being handled.

use super::native::{Arguments, fast, fast_keywords, noargs, one};
use super::sys_constants::ASYNCGEN_HOOKS;
use super::sysmodule::interpreter;
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::{audit as auditing, process, sys_attribute, unraisable};
use crate::state::{self, ThreadState};
use crate::types::unicode::names::named;
use crate::types::{dict, exceptions, long, none, tuple, typeobject, unicode};
use std::ffi::CString;

pub static METHODS: [PyMethodDef; 25] = named([
    PyMethodDef::fast_keywords(
        c"addaudithook",
        fast_keywords!(addaudithook),
        c"addaudithook($module, /, hook)\n--\n\nCall hook(event, args) at every audit event from now on.",
    ),
    PyMethodDef::fast(c"audit", fast!(audit),
        c"audit($module, event, /, *args)\n--\n\nTell the audit hooks of an event."),
    PyMethodDef::fast_keywords(
        c"breakpointhook",
        fast_keywords!(breakpointhook),
        c"breakpointhook($module, /, *args, **kwargs)\n--\n\nWhat breakpoint() calls.",
    ),
    PyMethodDef::one(
        c"displayhook",
        one!(displayhook),
        c"displayhook($module, object, /)\n--\n\nShow an object on sys.stdout and keep it as builtins._.",
    ),
    PyMethodDef::noargs(
        c"exc_info",
        noargs!(exc_info),
        c"exc_info($module, /)\n--\n\nType, value and traceback of the exception being handled.",
    ),
    PyMethodDef::noargs(
        c"exception",
        noargs!(exception),
        c"exception($module, /)\n--\n\nThe exception being handled, or None.",
    ),
    PyMethodDef::fast(
        c"excepthook",
        fast!(excepthook),
        c"excepthook($module, exctype, value, traceback, /)\n--\n\nShow an exception that nobody handled on \
        sys.stderr.",
    ),
    PyMethodDef::fast(
        c"exit",
        fast!(exit),
        c"exit($module, status=None, /)\n--\n\nRaise SystemExit(status).",
    ),
    PyMethodDef::one(
        c"unraisablehook",
        one!(unraisablehook),
        c"unraisablehook($module, unraisable, /)\n--\n\nShow an exception that could not be raised on sys.stderr.",
    ),
    PyMethodDef::one(
        c"settrace",
        one!(settrace),
        c"settrace($module, function, /)\n--\n\nSet the trace function. It is kept; as no bytecode runs, nothing calls \
        it.",
    ),
    PyMethodDef::noargs(c"gettrace", noargs!(gettrace), c"gettrace($module, /)\n--\n\nThe trace function."),
    PyMethodDef::one(
        c"setprofile",
        one!(setprofile),
        c"setprofile($module, function, /)\n--\n\nSet the profile function. It is kept; as no bytecode runs, nothing \
        calls it.",
    ),
    PyMethodDef::noargs(c"getprofile", noargs!(getprofile), c"getprofile($module, /)\n--\n\nThe profile function."),
    PyMethodDef::one(
        c"_settraceallthreads",
        one!(settrace_all),
        c"_settraceallthreads($module, function, /)\n--\n\nSet the trace function of all threads.",
    ),
    PyMethodDef::one(
        c"_setprofileallthreads",
        one!(setprofile_all),
        c"_setprofileallthreads($module, function, /)\n--\n\nSet the profile function of all threads.",
    ),
    PyMethodDef::fast(
        c"call_tracing",
        fast!(call_tracing),
        c"call_tracing($module, func, args, /)\n--\n\nCall func(*args) with tracing on.",
    ),
    PyMethodDef::noargs(
        c"get_asyncgen_hooks",
        noargs!(get_asyncgen_hooks),
        c"get_asyncgen_hooks($module, /)\n--\n\nThe hooks of asynchronous generators: (firstiter, finalizer).",
    ),
    PyMethodDef::fast_keywords(
        c"set_asyncgen_hooks",
        fast_keywords!(set_asyncgen_hooks),
        c"set_asyncgen_hooks([firstiter] [, finalizer])\n\nSet the hooks of asynchronous generators.",
    ),
    PyMethodDef::noargs(
        c"get_coroutine_origin_tracking_depth",
        noargs!(get_origin_depth),
        c"get_coroutine_origin_tracking_depth($module, /)\n--\n\nHow many frames coroutines remember of their origin.",
    ),
    PyMethodDef::fast_keywords(
        c"set_coroutine_origin_tracking_depth",
        fast_keywords!(set_origin_depth),
        c"set_coroutine_origin_tracking_depth($module, /, depth)\n--\n\nSet how many frames coroutines remember of \
        their origin.",
    ),
    PyMethodDef::one(
        c"activate_stack_trampoline",
        one!(activate_trampoline),
        c"activate_stack_trampoline($module, backend, /)\n--\n\nThere is no bytecode to profile: no backend is known.",
    ),
    PyMethodDef::noargs(
        c"deactivate_stack_trampoline",
        noargs!(deactivate_trampoline),
        c"deactivate_stack_trampoline($module, /)\n--\n\nThere is nothing to deactivate.",
    ),
    PyMethodDef::noargs(
        c"is_stack_trampoline_active",
        noargs!(no),
        c"is_stack_trampoline_active($module, /)\n--\n\nFalse: there is no bytecode to profile.",
    ),
    PyMethodDef::noargs(
        c"is_remote_debug_enabled",
        noargs!(no),
        c"is_remote_debug_enabled($module, /)\n--\n\nFalse: no other process can run code in this one.",
    ),
    PyMethodDef::END,
]);

fn thread<'a>() -> &'a mut ThreadState {
    // SAFETY: attached; no reference outlives a use of one field.
    unsafe { &mut *state::thread() }
}

fn no(_: &Object) -> Result<bool> {
    Ok(false)
}

const ADDAUDITHOOK: Signature<1> = Signature::new("addaudithook", ["hook"]).required(1);

fn addaudithook(_: &Object, args: Arguments) -> Result<()> {
    match args.bind(&ADDAUDITHOOK)?[0] {
        Some(hook) => auditing::add_hook(hook),
        None => Ok(()),
    }
}

fn audit(_: &Object, args: &[&Object]) -> Result<()> {
    let Some((event, rest)) = args.split_first() else {
        return check_positional("audit", 0, 1, usize::MAX);
    };
    if !auditing::is_wanted() && unicode::check(event) {
        return Ok(());
    }
    if !unicode::check(event) {
        let got = if event.is_none() { "None" } else { typeobject::tp_name(event.ty()) };
        return Err(raise!(TypeError, "audit() argument 1 must be str, not {got}"));
    }
    let Ok(event) = CString::new(unicode::as_str(event)?) else {
        return Err(raise!(ValueError, "embedded null character"));
    };
    auditing::audit(&event, Some(&*tuple::from_slice(rest)?))
}

fn breakpointhook(_: &Object, args: Arguments) -> Result<Owned> {
    let wanted = std::env::var("PYTHONBREAKPOINT").unwrap_or_default();
    let wanted = match wanted.as_str() {
        "" => "pdb.set_trace",
        "0" => return Ok(none::none()),
        name => name,
    };
    let (module, attribute) = wanted.rsplit_once('.').unwrap_or(("builtins", wanted));
    let found = crate::import::import(&*unicode::from_str(module)?)
        .and_then(|module| module.getattr(&*unicode::from_str(attribute)?));
    match found {
        Ok(hook) => hook.call_keywords(args.all(), args.names()),
        Err(raised) => {
            let importing = error::matches(&raw mut exceptions::ImportError)
                || error::matches(&raw mut exceptions::AttributeError)
                || error::matches(&raw mut exceptions::ValueError);
            if !importing {
                return Err(raised);
            }
            drop(error::caught(raised));
            let text = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{wanted}\"");
            exceptions::warn(&raw mut exceptions::RuntimeWarning, 0, &text)?;
            Ok(none::none())
        }
    }
}

fn displayhook(_: &Object, value: &Object) -> Result<()> {
    let builtins = unicode::from_str("builtins")?;
    let Some(builtins) = crate::import::modules::get(&builtins)? else {
        return Err(raise!(RuntimeError, "lost builtins module"));
    };
    if value.is_none() {
        return Ok(());
    }
    let underscore = unicode::intern_str("_")?;
    builtins.setattr(&underscore, none::none_ref())?;
    let out = match sys_attribute(name!(stdout))? {
        Some(out) if !out.is_none() => out,
        _ => return Err(raise!(RuntimeError, "lost sys.stdout")),
    };
    out.call_method(name!(write), &[&*value.repr()?])?;
    out.call_method(name!(write), &[&*unicode::from_str("\n")?])?;
    builtins.setattr(&underscore, value)
}

fn exc_info(_: &Object) -> Result<Owned> {
    let Some(value) = exceptions::handled() else {
        return tuple::from_slice(&[none::none_ref(); 3]);
    };
    let traceback = exceptions::traceback(&value).unwrap_or_else(none::none);
    tuple::from_slice(&[value.type_object(), &value, &traceback])
}

fn exception(_: &Object) -> Result<Option<Owned>> {
    Ok(exceptions::handled())
}

fn excepthook(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("excepthook", args.len(), 3, 3)?;
    let (value, traceback) = (args[1], args[2]);
    if exceptions::is_instance(value)
        && !traceback.is_none()
        && crate::types::traceback::check(traceback)
        && exceptions::traceback(value).is_none()
        && exceptions::set_traceback(value, traceback).is_err()
    {
        error::clear();
    }
    unraisable::print(value, None);
    Ok(())
}

fn exit(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("exit", args.len(), 0, 1)?;
    let class = exceptions::object(&raw mut exceptions::SystemExit);
    Err(exceptions::raise(class, Some(args.first().copied().unwrap_or(none::none_ref()))))
}

fn unraisablehook(_: &Object, args: &Object) -> Result<()> {
    if !args.is_exact(unraisable::HOOK_ARGS.ty) {
        return Err(raise!(TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    if let &[_, value, _, message, object] = tuple::items(args) {
        unraisable::write_stderr(&unraisable::unraisable_text(value, Some(message), Some(object)));
    }
    Ok(())
}

/// A hook of a thread: `None` takes it away.
///
/// # Safety
/// `place` is a field of a live thread state of this interpreter.
unsafe fn keep(place: *mut *mut PyObject, value: &Object) {
    // SAFETY: the caller's word.
    unsafe {
        let new = if value.is_none() { std::ptr::null_mut() } else { value.to_owned().into_raw() };
        refcount::xdecref(place.replace(new));
    }
}

fn shown(place: *mut PyObject) -> Option<Owned> {
    // SAFETY: the thread state owns it.
    unsafe { Object::optional(place) }.map(Object::to_owned)
}

fn settrace(_: &Object, function: &Object) -> Result<()> {
    auditing::audit(c"sys.settrace", None)?;
    // SAFETY: attached.
    unsafe { keep(&raw mut thread().base.c_traceobj, function) };
    Ok(())
}

fn gettrace(_: &Object) -> Result<Option<Owned>> {
    Ok(shown(thread().base.c_traceobj))
}

fn setprofile(_: &Object, function: &Object) -> Result<()> {
    auditing::audit(c"sys.setprofile", None)?;
    // SAFETY: attached.
    unsafe { keep(&raw mut thread().base.c_profileobj, function) };
    Ok(())
}

fn getprofile(_: &Object) -> Result<Option<Owned>> {
    Ok(shown(thread().base.c_profileobj))
}

/// All thread states of the interpreter. They stay while the GIL is held.
pub fn threads() -> Vec<*mut ThreadState> {
    let _lists = process::lists();
    let mut all = Vec::new();
    let mut tstate = interpreter().threads;
    while !tstate.is_null() {
        all.push(tstate);
        // SAFETY: the list is ours under the lock.
        tstate = unsafe { (*tstate).base.next.cast() };
    }
    all
}

fn settrace_all(_: &Object, function: &Object) -> Result<()> {
    auditing::audit(c"sys.settrace", None)?;
    for tstate in threads() {
        // SAFETY: a live state.
        unsafe { keep(&raw mut (*tstate).base.c_traceobj, function) };
    }
    Ok(())
}

fn setprofile_all(_: &Object, function: &Object) -> Result<()> {
    auditing::audit(c"sys.setprofile", None)?;
    for tstate in threads() {
        // SAFETY: a live state.
        unsafe { keep(&raw mut (*tstate).base.c_profileobj, function) };
    }
    Ok(())
}

fn call_tracing(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("call_tracing", args.len(), 2, 2)?;
    if !tuple::check(args[1]) {
        let got = if args[1].is_none() { "None" } else { typeobject::tp_name(args[1].ty()) };
        return Err(raise!(TypeError, "call_tracing() argument 2 must be tuple, not {got}"));
    }
    args[0].call_tuple(args[1], None)
}

fn get_asyncgen_hooks(_: &Object) -> Result<Owned> {
    let of = |place| shown(place).unwrap_or_else(none::none);
    ASYNCGEN_HOOKS.make(vec![of(thread().base.async_gen_firstiter), of(thread().base.async_gen_finalizer)])
}

const SET_ASYNCGEN_HOOKS: Signature<2> = Signature::new("set_asyncgen_hooks", ["firstiter", "finalizer"]);

fn set_asyncgen_hooks(_: &Object, args: Arguments) -> Result<()> {
    let [firstiter, finalizer] = args.bind(&SET_ASYNCGEN_HOOKS)?;
    for (what, hook) in [("finalizer", finalizer), ("firstiter", firstiter)] {
        if let Some(hook) = hook
            && !hook.is_none()
            && !hook.is_callable()
        {
            return Err(raise!(TypeError, "callable {what} expected, got {:.50}", typeobject::tp_name(hook.ty())));
        }
    }
    // SAFETY: attached.
    unsafe {
        let before = shown(thread().base.async_gen_finalizer);
        if let Some(hook) = finalizer {
            auditing::audit(c"sys.set_asyncgen_hook_finalizer", None)?;
            keep(&raw mut thread().base.async_gen_finalizer, hook);
        }
        if let Some(hook) = firstiter {
            if let Err(raised) = auditing::audit(c"sys.set_asyncgen_hook_firstiter", None) {
                // The other one is set back, even if it was not asked for, and the hooks hear of that; if they refuse, it stays.
                auditing::audit(c"sys.set_asyncgen_hook_finalizer", None)?;
                keep(&raw mut thread().base.async_gen_finalizer, before.as_deref().unwrap_or(none::none_ref()));
                return Err(raised);
            }
            keep(&raw mut thread().base.async_gen_firstiter, hook);
        }
    }
    Ok(())
}

fn get_origin_depth(_: &Object) -> Result<c_int> {
    Ok(thread().base.coroutine_origin_tracking_depth)
}

const SET_ORIGIN_DEPTH: Signature<1> = Signature::new("set_coroutine_origin_tracking_depth", ["depth"]).required(1);

fn set_origin_depth(_: &Object, args: Arguments) -> Result<()> {
    let depth = args.bind(&SET_ORIGIN_DEPTH)?[0].map_or(Ok(0), long::as_i32)?;
    if depth < 0 {
        return Err(raise!(ValueError, "depth must be >= 0"));
    }
    thread().base.coroutine_origin_tracking_depth = depth;
    Ok(())
}

fn activate_trampoline(_: &Object, backend: &Object) -> Result<()> {
    if !unicode::check(backend) {
        let got = if backend.is_none() { "None" } else { typeobject::tp_name(backend.ty()) };
        return Err(raise!(TypeError, "activate_stack_trampoline() argument must be str, not {got}"));
    }
    Err(raise!(ValueError, "invalid backend: {}", error::Text(backend)))
}

fn deactivate_trampoline(_: &Object) -> Result<()> {
    Ok(())
}

/// The exceptions that threads are handling, by thread (`sys._current_exceptions`).
pub fn current_exceptions() -> Result<Owned> {
    let all = dict::new()?;
    for tstate in threads() {
        // SAFETY: a live state; the GIL is held.
        unsafe {
            let mut item = (*tstate).base.exc_info;
            let mut value = None;
            while !item.is_null() && value.is_none() {
                value = Object::optional((*item).exc_value).filter(|value| !value.is_none());
                item = (*item).previous_item;
            }
            let id = long::from_u64((*tstate).base.thread_id)?;
            dict::set(&all, &id, value.unwrap_or(none::none_ref()))?;
        }
    }
    Ok(all)
}
