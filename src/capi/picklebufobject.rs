//! `picklebufobject.h`.
