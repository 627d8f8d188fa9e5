//! The same formula written twice: what two places compute, compared by what they are made of and
//! not by where they stand.
//!
//! Formulas that go through the rows of a list are never said to be the same.

use std::fmt::Write as _;

use crate::model::{ExprId, ExprKind, Model};
use crate::number::Rational;
use crate::syntax::BinaryOp;

/// How many parts a formula may have to be compared with others.
const MOST_PARTS: usize = 256;

/// What an expression computes, as one word: two with the same word compute the same. None where
/// that cannot be told.
pub(super) fn shape(model: &Model, id: ExprId) -> Option<String> {
    let mut word = String::new();
    let mut open = vec![id];
    let mut parts = 0_usize;
    while let Some(id) = open.pop() {
        parts = parts.checked_add(1).filter(|parts| *parts <= MOST_PARTS)?;
        let expr = model.expr(id)?;
        let mut operands = Vec::new();
        expr.kind.operands(|operand| operands.push(operand));
        let written = match &expr.kind {
            ExprKind::Number(value) => write!(word, "{value}:{:?} ", expr.of),
            ExprKind::Option(option) => write!(word, "{option}:{:?} ", expr.of),
            ExprKind::Flag(flag) => write!(word, "{flag} "),
            ExprKind::Text(text) => write!(word, "{text:?} "),
            ExprKind::Date(date) => write!(word, "{date:?} "),
            ExprKind::Time(time) => write!(word, "{time:?} "),
            ExprKind::Input(id) => write!(word, "{id:?} "),
            ExprKind::Either(id) => write!(word, "{id:?} "),
            ExprKind::Figure(id) => write!(word, "{id:?} "),
            ExprKind::Member(row, field) => write!(word, "{row:?}.{field} "),
            ExprKind::Not(_) => write!(word, "not "),
            ExprKind::Negate(_) => write!(word, "minus "),
            ExprKind::Given(_) => write!(word, "given "),
            ExprKind::Otherwise(..) => write!(word, "otherwise "),
            ExprKind::If(..) => write!(word, "if{} ", operands.len()),
            ExprKind::IsOneOf(..) => write!(word, "among{} ", operands.len()),
            ExprKind::Binary(op, ..) => write!(word, "{op:?} "),
            ExprKind::Aggregate(kind, _) => write!(word, "{kind:?}{} ", operands.len()),
            ExprKind::TableOf(table, _) => write!(word, "{table:?}{} ", operands.len()),
            ExprKind::Round(mode, step, _) => write!(word, "{mode:?}{step:?} "),
            ExprKind::Rows(input, each) => write!(word, "{input:?}{each:?} "),
            ExprKind::Column { field, .. } => write!(word, "column{field} "),
            ExprKind::At(..) => write!(word, "at "),
            ExprKind::SkippingMissing(_) => write!(word, "skipping "),
            _ => return None,
        };
        written.ok()?;
        open.extend(operands);
    }
    Some(word)
}

/// The formula behind factors that only change the unit, such as `rate * 100`.
pub(super) fn without_factors(model: &Model, id: ExprId) -> ExprId {
    let mut id = id;
    while let Some(expr) = model.expr(id) {
        id = match expr.kind {
            ExprKind::Binary(BinaryOp::Times | BinaryOp::Over, of, by)
                if model.constant(by).is_some_and(|by| by > Rational::ZERO) =>
            {
                of
            }
            ExprKind::Binary(BinaryOp::Times, by, of)
                if model.constant(by).is_some_and(|by| by > Rational::ZERO) =>
            {
                of
            }
            _ => break,
        };
    }
    id
}
