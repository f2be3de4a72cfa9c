//! pyshim: CPython 3.14's C ABI without CPython.
//!
//! The map, bottom up; every room depends on those above it in this list only. `object` and `types` are one floor: an
//! error message is a `str`, and a `str` raises errors; what this floor asks of those above it goes through
//! `object::above`. Only exports leave the library, so the rooms are private, and the compiler tells what nobody uses.
#![deny(unsafe_op_in_unsafe_fn)]
#![allow(non_upper_case_globals, reason = "constants of the ABI keep their C names, in patterns too")]

/// Layouts, constants, function types: facts, asserted at compile time.
#[allow(dead_code, unused_imports, clippy::upper_case_acronyms, reason = "facts, all of them, whoever needs them")]
mod abi;

/// The current thread state, and what objects need of the interpreter they are in.
mod state;

/// Allocation domains, reference counts and immortality, free lists, the headers of collectable objects.
mod mem;

/// Owned and borrowed objects, the error indicator, the protocols that work through a type's slots.
mod object;

/// The type machinery, and a room for each builtin type.
mod types;

/// The cycle collector.
mod collect;

/// C values from objects and back: `PyArg_Parse*`, `Py_BuildValue`.
mod modsupport;

/// The marshal format: values and code as bytes.
mod marshal;

/// The process, interpreters, thread states, the GIL, pending calls, signals.
mod runtime;

/// Contexts: the HAMT, context variables, tokens, watchers.
mod context;

/// Module objects: definitions, slots, execution, state.
mod module;

/// Imports: sys.modules, the lock, builtin and extension modules, finding them.
mod import;

/// What objects are worth in another interpreter, and being in one for a while.
mod crossinterp;

/// The modules that the runtime brings.
mod builtins;

/// Starting and ending: the process, then interpreters, out of what the rooms above bring.
mod lifecycle;

/// The exports: one file for each header of CPython.
mod capi;
