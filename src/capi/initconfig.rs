//! `initconfig.h`.
