//! Loaders of files: `ExtensionFileLoader`, and `SourceFileLoader`, which serves folders with an `__init__.py` alone.
//!
//! Source can't be executed here. A folder with an `__init__.py` is a package all the same, so that the extension
//! modules in it are found under their full names: its loader passes over the code, and says so with an
//! `ImportWarning`. Of any other file it raises `NotImplementedError`.

use super::dynload::{SUFFIXES, import_error};
use super::instance::{self, PLAIN, class, slot};
use super::{extension, loader, paths};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{Arguments, call, compare, init, one, size};
use crate::object::{Object, Owned, Result, error};
use crate::types::{boolobject, bytes, dict, exceptions, float, long, none, unicode};
use std::ffi::CString;

pub static mut FILE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&FILE_METHODS),
    tp_getset: table(&PLAIN),
    tp_init: slot!(initproc, init!(init_file)),
    tp_hash: slot!(hashfunc, size!(hash)),
    tp_richcompare: slot!(richcmpfunc, compare!(rich_compare)),
    ..class(c"FileLoader", c"What loaders of files have in common.")
};

pub static mut EXTENSION_LOADER: PyTypeObject = PyTypeObject {
    tp_base: &raw mut FILE_LOADER,
    tp_methods: table(&EXTENSION_METHODS),
    tp_init: slot!(initproc, init!(init_extension)),
    ..class(c"ExtensionFileLoader", c"Loads an extension module from its file.")
};

pub static mut SOURCE_LOADER: PyTypeObject = PyTypeObject {
    tp_base: &raw mut FILE_LOADER,
    tp_methods: table(&SOURCE_METHODS),
    tp_init: slot!(initproc, init!(init_file)),
    ..class(c"SourceFileLoader", c"Loads a folder with an __init__.py as a package, without executing that.")
};

static FILE_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"get_filename",
        call!(get_filename),
        c"get_filename($self, name=None)\n--\n\nThe path of the module's file.",
    ),
    PyMethodDef::one(c"get_data", one!(get_data), c"get_data($self, path)\n--\n\nThe bytes of a file."),
    PyMethodDef::fast_keywords(
        c"load_module",
        call!(load_module),
        c"load_module($self, name=None)\n--\n\nLoad a module the old way.",
    ),
    PyMethodDef::END,
];

static EXTENSION_METHODS: [PyMethodDef; 6] = [
    PyMethodDef::one(
        c"create_module",
        one!(|_: &Object, spec: &Object| extension::create_dynamic(spec, None)),
        c"create_module($self, spec)\n--\n\nThe extension module of a spec, not executed.",
    ),
    PyMethodDef::one(
        c"exec_module",
        one!(|_: &Object, module: &Object| extension::exec(module)),
        c"exec_module($self, module)\n--\n\nExecute an extension module.",
    ),
    PyMethodDef::one(
        c"is_package",
        one!(is_extension_package),
        c"is_package($self, fullname)\n--\n\nWhether the file is the __init__ of a folder.",
    ),
    PyMethodDef::one(
        c"get_code",
        one!(|_: &Object, _: &Object| Ok(())),
        c"get_code($self, fullname)\n--\n\nNone: an extension module has no code object.",
    ),
    PyMethodDef::one(
        c"get_source",
        one!(|_: &Object, _: &Object| Ok(())),
        c"get_source($self, fullname)\n--\n\nNone: an extension module has no source.",
    ),
    PyMethodDef::END,
];

static SOURCE_METHODS: [PyMethodDef; 7] = [
    PyMethodDef::one(
        c"create_module",
        one!(|_: &Object, _: &Object| Ok(())),
        c"create_module($self, spec)\n--\n\nNone: a module is made in the usual way.",
    ),
    PyMethodDef::one(
        c"exec_module",
        one!(exec_source),
        c"exec_module($self, module)\n--\n\nPass over the code of a package; that of other modules needs an evaluator.",
    ),
    PyMethodDef::one(
        c"is_package",
        one!(is_source_package),
        c"is_package($self, fullname)\n--\n\nWhether the file is the __init__ of a folder.",
    ),
    PyMethodDef::one(
        c"get_code",
        one!(get_code),
        c"get_code($self, fullname)\n--\n\nThe module's code: needs a compiler.",
    ),
    PyMethodDef::one(
        c"get_source",
        one!(get_source),
        c"get_source($self, fullname)\n--\n\nThe text of the module's file.",
    ),
    PyMethodDef::one(
        c"path_stats",
        one!(path_stats),
        c"path_stats($self, path)\n--\n\nA dict of when a file was changed and its size.",
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
    let (Some(name), Some(path)) = (name, path) else { return Err(error::bad_argument()) };
    this.setattr(name!(name), name)?;
    this.setattr(name!(path), path)
}

/// A loader of the class for the module `name` in the file `path`.
pub fn new(class: *mut PyTypeObject, name: &Object, path: &Object) -> Result<Owned> {
    let this = instance::make(class)?;
    this.setattr(name!(name), name)?;
    this.setattr(name!(path), path)?;
    Ok(this)
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
fn check_name(this: &Object, name: Option<&Object>) -> Result<Owned> {
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
const LOAD_MODULE: Signature<1> = Signature::python("FileLoader.load_module", ["name"], 1);

fn get_filename(this: &Object, args: Arguments) -> Result<Owned> {
    let [name] = args.bind(&GET_FILENAME)?;
    check_name(this, name)?;
    this.getattr(name!(path))
}

fn load_module(this: &Object, args: Arguments) -> Result<Owned> {
    let [name] = args.bind(&LOAD_MODULE)?;
    loader::load_module(this, &*check_name(this, name)?)
}

fn get_data(_: &Object, path: &Object) -> Result<Owned> {
    bytes::from_slice(&paths::read(&*path.str()?)?)
}

fn is_extension_package(this: &Object, _: &Object) -> Result<bool> {
    let path = this.getattr(name!(path))?;
    let (_, file) = paths::split(paths::text(&path, "rfind")?);
    Ok(file.strip_prefix("__init__").is_some_and(|suffix| SUFFIXES.contains(&suffix)))
}

fn is_source_package(this: &Object, name: &Object) -> Result<bool> {
    check_name(this, Some(name))?;
    let path = this.getattr(name!(path))?;
    let (_, file) = paths::split(paths::text(&path, "rfind")?);
    let base = file.rsplit_once('.').map_or(file, |(base, _)| base);
    let name = paths::text(name, "rpartition")?;
    Ok(base == "__init__" && name.rsplit('.').next() != Some("__init__"))
}

fn get_code(this: &Object, name: &Object) -> Result<()> {
    check_name(this, Some(name))?;
    paths::read(&*this.getattr(name!(path))?)?;
    Err(error::no_evaluator("SourceFileLoader.get_code"))
}

fn path_stats(_: &Object, path: &Object) -> Result<Owned> {
    let (changed, size) = paths::stat(path)?;
    let stats = dict::new()?;
    dict::set_str(&stats, "mtime", &*float::from_f64(changed)?)?;
    dict::set_str(&stats, "size", &*long::from_u64(size)?)?;
    Ok(stats)
}

/// The text of a file: in UTF-8, unless one of its first two lines names an encoding.
fn get_source(this: &Object, name: &Object) -> Result<Owned> {
    check_name(this, Some(name))?;
    let source = match paths::read(&*this.getattr(name!(path))?) {
        Ok(source) => source,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::OSError)?;
            return Err(import_error("source not available through get_data()", name, none::none_ref()));
        }
    };
    let (marked, body) = match source.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (true, body),
        None => (false, &source[..]),
    };
    let encoding = match declared(body) {
        Some(name) if !marked => CString::new(name).unwrap_or_default(),
        _ => c"utf-8".to_owned(),
    };
    let text = unicode::registry::decode_bytes(body, Some(&encoding), None)?;
    let text = unicode::as_str(&text)?;
    // The decoder of line ends waits for what comes behind a last `\r`.
    let text = text.strip_suffix('\r').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    unicode::from_str(&text)
}

/// The encoding that a comment in the first two lines names (PEP 263).
fn declared(source: &[u8]) -> Option<String> {
    for line in source.split(|c| *c == b'\n').take(2) {
        let text = line.trim_ascii_start();
        if !text.starts_with(b"#") {
            if !text.is_empty() {
                return None;
            }
            continue;
        }
        let text = String::from_utf8_lossy(text);
        let Some(at) = text.find("coding:").or_else(|| text.find("coding=")) else { continue };
        let name: String = text[at + 7..]
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .collect();
        if !name.is_empty() {
            return Some(name);
        }
    }
    None
}

/// A package is loaded without its code; any other module can't be.
pub fn exec_source(this: &Object, module: &Object) -> Result<()> {
    let name = module.getattr(name!(__name__))?;
    if !is_source_package(this, &name)? {
        return Err(error::no_evaluator("SourceFileLoader.exec_module"));
    }
    let path = this.getattr(name!(path))?;
    let source = paths::read(&path)?;
    let is_code = |line: &[u8]| !matches!(line.trim_ascii().first(), None | Some(b'#'));
    if !source.split(|c| *c == b'\n').any(is_code) {
        return Ok(());
    }
    let text = format!("{} is not executed: this runtime has no bytecode evaluator", unicode::as_str(&path)?);
    exceptions::warn(&raw mut exceptions::ImportWarning, 1, &text)
}
