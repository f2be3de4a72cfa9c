//! `moduleobject.h`.
