//! A configuration for a runtime that is up: initialising it once more gives it new options, and `sys` shows them.
//! What was done at the start is not done again: handlers of signals, standard streams, encodings and finding folders.

use super::{clear, copy, read, runtime, wide};
use crate::abi::*;
use crate::lifecycle::exit::status_error;
use crate::lifecycle::{legacy, path_config};
use crate::object::error;
use crate::runtime::{Interpreter, interp};
use crate::state::current;
use crate::types::long;

pub fn reconfigure(config: &PyConfig) -> Result<(), PyStatus> {
    let mut fresh = super::new(config._config_init);
    // SAFETY: its texts are its own.
    let result = unsafe {
        copy(config, &mut fresh).and_then(|()| read(&mut fresh)).and_then(|()| {
            if current::get().is_null() {
                return Err(status_error(c"pyinit_core_reconfigure", c"failed to read thread state"));
            }
            put_into_force(&fresh)
        })
    };
    // SAFETY: its texts are its own, and not used again.
    unsafe { clear(&mut fresh) };
    result
}

/// # Safety
/// Attached.
unsafe fn put_into_force(fresh: &PyConfig) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let interp = interp();
        let config = &mut (*interp).config;
        legacy::flags_from(fresh);
        copy(fresh, config)?;
        if Interpreter::is_main(interp) {
            path_config::update_from(config);
        }
        path_config::set_command_line(wide::items(&raw mut config.orig_argv));
        long::text::set_max_str_digits(config.int_max_str_digits);
        if runtime::update_sys().is_err() {
            error::clear();
            return Err(status_error(c"pyinit_main_reconfigure", c"fail to reconfigure Python"));
        }
    }
    Ok(())
}
