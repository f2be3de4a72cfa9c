//! The GIL of an interpreter: who holds it may touch the interpreter's objects.
//!
//! One word says everything that the fast paths need: whether it is held, and whether others stand in line for it.
//! Taking a free GIL that nobody waits for is one compare-and-exchange, and so is dropping it; neither touches the
//! mutex. The rest is for contention:
//!
//! - Waiters stand in line. A GIL that is dropped is free, and the first in line is woken. Who comes along just then
//!   may be faster: waking a thread takes long, and in the meantime others get work done.
//! - A waiter that is awake looks at a free GIL for a microsecond before it takes it. A holder that lets go for a
//!   moment only, again and again, so keeps it for its turn; were it caught at some such moment, turns would have any
//!   length, and some threads many times what others have.
//! - That ends after the switch interval (5 ms): who drops the GIL when the first in line has waited for so long hands
//!   it over. It is then held all the time, so nobody else can have it, and who dropped it stands in line when it comes
//!   back.
//! - A holder that doesn't drop it is asked: a waiter whose interval is over sets `drop_request`, which the holder sees
//!   at the next place where it may let go. That a GIL is handed over does not depend on this, nor on when the system
//!   lets the waiter run: the holder looks at the clock itself.
//!
//! A waiter writes nothing into the holder's thread state: the holder may drop the GIL and end at any time.
//!
//! `model` explores this file over other primitives: what blocks, is shared or tells the time comes from `sync`.

use super::sync::{AtomicBool, AtomicU32, AtomicU64, Condvar, Mutex, Ordering, RINGS, has_passed, moments, nap};
use crate::mem::regions::Region;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const FREE: u32 = 0;
const HELD: u32 = 1;
/// The line is not empty. Changed with the mutex held only, together with the line.
const WAITED: u32 = 2;

struct Queue {
    /// Where each waiter sleeps, on its own stack: it stands in the line until it has the GIL.
    line: VecDeque<*const Condvar>,
    /// The first in line has been given the GIL, and has still to notice.
    handed: bool,
    /// How often a waiter got the GIL.
    switches: u64,
    /// The first in line is to be woken when the GIL is dropped.
    rings: bool,
    /// Since when the first in line has waited, or the GIL has not changed hands in the line, whatever is later.
    since: Instant,
}

// SAFETY: a waiter's place is valid while it stands in the line.
unsafe impl Send for Queue {}

/// On cache lines of its own: other interpreters have theirs.
#[repr(align(128))]
pub struct Gil {
    word: AtomicU32,
    drop_request: AtomicBool,
    interval_us: AtomicU64,
    queue: Mutex<Queue>,
    /// Of the pool, for the threads of an interpreter that has this GIL to itself.
    pub region: Region,
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

    pub fn new() -> Gil {
        Gil {
            word: AtomicU32::new(FREE),
            drop_request: AtomicBool::new(false),
            interval_us: AtomicU64::new(5000),
            queue: Mutex::new(Queue {
                line: VecDeque::new(),
                handed: false,
                switches: 0,
                rings: true,
                since: Instant::now(),
            }),
            region: Region::new(),
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
        if self.word.compare_exchange(WAITED, WAITED | HELD, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            return;
        }
        // SAFETY: this thread's errno.
        let errno = unsafe { *libc::__errno_location() };
        let place = Condvar::new();
        let me: *const Condvar = &place;
        let mut queue = self.queue.lock();
        if queue.line.is_empty() {
            queue.since = Instant::now();
            self.word.fetch_or(WAITED, Ordering::Relaxed);
        }
        queue.line.push_back(me);
        let (mut asked, mut stays_free, mut sleeps) = (None, false, 0);
        loop {
            let first = queue.line.front() == Some(&me);
            if first {
                if queue.handed {
                    break;
                }
                if self.word.load(Ordering::Relaxed) & HELD == 0 {
                    if (stays_free || has_passed(queue.since, self.respite()))
                        && self.word.fetch_or(HELD, Ordering::Acquire) & HELD == 0
                    {
                        break;
                    }
                    drop(queue);
                    stays_free = moments().all(|_| self.word.load(Ordering::Relaxed) & HELD == 0);
                    queue = self.queue.lock();
                    continue;
                }
            }
            stays_free = false;
            let seen = queue.switches;
            let interval = self.respite();
            let time = match asked {
                Some(before) if before == seen => interval,
                _ => (queue.since + interval).saturating_duration_since(Instant::now()),
            };
            let looks = first && sleeps == RINGS;
            let timed_out = if looks {
                queue.rings = false;
                nap(&place, &mut queue, time)
            } else {
                sleeps += u32::from(first);
                place.wait_for(&mut queue, time).timed_out()
            };
            if timed_out && queue.switches == seen && (!looks || has_passed(queue.since, interval)) {
                asked = Some(seen);
                self.drop_request.store(true, Ordering::Relaxed);
            }
        }
        queue.line.pop_front();
        queue.handed = false;
        queue.switches += 1;
        queue.rings = true;
        if queue.line.is_empty() {
            self.word.fetch_and(!WAITED, Ordering::Relaxed);
        } else {
            queue.since = Instant::now();
        }
        self.drop_request.store(false, Ordering::Relaxed);
        drop(queue);
        // SAFETY: this thread's errno.
        unsafe { *libc::__errno_location() = errno };
    }

    /// Lets go. `errno` stays as it is.
    #[inline(always)]
    pub fn release(&self) {
        if self.word.compare_exchange(HELD, FREE, Ordering::Release, Ordering::Relaxed).is_err() {
            self.release_contended();
        }
    }

    #[cold]
    #[inline(never)]
    fn release_contended(&self) {
        // SAFETY: this thread's errno.
        let errno = unsafe { *libc::__errno_location() };
        let mut queue = self.queue.lock();
        if let Some(&first) = queue.line.front() {
            queue.handed = self.is_wanted() || has_passed(queue.since, self.respite());
            if queue.handed || queue.rings {
                // SAFETY: it stands in the line, so its place is valid; it leaves under the mutex only.
                unsafe { (*first).notify_one() };
            }
        }
        if !queue.handed {
            self.word.fetch_and(!HELD, Ordering::Release);
        }
        drop(queue);
        // SAFETY: this thread's errno.
        unsafe { *libc::__errno_location() = errno };
    }

    #[cfg(test)]
    pub fn is_held(&self) -> bool {
        self.word.load(Ordering::Relaxed) & HELD != 0
    }

    /// Somebody has waited for longer than the switch interval.
    #[inline(always)]
    pub fn is_wanted(&self) -> bool {
        self.drop_request.load(Ordering::Relaxed)
    }

    pub fn interval(&self) -> Duration {
        Duration::from_micros(self.interval_us.load(Ordering::Relaxed))
    }

    /// How long a holder is left alone: the switch interval, which may be set to nothing.
    fn respite(&self) -> Duration {
        self.interval().max(Duration::from_micros(1))
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
        let region = self.region.moved();
        // SAFETY: nobody else; the old mutex is forgotten, not dropped.
        unsafe { std::ptr::write(self, Gil { region, ..Gil::new() }) };
        self.interval_us.store(interval, Ordering::Relaxed);
        self.word.store(HELD, Ordering::Relaxed);
    }
}
