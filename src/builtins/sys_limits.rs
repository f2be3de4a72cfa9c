//! `sys`: limits, intervals and switches of the interpreter.

use super::native::{Arguments, fast_keywords, noargs, one};
use super::sysmodule::interpreter;
use crate::abi::*;
use crate::import::modules;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::{process, thread};
use crate::state;
use crate::types::unicode::names::named;
use crate::types::{dict, float, long, typeobject, unicode};
use std::time::Duration;

pub static METHODS: [PyMethodDef; 18] = named([
    PyMethodDef::noargs(
        c"getrecursionlimit",
        noargs!(get_recursion_limit),
        c"getrecursionlimit($module, /)\n--\n\nHow deep calls of Python functions may nest.",
    ),
    PyMethodDef::one(
        c"setrecursionlimit",
        one!(set_recursion_limit),
        c"setrecursionlimit($module, limit, /)\n--\n\nSet how deep calls of Python functions may nest.",
    ),
    PyMethodDef::noargs(
        c"getswitchinterval",
        noargs!(get_switch_interval),
        c"getswitchinterval($module, /)\n--\n\nHow long a thread runs before another that waits gets its turn, in \
        seconds.",
    ),
    PyMethodDef::one(
        c"setswitchinterval",
        one!(set_switch_interval),
        c"setswitchinterval($module, interval, /)\n--\n\nSet how long a thread runs before another that waits gets its \
        turn.",
    ),
    PyMethodDef::noargs(
        c"getdlopenflags",
        noargs!(get_dlopen_flags),
        c"getdlopenflags($module, /)\n--\n\nThe flags that extension modules are opened with.",
    ),
    PyMethodDef::one(
        c"setdlopenflags",
        one!(set_dlopen_flags),
        c"setdlopenflags($module, flags, /)\n--\n\nSet the flags that extension modules are opened with.",
    ),
    PyMethodDef::noargs(
        c"get_int_max_str_digits",
        noargs!(get_int_max_str_digits),
        c"get_int_max_str_digits($module, /)\n--\n\nHow many digits an int may have when it becomes decimal text or \
        comes from it.",
    ),
    PyMethodDef::fast_keywords(
        c"set_int_max_str_digits",
        fast_keywords!(set_int_max_str_digits),
        c"set_int_max_str_digits($module, /, maxdigits)\n--\n\nSet how many digits an int may have when it becomes \
        decimal text or comes from it.",
    ),
    PyMethodDef::noargs(
        c"is_finalizing",
        noargs!(is_finalizing),
        c"is_finalizing($module, /)\n--\n\nWhether the runtime is ending.",
    ),
    PyMethodDef::noargs(
        c"_is_gil_enabled",
        noargs!(is_gil_enabled),
        c"_is_gil_enabled($module, /)\n--\n\nTrue: there is a GIL.",
    ),
    PyMethodDef::noargs(
        c"_get_cpu_count_config",
        noargs!(cpu_count),
        c"_get_cpu_count_config($module, /)\n--\n\nThe configured number of processors, or -1.",
    ),
    PyMethodDef::noargs(
        c"getdefaultencoding",
        noargs!(default_encoding),
        c"getdefaultencoding($module, /)\n--\n\nThe encoding of str where none is named.",
    ),
    PyMethodDef::noargs(
        c"getfilesystemencoding",
        noargs!(file_system_encoding),
        c"getfilesystemencoding($module, /)\n--\n\nThe encoding of file names.",
    ),
    PyMethodDef::noargs(
        c"getfilesystemencodeerrors",
        noargs!(file_system_errors),
        c"getfilesystemencodeerrors($module, /)\n--\n\nThe error handler of the encoding of file names.",
    ),
    PyMethodDef::noargs(
        c"_clear_type_cache",
        noargs!(clear_type_cache),
        c"_clear_type_cache($module, /)\n--\n\nForget the attributes of classes that were looked up.",
    ),
    PyMethodDef::noargs(
        c"_clear_internal_caches",
        noargs!(clear_type_cache),
        c"_clear_internal_caches($module, /)\n--\n\nForget what was cached.",
    ),
    PyMethodDef::noargs(
        c"_debugmallocstats",
        noargs!(malloc_stats),
        c"_debugmallocstats($module, /)\n--\n\nWrite to standard error which allocator is in use.",
    ),
    PyMethodDef::END,
]);

fn get_recursion_limit(_: &Object) -> Result<c_int> {
    Ok(interpreter().recursion_limit)
}

fn set_recursion_limit(_: &Object, limit: &Object) -> Result<()> {
    let limit = long::as_i32(limit)?;
    if limit < 1 {
        return Err(raise!(ValueError, "recursion limit must be greater or equal than 1"));
    }
    // SAFETY: attached.
    let depth = unsafe {
        let base = &(*state::thread()).base;
        base.py_recursion_limit - base.py_recursion_remaining
    };
    if depth >= limit {
        return Err(raise!(
            RecursionError,
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        ));
    }
    thread::set_recursion_limit(limit);
    Ok(())
}

fn get_switch_interval(_: &Object) -> Result<f64> {
    // SAFETY: an interpreter has its GIL until it ends.
    Ok(1e-6 * unsafe { (*interpreter().gil).interval() }.as_micros() as f64)
}

fn set_switch_interval(_: &Object, interval: &Object) -> Result<()> {
    let seconds = float::as_f64(interval)?;
    if seconds.is_nan() || seconds <= 0.0 {
        return Err(raise!(ValueError, "switch interval must be strictly positive"));
    }
    let micros = (seconds * 1e6) as u64;
    // SAFETY: an interpreter has its GIL until it ends.
    unsafe { (*interpreter().gil).set_interval(Duration::from_micros(micros)) };
    Ok(())
}

fn get_dlopen_flags(_: &Object) -> Result<c_int> {
    Ok(match modules::state().dlopen_flags {
        0 => libc::RTLD_NOW,
        flags => flags,
    })
}

fn set_dlopen_flags(_: &Object, flags: &Object) -> Result<()> {
    modules::state().dlopen_flags = long::as_i32(flags)?;
    Ok(())
}

fn get_int_max_str_digits(_: &Object) -> Result<c_int> {
    Ok(long::text::max_str_digits())
}

const SET_INT_MAX_STR_DIGITS: Signature<1> = Signature::new("set_int_max_str_digits", ["maxdigits"]).required(1);

fn set_int_max_str_digits(_: &Object, args: Arguments) -> Result<()> {
    let limit = args.bind(&SET_INT_MAX_STR_DIGITS)?[0].map_or(Ok(0), long::as_i32)?;
    long::text::change_max_str_digits(limit)?;
    // `sys.flags` tells of it.
    interpreter().config.int_max_str_digits = limit;
    // SAFETY: attached.
    if let Some(sys) = unsafe { Object::optional(interpreter().sysdict) } {
        dict::set_str(sys, "flags", &*super::sysmodule::flags(&interpreter().config)?)?;
    }
    Ok(())
}

fn is_finalizing(_: &Object) -> Result<bool> {
    Ok(!process::finalizing().is_null())
}

fn is_gil_enabled(_: &Object) -> Result<bool> {
    Ok(true)
}

fn cpu_count(_: &Object) -> Result<c_int> {
    Ok(interpreter().config.cpu_count)
}

fn default_encoding(_: &Object) -> Result<&'static str> {
    Ok("utf-8")
}

fn file_system_encoding(_: &Object) -> Result<Owned> {
    unicode::from_utf8(unicode::paths::encoding().to_bytes())
}

fn file_system_errors(_: &Object) -> Result<Owned> {
    unicode::from_utf8(unicode::paths::errors().to_bytes())
}

fn clear_type_cache(_: &Object) -> Result<()> {
    typeobject::cache::clear();
    Ok(())
}

fn malloc_stats(_: &Object) -> Result<()> {
    let name = crate::mem::domains::current_name().map_or("custom".into(), |name| name.to_string_lossy());
    eprintln!("allocator: {name}");
    Ok(())
}
