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

/// Where the values of a key lie, by which lines are looked up.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) bounds: Bounds,
    /// Ends that are declared as left out: `above 0`, `below 100`.
    pub(super) without: Vec<Rational>,
}

impl Reach {
    /// The bounds, with their ends.
    pub(super) const fn closed(bounds: Bounds) -> Self {
        Self {
            bounds,
            without: Vec::new(),
        }
    }

    fn takes(&self, value: &Rational) -> bool {
        self.bounds.low.as_ref().is_none_or(|low| low <= value)
            && self.bounds.high.as_ref().is_none_or(|high| value <= high)
            && !self.without.contains(value)
    }

    /// Where the values of the one or the other lie.
    pub(super) fn widest(&self, other: &Self) -> Self {
        let (a, b) = (&self.bounds, &other.bounds);
        let both = self.without.iter().chain(&other.without);
        Self {
            bounds: Bounds {
                low: a.low.clone().zip(b.low.clone()).map(|(a, b)| a.min(b)),
                high: a.high.clone().zip(b.high.clone()).map(|(a, b)| a.max(b)),
                grid: a.grid.clone().filter(|grid| Some(grid) == b.grid.as_ref()),
            },
            without: both
                .filter(|end| !self.takes(end) && !other.takes(end))
                .cloned()
                .collect(),
        }
    }
}

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

    /// Where the values of a key lie, which stands at a node of the plan where it is known.
    pub(super) fn reach(&self, key: ExprId, node: Option<NodeId>) -> Reach {
        Reach {
            bounds: node.map_or_else(|| self.of(key), |node| self.at(node)),
            without: self.left_out(key).unwrap_or_default(),
        }
    }

    /// The ends that are declared as left out of the range of an input, or of a member of a row;
    /// of what is computed none is known.
    fn left_out(&self, mut key: ExprId) -> Option<Vec<Rational>> {
        for _ in 0..MOST_NAMES {
            let input = match &self.model.expr(key)?.kind {
                ExprKind::Input(id) => self.model.input(*id)?,
                ExprKind::Figure(id) => match self.model.figure(*id)?.kind {
                    FigureKind::Let(value) => {
                        key = value;
                        continue;
                    }
                    _ => return None,
                },
                ExprKind::Member(row, field) => {
                    let record = self.model.record(self.model.row(*row)?.record?)?;
                    record.fields.get(*field as usize)?.given.as_ref()?
                }
                _ => return None,
            };
            let by_default = input.default.map(|default| self.model.constant(default));
            let ends = [&input.low, &input.high].into_iter().flatten();
            let left_out = ends
                .filter(|end| !end.included)
                .filter_map(|end| self.model.constant(end.at));
            // A default that is computed may come to anything.
            return Some(match by_default {
                Some(None) => Vec::new(),
                Some(Some(default)) => left_out.filter(|end| *end != default).collect(),
                None => left_out.collect(),
            });
        }
        None
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
