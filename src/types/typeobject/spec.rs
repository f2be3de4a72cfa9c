//! Classes from a `PyType_Spec` (`PyType_FromMetaclass` and its family): a table of slots in place of a static struct.

use super::alloc::subtype_dealloc;
use super::{call, doc, exports, is_heap, metatype, names, ready};
use crate::abi::*;

use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::types::{dict, exceptions, tuple, unicode};
use std::ffi::CStr;
use std::mem::offset_of;
use std::ptr;

/// Where a slot of a spec goes: an offset in the class, and for slots of suites one in the suite.
#[derive(Clone, Copy)]
enum Place {
    Type(usize),
    Suite(usize, usize),
}

macro_rules! in_type {
    ($field:ident) => {
        Place::Type(offset_of!(PyTypeObject, $field))
    };
}

macro_rules! in_suite {
    ($suite:ident, $ty:ident, $field:ident) => {
        Place::Suite(offset_of!(PyTypeObject, $suite), offset_of!($ty, $field))
    };
}

/// The place of slot number `slot`; none for numbers that no slot has.
fn place(slot: c_int) -> Option<Place> {
    Some(match slot {
        Py_bf_getbuffer => in_suite!(tp_as_buffer, PyBufferProcs, bf_getbuffer),
        Py_bf_releasebuffer => in_suite!(tp_as_buffer, PyBufferProcs, bf_releasebuffer),
        Py_mp_ass_subscript => in_suite!(tp_as_mapping, PyMappingMethods, mp_ass_subscript),
        Py_mp_length => in_suite!(tp_as_mapping, PyMappingMethods, mp_length),
        Py_mp_subscript => in_suite!(tp_as_mapping, PyMappingMethods, mp_subscript),
        Py_nb_absolute => in_suite!(tp_as_number, PyNumberMethods, nb_absolute),
        Py_nb_add => in_suite!(tp_as_number, PyNumberMethods, nb_add),
        Py_nb_and => in_suite!(tp_as_number, PyNumberMethods, nb_and),
        Py_nb_bool => in_suite!(tp_as_number, PyNumberMethods, nb_bool),
        Py_nb_divmod => in_suite!(tp_as_number, PyNumberMethods, nb_divmod),
        Py_nb_float => in_suite!(tp_as_number, PyNumberMethods, nb_float),
        Py_nb_floor_divide => in_suite!(tp_as_number, PyNumberMethods, nb_floor_divide),
        Py_nb_index => in_suite!(tp_as_number, PyNumberMethods, nb_index),
        Py_nb_inplace_add => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_add),
        Py_nb_inplace_and => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_and),
        Py_nb_inplace_floor_divide => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_floor_divide),
        Py_nb_inplace_lshift => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_lshift),
        Py_nb_inplace_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_multiply),
        Py_nb_inplace_or => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_or),
        Py_nb_inplace_power => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_power),
        Py_nb_inplace_remainder => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_remainder),
        Py_nb_inplace_rshift => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_rshift),
        Py_nb_inplace_subtract => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_subtract),
        Py_nb_inplace_true_divide => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_true_divide),
        Py_nb_inplace_xor => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_xor),
        Py_nb_int => in_suite!(tp_as_number, PyNumberMethods, nb_int),
        Py_nb_invert => in_suite!(tp_as_number, PyNumberMethods, nb_invert),
        Py_nb_lshift => in_suite!(tp_as_number, PyNumberMethods, nb_lshift),
        Py_nb_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_multiply),
        Py_nb_negative => in_suite!(tp_as_number, PyNumberMethods, nb_negative),
        Py_nb_or => in_suite!(tp_as_number, PyNumberMethods, nb_or),
        Py_nb_positive => in_suite!(tp_as_number, PyNumberMethods, nb_positive),
        Py_nb_power => in_suite!(tp_as_number, PyNumberMethods, nb_power),
        Py_nb_remainder => in_suite!(tp_as_number, PyNumberMethods, nb_remainder),
        Py_nb_rshift => in_suite!(tp_as_number, PyNumberMethods, nb_rshift),
        Py_nb_subtract => in_suite!(tp_as_number, PyNumberMethods, nb_subtract),
        Py_nb_true_divide => in_suite!(tp_as_number, PyNumberMethods, nb_true_divide),
        Py_nb_xor => in_suite!(tp_as_number, PyNumberMethods, nb_xor),
        Py_nb_matrix_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_matrix_multiply),
        Py_nb_inplace_matrix_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_matrix_multiply),
        Py_sq_ass_item => in_suite!(tp_as_sequence, PySequenceMethods, sq_ass_item),
        Py_sq_concat => in_suite!(tp_as_sequence, PySequenceMethods, sq_concat),
        Py_sq_contains => in_suite!(tp_as_sequence, PySequenceMethods, sq_contains),
        Py_sq_inplace_concat => in_suite!(tp_as_sequence, PySequenceMethods, sq_inplace_concat),
        Py_sq_inplace_repeat => in_suite!(tp_as_sequence, PySequenceMethods, sq_inplace_repeat),
        Py_sq_item => in_suite!(tp_as_sequence, PySequenceMethods, sq_item),
        Py_sq_length => in_suite!(tp_as_sequence, PySequenceMethods, sq_length),
        Py_sq_repeat => in_suite!(tp_as_sequence, PySequenceMethods, sq_repeat),
        Py_am_await => in_suite!(tp_as_async, PyAsyncMethods, am_await),
        Py_am_aiter => in_suite!(tp_as_async, PyAsyncMethods, am_aiter),
        Py_am_anext => in_suite!(tp_as_async, PyAsyncMethods, am_anext),
        Py_am_send => in_suite!(tp_as_async, PyAsyncMethods, am_send),
        Py_tp_alloc => in_type!(tp_alloc),
        Py_tp_base => in_type!(tp_base),
        Py_tp_bases => in_type!(tp_bases),
        Py_tp_call => in_type!(tp_call),
        Py_tp_clear => in_type!(tp_clear),
        Py_tp_dealloc => in_type!(tp_dealloc),
        Py_tp_del => in_type!(tp_del),
        Py_tp_descr_get => in_type!(tp_descr_get),
        Py_tp_descr_set => in_type!(tp_descr_set),
        Py_tp_doc => in_type!(tp_doc),
        Py_tp_finalize => in_type!(tp_finalize),
        Py_tp_free => in_type!(tp_free),
        Py_tp_getattr => in_type!(tp_getattr),
        Py_tp_getattro => in_type!(tp_getattro),
        Py_tp_getset => in_type!(tp_getset),
        Py_tp_hash => in_type!(tp_hash),
        Py_tp_init => in_type!(tp_init),
        Py_tp_is_gc => in_type!(tp_is_gc),
        Py_tp_iter => in_type!(tp_iter),
        Py_tp_iternext => in_type!(tp_iternext),
        Py_tp_members => in_type!(tp_members),
        Py_tp_methods => in_type!(tp_methods),
        Py_tp_new => in_type!(tp_new),
        Py_tp_repr => in_type!(tp_repr),
        Py_tp_richcompare => in_type!(tp_richcompare),
        Py_tp_setattr => in_type!(tp_setattr),
        Py_tp_setattro => in_type!(tp_setattro),
        Py_tp_str => in_type!(tp_str),
        Py_tp_traverse => in_type!(tp_traverse),
        Py_tp_vectorcall => in_type!(tp_vectorcall),
        Py_tp_token => Place::Type(offset_of!(PyHeapTypeObject, ht_token)),
        _ => return None,
    })
}

/// `PyType_GetSlot`: the slot, or NULL if it is empty; `SystemError` for a number that no slot has.
pub fn get_slot(ty: *mut PyTypeObject, slot: c_int) -> Result<*mut c_void> {
    let Some(place) = place(slot) else { return Err(error::bad_internal_call()) };
    // SAFETY: a live class; what a class on the heap has more is asked of those only.
    unsafe {
        match place {
            Place::Type(offset) if offset >= size_of::<PyTypeObject>() && !is_heap(ty) => Ok(ptr::null_mut()),
            Place::Type(offset) => Ok(*ty.cast::<u8>().add(offset).cast()),
            Place::Suite(suite, offset) => {
                let suite: *mut u8 = *ty.cast::<u8>().add(suite).cast();
                Ok(if suite.is_null() { ptr::null_mut() } else { *suite.add(offset).cast() })
            }
        }
    }
}

/// The slots of a spec.
unsafe fn slots<'a>(spec: *mut PyType_Spec) -> &'a [PyType_Slot] {
    // SAFETY: the caller's contract: an entry with number 0 ends the table.
    unsafe {
        let first = (*spec).slots;
        if first.is_null() {
            return &[];
        }
        let mut n = 0;
        while (*first.add(n)).slot != 0 {
            n += 1;
        }
        std::slice::from_raw_parts(first, n)
    }
}

/// What a look at the slots found.
#[derive(Default)]
struct Found<'a> {
    members: &'a [PyMemberDef],
    doc: Option<&'a CStr>,
    /// Offsets that members with special names tell.
    weaklist: isize,
    dict: isize,
    vectorcall: isize,
    relative: [bool; 3],
}

unsafe fn examine<'a>(spec: *mut PyType_Spec) -> Result<Found<'a>> {
    let mut found = Found::default();
    let (mut has_members, mut has_doc) = (false, false);
    // SAFETY: the caller's contract.
    unsafe {
        for slot in slots(spec) {
            if place(slot.slot).is_none() {
                return Err(raise!(RuntimeError, "invalid slot offset"));
            }
            match slot.slot {
                Py_tp_members => {
                    if has_members {
                        return Err(raise!(SystemError, "Multiple Py_tp_members slots are not supported."));
                    }
                    found.members = members(slot.pfunc.cast());
                    has_members = !found.members.is_empty();
                    for member in found.members {
                        check_member(&mut found, member, (*spec).basicsize as isize)?;
                    }
                }
                Py_tp_doc => {
                    if has_doc {
                        return Err(raise!(SystemError, "Multiple Py_tp_doc slots are not supported."));
                    }
                    has_doc = true;
                    found.doc = (!slot.pfunc.is_null()).then(|| CStr::from_ptr(slot.pfunc.cast()));
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

unsafe fn members<'a>(first: *const PyMemberDef) -> &'a [PyMemberDef] {
    // SAFETY: the caller's contract: an entry without a name ends the table.
    unsafe {
        if first.is_null() {
            return &[];
        }
        let mut n = 0;
        while !(*first.add(n)).name.is_null() {
            n += 1;
        }
        std::slice::from_raw_parts(first, n)
    }
}

unsafe fn check_member(found: &mut Found, member: &PyMemberDef, basicsize: isize) -> Result<()> {
    let relative = member.flags & Py_RELATIVE_OFFSET != 0;
    if relative {
        if basicsize > 0 {
            return Err(raise!(SystemError, "With Py_RELATIVE_OFFSET, basicsize must be negative."));
        }
        if member.offset < 0 || member.offset >= -basicsize {
            return Err(raise!(SystemError, "Member offset out of range (0..-basicsize)"));
        }
    }
    // SAFETY: a table entry has a name.
    let name = unsafe { CStr::from_ptr(member.name) };
    let (place, i) = match name.to_bytes() {
        b"__weaklistoffset__" => (&mut found.weaklist, 0),
        b"__dictoffset__" => (&mut found.dict, 1),
        b"__vectorcalloffset__" => (&mut found.vectorcall, 2),
        _ => return Ok(()),
    };
    *place = member.offset;
    found.relative[i] = relative;
    Ok(())
}

fn align_up(size: isize) -> isize {
    const ALIGNMENT: isize = 16;
    (size + ALIGNMENT - 1) & !(ALIGNMENT - 1)
}

/// The bases: those given, else what the slots say, else `object`.
unsafe fn bases(spec: *mut PyType_Spec, given: Option<&Object>) -> Result<Owned> {
    if let Some(given) = given {
        return if tuple::check(given) { Ok(given.to_owned()) } else { tuple::from_slice(&[given]) };
    }
    let mut base: *mut PyObject = (&raw mut super::PyBaseObject_Type).cast();
    let mut bases = None;
    // SAFETY: the caller's contract: the slots hold objects.
    unsafe {
        for slot in slots(spec) {
            match slot.slot {
                Py_tp_base if !slot.pfunc.is_null() => base = slot.pfunc.cast(),
                Py_tp_bases => bases = Object::optional(slot.pfunc.cast()),
                _ => {}
            }
        }
        match bases {
            None => tuple::from_slice(&[Object::from_ptr(base)]),
            Some(bases) if tuple::check(bases) => Ok(bases.to_owned()),
            Some(_) => Err(raise!(SystemError, "Py_tp_bases is not a tuple")),
        }
    }
}

/// `PyType_FromMetaclass`. `meta` may be NULL: then the bases say.
///
/// # Safety
/// `spec` and what it refers to are whole; its tables of methods and getters outlive the class.
pub unsafe fn from_metaclass(
    meta: *mut PyTypeObject,
    module: Option<&Object>,
    spec: *mut PyType_Spec,
    given_bases: Option<&Object>,
) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        let found = examine(spec)?;
        if (*spec).name.is_null() {
            return Err(raise!(SystemError, "Type spec does not define the name field."));
        }
        let spec_name = CStr::from_ptr((*spec).name);
        let bases = bases(spec, given_bases)?;
        if c_ulong::from((*spec).flags) & Py_TPFLAGS_IMMUTABLETYPE != 0 {
            check_immutable_bases(&spec_name.to_string_lossy(), tuple::items(&bases))?;
        }
        let meta =
            metatype::calculate_metaclass(if meta.is_null() { &raw mut super::PyType_Type } else { meta }, &bases)?;
        if !super::has_flag(meta, Py_TPFLAGS_TYPE_SUBCLASS) {
            let text = super::as_object(meta).repr()?;
            return Err(raise!(TypeError, "Metaclass '{}' is not a subclass of 'type'.", error::Text(&text)));
        }
        if (*meta).tp_new.is_some() && !exports::same((*meta).tp_new, call::type_new as *const ()) {
            return Err(raise!(TypeError, "Metaclasses with custom tp_new are not supported."));
        }
        if tuple::items(&bases).is_empty() {
            // CPython gives NULL here and says nothing either.
            return Err(Raised::already());
        }
        let base = metatype::best_base(&bases)?;
        let (basicsize, data_offset) = sizes(spec, base)?;
        let Some(alloc) = (*meta).tp_alloc else {
            return Err(raise!(TypeError, "cannot create '{}' instances", names::full_tp_name(meta)));
        };
        let class = Owned::from_c(alloc(meta, found.members.len() as isize))?;
        let heap = class.cast::<PyHeapTypeObject>();
        let ty = class.cast::<PyTypeObject>();
        (*ty).tp_flags = c_ulong::from((*spec).flags) | Py_TPFLAGS_HEAPTYPE;
        (*ty).tp_as_async = &raw mut (*heap).as_async;
        (*ty).tp_as_number = &raw mut (*heap).as_number;
        (*ty).tp_as_sequence = &raw mut (*heap).as_sequence;
        (*ty).tp_as_mapping = &raw mut (*heap).as_mapping;
        (*ty).tp_as_buffer = &raw mut (*heap).as_buffer;
        (*ty).tp_base = metatype::own(base);
        (*ty).tp_bases = bases.into_raw();
        (*ty).tp_basicsize = basicsize;
        (*ty).tp_itemsize = (*spec).itemsize as isize;
        (*heap).ht_module = module.map_or(ptr::null_mut(), |module| module.to_owned().into_raw());
        (*heap)._ht_tpname = metatype::copy_c_string(spec_name.to_bytes());
        (*ty).tp_name = (*heap)._ht_tpname;
        if (*ty).tp_name.is_null() {
            return Err(error::no_memory());
        }
        let dot = spec_name.to_bytes().iter().rposition(|&c| c == b'.');
        let short = &spec_name.to_bytes()[dot.map_or(0, |dot| dot + 1)..];
        (*heap).ht_name = unicode::from_utf8(short)?.into_raw();
        (*heap).ht_qualname = Object::from_ptr((*heap).ht_name).to_owned().into_raw();
        if let Some(doc) = found.doc {
            (*ty).tp_doc = metatype::copy_c_string(doc.to_bytes());
            if (*ty).tp_doc.is_null() {
                return Err(error::no_memory());
            }
        }
        copy_slots(spec, ty);
        copy_members(&found, ty, meta, data_offset);
        if (*ty).tp_dealloc.is_none() {
            (*ty).tp_dealloc = Some(subtype_dealloc);
        }
        let absolute = |offset: isize, i: usize| if found.relative[i] { offset + data_offset } else { offset };
        if found.vectorcall != 0 || found.relative[2] {
            (*ty).tp_vectorcall_offset = absolute(found.vectorcall, 2);
        }
        if found.weaklist != 0 || found.relative[0] {
            (*ty).tp_weaklistoffset = absolute(found.weaklist, 0);
        }
        if found.dict != 0 || found.relative[1] {
            (*ty).tp_dictoffset = absolute(found.dict, 1);
        }
        ready::ready(ty)?;
        check_offsets(ty)?;
        let dict = Object::from_ptr((*ty).tp_dict);
        if found.doc.is_some() {
            dict::set(dict, name!(__doc__), &*doc::type_doc((*ty).tp_name, (*ty).tp_doc)?)?;
        }
        if found.weaklist != 0 || found.relative[0] {
            dict::pop(dict, name!(__weaklistoffset__))?;
        }
        if found.dict != 0 || found.relative[1] {
            dict::pop(dict, name!(__dictoffset__))?;
        }
        if !dict::contains(dict, name!(__module__))? {
            match dot {
                Some(dot) => {
                    let module_name = unicode::intern::intern_utf8(&spec_name.to_bytes()[..dot])?;
                    dict::set(dict, name!(__module__), &module_name)?;
                }
                None if module.is_none() => {
                    let text = spec_name.to_string_lossy();
                    exceptions::warn(
                        &raw mut exceptions::DeprecationWarning,
                        1,
                        &format!("builtin type {} has no __module__ attribute", names::cut(&text, 200)),
                    )?;
                }
                None => {}
            }
        }
        Ok(class)
    }
}

/// An immutable class can't derive from one that may change.
pub fn check_immutable_bases(name: &str, bases: &[&Object]) -> Result<()> {
    for base in bases {
        if !super::check(base) {
            continue;
        }
        if !super::has_flag(base.cast(), Py_TPFLAGS_IMMUTABLETYPE) {
            let base = names::fully_qualified_name(base.cast())?;
            return Err(raise!(TypeError, "Creating immutable type {name} from mutable base {}", error::Text(&base)));
        }
    }
    Ok(())
}

/// The basic size, and where the class's own part begins: a spec gives the whole size, or with a negative number what it
/// adds to the base, or with 0 nothing.
unsafe fn sizes(spec: *mut PyType_Spec, base: *mut PyTypeObject) -> Result<(isize, isize)> {
    // SAFETY: the caller's word; a ready class.
    unsafe {
        let own = (*spec).basicsize as isize;
        if own == 0 {
            return Ok(((*base).tp_basicsize, own));
        }
        if own > 0 {
            return Ok((own, own));
        }
        let flags = (*base).tp_flags | c_ulong::from((*spec).flags);
        if (*base).tp_itemsize != 0 && flags & Py_TPFLAGS_ITEMS_AT_END == 0 {
            return Err(raise!(SystemError, "Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END."));
        }
        let data_offset = align_up((*base).tp_basicsize);
        Ok((data_offset + align_up(-own), data_offset))
    }
}

unsafe fn copy_slots(spec: *mut PyType_Spec, ty: *mut PyTypeObject) {
    // SAFETY: the numbers were checked; a class on the heap has all suites.
    unsafe {
        for slot in slots(spec) {
            match (slot.slot, place(slot.slot)) {
                (Py_tp_base | Py_tp_bases | Py_tp_doc | Py_tp_members, _) | (_, None) => {}
                (Py_tp_token, _) => {
                    // NULL stands for the address of the spec itself.
                    let token = if slot.pfunc.is_null() { spec.cast() } else { slot.pfunc };
                    (*ty.cast::<PyHeapTypeObject>()).ht_token = token;
                }
                (_, Some(Place::Type(offset))) => *ty.cast::<u8>().add(offset).cast() = slot.pfunc,
                (_, Some(Place::Suite(suite, offset))) => {
                    let suite: *mut u8 = *ty.cast::<u8>().add(suite).cast();
                    *suite.add(offset).cast() = slot.pfunc;
                }
            }
        }
    }
}

/// The class keeps a copy of its members behind itself, with offsets from the instance's beginning.
unsafe fn copy_members(found: &Found, ty: *mut PyTypeObject, meta: *mut PyTypeObject, data_offset: isize) {
    if found.members.is_empty() {
        return;
    }
    // SAFETY: the class was made with room for so many members, and one that ends them.
    unsafe {
        let own = ty.cast::<u8>().add((*meta).tp_basicsize as usize).cast::<PyMemberDef>();
        ptr::copy_nonoverlapping(found.members.as_ptr(), own, found.members.len());
        for i in 0..found.members.len() {
            let member = own.add(i);
            if (*member).flags & Py_RELATIVE_OFFSET != 0 {
                (*member).flags &= !Py_RELATIVE_OFFSET;
                (*member).offset += data_offset;
            }
        }
        (*ty).tp_members = own;
    }
}

/// What the class says about its instances must fit into them.
unsafe fn check_offsets(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: a ready class.
    unsafe {
        if !exports::same((*ty).tp_alloc, exports::PyType_GenericAlloc as *const ()) {
            return Ok(());
        }
        let (name, size) = (names::full_tp_name(ty), (*ty).tp_basicsize);
        let base = (*ty).tp_base;
        if !base.is_null() && (*base).tp_basicsize > size {
            return Err(raise!(
                TypeError,
                "tp_basicsize for type '{name}' ({size}) is too small for base '{}' ({})",
                names::full_tp_name(base),
                (*base).tp_basicsize
            ));
        }
        let word = size_of::<*mut PyObject>() as isize;
        for (what, offset) in [
            ("weaklist", (*ty).tp_weaklistoffset),
            ("dict", (*ty).tp_dictoffset),
            ("vectorcall", (*ty).tp_vectorcall_offset),
        ] {
            if offset + word > size {
                return Err(raise!(
                    TypeError,
                    "{what} offset {offset} is out of bounds for type '{name}' (tp_basicsize = {size})"
                ));
            }
        }
    }
    Ok(())
}

/// `PyType_Freeze`.
pub fn freeze(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: a live class.
    unsafe {
        let mro = super::as_object(ty).getattr(name!(__mro__))?;
        if !tuple::check(&mro) {
            return Err(raise!(TypeError, "unable to get the type MRO"));
        }
        check_immutable_bases(names::full_tp_name(ty), tuple::items(&mro).get(1..).unwrap_or(&[]))?;
        if !super::has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) {
            (*ty).tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
        }
        super::cache::modified(ty);
    }
    Ok(())
}

/// `PyObject_GetTypeData`: the part of an instance that `class` adds to its base.
///
/// # Safety
/// `class` was made with a negative basic size, and `o` is an instance of it.
pub unsafe fn type_data(o: *mut PyObject, class: *mut PyTypeObject) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe { o.cast::<u8>().offset(align_up((*(*class).tp_base).tp_basicsize)).cast() }
}

/// `PyType_GetTypeDataSize`.
pub fn type_data_size(class: *mut PyTypeObject) -> isize {
    // SAFETY: a live class.
    unsafe {
        let base = (*class).tp_base;
        let base_size = if base.is_null() { 0 } else { (*base).tp_basicsize };
        ((*class).tp_basicsize - align_up(base_size)).max(0)
    }
}

/// `PyObject_GetItemData`: where the items of an instance begin.
pub fn item_data(o: &Object) -> Result<*mut c_void> {
    let ty = o.ty();
    if !super::has_flag(ty, Py_TPFLAGS_ITEMS_AT_END) {
        return Err(raise!(TypeError, "type '{}' does not have Py_TPFLAGS_ITEMS_AT_END", names::full_tp_name(ty)));
    }
    // SAFETY: items follow the fixed part.
    Ok(unsafe { o.as_ptr().cast::<u8>().offset((*ty).tp_basicsize).cast() })
}

/// The module that a class was made for, `function` says for whom (`PyType_GetModule`).
pub fn module<'a>(ty: *mut PyTypeObject) -> Result<&'a Object> {
    if !is_heap(ty) {
        return Err(raise!(TypeError, "PyType_GetModule: Type '{}' is not a heap type", names::full_tp_name(ty)));
    }
    // SAFETY: layout: checked just now.
    match unsafe { Object::optional((*ty.cast::<PyHeapTypeObject>()).ht_module) } {
        Some(module) => Ok(module),
        None => Err(raise!(TypeError, "PyType_GetModule: Type '{}' has no associated module", names::full_tp_name(ty))),
    }
}

/// The module made from `def` that the class or the first of its bases belongs to (`PyType_GetModuleByDef`).
pub fn module_by_def<'a>(ty: *mut PyTypeObject, def: *mut PyModuleDef) -> Result<&'a Object> {
    // SAFETY: live classes; layout: the flag is checked first.
    unsafe {
        if let Some(module) = own_module(ty, def) {
            return Ok(module);
        }
        for base in super::mro::items(ty) {
            if let Some(module) = own_module(base.cast(), def) {
                return Ok(module);
            }
        }
    }
    Err(raise!(TypeError, "PyType_GetModuleByDef: No superclass of '{}' has the given module", names::full_tp_name(ty)))
}

/// The module that the class itself belongs to, if it was made from `def`.
#[inline(always)]
unsafe fn own_module<'a>(ty: *mut PyTypeObject, def: *mut PyModuleDef) -> Option<&'a Object> {
    // SAFETY: a live class; layouts: checked first.
    unsafe {
        if !is_heap(ty) {
            return None;
        }
        let module = Object::optional((*ty.cast::<PyHeapTypeObject>()).ht_module)?;
        let made_from = (*module.cast::<PyModuleObject>()).md_def;
        (module.is_a(&raw mut crate::object::slots::PyModule_Type) && made_from == def).then_some(module)
    }
}

/// The class with that token in the resolution order (`PyType_GetBaseByToken`).
pub fn base_by_token<'a>(ty: *mut PyTypeObject, token: *mut c_void) -> Option<&'a Object> {
    super::mro::items(ty).iter().copied().find(|base| {
        // SAFETY: live classes; layout: the flag is checked first.
        is_heap(base.cast()) && unsafe { (*base.cast::<PyHeapTypeObject>()).ht_token == token }
    })
}

/// As [`base_by_token`] for arguments that may be wrong.
///
/// # Safety
/// `ty` is a live object.
pub unsafe fn checked_base_by_token<'a>(ty: *mut PyTypeObject, token: *mut c_void) -> Result<Option<&'a Object>> {
    if token.is_null() {
        return Err(raise!(SystemError, "PyType_GetBaseByToken called with token=NULL"));
    }
    // SAFETY: the caller's word.
    let class = unsafe { super::as_object(ty) };
    if !super::check(class) {
        let found = names::fully_qualified_name(class.ty())?;
        return Err(raise!(TypeError, "expected a type, got a '{}' object", error::Text(&found)));
    }
    Ok(base_by_token(ty, token))
}
