//! Static types of extensions that every interpreter has for itself (`_PyStaticType_InitForExtension`).
//!
//! The struct is shared by interpreters, like those of the runtime's own types, and nobody writes to it once it is
//! ready. What the extension's module puts into the type's dict belongs to the interpreter that imports it. So each
//! interpreter has a dict of its own and `tp_dict` is NULL (see `shared_dict::dict_of`). A new dict is filled from the
//! type as the extension wrote it: a copy of that is kept, since a type that is ready has its bases' slots too.

use super::{cache, fill, has_flag, ready, subclasses};
use crate::abi::*;
use crate::mem::forever::Life;
use crate::mem::{refcount, share};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, none, table, tuple};
use std::ptr;

/// So many there can be in a process.
pub const MOST: usize = 32;

struct Extension {
    ty: *mut PyTypeObject,
    written: PyTypeObject,
    /// Its dict says that instances have no hash.
    unhashable: bool,
}

/// Each stands at its number, counted on from those of `types::table`. Read and written by [`init`] only.
static mut EXTENSIONS: Vec<Extension> = Vec::new();

/// Each interpreter has the type for itself.
pub fn is_one(ty: *mut PyTypeObject) -> bool {
    has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) && subclasses::number(ty) > table::count()
}

/// Gives the attached interpreter the type, which becomes ready where it is not. A type that is ready by other means is
/// left as it is.
///
/// # Safety
/// `ty` is a static type; one thread of the process comes here at a time.
pub unsafe fn init(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let all = &mut *(&raw mut EXTENSIONS);
        let dict = match all.iter().find(|known| known.ty == ty) {
            Some(_) if subclasses::static_dict(ty).is_some() => return Ok(()),
            Some(known) => filled(known)?,
            None if has_flag(ty, Py_TPFLAGS_READY) => return Ok(()),
            None => {
                if all.len() == MOST {
                    return Err(raise!(SystemError, "more than {MOST} static types of extensions"));
                }
                let written = ptr::read(ty);
                let dict = first(ty, table::count() + all.len(), &written)?;
                let unhashable = dict::get(&dict, name!(__hash__))?.is_some_and(|hash| hash.is_none());
                all.push(Extension { ty, written, unhashable });
                dict
            }
        };
        subclasses::set_static_dict(ty, dict);
        for base in tuple::items(Object::from_ptr((*ty).tp_bases)) {
            subclasses::add_extension(base.cast(), ty);
        }
    }
    Ok(())
}

/// Makes the type ready, as number `index`. Its dict, for this interpreter. A type that can't be is as it was.
unsafe fn first(ty: *mut PyTypeObject, index: usize, written: &PyTypeObject) -> Result<Owned> {
    // SAFETY: nobody else uses the type yet.
    unsafe {
        (*ty).tp_flags |= Py_TPFLAGS_IMMUTABLETYPE | _Py_TPFLAGS_STATIC_BUILTIN;
        subclasses::set_number(ty, index);
        refcount::make_immortal(ty.cast());
        if let Err(raised) = ready::make_ready(ty, false) {
            let made =
                [((*ty).tp_dict, written.tp_dict), ((*ty).tp_bases, written.tp_bases), ((*ty).tp_mro, written.tp_mro)];
            ptr::write(ty, ptr::read(written));
            for (now, before) in made {
                if now != before {
                    refcount::xdecref(now);
                }
            }
            return Err(raised);
        }
        share::everything_from(&[(*ty).tp_bases, (*ty).tp_mro]);
        cache::assign_version(ty);
        Ok(Owned::from_raw(std::mem::replace(&mut (*ty).tp_dict, ptr::null_mut())))
    }
}

/// A dict for one more interpreter.
unsafe fn filled(known: &Extension) -> Result<Owned> {
    let ty = known.ty;
    // SAFETY: a ready type; the copy's tables and suites are the extension's own.
    unsafe {
        let dict = dict::with_room(fill::count(ty))?;
        if known.written.tp_new.is_some() && !has_flag(ty, Py_TPFLAGS_DISALLOW_INSTANTIATION) {
            fill::add_new_wrapper(ty, &dict, Life::Counted)?;
        }
        fill::fill(ty, (&raw const known.written).cast_mut(), &dict, Life::Counted)?;
        if known.unhashable && !dict::contains(&dict, name!(__hash__))? {
            dict::set(&dict, name!(__hash__), none::none_ref())?;
        }
        Ok(dict)
    }
}
