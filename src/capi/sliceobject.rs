//! `sliceobject.h`.
