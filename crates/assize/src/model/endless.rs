//! Figures without end: roots, powers and logarithms stand inside a rounding, with nothing between
//! them and it but signs and the four operations.
//!
//! Looked at once, when all is understood: whatever else would take such a figure (a line, a
//! condition, a list, a result) would have to take it unrounded.

use super::codes;
use super::from_syntax::Builder;
use super::types::Type;
use super::{ExprId, ExprKind};
use crate::diagnostic::Diagnostic;
use crate::text::words;

/// Operations inside each other under one rounding.
pub(crate) const DEEPEST: usize = 32;

impl Builder<'_> {
    /// Reports figures without end that are used unrounded.
    pub(super) fn endless(&mut self) {
        let exprs = &self.model.exprs;
        let mut rounded = vec![false; exprs.len()];
        // How deep the formula below each is; operands stand before what uses them.
        let mut depths = vec![0_usize; exprs.len()];
        for (place, expr) in exprs.iter().enumerate() {
            let is_formula = expr.of == Type::Irrational && is_operation(&expr.kind);
            if !is_formula && !matches!(expr.kind, ExprKind::Round(..)) {
                continue;
            }
            let mut deepest = 0_usize;
            expr.kind.operands(|operand: ExprId| {
                if let Some(slot) = rounded.get_mut(operand.index()) {
                    *slot = true;
                }
                deepest = deepest.max(depths.get(operand.index()).copied().unwrap_or(0));
            });
            if is_formula && let Some(slot) = depths.get_mut(place) {
                *slot = deepest.saturating_add(1);
            }
        }
        let unrounded = exprs
            .iter()
            .zip(rounded)
            .filter(|(expr, rounded)| {
                expr.of == Type::Irrational && is_operation(&expr.kind) && !rounded
            })
            .map(|(expr, _)| expr.span);
        let too_deep = exprs
            .iter()
            .zip(depths)
            .filter(|(_, depth)| *depth == DEEPEST.saturating_add(1))
            .map(|(expr, _)| expr.span);
        let (unrounded, too_deep): (Vec<_>, Vec<_>) = (unrounded.collect(), too_deep.collect());
        for span in unrounded {
            self.unrounded(span);
        }
        for span in too_deep {
            self.say(Diagnostic::new(
                &codes::ROUNDING_IMPOSSIBLE,
                span,
                words!(
                    "more than {DEEPEST} operations with figures without end stand under one rounding; round some of the parts first",
                    "一次取舍之下的无尽小数运算超过 {DEEPEST} 层，请先对其中几部分分别取舍"
                ),
            ));
        }
    }
}

/// Whether a figure is made by an operation that a rounding looks through.
const fn is_operation(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Negate(_) | ExprKind::Binary(..) | ExprKind::Irrational(..)
    )
}
