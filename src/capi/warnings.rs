//! `warnings.h`.
