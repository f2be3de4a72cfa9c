//! `BaseException`: arguments, notes, traceback, cause and context.

use super::fields;
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::{Object, Owned, Result, api, args as arguments, attr, error, sequence, slots};
use crate::raise;
use crate::types::{dict, list, none, traceback as tb, tuple, typeobject, unicode};
use std::mem::offset_of;
use std::ptr;

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<PyBaseExceptionObject>() as isize,
    tp_dealloc: Some(fields::dealloc::<fields::Base>),
    tp_repr: Some(repr),
    tp_str: Some(str),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_setattro: Some(slots::PyObject_GenericSetAttr),
    tp_flags: super::FLAGS | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
    tp_traverse: Some(fields::traverse::<fields::Base>),
    tp_clear: Some(fields::clear::<fields::Base>),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_dictoffset: offset_of!(PyBaseExceptionObject, dict) as isize,
    tp_init: Some(init),
    tp_new: Some(new),
    tp_vectorcall: Some(vectorcall),
    ..super::class(c"BaseException", &raw mut super::PyBaseObject_Type, c"The base class of all exceptions.")
};

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::one(c"__setstate__", setstate, c"__setstate__($self, state, /)\n--\n\n"),
    PyMethodDef::one(
        c"with_traceback",
        with_traceback,
        c"with_traceback($self, tb, /)\n--\n\nGive the exception this traceback; returns the exception.",
    ),
    PyMethodDef::one(
        c"add_note",
        add_note_method,
        c"add_note($self, note, /)\n--\n\nAdd a note to the exception, to be shown behind its text.",
    ),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef::new(c"__suppress_context__", Py_T_BOOL, offset_of!(PyBaseExceptionObject, suppress_context), 0),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 6] = [
    PyGetSetDef::new(
        c"__dict__",
        Some(slots::PyObject_GenericGetDict),
        Some(slots::PyObject_GenericSetDict),
        ptr::null(),
    ),
    PyGetSetDef::new(c"args", Some(get_args), Some(set_args_attr), ptr::null()),
    PyGetSetDef::new(c"__traceback__", Some(get_traceback), Some(set_traceback_attr), ptr::null()),
    PyGetSetDef::new(c"__context__", Some(get_context), Some(set_context_attr), ptr::null()),
    PyGetSetDef::new(c"__cause__", Some(get_cause), Some(set_cause_attr), ptr::null()),
    PyGetSetDef::END,
];

#[inline(always)]
fn head(e: &Object) -> *mut PyBaseExceptionObject {
    e.cast()
}

/// An exception class (`PyExceptionClass_Check`).
#[inline(always)]
pub fn is_class(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS)
        // SAFETY: layout: a type.
        && unsafe { (*o.cast::<PyTypeObject>()).tp_flags & Py_TPFLAGS_BASE_EXC_SUBCLASS != 0 }
}

/// An exception (`PyExceptionInstance_Check`).
#[inline(always)]
pub fn is_instance(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS)
}

pub(super) unsafe extern "C" fn new(ty: *mut PyTypeObject, args: *mut PyObject, _kwds: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; fresh.
    unsafe {
        let op = (*ty).tp_alloc.unwrap_unchecked()(ty, 0);
        if !op.is_null() {
            let args =
                if args.is_null() { tuple::empty().into_raw() } else { Object::from_ptr(args).to_owned().into_raw() };
            (*op.cast::<PyBaseExceptionObject>()).args = args;
        }
        op
    }
}

pub(super) unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            no_keywords((*op).ob_type, kwds)?;
            set_args(Object::from_ptr(op), Object::from_ptr(args));
        }
        Ok(())
    })
}

pub(super) unsafe extern "C" fn vectorcall(
    class: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let ty = class.cast::<PyTypeObject>();
            if let Some(names) = Object::optional(kwnames)
                && !tuple::items(names).is_empty()
            {
                return Err(keywords_given(ty));
            }
            let n = crate::object::call::nargs(nargsf);
            let items = if n == 0 { &[] } else { std::slice::from_raw_parts(args.cast::<&Object>(), n) };
            make(ty, tuple::from_slice(items)?)
        }
    })
}

/// An instance of a class that shares `BaseException`'s `__new__` and `__init__`.
#[inline]
pub(super) fn make(ty: *mut PyTypeObject, args: Owned) -> Result<Owned> {
    // SAFETY: slot; fresh.
    unsafe {
        let op = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        (*head(&op)).args = args.into_raw();
        Ok(op)
    }
}

/// `_PyArg_NoKeywords`.
pub(super) fn no_keywords(ty: *mut PyTypeObject, kwds: *mut PyObject) -> Result<()> {
    // SAFETY: slot: a dict or NULL.
    match unsafe { Object::optional(kwds) } {
        Some(kwds) if dict::len(kwds) > 0 => Err(keywords_given(ty)),
        _ => Ok(()),
    }
}

#[cold]
fn keywords_given(ty: *mut PyTypeObject) -> error::Raised {
    raise!(TypeError, "{}() takes no keyword arguments", typeobject::tp_name(ty))
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let args = args(this);
        let name = typeobject::name(this.ty());
        let inside = match tuple::items(&args) {
            [one] => format!("({})", unicode::as_str(&*one.repr()?)?),
            _ => unicode::as_str(&*args.repr()?)?.to_string(),
        };
        unicode::from_str(&format!("{name}{inside}"))
    })
}

pub(super) unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| text(unsafe { Object::from_ptr(op) }))
}

/// What `str()` says of an exception without fields of its own.
pub(super) fn text(this: &Object) -> Result<Owned> {
    let args = args(this);
    match tuple::items(&args) {
        [] => unicode::from_str(""),
        [one] => one.str(),
        _ => args.str(),
    }
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| reduced(unsafe { Object::from_ptr(op) }, None))
}

/// What `__reduce__` gives: the class, `args` (or other arguments), and the dict if there is one.
pub(super) fn reduced(this: &Object, other_args: Option<Owned>) -> Result<Owned> {
    let args = other_args.unwrap_or_else(|| args(this));
    // SAFETY: layout; the exception owns its dict.
    match unsafe { Object::optional((*head(this)).dict) } {
        Some(dict) => tuple::from_slice(&[this.type_object(), &args, dict]),
        None => tuple::from_slice(&[this.type_object(), &args]),
    }
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, state) = unsafe { (Object::from_ptr(op), Object::from_ptr(state)) };
        if !state.is_none() {
            if !dict::check(state) {
                return Err(raise!(TypeError, "state is not a dictionary"));
            }
            let mut pos = 0;
            while let Some((key, value)) = dict::next(state, &mut pos) {
                let (key, value) = (key.to_owned(), value.to_owned());
                this.setattr(&key, &value)?;
            }
        }
        Ok(none::none())
    })
}

unsafe extern "C" fn with_traceback(op: *mut PyObject, tb: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, tb) = unsafe { (Object::from_ptr(op), Object::from_ptr(tb)) };
        set_traceback(this, tb)?;
        Ok(this.to_owned())
    })
}

unsafe extern "C" fn add_note_method(op: *mut PyObject, note: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, note) = unsafe { (Object::from_ptr(op), Object::from_ptr(note)) };
        if !unicode::check(note) {
            return Err(arguments::bad_argument("add_note", "argument", "str", note));
        }
        add_note(this, note)?;
        Ok(none::none())
    })
}

/// Appends to `__notes__`, which is made if it is not there (`_PyException_AddNote`).
pub fn add_note(this: &Object, note: &Object) -> Result<()> {
    let notes = match this.getattr_optional(name!(__notes__))? {
        Some(notes) => notes,
        None => {
            let notes = list::new()?;
            this.setattr(name!(__notes__), &notes)?;
            notes
        }
    };
    if !list::check(&notes) {
        return Err(raise!(TypeError, "Cannot add note: __notes__ is not a list"));
    }
    list::append(&notes, note)
}

/// `__notes__`, if there is such an attribute.
pub fn notes(this: &Object) -> Result<Option<Owned>> {
    this.getattr_optional(name!(__notes__))
}

/// Puts `value` in a field, which gives up what it held.
fn put(place: *mut *mut PyObject, value: Option<Owned>) {
    // SAFETY: layout: the place owns what it holds.
    unsafe { refcount::xdecref(place.replace(crate::object::ptr::raw_or_null(value))) }
}

fn read(place: *mut *mut PyObject) -> Option<Owned> {
    // SAFETY: layout.
    unsafe { Object::optional(*place).map(Object::to_owned) }
}

macro_rules! field {
    ($e:expr, $field:ident) => {
        // SAFETY: layout: an exception.
        unsafe { &raw mut (*head($e)).$field }
    };
}

/// `PyException_GetArgs`.
pub fn args(e: &Object) -> Owned {
    read(field!(e, args)).unwrap_or_else(none::none)
}

/// `PyException_SetArgs`.
pub fn set_args(e: &Object, args: &Object) {
    put(field!(e, args), Some(args.to_owned()));
}

pub fn traceback(e: &Object) -> Option<Owned> {
    read(field!(e, traceback))
}

/// `PyException_SetTraceback`; `None` (Python's) takes it away.
pub fn set_traceback(e: &Object, traceback: &Object) -> Result<()> {
    if !traceback.is_none() && !traceback.is_exact(&raw mut tb::PyTraceBack_Type) {
        return Err(raise!(TypeError, "__traceback__ must be a traceback or None"));
    }
    put(field!(e, traceback), (!traceback.is_none()).then(|| traceback.to_owned()));
    Ok(())
}

pub fn context(e: &Object) -> Option<Owned> {
    read(field!(e, context))
}

pub fn set_context(e: &Object, context: Option<Owned>) {
    put(field!(e, context), context);
}

pub fn cause(e: &Object) -> Option<Owned> {
    read(field!(e, cause))
}

/// Sets the cause; the context is not shown any more.
pub fn set_cause(e: &Object, cause: Option<Owned>) {
    // SAFETY: layout: an exception.
    unsafe { (*head(e)).suppress_context = 1 };
    put(field!(e, cause), cause);
}

pub fn suppress_context(e: &Object) -> bool {
    // SAFETY: layout: an exception.
    unsafe { (*head(e)).suppress_context != 0 }
}

macro_rules! getters {
    ($($name:ident = $read:ident;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
            // SAFETY: slot.
            $read(unsafe { Object::from_ptr(op) }).unwrap_or_else(none::none).into_raw()
        }
    )* };
}

getters! {
    get_traceback = traceback;
    get_context = context;
    get_cause = cause;
}

unsafe extern "C" fn get_args(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    args(unsafe { Object::from_ptr(op) }).into_raw()
}

/// The value of an attribute that may not be deleted.
fn assigned<'a>(value: *mut PyObject, name: &str) -> Result<&'a Object> {
    // SAFETY: slot.
    match unsafe { Object::optional(value) } {
        Some(value) => Ok(value),
        None => Err(raise!(TypeError, "{name} may not be deleted")),
    }
}

unsafe extern "C" fn set_args_attr(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        let args = sequence::tuple(assigned(value, "args")?)?;
        // SAFETY: slot.
        set_args(unsafe { Object::from_ptr(op) }, &args);
        Ok(())
    })
}

unsafe extern "C" fn set_traceback_attr(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| set_traceback(unsafe { Object::from_ptr(op) }, assigned(value, "__traceback__")?))
}

unsafe extern "C" fn set_context_attr(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        let value = assigned(value, "__context__")?;
        let value = exception_or_none(value, "exception context")?;
        // SAFETY: slot.
        set_context(unsafe { Object::from_ptr(op) }, value);
        Ok(())
    })
}

unsafe extern "C" fn set_cause_attr(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        let value = assigned(value, "__cause__")?;
        let value = exception_or_none(value, "exception cause")?;
        // SAFETY: slot.
        set_cause(unsafe { Object::from_ptr(op) }, value);
        Ok(())
    })
}

fn exception_or_none(value: &Object, what: &str) -> Result<Option<Owned>> {
    if value.is_none() {
        return Ok(None);
    }
    if !is_instance(value) {
        return Err(raise!(TypeError, "{what} must be None or derive from BaseException"));
    }
    Ok(Some(value.to_owned()))
}

/// The object's dict, if it has one by now.
pub(super) fn own_dict(this: &Object) -> Option<Owned> {
    attr::instance_dict(this)
}
