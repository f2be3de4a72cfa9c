//! `pybuffer.h`.
