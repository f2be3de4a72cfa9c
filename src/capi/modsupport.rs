//! `modsupport.h`. The functions with variable arguments have their doors in `variadic`; here are their engines' names.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::modsupport::parser::{self, Limits};
use crate::modsupport::{build, getargs, keywords};
use crate::module::{self, add, create, object};
use crate::object::args::check_positional;
use crate::object::{Object, Result, api, error};
use crate::raise;
use crate::types::{dict, tuple, unicode};
use std::ffi::CStr;

/// First half of multi-phase initialisation. New reference. See `module::create` for the errors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_FromDefAndSpec2(
    def: *mut PyModuleDef,
    spec: *mut PyObject,
    module_api_version: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { create::from_def_and_spec(def, Object::from_ptr(spec), module_api_version) })
}

/// Second half: allocates the state and runs the exec slots. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_ExecDef(module: *mut PyObject, def: *mut PyModuleDef) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { module::exec(Object::from_ptr(module), def) })
}

/// Single-phase initialisation. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Create2(def: *mut PyModuleDef, apiver: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { create::create(def, apiver) })
}

/// Adds the functions of a table. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddFunctions(module: *mut PyObject, functions: *mut PyMethodDef) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let module = unsafe { Object::from_ptr(module) };
        let name = object::name(module)?;
        // SAFETY: the caller's contract.
        unsafe { add::functions(module, &name, functions) }
    })
}

/// Sets `__doc__`. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_SetDocString(module: *mut PyObject, doc: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::doc(Object::from_ptr(module), doc) })
}

/// Adds `value`, whose reference stays the caller's. NULL passes on the error that made it. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObjectRef(
    module: *mut PyObject,
    name: *const c_char,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), Object::optional(value)) })
}

/// Adds `value` and steals its reference, whether it succeeds or not. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract: the reference is ours.
        let value = unsafe { crate::object::Owned::optional(value) };
        // SAFETY: the caller's contract.
        unsafe { add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), value.as_deref()) }
    })
}

/// Adds `value` and steals its reference only if it succeeds. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObject(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract; on success the reference is ours.
        unsafe {
            add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), Object::optional(value))?;
            drop(crate::object::Owned::optional(value));
        }
        Ok(())
    })
}

/// 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddIntConstant(module: *mut PyObject, name: *const c_char, value: c_long) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::int_constant(Object::from_ptr(module), CStr::from_ptr(name), value) })
}

/// 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddStringConstant(
    module: *mut PyObject,
    name: *const c_char,
    value: *const c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::string_constant(Object::from_ptr(module), CStr::from_ptr(name), CStr::from_ptr(value)) })
}

/// Makes the type ready and adds it under the last part of its name. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddType(module: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| add::add_type(unsafe { Object::from_ptr(module) }, ty))
}

/// 1, or 0 with an exception: what the parsers return.
fn parsed(result: Result<()>) -> c_int {
    result.is_ok().into()
}

/// The parser of a tuple, from a `va_list`. 1, or 0 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyArg_VaParse(args: *mut PyObject, format: *const c_char, mut va: VaList) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        Ok(parsed(unsafe { getargs::parse_tuple(Object::from_ptr(args), format, &mut va) }))
    })
}

/// The parser of `PyArg_ParseTuple`. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_parse_tuple(args: *mut PyObject, format: *const c_char, mut va: VaList) -> c_int {
    // SAFETY: the caller's contract.
    parsed(unsafe { getargs::parse_tuple(Object::from_ptr(args), format, &mut va) })
}

/// The parser of one argument. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_parse(arg: *mut PyObject, format: *const c_char, mut va: VaList) -> c_int {
    // SAFETY: the caller's contract.
    parsed(unsafe { getargs::parse(Object::optional(arg), format, &mut va) })
}

/// The parser of a tuple and a dict, from a `va_list`. 1, or 0 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyArg_VaParseTupleAndKeywords(
    args: *mut PyObject,
    kwargs: *mut PyObject,
    format: *const c_char,
    kwlist: *const *const c_char,
    mut va: VaList,
) -> c_int {
    if args.is_null() || format.is_null() || kwlist.is_null() {
        return parsed(Err(error::bad_internal_call()));
    }
    // SAFETY: the caller's contract.
    parsed(unsafe { keywords::parse(Object::from_ptr(args), Object::optional(kwargs), format, kwlist, &mut va) })
}

/// Between `min` and `max` items of a tuple into the caller's pointers. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_unpack_tuple(
    args: *mut PyObject,
    name: *const c_char,
    min: Py_ssize_t,
    max: Py_ssize_t,
    mut va: VaList,
) -> c_int {
    // SAFETY: the caller's contract.
    parsed(unsafe { unpack(Object::from_ptr(args), name, min as usize, max as usize, &mut va) })
}

unsafe fn unpack(args: &Object, name: *const c_char, min: usize, max: usize, va: &mut VaList) -> Result<()> {
    if !tuple::check(args) {
        return Err(raise!(SystemError, "PyArg_UnpackTuple() argument list is not a tuple"));
    }
    let items = tuple::items(args);
    if items.len() < min || items.len() > max {
        // SAFETY: the caller's contract.
        return unsafe { wrong_size(name, items.len(), min, max) };
    }
    for item in items {
        // SAFETY: the caller's contract: `max` pointers.
        unsafe { *va.pointer::<*mut PyObject>() = item.as_ptr() };
    }
    Ok(())
}

#[cold]
#[inline(never)]
unsafe fn wrong_size(name: *const c_char, n: usize, min: usize, max: usize) -> Result<()> {
    if name.is_null() {
        return check_unnamed(n, min, max);
    }
    // SAFETY: the caller's contract.
    check_positional(&unsafe { CStr::from_ptr(name) }.to_string_lossy(), n, min, max)
}

/// The message of a function whose name is not known.
fn check_unnamed(n: usize, min: usize, max: usize) -> Result<()> {
    let (word, wanted) = if n < min { ("at least ", min) } else { ("at most ", max) };
    if n >= min && n <= max {
        return Ok(());
    }
    let word = if min == max { "" } else { word };
    Err(raise!(TypeError, "unpacked tuple should have {word}{wanted} element{}, but has {n}", getargs::plural(wanted)))
}

/// 1 if every key of the dict is a str, else 0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyArg_ValidateKeywordArguments(kwargs: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    let kwargs = unsafe { Object::from_ptr(kwargs) };
    if !dict::check(kwargs) {
        return parsed(Err(error::bad_internal_call()));
    }
    let mut position = 0;
    while let Some((key, _)) = dict::next(kwargs, &mut position) {
        if !unicode::check(key) {
            return parsed(Err(raise!(TypeError, "keywords must be strings")));
        }
    }
    1
}

/// An object from a format and a `va_list`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_VaBuildValue(format: *const c_char, mut va: VaList) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { build::build(format, &mut va) })
}

/// The door's engine of `_PyArg_ParseStack`. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_parse_stack(
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    format: *const c_char,
    mut va: VaList,
) -> c_int {
    // SAFETY: the caller's contract; `&Object` is one pointer.
    unsafe {
        let items = if nargs == 0 { &[] } else { std::slice::from_raw_parts(args.cast(), nargs as usize) };
        parsed(getargs::parse_items(items, format, &mut va))
    }
}

/// 1 if there are between `min` and `max` arguments, else 0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_CheckPositional(
    name: *const c_char,
    nargs: Py_ssize_t,
    min: Py_ssize_t,
    max: Py_ssize_t,
) -> c_int {
    let (n, min, max) = (nargs as usize, min as usize, max as usize);
    if name.is_null() {
        return parsed(check_unnamed(n, min, max));
    }
    // SAFETY: the caller's contract.
    parsed(check_positional(&unsafe { CStr::from_ptr(name) }.to_string_lossy(), n, min, max))
}

/// 1 if the dict is NULL or empty, else 0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_NoKeywords(funcname: *const c_char, kwargs: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let kwargs = Object::optional(kwargs);
        if kwargs.is_some_and(|kwargs| !dict::check(kwargs)) {
            return parsed(Err(error::bad_internal_call()));
        }
        parsed(crate::object::args::no_keywords(&CStr::from_ptr(funcname).to_string_lossy(), kwargs))
    }
}

/// 1 if the tuple is NULL or empty, else 0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_NoPositional(funcname: *const c_char, args: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    let Some(args) = (unsafe { Object::optional(args) }) else { return 1 };
    if !tuple::check(args) {
        return parsed(Err(error::bad_internal_call()));
    }
    if tuple::items(args).is_empty() {
        return 1;
    }
    // SAFETY: the caller's contract.
    let name = unsafe { CStr::from_ptr(funcname) }.to_string_lossy();
    parsed(Err(raise!(TypeError, "{name}() takes no positional arguments")))
}

/// Raises `TypeError` "f() argument 1 must be int, not str".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_BadArgument(
    fname: *const c_char,
    displayname: *const c_char,
    expected: *const c_char,
    arg: *mut PyObject,
) {
    // SAFETY: the caller's contract.
    unsafe {
        let text = |p: *const c_char| CStr::from_ptr(p).to_string_lossy();
        let _raised =
            crate::object::args::bad_argument(&text(fname), &text(displayname), &text(expected), Object::from_ptr(arg));
    }
}

/// The name of [`PyArg_VaParse`] in extensions compiled with `PY_SSIZE_T_CLEAN` for older versions: the same.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_VaParse_SizeT(args: *mut PyObject, format: *const c_char, va: VaList) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyArg_VaParse(args, format, va) }
}

/// As [`_PyArg_VaParse_SizeT`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_VaParseTupleAndKeywords_SizeT(
    args: *mut PyObject,
    kwargs: *mut PyObject,
    format: *const c_char,
    kwlist: *const *const c_char,
    va: VaList,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyArg_VaParseTupleAndKeywords(args, kwargs, format, kwlist, va) }
}

/// As [`_PyArg_VaParse_SizeT`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_VaBuildValue_SizeT(format: *const c_char, va: VaList) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { Py_VaBuildValue(format, va) }
}

/// The arguments in the order of the parameters that `parser` describes, NULL where one was left out: in `args` itself
/// or in `buf`. NULL with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_UnpackKeywords(
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwargs: *mut PyObject,
    kwnames: *mut PyObject,
    parser: *mut _PyArg_Parser,
    minpos: c_int,
    maxpos: c_int,
    minkw: c_int,
    varpos: c_int,
    buf: *mut *mut PyObject,
) -> *const *mut PyObject {
    let limits = Limits {
        min_positional: minpos as usize,
        max_positional: maxpos as usize,
        min_keyword: minkw as usize,
        rest: varpos != 0,
    };
    // SAFETY: the caller's contract.
    api(|| unsafe {
        parser::unpack(args, nargs, Object::optional(kwargs), Object::optional(kwnames), parser, &limits, buf)
    })
}

/// The door's engine of `_PyArg_ParseStackAndKeywords`. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_parse_stack_keywords(
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
    parser: *mut _PyArg_Parser,
    mut va: VaList,
) -> c_int {
    // SAFETY: the caller's contract.
    parsed(unsafe { keywords::parse_stack(args, nargs, Object::optional(kwnames), parser, &mut va) })
}

/// The door's engine of `_PyArg_ParseTupleAndKeywordsFast`. 1, or 0 with an exception.
///
/// # Safety
/// As the C function whose door this is.
pub(super) unsafe extern "C" fn arg_parse_fast(
    args: *mut PyObject,
    kwargs: *mut PyObject,
    parser: *mut _PyArg_Parser,
    va: VaList,
) -> c_int {
    if parser.is_null() {
        return parsed(Err(error::bad_internal_call()));
    }
    // SAFETY: the caller's contract.
    unsafe { PyArg_VaParseTupleAndKeywords(args, kwargs, (*parser).format, (*parser).keywords, va) }
}
