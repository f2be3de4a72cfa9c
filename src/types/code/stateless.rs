//! What a code object relies on: the names in it, counted by kind; and whether it has a state beside its arguments.

use super::{FAST_CELL, FAST_FREE};
use crate::abi::*;
use crate::object::error::{self, Text};
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{bytes, dict, none, set, tuple};
use std::ffi::CStr;

const FAST_ARG_POS: u8 = 0x02;
const FAST_ARG_KW: u8 = 0x04;
const FAST_ARG_VAR: u8 = 0x08;
const FAST_HIDDEN: u8 = 0x10;
const FAST_ARG: u8 = FAST_ARG_POS | FAST_ARG_KW | FAST_ARG_VAR;

// Instructions of 3.14: those that are looked at, and those with units of cache behind them.
const RETURN_VALUE: u8 = 35;
const STORE_SUBSCR: u8 = 38;
const TO_BOOL: u8 = 39;
const BINARY_OP: u8 = 44;
const CALL: u8 = 52;
const CALL_KW: u8 = 55;
const COMPARE_OP: u8 = 56;
const CONTAINS_OP: u8 = 57;
const FOR_ITER: u8 = 70;
const JUMP_BACKWARD: u8 = 75;
const LOAD_ATTR: u8 = 80;
const LOAD_CONST: u8 = 82;
const LOAD_GLOBAL: u8 = 92;
const LOAD_SUPER_ATTR: u8 = 96;
const POP_JUMP_IF_FALSE: u8 = 100;
const POP_JUMP_IF_TRUE: u8 = 103;
const SEND: u8 = 106;
const STORE_ATTR: u8 = 110;
const UNPACK_SEQUENCE: u8 = 119;

/// How many units of cache stand behind an instruction.
fn caches(opcode: u8) -> usize {
    match opcode {
        LOAD_ATTR => 9,
        BINARY_OP => 5,
        LOAD_GLOBAL | STORE_ATTR => 4,
        TO_BOOL | CALL | CALL_KW => 3,
        STORE_SUBSCR | COMPARE_OP | CONTAINS_OP | FOR_ITER | JUMP_BACKWARD | LOAD_SUPER_ATTR => 1,
        POP_JUMP_IF_FALSE..=POP_JUMP_IF_TRUE | SEND | UNPACK_SEQUENCE => 1,
        _ => 0,
    }
}

/// CPython's `_PyCode_var_counts_t`.
#[repr(C)]
#[derive(Default)]
pub struct _PyCode_var_counts_t {
    pub total: c_int,
    pub locals: LocalsCounts,
    /// Variables of functions around.
    pub numfree: c_int,
    pub unbound: UnboundCounts,
}

#[repr(C)]
#[derive(Default)]
pub struct LocalsCounts {
    pub total: c_int,
    pub args: ArgsCounts,
    pub numpure: c_int,
    pub cells: CellsCounts,
    pub hidden: HiddenCounts,
}

#[repr(C)]
#[derive(Default)]
pub struct ArgsCounts {
    pub total: c_int,
    pub numposonly: c_int,
    pub numposorkw: c_int,
    pub numkwonly: c_int,
    pub varargs: c_int,
    pub varkwargs: c_int,
}

#[repr(C)]
#[derive(Default)]
pub struct CellsCounts {
    pub total: c_int,
    pub numargs: c_int,
    pub numothers: c_int,
}

#[repr(C)]
#[derive(Default)]
pub struct HiddenCounts {
    pub total: c_int,
    pub numpure: c_int,
    pub numcells: c_int,
}

#[repr(C)]
#[derive(Default)]
pub struct UnboundCounts {
    pub total: c_int,
    pub globals: GlobalsCounts,
    pub numattrs: c_int,
    pub numunknown: c_int,
}

#[repr(C)]
#[derive(Default)]
pub struct GlobalsCounts {
    pub total: c_int,
    pub numglobal: c_int,
    pub numbuiltin: c_int,
    pub numunknown: c_int,
}

const _: () = assert!(size_of::<_PyCode_var_counts_t>() == 23 * 4);

fn parts(code: &Object) -> &PyCodeObject {
    // SAFETY: layout: a code object.
    unsafe { &*code.cast() }
}

/// The names of a code object, by kind (`_PyCode_GetVarCounts`). Of those that are not bound in it nothing more is
/// known yet.
pub fn counts(code: &Object) -> _PyCode_var_counts_t {
    let mut counts = _PyCode_var_counts_t::default();
    // SAFETY: a code object owns its fields.
    let (kinds, names) =
        unsafe { (Object::from_ptr(parts(code).co_localspluskinds), Object::from_ptr(parts(code).co_names)) };
    let locals = &mut counts.locals;
    for &kind in bytes::as_slice(kinds) {
        if kind & FAST_FREE != 0 {
            counts.numfree += 1;
            continue;
        }
        locals.total += 1;
        let cell = kind & FAST_CELL != 0;
        if kind & FAST_ARG != 0 {
            locals.args.total += 1;
            match (kind & FAST_ARG_VAR != 0, kind & FAST_ARG_POS != 0, kind & FAST_ARG_KW != 0) {
                (true, true, _) => locals.args.varargs = 1,
                (true, false, _) => locals.args.varkwargs = 1,
                (false, true, true) => locals.args.numposorkw += 1,
                (false, true, false) => locals.args.numposonly += 1,
                (false, false, _) => locals.args.numkwonly += 1,
            }
            if cell {
                locals.cells.total += 1;
                locals.cells.numargs += 1;
            }
            continue;
        }
        let hidden = c_int::from(kind & FAST_HIDDEN != 0);
        locals.hidden.total += hidden;
        if cell {
            locals.cells.total += 1;
            locals.cells.numothers += 1;
            locals.hidden.numcells += hidden;
        } else {
            locals.numpure += 1;
            locals.hidden.numpure += hidden;
        }
    }
    let unbound = tuple::items(names).len() as c_int;
    counts.unbound = UnboundCounts { total: unbound, numunknown: unbound, ..Default::default() };
    counts.total = counts.locals.total + counts.numfree + unbound;
    counts
}

/// The instructions with their arguments. Of an argument that has more than a byte CPython looks at the lowest one only,
/// so the names behind the 128th are not seen.
fn instructions(code: &Object) -> Vec<(u8, usize)> {
    let Ok(bytes) = super::code_bytes(code) else {
        error::clear();
        return Vec::new();
    };
    let units = bytes::as_slice(&bytes);
    let (mut found, mut i) = (Vec::new(), 0);
    while i * 2 + 1 < units.len() {
        found.push((units[i * 2], usize::from(units[i * 2 + 1])));
        i += 1 + caches(units[i * 2]);
    }
    found
}

/// A set that the caller gave, or a new one. `TypeError` for anything else.
fn set_of(given: Option<&Object>, what: &str) -> Result<Owned> {
    match given {
        None => set::new(),
        Some(names) if names.is_a(&raw mut set::PySet_Type) => Ok(names.to_owned()),
        Some(other) => Err(raise!(TypeError, "expected a set for \"{what}\", got {}", Text(&*other.repr()?))),
    }
}

/// Says of the unbound names which are globals and which are attributes (`_PyCode_SetUnboundVarCounts`). The sets,
/// which may be given, get the names.
pub fn count_unbound(
    code: &Object,
    counts: &mut _PyCode_var_counts_t,
    globalnames: Option<&Object>,
    attrnames: Option<&Object>,
    globals: Option<&Object>,
    builtins: Option<&Object>,
) -> Result<()> {
    let (globalnames, attrnames) = (set_of(globalnames, "globalnames")?, set_of(attrnames, "attrnames")?);
    // SAFETY: a code object owns its fields.
    let names = tuple::items(unsafe { Object::from_ptr(parts(code).co_names) });
    let has = |dict: Option<&Object>, name: &Object| dict.map_or(Ok(false), |dict| dict::contains(dict, name));
    let (mut unbound, mut both) = (UnboundCounts::default(), 0);
    for (opcode, arg) in instructions(code) {
        if !matches!(opcode, LOAD_ATTR | LOAD_GLOBAL) {
            continue;
        }
        let Some(name) = names.get(arg >> 1) else { continue };
        let (mine, others) = if opcode == LOAD_ATTR { (&attrnames, &globalnames) } else { (&globalnames, &attrnames) };
        if set::contains(mine, name)? {
            continue;
        }
        set::add(mine, name)?;
        unbound.total += 1;
        // A name that is both counts twice.
        both += c_int::from(set::contains(others, name)?);
        if opcode == LOAD_ATTR {
            unbound.numattrs += 1;
            continue;
        }
        unbound.globals.total += 1;
        if has(globals, name)? {
            unbound.globals.numglobal += 1;
        } else if has(builtins, name)? {
            unbound.globals.numbuiltin += 1;
        } else {
            unbound.globals.numunknown += 1;
        }
    }
    counts.total += both;
    let total = counts.unbound.total + both;
    unbound.numunknown = total - unbound.total;
    unbound.total = total;
    counts.unbound = unbound;
    Ok(())
}

/// Nothing that extensions keep with the code, and no tool that watches it; else what is wrong
/// (`_PyCode_CheckNoInternalState`).
pub fn internal_state(code: &Object) -> Option<&'static CStr> {
    let parts = parts(code);
    let basic = parts.co_executors.is_null()
        && parts._co_instrumentation_version == 0
        && parts._co_monitoring.is_null()
        && parts.co_extra.is_null();
    (!basic).then_some(c"only basic code objects are supported")
}

/// Nothing from around the code but builtins; else what is wrong (`_PyCode_CheckNoExternalState`).
pub fn external_state(counts: &_PyCode_var_counts_t) -> Option<&'static CStr> {
    let globals = &counts.unbound.globals;
    if counts.numfree > 0 {
        Some(c"closures not supported")
    } else if globals.numglobal > 0 || globals.numbuiltin > 0 && globals.numunknown > 0 {
        // Without the builtins nobody can tell whether a name is one.
        Some(c"globals not supported")
    } else {
        None
    }
}

/// A function that is called and returns; else what is wrong (`_PyCode_CheckPureFunction`).
pub fn impure(code: &Object) -> Option<&'static CStr> {
    let flags = parts(code).co_flags;
    if flags & (CO_GENERATOR | CO_ASYNC_GENERATOR) != 0 {
        Some(c"generators not supported")
    } else if flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE) != 0 {
        Some(c"coroutines not supported")
    } else {
        None
    }
}

/// `ValueError` if the code has a state of its own or relies on one (`_PyCode_VerifyStateless`).
pub fn verify(
    code: &Object,
    globalnames: Option<&Object>,
    globals: Option<&Object>,
    builtins: Option<&Object>,
) -> Result<()> {
    let mut counts = counts(code);
    count_unbound(code, &mut counts, globalnames, None, globals, builtins)?;
    // With builtins at hand, what is not one of them is a global, though none of them may be used.
    counts.unbound.globals.numbuiltin += c_int::from(builtins.is_some());
    match internal_state(code).or_else(|| external_state(&counts)) {
        Some(fault) => Err(raise!(ValueError, "{}", fault.to_string_lossy())),
        None => Ok(()),
    }
}

/// Whether all it can return is None (`_PyCode_ReturnsOnlyNone`).
pub fn returns_only_none(code: &Object) -> bool {
    if impure(code).is_some() {
        return false;
    }
    // SAFETY: a code object owns its fields.
    let consts = tuple::items(unsafe { Object::from_ptr(parts(code).co_consts) });
    let none_index = consts.iter().position(|value| value.is(none::none_ref()));
    let instructions = instructions(code);
    instructions
        .iter()
        .enumerate()
        .filter(|(_, found)| found.0 == RETURN_VALUE)
        .all(|(n, _)| n > 0 && instructions[n - 1].0 == LOAD_CONST && Some(instructions[n - 1].1) == none_index)
}
