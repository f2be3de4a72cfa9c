//! The thread state that extensions reach into, and what hangs on it.

use super::*;
use std::mem::offset_of;

/// CPython's `_PyErr_StackItem`.
#[repr(C)]
pub struct _PyErr_StackItem {
    pub exc_value: *mut PyObject,
    pub previous_item: *mut _PyErr_StackItem,
}

/// CPython's `_PyRemoteDebuggerSupport`.
#[repr(C)]
pub struct _PyRemoteDebuggerSupport {
    pub debugger_pending_call: i32,
    pub debugger_script_path: [c_char; 512],
}

/// CPython's `_PyStackChunk`.
#[repr(C)]
pub struct _PyStackChunk {
    pub previous: *mut _PyStackChunk,
    pub size: usize,
    pub top: usize,
    pub data: [*mut PyObject; 1],
}

/// CPython's `PyThreadState`.
#[repr(C)]
pub struct PyThreadState {
    pub prev: *mut PyThreadState,
    pub next: *mut PyThreadState,
    pub interp: *mut PyInterpreterState,
    pub eval_breaker: usize,
    pub _status: u32,
    pub holds_gil: c_int,
    pub _whence: c_int,
    pub state: c_int,
    pub py_recursion_remaining: c_int,
    pub py_recursion_limit: c_int,
    pub recursion_headroom: c_int,
    pub tracing: c_int,
    pub what_event: c_int,
    pub current_frame: *mut c_void,
    pub c_profilefunc: Py_tracefunc,
    pub c_tracefunc: Py_tracefunc,
    pub c_profileobj: *mut PyObject,
    pub c_traceobj: *mut PyObject,
    pub current_exception: *mut PyObject,
    pub exc_info: *mut _PyErr_StackItem,
    pub dict: *mut PyObject,
    pub gilstate_counter: c_int,
    pub async_exc: *mut PyObject,
    pub thread_id: c_ulong,
    pub native_thread_id: c_ulong,
    pub delete_later: *mut PyObject,
    pub critical_section: usize,
    pub coroutine_origin_tracking_depth: c_int,
    pub async_gen_firstiter: *mut PyObject,
    pub async_gen_finalizer: *mut PyObject,
    pub context: *mut PyObject,
    pub context_ver: u64,
    pub id: u64,
    pub datastack_chunk: *mut _PyStackChunk,
    pub datastack_top: *mut *mut PyObject,
    pub datastack_limit: *mut *mut PyObject,
    pub exc_state: _PyErr_StackItem,
    pub current_executor: *mut PyObject,
    pub dict_global_version: u64,
    pub threading_local_key: *mut PyObject,
    pub threading_local_sentinel: *mut PyObject,
    pub remote_debugger_support: _PyRemoteDebuggerSupport,
    pub datastack_cached_chunk: *mut _PyStackChunk,
}

/// CPython's `Py_tss_t`.
#[repr(C)]
pub struct Py_tss_t {
    pub _is_initialized: c_int,
    pub _key: c_uint,
}

/// CPython's `PyInterpreterConfig`.
#[repr(C)]
pub struct PyInterpreterConfig {
    pub use_main_obmalloc: c_int,
    pub allow_fork: c_int,
    pub allow_exec: c_int,
    pub allow_threads: c_int,
    pub allow_daemon_threads: c_int,
    pub check_multi_interp_extensions: c_int,
    pub gil: c_int,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<_PyErr_StackItem>() == 16);
    assert!(offset_of!(_PyErr_StackItem, exc_value) == 0);
    assert!(offset_of!(_PyErr_StackItem, previous_item) == 8);
    assert!(size_of::<_PyRemoteDebuggerSupport>() == 516);
    assert!(offset_of!(_PyRemoteDebuggerSupport, debugger_pending_call) == 0);
    assert!(offset_of!(_PyRemoteDebuggerSupport, debugger_script_path) == 4);
    assert!(size_of::<_PyStackChunk>() == 32);
    assert!(offset_of!(_PyStackChunk, previous) == 0);
    assert!(offset_of!(_PyStackChunk, size) == 8);
    assert!(offset_of!(_PyStackChunk, top) == 16);
    assert!(offset_of!(_PyStackChunk, data) == 24);
    assert!(size_of::<PyThreadState>() == 832);
    assert!(offset_of!(PyThreadState, prev) == 0);
    assert!(offset_of!(PyThreadState, next) == 8);
    assert!(offset_of!(PyThreadState, interp) == 16);
    assert!(offset_of!(PyThreadState, eval_breaker) == 24);
    assert!(offset_of!(PyThreadState, _status) == 32);
    assert!(offset_of!(PyThreadState, holds_gil) == 36);
    assert!(offset_of!(PyThreadState, _whence) == 40);
    assert!(offset_of!(PyThreadState, state) == 44);
    assert!(offset_of!(PyThreadState, py_recursion_remaining) == 48);
    assert!(offset_of!(PyThreadState, py_recursion_limit) == 52);
    assert!(offset_of!(PyThreadState, recursion_headroom) == 56);
    assert!(offset_of!(PyThreadState, tracing) == 60);
    assert!(offset_of!(PyThreadState, what_event) == 64);
    assert!(offset_of!(PyThreadState, current_frame) == 72);
    assert!(offset_of!(PyThreadState, c_profilefunc) == 80);
    assert!(offset_of!(PyThreadState, c_tracefunc) == 88);
    assert!(offset_of!(PyThreadState, c_profileobj) == 96);
    assert!(offset_of!(PyThreadState, c_traceobj) == 104);
    assert!(offset_of!(PyThreadState, current_exception) == 112);
    assert!(offset_of!(PyThreadState, exc_info) == 120);
    assert!(offset_of!(PyThreadState, dict) == 128);
    assert!(offset_of!(PyThreadState, gilstate_counter) == 136);
    assert!(offset_of!(PyThreadState, async_exc) == 144);
    assert!(offset_of!(PyThreadState, thread_id) == 152);
    assert!(offset_of!(PyThreadState, native_thread_id) == 160);
    assert!(offset_of!(PyThreadState, delete_later) == 168);
    assert!(offset_of!(PyThreadState, critical_section) == 176);
    assert!(offset_of!(PyThreadState, coroutine_origin_tracking_depth) == 184);
    assert!(offset_of!(PyThreadState, async_gen_firstiter) == 192);
    assert!(offset_of!(PyThreadState, async_gen_finalizer) == 200);
    assert!(offset_of!(PyThreadState, context) == 208);
    assert!(offset_of!(PyThreadState, context_ver) == 216);
    assert!(offset_of!(PyThreadState, id) == 224);
    assert!(offset_of!(PyThreadState, datastack_chunk) == 232);
    assert!(offset_of!(PyThreadState, datastack_top) == 240);
    assert!(offset_of!(PyThreadState, datastack_limit) == 248);
    assert!(offset_of!(PyThreadState, exc_state) == 256);
    assert!(offset_of!(PyThreadState, current_executor) == 272);
    assert!(offset_of!(PyThreadState, dict_global_version) == 280);
    assert!(offset_of!(PyThreadState, threading_local_key) == 288);
    assert!(offset_of!(PyThreadState, threading_local_sentinel) == 296);
    assert!(offset_of!(PyThreadState, remote_debugger_support) == 304);
    assert!(offset_of!(PyThreadState, datastack_cached_chunk) == 824);
    assert!(size_of::<Py_tss_t>() == 8);
    assert!(offset_of!(Py_tss_t, _is_initialized) == 0);
    assert!(offset_of!(Py_tss_t, _key) == 4);
    assert!(size_of::<PyInterpreterConfig>() == 28);
    assert!(offset_of!(PyInterpreterConfig, use_main_obmalloc) == 0);
    assert!(offset_of!(PyInterpreterConfig, allow_fork) == 4);
    assert!(offset_of!(PyInterpreterConfig, allow_exec) == 8);
    assert!(offset_of!(PyInterpreterConfig, allow_threads) == 12);
    assert!(offset_of!(PyInterpreterConfig, allow_daemon_threads) == 16);
    assert!(offset_of!(PyInterpreterConfig, check_multi_interp_extensions) == 20);
    assert!(offset_of!(PyInterpreterConfig, gil) == 24);
};
