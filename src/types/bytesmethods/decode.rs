//! `decode`.

use super::args::codec_name;
use super::{Kind, view::View};
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Result};
use crate::types::unicode::registry;

const DECODE: Signature<2> = Signature::new("decode", ["encoding", "errors"]);

pub fn decode<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [encoding, errors] = args.bind(&DECODE)?;
    let encoding = encoding.map(|o| codec_name("decode", "encoding", o)).transpose()?;
    let errors = errors.map(|o| codec_name("decode", "errors", o)).transpose()?;
    let _fixed = K::MUTABLE.then(|| View::array(o));
    registry::from_encoded_object(o, encoding.as_deref(), errors.as_deref())
}
