//! `FrameLocalsProxy`: the locals of a function's frame as a mapping. No function runs here, so all it holds is what
//! was put into it; what a function declares can't be there.

use super::frame;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, api, args, error, lifecycle, repr as text, slots};
use crate::raise;
use crate::types::{boolobject, dict, list, none, tuple, typeobject};

#[repr(C)]
struct Proxy {
    ob_base: PyObject,
    frame: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyFrameLocalsProxy_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"FrameLocalsProxy".as_ptr(),
    tp_basicsize: size_of::<Proxy>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&NUMBER),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_setattro: Some(slots::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_iter: Some(iter),
    tp_methods: table(&METHODS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: Some(or), nb_inplace_or: Some(inplace_or), ..PyNumberMethods::EMPTY };
static SEQUENCE: PySequenceMethods = PySequenceMethods { sq_contains: Some(contains), ..PySequenceMethods::EMPTY };
static MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), mp_ass_subscript: Some(assign) };

static METHODS: [PyMethodDef; 12] = [
    PyMethodDef::one(
        c"__contains__",
        contains_method,
        c"__contains__($self, object, /)\n--\n\nWhether there is a local variable of this name.",
    )
    .with(METH_COEXIST),
    PyMethodDef::one(
        c"__getitem__",
        subscript,
        c"__getitem__($self, object, /)\n--\n\nThe local variable of this name.",
    )
    .with(METH_COEXIST),
    PyMethodDef::one(c"update", update, c"update($self, object, /)\n--\n\nTake over the items of a dict."),
    PyMethodDef::noargs(c"__reversed__", reversed, c"__reversed__($self, /)\n--\n\nThe names, last first."),
    PyMethodDef::noargs(c"copy", copy, c"copy($self, /)\n--\n\nA dict of the variables."),
    PyMethodDef::noargs(c"keys", keys, c"keys($self, /)\n--\n\nA list of the names."),
    PyMethodDef::noargs(c"values", values, c"values($self, /)\n--\n\nA list of the values."),
    PyMethodDef::noargs(c"items", items, c"items($self, /)\n--\n\nA list of pairs of name and value."),
    PyMethodDef::fast(c"get", get, c"The value of a name, or a default."),
    PyMethodDef::fast(c"pop", pop, c"Take a variable out and give its value."),
    PyMethodDef::fast(c"setdefault", setdefault, c"The value of a name, which is set if it has none."),
    PyMethodDef::END,
];

#[inline(always)]
fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyFrameLocalsProxy_Type)
}

/// A proxy for the locals of `frame`.
pub fn new(frame: &Object) -> Result<Owned> {
    let proxy = lifecycle::gc_new::<Proxy>(&raw mut PyFrameLocalsProxy_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*proxy).frame = frame.to_owned().into_raw();
        gc::track(proxy.cast());
        Ok(Owned::from_raw(proxy.cast()))
    }
}

/// The dict behind a proxy.
///
/// # Safety
/// `op` is a proxy.
unsafe fn variables(op: *mut PyObject) -> Result<Owned> {
    // SAFETY: layout.
    let locals = frame::locals_dict(unsafe { Object::from_ptr((*op.cast::<Proxy>()).frame) })?;
    // A frame made with another mapping has no variables of a function.
    if dict::check(&locals) { Ok(locals) } else { dict::new() }
}

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        let [frame] = *tuple::items(args) else {
            let n = tuple::items(args).len();
            return Err(raise!(TypeError, "FrameLocalsProxy expected 1 argument, got {n}"));
        };
        if !frame::check(frame) {
            let name = typeobject::fully_qualified_name(frame.ty())?;
            return Err(raise!(TypeError, "expect frame, not {}", error::Text(&name)));
        }
        if kwds.is_some_and(|k| dict::len(k) > 0) {
            return Err(raise!(TypeError, "FrameLocalsProxy takes no keyword arguments"));
        }
        new(frame)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        clear(op);
        lifecycle::gc_free(op);
    }
}

crate::traverse_fields!(traverse, Proxy, frame);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { refcount::clear(&raw mut (*op.cast::<Proxy>()).frame) };
    0
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, variables) = unsafe { (Object::from_ptr(op), variables(op)?) };
        text::guarded(this, "{...}", || dict::copy(&variables)?.repr())
    })
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot.
    api(|| Ok(dict::len(&*unsafe { variables(op)? })))
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (variables, key) = unsafe { (variables(op)?, Object::from_ptr(key)) };
        match dict::get(&variables, key)? {
            Some(value) => Ok(value),
            None => Err(raise!(KeyError, "local variable '{}' is not defined", error::Text(&*key.repr()?))),
        }
    })
}

unsafe extern "C" fn assign(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (variables, key, value) = unsafe { (variables(op)?, Object::from_ptr(key), Object::optional(value)) };
        match value {
            Some(value) => dict::set(&variables, key, value),
            None => dict::del(&variables, key),
        }
    })
}

unsafe extern "C" fn contains(op: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { dict::contains(&*variables(op)?, Object::from_ptr(key)) })
}

unsafe extern "C" fn contains_method(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { dict::contains(&*variables(op)?, Object::from_ptr(key)).map(boolobject::from_bool) })
}

unsafe extern "C" fn iter(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| all(op, |key, _| Ok(key.to_owned()))?.iter())
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let names = all(op, |key, _| Ok(key.to_owned()))?;
        names.call_method(crate::name!(reverse), &[])?;
        names.iter()
    })
}

/// A list of something of each variable.
fn all(op: *mut PyObject, what: impl Fn(&Object, &Object) -> Result<Owned>) -> Result<Owned> {
    // SAFETY: slot.
    let variables = unsafe { variables(op)? };
    let (mut pos, mut found) = (0, Vec::new());
    while let Some((key, value)) = dict::next(&variables, &mut pos) {
        found.push(what(key, value)?);
    }
    list::from_owned(found)
}

unsafe extern "C" fn keys(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| all(op, |key, _| Ok(key.to_owned())))
}

unsafe extern "C" fn values(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| all(op, |_, value| Ok(value.to_owned())))
}

unsafe extern "C" fn items(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| all(op, |key, value| tuple::from_slice(&[key, value])))
}

unsafe extern "C" fn copy(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| dict::copy(&*unsafe { variables(op)? }))
}

unsafe extern "C" fn get(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (variables, args) = unsafe { (variables(op)?, args::slice(args, n)) };
        let (key, default) = match args {
            [key] => (key, none::none_ref()),
            [key, default] => (key, *default),
            _ => return Err(raise!(TypeError, "get expected 1 or 2 arguments")),
        };
        Ok(dict::get(&variables, key)?.unwrap_or_else(|| default.to_owned()))
    })
}

unsafe extern "C" fn pop(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (variables, args) = unsafe { (variables(op)?, args::slice(args, n)) };
        args::check_positional("pop", args.len(), 1, 2)?;
        if let Some(value) = dict::pop(&variables, args[0])? {
            return Ok(value);
        }
        match args.get(1) {
            Some(default) => Ok((*default).to_owned()),
            None => Err(super::exceptions::raise_key_error(args[0])),
        }
    })
}

unsafe extern "C" fn setdefault(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (variables, args) = unsafe { (variables(op)?, args::slice(args, n)) };
        let (key, default) = match args {
            [key] => (key, none::none_ref()),
            [key, default] => (key, *default),
            _ => return Err(raise!(TypeError, "setdefault expected 1 or 2 arguments")),
        };
        Ok(dict::set_default(&variables, key, default)?.0)
    })
}

/// Takes over the items of a dict or of another proxy; false for anything else.
fn merge(op: *mut PyObject, other: &Object) -> Result<bool> {
    if !dict::check(other) && !check(other) {
        return Ok(false);
    }
    // SAFETY: slot.
    let variables = unsafe { variables(op)? };
    if check(other) {
        // SAFETY: checked above.
        dict::merge(&variables, &*unsafe { self::variables(other.as_ptr())? }, true)?;
    } else {
        dict::merge(&variables, other, true)?;
    }
    Ok(true)
}

unsafe extern "C" fn update(op: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        if !merge(op, unsafe { Object::from_ptr(other) })? {
            return Err(raise!(TypeError, "update() argument must be dict or another FrameLocalsProxy"));
        }
        Ok(none::none())
    })
}

/// The items as a dict, for what is a dict or a proxy.
fn as_dict(o: &Object) -> Result<Option<Owned>> {
    if check(o) {
        // SAFETY: checked above.
        return dict::copy(&*unsafe { variables(o.as_ptr())? }).map(Some);
    }
    Ok(if dict::check(o) { Some(dict::copy(o)?) } else { None })
}

unsafe extern "C" fn or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        match (as_dict(a)?, as_dict(b)?) {
            (Some(joined), Some(more)) => {
                dict::merge(&joined, &more, true)?;
                Ok(joined)
            }
            _ => Ok(none::not_implemented()),
        }
    })
}

unsafe extern "C" fn inplace_or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, other) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        Ok(if merge(a, other)? { this.to_owned() } else { none::not_implemented() })
    })
}

/// Proxies of one frame are equal; to a dict a proxy is equal if its items are.
unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (this, other) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if op != Py_EQ && op != Py_NE {
            return Ok(none::not_implemented());
        }
        let equal = if check(other) {
            // SAFETY: both are proxies.
            unsafe { (*a.cast::<Proxy>()).frame == (*b.cast::<Proxy>()).frame }
        } else if dict::check(other) {
            as_dict(this)?.expect("a proxy").equals(other)?
        } else {
            return Ok(none::not_implemented());
        };
        Ok(boolobject::from_bool(equal == (op == Py_EQ)))
    })
}
