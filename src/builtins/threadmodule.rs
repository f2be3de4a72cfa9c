//! `_thread`: threads and locks; handles of threads, locks and thread-local data have rooms beside. A thread runs a
//! callable in a thread state of its own, made before it starts, so that the interpreter knows of it.

use super::native::{
    Arguments, BASE, PLAIN, class, described, fast, fast_keywords, make, module, noargs, one, publish, refs, state,
    stateful,
};
use super::set;
use super::thread_handle::{Done, HANDLE_SLOTS, Handle, handle_of, join};
use super::thread_local::{LOCAL_SLOTS, Local};
use super::thread_lock::{LOCK_SLOTS, Lock, RLOCK_SLOTS, RLock, make_lock};
use crate::abi::*;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, above, error};
use crate::raise;
use crate::runtime::{Interpreter, audit, interp, os_thread, process, signals, thread, time, unraisable};
use crate::state::{ThreadState, current};
use crate::types::structseq::StaticType;
use crate::types::{dict, exceptions, float, long, none, tuple, typeobject, unicode};
use std::sync::Arc;

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
        c"start_new_thread($module, function, args, kwargs={}, /)\n--\n\nCall function(*args, **kwargs) in a new \
        thread; its identifier.",
    ),
    PyMethodDef::fast(
        c"start_new",
        fast!(start_new_thread),
        c"start_new($module, function, args, kwargs={}, /)\n--\n\nAn old name of start_new_thread().",
    ),
    PyMethodDef::fast_keywords(
        c"start_joinable_thread",
        fast_keywords!(start_joinable_thread),
        c"start_joinable_thread($module, /, function, handle=None, daemon=True)\n--\n\nCall function() in a new thread \
        that can be joined; its handle.",
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
        c"stack_size($module, size=0, /)\n--\n\nThe size of the stack of new threads, 0 for the system's; set it if \
        size is given.",
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
        fast_keywords!(set_name),
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
    module: Some("_thread"),
    doc: c"ExceptHookArgs\n\nWhat an exception that a thread did not handle was, and of which thread.",
    fields: &[
        (c"exc_type", c"The exception's class."),
        (c"exc_value", c"The exception."),
        (c"exc_traceback", c"The exception's traceback."),
        (c"thread", c"The thread that ended so, or None."),
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
                above::unraisable("Exception ignored in thread started by %R", Some(&start.function));
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
    audit::audit_with(c"_thread.start_new_thread", || {
        tuple::from_slice(&[args[0], args[1], kwargs.as_deref().unwrap_or(none::none_ref())])
    })?;
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
    let daemon = daemon.map_or(Ok(true), Object::is_true)?;
    let handle = handle.filter(|handle| !handle.is_none());
    if handle.is_some_and(|handle| !handle.is_exact(class.cast())) {
        return Err(raise!(TypeError, "'handle' must be a _ThreadHandle"));
    }
    audit::audit_with(c"_thread.start_joinable_thread", || {
        let daemon = long::from_i64(daemon.into())?;
        tuple::from_slice(&[function, &*daemon, handle.unwrap_or(none::none_ref())])
    })?;
    let handle = match handle {
        Some(handle) => handle.to_owned(),
        None => make(class.cast(), Handle(Arc::default()))?,
    };
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

/// What the end of the interpreter waits for: as `threading` has it, or without that the threads of this module.
pub fn wait_for_threads() {
    let finish = || -> Result<()> {
        if let Some(threading) = crate::import::modules::get(name!(threading))? {
            return threading.call_method(name!(_shutdown), &[]).map(drop);
        }
        match crate::import::modules::get(name!(_thread))? {
            Some(module) if crate::module::check(&module) => shutdown(&module),
            _ => Ok(()),
        }
    };
    if finish().is_err() {
        unraisable::report("Exception ignored on threading shutdown");
    }
}

fn exit(_: &Object) -> Result<()> {
    Err(exceptions::raise_bare(&raw mut exceptions::SystemExit))
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

fn allocate_lock(module: &Object) -> Result<Owned> {
    match state::<State>(module).lock.clone() {
        Some(class) => make_lock(class.cast()),
        None => Err(raise!(SystemError, "_thread was cleared")),
    }
}
