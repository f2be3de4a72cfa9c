//! `sys`: about objects, strings, classes and frames.

use super::native::{Arguments, fast, fast_keywords, noargs, one};
use super::sys_hooks;
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::audit;
use crate::types::unicode::names::named;
use crate::types::{dict, exceptions, long, tuple, typeobject, unicode};

pub static METHODS: [PyMethodDef; 15] = named([
    PyMethodDef::one(
        c"getrefcount",
        one!(getrefcount),
        c"getrefcount($module, object, /)\n--\n\nHow many references to the object there are, the one of this call \
        included.",
    ),
    PyMethodDef::fast_keywords(
        c"getsizeof",
        fast_keywords!(getsizeof),
        c"getsizeof(object [, default]) -> int\n\nThe size of an object in bytes.",
    ),
    PyMethodDef::one(
        c"intern",
        one!(intern),
        c"intern($module, string, /)\n--\n\nThe one str with these characters that all who ask get.",
    ),
    PyMethodDef::one(
        c"_is_interned",
        one!(is_interned),
        c"_is_interned($module, string, /)\n--\n\nWhether the string is interned.",
    ),
    PyMethodDef::one(
        c"_is_immortal",
        one!(is_immortal),
        c"_is_immortal($module, op, /)\n--\n\nWhether the object lives as long as the process.",
    ),
    PyMethodDef::fast_keywords(
        c"getunicodeinternedsize",
        fast_keywords!(interned_size),
        c"getunicodeinternedsize($module, /, *, _only_immortal=False)\n--\n\nHow many strings are interned.",
    ),
    PyMethodDef::noargs(
        c"getallocatedblocks",
        noargs!(allocated_blocks),
        c"getallocatedblocks($module, /)\n--\n\n0: the allocator does not count its blocks.",
    ),
    PyMethodDef::fast(
        c"_getframe",
        fast!(getframe),
        c"_getframe($module, depth=0, /)\n--\n\nA frame of the stack. There are none: no bytecode runs.",
    ),
    PyMethodDef::fast_keywords(
        c"_getframemodulename",
        fast_keywords!(frame_module_name),
        c"_getframemodulename($module, /, depth=0)\n--\n\nThe module of a frame of the stack. There are none: None.",
    ),
    PyMethodDef::noargs(
        c"_current_frames",
        noargs!(current_frames),
        c"_current_frames($module, /)\n--\n\nThe frames that threads are in. There are none: {}.",
    ),
    PyMethodDef::noargs(
        c"_current_exceptions",
        noargs!(current_exceptions),
        c"_current_exceptions($module, /)\n--\n\nThe exceptions that threads are handling, by the thread's number.",
    ),
    PyMethodDef::one(
        c"_clear_type_descriptors",
        one!(clear_type_descriptors),
        c"_clear_type_descriptors($module, type, /)\n--\n\nTake __dict__ and __weakref__ out of a class.",
    ),
    PyMethodDef::fast_keywords(
        c"remote_exec",
        fast_keywords!(remote_exec),
        c"remote_exec($module, /, pid, script)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::noargs(c"_baserepl", noargs!(base_repl), c"_baserepl($module, /)\n--\n\nNeeds an evaluator."),
    PyMethodDef::END,
]);

fn getrefcount(_: &Object, o: &Object) -> Result<u32> {
    // SAFETY: a live object.
    let immortal = unsafe { refcount::is_immortal(o.as_ptr()) };
    Ok(if immortal { _Py_IMMORTAL_INITIAL_REFCNT as u32 } else { o.refcount() })
}

const GETSIZEOF: Signature<2> = Signature::new("getsizeof", ["object", "default"]).required(1);

fn getsizeof(_: &Object, args: Arguments) -> Result<Owned> {
    let [object, default] = args.bind(&GETSIZEOF)?;
    let size = object.map_or(Ok(0), size_of_object);
    match (size, default) {
        (Err(raised), Some(default)) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            Ok(default.to_owned())
        }
        (size, _) => long::from_u64(size? as u64),
    }
}

/// `_PySys_GetSizeOf`: what `__sizeof__` says, and what stands before the object.
pub fn size_of_object(o: &Object) -> Result<usize> {
    typeobject::ready(o.ty())?;
    let size = match o.call_special(name!(__sizeof__), &[])? {
        Some(size) => size,
        None => {
            let name = typeobject::tp_name(o.ty());
            return Err(raise!(TypeError, "Type {name} doesn't define __sizeof__"));
        }
    };
    if !long::check(&size) {
        return Err(raise!(TypeError, "an integer is required"));
    }
    let size = long::as_isize(&size)?;
    if size < 0 {
        return Err(raise!(ValueError, "__sizeof__() should return >= 0"));
    }
    let static_type = o.is_exact(&raw mut typeobject::PyType_Type) && !typeobject::is_heap(o.cast());
    let before = if static_type { 0 } else { crate::mem::gc::prefix_size(o.ty()) };
    Ok(size as usize + before)
}

fn not_str(function: &str, o: &Object) -> crate::object::Raised {
    let got = if o.is_none() { "None" } else { typeobject::tp_name(o.ty()) };
    raise!(TypeError, "{function}() argument must be str, not {got}")
}

fn intern(_: &Object, string: &Object) -> Result<Owned> {
    if !unicode::check(string) {
        return Err(not_str("intern", string));
    }
    if !unicode::check_exact(string) {
        return Err(raise!(TypeError, "can't intern {:.400}", typeobject::tp_name(string.ty())));
    }
    Ok(unicode::intern(string.to_owned()))
}

fn is_interned(_: &Object, string: &Object) -> Result<bool> {
    if !unicode::check(string) {
        return Err(not_str("_is_interned", string));
    }
    Ok(unicode::layout::interned(string) != 0)
}

fn is_immortal(_: &Object, o: &Object) -> Result<bool> {
    // SAFETY: a live object.
    Ok(unsafe { refcount::is_immortal(o.as_ptr()) })
}

const INTERNED_SIZE: Signature<1> = Signature::new("getunicodeinternedsize", ["_only_immortal"]).positional(0);

fn interned_size(_: &Object, args: Arguments) -> Result<usize> {
    let [only_immortal] = args.bind(&INTERNED_SIZE)?;
    if only_immortal.map_or(Ok(false), Object::is_true)? {
        return Ok(unicode::intern::immortal_count());
    }
    Ok(unicode::intern::count())
}

fn allocated_blocks(_: &Object) -> Result<usize> {
    Ok(0)
}

fn getframe(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("_getframe", args.len(), 0, 1)?;
    if let Some(depth) = args.first() {
        long::as_i32(depth)?;
    }
    Err(raise!(ValueError, "call stack is not deep enough"))
}

const FRAME_MODULE_NAME: Signature<1> = Signature::new("_getframemodulename", ["depth"]);

fn frame_module_name(_: &Object, args: Arguments) -> Result<()> {
    let depth = args.bind(&FRAME_MODULE_NAME)?[0].map_or(Ok(0), long::as_i32)?;
    audit::audit_with(c"sys._getframemodulename", || tuple::from_slice(&[&*long::from_i64(depth.into())?]))
}

fn current_frames(_: &Object) -> Result<Owned> {
    audit::audit(c"sys._current_frames", None)?;
    dict::new()
}

fn current_exceptions(_: &Object) -> Result<Owned> {
    audit::audit(c"sys._current_exceptions", None)?;
    sys_hooks::current_exceptions()
}

fn clear_type_descriptors(_: &Object, class: &Object) -> Result<()> {
    if !typeobject::check(class) {
        let got = if class.is_none() { "None" } else { typeobject::tp_name(class.ty()) };
        return Err(raise!(TypeError, "_clear_type_descriptors() argument must be type, not {got}"));
    }
    let ty = class.cast::<PyTypeObject>();
    if typeobject::has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
        return Err(raise!(TypeError, "argument is immutable"));
    }
    // SAFETY: a live class has its dict, or gets it.
    let names = unsafe { typeobject::shared_dict::dict_of_ready(ty) };
    dict::pop(names, name!(__dict__))?;
    dict::pop(names, name!(__weakref__))?;
    typeobject::cache::modified(ty);
    Ok(())
}

const REMOTE_EXEC: Signature<2> = Signature::new("remote_exec", ["pid", "script"]).required(2);

fn remote_exec(_: &Object, args: Arguments) -> Result<()> {
    args.bind(&REMOTE_EXEC)?;
    Err(error::no_evaluator("remote_exec"))
}

fn base_repl(_: &Object) -> Result<()> {
    Err(error::no_evaluator("_baserepl"))
}
