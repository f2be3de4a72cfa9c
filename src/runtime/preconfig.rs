//! What a life of the runtime was preinitialised with (`_PyRuntime.preconfig`).

use crate::abi::*;
use parking_lot::Mutex;

static SETTLED: Mutex<Option<PyPreConfig>> = Mutex::new(None);

/// A copy; nothing before it is settled, and after a life.
pub fn settled() -> Option<PyPreConfig> {
    *SETTLED.lock()
}

pub fn settle(config: PyPreConfig) {
    *SETTLED.lock() = Some(config);
}

/// A life ends: the next one is preinitialised anew.
pub fn forget() {
    *SETTLED.lock() = None;
}

/// UTF-8 mode: the locale's encoding does not count.
pub fn utf8_mode() -> bool {
    settled().is_some_and(|config| config.utf8_mode > 0)
}
