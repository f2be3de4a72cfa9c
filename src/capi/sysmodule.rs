//! `sysmodule.h`.
