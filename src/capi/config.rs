//! config.c: the init functions of builtin modules, which programs that have a table of their own may name in it.

use crate::abi::*;
use crate::builtins::inittab::inits;

macro_rules! init_functions {
    ($(export $name:ident = $module:ident;)*) => {
        $(
            /// The definition of a builtin module. Borrowed; it is static.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name() -> *mut PyObject {
                // SAFETY: makes a static definition an object, once.
                unsafe { inits::$module() }
            }
        )*
    };
}

init_functions! {
    export PyInit__abc = abcmodule;
    export PyInit__collections = collectionsmodule;
    export PyInit__contextvars = contextvarsmodule;
    export PyInit__functools = functoolsmodule;
    export PyInit__imp = imp;
    export PyInit__operator = operatormodule;
    export PyInit__signal = signalmodule;
    export PyInit__thread = threadmodule;
    export PyInit__types = typesmodule;
    export PyInit__weakref = weakrefmodule;
    export PyInit_atexit = atexitmodule;
    export PyInit_errno = errnomodule;
    export PyInit_gc = gcmodule;
    export PyInit_itertools = itertoolsmodule;
    export PyInit_time = timemodule;
    export PyInit_zlib = zlibmodule;
    export PyMarshal_Init = marshalmodule;
    export _PyWarnings_Init = warningsmodule;
}
