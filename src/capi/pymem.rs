//! `pymem.h`.
