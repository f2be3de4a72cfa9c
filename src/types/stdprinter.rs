//! `stderrprinter`: standard output or error as a file object that only writes. It is what `sys.stdout` and
//! `sys.stderr` are, as there is no module `io`.

use crate::abi::*;
use crate::object::slots::PyObject_Free;
use crate::object::{Object, Owned, Result, api, lifecycle};
use crate::raise;
use crate::types::{boolobject, exceptions, long, none, tuple, typeobject, unicode};

#[repr(C)]
struct StdPrinter {
    ob_base: PyObject,
    fd: c_int,
}

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::noargs(c"close", nothing, c""),
    PyMethodDef::noargs(c"flush", nothing, c""),
    PyMethodDef::noargs(c"fileno", fileno, c""),
    PyMethodDef::noargs(c"isatty", isatty, c""),
    PyMethodDef::varargs(c"write", write, c""),
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 4] = [
    PyGetSetDef::new(c"closed", Some(closed), None, c"False: the stream stays open.".as_ptr()),
    PyGetSetDef::new(c"encoding", Some(encoding), None, c"The encoding: None, texts are written as UTF-8.".as_ptr()),
    PyGetSetDef::new(c"mode", Some(mode), None, c"The mode: 'w'.".as_ptr()),
    PyGetSetDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyStdPrinter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"stderrprinter".as_ptr(),
    tp_basicsize: size_of::<StdPrinter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_methods: table(&METHODS),
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyStdPrinter_Type)
}

/// A printer on file descriptor `fd`.
pub fn new(fd: c_int) -> Result<Owned> {
    let this = lifecycle::new::<StdPrinter>(&raw mut PyStdPrinter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).fd = fd;
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe { PyObject_Free(op.cast()) };
}

fn fd(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe { (*op.cast::<StdPrinter>()).fd }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str(&format!("<stdprinter(fd={}) object at {op:p}>", fd(op))))
}

unsafe extern "C" fn nothing(_op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(none::none)
}

unsafe extern "C" fn fileno(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| long::from_i64(fd(op).into()))
}

unsafe extern "C" fn isatty(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    // SAFETY: asks about a number.
    api(|| boolobject::from_bool(unsafe { libc::isatty(fd(op)) } != 0))
}

unsafe extern "C" fn closed(_op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| boolobject::from_bool(false))
}

unsafe extern "C" fn encoding(_op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(none::none)
}

unsafe extern "C" fn mode(_op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| unicode::from_str("w"))
}

unsafe extern "C" fn write(op: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = tuple::items(unsafe { Object::from_ptr(args) });
        if args.len() != 1 {
            return Err(raise!(TypeError, "function takes exactly 1 argument ({} given)", args.len()));
        }
        if !unicode::check(args[0]) {
            let got = if args[0].is_none() { "None" } else { typeobject::tp_name(args[0].ty()) };
            return Err(raise!(TypeError, "argument 1 must be str, not {got}"));
        }
        let bytes = unicode::utf8::encode(args[0], Some(c"backslashreplace"))?;
        let written = write_all(fd(op), crate::types::bytes::as_slice(&bytes))?;
        long::from_i64(written as i64)
    })
}

/// Writes all of `bytes`, as the file takes them.
fn write_all(fd: c_int, bytes: &[u8]) -> Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        let rest = &bytes[done..];
        // SAFETY: a slice.
        let n = unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) };
        if n > 0 {
            done += n as usize;
            continue;
        }
        // SAFETY: this thread's errno.
        let errno = if n == 0 { libc::EIO } else { unsafe { *libc::__errno_location() } };
        match errno {
            libc::EINTR => {}
            // As CPython's `write` there: a file that takes nothing now is no error.
            libc::EAGAIN => break,
            _ => {
                return Err(exceptions::raise_errno(
                    exceptions::object(&raw mut exceptions::OSError),
                    errno,
                    None,
                    None,
                ));
            }
        }
    }
    Ok(done)
}
