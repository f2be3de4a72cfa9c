//! `sysmodule.h`, `cpython/sysmodule.h`, `audit.h`.

use super::unicodeobject::PyUnicode_FromWideChar;
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::builtins;
use crate::modsupport::build;
use crate::object::{BorrowedReturn, Object, Owned, Result, api, error, store_optional};
use crate::raise;
use crate::runtime::{audit, find_sys_attribute, interp, sys_attribute};
use crate::types::{boolobject, dict, list, tuple, typeobject, unicode};
use std::ffi::CStr;
use std::ptr;

/// The dict of `sys`, while there is one.
fn sys_dict<'a>() -> Option<&'a Object> {
    // SAFETY: attached; the interpreter keeps its dict until it ends.
    unsafe { Object::optional((*interp()).sysdict) }
}

/// # Safety
/// `name` is a C string.
unsafe fn named(name: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(name) }.to_bytes())
}

/// An attribute of `sys`, borrowed; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_GetObject(name: *const c_char) -> *mut PyObject {
    // Errors that are set already stay; one of the look-up's own is no answer.
    let outer = error::take();
    // SAFETY: the caller's contract.
    let found = unsafe { named(name) }.and_then(|name| sys_attribute(&name));
    error::clear();
    if let Some(outer) = outer {
        let _raised = error::restore(outer);
    }
    match found {
        Ok(Some(value)) => api(|| BorrowedReturn::new(&value)),
        _ => ptr::null_mut(),
    }
}

/// Sets an attribute of `sys`; NULL deletes it, if it is there. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_SetObject(name: *const c_char, value: *mut PyObject) -> c_int {
    api(|| {
        let Some(sys) = sys_dict() else { return Ok(()) };
        // SAFETY: the caller's contract.
        let name = unicode::intern(unsafe { named(name) }?);
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(value) } {
            Some(value) => dict::set(sys, &name, value),
            None => dict::pop(sys, &name).map(drop),
        }
    })
}

/// What `_PySys_GetOptionalAttr` gives: the attribute, if `sys` has it.
fn optional(name: &Object) -> Result<Option<Owned>> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "attribute name must be string, not '{:.200}'", typeobject::tp_name(name.ty())));
    }
    sys_attribute(name)
}

fn required(name: &Object) -> Result<Owned> {
    if sys_dict().is_none() {
        return Err(raise!(RuntimeError, "no sys module"));
    }
    match optional(name)? {
        Some(value) => Ok(value),
        None => Err(raise!(RuntimeError, "lost sys.{}", error::Text(name))),
    }
}

/// An attribute of `sys`, a new reference in `*value`: 1, 0 if there is none, -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySys_GetOptionalAttr(name: *mut PyObject, value: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(value, optional(Object::from_ptr(name))) }
}

/// As [`_PySys_GetOptionalAttr`], with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySys_GetOptionalAttrString(name: *const c_char, value: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(value, named(name).and_then(|name| optional(&name))) }
}

/// An attribute of `sys`: new reference, or `RuntimeError` "lost sys.NAME".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySys_GetRequiredAttr(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| required(unsafe { Object::from_ptr(name) }))
}

/// As [`_PySys_GetRequiredAttr`], with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySys_GetRequiredAttrString(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| required(&*unsafe { named(name) }?))
}

/// `sys.getsizeof(o)`; (size_t)-1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySys_GetSizeOf(o: *mut PyObject) -> usize {
    // SAFETY: the caller's contract.
    builtins::size_of_object(unsafe { Object::from_ptr(o) }).unwrap_or(usize::MAX)
}

/// `sys._xoptions`, borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_GetXOptions() -> *mut PyObject {
    api(|| kept("_xoptions", dict::check, dict::new).map(|options| BorrowedReturn::new(&options)))
}

/// An attribute of `sys`, made anew if it is not there or of another kind.
fn kept(name: &str, right: fn(&Object) -> bool, make: fn() -> Result<Owned>) -> Result<Owned> {
    let name = unicode::intern_str(name)?;
    if let Some(found) = sys_attribute(&name)?.filter(|found| right(found)) {
        return Ok(found);
    }
    let made = make()?;
    if let Some(sys) = sys_dict() {
        dict::set(sys, &name, &made)?;
    }
    Ok(made)
}

/// # Safety
/// `text` is a wide C string.
unsafe fn wide(text: *const wchar_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe { Owned::from_c(PyUnicode_FromWideChar(text, -1)) }
}

/// What can't be reported is dropped: these functions give nothing back.
fn silently(result: Result<()>) {
    if result.is_err() {
        error::clear();
    }
}

/// Adds "name" or "name=value" to `sys._xoptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AddXOption(s: *const wchar_t) {
    let add = || -> Result<()> {
        let options = kept("_xoptions", dict::check, dict::new)?;
        // SAFETY: the caller's contract.
        let option = unsafe { wide(s) }?;
        match unicode::as_str(&option)?.split_once('=') {
            Some((name, value)) => dict::set_str(&options, name, &*unicode::from_str(value)?),
            None => dict::set(&options, &option, &*boolobject::from_bool(true)),
        }
    };
    silently(add());
}

/// Adds to `sys.warnoptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AddWarnOption(s: *const wchar_t) {
    // SAFETY: the caller's contract.
    silently(unsafe { wide(s) }.and_then(|option| add_warn_option(&option)));
}

/// Adds to `sys.warnoptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AddWarnOptionUnicode(option: *mut PyObject) {
    // SAFETY: the caller's contract.
    silently(add_warn_option(unsafe { Object::from_ptr(option) }));
}

fn add_warn_option(option: &Object) -> Result<()> {
    list::append(&*kept("warnoptions", list::check, list::new)?, option)
}

/// 1 if `sys.warnoptions` has something.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_HasWarnOptions() -> c_int {
    match find_sys_attribute("warnoptions") {
        Some(options) if list::check(&options) => (list::len(&options) > 0).into(),
        _ => 0,
    }
}

/// Empties `sys.warnoptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_ResetWarnOptions() {
    if let Some(options) = find_sys_attribute("warnoptions").filter(|options| list::check(options)) {
        list::clear(&options);
    }
}

/// Sets `sys.path` from folders with colons between them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_SetPath(path: *const wchar_t) {
    let set = || -> Result<()> {
        // SAFETY: the caller's contract.
        let text = unsafe { wide(path) }?;
        let folders = unicode::as_str(&text)?.split(':').map(unicode::from_str).collect::<Result<Vec<_>>>()?;
        set_attribute("path", &*list::from_owned(folders)?)
    };
    if set().is_err() {
        crate::state::fatal::fatal_error("PySys_SetPath", "can't assign sys.path");
    }
}

fn set_attribute(name: &str, value: &Object) -> Result<()> {
    match sys_dict() {
        Some(sys) => dict::set(sys, &*unicode::intern_str(name)?, value),
        None => Ok(()),
    }
}

/// Sets `sys.argv`; with `updatepath`, the folder of its first item comes first in `sys.path`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_SetArgvEx(argc: c_int, argv: *mut *mut wchar_t, updatepath: c_int) {
    let set = || -> Result<()> {
        let mut arguments = Vec::new();
        for i in 0..argc.max(0) as usize {
            // SAFETY: the caller's contract.
            arguments.push(unsafe { wide(*argv.add(i)) }?);
        }
        if arguments.is_empty() {
            arguments.push(unicode::from_str("")?);
        }
        let first = arguments[0].clone();
        set_attribute("argv", &*list::from_owned(arguments)?)?;
        if updatepath == 0 {
            return Ok(());
        }
        let Some(path) = find_sys_attribute("path").filter(|path| list::check(path)) else { return Ok(()) };
        if let Some(folder) = script_folder(unicode::as_str(&first)?) {
            list::insert(&path, 0, &*unicode::from_str(&folder)?)?;
        }
        Ok(())
    };
    if set().is_err() {
        crate::state::fatal::fatal_error("PySys_SetArgvEx", "can't assign sys.argv");
    }
}

/// The folder that a script is in, links followed; for `-c` and no script the current folder, `""`; for `-m` its path.
fn script_folder(script: &str) -> Option<String> {
    match script {
        "-m" => return std::env::current_dir().ok().map(|here| here.to_string_lossy().into_owned()),
        "" | "-c" => return Some(String::new()),
        _ => {}
    }
    let real = std::fs::canonicalize(script).ok();
    let script = real.as_deref().map_or(script.into(), |real| real.to_string_lossy());
    let end = match script.rfind('/') {
        None => 0,
        Some(0) => 1,
        Some(end) => end,
    };
    Some(script[..end].to_owned())
}

/// As [`PySys_SetArgvEx`] with `updatepath`, unless Python runs isolated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_SetArgv(argc: c_int, argv: *mut *mut wchar_t) {
    // SAFETY: the caller's contract; attached.
    unsafe { PySys_SetArgvEx(argc, argv, c_int::from((*interp()).config.isolated == 0)) }
}

/// Tells the audit hooks of an event. `args` is a tuple or NULL. 0, or -1 with the exception of a hook.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AuditTuple(event: *const c_char, args: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        if let Some(args) = Object::optional(args)
            && !tuple::check(args)
        {
            return Err(raise!(TypeError, "args must be tuple, got {}", typeobject::tp_name(args.ty())));
        }
        audit::audit(CStr::from_ptr(event), Object::optional(args))
    })
}

/// Adds an audit hook for the whole process, also before the runtime is up. 0, or -1 if a hook refused with an
/// exception that is no `RuntimeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AddAuditHook(hook: Py_AuditHookFunction, user_data: *mut c_void) -> c_int {
    match hook {
        Some(hook) => api(|| audit::add_c_hook(hook, user_data)),
        None => crate::state::fatal::fatal_error("PySys_AddAuditHook", "hook is NULL"),
    }
}

/// The engine of `PySys_Audit`: the arguments are built as `Py_BuildValue` does, into a tuple.
pub(super) unsafe extern "C" fn sys_audit(event: *const c_char, format: *const c_char, args: *mut c_void) -> c_int {
    if !audit::is_wanted() {
        return 0;
    }
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let event = CStr::from_ptr(event);
        if format.is_null() || *format == 0 {
            return audit::audit(event, None);
        }
        let built = build::build(format, &mut VaList::new(args))?;
        let built = if tuple::check(&built) { built } else { tuple::from_owned(vec![built])? };
        audit::audit(event, Some(&built))
    })
}

/// The engine of `PySys_FormatStdout` and `PySys_FormatStderr`: the format of `PyUnicode_FromFormat`.
pub(super) unsafe extern "C" fn sys_format(error_stream: c_int, format: *const c_char, args: *mut c_void) {
    let set_before = error::take();
    // SAFETY: the caller's contract.
    if let Ok(text) = unsafe { unicode::format_c::from_format(format, &mut VaList::new(args)) } {
        write_text(error_stream != 0, &error::Text(&text).to_string());
    }
    error::clear();
    if let Some(exception) = set_before {
        let _raised = error::restore(exception);
    }
}

/// What `PySys_WriteStdout` and `PySys_WriteStderr` formatted in C.
///
/// # Safety
/// `text` is a C string.
pub(super) unsafe extern "C" fn sys_write(error_stream: c_int, text: *const c_char) {
    let set_before = error::take();
    // SAFETY: the caller's contract.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    write_text(error_stream != 0, &text);
    error::clear();
    if let Some(exception) = set_before {
        let _raised = error::restore(exception);
    }
}

/// Writes to `sys.stdout` or `sys.stderr`; to the process's own stream where that is missing or fails.
fn write_text(error_stream: bool, text: &str) {
    let file = find_sys_attribute(if error_stream { "stderr" } else { "stdout" });
    let written = file.is_some_and(|file| {
        unicode::from_str(text).and_then(|text| file.call_method(crate::name!(write), &[&text])).is_ok()
    });
    if !written {
        use std::io::Write;
        error::clear();
        let _ = match error_stream {
            true => std::io::stderr().write_all(text.as_bytes()),
            false => std::io::stdout().write_all(text.as_bytes()),
        };
    }
}
