//! `pyshim symbols`: which names of the C API an extension file needs, and whether a runtime provides them.

use std::collections::HashMap;
use std::ffi::{CString, c_char, c_int};
use std::path::Path;

use object::read::elf::ElfFile64;
use object::{Endianness, Object, ObjectSymbol};

use crate::arguments::{Arguments, Known, Usage};
use crate::runtime::Library;
use crate::{DIFFERENCE, OK};

pub const OPTIONS: &[Known] = &[("--runtime", true)];

pub const HELP: &str = "\
Lists the names of the C API that an extension file needs.

usage: pyshim symbols [--runtime PATH] EXTENSION

For each name: since which version it belongs to the stable ABI, or else what kind of name it is (public,
private, internal, undeclared, or unknown to CPython 3.14); and whether the runtime provides it.
pyshim's library exports all names of CPython's, so that every extension loads; calling one that is not
provided ends the program with a message that names it.

options:
  --runtime PATH   the Python library to ask, a file or its folder (default: pyshim's own)
";

/// CPython 3.14's exported names: name, kind, size, header, tier, stable since, notes.
const TABLE: &str = include_str!("../../../abi/symbols-3.14.tsv");

pub fn main(arguments: Arguments) -> Result<i32, Usage> {
    let [extension] = arguments.positional.as_slice() else {
        return Err(Usage::new("one extension file is wanted"));
    };
    let names = match needed(Path::new(extension)) {
        Ok(names) => names,
        Err(message) => {
            eprintln!("pyshim symbols: {}: {message}", extension.display());
            return Ok(DIFFERENCE);
        }
    };
    let runtime = arguments.value("--runtime");
    let library = match Library::load(runtime.as_deref()) {
        Ok(library) => Some(library),
        Err(message) if runtime.is_some() => return Err(Usage(message)),
        Err(message) => {
            eprintln!("pyshim symbols: what is provided is not known: {message}");
            None
        }
    };
    let known = known();
    let rows: Vec<Row> = names
        .into_iter()
        .map(|name| Row {
            tier: known.get(name.as_str()).copied().unwrap_or(Tier::Other("unknown")),
            provided: library.as_ref().map(|library| provides(library, &name)),
            name,
        })
        .collect();
    print!("{}", render(&rows));
    Ok(OK)
}

struct Row {
    name: String,
    tier: Tier,
    /// Unknown without a library.
    provided: Option<bool>,
}

#[derive(Clone, Copy, PartialEq)]
enum Tier {
    StableSince(&'static str),
    Other(&'static str),
}

fn known() -> HashMap<&'static str, Tier> {
    TABLE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let tier = match columns.get(4..6)? {
                ["stable", since] => Tier::StableSince(since),
                [tier, _] => Tier::Other(tier),
                _ => return None,
            };
            Some((columns[0], tier))
        })
        .collect()
}

/// The file's undefined dynamic symbols that begin as the C API's names do, in order.
fn needed(file: &Path) -> Result<Vec<String>, String> {
    let data = std::fs::read(file).map_err(|error| error.to_string())?;
    let elf =
        ElfFile64::<Endianness>::parse(&*data).map_err(|error| format!("not an ELF file for 64 bits: {error}"))?;
    let mut names: Vec<String> = elf
        .dynamic_symbols()
        .filter(|symbol| symbol.is_undefined())
        .filter_map(|symbol| symbol.name().ok().map(str::to_owned))
        .filter(|name| name.starts_with("Py") || name.starts_with("_Py"))
        .collect();
    names.sort_by(|a, b| a.trim_start_matches('_').cmp(b.trim_start_matches('_')).then(a.cmp(b)));
    names.dedup();
    Ok(names)
}

/// pyshim's library says so itself, because it exports what it does not provide as well; of any other library, what is
/// exported is provided.
fn provides(library: &Library, name: &str) -> bool {
    let Some(ask) = library.symbol("pyshim_is_provided") else {
        return library.symbol(name).is_some();
    };
    let Ok(name) = CString::new(name) else {
        return false;
    };
    // SAFETY: the library exports this name as `int pyshim_is_provided(const char *)`.
    let ask = unsafe { std::mem::transmute::<*mut std::ffi::c_void, extern "C" fn(*const c_char) -> c_int>(ask) };
    ask(name.as_ptr()) == 1
}

fn render(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let tier = match row.tier {
            Tier::StableSince(version) => format!("stable since {version}"),
            Tier::Other(tier) => tier.to_owned(),
        };
        let provided = match row.provided {
            Some(true) => "provided",
            Some(false) => "NOT PROVIDED",
            None => "?",
        };
        text += &format!("{:width$}  {tier:17}  {provided}\n", row.name);
    }
    let outside = rows.iter().filter(|row| matches!(row.tier, Tier::Other(_))).count();
    let missing = match rows.iter().map(|row| row.provided).collect::<Option<Vec<_>>>() {
        Some(provided) => provided.iter().filter(|provided| !**provided).count().to_string(),
        None => "an unknown number".to_owned(),
    };
    let all = rows.len();
    text + &format!("{all} symbols, {outside} outside the stable ABI, {missing} not provided\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let known = known();
        assert!(known.len() > 1800);
        assert!(known["PyObject_Repr"] == Tier::StableSince("3.2"));
        assert!(known["_PyType_Lookup"] == Tier::Other("private"));
        assert!(!known.contains_key("name"));
    }

    #[test]
    fn the_closing_line_counts() {
        let row = |name: &str, tier, provided| Row { name: name.into(), tier, provided };
        let rows =
            [row("PyA", Tier::StableSince("3.2"), Some(true)), row("_PyLong", Tier::Other("private"), Some(false))];
        assert_eq!(
            render(&rows),
            "PyA      stable since 3.2   provided\n_PyLong  private            NOT PROVIDED\n\
             2 symbols, 1 outside the stable ABI, 1 not provided\n"
        );
        assert_eq!(render(&[]), "0 symbols, 0 outside the stable ABI, 0 not provided\n");
    }

    #[test]
    fn a_file_that_is_no_extension_is_refused() {
        assert!(needed(Path::new("/nonexistent")).is_err());
        assert!(needed(Path::new(file!())).is_err());
    }
}
