//! The spec of a loader, and that of a file (`spec_from_loader`, `spec_from_file_location` of importlib).

use super::classes::Class;
use super::{file_finder, file_loaders, paths, spec};
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::types::{exceptions, list, none, unicode};

/// Where a spec from a file has its submodules.
pub enum Locations<'a> {
    /// What the loader says.
    Ask,
    Given(&'a Object),
}

/// `None` if the call raised `ImportError`.
fn unless_import_error(result: Result<Owned>) -> Result<Option<Owned>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(raised) => error::ignore(raised, &raw mut exceptions::ImportError).map(|()| None),
    }
}

fn says_package(loader: &Object, name: &Object) -> Result<bool> {
    let Some(is_package) = loader.getattr_optional_str("is_package")? else { return Ok(false) };
    unless_import_error(is_package.call(&[name]))?.map_or(Ok(false), |answer| answer.is_true())
}

/// The spec of `name` as `loader` would load it.
pub fn loader(name: &Object, loader: &Object, origin: Option<&Object>, package: Option<bool>) -> Result<Owned> {
    let own = match origin {
        Some(_) => None,
        None if Class::BuiltinImporter.is(loader) => Some(unicode::from_str("built-in")?),
        None if Class::FrozenImporter.is(loader) => Some(unicode::from_str("frozen")?),
        None => loader.getattr_optional_str("_ORIGIN")?,
    };
    let origin = origin.or(own.as_deref());
    let has_origin = match origin {
        Some(origin) => origin.is_true()?,
        None => false,
    };
    if !has_origin && loader.getattr_optional_str("get_filename")?.is_some() {
        let given = match package {
            None => None,
            Some(true) => Some(list::new()?),
            Some(false) => Some(none::none()),
        };
        let locations = given.as_deref().map_or(Locations::Ask, Locations::Given);
        return Ok(file(name, None, Some(loader), locations)?.unwrap_or_else(none::none));
    }
    let package = match package {
        Some(package) => package,
        None => says_package(loader, name)?,
    };
    let spec = spec::new(name, loader, origin, false)?;
    if package {
        spec.setattr(name!(submodule_search_locations), &*list::new()?)?;
    }
    Ok(spec)
}

/// The spec of `name` in the file `location`; `None` if there is no loader for such a file.
pub fn file(
    name: &Object,
    location: Option<&Object>,
    loader: Option<&Object>,
    locations: Locations,
) -> Result<Option<Owned>> {
    let location = match (location, loader) {
        (Some(location), _) => {
            let location = unicode::paths::fspath(location)?;
            match paths::absolute(&location) {
                Ok(absolute) => absolute,
                Err(raised) => {
                    error::ignore(raised, &raw mut exceptions::OSError)?;
                    location
                }
            }
        }
        (None, loader) => {
            let unknown = unicode::from_str("<unknown>")?;
            let ask = match loader {
                Some(loader) => loader.getattr_optional_str("get_filename")?,
                None => None,
            };
            match ask {
                Some(ask) => unless_import_error(ask.call(&[name]))?.unwrap_or(unknown),
                None => unknown,
            }
        }
    };
    let spec = spec::new(name, loader.unwrap_or(none::none_ref()), Some(&location), true)?;
    let found;
    let loader = match loader {
        Some(loader) => loader,
        None => {
            let Some(class) = for_file(paths::text(&location, "endswith")?) else { return Ok(None) };
            found = file_loaders::new(class, name, &location)?;
            spec.setattr(name!(loader), &found)?;
            &found
        }
    };
    match locations {
        Locations::Ask if says_package(loader, name)? => {
            spec.setattr(name!(submodule_search_locations), &*list::new()?)?;
        }
        Locations::Ask => {}
        Locations::Given(given) => spec.setattr(name!(submodule_search_locations), given)?,
    }
    let set = spec.getattr(name!(submodule_search_locations))?;
    if list::check(&set) && list::len(&set) == 0 && location.is_true()? {
        let (folder, _) = paths::split(paths::text(&location, "rfind")?);
        list::push(&set, unicode::from_str(folder)?)?;
    }
    Ok(Some(spec))
}

/// The class of loaders for such a file.
fn for_file(path: &str) -> Option<Class> {
    let mut all = file_finder::supported().into_iter();
    all.find(|(_, suffixes)| suffixes.iter().any(|end| path.ends_with(end))).map(|(class, _)| class)
}
