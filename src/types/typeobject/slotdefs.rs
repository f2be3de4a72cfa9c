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

/// In a row's flags: the operator's left operand. Such a wrapper is not taken for one of a sequence's `+`, whose slot
/// has the same signature but is never called with its operands the other way round.
pub const LEFT: c_int = 2;

/// A wrapper that takes keyword arguments, as the table holds it.
const fn with_keywords(wrapper: wrapperfunc_kwds) -> wrapperfunc {
    // SAFETY: the row's flag tells every caller which signature it has.
    unsafe { std::mem::transmute(wrapper) }
}

macro_rules! slotdefs {
    ($($suite:ident $field:ident $function:ident: $name:ident $($wrapper:ident $($flag:ident)? $doc:literal)?;)*) => {
        Table([$(
            row(
                names::$name.cast::<PyObject>(),
                slotdefs!(@offset $suite $field),
                slotdefs!(@function $function),
                slotdefs!(@wrapper $($wrapper $($flag)?)?),
                slotdefs!(@doc $($doc)?),
                slotdefs!(@flag $($($flag)?)?),
            )
        ),*])
    };
    (@offset type $field:ident) => { offset_of!(PyTypeObject, $field) };
    (@offset as_buffer $field:ident) => { slotdefs!(@offset as_buffer PyBufferProcs $field) };
    (@offset as_async $field:ident) => { slotdefs!(@offset as_async PyAsyncMethods $field) };
    (@offset as_number $field:ident) => { slotdefs!(@offset as_number PyNumberMethods $field) };
    (@offset as_mapping $field:ident) => { slotdefs!(@offset as_mapping PyMappingMethods $field) };
    (@offset as_sequence $field:ident) => { slotdefs!(@offset as_sequence PySequenceMethods $field) };
    (@offset $suite:ident $methods:ident $field:ident) => {
        offset_of!(PyHeapTypeObject, $suite) + offset_of!($methods, $field)
    };
    (@function none) => { ptr::null() };
    (@function $function:ident) => { $function as *const c_void };
    (@wrapper) => { None };
    (@wrapper $wrapper:ident KEYWORDS) => { with_keywords(Some(wrappers::$wrapper)) };
    (@wrapper $wrapper:ident $($flag:ident)?) => { Some(wrappers::$wrapper) };
    (@doc) => { c"" };
    (@doc $doc:literal) => { $doc };
    (@flag) => { 0 };
    (@flag LEFT) => { LEFT };
    (@flag KEYWORDS) => { PyWrapperFlag_KEYWORDS };
}

// A row: the suite of the slot (`type` for those of the type itself), the slot, what fills it; then the method's name,
// what calls the slot for it, and its doc. Where there is none, the method has no wrapper: it is found some other way.
static SLOTDEFS: Table<94> = slotdefs! {
    type tp_getattr none: __getattribute__;
    type tp_getattr none: __getattr__;
    type tp_setattr none: __setattr__;
    type tp_setattr none: __delattr__;
    type tp_repr slot_tp_repr: __repr__ unary
        c"__repr__($self, /)\n--\n\nReturn repr(self).";
    type tp_hash slot_tp_hash: __hash__ hash
        c"__hash__($self, /)\n--\n\nReturn hash(self).";
    type tp_call slot_tp_call: __call__ call KEYWORDS
        c"__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function.";
    type tp_str slot_tp_str: __str__ unary
        c"__str__($self, /)\n--\n\nReturn str(self).";
    type tp_getattro slot_tp_getattr_hook: __getattribute__ binary
        c"__getattribute__($self, name, /)\n--\n\nReturn getattr(self, name).";
    type tp_getattro slot_tp_getattr_hook: __getattr__;
    type tp_setattro slot_tp_setattro: __setattr__ setattr
        c"__setattr__($self, name, value, /)\n--\n\nImplement setattr(self, name, value).";
    type tp_setattro slot_tp_setattro: __delattr__ delattr
        c"__delattr__($self, name, /)\n--\n\nImplement delattr(self, name).";
    type tp_richcompare slot_tp_richcompare: __lt__ compare_lt
        c"__lt__($self, value, /)\n--\n\nReturn self<value.";
    type tp_richcompare slot_tp_richcompare: __le__ compare_le
        c"__le__($self, value, /)\n--\n\nReturn self<=value.";
    type tp_richcompare slot_tp_richcompare: __eq__ compare_eq
        c"__eq__($self, value, /)\n--\n\nReturn self==value.";
    type tp_richcompare slot_tp_richcompare: __ne__ compare_ne
        c"__ne__($self, value, /)\n--\n\nReturn self!=value.";
    type tp_richcompare slot_tp_richcompare: __gt__ compare_gt
        c"__gt__($self, value, /)\n--\n\nReturn self>value.";
    type tp_richcompare slot_tp_richcompare: __ge__ compare_ge
        c"__ge__($self, value, /)\n--\n\nReturn self>=value.";
    type tp_iter slot_tp_iter: __iter__ unary
        c"__iter__($self, /)\n--\n\nImplement iter(self).";
    type tp_iternext slot_tp_iternext: __next__ next
        c"__next__($self, /)\n--\n\nImplement next(self).";
    type tp_descr_get slot_tp_descr_get: __get__ descr_get
        c"__get__($self, instance, owner=None, /)\n--\n\nReturn the attribute of instance, which is of type owner.";
    type tp_descr_set slot_tp_descr_set: __set__ descr_set
        c"__set__($self, instance, value, /)\n--\n\nSet the attribute of instance to value.";
    type tp_descr_set slot_tp_descr_set: __delete__ descr_delete
        c"__delete__($self, instance, /)\n--\n\nDelete the attribute of instance.";
    type tp_init slot_tp_init: __init__ init KEYWORDS
        c"__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for its own signature.";
    type tp_new slot_tp_new: __new__;
    type tp_finalize slot_tp_finalize: __del__ finalize
        c"__del__($self, /)\n--\n\nCalled when the object is about to be destroyed.";
    as_buffer bf_getbuffer slot_bf_getbuffer: __buffer__ buffer
        c"__buffer__($self, flags, /)\n--\n\nReturn a memoryview of the object's memory.";
    as_buffer bf_releasebuffer slot_bf_releasebuffer: __release_buffer__ releasebuffer
        c"__release_buffer__($self, buffer, /)\n--\n\nGive back a memoryview that __buffer__ returned.";
    as_async am_await slot_am_await: __await__ unary
        c"__await__($self, /)\n--\n\nWhat await goes through.";
    as_async am_aiter slot_am_aiter: __aiter__ unary
        c"__aiter__($self, /)\n--\n\nReturn an awaitable that gives an asynchronous iterator.";
    as_async am_anext slot_am_anext: __anext__ unary
        c"__anext__($self, /)\n--\n\nReturn a value or raise StopAsyncIteration.";
    as_number nb_add slot_nb_add: __add__ binary LEFT
        c"__add__($self, value, /)\n--\n\nReturn self+value.";
    as_number nb_add slot_nb_add: __radd__ binary_reflected
        c"__radd__($self, value, /)\n--\n\nReturn value+self.";
    as_number nb_subtract slot_nb_subtract: __sub__ binary LEFT
        c"__sub__($self, value, /)\n--\n\nReturn self-value.";
    as_number nb_subtract slot_nb_subtract: __rsub__ binary_reflected
        c"__rsub__($self, value, /)\n--\n\nReturn value-self.";
    as_number nb_multiply slot_nb_multiply: __mul__ binary LEFT
        c"__mul__($self, value, /)\n--\n\nReturn self*value.";
    as_number nb_multiply slot_nb_multiply: __rmul__ binary_reflected
        c"__rmul__($self, value, /)\n--\n\nReturn value*self.";
    as_number nb_remainder slot_nb_remainder: __mod__ binary LEFT
        c"__mod__($self, value, /)\n--\n\nReturn self%value.";
    as_number nb_remainder slot_nb_remainder: __rmod__ binary_reflected
        c"__rmod__($self, value, /)\n--\n\nReturn value%self.";
    as_number nb_divmod slot_nb_divmod: __divmod__ binary LEFT
        c"__divmod__($self, value, /)\n--\n\nReturn divmod(self, value).";
    as_number nb_divmod slot_nb_divmod: __rdivmod__ binary_reflected
        c"__rdivmod__($self, value, /)\n--\n\nReturn divmod(value, self).";
    as_number nb_power slot_nb_power: __pow__ ternary
        c"__pow__($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod).";
    as_number nb_power slot_nb_power: __rpow__ ternary_reflected
        c"__rpow__($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod).";
    as_number nb_negative slot_nb_negative: __neg__ unary
        c"__neg__($self, /)\n--\n\n-self";
    as_number nb_positive slot_nb_positive: __pos__ unary
        c"__pos__($self, /)\n--\n\n+self";
    as_number nb_absolute slot_nb_absolute: __abs__ unary
        c"__abs__($self, /)\n--\n\nabs(self)";
    as_number nb_bool slot_nb_bool: __bool__ inquiry
        c"__bool__($self, /)\n--\n\nTrue if self else False";
    as_number nb_invert slot_nb_invert: __invert__ unary
        c"__invert__($self, /)\n--\n\n~self";
    as_number nb_lshift slot_nb_lshift: __lshift__ binary LEFT
        c"__lshift__($self, value, /)\n--\n\nReturn self<<value.";
    as_number nb_lshift slot_nb_lshift: __rlshift__ binary_reflected
        c"__rlshift__($self, value, /)\n--\n\nReturn value<<self.";
    as_number nb_rshift slot_nb_rshift: __rshift__ binary LEFT
        c"__rshift__($self, value, /)\n--\n\nReturn self>>value.";
    as_number nb_rshift slot_nb_rshift: __rrshift__ binary_reflected
        c"__rrshift__($self, value, /)\n--\n\nReturn value>>self.";
    as_number nb_and slot_nb_and: __and__ binary LEFT
        c"__and__($self, value, /)\n--\n\nReturn self&value.";
    as_number nb_and slot_nb_and: __rand__ binary_reflected
        c"__rand__($self, value, /)\n--\n\nReturn value&self.";
    as_number nb_xor slot_nb_xor: __xor__ binary LEFT
        c"__xor__($self, value, /)\n--\n\nReturn self^value.";
    as_number nb_xor slot_nb_xor: __rxor__ binary_reflected
        c"__rxor__($self, value, /)\n--\n\nReturn value^self.";
    as_number nb_or slot_nb_or: __or__ binary LEFT
        c"__or__($self, value, /)\n--\n\nReturn self|value.";
    as_number nb_or slot_nb_or: __ror__ binary_reflected
        c"__ror__($self, value, /)\n--\n\nReturn value|self.";
    as_number nb_int slot_nb_int: __int__ unary
        c"__int__($self, /)\n--\n\nint(self)";
    as_number nb_float slot_nb_float: __float__ unary
        c"__float__($self, /)\n--\n\nfloat(self)";
    as_number nb_inplace_add slot_nb_inplace_add: __iadd__ binary
        c"__iadd__($self, value, /)\n--\n\nReturn self+=value.";
    as_number nb_inplace_subtract slot_nb_inplace_subtract: __isub__ binary
        c"__isub__($self, value, /)\n--\n\nReturn self-=value.";
    as_number nb_inplace_multiply slot_nb_inplace_multiply: __imul__ binary
        c"__imul__($self, value, /)\n--\n\nReturn self*=value.";
    as_number nb_inplace_remainder slot_nb_inplace_remainder: __imod__ binary
        c"__imod__($self, value, /)\n--\n\nReturn self%=value.";
    as_number nb_inplace_power slot_nb_inplace_power: __ipow__ ternary
        c"__ipow__($self, value, /)\n--\n\nReturn self**=value.";
    as_number nb_inplace_lshift slot_nb_inplace_lshift: __ilshift__ binary
        c"__ilshift__($self, value, /)\n--\n\nReturn self<<=value.";
    as_number nb_inplace_rshift slot_nb_inplace_rshift: __irshift__ binary
        c"__irshift__($self, value, /)\n--\n\nReturn self>>=value.";
    as_number nb_inplace_and slot_nb_inplace_and: __iand__ binary
        c"__iand__($self, value, /)\n--\n\nReturn self&=value.";
    as_number nb_inplace_xor slot_nb_inplace_xor: __ixor__ binary
        c"__ixor__($self, value, /)\n--\n\nReturn self^=value.";
    as_number nb_inplace_or slot_nb_inplace_or: __ior__ binary
        c"__ior__($self, value, /)\n--\n\nReturn self|=value.";
    as_number nb_floor_divide slot_nb_floor_divide: __floordiv__ binary LEFT
        c"__floordiv__($self, value, /)\n--\n\nReturn self//value.";
    as_number nb_floor_divide slot_nb_floor_divide: __rfloordiv__ binary_reflected
        c"__rfloordiv__($self, value, /)\n--\n\nReturn value//self.";
    as_number nb_true_divide slot_nb_true_divide: __truediv__ binary LEFT
        c"__truediv__($self, value, /)\n--\n\nReturn self/value.";
    as_number nb_true_divide slot_nb_true_divide: __rtruediv__ binary_reflected
        c"__rtruediv__($self, value, /)\n--\n\nReturn value/self.";
    as_number nb_inplace_floor_divide slot_nb_inplace_floor_divide: __ifloordiv__ binary
        c"__ifloordiv__($self, value, /)\n--\n\nReturn self//=value.";
    as_number nb_inplace_true_divide slot_nb_inplace_true_divide: __itruediv__ binary
        c"__itruediv__($self, value, /)\n--\n\nReturn self/=value.";
    as_number nb_index slot_nb_index: __index__ unary
        c"__index__($self, /)\n--\n\nThe integer that self is, where an index is wanted.";
    as_number nb_matrix_multiply slot_nb_matrix_multiply: __matmul__ binary LEFT
        c"__matmul__($self, value, /)\n--\n\nReturn self@value.";
    as_number nb_matrix_multiply slot_nb_matrix_multiply: __rmatmul__ binary_reflected
        c"__rmatmul__($self, value, /)\n--\n\nReturn value@self.";
    as_number nb_inplace_matrix_multiply slot_nb_inplace_matrix_multiply: __imatmul__ binary
        c"__imatmul__($self, value, /)\n--\n\nReturn self@=value.";
    as_mapping mp_length slot_mp_length: __len__ len
        c"__len__($self, /)\n--\n\nReturn len(self).";
    as_mapping mp_subscript slot_mp_subscript: __getitem__ binary
        c"__getitem__($self, key, /)\n--\n\nReturn self[key].";
    as_mapping mp_ass_subscript slot_mp_ass_subscript: __setitem__ setitem
        c"__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.";
    as_mapping mp_ass_subscript slot_mp_ass_subscript: __delitem__ delitem
        c"__delitem__($self, key, /)\n--\n\nDelete self[key].";
    as_sequence sq_length slot_sq_length: __len__ len
        c"__len__($self, /)\n--\n\nReturn len(self).";
    as_sequence sq_concat none: __add__ binary
        c"__add__($self, value, /)\n--\n\nReturn self+value.";
    as_sequence sq_repeat none: __mul__ index_argument
        c"__mul__($self, value, /)\n--\n\nReturn self*value.";
    as_sequence sq_repeat none: __rmul__ index_argument
        c"__rmul__($self, value, /)\n--\n\nReturn value*self.";
    as_sequence sq_item slot_sq_item: __getitem__ sq_item
        c"__getitem__($self, key, /)\n--\n\nReturn self[key].";
    as_sequence sq_ass_item slot_sq_ass_item: __setitem__ sq_setitem
        c"__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.";
    as_sequence sq_ass_item slot_sq_ass_item: __delitem__ sq_delitem
        c"__delitem__($self, key, /)\n--\n\nDelete self[key].";
    as_sequence sq_contains slot_sq_contains: __contains__ contains
        c"__contains__($self, key, /)\n--\n\nReturn bool(key in self).";
    as_sequence sq_inplace_concat none: __iadd__ binary
        c"__iadd__($self, value, /)\n--\n\nImplement self+=value.";
    as_sequence sq_inplace_repeat none: __imul__ index_argument
        c"__imul__($self, value, /)\n--\n\nImplement self*=value.";
};

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

/// The slot of a row in a type; NULL if the type lacks the suite that it is in. Offsets are those of a class on the
/// heap, where the suites follow the type.
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
