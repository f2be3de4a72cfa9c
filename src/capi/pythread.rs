//! `pythread.h`.
