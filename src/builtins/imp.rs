//! `_imp`: the import machinery's C side, for those who load modules themselves.

use super::native::{Arguments, fast, fast_keywords, noargs, one};
use super::{definition, set, slots};
use crate::abi::*;
use crate::import::frozen::{self, Missing};
use crate::import::{bytecode, dynload, extension, inittab, lock, modules};
use crate::module::def;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::runtime::{self, Interpreter};
use crate::types::bytesmethods::view::View;
use crate::types::{boolobject, bytes, list, long, memoryview, none, pyhash, tuple, typeobject, unicode};

static METHODS: [PyMethodDef; 20] = [
    PyMethodDef::noargs(
        c"acquire_lock",
        noargs!(acquire_lock),
        c"acquire_lock($module, /)\n--\n\nTake the interpreter's import lock; a thread may take it several times.",
    ),
    PyMethodDef::noargs(
        c"release_lock",
        noargs!(release_lock),
        c"release_lock($module, /)\n--\n\nGive the import lock up.",
    ),
    PyMethodDef::noargs(
        c"lock_held",
        noargs!(lock_held),
        c"lock_held($module, /)\n--\n\nWhether some thread holds the import lock.",
    ),
    PyMethodDef::fast_keywords(
        c"find_frozen",
        fast_keywords!(find_frozen),
        c"find_frozen($module, name, /, *, withdata=False)\n--\n\nWhat is known of a frozen module: (data, is_package, \
        origname); None if there is none.",
    ),
    PyMethodDef::one(
        c"is_frozen",
        one!(is_frozen),
        c"is_frozen($module, name, /)\n--\n\nWhether there is a frozen module of the name.",
    ),
    PyMethodDef::one(
        c"is_frozen_package",
        one!(is_frozen_package),
        c"is_frozen_package($module, name, /)\n--\n\nWhether the frozen module is a package.",
    ),
    PyMethodDef::fast(
        c"get_frozen_object",
        fast!(get_frozen_object),
        c"get_frozen_object($module, name, data=None, /)\n--\n\nThe code of a frozen module, or of the bytes in data.",
    ),
    PyMethodDef::one(
        c"init_frozen",
        one!(init_frozen),
        c"init_frozen($module, name, /)\n--\n\nExecute a frozen module; None if there is none. Needs an evaluator.",
    ),
    PyMethodDef::noargs(
        c"_frozen_module_names",
        noargs!(frozen_module_names),
        c"_frozen_module_names($module, /)\n--\n\nThe names of all frozen modules.",
    ),
    PyMethodDef::one(
        c"_override_frozen_modules_for_tests",
        one!(override_frozen),
        c"_override_frozen_modules_for_tests($module, override, /)\n--\n\nTurn frozen modules on (1), off (-1) or as \
        configured (0).",
    ),
    PyMethodDef::fast_keywords(
        c"source_hash",
        fast_keywords!(source_hash),
        c"source_hash($module, /, key, source)\n--\n\nThe hash of source text that bytecode files keep.",
    ),
    PyMethodDef::fast(
        c"_fix_co_filename",
        fast!(fix_co_filename),
        c"_fix_co_filename($module, code, path, /)\n--\n\nChange the file name of a code object.",
    ),

    PyMethodDef::one(
        c"create_builtin",
        create_builtin,
        c"create_builtin($module, spec, /)\n--\n\nThe builtin module that the spec names, not executed; None if there \
        is none.",
    ),
    PyMethodDef::fast(
        c"create_dynamic",
        create_dynamic,
        c"create_dynamic($module, spec, file=<unrepresentable>, /)\n--\n\nThe extension module that the spec names, \
        not executed.",
    ),
    PyMethodDef::one(c"exec_builtin", exec_module, c"exec_builtin($module, mod, /)\n--\n\nExecute a builtin module."),
    PyMethodDef::one(
        c"exec_dynamic",
        exec_module,
        c"exec_dynamic($module, mod, /)\n--\n\nExecute an extension module.",
    ),
    PyMethodDef::noargs(
        c"extension_suffixes",
        extension_suffixes,
        c"extension_suffixes($module, /)\n--\n\nThe endings of extension files' names.",
    ),
    PyMethodDef::one(
        c"is_builtin",
        is_builtin,
        c"is_builtin($module, name, /)\n--\n\n1 for a builtin module, -1 for one that can't be made again, 0 for none.",
    ),
    PyMethodDef::one(
        c"_override_multi_interp_extensions_check",
        override_check,
        c"_override_multi_interp_extensions_check($module, override, /)\n--\n\nOverride the interpreter's check; the \
        old value.",
    ),
    PyMethodDef::END,
];

static SLOTS: [PyModuleDef_Slot; 4] = slots(exec);

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"(Extremely) low-level import machinery.".as_ptr(),
    m_methods: table(&METHODS),
    m_slots: table(&SLOTS),
    ..definition(c"_imp")
};

pub unsafe extern "C" fn init() -> *mut PyObject {
    // SAFETY: static.
    unsafe { def::init(&raw mut DEF) };
    (&raw mut DEF).cast()
}

unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        super::exec(module, |module| {
            set(module, "check_hash_based_pycs", &*unicode::from_str("default")?)?;
            set(module, "pyc_magic_number_token", &*long::from_i64(PYC_MAGIC_NUMBER_TOKEN)?)
        })
    }
}

unsafe extern "C" fn create_builtin(_module: *mut PyObject, spec: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let module = extension::create_builtin(unsafe { Object::from_ptr(spec) })?;
        Ok(module.unwrap_or_else(none::none))
    })
}

unsafe extern "C" fn create_dynamic(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
) -> *mut PyObject {
    api(|| {
        crate::object::args::check_positional("create_dynamic", nargs as usize, 1, 2)?;
        // SAFETY: slot; there is one argument at least.
        let args = unsafe { crate::object::args::slice(args, nargs) };
        extension::create_dynamic(args[0], args.get(1).copied())
    })
}

unsafe extern "C" fn exec_module(_module: *mut PyObject, module: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        extension::exec(unsafe { Object::from_ptr(module) })?;
        long::from_i64(0)
    })
}

unsafe extern "C" fn extension_suffixes(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| list::from_owned(dynload::SUFFIXES.iter().map(|s| unicode::from_str(s)).collect::<Result<_>>()?))
}

unsafe extern "C" fn is_builtin(_module: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let name = str_argument("is_builtin", unsafe { Object::from_ptr(name) })?;
        long::from_i64(match inittab::find(name) {
            None => 0,
            Some(None) => -1,
            Some(Some(_)) => 1,
        })
    })
}

unsafe extern "C" fn override_check(_module: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let value = long::as_i32(unsafe { Object::from_ptr(value) })?;
        if Interpreter::is_main(runtime::interp()) {
            return Err(raise!(
                RuntimeError,
                "_imp._override_multi_interp_extensions_check() cannot be used in the main interpreter"
            ));
        }
        let old = std::mem::replace(&mut modules::state().override_multi_interp_check, value);
        long::from_i64(old.into())
    })
}

/// A str argument of a function with one parameter: "is_builtin() argument must be str, not int".
fn str_argument<'a>(function: &str, value: &'a Object) -> Result<&'a Object> {
    if unicode::check(value) {
        return Ok(value);
    }
    let got = if value.is_none() { "None" } else { typeobject::tp_name(value.ty()) };
    Err(raise!(TypeError, "{function}() argument must be str, not {got}"))
}

fn acquire_lock(_: &Object) -> Result<()> {
    lock::acquire();
    Ok(())
}

fn release_lock(_: &Object) -> Result<()> {
    if lock::release() { Ok(()) } else { Err(raise!(RuntimeError, "not holding the import lock")) }
}

fn lock_held(_: &Object) -> Result<bool> {
    Ok(lock::is_held())
}

/// The argument number `n` must be a str: "find_frozen() argument 1 must be str, not int".
fn str_at<'a>(function: &str, n: usize, value: &'a Object) -> Result<&'a Object> {
    if unicode::check(value) {
        return Ok(value);
    }
    let got = if value.is_none() { "None" } else { typeobject::tp_name(value.ty()) };
    Err(raise!(TypeError, "{function}() argument {n} must be str, not {got}"))
}

const FIND_FROZEN: Signature<2> = Signature::new("find_frozen", ["", "withdata"]).required(1).positional(1);

fn find_frozen(_: &Object, args: Arguments) -> Result<Owned> {
    let [name, with_data] = args.bind(&FIND_FROZEN)?;
    let name = str_at("find_frozen", 1, name.expect("bind checked it"))?;
    let with_data = with_data.map_or(Ok(false), Object::is_true)?;
    let found = match frozen::find(name) {
        Ok(found) => found,
        Err(Missing::NotFound | Missing::Disabled | Missing::BadName) => return Ok(none::none()),
        Err(missing) => return Err(frozen::raise(missing, name)),
    };
    let data = if with_data {
        // SAFETY: it lives as long as the process, and can't be written through the view.
        unsafe { memoryview::from_memory(found.code.as_ptr().cast_mut(), found.code.len() as isize, PyBUF_READ)? }
    } else {
        none::none()
    };
    tuple::from_owned(vec![data, boolobject::from_bool(found.is_package), name.to_owned()])
}

fn is_frozen(_: &Object, name: &Object) -> Result<bool> {
    Ok(frozen::find(str_argument("is_frozen", name)?).is_ok())
}

fn is_frozen_package(_: &Object, name: &Object) -> Result<bool> {
    let name = str_argument("is_frozen_package", name)?;
    match frozen::find(name) {
        Ok(found) => Ok(found.is_package),
        Err(Missing::Excluded(is_package)) => Ok(is_package),
        // That the name stands in a table says enough.
        Err(missing) => Err(frozen::raise(missing, name)),
    }
}

fn get_frozen_object(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("get_frozen_object", args.len(), 1, 2)?;
    let name = str_at("get_frozen_object", 1, args[0])?;
    match args.get(1).filter(|data| !data.is_none()) {
        Some(data) => {
            let Ok(data) = View::of(data) else {
                error::clear();
                return Err(raise!(
                    TypeError,
                    "get_frozen_object() argument 2 must be bytes, not {}",
                    typeobject::tp_name(data.ty())
                ));
            };
            if data.is_empty() {
                return Err(frozen::raise(Missing::Invalid, name));
            }
            frozen::code(name, &data)
        }
        None => match frozen::find(name) {
            Ok(found) => frozen::code(name, found.code),
            Err(missing) => Err(frozen::raise(missing, name)),
        },
    }
}

fn init_frozen(_: &Object, name: &Object) -> Result<()> {
    frozen::import(str_argument("init_frozen", name)?, "init_frozen").map(drop)
}

fn frozen_module_names(_: &Object) -> Result<Owned> {
    list::from_owned(
        frozen::names().into_iter().map(|name| unicode::from_utf8(name.to_bytes())).collect::<Result<_>>()?,
    )
}

fn override_frozen(_: &Object, value: &Object) -> Result<()> {
    modules::state().override_frozen_modules = long::as_i32(value)?;
    Ok(())
}

const SOURCE_HASH: Signature<2> = Signature::new("source_hash", ["key", "source"]).required(2);

fn source_hash(_: &Object, args: Arguments) -> Result<Owned> {
    let [key, source] = args.bind_required(&SOURCE_HASH)?;
    let key = long::as_i64(key)?;
    let source = View::of(source)?;
    bytes::from_slice(&pyhash::siphash13(key as u64, 0, &source).to_le_bytes())
}

fn fix_co_filename(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("_fix_co_filename", args.len(), 2, 2)?;
    if !args[0].is_exact(&raw mut crate::types::code::PyCode_Type) {
        let got = if args[0].is_none() { "None" } else { typeobject::tp_name(args[0].ty()) };
        return Err(raise!(TypeError, "_fix_co_filename() argument 1 must be code, not {got}"));
    }
    let path = str_at("_fix_co_filename", 2, args[1])?;
    bytecode::change_file_name(args[0], path);
    Ok(())
}
