//! `_types`: the types that have no name in `builtins`. `types` has the same, and the functions of CPython's Python
//! module that need no evaluator are left out, as all of them are about classes and functions written in Python:
//! `new_class`, `prepare_class`, `resolve_bases`, `get_original_bases`, `coroutine`, `DynamicClassAttribute`.

use super::native::{self, described, module};
use super::set_type;
use crate::abi::*;
use crate::object::{Object, Result};
use crate::types::{self, descr};

static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];

module!(described(c"_types", c"The types of the runtime's own objects.", &NO_METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    for (name, ty) in [
        ("AsyncGeneratorType", &raw mut types::genobject::PyAsyncGen_Type),
        ("BuiltinFunctionType", &raw mut types::cfunction::PyCFunction_Type),
        ("BuiltinMethodType", &raw mut types::cfunction::PyCFunction_Type),
        ("CapsuleType", &raw mut types::capsule::PyCapsule_Type),
        ("CellType", &raw mut types::cell::PyCell_Type),
        ("ClassMethodDescriptorType", &raw mut descr::method::PyClassMethodDescr_Type),
        ("CodeType", &raw mut types::code::PyCode_Type),
        ("CoroutineType", &raw mut types::genobject::PyCoro_Type),
        ("EllipsisType", &raw mut types::none::PyEllipsis_Type),
        ("FrameType", &raw mut types::frame::PyFrame_Type),
        ("FunctionType", &raw mut types::function::PyFunction_Type),
        ("GeneratorType", &raw mut types::genobject::PyGen_Type),
        ("GenericAlias", &raw mut types::genericalias::Py_GenericAliasType),
        ("GetSetDescriptorType", &raw mut descr::getset::PyGetSetDescr_Type),
        ("LambdaType", &raw mut types::function::PyFunction_Type),
        ("MappingProxyType", &raw mut types::mappingproxy::PyDictProxy_Type),
        ("MemberDescriptorType", &raw mut descr::member::PyMemberDescr_Type),
        ("MethodDescriptorType", &raw mut descr::method::PyMethodDescr_Type),
        ("MethodType", &raw mut types::classobject::PyMethod_Type),
        ("MethodWrapperType", &raw mut descr::wrapper::_PyMethodWrapper_Type),
        ("ModuleType", &raw mut crate::module::PyModule_Type),
        ("NoneType", &raw mut types::none::_PyNone_Type),
        ("NotImplementedType", &raw mut types::none::_PyNotImplemented_Type),
        ("SimpleNamespace", &raw mut types::namespace::_PyNamespace_Type),
        ("TracebackType", &raw mut types::traceback::PyTraceBack_Type),
        ("UnionType", &raw mut types::union::_PyUnion_Type),
        ("WrapperDescriptorType", &raw mut descr::wrapper::PyWrapperDescr_Type),
    ] {
        set_type(module, name, ty)?;
    }
    Ok(())
}

/// The module `types`.
pub mod python {
    use super::*;

    module!(described(c"types", c"Names for built-in types that have none in builtins.", &super::NO_METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        native::take_from(module, "_types").map(drop)
    }
}
