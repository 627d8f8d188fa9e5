//! What authors write by mistake that the syntax can see: one code each, with its page and a whole
//! small scheme that has the mistake and one that does not.
//!
//! A mistake is named for what is found. Where it is found stands beside the reading (`scan`,
//! `braces`, `from_text`), and how an unreadable statement is told apart stands in `clues`.

mod blocks;
mod forms;
mod letters;

/// The codes by name.
pub(crate) mod codes {
    pub(crate) use super::blocks::*;
    pub(crate) use super::forms::*;
    pub(crate) use super::letters::*;
}

use crate::diagnostic::Code;

/// Every code that the syntax reports.
pub(crate) static CODES: &[&Code] = &[
    &codes::LIMIT_PASSED,
    &codes::INVISIBLE_CHARACTER,
    &codes::UNKNOWN_SIGN,
    &codes::QUOTE_NOT_CLOSED,
    &codes::QUOTE_INSIDE_QUOTE,
    &codes::COMMENT_SIGN,
    &codes::OPERATOR_SIGN,
    &codes::FIGURE_FORM,
    &codes::FIGURE_NOT_EXACT,
    &codes::FIGURE_IN_WORDS,
    &codes::THOUSANDS_COMMA,
    &codes::UNIT_BEFORE_FIGURE,
    &codes::BAD_DATE,
    &codes::BLOCK_NOT_CLOSED,
    &codes::BLOCK_NOT_OPENED,
    &codes::STRAY_BRACE,
    &codes::NO_SCHEME,
    &codes::OUTSIDE_SCHEME,
    &codes::MISPLACED_STATEMENT,
    &codes::SECOND_STATEMENT,
    &codes::ROWS_NOT_SEPARATED,
    &codes::WORDS_GLUED,
    &codes::MISSPELLED_WORD,
    &codes::OTHER_WORDING,
    &codes::RESERVED_WORD,
    &codes::CAUSE_FIRST,
    &codes::CONDITION_WITH_IF,
    &codes::IF_WITHOUT_THEN,
    &codes::ROW_WITHOUT_CONDITION,
    &codes::EXPECTED_ARROW,
    &codes::EXPECTED_COLON,
    &codes::RANGE_WITH_HYPHEN,
    &codes::TWO_BOUNDS,
    &codes::CHAINED_COMPARISON,
    &codes::BRACKET_NOT_CLOSED,
    &codes::ARTICLE_WITHOUT_QUOTES,
    &codes::WRITTEN_TWICE,
    &codes::NOT_SAID,
    &codes::UNREADABLE,
];

/// Writes a code: its static name, its stable name, the pages, and the two schemes.
macro_rules! code {
    ($(#[$doc:meta])* $ident:ident $name:literal $en:literal $zh:literal
     wrong $wrong:literal right $right:literal) => {
        $(#[$doc])*
        pub(crate) static $ident: $crate::diagnostic::Code = $crate::diagnostic::Code {
            name: $name,
            severity: $crate::diagnostic::Severity::Error,
            page_en: $en,
            page_zh: $zh,
            wrong: $wrong,
            right: $right,
        };
    };
}
use code;
