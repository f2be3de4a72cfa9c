//! `ceval.h`.
