//! Reading values.

use super::{FLAG_REF, MAX_DEPTH};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, audit, error};
use crate::raise;
use crate::types::unicode::{intern, latin1, registry};
use crate::types::{boolobject, bytes, code, complex, dict, exceptions, float, list, long, none, set, slice, tuple};
use crate::types::{strtod, typeobject};

/// Where the bytes come from.
pub trait Source {
    /// Tells the audit hooks what is read; they may refuse.
    fn audit(&self) -> Result<()> {
        audit::audit_with(c"marshal.load", || Ok(tuple::empty()))
    }

    /// Appends exactly `n` bytes; `EOFError` if there are not so many.
    fn take(&mut self, n: usize, out: &mut Vec<u8>) -> Result<()>;

    /// The next byte, or nothing at the end.
    fn next(&mut self) -> Result<Option<u8>>;
}

impl Source for &[u8] {
    fn audit(&self) -> Result<()> {
        audit::audit_with(c"marshal.loads", || tuple::from_slice(&[&*bytes::from_slice(self)?]))
    }

    fn take(&mut self, n: usize, out: &mut Vec<u8>) -> Result<()> {
        let (taken, rest) = self.split_at_checked(n).ok_or_else(too_short)?;
        out.extend(taken);
        *self = rest;
        Ok(())
    }

    fn next(&mut self) -> Result<Option<u8>> {
        let byte = self.split_off_first().copied();
        Ok(byte)
    }
}

/// What bytes say that end before they should.
fn too_short() -> Raised {
    raise!(EOFError, "marshal data too short")
}

/// What a stream says.
pub fn ended() -> Raised {
    raise!(EOFError, "EOF read where not expected")
}

fn bad(fault: &str) -> Raised {
    raise!(ValueError, "bad marshal data ({fault})")
}

struct Reader<'a, S: Source> {
    source: &'a mut S,
    allow_code: bool,
    depth: usize,
    /// The numbered values; nothing stands for one that is not complete and can't be referred to yet.
    values: Vec<Option<Owned>>,
}

/// One value. `EOFError` and `ValueError` for bytes that are none, `TypeError` where the format's NULL stands for one.
pub fn load(source: &mut impl Source, allow_code: bool) -> Result<Owned> {
    source.audit()?;
    let mut reader = Reader { source, allow_code, depth: 0, values: Vec::new() };
    reader.needed("object")
}

/// Two bytes, with the sign.
pub fn short(source: &mut impl Source) -> Result<i16> {
    Ok(i16::from_le_bytes(array(source)?))
}

/// Four bytes, with the sign.
pub fn int(source: &mut impl Source) -> Result<i32> {
    Ok(i32::from_le_bytes(array(source)?))
}

fn array<const N: usize>(source: &mut impl Source) -> Result<[u8; N]> {
    let mut bytes = Vec::with_capacity(N);
    source.take(N, &mut bytes)?;
    Ok(bytes.try_into().expect("a source gives what it is asked for"))
}

impl<S: Source> Reader<'_, S> {
    /// A value where NULL has no business.
    fn needed(&mut self, place: &str) -> Result<Owned> {
        match self.value()? {
            Some(value) => Ok(value),
            None => Err(raise!(TypeError, "NULL object in marshal data for {place}")),
        }
    }

    /// A value, or nothing for NULL.
    fn value(&mut self) -> Result<Option<Owned>> {
        let Some(first) = self.source.next()? else {
            return Err(raise!(EOFError, "EOF read where object expected"));
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(raise!(ValueError, "recursion limit exceeded"));
        }
        let flag = first & FLAG_REF != 0;
        let value = match first & !FLAG_REF {
            b'0' => None,
            b'N' => Some(none::none()),
            // SAFETY: static.
            b'S' => Some(unsafe { typeobject::as_object(&raw mut *exceptions::PyExc_StopIteration.cast()) }.to_owned()),
            b'.' => Some(none::ellipsis_ref().to_owned()),
            b'T' => Some(boolobject::from_bool(true)),
            b'F' => Some(boolobject::from_bool(false)),
            b'r' => Some(self.reference()?),
            kind @ (b'(' | b')' | b'[' | b'{' | b'<' | b'>' | b':' | b'c') => Some(self.container(kind, flag)?),
            kind => {
                let value = self.plain(kind)?;
                if flag {
                    self.values.push(Some(value.to_owned()));
                }
                Some(value)
            }
        };
        self.depth -= 1;
        Ok(value)
    }

    fn reference(&mut self) -> Result<Owned> {
        let number = int(self.source)?;
        usize::try_from(number)
            .ok()
            .and_then(|i| self.values.get(i)?.as_ref())
            .map(|value| (**value).to_owned())
            .ok_or_else(|| bad("invalid reference"))
    }

    fn byte(&mut self) -> Result<u8> {
        self.source.next()?.ok_or_else(ended)
    }

    fn size(&mut self, of: &str) -> Result<usize> {
        usize::try_from(int(self.source)?).map_err(|_| bad(&format!("{of} size out of range")))
    }

    fn bytes(&mut self, n: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.source.take(n, &mut bytes)?;
        Ok(bytes)
    }

    fn double(&mut self) -> Result<f64> {
        Ok(f64::from_le_bytes(array(self.source)?))
    }

    fn double_text(&mut self) -> Result<f64> {
        let n = self.byte()?;
        let text = self.bytes(n as usize)?;
        match strtod::parse_prefix(&text) {
            Some((value, end)) if end == text.len() => Ok(value),
            _ => Err(raise!(ValueError, "could not convert string to float: '{}'", String::from_utf8_lossy(&text))),
        }
    }

    fn plain(&mut self, kind: u8) -> Result<Owned> {
        match kind {
            b'i' => long::from_i64(int(self.source)?.into()),
            b'I' => long::from_i64(i64::from_le_bytes(array(self.source)?)),
            b'l' => self.big(),
            b'f' => float::from_f64(self.double_text()?),
            b'g' => float::from_f64(self.double()?),
            b'x' => {
                let real = self.double_text()?;
                complex::from_c(Py_complex { real, imag: self.double_text()? })
            }
            b'y' => {
                let real = self.double()?;
                complex::from_c(Py_complex { real, imag: self.double()? })
            }
            b's' => {
                let n = self.size("bytes object")?;
                bytes::from_slice(&self.bytes(n)?)
            }
            b'z' | b'Z' => {
                let n = self.byte()?.into();
                self.ascii(n, kind == b'Z')
            }
            b'a' | b'A' => {
                let n = self.size("string")?;
                self.ascii(n, kind == b'A')
            }
            b'u' | b't' => {
                let n = self.size("string")?;
                let encoded = self.bytes(n)?;
                let text = registry::decode_bytes(&encoded, Some(c"utf8"), Some(c"surrogatepass"))?;
                Ok(if kind == b't' { intern::intern(text) } else { text })
            }
            _ => Err(bad("unknown type code")),
        }
    }

    fn ascii(&mut self, n: usize, interned: bool) -> Result<Owned> {
        // Bytes above 127, which the writer never gives, are characters too.
        let text = latin1::decode_latin1(&self.bytes(n)?)?;
        Ok(if interned { intern::intern(text) } else { text })
    }

    fn big(&mut self) -> Result<Owned> {
        let count = int(self.source)?;
        if count == i32::MIN {
            return Err(bad("long size out of range"));
        }
        let n = count.unsigned_abs() as usize;
        let mut digits: Vec<digit> = Vec::new();
        for i in 0..n {
            let half = short(self.source)?;
            if half < 0 {
                return Err(bad("digit out of range in long"));
            }
            if half == 0 && i + 1 == n {
                return Err(bad("unnormalized long data"));
            }
            match digits.last_mut() {
                Some(last) if i % 2 == 1 => *last |= (half as digit) << 15,
                _ => digits.push(half as digit),
            }
        }
        long::from_digits(count < 0, &digits)
    }

    /// Takes the next number for a value that is to come.
    fn reserve(&mut self, flag: bool) -> Option<usize> {
        flag.then(|| {
            self.values.push(None);
            self.values.len() - 1
        })
    }

    fn enter(&mut self, place: Option<usize>, value: &Object) {
        if let Some(i) = place {
            self.values[i] = Some(value.to_owned());
        }
    }

    fn items(&mut self, n: usize, of: &str) -> Result<Vec<Owned>> {
        let mut items = Vec::new();
        for _ in 0..n {
            items.push(self.needed(of)?);
        }
        Ok(items)
    }

    fn container(&mut self, kind: u8, flag: bool) -> Result<Owned> {
        if kind == b'c' {
            if !self.allow_code {
                return Err(raise!(ValueError, "unmarshalling code objects is disallowed"));
            }
            let place = self.reserve(flag);
            let value = self.code()?;
            self.enter(place, &value);
            return Ok(value);
        }
        let value = match kind {
            b'(' | b')' => {
                let n = if kind == b')' { self.byte()?.into() } else { self.size("tuple")? };
                // A tuple that holds itself can't be written, so nothing refers to one that is not complete.
                let place = self.reserve(flag);
                let value = tuple::from_owned(self.items(n, "tuple")?)?;
                self.enter(place, &value);
                value
            }
            b'[' => {
                let n = self.size("list")?;
                let value = list::new()?;
                let place = self.reserve(flag);
                self.enter(place, &value);
                for _ in 0..n {
                    list::push(&value, self.needed("list")?)?;
                }
                value
            }
            b'{' => {
                let value = dict::new()?;
                let place = self.reserve(flag);
                self.enter(place, &value);
                while let Some(key) = self.value()? {
                    let Some(item) = self.value()? else { break };
                    dict::set(&value, &key, &item)?;
                }
                value
            }
            b'<' => {
                let n = self.size("set")?;
                let value = set::new()?;
                let place = self.reserve(flag);
                self.enter(place, &value);
                for _ in 0..n {
                    set::add(&value, &*self.needed("set")?)?;
                }
                value
            }
            b'>' => {
                let n = self.size("set")?;
                let place = self.reserve(flag);
                let value = set::new_frozen()?;
                for _ in 0..n {
                    set::add(&value, &*self.needed("set")?)?;
                }
                self.enter(place, &value);
                value
            }
            _ => {
                let place = self.reserve(flag);
                let parts = self.items(3, "slice")?;
                let value = slice::new(&parts[0], &parts[1], &parts[2])?;
                self.enter(place, &value);
                value
            }
        };
        Ok(value)
    }

    fn code(&mut self) -> Result<Owned> {
        let [argcount, posonlyargcount, kwonlyargcount, stacksize, flags] = {
            let mut numbers = [0; 5];
            for number in &mut numbers {
                *number = int(self.source)?;
            }
            numbers
        };
        let parts = self.items(8, "code")?;
        let [instructions, consts, names, variables, kinds, filename, name, qualname] = &parts[..] else {
            unreachable!("so many were read")
        };
        let firstlineno = int(self.source)?;
        let tables = self.items(2, "code")?;
        if !tuple::check(variables) || !bytes::check(kinds) || tuple::len(variables) != bytes::len(kinds) {
            return Err(error::bad_internal_call());
        }
        let of_kind = |kind| code::names_of_kind(variables, kinds, kind);
        let (varnames, freevars, cellvars) =
            (of_kind(code::FAST_LOCAL)?, of_kind(code::FAST_FREE)?, of_kind(code::FAST_CELL)?);
        let parts = code::Parts {
            argcount,
            posonlyargcount,
            kwonlyargcount,
            nlocals: tuple::len(&varnames) as c_int,
            stacksize,
            flags,
            code: instructions,
            consts,
            names,
            varnames: &varnames,
            freevars: &freevars,
            cellvars: &cellvars,
            filename,
            name,
            qualname,
            firstlineno,
            linetable: &tables[0],
            exceptiontable: &tables[1],
        };
        code::with_variables(&parts, variables, kinds)
    }
}
