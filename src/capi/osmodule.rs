//! `osmodule.h`.
