//! The type `str`: its slots.

use super::layout::{self, Chars};
use super::{check, compare, concat, construct, find, hash, intern, iter, methods, new, percent, properties};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, api};
use crate::types::none::not_implemented;
use crate::types::typeobject::{PyBaseObject_Type, PyType_Type};
use std::ffi::CStr;

static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(slot_concat),
    sq_repeat: Some(slot_repeat),
    sq_item: Some(slot_item),
    sq_contains: Some(slot_contains),
    ..PySequenceMethods::EMPTY
};

static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(slot_subscript), ..PyMappingMethods::EMPTY };

static AS_NUMBER: PyNumberMethods = PyNumberMethods { nb_remainder: Some(slot_mod), ..PyNumberMethods::EMPTY };

const DOC: &CStr = c"str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nMake a string of the \
    object's text, or of bytes by an encoding.";

#[unsafe(no_mangle)]
pub static mut PyUnicode_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"str".as_ptr(),
    tp_basicsize: size_of::<PyUnicodeObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(slot_repr),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&AS_SEQUENCE),
    tp_as_mapping: suite(&AS_MAPPING),
    tp_hash: Some(slot_hash),
    tp_str: Some(slot_str),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    tp_doc: DOC.as_ptr(),
    tp_richcompare: Some(slot_richcompare),
    tp_iter: Some(slot_iter),
    tp_methods: table(&methods::METHODS),
    tp_base: &raw mut PyBaseObject_Type,
    tp_new: Some(construct::tp_new),
    tp_vectorcall: Some(construct::vectorcall),
    ..PyTypeObject::EMPTY
};

pub unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: a str that nobody refers to.
    unsafe {
        let s = Object::from_ptr(op);
        let state = layout::state(s);
        // Most: nothing but one block.
        if state & (layout::COMPACT | layout::ASCII | layout::INTERNED_MASK) == layout::COMPACT | layout::ASCII {
            return domains::object_free(op.cast());
        }
        if state & layout::INTERNED_MASK != 0 {
            intern::forget(s);
        }
        if state & layout::COMPACT == 0 {
            let whole = s.cast::<PyUnicodeObject>();
            if (*whole)._base.utf8.cast::<c_void>() != (*whole).data {
                domains::mem_free((*whole)._base.utf8.cast());
            }
            domains::mem_free((*whole).data);
        } else {
            new::forget_utf8(s);
        }
        if s.is_exact(&raw mut PyUnicode_Type) {
            domains::object_free(op.cast());
        } else if let Some(free) = (*s.ty()).tp_free {
            free(op.cast());
        }
    }
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    layout::len(unsafe { Object::from_ptr(op) }) as isize
}

unsafe extern "C" fn slot_concat(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat::concat(Object::from_ptr(a), Object::from_ptr(b)) })
}

unsafe extern "C" fn slot_repeat(op: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat::repeat(Object::from_ptr(op), n) })
}

unsafe extern "C" fn slot_item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat::item(Object::from_ptr(op), i) })
}

unsafe extern "C" fn slot_contains(op: *mut PyObject, sub: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { find::contains(Object::from_ptr(op), Object::from_ptr(sub)) })
}

unsafe extern "C" fn slot_subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { methods::subscript(Object::from_ptr(op), Object::from_ptr(key)) })
}

unsafe extern "C" fn slot_mod(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot: one of the two is a str.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if check(a) { percent::format(a, b) } else { Ok(not_implemented()) }
    })
}

unsafe extern "C" fn slot_iter(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { iter::new(Object::from_ptr(op)) })
}

unsafe extern "C" fn slot_hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot.
    hash::hash(unsafe { Object::from_ptr(op) })
}

unsafe extern "C" fn slot_str(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { new::exact(Object::from_ptr(op)) })
}

unsafe extern "C" fn slot_repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { repr(Object::from_ptr(op)) })
}

unsafe extern "C" fn slot_richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { compare::rich_compare(Object::from_ptr(a), Object::from_ptr(b), op) })
}

/// `repr(s)`: in single quotes, or in double quotes if only those avoid an escape.
pub fn repr(s: &Object) -> Result<Owned> {
    let chars = layout::chars(s);
    if let Chars::Ucs1(text) = chars
        && text.iter().all(|c| matches!(c, b' '..=b'~') && !matches!(c, b'\'' | b'\\'))
    {
        return new::build(text.len() + 2, 0x7f, |_, data| {
            // SAFETY: fresh, with room for the text and two quotes.
            unsafe {
                *data = b'\'';
                layout::copy_bytes(text.as_ptr(), data.add(1), text.len());
                *data.add(text.len() + 1) = b'\'';
            }
        });
    }
    let has = |quote: u32| chars.iter().any(|c| c == quote);
    let quote = if has('\'' as u32) && !has('"' as u32) { '"' } else { '\'' } as u32;
    let mut out = super::Writer::with_capacity(chars.len() + 2);
    out.push_char(quote)?;
    let mut done = 0;
    for (i, c) in chars.iter().enumerate() {
        let plain = c != quote
            && c != '\\' as u32
            && if c < 0x80 { (0x20..0x7f).contains(&c) } else { properties::is_printable(c) };
        if plain {
            continue;
        }
        push_part(&mut out, chars.slice(done, i))?;
        done = i + 1;
        match c {
            0x09 => out.push_ascii(b"\\t")?,
            0x0a => out.push_ascii(b"\\n")?,
            0x0d => out.push_ascii(b"\\r")?,
            _ if c == quote || c == '\\' as u32 => {
                out.push_char('\\' as u32)?;
                out.push_char(c)?;
            }
            _ => out.push_ascii(super::errors::backslash(c).as_bytes())?,
        }
    }
    push_part(&mut out, chars.slice(done, chars.len()))?;
    out.push_char(quote)?;
    out.finish()
}

fn push_part(out: &mut super::Writer, part: Chars) -> Result<()> {
    if part.is_empty() { Ok(()) } else { out.push_chars(part) }
}
