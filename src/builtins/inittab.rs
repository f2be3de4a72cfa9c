//! The table of builtin modules as the library brings it.

use super::{atexitmodule, contextvarsmodule, errnomodule, gcmodule, imp, typesmodule, warningsmodule, weakrefmodule};
use crate::abi::*;

macro_rules! inittab {
    ($($name:literal => $module:path,)*) => {
        /// `builtins` and `sys` have no init function: they are there from the start.
        static mut INITTAB: [_inittab; 3 + [$($name),*].len()] = [
            $(_inittab { name: $name.as_ptr(), initfunc: Some($module) },)*
            _inittab { name: c"builtins".as_ptr(), initfunc: None },
            _inittab { name: c"sys".as_ptr(), initfunc: None },
            _inittab { name: std::ptr::null(), initfunc: None },
        ];
    };
}

inittab! {
    c"_contextvars" => contextvarsmodule::init,
    c"_imp" => imp::init,
    c"_types" => typesmodule::init,
    c"_warnings" => warningsmodule::init,
    c"_weakref" => weakrefmodule::init,
    c"atexit" => atexitmodule::init,
    c"contextvars" => contextvarsmodule::python::init,
    c"errno" => errnomodule::init,
    c"gc" => gcmodule::init,
    c"types" => typesmodule::python::init,
    c"weakref" => weakrefmodule::python::init,
}

/// Where the table is; `PyImport_AppendInittab` and programs point it to a longer one.
#[unsafe(no_mangle)]
pub static mut PyImport_Inittab: *mut _inittab = (&raw mut INITTAB).cast();
