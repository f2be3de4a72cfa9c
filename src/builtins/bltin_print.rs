//! `builtins.print`.

use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{Arguments, fast_keywords};
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::sys_attribute;
use crate::types::{typeobject, unicode};

pub const METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast_keywords(
        c"print",
        fast_keywords!(print),
        c"print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nWrite the values to a stream, by \
        default sys.stdout.",
    ),
    PyMethodDef::END,
];

const PRINT: Signature<4> = Signature::new("print", ["sep", "end", "file", "flush"]).positional(0);

fn print(_module: &Object, args: Arguments) -> Result<()> {
    let [sep, end, file, flush] = args.bind_named(&PRINT)?;
    let found: Option<Owned>;
    let file = match file.filter(|file| !file.is_none()) {
        Some(file) => file,
        None => {
            found = sys_attribute(name!(stdout))?;
            match found.as_deref() {
                None => return Err(raise!(RuntimeError, "lost sys.stdout")),
                Some(file) if file.is_none() => return Ok(()),
                Some(file) => file,
            }
        }
    };
    let sep = text_or("sep", sep, " ")?;
    let end = text_or("end", end, "\n")?;
    let write = |text: &Object| file.call_method(name!(write), &[text]).map(drop);
    for (i, value) in args.positional.iter().enumerate() {
        if i > 0 {
            write(&sep)?;
        }
        write(&*value.str()?)?;
    }
    write(&end)?;
    if flush.map_or(Ok(false), |flush| flush.is_true())? {
        file.call_method(name!(flush), &[])?;
    }
    Ok(())
}

fn text_or(name: &str, given: Option<&Object>, default: &str) -> Result<Owned> {
    match given {
        Some(text) if unicode::check(text) => Ok(text.to_owned()),
        Some(other) if !other.is_none() => {
            Err(raise!(TypeError, "{name} must be None or a string, not {}", typeobject::tp_name(other.ty())))
        }
        _ => unicode::from_str(default),
    }
}
