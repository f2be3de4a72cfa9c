//! The exports: one file for each header of CPython, named after it. An export validates, calls a room below, converts.
//!
//! What every function here relies on, called "the caller's contract" in its `SAFETY` lines: pointers are NULL where
//! the documentation allows it or point to live objects, and a thread state is attached, but for the few functions
//! that say otherwise.

mod r#abstract;
mod boolobject;
mod bytearrayobject;
mod bytesobject;
mod ceval;
mod classobject;
mod code;
mod codecs;
mod complexobject;
mod context;
mod critical_section;
mod descrobject;
mod dictobject;
mod doors;
mod enumobject;
mod fileobject;
mod fileutils;
mod floatobject;
mod frameobject;
mod funcobject;
mod genericaliasobject;
mod genobject;
mod import;
mod initconfig;
mod iterobject;
mod listobject;
mod lock;
mod longobject;
mod marshal;
mod memoryobject;
mod methodobject;
mod modsupport;
mod moduleobject;
mod namespace;
mod object;

mod objimpl;
mod odictobject;
mod osmodule;
mod picklebufobject;
mod pybuffer;
mod pycapsule;
mod pyctype;
mod pydebug;
mod pyerrors;
mod pyframe;
mod pyhash;
mod pylifecycle;
mod pymem;
mod pystate;
mod pystrcmp;
mod pystrtod;
mod pythonrun;
mod pythread;
mod pytime;
mod rangeobject;
mod refcount;
mod setobject;
mod sliceobject;
mod structseq;
mod sysmodule;
mod traceback;
mod tupleobject;
mod unicodectype;
mod unicodeobject;
mod unicodeobject_codecs;
mod unicodeobject_writer;
mod variadic;
mod variadic_calls;
mod variadic_errors;
mod warnings;
mod weakrefobject;
