//! `refcount.h`.
