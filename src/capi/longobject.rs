//! `longobject.h`.
