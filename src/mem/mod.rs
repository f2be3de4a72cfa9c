//! Memory: allocation domains, reference counts and immortality, free lists, the cycle collector.

pub mod arenas;
pub mod collect;
pub mod debug;
pub mod domains;
pub mod freelist;
pub mod gc;
pub mod refcount;
pub mod share;
pub mod tracer;
