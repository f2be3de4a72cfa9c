//! `abstract.h`.
