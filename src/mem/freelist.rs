//! Free lists: a dead object's block waits for the next object of its kind. A block is the object's address; a
//! collectable object's header waits with it.

use super::{domains, gc};
use crate::abi::*;
use crate::state::{FreeList, FreeLists};

impl FreeList {
    /// A block, or NULL when none waits.
    #[inline(always)]
    pub fn pop(&mut self) -> *mut c_void {
        let block = self.head;
        if !block.is_null() {
            // SAFETY: a waiting block's first word links to the next.
            self.head = unsafe { *block.cast::<*mut c_void>() };
            self.len -= 1;
        }
        block
    }

    /// Keeps `block`, unless `limit` blocks wait already: then false, and the caller frees it.
    ///
    /// # Safety
    /// `block` is an allocated block of this list's kind that nothing uses.
    #[inline(always)]
    pub unsafe fn push(&mut self, block: *mut c_void, limit: usize) -> bool {
        if self.len >= limit {
            return false;
        }
        // SAFETY: the block is ours and has room for a pointer.
        unsafe { *block.cast::<*mut c_void>() = self.head };
        self.head = block;
        self.len += 1;
        true
    }
}

impl FreeList {
    /// Frees all blocks, which are of the object domain; `prefix` bytes stand before each.
    fn release(&mut self, prefix: usize) {
        // SAFETY: a waiting block is an allocation that nothing uses.
        self.empty(|block| unsafe { domains::object_free(block.cast::<u8>().wrapping_sub(prefix).cast()) });
    }

    /// Gives all blocks to `free`.
    fn empty(&mut self, free: impl Fn(*mut c_void)) {
        loop {
            let block = self.pop();
            if block.is_null() {
                return;
            }
            free(block);
        }
    }
}

impl FreeLists {
    /// Frees every block: the interpreter ends, or memory is short.
    pub fn release(&mut self) {
        let FreeLists { ints, floats, tuples, lists, dicts, dict_keys, contexts, tokens, methods, arrays } = self;
        ints.release(0);
        floats.release(0);
        dict_keys.release(0);
        for list in tuples.iter_mut().chain([lists, dicts, contexts, tokens, methods]) {
            list.release(gc::HEAD_SIZE);
        }
        for list in arrays {
            // SAFETY: as in `release`, of the mem domain.
            list.empty(|block| unsafe { domains::mem_free(block) });
        }
    }
}
