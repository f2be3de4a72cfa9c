//! What Python sees of `bytearray`: the methods shared with `bytes`, and those that change it.

use super::{as_slice, assign, data, from_slice, len, new, resize};
use crate::abi::*;
use crate::name;
use crate::object::args::{self, check_positional};
use crate::object::{Object, Owned, Result, api, buffers, error, this};
use crate::raise;
use crate::types::bytesmethods::args::{int, size};
use crate::types::bytesmethods::{SHARED, shared_methods, view::View};
use crate::types::{bytes, exceptions, long, none, tuple, typeobject, unicode};

pub static METHODS: [PyMethodDef; SHARED + 13] = shared_methods! { ByteArray;
    PyMethodDef::noargs(c"__alloc__", alloc, c"__alloc__($self, /)\n--\n\nReturn the number of bytes allocated."),
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\nWhat the object is pickled as."),
    PyMethodDef::fast(
        c"__reduce_ex__",
        reduce_ex,
        c"__reduce_ex__($self, proto=0, /)\n--\n\nWhat the object is pickled as.",
    ),
    PyMethodDef::noargs(
        c"__sizeof__",
        sizeof,
        c"__sizeof__($self, /)\n--\n\nHow many bytes of memory the bytearray takes.",
    ),
    PyMethodDef::one(c"append", append, c"append($self, item, /)\n--\n\nAppend a byte, given as an int."),
    PyMethodDef::noargs(c"clear", clear, c"clear($self, /)\n--\n\nRemove all bytes."),
    PyMethodDef::noargs(c"copy", copy, c"copy($self, /)\n--\n\nReturn a copy."),
    PyMethodDef::one(
        c"extend",
        extend,
        c"extend($self, iterable_of_ints, /)\n--\n\nAppend all bytes of an object with a buffer, or an iterable of \
        ints.",
    ),
    PyMethodDef::fast(
        c"insert",
        insert,
        c"insert($self, index, item, /)\n--\n\nInsert a byte, given as an int, before index.",
    ),
    PyMethodDef::fast(c"pop", pop, c"pop($self, index=-1, /)\n--\n\nRemove a byte and return it as an int."),
    PyMethodDef::one(
        c"remove",
        remove,
        c"remove($self, value, /)\n--\n\nRemove the first byte of this value. ValueError if there is none.",
    ),
    PyMethodDef::one(
        c"resize",
        resize_method,
        c"resize($self, size, /)\n--\n\nMake the bytearray this long; new bytes are zeros.",
    ),
    PyMethodDef::noargs(c"reverse", reverse, c"reverse($self, /)\n--\n\nTurn the order of the bytes round."),
};

unsafe extern "C" fn alloc(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { long::from_i64((*op.cast::<PyByteArrayObject>()).ob_alloc as i64) })
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let array = op.cast::<PyByteArrayObject>();
        long::from_i64(((*(*op).ob_type).tp_basicsize + (*array).ob_alloc) as i64)
    })
}

/// `(class, arguments, state)`: as bytes for protocols that know them, else as latin-1 text.
fn reduced(o: &Object, proto: c_int) -> Result<Owned> {
    let state = o.getattr(name!(__getstate__))?.call(&[])?;
    let bytes = as_slice(o);
    let args = if bytes.is_empty() {
        tuple::empty()
    } else if proto < 3 {
        let text = unicode::new::from_chars(unicode::layout::Chars::Ucs1(bytes))?;
        tuple::from_slice(&[&*text, &*unicode::from_str("latin-1")?])?
    } else {
        tuple::from_slice(&[&*bytes::from_slice(bytes)?])?
    };
    tuple::from_slice(&[o.type_object(), &*args, &*state])
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| reduced(unsafe { this(op) }, 2))
}

unsafe extern "C" fn reduce_ex(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("__reduce_ex__", args.len(), 0, 1)?;
        let proto = args.first().map_or(Ok(0), |proto| int(proto))?;
        reduced(this(op), proto)
    })
}

unsafe extern "C" fn append(op: *mut PyObject, item: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let value = new::byte_value(this(item))?;
        new::push(this(op), value)?;
        Ok(none::none())
    })
}

unsafe extern "C" fn clear(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        resize(unsafe { this(op) }, 0)?;
        Ok(none::none())
    })
}

unsafe extern "C" fn copy(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| from_slice(as_slice(unsafe { this(op) })))
}

unsafe extern "C" fn extend(op: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (o, iterable) = unsafe { (this(op), this(iterable)) };
    api(|| {
        if iterable.is(o) {
            let own = as_slice(o).to_vec();
            assign::append(o, &own)?;
            return Ok(none::none());
        }
        if buffers::supported(iterable) {
            let view = View::of(iterable).map_err(|raised| {
                drop(error::caught(raised));
                let name = error::cut(typeobject::tp_name(iterable.ty()), 100);
                raise!(TypeError, "can't set bytearray slice from {name}")
            })?;
            assign::append(o, view.slice())?;
            return Ok(none::none());
        }
        let iterator = iterable.iter().or_else(|raised| {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            let name = error::cut(typeobject::tp_name(iterable.ty()), 100);
            Err(raise!(TypeError, "can't extend bytearray with {name}"))
        })?;
        let hint = iterable.length_hint(32)? as usize;
        let mut all = Vec::new();
        if all.try_reserve(hint).is_err() {
            return Err(error::no_memory());
        }
        while let Some(item) = iterator.next()? {
            let value = new::byte_value(&item).or_else(|raised| {
                if !unicode::check(iterable) {
                    return Err(raised);
                }
                error::ignore(raised, &raw mut exceptions::TypeError)?;
                Err(raise!(TypeError, "expected iterable of integers; got: 'str'"))
            })?;
            all.push(value);
        }
        assign::append(o, &all)?;
        Ok(none::none())
    })
}

unsafe extern "C" fn insert(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("insert", args.len(), 2, 2)?;
        let (index, value) = (size(args[0])?, new::byte_value(args[1])?);
        let o = this(op);
        let n = len(o) as isize;
        if n == isize::MAX {
            return Err(raise!(OverflowError, "cannot add more objects to bytearray"));
        }
        let index = if index < 0 { (index + n).max(0) } else { index.min(n) } as usize;
        assign::replace(o, index, index, &[value])?;
        Ok(none::none())
    })
}

unsafe extern "C" fn pop(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("pop", args.len(), 0, 1)?;
        let index = args.first().map_or(Ok(-1), |index| size(index))?;
        let o = this(op);
        let n = len(o) as isize;
        if n == 0 {
            return Err(raise!(IndexError, "pop from empty bytearray"));
        }
        let index = if index < 0 { index + n } else { index };
        if index < 0 || index >= n {
            return Err(raise!(IndexError, "pop index out of range"));
        }
        let value = as_slice(o)[index as usize];
        assign::replace(o, index as usize, index as usize + 1, &[])?;
        long::from_i64(i64::from(value))
    })
}

unsafe extern "C" fn remove(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let value = new::byte_value(this(value))?;
        let o = this(op);
        let Some(i) = memchr::memchr(value, as_slice(o)) else {
            return Err(raise!(ValueError, "value not found in bytearray"));
        };
        assign::replace(o, i, i + 1, &[])?;
        Ok(none::none())
    })
}

unsafe extern "C" fn resize_method(op: *mut PyObject, n: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; new bytes are written at once.
    api(|| unsafe {
        let n = size(this(n))?;
        let o = this(op);
        let before = len(o);
        resize(o, n)?;
        if len(o) > before {
            data(o).add(before).write_bytes(0, len(o) - before);
        }
        Ok(none::none())
    })
}

unsafe extern "C" fn reverse(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; nobody else looks at the bytes meanwhile.
    api(|| unsafe {
        let o = this(op);
        std::slice::from_raw_parts_mut(data(o), len(o)).reverse();
        none::none()
    })
}
