//! Warnings. (Being built: they are not shown yet.)

use crate::object::{Object, Result};

pub fn warn_text(_category: &Object, _text: &str, _stack_level: isize, _source: Option<&Object>) -> Result<()> {
    Ok(())
}
