//! Cuts a text of the statement language into tokens, by Python's lexical rules: names, numbers in all bases, strings
//! with their prefixes and escapes, operators. Inside brackets a line's end is a space; outside it ends a statement.
//!
//! Left out, and refused by name: f-strings and t-strings (they hold expressions), `\N{...}` (it needs a name table).

use crate::syntax::SyntaxError;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    Int(String),
    Float(f64),
    Imaginary(f64),
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Op(&'static str),
    Newline,
    End,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lexeme {
    pub token: Token,
    /// Byte offset of its first character.
    pub at: usize,
}

/// Longest first, so that the first that fits is the right one.
const OPERATORS: &[&str] = &[
    "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "%=",
    "&=", "|=", "^=", "@=", ":=", "->", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]",
    "{", "}", ",", ":", ".", ";", "=",
];

pub fn tokenize(source: &str) -> Result<Vec<Lexeme>, SyntaxError> {
    let mut lexer = Lexer { source, at: 0 };
    let mut lexemes = Vec::new();
    let mut depth = 0usize;
    loop {
        lexer.skip_blanks(depth > 0)?;
        let at = lexer.at;
        let token = lexer.token()?;
        match token {
            Token::Op("(" | "[" | "{") => depth += 1,
            Token::Op(")" | "]" | "}") => depth = depth.saturating_sub(1),
            _ => {}
        }
        let end = token == Token::End;
        lexemes.push(Lexeme { token, at });
        if end {
            return Ok(lexemes);
        }
    }
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn skip_blanks(&mut self, in_brackets: bool) -> Result<(), SyntaxError> {
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' | '\x0c' => self.at += 1,
                '\n' if in_brackets => self.at += 1,
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                '\\' => {
                    let at = self.at;
                    self.at += 1;
                    self.eat("\r");
                    if !self.eat("\n") {
                        return Err(SyntaxError::new(at, "a backslash outside a string only joins lines"));
                    }
                }
                _ => break,
            }
        }
        Ok(())
    }

    fn token(&mut self) -> Result<Token, SyntaxError> {
        let Some(first) = self.peek() else {
            return Ok(Token::End);
        };
        if first == '\n' {
            self.at += 1;
            return Ok(Token::Newline);
        }
        if first.is_ascii_digit() || first == '.' && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) {
            return self.number();
        }
        if first == '"' || first == '\'' {
            return self.string("");
        }
        if is_name_start(first) {
            let start = self.at;
            while self.peek().is_some_and(is_name_part) {
                self.next();
            }
            let name = &self.source[start..self.at];
            if self.peek().is_some_and(|c| c == '"' || c == '\'') {
                let prefix = name.to_ascii_lowercase();
                match prefix.as_str() {
                    "r" | "b" | "u" | "br" | "rb" => return self.string(&prefix),
                    "f" | "fr" | "rf" | "t" | "tr" | "rt" => {
                        let kind = prefix.trim_matches('r');
                        return Err(SyntaxError::new(start, format!("{kind}-strings are not part of this language")));
                    }
                    _ => {}
                }
            }
            return Ok(Token::Name(name.to_owned()));
        }
        for op in OPERATORS {
            if self.eat(op) {
                return Ok(Token::Op(op));
            }
        }
        Err(SyntaxError::new(self.at, format!("{first:?} means nothing here")))
    }

    /// `digit (_? digit)*`, possibly nothing.
    fn digits(&mut self, radix: u32) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut after_digit = false;
        loop {
            match self.peek() {
                Some(c) if c.is_digit(radix) => after_digit = true,
                Some('_') if after_digit => after_digit = false,
                _ => break,
            }
            self.at += 1;
        }
        if !after_digit && self.at > start {
            return Err(SyntaxError::new(self.at - 1, "an underscore in a number stands between two digits"));
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Token, SyntaxError> {
        let start = self.at;
        for (lower, upper, radix, kind) in
            [("0x", "0X", 16, "hexadecimal"), ("0o", "0O", 8, "octal"), ("0b", "0B", 2, "binary")]
        {
            if self.eat(lower) || self.eat(upper) {
                self.eat("_");
                let first = self.at;
                self.digits(radix)?;
                if self.at == first || self.peek().is_some_and(is_name_part) {
                    return Err(SyntaxError::new(self.at, format!("not a digit of this {kind} literal")));
                }
                return Ok(Token::Int(self.source[start..self.at].to_owned()));
            }
        }
        self.digits(10)?;
        let mut float = false;
        if self.eat(".") {
            float = true;
            self.digits(10)?;
        }
        if self.peek().is_some_and(|c| c == 'e' || c == 'E') {
            let mut ahead = self.rest()[1..].chars();
            let mut next = ahead.next();
            if matches!(next, Some('+' | '-')) {
                next = ahead.next();
                if next.is_some_and(|c| c.is_ascii_digit()) {
                    self.at += 1;
                }
            }
            if next.is_some_and(|c| c.is_ascii_digit()) {
                float = true;
                self.at += 1;
                self.digits(10)?;
            }
        }
        let text = self.source[start..self.at].replace('_', "");
        let value = || text.parse::<f64>().expect("digits make a float");
        let token = if self.eat("j") || self.eat("J") {
            Token::Imaginary(value())
        } else if float {
            Token::Float(value())
        } else if text.starts_with('0') && text.contains(|c| c != '0') {
            return Err(SyntaxError::new(
                start,
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
            ));
        } else {
            Token::Int(self.source[start..self.at].to_owned())
        };
        if self.peek().is_some_and(is_name_part) {
            return Err(SyntaxError::new(self.at, "a number ends here: put a space or an operator behind it"));
        }
        Ok(token)
    }

    /// The lexer stands on the opening quote; `prefix` is in lower case.
    fn string(&mut self, prefix: &str) -> Result<Token, SyntaxError> {
        let start = self.at;
        let (raw, bytes) = (prefix.contains('r'), prefix.contains('b'));
        let quote = self.next().expect("the caller saw a quote");
        let single = quote.to_string();
        let triple = single.repeat(3);
        let long = self.rest().starts_with(&triple[1..]);
        let end = if long {
            self.at += 2;
            &triple
        } else {
            &single
        };
        let mut value = Vec::new();
        loop {
            if self.eat(end) {
                break;
            }
            let at = self.at;
            match self.next() {
                None => {
                    return Err(SyntaxError::new(start, "this string is not closed"));
                }
                Some('\n') if !long => {
                    return Err(SyntaxError::new(start, "this string is not closed on its line"));
                }
                Some('\\') if raw => {
                    value.push(b'\\');
                    if let Some(c) = self.next() {
                        push_source(&mut value, c, bytes, at + 1)?;
                    }
                }
                Some('\\') => self.escape(&mut value, bytes, at)?,
                Some(c) => push_source(&mut value, c, bytes, at)?,
            }
        }
        Ok(if bytes { Token::Bytes(value) } else { Token::Str(value) })
    }

    /// What follows a backslash that stands at `at`.
    fn escape(&mut self, value: &mut Vec<u8>, bytes: bool, at: usize) -> Result<(), SyntaxError> {
        let Some(c) = self.next() else {
            return Ok(()); // The string's missing end is what gets reported.
        };
        let code = match c {
            '\n' => return Ok(()),
            '\\' | '\'' | '"' => c as u32,
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            '0'..='7' => {
                let mut code = c as u32 - '0' as u32;
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    self.at += 1;
                }
                code
            }
            'x' => self.hex(2, at)?,
            'u' if !bytes => self.hex(4, at)?,
            'U' if !bytes => self.hex(8, at)?,
            'N' if !bytes => {
                return Err(SyntaxError::new(at, "characters by name are not part of this language; use \\u or \\U"));
            }
            _ => {
                value.push(b'\\');
                return push_source(value, c, bytes, at + 1);
            }
        };
        if bytes {
            value.push(code as u8);
        } else if code > 0x10ffff {
            return Err(SyntaxError::new(at, "there is no character above U+10FFFF"));
        } else {
            push_code_point(value, code);
        }
        Ok(())
    }

    fn hex(&mut self, count: usize, at: usize) -> Result<u32, SyntaxError> {
        let mut code = 0;
        for _ in 0..count {
            let digit = self
                .peek()
                .and_then(|c| c.to_digit(16))
                .ok_or_else(|| SyntaxError::new(at, format!("this escape needs {count} hexadecimal digits")))?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }
}

pub fn is_name_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

pub fn is_name_part(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn push_source(value: &mut Vec<u8>, c: char, bytes: bool, at: usize) -> Result<(), SyntaxError> {
    if bytes && !c.is_ascii() {
        return Err(SyntaxError::new(at, "bytes can only contain ASCII literal characters"));
    }
    push_code_point(value, c as u32);
    Ok(())
}

/// UTF-8 for any code point, surrogates included (`char` has none).
fn push_code_point(value: &mut Vec<u8>, code: u32) {
    if let Some(c) = char::from_u32(code) {
        value.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        let continuation = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
        value.extend([0xe0 | (code >> 12) as u8, continuation(6), continuation(0)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = tokenize(source)
            .unwrap_or_else(|error| panic!("{}", error.render(source)))
            .into_iter()
            .map(|lexeme| lexeme.token)
            .collect();
        assert_eq!(tokens.pop(), Some(Token::End));
        tokens
    }

    fn one(source: &str) -> Token {
        let mut all = tokens(source);
        assert_eq!(all.len(), 1, "{source}: {all:?}");
        all.remove(0)
    }

    fn text(source: &str) -> Vec<u8> {
        match one(source) {
            Token::Str(value) => value,
            other => panic!("{source}: {other:?}"),
        }
    }

    fn bytes(source: &str) -> Vec<u8> {
        match one(source) {
            Token::Bytes(value) => value,
            other => panic!("{source}: {other:?}"),
        }
    }

    fn refused(source: &str) -> (usize, String) {
        let error = tokenize(source).expect_err(source);
        (error.at, error.message)
    }

    #[test]
    fn numbers() {
        for int in ["0", "00", "0_0", "7", "1_000", "0xFf", "0x_f", "0O17", "0b1_0"] {
            assert_eq!(one(int), Token::Int(int.into()));
        }
        for (source, value) in [
            ("1.", 1.0),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("1_0.2_5E-1", 1.025),
            ("012.5", 12.5),
            ("1e999", f64::INFINITY),
            ("0e0", 0.0),
        ] {
            assert_eq!(one(source), Token::Float(value), "{source}");
        }
        assert_eq!(one("2J"), Token::Imaginary(2.0));
        assert_eq!(one("1e1j"), Token::Imaginary(10.0));
        assert_eq!(one("01j"), Token::Imaginary(1.0));
    }

    #[test]
    fn wrong_numbers() {
        for (source, at) in [
            ("1__0", 1),
            ("1_", 1),
            ("0x", 2),
            ("0b12", 3),
            ("0o8", 2),
            ("012", 0),
            ("1e", 1),
            ("1e+", 1),
            ("1abc", 1),
            ("1_.5", 1),
        ] {
            assert_eq!(refused(source).0, at, "{source}");
        }
        assert!(refused("00_1").1.starts_with("leading zeros"));
    }

    #[test]
    fn an_attribute_of_a_float_is_no_second_point() {
        assert_eq!(tokens("1.5.hex"), [Token::Float(1.5), Token::Op("."), Token::Name("hex".into())]);
        assert_eq!(tokens("x...").last(), Some(&Token::Op("...")));
    }

    #[test]
    fn strings() {
        assert_eq!(text(r#"'a"b'"#), b"a\"b");
        assert_eq!(text(r#""a'b""#), b"a'b");
        assert_eq!(text("''"), b"");
        assert_eq!(text("'''a'b\n''c'''"), b"a'b\n''c");
        assert_eq!(text("\"\"\"\"x\"\"\""), b"\"x");
        assert_eq!(text(r"'\a\b\f\n\r\t\v\\\'\x41\101\0\u00e9\U0001F600\d'"), {
            let mut wanted = b"\x07\x08\x0c\n\r\t\x0b\\'AA\0".to_vec();
            wanted.extend("é😀\\d".bytes());
            wanted
        });
        assert_eq!(text("'a\\\nb'"), b"ab");
        assert_eq!(text(r"r'\n\''"), br"\n\'");
        assert_eq!(text("u'é'"), "é".as_bytes());
        assert_eq!(text(r"'\ud800'"), [0xed, 0xa0, 0x80]);
        assert_eq!(text(r"'\777'"), "\u{1ff}".as_bytes());
    }

    #[test]
    fn byte_strings() {
        assert_eq!(bytes(r"b'\xff\u0041\377\400'"), b"\xff\\u0041\xff\0");
        assert_eq!(bytes(r"Rb'\x'"), br"\x");
        assert_eq!(bytes("bR'''\n'''"), b"\n");
    }

    #[test]
    fn wrong_strings() {
        for (source, at, message) in [
            ("x = 'abc", 4, "not closed"),
            ("'a\nb'", 0, "not closed on its line"),
            ("'''a''", 0, "not closed"),
            (r"'\x4'", 1, "2 hexadecimal digits"),
            (r"'\u12'", 1, "4 hexadecimal digits"),
            (r"'\U00110000'", 1, "U+10FFFF"),
            (r"'\N{DASH}'", 1, "by name"),
            ("b'é'", 2, "ASCII"),
            ("f'{x}'", 0, "f-strings"),
            ("Rf''", 0, "f-strings"),
            ("r'\\", 1, "not closed"),
        ] {
            let (where_, what) = refused(source);
            assert_eq!(where_, at, "{source}");
            assert!(what.contains(message), "{source}: {what}");
        }
    }

    #[test]
    fn lines() {
        assert_eq!(
            tokens("a\nb # c\n(d\n)\\\ne"),
            [
                Token::Name("a".into()),
                Token::Newline,
                Token::Name("b".into()),
                Token::Newline,
                Token::Op("("),
                Token::Name("d".into()),
                Token::Op(")"),
                Token::Name("e".into())
            ]
        );
        assert!(refused("a \\ b").1.contains("joins lines"));
        assert_eq!(refused("a $ b").0, 2);
    }

    /// Any bytes, written with escapes, come back.
    #[test]
    fn escapes_round_trip() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for length in 0..200 {
            let wanted: Vec<u8> = (0..length)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    state as u8
                })
                .collect();
            let source = format!("b\"{}\"", wanted.escape_ascii());
            assert_eq!(bytes(&source), wanted);
        }
    }

    /// Cut anywhere, no text makes the lexer panic or loop.
    #[test]
    fn any_prefix_ends() {
        let source = "x = m.f(b'\\x00\\'', 0x1_f, 1e-5j, *a, **{'é': r\"\"\"\n\"\"\"}) # end\n";
        for (end, _) in source.char_indices() {
            let _ = tokenize(&source[..end]);
        }
    }
}
