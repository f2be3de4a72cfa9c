//! `member_descriptor`: an attribute that is a field of the instance's struct.

use super::*;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyMemberDescr_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"member_descriptor".as_ptr(),
    tp_basicsize: size_of::<PyMemberDescrObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(member_repr),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_methods: table(&super::METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(get),
    tp_descr_set: Some(set),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"__doc__", Some(get_doc), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(get_qualname), None, ptr::null()),
    PyGetSetDef::END,
];

/// `PyDescr_NewMember`.
pub fn new(ty: *mut PyTypeObject, def: *mut PyMemberDef, life: Life) -> Result<Owned> {
    // SAFETY: a table entry; fresh.
    unsafe {
        if (*def).flags & Py_RELATIVE_OFFSET != 0 {
            return Err(raise!(SystemError, "PyDescr_NewMember used with Py_RELATIVE_OFFSET"));
        }
        let name = intern_c_name((*def).name, life)?;
        let descr = super::new::<PyMemberDescrObject>(&raw mut PyMemberDescr_Type, ty, name, life)?;
        (*descr).d_member = def;
        Ok(finish(descr, life))
    }
}

unsafe fn entry(descr: &Object) -> *mut PyMemberDef {
    // SAFETY: layout: slots are called with a member descriptor; its entry outlives it.
    unsafe { (*descr.cast::<PyMemberDescrObject>()).d_member }
}

unsafe extern "C" fn get(descr: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let descr = Object::from_ptr(descr);
        api(|| {
            let Some(instance) = Object::optional(instance) else { return Ok(descr.to_owned()) };
            check(descr, instance)?;
            structmember::get_one(instance.as_ptr().cast(), entry(descr))
        })
    }
}

unsafe extern "C" fn set(descr: O, instance: O, value: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (descr, instance) = (Object::from_ptr(descr), Object::from_ptr(instance));
        api(|| -> Result<()> {
            check(descr, instance)?;
            structmember::set_one(instance.as_ptr().cast(), entry(descr), Object::optional(value))
        })
    }
}

unsafe extern "C" fn member_repr(descr: O) -> O {
    // SAFETY: slot.
    api(|| repr(unsafe { Object::from_ptr(descr) }, "member"))
}

unsafe extern "C" fn get_doc(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { plain_doc((*entry(Object::from_ptr(descr))).doc) })
}
