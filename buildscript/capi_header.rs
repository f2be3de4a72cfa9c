//! Writes `include/capi.h`: the prototypes of the C API.
//!
//! cbindgen reads `src/capi`, file by file and without expanding anything; this module sorts what it found. A prototype
//! stands under the CPython header that declares the function, in the order of `abi/symbols-3.14.tsv`, and behind the
//! condition under which CPython declares it (the limited API of some version, the full API), which is a fact of the
//! table `abi/prototypes-3.14.tsv`, like what is deprecated and what does not return. What the sources do not export is
//! a door (see `doors.rs`); extensions compile against doors too, so their types come from that table. Functions that
//! CPython does not have go to `include/pyshim_capi.h`. Functions with C varargs are declared by hand in
//! `include/variadic.h` and skipped here.
//!
//! Both headers are always written to the build's output folder. The committed copies in `include/` change only when
//! `PYSHIM_WRITE_HEADERS=1` is set (`make headers`), so that building works from a read-only tree; the tests compare.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

const WRITE_VARIABLE: &str = "PYSHIM_WRITE_HEADERS";
const COLUMNS: usize = 110;

/// Generates both headers into `out_dir`, and into `root/include` where asked for.
pub fn generate(root: &Path, out_dir: &Path) -> Result<(), String> {
    let symbols = read(&root.join("abi/symbols-3.14.tsv"))?;
    let facts = read(&root.join("abi/prototypes-3.14.tsv"))?;
    let by_hand = words(&read(&root.join("include/variadic.h"))?);
    let exports = prototypes(&expand(root)?)?;
    let (capi, extras) = sort(&symbols, &fact_table(&facts)?, &by_hand, &exports);

    let asked_to_write = std::env::var_os(WRITE_VARIABLE).is_some_and(|value| value == "1");
    for (name, text) in [("capi.h", capi), ("pyshim_capi.h", extras)] {
        write(&out_dir.join(name), &text)?;
        let committed = root.join("include").join(name);
        if asked_to_write && fs::read_to_string(&committed).ok().as_ref() != Some(&text) {
            write(&committed, &text)?;
        }
    }
    println!("cargo::rerun-if-changed=src/capi");
    println!("cargo::rerun-if-changed=abi");
    println!("cargo::rerun-if-changed=include/variadic.h");
    println!("cargo::rerun-if-changed=cbindgen.toml");
    println!("cargo::rerun-if-env-changed={WRITE_VARIABLE}");
    Ok(())
}

/// What cbindgen makes of every file below `src/capi`.
fn expand(root: &Path) -> Result<String, String> {
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml"))?;
    let mut builder = cbindgen::Builder::new().with_config(config);
    for file in rust_files(&root.join("src/capi"))? {
        builder = builder.with_src(file);
    }
    let bindings = builder.generate().map_err(|error| format!("cbindgen: {error}"))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    String::from_utf8(text).map_err(|error| format!("cbindgen: {error}"))
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A C prototype, cut at the function's name.
struct Prototype {
    result: String,
    arguments: String,
}

/// Reads cbindgen's output: prototypes that end in `;`, nothing else.
fn prototypes(text: &str) -> Result<BTreeMap<String, Prototype>, String> {
    let mut found = BTreeMap::new();
    for statement in text.split(';') {
        let statement = spell(statement);
        if statement.is_empty() {
            continue;
        }
        let open = statement.find('(').ok_or_else(|| format!("not a prototype: {statement}"))?;
        let (head, arguments) = statement.split_at(open);
        let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
        let (result, name) = head.split_at(start);
        let result = result.trim().trim_start_matches("extern ").to_string();
        if result.is_empty() || name.is_empty() {
            return Err(format!("a function that returns a function pointer needs a type alias: {statement}"));
        }
        found.insert(name.to_string(), Prototype { result, arguments: arguments.to_string() });
    }
    Ok(found)
}

/// Structs that C knows by their tag alone.
const TAGS: [&str; 4] = ["_inittab", "_frozen", "wrapperbase", "_PyInterpreterFrame"];

/// One line, single spaces, and C's words for what cbindgen spells otherwise.
fn spell(statement: &str) -> String {
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    // An `Option` around an alias that cbindgen has not seen defined is a nullable function pointer.
    let mut line = line.replace("ptrdiff_t ", "Py_ssize_t ");
    while let Some(start) = line.find("Option<") {
        line.replace_range(start..start + "Option<".len(), "");
        if let Some(end) = line[start..].find('>') {
            line.remove(start + end);
        }
    }
    for tag in TAGS {
        line = line.replace(&format!("{tag} *"), &format!("struct {tag} *"));
    }
    // C has no name for the type of a module's init function.
    if let Some((before, after)) = line.split_once("PyModInitFunction ") {
        let end = after.find([',', ')']).unwrap_or(after.len());
        line = format!("{before}PyObject *(*{})(void){}", &after[..end], &after[end..]);
    }
    line
}

/// What the table says of a function that a public header declares.
struct Fact {
    prototype: Prototype,
    guard: Guard,
    attributes: String,
}

fn fact_table(text: &str) -> Result<HashMap<&str, Fact>, String> {
    let rows = text.lines().skip(1).map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [name, result, arguments, limited, notes] => {
            let prototype = Prototype { result: result.to_string(), arguments: arguments.to_string() };
            let attributes = notes.split(',').filter_map(attribute).collect();
            Ok((name, Fact { prototype, guard: Guard::read(limited)?, attributes }))
        }
        _ => Err(format!("abi/prototypes-3.14.tsv: not a row: {line}")),
    });
    rows.collect()
}

fn attribute(note: &str) -> Option<String> {
    match note.strip_prefix("deprecated=") {
        Some(version) => Some(format!("Py_DEPRECATED({version}) ")),
        None => (note == "noreturn").then(|| "_Py_NO_RETURN ".to_string()),
    }
}

/// The condition under which CPython's headers declare a function.
#[derive(Clone, PartialEq)]
enum Guard {
    Always,
    /// In the limited API since 3.N.
    Since(u32),
    FullOnly,
}

impl Guard {
    fn read(text: &str) -> Result<Guard, String> {
        match text {
            "always" => Ok(Guard::Always),
            "-" => Ok(Guard::FullOnly),
            _ => match text.strip_prefix("3.").and_then(|minor| minor.parse().ok()) {
                Some(minor) => Ok(Guard::Since(minor)),
                None => Err(format!("abi/prototypes-3.14.tsv: not a version: {text}")),
            },
        }
    }

    fn open(&self) -> Option<String> {
        match self {
            Guard::Always => None,
            Guard::Since(minor) => {
                Some(format!("#if !defined(Py_LIMITED_API) || Py_LIMITED_API+0 >= 0x03{minor:02x}0000\n"))
            }
            Guard::FullOnly => Some("#ifndef Py_LIMITED_API\n".to_string()),
        }
    }
}

/// The texts of `capi.h` and `pyshim_capi.h`.
fn sort(
    symbols: &str,
    facts: &HashMap<&str, Fact>,
    by_hand: &BTreeSet<String>,
    exports: &BTreeMap<String, Prototype>,
) -> (String, String) {
    let rows: Vec<Vec<&str>> = symbols.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let known: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();

    let mut headers: Vec<&str> = Vec::new();
    let mut sections: HashMap<&str, Vec<(&str, bool, &Fact)>> = HashMap::new();
    for row in &rows {
        let (name, header, notes) = (row[0], row[3], row[6]);
        let Some(fact) = facts.get(name).filter(|_| !by_hand.contains(name)) else { continue };
        if !sections.contains_key(header) {
            headers.push(header);
        }
        sections.entry(header).or_default().push((name, notes.contains("also-macro"), fact));
    }

    let mut body = String::new();
    for header in headers {
        body.push_str(&format!("\n/* {header} */\n"));
        let mut open = Guard::Always;
        for (name, also_macro, fact) in &sections[header] {
            if fact.guard != open {
                close(&mut body, &open);
                body.push_str(&fact.guard.open().unwrap_or_default());
                open = fact.guard.clone();
            }
            body.push_str(&fact.attributes);
            // Parentheses keep a function-like macro of the same name from taking the prototype apart.
            let spelled = if *also_macro { format!("({name})") } else { name.to_string() };
            body.push_str(&declare(&spelled, exports.get(*name).unwrap_or(&fact.prototype)));
        }
        close(&mut body, &open);
    }
    let capi = wrap(
        "PYSHIM_CAPI_H",
        "The functions of CPython's C API: generated from src/capi and the tables in abi/ by `make headers`.",
        &body,
    );

    let own = exports.iter().filter(|(name, _)| !known.contains(name.as_str()) && !by_hand.contains(*name));
    let body: String = own.map(|(name, prototype)| declare(name, prototype)).collect();
    let extras = wrap(
        "PYSHIM_PYSHIM_CAPI_H",
        "The functions that CPython 3.14 does not have: generated from src/capi by `make headers`.",
        &format!("\n{body}"),
    );
    (capi, extras)
}

fn close(body: &mut String, guard: &Guard) {
    if *guard != Guard::Always {
        body.push_str("#endif\n");
    }
}

/// One declaration, broken at its commas where it is too long.
fn declare(name: &str, prototype: &Prototype) -> String {
    let mut text = format!("PyAPI_FUNC({}) {name}", prototype.result);
    let mut column = text.len();
    for (index, piece) in prototype.arguments.split_inclusive(", ").enumerate() {
        if index > 0 && column + piece.len() > COLUMNS {
            text.truncate(text.trim_end().len());
            text.push_str("\n    ");
            column = 4;
        }
        text.push_str(piece);
        column += piece.len();
    }
    text.push_str(";\n");
    text
}

fn wrap(guard: &str, head: &str, body: &str) -> String {
    format!(
        "/* {head} */\n#ifndef {guard}\n#define {guard}\n#ifdef __cplusplus\nextern \"C\" {{\n#endif\n{body}\n\
         #ifdef __cplusplus\n}}\n#endif\n#endif\n"
    )
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_string).collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
