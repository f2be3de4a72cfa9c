//! `bytearrayobject.h`.
