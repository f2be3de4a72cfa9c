//! `monitoring.h`: how C code that runs other languages tells `sys.monitoring` what it does.
//!
//! There is no `sys.monitoring` here, so no tool ever listens: a scope finds no event active, and what is fired
//! regardless reaches nobody, as in CPython while no tool is registered. An exception that an event speaks of stays
//! set.

use crate::abi::*;
use crate::object::api;
use crate::raise;

/// Says which of the events that a scope fires someone listens to: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMonitoring_EnterScope(
    state_array: *mut PyMonitoringState,
    version: *mut u64,
    _event_types: *const u8,
    length: Py_ssize_t,
) -> c_int {
    // The version changes when tools come and go: here it is always 0.
    // SAFETY: the caller's contract: an array of that length.
    unsafe {
        if *version != 0 {
            *version = 0;
            for i in 0..length as usize {
                (*state_array.add(i)).active = 0;
            }
        }
    }
    0
}

#[unsafe(no_mangle)]
pub extern "C" fn PyMonitoring_ExitScope() -> c_int {
    0
}

fn fire(offset: i32) -> c_int {
    api(|| if offset < 0 { Err(raise!(ValueError, "offset must be non-negative")) } else { Ok(()) })
}

macro_rules! fire {
    ($(export $name:ident($($argument:ty),*);)*) => { $(
        /// Nobody listens: 0; -1 with `ValueError` for a negative offset.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            _state: *mut PyMonitoringState, _code: *mut PyObject, offset: i32, $(_: $argument),*
        ) -> c_int {
            fire(offset)
        }
    )* };
}

fire! {
    export _PyMonitoring_FirePyStartEvent();
    export _PyMonitoring_FirePyResumeEvent();
    export _PyMonitoring_FirePyReturnEvent(*mut PyObject);
    export _PyMonitoring_FirePyYieldEvent(*mut PyObject);
    export _PyMonitoring_FireCallEvent(*mut PyObject, *mut PyObject);
    export _PyMonitoring_FireLineEvent(c_int);
    export _PyMonitoring_FireJumpEvent(*mut PyObject);
    export _PyMonitoring_FireBranchEvent(*mut PyObject);
    export _PyMonitoring_FireBranchLeftEvent(*mut PyObject);
    export _PyMonitoring_FireBranchRightEvent(*mut PyObject);
    export _PyMonitoring_FireCReturnEvent(*mut PyObject);
    export _PyMonitoring_FirePyThrowEvent();
    export _PyMonitoring_FireRaiseEvent();
    export _PyMonitoring_FireReraiseEvent();
    export _PyMonitoring_FireExceptionHandledEvent();
    export _PyMonitoring_FireCRaiseEvent();
    export _PyMonitoring_FirePyUnwindEvent();
    export _PyMonitoring_FireStopIterationEvent(*mut PyObject);
}
