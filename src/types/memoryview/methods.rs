//! The methods of views.

use super::{access, cast, duplicate, ensure_alive, format, from_object, raw, release, strided, view};
use crate::abi::*;
use crate::object::args::{Signature, bad_argument, check_positional};
use crate::object::{Object, Owned, Result, api};
use crate::raise;
use crate::types::{bytes, bytesmethods, genericalias, list, long, none, unicode};

pub static METHODS: [PyMethodDef; 13] = [
    PyMethodDef::noargs(c"release", release_slot, c"release($self, /)\n--\n\nLet go of the memory."),
    PyMethodDef::fast_keywords(
        c"tobytes",
        tobytes,
        c"tobytes($self, /, order='C')\n--\n\nThe items as bytes, in C or Fortran order; 'A' keeps Fortran order.",
    ),
    PyMethodDef::fast_keywords(
        c"hex",
        hex,
        c"hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nThe bytes in hexadecimal.",
    ),
    PyMethodDef::noargs(c"tolist", tolist, c"tolist($self, /)\n--\n\nThe items as a list, nested by dimension."),
    PyMethodDef::fast_keywords(
        c"cast",
        cast_slot,
        c"cast($self, /, format, shape=<unrepresentable>)\n--\n\nA view of the same memory in another format or shape.",
    ),
    PyMethodDef::noargs(c"toreadonly", toreadonly, c"toreadonly($self, /)\n--\n\nA view that can't be written."),
    PyMethodDef::one(c"count", count, c"count($self, value, /)\n--\n\nHow many items equal the value."),
    PyMethodDef::fast(
        c"index",
        index,
        c"index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nThe first index of the value; ValueError if it is \
        not there.",
    ),
    PyMethodDef::fast_keywords(
        c"_from_flags",
        from_flags,
        c"_from_flags($type, /, object, flags)\n--\n\nA view by a buffer request's flags.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(c"__enter__", enter, c"__enter__($self, /)\n--\n\nThe view, alive."),
    PyMethodDef::varargs(c"__exit__", exit, c"__exit__($self, /, *exc_info)\n--\n\nRelease the view."),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

unsafe extern "C" fn release_slot(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        release(unsafe { Object::from_ptr(op) })?;
        Ok(none::none())
    })
}

unsafe extern "C" fn enter(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        Ok(o.to_owned())
    })
}

unsafe extern "C" fn exit(op: *mut PyObject, _args: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { release_slot(op, std::ptr::null_mut()) }
}

const TOBYTES: Signature<1> = Signature::new("tobytes", ["order"]);

unsafe extern "C" fn tobytes(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, [order]) = unsafe { (Object::from_ptr(op), TOBYTES.bind_fast(args, n, kwnames)?) };
        let order = match order.filter(|order| !order.is_none()) {
            None => b'C',
            Some(order) if unicode::check(order) => match unicode::as_str(order)? {
                "C" => b'C',
                "F" => b'F',
                "A" => b'A',
                text if text.contains('\0') => return Err(raise!(ValueError, "embedded null character")),
                _ => return Err(raise!(ValueError, "order must be 'C', 'F' or 'A'")),
            },
            Some(order) => return Err(bad_argument("tobytes", "argument 'order'", "str or None", order)),
        };
        ensure_alive(o)?;
        bytes::from_slice(&strided::to_vec(view(o), order)?)
    })
}

const HEX: Signature<2> = Signature::new("hex", ["sep", "bytes_per_sep"]);

unsafe extern "C" fn hex(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, [sep, per_sep]) = unsafe { (Object::from_ptr(op), HEX.bind_fast(args, n, kwnames)?) };
        let per_sep = per_sep.map_or(Ok(1), long::as_i32)?;
        ensure_alive(o)?;
        unicode::new::from_ascii(&bytesmethods::hex::text(&strided::to_vec(view(o), b'C')?, sep, per_sep)?)
    })
}

unsafe extern "C" fn tolist(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        let v = view(o);
        let c = format::native(v.format).ok_or_else(|| format::unsupported(v.format))?;
        // SAFETY: the description fits the memory.
        unsafe { nested(v, c, v.buf.cast(), 0) }
    })
}

/// The items from `place` on in dimension `axis` and those behind it.
///
/// # Safety
/// The description fits the memory.
unsafe fn nested(v: &Py_buffer, c: u8, place: *mut u8, axis: usize) -> Result<Owned> {
    let (shape, strides) = (strided::shape(v), strided::strides(v));
    // SAFETY: the caller's word.
    unsafe {
        if axis == shape.len() {
            return format::unpack(c, place);
        }
        let list = list::new()?;
        for i in 0..shape[axis] {
            let item = nested(v, c, strided::step(v, place, axis, i * strides[axis]), axis + 1)?;
            list::append(&list, &item)?;
        }
        Ok(list)
    }
}

const CAST: Signature<2> = Signature::new("cast", ["format", "shape"]).required(1);

unsafe extern "C" fn cast_slot(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, [format, shape]) = unsafe { (Object::from_ptr(op), CAST.bind_fast(args, n, kwnames)?) };
        cast::cast(o, format.expect("bind checked it"), shape)
    })
}

unsafe extern "C" fn toreadonly(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        let result = duplicate(o)?;
        // SAFETY: layout; fresh.
        unsafe { (*raw(&result)).view.readonly = 1 };
        Ok(result)
    })
}

unsafe extern "C" fn count(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, value) = unsafe { (Object::from_ptr(op), Object::from_ptr(value)) };
        let iterator = o.iter()?;
        let mut n = 0;
        while let Some(item) = iterator.next()? {
            n += item.equals(value)? as i64;
        }
        long::from_i64(n)
    })
}

unsafe extern "C" fn index(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        check_positional("index", n as usize, 1, 3)?;
        // SAFETY: slot; `&Object` is one pointer.
        let (o, args) =
            unsafe { (Object::from_ptr(op), std::slice::from_raw_parts(args.cast::<&Object>(), n as usize)) };
        ensure_alive(o)?;
        if view(o).ndim != 1 {
            return Err(raise!(NotImplementedError, "multi-dimensional lookup is not implemented"));
        }
        let len = strided::shape(view(o))[0];
        let bound = |i: usize, default: isize| match args.get(i) {
            Some(arg) => crate::types::slice::index_not_none(arg),
            None => Ok(default),
        };
        let from_end = |i: isize| if i < 0 { (i + len).max(0) } else { i };
        let (start, stop) = (from_end(bound(1, 0)?), from_end(bound(2, isize::MAX)?));
        for i in start..stop.min(len) {
            let item = access::item_at(o, i)?;
            if item.equals(args[0])? {
                return long::from_i64(i as i64);
            }
        }
        Err(raise!(ValueError, "memoryview.index(x): x not found"))
    })
}

const FROM_FLAGS: Signature<2> = Signature::new("_from_flags", ["object", "flags"]).required(2);

unsafe extern "C" fn from_flags(
    _class: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [object, flags] = unsafe { FROM_FLAGS.bind_fast(args, n, kwnames) }?;
        let flags = long::as_i32(flags.expect("bind checked it"))?;
        from_object(object.expect("bind checked it"), flags)
    })
}
