//! Debug hooks on the allocation domains (`PyMem_SetupDebugHooks`, `PYTHONMALLOC=debug`): they find blocks written
//! beyond their ends, freed through another domain's function, or allocated without the GIL.
//!
//! ```text
//!   | size, 8 bytes, big-endian | domain: r m o | 7 bytes 0xFD | the block, p ... | 8 bytes 0xFD |
//! ```
//! New bytes are 0xCD, freed ones 0xDD.

use super::domains;
use crate::abi::*;
use crate::state::{current, fatal::fatal_error};
use std::fmt::Write as _;
use std::ptr;

const CLEAN: u8 = 0xCD;
const DEAD: u8 = 0xDD;
const FORBIDDEN: u8 = 0xFD;
const HEAD: usize = 16;
const TAIL: usize = 8;

/// What stands behind a hooked table's `ctx`: the allocator below, and the domain's letter.
struct Hook {
    below: PyMemAllocatorEx,
    id: u8,
    checks_gil: bool,
}

const EMPTY: PyMemAllocatorEx =
    PyMemAllocatorEx { ctx: ptr::null_mut(), malloc: None, calloc: None, realloc: None, free: None };

static mut HOOKS: [Hook; 3] = [
    Hook { below: EMPTY, id: b'r', checks_gil: false },
    Hook { below: EMPTY, id: b'm', checks_gil: true },
    Hook { below: EMPTY, id: b'o', checks_gil: true },
];

unsafe fn hook<'a>(ctx: *mut c_void) -> &'a Hook {
    // SAFETY: hooked tables have a hook as `ctx`.
    unsafe { &*ctx.cast::<Hook>() }
}

fn is_hooked(table: &PyMemAllocatorEx) -> bool {
    table.malloc.is_some_and(|f| f as usize == debug_malloc as *const () as usize)
}

/// Puts the hooks on every domain that has none.
///
/// # Safety
/// No other thread allocates.
pub unsafe fn install() {
    for domain in 0..3 {
        let table = domains::table(domain).expect("there are three");
        // SAFETY: the caller's word.
        unsafe {
            if is_hooked(&*table) {
                continue;
            }
            let hook = &raw mut HOOKS[domain as usize];
            (*hook).below = table.read();
            table.write(PyMemAllocatorEx {
                ctx: hook.cast(),
                malloc: Some(debug_malloc),
                calloc: Some(debug_calloc),
                realloc: Some(debug_realloc),
                free: Some(debug_free),
            });
        }
    }
}

/// The allocators below the hooks, if all three tables have them.
pub fn wrapped(tables: &[PyMemAllocatorEx; 3]) -> Option<[PyMemAllocatorEx; 3]> {
    // SAFETY: hooked tables have a hook as `ctx`; a copy of plain data.
    tables
        .iter()
        .all(is_hooked)
        .then(|| std::array::from_fn(|i| unsafe { (&raw const hook(tables[i].ctx).below).read() }))
}

fn check_gil(hook: &Hook, function: &str) {
    if hook.checks_gil && current::get().is_null() {
        fatal_error(function, "Python memory allocator called without holding the GIL");
    }
}

unsafe fn allocate(hook: &Hook, size: usize, zero: bool) -> *mut c_void {
    if size > isize::MAX as usize - HEAD - TAIL {
        return ptr::null_mut();
    }
    let total = size + HEAD + TAIL;
    // SAFETY: the table below has all four functions; the block is ours to fill.
    unsafe {
        let block = if zero {
            hook.below.calloc.expect("a table is whole")(hook.below.ctx, 1, total)
        } else {
            hook.below.malloc.expect("a table is whole")(hook.below.ctx, total)
        }
        .cast::<u8>();
        if block.is_null() {
            return ptr::null_mut();
        }
        let p = block.add(HEAD);
        if !zero {
            ptr::write_bytes(p, CLEAN, size);
        }
        frame(p, hook.id, size);
        p.cast()
    }
}

/// Writes what stands around the block at `p`.
unsafe fn frame(p: *mut u8, id: u8, size: usize) {
    // SAFETY: `HEAD` bytes before the block and `TAIL` behind it are ours.
    unsafe {
        p.sub(HEAD).cast::<[u8; 8]>().write(size.to_be_bytes());
        p.sub(8).write(id);
        ptr::write_bytes(p.sub(7), FORBIDDEN, 7);
        ptr::write_bytes(p.add(size), FORBIDDEN, TAIL);
    }
}

unsafe fn size_of_block(p: *const u8) -> usize {
    // SAFETY: a block of ours.
    usize::from_be_bytes(unsafe { p.sub(HEAD).cast::<[u8; 8]>().read() })
}

/// Stops the program if the block at `p` is not whole, or belongs to another domain.
unsafe fn check(p: *mut u8, hook: &Hook, function: &str) {
    // SAFETY: a block that the caller says is ours; if it isn't, this is what finds it.
    unsafe {
        let id = p.sub(8).read();
        let fault = if id != hook.id {
            format!("bad ID: Allocated using API '{}', verified using API '{}'", id as char, hook.id as char)
        } else if (1..8).any(|i| p.sub(i).read() != FORBIDDEN) {
            "bad leading pad byte".into()
        } else if (0..TAIL).any(|i| p.add(size_of_block(p) + i).read() != FORBIDDEN) {
            "bad trailing pad byte".into()
        } else {
            return;
        };
        describe(p, function);
        fatal_error(function, &fault);
    }
}

/// Says on standard error what the block at `p` looks like.
unsafe fn describe(p: *mut u8, _function: &str) {
    let mut text = String::new();
    // SAFETY: as `check`.
    unsafe {
        let size = size_of_block(p);
        let _ = writeln!(text, "Debug memory block at address p={p:p}: API '{}'", p.sub(8).read() as char);
        let _ = writeln!(text, "    {size} bytes originally requested");
        let pad = |text: &mut String, what: &str, start: *mut u8, n: usize, name: &str, first: isize| {
            let bytes: Vec<u8> = (0..n).map(|i| start.add(i).read()).collect();
            if bytes.iter().all(|&byte| byte == FORBIDDEN) {
                let _ = writeln!(text, "    The {n} pad bytes at {what} are FORBIDDENBYTE, as expected.");
                return true;
            }
            let _ = writeln!(text, "    The {n} pad bytes at {what} are not all FORBIDDENBYTE (0x{FORBIDDEN:02x}):");
            for (i, byte) in bytes.iter().enumerate() {
                let ouch = if *byte == FORBIDDEN { "" } else { " *** OUCH" };
                let at = first + i as isize;
                let sign = if at < 0 { "" } else { "+" };
                let _ = writeln!(text, "        at {name}{sign}{at}: 0x{byte:02x}{ouch}");
            }
            false
        };
        if !pad(&mut text, "p-7", p.sub(7), 7, "p", -7) {
            text.push_str(
                "    Because memory is corrupted at the start, the count of bytes requested\n       may be bogus, and \
                 checking the trailing pad bytes may segfault.\n",
            );
        }
        let tail = p.add(size);
        pad(&mut text, &format!("tail={tail:p}"), tail, TAIL, "tail", 0);
        if size > 0 {
            text.push_str("    Data at p:");
            let shown: Vec<usize> = if size <= 16 { (0..size).collect() } else { (0..8).collect() };
            for i in shown {
                let _ = write!(text, " {:02x}", p.add(i).read());
            }
            if size > 16 {
                text.push_str(" ...");
                for i in size - 8..size {
                    let _ = write!(text, " {:02x}", p.add(i).read());
                }
            }
            text.push('\n');
        }
    }
    text.push_str("\nEnable tracemalloc to get the memory block allocation traceback\n\n");
    // SAFETY: the buffer is ours.
    unsafe { libc::write(2, text.as_ptr().cast(), text.len()) };
}

unsafe extern "C" fn debug_malloc(ctx: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: a hooked table's call.
    unsafe {
        check_gil(hook(ctx), "_PyMem_DebugMalloc");
        allocate(hook(ctx), size, false)
    }
}

unsafe extern "C" fn debug_calloc(ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void {
    // SAFETY: a hooked table's call; callers check that the product is a size.
    unsafe {
        check_gil(hook(ctx), "_PyMem_DebugCalloc");
        allocate(hook(ctx), nelem * elsize, true)
    }
}

unsafe extern "C" fn debug_realloc(ctx: *mut c_void, block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: a hooked table's call.
    unsafe {
        let hook = hook(ctx);
        check_gil(hook, "_PyMem_DebugRealloc");
        if block.is_null() {
            return allocate(hook, size, false);
        }
        let p = block.cast::<u8>();
        check(p, hook, "_PyMem_DebugRawRealloc");
        // A new block each time: whoever uses the old one is found.
        let new = allocate(hook, size, false);
        if !new.is_null() {
            let old_size = size_of_block(p);
            ptr::copy_nonoverlapping(p, new.cast::<u8>(), old_size.min(size));
            release(hook, p);
        }
        new
    }
}

unsafe extern "C" fn debug_free(ctx: *mut c_void, block: *mut c_void) {
    // SAFETY: a hooked table's call.
    unsafe {
        let hook = hook(ctx);
        check_gil(hook, "_PyMem_DebugFree");
        if block.is_null() {
            return;
        }
        check(block.cast(), hook, "_PyMem_DebugRawFree");
        release(hook, block.cast());
    }
}

unsafe fn release(hook: &Hook, p: *mut u8) {
    // SAFETY: a whole block of ours.
    unsafe {
        let total = size_of_block(p) + HEAD + TAIL;
        ptr::write_bytes(p.sub(HEAD), DEAD, total);
        hook.below.free.expect("a table is whole")(hook.below.ctx, p.sub(HEAD).cast());
    }
}
