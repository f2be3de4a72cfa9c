//! The builtin exceptions: the static classes (named here without `PyExc_`), their fields and behaviour.
//!
//! `base` is `BaseException`: every other class shares its slots and adds fields. `raise` makes instances and sets
//! them, `fields` frees and visits what they hold.

mod attribute;
mod base;
pub mod display;
mod fields;
mod group;
mod import;
mod key;
mod make;
pub mod memory;
mod os;
mod program_text;
mod raise;
mod stop;
mod suggestions;
mod syntax;
mod unicode;

pub use attribute::set_attribute_context;
pub use base::{
    add_note, args, cause, context, is_class, is_instance, set_args, set_cause, set_context, set_traceback, traceback,
};
pub use group::{exception_group_class, exceptions_of, prep_reraise_star};
pub use make::{new_class, raise_errno, raise_import_error_of, raise_key_error, set_syntax_location};
pub use memory::raise_memory_error;
pub use program_text::program_text;
pub use raise::{
    chain_cause, chain_context, create, given_matches, handled, normalize, raise, raise_bare, raise_from,
    raise_import_error, raise_str, with_cause,
};
pub use stop::{exit_code, value as stop_iteration_value};
pub use unicode::{
    UnicodeErrorKind, clamped_end, clamped_start, new_decode_error, raise_encode_error, set_end, set_reason, set_start,
    unicode_field,
};

use crate::abi::*;
use crate::name;
use crate::object::{Object, Result};

use super::typeobject::{PyBaseObject_Type, PyType_Type};

/// A builtin class as an object.
#[inline(always)]
pub fn object(class: *mut PyTypeObject) -> &'static Object {
    // SAFETY: builtin exception classes are static.
    unsafe { Object::from_ptr(class.cast()) }
}

/// Issues a warning (`PyErr_WarnEx`): an error if the filters make it one.
pub fn warn(category: *mut PyTypeObject, stack_level: isize, text: &str) -> Result<()> {
    super::warnings::warn_text(object(category), text, stack_level, None)
}

const FLAGS: c_ulong = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;

/// What all classes have: name, base, documentation.
const fn class(name: &'static std::ffi::CStr, base: *mut PyTypeObject, doc: &'static std::ffi::CStr) -> PyTypeObject {
    PyTypeObject {
        ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
        tp_name: name.as_ptr(),
        tp_flags: FLAGS,
        tp_doc: doc.as_ptr(),
        tp_base: base,
        ..PyTypeObject::EMPTY
    }
}

/// A class with its own fields `F` behind those of `BaseException`, in the struct `T`.
const fn extended<T, F: fields::Fields>(
    name: &'static std::ffi::CStr,
    base: *mut PyTypeObject,
    doc: &'static std::ffi::CStr,
) -> PyTypeObject {
    PyTypeObject {
        tp_basicsize: size_of::<T>() as isize,
        tp_dealloc: Some(fields::dealloc::<F>),
        tp_flags: FLAGS | Py_TPFLAGS_HAVE_GC,
        tp_traverse: Some(fields::traverse::<F>),
        tp_clear: Some(fields::clear::<F>),
        tp_dictoffset: std::mem::offset_of!(PyBaseExceptionObject, dict) as isize,
        ..class(name, base, doc)
    }
}

/// A class that adds nothing but its name (CPython's `SimpleExtendsException`).
const fn simple(name: &'static std::ffi::CStr, base: *mut PyTypeObject, doc: &'static std::ffi::CStr) -> PyTypeObject {
    PyTypeObject {
        tp_init: Some(base::init),
        tp_new: Some(base::new),
        tp_vectorcall: Some(base::vectorcall),
        ..extended::<PyBaseExceptionObject, fields::Base>(name, base, doc)
    }
}

/// The one class that CPython exports itself, and not a pointer to it.
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals, reason = "Python's names")]
pub static mut _PyExc_IncompleteInputError: PyTypeObject =
    class(c"_IncompleteInputError", &raw mut SyntaxError, c"The input ends too early.");
/// The classes, bases first, and the pointers to them that C knows. Lines that begin with `export` are exports.
macro_rules! classes {
    ($(export $pointer:ident: $name:ident = $type:expr;)*) => {
        $(
            #[allow(non_upper_case_globals, reason = "Python's names")]
            pub static mut $name: PyTypeObject = $type;
            #[unsafe(no_mangle)]
            pub static mut $pointer: *mut PyObject = (&raw mut $name).cast();
        )*

        /// Every builtin exception class but `ExceptionGroup`, bases before what derives from them.
        pub fn all() -> impl Iterator<Item = *mut PyTypeObject> {
            [$(&raw mut $name,)* &raw mut _PyExc_IncompleteInputError].into_iter()
        }

        /// The same with their names.
        pub fn named() -> impl Iterator<Item = (&'static Object, *mut PyTypeObject)> {
            let incomplete = (name!(_IncompleteInputError), &raw mut _PyExc_IncompleteInputError);
            [$((name!($name), &raw mut $name),)* incomplete].into_iter()
        }
    };
}

classes! {
    export PyExc_BaseException: BaseException = base::TYPE;
    export PyExc_Exception: Exception =
        simple(c"Exception", &raw mut BaseException,
            c"The base class of all exceptions that are not requests to exit.");
    export PyExc_TypeError: TypeError = simple(c"TypeError", &raw mut Exception, c"An argument has the wrong type.");
    export PyExc_StopAsyncIteration: StopAsyncIteration =
        simple(c"StopAsyncIteration", &raw mut Exception, c"The end of an asynchronous iterator.");
    export PyExc_StopIteration: StopIteration = stop::STOP_ITERATION;
    export PyExc_GeneratorExit: GeneratorExit =
        simple(c"GeneratorExit", &raw mut BaseException, c"A generator is asked to exit.");
    export PyExc_SystemExit: SystemExit = stop::SYSTEM_EXIT;
    export PyExc_KeyboardInterrupt: KeyboardInterrupt =
        simple(c"KeyboardInterrupt", &raw mut BaseException, c"The user interrupted the program.");
    export PyExc_BaseExceptionGroup: BaseExceptionGroup = group::TYPE;
    export PyExc_ImportError: ImportError = import::TYPE;
    export PyExc_ModuleNotFoundError: ModuleNotFoundError =
        class(c"ModuleNotFoundError", &raw mut ImportError, c"There is no module of this name.");
    export PyExc_OSError: OSError = os::TYPE;
    export PyExc_EOFError: EOFError =
        simple(c"EOFError", &raw mut Exception, c"Reading went beyond the end of a file.");
    export PyExc_RuntimeError: RuntimeError =
        simple(c"RuntimeError", &raw mut Exception, c"An error that no other class fits.");
    export PyExc_RecursionError: RecursionError =
        simple(c"RecursionError", &raw mut RuntimeError, c"Calls are nested too deep.");
    export PyExc_NotImplementedError: NotImplementedError =
        simple(c"NotImplementedError", &raw mut RuntimeError, c"A method or function is not implemented.");
    export PyExc_PythonFinalizationError: PythonFinalizationError =
        simple(c"PythonFinalizationError", &raw mut RuntimeError, c"Not possible while the interpreter ends.");
    export PyExc_NameError: NameError = attribute::NAME_ERROR;
    export PyExc_UnboundLocalError: UnboundLocalError =
        class(c"UnboundLocalError", &raw mut NameError, c"A local variable has no value yet.");
    export PyExc_AttributeError: AttributeError = attribute::ATTRIBUTE_ERROR;
    export PyExc_SyntaxError: SyntaxError = syntax::TYPE;
    export PyExc_IndentationError: IndentationError =
        class(c"IndentationError", &raw mut SyntaxError, c"The indentation is wrong.");
    export PyExc_TabError: TabError =
        class(c"TabError", &raw mut IndentationError, c"Tabs and spaces are mixed in a way that is ambiguous.");
    export PyExc_LookupError: LookupError =
        simple(c"LookupError", &raw mut Exception, c"The base class of failed look-ups.");
    export PyExc_IndexError: IndexError =
        simple(c"IndexError", &raw mut LookupError, c"An index is out of range.");
    export PyExc_KeyError: KeyError = key::TYPE;
    export PyExc_ValueError: ValueError =
        simple(c"ValueError", &raw mut Exception, c"An argument of the right type has a value that can't be used.");
    export PyExc_UnicodeError: UnicodeError =
        simple(c"UnicodeError", &raw mut ValueError, c"The base class of encoding and decoding errors.");
    export PyExc_UnicodeEncodeError: UnicodeEncodeError = unicode::ENCODE;
    export PyExc_UnicodeDecodeError: UnicodeDecodeError = unicode::DECODE;
    export PyExc_UnicodeTranslateError: UnicodeTranslateError = unicode::TRANSLATE;
    export PyExc_AssertionError: AssertionError =
        simple(c"AssertionError", &raw mut Exception, c"An assertion does not hold.");
    export PyExc_ArithmeticError: ArithmeticError =
        simple(c"ArithmeticError", &raw mut Exception, c"The base class of arithmetic errors.");
    export PyExc_FloatingPointError: FloatingPointError =
        simple(c"FloatingPointError", &raw mut ArithmeticError, c"A floating-point operation failed.");
    export PyExc_OverflowError: OverflowError =
        simple(c"OverflowError", &raw mut ArithmeticError, c"A result is too large.");
    export PyExc_ZeroDivisionError: ZeroDivisionError =
        simple(c"ZeroDivisionError", &raw mut ArithmeticError, c"The divisor is zero.");
    export PyExc_SystemError: SystemError =
        simple(c"SystemError", &raw mut Exception, c"An internal error of the runtime or of an extension module.");
    export PyExc_ReferenceError: ReferenceError =
        simple(c"ReferenceError", &raw mut Exception, c"A weak proxy was used after its object had gone.");
    export PyExc_MemoryError: MemoryError = memory::TYPE;
    export PyExc_BufferError: BufferError =
        simple(c"BufferError", &raw mut Exception, c"A buffer can't be used as asked.");

    export PyExc_Warning: Warning = simple(c"Warning", &raw mut Exception, c"The base class of warning categories.");
    export PyExc_UserWarning: UserWarning =
        simple(c"UserWarning", &raw mut Warning, c"A warning from a user's code.");
    export PyExc_EncodingWarning: EncodingWarning =
        simple(c"EncodingWarning", &raw mut Warning, c"A warning about encodings.");
    export PyExc_DeprecationWarning: DeprecationWarning =
        simple(c"DeprecationWarning", &raw mut Warning, c"A feature is deprecated.");
    export PyExc_PendingDeprecationWarning: PendingDeprecationWarning =
        simple(c"PendingDeprecationWarning", &raw mut Warning, c"A feature is going to be deprecated.");
    export PyExc_SyntaxWarning: SyntaxWarning =
        simple(c"SyntaxWarning", &raw mut Warning, c"A warning about doubtful syntax.");
    export PyExc_RuntimeWarning: RuntimeWarning =
        simple(c"RuntimeWarning", &raw mut Warning, c"A warning about doubtful behaviour at run time.");
    export PyExc_FutureWarning: FutureWarning =
        simple(c"FutureWarning", &raw mut Warning, c"A construct is going to change its meaning.");
    export PyExc_ImportWarning: ImportWarning =
        simple(c"ImportWarning", &raw mut Warning, c"A warning about a likely mistake in an import.");
    export PyExc_UnicodeWarning: UnicodeWarning =
        simple(c"UnicodeWarning", &raw mut Warning, c"A warning about text conversions.");
    export PyExc_BytesWarning: BytesWarning =
        simple(c"BytesWarning", &raw mut Warning, c"A warning about bytes that are compared with or turned into str.");
    export PyExc_ResourceWarning: ResourceWarning =
        simple(c"ResourceWarning", &raw mut Warning, c"A warning about how resources are used.");

    export PyExc_ConnectionError: ConnectionError =
        class(c"ConnectionError", &raw mut OSError, c"A connection failed.");
    export PyExc_BlockingIOError: BlockingIOError =
        class(c"BlockingIOError", &raw mut OSError, c"The operation would block.");
    export PyExc_BrokenPipeError: BrokenPipeError =
        class(c"BrokenPipeError", &raw mut ConnectionError, c"The other end of a pipe is closed.");
    export PyExc_ChildProcessError: ChildProcessError =
        class(c"ChildProcessError", &raw mut OSError, c"An operation on a child process failed.");
    export PyExc_ConnectionAbortedError: ConnectionAbortedError =
        class(c"ConnectionAbortedError", &raw mut ConnectionError, c"The connection was aborted.");
    export PyExc_ConnectionRefusedError: ConnectionRefusedError =
        class(c"ConnectionRefusedError", &raw mut ConnectionError, c"The connection was refused.");
    export PyExc_ConnectionResetError: ConnectionResetError =
        class(c"ConnectionResetError", &raw mut ConnectionError, c"The connection was reset.");
    export PyExc_FileExistsError: FileExistsError =
        class(c"FileExistsError", &raw mut OSError, c"The file exists already.");
    export PyExc_FileNotFoundError: FileNotFoundError =
        class(c"FileNotFoundError", &raw mut OSError, c"There is no such file.");
    export PyExc_IsADirectoryError: IsADirectoryError =
        class(c"IsADirectoryError", &raw mut OSError, c"The operation does not work on directories.");
    export PyExc_NotADirectoryError: NotADirectoryError =
        class(c"NotADirectoryError", &raw mut OSError, c"The operation works on directories only.");
    export PyExc_InterruptedError: InterruptedError =
        class(c"InterruptedError", &raw mut OSError, c"A signal interrupted the operation.");
    export PyExc_PermissionError: PermissionError =
        class(c"PermissionError", &raw mut OSError, c"The permissions don't suffice.");
    export PyExc_ProcessLookupError: ProcessLookupError =
        class(c"ProcessLookupError", &raw mut OSError, c"There is no such process.");
    export PyExc_InterpreterError: InterpreterError = class(
        c"concurrent.interpreters.InterpreterError",
        &raw mut Exception,
        c"Something between interpreters failed.",
    );
    export PyExc_InterpreterNotFoundError: InterpreterNotFoundError = class(
        c"concurrent.interpreters.InterpreterNotFoundError",
        &raw mut InterpreterError,
        c"There is no such interpreter.",
    );
    export PyExc_TimeoutError: TimeoutError = class(c"TimeoutError", &raw mut OSError, c"The time is up.");
}

#[unsafe(no_mangle)]
pub static mut PyExc_EnvironmentError: *mut PyObject = (&raw mut OSError).cast();
#[unsafe(no_mangle)]
pub static mut PyExc_IOError: *mut PyObject = (&raw mut OSError).cast();
