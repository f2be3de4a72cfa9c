//! Loaders of source and bytecode: `SourceFileLoader`, `SourcelessFileLoader`, and the bases they have in CPython.
//!
//! They find modules and tell all of them that needs neither compiler nor evaluator: files, text, and code that stands
//! in a file of bytecode. They don't execute it. A module that is a file raises `ImportError`, which names it, and
//! whose cause is the `NotImplementedError` of everything that needs an evaluator: who imports a module that may be
//! missing catches `ImportError` and does without, and everybody else is told what is the matter. A folder with an
//! `__init__` of source or bytecode is a package all the same, so that the extension modules in it are found under
//! their full names: its loader passes over the code, and an `ImportWarning` says so.

use super::classes::{Class, method, pattern, python};
use super::errors::{import_error, shown};
use super::{bytecode, cache_paths, file_loaders, loader, paths, source_text};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Owned, Raised, Result, above, error};
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::code::PyCode_Type;
use crate::types::{bytes, dict, exceptions, float, long, none, pyhash, typeobject, unicode};

pub static mut LOADER_BASICS: PyTypeObject = PyTypeObject {
    tp_methods: table(&BASIC_METHODS),
    ..pattern(c"_LoaderBasics", c"What loaders of source and of bytecode have in common.")
};

pub static mut SOURCE_LOADER: PyTypeObject =
    PyTypeObject { tp_methods: table(&SOURCE_METHODS), ..pattern(c"SourceLoader", c"") };

pub static mut SOURCE_FILE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&SOURCE_FILE_METHODS),
    ..pattern(c"SourceFileLoader", c"The loader of files of source, which are not executed.")
};

pub static mut SOURCELESS_FILE_LOADER: PyTypeObject = PyTypeObject {
    tp_methods: table(&SOURCELESS_METHODS),
    ..pattern(c"SourcelessFileLoader", c"The loader of files of bytecode, which are not executed.")
};

static BASIC_METHODS: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("_LoaderBasics.is_package", ["fullname"], is_package),
        c"is_package($self, fullname)\n--\n\nWhether the file is the __init__ of a folder.",
    ),
    PyMethodDef::fast_keywords(
        c"create_module",
        method!("_LoaderBasics.create_module", ["spec"], |_: &Object, _: &Object| Ok(())),
        c"create_module($self, spec)\n--\n\nNone: a module is made in the usual way.",
    ),
    PyMethodDef::fast_keywords(
        c"exec_module",
        method!("_LoaderBasics.exec_module", ["module"], exec),
        c"exec_module($self, module)\n--\n\nPass over the code of a package; that of other modules needs an evaluator.",
    ),
    PyMethodDef::fast_keywords(
        c"load_module",
        method!("_LoaderBasics.load_module", ["fullname"], loader::load_module),
        c"load_module($self, fullname)\n--\n\nLoad a module the old way.",
    ),
    PyMethodDef::END,
];

static SOURCE_METHODS: [PyMethodDef; 8] = [
    PyMethodDef::fast_keywords(
        c"path_mtime",
        method!("SourceLoader.path_mtime", ["path"], |_: &Object, _: &Object| Err::<(), _>(exceptions::raise_bare(
            &raw mut exceptions::OSError
        ))),
        c"path_mtime($self, path)\n--\n\nWhen a file was changed; a derived class knows.",
    ),
    PyMethodDef::fast_keywords(
        c"path_stats",
        method!("SourceLoader.path_stats", ["path"], |this: &Object, path: &Object| {
            let changed = this.call_method_str("path_mtime", &[path])?;
            let stats = dict::new()?;
            dict::set_str(&stats, "mtime", &changed)?;
            Ok(stats)
        }),
        c"path_stats($self, path)\n--\n\nA dict of when a file was changed.",
    ),
    PyMethodDef::fast_keywords(
        c"_cache_bytecode",
        python!(|this: &Object, args: Arguments| {
            const CACHE: Signature<3> =
                Signature::python("SourceLoader._cache_bytecode", ["source_path", "cache_path", "data"], 1).required(3);
            let [_, path, data] = args.bind_required(&CACHE)?;
            this.call_method_str("set_data", &[path, data])
        }),
        c"_cache_bytecode($self, source_path, cache_path, data)\n--\n\nKeep bytecode.",
    ),
    PyMethodDef::fast_keywords(
        c"set_data",
        python!(|_: &Object, args: Arguments| {
            const SET: Signature<2> = Signature::python("SourceLoader.set_data", ["path", "data"], 1).required(2);
            args.bind(&SET).map(drop)
        }),
        c"set_data($self, path, data)\n--\n\nWrite a file; a derived class can.",
    ),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("SourceLoader.get_source", ["fullname"], get_source),
        c"get_source($self, fullname)\n--\n\nThe text of the module's file.",
    ),
    PyMethodDef::fast_keywords(
        c"source_to_code",
        python!(|_: &Object, args: Arguments| {
            const TO_CODE: Signature<3> =
                Signature::python("SourceLoader.source_to_code", ["data", "path", "_optimize"], 1)
                    .required(2)
                    .positional(2);
            args.bind(&TO_CODE)?;
            Err::<(), _>(error::no_evaluator("SourceLoader.source_to_code"))
        }),
        c"source_to_code($self, data, path, *, _optimize=-1)\n--\n\nCompiled source: needs a compiler.",
    ),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("SourceLoader.get_code", ["fullname"], source_code),
        c"get_code($self, fullname)\n--\n\nThe module's code from its file of bytecode; else it needs a compiler.",
    ),
    PyMethodDef::END,
];

static SOURCE_FILE_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"path_stats",
        method!("SourceFileLoader.path_stats", ["path"], path_stats),
        c"path_stats($self, path)\n--\n\nA dict of when a file was changed and its size.",
    ),
    PyMethodDef::fast_keywords(
        c"_cache_bytecode",
        python!(cache_bytecode),
        c"_cache_bytecode($self, source_path, bytecode_path, data)\n--\n\nKeep bytecode in a file.",
    ),
    PyMethodDef::fast_keywords(
        c"set_data",
        python!(set_data),
        c"set_data($self, path, data, *, _mode=438)\n--\n\nWrite a file, if that can be done.",
    ),
    PyMethodDef::END,
];

static SOURCELESS_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("SourcelessFileLoader.get_code", ["fullname"], sourceless_code),
        c"get_code($self, fullname)\n--\n\nThe code object in the module's file.",
    ),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("SourcelessFileLoader.get_source", ["fullname"], |_: &Object, _: &Object| Ok(())),
        c"get_source($self, fullname)\n--\n\nNone: there is no source.",
    ),
    PyMethodDef::END,
];

/// The file is an `__init__`, and the module is not one of that name in its package.
fn is_package(this: &Object, name: &Object) -> Result<bool> {
    let path = file_loaders::filename(this, name)?;
    let (_, file) = paths::split(paths::text(&path, "rfind")?);
    let base = file.rsplit_once('.').map_or(file, |(base, _)| base);
    let name = paths::text(name, "rpartition")?;
    Ok(base == "__init__" && name.rsplit('.').next() != Some("__init__"))
}

/// What the loader reads in a file.
fn data(this: &Object, path: &Object) -> Result<Owned> {
    if file_loaders::is_plain(this) {
        return paths::read_code(&*path.str()?);
    }
    this.call_method_str("get_data", &[path])
}

fn get_source(this: &Object, name: &Object) -> Result<Owned> {
    let path = file_loaders::filename(this, name)?;
    let source = match data(this, &path) {
        Ok(source) => source,
        Err(raised) => {
            let cause = error::caught(raised);
            if !cause.is_a(&raw mut exceptions::OSError) {
                return Err(error::restore(cause));
            }
            let raised = import_error("source not available through get_data()", name, none::none_ref());
            return Err(exceptions::chain_cause(raised, Some(cause)));
        }
    };
    source_text::decode(&source)
}

/// The code of a file of bytecode that holds good for the source. There is no compiler to make another.
fn source_code(this: &Object, name: &Object) -> Result<Owned> {
    let path = file_loaders::filename(this, name)?;
    let kept = match cache_paths::of_source(&path, None)? {
        Some(kept) => kept_code(this, name, &path, &kept)?,
        None => None,
    };
    if let Some(code) = kept {
        return Ok(code);
    }
    let source = data(this, &path)?;
    this.call_method_str("source_to_code", &[&source, &path])
}

/// The code that the file `kept` has; none if the file is not there or does not hold good.
fn kept_code(this: &Object, name: &Object, path: &Object, kept: &Object) -> Result<Option<Owned>> {
    let unless = |raised: Raised, class: *mut PyTypeObject| error::ignore(raised, class).map(|()| None);
    let stats = match this.call_method_str("path_stats", &[path]) {
        Ok(stats) => stats,
        Err(raised) => return unless(raised, &raw mut exceptions::OSError),
    };
    let time = stats.getitem(&*unicode::intern_str("mtime")?)?;
    let time = long::as_i64(&*crate::object::number::long(&time)?)?;
    let data = match data(this, kept) {
        Ok(data) => data,
        Err(raised) => return unless(raised, &raw mut exceptions::OSError),
    };
    let data = View::of(&data)?;
    if let Err(raised) = holds_good(this, &data, time, &stats, [name, path, kept]) {
        if error::matches(&raw mut exceptions::EOFError) {
            return unless(raised, &raw mut exceptions::EOFError);
        }
        return unless(raised, &raw mut exceptions::ImportError);
    }
    let code = bytecode::code(&data, name, kept)?;
    bytecode::change_file_name(&code, path);
    Ok(Some(code))
}

fn holds_good(this: &Object, kept: &[u8], time: i64, stats: &Object, [name, path, at]: [&Object; 3]) -> Result<()> {
    let flags = bytecode::classify(kept, name, at)?;
    if flags & bytecode::BY_HASH == 0 {
        let size = stats.getitem(&*unicode::intern_str("size")?)?;
        let size = if size.is_none() { None } else { Some(long::as_i64(&size)?) };
        return bytecode::check_time(kept, time, size, name, at);
    }
    let wanted = bytecode::check_hash_based()?;
    if wanted != "never" && (flags & bytecode::CHECKED != 0 || wanted == "always") {
        let source = data(this, path)?;
        let hash = pyhash::siphash13(PYC_MAGIC_NUMBER_TOKEN as u64, 0, &View::of(&source)?).to_le_bytes();
        return bytecode::check_hash(kept, &hash, name, at);
    }
    Ok(())
}

fn sourceless_code(this: &Object, name: &Object) -> Result<Owned> {
    let path = file_loaders::filename(this, name)?;
    let data = data(this, &path)?;
    let data = View::of(&data)?;
    bytecode::classify(&data, name, &path)?;
    bytecode::code(&data, name, &path)
}

fn path_stats(_: &Object, path: &Object) -> Result<Owned> {
    let found = paths::stat(path)?;
    let stats = dict::new()?;
    dict::set_str(&stats, "mtime", &*float::from_f64(found.changed)?)?;
    dict::set_str(&stats, "size", &*long::from_u64(found.size)?)?;
    Ok(stats)
}

/// What a file may be used for that is new.
const ANYTHING: u32 = 0o666;

fn cache_bytecode(this: &Object, args: Arguments) -> Result<Owned> {
    const CACHE: Signature<3> =
        Signature::python("SourceFileLoader._cache_bytecode", ["source_path", "bytecode_path", "data"], 1).required(3);
    let [source, path, data] = args.bind_required(&CACHE)?;
    // Who may read the source may read the bytecode; its owner may write it again.
    let mode = match paths::stat(source) {
        Ok(found) => found.mode | 0o200,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::OSError)?;
            ANYTHING
        }
    };
    let keywords = dict::new()?;
    dict::set_str(&keywords, "_mode", &*long::from_u64(mode.into())?)?;
    this.getattr_str("set_data")?.call_dict(&[path, data], Some(&keywords))
}

fn set_data(_: &Object, args: Arguments) -> Result<()> {
    const SET: Signature<3> =
        Signature::python("SourceFileLoader.set_data", ["path", "data", "_mode"], 1).required(2).positional(2);
    let [path, data, mode] = args.bind(&SET)?;
    let (path, data) = (path.expect("bind checked it"), data.expect("bind checked it"));
    let mode = mode.map_or(Ok(ANYTHING as i32), long::as_i32)?;
    paths::check(path, "rfind")?;
    let data = View::of(data)?;
    // A file that can't be written is done without.
    paths::write(path, &data, mode as u32)
}

/// `exec_module`: a package is loaded without its code; any other module can't be.
pub fn exec(this: &Object, module: &Object) -> Result<()> {
    let name = module.getattr(name!(__name__))?;
    if Class::SourceFileLoader.made(this) {
        let path = file_loaders::filename(this, &name)?;
        let source = paths::read_code(&path)?;
        let source = View::of(&source)?;
        let is_code = |line: &[u8]| !matches!(line.trim_ascii().first(), None | Some(b'#'));
        if !source.split(|c| *c == b'\n').any(is_code) {
            // This much can be executed.
            return with_builtins(module);
        }
        return match is_package(this, &name)? {
            true => with_builtins(module).and_then(|()| passed_over(&path)),
            false => Err(not_executed(this, &name, &path, "source")),
        };
    }
    let kind = match this.call_method_str("get_code", &[&name]) {
        Ok(code) if code.is_none() => {
            let text = format!("cannot load module {} when get_code() returns None", shown(&name)?);
            return Err(raise!(ImportError, "{text}"));
        }
        Ok(code) if !code.is_exact(&raw mut PyCode_Type) && !unicode::check(&code) && !bytes::check(&code) => {
            return Err(raise!(TypeError, "exec() arg 1 must be a string, bytes or code object"));
        }
        Ok(_) => "bytecode",
        // There is source, and no compiler.
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::NotImplementedError)?;
            "source"
        }
    };
    let path = this.call_method_str("get_filename", &[&name])?;
    // A loader may not know.
    let package = match this.call_method_str("is_package", &[&name]) {
        Ok(package) => package.is_true()?,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::ImportError)?;
            false
        }
    };
    match package {
        true => with_builtins(module).and_then(|()| passed_over(&path)),
        false => Err(not_executed(this, &name, &path, kind)),
    }
}

/// What every execution puts into the names it executes in.
fn with_builtins(module: &Object) -> Result<()> {
    let names = module.getattr(name!(__dict__))?;
    match dict::check(&names) {
        true => dict::set_default(&names, name!(__builtins__), above::builtins()?).map(drop),
        false => Err(raise!(TypeError, "exec() globals must be a dict, not {}", typeobject::tp_name(names.ty()))),
    }
}

fn passed_over(path: &Object) -> Result<()> {
    let text = format!("{} is not executed: this runtime has no bytecode evaluator", unicode::as_str(&*path.str()?)?);
    exceptions::warn(&raw mut exceptions::ImportWarning, 1, &text)
}

#[cold]
fn not_executed(this: &Object, name: &Object, path: &Object, kind: &str) -> Raised {
    let cause = error::caught(error::no_evaluator(&format!("{}.exec_module", typeobject::name(this.ty()))));
    let text = || -> Result<String> {
        Ok(format!(
            "cannot import {}: {} is Python {kind}, and this runtime has no bytecode evaluator",
            shown(name)?,
            unicode::as_str(&*path.str()?)?
        ))
    };
    match text() {
        Ok(text) => exceptions::chain_cause(import_error(&text, name, path), Some(cause)),
        Err(raised) => raised,
    }
}
