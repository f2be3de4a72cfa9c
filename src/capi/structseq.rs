//! `structseq.h`.
