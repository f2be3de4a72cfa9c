//! The C API as Rust sees it here: a started interpreter (`Python`), an owned reference (`Object`), and a `Result`
//! whose error (`Raised`) says that the interpreter has an exception set. All else in the tool is safe code over this.

use std::ffi::{CStr, CString, c_char, c_int};
use std::marker::PhantomData;
use std::ptr::{self, NonNull};

use crate::runtime::{Api, Library, Object as Pointer, PyObject};

/// Proof that the interpreter's error indicator is set; whoever gets it passes it on or takes the exception.
#[derive(Debug)]
pub struct Raised;

pub type Result<T> = std::result::Result<T, Raised>;

/// The main interpreter, with this thread attached. Not for other threads.
#[derive(Clone, Copy)]
pub struct Python {
    api: &'static Api,
    this_thread: PhantomData<*mut ()>,
}

/// A reference that is owned: dropping it gives it back.
pub struct Object {
    pointer: NonNull<PyObject>,
    api: &'static Api,
}

impl Drop for Object {
    fn drop(&mut self) {
        // SAFETY: the reference is owned, and no `Object` outlives the interpreter (see `Python::run`).
        unsafe { (self.api.Py_DecRef)(self.pointer.as_ptr()) }
    }
}

impl Clone for Object {
    fn clone(&self) -> Self {
        // SAFETY: the object is alive, because this reference is owned.
        let pointer = unsafe { (self.api.Py_NewRef)(self.pointer.as_ptr()) };
        Object { pointer: NonNull::new(pointer).unwrap_or(self.pointer), api: self.api }
    }
}

impl Object {
    fn as_ptr(&self) -> Pointer {
        self.pointer.as_ptr()
    }

    pub fn is(&self, other: &Object) -> bool {
        self.pointer == other.pointer
    }
}

/// `Py_GetConstant`'s numbers.
#[derive(Clone, Copy)]
pub enum Constant {
    None = 0,
    False = 1,
    True = 2,
    Ellipsis = 3,
}

/// `Py_LT` and its family.
#[derive(Clone, Copy)]
pub enum Comparison {
    Less = 0,
    LessEqual = 1,
    Equal = 2,
    NotEqual = 3,
    Greater = 4,
    GreaterEqual = 5,
}

pub type Unary = unsafe extern "C" fn(Pointer) -> Pointer;
pub type Binary = unsafe extern "C" fn(Pointer, Pointer) -> Pointer;

impl Python {
    /// Starts the interpreter, runs `body` and ends the interpreter. False if ending it failed (buffered output was
    /// lost).
    ///
    /// `T: Send` keeps `body` from returning an `Object`: none of them outlives the interpreter.
    pub fn run<T: Send>(library: &Library, body: impl FnOnce(Python) -> T) -> std::result::Result<(T, bool), String> {
        let api: &'static Api = Box::leak(Box::new(Api::load(library)?));
        // SAFETY: called once, on the main thread. 0: signal handlers stay this program's.
        unsafe { (api.Py_InitializeEx)(0) };
        let value = body(Python { api, this_thread: PhantomData });
        // SAFETY: this thread is attached to the main interpreter.
        let ended = unsafe { (api.Py_FinalizeEx)() };
        Ok((value, ended == 0))
    }

    pub fn api(&self) -> &'static Api {
        self.api
    }

    fn own(&self, pointer: Pointer) -> Result<Object> {
        let pointer = NonNull::new(pointer).ok_or(Raised)?;
        Ok(Object { pointer, api: self.api })
    }

    fn done(status: c_int) -> Result<()> {
        if status < 0 { Err(Raised) } else { Ok(()) }
    }

    // Exceptions

    /// Sets `builtins.NAME(message)`.
    pub fn raise<T>(&self, exception: &str, message: &str) -> Result<T> {
        let class = self.attribute(&self.import("builtins")?, exception)?;
        let message = self.text(message)?;
        // SAFETY: both are alive.
        unsafe { (self.api.PyErr_SetObject)(class.as_ptr(), message.as_ptr()) };
        Err(Raised)
    }

    /// Takes the exception that is set; `None` if a C function failed without setting one.
    pub fn take_exception(&self, _: Raised) -> Option<Object> {
        // SAFETY: the thread is attached; the result is a new reference or NULL.
        self.own(unsafe { (self.api.PyErr_GetRaisedException)() }).ok()
    }

    /// Sets an exception that was taken.
    pub fn restore(&self, exception: Object) -> Raised {
        let exception = std::mem::ManuallyDrop::new(exception);
        // SAFETY: an exception that is alive; its reference is given away.
        unsafe { (self.api.PyErr_SetRaisedException)(exception.as_ptr()) };
        Raised
    }

    /// If the exception that is set is a `builtins.NAME`, drops it.
    pub fn suppress(&self, raised: Raised, name: &str) -> Result<()> {
        let Some(caught) = self.take_exception(raised) else {
            return Err(Raised);
        };
        let class = self.attribute(&self.import("builtins")?, name)?;
        // SAFETY: both are alive.
        if unsafe { (self.api.PyErr_GivenExceptionMatches)(caught.as_ptr(), class.as_ptr()) } != 0 {
            return Ok(());
        }
        Err(self.restore(caught))
    }

    // Values

    pub fn constant(&self, constant: Constant) -> Result<Object> {
        // SAFETY: a number that Py_GetConstant knows.
        self.own(unsafe { (self.api.Py_GetConstant)(constant as u32) })
    }

    /// A literal of the language, in any base and with underscores.
    pub fn int(&self, literal: &str) -> Result<Object> {
        let literal = c_string(literal);
        // SAFETY: a C string; no end pointer is wanted, so the whole of it has to be a number.
        self.own(unsafe { (self.api.PyLong_FromString)(literal.as_ptr(), ptr::null_mut(), 0) })
    }

    pub fn float(&self, value: f64) -> Result<Object> {
        // SAFETY: any double will do.
        self.own(unsafe { (self.api.PyFloat_FromDouble)(value) })
    }

    pub fn imaginary(&self, value: f64) -> Result<Object> {
        // SAFETY: any doubles will do.
        self.own(unsafe { (self.api.PyComplex_FromDoubles)(0.0, value) })
    }

    pub fn bytes(&self, value: &[u8]) -> Result<Object> {
        // SAFETY: the bytes are copied.
        self.own(unsafe { (self.api.PyBytes_FromStringAndSize)(value.as_ptr().cast(), value.len() as isize) })
    }

    pub fn text(&self, value: &str) -> Result<Object> {
        // SAFETY: the text is copied; no error handler is named.
        self.own(unsafe { (self.api.PyUnicode_DecodeUTF8)(value.as_ptr().cast(), value.len() as isize, ptr::null()) })
    }

    /// UTF-8 in which lone surrogates may stand.
    pub fn text_with_surrogates(&self, value: &[u8]) -> Result<Object> {
        if let Ok(value) = std::str::from_utf8(value) {
            return self.text(value);
        }
        // SAFETY: the text is copied; the handler's name is a C string.
        self.own(unsafe {
            (self.api.PyUnicode_DecodeUTF8)(value.as_ptr().cast(), value.len() as isize, c"surrogatepass".as_ptr())
        })
    }

    pub fn path(&self, value: &[u8]) -> Result<Object> {
        // SAFETY: the path is copied.
        self.own(unsafe { (self.api.PyUnicode_DecodeFSDefaultAndSize)(value.as_ptr().cast(), value.len() as isize) })
    }

    /// What a person reads: text as UTF-8, with escapes for what UTF-8 cannot say.
    pub fn read_text(&self, text: &Object) -> Result<String> {
        // SAFETY: the object is alive (any type: it is checked), and both names are C strings.
        let encoded = self.own(unsafe {
            (self.api.PyUnicode_AsEncodedString)(text.as_ptr(), c"utf-8".as_ptr(), c"backslashreplace".as_ptr())
        })?;
        let mut start: *mut c_char = ptr::null_mut();
        let mut size = 0isize;
        // SAFETY: both places are writable; the type is checked.
        Self::done(unsafe { (self.api.PyBytes_AsStringAndSize)(encoded.as_ptr(), &mut start, &mut size) })?;
        // SAFETY: on success `start` has `size` bytes, which live as long as `encoded`.
        let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), size as usize) };
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    // Containers

    pub fn tuple(&self, items: Vec<Object>) -> Result<Object> {
        // SAFETY: a new tuple, whose every place is filled below before anyone else sees it.
        let tuple = self.own(unsafe { (self.api.PyTuple_New)(items.len() as isize) })?;
        for (index, item) in items.into_iter().enumerate() {
            let item = std::mem::ManuallyDrop::new(item);
            // SAFETY: the index is within the tuple, and the reference is given away.
            Self::done(unsafe { (self.api.PyTuple_SetItem)(tuple.as_ptr(), index as isize, item.as_ptr()) })?;
        }
        Ok(tuple)
    }

    pub fn list(&self, items: Vec<Object>) -> Result<Object> {
        // SAFETY: an empty list.
        let list = self.own(unsafe { (self.api.PyList_New)(0) })?;
        for item in items {
            // SAFETY: both are alive, and the first is a list.
            Self::done(unsafe { (self.api.PyList_Append)(list.as_ptr(), item.as_ptr()) })?;
        }
        Ok(list)
    }

    pub fn insert(&self, list: &Object, index: usize, item: &Object) -> Result<()> {
        // SAFETY: both are alive; the first one's type is checked.
        Self::done(unsafe { (self.api.PyList_Insert)(list.as_ptr(), index as isize, item.as_ptr()) })
    }

    pub fn set(&self, items: Vec<Object>) -> Result<Object> {
        // SAFETY: NULL stands for an empty set.
        let set = self.own(unsafe { (self.api.PySet_New)(ptr::null_mut()) })?;
        for item in items {
            // SAFETY: both are alive, and the first is a set.
            Self::done(unsafe { (self.api.PySet_Add)(set.as_ptr(), item.as_ptr()) })?;
        }
        Ok(set)
    }

    pub fn dict(&self) -> Result<Object> {
        // SAFETY: needs only the attached thread.
        self.own(unsafe { (self.api.PyDict_New)() })
    }

    pub fn update(&self, dict: &Object, mapping: &Object) -> Result<()> {
        // SAFETY: both are alive, and the first is a dict.
        Self::done(unsafe { (self.api.PyDict_Update)(dict.as_ptr(), mapping.as_ptr()) })
    }

    pub fn slice(&self, [start, stop, step]: &[Object; 3]) -> Result<Object> {
        // SAFETY: all are alive.
        self.own(unsafe { (self.api.PySlice_New)(start.as_ptr(), stop.as_ptr(), step.as_ptr()) })
    }

    pub fn iterate(&self, iterable: &Object) -> Result<Object> {
        // SAFETY: the object is alive.
        self.own(unsafe { (self.api.PyObject_GetIter)(iterable.as_ptr()) })
    }

    pub fn next(&self, iterator: &Object) -> Result<Option<Object>> {
        // SAFETY: `iterate` made it, so it is an iterator.
        let item = self.own(unsafe { (self.api.PyIter_Next)(iterator.as_ptr()) });
        let Err(raised) = item else {
            return item.map(Some);
        };
        // NULL means the end, or an exception.
        match self.take_exception(raised) {
            None => Ok(None),
            Some(exception) => Err(self.restore(exception)),
        }
    }

    pub fn keys(&self, mapping: &Object) -> Result<Object> {
        // SAFETY: the object is alive.
        self.own(unsafe { (self.api.PyMapping_Keys)(mapping.as_ptr()) })
    }

    // Operations

    pub fn import(&self, name: &str) -> Result<Object> {
        let name = c_string(name);
        // SAFETY: a C string.
        self.own(unsafe { (self.api.PyImport_ImportModule)(name.as_ptr()) })
    }

    /// `sys.modules`
    pub fn modules(&self) -> Result<Object> {
        // SAFETY: the result is borrowed, and made owned at once.
        self.own(unsafe { (self.api.Py_NewRef)((self.api.PyImport_GetModuleDict)()) })
    }

    /// `sys.NAME`, if there is one.
    pub fn sys(&self, name: &str) -> Option<Object> {
        let name = c_string(name);
        // SAFETY: a C string; the result is borrowed or NULL.
        let pointer = unsafe { (self.api.PySys_GetObject)(name.as_ptr()) };
        if pointer.is_null() {
            return None;
        }
        // SAFETY: the object is alive in sys, and made owned at once.
        self.own(unsafe { (self.api.Py_NewRef)(pointer) }).ok()
    }

    pub fn type_of(&self, object: &Object) -> Result<Object> {
        // SAFETY: the object is alive.
        self.own(unsafe { (self.api.PyObject_Type)(object.as_ptr()) })
    }

    pub fn qualified_name(&self, class: &Object) -> Result<Object> {
        // SAFETY: callers pass a type.
        self.own(unsafe { (self.api.PyType_GetQualName)(class.as_ptr()) })
    }

    pub fn attribute(&self, object: &Object, name: &str) -> Result<Object> {
        let name = self.text(name)?;
        // SAFETY: both are alive.
        self.own(unsafe { (self.api.PyObject_GetAttr)(object.as_ptr(), name.as_ptr()) })
    }

    pub fn set_attribute(&self, object: &Object, name: &str, value: &Object) -> Result<()> {
        let name = self.text(name)?;
        // SAFETY: all are alive.
        Self::done(unsafe { (self.api.PyObject_SetAttr)(object.as_ptr(), name.as_ptr(), value.as_ptr()) })
    }

    pub fn item(&self, object: &Object, key: &Object) -> Result<Object> {
        // SAFETY: both are alive.
        self.own(unsafe { (self.api.PyObject_GetItem)(object.as_ptr(), key.as_ptr()) })
    }

    pub fn set_item(&self, object: &Object, key: &Object, value: &Object) -> Result<()> {
        // SAFETY: all are alive.
        Self::done(unsafe { (self.api.PyObject_SetItem)(object.as_ptr(), key.as_ptr(), value.as_ptr()) })
    }

    pub fn delete_item(&self, object: &Object, key: &Object) -> Result<()> {
        // SAFETY: both are alive.
        Self::done(unsafe { (self.api.PyObject_DelItem)(object.as_ptr(), key.as_ptr()) })
    }

    pub fn contains(&self, container: &Object, item: &Object) -> Result<bool> {
        // SAFETY: both are alive.
        let found = unsafe { (self.api.PySequence_Contains)(container.as_ptr(), item.as_ptr()) };
        Self::done(found).map(|()| found != 0)
    }

    pub fn is_true(&self, object: &Object) -> Result<bool> {
        // SAFETY: the object is alive.
        let truth = unsafe { (self.api.PyObject_IsTrue)(object.as_ptr()) };
        Self::done(truth).map(|()| truth != 0)
    }

    pub fn repr(&self, object: &Object) -> Result<Object> {
        // SAFETY: the object is alive.
        self.own(unsafe { (self.api.PyObject_Repr)(object.as_ptr()) })
    }

    pub fn str(&self, object: &Object) -> Result<Object> {
        // SAFETY: the object is alive.
        self.own(unsafe { (self.api.PyObject_Str)(object.as_ptr()) })
    }

    pub fn compare(&self, left: &Object, right: &Object, comparison: Comparison) -> Result<Object> {
        // SAFETY: both are alive, and the number is one of the six.
        self.own(unsafe { (self.api.PyObject_RichCompare)(left.as_ptr(), right.as_ptr(), comparison as c_int) })
    }

    pub fn unary(&self, operation: Unary, operand: &Object) -> Result<Object> {
        // SAFETY: the operand is alive, and the operation is one of the C API's.
        self.own(unsafe { operation(operand.as_ptr()) })
    }

    pub fn binary(&self, operation: Binary, left: &Object, right: &Object) -> Result<Object> {
        // SAFETY: both are alive, and the operation is one of the C API's.
        self.own(unsafe { operation(left.as_ptr(), right.as_ptr()) })
    }

    pub fn power(&self, base: &Object, exponent: &Object) -> Result<Object> {
        let modulus = self.constant(Constant::None)?;
        // SAFETY: all are alive.
        self.own(unsafe { (self.api.PyNumber_Power)(base.as_ptr(), exponent.as_ptr(), modulus.as_ptr()) })
    }

    /// Calls as compiled code does: keyword values follow the positional ones, their names stand in a tuple.
    pub fn call(&self, function: &Object, positional: Vec<Object>, keywords: Vec<(Object, Object)>) -> Result<Object> {
        let count = positional.len();
        let (names, values): (Vec<_>, Vec<_>) = keywords.into_iter().unzip();
        let names = if names.is_empty() { None } else { Some(self.tuple(names)?) };
        let arguments: Vec<Object> = positional.into_iter().chain(values).collect();
        let pointers: Vec<Pointer> = arguments.iter().map(Object::as_ptr).collect();
        // SAFETY: `arguments` and `names` keep everything alive during the call; there are as many values as names.
        self.own(unsafe {
            (self.api.PyObject_Vectorcall)(
                function.as_ptr(),
                pointers.as_ptr(),
                count,
                names.as_ref().map_or(ptr::null_mut(), Object::as_ptr),
            )
        })
    }
}

/// What the library says of itself; it may be asked before any interpreter is there.
pub fn version(library: &Library) -> std::result::Result<String, String> {
    let api = Api::load(library)?;
    // SAFETY: the result is a C string that lives as long as the library.
    let version = unsafe { CStr::from_ptr((api.Py_GetVersion)()) };
    Ok(version.to_string_lossy().into_owned())
}

/// No name or literal of the language has a zero byte in it; one that does ends there.
fn c_string(text: &str) -> CString {
    CString::new(text.split('\0').next().unwrap_or_default()).unwrap_or_default()
}
