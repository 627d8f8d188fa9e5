//! Formatting with a proof: the new text is read again and compared before anybody writes it to a
//! file.

use std::fmt;

use super::{Keywords, comments, format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::mistakes::codes;
use crate::syntax::same_meaning::first_difference;
use crate::syntax::{Block, Kind, Tree, parse};
use crate::text::{Limits, Span, Words, words};

/// Why a text was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// The text has mistakes outside single statements (a brace that is not closed, a limit that
    /// is passed), so that laying it out would be guessing: `scheme a { item b {`.
    Unreadable(Vec<Diagnostic>),
    /// The new text would not say the same as this statement. A mistake of the formatter.
    Changed(Span),
    /// The new text would lack a comment, or have one more. A mistake of the formatter.
    CommentLost(String),
    /// The new text would be laid out differently again. A mistake of the formatter.
    Unstable,
}

impl FormatError {
    /// What is wrong, for people.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Unreadable(_) => words!(
                "The text has mistakes that go beyond one statement; it was left as it is. Run `assize check` and mend them first.",
                "文本中有超出单条语句的错误，未作改动。请先用 assize check 查出并改正。"
            ),
            Self::Changed(_) => words!(
                "Formatting would have changed the meaning of a statement, so the text was left as it is. This is a mistake of the formatter; please report it.",
                "排版会改变语句的含义，因此未作改动。这是排版程序的缺陷，请反馈给我们。"
            ),
            Self::CommentLost(comment) => words!(
                "Formatting would have lost or doubled the comment `{comment}`, so the text was left as it is. Please put the comment on a line of its own.",
                "排版会丢失或重复注释“{comment}”，因此未作改动。请把该注释单独写成一行。"
            ),
            Self::Unstable => words!(
                "Formatting twice would give two different texts, so the text was left as it is. This is a mistake of the formatter; please report it.",
                "两次排版的结果不一致，因此未作改动。这是排版程序的缺陷，请反馈给我们。"
            ),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl std::error::Error for FormatError {}

/// Lays out a text, and proves that meaning and comments are kept and that the result is stable.
///
/// Statements with mistakes of their own stay as they are.
///
/// ```
/// use assize::syntax::{Keywords, format_checked};
/// use assize::text::Limits;
///
/// let typed = "方案 s ｛ 指标 a 满分１０ ｛ 起评10；每 b 扣２ ｝ ｝ # 草稿";
/// let english = format_checked(typed, &Limits::default(), Keywords::English)?;
/// let expected = "scheme s {
///     item a out of 10 {
///         start at 10
///         deduct 2 per b
///     }
/// }
/// ## 草稿
/// ";
/// assert_eq!(english, expected);
/// # Ok::<(), assize::syntax::FormatError>(())
/// ```
///
/// # Errors
///
/// Where the text cannot be laid out safely; nothing is then to be written.
pub fn format_checked(
    text: &str,
    limits: &Limits,
    keywords: Keywords,
) -> Result<String, FormatError> {
    let before = parse(text, limits);
    let holes = holes(&before.tree);
    let outside = before.diagnostics.into_iter().filter(|diagnostic| {
        let within =
            |hole: &Span| hole.start <= diagnostic.span.start && diagnostic.span.end <= hole.end;
        // Where there is no scheme, and where a brace is missing, the finding is about more than
        // the statement that it points to.
        let beyond = [
            &codes::NO_SCHEME,
            &codes::BLOCK_NOT_CLOSED,
            &codes::BLOCK_NOT_OPENED,
            &codes::STRAY_BRACE,
        ];
        let outside = beyond.contains(&diagnostic.code) || !holes.iter().any(within);
        diagnostic.severity() == Severity::Error && outside
    });
    let outside: Vec<Diagnostic> = outside.collect();
    if !outside.is_empty() {
        return Err(FormatError::Unreadable(outside));
    }

    let formatted = format(&before.tree, text, keywords);
    let (had, has) = (comments::of_text(text), comments::of_text(&formatted));
    if let Some(lost) = first_unequal(&had, &has) {
        return Err(FormatError::CommentLost(lost.to_owned()));
    }
    let after = parse(&formatted, limits);
    if let Some(difference) = first_difference(&before.tree, &after.tree) {
        return Err(FormatError::Changed(difference.first));
    }
    let kept = self::holes(&after.tree);
    let pairs = holes.iter().zip(&kept);
    for (old, new) in pairs {
        if old.of(text) != new.of(&formatted) {
            return Err(FormatError::Changed(*old));
        }
    }
    if format(&after.tree, &formatted, keywords) != formatted {
        return Err(FormatError::Unstable);
    }
    Ok(formatted)
}

/// The first word that stands in only one of two sorted lists.
fn first_unequal<'t>(one: &[&'t str], other: &[&'t str]) -> Option<&'t str> {
    let differing = one.iter().zip(other).find(|(one, other)| one != other);
    match differing {
        Some((one, other)) => Some(one.min(other)),
        None => one
            .get(other.len())
            .or_else(|| other.get(one.len()))
            .copied(),
    }
}

/// The places of everything that could not be read.
fn holes(tree: &Tree) -> Vec<Span> {
    let mut holes = Vec::new();
    let mut open: Vec<&Block> = vec![&tree.scheme.body];
    while let Some(block) = open.pop() {
        for statement in &block.statements {
            if let Kind::Hole(_) = statement.kind {
                holes.push(statement.span);
            } else {
                open.extend(statement.blocks());
            }
        }
    }
    holes.sort_unstable();
    holes
}
