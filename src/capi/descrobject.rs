//! `descrobject.h`.
