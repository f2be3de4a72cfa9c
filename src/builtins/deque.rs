//! `collections.deque`: a queue with two ends. It counts its changes, so that an iterator sees them.

use super::collectionsmodule::state_of;
use super::native::{
    BASE, PLAIN, Slots, binary, class, compare, doc, fast, get, getset, init, make, methods, new, noargs, one, publish,
    refs, size, state, unary, value,
};
use crate::abi::*;
use crate::object::args::{Signature, check_positional};
use crate::object::compare::relates;
use crate::object::repr::guarded;
use crate::object::{Object, Owned, Result, api, number};
use crate::raise;
use crate::types::{boolobject, genericalias, list, long, none, tuple, typeobject, unicode};
use std::collections::VecDeque;

pub struct State {
    deque: Option<Owned>,
    iterator: Option<Owned>,
    reverse_iterator: Option<Owned>,
}

refs!(State, deque, iterator, reverse_iterator);

struct Deque {
    items: VecDeque<Owned>,
    maxlen: Option<usize>,
    changes: usize,
}

refs!(Deque, items);

struct Iter {
    deque: Option<Owned>,
    index: usize,
    left: usize,
    changes: usize,
}

refs!(Iter, deque);

static METHODS: [PyMethodDef; 20] = [
    PyMethodDef::one(c"append", one!(append), c"append($self, item, /)\n--\n\nPut an item in at the right end."),
    PyMethodDef::one(
        c"appendleft",
        one!(appendleft),
        c"appendleft($self, item, /)\n--\n\nPut an item in at the left end.",
    ),
    PyMethodDef::noargs(c"clear", noargs!(clear), c"clear($self, /)\n--\n\nTake all items out."),
    PyMethodDef::noargs(c"__copy__", noargs!(copy), c"__copy__($self, /)\n--\n\nA new deque of the same items."),
    PyMethodDef::noargs(c"copy", noargs!(copy), c"copy($self, /)\n--\n\nA new deque of the same items."),
    PyMethodDef::one(c"count", one!(count), c"count($self, value, /)\n--\n\nHow many items equal value."),
    PyMethodDef::one(c"extend", one!(extend), c"extend($self, iterable, /)\n--\n\nAdd elements to the right side."),
    PyMethodDef::one(
        c"extendleft",
        one!(extendleft),
        c"extendleft($self, iterable, /)\n--\n\nAdd elements to the left side, one after the other.",
    ),
    PyMethodDef::fast(c"index", fast!(index), c"index($self, value, [start, [stop]])\n--\n\nThe first index of value."),
    PyMethodDef::fast(
        c"insert",
        fast!(insert),
        c"insert($self, index, value, /)\n--\n\nPut an item in front of the one at index.",
    ),
    PyMethodDef::noargs(
        c"pop",
        noargs!(pop),
        c"pop($self, /)\n--\n\nTake away the item at the right end, and return it.",
    ),
    PyMethodDef::noargs(
        c"popleft",
        noargs!(popleft),
        c"popleft($self, /)\n--\n\nTake away the item at the left end, and return it.",
    ),
    PyMethodDef::one(
        c"remove",
        one!(remove),
        c"remove($self, value, /)\n--\n\nTake away the first item that is equal to value.",
    ),
    PyMethodDef::noargs(c"reverse", noargs!(reverse), c"reverse($self, /)\n--\n\nTurn the order of the items round."),
    PyMethodDef::fast(
        c"rotate",
        fast!(rotate),
        c"rotate($self, n=1, /)\n--\n\nMove n elements from the right end to the left.",
    ),
    PyMethodDef::noargs(c"__reduce__", noargs!(reduce), c"__reduce__($self, /)\n--\n\nWhat the object is pickled as."),
    PyMethodDef::noargs(
        c"__reversed__",
        noargs!(reversed),
        c"__reversed__($self, /)\n--\n\nAn iterator from the right end to the left.",
    ),
    PyMethodDef::noargs(
        c"__sizeof__",
        noargs!(sizeof),
        c"__sizeof__($self, /)\n--\n\nHow many bytes the deque takes in memory.",
    ),
    genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"maxlen",
        get!(|this: &Object| deque(this).maxlen.map(|n| long::from_u64(n as u64)).transpose()),
        None,
        c"How many items the deque holds at the most; None for any number.".as_ptr(),
    ),
    PyGetSetDef::END,
];

static SLOTS: Slots = Slots(&[
    methods(&METHODS),
    getset(&GETSET),
    (
        Py_tp_new,
        new!(|ty, _args: &Object, _kwargs: Option<&Object>| make(
            ty,
            Deque { items: VecDeque::new(), maxlen: None, changes: 0 }
        )),
    ),
    (Py_tp_init, init!(init_deque)),
    (Py_tp_repr, unary!(repr)),
    (Py_tp_iter, unary!(iter)),
    (Py_tp_hash, crate::object::slots::PyObject_HashNotImplemented as *mut c_void),
    (Py_tp_richcompare, compare!(compare_deques)),
    (Py_sq_length, size!(|this: &Object| Ok(deque(this).items.len() as isize))),
    (Py_sq_concat, binary!(concat)),
    (Py_sq_inplace_concat, binary!(inplace_concat)),
    (Py_sq_repeat, repeat_slot as *mut c_void),
    (Py_sq_inplace_repeat, inplace_repeat_slot as *mut c_void),
    (Py_sq_item, item_slot as *mut c_void),
    (Py_sq_ass_item, assign_slot as *mut c_void),
    (Py_sq_contains, contains_slot as *mut c_void),
    doc(c"deque([iterable[, maxlen]])\n--\n\nA sequence to which items come and from which they go at both ends."),
]);

static ITER_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(
        c"__length_hint__",
        noargs!(|this: &Object| Ok(iterator(this).left)),
        c"About how many items are left.",
    ),
    PyMethodDef::noargs(c"__reduce__", noargs!(reduce_iter), c"What the object is pickled as."),
    PyMethodDef::END,
];

static ITER_SLOTS: Slots = Slots(&[
    methods(&ITER_METHODS),
    (Py_tp_iter, unary!(|this: &Object| Ok(this.to_owned()))),
    (Py_tp_iternext, unary!(|this: &Object| next(this, false))),
    (Py_tp_new, new!(|ty, args: &Object, _kwargs: Option<&Object>| new_iter(ty, args))),
]);

static REVERSE_SLOTS: Slots = Slots(&[
    methods(&ITER_METHODS),
    (Py_tp_iter, unary!(|this: &Object| Ok(this.to_owned()))),
    (Py_tp_iternext, unary!(|this: &Object| next(this, true))),
    (Py_tp_new, new!(|ty, args: &Object, _kwargs: Option<&Object>| new_iter(ty, args))),
]);

/// The classes, in the module.
pub fn add_to(module: &Object) -> Result<()> {
    let state = state::<State>(module);
    let kind = BASE.weak().with(Py_TPFLAGS_SEQUENCE);
    state.deque = Some(publish(module, class::<Deque>(module, c"collections.deque", kind, &SLOTS)?)?);
    state.iterator = Some(publish(module, class::<Iter>(module, c"collections._deque_iterator", PLAIN, &ITER_SLOTS)?)?);
    state.reverse_iterator =
        Some(publish(module, class::<Iter>(module, c"collections._deque_reverse_iterator", PLAIN, &REVERSE_SLOTS)?)?);
    Ok(())
}

fn deque<'a>(this: &Object) -> &'a mut Deque {
    // SAFETY: layout. It is not used across anything that runs foreign code.
    unsafe { &mut *value::<Deque>(this) }
}

fn is_deque(o: &Object) -> Result<bool> {
    // SAFETY: live classes. All deques share the iterator's slot.
    Ok(typeobject::mro::items(o.ty()).iter().any(|class| unsafe {
        (*class.cast::<PyTypeObject>()).tp_iter.is_some_and(|slot| slot as *const () == iter_slot_address())
    }))
}

/// The address of the slot that only deques have.
fn iter_slot_address() -> *const () {
    SLOTS.0.iter().find(|(slot, _)| *slot == Py_tp_iter).map_or(std::ptr::null(), |(_, f)| f.cast_const().cast())
}

/// The items, each with a reference of its own.
fn snapshot(this: &Object) -> Vec<Owned> {
    deque(this).items.iter().cloned().collect()
}

const INIT: Signature<2> = Signature::new("deque", ["iterable", "maxlen"]);

fn init_deque(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let [iterable, maxlen] = INIT.bind(args, kwargs)?;
    let maxlen = match maxlen.filter(|maxlen| !maxlen.is_none()) {
        None => None,
        Some(maxlen) => {
            if !long::check(maxlen) {
                return Err(raise!(TypeError, "an integer is required"));
            }
            let n = long::as_isize(maxlen)?;
            if n < 0 {
                return Err(raise!(ValueError, "maxlen must be non-negative"));
            }
            Some(n as usize)
        }
    };
    deque(this).maxlen = maxlen;
    clear(this)?;
    match iterable {
        Some(iterable) => extend(this, iterable),
        None => Ok(()),
    }
}

fn push(this: &Object, item: Owned, left: bool) {
    let this = deque(this);
    this.changes += 1;
    let full = this.maxlen.is_some_and(|maxlen| this.items.len() >= maxlen);
    let lost = if full && this.maxlen == Some(0) {
        Some(item)
    } else if left {
        this.items.push_front(item);
        if full { this.items.pop_back() } else { None }
    } else {
        this.items.push_back(item);
        if full { this.items.pop_front() } else { None }
    };
    drop(lost);
}

fn append(this: &Object, item: &Object) -> Result<()> {
    push(this, item.to_owned(), false);
    Ok(())
}

fn appendleft(this: &Object, item: &Object) -> Result<()> {
    push(this, item.to_owned(), true);
    Ok(())
}

fn clear(this: &Object) -> Result<()> {
    deque(this).changes += 1;
    drop(std::mem::take(&mut deque(this).items));
    Ok(())
}

fn extend_from(this: &Object, iterable: &Object, left: bool) -> Result<()> {
    let copied;
    let iterable = if iterable.is(this) {
        copied = list::from_owned(snapshot(this))?;
        &copied
    } else {
        iterable
    };
    let iter = iterable.iter()?;
    while let Some(item) = iter.next()? {
        push(this, item, left);
    }
    Ok(())
}

fn extend(this: &Object, iterable: &Object) -> Result<()> {
    extend_from(this, iterable, false)
}

fn extendleft(this: &Object, iterable: &Object) -> Result<()> {
    extend_from(this, iterable, true)
}

fn copy(this: &Object) -> Result<Owned> {
    let items = list::from_owned(snapshot(this))?;
    match deque(this).maxlen {
        Some(maxlen) => this.type_object().call(&[&items, &*long::from_u64(maxlen as u64)?]),
        None => this.type_object().call(&[&items]),
    }
}

fn pop(this: &Object) -> Result<Owned> {
    deque(this).changes += 1;
    deque(this).items.pop_back().ok_or_else(|| raise!(IndexError, "pop from an empty deque"))
}

fn popleft(this: &Object) -> Result<Owned> {
    deque(this).changes += 1;
    deque(this).items.pop_front().ok_or_else(|| raise!(IndexError, "pop from an empty deque"))
}

fn mutated() -> crate::object::Raised {
    raise!(RuntimeError, "deque mutated during iteration")
}

fn count(this: &Object, wanted: &Object) -> Result<usize> {
    let changes = deque(this).changes;
    let mut n = 0;
    for item in snapshot(this) {
        n += usize::from(item.is(wanted) || item.equals(wanted)?);
        if deque(this).changes != changes {
            return Err(mutated());
        }
    }
    Ok(n)
}

/// The first place of a value.
fn find(this: &Object, wanted: &Object, start: usize, stop: usize) -> Result<Option<usize>> {
    let changes = deque(this).changes;
    let stop = stop.min(deque(this).items.len());
    for i in start..stop {
        let Some(item) = deque(this).items.get(i).cloned() else { break };
        let same = item.is(wanted) || item.equals(wanted)?;
        if deque(this).changes != changes {
            return Err(mutated());
        }
        if same {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn index(this: &Object, args: &[&Object]) -> Result<usize> {
    check_positional("index", args.len(), 1, 3)?;
    let (start, stop) = tuple::methods::search_bounds(args, deque(this).items.len())?;
    match find(this, args[0], start, stop)? {
        Some(i) => Ok(i),
        None => Err(raise!(ValueError, "deque.index(x): x not in deque")),
    }
}

fn insert(this: &Object, args: &[&Object]) -> Result<()> {
    check_positional("insert", args.len(), 2, 2)?;
    let i = number::as_ssize(args[0], None)?;
    let this = deque(this);
    let n = this.items.len();
    if this.maxlen == Some(n) {
        return Err(raise!(IndexError, "deque already at its maximum size"));
    }
    let i = if i < 0 { (i + n as isize).max(0) as usize } else { (i as usize).min(n) };
    this.changes += 1;
    this.items.insert(i, args[1].to_owned());
    Ok(())
}

fn remove(this: &Object, wanted: &Object) -> Result<()> {
    match find(this, wanted, 0, usize::MAX) {
        Ok(Some(i)) => {
            deque(this).changes += 1;
            drop(deque(this).items.remove(i));
            Ok(())
        }
        Ok(None) => Err(raise!(ValueError, "deque.remove(x): x not in deque")),
        Err(raised) => Err(raised),
    }
}

fn reverse(this: &Object) -> Result<()> {
    deque(this).items.make_contiguous().reverse();
    deque(this).changes += 1;
    Ok(())
}

fn rotate(this: &Object, args: &[&Object]) -> Result<()> {
    check_positional("rotate", args.len(), 0, 1)?;
    let n = args.first().map_or(Ok(1), |n| long::as_isize(&*number::index(n)?))?;
    let this = deque(this);
    let len = this.items.len() as isize;
    if len > 1 {
        this.changes += 1;
        this.items.rotate_right(n.rem_euclid(len) as usize);
    }
    Ok(())
}

fn sizeof(this: &Object) -> Result<usize> {
    // SAFETY: a live type.
    Ok(unsafe { (*this.ty()).tp_basicsize } as usize + deque(this).items.capacity() * size_of::<usize>())
}

fn reduce(this: &Object) -> Result<Owned> {
    let args = match deque(this).maxlen {
        Some(maxlen) => tuple::from_slice(&[&*tuple::empty(), &*long::from_u64(maxlen as u64)?])?,
        None => tuple::empty(),
    };
    let own = crate::object::attr::instance_dict(this).unwrap_or_else(none::none);
    tuple::from_slice(&[this.type_object(), &args, &own, &*this.iter()?])
}

fn repr(this: &Object) -> Result<Owned> {
    guarded(this, "[...]", || {
        let shown = list::from_owned(snapshot(this))?.repr()?;
        let (name, items) = (typeobject::name(this.ty()), unicode::as_str(&shown)?);
        match deque(this).maxlen {
            Some(maxlen) => unicode::from_str(&format!("{name}({items}, maxlen={maxlen})")),
            None => unicode::from_str(&format!("{name}({items})")),
        }
    })
}

fn compare_deques(this: &Object, other: &Object, op: c_int) -> Result<Owned> {
    if !is_deque(this)? || !is_deque(other)? {
        return Ok(none::not_implemented());
    }
    let (a, b) = (snapshot(this), snapshot(other));
    if a.len() != b.len() && (op == Py_EQ || op == Py_NE) {
        return Ok(boolobject::from_bool(op == Py_NE));
    }
    for (x, y) in a.iter().zip(&b) {
        if !x.is(y) && !x.equals(y)? {
            return match op {
                Py_EQ => Ok(boolobject::from_bool(false)),
                Py_NE => Ok(boolobject::from_bool(true)),
                _ => x.compare(y, op),
            };
        }
    }
    Ok(boolobject::from_bool(relates(&a.len(), op, &b.len())))
}

fn concat(this: &Object, other: &Object) -> Result<Owned> {
    if !is_deque(other)? {
        let got = typeobject::tp_name(other.ty());
        return Err(raise!(TypeError, "can only concatenate deque (not \"{got}\") to deque"));
    }
    let new = copy(this)?;
    extend(&new, other)?;
    Ok(new)
}

fn inplace_concat(this: &Object, other: &Object) -> Result<Owned> {
    extend(this, other)?;
    Ok(this.to_owned())
}

fn repeat_in_place(this: &Object, n: isize) -> Result<()> {
    let items = snapshot(this);
    if n <= 0 {
        return clear(this);
    }
    if items.len().checked_mul(n as usize).is_none_or(|total| total > isize::MAX as usize / 16) {
        return Err(crate::object::error::no_memory());
    }
    for _ in 1..n {
        for item in &items {
            push(this, item.clone(), false);
        }
    }
    Ok(())
}

unsafe extern "C" fn repeat_slot(this: *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let new = copy(unsafe { Object::from_ptr(this) })?;
        repeat_in_place(&new, n)?;
        Ok(new)
    })
}

unsafe extern "C" fn inplace_repeat_slot(this: *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(this) };
        repeat_in_place(this, n)?;
        Ok(this.to_owned())
    })
}

unsafe extern "C" fn item_slot(this: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = deque(unsafe { Object::from_ptr(this) });
        match usize::try_from(i).ok().and_then(|i| this.items.get(i)) {
            Some(item) => Ok(item.clone()),
            None => Err(raise!(IndexError, "deque index out of range")),
        }
    })
}

unsafe extern "C" fn assign_slot(this: *mut PyObject, i: Py_ssize_t, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (this, value) = unsafe { (deque(Object::from_ptr(this)), Object::optional(value)) };
        let Some(i) = usize::try_from(i).ok().filter(|&i| i < this.items.len()) else {
            return Err(raise!(IndexError, "deque index out of range"));
        };
        let old = match value {
            Some(value) => Some(std::mem::replace(&mut this.items[i], value.to_owned())),
            None => {
                this.changes += 1;
                this.items.remove(i)
            }
        };
        drop(old);
        Ok(())
    })
}

unsafe extern "C" fn contains_slot(this: *mut PyObject, wanted: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { Ok(find(Object::from_ptr(this), Object::from_ptr(wanted), 0, usize::MAX)?.is_some()) })
}

// Iterators.

fn iterator<'a>(this: &Object) -> &'a mut Iter {
    // SAFETY: layout, as with `deque`.
    unsafe { &mut *value::<Iter>(this) }
}

fn make_iter(class: Option<Owned>, of: &Object) -> Result<Owned> {
    let Some(class) = class else { return Err(raise!(SystemError, "_collections was cleared")) };
    let (left, changes) = (deque(of).items.len(), deque(of).changes);
    make(class.cast(), Iter { deque: Some(of.to_owned()), index: 0, left, changes })
}

fn iter(this: &Object) -> Result<Owned> {
    make_iter(state_of(this.ty())?.iterator.clone(), this)
}

fn reversed(this: &Object) -> Result<Owned> {
    make_iter(state_of(this.ty())?.reverse_iterator.clone(), this)
}

fn new_iter(ty: *mut PyTypeObject, args: &Object) -> Result<Owned> {
    match tuple::len(args) {
        0 => return Err(raise!(TypeError, "function takes at least 1 argument (0 given)")),
        1 | 2 => {}
        n => return Err(raise!(TypeError, "function takes at most 2 arguments ({n} given)")),
    }
    let of = tuple::items(args)[0];
    if !is_deque(of)? {
        let got = typeobject::tp_name(of.ty());
        return Err(raise!(TypeError, "argument 1 must be collections.deque, not {got}"));
    }
    let skip = tuple::items(args).get(1).map_or(Ok(0), |n| number::as_ssize(n, None))?;
    let (len, changes) = (deque(of).items.len(), deque(of).changes);
    let index = (skip.max(0) as usize).min(len);
    make(ty, Iter { deque: Some(of.to_owned()), index, left: len - index, changes })
}

fn next(this: &Object, backwards: bool) -> Result<Option<Owned>> {
    let iter = iterator(this);
    if iter.left == 0 {
        return Ok(None);
    }
    let Some(of) = iter.deque.clone() else { return Ok(None) };
    if deque(&of).changes != iter.changes {
        iter.left = 0;
        return Err(mutated());
    }
    let n = deque(&of).items.len();
    let i = if backwards { n - 1 - iter.index } else { iter.index };
    iter.index += 1;
    iter.left -= 1;
    Ok(deque(&of).items.get(i).cloned())
}

fn reduce_iter(this: &Object) -> Result<Owned> {
    let iter = iterator(this);
    let of = iter.deque.clone().unwrap_or_else(none::none);
    let args = tuple::from_owned(vec![of, long::from_u64(iter.index as u64)?])?;
    tuple::from_slice(&[this.type_object(), &args])
}
