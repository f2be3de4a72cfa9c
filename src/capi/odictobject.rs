//! `odictobject.h`.
