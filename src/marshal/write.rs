//! Writing values.

use super::{FLAG_REF, MAX_DEPTH};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, audit, buffers, error};
use crate::raise;
use crate::types::typeobject;
use crate::types::unicode::{self, layout, registry};
use crate::types::{
    boolobject, bytes, code, complex, dict, exceptions, float, list, long, none, set, slice, strtod, tuple,
};
use std::collections::HashMap;

/// What is written so far.
struct Writer {
    out: Vec<u8>,
    version: i32,
    allow_code: bool,
    depth: usize,
    /// The numbers of the values that may come again; they are kept alive, so that no address is used twice.
    numbers: HashMap<*mut PyObject, u32>,
    kept: Vec<Owned>,
}

/// The bytes of a value. `ValueError` for one that has no form in this version, or is too deep.
pub fn dumps(value: &Object, version: i32, allow_code: bool) -> Result<Vec<u8>> {
    audited(value, version)?;
    quietly(value, version, allow_code)
}

/// Tells the audit hooks, which may refuse.
pub fn audited(value: &Object, version: i32) -> Result<()> {
    audit::audit_with(c"marshal.dumps", || tuple::from_slice(&[value, &*long::from_i64(version.into())?]))
}

/// As [`dumps`], of a part of a value.
fn quietly(value: &Object, version: i32, allow_code: bool) -> Result<Vec<u8>> {
    let (bytes, result) = dump(value, version, allow_code);
    result.map(|()| bytes)
}

/// The bytes of a value, or what comes before the part that has none.
pub fn dump(value: &Object, version: i32, allow_code: bool) -> (Vec<u8>, Result<()>) {
    let mut writer =
        Writer { out: Vec::new(), version, allow_code, depth: 0, numbers: HashMap::new(), kept: Vec::new() };
    let result = writer.value(value);
    (writer.out, result)
}

fn unmarshallable() -> Raised {
    raise!(ValueError, "unmarshallable object")
}

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    fn int(&mut self, value: i32) {
        self.out.extend(value.to_le_bytes());
    }

    fn size(&mut self, size: usize) -> Result<()> {
        self.int(i32::try_from(size).map_err(|_| unmarshallable())?);
        Ok(())
    }

    fn double(&mut self, value: f64) {
        self.out.extend(value.to_le_bytes());
    }

    /// The form of versions 0 and 1.
    fn double_text(&mut self, value: f64) {
        let (text, _) = strtod::format_double(value, b'g', 17, 0).expect("g is a format");
        self.byte(text.len() as u8);
        self.out.extend(text.as_bytes());
    }

    fn sized_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.size(bytes.len())?;
        self.out.extend(bytes);
        Ok(())
    }

    fn value(&mut self, v: &Object) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(raise!(ValueError, "object too deeply nested to marshal"));
        }
        if v.is_none() {
            self.byte(b'N');
        // SAFETY: static.
        } else if v.is(unsafe { typeobject::as_object(&raw mut *exceptions::PyExc_StopIteration.cast()) }) {
            self.byte(b'S');
        } else if v.is(none::ellipsis_ref()) {
            self.byte(b'.');
        } else if boolobject::check(v) {
            self.byte(if long::sign(v) != 0 { b'T' } else { b'F' });
        } else if let Some(flag) = self.number(v)? {
            self.content(v, flag)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Nothing is left to write where the value came before; else it may get a number, and the flag says so.
    fn number(&mut self, v: &Object) -> Result<Option<u8>> {
        let interned = unicode::check_exact(v) && layout::interned(v) != 0;
        if self.version < 3 || (v.refcount() == 1 && !interned) {
            return Ok(Some(0));
        }
        if let Some(number) = self.numbers.get(&v.as_ptr()) {
            let number = *number;
            self.byte(b'r');
            self.int(number as i32);
            return Ok(None);
        }
        let Ok(number) = i32::try_from(self.numbers.len()) else {
            return Err(raise!(ValueError, "too many objects"));
        };
        self.numbers.insert(v.as_ptr(), number as u32);
        self.kept.push(v.to_owned());
        Ok(Some(FLAG_REF))
    }

    fn content(&mut self, v: &Object, flag: u8) -> Result<()> {
        if long::check_exact(v) {
            match long::to_i64(v).and_then(|value| i32::try_from(value).ok()) {
                Some(value) => {
                    self.byte(b'i' | flag);
                    self.int(value);
                }
                None => {
                    self.byte(b'l' | flag);
                    self.big(v)?;
                }
            }
        } else if float::check_exact(v) {
            self.number_text(&[float::value(v)], b'g' | flag, b'f' | flag);
        } else if v.is_exact(&raw mut complex::PyComplex_Type) {
            let z = complex::value(v);
            self.number_text(&[z.real, z.imag], b'y' | flag, b'x' | flag);
        } else if bytes::check_exact(v) {
            self.byte(b's' | flag);
            self.sized_bytes(bytes::as_slice(v))?;
        } else if unicode::check_exact(v) {
            self.text(v, flag)?;
        } else if tuple::check_exact(v) {
            let items = tuple::items(v);
            if self.version >= 4 && items.len() < 256 {
                self.byte(b')' | flag);
                self.byte(items.len() as u8);
            } else {
                self.byte(b'(' | flag);
                self.size(items.len())?;
            }
            items.iter().try_for_each(|item| self.value(item))?;
        } else if list::check_exact(v) {
            self.byte(b'[' | flag);
            self.size(list::len(v))?;
            // Borrowed: with a reference more, an item that nobody shares would look shared.
            list::items(v).iter().try_for_each(|item| self.value(item))?;
        } else if dict::check_exact(v) {
            self.byte(b'{' | flag);
            let mut position = 0;
            while let Some((key, value)) = dict::next(v, &mut position) {
                self.value(key)?;
                self.value(value)?;
            }
            self.byte(b'0');
        } else if set::check_any_exact(v) {
            self.byte(if set::check_frozen(v) { b'>' } else { b'<' } | flag);
            self.set(v)?;
        } else if code::check(v) {
            if !self.allow_code {
                return Err(raise!(ValueError, "marshalling code objects is disallowed"));
            }
            self.byte(b'c' | flag);
            self.code(v)?;
        } else if slice::check(v) && self.version >= 5 {
            self.byte(b':' | flag);
            slice::parts(v).into_iter().try_for_each(|part| self.value(part))?;
        } else if buffers::supported(v) {
            let copy = buffers::copy(v).map_err(|_| {
                error::clear();
                self.byte(b'?');
                unmarshallable()
            })?;
            self.byte(b's' | flag);
            self.sized_bytes(bytes::as_slice(&copy))?;
        } else {
            self.byte(b'?');
            return Err(unmarshallable());
        }
        Ok(())
    }

    /// One float or the two of a complex number, in the form of the version.
    fn number_text(&mut self, parts: &[f64], binary: u8, text: u8) {
        if self.version > 1 {
            self.byte(binary);
            parts.iter().for_each(|part| self.double(*part));
        } else {
            self.byte(text);
            parts.iter().for_each(|part| self.double_text(*part));
        }
    }

    /// Digits of 15 bits; the sign of their number is the int's.
    fn big(&mut self, v: &Object) -> Result<()> {
        let mut halves: Vec<u16> = Vec::new();
        for digit in long::digits(v) {
            halves.extend([(digit & 0x7fff) as u16, (digit >> 15) as u16]);
        }
        while halves.last() == Some(&0) {
            halves.pop();
        }
        let count = i32::try_from(halves.len()).map_err(|_| unmarshallable())?;
        self.int(if long::is_negative(v) { -count } else { count });
        halves.iter().for_each(|half| self.out.extend(half.to_le_bytes()));
        Ok(())
    }

    fn text(&mut self, v: &Object, flag: u8) -> Result<()> {
        let interned = layout::interned(v) != 0;
        if self.version >= 4 && layout::is_ascii(v) {
            let text = unicode::as_str(v)?.as_bytes();
            if text.len() < 256 {
                self.byte(if interned { b'Z' } else { b'z' } | flag);
                self.byte(text.len() as u8);
                self.out.extend(text);
            } else {
                self.byte(if interned { b'A' } else { b'a' } | flag);
                self.sized_bytes(text)?;
            }
        } else {
            let encoded = registry::encode_str(v, Some(c"utf8"), Some(c"surrogatepass"))?;
            self.byte(if self.version >= 3 && interned { b't' } else { b'u' } | flag);
            self.sized_bytes(bytes::as_slice(&encoded))?;
        }
        Ok(())
    }

    /// A set's items in the order of their own bytes, so that equal sets give equal bytes.
    fn set(&mut self, v: &Object) -> Result<()> {
        self.size(set::len(v) as usize)?;
        let mut items: Vec<(Vec<u8>, &Object)> = Vec::new();
        let mut position = 0;
        while let Some((item, _)) = set::next(v, &mut position) {
            items.push((quietly(item, self.version, self.allow_code)?, item));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.iter().try_for_each(|(_, item)| self.value(item))
    }

    fn code(&mut self, v: &Object) -> Result<()> {
        let this = v.cast::<PyCodeObject>();
        // SAFETY: layout: code owns its parts.
        unsafe {
            for number in [(*this).co_argcount, (*this).co_posonlyargcount, (*this).co_kwonlyargcount] {
                self.int(number);
            }
            self.int((*this).co_stacksize);
            self.int((*this).co_flags);
            // CPython keeps these bytes with the code, and so counts them among the values that may come again.
            let instructions = code::code_bytes(v)?;
            let _kept = instructions.clone();
            self.value(&instructions)?;
            for part in [
                (*this).co_consts,
                (*this).co_names,
                (*this).co_localsplusnames,
                (*this).co_localspluskinds,
                (*this).co_filename,
                (*this).co_name,
                (*this).co_qualname,
            ] {
                self.value(Object::from_ptr(part))?;
            }
            self.int((*this).co_firstlineno);
            self.value(Object::from_ptr((*this).co_linetable))?;
            self.value(Object::from_ptr((*this).co_exceptiontable))
        }
    }
}
