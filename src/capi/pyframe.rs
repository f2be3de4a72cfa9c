//! `pyframe.h`.
