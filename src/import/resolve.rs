//! Relative imports: the absolute name behind a level and the importing module's globals.

use super::paths;
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, exceptions, unicode};

/// The absolute name of `name` at `level` in the package of `globals` (`resolve_name` of CPython's import.c).
pub fn absolute(name: &Object, globals: Option<&Object>, level: i32) -> Result<Owned> {
    let Some(globals) = globals else {
        return Err(raise!(KeyError, "'__name__' not in globals"));
    };
    if !dict::check(globals) {
        return Err(raise!(TypeError, "globals must be a dict"));
    }
    let package = package(globals)?;
    let mut base = unicode::as_str(&package)?;
    if base.is_empty() {
        return Err(raise!(ImportError, "attempted relative import with no known parent package"));
    }
    climb(&mut base, level - 1)?;
    let name = unicode::as_str(name)?;
    if name.is_empty() { unicode::from_str(base) } else { unicode::from_str(&format!("{base}.{name}")) }
}

fn climb(base: &mut &str, levels: i32) -> Result<()> {
    for _ in 0..levels {
        *base = match base.rsplit_once('.') {
            Some((parent, _)) => parent,
            None => return Err(raise!(ImportError, "attempted relative import beyond top-level package")),
        };
    }
    Ok(())
}

/// The absolute name of one that begins with dots, in `package`.
pub fn against(name: &str, package: &Object) -> Result<Owned> {
    let rest = name.trim_start_matches('.');
    let mut base = paths::text(package, "rsplit")?;
    climb(&mut base, i32::try_from(name.len() - rest.len() - 1).unwrap_or(i32::MAX))?;
    if rest.is_empty() { unicode::from_str(base) } else { unicode::from_str(&format!("{base}.{rest}")) }
}

/// The package that a module's globals say it is in: `__package__`, else the spec's parent, else by `__name__`.
fn package(globals: &Object) -> Result<Owned> {
    let given = dict::get(globals, name!(__package__))?.filter(|p| !p.is_none());
    let spec = dict::get(globals, name!(__spec__))?.filter(|s| !s.is_none());
    if let Some(package) = given {
        if !unicode::check(&package) {
            return Err(raise!(TypeError, "package must be a string"));
        }
        if let Some(spec) = &spec {
            let parent = spec.getattr(name!(parent))?;
            if !package.equals(&parent)? {
                exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, "__package__ != __spec__.parent")?;
            }
        }
        return Ok(package);
    }
    if let Some(spec) = &spec {
        let parent = spec.getattr(name!(parent))?;
        if !unicode::check(&parent) {
            return Err(raise!(TypeError, "__spec__.parent must be a string"));
        }
        return Ok(parent);
    }
    exceptions::warn(
        &raw mut exceptions::ImportWarning,
        1,
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
    )?;
    let Some(name) = dict::get(globals, name!(__name__))? else {
        return Err(raise!(KeyError, "'__name__' not in globals"));
    };
    if !unicode::check(&name) {
        return Err(raise!(TypeError, "__name__ must be a string"));
    }
    if dict::contains(globals, name!(__path__))? {
        return Ok(name);
    }
    let text = unicode::as_str(&name)?;
    match text.rsplit_once('.') {
        Some((parent, _)) => unicode::from_str(parent),
        None => Err(raise!(ImportError, "attempted relative import with no known parent package")),
    }
}
