//! What `sys` says of the machine and of the runtime: made once in a process, immortal, and shared by all interpreters.

use super::sys_stdlib_names;
use crate::abi::*;
use crate::mem::share;
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::types::set::late;
use crate::types::structseq::StaticType;
use crate::types::{dict, float, long, tuple, typeobject, unicode};
use std::sync::atomic::{AtomicPtr, Ordering};

macro_rules! static_types {
    ($($(#[$doc:meta])* $name:ident $ty:ident = $shown:literal, $text:literal, $visible:literal, $flags:expr,
       [$($field:literal: $about:literal,)*];)*) => { $(
        static mut $ty: PyTypeObject = PyTypeObject {
            ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
            ..PyTypeObject::EMPTY
        };
        $(#[$doc])*
        pub static $name: StaticType = StaticType {
            ty: &raw mut $ty,
            name: $shown,
            module: None,
            doc: $text,
            fields: &[$(($field, $about)),*],
            visible: $visible,
            flags: $flags,
        };
    )* };
}

static_types! {
    VERSION_INFO VERSION_INFO_TYPE = c"sys.version_info",
        c"sys.version_info\n\nThe version, in its parts.", 5, Py_TPFLAGS_DISALLOW_INSTANTIATION, [
        c"major": c"first number of the version",
        c"minor": c"second number of the version",
        c"micro": c"third number of the version",
        c"releaselevel": c"how far the release is: 'alpha', 'beta', 'candidate' or 'final'",
        c"serial": c"number among the releases that are as far",
    ];
    HASH_INFO HASH_INFO_TYPE = c"sys.hash_info",
        c"hash_info\n\nA named tuple with the parameters of hashing. Its attributes are read-only.", 9, 0, [
        c"width": c"how many bits a hash has",
        c"modulus": c"the prime number that numbers are reduced by to their hash",
        c"inf": c"hash of infinity; minus infinity has the negative of it",
        c"nan": c"hash of a nan in older versions",
        c"imag": c"what the imaginary part's hash is multiplied by",
        c"algorithm": c"which algorithm hashes str, bytes and memoryviews",
        c"hash_bits": c"how many bits the algorithm gives",
        c"seed_bits": c"how many bits of seed the algorithm takes",
        c"cutoff": c"texts shorter than this have a hash of their own kind",
    ];
    THREAD_INFO THREAD_INFO_TYPE = c"sys.thread_info",
        c"sys.thread_info\n\nWhat threads and locks are made of, as a named tuple.", 3, 0, [
        c"name": c"which threads these are",
        c"lock": c"what locks are made of",
        c"version": c"which thread library, and its version",
    ];
    FLAGS FLAGS_TYPE = c"sys.flags",
        c"sys.flags\n\nWhat the command line and the environment turned on.", 18,
        Py_TPFLAGS_DISALLOW_INSTANTIATION, [
        c"debug": c"-d",
        c"inspect": c"-i",
        c"interactive": c"-i",
        c"optimize": c"-O or -OO",
        c"dont_write_bytecode": c"-B",
        c"no_user_site": c"-s",
        c"no_site": c"-S",
        c"ignore_environment": c"-E",
        c"verbose": c"-v",
        c"bytes_warning": c"-b",
        c"quiet": c"-q",
        c"hash_randomization": c"-R",
        c"isolated": c"-I",
        c"dev_mode": c"-X dev",
        c"utf8_mode": c"-X utf8",
        c"warn_default_encoding": c"-X warn_default_encoding",
        c"safe_path": c"-P",
        c"int_max_str_digits": c"-X int_max_str_digits",
        c"gil": c"-X gil",
        c"thread_inherit_context": c"-X thread_inherit_context",
        c"context_aware_warnings": c"-X context_aware_warnings",
    ];
    ASYNCGEN_HOOKS ASYNCGEN_HOOKS_TYPE = c"asyncgen_hooks",
        c"asyncgen_hooks\n\nA named tuple with the hooks of asynchronous generators. Its attributes are read-only.", 2,
        Py_TPFLAGS_DISALLOW_INSTANTIATION, [
        c"firstiter": c"",
        c"finalizer": c"",
    ];
}

static STATIC_TYPES: [&StaticType; 11] = [
    &super::signalmodule::STRUCT_SIGINFO,
    &super::timemodule::STRUCT_TIME,
    &super::threadmodule::EXCEPT_HOOK_ARGS,
    &VERSION_INFO,
    &HASH_INFO,
    &THREAD_INFO,
    &FLAGS,
    &ASYNCGEN_HOOKS,
    &long::info::CLASS,
    &float::info::CLASS,
    &crate::runtime::unraisable::HOOK_ARGS,
];

/// The static types, filled in, for start-up to make ready. Nothing of the runtime is needed.
pub fn static_types() -> impl Iterator<Item = *mut PyTypeObject> {
    STATIC_TYPES.iter().map(|class| {
        class.fill();
        class.ty
    })
}

/// The description of a type, if it is one of these.
pub fn static_type(ty: *mut PyTypeObject) -> Option<&'static StaticType> {
    STATIC_TYPES.iter().copied().find(|class| class.ty == ty)
}

/// A dict with what all interpreters share; immortal.
static SHARED: AtomicPtr<PyObject> = AtomicPtr::new(std::ptr::null_mut());

/// Once in a process, when the static types are ready.
pub fn start() -> Result<()> {
    let shared = constants()?;
    // SAFETY: nobody else sees it yet.
    unsafe { share::everything_from(&[shared.as_ptr()]) };
    SHARED.store(shared.into_raw(), Ordering::Release);
    Ok(())
}

/// Puts the constants into the dict of a new `sys`.
pub fn fill(sys: &Object) -> Result<()> {
    // SAFETY: immortal since `start`, and never changed.
    let shared = unsafe { Object::from_ptr(SHARED.load(Ordering::Acquire)) };
    dict::merge(sys, shared, true)
}

/// The shared `sys.version_info`.
pub fn version_info() -> Result<Option<Owned>> {
    // SAFETY: immortal since `start`, and never changed.
    dict::get_str(unsafe { Object::from_ptr(SHARED.load(Ordering::Acquire)) }, "version_info")
}

fn text(value: &str) -> Result<Owned> {
    unicode::from_str(value)
}

fn number(value: i64) -> Result<Owned> {
    long::from_i64(value)
}

fn constants() -> Result<Owned> {
    let all = dict::new()?;
    let set = |name: &Object, value: Owned| dict::set(&all, name, &value);
    set(name!(version), text(&crate::runtime::VERSION.to_string_lossy())?)?;
    set(name!(hexversion), number(PY_VERSION_HEX.into())?)?;
    set(name!(_git), tuple::from_owned(vec![text("CPython")?, text("")?, text("")?])?)?;
    set(name!(_framework), text("")?)?;
    set(name!(api_version), number(PYTHON_API_VERSION.into())?)?;
    set(name!(copyright), text(&crate::runtime::COPYRIGHT.to_string_lossy())?)?;
    set(name!(platform), text("linux")?)?;
    set(name!(maxsize), number(i64::MAX)?)?;
    set(name!(float_info), float::info::new()?)?;
    set(name!(int_info), long::info::new()?)?;
    set(name!(hash_info), hash_info()?)?;
    set(name!(maxunicode), number(0x10ffff)?)?;
    set(name!(stdlib_module_names), late::object(&raw mut STDLIB_MODULE_NAMES).to_owned())?;
    set(name!(byteorder), text(if cfg!(target_endian = "big") { "big" } else { "little" })?)?;
    set(name!(abiflags), text("")?)?;
    let version = VERSION_INFO.make(vec![number(3)?, number(14)?, number(10)?, text("final")?, number(0)?])?;
    set(name!(version_info), version)?;
    set(name!(thread_info), thread_info()?)?;
    set(name!(float_repr_style), text("short")?)?;
    Ok(all)
}

fn hash_info() -> Result<Owned> {
    HASH_INFO.make(vec![
        number(64)?,
        number((1 << 61) - 1)?,
        number(314_159)?,
        number(0)?,
        number(1_000_003)?,
        text("siphash13")?,
        number(64)?,
        number(128)?,
        number(0)?,
    ])
}

/// `sys.thread_info`: a new reference.
pub fn thread_info() -> Result<Owned> {
    let mut version = [0u8; 100];
    // SAFETY: a buffer with its size.
    let n = unsafe { libc::confstr(libc::_CS_GNU_LIBPTHREAD_VERSION, version.as_mut_ptr().cast(), version.len()) };
    let version = match n {
        1..=100 => text(&String::from_utf8_lossy(&version[..n - 1]))?,
        _ => crate::types::none::none(),
    };
    THREAD_INFO.make(vec![text("pthread")?, text("semaphore")?, version])
}

static mut STDLIB_MODULE_NAMES: PySetObject = late::frozenset(sys_stdlib_names::NAMES);
