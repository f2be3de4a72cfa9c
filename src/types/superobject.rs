//! `super`: looks attributes up behind a class in the resolution order of an instance's class.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::{Object, Owned, Result, api, attr};
use crate::raise;
use crate::types::typeobject::{self, exports, names};
use crate::types::{dict, tuple, unicode};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

#[repr(C)]
struct Super {
    ob_base: PyObject,
    ty: *mut PyTypeObject,
    obj: O,
    obj_type: *mut PyTypeObject,
}

#[unsafe(no_mangle)]
pub static mut PySuper_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"super".as_ptr(),
    tp_basicsize: size_of::<Super>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_getattro: Some(getattro),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"super(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type) -> unbound super \
        object\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)"
        .as_ptr(),
    tp_traverse: Some(traverse),
    tp_members: table(&MEMBERS),
    tp_descr_get: Some(descr_get),
    tp_init: Some(init),
    tp_alloc: Some(exports::PyType_GenericAlloc),
    tp_new: Some(exports::PyType_GenericNew),
    tp_free: Some(exports::PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

static MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef {
        doc: c"the class behind which attributes are looked for".as_ptr(),
        ..PyMemberDef::new(c"__thisclass__", _Py_T_OBJECT, offset_of!(Super, ty), Py_READONLY)
    },
    PyMemberDef {
        doc: c"the object that methods are bound to, or None".as_ptr(),
        ..PyMemberDef::new(c"__self__", _Py_T_OBJECT, offset_of!(Super, obj), Py_READONLY)
    },
    PyMemberDef {
        doc: c"the type of the object that super() was called for, or None".as_ptr(),
        ..PyMemberDef::new(c"__self_class__", _Py_T_OBJECT, offset_of!(Super, obj_type), Py_READONLY)
    },
    PyMemberDef::END,
];

crate::traverse_fields!(traverse, Super, obj, ty, obj_type);

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        let this = op.cast::<Super>();
        refcount::xdecref((*this).obj);
        refcount::xdecref((*this).ty.cast());
        refcount::xdecref((*this).obj_type.cast());
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

unsafe extern "C" fn repr(op: O) -> O {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Super>();
        api(|| {
            let class = if (*this).ty.is_null() { "NULL" } else { names::full_tp_name((*this).ty) };
            if (*this).obj_type.is_null() {
                return unicode::from_str(&format!("<super: <class '{class}'>, NULL>"));
            }
            let of = names::full_tp_name((*this).obj_type);
            unicode::from_str(&format!("<super: <class '{class}'>, <{of} object>>"))
        })
    }
}

/// The class in whose order an attribute of `obj` is looked up: `obj` itself if it is a subclass, else its type, else
/// what it says its `__class__` is.
fn check(ty: *mut PyTypeObject, obj: &Object) -> Result<Owned> {
    if typeobject::check(obj) && typeobject::is_subtype(obj.cast(), ty) {
        return Ok(obj.to_owned());
    }
    if typeobject::is_subtype(obj.ty(), ty) {
        return Ok(obj.type_object().to_owned());
    }
    if let Some(class) = obj.getattr_optional(name!(__class__))?
        && typeobject::check(&class)
        && !class.is_ptr(obj.ty().cast())
        && typeobject::is_subtype(class.cast(), ty)
    {
        return Ok(class);
    }
    let (kind, found) = if typeobject::check(obj) {
        ("type", names::tp_name(obj.cast()))
    } else {
        ("instance of", names::tp_name(obj.ty()))
    };
    Err(raise!(
        TypeError,
        "super(type, obj): obj ({kind} {found}) is not an instance or subtype of type ({}).",
        names::tp_name(ty)
    ))
}

/// The attribute behind `ty` in the order of `obj_type`, bound to `obj`; see [`lookup`] for `unbound`.
fn find(
    ty: &Object,
    obj: &Object,
    obj_type: &Object,
    name: &Object,
    unbound: Option<&mut bool>,
) -> Result<Option<Owned>> {
    // SAFETY: a live class; the order is held, since a look-up may change the class.
    let Some(mro) = (unsafe { Object::optional((*obj_type.cast::<PyTypeObject>()).tp_mro) }) else { return Ok(None) };
    let mro = mro.to_owned();
    let behind = tuple::items(&mro).iter().skip_while(|class| !class.is(ty)).skip(1);
    for class in behind {
        let Some(dict) = typeobject::dict_of(class.cast()) else { continue };
        let Some(found) = dict::get(dict, name)? else { continue };
        if let Some(unbound) = unbound
            && typeobject::has_flag(found.ty(), Py_TPFLAGS_METHOD_DESCRIPTOR)
        {
            *unbound = true;
            return Ok(Some(found));
        }
        // SAFETY: a live descriptor's slot.
        unsafe {
            return match (*found.ty()).tp_descr_get {
                Some(get) => {
                    let instance = if obj.is(obj_type) { ptr::null_mut() } else { obj.as_ptr() };
                    Owned::from_c(get(found.as_ptr(), instance, obj_type.as_ptr())).map(Some)
                }
                None => Ok(Some(found)),
            };
        }
    }
    Ok(None)
}

/// `super(ty, obj).name` without making the object (`_PySuper_Lookup`). Where the caller asks for methods, one is not
/// bound, and `unbound` is set.
pub fn lookup(ty: &Object, obj: &Object, name: &Object, unbound: Option<&mut bool>) -> Result<Owned> {
    let obj_type = check(ty.cast(), obj)?;
    match find(ty, obj, &obj_type, name, unbound)? {
        Some(found) => Ok(found),
        None => new(ty, Some(obj))?.getattr(name),
    }
}

fn new(ty: &Object, obj: Option<&Object>) -> Result<Owned> {
    // SAFETY: static.
    let class = unsafe { typeobject::as_object(&raw mut PySuper_Type) };
    match obj {
        Some(obj) => class.call(&[ty, obj]),
        None => class.call(&[ty]),
    }
}

unsafe extern "C" fn getattro(op: O, name: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (this, name) = (op.cast::<Super>(), Object::from_ptr(name));
        api(|| {
            // `__class__` is that of the super object.
            let asks_class = unicode::check(name) && unicode::equal_str(name, "__class__");
            let bound = !(*this).obj_type.is_null() && !asks_class;
            if bound {
                let ty = typeobject::as_object((*this).ty).to_owned();
                let obj = Object::from_ptr((*this).obj).to_owned();
                let obj_type = typeobject::as_object((*this).obj_type).to_owned();
                if let Some(found) = find(&ty, &obj, &obj_type, name, None)? {
                    return Ok(found);
                }
            }
            attr::generic_getattr(Object::from_ptr(op), name)
        })
    }
}

unsafe extern "C" fn descr_get(op: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Super>();
        api(|| {
            let op = Object::from_ptr(op);
            let instance = match Object::optional(instance) {
                Some(instance) if !instance.is_none() && (*this).obj.is_null() => instance,
                _ => return Ok(op.to_owned()),
            };
            let ty = typeobject::as_object((*this).ty);
            if !op.is_exact(&raw mut PySuper_Type) {
                return op.type_object().call(&[ty, instance]);
            }
            let obj_type = check((*this).ty, instance)?;
            let new = typeobject::generic_new(&raw mut PySuper_Type)?;
            fill(new.as_ptr(), ty, Some((instance, obj_type)));
            Ok(new)
        })
    }
}

unsafe fn fill(op: O, ty: &Object, bound: Option<(&Object, Owned)>) {
    // SAFETY: slot; each field owns what it holds.
    unsafe {
        let this = op.cast::<Super>();
        let (obj, obj_type) = match bound {
            Some((obj, obj_type)) => (obj.to_owned().into_raw(), obj_type.into_raw()),
            None => (ptr::null_mut(), ptr::null_mut()),
        };
        let old = (
            std::mem::replace(&mut (*this).ty, ty.to_owned().into_raw().cast()),
            std::mem::replace(&mut (*this).obj, obj),
            std::mem::replace(&mut (*this).obj_type, obj_type.cast()),
        );
        refcount::xdecref(old.0.cast());
        refcount::xdecref(old.1);
        refcount::xdecref(old.2.cast());
    }
}

unsafe extern "C" fn init(op: O, args: O, kwargs: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        api(|| -> Result<()> {
            if Object::optional(kwargs).is_some_and(|kwargs| dict::len(kwargs) != 0) {
                return Err(raise!(TypeError, "super() takes no keyword arguments"));
            }
            let args = tuple::items(Object::from_ptr(args));
            if args.len() > 2 {
                return Err(raise!(TypeError, "super() expected at most 2 arguments, got {}", args.len()));
            }
            // Without arguments it reads the caller's frame, and C code has none.
            let Some(ty) = args.first() else {
                return Err(raise!(RuntimeError, "super(): no current frame"));
            };
            if !typeobject::check(ty) {
                let found = if ty.is_none() { "None" } else { names::full_tp_name(ty.ty()) };
                return Err(raise!(TypeError, "super() argument 1 must be a type, not {found}"));
            }
            let bound = match args.get(1).filter(|obj| !obj.is_none()) {
                Some(obj) => Some((*obj, check(ty.cast(), obj)?)),
                None => None,
            };
            fill(op, ty, bound);
            Ok(())
        })
    }
}
