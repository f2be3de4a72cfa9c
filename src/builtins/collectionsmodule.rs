//! `_collections`, and `collections` with `deque`, `defaultdict`, `OrderedDict` and `abc`. Left out of `collections` is
//! what CPython has in Python: `namedtuple`, `Counter`, `ChainMap`, `UserDict`, `UserList`, `UserString`.

use super::native::{self, check_two, described, fast, module, publish};
use super::{defaultdict, deque, set, set_type, tuplegetter};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Result};
use crate::types::{dict, long, odict, unicode};

static METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast(
        c"_count_elements",
        fast!(count_elements),
        c"_count_elements($module, mapping, iterable, /)\n--\n\nCount the items of an iterable in a mapping.",
    ),
    PyMethodDef::END,
];

module!(native::stateful::<deque::State>(described(c"_collections", c"Containers.", &METHODS)), exec);

fn exec(module: &Object) -> Result<()> {
    deque::add_to(module)?;
    publish(module, defaultdict::class(module)?)?;
    set_type(module, "OrderedDict", &raw mut odict::PyODict_Type)?;
    publish(module, tuplegetter::class(module)?)?;
    Ok(())
}

/// The state of the module that a class of it belongs to.
pub fn state_of<'a>(ty: *mut PyTypeObject) -> Result<&'a mut deque::State> {
    native::state_of(ty, &raw mut DEF)
}

fn count_elements(_: &Object, args: &[&Object]) -> Result<()> {
    let (mapping, iterable) = check_two("_count_elements", args)?;
    let iter = iterable.iter()?;
    let get = if dict::check_exact(mapping) { None } else { Some(mapping.getattr(name!(get))?) };
    while let Some(key) = iter.next()? {
        let old = match &get {
            None => dict::get(mapping, &key)?,
            Some(get) => Some(get.call(&[&key, long::zero()])?),
        };
        let new = match old {
            Some(old) => crate::object::number::binary(&old, long::one(), crate::object::number::ADD)?,
            None => long::one().to_owned(),
        };
        mapping.setitem(&key, &new)?;
    }
    Ok(())
}

/// The module `collections`, a package as far as `collections.abc` goes.
pub mod python {
    use super::*;
    use crate::import::{import, modules};

    static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];
    module!(described(c"collections", c"Containers.", &NO_METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        native::take_from(module, "_collections")?;
        let abc = import(&*unicode::from_str("_collections_abc")?)?;
        modules::set(&*unicode::from_str("collections.abc")?, &abc)?;
        set(module, "abc", &abc)?;
        set(module, "_collections_abc", &abc)?;
        set(module, "__path__", &*crate::types::list::new()?)
    }
}
