//! What the locks of this runtime are made of. The files that `model` explores take it from here, under the name
//! `super::sync`; there the same name stands for primitives whose interleavings are all tried.

use parking_lot::MutexGuard;
pub use parking_lot::{Condvar, Mutex};
pub use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// `since` is `time` ago, or longer.
pub fn has_passed(since: Instant, time: Duration) -> bool {
    since.elapsed() >= time
}

/// About a microsecond, in steps; before it, whoever was driven off this processor has it back.
pub fn moments() -> impl Iterator<Item = ()> {
    std::thread::yield_now();
    (0..40).map(|_| std::hint::spin_loop())
}

/// So often who is first in line for the GIL goes to sleep, to be rung when it is dropped. After that it looks by itself.
pub const RINGS: u32 = 3;

/// The sleep from one such look to the next, for `time` at most. So long, at most, a GIL is free while somebody waits.
/// Whether nobody rang.
pub fn nap<T>(place: &Condvar, guard: &mut MutexGuard<'_, T>, time: Duration) -> bool {
    place.wait_for(guard, time.min(Duration::from_micros(100))).timed_out()
}
