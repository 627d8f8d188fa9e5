//! What is wrong with a scheme, as data: a code, a place, words in both languages, and where
//! there is one, the text to write instead.
//!
//! Nothing is rendered here. The codes stand where the mistakes are found (`syntax::mistakes`,
//! `model::codes`, one file each in `check`) and are listed in [`codes`](crate::codes).

use serde::Serialize;

use crate::text::{Span, Words};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing needs to change.
    Note,
    /// Probably not what was meant; the scheme can still be used.
    Warning,
    /// The scheme cannot be used until it is mended.
    Error,
}

/// A kind of finding: its stable name and the page that explains it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name, in kebab case: `weights-not-whole`.
    pub name: &'static str,
    /// How grave findings of this kind are.
    pub severity: Severity,
    /// What is wrong and how to mend it, in English.
    pub page_en: &'static str,
    /// 哪里不对、怎样改正。
    pub page_zh: &'static str,
    /// A whole scheme that has the mistake; the tests check that it is found there.
    pub wrong: &'static str,
    /// The same scheme without the mistake; the tests check that it is not found there.
    pub right: &'static str,
}

/// Text that replaces a stretch of the source and mends the finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What is replaced; an empty stretch is a place to insert at.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

/// A second place that matters to a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub words: Words,
}

/// One finding in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: &'static Code,
    /// The place, without the comments and blanks around it.
    pub span: Span,
    /// What is wrong.
    pub message: Words,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to write instead, in words.
    pub help: Option<Words>,
    /// What to write instead, as text.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding with nothing but its place and its words.
    #[must_use]
    pub const fn new(code: &'static Code, span: Span, message: Words) -> Self {
        Self {
            code,
            span,
            message,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn with_label(mut self, span: Span, words: Words) -> Self {
        self.labels.push(Label { span, words });
        self
    }

    /// Adds what to write instead, in words.
    #[must_use]
    pub fn with_help(mut self, words: Words) -> Self {
        self.help = Some(words);
        self
    }

    /// Adds what to write instead, as text.
    #[must_use]
    pub fn with_fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// How grave it is: what its code says.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity
    }
}
