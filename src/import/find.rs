//! Finding a module along a path list: an extension file `name` + suffix, or a folder `name` as a package.
//!
//! A folder's `__init__.py` is not run, since nothing here could run it: the folder serves as a package all the same,
//! so that extension modules inside it are found under their full names. A folder with an extension file
//! `__init__.cpython-314-….so` is a package that runs that file. `name.py` files are passed over.

use super::dynload::SUFFIXES;
use crate::object::{Object, Owned, Result};
use crate::types::{list, tuple, unicode};
use std::path::Path;

/// Where a module was found.
pub enum Found {
    /// An extension file; `package` if it is a folder's `__init__`.
    Extension { file: String, package: Option<String> },
    /// A folder without a file to run.
    Folder(String),
}

/// Looks for `name` (its last part) in the folders of `path`, in their order. In each an extension file goes before a
/// folder that is a package, and a folder without `__init__` counts only if no later entry has better.
pub fn find(name: &str, path: &Object) -> Result<Option<Found>> {
    let mut namespace = None;
    for entry in &entries(path)? {
        if !unicode::check(entry) {
            continue;
        }
        let entry = unicode::as_str(entry)?;
        let base = Path::new(if entry.is_empty() { "." } else { entry }).join(name);
        let Some(base_text) = base.to_str() else { continue };
        if base.is_dir() {
            for suffix in SUFFIXES {
                let file = format!("{base_text}/__init__{suffix}");
                if Path::new(&file).is_file() {
                    return Ok(Some(Found::Extension { file, package: Some(base_text.to_owned()) }));
                }
            }
            if base.join("__init__.py").is_file() {
                return Ok(Some(Found::Folder(base_text.to_owned())));
            }
        }
        for suffix in SUFFIXES {
            let file = format!("{base_text}{suffix}");
            if Path::new(&file).is_file() {
                return Ok(Some(Found::Extension { file, package: None }));
            }
        }
        if namespace.is_none() && base.is_dir() {
            namespace = Some(Found::Folder(base_text.to_owned()));
        }
    }
    Ok(namespace)
}

/// The entries of a path: a list, a tuple, or what else can be iterated.
fn entries(path: &Object) -> Result<Vec<Owned>> {
    let items = if list::check(path) { list::as_tuple(path)? } else { crate::object::sequence::tuple(path)? };
    Ok(tuple::items(&items).iter().copied().map(Object::to_owned).collect())
}
