//! Module objects: a dict, and behind it the definition and state of a module in C.

use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::message;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Raised, Result, api, attr, error, lifecycle, sequence};
use crate::raise;
use crate::runtime;
use crate::types::{dict, exceptions, list, none, typeobject, unicode};
use std::mem::offset_of;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyModule_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"module".as_ptr(),
    tp_basicsize: size_of::<PyModuleObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_getattro: Some(getattro),
    tp_setattro: Some(crate::object::slots::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"module(name, doc=None)\n--\n\nA module: a namespace with a name.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_weaklistoffset: offset_of!(PyModuleObject, md_weaklist) as isize,
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_dictoffset: offset_of!(PyModuleObject, md_dict) as isize,
    tp_init: Some(init),
    tp_new: Some(new_slot),
    tp_free: Some(crate::object::slots::PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__dir__", dir, c"__dir__($self, /)\n--\n\nThe names that dir() shows."), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"__dict__", _Py_T_OBJECT, offset_of!(PyModuleObject, md_dict), Py_READONLY), PyMemberDef::END];

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"__annotations__", Some(get_annotations), Some(set_annotations), ptr::null()),
    PyGetSetDef::new(c"__annotate__", Some(get_annotate), Some(set_annotate), ptr::null()),
    PyGetSetDef::END,
];

pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyModule_Type)
}

pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyModule_Type)
}

/// A module or a subclass's instance; `TypeError` "bad argument type for built-in operation".
pub fn checked(o: &Object) -> Result<&Object> {
    if check(o) { Ok(o) } else { Err(error::bad_argument()) }
}

/// A module with nothing but its name and empty `__doc__`, `__package__`, `__loader__` and `__spec__`. New reference.
pub fn new(name: &Object) -> Result<Owned> {
    with_room(name, none::none_ref(), 0)
}

/// As [`new`] with a doc string; the dict has room for `n` names more.
pub fn with_room(name: &Object, doc: &Object, n: usize) -> Result<Owned> {
    let module = allocate(&raw mut PyModule_Type, n)?;
    fill(&module, name, doc)?;
    Ok(module)
}

/// How many attributes [`fill`] sets.
const FILLED: usize = 5;

/// A module of class `ty` with an empty dict, which has room for `n` names beside those that every module has.
fn allocate(ty: *mut PyTypeObject, n: usize) -> Result<Owned> {
    let dict = dict::with_room(FILLED + n)?;
    if ty != &raw mut PyModule_Type {
        let module = typeobject::generic_alloc(ty, 0)?;
        // SAFETY: layout; fresh.
        unsafe { (*module.cast::<PyModuleObject>()).md_dict = dict.into_raw() };
        return Ok(module);
    }
    let module = lifecycle::gc_new_builtin::<PyModuleObject>(ty)?;
    // SAFETY: fresh.
    unsafe {
        (*module).md_dict = dict.into_raw();
        (*module).md_def = ptr::null_mut();
        (*module).md_state = ptr::null_mut();
        (*module).md_weaklist = ptr::null_mut();
        (*module).md_name = ptr::null_mut();
        gc::track(module.cast());
        Ok(Owned::from_raw(module.cast()))
    }
}

/// Sets the five attributes that every module has.
fn fill(module: &Object, name: &Object, doc: &Object) -> Result<()> {
    let dict = dict(module);
    let none = none::none_ref();
    let attributes = [
        (name!(__name__), name),
        (name!(__doc__), doc),
        (name!(__package__), none),
        (name!(__loader__), none),
        (name!(__spec__), none),
    ];
    if dict::len(dict) == 0 && !dict::watch::watched(dict) {
        dict::fill_fresh(dict, attributes)?;
    } else {
        for (key, value) in attributes {
            dict::set(dict, key, value)?;
        }
    }
    if unicode::check_exact(name) {
        // SAFETY: layout; the module owns its name and gives the old one up.
        unsafe {
            let place = &raw mut (*module.cast::<PyModuleObject>()).md_name;
            refcount::xdecref(place.replace(name.to_owned().into_raw()));
        }
    }
    Ok(())
}

/// The module's dict.
pub fn dict(module: &Object) -> &Object {
    // SAFETY: layout: a module has a dict until it dies.
    unsafe { Object::from_ptr((*module.cast::<PyModuleObject>()).md_dict) }
}

/// `PyModule_GetNameObject`: `SystemError` "nameless module".
pub fn name(module: &Object) -> Result<Owned> {
    let module = checked(module)?;
    match dict::get(dict(module), name!(__name__))? {
        Some(name) if unicode::check(&name) => Ok(name),
        _ => Err(raise!(SystemError, "nameless module")),
    }
}

/// `PyModule_GetFilenameObject`: `SystemError` "module filename missing".
pub fn filename(module: &Object) -> Result<Owned> {
    let module = checked(module)?;
    match dict::get(dict(module), name!(__file__))? {
        Some(file) if unicode::check(&file) => Ok(file),
        _ => Err(raise!(SystemError, "module filename missing")),
    }
}

/// The definition, or NULL.
pub fn definition(module: &Object) -> *mut PyModuleDef {
    // SAFETY: layout.
    unsafe { (*module.cast::<PyModuleObject>()).md_def }
}

/// The state, or NULL before it is made.
pub fn state(module: &Object) -> *mut c_void {
    // SAFETY: layout.
    unsafe { (*module.cast::<PyModuleObject>()).md_state }
}

/// Empties a module's dict, names with one underscore first, so that objects that need others at their end still find
/// them (`_PyModule_Clear`). `__builtins__` stays.
pub fn clear_dict(module: &Object) {
    clear_names(dict(module));
}

/// As [`clear_dict`], of the dict itself, which destructors may change meanwhile.
pub fn clear_names(dict: &Object) {
    let dict = &*dict.to_owned();
    let says = runtime::sys::verbosity() > 1;
    for private_pass in [true, false] {
        let mut position = 0;
        while let Some((key, value)) = dict::next(dict, &mut position) {
            if value.is_none() || !unicode::check(key) {
                continue;
            }
            let goes = match first_two(key) {
                ['_', second] if private_pass => second != '_',
                ['_', _] => !unicode::equal_str(key, "__builtins__"),
                _ => !private_pass,
            };
            if !goes {
                continue;
            }
            let key = key.to_owned();
            if says && let Ok(name) = unicode::as_str(&key) {
                let pass = if private_pass { 1 } else { 2 };
                runtime::sys::say(&format!("#   clear[{pass}] {name}\n"));
            }
            if dict::set(dict, &key, none::none_ref()).is_err() {
                error::clear();
            }
        }
    }
}

/// The first two characters of a name, as far as they are ASCII and there.
fn first_two(name: &Object) -> [char; 2] {
    let at = |i: usize| match unicode::layout::chars(name) {
        unicode::layout::Chars::Ucs1(chars) => chars.get(i).map_or('\0', |&c| char::from(c)),
        unicode::layout::Chars::Ucs2(chars) => chars.get(i).and_then(|&c| char::from_u32(c.into())).unwrap_or('\0'),
        unicode::layout::Chars::Ucs4(chars) => chars.get(i).and_then(|&c| char::from_u32(c)).unwrap_or('\0'),
    };
    [at(0), at(1)]
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, _args: *mut PyObject, _kwargs: *mut PyObject) -> *mut PyObject {
    api(|| allocate(ty, 0))
}

const INIT: Signature<2> = Signature::new("module", ["name", "doc"]).required(1);

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (module, args, kwargs) =
            unsafe { (Object::from_ptr(op), Object::from_ptr(args), Object::optional(kwargs)) };
        let [name, doc] = INIT.bind(args, kwargs)?;
        let name = name.expect("bind checked it");
        if !unicode::check(name) {
            return Err(crate::object::args::bad_argument("module", "argument 'name'", "str", name));
        }
        fill(module, name, doc.unwrap_or(none::none_ref()))
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero, and everything it owns is given up once.
    unsafe {
        gc::untrack(op);
        let module = op.cast::<PyModuleObject>();
        if runtime::sys::verbosity() > 0
            && let Some(name) = Object::optional((*module).md_name)
            && let Ok(name) = unicode::as_str(name)
        {
            runtime::sys::say(&format!("# destroy {name}\n"));
        }
        if !(*module).md_weaklist.is_null() {
            crate::types::weakref::clear_refs(Object::from_ptr(op));
        }
        let def = (*module).md_def;
        // A module that was never executed has no state for m_free to free.
        if !def.is_null()
            && ((*def).m_size <= 0 || !(*module).md_state.is_null())
            && let Some(free) = (*def).m_free
        {
            free(op.cast());
        }
        refcount::xdecref((*module).md_dict);
        refcount::xdecref((*module).md_name);
        domains::mem_free((*module).md_state);
        if check_exact(Object::from_ptr(op)) {
            return lifecycle::gc_free_builtin(op);
        }
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let module = op.cast::<PyModuleObject>();
        let def = (*module).md_def;
        if !def.is_null()
            && ((*def).m_size <= 0 || !(*module).md_state.is_null())
            && let Some(traverse) = (*def).m_traverse
        {
            let result = traverse(op, visit, arg);
            if result != 0 {
                return result;
            }
        }
        crate::types::traverse::visit((*module).md_dict, visit, arg)
    }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let module = op.cast::<PyModuleObject>();
        let def = (*module).md_def;
        if !def.is_null()
            && ((*def).m_size <= 0 || !(*module).md_state.is_null())
            && let Some(clear) = (*def).m_clear
        {
            let result = clear(op);
            if error::occurred() {
                error::clear();
            }
            if result != 0 {
                return result;
            }
        }
        refcount::clear(&raw mut (*module).md_dict);
        0
    }
}

unsafe extern "C" fn getattro(op: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { getattr(Object::from_ptr(op), Object::from_ptr(name)) })
}

/// An attribute of the module, then its `__getattr__` function, then an error that says what is known of the module.
fn getattr(module: &Object, name: &Object) -> Result<Owned> {
    let missing = match attr::generic_getattr(module, name) {
        Err(raised) if error::matches(&raw mut exceptions::AttributeError) => raised,
        found => return found,
    };
    // SAFETY: layout; a module that is being cleared has no dict any more.
    if unsafe { (*module.cast::<PyModuleObject>()).md_dict }.is_null() {
        return Err(missing);
    }
    drop(error::caught(missing));
    if let Some(hook) = dict::get(dict(module), name!(__getattr__))? {
        return hook.call(&[name]);
    }
    Err(no_attribute(module, name)?)
}

#[cold]
fn no_attribute(module: &Object, name: &Object) -> Result<Raised> {
    let attribute = error::Text(name);
    let own_name = dict::get(dict(module), name!(__name__))?.filter(|name| unicode::check(name));
    let Some(own_name) = own_name else {
        return Ok(attribute_error(module, name, &format!("module has no attribute '{attribute}'")));
    };
    let own_name = error::Text(&own_name);
    let mut message = format!("module '{own_name}' has no attribute '{attribute}'");
    let spec = dict::get(dict(module), name!(__spec__))?.filter(|spec| !spec.is_none());
    if let Some(spec) = &spec
        && flag(spec, name!(_initializing))?
    {
        let origin = match flag(spec, name!(has_location))? {
            true => spec.getattr_optional(name!(origin))?.filter(|origin| unicode::check(origin)),
            false => None,
        };
        let from = match &origin {
            Some(origin) => format!(" from '{}'", error::Text(origin)),
            None => String::new(),
        };
        message = format!(
            "partially initialized module '{own_name}'{from} has no attribute '{attribute}' \
             (most likely due to a circular import)"
        );
    } else if let Some(spec) = &spec
        && let Some(unready) = spec.getattr_optional(name!(_uninitialized_submodules))?
        && sequence::contains(&unready, name)?
    {
        message = format!(
            "cannot access submodule '{attribute}' of module '{own_name}' (most likely due to a circular import)"
        );
    }
    Ok(attribute_error(module, name, &message))
}

/// `AttributeError(message, name=name, obj=module)`.
fn attribute_error(module: &Object, name: &Object, message: &str) -> Raised {
    let raised = raise!(AttributeError, "{message}");
    attr::error_context(module, name);
    raised
}

/// A true attribute of a spec; one that is missing is false.
fn flag(spec: &Object, name: &Object) -> Result<bool> {
    spec.getattr_optional(name)?.map_or(Ok(false), |value| value.is_true())
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| describe(unsafe { Object::from_ptr(op) }))
}

/// `repr`: by the spec if there is one, else by `__file__`, else by the loader (as importlib's `_module_repr`).
fn describe(module: &Object) -> Result<Owned> {
    let loader = module.getattr_optional(name!(__loader__))?.filter(|loader| !loader.is_none());
    if let Some(spec) = module.getattr_optional(name!(__spec__))?
        && spec.is_true()?
    {
        return describe_by_spec(&spec);
    }
    let name = match module.getattr_optional(name!(__name__))? {
        Some(name) => name,
        None => unicode::from_str("?")?,
    };
    let name = name.repr()?;
    let name = unicode::as_str(&name)?;
    if let Some(file) = module.getattr_optional(name!(__file__))? {
        return message!("<module {name} from {}>", error::Text(&*file.repr()?));
    }
    match loader {
        None => unicode::from_str(&format!("<module {name}>")),
        Some(loader) => message!("<module {name} ({})>", error::Text(&*loader.repr()?)),
    }
}

fn describe_by_spec(spec: &Object) -> Result<Owned> {
    let name = spec.getattr(name!(name))?;
    let name = if name.is_none() { unicode::from_str("?")? } else { name };
    let name = name.repr()?;
    let name = unicode::as_str(&name)?;
    let origin = spec.getattr(name!(origin))?;
    if origin.is_none() {
        let loader = spec.getattr(name!(loader))?;
        if loader.is_none() {
            return unicode::from_str(&format!("<module {name}>"));
        }
        if is_namespace_loader(&loader) {
            let folders = list::from_iterable(&*loader.getattr(name!(_path))?)?.repr()?;
            return message!("<module {name} (namespace) from {}>", error::Text(&folders));
        }
        return message!("<module {name} ({})>", error::Text(&*loader.repr()?));
    }
    if spec.getattr(name!(has_location))?.is_true()? {
        return message!("<module {name} from {}>", error::Text(&*origin.repr()?));
    }
    message!("<module {name} ({})>", error::Text(&*origin.str()?))
}

/// The class stands in a room above, which notes it in the interpreter.
fn is_namespace_loader(loader: &Object) -> bool {
    // SAFETY: attached.
    let class = unsafe { (*runtime::interp()).imports.namespace_loader };
    !class.is_null() && loader.is_a(class.cast())
}

unsafe extern "C" fn dir(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let module = unsafe { Object::from_ptr(op) };
        let dict = module.getattr(name!(__dict__))?;
        if !dict::check(&dict) {
            let name = module.getattr_optional(name!(__name__))?;
            let name = name.as_deref().map_or(Ok("?"), unicode::as_str)?;
            return Err(raise!(TypeError, "{name}.__dict__ is not a dictionary"));
        }
        match dict::get(&dict, name!(__dir__))? {
            Some(hook) => hook.call(&[]),
            None => {
                let names = list::new()?;
                let mut position = 0;
                while let Some((key, _)) = dict::next(&dict, &mut position) {
                    list::append(&names, key)?;
                }
                Ok(names)
            }
        }
    })
}

unsafe extern "C" fn get_annotations(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let dict = dict(unsafe { Object::from_ptr(op) });
        if let Some(annotations) = dict::get(dict, name!(__annotations__))? {
            return Ok(annotations);
        }
        let annotations = match dict::get(dict, name!(__annotate__))? {
            Some(annotate) if annotate.is_callable() => {
                let result = annotate.call(&[&*crate::types::long::from_i64(1)?])?;
                if !dict::check(&result) {
                    return Err(raise!(
                        TypeError,
                        "__annotate__() must return a dict, not {}",
                        typeobject::tp_name(result.ty())
                    ));
                }
                result
            }
            _ => dict::new()?,
        };
        dict::set(dict, name!(__annotations__), &annotations)?;
        Ok(annotations)
    })
}

unsafe extern "C" fn set_annotations(op: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot; NULL deletes.
        let (dict, value) = unsafe { (dict(Object::from_ptr(op)), Object::optional(value)) };
        match value {
            Some(value) => dict::set(dict, name!(__annotations__), value)?,
            None => {
                if dict::pop(dict, name!(__annotations__))?.is_none() {
                    return Err(raise!(AttributeError, "__annotations__"));
                }
            }
        }
        dict::pop(dict, name!(__annotate__)).map(drop)
    })
}

unsafe extern "C" fn get_annotate(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let dict = dict(unsafe { Object::from_ptr(op) });
        dict::set_default(dict, name!(__annotate__), none::none_ref()).map(|(value, _)| value)
    })
}

unsafe extern "C" fn set_annotate(op: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot; NULL deletes.
        let (dict, value) = unsafe { (dict(Object::from_ptr(op)), Object::optional(value)) };
        let Some(value) = value else {
            return Err(raise!(TypeError, "cannot delete __annotate__ attribute"));
        };
        if !value.is_none() && !value.is_callable() {
            return Err(raise!(TypeError, "__annotate__ must be callable or None"));
        }
        dict::set(dict, name!(__annotate__), value)?;
        if !value.is_none() {
            dict::pop(dict, name!(__annotations__))?;
        }
        Ok(())
    })
}
