//! `_types`: the types that have no name in `builtins`.

use super::{definition, set_type, slots};
use crate::abi::*;
use crate::module::def;
use crate::types;

static SLOTS: [PyModuleDef_Slot; 4] = slots(exec);

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"Define names for built-in types.".as_ptr(),
    m_slots: table(&SLOTS),
    ..definition(c"_types")
};

pub unsafe extern "C" fn init() -> *mut PyObject {
    // SAFETY: static.
    unsafe { def::init(&raw mut DEF) };
    (&raw mut DEF).cast()
}

unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        super::exec(module, |module| {
            set_type(module, "ModuleType", &raw mut crate::module::PyModule_Type)?;
            set_type(module, "NoneType", &raw mut types::none::_PyNone_Type)
        })
    }
}
