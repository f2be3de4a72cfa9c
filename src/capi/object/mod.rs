//! `object.h`: objects in `objects`, types in `types`.

mod lifetime;
mod objects;
mod types;
