//! The table of builtin modules as the library brings it.

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
    c"_abc" => super::abcmodule::init,
    c"_collections" => super::collectionsmodule::init,
    c"_collections_abc" => super::collections_abc::init,
    c"_contextvars" => super::contextvarsmodule::init,
    c"_frozen_importlib" => super::importlib::bootstrap::init,
    c"_frozen_importlib_external" => super::importlib::external::init,
    c"_functools" => super::functoolsmodule::init,
    c"_imp" => super::imp::init,
    c"_operator" => super::operatormodule::init,
    c"_signal" => super::signalmodule::init,
    c"_thread" => super::threadmodule::init,
    c"_types" => super::typesmodule::init,
    c"_warnings" => super::warningsmodule::init,
    c"_weakref" => super::weakrefmodule::init,
    c"abc" => super::abcmodule::python::init,
    c"atexit" => super::atexitmodule::init,
    c"collections" => super::collectionsmodule::python::init,
    c"contextvars" => super::contextvarsmodule::python::init,
    c"copy" => super::copymodule::init,
    c"copyreg" => super::copyregmodule::init,
    c"errno" => super::errnomodule::init,
    c"functools" => super::functoolsmodule::python::init,
    c"gc" => super::gcmodule::init,
    c"importlib" => super::importlib::package::init,
    c"importlib.abc" => super::importlib::abc::init,
    c"importlib.machinery" => super::importlib::machinery::init,
    c"importlib.util" => super::importlib::util::init,
    c"itertools" => super::itertoolsmodule::init,
    c"marshal" => super::marshalmodule::init,
    c"operator" => super::operatormodule::python::init,
    c"time" => super::timemodule::init,
    c"types" => super::typesmodule::python::init,
    c"warnings" => super::warnings_python::init,
    c"weakref" => super::weakrefmodule::python::init,
    c"zlib" => super::zlibmodule::init,
}

/// Where the table is; `PyImport_AppendInittab` and programs point it to a longer one.
#[unsafe(no_mangle)]
pub static mut PyImport_Inittab: *mut _inittab = (&raw mut INITTAB).cast();

/// The init functions by their modules, for those that CPython exports.
pub mod inits {
    pub use crate::builtins::abcmodule::init as abcmodule;
    pub use crate::builtins::atexitmodule::init as atexitmodule;
    pub use crate::builtins::collectionsmodule::init as collectionsmodule;
    pub use crate::builtins::contextvarsmodule::init as contextvarsmodule;
    pub use crate::builtins::errnomodule::init as errnomodule;
    pub use crate::builtins::functoolsmodule::init as functoolsmodule;
    pub use crate::builtins::gcmodule::init as gcmodule;
    pub use crate::builtins::imp::init as imp;
    pub use crate::builtins::itertoolsmodule::init as itertoolsmodule;
    pub use crate::builtins::marshalmodule::init as marshalmodule;
    pub use crate::builtins::operatormodule::init as operatormodule;
    pub use crate::builtins::signalmodule::init as signalmodule;
    pub use crate::builtins::threadmodule::init as threadmodule;
    pub use crate::builtins::timemodule::init as timemodule;
    pub use crate::builtins::typesmodule::init as typesmodule;
    pub use crate::builtins::warningsmodule::init as warningsmodule;
    pub use crate::builtins::weakrefmodule::init as weakrefmodule;
    pub use crate::builtins::zlibmodule::init as zlibmodule;
}
