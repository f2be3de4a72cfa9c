//! The map of generated code that `perf` reads: `/tmp/perf-PID.map`, a line for each piece of code.

use parking_lot::Mutex;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;

static MAP: Mutex<Option<File>> = Mutex::new(None);

fn open() -> io::Result<File> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC)
        .open(format!("/tmp/perf-{}.map", std::process::id()))
}

/// The file, opened when it is first needed.
fn with_file(work: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut map = MAP.lock();
    if map.is_none() {
        *map = Some(open()?);
    }
    work(map.as_mut().expect("just opened"))
}

/// `PyUnstable_PerfMapState_Init`.
pub fn init() -> io::Result<()> {
    with_file(|_| Ok(()))
}

/// `PyUnstable_WritePerfMapEntry`.
pub fn write(address: usize, size: u32, name: &[u8]) -> io::Result<()> {
    with_file(|file| {
        let mut line = format!("{address:x} {size:x} ").into_bytes();
        line.extend_from_slice(name);
        line.push(b'\n');
        file.write_all(&line)
    })
}

/// `PyUnstable_CopyPerfMapFile`: appends another map, a parent's after `fork`.
pub fn copy(path: &std::ffi::OsStr) -> io::Result<()> {
    with_file(|file| io::copy(&mut File::open(path)?, file).map(|_| ()))
}

/// `PyUnstable_PerfMapState_Fini`.
pub fn close() {
    *MAP.lock() = None;
}
