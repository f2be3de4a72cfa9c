//! The table of special methods: which slot each one stands for, what fills the slot of a class that defines the method
//! (`slots`), and what calls the slot of a type that fills it (`wrappers`).
//!
//! A name may stand for several slots and a slot for several names. The order matters: of two slots that offer the same
//! name, the first one found filled gets into the dict, so mapping slots come before sequence slots.

use super::buffer_slots::{slot_bf_getbuffer, slot_bf_releasebuffer};
use super::slots::*;
use super::wrappers;
use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::types::unicode::names::table as names;
use std::mem::offset_of;
use std::ops::Range;
use std::ptr;
use std::sync::LazyLock;

/// The rows, read only.
pub struct Table<const N: usize>([wrapperbase; N]);

// SAFETY: addresses fixed at link time; nothing writes to them.
unsafe impl<const N: usize> Sync for Table<N> {}

const fn row(
    name: *mut PyObject,
    offset: usize,
    function: *const c_void,
    wrapper: wrapperfunc,
    doc: &'static std::ffi::CStr,
    flags: c_int,
) -> wrapperbase {
    wrapperbase {
        // The characters stand behind the head of a static str.
        name: name.cast::<u8>().wrapping_add(size_of::<PyASCIIObject>()).cast(),
        offset: offset as c_int,
        function: function.cast_mut(),
        wrapper,
        doc: doc.as_ptr(),
        flags,
        name_strobj: name,
    }
}

/// In a row's flags: the operator's left operand. Such a wrapper is not taken for one of a sequence's `+`, whose slot has
/// the same signature but is never called with its operands the other way round.
pub const LEFT: c_int = 2;

/// A wrapper that takes keyword arguments, as the table holds it.
const fn with_keywords(wrapper: wrapperfunc_kwds) -> wrapperfunc {
    // SAFETY: the row's flag tells every caller which signature it has.
    unsafe { std::mem::transmute(wrapper) }
}

macro_rules! name_of {
    ($name:ident) => {
        (&raw mut names::$name).cast::<PyObject>()
    };
}

static SLOTDEFS: Table<94> = Table([
    row(name_of!(__getattribute__), offset_of!(PyTypeObject, tp_getattr), ptr::null(), None, c"", 0),
    row(name_of!(__getattr__), offset_of!(PyTypeObject, tp_getattr), ptr::null(), None, c"", 0),
    row(name_of!(__setattr__), offset_of!(PyTypeObject, tp_setattr), ptr::null(), None, c"", 0),
    row(name_of!(__delattr__), offset_of!(PyTypeObject, tp_setattr), ptr::null(), None, c"", 0),
    row(name_of!(__repr__), offset_of!(PyTypeObject, tp_repr), slot_tp_repr as *const c_void, Some(wrappers::unary), c"__repr__($self, /)\n--\n\nReturn repr(self).", 0),
    row(name_of!(__hash__), offset_of!(PyTypeObject, tp_hash), slot_tp_hash as *const c_void, Some(wrappers::hash), c"__hash__($self, /)\n--\n\nReturn hash(self).", 0),
    row(name_of!(__call__), offset_of!(PyTypeObject, tp_call), slot_tp_call as *const c_void, with_keywords(Some(wrappers::call)), c"__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function.", PyWrapperFlag_KEYWORDS),
    row(name_of!(__str__), offset_of!(PyTypeObject, tp_str), slot_tp_str as *const c_void, Some(wrappers::unary), c"__str__($self, /)\n--\n\nReturn str(self).", 0),
    row(name_of!(__getattribute__), offset_of!(PyTypeObject, tp_getattro), slot_tp_getattr_hook as *const c_void, Some(wrappers::binary), c"__getattribute__($self, name, /)\n--\n\nReturn getattr(self, name).", 0),
    row(name_of!(__getattr__), offset_of!(PyTypeObject, tp_getattro), slot_tp_getattr_hook as *const c_void, None, c"", 0),
    row(name_of!(__setattr__), offset_of!(PyTypeObject, tp_setattro), slot_tp_setattro as *const c_void, Some(wrappers::setattr), c"__setattr__($self, name, value, /)\n--\n\nImplement setattr(self, name, value).", 0),
    row(name_of!(__delattr__), offset_of!(PyTypeObject, tp_setattro), slot_tp_setattro as *const c_void, Some(wrappers::delattr), c"__delattr__($self, name, /)\n--\n\nImplement delattr(self, name).", 0),
    row(name_of!(__lt__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_lt), c"__lt__($self, value, /)\n--\n\nReturn self<value.", 0),
    row(name_of!(__le__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_le), c"__le__($self, value, /)\n--\n\nReturn self<=value.", 0),
    row(name_of!(__eq__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_eq), c"__eq__($self, value, /)\n--\n\nReturn self==value.", 0),
    row(name_of!(__ne__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_ne), c"__ne__($self, value, /)\n--\n\nReturn self!=value.", 0),
    row(name_of!(__gt__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_gt), c"__gt__($self, value, /)\n--\n\nReturn self>value.", 0),
    row(name_of!(__ge__), offset_of!(PyTypeObject, tp_richcompare), slot_tp_richcompare as *const c_void, Some(wrappers::compare_ge), c"__ge__($self, value, /)\n--\n\nReturn self>=value.", 0),
    row(name_of!(__iter__), offset_of!(PyTypeObject, tp_iter), slot_tp_iter as *const c_void, Some(wrappers::unary), c"__iter__($self, /)\n--\n\nImplement iter(self).", 0),
    row(name_of!(__next__), offset_of!(PyTypeObject, tp_iternext), slot_tp_iternext as *const c_void, Some(wrappers::next), c"__next__($self, /)\n--\n\nImplement next(self).", 0),
    row(name_of!(__get__), offset_of!(PyTypeObject, tp_descr_get), slot_tp_descr_get as *const c_void, Some(wrappers::descr_get), c"__get__($self, instance, owner=None, /)\n--\n\nReturn the attribute of instance, which is of type owner.", 0),
    row(name_of!(__set__), offset_of!(PyTypeObject, tp_descr_set), slot_tp_descr_set as *const c_void, Some(wrappers::descr_set), c"__set__($self, instance, value, /)\n--\n\nSet the attribute of instance to value.", 0),
    row(name_of!(__delete__), offset_of!(PyTypeObject, tp_descr_set), slot_tp_descr_set as *const c_void, Some(wrappers::descr_delete), c"__delete__($self, instance, /)\n--\n\nDelete the attribute of instance.", 0),
    row(name_of!(__init__), offset_of!(PyTypeObject, tp_init), slot_tp_init as *const c_void, with_keywords(Some(wrappers::init)), c"__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for its own signature.", PyWrapperFlag_KEYWORDS),
    row(name_of!(__new__), offset_of!(PyTypeObject, tp_new), slot_tp_new as *const c_void, None, c"", 0),
    row(name_of!(__del__), offset_of!(PyTypeObject, tp_finalize), slot_tp_finalize as *const c_void, Some(wrappers::finalize), c"__del__($self, /)\n--\n\nCalled when the object is about to be destroyed.", 0),
    row(name_of!(__buffer__), offset_of!(PyHeapTypeObject, as_buffer) + offset_of!(PyBufferProcs, bf_getbuffer), slot_bf_getbuffer as *const c_void, Some(wrappers::buffer), c"__buffer__($self, flags, /)\n--\n\nReturn a memoryview of the object's memory.", 0),
    row(name_of!(__release_buffer__), offset_of!(PyHeapTypeObject, as_buffer) + offset_of!(PyBufferProcs, bf_releasebuffer), slot_bf_releasebuffer as *const c_void, Some(wrappers::releasebuffer), c"__release_buffer__($self, buffer, /)\n--\n\nGive back a memoryview that __buffer__ returned.", 0),
    row(name_of!(__await__), offset_of!(PyHeapTypeObject, as_async) + offset_of!(PyAsyncMethods, am_await), slot_am_await as *const c_void, Some(wrappers::unary), c"__await__($self, /)\n--\n\nReturn an iterator for an await expression.", 0),
    row(name_of!(__aiter__), offset_of!(PyHeapTypeObject, as_async) + offset_of!(PyAsyncMethods, am_aiter), slot_am_aiter as *const c_void, Some(wrappers::unary), c"__aiter__($self, /)\n--\n\nReturn an awaitable that gives an asynchronous iterator.", 0),
    row(name_of!(__anext__), offset_of!(PyHeapTypeObject, as_async) + offset_of!(PyAsyncMethods, am_anext), slot_am_anext as *const c_void, Some(wrappers::unary), c"__anext__($self, /)\n--\n\nReturn a value or raise StopAsyncIteration.", 0),
    row(name_of!(__add__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_add), slot_nb_add as *const c_void, Some(wrappers::binary), c"__add__($self, value, /)\n--\n\nReturn self+value.", LEFT),
    row(name_of!(__radd__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_add), slot_nb_add as *const c_void, Some(wrappers::binary_reflected), c"__radd__($self, value, /)\n--\n\nReturn value+self.", 0),
    row(name_of!(__sub__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_subtract), slot_nb_subtract as *const c_void, Some(wrappers::binary), c"__sub__($self, value, /)\n--\n\nReturn self-value.", LEFT),
    row(name_of!(__rsub__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_subtract), slot_nb_subtract as *const c_void, Some(wrappers::binary_reflected), c"__rsub__($self, value, /)\n--\n\nReturn value-self.", 0),
    row(name_of!(__mul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_multiply), slot_nb_multiply as *const c_void, Some(wrappers::binary), c"__mul__($self, value, /)\n--\n\nReturn self*value.", LEFT),
    row(name_of!(__rmul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_multiply), slot_nb_multiply as *const c_void, Some(wrappers::binary_reflected), c"__rmul__($self, value, /)\n--\n\nReturn value*self.", 0),
    row(name_of!(__mod__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_remainder), slot_nb_remainder as *const c_void, Some(wrappers::binary), c"__mod__($self, value, /)\n--\n\nReturn self%value.", LEFT),
    row(name_of!(__rmod__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_remainder), slot_nb_remainder as *const c_void, Some(wrappers::binary_reflected), c"__rmod__($self, value, /)\n--\n\nReturn value%self.", 0),
    row(name_of!(__divmod__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_divmod), slot_nb_divmod as *const c_void, Some(wrappers::binary), c"__divmod__($self, value, /)\n--\n\nReturn divmod(self, value).", LEFT),
    row(name_of!(__rdivmod__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_divmod), slot_nb_divmod as *const c_void, Some(wrappers::binary_reflected), c"__rdivmod__($self, value, /)\n--\n\nReturn divmod(value, self).", 0),
    row(name_of!(__pow__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_power), slot_nb_power as *const c_void, Some(wrappers::ternary), c"__pow__($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod).", 0),
    row(name_of!(__rpow__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_power), slot_nb_power as *const c_void, Some(wrappers::ternary_reflected), c"__rpow__($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod).", 0),
    row(name_of!(__neg__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_negative), slot_nb_negative as *const c_void, Some(wrappers::unary), c"__neg__($self, /)\n--\n\n-self", 0),
    row(name_of!(__pos__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_positive), slot_nb_positive as *const c_void, Some(wrappers::unary), c"__pos__($self, /)\n--\n\n+self", 0),
    row(name_of!(__abs__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_absolute), slot_nb_absolute as *const c_void, Some(wrappers::unary), c"__abs__($self, /)\n--\n\nabs(self)", 0),
    row(name_of!(__bool__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_bool), slot_nb_bool as *const c_void, Some(wrappers::inquiry), c"__bool__($self, /)\n--\n\nTrue if self else False", 0),
    row(name_of!(__invert__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_invert), slot_nb_invert as *const c_void, Some(wrappers::unary), c"__invert__($self, /)\n--\n\n~self", 0),
    row(name_of!(__lshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_lshift), slot_nb_lshift as *const c_void, Some(wrappers::binary), c"__lshift__($self, value, /)\n--\n\nReturn self<<value.", LEFT),
    row(name_of!(__rlshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_lshift), slot_nb_lshift as *const c_void, Some(wrappers::binary_reflected), c"__rlshift__($self, value, /)\n--\n\nReturn value<<self.", 0),
    row(name_of!(__rshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_rshift), slot_nb_rshift as *const c_void, Some(wrappers::binary), c"__rshift__($self, value, /)\n--\n\nReturn self>>value.", LEFT),
    row(name_of!(__rrshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_rshift), slot_nb_rshift as *const c_void, Some(wrappers::binary_reflected), c"__rrshift__($self, value, /)\n--\n\nReturn value>>self.", 0),
    row(name_of!(__and__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_and), slot_nb_and as *const c_void, Some(wrappers::binary), c"__and__($self, value, /)\n--\n\nReturn self&value.", LEFT),
    row(name_of!(__rand__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_and), slot_nb_and as *const c_void, Some(wrappers::binary_reflected), c"__rand__($self, value, /)\n--\n\nReturn value&self.", 0),
    row(name_of!(__xor__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_xor), slot_nb_xor as *const c_void, Some(wrappers::binary), c"__xor__($self, value, /)\n--\n\nReturn self^value.", LEFT),
    row(name_of!(__rxor__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_xor), slot_nb_xor as *const c_void, Some(wrappers::binary_reflected), c"__rxor__($self, value, /)\n--\n\nReturn value^self.", 0),
    row(name_of!(__or__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_or), slot_nb_or as *const c_void, Some(wrappers::binary), c"__or__($self, value, /)\n--\n\nReturn self|value.", LEFT),
    row(name_of!(__ror__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_or), slot_nb_or as *const c_void, Some(wrappers::binary_reflected), c"__ror__($self, value, /)\n--\n\nReturn value|self.", 0),
    row(name_of!(__int__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_int), slot_nb_int as *const c_void, Some(wrappers::unary), c"__int__($self, /)\n--\n\nint(self)", 0),
    row(name_of!(__float__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_float), slot_nb_float as *const c_void, Some(wrappers::unary), c"__float__($self, /)\n--\n\nfloat(self)", 0),
    row(name_of!(__iadd__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_add), slot_nb_inplace_add as *const c_void, Some(wrappers::binary), c"__iadd__($self, value, /)\n--\n\nReturn self+=value.", 0),
    row(name_of!(__isub__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_subtract), slot_nb_inplace_subtract as *const c_void, Some(wrappers::binary), c"__isub__($self, value, /)\n--\n\nReturn self-=value.", 0),
    row(name_of!(__imul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_multiply), slot_nb_inplace_multiply as *const c_void, Some(wrappers::binary), c"__imul__($self, value, /)\n--\n\nReturn self*=value.", 0),
    row(name_of!(__imod__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_remainder), slot_nb_inplace_remainder as *const c_void, Some(wrappers::binary), c"__imod__($self, value, /)\n--\n\nReturn self%=value.", 0),
    row(name_of!(__ipow__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_power), slot_nb_inplace_power as *const c_void, Some(wrappers::ternary), c"__ipow__($self, value, /)\n--\n\nReturn self**=value.", 0),
    row(name_of!(__ilshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_lshift), slot_nb_inplace_lshift as *const c_void, Some(wrappers::binary), c"__ilshift__($self, value, /)\n--\n\nReturn self<<=value.", 0),
    row(name_of!(__irshift__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_rshift), slot_nb_inplace_rshift as *const c_void, Some(wrappers::binary), c"__irshift__($self, value, /)\n--\n\nReturn self>>=value.", 0),
    row(name_of!(__iand__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_and), slot_nb_inplace_and as *const c_void, Some(wrappers::binary), c"__iand__($self, value, /)\n--\n\nReturn self&=value.", 0),
    row(name_of!(__ixor__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_xor), slot_nb_inplace_xor as *const c_void, Some(wrappers::binary), c"__ixor__($self, value, /)\n--\n\nReturn self^=value.", 0),
    row(name_of!(__ior__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_or), slot_nb_inplace_or as *const c_void, Some(wrappers::binary), c"__ior__($self, value, /)\n--\n\nReturn self|=value.", 0),
    row(name_of!(__floordiv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_floor_divide), slot_nb_floor_divide as *const c_void, Some(wrappers::binary), c"__floordiv__($self, value, /)\n--\n\nReturn self//value.", LEFT),
    row(name_of!(__rfloordiv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_floor_divide), slot_nb_floor_divide as *const c_void, Some(wrappers::binary_reflected), c"__rfloordiv__($self, value, /)\n--\n\nReturn value//self.", 0),
    row(name_of!(__truediv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_true_divide), slot_nb_true_divide as *const c_void, Some(wrappers::binary), c"__truediv__($self, value, /)\n--\n\nReturn self/value.", LEFT),
    row(name_of!(__rtruediv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_true_divide), slot_nb_true_divide as *const c_void, Some(wrappers::binary_reflected), c"__rtruediv__($self, value, /)\n--\n\nReturn value/self.", 0),
    row(name_of!(__ifloordiv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_floor_divide), slot_nb_inplace_floor_divide as *const c_void, Some(wrappers::binary), c"__ifloordiv__($self, value, /)\n--\n\nReturn self//=value.", 0),
    row(name_of!(__itruediv__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_true_divide), slot_nb_inplace_true_divide as *const c_void, Some(wrappers::binary), c"__itruediv__($self, value, /)\n--\n\nReturn self/=value.", 0),
    row(name_of!(__index__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_index), slot_nb_index as *const c_void, Some(wrappers::unary), c"__index__($self, /)\n--\n\nReturn self converted to an integer, if self is suitable for use as an index into a list.", 0),
    row(name_of!(__matmul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_matrix_multiply), slot_nb_matrix_multiply as *const c_void, Some(wrappers::binary), c"__matmul__($self, value, /)\n--\n\nReturn self@value.", LEFT),
    row(name_of!(__rmatmul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_matrix_multiply), slot_nb_matrix_multiply as *const c_void, Some(wrappers::binary_reflected), c"__rmatmul__($self, value, /)\n--\n\nReturn value@self.", 0),
    row(name_of!(__imatmul__), offset_of!(PyHeapTypeObject, as_number) + offset_of!(PyNumberMethods, nb_inplace_matrix_multiply), slot_nb_inplace_matrix_multiply as *const c_void, Some(wrappers::binary), c"__imatmul__($self, value, /)\n--\n\nReturn self@=value.", 0),
    row(name_of!(__len__), offset_of!(PyHeapTypeObject, as_mapping) + offset_of!(PyMappingMethods, mp_length), slot_mp_length as *const c_void, Some(wrappers::len), c"__len__($self, /)\n--\n\nReturn len(self).", 0),
    row(name_of!(__getitem__), offset_of!(PyHeapTypeObject, as_mapping) + offset_of!(PyMappingMethods, mp_subscript), slot_mp_subscript as *const c_void, Some(wrappers::binary), c"__getitem__($self, key, /)\n--\n\nReturn self[key].", 0),
    row(name_of!(__setitem__), offset_of!(PyHeapTypeObject, as_mapping) + offset_of!(PyMappingMethods, mp_ass_subscript), slot_mp_ass_subscript as *const c_void, Some(wrappers::setitem), c"__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.", 0),
    row(name_of!(__delitem__), offset_of!(PyHeapTypeObject, as_mapping) + offset_of!(PyMappingMethods, mp_ass_subscript), slot_mp_ass_subscript as *const c_void, Some(wrappers::delitem), c"__delitem__($self, key, /)\n--\n\nDelete self[key].", 0),
    row(name_of!(__len__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_length), slot_sq_length as *const c_void, Some(wrappers::len), c"__len__($self, /)\n--\n\nReturn len(self).", 0),
    row(name_of!(__add__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_concat), ptr::null(), Some(wrappers::binary), c"__add__($self, value, /)\n--\n\nReturn self+value.", 0),
    row(name_of!(__mul__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_repeat), ptr::null(), Some(wrappers::index_argument), c"__mul__($self, value, /)\n--\n\nReturn self*value.", 0),
    row(name_of!(__rmul__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_repeat), ptr::null(), Some(wrappers::index_argument), c"__rmul__($self, value, /)\n--\n\nReturn value*self.", 0),
    row(name_of!(__getitem__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_item), slot_sq_item as *const c_void, Some(wrappers::sq_item), c"__getitem__($self, key, /)\n--\n\nReturn self[key].", 0),
    row(name_of!(__setitem__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_ass_item), slot_sq_ass_item as *const c_void, Some(wrappers::sq_setitem), c"__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.", 0),
    row(name_of!(__delitem__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_ass_item), slot_sq_ass_item as *const c_void, Some(wrappers::sq_delitem), c"__delitem__($self, key, /)\n--\n\nDelete self[key].", 0),
    row(name_of!(__contains__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_contains), slot_sq_contains as *const c_void, Some(wrappers::contains), c"__contains__($self, key, /)\n--\n\nReturn bool(key in self).", 0),
    row(name_of!(__iadd__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_inplace_concat), ptr::null(), Some(wrappers::binary), c"__iadd__($self, value, /)\n--\n\nImplement self+=value.", 0),
    row(name_of!(__imul__), offset_of!(PyHeapTypeObject, as_sequence) + offset_of!(PySequenceMethods, sq_inplace_repeat), ptr::null(), Some(wrappers::index_argument), c"__imul__($self, value, /)\n--\n\nImplement self*=value.", 0),

]);

/// Every row in order.
pub fn all() -> &'static [wrapperbase] {
    &SLOTDEFS.0
}

/// The name that a row is about.
pub fn name(row: &wrapperbase) -> &'static Object {
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(row.name_strobj) }
}

/// The names of all rows as a new list.
pub fn names_as_list() -> Result<Owned> {
    crate::types::list::from_owned(all().iter().map(|row| name(row).to_owned()).collect())
}

/// The suite that an offset is in: its address in a type, where it starts in a class on the heap, its size. The first
/// "suite" is the type itself.
#[inline(always)]
fn suite(ty: *mut PyTypeObject, offset: usize) -> (*mut u8, usize, usize) {
    // SAFETY: a live type.
    unsafe {
        if offset >= offset_of!(PyHeapTypeObject, as_buffer) {
            ((*ty).tp_as_buffer.cast(), offset_of!(PyHeapTypeObject, as_buffer), size_of::<PyBufferProcs>())
        } else if offset >= offset_of!(PyHeapTypeObject, as_sequence) {
            ((*ty).tp_as_sequence.cast(), offset_of!(PyHeapTypeObject, as_sequence), size_of::<PySequenceMethods>())
        } else if offset >= offset_of!(PyHeapTypeObject, as_mapping) {
            ((*ty).tp_as_mapping.cast(), offset_of!(PyHeapTypeObject, as_mapping), size_of::<PyMappingMethods>())
        } else if offset >= offset_of!(PyHeapTypeObject, as_number) {
            ((*ty).tp_as_number.cast(), offset_of!(PyHeapTypeObject, as_number), size_of::<PyNumberMethods>())
        } else if offset >= offset_of!(PyHeapTypeObject, as_async) {
            ((*ty).tp_as_async.cast(), offset_of!(PyHeapTypeObject, as_async), size_of::<PyAsyncMethods>())
        } else {
            (ty.cast(), 0, size_of::<PyTypeObject>())
        }
    }
}

/// The slot of a row in a type; NULL if the type lacks the suite that it is in. Offsets are those of a class on the heap,
/// where the suites follow the type.
pub fn place(ty: *mut PyTypeObject, offset: c_int) -> *mut *mut c_void {
    let (suite, start, _) = suite(ty, offset as usize);
    if suite.is_null() { ptr::null_mut() } else { suite.wrapping_add(offset as usize - start).cast() }
}

/// Where in [`all`] one suite's rows end and the next one's begin.
static RUNS: LazyLock<Vec<Range<usize>>> = LazyLock::new(|| {
    let start = |row: &wrapperbase| suite(&raw mut super::PyBaseObject_Type, row.offset as usize).1;
    let mut end = 0;
    all()
        .chunk_by(|a, b| start(a) == start(b))
        .map(|run| {
            end += run.len();
            end - run.len()..end
        })
        .collect()
});

/// The rows in order, without those of suites in which the type fills nothing: most types fill few.
pub fn of_filled_suites(ty: *mut PyTypeObject) -> impl Iterator<Item = &'static wrapperbase> {
    RUNS.iter().map(|run| &all()[run.clone()]).filter(move |run| !is_empty(ty, run[0].offset)).flatten()
}

fn is_empty(ty: *mut PyTypeObject, offset: c_int) -> bool {
    let (suite, start, size) = suite(ty, offset as usize);
    // SAFETY: a suite is nothing but pointers.
    start != 0
        && (suite.is_null()
            || unsafe { std::slice::from_raw_parts(suite.cast::<usize>(), size / size_of::<usize>()) }
                .iter()
                .all(|&slot| slot == 0))
}
