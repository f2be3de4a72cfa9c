//! Context variables.
//!
//! A variable remembers the value it was asked for last, or that it had none, with the thread state and the version of
//! its context: reading it again in the same context looks nothing up. The value is borrowed from the context; whoever
//! changes the variable there changes what it remembers, and switching to another context changes the version.

use super::{current, hamt, map, token};
use crate::abi::va_list::{VaList, VaListTag};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::modsupport::keywords;
use crate::object::slots::PyObject_GenericGetAttr;
use crate::object::{Object, Owned, Result, api, error, lifecycle};
use crate::raise;
use crate::state;
use crate::types::{exceptions, genericalias, tuple, typeobject, unicode};
use std::mem::offset_of;
use std::ptr;

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::fast(
        c"get",
        get_method,
        c"get($self, default=<unrepresentable>, /)\n--\n\nThe value in the current context; else the default given \
        here, else the variable's own, else LookupError.",
    ),
    PyMethodDef::one(
        c"set",
        set_method,
        c"set($self, value, /)\n--\n\nGives the variable a value in the current context; the token that is returned \
        can undo it.",
    ),
    PyMethodDef::one(
        c"reset",
        reset_method,
        c"reset($self, token, /)\n--\n\nGives the variable back the value it had before the set() that made the token.",
    ),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"name", _Py_T_OBJECT, offset_of!(PyContextVar, var_name), Py_READONLY), PyMemberDef::END];

#[unsafe(no_mangle)]
pub static mut PyContextVar_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"_contextvars.ContextVar".as_ptr(),
    tp_basicsize: size_of::<PyContextVar>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_hash: Some(hash),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyContextVar_Type)
}

/// `PyContextVar_New`. `TypeError` if `name` is no str.
pub fn new(name: &Object, default: Option<&Object>) -> Result<Owned> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "context variable name must be a str"));
    }
    let name_hash = name.hash()?;
    let var = lifecycle::gc_new_builtin::<PyContextVar>(&raw mut PyContextVar_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*var).var_name = name.to_owned().into_raw();
        (*var).var_default = default.map_or(ptr::null_mut(), |default| default.to_owned().into_raw());
        forget(var);
        // Addresses of variables made in a row differ in a few bits only, and names spread them.
        let hash = (var as usize).rotate_right(4) as isize ^ name_hash;
        (*var).var_hash = if hash == -1 { -2 } else { hash };
        if may_lead_back(name) || default.is_some_and(may_lead_back) {
            gc::track(var.cast());
        }
        Ok(Owned::from_raw(var.cast()))
    }
}

/// What the variable remembers, if that is of the current context: its value, borrowed, or NULL if it has none.
///
/// # Safety
/// `var` is a context variable.
#[inline(always)]
pub unsafe fn seen(var: *mut PyContextVar) -> Option<*mut PyObject> {
    // SAFETY: attached; the caller's word. No thread state has the number 0.
    unsafe {
        let tstate = &raw const (*state::thread()).base;
        ((*var).var_cached_tsid == (*tstate).id && (*var).var_cached_tsver == (*tstate).context_ver)
            .then(|| (*var).var_cached)
    }
}

/// A cycle may go through the object: the collector knows it, or may yet. (A tuple that it does not know stays so.)
fn may_lead_back(o: &Object) -> bool {
    // SAFETY: alive; what is collectable has a collector's header.
    unsafe { gc::is_gc(o.as_ptr()) && (!o.is_exact(&raw mut tuple::PyTuple_Type) || gc::is_tracked(o.as_ptr())) }
}

/// The value in the current context, borrowed, or NULL. Never raises. The variable remembers it from now on.
///
/// # Safety
/// `var` is a context variable.
unsafe fn look_up(var: *mut PyContextVar) -> *mut PyObject {
    // SAFETY: attached; the caller's word. A context that is made when it is first needed is empty, and of the same
    // version as none.
    unsafe {
        let tstate = &raw mut (*state::thread()).base;
        let value = match (*tstate).context.is_null() {
            true => ptr::null_mut(),
            false => hamt::find(*map((*tstate).context.cast()), var.cast()),
        };
        remember(var, tstate, value);
        value
    }
}

#[inline(always)]
unsafe fn remember(var: *mut PyContextVar, tstate: *mut PyThreadState, value: *mut PyObject) {
    // SAFETY: attached.
    unsafe {
        (*var).var_cached = value;
        (*var).var_cached_tsid = (*tstate).id;
        (*var).var_cached_tsver = (*tstate).context_ver;
    }
}

/// The variable remembers no value.
///
/// # Safety
/// `var` is a context variable, or memory for one.
#[inline(always)]
unsafe fn forget(var: *mut PyContextVar) {
    // SAFETY: the caller's word.
    unsafe {
        (*var).var_cached = ptr::null_mut();
        (*var).var_cached_tsid = 0;
        (*var).var_cached_tsver = 0;
    }
}

/// `PyContextVar_Get`: the value in the current context, else `default`, else the variable's default, else `None`.
///
/// # Safety
/// `var` is a context variable.
#[inline]
pub unsafe fn get(var: *mut PyContextVar, default: Option<&Object>) -> Option<Owned> {
    // SAFETY: attached; the caller's word.
    unsafe {
        let value = seen(var).unwrap_or_else(|| look_up(var));
        or_default(var, value, default).map(Object::to_owned)
    }
}

/// The value of a variable that has `value`, or none, in the current context. Borrowed.
///
/// # Safety
/// `var` is a context variable; `value` is NULL or alive.
#[inline(always)]
pub unsafe fn or_default(var: *mut PyContextVar, value: *mut PyObject, default: Option<&Object>) -> Option<&Object> {
    // SAFETY: the caller's word; the variable owns its default.
    unsafe {
        if let Some(value) = Object::optional(value) {
            return Some(value);
        }
        // A jump that is foreseen: the value is read late where there are many variables, and must not be waited for.
        std::hint::cold_path();
        default.or_else(|| Object::optional((*var).var_default))
    }
}

/// `PyContextVar_Set`: a token.
///
/// # Safety
/// `var` is a context variable.
pub unsafe fn set(var: *mut PyContextVar, value: &Object) -> Result<Owned> {
    // SAFETY: attached. The token is made first, so that failing changes nothing.
    unsafe {
        let ctx = current()?;
        let token = token::new(ctx, var)?;
        let old = assign(ctx, var, value)?;
        (*token.cast::<PyContextToken>()).tok_oldval = crate::object::ptr::raw_or_null(old);
        Ok(token)
    }
}

/// Sets the variable in `ctx`, the current context; the value it had there.
unsafe fn assign(ctx: *mut PyContext, var: *mut PyContextVar, value: &Object) -> Result<Option<Owned>> {
    // SAFETY: attached; the trie owns the value that the variable remembers.
    unsafe {
        let old = hamt::set::<hamt::Vars>(map(ctx), Object::from_ptr(var.cast()), value)?;
        remember(var, &raw mut (*state::thread()).base, value.as_ptr());
        Ok(old)
    }
}

/// `PyContextVar_Reset`: `RuntimeError` if the token was used, `ValueError` if it is of another variable or context.
///
/// # Safety
/// `var` is a context variable, `token` a token.
pub unsafe fn reset(var: *mut PyContextVar, token: &Object) -> Result<()> {
    let tok = token.cast::<PyContextToken>();
    // SAFETY: attached; layout.
    unsafe {
        if (*tok).tok_used != 0 {
            return Err(raise!(RuntimeError, "{} has already been used once", error::Text(&*token.repr()?)));
        }
        if (*tok).tok_var != var {
            return Err(raise!(ValueError, "{} was created by a different ContextVar", error::Text(&*token.repr()?)));
        }
        let ctx = current()?;
        if (*tok).tok_ctx != ctx {
            return Err(raise!(ValueError, "{} was created in a different Context", error::Text(&*token.repr()?)));
        }
        (*tok).tok_used = 1;
        match Object::optional((*tok).tok_oldval) {
            Some(old) => drop(assign(ctx, var, old)?),
            None => {
                forget(var);
                let old = hamt::remove::<hamt::Vars>(map(ctx), Object::from_ptr(var.cast()))?;
                if old.is_none() {
                    let class = exceptions::object(&raw mut exceptions::LookupError);
                    return Err(exceptions::raise(class, Some(Object::from_ptr(var.cast()))));
                }
            }
        }
        Ok(())
    }
}

struct Names([*const c_char; 3]);

// SAFETY: static texts.
unsafe impl Sync for Names {}

static NAMES: Names = Names([c"".as_ptr(), c"default".as_ptr(), ptr::null()]);

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        let (mut name, mut default) = (ptr::null_mut::<PyObject>(), ptr::null_mut::<PyObject>());
        let mut places = [&raw mut name, &raw mut default];
        // SAFETY: slot; the format asks for two objects.
        unsafe {
            let (args, kwargs) = (Object::from_ptr(args), Object::optional(kwargs));
            let (format, mut places) = (c"O|$O:ContextVar".as_ptr(), VaListTag::of_pointers(&mut places));
            keywords::parse(args, kwargs, format, NAMES.0.as_ptr(), &mut VaList::new((&raw mut places).cast()))?;
            new(Object::from_ptr(name), Object::optional(default))
        }
    })
}

unsafe extern "C" fn get_method(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        if n > 1 {
            return Err(raise!(TypeError, "get expected at most 1 argument, got {n}"));
        }
        let default = if n == 1 { Some(Object::from_ptr(*args)) } else { None };
        match get(op.cast(), default) {
            Some(value) => Ok(value),
            None => {
                let class = exceptions::object(&raw mut exceptions::LookupError);
                Err(exceptions::raise(class, Some(Object::from_ptr(op))))
            }
        }
    })
}

unsafe extern "C" fn set_method(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { set(op.cast(), Object::from_ptr(value)) })
}

unsafe extern "C" fn reset_method(op: *mut PyObject, token: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        let token = Object::from_ptr(token);
        if !token::check(token) {
            return Err(raise!(TypeError, "expected an instance of Token, got {}", error::Text(&*token.repr()?)));
        }
        reset(op.cast(), token)?;
        Ok(crate::types::none::none())
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        clear(op);
        lifecycle::gc_free_builtin(op);
    }
}

crate::traverse_fields!(traverse, PyContextVar, var_name, var_default);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe {
        let var = op.cast::<PyContextVar>();
        refcount::clear(&raw mut (*var).var_name);
        refcount::clear(&raw mut (*var).var_default);
        forget(var);
    }
    0
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot; layout.
    unsafe { (*op.cast::<PyContextVar>()).var_hash }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        let var = op.cast::<PyContextVar>();
        let name = Object::from_ptr((*var).var_name).repr()?;
        let default = match Object::optional((*var).var_default) {
            Some(default) => format!(" default={}", error::Text(&*default.repr()?)),
            None => String::new(),
        };
        message!("<ContextVar name={}{default} at {op:p}>", error::Text(&name))
    })
}
