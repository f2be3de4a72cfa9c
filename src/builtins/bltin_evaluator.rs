//! `builtins`: what would need an evaluator or files. It says so; nothing here pretends.

use crate::abi::*;
use crate::import;
use crate::object::args::Signature;
use crate::object::{Object, api, error};
use crate::raise;
use crate::types::long;

pub static METHODS: [PyMethodDef; 12] = [
    PyMethodDef::fast_keywords(
        c"__build_class__",
        build_class,
        c"__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class",
    ),
    PyMethodDef::fast_keywords(
        c"__import__",
        import_name,
        c"__import__($module, /, name, globals=None, locals=None, fromlist=(), level=0)\n--\n\nImport a module.",
    ),
    PyMethodDef::one(c"aiter", aiter, c"aiter($module, async_iterable, /)\n--\n\nAn asynchronous iterator."),
    PyMethodDef::fast_keywords(
        c"breakpoint",
        breakpoint,
        c"breakpoint($module, /, *args, **kws)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::fast_keywords(
        c"compile",
        compile,
        c"compile($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, \
        _feature_version=-1)\n--\n\nNeeds a compiler.",
    ),
    PyMethodDef::fast_keywords(
        c"eval",
        eval,
        c"eval($module, source, /, globals=None, locals=None)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::fast_keywords(
        c"exec",
        exec,
        c"exec($module, source, /, globals=None, locals=None, *, closure=None)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::noargs(c"globals", globals, c"globals($module, /)\n--\n\nThe globals of the running frame."),
    PyMethodDef::noargs(c"locals", locals, c"locals($module, /)\n--\n\nThe locals of the running frame."),
    PyMethodDef::fast_keywords(c"input", input, c"input($module, prompt='', /)\n--\n\nNeeds the module io."),
    PyMethodDef::fast_keywords(
        c"open",
        open,
        c"open($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, \
        opener=None)\n--\n\nNeeds the module io.",
    ),
    PyMethodDef::END,
];

macro_rules! needs_evaluator {
    ($($name:ident => $text:literal;)*) => { $(
        unsafe extern "C" fn $name(
            _module: *mut PyObject,
            _args: *const *mut PyObject,
            _n: Py_ssize_t,
            _kwnames: *mut PyObject,
        ) -> *mut PyObject {
            api(|| Err::<crate::object::Owned, _>(error::no_evaluator($text)))
        }
    )* };
}

needs_evaluator! {
    build_class => "__build_class__";
    breakpoint => "breakpoint";
    compile => "compile";
    eval => "eval";
    exec => "exec";
}

macro_rules! needs_io {
    ($($name:ident => $text:literal;)*) => { $(
        unsafe extern "C" fn $name(
            _module: *mut PyObject,
            _args: *const *mut PyObject,
            _n: Py_ssize_t,
            _kwnames: *mut PyObject,
        ) -> *mut PyObject {
            let text = concat!($text, ": this runtime has no module io");
            api(|| Err::<crate::object::Owned, _>(raise!(NotImplementedError, "{text}")))
        }
    )* };
}

needs_io! {
    input => "input";
    open => "open";
}

unsafe extern "C" fn globals(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| Err::<crate::object::Owned, _>(raise!(SystemError, "frame does not exist")))
}

unsafe extern "C" fn locals(_module: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| Err::<crate::object::Owned, _>(raise!(SystemError, "frame does not exist")))
}

unsafe extern "C" fn aiter(_module: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(iterable) }.async_iter())
}

const IMPORT: Signature<5> =
    Signature::new("__import__", ["name", "globals", "locals", "fromlist", "level"]).required(1);

unsafe extern "C" fn import_name(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [name, globals, _locals, fromlist, level] = unsafe { IMPORT.bind_fast(args, n, kwnames) }?;
        let level = match level {
            None => 0,
            Some(level) => long::as_i32(level)?,
        };
        let name = name.expect("bind checked it");
        import::import_level(name, globals, fromlist, level)
    })
}
