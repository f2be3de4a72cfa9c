//! `enumerate` and `reversed`.

use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::args::{self, Signature, check_positional};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, api, error, number, sequence};
use crate::raise;
use crate::types::{exceptions, genericalias, iterobject, long, none, tuple, typeobject, unicode};
use crate::{dealloc_fields, traverse_fields};

/// CPython's `enumobject`.
#[repr(C)]
struct Enumerate {
    ob_base: PyObject,
    /// The next number, or `isize::MAX` when `long_index` has it.
    index: isize,
    iterator: *mut PyObject,
    /// Where CPython keeps a pair for reuse.
    _result: *mut PyObject,
    /// The next number once it is too large for `index`, or NULL.
    long_index: *mut PyObject,
    _one: *mut PyObject,
}

static ENUMERATE_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__reduce__", enumerate_reduce, iterobject::REDUCE_DOC),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyEnum_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"enumerate".as_ptr(),
    tp_basicsize: size_of::<Enumerate>() as isize,
    tp_dealloc: Some(enumerate_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"enumerate(iterable, start=0)\n--\n\nThe items of an iterable, each with its number.\n\nGives pairs \
        (start, first item), (start + 1, second item) and so on."
        .as_ptr(),
    tp_traverse: Some(enumerate_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(enumerate_next),
    tp_methods: table(&ENUMERATE_METHODS),
    tp_new: Some(enumerate_new),
    tp_vectorcall: Some(enumerate_vectorcall),
    ..PyTypeObject::EMPTY
};

/// enumerate(iterable, start=0)
const ENUMERATE: Signature<2> = Signature::new("enumerate", ["iterable", "start"]).required(1);

/// # Safety
/// `ty` is `enumerate` or derives from it.
unsafe fn make_enumerate(ty: *mut PyTypeObject, iterable: &Object, start: Option<&Object>) -> Result<Owned> {
    // SAFETY: the caller's word; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        let this = new.cast::<Enumerate>();
        if let Some(start) = start {
            let start = number::index_exact(start)?;
            match long::to_i64(&start) {
                Some(start) if start as isize != isize::MAX => (*this).index = start as isize,
                _ => {
                    (*this).index = isize::MAX;
                    (*this).long_index = start.into_raw();
                }
            }
        }
        (*this).iterator = iterable.iter()?.into_raw();
        Ok(new)
    }
}

unsafe extern "C" fn enumerate_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let [iterable, start] = ENUMERATE.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        let Some(iterable) = iterable else { unreachable!("bound as required") };
        make_enumerate(ty, iterable, start)
    })
}

/// Keywords are told apart by hand here, with messages of their own.
unsafe extern "C" fn enumerate_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (args, named, names) = args::vectorcall(args, nargsf, kwnames);
        let names = names.map_or(&[][..], tuple::items);
        let is = |i: usize, text: &str| unicode::equal_str(names[i], text);
        let expect = |i: usize, text: &str| {
            if is(i, text) {
                return Ok(());
            }
            Err(raise!(
                TypeError,
                "'{}' is an invalid keyword argument for enumerate()",
                error::Text(&*names[i].str()?)
            ))
        };
        let (iterable, start) = match (args, named) {
            ([iterable], []) => (*iterable, None),
            ([iterable, start], []) => (*iterable, Some(*start)),
            ([iterable], [start]) => {
                expect(0, "start")?;
                (*iterable, Some(*start))
            }
            ([], [iterable]) => {
                expect(0, "iterable")?;
                (*iterable, None)
            }
            ([], [start, iterable]) if is(0, "start") => {
                expect(1, "iterable")?;
                (*iterable, Some(*start))
            }
            ([], [iterable, start]) => {
                expect(0, "iterable")?;
                expect(1, "start")?;
                (*iterable, Some(*start))
            }
            ([], []) => return Err(raise!(TypeError, "enumerate() missing required argument 'iterable'")),
            _ => {
                let given = args.len() + named.len();
                return Err(raise!(TypeError, "enumerate() takes at most 2 arguments ({given} given)"));
            }
        };
        make_enumerate(ty.cast(), iterable, start)
    })
}

dealloc_fields!(enumerate_dealloc, Enumerate, iterator, long_index);

traverse_fields!(enumerate_traverse, Enumerate, iterator, long_index);

/// The next number as an object.
unsafe fn enumerate_index(this: *mut Enumerate) -> Result<Owned> {
    // SAFETY: an enumerate.
    unsafe {
        match Object::optional((*this).long_index) {
            Some(index) => Ok(index.to_owned()),
            None => long::from_i64((*this).index as i64),
        }
    }
}

unsafe extern "C" fn enumerate_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the iterator is there since the object was made.
    api(|| unsafe {
        let this = op.cast::<Enumerate>();
        let Some(item) = Object::from_ptr((*this).iterator).next()? else { return Ok(None) };
        let index = enumerate_index(this)?;
        if (*this).index < isize::MAX {
            (*this).index += 1;
        } else {
            let next = number::binary(&index, long::one(), number::ADD)?;
            refcount::xdecref((&raw mut (*this).long_index).replace(next.into_raw()));
        }
        tuple::from_slice(&[&index, &item]).map(Some)
    })
}

unsafe extern "C" fn enumerate_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Enumerate>();
        let index = enumerate_index(this)?;
        let args = tuple::from_slice(&[Object::from_ptr((*this).iterator), &index])?;
        tuple::from_slice(&[Object::from_ptr(op).type_object(), &args])
    })
}

/// CPython's `reversedobject`.
#[repr(C)]
struct Reversed {
    ob_base: PyObject,
    /// The next place; -1 at the end.
    index: isize,
    seq: *mut PyObject,
}

static REVERSED_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", reversed_length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", reversed_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", reversed_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyReversed_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"reversed".as_ptr(),
    tp_basicsize: size_of::<Reversed>() as isize,
    tp_dealloc: Some(reversed_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"reversed(sequence, /)\n--\n\nThe items of a sequence from the last one to the first.".as_ptr(),
    tp_traverse: Some(reversed_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(reversed_next),
    tp_methods: table(&REVERSED_METHODS),
    tp_new: Some(reversed_new),
    tp_vectorcall: Some(reversed_vectorcall),
    ..PyTypeObject::EMPTY
};

/// # Safety
/// `ty` is `reversed` or derives from it.
unsafe fn make_reversed(ty: *mut PyTypeObject, seq: &Object) -> Result<Owned> {
    let refused = || raise!(TypeError, "'{:.200}' object is not reversible", typeobject::tp_name(seq.ty()));
    if let Some(method) = seq.lookup_special(name!(__reversed__))? {
        if method.is_none() {
            return Err(refused());
        }
        return method.call(&[]);
    }
    if !sequence::check(seq) {
        return Err(refused());
    }
    let n = sequence::size(seq)?;
    // SAFETY: the caller's word; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        let this = new.cast::<Reversed>();
        (*this).index = n - 1;
        (*this).seq = seq.to_owned().into_raw();
        Ok(new)
    }
}

unsafe extern "C" fn reversed_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        // A subclass with an __init__ of its own may take keywords.
        if ty == &raw mut PyReversed_Type
            || (*ty).tp_init.map(|f| f as usize) == PyReversed_Type.tp_init.map(|f| f as usize)
        {
            args::no_keywords("reversed", Object::optional(kwargs))?;
        }
        let args = tuple::items(Object::from_ptr(args));
        check_positional("reversed", args.len(), 1, 1)?;
        make_reversed(ty, args[0])
    })
}

unsafe extern "C" fn reversed_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("reversed", args, nargsf, kwnames, 1, 1)?;
        make_reversed(ty.cast(), args[0])
    })
}

dealloc_fields!(reversed_dealloc, Reversed, seq);

traverse_fields!(reversed_traverse, Reversed, seq);

unsafe extern "C" fn reversed_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the sequence is owned while it is asked.
    api(|| unsafe {
        let this = op.cast::<Reversed>();
        let index = (*this).index;
        let Some(seq) = Object::optional((*this).seq) else { return Ok(None) };
        if index >= 0 {
            match sequence::item(&seq.to_owned(), index) {
                Ok(item) => {
                    (*this).index = index - 1;
                    return Ok(Some(item));
                }
                Err(raised) => {
                    if !error::matches(&raw mut exceptions::IndexError)
                        && !error::matches(&raw mut exceptions::StopIteration)
                    {
                        return Err(raised);
                    }
                    error::clear();
                }
            }
        }
        (*this).index = -1;
        refcount::clear(&raw mut (*this).seq);
        Ok(None)
    })
}

unsafe extern "C" fn reversed_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Reversed>();
        let left = match Object::optional((*this).seq) {
            Some(seq) => {
                let size = sequence::size(seq)?;
                let left = (*this).index + 1;
                if size < left { 0 } else { left }
            }
            None => 0,
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reversed_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Reversed>();
        let ty = Object::from_ptr(op).type_object();
        iterobject::reduced(ty, Object::optional((*this).seq), (*this).index)
    })
}

unsafe extern "C" fn reversed_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Reversed>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if let Some(seq) = Object::optional((*this).seq) {
            let n = sequence::size(seq)?;
            (*this).index = index.clamp(-1, n - 1);
        }
        Ok(none::none())
    })
}
