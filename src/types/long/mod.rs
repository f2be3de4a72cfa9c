//! `int`: any size, in CPython's layout: a tag with sign and digit count, then 30-bit digits, least significant first.
//!
//! `layout` reads and makes that form, `magnitude` computes on digits without a sign, `arith` and `bits` are the
//! operators. Values of one digit ("compact") take fast paths everywhere; values beyond a few digits go through
//! `num-bigint` where that is faster.

pub mod arith;
pub mod bits;
pub mod bytes;
mod convert;
pub mod double;
pub mod info;
mod layout;
mod magnitude;
mod methods;
mod new;
pub mod text;

pub use arith::{add, multiply, subtract};
pub use bits::{bit_count, bit_length, top_bits};
pub use convert::*;
pub use double::to_f64;
pub use layout::*;
pub use text::{to_base, to_base_with_prefix};

use crate::abi::*;
use crate::object::Object;
use crate::types::adapt;

#[unsafe(no_mangle)]
pub static mut PyLong_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"int".as_ptr(),
    tp_basicsize: std::mem::offset_of!(PyLongObject, long_value.ob_digit) as isize,
    tp_itemsize: size_of::<digit>() as isize,
    tp_dealloc: Some(layout::dealloc),
    tp_repr: adapt::unary(text::repr),
    tp_as_number: suite(&NUMBER),
    tp_hash: adapt::hash(arith::hash),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    tp_doc: c"int([x]) -> integer\nint(x, base=10) -> integer\n\nA number or text as an integer; 0 without arguments. \
        A float is cut towards zero.\n\nWith a base, x is text (str, bytes, bytearray): a literal of that base, with a \
        sign and white space around it\nallowed. Bases are 0 and 2-36; base 0 reads the base from the literal's \
        prefix.\n>>> int('0b100', base=0)\n4"
        .as_ptr(),
    tp_richcompare: adapt::richcompare(arith::compare),
    tp_methods: table(&methods::METHODS),
    tp_getset: table(&methods::GETSET),
    tp_new: adapt::new(new::new),
    tp_vectorcall: Some(new::vectorcall),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: adapt::binary(arith::add_slot),
    nb_subtract: adapt::binary(arith::subtract_slot),
    nb_multiply: adapt::binary(arith::multiply_slot),
    nb_remainder: adapt::binary(arith::remainder_slot),
    nb_divmod: adapt::binary(arith::divmod_slot),
    nb_power: adapt::ternary(arith::power_slot),
    nb_negative: adapt::unary(arith::negate),
    nb_positive: adapt::unary(exact),
    nb_absolute: adapt::unary(arith::absolute),
    nb_bool: adapt::inquiry(arith::is_true),
    nb_invert: adapt::unary(bits::invert),
    nb_lshift: adapt::binary(bits::shift_left),
    nb_rshift: adapt::binary(bits::shift_right),
    nb_and: adapt::binary(bits::and),
    nb_xor: adapt::binary(bits::xor),
    nb_or: adapt::binary(bits::or),
    nb_int: adapt::unary(exact),
    nb_float: adapt::unary(methods::to_float),
    nb_floor_divide: adapt::binary(arith::floor_divide_slot),
    nb_true_divide: adapt::binary(arith::true_divide_slot),
    nb_index: adapt::unary(exact),
    ..PyNumberMethods::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_LONG_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyLong_Type)
}
