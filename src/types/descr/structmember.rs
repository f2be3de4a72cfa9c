//! Reading and writing a field of a struct as a `PyMemberDef` describes it (`PyMember_GetOne`, `PyMember_SetOne`).

use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{exceptions, float, long, none, typeobject, unicode};
use std::ffi::CStr;

fn name_of<'a>(def: *const PyMemberDef) -> &'a str {
    // SAFETY: a table entry has a name.
    unsafe { CStr::from_ptr((*def).name) }.to_str().unwrap_or("?")
}

/// The field's value as an object.
///
/// # Safety
/// `object` begins with the struct that `def` belongs to.
pub unsafe fn get_one(object: *const u8, def: *const PyMemberDef) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        if (*def).flags & Py_RELATIVE_OFFSET != 0 {
            return Err(raise!(SystemError, "PyMember_GetOne used with Py_RELATIVE_OFFSET"));
        }
        if (*def).flags & Py_AUDIT_READ != 0 {
            let holder = Object::from_ptr(object.cast_mut().cast());
            crate::object::audit::reading(holder, name_of(def))?;
        }
        let field = object.offset((*def).offset);
        macro_rules! integer {
            ($ty:ty) => {
                long::from_i64(field.cast::<$ty>().read_unaligned() as i64)
            };
        }
        match (*def).r#type {
            Py_T_BOOL => Ok(crate::types::boolobject::from_bool(*field != 0)),
            Py_T_BYTE => integer!(i8),
            Py_T_UBYTE => integer!(u8),
            Py_T_SHORT => integer!(i16),
            Py_T_USHORT => integer!(u16),
            Py_T_INT => integer!(i32),
            Py_T_UINT => integer!(u32),
            Py_T_LONG | Py_T_LONGLONG | Py_T_PYSSIZET => integer!(i64),
            Py_T_ULONG | Py_T_ULONGLONG => long::from_u64(field.cast::<u64>().read_unaligned()),
            Py_T_FLOAT => float::from_f64(f64::from(field.cast::<f32>().read_unaligned())),
            Py_T_DOUBLE => float::from_f64(field.cast::<f64>().read_unaligned()),
            Py_T_STRING => {
                let text = field.cast::<*const c_char>().read_unaligned();
                if text.is_null() { Ok(none::none()) } else { unicode::from_utf8(CStr::from_ptr(text).to_bytes()) }
            }
            Py_T_STRING_INPLACE => unicode::from_utf8(CStr::from_ptr(field.cast()).to_bytes()),
            Py_T_CHAR => unicode::from_utf8(std::slice::from_raw_parts(field, 1)),
            _Py_T_OBJECT => {
                let value = Object::optional(field.cast::<*mut PyObject>().read_unaligned());
                Ok(value.unwrap_or(none::none_ref()).to_owned())
            }
            Py_T_OBJECT_EX => match Object::optional(field.cast::<*mut PyObject>().read_unaligned()) {
                Some(value) => Ok(value.to_owned()),
                None => {
                    let class = typeobject::fully_qualified_name((*object.cast::<PyObject>()).ob_type)?;
                    Err(raise!(
                        AttributeError,
                        "'{}' object has no attribute '{}'",
                        crate::object::error::Text(&class),
                        name_of(def)
                    ))
                }
            },
            _Py_T_NONE => Ok(none::none()),
            _ => Err(raise!(SystemError, "bad memberdescr type")),
        }
    }
}

fn warn_truncated(text: &str) -> Result<()> {
    exceptions::warn(&raw mut exceptions::RuntimeWarning, 1, text)
}

/// A signed value; out of the C type's range it is cut with a warning, out of long's it is an error.
fn signed(value: &Object) -> Result<i64> {
    long::as_i64(value)
}

/// Stores an unsigned value; a negative int is taken modulo 2^64, with a warning after it is stored.
unsafe fn put_unsigned(field: *mut u64, value: &Object, convert: fn(&Object) -> Result<u64>) -> Result<()> {
    let value = if long::check(value) { value.to_owned() } else { crate::object::number::index(value)? };
    let negative = long::is_negative(&value);
    let n = if negative { signed(&value)? as u64 } else { convert(&value)? };
    // SAFETY: the caller's word: a field of that size.
    unsafe { field.write_unaligned(n) };
    if negative { warn_truncated("Writing negative value into unsigned field") } else { Ok(()) }
}

/// Puts `value` into the field; `None` deletes, which only fields that hold objects can.
///
/// # Safety
/// As [`get_one`], and the field may be written.
pub unsafe fn set_one(object: *mut u8, def: *const PyMemberDef, value: Option<&Object>) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        if (*def).flags & Py_RELATIVE_OFFSET != 0 {
            return Err(raise!(SystemError, "PyMember_SetOne used with Py_RELATIVE_OFFSET"));
        }
        if (*def).flags & Py_READONLY != 0 {
            return Err(raise!(AttributeError, "readonly attribute"));
        }
        let field = object.offset((*def).offset);
        let kind = (*def).r#type;
        let Some(value) = value else {
            return match kind {
                Py_T_OBJECT_EX if (*field.cast::<*mut PyObject>()).is_null() => {
                    Err(raise!(AttributeError, "{}", name_of(def)))
                }
                Py_T_OBJECT_EX | _Py_T_OBJECT => {
                    refcount::clear(field.cast());
                    Ok(())
                }
                _ => Err(raise!(TypeError, "can't delete numeric/char attribute")),
            };
        };
        macro_rules! put {
            ($ty:ty, $value:expr, $warning:expr) => {{
                let wide = $value;
                let narrow = wide as $ty;
                field.cast::<$ty>().write_unaligned(narrow);
                if narrow as i128 != wide as i128 {
                    warn_truncated($warning)?;
                }
            }};
        }
        match kind {
            Py_T_BOOL => {
                let is_true = value.is_ptr((&raw mut crate::types::boolobject::_Py_TrueStruct).cast());
                if !is_true && !value.is_ptr((&raw mut crate::types::boolobject::_Py_FalseStruct).cast()) {
                    return Err(raise!(TypeError, "attribute value type must be bool"));
                }
                *field = u8::from(is_true);
            }
            Py_T_BYTE => put!(i8, signed(value)?, "Truncation of value to char"),
            Py_T_UBYTE => put!(u8, signed(value)?, "Truncation of value to unsigned char"),
            Py_T_SHORT => put!(i16, signed(value)?, "Truncation of value to short"),
            Py_T_USHORT => put!(u16, signed(value)?, "Truncation of value to unsigned short"),
            Py_T_INT => put!(i32, signed(value)?, "Truncation of value to int"),
            Py_T_UINT => {
                let value = if long::check(value) { value.to_owned() } else { crate::object::number::index(value)? };
                if long::is_negative(&value) {
                    let n = signed(&value)?;
                    field.cast::<u32>().write_unaligned(n as u32);
                    warn_truncated("Writing negative value into unsigned field")?;
                } else {
                    put!(u32, long::as_u64(&value)?, "Truncation of value to unsigned int")
                }
            }
            Py_T_LONG => field.cast::<i64>().write_unaligned(signed(value)?),
            Py_T_LONGLONG => field.cast::<i64>().write_unaligned(long::as_long_long(value)?),
            Py_T_PYSSIZET => field.cast::<isize>().write_unaligned(long::as_isize(value)?),
            Py_T_ULONG => put_unsigned(field.cast(), value, long::as_u64)?,
            Py_T_ULONGLONG => put_unsigned(field.cast(), value, long::as_unsigned_long_long)?,
            Py_T_FLOAT => field.cast::<f32>().write_unaligned(float::as_f64(value)? as f32),
            Py_T_DOUBLE => field.cast::<f64>().write_unaligned(float::as_f64(value)?),
            _Py_T_OBJECT | Py_T_OBJECT_EX => {
                let old = field.cast::<*mut PyObject>().replace(value.to_owned().into_raw());
                refcount::xdecref(old);
            }
            Py_T_CHAR => {
                if !unicode::check(value) {
                    return Err(crate::object::error::bad_argument());
                }
                match unicode::as_str(value)?.as_bytes() {
                    [c] => *field = *c,
                    _ => return Err(crate::object::error::bad_argument()),
                }
            }
            Py_T_STRING | Py_T_STRING_INPLACE => return Err(raise!(TypeError, "readonly attribute")),
            _ => return Err(raise!(SystemError, "bad memberdescr type for {}", name_of(def))),
        }
        Ok(())
    }
}
