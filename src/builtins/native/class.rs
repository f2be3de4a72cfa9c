//! Classes: a Rust struct that says which objects it refers to (`refs!`), and the heap class whose instances hold such
//! a struct behind their head.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result};
use crate::types::{typeobject, weakref};
use std::collections::VecDeque;
use std::ffi::CStr;
use std::mem::offset_of;

/// What refers to objects: shown to the collector, and let go of when it clears a cycle.
pub trait Refs {
    /// Shows every object; what is not 0 ends it.
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int;
    /// Gives up what it can be without.
    fn clear(&mut self) {}
}

impl Refs for Owned {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        visit(self.as_ptr())
    }
}

impl Refs for () {
    fn each(&self, _visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }
}

impl<T: Refs> Refs for Option<T> {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        self.as_ref().map_or(0, |inner| inner.each(visit))
    }
    fn clear(&mut self) {
        drop(self.take());
    }
}

macro_rules! sequences_of_refs {
    ($($ty:ty),*) => { $(
        impl<T: Refs> Refs for $ty {
            fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
                for item in self {
                    let done = item.each(visit);
                    if done != 0 {
                        return done;
                    }
                }
                0
            }
            fn clear(&mut self) {
                drop(std::mem::take(self));
            }
        }
    )* };
}

sequences_of_refs!(Vec<T>, VecDeque<T>);

impl<T: Refs, const N: usize> Refs for [T; N] {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for item in self {
            let done = item.each(visit);
            if done != 0 {
                return done;
            }
        }
        0
    }
    fn clear(&mut self) {
        for item in self {
            item.clear();
        }
    }
}

/// A struct refers to objects through these fields.
macro_rules! refs {
    ($ty:ty $(, $field:ident)*) => {
        impl $crate::builtins::native::Refs for $ty {
            fn each(&self, _visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
                $(
                    let done = $crate::builtins::native::Refs::each(&self.$field, _visit);
                    if done != 0 {
                        return done;
                    }
                )*
                0
            }
            fn clear(&mut self) {
                $($crate::builtins::native::Refs::clear(&mut self.$field);)*
            }
        }
    };
}
pub(in crate::builtins) use refs;

/// An instance of a class made by [`class`].
#[repr(C)]
pub struct Instance<T> {
    head: PyObject,
    weakrefs: *mut PyObject,
    dict: *mut PyObject,
    pub value: T,
}

/// How a class differs from the plain one, which is collectable, can't be changed or derived from.
#[derive(Clone, Copy)]
pub struct Kind {
    pub flags: c_ulong,
    pub weakrefs: bool,
    pub dict: bool,
}

pub const PLAIN: Kind = Kind { flags: Py_TPFLAGS_IMMUTABLETYPE, weakrefs: false, dict: false };
/// Can be derived from.
pub const BASE: Kind = Kind { flags: Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_BASETYPE, ..PLAIN };
/// Not made by calling it.
pub const INTERNAL: Kind = Kind { flags: Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, ..PLAIN };

impl Kind {
    pub const fn with(mut self, flags: c_ulong) -> Kind {
        self.flags |= flags;
        self
    }
    pub const fn weak(mut self) -> Kind {
        self.weakrefs = true;
        self
    }
    pub const fn with_dict(mut self) -> Kind {
        self.dict = true;
        self
    }
}

/// A slot of [`class`].
pub type Slot = (c_int, *mut c_void);

/// A static table of slots.
pub struct Slots(pub &'static [Slot]);
// SAFETY: addresses fixed at link time.
unsafe impl Sync for Slots {}

/// The doc string of a class, as its slot.
pub const fn doc(text: &'static CStr) -> Slot {
    (Py_tp_doc, text.as_ptr().cast_mut().cast())
}

/// The methods of a class, as their slot.
pub const fn methods<const N: usize>(methods: &'static [PyMethodDef; N]) -> Slot {
    (Py_tp_methods, table(methods).cast())
}

/// The attributes of a class, as their slot.
pub const fn getset<const N: usize>(getset: &'static [PyGetSetDef; N]) -> Slot {
    (Py_tp_getset, table(getset).cast())
}

/// The attributes of a class that are fields of its instances (`field!` says where), as their slot.
pub const fn members<const N: usize>(members: &'static [PyMemberDef; N]) -> Slot {
    (Py_tp_members, members.as_ptr().cast_mut().cast())
}

/// Where a field of what the instances of a class hold stands in an instance.
macro_rules! field {
    ($ty:ty, $field:ident) => {
        std::mem::offset_of!($crate::builtins::native::Instance<$ty>, value) + std::mem::offset_of!($ty, $field)
    };
}
pub(in crate::builtins) use field;

/// A heap class of `module`, whose instances hold a `T`. Its name begins with the module's.
pub fn class<T: Refs>(module: &Object, name: &'static CStr, kind: Kind, slots: &Slots) -> Result<Owned> {
    class_with_base::<T>(module, name, kind, slots, None)
}

/// As [`class`], deriving from another such class with the same layout.
pub fn class_with_base<T: Refs>(
    module: &Object,
    name: &'static CStr,
    kind: Kind,
    slots: &Slots,
    base: Option<&Object>,
) -> Result<Owned> {
    let mut members = Vec::new();
    if kind.weakrefs {
        members.push(PyMemberDef::new(
            c"__weaklistoffset__",
            Py_T_PYSSIZET,
            offset_of!(Instance<T>, weakrefs),
            Py_READONLY,
        ));
    }
    if kind.dict {
        members.push(PyMemberDef::new(c"__dictoffset__", Py_T_PYSSIZET, offset_of!(Instance<T>, dict), Py_READONLY));
    }
    let mut table: Vec<PyType_Slot> = Vec::new();
    for &(slot, pfunc) in slots.0 {
        if slot != Py_tp_members {
            table.push(PyType_Slot { slot, pfunc });
            continue;
        }
        let mut member = pfunc.cast::<PyMemberDef>();
        // SAFETY: a table of `members`, which has an end.
        unsafe {
            while !(*member).name.is_null() {
                members.push(*member);
                member = member.add(1);
            }
        }
    }
    members.push(PyMemberDef::END);
    for (slot, pfunc) in [
        (Py_tp_dealloc, dealloc::<T> as *mut c_void),
        (Py_tp_traverse, traverse::<T> as *mut c_void),
        (Py_tp_clear, clear::<T> as *mut c_void),
        (Py_tp_members, members.as_mut_ptr().cast()),
        (0, std::ptr::null_mut()),
    ] {
        table.push(PyType_Slot { slot, pfunc });
    }
    let mut spec = PyType_Spec {
        name: name.as_ptr(),
        basicsize: size_of::<Instance<T>>() as c_int,
        itemsize: 0,
        flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | kind.flags) as c_uint,
        slots: table.as_mut_ptr(),
    };
    // SAFETY: a whole spec; the tables that the class keeps are static.
    unsafe { typeobject::spec::from_metaclass(std::ptr::null_mut(), Some(module), &raw mut spec, base) }
}

/// A new instance of `ty`, a class of [`class`] or one derived from it.
pub fn make<T: Refs>(ty: *mut PyTypeObject, value: T) -> Result<Owned> {
    // SAFETY: the class's allocator gives zeroed memory of its size. Nothing is allocated before the value is in place,
    // so no collection sees the object without it.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        (&raw mut (*new.cast::<Instance<T>>()).value).write(value);
        Ok(new)
    }
}

/// What an instance holds. The pointer is good for as long as the object; look again after anything that may run
/// foreign code.
#[inline(always)]
pub fn value<T>(o: &Object) -> *mut T {
    // SAFETY: the caller's class has this layout.
    unsafe { &raw mut (*o.cast::<Instance<T>>()).value }
}

unsafe extern "C" fn dealloc<T: Refs>(op: *mut PyObject) {
    // SAFETY: slot: the count is zero.
    unsafe {
        gc::untrack(op);
        let ty = (*op).ob_type;
        let instance = op.cast::<Instance<T>>();
        if !(*instance).weakrefs.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        (&raw mut (*instance).value).drop_in_place();
        refcount::clear(&raw mut (*instance).dict);
        (*ty).tp_free.unwrap_unchecked()(op.cast());
        refcount::decref(ty.cast());
    }
}

unsafe extern "C" fn traverse<T: Refs>(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let instance = op.cast::<Instance<T>>();
        let mut show = |inner: *mut PyObject| crate::types::traverse::visit(inner, visit, arg);
        for inner in [(*op).ob_type.cast(), (*instance).dict] {
            let done = show(inner);
            if done != 0 {
                return done;
            }
        }
        (*instance).value.each(&mut show)
    }
}

unsafe extern "C" fn clear<T: Refs>(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let instance = op.cast::<Instance<T>>();
        refcount::clear(&raw mut (*instance).dict);
        (*instance).value.clear();
    }
    0
}
