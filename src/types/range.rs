//! `range`: start, stop and step, ints of any size, and two iterators: one for machine integers, one for all others.

use crate::abi::*;
use crate::mem::refcount;
use crate::object::args::{check_positional, no_keywords};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, api, lifecycle, number};
use crate::raise;
use crate::types::unicode::Writer;
use crate::types::{boolobject, iterobject, long, none, slice, tuple, typeobject};
use std::mem::offset_of;

/// CPython's `rangeobject`; all four are ints.
#[repr(C)]
struct Range {
    ob_base: PyObject,
    start: *mut PyObject,
    stop: *mut PyObject,
    step: *mut PyObject,
    length: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyRange_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"range".as_ptr(),
    tp_basicsize: size_of::<Range>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&AS_SEQUENCE),
    tp_as_mapping: suite(&AS_MAPPING),
    tp_hash: Some(hash),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_SEQUENCE,
    tp_doc: c"range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start up to, but without, stop, step apart."
        .as_ptr(),
    tp_richcompare: Some(richcompare),
    tp_iter: Some(iter_slot),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_new: Some(new_slot),
    tp_vectorcall: Some(vectorcall),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::noargs(c"__reversed__", reversed, c"__reversed__($self, /)\n--\n\nReturn a reverse iterator."),
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::one(
        c"count",
        count,
        c"count($self, object, /)\n--\n\nrangeobject.count(value) -> integer -- return number of occurrences of value",
    ),
    PyMethodDef::one(
        c"index",
        index,
        c"index($self, object, /)\n--\n\nrangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
    ),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"start", Py_T_OBJECT_EX, offset_of!(Range, start), Py_READONLY),
    PyMemberDef::new(c"stop", Py_T_OBJECT_EX, offset_of!(Range, stop), Py_READONLY),
    PyMemberDef::new(c"step", Py_T_OBJECT_EX, offset_of!(Range, step), Py_READONLY),
    PyMemberDef::END,
];

static AS_NUMBER: PyNumberMethods = PyNumberMethods { nb_bool: Some(bool_slot), ..PyNumberMethods::EMPTY };
static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_item: Some(item),
    sq_contains: Some(contains),
    ..PySequenceMethods::EMPTY
};
static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), ..PyMappingMethods::EMPTY };

fn add(a: &Object, b: &Object) -> Result<Owned> {
    number::binary(a, b, number::ADD)
}

fn subtract(a: &Object, b: &Object) -> Result<Owned> {
    number::binary(a, b, number::SUBTRACT)
}

fn multiply(a: &Object, b: &Object) -> Result<Owned> {
    number::binary(a, b, number::MULTIPLY)
}

fn floor_divide(a: &Object, b: &Object) -> Result<Owned> {
    number::binary(a, b, number::FLOOR_DIVIDE)
}

fn less(a: &Object, b: &Object) -> Result<bool> {
    a.compare_bool(b, Py_LT)
}

fn is_zero(a: &Object) -> bool {
    long::to_i64(a) == Some(0)
}

/// How many ints there are from `start` to `stop`.
fn length_of(start: &Object, stop: &Object, step: &Object) -> Result<Owned> {
    if let (Some(a), Some(b), Some(s)) = (long::to_i64(start), long::to_i64(stop), long::to_i64(step)) {
        return long::from_u64(small_length(a, b, s));
    }
    let (low, high, step) = if long::is_negative(step) {
        (stop, start, number::unary(step, number::NEGATIVE)?)
    } else {
        (start, stop, step.to_owned())
    };
    if !less(low, high)? {
        return long::from_i64(0);
    }
    let last = subtract(&*subtract(high, low)?, long::one())?;
    add(&*floor_divide(&last, &step)?, long::one())
}

fn small_length(start: i64, stop: i64, step: i64) -> u64 {
    let between = |low: i64, high: i64| (high as u64).wrapping_sub(low as u64).wrapping_sub(1);
    if step > 0 && start < stop {
        between(start, stop) / step as u64 + 1
    } else if step < 0 && start > stop {
        between(stop, start) / step.unsigned_abs() + 1
    } else {
        0
    }
}

fn new(start: Owned, stop: Owned, step: Owned) -> Result<Owned> {
    let length = length_of(&start, &stop, &step)?;
    let this = lifecycle::new::<Range>(&raw mut PyRange_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).start = start.into_raw();
        (*this).stop = stop.into_raw();
        (*this).step = step.into_raw();
        (*this).length = length.into_raw();
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Range>();
        for part in [(*this).start, (*this).stop, (*this).step, (*this).length] {
            refcount::decref(part);
        }
        lifecycle::free(op);
    }
}

struct Parts<'a> {
    start: &'a Object,
    stop: &'a Object,
    step: &'a Object,
    length: &'a Object,
}

/// # Safety
/// `op` is a range, alive.
unsafe fn parts<'a>(op: *mut PyObject) -> Parts<'a> {
    // SAFETY: a range owns its parts.
    unsafe {
        let this = op.cast::<Range>();
        Parts {
            start: Object::from_ptr((*this).start),
            stop: Object::from_ptr((*this).stop),
            step: Object::from_ptr((*this).step),
            length: Object::from_ptr((*this).length),
        }
    }
}

impl Parts<'_> {
    /// The int at `i`, which is in the range.
    fn at(&self, i: &Object) -> Result<Owned> {
        add(self.start, &*multiply(i, self.step)?)
    }
}

fn make(args: &[&Object]) -> Result<Owned> {
    check_positional("range", args.len(), 1, 3)?;
    let int = |i: usize| number::index_exact(args[i]);
    let one = || long::one().to_owned();
    if args.len() == 1 {
        return new(long::zero().to_owned(), int(0)?, one());
    }
    let (start, stop) = (int(0)?, int(1)?);
    let step = if args.len() == 3 { int(2)? } else { one() };
    if is_zero(&step) {
        return Err(raise!(ValueError, "range() arg 3 must not be zero"));
    }
    new(start, stop, step)
}

unsafe extern "C" fn new_slot(_: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        no_keywords("range", Object::optional(kwargs))?;
        make(tuple::items(Object::from_ptr(args)))
    })
}

unsafe extern "C" fn vectorcall(
    _: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (args, _, names) = crate::object::args::vectorcall(args, nargsf, kwnames);
        crate::object::args::no_kwnames("range", names)?;
        make(args)
    })
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let range = parts(op);
        let mut writer = Writer::new();
        writer.push_str("range(")?;
        writer.push_repr(range.start)?;
        writer.push_str(", ")?;
        writer.push_repr(range.stop)?;
        if long::to_i64(range.step) != Some(1) {
            writer.push_str(", ")?;
            writer.push_repr(range.step)?;
        }
        writer.push_str(")")?;
        writer.finish()
    })
}

unsafe extern "C" fn bool_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    (!is_zero(unsafe { parts(op) }.length)) as c_int
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    api(|| long::as_isize(unsafe { parts(op) }.length))
}

/// The int at `i`, negative counting from the end. `IndexError` outside.
fn item_at(range: &Parts, i: &Object) -> Result<Owned> {
    let i = if long::is_negative(i) { add(i, range.length)? } else { i.to_owned() };
    if long::is_negative(&i) || !less(&i, range.length)? {
        return Err(raise!(IndexError, "range object index out of range"));
    }
    range.at(&i)
}

unsafe extern "C" fn item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| item_at(&unsafe { parts(op) }, &*long::from_i64(i as i64)?))
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (range, key) = (parts(op), Object::from_ptr(key));
        if number::is_index(key) {
            return item_at(&range, &*number::index_exact(key)?);
        }
        if slice::check(key) {
            return subrange(&range, key);
        }
        Err(raise!(TypeError, "range indices must be integers or slices, not {:.200}", typeobject::tp_name(key.ty())))
    })
}

fn subrange(range: &Parts, key: &Object) -> Result<Owned> {
    let [start, stop, step] = slice::long_indices(key, range.length)?;
    new(range.at(&start)?, range.at(&stop)?, multiply(range.step, &step)?)
}

/// An int (not a subclass's instance, whose `__eq__` may say anything) is in the range.
fn has_int(range: &Parts, value: &Object) -> Result<bool> {
    let inside = if long::is_negative(range.step) {
        !less(range.start, value)? && less(range.stop, value)?
    } else {
        !less(value, range.start)? && less(value, range.stop)?
    };
    if !inside {
        return Ok(false);
    }
    let rest = number::binary(&*subtract(value, range.start)?, range.step, number::REMAINDER)?;
    Ok(is_zero(&rest))
}

fn is_plain_int(o: &Object) -> bool {
    long::check_exact(o) || o.is_exact(&raw mut boolobject::PyBool_Type)
}

unsafe extern "C" fn contains(op: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let (range, value) = (Object::from_ptr(op), Object::from_ptr(value));
        if is_plain_int(value) {
            return has_int(&parts(op), value);
        }
        let iterator = range.iter()?;
        while let Some(own) = iterator.next()? {
            if own.equals(value)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

unsafe extern "C" fn count(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (range, value) = (Object::from_ptr(op), Object::from_ptr(value));
        if is_plain_int(value) {
            return long::from_i64(has_int(&parts(op), value)? as i64);
        }
        let mut count = 0;
        let iterator = range.iter()?;
        while let Some(own) = iterator.next()? {
            count += own.equals(value)? as i64;
        }
        long::from_i64(count)
    })
}

unsafe extern "C" fn index(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (range, value) = (Object::from_ptr(op), Object::from_ptr(value));
        if is_plain_int(value) {
            let parts = parts(op);
            if has_int(&parts, value)? {
                return floor_divide(&*subtract(value, parts.start)?, parts.step);
            }
            return Err(raise!(ValueError, "range.index(x): x not in range"));
        }
        let iterator = range.iter()?;
        let mut i = 0;
        while let Some(own) = iterator.next()? {
            if own.equals(value)? {
                return long::from_i64(i);
            }
            i += 1;
        }
        Err(raise!(ValueError, "sequence.index(x): x not in sequence"))
    })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        if !Object::from_ptr(b).is_exact(&raw mut PyRange_Type) || (op != Py_EQ && op != Py_NE) {
            return Ok(none::not_implemented());
        }
        let (a, b) = (parts(a), parts(b));
        // Two ranges are equal when they are the same sequence.
        let equal = a.length.equals(b.length)?
            && (is_zero(a.length)
                || (a.start.equals(b.start)? && (long::to_i64(a.length) == Some(1) || a.step.equals(b.step)?)));
        Ok(boolobject::from_bool(equal == (op == Py_EQ)))
    })
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot.
    api(|| unsafe {
        let range = parts(op);
        let none = none::none_ref();
        let parts = match long::to_i64(range.length) {
            Some(0) => [range.length, none, none],
            Some(1) => [range.length, range.start, none],
            _ => [range.length, range.start, range.step],
        };
        tuple::methods::hash_items(&parts)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let range = parts(op);
        let args = tuple::from_slice(&[range.start, range.stop, range.step])?;
        tuple::from_slice(&[Object::from_ptr(op).type_object(), &args])
    })
}

unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let range = parts(op);
        new_iterator(range.start, range.step, range.length)
    })
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let range = parts(op);
        let last = range.at(&*subtract(range.length, long::one())?)?;
        new_iterator(&last, &*number::unary(range.step, number::NEGATIVE)?, range.length)
    })
}

/// The iterator for machine integers, if the one behind the last fits too; else the one for ints of any size.
fn new_iterator(start: &Object, step: &Object, length: &Object) -> Result<Owned> {
    if let (Some(start), Some(step), Some(len)) = (long::to_i64(start), long::to_i64(step), long::to_i64(length)) {
        let end = step.checked_mul(len).and_then(|span| start.checked_add(span));
        if end.is_some() {
            let this = lifecycle::new::<RangeIter>(&raw mut PyRangeIter_Type)?;
            // SAFETY: fresh.
            unsafe {
                (*this).start = start;
                (*this).step = step;
                (*this).len = len;
                return Ok(Owned::from_raw(this.cast()));
            }
        }
    }
    let this = lifecycle::new::<LongRangeIter>(&raw mut PyLongRangeIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).start = start.to_owned().into_raw();
        (*this).step = step.to_owned().into_raw();
        (*this).len = length.to_owned().into_raw();
        Ok(Owned::from_raw(this.cast()))
    }
}

/// What an iterator is reduced to: a range of what is left.
fn reduce_rest(start: &Object, step: &Object, len: &Object) -> Result<Owned> {
    let stop = add(start, &*multiply(len, step)?)?;
    let rest = new(start.to_owned(), stop, step.to_owned())?;
    let iter = iterobject::builtin("iter")?;
    tuple::from_slice(&[&iter, &*tuple::from_slice(&[&rest])?, none::none_ref()])
}

/// CPython's `_PyRangeIterObject`: the next int, and how many are left.
#[repr(C)]
struct RangeIter {
    ob_base: PyObject,
    start: i64,
    step: i64,
    len: i64,
}

static ITER_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", iter_length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", iter_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", iter_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyRangeIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"range_iterator".as_ptr(),
    tp_basicsize: size_of::<RangeIter>() as isize,
    tp_dealloc: Some(iter_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(iter_next),
    tp_methods: table(&ITER_METHODS),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn iter_dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe { lifecycle::free(op) }
}

unsafe extern "C" fn iter_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; what was checked at the start does not overflow.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        if (*this).len <= 0 {
            return Ok(None);
        }
        let value = (*this).start;
        (*this).start = value.wrapping_add((*this).step);
        (*this).len -= 1;
        long::from_i64(value).map(Some)
    })
}

unsafe extern "C" fn iter_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(unsafe { (*op.cast::<RangeIter>()).len }))
}

unsafe extern "C" fn iter_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        reduce_rest(&*long::from_i64((*this).start)?, &*long::from_i64((*this).step)?, &*long::from_i64((*this).len)?)
    })
}

unsafe extern "C" fn iter_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        let skip = long::as_i64(Object::from_ptr(state))?.clamp(0, (*this).len);
        (*this).start = (*this).start.wrapping_add(skip.wrapping_mul((*this).step));
        (*this).len -= skip;
        Ok(none::none())
    })
}

/// CPython's `longrangeiterobject`: the same with ints.
#[repr(C)]
struct LongRangeIter {
    ob_base: PyObject,
    start: *mut PyObject,
    step: *mut PyObject,
    len: *mut PyObject,
}

static LONG_ITER_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", long_length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", long_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", long_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyLongRangeIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"longrange_iterator".as_ptr(),
    tp_basicsize: size_of::<LongRangeIter>() as isize,
    tp_dealloc: Some(long_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(long_next),
    tp_methods: table(&LONG_ITER_METHODS),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn long_dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<LongRangeIter>();
        for part in [(*this).start, (*this).step, (*this).len] {
            refcount::decref(part);
        }
        lifecycle::free(op);
    }
}

/// Moves on by `n` ints.
unsafe fn long_advance(this: *mut LongRangeIter, n: &Object) -> Result<()> {
    // SAFETY: ints; arithmetic on them runs nothing foreign.
    unsafe {
        let (start, step, len) =
            (Object::from_ptr((*this).start), Object::from_ptr((*this).step), Object::from_ptr((*this).len));
        let new_start = add(start, &*multiply(n, step)?)?;
        let new_len = subtract(len, n)?;
        refcount::decref((&raw mut (*this).start).replace(new_start.into_raw()));
        refcount::decref((&raw mut (*this).len).replace(new_len.into_raw()));
        Ok(())
    }
}

unsafe extern "C" fn long_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<LongRangeIter>();
        let len = Object::from_ptr((*this).len);
        if is_zero(len) || long::is_negative(len) {
            return Ok(None);
        }
        let value = Object::from_ptr((*this).start).to_owned();
        long_advance(this, long::one())?;
        Ok(Some(value))
    })
}

unsafe extern "C" fn long_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { Object::from_ptr((*op.cast::<LongRangeIter>()).len) }.to_owned().into_raw()
}

unsafe extern "C" fn long_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<LongRangeIter>();
        reduce_rest(Object::from_ptr((*this).start), Object::from_ptr((*this).step), Object::from_ptr((*this).len))
    })
}

unsafe extern "C" fn long_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (this, state) = (op.cast::<LongRangeIter>(), Object::from_ptr(state));
        if !long::check(state) {
            return Err(raise!(TypeError, "state must be an int, not {:.100}", typeobject::tp_name(state.ty())));
        }
        let len = Object::from_ptr((*this).len).to_owned();
        let skip = match () {
            () if long::is_negative(state) => long::zero().to_owned(),
            () if less(&len, state)? => len,
            () => state.to_owned(),
        };
        long_advance(this, &skip)?;
        Ok(none::none())
    })
}
