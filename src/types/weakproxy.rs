//! `weakref.ProxyType` and `weakref.CallableProxyType`: weak references that stand in for their object in whatever is
//! done to them. The struct is that of a reference.

use super::{typeobject, unicode, weakref};
use crate::abi::*;
use crate::mem::gc;
use crate::object::{Object, Owned, Result, api};
use crate::{name, raise};

unsafe extern "C" {
    fn PyObject_GC_Del(op: *mut c_void);
    fn PyObject_HashNotImplemented(o: *mut PyObject) -> Py_hash_t;
    fn PyIter_Check(o: *mut PyObject) -> c_int;
    fn PyIter_Next(o: *mut PyObject) -> *mut PyObject;
    fn PyObject_IsTrue(o: *mut PyObject) -> c_int;
    fn PySequence_Contains(o: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PyObject_Size(o: *mut PyObject) -> Py_ssize_t;
    fn PyObject_SetItem(o: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PyObject_DelItem(o: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyObject_SetAttr(o: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PyObject_RichCompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject;
}

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

/// Slots that take the proxies out of their arguments and pass on to a function of the API.
macro_rules! forward {
    ($($slot:ident $function:ident($($arg:ident),+);)*) => { $(
        unsafe extern "C" fn $slot($($arg: *mut PyObject),+) -> *mut PyObject {
            unsafe extern "C" {
                fn $function($($arg: *mut PyObject),+) -> *mut PyObject;
            }
            // SAFETY: slot; owned while the function runs.
            api(|| unsafe {
                $(let $arg = unwrap_raw($arg)?;)+
                Owned::from_c($function($($arg.as_ptr()),+))
            })
        }
    )* };
}

forward! {
    add PyNumber_Add(a, b);
    subtract PyNumber_Subtract(a, b);
    multiply PyNumber_Multiply(a, b);
    floor_divide PyNumber_FloorDivide(a, b);
    true_divide PyNumber_TrueDivide(a, b);
    remainder PyNumber_Remainder(a, b);
    divmod PyNumber_Divmod(a, b);
    power PyNumber_Power(a, b, c);
    negative PyNumber_Negative(a);
    positive PyNumber_Positive(a);
    absolute PyNumber_Absolute(a);
    invert PyNumber_Invert(a);
    lshift PyNumber_Lshift(a, b);
    rshift PyNumber_Rshift(a, b);
    and PyNumber_And(a, b);
    xor PyNumber_Xor(a, b);
    or PyNumber_Or(a, b);
    int PyNumber_Long(a);
    float PyNumber_Float(a);
    index PyNumber_Index(a);
    matmul PyNumber_MatrixMultiply(a, b);
    iadd PyNumber_InPlaceAdd(a, b);
    isubtract PyNumber_InPlaceSubtract(a, b);
    imultiply PyNumber_InPlaceMultiply(a, b);
    ifloor_divide PyNumber_InPlaceFloorDivide(a, b);
    itrue_divide PyNumber_InPlaceTrueDivide(a, b);
    iremainder PyNumber_InPlaceRemainder(a, b);
    ipower PyNumber_InPlacePower(a, b, c);
    ilshift PyNumber_InPlaceLshift(a, b);
    irshift PyNumber_InPlaceRshift(a, b);
    iand PyNumber_InPlaceAnd(a, b);
    ixor PyNumber_InPlaceXor(a, b);
    ior PyNumber_InPlaceOr(a, b);
    imatmul PyNumber_InPlaceMatrixMultiply(a, b);
    str PyObject_Str(a);
    iter PyObject_GetIter(a);
    getitem PyObject_GetItem(a, b);
    getattr PyObject_GetAttr(a, b);
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
            Some(o) => unicode::from_str(&format!(
                "<weakproxy at {op:p}; to '{}' at {:p}>",
                typeobject::tp_name(o.ty()),
                o.as_ptr()
            )),
        }
    })
}

unsafe extern "C" fn bool(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { unwrap_raw(op).map_or(-1, |o| PyObject_IsTrue(o.as_ptr())) }
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot.
    unsafe { unwrap_raw(op).map_or(-1, |o| PyObject_Size(o.as_ptr())) }
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { unwrap_raw(op).map_or(-1, |o| PySequence_Contains(o.as_ptr(), item)) }
}

unsafe extern "C" fn setitem(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let Ok(o) = unwrap_raw(op) else { return -1 };
        if value.is_null() { PyObject_DelItem(o.as_ptr(), key) } else { PyObject_SetItem(o.as_ptr(), key, value) }
    }
}

unsafe extern "C" fn setattr(op: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot; a NULL value deletes.
    unsafe { unwrap_raw(op).map_or(-1, |o| PyObject_SetAttr(o.as_ptr(), name, value)) }
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (a, b) = (unwrap_raw(a)?, unwrap_raw(b)?);
        Owned::from_c(PyObject_RichCompare(a.as_ptr(), b.as_ptr(), op))
    })
}

unsafe extern "C" fn iternext(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot. NULL without an error is the end.
    unsafe {
        let Ok(o) = unwrap_raw(op) else { return std::ptr::null_mut() };
        if PyIter_Check(o.as_ptr()) == 0 {
            let _raised = raise!(
                TypeError,
                "Weakref proxy referenced a non-iterator '{:.200}' object",
                typeobject::tp_name(o.ty())
            );
            return std::ptr::null_mut();
        }
        PyIter_Next(o.as_ptr())
    }
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
