//! What a debugger wants to see of an object, on standard error (`_PyObject_Dump`).

use super::gilstate;
use crate::abi::*;
use crate::object::{Object, error};
use crate::types::{bytes, typeobject, unicode};
use std::io::Write;

/// It looks like freed memory: NULL, or what allocators and debuggers leave behind, in its address or in its type's.
///
/// # Safety
/// `op` may be read if it is none of these.
pub unsafe fn is_freed(op: *mut PyObject) -> bool {
    let freed = |address: usize| {
        // The ends of memory hold no objects; the others are what is left of freed ones.
        matches!(address, 0..=0xFF | 0xFFFF_FFFF_FFFF_FF00..)
            || matches!(address, 0xCDCD_CDCD_CDCD_CDCD | 0xDDDD_DDDD_DDDD_DDDD | 0xFDFD_FDFD_FDFD_FDFD)
    };
    // SAFETY: the caller's word.
    unsafe { freed(op as usize) || freed((*op).ob_type as usize) }
}

/// Writes address, count, type and repr. First what is least likely to crash, each line as soon as it is known. The
/// repr takes a thread state if none is attached; what it raises is dropped, and what was raised before stays.
///
/// # Safety
/// `op` is an object, or [`is_freed`].
pub unsafe fn dump(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        if is_freed(op) {
            eprintln!("<object at {} is freed>", if op.is_null() { "(nil)".to_string() } else { format!("{op:p}") });
            return;
        }
        let o = Object::from_ptr(op);
        eprintln!("object address  : {op:p}");
        eprintln!("object refcount : {}", o.refcount());
        eprintln!("object type     : {:p}", o.ty());
        eprintln!("object type name: {}", typeobject::tp_name(o.ty()));
        eprint!("object repr     : ");
        let before = gilstate::ensure();
        let raised = error::take();
        let _lost = std::io::stderr().write_all(&shown(o));
        drop(error::take());
        if let Some(raised) = raised {
            let _raised = error::restore(raised);
        }
        gilstate::release(before);
        eprintln!();
    }
}

fn shown(o: &Object) -> Vec<u8> {
    if o.refcount() == 0 {
        return format!("<refcnt 0 at {:p}>", o.as_ptr()).into_bytes();
    }
    let text = o.repr().and_then(|repr| unicode::utf8::encode(&repr, None));
    text.map_or_else(|_| Vec::new(), |text| bytes::as_slice(&text).to_vec())
}
