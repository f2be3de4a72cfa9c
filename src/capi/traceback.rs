//! `traceback.h`.
