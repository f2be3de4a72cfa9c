//! The tree of the statement language: what the parser builds and the evaluator walks.

/// `expression` or `name = expression`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub target: Option<String>,
    pub value: Expr,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    None,
    True,
    False,
    Ellipsis,
    /// An integer literal as it was written: `PyLong_FromString` with base 0 reads it.
    Int(String),
    Float(f64),
    Imaginary(f64),
    /// UTF-8; lone surrogates stand in it as the `surrogatepass` error handler writes them.
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Name(String),
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    Set(Vec<Expr>),
    Dict(Vec<DictItem>),
    /// `*expression`; only the parser's callers that allow it build one.
    Starred(Box<Expr>),
    Attribute(Box<Expr>, String),
    Subscript(Box<Expr>, Box<Expr>),
    /// `start:stop:step`, only inside a subscript.
    Slice([Option<Box<Expr>>; 3]),
    Call(Box<Expr>, Vec<Argument>),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b < c`: every operand is evaluated once, and none after the first comparison that is false.
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    /// `body if test else other`
    Conditional {
        test: Box<Expr>,
        body: Box<Expr>,
        other: Box<Expr>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum DictItem {
    Pair(Expr, Expr),
    Unpack(Expr),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    Positional(Expr),
    Unpack(Expr),
    Keyword(String, Expr),
    UnpackKeywords(Expr),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UnaryOp {
    Negative,
    Positive,
    Invert,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BinaryOp {
    Or,
    Xor,
    And,
    LeftShift,
    RightShift,
    Add,
    Subtract,
    Multiply,
    MatrixMultiply,
    TrueDivide,
    FloorDivide,
    Remainder,
    Power,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CompareOp {
    Less,
    LessEqual,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Is,
    IsNot,
}

/// What is wrong with a text, and where.
#[derive(Debug, PartialEq)]
pub struct SyntaxError {
    pub message: String,
    /// Byte offset into the text.
    pub at: usize,
}

impl SyntaxError {
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        SyntaxError { message: message.into(), at }
    }

    /// The message, the line it is about, and a caret under the place.
    pub fn render(&self, source: &str) -> String {
        let at = self.at.min(source.len());
        let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = source[start..].split('\n').next().unwrap_or_default();
        // A tab stays a tab, so that the caret stands under its character on any terminal.
        let indent: String = source[start..at].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let number = source[..start].matches('\n').count() + 1;
        format!("syntax error on line {number}: {}\n    {line}\n    {indent}^", self.message)
    }
}
