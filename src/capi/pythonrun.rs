//! `pythonrun.h`: running and compiling source. There is no compiler and no evaluator here, so each function says so:
//! `NotImplementedError`, or, where CPython prints the error itself, that on standard error and -1.
//!
//! (Printing exceptions is declared in this header too and stands in `pyerrors`.)

use crate::abi::*;
use crate::object::{Owned, Result, api, error};
use crate::runtime::readline;

fn refuse(function: &str) -> Result<Owned> {
    Err(error::no_evaluator(function))
}

/// For functions that print the error: -1.
fn refuse_and_print(function: &str) -> c_int {
    let _raised = error::no_evaluator(function);
    crate::runtime::unraisable::print_set(true);
    -1
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_AnyFile(_: *mut FILE, _: *const c_char) -> c_int {
    refuse_and_print("PyRun_AnyFile")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_AnyFileEx(_: *mut FILE, _: *const c_char, _: c_int) -> c_int {
    refuse_and_print("PyRun_AnyFileEx")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_AnyFileExFlags(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyCompilerFlags,
) -> c_int {
    refuse_and_print("PyRun_AnyFileExFlags")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_AnyFileFlags(_: *mut FILE, _: *const c_char, _: *mut PyCompilerFlags) -> c_int {
    refuse_and_print("PyRun_AnyFileFlags")
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_File(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyObject,
    _: *mut PyObject,
) -> *mut PyObject {
    api(|| refuse("PyRun_File"))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_FileEx(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyObject,
    _: *mut PyObject,
    _: c_int,
) -> *mut PyObject {
    api(|| refuse("PyRun_FileEx"))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_FileExFlags(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyObject,
    _: *mut PyObject,
    _: c_int,
    _: *mut PyCompilerFlags,
) -> *mut PyObject {
    api(|| refuse("PyRun_FileExFlags"))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_FileFlags(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyObject,
    _: *mut PyObject,
    _: *mut PyCompilerFlags,
) -> *mut PyObject {
    api(|| refuse("PyRun_FileFlags"))
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_InteractiveLoop(_: *mut FILE, _: *const c_char) -> c_int {
    refuse_and_print("PyRun_InteractiveLoop")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_InteractiveLoopFlags(_: *mut FILE, _: *const c_char, _: *mut PyCompilerFlags) -> c_int {
    refuse_and_print("PyRun_InteractiveLoopFlags")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_InteractiveOne(_: *mut FILE, _: *const c_char) -> c_int {
    refuse_and_print("PyRun_InteractiveOne")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_InteractiveOneFlags(_: *mut FILE, _: *const c_char, _: *mut PyCompilerFlags) -> c_int {
    refuse_and_print("PyRun_InteractiveOneFlags")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_InteractiveOneObject(_: *mut FILE, _: *mut PyObject, _: *mut PyCompilerFlags) -> c_int {
    refuse_and_print("PyRun_InteractiveOneObject")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_SimpleFile(_: *mut FILE, _: *const c_char) -> c_int {
    refuse_and_print("PyRun_SimpleFile")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_SimpleFileEx(_: *mut FILE, _: *const c_char, _: c_int) -> c_int {
    refuse_and_print("PyRun_SimpleFileEx")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_SimpleFileExFlags(
    _: *mut FILE,
    _: *const c_char,
    _: c_int,
    _: *mut PyCompilerFlags,
) -> c_int {
    refuse_and_print("PyRun_SimpleFileExFlags")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_SimpleString(_: *const c_char) -> c_int {
    refuse_and_print("PyRun_SimpleString")
}

/// Needs an evaluator: prints `NotImplementedError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_SimpleStringFlags(_: *const c_char, _: *mut PyCompilerFlags) -> c_int {
    refuse_and_print("PyRun_SimpleStringFlags")
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_String(_: *const c_char, _: c_int, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| refuse("PyRun_String"))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyRun_StringFlags(
    _: *const c_char,
    _: c_int,
    _: *mut PyObject,
    _: *mut PyObject,
    _: *mut PyCompilerFlags,
) -> *mut PyObject {
    api(|| refuse("PyRun_StringFlags"))
}

/// Needs a compiler: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_CompileString(_: *const c_char, _: *const c_char, _: c_int) -> *mut PyObject {
    api(|| refuse("Py_CompileString"))
}

/// Needs a compiler: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_CompileStringExFlags(
    _: *const c_char,
    _: *const c_char,
    _: c_int,
    _: *mut PyCompilerFlags,
    _: c_int,
) -> *mut PyObject {
    api(|| refuse("Py_CompileStringExFlags"))
}

/// Needs a compiler: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_CompileStringFlags(
    _: *const c_char,
    _: *const c_char,
    _: c_int,
    _: *mut PyCompilerFlags,
) -> *mut PyObject {
    api(|| refuse("Py_CompileStringFlags"))
}

/// Needs a compiler: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_CompileStringObject(
    _: *const c_char,
    _: *mut PyObject,
    _: c_int,
    _: *mut PyCompilerFlags,
    _: c_int,
) -> *mut PyObject {
    api(|| refuse("Py_CompileStringObject"))
}

/// A line that a person types, with its newline; "" at the end of the file. Memory of `PyMem_Malloc`, the caller's.
/// NULL for an interrupt, with an exception if the signal's handler raised one. See `runtime::readline` for who reads
/// it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_Readline(
    sys_stdin: *mut FILE,
    sys_stdout: *mut FILE,
    prompt: *const c_char,
) -> *mut c_char {
    // SAFETY: the caller's contract.
    api(|| unsafe { readline::read_line(sys_stdin, sys_stdout, prompt) })
}
