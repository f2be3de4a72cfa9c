//! The text of an exception as it is shown to a person: its traceback, what it was caused by, its notes, and the
//! exceptions of a group, drawn as a tree.

use super::{base, exceptions_of, suggestions, syntax};
use crate::name;
use crate::object::{Object, error, sequence};
use crate::types::traceback::{self, Frames};
use crate::types::{bytes, tuple, unicode};
use std::collections::HashSet;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// Of a group this many exceptions are shown, and this many groups inside each other.
const MAX_WIDTH: usize = 15;
const MAX_DEPTH: usize = 10;

/// What is written, and where in the tree of groups the pen is.
struct Tree {
    out: String,
    depth: usize,
    /// The innermost group still has to be closed with a line.
    need_close: bool,
    seen: HashSet<usize>,
    frames: Frames,
}

/// The whole text; with what caused it if `chain`, and these frames of each traceback. Never fails: what can't be shown
/// is named so.
pub fn text(e: &Object, chain: bool, frames: Frames) -> String {
    let mut tree = Tree { out: String::new(), depth: 0, need_close: false, seen: HashSet::new(), frames };
    tree.seen.insert(e.as_ptr() as usize);
    tree.exception(e, chain);
    tree.out
}

impl Tree {
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    /// Writes lines, inside a group behind its margin.
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out += text;
            return;
        }
        let indent = self.indent();
        for line in text.split_inclusive('\n') {
            self.out += &format!("{indent}{margin} {line}");
        }
    }

    /// The exception behind those that led to it, the first of them first. Chains may be long, so this takes no
    /// recursion.
    fn exception(&mut self, e: &Object, chain: bool) {
        let mut links = vec![(e.to_owned(), "")];
        loop {
            if !chain {
                break;
            }
            let last = links.last().expect("it begins with one").0.clone();
            // Marked before anything is shown: what comes twice is shown once.
            if let Some(cause) = base::cause(&last).filter(|cause| self.mark(cause)) {
                links.push((cause, CAUSE));
            } else if !base::suppress_context(&last)
                && let Some(context) = base::context(&last).filter(|context| self.mark(context))
            {
                links.push((context, CONTEXT));
            } else {
                break;
            }
        }
        for (link, words) in links.into_iter().rev() {
            self.alone(&link, chain);
            self.emit(words, '|');
        }
    }

    /// One exception without what led to it.
    fn alone(&mut self, e: &Object, chain: bool) {
        if e.is_a(&raw mut super::BaseExceptionGroup) {
            self.group(e, chain);
            return;
        }
        let mut text = String::new();
        if let Some(frames) = self.traceback(e) {
            text += "Traceback (most recent call last):\n";
            text += &frames;
        }
        text += &exception_only(e);
        self.emit(&text, '|');
    }

    /// The lines of the exception's traceback, if there are any.
    fn traceback(&self, e: &Object) -> Option<String> {
        base::traceback(e).map(|tb| traceback::text(&tb, self.frames)).filter(|lines| !lines.is_empty())
    }

    /// False if the exception was shown or is being shown.
    fn mark(&mut self, e: &Object) -> bool {
        self.seen.insert(e.as_ptr() as usize)
    }

    fn group(&mut self, e: &Object, chain: bool) {
        if self.depth > MAX_DEPTH {
            self.emit(&format!("... (max_group_depth is {MAX_DEPTH})\n"), '|');
            return;
        }
        let top = self.depth == 0;
        if top {
            self.depth = 1;
        }
        if let Some(frames) = self.traceback(e) {
            self.emit("Exception Group Traceback (most recent call last):\n", if top { '+' } else { '|' });
            self.emit(&frames, '|');
        }
        self.emit(&exception_only(e), '|');
        let all = exceptions_of(e);
        let all = tuple::items(&all);
        let shown = if all.len() <= MAX_WIDTH { all.len() } else { MAX_WIDTH + 1 };
        self.need_close = false;
        for (i, item) in all.iter().take(shown).enumerate() {
            let last = i == shown - 1;
            if last {
                // An inner group may draw the closing line itself.
                self.need_close = true;
            }
            let cut = i >= MAX_WIDTH;
            let title = if cut { "...".to_string() } else { (i + 1).to_string() };
            let branch = if i == 0 { "+-" } else { "  " };
            self.out += &format!("{}{branch}+---------------- {title} ----------------\n", self.indent());
            self.depth += 1;
            if cut {
                let rest = all.len() - MAX_WIDTH;
                let plural = if rest > 1 { "s" } else { "" };
                self.emit(&format!("and {rest} more exception{plural}\n"), '|');
            } else {
                self.mark(item);
                self.exception(item, chain);
            }
            if last && self.need_close {
                self.out += &format!("{}+------------------------------------\n", self.indent());
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if top {
            self.depth = 0;
        }
    }
}

/// The class as messages show it: with its module, unless that is `builtins` or `__main__`.
pub fn class_name(class: &Object) -> String {
    let qualname = error::forget(class.getattr(name!(__qualname__)))
        .filter(|q| unicode::check(q))
        .map_or_else(|| "<unknown>".to_string(), |q| error::Text(&q).to_string());
    match error::forget(class.getattr(name!(__module__))).filter(|m| unicode::check(m)) {
        Some(module) if unicode::equal_str(&module, "builtins") || unicode::equal_str(&module, "__main__") => qualname,
        Some(module) => format!("{}.{qualname}", error::Text(&module)),
        None => format!("<unknown>.{qualname}"),
    }
}

/// `str(o)`, or "<WHAT str() failed>".
pub fn safe_str(o: &Object, what: &str) -> String {
    error::forget(o.str()).map_or_else(|| format!("<{what} str() failed>"), |s| error::Text(&s).to_string())
}

/// The last lines: class, text and notes; for a `SyntaxError` the place in the source before them.
pub fn exception_only(e: &Object) -> String {
    let class = class_name(e.type_object());
    let mut text = if e.is_a(&raw mut super::SyntaxError) {
        syntax_error(e, &class)
    } else {
        match safe_str(e, "exception") + &suggestions::hint(e) {
            empty if empty.is_empty() => format!("{class}\n"),
            message => format!("{class}: {message}\n"),
        }
    };
    let Some(Some(notes)) = error::forget(base::notes(e)) else { return text };
    if notes.is_none() {
        return text;
    }
    let many = sequence::check(&notes) && !unicode::check(&notes) && !bytes::check(&notes);
    let items = if many { error::forget(sequence::tuple(&notes)) } else { None };
    match items {
        Some(items) => {
            for note in tuple::items(&items) {
                for line in safe_str(note, "note").split('\n') {
                    text += line;
                    text.push('\n');
                }
            }
        }
        None => {
            let shown = error::forget(notes.repr());
            text += &shown.map_or_else(|| "<__notes__ repr() failed>".into(), |r| error::Text(&r).to_string());
            text.push('\n');
        }
    }
    text
}

fn syntax_error(e: &Object, class: &str) -> String {
    let Some(place) = error::forget(syntax::location(e)) else { return format!("{class}\n") };
    let mut text = String::new();
    let mut suffix = String::new();
    match (place.lineno, &place.filename) {
        (Some(line), filename) => {
            let filename = filename.as_deref().filter(|f| !f.is_empty()).unwrap_or("<string>");
            text += &format!("  File \"{filename}\", line {line}\n");
        }
        (None, Some(filename)) => suffix = format!(" ({filename})"),
        (None, None) => {}
    }
    if let Some(source) = &place.text {
        let right: Vec<char> = source.trim_end_matches('\n').chars().collect();
        let left: Vec<char> = right.iter().copied().skip_while(|c| " \n\u{c}".contains(*c)).collect();
        let spaces = (right.len() - left.len()) as i64;
        text += &format!("    {}\n", left.iter().collect::<String>());
        if let (Some(mut offset), Some(_)) = (place.offset, place.lineno) {
            let length = source.chars().count() as i64;
            let mut end = if place.lineno == place.end_lineno {
                place.end_offset.filter(|&n| n != 0).unwrap_or(offset)
            } else {
                right.len() as i64 + 1
            };
            if !source.is_empty() && offset > length {
                offset = length + 1;
            }
            if !source.is_empty() && end > length {
                end = length + 1;
            }
            if offset >= end || end < 0 {
                end = offset + 1;
            }
            let (column, end_column) = (offset - 1 - spaces, end - 1 - spaces);
            if column >= 0 {
                let space = |i: usize| left.get(i).copied().filter(|c| c.is_whitespace()).unwrap_or(' ');
                let before: String = (0..(column as usize).min(left.len())).map(space).collect();
                text += &format!("    {before}{}\n", "^".repeat((end_column - column) as usize));
            }
        }
    }
    let message = place.msg.filter(|m| !m.is_empty()).unwrap_or_else(|| "<no detail available>".into());
    text + &format!("{class}: {message}{suffix}\n")
}
