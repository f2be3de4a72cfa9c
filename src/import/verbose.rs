//! What imports say on standard error when they are asked to: how long each takes (`-X importtime`), and where modules
//! come from (`-v`).

use crate::object::{Object, Owned, Result};
use crate::runtime::{interp, sys};
use crate::types::unicode;
use std::time::{Duration, Instant};

/// Says a line, if `-v` was given that often. What is no import begins with a number sign.
pub fn message(often: i32, text: impl FnOnce() -> Result<String>) {
    if sys::verbosity() < often {
        return;
    }
    let text = match text() {
        Ok(text) => text,
        Err(_) => return crate::object::error::clear(),
    };
    let sign = if text.starts_with('#') || text.starts_with("import ") { "" } else { "# " };
    sys::say(&format!("{sign}{text}\n"));
}

fn name_of(name: &Object) -> &str {
    unicode::as_str(name).unwrap_or_default()
}

/// Whether times are wanted: 1 for what is loaded, 2 for what is there already, too.
fn wanted() -> i32 {
    // SAFETY: attached.
    unsafe { (*interp()).config.import_time }
}

fn say_header() {
    // SAFETY: attached; plain fields.
    let timing = unsafe { &mut (*interp()).imports.timing };
    if !std::mem::replace(&mut timing.header_said, true) {
        eprintln!("import time: self [us] | cumulative | imported package");
    }
}

/// A module that was there.
#[inline]
pub fn cached(name: &Object) {
    if wanted() == 2 {
        say_header();
        // SAFETY: attached.
        let width = unsafe { (*interp()).imports.timing.level } as usize * 2;
        eprintln!("import time: cached    | cached     | {:>width$}", name_of(name));
    }
}

/// Loads a module, and says how long that took: by itself, and with all that it imported.
pub fn timed(name: &Object, load: impl FnOnce() -> Result<Owned>) -> Result<Owned> {
    if wanted() == 0 {
        return load();
    }
    say_header();
    // SAFETY: attached, before and after; the fields are plain.
    let timing = || unsafe { &raw mut (*interp()).imports.timing };
    // SAFETY: attached; nothing else refers to the fields.
    let before = unsafe {
        (*timing()).level += 1;
        std::mem::replace(&mut (*timing()).inner, Duration::ZERO)
    };
    let start = Instant::now();
    let result = load();
    let whole = start.elapsed();
    // SAFETY: attached; nothing else refers to the fields.
    unsafe {
        let timing = &mut *timing();
        timing.level -= 1;
        let own = whole.saturating_sub(timing.inner);
        timing.inner = before + whole;
        let width = timing.level as usize * 2;
        let micros = |time: Duration| time.as_nanos().div_ceil(1000);
        eprintln!("import time: {:9} | {:10} | {:width$}{}", micros(own), micros(whole), "", name_of(name));
    }
    result
}
