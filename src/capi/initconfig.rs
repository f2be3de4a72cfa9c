//! `initconfig.h`: configuration before the runtime is up, and at run time. But for `PyConfig_Get`, `PyConfig_Set` and
//! their like no thread state is needed.

use super::import::PyImport_ExtendInittab;
use crate::abi::*;
use crate::lifecycle::config::init_config::{self, InitConfig};
use crate::lifecycle::config::{self, runtime, wide};
use crate::lifecycle::exit::{STATUS_ERROR, STATUS_EXIT, status_error, status_ok};
use crate::lifecycle::{self, preinit};
use crate::object::{Object, api};
use std::ffi::{CStr, CString};
use std::ptr;

/// The status of success.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_Ok() -> PyStatus {
    status_ok()
}

/// `err_msg` must outlive the status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_Error(err_msg: *const c_char) -> PyStatus {
    PyStatus { _type: STATUS_ERROR, func: ptr::null(), err_msg, exitcode: 0 }
}

/// The error of memory that could not be had.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_NoMemory() -> PyStatus {
    config::no_memory()
}

/// The status that ends the process with this code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_Exit(exitcode: c_int) -> PyStatus {
    PyStatus { _type: STATUS_EXIT, func: ptr::null(), err_msg: ptr::null(), exitcode }
}

/// 1 for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_IsError(err: PyStatus) -> c_int {
    c_int::from(err._type == STATUS_ERROR)
}

/// 1 for an exit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_IsExit(err: PyStatus) -> c_int {
    c_int::from(err._type == STATUS_EXIT)
}

/// 1 for an error or an exit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStatus_Exception(err: PyStatus) -> c_int {
    c_int::from(err._type != 0)
}

fn memory(ok: bool) -> Result<(), PyStatus> {
    if ok { Ok(()) } else { Err(config::no_memory()) }
}

fn result(result: Result<(), PyStatus>) -> PyStatus {
    result.map_or_else(|status| status, |()| status_ok())
}

/// Appends a copy of `item`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWideStringList_Append(list: *mut PyWideStringList, item: *const wchar_t) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe { result(memory(wide::append(list, &wide::get(item).unwrap_or_default()))) }
}

/// Puts a copy of `item` before item `index`; behind the last if there are not so many.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWideStringList_Insert(
    list: *mut PyWideStringList,
    index: Py_ssize_t,
    item: *const wchar_t,
) -> PyStatus {
    if index < 0 {
        return status_error(c"PyWideStringList_Insert", c"PyWideStringList_Insert index must be >= 0");
    }
    // SAFETY: the caller's contract.
    unsafe { result(memory(wide::insert(list, index.min((*list).length), &wide::get(item).unwrap_or_default()))) }
}

/// The defaults of a program like `python`: environment and locale count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyPreConfig_InitPythonConfig(config: *mut PyPreConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new_pre(config::PYTHON)) }
}

/// The defaults of a program that owes nothing to its user: environment and locale don't count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyPreConfig_InitIsolatedConfig(config: *mut PyPreConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new_pre(config::ISOLATED)) }
}

/// The defaults of `Py_Initialize`: the global flags count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyPreConfig_InitCompatConfig(config: *mut PyPreConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new_pre(config::COMPAT)) }
}

/// The defaults of a program like `python`. The texts are freed with `PyConfig_Clear`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_InitPythonConfig(config: *mut PyConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new(config::PYTHON)) }
}

/// The defaults of a program that owes nothing to its user. The texts are freed with `PyConfig_Clear`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_InitIsolatedConfig(config: *mut PyConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new(config::ISOLATED)) }
}

/// The defaults of `Py_Initialize`. The texts are freed with `PyConfig_Clear`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyConfig_InitCompatConfig(config: *mut PyConfig) {
    // SAFETY: the caller's contract.
    unsafe { config.write(config::new(config::COMPAT)) }
}

/// Frees the texts of a configuration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_Clear(config: *mut PyConfig) {
    // SAFETY: the caller's contract.
    unsafe { config::clear(&mut *config) }
}

/// Gives every option a value, as initialising would.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_Read(config: *mut PyConfig) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        let config = &mut *config;
        result(preinit::run_for(config, || lifecycle::arguments_of(config)).and_then(|()| config::read(config)))
    }
}

/// A copy of `str` becomes the option's value; NULL is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_SetString(
    config: *mut PyConfig,
    config_str: *mut *mut wchar_t,
    str: *const wchar_t,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        result(
            preinit::run_for(&*config, || lifecycle::arguments_of(&*config))
                .and_then(|()| memory(wide::set(config_str, wide::get(str).as_deref()))),
        )
    }
}

/// As `PyConfig_SetString`, decoding bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_SetBytesString(
    config: *mut PyConfig,
    config_str: *mut *mut wchar_t,
    str: *const c_char,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        result(preinit::run_for(&*config, || lifecycle::arguments_of(&*config)).and_then(|()| {
            let text = (!str.is_null()).then(|| config::text_of(CStr::from_ptr(str)));
            memory(wide::set(config_str, text.as_deref()))
        }))
    }
}

/// Copies of the command line's arguments become `argv`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_SetArgv(
    config: *mut PyConfig,
    argc: Py_ssize_t,
    argv: *const *mut wchar_t,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        let argument = |i: Py_ssize_t| wide::pack(&wide::get(*argv.offset(i)).unwrap_or_default());
        match preinit::run_for(&*config, || (0..argc).map(argument).collect()) {
            Ok(()) => PyConfig_SetWideStringList(config, &raw mut (*config).argv, argc, argv.cast_mut()),
            Err(status) => status,
        }
    }
}

/// As `PyConfig_SetArgv`, decoding bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_SetBytesArgv(
    config: *mut PyConfig,
    argc: Py_ssize_t,
    argv: *const *mut c_char,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        let argument = |i: Py_ssize_t| CStr::from_ptr(*argv.offset(i));
        let arguments = || (0..argc).map(|i| argument(i).to_bytes().to_vec()).collect();
        result(preinit::run_for(&*config, arguments).and_then(|()| {
            let list = &raw mut (*config).argv;
            wide::clear_list(list);
            memory((0..argc).all(|i| wide::append(list, &config::text_of(argument(i)))))
        }))
    }
}

/// Copies of `items` become the list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_SetWideStringList(
    config: *mut PyConfig,
    list: *mut PyWideStringList,
    length: Py_ssize_t,
    items: *mut *mut wchar_t,
) -> PyStatus {
    // SAFETY: the caller's contract; `items` may be the list's own.
    unsafe {
        result(preinit::run_for(&*config, || lifecycle::arguments_of(&*config)).and_then(|()| {
            let texts: Vec<_> = (0..length).map(|i| wide::get(*items.offset(i)).unwrap_or_default()).collect();
            wide::clear_list(list);
            memory(texts.iter().all(|text| wide::append(list, text)))
        }))
    }
}

/// A name as UTF-8.
///
/// # Safety
/// `name` is a C string.
unsafe fn text<'a>(name: *const c_char) -> std::borrow::Cow<'a, str> {
    // SAFETY: the caller's word.
    unsafe { CStr::from_ptr(name) }.to_string_lossy()
}

/// The value of an option of this interpreter. New reference; `ValueError` for a name that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_Get(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| runtime::get(&unsafe { text(name) }))
}

/// As `PyConfig_Get`, for numbers. 0, or -1 with `ValueError`, `TypeError` or `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_GetInt(name: *const c_char, value: *mut c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *value = runtime::get_int(&text(name))?;
        Ok(())
    })
}

/// Sets an option that may change at run time. 0, or -1 with `ValueError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_Set(name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { runtime::assign(&text(name), Object::new(value)?) })
}

/// A new frozenset of the options' names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyConfig_Names() -> *mut PyObject {
    api(runtime::names)
}

/// The command line of the last start, as it was; empty if nobody gave one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetArgcArgv(argc: *mut c_int, argv: *mut *mut *mut wchar_t) {
    let (n, words) = crate::lifecycle::path_config::command_line();
    // SAFETY: the caller's contract.
    unsafe {
        *argc = n as c_int;
        *argv = words;
    }
}

/// A configuration by names, or NULL if there is no memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_Create() -> *mut PyInitConfig {
    InitConfig::boxed().cast()
}

/// Frees a configuration; NULL is nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_Free(config: *mut PyInitConfig) {
    if !config.is_null() {
        // SAFETY: the caller's contract.
        unsafe { InitConfig::free(config.cast()) };
    }
}

/// # Safety
/// `config` came from `PyInitConfig_Create`.
unsafe fn of<'a>(config: *mut PyInitConfig) -> &'a mut InitConfig {
    // SAFETY: the caller's word.
    unsafe { &mut *config.cast() }
}

/// 1 with the text of the last error, or 0 with NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_GetError(config: *mut PyInitConfig, err_msg: *mut *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        *err_msg = of(config).error();
        c_int::from(!(*err_msg).is_null())
    }
}

/// 1 with the exit code, or 0 if initialising did not ask to exit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_GetExitCode(config: *mut PyInitConfig, exitcode: *mut c_int) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match of(config).exit_code {
            Some(code) => {
                *exitcode = code;
                1
            }
            None => 0,
        }
    }
}

/// 1 if there is such an option.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_HasOption(config: *mut PyInitConfig, name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(of(config).has(&text(name))) }
}

/// 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_GetInt(config: *mut PyInitConfig, name: *const c_char, value: *mut i64) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let result = config.get_int(&text(name)).map(|number| *value = number);
        config.keep(result)
    }
}

/// A copy of the text, to be freed with `free`; NULL if there is none. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_GetStr(
    config: *mut PyInitConfig,
    name: *const c_char,
    value: *mut *mut c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let result = config.get_str(&text(name)).map(|copy| *value = copy);
        config.keep(result)
    }
}

/// Copies of the texts, to be freed with `PyInitConfig_FreeStrList`. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_GetStrList(
    config: *mut PyInitConfig,
    name: *const c_char,
    length: *mut usize,
    items: *mut *mut *mut c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let result = config.get_list(&text(name)).map(|(n, list)| {
            *length = n;
            *items = list;
        });
        config.keep(result)
    }
}

/// Frees what `PyInitConfig_GetStrList` gave.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_FreeStrList(length: usize, items: *mut *mut c_char) {
    // SAFETY: the caller's contract.
    unsafe { init_config::free_list(length, items) }
}

/// Sets an option that is a number. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_SetInt(config: *mut PyInitConfig, name: *const c_char, value: i64) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let result = config.set_int(&text(name), value);
        config.keep(result)
    }
}

/// Sets an option to a copy of the text, which is UTF-8. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_SetStr(
    config: *mut PyInitConfig,
    name: *const c_char,
    value: *const c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let result = config.set_str(&text(name), CStr::from_ptr(value));
        config.keep(result)
    }
}

/// Sets an option to copies of the texts, which are UTF-8. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_SetStrList(
    config: *mut PyInitConfig,
    name: *const c_char,
    length: usize,
    items: *const *mut c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        let values = if length == 0 { &[][..] } else { std::slice::from_raw_parts(items, length) };
        let result = config.set_list(&text(name), values);
        config.keep(result)
    }
}

/// A builtin module of the runtime that is to come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInitConfig_AddModule(
    config: *mut PyInitConfig,
    name: *const c_char,
    initfunc: PyModInitFunction,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { of(config).modules.push((CString::from(CStr::from_ptr(name)), initfunc)) };
    0
}

/// Starts the runtime. 0, or -1 with an error to ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_InitializeFromInitConfig(config: *mut PyInitConfig) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let config = of(config);
        if let Some(mut table) = config.table() {
            PyImport_ExtendInittab(table.as_mut_ptr());
        }
        config.start()
    }
}

/// The configuration of the attached interpreter, borrowed; a fatal error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_GetConfig() -> *const PyConfig {
    if crate::state::current::get().is_null() {
        crate::runtime::process::no_thread_state("_Py_GetConfig");
    }
    // SAFETY: attached.
    unsafe { &raw const (*crate::runtime::interp()).config }
}

// not provided: _PyConfig_AsDict, _PyConfig_FromDict, _Py_GetConfigsAsDict and _Py_Get_Getpath_CodeObject, which only
// CPython's own tests of its initialisation use.

/// Raises what a status says: `RuntimeError`, `MemoryError`; `SystemError` for one that is no error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetFromPyStatus(status: PyStatus) {
    let _raised = crate::lifecycle::subinterpreter::raise_status(&status);
}
