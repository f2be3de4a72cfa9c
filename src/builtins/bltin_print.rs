//! `builtins.print`.

use crate::abi::*;
use crate::name;
use crate::object::args::{self, Signature};
use crate::object::{Object, Owned, Result, api};
use crate::raise;
use crate::runtime::sys_attribute;
use crate::types::{none, typeobject, unicode};

pub const METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast_keywords(
        c"print",
        print,
        c"print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nWrite the values to a stream, by \
        default sys.stdout.",
    ),
    PyMethodDef::END,
];

const PRINT: Signature<4> = Signature::new("print", ["sep", "end", "file", "flush"]).positional(0);

unsafe extern "C" fn print(
    _module: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot: the keywords' values stand behind the positional arguments.
        let (values, bound) = unsafe { (args::slice(args, n), PRINT.bind_fast(args.add(n as usize), 0, kwnames)?) };
        let [sep, end, file, flush] = bound;
        let found: Option<Owned>;
        let file = match file.filter(|file| !file.is_none()) {
            Some(file) => file,
            None => {
                found = sys_attribute(name!(stdout))?;
                match found.as_deref() {
                    None => return Err(raise!(RuntimeError, "lost sys.stdout")),
                    Some(file) if file.is_none() => return Ok(none::none()),
                    Some(file) => file,
                }
            }
        };
        let sep = text_or("sep", sep, " ")?;
        let end = text_or("end", end, "\n")?;
        let write = |text: &Object| file.call_method(name!(write), &[text]).map(drop);
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                write(&sep)?;
            }
            write(&*value.str()?)?;
        }
        write(&end)?;
        if flush.map_or(Ok(false), |flush| flush.is_true())? {
            file.call_method(name!(flush), &[])?;
        }
        Ok(none::none())
    })
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
