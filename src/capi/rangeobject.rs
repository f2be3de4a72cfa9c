//! `rangeobject.h`.
