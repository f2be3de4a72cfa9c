//! `pystrtod.h`.
