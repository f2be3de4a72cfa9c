//! Bytes in a wider field: center, ljust, rjust, zfill, expandtabs.

use super::args::{fill_byte, int, size};
use super::{Kind, room};
use crate::object::args::{Signature, check_positional};
use crate::object::native::Arguments;
use crate::object::{Object, Result};
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

fn justify<K: Kind>(name: &str, o: &Object, args: &[&Object], place: Place) -> Result {
    check_positional(name, args.len(), 1, 2)?;
    let width = size(args[0])?;
    let fill = match args.get(1) {
        Some(fill) => fill_byte(name, fill)?,
        None => b' ',
    };
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
        pub fn $name<K: Kind>(o: &Object, args: &[&Object]) -> Result {
            justify::<K>($text, o, args, Place::$place)
        }
    )* };
}

justified! {
    ljust("ljust", Left);
    rjust("rjust", Right);
    center("center", Middle);
}

pub fn zfill<K: Kind>(o: &Object, width: &Object) -> Result {
    let width = size(width)?;
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
}

const EXPANDTABS: Signature<1> = Signature::new("expandtabs", ["tabsize"]);

pub fn expandtabs<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [tabsize] = args.bind(&EXPANDTABS)?;
    let tabsize = tabsize.map_or(Ok(8), int)?.max(0) as usize;
    let bytes = K::slice(o);
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
}
