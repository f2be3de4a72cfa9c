//! `warnings`, natively: filters, how warnings are shown, and the context in which they are caught. Patterns for
//! messages and modules need `re`, which is imported when one is given. Left out: the decorator `deprecated`.

use super::native::{
    Arguments, Kind, PLAIN, Slots, class, described, doc, fast_keywords, methods, module, noargs, publish, refs, value,
};
use super::set;
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::runtime;
use crate::types::{exceptions, list, long, none, traceback, tuple, unicode, warnings};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"simplefilter",
        fast_keywords!(simplefilter),
        c"simplefilter($module, /, action, category=Warning, lineno=0,\n             append=False)\n--\n\nAdd a filter \
        for every module and message.",
    ),
    PyMethodDef::fast_keywords(
        c"filterwarnings",
        fast_keywords!(filterwarnings),
        c"filterwarnings($module, /, action, message='', category=Warning,\n               module='', lineno=0, \
        append=False)\n--\n\nAdd a filter.",
    ),
    PyMethodDef::noargs(
        c"resetwarnings",
        noargs!(resetwarnings),
        c"resetwarnings($module, /)\n--\n\nTake all filters away.",
    ),
    PyMethodDef::fast_keywords(
        c"formatwarning",
        fast_keywords!(formatwarning),
        c"formatwarning($module, /, message, category, filename, lineno,\n              line=None)\n--\n\nThe text \
        that shows a warning.",
    ),
    PyMethodDef::fast_keywords(
        c"showwarning",
        fast_keywords!(showwarning),
        c"showwarning($module, /, message, category, filename, lineno,\n            file=None, line=None)\n--\n\nWrite \
        a warning to a file, by default sys.stderr.",
    ),
    PyMethodDef::END,
];

module!(described(c"warnings", c"Warnings: issue, filter, show and catch them.", &METHODS), exec);

fn import(name: &str) -> Result<Owned> {
    crate::import::import_checked(&*unicode::from_str(name)?)
}

fn exec(module: &Object) -> Result<()> {
    let native = import("_warnings")?;
    for name in ["warn", "warn_explicit", "filters", "_acquire_lock", "_release_lock", "_filters_mutated_lock_held"] {
        set(module, name, &*native.getattr_str(name)?)?;
    }
    set(module, "onceregistry", &*warnings::once_registry()?)?;
    set(module, "defaultaction", &*warnings::default_action()?)?;
    publish(module, class::<()>(module, c"warnings.WarningMessage", MESSAGE, &MESSAGE_SLOTS)?)?;
    publish(module, class::<Catch>(module, c"warnings.catch_warnings", PLAIN, &CATCH_SLOTS)?)?;
    super::warnings_options::process(&*native.getattr_str("filters")?)
}

/// The list of filters as the module has it now.
fn filters() -> Result<Owned> {
    import("warnings")?.getattr_str("filters")
}

/// Puts a filter before the others, or behind them. One that is there already moves to the front.
fn add_filter(filter: Owned, append: bool) -> Result<()> {
    insert_filter(&*filters()?, filter, append)
}

/// As [`add_filter`], into a list of filters.
pub fn insert_filter(filters: &Object, filter: Owned, append: bool) -> Result<()> {
    if append {
        if !crate::object::sequence::contains(filters, &filter)? {
            list::append(filters, &filter)?;
        }
    } else {
        if crate::object::sequence::contains(filters, &filter)? {
            filters.call_method(name!(remove), &[&filter])?;
        }
        filters.call_method(name!(insert), &[long::zero(), &filter])?;
    }
    warnings::filters_changed();
    Ok(())
}

fn checked_action(action: &Object) -> Result<()> {
    const ACTIONS: [&str; 7] = ["error", "ignore", "always", "all", "default", "module", "once"];
    if unicode::check(action) && ACTIONS.iter().any(|known| unicode::equal_str(action, known)) {
        return Ok(());
    }
    Err(raise!(ValueError, "invalid action: {}", error::Text(&*action.repr()?)))
}

fn checked_line(line: Option<&Object>) -> Result<Owned> {
    let Some(line) = line else { return long::from_i64(0) };
    if !long::check(line) {
        return Err(raise!(TypeError, "lineno must be an int"));
    }
    if long::is_negative(line) {
        return Err(raise!(ValueError, "lineno must be an int >= 0"));
    }
    Ok(line.to_owned())
}

fn warning_class() -> &'static Object {
    exceptions::object(&raw mut exceptions::Warning)
}

fn simplefilter(_module: &Object, args: Arguments) -> Result<()> {
    const PARAMETERS: Signature<4> =
        Signature::new("simplefilter", ["action", "category", "lineno", "append"]).required(1);
    let [action, category, line, append] = args.bind(&PARAMETERS)?;
    let action = action.expect("bind checked it");
    checked_action(action)?;
    let line = checked_line(line)?;
    let append = append.map_or(Ok(false), Object::is_true)?;
    let nothing = none::none_ref();
    let category = category.unwrap_or(warning_class());
    add_filter(tuple::from_slice(&[action, nothing, category, nothing, &line])?, append)
}

/// A pattern for a text, compiled by `re`; nothing for no text.
fn pattern(text: Option<&Object>, what: &str, ignore_case: bool) -> Result<Owned> {
    let Some(text) = text else { return Ok(none::none()) };
    if !unicode::check(text) {
        return Err(raise!(TypeError, "{what} must be a string"));
    }
    if unicode::equal_str(text, "") {
        return Ok(none::none());
    }
    let re = import("re")?;
    let compile = unicode::intern_str("compile")?;
    if ignore_case {
        let flag = re.getattr_str("I")?;
        return re.call_method(&compile, &[text, &flag]);
    }
    re.call_method(&compile, &[text])
}

fn filterwarnings(_module: &Object, args: Arguments) -> Result<()> {
    const PARAMETERS: Signature<6> =
        Signature::new("filterwarnings", ["action", "message", "category", "module", "lineno", "append"]).required(1);
    let [action, message, category, module, line, append] = args.bind(&PARAMETERS)?;
    let action = action.expect("bind checked it");
    checked_action(action)?;
    if message.is_some_and(|m| !unicode::check(m)) {
        return Err(raise!(TypeError, "message must be a string"));
    }
    let category = category.unwrap_or(warning_class());
    if !category.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) || !category.is_subclass(warning_class())? {
        return Err(raise!(TypeError, "category must be a Warning subclass"));
    }
    let line = checked_line(line)?;
    let append = append.map_or(Ok(false), Object::is_true)?;
    let (message, module) = (pattern(message, "message", true)?, pattern(module, "module", false)?);
    add_filter(tuple::from_slice(&[action, &message, category, &module, &line])?, append)
}

fn resetwarnings(_module: &Object) -> Result<()> {
    filters()?.call_method(name!(clear), &[])?;
    warnings::filters_changed();
    Ok(())
}

/// "file:line: Category: text", and the line of the source.
fn text(
    message: &Object,
    category: &Object,
    filename: &Object,
    line: &Object,
    source: Option<&Object>,
) -> Result<String> {
    let shown = |o: &Object| -> Result<String> { Ok(error::Text(&*o.str()?).to_string()) };
    let class = shown(&*category.getattr(name!(__name__))?)?;
    let (file, number) = (shown(filename)?, shown(line)?);
    let mut text = format!("{file}:{number}: {class}: {}\n", shown(message)?);
    let source = match source.filter(|s| !s.is_none()) {
        Some(source) => Some(shown(source)?.trim().to_string()).filter(|s| !s.is_empty()),
        None => number.parse().ok().and_then(|line| traceback::source_line(&file, line)),
    };
    if let Some(source) = source {
        text += &format!("  {source}\n");
    }
    Ok(text)
}

fn formatwarning(_module: &Object, args: Arguments) -> Result<String> {
    const PARAMETERS: Signature<5> =
        Signature::new("formatwarning", ["message", "category", "filename", "lineno", "line"]).required(4);
    let [message, category, filename, line, source] = args.bind(&PARAMETERS)?;
    let [message, category, filename, line] = [message, category, filename, line].map(|a| a.expect("bind checked it"));
    text(message, category, filename, line, source)
}

fn showwarning(_module: &Object, args: Arguments) -> Result<()> {
    const PARAMETERS: Signature<6> =
        Signature::new("showwarning", ["message", "category", "filename", "lineno", "file", "line"]).required(4);
    let [message, category, filename, line, file, source] = args.bind(&PARAMETERS)?;
    let [message, category, filename, line] = [message, category, filename, line].map(|a| a.expect("bind checked it"));
    let file = match file.filter(|f| !f.is_none()) {
        Some(file) => Some(file.to_owned()),
        None => runtime::find_sys_attribute("stderr"),
    };
    let Some(file) = file.filter(|f| !f.is_none()) else { return Ok(()) };
    let text = unicode::from_str(&text(message, category, filename, line, source)?)?;
    file.call_method(name!(write), &[&text])?;
    Ok(())
}

/// `WarningMessage`: what is known of a warning, as attributes.
const MESSAGE: Kind = PLAIN.with_dict();

static MESSAGE_SLOTS: Slots = Slots(&[
    doc(c"A warning, with where it came from."),
    (Py_tp_init, init_message as *mut c_void),
    (Py_tp_str, str_message as *mut c_void),
    (Py_tp_repr, repr_message as *mut c_void),
]);

const FIELDS: [&str; 7] = ["message", "category", "filename", "lineno", "file", "line", "source"];

unsafe extern "C" fn init_message(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    const PARAMETERS: Signature<7> = Signature::new("WarningMessage", FIELDS).required(4);
    api(|| {
        // SAFETY: slot.
        let (this, args, kwds) = unsafe { (Object::from_ptr(op), Object::from_ptr(args), Object::optional(kwds)) };
        let given = PARAMETERS.bind(args, kwds)?;
        for (name, value) in FIELDS.iter().zip(given) {
            this.setattr_str(name, value.unwrap_or(none::none_ref()))?;
        }
        let category = given[1].filter(|c| !c.is_none());
        let category_name = match category {
            Some(category) => category.getattr(name!(__name__))?,
            None => none::none(),
        };
        this.setattr_str("_category_name", &category_name)
    })
}

fn message_text(this: &Object) -> Result<String> {
    let mut parts = Vec::new();
    for (shown, name) in [
        ("message", "message"),
        ("category", "_category_name"),
        ("filename", "filename"),
        ("lineno", "lineno"),
        ("line", "line"),
    ] {
        let value = this.getattr_str(name)?;
        let value = if shown == "lineno" { value.str()? } else { value.repr()? };
        parts.push(format!("{shown} : {}", error::Text(&value)));
    }
    Ok(format!("{{{}}}", parts.join(", ")))
}

unsafe extern "C" fn str_message(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unicode::from_str(&message_text(unsafe { Object::from_ptr(op) })?))
}

unsafe extern "C" fn repr_message(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unicode::from_str(&format!("<WarningMessage {}>", message_text(unsafe { Object::from_ptr(op) })?)))
}

/// `catch_warnings`: the filters, and how warnings are shown, as they were before.
struct Catch {
    record: bool,
    entered: bool,
    /// The arguments of a filter to begin with.
    filter: Option<Owned>,
    append: bool,
    filters: Option<Owned>,
    show: Option<Owned>,
}

refs!(Catch, filter, filters, show);

static CATCH_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__enter__", noargs!(enter), c"__enter__($self, /)\n--\n\n"),
    PyMethodDef::varargs(c"__exit__", exit, c"__exit__($self, /, *exc_info)\n--\n\n"),
    PyMethodDef::END,
];

static CATCH_SLOTS: Slots = Slots(&[
    doc(c"A context in which changes of the filters stay."),
    (Py_tp_init, init_catch as *mut c_void),
    (Py_tp_repr, repr_catch as *mut c_void),
    methods(&CATCH_METHODS),
]);

unsafe extern "C" fn init_catch(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    const PARAMETERS: Signature<6> =
        Signature::new("catch_warnings.__init__", ["record", "module", "action", "category", "lineno", "append"])
            .positional(0);
    api(|| {
        // SAFETY: slot.
        let (this, args, kwds) = unsafe { (Object::from_ptr(op), Object::from_ptr(args), Object::optional(kwds)) };
        let [record, _module, action, category, line, append] = PARAMETERS.bind(args, kwds)?;
        let record = record.map_or(Ok(false), Object::is_true)?;
        let append = append.map_or(Ok(false), Object::is_true)?;
        let nothing = none::none_ref();
        let filter = match action.filter(|a| !a.is_none()) {
            Some(action) => {
                checked_action(action)?;
                let line = checked_line(line)?;
                let category = category.unwrap_or(warning_class());
                Some(tuple::from_slice(&[action, nothing, category, nothing, &line])?)
            }
            None => None,
        };
        let catch = value::<Catch>(this);
        // SAFETY: layout: an instance, whose zeroed value is a good one.
        unsafe {
            (*catch).record = record;
            (*catch).append = append;
            drop(std::mem::replace(&mut (*catch).filter, filter));
        }
        Ok(())
    })
}

fn shown(record: bool) -> &'static str {
    if record { "catch_warnings(record=True)" } else { "catch_warnings()" }
}

unsafe extern "C" fn repr_catch(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    let record = unsafe { (*value::<Catch>(Object::from_ptr(op))).record };
    api(|| unicode::from_str(shown(record)))
}

fn enter(this: &Object) -> Result<Owned> {
    let catch = value::<Catch>(this);
    // SAFETY: layout: an instance.
    let (record, filter, append) = unsafe {
        if (*catch).entered {
            return Err(raise!(RuntimeError, "Cannot enter {} twice", shown((*catch).record)));
        }
        (*catch).entered = true;
        ((*catch).record, (*catch).filter.clone(), (*catch).append)
    };
    let module = import("warnings")?;
    let (filters_name, show_name) = (unicode::intern_str("filters")?, unicode::intern_str("_showwarnmsg")?);
    let before = module.getattr(&filters_name)?;
    let show = module.getattr_optional(&show_name)?;
    let copy = crate::object::sequence::list(&before)?;
    // SAFETY: layout: an instance.
    unsafe {
        drop((*catch).filters.replace(before));
        drop(std::mem::replace(&mut (*catch).show, show));
    }
    module.setattr(&filters_name, &copy)?;
    warnings::filters_changed();
    let mut log = none::none();
    if record {
        log = list::new()?;
        module.setattr(&show_name, &*log.getattr(name!(append))?)?;
    }
    if let Some(filter) = filter {
        add_filter(filter, append)?;
    }
    Ok(log)
}

unsafe extern "C" fn exit(op: *mut PyObject, _args: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let catch = value::<Catch>(unsafe { Object::from_ptr(op) });
        // SAFETY: layout: an instance.
        let (filters, show) = unsafe {
            if !(*catch).entered {
                return Err(raise!(RuntimeError, "Cannot exit {} without entering first", shown((*catch).record)));
            }
            ((*catch).filters.take(), (*catch).show.take())
        };
        let module = import("warnings")?;
        if let Some(filters) = filters {
            module.setattr_str("filters", &filters)?;
        }
        let show_name = unicode::intern_str("_showwarnmsg")?;
        match show {
            Some(show) => module.setattr(&show_name, &show)?,
            None if module.getattr_optional(&show_name)?.is_some() => module.delattr(&show_name)?,
            None => {}
        }
        warnings::filters_changed();
        Ok(none::none())
    })
}
