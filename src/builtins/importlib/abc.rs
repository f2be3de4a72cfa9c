//! `importlib.abc`: what finders and loaders have to bring, as abstract classes. Those that are there from the start are
//! registered with them.

use super::*;
use crate::import::classes::{add_functions, method, python, static_method};
use crate::import::loader;
use crate::object::error;
use crate::object::native::Arguments;
use crate::types::{boolobject, dict, exceptions, tuple};

static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];

module!(described(c"importlib.abc", c"What finders and loaders have to bring.", &NO_METHODS), exec);

struct Abc {
    name: &'static str,
    bases: &'static [Base],
    methods: &'static [PyMethodDef],
    /// Methods of its own that a class has to bring.
    abstracts: &'static [&'static str],
    registered: &'static [Class],
}

enum Base {
    Abc(&'static str),
    Class(Class),
}
use Base::Abc as Of;

static INVALIDATE: [[PyMethodDef; 2]; 2] = [
    [
        PyMethodDef::fast_keywords(
            c"invalidate_caches",
            method!("MetaPathFinder.invalidate_caches", [], |_: &Object| Ok(())),
            c"invalidate_caches($self)\n--\n\nForget what is known.",
        ),
        PyMethodDef::END,
    ],
    [
        PyMethodDef::fast_keywords(
            c"invalidate_caches",
            method!("PathEntryFinder.invalidate_caches", [], |_: &Object| Ok(())),
            c"invalidate_caches($self)\n--\n\nForget what is known.",
        ),
        PyMethodDef::END,
    ],
];

static LOADER: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"create_module",
        method!("Loader.create_module", ["spec"], |_: &Object, _: &Object| Ok(())),
        c"create_module($self, spec)\n--\n\nNone: a module is made in the usual way.",
    ),
    PyMethodDef::fast_keywords(
        c"load_module",
        method!("Loader.load_module", ["fullname"], load_module),
        c"load_module($self, fullname)\n--\n\nLoad a module the old way.",
    ),
    PyMethodDef::END,
];

static RESOURCE_LOADER: [PyMethodDef; 2] = [
    PyMethodDef::fast_keywords(
        c"get_data",
        method!("ResourceLoader.get_data", ["path"], |_: &Object, _: &Object| Err::<(), _>(exceptions::raise_bare(
            &raw mut exceptions::OSError
        ))),
        c"get_data($self, path)\n--\n\nThe bytes of a file.",
    ),
    PyMethodDef::END,
];

static INSPECT_LOADER: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("InspectLoader.is_package", ["fullname"], |_: &Object, _: &Object| Err::<(), _>(
            exceptions::raise_bare(&raw mut exceptions::ImportError)
        )),
        c"is_package($self, fullname)\n--\n\nWhether the module is a package.",
    ),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("InspectLoader.get_code", ["fullname"], |this: &Object, name: &Object| code(this, name, false)),
        c"get_code($self, fullname)\n--\n\nThe module's code.",
    ),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("InspectLoader.get_source", ["fullname"], |_: &Object, _: &Object| Err::<(), _>(
            exceptions::raise_bare(&raw mut exceptions::ImportError)
        )),
        c"get_source($self, fullname)\n--\n\nThe module's text.",
    ),
    PyMethodDef::fast_keywords(
        c"source_to_code",
        static_method!(args, {
            const TO_CODE: Signature<2> =
                Signature::python("InspectLoader.source_to_code", ["data", "path"], 0).required(1);
            args.bind(&TO_CODE)?;
            Err::<(), _>(error::no_evaluator("InspectLoader.source_to_code"))
        }),
        c"source_to_code(data, path='<string>')\n--\n\nCompiled source: needs a compiler.",
    )
    .with(METH_STATIC),
    PyMethodDef::END,
];

static EXECUTION_LOADER: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"get_filename",
        method!("ExecutionLoader.get_filename", ["fullname"], |_: &Object, _: &Object| Err::<(), _>(
            exceptions::raise_bare(&raw mut exceptions::ImportError)
        )),
        c"get_filename($self, fullname)\n--\n\nThe module's file.",
    ),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("ExecutionLoader.get_code", ["fullname"], |this: &Object, name: &Object| code(this, name, true)),
        c"get_code($self, fullname)\n--\n\nThe module's code.",
    ),
    PyMethodDef::END,
];

static SOURCE_LOADER: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"path_mtime",
        method!("SourceLoader.path_mtime", ["path"], path_mtime),
        c"path_mtime($self, path)\n--\n\nWhen a file was changed.",
    ),
    PyMethodDef::fast_keywords(
        c"path_stats",
        method!("SourceLoader.path_stats", ["path"], path_stats),
        c"path_stats($self, path)\n--\n\nA dict of when a file was changed.",
    ),
    PyMethodDef::fast_keywords(
        c"set_data",
        python!(|_: &Object, args: Arguments| {
            const SET: Signature<2> = Signature::python("SourceLoader.set_data", ["path", "data"], 1).required(2);
            args.bind(&SET).map(drop)
        }),
        c"set_data($self, path, data)\n--\n\nWrite a file; a derived class can.",
    ),
    PyMethodDef::END,
];

static ABCS: [Abc; 8] = [
    Abc { name: "Loader", bases: &[], methods: &LOADER, abstracts: &[], registered: &[] },
    Abc {
        name: "MetaPathFinder",
        bases: &[],
        methods: &INVALIDATE[0],
        abstracts: &[],
        registered: &[Class::BuiltinImporter, Class::FrozenImporter, Class::PathFinder, Class::WindowsRegistryFinder],
    },
    Abc {
        name: "PathEntryFinder",
        bases: &[],
        methods: &INVALIDATE[1],
        abstracts: &[],
        registered: &[Class::FileFinder],
    },
    Abc {
        name: "ResourceLoader",
        bases: &[Of("Loader")],
        methods: &RESOURCE_LOADER,
        abstracts: &["get_data"],
        registered: &[],
    },
    Abc {
        name: "InspectLoader",
        bases: &[Of("Loader")],
        methods: &INSPECT_LOADER,
        abstracts: &["get_source"],
        registered: &[Class::BuiltinImporter, Class::FrozenImporter, Class::NamespaceLoader],
    },
    Abc {
        name: "ExecutionLoader",
        bases: &[Of("InspectLoader")],
        methods: &EXECUTION_LOADER,
        abstracts: &["get_filename"],
        registered: &[Class::ExtensionFileLoader, Class::AppleFrameworkLoader],
    },
    Abc {
        name: "FileLoader",
        bases: &[Base::Class(Class::FileLoader), Of("ResourceLoader"), Of("ExecutionLoader")],
        methods: &NO_METHODS,
        abstracts: &[],
        registered: &[Class::SourceFileLoader, Class::SourcelessFileLoader],
    },
    Abc {
        name: "SourceLoader",
        bases: &[Base::Class(Class::SourceLoader), Of("ResourceLoader"), Of("ExecutionLoader")],
        methods: &SOURCE_LOADER,
        abstracts: &[],
        registered: &[Class::SourceFileLoader],
    },
];

fn exec(module: &Object) -> Result<()> {
    let abc = crate::import::import(&*unicode::from_str("abc")?)?;
    let meta = abc.getattr_str("ABCMeta")?;
    for abc in &ABCS {
        let class = make(module, &meta, abc)?;
        set(module, abc.name, &class)?;
        for registered in abc.registered {
            class.call_method_str("register", &[registered.get()?])?;
        }
    }
    set(module, "__all__", &*static_list(&ABCS.each_ref().map(|abc| abc.name))?)
}

fn make(module: &Object, meta: &Object, abc: &Abc) -> Result<Owned> {
    let own = unicode::intern_str(if abc.name == "Loader" { "importlib._abc" } else { "importlib.abc" })?;
    let names = dict::new()?;
    dict::set(&names, name!(__module__), &own)?;
    // SAFETY: the tables are whole.
    unsafe { add_functions(&names, abc.methods.as_ptr().cast_mut(), abc.name, &own, c"<importlib.abc>") }?;
    for name in abc.abstracts {
        if let Some(function) = dict::get_str(&names, name)? {
            function.setattr(name!(__isabstractmethod__), &boolobject::from_bool(true))?;
        }
    }
    if abc.name == "InspectLoader" {
        for name in ["exec_module", "load_module"] {
            let name = unicode::intern_str(name)?;
            dict::set(&names, &name, &*Class::LoaderBasics.get()?.getattr(&name)?)?;
        }
    }
    let base = |base: &Base| match base {
        Of(name) => module.getattr_str(name),
        Base::Class(class) => class.get().map(Object::to_owned),
    };
    let bases = abc.bases.iter().map(base).collect::<Result<_>>()?;
    meta.call(&[&*unicode::intern_str(abc.name)?, &*tuple::from_owned(bases)?, &names])
}

fn load_module(this: &Object, name: &Object) -> Result<Owned> {
    if this.getattr_optional(name!(exec_module))?.is_none() {
        return Err(exceptions::raise_bare(&raw mut exceptions::ImportError));
    }
    loader::load_module(this, name)
}

/// The compiled source, of the module's file if that is known.
fn code(this: &Object, name: &Object, with_file: bool) -> Result<Owned> {
    let source = this.call_method_str("get_source", &[name])?;
    if source.is_none() {
        return Ok(none::none());
    }
    let compile = this.getattr_str("source_to_code")?;
    if !with_file {
        return compile.call(&[&source]);
    }
    match this.call_method_str("get_filename", &[name]) {
        Ok(file) => compile.call(&[&source, &file]),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::ImportError)?;
            compile.call(&[&source])
        }
    }
}

/// The class `SourceLoader` has this very method under the name.
fn is_own(this: &Object, name: &str) -> Result<bool> {
    let name = unicode::intern_str(name)?;
    let method = this.getattr(&name)?.getattr_str("__func__")?;
    let abc = crate::import::import(&*unicode::intern_str("importlib.abc")?)?;
    Ok(method.is(&*abc.getattr_str("SourceLoader")?.getattr(&name)?))
}

fn path_mtime(this: &Object, path: &Object) -> Result<Owned> {
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        2,
        "SourceLoader.path_mtime is deprecated in favour of SourceLoader.path_stats().",
    )?;
    if is_own(this, "path_stats")? {
        return Err(exceptions::raise_bare(&raw mut exceptions::OSError));
    }
    let stats = this.call_method_str("path_stats", &[path])?;
    crate::object::number::long(&*stats.getitem(&*unicode::intern_str("mtime")?)?)
}

fn path_stats(this: &Object, path: &Object) -> Result<Owned> {
    if is_own(this, "path_mtime")? {
        return Err(exceptions::raise_bare(&raw mut exceptions::OSError));
    }
    let stats = dict::new()?;
    dict::set_str(&stats, "mtime", &*this.call_method_str("path_mtime", &[path])?)?;
    Ok(stats)
}
