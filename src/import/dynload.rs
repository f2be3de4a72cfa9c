//! Opening an extension file and finding its init function.

use super::errors::import_error;
use super::{elf, modules};
use crate::abi::*;
use crate::object::{Object, Result};
use crate::raise;
use crate::types::{bytes, unicode};
use std::ffi::{CStr, CString};

/// What the names of extension files end with, in the order in which they are tried.
pub const SUFFIXES: [&str; 4] = [".cpython-314-x86_64-linux-gnu.so", ".abi3.so", ".abi3-x86_64-linux-gnu.so", ".so"];

/// The name of a module's init function: by the last part of its name, in punycode if that is not ASCII (PEP 489).
pub struct InitName {
    /// The last part of the module's name, as it stands in messages.
    pub short: String,
    pub symbol: CString,
}

impl InitName {
    pub fn of(name: &Object) -> Result<InitName> {
        let full = unicode::as_str(name)?;
        let short = full.rsplit('.').next().unwrap_or(full);
        let symbol = if short.is_ascii() {
            format!("PyInit_{short}")
        } else {
            let encoded = punycode(short).ok_or_else(|| raise!(ValueError, "module name too long"))?;
            format!("PyInitU_{}", encoded.replace('-', "_"))
        };
        let symbol = CString::new(symbol).map_err(|_| raise!(ValueError, "embedded null character"))?;
        Ok(InitName { short: short.to_owned(), symbol })
    }
}

/// The init function of the extension `name` in the file `path`. `ImportError` with the loader's words if the file
/// can't be opened, or if it does not export the function.
pub fn init_function(name: &Object, init: &InitName, path: &Object) -> Result<PyModInitFunction> {
    let file = CString::new(bytes::as_slice(&*unicode::paths::encode(path)?))
        .map_err(|_| raise!(ValueError, "embedded null character"))?;
    if let Some(other) = foreign_tag(&file.to_string_lossy()) {
        let text =
            format!("{}: built for {other}, this runtime provides the ABI of cpython-314", file.to_string_lossy());
        return Err(import_error(&text, name, path));
    }
    // A bare name would be looked up along the system's library path.
    let file = match file.as_bytes().contains(&b'/') {
        true => file,
        false => CString::new([b"./", file.as_bytes()].concat()).expect("it had no NUL"),
    };
    if let Some(fault) = elf::fault(&file) {
        return Err(import_error(&format!("{}: {fault}", file.to_string_lossy()), name, path));
    }
    // SAFETY: a C string; the file's constructors are foreign code, and the thread stays attached as on CPython.
    let handle = unsafe { libc::dlopen(file.as_ptr(), modules::dlopen_flags()) };
    if handle.is_null() {
        // CPython knows the module by its last name here.
        return Err(import_error(&loader_error(), &*unicode::from_str(&init.short)?, path));
    }
    // SAFETY: an open handle.
    let function = unsafe { libc::dlsym(handle, init.symbol.as_ptr()) };
    if function.is_null() {
        let symbol = init.symbol.to_string_lossy();
        let text = format!("dynamic module does not define module export function ({symbol})");
        return Err(import_error(&text, name, path));
    }
    // SAFETY: what an extension exports under that name.
    Ok(unsafe { std::mem::transmute::<*mut c_void, PyModInitFunction>(function) })
}

/// The ABI tag in a file's name, if it names another interpreter or version than ours.
fn foreign_tag(file: &str) -> Option<&str> {
    let name = file.rsplit('/').next()?;
    let tag = name.strip_suffix(".so")?.split('.').nth(1)?;
    let implementation = ["cpython-", "pypy", "graalpy"].iter().any(|prefix| tag.starts_with(prefix));
    let version = tag.split('-').nth(1).unwrap_or("");
    (implementation && !(tag.starts_with("cpython-") && (version == "314" || version == "314d"))).then_some(tag)
}

fn loader_error() -> String {
    // SAFETY: a C string or NULL.
    let text = unsafe { libc::dlerror() };
    if text.is_null() {
        return "unknown dlopen() error".into();
    }
    // SAFETY: a C string, not NULL.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// RFC 3492: the ASCII characters, a hyphen, then where and which the others are.
fn punycode(text: &str) -> Option<String> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let digit = |d: u32| (if d < 26 { b'a' + d as u8 } else { b'0' + (d - 26) as u8 }) as char;
    let mut out: String = text.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    let total = text.chars().count() as u32;
    while handled < total {
        let next = text.chars().map(u32::from).filter(|&c| c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in text.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                let mut q = delta;
                let mut k = BASE;
                loop {
                    let t = if k <= bias { T_MIN } else { (k - bias).min(T_MAX) };
                    if q < t {
                        break;
                    }
                    out.push(digit(t + (q - t) % (BASE - t)));
                    q = (q - t) / (BASE - t);
                    k += BASE;
                }
                out.push(digit(q));
                let mut d = if handled == basic { delta / 700 } else { delta / 2 };
                d += d / (handled + 1);
                let mut k = 0;
                while d > ((BASE - T_MIN) * T_MAX) / 2 {
                    d /= BASE - T_MIN;
                    k += BASE;
                }
                bias = k + (BASE - T_MIN + 1) * d / (d + 38);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punycode_of_the_rfc() {
        assert_eq!(punycode("é").as_deref(), Some("9ca"));
        assert_eq!(punycode("bücher").as_deref(), Some("bcher-kva"));
        assert_eq!(punycode("他们为什么不说中文").as_deref(), Some("ihqwcrb4cv8a8dqg056pqjye"));
    }

    #[test]
    fn tags_of_other_runtimes() {
        assert_eq!(foreign_tag("/a/x.cpython-314-x86_64-linux-gnu.so"), None);
        assert_eq!(foreign_tag("x.abi3.so"), None);
        assert_eq!(foreign_tag("x.so"), None);
        assert_eq!(foreign_tag("x.cpython-313-x86_64-linux-gnu.so"), Some("cpython-313-x86_64-linux-gnu"));
        assert_eq!(foreign_tag("x.cpython-314t-x86_64-linux-gnu.so"), Some("cpython-314t-x86_64-linux-gnu"));
        assert_eq!(foreign_tag("x.pypy310-pp73-x86_64-linux-gnu.so"), Some("pypy310-pp73-x86_64-linux-gnu"));
    }
}
