//! Runs statements: walks the tree and does through the C API what compiled code would do, in the same order and with
//! the same exceptions.

use std::collections::HashMap;

use crate::python::{Binary, Comparison, Constant, Object, Python, Raised, Result};
use crate::syntax::{Argument, BinaryOp, CompareOp, DictItem, Expr, Statement, UnaryOp};

pub struct Evaluator {
    python: Python,
    builtins: Object,
    names: HashMap<String, Object>,
}

impl Evaluator {
    /// `m` is the module; every other name is a builtin until it is assigned to.
    pub fn new(python: Python, module: Object) -> Result<Evaluator> {
        Ok(Evaluator { python, builtins: python.import("builtins")?, names: HashMap::from([("m".to_owned(), module)]) })
    }

    /// The last statement's value, unless it is an assignment.
    pub fn run(&mut self, statements: &[Statement]) -> Result<Option<Object>> {
        let mut last = None;
        for statement in statements {
            let value = self.eval(&statement.value)?;
            last = match &statement.target {
                Some(name) => {
                    self.names.insert(name.clone(), value);
                    None
                }
                None => Some(value),
            };
        }
        Ok(last)
    }

    fn eval(&self, expr: &Expr) -> Result<Object> {
        let python = self.python;
        match expr {
            Expr::None => python.constant(Constant::None),
            Expr::True => python.constant(Constant::True),
            Expr::False => python.constant(Constant::False),
            Expr::Ellipsis => python.constant(Constant::Ellipsis),
            Expr::Int(literal) => python.int(literal),
            Expr::Float(value) => python.float(*value),
            Expr::Imaginary(value) => python.imaginary(*value),
            Expr::Str(value) => python.text_with_surrogates(value),
            Expr::Bytes(value) => python.bytes(value),
            Expr::Name(name) => self.name(name),
            Expr::Tuple(items) => python.tuple(self.items(items, Unpacked::Sequence)?),
            Expr::List(items) => python.list(self.items(items, Unpacked::Sequence)?),
            Expr::Set(items) => python.set(self.items(items, Unpacked::Set)?),
            Expr::Dict(items) => self.dict(items),
            Expr::Attribute(object, name) => python.attribute(&self.eval(object)?, name),
            Expr::Subscript(object, index) => {
                let object = self.eval(object)?;
                python.item(&object, &self.eval(index)?)
            }
            Expr::Slice(parts) => self.slice(parts),
            Expr::Call(function, arguments) => self.call(function, arguments),
            Expr::Unary(op, operand) => {
                let api = python.api();
                let operation = match op {
                    UnaryOp::Negative => api.PyNumber_Negative,
                    UnaryOp::Positive => api.PyNumber_Positive,
                    UnaryOp::Invert => api.PyNumber_Invert,
                };
                python.unary(operation, &self.eval(operand)?)
            }
            Expr::Binary(op, left, right) => self.binary(*op, left, right),
            Expr::Compare(first, rest) => self.comparisons(first, rest),
            Expr::Not(operand) => {
                let truth = python.is_true(&self.eval(operand)?)?;
                self.bool(!truth)
            }
            Expr::And(left, right) => {
                let left = self.eval(left)?;
                if python.is_true(&left)? { self.eval(right) } else { Ok(left) }
            }
            Expr::Or(left, right) => {
                let left = self.eval(left)?;
                if python.is_true(&left)? { Ok(left) } else { self.eval(right) }
            }
            Expr::Conditional { test, body, other } => {
                let truth = python.is_true(&self.eval(test)?)?;
                self.eval(if truth { body } else { other })
            }
            // The parser lets a star stand only where `items` takes it.
            Expr::Starred(_) => python.raise("SystemError", "a starred expression outside a display"),
        }
    }

    fn name(&self, name: &str) -> Result<Object> {
        if let Some(value) = self.names.get(name) {
            return Ok(value.clone());
        }
        self.python.attribute(&self.builtins, name).or_else(|raised| {
            self.python.suppress(raised, "AttributeError")?;
            self.python.raise("NameError", &format!("name '{name}' is not defined"))
        })
    }

    fn bool(&self, value: bool) -> Result<Object> {
        self.python.constant(if value { Constant::True } else { Constant::False })
    }

    fn items(&self, items: &[Expr], unpacked: Unpacked) -> Result<Vec<Object>> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Expr::Starred(inner) => {
                    let iterable = self.eval(inner)?;
                    self.unpack(&iterable, &mut values, unpacked)?;
                }
                item => values.push(self.eval(item)?),
            }
        }
        Ok(values)
    }

    fn unpack(&self, iterable: &Object, values: &mut Vec<Object>, unpacked: Unpacked) -> Result<()> {
        let python = self.python;
        let iterator = python.iterate(iterable).or_else(|raised| {
            if matches!(unpacked, Unpacked::Set) || self.has_attribute(iterable, "__iter__")? {
                return Err(raised);
            }
            python.suppress(raised, "TypeError")?;
            let subject = match unpacked {
                Unpacked::Call(function) => format!("{} argument", self.function_name(function)?),
                _ => "Value".to_owned(),
            };
            let found = self.type_name(iterable)?;
            python.raise("TypeError", &format!("{subject} after * must be an iterable, not {found}"))
        })?;
        while let Some(value) = python.next(&iterator)? {
            values.push(value);
        }
        Ok(())
    }

    fn has_attribute(&self, object: &Object, name: &str) -> Result<bool> {
        // An exception is on its way: keep it while looking.
        let pending = self.python.take_exception(Raised);
        let found = match self.python.attribute(object, name) {
            Ok(_) => Ok(true),
            Err(raised) => self.python.suppress(raised, "AttributeError").map(|()| false),
        };
        if let (Ok(_), Some(pending)) = (&found, pending) {
            self.python.restore(pending);
        }
        found
    }

    fn type_name(&self, object: &Object) -> Result<String> {
        let python = self.python;
        python.read_text(&python.attribute(&python.type_of(object)?, "__name__")?)
    }

    fn dict(&self, items: &[DictItem]) -> Result<Object> {
        let python = self.python;
        let dict = python.dict()?;
        for item in items {
            match item {
                DictItem::Pair(key, value) => {
                    let key = self.eval(key)?;
                    python.set_item(&dict, &key, &self.eval(value)?)?;
                }
                DictItem::Unpack(mapping) => {
                    let mapping = self.eval(mapping)?;
                    python.update(&dict, &mapping).or_else(|raised| {
                        python.suppress(raised, "AttributeError")?;
                        let found = self.type_name(&mapping)?;
                        python.raise("TypeError", &format!("'{found}' object is not a mapping"))
                    })?;
                }
            }
        }
        Ok(dict)
    }

    fn slice(&self, parts: &[Option<Box<Expr>>; 3]) -> Result<Object> {
        let part = |part: &Option<Box<Expr>>| match part {
            Some(expr) => self.eval(expr),
            None => self.python.constant(Constant::None),
        };
        self.python.slice(&[part(&parts[0])?, part(&parts[1])?, part(&parts[2])?])
    }

    fn call(&self, function: &Expr, arguments: &[Argument]) -> Result<Object> {
        let python = self.python;
        let function = self.eval(function)?;
        let alone =
            arguments.iter().filter(|a| matches!(a, Argument::Positional(_) | Argument::Unpack(_))).count() == 1;
        let mut positional = Vec::new();
        let mut keywords: Vec<(Object, Object)> = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Positional(value) => positional.push(self.eval(value)?),
                Argument::Keyword(name, value) => {
                    let name = python.text(name)?;
                    let value = self.eval(value)?;
                    self.keyword(&function, &mut keywords, name, value)?;
                }
                Argument::Unpack(iterable) => {
                    let iterable = self.eval(iterable)?;
                    // When it is all the positional arguments, CPython's message names the function.
                    let place = if alone { Unpacked::Call(&function) } else { Unpacked::Sequence };
                    self.unpack(&iterable, &mut positional, place)?;
                }
                Argument::UnpackKeywords(mapping) => {
                    let mapping = self.eval(mapping)?;
                    self.unpack_keywords(&function, &mapping, &mut keywords)?;
                }
            }
        }
        python.call(&function, positional, keywords)
    }

    fn unpack_keywords(&self, function: &Object, mapping: &Object, keywords: &mut Vec<(Object, Object)>) -> Result<()> {
        let python = self.python;
        let dict = python.dict()?;
        python.update(&dict, mapping).or_else(|raised| {
            python.suppress(raised, "AttributeError")?;
            let (function, found) = (self.function_name(function)?, self.type_name(mapping)?);
            python.raise("TypeError", &format!("{function} argument after ** must be a mapping, not {found}"))
        })?;
        let names = python.iterate(&python.keys(&dict)?)?;
        let string = python.attribute(&self.builtins, "str")?;
        let is_string = python.attribute(&self.builtins, "isinstance")?;
        while let Some(name) = python.next(&names)? {
            let checked = python.call(&is_string, vec![name.clone(), string.clone()], Vec::new())?;
            if !python.is_true(&checked)? {
                return python.raise("TypeError", "keywords must be strings");
            }
            let value = python.item(&dict, &name)?;
            self.keyword(function, keywords, name, value)?;
        }
        Ok(())
    }

    fn keyword(
        &self,
        function: &Object,
        keywords: &mut Vec<(Object, Object)>,
        name: Object,
        value: Object,
    ) -> Result<()> {
        let python = self.python;
        for (known, _) in keywords.iter() {
            if python.is_true(&python.compare(known, &name, Comparison::Equal)?)? {
                let (function, name) = (self.function_name(function)?, python.read_text(&name)?);
                return python
                    .raise("TypeError", &format!("{function} got multiple values for keyword argument '{name}'"));
            }
        }
        keywords.push((name, value));
        Ok(())
    }

    /// How CPython's messages call a function: `module.qualname()`, or what `str` says of a thing without a name.
    fn function_name(&self, function: &Object) -> Result<String> {
        let python = self.python;
        let name = match python.attribute(function, "__qualname__") {
            Ok(name) => python.read_text(&python.str(&name)?)?,
            Err(raised) => {
                python.suppress(raised, "AttributeError")?;
                return python.read_text(&python.str(function)?);
            }
        };
        let module = match python.attribute(function, "__module__") {
            Ok(module) => python.read_text(&python.str(&module)?)?,
            Err(raised) => {
                python.suppress(raised, "AttributeError")?;
                "None".to_owned()
            }
        };
        Ok(match module.as_str() {
            "None" | "builtins" => format!("{name}()"),
            module => format!("{module}.{name}()"),
        })
    }

    fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Result<Object> {
        let python = self.python;
        let left = self.eval(left)?;
        let right = self.eval(right)?;
        let api = python.api();
        let operation: Binary = match op {
            BinaryOp::Or => api.PyNumber_Or,
            BinaryOp::Xor => api.PyNumber_Xor,
            BinaryOp::And => api.PyNumber_And,
            BinaryOp::LeftShift => api.PyNumber_Lshift,
            BinaryOp::RightShift => api.PyNumber_Rshift,
            BinaryOp::Add => api.PyNumber_Add,
            BinaryOp::Subtract => api.PyNumber_Subtract,
            BinaryOp::Multiply => api.PyNumber_Multiply,
            BinaryOp::MatrixMultiply => api.PyNumber_MatrixMultiply,
            BinaryOp::TrueDivide => api.PyNumber_TrueDivide,
            BinaryOp::FloorDivide => api.PyNumber_FloorDivide,
            BinaryOp::Remainder => api.PyNumber_Remainder,
            BinaryOp::Power => return python.power(&left, &right),
        };
        python.binary(operation, &left, &right)
    }

    fn comparisons(&self, first: &Expr, rest: &[(CompareOp, Expr)]) -> Result<Object> {
        let mut left = self.eval(first)?;
        let mut result = None;
        for (op, right) in rest {
            if let Some(result) = &result
                && !self.python.is_true(result)?
            {
                break;
            }
            let right = self.eval(right)?;
            result = Some(self.comparison(*op, &left, &right)?);
            left = right;
        }
        result.map_or_else(|| self.bool(true), Ok)
    }

    fn comparison(&self, op: CompareOp, left: &Object, right: &Object) -> Result<Object> {
        let python = self.python;
        let rich = |comparison| python.compare(left, right, comparison);
        match op {
            CompareOp::Less => rich(Comparison::Less),
            CompareOp::LessEqual => rich(Comparison::LessEqual),
            CompareOp::Equal => rich(Comparison::Equal),
            CompareOp::NotEqual => rich(Comparison::NotEqual),
            CompareOp::Greater => rich(Comparison::Greater),
            CompareOp::GreaterEqual => rich(Comparison::GreaterEqual),
            CompareOp::In => self.bool(python.contains(right, left)?),
            CompareOp::NotIn => self.bool(!python.contains(right, left)?),
            CompareOp::Is => self.bool(left.is(right)),
            CompareOp::IsNot => self.bool(!left.is(right)),
        }
    }
}

/// Where a starred expression's values go: the messages for something that cannot be iterated differ.
#[derive(Clone, Copy)]
enum Unpacked<'a> {
    Sequence,
    Set,
    Call(&'a Object),
}
