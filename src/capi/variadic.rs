//! Functions with variable arguments: each exported name jumps, with all registers as they are, to the C function of
//! `variadic.c` that does `va_start` and calls an engine in Rust.

use std::arch::{global_asm, naked_asm};

/// `variadic! { PyFoo_Bar => pyshim_c_PyFoo_Bar; }`; every exported name also stands in a line `export NAME` for the
/// build, which looks for it.
macro_rules! variadic {
    ($(export $name:ident => $c:ident;)*) => {
        $(
            /// # Safety
            /// As the C prototype says.
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name() {
                #[allow(dead_code, reason = "only the assembly names it")]
                unsafe extern "C" {
                    fn $c();
                }
                naked_asm!(concat!("jmp ", stringify!($c)))
            }
        )*
    };
}

variadic! {
    export PySys_Audit => pyshim_c_PySys_Audit;
    export PySys_FormatStderr => pyshim_c_PySys_FormatStderr;
    export PySys_FormatStdout => pyshim_c_PySys_FormatStdout;
    export PySys_WriteStderr => pyshim_c_PySys_WriteStderr;
    export PySys_WriteStdout => pyshim_c_PySys_WriteStdout;
    export PyBytes_FromFormat => pyshim_c_PyBytes_FromFormat;
    export PyArg_Parse => pyshim_c_PyArg_Parse;
    export PyArg_ParseTuple => pyshim_c_PyArg_ParseTuple;
    export PyArg_ParseTupleAndKeywords => pyshim_c_PyArg_ParseTupleAndKeywords;
    export PyArg_UnpackTuple => pyshim_c_PyArg_UnpackTuple;
    export Py_BuildValue => pyshim_c_Py_BuildValue;
    // The names in extensions compiled with PY_SSIZE_T_CLEAN for older versions.
    export _PyArg_Parse_SizeT => pyshim_c_PyArg_Parse;
    export _PyArg_ParseTuple_SizeT => pyshim_c_PyArg_ParseTuple;
    export _PyArg_ParseTupleAndKeywords_SizeT => pyshim_c_PyArg_ParseTupleAndKeywords;
    export _Py_BuildValue_SizeT => pyshim_c_Py_BuildValue;
    export _PyArg_ParseStack => pyshim_c__PyArg_ParseStack;
    export _PyArg_ParseStackAndKeywords => pyshim_c__PyArg_ParseStackAndKeywords;
    export _PyArg_ParseTupleAndKeywordsFast => pyshim_c__PyArg_ParseTupleAndKeywordsFast;
    export PyTuple_Pack => pyshim_c_PyTuple_Pack;
    export PyUnicode_FromFormat => pyshim_c_PyUnicode_FromFormat;
    export PyUnicodeWriter_Format => pyshim_c_PyUnicodeWriter_Format;
    export PyObject_CallFunction => pyshim_c_PyObject_CallFunction;
    export _PyObject_CallFunction_SizeT => pyshim_c_PyObject_CallFunction;
    export PyEval_CallFunction => pyshim_c_PyObject_CallFunction;
    export PyObject_CallMethod => pyshim_c_PyObject_CallMethod;
    export _PyObject_CallMethod_SizeT => pyshim_c_PyObject_CallMethod;
    export PyEval_CallMethod => pyshim_c_PyObject_CallMethod;
    export _PyObject_CallMethodId => pyshim_c__PyObject_CallMethodId;
    export PyObject_CallFunctionObjArgs => pyshim_c_PyObject_CallFunctionObjArgs;
    export PyObject_CallMethodObjArgs => pyshim_c_PyObject_CallMethodObjArgs;
    export PyErr_Format => pyshim_c_PyErr_Format;
    export _PyErr_Format => pyshim_c__PyErr_Format;
    export _PyErr_FormatFromCause => pyshim_c__PyErr_FormatFromCause;
    export _PyErr_FormatNote => pyshim_c__PyErr_FormatNote;
    export PyErr_FormatUnraisable => pyshim_c_PyErr_FormatUnraisable;
    export PyErr_WarnFormat => pyshim_c_PyErr_WarnFormat;
    export PyErr_ResourceWarning => pyshim_c_PyErr_ResourceWarning;
    export PyErr_WarnExplicitFormat => pyshim_c_PyErr_WarnExplicitFormat;
    export PyOS_vsnprintf => pyshim_c_PyOS_vsnprintf;
    export PyOS_snprintf => pyshim_c_PyOS_snprintf;
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
    "pyshim_arg_parse_tuple" => super::modsupport::arg_parse_tuple;
    "pyshim_arg_unpack_tuple" => super::modsupport::arg_unpack_tuple;
    "pyshim_arg_parse_stack_keywords" => super::modsupport::arg_parse_stack_keywords;
    "pyshim_arg_parse_fast" => super::modsupport::arg_parse_fast;
    "pyshim_arg_parse_stack" => super::modsupport::arg_parse_stack;
    "pyshim_sys_audit" => super::sysmodule::sys_audit;
    "pyshim_sys_format" => super::sysmodule::sys_format;
    "pyshim_sys_write" => super::sysmodule::sys_write;
    "pyshim_tuple_pack" => super::tupleobject::pack;
    "pyshim_unicode_writer_format" => super::unicodeobject_writer::writer_format;
    "pyshim_call_function" => super::variadic_calls::call_function;
    "pyshim_call_method" => super::variadic_calls::call_method;
    "pyshim_call_method_id" => super::variadic_calls::call_method_id;
    "pyshim_call_function_obj_args" => super::variadic_calls::call_function_obj_args;
    "pyshim_call_method_obj_args" => super::variadic_calls::call_method_obj_args;
    "pyshim_err_format_from_cause" => super::variadic_errors::format_from_cause;
    "pyshim_err_format_note" => super::variadic_errors::format_note;
    "pyshim_err_format_unraisable" => super::variadic_errors::format_unraisable;
    "pyshim_warn_format" => super::variadic_errors::warn_format;
    "pyshim_warn_explicit_format" => super::variadic_errors::warn_explicit_format;
}
