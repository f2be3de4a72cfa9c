//! `itertools`: `groupby` and `tee`, whose iterators share what they go through.

use super::itertoolsmodule::{self, SELF, state_of};
use super::native::{self, BASE, PLAIN, Slots, class, doc, make, methods, new, noargs, publish, refs, unary};
use crate::abi::*;
use crate::object::args::{Signature, check_positional};
use crate::object::{Object, Owned, Result, number};
use crate::raise;
use crate::types::{list, long, tuple, typeobject};
use std::collections::VecDeque;

pub struct State {
    groupby: Option<Owned>,
    grouper: Option<Owned>,
    tee: Option<Owned>,
    tee_data: Option<Owned>,
}
refs!(State, groupby, grouper, tee, tee_data);

pub fn add_to(module: &Object) -> Result<()> {
    let state = native::state::<State>(module);
    state.groupby = Some(publish(module, class::<GroupBy>(module, c"itertools.groupby", BASE, &GROUPBY)?)?);
    state.grouper = Some(publish(module, class::<Grouper>(module, c"itertools._grouper", PLAIN, &GROUPER)?)?);
    state.tee = Some(publish(module, class::<Tee>(module, c"itertools._tee", PLAIN.weak(), &TEE)?)?);
    state.tee_data = Some(publish(module, class::<TeeData>(module, c"itertools._tee_dataobject", PLAIN, &TEE_DATA)?)?);
    Ok(())
}

fn cleared() -> crate::object::Raised {
    raise!(SystemError, "itertools was cleared")
}

// groupby

struct GroupBy {
    iter: Option<Owned>,
    key_function: Option<Owned>,
    /// The key of the group that is shown, and those of the item that was read last.
    target: Option<Owned>,
    key: Option<Owned>,
    item: Option<Owned>,
    /// Counts the groups: an older grouper is at its end.
    group: usize,
}
refs!(GroupBy, iter, key_function, target, key, item);

struct Grouper {
    parent: Option<Owned>,
    target: Option<Owned>,
    group: usize,
}
refs!(Grouper, parent, target);

static GROUPBY: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_groupby)),
    (Py_tp_iternext, unary!(next_groupby)),
    doc(c"groupby(iterable, key=None)\n--\n\nPairs of a key and an iterator over neighbours that have it."),
]);

static GROUPER: Slots = Slots(&[SELF, (Py_tp_new, new!(new_grouper)), (Py_tp_iternext, unary!(next_grouper))]);

const GROUPBY_ARGS: Signature<2> = Signature::new("groupby", ["iterable", "key"]).required(1);

fn new_groupby(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [iterable, key] = GROUPBY_ARGS.bind(args, kwargs)?;
    let iter = iterable.expect("bind checked it").iter()?;
    let key_function = key.filter(|key| !key.is_none()).map(Object::to_owned);
    make(ty, GroupBy { iter: Some(iter), key_function, target: None, key: None, item: None, group: 0 })
}

fn new_grouper(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = itertoolsmodule::exactly("_grouper", args, kwargs, 2)?;
    let (parent, target) = (args[0], args[1]);
    if !state_of(ty)?.groupby.as_ref().is_some_and(|class| parent.is_a(class.cast())) {
        let got = crate::types::typeobject::tp_name(parent.ty());
        return Err(raise!(TypeError, "_grouper() argument 1 must be itertools.groupby, not {got}"));
    }
    let group = groupby(parent).group;
    make(ty, Grouper { parent: Some(parent.to_owned()), target: Some(target.to_owned()), group })
}

fn groupby<'a>(this: &Object) -> &'a mut GroupBy {
    itertoolsmodule::state::<GroupBy>(this)
}

/// Reads the next item and its key; false at the end.
fn step(this: &Object) -> Result<bool> {
    let Some(iter) = groupby(this).iter.clone() else { return Ok(false) };
    let Some(item) = iter.next()? else { return Ok(false) };
    let key = match groupby(this).key_function.clone() {
        Some(function) => function.call(&[&item])?,
        None => item.clone(),
    };
    drop((groupby(this).item.replace(item), groupby(this).key.replace(key)));
    Ok(true)
}

fn next_groupby(this: &Object) -> Result<Option<Owned>> {
    groupby(this).group += 1;
    // Past what is left of the group before.
    loop {
        match (groupby(this).key.clone(), groupby(this).target.clone()) {
            (None, _) => {}
            (Some(_), None) => break,
            (Some(key), Some(target)) => {
                if !target.equals(&key)? {
                    break;
                }
            }
        }
        if !step(this)? {
            return Ok(None);
        }
    }
    let Some(key) = groupby(this).key.clone() else { return Ok(None) };
    drop(groupby(this).target.replace(key.clone()));
    let Some(class) = state_of(this.ty())?.grouper.clone() else { return Err(cleared()) };
    let group = groupby(this).group;
    let grouper = make(class.cast(), Grouper { parent: Some(this.to_owned()), target: Some(key.clone()), group })?;
    tuple::from_owned(vec![key, grouper]).map(Some)
}

fn next_grouper(this: &Object) -> Result<Option<Owned>> {
    let grouper = itertoolsmodule::state::<Grouper>(this);
    let (Some(parent), Some(target), group) = (grouper.parent.clone(), grouper.target.clone(), grouper.group) else {
        return Ok(None);
    };
    if groupby(&parent).group != group {
        return Ok(None);
    }
    if groupby(&parent).item.is_none() && !step(&parent)? {
        return Ok(None);
    }
    let Some(key) = groupby(&parent).key.clone() else { return Ok(None) };
    if !target.equals(&key)? {
        return Ok(None);
    }
    Ok(groupby(&parent).item.take())
}

// tee: all iterators share a queue of what one of them has read and another has not.

struct TeeData {
    iter: Option<Owned>,
    /// Items from number `first` on.
    queue: VecDeque<Owned>,
    first: usize,
    /// How far each living iterator is; an iterator knows its number.
    readers: Vec<Option<usize>>,
    running: bool,
}
refs!(TeeData, iter, queue);

struct Tee {
    data: Option<Owned>,
    number: usize,
}

impl native::Refs for Tee {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        self.data.each(visit)
    }
    fn clear(&mut self) {
        self.leave();
    }
}

impl Tee {
    /// Others no longer keep items for this one.
    fn leave(&mut self) {
        if let Some(data) = self.data.take() {
            data_of(&data).readers[self.number] = None;
            forget_read(&data);
        }
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        self.leave();
    }
}

fn data_of<'a>(o: &Object) -> &'a mut TeeData {
    itertoolsmodule::state::<TeeData>(o)
}

/// Gives up what every iterator has read.
fn forget_read(data: &Object) {
    let least = data_of(data).readers.iter().flatten().min().copied();
    let mut gone = Vec::new();
    while least.is_none_or(|least| data_of(data).first < least) {
        let Some(item) = data_of(data).queue.pop_front() else { break };
        data_of(data).first += 1;
        gone.push(item);
    }
    drop(gone);
}

static TEE_METHODS: [PyMethodDef; 2] = [
    PyMethodDef::noargs(c"__copy__", noargs!(copy_tee), c"An iterator that goes on from here by itself."),
    PyMethodDef::END,
];

static TEE: Slots = Slots(&[
    SELF,
    methods(&TEE_METHODS),
    (Py_tp_new, new!(new_tee)),
    (Py_tp_iternext, unary!(next_tee)),
    doc(c"_tee(iterable, /)\n--\n\nAn iterator of tee(): it can be copied."),
]);

static TEE_DATA: Slots = Slots(&[
    (Py_tp_new, new!(new_tee_data)),
    doc(c"teedataobject(iterable, values, next, /)\n--\n\nWhat the iterators of tee share."),
]);

/// How many items a data object of CPython has room for; one that goes on in another is full.
const LINK_CELLS: usize = 57;

/// Old pickles hold data objects. One that is made of its parts reads as a new one does.
fn new_tee_data(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = itertoolsmodule::exactly("teedataobject", args, kwargs, 3)?;
    let (iter, values, next) = (args[0], args[1], args[2]);
    if !list::check(values) {
        let got = typeobject::tp_name(values.ty());
        let got = if values.is_none() { "None" } else { got };
        return Err(raise!(TypeError, "teedataobject() argument 2 must be list, not {got}"));
    }
    let n = list::len(values);
    if n > LINK_CELLS || (!next.is_none() && (n < LINK_CELLS || next.ty() != ty)) {
        return Err(raise!(ValueError, "Invalid arguments"));
    }
    let queue = list::each(values).collect();
    make(ty, TeeData { iter: Some(iter.to_owned()), queue, first: 0, readers: Vec::new(), running: false })
}

/// An iterator over `iterable`, or a copy if that is one already.
fn tee_of(class: &Object, iterable: &Object) -> Result<Owned> {
    let iter = iterable.iter()?;
    if iter.is_exact(class.cast()) {
        return copy_tee(&iter);
    }
    let Some(data_class) = state_of(class.cast())?.tee_data.clone() else { return Err(cleared()) };
    let data = TeeData { iter: Some(iter), queue: VecDeque::new(), first: 0, readers: vec![Some(0)], running: false };
    let data = make(data_class.cast(), data)?;
    make(class.cast(), Tee { data: Some(data), number: 0 })
}

fn new_tee(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let args = itertoolsmodule::exactly("_tee", args, kwargs, 1)?;
    // SAFETY: a live type.
    tee_of(unsafe { Object::from_ptr(ty.cast()) }, args[0])
}

fn copy_tee(this: &Object) -> Result<Owned> {
    let tee = itertoolsmodule::state::<Tee>(this);
    let Some(data) = tee.data.clone() else { return Err(cleared()) };
    let at = data_of(&data).readers[tee.number];
    data_of(&data).readers.push(at);
    let number = data_of(&data).readers.len() - 1;
    make(this.ty(), Tee { data: Some(data), number })
}

fn next_tee(this: &Object) -> Result<Option<Owned>> {
    let (data, number) = {
        let tee = itertoolsmodule::state::<Tee>(this);
        (tee.data.clone(), tee.number)
    };
    let Some(data) = data else { return Ok(None) };
    let Some(at) = data_of(&data).readers[number] else { return Ok(None) };
    if at == data_of(&data).first + data_of(&data).queue.len() {
        if data_of(&data).running {
            return Err(raise!(RuntimeError, "cannot re-enter the tee iterator"));
        }
        let Some(iter) = data_of(&data).iter.clone() else { return Ok(None) };
        data_of(&data).running = true;
        let item = iter.next();
        data_of(&data).running = false;
        let Some(item) = item? else { return Ok(None) };
        data_of(&data).queue.push_back(item);
    }
    let i = at - data_of(&data).first;
    let item = data_of(&data).queue.get(i).cloned();
    data_of(&data).readers[number] = Some(at + 1);
    if i == 0 {
        forget_read(&data);
    }
    Ok(item)
}

/// The function `tee`.
pub fn tee(module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("tee", args.len(), 1, 2)?;
    let n = args.get(1).map_or(Ok(2), |n| long::as_isize(&*number::index(n)?))?;
    if n < 0 {
        return Err(raise!(ValueError, "n must be >= 0"));
    }
    if n == 0 {
        return Ok(tuple::empty());
    }
    let Some(class) = native::state::<State>(module).tee.clone() else { return Err(cleared()) };
    let mut all = Vec::new();
    if n as usize > isize::MAX as usize / size_of::<Owned>() || all.try_reserve_exact(n as usize).is_err() {
        return Err(crate::object::error::no_memory());
    }
    all.push(tee_of(&class, args[0])?);
    for _ in 1..n {
        let copy = copy_tee(&all[0])?;
        all.push(copy);
    }
    tuple::from_owned(all)
}
