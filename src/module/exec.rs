//! The second half of multi-phase initialisation: state, then the `Py_mod_exec` functions in order.

use super::{create, def, object};
use crate::abi::*;
use crate::object::{Object, Result, error};
use crate::raise;
use crate::types::{exceptions, unicode};

/// `PyModule_ExecDef`. State that is there already is kept, so that a failed execution can be tried again.
///
/// # Safety
/// `definition` is a definition that lives as long as the process.
pub unsafe fn exec(module: &Object, definition: *mut PyModuleDef) -> Result<()> {
    let name = object::name(module)?;
    let name = unicode::as_str(&name)?;
    // SAFETY: the caller's word.
    let size = unsafe { (*definition).m_size };
    if size >= 0 && object::check(module) {
        let raw = module.cast::<PyModuleObject>();
        // SAFETY: layout.
        unsafe {
            if (*raw).md_state.is_null() {
                (*raw).md_state = create::allocate_state(size)?;
            }
        }
    }
    // SAFETY: the caller's word.
    for slot in unsafe { def::slots(definition) } {
        match slot.slot {
            Py_mod_exec => {
                // SAFETY: what the slot is declared to hold.
                let run = unsafe { std::mem::transmute::<*mut c_void, inquiry>(slot.value) };
                // SAFETY: the extension's own function, called with its module.
                let result = run.map_or(0, |run| unsafe { run(module.as_ptr()) });
                executed(result, name)?;
            }
            Py_mod_create | Py_mod_multiple_interpreters | Py_mod_gil => {}
            other => {
                return Err(raise!(SystemError, "module {name} initialized with unknown slot {other}"));
            }
        }
    }
    Ok(())
}

/// The result of a `Py_mod_exec` function: it and the error indicator must say the same.
fn executed(result: c_int, name: &str) -> Result<()> {
    match (result, error::occurred()) {
        (0, false) => Ok(()),
        (0, true) => Err(exceptions::raise_from(
            &raw mut exceptions::SystemError,
            &format!("execution of module {name} raised unreported exception"),
        )),
        // SAFETY: an exception is set: this was just looked at.
        (_, true) => Err(unsafe { error::Raised::already() }),
        (_, false) => Err(raise!(SystemError, "execution of module {name} failed without setting an exception")),
    }
}
