//! `pyshim`: the command line tool. It loads a Python library at run time and talks to it through the public C API,
//! so that every command runs the same on pyshim's library and on a real CPython.
//!
//! The rooms, from the ground up:
//! - `runtime`    which library to load, and the table of C-API functions that are used of it
//! - `python`     that table as safe Rust: owned references, exceptions as errors
//! - `syntax`, `lexer`, `parser`   the statement language: its tree, its tokens, its grammar
//! - `eval`       the tree's meaning, through the C API
//! - `child`      a piece of work in a process of its own
//! - `call`, `symbols`, `config`, `wheels`   the commands
//! - `arguments`  the command line's words

mod arguments;
mod call;
mod child;
mod config;
mod eval;
mod lexer;

mod parser;
mod python;
mod runtime;
mod symbols;
mod syntax;
mod wheels;

use std::ffi::OsString;
use std::process::exit;

use arguments::{Arguments, Known, Usage};

/// Exit codes.
pub const OK: i32 = 0;
/// An exception was raised, or something was not as it should be.
pub const DIFFERENCE: i32 = 1;
/// The tool was called wrongly.
pub const USAGE: i32 = 2;

const HELP: &str = "\
pyshim runs extension modules that were built for CPython 3.14, without CPython.

usage: pyshim COMMAND ...

commands:
  call EXTENSION 'STATEMENTS'   loads an extension module and calls into it
  symbols EXTENSION             lists the names of the C API that an extension file needs
  config --cflags ...           says how to compile and link, as python3.14-config does
  wheels DIR --table FILE       runs a table of calls into real modules and compares the results

options:
  --help                        this text; `pyshim COMMAND --help` says more
  --version                     the version of this tool, and of the Python library that it finds
                                (--runtime PATH names another one)

example:
  pyshim call mmh3.cpython-314-x86_64-linux-gnu.so \"m.hash('foo')\"

exit code: 0, or 1 if an exception was raised or results differ, or 2 if the command line is wrong.
";

struct Command {
    name: &'static str,
    options: &'static [Known],
    help: &'static str,
    main: fn(Arguments) -> Result<i32, Usage>,
}

const COMMANDS: &[Command] = &[
    Command { name: "call", options: call::OPTIONS, help: call::HELP, main: call::main },
    Command { name: "symbols", options: symbols::OPTIONS, help: symbols::HELP, main: symbols::main },
    Command { name: "config", options: config::OPTIONS, help: config::HELP, main: config::main },
    Command { name: "wheels", options: wheels::OPTIONS, help: wheels::HELP, main: wheels::main },
];

fn main() {
    // SAFETY: nothing else runs yet. A reader that stops reading ends this program quietly, as it does any other.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let command = words.first().and_then(|word| COMMANDS.iter().find(|command| command.name == word));
    let (name, outcome) = match command {
        Some(command) => (format!(" {}", command.name), run(command, &words[1..])),
        None => (String::new(), without_command(words)),
    };
    exit(outcome.unwrap_or_else(|Usage(message)| {
        eprintln!("pyshim{name}: {message}\nTry 'pyshim{name} --help'.");
        USAGE
    }));
}

fn run(command: &Command, words: &[OsString]) -> Result<i32, Usage> {
    let known: Vec<Known> = command.options.iter().copied().chain([("--help", false)]).collect();
    let arguments = Arguments::parse(words.iter().cloned(), &known)?;
    if arguments.has("--help") {
        print!("{}", command.help);
        return Ok(OK);
    }
    (command.main)(arguments)
}

fn without_command(words: Vec<OsString>) -> Result<i32, Usage> {
    let known = &[("--help", false), ("--version", false), ("--runtime", true)];
    let arguments = Arguments::parse(words, known)?;
    if let Some(word) = arguments.positional.first() {
        return Err(Usage(format!("there is no command {}", word.display())));
    }
    if arguments.has("--help") {
        print!("{HELP}");
        return Ok(OK);
    }
    if !arguments.has("--version") {
        return Err(Usage::new("a command is missing"));
    }
    println!("pyshim {}", env!("CARGO_PKG_VERSION"));
    match runtime::Library::load(arguments.value("--runtime").as_deref()).and_then(|library| {
        let version = python::version(&library)?;
        Ok(format!("{version}\n{}", library.path.display()))
    }) {
        Ok(text) => println!("{text}"),
        Err(message) => println!("{message}"),
    }
    Ok(OK)
}
