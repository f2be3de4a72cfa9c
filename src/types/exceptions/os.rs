//! `OSError`: error number, text and file names; the number chooses the subclass.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error, message, number};
use crate::raise;
use crate::types::{long, none, tuple, unicode};
use std::mem::offset_of;
use std::ptr;

struct Names;

impl fields::Fields for Names {
    const OFFSETS: &'static [usize] = &[
        offset_of!(PyOSErrorObject, myerrno),
        offset_of!(PyOSErrorObject, strerror),
        offset_of!(PyOSErrorObject, filename),
        offset_of!(PyOSErrorObject, filename2),
    ];
}

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_str: Some(str),
    tp_init: Some(init),
    tp_new: Some(new),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    ..extended::<PyOSErrorObject, Names>(
        c"OSError",
        &raw mut super::Exception,
        c"The base class of errors that the operating system reports.",
    )
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::new(c"errno", _Py_T_OBJECT, offset_of!(PyOSErrorObject, myerrno), 0),
    PyMemberDef::new(c"strerror", _Py_T_OBJECT, offset_of!(PyOSErrorObject, strerror), 0),
    PyMemberDef::new(c"filename", _Py_T_OBJECT, offset_of!(PyOSErrorObject, filename), 0),
    PyMemberDef::new(c"filename2", _Py_T_OBJECT, offset_of!(PyOSErrorObject, filename2), 0),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"characters_written", Some(get_written), Some(set_written), ptr::null()), PyGetSetDef::END];

/// The subclass of `OSError` for an error number.
pub fn class_of_errno(errno: i64) -> Option<*mut PyTypeObject> {
    Some(match errno as c_int {
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => &raw mut super::BlockingIOError,
        libc::EPIPE | libc::ESHUTDOWN => &raw mut super::BrokenPipeError,
        libc::ECHILD => &raw mut super::ChildProcessError,
        libc::ECONNABORTED => &raw mut super::ConnectionAbortedError,
        libc::ECONNREFUSED => &raw mut super::ConnectionRefusedError,
        libc::ECONNRESET => &raw mut super::ConnectionResetError,
        libc::EEXIST => &raw mut super::FileExistsError,
        libc::ENOENT => &raw mut super::FileNotFoundError,
        libc::EISDIR => &raw mut super::IsADirectoryError,
        libc::ENOTDIR => &raw mut super::NotADirectoryError,
        libc::EINTR => &raw mut super::InterruptedError,
        libc::EACCES | libc::EPERM => &raw mut super::PermissionError,
        libc::ESRCH => &raw mut super::ProcessLookupError,
        libc::ETIMEDOUT => &raw mut super::TimeoutError,
        _ => return None,
    })
}

/// A subclass with its own `__init__` that keeps our `__new__`: then `__init__` gets the arguments to work with.
unsafe fn uses_init(ty: *mut PyTypeObject) -> bool {
    // SAFETY: slot.
    unsafe {
        (*ty).tp_init.is_some_and(|f| f as usize != init as *const () as usize)
            && (*ty).tp_new.is_some_and(|f| f as usize == new as *const () as usize)
    }
}

/// What two to five positional arguments mean.
#[derive(Default)]
struct Parsed<'a> {
    errno: Option<&'a Object>,
    strerror: Option<&'a Object>,
    filename: Option<&'a Object>,
    filename2: Option<&'a Object>,
}

fn parse<'a>(args: &'a Object) -> Parsed<'a> {
    let items = tuple::items(args);
    if !(2..=5).contains(&items.len()) {
        return Parsed::default();
    }
    let get = |i: usize| items.get(i).copied();
    // The fourth is Windows' error number, which means nothing here.
    Parsed { errno: get(0), strerror: get(1), filename: get(2), filename2: get(4) }
}

/// Fills in the fields of a new exception.
unsafe fn fill(op: *mut PyObject, args: &Object, parsed: Parsed) -> Result<()> {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<PyOSErrorObject>();
        let mut kept = args.to_owned();
        if let Some(filename) = parsed.filename.filter(|f| !f.is_none()) {
            if (*op).ob_type == &raw mut super::BlockingIOError && number::check(filename) {
                let class = super::object(&raw mut super::ValueError);
                (*this).written = number::as_ssize(filename, Some(class))?;
            } else {
                put(&raw mut (*this).filename, Some(filename.to_owned()));
                if let Some(filename2) = parsed.filename2.filter(|f| !f.is_none()) {
                    put(&raw mut (*this).filename2, Some(filename2.to_owned()));
                }
                // For compatibility `args` has the number and the text only.
                kept = tuple::from_slice(&tuple::items(args)[..2])?;
            }
        }
        put(&raw mut (*this).myerrno, parsed.errno.map(Object::to_owned));
        put(&raw mut (*this).strerror, parsed.strerror.map(Object::to_owned));
        put(&raw mut (*this).args, Some(kept));
        Ok(())
    }
}

unsafe extern "C" fn new(ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; fresh.
        unsafe {
            let args = Object::from_ptr(args);
            let own_init = uses_init(ty);
            let mut ty = ty;
            let parsed = if own_init {
                Parsed::default()
            } else {
                base::no_keywords(ty, kwds)?;
                let parsed = parse(args);
                if ty == &raw mut super::OSError
                    && let Some(errno) = parsed.errno
                    && long::check(errno)
                    && let Some(errno) = long::to_i64(errno)
                    && c_int::try_from(errno).is_ok()
                    && let Some(subclass) = class_of_errno(errno)
                {
                    ty = subclass;
                }
                parsed
            };
            let this = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
            (*this.cast::<PyOSErrorObject>()).written = -1;
            if own_init {
                (*this.cast::<PyOSErrorObject>()).args = tuple::empty().into_raw();
            } else {
                fill(this.as_ptr(), args, parsed)?;
            }
            Ok(this)
        }
    })
}

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let ty = (*op).ob_type;
            if !uses_init(ty) {
                return Ok(());
            }
            base::no_keywords(ty, kwds)?;
            let args = Object::from_ptr(args);
            fill(op, args, parse(args))
        }
    })
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyOSErrorObject>();
            let text = |place: *mut PyObject| -> Result<String> {
                let shown = Object::optional(place).unwrap_or(none::none_ref()).to_owned().str()?;
                Ok(unicode::as_str(&shown)?.to_string())
            };
            let (errno, strerror) = ((*this).myerrno, (*this).strerror);
            let (first, second) = (Object::optional((*this).filename), Object::optional((*this).filename2));
            if first.is_none() && (errno.is_null() || strerror.is_null()) {
                return base::text(Object::from_ptr(op));
            }
            let mut shown = format!("[Errno {}] {}", text(errno)?, text(strerror)?);
            if let Some(first) = first {
                shown = format!("{shown}: {}", error::Text(&*first.repr()?));
                if let Some(second) = second {
                    shown = format!("{shown} -> {}", error::Text(&*second.repr()?));
                }
            }
            message::decoded(&shown)
        }
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyOSErrorObject>();
            let args = base::args(Object::from_ptr(op));
            // The file names were taken out of `args`.
            let full = match (tuple::items(&args), Object::optional((*this).filename)) {
                ([errno, text], Some(filename)) => Some(match Object::optional((*this).filename2) {
                    Some(second) => tuple::from_slice(&[errno, text, filename, none::none_ref(), second])?,
                    None => tuple::from_slice(&[errno, text, filename])?,
                }),
                _ => None,
            };
            base::reduced(Object::from_ptr(op), full)
        }
    })
}

unsafe extern "C" fn get_written(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        match unsafe { (*op.cast::<PyOSErrorObject>()).written } {
            -1 => Err(raise!(AttributeError, "characters_written")),
            n => long::from_i64(n as i64),
        }
    })
}

unsafe extern "C" fn set_written(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyOSErrorObject>();
            match Object::optional(value) {
                Some(value) => {
                    let class = super::object(&raw mut super::ValueError);
                    (*this).written = number::as_ssize(value, Some(class))?;
                }
                None if (*this).written == -1 => return Err(raise!(AttributeError, "characters_written")),
                None => (*this).written = -1,
            }
            Ok(())
        }
    })
}
