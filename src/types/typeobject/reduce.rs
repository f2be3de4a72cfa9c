//! `object.__reduce_ex__`, `__reduce__` and `__getstate__`: how `copy` and `pickle` take an object apart. The functions
//! that put it together again are those of the module `copyreg`.

use super::{baseobject, cache, has_flag, is_heap, names};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, above, api};
use crate::raise;
use crate::types::{dict, long, none, tuple};

type O = *mut PyObject;

/// The module with `__newobj__` and `_reconstructor`.
fn copyreg() -> Result<Owned> {
    above::import(name!(copyreg))
}

pub unsafe extern "C" fn object_reduce(this: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| common_reduce(unsafe { Object::from_ptr(this) }, 0))
}

/// A class with a `__reduce__` of its own means that one.
pub unsafe extern "C" fn object_reduce_ex(this: O, protocol: O) -> O {
    // SAFETY: slot.
    let (this, protocol) = unsafe { (Object::from_ptr(this), Object::from_ptr(protocol)) };
    api(|| {
        let protocol = long::as_i32(protocol)?;
        if let Some(reduce) = this.getattr_optional(name!(__reduce__))? {
            let class = this.getattr(name!(__class__))?;
            let of_class = class.getattr(name!(__reduce__))?;
            // SAFETY: static.
            let object = unsafe { super::as_object(&raw mut baseobject::PyBaseObject_Type) };
            if !of_class.is(&*object.getattr(name!(__reduce__))?) {
                return reduce.call(&[]);
            }
        }
        common_reduce(this, protocol)
    })
}

fn common_reduce(this: &Object, protocol: c_int) -> Result<Owned> {
    if protocol >= 2 {
        return reduce_newobj(this);
    }
    let copyreg = copyreg()?;
    copyreg.call_method(name!(_reduce_ex), &[this, &*long::from_i64(protocol.into())?])
}

pub unsafe extern "C" fn object_getstate(this: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| default_state(unsafe { Object::from_ptr(this) }, false))
}

/// What an instance holds beside what its class's `__new__` makes: its dict, and the values of its slots.
fn default_state(this: &Object, required: bool) -> Result<Owned> {
    let ty = this.ty();
    // SAFETY: a live class.
    let (itemsize, basicsize) = unsafe { ((*ty).tp_itemsize, (*ty).tp_basicsize) };
    if required && itemsize != 0 {
        return Err(raise!(TypeError, "cannot pickle {} objects", names::cut(names::full_tp_name(ty), 200)));
    }
    // The dict of a builtin class is not in the class itself, in CPython, but in the interpreter.
    let builtin_class = super::check(this) && super::has_flag(this.cast(), _Py_TPFLAGS_STATIC_BUILTIN);
    let is_empty = builtin_class || super::instance_dict(this).is_none_or(|dict| dict::len(dict) == 0);
    let state = if is_empty { none::none() } else { super::instance_dict::generic_get(this)? };
    let slotnames = slot_names(this.type_object())?;
    if required && itemsize == 0 {
        let mut expected = size_of::<PyObject>() as isize;
        // SAFETY: live classes.
        unsafe {
            if (*ty).tp_dictoffset > 0 {
                expected += size_of::<O>() as isize;
            }
            if (*ty).tp_weaklistoffset > 0 {
                expected += size_of::<O>() as isize;
            }
        }
        expected += (slotnames.len() * size_of::<O>()) as isize;
        if basicsize > expected {
            return Err(raise!(TypeError, "cannot pickle '{}' object", names::full_tp_name(ty)));
        }
    }
    if slotnames.is_empty() {
        return Ok(state);
    }
    let values = dict::new()?;
    for name in &slotnames {
        if let Some(value) = this.getattr_optional(name)? {
            dict::set(&values, name, &value)?;
        }
    }
    if dict::len(&values) == 0 {
        return Ok(state);
    }
    tuple::from_slice(&[&state, &values])
}

/// The names in `__slots__` of the class and its bases, without those that stand for the dict and weak references
/// (`copyreg._slotnames`, which keeps them in the class as `__slotnames__`).
pub fn slot_names(class: &Object) -> Result<Vec<Owned>> {
    let ty = class.cast::<PyTypeObject>();
    // SAFETY: a ready class has a dict.
    let dict = unsafe { super::dict_of_ready(ty) };
    if let Some(known) = dict::get(dict, name!(__slotnames__))? {
        if known.is_none() {
            return Ok(Vec::new());
        }
        if !crate::types::list::check(&known) {
            return Err(raise!(
                TypeError,
                "{}.__slotnames__ should be a list or None, not {}",
                names::tp_name(ty),
                names::tp_name(known.ty())
            ));
        }
        return Ok((0..crate::types::list::len(&known)).filter_map(|i| crate::types::list::get(&known, i)).collect());
    }
    let mut found = Vec::new();
    for base in super::mro::items(ty) {
        let base = base.cast::<PyTypeObject>();
        if !is_heap(base) {
            continue;
        }
        // SAFETY: layout: a class on the heap.
        if let Some(slots) = unsafe { Object::optional((*base.cast::<PyHeapTypeObject>()).ht_slots) } {
            found.extend(tuple::items(slots).iter().map(|name| (*name).to_owned()));
        }
    }
    if !has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) && is_heap(ty) {
        let list = crate::types::list::from_owned(found.clone())?;
        dict::set(dict, name!(__slotnames__), &list)?;
        cache::modified(ty);
    }
    Ok(found)
}

/// The object's `__getstate__`, or what `object`'s would say.
pub fn state_of(this: &Object, required: bool) -> Result<Owned> {
    let getstate = this.getattr(name!(__getstate__))?;
    let of_object = getstate.is_exact(&raw mut crate::types::cfunction::PyCFunction_Type)
        && crate::types::cfunction::self_of(&getstate) == this.as_ptr()
        // SAFETY: layout: checked just now.
        && unsafe {
            let def = (*getstate.cast::<PyCFunctionObject>()).m_ml;
            super::exports::same((*def).ml_meth, object_getstate as *const ())
        };
    if of_object { default_state(this, required) } else { getstate.call(&[]) }
}

fn reduce_newobj(this: &Object) -> Result<Owned> {
    let class = this.type_object();
    // SAFETY: a live class.
    if unsafe { (*this.ty()).tp_new.is_none() } {
        return Err(raise!(TypeError, "cannot pickle '{}' object", names::tp_name(this.ty())));
    }
    let (args, kwargs) = new_arguments(this)?;
    let has_args = args.is_some();
    let copyreg = copyreg()?;
    let (function, args) = match kwargs.filter(|kwargs| dict::len(kwargs) != 0) {
        None => {
            let function = copyreg.getattr(name!(__newobj__))?;
            let mut all = vec![class];
            if let Some(args) = &args {
                all.extend_from_slice(tuple::items(args));
            }
            (function, tuple::from_slice(&all)?)
        }
        Some(kwargs) => {
            let function = copyreg.getattr(name!(__newobj_ex__))?;
            let args = args.unwrap_or_else(tuple::empty);
            (function, tuple::from_slice(&[class, &args, &kwargs])?)
        }
    };
    let (is_list, is_dict) = (crate::types::list::check(this), dict::check(this));
    let state = state_of(this, !(has_args || is_list || is_dict))?;
    let list_items = if is_list { this.iter()? } else { none::none() };
    let dict_items = if is_dict { this.call_method(name!(items), &[])?.iter()? } else { none::none() };
    tuple::from_slice(&[&function, &args, &state, &list_items, &dict_items])
}

/// What `__getnewargs_ex__` or `__getnewargs__` says.
fn new_arguments(this: &Object) -> Result<(Option<Owned>, Option<Owned>)> {
    if let Some(method) = this.getattr_optional(name!(__getnewargs_ex__))? {
        let both = method.call(&[])?;
        if !tuple::check(&both) {
            return Err(raise!(
                TypeError,
                "__getnewargs_ex__ should return a tuple, not '{}'",
                names::tp_name(both.ty())
            ));
        }
        let [args, kwargs] = tuple::items(&both) else {
            return Err(raise!(
                ValueError,
                "__getnewargs_ex__ should return a tuple of length 2, not {}",
                tuple::items(&both).len()
            ));
        };
        if !tuple::check(args) {
            return Err(raise!(
                TypeError,
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                names::tp_name(args.ty())
            ));
        }
        if !dict::check(kwargs) {
            return Err(raise!(
                TypeError,
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                names::tp_name(kwargs.ty())
            ));
        }
        return Ok((Some((*args).to_owned()), Some((*kwargs).to_owned())));
    }
    if let Some(method) = this.getattr_optional(name!(__getnewargs__))? {
        let args = method.call(&[])?;
        if !tuple::check(&args) {
            return Err(raise!(TypeError, "__getnewargs__ should return a tuple, not '{}'", names::tp_name(args.ty())));
        }
        return Ok((Some(args), None));
    }
    Ok((None, None))
}
