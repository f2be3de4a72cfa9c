//! Memory: allocation domains, reference counts and immortality, free lists, the headers of collectable objects.

pub mod arenas;
pub mod cradle;
pub mod debug;
pub mod domains;
pub mod forever;
pub mod freelist;
pub mod gc;
#[allow(non_camel_case_types, reason = "the names are C's")]
pub mod hashtable;
pub mod refcount;
pub mod regions;
pub mod share;
pub mod tracer;
