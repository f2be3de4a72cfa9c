//! Module objects.
