//! The paths of a configuration, as far as there is something to derive: from the home folder, or the usual one; and
//! the program itself, where a shell would find it.

use super::options::{Kind, OPTIONS, Opt};
use super::read::{environment, error_without_function};
use super::{no_memory, wide};
use crate::abi::*;
use crate::lifecycle::path_config;
use std::ffi::{CString, OsString};
use std::mem::MaybeUninit;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// # Safety
/// The configuration's texts are its own, all other options read.
pub unsafe fn find(config: &mut PyConfig) -> Result<(), PyStatus> {
    check_values(config)?;
    // SAFETY: the caller's word.
    unsafe {
        let path_was_set = path_config::read_search_path(config)?;
        if config.home.is_null()
            && !path_was_set
            && let Some(home) = environment(config, "PYTHONHOME")
            && !wide::set(&raw mut config.home, Some(&wide::decode(&home)))
        {
            return Err(no_memory());
        }
        let home = wide::get(config.home).unwrap_or_else(|| wide::unpack(b"/usr"));
        let stdlib: Vec<wchar_t> = home.iter().copied().chain(wide::unpack(b"/lib/python3.14")).collect();
        let first = wide::items(&raw mut config.orig_argv).into_iter().next().filter(|name| !name.is_empty());
        let name = wide::get(config.program_name)
            .filter(|name| !name.is_empty())
            .or(first)
            .unwrap_or_else(|| wide::unpack(b"python3"));
        let program = wide::decode(program(&wide::encode(&name).unwrap_or_default()).as_os_str().as_bytes());
        // The first two have to say something; a folder may be empty.
        let texts: [(*mut *mut wchar_t, &[wchar_t], bool); 6] = [
            (&raw mut config.program_name, &name, false),
            (&raw mut config.platlibdir, &wide::unpack(b"lib"), false),
            (&raw mut config.prefix, &home, true),
            (&raw mut config.exec_prefix, &home, true),
            (&raw mut config.stdlib_dir, &stdlib, true),
            (&raw mut config.executable, &program, true),
        ];
        for (place, value, may_be_empty) in texts {
            let missing = wide::get(*place).is_none_or(|text| text.is_empty() && !may_be_empty);
            if missing && !wide::set(place, Some(value)) {
                return Err(no_memory());
            }
        }
        for (place, from) in [
            (&raw mut config.base_prefix, config.prefix),
            (&raw mut config.base_exec_prefix, config.exec_prefix),
            (&raw mut config.base_executable, config.executable),
        ] {
            if (*place).is_null() && !wide::set(place, wide::get(from).as_deref()) {
                return Err(no_memory());
            }
        }
        if config.module_search_paths_set == 0 {
            for part in wide::get(config.pythonpath_env).unwrap_or_default().split(|&c| c == ':' as wchar_t) {
                if !part.is_empty() && !wide::append(&raw mut config.module_search_paths, part) {
                    return Err(no_memory());
                }
            }
            config.module_search_paths_set = 1;
        }
    }
    Ok(())
}

/// Numbers that are out of their range are found when CPython computes its paths, and it says so on standard error.
fn check_values(config: &mut PyConfig) -> Result<(), PyStatus> {
    let mut wrong = |option: &&Opt| {
        // SAFETY: options of that kind, in a whole configuration.
        unsafe {
            match (option.name, option.kind) {
                ("_config_init", _) => !(super::COMPAT..=super::ISOLATED).contains(&config._config_init),
                (_, Kind::Uint) => *option.int(config) < 0,
                (_, Kind::Ulong) => *option.ulong(config) > c_ulong::from(u32::MAX),
                _ => false,
            }
        }
    };
    match OPTIONS.iter().find(|option| wrong(option)) {
        None => Ok(()),
        Some(option) => {
            eprintln!(
                "Exception ignored while reading getpath results:\nValueError: invalid config value: {}",
                option.name
            );
            Err(error_without_function(c"error getting getpath results"))
        }
    }
}

/// The program: from the current folder if its name has a slash, else the first executable file of that name along
/// PATH, whether the environment counts or not; or nothing.
fn program(name: &[u8]) -> PathBuf {
    let name = PathBuf::from(OsString::from_vec(name.to_vec()));
    if name.as_os_str().as_bytes().contains(&b'/') {
        return std::path::absolute(&name).unwrap_or(name);
    }
    let found = std::env::var_os("PATH").and_then(|path| {
        std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| is_executable(file))
    });
    found.unwrap_or_default()
}

/// What the system's `stat` says: Rust's own first finds out whether there is a newer call, by two calls that fail.
fn is_executable(file: &Path) -> bool {
    let Ok(file) = CString::new(file.as_os_str().as_bytes()) else { return false };
    let mut data = MaybeUninit::<libc::stat>::uninit();
    // SAFETY: a C string and room for the answer, which is there if the call succeeded.
    let mode = unsafe {
        if libc::stat(file.as_ptr(), data.as_mut_ptr()) != 0 {
            return false;
        }
        data.assume_init().st_mode
    };
    mode & libc::S_IFMT == libc::S_IFREG && mode & 0o111 != 0
}
