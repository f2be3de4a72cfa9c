//! `classobject.h`.
