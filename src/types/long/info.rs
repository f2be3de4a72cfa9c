//! `sys.int_info`.

use super::*;
use crate::object::Result;
use crate::types::structseq::StaticType;

static mut TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    ..PyTypeObject::EMPTY
};

pub static CLASS: StaticType = StaticType {
    ty: &raw mut TYPE,
    name: c"sys.int_info",
    module: None,
    doc: c"sys.int_info\n\nHow ints are stored and limited, as a named tuple. Its attributes are read-only.",
    fields: &[
        (c"bits_per_digit", c"how many bits of a digit are used"),
        (c"sizeof_digit", c"the size in bytes of the C type of a digit"),
        (c"default_max_str_digits", c"the limit on digits of decimal text when nothing sets another"),
        (c"str_digits_check_threshold", c"the least limit that may be set"),
    ],
    visible: 4,
    flags: 0,
};

/// A new reference.
pub fn new() -> Result {
    CLASS.make(vec![
        from_u64(PyLong_SHIFT as u64)?,
        from_u64(size_of::<digit>() as u64)?,
        from_u64(_PY_LONG_DEFAULT_MAX_STR_DIGITS as u64)?,
        from_u64(_PY_LONG_MAX_STR_DIGITS_THRESHOLD as u64)?,
    ])
}
