//! `dictobject.h`.
