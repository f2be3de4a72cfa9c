//! `pyctype.h`.
