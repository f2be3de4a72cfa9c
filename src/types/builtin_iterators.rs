//! `filter`, `map` and `zip`.

use crate::abi::*;
use crate::object::args::{self, Signature, check_positional};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, api};
use crate::raise;
use crate::types::{boolobject, iterobject, none, tuple, typeobject};
use crate::{dealloc_fields, traverse_fields};

/// The iterators of some iterables, as a tuple.
fn iterators(iterables: &[&Object]) -> Result<Owned> {
    let iterators = iterables.iter().map(|iterable| iterable.iter()).collect::<Result<Vec<Owned>>>()?;
    tuple::from_owned(iterators)
}

/// The next item of each iterator; `None` at the end of one. With `strict` all must end together: `ValueError`.
fn next_of_each(function: &str, iterators: &[&Object], strict: bool) -> Result<Option<Vec<Owned>>> {
    let mut items = Vec::with_capacity(iterators.len());
    for (i, iterator) in iterators.iter().enumerate() {
        if let Some(item) = iterator.next()? {
            items.push(item);
            continue;
        }
        drop(items);
        if strict {
            check_lengths(function, iterators, i)?;
        }
        return Ok(None);
    }
    Ok(Some(items))
}

/// The iterator at `ended` was the first without an item.
#[cold]
fn check_lengths(function: &str, iterators: &[&Object], ended: usize) -> Result<()> {
    let plural = |i: usize| if i == 1 { " " } else { "s 1-" };
    if ended > 0 {
        return Err(raise!(
            ValueError,
            "{function}() argument {} is shorter than argument{}{ended}",
            ended + 1,
            plural(ended)
        ));
    }
    for (i, iterator) in iterators.iter().enumerate().skip(1) {
        if iterator.next()?.is_some() {
            return Err(raise!(ValueError, "{function}() argument {} is longer than argument{}{i}", i + 1, plural(i)));
        }
    }
    Ok(())
}

/// The keyword `strict` of `map` and `zip`, which take no other.
fn strict_keyword(signature: &Signature<1>, kwargs: Option<&Object>) -> Result<bool> {
    match signature.bind(tuple::empty_ref(), kwargs)? {
        [Some(strict)] => strict.is_true(),
        [None] => Ok(false),
    }
}

/// CPython's `filterobject`.
#[repr(C)]
struct Filter {
    ob_base: PyObject,
    func: *mut PyObject,
    it: *mut PyObject,
}

static FILTER_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", filter_reduce, iterobject::REDUCE_DOC), PyMethodDef::END];

#[unsafe(no_mangle)]
pub static mut PyFilter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"filter".as_ptr(),
    tp_basicsize: size_of::<Filter>() as isize,
    tp_dealloc: Some(filter_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"filter(function, iterable, /)\n--\n\nThe items of an iterable for which function(item) is true.\n\nWith \
        None as function, the items that are true."
        .as_ptr(),
    tp_traverse: Some(filter_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(filter_next),
    tp_methods: table(&FILTER_METHODS),
    tp_new: Some(filter_new),
    tp_vectorcall: Some(filter_vectorcall),
    ..PyTypeObject::EMPTY
};

unsafe fn make_filter(ty: *mut PyTypeObject, args: &[&Object]) -> Result<Owned> {
    check_positional("filter", args.len(), 2, 2)?;
    let iterator = args[1].iter()?;
    // SAFETY: a type that is filter or derives from it; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        let this = new.cast::<Filter>();
        (*this).func = args[0].to_owned().into_raw();
        (*this).it = iterator.into_raw();
        Ok(new)
    }
}

unsafe extern "C" fn filter_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        // A subclass with an __init__ of its own may take keywords.
        if ty == &raw mut PyFilter_Type
            || (*ty).tp_init.map(|f| f as usize) == PyFilter_Type.tp_init.map(|f| f as usize)
        {
            args::no_keywords("filter", Object::optional(kwargs))?;
        }
        make_filter(ty, tuple::items(Object::from_ptr(args)))
    })
}

unsafe extern "C" fn filter_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (args, _, names) = args::vectorcall(args, nargsf, kwnames);
        args::no_kwnames("filter", names)?;
        make_filter(ty.cast(), args)
    })
}

dealloc_fields!(filter_dealloc, Filter, func, it);

traverse_fields!(filter_traverse, Filter, it, func);

unsafe extern "C" fn filter_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; both fields are there since the object was made.
    api(|| unsafe {
        let this = op.cast::<Filter>();
        let (function, iterator) = (Object::from_ptr((*this).func), Object::from_ptr((*this).it));
        let by_truth = function.is_none() || function.is_ptr((&raw mut boolobject::PyBool_Type).cast());
        while let Some(item) = iterator.next()? {
            let good = if by_truth { item.is_true()? } else { function.call(&[&item])?.is_true()? };
            if good {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
}

unsafe extern "C" fn filter_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Filter>();
        let args = tuple::from_slice(&[Object::from_ptr((*this).func), Object::from_ptr((*this).it)])?;
        tuple::from_slice(&[Object::from_ptr(op).type_object(), &args])
    })
}

/// CPython's `mapobject`.
#[repr(C)]
struct Map {
    ob_base: PyObject,
    iters: *mut PyObject,
    func: *mut PyObject,
    strict: c_int,
}

static MAP_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__reduce__", map_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", map_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyMap_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"map".as_ptr(),
    tp_basicsize: size_of::<Map>() as isize,
    tp_dealloc: Some(map_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"map(function, iterable, /, *iterables, strict=False)\n--\n\nThe results of a function for the items of \
        each iterable.\n\nIt ends with the shortest iterable; if strict is true, they must all end together, else \
        ValueError."
        .as_ptr(),
    tp_traverse: Some(map_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(map_next),
    tp_methods: table(&MAP_METHODS),
    tp_new: Some(map_new),
    tp_vectorcall: Some(map_vectorcall),
    ..PyTypeObject::EMPTY
};

const MAP: Signature<1> = Signature::new("map", ["strict"]).positional(0);

unsafe fn make_map(ty: *mut PyTypeObject, args: &[&Object], strict: bool) -> Result<Owned> {
    if args.len() < 2 {
        return Err(raise!(TypeError, "map() must have at least two arguments."));
    }
    let iterators = iterators(&args[1..])?;
    // SAFETY: a type that is map or derives from it; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        let this = new.cast::<Map>();
        (*this).iters = iterators.into_raw();
        (*this).func = args[0].to_owned().into_raw();
        (*this).strict = strict as c_int;
        Ok(new)
    }
}

unsafe extern "C" fn map_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        // A subclass with an __init__ of its own may take other keywords.
        let mut strict = false;
        if ty == &raw mut PyMap_Type || (*ty).tp_init.map(|f| f as usize) == PyMap_Type.tp_init.map(|f| f as usize) {
            strict = strict_keyword(&MAP, Object::optional(kwargs))?;
        }
        make_map(ty, tuple::items(Object::from_ptr(args)), strict)
    })
}

unsafe extern "C" fn map_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (args, named, names) = args::vectorcall(args, nargsf, kwnames);
        let strict = strict_fast(&MAP, named, names)?;
        make_map(ty.cast(), args, strict)
    })
}

/// As [`strict_keyword`] for the keywords of a vectorcall.
fn strict_fast(signature: &Signature<1>, named: &[&Object], names: Option<&Object>) -> Result<bool> {
    let Some(names) = names else { return Ok(false) };
    // SAFETY: no positional arguments, then those that `names` names.
    match unsafe { signature.bind_fast(named.as_ptr().cast(), 0, names.as_ptr())? } {
        [Some(strict)] => strict.is_true(),
        [None] => Ok(false),
    }
}

dealloc_fields!(map_dealloc, Map, iters, func);

traverse_fields!(map_traverse, Map, iters, func);

unsafe extern "C" fn map_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; both fields are there since the object was made.
    api(|| unsafe {
        let this = op.cast::<Map>();
        let (iterators, function) = (tuple::items(Object::from_ptr((*this).iters)), Object::from_ptr((*this).func));
        if let [iterator] = iterators {
            let Some(item) = iterator.next()? else { return Ok(None) };
            return function.call(&[&item]).map(Some);
        }
        let Some(items) = next_of_each("map", iterators, (*this).strict != 0)? else { return Ok(None) };
        let borrowed: Vec<&Object> = items.iter().map(|item| &**item).collect();
        function.call(&borrowed).map(Some)
    })
}

unsafe extern "C" fn map_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Map>();
        let mut args = vec![Object::from_ptr((*this).func)];
        args.extend_from_slice(tuple::items(Object::from_ptr((*this).iters)));
        reduced(op, &*tuple::from_slice(&args)?, (*this).strict != 0)
    })
}

/// (type, args), and True behind them if the iterator is strict.
unsafe fn reduced(op: *mut PyObject, args: &Object, strict: bool) -> Result<Owned> {
    // SAFETY: slot.
    let ty = unsafe { Object::from_ptr(op) }.type_object();
    if strict {
        return tuple::from_slice(&[ty, args, &boolobject::from_bool(true)]);
    }
    tuple::from_slice(&[ty, args])
}

unsafe extern "C" fn map_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        (*op.cast::<Map>()).strict = Object::from_ptr(state).is_true()? as c_int;
        Ok(none::none())
    })
}

/// CPython's `zipobject`.
#[repr(C)]
struct Zip {
    ob_base: PyObject,
    tuple_size: isize,
    iters: *mut PyObject,
    /// Where CPython keeps a tuple for reuse.
    _result: *mut PyObject,
    strict: c_int,
}

static ZIP_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__reduce__", zip_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", zip_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyZip_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"zip".as_ptr(),
    tp_basicsize: size_of::<Zip>() as isize,
    tp_dealloc: Some(zip_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc: c"zip(*iterables, strict=False)\n--\n\nTuples of one item of each iterable.\n\nIt ends with the shortest \
        iterable; if strict is true, they must all end together, else ValueError."
        .as_ptr(),
    tp_traverse: Some(zip_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(zip_next),
    tp_methods: table(&ZIP_METHODS),
    tp_new: Some(zip_new),
    tp_vectorcall: Some(zip_vectorcall),
    ..PyTypeObject::EMPTY
};

const ZIP: Signature<1> = Signature::new("zip", ["strict"]).positional(0);

unsafe fn make_zip(ty: *mut PyTypeObject, args: &[&Object], strict: bool) -> Result<Owned> {
    let iterators = iterators(args)?;
    // SAFETY: a type that is zip or derives from it; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        let this = new.cast::<Zip>();
        (*this).tuple_size = args.len() as isize;
        (*this).iters = iterators.into_raw();
        (*this).strict = strict as c_int;
        Ok(new)
    }
}

unsafe extern "C" fn zip_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let strict = strict_keyword(&ZIP, Object::optional(kwargs))?;
        make_zip(ty, tuple::items(Object::from_ptr(args)), strict)
    })
}

unsafe extern "C" fn zip_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (args, named, names) = args::vectorcall(args, nargsf, kwnames);
        let strict = strict_fast(&ZIP, named, names)?;
        make_zip(ty.cast(), args, strict)
    })
}

dealloc_fields!(zip_dealloc, Zip, iters);

traverse_fields!(zip_traverse, Zip, iters);

unsafe extern "C" fn zip_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the iterators are there since the object was made.
    api(|| unsafe {
        let this = op.cast::<Zip>();
        let iterators = tuple::items(Object::from_ptr((*this).iters));
        if iterators.is_empty() {
            return Ok(None);
        }
        match next_of_each("zip", iterators, (*this).strict != 0)? {
            Some(items) => tuple::from_owned(items).map(Some),
            None => Ok(None),
        }
    })
}

unsafe extern "C" fn zip_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<Zip>();
        reduced(op, Object::from_ptr((*this).iters), (*this).strict != 0)
    })
}

unsafe extern "C" fn zip_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        (*op.cast::<Zip>()).strict = Object::from_ptr(state).is_true()? as c_int;
        Ok(none::none())
    })
}
