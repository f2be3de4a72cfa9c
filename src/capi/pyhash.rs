//! `pyhash.h`.
