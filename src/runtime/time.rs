//! Clocks, and times as numbers of nanoseconds (`PyTime_t`).

use super::fileutils;
use crate::abi::*;
use crate::object::{Object, Raised, Result, error};
use crate::raise;
use crate::types::{exceptions, float, long, typeobject};

pub const SECOND: i64 = 1_000_000_000;

#[derive(Clone, Copy)]
pub enum Clock {
    Time,
    Monotonic,
}

/// Nanoseconds of `clock`; `None` if the system can't say.
pub fn now_raw(clock: Clock) -> Option<i64> {
    let id = match clock {
        Clock::Time => libc::CLOCK_REALTIME,
        Clock::Monotonic => libc::CLOCK_MONOTONIC,
    };
    // SAFETY: a place for the answer.
    unsafe {
        let mut time = std::mem::zeroed::<libc::timespec>();
        if libc::clock_gettime(id, &mut time) != 0 {
            return None;
        }
        time.tv_sec.checked_mul(SECOND)?.checked_add(time.tv_nsec)
    }
}

/// As [`now_raw`], with `OSError`.
pub fn now(clock: Clock) -> Result<i64> {
    now_raw(clock).ok_or_else(|| fileutils::raise_errno(None))
}

/// Nanoseconds as seconds; a whole number of seconds exactly.
pub fn as_seconds(t: i64) -> f64 {
    if t % SECOND == 0 { (t / SECOND) as f64 } else { t as f64 / 1e9 }
}

/// Which way a number goes that lies between two nanoseconds.
#[derive(Clone, Copy, PartialEq)]
pub enum Round {
    Floor = 0,
    Ceiling = 1,
    HalfEven = 2,
    Up = 3,
}

impl Round {
    pub fn from_c(round: c_int) -> Round {
        match round {
            0 => Round::Floor,
            1 => Round::Ceiling,
            2 => Round::HalfEven,
            _ => Round::Up,
        }
    }

    fn float(self, x: f64) -> f64 {
        match self {
            Round::Floor => x.floor(),
            Round::Ceiling => x.ceil(),
            Round::HalfEven => x.round_ties_even(),
            Round::Up => {
                if x >= 0.0 {
                    x.ceil()
                } else {
                    x.floor()
                }
            }
        }
    }
}

fn out_of_range() -> Raised {
    raise!(OverflowError, "timestamp out of range for C PyTime_t")
}

/// A number of units (of `unit` nanoseconds each) as nanoseconds (`_PyTime_FromObject`).
pub fn from_object(o: &Object, round: Round, unit: i64) -> Result<i64> {
    if float::check(o) {
        let x = float::as_f64(o)?;
        if x.is_nan() {
            return Err(raise!(ValueError, "Invalid value NaN (not a number)"));
        }
        let ns = round.float(x * unit as f64);
        if !(-(2f64.powi(63))..2f64.powi(63)).contains(&ns) {
            return Err(out_of_range());
        }
        return Ok(ns as i64);
    }
    match long::as_i64(o) {
        Ok(n) => n.checked_mul(unit).ok_or_else(out_of_range),
        Err(raised) if error::matches(&raw mut exceptions::OverflowError) => {
            drop(error::caught(raised));
            Err(out_of_range())
        }
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            let class = typeobject::fully_qualified_name(o.ty())?;
            Err(raise!(TypeError, "'{}' object cannot be interpreted as an integer or float", error::Text(&class)))
        }
    }
}

/// Nanoseconds of an int.
pub fn from_long(o: &Object) -> Result<i64> {
    if !long::check(o) {
        return Err(raise!(TypeError, "expect int, got {}", typeobject::tp_name(o.ty())));
    }
    from_object(o, Round::Floor, 1)
}

/// `PyThread_ParseTimeoutArg`: nanoseconds; below zero waits for ever.
pub fn parse_timeout(arg: Option<&Object>, blocking: bool) -> Result<i64> {
    let Some(arg) = arg.filter(|arg| !arg.is_none()) else {
        return Ok(if blocking { -SECOND } else { 0 });
    };
    if !blocking {
        return Err(raise!(ValueError, "can't specify a timeout for a non-blocking call"));
    }
    let timeout = from_object(arg, Round::Up, SECOND)?;
    if timeout < 0 {
        return Err(raise!(ValueError, "timeout value must be a non-negative number"));
    }
    Ok(timeout)
}

/// `t / k`, rounded that way.
pub fn divide(t: i64, k: i64, round: Round) -> i64 {
    match round {
        Round::Floor => t.div_euclid(k),
        Round::Ceiling => t.div_euclid(k) + i64::from(t.rem_euclid(k) != 0),
        Round::HalfEven => {
            let (whole, rest) = (t.div_euclid(k), t.rem_euclid(k));
            match (2 * rest).cmp(&k) {
                std::cmp::Ordering::Less => whole,
                std::cmp::Ordering::Greater => whole + 1,
                std::cmp::Ordering::Equal => whole + (whole & 1),
            }
        }
        Round::Up if t >= 0 => t.div_euclid(k) + i64::from(t.rem_euclid(k) != 0),
        Round::Up => t.div_euclid(k),
    }
}

/// Whole seconds and the rest in units of `unit` nanoseconds, the rest not below zero.
pub fn split(t: i64, unit: i64, round: Round) -> (i64, i64) {
    let units = divide(t, unit, round);
    let per_second = SECOND / unit;
    (units.div_euclid(per_second), units.rem_euclid(per_second))
}

fn out_of_time_t() -> Raised {
    raise!(OverflowError, "timestamp out of range for platform time_t")
}

/// `_PyLong_AsTime_t`.
pub fn time_t_of_int(o: &Object) -> Result<i64> {
    long::as_i64(o).or_else(|raised| {
        error::ignore(raised, &raw mut exceptions::OverflowError)?;
        Err(out_of_time_t())
    })
}

/// A number of seconds as whole seconds and a rest of `1 / denominator` seconds (`_PyTime_ObjectToDenominator`); with
/// a denominator of 1 the seconds are rounded.
pub fn seconds_of(o: &Object, denominator: f64, round: Round) -> Result<(i64, i64)> {
    if !float::check(o) {
        let whole = time_t_of_int(o).or_else(|raised| {
            if denominator == 1.0 {
                return Err(raised);
            }
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            let class = typeobject::fully_qualified_name(o.ty())?;
            Err(raise!(TypeError, "argument must be int or float, not {}", error::Text(&class)))
        });
        return Ok((whole?, 0));
    }
    let x = float::as_f64(o)?;
    if x.is_nan() {
        return Err(raise!(ValueError, "Invalid value NaN (not a number)"));
    }
    let (mut whole, mut rest) = if denominator == 1.0 { (round.float(x), 0.0) } else { (x.trunc(), x.fract()) };
    if denominator != 1.0 {
        rest = round.float(rest * denominator);
        if rest >= denominator {
            rest -= denominator;
            whole += 1.0;
        } else if rest < 0.0 {
            rest += denominator;
            whole -= 1.0;
        }
    }
    if !(-(2f64.powi(63))..2f64.powi(63)).contains(&whole) {
        return Err(out_of_time_t());
    }
    Ok((whole as i64, rest as i64))
}

/// `localtime` or `gmtime`, with `OSError`.
pub fn broken_down(t: i64, local: bool) -> Result<libc::tm> {
    // SAFETY: a place for the answer; the class is static and raising sets the error.
    unsafe {
        let mut tm = std::mem::zeroed::<libc::tm>();
        *libc::__errno_location() = 0;
        let found = if local { libc::localtime_r(&t, &mut tm) } else { libc::gmtime_r(&t, &mut tm) };
        if found.is_null() {
            if *libc::__errno_location() == 0 {
                *libc::__errno_location() = libc::EINVAL;
            }
            return Err(fileutils::raise_errno(None));
        }
        Ok(tm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds() {
        for (t, expected) in [
            (1_500, [1, 2, 2, 2]),
            (2_500, [2, 3, 2, 3]),
            (-1_500, [-2, -1, -2, -2]),
            (-2_500, [-3, -2, -2, -3]),
            (2_000, [2; 4]),
        ] {
            let got = [Round::Floor, Round::Ceiling, Round::HalfEven, Round::Up].map(|round| divide(t, 1000, round));
            assert_eq!(got, expected, "{t}");
        }
        assert_eq!(split(-1, 1, Round::Floor), (-1, 999_999_999));
        assert_eq!(split(1_999_999_999, 1000, Round::Ceiling), (2, 0));
    }
}
