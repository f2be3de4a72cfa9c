//! Starting and ending: the process once, then interpreters.
//!
//! The parts of an interpreter's life stand in two lists, [`start`] and [`clear_objects`]: what a room above or below
//! has to do when an interpreter comes or goes is one line there, in order.

pub mod config;
mod ctype;
pub mod exit;
mod faulthandler;
pub mod fork;
pub mod legacy;
pub mod modules;
pub mod path_config;
pub mod preinit;
mod report;
pub mod static_types;
pub mod subinterpreter;

use crate::abi::*;
use crate::collect;
use crate::crossinterp;
use crate::import;
use crate::mem::{cradle, domains, gc};
use crate::object::{Object, Result, error};
use crate::raise;
use crate::runtime::{
    Interpreter, audit, gilstate, interpreter::AtExit, pending, preconfig, process, signals, sys, thread, unraisable,
};
use crate::state::fatal::{self, Phase, fatal_error};
use crate::state::{GENERATIONS, ThreadState, current};
use crate::types::{self, dict, exceptions, long, pyhash, typeobject, unicode};
use config::wide;
use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

/// The process-wide part was done: static types are ready and immortal, for all interpreters that ever come.
static READY: AtomicBool = AtomicBool::new(false);

/// `Py_InitializeEx`. Does nothing when the runtime is up. A failure ends the process.
pub fn initialize(install_signal_handlers: bool) {
    if process::is_initialized() {
        return;
    }
    let mut config = config::new(config::COMPAT);
    config.install_signal_handlers = c_int::from(install_signal_handlers);
    if let Err(status) = initialize_from(&config) {
        // SAFETY: the texts of our statuses are static.
        unsafe { exit::exit_with(&status) };
    }
}

/// `Py_InitializeFromConfig`. A runtime that is up gets the new configuration (see `config::again`).
pub fn initialize_from(config: &PyConfig) -> std::result::Result<(), PyStatus> {
    if process::is_initialized() {
        return config::again::reconfigure(config);
    }
    preinit::run_for(config, || arguments_of(config))?;
    abandon_main();
    if process::was_finalized() {
        fatal::set_phase(Phase::Preinitialized);
        pending::forget_main();
    }
    process::set_main_thread();
    process::set_finalizing(ptr::null_mut());
    let _cradled = domains::Cradled::new();
    let interp = Interpreter::new(_PyInterpreterState_WHENCE_RUNTIME);
    if interp.is_null() {
        return Err(exit::status_error(c"pycore_create_interpreter", c"can't make main interpreter"));
    }
    // SAFETY: new; the main interpreter's GIL is its own, boxed as every other.
    unsafe {
        Interpreter::set_gil(interp, true);
        (*interp).features = process::FEATURE_USE_MAIN_OBMALLOC
            | process::FEATURE_THREADS
            | process::FEATURE_DAEMON_THREADS
            | process::FEATURE_FORK
            | process::FEATURE_EXEC;
        let own = &mut (*interp).config;
        let configured =
            config::copy(config, own).and_then(|()| config::read(own)).and_then(|()| config::paths::find(own));
        if let Err(status) = configured {
            config::clear(own);
            delete(interp);
            return Err(status);
        }
        legacy::flags_from(own);
        path_config::set_command_line(config::wide::items(&raw mut own.orig_argv));
        if own.configure_c_stdio != 0 {
            config::stdio::configure(own);
        }
        let tstate = thread::new(interp, _PyThreadState_WHENCE_INIT);
        if tstate.is_null() {
            return Err(exit::status_error(c"pycore_create_interpreter", c"can't make first thread"));
        }
        thread::attach(tstate);
        gilstate::set_checking(true);
        fatal::set_phase(Phase::CoreInitialized);
        fatal::DETAILS.store(report::details as *mut (), Ordering::Relaxed);
        // What fails from here on leaves it standing, attached, for a report to look at.
        start(interp, (c"init_interp_main", c"can't start the main interpreter"))?;
        let config = &mut (*interp).config;
        if config.tracemalloc > MAX_TRACED_FRAMES {
            let _raised = raise!(ValueError, "the number of frames must be in range [1; {MAX_TRACED_FRAMES}]");
            return Err(exit::status_error(c"init_interp_main", c"can't start tracemalloc"));
        }
        path_config::update_from(config);
        legacy::set_file_names(Some(&(*interp).base.unicode.file_system));
        if config.faulthandler > 0 {
            faulthandler::enable();
        }
        if config.install_signal_handlers != 0 {
            signals::install();
        }
    }
    if preinit::option("coerce_c_locale_warn") != 0 && ctype::is_legacy(true) {
        unraisable::write_stderr(ctype::WARNING);
    }
    process::set_initialized(true);
    fatal::set_phase(Phase::Initialized);
    Ok(())
}

/// More than that `tracemalloc` could not keep of an allocation.
const MAX_TRACED_FRAMES: c_int = 65535;

/// Takes away the main interpreter of a start that failed.
fn abandon_main() {
    if process::main().is_null() {
        return;
    }
    // SAFETY: no start was finished, so nobody else is attached.
    unsafe {
        let tstate = final_state();
        error::clear();
        abandon(process::main(), tstate);
    }
    gilstate::set_checking(false);
}

/// The arguments that a configuration has.
pub fn arguments_of(config: &PyConfig) -> Vec<Vec<u8>> {
    // SAFETY: the list is only read.
    unsafe { wide::items((&raw const config.argv).cast_mut()).iter().map(|text| wide::pack(text)).collect() }
}

/// Prints the exception that is set.
fn print_exception() {
    if let Some(exception) = error::take() {
        unraisable::print(&exception, None);
    }
}

/// What is done once in a process, in the first interpreter: all that it makes is immortal.
unsafe fn start_process(interp: *mut Interpreter) -> Result<()> {
    if READY.load(Ordering::Acquire) {
        return Ok(());
    }
    start_hashing(interp);
    typeobject::shared_dict::set_more_of(static_types::more_of);
    types::table::ready_all(&static_types::above())?;
    crate::builtins::start_sys()?;
    unicode::intern::seal();
    cradle::keep();
    READY.store(true, Ordering::Release);
    Ok(())
}

/// Fixes the key of all hashes of text and bytes.
fn start_hashing(interp: *mut Interpreter) {
    // SAFETY: alive, its configuration read.
    let (fixed, seed) = unsafe { ((*interp).config.use_hash_seed != 0, (*interp).config.hash_seed as u32) };
    if !pyhash::init_secret(fixed.then_some(seed)) {
        fatal_error("_Py_HashRandomization_Init", "failed to get random numbers to initialize Python");
    }
}

/// Sets a new interpreter up; this thread is attached to it. `failure` is what the status says of a failure that has no
/// status of its own: the function, and the fault.
///
/// # Safety
/// `interp` is new and nobody else is attached to it.
unsafe fn start(
    interp: *mut Interpreter,
    failure: (&'static CStr, &'static CStr),
) -> std::result::Result<(), PyStatus> {
    let failed = |_| exit::status_error(failure.0, failure.1);
    // SAFETY: attached; the interpreter is new.
    unsafe {
        long::text::set_max_str_digits((*interp).config.int_max_str_digits);
        start_process(interp).and_then(|()| exceptions::memory::prepare()).map_err(failed)?;
        config::encodings::resolve(&mut (*interp).config, &mut (*interp).base.unicode.file_system)?;
        start_modules(interp).map_err(failed)
    }
}

/// # Safety
/// As [`start`].
unsafe fn start_modules(interp: *mut Interpreter) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        modules::start(interp, modules::search_path(interp))?;
        config::runtime::fill_sys()?;
        (*interp).ready = true;
        // Its options are filters that hold from the start; other interpreters import it when they want to.
        if Interpreter::is_main(interp)
            && !crate::lifecycle::config::wide::items(&raw mut (*interp).config.warnoptions).is_empty()
        {
            modules::import_warnings()?;
        }
    }
    Ok(())
}

/// Takes an interpreter's objects away, in CPython's order (`PyInterpreterState_Clear`).
///
/// # Safety
/// This thread is attached; nobody else is attached to `interp`, and nothing of it is used afterwards.
pub unsafe fn clear_objects(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        error::clear();
        if audit::audit(c"cpython.PyInterpreterState_Clear", None).is_err() {
            error::clear();
        }
        thread::clear_all(interp);
        Interpreter::clear_field(&raw mut (*interp).audit_hooks);
        unicode::registry::clear(&mut (*interp).base.unicode);
        for place in [
            &raw mut (*interp).importlib,
            &raw mut (*interp).import_func,
            &raw mut (*interp).atexit_callbacks,
            &raw mut (*interp).sysdict_copy,
            &raw mut (*interp).builtins_copy,
            &raw mut (*interp).dict,
            &raw mut (*interp).base.exceptions.exception_group,
        ] {
            Interpreter::clear_field(place);
        }
        take_at_exit(interp, true);
        collect::collect(GENERATIONS - 1, collect::Reason::Shutdown);
        for place in [
            &raw mut (*interp).base.gc.garbage,
            &raw mut (*interp).base.gc.callbacks,
            &raw mut (*interp).base.exceptions.warnings.filters,
            &raw mut (*interp).base.exceptions.warnings.once_registry,
            &raw mut (*interp).base.exceptions.warnings.default_action,
        ] {
            Interpreter::clear_field(place);
        }
        // Destructors could look into these until now.
        for place in [&raw mut (*interp).sysdict, &raw mut (*interp).builtins] {
            if let Some(dict) = Object::optional(*place) {
                dict::clear(&dict.to_owned());
            }
            Interpreter::clear_field(place);
        }
        for place in [&raw mut (*interp).modules_by_index, &raw mut (*interp).modules] {
            Interpreter::clear_field(place);
        }
        // What destructors made them find again.
        unicode::registry::clear(&mut (*interp).base.unicode);
        import::classes::free(&mut (*interp).imports);
        typeobject::subclasses::clear_dicts(&raw mut (*interp).base.types);
        crossinterp::error::clear(interp);
        crossinterp::registry::clear(interp);
        // Threads that hang may do so while they wait for one of these locks: then they stay.
        if thread::is_only_one(interp) {
            import::modlock::free(&mut (*interp).imports);
            import::lock::free(&mut (*interp).imports);
        }
    }
}

/// `PyInterpreterState_Delete`: an interpreter that was cleared, with the thread states it has left.
///
/// # Safety
/// No thread is attached to it but perhaps this one.
pub unsafe fn delete(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        let me = current::get();
        if !me.is_null() && (*me).interp().cast::<Interpreter>() == interp {
            thread::detach(me);
        }
        thread::delete_mine(interp);
        (*interp).pending.free();
        delete_tables(interp);
        Interpreter::delete(interp);
    }
}

/// Frees the tables that rooms below keep in an interpreter, when no object of it is left.
///
/// # Safety
/// As [`delete`].
unsafe fn delete_tables(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        config::clear(&mut (*interp).config);
        typeobject::cache::empty(&raw mut (*interp).base.types);
        typeobject::subclasses::finish(&raw mut (*interp).base.types);
        unicode::intern::clear_interpreter(&mut (*interp).base.unicode);
        unicode::paths::clear_codec(&mut (*interp).base.unicode.file_system);
    }
}

/// The first part of an end: Python's side runs down, while all is as it was. Threads that are no daemons, then pending
/// calls, then `atexit`.
fn run_down() {
    crate::builtins::wait_for_threads();
    finish_pending_calls();
    crate::builtins::call_exit_functions();
}

/// The second part: from here on other threads stop where they want to attach, and what they left goes; then the
/// modules go, then the interpreter. Afterwards no thread state is attached. False if flushing standard output failed,
/// as it is when the main interpreter ends.
///
/// # Safety
/// `tstate` is this thread's attached state, of `interp`.
unsafe fn take_apart(interp: *mut Interpreter, tstate: *mut ThreadState) -> bool {
    let is_main = Interpreter::is_main(interp);
    let mut flushed = true;
    // SAFETY: the caller's word.
    unsafe {
        (*interp).finalizing.store(tstate, Ordering::Release);
        if is_main {
            process::set_finalizing(tstate);
            process::set_initialized(false);
            fatal::set_phase(Phase::Finalizing);
        }
        thread::shut_down_others(interp);
        thread::clear_others(interp);
        if is_main {
            flushed = modules::flush();
            signals::restore();
            collect::collect_if_enabled();
        }
        modules::end(interp);
        if is_main {
            flushed &= modules::flush();
        }
        clear_objects(interp);
        // What finalizers left there, and what the last of them let go.
        thread::clear_all(interp);
        collect::collect(GENERATIONS - 1, collect::Reason::Shutdown);
        // Functions that were registered since the others were called are not called any more.
        take_at_exit(interp, false);
        Interpreter::clear_field(&raw mut (*interp).dict);
        thread::clear(tstate);
        error::clear();
        if is_main {
            audit::clear_c_hooks();
            if sys::verbosity() > 0 {
                sys::say("# clear sys.audit hooks\n");
            }
        }
        exceptions::memory::release();

        gc::fini(interp.cast());
        (*interp).base.freelists.release();
        delete_tables(interp);
        // States that are left stay, whoever made them: a thread may still come back with one of them.
        thread::delete_current(tstate);
        (*interp).pending.free();
        Interpreter::delete(interp);
    }
    flushed
}

/// Ends an interpreter that is not the main one. Afterwards no thread state is attached.
///
/// # Safety
/// As [`take_apart`].
unsafe fn end(interp: *mut Interpreter, tstate: *mut ThreadState) {
    run_down();
    // SAFETY: the caller's word.
    unsafe { take_apart(interp, tstate) };
}

/// The state to finalize in: the main thread's own state of the main interpreter, as long as this is the main thread;
/// else what is attached, or a new one.
unsafe fn final_state() -> *mut ThreadState {
    let main = process::main();
    let me = current::get();
    // SAFETY: the main interpreter is alive.
    unsafe {
        if !me.is_null() && (*me).interp().cast::<Interpreter>() == main {
            return me;
        }
        let mine = thread::of_this_thread(main);
        let state = if mine.is_null() { thread::new(main, _PyThreadState_WHENCE_FINI) } else { mine };
        thread::swap(state);
        state
    }
}

/// `Py_FinalizeEx`: 0, or -1 if flushing standard output failed.
pub fn finalize() -> c_int {
    if !process::is_initialized() {
        return 0;
    }
    // SAFETY: attached from here on.
    let flushed = unsafe {
        let tstate = final_state();
        run_down();
        let ended = subinterpreter::end_all();
        let _cradled = domains::Cradled::new();
        take_apart(process::main(), tstate) && ended
    };
    pending::forget_main();
    legacy::set_file_names(None);
    exit::call_all();
    gilstate::set_checking(false);
    faulthandler::disable();
    preconfig::forget();
    if flushed { 0 } else { -1 }
}

/// Makes every pending call that is left. What one raises is printed, as the context of the complaint that it did.
fn finish_pending_calls() {
    while pending::any() {
        if let Err(raised) = pending::make_calls() {
            let first = error::caught(raised);
            let _ = error::bad_internal_call();
            exceptions::chain_context(first);
            print_exception();
        }
    }
}

/// Takes out what `PyUnstable_AtExit` registered, newest first, and calls it or not.
unsafe fn take_at_exit(interp: *mut Interpreter, call: bool) {
    // SAFETY: attached; each link is taken out before its function runs.
    unsafe {
        let mut link = ptr::replace(&raw mut (*interp).atexit_c, ptr::null_mut());
        while !link.is_null() {
            let AtExit { function, data, next } = link.read();
            domains::raw_free(link.cast());
            if call && let Some(function) = function {
                function(data);
            }
            link = next;
        }
    }
}

/// Gives a half-made interpreter up.
///
/// # Safety
/// `tstate` is this thread's attached state, the only one of `interp`.
unsafe fn abandon(interp: *mut Interpreter, tstate: *mut ThreadState) {
    // SAFETY: the caller's word. Nobody could leave anything there to be called.
    unsafe { take_apart(interp, tstate) };
}
