//! The type `bytes` and its slots.

use super::{as_slice, check, check_exact, data, empty, from_byte, from_slice, len, methods, new, with_len};
use crate::abi::*;
use crate::object::compare::relates;
use crate::object::{Object, Owned, Result, above, api, buffers, error, number, this};
use crate::raise;
use crate::types::bytesmethods::{Bytes, find, view};
use crate::types::{boolobject, exceptions, item_iter, long, none, pyhash, slice, typeobject, unicode};

#[unsafe(no_mangle)]
pub static mut PyBytes_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"bytes".as_ptr(),
    tp_basicsize: super::HEAD as isize + 1,
    tp_itemsize: 1,
    tp_repr: Some(repr),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&AS_SEQUENCE),
    tp_as_mapping: suite(&AS_MAPPING),
    tp_hash: Some(hash),
    tp_str: Some(str),
    tp_as_buffer: suite(&AS_BUFFER),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    tp_doc: c"bytes(iterable_of_ints) -> bytes
bytes(string, encoding[, errors]) -> bytes
bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
bytes(int) -> bytes object of size given by the parameter initialized with null bytes
bytes() -> empty bytes object

An immutable array of bytes, made of an iterable of ints in range(256), of a text and an encoding,
of an object with a buffer, or of an int: so many zeros."
        .as_ptr(),
    tp_richcompare: Some(richcompare),
    tp_iter: Some(item_iter::iter_slot::<item_iter::Bytes>),
    tp_methods: table(&methods::METHODS),
    tp_alloc: Some(alloc),
    tp_new: Some(new::new_slot),
    tp_free: Some(crate::object::slots::PyObject_Free),
    ..PyTypeObject::EMPTY
};

static AS_NUMBER: PyNumberMethods = PyNumberMethods { nb_remainder: Some(remainder), ..PyNumberMethods::EMPTY };

static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item),
    sq_contains: Some(contains),
    ..PySequenceMethods::EMPTY
};

static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), ..PyMappingMethods::EMPTY };

static AS_BUFFER: PyBufferProcs = PyBufferProcs { bf_getbuffer: Some(getbuffer), bf_releasebuffer: None };

/// `tp_alloc`: as for other types, with the hash not known yet.
unsafe extern "C" fn alloc(ty: *mut PyTypeObject, n: isize) -> *mut PyObject {
    api(|| {
        let new = typeobject::generic_alloc(ty, n)?;
        // SAFETY: fresh.
        unsafe { (*new.cast::<PyBytesObject>()).ob_shash = -1 };
        Ok(new)
    })
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| super::repr::repr(unsafe { this(op) }, true))
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        warn_of_str("str() on a bytes instance")?;
        // SAFETY: slot.
        super::repr::repr(unsafe { this(op) }, true)
    })
}

/// `BytesWarning` if the flag for it is set.
pub fn warn_of_str(text: &str) -> Result<()> {
    if above::warns_of_bytes() {
        return exceptions::warn(&raw mut exceptions::BytesWarning, 1, text);
    }
    Ok(())
}

/// The warning about comparing bytes with text or a number.
pub fn warn_of_comparison(a: &Object, b: &Object, kind: &str) -> Result<()> {
    if !above::warns_of_bytes() {
        return Ok(());
    }
    if unicode::check(a) || unicode::check(b) {
        return exceptions::warn(
            &raw mut exceptions::BytesWarning,
            1,
            &format!("Comparison between {kind} and string"),
        );
    }
    if kind == "bytes" && (long::check(a) || long::check(b)) {
        return exceptions::warn(&raw mut exceptions::BytesWarning, 1, "Comparison between bytes and int");
    }
    Ok(())
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot: a bytes object, whose hash is kept.
    unsafe {
        let cache = &raw mut (*op.cast::<PyBytesObject>()).ob_shash;
        if *cache == -1 {
            *cache = pyhash::hash_bytes(as_slice(this(op)));
        }
        *cache
    }
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(a) || !check(b) {
            if op == Py_EQ || op == Py_NE {
                warn_of_comparison(a, b, "bytes")?;
            }
            return Ok(none::not_implemented());
        }
        Ok(boolobject::from_bool(relates(as_slice(a), op, as_slice(b))))
    })
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) }) as isize
}

/// The int at `i`.
unsafe extern "C" fn item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| at(unsafe { this(op) }, i))
}

fn at(o: &Object, i: isize) -> Result {
    match usize::try_from(i).ok().and_then(|i| as_slice(o).get(i)) {
        Some(byte) => long::from_i64(i64::from(*byte)),
        None => Err(raise!(IndexError, "index out of range")),
    }
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
                return Ok(empty());
            }
            if picked.step == 1 {
                if picked.len == all.len() && check_exact(o) {
                    return Ok(o.to_owned());
                }
                return from_slice(&all[picked.start as usize..picked.start as usize + picked.len]);
            }
            if picked.len == 1 {
                return Ok(from_byte(all[picked.start as usize]));
            }
            return super::build(picked.len, |out| picked.indices().for_each(|i| out.push(all[i])));
        }
        Err(raise!(TypeError, "byte indices must be integers or slices, not {:.200}", typeobject::tp_name(key.ty())))
    })
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { find::contains(this(op), this(item), |o| as_slice(o)) })
}

/// `a + b`: both may be anything with a buffer.
pub fn concat(a: &Object, b: &Object) -> Result {
    let Some((left, right)) = view::of_both(a, b) else { return Err(view::cannot_concat(a, b)) };
    let (x, y) = (left.slice(), right.slice());
    if x.is_empty() && check_exact(b) {
        return Ok(b.to_owned());
    }
    if y.is_empty() && check_exact(a) {
        return Ok(a.to_owned());
    }
    view::joined::<Bytes>(x, y)
}

unsafe extern "C" fn concat_slot(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat(this(a), this(b)) })
}

/// `bytes * n`.
pub fn repeat(o: &Object, n: isize) -> Result {
    let n = n.max(0) as usize;
    let size = len(o);
    if size == n.wrapping_mul(size) && size.checked_mul(n) == Some(size) && check_exact(o) {
        return Ok(o.to_owned());
    }
    let total = match size.checked_mul(n) {
        Some(total) if total <= super::MAX_LEN => total,
        Some(total) if total <= isize::MAX as usize => return Err(error::no_memory()),
        _ => return Err(raise!(OverflowError, "repeated bytes are too long")),
    };
    let new = with_len(total)?;
    // SAFETY: fresh, with room for `n` times the bytes.
    unsafe { fill_repeated(data(&new), total, as_slice(o)) };
    Ok(new)
}

/// Writes `pattern` over and over, doubling what is there.
///
/// # Safety
/// `to` has room for `total` bytes, a multiple of the pattern's length.
pub unsafe fn fill_repeated(to: *mut u8, total: usize, pattern: &[u8]) {
    if total == 0 {
        return;
    }
    // SAFETY: the caller's word; source and target of each copy don't overlap.
    unsafe {
        if let [byte] = pattern {
            to.write_bytes(*byte, total);
            return;
        }
        to.copy_from_nonoverlapping(pattern.as_ptr(), pattern.len());
        let mut done = pattern.len();
        while done < total {
            let n = done.min(total - done);
            to.add(done).copy_from_nonoverlapping(to, n);
            done += n;
        }
    }
}

unsafe extern "C" fn repeat_slot(op: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| repeat(unsafe { this(op) }, n))
}

unsafe extern "C" fn remainder(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(a) {
            return Ok(none::not_implemented());
        }
        from_slice(&super::format::format(as_slice(a), b)?)
    })
}

unsafe extern "C" fn getbuffer(op: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: slot; the object keeps its bytes where they are.
    api(|| unsafe {
        let o = this(op);
        buffers::fill(view, Some(o), data(o), len(o), true, flags)
    })
}

/// The object as exact bytes: itself, or a copy of a subclass's instance.
pub fn exact(o: &Object) -> Result<Owned> {
    if check_exact(o) { Ok(o.to_owned()) } else { from_slice(as_slice(o)) }
}
