//! `_frozen_importlib` and `_frozen_importlib_external`, the modules of the importers' classes; `importlib` with
//! `importlib.machinery` and `importlib.util` over them, as far as there is something behind it.

/// A function as CPython has it in Python: its one argument by position or by name, and what is said of wrong ones.
macro_rules! function {
    ($name:literal, [], $f:expr) => {
        fast_keywords!(|module: &Object, args: Arguments| {
            const NONE: Signature<0> = Signature::python($name, [], 0);
            args.bind(&NONE)?;
            $f(module)
        })
    };
    ($name:literal, [$param:literal], $f:expr) => {
        fast_keywords!(|module: &Object, args: Arguments| {
            const ONE: Signature<1> = Signature::python($name, [$param], 0).required(1);
            let [given] = args.bind(&ONE)?;
            $f(module, given.unwrap_or(none::none_ref()))
        })
    };
}

pub mod abc;
pub mod bootstrap;
pub mod external;
pub mod machinery;
pub mod package;
pub mod util;

use super::native::{Arguments, described, fast_keywords, module};
use super::set;
use crate::abi::*;
use crate::import::classes::Class;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{list, none, unicode};

fn set_classes(module: &Object, classes: &[(&str, Class)]) -> Result<()> {
    classes.iter().try_for_each(|(name, class)| set(module, name, class.get()?))
}

/// A list of texts.
fn static_list(texts: &[&str]) -> Result<Owned> {
    list::from_owned(texts.iter().map(|text| unicode::from_str(text)).collect::<Result<_>>()?)
}
