//! `marshal.h`.
