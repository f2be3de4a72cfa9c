//! `sys.int_info`.

use super::*;
use crate::object::Result;
use crate::types::structseq;

/// A new reference, of a class of its own: whoever wants one instance keeps it, as `sys` does.
pub fn new() -> Result {
    structseq::single(
        c"sys.int_info",
        c"sys.int_info\n\nHow ints are stored and limited, as a named tuple. Its attributes are read-only.",
        &[
            (c"bits_per_digit", c"how many bits of a digit are used"),
            (c"sizeof_digit", c"the size in bytes of the C type of a digit"),
            (c"default_max_str_digits", c"the limit on digits of decimal text when nothing sets another"),
            (c"str_digits_check_threshold", c"the least limit that may be set"),
        ],
        vec![
            from_u64(PyLong_SHIFT as u64)?,
            from_u64(size_of::<digit>() as u64)?,
            from_u64(_PY_LONG_DEFAULT_MAX_STR_DIGITS as u64)?,
            from_u64(_PY_LONG_MAX_STR_DIGITS_THRESHOLD as u64)?,
        ],
    )
}
