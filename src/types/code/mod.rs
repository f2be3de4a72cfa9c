//! Code objects. Nothing here runs them: extensions make them for tracebacks and for functions' attributes, and read
//! their names, flags and line tables.

mod constant_key;
mod construct;
pub mod extra;
mod linetable;
pub mod stateless;
mod watchers;

pub use constant_key::constant_key;
pub use linetable::{line_of, location};
pub use watchers::{add_watcher, clear_watcher};

use construct::{new_slot, replace};
use linetable::{branches, get_lnotab, lines, positions};
use watchers::{CREATE, DESTROY, tell_watchers, watched};

use crate::abi::*;
use crate::mem::refcount;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error, lifecycle, slots};
use crate::raise;
use crate::types::{bytes, long, none, tuple, typeobject, unicode, weakref};
use std::ffi::CStr;
use std::mem::offset_of;
use std::ptr;

/// Two bytes: an instruction and its argument.
const UNIT: usize = 2;

/// What kind of variable a name in `co_localsplusnames` is.
const FAST_ARG_POS: u8 = 0x02;
const FAST_ARG_KW: u8 = 0x04;
const FAST_ARG_VAR: u8 = 0x08;
pub const FAST_LOCAL: u8 = 0x20;
pub const FAST_CELL: u8 = 0x40;
pub const FAST_FREE: u8 = 0x80;

/// Words of a frame before its variables, in CPython; `co_framesize` counts them.
const FRAME_WORDS: c_int = 10;

#[unsafe(no_mangle)]
pub static mut PyCode_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"code".as_ptr(),
    tp_basicsize: offset_of!(PyCodeObject, co_code_adaptive) as isize,
    tp_itemsize: UNIT as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_hash: Some(hash),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, \
        names, varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     \
        cellvars=(), /)\n--\n\nCompiled code, which nothing here can run."
        .as_ptr(),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(PyCodeObject, co_weakreflist) as isize,
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 8] = [
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\nThe size in memory, in bytes."),
    PyMethodDef::noargs(c"co_lines", lines, c"co_lines($self, /)\n--\n\nRanges of instructions and their lines."),
    PyMethodDef::noargs(c"co_branches", branches, c"co_branches($self, /)\n--\n\nThe branches of the code."),
    PyMethodDef::noargs(
        c"co_positions",
        positions,
        c"co_positions($self, /)\n--\n\nLine, end line, column and end column of each instruction.",
    ),
    PyMethodDef::keywords(
        c"_varname_from_oparg",
        varname_from_oparg,
        c"_varname_from_oparg($self, /, oparg)\n--\n\nThe name of the variable with this number.",
    ),
    PyMethodDef::keywords(c"replace", replace, c"replace($self, /, **changes)\n--\n\nA copy with some fields changed."),
    PyMethodDef::keywords(c"__replace__", replace, c"__replace__($self, /, **changes)\n--\n\nThe same as replace()."),
    PyMethodDef::END,
];

macro_rules! member {
    ($name:literal, $kind:ident, $field:ident) => {
        PyMemberDef::new($name, $kind, offset_of!(PyCodeObject, $field), Py_READONLY)
    };
}

static MEMBERS: [PyMemberDef; 15] = [
    member!(c"co_argcount", Py_T_INT, co_argcount),
    member!(c"co_posonlyargcount", Py_T_INT, co_posonlyargcount),
    member!(c"co_kwonlyargcount", Py_T_INT, co_kwonlyargcount),
    member!(c"co_stacksize", Py_T_INT, co_stacksize),
    member!(c"co_nlocals", Py_T_INT, co_nlocals),
    member!(c"co_flags", Py_T_INT, co_flags),
    member!(c"co_names", _Py_T_OBJECT, co_names),
    member!(c"co_filename", _Py_T_OBJECT, co_filename),
    member!(c"co_name", _Py_T_OBJECT, co_name),
    member!(c"co_qualname", _Py_T_OBJECT, co_qualname),
    member!(c"co_firstlineno", Py_T_INT, co_firstlineno),
    member!(c"co_linetable", _Py_T_OBJECT, co_linetable),
    member!(c"co_exceptiontable", _Py_T_OBJECT, co_exceptiontable),
    member!(c"co_consts", _Py_T_OBJECT, co_consts),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 7] = [
    PyGetSetDef::new(c"co_lnotab", Some(get_lnotab), None, ptr::null()),
    PyGetSetDef::new(c"_co_code_adaptive", Some(get_code), None, ptr::null()),
    PyGetSetDef::new(c"co_varnames", Some(get_varnames), None, ptr::null()),
    PyGetSetDef::new(c"co_cellvars", Some(get_cellvars), None, ptr::null()),
    PyGetSetDef::new(c"co_freevars", Some(get_freevars), None, ptr::null()),
    PyGetSetDef::new(c"co_code", Some(get_code), None, ptr::null()),
    PyGetSetDef::END,
];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyCode_Type)
}

fn this(o: &Object) -> *mut PyCodeObject {
    o.cast()
}

/// The parts that a code object is made from (`PyUnstable_Code_NewWithPosOnlyArgs`).
pub struct Parts<'a> {
    pub argcount: c_int,
    pub posonlyargcount: c_int,
    pub kwonlyargcount: c_int,
    pub nlocals: c_int,
    pub stacksize: c_int,
    pub flags: c_int,
    pub code: &'a Object,
    pub consts: &'a Object,
    pub names: &'a Object,
    pub varnames: &'a Object,
    pub freevars: &'a Object,
    pub cellvars: &'a Object,
    pub filename: &'a Object,
    pub name: &'a Object,
    pub qualname: &'a Object,
    pub firstlineno: c_int,
    pub linetable: &'a Object,
    pub exceptiontable: &'a Object,
}

/// A new code object; `ValueError` and `SystemError` for parts that don't fit together.
pub fn new(parts: &Parts) -> Result<Owned> {
    check_parts(parts)?;
    let (names, kinds, ncells) = locals_plus(parts)?;
    build(parts, names, kinds, ncells)
}

/// As [`new`], with the variables as another code object had them: their order, and what is known of each.
pub fn with_variables(parts: &Parts, variables: &Object, kinds: &Object) -> Result<Owned> {
    check_parts(parts)?;
    let ncells = bytes::as_slice(kinds).iter().filter(|&kind| kind & FAST_CELL != 0).count();
    build(parts, variables.to_owned(), kinds.to_owned(), ncells as c_int)
}

fn build(parts: &Parts, names: Owned, kinds: Owned, ncells: c_int) -> Result<Owned> {
    let nlocalsplus = tuple::items(&names).len() as c_int;
    let nlocals = tuple::items(parts.varnames).len() as c_int;
    let nfree = tuple::items(parts.freevars).len() as c_int;
    if nlocals != parts.nlocals {
        return Err(raise!(ValueError, "code: co_nlocals != len(co_varnames)"));
    }
    let code = bytes::as_slice(parts.code);
    let units = code.len() / UNIT;
    let co = lifecycle::new_var::<PyCodeObject>(&raw mut PyCode_Type, units as isize)?;
    let own = |o: &Object| o.to_owned().into_raw();
    // SAFETY: fresh; every field behind the head is set, and the instructions stand at the end.
    unsafe {
        let head = offset_of!(PyCodeObject, co_consts);
        ptr::write_bytes(co.cast::<u8>().add(head), 0, offset_of!(PyCodeObject, co_code_adaptive) - head);
        (*co).co_consts = own(parts.consts);
        (*co).co_names = own(parts.names);
        (*co).co_exceptiontable = own(parts.exceptiontable);
        (*co).co_flags = parts.flags;
        (*co).co_argcount = parts.argcount;
        (*co).co_posonlyargcount = parts.posonlyargcount;
        (*co).co_kwonlyargcount = parts.kwonlyargcount;
        (*co).co_stacksize = parts.stacksize;
        (*co).co_firstlineno = parts.firstlineno;
        (*co).co_nlocalsplus = nlocalsplus;
        (*co).co_framesize = nlocalsplus + parts.stacksize + FRAME_WORDS;
        (*co).co_nlocals = nlocals;
        (*co).co_ncellvars = ncells;
        (*co).co_nfreevars = nfree;
        (*co).co_localsplusnames = names.into_raw();
        (*co).co_localspluskinds = kinds.into_raw();
        (*co).co_filename = unicode::intern(parts.filename.to_owned()).into_raw();
        (*co).co_name = unicode::intern(parts.name.to_owned()).into_raw();
        (*co).co_qualname = unicode::intern(parts.qualname.to_owned()).into_raw();
        (*co).co_linetable = own(parts.linetable);
        ptr::copy_nonoverlapping(code.as_ptr(), (&raw mut (*co).co_code_adaptive).cast(), code.len());
        tell_watchers(co.cast(), CREATE);
        Ok(Owned::from_raw(co.cast()))
    }
}

fn check_parts(parts: &Parts) -> Result<()> {
    let total = |o: &Object| tuple::items(o).len() as c_int;
    let tuples = [parts.consts, parts.names, parts.varnames, parts.freevars, parts.cellvars];
    let strs = [parts.name, parts.qualname, parts.filename];
    let byte_strings = [parts.code, parts.linetable, parts.exceptiontable];
    if parts.argcount < parts.posonlyargcount
        || parts.posonlyargcount < 0
        || parts.kwonlyargcount < 0
        || parts.stacksize < 0
        || parts.flags < 0
        || tuples.iter().any(|o| !tuple::check(o))
        || strs.iter().any(|o| !unicode::check(o))
        || byte_strings.iter().any(|o| !bytes::check(o))
    {
        return Err(error::bad_internal_call());
    }
    for names in [parts.names, parts.varnames, parts.freevars, parts.cellvars] {
        if tuple::items(names).iter().any(|n| !n.is_exact(&raw mut unicode::PyUnicode_Type)) {
            return Err(raise!(SystemError, "non-string found in code slot"));
        }
    }
    // Instructions are pairs of bytes.
    if !bytes::as_slice(parts.code).len().is_multiple_of(UNIT) {
        return Err(raise!(ValueError, "code: co_code is malformed"));
    }
    let variadic = (parts.flags & CO_VARARGS != 0) as c_int + (parts.flags & CO_VARKEYWORDS != 0) as c_int;
    let Some(args) = parts.argcount.checked_add(parts.kwonlyargcount).and_then(|n| n.checked_add(variadic)) else {
        return Err(raise!(ValueError, "code: co_varnames is too small"));
    };
    if args > total(parts.varnames) {
        return Err(raise!(ValueError, "code: co_varnames is too small"));
    }
    Ok(())
}

/// The names of all variables with their kinds: locals, cells that are no locals, free variables. A local that is a
/// cell as well stands once.
fn locals_plus(parts: &Parts) -> Result<(Owned, Owned, c_int)> {
    let (varnames, cells) = (tuple::items(parts.varnames), tuple::items(parts.cellvars));
    let mut names: Vec<&Object> = varnames.to_vec();
    let mut kinds = vec![FAST_LOCAL; varnames.len()];
    let args = (parts.argcount + parts.kwonlyargcount) as usize;
    for (i, kind) in kinds.iter_mut().enumerate().take(args) {
        *kind |= if i < parts.posonlyargcount as usize {
            FAST_ARG_POS
        } else if i < parts.argcount as usize {
            FAST_ARG_POS | FAST_ARG_KW
        } else {
            FAST_ARG_KW
        };
    }
    let mut next = args;
    if parts.flags & CO_VARARGS != 0 {
        kinds[next] |= FAST_ARG_VAR | FAST_ARG_POS;
        next += 1;
    }
    if parts.flags & CO_VARKEYWORDS != 0 {
        kinds[next] |= FAST_ARG_VAR | FAST_ARG_KW;
    }
    for cell in cells {
        match varnames.iter().position(|name| unicode::equal(name, cell)) {
            Some(i) => kinds[i] |= FAST_CELL,
            None => {
                names.push(cell);
                kinds.push(FAST_CELL);
            }
        }
    }
    for free in tuple::items(parts.freevars) {
        names.push(free);
        kinds.push(FAST_FREE);
    }
    Ok((tuple::from_slice(&names)?, bytes::from_slice(&kinds)?, cells.len() as c_int))
}

/// `PyCode_NewEmpty`: code that stands for a place in C source. `UnicodeDecodeError` for a name that is no UTF-8.
pub fn empty(filename: &CStr, name: &CStr, firstlineno: c_int) -> Result<Owned> {
    let nothing = tuple::empty();
    let filename = unicode::paths::decode(filename.to_bytes())?;
    let name = unicode::utf8::decode(name.to_bytes(), None, None)?;
    // It would raise AssertionError if something ran it.
    let code = bytes::from_slice(b"\x80\x00Q\x00h\x01")?;
    let linetable = bytes::from_slice(b"\xea\x00")?;
    let no_bytes = bytes::from_slice(b"")?;
    new(&Parts {
        argcount: 0,
        posonlyargcount: 0,
        kwonlyargcount: 0,
        nlocals: 0,
        stacksize: 1,
        flags: 0,
        code: &code,
        consts: &nothing,
        names: &nothing,
        varnames: &nothing,
        freevars: &nothing,
        cellvars: &nothing,
        filename: &filename,
        name: &name,
        qualname: &name,
        firstlineno,
        linetable: &linetable,
        exceptiontable: &no_bytes,
    })
}

/// The file's name and the code's name, as text.
pub fn names(code: &Object) -> (String, String) {
    // SAFETY: layout: the code owns both.
    unsafe {
        let text = |op: *mut PyObject| error::Text(Object::from_ptr(op)).to_string();
        (text((*this(code)).co_filename), text((*this(code)).co_name))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        let co = op.cast::<PyCodeObject>();
        if watched() {
            // Whole again while others look at it.
            (*op).ob_refcnt = 1;
            tell_watchers(op, DESTROY);
            (*op).ob_refcnt -= 1;
            if (*op).ob_refcnt != 0 {
                return;
            }
        }
        if !(*co).co_weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        for held in [
            (*co).co_consts,
            (*co).co_names,
            (*co).co_exceptiontable,
            (*co).co_localsplusnames,
            (*co).co_localspluskinds,
            (*co).co_filename,
            (*co).co_name,
            (*co).co_qualname,
            (*co).co_linetable,
        ] {
            refcount::xdecref(held);
        }
        extra::free_all((*co).co_extra);
        lifecycle::free(op);
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let co = op.cast::<PyCodeObject>();
            let line = if (*co).co_firstlineno != 0 { (*co).co_firstlineno } else { -1 };
            let (filename, name) = names(Object::from_ptr(op));
            unicode::from_str(&format!("<code object {name} at {op:p}, file \"{filename}\", line {line}>"))
        }
    })
}

/// The fields that make two code objects equal.
fn compared(o: &Object) -> ([c_int; 6], [Owned; 6]) {
    let co = this(o);
    // SAFETY: layout: the code owns its fields.
    unsafe {
        let own = |op: *mut PyObject| Object::from_ptr(op).to_owned();
        (
            [
                (*co).co_argcount,
                (*co).co_posonlyargcount,
                (*co).co_kwonlyargcount,
                (*co).co_flags,
                (*co).co_firstlineno,
                (*co).ob_base.ob_size as c_int,
            ],
            [
                own((*co).co_name),
                own((*co).co_consts),
                own((*co).co_names),
                own((*co).co_localsplusnames),
                own((*co).co_linetable),
                own((*co).co_exceptiontable),
            ],
        )
    }
}

fn instructions(o: &Object) -> &[u8] {
    let co = this(o);
    // SAFETY: layout: the instructions stand behind the fixed part.
    unsafe {
        std::slice::from_raw_parts((&raw const (*co).co_code_adaptive).cast(), (*co).ob_base.ob_size as usize * UNIT)
    }
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if (op != Py_EQ && op != Py_NE) || !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        let ((numbers_a, objects_a), (numbers_b, objects_b)) = (compared(a), compared(b));
        let mut equal = numbers_a == numbers_b && instructions(a) == instructions(b);
        for (x, y) in objects_a.iter().zip(&objects_b) {
            equal = equal && constant_key(x)?.equals(&*constant_key(y)?)?;
        }
        Ok(super::boolobject::from_bool(equal == (op == Py_EQ)))
    })
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        // SAFETY: slot.
        let (numbers, objects) = compared(unsafe { Object::from_ptr(op) });
        let mut hash: usize = 20221211;
        for n in numbers {
            hash = (hash ^ n as usize).wrapping_mul(1000003);
        }
        for o in objects {
            hash = (hash ^ o.hash()? as usize).wrapping_mul(1000003);
        }
        Ok(if hash as isize == -1 { -2 } else { hash as isize })
    })
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let units = unsafe { (*op.cast::<PyVarObject>()).ob_size };
    api(|| long::from_i64((offset_of!(PyCodeObject, co_code_adaptive) + units as usize * UNIT) as i64))
}

/// `PyCode_GetCode`.
pub fn code_bytes(code: &Object) -> Result<Owned> {
    bytes::from_slice(instructions(code))
}

unsafe extern "C" fn get_code(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| code_bytes(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn varname_from_oparg(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    const PARAMETERS: Signature<1> = Signature::new("_varname_from_oparg", ["oparg"]).required(1);
    api(|| {
        // SAFETY: slot.
        unsafe {
            let [oparg] = PARAMETERS.bind(Object::from_ptr(args), Object::optional(kwds))?;
            let number = super::traceback::c_int_of(oparg.expect("bind checked it"))?;
            let names = tuple::items(Object::from_ptr((*op.cast::<PyCodeObject>()).co_localsplusnames));
            match usize::try_from(number).ok().and_then(|i| names.get(i)) {
                Some(name) => Ok((*name).to_owned()),
                None => Err(raise!(IndexError, "tuple index out of range")),
            }
        }
    })
}

/// The names of one kind of variable.
fn names_of(code: &Object, kind: u8) -> Result<Owned> {
    // SAFETY: layout: the code owns both.
    unsafe {
        let this = this(code);
        names_of_kind(Object::from_ptr((*this).co_localsplusnames), Object::from_ptr((*this).co_localspluskinds), kind)
    }
}

/// Those of `names`, a tuple, whose byte in `kinds` has a bit of `kind`.
pub fn names_of_kind(names: &Object, kinds: &Object, kind: u8) -> Result<Owned> {
    let chosen: Vec<&Object> = tuple::items(names)
        .iter()
        .zip(bytes::as_slice(kinds))
        .filter(|(_, k)| *k & kind != 0)
        .map(|(name, _)| *name)
        .collect();
    tuple::from_slice(&chosen)
}

pub fn varnames(code: &Object) -> Result<Owned> {
    names_of(code, FAST_LOCAL)
}

pub fn cellvars(code: &Object) -> Result<Owned> {
    names_of(code, FAST_CELL)
}

pub fn freevars(code: &Object) -> Result<Owned> {
    names_of(code, FAST_FREE)
}

macro_rules! name_getters {
    ($($slot:ident = $of:ident;)*) => { $(
        unsafe extern "C" fn $slot(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
            // SAFETY: slot.
            api(|| $of(unsafe { Object::from_ptr(op) }))
        }
    )* };
}

name_getters! {
    get_varnames = varnames;
    get_cellvars = cellvars;
    get_freevars = freevars;
}
