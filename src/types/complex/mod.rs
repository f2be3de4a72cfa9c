//! `complex`: a pair of doubles.

pub mod math;
mod new;

use crate::abi::*;
use crate::object::args::bad_argument;
use crate::object::native::{noargs, one};
use crate::object::{Object, Owned, Raised, Result, lifecycle, number};
use crate::raise;
use crate::types::adapt;
use crate::types::{boolobject, exceptions, float, long, none, strtod, tuple, typeobject, unicode};
use math::{Fault, complex};

#[unsafe(no_mangle)]
pub static mut PyComplex_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"complex".as_ptr(),
    tp_basicsize: size_of::<PyComplexObject>() as isize,
    tp_repr: adapt::unary(repr),
    tp_as_number: suite(&NUMBER),
    tp_hash: adapt::hash(hash),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    tp_doc: c"complex(real=0, imag=0)\n--\n\nA complex number from text or numbers: real + imag*1j.".as_ptr(),
    tp_richcompare: adapt::richcompare(compare),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_new: adapt::new(new::new),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: adapt::binary(add),
    nb_subtract: adapt::binary(subtract),
    nb_multiply: adapt::binary(multiply),
    nb_power: adapt::ternary(power),
    nb_negative: adapt::unary(negate),
    nb_positive: adapt::unary(positive),
    nb_absolute: adapt::unary(absolute),
    nb_bool: adapt::inquiry(is_true),
    nb_true_divide: adapt::binary(true_divide),
    ..PyNumberMethods::EMPTY
};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::one(
        c"from_number",
        one!(new::from_number),
        c"from_number($type, number, /)\n--\n\nA number as a complex number.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(
        c"conjugate",
        noargs!(conjugate),
        c"conjugate($self, /)\n--\n\nThe number with its imaginary part negated.",
    ),
    PyMethodDef::noargs(
        c"__complex__",
        noargs!(positive),
        c"__complex__($self, /)\n--\n\nThe number as an exact complex.",
    ),
    PyMethodDef::noargs(c"__getnewargs__", noargs!(getnewargs), c"__getnewargs__($self, /)\n--\n\n"),
    PyMethodDef::one(
        c"__format__",
        one!(format),
        c"__format__($self, format_spec, /)\n--\n\nThe number as text, as the specification says.",
    ),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef { doc: c"the real part".as_ptr(), ..PyMemberDef::new(c"real", Py_T_DOUBLE, REAL, Py_READONLY) },
    PyMemberDef {
        doc: c"the imaginary part".as_ptr(),
        ..PyMemberDef::new(c"imag", Py_T_DOUBLE, REAL + 8, Py_READONLY)
    },
    PyMemberDef::END,
];

const REAL: usize = std::mem::offset_of!(PyComplexObject, cval);

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyComplex_Type)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyComplex_Type)
}

/// The value of a complex or a subclass's instance.
#[inline(always)]
pub fn value(o: &Object) -> Py_complex {
    // SAFETY: layout.
    unsafe {
        let cval = &raw const (*o.cast::<PyComplexObject>()).cval;
        complex((*cval).real, (*cval).imag)
    }
}

/// A new reference; `MemoryError`.
pub fn from_c(value: Py_complex) -> Result<Owned> {
    let object: *mut PyComplexObject = lifecycle::new(&raw mut PyComplex_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*object).cval = value;
        Ok(Owned::from_raw(object.cast()))
    }
}

/// What `__complex__` gives, or none if there is no such method.
fn by_special_method(o: &Object) -> Result<Option<Owned>> {
    let Some(method) = o.lookup_special(crate::name!(__complex__))? else {
        return Ok(None);
    };
    let result = method.call(&[])?;
    if check_exact(&result) {
        return Ok(Some(result));
    }
    let given = typeobject::tp_name(result.ty());
    if !check(&result) {
        return Err(raise!(TypeError, "__complex__ returned non-complex (type {given:.200})"));
    }
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        &format!(
            "__complex__ returned non-complex (type {given:.200}).  The ability to return an instance of a strict \
             subclass of complex is deprecated, and may not be supported in a future version of Python."
        ),
    )?;
    Ok(Some(result))
}

/// `PyComplex_AsCComplex`: a complex, or `__complex__`, or a real number.
pub fn as_c(o: &Object) -> Result<Py_complex> {
    if check(o) {
        return Ok(value(o));
    }
    match by_special_method(o)? {
        Some(result) => Ok(value(&result)),
        None => Ok(complex(float::as_f64(o)?, 0.0)),
    }
}

/// An operand: of which kind, or none of them.
enum Operand {
    Complex(Py_complex),
    Real(f64),
}

fn operand(o: &Object) -> Result<Option<Operand>> {
    Ok(if check(o) {
        Some(Operand::Complex(value(o)))
    } else if long::check(o) {
        Some(Operand::Real(long::to_f64(o)?))
    } else if float::check(o) {
        Some(Operand::Real(float::value(o)))
    } else {
        None
    })
}

fn with(a: &Object, b: &Object, f: impl FnOnce(Operand, Operand) -> Result) -> Result {
    match (operand(a)?, operand(b)?) {
        (Some(a), Some(b)) => f(a, b),
        _ => Ok(none::not_implemented()),
    }
}

impl Operand {
    fn into_complex(self) -> Py_complex {
        match self {
            Operand::Complex(z) => z,
            Operand::Real(x) => complex(x, 0.0),
        }
    }
}

fn add(a: &Object, b: &Object) -> Result {
    with(a, b, |a, b| {
        from_c(match (a, b) {
            (Operand::Complex(z), Operand::Real(x)) | (Operand::Real(x), Operand::Complex(z)) => {
                complex(z.real + x, z.imag)
            }
            (a, b) => math::sum(a.into_complex(), b.into_complex()),
        })
    })
}

fn subtract(a: &Object, b: &Object) -> Result {
    with(a, b, |a, b| {
        from_c(match (a, b) {
            (Operand::Complex(z), Operand::Real(x)) => complex(z.real - x, z.imag),
            (Operand::Real(x), Operand::Complex(z)) => complex(x - z.real, -z.imag),
            (a, b) => math::difference(a.into_complex(), b.into_complex()),
        })
    })
}

fn multiply(a: &Object, b: &Object) -> Result {
    with(a, b, |a, b| {
        from_c(match (a, b) {
            (Operand::Complex(z), Operand::Real(x)) | (Operand::Real(x), Operand::Complex(z)) => {
                complex(z.real * x, z.imag * x)
            }
            (a, b) => math::product(a.into_complex(), b.into_complex()),
        })
    })
}

fn true_divide(a: &Object, b: &Object) -> Result {
    with(a, b, |a, b| {
        let (result, fault) = match (a, b) {
            (Operand::Complex(z), Operand::Real(x)) => math::quotient_by_real(z, x),
            (Operand::Real(x), Operand::Complex(z)) => math::real_quotient(x, z),
            (a, b) => math::quotient(a.into_complex(), b.into_complex()),
        };
        match fault {
            None => from_c(result),
            Some(_) => Err(raise!(ZeroDivisionError, "division by zero")),
        }
    })
}

fn power(a: &Object, b: &Object, c: &Object) -> Result {
    with(a, b, |a, b| {
        if !c.is_none() {
            return Err(raise!(ValueError, "complex modulo"));
        }
        raised_power(a.into_complex(), b.into_complex())
    })
}

fn raised_power(a: Py_complex, b: Py_complex) -> Result {
    // Small integer exponents are done by products.
    let (result, fault) = if b.imag == 0.0 && b.real == b.real.floor() && b.real.abs() <= 100.0 {
        math::integer_power(a, b.real as i64)
    } else {
        math::power(a, b)
    };
    match fault {
        None => from_c(result),
        Some(fault) => Err(power_fault(fault)),
    }
}

#[cold]
fn power_fault(fault: Fault) -> Raised {
    match fault {
        Fault::Domain => raise!(ZeroDivisionError, "zero to a negative or complex power"),
        Fault::Range => raise!(OverflowError, "complex exponentiation"),
    }
}

/// `x ** y` of two reals whose power is not real.
pub fn power_of_reals(x: f64, y: f64) -> Result {
    raised_power(complex(x, 0.0), complex(y, 0.0))
}

fn negate(a: &Object) -> Result {
    from_c(math::negative(value(a)))
}

/// The number itself, as an exact complex.
fn positive(a: &Object) -> Result {
    if check_exact(a) { Ok(a.to_owned()) } else { from_c(value(a)) }
}

fn absolute(a: &Object) -> Result {
    match math::absolute(value(a)) {
        (size, None) => float::from_f64(size),
        _ => Err(raise!(OverflowError, "absolute value too large")),
    }
}

fn is_true(a: &Object) -> bool {
    let z = value(a);
    z.real != 0.0 || z.imag != 0.0
}

fn conjugate(a: &Object) -> Result {
    let z = value(a);
    from_c(complex(z.real, -z.imag))
}

fn getnewargs(a: &Object) -> Result {
    let z = value(a);
    tuple::from_owned(vec![float::from_f64(z.real)?, float::from_f64(z.imag)?])
}

fn compare(a: &Object, b: &Object, op: c_int) -> Result {
    if op != Py_EQ && op != Py_NE {
        return Ok(none::not_implemented());
    }
    let z = value(a);
    let equal = if long::check(b) {
        z.imag == 0.0 && float::equals_int(z.real, b)
    } else if float::check(b) {
        z.imag == 0.0 && z.real == float::value(b)
    } else if check(b) {
        let w = value(b);
        z.real == w.real && z.imag == w.imag
    } else {
        return Ok(none::not_implemented());
    };
    Ok(boolobject::from_bool(equal == (op == Py_EQ)))
}

fn hash(o: &Object) -> isize {
    const IMAG: isize = 1000003;
    let z = value(o);
    let hash =
        float::hash_double(o.as_ptr(), z.real).wrapping_add(IMAG.wrapping_mul(float::hash_double(o.as_ptr(), z.imag)));
    if hash == -1 { -2 } else { hash }
}

fn repr(o: &Object) -> Result {
    let z = value(o);
    let part = |x: f64, flags: c_int| strtod::format_double(x, b'r', 0, flags).expect("r is a code").0;
    // A real part that is zero is left out, unless it is negative.
    if z.real == 0.0 && z.real.is_sign_positive() {
        return unicode::from_str(&format!("{}j", part(z.imag, 0)));
    }
    unicode::from_str(&format!("({}{}j)", part(z.real, 0), part(z.imag, Py_DTSF_SIGN)))
}

fn format(a: &Object, spec: &Object) -> Result {
    if !unicode::check(spec) {
        return Err(bad_argument("__format__", "argument", "str", spec));
    }
    crate::types::formatter::format_complex(a, spec)
}
