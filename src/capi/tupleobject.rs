//! `tupleobject.h`.
