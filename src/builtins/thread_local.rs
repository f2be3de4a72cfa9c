//! `_thread._local`: attributes of which each thread has its own.

use super::native::{self, Slots, doc, get, getset, make, new, value};
use super::sys_hooks;
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, attr, error};
use crate::raise;
use crate::runtime::thread;
use crate::state::current;
use crate::types::{dict, tuple, typeobject, unicode};

/// `_thread._local`: attributes of which each thread has its own. They stand in the dict of the thread's state, under
/// a name that only this object has.
pub(super) struct Local {
    key: Option<Owned>,
    args: Option<Owned>,
    kwargs: Option<Owned>,
}

impl native::Refs for Local {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for field in [&self.key, &self.args, &self.kwargs] {
            let done = field.each(visit);
            if done != 0 {
                return done;
            }
        }
        0
    }
    fn clear(&mut self) {
        self.args.clear();
        self.kwargs.clear();
        self.forget();
    }
}

impl Local {
    /// Takes what the threads have of it away.
    fn forget(&mut self) {
        let Some(key) = self.key.take() else { return };
        for tstate in sys_hooks::threads() {
            // SAFETY: live states of this interpreter; the GIL is held.
            if let Some(names) = unsafe { Object::optional((*tstate).base.dict) }
                && dict::pop(names, &key).is_err()
            {
                error::clear();
            }
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.forget();
    }
}

static LOCAL_GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"__dict__", get!(local_dict), None, std::ptr::null()), PyGetSetDef::END];

pub(super) static LOCAL_SLOTS: Slots = Slots(&[
    (Py_tp_new, new!(new_local)),
    (Py_tp_getattro, native::binary!(local_getattr)),
    (Py_tp_setattro, local_setattr as *mut c_void),
    getset(&LOCAL_GETSET),
    doc(c"_local()\n--\n\nAttributes that each thread has for itself."),
]);

fn new_local(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    // SAFETY: live types.
    let inits = unsafe { ((*ty).tp_init, typeobject::PyBaseObject_Type.tp_init) };
    let plain_init = inits.0.map(|init| init as usize) == inits.1.map(|init| init as usize);
    if plain_init && (tuple::len(args) > 0 || kwargs.is_some_and(|kwargs| dict::len(kwargs) > 0)) {
        return Err(raise!(TypeError, "Initialization arguments are not supported"));
    }
    let local = make(ty, Local { key: None, args: Some(args.to_owned()), kwargs: kwargs.map(Object::to_owned) })?;
    let key = unicode::from_str(&format!("thread.local.{:p}", local.as_ptr()))?;
    // SAFETY: fresh.
    unsafe { (*value::<Local>(&local)).key = Some(key.clone()) };
    // `__init__` is about to be called for this thread.
    dict::set(thread_dict()?, &key, &*dict::new()?)?;
    Ok(local)
}

fn thread_dict<'a>() -> Result<&'a Object> {
    // SAFETY: attached; the state keeps its dict.
    unsafe { Object::optional(thread::dict(current::get())) }.ok_or_else(error::no_memory)
}

/// The attributes of this thread, made and initialised when it first looks.
fn local_dict(this: &Object) -> Result<Owned> {
    // SAFETY: layout; the fields are copied before anything else runs.
    let (key, args, kwargs) = unsafe {
        let local = value::<Local>(this);
        ((*local).key.clone(), (*local).args.clone(), (*local).kwargs.clone())
    };
    let Some(key) = key else { return Err(raise!(SystemError, "thread-local data was cleared")) };
    if let Some(found) = dict::get(thread_dict()?, &key)? {
        return Ok(found);
    }
    let own = dict::new()?;
    dict::set(thread_dict()?, &key, &own)?;
    // SAFETY: a live type; slot.
    unsafe {
        if let Some(init) = (*this.ty()).tp_init {
            let args = args.unwrap_or_else(tuple::empty);
            let kwargs = kwargs.as_deref().map_or(std::ptr::null_mut(), Object::as_ptr);
            if init(this.as_ptr(), args.as_ptr(), kwargs) < 0 {
                let raised = error::caught(error::Raised::already());
                dict::pop(thread_dict()?, &key)?;
                return Err(error::restore(raised));
            }
        }
    }
    Ok(own)
}

fn local_getattr(this: &Object, name: &Object) -> Result<Owned> {
    let own = local_dict(this)?;
    if unicode::check(name) && unicode::equal_str(name, "__dict__") {
        return Ok(own);
    }
    match attr::generic_lookup(this, name, Some(&own), false)? {
        Some(found) => Ok(found),
        None => Err(attr::no_attribute(this, name)),
    }
}

unsafe extern "C" fn local_setattr(this: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (this, name, value) = unsafe { (Object::from_ptr(this), Object::from_ptr(name), Object::optional(value)) };
        let own = local_dict(this)?;
        if unicode::check(name) && unicode::equal_str(name, "__dict__") {
            let class = typeobject::tp_name(this.ty());
            return Err(raise!(AttributeError, "'{class}' object attribute '__dict__' is read-only"));
        }
        attr::generic_assign(this, name, value, Some(&own))
    })
}
