//! Where the value of an expression can lie, as far as the bounds of the plan tell it.
//!
//! Literals, inputs and figures have bounds; what is composed of them in place has none here, and
//! a check that meets it says nothing.

use std::collections::BTreeMap;

use crate::model::{Bound, ExprId, ExprKind, FigureId, Model, Type};
use crate::number::Rational;
use crate::plan::{NodeId, Plan};
use crate::value::bounds::Bounds;

pub(super) struct Ranges<'a> {
    model: &'a Model,
    plan: &'a Plan,
    bounds: &'a [Bounds],
    figures: BTreeMap<FigureId, NodeId>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(model: &'a Model, plan: &'a Plan, bounds: &'a [Bounds]) -> Self {
        let figures = plan
            .figures
            .iter()
            .map(|planned| (planned.figure, planned.value));
        Self {
            model,
            plan,
            bounds,
            figures: figures.collect(),
        }
    }

    /// The bounds of a node.
    pub(super) fn at(&self, node: NodeId) -> Bounds {
        self.bounds.get(node.index()).cloned().unwrap_or_default()
    }

    /// The bounds of an expression.
    pub(super) fn of(&self, expr: ExprId) -> Bounds {
        if let Some(value) = self.model.constant(expr) {
            return Bounds {
                low: Some(value.clone()),
                high: Some(value),
                grid: None,
            };
        }
        let node = match self.model.expr(expr).map(|expr| &expr.kind) {
            Some(ExprKind::Input(id)) => self.plan.inputs.get(id.index()).copied(),
            Some(ExprKind::Figure(id)) => self.figures.get(id).copied(),
            _ => None,
        };
        let mut bounds = match node {
            Some(node) => self.at(node),
            None => self.of_member(expr).unwrap_or_default(),
        };
        if self.model.expr(expr).map(|expr| &expr.of) == Some(&Type::Count) {
            bounds.low = Some(
                bounds
                    .low
                    .map_or(Rational::ZERO, |low| low.max(Rational::ZERO)),
            );
            bounds.grid = bounds.grid.or(Some(Rational::ONE));
        }
        bounds
    }

    /// The range in which data gives a member of a row.
    fn of_member(&self, expr: ExprId) -> Option<Bounds> {
        let ExprKind::Member(row, field) = self.model.expr(expr)?.kind else {
            return None;
        };
        let record = self.model.record(self.model.row(row)?.record?)?;
        let given = record.fields.get(field as usize)?.given.as_ref()?;
        let end = |bound: &Option<Bound>| self.model.constant(bound.as_ref()?.at);
        Some(Bounds {
            low: end(&given.low),
            high: end(&given.high),
            grid: None,
        })
    }
}
