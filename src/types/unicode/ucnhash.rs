//! Names of characters, for `\N{...}` and the error handler "namereplace".

/// The name of `ch` (without aliases and named sequences). `None` if it has none.
pub fn name(_ch: u32) -> Option<String> {
    None
}

/// The character with this name or alias, in any letter case.
pub fn code(_name: &[u8]) -> Option<u32> {
    None
}
