//! `SyntaxError`: where in which text the error is.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::object::{Object, Result, api, error, message, sequence};
use crate::raise;
use crate::types::{long, none, tuple, unicode};
use std::mem::offset_of;

struct Place;

macro_rules! members {
    ($($name:literal $field:ident;)*) => {
        impl fields::Fields for Place {
            const OFFSETS: &'static [usize] = &[$(offset_of!(PySyntaxErrorObject, $field)),*];
        }

        static MEMBERS: [PyMemberDef; 10] = [
            $(PyMemberDef::new($name, _Py_T_OBJECT, offset_of!(PySyntaxErrorObject, $field), 0),)*
            PyMemberDef::END,
        ];
    };
}

members! {
    c"msg" msg;
    c"filename" filename;
    c"lineno" lineno;
    c"offset" offset;
    c"text" text;
    c"end_lineno" end_lineno;
    c"end_offset" end_offset;
    c"print_file_and_line" print_file_and_line;
    c"_metadata" metadata;
}

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_str: Some(str),
    tp_init: Some(init),
    tp_members: table(&MEMBERS),
    ..extended::<PySyntaxErrorObject, Place>(
        c"SyntaxError",
        &raw mut super::Exception,
        c"Source text is not well-formed.",
    )
};

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            base::no_keywords((*op).ob_type, kwds)?;
            let args = Object::from_ptr(args);
            base::set_args(Object::from_ptr(op), args);
            let this = op.cast::<PySyntaxErrorObject>();
            let items = tuple::items(args);
            if let Some(msg) = items.first() {
                put(&raw mut (*this).msg, Some((*msg).to_owned()));
            }
            let [_, place] = items else { return Ok(()) };
            let place = sequence::tuple(place)?;
            let place = tuple::items(&place);
            if place.len() < 4 {
                return Err(raise!(TypeError, "function takes at least 4 arguments ({} given)", place.len()));
            }
            if place.len() > 7 {
                return Err(raise!(TypeError, "function takes at most 7 arguments ({} given)", place.len()));
            }
            let get = |i: usize| place.get(i).map(|item| (*item).to_owned());
            put(&raw mut (*this).filename, get(0));
            put(&raw mut (*this).lineno, get(1));
            put(&raw mut (*this).offset, get(2));
            put(&raw mut (*this).text, get(3));
            put(&raw mut (*this).end_lineno, get(4));
            put(&raw mut (*this).end_offset, get(5));
            put(&raw mut (*this).metadata, get(6));
            if place.len() == 5 {
                return Err(raise!(TypeError, "end_offset must be provided when end_lineno is provided"));
            }
            Ok(())
        }
    })
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PySyntaxErrorObject>();
            let filename = Object::optional((*this).filename).filter(|f| unicode::check(f));
            let line = Object::optional((*this).lineno).filter(|l| l.is_exact(&raw mut long::PyLong_Type));
            let msg = Object::optional((*this).msg).unwrap_or(none::none_ref()).to_owned().str()?;
            if filename.is_none() && line.is_none() {
                return Ok(msg);
            }
            let mut text = format!("{} (", error::Text(&msg));
            if let Some(filename) = filename {
                let whole = error::Text(filename).to_string();
                text += whole.rsplit('/').next().unwrap_or(&whole);
            }
            if let Some(line) = line {
                // What does not fit a C long is shown as CPython shows it.
                let line = long::to_i64(line).unwrap_or(-1);
                text += if filename.is_some() { ", " } else { "" };
                text += &format!("line {line}");
            }
            text.push(')');
            message::decoded(&text)
        }
    })
}

/// What printing shows of a `SyntaxError`.
pub struct Location {
    pub msg: Option<String>,
    pub filename: Option<String>,
    pub lineno: Option<i64>,
    pub offset: Option<i64>,
    pub end_lineno: Option<i64>,
    pub end_offset: Option<i64>,
    pub text: Option<String>,
}

/// The location that the fields give; what is no text or number there counts as missing.
pub fn location(e: &Object) -> Result<Location> {
    let this = e.cast::<PySyntaxErrorObject>();
    // SAFETY: layout: a SyntaxError, which owns its fields.
    unsafe {
        let shown = |place: *mut PyObject| -> Result<Option<String>> {
            match Object::optional(place) {
                Some(value) if !value.is_none() => Ok(Some(error::Text(&*value.to_owned().str()?).to_string())),
                _ => Ok(None),
            }
        };
        let number = |place: *mut PyObject| Object::optional(place).filter(|v| long::check(v)).and_then(long::to_i64);
        Ok(Location {
            msg: shown((*this).msg)?,
            filename: shown((*this).filename)?,
            lineno: number((*this).lineno),
            offset: number((*this).offset),
            end_lineno: number((*this).end_lineno),
            end_offset: number((*this).end_offset),
            text: Object::optional((*this).text).filter(|t| unicode::check(t)).map(|t| error::Text(t).to_string()),
        })
    }
}
