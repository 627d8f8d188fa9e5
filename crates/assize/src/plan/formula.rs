//! Formulas as they were written, with places for the values: `60 * done / due`.
//!
//! Taken from the source text between the figures that a formula reads; blanks and line ends become
//! one blank, comments go. A formula too long to be read at a glance is left out: its figures are
//! listed instead. Rows of data have no value that could be read in a formula and keep their name.

use super::NodeId;
use super::from_model::Builder;
use crate::model::{ExprId, ExprKind, Type};
use crate::text::Span;

/// Formulas of more bytes are not shown.
const READ_AT_A_GLANCE: usize = 240;

/// A stretch of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// As it is written.
    Text(String),
    /// A figure: what people call it, and where its value is.
    Figure(String, NodeId, Type),
}

impl Builder<'_> {
    /// The formula of an expression; nothing where it is one figure, reads none, or is long.
    pub(super) fn formula(&self, id: ExprId) -> Vec<Piece> {
        let pieces = self.pieces(id);
        let figures = pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Figure(..)));
        let text = pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Text(text) if !text.is_empty()));
        if figures && text { pieces } else { Vec::new() }
    }

    /// A condition as it is written, figures by the names that people know; nothing where it is
    /// long.
    pub(super) fn condition(&self, id: ExprId) -> Option<String> {
        let pieces = self.pieces(id);
        let written = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Figure(name, ..) => name.as_str(),
        });
        (!pieces.is_empty()).then(|| written.collect())
    }

    /// What is written between the figures of an expression, and they; nothing where it is long.
    fn pieces(&self, id: ExprId) -> Vec<Piece> {
        let Some(whole) = self.model.expr(id).map(|expr| expr.span) else {
            return Vec::new();
        };
        if whole.range().len() > READ_AT_A_GLANCE {
            return Vec::new();
        }
        let mut figures = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let Some(expr) = self.model.expr(id) else {
                continue;
            };
            // `given x` asks whether there is a value, not for the value.
            if matches!(expr.kind, ExprKind::Given(_)) {
                continue;
            }
            if !has_rows(&expr.of)
                && let Some(node) = self.read_node(&expr.kind)
                && let Some(shown) = self.model.shown(&expr.kind)
                && whole.start <= expr.span.start
                && expr.span.end <= whole.end
            {
                figures.push((expr.span, shown, node, expr.of.clone()));
            }
            expr.kind.operands(|operand| open.push(operand));
        }
        figures.sort_by_key(|(span, ..)| *span);
        figures.dedup_by_key(|(span, ..)| *span);
        let mut pieces = Vec::new();
        let mut at = whole.start;
        for (span, shown, node, of) in figures {
            pieces.push(Piece::Text(written(self.text, at, span.start)));
            pieces.push(Piece::Figure(shown, node, of));
            at = span.end;
        }
        pieces.push(Piece::Text(written(self.text, at, whole.end)));
        pieces
    }
}

/// A stretch of the source with single blanks and without comments.
pub(crate) fn written(text: &str, start: u32, end: u32) -> String {
    let mut plain = String::new();
    for line in Span::new(start, end).of(text).lines() {
        let mut quoted = false;
        let comment = line.find(|c: char| {
            quoted ^= matches!(c, '"' | '“' | '”' | '「' | '」');
            !quoted && matches!(c, '#' | '＃')
        });
        plain.push_str(line.get(..comment.unwrap_or(line.len())).unwrap_or(line));
        plain.push('\n');
    }
    // `lines` gives no line end behind the last line that had none.
    plain.pop();
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if blank(plain.chars().next()) { " " } else { "" };
    let after = if blank(plain.chars().next_back()) && !words.is_empty() {
        " "
    } else {
        ""
    };
    format!("{before}{words}{after}")
}

/// Whether a value is rows, or data under free names.
fn has_rows(of: &Type) -> bool {
    match of {
        Type::Record(_) | Type::Named(_) => true,
        Type::List(element) => has_rows(element),
        _ => false,
    }
}
