//! Paths as importlib works with them: text that is joined, cut and looked at on the disk.

use super::modules;
use crate::abi::c_int;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, attr, error};
use crate::raise;
use crate::runtime::{self, audit, open_code};
use crate::types::{bytes, exceptions, long, none, tuple, typeobject, unicode};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::fd::FromRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// The characters of a str; for another object the error that calling this method of str would raise.
pub fn text<'a>(o: &'a Object, method: &str) -> Result<&'a str> {
    check(o, method)?;
    unicode::as_str(o)
}

/// The object is a str, or lacks this method.
pub fn check(o: &Object, method: &str) -> Result<()> {
    if unicode::check(o) {
        return Ok(());
    }
    Err(attr::no_attribute(o, &*unicode::intern_str(method)?))
}

/// A path's bytes as the system wants them. It is a str, or else it has no `startswith` that would do.
fn system(path: &Object) -> Result<Owned> {
    if !unicode::check(path) {
        if bytes::check(path) {
            return Err(raise!(TypeError, "startswith first arg must be bytes or a tuple of bytes, not str"));
        }
        return Err(attr::no_attribute(path, &*unicode::intern_str("startswith")?));
    }
    let encoded = unicode::paths::encode(path)?;
    if bytes::as_slice(&encoded).contains(&0) {
        return Err(raise!(ValueError, "stat: embedded null character in path"));
    }
    Ok(encoded)
}

fn place(encoded: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(encoded))
}

#[cold]
fn os_error(failure: &std::io::Error, path: Option<&Object>) -> Raised {
    let errno = failure.raw_os_error().unwrap_or(libc::EIO);
    exceptions::raise_errno(exceptions::object(&raw mut exceptions::OSError), errno, path, None)
}

/// The working directory.
pub fn working_directory() -> Result<Owned> {
    match std::env::current_dir() {
        Ok(here) => unicode::paths::decode(here.as_os_str().as_bytes()),
        Err(failure) => Err(os_error(&failure, None)),
    }
}

/// `head/tail`, with one slash between them.
pub fn join(head: &Object, tail: &Object) -> Result<Owned> {
    let (head, tail) = (unicode::paths::encode(head)?, unicode::paths::encode(tail)?);
    let (mut front, tail) = (bytes::as_slice(&head), bytes::as_slice(&tail));
    if front.is_empty() {
        return unicode::paths::decode(tail);
    }
    while let [rest @ .., b'/'] = front {
        front = rest;
    }
    unicode::paths::decode(&[front, b"/", tail].concat())
}

/// The path from the root on.
pub fn absolute(path: &Object) -> Result<Owned> {
    let encoded = system(path)?;
    let text = bytes::as_slice(&encoded);
    if text.first() == Some(&b'/') {
        return Ok(path.to_owned());
    }
    let text = text.strip_prefix(b"./").unwrap_or(text);
    join(&*working_directory()?, &*unicode::paths::decode(text)?)
}

/// The path of a finder: the working directory for what is false, and for `.`.
pub fn of_finder(path: &Object) -> Result<Owned> {
    if !path.is_true()? || (unicode::check(path) && unicode::equal_str(path, ".")) {
        return working_directory();
    }
    absolute(path)
}

/// What stands before the last slash, and what behind it.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').map_or(("", path), |(head, tail)| (head, tail))
}

/// There is a directory, at a path or behind an open file's number; anything false stands for the working directory.
pub fn is_directory(path: &Object) -> Result<bool> {
    if !path.is_true()? {
        return Ok(true);
    }
    if long::check(path) {
        return is_open_directory(long::as_i32(path)?);
    }
    let path = named(path)?;
    Ok(place(bytes::as_slice(&path)).is_dir())
}

fn is_open_directory(fd: c_int) -> Result<bool> {
    // SAFETY: fstat fills the struct or fails.
    unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        Ok(libc::fstat(fd, &raw mut stat) == 0 && stat.st_mode & libc::S_IFMT == libc::S_IFDIR)
    }
}

/// A directory to look into, and the name that is looked for in it.
pub struct Candidate {
    /// `directory/name`, as the system wants it.
    base: Vec<u8>,
}

impl Candidate {
    /// `None` for a name that no file can have.
    pub fn new(directory: &Object, name: &str) -> Result<Option<Candidate>> {
        if name.bytes().any(|c| c == b'/' || c == 0) {
            return Ok(None);
        }
        let encoded = unicode::paths::encode(directory)?;
        let mut base = bytes::as_slice(&encoded).to_vec();
        if base.contains(&0) {
            return Ok(None);
        }
        while base.last() == Some(&b'/') {
            base.pop();
        }
        base.push(b'/');
        base.extend_from_slice(name.as_bytes());
        Ok(Some(Candidate { base }))
    }

    pub fn is_directory(&self) -> bool {
        place(&self.base).is_dir()
    }

    /// The file with this behind the name, if it is there.
    pub fn file(&self, ending: &str) -> Result<Option<Owned>> {
        let path = [&self.base, ending.as_bytes()].concat();
        if ending.contains('\0') || !place(&path).is_file() {
            return Ok(None);
        }
        unicode::paths::decode(&path).map(Some)
    }

    pub fn path(&self) -> Result<Owned> {
        unicode::paths::decode(&self.base)
    }
}

/// The bytes of a file.
pub fn read(path: &Object) -> Result<Vec<u8>> {
    let encoded = system(path)?;
    tell_open(path, "r", libc::O_RDONLY)?;
    fs::read(place(bytes::as_slice(&encoded))).map_err(|failure| os_error(&failure, Some(path)))
}

/// The bytes of a file whose contents may be executed: the hook of an embedder opens it, if there is one (PEP 578).
pub fn read_code(path: &Object) -> Result<Owned> {
    if !open_code::is_hooked() {
        return bytes::from_slice(&read(path)?);
    }
    let file = open_code::open(path, "get_data")?;
    let unmanaged = |what: &str| {
        let got = typeobject::tp_name(file.ty());
        raise!(TypeError, "'{got}' object does not support the context manager protocol{what}")
    };
    let exit = file.lookup_special(name!(__exit__))?.ok_or_else(|| unmanaged(" (missed __exit__ method)"))?;
    let enter = file.lookup_special(name!(__enter__))?.ok_or_else(|| unmanaged(""))?;
    let entered = enter.call(&[])?;
    let none = none::none_ref();
    let raised = match entered.call_method(name!(read), &[]) {
        Ok(data) => return exit.call(&[none, none, none]).map(|_| data),
        Err(raised) => error::caught(raised),
    };
    // It may keep the exception to itself; then there are no bytes.
    let traceback = exceptions::traceback(&raised).unwrap_or_else(none::none);
    if exit.call(&[raised.type_object(), &raised, &traceback])?.is_true()? {
        return Ok(none::none());
    }
    Err(error::restore(raised))
}

/// The event that a file is opened.
fn tell_open(path: &Object, mode: &str, flags: c_int) -> Result<()> {
    audit::audit_with(c"open", || {
        let mode = if mode.is_empty() { none::none() } else { unicode::from_str(mode)? };
        tuple::from_slice(&[path, &mode, &*long::from_i64((flags | libc::O_CLOEXEC).into())?])
    })
}

/// What the system says of a file.
pub struct Found {
    /// When it was changed, in seconds.
    pub changed: f64,
    pub size: u64,
    pub mode: u32,
}

/// Of a file by its path, or by the number of an open one (`os.stat`).
pub fn stat(path: &Object) -> Result<Found> {
    let found = if long::check(path) {
        let fd = long::as_i32(path)?;
        // SAFETY: the file is not closed: it stays its owner's.
        let file = std::mem::ManuallyDrop::new(unsafe { fs::File::from_raw_fd(fd.max(0)) });
        match fd < 0 {
            true => Err(std::io::Error::from_raw_os_error(libc::EBADF)),
            false => file.metadata(),
        }
    } else {
        let encoded = named(path)?;
        fs::metadata(place(bytes::as_slice(&encoded)))
    };
    let found = found.map_err(|failure| os_error(&failure, Some(path)))?;
    let changed = found.mtime() as f64 + 1e-9 * found.mtime_nsec() as f64;
    Ok(Found { changed, size: found.size(), mode: found.mode() })
}

/// The bytes of a path that is a str, bytes or has `__fspath__`.
fn named(path: &Object) -> Result<Owned> {
    if !unicode::check(path) && !bytes::check(path) && path.lookup_special(name!(__fspath__))?.is_none() {
        let got = typeobject::tp_name(path.ty());
        return Err(raise!(TypeError, "stat: path should be string, bytes, os.PathLike or integer, not {got}"));
    }
    let path = unicode::paths::fspath(path)?;
    if unicode::check(&path) { system(&path) } else { Ok(path) }
}

/// The names in a directory; none if it is gone, is no directory or can't be read.
pub fn names_in(path: &Object) -> Result<Vec<Owned>> {
    let encoded = system(path)?;
    audit::audit_with(c"os.listdir", || tuple::from_slice(&[path]))?;
    let Ok(entries) = fs::read_dir(place(bytes::as_slice(&encoded))) else { return Ok(Vec::new()) };
    entries.flatten().map(|entry| unicode::paths::decode(entry.file_name().as_bytes())).collect()
}

/// Writes a file with this mode, and the folders that it lacks: first under another name, so that nobody reads the half
/// of it. What can't be written is done without; only an audit hook can refuse with an exception.
pub fn write(path: &Object, data: &[u8], mode: u32) -> Result<()> {
    let encoded = system(path)?;
    let place = place(bytes::as_slice(&encoded));
    let missing: Vec<&Path> = place.ancestors().skip(1).take_while(|folder| !folder.is_dir()).collect();
    for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
        audit::audit_with(c"os.mkdir", || {
            let folder = unicode::paths::decode(folder.as_os_str().as_bytes())?;
            tuple::from_slice(&[&*folder, &*long::from_i64(0o777)?, &*long::from_i64(-1)?])
        })?;
        if fs::create_dir(folder).is_err_and(|failure| failure.kind() != std::io::ErrorKind::AlreadyExists) {
            return Ok(());
        }
    }
    let mut other = place.as_os_str().to_owned();
    other.push(format!(".{}", path.as_ptr() as usize));
    let named = unicode::paths::decode(other.as_bytes())?;
    tell_open(&named, "", libc::O_EXCL | libc::O_CREAT | libc::O_WRONLY)?;
    let opened = fs::OpenOptions::new().write(true).create_new(true).mode(mode & 0o666).open(&other);
    let Ok(mut file) = opened else { return Ok(()) };
    let give_up = |raised: Option<Raised>| {
        let _ = fs::remove_file(&other);
        raised.map_or(Ok(()), Err)
    };
    if file.write_all(data).is_err() {
        return give_up(None);
    }
    let told = audit::audit_with(c"os.rename", || {
        let none = long::from_i64(-1)?;
        tuple::from_slice(&[&named, path, &none, &none])
    });
    if let Err(raised) = told {
        return give_up(Some(raised));
    }
    match fs::rename(&other, place) {
        Ok(()) => Ok(()),
        Err(_) => give_up(None),
    }
}

/// An attribute of `sys` that imports can't do without.
pub fn of_sys(name: &Object) -> Result<Owned> {
    match runtime::sys_attribute(name)? {
        Some(value) => Ok(value),
        None => {
            let sys = modules::get(name!(sys))?.unwrap_or_else(none::none);
            let raised = raise!(AttributeError, "module 'sys' has no attribute '{}'", unicode::as_str(name)?);
            attr::error_context(&sys, name);
            Err(raised)
        }
    }
}
