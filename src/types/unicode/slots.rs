//! The type `str`: its slots.

use super::layout::{self, Chars};
use super::{compare, concat, hash, intern, new};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, api};
use crate::types::typeobject::PyType_Type;

static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(slot_concat),
    sq_repeat: Some(slot_repeat),
    sq_item: Some(slot_item),
    ..PySequenceMethods::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyUnicode_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"str".as_ptr(),
    tp_basicsize: size_of::<PyUnicodeObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(slot_repr),
    tp_as_sequence: suite(&AS_SEQUENCE),
    tp_hash: Some(slot_hash),
    tp_str: Some(slot_str),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    tp_richcompare: Some(slot_richcompare),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: a str that nobody refers to.
    unsafe {
        let s = Object::from_ptr(op);
        let state = layout::state(s);
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
    let has = |quote: u32| chars.iter().any(|c| c == quote);
    let quote = if has('\'' as u32) && !has('"' as u32) { '"' } else { '\'' } as u32;
    let mut out = super::Writer::with_capacity(chars.len() + 2);
    out.push_char(quote)?;
    let mut done = 0;
    for (i, c) in chars.iter().enumerate() {
        let plain =
            c != quote && c != '\\' as u32 && if c < 0x80 { (0x20..0x7f).contains(&c) } else { is_printable(c) };
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

fn is_printable(c: u32) -> bool {
    !super::errors::is_surrogate(c)
}

fn push_part(out: &mut super::Writer, part: Chars) -> Result<()> {
    if part.is_empty() { Ok(()) } else { out.push_chars(part) }
}
