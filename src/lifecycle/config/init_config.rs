//! `PyInitConfig`: configuration by names, without structs (PEP 741).
//!
//! Its texts are there before the process is preinitialised, which may change allocators, and afterwards; and those it
//! hands out are freed with `free`. So all its memory is the C library's.

use super::options::{Kind, OPTIONS, Opt, PRE, find};
use super::wide;
use crate::abi::*;
use crate::lifecycle::exit::STATUS_EXIT;
use crate::lifecycle::{self, preinit};
use std::ffi::{CStr, CString};
use std::ptr;

/// What stands behind a `PyInitConfig *`.
pub struct InitConfig {
    pub pre: PyPreConfig,
    pub config: PyConfig,
    pub modules: Vec<(CString, PyModInitFunction)>,
    names_given: bool,
    error: Option<CString>,
    pub exit_code: Option<c_int>,
}

type Fallible<T = ()> = Result<T, &'static str>;

impl InitConfig {
    fn new() -> InitConfig {
        InitConfig {
            pre: super::new_pre(super::ISOLATED),
            config: super::new(super::ISOLATED),
            modules: Vec::new(),
            names_given: false,
            error: None,
            exit_code: None,
        }
    }

    /// One in a block of its own, or NULL without memory.
    pub fn boxed() -> *mut InitConfig {
        // SAFETY: fresh, and large enough.
        unsafe {
            let place = libc::malloc(size_of::<InitConfig>()).cast::<InitConfig>();
            if !place.is_null() {
                place.write(InitConfig::new());
            }
            place
        }
    }

    /// Frees what [`InitConfig::boxed`] gave.
    ///
    /// # Safety
    /// It is that, and is not used again.
    pub unsafe fn free(this: *mut InitConfig) {
        // SAFETY: the caller's word.
        unsafe {
            this.drop_in_place();
            libc::free(this.cast());
        }
    }

    /// What a function gives to C: 0, or -1 with the error kept.
    pub fn keep(&mut self, result: Fallible) -> c_int {
        match result {
            Ok(()) => 0,
            Err(text) => {
                self.fail(text);
                -1
            }
        }
    }

    /// The modules as a table with its end, if there are any. The runtime keeps what names point to, so that is given
    /// away.
    pub fn table(&mut self) -> Option<Vec<_inittab>> {
        if self.modules.is_empty() {
            return None;
        }
        self.names_given = true;
        let entry =
            |(name, initfunc): &(CString, PyModInitFunction)| _inittab { name: name.as_ptr(), initfunc: *initfunc };
        let end = _inittab { name: ptr::null(), initfunc: None };
        Some(self.modules.iter().map(entry).chain([end]).collect())
    }

    /// Starts the runtime. 0, or -1 with the error kept, and the code of an exit if one was asked for.
    pub fn start(&mut self) -> c_int {
        preinit::overrule(&mut self.pre, &self.config);
        let ready = preinit::run(&self.pre, || lifecycle::arguments_of(&self.config));
        let Err(status) = ready.and_then(|()| lifecycle::initialize_from(&self.config)) else {
            self.error = None;
            return 0;
        };
        if status._type == STATUS_EXIT {
            self.exit_code = Some(status.exitcode);
            self.fail(&format!("exit code {}", status.exitcode));
        } else {
            // SAFETY: the texts of our statuses are static.
            self.fail(&unsafe { CStr::from_ptr(status.err_msg) }.to_string_lossy());
        }
        -1
    }

    fn fail(&mut self, text: &str) {
        self.error = CString::new(text).ok();
    }

    pub fn error(&self) -> *const c_char {
        self.error.as_ref().map_or(ptr::null(), |text| text.as_ptr())
    }

    fn pre_place(&mut self, name: &str) -> Option<&mut c_int> {
        PRE.iter().find(|(pre, _)| *pre == name)?;
        Some(match name {
            "allocator" => &mut self.pre.allocator,
            "coerce_c_locale" => &mut self.pre.coerce_c_locale,
            "coerce_c_locale_warn" => &mut self.pre.coerce_c_locale_warn,
            "configure_locale" => &mut self.pre.configure_locale,
            _ => &mut self.pre.utf8_mode,
        })
    }

    pub fn has(&mut self, name: &str) -> bool {
        find(name).is_some() || self.pre_place(name).is_some()
    }

    fn option(name: &str) -> Fallible<&'static Opt> {
        find(name).ok_or("unknown config option name")
    }

    pub fn get_int(&mut self, name: &str) -> Fallible<i64> {
        if let Some(place) = self.pre_place(name) {
            return Ok(i64::from(*place));
        }
        let option = InitConfig::option(name)?;
        // SAFETY: ours, of that kind.
        unsafe {
            match option.kind {
                Kind::Int | Kind::Uint | Kind::Bool => Ok(i64::from(*option.int(&mut self.config))),
                Kind::Ulong => Ok(*option.ulong(&mut self.config) as i64),
                _ => Err("config option type is not int"),
            }
        }
    }

    pub fn set_int(&mut self, name: &str, value: i64) -> Fallible {
        if let Some(place) = self.pre_place(name) {
            *place = match c_int::try_from(value) {
                Ok(value) if value >= 0 || name == "allocator" => value,
                _ if name == "allocator" => return Err("config option value is out of int range"),
                _ => return Err("config option value is out of unsigned int range"),
            };
            return Ok(());
        }
        let option = InitConfig::option(name)?;
        // SAFETY: ours, of that kind.
        unsafe {
            match option.kind {
                Kind::Int => {
                    *option.int(&mut self.config) =
                        c_int::try_from(value).map_err(|_| "config option value is out of int range")?;
                }
                Kind::Uint | Kind::Bool => {
                    *option.int(&mut self.config) = c_int::try_from(value)
                        .ok()
                        .filter(|&value| value >= 0)
                        .ok_or("config option value is out of unsigned int range")?;
                }
                Kind::Ulong => {
                    *option.ulong(&mut self.config) =
                        c_ulong::try_from(value).map_err(|_| "config option value is out of unsigned long range")?;
                }
                _ => return Err("config option type is not int"),
            }
        }
        if name == "hash_seed" {
            self.config.use_hash_seed = 1;
        }
        Ok(())
    }

    /// A text in raw memory, or NULL.
    pub fn get_str(&mut self, name: &str) -> Fallible<*mut c_char> {
        if self.pre_place(name).is_some() {
            return Err("config option type is not string");
        }
        let option = InitConfig::option(name)?;
        if !matches!(option.kind, Kind::Text | Kind::OptionalText) {
            return Err("config option type is not string");
        }
        // SAFETY: ours, of that kind.
        match unsafe { wide::get(*option.text(&mut self.config)) } {
            Some(text) => c_string(&text),
            None => Ok(ptr::null_mut()),
        }
    }

    pub fn set_str(&mut self, name: &str, value: &CStr) -> Fallible {
        if self.pre_place(name).is_some() {
            return Err("config option type is not string");
        }
        let option = InitConfig::option(name)?;
        if !matches!(option.kind, Kind::Text | Kind::OptionalText) {
            return Err("config option type is not string");
        }
        let text = decode(value)?;
        let value = c_array(&text)?;
        // SAFETY: ours, of that kind.
        unsafe { libc::free(option.text(&mut self.config).replace(value).cast()) };
        Ok(())
    }

    /// Texts in raw memory.
    pub fn get_list(&mut self, name: &str) -> Fallible<(usize, *mut *mut c_char)> {
        if self.pre_place(name).is_some() {
            return Err("config option type is not string list");
        }
        let option = InitConfig::option(name)?;
        if option.kind != Kind::List {
            return Err("config option type is not string list");
        }
        // SAFETY: ours, of that kind; fresh.
        unsafe {
            let items = wide::items(option.list(&mut self.config));
            let place = libc::calloc(items.len().max(1), size_of::<*mut c_char>()).cast::<*mut c_char>();
            if place.is_null() {
                return Err(NO_MEMORY);
            }
            for (i, item) in items.iter().enumerate() {
                match c_string(item) {
                    Ok(text) => *place.add(i) = text,
                    Err(error) => {
                        free_list(i, place);
                        return Err(error);
                    }
                }
            }
            Ok((items.len(), place))
        }
    }

    pub fn set_list(&mut self, name: &str, values: &[*mut c_char]) -> Fallible {
        if self.pre_place(name).is_some() {
            return Err("config option type is not strings list");
        }
        let option = InitConfig::option(name)?;
        if option.kind != Kind::List {
            return Err("config option type is not strings list");
        }
        // SAFETY: C strings of the caller; ours, of that kind.
        unsafe {
            let texts = values.iter().map(|&value| decode(CStr::from_ptr(value))).collect::<Fallible<Vec<_>>>()?;
            let list = option.list(&mut self.config);
            clear_list(list);
            let items = libc::calloc(texts.len().max(1), size_of::<*mut wchar_t>()).cast::<*mut wchar_t>();
            if items.is_null() {
                return Err(NO_MEMORY);
            }
            (*list).items = items;
            for text in texts {
                *items.offset((*list).length) = c_array(&text)?;
                (*list).length += 1;
            }
        }
        if name == "module_search_paths" {
            self.config.module_search_paths_set = 1;
        }
        Ok(())
    }
}

impl Drop for InitConfig {
    fn drop(&mut self) {
        if self.names_given {
            std::mem::take(&mut self.modules).into_iter().for_each(|(name, _)| std::mem::forget(name));
        }
        for option in OPTIONS {
            // SAFETY: the texts in it were allocated for it.
            unsafe {
                match option.kind {
                    Kind::Text | Kind::OptionalText => libc::free((*option.text(&mut self.config)).cast()),
                    Kind::List => clear_list(option.list(&mut self.config)),
                    _ => {}
                }
            }
        }
    }
}

/// # Safety
/// `list` is one of ours.
unsafe fn clear_list(list: *mut PyWideStringList) {
    // SAFETY: the caller's word.
    unsafe {
        for i in 0..(*list).length {
            libc::free((*(*list).items.offset(i)).cast());
        }
        libc::free((*list).items.cast());
        (*list).length = 0;
        (*list).items = ptr::null_mut();
    }
}

/// A copy with a zero behind it.
fn c_array<T: Copy>(text: &[T]) -> Fallible<*mut T> {
    // SAFETY: zeroed, with room for the end; the types used are numbers.
    unsafe {
        let place = libc::calloc(text.len() + 1, size_of::<T>()).cast::<T>();
        if place.is_null() {
            return Err(NO_MEMORY);
        }
        place.copy_from_nonoverlapping(text.as_ptr(), text.len());
        Ok(place)
    }
}

const NO_MEMORY: &str = "memory allocation failed";

fn decode(value: &CStr) -> Fallible<Vec<wchar_t>> {
    match value.to_str() {
        Ok(text) => Ok(wide::unpack(text.as_bytes())),
        Err(_) => Err("decoding error"),
    }
}

fn c_string(text: &[wchar_t]) -> Fallible<*mut c_char> {
    Ok(c_array(&wide::pack(text))?.cast())
}

/// Frees what `get_list` gave.
///
/// # Safety
/// It is that.
pub unsafe fn free_list(n: usize, items: *mut *mut c_char) {
    // SAFETY: the caller's word.
    unsafe {
        for i in 0..n {
            libc::free((*items.add(i)).cast());
        }
        libc::free(items.cast());
    }
}
