//! The key of a constant: equal keys mean that a compiler may keep one constant for both. Values that are equal but
//! must not meet (`1`, `1.0` and `True`; `0.0` and `-0.0`) have different keys, also deep inside tuples, frozen sets
//! and slices.

use super::check;
use crate::abi::PyObject;
use crate::object::{Object, Owned, Result};
use crate::types::{boolobject, bytes, complex, float, list, long, none, set, slice, tuple, unicode};

/// `_PyCode_ConstantKey`. New reference.
pub fn constant_key(o: &Object) -> Result<Owned> {
    if o.is_none()
        || std::ptr::eq(o, none::ellipsis_ref())
        || long::check_exact(o)
        || unicode::check_exact(o)
        || check(o)
    {
        return Ok(o.to_owned());
    }
    if o.is_exact(&raw mut boolobject::PyBool_Type) || bytes::check_exact(o) {
        return tuple::from_slice(&[o.type_object(), o]);
    }
    if float::check_exact(o) {
        return of_number(o, None, float::value(o));
    }
    if complex::check_exact(o) {
        let z = complex::value(o);
        return of_number(o, Some(z.real), z.imag);
    }
    if o.is_exact(&raw mut tuple::PyTuple_Type) {
        let mut keys = Vec::new();
        for item in tuple::items(o) {
            keys.push(constant_key(item)?);
        }
        return tuple::from_slice(&[&*tuple::from_owned(keys)?, o]);
    }
    if o.is_exact(&raw mut set::PyFrozenSet_Type) {
        let keys = list::new()?;
        for (item, _) in set::each(o) {
            list::append(&keys, &*constant_key(&item)?)?;
        }
        let keys = set::operations::make(&raw mut set::PyFrozenSet_Type, Some(&keys))?;
        return tuple::from_slice(&[&*keys, o]);
    }
    if slice::check(o) {
        let [start, stop, step] = slice::parts(o);
        let keys = slice::new(&*constant_key(start)?, &*constant_key(stop)?, &*constant_key(step)?)?;
        return tuple::from_slice(&[&*keys, o]);
    }
    let address: *mut PyObject = o.as_ptr();
    tuple::from_slice(&[&*long::from_u64(address as u64)?, o])
}

/// The key of a float (no `real`) or a complex. Its third item tells which parts are negative zeros, if any is.
fn of_number(o: &Object, real: Option<f64>, last: f64) -> Result<Owned> {
    let negative_zero = |x: f64| x == 0.0 && x.is_sign_negative();
    let ty = o.type_object();
    match (real.map(negative_zero), negative_zero(last)) {
        (None | Some(false), false) => tuple::from_slice(&[ty, o]),
        (None, true) | (Some(true), false) => tuple::from_slice(&[ty, o, &*none::none()]),
        (Some(first), true) => tuple::from_slice(&[ty, o, &*boolobject::from_bool(first)]),
    }
}
