//! `pythonrun.h`.
