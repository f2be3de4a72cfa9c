//! `replace`.

use super::args::size;
use super::{Kind, find, view::View};
use crate::object::args::check_positional;
use crate::object::{Object, Result};
use crate::raise;

pub fn replace<K: Kind>(o: &Object, args: &[&Object]) -> Result {
    check_positional("replace", args.len(), 2, 3)?;
    let (old, new) = (View::of(args[0])?, View::of(args[1])?);
    let limit = args.get(2).map_or(Ok(-1), |n| size(n))?;
    replaced::<K>(o, old.slice(), new.slice(), usize::try_from(limit).unwrap_or(usize::MAX))
}

fn replaced<K: Kind>(o: &Object, old: &[u8], new: &[u8], limit: usize) -> Result {
    let bytes = K::slice(o);
    if limit == 0 || bytes.len() < old.len() || (old.is_empty() && new.is_empty()) {
        return K::same(o);
    }
    let n = find::occurrences(bytes, old, limit);
    if n == 0 {
        return K::same(o);
    }
    let total = (bytes.len() - n * old.len()).checked_add(n.saturating_mul(new.len()));
    let total = match total {
        Some(total) if total <= isize::MAX as usize => total,
        _ => return Err(raise!(OverflowError, "replace bytes is too long")),
    };
    K::build(total, |out| {
        let mut from = 0;
        if old.is_empty() {
            // Between all bytes: new, byte, new, byte ...
            for i in 0..n {
                if i > 0 {
                    out.push(bytes[i - 1]);
                    from = i;
                }
                out.put(new);
            }
        } else {
            for place in find::places(bytes, old).take(n) {
                out.put(&bytes[from..place]);
                out.put(new);
                from = place + old.len();
            }
        }
        out.put(&bytes[from..]);
    })
}
