//! `pydebug.h`.
