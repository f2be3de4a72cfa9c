//! `context.h`.
