//! `fileobject.h`.
