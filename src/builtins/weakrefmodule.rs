//! `_weakref`, and `weakref` with what of it needs no Python: the classes of references and the functions about them.
//! Left out of `weakref` are the containers (`WeakValueDictionary`, `WeakKeyDictionary`, `WeakSet`), `finalize` and
//! `WeakMethod`, which CPython has in Python.

use super::native::{self, described, fast, module, one};
use super::{set, set_type};
use crate::abi::*;
use crate::object::args::check_positional;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, list, typeobject, weakproxy, weakref};

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::one(
        c"getweakrefcount",
        one!(count),
        c"getweakrefcount($module, object, /)\n--\n\nHow many weak references to the object there are.",
    ),
    PyMethodDef::fast(
        c"_remove_dead_weakref",
        fast!(remove_dead),
        c"_remove_dead_weakref($module, dct, key, /)\n--\n\nDelete the key if its value is a weak reference to a dead \
        object.",
    ),
    PyMethodDef::one(
        c"getweakrefs",
        one!(references),
        c"getweakrefs($module, object, /)\n--\n\nA list of all weak references to the object.",
    ),
    PyMethodDef::fast(
        c"proxy",
        fast!(proxy),
        c"proxy($module, object, callback=None, /)\n--\n\nAn object that stands for another one without keeping it \
        alive.",
    ),
    PyMethodDef::END,
];

module!(described(c"_weakref", c"Weak references.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set_type(module, "ref", &raw mut weakref::_PyWeakref_RefType)?;
    set_type(module, "ReferenceType", &raw mut weakref::_PyWeakref_RefType)?;
    set_type(module, "ProxyType", &raw mut weakproxy::_PyWeakref_ProxyType)?;
    set_type(module, "CallableProxyType", &raw mut weakproxy::_PyWeakref_CallableProxyType)
}

fn count(_: &Object, o: &Object) -> Result<usize> {
    Ok(if weakref::supported(o) { weakref::count(o) } else { 0 })
}

fn references(_: &Object, o: &Object) -> Result<Owned> {
    list::from_owned(if weakref::supported(o) { weakref::list_of(o) } else { Vec::new() })
}

fn remove_dead(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("_remove_dead_weakref", args.len(), 2, 2)?;
    if !dict::check(args[0]) {
        let got = typeobject::tp_name(args[0].ty());
        return Err(raise!(TypeError, "_remove_dead_weakref() argument 1 must be dict, not {got}"));
    }
    dict::del_if(args[0], args[1], |value| {
        if !weakref::check(value) {
            return Err(raise!(TypeError, "not a weakref"));
        }
        Ok(weakref::get(value).is_none())
    })?;
    Ok(())
}

fn proxy(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("proxy", args.len(), 1, 2)?;
    weakproxy::new(args[0], args.get(1).copied().filter(|callback| !callback.is_none()))
}

/// The module `weakref`.
pub mod python {
    use super::*;
    use crate::types::tuple;

    module!(crate::builtins::native::described(c"weakref", c"Weak references.", &NO_METHODS), exec);
    static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];

    fn exec(module: &Object) -> Result<()> {
        let source = native::take_from(module, "_weakref")?;
        set(
            module,
            "_remove_dead_weakref",
            &*source.getattr(&*crate::types::unicode::from_str("_remove_dead_weakref")?)?,
        )?;
        let types = tuple::from_owned(vec![
            source.getattr(&*crate::types::unicode::from_str("ProxyType")?)?,
            source.getattr(&*crate::types::unicode::from_str("CallableProxyType")?)?,
        ])?;
        set(module, "ProxyTypes", &types)
    }
}
