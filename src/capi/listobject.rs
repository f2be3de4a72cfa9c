//! `listobject.h`.
