//! Code objects from Python's side: the constructor `code(...)`, and copies with changes.

use super::{Parts, PyCode_Type, new};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, audit, error};
use crate::raise;
use crate::types::{bytes, dict, traceback, tuple, typeobject, unicode};
use std::ptr;

fn c_int_arg(o: &Object) -> Result<c_int> {
    traceback::c_int_of(o)
}

pub(super) unsafe extern "C" fn new_slot(
    _ty: *mut PyTypeObject,
    args: *mut PyObject,
    kwds: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        crate::object::args::no_keywords("code", kwds)?;
        let a = tuple::items(args);
        crate::object::args::check_positional("code", a.len(), 16, 18)?;
        let expect = |i: usize, ok: bool, what: &str| {
            if ok {
                return Ok(());
            }
            let got = if a[i].is_none() { "None" } else { typeobject::tp_name(a[i].ty()) };
            Err(raise!(TypeError, "code() argument {} must be {what}, not {}", i + 1, error::cut(got, 50)))
        };
        for i in [6, 14, 15] {
            expect(i, bytes::check(a[i]), "bytes")?;
        }
        for i in (7..10).chain(16..a.len()) {
            expect(i, tuple::check(a[i]), "tuple")?;
        }
        for i in 10..13 {
            expect(i, unicode::check(a[i]), "str")?;
        }
        let nothing = tuple::empty();
        let number = |i: usize| c_int_arg(a[i]);
        audit::audit_with(c"code.__new__", || {
            tuple::from_slice(&[a[6], a[10], a[11], a[0], a[1], a[2], a[3], a[4], a[5]])
        })?;
        for (i, what) in [(0, "argcount"), (1, "posonlyargcount"), (2, "kwonlyargcount"), (3, "nlocals")] {
            if number(i)? < 0 {
                return Err(raise!(ValueError, "code: {what} must not be negative"));
            }
        }
        new(&Parts {
            argcount: number(0)?,
            posonlyargcount: number(1)?,
            kwonlyargcount: number(2)?,
            nlocals: number(3)?,
            stacksize: number(4)?,
            flags: number(5)?,
            code: a[6],
            consts: a[7],
            names: a[8],
            varnames: a[9],
            filename: a[10],
            name: a[11],
            qualname: a[12],
            firstlineno: number(13)?,
            linetable: a[14],
            exceptiontable: a[15],
            freevars: a.get(16).copied().unwrap_or(&nothing),
            cellvars: a.get(17).copied().unwrap_or(&nothing),
        })
    })
}

/// `code.replace(**changes)`.
pub(super) unsafe extern "C" fn replace(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    const NAMES: [&str; 18] = [
        "co_argcount",
        "co_posonlyargcount",
        "co_kwonlyargcount",
        "co_nlocals",
        "co_stacksize",
        "co_flags",
        "co_code",
        "co_consts",
        "co_names",
        "co_varnames",
        "co_filename",
        "co_name",
        "co_qualname",
        "co_firstlineno",
        "co_linetable",
        "co_exceptiontable",
        "co_freevars",
        "co_cellvars",
    ];
    api(|| {
        // SAFETY: slot.
        let (code, args, kwds) = unsafe { (Object::from_ptr(op), Object::from_ptr(args), Object::optional(kwds)) };
        if !tuple::items(args).is_empty() {
            return Err(raise!(TypeError, "replace() takes no positional arguments"));
        }
        let mut values = Vec::new();
        let mut used = 0;
        for name in NAMES {
            let given = match kwds {
                Some(kwds) => dict::get_str(kwds, name)?,
                None => None,
            };
            used += given.is_some() as isize;
            values.push(match given {
                Some(value) => value,
                None => code.getattr_str(name)?,
            });
        }
        if let Some(kwds) = kwds
            && dict::len(kwds) > used
        {
            let mut pos = 0;
            while let Some((key, _)) = dict::next(kwds, &mut pos) {
                if !NAMES.iter().any(|name| unicode::check(key) && unicode::equal_str(key, name)) {
                    return Err(raise!(
                        TypeError,
                        "replace() got an unexpected keyword argument '{}'",
                        error::Text(key)
                    ));
                }
            }
        }
        let args = tuple::from_owned(values)?;
        // SAFETY: slot.
        unsafe { Owned::from_c(new_slot(&raw mut PyCode_Type, args.as_ptr(), ptr::null_mut())) }
    })
}
