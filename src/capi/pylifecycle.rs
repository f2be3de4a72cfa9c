//! `pylifecycle.h`.
