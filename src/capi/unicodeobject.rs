//! `unicodeobject.h`.
