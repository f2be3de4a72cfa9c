//! The command line of an interpreter's program (`parse_argv`): options in front, then a command, a module or a script,
//! whose arguments become `sys.argv`. What the options say goes into the configuration; there is nothing here that
//! would run the rest.

use super::{no_memory, wide};
use crate::abi::*;
use crate::lifecycle::exit::STATUS_EXIT;

const SHORT: &[u8] = b"BbEdhIiOPqRsStuVvx?";
const SHORT_WITH_ARGUMENT: &[u8] = b"cmWX";
const LONG: [&str; 3] = ["help-all", "help-env", "help-xoptions"];
const PYCS: &str = "check-hash-based-pycs";

enum Found {
    Short(u8),
    With(u8, Vec<u8>),
    /// A text that only says something.
    Help,
    Pycs(Vec<u8>),
    /// A dash behind other options: they end, and only a line is said of it.
    Dash,
}

/// Goes through options as `getopt` does: short ones may stand together, an argument may follow at once or stand alone.
struct Options<'a> {
    arguments: &'a [Vec<u8>],
    next: usize,
    rest: &'a [u8],
}

impl<'a> Options<'a> {
    fn of(arguments: &'a [Vec<u8>]) -> Self {
        Options { arguments, next: 1, rest: b"" }
    }

    fn take(&mut self) -> Option<&'a [u8]> {
        let argument = self.arguments.get(self.next)?;
        self.next += 1;
        Some(argument)
    }

    /// The next option, nothing at their end, or what is wrong with it.
    fn step(&mut self) -> Result<Option<Found>, String> {
        if self.rest.is_empty() {
            match self.arguments.get(self.next).map(Vec::as_slice) {
                None | Some([] | [b'-'] | [..=b',' | b'.'.., ..]) => return Ok(None),
                Some(argument) => self.rest = &argument[1..],
            }
            self.next += 1;
            match self.rest {
                b"-" => return Ok(None),
                b"-help" => return self.whole(Found::Short(b'h')),
                b"-version" => return self.whole(Found::Short(b'V')),
                _ => {}
            }
        }
        let option = self.rest[0];
        self.rest = &self.rest[1..];
        if option == b'-' {
            let name = String::from_utf8_lossy(std::mem::take(&mut self.rest)).into_owned();
            if LONG.contains(&name.as_str()) {
                return Ok(Some(Found::Help));
            }
            if name == PYCS {
                let argument = self.take().ok_or_else(|| format!("Argument expected for the --{PYCS} options"))?;
                return Ok(Some(Found::Pycs(argument.to_vec())));
            }
            if name.is_empty() {
                return Ok(Some(Found::Dash));
            }
            return Err(format!("Unknown option: --{name}"));
        }
        if SHORT.contains(&option) {
            return Ok(Some(Found::Short(option)));
        }
        if !SHORT_WITH_ARGUMENT.contains(&option) {
            return Err(format!("Unknown option: -{}", option as char));
        }
        let argument = match std::mem::take(&mut self.rest) {
            [] => self.take().ok_or_else(|| format!("Argument expected for the -{} option", option as char))?,
            rest => rest,
        };
        Ok(Some(Found::With(option, argument.to_vec())))
    }

    fn whole(&mut self, found: Found) -> Result<Option<Found>, String> {
        self.rest = b"";
        Ok(Some(found))
    }
}

/// What is needed before anything is allocated or decoded.
#[derive(Default)]
pub struct Early {
    pub isolated: bool,
    pub ignores_environment: bool,
    pub dev_mode: bool,
    /// `-X utf8`, and what stands behind its `=`.
    pub utf8: Option<Option<Vec<u8>>>,
}

/// Looks for `-E`, `-I`, `-X dev` and `-X utf8`, and minds nothing else: what is wrong is told when all is read.
pub fn early(arguments: &[Vec<u8>]) -> Early {
    let mut early = Early::default();
    let mut options = Options::of(arguments);
    loop {
        match options.step() {
            Ok(None | Some(Found::Dash | Found::With(b'c' | b'm', _))) => return early,
            Ok(Some(Found::Short(b'E'))) => early.ignores_environment = true,
            Ok(Some(Found::Short(b'I'))) => early.isolated = true,
            Ok(Some(Found::With(b'X', option))) => {
                let mut parts = option.splitn(2, |&c| c == b'=');
                match (parts.next(), parts.next()) {
                    (Some(b"dev"), _) => early.dev_mode = true,
                    (Some(b"utf8"), value) if early.utf8.is_none() => early.utf8 = Some(value.map(<[u8]>::to_vec)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn exit(code: c_int) -> PyStatus {
    PyStatus { _type: STATUS_EXIT, func: std::ptr::null(), err_msg: std::ptr::null(), exitcode: code }
}

fn usage(program: &[u8]) -> String {
    format!("usage: {} [option] ... [-c cmd | -m mod | file | -] [arg] ...", String::from_utf8_lossy(program))
}

/// Writes a line where C's `printf` would.
fn say(text: &str) -> PyStatus {
    if let Ok(text) = std::ffi::CString::new(text) {
        // SAFETY: a C string.
        unsafe { libc::puts(text.as_ptr()) };
    }
    exit(0)
}

fn wrong(program: &[u8], what: &str) -> PyStatus {
    eprintln!("{what}\n{}\nTry `python -h' for more information.", usage(program));
    exit(2)
}

/// Takes the options out of `argv`; what is left is `sys.argv`. The options `-W` in their order. A status of exit where
/// there is nothing more to do: a text was asked for, or an option is wrong, which standard error says.
///
/// # Safety
/// The configuration's texts are its own.
pub unsafe fn parse(config: &mut PyConfig) -> Result<Vec<Vec<wchar_t>>, PyStatus> {
    let mut warnings = Vec::new();
    let mut versions = 0;
    // SAFETY: the caller's word.
    unsafe {
        let arguments: Vec<Vec<u8>> = wide::items(&raw mut config.argv).iter().map(|text| wide::pack(text)).collect();
        let program = wide::get(config.program_name).map(|name| wide::pack(&name));
        let program = program.or_else(|| arguments.first().cloned()).unwrap_or_default();
        let mut options = Options::of(&arguments);
        while let Some(found) = options.step().map_err(|what| wrong(&program, &what))? {
            match found {
                Found::With(b'c', code) => {
                    let code = [&code, b"\n".as_slice()].concat();
                    if config.run_command.is_null() {
                        check(wide::set(&raw mut config.run_command, Some(&wide::unpack(&code))))?;
                    }
                    break;
                }
                Found::With(b'm', module) => {
                    if config.run_module.is_null() {
                        check(wide::set(&raw mut config.run_module, Some(&wide::unpack(&module))))?;
                    }
                    break;
                }
                Found::With(b'W', warning) => warnings.push(wide::unpack(&warning)),
                Found::With(_, option) => check(wide::append(&raw mut config.xoptions, &wide::unpack(&option)))?,
                Found::Pycs(mode) => {
                    if !matches!(mode.as_slice(), b"always" | b"never" | b"default") {
                        let what = format!("--{PYCS} must be one of 'default', 'always', or 'never'");
                        return Err(wrong(&program, &what));
                    }
                    check(wide::set(&raw mut config.check_hash_pycs_mode, Some(&wide::unpack(&mode))))?;
                }
                Found::Help | Found::Short(b'h' | b'?') => {
                    return Err(say(&format!(
                        "{}\nThis runtime has no bytecode evaluator: it takes the options and runs nothing.",
                        usage(&program)
                    )));
                }
                Found::Short(b'V') => versions += 1,
                Found::Dash => {
                    eprintln!("Expected long option");
                    break;
                }
                Found::Short(option) => set(config, option),
            }
        }
        if versions > 0 {
            let long = crate::runtime::VERSION.to_string_lossy();
            let text = if versions > 1 { &long } else { long.split(' ').next().unwrap_or_default() };
            return Err(say(&format!("Python {text}")));
        }
        leave(config, &arguments, options.next)?;
    }
    Ok(warnings)
}

/// The script that is to be run, and what `sys.argv` becomes: the arguments from the `next` one on, behind `-c` or `-m`
/// if there was one.
///
/// # Safety
/// The configuration's texts are its own.
unsafe fn leave(config: &mut PyConfig, arguments: &[Vec<u8>], next: usize) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let first = if !config.run_command.is_null() {
            Some(b"-c")
        } else if !config.run_module.is_null() {
            Some(b"-m")
        } else {
            None
        };
        let script = arguments.get(next).filter(|script| first.is_none() && script.as_slice() != b"-");
        if let Some(script) = script
            && config.run_filename.is_null()
        {
            check(wide::set(&raw mut config.run_filename, Some(&wide::unpack(script))))?;
        }
        let from = if first.is_some() { next - 1 } else { next };
        let mut left = arguments.get(from..).unwrap_or_default().to_vec();
        if left.is_empty() {
            left.push(Vec::new());
        }
        if let Some(first) = first {
            left[0] = first.to_vec();
        }
        wide::clear_list(&raw mut config.argv);
        for argument in left {
            check(wide::append(&raw mut config.argv, &wide::unpack(&argument)))?;
        }
    }
    Ok(())
}

fn check(done: bool) -> Result<(), PyStatus> {
    if done { Ok(()) } else { Err(no_memory()) }
}

/// What an option without an argument means.
fn set(config: &mut PyConfig, option: u8) {
    match option {
        b'b' => config.bytes_warning += 1,
        b'd' => config.parser_debug += 1,
        b'i' => {
            config.inspect += 1;
            config.interactive += 1;
        }
        b'E' => config.use_environment = 0,
        b'I' => config.isolated = 1,
        b'O' => config.optimization_level += 1,
        b'P' => config.safe_path = 1,
        b'B' => config.write_bytecode = 0,
        b's' => config.user_site_directory = 0,
        b'S' => config.site_import = 0,
        b'u' => config.buffered_stdio = 0,
        b'v' => config.verbose += 1,
        b'x' => config.skip_source_first_line = 1,
        b'q' => config.quiet += 1,
        b'R' => config.use_hash_seed = 0,
        // -t is from older days and means nothing.
        _ => {}
    }
}
