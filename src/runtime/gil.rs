//! The GIL of an interpreter: who holds it may touch the interpreter's objects.
//!
//! One word says everything that the fast paths need: free, held, or held with others waiting. Taking a free GIL is one
//! compare-and-exchange, dropping it one exchange; neither touches the mutex. The rest is for contention:
//!
//! - Waiters stand in line, and only the first in line may take a GIL that was dropped. (Who comes along just then may
//!   be faster: the line is for those who had to wait.)
//! - When the holder has had it for the switch interval (5 ms) with somebody waiting, a waiter asks for it:
//!   `drop_request`, which the holder sees at the next place where it may let go.
//! - A holder that was asked gives others their turn: having dropped the GIL it waits until one has taken it, so that
//!   it can't take it again at once. Without a request it doesn't wait: taking and dropping stays cheap.
//!
//! A waiter writes nothing into the holder's thread state: the holder may drop the GIL and end at any time.

//!
//! `model` explores this file over other primitives: what blocks or is shared comes from `sync`.

use super::sync::{AtomicBool, AtomicU32, AtomicU64, Condvar, Mutex, Ordering};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const FREE: u32 = 0;
const HELD: u32 = 1;
/// Held, and who drops it has to wake somebody.
const WAITED: u32 = 2;

struct Queue {
    /// Where each waiter sleeps, on its own stack: it stands in the line until it has the GIL.
    line: VecDeque<*const Condvar>,
    /// How often a waiter got the GIL.
    switches: u64,
    /// Since when the holder has it, or since when somebody waits, whatever is later.
    since: Option<Instant>,
}

// SAFETY: a waiter's place is valid while it stands in the line.
unsafe impl Send for Queue {}

pub struct Gil {
    word: AtomicU32,
    drop_request: AtomicBool,
    interval_us: AtomicU64,
    queue: Mutex<Queue>,
    switched: Condvar,
}

/// GILs that no interpreter uses. They are used again and never freed: a thread that has just let one go may still be
/// waking another up while the interpreter is ended.
static UNUSED: parking_lot::Mutex<Vec<&'static Gil>> = parking_lot::Mutex::new(Vec::new());

impl Gil {
    /// A free GIL for a new interpreter.
    pub fn obtain() -> &'static Gil {
        UNUSED.lock().pop().unwrap_or_else(|| Box::leak(Box::new(Gil::new())))
    }

    /// Takes back the GIL of an interpreter that is gone.
    pub fn give_back(gil: &'static Gil) {
        gil.interval_us.store(5000, Ordering::Relaxed);
        gil.drop_request.store(false, Ordering::Relaxed);
        UNUSED.lock().push(gil);
    }

    #[allow(clippy::new_without_default)]
    pub fn new() -> Gil {
        Gil {
            word: AtomicU32::new(FREE),
            drop_request: AtomicBool::new(false),
            interval_us: AtomicU64::new(5000),
            queue: Mutex::new(Queue { line: VecDeque::new(), switches: 0, since: None }),
            switched: Condvar::new(),
        }
    }

    /// Waits until the GIL is ours. `errno` stays as it is.
    #[inline(always)]
    pub fn take(&self) {
        if self.word.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.take_contended();
        }
    }

    #[cold]
    #[inline(never)]
    fn take_contended(&self) {
        // SAFETY: this thread's errno.
        let errno = unsafe { *libc::__errno_location() };
        let place = Condvar::new();
        let me: *const Condvar = &place;
        let mut queue = self.queue.lock();
        if queue.line.is_empty() {
            queue.since = Some(Instant::now());
        }
        queue.line.push_back(me);
        let mut asked = None;
        loop {
            let first = queue.line.front() == Some(&me);
            if first && self.word.swap(WAITED, Ordering::Acquire) == FREE {
                break;
            }
            let seen = queue.switches;
            let interval = Duration::from_micros(self.interval_us.load(Ordering::Relaxed).max(1));
            let time = match queue.since {
                Some(since) if asked != Some(seen) => (since + interval).saturating_duration_since(Instant::now()),
                _ => interval,
            };
            if place.wait_for(&mut queue, time).timed_out() && queue.switches == seen {
                asked = Some(seen);
                self.drop_request.store(true, Ordering::Relaxed);
            }
        }
        queue.line.pop_front();
        queue.switches += 1;
        if queue.line.is_empty() {
            // The word goes from HELD to WAITED under the mutex only, so nobody is forgotten.
            self.word.store(HELD, Ordering::Relaxed);
        } else {
            queue.since = Some(Instant::now());
        }
        self.drop_request.store(false, Ordering::Relaxed);
        self.switched.notify_all();
        drop(queue);
        // SAFETY: as above.
        unsafe { *libc::__errno_location() = errno };
    }

    /// Lets go. With `last` the caller never comes back, and so does not have to give way.
    #[inline(always)]
    pub fn release(&self, last: bool) {
        if self.word.swap(FREE, Ordering::Release) == WAITED {
            self.release_contended(last);
        }
    }

    #[cold]
    #[inline(never)]
    fn release_contended(&self, last: bool) {
        // SAFETY: this thread's errno.
        let errno = unsafe { *libc::__errno_location() };
        let mut queue = self.queue.lock();
        if let Some(&first) = queue.line.front() {
            // SAFETY: it stands in the line, so its place is valid; it leaves under the mutex only.
            unsafe { (*first).notify_one() };
        }
        if !last && !queue.line.is_empty() && self.drop_request.load(Ordering::Relaxed) {
            let seen = queue.switches;
            // The bound is for a third thread that takes the GIL without having queued.
            let interval = Duration::from_micros(self.interval_us.load(Ordering::Relaxed).max(1));
            while queue.switches == seen {
                if self.switched.wait_for(&mut queue, interval).timed_out() {
                    break;
                }
            }
        }
        drop(queue);
        // SAFETY: as above.
        unsafe { *libc::__errno_location() = errno };
    }

    #[cfg(test)]
    pub fn is_held(&self) -> bool {
        self.word.load(Ordering::Relaxed) != FREE
    }

    /// Somebody has waited for longer than the switch interval.
    #[inline(always)]
    pub fn is_wanted(&self) -> bool {
        self.drop_request.load(Ordering::Relaxed)
    }

    pub fn interval(&self) -> Duration {
        Duration::from_micros(self.interval_us.load(Ordering::Relaxed))
    }

    pub fn set_interval(&self, interval: Duration) {
        self.interval_us.store(interval.as_micros() as u64, Ordering::Relaxed);
    }

    /// After `fork`, in the child: the waiters are gone, and the mutex may have been theirs.
    ///
    /// # Safety
    /// This thread is the only one, and holds the GIL.
    pub unsafe fn after_fork(&mut self) {
        let interval = self.interval_us.load(Ordering::Relaxed);
        // SAFETY: nobody else; the old mutex is forgotten, not dropped.
        unsafe { std::ptr::write(self, Gil::new()) };
        self.interval_us.store(interval, Ordering::Relaxed);
        self.word.store(HELD, Ordering::Relaxed);
    }
}
