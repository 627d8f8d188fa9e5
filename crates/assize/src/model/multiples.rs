//! Multiples: figures with a bare figure in front, such as the `60 * done` of `60 * done / due`.
//!
//! A quotient of two counts is a ratio, and regulations write the marks on either side of it:
//! `60 * done / due` means the same as `60 * (done / due)`, which is a number. So the figure in
//! front outlasts the division, also through a name (`let`), a sum of such products, a sign or a
//! rounding; so does a number or points that is multiplied first, `span * (x - a) / (b - a)`. A sum that has other terms beside them, such as `done + 2 * late`, stays what it was:
//! there the figure in front weighs a term, and the quotient is a share.

use super::from_syntax::Builder;
use super::types::Type;
use super::{ExprId, ExprKind, FigureKind};
use crate::syntax::{Aggregate, BinaryOp};

impl Builder<'_> {
    /// Notes whether an expression whose operands are understood is a multiple.
    pub(super) fn note_multiple(&mut self, id: ExprId) {
        if self.makes_multiple(id) {
            self.multiples.insert(id);
        }
    }

    fn makes_multiple(&self, id: ExprId) -> bool {
        let Some(expr) = self.model.expr(id) else {
            return false;
        };
        if matches!(expr.of, Type::Literal { .. }) {
            return false;
        }
        match &expr.kind {
            ExprKind::Binary(BinaryOp::Times, a, b) => {
                self.is_bare_figure(*a)
                    || self.is_bare_figure(*b)
                    || self.is_multiple(*a)
                    || self.is_multiple(*b)
                    || self.is_number(*a)
                    || self.is_number(*b)
            }
            ExprKind::Binary(BinaryOp::Plus | BinaryOp::Minus, a, b) => {
                self.all_multiples(&[*a, *b])
            }
            ExprKind::Binary(BinaryOp::Over, a, b) => {
                self.is_multiple(*a) && self.is_bare_figure(*b)
            }
            ExprKind::If(_, then, Some(otherwise)) => self.all_multiples(&[*then, *otherwise]),
            ExprKind::Aggregate(
                Aggregate::Sum | Aggregate::Mean | Aggregate::Min | Aggregate::Max,
                several,
            ) => self.all_multiples(several),
            ExprKind::Negate(a) | ExprKind::Round(_, _, a) => self.is_multiple(*a),
            ExprKind::Figure(figure) => match self.model.figure(*figure).map(|f| &f.kind) {
                Some(FigureKind::Let(value)) => self.is_multiple(*value),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the figure has a bare figure in front.
    pub(super) fn is_multiple(&self, id: ExprId) -> bool {
        self.multiples.contains(&id)
    }

    /// Whether a factor is a number or points, which a share of it is as well: the `span` of
    /// `span * (x - a) / (b - a)`.
    fn is_number(&self, id: ExprId) -> bool {
        matches!(
            self.model.expr(id).map(|expr| &expr.of),
            Some(Type::Number | Type::Points)
        )
    }

    fn is_bare_figure(&self, id: ExprId) -> bool {
        matches!(
            self.model.expr(id).map(|expr| &expr.of),
            Some(Type::Literal { .. })
        )
    }

    /// Whether each is a multiple or a bare figure.
    fn all_multiples(&self, ids: &[ExprId]) -> bool {
        ids.iter()
            .all(|id| self.is_multiple(*id) || self.is_bare_figure(*id))
    }
}
