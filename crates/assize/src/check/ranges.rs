//! Where the value of an expression can lie, as far as the bounds of the plan tell it.
//!
//! Literals, inputs and figures have bounds; what is composed of them in place has none here, and
//! a check that meets it says nothing.

use std::collections::BTreeMap;

use crate::model::{ExprId, ExprKind, FigureId, Model};
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
        node.map(|node| self.at(node)).unwrap_or_default()
    }
}
