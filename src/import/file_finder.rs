//! `FileFinder`: looks for modules in one directory. `FileFinder.path_hook` makes the function in `sys.path_hooks` that
//! makes one for a directory.
//!
//! In a directory a folder with an `__init__` goes before a file, an extension before source and source before
//! bytecode, and a folder without `__init__` counts only if nothing else is there. CPython's finder keeps a list of
//! what the directory holds until the directory has changed, and misses a file that comes in the same tick of the
//! clock; this one looks at the disk each time. The attributes for the list are there, and `_fill_cache` fills them.

use super::classes::{Class, method, pattern, python, slot};
use super::file_loaders;
use super::paths::{self, Candidate};
use super::spec_from::{self, Locations};
use super::verbose;
use super::{dynload, spec};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{Arguments, fast_keywords, init, unary};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{cfunction, exceptions, list, long, none, set, tuple, typeobject, unicode};

pub static mut FILE_FINDER: PyTypeObject = PyTypeObject {
    tp_methods: table(&METHODS),
    tp_init: slot!(initproc, init!(init)),
    tp_repr: slot!(reprfunc, unary!(repr)),
    ..pattern(c"FileFinder", c"Looks for modules in a directory.")
};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        python!(find_spec),
        c"find_spec($self, fullname, target=None)\n--\n\nThe spec of a module in the directory, or None.",
    ),
    PyMethodDef::fast_keywords(
        c"_get_spec",
        python!(get_spec),
        c"_get_spec($self, loader_class, fullname, path, smsl, target)\n--\n\nThe spec of a file that was found.",
    ),
    PyMethodDef::fast_keywords(
        c"invalidate_caches",
        method!("FileFinder.invalidate_caches", [], |this: &Object| this
            .setattr(name!(_path_mtime), &*long::from_i64(-1)?)),
        c"invalidate_caches($self)\n--\n\nForget when the directory was read.",
    ),
    PyMethodDef::fast_keywords(
        c"_fill_cache",
        method!("FileFinder._fill_cache", [], fill_cache),
        c"_fill_cache($self)\n--\n\nRead the directory.",
    ),
    PyMethodDef::fast_keywords(
        c"path_hook",
        python!(path_hook),
        c"path_hook($type, *loader_details)\n--\n\nA function for sys.path_hooks that makes finders with these \
        loaders.",
    )
    .with(METH_CLASS),
    PyMethodDef::END,
];

static HOOK: PyMethodDef = PyMethodDef::fast_keywords(
    c"path_hook_for_FileFinder",
    fast_keywords!(|with: &Object, args: Arguments| {
        const PATH: Signature<1> =
            Signature::python("FileFinder.path_hook.<locals>.path_hook_for_FileFinder", ["path"], 0).required(1);
        let [path] = args.bind_required(&PATH)?;
        hook(with, path)
    }),
    c"path_hook_for_FileFinder(path)\n--\n\nA finder for a directory.",
);

/// The function that stands in `sys.path_hooks` from the start. Its finders have the loaders there are.
pub fn default_hook() -> Result<Owned> {
    cfunction::new((&raw const HOOK).cast_mut(), Some(none::none_ref()), None, std::ptr::null_mut())
}

fn path_hook(class: &Object, args: Arguments) -> Result<Owned> {
    const NONE: Signature<0> = Signature::python("FileFinder.path_hook", [], 1);
    if args.names().is_some_and(|names| tuple::len(names) > 0) {
        args.bind(&NONE)?;
    }
    let with = tuple::from_slice(&[class, &*tuple::from_slice(args.positional)?])?;
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

/// The loaders that there are, each with the endings of its files.
pub fn supported() -> [(Class, &'static [&'static str]); 3] {
    [
        (Class::ExtensionFileLoader, &dynload::SUFFIXES),
        (Class::SourceFileLoader, &[".py"]),
        (Class::SourcelessFileLoader, &[".pyc"]),
    ]
}

/// A finder with the loaders that there are.
fn standard(path: &Object) -> Result<Owned> {
    let loaders = list::new()?;
    for (class, suffixes) in supported() {
        for suffix in suffixes {
            push(&loaders, &*unicode::from_str(suffix)?, class.get()?)?;
        }
    }
    let class = Class::FileFinder.get()?;
    if Class::FileFinder.unchanged() {
        let this = Class::FileFinder.instance()?;
        fill(&this, path, &loaders)?;
        return Ok(this);
    }
    let mut args = vec![path.to_owned()];
    for item in list::each(&loaders) {
        let [suffix, loader] = tuple::items(&item) else { return Err(error::bad_argument()) };
        args.push(tuple::from_slice(&[loader, &*list::from_slice(&[suffix])?])?);
    }
    class.call_tuple(&*tuple::from_owned(args)?, None)
}

fn push(loaders: &Object, suffix: &Object, loader: &Object) -> Result<()> {
    list::push(loaders, tuple::from_slice(&[suffix, loader])?)
}

fn fill(this: &Object, path: &Object, loaders: &Object) -> Result<()> {
    this.setattr(name!(_loaders), loaders)?;
    this.setattr(name!(path), &*paths::of_finder(path)?)?;
    this.setattr(name!(_path_mtime), &*long::from_i64(-1)?)?;
    this.setattr(name!(_path_cache), &*set::new()?)?;
    this.setattr(name!(_relaxed_path_cache), &*set::new()?)
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
pub fn pair(o: &Object) -> Result<(Owned, Owned)> {
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

/// A directory that is gone, that is none or can't be read has nothing.
fn fill_cache(this: &Object) -> Result<()> {
    let path = this.getattr(name!(path))?;
    let names = set::new()?;
    for name in paths::names_in(&path)? {
        set::add(&names, &name)?;
    }
    this.setattr(name!(_path_cache), &names)
}

const FIND_SPEC: Signature<2> = Signature::python("FileFinder.find_spec", ["fullname", "target"], 1).required(1);

fn find_spec(this: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, target] = args.bind(&FIND_SPEC)?;
    find(this, name.unwrap_or(none::none_ref()), target)
}

/// The spec of the module `name` in the finder's directory.
pub fn find(this: &Object, name: &Object, target: Option<&Object>) -> Result<Option<Owned>> {
    paths::check(name, "rpartition")?;
    let Ok(text) = unicode::as_str(name) else {
        // No file has such a name.
        error::clear();
        return Ok(None);
    };
    let last = text.rsplit('.').next().unwrap_or(text);
    let directory = this.getattr(name!(path))?;
    paths::check(&directory, "rstrip")?;
    let Some(candidate) = Candidate::new(&directory, last)? else { return Ok(None) };
    let loaders = loaders(this)?;
    let is_folder = !last.is_empty() && candidate.is_directory();
    if is_folder {
        for (suffix, loader) in &loaders {
            if let Some(file) = candidate.file(&format!("/__init__{}", unicode::as_str(suffix)?))? {
                let locations = list::from_owned(vec![candidate.path()?])?;
                return ask_for_spec(this, loader, name, &file, &locations, target);
            }
        }
    }
    for (suffix, loader) in &loaders {
        verbose::message(2, || {
            Ok(format!("trying {}{}", unicode::as_str(&*candidate.path()?)?, unicode::as_str(suffix)?))
        });
        if let Some(file) = candidate.file(unicode::as_str(suffix)?)? {
            return ask_for_spec(this, loader, name, &file, none::none_ref(), target);
        }
    }
    if !is_folder {
        return Ok(None);
    }
    verbose::message(1, || Ok(format!("possible namespace for {}", unicode::as_str(&*candidate.path()?)?)));
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

/// The spec of a file that was found, as the finder's own method says.
fn ask_for_spec(
    this: &Object,
    loader: &Object,
    name: &Object,
    file: &Object,
    locations: &Object,
    target: Option<&Object>,
) -> Result<Option<Owned>> {
    if Class::FileFinder.made(this) {
        return spec_of(loader, name, file, locations);
    }
    let args = [loader, name, file, locations, target.unwrap_or(none::none_ref())];
    this.call_method(name!(_get_spec), &args).map(Some)
}

const GET_SPEC: Signature<5> =
    Signature::python("FileFinder._get_spec", ["loader_class", "fullname", "path", "smsl", "target"], 1).required(5);

fn get_spec(_: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [loader, name, path, locations, _] = args.bind_required(&GET_SPEC)?;
    spec_of(loader, name, path, locations)
}

fn spec_of(class: &Object, name: &Object, file: &Object, locations: &Object) -> Result<Option<Owned>> {
    let own = [Class::ExtensionFileLoader, Class::SourceFileLoader, Class::SourcelessFileLoader];
    let loader = match own.into_iter().find(|own| own.is(class)) {
        Some(own) => file_loaders::new(own, name, file)?,
        None => class.call(&[name, file])?,
    };
    spec_from::file(name, Some(file), Some(&loader), Locations::Given(locations))
}
