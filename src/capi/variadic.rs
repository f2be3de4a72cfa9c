//! Functions with variable arguments. Where these may be doubles, the exported name jumps, with all registers as they
//! are, to the C function of `variadic.c` that does `va_start` and calls an engine in Rust; else it does that itself.

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
    export Py_BuildValue => pyshim_c_Py_BuildValue;
    // In extensions compiled with PY_SSIZE_T_CLEAN for older versions.
    export _Py_BuildValue_SizeT => pyshim_c_Py_BuildValue;
    export PyUnicode_FromFormat => pyshim_c_PyUnicode_FromFormat;
    export PyUnicodeWriter_Format => pyshim_c_PyUnicodeWriter_Format;
    export PyObject_CallFunction => pyshim_c_PyObject_CallFunction;
    export _PyObject_CallFunction_SizeT => pyshim_c_PyObject_CallFunction;
    export PyEval_CallFunction => pyshim_c_PyObject_CallFunction;
    export PyObject_CallMethod => pyshim_c_PyObject_CallMethod;
    export _PyObject_CallMethod_SizeT => pyshim_c_PyObject_CallMethod;
    export PyEval_CallMethod => pyshim_c_PyObject_CallMethod;
    export _PyObject_CallMethodId => pyshim_c__PyObject_CallMethodId;
    export PyErr_Format => pyshim_c_PyErr_Format;
    export _PyErr_Format => pyshim_c__PyErr_Format;
    export _PyErr_FormatFromCause => pyshim_c__PyErr_FormatFromCause;
    export _PyErr_FormatNote => pyshim_c__PyErr_FormatNote;
    export _PyXIData_FormatNotShareableError => pyshim_c__PyXIData_FormatNotShareableError;
    export PyErr_FormatUnraisable => pyshim_c_PyErr_FormatUnraisable;
    export PyErr_WarnFormat => pyshim_c_PyErr_WarnFormat;
    export PyErr_ResourceWarning => pyshim_c_PyErr_ResourceWarning;
    export PyErr_WarnExplicitFormat => pyshim_c_PyErr_WarnExplicitFormat;
    export PyOS_vsnprintf => pyshim_c_PyOS_vsnprintf;
    export PyOS_snprintf => pyshim_c_PyOS_snprintf;
}

/// Functions whose variable arguments are pointers and numbers of at most eight bytes: no floating point register holds
/// any, so the exported name itself makes the `va_list` and calls the engine. `N before REGISTER`: behind `N` named
/// parameters the engine has the `va_list` as its next one, in that register.
macro_rules! variadic_pointers {
    ($(export $name:ident => $named:literal before $register:ident, $engine:path;)*) => {
        $(
            /// # Safety
            /// As the C prototype says.
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name() {
                naked_asm!(
                    // A VaListTag, and the registers behind it; the stack is aligned again.
                    "sub rsp, 72",
                    "mov [rsp + 32], rsi",
                    "mov [rsp + 40], rdx",
                    "mov [rsp + 48], rcx",
                    "mov [rsp + 56], r8",
                    "mov [rsp + 64], r9",
                    "mov dword ptr [rsp], 8 * {named}",
                    "mov dword ptr [rsp + 4], {fp_end}",
                    "lea rax, [rsp + 80]",
                    "mov [rsp + 8], rax",
                    "lea rax, [rsp + 24]",
                    "mov [rsp + 16], rax",
                    concat!("mov ", stringify!($register), ", rsp"),
                    "call {engine}",
                    "add rsp, 72",
                    "ret",
                    named = const $named,
                    fp_end = const crate::abi::va_list::FP_END,
                    engine = sym $engine,
                )
            }
        )*
    };
}

variadic_pointers! {
    export PyArg_Parse => 2 before rdx, super::modsupport::arg_parse;
    export PyArg_ParseTuple => 2 before rdx, super::modsupport::arg_parse_tuple;
    export PyArg_ParseTupleAndKeywords => 4 before r8, super::modsupport::PyArg_VaParseTupleAndKeywords;
    export PyArg_UnpackTuple => 4 before r8, super::modsupport::arg_unpack_tuple;
    export _PyArg_ParseStack => 3 before rcx, super::modsupport::arg_parse_stack;
    export _PyArg_ParseStackAndKeywords => 4 before r8, super::modsupport::arg_parse_stack_keywords;
    export _PyArg_ParseTupleAndKeywordsFast => 3 before rcx, super::modsupport::arg_parse_fast;
    export PyTuple_Pack => 1 before rsi, super::tupleobject::pack;
    export PyObject_CallFunctionObjArgs => 1 before rsi, super::variadic_calls::call_function_obj_args;
    export PyObject_CallMethodObjArgs => 2 before rdx, super::variadic_calls::call_method_obj_args;
    export _PyArg_Parse_SizeT => 2 before rdx, super::modsupport::arg_parse;
    export _PyArg_ParseTuple_SizeT => 2 before rdx, super::modsupport::arg_parse_tuple;
    export _PyArg_ParseTupleAndKeywords_SizeT => 4 before r8, super::modsupport::PyArg_VaParseTupleAndKeywords;
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
    "pyshim_sys_audit" => super::sysmodule::sys_audit;
    "pyshim_sys_format" => super::sysmodule::sys_format;
    "pyshim_sys_write" => super::sysmodule::sys_write;
    "pyshim_unicode_writer_format" => super::unicodeobject_writer::writer_format;
    "pyshim_call_function" => super::variadic_calls::call_function;
    "pyshim_call_method" => super::variadic_calls::call_method;
    "pyshim_call_method_id" => super::variadic_calls::call_method_id;
    "pyshim_err_format_from_cause" => super::variadic_errors::format_from_cause;
    "pyshim_err_format_note" => super::variadic_errors::format_note;
    "pyshim_format_not_shareable" => super::variadic_errors::format_not_shareable;
    "pyshim_err_format_unraisable" => super::variadic_errors::format_unraisable;
    "pyshim_warn_format" => super::variadic_errors::warn_format;
    "pyshim_warn_explicit_format" => super::variadic_errors::warn_explicit_format;
}
