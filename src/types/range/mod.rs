//! `range`: start, stop and step, ints of any size, and two iterators: one for machine integers, one for all others.

mod iter;

use crate::abi::*;
use crate::mem::refcount;
use crate::object::args::{check_positional, no_keywords};
use crate::object::{Object, Owned, Result, api, lifecycle, number};
use crate::raise;
use crate::types::unicode::Writer;
use crate::types::{boolobject, long, none, slice, tuple, typeobject};
use iter::new_iterator;
pub use iter::{PyLongRangeIter_Type, PyRangeIter_Type};
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
    tp_doc: c"range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start up to, \
        but without, stop, step apart."
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
    PyMethodDef::noargs(
        c"__reversed__",
        reversed,
        c"__reversed__($self, /)\n--\n\nAn iterator over the numbers from the last to the first.",
    ),
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::one(
        c"count",
        count,
        c"count($self, object, /)\n--\n\nrangeobject.count(value) -> integer -- how often the value is in the range",
    ),
    PyMethodDef::one(
        c"index",
        index,
        c"index($self, object, /)\n--\n\nrangeobject.index(value) -> integer -- where the value is in the range; \
        ValueError if it is not.",
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
