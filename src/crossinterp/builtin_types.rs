//! The types that are shareable from the start: `None`, bool, int of machine size, float, str, bytes, and tuples of
//! such.

use super::{_PyXIData_getdata_t, _PyXIData_t, data, wrapped, xidatafbfunc, xidatafunc};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Raised, Result, api, error, lifecycle};
use crate::raise;
use crate::state;
use crate::types::{boolobject, bytes, float, long, none, tuple, unicode};
use std::ptr;

/// How exact instances of each builtin type become data.
pub fn all() -> [(*mut PyTypeObject, _PyXIData_getdata_t); 7] {
    let basic = |get: xidatafunc| _PyXIData_getdata_t { basic: get, fallback: None };
    let with_items = |get: xidatafbfunc| _PyXIData_getdata_t { basic: None, fallback: get };
    [
        (&raw mut none::_PyNone_Type, basic(Some(none_data))),
        (&raw mut long::PyLong_Type, basic(Some(long_data))),
        (&raw mut boolobject::PyBool_Type, basic(Some(bool_data))),
        (&raw mut float::PyFloat_Type, basic(Some(float_data))),
        (&raw mut unicode::PyUnicode_Type, basic(Some(str_data))),
        (&raw mut bytes::PyBytes_Type, basic(Some(wrapped::bytes_data))),
        (&raw mut tuple::PyTuple_Type, with_items(Some(tuple_data))),
    ]
}

fn interp_of(tstate: *mut PyThreadState) -> *mut crate::runtime::Interpreter {
    // SAFETY: the attached thread state.
    unsafe { (*tstate.cast::<state::ThreadState>()).interp().cast() }
}

unsafe extern "C" fn none_data(tstate: *mut PyThreadState, _o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    // SAFETY: as `data::init`.
    unsafe { data::init(out, interp_of(tstate), ptr::null_mut(), ptr::null_mut(), Some(new_none)) };
    0
}

unsafe extern "C" fn new_none(_data: *mut _PyXIData_t) -> *mut PyObject {
    none::none().into_raw()
}

/// The value stands in the pointer.
unsafe extern "C" fn long_data(tstate: *mut PyThreadState, o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    api(|| {
        // SAFETY: called with an int.
        let Some(value) = long::to_i64(unsafe { Object::from_ptr(o) }) else {
            return Err(raise!(OverflowError, "try sending as bytes"));
        };
        let shared = ptr::without_provenance_mut(value as usize);
        // SAFETY: as `data::init`.
        unsafe { data::init(out, interp_of(tstate), shared, ptr::null_mut(), Some(new_long)) };
        Ok(())
    })
}

unsafe extern "C" fn new_long(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: made by `long_data`.
    api(|| long::from_i64(unsafe { (*xidata).data }.addr() as i64))
}

unsafe extern "C" fn bool_data(tstate: *mut PyThreadState, o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    let truth = usize::from(ptr::addr_eq(o, &raw const boolobject::_Py_TrueStruct));
    let shared = ptr::without_provenance_mut(truth);
    // SAFETY: as `data::init`.
    unsafe { data::init(out, interp_of(tstate), shared, ptr::null_mut(), Some(new_bool)) };
    0
}

unsafe extern "C" fn new_bool(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: made by `bool_data`.
    boolobject::from_bool(!unsafe { (*xidata).data }.is_null()).into_raw()
}

unsafe extern "C" fn float_data(tstate: *mut PyThreadState, o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    // SAFETY: called with a float; as `data::init_with_size`.
    api(|| unsafe {
        data::init_with_size(out, interp_of(tstate), size_of::<f64>(), ptr::null_mut(), Some(new_float))?;
        (*out).data.cast::<f64>().write(float::value(Object::from_ptr(o)));
        Ok(())
    })
}

unsafe extern "C" fn new_float(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: made by `float_data`.
    api(|| float::from_f64(unsafe { (*xidata).data.cast::<f64>().read() }))
}

/// Characters of a str that the data keeps alive.
struct Text {
    kind: c_int,
    buffer: *const c_void,
    len: isize,
}

unsafe extern "C" fn str_data(tstate: *mut PyThreadState, o: *mut PyObject, out: *mut _PyXIData_t) -> c_int {
    // SAFETY: called with a str; as `data::init_with_size`.
    api(|| unsafe {
        let text = Object::from_ptr(o);
        data::init_with_size(out, interp_of(tstate), size_of::<Text>(), o, Some(new_str))?;
        (*out).data.cast::<Text>().write(Text {
            kind: unicode::layout::kind(text) as c_int,
            buffer: unicode::layout::data(text).cast(),
            len: unicode::len(text) as isize,
        });
        Ok(())
    })
}

unsafe extern "C" fn new_str(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: made by `str_data`; the str is alive and never changes.
    api(|| unsafe {
        let text = &*(*xidata).data.cast::<Text>();
        unicode::new::from_kind_and_data(text.kind, text.buffer, text.len)
    })
}

/// The items' data, each in a struct of its own.
struct Items {
    items: *mut *mut _PyXIData_t,
    len: usize,
}

unsafe extern "C" fn tuple_data(
    tstate: *mut PyThreadState,
    o: *mut PyObject,
    fallback: c_int,
    out: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: called with a tuple.
    api(|| unsafe { share_items(tstate, Object::from_ptr(o), fallback, out) })
}

unsafe fn share_items(tstate: *mut PyThreadState, o: &Object, fallback: c_int, out: *mut _PyXIData_t) -> Result<()> {
    let items = tuple::items(o);
    let shared = domains::raw_malloc(size_of::<Items>()).cast::<Items>();
    if shared.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh; every item's struct is freed by `free_items`, which also takes what is half done.
    unsafe {
        let array = domains::raw_calloc(items.len(), size_of::<*mut _PyXIData_t>()).cast();
        shared.write(Items { items: array, len: 0 });
        if array.is_null() {
            free_items(shared.cast());
            return Err(error::no_memory());
        }
        for (i, item) in items.iter().enumerate() {
            let place = data::new();
            if place.is_null() {
                free_items(shared.cast());
                return Err(error::no_memory());
            }
            *array.add(i) = place;
            (*shared).len = i + 1;
            let result = lifecycle::enter_recursive_call(" while sharing a tuple").and_then(|()| {
                let result = data::get(item, fallback, place);
                lifecycle::leave_recursive_call();
                result
            });
            if let Err(raised) = result {
                return Err(free_after(raised, shared));
            }
        }
        data::init(out, interp_of(tstate), shared.cast(), o.as_ptr(), Some(new_tuple));
        (*out).free = Some(free_items);
    }
    Ok(())
}

/// Frees items while an error is set: releasing them may look at the indicator.
unsafe fn free_after(raised: Raised, shared: *mut Items) -> Raised {
    let exception = error::caught(raised);
    // SAFETY: made here, and nobody else has it.
    unsafe { free_items(shared.cast()) };
    error::restore(exception)
}

unsafe extern "C" fn free_items(shared: *mut c_void) {
    // SAFETY: made by `share_items`.
    unsafe {
        let items = &*shared.cast::<Items>();
        for i in 0..items.len {
            if data::release(*items.items.add(i), true).is_err() {
                error::clear();
            }
        }
        domains::raw_free(items.items.cast());
        domains::raw_free(shared);
    }
}

/// Data of a tuple.
pub fn is_tuple(xidata: &_PyXIData_t) -> bool {
    xidata.free.is_some_and(|free| ptr::fn_addr_eq(free, free_items as unsafe extern "C" fn(_)))
}

unsafe extern "C" fn new_tuple(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: made by `share_items`.
    api(|| unsafe {
        let items = &*(*xidata).data.cast::<Items>();
        let made = (0..items.len).map(|i| data::new_object(*items.items.add(i))).collect::<Result<Vec<Owned>>>()?;
        tuple::from_owned(made)
    })
}
