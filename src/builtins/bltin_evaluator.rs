//! `builtins`: what would need an evaluator or files. It says so; nothing here pretends.

use crate::abi::*;
use crate::crossinterp::session;
use crate::import;
use crate::object::args::{Signature, check_positional};
use crate::object::native::{Arguments, fast, fast_keywords, noargs, one};
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::unicode::names::named;
use crate::types::{self, function, long, typeobject, unicode};

pub const METHODS: [PyMethodDef; 12] = [
    PyMethodDef::fast_keywords(
        c"__build_class__",
        fast_keywords!(build_class),
        c"__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class",
    ),
    PyMethodDef::fast_keywords(
        c"__import__",
        fast_keywords!(import_name),
        c"__import__($module, /, name, globals=None, locals=None, fromlist=(), level=0)\n--\n\nImport a module.",
    ),
    PyMethodDef::one(c"aiter", one!(aiter), c"aiter($module, async_iterable, /)\n--\n\nAn asynchronous iterator."),
    PyMethodDef::fast(
        c"anext",
        fast!(anext),
        c"anext($module, aiterator, default=<unrepresentable>, /)\n--\n\nAn awaitable of the next item of an \
        asynchronous iterator; of the default at its end.",
    ),
    PyMethodDef::fast_keywords(
        c"breakpoint",
        fast_keywords!(|_: &Object, _: Arguments| needs_evaluator("breakpoint")),
        c"breakpoint($module, /, *args, **kws)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::fast_keywords(
        c"compile",
        fast_keywords!(|_: &Object, _: Arguments| needs_evaluator("compile")),
        c"compile($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, \
        _feature_version=-1)\n--\n\nNeeds a compiler.",
    ),
    PyMethodDef::fast_keywords(
        c"eval",
        fast_keywords!(|_: &Object, _: Arguments| needs_evaluator("eval")),
        c"eval($module, source, /, globals=None, locals=None)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::fast_keywords(
        c"exec",
        fast_keywords!(|_: &Object, _: Arguments| needs_evaluator("exec")),
        c"exec($module, source, /, globals=None, locals=None, *, closure=None)\n--\n\nNeeds an evaluator.",
    ),
    PyMethodDef::noargs(
        c"globals",
        noargs!(namespace),
        c"globals($module, /)\n--\n\nThe globals of the running frame.",
    ),
    PyMethodDef::noargs(c"locals", noargs!(namespace), c"locals($module, /)\n--\n\nThe locals of the running frame."),
    PyMethodDef::fast_keywords(
        c"input",
        fast_keywords!(|_: &Object, _: Arguments| needs_io("input")),
        c"input($module, prompt='', /)\n--\n\nNeeds the module io.",
    ),
    PyMethodDef::END,
];

/// Not a function of the module's own in CPython, but put into it at last.
pub static OPEN: [PyMethodDef; 2] = named([
    PyMethodDef::fast_keywords(
        c"open",
        fast_keywords!(|_: &Object, _: Arguments| needs_io("open")),
        c"open($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, \
        opener=None)\n--\n\nNeeds the module io.",
    ),
    PyMethodDef::END,
]);

/// What it is given can be wrong; what it is for is running a function's bytecode in a namespace of its own.
fn build_class(_module: &Object, args: Arguments) -> Result<Owned> {
    let &[function, name, ..] = args.positional else {
        return Err(raise!(TypeError, "__build_class__: not enough arguments"));
    };
    if !function::check(function) {
        return Err(raise!(TypeError, "__build_class__: func must be a function"));
    }
    if !unicode::check(name) {
        return Err(raise!(TypeError, "__build_class__: name is not a string"));
    }
    Err(error::no_evaluator("__build_class__"))
}

/// `iterator.__anext__()`, with a default if there is one.
fn anext(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("anext", args.len(), 1, 2)?;
    let iterator = args[0];
    // SAFETY: a live object's type is alive.
    let next = unsafe { (*iterator.ty()).tp_as_async.as_ref() }.and_then(|methods| methods.am_anext);
    let Some(next) = next else {
        let got = typeobject::tp_name(iterator.ty());
        return Err(raise!(TypeError, "'{got:.200}' object is not an async iterator"));
    };
    // SAFETY: slot.
    let awaitable = unsafe { Owned::from_c(next(iterator.as_ptr())) }?;
    match args.get(1) {
        None => Ok(awaitable),
        Some(default) => types::anext::new(&awaitable, default),
    }
}

fn needs_evaluator(function: &str) -> Result<Owned> {
    Err(error::no_evaluator(function))
}

fn needs_io(function: &str) -> Result<Owned> {
    Err(raise!(NotImplementedError, "{function}: this runtime has no module io"))
}

/// The names of `__main__` while a thread runs it, else None: there is no frame.
fn namespace(_module: &Object) -> Result<Owned> {
    session::running_main().unwrap_or_else(|| Ok(types::none::none()))
}

fn aiter(_module: &Object, iterable: &Object) -> Result<Owned> {
    iterable.async_iter()
}

const IMPORT: Signature<5> =
    Signature::new("__import__", ["name", "globals", "locals", "fromlist", "level"]).required(1);

fn import_name(_module: &Object, args: Arguments) -> Result<Owned> {
    let [name, globals, _locals, fromlist, level] = args.bind(&IMPORT)?;
    let level = match level {
        None => 0,
        Some(level) => long::as_i32(level)?,
    };
    let name = name.expect("bind checked it");
    import::import_level(name, globals, fromlist, level)
}
