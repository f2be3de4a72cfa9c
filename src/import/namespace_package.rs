//! Namespace packages: folders without an `__init__`, one or several, that are a package together.
//!
//! Their `__path__` is a `_NamespacePath`, which looks again whenever the path that it was found along has changed: a
//! folder that was added to `sys.path` later takes part.

use super::classes::{Class, method, pattern, slot};
use super::{file_finder, loader, modules, paths};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{binary, init, size, unary};
use crate::object::{Object, Owned, Result, error, number};
use crate::types::{list, long, tuple, unicode};

pub static mut NAMESPACE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&LOADER_METHODS),
    tp_init: slot!(initproc, init!(init_loader)),
    ..pattern(c"NamespaceLoader", c"")
};

pub static mut NAMESPACE_PATH: PyTypeObject = PyTypeObject {
    tp_methods: table(&PATH_METHODS),
    tp_init: slot!(initproc, init!(init_path)),
    tp_repr: slot!(reprfunc, unary!(repr)),
    tp_iter: slot!(getiterfunc, unary!(iter)),
    tp_as_sequence: suite(&PATH_AS_SEQUENCE),
    tp_as_mapping: suite(&PATH_AS_MAPPING),
    ..pattern(
        c"_NamespacePath",
        c"The folders of a namespace package, looked for again when the path to it has changed.",
    )
};

static PATH_AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slot!(lenfunc, size!(length)),
    sq_item: Some(item),
    sq_ass_item: Some(set_place),
    sq_contains: Some(contains),
    ..PySequenceMethods::EMPTY
};
static PATH_AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slot!(lenfunc, size!(length)),
    mp_subscript: slot!(binaryfunc, binary!(subscript)),
    mp_ass_subscript: Some(set_item),
};

static LOADER_METHODS: [PyMethodDef; 8] = [
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("NamespaceLoader.is_package", ["fullname"], |_: &Object, _: &Object| Ok(true)),
        c"is_package($self, fullname)\n--\n\nTrue.",
    ),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("NamespaceLoader.get_source", ["fullname"], |_: &Object, _: &Object| Ok("")),
        c"get_source($self, fullname)\n--\n\nAn empty str.",
    ),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("NamespaceLoader.get_code", ["fullname"], |_: &Object, _: &Object| Err::<Owned, _>(
            error::no_evaluator("NamespaceLoader.get_code")
        )),
        c"get_code($self, fullname)\n--\n\nCode of nothing: needs a compiler.",
    ),
    PyMethodDef::fast_keywords(
        c"create_module",
        method!("NamespaceLoader.create_module", ["spec"], |_: &Object, _: &Object| Ok(())),
        c"create_module($self, spec)\n--\n\nNone: a module is made in the usual way.",
    ),
    PyMethodDef::fast_keywords(
        c"exec_module",
        method!("NamespaceLoader.exec_module", ["module"], |_: &Object, _: &Object| Ok(())),
        c"exec_module($self, module)\n--\n\nThere is nothing to execute.",
    ),
    PyMethodDef::fast_keywords(
        c"load_module",
        method!("NamespaceLoader.load_module", ["fullname"], loader::load_module),
        c"load_module($self, fullname)\n--\n\nLoad a module the old way.",
    ),
    PyMethodDef::fast_keywords(
        c"get_resource_reader",
        method!("NamespaceLoader.get_resource_reader", ["module"], |this: &Object, _: &Object| resource_reader(
            "NamespaceReader",
            &*this.getattr(name!(_path))?
        )),
        c"get_resource_reader($self, module)\n--\n\nA reader of the files beside a module: needs importlib.readers.",
    ),
    PyMethodDef::END,
];

static PATH_METHODS: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"_find_parent_path_names",
        method!("_NamespacePath._find_parent_path_names", [], parent_path_names),
        c"_find_parent_path_names($self)\n--\n\nThe module and its attribute that hold the path to the package.",
    ),
    PyMethodDef::fast_keywords(
        c"_get_parent_path",
        method!("_NamespacePath._get_parent_path", [], parent_path_now),
        c"_get_parent_path($self)\n--\n\nThe path to the package.",
    ),
    PyMethodDef::fast_keywords(
        c"append",
        method!("_NamespacePath.append", ["item"], append),
        c"append($self, item)\n--\n\nAdd a folder.",
    ),
    PyMethodDef::fast_keywords(
        c"_recalculate",
        method!("_NamespacePath._recalculate", [], recalculate),
        c"_recalculate($self)\n--\n\nThe folders, looked for again if need be.",
    ),
    PyMethodDef::END,
];

const INIT_LOADER: Signature<3> =
    Signature::python("NamespaceLoader.__init__", ["name", "path", "path_finder"], 1).required(3);
const INIT_PATH: Signature<3> =
    Signature::python("_NamespacePath.__init__", ["name", "path", "path_finder"], 1).required(3);

fn init_loader(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let [Some(name), Some(path), Some(finder)] = INIT_LOADER.bind(args, kwargs)? else {
        return Err(error::bad_argument());
    };
    this.setattr(name!(_path), &*new_path(name, path, finder)?)
}

fn init_path(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let [Some(name), Some(path), Some(finder)] = INIT_PATH.bind(args, kwargs)? else {
        return Err(error::bad_argument());
    };
    fill(this, name, path, finder)
}

/// The loader of a package that has places to look in, and nothing else.
pub fn loader_of(locations: &Object) -> Result<Owned> {
    let loader = Class::NamespaceLoader.instance()?;
    loader.setattr(name!(_path), locations)?;
    Ok(loader)
}

/// The `__path__` of the package `name`, which was found in the folders `path` by `class`, a `PathFinder`.
pub fn path_of(class: &Object, name: &Object, path: &Object) -> Result<Owned> {
    let finder = class.getattr(name!(_get_spec))?;
    new_path(name, path, &finder)
}

fn new_path(name: &Object, path: &Object, finder: &Object) -> Result<Owned> {
    let this = Class::NamespacePath.instance()?;
    fill(&this, name, path, finder)?;
    Ok(this)
}

fn fill(this: &Object, name: &Object, path: &Object, finder: &Object) -> Result<()> {
    this.setattr(name!(_name), name)?;
    this.setattr(name!(_path), path)?;
    this.setattr(name!(_last_parent_path), &*parent_path(this)?)?;
    this.setattr(name!(_last_epoch), &*epoch(this)?)?;
    this.setattr(name!(_path_finder), finder)
}

/// Counts how often the finders were told to forget what they know: an attribute of the class.
fn epoch(this: &Object) -> Result<Owned> {
    this.getattr(name!(_epoch))
}

/// All packages are to look again.
pub fn look_again() -> Result<()> {
    let class = Class::NamespacePath.get()?;
    let was_unchanged = Class::NamespacePath.unchanged();
    let next = number::binary(&*class.getattr(name!(_epoch))?, long::one(), number::ADD)?;
    class.setattr(name!(_epoch), &next)?;
    if was_unchanged {
        Class::NamespacePath.is_as_made();
    }
    Ok(())
}

fn parent_path_names(this: &Object) -> Result<Owned> {
    let name = this.getattr(name!(_name))?;
    let (module, attribute) = match paths::text(&name, "rpartition")?.rsplit_once('.') {
        None => (name!(sys).to_owned(), name!(path).to_owned()),
        Some((parent, _)) => (unicode::from_str(parent)?, name!(__path__).to_owned()),
    };
    tuple::from_slice(&[&module, &attribute])
}

/// The path along which the package was found, as it is now: its parent's, or that of `sys`.
fn parent_path_now(this: &Object) -> Result<Owned> {
    let names = match Class::NamespacePath.made(this) {
        true => parent_path_names(this)?,
        false => this.call_method_str("_find_parent_path_names", &[])?,
    };
    let (module, attribute) = file_finder::pair(&names)?;
    modules::find(&module)?.ok_or_else(|| loader::key_error(&module))?.getattr(&attribute)
}

fn parent_path(this: &Object) -> Result<Owned> {
    let path = match Class::NamespacePath.unchanged() && this.is_exact(Class::NamespacePath.get()?.cast()) {
        true => parent_path_now(this)?,
        false => this.call_method_str("_get_parent_path", &[])?,
    };
    tuple::from_iterable(&path)
}

/// A reader of `importlib.readers`, which a program must have brought.
pub fn resource_reader(class: &str, of: &Object) -> Result<Owned> {
    let readers = crate::import::import(&*unicode::from_str("importlib.readers")?)?;
    readers.getattr_str(class)?.call(&[of])
}

fn recalculate(this: &Object) -> Result<Owned> {
    let (parent, epoch) = (parent_path(this)?, epoch(this)?);
    let same = parent.equals(&*this.getattr(name!(_last_parent_path))?)?
        && epoch.equals(&*this.getattr(name!(_last_epoch))?)?;
    if !same {
        let finder = this.getattr(name!(_path_finder))?;
        let spec = finder.call(&[&*this.getattr(name!(_name))?, &parent])?;
        if !spec.is_none() && spec.getattr(name!(loader))?.is_none() {
            let locations = spec.getattr(name!(submodule_search_locations))?;
            if locations.is_true()? {
                this.setattr(name!(_path), &locations)?;
            }
        }
        this.setattr(name!(_last_parent_path), &parent)?;
        this.setattr(name!(_last_epoch), &epoch)?;
    }
    this.getattr(name!(_path))
}

fn repr(this: &Object) -> Result<Owned> {
    let path = this.getattr(name!(_path))?;
    crate::message!("_NamespacePath({})", crate::object::error::Text(&*path.repr()?))
}

fn iter(this: &Object) -> Result<Owned> {
    recalculate(this)?.iter()
}

fn length(this: &Object) -> Result<isize> {
    let path = recalculate(this)?;
    crate::object::sequence::size(&path)
}

fn subscript(this: &Object, key: &Object) -> Result<Owned> {
    recalculate(this)?.getitem(key)
}

/// What the sequence protocol asks for, as it asks a class with `__getitem__`.
unsafe extern "C" fn item(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot.
    crate::object::api(|| unsafe { subscript(Object::from_ptr(op), &*long::from_i64(i as i64)?) })
}

unsafe extern "C" fn set_place(op: *mut PyObject, i: Py_ssize_t, value: *mut PyObject) -> c_int {
    match long::from_i64(i as i64) {
        // SAFETY: slot.
        Ok(i) => unsafe { set_item(op, i.as_ptr(), value) },
        Err(_) => -1,
    }
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    crate::object::api(|| unsafe {
        let path = recalculate(Object::from_ptr(op))?;
        crate::object::sequence::contains(&path, Object::from_ptr(item))
    })
}

unsafe extern "C" fn set_item(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot; NULL deletes.
    crate::object::api(|| unsafe {
        let Some(value) = Object::optional(value) else {
            return Err(crate::raise!(AttributeError, "__delitem__"));
        };
        Object::from_ptr(op).getattr(name!(_path))?.setitem(Object::from_ptr(key), value)
    })
}

fn append(this: &Object, item: &Object) -> Result<()> {
    let path = this.getattr(name!(_path))?;
    if list::check_exact(&path) {
        return list::append(&path, item);
    }
    path.call_method(name!(append), &[item]).map(drop)
}
