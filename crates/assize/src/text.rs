//! Places in a source text, the two languages of the words shown to people, and the limits that
//! a text must keep before anything else looks at it.
//!
//! A [`Span`] counts bytes of the text as it was given; it is turned into lines and columns only
//! where something is shown. Names are compared in Unicode normal form C.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// A stretch of the source text, in bytes, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` up to `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest stretch that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The stretch as a range of indices into the text.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of this stretch; empty where the stretch does not lie in `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// The language in which words are shown to people. The keywords of a scheme may be in either,
/// whatever is chosen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 中文。
    Chinese,
}

/// One sentence for people, in both languages, with its figures and names filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Words {
    /// The English words.
    pub en: String,
    /// 中文说法。
    pub zh: String,
}

impl Words {
    /// The words in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Writes [`Words`]: the English format string, then the Chinese one, both with inline captures.
macro_rules! words {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::text::Words {
            en: format!($en),
            zh: format!($zh),
        }
    };
}
pub(crate) use words;

/// What a text, and the data beside it, may be at most. Each limit that is passed is a named
/// error with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a scheme text.
    pub source_bytes: usize,
    /// Nesting of brackets, `if`s and unary signs inside one expression.
    pub expression_depth: usize,
    /// Terms (figures, names, signs) inside one statement.
    pub statement_terms: usize,
    /// Nesting of blocks.
    pub block_depth: usize,
    /// Statements in one scheme.
    pub statements: usize,
    /// Bytes of a name.
    pub name_bytes: usize,
    /// Bytes between two quotes.
    pub quoted_bytes: usize,
    /// Diagnostics reported for one text.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 1 << 20,
            expression_depth: 64,
            statement_terms: 10_000,
            block_depth: 32,
            statements: 10_000,
            name_bytes: 256,
            quoted_bytes: 64 << 10,
            diagnostics: 100,
        }
    }
}
