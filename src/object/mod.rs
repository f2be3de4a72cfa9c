//! Objects from the outside: owning and borrowing them, errors, and the protocols that work through a type's slots.

pub mod above;
pub mod args;
pub mod attr;
pub mod audit;
pub mod boundary;
pub mod buffers;
pub mod call;
pub mod compare;
pub mod dir;
pub mod error;
pub mod hash;
pub mod isinstance;
pub mod iter;
pub mod lifecycle;
pub mod mapping;
pub mod message;
pub mod native;
pub mod number;
pub mod ptr;
pub mod repr;
pub mod sequence;
pub mod slots;
pub mod suggestions;
pub mod watchers;

pub use boundary::{BorrowedReturn, IntoC, api, raw_bytes, store_optional, this, until};
pub use error::{Raised, Result};
pub use ptr::{Object, Owned};
