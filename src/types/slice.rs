//! `slice`: three objects, and the arithmetic that makes indices of them.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::args::{check_positional, no_keywords};
use crate::object::number;
use crate::object::{Object, Owned, Result, api, lifecycle};
use crate::raise;
use crate::traverse_fields;
use crate::types::tuple::methods::Mixer;
use crate::types::unicode::Writer;
use crate::types::{iterobject, long, none, tuple};
use std::mem::offset_of;

#[unsafe(no_mangle)]
pub static mut PySlice_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"slice".as_ptr(),
    tp_basicsize: size_of::<PySliceObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_hash: Some(hash),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"slice(stop)\nslice(start, stop[, step])\n\nThe indices that seq[start:stop:step] stands for.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::one(
        c"indices",
        indices_method,
        c"indices($self, object, /)\n--\n\nS.indices(len) -> (start, stop, stride)\n\nThe indices of the slice in a \
        sequence of this length, for range().",
    ),
    PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"start", _Py_T_OBJECT, offset_of!(PySliceObject, start), Py_READONLY),
    PyMemberDef::new(c"stop", _Py_T_OBJECT, offset_of!(PySliceObject, stop), Py_READONLY),
    PyMemberDef::new(c"step", _Py_T_OBJECT, offset_of!(PySliceObject, step), Py_READONLY),
    PyMemberDef::END,
];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PySlice_Type)
}

/// The three parts of a slice.
pub fn parts(slice: &Object) -> [&Object; 3] {
    let this = slice.cast::<PySliceObject>();
    // SAFETY: a slice owns its parts.
    unsafe { [Object::from_ptr((*this).start), Object::from_ptr((*this).stop), Object::from_ptr((*this).step)] }
}

pub fn new(start: &Object, stop: &Object, step: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<PySliceObject>(&raw mut PySlice_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).start = start.to_owned().into_raw();
        (*this).stop = stop.to_owned().into_raw();
        (*this).step = step.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        let this = op.cast::<PySliceObject>();
        refcount::decref((*this).start);
        refcount::decref((*this).stop);
        refcount::decref((*this).step);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, PySliceObject, start, stop, step);

/// What an index in a slice stands for, cut to what fits; `None` keeps the default (`_PyEval_SliceIndex`).
pub fn index_or(o: &Object, default: isize) -> Result<isize> {
    if o.is_none() {
        Ok(default)
    } else {
        index_any(o, "slice indices must be integers or None or have an __index__ method")
    }
}

/// As [`index_or`] where `None` is refused (`_PyEval_SliceIndexNotNone`).
pub fn index_not_none(o: &Object) -> Result<isize> {
    index_any(o, "slice indices must be integers or have an __index__ method")
}

fn index_any(o: &Object, message: &str) -> Result<isize> {
    if number::is_index(o) { number::as_ssize(o, None) } else { Err(raise!(TypeError, "{message}")) }
}

/// The numbers of a slice before they are fitted to a sequence.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub start: isize,
    pub stop: isize,
    pub step: isize,
}

/// The indices that a slice picks of a sequence.
#[derive(Clone, Copy)]
pub struct Picked {
    pub start: isize,
    pub stop: isize,
    pub step: isize,
    pub len: usize,
}

/// `PySlice_Unpack`: may run foreign `__index__` methods, so lengths are taken afterwards.
pub fn unpack(slice: &Object) -> Result<Bounds> {
    let [start, stop, step] = parts(slice);
    let step = index_or(step, 1)?;
    if step == 0 {
        return Err(raise!(ValueError, "slice step cannot be zero"));
    }
    // So that -step does not overflow.
    let step = step.max(-isize::MAX);
    let start = index_or(start, if step < 0 { isize::MAX } else { 0 })?;
    let stop = index_or(stop, if step < 0 { isize::MIN } else { isize::MAX })?;
    Ok(Bounds { start, stop, step })
}

impl Bounds {
    /// `PySlice_AdjustIndices`.
    pub fn adjust(self, length: usize) -> Picked {
        let (length, step) = (length as isize, self.step);
        let fit = |i: isize| {
            if i < 0 {
                let i = i + length;
                if i < 0 { if step < 0 { -1 } else { 0 } } else { i }
            } else if i >= length {
                if step < 0 { length - 1 } else { length }
            } else {
                i
            }
        };
        let (start, stop) = (fit(self.start), fit(self.stop));
        let len = if step < 0 {
            if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
        } else if start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        Picked { start, stop, step, len: len as usize }
    }
}

impl Picked {
    pub fn indices(self) -> impl ExactSizeIterator<Item = usize> {
        (0..self.len).map(move |i| (self.start + i as isize * self.step) as usize)
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [start, stop, step] = parts(unsafe { Object::from_ptr(op) });
        let mut writer = Writer::new();
        writer.push_str("slice(")?;
        writer.push_repr(start)?;
        writer.push_str(", ")?;
        writer.push_repr(stop)?;
        writer.push_str(", ")?;
        writer.push_repr(step)?;
        writer.push_str(")")?;
        writer.finish()
    })
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        let mut mixer = Mixer::START;
        // SAFETY: slot.
        for part in parts(unsafe { Object::from_ptr(op) }) {
            mixer.add(part.hash()?);
        }
        Ok(mixer.finish())
    })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        if a.is(b) {
            return Ok(crate::types::boolobject::from_bool(matches!(op, Py_EQ | Py_LE | Py_GE)));
        }
        tuple::from_slice(&parts(a))?.compare(&*tuple::from_slice(&parts(b))?, op)
    })
}

unsafe extern "C" fn new_slot(_: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        no_keywords("slice", Object::optional(kwargs))?;
        let args = tuple::items(Object::from_ptr(args));
        check_positional("slice", args.len(), 1, 3)?;
        let none = none::none_ref();
        match *args {
            [stop] => new(none, stop, none),
            [start, stop] => new(start, stop, none),
            _ => new(args[0], args[1], args[2]),
        }
    })
}

/// An index of any size for `indices`: the message is that of slicing.
fn any_index(o: &Object) -> Result<Owned> {
    if !number::is_index(o) {
        return Err(raise!(TypeError, "slice indices must be integers or None or have an __index__ method"));
    }
    long::exact(&*number::index(o)?)
}

/// start, stop and step for a sequence whose length is an int of any size (`_PySlice_GetLongIndices`).
pub fn long_indices(slice: &Object, length: &Object) -> Result<[Owned; 3]> {
    let [start, stop, step] = parts(slice);
    let zero = long::zero();
    let step = if step.is_none() { long::one().to_owned() } else { any_index(step)? };
    let sign = if step.compare_bool(zero, Py_LT)? { -1 } else { 1 };
    if step.compare_bool(zero, Py_EQ)? {
        return Err(raise!(ValueError, "slice step cannot be zero"));
    }
    let negative = sign < 0;
    let (lower, upper) = if negative {
        let lower = long::from_i64(-1)?;
        let upper = number::binary(length, &lower, number::ADD)?;
        (lower, upper)
    } else {
        (zero.to_owned(), length.to_owned())
    };
    let fit = |part: &Object, default: &Owned| -> Result<Owned> {
        if part.is_none() {
            return Ok(default.clone());
        }
        let i = any_index(part)?;
        if i.compare_bool(zero, Py_LT)? {
            let i = number::binary(&i, length, number::ADD)?;
            return if i.compare_bool(&lower, Py_LT)? { Ok(lower.clone()) } else { Ok(i) };
        }
        if i.compare_bool(&upper, Py_GT)? { Ok(upper.clone()) } else { Ok(i) }
    };
    let start = fit(start, if negative { &upper } else { &lower })?;
    let stop = fit(stop, if negative { &lower } else { &upper })?;
    Ok([start, stop, step])
}

unsafe extern "C" fn indices_method(op: *mut PyObject, length: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let length = long::exact(&*number::index(Object::from_ptr(length))?)?;
        if length.compare_bool(long::zero(), Py_LT)? {
            return Err(raise!(ValueError, "length should not be negative"));
        }
        let [start, stop, step] = long_indices(Object::from_ptr(op), &length)?;
        tuple::from_slice(&[&start, &stop, &step])
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let slice = Object::from_ptr(op);
        tuple::from_slice(&[slice.type_object(), &*tuple::from_slice(&parts(slice))?])
    })
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    /// What a slice picks, counted out by hand.
    fn picked(start: isize, stop: isize, step: isize, length: isize) -> Vec<usize> {
        let clip = |i: isize| {
            let i = if i < 0 { i + length } else { i };
            if step > 0 { i.clamp(0, length) } else { i.clamp(-1, length - 1) }
        };
        let (mut i, stop) = (clip(start), clip(stop));
        let mut all = Vec::new();
        while if step > 0 { i < stop } else { i > stop } {
            all.push(i as usize);
            i += step;
        }
        all
    }

    #[test]
    fn adjusted_bounds_pick_what_counting_picks() {
        for length in 0..6 {
            for start in -8..8 {
                for stop in -8..8 {
                    for step in [-7, -3, -2, -1, 1, 2, 3, 7] {
                        let own: Vec<usize> = Bounds { start, stop, step }.adjust(length as usize).indices().collect();
                        assert_eq!(own, picked(start, stop, step, length), "[{start}:{stop}:{step}] of {length}");
                    }
                }
            }
        }
    }

    #[test]
    fn extreme_bounds_do_not_overflow() {
        for start in [isize::MIN, isize::MAX] {
            for stop in [isize::MIN, isize::MAX] {
                for step in [-isize::MAX, -1, 1, isize::MAX] {
                    let len = Bounds { start, stop, step }.adjust(isize::MAX as usize).len;
                    assert!(len <= isize::MAX as usize);
                }
            }
        }
    }
}
