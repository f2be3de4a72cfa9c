//! `weakref.ProxyType` and `weakref.CallableProxyType`: weak references that stand in for their object in whatever is
//! done to them. The struct is that of a reference.

use super::{typeobject, unicode, weakref};
use crate::abi::*;
use crate::mem::gc;
use crate::object::slots::{PyObject_GC_Del, PyObject_HashNotImplemented};
use crate::object::{Object, Owned, Result, api, mapping, number, sequence};
use crate::{name, raise};

/// The type is one of the two.
pub fn is_type(ty: *mut PyTypeObject) -> bool {
    ty == &raw mut _PyWeakref_ProxyType || ty == &raw mut _PyWeakref_CallableProxyType
}

/// `PyWeakref_CheckProxy`.
#[inline]
pub fn check(o: &Object) -> bool {
    is_type(o.ty())
}

/// `PyWeakref_NewProxy`.
pub fn new(o: &Object, callback: Option<&Object>) -> Result<Owned> {
    let ty = if o.is_callable() { &raw mut _PyWeakref_CallableProxyType } else { &raw mut _PyWeakref_ProxyType };
    weakref::make(ty, o, callback)
}

/// What a proxy stands for, or the object itself if it is none. `ReferenceError` if it is gone.
fn unwrap(o: &Object) -> Result<Owned> {
    if !check(o) {
        return Ok(o.to_owned());
    }
    weakref::get(o).ok_or_else(|| raise!(ReferenceError, "weakly-referenced object no longer exists"))
}

/// # Safety
/// Slot arguments.
unsafe fn unwrap_raw(op: *mut PyObject) -> Result<Owned> {
    // SAFETY: the caller's word.
    unwrap(unsafe { Object::from_ptr(op) })
}

/// Slots that take the proxies out of their arguments and pass on.
macro_rules! forward {
    ($($slot:ident($($arg:ident),+) $call:expr;)*) => { $(
        unsafe extern "C" fn $slot($($arg: *mut PyObject),+) -> *mut PyObject {
            // SAFETY: slot; owned while the function runs.
            api(|| unsafe {
                $(let $arg = unwrap_raw($arg)?;)+
                $call
            })
        }
    )* };
}

forward! {
    add(a, b) number::binary(&a, &b, number::ADD);
    subtract(a, b) number::binary(&a, &b, number::SUBTRACT);
    multiply(a, b) number::binary(&a, &b, number::MULTIPLY);
    floor_divide(a, b) number::binary(&a, &b, number::FLOOR_DIVIDE);
    true_divide(a, b) number::binary(&a, &b, number::TRUE_DIVIDE);
    remainder(a, b) number::binary(&a, &b, number::REMAINDER);
    divmod(a, b) number::binary(&a, &b, number::DIVMOD);
    power(a, b, c) number::power(&a, &b, &c);
    negative(a) number::unary(&a, number::NEGATIVE);
    positive(a) number::unary(&a, number::POSITIVE);
    absolute(a) number::unary(&a, number::ABSOLUTE);
    invert(a) number::unary(&a, number::INVERT);
    lshift(a, b) number::binary(&a, &b, number::LSHIFT);
    rshift(a, b) number::binary(&a, &b, number::RSHIFT);
    and(a, b) number::binary(&a, &b, number::AND);
    xor(a, b) number::binary(&a, &b, number::XOR);
    or(a, b) number::binary(&a, &b, number::OR);
    int(a) number::long(&a);
    float(a) number::float(&a);
    index(a) number::index_exact(&a);
    matmul(a, b) number::binary(&a, &b, number::MATRIX_MULTIPLY);
    iadd(a, b) number::inplace(&a, &b, number::ADD);
    isubtract(a, b) number::inplace(&a, &b, number::SUBTRACT);
    imultiply(a, b) number::inplace(&a, &b, number::MULTIPLY);
    ifloor_divide(a, b) number::inplace(&a, &b, number::FLOOR_DIVIDE);
    itrue_divide(a, b) number::inplace(&a, &b, number::TRUE_DIVIDE);
    iremainder(a, b) number::inplace(&a, &b, number::REMAINDER);
    ipower(a, b, c) number::inplace_power(&a, &b, &c);
    ilshift(a, b) number::inplace(&a, &b, number::LSHIFT);
    irshift(a, b) number::inplace(&a, &b, number::RSHIFT);
    iand(a, b) number::inplace(&a, &b, number::AND);
    ixor(a, b) number::inplace(&a, &b, number::XOR);
    ior(a, b) number::inplace(&a, &b, number::OR);
    imatmul(a, b) number::inplace(&a, &b, number::MATRIX_MULTIPLY);
    str(a) a.str();
    iter(a) a.iter();
    getitem(a, b) a.getitem(&b);
    getattr(a, b) a.getattr(&b);
}

static NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: Some(add),
    nb_subtract: Some(subtract),
    nb_multiply: Some(multiply),
    nb_remainder: Some(remainder),
    nb_divmod: Some(divmod),
    nb_power: Some(power),
    nb_negative: Some(negative),
    nb_positive: Some(positive),
    nb_absolute: Some(absolute),
    nb_bool: Some(bool),
    nb_invert: Some(invert),
    nb_lshift: Some(lshift),
    nb_rshift: Some(rshift),
    nb_and: Some(and),
    nb_xor: Some(xor),
    nb_or: Some(or),
    nb_int: Some(int),
    nb_float: Some(float),
    nb_inplace_add: Some(iadd),
    nb_inplace_subtract: Some(isubtract),
    nb_inplace_multiply: Some(imultiply),
    nb_inplace_remainder: Some(iremainder),
    nb_inplace_power: Some(ipower),
    nb_inplace_lshift: Some(ilshift),
    nb_inplace_rshift: Some(irshift),
    nb_inplace_and: Some(iand),
    nb_inplace_xor: Some(ixor),
    nb_inplace_or: Some(ior),
    nb_floor_divide: Some(floor_divide),
    nb_true_divide: Some(true_divide),
    nb_inplace_floor_divide: Some(ifloor_divide),
    nb_inplace_true_divide: Some(itrue_divide),
    nb_index: Some(index),
    nb_matrix_multiply: Some(matmul),
    nb_inplace_matrix_multiply: Some(imatmul),
    ..PyNumberMethods::EMPTY
};

static SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length), sq_contains: Some(contains), ..PySequenceMethods::EMPTY };

static MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(getitem), mp_ass_subscript: Some(setitem) };

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__bytes__", bytes, c"__bytes__($self, /)\n--\n\nThe object as bytes."),
    PyMethodDef::noargs(c"__reversed__", reversed, c"__reversed__($self, /)\n--\n\nA reverse iterator of the object."),
    PyMethodDef::END,
];

const BASE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_basicsize: size_of::<PyWeakReference>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&NUMBER),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(PyObject_HashNotImplemented),
    tp_str: Some(str),
    tp_getattro: Some(getattr),
    tp_setattro: Some(setattr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(weakref::traverse),
    tp_clear: Some(weakref::clear),
    tp_richcompare: Some(richcompare),
    tp_iter: Some(iter),
    tp_iternext: Some(iternext),
    tp_free: Some(PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut _PyWeakref_ProxyType: PyTypeObject =
    PyTypeObject { tp_name: c"weakref.ProxyType".as_ptr(), tp_methods: table(&METHODS), ..BASE };

#[unsafe(no_mangle)]
pub static mut _PyWeakref_CallableProxyType: PyTypeObject =
    PyTypeObject { tp_name: c"weakref.CallableProxyType".as_ptr(), tp_call: Some(call), ..BASE };

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        drop(weakref::detach(op.cast()));
        PyObject_GC_Del(op.cast());
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        match weakref::get(unsafe { Object::from_ptr(op) }) {
            None => unicode::from_str(&format!("<weakproxy at {op:p}; dead>")),
            Some(o) => {
                let class = typeobject::fully_qualified_name(o.ty())?;
                let class = unicode::as_str(&class)?;
                unicode::from_str(&format!("<weakproxy at {op:p}; to '{class}' at {:p}>", o.as_ptr()))
            }
        }
    })
}

unsafe extern "C" fn bool(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { unwrap_raw(op)?.is_true() })
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot.
    unsafe { unwrap_raw(op).map_or(-1, |o| mapping::size_in_c(o.as_ptr())) }
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { sequence::contains(&*unwrap_raw(op)?, Object::from_ptr(item)) })
}

unsafe extern "C" fn setitem(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot; a NULL value deletes.
    api(|| unsafe {
        let (o, key) = (unwrap_raw(op)?, Object::from_ptr(key));
        match Object::optional(value) {
            Some(value) => o.setitem(key, value),
            None => o.delitem(key),
        }
    })
}

unsafe extern "C" fn setattr(op: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot; a NULL value deletes.
    api(|| unsafe { unwrap_raw(op)?.assign(Object::from_ptr(name), Object::optional(value)) })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { unwrap_raw(a)?.compare(&*unwrap_raw(b)?, op) })
}

unsafe extern "C" fn iternext(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot. NULL without an error is the end.
    api(|| unsafe {
        let o = unwrap_raw(op)?;
        if !o.is_iterator() {
            let name = typeobject::tp_name(o.ty());
            return Err(raise!(TypeError, "Weakref proxy referenced a non-iterator '{name:.200}' object"));
        }
        o.next()
    })
}

unsafe extern "C" fn call(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { unwrap_raw(op)?.call_tuple(Object::from_ptr(args), Object::optional(kwargs)) })
}

unsafe extern "C" fn bytes(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { unwrap_raw(op)?.call_method(name!(__bytes__), &[]) })
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { unwrap_raw(op)?.call_method(name!(__reversed__), &[]) })
}
