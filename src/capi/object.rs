//! `object.h`.
