//! Makes the doors: for each name of the symbol table that no source file exports, a function that stops the program
//! and says its name, or zeroed data of the right size. Reads the exports off the sources, so nobody keeps a list.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Writes `doors.rs` into `out_dir`.
pub fn generate(root: &Path, out_dir: &Path) -> Result<(), String> {
    let mut exported = BTreeSet::new();
    scan(&root.join("src"), &mut exported)?;
    let table = read(&root.join("abi/symbols-3.14.tsv"))?;
    let (mut doors, mut provided) = (BTreeSet::new(), BTreeSet::new());
    let mut items = String::new();
    for line in table.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(name), Some(kind), Some(size)) = (columns.next(), columns.next(), columns.next()) else {
            return Err(format!("abi/symbols-3.14.tsv: not a row: {line}"));
        };
        if exported.contains(name) {
            provided.insert(name);
            continue;
        }
        doors.insert(name);
        items += "#[unsafe(no_mangle)]\n";
        items += &match kind {
            "function" | "label" => format!("extern \"C\" fn {name}() -> ! {{ not_provided({name:?}) }}\n"),
            _ => {
                let size = data_size(size).ok_or_else(|| format!("abi/symbols-3.14.tsv: size of {name}: {size}"))?;
                format!("static mut {name}: Zeroed<{size}> = Zeroed([0; {size}]);\n")
            }
        };
    }
    let doors: Vec<_> = doors.into_iter().collect();
    let provided: Vec<_> = provided.into_iter().collect();
    let text = format!(
        "#[repr(C)]\nstruct Zeroed<const N: usize>([u8; N]);\n\
         static DOORS: &[&str] = &{doors:?};\n\
         static PROVIDED: &[&str] = &{provided:?};\n\
         {items}"
    );
    fs::write(out_dir.join("doors.rs"), text).map_err(|e| e.to_string())
}

fn data_size(text: &str) -> Option<usize> {
    match text.strip_prefix("0x") {
        Some(hex) => usize::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Collects the names behind `#[unsafe(no_mangle)]` in every file below `dir`, and those that macros export: lines that
/// begin with `export NAME`, or `name_of_macro!(NAME`.
fn scan(dir: &Path, names: &mut BTreeSet<String>) -> Result<(), String> {
    for entry in fs::read_dir(dir).map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            scan(&path, names)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = read(&path)?;
            let mut exported = false;
            for line in text.lines() {
                let line = line.trim_start();
                if line.starts_with("#[unsafe(no_mangle)]") {
                    exported = true;
                } else if exported && !line.starts_with("#[") && !line.starts_with("//") {
                    names.extend(item_name(line));
                    exported = false;
                } else if let Some(rest) = line.strip_prefix("export ").or_else(|| macro_argument(line)) {
                    names.extend(leading_identifier(rest));
                }
            }
        }
    }
    Ok(())
}

/// The name that `fn NAME(` or `static mut NAME:` declares.
fn item_name(line: &str) -> Option<String> {
    let (_, rest) = ["fn ", "static mut ", "static "].into_iter().find_map(|word| line.split_once(word))?;
    leading_identifier(rest)
}

/// What stands behind `name_of_macro!(`, if it is a name of CPython's.
fn macro_argument(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once("!(")?;
    let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    (is_name && (rest.starts_with("Py") || rest.starts_with("_Py"))).then_some(rest)
}

fn leading_identifier(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_string())
}
