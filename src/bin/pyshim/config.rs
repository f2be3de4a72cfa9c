//! `pyshim config`: what a build needs to know to compile against this installation, as `python3.14-config` says it.

use std::path::{Path, PathBuf};

use crate::arguments::{Arguments, Known, Usage};
use crate::runtime::own_path;
use crate::{DIFFERENCE, OK};

pub const OPTIONS: &[Known] = &[
    ("--prefix", false),
    ("--exec-prefix", false),
    ("--includes", false),
    ("--cflags", false),
    ("--libs", false),
    ("--ldflags", false),
    ("--extension-suffix", false),
    ("--abiflags", false),
    ("--embed", false),
];

pub const HELP: &str = "\
Says how to compile and link against this installation, with the options of python3.14-config.

usage: pyshim config [--embed] OPTION...

options, each of which prints one line:
  --includes           -I options for the headers
  --cflags             the same, and the compiler options that extensions are built with
  --libs               -l options
  --ldflags            -L and -l options
  --extension-suffix   how an extension file's name ends
  --prefix, --exec-prefix
                       the folder that include/, lib/ and bin/ are in
  --abiflags           nothing: this ABI has no flags
and
  --embed              --libs and --ldflags are for a program that embeds Python, which needs the library;
                       an extension module does not

examples:
  gcc $(pyshim config --cflags) -shared -fPIC foo.c -o foo$(pyshim config --extension-suffix)
  gcc $(pyshim config --cflags) prog.c $(pyshim config --embed --ldflags) -Wl,-rpath,$(pyshim config --prefix)/lib
";

pub fn main(arguments: Arguments) -> Result<i32, Usage> {
    if let Some(extra) = arguments.positional.first() {
        return Err(Usage::new(format!("what is {}?", extra.display())));
    }
    if arguments.names().all(|option| option == "--embed") {
        return Err(Usage::new("say what you want to know, for example --cflags"));
    }
    let prefix = prefix().ok_or_else(|| Usage::new("the system does not say where this program is"))?;
    if !has_headers(&prefix) {
        eprintln!(
            "pyshim config: {} has no include/python3.14: this program is not where it was built or installed to",
            prefix.display()
        );
        return Ok(DIFFERENCE);
    }
    let embed = arguments.has("--embed");
    for option in arguments.names().filter(|option| *option != "--embed") {
        println!("{}", answer(option, embed, &prefix));
    }
    Ok(OK)
}

/// The folder above `bin/`: of the name that the program was called by if headers are there (a build may link to the
/// program elsewhere), else of the program itself.
fn prefix() -> Option<PathBuf> {
    let above = |program: PathBuf| program.parent()?.parent().map(Path::to_owned);
    let called = std::env::args_os()
        .next()
        .map(PathBuf::from)
        .filter(|program| program.components().count() > 1)
        .and_then(|program| std::path::absolute(program).ok())
        .and_then(above)
        .filter(|prefix| has_headers(prefix));
    called.and_then(|prefix| prefix.canonicalize().ok()).or_else(|| own_path().and_then(above))
}

fn has_headers(prefix: &Path) -> bool {
    prefix.join("include/python3.14/Python.h").exists()
}

fn answer(option: &str, embed: bool, prefix: &Path) -> String {
    let prefix = prefix.display();
    let includes = format!("-I{prefix}/include/python3.14");
    let libs = if embed { "-lpython3.14 -ldl -lm" } else { "-ldl -lm" };
    match option {
        "--includes" => includes,
        "--cflags" => format!("{includes} -fno-strict-overflow -Wsign-compare -DNDEBUG -g -O2 -Wall"),
        "--libs" => libs.to_owned(),
        "--ldflags" => format!("-L{prefix}/lib {libs}"),
        "--extension-suffix" => ".cpython-314-x86_64-linux-gnu.so".to_owned(),
        "--abiflags" => String::new(),
        _ => prefix.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_link_the_library() {
        let ask = |option, embed| answer(option, embed, Path::new("/opt/p"));
        assert_eq!(ask("--libs", false), "-ldl -lm");
        assert_eq!(ask("--libs", true), "-lpython3.14 -ldl -lm");
        assert_eq!(ask("--ldflags", true), "-L/opt/p/lib -lpython3.14 -ldl -lm");
        assert_eq!(ask("--includes", false), "-I/opt/p/include/python3.14");
        assert_eq!(ask("--exec-prefix", false), "/opt/p");
        assert!(ask("--cflags", false).starts_with("-I/opt/p/include/python3.14 "));
    }
}
