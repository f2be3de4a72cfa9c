//! `pycapsule.h`.
