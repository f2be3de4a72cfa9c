//! `_collections._tuplegetter`: the attributes of what `namedtuple` makes.

use super::itertoolsmodule::{exactly, state};
use super::native::{self, PLAIN, Slots, field, members, methods, new, noargs, refs, unary};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, number};
use crate::raise;
use crate::types::{long, none, tuple, typeobject, unicode};

struct Getter {
    index: isize,
    doc: Option<Owned>,
}
refs!(Getter, doc);

static METHODS: [PyMethodDef; 2] = [PyMethodDef::noargs(c"__reduce__", noargs!(reduce), c""), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"__doc__", _Py_T_OBJECT, field!(Getter, doc), 0), PyMemberDef::END];

static SLOTS: Slots = Slots(&[
    methods(&METHODS),
    members(&MEMBERS),
    (Py_tp_new, new!(new_getter)),
    (Py_tp_repr, unary!(repr)),
    (Py_tp_descr_get, descr_get as *mut c_void),
    (Py_tp_descr_set, descr_set as *mut c_void),
]);

/// The class, for its module.
pub fn class(module: &Object) -> Result<Owned> {
    native::class::<Getter>(module, c"collections._tuplegetter", PLAIN, &SLOTS)
}

fn new_getter(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = exactly("_tuplegetter", args, kwargs, 2)?;
    let index = long::as_isize(&*number::index(args[0])?)?;
    native::make(ty, Getter { index, doc: Some(args[1].to_owned()) })
}

fn parts(this: &Object) -> Result<Owned> {
    let getter = state::<Getter>(this);
    tuple::from_owned(vec![long::from_i64(getter.index as i64)?, getter.doc.clone().unwrap_or_else(none::none)])
}

fn repr(this: &Object) -> Result<Owned> {
    let parts = parts(this)?.repr()?;
    unicode::concat(&*unicode::from_str("_tuplegetter")?, &parts)
}

fn reduce(this: &Object) -> Result<Owned> {
    tuple::from_slice(&[this.type_object(), &*parts(this)?])
}

fn item(this: &Object, instance: Option<&Object>, owner: Option<&Object>) -> Result<Owned> {
    let Some(instance) = instance else { return Ok(this.to_owned()) };
    let index = state::<Getter>(this).index;
    if !tuple::check(instance) {
        if instance.is_none() && owner.is_some() {
            return Ok(this.to_owned());
        }
        let got = typeobject::tp_name(instance.ty());
        return Err(raise!(
            TypeError,
            "descriptor for index '{index}' for tuple subclasses doesn't apply to '{got:.100}' object"
        ));
    }
    let item = usize::try_from(index).ok().and_then(|index| tuple::items(instance).get(index));
    item.map(|item| Object::to_owned(item)).ok_or_else(|| raise!(IndexError, "tuple index out of range"))
}

unsafe extern "C" fn descr_get(this: *mut PyObject, instance: *mut PyObject, owner: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { item(Object::from_ptr(this), Object::optional(instance), Object::optional(owner)) })
}

unsafe extern "C" fn descr_set(_this: *mut PyObject, _instance: *mut PyObject, value: *mut PyObject) -> c_int {
    let what = if value.is_null() { "delete" } else { "set" };
    api(|| Err::<(), _>(raise!(AttributeError, "can't {what} attribute")))
}
