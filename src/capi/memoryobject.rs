//! `memoryobject.h`.
