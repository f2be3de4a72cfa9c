//! Slices of a bytearray that are replaced or deleted.

use super::{as_slice, check, data, from_object, len, may_resize, new, resize};
use crate::abi::*;
use crate::object::{Object, Result, error, number};
use crate::raise;
use crate::types::{exceptions, slice, typeobject, unicode};

/// Puts `with`, which is not the bytearray's own memory, in place of the bytes from `low` to `high`.
pub fn replace(o: &Object, low: usize, high: usize, with: &[u8]) -> Result<()> {
    let old = high - low;
    let n = len(o);
    // SAFETY: layout: the bytes stay inside of the block; the size is set by `resize`.
    unsafe {
        let this = o.cast::<PyByteArrayObject>();
        if with.len() < old {
            let less = old - with.len();
            may_resize(o)?;
            if low == 0 {
                // The front goes: the bytes begin later in the block.
                (*this).ob_start = (*this).ob_start.add(less);
                (*this).ob_base.ob_size -= less as isize;
                // Now fit the block, if it is much too large. Not being able to is no harm.
                shrink(o)?;
            } else {
                let place = data(o);
                place.add(low + with.len()).copy_from(place.add(high), n - high);
                resize(o, (n - less) as isize)?;
            }
        } else if with.len() > old {
            let more = with.len() - old;
            if n > isize::MAX as usize - more {
                return Err(error::no_memory());
            }
            resize(o, (n + more) as isize)?;
            let place = data(o);
            place.add(low + with.len()).copy_from(place.add(high), n - high);
        }
        if !with.is_empty() {
            data(o).add(low).copy_from_nonoverlapping(with.as_ptr(), with.len());
        }
    }
    Ok(())
}

/// A block of which little is in use is made smaller.
fn shrink(o: &Object) -> Result<()> {
    // SAFETY: layout: one byte more is in the block, the zero at the end.
    unsafe {
        let this = o.cast::<PyByteArrayObject>();
        (*this).ob_base.ob_size += 1;
        let n = len(o) as isize - 1;
        resize(o, n)
    }
}

/// Bytes at the end.
pub fn append(o: &Object, bytes: &[u8]) -> Result<()> {
    let n = len(o);
    replace(o, n, n, bytes)
}

/// `o[key] = value`, or `del o[key]`.
pub fn assign(o: &Object, key: &Object, value: Option<&Object>) -> Result<()> {
    if number::is_index(key) {
        let mut i = number::as_ssize(key, Some(exceptions::object(&raw mut exceptions::IndexError)))?;
        // Before the length is looked at: `__index__` may change it.
        let byte = value.map(new::byte_value).transpose()?;
        if i < 0 {
            i += len(o) as isize;
        }
        let Some(i) = usize::try_from(i).ok().filter(|i| *i < len(o)) else {
            return Err(raise!(IndexError, "bytearray index out of range"));
        };
        return match byte {
            Some(byte) => {
                // SAFETY: inside of the bytes.
                unsafe { data(o).add(i).write(byte) };
                Ok(())
            }
            None => replace(o, i, i + 1, &[]),
        };
    }
    if !slice::check(key) {
        let name = error::cut(typeobject::tp_name(key.ty()), 200);
        return Err(raise!(TypeError, "bytearray indices must be integers or slices, not {name}"));
    }
    let bounds = slice::unpack(key)?;
    let value = match value {
        None => None,
        Some(value) if check(value) && !value.is(o) => Some(value.to_owned()),
        Some(value) if number::check(value) || unicode::check(value) => {
            let text = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
            return Err(raise!(TypeError, "{text}"));
        }
        Some(value) => Some(from_object(value)?),
    };
    let with = value.as_deref().map_or(&[][..], as_slice);
    let picked = bounds.adjust(len(o));
    if picked.step == 1 {
        let low = picked.start as usize;
        return replace(o, low, low + picked.len, with);
    }
    if with.is_empty() {
        return delete(o, picked);
    }
    if with.len() != picked.len {
        return Err(raise!(
            ValueError,
            "attempt to assign bytes of size {} to extended slice of size {}",
            with.len(),
            picked.len
        ));
    }
    for (i, byte) in picked.indices().zip(with) {
        // SAFETY: an index that a slice picks is inside of the bytes.
        unsafe { data(o).add(i).write(*byte) };
    }
    Ok(())
}

/// Takes out bytes that don't stand side by side.
fn delete(o: &Object, picked: slice::Picked) -> Result<()> {
    may_resize(o)?;
    if picked.len == 0 {
        return Ok(());
    }
    let n = len(o);
    let mut gone: Vec<usize> = picked.indices().collect();
    gone.sort_unstable();
    // SAFETY: layout; all indices are below the length.
    unsafe {
        let place = data(o);
        let mut to = gone[0];
        for (k, &i) in gone.iter().enumerate() {
            let end = gone.get(k + 1).copied().unwrap_or(n);
            place.add(to).copy_from(place.add(i + 1), end - i - 1);
            to += end - i - 1;
        }
    }
    resize(o, (n - gone.len()) as isize)
}
