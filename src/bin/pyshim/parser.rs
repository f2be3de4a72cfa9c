//! Statements from tokens: `name = expression; ...; expression`, with Python's expressions except those that hold code
//! (lambda, comprehensions, f-strings) and those that assign. By recursive descent; binary operators by precedence.
//!
//! Depth is bounded, so that no text overflows the stack here or in the evaluator, which recurses over the tree.

use crate::lexer::{Lexeme, Token, tokenize};
use crate::syntax::{Argument, BinaryOp, CompareOp, DictItem, Expr, Statement, SyntaxError, UnaryOp};

/// Brackets, conditionals and prefix operators within each other.
const MAX_DEPTH: usize = 100;
/// Binary operators, attributes, calls and subscripts in one text: each may make the tree one higher.
const MAX_LINKS: usize = 4000;

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

pub fn parse(source: &str) -> Result<Vec<Statement>, SyntaxError> {
    let mut parser = Parser { lexemes: tokenize(source)?, next: 0, depth: 0, links: 0 };
    parser.statements()
}

type Parsed<T> = Result<T, SyntaxError>;

struct Parser {
    lexemes: Vec<Lexeme>,
    next: usize,
    depth: usize,
    links: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.lexemes[self.next].token
    }

    fn at(&self) -> usize {
        self.lexemes[self.next].at
    }

    fn advance(&mut self) {
        if *self.peek() != Token::End {
            self.next += 1;
        }
    }

    fn is_op(&self, op: &str) -> bool {
        matches!(self.peek(), Token::Op(found) if *found == op)
    }

    fn eat_op(&mut self, op: &str) -> bool {
        let found = self.is_op(op);
        if found {
            self.advance();
        }
        found
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(found) if found == word)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.advance();
        }
        found
    }

    /// The word after this one.
    fn is_word_then(&self, word: &str, then: &str) -> bool {
        self.is_word(word)
            && matches!(self.lexemes.get(self.next + 1), Some(Lexeme { token: Token::Name(next), .. }) if next == then)
    }

    fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(SyntaxError::new(self.at(), message))
    }

    /// What stands here does not belong here: says what was expected, or why it can never come.
    fn unexpected<T>(&self, expected: &str) -> Parsed<T> {
        self.fail(match self.peek() {
            Token::End => format!("the text ends here, but {expected} must follow"),
            Token::Newline => format!("the line ends here, but {expected} must follow"),
            Token::Name(name) if name == "for" || name == "async" => {
                "comprehensions are not part of this language".to_owned()
            }
            Token::Name(name) if KEYWORDS.contains(&name.as_str()) => match name.as_str() {
                "and" | "or" | "in" | "is" | "if" | "else" | "not" | "as" => {
                    format!("expected {expected}, not '{name}'")
                }
                _ => format!("'{name}' is not part of this language: it has expressions and assignments to names only"),
            },
            Token::Name(name) => format!("expected {expected}, not '{name}'"),
            Token::Op(":=") => "':=' is not part of this language".to_owned(),
            Token::Op(op) if op.len() > 1 && op.ends_with('=') && !matches!(*op, "==" | "!=" | "<=" | ">=") => {
                format!("'{op}' is not part of this language: write name = name {} ...", &op[..op.len() - 1])
            }
            Token::Op("=") => "only a name can be assigned to".to_owned(),
            Token::Op(op) => format!("expected {expected}, not '{op}'"),
            Token::Str(_) | Token::Bytes(_) => format!("expected {expected}, not a string"),
            Token::Int(_) | Token::Float(_) | Token::Imaginary(_) => format!("expected {expected}, not a number"),
        })
    }

    fn expect_op(&mut self, op: &str, expected: &str) -> Parsed<()> {
        if self.eat_op(op) { Ok(()) } else { self.unexpected(expected) }
    }

    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            return self.fail(format!("more than {MAX_DEPTH} levels within each other"));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn link(&mut self) -> Parsed<()> {
        self.links += 1;
        if self.links > MAX_LINKS {
            return self.fail(format!("more than {MAX_LINKS} operators in one text"));
        }
        Ok(())
    }

    fn statements(&mut self) -> Parsed<Vec<Statement>> {
        let mut statements = Vec::new();
        loop {
            while *self.peek() == Token::Newline {
                self.advance();
            }
            if *self.peek() == Token::End {
                return Ok(statements);
            }
            statements.push(self.statement()?);
            match self.peek() {
                Token::Op(";") | Token::Newline => self.advance(),
                Token::End => {}
                _ => return self.unexpected("';' or the end"),
            }
        }
    }

    fn statement(&mut self) -> Parsed<Statement> {
        let mut target = None;
        if let Token::Name(name) = self.peek()
            && matches!(self.lexemes[self.next + 1].token, Token::Op("="))
        {
            let name = name.clone();
            if KEYWORDS.contains(&name.as_str()) {
                return self.fail(format!("'{name}' is a keyword: it cannot be assigned to"));
            }
            target = Some(name);
            self.advance();
            self.advance();
        }
        let value = self.expressions("an expression")?;
        Ok(Statement { target, value })
    }

    /// One expression, or a tuple without parentheses.
    fn expressions(&mut self, expected: &str) -> Parsed<Expr> {
        let (mut items, comma) = self.items(expected, Self::ends_expressions)?;
        match items.pop() {
            None => self.unexpected(expected),
            Some(Expr::Starred(_)) if !comma => {
                self.fail("a starred expression stands in a tuple, list or set: put a comma behind it")
            }
            Some(single) if !comma => Ok(single),
            Some(last) => {
                items.push(last);
                Ok(Expr::Tuple(items))
            }
        }
    }

    fn ends_expressions(&self) -> bool {
        matches!(self.peek(), Token::End | Token::Newline | Token::Op(";" | ")" | "]" | "}" | ":" | "="))
    }

    /// Comma-separated, possibly starred, up to what `ends` says. Also whether any comma was there.
    fn items(&mut self, expected: &str, ends: fn(&Self) -> bool) -> Parsed<(Vec<Expr>, bool)> {
        let mut items = Vec::new();
        let mut comma = false;
        while !ends(self) {
            items.push(self.item(expected)?);
            if !self.eat_op(",") {
                break;
            }
            comma = true;
        }
        Ok((items, comma))
    }

    fn item(&mut self, expected: &str) -> Parsed<Expr> {
        if self.eat_op("*") {
            return Ok(Expr::Starred(Box::new(self.binary(0, "an expression")?)));
        }
        self.expression(expected)
    }

    fn expression(&mut self, expected: &str) -> Parsed<Expr> {
        self.nested(|parser| {
            let body = parser.disjunction(expected)?;
            if !parser.eat_word("if") {
                return Ok(body);
            }
            let test = parser.disjunction("a condition")?;
            if !parser.eat_word("else") {
                return parser.unexpected("'else'");
            }
            let other = parser.expression("an expression")?;
            Ok(Expr::Conditional { test: Box::new(test), body: Box::new(body), other: Box::new(other) })
        })
    }

    fn disjunction(&mut self, expected: &str) -> Parsed<Expr> {
        let mut left = self.conjunction(expected)?;
        while self.eat_word("or") {
            self.link()?;
            let right = self.conjunction("an expression")?;
            left = Expr::Or(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn conjunction(&mut self, expected: &str) -> Parsed<Expr> {
        let mut left = self.inversion(expected)?;
        while self.eat_word("and") {
            self.link()?;
            let right = self.inversion("an expression")?;
            left = Expr::And(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn inversion(&mut self, expected: &str) -> Parsed<Expr> {
        if self.eat_word("not") {
            let inner = self.nested(|parser| parser.inversion("an expression"))?;
            return Ok(Expr::Not(Box::new(inner)));
        }
        self.comparison(expected)
    }

    fn comparison(&mut self, expected: &str) -> Parsed<Expr> {
        let first = self.binary(0, expected)?;
        let mut rest = Vec::new();
        while let Some(op) = self.comparison_operator() {
            rest.push((op, self.binary(0, "an expression")?));
        }
        Ok(if rest.is_empty() { first } else { Expr::Compare(Box::new(first), rest) })
    }

    fn comparison_operator(&mut self) -> Option<CompareOp> {
        let (op, tokens) = match self.peek() {
            Token::Op("<") => (CompareOp::Less, 1),
            Token::Op("<=") => (CompareOp::LessEqual, 1),
            Token::Op("==") => (CompareOp::Equal, 1),
            Token::Op("!=") => (CompareOp::NotEqual, 1),
            Token::Op(">") => (CompareOp::Greater, 1),
            Token::Op(">=") => (CompareOp::GreaterEqual, 1),
            Token::Name(name) if name == "in" => (CompareOp::In, 1),
            Token::Name(_) if self.is_word_then("not", "in") => (CompareOp::NotIn, 2),
            Token::Name(_) if self.is_word_then("is", "not") => (CompareOp::IsNot, 2),
            Token::Name(name) if name == "is" => (CompareOp::Is, 1),
            _ => return None,
        };
        self.next += tokens;
        Some(op)
    }

    /// Left-associative operators that bind at least as tightly as `minimum`.
    fn binary(&mut self, minimum: u8, expected: &str) -> Parsed<Expr> {
        let mut left = self.factor(expected)?;
        while let Token::Op(text) = *self.peek()
            && let Some((precedence, op)) = binary_operator(text)
            && precedence >= minimum
        {
            self.advance();
            self.link()?;
            let right = self.binary(precedence + 1, "an expression")?;
            left = Expr::Binary(op, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    /// A prefix operator binds less tightly than `**` on its right, and more tightly than one on its left.
    fn factor(&mut self, expected: &str) -> Parsed<Expr> {
        let op = match self.peek() {
            Token::Op("-") => UnaryOp::Negative,
            Token::Op("+") => UnaryOp::Positive,
            Token::Op("~") => UnaryOp::Invert,
            _ => {
                let base = self.primary(expected)?;
                if !self.eat_op("**") {
                    return Ok(base);
                }
                let exponent = self.nested(|parser| parser.factor("an expression"))?;
                return Ok(Expr::Binary(BinaryOp::Power, Box::new(base), Box::new(exponent)));
            }
        };
        self.advance();
        let operand = self.nested(|parser| parser.factor("an expression"))?;
        Ok(Expr::Unary(op, Box::new(operand)))
    }

    fn primary(&mut self, expected: &str) -> Parsed<Expr> {
        let mut left = self.atom(expected)?;
        loop {
            if self.eat_op(".") {
                let Token::Name(name) = self.peek() else {
                    return self.unexpected("an attribute's name");
                };
                let name = name.clone();
                if KEYWORDS.contains(&name.as_str()) {
                    return self.fail(format!("'{name}' is a keyword: it names no attribute"));
                }
                self.advance();
                left = Expr::Attribute(Box::new(left), name);
            } else if self.eat_op("(") {
                let arguments = self.arguments()?;
                left = Expr::Call(Box::new(left), arguments);
            } else if self.eat_op("[") {
                let index = self.nested(Self::subscript)?;
                self.expect_op("]", "']'")?;
                left = Expr::Subscript(Box::new(left), Box::new(index));
            } else {
                return Ok(left);
            }
            self.link()?;
        }
    }

    fn subscript(&mut self) -> Parsed<Expr> {
        let mut items = Vec::new();
        let mut comma = false;
        while !self.is_op("]") {
            items.push(self.subscript_item()?);
            if !self.eat_op(",") {
                break;
            }
            comma = true;
        }
        match items.pop() {
            None => self.unexpected("an index"),
            // `a[*b]` is a tuple even without a comma.
            Some(single) if !comma && !matches!(single, Expr::Starred(_)) => Ok(single),
            Some(last) => {
                items.push(last);
                Ok(Expr::Tuple(items))
            }
        }
    }

    fn subscript_item(&mut self) -> Parsed<Expr> {
        let mut parts = [None, None, None];
        if !self.is_op(":") {
            let first = self.item("an index")?;
            if matches!(first, Expr::Starred(_)) || !self.is_op(":") {
                return Ok(first);
            }
            parts[0] = Some(Box::new(first));
        }
        for part in &mut parts[1..] {
            if !self.eat_op(":") {
                break;
            }
            if !(self.is_op(":") || self.is_op(",") || self.is_op("]")) {
                *part = Some(Box::new(self.expression("']'")?));
            }
        }
        Ok(Expr::Slice(parts))
    }

    /// After the opening parenthesis of a call, through the closing one.
    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let mut arguments: Vec<Argument> = Vec::new();
        while !self.eat_op(")") {
            let at = self.at();
            let argument = self.argument()?;
            let wrong = match &argument {
                Argument::Positional(_) if has_keywords(&arguments) => {
                    Some("a positional argument cannot follow a keyword argument".to_owned())
                }
                Argument::Positional(_) | Argument::Unpack(_) if has_unpacked_keywords(&arguments) => {
                    Some("a positional argument cannot follow **keywords".to_owned())
                }
                Argument::Keyword(name, _)
                    if arguments.iter().any(|a| matches!(a, Argument::Keyword(other, _) if other == name)) =>
                {
                    Some(format!("keyword argument repeated: {name}"))
                }
                _ => None,
            };
            if let Some(message) = wrong {
                return Err(SyntaxError::new(at, message));
            }
            arguments.push(argument);
            if !self.eat_op(",") && !self.is_op(")") {
                return self.unexpected("',' or ')'");
            }
        }
        Ok(arguments)
    }

    fn argument(&mut self) -> Parsed<Argument> {
        if self.eat_op("**") {
            return Ok(Argument::UnpackKeywords(self.expression("an expression")?));
        }
        if self.eat_op("*") {
            return Ok(Argument::Unpack(self.expression("an expression")?));
        }
        if let Token::Name(name) = self.peek()
            && matches!(self.lexemes[self.next + 1].token, Token::Op("="))
        {
            let name = name.clone();
            if KEYWORDS.contains(&name.as_str()) {
                return self.fail(format!("'{name}' is a keyword of the language: it names no argument"));
            }
            self.advance();
            self.advance();
            return Ok(Argument::Keyword(name, self.expression("an expression")?));
        }
        Ok(Argument::Positional(self.expression("an argument or ')'")?))
    }

    fn atom(&mut self, expected: &str) -> Parsed<Expr> {
        let token = self.peek().clone();
        match token {
            Token::Int(text) => {
                self.advance();
                Ok(Expr::Int(text))
            }
            Token::Float(value) => {
                self.advance();
                Ok(Expr::Float(value))
            }
            Token::Imaginary(value) => {
                self.advance();
                Ok(Expr::Imaginary(value))
            }
            Token::Str(mut value) => {
                self.advance();
                while let Token::Str(more) = self.peek() {
                    value.extend_from_slice(more);
                    self.advance();
                }
                self.no_other_string("a bytes literal cannot continue a str literal")?;
                Ok(Expr::Str(value))
            }
            Token::Bytes(mut value) => {
                self.advance();
                while let Token::Bytes(more) = self.peek() {
                    value.extend_from_slice(more);
                    self.advance();
                }
                self.no_other_string("a str literal cannot continue a bytes literal")?;
                Ok(Expr::Bytes(value))
            }
            Token::Name(name) => {
                let constant = match name.as_str() {
                    "None" => Expr::None,
                    "True" => Expr::True,
                    "False" => Expr::False,
                    keyword if KEYWORDS.contains(&keyword) => return self.unexpected(expected),
                    _ => Expr::Name(name),
                };
                self.advance();
                Ok(constant)
            }
            Token::Op("...") => {
                self.advance();
                Ok(Expr::Ellipsis)
            }
            Token::Op("(") => {
                self.advance();
                self.nested(Self::parenthesized)
            }
            Token::Op("[") => {
                self.advance();
                let (items, _) =
                    self.nested(|parser| parser.items("an expression or ']'", |parser| parser.is_op("]")))?;
                self.expect_op("]", "',' or ']'")?;
                Ok(Expr::List(items))
            }
            Token::Op("{") => {
                self.advance();
                self.nested(Self::braces)
            }
            _ => self.unexpected(expected),
        }
    }

    fn no_other_string(&self, message: &str) -> Parsed<()> {
        match self.peek() {
            Token::Str(_) | Token::Bytes(_) => self.fail(message),
            _ => Ok(()),
        }
    }

    fn parenthesized(&mut self) -> Parsed<Expr> {
        let at = self.at();
        let (mut items, comma) = self.items("an expression or ')'", |parser| parser.is_op(")"))?;
        self.expect_op(")", if comma { "',' or ')'" } else { "')'" })?;
        match items.pop() {
            Some(Expr::Starred(_)) if !comma => {
                Err(SyntaxError::new(at, "a starred expression stands in a tuple, list or set: put a comma behind it"))
            }
            Some(single) if !comma => Ok(single),
            last => {
                items.extend(last);
                Ok(Expr::Tuple(items))
            }
        }
    }

    /// A dict or a set: the first item decides.
    fn braces(&mut self) -> Parsed<Expr> {
        if self.eat_op("}") {
            return Ok(Expr::Dict(Vec::new()));
        }
        if !self.is_op("**") {
            let first = self.item("an expression or '}'")?;
            if matches!(first, Expr::Starred(_)) || !self.is_op(":") {
                let mut items = vec![first];
                if self.eat_op(",") {
                    items.extend(self.items("an expression or '}'", |parser| parser.is_op("}"))?.0);
                }
                self.expect_op("}", "',' or '}'")?;
                return Ok(Expr::Set(items));
            }
            self.advance();
            let value = self.expression("a value")?;
            return self.dict(vec![DictItem::Pair(first, value)]);
        }
        self.dict(Vec::new())
    }

    fn dict(&mut self, mut items: Vec<DictItem>) -> Parsed<Expr> {
        while items.is_empty() || self.eat_op(",") {
            if self.is_op("}") {
                break;
            }
            if self.eat_op("**") {
                items.push(DictItem::Unpack(self.binary(0, "an expression")?));
                continue;
            }
            let key = self.expression("a key or '}'")?;
            self.expect_op(":", "':' and a value")?;
            items.push(DictItem::Pair(key, self.expression("a value")?));
        }
        self.expect_op("}", "',' or '}'")?;
        Ok(Expr::Dict(items))
    }
}

fn has_keywords(arguments: &[Argument]) -> bool {
    arguments.iter().any(|a| matches!(a, Argument::Keyword(..)))
}

fn has_unpacked_keywords(arguments: &[Argument]) -> bool {
    arguments.iter().any(|a| matches!(a, Argument::UnpackKeywords(_)))
}

fn binary_operator(text: &str) -> Option<(u8, BinaryOp)> {
    Some(match text {
        "|" => (0, BinaryOp::Or),
        "^" => (1, BinaryOp::Xor),
        "&" => (2, BinaryOp::And),
        "<<" => (3, BinaryOp::LeftShift),
        ">>" => (3, BinaryOp::RightShift),
        "+" => (4, BinaryOp::Add),
        "-" => (4, BinaryOp::Subtract),
        "*" => (5, BinaryOp::Multiply),
        "@" => (5, BinaryOp::MatrixMultiply),
        "/" => (5, BinaryOp::TrueDivide),
        "//" => (5, BinaryOp::FloorDivide),
        "%" => (5, BinaryOp::Remainder),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
