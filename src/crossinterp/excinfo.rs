//! A snapshot of an exception, in plain C strings: what is left of it in another interpreter (`_PyXI_excinfo`).
//!
//! CPython's snapshot of a `MemoryError` is empty, so that nothing need be allocated; one that is empty says nothing of
//! what was raised. The text for people is what CPython gets from the module `traceback`; here it is the same that is
//! written to standard error.

use crate::abi::*;
use crate::mem::domains;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime::unraisable;
use crate::types::exceptions::{self, display};
use crate::types::{namespace, none, typeobject, unicode};
use std::ffi::CStr;
use std::ptr;

/// CPython's struct, which modules make by hand too.
#[repr(C)]
pub struct _PyXI_excinfo {
    pub ty: ExcType,
    pub msg: *const c_char,
    pub errdisplay: *const c_char,
}

#[repr(C)]
pub struct ExcType {
    /// The class, if it is one that all interpreters share.
    pub builtin: *mut PyTypeObject,
    pub name: *const c_char,
    pub qualname: *const c_char,
    pub module: *const c_char,
}

const _: () = assert!(size_of::<_PyXI_excinfo>() == 48);

/// A C string of our own. `TypeError` for what is no str, `ValueError` for a NUL inside.
pub fn copied(o: &Object) -> Result<*mut c_char> {
    let text = unicode::as_str(o)?;
    if text.contains('\0') {
        return Err(raise!(ValueError, "found embedded NULL character"));
    }
    raw_copy(text)
}

/// The same of a text without a NUL.
pub fn raw_copy(text: &str) -> Result<*mut c_char> {
    let copy = domains::raw_malloc(text.len() + 1).cast::<u8>();
    if copy.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh, and large enough.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr(), copy, text.len());
        *copy.add(text.len()) = 0;
    }
    Ok(copy.cast())
}

/// A C string that is there, as a str; what is no UTF-8 in it raises.
///
/// # Safety
/// `text` is NULL or a C string.
unsafe fn text_object(text: *const c_char) -> Result<Option<Owned>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes()).map(Some)
}

impl _PyXI_excinfo {
    pub const EMPTY: _PyXI_excinfo = _PyXI_excinfo {
        ty: ExcType { builtin: ptr::null_mut(), name: ptr::null(), qualname: ptr::null(), module: ptr::null() },
        msg: ptr::null(),
        errdisplay: ptr::null(),
    };

    /// Whether it says anything of an exception.
    pub fn is_set(&self) -> bool {
        !self.ty.name.is_null() || !self.msg.is_null()
    }

    /// Frees the strings.
    pub fn clear(&mut self) {
        let info = std::mem::replace(self, _PyXI_excinfo::EMPTY);
        for text in [info.ty.name, info.ty.qualname, info.ty.module, info.msg, info.errdisplay] {
            // SAFETY: the snapshot owns its strings.
            unsafe { domains::raw_free(text.cast_mut().cast()) };
        }
    }

    /// Of an exception, or of any object with the attributes of [`as_object`]. `Exception` says what was missing, with
    /// the reason as its cause; `ValueError` for None.
    pub fn of(o: &Object) -> Result<_PyXI_excinfo> {
        if o.is_none() {
            return Err(missing());
        }
        let mut info = _PyXI_excinfo::EMPTY;
        let filled = if exceptions::is_instance(o) || exceptions::is_class(o) {
            info.fill_from_exception(o)
        } else {
            info.fill_from_snapshot(o)
        };
        match filled {
            Ok(()) => Ok(info),
            Err((raised, failure)) => {
                info.clear();
                Err(failed(raised, failure))
            }
        }
    }

    /// What could not be read, beside the exception that says why.
    pub fn fill_from_exception(&mut self, o: &Object) -> std::result::Result<(), (Raised, &'static str)> {
        if exceptions::given_matches(o, exceptions::object(&raw mut exceptions::MemoryError)) {
            return Ok(());
        }
        let class = o.ty();
        if typeobject::has_flag(class, _Py_TPFLAGS_STATIC_BUILTIN) {
            self.ty.builtin = class;
        }
        let names: [fn(*mut PyTypeObject) -> Result<Owned>; 3] =
            [typeobject::names::get_name, typeobject::names::get_qualname, typeobject::names::get_module_name];
        self.ty.fill(names.map(|name| move || name(class))).map_err(|raised| (raised, NO_TYPE))?;
        let text = o.str().map_err(|raised| (raised, "error while formatting exception"))?;
        self.msg = copied(&text).map_err(|raised| (raised, NO_MESSAGE))?;
        if exceptions::is_instance(o)
            && let Some(frames) = unraisable::frames_of_snapshot()
        {
            let display = display::text(o, true, frames);
            let display = display.strip_suffix('\n').unwrap_or(&display);
            if !display.contains('\0') {
                self.errdisplay = error::forget(raw_copy(display)).unwrap_or(ptr::null_mut());
            }
        }
        Ok(())
    }

    fn fill_from_snapshot(&mut self, o: &Object) -> std::result::Result<(), (Raised, &'static str)> {
        let attribute = |name: &str, missing: &'static str| {
            unicode::intern_str(name).and_then(|name| o.getattr(&name)).map_err(|raised| (raised, missing))
        };
        let class = attribute("type", "exception snapshot missing 'type' attribute")?;
        let (names, class) = ([name!(__name__), name!(__qualname__), name!(__module__)], &class);
        self.ty.fill(names.map(|name| move || class.getattr(name))).map_err(|raised| (raised, NO_TYPE))?;
        let msg = attribute("msg", "exception snapshot missing 'msg' attribute")?;
        self.msg = copied(&msg).map_err(|raised| (raised, NO_MESSAGE))?;
        let shown = attribute("errdisplay", "exception snapshot missing 'errdisplay' attribute")?;
        self.errdisplay = copied(&shown).map_err(|raised| (raised, "error while copying exception error display"))?;
        Ok(())
    }

    /// "module.qualname: message", as far as they are known; None if nothing is.
    pub fn format(&self) -> Result<Owned> {
        // SAFETY: the snapshot's own C strings, or its maker's.
        let text = |text: *const c_char| unsafe { CStr::from_ptr(text) }.to_string_lossy();
        if self.ty.name.is_null() {
            // SAFETY: the snapshot's own C string, its maker's, or NULL.
            return Ok(unsafe { text_object(self.msg) }?.unwrap_or_else(none::none));
        }
        let mut out = String::new();
        if !self.ty.module.is_null() {
            let module = text(self.ty.module);
            if module != "builtins" && module != "__main__" {
                out = format!("{module}.");
            }
        }
        out += &text(if self.ty.qualname.is_null() { self.ty.name } else { self.ty.qualname });
        if !self.msg.is_null() {
            out = format!("{out}: {}", text(self.msg));
        }
        unicode::from_str(&out)
    }

    /// A namespace with `type`, `msg`, `formatted`, and `errdisplay` if there is one.
    pub fn as_object(&self) -> Result<Owned> {
        let result = namespace::new(None)?;
        let set = |o: &Object, name: &str, value: &Object| o.setattr_str(name, value);
        // SAFETY: as in `format`.
        let string = |text| unsafe { text_object(text) };
        let class = if self.ty.name.is_null() {
            none::none()
        } else {
            let class = namespace::new(None)?;
            let ty = &self.ty;
            for (name, text) in [("__name__", ty.name), ("__qualname__", ty.qualname), ("__module__", ty.module)] {
                if let Some(text) = string(text)? {
                    set(&class, name, &text)?;
                }
            }
            class
        };
        set(&result, "type", &class)?;
        set(&result, "msg", &*string(self.msg)?.unwrap_or_else(none::none))?;
        set(&result, "formatted", &*self.format()?)?;
        if let Some(shown) = string(self.errdisplay)? {
            set(&result, "errdisplay", &shown)?;
        }
        Ok(result)
    }

    /// Raises `class` with what [`Self::format`] says, for the exception that the snapshot is of.
    pub fn raise_as(&self, class: *mut PyTypeObject) -> Raised {
        match self.format() {
            Ok(text) => exceptions::raise(exceptions::object(class), Some(&text)),
            Err(raised) => raised,
        }
    }
}

const NO_TYPE: &str = "error while initializing exception type snapshot";
const NO_MESSAGE: &str = "error while copying exception message";

impl ExcType {
    /// Name, qualified name and module, in this order.
    fn fill(&mut self, texts: [impl FnOnce() -> Result<Owned>; 3]) -> Result<()> {
        for (place, text) in [&mut self.name, &mut self.qualname, &mut self.module].into_iter().zip(texts) {
            *place = copied(&*text()?)?;
        }
        Ok(())
    }
}

/// `ValueError`: there is no exception to take a snapshot of.
pub fn missing() -> Raised {
    raise!(ValueError, "missing exc")
}

/// `Exception(failure)`, caused by what was raised.
fn failed(raised: Raised, failure: &str) -> Raised {
    let cause = error::caught(raised);
    exceptions::with_cause(raise!(Exception, "{failure}"), Some(cause))
}

/// A snapshot outside of all interpreters, for C to hold.
pub fn boxed(info: _PyXI_excinfo) -> Result<*mut _PyXI_excinfo> {
    domains::raw_box(info).map_err(|mut info| {
        info.clear();
        error::no_memory()
    })
}

/// Frees a snapshot of [`boxed`].
///
/// # Safety
/// It is one, and is not used again.
pub unsafe fn free(info: *mut _PyXI_excinfo) {
    // SAFETY: the caller's word.
    unsafe {
        (*info).clear();
        domains::raw_free(info.cast());
    }
}
