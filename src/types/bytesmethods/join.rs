//! `join`.

use super::{Kind, view::View};
use crate::object::{Object, Owned, Result, error, sequence};
use crate::raise;
use crate::types::{bytes, exceptions, list, tuple, typeobject};

pub fn join_method<K: Kind>(o: &Object, iterable: &Object) -> Result {
    // Iterating runs foreign code.
    let _fixed = K::MUTABLE.then(|| View::array(o));
    join::<K>(K::slice(o), iterable)
}

/// The items of `iterable`, which have bytes, with `separator` between them.
pub fn join<K: Kind>(separator: &[u8], iterable: &Object) -> Result {
    let items = sequence::fast(iterable, "can only join an iterable")?;
    // The items are held: getting the buffer of one may change the list.
    let items: Vec<Owned> = if tuple::check(&items) {
        tuple::items(&items).iter().copied().map(Object::to_owned).collect()
    } else {
        list::each(&items).collect()
    };
    if let [only] = items.as_slice()
        && !K::MUTABLE
        && bytes::check_exact(only)
    {
        return Ok(only.clone());
    }
    let mut views = Vec::with_capacity(items.len());
    let mut total = 0usize;
    for (i, item) in items.iter().enumerate() {
        let view = View::of(item).or_else(|raised| {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            let got = error::cut(typeobject::tp_name(item.ty()), 80);
            Err(raise!(TypeError, "sequence item {i}: expected a bytes-like object, {got} found"))
        })?;
        let more = view.slice().len() + if i > 0 { separator.len() } else { 0 };
        total = match total.checked_add(more) {
            Some(total) if total <= isize::MAX as usize => total,
            _ => return Err(raise!(OverflowError, "join() result is too long")),
        };
        views.push(view);
    }
    K::build(total, |out| {
        for (i, view) in views.iter().enumerate() {
            if i > 0 {
                out.put(separator);
            }
            out.put(view.slice());
        }
    })
}
