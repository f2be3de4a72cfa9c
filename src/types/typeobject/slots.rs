//! What fills the slots of a class whose dict defines special methods: each function looks its method up in the
//! object's type and calls it. The inverse of `wrappers`.

use super::{cache, names};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, api, error, number, sequence};
use crate::raise;
use crate::types::{exceptions, none, tuple};

type O = *mut PyObject;

/// A special method as the type holds it: a function that takes the object as its first argument, or bound already.
pub struct Special {
    function: Owned,
    unbound: bool,
}

impl Special {
    /// `_PyObject_LookupSpecialMethod`: looked up in the type, never in the instance.
    pub fn find(o: &Object, name: &Object) -> Result<Option<Special>> {
        let Some(found) = cache::lookup(o.ty(), name) else { return Ok(None) };
        let function = found.to_owned();
        if function.has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
            return Ok(Some(Special { function, unbound: true }));
        }
        Ok(Some(Special { function: bind(function, o)?, unbound: false }))
    }

    pub fn call(&self, o: &Object, args: &[&Object]) -> Result<Owned> {
        if !self.unbound {
            return self.function.call(args);
        }
        match *args {
            [] => self.function.call(&[o]),
            [a] => self.function.call(&[o, a]),
            [a, b] => self.function.call(&[o, a, b]),
            _ => {
                let all: Vec<&Object> = std::iter::once(o).chain(args.iter().copied()).collect();
                self.function.call(&all)
            }
        }
    }

    /// With a tuple and a dict.
    fn call_tuple(&self, o: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
        if !self.unbound {
            return self.function.call_tuple(args, kwargs);
        }
        let all: Vec<&Object> = std::iter::once(o).chain(tuple::items(args).iter().copied()).collect();
        self.function.call_tuple(&*tuple::from_slice(&all)?, kwargs)
    }
}

/// What the descriptor `function` gives for the instance `o`.
pub fn bind(function: Owned, o: &Object) -> Result<Owned> {
    // SAFETY: a live object's slot.
    unsafe {
        match (*function.ty()).tp_descr_get {
            Some(get) => Owned::from_c(get(function.as_ptr(), o.as_ptr(), o.ty().cast())),
            None => Ok(function),
        }
    }
}

/// Calls the method; `AttributeError` if the type has none.
fn call_method(o: &Object, name: &Object, args: &[&Object]) -> Result<Owned> {
    match Special::find(o, name)? {
        Some(method) => method.call(o, args),
        None => Err(no_attribute(name)),
    }
}

fn no_attribute(name: &Object) -> Raised {
    // SAFETY: static.
    exceptions::raise(unsafe { super::as_object(&raw mut exceptions::AttributeError) }, Some(name))
}

/// Calls the method; `NotImplemented` if the type has none.
fn call_or_not_implemented(o: &Object, name: &Object, args: &[&Object]) -> Result<Owned> {
    match Special::find(o, name)? {
        Some(method) => method.call(o, args),
        None => Ok(none::not_implemented()),
    }
}

macro_rules! unary_slots {
    ($($slot:ident $name:ident)*) => { $(
        pub unsafe extern "C" fn $slot(this: O) -> O {
            // SAFETY: slot.
            api(|| call_method(unsafe { Object::from_ptr(this) }, name!($name), &[]))
        }
    )* };
}

macro_rules! binary_slots {
    ($($slot:ident $name:ident)*) => { $(
        pub unsafe extern "C" fn $slot(this: O, other: O) -> O {
            // SAFETY: slot.
            api(|| unsafe { call_method(Object::from_ptr(this), name!($name), &[Object::from_ptr(other)]) })
        }
    )* };
}

unary_slots! {
    slot_nb_negative __neg__ slot_nb_positive __pos__ slot_nb_absolute __abs__ slot_nb_invert __invert__
    slot_nb_int __int__ slot_nb_float __float__ slot_nb_index __index__
}

binary_slots! {
    slot_nb_inplace_add __iadd__ slot_nb_inplace_subtract __isub__ slot_nb_inplace_multiply __imul__
    slot_nb_inplace_remainder __imod__ slot_nb_inplace_lshift __ilshift__ slot_nb_inplace_rshift __irshift__
    slot_nb_inplace_and __iand__ slot_nb_inplace_xor __ixor__ slot_nb_inplace_or __ior__
    slot_nb_inplace_floor_divide __ifloordiv__ slot_nb_inplace_true_divide __itruediv__
    slot_nb_inplace_matrix_multiply __imatmul__ slot_mp_subscript __getitem__
}

/// A binary operator with its reflected form. The slot is called with the operands in their order, whichever of them it
/// belongs to, so it has to see for which of the two types it stands.
fn binary(
    this: &Object,
    other: &Object,
    third: Option<&Object>,
    stands: impl Fn(*mut PyTypeObject) -> bool,
    name: &Object,
    reflected: &Object,
) -> Result<Owned> {
    let call = |o: &Object, name: &Object, argument: &Object| match third {
        Some(third) => call_or_not_implemented(o, name, &[argument, third]),
        None => call_or_not_implemented(o, name, &[argument]),
    };
    let mut do_other = this.ty() != other.ty() && stands(other.ty());
    if stands(this.ty()) {
        if do_other && super::is_subtype(other.ty(), this.ty()) && is_overridden(this, other, reflected)? {
            let result = call(other, reflected, this)?;
            if !none::is_not_implemented(&result) {
                return Ok(result);
            }
            do_other = false;
        }
        let result = call(this, name, other)?;
        if !none::is_not_implemented(&result) || this.ty() == other.ty() {
            return Ok(result);
        }
    }
    if do_other { call(other, reflected, this) } else { Ok(none::not_implemented()) }
}

/// The subtype's instance `right` has another method of that name than `left` has.
fn is_overridden(left: &Object, right: &Object, name: &Object) -> Result<bool> {
    let Some(b) = right.type_object().getattr_optional(name)? else { return Ok(false) };
    let Some(a) = left.type_object().getattr_optional(name)? else { return Ok(true) };
    a.compare_bool(&b, Py_NE)
}

macro_rules! operator_slots {
    ($($slot:ident $field:ident $name:ident $reflected:ident)*) => { $(
        pub unsafe extern "C" fn $slot(this: O, other: O) -> O {
            let stands = |ty: *mut PyTypeObject| {
                // SAFETY: a live type.
                let suite = unsafe { (*ty).tp_as_number };
                // SAFETY: a suite belongs to its type.
                !suite.is_null() && super::exports::same(unsafe { (*suite).$field }, $slot as *const ())
            };
            // SAFETY: slot.
            api(|| unsafe {
                binary(Object::from_ptr(this), Object::from_ptr(other), None, stands, name!($name), name!($reflected))
            })
        }
    )* };
}

operator_slots! {
    slot_nb_add nb_add __add__ __radd__
    slot_nb_subtract nb_subtract __sub__ __rsub__
    slot_nb_multiply nb_multiply __mul__ __rmul__
    slot_nb_remainder nb_remainder __mod__ __rmod__
    slot_nb_divmod nb_divmod __divmod__ __rdivmod__
    slot_nb_lshift nb_lshift __lshift__ __rlshift__
    slot_nb_rshift nb_rshift __rshift__ __rrshift__
    slot_nb_and nb_and __and__ __rand__
    slot_nb_xor nb_xor __xor__ __rxor__
    slot_nb_or nb_or __or__ __ror__
    slot_nb_floor_divide nb_floor_divide __floordiv__ __rfloordiv__
    slot_nb_true_divide nb_true_divide __truediv__ __rtruediv__
    slot_nb_matrix_multiply nb_matrix_multiply __matmul__ __rmatmul__
}

pub unsafe extern "C" fn slot_nb_power(this: O, other: O, modulus: O) -> O {
    let stands = |ty: *mut PyTypeObject| {
        // SAFETY: a live type.
        let suite = unsafe { (*ty).tp_as_number };
        // SAFETY: a suite belongs to its type.
        !suite.is_null() && super::exports::same(unsafe { (*suite).nb_power }, slot_nb_power as *const ())
    };
    // SAFETY: slot.
    api(|| unsafe {
        let modulus = Object::optional(modulus).filter(|modulus| !modulus.is_none());
        binary(Object::from_ptr(this), Object::from_ptr(other), modulus, stands, name!(__pow__), name!(__rpow__))
    })
}

/// The third argument has no place in `**=`.
pub unsafe extern "C" fn slot_nb_inplace_power(this: O, other: O, _modulus: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { call_method(Object::from_ptr(this), name!(__ipow__), &[Object::from_ptr(other)]) })
}

pub unsafe extern "C" fn slot_nb_bool(this: O) -> c_int {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| -> Result<bool> {
        let (method, by_length) = match Special::find(this, name!(__bool__))? {
            Some(method) => (method, false),
            None => match Special::find(this, name!(__len__))? {
                Some(method) => (method, true),
                None => return Ok(true),
            },
        };
        if method.function.is_none() && !by_length {
            return Err(raise!(TypeError, "'{}' cannot be interpreted as a boolean", names::tp_name(this.ty())));
        }
        let value = method.call(this, &[])?;
        if by_length {
            return Ok(as_length(&value)? != 0);
        }
        if !value.is_exact(&raw mut crate::types::boolobject::PyBool_Type) {
            let found = names::tp_name(value.ty());
            return Err(raise!(TypeError, "__bool__ should return bool, returned {found}"));
        }
        value.is_true()
    })
}

/// What `__len__` returned, as a length.
fn as_length(value: &Object) -> Result<isize> {
    let n = number::index(value)?;
    if crate::types::long::is_negative(&n) {
        return Err(raise!(ValueError, "__len__() should return >= 0"));
    }
    // SAFETY: static.
    number::as_ssize(&n, Some(unsafe { super::as_object(&raw mut exceptions::OverflowError) }))
}

pub unsafe extern "C" fn slot_mp_length(this: O) -> Py_ssize_t {
    // SAFETY: slot.
    api(|| as_length(&*call_method(unsafe { Object::from_ptr(this) }, name!(__len__), &[])?))
}

pub unsafe extern "C" fn slot_sq_length(this: O) -> Py_ssize_t {
    // SAFETY: slot.
    unsafe { slot_mp_length(this) }
}

pub unsafe extern "C" fn slot_sq_item(this: O, i: Py_ssize_t) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let i = crate::types::long::from_i64(i as i64)?;
        call_method(Object::from_ptr(this), name!(__getitem__), &[&i])
    })
}

pub unsafe extern "C" fn slot_sq_ass_item(this: O, i: Py_ssize_t, value: O) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let i = crate::types::long::from_i64(i as i64)?;
        set_or_delete_item(Object::from_ptr(this), &i, Object::optional(value))
    })
}

pub unsafe extern "C" fn slot_mp_ass_subscript(this: O, key: O, value: O) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { set_or_delete_item(Object::from_ptr(this), Object::from_ptr(key), Object::optional(value)) })
}

fn set_or_delete_item(this: &Object, key: &Object, value: Option<&Object>) -> Result<()> {
    match value {
        Some(value) => call_method(this, name!(__setitem__), &[key, value])?,
        None => call_method(this, name!(__delitem__), &[key])?,
    };
    Ok(())
}

pub unsafe extern "C" fn slot_sq_contains(this: O, value: O) -> c_int {
    // SAFETY: slot.
    let (this, value) = unsafe { (Object::from_ptr(this), Object::from_ptr(value)) };
    api(|| -> Result<bool> {
        match cache::lookup(this.ty(), name!(__contains__)) {
            Some(method) if method.is_none() => {
                Err(raise!(TypeError, "'{}' object is not a container", names::tp_name(this.ty())))
            }
            Some(_) => call_method(this, name!(__contains__), &[value])?.is_true(),
            None => {
                let found = sequence::search(this, value, sequence::Search::Contains)?;
                Ok(found > 0)
            }
        }
    })
}

pub unsafe extern "C" fn slot_tp_repr(this: O) -> O {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| match Special::find(this, name!(__repr__))? {
        Some(method) => method.call(this, &[]),
        None => crate::types::unicode::from_str(&format!(
            "<{} object at {:p}>",
            names::full_tp_name(this.ty()),
            this.as_ptr()
        )),
    })
}

unary_slots! { slot_tp_str __str__ }

pub unsafe extern "C" fn slot_tp_hash(this: O) -> Py_hash_t {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| -> Result<isize> {
        let method = match Special::find(this, name!(__hash__))? {
            Some(method) if !method.function.is_none() => method,
            _ => return Err(raise!(TypeError, "unhashable type: '{}'", names::tp_name(this.ty()))),
        };
        let value = method.call(this, &[])?;
        if !crate::types::long::check(&value) {
            return Err(raise!(TypeError, "__hash__ method should return an integer"));
        }
        // What fits is taken as it is, so that hash(x.__hash__()) == hash(x); a larger int is hashed itself.
        let hash = match crate::types::long::as_isize(&value) {
            Ok(hash) => hash,
            Err(raised) => {
                drop(error::caught(raised));
                value.hash()?
            }
        };
        Ok(if hash == -1 { -2 } else { hash })
    })
}

pub unsafe extern "C" fn slot_tp_call(this: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    let (this, args, kwargs) = unsafe { (Object::from_ptr(this), Object::from_ptr(args), Object::optional(kwargs)) };
    api(|| match Special::find(this, name!(__call__))? {
        Some(method) => method.call_tuple(this, args, kwargs),
        None => Err(no_attribute(name!(__call__))),
    })
}

/// Of a class with `__getattribute__` of its own or `__getattr__`, in one: the first is asked, and if it raises
/// `AttributeError` the second.
pub unsafe extern "C" fn slot_tp_getattr_hook(this: O, name: O) -> O {
    // SAFETY: slot.
    let (this, name) = unsafe { (Object::from_ptr(this), Object::from_ptr(name)) };
    api(|| {
        let ty = this.ty();
        let getattr = cache::lookup(ty, name!(__getattr__)).map(Object::to_owned);
        let getattribute = cache::lookup(ty, name!(__getattribute__)).map(Object::to_owned);
        let generic = |method: &Object| is_generic_getattribute(method);
        let first = match &getattribute {
            Some(method) if !generic(method) => call_with_self(method, this, name),
            _ => crate::object::attr::generic_getattr(this, name),
        };
        match (first, getattr) {
            (Err(raised), Some(getattr)) => {
                error::ignore(raised, &raw mut exceptions::AttributeError)?;
                call_with_self(&getattr, this, name)
            }
            (result, _) => result,
        }
    })
}

/// `object.__getattribute__` itself.
fn is_generic_getattribute(method: &Object) -> bool {
    if !method.is_exact(&raw mut crate::types::descr::wrapper::PyWrapperDescr_Type) {
        return false;
    }
    // SAFETY: layout: checked just now.
    unsafe {
        (*method.cast::<PyWrapperDescrObject>()).d_wrapped
            == super::exports::PyObject_GenericGetAttr as *const () as *mut c_void
    }
}

fn call_with_self(method: &Object, this: &Object, argument: &Object) -> Result<Owned> {
    if method.has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
        return method.call(&[this, argument]);
    }
    bind(method.to_owned(), this)?.call(&[argument])
}

pub unsafe extern "C" fn slot_tp_setattro(this: O, name: O, value: O) -> c_int {
    // SAFETY: slot.
    let (this, name, value) = unsafe { (Object::from_ptr(this), Object::from_ptr(name), Object::optional(value)) };
    api(|| -> Result<()> {
        match value {
            Some(value) => call_method(this, name!(__setattr__), &[name, value])?,
            None => call_method(this, name!(__delattr__), &[name])?,
        };
        Ok(())
    })
}

pub unsafe extern "C" fn slot_tp_richcompare(this: O, other: O, op: c_int) -> O {
    // SAFETY: slot.
    let (this, other) = unsafe { (Object::from_ptr(this), Object::from_ptr(other)) };
    let name = match op {
        Py_LT => name!(__lt__),
        Py_LE => name!(__le__),
        Py_EQ => name!(__eq__),
        Py_NE => name!(__ne__),
        Py_GT => name!(__gt__),
        _ => name!(__ge__),
    };
    api(|| call_or_not_implemented(this, name, &[other]))
}

pub unsafe extern "C" fn slot_tp_iter(this: O) -> O {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| {
        let not_iterable = || raise!(TypeError, "'{}' object is not iterable", names::tp_name(this.ty()));
        match Special::find(this, name!(__iter__))? {
            Some(method) if method.function.is_none() => Err(not_iterable()),
            Some(method) => method.call(this, &[]),
            None if cache::lookup(this.ty(), name!(__getitem__)).is_some() => {
                crate::types::iterobject::new_sequence_iterator(this)
            }
            None => Err(not_iterable()),
        }
    })
}

pub unsafe extern "C" fn slot_tp_iternext(this: O) -> O {
    // SAFETY: slot.
    api(|| call_method(unsafe { Object::from_ptr(this) }, name!(__next__), &[]))
}

pub unsafe extern "C" fn slot_tp_descr_get(this: O, instance: O, owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let this = Object::from_ptr(this);
        api(|| {
            let Some(get) = cache::lookup(this.ty(), name!(__get__)) else {
                // The method is gone: from now on the class is no descriptor.
                if super::exports::same((*this.ty()).tp_descr_get, slot_tp_descr_get as *const ()) {
                    (*this.ty()).tp_descr_get = None;
                }
                return Ok(this.to_owned());
            };
            let get = get.to_owned();
            let instance = Object::optional(instance).unwrap_or(none::none_ref());
            let owner = Object::optional(owner).unwrap_or(none::none_ref());
            get.call(&[this, instance, owner])
        })
    }
}

pub unsafe extern "C" fn slot_tp_descr_set(this: O, instance: O, value: O) -> c_int {
    // SAFETY: slot.
    let (this, instance, value) =
        unsafe { (Object::from_ptr(this), Object::from_ptr(instance), Object::optional(value)) };
    api(|| -> Result<()> {
        match value {
            Some(value) => call_method(this, name!(__set__), &[instance, value])?,
            None => call_method(this, name!(__delete__), &[instance])?,
        };
        Ok(())
    })
}

pub unsafe extern "C" fn slot_tp_init(this: O, args: O, kwargs: O) -> c_int {
    // SAFETY: slot.
    let (this, args, kwargs) = unsafe { (Object::from_ptr(this), Object::from_ptr(args), Object::optional(kwargs)) };
    api(|| -> Result<()> {
        let Some(method) = Special::find(this, name!(__init__))? else {
            return Err(no_attribute(name!(__init__)));
        };
        let result = method.call_tuple(this, args, kwargs)?;
        if !result.is_none() {
            return Err(raise!(TypeError, "__init__() should return None, not '{}'", names::tp_name(result.ty())));
        }
        Ok(())
    })
}

pub unsafe extern "C" fn slot_tp_new(ty: *mut PyTypeObject, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (class, args, kwargs) = (super::as_object(ty), Object::from_ptr(args), Object::optional(kwargs));
        api(|| {
            let new = class.getattr(name!(__new__))?;
            let all: Vec<&Object> = std::iter::once(class).chain(tuple::items(args).iter().copied()).collect();
            new.call_tuple(&*tuple::from_slice(&all)?, kwargs)
        })
    }
}

pub unsafe extern "C" fn slot_tp_finalize(this: O) {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    // What was raised before stays raised.
    error::aside(|| match Special::find(this, name!(__del__)) {
        Ok(Some(method)) => {
            if method.call(this, &[]).is_err() {
                crate::object::above::unraisable_in(Some(&method.function));
            }
        }
        Ok(None) => {}
        Err(_) => crate::object::above::unraisable_in(Some(this)),
    });
}

macro_rules! async_slots {
    ($($slot:ident $name:ident)*) => { $(
        pub unsafe extern "C" fn $slot(this: O) -> O {
            // SAFETY: slot.
            let this = unsafe { Object::from_ptr(this) };
            api(|| match Special::find(this, name!($name))? {
                Some(method) => method.call(this, &[]),
                None => Err(raise!(
                    AttributeError,
                    "object {} does not have {} method",
                    names::cut(names::full_tp_name(this.ty()), 50),
                    stringify!($name)
                )),
            })
        }
    )* };
}

async_slots! { slot_am_await __await__ slot_am_aiter __aiter__ slot_am_anext __anext__ }
