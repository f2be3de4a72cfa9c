//! `frameobject.h`.
