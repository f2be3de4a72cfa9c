//! `modsupport.h`.
