//! Data that is bytes underneath: bytes themselves, and objects that were marshalled or pickled into bytes.
//!
//! What unpickling lacks in `__main__` CPython looks for in the file that the sender's `__main__` came from, which it
//! runs for that. Not provided: running a file needs an evaluator; the exception stays as it is.

use super::exports::{_PyBytes_FromXIData, _PyMarshal_ReadObjectFromXIData, _PyPickle_LoadFromXIData};
use super::{_PyXIData_t, data, error as not_shareable, xid_newobjfunc};
use crate::abi::*;
use crate::import::load;
use crate::marshal::{read, write};
use crate::object::{Object, Owned, Result, api};
use crate::raise;
use crate::types::{bytes, memoryview, unicode};

const MARSHAL_VERSION: i32 = 5;

/// Bytes of an object that the data keeps alive (`_PyBytes_data_t`).
#[repr(C)]
pub struct _PyBytes_data_t {
    pub bytes: *const c_char,
    pub len: Py_ssize_t,
}

/// The bytes of a bytes object, for as long as it lives. `TypeError` if it is none.
pub fn bytes_of(o: &Object) -> Result<_PyBytes_data_t> {
    if !bytes::check(o) {
        let repr = o.repr()?;
        return Err(raise!(TypeError, "expected bytes, got {}", unicode::as_str(&repr)?));
    }
    let slice = bytes::as_slice(o);
    Ok(_PyBytes_data_t { bytes: slice.as_ptr().cast(), len: slice.len() as isize })
}

/// Data of a bytes object in a block of `size` bytes, which begins with a `_PyBytes_data_t`.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn share(
    o: &Object,
    size: usize,
    new_object: xid_newobjfunc,
    out: *mut _PyXIData_t,
) -> Result<*mut _PyBytes_data_t> {
    let shared = bytes_of(o)?;
    let least = size_of::<_PyBytes_data_t>();
    if size < least {
        return Err(raise!(ValueError, "expected size >= {least}, got {size}"));
    }
    // SAFETY: the caller's word.
    unsafe {
        data::init_with_size(out, crate::runtime::interp(), size, o.as_ptr(), new_object.or(Some(new_bytes())))?;
        let place = (*out).data.cast::<_PyBytes_data_t>();
        place.write(shared);
        Ok(place)
    }
}

fn new_bytes() -> unsafe extern "C" fn(*mut _PyXIData_t) -> *mut PyObject {
    _PyBytes_FromXIData
}

pub unsafe extern "C" fn bytes_data(_tstate: *mut PyThreadState, o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    // SAFETY: as `data::init_with_size`.
    api(|| unsafe { share(Object::from_ptr(o), size_of::<_PyBytes_data_t>(), None, out).map(drop) })
}

/// The bytes that data of [`share`] stands for.
///
/// # Safety
/// It is such data.
unsafe fn shared_bytes<'a>(xidata: *mut _PyXIData_t) -> &'a [u8] {
    // SAFETY: the bytes object is alive while the data is, and never changes.
    unsafe {
        let shared = &*(*xidata).data.cast::<_PyBytes_data_t>();
        crate::object::raw_bytes(shared.bytes, shared.len)
    }
}

/// A bytes object of data of [`share`].
///
/// # Safety
/// It is such data.
pub unsafe fn to_bytes(xidata: *mut _PyXIData_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    bytes::from_slice(unsafe { shared_bytes(xidata) })
}

/// Data of the object's marshalled bytes.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn marshal(o: &Object, out: *mut _PyXIData_t) -> Result<()> {
    let bytes = write::dumps(o, MARSHAL_VERSION, true)
        .and_then(|bytes| bytes::from_slice(&bytes))
        .map_err(|raised| not_shareable::because(raised, "object could not be marshalled"))?;
    // SAFETY: the caller's word.
    unsafe { share(&bytes, size_of::<_PyBytes_data_t>(), Some(_PyMarshal_ReadObjectFromXIData), out).map(drop) }
}

/// The object that data of [`marshal`] stands for.
///
/// # Safety
/// It is such data.
pub unsafe fn unmarshal(xidata: *mut _PyXIData_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    read::load(&mut unsafe { shared_bytes(xidata) }, true)
        .map_err(|raised| not_shareable::because(raised, "object could not be unmarshalled"))
}

/// A function of the module `pickle`, whichever is found under this name.
fn pickle_function(name: &str) -> Result<Owned> {
    load::import(&*unicode::intern_str("pickle")?)?.getattr_str(name)
}

/// Data of what `pickle.dumps` gives.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn pickle(o: &Object, out: *mut _PyXIData_t) -> Result<()> {
    let bytes = pickle_function("dumps")
        .and_then(|dumps| dumps.call(&[o]))
        .map_err(|raised| not_shareable::because(raised, "object could not be pickled"))?;
    // SAFETY: the caller's word.
    unsafe { share(&bytes, size_of::<_PyBytes_data_t>(), Some(_PyPickle_LoadFromXIData), out).map(drop) }
}

/// What `pickle.loads` makes of data of [`pickle`]; it gets a memoryview.
///
/// # Safety
/// It is such data.
pub unsafe fn unpickle(xidata: *mut _PyXIData_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    let bytes = unsafe { shared_bytes(xidata) };
    // SAFETY: the data outlives what `loads` does with the view.
    let view = unsafe { memoryview::from_memory(bytes.as_ptr().cast_mut(), bytes.len() as isize, PyBUF_READ) }?;
    pickle_function("loads")
        .and_then(|loads| loads.call(&[&view]))
        .map_err(|raised| not_shareable::because(raised, "object could not be unpickled"))
}
