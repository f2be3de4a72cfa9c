//! `codecs.h`.
