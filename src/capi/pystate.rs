//! `pystate.h`.
