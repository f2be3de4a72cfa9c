//! `import.h`.

use crate::abi::*;
use crate::import::{self, inittab, modules};
use crate::object::{BorrowedReturn, Object, Owned, Result, api};
use crate::raise;
use crate::types::{exceptions, unicode};
use std::ffi::CStr;

/// A str of a C string in UTF-8.
///
/// # Safety
/// `text` is a C string.
unsafe fn text(text: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// A new object or NULL.
///
/// # Safety
/// As [`Object::optional`].
unsafe fn optional<'a>(op: *mut PyObject) -> Option<&'a Object> {
    // SAFETY: the caller's word.
    unsafe { Object::optional(op) }
}

/// Imports `name` and returns the module itself, not its top package. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| import::import_checked(&*unsafe { text(name) }?))
}

/// As [`PyImport_ImportModule`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleNoBlock(name: *const c_char) -> *mut PyObject {
    let warning = "PyImport_ImportModuleNoBlock() is deprecated and scheduled for removal in Python 3.15. \
                   Use PyImport_ImportModule() instead.";
    api(|| {
        exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, warning)?;
        // SAFETY: the caller's contract.
        import::import_checked(&*unsafe { text(name) }?)
    })
}

/// As [`PyImport_ImportModule`], with the name as a str. (CPython calls `builtins.__import__`, which a program may have
/// replaced; so does this.)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_Import(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| import::import_checked(unsafe { Object::new(name) }?))
}

/// The `import` statement as a function. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleLevelObject(
    name: *mut PyObject,
    globals: *mut PyObject,
    _locals: *mut PyObject,
    fromlist: *mut PyObject,
    level: c_int,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let name = unsafe { optional(name) }.ok_or_else(|| raise!(ValueError, "Empty module name"))?;
        // SAFETY: the caller's contract.
        unsafe { import::import_level(name, optional(globals), optional(fromlist), level) }
    })
}

/// As [`PyImport_ImportModuleLevelObject`], with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleLevel(
    name: *const c_char,
    globals: *mut PyObject,
    _locals: *mut PyObject,
    fromlist: *mut PyObject,
    level: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::import_level(&*text(name)?, optional(globals), optional(fromlist), level) })
}

/// An attribute of a module that is imported for it. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleAttr(modname: *mut PyObject, attrname: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::import_checked(Object::from_ptr(modname))?.getattr(Object::from_ptr(attrname)) })
}

/// As [`PyImport_ImportModuleAttr`], with names in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleAttrString(
    modname: *const c_char,
    attrname: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::import_checked(&*text(modname)?)?.getattr(&*text(attrname)?) })
}

/// The dict of `sys.modules`, borrowed.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetModuleDict() -> *mut PyObject {
    api(|| modules::modules().map(BorrowedReturn::new))
}

/// The module `name` if it was imported. New reference; NULL without an error if it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::get(unsafe { Object::from_ptr(name) }))
}

/// The module `name`, made empty if it was not there. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModuleRef(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::add_str(unsafe { CStr::from_ptr(name) }))
}

/// As [`PyImport_AddModuleRef`], borrowed from `sys.modules`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModuleObject(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::add(unsafe { Object::from_ptr(name) }).map(|module| BorrowedReturn::new(&module)))
}

/// As [`PyImport_AddModuleObject`], with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::add_str(unsafe { CStr::from_ptr(name) }).map(|module| BorrowedReturn::new(&module)))
}

/// Puts `module` into `sys.modules`. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_SetModule(name: *mut PyObject, module: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { modules::set(Object::from_ptr(name), Object::from_ptr(module)) })
}

/// Imports a module again. `TypeError` if `module` is none; what was written in Python can't be executed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ReloadModule(module: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| import::reload_module(unsafe { Object::from_ptr(module) }))
}

/// The finder of a path entry, which one of `sys.path_hooks` makes. New reference, `None` if none does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_GetImporter(path: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| import::importer(unsafe { Object::new(path) }?))
}

/// Adds a builtin module. 0, or -1 without memory. Fatal once the runtime is initialised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AppendInittab(name: *const c_char, initfunc: PyModInitFunction) -> c_int {
    let mut table = [_inittab { name, initfunc }, _inittab { name: std::ptr::null(), initfunc: None }];
    if crate::runtime::process::is_initialized() {
        crate::state::fatal::fatal_error(
            "PyImport_AppendInittab",
            "PyImport_AppendInittab() may not be called after Py_Initialize()",
        );
    }
    // SAFETY: the caller's contract.
    if unsafe { inittab::extend(table.as_mut_ptr()) } { 0 } else { -1 }
}

/// Adds builtin modules; `newtab` ends with a NULL name. 0, or -1 without memory. Fatal once the runtime is
/// initialised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExtendInittab(newtab: *mut _inittab) -> c_int {
    if crate::runtime::process::is_initialized() {
        crate::state::fatal::fatal_error(
            "PyImport_ExtendInittab",
            "PyImport_ExtendInittab() may not be called after Py_Initialize()",
        );
    }
    // SAFETY: the caller's contract.
    if unsafe { inittab::extend(newtab) } { 0 } else { -1 }
}

/// The number that begins the bytecode files of CPython 3.14.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetMagicNumber() -> c_long {
    PYC_MAGIC_NUMBER_TOKEN
}

/// The tag in the names of bytecode files.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetMagicTag() -> *const c_char {
    c"cpython-314".as_ptr()
}

/// Executing a code object needs an evaluator: `NotImplementedError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExecCodeModule(name: *const c_char, _co: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::execute(&*unsafe { text(name) }?, "PyImport_ExecCodeModule"))
}

/// As [`PyImport_ExecCodeModule`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExecCodeModuleEx(
    name: *const c_char,
    _co: *mut PyObject,
    _pathname: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::execute(&*unsafe { text(name) }?, "PyImport_ExecCodeModuleEx"))
}

/// As [`PyImport_ExecCodeModule`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExecCodeModuleWithPathnames(
    name: *const c_char,
    _co: *mut PyObject,
    _pathname: *const c_char,
    _cpathname: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::execute(&*unsafe { text(name) }?, "PyImport_ExecCodeModuleWithPathnames"))
}

/// As [`PyImport_ExecCodeModule`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExecCodeModuleObject(
    name: *mut PyObject,
    _co: *mut PyObject,
    _pathname: *mut PyObject,
    _cpathname: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::execute(unsafe { Object::from_ptr(name) }, "PyImport_ExecCodeModuleObject"))
}

/// Executes a frozen module. 0 if there is none of the name; -1 with an exception: executing it needs an evaluator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportFrozenModuleObject(name: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| match unsafe { Object::optional(name) } {
        Some(name) => import_frozen(name),
        None => Ok(Default::default()),
    })
}

/// As [`PyImport_ImportFrozenModuleObject`], with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportFrozenModule(name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| import_frozen(&*crate::types::unicode::from_utf8(unsafe { CStr::from_ptr(name) }.to_bytes())?))
}

fn import_frozen(name: &Object) -> Result<bool> {
    import::frozen::import(name, "PyImport_ImportFrozenModule")
}

/// Forgets a single-phase module that was loaded from a file, so that it can be loaded as for the first time. 0, or -1
/// with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_ClearExtension(name: *mut PyObject, filename: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::extension::forget(Object::new(filename)?, Object::new(name)?) })
}
