//! `methodobject.h`.
