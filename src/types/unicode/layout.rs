//! How characters are stored (PEP 393): one, two or four bytes for each, the smallest that holds them all. [`Chars`]
//! is the view that the rest of the room works on.

use crate::abi::*;
use crate::object::Object;
use std::ffi::CStr;

/// The bits of `PyASCIIObject.state`.
pub const INTERNED_MASK: u32 = 3;
const KIND_SHIFT: u32 = 2;
const KIND_MASK: u32 = 7;
pub const COMPACT: u32 = 1 << 5;
pub const ASCII: u32 = 1 << 6;
pub const STATIC: u32 = 1 << 7;

pub const MAX_UNICODE: u32 = 0x10ffff;

/// What `PyASCIIObject.state` is for a compact str that is not interned.
pub const fn compact_state(kind: c_uint, ascii: bool) -> u32 {
    COMPACT | kind << KIND_SHIFT | if ascii { ASCII } else { 0 }
}

/// What it is for an instance of a subclass, whose characters are in a block of their own.
pub const fn apart_state(kind: c_uint, ascii: bool) -> u32 {
    kind << KIND_SHIFT | if ascii { ASCII } else { 0 }
}

/// A unit of storage: `u8`, `u16` or `u32`.
pub trait Unit: Copy + Ord + Into<u32> + 'static {
    const KIND: c_uint;
    /// The unit for `ch`, which must fit.
    fn new(ch: u32) -> Self;
    fn chars(units: &[Self]) -> Chars<'_>;
}

impl Unit for u8 {
    const KIND: c_uint = PyUnicode_1BYTE_KIND;
    #[inline(always)]
    fn new(ch: u32) -> u8 {
        ch as u8
    }
    #[inline(always)]
    fn chars(units: &[u8]) -> Chars<'_> {
        Chars::Ucs1(units)
    }
}

impl Unit for u16 {
    const KIND: c_uint = PyUnicode_2BYTE_KIND;
    #[inline(always)]
    fn new(ch: u32) -> u16 {
        ch as u16
    }
    #[inline(always)]
    fn chars(units: &[u16]) -> Chars<'_> {
        Chars::Ucs2(units)
    }
}

impl Unit for u32 {
    const KIND: c_uint = PyUnicode_4BYTE_KIND;
    #[inline(always)]
    fn new(ch: u32) -> u32 {
        ch
    }
    #[inline(always)]
    fn chars(units: &[u32]) -> Chars<'_> {
        Chars::Ucs4(units)
    }
}

/// The characters of a str as they are stored.
#[derive(Clone, Copy, Debug)]
pub enum Chars<'a> {
    Ucs1(&'a [u8]),
    Ucs2(&'a [u16]),
    Ucs4(&'a [u32]),
}

/// Runs `$body` with `$s` as the slice of whichever kind `$chars` is.
#[macro_export]
macro_rules! each_kind {
    ($chars:expr, $s:ident => $body:expr) => {
        match $chars {
            $crate::types::unicode::layout::Chars::Ucs1($s) => $body,
            $crate::types::unicode::layout::Chars::Ucs2($s) => $body,
            $crate::types::unicode::layout::Chars::Ucs4($s) => $body,
        }
    };
}
pub use each_kind;

impl<'a> Chars<'a> {
    #[inline(always)]
    pub fn len(self) -> usize {
        each_kind!(self, s => s.len())
    }

    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub fn kind(self) -> c_uint {
        match self {
            Chars::Ucs1(_) => PyUnicode_1BYTE_KIND,
            Chars::Ucs2(_) => PyUnicode_2BYTE_KIND,
            Chars::Ucs4(_) => PyUnicode_4BYTE_KIND,
        }
    }

    /// The character at `i`, which must be below the length.
    #[inline(always)]
    #[allow(clippy::useless_conversion, reason = "one text for characters of three sizes")]
    pub fn get(self, i: usize) -> u32 {
        each_kind!(self, s => s[i].into())
    }

    #[inline(always)]
    pub fn slice(self, start: usize, end: usize) -> Chars<'a> {
        match self {
            Chars::Ucs1(s) => Chars::Ucs1(&s[start..end]),
            Chars::Ucs2(s) => Chars::Ucs2(&s[start..end]),
            Chars::Ucs4(s) => Chars::Ucs4(&s[start..end]),
        }
    }

    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone + 'a {
        (0..self.len()).map(move |i| self.get(i))
    }

    /// The storage as bytes, in memory order.
    #[inline(always)]
    pub fn bytes(self) -> &'a [u8] {
        // SAFETY: integers may be read as bytes.
        each_kind!(self, s => unsafe { std::slice::from_raw_parts(s.as_ptr().cast(), size_of_val(s)) })
    }

    /// The smallest of 0x7f, 0xff, 0xffff, 0x10ffff that no character is above.
    pub fn maxchar(self) -> u32 {
        match self {
            Chars::Ucs1(s) => {
                if s.is_ascii() {
                    0x7f
                } else {
                    0xff
                }
            }
            Chars::Ucs2(s) => class_of(s.iter().fold(0, |all, &c| all | u32::from(c))),
            Chars::Ucs4(s) => class_of(s.iter().fold(0, |all, &c| all | c)),
        }
    }
}

/// The storage class of a character: 0x7f, 0xff, 0xffff or 0x10ffff.
#[inline(always)]
pub const fn class_of(ch: u32) -> u32 {
    if ch < 0x80 {
        0x7f
    } else if ch < 0x100 {
        0xff
    } else if ch < 0x10000 {
        0xffff
    } else {
        MAX_UNICODE
    }
}

/// The size of a unit that holds `maxchar`.
#[inline(always)]
pub const fn kind_of(maxchar: u32) -> c_uint {
    if maxchar < 0x100 {
        PyUnicode_1BYTE_KIND
    } else if maxchar < 0x10000 {
        PyUnicode_2BYTE_KIND
    } else {
        PyUnicode_4BYTE_KIND
    }
}

// What follows wants a str or a subclass's instance; in debug builds it says so.

#[inline(always)]
pub fn state(o: &Object) -> u32 {
    debug_assert!(super::check(o));
    // SAFETY: layout.
    unsafe { (*o.cast::<PyASCIIObject>()).state }
}

#[inline(always)]
pub fn kind_in(state: u32) -> c_uint {
    state >> KIND_SHIFT & KIND_MASK
}

#[inline(always)]
pub fn kind(o: &Object) -> c_uint {
    kind_in(state(o))
}

#[inline(always)]
pub fn len(o: &Object) -> usize {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyASCIIObject>()).length as usize }
}

#[inline(always)]
pub fn is_ascii(o: &Object) -> bool {
    state(o) & ASCII != 0
}

#[inline(always)]
pub fn is_compact_ascii(o: &Object) -> bool {
    state(o) & (ASCII | COMPACT) == ASCII | COMPACT
}

/// `PyUnicode_CHECK_INTERNED`.
#[inline(always)]
pub fn interned(o: &Object) -> u32 {
    state(o) & INTERNED_MASK
}

/// Where the characters are (`PyUnicode_DATA`).
#[inline(always)]
pub fn data(o: &Object) -> *mut u8 {
    let state = state(o);
    let op = o.as_ptr().cast::<u8>();
    // SAFETY: layout: behind the head that the state tells of, or in a block of their own.
    unsafe {
        if state & COMPACT == 0 {
            (*o.cast::<PyUnicodeObject>()).data.cast()
        } else if state & ASCII != 0 {
            op.add(size_of::<PyASCIIObject>())
        } else {
            op.add(size_of::<PyCompactUnicodeObject>())
        }
    }
}

/// The characters.
#[inline(always)]
pub fn chars(o: &Object) -> Chars<'_> {
    let (data, len) = (data(o), len(o));
    // SAFETY: layout: the kind is the size of a unit, and a str does not change once others see it.
    unsafe {
        match kind(o) {
            PyUnicode_1BYTE_KIND => Chars::Ucs1(std::slice::from_raw_parts(data, len)),
            PyUnicode_2BYTE_KIND => Chars::Ucs2(std::slice::from_raw_parts(data.cast(), len)),
            // An instance of a subclass that nobody filled is empty.
            _ if data.is_null() => Chars::Ucs1(&[]),
            _ => Chars::Ucs4(std::slice::from_raw_parts(data.cast(), len)),
        }
    }
}

/// The class of the largest character that the storage allows (`PyUnicode_MAX_CHAR_VALUE`).
#[inline(always)]
pub fn max_char_value(o: &Object) -> u32 {
    let state = state(o);
    if state & ASCII != 0 {
        return 0x7f;
    }
    match kind_in(state) {
        PyUnicode_1BYTE_KIND => 0xff,
        PyUnicode_2BYTE_KIND => 0xffff,
        _ => MAX_UNICODE,
    }
}

/// What does not hold of `o` that must hold of a str; with `content`, of its characters too
/// (`_PyUnicode_CheckConsistency`).
pub fn fault(o: &Object, content: bool) -> Option<&'static CStr> {
    if !super::check(o) {
        return Some(c"PyUnicode_Check(op)");
    }
    let kind = kind(o);
    if !matches!(kind, PyUnicode_1BYTE_KIND | PyUnicode_2BYTE_KIND | PyUnicode_4BYTE_KIND) {
        return Some(c"kind == PyUnicode_1BYTE_KIND || kind == PyUnicode_2BYTE_KIND || kind == PyUnicode_4BYTE_KIND");
    }
    if is_ascii(o) && kind != PyUnicode_1BYTE_KIND {
        return Some(c"kind == PyUnicode_1BYTE_KIND");
    }
    if !content {
        return None;
    }
    let chars = chars(o);
    if chars.iter().any(|c| c > MAX_UNICODE) {
        return Some(c"maxchar <= MAX_UNICODE");
    }
    if chars.maxchar() == max_char_value(o) {
        return None;
    }
    Some(match kind {
        PyUnicode_1BYTE_KIND if is_ascii(o) => c"maxchar < 128",
        PyUnicode_1BYTE_KIND => c"maxchar >= 128",
        PyUnicode_2BYTE_KIND => c"maxchar >= 0x100",
        _ => c"maxchar >= 0x10000",
    })
}

/// Writes `ch` at place `i` of storage of kind `kind`.
///
/// # Safety
/// The place is inside the storage, and `ch` fits.
#[inline(always)]
pub unsafe fn write(kind: c_uint, data: *mut u8, i: usize, ch: u32) {
    // SAFETY: the caller's word.
    unsafe {
        match kind {
            PyUnicode_1BYTE_KIND => *data.add(i) = ch as u8,
            PyUnicode_2BYTE_KIND => *data.cast::<u16>().add(i) = ch as u16,
            _ => *data.cast::<u32>().add(i) = ch,
        }
    }
}

/// As `memcpy`, without a call for the short texts that most are.
///
/// # Safety
/// Both are `n` bytes long, and they don't overlap.
#[inline(always)]
pub unsafe fn copy_bytes(from: *const u8, to: *mut u8, n: usize) {
    /// The first and the last `size_of::<T>()` bytes, which may overlap.
    #[inline(always)]
    unsafe fn ends<T: Copy>(from: *const u8, to: *mut u8, n: usize) {
        // SAFETY: the caller's word: `n` is at least that size.
        unsafe {
            let last = n - size_of::<T>();
            let (a, b) = (from.cast::<T>().read_unaligned(), from.add(last).cast::<T>().read_unaligned());
            to.cast::<T>().write_unaligned(a);
            to.add(last).cast::<T>().write_unaligned(b);
        }
    }
    // SAFETY: the caller's word.
    unsafe {
        match n {
            0 => {}
            1 => *to = *from,
            2..4 => ends::<u16>(from, to, n),
            4..8 => ends::<u32>(from, to, n),
            8..16 => ends::<u64>(from, to, n),
            16..=32 => ends::<u128>(from, to, n),
            _ => to.copy_from_nonoverlapping(from, n),
        }
    }
}

/// Copies `from` to place `at` of storage of kind `kind`, wider or narrower.
///
/// # Safety
/// There is room for all of it, all characters fit, and the two don't overlap.
#[inline]
pub unsafe fn copy(kind: c_uint, data: *mut u8, at: usize, from: Chars) {
    #[inline(always)]
    unsafe fn convert<A: Unit, B: Unit>(to: *mut B, from: &[A]) {
        for (i, &c) in from.iter().enumerate() {
            // SAFETY: the caller's word.
            unsafe { to.add(i).write(B::new(c.into())) };
        }
    }
    // SAFETY: the caller's word.
    unsafe {
        if from.kind() == kind {
            let bytes = from.bytes();
            return copy_bytes(bytes.as_ptr(), data.add(at * kind as usize), bytes.len());
        }
        each_kind!(from, s => match kind {
            PyUnicode_1BYTE_KIND => convert(data.add(at), s),
            PyUnicode_2BYTE_KIND => convert(data.cast::<u16>().add(at), s),
            _ => convert(data.cast::<u32>().add(at), s),
        })
    }
}

/// Writes `n` times `ch` from place `at` on.
///
/// # Safety
/// There is room for all of it, and `ch` fits.
pub unsafe fn fill(kind: c_uint, data: *mut u8, at: usize, n: usize, ch: u32) {
    // SAFETY: the caller's word.
    unsafe {
        match kind {
            PyUnicode_1BYTE_KIND => data.add(at).write_bytes(ch as u8, n),
            PyUnicode_2BYTE_KIND => std::slice::from_raw_parts_mut(data.cast::<u16>().add(at), n).fill(ch as u16),
            _ => std::slice::from_raw_parts_mut(data.cast::<u32>().add(at), n).fill(ch),
        }
    }
}
