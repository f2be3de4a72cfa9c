//! Where the bytecode of a file of source is kept (PEP 3147): in `__pycache__`, under a name with the runtime's tag.

use super::errors::shown;
use super::paths::{self, absolute, check, split};
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::runtime;
use crate::types::{bytes, unicode};

const FOLDER: &str = "__pycache__";
const OPTIMIZED: &str = "opt-";

/// The file of bytecode for a file of source, or of bytecode; `None` for others.
pub fn of(file: &Object) -> Result<Option<Owned>> {
    check(file, "endswith")?;
    // Not every path is UTF-8.
    let encoded = unicode::paths::encode(file)?;
    if bytes::as_slice(&encoded).ends_with(b".pyc") {
        return Ok(Some(file.to_owned()));
    }
    match bytes::as_slice(&encoded).ends_with(b".py") {
        true => of_source(file, None),
        false => Ok(None),
    }
}

/// Where the bytecode of a file of source is kept; `None` if it is to be kept nowhere. `optimization` is what marks the
/// name, in place of what the configuration says.
pub fn of_source(path: &Object, optimization: Option<&str>) -> Result<Option<Owned>> {
    let path = paths::text(path, "rpartition")?;
    let Some(tag) = cache_tag()? else { return Ok(None) };
    let (head, tail) = split(path);
    let (base, dot, rest) = match tail.rsplit_once('.') {
        Some((base, rest)) => (base, ".", rest),
        None => ("", "", tail),
    };
    // SAFETY: attached.
    let level = unsafe { (*runtime::interp()).config.optimization_level };
    let optimized = match optimization {
        Some("") => String::new(),
        Some(mark) if !mark.chars().all(char::is_alphanumeric) => {
            return Err(raise!(ValueError, "{} is not alphanumeric", shown(&*unicode::from_str(mark)?)?));
        }
        Some(mark) => format!(".{OPTIMIZED}{mark}"),
        None if level == 0 => String::new(),
        None => format!(".{OPTIMIZED}{level}"),
    };
    let name = format!("{}{dot}{tag}{optimized}.pyc", if base.is_empty() { rest } else { base });
    let folder = match prefix()? {
        None if head.is_empty() => FOLDER.to_owned(),
        None => format!("{}/{FOLDER}", head.trim_end_matches('/')),
        Some(prefix) => {
            let head = absolute(&*unicode::from_str(head)?)?;
            format!("{}{}", prefix.trim_end_matches('/'), unicode::as_str(&head)?)
        }
    };
    unicode::from_str(&format!("{folder}/{name}")).map(Some)
}

/// The file of source that a file of bytecode is of.
pub fn source_of(path: &Object) -> Result<Owned> {
    if cache_tag()?.is_none() {
        return Err(no_tag());
    }
    let text = paths::text(path, "rfind")?;
    let (head, file) = split(text);
    let under_prefix = match prefix()? {
        Some(prefix) => {
            let prefix = prefix.trim_end_matches('/');
            head.strip_prefix(prefix).filter(|rest| rest.starts_with('/')).map(str::to_owned)
        }
        None => None,
    };
    let folder = match under_prefix {
        Some(folder) => folder,
        None => {
            let (folder, last) = split(head);
            if last != FOLDER {
                return Err(raise!(ValueError, "{FOLDER} not bottom-level directory in {}", shown(path)?));
            }
            folder.to_owned()
        }
    };
    let dots = file.matches('.').count();
    if dots != 2 && dots != 3 {
        return Err(raise!(ValueError, "expected only 2 or 3 dots in {}", shown(&*unicode::from_str(file)?)?));
    }
    let mut parts = file.split('.');
    let name = parts.next().unwrap_or_default();
    if dots == 3 {
        let optimization = parts.nth(1).unwrap_or_default();
        let Some(level) = optimization.strip_prefix(OPTIMIZED) else {
            return Err(raise!(ValueError, "optimization portion of filename does not start with '{OPTIMIZED}'"));
        };
        if level.is_empty() || !level.chars().all(char::is_alphanumeric) {
            let level = shown(&*unicode::from_str(optimization)?)?;
            return Err(raise!(ValueError, "optimization level {level} is not an alphanumeric value"));
        }
    }
    paths::join(&*unicode::from_str(&folder)?, &*unicode::from_str(&format!("{name}.py"))?)
}

/// Nothing says how files of bytecode are called.
#[cold]
pub fn no_tag() -> Raised {
    raise!(NotImplementedError, "sys.implementation.cache_tag is None")
}

/// `sys.pycache_prefix`, a folder for all bytecode.
fn prefix() -> Result<Option<String>> {
    match runtime::sys_attribute(&*unicode::intern_str("pycache_prefix")?)?.filter(|prefix| !prefix.is_none()) {
        Some(prefix) => Ok(Some(unicode::as_str(&prefix)?.to_owned())),
        None => Ok(None),
    }
}

/// `sys.implementation.cache_tag`; bytecode is kept nowhere if it is `None`.
fn cache_tag() -> Result<Option<String>> {
    let Some(implementation) = runtime::sys_attribute(&*unicode::intern_str("implementation")?)? else {
        return Ok(None);
    };
    let tag = implementation.getattr_str("cache_tag")?;
    if tag.is_none() {
        return Ok(None);
    }
    Ok(Some(unicode::as_str(&*tag.str()?)?.to_owned()))
}
