//! `FileLoader`, what loaders of files have in common, and `ExtensionFileLoader`.
//!
//! A loader is its two attributes, `name` and `path`. What a method does with another one it asks for through the
//! attributes, as CPython's do, unless everything is as it was made (`is_plain`).

use super::classes::{self, Class, method, pattern, python, slot};
use super::dynload::SUFFIXES;
use super::errors::import_error;
use super::{extension, loader, namespace_package, paths};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{Arguments, compare, init, size};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{boolobject, bytes, dict, exceptions, none, superobject, unicode};

pub static mut FILE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&FILE_METHODS),
    tp_init: slot!(initproc, init!(init_file)),
    tp_hash: slot!(hashfunc, size!(hash)),
    tp_richcompare: slot!(richcmpfunc, compare!(rich_compare)),
    ..pattern(c"FileLoader", c"What loaders of files have in common.")
};

pub static mut EXTENSION_FILE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&EXTENSION_METHODS),
    tp_init: slot!(initproc, init!(init_extension)),
    tp_hash: slot!(hashfunc, size!(hash)),
    tp_richcompare: slot!(richcmpfunc, compare!(rich_compare)),
    ..pattern(c"ExtensionFileLoader", c"Loads an extension module from its file.")
};

/// The loader of frameworks on Apple's systems, where a file with a name beside the module says where it is.
pub static mut APPLE_FRAMEWORK_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&APPLE_METHODS),
    ..pattern(c"AppleFrameworkLoader", c"Loads an extension module from a framework of Apple's systems.")
};

static FILE_METHODS: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"get_filename",
        python!(get_filename),
        c"get_filename($self, name=None)\n--\n\nThe path of the module's file.",
    ),
    PyMethodDef::fast_keywords(
        c"get_data",
        method!("FileLoader.get_data", ["path"], get_data),
        c"get_data($self, path)\n--\n\nThe bytes of a file.",
    ),
    PyMethodDef::fast_keywords(
        c"load_module",
        python!(load_module),
        c"load_module($self, name=None)\n--\n\nLoad a module the old way.",
    ),
    PyMethodDef::fast_keywords(
        c"get_resource_reader",
        python!(get_resource_reader),
        c"get_resource_reader($self, name=None)\n--\n\nA reader of the files beside the module: needs \
        importlib.readers.",
    ),
    PyMethodDef::END,
];

static EXTENSION_METHODS: [PyMethodDef; 7] = [
    PyMethodDef::fast_keywords(
        c"create_module",
        method!("ExtensionFileLoader.create_module", ["spec"], |_: &Object, spec: &Object| extension::create_dynamic(
            spec, None
        )),
        c"create_module($self, spec)\n--\n\nThe extension module of a spec, not executed.",
    ),
    PyMethodDef::fast_keywords(
        c"exec_module",
        method!("ExtensionFileLoader.exec_module", ["module"], |_: &Object, module: &Object| extension::exec(module)),
        c"exec_module($self, module)\n--\n\nExecute an extension module.",
    ),
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("ExtensionFileLoader.is_package", ["fullname"], is_extension_package),
        c"is_package($self, fullname)\n--\n\nWhether the file is the __init__ of a folder.",
    ),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("ExtensionFileLoader.get_code", ["fullname"], |_: &Object, _: &Object| Ok(())),
        c"get_code($self, fullname)\n--\n\nNone: an extension module has no code object.",
    ),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("ExtensionFileLoader.get_source", ["fullname"], |_: &Object, _: &Object| Ok(())),
        c"get_source($self, fullname)\n--\n\nNone: an extension module has no source.",
    ),
    PyMethodDef::fast_keywords(
        c"get_filename",
        python!(get_extension_filename),
        c"get_filename($self, name=None)\n--\n\nThe path of the module's file.",
    ),
    PyMethodDef::END,
];

static APPLE_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast_keywords(
        c"create_module",
        method!("AppleFrameworkLoader.create_module", ["spec"], create_in_framework),
        c"create_module($self, spec)\n--\n\nThe extension module of a spec, not executed.",
    ),
    PyMethodDef::END,
];

const INIT_FILE: Signature<2> = Signature::python("FileLoader.__init__", ["fullname", "path"], 1).required(2);
const INIT_EXTENSION: Signature<2> = Signature::python("ExtensionFileLoader.__init__", ["name", "path"], 1).required(2);

fn init_file(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    init(this, INIT_FILE.bind(args, kwargs)?)
}

fn init_extension(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    init(this, INIT_EXTENSION.bind(args, kwargs)?)
}

fn init(this: &Object, [name, path]: [Option<&Object>; 2]) -> Result<()> {
    let (name, path) = (name.expect("bind checked it"), path.expect("bind checked it"));
    this.setattr(name!(name), name)?;
    this.setattr(name!(path), path)
}

/// A loader of the class for the module `name` in the file `path`.
pub fn new(class: Class, name: &Object, path: &Object) -> Result<Owned> {
    let callable = class.get()?;
    if !class.unchanged() {
        return callable.call(&[name, path]);
    }
    let this = class.instance()?;
    let attributes = dict::with_room(2)?;
    dict::set(&attributes, name!(name), name)?;
    dict::set(&attributes, name!(path), path)?;
    classes::set_dict(&this, attributes);
    Ok(this)
}

/// One of the loaders of files that nobody derived from and nobody changed.
pub fn is_plain(this: &Object) -> bool {
    [Class::ExtensionFileLoader, Class::SourceFileLoader, Class::SourcelessFileLoader]
        .into_iter()
        .any(|class| class.made(this))
}

/// Equal to one of the same class and with the same attributes.
fn rich_compare(this: &Object, other: &Object, op: c_int) -> Result<Owned> {
    if op != Py_EQ && op != Py_NE {
        return Ok(none::not_implemented());
    }
    let class = name!(__class__);
    let same = this.getattr(class)?.equals(&*other.getattr(class)?)?
        && this.getattr(name!(__dict__))?.equals(&*other.getattr(name!(__dict__))?)?;
    Ok(boolobject::from_bool(same == (op == Py_EQ)))
}

fn hash(this: &Object) -> Result<isize> {
    let hash = this.getattr(name!(name))?.hash()? ^ this.getattr(name!(path))?.hash()?;
    Ok(if hash == -1 { -2 } else { hash })
}

/// The name a loader is asked about, which must be its own; its own if it is asked about none.
pub fn check_name(this: &Object, name: Option<&Object>) -> Result<Owned> {
    let own = this.getattr(name!(name))?;
    let Some(name) = name.filter(|name| !name.is_none()) else { return Ok(own) };
    if own.equals(name)? {
        return Ok(name.to_owned());
    }
    let (own, other) = (own.str()?, name.str()?);
    let text = format!("loader for {} cannot handle {}", unicode::as_str(&own)?, unicode::as_str(&other)?);
    Err(import_error(&text, name, none::none_ref()))
}

const GET_FILENAME: Signature<1> = Signature::python("FileLoader.get_filename", ["name"], 1);
const GET_EXTENSION_FILENAME: Signature<1> = Signature::python("ExtensionFileLoader.get_filename", ["name"], 1);
const LOAD_MODULE: Signature<1> = Signature::python("FileLoader.load_module", ["name"], 1);
const GET_RESOURCE_READER: Signature<1> = Signature::python("FileLoader.get_resource_reader", ["name"], 1);

fn get_filename(this: &Object, args: Arguments) -> Result<Owned> {
    let [name] = args.bind(&GET_FILENAME)?;
    check_name(this, name)?;
    this.getattr(name!(path))
}

fn get_extension_filename(this: &Object, args: Arguments) -> Result<Owned> {
    if args.positional.len() > 1 {
        // The name is optional in what CPython wraps around the method, not in the method.
        let n = args.positional.len() + 1;
        return Err(raise!(
            TypeError,
            "ExtensionFileLoader.get_filename() takes 2 positional arguments but {n} were given"
        ));
    }
    let [name] = args.bind(&GET_EXTENSION_FILENAME)?;
    check_name(this, name)?;
    this.getattr(name!(path))
}

/// What loaders of code read may be executed, so an embedder's hook opens it.
fn get_data(this: &Object, path: &Object) -> Result<Owned> {
    let path = path.str()?;
    for class in [Class::SourceLoader, Class::SourcelessFileLoader, Class::ExtensionFileLoader] {
        if this.is_a(class.get()?.cast()) {
            return paths::read_code(&path);
        }
    }
    bytes::from_slice(&paths::read(&path)?)
}

/// What the loader says of the file of `name`.
pub fn filename(this: &Object, name: &Object) -> Result<Owned> {
    if is_plain(this) {
        check_name(this, Some(name))?;
        return this.getattr(name!(path));
    }
    this.call_method_str("get_filename", &[name])
}

/// Done by the next class in the order, which knows what a module of this kind is.
fn load_module(this: &Object, args: Arguments) -> Result<Owned> {
    let [name] = args.bind(&LOAD_MODULE)?;
    let name = check_name(this, name)?;
    if is_plain(this) {
        return loader::load_module(this, &name);
    }
    let next = superobject::lookup(Class::FileLoader.get()?, this, &*unicode::intern_str("load_module")?, None)?;
    next.call(&[&name])
}

fn get_resource_reader(this: &Object, args: Arguments) -> Result<Owned> {
    let [name] = args.bind(&GET_RESOURCE_READER)?;
    check_name(this, name)?;
    namespace_package::resource_reader("FileReader", this)
}

fn is_extension_package(this: &Object, _: &Object) -> Result<bool> {
    let path = this.getattr(name!(path))?;
    let (_, file) = paths::split(paths::text(&path, "rfind")?);
    Ok(file.strip_prefix("__init__").is_some_and(|suffix| SUFFIXES.contains(&suffix)))
}

/// A `.fwork` file says where the binary is, relative to the program; a `.origin` file beside the binary says where the
/// `.fwork` file is. The module comes from the binary and shows the `.fwork` file.
fn create_in_framework(this: &Object, spec: &Object) -> Result<Owned> {
    let named_in = |file: &Object| -> Result<Owned> {
        let text = unicode::from_utf8(&paths::read(file)?)?;
        let program = paths::of_sys(name!(executable))?;
        let (folder, _) = paths::split(paths::text(&program, "rfind")?);
        paths::join(&*unicode::from_str(folder)?, &*unicode::from_str(unicode::as_str(&text)?.trim())?)
    };
    let origin = spec.getattr(name!(origin))?;
    if paths::text(&origin, "endswith")?.ends_with(".fwork") {
        spec.setattr(name!(origin), &*named_in(&origin)?)?;
    }
    let path = this.getattr(name!(path))?;
    let text = paths::text(&path, "endswith")?;
    let shown = match text.ends_with(".fwork") {
        true => path.to_owned(),
        false => named_in(&*unicode::from_str(&format!("{text}.origin"))?)?,
    };
    let module = extension::create_dynamic(spec, None)?;
    match module.setattr(name!(__file__), &shown) {
        Ok(()) => {}
        Err(raised) => error::ignore(raised, &raw mut exceptions::AttributeError)?,
    }
    Ok(module)
}
