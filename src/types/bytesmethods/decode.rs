//! `decode`.

use super::args::codec_name;
use super::{Kind, view::View};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, api};
use crate::types::unicode::registry;

const DECODE: Signature<2> = Signature::new("decode", ["encoding", "errors"]);

pub unsafe extern "C" fn decode<K: Kind>(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot; C strings.
    api(|| unsafe {
        let [encoding, errors] = DECODE.bind_fast(args, n, names)?;
        let encoding = encoding.map(|o| codec_name("decode", "encoding", o)).transpose()?;
        let errors = errors.map(|o| codec_name("decode", "errors", o)).transpose()?;
        let o = Object::from_ptr(op);
        let _fixed = K::MUTABLE.then(|| View::array(o));
        registry::from_encoded_object(o, encoding.as_deref(), errors.as_deref())
    })
}
