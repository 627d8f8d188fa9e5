//! Where the value of an expression can lie, as far as the bounds of the plan tell it.
//!
//! Literals, inputs, figures and members of rows have bounds; what is composed of them in place has
//! none here, and a check that meets it says nothing.

use std::collections::BTreeMap;

use crate::model::{Bound, ExprId, ExprKind, FigureId, FigureKind, Model, RecordId, RowKind, Type};
use crate::number::Rational;
use crate::plan::{NodeId, Plan};
use crate::syntax::Aggregate;
use crate::value::bounds::Bounds;

/// Through how many names that stand for each other a figure is followed.
const MOST_NAMES: usize = 64;

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
            None => Bounds::default(),
        };
        if bounds == Bounds::default() {
            bounds = self.of_member(expr).unwrap_or_default();
        }
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

    /// The range of a member of a row, or of one picked from a column of such members: that in which
    /// data gives it, or as far as a run can get.
    fn of_member(&self, expr: ExprId) -> Option<Bounds> {
        let mut expr = expr;
        let mut otherwise = Vec::new();
        let widened = |mut bounds: Bounds, otherwise: Vec<Rational>| {
            for value in otherwise {
                bounds.low = bounds.low.map(|low| low.min(value.clone()));
                bounds.high = bounds.high.map(|high| high.max(value.clone()));
                bounds.grid = bounds.grid.filter(|_| value.is_integer());
            }
            bounds
        };
        for _ in 0..MOST_NAMES {
            let (record, field) = match &self.model.expr(expr)?.kind {
                ExprKind::Member(row, field) => (self.model.row(*row)?.record?, *field),
                ExprKind::Column { list, field } => {
                    let Type::List(row) = &self.model.expr(*list)?.of else {
                        return None;
                    };
                    let Type::Record(record) = **row else {
                        return None;
                    };
                    (record, *field)
                }
                ExprKind::Aggregate(Aggregate::Min | Aggregate::Max | Aggregate::Median, of) => {
                    let [of] = of.as_slice() else { return None };
                    expr = *of;
                    continue;
                }
                ExprKind::Figure(id) => match self.model.figure(*id)?.kind {
                    FigureKind::Let(value) => {
                        expr = value;
                        continue;
                    }
                    _ => return None,
                },
                ExprKind::SkippingMissing(of) => {
                    expr = *of;
                    continue;
                }
                ExprKind::Otherwise(of, value) => {
                    otherwise.push(self.model.constant(*value)?);
                    expr = *of;
                    continue;
                }
                _ => return None,
            };
            let member = self.model.record(record)?.fields.get(field as usize)?;
            if let Some(given) = &member.given {
                let end = |bound: &Option<Bound>| self.model.constant(bound.as_ref()?.at);
                let bounds = Bounds {
                    low: end(&given.low),
                    high: end(&given.high),
                    grid: None,
                };
                return Some(widened(bounds, otherwise));
            }
            match computed(self.model, record, field, member.each?)? {
                RowKind::Let(value) => expr = *value,
                RowKind::Run { restarts, .. } => {
                    let bounds = Bounds {
                        low: Some(Rational::ZERO),
                        high: restarts.clone(),
                        grid: Some(Rational::ONE),
                    };
                    return Some(widened(bounds, otherwise));
                }
                _ => return None,
            }
        }
        None
    }
}

/// The line that computes a member of a row.
pub(super) fn computed(
    model: &Model,
    record: RecordId,
    field: u32,
    each: FigureId,
) -> Option<&RowKind> {
    let FigureKind::Each(each) = &model.figure(each)?.kind else {
        return None;
    };
    let mut open = vec![each];
    while let Some(each) = open.pop() {
        for line in &each.lines {
            if each.record == record && line.field == Some(field) {
                return Some(&line.kind);
            }
            if let RowKind::Each(inner) = &line.kind {
                open.push(inner);
            }
        }
    }
    None
}
