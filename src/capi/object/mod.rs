//! `object.h`: objects in `objects`, types in `types`.

mod objects;
mod types;
