//! A piece of work in a process of its own, with a time limit: a crash or a hang in foreign code is a result, not the
//! end.
//!
//! The child is a fork, not a new program: it needs no path to this one (which may run under another dynamic loader),
//! and nothing that is loaded in it touches the parent.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsRawFd, FromRawFd};
use std::time::{Duration, Instant};

pub struct Output {
    pub end: End,
    pub stdout: String,
    pub stderr: String,
}

#[derive(Debug, PartialEq)]
pub enum End {
    Code(i32),
    Signal(i32),
    TimeOut(Duration),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Code(code) => write!(f, "exit code {code}"),
            End::Signal(libc::SIGSEGV) => f.write_str("segmentation fault"),
            End::Signal(libc::SIGABRT) => f.write_str("aborted"),
            End::Signal(number) => write!(f, "signal {number}"),
            End::TimeOut(limit) => write!(f, "no answer after {} s", limit.as_secs()),
        }
    }
}

/// Only for a process with a single thread: the child has the memory of all, but runs one.
pub fn in_child(limit: Duration, work: impl FnOnce() -> i32) -> io::Result<Output> {
    let (mut stdout, mut stderr) = (memory_file(c"stdout")?, memory_file(c"stderr")?);
    io::stdout().flush()?;
    // SAFETY: this process has one thread, so that no lock is held by one that the child lacks.
    let child = unsafe { libc::fork() };
    if child < 0 {
        return Err(io::Error::last_os_error());
    }
    if child == 0 {
        let ready = File::open("/dev/null").is_ok_and(|null| {
            [(null.as_raw_fd(), 0), (stdout.as_raw_fd(), 1), (stderr.as_raw_fd(), 2)]
                .into_iter()
                // SAFETY: all of them are open descriptors; 0 to 2 are replaced in this process only.
                .all(|(from, to)| unsafe { libc::dup2(from, to) } >= 0)
        });
        std::process::exit(if ready { work() } else { crate::USAGE });
    }
    let end = wait(child, limit)?;
    Ok(Output { end, stdout: content(&mut stdout)?, stderr: content(&mut stderr)? })
}

fn memory_file(name: &std::ffi::CStr) -> io::Result<File> {
    // SAFETY: a C string and a known flag.
    let descriptor = unsafe { libc::memfd_create(name.as_ptr(), libc::MFD_CLOEXEC) };
    if descriptor < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: a new descriptor that nothing else owns.
    Ok(unsafe { File::from_raw_fd(descriptor) })
}

fn content(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn wait(child: libc::pid_t, limit: Duration) -> io::Result<End> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(200);
    loop {
        if let Some(status) = reap(child, libc::WNOHANG)? {
            return Ok(if libc::WIFSIGNALED(status) {
                End::Signal(libc::WTERMSIG(status))
            } else {
                End::Code(libc::WEXITSTATUS(status))
            });
        }
        if start.elapsed() >= limit {
            // SAFETY: the child has not been waited for, so the number is still its own.
            unsafe { libc::kill(child, libc::SIGKILL) };
            reap(child, 0)?;
            return Ok(End::TimeOut(limit));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}

/// The status of a child that has ended; `None` while it runs.
fn reap(child: libc::pid_t, flags: i32) -> io::Result<Option<i32>> {
    let mut status = 0;
    loop {
        // SAFETY: `status` is writable.
        let ended = unsafe { libc::waitpid(child, &mut status, flags) };
        if ended >= 0 {
            return Ok((ended == child).then_some(status));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
