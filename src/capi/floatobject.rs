//! `floatobject.h`.
