//! The resolution order of a class: C3 linearisation of its bases' orders, or what the metaclass's `mro` method says.

use super::{as_object, check, metatype, names};
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::error::Text;
use crate::object::{Object, Owned, Result, sequence};
use crate::raise;
use crate::types::tuple;

/// `PyType_IsSubtype`: `a` is `b` or derives from it.
pub fn is_subtype(a: *mut PyTypeObject, b: *mut PyTypeObject) -> bool {
    // SAFETY: live types; a resolution order is a tuple of types.
    unsafe {
        if let Some(mro) = Object::optional((*a).tp_mro) {
            return tuple::items(mro).iter().any(|base| base.is_ptr(b.cast()));
        }
        // Not ready yet: along the chain of first bases.
        let mut base = a;
        while !base.is_null() {
            if base == b {
                return true;
            }
            base = (*base).tp_base;
        }
        b == &raw mut super::PyBaseObject_Type
    }
}

/// The types of a resolution order; none for a type that is not ready.
pub fn items<'a>(ty: *mut PyTypeObject) -> &'a [&'a Object] {
    // SAFETY: a live type's order is a tuple, replaced only by `set`.
    unsafe { Object::optional((*ty).tp_mro) }.map_or(&[], |mro| tuple::items(mro))
}

/// Computes the order and puts it into the type. True if the order was changed, false if a `mro` method of the
/// metaclass changed it meanwhile and that one stays. The old order is given up.
pub fn set(ty: *mut PyTypeObject) -> Result<bool> {
    // SAFETY: a live type; the tuple's reference moves into it.
    unsafe {
        let before = (*ty).tp_mro;
        let held = Object::optional(before).map(Object::to_owned);
        let mro = invoke(ty)?;
        if (*ty).tp_mro != before {
            return Ok(false);
        }
        (*ty).tp_mro = mro.into_raw();
        super::cache::modified_by_mro(ty);
        if held.is_some() {
            refcount::decref(before);
        }
        Ok(true)
    }
}

fn invoke(ty: *mut PyTypeObject) -> Result<Owned> {
    // SAFETY: a live type.
    let class = unsafe { as_object(ty) };
    let custom = !class.is_exact(&raw mut metatype::PyType_Type);
    let mro = if custom {
        let Some(method) = class.lookup_special(name!(mro))? else {
            return Err(raise!(AttributeError, "mro"));
        };
        sequence::tuple(&*method.call(&[])?)?
    } else {
        compute(ty)?
    };
    if tuple::items(&mro).is_empty() {
        return Err(raise!(TypeError, "type MRO must not be empty"));
    }
    if custom {
        let solid = super::metatype::solid_base(ty);
        for base in tuple::items(&mro) {
            if !check(base) {
                let found = names::cut(names::full_tp_name(base.ty()), 500);
                return Err(raise!(TypeError, "mro() returned a non-class ('{found}')"));
            }
            if !is_subtype(solid, metatype::solid_base(base.cast())) {
                let found = names::cut(names::full_tp_name(base.cast()), 500);
                return Err(raise!(TypeError, "mro() returned base with unsuitable layout ('{found}')"));
            }
        }
    }
    Ok(mro)
}

/// `type.mro()`: the C3 order as a tuple.
pub fn compute(ty: *mut PyTypeObject) -> Result<Owned> {
    // SAFETY: a live type with its bases set.
    let (class, bases) = unsafe { (as_object(ty), Object::new((*ty).tp_bases)?) };
    let bases = tuple::items(bases);
    for base in bases {
        // SAFETY: bases are types.
        if unsafe { (*base.cast::<PyTypeObject>()).tp_mro.is_null() } {
            let base = names::cut(names::full_tp_name(base.cast()), 100);
            return Err(raise!(TypeError, "Cannot extend an incomplete type '{base}'"));
        }
    }
    let mut order: Vec<&Object> = vec![class];
    if let [base] = bases {
        order.extend_from_slice(items(base.cast()));
        return tuple::from_slice(&order);
    }
    for (i, base) in bases.iter().enumerate() {
        if bases[..i].iter().any(|other| other.is(base)) {
            let base = names::get_name(base.cast())?;
            return Err(raise!(TypeError, "duplicate base class {}", Text(&base)));
        }
    }
    let mut lists: Vec<&[&Object]> = bases.iter().map(|base| items(base.cast())).collect();
    lists.push(bases);
    merge(&mut order, &mut lists)?;
    tuple::from_slice(&order)
}

/// Takes, again and again, the first head of a list that is in no list's tail.
fn merge<'a>(order: &mut Vec<&'a Object>, lists: &mut [&[&'a Object]]) -> Result<()> {
    loop {
        let mut heads = lists.iter().filter_map(|list| list.first()).peekable();
        if heads.peek().is_none() {
            return Ok(());
        }
        let in_tail = |head: &Object| lists.iter().any(|list| list.iter().skip(1).any(|other| other.is(head)));
        let Some(next) = heads.copied().find(|head| !in_tail(head)) else {
            return Err(inconsistent(lists));
        };
        order.push(next);
        for list in lists.iter_mut() {
            if list.first().is_some_and(|head| head.is(next)) {
                *list = &list[1..];
            }
        }
    }
}

#[cold]
fn inconsistent(lists: &[&[&Object]]) -> crate::object::Raised {
    let mut seen: Vec<&Object> = Vec::new();
    for head in lists.iter().filter_map(|list| list.first()) {
        if !seen.iter().any(|other| other.is(head)) {
            seen.push(head);
        }
    }
    let names: Vec<&str> = seen.iter().map(|class| names::name(class.cast())).collect();
    raise!(TypeError, "Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "))
}
