//! The static types of the runtime, in the order in which start-up makes them ready: bases first.
//!
//! It happens once in a process, in the first interpreter; their dicts come later (`typeobject::shared_dict`). Types
//! and dicts are immortal and never written to, so that all interpreters share them.

use super::*;
use crate::abi::*;
use crate::object::{Owned, Result};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Addresses of static types.
pub struct Types(Vec<*mut PyTypeObject>);

// SAFETY: addresses of statics, fixed at link time.
unsafe impl Sync for Types {}
// SAFETY: addresses of statics, fixed at link time.
unsafe impl Send for Types {}

macro_rules! types {
    ($($ty:path,)*) => { [$(&raw mut $ty),*] };
}

/// The types of this floor but the exceptions, which have a table of their own.
fn of_types() -> impl Iterator<Item = *mut PyTypeObject> {
    types![
        typeobject::PyBaseObject_Type,
        typeobject::PyType_Type,
        // Descriptors come early: dicts are filled with them.
        descr::method::PyMethodDescr_Type,
        descr::method::PyClassMethodDescr_Type,
        descr::member::PyMemberDescr_Type,
        descr::getset::PyGetSetDescr_Type,
        descr::wrapper::PyWrapperDescr_Type,
        descr::wrapper::_PyMethodWrapper_Type,
        cfunction::PyCFunction_Type,
        cfunction::PyCMethod_Type,
        funcobject::PyClassMethod_Type,
        funcobject::PyStaticMethod_Type,
        function::PyFunction_Type,
        property::PyProperty_Type,
        superobject::PySuper_Type,
        mappingproxy::PyDictProxy_Type,
        unicode::PyUnicode_Type,
        unicode::iter::PyUnicodeIter_Type,
        unicode::iter::PyUnicodeASCIIIter_Type,
        unicode::charmap::EncodingMap_Type,
        unicode::incremental::IncrementalDecoder_Type,
        unicode::incremental::IncrementalEncoder_Type,
        tuple::PyTuple_Type,
        item_iter::PyTupleIter_Type,
        unicode::codecs::CodecInfo_Type,
        dict::PyDict_Type,
        list::PyList_Type,
        long::PyLong_Type,
        boolobject::PyBool_Type,
        float::PyFloat_Type,
        complex::PyComplex_Type,
        none::_PyNone_Type,
        none::_PyNotImplemented_Type,
        cell::PyCell_Type,
        stdprinter::PyStdPrinter_Type,
        set::PySet_Type,
        set::PyFrozenSet_Type,
        slice::PySlice_Type,
        classobject::PyMethod_Type,
        classobject::PyInstanceMethod_Type,
        code::PyCode_Type,
        frame::PyFrame_Type,
        framelocals::PyFrameLocalsProxy_Type,
        traceback::PyTraceBack_Type,
        builtin_iterators::PyFilter_Type,
        builtin_iterators::PyMap_Type,
        builtin_iterators::PyZip_Type,
        bytes::PyBytes_Type,
        item_iter::PyBytesIter_Type,
        bytearray::PyByteArray_Type,
        item_iter::PyByteArrayIter_Type,
        capsule::PyCapsule_Type,
        dict::views::PyDictKeys_Type,
        dict::views::PyDictItems_Type,
        dict::views::PyDictValues_Type,
        enumobject::PyEnum_Type,
        enumobject::PyReversed_Type,
        iterobject::PySeqIter_Type,
        iterobject::PyCallIter_Type,
        anext::TYPE,
        list::iter::PyListIter_Type,
        list::iter::PyListRevIter_Type,
        none::PyEllipsis_Type,
        genericalias::Py_GenericAliasType,
        genobject::PyGen_Type,
        genobject::PyCoro_Type,
        genobject::PyAsyncGen_Type,
        genobject::_PyAsyncGenASend_Type,
        picklebuffer::PyPickleBuffer_Type,
        union::_PyUnion_Type,
        memoryview::PyMemoryView_Type,
        memoryview::MANAGED_TYPE,
        memoryview::iter::ITER_TYPE,
        namespace::_PyNamespace_Type,
        odict::PyODict_Type,
        odict::PyODictIter_Type,
        odict::PyODictKeys_Type,
        odict::PyODictValues_Type,
        odict::PyODictItems_Type,
        range::PyRange_Type,
        range::PyRangeIter_Type,
        range::PyLongRangeIter_Type,
        set::iter::PySetIter_Type,
        typeobject::buffer_slots::BUFFER_WRAPPER,
        weakref::_PyWeakref_RefType,
        weakproxy::_PyWeakref_ProxyType,
        weakproxy::_PyWeakref_CallableProxyType,
        dict::iter::PyDictIterKey_Type,
        dict::iter::PyDictIterValue_Type,
        dict::iter::PyDictIterItem_Type,
        dict::iter::PyDictRevIterKey_Type,
        dict::iter::PyDictRevIterValue_Type,
        dict::iter::PyDictRevIterItem_Type,
    ]
    .into_iter()
}

static ALL: OnceLock<Types> = OnceLock::new();
/// Set once the types are ready.
static READY: AtomicBool = AtomicBool::new(false);

/// Every static type of the runtime; none before start-up.
pub fn all() -> &'static [*mut PyTypeObject] {
    ALL.get().map_or(&[], |types| &types.0)
}

pub fn count() -> usize {
    all().len()
}

/// Every static type of the runtime as a new list.
pub fn as_list() -> Result<Owned> {
    // SAFETY: static.
    list::from_owned(all().iter().map(|&ty| unsafe { typeobject::as_object(ty) }.to_owned()).collect())
}

/// Makes all static types ready, once in the process: those of this floor and `above`, those of the rooms above it.
/// Called with the first interpreter's thread state attached.
pub fn ready_all(above: &[*mut PyTypeObject]) -> Result<()> {
    if READY.load(Ordering::Acquire) {
        return Ok(());
    }
    ALL.get_or_init(|| Types(of_types().chain(exceptions::all()).chain(above.iter().copied()).collect()));
    typeobject::ready::ready_static(all())?;
    READY.store(true, Ordering::Release);
    Ok(())
}
