//! `_signal`: handlers that are objects, timers, and the system's functions for signals. A handler is called with the
//! signal's number and `None`, in the main thread, where an extension asks for it (`PyErr_CheckSignals`). A byte for
//! the wake-up file that can't be written is lost without a word.

use super::native::{Arguments, described, fast, fast_keywords, module, noargs, one};
use super::{set, set_type};
use crate::abi::*;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::runtime::signals::{self, COUNT, Handler};
use crate::runtime::time::{self, Round};
use crate::runtime::{audit, fileutils, thread};
use crate::types::structseq::StaticType;
use crate::types::{exceptions, float, long, none, set as sets, tuple, typeobject, unicode};
use std::ffi::CStr;
use std::time::{Duration, Instant};

static METHODS: [PyMethodDef; 20] = [
    PyMethodDef::fast(
        c"default_int_handler",
        fast!(default_int_handler),
        c"default_int_handler($module, signalnum, frame, /)\n--\n\nRaise KeyboardInterrupt: the handler of SIGINT.",
    ),
    PyMethodDef::one(
        c"alarm",
        one!(alarm),
        c"alarm($module, seconds, /)\n--\n\nHave SIGALRM sent after so many seconds.",
    ),
    PyMethodDef::fast(
        c"setitimer",
        fast!(setitimer),
        c"setitimer($module, which, seconds, interval=0.0, /)\n--\n\nHave a timer fire after so many seconds, and then \
        each interval; what was left of the old one.",
    ),
    PyMethodDef::one(c"getitimer", one!(getitimer), c"getitimer($module, which, /)\n--\n\nWhat is left of a timer."),
    PyMethodDef::fast(
        c"signal",
        fast!(signal),
        c"signal($module, signalnum, handler, /)\n--\n\nHave handler(signalnum, frame) called when the signal came, or \
        SIG_DFL or SIG_IGN done; the handler before.",
    ),
    PyMethodDef::one(
        c"raise_signal",
        one!(raise_signal),
        c"raise_signal($module, signalnum, /)\n--\n\nSend the signal to this process.",
    ),
    PyMethodDef::one(
        c"strsignal",
        one!(strsignal),
        c"strsignal($module, signalnum, /)\n--\n\nWhat the system calls the signal, or None.",
    ),
    PyMethodDef::one(
        c"getsignal",
        one!(getsignal),
        c"getsignal($module, signalnum, /)\n--\n\nThe handler: SIG_DFL, SIG_IGN, a callable, or None for one that is \
        not Python's.",
    ),
    PyMethodDef::fast_keywords(
        c"set_wakeup_fd",
        fast_keywords!(set_wakeup_fd),
        c"set_wakeup_fd($module, fd, /, *, warn_on_full_buffer=True)\n--\n\nHave a byte written there for each signal, \
        -1 for nowhere; the file before.",
    ),
    PyMethodDef::fast(
        c"siginterrupt",
        fast!(siginterrupt),
        c"siginterrupt($module, signalnum, flag, /)\n--\n\nWhether the signal interrupts system calls.",
    ),
    PyMethodDef::noargs(c"pause", noargs!(pause), c"pause($module, /)\n--\n\nWait for a signal."),
    PyMethodDef::fast(
        c"pidfd_send_signal",
        fast!(pidfd_send_signal),
        c"pidfd_send_signal($module, pidfd, signalnum, siginfo=None, flags=0, /)\n--\n\nSend the signal to the process \
        of a file descriptor.",
    ),
    PyMethodDef::fast(
        c"pthread_kill",
        fast!(pthread_kill),
        c"pthread_kill($module, thread_id, signalnum, /)\n--\n\nSend the signal to a thread.",
    ),
    PyMethodDef::fast(
        c"pthread_sigmask",
        fast!(pthread_sigmask),
        c"pthread_sigmask($module, how, mask, /)\n--\n\nChange which signals this thread has blocked; those it had.",
    ),
    PyMethodDef::noargs(
        c"sigpending",
        noargs!(sigpending),
        c"sigpending($module, /)\n--\n\nThe signals that came and are blocked.",
    ),
    PyMethodDef::one(c"sigwait", one!(sigwait), c"sigwait($module, sigset, /)\n--\n\nWait for one of these signals."),
    PyMethodDef::one(
        c"sigwaitinfo",
        one!(sigwaitinfo),
        c"sigwaitinfo($module, sigset, /)\n--\n\nWait for one of these signals; what is known of it.",
    ),
    PyMethodDef::fast(
        c"sigtimedwait",
        fast!(sigtimedwait),
        c"sigtimedwait($module, sigset, timeout, /)\n--\n\nAs sigwaitinfo(), for so many seconds; None if none came.",
    ),
    PyMethodDef::noargs(
        c"valid_signals",
        noargs!(valid_signals),
        c"valid_signals($module, /)\n--\n\nThe signals that a program can use.",
    ),
    PyMethodDef::END,
];

module!(described(c"_signal", c"Signals, their handlers, and timers.", &METHODS), exec);

static mut STRUCT_SIGINFO_TYPE: PyTypeObject =
    PyTypeObject { ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0), ..PyTypeObject::EMPTY };

pub static STRUCT_SIGINFO: StaticType = StaticType {
    ty: &raw mut STRUCT_SIGINFO_TYPE,
    name: c"signal.struct_siginfo",
    module: Some("signal"),
    doc: c"struct_siginfo: what is known of a signal that was waited for.",
    fields: &[
        (c"si_signo", c"the signal's number"),
        (c"si_code", c"why it came"),
        (c"si_errno", c"an error number that goes with it"),
        (c"si_pid", c"the process that sent it"),
        (c"si_uid", c"the user of that process"),
        (c"si_status", c"the exit value or signal of a child"),
        (c"si_band", c"what happened, for SIGPOLL"),
    ],
    visible: 7,
    flags: 0,
};

/// In CPython's order, which programs see.
const NUMBERS: &[(&str, c_int)] = &[
    ("NSIG", COUNT as c_int),
    ("SIG_BLOCK", libc::SIG_BLOCK),
    ("SIG_UNBLOCK", libc::SIG_UNBLOCK),
    ("SIG_SETMASK", libc::SIG_SETMASK),
    ("SIGHUP", libc::SIGHUP),
    ("SIGINT", libc::SIGINT),
    ("SIGQUIT", libc::SIGQUIT),
    ("SIGILL", libc::SIGILL),
    ("SIGTRAP", libc::SIGTRAP),
    ("SIGIOT", libc::SIGABRT),
    ("SIGABRT", libc::SIGABRT),
    ("SIGFPE", libc::SIGFPE),
    ("SIGKILL", libc::SIGKILL),
    ("SIGBUS", libc::SIGBUS),
    ("SIGSEGV", libc::SIGSEGV),
    ("SIGSYS", libc::SIGSYS),
    ("SIGPIPE", libc::SIGPIPE),
    ("SIGALRM", libc::SIGALRM),
    ("SIGTERM", libc::SIGTERM),
    ("SIGUSR1", libc::SIGUSR1),
    ("SIGUSR2", libc::SIGUSR2),
    ("SIGCLD", libc::SIGCHLD),
    ("SIGCHLD", libc::SIGCHLD),
    ("SIGPWR", libc::SIGPWR),
    ("SIGIO", libc::SIGIO),
    ("SIGURG", libc::SIGURG),
    ("SIGWINCH", libc::SIGWINCH),
    ("SIGPOLL", libc::SIGPOLL),
    ("SIGSTOP", libc::SIGSTOP),
    ("SIGTSTP", libc::SIGTSTP),
    ("SIGCONT", libc::SIGCONT),
    ("SIGTTIN", libc::SIGTTIN),
    ("SIGTTOU", libc::SIGTTOU),
    ("SIGVTALRM", libc::SIGVTALRM),
    ("SIGPROF", libc::SIGPROF),
    ("SIGXCPU", libc::SIGXCPU),
    ("SIGXFSZ", libc::SIGXFSZ),
    ("SIGRTMIN", -1),
    ("SIGRTMAX", -2),
    ("SIGSTKFLT", libc::SIGSTKFLT),
    ("ITIMER_REAL", libc::ITIMER_REAL as c_int),
    ("ITIMER_VIRTUAL", libc::ITIMER_VIRTUAL as c_int),
    ("ITIMER_PROF", libc::ITIMER_PROF as c_int),
    ("SIG_DFL", 0),
    ("SIG_IGN", 1),
];

fn exec(module: &Object) -> Result<()> {
    for &(name, number) in NUMBERS {
        let number = match name {
            // The C library keeps some for itself.
            "SIGRTMIN" => libc::SIGRTMIN(),
            "SIGRTMAX" => libc::SIGRTMAX(),
            _ => number,
        };
        set(module, name, &*long::from_i64(number.into())?)?;
    }
    let os_error = exceptions::object(&raw mut exceptions::OSError);
    set(module, "ItimerError", &*exceptions::new_class("signal.ItimerError", None, Some(os_error), None)?)?;
    set_type(module, "struct_siginfo", STRUCT_SIGINFO.ty)?;
    if signals::may_handle() {
        signals::take_stock(&*module.getattr(&*unicode::from_str("default_int_handler")?)?);
    }
    Ok(())
}

/// The number of a signal that there can be.
fn number(signal: &Object) -> Result<usize> {
    in_range(long::as_i32(signal)?)
}

fn in_range(number: c_int) -> Result<usize> {
    match number {
        1.. if (number as usize) < COUNT => Ok(number as usize),
        _ => Err(raise!(ValueError, "signal number out of range")),
    }
}

/// 0 is success, anything else an error number.
fn checked(errno: c_int) -> Result<()> {
    match errno {
        0 => Ok(()),
        errno => Err(exceptions::raise_errno(exceptions::object(&raw mut exceptions::OSError), errno, None, None)),
    }
}

fn failed() -> Raised {
    fileutils::raise_errno(None)
}

fn default_int_handler(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("default_int_handler", args.len(), 2, 2)?;
    long::as_i32(args[0])?;
    Err(exceptions::raise_bare(&raw mut exceptions::KeyboardInterrupt))
}

fn alarm(_: &Object, seconds: &Object) -> Result<u64> {
    // SAFETY: any number of seconds is good.
    Ok(unsafe { libc::alarm(long::as_i32(seconds)? as c_uint) }.into())
}

fn described_handler(handler: Handler) -> Result<Owned> {
    match handler {
        Handler::Default => long::from_i64(0),
        Handler::Ignore => long::from_i64(1),
        Handler::Callable(callable) => Ok(callable),
        Handler::Other => Ok(none::none()),
    }
}

fn signal(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("signal", args.len(), 2, 2)?;
    let signal = long::as_i32(args[0])?;
    if !signals::may_handle() {
        return Err(raise!(ValueError, "signal only works in main thread of the main interpreter"));
    }
    let signal = in_range(signal)?;
    let handler = args[1];
    let is = |n| Ok(handler.is_exact(&raw mut long::PyLong_Type) && handler.equals(&*long::from_i64(n)?)?);
    let new = if handler.is_callable() {
        Handler::Callable(handler.to_owned())
    } else if is(1)? {
        Handler::Ignore
    } else if is(0)? {
        Handler::Default
    } else {
        return Err(raise!(TypeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
    };
    // What came before is the old handler's.
    signals::run_handlers()?;
    described_handler(signals::replace_handler(signal, new)?)
}

fn getsignal(_: &Object, signal: &Object) -> Result<Owned> {
    described_handler(signals::handler(number(signal)?))
}

fn raise_signal(_: &Object, signal: &Object) -> Result<()> {
    let signal = long::as_i32(signal)?;
    // SAFETY: the system checks the number.
    if thread::while_detached(|| unsafe { libc::raise(signal) }) != 0 {
        return Err(failed());
    }
    signals::run_handlers()
}

fn strsignal(_: &Object, signal: &Object) -> Result<Option<Owned>> {
    let signal = number(signal)?;
    // SAFETY: text of the C library's, copied at once.
    let text = unsafe {
        let text = libc::strsignal(signal as c_int);
        if text.is_null() {
            return Ok(None);
        }
        CStr::from_ptr(text).to_string_lossy().into_owned()
    };
    if text.contains("Unknown signal") { Ok(None) } else { unicode::from_str(&text).map(Some) }
}

const SET_WAKEUP_FD: Signature<2> =
    Signature::new("set_wakeup_fd", ["", "warn_on_full_buffer"]).required(1).positional(1);

fn set_wakeup_fd(_: &Object, args: Arguments) -> Result<c_int> {
    let [fd, warn] = args.bind(&SET_WAKEUP_FD)?;
    let fd = long::as_i32(fd.expect("bind checked it"))?;
    warn.map_or(Ok(true), Object::is_true)?;
    if !signals::may_handle() {
        return Err(raise!(ValueError, "set_wakeup_fd only works in main thread of the main interpreter"));
    }
    if fd != -1 {
        // SAFETY: a place for the answer, and flags.
        let flags = unsafe {
            let mut status: libc::stat = std::mem::zeroed();
            if libc::fstat(fd, &mut status) != 0 {
                return Err(failed());
            }
            libc::fcntl(fd, libc::F_GETFL)
        };
        if flags < 0 {
            return Err(failed());
        }
        if flags & libc::O_NONBLOCK == 0 {
            return Err(raise!(ValueError, "the fd {fd} must be in non-blocking mode"));
        }
    }
    Ok(signals::set_wakeup_file(fd))
}

fn siginterrupt(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("siginterrupt", args.len(), 2, 2)?;
    let (signal, flag) = (long::as_i32(args[0])?, long::as_i32(args[1])?);
    in_range(signal)?;
    // SAFETY: the handler stays, its flags change.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, std::ptr::null(), &mut action);
        action.sa_flags &= !libc::SA_RESTART;
        if flag == 0 {
            action.sa_flags |= libc::SA_RESTART;
        }
        if libc::sigaction(signal, &action, std::ptr::null_mut()) != 0 {
            return Err(failed());
        }
    }
    Ok(())
}

fn pause(_: &Object) -> Result<()> {
    // SAFETY: takes nothing.
    thread::while_detached(|| unsafe { libc::pause() });
    signals::run_handlers()
}

fn pidfd_send_signal(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("pidfd_send_signal", args.len(), 2, 4)?;
    let (pidfd, signal) = (long::as_i32(args[0])?, long::as_i32(args[1])?);
    let flags = args.get(3).map_or(Ok(0), |flags| long::as_i32(flags))?;
    if args.get(2).is_some_and(|info| !info.is_none()) {
        return Err(raise!(TypeError, "siginfo must be None"));
    }
    // SAFETY: numbers, and no information.
    let sent = unsafe {
        libc::syscall(libc::SYS_pidfd_send_signal, pidfd, signal, std::ptr::null::<libc::siginfo_t>(), flags)
    };
    if sent < 0 { Err(failed()) } else { Ok(()) }
}

fn pthread_kill(_: &Object, args: &[&Object]) -> Result<()> {
    check_positional("pthread_kill", args.len(), 2, 2)?;
    if !long::check(args[0]) {
        return Err(raise!(
            TypeError,
            "pthread_kill() argument 1 must be int, not {}",
            typeobject::tp_name(args[0].ty())
        ));
    }
    let (ident, signal) = (long::as_mask(args[0])?, long::as_i32(args[1])?);
    audit::audit_with(c"signal.pthread_kill", || tuple::from_slice(&[args[0], args[1]]))?;
    // SAFETY: the caller names a thread that runs.
    checked(unsafe { libc::pthread_kill(ident as libc::pthread_t, signal) })?;
    signals::run_handlers()
}

/// The signals that an iterable names.
fn mask(iterable: &Object) -> Result<libc::sigset_t> {
    // SAFETY: an empty set.
    let mut mask = unsafe {
        let mut mask: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut mask);
        mask
    };
    let iter = iterable.iter()?;
    while let Some(item) = iter.next()? {
        let (signal, overflow) = long::as_i64_and_overflow(&item)?;
        if overflow != 0 || !(1..COUNT as i64).contains(&signal) {
            return Err(raise!(ValueError, "signal number {signal} out of range [1; {}]", COUNT - 1));
        }
        // SAFETY: a set. The C library refuses those that it keeps to itself.
        if unsafe { libc::sigaddset(&mut mask, signal as c_int) } != 0 {
            let text = format!("invalid signal number {signal}, please use valid_signals()");
            exceptions::warn(&raw mut exceptions::RuntimeWarning, 1, &text)?;
        }
    }
    Ok(mask)
}

fn as_set(mask: &libc::sigset_t) -> Result<Owned> {
    let set = sets::new()?;
    for signal in 1..COUNT as c_int {
        // SAFETY: a set.
        if unsafe { libc::sigismember(mask, signal) } == 1 {
            sets::add(&set, &*long::from_i64(signal.into())?)?;
        }
    }
    Ok(set)
}

fn pthread_sigmask(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("pthread_sigmask", args.len(), 2, 2)?;
    let (how, mask) = (long::as_i32(args[0])?, mask(args[1])?);
    // SAFETY: two sets.
    let before = unsafe {
        let mut before: libc::sigset_t = std::mem::zeroed();
        checked(libc::pthread_sigmask(how, &mask, &mut before))?;
        before
    };
    // Some that were blocked may have come now.
    signals::run_handlers()?;
    as_set(&before)
}

fn sigpending(_: &Object) -> Result<Owned> {
    // SAFETY: a place for the set.
    let mask = unsafe {
        let mut mask: libc::sigset_t = std::mem::zeroed();
        if libc::sigpending(&mut mask) != 0 {
            return Err(failed());
        }
        mask
    };
    as_set(&mask)
}

fn valid_signals(_: &Object) -> Result<Owned> {
    // SAFETY: a place for the set.
    let mask = unsafe {
        let mut mask: libc::sigset_t = std::mem::zeroed();
        if libc::sigfillset(&mut mask) != 0 {
            return Err(failed());
        }
        mask
    };
    as_set(&mask)
}

fn sigwait(_: &Object, signals: &Object) -> Result<c_int> {
    let mask = mask(signals)?;
    let mut signal = 0;
    // SAFETY: a set, and a place for the number.
    checked(thread::while_detached(|| unsafe { libc::sigwait(&mask, &mut signal) }))?;
    Ok(signal)
}

/// Waits for one of the signals, until `end` if there is one; `None` if none came.
fn wait_info(mask: &libc::sigset_t, end: Option<Instant>) -> Result<Option<Owned>> {
    loop {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        let mut info = std::mem::MaybeUninit::<libc::siginfo_t>::zeroed();
        // SAFETY: a set, places, and a time or none; what was filled in is read.
        unsafe {
            let (signal, errno) = thread::while_detached(|| {
                let time = left
                    .map(|left| libc::timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() });
                let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
                (libc::sigtimedwait(mask, info.as_mut_ptr(), time), fileutils::errno())
            });
            if signal >= 0 {
                return described_info(info.assume_init_ref()).map(Some);
            }
            match errno {
                libc::EAGAIN if end.is_some() => return Ok(None),
                libc::EINTR => signals::run_handlers()?,
                errno => return Err(checked(errno).unwrap_err()),
            }
        }
    }
}

fn described_info(info: &libc::siginfo_t) -> Result<Owned> {
    // SAFETY: plain data, whichever signal it was.
    let numbers = unsafe {
        [
            info.si_signo.into(),
            info.si_code.into(),
            info.si_errno.into(),
            info.si_pid().into(),
            i64::from(info.si_uid()),
            info.si_status().into(),
            *(&raw const *info).cast::<i64>().add(2),
        ]
    };
    STRUCT_SIGINFO.make(numbers.into_iter().map(long::from_i64).collect::<Result<Vec<_>>>()?)
}

fn sigwaitinfo(_: &Object, signals: &Object) -> Result<Option<Owned>> {
    wait_info(&mask(signals)?, None)
}

fn sigtimedwait(_: &Object, args: &[&Object]) -> Result<Option<Owned>> {
    check_positional("sigtimedwait", args.len(), 2, 2)?;
    let mask = mask(args[0])?;
    let timeout = time::from_object(args[1], Round::Ceiling, time::SECOND)?;
    if timeout < 0 {
        return Err(raise!(ValueError, "timeout must be non-negative"));
    }
    wait_info(&mask, Some(Instant::now() + Duration::from_nanos(timeout as u64)))
}

fn time_value(seconds: &Object) -> Result<libc::timeval> {
    let time = time::from_object(seconds, Round::Ceiling, time::SECOND)?;
    let (seconds, micros) = time::split(time, 1000, Round::Ceiling);
    Ok(libc::timeval { tv_sec: seconds, tv_usec: micros })
}

fn described_timer(timer: &libc::itimerval) -> Result<Owned> {
    let seconds = |time: &libc::timeval| float::from_f64(time.tv_sec as f64 + time.tv_usec as f64 / 1e6);
    tuple::from_slice(&[&*seconds(&timer.it_value)?, &*seconds(&timer.it_interval)?])
}

fn timer_failed(module: &Object) -> Raised {
    let errno = fileutils::errno();
    let class = unicode::from_str("ItimerError").and_then(|name| module.getattr(&name));
    class.map_or_else(|raised| raised, |class| exceptions::raise_errno(&class, errno, None, None))
}

fn setitimer(module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("setitimer", args.len(), 2, 3)?;
    let which = long::as_i32(args[0])?;
    let it_value = time_value(args[1])?;
    let it_interval = match args.get(2) {
        Some(interval) => time_value(interval)?,
        None => libc::timeval { tv_sec: 0, tv_usec: 0 },
    };
    let new = libc::itimerval { it_interval, it_value };
    // SAFETY: a place for the old one.
    let old = unsafe {
        let mut old: libc::itimerval = std::mem::zeroed();
        if libc::setitimer(which as _, &new, &mut old) != 0 {
            return Err(timer_failed(module));
        }
        old
    };
    described_timer(&old)
}

fn getitimer(module: &Object, which: &Object) -> Result<Owned> {
    let which = long::as_i32(which)?;
    // SAFETY: a place for the answer.
    let timer = unsafe {
        let mut timer: libc::itimerval = std::mem::zeroed();
        if libc::getitimer(which as _, &mut timer) != 0 {
            return Err(timer_failed(module));
        }
        timer
    };
    described_timer(&timer)
}
