//! `time`: clocks, and calendar times by the C library. Left out is `strptime`, which CPython has in Python.

use super::native::{described, module, noargs, one, varargs};
use super::{set, set_type};
use crate::abi::*;
use crate::object::args::{bad_argument, check_positional};
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::time::{self as clock, Round};
use crate::runtime::{audit, fileutils, safe_point, thread};
use crate::types::structseq::StaticType;
use crate::types::{boolobject, dict, exceptions, float, long, namespace, none, tuple, typeobject, unicode};
use std::ffi::{CStr, CString};
use std::time::{Duration, Instant};

static METHODS: [PyMethodDef; 26] = [
    PyMethodDef::noargs(
        c"time",
        noargs!(|_module: &Object| Ok(read(libc::CLOCK_REALTIME)? as f64 * 1e-9)),
        c"time($self, /)\n--\n\nSeconds of the clock, as a float.",
    ),
    PyMethodDef::noargs(
        c"time_ns",
        noargs!(|_module: &Object| read(libc::CLOCK_REALTIME)),
        c"time_ns($self, /)\n--\n\nNanoseconds of the clock, as an int.",
    ),
    PyMethodDef::noargs(
        c"monotonic",
        noargs!(|_module: &Object| Ok(read(libc::CLOCK_MONOTONIC)? as f64 * 1e-9)),
        c"monotonic($self, /)\n--\n\nSeconds of the clock, as a float.",
    ),
    PyMethodDef::noargs(
        c"monotonic_ns",
        noargs!(|_module: &Object| read(libc::CLOCK_MONOTONIC)),
        c"monotonic_ns($self, /)\n--\n\nNanoseconds of the clock, as an int.",
    ),
    PyMethodDef::noargs(
        c"perf_counter",
        noargs!(|_module: &Object| Ok(read(libc::CLOCK_MONOTONIC)? as f64 * 1e-9)),
        c"perf_counter($self, /)\n--\n\nSeconds of the clock, as a float.",
    ),
    PyMethodDef::noargs(
        c"perf_counter_ns",
        noargs!(|_module: &Object| read(libc::CLOCK_MONOTONIC)),
        c"perf_counter_ns($self, /)\n--\n\nNanoseconds of the clock, as an int.",
    ),
    PyMethodDef::noargs(
        c"process_time",
        noargs!(|_module: &Object| Ok(read(libc::CLOCK_PROCESS_CPUTIME_ID)? as f64 * 1e-9)),
        c"process_time($self, /)\n--\n\nSeconds of the clock, as a float.",
    ),
    PyMethodDef::noargs(
        c"process_time_ns",
        noargs!(|_module: &Object| read(libc::CLOCK_PROCESS_CPUTIME_ID)),
        c"process_time_ns($self, /)\n--\n\nNanoseconds of the clock, as an int.",
    ),
    PyMethodDef::noargs(
        c"thread_time",
        noargs!(|_module: &Object| Ok(read(libc::CLOCK_THREAD_CPUTIME_ID)? as f64 * 1e-9)),
        c"thread_time($self, /)\n--\n\nSeconds of the clock, as a float.",
    ),
    PyMethodDef::noargs(
        c"thread_time_ns",
        noargs!(|_module: &Object| read(libc::CLOCK_THREAD_CPUTIME_ID)),
        c"thread_time_ns($self, /)\n--\n\nNanoseconds of the clock, as an int.",
    ),
    PyMethodDef::one(c"sleep", one!(sleep), c"sleep($self, object, /)\n--\n\nWait for a number of seconds."),
    PyMethodDef::one(
        c"clock_gettime",
        one!(|_module: &Object, id: &Object| Ok(read(long::as_i32(id)?)? as f64 * 1e-9)),
        c"clock_gettime($module, clk_id, /)\n--\n\nSeconds of the system's clock clk_id.",
    ),
    PyMethodDef::one(
        c"clock_gettime_ns",
        one!(|_module: &Object, id: &Object| read(long::as_i32(id)?)),
        c"clock_gettime_ns($module, clk_id, /)\n--\n\nNanoseconds of the system's clock clk_id.",
    ),
    PyMethodDef::varargs(
        c"clock_getres",
        varargs!(resolution),
        c"clock_getres(clk_id) -> floating-point number\n\nThe resolution of a clock.",
    ),
    PyMethodDef::varargs(
        c"clock_settime",
        varargs!(|_: &Object, args: &[&Object]| set_clock("clock_settime", args, false)),
        c"clock_settime(clk_id, time)\n\nSet a clock to a number of seconds.",
    ),
    PyMethodDef::varargs(
        c"clock_settime_ns",
        varargs!(|_: &Object, args: &[&Object]| set_clock("clock_settime_ns", args, true)),
        c"clock_settime_ns(clk_id, time)\n\nSet a clock to a number of nanoseconds.",
    ),
    PyMethodDef::varargs(
        c"pthread_getcpuclockid",
        varargs!(thread_clock),
        c"pthread_getcpuclockid(thread_id) -> int\n\nThe clock of a thread's processor time.",
    ),
    PyMethodDef::varargs(
        c"get_clock_info",
        varargs!(clock_info),
        c"get_clock_info(name: str) -> dict\n\nWhat is known of a clock.",
    ),
    PyMethodDef::varargs(
        c"gmtime",
        varargs!(|_: &Object, args: &[&Object]| calendar("gmtime", args, false)),
        c"gmtime([seconds]) -> struct_time\n\nThe calendar time in UTC.",
    ),
    PyMethodDef::varargs(
        c"localtime",
        varargs!(|_: &Object, args: &[&Object]| calendar("localtime", args, true)),
        c"localtime([seconds]) -> struct_time\n\nThe local calendar time.",
    ),
    PyMethodDef::varargs(c"asctime", varargs!(asctime), c"asctime([time_tuple]) -> string\n\nA calendar time as text."),
    PyMethodDef::varargs(c"ctime", varargs!(ctime), c"ctime([seconds]) -> string\n\nA local calendar time as text."),
    PyMethodDef::one(c"mktime", one!(mktime), c"mktime($self, object, /)\n--\n\nThe seconds of a local calendar time."),
    PyMethodDef::varargs(
        c"strftime",
        varargs!(strftime),
        c"strftime(format[, time_tuple]) -> string\n\nA calendar time as a format says.",
    ),
    PyMethodDef::noargs(
        c"tzset",
        noargs!(tzset),
        c"tzset($self, /)\n--\n\nRead the time zone from the environment again.",
    ),
    PyMethodDef::END,
];

module!(described(c"time", c"Clocks and calendar times.", &METHODS), exec);

static mut STRUCT_TIME_TYPE: PyTypeObject =
    PyTypeObject { ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0), ..PyTypeObject::EMPTY };

pub static STRUCT_TIME: StaticType = StaticType {
    ty: &raw mut STRUCT_TIME_TYPE,
    name: c"time.struct_time",
    module: Some("time"),
    doc: c"A calendar time, as a tuple of nine ints with names.",
    fields: &[
        (c"tm_year", c"year, with all its digits"),
        (c"tm_mon", c"month, from 1 to 12"),
        (c"tm_mday", c"day of the month, from 1"),
        (c"tm_hour", c"hours, from 0 to 23"),
        (c"tm_min", c"minutes, from 0 to 59"),
        (c"tm_sec", c"seconds, from 0; 60 and 61 are leap seconds"),
        (c"tm_wday", c"day of the week, from 0 for Monday to 6"),
        (c"tm_yday", c"day of the year, from 1"),
        (c"tm_isdst", c"1 for summer time, 0 for none, -1 if that is not known"),
        (c"tm_zone", c"short name of the time zone"),
        (c"tm_gmtoff", c"seconds that local time is ahead of UTC"),
    ],
    visible: 9,
    flags: 0,
};

fn exec(module: &Object) -> Result<()> {
    set_type(module, "struct_time", STRUCT_TIME.ty)?;
    for (name, number) in [
        ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
        ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
        ("CLOCK_MONOTONIC_RAW", libc::CLOCK_MONOTONIC_RAW),
        ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
        ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
        ("CLOCK_BOOTTIME", libc::CLOCK_BOOTTIME),
        ("CLOCK_TAI", libc::CLOCK_TAI),
        ("_STRUCT_TM_ITEMS", 11),
    ] {
        set(module, name, &*long::from_i64(number.into())?)?;
    }
    set_zone(module)
}

fn read(id: c_int) -> Result<i64> {
    // SAFETY: a place for the time.
    unsafe {
        let mut time = std::mem::zeroed::<libc::timespec>();
        if libc::clock_gettime(id, &mut time) != 0 {
            return Err(fileutils::raise_errno(None));
        }
        Ok(time.tv_sec * clock::SECOND + time.tv_nsec)
    }
}

/// Between `min` and `max` arguments, in the words of `PyArg_ParseTuple`.
fn check_count(function: &str, n: usize, min: usize, max: usize) -> Result<()> {
    let (word, limit) = match n {
        _ if min == max => ("exactly", max),
        _ if n < min => ("at least", min),
        _ => ("at most", max),
    };
    if (min..=max).contains(&n) {
        return Ok(());
    }
    let s = if limit == 1 { "" } else { "s" };
    Err(raise!(TypeError, "{function}() takes {word} {limit} argument{s} ({n} given)"))
}

fn set_clock(function: &str, args: &[&Object], in_nanoseconds: bool) -> Result<()> {
    check_count(function, args.len(), 2, 2)?;
    let id = long::as_i32(args[0])?;
    let time = if in_nanoseconds {
        clock::from_long(args[1])?
    } else {
        check_number(args[1])?;
        clock::from_object(args[1], Round::Floor, clock::SECOND)?
    };
    let time = libc::timespec { tv_sec: time.div_euclid(clock::SECOND), tv_nsec: time.rem_euclid(clock::SECOND) };
    // SAFETY: a time; the system checks both.
    if unsafe { libc::clock_settime(id, &time) } != 0 {
        return Err(fileutils::raise_errno(None));
    }
    Ok(())
}

fn thread_clock(_: &Object, args: &[&Object]) -> Result<i32> {
    check_count("pthread_getcpuclockid", args.len(), 1, 1)?;
    if !long::check(args[0]) {
        return Err(bad_argument("pthread_getcpuclockid", "argument 1", "int", args[0]));
    }
    let thread = long::as_mask(args[0])?;
    let mut id = 0;
    // SAFETY: the caller's contract: a living thread, as the C library wants it.
    match unsafe { libc::pthread_getcpuclockid(thread as libc::pthread_t, &mut id) } {
        0 => Ok(id),
        errno => Err(exceptions::raise_errno(exceptions::object(&raw mut exceptions::OSError), errno, None, None)),
    }
}

fn resolution(_: &Object, args: &[&Object]) -> Result<f64> {
    check_count("clock_getres", args.len(), 1, 1)?;
    let id = long::as_i64(args[0])?;
    let id = c_int::try_from(id).map_err(|_| {
        let end = if id > 0 { "greater than maximum" } else { "less than minimum" };
        raise!(OverflowError, "signed integer is {end}")
    })?;
    // SAFETY: a place for the time.
    unsafe {
        let mut time = std::mem::zeroed::<libc::timespec>();
        if libc::clock_getres(id, &mut time) != 0 {
            return Err(fileutils::raise_errno(None));
        }
        Ok(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
    }
}

fn check_number(seconds: &Object) -> Result<()> {
    if float::check(seconds) || long::check(seconds) {
        return Ok(());
    }
    let got = typeobject::tp_name(seconds.ty());
    Err(raise!(TypeError, "'{got}' object cannot be interpreted as an integer or float"))
}

fn sleep(_: &Object, seconds: &Object) -> Result<()> {
    audit::audit_with(c"time.sleep", || tuple::from_slice(&[seconds]))?;
    check_number(seconds)?;
    let ns = clock::from_object(seconds, Round::Ceiling, clock::SECOND)?;
    let Ok(ns) = u64::try_from(ns) else { return Err(raise!(ValueError, "sleep length must be non-negative")) };
    let end = Instant::now() + Duration::from_nanos(ns);
    loop {
        let left = end.saturating_duration_since(Instant::now());
        // SAFETY: a place to read from; a signal ends the sleep early.
        thread::while_detached(|| unsafe {
            let time = libc::timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
            libc::nanosleep(&time, std::ptr::null_mut());
        });
        safe_point::make_pending_calls()?;
        if Instant::now() >= end {
            return Ok(());
        }
    }
}

fn clock_info(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_count("get_clock_info", args.len(), 1, 1)?;
    if !unicode::check(args[0]) {
        return Err(bad_argument("get_clock_info", "argument 1", "str", args[0]));
    }
    let (id, monotonic, adjustable) = match unicode::as_str(args[0])? {
        name if name.contains('\0') => return Err(raise!(ValueError, "embedded null character")),
        "time" => ("CLOCK_REALTIME", false, true),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", true, false),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", true, false),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", true, false),
        _ => return Err(raise!(ValueError, "unknown clock")),
    };
    let fields = dict::new()?;
    dict::set_str(&fields, "implementation", &*unicode::from_str(&format!("clock_gettime({id})"))?)?;
    dict::set_str(&fields, "monotonic", &boolobject::from_bool(monotonic))?;
    dict::set_str(&fields, "adjustable", &boolobject::from_bool(adjustable))?;
    dict::set_str(&fields, "resolution", &*float::from_f64(1e-9)?)?;
    namespace::new(Some(&fields))
}

// Calendar times.

fn number(n: i64) -> Result<Owned> {
    long::from_i64(n)
}

/// The seconds that an argument names; now, without one.
fn seconds_of(name: &str, args: &[&Object]) -> Result<i64> {
    check_count(name, args.len(), 0, 1)?;
    let Some(seconds) = args.first().filter(|seconds| !seconds.is_none()) else {
        return Ok(read(libc::CLOCK_REALTIME)?.div_euclid(clock::SECOND));
    };
    if float::check(seconds) {
        let x = float::as_f64(seconds)?;
        if x.is_nan() {
            return Err(raise!(ValueError, "Invalid value NaN (not a number)"));
        }
        let x = x.floor();
        if !(-(2f64.powi(63))..2f64.powi(63)).contains(&x) {
            return Err(raise!(OverflowError, "timestamp out of range for platform time_t"));
        }
        return Ok(x as i64);
    }
    match long::as_i64(seconds) {
        Ok(n) => Ok(n),
        Err(raised) => {
            crate::object::error::ignore(raised, &raw mut exceptions::OverflowError)?;
            Err(raise!(OverflowError, "timestamp out of range for platform time_t"))
        }
    }
}

fn split(seconds: i64, local: bool) -> Result<libc::tm> {
    // SAFETY: places for the result; errno is this thread's.
    unsafe {
        let mut tm = std::mem::zeroed::<libc::tm>();
        let done = if local { libc::localtime_r(&seconds, &mut tm) } else { libc::gmtime_r(&seconds, &mut tm) };
        if done.is_null() { Err(fileutils::raise_errno(None)) } else { Ok(tm) }
    }
}

fn calendar(name: &str, args: &[&Object], local: bool) -> Result<Owned> {
    let tm = split(seconds_of(name, args)?, local)?;
    // SAFETY: a C string of the library, or NULL.
    let zone = match unsafe { tm.tm_zone.as_ref() } {
        // SAFETY: a C string of the library.
        Some(zone) => unicode::from_str(&unsafe { CStr::from_ptr(zone) }.to_string_lossy())?,
        None => none::none(),
    };
    STRUCT_TIME.make(vec![
        number(i64::from(tm.tm_year) + 1900)?,
        number(i64::from(tm.tm_mon) + 1)?,
        number(tm.tm_mday.into())?,
        number(tm.tm_hour.into())?,
        number(tm.tm_min.into())?,
        number(tm.tm_sec.into())?,
        number(((tm.tm_wday + 6) % 7).into())?,
        number(i64::from(tm.tm_yday) + 1)?,
        number(tm.tm_isdst.into())?,
        zone,
        number(tm.tm_gmtoff)?,
    ])
}

/// A calendar time from a tuple of nine.
fn tm_of(name: &str, time: &Object) -> Result<libc::tm> {
    if !tuple::check(time) {
        return Err(raise!(TypeError, "Tuple or struct_time argument required"));
    }
    let &[year, month, day, hour, minute, second, weekday, yearday, dst] = tuple::items(time) else {
        return Err(raise!(TypeError, "{name}(): illegal time tuple argument"));
    };
    // SAFETY: plain numbers and a pointer that may be NULL.
    let mut tm = unsafe { std::mem::zeroed::<libc::tm>() };
    let year = long::as_i32(year)?;
    tm.tm_year = year.checked_sub(1900).ok_or_else(|| raise!(OverflowError, "year out of range"))?;
    tm.tm_mon = long::as_i32(month)?.wrapping_sub(1);
    tm.tm_mday = long::as_i32(day)?;
    tm.tm_hour = long::as_i32(hour)?;
    tm.tm_min = long::as_i32(minute)?;
    tm.tm_sec = long::as_i32(second)?;
    tm.tm_wday = long::as_i32(weekday)?.wrapping_add(1).rem_euclid(7);
    tm.tm_yday = long::as_i32(yearday)?.wrapping_sub(1);
    tm.tm_isdst = long::as_i32(dst)?;
    Ok(tm)
}

/// Every field is what a calendar has; 0 counts as the first where people count from one.
fn check(tm: &mut libc::tm) -> Result<()> {
    let wrong = |what: &str| Err(raise!(ValueError, "{what} out of range"));
    match tm.tm_mon {
        -1 => tm.tm_mon = 0,
        0..=11 => {}
        _ => return wrong("month"),
    }
    match tm.tm_mday {
        0 => tm.tm_mday = 1,
        1..=31 => {}
        _ => return wrong("day of month"),
    }
    if !(0..=23).contains(&tm.tm_hour) {
        return wrong("hour");
    }
    if !(0..=59).contains(&tm.tm_min) {
        return wrong("minute");
    }
    if !(0..=61).contains(&tm.tm_sec) {
        return wrong("seconds");
    }
    match tm.tm_yday {
        -1 => tm.tm_yday = 0,
        0..=365 => {}
        _ => return wrong("day of year"),
    }
    Ok(())
}

fn text_of(tm: &libc::tm) -> Result<Owned> {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    unicode::from_str(&format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        DAYS[tm.tm_wday as usize % 7],
        MONTHS[tm.tm_mon as usize % 12],
        tm.tm_mday,
        tm.tm_hour,
        tm.tm_min,
        tm.tm_sec,
        i64::from(tm.tm_year) + 1900
    ))
}

fn asctime(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("asctime", args.len(), 0, 1)?;
    let mut tm = match args.first() {
        Some(time) => tm_of("asctime", time)?,
        None => split(seconds_of("asctime", &[])?, true)?,
    };
    check(&mut tm)?;
    text_of(&tm)
}

fn ctime(_: &Object, args: &[&Object]) -> Result<Owned> {
    text_of(&split(seconds_of("ctime", args)?, true)?)
}

fn mktime(_: &Object, time: &Object) -> Result<f64> {
    let mut tm = tm_of("mktime", time)?;
    // -1 is a time too: an untouched day of the week tells a failure.
    tm.tm_wday = -1;
    // SAFETY: a calendar time, which the library puts right.
    let seconds = unsafe { libc::mktime(&mut tm) };
    if seconds == -1 && tm.tm_wday == -1 {
        return Err(raise!(OverflowError, "mktime argument out of range"));
    }
    Ok(seconds as f64)
}

fn strftime(_: &Object, args: &[&Object]) -> Result<Owned> {
    check_count("strftime", args.len(), 1, 2)?;
    if !unicode::check(args[0]) {
        let got = if args[0].is_none() { "None" } else { typeobject::tp_name(args[0].ty()) };
        return Err(raise!(TypeError, "strftime() argument 1 must be str, not {got}"));
    }
    let mut tm = match args.get(1) {
        Some(time) => tm_of("strftime", time)?,
        None => split(seconds_of("strftime", &[])?, true)?,
    };
    check(&mut tm)?;
    tm.tm_isdst = tm.tm_isdst.clamp(-1, 1);
    let mut out = String::new();
    // The library stops at a NUL, so the format goes to it in pieces.
    for (i, piece) in unicode::as_str(args[0])?.split('\0').enumerate() {
        if i > 0 {
            out.push('\0');
        }
        let Ok(format) = CString::new(piece) else { continue };
        let mut size = 256 + piece.len() * 4;
        while !piece.is_empty() {
            let mut buffer = vec![0u8; size];
            // SAFETY: a buffer with its size.
            let n = unsafe { libc::strftime(buffer.as_mut_ptr().cast(), size, format.as_ptr(), &tm) };
            // Nothing may be right; no format of that length makes more than this.
            if n > 0 || size > 256 * (piece.len() + 64) {
                out.push_str(&String::from_utf8_lossy(&buffer[..n]));
                break;
            }
            size *= 4;
        }
    }
    unicode::from_str(&out)
}

fn tzset(module: &Object) -> Result<()> {
    set_zone(module)
}

unsafe extern "C" {
    #[link_name = "tzset"]
    fn c_tzset();
    static tzname: [*const c_char; 2];
    static timezone: c_long;
    static daylight: c_int;
}

/// `timezone`, `altzone`, `daylight` and `tzname`, as the C library knows them.
fn set_zone(module: &Object) -> Result<()> {
    // SAFETY: the library's own variables, which `tzset` writes.
    unsafe {
        c_tzset();
        let name = |i: usize| {
            let names = &raw const tzname;
            unicode::from_str(&CStr::from_ptr((*names)[i]).to_string_lossy())
        };
        set(module, "timezone", &*number(timezone)?)?;
        set(module, "daylight", &*number(daylight.into())?)?;
        let summer = (1..=12).map(half_year).find(|tm| tm.tm_isdst > 0).map_or(timezone, |tm| -tm.tm_gmtoff);
        set(module, "altzone", &*number(summer)?)?;
        set(module, "tzname", &*tuple::from_owned(vec![name(0)?, name(1)?])?)
    }
}

/// The local time in the middle of a month of this year's length after 1970.
fn half_year(month: i64) -> libc::tm {
    let now = read(libc::CLOCK_REALTIME).unwrap_or(0) / clock::SECOND;
    let year = 31_556_952;
    let start = now - now.rem_euclid(year);
    // SAFETY: zeroed is a valid time where the library fails.
    split(start + month * year / 12, true).unwrap_or_else(|_| unsafe {
        crate::object::error::clear();
        std::mem::zeroed()
    })
}
