//! `import.h`.
