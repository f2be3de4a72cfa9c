//! `pyshim call`: loads an extension module, runs statements on it and prints what the last one gives.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::arguments::{Arguments, Known, Usage};
use crate::eval::Evaluator;
use crate::parser::parse;
use crate::python::{Constant, Object, Python, Raised, Result};
use crate::runtime::Library;
use crate::syntax::Statement;
use crate::{DIFFERENCE, OK, USAGE};

/// What CPython's own program answers when the end of the interpreter loses buffered output.
const FINALIZATION_FAILED: i32 = 120;

pub const OPTIONS: &[Known] = &[("--path", true), ("--runtime", true)];

pub const HELP: &str = "\
Loads an extension module and calls into it.

usage: pyshim call [OPTIONS] EXTENSION 'STATEMENTS'

EXTENSION is an extension file (mmh3.cpython-314-x86_64-linux-gnu.so, foo.abi3.so, foo.so), or the
name of a module that is found along --path and PYTHONPATH (markupsafe._speedups).

STATEMENTS are expressions and assignments to names, separated by ';' or line ends. `m` is the module;
other names are builtins. The value of the last expression is printed, as repr() gives it. Literals,
tuples, lists, dicts, sets, attributes, subscripts, slices, calls and all operators are as in Python;
lambda, comprehensions and f-strings are not in the language. '-' reads the statements from standard
input; nothing at all just loads the module.

options:
  --path DIR       a folder to find modules in; for an extension file inside a package, the folder that
                   the package is in, so that the module gets its full name (may be given several times)
  --runtime PATH   the Python library to run on, a file or its folder (default: pyshim's own)

examples:
  pyshim call wheels/mmh3/mmh3.cpython-314-x86_64-linux-gnu.so \"m.hash('foo')\"
  pyshim call --path wheels/multidict multidict._multidict \"d = m.MultiDict(a=1); d.add('a', 2); d\"

exit code: 0, or 1 if an exception was raised (it is printed as `Type: message`), or 2 for bad usage
or bad syntax.
";

pub struct Call {
    pub runtime: Option<OsString>,
    pub path: Vec<OsString>,
    pub extension: OsString,
    pub statements: Vec<Statement>,
}

pub fn main(arguments: Arguments) -> std::result::Result<i32, Usage> {
    let runtime = arguments.value("--runtime");
    let path = arguments.values("--path");
    let mut positional = arguments.positional.into_iter();
    let Some(extension) = positional.next() else {
        return Err(Usage::new("an extension is missing: a file, or a module's name"));
    };
    let source = positional.next().unwrap_or_default();
    if let Some(extra) = positional.next() {
        return Err(Usage::new(format!(
            "one text of statements is enough (put quotes around all of it); what is {}?",
            extra.display()
        )));
    }
    let source = if source == "-" {
        read_standard_input()?
    } else {
        source.into_string().map_err(|_| Usage::new("the statements are not UTF-8"))?
    };
    let statements = match parse(&source) {
        Ok(statements) => statements,
        Err(error) => {
            eprintln!("pyshim call: {}", error.render(&source));
            return Ok(USAGE);
        }
    };
    Ok(run(&Call { runtime, path, extension, statements }))
}

fn read_standard_input() -> std::result::Result<String, Usage> {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source).map_err(|error| Usage::new(format!("standard input: {error}")))?;
    Ok(source)
}

/// The exit code.
pub fn run(call: &Call) -> i32 {
    let outcome =
        Library::load(call.runtime.as_deref()).and_then(|library| Python::run(&library, |python| speak(python, call)));
    match outcome {
        Ok((OK, false)) => FINALIZATION_FAILED,
        Ok((code, _)) => code,
        Err(message) => {
            eprintln!("pyshim: {message}");
            USAGE
        }
    }
}

fn speak(python: Python, call: &Call) -> i32 {
    match evaluate(python, call) {
        Ok(None) => OK,
        Ok(Some(text)) => {
            let mut out = std::io::stdout().lock();
            if let Err(error) = writeln!(out, "{text}").and_then(|()| out.flush()) {
                eprintln!("pyshim: standard output: {error}");
                return DIFFERENCE;
            }
            OK
        }
        Err(raised) => {
            eprintln!("{}", describe(python, raised));
            DIFFERENCE
        }
    }
}

fn evaluate(python: Python, call: &Call) -> Result<Option<String>> {
    extend_path(python, &call.path)?;
    let module = if is_file(&call.extension) {
        let file = std::path::absolute(&call.extension).unwrap_or_else(|_| PathBuf::from(&call.extension));
        load_file(python, &file, &module_name(&file, &call.path))?
    } else {
        let Some(name) = call.extension.to_str() else {
            return python.raise("ModuleNotFoundError", "a module's name is UTF-8");
        };
        python.import(name)?
    };
    let value = Evaluator::new(python, module)?.run(&call.statements)?;
    value.map(|value| python.read_text(&python.repr(&value)?)).transpose()
}

/// `--path` goes before what is there already.
fn extend_path(python: Python, folders: &[OsString]) -> Result<()> {
    if folders.is_empty() {
        return Ok(());
    }
    let Some(path) = python.sys("path") else {
        return python.raise("RuntimeError", "lost sys.path");
    };
    for (index, folder) in folders.iter().enumerate() {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| PathBuf::from(folder));
        python.insert(&path, index, &python.path(folder.as_os_str().as_bytes())?)?;
    }
    Ok(())
}

fn is_file(extension: &OsStr) -> bool {
    let bytes = extension.as_bytes();
    bytes.contains(&b'/') || bytes.ends_with(b".so")
}

/// The file's name up to its first point, below the packages between it and the `--path` folder that it is in.
fn module_name(file: &Path, path: &[OsString]) -> String {
    let stem = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.split('.').next().unwrap_or_default().to_owned()
    };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = stem(file.file_name().unwrap_or_default());
    // The file may be a link to elsewhere: its folder counts.
    let folder = real(file.parent().unwrap_or(Path::new("/")));
    let packages = path
        .iter()
        .filter_map(|root| folder.strip_prefix(real(Path::new(root))).ok())
        .min_by_key(|packages| packages.components().count());
    packages
        .into_iter()
        .flatten()
        .map(|package| package.to_string_lossy().into_owned())
        .chain([name])
        .collect::<Vec<_>>()
        .join(".")
}

/// What the import system does with a file that it has found, without asking it to find one: the steps are the same
/// with and without an evaluator, and the file is this one even if another module of its name is on the path.
fn load_file(python: Python, file: &Path, name: &str) -> Result<Object> {
    let imp = python.import("_imp")?;
    let text = python.text(name)?;
    let origin = python.path(file.as_os_str().as_bytes())?;
    let spec = make_spec(python, name, &text, &origin)?;
    let created = call(python, &imp, "create_dynamic", vec![spec.clone()])?;
    let parent = python.attribute(&spec, "parent")?;
    let none = python.attribute(&spec, "loader")?;
    for (attribute, value) in
        [("__spec__", &spec), ("__file__", &origin), ("__package__", &parent), ("__loader__", &none)]
    {
        // A module may be any object, one without room for attributes too.
        python.set_attribute(&created, attribute, value).or_else(|raised| python.suppress(raised, "AttributeError"))?;
    }
    let modules = python.modules()?;
    python.set_item(&modules, &text, &created)?;
    if let Err(raised) = call(python, &imp, "exec_dynamic", vec![created]) {
        let cause = python.take_exception(raised);
        python.delete_item(&modules, &text).or_else(|raised| python.suppress(raised, "KeyError"))?;
        return Err(cause.map_or(Raised, |cause| python.restore(cause)));
    }
    // A module may have put another object in its place.
    python.item(&modules, &text)
}

fn make_spec(python: Python, name: &str, text: &Object, origin: &Object) -> Result<Object> {
    let none = python.constant(Constant::None)?;
    let parent = python.text(name.rsplit_once('.').map_or("", |(parent, _)| parent))?;
    let namespace = python.attribute(&python.import("types")?, "SimpleNamespace")?;
    let attributes = [
        ("name", text),
        ("origin", origin),
        ("loader", &none),
        ("parent", &parent),
        ("submodule_search_locations", &none),
        ("loader_state", &none),
        ("cached", &none),
    ];
    let mut keywords = Vec::new();
    for (key, value) in attributes {
        keywords.push((python.text(key)?, value.clone()));
    }
    keywords.push((python.text("has_location")?, python.constant(Constant::True)?));
    python.call(&namespace, Vec::new(), keywords)
}

fn call(python: Python, object: &Object, method: &str, arguments: Vec<Object>) -> Result<Object> {
    python.call(&python.attribute(object, method)?, arguments, Vec::new())
}

/// `Type: message`, as the last line of CPython's traceback has it.
fn describe(python: Python, raised: Raised) -> String {
    let Some(exception) = python.take_exception(raised) else {
        return "SystemError: error return without exception set".to_owned();
    };
    let class = class_name(python, &exception).unwrap_or_else(|raised| {
        python.take_exception(raised);
        "<unknown>".to_owned()
    });
    let message = python.str(&exception).and_then(|text| python.read_text(&text));
    match message {
        Ok(message) if message.is_empty() => class,
        Ok(message) => format!("{class}: {message}"),
        Err(raised) => {
            python.take_exception(raised);
            format!("{class}: <exception str() failed>")
        }
    }
}

fn class_name(python: Python, exception: &Object) -> Result<String> {
    let class = python.type_of(exception)?;
    let name = python.read_text(&python.qualified_name(&class)?)?;
    let module =
        python.attribute(&class, "__module__").and_then(|module| python.read_text(&module)).unwrap_or_else(|raised| {
            python.take_exception(raised);
            "<unknown>".to_owned()
        });
    Ok(match module.as_str() {
        "builtins" | "__main__" => name,
        module => format!("{module}.{name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(file: &str, path: &[&str]) -> String {
        let path: Vec<_> = path.iter().map(OsString::from).collect();
        module_name(Path::new(file), &path)
    }

    #[test]
    fn a_files_name_up_to_the_first_point() {
        assert_eq!(name("/x/foo.cpython-314-x86_64-linux-gnu.so", &[]), "foo");
        assert_eq!(name("/x/foo.abi3.so", &["/y"]), "foo");
        assert_eq!(name("/x/a/b/foo.so", &["/x"]), "a.b.foo");
        assert_eq!(name("/x/a/b/foo.so", &["/x", "/x/a"]), "b.foo");
        assert_eq!(name("/x/foo.so", &["/x"]), "foo");
    }

    #[test]
    fn what_is_a_file() {
        for file in ["./foo.so", "foo.so", "dir/foo"] {
            assert!(is_file(OsStr::new(file)), "{file}");
        }
        for module in ["foo", "foo.bar", "so"] {
            assert!(!is_file(OsStr::new(module)), "{module}");
        }
    }
}
