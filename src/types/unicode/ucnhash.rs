//! Names of characters, for `\N{...}` and the error handler "namereplace".
//!
//! `ucnhash.bin` is made by `buildscript/unicode_names.py`. It holds words, most frequent first, and for each character
//! the words of its name as numbers: one byte below 192, else two. Its parts, all numbers little-endian: seven counts
//! of four bytes; where each word begins; the words' numbers in the order of their texts; for each 256 characters with
//! names, which and where they begin; the words; the names (low byte of the character, length, words); aliases
//! (character, length, words); ranges of characters whose name is a prefix and their number.

static DATA: &[u8] = include_bytes!("ucnhash.bin");

const HANGUL: u32 = 0xac00;
const HANGUL_END: u32 = 0xd7a4;
const HANGUL_PREFIX: &str = "HANGUL SYLLABLE ";
const LEADS: [&str; 19] =
    ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"];
const VOWELS: [&str; 21] = [
    "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU",
    "YI", "I",
];
const TAILS: [&str; 28] = [
    "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S",
    "SS", "NG", "J", "C", "K", "T", "P", "H",
];

fn number(at: usize) -> usize {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]]) as usize
}

/// Where the parts of the file are.
struct Parts {
    words: usize,
    offsets: usize,
    by_text: usize,
    blocks: usize,
    n_blocks: usize,
    text: usize,
    names: &'static [u8],
    aliases: &'static [u8],
    ranges: &'static [u8],
}

fn parts() -> Parts {
    let [words, text_len, n_blocks, names_len, aliases_len, ranges_len] = std::array::from_fn(|i| number(4 * i));
    let offsets = 28;
    let by_text = offsets + 4 * (words + 1);
    let blocks = by_text + 2 * words;
    let text = blocks + 8 * n_blocks;
    let (names, rest) = DATA[text + text_len..].split_at(names_len);
    let (aliases, rest) = rest.split_at(aliases_len);
    Parts { words, offsets, by_text, blocks, n_blocks, text, names, aliases, ranges: &rest[..ranges_len] }
}

impl Parts {
    fn word(&self, i: usize) -> &'static [u8] {
        let at = self.offsets + 4 * i;
        &DATA[self.text + number(at)..self.text + number(at + 4)]
    }

    /// The number of a word.
    fn find(&self, word: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = (low + high) / 2;
            let at = self.by_text + 2 * middle;
            let i = usize::from(u16::from_le_bytes([DATA[at], DATA[at + 1]]));
            match self.word(i).cmp(word) {
                std::cmp::Ordering::Equal => return Some(i),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The block of 256 characters, and what follows it.
    fn block(&self, i: usize) -> (u32, &'static [u8]) {
        let at = self.blocks + 8 * i;
        let end = if i + 1 < self.n_blocks { number(at + 12) } else { self.names.len() };
        (number(at) as u32, &self.names[number(at + 4)..end])
    }

    fn ranges(&self) -> impl Iterator<Item = (u32, u32, &'static [u8])> {
        let mut rest = self.ranges;
        std::iter::from_fn(move || {
            let [a, b, c, d, e, f, g, h, n, tail @ ..] = rest else { return None };
            let (prefix, tail) = tail.split_at(usize::from(*n));
            rest = tail;
            Some((u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]), prefix))
        })
    }
}

/// The entries of a block: low byte of the character, words.
fn entries(mut rest: &'static [u8]) -> impl Iterator<Item = (u8, &'static [u8])> {
    std::iter::from_fn(move || {
        let [low, n, tail @ ..] = rest else { return None };
        let (name, tail) = tail.split_at(usize::from(*n));
        rest = tail;
        Some((*low, name))
    })
}

/// The name of `ch` (no alias). `None` if it has none.
pub fn name(ch: u32) -> Option<String> {
    if (HANGUL..HANGUL_END).contains(&ch) {
        let i = (ch - HANGUL) as usize;
        return Some(format!("{HANGUL_PREFIX}{}{}{}", LEADS[i / 588], VOWELS[i / 28 % 21], TAILS[i % 28]));
    }
    let parts = parts();
    if let Some((_, _, prefix)) = parts.ranges().find(|&(first, last, _)| (first..=last).contains(&ch)) {
        return Some(format!("{}{ch:X}", String::from_utf8_lossy(prefix)));
    }
    let (mut low, mut high) = (0, parts.n_blocks);
    while low < high {
        let middle = (low + high) / 2;
        if parts.block(middle).0 < ch >> 8 { low = middle + 1 } else { high = middle }
    }
    if low == parts.n_blocks || parts.block(low).0 != ch >> 8 {
        return None;
    }
    let (_, mut words) = entries(parts.block(low).1).find(|&(c, _)| u32::from(c) == ch & 0xff)?;
    let mut name = String::new();
    while let Some((&first, rest)) = words.split_first() {
        let (i, rest) = match first {
            0..192 => (usize::from(first), rest),
            _ => (usize::from(first - 192) << 8 | usize::from(rest[0]), &rest[1..]),
        };
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(std::str::from_utf8(parts.word(i)).ok()?);
        words = rest;
    }
    Some(name)
}

/// The character with this name or alias, in any letter case.
pub fn code(name: &[u8]) -> Option<u32> {
    let name = name.to_ascii_uppercase();
    if let Some(syllable) = name.strip_prefix(HANGUL_PREFIX.as_bytes()) {
        return hangul(std::str::from_utf8(syllable).ok()?);
    }
    let parts = parts();
    for (first, last, prefix) in parts.ranges() {
        if let Some(digits) = name.strip_prefix(prefix)
            && let Ok(digits) = std::str::from_utf8(digits)
            && let Ok(ch) = u32::from_str_radix(digits, 16)
            && (first..=last).contains(&ch)
            && (4..=5).contains(&digits.len())
            && !digits.starts_with(['+', '0'])
        {
            return Some(ch);
        }
    }
    let mut words = Vec::new();
    for word in name.split(|&c| c == b' ') {
        match parts.find(word)? {
            i @ 0..192 => words.push(i as u8),
            i => words.extend([192 + (i >> 8) as u8, i as u8]),
        }
    }
    for i in 0..parts.n_blocks {
        let (high, names) = parts.block(i);
        if let Some((low, _)) = entries(names).find(|&(_, name)| name == words) {
            return Some(high << 8 | u32::from(low));
        }
    }
    let mut rest = parts.aliases;
    while let [a, b, c, d, n, tail @ ..] = rest {
        let (name, tail) = tail.split_at(usize::from(*n));
        if name == words {
            return Some(u32::from_le_bytes([*a, *b, *c, *d]));
        }
        rest = tail;
    }
    None
}

/// A Hangul syllable by the names of its letters; of several letters that fit, the longest.
fn hangul(syllable: &str) -> Option<u32> {
    fn longest<'a>(letters: &[&str], text: &'a str) -> Option<(usize, &'a str)> {
        let fits = letters.iter().enumerate().filter(|(_, letter)| text.starts_with(**letter));
        let (i, letter) = fits.max_by_key(|(_, letter)| letter.len())?;
        Some((i, &text[letter.len()..]))
    }
    let (lead, rest) = longest(&LEADS, syllable)?;
    let (vowel, rest) = longest(&VOWELS, rest)?;
    let (tail, rest) = longest(&TAILS, rest)?;
    rest.is_empty().then(|| HANGUL + (lead * 588 + vowel * 28 + tail) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (ch, text) in [
            ('a', "LATIN SMALL LETTER A"),
            ('€', "EURO SIGN"),
            ('한', "HANGUL SYLLABLE HAN"),
            ('中', "CJK UNIFIED IDEOGRAPH-4E2D"),
            ('🐍', "SNAKE"),
        ] {
            assert_eq!(name(ch as u32).as_deref(), Some(text));
            assert_eq!(code(text.to_ascii_lowercase().as_bytes()), Some(ch as u32));
        }
        assert_eq!(name(0), None);
        assert_eq!(code(b"LINE FEED"), Some(10));
        assert_eq!(code(b"NO SUCH CHARACTER"), None);
        assert_eq!(code(b""), None);
    }

    #[test]
    fn every_name_is_found() {
        let all = (0..0x110000).filter_map(|ch| Some((ch, name(ch)?)));
        for (ch, name) in all.step_by(37) {
            assert_eq!(code(name.as_bytes()), Some(ch), "{name}");
        }
    }
}
