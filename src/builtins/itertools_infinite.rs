//! `count`, `cycle` and `repeat` of `itertools`: iterators that need not end.

use super::itertoolsmodule::{SELF, exactly, state};
use super::native::{Slots, doc, make, methods, new, noargs, refs, unary};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, number};
use crate::raise;
use crate::types::{long, none, typeobject, unicode};

pub(super) struct Count {
    at: Option<Owned>,
    step: Option<Owned>,
}

refs!(Count, at, step);

pub(super) static COUNT: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_count)),
    (Py_tp_iternext, unary!(next_count)),
    (Py_tp_repr, unary!(repr_count)),
    doc(c"count(start=0, step=1)\n--\n\nNumbers with even steps, without end."),
]);

const COUNT_ARGS: Signature<2> = Signature::new("count", ["start", "step"]);

fn new_count(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [start, step] = COUNT_ARGS.bind(args, kwargs)?;
    for given in [start, step].into_iter().flatten() {
        if !number::check(given) {
            return Err(raise!(TypeError, "a number is required"));
        }
    }
    let or = |o: Option<&Object>, default: &Object| Some(o.unwrap_or(default).to_owned());
    make(ty, Count { at: or(start, long::zero()), step: or(step, long::one()) })
}

fn next_count(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Count>(this);
    let (Some(at), Some(step)) = (this.at.clone(), this.step.clone()) else { return Ok(None) };
    let next = number::binary(&at, &step, number::ADD)?;
    drop(this.at.replace(next));
    Ok(Some(at))
}

fn repr_count(this: &Object) -> Result<Owned> {
    let name = typeobject::name(this.ty());
    let this = state::<Count>(this);
    let (Some(at), Some(step)) = (this.at.clone(), this.step.clone()) else { return unicode::from_str(name) };
    let at = at.repr()?;
    let at = unicode::as_str(&at)?;
    if long::check_exact(&step) && long::to_i64(&step) == Some(1) {
        return unicode::from_str(&format!("{name}({at})"));
    }
    crate::message!("{name}({at}, {})", crate::object::error::Text(&*step.repr()?))
}

pub(super) struct Cycle {
    iter: Option<Owned>,
    saved: Vec<Owned>,
    index: usize,
}

refs!(Cycle, iter, saved);

pub(super) static CYCLE: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_cycle)),
    (Py_tp_iternext, unary!(next_cycle)),
    doc(c"cycle(iterable, /)\n--\n\nThe items over and over again."),
]);

fn new_cycle(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = exactly("cycle", args, kwargs, 1)?;
    make(ty, Cycle { iter: Some(args[0].iter()?), saved: Vec::new(), index: 0 })
}

fn next_cycle(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Cycle>(this);
    if let Some(iter) = this.iter.clone() {
        if let Some(item) = iter.next()? {
            this.saved.push(item.clone());
            return Ok(Some(item));
        }
        drop(this.iter.take());
    }
    let Some(item) = this.saved.get(this.index).cloned() else { return Ok(None) };
    this.index = (this.index + 1) % this.saved.len();
    Ok(Some(item))
}

pub(super) struct Repeat {
    object: Option<Owned>,
    /// `None` is without end.
    left: Option<usize>,
}

refs!(Repeat, object);

static REPEAT_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(
        c"__length_hint__",
        noargs!(|this: &Object| state::<Repeat>(this).left.ok_or_else(|| raise!(TypeError, "len() of unsized object"))),
        c"About how many items are left.",
    ),
    PyMethodDef::END,
];

pub(super) static REPEAT: Slots = Slots(&[
    SELF,
    methods(&REPEAT_METHODS),
    (Py_tp_new, new!(new_repeat)),
    (Py_tp_iternext, unary!(next_repeat)),
    (Py_tp_repr, unary!(repr_repeat)),
    doc(c"repeat(object [,times]) -> the object again and again, times times or without end."),
]);

const REPEAT_ARGS: Signature<2> = Signature::new("repeat", ["object", "times"]).required(1);

fn new_repeat(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [object, times] = REPEAT_ARGS.bind(args, kwargs)?;
    let left = match times {
        Some(times) => Some(long::as_isize(&*number::index(times)?)?.max(0) as usize),
        None => None,
    };
    make(ty, Repeat { object: object.map(Object::to_owned), left })
}

fn next_repeat(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Repeat>(this);
    match &mut this.left {
        Some(0) => return Ok(None),
        Some(left) => *left -= 1,
        None => {}
    }
    Ok(this.object.clone())
}

fn repr_repeat(this: &Object) -> Result<Owned> {
    let name = typeobject::name(this.ty());
    let left = state::<Repeat>(this).left;
    let object = state::<Repeat>(this).object.clone().unwrap_or_else(none::none);
    let shown = object.repr()?;
    let shown = unicode::as_str(&shown)?;
    match left {
        Some(left) => unicode::from_str(&format!("{name}({shown}, {left})")),
        None => unicode::from_str(&format!("{name}({shown})")),
    }
}
