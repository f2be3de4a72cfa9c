//! Files of bytecode: 16 bytes that say for what they hold good, and a code object in the marshal format.

use super::errors::{import_error, shown};
use super::modules;
use crate::abi::{PYC_MAGIC_NUMBER_TOKEN, PyCodeObject};
use crate::marshal::read;
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::types::{bytes, code, tuple, unicode};

const HEADER: usize = 16;
/// The file holds good for the hash of a source, not for its time and size.
pub const BY_HASH: u32 = 1;
/// The hash is to be compared with the source's.
pub const CHECKED: u32 = 2;

/// What a file of bytecode begins with.
pub fn magic() -> [u8; 4] {
    (PYC_MAGIC_NUMBER_TOKEN as u32).to_le_bytes()
}

fn word(data: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
}

/// The flags in the header of the bytecode of the module `name`; `path` is its file (`_classify_pyc`).
pub fn classify(data: &[u8], name: &Object, path: &Object) -> Result<u32> {
    let found = &data[..data.len().min(4)];
    if found != magic() {
        let text = format!("bad magic number in {}: {}", shown(name)?, shown(&*bytes::from_slice(found)?)?);
        return Err(import_error(&text, name, path));
    }
    if data.len() < HEADER {
        return Err(raise!(EOFError, "reached EOF while reading pyc header of {}", shown(name)?));
    }
    match word(data, 4) {
        flags if flags & !(BY_HASH | CHECKED) != 0 => {
            Err(import_error(&format!("invalid flags {flags} in {}", shown(name)?), name, path))
        }
        flags => Ok(flags),
    }
}

fn stale(name: &Object, path: &Object) -> Raised {
    match shown(name) {
        Ok(name_shown) => import_error(&format!("bytecode is stale for {name_shown}"), name, path),
        Err(raised) => raised,
    }
}

/// The bytecode was made of a source of this time and, where that is known, of this size.
pub fn check_time(data: &[u8], time: i64, size: Option<i64>, name: &Object, path: &Object) -> Result<()> {
    let is_it = word(data, 8) == time as u32 && size.is_none_or(|size| word(data, 12) == size as u32);
    if is_it { Ok(()) } else { Err(stale(name, path)) }
}

/// The bytecode was made of a source with this hash.
pub fn check_hash(data: &[u8], hash: &[u8], name: &Object, path: &Object) -> Result<()> {
    if &data[8..HEADER] == hash {
        return Ok(());
    }
    let text = format!("hash in bytecode doesn't match hash of source {}", shown(name)?);
    Err(import_error(&text, name, path))
}

/// The code object behind the header (`_compile_bytecode`).
pub fn code(data: &[u8], name: &Object, path: &Object) -> Result<Owned> {
    let mut rest = &data[HEADER..];
    let value = read::load(&mut rest, true)?;
    if !value.is_exact(&raw mut code::PyCode_Type) {
        return Err(import_error(&format!("Non-code object in {}", shown(path)?), name, path));
    }
    Ok(value)
}

/// Gives a code object, and the codes among its constants that are of the same file, another file's name.
pub fn change_file_name(code: &Object, path: &Object) {
    // SAFETY: layout: a code object, whose own old name says which of the codes among its constants are of its file.
    unsafe {
        let old = Object::from_ptr((*code.cast::<PyCodeObject>()).co_filename).to_owned();
        if !unicode::equal(&old, path) {
            change(code, &old, path);
        }
    }
}

/// # Safety
/// `code` is a code object.
unsafe fn change(of: &Object, old: &Object, new: &Object) {
    // SAFETY: the caller's word; constants are a tuple.
    unsafe {
        let raw = of.cast::<PyCodeObject>();
        if !unicode::equal(Object::from_ptr((*raw).co_filename), old) {
            return;
        }
        let before = std::mem::replace(&mut (*raw).co_filename, new.to_owned().into_raw());
        drop(Owned::from_raw(before));
        for constant in tuple::items(Object::from_ptr((*raw).co_consts)) {
            if constant.is_exact(&raw mut code::PyCode_Type) {
                change(constant, old, new);
            }
        }
    }
}

/// `_imp.check_hash_based_pycs`: when bytecode that holds good for a hash is compared with its source.
pub fn check_hash_based() -> Result<String> {
    let setting = match modules::find(&*unicode::intern_str("_imp")?)? {
        Some(imp) => imp.getattr_optional_str("check_hash_based_pycs")?,
        None => None,
    };
    match setting.filter(|text| unicode::check(text)) {
        Some(text) => unicode::as_str(&text).map(str::to_owned),
        None => Ok("default".to_owned()),
    }
}
