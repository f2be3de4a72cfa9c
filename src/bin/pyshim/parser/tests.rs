//! The parser: shapes, refusals, and random trees that come back from their own text.

use super::*;

fn parsed(source: &str) -> Vec<Statement> {
    parse(source).unwrap_or_else(|error| panic!("{}", error.render(source)))
}

fn expr(source: &str) -> Expr {
    let mut statements = parsed(source);
    assert_eq!(statements.len(), 1, "{source}");
    let statement = statements.remove(0);
    assert_eq!(statement.target, None, "{source}");
    statement.value
}

/// Both texts mean the same.
fn same(left: &str, right: &str) {
    assert_eq!(expr(left), expr(right), "{left}   {right}");
}

fn refused(source: &str) -> (usize, String) {
    let error = parse(source).expect_err(source);
    (error.at, error.message)
}

#[test]
fn precedence() {
    same("1 + 2 * 3", "1 + (2 * 3)");
    same("1 - 2 - 3", "(1 - 2) - 3");
    same("2 ** 3 ** 4", "2 ** (3 ** 4)");
    same("-2 ** 2", "-(2 ** 2)");
    same("2 ** -1", "2 ** (-1)");
    same("-a.b(c)[d]", "-(((a.b)(c))[d])");
    same("a | b ^ c & d << e + f @ ~g", "a | (b ^ (c & (d << (e + (f @ (~g))))))");
    same("not a == b and c or d", "((not (a == b)) and c) or d");
    same("a or b and not c", "a or (b and (not c))");
    same("a if b else c if d else e", "a if b else (c if d else e)");
    same("a or b if c else d", "(a or b) if c else d");
    same("1 if not a else 2,", "((1 if (not a) else 2),)");
    same("a not in b", "a not in (b)");
    assert_ne!(expr("a not in b"), expr("not a in b"));
    assert_ne!(expr("a < b < c"), expr("(a < b) < c"));
    same("a < b + 1", "a < (b + 1)");
    same("a is not b", "a is not (b)");
    assert_ne!(expr("a is not b"), expr("a is (not b)"));
}

#[test]
fn displays() {
    assert_eq!(expr("()"), Expr::Tuple(vec![]));
    assert_eq!(expr("(1)"), Expr::Int("1".into()));
    same("(1,)", "1,");
    same("1, 2", "(1, 2,)");
    assert_eq!(expr("[]"), Expr::List(vec![]));
    assert_eq!(expr("{}"), Expr::Dict(vec![]));
    same("{1, 2}", "{1, 2,}");
    same("{1: 2, **a}", "{1: 2, **a,}");
    assert!(matches!(expr("{*a}"), Expr::Set(_)));
    assert!(matches!(expr("{**a, 1: 2}"), Expr::Dict(items) if items.len() == 2));
    assert!(matches!(expr("*a, 1"), Expr::Tuple(items) if matches!(items[0], Expr::Starred(_))));
    assert_eq!(expr("'a' \"b\" '''c'''"), Expr::Str(b"abc".into()));
    assert_eq!(expr("b'a'\nb'b'".replace('\n', " ").as_str()), Expr::Bytes(b"ab".into()));
    assert_eq!(expr("..."), Expr::Ellipsis);
}

#[test]
fn subscripts() {
    same("a[1, 2]", "a[(1, 2)]");
    same("a[*b]", "a[(*b,)]");
    for (source, parts) in [
        ("a[:]", [false, false, false]),
        ("a[1:]", [true, false, false]),
        ("a[:1]", [false, true, false]),
        ("a[::1]", [false, false, true]),
        ("a[1:2:3]", [true, true, true]),
        ("a[1:2:]", [true, true, false]),
    ] {
        let Expr::Subscript(_, index) = expr(source) else { panic!("{source}") };
        let Expr::Slice(found) = *index else { panic!("{source}") };
        assert_eq!(found.map(|part| part.is_some()), parts, "{source}");
    }
    assert!(matches!(expr("a[1:2, ...]"), Expr::Subscript(_, i) if matches!(*i, Expr::Tuple(_))));
}

#[test]
fn calls() {
    same("f(a, *b, c=1, **d,)", "f(a, *b, c=1, **d)");
    let Expr::Call(_, arguments) = expr("f(a, *b, c=1, *d, **e, g=2)") else { panic!() };
    assert_eq!(arguments.len(), 6);
    assert!(matches!(&arguments[2], Argument::Keyword(name, _) if name == "c"));
    assert!(matches!(&arguments[4], Argument::UnpackKeywords(_)));
}

#[test]
fn statements() {
    let found = parsed("a = 1; b = a, 2\n\n  b[0];  # done\n");
    let targets: Vec<_> = found.iter().map(|s| s.target.as_deref()).collect();
    assert_eq!(targets, [Some("a"), Some("b"), None]);
    assert_eq!(parsed(" \n# nothing\n"), []);
    assert_eq!(parsed("f(\n1,\n2)\n"), parsed("f(1, 2)"));
}

#[test]
fn refusals() {
    for (source, at, message) in [
        ("m.f(1, ", 7, "the text ends here"),
        ("m.f(1 2)", 6, "expected ',' or ')', not a number"),
        ("m.", 2, "an attribute's name"),
        ("m.if", 2, "keyword"),
        ("a b", 2, "expected ';' or the end, not 'b'"),
        ("a.b = 1", 4, "only a name"),
        ("a, b = 1, 2", 5, "only a name"),
        ("f() = 1", 4, "only a name"),
        ("None = 1", 0, "keyword"),
        ("x += 1", 2, "write name = name + ..."),
        ("(x := 1)", 3, "':='"),
        ("[x for x in y]", 3, "comprehensions"),
        ("lambda: 1", 0, "'lambda' is not part"),
        ("import os", 0, "'import' is not part"),
        ("f(a=1, b)", 7, "positional argument cannot follow a keyword"),
        ("f(**a, *b)", 7, "cannot follow **keywords"),
        ("f(a=1, a=2)", 7, "repeated: a"),
        ("f(True=1)", 2, "keyword"),
        ("'a' b'b'", 4, "cannot continue"),
        ("*a", 2, "starred"),
        ("(*a)", 1, "starred"),
        ("a[]", 2, "an index"),
        ("a[1", 3, "']'"),
        ("{1: 2, 3}", 8, "':' and a value"),
        ("{1, 2: 3}", 5, "',' or '}'"),
        ("1 +", 3, "an expression must follow"),
        ("1 if 2", 6, "'else'"),
        ("a = ", 4, "an expression must follow"),
        (";", 0, "expected an expression, not ';'"),
        ("a;;b", 2, "expected an expression"),
        (")", 0, "expected an expression"),
        ("a <> b", 3, "expected an expression, not '>'"),
        ("not", 3, "an expression must follow"),
        ("a\n+ ", 4, "the text ends here"),
        ("(1, 2]", 5, "',' or ')'"),
    ] {
        let (where_, what) = refused(source);
        assert!(what.contains(message), "{source}: {what}");
        assert_eq!(where_, at, "{source}: {what}");
    }
}

#[test]
fn depth_is_bounded() {
    let nest = |count: usize| "(".repeat(count) + "1" + &")".repeat(count);
    assert_eq!(expr(&nest(40)), Expr::Int("1".into()));
    for source in [
        nest(100_000),
        "[".repeat(100_000),
        "{1:".repeat(100_000),
        "f(".repeat(100_000),
        "a[".repeat(100_000),
        "-".repeat(100_000) + "1",
        "not ".repeat(100_000) + "1",
        "2**".repeat(100_000) + "1",
        "1 if 1 else ".repeat(100_000) + "1",
    ] {
        assert!(refused(&source).1.contains("levels"));
    }
    for source in ["1".to_owned() + &"+1".repeat(100_000), "a".to_owned() + &".a".repeat(100_000)] {
        assert!(refused(&source).1.contains("operators"));
    }
}

#[test]
fn the_caret_stands_under_the_fault() {
    let source = "a = 1\n\té = f(1 2)";
    let error = parse(source).unwrap_err();
    assert_eq!(
        error.render(source),
        "syntax error on line 2: expected ',' or ')', not a number\n    \té = f(1 2)\n    \t        ^"
    );
}

/// Every row of the wheel table is in the language.
#[test]
fn the_table_parses() {
    let table = include_str!("../../../../c_tests/wheels/targets.tsv");
    let mut calls = 0;
    for line in table.lines().skip(1) {
        let call = line.split('\t').nth(11).expect("a call in column 12");
        parsed(call);
        calls += 1;
    }
    assert!(calls > 100);
}

/// xorshift: trees that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    fn name(&mut self) -> String {
        ["m", "x", "_y1", "é", "notx"][self.below(5)].to_owned()
    }

    fn many<T>(&mut self, depth: usize, make: fn(&mut Self, usize) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self, depth)).collect()
    }

    fn boxed(&mut self, depth: usize) -> Box<Expr> {
        Box::new(self.expr(depth))
    }

    fn item(&mut self, depth: usize) -> Expr {
        if self.below(5) == 0 { Expr::Starred(self.boxed(depth)) } else { self.expr(depth) }
    }

    fn dict_item(&mut self, depth: usize) -> DictItem {
        if self.below(5) == 0 {
            DictItem::Unpack(self.expr(depth))
        } else {
            DictItem::Pair(self.expr(depth), self.expr(depth))
        }
    }

    fn arguments(&mut self, depth: usize) -> Vec<Argument> {
        let mut arguments = self.many(depth, |r, d| Argument::Positional(r.expr(d)));
        if self.below(2) == 0 {
            arguments.push(Argument::Unpack(self.expr(depth)));
        }
        for name in ["k", "print"] {
            if self.below(2) == 0 {
                arguments.push(Argument::Keyword(name.into(), self.expr(depth)));
            }
        }
        if self.below(3) == 0 {
            arguments.push(Argument::UnpackKeywords(self.expr(depth)));
        }
        arguments
    }

    fn leaf(&mut self) -> Expr {
        match self.below(9) {
            0 => Expr::None,
            1 => Expr::True,
            2 => Expr::False,
            3 => Expr::Ellipsis,
            4 => Expr::Int(["0", "17", "0x_fF", "1_0"][self.below(4)].into()),
            5 => Expr::Float([0.0, 1.5, 1e300, 1e-9][self.below(4)]),
            6 => Expr::Imaginary(2.5),
            7 => Expr::Str(["", "a'\"\\\n", "é😀\0"][self.below(3)].into()),
            _ => Expr::Bytes((0..self.below(8)).map(|_| self.below(256) as u8).collect()),
        }
    }

    fn expr(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return if self.below(3) == 0 { Expr::Name(self.name()) } else { self.leaf() };
        }
        let d = depth - 1;
        match self.below(14) {
            0 => Expr::Tuple(self.many(d, Self::item)),
            1 => Expr::List(self.many(d, Self::item)),
            2 => match self.many(d, Self::item) {
                items if items.is_empty() => Expr::Dict(vec![]),
                items => Expr::Set(items),
            },
            3 => Expr::Dict(self.many(d, Self::dict_item)),
            4 => Expr::Attribute(self.boxed(d), self.name()),
            5 => {
                let index = if self.below(2) == 0 {
                    Expr::Slice([0; 3].map(|_| (self.below(2) == 0).then(|| self.boxed(d))))
                } else {
                    self.expr(d)
                };
                Expr::Subscript(self.boxed(d), Box::new(index))
            }
            6 => Expr::Call(self.boxed(d), self.arguments(d)),
            7 => Expr::Unary(UNARY[self.below(3)].0, self.boxed(d)),
            8 => Expr::Binary(BINARY[self.below(13)].0, self.boxed(d), self.boxed(d)),
            9 => {
                let rest = (0..1 + self.below(2)).map(|_| (COMPARE[self.below(10)].0, self.expr(d))).collect();
                Expr::Compare(self.boxed(d), rest)
            }
            10 => Expr::Not(self.boxed(d)),
            11 => Expr::And(self.boxed(d), self.boxed(d)),
            12 => Expr::Or(self.boxed(d), self.boxed(d)),
            _ => Expr::Conditional { test: self.boxed(d), body: self.boxed(d), other: self.boxed(d) },
        }
    }
}

const UNARY: [(UnaryOp, &str); 3] = [(UnaryOp::Negative, "-"), (UnaryOp::Positive, "+"), (UnaryOp::Invert, "~")];

const BINARY: [(BinaryOp, &str); 13] = [
    (BinaryOp::Or, "|"),
    (BinaryOp::Xor, "^"),
    (BinaryOp::And, "&"),
    (BinaryOp::LeftShift, "<<"),
    (BinaryOp::RightShift, ">>"),
    (BinaryOp::Add, "+"),
    (BinaryOp::Subtract, "-"),
    (BinaryOp::Multiply, "*"),
    (BinaryOp::MatrixMultiply, "@"),
    (BinaryOp::TrueDivide, "/"),
    (BinaryOp::FloorDivide, "//"),
    (BinaryOp::Remainder, "%"),
    (BinaryOp::Power, "**"),
];

const COMPARE: [(CompareOp, &str); 10] = [
    (CompareOp::Less, "<"),
    (CompareOp::LessEqual, "<="),
    (CompareOp::Equal, "=="),
    (CompareOp::NotEqual, "!="),
    (CompareOp::Greater, ">"),
    (CompareOp::GreaterEqual, ">="),
    (CompareOp::In, "in"),
    (CompareOp::NotIn, "not in"),
    (CompareOp::Is, "is"),
    (CompareOp::IsNot, "is not"),
];

fn named<T: PartialEq>(table: &[(T, &'static str)], op: &T) -> &'static str {
    table.iter().find(|(known, _)| known == op).unwrap().1
}

/// The text of a tree, with parentheses around everything.
fn print(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(print).collect::<Vec<_>>().join(", ");
    let two = |left: &Expr, op: &str, right: &Expr| format!("({} {op} {})", print(left), print(right));
    match expr {
        Expr::None => "None".into(),
        Expr::True => "True".into(),
        Expr::False => "False".into(),
        Expr::Ellipsis => "...".into(),
        Expr::Int(text) => format!("({text})"),
        Expr::Float(value) => format!("{value:?}"),
        Expr::Imaginary(value) => format!("{value:?}j"),
        Expr::Str(value) => {
            let text = std::str::from_utf8(value).unwrap();
            let escapes: String = text.chars().map(|c| format!("\\U{:08x}", c as u32)).collect();
            format!("'{escapes}'")
        }
        Expr::Bytes(value) => format!("b'{}'", value.escape_ascii()),
        Expr::Name(name) => name.clone(),
        Expr::Tuple(items) if items.is_empty() => "()".into(),
        Expr::Tuple(items) => format!("({},)", list(items)),
        Expr::List(items) => format!("[{}]", list(items)),
        Expr::Set(items) => format!("{{{}}}", list(items)),
        Expr::Dict(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| match item {
                    DictItem::Pair(key, value) => format!("{}: {}", print(key), print(value)),
                    DictItem::Unpack(value) => format!("**{}", print(value)),
                })
                .collect();
            format!("{{{}}}", items.join(","))
        }
        Expr::Starred(inner) => format!("*{}", print(inner)),
        Expr::Attribute(object, name) => format!("{}.{name}", print(object)),
        Expr::Subscript(object, index) => format!("{}[{}]", print(object), print(index)),
        Expr::Slice(parts) => parts.each_ref().map(|part| part.as_deref().map_or(String::new(), print)).join(":"),
        Expr::Call(function, arguments) => {
            let arguments: Vec<_> = arguments
                .iter()
                .map(|argument| match argument {
                    Argument::Positional(value) => print(value),
                    Argument::Unpack(value) => format!("*{}", print(value)),
                    Argument::Keyword(name, value) => format!("{name}={}", print(value)),
                    Argument::UnpackKeywords(value) => format!("**{}", print(value)),
                })
                .collect();
            format!("{}({})", print(function), arguments.join(", "))
        }
        Expr::Unary(op, operand) => format!("({}{})", named(&UNARY, op), print(operand)),
        Expr::Binary(op, left, right) => two(left, named(&BINARY, op), right),
        Expr::Compare(first, rest) => {
            let rest: String =
                rest.iter().map(|(op, right)| format!(" {} {}", named(&COMPARE, op), print(right))).collect();
            format!("({}{rest})", print(first))
        }
        Expr::Not(inner) => format!("(not {})", print(inner)),
        Expr::And(left, right) => two(left, "and", right),
        Expr::Or(left, right) => two(left, "or", right),
        Expr::Conditional { test, body, other } => {
            format!("({} if {} else {})", print(body), print(test), print(other))
        }
    }
}

#[test]
fn random_trees_come_back_from_their_text() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..3000 {
        let wanted = random.expr(1 + round % 5);
        let source = print(&wanted);
        assert_eq!(expr(&source), wanted, "{source}");
    }
}

/// Nothing that is cut off or garbled makes the parser panic.
#[test]
fn garbled_texts_end() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..300 {
        let source = print(&random.expr(3));
        let mut characters: Vec<char> = source.chars().collect();
        for _ in 0..1 + random.below(3) {
            let at = random.below(characters.len());
            match random.below(3) {
                0 => characters.truncate(at + 1),
                1 => {
                    characters.remove(at);
                    characters.push('(');
                }
                _ => characters[at] = ['(', '*', ',', ':', '=', '\'', '\\', '\n'][random.below(8)],
            }
        }
        let text: String = characters.into_iter().collect();
        if let Err(error) = parse(&text) {
            assert!(error.render(&text).ends_with('^'));
        }
    }
}
