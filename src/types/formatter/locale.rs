//! What stands between digits: as the specification says, or for type 'n' as the C library's locale says.

use super::spec::{Group, Spec};
use crate::object::Result;
use std::borrow::Cow;
use std::ffi::CStr;

pub struct Locale {
    pub point: Cow<'static, str>,
    pub separator: Cow<'static, str>,
    /// Sizes of groups from the right as `localeconv` gives them: 0 repeats the last one, 127 ends grouping.
    pub grouping: Cow<'static, [u8]>,
    pub fraction_separator: Cow<'static, str>,
}

impl Locale {
    pub fn of(spec: &Spec) -> Result<Locale> {
        if spec.code == u32::from(b'n') {
            return Ok(current());
        }
        Ok(Locale {
            point: ".".into(),
            separator: spec.group.map_or("".into(), Group::text),
            grouping: match spec.group {
                None => [].as_slice().into(),
                Some(Group::UnderscoreByFour) => [4, 0].as_slice().into(),
                Some(_) => [3, 0].as_slice().into(),
            },
            fraction_separator: spec.fraction_group.map_or("".into(), Group::text),
        })
    }
}

fn current() -> Locale {
    // SAFETY: the C library's strings are copied at once; they are never NULL.
    unsafe {
        let conv = libc::localeconv();
        let text = |s: *const libc::c_char| Cow::from(CStr::from_ptr(s).to_string_lossy().into_owned());
        let mut grouping = CStr::from_ptr((*conv).grouping).to_bytes().to_vec();
        if !grouping.is_empty() {
            grouping.push(0);
        }
        Locale {
            point: text((*conv).decimal_point),
            separator: text((*conv).thousands_sep),
            grouping: grouping.into(),
            fraction_separator: "".into(),
        }
    }
}
