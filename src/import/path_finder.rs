//! `PathFinder`: looks for modules along a path. Each entry has a finder, which the first of `sys.path_hooks` made that
//! takes the entry, and `sys.path_importer_cache` keeps.

use super::classes::{Class, method, pattern, python, static_method};
use super::{file_finder, modules, namespace_package, paths, spec};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Owned, Result, api, error, mapping, sequence};
use crate::raise;
use crate::types::{dict, exceptions, list, none, unicode};

pub static mut PATH_FINDER: PyTypeObject = PyTypeObject {
    tp_methods: table(&METHODS),
    ..pattern(c"PathFinder", c"Looks for modules along sys.path, and along a package's __path__.")
};

/// On Windows it would look into the registry; elsewhere there is none.
pub static mut WINDOWS_REGISTRY_FINDER: PyTypeObject = PyTypeObject {
    tp_methods: table(&REGISTRY_METHODS),
    ..pattern(c"WindowsRegistryFinder", c"Looks for modules in the registry of Windows.")
};

static REGISTRY_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        python!(find_in_registry),
        c"find_spec($type, fullname, path=None, target=None)\n--\n\nThe spec of a module in the registry.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"_search_registry",
        method!("WindowsRegistryFinder._search_registry", ["fullname"], |_: &Object, _: &Object| Err::<(), _>(
            no_registry()
        )),
        c"_search_registry($type, fullname)\n--\n\nThe file that the registry names.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"_open_registry",
        static_method!("WindowsRegistryFinder._open_registry", ["key"], |_: &Object| Err::<(), _>(no_registry())),
        c"_open_registry(key)\n--\n\nA key of the registry.",
    )
    .with(METH_STATIC),
    PyMethodDef::END,
];

const FIND_IN_REGISTRY: Signature<3> =
    Signature::python("WindowsRegistryFinder.find_spec", ["fullname", "path", "target"], 1).required(1);

fn find_in_registry(_: &Object, args: Arguments) -> Result<()> {
    args.bind(&FIND_IN_REGISTRY)?;
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        "importlib.machinery.WindowsRegistryFinder is deprecated; use site configuration instead. Future versions of \
         Python may not enable this finder by default.",
    )?;
    Err(no_registry())
}

/// What CPython's code says elsewhere than on Windows.
fn no_registry() -> crate::object::Raised {
    raise!(NameError, "name 'winreg' is not defined")
}

static METHODS: [PyMethodDef; 7] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        python!(find_spec),
        c"find_spec($type, fullname, path=None, target=None)\n--\n\nThe spec of a module along the path, or None.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"_get_spec",
        python!(get_spec),
        c"_get_spec($type, fullname, path, target=None)\n--\n\nThe spec, or one with nothing but the folders that were \
        found.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"_path_hooks",
        static_method!("PathFinder._path_hooks", ["path"], ask_hooks),
        c"_path_hooks(path)\n--\n\nA new finder for an entry, or None.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"_path_importer_cache",
        method!("PathFinder._path_importer_cache", ["path"], finder_of),
        c"_path_importer_cache($type, path)\n--\n\nThe finder of an entry, or None.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"invalidate_caches",
        static_method!("PathFinder.invalidate_caches", [], invalidate_caches),
        c"invalidate_caches()\n--\n\nTell all finders to forget what they know.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"find_distributions",
        find_distributions,
        c"find_distributions(*args, **kwargs)\n--\n\nWhat is installed along the path: needs importlib.metadata.",
    )
    .with(METH_STATIC),
    PyMethodDef::END,
];

const FIND_SPEC: Signature<3> =
    Signature::python("PathFinder.find_spec", ["fullname", "path", "target"], 1).required(1);
const GET_SPEC: Signature<3> = Signature::python("PathFinder._get_spec", ["fullname", "path", "target"], 1).required(2);

fn find_spec(class: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, path, target] = args.bind(&FIND_SPEC)?;
    find(class, name.unwrap_or(none::none_ref()), path.filter(|path| !path.is_none()), target)
}

fn get_spec(class: &Object, args: Arguments) -> Result<Owned> {
    let [name, path, target] = args.bind(&GET_SPEC)?;
    along(class, name.unwrap_or(none::none_ref()), path.unwrap_or(none::none_ref()), target)
}

/// The spec of `name` along `path`, or along `sys.path`, as `class`, a `PathFinder`, finds it. What was found in
/// folders alone is a namespace package.
pub fn find(class: &Object, name: &Object, path: Option<&Object>, target: Option<&Object>) -> Result<Option<Owned>> {
    let of_sys = match path {
        Some(_) => None,
        None => Some(paths::of_sys(name!(path))?),
    };
    let none = none::none_ref();
    let path = path.or(of_sys.as_deref()).unwrap_or(none);
    let spec = match Class::PathFinder.is(class) {
        true => along(class, name, path, target)?,
        false => class.call_method(name!(_get_spec), &[name, path, target.unwrap_or(none)])?,
    };
    if spec.is_none() {
        return Ok(None);
    }
    if !spec.getattr(name!(loader))?.is_none() {
        return Ok(Some(spec));
    }
    let folders = spec.getattr(name!(submodule_search_locations))?;
    if !folders.is_true()? {
        return Ok(None);
    }
    spec.setattr(name!(origin), none::none_ref())?;
    spec.setattr(name!(submodule_search_locations), &*namespace_package::path_of(class, name, &folders)?)?;
    Ok(Some(spec))
}

/// What the first entry has that knows a loader; else a spec without one, with the folders that there were.
fn along(class: &Object, name: &Object, path: &Object, target: Option<&Object>) -> Result<Owned> {
    let none = none::none_ref();
    let folders = list::new()?;
    let entries = path.iter()?;
    while let Some(entry) = entries.next()? {
        if !unicode::check(&entry) {
            continue;
        }
        let finder = match Class::PathFinder.is(class) {
            true => finder_of(class, &entry)?,
            false => Some(class.call_method_str("_path_importer_cache", &[&entry])?),
        };
        let Some(finder) = finder.filter(|finder| !finder.is_none()) else { continue };
        let spec = if Class::FileFinder.made(&finder) {
            file_finder::find(&finder, name, target)?
        } else {
            let spec = finder.getattr(name!(find_spec))?.call(&[name, target.unwrap_or(none)])?;
            Some(spec).filter(|spec| !spec.is_none())
        };
        let Some(spec) = spec else { continue };
        if !spec.getattr(name!(loader))?.is_none() {
            return Ok(spec);
        }
        let portions = spec.getattr(name!(submodule_search_locations))?;
        if portions.is_none() {
            return Err(raise!(ImportError, "spec missing loader"));
        }
        list::extend(&folders, &portions)?;
    }
    let spec = spec::new(name, none, None, false)?;
    spec.setattr(name!(submodule_search_locations), &folders)?;
    Ok(spec)
}

/// The finder of an entry, made when it is first asked for. An entry that no hook takes has none.
fn finder_of(class: &Object, entry: &Object) -> Result<Option<Owned>> {
    let here;
    let entry = match unicode::check(entry) && unicode::len(entry) == 0 {
        false => entry,
        true => match paths::working_directory() {
            Ok(found) => {
                here = found;
                &*here
            }
            // It may have been removed.
            Err(raised) => {
                let gone = error::current().is_some_and(|e| {
                    e.is_a(&raw mut exceptions::FileNotFoundError) || e.is_a(&raw mut exceptions::PermissionError)
                });
                if !gone {
                    return Err(raised);
                }
                drop(error::caught(raised));
                return Ok(None);
            }
        },
    };
    let cache = paths::of_sys(name!(path_importer_cache))?;
    let known = match dict::check_exact(&cache) {
        true => dict::get(&cache, entry)?,
        false => mapping::get_optional(&cache, entry)?,
    };
    if let Some(known) = known {
        return Ok(Some(known));
    }
    let finder = match Class::PathFinder.is(class) {
        true => ask_hooks(entry)?,
        false => Some(class.call_method_str("_path_hooks", &[entry])?),
    };
    cache.setitem(entry, finder.as_deref().unwrap_or(none::none_ref()))?;
    Ok(finder)
}

fn ask_hooks(entry: &Object) -> Result<Option<Owned>> {
    let hooks = paths::of_sys(name!(path_hooks))?;
    if !hooks.is_none() && !hooks.is_true()? {
        exceptions::warn(&raw mut exceptions::ImportWarning, 1, "sys.path_hooks is empty")?;
    }
    let iter = hooks.iter()?;
    while let Some(hook) = iter.next()? {
        match hook.call(&[entry]) {
            Ok(finder) => return Ok(Some(finder)),
            Err(raised) => error::ignore(raised, &raw mut exceptions::ImportError)?,
        }
    }
    Ok(None)
}

/// Entries that no hook took are asked about again, and namespace packages look for their folders again.
pub fn invalidate_caches() -> Result<()> {
    let cache = paths::of_sys(name!(path_importer_cache))?;
    let items = list::from_iterable(&*cache.call_method(name!(items), &[])?)?;
    let forget = unicode::intern_str("invalidate_caches")?;
    for item in list::each(&items) {
        let (entry, finder) = (sequence::item(&item, 0)?, sequence::item(&item, 1)?);
        let is_absolute = unicode::check(&entry) && unicode::as_str(&entry).is_ok_and(|text| text.starts_with('/'));
        error::clear();
        if finder.is_none() || !is_absolute {
            cache.delitem(&entry)?;
        } else if let Some(forget) = finder.getattr_optional(&forget)? {
            forget.call(&[])?;
        }
    }
    namespace_package::look_again()?;
    // A program may have brought it; CPython has it in Python.
    match modules::find(&*unicode::intern_str("importlib.metadata")?)?.filter(|metadata| !metadata.is_none()) {
        Some(metadata) => metadata_finder(&metadata)?.call_method(&forget, &[]).map(drop),
        None => Ok(()),
    }
}

fn metadata_finder(metadata: &Object) -> Result<Owned> {
    metadata.getattr_str("MetadataPathFinder")
}

unsafe extern "C" fn find_distributions(
    _this: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { Arguments::new(args, n, names) };
        let metadata = crate::import::import(&*unicode::intern_str("importlib.metadata")?)?;
        let find = metadata_finder(&metadata)?.getattr_str("find_distributions")?;
        find.call_keywords(args.all(), args.names())
    })
}

/// `PyImport_GetImporter`: the finder of a path entry, from `sys.path_importer_cache`, else from the first of
/// `sys.path_hooks` that takes it; `None` if none does.
pub fn importer(entry: &Object) -> Result<Owned> {
    let Some(cache) = crate::runtime::sys_attribute(name!(path_importer_cache))? else {
        return Err(raise!(RuntimeError, "lost sys.path_importer_cache"));
    };
    let Some(hooks) = crate::runtime::sys_attribute(name!(path_hooks))? else {
        return Err(raise!(RuntimeError, "lost sys.path_hooks"));
    };
    if !list::check(&hooks) {
        return Err(raise!(RuntimeError, "sys.path_hooks is not a list"));
    }
    if !dict::check(&cache) {
        return Err(raise!(RuntimeError, "sys.path_importer_cache is not a dict"));
    }
    if let Some(known) = dict::get(&cache, entry)? {
        return Ok(known);
    }
    // Asked for again meanwhile, it has no finder.
    dict::set(&cache, entry, none::none_ref())?;
    let mut i = 0;
    while let Some(hook) = list::get(&hooks, i) {
        match hook.call(&[entry]) {
            Ok(importer) => {
                dict::set(&cache, entry, &importer)?;
                return Ok(importer);
            }
            Err(raised) => error::ignore(raised, &raw mut exceptions::ImportError)?,
        }
        i += 1;
    }
    Ok(none::none())
}

/// What `sys.path_hooks` begins with.
pub fn hooks() -> Result<Owned> {
    list::from_owned(vec![file_finder::default_hook()?])
}

/// What `sys.meta_path` begins with.
pub fn finders() -> Result<Owned> {
    list::from_slice(&[Class::BuiltinImporter.get()?, Class::FrozenImporter.get()?, Class::PathFinder.get()?])
}
