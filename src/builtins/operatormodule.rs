//! `_operator`, and `operator` with the same: operators as functions, and callables that look something up.

use super::native::{
    self, Arguments, BASE, Slots, class, described, doc, fast, fast_keywords, make, methods, module, new, noargs, one,
    publish, refs, tp_call, unary, value,
};
use super::set;
use crate::abi::*;
use crate::object::args::{check_positional, no_keywords};
use crate::object::sequence::Search;
use crate::object::{Object, Owned, Result, buffers, number, sequence};
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::unicode::Writer;
use crate::types::{dict, long, none, tuple, typeobject, unicode};

/// A function of two arguments that are counted.
macro_rules! two {
    ($name:literal, |$a:ident, $b:ident| $body:expr) => {
        fast!(|_module: &Object, args: &[&Object]| {
            check_positional($name, args.len(), 2, 2)?;
            let ($a, $b) = (args[0], args[1]);
            $body
        })
    };
}

static METHODS: [PyMethodDef; 56] = [
    PyMethodDef::fast(
        c"add",
        two!("add", |a, b| number::binary(a, b, number::ADD)),
        c"add($module, a, b, /)\n--\n\nThe operator add.",
    ),
    PyMethodDef::fast(
        c"iadd",
        two!("iadd", |a, b| number::inplace(a, b, number::ADD)),
        c"iadd($module, a, b, /)\n--\n\nThe operator add in place.",
    ),
    PyMethodDef::fast(
        c"sub",
        two!("sub", |a, b| number::binary(a, b, number::SUBTRACT)),
        c"sub($module, a, b, /)\n--\n\nThe operator sub.",
    ),
    PyMethodDef::fast(
        c"isub",
        two!("isub", |a, b| number::inplace(a, b, number::SUBTRACT)),
        c"isub($module, a, b, /)\n--\n\nThe operator sub in place.",
    ),
    PyMethodDef::fast(
        c"mul",
        two!("mul", |a, b| number::binary(a, b, number::MULTIPLY)),
        c"mul($module, a, b, /)\n--\n\nThe operator mul.",
    ),
    PyMethodDef::fast(
        c"imul",
        two!("imul", |a, b| number::inplace(a, b, number::MULTIPLY)),
        c"imul($module, a, b, /)\n--\n\nThe operator mul in place.",
    ),
    PyMethodDef::fast(
        c"matmul",
        two!("matmul", |a, b| number::binary(a, b, number::MATRIX_MULTIPLY)),
        c"matmul($module, a, b, /)\n--\n\nThe operator matmul.",
    ),
    PyMethodDef::fast(
        c"imatmul",
        two!("imatmul", |a, b| number::inplace(a, b, number::MATRIX_MULTIPLY)),
        c"imatmul($module, a, b, /)\n--\n\nThe operator matmul in place.",
    ),
    PyMethodDef::fast(
        c"floordiv",
        two!("floordiv", |a, b| number::binary(a, b, number::FLOOR_DIVIDE)),
        c"floordiv($module, a, b, /)\n--\n\nThe operator floordiv.",
    ),
    PyMethodDef::fast(
        c"ifloordiv",
        two!("ifloordiv", |a, b| number::inplace(a, b, number::FLOOR_DIVIDE)),
        c"ifloordiv($module, a, b, /)\n--\n\nThe operator floordiv in place.",
    ),
    PyMethodDef::fast(
        c"truediv",
        two!("truediv", |a, b| number::binary(a, b, number::TRUE_DIVIDE)),
        c"truediv($module, a, b, /)\n--\n\nThe operator truediv.",
    ),
    PyMethodDef::fast(
        c"itruediv",
        two!("itruediv", |a, b| number::inplace(a, b, number::TRUE_DIVIDE)),
        c"itruediv($module, a, b, /)\n--\n\nThe operator truediv in place.",
    ),
    PyMethodDef::fast(
        c"mod",
        two!("mod", |a, b| number::binary(a, b, number::REMAINDER)),
        c"mod($module, a, b, /)\n--\n\nThe operator mod.",
    ),
    PyMethodDef::fast(
        c"imod",
        two!("imod", |a, b| number::inplace(a, b, number::REMAINDER)),
        c"imod($module, a, b, /)\n--\n\nThe operator mod in place.",
    ),
    PyMethodDef::fast(
        c"lshift",
        two!("lshift", |a, b| number::binary(a, b, number::LSHIFT)),
        c"lshift($module, a, b, /)\n--\n\nThe operator lshift.",
    ),
    PyMethodDef::fast(
        c"ilshift",
        two!("ilshift", |a, b| number::inplace(a, b, number::LSHIFT)),
        c"ilshift($module, a, b, /)\n--\n\nThe operator lshift in place.",
    ),
    PyMethodDef::fast(
        c"rshift",
        two!("rshift", |a, b| number::binary(a, b, number::RSHIFT)),
        c"rshift($module, a, b, /)\n--\n\nThe operator rshift.",
    ),
    PyMethodDef::fast(
        c"irshift",
        two!("irshift", |a, b| number::inplace(a, b, number::RSHIFT)),
        c"irshift($module, a, b, /)\n--\n\nThe operator rshift in place.",
    ),
    PyMethodDef::fast(
        c"and_",
        two!("and_", |a, b| number::binary(a, b, number::AND)),
        c"and_($module, a, b, /)\n--\n\nThe operator and_.",
    ),
    PyMethodDef::fast(
        c"iand",
        two!("iand", |a, b| number::inplace(a, b, number::AND)),
        c"iand($module, a, b, /)\n--\n\nThe operator and_ in place.",
    ),
    PyMethodDef::fast(
        c"xor",
        two!("xor", |a, b| number::binary(a, b, number::XOR)),
        c"xor($module, a, b, /)\n--\n\nThe operator xor.",
    ),
    PyMethodDef::fast(
        c"ixor",
        two!("ixor", |a, b| number::inplace(a, b, number::XOR)),
        c"ixor($module, a, b, /)\n--\n\nThe operator xor in place.",
    ),
    PyMethodDef::fast(
        c"or_",
        two!("or_", |a, b| number::binary(a, b, number::OR)),
        c"or_($module, a, b, /)\n--\n\nThe operator or_.",
    ),
    PyMethodDef::fast(
        c"ior",
        two!("ior", |a, b| number::inplace(a, b, number::OR)),
        c"ior($module, a, b, /)\n--\n\nThe operator or_ in place.",
    ),
    PyMethodDef::fast(
        c"pow",
        two!("pow", |a, b| number::power(a, b, none::none_ref())),
        c"pow($module, a, b, /)\n--\n\na ** b",
    ),
    PyMethodDef::fast(
        c"ipow",
        two!("ipow", |a, b| number::inplace_power(a, b, none::none_ref())),
        c"ipow($module, a, b, /)\n--\n\na **= b",
    ),
    PyMethodDef::fast(c"lt", two!("lt", |a, b| a.compare(b, Py_LT)), c"lt($module, a, b, /)\n--\n\nComparison: lt."),
    PyMethodDef::fast(c"le", two!("le", |a, b| a.compare(b, Py_LE)), c"le($module, a, b, /)\n--\n\nComparison: le."),
    PyMethodDef::fast(c"eq", two!("eq", |a, b| a.compare(b, Py_EQ)), c"eq($module, a, b, /)\n--\n\nComparison: eq."),
    PyMethodDef::fast(c"ne", two!("ne", |a, b| a.compare(b, Py_NE)), c"ne($module, a, b, /)\n--\n\nComparison: ne."),
    PyMethodDef::fast(c"gt", two!("gt", |a, b| a.compare(b, Py_GT)), c"gt($module, a, b, /)\n--\n\nComparison: gt."),
    PyMethodDef::fast(c"ge", two!("ge", |a, b| a.compare(b, Py_GE)), c"ge($module, a, b, /)\n--\n\nComparison: ge."),
    PyMethodDef::fast(c"is_", two!("is_", |a, b| Ok(a.is(b))), c"is_($module, a, b, /)\n--\n\na is b"),
    PyMethodDef::fast(c"is_not", two!("is_not", |a, b| Ok(!a.is(b))), c"is_not($module, a, b, /)\n--\n\na is not b"),
    PyMethodDef::fast(
        c"concat",
        two!("concat", |a, b| sequence::concat(a, b, false)),
        c"concat($module, a, b, /)\n--\n\na + b, for sequences.",
    ),
    PyMethodDef::fast(
        c"iconcat",
        two!("iconcat", |a, b| sequence::concat(a, b, true)),
        c"iconcat($module, a, b, /)\n--\n\na += b, for sequences.",
    ),
    PyMethodDef::fast(
        c"contains",
        two!("contains", |a, b| sequence::contains(a, b)),
        c"contains($module, a, b, /)\n--\n\nb in a",
    ),
    PyMethodDef::fast(
        c"countOf",
        two!("countOf", |a, b| sequence::search(a, b, Search::Count)),
        c"countOf($module, a, b, /)\n--\n\nHow often b occurs in a.",
    ),
    PyMethodDef::fast(
        c"indexOf",
        two!("indexOf", |a, b| sequence::search(a, b, Search::Index)),
        c"indexOf($module, a, b, /)\n--\n\nThe first index of b in a.",
    ),
    PyMethodDef::fast(c"getitem", two!("getitem", |a, b| a.getitem(b)), c"getitem($module, a, b, /)\n--\n\na[b]"),
    PyMethodDef::fast(c"delitem", two!("delitem", |a, b| a.delitem(b)), c"delitem($module, a, b, /)\n--\n\ndel a[b]"),
    PyMethodDef::fast(
        c"_compare_digest",
        two!("_compare_digest", |a, b| compare_digest(a, b)),
        c"_compare_digest($module, a, b, /)\n--\n\na == b, in a time that does not tell where they differ.",
    ),
    PyMethodDef::one(
        c"neg",
        one!(|_module: &Object, a: &Object| number::unary(a, number::NEGATIVE)),
        c"neg($module, a, /)\n--\n\n-a",
    ),
    PyMethodDef::one(
        c"pos",
        one!(|_module: &Object, a: &Object| number::unary(a, number::POSITIVE)),
        c"pos($module, a, /)\n--\n\n+a",
    ),
    PyMethodDef::one(
        c"inv",
        one!(|_module: &Object, a: &Object| number::unary(a, number::INVERT)),
        c"inv($module, a, /)\n--\n\n~a",
    ),
    PyMethodDef::one(
        c"invert",
        one!(|_module: &Object, a: &Object| number::unary(a, number::INVERT)),
        c"invert($module, a, /)\n--\n\n~a",
    ),
    PyMethodDef::one(
        c"abs",
        one!(|_module: &Object, a: &Object| number::unary(a, number::ABSOLUTE)),
        c"abs($module, a, /)\n--\n\nThe absolute value.",
    ),
    PyMethodDef::one(
        c"index",
        one!(|_module: &Object, a: &Object| number::index_exact(a)),
        c"index($module, a, /)\n--\n\na as an int, by __index__.",
    ),
    PyMethodDef::one(
        c"not_",
        one!(|_module: &Object, a: &Object| Ok(!a.is_true()?)),
        c"not_($module, a, /)\n--\n\nnot a",
    ),
    PyMethodDef::one(
        c"truth",
        one!(|_module: &Object, a: &Object| a.is_true()),
        c"truth($module, a, /)\n--\n\nWhether a is true.",
    ),
    PyMethodDef::one(
        c"is_none",
        one!(|_module: &Object, a: &Object| Ok(a.is_none())),
        c"is_none($module, a, /)\n--\n\na is None",
    ),
    PyMethodDef::one(
        c"is_not_none",
        one!(|_module: &Object, a: &Object| Ok(!a.is_none())),
        c"is_not_none($module, a, /)\n--\n\na is not None",
    ),
    PyMethodDef::fast(
        c"setitem",
        fast!(|_module: &Object, args: &[&Object]| {
            check_positional("setitem", args.len(), 3, 3)?;
            args[0].setitem(args[1], args[2])
        }),
        c"setitem($module, a, b, c, /)\n--\n\na[b] = c",
    ),
    PyMethodDef::fast(
        c"length_hint",
        fast!(length_hint),
        c"length_hint($module, obj, default=0, /)\n--\n\nAbout how many items obj will give.",
    ),
    PyMethodDef::fast_keywords(
        c"call",
        fast_keywords!(call_function),
        c"call($module, obj, /, *args, **kwargs)\n--\n\nobj(*args, **kwargs)",
    ),
    PyMethodDef::END,
];

module!(described(c"_operator", c"Operators as functions.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    publish(module, class::<ItemGetter>(module, c"operator.itemgetter", BASE, &ITEM_GETTER_SLOTS)?)?;
    publish(module, class::<AttrGetter>(module, c"operator.attrgetter", BASE, &ATTR_GETTER_SLOTS)?)?;
    publish(module, class::<MethodCaller>(module, c"operator.methodcaller", BASE, &METHOD_CALLER_SLOTS)?)?;
    Ok(())
}

fn length_hint(_: &Object, args: &[&Object]) -> Result<isize> {
    check_positional("length_hint", args.len(), 1, 2)?;
    let default = match args.get(1) {
        None => 0,
        Some(default) => long::as_isize(&*number::index(default)?)?,
    };
    args[0].length_hint(default)
}

fn call_function(_: &Object, args: Arguments) -> Result<Owned> {
    match args.all().split_first() {
        Some((function, rest)) if !args.positional.is_empty() => function.call_keywords(rest, args.names()),
        _ => Err(raise!(TypeError, "call expected at least 1 argument, got 0")),
    }
}

/// Two ASCII strs, or two objects with bytes.
fn compare_digest(a: &Object, b: &Object) -> Result<bool> {
    if unicode::check(a) && unicode::check(b) {
        if !unicode::layout::is_ascii(a) || !unicode::layout::is_ascii(b) {
            return Err(raise!(TypeError, "comparing strings with non-ASCII characters is not supported"));
        }
        return Ok(same(unicode::as_str(a)?.as_bytes(), unicode::as_str(b)?.as_bytes()));
    }
    if !buffers::supported(a) && !buffers::supported(b) {
        let (a, b) = (typeobject::tp_name(a.ty()), typeobject::tp_name(b.ty()));
        return Err(raise!(
            TypeError,
            "unsupported operand types(s) or combination of types: '{a:.100}' and '{b:.100}'"
        ));
    }
    Ok(same(&View::of(a)?, &View::of(b)?))
}

/// Looks at all of `b`, whatever it finds.
fn same(a: &[u8], b: &[u8]) -> bool {
    let mut difference = u8::from(a.len() != b.len());
    for (i, byte) in b.iter().enumerate() {
        let other = if a.len() == b.len() { a[i] } else { !*byte };
        difference |= std::hint::black_box(byte ^ other);
    }
    std::hint::black_box(difference) == 0
}

/// `name(a, b)` of the items' reprs.
fn shown(name: &str, items: &[&Object], keywords: Option<&Object>) -> Result<Owned> {
    let mut writer = Writer::new();
    writer.push_str(name)?;
    writer.push_str("(")?;
    let mut first = true;
    let mut comma = |writer: &mut Writer| if std::mem::take(&mut first) { Ok(()) } else { writer.push_str(", ") };
    for item in items {
        comma(&mut writer)?;
        writer.push_repr(item)?;
    }
    for (key, value) in keywords.into_iter().flat_map(dict::entries) {
        comma(&mut writer)?;
        writer.push_object(&*key.str()?)?;
        writer.push_str("=")?;
        writer.push_repr(&value)?;
    }
    writer.push_str(")")?;
    writer.finish()
}

fn one_argument(name: &str, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords(name, kwargs)?;
    check_positional(name, tuple::len(args), 1, 1)?;
    Ok(Object::to_owned(tuple::items(args)[0]))
}

/// The one result of one thing to look up, a tuple of several.
fn results(wanted: &Object, look: impl Fn(&Object) -> Result<Owned>) -> Result<Owned> {
    match tuple::items(wanted) {
        [one] => look(one),
        all => tuple::from_owned(all.iter().map(|one| look(one)).collect::<Result<_>>()?),
    }
}

struct ItemGetter {
    items: Owned,
}

refs!(ItemGetter, items);

static ITEM_GETTER_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(
        c"__reduce__",
        noargs!(|this: &Object| tuple::from_slice(&[this.type_object(), &items_of(this)])),
        c"What the object is pickled as.",
    ),
    PyMethodDef::END,
];

static ITEM_GETTER_SLOTS: Slots = Slots(&[
    methods(&ITEM_GETTER_METHODS),
    (Py_tp_new, new!(new_item_getter)),
    (Py_tp_call, tp_call!(call_item_getter)),
    (Py_tp_repr, unary!(|this: &Object| shown("operator.itemgetter", tuple::items(&items_of(this)), None))),
    doc(c"itemgetter(item, /, *items)\n--\n\nA callable that gives an item of its argument, or a tuple of items."),
]);

fn items_of(this: &Object) -> Owned {
    // SAFETY: layout.
    unsafe { (*value::<ItemGetter>(this)).items.clone() }
}

fn new_item_getter(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords("itemgetter", kwargs)?;
    if tuple::len(args) == 0 {
        return Err(raise!(TypeError, "itemgetter expected 1 argument, got 0"));
    }
    make(ty, ItemGetter { items: args.to_owned() })
}

fn call_item_getter(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let object = one_argument("itemgetter", args, kwargs)?;
    results(&items_of(this), |item| object.getitem(item))
}

struct AttrGetter {
    names: Owned,
}

refs!(AttrGetter, names);

static ATTR_GETTER_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(
        c"__reduce__",
        noargs!(|this: &Object| tuple::from_slice(&[this.type_object(), &names_of(this)])),
        c"What the object is pickled as.",
    ),
    PyMethodDef::END,
];

static ATTR_GETTER_SLOTS: Slots = Slots(&[
    methods(&ATTR_GETTER_METHODS),
    (Py_tp_new, new!(new_attr_getter)),
    (Py_tp_call, tp_call!(call_attr_getter)),
    (Py_tp_repr, unary!(|this: &Object| shown("operator.attrgetter", tuple::items(&names_of(this)), None))),
    doc(c"attrgetter(attr, /, *attrs)\n--\n\nA callable that gives an attribute of its argument, or a tuple of \
        attributes."),
]);

fn names_of(this: &Object) -> Owned {
    // SAFETY: layout.
    unsafe { (*value::<AttrGetter>(this)).names.clone() }
}

fn new_attr_getter(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords("attrgetter", kwargs)?;
    if tuple::len(args) == 0 {
        return Err(raise!(TypeError, "attrgetter expected 1 argument, got 0"));
    }
    if !tuple::items(args).iter().all(|name| unicode::check(name)) {
        return Err(raise!(TypeError, "attribute name must be a string"));
    }
    make(ty, AttrGetter { names: args.to_owned() })
}

fn call_attr_getter(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let object = one_argument("attrgetter", args, kwargs)?;
    results(&names_of(this), |name| {
        let mut found = object.clone();
        for part in unicode::as_str(name)?.split('.') {
            found = found.getattr_str(part)?;
        }
        Ok(found)
    })
}

struct MethodCaller {
    name: Owned,
    args: Owned,
    kwargs: Option<Owned>,
}

refs!(MethodCaller, name, args, kwargs);

static METHOD_CALLER_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(c"__reduce__", noargs!(reduce_method_caller), c"What the object is pickled as."),
    PyMethodDef::END,
];

static METHOD_CALLER_SLOTS: Slots = Slots(&[
    methods(&METHOD_CALLER_METHODS),
    (Py_tp_new, new!(new_method_caller)),
    (Py_tp_call, tp_call!(call_method_caller)),
    (Py_tp_repr, unary!(method_caller_repr)),
    doc(c"methodcaller(name, /, *args, **kwargs)\n--\n\nA callable that calls a method of its argument."),
]);

fn parts(this: &Object) -> (Owned, Owned, Option<Owned>) {
    // SAFETY: layout.
    unsafe {
        let caller = value::<MethodCaller>(this);
        ((*caller).name.clone(), (*caller).args.clone(), (*caller).kwargs.clone())
    }
}

fn new_method_caller(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let Some((name, rest)) = tuple::items(args).split_first() else {
        return Err(raise!(TypeError, "methodcaller needs at least one argument, the method name"));
    };
    if !unicode::check(name) {
        return Err(raise!(TypeError, "method name must be a string"));
    }
    let name = unicode::intern(unicode::new::exact(name)?);
    make(ty, MethodCaller { name, args: tuple::from_slice(rest)?, kwargs: kwargs.map(dict::copy).transpose()? })
}

fn call_method_caller(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let object = one_argument("methodcaller", args, kwargs)?;
    let (name, args, kwargs) = parts(this);
    object.getattr(&name)?.call_tuple(&args, kwargs.as_deref())
}

fn method_caller_repr(this: &Object) -> Result<Owned> {
    let (name, args, kwargs) = parts(this);
    let mut items: Vec<&Object> = vec![&name];
    items.extend(tuple::items(&args));
    shown("operator.methodcaller", &items, kwargs.as_deref())
}

fn reduce_method_caller(this: &Object) -> Result<Owned> {
    let (name, args, kwargs) = parts(this);
    let mut items: Vec<&Object> = vec![&name];
    items.extend(tuple::items(&args));
    let Some(kwargs) = kwargs.filter(|kwargs| dict::len(kwargs) > 0) else {
        return tuple::from_slice(&[this.type_object(), &*tuple::from_slice(&items)?]);
    };
    let functools = crate::import::import(&*unicode::from_str("functools")?)?;
    let partial = functools.getattr(&*unicode::from_str("partial")?)?;
    let class = partial.call_dict(&[this.type_object(), &name], Some(&kwargs))?;
    tuple::from_slice(&[&class, &args])
}

/// The module `operator`.
pub mod python {
    use super::*;

    static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];
    module!(described(c"operator", c"Operators as functions.", &NO_METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        let source = native::take_from(module, "_operator")?;
        for (special, plain) in [
            "lt",
            "le",
            "eq",
            "ne",
            "ge",
            "gt",
            "not_",
            "abs",
            "add",
            "and_",
            "floordiv",
            "index",
            "inv",
            "invert",
            "lshift",
            "mod",
            "mul",
            "matmul",
            "neg",
            "or_",
            "pos",
            "pow",
            "rshift",
            "sub",
            "truediv",
            "xor",
            "concat",
            "contains",
            "delitem",
            "getitem",
            "setitem",
            "iadd",
            "iand",
            "iconcat",
            "ifloordiv",
            "ilshift",
            "imod",
            "imul",
            "imatmul",
            "ior",
            "ipow",
            "irshift",
            "isub",
            "itruediv",
            "ixor",
            "call",
        ]
        .map(|name| (format!("__{}__", name.trim_end_matches('_')), name))
        {
            set(module, &special, &*source.getattr(&*unicode::from_str(plain)?)?)?;
        }
        Ok(())
    }
}
