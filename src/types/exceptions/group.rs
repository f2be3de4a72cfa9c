//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions as one, split by type or by a condition.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::message;
use crate::name;
use crate::object::{Object, Owned, Result, api, error, lifecycle, sequence};
use crate::raise;
use crate::state;
use crate::types::{dict, list, none, set, tuple, typeobject, unicode};
use std::mem::offset_of;

struct Parts;

impl fields::Fields for Parts {
    const OFFSETS: &'static [usize] = &[
        offset_of!(PyBaseExceptionGroupObject, msg),
        offset_of!(PyBaseExceptionGroupObject, excs),
        offset_of!(PyBaseExceptionGroupObject, excs_str),
    ];
}

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_repr: Some(repr),
    tp_str: Some(str),
    tp_init: Some(init),
    tp_new: Some(new),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    ..extended::<PyBaseExceptionGroupObject, Parts>(
        c"BaseExceptionGroup",
        &raw mut super::BaseException,
        c"Several exceptions that are raised together.",
    )
};

static METHODS: [PyMethodDef; 5] = [
    crate::types::genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::one(c"derive", derive_method, c"derive($self, excs, /)\n--\n\nA group of excs with the same message."),
    PyMethodDef::one(
        c"split",
        split_method,
        c"split($self, matcher_value, /)\n--\n\nTwo groups: the exceptions that match, and the rest.",
    ),
    PyMethodDef::one(
        c"subgroup",
        subgroup_method,
        c"subgroup($self, matcher_value, /)\n--\n\nA group of the exceptions that match.",
    ),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"message", _Py_T_OBJECT, offset_of!(PyBaseExceptionGroupObject, msg), Py_READONLY),
    PyMemberDef::new(c"exceptions", _Py_T_OBJECT, offset_of!(PyBaseExceptionGroupObject, excs), Py_READONLY),
    PyMemberDef::END,
];

fn this(e: &Object) -> *mut PyBaseExceptionGroupObject {
    e.cast()
}

fn is_group(o: &Object) -> bool {
    o.is_a(&raw mut super::BaseExceptionGroup)
}

/// `ExceptionGroup` of this interpreter: a class that derives from two, made when first asked for.
pub fn exception_group_class() -> Result<&'static Object> {
    // SAFETY: attached; the interpreter owns its class until it ends.
    unsafe {
        let place = &raw mut (*state::interp()).exceptions.exception_group;
        if (*place).is_null() {
            let bases = tuple::from_slice(&[
                super::object(&raw mut super::BaseExceptionGroup),
                super::object(&raw mut super::Exception),
            ])?;
            let namespace = dict::new()?;
            dict::set(&namespace, name!(__module__), name!(builtins))?;
            let class = typeobject::new::exception_class(name!(ExceptionGroup), &bases, &namespace)?;
            *place = class.into_raw();
        }
        Ok(Object::from_ptr(*place))
    }
}

unsafe extern "C" fn new(ty: *mut PyTypeObject, args: *mut PyObject, _kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { Object::from_ptr(args) };
        let [message, given] = *tuple::items(args) else {
            return Err(raise!(
                TypeError,
                "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
                tuple::items(args).len()
            ));
        };
        if !unicode::check(message) {
            let got = if message.is_none() { "None" } else { typeobject::tp_name(message.ty()) };
            return Err(raise!(
                TypeError,
                "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                error::cut(got, 50)
            ));
        }
        if !sequence::check(given) {
            return Err(raise!(TypeError, "second argument (exceptions) must be a sequence"));
        }
        // The text of another kind of sequence is kept: what is in it may change.
        let shown = if list::check(given) || tuple::check(given) { None } else { Some(given.repr()?) };
        let exceptions = sequence::tuple(given)?;
        if tuple::items(&exceptions).is_empty() {
            return Err(raise!(ValueError, "second argument (exceptions) must be a non-empty sequence"));
        }
        let mut all_plain = true;
        for (i, e) in tuple::items(&exceptions).iter().enumerate() {
            if !base::is_instance(e) {
                return Err(raise!(ValueError, "Item {i} of second argument (exceptions) is not an exception"));
            }
            all_plain &= e.is_a(&raw mut super::Exception);
        }
        let plain_class = exception_group_class()?;
        let mut ty = ty;
        if ty == &raw mut super::BaseExceptionGroup {
            if all_plain {
                ty = plain_class.cast();
            }
        } else if ty == plain_class.cast() {
            if !all_plain {
                return Err(raise!(TypeError, "Cannot nest BaseExceptions in an ExceptionGroup"));
            }
        } else if !all_plain && typeobject::is_subtype(ty, &raw mut super::Exception) {
            return Err(raise!(TypeError, "Cannot nest BaseExceptions in '{}'", typeobject::tp_name(ty)));
        }
        // SAFETY: slot; fresh.
        unsafe {
            let group = Owned::from_c(base::new(ty, args.as_ptr(), std::ptr::null_mut()))?;
            put(&raw mut (*this(&group)).msg, Some(message.to_owned()));
            put(&raw mut (*this(&group)).excs, Some(exceptions));
            put(&raw mut (*this(&group)).excs_str, shown);
            Ok(group)
        }
    })
}

/// Does what the base's does, and is another function all the same: because it is, `__init__` stands in the class's
/// dict. Without the mark the optimiser would make one of the two.
unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    std::hint::black_box(&raw const super::PyExc_BaseExceptionGroup);
    // SAFETY: slot.
    unsafe { base::init(op, args, kwds) }
}

/// The exceptions of a group.
pub fn exceptions_of(group: &Object) -> Owned {
    // SAFETY: layout: a group, whose `__new__` sets the tuple.
    unsafe { Object::from_ptr((*this(group)).excs) }.to_owned()
}

fn message(group: &Object) -> Owned {
    // SAFETY: layout, as above.
    unsafe { Object::from_ptr((*this(group)).msg) }.to_owned()
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let group = unsafe { Object::from_ptr(op) };
        let n = tuple::items(&exceptions_of(group)).len();
        let plural = if n == 1 { "" } else { "s" };
        message!("{} ({n} sub-exception{plural})", error::Text(&message(group)))
    })
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let group = unsafe { Object::from_ptr(op) };
        // SAFETY: layout.
        let kept = unsafe { Object::optional((*this(group)).excs_str) }.map(Object::to_owned);
        let shown = match kept {
            Some(shown) => shown,
            None => {
                let args = base::args(group);
                let items = if tuple::check(&args) { tuple::items(&args) } else { &[] };
                match items {
                    [_, given] if list::check(given) => sequence::list(&exceptions_of(group))?.repr()?,
                    _ => exceptions_of(group).repr()?,
                }
            }
        };
        let message = message(group).repr()?;
        message!("{}({}, {})", typeobject::name(group.ty()), error::Text(&message), error::Text(&shown))
    })
}

unsafe extern "C" fn derive_method(op: *mut PyObject, excs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (group, excs) = unsafe { (Object::from_ptr(op), Object::from_ptr(excs)) };
        super::object(&raw mut super::BaseExceptionGroup).call(&[&message(group), excs])
    })
}

/// A group of some of the exceptions of `group`, made by its `derive` and with its traceback, context, cause and notes;
/// `None` if there are none.
fn derived(group: &Object, exceptions: &Object) -> Result<Option<Owned>> {
    if list::len(exceptions) == 0 {
        return Ok(None);
    }
    let part = group.call_method(name!(derive), &[exceptions])?;
    if !is_group(&part) {
        return Err(raise!(TypeError, "derive must return an instance of BaseExceptionGroup"));
    }
    if let Some(tb) = base::traceback(group) {
        base::set_traceback(&part, &tb)?;
    }
    base::set_context(&part, base::context(group));
    base::set_cause(&part, base::cause(group));
    if let Some(notes) = base::notes(group)?
        && sequence::check(&notes)
    {
        // A list of its own, so that notes added to one don't show on the other.
        let copy = sequence::list(&notes)?;
        part.setattr(name!(__notes__), &copy)?;
    }
    Ok(Some(part))
}

/// What a group is split by.
enum Matcher<'a> {
    Type(&'a Object),
    Predicate(&'a Object),
    /// These very exceptions.
    Instances(&'a Object),
}

impl<'a> Matcher<'a> {
    fn of(value: &'a Object) -> Result<Matcher<'a>> {
        if base::is_class(value) {
            return Ok(Matcher::Type(value));
        }
        if value.is_callable() && !value.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
            return Ok(Matcher::Predicate(value));
        }
        if tuple::check(value) && tuple::items(value).iter().all(|item| base::is_class(item)) {
            return Ok(Matcher::Type(value));
        }
        Err(raise!(
            TypeError,
            "expected an exception type, a tuple of exception types, or a callable (other than a class)"
        ))
    }

    fn matches(&self, e: &Object) -> Result<bool> {
        match self {
            Matcher::Type(class) => Ok(super::given_matches(e, class)),
            Matcher::Predicate(f) => f.call(&[e])?.is_true(),
            Matcher::Instances(wanted) => {
                if is_group(e) {
                    return Ok(false);
                }
                let address = crate::types::long::from_u64(e.as_ptr() as u64)?;
                set::contains(wanted, &address)
            }
        }
    }
}

/// The matching part and the rest, which is worked out only if it is wanted.
fn split(e: &Object, matcher: &Matcher, want_rest: bool) -> Result<(Option<Owned>, Option<Owned>)> {
    if matcher.matches(e)? {
        return Ok((Some(e.to_owned()), None));
    }
    if !is_group(e) {
        return Ok((None, want_rest.then(|| e.to_owned())));
    }
    let (matching, rest) = (list::new()?, list::new()?);
    for item in tuple::items(&exceptions_of(e)) {
        lifecycle::enter_recursive_call(" in exceptiongroup_split_recursive")?;
        let parts = split(item, matcher, want_rest);
        lifecycle::leave_recursive_call();
        let (yes, no) = parts?;
        if let Some(yes) = yes {
            list::append(&matching, &yes)?;
        }
        if let Some(no) = no {
            list::append(&rest, &no)?;
        }
    }
    Ok((derived(e, &matching)?, if want_rest { derived(e, &rest)? } else { None }))
}

unsafe extern "C" fn split_method(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (group, value) = unsafe { (Object::from_ptr(op), Object::from_ptr(value)) };
        let (yes, no) = split(group, &Matcher::of(value)?, true)?;
        tuple::from_owned(vec![yes.unwrap_or_else(none::none), no.unwrap_or_else(none::none)])
    })
}

unsafe extern "C" fn subgroup_method(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (group, value) = unsafe { (Object::from_ptr(op), Object::from_ptr(value)) };
        let (yes, _) = split(group, &Matcher::of(value)?, false)?;
        Ok(yes.unwrap_or_else(none::none))
    })
}

/// The addresses of the exceptions at the leaves of a group.
fn collect_leaves(e: &Object, into: &Object) -> Result<()> {
    if e.is_none() {
        return Ok(());
    }
    if !is_group(e) {
        return set::add(into, &*crate::types::long::from_u64(e.as_ptr() as u64)?);
    }
    for item in tuple::items(&exceptions_of(e)) {
        lifecycle::enter_recursive_call(" in collect_exception_group_leaf_ids")?;
        let result = collect_leaves(item, into);
        lifecycle::leave_recursive_call();
        result?;
    }
    Ok(())
}

/// The part of `orig` whose leaves are among those of `keep`: groups keep their shape.
fn projection(orig: &Object, keep: &Object) -> Result<Owned> {
    let leaves = set::new()?;
    for e in 0..list::len(keep) {
        if let Some(e) = list::get(keep, e) {
            collect_leaves(&e, &leaves)?;
        }
    }
    let (part, _) = split(orig, &Matcher::Instances(&leaves), false)?;
    Ok(part.unwrap_or_else(none::none))
}

/// Same traceback, context, cause and notes: an exception that was not changed since it was split off.
fn same_metadata(a: &Object, b: &Object) -> bool {
    let same = |x: Option<Owned>, y: Option<Owned>| match (x, y) {
        (Some(x), Some(y)) => x.is(&y),
        (None, None) => true,
        _ => false,
    };
    // SAFETY: layout: exceptions.
    let notes = unsafe { (*a.cast::<PyBaseExceptionObject>()).notes == (*b.cast::<PyBaseExceptionObject>()).notes };
    notes
        && same(base::traceback(a), base::traceback(b))
        && same(base::cause(a), base::cause(b))
        && same(base::context(a), base::context(b))
}

/// `PyUnstable_Exc_PrepReraiseStar`: what is raised at the end of a `try`-`except*`: new exceptions of the handlers,
/// and what was raised again or not handled, in the shape it had.
pub fn prep_reraise_star(orig: &Object, excs: &Object) -> Result<Owned> {
    let count = list::len(excs);
    if count == 0 {
        return Ok(none::none());
    }
    if !is_group(orig) {
        // A plain exception was caught: the list has what its handler raised, or `None`.
        return Ok(list::get(excs, 0).unwrap_or_else(none::none));
    }
    let (raised, reraised) = (list::new()?, list::new()?);
    for i in 0..count {
        let Some(e) = list::get(excs, i).filter(|e| !e.is_none()) else { continue };
        list::append(if same_metadata(&e, orig) { &reraised } else { &raised }, &e)?;
    }
    let part = projection(orig, &reraised)?;
    if list::len(&raised) == 0 {
        return Ok(part);
    }
    if !part.is_none() {
        list::append(&raised, &part)?;
    }
    if list::len(&raised) == 1 {
        return Ok(list::get(&raised, 0).expect("just counted"));
    }
    super::object(&raw mut super::BaseExceptionGroup).call(&[&*unicode::from_str("")?, &raised])
}
