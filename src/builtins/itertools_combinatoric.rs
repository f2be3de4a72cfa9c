//! `itertools`: products, permutations and combinations of a pool of items, as tuples in the order of their places.

use super::itertoolsmodule::{SELF, state};
use super::native::{BASE, Slots, class, doc, make, new, publish, refs, unary};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, number, sequence};
use crate::raise;
use crate::types::{dict, long, tuple, unicode};

pub fn add_to(module: &Object) -> Result<()> {
    publish(module, class::<Product>(module, c"itertools.product", BASE, &PRODUCT)?)?;
    publish(module, class::<Choice>(module, c"itertools.permutations", BASE, &PERMUTATIONS)?)?;
    publish(module, class::<Choice>(module, c"itertools.combinations", BASE, &COMBINATIONS)?)?;
    let name = c"itertools.combinations_with_replacement";
    publish(module, class::<Choice>(module, name, BASE, &WITH_REPLACEMENT)?)?;
    Ok(())
}

// product

struct Product {
    pools: Vec<Owned>,
    /// The places of the last result, once there was one.
    places: Option<Places>,
    done: bool,
}
refs!(Product, pools);

struct Places(Vec<usize>);

static PRODUCT: Slots = Slots(&[
    SELF,
    (Py_tp_new, new!(new_product)),
    (Py_tp_iternext, unary!(next_product)),
    doc(c"product(*iterables, repeat=1)\n--\n\nEach item of the first with each of the second, and so on."),
]);

fn new_product(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let mut repeat = 1;
    for (name, value) in kwargs.into_iter().flat_map(dict::entries) {
        if !unicode::equal_str(&name, "repeat") {
            let name = unicode::as_str(&name)?;
            return Err(raise!(TypeError, "product() got an unexpected keyword argument '{name}'"));
        }
        repeat = long::as_isize(&*number::index(&value)?)?;
    }
    if repeat < 0 {
        return Err(raise!(ValueError, "repeat argument cannot be negative"));
    }
    let once = tuple::items(args).iter().map(|iterable| sequence::tuple(iterable)).collect::<Result<Vec<Owned>>>()?;
    if once.len().checked_mul(repeat as usize).is_none_or(|n| n > isize::MAX as usize / 8) {
        return Err(raise!(OverflowError, "repeat argument too large"));
    }
    let pools: Vec<Owned> = (0..repeat).flat_map(|_| once.iter().cloned()).collect();
    let done = pools.iter().any(|pool| tuple::len(pool) == 0);
    make(ty, Product { pools, places: None, done })
}

fn next_product(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Product>(this);
    if this.done {
        return Ok(None);
    }
    match &mut this.places {
        None => this.places = Some(Places(vec![0; this.pools.len()])),
        Some(Places(places)) => {
            let mut moved = false;
            for (place, pool) in places.iter_mut().zip(&this.pools).rev() {
                *place += 1;
                if *place < tuple::len(pool) {
                    moved = true;
                    break;
                }
                *place = 0;
            }
            if !moved {
                this.done = true;
                return Ok(None);
            }
        }
    }
    let Some(Places(places)) = &this.places else { return Ok(None) };
    let row = places.iter().zip(&this.pools).map(|(&place, pool)| Object::to_owned(tuple::items(pool)[place]));
    tuple::from_owned(row.collect()).map(Some)
}

// permutations and combinations

struct Choice {
    pool: Option<Owned>,
    indices: Vec<usize>,
    /// Of permutations.
    cycles: Vec<usize>,
    r: usize,
    started: bool,
    done: bool,
}
refs!(Choice, pool);

impl Choice {
    fn result(&self) -> Result<Option<Owned>> {
        let Some(pool) = &self.pool else { return Ok(None) };
        let items = tuple::items(pool);
        tuple::from_owned(self.indices[..self.r].iter().map(|&i| Object::to_owned(items[i])).collect()).map(Some)
    }
}

macro_rules! choice {
    ($slots:ident $new:ident $next:ident $doc:literal) => {
        static $slots: Slots = Slots(&[SELF, (Py_tp_new, new!($new)), (Py_tp_iternext, unary!($next)), doc($doc)]);
    };
}

choice!(PERMUTATIONS new_permutations next_permutations
    c"permutations(iterable, r=None)\n--\n\nAll ways to arrange r items.");
choice!(COMBINATIONS new_combinations next_combinations
    c"combinations(iterable, r)\n--\n\nAll ways to choose r items.");
choice!(WITH_REPLACEMENT new_with_replacement next_with_replacement
    c"combinations_with_replacement(iterable, r)\n--\n\nAll ways to choose r items, each as often as wanted.");

fn negative() -> crate::object::Raised {
    raise!(ValueError, "r must be non-negative")
}

const PERMUTATIONS_ARGS: Signature<2> = Signature::new("permutations", ["iterable", "r"]).required(1);

fn new_permutations(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [iterable, r] = PERMUTATIONS_ARGS.bind(args, kwargs)?;
    let pool = sequence::tuple(iterable.expect("bind checked it"))?;
    let n = tuple::len(&pool);
    let r = match r.filter(|r| !r.is_none()) {
        None => n,
        Some(r) if !long::check(r) => return Err(raise!(TypeError, "Expected int as r")),
        Some(r) => usize::try_from(long::as_isize(r)?).map_err(|_| negative())?,
    };
    let cycles = (0..r.min(n)).map(|i| n - i).collect();
    make(ty, Choice { pool: Some(pool), indices: (0..n).collect(), cycles, r, started: false, done: r > n })
}

fn next_permutations(this: &Object) -> Result<Option<Owned>> {
    let this = state::<Choice>(this);
    if this.done {
        return Ok(None);
    }
    if !std::mem::replace(&mut this.started, true) {
        return this.result();
    }
    let n = this.indices.len();
    for i in (0..this.r).rev() {
        this.cycles[i] -= 1;
        if this.cycles[i] == 0 {
            this.indices[i..].rotate_left(1);
            this.cycles[i] = n - i;
        } else {
            let j = n - this.cycles[i];
            this.indices.swap(i, j);
            return this.result();
        }
    }
    this.done = true;
    Ok(None)
}

fn pool_and_r<const N: usize>(
    signature: &Signature<N>,
    args: &Object,
    kwargs: Option<&Object>,
) -> Result<(Owned, usize)> {
    let bound = signature.bind(args, kwargs)?;
    let (Some(iterable), Some(r)) = (bound[0], bound[1]) else { return Err(crate::object::error::bad_argument()) };
    let r = long::as_isize(&*number::index(r)?)?;
    let pool = sequence::tuple(iterable)?;
    Ok((pool, usize::try_from(r).map_err(|_| negative())?))
}

const COMBINATIONS_ARGS: Signature<2> = Signature::new("combinations", ["iterable", "r"]).required(2);

fn new_combinations(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let (pool, r) = pool_and_r(&COMBINATIONS_ARGS, args, kwargs)?;
    let n = tuple::len(&pool);
    let indices = if r > n { Vec::new() } else { (0..r).collect() };
    make(ty, Choice { pool: Some(pool), indices, cycles: Vec::new(), r, started: false, done: r > n })
}

/// The next choice: the last index that is not yet at its `most` (of its place, the pool's size and `r`) grows, and
/// those behind it begin `step` apart.
fn next_choice(this: &Object, step: usize, most: impl Fn(usize, usize, usize) -> usize) -> Result<Option<Owned>> {
    let this = state::<Choice>(this);
    if this.done {
        return Ok(None);
    }
    if !std::mem::replace(&mut this.started, true) {
        return this.result();
    }
    let n = this.pool.as_ref().map_or(0, |pool| tuple::len(pool));
    let Some(i) = (0..this.r).rev().find(|&i| this.indices[i] != most(i, n, this.r)) else {
        this.done = true;
        return Ok(None);
    };
    this.indices[i] += 1;
    for j in i + 1..this.r {
        this.indices[j] = this.indices[j - 1] + step;
    }
    this.result()
}

fn next_combinations(this: &Object) -> Result<Option<Owned>> {
    next_choice(this, 1, |i, n, r| i + n - r)
}

const WITH_REPLACEMENT_ARGS: Signature<2> =
    Signature::new("combinations_with_replacement", ["iterable", "r"]).required(2);

fn new_with_replacement(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let (pool, r) = pool_and_r(&WITH_REPLACEMENT_ARGS, args, kwargs)?;
    let n = tuple::len(&pool);
    if r > isize::MAX as usize / 8 {
        return Err(crate::object::error::no_memory());
    }
    make(
        ty,
        Choice { pool: Some(pool), indices: vec![0; r], cycles: Vec::new(), r, started: false, done: n == 0 && r > 0 },
    )
}

fn next_with_replacement(this: &Object) -> Result<Option<Owned>> {
    next_choice(this, 0, |_, n, _| n - 1)
}
