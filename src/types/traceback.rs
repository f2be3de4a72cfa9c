//! Tracebacks: the chain of frames that an exception passed through, outermost first.

use super::frame;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error, lifecycle, message, slots};
use crate::raise;
use crate::types::{exceptions, list, long, none, typeobject, unicode};
use std::ffi::CStr;
use std::fmt::Write;
use std::io::BufRead;
use std::mem::offset_of;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyTraceBack_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"traceback".as_ptr(),
    tp_basicsize: size_of::<PyTracebackObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"traceback(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nOne frame that an exception passed through."
        .as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__dir__", dir, c"__dir__($self, /)\n--\n\n"), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"tb_frame", _Py_T_OBJECT, offset_of!(PyTracebackObject, tb_frame), Py_READONLY | Py_AUDIT_READ),
    PyMemberDef::new(c"tb_lasti", Py_T_INT, offset_of!(PyTracebackObject, tb_lasti), Py_READONLY),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"tb_next", Some(get_next), Some(set_next), ptr::null()),
    PyGetSetDef::new(c"tb_lineno", Some(get_lineno), None, ptr::null()),
    PyGetSetDef::END,
];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyTraceBack_Type)
}

fn this(o: &Object) -> *mut PyTracebackObject {
    o.cast()
}

/// One more link. `lineno` -1 means that the frame is asked.
pub fn new(next: Option<Owned>, frame: &Object, lasti: c_int, lineno: c_int) -> Result<Owned> {
    let tb = lifecycle::gc_new::<PyTracebackObject>(&raw mut PyTraceBack_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*tb).tb_next = crate::object::ptr::raw_or_null(next).cast();
        (*tb).tb_frame = frame.to_owned().into_raw();
        (*tb).tb_lasti = lasti;
        (*tb).tb_lineno = lineno;
        gc::track(tb.cast());
        Ok(Owned::from_raw(tb.cast()))
    }
}

/// `PyTraceBack_Here`: the exception that is set has passed through `frame`.
pub fn here(frame: &Object) -> Result<()> {
    let Some(exception) = error::take() else {
        return Err(raise!(SystemError, "no exception is set"));
    };
    let lasti = frame::lasti(frame);
    match new(exceptions::traceback(&exception), frame, lasti, frame::lineno(frame)) {
        Ok(tb) => {
            exceptions::set_traceback(&exception, &tb)?;
            let _ = error::restore(exception);
            Ok(())
        }
        Err(raised) => {
            exceptions::chain_context(exception);
            Err(raised)
        }
    }
}

pub fn next(o: &Object) -> Option<Owned> {
    // SAFETY: layout: a traceback.
    unsafe { Object::optional((*this(o)).tb_next.cast()).map(Object::to_owned) }
}

pub fn frame_of(o: &Object) -> Owned {
    // SAFETY: layout: a traceback owns its frame.
    unsafe { Object::from_ptr((*this(o)).tb_frame) }.to_owned()
}

pub fn lineno(o: &Object) -> c_int {
    // SAFETY: layout: a traceback.
    match unsafe { (*this(o)).tb_lineno } {
        -1 => frame::lineno(&frame_of(o)),
        line => line,
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        clear(op);
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let tb = op.cast::<PyTracebackObject>();
        refcount::clear((&raw mut (*tb).tb_next).cast());
        refcount::clear(&raw mut (*tb).tb_frame);
    }
    0
}

crate::traverse_fields!(traverse, PyTracebackObject, tb_next, tb_frame);

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    const PARAMETERS: Signature<4> =
        Signature::new("traceback", ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"]).required(4);
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        let [next, frame, lasti, lineno] = PARAMETERS.bind(args, kwds)?;
        let [next, frame, lasti, lineno] = [next, frame, lasti, lineno].map(|a| a.expect("all are required"));
        if !frame.is_exact(&raw mut frame::PyFrame_Type) {
            let got = if frame.is_none() { "None" } else { error::cut(typeobject::tp_name(frame.ty()), 50) };
            return Err(raise!(TypeError, "traceback() argument 'tb_frame' must be frame, not {got}"));
        }
        let (lasti, lineno) = (c_int_of(lasti)?, c_int_of(lineno)?);
        let next = checked_next(next, "traceback object or None")?;
        new(next, frame, lasti, lineno)
    })
}

/// An argument that is a C int.
pub(super) fn c_int_of(o: &Object) -> Result<c_int> {
    long::as_i32(o)
}

fn checked_next(next: &Object, expected: &str) -> Result<Option<Owned>> {
    if next.is_none() {
        return Ok(None);
    }
    if !check(next) {
        return Err(raise!(TypeError, "expected {expected}, got '{}'", typeobject::tp_name(next.ty())));
    }
    Ok(Some(next.to_owned()))
}

unsafe extern "C" fn dir(_op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let mut names = Vec::new();
        for name in ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"] {
            names.push(unicode::from_str(name)?);
        }
        list::from_owned(names)
    })
}

unsafe extern "C" fn get_next(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    next(unsafe { Object::from_ptr(op) }).unwrap_or_else(none::none).into_raw()
}

unsafe extern "C" fn set_next(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (tb, value) = unsafe { (Object::from_ptr(op), Object::optional(value)) };
        let Some(value) = value else {
            return Err(raise!(TypeError, "can't delete tb_next attribute"));
        };
        let next_tb = checked_next(value, "traceback object")?;
        let mut cursor = next_tb.clone();
        while let Some(link) = cursor {
            if link.is(tb) {
                return Err(raise!(ValueError, "traceback loop detected"));
            }
            cursor = next(&link);
        }
        // SAFETY: layout: the place owns what it holds.
        unsafe {
            let place = (&raw mut (*this(tb)).tb_next).cast::<*mut PyObject>();
            refcount::xdecref(place.replace(crate::object::ptr::raw_or_null(next_tb)));
        }
        Ok(())
    })
}

unsafe extern "C" fn get_lineno(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        match lineno(unsafe { Object::from_ptr(op) }) {
            -1 => Ok(none::none()),
            line => long::from_i64(line as i64),
        }
    })
}

/// How often the same line is shown before the rest are counted.
const REPEATS: usize = 3;
/// How many frames are shown, unless `sys.tracebacklimit` says otherwise.
pub const LIMIT: usize = 1000;

/// Which frames of a traceback are shown: `sys.tracebacklimit` is read in three ways.
#[derive(Clone, Copy)]
pub enum Frames {
    /// The last of so many that nobody misses more.
    Default,
    /// `PyTraceBack_Print`: the last ones.
    Last(usize),
    /// An exception that is printed: `frames[len(frames) - limit:]`, so that a limit that is a little too large cuts too.
    Sliced(usize),
    /// A snapshot of an exception: the first ones.
    First(usize),
}

impl Frames {
    /// The first of `depth` frames that are shown, and the one behind the last.
    fn of(self, depth: usize) -> (usize, usize) {
        match self {
            Frames::Default => (depth.saturating_sub(LIMIT), depth),
            Frames::Last(n) => (depth.saturating_sub(n), depth),
            Frames::Sliced(n) if n <= depth => (depth - n, depth),
            Frames::Sliced(n) => ((2 * depth).saturating_sub(n), depth),
            Frames::First(n) => (0, depth.min(n)),
        }
    }
}

/// The lines of a traceback, innermost last; empty if no frame is shown.
pub fn text(tb: &Object, frames: Frames) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let mut link = Some(tb.to_owned());
    while let Some(tb) = link {
        depth += 1;
        link = next(&tb);
    }
    let (start, end) = frames.of(depth);
    let mut link = Some(tb.to_owned());
    for _ in 0..start {
        link = link.and_then(|tb| next(&tb));
    }
    let mut left = end - start;
    let mut last: Option<(String, c_int, String)> = None;
    let mut count = 0;
    while let Some(tb) = link.filter(|_| left > 0) {
        left -= 1;
        let code = frame::code_of(&frame_of(&tb));
        let (filename, function) = super::code::names(&code);
        let here = (filename, lineno(&tb), function);
        if last.as_ref() != Some(&here) {
            repeated(&mut out, count);
            count = 0;
        }
        count += 1;
        if count <= REPEATS {
            let (filename, line, function) = &here;
            let _ = writeln!(out, "  File \"{filename}\", line {line}, in {function}");
            if let Some(source) = whole_line(filename, *line) {
                // What C prints in CPython keeps the white space at the end.
                let source = if matches!(frames, Frames::Last(_)) { &source } else { source.trim_end() };
                let _ = writeln!(out, "    {source}");
            }
        }
        last = Some(here);
        link = next(&tb);
    }
    repeated(&mut out, count);
    out
}

fn repeated(out: &mut String, count: usize) {
    if count > REPEATS {
        let more = count - REPEATS;
        let plural = if more > 1 { "s" } else { "" };
        let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
    }
}

/// A line of a source file, without the white space around it; `None` if there is no such file or line, or nothing in
/// it.
pub fn source_line(filename: &str, line: c_int) -> Option<String> {
    whole_line(filename, line).map(|text| text.trim_end().to_string())
}

/// The same with the white space at its end.
fn whole_line(filename: &str, line: c_int) -> Option<String> {
    if line < 1 || (filename.starts_with('<') && filename.ends_with('>')) {
        return None;
    }
    let file = std::fs::File::open(message::file_name(filename)?).ok()?;
    let text = std::io::BufReader::new(file).split(b'\n').nth(line as usize - 1)?.ok()?;
    let text = String::from_utf8_lossy(&text).trim_start().trim_end_matches(['\r', '\n']).to_string();
    (!text.is_empty()).then_some(text)
}

/// `_PyTraceback_Add`: a link for a place in C source, with a frame of its own.
pub fn add(function: &CStr, filename: &CStr, line: c_int) -> Result<()> {
    let exception = error::take();
    let make = || -> Result<Owned> {
        let globals = super::dict::new()?;
        let code = super::code::empty(filename, function, line)?;
        frame::new(&code, &globals, None)
    };
    let frame = match make() {
        Ok(frame) => frame,
        Err(raised) => {
            if let Some(exception) = exception {
                exceptions::chain_context(exception);
            }
            return Err(raised);
        }
    };
    frame::set_lineno(&frame, line);
    if let Some(exception) = exception {
        let _ = error::restore(exception);
    }
    here(&frame)
}
