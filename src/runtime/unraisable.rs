//! Exceptions that end here: those that nobody can catch go to `sys.unraisablehook`, and those that end a program are
//! printed by `sys.excepthook`.

use super::{audit, find_sys_attribute};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, above, error, message};
use crate::state;
use crate::types::exceptions::{self, display};
use crate::types::structseq::StaticType;
use crate::types::traceback::Frames;
use crate::types::{cfunction, dict, long, none, traceback, tuple, typeobject, unicode};
use std::ffi::CStr;
use std::io::Write;

static mut HOOK_ARGS_TYPE: PyTypeObject =
    PyTypeObject { ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0), ..PyTypeObject::EMPTY };

/// What `sys.unraisablehook` is called with.
pub static HOOK_ARGS: StaticType = StaticType {
    ty: &raw mut HOOK_ARGS_TYPE,
    name: c"UnraisableHookArgs",
    module: None,
    doc: c"UnraisableHookArgs\n\nWhat an exception that can't be raised was, and where.",
    fields: &[
        (c"exc_type", c"The exception's class."),
        (c"exc_value", c"The exception."),
        (c"exc_traceback", c"The exception's traceback."),
        (c"err_msg", c"What was being done."),
        (c"object", c"What the exception came from."),
    ],
    visible: 5,
    flags: 0,
};

fn set_sys_attribute(name: &str, value: &Object) {
    // SAFETY: attached.
    if let Some(sysdict) = unsafe { Object::optional((*state::interp().cast::<super::Interpreter>()).sysdict) }
        && let Err(raised) = dict::set_str(sysdict, name, value)
    {
        drop(error::caught(raised));
    }
}

/// Writes to `sys.stderr`; to the process's standard error while there is no `sys.stderr`, nowhere if it is `None`.
pub fn write_stderr(text: &str) {
    match find_sys_attribute("stderr") {
        Some(file) => write_to(&file, text),
        None => {
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
    }
}

/// Writes to a file object, and flushes it. Errors are dropped.
pub fn write_to(file: &Object, text: &str) {
    if file.is_none() {
        return;
    }
    let Some(text) = error::forget(message::decoded(text)) else { return };
    error::forget(file.call_method(name!(write), &[&text]));
    error::forget(file.call_method(name!(flush), &[]));
}

/// What `sys.tracebacklimit` is, not below zero; None without an int there.
fn traceback_limit() -> Option<usize> {
    let limit = find_sys_attribute("tracebacklimit").filter(|l| long::check(l))?;
    Some(long::to_i64(&limit).map_or(traceback::LIMIT, |n| n.max(0) as usize))
}

/// The frames that a snapshot of an exception shows; None where `sys.tracebacklimit` is nothing to count with.
pub fn frames_of_snapshot() -> Option<Frames> {
    match (find_sys_attribute("tracebacklimit"), traceback_limit()) {
        (_, Some(n)) => Some(Frames::First(n)),
        (Some(other), None) if !other.is_none() => None,
        _ => Some(Frames::Default),
    }
}

/// `PyTraceBack_Print`.
pub fn print_traceback(tb: &Object, file: &Object) -> Result<()> {
    if !traceback::check(tb) {
        return Err(error::bad_internal_call());
    }
    let limit = traceback_limit();
    if limit == Some(0) {
        return Ok(());
    }
    let frames = Frames::Last(limit.unwrap_or(traceback::LIMIT));
    let text = format!("Traceback (most recent call last):\n{}", traceback::text(tb, frames));
    file.call_method(name!(write), &[&*message::decoded(&text)?])?;
    Ok(())
}

/// Prints an exception to `file`, or `sys.stderr` (`PyErr_DisplayException`, `PyErr_Display`).
pub fn print(value: &Object, file: Option<&Object>) {
    let text = if exceptions::is_instance(value) {
        display::text(value, true, traceback_limit().map_or(Frames::Default, Frames::Sliced))
    } else {
        let name = typeobject::tp_name(value.ty());
        format!("TypeError: print_exception(): Exception expected for value, {name} found\n")
    };
    match file {
        Some(file) => write_to(file, &text),
        None => write_stderr(&text),
    }
}

/// The exception that is set can't be raised any further. `place` says what went wrong: "Exception ignored in X".
#[cold]
pub fn report(place: &str) {
    let message = error::aside(|| error::forget(unicode::from_str(place)));
    unraisable(message, None);
}

/// The same for an object that was being worked on (`PyErr_WriteUnraisable`).
#[cold]
pub fn report_object(o: Option<&Object>) {
    unraisable(None, o);
}

/// Takes the exception that is set and gives it to `sys.unraisablehook`.
pub fn unraisable(message: Option<Owned>, o: Option<&Object>) {
    let Some(exception) = error::take() else { return };
    // The hook that `sys` begins with does what is done without one.
    let is_own = |h: &Object| h.is_none() || (cfunction::check(h) && cfunction::is_named(h, "unraisablehook"));
    let found = find_sys_attribute("unraisablehook");
    let hook = found.clone().filter(|h| !is_own(h));
    if hook.is_none() && !audit::is_wanted() {
        write_stderr(&unraisable_text(&exception, message.as_deref(), o));
        return;
    }
    let mut place = ("Exception ignored in audit hook", None);
    let mut call = || -> Result<()> {
        let tb = exceptions::traceback(&exception).unwrap_or_else(none::none);
        let args = HOOK_ARGS.make(vec![
            exception.type_object().to_owned(),
            exception.clone(),
            tb,
            message.clone().unwrap_or_else(none::none),
            o.unwrap_or(none::none_ref()).to_owned(),
        ])?;
        let event = [found.as_deref().unwrap_or(none::none_ref()), &args];
        audit::audit(c"sys.unraisablehook", Some(&*tuple::from_slice(&event)?))?;
        match &hook {
            Some(hook) => {
                place = ("Exception ignored in sys.unraisablehook", Some(hook));
                hook.call(&[&args])?;
            }
            None => write_stderr(&unraisable_text(&exception, message.as_deref(), o)),
        }
        Ok(())
    };
    if let Err(raised) = call() {
        let failure = error::caught(raised);
        let message = error::forget(unicode::from_str(place.0));
        write_stderr(&unraisable_text(&failure, message.as_deref(), place.1.map(|hook| &**hook)));
    }
}

/// What the default hook writes.
pub fn unraisable_text(exception: &Object, message: Option<&Object>, o: Option<&Object>) -> String {
    let message = message.filter(|m| !m.is_none()).map(|m| error::Text(m).to_string());
    let mut text = String::new();
    match (o.filter(|o| !o.is_none()), message) {
        (Some(o), message) => {
            let shown = error::forget(o.repr())
                .map_or_else(|| "<object repr() failed>".into(), |r| error::Text(&r).to_string());
            text = format!("{}: {shown}\n", message.as_deref().unwrap_or("Exception ignored in"));
        }
        (None, Some(message)) => text = format!("{message}:\n"),
        (None, None) => {}
    }
    if let Some(tb) = exceptions::traceback(exception)
        && traceback_limit() != Some(0)
    {
        text += "Traceback (most recent call last):\n";
        text += &traceback::text(&tb, Frames::Last(traceback_limit().unwrap_or(traceback::LIMIT)));
    }
    let class = display::class_name(exception.type_object());
    text + &format!("{class}: {}\n", display::safe_str(exception, "exception"))
}

/// `PyErr_PrintEx`: prints the exception that is set through `sys.excepthook`. `SystemExit` ends the process.
pub fn print_set(set_sys_last: bool) {
    exit_if_asked();
    let Some(exception) = error::take() else { return };
    let tb = exceptions::traceback(&exception).unwrap_or_else(none::none);
    if set_sys_last {
        set_sys_attribute("last_exc", &exception);
        set_sys_attribute("last_type", exception.type_object());
        set_sys_attribute("last_value", &exception);
        set_sys_attribute("last_traceback", &tb);
    }
    let hook = find_sys_attribute("excepthook");
    // A hook of the auditors that raises RuntimeError keeps the exception from being shown.
    let event = [hook.as_deref().unwrap_or(none::none_ref()), exception.type_object(), &exception, &tb];
    if let Err(raised) = tuple::from_slice(&event).and_then(|event| audit::audit(c"sys.excepthook", Some(&event))) {
        if error::matches(&raw mut exceptions::RuntimeError) {
            drop(error::caught(raised));
            return;
        }
        report("Exception ignored in audit hook");
    }
    let Some(hook) = hook else {
        if find_sys_attribute("stderr").is_some() {
            write_stderr("sys.excepthook is missing\n");
        }
        print(&exception, None);
        return;
    };
    if cfunction::check(&hook) && cfunction::is_named(&hook, "excepthook") {
        print(&exception, None);
        return;
    }
    if let Err(raised) = hook.call(&[exception.type_object(), &exception, &tb]) {
        let failure = error::caught(raised);
        let _ = error::restore(failure.clone());
        exit_if_asked();
        error::clear();
        write_stderr("Error in sys.excepthook:\n");
        print(&failure, None);
        write_stderr("\nOriginal exception was:\n");
        print(&exception, None);
    }
}

/// A `SystemExit` that is set ends the process, with its code.
fn exit_if_asked() {
    if !error::matches(&raw mut exceptions::SystemExit) || inspect() {
        return;
    }
    let Some(exception) = error::take() else { return };
    let code = exceptions::exit_code(&exception);
    let status = if code.is_none() {
        0
    } else if long::check(&code) {
        long::to_i64(&code).map_or(-1, |n| n as c_int)
    } else {
        write_stderr(&format!("{}\n", display::safe_str(&code, "exception")));
        1
    };
    drop(exception);
    above::exit(status)
}

/// `Py_InspectFlag`: `SystemExit` is printed instead of obeyed.
fn inspect() -> bool {
    // SAFETY: attached.
    unsafe { (*state::interp().cast::<super::Interpreter>()).config.inspect != 0 }
}

/// A C string as text, for messages.
///
/// # Safety
/// `text` is a C string.
pub unsafe fn c_text(text: *const c_char) -> String {
    // SAFETY: the caller's word.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}
