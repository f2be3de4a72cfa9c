//! What a view says of its memory.

use super::{ensure_alive, raw, sizes, strided, view};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api};
use crate::types::{boolobject, long, none, unicode};
use std::ffi::CStr;

type Attribute = fn(&Object) -> Result<Owned>;

macro_rules! attributes {
    ($($name:literal $doc:literal => $get:ident;)*) => {
        pub static GETSET: [PyGetSetDef; 1 + [$($name),*].len()] = [
            $(PyGetSetDef::new($name, Some($get::slot), None, $doc.as_ptr()),)*
            PyGetSetDef::END,
        ];
        $(mod $get {
            use super::*;
            pub unsafe extern "C" fn slot(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
                // SAFETY: slot.
                api(|| alive(unsafe { Object::from_ptr(op) }, super::$get))
            }
        })*
    };
}

fn alive(o: &Object, get: Attribute) -> Result<Owned> {
    ensure_alive(o)?;
    get(o)
}

attributes! {
    c"obj" c"The object whose memory it is." => obj;
    c"nbytes" c"The size of all items in bytes." => nbytes;
    c"readonly" c"Whether the memory can't be written." => readonly;
    c"itemsize" c"The size of an item in bytes." => itemsize;
    c"format" c"The format of an item, as in the struct module." => item_format;
    c"ndim" c"The number of dimensions." => ndim;
    c"shape" c"A tuple of the sizes of the dimensions." => shape;
    c"strides" c"A tuple of the bytes from one item to the next in each dimension." => strides;
    c"suboffsets" c"Used for arrays of pointers only." => suboffsets;
    c"c_contiguous" c"Whether the items stand side by side in C order." => c_contiguous;
    c"f_contiguous" c"Whether the items stand side by side in Fortran order." => f_contiguous;
    c"contiguous" c"Whether the items stand side by side." => contiguous;
}

fn obj(o: &Object) -> Result<Owned> {
    // SAFETY: the managed buffer keeps the exporter alive.
    Ok(unsafe { Object::optional(view(o).obj) }.map_or_else(none::none, Object::to_owned))
}

fn nbytes(o: &Object) -> Result<Owned> {
    let n: isize = strided::shape(view(o)).iter().product();
    long::from_i64((n * view(o).itemsize) as i64)
}

fn readonly(o: &Object) -> Result<Owned> {
    Ok(boolobject::from_bool(view(o).readonly != 0))
}

fn itemsize(o: &Object) -> Result<Owned> {
    long::from_i64(view(o).itemsize as i64)
}

fn item_format(o: &Object) -> Result<Owned> {
    // SAFETY: a view has a format.
    unicode::from_utf8(unsafe { CStr::from_ptr(view(o).format) }.to_bytes())
}

fn ndim(o: &Object) -> Result<Owned> {
    long::from_i64(view(o).ndim.into())
}

fn shape(o: &Object) -> Result<Owned> {
    sizes(view(o).shape, view(o).ndim as usize)
}

fn strides(o: &Object) -> Result<Owned> {
    sizes(view(o).strides, view(o).ndim as usize)
}

fn suboffsets(o: &Object) -> Result<Owned> {
    sizes(view(o).suboffsets, view(o).ndim as usize)
}

fn flag(o: &Object, flags: c_int) -> Result<Owned> {
    // SAFETY: layout.
    Ok(boolobject::from_bool(unsafe { (*raw(o)).flags } & flags != 0))
}

fn c_contiguous(o: &Object) -> Result<Owned> {
    flag(o, _Py_MEMORYVIEW_C)
}

fn f_contiguous(o: &Object) -> Result<Owned> {
    flag(o, _Py_MEMORYVIEW_FORTRAN)
}

fn contiguous(o: &Object) -> Result<Owned> {
    flag(o, _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN)
}
