//! What a slot wrapper (`int.__add__`) does when it is called: takes the arguments apart, calls the slot as C, and
//! makes an object of what it returns. `wrapped` is the address of the slot's function.

use super::names;
use super::slots::slot_tp_setattro;
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, api, boundary::IntoC, error, number};
use crate::raise;
use crate::types::{boolobject, long, none, tuple};
use std::mem::transmute;

type O = *mut PyObject;

/// The items of the argument tuple, of which there must be `n`.
unsafe fn take<'a>(args: O, n: usize) -> Result<&'a [&'a Object]> {
    // SAFETY: a wrapper is called with a tuple.
    let items = tuple::items(unsafe { Object::from_ptr(args) });
    if items.len() == n {
        return Ok(items);
    }
    Err(raise!(TypeError, "expected {n} argument{}, got {}", if n == 1 { "" } else { "s" }, items.len()))
}

/// As `PyArg_UnpackTuple`.
unsafe fn unpack<'a>(args: O, function: &str, min: usize, max: usize) -> Result<&'a [&'a Object]> {
    // SAFETY: a wrapper is called with a tuple.
    let items = tuple::items(unsafe { Object::from_ptr(args) });
    let n = items.len();
    if n < min {
        let at_least = if min == max { "" } else { "at least " };
        let s = if min == 1 { "" } else { "s" };
        return Err(raise!(TypeError, "{function} expected {at_least}{min} argument{s}, got {n}"));
    }
    if n > max {
        let at_most = if min == max { "" } else { "at most " };
        let s = if max == 1 { "" } else { "s" };
        return Err(raise!(TypeError, "{function} expected {at_most}{max} argument{s}, got {n}"));
    }
    Ok(items)
}

/// What a slot says with -1.
fn status(result: c_int) -> Result<Owned> {
    // SAFETY: slots return -1 with an exception set.
    if result < 0 { Err(unsafe { Raised::already() }) } else { Ok(none::none()) }
}

macro_rules! wrappers {
    ($($(#[$doc:meta])* $name:ident($this:ident, $args:ident, $slot:ident: $kind:ty) $body:block)*) => { $(
        $(#[$doc])*
        pub unsafe extern "C" fn $name($this: O, $args: O, wrapped: *mut c_void) -> O {
            // SAFETY: slot: the table names the kind of function that stands in this slot.
            unsafe {
                #[allow(unused_variables, reason = "some wrappers compare the address only")]
                let $slot = transmute::<*mut c_void, $kind>(wrapped).unwrap_unchecked();
                (|| -> Result<Owned> { $body })().into_c()
            }
        }
    )* };
}

wrappers! {
    unary(this, args, slot: unaryfunc) {
        take(args, 0)?;
        Owned::from_c(slot(this))
    }
    binary(this, args, slot: binaryfunc) {
        let args = take(args, 1)?;
        Owned::from_c(slot(this, args[0].as_ptr()))
    }
    binary_reflected(this, args, slot: binaryfunc) {
        let args = take(args, 1)?;
        Owned::from_c(slot(args[0].as_ptr(), this))
    }
    ternary(this, args, slot: ternaryfunc) {
        let (other, third) = one_or_two(args)?;
        Owned::from_c(slot(this, other.as_ptr(), third.as_ptr()))
    }
    ternary_reflected(this, args, slot: ternaryfunc) {
        let (other, third) = one_or_two(args)?;
        Owned::from_c(slot(other.as_ptr(), this, third.as_ptr()))
    }
    inquiry(this, args, slot: inquiry) {
        take(args, 0)?;
        let result = slot(this);
        if result == -1 && error::occurred() {
            return Err(Raised::already());
        }
        Ok(boolobject::from_bool(result != 0))
    }
    len(this, args, slot: lenfunc) {
        take(args, 0)?;
        let result = slot(this);
        if result == -1 && error::occurred() {
            return Err(Raised::already());
        }
        long::from_i64(result as i64)
    }
    hash(this, args, slot: hashfunc) {
        take(args, 0)?;
        let result = slot(this);
        if result == -1 && error::occurred() {
            return Err(Raised::already());
        }
        long::from_i64(result as i64)
    }
    index_argument(this, args, slot: ssizeargfunc) {
        let args = take(args, 1)?;
        let n = as_index(args[0])?;
        Owned::from_c(slot(this, n))
    }
    sq_item(this, args, slot: ssizeargfunc) {
        let args = take(args, 1)?;
        let i = position(this, args[0])?;
        Owned::from_c(slot(this, i))
    }
    sq_setitem(this, args, slot: ssizeobjargproc) {
        let args = unpack(args, "__setitem__", 2, 2)?;
        let i = position(this, args[0])?;
        status(slot(this, i, args[1].as_ptr()))
    }
    sq_delitem(this, args, slot: ssizeobjargproc) {
        let args = take(args, 1)?;
        let i = position(this, args[0])?;
        status(slot(this, i, std::ptr::null_mut()))
    }
    contains(this, args, slot: objobjproc) {
        let args = take(args, 1)?;
        let result = slot(this, args[0].as_ptr());
        if result == -1 && error::occurred() {
            return Err(Raised::already());
        }
        Ok(boolobject::from_bool(result != 0))
    }
    setitem(this, args, slot: objobjargproc) {
        let args = unpack(args, "__setitem__", 2, 2)?;
        status(slot(this, args[0].as_ptr(), args[1].as_ptr()))
    }
    delitem(this, args, slot: objobjargproc) {
        let args = take(args, 1)?;
        status(slot(this, args[0].as_ptr(), std::ptr::null_mut()))
    }
    setattr(this, args, slot: setattrofunc) {
        let args = unpack(args, "__setattr__", 2, 2)?;
        may_apply(this, Some(slot), "__setattr__")?;
        status(slot(this, args[0].as_ptr(), args[1].as_ptr()))
    }
    delattr(this, args, slot: setattrofunc) {
        let args = take(args, 1)?;
        may_apply(this, Some(slot), "__delattr__")?;
        status(slot(this, args[0].as_ptr(), std::ptr::null_mut()))
    }
    next(this, args, slot: unaryfunc) {
        take(args, 0)?;
        let result = slot(this);
        if result.is_null() && !error::occurred() {
            let class = crate::types::exceptions::object(&raw mut crate::types::exceptions::StopIteration);
            return Err(crate::types::exceptions::raise(class, None));
        }
        Owned::from_c(result)
    }
    descr_get(this, args, slot: descrgetfunc) {
        let args = unpack(args, "__get__", 1, 2)?;
        let instance = if args[0].is_none() { std::ptr::null_mut() } else { args[0].as_ptr() };
        let owner = args.get(1).filter(|owner| !owner.is_none()).map_or(std::ptr::null_mut(), |owner| owner.as_ptr());
        if instance.is_null() && owner.is_null() {
            return Err(raise!(TypeError, "__get__(None, None) is invalid"));
        }
        Owned::from_c(slot(this, instance, owner))
    }
    descr_set(this, args, slot: descrsetfunc) {
        let args = unpack(args, "__set__", 2, 2)?;
        status(slot(this, args[0].as_ptr(), args[1].as_ptr()))
    }
    descr_delete(this, args, slot: descrsetfunc) {
        let args = take(args, 1)?;
        status(slot(this, args[0].as_ptr(), std::ptr::null_mut()))
    }
    finalize(this, args, slot: destructor) {
        take(args, 0)?;
        slot(this);
        Ok(none::none())
    }
    buffer(this, args, slot: getbufferproc) {
        let args = unpack(args, "__buffer__", 1, 1)?;
        let flags = as_index(args[0])?;
        if flags > c_int::MAX as isize || flags < c_int::MIN as isize {
            return Err(raise!(OverflowError, "buffer flags out of range"));
        }
        super::buffer_slots::view_of_buffer(Object::from_ptr(this), flags as c_int)
    }
    releasebuffer(this, args, slot: releasebufferproc) {
        let args = unpack(args, "__release_buffer__", 1, 1)?;
        super::buffer_slots::release_view(Object::from_ptr(this), args[0])?;
        Ok(none::none())
    }
}

macro_rules! compare_wrappers {
    ($($name:ident $op:ident)*) => { $(
        pub unsafe extern "C" fn $name(this: O, args: O, wrapped: *mut c_void) -> O {
            // SAFETY: slot.
            unsafe { compare(this, args, wrapped, $op) }
        }
    )* };
}

compare_wrappers! {
    compare_lt Py_LT compare_le Py_LE compare_eq Py_EQ compare_ne Py_NE compare_gt Py_GT compare_ge Py_GE
}

unsafe fn compare(this: O, args: O, wrapped: *mut c_void, op: c_int) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| {
            let slot = transmute::<*mut c_void, richcmpfunc>(wrapped).unwrap_unchecked();
            let args = take(args, 1)?;
            Owned::from_c(slot(this, args[0].as_ptr(), op))
        })
    }
}

/// `__call__`.
pub unsafe extern "C" fn call(this: O, args: O, wrapped: *mut c_void, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe { transmute::<*mut c_void, ternaryfunc>(wrapped).unwrap_unchecked()(this, args, kwargs) }
}

/// `__init__`.
pub unsafe extern "C" fn init(this: O, args: O, wrapped: *mut c_void, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        let slot = transmute::<*mut c_void, initproc>(wrapped).unwrap_unchecked();
        status(slot(this, args, kwargs)).into_c()
    }
}

/// The arguments of `__pow__`: the third may be left out.
unsafe fn one_or_two<'a>(args: O) -> Result<(&'a Object, &'a Object)> {
    // SAFETY: a wrapper is called with a tuple.
    match tuple::items(unsafe { Object::from_ptr(args) }) {
        [other] => Ok((other, none::none_ref())),
        [other, third] => Ok((other, third)),
        items => Err(raise!(TypeError, "expected 1 or 2 arguments, got {}", items.len())),
    }
}

fn as_index(o: &Object) -> Result<isize> {
    // SAFETY: static.
    number::as_ssize(o, Some(unsafe { super::as_object(&raw mut crate::types::exceptions::OverflowError) }))
}

/// An index of a sequence: a negative one counts from its end.
unsafe fn position(this: O, index: &Object) -> Result<isize> {
    let mut i = as_index(index)?;
    if i < 0 {
        // SAFETY: slot.
        unsafe {
            let suite = (*(*this).ob_type).tp_as_sequence;
            if !suite.is_null()
                && let Some(length) = (*suite).sq_length
            {
                let n = length(this);
                if n < 0 {
                    return Err(Raised::already());
                }
                i += n;
            }
        }
    }
    Ok(i)
}

/// `object.__setattr__(a_type, ...)` would jump over what the type's own `tp_setattro` takes care of: refused. Classes
/// made in Python do not count, they have none of their own in C.
unsafe fn may_apply(this: O, slot: setattrofunc, what: &str) -> Result<()> {
    let address = |f: setattrofunc| f.map_or(0, |f| f as usize);
    let of_python = slot_tp_setattro as *const () as usize;
    // SAFETY: slot; live types.
    unsafe {
        let ty = (*this).ob_type;
        let own = address((*ty).tp_setattro);
        let mut defining = ty;
        for base in super::mro::items(ty).iter().rev() {
            let found = address((*base.cast::<PyTypeObject>()).tp_setattro);
            if found != of_python && found == own {
                defining = base.cast();
                break;
            }
        }
        let mut base = defining;
        while !base.is_null() {
            let found = address((*base).tp_setattro);
            if found == address(slot) {
                break;
            }
            if found != of_python {
                return Err(raise!(TypeError, "can't apply this {what} to {} object", names::full_tp_name(ty)));
            }
            base = (*base).tp_base;
        }
    }
    Ok(())
}
