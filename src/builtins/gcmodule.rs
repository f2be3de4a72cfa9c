//! `gc`: the cycle collector as Python sees it. The work is done in `collect`.

use super::native::{Arguments, described, fast, fast_keywords, module, noargs, one};
use super::set;
use crate::abi::*;
use crate::collect::{self, tracked};
use crate::mem::gc;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::audit;
use crate::state::GENERATIONS;
use crate::types::{dict, list, long, tuple, typeobject};

static METHODS: [PyMethodDef; 19] = [
    PyMethodDef::noargs(c"enable", noargs!(enable), c"enable($module, /)\n--\n\nTurn automatic collection on."),
    PyMethodDef::noargs(c"disable", noargs!(disable), c"disable($module, /)\n--\n\nTurn automatic collection off."),
    PyMethodDef::noargs(
        c"isenabled",
        noargs!(is_enabled),
        c"isenabled($module, /)\n--\n\nWhether automatic collection is on.",
    ),
    PyMethodDef::one(c"set_debug", one!(set_debug), c"set_debug($module, flags, /)\n--\n\nSet the DEBUG_* flags."),
    PyMethodDef::noargs(c"get_debug", noargs!(get_debug), c"get_debug($module, /)\n--\n\nThe flags that are set."),
    PyMethodDef::noargs(
        c"get_count",
        noargs!(get_count),
        c"get_count($module, /)\n--\n\nHow far each generation is on the way to its threshold.",
    ),
    PyMethodDef::varargs(
        c"set_threshold",
        set_threshold,
        c"set_threshold(threshold0, [threshold1, [threshold2]])\nSet the thresholds of collection; 0 as the first \
        turns it off.",
    ),
    PyMethodDef::noargs(
        c"get_threshold",
        noargs!(get_threshold),
        c"get_threshold($module, /)\n--\n\nThe thresholds of collection.",
    ),
    PyMethodDef::fast_keywords(
        c"collect",
        fast_keywords!(collect_now),
        c"collect($module, /, generation=2)\n--\n\nCollect a generation and the younger ones; how many objects were \
        unreachable.",
    ),
    PyMethodDef::fast_keywords(
        c"get_objects",
        fast_keywords!(get_objects),
        c"get_objects($module, /, generation=None)\n--\n\nThe objects that the collector tracks, but for the list \
        itself.",
    ),
    PyMethodDef::noargs(
        c"get_stats",
        noargs!(get_stats),
        c"get_stats($module, /)\n--\n\nA dict of figures for each generation.",
    ),
    PyMethodDef::one(
        c"is_tracked",
        one!(is_tracked),
        c"is_tracked($module, obj, /)\n--\n\nWhether the collector tracks the object.",
    ),
    PyMethodDef::fast(
        c"get_referrers",
        fast!(get_referrers),
        c"get_referrers($module, /, *objs)\n--\n\nTracked objects that refer directly to one of objs.",
    ),
    PyMethodDef::fast(
        c"get_referents",
        fast!(get_referents),
        c"get_referents($module, /, *objs)\n--\n\nWhat objs refer to directly.",
    ),
    PyMethodDef::one(
        c"is_finalized",
        one!(is_finalized),
        c"is_finalized($module, obj, /)\n--\n\nWhether the collector has called the object's finalizer.",
    ),
    PyMethodDef::noargs(
        c"freeze",
        noargs!(freeze),
        c"freeze($module, /)\n--\n\nPut all tracked objects aside: collections no longer look at them.",
    ),
    PyMethodDef::noargs(
        c"unfreeze",
        noargs!(unfreeze),
        c"unfreeze($module, /)\n--\n\nPut what was put aside into the oldest generation.",
    ),
    PyMethodDef::noargs(
        c"get_freeze_count",
        noargs!(get_freeze_count),
        c"get_freeze_count($module, /)\n--\n\nHow many objects are put aside.",
    ),
    PyMethodDef::END,
];

module!(described(c"gc", c"The collector of reference cycles.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set(module, "garbage", collect::garbage()?)?;
    set(module, "callbacks", collect::callbacks()?)?;
    for (name, flag) in [("STATS", 1), ("COLLECTABLE", 2), ("UNCOLLECTABLE", 4), ("SAVEALL", 32), ("LEAK", 2 | 4 | 32)]
    {
        set(module, &format!("DEBUG_{name}"), &*long::from_i64(flag)?)?;
    }
    Ok(())
}

fn enable(_: &Object) -> Result<()> {
    collect::enable(true);
    Ok(())
}

fn disable(_: &Object) -> Result<()> {
    collect::enable(false);
    Ok(())
}

fn is_enabled(_: &Object) -> Result<bool> {
    Ok(collect::is_enabled())
}

fn set_debug(_: &Object, flags: &Object) -> Result<()> {
    collect::set_debug(long::as_i32(flags)?);
    Ok(())
}

fn get_debug(_: &Object) -> Result<c_int> {
    Ok(collect::debug())
}

fn three(numbers: [c_int; GENERATIONS]) -> Result<Owned> {
    tuple::from_owned(numbers.into_iter().map(|n| long::from_i64(n.into())).collect::<Result<_>>()?)
}

fn get_count(_: &Object) -> Result<Owned> {
    three(collect::counts())
}

fn get_threshold(_: &Object) -> Result<Owned> {
    three(collect::thresholds())
}

unsafe extern "C" fn set_threshold(_module: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    crate::object::api(|| {
        // SAFETY: slot.
        let args = tuple::items(unsafe { Object::from_ptr(args) });
        if args.is_empty() || args.len() > GENERATIONS {
            return Err(raise!(TypeError, "gc.set_threshold requires 1 to 3 arguments"));
        }
        for (generation, threshold) in args.iter().enumerate() {
            collect::set_threshold(generation, long::as_i32(threshold)?);
        }
        Ok(crate::types::none::none())
    })
}

const COLLECT: Signature<1> = Signature::new("collect", ["generation"]);

fn collect_now(_: &Object, args: Arguments) -> Result<isize> {
    let generation = match args.bind(&COLLECT)?[0] {
        Some(generation) => long::as_i32(generation)?,
        None => GENERATIONS as c_int - 1,
    };
    if !(0..GENERATIONS as c_int).contains(&generation) {
        return Err(raise!(ValueError, "invalid generation"));
    }
    Ok(collect::collect(generation as usize, collect::Reason::Manual))
}

const GET_OBJECTS: Signature<1> = Signature::new("get_objects", ["generation"]);

fn get_objects(_: &Object, args: Arguments) -> Result<Owned> {
    let generation = match args.bind(&GET_OBJECTS)?[0] {
        None => None,
        Some(generation) if generation.is_none() => None,
        Some(generation) => match crate::object::number::is_index(generation) {
            true => Some(crate::object::number::as_ssize(
                generation,
                Some(crate::types::exceptions::object(&raw mut crate::types::exceptions::OverflowError)),
            )?),
            false => {
                let got = typeobject::tp_name(generation.ty());
                return Err(raise!(TypeError, "argument should be integer or None, not '{got}'"));
            }
        },
    };
    let generation = generation.unwrap_or(-1);
    audit::audit_with(c"gc.get_objects", || tuple::from_slice(&[&*long::from_i64(generation as i64)?]))?;
    if generation >= GENERATIONS as isize {
        return Err(raise!(
            ValueError,
            "generation parameter must be less than the number of available generations ({GENERATIONS})"
        ));
    }
    if generation < -1 {
        return Err(raise!(ValueError, "generation parameter cannot be negative"));
    }
    let generation = usize::try_from(generation).ok();
    list::from_owned(tracked::objects(generation))
}

fn get_stats(_: &Object) -> Result<Owned> {
    let stats = collect::stats();
    let generation = |i: usize| -> Result<Owned> {
        let figures = dict::new()?;
        dict::set_str(&figures, "collections", &*long::from_i64(stats[i].collections as i64)?)?;
        dict::set_str(&figures, "collected", &*long::from_i64(stats[i].collected as i64)?)?;
        dict::set_str(&figures, "uncollectable", &*long::from_i64(stats[i].uncollectable as i64)?)?;
        Ok(figures)
    };
    list::from_owned((0..GENERATIONS).map(generation).collect::<Result<_>>()?)
}

fn is_tracked(_: &Object, o: &Object) -> Result<bool> {
    // SAFETY: a live object; only collectable ones have the header.
    Ok(unsafe { gc::is_gc(o.as_ptr()) && gc::is_tracked(o.as_ptr()) })
}

fn is_finalized(_: &Object, o: &Object) -> Result<bool> {
    // SAFETY: a live object; only collectable ones have the header.
    Ok(unsafe { gc::is_gc(o.as_ptr()) && gc::is_finalized(o.as_ptr()) })
}

fn get_referrers(_: &Object, wanted: &[&Object]) -> Result<Owned> {
    audit::audit_with(c"gc.get_referrers", || tuple::from_slice(&[&*tuple::from_slice(wanted)?]))?;
    let found: Vec<Owned> = tracked::objects(None).into_iter().filter(|o| tracked::refers_to(o, wanted)).collect();
    list::from_owned(found)
}

fn get_referents(_: &Object, objects: &[&Object]) -> Result<Owned> {
    audit::audit_with(c"gc.get_referents", || tuple::from_slice(&[&*tuple::from_slice(objects)?]))?;
    list::from_owned(objects.iter().flat_map(|o| tracked::referents(o)).collect())
}

fn freeze(_: &Object) -> Result<()> {
    tracked::freeze();
    Ok(())
}

fn unfreeze(_: &Object) -> Result<()> {
    tracked::unfreeze();
    Ok(())
}

fn get_freeze_count(_: &Object) -> Result<isize> {
    Ok(tracked::frozen())
}
