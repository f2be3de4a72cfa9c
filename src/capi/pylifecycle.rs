//! `pylifecycle.h`: starting and ending the runtime and interpreters.

use crate::abi::*;
use crate::lifecycle::config::{interpconfig, wide};
use crate::lifecycle::path_config::{self, Which};
use crate::lifecycle::{self, exit, legacy, preinit, subinterpreter};
use crate::mem::domains;
use crate::object::Object;
use crate::runtime::{self, Interpreter, interpreter::AtExit, process, signals};
use crate::state::fatal::fatal_error;
use std::ffi::CStr;

/// Starts the runtime; does nothing if it is up. A failure is a fatal error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_InitializeEx(initsigs: c_int) {
    lifecycle::initialize(initsigs != 0);
}

/// `Py_InitializeEx(1)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Initialize() {
    lifecycle::initialize(true);
}

/// Ends the runtime; 0, or -1 if buffered output could not be written. Does nothing if the runtime is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FinalizeEx() -> c_int {
    lifecycle::finalize()
}

/// `Py_FinalizeEx` without its result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Finalize() {
    lifecycle::finalize();
}

/// 1 if the runtime is up. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsInitialized() -> c_int {
    c_int::from(process::is_initialized())
}

/// 1 while `Py_FinalizeEx` runs. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsFinalizing() -> c_int {
    c_int::from(!process::finalizing().is_null())
}

/// A new interpreter like the main one, sharing its GIL, and attached. NULL is never given: a failure ends the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewInterpreter() -> *mut PyThreadState {
    match subinterpreter::new(&subinterpreter::LEGACY, _PyInterpreterState_WHENCE_LEGACY_CAPI) {
        Ok(tstate) => tstate.cast(),
        // SAFETY: static texts.
        Err(status) => unsafe { exit::exit_with(&status) },
    }
}

/// A new interpreter as `config` says, attached; its thread state goes to `tstate_p`. On failure that is NULL and what
/// was attached is so again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewInterpreterFromConfig(
    tstate_p: *mut *mut PyThreadState,
    config: *const PyInterpreterConfig,
) -> PyStatus {
    if tstate_p.is_null() || config.is_null() {
        fatal_error("Py_NewInterpreterFromConfig", "an argument is NULL");
    }
    // SAFETY: the caller's contract.
    subinterpreter::into_status(subinterpreter::new(unsafe { &*config }, _PyInterpreterState_WHENCE_CAPI), tstate_p)
}

/// Ends the interpreter of `tstate`, which is attached; nothing is attached afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_EndInterpreter(tstate: *mut PyThreadState) {
    // SAFETY: the caller's contract.
    unsafe { subinterpreter::end(tstate.cast()) }
}

/// Has `func` called at the very end of `Py_FinalizeEx`. 0, or -1 if there are 32 already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AtExit(func: Option<unsafe extern "C" fn()>) -> c_int {
    if exit::register(func) { 0 } else { -1 }
}

/// Has `func(data)` called when the interpreter ends, while it still works. 0, or -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_AtExit(
    interp: *mut PyInterpreterState,
    func: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
) -> c_int {
    let interp = interp.cast::<Interpreter>();
    let link = domains::raw_malloc(size_of::<AtExit>()).cast::<AtExit>();
    if link.is_null() {
        let _raised = crate::object::error::no_memory();
        return -1;
    }
    // SAFETY: fresh; the caller's contract.
    unsafe {
        link.write(AtExit { function: func, data, next: (*interp).atexit_c });
        (*interp).atexit_c = link;
    }
    0
}

/// Ends the process as `status` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_ExitStatusException(status: PyStatus) -> ! {
    // SAFETY: the caller's contract.
    unsafe { exit::exit_with(&status) }
}

/// Finalizes, then exits with `sts`, or 120 if finalizing failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Exit(sts: c_int) -> ! {
    let code = if lifecycle::finalize() < 0 { 120 } else { sts };
    // SAFETY: ends the process.
    unsafe { libc::exit(code) }
}

/// Starts the runtime as `config` says; does nothing if it is up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_InitializeFromConfig(config: *const PyConfig) -> PyStatus {
    if config.is_null() {
        return exit::status_error(c"Py_InitializeFromConfig", c"initialization config is NULL");
    }
    // SAFETY: the caller's contract.
    lifecycle::initialize_from(unsafe { &*config }).map_or_else(|status| status, |()| exit::status_ok())
}

/// Settles allocators, the locale and UTF-8 mode; does nothing if that was done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_PreInitialize(src_config: *const PyPreConfig) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe { preinitialize(src_config, Vec::new) }
}

/// As `Py_PreInitialize`. If the configuration has `parse_argv`, the arguments may say `-E`, `-I`, `-X dev` and
/// `-X utf8`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_PreInitializeFromArgs(
    src_config: *const PyPreConfig,
    argc: Py_ssize_t,
    argv: *mut *mut wchar_t,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        let argument = |i: usize| wide::pack(&wide::get(*argv.add(i)).unwrap_or_default());
        preinitialize(src_config, || (0..argc.max(0) as usize).map(argument).collect())
    }
}

/// As `Py_PreInitializeFromArgs`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_PreInitializeFromBytesArgs(
    src_config: *const PyPreConfig,
    argc: Py_ssize_t,
    argv: *mut *mut c_char,
) -> PyStatus {
    // SAFETY: the caller's contract.
    unsafe {
        let argument = |i: usize| CStr::from_ptr(*argv.add(i)).to_bytes().to_vec();
        preinitialize(src_config, || (0..argc.max(0) as usize).map(argument).collect())
    }
}

unsafe fn preinitialize(config: *const PyPreConfig, arguments: impl FnOnce() -> Vec<Vec<u8>>) -> PyStatus {
    if config.is_null() {
        return exit::status_error(c"_Py_PreInitializeFromPyArgv", c"preinitialization config is NULL");
    }
    // SAFETY: the caller's contract.
    preinit::run(unsafe { &*config }, arguments).map_or_else(|status| status, |()| exit::status_ok())
}

/// The program's name for the next initialisation; a copy is taken. NULL or "" leaves it to the rest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_SetProgramName(name: *const wchar_t) {
    // SAFETY: the caller's contract.
    path_config::set_program_name(unsafe { wide::get(name) });
}

/// The home folder for the next initialisation; a copy is taken. NULL or "" leaves it to the rest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_SetPythonHome(home: *const wchar_t) {
    // SAFETY: the caller's contract.
    path_config::set_home(unsafe { wide::get(home) });
}

/// What was set, or what the last start of the runtime found; NULL before there is one. So are the other texts here.
/// They are good until the next start.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetProgramName() -> *mut wchar_t {
    path_config::get(Which::ProgramName)
}

/// The home folder that was set, or NULL. The text is the runtime's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetPythonHome() -> *mut wchar_t {
    path_config::get(Which::Home)
}

/// The program's own file, as far as it is known. The text is the runtime's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetProgramFullPath() -> *mut wchar_t {
    path_config::get(Which::ProgramFullPath)
}

/// `sys.prefix` as it was at the start. The text is the runtime's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetPrefix() -> *mut wchar_t {
    path_config::get(Which::Prefix)
}

/// `sys.exec_prefix` as it was at the start. The text is the runtime's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetExecPrefix() -> *mut wchar_t {
    path_config::get(Which::ExecPrefix)
}

/// The search path with colons between, as it was at the start, whatever became of `sys.path`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetPath() -> *mut wchar_t {
    path_config::get(Which::SearchPath)
}

/// "3.14.10 (BUILD) [COMPILER]".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetVersion() -> *const c_char {
    runtime::VERSION.as_ptr()
}

/// `sys.platform`. The text is static, here and in the next three.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetPlatform() -> *const c_char {
    c"linux".as_ptr()
}

/// What stands in parentheses in `Py_GetVersion`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetBuildInfo() -> *const c_char {
    c"pyshim".as_ptr()
}

/// What stands in brackets in `Py_GetVersion`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetCompiler() -> *const c_char {
    c"[Rust]".as_ptr()
}

/// `sys.copyright`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetCopyright() -> *const c_char {
    runtime::COPYRIGHT.as_ptr()
}

/// `PY_VERSION_HEX` at run time.
#[unsafe(no_mangle)]
pub static Py_Version: c_ulong = PY_VERSION_HEX as c_ulong;

/// 1 if the file is a terminal, or Python was told to be interactive and it is standard input.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FdIsInteractive(fp: *mut FILE, filename: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if libc::isatty(libc::fileno(fp.cast())) != 0 {
            return 1;
        }
        if legacy::Py_InteractiveFlag == 0 {
            return 0;
        }
        let named = |name: &std::ffi::CStr| std::ffi::CStr::from_ptr(filename) == name;
        c_int::from(filename.is_null() || named(c"<stdin>") || named(c"???"))
    }
}

/// What a program installed for a signal (`sigaction`); `SIG_ERR` if there is no such signal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_getsig(sig: c_int) -> PyOS_sighandler_t {
    // SAFETY: a handler is a function, or one of the small numbers that stand for none.
    unsafe { std::mem::transmute::<usize, PyOS_sighandler_t>(signals::get(sig)) }
}

/// Installs a C handler; the old one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_setsig(sig: c_int, handler: PyOS_sighandler_t) -> PyOS_sighandler_t {
    // SAFETY: as `PyOS_getsig`.
    unsafe {
        let handler = std::mem::transmute::<PyOS_sighandler_t, usize>(handler);
        std::mem::transmute::<usize, PyOS_sighandler_t>(signals::replace(sig, handler))
    }
}

/// What `python` does on a command line: there is nothing here to run programs with, and it says so. 1.
fn no_evaluator(function: &str) -> c_int {
    let text = format!("{function}: this runtime has no bytecode evaluator\n");
    // SAFETY: the buffer is ours.
    unsafe { libc::write(2, text.as_ptr().cast(), text.len()) };
    1
}

/// Says on standard error that there is no evaluator, finalizes, and gives 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_RunMain() -> c_int {
    let code = no_evaluator("Py_RunMain");
    lifecycle::finalize();
    code
}

/// Says on standard error that there is no evaluator; 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Main(_argc: c_int, _argv: *mut *mut wchar_t) -> c_int {
    no_evaluator("Py_Main")
}

/// Says on standard error that there is no evaluator; 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_BytesMain(_argc: c_int, _argv: *mut *mut c_char) -> c_int {
    no_evaluator("Py_BytesMain")
}

/// Says on standard error that there is no evaluator; 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FrozenMain(_argc: c_int, _argv: *mut *mut c_char) -> c_int {
    no_evaluator("Py_FrozenMain")
}

/// The folders that the next initialisation searches, with colons between. NULL takes these and all texts of their kind
/// away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_SetPath(path: *const wchar_t) {
    // SAFETY: the caller's contract.
    path_config::set_path(unsafe { wide::get(path) });
}

/// An interpreter's configuration as a dict. New reference. `SystemError` for a GIL that there is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterConfig_AsDict(config: *mut PyInterpreterConfig) -> *mut PyObject {
    // SAFETY: the caller's contract.
    crate::object::api(|| interpconfig::as_dict(unsafe { &*config }))
}

/// Sets all of a configuration. 0, or -1 with `TypeError` or `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterConfig_InitFromDict(
    config: *mut PyInterpreterConfig,
    dict: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    crate::object::api(|| unsafe { interpconfig::from_dict(&mut *config, Object::new(dict)?, false) })
}

/// Sets what the dict has of a configuration. 0, or -1 with `TypeError` or `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterConfig_UpdateFromDict(
    config: *mut PyInterpreterConfig,
    dict: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    crate::object::api(|| unsafe { interpconfig::from_dict(&mut *config, Object::new(dict)?, true) })
}

/// What an interpreter is like: what is on has the bit of its feature. 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterConfig_InitFromState(
    config: *mut PyInterpreterConfig,
    interp: *mut PyInterpreterState,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { *config = interpconfig::of_interpreter(interp.cast()) };
    0
}
