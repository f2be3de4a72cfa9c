//! The character database: what CPython's `_PyUnicode_Is*` and `_PyUnicode_To*` say of a character. Two steps lead
//! from a character to its record; numeric values and long case mappings stand in tables of their own.

use super::database::*;

/// What is known of a character; characters that are alike share one.
pub struct Record {
    pub flags: u16,
    upper: i32,
    lower: i32,
    title: i32,
    decimal: i8,
    digit: i8,
}

impl Record {
    pub const fn new(flags: u16, upper: i32, lower: i32, title: i32, decimal: i8, digit: i8) -> Record {
        Record { flags, upper, lower, title, decimal, digit }
    }
}

/// The record of a character; what is above U+10FFFF counts as unassigned.
#[inline]
pub fn record(ch: u32) -> &'static Record {
    let ch = if ch > super::layout::MAX_UNICODE { 0x10ffff } else { ch };
    let block = TOPS[(ch >> SHIFT) as usize] as usize;
    &RECORDS[BLOCKS[block << SHIFT | (ch & ((1 << SHIFT) - 1)) as usize] as usize]
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident $flag:ident;)*) => { $(
        $(#[$doc])*
        #[inline]
        pub fn $name(ch: u32) -> bool {
            record(ch).flags & $flag != 0
        }
    )* };
}

flags! {
    is_alpha ALPHA;
    is_lower LOWER;
    is_upper UPPER;
    is_title TITLE;
    is_printable PRINTABLE;
    is_numeric NUMERIC;
    is_xid_start XID_START;
    is_xid_continue XID_CONTINUE;
    /// Has a case, by its derived property: wider than upper, lower and title together.
    is_cased CASED;
    /// Does not end a word for the rule of the final sigma.
    is_case_ignorable CASE_IGNORABLE;
}

#[inline]
pub fn is_space(ch: u32) -> bool {
    if ch < 0x80 { matches!(ch, 0x09..=0x0d | 0x1c..=0x20) } else { record(ch).flags & SPACE != 0 }
}

#[inline]
pub fn is_linebreak(ch: u32) -> bool {
    if ch < 0x80 { matches!(ch, 0x0a..=0x0d | 0x1c..=0x1e) } else { record(ch).flags & LINEBREAK != 0 }
}

pub fn is_alnum(ch: u32) -> bool {
    let record = record(ch);
    record.flags & (ALPHA | NUMERIC) != 0 || record.decimal >= 0 || record.digit >= 0
}

/// The simple mapping: one character.
#[inline]
pub fn to_upper(ch: u32) -> u32 {
    ch.wrapping_add_signed(record(ch).upper)
}

#[inline]
pub fn to_lower(ch: u32) -> u32 {
    ch.wrapping_add_signed(record(ch).lower)
}

#[inline]
pub fn to_title(ch: u32) -> u32 {
    ch.wrapping_add_signed(record(ch).title)
}

/// The value of a decimal digit.
#[inline]
pub fn decimal(ch: u32) -> Option<u8> {
    u8::try_from(record(ch).decimal).ok()
}

/// The value of a digit, superscripts and the like included.
#[inline]
pub fn digit(ch: u32) -> Option<u8> {
    u8::try_from(record(ch).digit).ok()
}

/// The numeric value.
pub fn numeric(ch: u32) -> Option<f64> {
    let i = NUMBERS.partition_point(|run| run.0 <= ch).checked_sub(1)?;
    let (first, count, value, step) = NUMBERS[i];
    (ch - first < count).then(|| value + f64::from(ch - first) * step)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Upper,
    Lower,
    Title,
    Folded,
}

/// The full mapping: up to three characters, given to `f` in turn.
#[inline]
pub fn full_case(ch: u32, case: Case, mut f: impl FnMut(u32)) {
    let record = record(ch);
    if record.flags & EXTENDED != 0
        && let Ok(i) = EXTENDED_CASE.binary_search_by_key(&ch, |entry| entry.0)
    {
        let (_, upper, lower, title, folded) = EXTENDED_CASE[i];
        let text = match case {
            Case::Upper => upper,
            Case::Lower => lower,
            Case::Title => title,
            Case::Folded => folded,
        };
        return text.chars().for_each(|c| f(c as u32));
    }
    f(match case {
        Case::Upper => ch.wrapping_add_signed(record.upper),
        Case::Lower | Case::Folded => ch.wrapping_add_signed(record.lower),
        Case::Title => ch.wrapping_add_signed(record.title),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_characters() {
        assert!(is_alpha('a' as u32) && !is_alpha('1' as u32) && is_upper('Ä' as u32));
        assert_eq!(to_upper('ä' as u32), 'Ä' as u32);
        assert_eq!(decimal('٣' as u32), Some(3));
        assert_eq!(numeric('½' as u32), Some(0.5));
        assert_eq!(numeric('a' as u32), None);
        let mut folded = Vec::new();
        full_case('ß' as u32, Case::Folded, |c| folded.push(c));
        assert_eq!(folded, ['s' as u32, 's' as u32]);
    }

    #[test]
    fn white_space_in_ascii() {
        for ch in 0..0x80 {
            assert_eq!(is_space(ch), record(ch).flags & SPACE != 0);
        }
    }
}
