//! The builtin exceptions: the static classes (named here without `PyExc_`), their fields and behaviour.

use crate::abi::*;
use crate::object::{Object, Raised};

macro_rules! placeholders {
    ($($name:ident)*) => { $(
        #[allow(non_upper_case_globals, reason = "Python's names")]
        pub static mut $name: PyTypeObject = PyTypeObject::EMPTY;
    )* };
}

placeholders! {
    BaseException Exception TypeError ValueError SystemError RuntimeError KeyError IndexError AttributeError
    OverflowError MemoryError StopIteration NotImplementedError RecursionError BufferError LookupError NameError
    ImportError ModuleNotFoundError ZeroDivisionError UnicodeError UnicodeDecodeError UnicodeEncodeError
    UnicodeTranslateError OSError ReferenceError AssertionError ArithmeticError FloatingPointError EOFError
    GeneratorExit KeyboardInterrupt SystemExit StopAsyncIteration SyntaxError Warning DeprecationWarning
    RuntimeWarning ResourceWarning UserWarning BytesWarning
}

/// Raises `class(message)`, or `class()`; chained to the exception being handled (`PyErr_SetObject`).
pub fn raise(_class: &Object, _value: Option<&Object>) -> Raised {
    todo!()
}

/// Raises a `MemoryError` that was made beforehand.
pub fn raise_memory_error() -> Raised {
    todo!()
}
