//! The options `-W` and `PYTHONWARNINGS`, as they stand in `sys.warnoptions`: `action:message:category:module:line`,
//! each a filter before the others. A message has to be matched by its beginning and without regard to case, so it
//! needs `re`; a module is matched whole, and its name is enough.

use crate::object::{Object, Owned, Raised, Result, error};
use crate::runtime;
use crate::types::{exceptions, list, long, none, tuple, unicode};
use crate::{name, raise};

/// What an option has that can't be: said on standard error, and the option is passed over.
enum Fault {
    Text(Owned),
    Raised(Raised),
}

impl From<Raised> for Fault {
    fn from(raised: Raised) -> Fault {
        Fault::Raised(raised)
    }
}

type Parsed<T> = std::result::Result<T, Fault>;

fn fault<T>(what: &str, of: &str) -> Parsed<T> {
    let quoted = unicode::from_str(of)?.repr()?;
    Err(Fault::Text(unicode::from_str(&format!("{what}: {}", error::Text(&quoted)))?))
}

/// Puts a filter for each option before those that are there.
pub fn process(filters: &Object) -> Result<()> {
    let Some(options) = runtime::find_sys_attribute("warnoptions").filter(|options| list::check(options)) else {
        return Ok(());
    };
    for option in list::each(&options) {
        let text = error::Text(&*option.str()?).to_string();
        match filter(&text) {
            Ok(filter) => super::warnings_python::insert_filter(filters, filter, false)?,
            Err(Fault::Text(text)) => report(&text)?,
            Err(Fault::Raised(raised)) => return Err(raised),
        }
    }
    Ok(())
}

fn report(text: &Object) -> Result<()> {
    let Some(file) = runtime::find_sys_attribute("stderr").filter(|file| !file.is_none()) else { return Ok(()) };
    let line = crate::object::message::decoded(&format!("Invalid -W option ignored: {}\n", error::Text(text)))?;
    file.call_method(name!(write), &[&line])?;
    Ok(())
}

fn filter(option: &str) -> Parsed<Owned> {
    let mut fields: Vec<&str> = option.split(':').collect();
    if fields.len() > 5 {
        return fault("too many fields (max 5)", option);
    }
    fields.resize(5, "");
    let [action, message, category, module, line] = [0, 1, 2, 3, 4].map(|i| fields[i].trim());
    let action = unicode::intern_str(action_named(action)?)?;
    let category = category_named(category)?;
    let message = match message {
        "" => none::none(),
        text => pattern(text)?,
    };
    let module = match module {
        "" => none::none(),
        text => unicode::from_str(text)?,
    };
    let line = match line {
        "" => 0,
        text => match text.replace('_', "").parse::<i64>() {
            Ok(line) if line >= 0 => line,
            Ok(line) => return Err(Fault::Text(unicode::from_str(&format!("invalid lineno {line}"))?)),
            Err(_) => {
                let quoted = unicode::from_str(text)?.repr()?;
                return Err(Fault::Text(unicode::from_str(&format!("invalid lineno {}", error::Text(&quoted)))?));
            }
        },
    };
    Ok(tuple::from_slice(&[&action, &message, &category, &module, &*long::from_i64(line)?])?)
}

fn action_named(action: &str) -> Parsed<&'static str> {
    const ACTIONS: [&str; 7] = ["default", "always", "all", "ignore", "module", "once", "error"];
    match ACTIONS.iter().find(|known| known.starts_with(action)) {
        Some(known) => Ok(known),
        None => fault("invalid action", action),
    }
}

fn category_named(category: &str) -> Parsed<Owned> {
    let base = exceptions::object(&raw mut exceptions::Warning);
    if category.is_empty() {
        return Ok(base.to_owned());
    }
    let (module, class) = category.rsplit_once('.').unwrap_or(("builtins", category));
    let module = match crate::import::import_checked(&*unicode::from_str(module)?) {
        Ok(module) => module,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::ImportError)?;
            return fault("invalid module name", module);
        }
    };
    let Some(found) = module.getattr_optional(&*unicode::from_str(class)?)? else {
        return fault("unknown warning category", category);
    };
    if !found.has_flag(crate::abi::Py_TPFLAGS_TYPE_SUBCLASS) {
        return Err(Fault::Raised(raise!(TypeError, "issubclass() arg 1 must be a class")));
    }
    if !found.is_subclass(base)? {
        return fault("invalid warning category", category);
    }
    Ok(found)
}

/// `re.compile(re.escape(text), re.I)`.
fn pattern(text: &str) -> Parsed<Owned> {
    let re = match crate::import::import_checked(&*unicode::from_str("re")?) {
        Ok(re) => re,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::ImportError)?;
            return fault("a message needs the module re", text);
        }
    };
    let escaped = re.call_method_str("escape", &[&*unicode::from_str(text)?])?;
    let flag = re.getattr_str("I")?;
    Ok(re.call_method_str("compile", &[&escaped, &flag])?)
}
