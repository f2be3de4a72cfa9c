//! `bytesobject.h`.
