//! `pyerrors.h`.
