//! What the modules here are made of: functions and classes written as plain Rust, and the tables around them.
//!
//! A function is `fn(&Object, ...) -> Result<impl Reply>`; `one!`, `noargs!`, `fast!`, `call!` make the C function of a
//! method table of it. A class is a Rust struct that says which objects it refers to (`refs!`); [`class`] makes a heap
//! class of the module whose instances hold such a struct behind their head. Modules keep their classes in their state.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::types::{boolobject, float, long, none, typeobject, unicode, weakref};
use std::collections::VecDeque;
use std::ffi::CStr;
use std::mem::offset_of;

/// What a function written in Rust gives back, as an object.
pub trait Reply {
    fn reply(self) -> Result<Owned>;
}

macro_rules! replies {
    ($($ty:ty: |$value:ident| $body:expr;)*) => {
        $(impl Reply for $ty {
            #[inline]
            fn reply(self) -> Result<Owned> {
                let $value = self;
                $body
            }
        })*
    };
}

replies! {
    Owned: |value| Ok(value);
    (): |_nothing| Ok(none::none());
    Option<Owned>: |value| Ok(value.unwrap_or_else(none::none));
    bool: |value| Ok(boolobject::from_bool(value));
    i32: |value| long::from_i64(value.into());
    i64: |value| long::from_i64(value);
    isize: |value| long::from_i64(value as i64);
    u32: |value| long::from_i64(value.into());
    u64: |value| long::from_u64(value);
    usize: |value| long::from_u64(value as u64);
    f64: |value| float::from_f64(value);
    &str: |value| unicode::from_str(value);
    String: |value| unicode::from_str(&value);
}

/// The arguments of a call, by position and by name.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    start: *const *mut PyObject,
    n: isize,
    names: *mut PyObject,
    pub positional: &'a [&'a Object],
}

impl<'a> Arguments<'a> {
    /// # Safety
    /// As a `METH_FASTCALL | METH_KEYWORDS` function is called.
    pub unsafe fn new(start: *const *mut PyObject, n: isize, names: *mut PyObject) -> Arguments<'a> {
        // SAFETY: the caller's word.
        let positional = unsafe { crate::object::args::slice(start, n) };
        Arguments { start, n, names, positional }
    }

    pub fn bind<const N: usize>(&self, signature: &Signature<N>) -> Result<[Option<&'a Object>; N]> {
        // SAFETY: as `new` was promised.
        unsafe { signature.bind_fast(self.start, self.n, self.names) }
    }

    /// The names of the keyword arguments.
    pub fn names(&self) -> Option<&'a Object> {
        // SAFETY: as `new` was promised.
        unsafe { Object::optional(self.names) }
    }

    /// All values: those by position, then those by name.
    pub fn all(&self) -> &'a [&'a Object] {
        let named = self.names().map_or(0, crate::types::tuple::len);
        // SAFETY: as `new` was promised.
        unsafe { crate::object::args::slice(self.start, self.n + named as isize) }
    }
}

/// `METH_NOARGS` of `fn(&Object) -> Result<impl Reply>`.
macro_rules! noargs {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                $crate::builtins::native::Reply::reply($f(this)?)
            })
        }
        function
    }};
}

/// `METH_O` of `fn(&Object, &Object) -> Result<impl Reply>`.
macro_rules! one {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let arg = unsafe { $crate::object::Object::from_ptr(arg) };
                $crate::builtins::native::Reply::reply($f(this, arg)?)
            })
        }
        function
    }};
}

/// `METH_FASTCALL` of `fn(&Object, &[&Object]) -> Result<impl Reply>`.
macro_rules! fast {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let args = unsafe { $crate::object::args::slice(args, n) };
                $crate::builtins::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// `METH_FASTCALL | METH_KEYWORDS` of `fn(&Object, Arguments) -> Result<impl Reply>`.
macro_rules! call {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            this: *mut PyObject,
            args: *const *mut PyObject,
            n: Py_ssize_t,
            names: *mut PyObject,
        ) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let args = unsafe { $crate::builtins::native::Arguments::new(args, n, names) };
                $crate::builtins::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// A slot that takes the object and gives one, or for `Option` nothing (`tp_iternext`), of `fn(&Object) -> Result<_>`.
macro_rules! unary {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| $f(unsafe { $crate::object::Object::from_ptr(this) }))
        }
        function as *mut c_void
    }};
}

/// A slot that takes two objects and gives one.
macro_rules! binary {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::from_ptr(other))
            })
        }
        function as *mut c_void
    }};
}

/// A slot that takes the object and gives a size or hash.
macro_rules! size {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject) -> isize {
            // SAFETY: slot.
            $crate::object::api(|| $f(unsafe { $crate::object::Object::from_ptr(this) }))
        }
        function as *mut c_void
    }};
}

/// `tp_new` of `fn(*mut PyTypeObject, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! new {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            ty: *mut PyTypeObject,
            args: *mut PyObject,
            kwargs: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(ty, $crate::object::Object::from_ptr(args), $crate::object::Object::optional(kwargs))
            })
        }
        function as *mut c_void
    }};
}

/// `tp_init` of `fn(&Object, &Object, Option<&Object>) -> Result<()>`.
macro_rules! init {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(
                    $crate::object::Object::from_ptr(this),
                    $crate::object::Object::from_ptr(args),
                    $crate::object::Object::optional(kwargs),
                )
            })
        }
        function as *mut c_void
    }};
}

/// `tp_call` of `fn(&Object, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! tp_call {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            this: *mut PyObject,
            args: *mut PyObject,
            kwargs: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(
                    $crate::object::Object::from_ptr(this),
                    $crate::object::Object::from_ptr(args),
                    $crate::object::Object::optional(kwargs),
                )
            })
        }
        function as *mut c_void
    }};
}

/// `tp_richcompare` of `fn(&Object, &Object, c_int) -> Result<Owned>`.
macro_rules! compare {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, other: *mut PyObject, op: c_int) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::from_ptr(other), op)
            })
        }
        function as *mut c_void
    }};
}

/// A getter of `fn(&Object) -> Result<impl Reply>`.
macro_rules! get {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                $crate::builtins::native::Reply::reply($f(this)?)
            })
        }
        Some(function)
    }};
}

/// A setter of `fn(&Object, Option<&Object>) -> Result<()>`; `None` deletes.
macro_rules! put {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::optional(value))
            })
        }
        Some(function)
    }};
}

pub(super) use {binary, call, compare, fast, get, init, new, noargs, one, put, size, tp_call, unary};

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
pub(super) use refs;

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
    members.push(PyMemberDef::END);
    let mut table: Vec<PyType_Slot> = slots.0.iter().map(|&(slot, pfunc)| PyType_Slot { slot, pfunc }).collect();
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

/// A module whose state is a `T`, for which zeroed memory is good: references that are `None`, and numbers.
pub const fn stateful<T: Refs>(mut definition: PyModuleDef) -> PyModuleDef {
    definition.m_size = size_of::<T>() as isize;
    definition.m_traverse = Some(state_traverse::<T>);
    definition.m_clear = Some(state_clear::<T>);
    definition.m_free = Some(state_free::<T>);
    definition
}

/// The state of a module made from a [`stateful`] definition.
pub fn state<'a, T>(module: &Object) -> &'a mut T {
    // SAFETY: layout: the module has its state from its execution on.
    unsafe { &mut *(*module.cast::<PyModuleObject>()).md_state.cast::<T>() }
}

/// The state of the module `definition` that a class or one of its bases belongs to.
pub fn state_of<'a, T>(ty: *mut PyTypeObject, definition: *mut PyModuleDef) -> Result<&'a mut T> {
    Ok(state(typeobject::spec::module_by_def(ty, definition)?))
}

unsafe extern "C" fn state_traverse<T: Refs>(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let state = (*module.cast::<PyModuleObject>()).md_state.cast::<T>();
        if state.is_null() { 0 } else { (*state).each(&mut |inner| crate::types::traverse::visit(inner, visit, arg)) }
    }
}

unsafe extern "C" fn state_clear<T: Refs>(module: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let state = (*module.cast::<PyModuleObject>()).md_state.cast::<T>();
        if !state.is_null() {
            (*state).clear();
        }
    }
    0
}

unsafe extern "C" fn state_free<T: Refs>(module: *mut c_void) {
    // SAFETY: slot.
    unsafe { state_clear::<T>(module.cast()) };
}

/// Defines `init`, the function in the table of builtin modules, of a module with an `exec` function
/// `fn(&Object) -> Result<()>`.
macro_rules! module {
    ($definition:expr, $exec:path) => {
        static SLOTS: [PyModuleDef_Slot; 4] = $crate::builtins::slots(run_exec);

        static mut DEF: PyModuleDef = {
            let mut definition = $definition;
            definition.m_slots = table(&SLOTS);
            definition
        };

        pub unsafe extern "C" fn init() -> *mut PyObject {
            // SAFETY: static.
            unsafe { $crate::module::def::init(&raw mut DEF) };
            (&raw mut DEF).cast()
        }

        unsafe extern "C" fn run_exec(module: *mut PyObject) -> c_int {
            // SAFETY: slot.
            unsafe { $crate::builtins::exec(module, $exec) }
        }
    };
}
pub(super) use module;

/// A definition with a doc string and functions.
pub const fn described<const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
    methods: &'static [PyMethodDef; N],
) -> PyModuleDef {
    PyModuleDef { m_doc: doc.as_ptr(), m_methods: table(methods), ..super::definition(name) }
}

/// Puts a new class into the module under the last part of its name, and gives it.
pub fn publish(module: &Object, class: Owned) -> Result<Owned> {
    super::set(module, typeobject::name(class.cast()), &class)?;
    Ok(class)
}

/// Takes the attributes of another builtin module over: all but those whose names begin with an underscore.
pub fn take_from(module: &Object, source: &str) -> Result<Owned> {
    let other = crate::import::import(&*unicode::from_str(source)?)?;
    for (key, value) in crate::types::dict::entries(crate::module::object::dict(&other)) {
        if !unicode::as_str(&key)?.starts_with('_') {
            crate::types::dict::set(crate::module::object::dict(module), &key, &value)?;
        }
    }
    Ok(other)
}

/// The bytes of an object with the buffer protocol, while this lives.
pub struct Buffer(Py_buffer);

impl Buffer {
    pub fn of(o: &Object) -> Result<Buffer> {
        // SAFETY: zeroed memory is an empty view, which `get` fills.
        unsafe {
            let mut view: Py_buffer = std::mem::zeroed();
            crate::object::buffers::get(o, &raw mut view, PyBUF_SIMPLE)?;
            Ok(Buffer(view))
        }
    }
}

impl std::ops::Deref for Buffer {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        if self.0.len == 0 {
            return &[];
        }
        // SAFETY: the exporter keeps them in place until the view is released.
        unsafe { std::slice::from_raw_parts(self.0.buf.cast(), self.0.len as usize) }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: taken in `of`, given back once.
        unsafe { crate::object::buffers::release(&raw mut self.0) };
    }
}

/// The two arguments of a function.
pub fn check_two<'a>(function: &str, args: &[&'a Object]) -> Result<(&'a Object, &'a Object)> {
    crate::object::args::check_positional(function, args.len(), 2, 2)?;
    Ok((args[0], args[1]))
}
