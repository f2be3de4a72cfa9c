//! The language of `str.format`: literal text and fields `{name!conversion:specification}`, where a specification may
//! have fields of its own.

use super::{spec, write_value};
use crate::abi::PyObject;
use crate::object::{Object, Owned, Raised, Result, api, sequence};
use crate::raise;
use crate::types::unicode::layout::{self, Chars};
use crate::types::unicode::{self, Writer, properties};
use crate::types::{dict, long, tuple};

/// How fields without a name get their numbers; once chosen it holds for the whole string.
#[derive(Clone, Copy, PartialEq)]
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

/// Where values come from.
struct Values<'a> {
    /// The positional arguments; none for `format_map`.
    args: Option<&'a Object>,
    /// A dict or, for `format_map`, any mapping; none if there are no keyword arguments.
    mapping: Option<&'a Object>,
    numbering: Numbering,
}

/// `str.format(*args, **kwargs)`.
pub unsafe extern "C" fn format_method(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let values = Values {
            args: Some(Object::from_ptr(args)),
            mapping: Object::optional(kwargs),
            numbering: Numbering::Unknown,
        };
        run(Object::from_ptr(op), values)
    })
}

/// `str.format_map(mapping)`.
pub unsafe extern "C" fn format_map_method(op: *mut PyObject, mapping: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let values = Values { args: None, mapping: Some(Object::from_ptr(mapping)), numbering: Numbering::Unknown };
        run(Object::from_ptr(op), values)
    })
}

fn run(text: &Object, mut values: Values) -> Result {
    let brace = |c: u8| unicode::find::find_char(layout::chars(text), c.into()).is_some();
    if layout::len(text) > 0 && !brace(b'{') && !brace(b'}') {
        // Also of a subclass.
        return Ok(text.to_owned());
    }
    let mut out = Writer::with_capacity(layout::len(text) + 100);
    write(&mut out, layout::chars(text), &mut values, 2)?;
    out.finish()
}

/// Writes text with its fields filled in; `depth` is how deep specifications may nest.
fn write(out: &mut Writer, text: Chars, values: &mut Values, depth: u32) -> Result<()> {
    if depth == 0 {
        return Err(raise!(ValueError, "Max string recursion exceeded"));
    }
    let mut pieces = Pieces { text, at: 0 };
    while let Some(piece) = pieces.next_piece()? {
        if !piece.literal.is_empty() {
            out.push_chars(piece.literal)?;
        }
        if let Some(field) = piece.field {
            write_field(out, &field, values, depth)?;
        }
    }
    Ok(())
}

/// A field of the text.
pub struct Field<'a> {
    pub name: Chars<'a>,
    pub specification: Chars<'a>,
    pub conversion: Option<u32>,
    /// The specification has fields of its own.
    pub nested: bool,
}

/// Literal text, and the field behind it.
pub struct Piece<'a> {
    pub literal: Chars<'a>,
    pub field: Option<Field<'a>>,
}

/// Cuts a text into its pieces.
pub struct Pieces<'a> {
    pub text: Chars<'a>,
    pub at: usize,
}

const OPEN: u32 = b'{' as u32;
const CLOSE: u32 = b'}' as u32;
const COLON: u32 = b':' as u32;
const BANG: u32 = b'!' as u32;
const BRACKET: u32 = b'[' as u32;
const END_BRACKET: u32 = b']' as u32;
const DOT: u32 = b'.' as u32;

impl<'a> Pieces<'a> {
    fn read(&mut self) -> Option<u32> {
        if self.at == self.text.len() {
            return None;
        }
        self.at += 1;
        Some(self.text.get(self.at - 1))
    }

    pub fn next_piece(&mut self) -> Result<Option<Piece<'a>>> {
        let start = self.at;
        let n = self.text.len();
        if start == n {
            return Ok(None);
        }
        let brace = (start..n).find(|&i| matches!(self.text.get(i), OPEN | CLOSE));
        let Some(brace) = brace else {
            self.at = n;
            return Ok(Some(Piece { literal: self.text.slice(start, n), field: None }));
        };
        let c = self.text.get(brace);
        self.at = brace + 1;
        if self.at < n && self.text.get(self.at) == c {
            // A doubled brace stands for itself.
            self.at += 1;
            return Ok(Some(Piece { literal: self.text.slice(start, brace + 1), field: None }));
        }
        if c == CLOSE {
            return Err(raise!(ValueError, "Single '}}' encountered in format string"));
        }
        if self.at == n {
            return Err(raise!(ValueError, "Single '{{' encountered in format string"));
        }
        let field = self.field()?;
        Ok(Some(Piece { literal: self.text.slice(start, brace), field: Some(field) }))
    }

    /// The field, from behind its brace.
    fn field(&mut self) -> Result<Field<'a>> {
        let start = self.at;
        let end = loop {
            match self.read() {
                Some(OPEN) => return Err(raise!(ValueError, "unexpected '{{' in field name")),
                Some(BRACKET) => {
                    while self.at < self.text.len() && self.text.get(self.at) != END_BRACKET {
                        self.at += 1;
                    }
                }
                Some(c @ (CLOSE | COLON | BANG)) => break c,
                Some(_) => {}
                None => return Err(raise!(ValueError, "expected '}}' before end of string")),
            }
        };
        let name = self.text.slice(start, self.at - 1);
        let empty = self.text.slice(self.at, self.at);
        let mut field = Field { name, specification: empty, conversion: None, nested: false };
        if end == CLOSE {
            return Ok(field);
        }
        if end == BANG {
            field.conversion = self.read();
            if field.conversion.is_none() {
                return Err(raise!(ValueError, "end of string while looking for conversion specifier"));
            }
            match self.read() {
                Some(CLOSE) => return Ok(field),
                Some(COLON) | None => {}
                Some(_) => return Err(raise!(ValueError, "expected ':' after conversion specifier")),
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(c) = self.read() {
            match c {
                OPEN => {
                    field.nested = true;
                    depth += 1;
                }
                CLOSE => {
                    depth -= 1;
                    if depth == 0 {
                        field.specification = self.text.slice(start, self.at - 1);
                        return Ok(field);
                    }
                }
                _ => {}
            }
        }
        Err(raise!(ValueError, "unmatched '{{' in format spec"))
    }
}

fn write_field(out: &mut Writer, field: &Field, values: &mut Values, depth: u32) -> Result<()> {
    let mut value = find(field.name, values)?;
    if let Some(conversion) = field.conversion {
        value = convert(&value, conversion)?;
    }
    if !field.nested {
        return write_value(out, &value, field.specification);
    }
    let mut expanded = Writer::new();
    write(&mut expanded, field.specification, values, depth - 1)?;
    let expanded = expanded.finish()?;
    write_value(out, &value, layout::chars(&expanded))
}

fn convert(value: &Object, conversion: u32) -> Result {
    match u8::try_from(conversion) {
        Ok(b'r') => value.repr(),
        Ok(b's') => value.str(),
        Ok(b'a') => value.ascii(),
        Ok(c @ 33..127) => Err(raise!(ValueError, "Unknown conversion specifier {}", char::from(c))),
        _ => Err(raise!(ValueError, "Unknown conversion specifier \\x{conversion:x}")),
    }
}

/// What a name begins with.
pub enum First<'a> {
    Number(usize),
    Name(Chars<'a>),
}

/// A step from a value to one of its parts.
pub enum Step<'a> {
    Attribute(Chars<'a>),
    Index(usize),
    Key(Chars<'a>),
}

/// The number that all of `text` is, `None` if it is none.
fn whole_number(text: Chars) -> Result<Option<usize>> {
    if text.is_empty() || !text.iter().all(|c| properties::decimal(c).is_some()) {
        return Ok(None);
    }
    spec::number(text, &mut 0)
}

/// The beginning of a field's name, and where the steps begin.
pub fn first(name: Chars<'_>) -> Result<(First<'_>, usize)> {
    let end = name.iter().position(|c| matches!(c, BRACKET | DOT)).unwrap_or(name.len());
    let first = name.slice(0, end);
    Ok((whole_number(first)?.map_or(First::Name(first), First::Number), end))
}

/// The step at `at`, which is below the name's length, and moves behind it.
pub fn step<'a>(name: Chars<'a>, at: &mut usize) -> Result<Step<'a>> {
    let kind = name.get(*at);
    let start = *at + 1;
    let stops: &[u32] = match kind {
        DOT => &[BRACKET, DOT],
        BRACKET => &[END_BRACKET],
        _ => return Err(raise!(ValueError, "Only '.' or '[' may follow ']' in format field specifier")),
    };
    let found = (start..name.len()).find(|&i| stops.contains(&name.get(i)));
    let end = found.unwrap_or(name.len());
    let part = name.slice(start, end);
    if kind == BRACKET && found.is_none() {
        return Err(raise!(ValueError, "Missing ']' in format string"));
    }
    *at = if kind == BRACKET { end + 1 } else { end };
    let index = if kind == BRACKET { whole_number(part)? } else { None };
    if part.is_empty() {
        return Err(raise!(ValueError, "Empty attribute in format string"));
    }
    Ok(match index {
        Some(index) => Step::Index(index),
        None if kind == DOT => Step::Attribute(part),
        None => Step::Key(part),
    })
}

impl Values<'_> {
    /// Settles the number of a positional field.
    fn number(&mut self, given: Option<usize>) -> Result<usize> {
        match (self.numbering, given) {
            (Numbering::Unknown | Numbering::Manual, Some(given)) => {
                self.numbering = Numbering::Manual;
                Ok(given)
            }
            (Numbering::Unknown, None) => {
                self.numbering = Numbering::Automatic(1);
                Ok(0)
            }
            (Numbering::Automatic(next), None) => {
                self.numbering = Numbering::Automatic(next + 1);
                Ok(next)
            }
            (Numbering::Manual, None) => Err(switched("manual field specification", "automatic field numbering")),
            (Numbering::Automatic(_), Some(_)) => {
                Err(switched("automatic field numbering", "manual field specification"))
            }
        }
    }
}

fn switched(from: &str, to: &str) -> Raised {
    raise!(ValueError, "cannot switch from {from} to {to}")
}

/// The value that a field's name stands for.
fn find(name: Chars, values: &mut Values) -> Result<Owned> {
    let (first, mut at) = first(name)?;
    let mut value = match first {
        First::Name(key) if !key.is_empty() => {
            let key = unicode::new::from_chars(key)?;
            match values.mapping {
                Some(mapping) if dict::check_exact(mapping) => {
                    dict::get(mapping, &key)?.ok_or_else(|| dict::key_error(&key))?
                }
                Some(mapping) => mapping.getitem(&key)?,
                None => return Err(dict::key_error(&key)),
            }
        }
        positional => {
            let given = if let First::Number(n) = positional { Some(n) } else { None };
            let index = values.number(given)?;
            let Some(args) = values.args else {
                return Err(raise!(ValueError, "Format string contains positional fields"));
            };
            match tuple::items(args).get(index) {
                Some(value) => Object::to_owned(value),
                None => {
                    return Err(raise!(IndexError, "Replacement index {index} out of range for positional args tuple"));
                }
            }
        }
    };
    while at < name.len() {
        value = match step(name, &mut at)? {
            Step::Attribute(part) => value.getattr(&*unicode::new::from_chars(part)?)?,
            Step::Key(part) => value.getitem(&*unicode::new::from_chars(part)?)?,
            Step::Index(i) if sequence::check(&value) => sequence::item(&value, i as isize)?,
            Step::Index(i) => value.getitem(&*long::from_u64(i as u64)?)?,
        };
    }
    Ok(value)
}
