//! pyshim: CPython 3.14's C ABI without CPython.
//!
//! The map, bottom up; every room depends on those above it in this list only. `object` and `types` are one floor: an
//! error message is a `str`, and a `str` raises errors.
#![deny(unsafe_op_in_unsafe_fn)]
#![allow(non_upper_case_globals, reason = "constants of the ABI keep their C names, in patterns too")]

/// Layouts, constants, function types: facts, asserted at compile time.
pub mod abi;

/// The current thread state, and what objects need of the interpreter they are in.
pub mod state;

/// Allocation domains, reference counts and immortality, free lists, the headers of collectable objects.
pub mod mem;

/// Owned and borrowed objects, the error indicator, the protocols that work through a type's slots.
pub mod object;

/// The type machinery, and a room for each builtin type.
pub mod types;

/// The cycle collector.
pub mod collect;

/// C values from objects and back: `PyArg_Parse*`, `Py_BuildValue`.
pub mod modsupport;

/// The marshal format: values and code as bytes.
pub mod marshal;

/// Process, interpreters, thread states, the GIL, starting and ending.
pub mod runtime;

/// What objects are worth in another interpreter.
pub mod crossinterp;

/// Contexts: the HAMT, context variables, tokens, watchers.
pub mod context;

/// Module objects: definitions, slots, execution, state.
pub mod module;

/// Imports: sys.modules, the lock, builtin and extension modules, finding them.
pub mod import;

/// The modules that the runtime brings.
pub mod builtins;

/// Starting and ending: the process, then interpreters, out of what the rooms above bring.
pub mod lifecycle;

/// The exports: one file for each header of CPython.
pub mod capi;
