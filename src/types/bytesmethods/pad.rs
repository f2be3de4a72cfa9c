//! Bytes in a wider field: center, ljust, rjust, zfill, expandtabs.

use super::args::{fill_byte, int, size};
use super::{Kind, room};
use crate::abi::*;
use crate::object::args::{self, Signature, check_positional};
use crate::object::{Object, Result, api};
use crate::raise;

fn padded<K: Kind>(o: &Object, left: usize, right: usize, fill: u8) -> Result {
    let bytes = K::slice(o);
    if left == 0 && right == 0 {
        return K::same(o);
    }
    let n = bytes.len();
    K::build(left + n + right, |out| {
        out.fill(fill, left);
        out.put(bytes);
        out.fill(fill, right);
    })
}

#[derive(Clone, Copy)]
enum Place {
    Left,
    Middle,
    Right,
}

fn justify<K: Kind>(name: &str, op: *mut PyObject, args: &[&Object], place: Place) -> Result {
    check_positional(name, args.len(), 1, 2)?;
    let width = size(args[0])?;
    let fill = match args.get(1) {
        Some(fill) => fill_byte(name, fill)?,
        None => b' ',
    };
    // SAFETY: slot.
    let o = unsafe { Object::from_ptr(op) };
    let n = K::slice(o).len();
    let width = width.max(n as isize) as usize;
    let pad = width - n;
    let left = match place {
        Place::Left => 0,
        Place::Right => pad,
        // An odd one goes to the left if the width is odd.
        Place::Middle => pad / 2 + (pad & width & 1),
    };
    padded::<K>(o, left, pad - left, fill)
}

macro_rules! justified {
    ($($name:ident($text:literal, $place:ident);)*) => { $(
        pub unsafe extern "C" fn $name<K: Kind>(
            op: *mut PyObject,
            args: *const *mut PyObject,
            n: isize,
        ) -> *mut PyObject {
            // SAFETY: slot.
            api(|| unsafe { justify::<K>($text, op, args::slice(args, n), Place::$place) })
        }
    )* };
}

justified! {
    ljust("ljust", Left);
    rjust("rjust", Right);
    center("center", Middle);
}

pub unsafe extern "C" fn zfill<K: Kind>(op: *mut PyObject, width: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let width = size(Object::from_ptr(width))?;
        let o = Object::from_ptr(op);
        let bytes = K::slice(o);
        if bytes.len() as isize >= width {
            return K::same(o);
        }
        let pad = width as usize - bytes.len();
        let sign = matches!(bytes.first(), Some(b'+' | b'-')) as usize;
        K::build(width as usize, |out| {
            out.put(&bytes[..sign]);
            out.fill(b'0', pad);
            out.put(&bytes[sign..]);
        })
    })
}

const EXPANDTABS: Signature<1> = Signature::new("expandtabs", ["tabsize"]);

pub unsafe extern "C" fn expandtabs<K: Kind>(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let [tabsize] = EXPANDTABS.bind_fast(args, n, names)?;
        let tabsize = tabsize.map_or(Ok(8), int)?.max(0) as usize;
        let bytes = K::slice(Object::from_ptr(op));
        let (mut total, mut column) = (0usize, 0usize);
        for &c in bytes {
            let step = if c == b'\t' { if tabsize == 0 { 0 } else { tabsize - column % tabsize } } else { 1 };
            column = if matches!(c, b'\n' | b'\r') { 0 } else { column + step };
            total = match total.checked_add(step) {
                Some(total) if total <= isize::MAX as usize => total,
                _ => return Err(raise!(OverflowError, "result too long")),
            };
        }
        let mut out = room(total)?;
        column = 0;
        for &c in bytes {
            if c == b'\t' {
                let step = if tabsize == 0 { 0 } else { tabsize - column % tabsize };
                out.resize(out.len() + step, b' ');
                column += step;
                continue;
            }
            out.push(c);
            column = if matches!(c, b'\n' | b'\r') { 0 } else { column + 1 };
        }
        K::make(&out)
    })
}
