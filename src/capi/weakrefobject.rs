//! `weakrefobject.h`.
