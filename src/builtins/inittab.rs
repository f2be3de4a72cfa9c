//! The table of builtin modules as the library brings it.

use super::{imp, typesmodule};
use crate::abi::*;

macro_rules! inittab {
    ($($name:literal => $module:ident,)*) => {
        /// `builtins` and `sys` have no init function: they are there from the start.
        static mut INITTAB: [_inittab; 3 + [$($name),*].len()] = [
            $(_inittab { name: $name.as_ptr(), initfunc: Some($module::init) },)*
            _inittab { name: c"builtins".as_ptr(), initfunc: None },
            _inittab { name: c"sys".as_ptr(), initfunc: None },
            _inittab { name: std::ptr::null(), initfunc: None },
        ];
    };
}

inittab! {
    c"_imp" => imp,
    c"_types" => typesmodule,
}

/// Where the table is; `PyImport_AppendInittab` and programs point it to a longer one.
#[unsafe(no_mangle)]
pub static mut PyImport_Inittab: *mut _inittab = (&raw mut INITTAB).cast();
