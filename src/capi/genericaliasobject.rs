//! `genericaliasobject.h`.
