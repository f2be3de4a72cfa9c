//! What the locks of this runtime are made of. The files that `model` explores take it from here, under the name
//! `super::sync`; there the same name stands for primitives whose interleavings are all tried.

pub use parking_lot::{Condvar, Mutex};
pub use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// `since` is `time` ago, or longer.
pub fn has_passed(since: Instant, time: Duration) -> bool {
    since.elapsed() >= time
}

/// About a microsecond, in steps.
pub fn moments() -> impl Iterator<Item = ()> {
    (0..40).map(|_| std::hint::spin_loop())
}
