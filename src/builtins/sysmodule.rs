//! `sys`: what the interpreter tells of itself.

use super::{definition, make, set};
use crate::abi::*;
use crate::import::{inittab, modules};
use crate::object::{Owned, Result};
use crate::types::{list, long, unicode};

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"Objects used or maintained by the interpreter, and functions that work on it.".as_ptr(),
    m_size: -1,
    ..definition(c"sys")
};

/// The module for a new interpreter, whose `sys.modules` is there already. `path` is the list that imports search.
pub fn create(path: Vec<String>) -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    set(&module, "modules", modules::modules()?)?;
    let path = path.iter().map(|entry| unicode::from_str(entry)).collect::<Result<_>>()?;
    set(&module, "path", &*list::from_owned(path)?)?;
    set(&module, "meta_path", &*list::new()?)?;
    set(&module, "builtin_module_names", &*inittab::names()?)?;
    set(&module, "maxsize", &*long::from_i64(i64::MAX)?)?;
    Ok(module)
}
