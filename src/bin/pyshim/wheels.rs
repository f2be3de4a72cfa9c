//! `pyshim wheels`: the calls of a table into real extension modules, each in a process of its own, and how many gave
//! the listed result.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::arguments::{Arguments, Known, Usage};
use crate::call::Call;
use crate::child::{End, in_child};
use crate::parser::parse;
use crate::{DIFFERENCE, OK};

pub const OPTIONS: &[Known] = &[("--table", true), ("--dynload", true), ("--runtime", true), ("--timeout", true)];

pub const HELP: &str = "\
Runs a table of calls into real extension modules and compares with the results that it lists.

usage: pyshim wheels --table FILE [OPTIONS] DIR [PACKAGE...]

DIR/PACKAGE holds each unpacked wheel, as c_tests/wheels/fetch puts them there. Without PACKAGE names, all
rows of the table run; rows of a package that is not in DIR are skipped, and that is said.

The table is tab-separated, and its first line names the columns. Of these are used: package, module,
toolchain, call (in the language of `pyshim call`) and result: what is printed, or !!Type: message.

options:
  --table FILE     the table
  --dynload DIR    the folder of CPython's own extension modules, for the rows of CPython-stdlib
  --runtime PATH   the Python library to run on, a file or its folder (default: pyshim's own)
  --timeout SECS   how long one call may take (default 20)

exit code: 0 if nothing failed, else 1.
";

const SUFFIXES: [&str; 3] = [".cpython-314-x86_64-linux-gnu.so", ".abi3.so", ".so"];

/// The table's name for the extension modules that CPython brings.
const STDLIB: &str = "CPython-stdlib";

struct Places {
    wheels: PathBuf,
    dynload: Option<PathBuf>,
}

pub fn main(arguments: Arguments) -> Result<i32, Usage> {
    let Some((wheels, packages)) = arguments.positional.split_first() else {
        return Err(Usage::new("the folder of the unpacked wheels is missing"));
    };
    let places = Places { wheels: PathBuf::from(wheels), dynload: arguments.value("--dynload").map(PathBuf::from) };
    for folder in [Some(&places.wheels), places.dynload.as_ref()].into_iter().flatten() {
        if !folder.is_dir() {
            return Err(Usage(format!("{} is no folder", folder.display())));
        }
    }
    let table = arguments.value("--table").ok_or_else(|| Usage::new("--table FILE is missing"))?;
    let text = std::fs::read_to_string(&table).map_err(|error| Usage(format!("{}: {error}", table.display())))?;
    let mut rows = rows(&text).map_err(|message| Usage(format!("{}: {message}", table.display())))?;
    if let Some(package) = packages.iter().find(|package| !rows.iter().any(|row| row.package == **package)) {
        return Err(Usage(format!("the table has no package {}", package.display())));
    }
    rows.retain(|row| packages.is_empty() || packages.iter().any(|package| package == row.package));
    let limit = match arguments.value("--timeout") {
        None => Duration::from_secs(20),
        Some(text) => text
            .to_str()
            .and_then(|text| text.parse().ok())
            .filter(|seconds| *seconds > 0)
            .map(Duration::from_secs)
            .ok_or_else(|| Usage::new("--timeout is a number of seconds"))?,
    };
    let tally = run(&rows, &places, arguments.value("--runtime"), limit);
    println!("{} passed, {} failed, {} skipped", tally.passed, tally.failed, tally.skipped);
    Ok(if tally.failed == 0 { OK } else { DIFFERENCE })
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

fn run(rows: &[Row], places: &Places, runtime: Option<OsString>, limit: Duration) -> Tally {
    let mut sum = Tally::default();
    for rows in rows.chunk_by(|a, b| (a.package, a.module) == (b.package, b.module)) {
        let module = rows[0].module;
        let (file, path) = match rows[0].locate(places) {
            Ok(found) => found,
            Err(reason) => {
                println!("{module:40} skipped: {reason}");
                sum.skipped += rows.len();
                continue;
            }
        };
        let mut failures = Vec::new();
        for row in rows {
            if let Err(difference) = row.check(&file, &path, &runtime, limit) {
                failures.push(difference);
            }
        }
        let (passed, failed) = (rows.len() - failures.len(), failures.len());
        println!("{module:40} {passed:3} passed {failed:3} failed");
        for failure in failures {
            print!("{failure}");
        }
        sum.passed += passed;
        sum.failed += failed;
    }
    sum
}

#[derive(Debug, PartialEq)]
struct Row<'a> {
    package: &'a str,
    module: &'a str,
    toolchain: &'a str,
    call: &'a str,
    result: &'a str,
}

fn rows(text: &str) -> Result<Vec<Row<'_>>, String> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let found = names.iter().position(|known| *known == name);
        found.ok_or_else(|| format!("the first line names no column {name}"))
    };
    let columns = [column("package")?, column("module")?, column("toolchain")?, column("call")?, column("result")?];
    lines
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(index, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != names.len() {
                return Err(format!("line {} has {} columns, not {}", index + 2, cells.len(), names.len()));
            }
            let [package, module, toolchain, call, result] = columns.map(|column| cells[column]);
            Ok(Row { package, module, toolchain, call, result })
        })
        .collect()
}

impl Row<'_> {
    /// The extension file and the import path; or why there is none.
    fn locate(&self, places: &Places) -> Result<(PathBuf, Vec<OsString>), String> {
        let folder = if self.package == STDLIB {
            places.dynload.clone().ok_or("needs --dynload")?
        } else {
            places.wheels.join(self.package)
        };
        if !folder.is_dir() {
            return Err(format!("{} is not there", folder.display()));
        }
        let mut roots = vec![folder.clone()];
        roots.extend(data_folders(&folder));
        let relative = self.module.replace('.', "/");
        let file = roots
            .iter()
            .flat_map(|root| SUFFIXES.iter().map(move |suffix| (root, suffix)))
            .map(|(root, suffix)| root.join(format!("{relative}{suffix}")))
            .find(|file| file.exists())
            .ok_or_else(|| format!("{} has no such module", folder.display()))?;
        // A module that cffi made is a table, which cffi's own extension module reads.
        if self.toolchain == "cffi" {
            let cffi = places.wheels.join("cffi");
            if !cffi.is_dir() {
                return Err("needs the package cffi".to_owned());
            }
            roots.push(cffi);
        }
        Ok((file, roots.into_iter().map(PathBuf::into_os_string).collect()))
    }

    fn check(&self, file: &Path, path: &[OsString], runtime: &Option<OsString>, limit: Duration) -> Result<(), String> {
        let got = match parse(self.call) {
            Err(error) => error.render(self.call),
            Ok(statements) => {
                let call = Call {
                    runtime: runtime.clone(),
                    path: path.to_vec(),
                    extension: file.as_os_str().to_owned(),
                    statements,
                };
                match in_child(limit, || crate::call::run(&call)) {
                    Ok(output) => {
                        if self.agrees(&output.end, &output.stdout, &output.stderr) {
                            return Ok(());
                        }
                        let end = match output.end {
                            End::Code(0 | 1) => String::new(),
                            end => format!("({end}) "),
                        };
                        format!("{end}{}{}", output.stdout, output.stderr)
                    }
                    Err(error) => format!("no process for the call: {error}"),
                }
            }
        };
        Err(format!(
            "    {}\n        expected {}\n        got      {}\n",
            self.call,
            self.result,
            got.trim_end().replace('\n', "\n                 ")
        ))
    }

    fn agrees(&self, end: &End, stdout: &str, stderr: &str) -> bool {
        match (self.result.strip_prefix("!!"), end) {
            (None, End::Code(OK)) => stdout.strip_suffix('\n') == Some(self.result),
            // Warnings may come before the exception.
            (Some(exception), End::Code(DIFFERENCE)) => {
                let starts = std::iter::once(0).chain(stderr.match_indices('\n').map(|(at, _)| at + 1));
                starts.into_iter().any(|start| unqualified(&stderr[start..]).trim_end() == exception_text(exception))
            }
            _ => false,
        }
    }
}

/// Wheels may keep files for the site folder beside it.
fn data_folders(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "data"))
        .flat_map(|path| [path.join("platlib"), path.join("purelib")])
        .filter(|path| path.is_dir())
        .collect()
}

/// `package.Type: message` without the package: the table has a type's bare name.
fn unqualified(text: &str) -> &str {
    let class = text.split([':', '\n', ' ']).next().unwrap_or_default();
    &text[class.rfind('.').map_or(0, |point| point + 1)..]
}

/// The table keeps the colon of an exception without a message.
fn exception_text(listed: &str) -> &str {
    let listed = listed.trim_end();
    listed.strip_suffix(':').filter(|class| !class.contains(' ')).unwrap_or(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "package\tversion\tmodule\ttoolchain\tcall\tresult\np\t1\tp.m\tC\tm.f()\t'x'\n";

    fn row(result: &str) -> Row<'_> {
        Row { package: "p", module: "p.m", toolchain: "C", call: "m.f()", result }
    }

    #[test]
    fn columns_go_by_name() {
        assert_eq!(rows(TABLE).unwrap(), [row("'x'")]);
        assert!(rows("package\tmodule\n").unwrap_err().contains("toolchain"));
        assert!(rows(&(TABLE.to_owned() + "p\t1\n")).unwrap_err().contains("line 3 has 2 columns"));
    }

    #[test]
    fn results() {
        let ok = End::Code(OK);
        let raised = End::Code(DIFFERENCE);
        assert!(row("'x'").agrees(&ok, "'x'\n", ""));
        assert!(!row("'x'").agrees(&ok, "'y'\n", ""));
        assert!(!row("'x'").agrees(&raised, "'x'\n", ""));
        assert!(!row("'x'").agrees(&End::Signal(11), "'x'\n", ""));
        assert!(row("!!error: a.b: c").agrees(&raised, "", "mod.error: a.b: c\n"));
        assert!(row("!!Empty: ").agrees(&raised, "", "_queue.Empty\n"));
        assert!(row("!!E: x").agrees(&raised, "", "a warning\nE: x\n"));
        assert!(!row("!!E: x").agrees(&raised, "", "E: y\n"));
        assert!(!row("!!E: x").agrees(&ok, "", "E: x\n"));
        assert!(!row("!!E: x").agrees(&raised, "", "F: x\n"));
    }

    #[test]
    fn a_package_that_is_not_there() {
        let places = Places { wheels: PathBuf::from("/nonexistent"), dynload: None };
        assert!(row("1").locate(&places).unwrap_err().contains("is not there"));
        let stdlib = Row { package: STDLIB, ..row("1") };
        assert!(stdlib.locate(&places).unwrap_err().contains("--dynload"));
    }
}
