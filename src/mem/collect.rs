//! Collecting.

/// A full collection; how many objects were unreachable.
pub fn collect_full() -> isize {
    0
}

/// The collection that is due, if one is.
pub fn collect_scheduled() {}
