//! `objimpl.h`.
