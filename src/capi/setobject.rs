//! `setobject.h`.
