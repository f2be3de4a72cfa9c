//! The static types of the rooms above `types`: start-up makes them ready after those of `types::table`. And those of
//! extensions, which interpreters that run side by side make ready one after the other.

use crate::abi::*;
use crate::object::Result;
use crate::runtime::lock::{self, Wait};
use crate::types::typeobject::extension;
use crate::types::typeobject::shared_dict::More;
use crate::{context, import, module};

/// Held while an extension's type is made ready.
static mut LOCK: PyMutex = PyMutex { _bits: 0 };

/// `_PyStaticType_InitForExtension`, in the attached interpreter.
pub fn init_for_extension(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: attached; the lock is a static, and keeps everybody else out.
    unsafe {
        lock::lock(&raw mut LOCK, Wait::FOREVER);
        let result = extension::init(ty);
        lock::unlock(&raw mut LOCK);
        result
    }
}

macro_rules! types {
    ($($ty:path,)*) => { [$(&raw mut $ty),*] };
}

/// Bases first.
pub fn above() -> Vec<*mut PyTypeObject> {
    let mut all: Vec<*mut PyTypeObject> = types![
        module::def::PyModuleDef_Type,
        module::object::PyModule_Type,
        context::PyContext_Type,
        context::var::PyContextVar_Type,
        context::token::PyContextToken_Type,
        context::token::_PyContextTokenMissing_Type,
        context::hamt_type::_PyHamt_Type,
        context::hamt_node::_PyHamt_BitmapNode_Type,
        context::iter::_PyHamtKeys_Type,
        context::iter::_PyHamtValues_Type,
        context::iter::_PyHamtItems_Type,
    ]
    .into();
    all.extend(crate::builtins::sys_types());
    all
}

/// What the dicts of some types hold beside what the types' tables say; and what the importers' classes are made of.
pub fn more_of(ty: *mut PyTypeObject) -> Option<&'static dyn More> {
    if ty == &raw mut context::token::PyContextToken_Type {
        return Some(&context::token::More);
    }
    if let Some(template) = import::classes::template_of(ty) {
        return Some(template);
    }
    crate::builtins::sys_type(ty).map(|class| class as &dyn More)
}
