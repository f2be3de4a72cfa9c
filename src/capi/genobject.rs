//! `genobject.h`.
