//! `complexobject.h`.
