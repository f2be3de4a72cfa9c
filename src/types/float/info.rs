//! `sys.float_info`.

use super::*;
use crate::types::structseq::StaticType;

static mut TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    ..PyTypeObject::EMPTY
};

pub static CLASS: StaticType = StaticType {
    ty: &raw mut TYPE,
    name: c"sys.float_info",
    module: None,
    doc: c"sys.float_info\n\nWhat C's float.h says of doubles, as a named tuple. Its attributes are read-only.",
    fields: &[
        (c"max", c"DBL_MAX, the largest finite float"),
        (c"max_exp", c"DBL_MAX_EXP, the largest e such that radix**(e-1) is a float"),
        (c"max_10_exp", c"DBL_MAX_10_EXP, the largest e such that 10**e is a float"),
        (c"min", c"DBL_MIN, the smallest positive normal float"),
        (c"min_exp", c"DBL_MIN_EXP, the smallest e such that radix**(e-1) is a normal float"),
        (c"min_10_exp", c"DBL_MIN_10_EXP, the smallest e such that 10**e is a normal float"),
        (c"dig", c"DBL_DIG, how many decimal digits a float always keeps"),
        (c"mant_dig", c"DBL_MANT_DIG, how many digits of the radix the mantissa has"),
        (c"epsilon", c"DBL_EPSILON, from 1 to the next float"),
        (c"radix", c"FLT_RADIX, the base of the exponent"),
        (c"rounds", c"FLT_ROUNDS, how sums are rounded"),
    ],
    visible: 11,
    flags: 0,
};

/// A new reference.
pub fn new() -> Result {
    let int = |value: i32| long::from_i64(value as i64);
    CLASS.make(vec![
        from_f64(f64::MAX)?,
        int(f64::MAX_EXP)?,
        int(f64::MAX_10_EXP)?,
        from_f64(f64::MIN_POSITIVE)?,
        int(f64::MIN_EXP)?,
        int(f64::MIN_10_EXP)?,
        int(f64::DIGITS as i32)?,
        int(f64::MANTISSA_DIGITS as i32)?,
        from_f64(f64::EPSILON)?,
        int(f64::RADIX as i32)?,
        // To the nearest.
        int(1)?,
    ])
}
