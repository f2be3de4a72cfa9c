//! `critical_section.h`.
