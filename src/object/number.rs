//! Numbers: binary operators with reflected and in-place forms, unary operators, conversions.
//!
//! An operator is a slot, named here by its offset in `PyNumberMethods`, so that one function serves them all.

use super::{Object, Owned, Raised, Result, error};
use crate::abi::*;
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::{self, exceptions, float, long, none, typeobject, unicode};
use std::mem::offset_of;

/// A binary operator: its slot, its in-place slot, and the sign in messages.
#[derive(Clone, Copy)]
pub struct Binary {
    slot: usize,
    inplace: usize,
    sign: &'static str,
    inplace_sign: &'static str,
}

macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident = $slot:ident $inplace:ident $sign:literal;)*) => { $(
        $(#[$doc])*
        pub const $name: Binary = Binary {
            slot: offset_of!(PyNumberMethods, $slot),
            inplace: offset_of!(PyNumberMethods, $inplace),
            sign: $sign,
            inplace_sign: concat!($sign, "="),
        };
    )* };
}

binary! {
    ADD = nb_add nb_inplace_add "+";
    SUBTRACT = nb_subtract nb_inplace_subtract "-";
    MULTIPLY = nb_multiply nb_inplace_multiply "*";
    MATRIX_MULTIPLY = nb_matrix_multiply nb_inplace_matrix_multiply "@";
    FLOOR_DIVIDE = nb_floor_divide nb_inplace_floor_divide "//";
    TRUE_DIVIDE = nb_true_divide nb_inplace_true_divide "/";
    REMAINDER = nb_remainder nb_inplace_remainder "%";
    LSHIFT = nb_lshift nb_inplace_lshift "<<";
    RSHIFT = nb_rshift nb_inplace_rshift ">>";
    AND = nb_and nb_inplace_and "&";
    XOR = nb_xor nb_inplace_xor "^";
    OR = nb_or nb_inplace_or "|";
}

/// `divmod()` has no in-place form; the second slot is never used.
pub const DIVMOD: Binary = Binary {
    slot: offset_of!(PyNumberMethods, nb_divmod),
    inplace: offset_of!(PyNumberMethods, nb_divmod),
    sign: "divmod()",
    inplace_sign: "divmod()",
};

#[inline(always)]
fn binary_slot(o: &Object, offset: usize) -> binaryfunc {
    // SAFETY: layout: the offset is that of a binary function in the suite.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if suite.is_null() { None } else { suite.byte_add(offset).cast::<binaryfunc>().read() }
    }
}

/// Calls one side's slot; `None` for `NotImplemented`.
#[inline(always)]
fn ask(
    f: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject,
    v: &Object,
    w: &Object,
) -> Result<Option<Owned>> {
    // SAFETY: slot.
    let result = unsafe { Owned::from_c(f(v.as_ptr(), w.as_ptr()))? };
    // NotImplemented is immortal: there is no reference to give up.
    Ok(if result.is(none::not_implemented_ref()) { None } else { Some(result) })
}

/// The operator by its slots only: `None` if neither side knows it. A subtype on the right is asked first.
#[inline]
fn by_slots(v: &Object, w: &Object, offset: usize) -> Result<Option<Owned>> {
    let slot_v = binary_slot(v, offset);
    let mut slot_w = if v.ty() == w.ty() { None } else { binary_slot(w, offset) };
    if let (Some(a), Some(b)) = (slot_v, slot_w)
        && a as usize == b as usize
    {
        slot_w = None;
    }
    if let Some(a) = slot_v {
        if let Some(b) = slot_w
            && typeobject::is_subtype(w.ty(), v.ty())
        {
            if let Some(result) = ask(b, v, w)? {
                return Ok(Some(result));
            }
            slot_w = None;
        }
        if let Some(result) = ask(a, v, w)? {
            return Ok(Some(result));
        }
    }
    match slot_w {
        Some(b) => ask(b, v, w),
        None => Ok(None),
    }
}

/// The operator without the sequences' part; `None` if neither side knows it.
pub fn by_operator(v: &Object, w: &Object, op: Binary, in_place: bool) -> Result<Option<Owned>> {
    if in_place
        && let Some(f) = binary_slot(v, op.inplace)
        && let Some(result) = ask(f, v, w)?
    {
        return Ok(Some(result));
    }
    by_slots(v, w, op.slot)
}

#[cold]
fn unsupported(v: &Object, w: &Object, sign: &str) -> Raised {
    raise!(
        TypeError,
        "unsupported operand type(s) for {sign}: '{}' and '{}'",
        error::cut(typeobject::tp_name(v.ty()), 100),
        error::cut(typeobject::tp_name(w.ty()), 100)
    )
}

/// `v OP w`. `+` and `*` go on to sequences.
#[inline(always)]
pub fn binary(v: &Object, w: &Object, op: Binary) -> Result<Owned> {
    // Most operators have two of one type, which has an answer.
    if v.ty() == w.ty()
        && let Some(f) = binary_slot(v, op.slot)
        && let Some(result) = ask(f, v, w)?
    {
        return Ok(result);
    }
    binary_slow(v, w, op)
}

#[inline(never)]
fn binary_slow(v: &Object, w: &Object, op: Binary) -> Result<Owned> {
    // Two of one type were asked already.
    if v.ty() != w.ty()
        && let Some(result) = by_slots(v, w, op.slot)?
    {
        return Ok(result);
    }
    if let Some(result) = sequence_operator(v, w, op, false)? {
        return Ok(result);
    }
    Err(unsupported(v, w, op.sign))
}

/// `v OP= w`.
pub fn inplace(v: &Object, w: &Object, op: Binary) -> Result<Owned> {
    if let Some(result) = by_operator(v, w, op, true)? {
        return Ok(result);
    }
    if let Some(result) = sequence_operator(v, w, op, true)? {
        return Ok(result);
    }
    Err(unsupported(v, w, op.inplace_sign))
}

/// Concatenation for `+`, repetition for `*`.
fn sequence_operator(v: &Object, w: &Object, op: Binary, inplace: bool) -> Result<Option<Owned>> {
    // SAFETY: slot.
    unsafe {
        let suite = |o: &Object| (*o.ty()).tp_as_sequence;
        let (sv, sw) = (suite(v), suite(w));
        if op.slot == ADD.slot {
            if sv.is_null() {
                return Ok(None);
            }
            let f = if inplace { (*sv).sq_inplace_concat.or((*sv).sq_concat) } else { (*sv).sq_concat };
            return match f {
                Some(f) => Owned::from_c(f(v.as_ptr(), w.as_ptr())).map(Some),
                None => Ok(None),
            };
        }
        if op.slot == MULTIPLY.slot {
            if inplace {
                // The right side's sequence is asked only if the left is none.
                if !sv.is_null() {
                    if let Some(f) = (*sv).sq_inplace_repeat.or((*sv).sq_repeat) {
                        return repeat(f, v, w).map(Some);
                    }
                } else if !sw.is_null()
                    && let Some(f) = (*sw).sq_repeat
                {
                    return repeat(f, w, v).map(Some);
                }
                return Ok(None);
            }
            if !sv.is_null()
                && let Some(f) = (*sv).sq_repeat
            {
                return repeat(f, v, w).map(Some);
            }
            if !sw.is_null()
                && let Some(f) = (*sw).sq_repeat
            {
                return repeat(f, w, v).map(Some);
            }
        }
        Ok(None)
    }
}

fn repeat(
    f: unsafe extern "C" fn(*mut PyObject, Py_ssize_t) -> *mut PyObject,
    seq: &Object,
    n: &Object,
) -> Result<Owned> {
    if !is_index(n) {
        return Err(raise!(TypeError, "can't multiply sequence by non-int of type '{}'", typeobject::tp_name(n.ty())));
    }
    let n = as_ssize(n, Some(exceptions::object(&raw mut exceptions::OverflowError)))?;
    // SAFETY: slot.
    unsafe { Owned::from_c(f(seq.as_ptr(), n)) }
}

fn ternary_slot(o: &Object, offset: usize) -> ternaryfunc {
    // SAFETY: layout: the offset is that of a ternary function in the suite.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if suite.is_null() { None } else { suite.byte_add(offset).cast::<ternaryfunc>().read() }
    }
}

const POWER: usize = offset_of!(PyNumberMethods, nb_power);
const INPLACE_POWER: usize = offset_of!(PyNumberMethods, nb_inplace_power);

fn ask3(
    f: unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject,
    v: &Object,
    w: &Object,
    z: &Object,
) -> Result<Option<Owned>> {
    // SAFETY: slot.
    let result = unsafe { Owned::from_c(f(v.as_ptr(), w.as_ptr(), z.as_ptr()))? };
    Ok(if result.is(none::not_implemented_ref()) { None } else { Some(result) })
}

/// `PyNumber_Power`; `z` is `None` (Python's) for the operator.
pub fn power(v: &Object, w: &Object, z: &Object) -> Result<Owned> {
    ternary(v, w, z, "** or pow()")
}

/// `PyNumber_InPlacePower`.
pub fn inplace_power(v: &Object, w: &Object, z: &Object) -> Result<Owned> {
    if let Some(f) = ternary_slot(v, INPLACE_POWER)
        && let Some(result) = ask3(f, v, w, z)?
    {
        return Ok(result);
    }
    ternary(v, w, z, "**=")
}

fn ternary(v: &Object, w: &Object, z: &Object, sign: &str) -> Result<Owned> {
    let same = |a: ternaryfunc, b: ternaryfunc| match (a, b) {
        (Some(a), Some(b)) => a as usize == b as usize,
        _ => false,
    };
    let slot_v = ternary_slot(v, POWER);
    let mut slot_w = if v.ty() == w.ty() { None } else { ternary_slot(w, POWER) };
    if same(slot_v, slot_w) {
        slot_w = None;
    }
    if let Some(a) = slot_v {
        if let Some(b) = slot_w
            && typeobject::is_subtype(w.ty(), v.ty())
        {
            if let Some(result) = ask3(b, v, w, z)? {
                return Ok(result);
            }
            slot_w = None;
        }
        if let Some(result) = ask3(a, v, w, z)? {
            return Ok(result);
        }
    }
    if let Some(b) = slot_w
        && let Some(result) = ask3(b, v, w, z)?
    {
        return Ok(result);
    }
    let slot_z = ternary_slot(z, POWER);
    if let Some(c) = slot_z
        && !same(slot_v, slot_z)
        && !same(slot_w, slot_z)
        && let Some(result) = ask3(c, v, w, z)?
    {
        return Ok(result);
    }
    let name = |o: &Object| error::cut(typeobject::tp_name(o.ty()), 100).to_string();
    if z.is_none() {
        return Err(raise!(TypeError, "unsupported operand type(s) for {sign}: '{}' and '{}'", name(v), name(w)));
    }
    Err(raise!(TypeError, "unsupported operand type(s) for {sign}: '{}', '{}', '{}'", name(v), name(w), name(z)))
}

/// A unary operator.
#[derive(Clone, Copy)]
pub struct Unary {
    slot: usize,
    /// Ends "bad operand type for ...".
    sign: &'static str,
}

pub const NEGATIVE: Unary = Unary { slot: offset_of!(PyNumberMethods, nb_negative), sign: "unary -" };
pub const POSITIVE: Unary = Unary { slot: offset_of!(PyNumberMethods, nb_positive), sign: "unary +" };
pub const INVERT: Unary = Unary { slot: offset_of!(PyNumberMethods, nb_invert), sign: "unary ~" };
pub const ABSOLUTE: Unary = Unary { slot: offset_of!(PyNumberMethods, nb_absolute), sign: "abs()" };

pub fn unary(o: &Object, op: Unary) -> Result<Owned> {
    // SAFETY: layout, slot.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if !suite.is_null()
            && let Some(f) = suite.byte_add(op.slot).cast::<unaryfunc>().read()
        {
            return Owned::from_c(f(o.as_ptr()));
        }
    }
    Err(raise!(TypeError, "bad operand type for {}: '{}'", op.sign, typeobject::tp_name(o.ty())))
}

/// `PyNumber_Check`: index, int or float conversion, or a complex.
pub fn check(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        (!suite.is_null() && ((*suite).nb_index.is_some() || (*suite).nb_int.is_some() || (*suite).nb_float.is_some()))
            || o.is_a(&raw mut crate::types::complex::PyComplex_Type)
    }
}

/// `PyIndex_Check`.
#[inline]
pub fn is_index(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        !suite.is_null() && (*suite).nb_index.is_some()
    }
}

/// A result of `__index__` or `__int__` that is no exact int: an error, or a subclass's instance, which is deprecated.
fn checked_int(result: Owned, method: &str) -> Result<Owned> {
    if result.is_exact(&raw mut long::PyLong_Type) {
        return Ok(result);
    }
    if !long::check(&result) {
        return Err(raise!(TypeError, "{method} returned non-int (type {})", typeobject::tp_name(result.ty())));
    }
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        &format!(
            "{method} returned non-int (type {}).  The ability to return an instance of a strict subclass of int is \
             deprecated, and may not be supported in a future version of Python.",
            typeobject::tp_name(result.ty())
        ),
    )?;
    Ok(result)
}

/// `_PyNumber_Index`: an int (or a subclass's instance).
pub fn index(o: &Object) -> Result<Owned> {
    if long::check(o) {
        return Ok(o.to_owned());
    }
    // SAFETY: slot.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if !suite.is_null()
            && let Some(f) = (*suite).nb_index
        {
            return checked_int(Owned::from_c(f(o.as_ptr()))?, "__index__");
        }
    }
    Err(raise!(TypeError, "'{}' object cannot be interpreted as an integer", typeobject::tp_name(o.ty())))
}

/// `PyNumber_Index`: as [`index`], but always an exact int.
pub fn index_exact(o: &Object) -> Result<Owned> {
    exact_int(index(o)?)
}

/// `PyNumber_AsSsize_t`: with `overflow` None values are clipped, else that class is raised.
pub fn as_ssize(o: &Object, overflow: Option<&Object>) -> Result<isize> {
    let value = index(o)?;
    match long::as_isize(&value) {
        Ok(n) => Ok(n),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::OverflowError)?;
            match overflow {
                None => Ok(if long::is_negative(&value) { isize::MIN } else { isize::MAX }),
                Some(class) => Err(exceptions::raise_str(
                    class,
                    &format!("cannot fit '{}' into an index-sized integer", typeobject::tp_name(o.ty())),
                )),
            }
        }
    }
}

/// The value of an int as an exact int.
fn exact_int(o: Owned) -> Result<Owned> {
    if o.is_exact(&raw mut long::PyLong_Type) {
        return Ok(o);
    }
    match long::compact_value(&o) {
        Some(value) => long::from_i64(value),
        None => long::from_digits(long::is_negative(&o), long::digits(&o)),
    }
}

/// `PyNumber_Long`: `int(o)`.
pub fn long(o: &Object) -> Result<Owned> {
    if o.is_exact(&raw mut long::PyLong_Type) {
        return Ok(o.to_owned());
    }
    if o.is_exact(&raw mut types::boolobject::PyBool_Type) {
        return long::from_i64(o.is_ptr((&raw mut types::boolobject::_Py_TrueStruct).cast()).into());
    }
    // SAFETY: slot.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if !suite.is_null() {
            if let Some(f) = (*suite).nb_int {
                let result = Owned::from_c(f(o.as_ptr()))?;
                if result.is_exact(&raw mut long::PyLong_Type) {
                    return Ok(result);
                }
                return exact_int(checked_int(result, "__int__")?);
            }
            if (*suite).nb_index.is_some() {
                return index_exact(o);
            }
        }
    }
    if unicode::check(o) {
        return long::text::from_unicode(o, 10);
    }
    if types::bytes::check(o) {
        return long::text::from_bytes_text(types::bytes::as_slice(o), 10);
    }
    if o.is_a(&raw mut types::bytearray::PyByteArray_Type) {
        return long::text::from_bytes_text(&View::array(o), 10);
    }
    if let Some(view) = View::if_any(o) {
        return long::text::from_bytes_text(&view, 10);
    }
    Err(raise!(
        TypeError,
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        typeobject::tp_name(o.ty())
    ))
}

/// `PyNumber_Float`: `float(o)`.
pub fn float(o: &Object) -> Result<Owned> {
    if o.is_exact(&raw mut float::PyFloat_Type) {
        return Ok(o.to_owned());
    }
    // SAFETY: slot.
    unsafe {
        let suite = (*o.ty()).tp_as_number;
        if !suite.is_null() {
            if let Some(f) = (*suite).nb_float {
                let result = Owned::from_c(f(o.as_ptr()))?;
                return checked_float(o, result);
            }
            if (*suite).nb_index.is_some() {
                return float::from_f64(long::to_f64(&*index(o)?)?);
            }
        }
    }
    if o.is_a(&raw mut float::PyFloat_Type) {
        return float::from_f64(float::value(o));
    }
    float::parse::from_object(o)
}

/// What `__float__` of `o` returned: a float, or a subclass's instance, which is deprecated.
fn checked_float(o: &Object, result: Owned) -> Result<Owned> {
    if result.is_exact(&raw mut float::PyFloat_Type) {
        return Ok(result);
    }
    let (of, given) = (error::cut(typeobject::tp_name(o.ty()), 50), error::cut(typeobject::tp_name(result.ty()), 50));
    if !result.is_a(&raw mut float::PyFloat_Type) {
        return Err(raise!(TypeError, "{of}.__float__ returned non-float (type {given})"));
    }
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        &format!(
            "{of}.__float__ returned non-float (type {given}).  The ability to return an instance of a strict \
             subclass of float is deprecated, and may not be supported in a future version of Python."
        ),
    )?;
    float::from_f64(float::value(&result))
}

/// `PyNumber_ToBase`: the digits of an int, with prefix.
pub fn to_base(o: &Object, base: c_int) -> Result<Owned> {
    if !matches!(base, 2 | 8 | 10 | 16) {
        return Err(raise!(SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16"));
    }
    unicode::from_str(&long::to_base_with_prefix(&*index(o)?, base as u32)?)
}
