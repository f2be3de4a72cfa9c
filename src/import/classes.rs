//! The classes of importers, loaders and specs, which CPython writes in Python: each interpreter has its own, made when
//! first asked for, and a program may change them or derive from them.
//!
//! What a method does stands in the room of its class. The import machinery calls these functions directly where a
//! class is as it was made (`Class::is`), and so are its instances (`Class::made`); as soon as a program has put
//! something of its own into the class, or a base, or an instance, the attributes decide.

use super::{file_finder, file_loaders, importers, modules, namespace_package, path_finder, source_loaders, spec};
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::error::Text;
use crate::object::{Object, Owned, Raised, Result, above, error};
use crate::raise;
use crate::runtime::imports::ImportState;
use crate::types::typeobject::shared_dict::More;
use crate::types::typeobject::{self, cache, native};
use crate::types::{boolobject, code, dict, funcobject, function, long, none, tuple, unicode};
use std::ffi::CStr;
use std::ptr;

/// A slot of a pattern, of what the macros of `object::native` make.
macro_rules! slot {
    ($slot:ty, $function:expr) => {{
        // SAFETY: made of a function with the slot's own signature.
        unsafe { std::mem::transmute::<*mut std::ffi::c_void, $slot>($function) }
    }};
}
pub(super) use slot;

/// The function of a table of methods, of `fn(&Object, Arguments) -> Result<impl Reply>`. It is called as the vectorcall
/// of a `function`, and takes any object as the method's first argument, as functions written in Python do.
macro_rules! python {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            function: *mut PyObject,
            args: *const *mut PyObject,
            n: Py_ssize_t,
            names: *mut PyObject,
        ) -> *mut PyObject {
            $crate::object::api(|| {
                let n = $crate::object::call::nargs(n as usize) as Py_ssize_t;
                if n == 0 {
                    // SAFETY: slot.
                    return Err($crate::import::classes::no_self(unsafe { Object::from_ptr(function) }));
                }
                // SAFETY: slot: there is one argument at least.
                let (this, args) = unsafe {
                    (Object::from_ptr(*args), $crate::object::native::Arguments::new(args.add(1), n - 1, names))
                };
                $crate::object::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// A method was called without an object.
#[cold]
pub fn no_self(function: &Object) -> Raised {
    match function.getattr(name!(__qualname__)) {
        Ok(name) => raise!(TypeError, "{}() missing 1 required positional argument: 'self'", Text(&name)),
        Err(raised) => raised,
    }
}

/// A method as CPython has it in Python: its arguments by position or by name, and what is said of wrong ones. `$f`
/// takes the object and as many arguments as there are parameters.
macro_rules! method {
    ($name:literal, [], $f:expr) => {
        $crate::import::classes::python!(|this: &Object, args: $crate::object::native::Arguments| {
            const NONE: $crate::object::args::Signature<0> = $crate::object::args::Signature::python($name, [], 1);
            args.bind(&NONE)?;
            $f(this)
        })
    };
    ($name:literal, [$param:literal], $f:expr) => {
        $crate::import::classes::python!(|this: &Object, args: $crate::object::native::Arguments| {
            const ONE: $crate::object::args::Signature<1> =
                $crate::object::args::Signature::python($name, [$param], 1).required(1);
            let [given] = args.bind_required(&ONE)?;
            $f(this, given)
        })
    };
}

/// As [`method`], static.
macro_rules! static_method {
    ($args:ident, $body:expr) => {{
        unsafe extern "C" fn function(
            _this: *mut PyObject,
            args: *const *mut PyObject,
            n: Py_ssize_t,
            names: *mut PyObject,
        ) -> *mut PyObject {
            $crate::object::api(|| {
                let n = $crate::object::call::nargs(n as usize) as Py_ssize_t;
                // SAFETY: slot.
                let $args = unsafe { $crate::object::native::Arguments::new(args, n, names) };
                $crate::object::native::Reply::reply($body?)
            })
        }
        function
    }};
    ($name:literal, [], $f:expr) => {
        $crate::import::classes::static_method!(args, {
            const NONE: $crate::object::args::Signature<0> = $crate::object::args::Signature::python($name, [], 0);
            args.bind(&NONE)?;
            $f()
        })
    };
    ($name:literal, [$param:literal], $f:expr) => {
        $crate::import::classes::static_method!(args, {
            const ONE: $crate::object::args::Signature<1> =
                $crate::object::args::Signature::python($name, [$param], 0).required(1);
            let [given] = args.bind_required(&ONE)?;
            $f(given)
        })
    };
}
pub(crate) use {method, python, static_method};

/// The beginning of a pattern. The docs of a pattern are those of the class; an empty one stands for none.
pub const fn pattern(name: &'static CStr, doc: &'static CStr) -> PyTypeObject {
    PyTypeObject { tp_name: name.as_ptr(), tp_doc: doc.as_ptr(), ..PyTypeObject::EMPTY }
}

/// What makes a class.
pub struct Template {
    /// Name, docs, methods, attributes and slots; never made ready.
    pattern: *mut PyTypeObject,
    bases: &'static [Class],
    module: &'static str,
    /// Attributes that are no methods.
    constants: &'static [(&'static str, Constant)],
    /// How many attributes an instance has that nobody added any to.
    attributes: isize,
}

/// The value of such an attribute.
enum Constant {
    Str(&'static str),
    False,
    Zero,
}
use Constant::{False, Str, Zero};

// SAFETY: a pattern is a static that nobody writes to.
unsafe impl Sync for Template {}

const BOOTSTRAP: &str = "_frozen_importlib";
const EXTERNAL: &str = "_frozen_importlib_external";

macro_rules! classes {
    ($($class:ident: $pattern:path, $module:expr, $bases:expr, $constants:expr, $attributes:expr;)*) => {
        #[derive(Clone, Copy, PartialEq, Debug)]
        #[repr(usize)]
        pub enum Class { $($class),* }

        const ALL: &[Class] = &[$(Class::$class),*];

        static TEMPLATES: &[Template] = &[$(Template {
            pattern: &raw mut $pattern,
            bases: $bases,
            module: $module,
            constants: $constants,
            attributes: $attributes,
        }),*];
    };
}

classes! {
    ModuleSpec: spec::SPEC, BOOTSTRAP, &[], &[], 0;
    BuiltinImporter: importers::BUILTIN_IMPORTER, BOOTSTRAP, &[], &[("_ORIGIN", Str("built-in"))], 0;
    FrozenImporter: importers::FROZEN_IMPORTER, BOOTSTRAP, &[], &[("_ORIGIN", Str("frozen")), ("_SEP", Str("/"))], 0;
    PathFinder: path_finder::PATH_FINDER, EXTERNAL, &[], &[], 0;
    FileFinder: file_finder::FILE_FINDER, EXTERNAL, &[], &[], 5;
    LoaderBasics: source_loaders::LOADER_BASICS, EXTERNAL, &[], &[], 0;
    SourceLoader: source_loaders::SOURCE_LOADER, EXTERNAL, &[Class::LoaderBasics], &[], 0;
    FileLoader: file_loaders::FILE_LOADER, EXTERNAL, &[], &[], 2;
    SourceFileLoader: source_loaders::SOURCE_FILE_LOADER, EXTERNAL, &[Class::FileLoader, Class::SourceLoader], &[], 2;
    SourcelessFileLoader: source_loaders::SOURCELESS_FILE_LOADER, EXTERNAL,
        &[Class::FileLoader, Class::LoaderBasics], &[], 2;
    ExtensionFileLoader: file_loaders::EXTENSION_FILE_LOADER, EXTERNAL,
        &[Class::FileLoader, Class::LoaderBasics], &[], 2;
    AppleFrameworkLoader: file_loaders::APPLE_FRAMEWORK_LOADER, EXTERNAL, &[Class::ExtensionFileLoader], &[], 2;
    WindowsRegistryFinder: path_finder::WINDOWS_REGISTRY_FINDER, EXTERNAL, &[], &[
        ("REGISTRY_KEY", Str(r"Software\Python\PythonCore\{sys_version}\Modules\{fullname}")),
        ("REGISTRY_KEY_DEBUG", Str(r"Software\Python\PythonCore\{sys_version}\Modules\{fullname}\Debug")),
        ("DEBUG_BUILD", False),
    ], 0;
    NamespaceLoader: namespace_package::NAMESPACE_LOADER, EXTERNAL, &[], &[], 1;
    NamespacePath: namespace_package::NAMESPACE_PATH, EXTERNAL, &[], &[("_epoch", Zero)], 5;
}

const COUNT: usize = ALL.len();

/// The classes of an interpreter that were asked for.
struct Table {
    /// Owned; NULL for one that nobody asked for.
    classes: [*mut PyObject; COUNT],
    /// The versions that they had when they were made; 0 for a class that could not have one.
    versions: [u32; COUNT],
}

fn table<'a>() -> Option<&'a mut Table> {
    // SAFETY: attached: the interpreter's table is ours, and is freed when nothing imports any more.
    unsafe { modules::state().classes.cast::<Table>().as_mut() }
}

impl Class {
    fn template(self) -> &'static Template {
        &TEMPLATES[self as usize]
    }

    /// The class in this interpreter.
    pub fn get<'a>(self) -> Result<&'a Object> {
        if let Some(table) = table() {
            // SAFETY: the table owns its classes until the interpreter has no objects.
            if let Some(class) = unsafe { Object::optional(table.classes[self as usize]) } {
                return Ok(class);
            }
        }
        self.make()
    }

    #[cold]
    fn make<'a>(self) -> Result<&'a Object> {
        let template = self.template();
        let bases = match template.bases {
            // SAFETY: static.
            [] => tuple::from_slice(&[unsafe { typeobject::as_object(&raw mut typeobject::PyBaseObject_Type) }])?,
            bases => {
                let bases = bases.iter().map(|base| base.get().map(Object::to_owned)).collect::<Result<_>>()?;
                tuple::from_owned(bases)?
            }
        };
        // SAFETY: a pattern is static.
        let class = unsafe { native::from_pattern(template.pattern, bases) }?;
        let state = modules::state();
        if state.classes.is_null() {
            let empty = Table { classes: [ptr::null_mut(); COUNT], versions: [0; COUNT] };
            state.classes = Box::into_raw(Box::new(empty)).cast();
        }
        let table = table().expect("made just now");
        table.classes[self as usize] = class.into_raw();
        if self == Class::NamespaceLoader {
            state.namespace_loader = table.classes[self as usize];
        }
        self.is_as_made();
        self.get()
    }

    /// From here on the class counts as one that no program has changed.
    pub fn is_as_made(self) {
        let Some(table) = table() else { return };
        let ty = table.classes[self as usize].cast::<PyTypeObject>();
        // SAFETY: a live class.
        table.versions[self as usize] = if cache::assign_version(ty) { unsafe { (*ty).tp_version_tag } } else { 0 };
    }

    /// `object` is this class, and nobody has changed it.
    #[inline]
    pub fn is(self, object: &Object) -> bool {
        table().is_some_and(|table| object.is_ptr(table.classes[self as usize]) && self.is_unchanged(table))
    }

    /// Nobody has changed the class.
    pub fn unchanged(self) -> bool {
        table().is_some_and(|table| !table.classes[self as usize].is_null() && self.is_unchanged(table))
    }

    #[inline]
    fn is_unchanged(self, table: &Table) -> bool {
        let version = table.versions[self as usize];
        // SAFETY: a class of the table is alive.
        version != 0 && unsafe { (*table.classes[self as usize].cast::<PyTypeObject>()).tp_version_tag } == version
    }

    /// `object` is an instance of this very class, and nobody has added anything to either.
    #[inline]
    pub fn made(self, object: &Object) -> bool {
        table().is_some_and(|table| {
            object.is_exact(table.classes[self as usize].cast())
                && self.is_unchanged(table)
                && typeobject::instance_dict(object).map_or(0, dict::len) == self.template().attributes
        })
    }

    /// A new instance, whose dict is empty.
    pub fn instance(self) -> Result<Owned> {
        typeobject::generic_alloc(self.get()?.cast(), 0)
    }
}

impl Template {
    fn count_methods(&self) -> usize {
        // SAFETY: a pattern's table is whole.
        unsafe { entries((*self.pattern).tp_methods) }.count()
    }

    /// Its methods are functions with code of their own.
    fn add_methods(&self, dict: &Object, module: &Object) -> Result<()> {
        let file = if self.module == BOOTSTRAP { BOOTSTRAP_FILE } else { EXTERNAL_FILE };
        // SAFETY: a pattern has a name, and its table of methods is whole.
        unsafe {
            let class = CStr::from_ptr((*self.pattern).tp_name).to_string_lossy();
            add_functions(dict, (*self.pattern).tp_methods, &class, module, file)
        }
    }
}

/// The entries of a table of methods.
///
/// # Safety
/// An entry without a name ends the table.
unsafe fn entries(mut next: *mut PyMethodDef) -> impl Iterator<Item = *mut PyMethodDef> {
    std::iter::from_fn(move || {
        // SAFETY: the caller's word.
        if next.is_null() || unsafe { (*next).ml_name.is_null() } {
            return None;
        }
        let this = next;
        next = next.wrapping_add(1);
        Some(this)
    })
}

/// Fills the dict of a class with functions, of a table made with `python!`, `method!` and `static_method!`. Their code
/// is said to be in `file`.
///
/// # Safety
/// An entry without a name ends the table.
pub unsafe fn add_functions(
    dict: &Object,
    methods: *mut PyMethodDef,
    class: &str,
    module: &Object,
    file: &CStr,
) -> Result<()> {
    let globals = dict::new()?;
    dict::set(&globals, name!(__name__), module)?;
    dict::set(&globals, name!(__builtins__), above::builtins()?)?;
    // SAFETY: the caller's word.
    for def in unsafe { entries(methods) } {
        // SAFETY: an entry of the table.
        let (name, flags) = unsafe { (CStr::from_ptr((*def).ml_name), (*def).ml_flags) };
        // The two that are finders and loaders in one share a function for this.
        let shared = flags & METH_CLASS != 0 && name == c"load_module";
        let own = if shared { c"_load_module_shim" } else { name };
        let qualname = match shared {
            true => unicode::intern_str("_load_module_shim")?,
            false => unicode::from_str(&format!("{class}.{}", name.to_string_lossy()))?,
        };
        let function = function::new(&*code::empty(file, own, 1)?, &globals, Some(&qualname))?;
        // SAFETY: fresh; layout. `python!` and `static_method!` made the function for this place: what stands for
        // a number of arguments there may have a flag here, which they know.
        unsafe {
            let raw = function.cast::<PyFunctionObject>();
            (*raw).vectorcall = std::mem::transmute::<PyCFunction, vectorcallfunc>((*def).ml_meth);
            let text = typeobject::doc::doc(name.as_ptr(), (*def).ml_doc)?;
            drop(Owned::from_raw(std::mem::replace(&mut (*raw).func_doc, text.into_raw())));
        }
        let method = match flags & (METH_STATIC | METH_CLASS) {
            METH_STATIC => funcobject::new_static_method(&function)?,
            METH_CLASS => funcobject::new_class_method(&function)?,
            _ => function,
        };
        dict::set(dict, &*unicode::intern_str(&name.to_string_lossy())?, &method)?;
    }
    Ok(())
}

/// Where CPython says that the code of these functions is.
const BOOTSTRAP_FILE: &CStr = c"<frozen importlib._bootstrap>";
const EXTERNAL_FILE: &CStr = c"<frozen importlib._bootstrap_external>";

impl More for Template {
    fn count(&self) -> usize {
        4 + self.constants.len() + self.count_methods()
    }

    fn add(&self, dict: &Object) -> Result<()> {
        let module = unicode::intern_str(self.module)?;
        dict::set(dict, name!(__module__), &module)?;
        // SAFETY: a pattern has docs.
        let doc = unsafe { CStr::from_ptr((*self.pattern).tp_doc) };
        let doc = if doc.is_empty() { none::none() } else { unicode::from_utf8(doc.to_bytes())? };
        dict::set(dict, name!(__doc__), &doc)?;
        for (name, value) in self.constants {
            let value = match value {
                Str(text) => unicode::intern_str(text)?,
                False => boolobject::from_bool(false),
                Zero => long::from_i64(0)?,
            };
            dict::set(dict, &*unicode::intern_str(name)?, &value)?;
        }
        self.add_methods(dict, &module)
    }

    fn pattern(&self) -> *mut PyTypeObject {
        self.pattern
    }

    fn inherited(&self) -> &[&'static str] {
        &["__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__delitem__"]
    }
}

/// What makes a class, if it is one of these.
pub fn template_of(ty: *mut PyTypeObject) -> Option<&'static Template> {
    let table = table()?;
    ALL.iter().find(|class| table.classes[**class as usize] == ty.cast()).map(|class| class.template())
}

/// Gives an instance that has no dict yet this one.
pub fn set_dict(instance: &Object, dict: Owned) {
    // SAFETY: an instance of one of the classes has a managed dict.
    unsafe { typeobject::instance_dict::set_managed_dict(instance.as_ptr(), dict.as_ptr()) };
}

/// Gives the classes up: the interpreter ends.
pub fn free(imports: &mut ImportState) {
    let table = std::mem::replace(&mut imports.classes, ptr::null_mut()).cast::<Table>();
    imports.namespace_loader = ptr::null_mut();
    if table.is_null() {
        return;
    }
    // SAFETY: made by `make`; the table owns the classes.
    unsafe {
        let mut table = Box::from_raw(table);
        for class in &mut table.classes {
            let ty = class.cast::<PyTypeObject>();
            // One that lives on can't be asked any more what it is made of.
            if !ty.is_null() && (*ty).tp_dict.is_null() {
                let Ok(empty) = dict::new() else {
                    error::clear();
                    continue;
                };
                (*ty).tp_dict = empty.into_raw();
            }
            refcount::clear(class);
        }
    }
}
