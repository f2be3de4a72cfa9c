//! A specification: `[[fill]align][sign]["z"]["#"]["0"][width][group]["." precision [group]][type]`.

use crate::object::{Object, Raised, Result, error};
use crate::raise;
use crate::types::typeobject;
use crate::types::unicode::layout::Chars;
use crate::types::unicode::{self, properties};

#[derive(Clone, Copy, PartialEq)]
pub enum Align {
    Left,
    Right,
    Center,
    /// Between the sign and the digits.
    Inside,
}

impl Align {
    fn of(ch: u32) -> Option<Align> {
        Some(match u8::try_from(ch).ok()? {
            b'<' => Align::Left,
            b'>' => Align::Right,
            b'^' => Align::Center,
            b'=' => Align::Inside,
            _ => return None,
        })
    }
}

/// What stands between groups of digits.
#[derive(Clone, Copy, PartialEq)]
pub enum Group {
    Comma,
    Underscore,
    /// Underscores in binary, octal and hexadecimal digits: between groups of four.
    UnderscoreByFour,
}

#[derive(Clone, Copy)]
pub struct Spec {
    pub fill: u32,
    pub align: Align,
    pub sign: Option<u8>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: Option<usize>,
    pub group: Option<Group>,
    pub precision: Option<usize>,
    pub fraction_group: Option<Group>,
    /// The type letter; 0 is none.
    pub code: u32,
}

/// Reads a number in any decimal digits; `None` if there is none.
pub fn number(text: Chars, at: &mut usize) -> Result<Option<usize>> {
    let mut value: Option<usize> = None;
    while *at < text.len()
        && let Some(digit) = properties::decimal(text.get(*at))
    {
        let so_far = value.unwrap_or(0);
        if so_far > (isize::MAX as usize - usize::from(digit)) / 10 {
            return Err(raise!(ValueError, "Too many decimal digits in format string"));
        }
        value = Some(so_far * 10 + usize::from(digit));
        *at += 1;
    }
    Ok(value)
}

/// A separator at `at`; two different ones side by side are refused.
fn group(text: Chars, at: &mut usize) -> Result<Option<Group>> {
    let is = |at: usize, c: u8| at < text.len() && text.get(at) == u32::from(c);
    let found = if is(*at, b',') {
        Group::Comma
    } else if is(*at, b'_') {
        Group::Underscore
    } else {
        return Ok(None);
    };
    *at += 1;
    let other = if found == Group::Comma { b'_' } else { b',' };
    if is(*at, other) {
        return Err(raise!(ValueError, "Cannot specify both ',' and '_'."));
    }
    Ok(Some(found))
}

impl Spec {
    /// Reads `text`, a specification for `o`. `code` and `align` are what holds when it does not say.
    pub fn parse(o: &Object, text: Chars, code: u8, align: Align) -> Result<Spec> {
        let mut spec = Spec {
            fill: u32::from(b' '),
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            group: None,
            precision: None,
            fraction_group: None,
            code: u32::from(code),
        };
        let mut at = 0;
        let n = text.len();
        let is = |at: usize, c: u8| at < n && text.get(at) == u32::from(c);
        let (mut aligned, mut filled) = (false, false);
        if n >= 2
            && let Some(align) = Align::of(text.get(1))
        {
            (spec.align, spec.fill) = (align, text.get(0));
            (aligned, filled) = (true, true);
            at = 2;
        } else if n >= 1
            && let Some(align) = Align::of(text.get(0))
        {
            spec.align = align;
            aligned = true;
            at = 1;
        }
        for sign in [b'+', b'-', b' '] {
            if spec.sign.is_none() && is(at, sign) {
                spec.sign = Some(sign);
                at += 1;
            }
        }
        if is(at, b'z') {
            spec.no_negative_zero = true;
            at += 1;
        }
        if is(at, b'#') {
            spec.alternate = true;
            at += 1;
        }
        if !filled && is(at, b'0') {
            spec.fill = u32::from(b'0');
            if !aligned && align == Align::Right {
                spec.align = Align::Inside;
            }
            at += 1;
        }
        spec.width = number(text, &mut at)?;
        spec.group = group(text, &mut at)?;
        if is(at, b'.') {
            at += 1;
            spec.precision = number(text, &mut at)?;
            spec.fraction_group = group(text, &mut at)?;
            if spec.precision.is_none() && spec.fraction_group.is_none() {
                return Err(raise!(ValueError, "Format specifier missing precision"));
            }
        }
        if n - at > 1 {
            let whole = unicode::new::from_chars(text)?;
            let name = error::cut(typeobject::tp_name(o.ty()), 200);
            return Err(raise!(
                ValueError,
                "Invalid format specifier '{}' for object of type '{name}'",
                error::Text(&whole)
            ));
        }
        if n - at == 1 {
            spec.code = text.get(at);
        }
        spec.check_groups()?;
        Ok(spec)
    }

    fn check_groups(&mut self) -> Result<()> {
        let code = u8::try_from(self.code).unwrap_or(1);
        match (self.group, code) {
            (None, _) | (Some(_), 0 | b'd' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%') => {}
            (Some(Group::Underscore), b'b' | b'o' | b'x' | b'X') => self.group = Some(Group::UnderscoreByFour),
            (Some(group), _) => return Err(wrong_group(group, self.code)),
        }
        match self.fraction_group {
            Some(group) if code == b'n' => Err(wrong_group(group, self.code)),
            _ => Ok(()),
        }
    }

    /// Padding left and right of `n` characters.
    pub fn padding(&self, n: usize) -> (usize, usize) {
        let pad = self.width.unwrap_or(0).saturating_sub(n);
        match self.align {
            Align::Right => (pad, 0),
            Align::Center => (pad / 2, pad - pad / 2),
            Align::Left => (0, pad),
            Align::Inside => (pad, 0),
        }
    }
}

fn wrong_group(group: Group, code: u32) -> Raised {
    let sign = group.text();
    match u8::try_from(code) {
        Ok(c @ 33..128) => raise!(ValueError, "Cannot specify '{sign}' with '{}'.", char::from(c)),
        _ => raise!(ValueError, "Cannot specify '{sign}' with '\\x{code:x}'."),
    }
}

/// A type letter that objects of this type don't know.
pub fn unknown_code(code: u32, o: &Object) -> Raised {
    let name = error::cut(typeobject::tp_name(o.ty()), 200);
    match u8::try_from(code) {
        Ok(c @ 33..128) => raise!(ValueError, "Unknown format code '{}' for object of type '{name}'", char::from(c)),
        _ => raise!(ValueError, "Unknown format code '\\x{code:x}' for object of type '{name}'"),
    }
}
