//! The builtin types, one room each, and the type machinery they all stand on (`typeobject`).
//!
//! A type's static object, its slots and its behaviour stand in its room. The C functions around it (`PyList_Append`)
//! stand in `capi`, in the file of the header that declares them.

pub mod adapt;
pub mod boolobject;
pub mod builtin_iterators;
pub mod bytearray;
pub mod bytes;
pub mod bytesmethods;
pub mod capsule;
pub mod cell;
pub mod cfunction;
pub mod classobject;
pub mod code;
pub mod complex;
pub mod descr;
pub mod dict;
pub mod enumobject;
pub mod exceptions;
pub mod float;
pub mod formatter;
pub mod frame;
pub mod framelocals;
pub mod funcobject;
pub mod function;
pub mod genericalias;
pub mod genobject;
pub mod iterobject;
pub mod list;
pub mod long;
pub mod mappingproxy;
pub mod memoryview;
pub mod methodcall;
pub mod namespace;
pub mod none;
pub mod odict;
pub mod picklebuffer;
pub mod property;
pub mod pyhash;
pub mod range;
pub mod set;
pub mod slice;
pub mod stdprinter;
pub mod strtod;
pub mod structseq;
pub mod superobject;
pub mod table;
pub mod traceback;
pub mod traverse;
pub mod tuple;
pub mod typeobject;
pub mod unicode;
pub mod union;
pub mod warnings;
pub mod weakproxy;
pub mod weakref;
