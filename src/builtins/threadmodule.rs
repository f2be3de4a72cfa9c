//! `_thread`: threads and locks. A thread runs a callable in a thread state of its own, made before it starts, so that
//! the interpreter knows of it.

use super::native::{
    self, Arguments, BASE, PLAIN, Slots, call, class, described, doc, fast, get, getset, make, methods, module, new,
    noargs, one, publish, refs, state, stateful, unary, value,
};
use super::{set, sys_hooks};
use crate::abi::*;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, api, attr, error};
use crate::raise;
use crate::runtime::lock::{self, Outcome, Wait};
use crate::runtime::time::{self, Round};
use crate::runtime::{Interpreter, interp, os_thread, process, signals, thread, unraisable};
use crate::state::{ThreadState, current};
use crate::types::structseq::StaticType;
use crate::types::{dict, exceptions, float, long, tuple, typeobject, unicode};
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::time::{Duration, Instant};

struct State {
    lock: Option<Owned>,
    handle: Option<Owned>,
    /// Handles of threads that the end of the program waits for; weak references would do, but they are few.
    waited_for: Option<Owned>,
}

refs!(State, lock, handle, waited_for);

static METHODS: [PyMethodDef; 21] = [
    PyMethodDef::fast(
        c"start_new_thread",
        fast!(start_new_thread),
        c"start_new_thread($module, function, args, kwargs={}, /)\n--\n\nCall function(*args, **kwargs) in a new thread; its identifier.",
    ),
    PyMethodDef::fast(
        c"start_new",
        fast!(start_new_thread),
        c"start_new($module, function, args, kwargs={}, /)\n--\n\nAn old name of start_new_thread().",
    ),
    PyMethodDef::fast_keywords(
        c"start_joinable_thread",
        call!(start_joinable_thread),
        c"start_joinable_thread($module, /, function, handle=None, daemon=True)\n--\n\nCall function() in a new thread that can be joined; its handle.",
    ),
    PyMethodDef::noargs(
        c"daemon_threads_allowed",
        noargs!(daemon_threads_allowed),
        c"daemon_threads_allowed($module, /)\n--\n\nWhether this interpreter allows daemon threads.",
    ),
    PyMethodDef::noargs(
        c"allocate_lock",
        noargs!(allocate_lock),
        c"allocate_lock($module, /)\n--\n\nA new lock.",
    ),
    PyMethodDef::noargs(
        c"allocate",
        noargs!(allocate_lock),
        c"allocate($module, /)\n--\n\nAn old name of allocate_lock().",
    ),
    PyMethodDef::noargs(c"exit_thread", noargs!(exit), c"exit_thread($module, /)\n--\n\nAn old name of exit()."),
    PyMethodDef::noargs(c"exit", noargs!(exit), c"exit($module, /)\n--\n\nRaise SystemExit."),
    PyMethodDef::fast(
        c"interrupt_main",
        fast!(interrupt_main),
        c"interrupt_main($module, signum=signal.SIGINT, /)\n--\n\nAs if a signal had come to the main thread.",
    ),
    PyMethodDef::noargs(
        c"get_ident",
        noargs!(get_ident),
        c"get_ident($module, /)\n--\n\nThe identifier of this thread.",
    ),
    PyMethodDef::noargs(
        c"get_native_id",
        noargs!(get_native_id),
        c"get_native_id($module, /)\n--\n\nThe system's number of this thread.",
    ),
    PyMethodDef::noargs(
        c"_count",
        noargs!(count),
        c"_count($module, /)\n--\n\nHow many threads this module started that still run.",
    ),
    PyMethodDef::fast(
        c"stack_size",
        fast!(stack_size),
        c"stack_size($module, size=0, /)\n--\n\nThe size of the stack of new threads, 0 for the system's; set it if size is given.",
    ),
    PyMethodDef::one(
        c"_excepthook",
        one!(excepthook),
        c"_excepthook($module, args, /)\n--\n\nShow an exception that a thread did not handle.",
    ),
    PyMethodDef::noargs(
        c"_is_main_interpreter",
        noargs!(is_main_interpreter),
        c"_is_main_interpreter($module, /)\n--\n\nWhether this is the main interpreter.",
    ),
    PyMethodDef::noargs(
        c"_shutdown",
        noargs!(shutdown),
        c"_shutdown($module, /)\n--\n\nWait for the threads that are no daemons.",
    ),
    PyMethodDef::one(
        c"_make_thread_handle",
        one!(make_thread_handle),
        c"_make_thread_handle($module, ident, /)\n--\n\nA handle of a thread that runs already.",
    ),
    PyMethodDef::noargs(
        c"_get_main_thread_ident",
        noargs!(main_thread_ident),
        c"_get_main_thread_ident($module, /)\n--\n\nThe identifier of the main thread.",
    ),
    PyMethodDef::fast_keywords(
        c"set_name",
        call!(set_name),
        c"set_name($module, /, name)\n--\n\nSet the system's name of this thread.",
    ),
    PyMethodDef::noargs(
        c"_get_name",
        noargs!(get_name),
        c"_get_name($module, /)\n--\n\nThe system's name of this thread.",
    ),
    PyMethodDef::END,
];

module!(stateful::<State>(described(c"_thread", c"Threads and locks.", &METHODS)), exec);

static mut EXCEPT_HOOK_ARGS_TYPE: PyTypeObject =
    PyTypeObject { ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0), ..PyTypeObject::EMPTY };

/// What `threading.excepthook` is called with.
pub static EXCEPT_HOOK_ARGS: StaticType = StaticType {
    ty: &raw mut EXCEPT_HOOK_ARGS_TYPE,
    name: c"_thread._ExceptHookArgs",
    doc: c"ExceptHookArgs\n\nWhat an exception that a thread did not handle was, and of which thread.",
    fields: &[
        (c"exc_type", c"Exception type"),
        (c"exc_value", c"Exception value"),
        (c"exc_traceback", c"Exception traceback"),
        (c"thread", c"Thread"),
    ],
    visible: 4,
    flags: 0,
};

fn exec(module: &Object) -> Result<()> {
    let state = state::<State>(module);
    let lock = publish(module, class::<Lock>(module, c"_thread.lock", PLAIN.weak(), &LOCK_SLOTS)?)?;
    set(module, "LockType", &lock)?;
    state.lock = Some(lock);
    publish(module, class::<RLock>(module, c"_thread.RLock", BASE.weak(), &RLOCK_SLOTS)?)?;
    publish(module, class::<Local>(module, c"_thread._local", BASE.weak(), &LOCAL_SLOTS)?)?;
    state.handle = Some(publish(module, class::<Handle>(module, c"_thread._ThreadHandle", PLAIN, &HANDLE_SLOTS)?)?);
    state.waited_for = Some(crate::types::list::new()?);
    super::set_type(module, "_ExceptHookArgs", EXCEPT_HOOK_ARGS.ty)?;
    set(module, "error", exceptions::object(&raw mut exceptions::RuntimeError))?;
    set(module, "TIMEOUT_MAX", &*float::from_f64((i64::MAX / time::SECOND) as f64)?)?;
    set(module, "_NAME_MAXLEN", &*long::from_i64(15)?)
}

// Starting threads.

/// What a new thread is given: its state, the call, and who wants to know of its end.
struct Start {
    tstate: *mut ThreadState,
    function: Owned,
    args: Owned,
    kwargs: Option<Owned>,
    done: Option<Arc<Done>>,
}

unsafe extern "C" fn run(start: *mut c_void) {
    // SAFETY: `spawn` gave a boxed Start; the interpreter waits for its thread states, or stops this thread for good.
    unsafe {
        let tstate = (*start.cast::<Start>()).tstate;
        let base = &raw mut (*tstate).base;
        (*base).thread_id = process::this_thread() as c_ulong;
        (*base).native_thread_id = current::native_id() as c_ulong;
        if let Some(done) = &(*start.cast::<Start>()).done {
            done.set_ident(process::this_thread());
        }
        thread::attach(tstate);
        let start = *Box::from_raw(start.cast::<Start>());
        (*interp()).python_threads += 1;
        if start.function.call_tuple(&start.args, start.kwargs.as_deref()).is_err() {
            if error::matches(&raw mut exceptions::SystemExit) {
                error::clear();
            } else {
                report(&start.function);
            }
        }
        let done = start.done.clone();
        drop((start.function, start.args, start.kwargs, start.done));
        (*interp()).python_threads -= 1;
        thread::clear(tstate);
        thread::delete_current(tstate);
        if let Some(done) = done {
            done.finish();
        }
    }
}

#[cold]
fn report(function: &Object) {
    let set_before = error::take();
    let shown = function.repr().map(|text| error::Text(&text).to_string());
    error::clear();
    if let Some(exception) = set_before {
        let _ = error::restore(exception);
    }
    unraisable::report(&format!("Exception ignored in thread started by {}", shown.unwrap_or_default()));
}

fn spawn(function: &Object, args: Owned, kwargs: Option<Owned>, done: Option<Arc<Done>>) -> Result<u64> {
    // SAFETY: attached.
    unsafe {
        let interp = interp();
        if !(*interp).has_feature(process::FEATURE_THREADS) {
            return Err(raise!(RuntimeError, "thread is not supported for isolated subinterpreters"));
        }
        if (*interp).is_finalizing() {
            return Err(raise!(PythonFinalizationError, "can't create new thread at interpreter shutdown"));
        }
        let tstate = thread::new(interp, _PyThreadState_WHENCE_THREADING);
        if tstate.is_null() {
            return Err(error::no_memory());
        }
        // It is not this thread's.
        (*tstate).base.thread_id = 0;
        let start = Box::new(Start { tstate, function: function.to_owned(), args, kwargs, done });
        let start = Box::into_raw(start);
        match os_thread::start(Some(run), start.cast(), false) {
            Some(ident) => Ok(ident),
            None => {
                drop(Box::from_raw(start));
                thread::clear(tstate);
                thread::delete(tstate);
                Err(raise!(RuntimeError, "can't start new thread"))
            }
        }
    }
}

fn start_new_thread(_: &Object, args: &[&Object]) -> Result<u64> {
    check_positional("start_new_thread", args.len(), 2, 3)?;
    if !args[0].is_callable() {
        return Err(raise!(TypeError, "first arg must be callable"));
    }
    if !tuple::check(args[1]) {
        return Err(raise!(TypeError, "2nd arg must be a tuple"));
    }
    let kwargs = match args.get(2) {
        Some(kwargs) if !dict::check(kwargs) => {
            return Err(raise!(TypeError, "optional 3rd arg must be a dictionary"));
        }
        kwargs => kwargs.copied().map(Object::to_owned),
    };
    spawn(args[0], args[1].to_owned(), kwargs, None)
}

const START_JOINABLE: Signature<3> =
    Signature::new("start_joinable_thread", ["function", "handle", "daemon"]).required(1);

fn start_joinable_thread(module: &Object, args: Arguments) -> Result<Owned> {
    let [function, handle, daemon] = args.bind(&START_JOINABLE)?;
    let function = function.expect("bind checked it");
    if !function.is_callable() {
        return Err(raise!(TypeError, "thread function must be callable"));
    }
    let state = state::<State>(module);
    let Some(class) = state.handle.clone() else { return Err(raise!(SystemError, "_thread was cleared")) };
    let handle = match handle.filter(|handle| !handle.is_none()) {
        Some(handle) if handle.is_exact(class.cast()) => handle.to_owned(),
        Some(_) => return Err(raise!(TypeError, "'handle' must be a _ThreadHandle")),
        None => make(class.cast(), Handle(Arc::default()))?,
    };
    let daemon = daemon.map_or(Ok(true), Object::is_true)?;
    // SAFETY: attached.
    if daemon && unsafe { !(*interp()).has_feature(process::FEATURE_DAEMON_THREADS) } {
        return Err(raise!(RuntimeError, "daemon threads are disabled in this (sub)interpreter"));
    }
    let done = handle_of(&handle).0.clone();
    if !done.begin() {
        return Err(raise!(RuntimeError, "thread already started"));
    }
    if !daemon && let Some(waited_for) = state.waited_for.clone() {
        crate::types::list::append(&waited_for, &handle)?;
    }
    match spawn(function, tuple::empty(), None, Some(done.clone())) {
        Ok(ident) => {
            done.set_ident(ident);
            Ok(handle)
        }
        Err(raised) => {
            done.give_up();
            Err(raised)
        }
    }
}

fn daemon_threads_allowed(_: &Object) -> Result<bool> {
    // SAFETY: attached.
    Ok(unsafe { (*interp()).has_feature(process::FEATURE_DAEMON_THREADS) })
}

fn count(_: &Object) -> Result<isize> {
    // SAFETY: attached.
    Ok(unsafe { (*interp()).python_threads })
}

/// Waits for the threads that are no daemons.
fn shutdown(module: &Object) -> Result<()> {
    let Some(waited_for) = state::<State>(module).waited_for.clone() else { return Ok(()) };
    while let Some(handle) = crate::types::list::get(&waited_for, 0) {
        join(&handle, None)?;
        crate::types::list::remove_at(&waited_for, 0)?;
    }
    Ok(())
}

/// What the end of the interpreter waits for, if the module was used.
pub fn wait_for_threads() {
    let finish = || -> Result<()> {
        let name = unicode::from_str("_thread")?;
        match crate::import::modules::get(&name)? {
            Some(module) if crate::module::check(&module) => shutdown(&module),
            _ => Ok(()),
        }
    };
    if finish().is_err() {
        unraisable::report("Exception ignored on threading shutdown");
    }
}

fn exit(_: &Object) -> Result<()> {
    Err(exceptions::raise(exceptions::object(&raw mut exceptions::SystemExit), None))
}

fn interrupt_main(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("interrupt_main", args.len(), 0, 1)?;
    let signal = args.first().map_or(Ok(libc::SIGINT), |signal| long::as_i32(signal))?;
    if !signals::simulate(signal) {
        return Err(raise!(ValueError, "signal number out of range"));
    }
    Ok(())
}

fn get_ident(_: &Object) -> Result<u64> {
    Ok(process::this_thread())
}

fn get_native_id(_: &Object) -> Result<usize> {
    Ok(current::native_id())
}

fn main_thread_ident(_: &Object) -> Result<u64> {
    Ok(process::main_thread_id())
}

fn is_main_interpreter(_: &Object) -> Result<bool> {
    Ok(Interpreter::is_main(interp()))
}

fn stack_size(_: &Object, args: &[&Object]) -> Result<usize> {
    check_positional("stack_size", args.len(), 0, 1)?;
    // SAFETY: attached.
    let old = unsafe { (*interp()).thread_stack_size };
    if let Some(size) = args.first() {
        let size = crate::object::number::as_ssize(size, None)?;
        if size < 0 || (size > 0 && size < MIN_STACK) {
            return Err(raise!(ValueError, "size must be at least {MIN_STACK} bytes"));
        }
        if os_thread::set_stack_size(size as usize) != 0 {
            return Err(raise!(ValueError, "size not valid: {size} bytes"));
        }
    }
    Ok(old)
}

const MIN_STACK: isize = 53248;

fn excepthook(_: &Object, args: &Object) -> Result<()> {
    if !args.is_exact(EXCEPT_HOOK_ARGS.ty) {
        return Err(raise!(TypeError, "_thread.excepthook argument type must be ExceptHookArgs"));
    }
    let &[class, value, _traceback, thread] = tuple::items(args) else { return Ok(()) };
    if class.is_ptr((&raw mut exceptions::SystemExit).cast()) {
        return Ok(());
    }
    let name = match thread.is_none() {
        true => None,
        false => thread.getattr_optional(name!(name))?,
    };
    let name = match name {
        Some(name) => error::Text(&*name.str()?).to_string(),
        None => process::this_thread().to_string(),
    };
    unraisable::write_stderr(&format!("Exception in thread {name}:\n"));
    unraisable::print(value, None);
    Ok(())
}

const SET_NAME: Signature<1> = Signature::new("set_name", ["name"]).required(1);

fn set_name(_: &Object, args: Arguments) -> Result<()> {
    let name = args.bind(&SET_NAME)?[0].expect("bind checked it");
    if !unicode::check(name) {
        return Err(crate::object::args::bad_argument("set_name", "argument 'name'", "str", name));
    }
    let bytes = unicode::paths::encode(name)?;
    let mut bytes = crate::types::bytes::as_slice(&bytes).to_vec();
    bytes.truncate(15);
    // A character is not cut in two.
    while std::str::from_utf8(&bytes).is_err_and(|e| e.error_len().is_none()) {
        bytes.pop();
    }
    let Ok(name) = std::ffi::CString::new(bytes) else { return Err(raise!(ValueError, "embedded null byte")) };
    // SAFETY: a C string of at most 15 bytes.
    match unsafe { libc::pthread_setname_np(libc::pthread_self(), name.as_ptr()) } {
        0 => Ok(()),
        errno => Err(exceptions::raise_errno(exceptions::object(&raw mut exceptions::OSError), errno, None, None)),
    }
}

fn get_name(_: &Object) -> Result<Owned> {
    let mut name = [0u8; 64];
    // SAFETY: a buffer with its size.
    let status = unsafe { libc::pthread_getname_np(libc::pthread_self(), name.as_mut_ptr().cast(), name.len()) };
    if status != 0 {
        let class = exceptions::object(&raw mut exceptions::OSError);
        return Err(exceptions::raise_errno(class, status, None, None));
    }
    let end = name.iter().position(|&c| c == 0).unwrap_or(name.len());
    unicode::paths::decode(&name[..end])
}

// Handles.

#[derive(Default)]
struct Done {
    state: Mutex<Progress>,
    ended: Condvar,
}

#[derive(Default)]
struct Progress {
    started: bool,
    done: bool,
    ident: u64,
}

impl Done {
    /// False if it began before.
    fn begin(&self) -> bool {
        !std::mem::replace(&mut self.state.lock().started, true)
    }
    fn give_up(&self) {
        self.state.lock().started = false;
    }
    fn set_ident(&self, ident: u64) {
        self.state.lock().ident = ident;
    }
    fn finish(&self) {
        self.state.lock().done = true;
        self.ended.notify_all();
    }
    fn is_done(&self) -> bool {
        self.state.lock().done
    }
}

/// `_ThreadHandle`.
struct Handle(Arc<Done>);

impl native::Refs for Handle {
    fn each(&self, _visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }
}

fn handle_of<'a>(o: &Object) -> &'a Handle {
    // SAFETY: layout.
    unsafe { &*value::<Handle>(o) }
}

static HANDLE_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast(
        c"join",
        fast!(join_method),
        c"join($self, timeout=None, /)\n--\n\nWait for the end of the thread.",
    ),
    PyMethodDef::noargs(c"_set_done", noargs!(set_done), c"_set_done($self, /)\n--\n\nCount the thread as ended."),
    PyMethodDef::noargs(c"is_done", noargs!(is_done), c"is_done($self, /)\n--\n\nWhether the thread has ended."),
    PyMethodDef::END,
];

static HANDLE_GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(c"ident", get!(|this: &Object| Ok(handle_of(this).0.state.lock().ident)), None, std::ptr::null()),
    PyGetSetDef::END,
];

static HANDLE_SLOTS: Slots = Slots(&[
    methods(&HANDLE_METHODS),
    getset(&HANDLE_GETSET),
    (Py_tp_repr, unary!(handle_repr)),
    (Py_tp_new, new!(|ty, _args: &Object, _kwargs: Option<&Object>| make(ty, Handle(Arc::default())))),
]);

fn handle_repr(this: &Object) -> Result<Owned> {
    unicode::from_str(&format!("<_thread._ThreadHandle object: ident={}>", handle_of(this).0.state.lock().ident))
}

fn make_thread_handle(module: &Object, ident: &Object) -> Result<Owned> {
    if !long::check(ident) {
        return Err(raise!(TypeError, "ident must be an integer"));
    }
    let ident = long::as_u64(ident)?;
    let Some(class) = state::<State>(module).handle.clone() else {
        return Err(raise!(SystemError, "_thread was cleared"));
    };
    let done = Arc::<Done>::default();
    done.begin();
    done.set_ident(ident);
    make(class.cast(), Handle(done))
}

fn join_method(this: &Object, args: &[&Object]) -> Result<()> {
    check_positional("join", args.len(), 0, 1)?;
    let timeout = match args.first() {
        Some(timeout) if !timeout.is_none() => Some(timeout_of(timeout)?),
        _ => None,
    };
    join(this, timeout.and_then(|ns| u64::try_from(ns).ok()).map(Duration::from_nanos))
}

/// A timeout in seconds, as nanoseconds.
fn timeout_of(timeout: &Object) -> Result<i64> {
    if !float::check(timeout) && !long::check(timeout) {
        let got = typeobject::tp_name(timeout.ty());
        return Err(raise!(TypeError, "'{got}' object cannot be interpreted as an integer or float"));
    }
    time::from_object(timeout, Round::Ceiling, time::SECOND)
}

fn join(this: &Object, timeout: Option<Duration>) -> Result<()> {
    let done = handle_of(this).0.clone();
    {
        let progress = done.state.lock();
        if !progress.started {
            return Err(raise!(RuntimeError, "thread not started"));
        }
        if progress.ident == process::this_thread() && !progress.done {
            return Err(raise!(RuntimeError, "Cannot join current thread"));
        }
    }
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    // In steps, so that signals are seen.
    const STEP: Duration = Duration::from_millis(100);
    loop {
        if done.is_done() {
            return Ok(());
        }
        let left = deadline.map_or(STEP, |deadline| deadline.saturating_duration_since(Instant::now()).min(STEP));
        if left.is_zero() {
            return Ok(());
        }
        without_gil(|| {
            let mut progress = done.state.lock();
            if !progress.done {
                done.ended.wait_for(&mut progress, left);
            }
        });
        crate::runtime::safe_point::make_pending_calls()?;
    }
}

/// Lets other threads run meanwhile.
pub fn without_gil<R>(f: impl FnOnce() -> R) -> R {
    let tstate = current::get();
    // SAFETY: this thread's attached state.
    unsafe { thread::detach(tstate) };
    let result = f();
    // SAFETY: it is still this thread's.
    unsafe { thread::attach(tstate) };
    result
}

fn set_done(this: &Object) -> Result<()> {
    let done = &handle_of(this).0;
    if !done.state.lock().started {
        return Err(raise!(RuntimeError, "thread not started"));
    }
    done.finish();
    Ok(())
}

fn is_done(this: &Object) -> Result<bool> {
    Ok(handle_of(this).0.is_done())
}

// Locks.

const ACQUIRE: Signature<2> = Signature::new("acquire", ["blocking", "timeout"]);

/// The time to wait, in nanoseconds; below zero for ever.
fn wait_of(args: Arguments) -> Result<i64> {
    let [blocking, timeout] = args.bind(&ACQUIRE)?;
    let blocking = blocking.map_or(Ok(true), Object::is_true)?;
    let timeout = match timeout {
        Some(timeout) => timeout_of(timeout)?,
        None => -time::SECOND,
    };
    if !blocking && timeout != -time::SECOND {
        return Err(raise!(ValueError, "can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0 && timeout != -time::SECOND {
        return Err(raise!(ValueError, "timeout value must be a non-negative number"));
    }
    Ok(if blocking { timeout } else { 0 })
}

/// `_thread.lock`.
struct Lock(PyMutex);

impl native::Refs for Lock {
    fn each(&self, _visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }
}

static LOCK_METHODS: [PyMethodDef; 10] = [
    PyMethodDef::fast_keywords(
        c"acquire_lock",
        call!(lock_acquire),
        c"acquire_lock($self, /, blocking=True, timeout=-1)\n--\n\nAn old name of acquire().",
    ),
    PyMethodDef::fast_keywords(
        c"acquire",
        call!(lock_acquire),
        c"acquire($self, /, blocking=True, timeout=-1)\n--\n\nLock the lock, waiting for it if asked to; whether that worked.",
    ),
    PyMethodDef::noargs(c"release_lock", noargs!(lock_release), c"release_lock($self, /)\n--\n\nAn old name of release()."),
    PyMethodDef::noargs(c"release", noargs!(lock_release), c"release($self, /)\n--\n\nUnlock the lock."),
    PyMethodDef::noargs(c"locked_lock", noargs!(lock_locked), c"locked_lock($self, /)\n--\n\nAn old name of locked()."),
    PyMethodDef::noargs(c"locked", noargs!(lock_locked), c"locked($self, /)\n--\n\nWhether the lock is locked."),
    PyMethodDef::fast_keywords(c"__enter__", call!(|this, _args: Arguments| acquire(this, -1)), c"__enter__($self, /)\n--\n\nLock the lock."),
    PyMethodDef::fast(
        c"__exit__",
        fast!(|this: &Object, _exc: &[&Object]| lock_release(this)),
        c"__exit__($self, /, *exc_info)\n--\n\nUnlock the lock.",
    ),
    PyMethodDef::noargs(
        c"_at_fork_reinit",
        noargs!(lock_reinit),
        c"_at_fork_reinit($self, /)\n--\n\n",
    ),
    PyMethodDef::END,
];

static LOCK_SLOTS: Slots = Slots(&[
    methods(&LOCK_METHODS),
    (Py_tp_repr, unary!(lock_repr)),
    (Py_tp_new, new!(new_lock)),
    doc(c"lock()\n--\n\nA lock. Whoever locks it keeps others waiting until somebody unlocks it."),
]);

fn mutex(this: &Object) -> *mut PyMutex {
    // SAFETY: layout; the field's address only.
    unsafe { &raw mut (*value::<Lock>(this)).0 }
}

fn new_lock(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    crate::object::args::no_keywords("lock", kwargs)?;
    check_positional("lock", tuple::len(args), 0, 0)?;
    make(ty, Lock(PyMutex { _bits: 0 }))
}

fn allocate_lock(module: &Object) -> Result<Owned> {
    match state::<State>(module).lock.clone() {
        Some(class) => make(class.cast(), Lock(PyMutex { _bits: 0 })),
        None => Err(raise!(SystemError, "_thread was cleared")),
    }
}

fn acquire(this: &Object, ns: i64) -> Result<bool> {
    // SAFETY: attached; the caller holds the lock object.
    match unsafe { os_thread::acquire_with_retries(mutex(this), ns) } {
        Outcome::Acquired => Ok(true),
        Outcome::Failure => Ok(false),
        // SAFETY: a signal handler raised.
        Outcome::Interrupted => Err(unsafe { error::Raised::already() }),
    }
}

fn lock_acquire(this: &Object, args: Arguments) -> Result<bool> {
    acquire(this, wait_of(args)?)
}

fn lock_release(this: &Object) -> Result<()> {
    // SAFETY: as above.
    if unsafe { lock::try_unlock(mutex(this)) } {
        return Ok(());
    }
    Err(raise!(RuntimeError, "release unlocked lock"))
}

fn lock_locked(this: &Object) -> Result<bool> {
    // SAFETY: as above.
    Ok(unsafe { lock::is_locked(mutex(this)) })
}

fn lock_reinit(this: &Object) -> Result<()> {
    // SAFETY: after a fork there is one thread.
    unsafe { mutex(this).write(PyMutex { _bits: 0 }) };
    Ok(())
}

fn lock_repr(this: &Object) -> Result<Owned> {
    let word = if lock_locked(this)? { "locked" } else { "unlocked" };
    unicode::from_str(&format!("<{word} {} object at {:p}>", typeobject::tp_name(this.ty()), this.as_ptr()))
}

/// `_thread.RLock`: its thread may lock it again.
struct RLock {
    mutex: PyMutex,
    owner: u64,
    count: usize,
}

impl native::Refs for RLock {
    fn each(&self, _visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }
}

static RLOCK_METHODS: [PyMethodDef; 11] = [
    PyMethodDef::fast_keywords(
        c"acquire",
        call!(|this: &Object, args: Arguments| rlock_acquire(this, wait_of(args)?)),
        c"acquire($self, /, blocking=True, timeout=-1)\n--\n\nLock the lock, waiting for it if asked to; whether that worked.",
    ),
    PyMethodDef::noargs(c"release", noargs!(rlock_release), c"release($self, /)\n--\n\nUnlock the lock once."),
    PyMethodDef::noargs(c"locked", noargs!(|this: &Object| Ok(rlock(this).count > 0)), c"locked($self, /)\n--\n\nWhether the lock is locked."),
    PyMethodDef::noargs(c"_is_owned", noargs!(|this: &Object| Ok(is_mine(this))), c"_is_owned($self, /)\n--\n\nWhether this thread holds the lock."),
    PyMethodDef::one(c"_acquire_restore", one!(rlock_restore), c"_acquire_restore($self, state, /)\n--\n\nLock it as it was."),
    PyMethodDef::noargs(c"_release_save", noargs!(rlock_save), c"_release_save($self, /)\n--\n\nUnlock it wholly; how it was."),
    PyMethodDef::noargs(
        c"_recursion_count",
        noargs!(|this: &Object| Ok(if is_mine(this) { rlock(this).count } else { 0 })),
        c"_recursion_count($self, /)\n--\n\nHow often this thread holds the lock.",
    ),
    PyMethodDef::fast_keywords(c"__enter__", call!(|this, _args: Arguments| rlock_acquire(this, -1)), c"__enter__($self, /)\n--\n\nLock the lock."),
    PyMethodDef::fast(
        c"__exit__",
        fast!(|this: &Object, _exc: &[&Object]| rlock_release(this)),
        c"__exit__($self, /, *exc_info)\n--\n\nUnlock the lock.",
    ),
    PyMethodDef::noargs(c"_at_fork_reinit", noargs!(rlock_reinit), c"_at_fork_reinit($self, /)\n--\n\n"),
    PyMethodDef::END,
];

static RLOCK_SLOTS: Slots = Slots(&[
    methods(&RLOCK_METHODS),
    (Py_tp_repr, unary!(rlock_repr)),
    (
        Py_tp_new,
        new!(|ty, _args: &Object, _kwargs: Option<&Object>| make(
            ty,
            RLock { mutex: PyMutex { _bits: 0 }, owner: 0, count: 0 }
        )),
    ),
]);

fn rlock<'a>(this: &Object) -> &'a mut RLock {
    // SAFETY: layout; the GIL is held while a field is used.
    unsafe { &mut *value::<RLock>(this) }
}

fn is_mine(this: &Object) -> bool {
    rlock(this).count > 0 && rlock(this).owner == process::this_thread()
}

fn rlock_acquire(this: &Object, ns: i64) -> Result<bool> {
    if is_mine(this) {
        rlock(this).count += 1;
        return Ok(true);
    }
    let mutex = &raw mut rlock(this).mutex;
    // SAFETY: attached; the caller holds the lock object.
    match unsafe { os_thread::acquire_with_retries(mutex, ns) } {
        Outcome::Acquired => {
            rlock(this).owner = process::this_thread();
            rlock(this).count = 1;
            Ok(true)
        }
        Outcome::Failure => Ok(false),
        // SAFETY: a signal handler raised.
        Outcome::Interrupted => Err(unsafe { error::Raised::already() }),
    }
}

fn rlock_release(this: &Object) -> Result<()> {
    if !is_mine(this) {
        return Err(raise!(RuntimeError, "cannot release un-acquired lock"));
    }
    rlock(this).count -= 1;
    if rlock(this).count == 0 {
        rlock(this).owner = 0;
        // SAFETY: this thread holds it.
        unsafe { lock::unlock(&raw mut rlock(this).mutex) };
    }
    Ok(())
}

fn rlock_save(this: &Object) -> Result<Owned> {
    if !is_mine(this) {
        return Err(raise!(RuntimeError, "cannot release un-acquired lock"));
    }
    let saved = tuple::from_owned(vec![long::from_u64(rlock(this).count as u64)?, long::from_u64(rlock(this).owner)?])?;
    rlock(this).count = 1;
    rlock_release(this)?;
    Ok(saved)
}

fn rlock_restore(this: &Object, saved: &Object) -> Result<()> {
    let &[count, owner] = (if tuple::check(saved) { tuple::items(saved) } else { &[] }) else {
        return Err(raise!(TypeError, "_acquire_restore() argument 1 must be a 2-item tuple"));
    };
    let (count, owner) = (long::as_u64(count)?, long::as_u64(owner)?);
    let mutex = &raw mut rlock(this).mutex;
    // SAFETY: the caller holds the lock object.
    unsafe { lock::lock(mutex, Wait::FOREVER) };
    rlock(this).owner = owner;
    rlock(this).count = count as usize;
    Ok(())
}

fn rlock_reinit(this: &Object) -> Result<()> {
    *rlock(this) = RLock { mutex: PyMutex { _bits: 0 }, owner: 0, count: 0 };
    Ok(())
}

fn rlock_repr(this: &Object) -> Result<Owned> {
    let (owner, count) = (rlock(this).owner, rlock(this).count);
    let word = if count > 0 { "locked" } else { "unlocked" };
    let name = typeobject::tp_name(this.ty());
    unicode::from_str(&format!("<{word} {name} object owner={owner} count={count} at {:p}>", this.as_ptr()))
}

// Thread-local data.

/// `_thread._local`: attributes of which each thread has its own. They stand in the dict of the thread's state, under
/// a name that only this object has.
struct Local {
    key: Option<Owned>,
    args: Option<Owned>,
    kwargs: Option<Owned>,
}

impl native::Refs for Local {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for field in [&self.key, &self.args, &self.kwargs] {
            let done = field.each(visit);
            if done != 0 {
                return done;
            }
        }
        0
    }
    fn clear(&mut self) {
        self.args.clear();
        self.kwargs.clear();
        self.forget();
    }
}

impl Local {
    /// Takes what the threads have of it away.
    fn forget(&mut self) {
        let Some(key) = self.key.take() else { return };
        for tstate in sys_hooks::threads() {
            // SAFETY: live states of this interpreter; the GIL is held.
            if let Some(names) = unsafe { Object::optional((*tstate).base.dict) }
                && dict::pop(names, &key).is_err()
            {
                error::clear();
            }
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.forget();
    }
}

static LOCAL_GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"__dict__", get!(local_dict), None, std::ptr::null()), PyGetSetDef::END];

static LOCAL_SLOTS: Slots = Slots(&[
    (Py_tp_new, new!(new_local)),
    (Py_tp_getattro, native::binary!(local_getattr)),
    (Py_tp_setattro, local_setattr as *mut c_void),
    getset(&LOCAL_GETSET),
    doc(c"_local()\n--\n\nThread-local data"),
]);

fn new_local(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    // SAFETY: live types.
    let inits = unsafe { ((*ty).tp_init, typeobject::PyBaseObject_Type.tp_init) };
    let plain_init = inits.0.map(|init| init as usize) == inits.1.map(|init| init as usize);
    if plain_init && (tuple::len(args) > 0 || kwargs.is_some_and(|kwargs| dict::len(kwargs) > 0)) {
        return Err(raise!(TypeError, "Initialization arguments are not supported"));
    }
    let local = make(ty, Local { key: None, args: Some(args.to_owned()), kwargs: kwargs.map(Object::to_owned) })?;
    let key = unicode::from_str(&format!("thread.local.{:p}", local.as_ptr()))?;
    // SAFETY: fresh.
    unsafe { (*value::<Local>(&local)).key = Some(key.clone()) };
    // `__init__` is about to be called for this thread.
    dict::set(thread_dict()?, &key, &*dict::new()?)?;
    Ok(local)
}

fn thread_dict<'a>() -> Result<&'a Object> {
    // SAFETY: attached; the state keeps its dict.
    unsafe { Object::optional(thread::dict(current::get())) }.ok_or_else(error::no_memory)
}

/// The attributes of this thread, made and initialised when it first looks.
fn local_dict(this: &Object) -> Result<Owned> {
    // SAFETY: layout; the fields are copied before anything else runs.
    let (key, args, kwargs) = unsafe {
        let local = value::<Local>(this);
        ((*local).key.clone(), (*local).args.clone(), (*local).kwargs.clone())
    };
    let Some(key) = key else { return Err(raise!(SystemError, "thread-local data was cleared")) };
    if let Some(found) = dict::get(thread_dict()?, &key)? {
        return Ok(found);
    }
    let own = dict::new()?;
    dict::set(thread_dict()?, &key, &own)?;
    // SAFETY: a live type; slot.
    unsafe {
        if let Some(init) = (*this.ty()).tp_init {
            let args = args.unwrap_or_else(tuple::empty);
            let kwargs = kwargs.as_deref().map_or(std::ptr::null_mut(), Object::as_ptr);
            if init(this.as_ptr(), args.as_ptr(), kwargs) < 0 {
                let raised = error::caught(error::Raised::already());
                dict::pop(thread_dict()?, &key)?;
                return Err(error::restore(raised));
            }
        }
    }
    Ok(own)
}

fn local_getattr(this: &Object, name: &Object) -> Result<Owned> {
    let own = local_dict(this)?;
    if unicode::check(name) && unicode::equal_str(name, "__dict__") {
        return Ok(own);
    }
    match attr::generic_lookup(this, name, Some(&own), false)? {
        Some(found) => Ok(found),
        None => Err(attr::no_attribute(this, name)),
    }
}

unsafe extern "C" fn local_setattr(this: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (this, name, value) = unsafe { (Object::from_ptr(this), Object::from_ptr(name), Object::optional(value)) };
        let own = local_dict(this)?;
        if unicode::check(name) && unicode::equal_str(name, "__dict__") {
            let class = typeobject::tp_name(this.ty());
            return Err(raise!(AttributeError, "'{class}' object attribute '__dict__' is read-only"));
        }
        attr::generic_assign(this, name, value, Some(&own))
    })
}
