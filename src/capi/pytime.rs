//! `pytime.h`.
