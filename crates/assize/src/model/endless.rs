//! Formulas under a rounding: between it and a root, power or logarithm stand nothing but signs and
//! the four operations, and not endlessly many of them.
//!
//! Looked at once, when all is understood. A branch or list in between would have to take a figure
//! without end unrounded.

use super::codes;
use super::from_syntax::Builder;
use super::types::Type;
use super::{ExprId, ExprKind};
use crate::diagnostic::Diagnostic;
use crate::text::words;

/// Operations inside each other under one rounding.
pub(crate) const DEEPEST: usize = 32;

impl Builder<'_> {
    /// Reports formulas that a rounding cannot look through.
    pub(super) fn endless(&mut self) {
        let exprs = &self.model.exprs;
        // How deep the formula below each is; operands stand before what uses them.
        let mut depths: Vec<usize> = Vec::with_capacity(exprs.len());
        for expr in exprs {
            let mut depth = 0_usize;
            if expr.of == Type::Irrational {
                expr.kind.operands(|operand: ExprId| {
                    depth = depth.max(depths.get(operand.index()).copied().unwrap_or(0));
                });
                depth = depth.saturating_add(1);
            }
            depths.push(depth);
        }
        let unrounded = exprs
            .iter()
            .filter(|expr| expr.of == Type::Irrational && !is_operation(&expr.kind))
            .map(|expr| expr.span);
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
