//! `pystrcmp.h`.
