//! `code.h`.
