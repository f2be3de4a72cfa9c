//! `funcobject.h`.
