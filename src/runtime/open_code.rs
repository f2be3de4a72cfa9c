//! How files are opened whose contents will be executed. There is no module `io` here to open them with: the hook that
//! an embedder sets (PEP 578) is the only way. It belongs to the process and stays for all its initialisations.

use super::{audit, process};
use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::state::current;
use crate::types::{typeobject, unicode};
use parking_lot::Mutex;

struct Hook(unsafe extern "C" fn(*mut PyObject, *mut c_void) -> *mut PyObject, *mut c_void);
// SAFETY: the hook's maker promised that it may be called on any thread with its data.
unsafe impl Send for Hook {}

static HOOK: Mutex<Option<Hook>> = Mutex::new(None);

/// Why a hook is not taken.
pub enum Refused {
    /// An audit hook raised.
    ByAudit,
    /// There is one already.
    Set,
}

/// `PyFile_SetOpenCodeHook`: NULL changes nothing.
pub fn set_hook(hook: Py_OpenCodeHookFunction, data: *mut c_void) -> std::result::Result<(), Refused> {
    let attached = process::is_initialized() && !current::get().is_null();
    if attached && audit::audit(c"setopencodehook", None).is_err() {
        return Err(Refused::ByAudit);
    }
    let mut place = HOOK.lock();
    if place.is_some() {
        return Err(Refused::Set);
    }
    *place = hook.map(|hook| Hook(hook, data));
    Ok(())
}

/// There is a hook.
pub fn is_hooked() -> bool {
    HOOK.lock().is_some()
}

/// The file that the hook gives. `TypeError` if `path` is no str, `NotImplementedError` without a hook.
pub fn open(path: &Object, function: &str) -> Result<Owned> {
    if !unicode::check(path) {
        return Err(raise!(TypeError, "'path' must be 'str', not '{:.200}'", typeobject::tp_name(path.ty())));
    }
    let hook = HOOK.lock().as_ref().map(|hook| (hook.0, hook.1));
    match hook {
        // SAFETY: the contract of whoever set it.
        Some((hook, data)) => unsafe { Owned::from_c(hook(path.as_ptr(), data)) },
        None => Err(raise!(NotImplementedError, "{function}: this runtime has no module io")),
    }
}
