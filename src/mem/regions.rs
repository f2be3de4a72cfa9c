//! Regions: whose memory a thread takes over.
//!
//! What a thread leaves in the pool when it ends goes to a thread that needs memory. If that were any thread,
//! interpreters that run side by side would soon have their objects in the same cache lines, and wait for each other at
//! every write. So a thread that begins in an interpreter with a GIL of its own takes over only what threads of the
//! same region left. A region stays with its GIL, which later interpreters use again: what lies in it is not lost when
//! an interpreter ends.

use crate::abi::*;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

unsafe extern "C" {
    fn mi_subproc_new() -> *mut c_void;
    fn mi_subproc_add_current_thread(id: *mut c_void);
}

/// A region of the pool, made when the first thread joins it. NULL is the one where every thread begins.
pub struct Region(AtomicPtr<c_void>);

impl Region {
    pub const fn new() -> Region {
        Region(AtomicPtr::new(ptr::null_mut()))
    }

    /// The same region, where only its address is kept.
    pub fn moved(&self) -> Region {
        Region(AtomicPtr::new(self.0.load(Ordering::Relaxed)))
    }

    /// This thread belongs to the region from now on, if it belongs to none. Only one thread joins a region at a time.
    pub fn join(&self) {
        // SAFETY: a region is never given up; without memory for one the thread stays where it is.
        unsafe {
            if self.0.load(Ordering::Relaxed).is_null() {
                self.0.store(mi_subproc_new(), Ordering::Relaxed);
            }
            let region = self.0.load(Ordering::Relaxed);
            if !region.is_null() {
                mi_subproc_add_current_thread(region);
            }
        }
    }
}
