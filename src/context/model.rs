//! Tries that share nodes, held against plain maps: random changes, keys whose hashes collide in parts and as a whole.

use super::hamt::{Hamt, Vars, Walk, empty, find, remove, set};
use crate::abi::PyContextVar;
use crate::mem::{gc, refcount};
use crate::object::Object;
use crate::runtime::Interpreter;
use crate::state::{ThreadState, current};
use std::collections::HashMap;
use std::ptr;

/// Enough of a runtime for objects to be counted and freed.
fn with_thread_state(test: impl FnOnce()) {
    // SAFETY: zeroed memory is a valid start for both; the lists are initialised.
    unsafe {
        let mut interp: Box<std::mem::MaybeUninit<Interpreter>> = Box::new_zeroed();
        let mut tstate: Box<std::mem::MaybeUninit<ThreadState>> = Box::new_zeroed();
        gc::init(interp.as_mut_ptr().cast());
        (*tstate.as_mut_ptr()).base.interp = interp.as_mut_ptr().cast();
        current::set(tstate.as_mut_ptr());
        test();
        assert!(gc::first(&raw mut (*interp.as_mut_ptr()).base.gc.generations[0].head).is_null(), "a node leaked");
        current::set(ptr::null_mut());
    }
}

/// Keys that are never freed, with hashes that collide in parts and as a whole.
fn keys(n: usize) -> Vec<PyContextVar> {
    (0..n)
        .map(|i| {
            // SAFETY: plain data.
            let mut key: PyContextVar = unsafe { std::mem::zeroed() };
            key.ob_base.ob_refcnt = 1 << 20;
            key.var_hash = match i % 4 {
                0 => (i as isize) << 5,
                1 => 7,
                2 => (i as isize).wrapping_mul(0x9E37_79B9),
                _ => (i as isize) << 27,
            };
            key
        })
        .collect()
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

type Model = HashMap<usize, usize>;

fn check(hamt: *mut Hamt, model: &Model, keys: &mut [PyContextVar]) {
    // SAFETY: live tries and keys.
    unsafe {
        assert_eq!((*hamt).count as usize, model.len());
        for (i, key) in keys.iter_mut().enumerate() {
            let value = find(hamt, (&raw mut *key).cast()) as usize;
            assert_eq!(value, model.get(&i).copied().unwrap_or(0));
        }
        let mut walk = Walk::new(hamt);
        let mut n = 0;
        while let Some((key, value)) = walk.next() {
            let i = (key as usize - keys.as_ptr() as usize) / size_of::<PyContextVar>();
            assert_eq!(model[&i], value as usize);
            n += 1;
        }
        assert_eq!(n, model.len());
    }
}

/// Random changes in several tries that share nodes, against plain maps.
fn against_model(seed: u64, n_keys: usize, steps: usize) {
    with_thread_state(|| {
        let mut random = Random(seed);
        let mut keys = keys(n_keys);
        let mut values = self::keys(8);
        let mut tries: Vec<(*mut Hamt, Model)> = vec![(empty(), Model::new())];
        for step in 0..steps {
            let at = random.below(tries.len());
            let i = random.below(n_keys);
            // SAFETY: live tries and keys.
            unsafe {
                let key = Object::from_ptr((&raw mut keys[i]).cast());
                match random.below(16) {
                    0 if tries.len() < 6 => {
                        let (hamt, model) = (tries[at].0, tries[at].1.clone());
                        refcount::incref(hamt.cast());
                        tries.push((hamt, model));
                    }
                    1 if tries.len() > 1 => {
                        let (hamt, _) = tries.swap_remove(at);
                        refcount::decref(hamt.cast());
                    }
                    2..=6 => {
                        let old = remove::<Vars>(&mut tries[at].0, key).unwrap();
                        let expected = tries[at].1.remove(&i);
                        assert_eq!(old.map(|old| old.as_ptr() as usize), expected);
                    }
                    _ => {
                        let value = (&raw mut values[random.below(8)]).cast();
                        let old = set::<Vars>(&mut tries[at].0, key, Object::from_ptr(value)).unwrap();
                        let expected = tries[at].1.insert(i, value as usize);
                        assert_eq!(old.map(|old| old.as_ptr() as usize), expected);
                    }
                }
            }
            if step % 64 == 0 {
                for (hamt, model) in &tries {
                    check(*hamt, model, &mut keys);
                }
            }
        }
        for (hamt, model) in tries {
            check(hamt, &model, &mut keys);
            // SAFETY: our reference.
            unsafe { refcount::decref(hamt.cast()) };
        }
        assert!(keys.iter().chain(&values).all(|key| key.ob_base.ob_refcnt == 1 << 20), "a reference leaked");
    });
}

#[test]
fn few_keys() {
    (1..40).for_each(|seed| against_model(seed, 6, 600));
}

#[test]
fn many_keys() {
    (1..8).for_each(|seed| against_model(seed * 77, 300, 6000));
}
