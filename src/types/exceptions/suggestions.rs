//! "Did you mean": the name most like one that was not found, for what is shown of an exception.
//!
//! The likeness is an edit distance: a letter more, less or changed costs 2, one in the other case 1. A name is suggested
//! if no more than a third of the letters would change.

use crate::abi::*;
use crate::object::{Object, Owned, Result, dir, error, sequence};
use crate::types::{list, unicode};

const MOVE: usize = 2;
const CASE: usize = 1;
const MAX_LENGTH: usize = 40;
const MAX_CANDIDATES: usize = 750;

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// What it costs to make `b` of `a`; something above `max` if it is more than that.
pub fn edit_cost(a: &[u8], b: &[u8], max: usize) -> usize {
    if a == b {
        return 0;
    }
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return max + 1;
    }
    let (short, long) = if b.len() < a.len() { (b, a) } else { (a, b) };
    if (long.len() - short.len()) * MOVE > max {
        return max + 1;
    }
    let mut row: Vec<usize> = (1..=short.len()).map(|n| n * MOVE).collect();
    let mut result = 0;
    for (i, &code) in long.iter().enumerate() {
        let mut distance = i * MOVE;
        result = distance;
        let mut least = usize::MAX;
        for (place, &other) in row.iter_mut().zip(short) {
            let substitute = distance + substitution(code, other);
            distance = *place;
            result = substitute.min(result.min(distance) + MOVE);
            *place = result;
            least = least.min(result);
        }
        if least > max {
            return max + 1;
        }
    }
    result
}

/// The candidate most like `wrong`.
fn most_like(wrong: &str, candidates: &Object) -> Option<String> {
    let n = list::len(candidates);
    if n > MAX_CANDIDATES || wrong.len() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for i in 0..n {
        let candidate = list::get(candidates, i)?;
        let Ok(text) = unicode::as_str(&candidate) else {
            error::clear();
            continue;
        };
        if text == wrong || (!wrong.starts_with('_') && text.starts_with('_')) {
            continue;
        }
        let mut max = (wrong.len() + text.len() + 3) * MOVE / 6;
        if let Some((beaten, _)) = &best {
            max = max.min(beaten.saturating_sub(1));
        }
        let cost = edit_cost(wrong.as_bytes(), text.as_bytes(), max);
        if cost <= max && best.as_ref().is_none_or(|(beaten, _)| cost < *beaten) {
            best = Some((cost, text.to_string()));
        }
    }
    best.map(|(_, text)| text)
}

fn field(place: *mut PyObject) -> Option<Owned> {
    // SAFETY: layout: a field of an exception.
    unsafe { Object::optional(place) }.filter(|o| !o.is_none()).map(Object::to_owned)
}

/// The name that was not found, and where others are.
fn searched(e: &Object) -> Result<Option<(Owned, Owned)>> {
    unsafe extern "C" {
        fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject;
    }
    // SAFETY: layout: the class says which struct stands there.
    unsafe {
        if e.is_a(&raw mut super::AttributeError) {
            let this = e.cast::<PyAttributeErrorObject>();
            return Ok(field((*this).name).zip(field((*this).obj)));
        }
        if e.is_a(&raw mut super::ImportError) {
            let this = e.cast::<PyImportErrorObject>();
            let Some((wrong, module)) = field((*this).name_from).zip(field((*this).name)) else { return Ok(None) };
            let module = Owned::optional(PyImport_GetModule(module.as_ptr()));
            return Ok(module.map(|module| (wrong, module)));
        }
    }
    Ok(None)
}

/// A name that is a module of the standard library was perhaps not imported.
fn forgotten_import(e: &Object) -> Result<Option<String>> {
    unsafe extern "C" {
        fn PySys_GetObject(name: *const c_char) -> *mut PyObject;
    }
    if !e.is_a(&raw mut super::NameError) {
        return Ok(None);
    }
    // SAFETY: layout: a NameError; `sys` lends what it has.
    let (name, known) = unsafe {
        let known = Object::optional(PySys_GetObject(c"stdlib_module_names".as_ptr())).map(Object::to_owned);
        (field((*e.cast::<PyNameErrorObject>()).name), known)
    };
    let Some((name, known)) = name.zip(known) else { return Ok(None) };
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
        let found = most_like(unicode::as_str(&wrong)?, &names);
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

#[cfg(test)]
mod tests {
    use super::edit_cost;

    #[test]
    fn costs() {
        assert_eq!(edit_cost(b"", b"", 10), 0);
        assert_eq!(edit_cost(b"", b"a", 10), 2);
        assert_eq!(edit_cost(b"a", b"A", 10), 1);
        assert_eq!(edit_cost(b"Apple", b"Aple", 10), 2);
        assert_eq!(edit_cost(b"Banana", b"B@n@n@", 10), 6);
        assert_eq!(edit_cost(b"Cherry", b"Cherry!", 10), 2);
        assert_eq!(edit_cost(b"abc", b"y", 10), 6);
        assert_eq!(edit_cost(b"aa", b"bb", 10), 4);
        assert_eq!(edit_cost(b"aaaaa", b"AAAAA", 10), 5);
        assert_eq!(edit_cost(b"wxyz", b"wXyZ", 10), 2);
        assert_eq!(edit_cost(b"wxyz", b"wXyZ123", 10), 8);
        assert_eq!(edit_cost(b"Python", b"Java", 12), 12);
        assert_eq!(edit_cost(b"Java", b"C#", 8), 8);
        assert_eq!(edit_cost(b"AbstractFoobarManager", b"abstract_foobar_manager", 21), 7);
        assert_eq!(edit_cost(b"CPython", b"PyPy", 16), 10);
    }
}
