//! The type `bytearray` and its slots.

use super::{as_slice, assign, check, data, from_slice, len, methods, new, resize, with_len};
use crate::abi::*;
use crate::mem::domains;
use crate::object::compare::relates;
use crate::object::slots::PyType_GenericNew;
use crate::object::{Object, Result, above, api, buffers, error, number, this};
use crate::raise;
use crate::types::bytes::slots::{fill_repeated, warn_of_comparison, warn_of_str};
use crate::types::bytesmethods::{ByteArray, find, view, view::View};
use crate::types::{boolobject, bytes, exceptions, item_iter, long, none, slice, typeobject};

#[unsafe(no_mangle)]
pub static mut PyByteArray_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"bytearray".as_ptr(),
    tp_basicsize: size_of::<PyByteArrayObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&AS_SEQUENCE),
    tp_as_mapping: suite(&AS_MAPPING),
    tp_str: Some(str),
    tp_as_buffer: suite(&AS_BUFFER),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    tp_doc: c"bytearray(iterable_of_ints) -> bytearray
bytearray(string, encoding[, errors]) -> bytearray
bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
bytearray() -> empty bytes array

A mutable array of bytes, made of an iterable of ints in range(256), of a text and an encoding,
of an object with a buffer, or of an int: so many zeros."
        .as_ptr(),
    tp_richcompare: Some(richcompare),
    tp_iter: Some(item_iter::iter_slot::<item_iter::ByteArray>),
    tp_methods: table(&methods::METHODS),
    tp_init: Some(new::init),
    tp_new: Some(PyType_GenericNew),
    tp_free: Some(crate::object::slots::PyObject_Free),
    ..PyTypeObject::EMPTY
};

static AS_NUMBER: PyNumberMethods = PyNumberMethods { nb_remainder: Some(remainder), ..PyNumberMethods::EMPTY };

static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item),
    sq_ass_item: Some(ass_item),
    sq_contains: Some(contains),
    sq_inplace_concat: Some(inplace_concat),
    sq_inplace_repeat: Some(inplace_repeat),
    ..PySequenceMethods::EMPTY
};

static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), mp_ass_subscript: Some(ass_subscript) };

static AS_BUFFER: PyBufferProcs =
    PyBufferProcs { bf_getbuffer: Some(getbuffer), bf_releasebuffer: Some(releasebuffer) };

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to the bytearray.
    unsafe {
        let array = op.cast::<PyByteArrayObject>();
        if (*array).ob_exports > 0 {
            let _ = raise!(SystemError, "deallocated bytearray object has exported buffers");
            above::print_error();
        }
        domains::mem_free((*array).ob_bytes.cast());
        (*(*op).ob_type).tp_free.unwrap_unchecked()(op.cast());
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| super::repr::repr(unsafe { this(op) }))
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        warn_of_str("str() on a bytearray instance")?;
        // SAFETY: slot.
        super::repr::repr(unsafe { this(op) })
    })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !buffers::supported(a) || !buffers::supported(b) {
            if op == Py_EQ || op == Py_NE {
                warn_of_comparison(a, b, "bytearray")?;
            }
            return Ok(none::not_implemented());
        }
        match view::of_both(a, b) {
            Some((a, b)) => Ok(boolobject::from_bool(relates(a.slice(), op, b.slice()))),
            None => Ok(none::not_implemented()),
        }
    })
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) }) as isize
}

fn at(o: &Object, i: isize) -> Result {
    match usize::try_from(i).ok().and_then(|i| as_slice(o).get(i)) {
        Some(byte) => long::from_i64(i64::from(*byte)),
        None => Err(raise!(IndexError, "bytearray index out of range")),
    }
}

unsafe extern "C" fn item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| at(unsafe { this(op) }, i))
}

unsafe extern "C" fn ass_item(op: *mut PyObject, i: isize, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let o = this(op);
        let inside = |i: isize| usize::try_from(i).ok().filter(|i| *i < len(o));
        let out_of_range = || raise!(IndexError, "bytearray index out of range");
        let place = inside(i).ok_or_else(out_of_range)?;
        let Some(value) = Object::optional(value) else { return assign::replace(o, place, place + 1, &[]) };
        let byte = new::byte_value(value)?;
        // The conversion may have run code.
        data(o).add(inside(i).ok_or_else(out_of_range)?).write(byte);
        Ok(())
    })
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (o, key) = unsafe { (this(op), this(key)) };
    api(|| {
        if number::is_index(key) {
            let mut i = number::as_ssize(key, Some(exceptions::object(&raw mut exceptions::IndexError)))?;
            if i < 0 {
                i += len(o) as isize;
            }
            return at(o, i);
        }
        if slice::check(key) {
            let picked = slice::unpack(key)?.adjust(len(o));
            let all = as_slice(o);
            if picked.len == 0 {
                return from_slice(&[]);
            }
            if picked.step == 1 {
                let start = picked.start as usize;
                return from_slice(&all[start..start + picked.len]);
            }
            return super::build(picked.len, |out| picked.indices().for_each(|i| out.push(all[i])));
        }
        let name = error::cut(typeobject::tp_name(key.ty()), 200);
        Err(raise!(TypeError, "bytearray indices must be integers or slices, not {name}"))
    })
}

unsafe extern "C" fn ass_subscript(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { assign::assign(this(op), this(key), Object::optional(value)) })
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { find::contains(this(op), this(item), |o| as_slice(o)) })
}

/// `a + b` as a bytearray: both may be anything with a buffer (`PyByteArray_Concat`).
pub fn concat(a: &Object, b: &Object) -> Result {
    let Some((left, right)) = view::of_both(a, b) else { return Err(view::cannot_concat(a, b)) };
    let (x, y) = (left.slice(), right.slice());
    view::joined::<ByteArray>(x, y)
}

unsafe extern "C" fn concat_slot(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat(this(a), this(b)) })
}

unsafe extern "C" fn inplace_concat(op: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (o, other) = unsafe { (this(op), this(other)) };
    api(|| {
        let view = View::of(other).map_err(|raised| {
            drop(error::caught(raised));
            view::cannot_concat(o, other)
        })?;
        let added = view.slice();
        let n = len(o);
        if n > isize::MAX as usize - added.len() {
            return Err(error::no_memory());
        }
        resize(o, (n + added.len()) as isize)?;
        // SAFETY: there is room now; a view of `o` itself would have kept it from being resized.
        unsafe { data(o).add(n).copy_from(added.as_ptr(), added.len()) };
        Ok(o.to_owned())
    })
}

fn repeated_size(n: usize, count: isize) -> Result<usize> {
    let total = n.checked_mul(count.max(0) as usize).filter(|n| *n <= isize::MAX as usize);
    total.ok_or_else(error::no_memory)
}

unsafe extern "C" fn repeat_slot(op: *mut PyObject, count: isize) -> *mut PyObject {
    // SAFETY: slot; the copy is fresh.
    api(|| unsafe {
        let o = this(op);
        let total = repeated_size(len(o), count)?;
        let new = with_len(total)?;
        fill_repeated(data(&new), total, as_slice(o));
        Ok(new)
    })
}

unsafe extern "C" fn inplace_repeat(op: *mut PyObject, count: isize) -> *mut PyObject {
    // SAFETY: slot; there is room when the bytes are written.
    api(|| unsafe {
        let o = this(op);
        if count != 1 {
            let pattern = as_slice(o).to_vec();
            let total = repeated_size(pattern.len(), count)?;
            resize(o, total as isize)?;
            fill_repeated(data(o), total, &pattern);
        }
        Ok(o.to_owned())
    })
}

unsafe extern "C" fn remainder(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(a) {
            return Ok(none::not_implemented());
        }
        // Formatting runs foreign code.
        let view = View::array(a);
        from_slice(&bytes::format::format(view.slice(), b)?)
    })
}

unsafe extern "C" fn getbuffer(op: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: slot; the bytes stay where they are while the count of exports is not zero.
    api(|| unsafe {
        if view.is_null() {
            return Err(raise!(BufferError, "bytearray_getbuffer: view==NULL argument is obsolete"));
        }
        let o = this(op);
        buffers::fill(view, Some(o), data(o), len(o), false, flags)?;
        (*o.cast::<PyByteArrayObject>()).ob_exports += 1;
        Ok(())
    })
}

unsafe extern "C" fn releasebuffer(op: *mut PyObject, _: *mut Py_buffer) {
    // SAFETY: slot.
    unsafe { (*op.cast::<PyByteArrayObject>()).ob_exports -= 1 };
}
