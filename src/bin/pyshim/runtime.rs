//! The library behind the commands: which `libpython` to load, and the table of C-API functions that are used of it.
//!
//! It is loaded at run time and used through its public C API only, so that the same tool runs over pyshim's library
//! and over a real CPython. It is loaded with its symbols global: extension modules find the C API there.

use std::ffi::{CStr, CString, OsStr, c_char, c_double, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

pub const SONAME: &str = "libpython3.14.so.1.0";

/// Never looked into: `PyObject` belongs to the library.
#[repr(C)]
pub struct PyObject {
    _opaque: [u8; 0],
}

pub type Object = *mut PyObject;

/// A loaded library. It stays loaded until the process ends: extension modules and their threads may outlive any owner.
pub struct Library {
    handle: *mut c_void,
    /// As it was found, for people to read.
    pub path: PathBuf,
}

impl Library {
    /// `path` is a library, a folder that holds one, or nothing: then the one that belongs to this tool, or the
    /// system's.
    pub fn load(path: Option<&OsStr>) -> Result<Library, String> {
        let candidates = match path {
            Some(path) => vec![given(Path::new(path))?],
            None => {
                let mut candidates: Vec<_> =
                    beside(own_path().as_deref()).into_iter().filter(|path| path.exists()).collect();
                candidates.push(PathBuf::from(SONAME));
                candidates
            }
        };
        let mut reasons = Vec::new();
        for candidate in candidates {
            let name = CString::new(candidate.as_os_str().as_bytes())
                .map_err(|_| "a path cannot contain a zero byte".to_owned())?;
            // SAFETY: `name` is a C string. The library's initialisers run here, as with any program linked to it.
            let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) };
            if !handle.is_null() {
                return Ok(Library { handle, path: candidate });
            }
            reasons.push(dlerror());
        }
        Err(format!("no Python library could be loaded: {}", reasons.join("; ")))
    }

    /// The address of an exported name.
    pub fn symbol(&self, name: &str) -> Option<*mut c_void> {
        let name = CString::new(name).ok()?;
        // SAFETY: the handle is of an open library, and `name` is a C string.
        let address = unsafe { libc::dlsym(self.handle, name.as_ptr()) };
        (!address.is_null()).then_some(address)
    }

    fn function(&self, name: &str) -> Result<*mut c_void, String> {
        self.symbol(name).ok_or_else(|| format!("{} has no {name}: it is no Python 3.14 library", self.path.display()))
    }
}

fn dlerror() -> String {
    // SAFETY: dlerror returns NULL or a C string that lives until this thread's next dl call.
    unsafe {
        let message = libc::dlerror();
        if message.is_null() {
            return "dlopen failed".to_owned();
        }
        CStr::from_ptr(message).to_string_lossy().into_owned()
    }
}

fn given(path: &Path) -> Result<PathBuf, String> {
    if !path.is_dir() {
        // Without a slash, dlopen would search the system's folders instead of this one.
        return std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()));
    }
    ["libpython3.14.so.1.0", "libpython3.14.so", "lib/libpython3.14.so.1.0"]
        .iter()
        .map(|name| path.join(name))
        .find(|file| file.exists())
        .ok_or_else(|| format!("{}: there is no {SONAME} in this folder", path.display()))
}

/// Where the library stands in an installation, and in a folder that cargo built.
fn beside(own: Option<&Path>) -> Vec<PathBuf> {
    let Some(folder) = own.and_then(Path::parent) else {
        return Vec::new();
    };
    let mut places = vec![folder.join(SONAME), folder.join("libpyshim.so")];
    if let Some(prefix) = folder.parent() {
        places.insert(0, prefix.join("lib").join(SONAME));
    }
    places
}

/// The file this program is in. When a dynamic loader was started to run it, that is not what the system says.
pub fn own_path() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let started_by_loader = own.file_name().is_some_and(|name| name.as_bytes().starts_with(b"ld-"));
    if !started_by_loader {
        return Some(own);
    }
    std::env::args_os().next().and_then(|argument| Path::new(&argument).canonicalize().ok())
}

macro_rules! table {
    ($($name:ident($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The C-API functions that the tool uses, by their names.
        #[allow(non_snake_case, reason = "the names are C's")]
        pub struct Api {
            $(pub $name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
        }

        impl Api {
            pub fn load(library: &Library) -> Result<Api, String> {
                Ok(Api {
                    $($name: {
                        let address = library.function(stringify!($name))?;
                        // SAFETY: the name is a C-API function, and the table gives it the C API's signature.
                        unsafe {
                            std::mem::transmute::<
                                *mut c_void,
                                unsafe extern "C" fn($($argument),*) $(-> $result)?,
                            >(address)
                        }
                    },)*
                })
            }
        }
    };
}

table! {
    Py_InitializeEx(c_int);
    Py_FinalizeEx() -> c_int;
    Py_GetVersion() -> *const c_char;
    Py_DecRef(Object);
    Py_NewRef(Object) -> Object;
    Py_GetConstant(u32) -> Object;
    PyImport_ImportModule(*const c_char) -> Object;
    PyImport_GetModuleDict() -> Object;
    PySys_GetObject(*const c_char) -> Object;

    PyErr_GetRaisedException() -> Object;
    PyErr_SetObject(Object, Object);
    PyErr_SetRaisedException(Object);
    PyErr_GivenExceptionMatches(Object, Object) -> c_int;

    PyObject_Type(Object) -> Object;
    PyObject_GetAttr(Object, Object) -> Object;
    PyObject_SetAttr(Object, Object, Object) -> c_int;
    PyObject_GetItem(Object, Object) -> Object;
    PyObject_SetItem(Object, Object, Object) -> c_int;
    PyObject_DelItem(Object, Object) -> c_int;
    PyObject_Vectorcall(Object, *const Object, usize, Object) -> Object;
    PyObject_RichCompare(Object, Object, c_int) -> Object;
    PyObject_IsTrue(Object) -> c_int;
    PyObject_Repr(Object) -> Object;
    PyObject_Str(Object) -> Object;
    PyObject_GetIter(Object) -> Object;
    PyIter_Next(Object) -> Object;
    PyType_GetQualName(Object) -> Object;

    PyLong_FromString(*const c_char, *mut *mut c_char, c_int) -> Object;
    PyFloat_FromDouble(c_double) -> Object;
    PyComplex_FromDoubles(c_double, c_double) -> Object;
    PyBytes_FromStringAndSize(*const c_char, isize) -> Object;
    PyBytes_AsStringAndSize(Object, *mut *mut c_char, *mut isize) -> c_int;
    PyUnicode_DecodeUTF8(*const c_char, isize, *const c_char) -> Object;
    PyUnicode_DecodeFSDefaultAndSize(*const c_char, isize) -> Object;
    PyUnicode_AsEncodedString(Object, *const c_char, *const c_char) -> Object;
    PyTuple_New(isize) -> Object;
    PyTuple_SetItem(Object, isize, Object) -> c_int;
    PyList_New(isize) -> Object;
    PyList_Append(Object, Object) -> c_int;
    PyList_Insert(Object, isize, Object) -> c_int;
    PyDict_New() -> Object;
    PyDict_Update(Object, Object) -> c_int;
    PySet_New(Object) -> Object;
    PySet_Add(Object, Object) -> c_int;
    PySequence_Contains(Object, Object) -> c_int;
    PySlice_New(Object, Object, Object) -> Object;
    PyMapping_Keys(Object) -> Object;

    PyNumber_Negative(Object) -> Object;
    PyNumber_Positive(Object) -> Object;
    PyNumber_Invert(Object) -> Object;
    PyNumber_Or(Object, Object) -> Object;
    PyNumber_Xor(Object, Object) -> Object;
    PyNumber_And(Object, Object) -> Object;
    PyNumber_Lshift(Object, Object) -> Object;
    PyNumber_Rshift(Object, Object) -> Object;
    PyNumber_Add(Object, Object) -> Object;
    PyNumber_Subtract(Object, Object) -> Object;
    PyNumber_Multiply(Object, Object) -> Object;
    PyNumber_MatrixMultiply(Object, Object) -> Object;
    PyNumber_TrueDivide(Object, Object) -> Object;
    PyNumber_FloorDivide(Object, Object) -> Object;
    PyNumber_Remainder(Object, Object) -> Object;
    PyNumber_Power(Object, Object, Object) -> Object;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_library_comes_before_a_built_one() {
        let places = beside(Some(Path::new("/usr/bin/pyshim")));
        assert_eq!(places[0], Path::new("/usr/lib/libpython3.14.so.1.0"));
        assert_eq!(places[2], Path::new("/usr/bin/libpyshim.so"));
        assert_eq!(beside(None), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_library_that_is_none_is_refused_with_its_name() {
        let refusal = |path: &str| Library::load(Some(OsStr::new(path))).err().expect(path);
        assert!(refusal("/nonexistent/libpython.so").contains("/nonexistent/libpython.so"));
        assert!(refusal("/dev").contains("there is no libpython3.14.so.1.0"));
        assert!(refusal("a\0b").contains("zero byte"));
    }
}
