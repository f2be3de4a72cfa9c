//! `function`: what a Python function is apart from being run. It has a code object, globals, defaults and names, and
//! it binds as a method; calling it needs the evaluator that this runtime has not. Its attributes stand in
//! `attributes`.

mod attributes;
pub mod stateless;

pub use attributes::{annotations, set_annotations, set_closure, set_defaults, set_kwdefaults};

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, above, api, audit, error, lifecycle, slots, watchers};
use crate::raise;
use crate::state;
use crate::types::typeobject::{self, exports, names};
use crate::types::{cell, classobject, code, dict, none, tuple, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

#[unsafe(no_mangle)]
pub static mut PyFunction_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"function".as_ptr(),
    tp_basicsize: size_of::<PyFunctionObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyFunctionObject, vectorcall) as isize,
    tp_repr: Some(repr),
    tp_call: Some(exports::PyVectorcall_Call),
    tp_getattro: Some(exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    tp_doc:
        c"function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)\n--\n\nA Python function: a \
        code object with globals, defaults and a closure. Calling it needs a bytecode evaluator."
            .as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_weaklistoffset: offset_of!(PyFunctionObject, func_weakreflist) as isize,
    tp_members: table(&MEMBERS),
    tp_getset: table(&attributes::GETSET),
    tp_dictoffset: offset_of!(PyFunctionObject, func_dict) as isize,
    tp_descr_get: Some(descr_get),
    tp_new: Some(construct),
    ..PyTypeObject::EMPTY
};

static MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::new(c"__closure__", _Py_T_OBJECT, offset_of!(PyFunctionObject, func_closure), Py_READONLY),
    PyMemberDef::new(c"__doc__", _Py_T_OBJECT, offset_of!(PyFunctionObject, func_doc), 0),
    PyMemberDef::new(c"__globals__", _Py_T_OBJECT, offset_of!(PyFunctionObject, func_globals), Py_READONLY),
    PyMemberDef::new(c"__builtins__", _Py_T_OBJECT, offset_of!(PyFunctionObject, func_builtins), Py_READONLY),
    PyMemberDef::END,
];

pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyFunction_Type)
}

/// A function's code.
pub fn code_of(function: &Object) -> &Object {
    // SAFETY: layout: a function owns its code.
    unsafe { Object::from_ptr((*function.cast::<PyFunctionObject>()).func_code) }
}

/// The struct of a function; `SystemError` for anything else.
///
/// # Safety
/// `op` is NULL or alive.
pub unsafe fn checked(op: O) -> Result<*mut PyFunctionObject> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(o) if check(o) => Ok(op.cast()),
        _ => Err(error::bad_internal_call()),
    }
}

const HAS_DOCSTRING: c_int = 0x4000000;

/// `PyFunction_NewWithQualName`; without a name the code's own is taken.
pub fn new(code: &Object, globals: &Object, qualname: Option<&Object>) -> Result<Owned> {
    // SAFETY: layout: a code object.
    unsafe {
        let raw = code.cast::<PyCodeObject>();
        let consts = Object::optional((*raw).co_consts).map_or(&[][..], |consts| tuple::items(consts));
        let doc = match consts.first() {
            Some(doc) if (*raw).co_flags & HAS_DOCSTRING != 0 && unicode::check(doc) => (*doc).to_owned(),
            _ => none::none(),
        };
        let module = dict::get(globals, name!(__name__))?;
        let builtins = builtins_of(globals)?;
        let function = lifecycle::gc_new::<PyFunctionObject>(&raw mut PyFunction_Type)?;
        let head = ptr::read(&raw const (*function).ob_base);
        ptr::write_bytes(function, 0, 1);
        ptr::write(&raw mut (*function).ob_base, head);
        (*function).func_globals = globals.to_owned().into_raw();
        (*function).func_builtins = builtins.into_raw();
        (*function).func_name = Object::from_ptr((*raw).co_name).to_owned().into_raw();
        (*function).func_qualname = qualname.unwrap_or(Object::from_ptr((*raw).co_qualname)).to_owned().into_raw();
        (*function).func_code = code.to_owned().into_raw();
        (*function).func_doc = doc.into_raw();
        (*function).func_module = module.map_or(ptr::null_mut(), Owned::into_raw);
        (*function).vectorcall = Some(call);
        gc::track(function.cast());
        tell(PyFunction_EVENT_CREATE, function, ptr::null_mut());
        Ok(Owned::from_raw(function.cast()))
    }
}

/// What `__builtins__` of the globals says: a dict, or the dict of a module; the interpreter's without it.
pub fn builtins_of(globals: &Object) -> Result<Owned> {
    match dict::get(globals, name!(__builtins__))? {
        Some(module) if module.is_a(&raw mut slots::PyModule_Type) => module.getattr(name!(__dict__)),
        Some(builtins) => Ok(builtins),
        None => Ok(above::builtins()?.to_owned()),
    }
}

unsafe extern "C" fn call(function: O, _args: *const O, _nargsf: usize, _kwnames: O) -> O {
    api(|| -> Result<Owned> {
        // SAFETY: slot; layout.
        let qualname = unsafe { Object::from_ptr((*function.cast::<PyFunctionObject>()).func_qualname) };
        Err(error::no_evaluator(unicode::as_str(qualname)?))
    })
}

const NEW: Signature<6> =
    Signature::new("function", ["code", "globals", "name", "argdefs", "closure", "kwdefaults"]).required(2);

unsafe extern "C" fn construct(_ty: *mut PyTypeObject, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let [code, globals, name, defaults, closure, kwdefaults] =
            NEW.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        let (code, globals) = (code.expect("bind checked it"), globals.expect("bind checked it"));
        if !code::check(code) {
            return Err(wrong_argument("code", "code", code));
        }
        if !dict::check(globals) {
            return Err(wrong_argument("globals", "dict", globals));
        }
        let given = |o: Option<&'static Object>| o.filter(|o| !o.is_none());
        let (name, defaults, closure, kwdefaults) = (given(name), given(defaults), given(closure), given(kwdefaults));
        if name.is_some_and(|name| !unicode::check(name)) {
            return Err(raise!(TypeError, "arg 3 (name) must be None or string"));
        }
        if defaults.is_some_and(|defaults| !tuple::check(defaults)) {
            return Err(raise!(TypeError, "arg 4 (defaults) must be None or tuple"));
        }
        let raw = code.cast::<PyCodeObject>();
        let free = (*raw).co_nfreevars;
        if closure.is_some_and(|closure| !tuple::check(closure)) || closure.is_none() && free > 0 {
            let expected = if free > 0 && closure.is_none() { "tuple" } else { "None or tuple" };
            return Err(raise!(TypeError, "arg 5 (closure) must be {expected}"));
        }
        if kwdefaults.is_some_and(|kwdefaults| !dict::check(kwdefaults)) {
            return Err(raise!(TypeError, "arg 6 (kwdefaults) must be None or dict"));
        }
        let cells = closure.map_or(&[][..], |closure| tuple::items(closure));
        if cells.len() != free as usize {
            return Err(raise!(
                ValueError,
                "{} requires closure of length {free}, not {}",
                error::Text(Object::from_ptr((*raw).co_name)),
                cells.len()
            ));
        }
        for cell in cells {
            if !cell.is_exact(&raw mut cell::PyCell_Type) {
                let found = names::full_tp_name(cell.ty());
                return Err(raise!(TypeError, "arg 5 (closure) expected cell, found {found}"));
            }
        }
        audit::audit_with(c"function.__new__", || tuple::from_slice(&[code]))?;
        let function = new(code, globals, None)?;
        let this = function.cast::<PyFunctionObject>();
        if let Some(name) = name {
            put(&raw mut (*this).func_name, Some(name));
        }
        put(&raw mut (*this).func_defaults, defaults);
        put(&raw mut (*this).func_closure, closure);
        put(&raw mut (*this).func_kwdefaults, kwdefaults);
        Ok(function)
    })
}

#[cold]
fn wrong_argument(parameter: &str, expected: &str, found: &Object) -> crate::object::Raised {
    let found = if found.is_none() { "None" } else { names::full_tp_name(found.ty()) };
    raise!(TypeError, "function() argument '{parameter}' must be {expected}, not {found}")
}

/// Puts a value, or nothing, into a field that owns what it holds.
unsafe fn put(place: *mut O, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        let old = place.replace(value.map_or(ptr::null_mut(), |value| value.to_owned().into_raw()));
        refcount::xdecref(old);
    }
}

crate::traverse_fields!(
    traverse,
    PyFunctionObject,
    func_code,
    func_globals,
    func_builtins,
    func_module,
    func_defaults,
    func_kwdefaults,
    func_doc,
    func_name,
    func_dict,
    func_closure,
    func_annotations,
    func_annotate,
    func_typeparams,
    func_qualname
);

/// The names and the code stay until the end: a function is never without them.
unsafe extern "C" fn clear(op: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<PyFunctionObject>();
        for place in [
            &raw mut (*this).func_globals,
            &raw mut (*this).func_builtins,
            &raw mut (*this).func_module,
            &raw mut (*this).func_defaults,
            &raw mut (*this).func_kwdefaults,
            &raw mut (*this).func_doc,
            &raw mut (*this).func_dict,
            &raw mut (*this).func_closure,
            &raw mut (*this).func_annotations,
            &raw mut (*this).func_annotate,
            &raw mut (*this).func_typeparams,
        ] {
            refcount::clear(place);
        }
    }
    0
}

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot; a watcher sees the function whole.
    unsafe {
        let this = op.cast::<PyFunctionObject>();
        (*op).ob_refcnt = 1;
        tell(PyFunction_EVENT_DESTROY, this, ptr::null_mut());
        (*op).ob_refcnt -= 1;
        if (*op).ob_refcnt > 0 {
            return;
        }
        gc::untrack(op);
        if !(*this).func_weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        clear(op);
        for place in [&raw mut (*this).func_code, &raw mut (*this).func_name, &raw mut (*this).func_qualname] {
            refcount::clear(place);
        }
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn repr(op: O) -> O {
    api(|| {
        // SAFETY: slot; layout.
        let qualname = unsafe { Object::from_ptr((*op.cast::<PyFunctionObject>()).func_qualname) };
        message!("<function {} at {op:p}>", error::Text(qualname))
    })
}

unsafe extern "C" fn descr_get(op: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        if instance.is_null() || Object::from_ptr(instance).is_none() {
            return Ok(Object::from_ptr(op).to_owned());
        }
        classobject::new(Object::from_ptr(op), Object::from_ptr(instance))
    })
}

/// Tells the interpreter's watchers of functions what happens to one; what they raise is reported.
unsafe fn tell(event: c_int, this: *mut PyFunctionObject, value: O) {
    const NAMES: [&str; 5] = [
        "PyFunction_EVENT_CREATE",
        "PyFunction_EVENT_DESTROY",
        "PyFunction_EVENT_MODIFY_CODE",
        "PyFunction_EVENT_MODIFY_DEFAULTS",
        "PyFunction_EVENT_MODIFY_KWDEFAULTS",
    ];
    // SAFETY: attached; the caller's word.
    unsafe {
        for watcher in (*state::interp()).types.function_watchers.into_iter().flatten() {
            if watcher(event, this, value) < 0 {
                let name = Object::optional((*this).func_qualname);
                watchers::failed(NAMES[event as usize], &format!("for function %U at {this:p}"), name);
            }
        }
    }
}

/// `PyFunction_AddWatcher`: its number.
pub fn add_watcher(callback: PyFunction_WatchCallback) -> Result<c_int> {
    // SAFETY: attached.
    let places = unsafe { &mut (*state::interp()).types.function_watchers };
    watchers::add(places, 0, callback, &watchers::FUNCTION)
}

/// `PyFunction_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    // SAFETY: attached.
    let places = unsafe { &mut (*state::interp()).types.function_watchers };
    watchers::clear(places, id, &watchers::FUNCTION).map(drop)
}
