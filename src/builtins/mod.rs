//! The modules that the runtime brings.
