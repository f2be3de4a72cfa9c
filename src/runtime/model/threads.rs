//! The GIL as it is, with threads of the operating system.

use crate::runtime::gil::Gil;
use std::cell::UnsafeCell;
use std::sync::Arc;

struct Shared(Gil, UnsafeCell<u64>);
// SAFETY: the cell is touched with the GIL held only: that is the test.
unsafe impl Sync for Shared {}
// SAFETY: the cell is touched with the GIL held only: that is the test.
unsafe impl Send for Shared {}

#[test]
fn excludes() {
    let shared = Arc::new(Shared(Gil::new(), UnsafeCell::new(0)));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let shared = shared.clone();
            std::thread::spawn(move || {
                for _ in 0..20_000 {
                    shared.0.take();
                    // SAFETY: the GIL is held.
                    unsafe { *shared.1.get() += 1 };
                    shared.0.release();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    // SAFETY: everybody else is done.
    assert_eq!(unsafe { *shared.1.get() }, 160_000);
    assert!(!shared.0.is_held());
}

#[test]
fn a_waiter_asks_and_is_served() {
    let gil = Arc::new(Gil::new());
    gil.take();
    let other = gil.clone();
    let waiter = std::thread::spawn(move || {
        other.take();
        other.release();
    });
    while !gil.is_wanted() {
        std::thread::yield_now();
    }
    gil.release();
    waiter.join().unwrap();
    assert!(!gil.is_wanted());
    gil.take();
    gil.release();
}
