//! Memory of a new object that is written from the front to the end, once.

/// The rest of the memory that is to be written.
pub struct Place {
    at: *mut u8,
    left: usize,
}

impl Place {
    /// # Safety
    /// `at` has `n` bytes that nobody else sees for as long as the place is used.
    #[inline]
    pub unsafe fn new(at: *mut u8, n: usize) -> Place {
        Place { at, left: n }
    }

    #[inline]
    fn take(&mut self, n: usize) -> *mut u8 {
        assert!(n <= self.left, "more is written than there is room for");
        let at = self.at;
        self.at = at.wrapping_add(n);
        self.left -= n;
        at
    }

    /// Writes `bytes`, and gives them as they stand there now.
    #[inline]
    pub fn put(&mut self, bytes: &[u8]) -> &mut [u8] {
        let at = self.take(bytes.len());
        // SAFETY: there is room, and the memory is new: `bytes` is elsewhere.
        unsafe {
            at.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            std::slice::from_raw_parts_mut(at, bytes.len())
        }
    }

    #[inline]
    pub fn push(&mut self, byte: u8) {
        // SAFETY: there is room.
        unsafe { self.take(1).write(byte) };
    }

    #[inline]
    pub fn fill(&mut self, byte: u8, n: usize) {
        // SAFETY: there is room.
        unsafe { self.take(n).write_bytes(byte, n) };
    }

    /// Everything must be written before others see it.
    #[inline]
    pub fn finish(self) {
        assert!(self.left == 0, "less is written than there is room for");
    }
}
