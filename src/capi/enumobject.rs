//! `enumobject.h`.
