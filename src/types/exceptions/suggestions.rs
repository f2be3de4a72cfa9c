//! "Did you mean": what is shown behind the text of an exception about a name that was not found.

use crate::abi::*;
use crate::object::suggestions::nearest;
use crate::object::{Object, Owned, Result, above, dir, error, sequence};
use crate::types::{list, unicode};

/// The name in a list that comes nearest to `wrong`; names with an underscore only if that has one.
fn most_like(wrong: &str, names: &Object) -> Result<Option<String>> {
    let mut owned = Vec::new();
    for i in 0..list::len(names) {
        owned.extend(list::get(names, i).filter(|name| unicode::check(name)));
    }
    let mut texts = Vec::new();
    for name in &owned {
        let text = unicode::as_str(name)?;
        if wrong.starts_with('_') || !text.starts_with('_') {
            texts.push(text);
        }
    }
    Ok(nearest(wrong, texts.into_iter()).map(str::to_string))
}

fn field(place: *mut PyObject) -> Option<Owned> {
    // SAFETY: layout: a field of an exception.
    unsafe { Object::optional(place) }.filter(|o| !o.is_none()).map(Object::to_owned)
}

/// The name that was not found, and where others are.
fn searched(e: &Object) -> Result<Option<(Owned, Owned)>> {
    // SAFETY: layout: the class says which struct stands there.
    unsafe {
        if e.is_a(&raw mut super::AttributeError) {
            let this = e.cast::<PyAttributeErrorObject>();
            return Ok(field((*this).name).zip(field((*this).obj)));
        }
        if e.is_a(&raw mut super::ImportError) {
            let this = e.cast::<PyImportErrorObject>();
            let Some((wrong, module)) = field((*this).name_from).zip(field((*this).name)) else { return Ok(None) };
            return Ok(above::imported(&module)?.map(|module| (wrong, module)));
        }
    }
    Ok(None)
}

/// A name that is a module of the standard library was perhaps not imported.
fn forgotten_import(e: &Object) -> Result<Option<String>> {
    if !e.is_a(&raw mut super::NameError) {
        return Ok(None);
    }
    // SAFETY: layout: a NameError.
    let name = unsafe { field((*e.cast::<PyNameErrorObject>()).name) };
    let Some((name, known)) = name.zip(above::sys(c"stdlib_module_names")) else { return Ok(None) };
    if !unicode::check(&name) || !sequence::contains(&known, &name)? {
        return Ok(None);
    }
    Ok(Some(format!(". Did you forget to import '{}'?", error::Text(&name))))
}

/// What is shown behind an exception's text: ". Did you mean: 'x'?", or nothing. Failures are dropped.
pub fn hint(e: &Object) -> String {
    let find = || -> Result<Option<String>> {
        let Some((wrong, place)) = searched(e)? else { return forgotten_import(e) };
        if !unicode::check(&wrong) {
            return Ok(None);
        }
        let names = dir::dir(&place)?;
        let found = most_like(unicode::as_str(&wrong)?, &names)?;
        Ok(found.map(|name| format!(". Did you mean: '{name}'?")))
    };
    match find() {
        Ok(hint) => hint.unwrap_or_default(),
        Err(raised) => {
            drop(error::caught(raised));
            String::new()
        }
    }
}
