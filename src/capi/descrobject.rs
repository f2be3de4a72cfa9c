//! `descrobject.h`: descriptors, members, mapping proxies.

use crate::abi::*;
use crate::mem::forever::Life;
use crate::object::{Object, api};
use crate::types::descr::{self, getset, member, method, structmember, wrapper};
use crate::types::mappingproxy;

/// A method descriptor. New reference; `SystemError` for flags that name no convention.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewMethod(ty: *mut PyTypeObject, meth: *mut PyMethodDef) -> *mut PyObject {
    api(|| method::new(ty, meth, Life::Counted))
}

/// A class method descriptor. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewClassMethod(ty: *mut PyTypeObject, meth: *mut PyMethodDef) -> *mut PyObject {
    api(|| method::new_class_method(ty, meth, Life::Counted))
}

/// A member descriptor. New reference; `SystemError` for a relative offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewMember(ty: *mut PyTypeObject, memb: *mut PyMemberDef) -> *mut PyObject {
    api(|| member::new(ty, memb, Life::Counted))
}

/// A getset descriptor. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewGetSet(ty: *mut PyTypeObject, getset: *mut PyGetSetDef) -> *mut PyObject {
    api(|| getset::new(ty, getset, Life::Counted))
}

/// A slot wrapper. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewWrapper(
    ty: *mut PyTypeObject,
    base: *mut wrapperbase,
    wrapped: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| wrapper::new(ty, unsafe { &*base }, wrapped, Life::Counted))
}

/// 1 if setting goes through the object: it is a data descriptor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_IsData(descr: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    c_int::from(descr::is_data(unsafe { Object::from_ptr(descr) }))
}

/// The slot wrapper `d` bound to `self_`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWrapper_New(d: *mut PyObject, self_: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapper::bind(Object::new(d)?, Object::new(self_)?) })
}

/// A read-only view of a mapping. New reference; `TypeError` if it is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDictProxy_New(mapping: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| mappingproxy::new(unsafe { Object::new(mapping) }?))
}

/// The value of a field. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMember_GetOne(addr: *const c_char, memb: *mut PyMemberDef) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { structmember::get_one(addr.cast(), memb) })
}

/// Sets a field; NULL deletes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMember_SetOne(addr: *mut c_char, memb: *mut PyMemberDef, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { structmember::set_one(addr.cast(), memb, Object::optional(value)) })
}
