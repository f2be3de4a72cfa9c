//! `lock.h`.
