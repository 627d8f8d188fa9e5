//! Writes sentences for people in both languages.
//!
//! The core keeps its own macro to itself; this one has the same shape. Absent on purpose: any
//! choice of language, which is made where something is printed.

/// Writes [`assize::text::Words`]: the English format string, then the Chinese one, both with
/// inline captures.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        assize::text::Words {
            en: format!($en),
            zh: format!($zh),
        }
    };
}
pub(crate) use words;
