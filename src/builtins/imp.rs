//! `_imp`: the import machinery's C side, for those who load modules themselves.

use super::{definition, set, slots};
use crate::abi::*;
use crate::import::{dynload, extension, inittab, lock, modules};
use crate::module::def;
use crate::object::{Object, Result, api};
use crate::raise;
use crate::runtime::{self, Interpreter};
use crate::types::{boolobject, list, long, none, typeobject, unicode};

static METHODS: [PyMethodDef; 11] = [
    PyMethodDef::one(
        c"create_builtin",
        create_builtin,
        c"create_builtin($module, spec, /)\n--\n\nThe builtin module that the spec names, not executed; None if there is none.",
    ),
    PyMethodDef::fast(
        c"create_dynamic",
        create_dynamic,
        c"create_dynamic($module, spec, file=<unrepresentable>, /)\n--\n\nThe extension module that the spec names, not executed.",
    ),
    PyMethodDef::one(c"exec_builtin", exec_module, c"exec_builtin($module, mod, /)\n--\n\nExecute a builtin module."),
    PyMethodDef::one(
        c"exec_dynamic",
        exec_module,
        c"exec_dynamic($module, mod, /)\n--\n\nExecute an extension module.",
    ),
    PyMethodDef::noargs(
        c"extension_suffixes",
        extension_suffixes,
        c"extension_suffixes($module, /)\n--\n\nThe endings of extension files' names.",
    ),
    PyMethodDef::one(
        c"is_builtin",
        is_builtin,
        c"is_builtin($module, name, /)\n--\n\n1 for a builtin module, -1 for one that can't be made again, 0 for none.",
    ),
    PyMethodDef::one(
        c"_override_multi_interp_extensions_check",
        override_check,
        c"_override_multi_interp_extensions_check($module, override, /)\n--\n\nOverride the interpreter's check; the old value.",
    ),
    PyMethodDef::noargs(c"lock_held", lock_held, c"lock_held($module, /)\n--\n\nWhether a thread holds the import lock."),
    PyMethodDef::noargs(c"acquire_lock", acquire_lock, c"acquire_lock($module, /)\n--\n\nTake the import lock."),
    PyMethodDef::noargs(c"release_lock", release_lock, c"release_lock($module, /)\n--\n\nGive the import lock back."),
    PyMethodDef::END,
];

static SLOTS: [PyModuleDef_Slot; 4] = slots(exec);

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"(Extremely) low-level import machinery.".as_ptr(),
    m_methods: table(&METHODS),
    m_slots: table(&SLOTS),
    ..definition(c"_imp")
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
            set(module, "check_hash_based_pycs", &*unicode::from_str("default")?)?;
            set(module, "pyc_magic_number_token", &*long::from_i64(PYC_MAGIC_NUMBER_TOKEN)?)
        })
    }
}

unsafe extern "C" fn create_builtin(_module: *mut PyObject, spec: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let module = extension::create_builtin(unsafe { Object::from_ptr(spec) })?;
        Ok(module.unwrap_or_else(none::none))
    })
}

unsafe extern "C" fn create_dynamic(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
) -> *mut PyObject {
    api(|| {
        crate::object::args::check_positional("create_dynamic", nargs as usize, 1, 2)?;
        // SAFETY: slot; there is one argument at least.
        extension::create_dynamic(unsafe { Object::from_ptr(*args) })
    })
}

unsafe extern "C" fn exec_module(_module: *mut PyObject, module: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        extension::exec(unsafe { Object::from_ptr(module) })?;
        long::from_i64(0)
    })
}

unsafe extern "C" fn extension_suffixes(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| list::from_owned(dynload::SUFFIXES.iter().map(|s| unicode::from_str(s)).collect::<Result<_>>()?))
}

unsafe extern "C" fn is_builtin(_module: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let name = str_argument("is_builtin", unsafe { Object::from_ptr(name) })?;
        long::from_i64(match inittab::find(name) {
            None => 0,
            Some(None) => -1,
            Some(Some(_)) => 1,
        })
    })
}

unsafe extern "C" fn override_check(_module: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let value = long::as_i64(unsafe { Object::from_ptr(value) })? as c_int;
        if Interpreter::is_main(runtime::interp()) {
            return Err(raise!(
                RuntimeError,
                "_imp._override_multi_interp_extensions_check() cannot be used in the main interpreter"
            ));
        }
        let old = std::mem::replace(&mut modules::state().override_multi_interp_check, value);
        long::from_i64(old.into())
    })
}

/// A str argument of a function with one parameter: "is_builtin() argument must be str, not int".
fn str_argument<'a>(function: &str, value: &'a Object) -> Result<&'a Object> {
    if unicode::check(value) {
        return Ok(value);
    }
    let got = if value.is_none() { "None" } else { typeobject::tp_name(value.ty()) };
    Err(raise!(TypeError, "{function}() argument must be str, not {got}"))
}

unsafe extern "C" fn lock_held(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| boolobject::from_bool(lock::is_held()))
}

unsafe extern "C" fn acquire_lock(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    lock::acquire();
    none::none().into_raw()
}

unsafe extern "C" fn release_lock(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| if lock::release() { Ok(none::none()) } else { Err(raise!(RuntimeError, "not holding the import lock")) })
}
