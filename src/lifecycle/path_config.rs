//! Where the program, its home and its modules are, as `Py_GetPath` and the like tell it. These texts belong to the
//! process: functions of old set them (`Py_SetPythonHome`), every start of the runtime sets them from its
//! configuration, they count at the next start where its configuration says nothing, and they stay when the runtime is
//! gone.

use super::config::{self, wide};
use crate::abi::*;
use parking_lot::Mutex;

/// A text with its NUL, which stays where it is until it is replaced.
type Text = Option<Box<[wchar_t]>>;

struct PathConfig {
    program_name: Text,
    home: Text,
    program_full_path: Text,
    prefix: Text,
    exec_prefix: Text,
    stdlib_dir: Text,
    /// What `Py_SetPath` set: it alone counts for the next start.
    search_path: Text,
    /// What the last start found.
    calculated_search_path: Text,
}

impl PathConfig {
    const EMPTY: PathConfig = PathConfig {
        program_name: None,
        home: None,
        program_full_path: None,
        prefix: None,
        exec_prefix: None,
        stdlib_dir: None,
        search_path: None,
        calculated_search_path: None,
    };
}

static PATHS: Mutex<PathConfig> = Mutex::new(PathConfig::EMPTY);

fn text(text: &[wchar_t]) -> Text {
    Some(text.iter().copied().chain([0]).collect())
}

fn pointer(text: &mut Text) -> *mut wchar_t {
    text.as_mut().map_or(std::ptr::null_mut(), |text| text.as_mut_ptr())
}

/// The command line of the last start (`Py_GetArgcArgv`), and the array that C sees.
struct CommandLine {
    words: Vec<Box<[wchar_t]>>,
    array: Vec<*mut wchar_t>,
}

// SAFETY: the pointers are to the words, which are only read.
unsafe impl Send for CommandLine {}

static COMMAND_LINE: Mutex<CommandLine> = Mutex::new(CommandLine { words: Vec::new(), array: Vec::new() });

/// A start has this command line. It stays when the runtime is gone.
pub fn set_command_line(words: Vec<Vec<wchar_t>>) {
    let mut line = COMMAND_LINE.lock();
    line.words = words.into_iter().map(|word| word.into_iter().chain([0]).collect()).collect();
    line.array = line.words.iter_mut().map(|word| word.as_mut_ptr()).collect();
}

/// How many words it has, and where they are until the next start.
pub fn command_line() -> (usize, *mut *mut wchar_t) {
    let mut line = COMMAND_LINE.lock();
    (line.array.len(), if line.array.is_empty() { std::ptr::null_mut() } else { line.array.as_mut_ptr() })
}

/// What a getter is asked for.
pub enum Which {
    ProgramName,
    Home,
    ProgramFullPath,
    Prefix,
    ExecPrefix,
    SearchPath,
}

/// NULL if there is none. It is good until it is set again.
pub fn get(which: Which) -> *mut wchar_t {
    let mut paths = PATHS.lock();
    let paths = &mut *paths;
    pointer(match which {
        Which::ProgramName => &mut paths.program_name,
        Which::Home => &mut paths.home,
        Which::ProgramFullPath => &mut paths.program_full_path,
        Which::Prefix => &mut paths.prefix,
        Which::ExecPrefix => &mut paths.exec_prefix,
        Which::SearchPath if paths.search_path.is_none() => &mut paths.calculated_search_path,
        Which::SearchPath => &mut paths.search_path,
    })
}

/// `Py_SetProgramName`: nothing and the empty text take it away.
pub fn set_program_name(name: Option<Vec<wchar_t>>) {
    PATHS.lock().program_name = name.filter(|name| !name.is_empty()).and_then(|name| text(&name));
}

/// `Py_SetPythonHome`: nothing and the empty text take it away.
pub fn set_home(home: Option<Vec<wchar_t>>) {
    PATHS.lock().home = home.filter(|home| !home.is_empty()).and_then(|home| text(&home));
}

/// `Py_SetPath`: folders with colons between. It leaves prefixes empty, for they are not known then. Nothing takes all
/// texts away.
pub fn set_path(path: Option<Vec<wchar_t>>) {
    let mut paths = PATHS.lock();
    let Some(path) = path else {
        *paths = PathConfig::EMPTY;
        return;
    };
    paths.prefix = text(&[]);
    paths.exec_prefix = text(&[]);
    paths.stdlib_dir = paths.home.clone().or_else(|| text(&[]));
    paths.search_path = text(&path);
    paths.calculated_search_path = None;
}

/// The texts become options that nobody set.
///
/// # Safety
/// The configuration's texts are its own.
pub unsafe fn read_into(config: &mut PyConfig) -> Result<(), PyStatus> {
    let paths = PATHS.lock();
    let places = [
        (&raw mut config.prefix, &paths.prefix),
        (&raw mut config.exec_prefix, &paths.exec_prefix),
        (&raw mut config.stdlib_dir, &paths.stdlib_dir),
        (&raw mut config.program_name, &paths.program_name),
        (&raw mut config.home, &paths.home),
        (&raw mut config.executable, &paths.program_full_path),
    ];
    // SAFETY: the caller's word.
    unsafe {
        for (place, text) in places {
            if (*place).is_null()
                && let Some([text @ .., _]) = text.as_deref()
                && !wide::set(place, Some(text))
            {
                return Err(config::no_memory());
            }
        }
    }
    Ok(())
}

/// What `Py_SetPath` set becomes the folders to search, if nobody said which. Whether it set anything.
///
/// # Safety
/// As [`read_into`].
pub unsafe fn read_search_path(config: &mut PyConfig) -> Result<bool, PyStatus> {
    let paths = PATHS.lock();
    // SAFETY: the caller's word.
    unsafe {
        let Some([path @ .., _]) = paths.search_path.as_deref() else { return Ok(false) };
        if config.module_search_paths_set == 0 {
            config.module_search_paths_set = 1;
            for part in path.split(|&c| c == ':' as wchar_t) {
                if !wide::append(&raw mut config.module_search_paths, part) {
                    return Err(config::no_memory());
                }
            }
        }
    }
    Ok(true)
}

/// And the options of a runtime that starts become the texts, as far as they have values.
///
/// # Safety
/// The configuration's texts are whole.
pub unsafe fn update_from(config: &mut PyConfig) {
    // SAFETY: the caller's word.
    unsafe {
        let mut paths = PATHS.lock();
        let paths = &mut *paths;
        for (place, value) in [
            (&mut paths.program_name, config.program_name),
            (&mut paths.home, config.home),
            (&mut paths.program_full_path, config.executable),
            (&mut paths.prefix, config.prefix),
            (&mut paths.exec_prefix, config.exec_prefix),
            (&mut paths.stdlib_dir, config.stdlib_dir),
        ] {
            if let Some(value) = wide::get(value) {
                *place = text(&value);
            }
        }
        paths.search_path = None;
        let folders = wide::items(&raw mut config.module_search_paths);
        paths.calculated_search_path = text(&folders.join(&(':' as wchar_t)));
    }
}
