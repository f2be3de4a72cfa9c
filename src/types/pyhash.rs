//! The hash of bytes and characters: SipHash-1-3 under a secret key. With an equal `PYTHONHASHSEED` the key, and so
//! every hash, is CPython's.

use crate::abi::*;
use std::mem::MaybeUninit;

/// CPython's `_Py_HashSecret_t`: the first 16 bytes are SipHash's key, all 24 a salt for expat.
#[repr(C, align(8))]
pub struct HashSecret {
    pub bytes: [u8; 24],
}

#[unsafe(no_mangle)]
pub static mut _Py_HashSecret: HashSecret = HashSecret { bytes: [0; 24] };

/// Set once: a process keeps its secret, since static strings keep their hashes.
static mut INITIALIZED: bool = false;

/// Fixes the secret: `Some(0)` gives a key of zeros, `Some(seed)` CPython's key for that seed, `None` a random one.
/// Must come before anything is hashed. Later calls change nothing. False if the system gives no random bytes.
pub fn init_secret(seed: Option<u32>) -> bool {
    // SAFETY: start-up is the work of one thread.
    unsafe {
        if INITIALIZED {
            return true;
        }
        let secret = &raw mut _Py_HashSecret.bytes;
        match seed {
            Some(0) => *secret = [0; 24],
            Some(seed) => *secret = expand_seed(seed),
            None => {
                let mut random = MaybeUninit::<[u8; 24]>::uninit();
                // Asked for once: the kernel is quicker at it than the C library, which would set a generator up.
                let n = libc::syscall(libc::SYS_getrandom, random.as_mut_ptr(), 24, libc::GRND_NONBLOCK);
                if n == 24 {
                    *secret = random.assume_init();
                } else if !urandom(&mut *secret) {
                    return false;
                }
            }
        }
        INITIALIZED = true;
        true
    }
}

fn urandom(buffer: &mut [u8]) -> bool {
    use std::io::Read;
    std::fs::File::open("/dev/urandom").and_then(|mut f| f.read_exact(buffer)).is_ok()
}

/// The linear congruential generator that spreads a seed over the secret.
fn expand_seed(seed: u32) -> [u8; 24] {
    let mut x = seed;
    std::array::from_fn(|_| {
        x = x.wrapping_mul(214013).wrapping_add(2531011);
        (x >> 16) as u8
    })
}

/// Less than eight bytes as a number, the first the lowest: by two halves that may overlap.
#[inline(always)]
fn tail(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    let four = |at: usize| bytes[at..].first_chunk().map_or(0, |chunk| u64::from(u32::from_le_bytes(*chunk)));
    match n {
        0 => 0,
        1..4 => {
            u64::from(bytes[0]) | u64::from(bytes[n / 2]) << (8 * (n / 2)) | u64::from(bytes[n - 1]) << (8 * (n - 1))
        }
        _ => four(0) | four(n - 4) << (8 * (n - 4)),
    }
}

/// SipHash with one round for each word and three at the end.
#[inline]
pub fn siphash13(k0: u64, k1: u64, bytes: &[u8]) -> u64 {
    let mut v0 = k0 ^ 0x736f6d6570736575;
    let mut v1 = k1 ^ 0x646f72616e646f6d;
    let mut v2 = k0 ^ 0x6c7967656e657261;
    let mut v3 = k1 ^ 0x7465646279746573;
    macro_rules! round {
        () => {
            v0 = v0.wrapping_add(v1);
            v1 = v1.rotate_left(13) ^ v0;
            v0 = v0.rotate_left(32);
            v2 = v2.wrapping_add(v3);
            v3 = v3.rotate_left(16) ^ v2;
            v0 = v0.wrapping_add(v3);
            v3 = v3.rotate_left(21) ^ v0;
            v2 = v2.wrapping_add(v1);
            v1 = v1.rotate_left(17) ^ v2;
            v2 = v2.rotate_left(32);
        };
    }
    let (words, rest) = bytes.as_chunks();
    for &word in words {
        let word = u64::from_le_bytes(word);
        v3 ^= word;
        round!();
        v0 ^= word;
    }
    let last = (bytes.len() as u64) << 56 | tail(rest);
    v3 ^= last;
    round!();
    v0 ^= last;
    v2 ^= 0xff;
    round!();
    round!();
    round!();
    v0 ^ v1 ^ v2 ^ v3
}

/// `Py_HashBuffer`: 0 for nothing, never -1.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> Py_hash_t {
    if bytes.is_empty() { 0 } else { not_minus_one(raw_hash(bytes)) }
}

/// SipHash of `bytes` under the process's key.
#[inline]
pub fn raw_hash(bytes: &[u8]) -> Py_hash_t {
    // SAFETY: written at start-up only.
    let (k0, k1) = unsafe {
        let key = (&raw const _Py_HashSecret.bytes).cast::<u64>();
        (u64::from_le(*key), u64::from_le(*key.add(1)))
    };
    siphash13(k0, k1, bytes) as Py_hash_t
}

/// -1 means an error, so a hash of -1 becomes -2.
#[inline(always)]
pub const fn not_minus_one(hash: Py_hash_t) -> Py_hash_t {
    if hash == -1 { -2 } else { hash }
}

/// `Py_HashPointer`: the low bits of an address are mostly zero, so they go to the top.
#[inline(always)]
pub fn hash_pointer(ptr: *const c_void) -> Py_hash_t {
    not_minus_one((ptr as usize).rotate_right(4) as Py_hash_t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siphash_of_a_seed() {
        // CPython: PYTHONHASHSEED=0, hash("a"), hash(b"abcdefghi").
        assert_eq!(siphash13(0, 0, b"a") as i64, 4644417185603328019);
        assert_eq!(siphash13(0, 0, b"abcdefghi") as i64, -532774252720507163);
    }
}
