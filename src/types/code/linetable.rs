//! Line tables: from which line and column of the source each instruction comes.

use super::{UNIT, this};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api};
use crate::types::{bytes, list, long, none, tuple};

/// Where an instruction comes from. `None` for what has no line or column.
#[derive(Clone, Copy)]
pub struct Location {
    pub line: Option<c_int>,
    pub end_line: Option<c_int>,
    pub column: Option<c_int>,
    pub end_column: Option<c_int>,
}

/// An entry of the line table: so many units come from there.
pub struct Entry {
    pub units: usize,
    pub location: Location,
}

/// Reads a line table: entries of a first byte (kind and number of units) and the numbers that the kind wants.
pub fn entries(code: &Object) -> Vec<Entry> {
    // SAFETY: layout: the code owns its table.
    let (table, mut line) = unsafe { (Object::from_ptr((*this(code)).co_linetable), (*this(code)).co_firstlineno) };
    let mut rest = bytes::as_slice(table).iter().copied();
    let mut entries = Vec::new();
    while let Some(first) = rest.next() {
        let kind = (first >> 3) & 15;
        let units = (first & 7) as usize + 1;
        let mut varint = || {
            let (mut value, mut shift) = (0u32, 0);
            for byte in rest.by_ref() {
                value |= ((byte & 63) as u32) << shift;
                shift = (shift + 6).min(30);
                if byte & 64 == 0 {
                    break;
                }
            }
            value as c_int
        };
        let signed = |value: c_int| if value & 1 != 0 { -(value >> 1) } else { value >> 1 };
        let nowhere = Location { line: None, end_line: None, column: None, end_column: None };
        let location = match kind {
            15 => nowhere,
            14 => {
                line += signed(varint());
                let end_line = line + varint();
                let (column, end_column) = (varint() - 1, varint() - 1);
                let known = |n: c_int| (n >= 0).then_some(n);
                Location {
                    line: Some(line),
                    end_line: Some(end_line),
                    column: known(column),
                    end_column: known(end_column),
                }
            }
            13 => {
                line += signed(varint());
                Location { line: Some(line), end_line: Some(line), ..nowhere }
            }
            10..=12 => {
                line += kind as c_int - 10;
                let (column, end) = (rest.next().unwrap_or(0), rest.next().unwrap_or(0));
                Location {
                    line: Some(line),
                    end_line: Some(line),
                    column: Some(column as c_int),
                    end_column: Some(end as c_int),
                }
            }
            short => {
                let second = rest.next().unwrap_or(0);
                let column = ((short as c_int) << 3) | (second >> 4) as c_int;
                Location {
                    line: Some(line),
                    end_line: Some(line),
                    column: Some(column),
                    end_column: Some(column + (second & 15) as c_int),
                }
            }
        };
        entries.push(Entry { units, location });
    }
    entries
}

/// Where the instruction at a byte offset comes from.
pub fn location(code: &Object, offset: c_int) -> Location {
    let nowhere = Location { line: None, end_line: None, column: None, end_column: None };
    if offset < 0 {
        // SAFETY: layout.
        let line = unsafe { (*this(code)).co_firstlineno };
        return Location { line: Some(line), end_line: Some(line), column: Some(0), end_column: Some(0) };
    }
    let mut end = 0;
    for entry in entries(code) {
        end += entry.units * UNIT;
        if (offset as usize) < end {
            return entry.location;
        }
    }
    nowhere
}

/// `PyCode_Addr2Line`; -1 if there is no line.
pub fn line_of(code: &Object, offset: c_int) -> c_int {
    location(code, offset).line.unwrap_or(-1)
}

fn optional_int(n: Option<c_int>) -> Result<Owned> {
    n.map_or_else(|| Ok(none::none()), |n| long::from_i64(n as i64))
}

pub(super) unsafe extern "C" fn lines(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let code = unsafe { Object::from_ptr(op) };
        let mut ranges: Vec<(usize, usize, Option<c_int>)> = Vec::new();
        let mut start = 0;
        for entry in entries(code) {
            let end = start + entry.units * UNIT;
            match ranges.last_mut() {
                Some(last) if last.2 == entry.location.line => last.1 = end,
                _ => ranges.push((start, end, entry.location.line)),
            }
            start = end;
        }
        let mut items = Vec::new();
        for (start, end, line) in ranges {
            let parts = vec![long::from_i64(start as i64)?, long::from_i64(end as i64)?, optional_int(line)?];
            items.push(tuple::from_owned(parts)?);
        }
        list::from_owned(items)?.iter()
    })
}

pub(super) unsafe extern "C" fn positions(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let code = unsafe { Object::from_ptr(op) };
        let mut items = Vec::new();
        for entry in entries(code) {
            for _ in 0..entry.units {
                let at = entry.location;
                let parts = vec![
                    optional_int(at.line)?,
                    optional_int(at.end_line)?,
                    optional_int(at.column)?,
                    optional_int(at.end_column)?,
                ];
                items.push(tuple::from_owned(parts)?);
            }
        }
        list::from_owned(items)?.iter()
    })
}

pub(super) unsafe extern "C" fn branches(_op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // Instructions are not decoded here, so no branches are known.
    api(|| list::new()?.iter())
}

/// Old-style line numbers: pairs of steps in bytes and in lines.
pub(super) unsafe extern "C" fn get_lnotab(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let code = Object::from_ptr(op);
            let mut table = Vec::new();
            let mut line = (*this(code)).co_firstlineno;
            let (mut bytes_since, mut previous) = (0usize, line);
            for entry in entries(code) {
                if let Some(at) = entry.location.line {
                    line = at;
                }
                let mut delta = line - previous;
                if delta != 0 {
                    while bytes_since > 255 {
                        table.extend([255, 0]);
                        bytes_since -= 255;
                    }
                    while !(-128..=127).contains(&delta) {
                        let step = delta.clamp(-128, 127);
                        table.extend([bytes_since as u8, step as i8 as u8]);
                        bytes_since = 0;
                        delta -= step;
                    }
                    table.extend([bytes_since as u8, delta as i8 as u8]);
                    bytes_since = 0;
                    previous = line;
                }
                bytes_since += entry.units * UNIT;
            }
            bytes::from_slice(&table)
        }
    })
}
