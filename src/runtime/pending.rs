//! Pending calls: C functions that another thread, or a signal handler, wants to have run by a thread that is attached.

use super::process;
use crate::abi::*;
use crate::object::{Raised, Result};
use crate::state;
use parking_lot::Mutex;
use std::ptr;

type Call = (Option<PendingCall>, *mut c_void);

/// What `Py_AddPendingCall` takes: 0, or -1 with an exception set.
pub type PendingCall = unsafe extern "C" fn(*mut c_void) -> c_int;

/// The main thread's queue has this much room; an interpreter's has 300.
const MAX_MAIN: usize = 32;
/// So many calls of an interpreter are made before others get their turn; of the main thread's, as many as there is
/// room for.
const MAX_AT_ONCE: usize = 100;

struct Queue {
    calls: std::collections::VecDeque<Call>,
    limit: usize,
    /// A thread is making the calls: they do not nest.
    busy: bool,
}

// SAFETY: the pointers are the caller's, handed through.
unsafe impl Send for Queue {}

/// An interpreter's queue, made when it is first used.
#[repr(C)]
pub struct Pending {
    queue: *mut Mutex<Queue>,
}

static MAIN: Mutex<Queue> =
    Mutex::new(Queue { calls: std::collections::VecDeque::new(), limit: MAX_MAIN, busy: false });

impl Pending {
    pub fn init(&mut self, limit: usize) {
        self.queue = Box::into_raw(Box::new(Mutex::new(Queue { calls: Default::default(), limit, busy: false })));
    }

    /// # Safety
    /// Nobody uses the queue any more.
    pub unsafe fn free(&mut self) {
        if !self.queue.is_null() {
            // SAFETY: it came out of a box, and is given up once.
            drop(unsafe { Box::from_raw(std::mem::replace(&mut self.queue, ptr::null_mut())) });
        }
    }

    fn queue(&self) -> &Mutex<Queue> {
        // SAFETY: made with the interpreter.
        unsafe { &*self.queue }
    }

    /// False if there is no room.
    pub fn add(&self, function: Option<PendingCall>, arg: *mut c_void) -> bool {
        push(self.queue(), function, arg)
    }
}

fn push(queue: &Mutex<Queue>, function: Option<PendingCall>, arg: *mut c_void) -> bool {
    let mut queue = queue.lock();
    if queue.calls.len() >= queue.limit {
        return false;
    }
    queue.calls.push_back((function, arg));
    true
}

/// `Py_AddPendingCall`: for the main thread. False if there is no room. No thread state is needed.
pub fn add_main(function: Option<PendingCall>, arg: *mut c_void) -> bool {
    push(&MAIN, function, arg)
}

fn make(queue: &Mutex<Queue>) -> Result<()> {
    let at_once = {
        let mut queue = queue.lock();
        if queue.busy || queue.calls.is_empty() {
            return Ok(());
        }
        queue.busy = true;
        queue.limit.min(MAX_AT_ONCE)
    };
    let mut result = Ok(());
    for _ in 0..at_once {
        let Some((function, arg)) = queue.lock().calls.pop_front() else {
            break;
        };
        // SAFETY: the contract of pending calls. No function is nothing to do.
        if function.is_some_and(|function| unsafe { function(arg) } != 0) {
            // SAFETY: -1 says that it raised.
            result = Err(unsafe { Raised::already() });
            break;
        }
    }
    queue.lock().busy = false;
    result
}

/// Calls wait that [`make_calls`] would make here.
pub fn any() -> bool {
    // SAFETY: attached.
    let interp = unsafe { &*super::interp() };
    let waiting = |queue: &Mutex<Queue>| {
        let queue = queue.lock();
        !queue.busy && !queue.calls.is_empty()
    };
    waiting(interp.pending.queue()) || is_main() && waiting(&MAIN)
}

/// This is the main thread, attached to the main interpreter.
pub fn is_main() -> bool {
    process::is_main_thread() && state::interp() == process::main().cast()
}

/// Makes the calls that wait for this interpreter, and in the main thread those that wait for it.
pub fn make_calls() -> Result<()> {
    // SAFETY: attached.
    let interp = unsafe { &*super::interp() };
    make(interp.pending.queue())?;
    if is_main() {
        make(&MAIN)?;
    }
    Ok(())
}

/// Forgets what waits for the main thread: the runtime ends.
pub fn forget_main() {
    MAIN.lock().calls.clear();
}

/// In the child after `fork`: the queues with what waits in them, or empty where another thread was changing them.
///
/// # Safety
/// This thread is the only one, and attached.
pub unsafe fn after_fork() {
    let anew = |queue: *mut Mutex<Queue>| {
        // SAFETY: nobody else; what the lock guards moves into a new one.
        unsafe {
            let (locked, limit) = ((*queue).is_locked(), (*(*queue).data_ptr()).limit);
            let calls = if locked { Default::default() } else { std::mem::take(&mut (*(*queue).data_ptr()).calls) };
            queue.write(Mutex::new(Queue { calls, limit, busy: false }));
        }
    };
    anew((&raw const MAIN).cast_mut());
    // SAFETY: attached.
    anew(unsafe { (*super::interp()).pending.queue });
}
