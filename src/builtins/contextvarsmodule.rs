//! `_contextvars` and `contextvars`: context variables. The rooms are in `context`.

use super::native::{self, described, module, noargs};
use super::set_type;
use crate::abi::*;
use crate::context;
use crate::object::{Object, Owned, Result};

static METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(
        c"copy_context",
        noargs!(copy_context),
        c"copy_context($module, /)\n--\n\nA copy of the thread's current context.",
    ),
    PyMethodDef::END,
];

module!(described(c"_contextvars", c"Contexts and their variables.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set_type(module, "Context", &raw mut context::PyContext_Type)?;
    set_type(module, "ContextVar", &raw mut context::var::PyContextVar_Type)?;
    set_type(module, "Token", &raw mut context::token::PyContextToken_Type)
}

fn copy_context(_: &Object) -> Result<Owned> {
    context::copy_current()
}

/// The module `contextvars`.
pub mod python {
    use super::*;

    static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];
    module!(described(c"contextvars", c"Context variables: values of their own for every task.", &NO_METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        native::take_from(module, "_contextvars").map(drop)
    }
}
