//! `fileutils.h`.
