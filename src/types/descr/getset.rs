//! `getset_descriptor`: an attribute with a getter and a setter in C.

use super::*;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyGetSetDescr_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"getset_descriptor".as_ptr(),
    tp_basicsize: size_of::<PyGetSetDescrObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(getset_repr),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
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

/// `PyDescr_NewGetSet`.
pub fn new(ty: *mut PyTypeObject, def: *mut PyGetSetDef, life: Life) -> Result<Owned> {
    // SAFETY: a table entry; fresh.
    unsafe {
        let name = intern_c_name((*def).name, life)?;
        let descr = super::new::<PyGetSetDescrObject>(&raw mut PyGetSetDescr_Type, ty, name, life)?;
        (*descr).d_getset = def;
        Ok(finish(descr, life))
    }
}

unsafe fn entry<'a>(descr: &Object) -> &'a PyGetSetDef {
    // SAFETY: layout: slots are called with a getset descriptor; its entry outlives it.
    unsafe { &*(*descr.cast::<PyGetSetDescrObject>()).d_getset }
}

unsafe extern "C" fn get(descr: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let descr = Object::from_ptr(descr);
        api(|| {
            let Some(instance) = Object::optional(instance) else { return Ok(descr.to_owned()) };
            check(descr, instance)?;
            let entry = entry(descr);
            match entry.get {
                Some(get) => Owned::from_c(get(instance.as_ptr(), entry.closure)),
                None => Err(raise!(
                    AttributeError,
                    "attribute '{}' of '{}' objects is not readable",
                    name_text(descr),
                    names::cut(names::full_tp_name(common(descr).d_type), 100)
                )),
            }
        })
    }
}

unsafe extern "C" fn set(descr: O, instance: O, value: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (descr, instance) = (Object::from_ptr(descr), Object::from_ptr(instance));
        api(|| -> Result<()> {
            check_for_set(descr, instance)?;
            let entry = entry(descr);
            match entry.set {
                Some(set) if set(instance.as_ptr(), value, entry.closure) < 0 => Err(Raised::already()),
                Some(_) => Ok(()),
                None => Err(raise!(
                    AttributeError,
                    "attribute '{}' of '{}' objects is not writable",
                    name_text(descr),
                    names::cut(names::full_tp_name(common(descr).d_type), 100)
                )),
            }
        })
    }
}

/// As `check`; CPython words it the same.
pub fn check_for_set(descr: &Object, instance: &Object) -> Result<()> {
    if instance.is_a(common(descr).d_type) { Ok(()) } else { Err(does_not_apply(descr, instance)) }
}

unsafe extern "C" fn getset_repr(descr: O) -> O {
    // SAFETY: slot.
    api(|| repr(unsafe { Object::from_ptr(descr) }, "attribute"))
}

unsafe extern "C" fn get_doc(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { plain_doc(entry(Object::from_ptr(descr)).doc) })
}
