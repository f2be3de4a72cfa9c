//! The marshal format: simple values, and code, as bytes. Version 5, and the older ones that may be asked for.
//!
//! Each value is a byte for its type and then its content, numbers with the lowest byte first. From version 3 on,
//! values that may be shared carry `FLAG_REF` in their first byte and are numbered in the order in which they begin;
//! where one comes again, the byte `r` and its number stand for it. The reader must number in the same order as the
//! writer, so a container takes its number before its items take theirs.
//!
//! ```text
//!   shared = []; dumps([shared, shared])  =  5b 02000000  db 00000000  72 00000000
//!                                            [  2 items   [| no items  r  number 0
//! ```

pub mod read;
pub mod write;

pub const VERSION: i32 = 5;

/// Set in the type of a value that later ones may refer to.
pub const FLAG_REF: u8 = 0x80;

/// Containers deeper than this are refused, in both directions.
const MAX_DEPTH: usize = 2000;
