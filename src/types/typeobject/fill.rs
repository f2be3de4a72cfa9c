//! Filling a type's dict: wrappers for its slots, then its methods, members and getters, then its doc. What stands in
//! the dict already stays. With `Life::Shared` all that is made is the process's: see `shared_dict`.

use super::exports::{PyObject_HashNotImplemented, same, same_slot};
use super::{as_object, doc, has_flag, shared_dict, slotdefs, subclasses};
use crate::abi::*;
use crate::mem::forever::Life;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, api};
use crate::raise;
use crate::types::{cfunction, descr, dict, funcobject, none, tuple};
use std::mem::offset_of;

/// Everything that the type's own tables and slots say. The slots are read from `slots`, which is the type itself but
/// for an extension's type in a second interpreter.
pub fn fill(ty: *mut PyTypeObject, slots: *mut PyTypeObject, dict: &Object, life: Life) -> Result<()> {
    add_operators(ty, slots, dict, life)?;
    // SAFETY: a type whose tables end with an empty entry.
    unsafe {
        for_each((*ty).tp_methods, |def| !(*def).ml_name.is_null(), |def| add_method(ty, dict, def, life))?;
        let member = |def: *mut PyMemberDef| add(dict, descr::member::new(ty, def, life)?);
        for_each((*ty).tp_members, |def| !(*def).name.is_null(), member)?;
        let getset = |def: *mut PyGetSetDef| add(dict, descr::getset::new(ty, def, life)?);
        for_each((*ty).tp_getset, |def| !(*def).name.is_null(), getset)?;
        if !dict::contains(dict, name!(__doc__))? {
            let doc = match life {
                Life::Counted => doc::type_doc((*ty).tp_name, (*ty).tp_doc)?,
                Life::Shared => doc::shared_type_doc((*ty).tp_name, (*ty).tp_doc).to_owned(),
            };
            dict::set(dict, name!(__doc__), &doc)?;
        }
    }
    Ok(())
}

/// How many names the type's own tables bring, and the few that every type has.
///
/// # Safety
/// A type on its way to being ready.
pub unsafe fn count(ty: *mut PyTypeObject) -> usize {
    const OF_EVERY_TYPE: usize = 4;
    let mut n = OF_EVERY_TYPE;
    let mut one = || {
        n += 1;
        Ok(())
    };
    // SAFETY: its tables end with an empty entry; counting does not fail.
    unsafe {
        let _ = for_each((*ty).tp_methods, |def| !(*def).ml_name.is_null(), |_| one());
        let _ = for_each((*ty).tp_members, |def| !(*def).name.is_null(), |_| one());
        let _ = for_each((*ty).tp_getset, |def| !(*def).name.is_null(), |_| one());
    }
    n
}

unsafe fn for_each<T>(
    mut entry: *mut T,
    more: impl Fn(*mut T) -> bool,
    mut work: impl FnMut(*mut T) -> Result<()>,
) -> Result<()> {
    if entry.is_null() {
        return Ok(());
    }
    while more(entry) {
        work(entry)?;
        entry = entry.wrapping_add(1);
    }
    Ok(())
}

/// A descriptor under its own name.
fn add(dict: &Object, descr: Owned) -> Result<()> {
    // SAFETY: layout: every descriptor begins with the common part.
    let name = unsafe { Object::from_ptr((*descr.cast::<PyDescrObject>()).d_name) };
    dict::set_default(dict, name, &descr).map(drop)
}

unsafe fn add_method(ty: *mut PyTypeObject, dict: &Object, def: *mut PyMethodDef, life: Life) -> Result<()> {
    // SAFETY: an entry of a method table.
    unsafe {
        let flags = (*def).ml_flags;
        let (name, value) = if flags & METH_CLASS != 0 {
            if flags & METH_STATIC != 0 {
                return Err(raise!(ValueError, "method cannot be both class and static"));
            }
            let descr = descr::method::new_class_method(ty, def, life)?;
            (Object::from_ptr((*descr.cast::<PyDescrObject>()).d_name).to_owned(), descr)
        } else if flags & METH_STATIC != 0 {
            (descr::intern_c_name((*def).ml_name, life)?, static_method(ty, def, life)?)
        } else {
            let descr = descr::method::new(ty, def, life)?;
            (Object::from_ptr((*descr.cast::<PyDescrObject>()).d_name).to_owned(), descr)
        };
        if flags & METH_COEXIST != 0 {
            dict::set(dict, &name, &value)
        } else {
            dict::set_default(dict, &name, &value).map(drop)
        }
    }
}

fn static_method(ty: *mut PyTypeObject, def: *mut PyMethodDef, life: Life) -> Result<Owned> {
    let function = bound(ty, def, life)?;
    Ok(match life {
        Life::Counted => funcobject::new_static_method(&function)?,
        Life::Shared => funcobject::shared_static_method(&function).to_owned(),
    })
}

/// A builtin function bound to the type.
fn bound(ty: *mut PyTypeObject, def: *mut PyMethodDef, life: Life) -> Result<Owned> {
    // SAFETY: a live type.
    let class = unsafe { as_object(ty) };
    match life {
        Life::Counted => cfunction::new(def, Some(class), None, std::ptr::null_mut()),
        Life::Shared => cfunction::shared(def, class),
    }
}

/// How many wrappers there may be.
pub fn count_operators(ty: *mut PyTypeObject) -> usize {
    slotdefs::of_filled_suites(ty).filter(|row| row.wrapper.is_some() && own_function(ty, ty, row).is_some()).count()
}

/// What the type itself has in a slot, which is read from `slots`.
pub fn own_function(ty: *mut PyTypeObject, slots: *mut PyTypeObject, row: &wrapperbase) -> Option<*mut c_void> {
    let place = slotdefs::place(slots, row.offset);
    // SAFETY: a slot of this type.
    let function = unsafe { if place.is_null() { return None } else { *place } };
    if function.is_null() {
        return None;
    }
    // A static type may name its base's function to make plain that it has it; that is no definition of its own. What
    // it inherited is no different.
    // SAFETY: a live type.
    let base = unsafe { (*ty).tp_base };
    if has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) && !base.is_null() {
        let by_default = row.offset as usize == offset_of!(PyTypeObject, tp_hash);
        if by_default && subclasses::notes(ty) & shared_dict::NO_HASH != 0 {
            return None;
        }
        let inherited = slotdefs::place(base, row.offset);
        // SAFETY: a slot of the base.
        if !inherited.is_null() && unsafe { *inherited } == function {
            return None;
        }
    }
    Some(function)
}

/// A wrapper for each slot that the type fills itself.
fn add_operators(ty: *mut PyTypeObject, slots: *mut PyTypeObject, dict: &Object, life: Life) -> Result<()> {
    for row in slotdefs::of_filled_suites(slots) {
        if row.wrapper.is_none() {
            continue;
        }
        let Some(function) = own_function(ty, slots, row) else { continue };
        let name = slotdefs::name(row);
        if dict::contains(dict, name)? {
            continue;
        }
        if function == PyObject_HashNotImplemented as *const () as *mut c_void {
            // `__hash__` is None in classes whose instances have no hash.
            dict::set(dict, name, none::none_ref())?;
        } else {
            let descr = descr::wrapper::new(ty, row, function, life)?;
            dict::set(dict, name, &descr)?;
        }
    }
    Ok(())
}

static NEW: [PyMethodDef; 1] = [PyMethodDef::keywords(
    c"__new__",
    tp_new_wrapper,
    c"__new__($type, *args, **kwargs)\n--\n\nCreate and return a new object.  See help(type) for its own signature.",
)];

/// `__new__` of a type that fills `tp_new`: a builtin function bound to the type.
pub fn add_new_wrapper(ty: *mut PyTypeObject, dict: &Object, life: Life) -> Result<()> {
    if dict::contains(dict, name!(__new__))? {
        return Ok(());
    }
    let new = bound(ty, table(&NEW), life)?;
    dict::set(dict, name!(__new__), &new)
}

/// Is `function` some type's `__new__` made by [`add_new_wrapper`]?
pub fn is_new_wrapper(function: &Object) -> bool {
    if !function.is_a(&raw mut crate::types::cfunction::PyCFunction_Type) {
        return false;
    }
    // SAFETY: layout: checked just now.
    unsafe {
        let def = (*function.cast::<PyCFunctionObject>()).m_ml;
        same((*def).ml_meth, tp_new_wrapper as *const ())
    }
}

/// `T.__new__(S, ...)`: `S` has to be a class that `T`'s `tp_new` can make.
unsafe extern "C" fn tp_new_wrapper(this: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = Object::from_ptr(this);
        if !super::check(this) {
            crate::state::fatal::fatal_error("tp_new_wrapper", "__new__() called with non-type 'self'");
        }
        let ty = this.cast::<PyTypeObject>();
        let type_name = super::names::full_tp_name(ty);
        let args = Object::from_ptr(args);
        let [first, rest @ ..] = tuple::items(args) else {
            return Err(raise!(TypeError, "{type_name}.__new__(): not enough arguments"));
        };
        if !super::check(first) {
            let found = super::names::full_tp_name(first.ty());
            return Err(raise!(TypeError, "{type_name}.__new__(X): X is not a type object ({found})"));
        }
        let subtype = first.cast::<PyTypeObject>();
        let subtype_name = super::names::full_tp_name(subtype);
        if !super::is_subtype(subtype, ty) {
            return Err(raise!(
                TypeError,
                "{type_name}.__new__({subtype_name}): {subtype_name} is not a subtype of {type_name}"
            ));
        }
        // The nearest base in C makes the instances; another `tp_new` would leave parts of them out.
        let mut base = subtype;
        while !base.is_null() && same((*base).tp_new, super::slots::slot_tp_new as *const ()) {
            base = (*base).tp_base;
        }
        if !base.is_null() && !same_slot((*base).tp_new, (*ty).tp_new) {
            return Err(raise!(
                TypeError,
                "{type_name}.__new__({subtype_name}) is not safe, use {}.__new__()",
                super::names::full_tp_name(base)
            ));
        }
        let Some(new) = (*ty).tp_new else {
            return Err(raise!(TypeError, "cannot create '{type_name}' instances"));
        };
        let rest = tuple::from_slice(rest)?;
        let result = new(subtype, rest.as_ptr(), kwds);
        if result.is_null() { Err(Raised::already()) } else { Ok(Owned::from_raw(result)) }
    })
}
