//! `iterobject.h`.
