//! What a fatal error says below its first two lines: the exception that is set, the threads of the interpreter, and
//! the extension modules that are loaded. The process is broken when this runs: locks are tried, not waited for, and
//! what is not sure to be there is left out.

use super::faulthandler;
use crate::module::object as module;
use crate::object::{Object, error};
use crate::runtime::{Interpreter, process, unraisable};
use crate::state::{ThreadState, current, fatal};
use crate::types::{dict, exceptions, set, unicode};
use std::fmt::Write as _;

/// So many threads are listed at most.
const MAX_THREADS: usize = 100;

/// Writes it all. Called by any thread, attached or not.
pub fn details() {
    // What follows is an end by SIGABRT, of which nothing more is to be said.
    faulthandler::disable();
    let state = match current::get() {
        state if !state.is_null() => state,
        _ => current::gilstate(),
    };
    // SAFETY: a state that this thread knows is alive, or was left by finalization; so is its interpreter.
    let interp = if state.is_null() { process::main() } else { unsafe { (*state).interp() }.cast() };
    let traceback = !current::get().is_null() && print_exception();
    if !traceback {
        let mut text = String::from("\n");
        if !interp.is_null() {
            list_threads(interp, state, &mut text);
        }
        fatal::write_stderr(&text);
    }
    if !interp.is_null() {
        list_extensions(interp);
    }
}

/// Prints the exception that is set; true if it came with a traceback.
fn print_exception() -> bool {
    let Some(exception) = error::take() else { return false };
    let traceback = exceptions::traceback(&exception).is_some();
    unraisable::print(&exception, None);
    traceback
}

fn list_threads(interp: *mut Interpreter, mine: *mut ThreadState, text: &mut String) {
    // Without it, if a thread has it and is perhaps this one: nothing better will come.
    let _lists = process::try_lists();
    // SAFETY: the list is ours under the lock.
    let mut state = unsafe { (*interp).threads };
    for n in 0.. {
        if state.is_null() {
            return;
        }
        if n > 0 {
            text.push('\n');
        }
        if n == MAX_THREADS {
            text.push_str("...\n");
            return;
        }
        // SAFETY: in the list, so alive.
        unsafe {
            let which = if state == mine { "Current thread" } else { "Thread" };
            let _ = writeln!(
                text,
                "{which} 0x{:016x}{} (most recent call first):\n  <no Python frame>",
                (*state).base.thread_id,
                name(state)
            );
            state = (*state).base.next.cast();
        }
    }
}

/// " [name]" as the system knows the thread; nothing if it has none, or is gone.
///
/// # Safety
/// `state` is alive.
unsafe fn name(state: *mut ThreadState) -> String {
    // SAFETY: the caller's word.
    let (thread, native) = unsafe { ((*state).base.thread_id, (*state).base.native_thread_id) };
    let place = if thread == process::this_thread() {
        "thread-self/comm".to_string()
    } else if thread == process::main_thread_id() {
        // After a `fork` that nobody was told of it has another number.
        "self/comm".to_string()
    } else {
        format!("self/task/{native}/comm")
    };
    let Ok(name) = std::fs::read(format!("/proc/{place}")) else { return String::new() };
    let name = String::from_utf8_lossy(name.trim_ascii_end()).into_owned();
    if name.is_empty() { name } else { format!(" [{name}]") }
}

/// The names of extension modules in `sys.modules`, less those of CPython's own library.
fn list_extensions(interp: *mut Interpreter) {
    // SAFETY: the interpreter's own dicts, or NULL.
    let (modules, sys) = unsafe { (Object::optional((*interp).modules), Object::optional((*interp).sysdict)) };
    let Some(modules) = modules.filter(|modules| dict::check_exact(modules)) else { return };
    let mut known = None;
    let mut at = 0;
    // Looked for one by one: making a str takes a thread state.
    while let Some((key, value)) = sys.filter(|sys| dict::check_exact(sys)).and_then(|sys| dict::next(sys, &mut at)) {
        if unicode::check_exact(key) && unicode::as_str(key).is_ok_and(|key| key == "stdlib_module_names") {
            known = Some(value).filter(|known| set::check_frozen(known));
        }
    }
    let (mut names, mut at) = (Vec::new(), 0);
    while let Some((key, value)) = dict::next(modules, &mut at) {
        // SAFETY: a module's definition lives as long as the module.
        let extension = module::check(value)
            && unsafe {
                let def = module::definition(value);
                !def.is_null() && !(*def).m_methods.is_null()
            };
        let is_known = || {
            known.is_some_and(|known| match set::late::keys(known) {
                Some(keys) => unicode::as_str(key).is_ok_and(|key| keys.contains(&key)),
                None => set::contains(known, key).unwrap_or(false),
            })
        };
        if extension
            && unicode::check_exact(key)
            && !is_known()
            && let Ok(name) = unicode::as_str(key)
        {
            names.push(ascii(name));
        }
    }
    if !names.is_empty() {
        fatal::write_stderr(&format!("\nExtension modules: {} (total: {})\n", names.join(", "), names.len()));
    }
}

fn ascii(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        let _ = match c as u32 {
            0x20..=0x7e => write!(text, "{c}"),
            n @ 0..=0xff => write!(text, "\\x{n:02x}"),
            n @ 0..=0xffff => write!(text, "\\u{n:04x}"),
            n => write!(text, "\\U{n:08x}"),
        };
    }
    text
}
