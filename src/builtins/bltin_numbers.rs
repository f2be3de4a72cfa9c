//! `builtins`: functions of numbers and characters.

use crate::abi::*;
use crate::name;
use crate::object::args::{self, Signature, check_positional};
use crate::object::number;
use crate::object::{Object, api, error};
use crate::raise;
use crate::types::{bytearray, bytes, long, none, typeobject, unicode};

pub const METHODS: [PyMethodDef; 10] = [
    PyMethodDef::one(c"abs", abs, c"abs($module, x, /)\n--\n\nThe absolute value."),
    PyMethodDef::one(c"bin", bin, c"bin($module, number, /)\n--\n\nAn integer in binary."),
    PyMethodDef::one(c"chr", chr, c"chr($module, i, /)\n--\n\nThe character of a code point."),
    PyMethodDef::fast(c"divmod", divmod, c"divmod($module, x, y, /)\n--\n\nThe pair (x//y, x%y)."),
    PyMethodDef::one(c"hex", hex, c"hex($module, number, /)\n--\n\nAn integer in hexadecimal."),
    PyMethodDef::one(c"oct", oct, c"oct($module, number, /)\n--\n\nAn integer in octal."),
    PyMethodDef::one(c"ord", ord, c"ord($module, character, /)\n--\n\nThe code point of a character."),
    PyMethodDef::fast_keywords(
        c"pow",
        pow,
        c"pow($module, /, base, exp, mod=None)\n--\n\nbase**exp, or base**exp % mod.",
    ),
    PyMethodDef::fast_keywords(
        c"round",
        round,
        c"round($module, /, number, ndigits=None)\n--\n\nThe number rounded to so many digits; to an integer without \
        ndigits.",
    ),
    PyMethodDef::END,
];

unsafe extern "C" fn abs(_module: *mut PyObject, x: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| number::unary(unsafe { Object::from_ptr(x) }, number::ABSOLUTE))
}

unsafe extern "C" fn bin(_module: *mut PyObject, x: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| number::to_base(unsafe { Object::from_ptr(x) }, 2))
}

unsafe extern "C" fn hex(_module: *mut PyObject, x: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| number::to_base(unsafe { Object::from_ptr(x) }, 16))
}

unsafe extern "C" fn oct(_module: *mut PyObject, x: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| number::to_base(unsafe { Object::from_ptr(x) }, 8))
}

unsafe extern "C" fn chr(_module: *mut PyObject, i: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let index = number::index(unsafe { Object::from_ptr(i) })?;
        // What does not fit an int is out of range too.
        let ordinal = long::to_i64(&index).and_then(|i| c_int::try_from(i).ok()).unwrap_or(-1);
        unicode::new::from_ordinal(ordinal)
    })
}

unsafe extern "C" fn ord(_module: *mut PyObject, c: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let c = unsafe { Object::from_ptr(c) };
        let (n, first) = if unicode::check(c) {
            let chars = unicode::layout::chars(c);
            (chars.len(), (chars.len() == 1).then(|| chars.get(0)))
        } else if bytes::check(c) {
            (bytes::as_slice(c).len(), bytes::as_slice(c).first().map(|&b| b.into()))
        } else if bytearray::check(c) {
            (bytearray::as_slice(c).len(), bytearray::as_slice(c).first().map(|&b| b.into()))
        } else {
            let got = error::cut(typeobject::tp_name(c.ty()), 200);
            return Err(raise!(TypeError, "ord() expected string of length 1, but {got} found"));
        };
        match first {
            Some(ordinal) if n == 1 => long::from_u64(u64::from(ordinal)),
            _ => Err(raise!(TypeError, "ord() expected a character, but string of length {n} found")),
        }
    })
}

unsafe extern "C" fn divmod(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("divmod", args.len(), 2, 2)?;
        number::binary(args[0], args[1], number::DIVMOD)
    })
}

const POW: Signature<3> = Signature::new("pow", ["base", "exp", "mod"]).required(2);

unsafe extern "C" fn pow(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [base, exp, modulus] = unsafe { POW.bind_fast(args, n, kwnames) }?;
        let (base, exp) = (base.expect("bind checked it"), exp.expect("bind checked it"));
        number::power(base, exp, modulus.unwrap_or(none::none_ref()))
    })
}

const ROUND: Signature<2> = Signature::new("round", ["number", "ndigits"]).required(1);

unsafe extern "C" fn round(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [number, digits] = unsafe { ROUND.bind_fast(args, n, kwnames) }?;
        let number = number.expect("bind checked it");
        let digits = digits.filter(|digits| !digits.is_none());
        match number.lookup_special(name!(__round__))? {
            Some(method) => method.call(digits.as_slice()),
            None => {
                let name = error::cut(typeobject::tp_name(number.ty()), 100);
                Err(raise!(TypeError, "type {name} doesn't define __round__ method"))
            }
        }
    })
}
