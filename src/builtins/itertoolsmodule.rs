//! `itertools`: iterators made of iterators. Those that need not end stand in `itertools_infinite`, the combinatoric
//! ones in `itertools_combinatoric`, `groupby` and `tee` in `itertools_shared`.

use super::itertools_infinite::{COUNT, CYCLE, Count, Cycle, REPEAT, Repeat};
use super::native::{
    self, BASE, Kind, Slots, class, described, doc, fast, make, methods, module, new, one, publish, refs, unary, value,
};
use super::{itertools_combinatoric, itertools_shared};
use crate::abi::*;
use crate::object::args::{Signature, check_positional, no_keywords};
use crate::object::{Object, Owned, Result, error, number};
use crate::raise;
use crate::types::{exceptions, genericalias, long, none, tuple, unicode};

static METHODS: [PyMethodDef; 2] = [
    PyMethodDef::fast(
        c"tee",
        fast!(itertools_shared::tee),
        c"tee($module, iterable, n=2, /)\n--\n\nA tuple of n independent iterators.",
    ),
    PyMethodDef::END,
];

module!(
    native::stateful::<itertools_shared::State>(described(c"itertools", c"Iterators made of iterators.", &METHODS)),
    exec
);

fn exec(module: &Object) -> Result<()> {
    let plain: Kind = BASE;
    publish(module, class::<Accumulate>(module, c"itertools.accumulate", plain, &ACCUMULATE)?)?;
    publish(module, class::<Batched>(module, c"itertools.batched", plain, &BATCHED)?)?;
    publish(module, class::<Chain>(module, c"itertools.chain", plain, &CHAIN)?)?;
    publish(module, class::<Two>(module, c"itertools.compress", plain, &COMPRESS)?)?;
    publish(module, class::<Count>(module, c"itertools.count", plain, &COUNT)?)?;
    publish(module, class::<Cycle>(module, c"itertools.cycle", plain, &CYCLE)?)?;
    publish(module, class::<While>(module, c"itertools.dropwhile", plain, &DROPWHILE)?)?;
    publish(module, class::<While>(module, c"itertools.filterfalse", plain, &FILTERFALSE)?)?;
    publish(module, class::<Islice>(module, c"itertools.islice", plain, &ISLICE)?)?;
    publish(module, class::<Pairwise>(module, c"itertools.pairwise", plain, &PAIRWISE)?)?;
    publish(module, class::<Repeat>(module, c"itertools.repeat", plain, &REPEAT)?)?;
    publish(module, class::<Two>(module, c"itertools.starmap", plain, &STARMAP)?)?;
    publish(module, class::<While>(module, c"itertools.takewhile", plain, &TAKEWHILE)?)?;
    publish(module, class::<ZipLongest>(module, c"itertools.zip_longest", plain, &ZIP_LONGEST)?)?;
    itertools_combinatoric::add_to(module)?;
    itertools_shared::add_to(module)
}

/// The state of the module that a class of it belongs to.
pub fn state_of<'a>(ty: *mut PyTypeObject) -> Result<&'a mut itertools_shared::State> {
    native::state_of(ty, &raw mut DEF)
}

/// `tp_iter` of an iterator.
pub const SELF: native::Slot = (Py_tp_iter, crate::object::slots::PyObject_SelfIter as *mut c_void);

/// What an instance holds. Fields are copied before anything runs that may come back here.
pub fn state<'a, T>(this: &Object) -> &'a mut T {
    // SAFETY: layout; one field is used at a time.
    unsafe { &mut *value::<T>(this) }
}

/// Exactly `n` arguments, none by name.
pub fn exactly<'a>(name: &str, args: &'a Object, kwargs: Option<&Object>, n: usize) -> Result<&'a [&'a Object]> {
    no_keywords(name, kwargs)?;
    check_positional(name, tuple::len(args), n, n)?;
    Ok(tuple::items(args))
}

// accumulate

struct Accumulate {
    iter: Option<Owned>,
    function: Option<Owned>,
    initial: Option<Owned>,
    total: Option<Owned>,
}
refs!(Accumulate, iter, function, initial, total);

static ACCUMULATE: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_accumulate)),
    (Py_tp_iternext, unary!(next_accumulate)),
    doc(c"accumulate(iterable, func=None, *, initial=None)\n--\n\nRunning totals, by addition or another function."),
]);

const ACCUMULATE_ARGS: Signature<3> =
    Signature::new("accumulate", ["iterable", "func", "initial"]).required(1).positional(2);

fn new_accumulate(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [iterable, function, initial] = ACCUMULATE_ARGS.bind(args, kwargs)?;
    let given = |o: Option<&Object>| o.filter(|o| !o.is_none()).map(Object::to_owned);
    let iter = iterable.expect("bind checked it").iter()?;
    make(ty, Accumulate { iter: Some(iter), function: given(function), initial: given(initial), total: None })
}

fn next_accumulate(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Accumulate>(this);
    if let Some(initial) = this.initial.take() {
        this.total = Some(initial.clone());
        return Ok(Some(initial));
    }
    let Some(iter) = this.iter.clone() else { return Ok(None) };
    let Some(item) = iter.next()? else { return Ok(None) };
    let total = match (this.total.clone(), this.function.clone()) {
        (None, _) => item,
        (Some(total), None) => number::binary(&total, &item, number::ADD)?,
        (Some(total), Some(function)) => function.call(&[&total, &item])?,
    };
    drop(this.total.replace(total.clone()));
    Ok(Some(total))
}

// batched

struct Batched {
    iter: Option<Owned>,
    n: usize,
    strict: bool,
}
refs!(Batched, iter);

static BATCHED: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_batched)),
    (Py_tp_iternext, unary!(next_batched)),
    doc(c"batched(iterable, n, *, strict=False)\n--\n\nTuples of n items; the last may be shorter."),
]);

const BATCHED_ARGS: Signature<3> = Signature::new("batched", ["iterable", "n", "strict"]).required(2).positional(2);

fn new_batched(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [iterable, n, strict] = BATCHED_ARGS.bind(args, kwargs)?;
    let n = long::as_isize(&*number::index(n.expect("bind checked it"))?)?;
    let strict = strict.map_or(Ok(false), Object::is_true)?;
    if n < 1 {
        return Err(raise!(ValueError, "n must be at least one"));
    }
    let iter = iterable.expect("bind checked it").iter()?;
    make(ty, Batched { iter: Some(iter), n: n as usize, strict })
}

fn next_batched(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Batched>(this);
    let Some(iter) = this.iter.clone() else { return Ok(None) };
    let mut batch = Vec::new();
    while batch.len() < this.n {
        match iter.next() {
            Ok(Some(item)) => batch.push(item),
            Ok(None) => {
                drop(this.iter.take());
                if batch.is_empty() {
                    return Ok(None);
                }
                if this.strict {
                    return Err(raise!(ValueError, "batched(): incomplete batch"));
                }
                break;
            }
            Err(raised) => {
                drop(this.iter.take());
                return Err(raised);
            }
        }
    }
    tuple::from_owned(batch).map(Some)
}

// chain

struct Chain {
    source: Option<Owned>,
    active: Option<Owned>,
}
refs!(Chain, source, active);

static CHAIN_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::one(
        c"from_iterable",
        one!(chain_from_iterable),
        c"from_iterable($type, iterable, /)\n--\n\nA chain of the iterables that an iterable gives.",
    )
    .with(METH_CLASS),
    genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::END,
];

static CHAIN: Slots = Slots(&[
    SELF,
    methods(&CHAIN_METHODS),
    (Py_tp_new, new!(new_chain)),
    (Py_tp_iternext, unary!(next_chain)),
    doc(c"chain(*iterables)\n--\n\nThe items of one iterable after another."),
]);

fn new_chain(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords("chain", kwargs)?;
    make(ty, Chain { source: Some(args.iter()?), active: None })
}

fn chain_from_iterable(class: &Object, iterable: &Object) -> Result<Owned> {
    make(class.cast(), Chain { source: Some(iterable.iter()?), active: None })
}

fn next_chain(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Chain>(this);
    while let Some(source) = this.source.clone() {
        let active = match this.active.clone() {
            Some(active) => active,
            None => {
                let next = source.next().and_then(|next| next.map(|next| next.iter()).transpose());
                match next {
                    Ok(Some(active)) => this.active.insert(active).clone(),
                    Ok(None) => {
                        drop(this.source.take());
                        return Ok(None);
                    }
                    Err(raised) => {
                        drop(this.source.take());
                        return Err(raised);
                    }
                }
            }
        };
        if let Some(item) = active.next()? {
            return Ok(Some(item));
        }
        drop(this.active.take());
    }
    Ok(None)
}

// compress, starmap: two things to go through or to call

struct Two {
    first: Option<Owned>,
    second: Option<Owned>,
}
refs!(Two, first, second);

impl Two {
    fn both(&self) -> Option<(Owned, Owned)> {
        Some((self.first.clone()?, self.second.clone()?))
    }
}

static COMPRESS: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_compress)),
    (Py_tp_iternext, unary!(next_compress)),
    doc(c"compress(data, selectors)\n--\n\nThe items of data whose selectors are true."),
]);

const COMPRESS_ARGS: Signature<2> = Signature::new("compress", ["data", "selectors"]).required(2);

fn new_compress(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [data, selectors] = COMPRESS_ARGS.bind(args, kwargs)?;
    let first = data.expect("bind checked it").iter()?;
    make(ty, Two { first: Some(first), second: Some(selectors.expect("bind checked it").iter()?) })
}

fn next_compress(this: &Object) -> Result<Option<Owned>> {
    let Some((data, selectors)) = state::<Two>(this).both() else { return Ok(None) };
    loop {
        let Some(item) = data.next()? else { return Ok(None) };
        let Some(selector) = selectors.next()? else { return Ok(None) };
        if selector.is_true()? {
            return Ok(Some(item));
        }
    }
}

static STARMAP: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_starmap)),
    (Py_tp_iternext, unary!(next_starmap)),
    doc(c"starmap(function, iterable, /)\n--\n\nfunction(*item) for each item."),
]);

fn new_starmap(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = exactly("starmap", args, kwargs, 2)?;
    make(ty, Two { first: Some(Object::to_owned(args[0])), second: Some(args[1].iter()?) })
}

fn next_starmap(this: &Object) -> Result<Option<Owned>> {
    let Some((function, iter)) = state::<Two>(this).both() else { return Ok(None) };
    let Some(item) = iter.next()? else { return Ok(None) };
    let args = crate::object::sequence::tuple(&item)?;
    function.call_tuple(&args, None).map(Some)
}

// dropwhile, takewhile, filterfalse

struct While {
    predicate: Option<Owned>,
    iter: Option<Owned>,
    done: bool,
}
refs!(While, predicate, iter);

macro_rules! predicate_class {
    ($slots:ident $name:literal $new:ident $next:ident $doc:literal) => {
        static $slots: Slots = Slots(&[SELF, (Py_tp_new, new!($new)), (Py_tp_iternext, unary!($next)), doc($doc)]);

        fn $new(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
            let args = exactly($name, args, kwargs, 2)?;
            let predicate = Some(Object::to_owned(args[0]));
            make(ty, While { predicate, iter: Some(args[1].iter()?), done: false })
        }
    };
}

predicate_class!(DROPWHILE "dropwhile" new_dropwhile next_dropwhile
    c"dropwhile(predicate, iterable, /)\n--\n\nThe items from the first on that does not fulfil the predicate.");
predicate_class!(TAKEWHILE "takewhile" new_takewhile next_takewhile
    c"takewhile(predicate, iterable, /)\n--\n\nThe items before the first that does not fulfil the predicate.");
predicate_class!(FILTERFALSE "filterfalse" new_filterfalse next_filterfalse
    c"filterfalse(function, iterable, /)\n--\n\nThe items that do not fulfil the predicate.");

fn parts(this: &Object) -> Option<(Owned, Owned)> {
    let this = state::<While>(this);
    Some((this.predicate.clone()?, this.iter.clone()?))
}

fn next_dropwhile(this: &Object) -> Result<Option<Owned>> {
    let Some((predicate, iter)) = parts(this) else { return Ok(None) };
    loop {
        let Some(item) = iter.next()? else { return Ok(None) };
        if state::<While>(this).done || !predicate.call(&[&item])?.is_true()? {
            state::<While>(this).done = true;
            return Ok(Some(item));
        }
    }
}

fn next_takewhile(this: &Object) -> Result<Option<Owned>> {
    let Some((predicate, iter)) = parts(this) else { return Ok(None) };
    if state::<While>(this).done {
        return Ok(None);
    }
    let Some(item) = iter.next()? else { return Ok(None) };
    if predicate.call(&[&item])?.is_true()? {
        return Ok(Some(item));
    }
    state::<While>(this).done = true;
    Ok(None)
}

fn next_filterfalse(this: &Object) -> Result<Option<Owned>> {
    let Some((predicate, iter)) = parts(this) else { return Ok(None) };
    let plain = predicate.is_none() || predicate.is_ptr((&raw mut crate::types::boolobject::PyBool_Type).cast());
    loop {
        let Some(item) = iter.next()? else { return Ok(None) };
        let holds = if plain { item.is_true()? } else { predicate.call(&[&item])?.is_true()? };
        if !holds {
            return Ok(Some(item));
        }
    }
}

// islice

struct Islice {
    iter: Option<Owned>,
    next: usize,
    stop: Option<usize>,
    step: usize,
    count: usize,
}
refs!(Islice, iter);

static ISLICE: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_islice)),
    (Py_tp_iternext, unary!(next_islice)),
    doc(c"islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nAs a \
        slice of a sequence, for any iterable."),
]);

/// An index of `islice`: `None`, or an int that is not negative.
fn islice_index(o: &Object) -> Option<Option<usize>> {
    if o.is_none() {
        return Some(None);
    }
    match number::as_ssize(o, Some(exceptions::object(&raw mut exceptions::OverflowError))) {
        Ok(n) => usize::try_from(n).ok().map(Some),
        Err(raised) => {
            drop(error::caught(raised));
            None
        }
    }
}

fn new_islice(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    no_keywords("islice", kwargs)?;
    check_positional("islice", tuple::len(args), 2, 4)?;
    let args = tuple::items(args);
    let (start, stop) = if args.len() == 2 {
        let Some(stop) = islice_index(args[1]) else {
            return Err(raise!(
                ValueError,
                "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            ));
        };
        (0, stop)
    } else {
        match (islice_index(args[1]), islice_index(args[2])) {
            (Some(start), Some(stop)) => (start.unwrap_or(0), stop),
            (_, None) => {
                return Err(raise!(
                    ValueError,
                    "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                ));
            }
            _ => {
                return Err(raise!(
                    ValueError,
                    "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                ));
            }
        }
    };
    let step = match args.get(3).map_or(Some(None), |step| islice_index(step)) {
        Some(None) => 1,
        Some(Some(step)) if step > 0 => step,
        _ => return Err(raise!(ValueError, "Step for islice() must be a positive integer or None.")),
    };
    make(ty, Islice { iter: Some(args[0].iter()?), next: start, stop, step, count: 0 })
}

fn next_islice(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Islice>(this);
    let Some(iter) = this.iter.clone() else { return Ok(None) };
    while this.count < this.next {
        if this.stop.is_some_and(|stop| this.count >= stop) {
            break;
        }
        match iter.next() {
            Ok(Some(_)) => this.count += 1,
            other => {
                drop(this.iter.take());
                return other;
            }
        }
    }
    if this.stop.is_some_and(|stop| this.count >= stop) {
        drop(this.iter.take());
        return Ok(None);
    }
    let item = iter.next();
    if !matches!(item, Ok(Some(_))) {
        drop(this.iter.take());
        return item;
    }
    this.count += 1;
    let next = this.next.saturating_add(this.step);
    this.next = this.stop.map_or(next, |stop| next.min(stop));
    item
}

// pairwise

struct Pairwise {
    iter: Option<Owned>,
    old: Option<Owned>,
}
refs!(Pairwise, iter, old);

static PAIRWISE: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_pairwise)),
    (Py_tp_iternext, unary!(next_pairwise)),
    doc(c"pairwise(iterable, /)\n--\n\nPairs of neighbours."),
]);

fn new_pairwise(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = exactly("pairwise", args, kwargs, 1)?;
    make(ty, Pairwise { iter: Some(args[0].iter()?), old: None })
}

fn next_pairwise(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Pairwise>(this);
    let Some(iter) = this.iter.clone() else { return Ok(None) };
    let old = match this.old.clone() {
        Some(old) => old,
        None => match iter.next() {
            Ok(Some(first)) => this.old.insert(first).clone(),
            other => {
                drop(this.iter.take());
                return other;
            }
        },
    };
    let new = iter.next();
    match new {
        Ok(Some(new)) => {
            drop(this.old.replace(new.clone()));
            tuple::from_owned(vec![old, new]).map(Some)
        }
        other => {
            drop((this.iter.take(), this.old.take()));
            other
        }
    }
}

// zip_longest

struct ZipLongest {
    iters: Vec<Option<Owned>>,
    active: usize,
    fill: Option<Owned>,
}
refs!(ZipLongest, iters, fill);

static ZIP_LONGEST: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_zip_longest)),
    (Py_tp_iternext, unary!(next_zip_longest)),
    doc(
        c"zip_longest(*iterables, fillvalue=None)\n--\n\nTuples with an item of each; where one has no more, the fill \
        value.",
    ),
]);

fn new_zip_longest(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let mut fill = none::none();
    for (name, value) in kwargs.into_iter().flat_map(crate::types::dict::entries) {
        if !unicode::check(&name) || !unicode::equal_str(&name, "fillvalue") {
            return Err(raise!(TypeError, "zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let iters = tuple::items(args).iter().map(|iterable| iterable.iter().map(Some)).collect::<Result<Vec<_>>>()?;
    make(ty, ZipLongest { active: iters.len(), iters, fill: Some(fill) })
}

fn next_zip_longest(this: &Object) -> Result<Option<Owned>> {
    let this = state::<ZipLongest>(this);
    if this.active == 0 {
        return Ok(None);
    }
    let fill = this.fill.clone().unwrap_or_else(none::none);
    let mut row = Vec::new();
    for i in 0..this.iters.len() {
        let item = match this.iters[i].clone() {
            None => None,
            Some(iter) => match iter.next() {
                Ok(item) => {
                    if item.is_none() {
                        this.active -= 1;
                        drop(this.iters[i].take());
                        if this.active == 0 {
                            return Ok(None);
                        }
                    }
                    item
                }
                Err(raised) => {
                    this.active = 0;
                    return Err(raised);
                }
            },
        };
        row.push(item.unwrap_or_else(|| fill.clone()));
    }
    tuple::from_owned(row).map(Some)
}
