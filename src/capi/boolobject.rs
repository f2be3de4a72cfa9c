//! `boolobject.h`.
