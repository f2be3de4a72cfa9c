//! `function`: what a Python function is apart from being run. It has a code object, globals, defaults and names, and it
//! binds as a method; calling it needs the evaluator that this runtime has not.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error, lifecycle};
use crate::raise;
use crate::state;
use crate::types::typeobject::{self, exports, names};
use crate::types::{code, dict, none, tuple, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

unsafe extern "C" {
    fn PyMethod_New(function: O, this: O) -> O;
    fn PyEval_GetBuiltins() -> O;
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
    static mut PyCell_Type: PyTypeObject;
    static mut PyModule_Type: PyTypeObject;
}

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
    tp_getset: table(&GETSET),
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

const fn get_set(name: &'static std::ffi::CStr, get: getter, set: setter) -> PyGetSetDef {
    PyGetSetDef::new(name, get, set, ptr::null())
}

static GETSET: [PyGetSetDef; 11] = [
    get_set(c"__code__", Some(get_code), Some(set_code)),
    get_set(c"__defaults__", Some(get_defaults), Some(assign_defaults)),
    get_set(c"__kwdefaults__", Some(get_kwdefaults), Some(assign_kwdefaults)),
    get_set(c"__annotations__", Some(get_annotations), Some(assign_annotations)),
    get_set(c"__annotate__", Some(get_annotate), Some(assign_annotate)),
    get_set(c"__dict__", Some(exports::PyObject_GenericGetDict), Some(exports::PyObject_GenericSetDict)),
    get_set(c"__name__", Some(get_name), Some(assign_name)),
    get_set(c"__qualname__", Some(get_qualname), Some(assign_qualname)),
    get_set(c"__type_params__", Some(get_type_params), Some(assign_type_params)),
    get_set(c"__module__", Some(get_module), Some(assign_module)),
    PyGetSetDef::END,
];

pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyFunction_Type)
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
fn builtins_of(globals: &Object) -> Result<Owned> {
    // SAFETY: attached; a module's dict stands behind its head.
    unsafe {
        match dict::get(globals, name!(__builtins__))? {
            Some(module) if module.is_a(&raw mut PyModule_Type) => module.getattr(name!(__dict__)),
            Some(builtins) => Ok(builtins),
            None => match Object::optional(PyEval_GetBuiltins()) {
                Some(builtins) => Ok(builtins.to_owned()),
                None => dict::new(),
            },
        }
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
        let (code, globals) = (code.expect("required"), globals.expect("required"));
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
            if !cell.is_exact(&raw mut PyCell_Type) {
                let found = names::full_tp_name(cell.ty());
                return Err(raise!(TypeError, "arg 5 (closure) expected cell, found {found}"));
            }
        }
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
        unicode::from_str(&format!("<function {} at {op:p}>", error::Text(qualname)))
    })
}

unsafe extern "C" fn descr_get(op: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        if instance.is_null() || Object::from_ptr(instance).is_none() {
            return Ok(Object::from_ptr(op).to_owned());
        }
        Owned::from_c(PyMethod_New(op, instance))
    })
}

macro_rules! getters {
    ($($name:ident $field:ident)*) => { $(
        unsafe extern "C" fn $name(op: O, _closure: *mut c_void) -> O {
            // SAFETY: slot.
            api(|| unsafe {
                Object::optional((*op.cast::<PyFunctionObject>()).$field).unwrap_or(none::none_ref()).to_owned()
            })
        }
    )* };
}

getters! {
    get_code func_code
    get_defaults func_defaults
    get_kwdefaults func_kwdefaults
    get_annotate func_annotate
    get_name func_name
    get_qualname func_qualname
    get_module func_module
}

unsafe extern "C" fn set_code(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyFunctionObject>();
            let Some(code) = Object::optional(value).filter(|code| code::check(code)) else {
                return Err(raise!(TypeError, "__code__ must be set to a code object"));
            };
            let free = (*code.cast::<PyCodeObject>()).co_nfreevars as usize;
            let has = Object::optional((*this).func_closure).map_or(0, |closure| tuple::items(closure).len());
            if free != has {
                return Err(raise!(
                    ValueError,
                    "{}() requires a code object with {has} free vars, not {free}",
                    error::Text(Object::from_ptr((*this).func_name))
                ));
            }
            tell(PyFunction_EVENT_MODIFY_CODE, this, value);
            (*this).func_version = 0;
            put(&raw mut (*this).func_code, Some(code));
        }
        Ok(())
    })
}

/// The value for an attribute that None and deletion empty, if it is of the right kind.
unsafe fn optional<'a>(value: O, fits: fn(&Object) -> bool, message: &str) -> Result<Option<&'a Object>> {
    // SAFETY: the caller's word: NULL or alive.
    match unsafe { Object::optional(value) }.filter(|value| !value.is_none()) {
        Some(value) if !fits(value) => Err(raise!(TypeError, "{message}")),
        value => Ok(value),
    }
}

unsafe extern "C" fn assign_defaults(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        optional(value, tuple::check, "__defaults__ must be set to a tuple object")
            .map(|value| set_defaults(op.cast(), value))
    })
}

/// `None` takes the defaults away.
///
/// # Safety
/// `this` is a function, `value` a tuple.
pub unsafe fn set_defaults(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        tell(PyFunction_EVENT_MODIFY_DEFAULTS, this, value.map_or(ptr::null_mut(), Object::as_ptr));
        (*this).func_version = 0;
        put(&raw mut (*this).func_defaults, value);
    }
}

unsafe extern "C" fn assign_kwdefaults(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        optional(value, dict::check, "__kwdefaults__ must be set to a dict object")
            .map(|value| set_kwdefaults(op.cast(), value))
    })
}

/// `None` takes the defaults away.
///
/// # Safety
/// `this` is a function, `value` a dict.
pub unsafe fn set_kwdefaults(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        tell(PyFunction_EVENT_MODIFY_KWDEFAULTS, this, value.map_or(ptr::null_mut(), Object::as_ptr));
        (*this).func_version = 0;
        put(&raw mut (*this).func_kwdefaults, value);
    }
}

/// `PyFunction_SetClosure`.
///
/// # Safety
/// `this` is a function, `value` a tuple of cells.
pub unsafe fn set_closure(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        (*this).func_version = 0;
        put(&raw mut (*this).func_closure, value);
    }
}

/// `PyFunction_SetAnnotations`.
///
/// # Safety
/// `this` is a function, `value` a dict.
pub unsafe fn set_annotations(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        (*this).func_version = 0;
        put(&raw mut (*this).func_annotations, value);
        put(&raw mut (*this).func_annotate, None);
    }
}

/// The annotations, made by `__annotate__` when first asked for; None if there are none (`PyFunction_GetAnnotations`).
///
/// # Safety
/// `this` is a function.
pub unsafe fn annotations<'a>(this: *mut PyFunctionObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe {
        if (*this).func_annotations.is_null() {
            let annotate = Object::optional((*this).func_annotate).filter(|annotate| annotate.is_callable());
            let made = match annotate {
                Some(annotate) => {
                    let made = annotate.to_owned().call(&[&*crate::types::long::from_i64(1)?])?;
                    if !dict::check(&made) {
                        let found = names::tp_name(made.ty());
                        return Err(raise!(TypeError, "__annotate__() must return a dict, not {found}"));
                    }
                    made
                }
                None => return Ok(none::none_ref()),
            };
            (*this).func_annotations = made.into_raw();
        }
        Ok(Object::from_ptr((*this).func_annotations))
    }
}

unsafe extern "C" fn get_annotations(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        let found = annotations(this)?;
        if !found.is_none() {
            return Ok(found.to_owned());
        }
        (*this).func_annotations = dict::new()?.into_raw();
        Ok(Object::from_ptr((*this).func_annotations).to_owned())
    })
}

unsafe extern "C" fn assign_annotations(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        optional(value, dict::check, "__annotations__ must be set to a dict object")
            .map(|value| set_annotations(op.cast(), value))
    })
}

unsafe extern "C" fn assign_annotate(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyFunctionObject>();
            let Some(value) = Object::optional(value) else {
                return Err(raise!(TypeError, "__annotate__ cannot be deleted"));
            };
            if !value.is_none() && !value.is_callable() {
                return Err(raise!(TypeError, "__annotate__ must be callable or None"));
            }
            put(&raw mut (*this).func_annotate, Some(value));
            if !value.is_none() {
                put(&raw mut (*this).func_annotations, None);
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn assign_name(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        string(value, "__name__").map(|value| put(&raw mut (*this).func_name, Some(value)))
    })
}

unsafe extern "C" fn assign_qualname(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        string(value, "__qualname__").map(|value| put(&raw mut (*this).func_qualname, Some(value)))
    })
}

unsafe fn string<'a>(value: O, attribute: &str) -> Result<&'a Object> {
    // SAFETY: the caller's word: NULL or alive.
    match unsafe { Object::optional(value) } {
        Some(value) if unicode::check(value) => Ok(value),
        _ => Err(raise!(TypeError, "{attribute} must be set to a string object")),
    }
}

unsafe extern "C" fn get_type_params(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        match Object::optional((*op.cast::<PyFunctionObject>()).func_typeparams) {
            Some(params) => params.to_owned(),
            None => tuple::empty(),
        }
    })
}

unsafe extern "C" fn assign_type_params(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            match Object::optional(value) {
                Some(value) if tuple::check(value) => {
                    put(&raw mut (*op.cast::<PyFunctionObject>()).func_typeparams, Some(value));
                    Ok(())
                }
                _ => Err(raise!(TypeError, "__type_params__ must be set to a tuple")),
            }
        }
    })
}

unsafe extern "C" fn assign_module(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { put(&raw mut (*op.cast::<PyFunctionObject>()).func_module, Object::optional(value)) };
    0
}

/// Tells the interpreter's watchers of functions what happens to one; what they raise is reported.
unsafe fn tell(event: c_int, this: *mut PyFunctionObject, value: O) {
    const NAMES: [&std::ffi::CStr; 5] = [
        c"PyFunction_EVENT_CREATE",
        c"PyFunction_EVENT_DESTROY",
        c"PyFunction_EVENT_MODIFY_CODE",
        c"PyFunction_EVENT_MODIFY_DEFAULTS",
        c"PyFunction_EVENT_MODIFY_KWDEFAULTS",
    ];
    // SAFETY: attached; the caller's word.
    unsafe {
        for watcher in (*state::interp()).types.function_watchers {
            if let Some(watcher) = watcher
                && watcher(event, this, value) < 0
            {
                PyErr_FormatUnraisable(
                    c"Exception ignored in %s watcher callback for function %U at %p".as_ptr(),
                    NAMES[event as usize].as_ptr(),
                    (*this).func_qualname,
                    this,
                );
            }
        }
    }
}

/// `PyFunction_AddWatcher`: its number.
pub fn add_watcher(callback: PyFunction_WatchCallback) -> Result<c_int> {
    // SAFETY: attached.
    let watchers = unsafe { &mut (*state::interp()).types.function_watchers };
    for (id, place) in watchers.iter_mut().enumerate() {
        if place.is_none() {
            *place = callback;
            return Ok(id as c_int);
        }
    }
    Err(raise!(RuntimeError, "no more func watcher IDs available"))
}

/// `PyFunction_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    // SAFETY: attached.
    let watchers = unsafe { &mut (*state::interp()).types.function_watchers };
    match usize::try_from(id).ok().and_then(|id| watchers.get_mut(id)) {
        None => Err(raise!(ValueError, "invalid func watcher ID {id}")),
        Some(None) => Err(raise!(ValueError, "no func watcher set for ID {id}")),
        Some(place) => {
            *place = None;
            Ok(())
        }
    }
}
