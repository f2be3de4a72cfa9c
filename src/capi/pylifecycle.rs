//! pylifecycle.h: starting and ending the runtime and interpreters.

use crate::abi::*;
use crate::lifecycle;
use crate::runtime::process;

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
