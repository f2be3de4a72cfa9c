//! Functions with variable arguments: each exported name jumps, with all registers as they are, to the C function of
//! `variadic.c` that does `va_start` and calls an engine in Rust.

use std::arch::{global_asm, naked_asm};

/// `variadic! { PyFoo_Bar => pyshim_c_PyFoo_Bar; }`; every exported name also stands in a line `export NAME` for the
/// build, which looks for it.
macro_rules! variadic {
    ($(export $name:ident => $c:ident;)*) => {
        unsafe extern "C" {
            $(fn $c();)*
        }
        $(
            /// # Safety
            /// As the C prototype says.
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name() {
                naked_asm!("jmp {c}", c = sym $c)
            }
        )*
    };
}

variadic! {
    export PyArg_Parse => pyshim_c_PyArg_Parse;
    export PyArg_ParseTuple => pyshim_c_PyArg_ParseTuple;
    export PyArg_ParseTupleAndKeywords => pyshim_c_PyArg_ParseTupleAndKeywords;
    export PyArg_UnpackTuple => pyshim_c_PyArg_UnpackTuple;
    export Py_BuildValue => pyshim_c_Py_BuildValue;
    export _PyArg_ParseStack => pyshim_c__PyArg_ParseStack;
    export PyTuple_Pack => pyshim_c_PyTuple_Pack;
    export PyUnicode_FromFormat => pyshim_c_PyUnicode_FromFormat;
    export PyUnicodeWriter_Format => pyshim_c_PyUnicodeWriter_Format;
}

/// An engine that is not exported itself: a hidden name that `variadic.c` can call.
macro_rules! engines {
    ($($name:literal => $f:path;)*) => { $(
        global_asm!(
            ".pushsection .text",
            concat!(".globl ", $name),
            concat!(".hidden ", $name),
            concat!(".type ", $name, ",@function"),
            concat!($name, ": jmp {f}"),
            ".popsection",
            f = sym $f,
        );
    )* };
}

engines! {
    "pyshim_arg_parse" => super::modsupport::arg_parse;
    "pyshim_arg_unpack_tuple" => super::modsupport::arg_unpack_tuple;
    "pyshim_arg_parse_stack" => super::modsupport::arg_parse_stack;
    "pyshim_tuple_pack" => super::tupleobject::pack;
    "pyshim_unicode_writer_format" => super::unicodeobject_writer::writer_format;
}
