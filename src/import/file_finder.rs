//! `FileFinder`: looks for modules in one directory. `FileFinder.path_hook` makes the function in `sys.path_hooks` that
//! makes one for a directory.
//!
//! In a directory a folder with an `__init__` goes before a file, and a folder without counts only if nothing else is
//! there. CPython's finder keeps a list of what the directory holds until the directory has changed; this one looks
//! at the disk each time, so it has nothing to forget.

use super::file_loaders::{self, EXTENSION_LOADER, SOURCE_LOADER};
use super::importers::is;
use super::instance::{self, PLAIN, class, slot};
use super::paths::{self, Candidate};
use super::{dynload, spec};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{Arguments, call, fast, init, noargs, one, unary};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{cfunction, exceptions, list, none, tuple, typeobject, unicode};

pub static mut FILE_FINDER: PyTypeObject = PyTypeObject {
    tp_methods: table(&METHODS),
    tp_getset: table(&PLAIN),
    tp_init: slot!(initproc, init!(init)),
    tp_repr: slot!(reprfunc, unary!(repr)),
    ..class(c"FileFinder", c"Looks for modules in a directory.")
};

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        call!(find_spec),
        c"find_spec($self, fullname, target=None)\n--\n\nThe spec of a module in the directory, or None.",
    ),
    PyMethodDef::noargs(
        c"invalidate_caches",
        noargs!(|_: &Object| Ok(())),
        c"invalidate_caches($self)\n--\n\nForget what the directory held: nothing is kept.",
    ),
    PyMethodDef::fast(
        c"path_hook",
        fast!(path_hook),
        c"path_hook($type, *loader_details)\n--\n\nA function for sys.path_hooks that makes finders with these \
        loaders.",
    )
    .with(METH_CLASS),
    PyMethodDef::END,
];

static HOOK: PyMethodDef = PyMethodDef::one(
    c"path_hook_for_FileFinder",
    one!(hook),
    c"path_hook_for_FileFinder(path)\n--\n\nA finder for a directory.",
);

/// The function that stands in `sys.path_hooks` from the start. Its finders have the loaders there are.
pub fn default_hook() -> Result<Owned> {
    cfunction::new((&raw const HOOK).cast_mut(), Some(none::none_ref()), None, std::ptr::null_mut())
}

fn path_hook(class: &Object, details: &[&Object]) -> Result<Owned> {
    let with = tuple::from_slice(&[class, &*tuple::from_slice(details)?])?;
    cfunction::new((&raw const HOOK).cast_mut(), Some(&with), None, std::ptr::null_mut())
}

/// `with`: the class and the loaders, or `None` for those that there are.
fn hook(with: &Object, path: &Object) -> Result<Owned> {
    if !paths::is_directory(path)? {
        let text = unicode::from_str("only directories are supported")?;
        return Err(exceptions::raise_import_error(&raw mut exceptions::ImportError, &text, None, Some(path)));
    }
    if with.is_none() {
        return standard(path);
    }
    let [class, details] = tuple::items(with) else { return Err(error::bad_argument()) };
    let mut args = vec![path];
    args.extend_from_slice(tuple::items(details));
    class.call(&args)
}

/// A finder with the loaders that there are.
pub fn standard(path: &Object) -> Result<Owned> {
    let this = instance::make(&raw mut FILE_FINDER)?;
    let loaders = list::new()?;
    for suffix in dynload::SUFFIXES {
        push(&loaders, &*unicode::from_str(suffix)?, instance::object(&raw mut EXTENSION_LOADER))?;
    }
    push(&loaders, &*unicode::from_str(".py")?, instance::object(&raw mut SOURCE_LOADER))?;
    fill(&this, path, &loaders)?;
    Ok(this)
}

fn push(loaders: &Object, suffix: &Object, loader: &Object) -> Result<()> {
    list::push(loaders, tuple::from_slice(&[suffix, loader])?)
}

fn fill(this: &Object, path: &Object, loaders: &Object) -> Result<()> {
    this.setattr(name!(_loaders), loaders)?;
    this.setattr(name!(path), &*paths::of_finder(path)?)
}

/// `FileFinder(path, (loader, suffixes), ...)`
fn init(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    const INIT: Signature<1> = Signature::python("FileFinder.__init__", ["path"], 1).required(1);
    let args = tuple::items(args);
    let (first, details) = args.split_at(args.len().min(1));
    let [path] = INIT.bind(&*tuple::from_slice(first)?, kwargs)?.map(|path| path.map(Object::to_owned));
    let loaders = list::new()?;
    for detail in details {
        let (loader, suffixes) = pair(detail)?;
        let iter = suffixes.iter()?;
        while let Some(suffix) = iter.next()? {
            push(&loaders, &suffix, &loader)?;
        }
    }
    fill(this, path.as_deref().unwrap_or(none::none_ref()), &loaders)
}

/// The two items of what can be iterated.
fn pair(o: &Object) -> Result<(Owned, Owned)> {
    let iter = match o.iter() {
        Ok(iter) => iter,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            return Err(raise!(TypeError, "cannot unpack non-iterable {} object", typeobject::tp_name(o.ty())));
        }
    };
    let mut items = Vec::new();
    while items.len() < 3
        && let Some(item) = iter.next()?
    {
        items.push(item);
    }
    let n = items.len();
    let Ok([first, second]) = <[Owned; 2]>::try_from(items) else {
        if n < 2 {
            return Err(raise!(ValueError, "not enough values to unpack (expected 2, got {n})"));
        }
        return match tuple::check(o) || list::check(o) {
            true => Err(raise!(ValueError, "too many values to unpack (expected 2, got {})", o.size()?)),
            false => Err(raise!(ValueError, "too many values to unpack (expected 2)")),
        };
    };
    Ok((first, second))
}

fn repr(this: &Object) -> Result<Owned> {
    let path = this.getattr(name!(path))?;
    crate::message!("FileFinder({})", crate::object::error::Text(&*path.repr()?))
}

const FIND_SPEC: Signature<2> = Signature::python("FileFinder.find_spec", ["fullname", "target"], 1).required(1);

fn find_spec(this: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, _] = args.bind(&FIND_SPEC)?;
    find(this, name.unwrap_or(none::none_ref()))
}

/// The spec of the module `name` in the finder's directory.
pub fn find(this: &Object, name: &Object) -> Result<Option<Owned>> {
    let text = paths::text(name, "rpartition")?;
    let last = text.rsplit('.').next().unwrap_or(text);
    let directory = this.getattr(name!(path))?;
    paths::check(&directory, "rstrip")?;
    let Some(candidate) = Candidate::new(&directory, last)? else { return Ok(None) };
    let loaders = loaders(this)?;
    let is_folder = !last.is_empty() && candidate.is_directory();
    if is_folder {
        for (suffix, loader) in &loaders {
            if let Some(file) = candidate.file(&format!("/__init__{}", unicode::as_str(suffix)?))? {
                return spec_of(loader, name, &file, Some(candidate.path()?)).map(Some);
            }
        }
    }
    for (suffix, loader) in &loaders {
        // Source can't be executed, and only a package is of use without it.
        if !is(loader, &raw mut SOURCE_LOADER)
            && let Some(file) = candidate.file(unicode::as_str(suffix)?)?
        {
            return spec_of(loader, name, &file, None).map(Some);
        }
    }
    if !is_folder {
        return Ok(None);
    }
    let spec = spec::new(name, none::none_ref(), None, false)?;
    spec.setattr(name!(submodule_search_locations), &*list::from_owned(vec![candidate.path()?])?)?;
    Ok(Some(spec))
}

/// Suffixes, and the loader for each.
fn loaders(this: &Object) -> Result<Vec<(Owned, Owned)>> {
    let all = crate::object::sequence::tuple(&*this.getattr(name!(_loaders))?)?;
    let mut loaders = Vec::with_capacity(tuple::len(&all));
    for item in tuple::items(&all) {
        let (suffix, loader) = pair(item)?;
        if !unicode::check(&suffix) {
            let got = typeobject::tp_name(suffix.ty());
            return Err(raise!(TypeError, "can only concatenate str (not \"{got}\") to str"));
        }
        loaders.push((suffix, loader));
    }
    Ok(loaders)
}

fn spec_of(class: &Object, name: &Object, file: &Object, folder: Option<Owned>) -> Result<Owned> {
    let loader = if is(class, &raw mut EXTENSION_LOADER) || is(class, &raw mut SOURCE_LOADER) {
        file_loaders::new(class.cast(), name, file)?
    } else {
        class.call(&[name, file])?
    };
    let spec = spec::new(name, &loader, Some(&*paths::absolute(file)?), true)?;
    if let Some(folder) = folder {
        spec.setattr(name!(submodule_search_locations), &*list::from_owned(vec![folder])?)?;
    }
    Ok(spec)
}
