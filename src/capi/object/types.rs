//! `object.h`: types.

use crate::abi::*;
use crate::capi::moduleobject::PyModule_GetState;
use crate::object::{BorrowedReturn, Object, Owned, Result, api, error};
use crate::types::table;
use crate::types::typeobject::{self, alloc, cache, names, slotdefs, spec, watchers};
use std::ptr;

/// Zeroed memory for an instance with `nitems` items, tracked if collectable. New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GenericAlloc(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyObject {
    api(|| typeobject::generic_alloc(ty, nitems))
}

/// As `PyType_GenericAlloc`, not tracked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_AllocNoTrack(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyObject {
    api(|| alloc::alloc_untracked(ty, nitems))
}

/// An instance through the type's `tp_alloc`; the arguments are for `tp_init`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GenericNew(
    ty: *mut PyTypeObject,
    _args: *mut PyObject,
    _kwds: *mut PyObject,
) -> *mut PyObject {
    api(|| -> Result<Owned> { typeobject::generic_new(ty) })
}

/// Makes a static type ready. -1 with an exception for a type that can't be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Ready(ty: *mut PyTypeObject) -> c_int {
    api(|| typeobject::ready(ty))
}

/// A class on the heap. New reference; `metaclass`, `module` and `bases` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_FromMetaclass(
    metaclass: *mut PyTypeObject,
    module: *mut PyObject,
    spec: *mut PyType_Spec,
    bases: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { spec::from_metaclass(metaclass, Object::optional(module), spec, Object::optional(bases)) })
}

/// `PyType_FromMetaclass` without a metaclass.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_FromModuleAndSpec(
    module: *mut PyObject,
    spec: *mut PyType_Spec,
    bases: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyType_FromMetaclass(ptr::null_mut(), module, spec, bases) }
}

/// `PyType_FromMetaclass` without a metaclass and module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_FromSpecWithBases(spec: *mut PyType_Spec, bases: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyType_FromMetaclass(ptr::null_mut(), ptr::null_mut(), spec, bases) }
}

/// `PyType_FromMetaclass` with the spec only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_FromSpec(spec: *mut PyType_Spec) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyType_FromMetaclass(ptr::null_mut(), ptr::null_mut(), spec, ptr::null_mut()) }
}

/// What stands in a slot; NULL if it is empty. `SystemError` for a number that no slot has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetSlot(ty: *mut PyTypeObject, slot: c_int) -> *mut c_void {
    api(|| typeobject::slot_places::get_slot(ty, slot))
}

/// `tp_flags`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetFlags(ty: *mut PyTypeObject) -> c_ulong {
    // SAFETY: the caller's contract.
    unsafe { (*ty).tp_flags }
}

/// 1 if `a` is `b` or derives from it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_IsSubtype(a: *mut PyTypeObject, b: *mut PyTypeObject) -> c_int {
    c_int::from(typeobject::is_subtype(a, b))
}

/// Tells that a class was changed behind its back: what is remembered of it is void.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Modified(ty: *mut PyTypeObject) {
    cache::modified(ty);
}

/// Empties the attribute cache; the last version that was given out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_ClearCache() -> c_uint {
    cache::clear()
}

/// 1 if the class has a version now, 0 if it can't have one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Type_AssignVersionTag(ty: *mut PyTypeObject) -> c_int {
    c_int::from(cache::assign_version(ty))
}

/// Makes a class immutable. -1 with `TypeError` if a base is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Freeze(ty: *mut PyTypeObject) -> c_int {
    api(|| spec::freeze(ty))
}

/// `__name__`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetName(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| names::get_name(ty))
}

/// `__qualname__`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetQualName(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| names::get_qualname(ty))
}

/// `__module__`. New reference; `AttributeError` if the class has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetModuleName(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| names::get_module_name(ty))
}

/// Module and qualified name with a dot between, without "builtins" and "__main__". New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetFullyQualifiedName(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| names::fully_qualified_name(ty))
}

/// The part of the C name behind the last dot; it lives as long as the type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_Name(ty: *mut PyTypeObject) -> *const c_char {
    // SAFETY: the caller's contract.
    unsafe {
        let name = (*ty).tp_name;
        match std::ffi::CStr::from_ptr(name).to_bytes().iter().rposition(|&c| c == b'.') {
            Some(dot) => name.add(dot + 1),
            None => name,
        }
    }
}

/// The module that the class was made for. Borrowed; `TypeError` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetModule(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| spec::module(ty))
}

/// The state of the class's module; NULL with `TypeError` if there is no module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetModuleState(ty: *mut PyTypeObject) -> *mut c_void {
    match spec::module(ty) {
        // SAFETY: the class keeps its module alive.
        Ok(module) => unsafe { PyModule_GetState(module.as_ptr()) },
        Err(_) => ptr::null_mut(),
    }
}

/// The module made from `def` of the class or the nearest base that has it. Borrowed; `TypeError` if none has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetModuleByDef(ty: *mut PyTypeObject, def: *mut PyModuleDef) -> *mut PyObject {
    api(|| spec::module_by_def(ty, def))
}

/// Finds the class or base made with `token`: 1 and a new reference in `result`, 0 and NULL, or -1 with an exception.
/// `result` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetBaseByToken(
    ty: *mut PyTypeObject,
    token: *mut c_void,
    result: *mut *mut PyTypeObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let found = _PyType_GetBaseByToken_Borrow(ty, token, result);
        if found == 1 && !result.is_null() {
            crate::mem::refcount::incref((*result).cast());
        }
        found
    }
}

/// As `PyType_GetBaseByToken` with a borrowed result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_GetBaseByToken_Borrow(
    ty: *mut PyTypeObject,
    token: *mut c_void,
    result: *mut *mut PyTypeObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if !result.is_null() {
            *result = ptr::null_mut();
        }
        api(|| -> Result<bool> {
            let found = spec::checked_base_by_token(ty, token)?;
            if let Some(found) = found
                && !result.is_null()
            {
                *result = found.cast();
            }
            Ok(found.is_some())
        })
    }
}

/// The part of an instance that `cls` adds to its base.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetTypeData(obj: *mut PyObject, cls: *mut PyTypeObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { spec::type_data(obj, cls) }
}

/// The size of the part that `cls` adds to its base.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetTypeDataSize(cls: *mut PyTypeObject) -> Py_ssize_t {
    spec::type_data_size(cls)
}

/// Where the items of an instance begin; `TypeError` if its type does not say that they stand at the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetItemData(obj: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| spec::item_data(unsafe { Object::new(obj) }?))
}

/// The class's dict. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetDict(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| typeobject::dict_of(ty).map(Object::to_owned).ok_or_else(error::null_argument))
}

/// The class's dict. Borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_GetDict(ty: *mut PyTypeObject) -> *mut PyObject {
    typeobject::dict_of(ty).map_or(ptr::null_mut(), Object::as_ptr)
}

/// `name` in the class or its bases; NULL without an exception if it is not there. Borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_Lookup(ty: *mut PyTypeObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let found = cache::lookup(ty, unsafe { Object::from_ptr(name) });
    api(|| found.map_or_else(BorrowedReturn::null, BorrowedReturn::new))
}

/// As `_PyType_Lookup`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_LookupRef(ty: *mut PyTypeObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let found = cache::lookup(ty, unsafe { Object::from_ptr(name) }).map(Object::to_owned);
    api(|| Ok(found))
}

/// Adds a callback for changes of classes: its number; -1 with `RuntimeError` if there are eight.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_AddWatcher(callback: PyType_WatchCallback) -> c_int {
    api(|| watchers::add(callback))
}

/// `ValueError` if there is no such watcher.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_ClearWatcher(watcher_id: c_int) -> c_int {
    api(|| watchers::clear(watcher_id))
}

/// From now on the watcher is told of changes of the class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Watch(watcher_id: c_int, ty: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| watchers::watch(watcher_id, unsafe { Object::new(ty) }?))
}

/// The watcher is no longer told of changes of the class. 0, or -1 with `ValueError` for no watcher or class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Unwatch(watcher_id: c_int, ty: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| watchers::unwatch(watcher_id, unsafe { Object::new(ty) }?))
}

/// Shows a managed dict to the collector.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VisitManagedDict(obj: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { typeobject::visit_managed_dict(obj, visit, arg) }
}

/// Gives a managed dict up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_ClearManagedDict(obj: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { typeobject::clear_managed_dict(obj) }
}

/// Puts a dict (or NULL) in the place of the managed one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_SetManagedDict(obj: *mut PyObject, new_dict: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { typeobject::instance_dict::set_managed_dict(obj, new_dict) }
    0
}

/// `object.__getstate__` of an object, or its own. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetState(obj: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| typeobject::reduce::state_of(unsafe { Object::new(obj) }?, false))
}

/// `super(su_type, su_obj).name` without making the object. New reference; `method` is set to 1 if what was found is a
/// method not bound yet, where the caller asks for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySuper_Lookup(
    su_type: *mut PyTypeObject,
    su_obj: *mut PyObject,
    name: *mut PyObject,
    method: *mut c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let mut unbound = false;
        let result = api(|| {
            crate::types::superobject::lookup(
                Object::from_ptr(su_type.cast()),
                Object::from_ptr(su_obj),
                Object::from_ptr(name),
                (!method.is_null()).then_some(&mut unbound),
            )
        });
        if unbound {
            *method = 1;
        }
        result
    }
}

/// A version of the caller's choice; it must be one that no other class has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_SetVersion(tp: *mut PyTypeObject, version: c_uint) {
    // SAFETY: the caller's contract.
    unsafe { (*tp).tp_version_tag = version }
}

/// An instance of a class whose instances have a managed dict. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_NewManagedObject(tp: *mut PyTypeObject) -> *mut PyObject {
    api(|| typeobject::generic_alloc(tp, 0))
}

/// Gives the attached interpreter a static type of an extension, with a dict of its own; makes it ready the first time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyStaticType_InitForExtension(
    _interp: *mut PyInterpreterState,
    self_: *mut PyTypeObject,
) -> c_int {
    api(|| crate::lifecycle::static_types::init_for_extension(self_))
}

/// A list of the static types of the runtime. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyStaticType_GetBuiltins() -> *mut PyObject {
    api(table::as_list)
}

/// A list of the names of special methods, one for each slot that it stands for. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyType_GetSlotWrapperNames() -> *mut PyObject {
    api(slotdefs::names_as_list)
}
