//! Frames: objects that say where an exception passed through. Nothing runs in them; extensions make them for
//! tracebacks.

use super::code;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::object::{Object, Owned, Result, api, error, lifecycle, slots};
use crate::raise;
use crate::types::{boolobject, dict, function, long, none, typeobject, unicode};
use std::mem::offset_of;
use std::ptr;

/// What stands behind a `PyFrameObject *`. The first fields are where CPython has them.
#[repr(C)]
pub struct Frame {
    pub ob_base: PyObject,
    back: *mut PyObject,
    _interpreter_frame: *mut c_void,
    trace: *mut PyObject,
    lineno: c_int,
    trace_lines: c_char,
    trace_opcodes: c_char,
    code: *mut PyObject,
    globals: *mut PyObject,
    builtins: *mut PyObject,
    locals: *mut PyObject,
    _reserved: [usize; 9],
}

const _: () = assert!(size_of::<Frame>() == 152);

#[unsafe(no_mangle)]
pub static mut PyFrame_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"frame".as_ptr(),
    tp_basicsize: size_of::<Frame>() as isize,
    tp_itemsize: size_of::<*mut PyObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_setattro: Some(slots::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear_slot),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"clear", clear, c"clear($self, /)\n--\n\nGive up all references that the frame holds."),
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\nThe size in memory, in bytes."),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"f_trace_lines", Py_T_BOOL, offset_of!(Frame, trace_lines), 0), PyMemberDef::END];

static GETSET: [PyGetSetDef; 11] = [
    PyGetSetDef::new(c"f_back", Some(get_back), None, ptr::null()),
    PyGetSetDef::new(c"f_locals", Some(get_locals), None, ptr::null()),
    PyGetSetDef::new(c"f_lineno", Some(get_lineno), Some(set_lineno_attr), ptr::null()),
    PyGetSetDef::new(c"f_trace", Some(get_trace), Some(set_trace), ptr::null()),
    PyGetSetDef::new(c"f_lasti", Some(get_lasti), None, ptr::null()),
    PyGetSetDef::new(c"f_globals", Some(get_globals), None, ptr::null()),
    PyGetSetDef::new(c"f_builtins", Some(get_builtins), None, ptr::null()),
    PyGetSetDef::new(c"f_code", Some(get_code), None, ptr::null()),
    PyGetSetDef::new(c"f_trace_opcodes", Some(get_trace_opcodes), Some(set_trace_opcodes), ptr::null()),
    PyGetSetDef::new(c"f_generator", Some(get_generator), None, ptr::null()),
    PyGetSetDef::END,
];

fn this(o: &Object) -> *mut Frame {
    o.cast()
}

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyFrame_Type)
}

/// `PyFrame_New`: a frame that stands for `code`, not running.
pub fn new(code: &Object, globals: &Object, locals: Option<&Object>) -> Result<Owned> {
    if !dict::check(globals) {
        return Err(error::bad_internal_call());
    }
    let builtins = function::builtins_of(globals)?;
    let frame = lifecycle::gc_new_var::<Frame>(&raw mut PyFrame_Type, 1)?;
    // SAFETY: fresh.
    unsafe {
        let head = offset_of!(Frame, back);
        // The first word behind the head is `back`: a frame has no number of items to set.
        ptr::write_bytes(frame.cast::<u8>().add(head), 0, size_of::<Frame>() + 8 - head);
        (*frame).trace_lines = 1;
        (*frame).code = code.to_owned().into_raw();
        (*frame).globals = globals.to_owned().into_raw();
        (*frame).builtins = builtins.into_raw();
        (*frame).locals = locals.map_or(ptr::null_mut(), |l| l.to_owned().into_raw());
        gc::track(frame.cast());
        Ok(Owned::from_raw(frame.cast()))
    }
}

pub fn code_of(frame: &Object) -> Owned {
    // SAFETY: layout: a frame owns its code.
    unsafe { Object::from_ptr((*this(frame)).code) }.to_owned()
}

pub fn globals(frame: &Object) -> Owned {
    // SAFETY: layout.
    unsafe { Object::from_ptr((*this(frame)).globals) }.to_owned()
}

pub fn builtins(frame: &Object) -> Owned {
    // SAFETY: layout.
    unsafe { Object::from_ptr((*this(frame)).builtins) }.to_owned()
}

/// What holds the frame's locals: a dict of its own if it was made without.
pub fn locals_dict(frame: &Object) -> Result<Owned> {
    // SAFETY: layout; the place owns what it holds.
    unsafe {
        if (*this(frame)).locals.is_null() {
            (*this(frame)).locals = dict::new()?.into_raw();
        }
        Ok(Object::from_ptr((*this(frame)).locals).to_owned())
    }
}

/// The frame's locals as others see them: a function's through a proxy.
pub fn locals(frame: &Object) -> Result<Owned> {
    // SAFETY: layout.
    let of_function = unsafe { (*code_of(frame).cast::<PyCodeObject>()).co_flags & CO_OPTIMIZED != 0 };
    if of_function { super::framelocals::new(frame) } else { locals_dict(frame) }
}

/// Where the frame stands, as a byte offset into its code: behind the first instruction.
pub fn lasti(_frame: &Object) -> c_int {
    2
}

/// The line the frame stands at.
pub fn lineno(frame: &Object) -> c_int {
    // SAFETY: layout.
    match unsafe { (*this(frame)).lineno } {
        0 => code::line_of(&code_of(frame), lasti(frame)),
        line => line,
    }
}

pub fn set_lineno(frame: &Object, line: c_int) {
    // SAFETY: layout.
    unsafe { (*this(frame)).lineno = line };
}

/// `PyFrame_GetVar`: a variable that the code declares, which has no value as nothing runs. `NameError`.
pub fn variable(_frame: &Object, name: &Object) -> Result<Owned> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "name must be str, not {}", typeobject::tp_name(name.ty())));
    }
    Err(raise!(NameError, "variable {} does not exist", error::Text(&*name.repr()?)))
}

fn places(frame: *mut Frame) -> [*mut *mut PyObject; 6] {
    // SAFETY: a frame's own fields.
    unsafe {
        [
            &raw mut (*frame).back,
            &raw mut (*frame).trace,
            &raw mut (*frame).locals,
            &raw mut (*frame).code,
            &raw mut (*frame).globals,
            &raw mut (*frame).builtins,
        ]
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        for place in places(op.cast()) {
            refcount::clear(place);
        }
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let visit = visit.unwrap_unchecked();
        for place in places(op.cast()) {
            if !(*place).is_null() {
                let status = visit(*place, arg);
                if status != 0 {
                    return status;
                }
            }
        }
    }
    0
}

/// The variables go; what the frame always has stays.
unsafe extern "C" fn clear_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let frame = op.cast::<Frame>();
        refcount::clear(&raw mut (*frame).trace);
        refcount::clear(&raw mut (*frame).locals);
    }
    0
}

unsafe extern "C" fn clear(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { clear_slot(op) };
    none::none().into_raw()
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let frame = unsafe { Object::from_ptr(op) };
        let (filename, name) = code::names(&code_of(frame));
        let filename = unicode::from_str(&filename)?.repr()?;
        message!("<frame at {op:p}, file {}, line {}, code {name}>", error::Text(&filename), lineno(frame))
    })
}

unsafe extern "C" fn sizeof(_op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| long::from_i64(size_of::<Frame>() as i64 + 8))
}

unsafe extern "C" fn get_back(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    back(unsafe { Object::from_ptr(op) }).unwrap_or_else(none::none).into_raw()
}

pub fn back(frame: &Object) -> Option<Owned> {
    // SAFETY: layout.
    unsafe { Object::optional((*this(frame)).back).map(Object::to_owned) }
}

unsafe extern "C" fn get_locals(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| locals(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn get_globals(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    globals(unsafe { Object::from_ptr(op) }).into_raw()
}

unsafe extern "C" fn get_builtins(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    builtins(unsafe { Object::from_ptr(op) }).into_raw()
}

unsafe extern "C" fn get_code(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let frame = unsafe { Object::from_ptr(op) };
        crate::object::audit::reading(frame, "f_code")?;
        Ok(code_of(frame))
    })
}

unsafe extern "C" fn get_generator(_op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    none::none().into_raw()
}

unsafe extern "C" fn get_lasti(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(lasti(unsafe { Object::from_ptr(op) }) as i64))
}

unsafe extern "C" fn get_lineno(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        match lineno(unsafe { Object::from_ptr(op) }) {
            -1 => Ok(none::none()),
            line => long::from_i64(line as i64),
        }
    })
}

unsafe extern "C" fn set_lineno_attr(_op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot.
        let Some(value) = (unsafe { Object::optional(value) }) else {
            return Err(raise!(AttributeError, "cannot delete attribute"));
        };
        if !value.is_exact(&raw mut long::PyLong_Type) {
            return Err(raise!(ValueError, "lineno must be an integer"));
        }
        Err::<(), _>(raise!(ValueError, "f_lineno can only be set in a trace function"))
    })
}

unsafe extern "C" fn get_trace(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        match Object::optional((*op.cast::<Frame>()).trace) {
            Some(trace) => trace.to_owned().into_raw(),
            None => none::none().into_raw(),
        }
    }
}

unsafe extern "C" fn set_trace(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    // SAFETY: slot; the place owns what it holds.
    unsafe {
        let value = Object::optional(value).filter(|v| !v.is_none()).map(Object::to_owned);
        let place = &raw mut (*op.cast::<Frame>()).trace;
        refcount::xdecref(place.replace(crate::object::ptr::raw_or_null(value)));
    }
    0
}

unsafe extern "C" fn get_trace_opcodes(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    boolobject::from_bool(unsafe { (*op.cast::<Frame>()).trace_opcodes != 0 }).into_raw()
}

unsafe extern "C" fn set_trace_opcodes(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (frame, value) = unsafe { (Object::from_ptr(op), Object::optional(value)) };
        match value {
            Some(value) if value.is_exact(&raw mut boolobject::PyBool_Type) => {
                let on = value.is_true()?;
                // SAFETY: layout.
                unsafe { (*this(frame)).trace_opcodes = on as c_char };
                Ok(())
            }
            _ => Err(raise!(TypeError, "attribute value type must be bool")),
        }
    })
}
