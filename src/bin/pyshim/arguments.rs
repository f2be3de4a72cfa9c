//! The command line's words: options with and without a value, and everything else.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// Something is wrong with how the tool was called.
#[derive(Debug, PartialEq)]
pub struct Usage(pub String);

impl Usage {
    pub fn new(message: impl Into<String>) -> Usage {
        Usage(message.into())
    }
}

/// An option, and whether a value follows it.
pub type Known = (&'static str, bool);

#[derive(Debug, Default, PartialEq)]
pub struct Arguments {
    options: Vec<(&'static str, OsString)>,
    pub positional: Vec<OsString>,
}

impl Arguments {
    /// Options may stand anywhere, as `--name value` or `--name=value`; after `--` nothing is one. A word with a single
    /// dash is none either: statements may begin with a minus sign.
    pub fn parse(words: impl IntoIterator<Item = OsString>, known: &[Known]) -> Result<Arguments, Usage> {
        let mut arguments = Arguments::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--" {
                arguments.positional.extend(words);
                break;
            }
            let word = if word == "-h" { OsString::from("--help") } else { word };
            if !word.as_bytes().starts_with(b"--") {
                arguments.positional.push(word);
                continue;
            }
            let bytes = word.as_bytes();
            let equals = bytes.iter().position(|&byte| byte == b'=');
            let name = &bytes[..equals.unwrap_or(bytes.len())];
            let Some(&(option, takes_value)) = known.iter().find(|(option, _)| option.as_bytes() == name) else {
                return Err(Usage(format!("there is no option {}", String::from_utf8_lossy(name))));
            };
            let value = match (takes_value, equals) {
                (true, Some(equals)) => OsStr::from_bytes(&bytes[equals + 1..]).to_owned(),
                (true, None) => words.next().ok_or_else(|| Usage(format!("{option} needs a value")))?,
                (false, None) => OsString::new(),
                (false, Some(_)) => return Err(Usage(format!("{option} takes no value"))),
            };
            arguments.options.push((option, value));
        }
        Ok(arguments)
    }

    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| *name == option)
    }

    /// The last one counts.
    pub fn value(&self, option: &str) -> Option<OsString> {
        self.values(option).pop()
    }

    pub fn values(&self, option: &str) -> Vec<OsString> {
        self.options.iter().filter(|(name, _)| *name == option).map(|(_, value)| value.clone()).collect()
    }

    /// The options' names, as they came.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.options.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known] = &[("--path", true), ("--help", false)];

    fn parse(words: &[&str]) -> Result<Arguments, Usage> {
        Arguments::parse(words.iter().map(OsString::from), KNOWN)
    }

    #[test]
    fn options_stand_anywhere() {
        let arguments = parse(&["a", "--path", "x", "-b", "--path=y=z", "--", "--help"]).unwrap();
        assert_eq!(arguments.positional, ["a", "-b", "--help"]);
        assert_eq!(arguments.values("--path"), ["x", "y=z"]);
        assert_eq!(arguments.value("--path"), Some("y=z".into()));
        assert!(!arguments.has("--help"));
        assert!(parse(&["-h"]).unwrap().has("--help"));
    }

    #[test]
    fn wrong_options() {
        for (words, message) in [
            (vec!["--pth", "x"], "no option --pth"),
            (vec!["--path"], "needs a value"),
            (vec!["--help=1"], "takes no value"),
        ] {
            assert!(parse(&words).unwrap_err().0.contains(message));
        }
    }
}
