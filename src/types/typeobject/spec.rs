//! Classes from a `PyType_Spec` (`PyType_FromMetaclass` and its family): a table of slots in place of a static struct.

use super::alloc::subtype_dealloc;
use super::slot_places::{Place, place};
use super::{call, doc, exports, is_heap, metatype, names, ready};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error, until};
use crate::raise;
use crate::types::{dict, exceptions, tuple, unicode};
use std::ffi::CStr;
use std::ptr;

/// The slots of a spec.
unsafe fn slots<'a>(spec: *mut PyType_Spec) -> &'a [PyType_Slot] {
    // SAFETY: the caller's contract: an entry with number 0 ends the table.
    unsafe { until((*spec).slots, |entry| entry.slot == 0) }
}

/// What a look at the slots found.
#[derive(Default)]
struct Found<'a> {
    members: &'a [PyMemberDef],
    doc: Option<&'a CStr>,
    /// Members with special names, which tell offsets.
    weaklist: Option<&'a PyMemberDef>,
    dict: Option<&'a PyMemberDef>,
    vectorcall: Option<&'a PyMemberDef>,
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
    unsafe { until(first, |entry| entry.name.is_null()) }
}

unsafe fn check_member<'a>(found: &mut Found<'a>, member: &'a PyMemberDef, basicsize: isize) -> Result<()> {
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
    match name.to_bytes() {
        b"__weaklistoffset__" => found.weaklist = Some(member),
        b"__dictoffset__" => found.dict = Some(member),
        b"__vectorcalloffset__" => found.vectorcall = Some(member),
        _ => {}
    }
    Ok(())
}

/// The offset that a member with a special name tells; 0 if there is none.
unsafe fn special_offset(member: Option<&PyMemberDef>, data_offset: isize) -> Result<isize> {
    let Some(member) = member else { return Ok(0) };
    // SAFETY: a table entry has a name.
    let name = unsafe { CStr::from_ptr(member.name) }.to_string_lossy();
    if member.r#type != Py_T_PYSSIZET {
        return Err(raise!(SystemError, "type of {name} must be Py_T_PYSSIZET"));
    }
    const RELATIVE: c_int = Py_READONLY | Py_RELATIVE_OFFSET;
    match member.flags {
        Py_READONLY => Ok(member.offset),
        RELATIVE => Ok(member.offset + data_offset),
        _ => Err(raise!(SystemError, "flags for {name} must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)")),
    }
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
        if (*meta).tp_new.is_some() && !exports::same((*meta).tp_new, call::type_new as *const ()) {
            return Err(raise!(TypeError, "Metaclasses with custom tp_new are not supported."));
        }
        if tuple::items(&bases).is_empty() {
            // CPython gives NULL here and says nothing either.
            return Err(Raised::already());
        }
        let base = metatype::best_base(&bases)?;
        let (basicsize, data_offset) = sizes(spec, base)?;
        let weaklist = special_offset(found.weaklist, data_offset)?;
        let dict_offset = special_offset(found.dict, data_offset)?;
        let vectorcall = special_offset(found.vectorcall, data_offset)?;
        let Some(alloc) = (*meta).tp_alloc else {
            return Err(raise!(TypeError, "cannot create '{}' instances", names::full_tp_name(meta)));
        };
        let class = Owned::from_c(alloc(meta, found.members.len() as isize))?;
        let heap = class.cast::<PyHeapTypeObject>();
        let ty = class.cast::<PyTypeObject>();
        // How far it is made is ours to say.
        (*ty).tp_flags = c_ulong::from((*spec).flags) & !(Py_TPFLAGS_READY | Py_TPFLAGS_READYING) | Py_TPFLAGS_HEAPTYPE;
        metatype::use_own_suites(heap);
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
        let short = &spec_name.to_bytes()[dot_of(spec_name).map_or(0, |dot| dot + 1)..];
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
        if found.vectorcall.is_some() {
            (*ty).tp_vectorcall_offset = vectorcall;
        }
        if found.weaklist.is_some() {
            (*ty).tp_weaklistoffset = weaklist;
        }
        if found.dict.is_some() {
            (*ty).tp_dictoffset = dict_offset;
        }
        ready::ready(ty)?;
        check_offsets(ty)?;
        describe(ty, &found, spec_name, module)?;
        Ok(class)
    }
}

/// The last dot of a class's full name: the module stands before it.
fn dot_of(spec_name: &CStr) -> Option<usize> {
    spec_name.to_bytes().iter().rposition(|&c| c == b'.')
}

/// What the dict of a class that is ready says of it, besides what its tables say.
unsafe fn describe(ty: *mut PyTypeObject, found: &Found, spec_name: &CStr, module: Option<&Object>) -> Result<()> {
    // SAFETY: a ready class.
    unsafe {
        let dict = Object::from_ptr((*ty).tp_dict);
        if found.doc.is_some() {
            dict::set(dict, name!(__doc__), &*doc::type_doc((*ty).tp_name, (*ty).tp_doc)?)?;
        }
        if found.weaklist.is_some() {
            dict::pop(dict, name!(__weaklistoffset__))?;
        }
        if found.dict.is_some() {
            dict::pop(dict, name!(__dictoffset__))?;
        }
        if !dict::contains(dict, name!(__module__))? {
            if let Some(dot) = dot_of(spec_name) {
                let module_name = unicode::intern::intern_utf8(&spec_name.to_bytes()[..dot])?;
                dict::set(dict, name!(__module__), &module_name)?;
            } else if module.is_none() {
                let name = spec_name.to_string_lossy();
                let text = format!("builtin type {} has no __module__ attribute", names::cut(&name, 200));
                exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, &text)?;
            }
        }
        Ok(())
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

/// The basic size, and where the class's own part begins: a spec gives the whole size, or with a negative number what
/// it adds to the base, or with 0 nothing.
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
#[inline(always)]
pub fn module_by_def<'a>(ty: *mut PyTypeObject, def: *mut PyModuleDef) -> Result<&'a Object> {
    // SAFETY: a live class; layouts: checked first.
    unsafe {
        // Most often the class itself belongs to a plain module.
        if is_heap(ty)
            && let Some(module) = Object::optional((*ty.cast::<PyHeapTypeObject>()).ht_module)
            && module.is_exact(&raw mut crate::object::slots::PyModule_Type)
            && (*module.cast::<PyModuleObject>()).md_def == def
        {
            return Ok(module);
        }
    }
    module_of_any(ty, def)
}

/// The same for the class and all its bases.
#[inline(never)]
fn module_of_any<'a>(ty: *mut PyTypeObject, def: *mut PyModuleDef) -> Result<&'a Object> {
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
