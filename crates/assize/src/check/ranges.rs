//! Where the values of expressions lie, as the prover knows it of the nodes that compute them.
//!
//! An expression inside a loop has a node in each loop that reads it: its values are those of all
//! elements of all of them. Where nothing is known of one of its nodes, or it never has a value,
//! nothing is said of the expression.

use std::collections::BTreeMap;

use crate::model::{ExprId, ExprKind, FigureId};
use crate::number::Rational;
use crate::plan::NodeId;
use crate::prove::Prover;
use crate::prove::interval::{End, Interval};
use crate::prove::space::Grid;
use crate::prove::symbol::{Symbol, Symbolic};
use crate::text::{Words, words};

/// Where the values of a figure lie, and on which steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) interval: Interval,
    pub(super) grid: Option<Grid>,
}

impl Reach {
    pub(super) fn new(interval: Interval, grid: Option<Grid>) -> Self {
        Self {
            interval: match &grid {
                Some(grid) => grid.within(&interval),
                None => interval,
            },
            grid,
        }
    }

    pub(super) fn takes(&self, value: &Rational) -> bool {
        self.interval.contains(value) && self.grid.as_ref().is_none_or(|grid| grid.holds(value))
    }

    /// Where the values of the one or the other lie.
    pub(super) fn widest(&self, other: &Self) -> Self {
        let steps = |reach: &Self| match reach.interval.point() {
            Some(value) => Some(Grid::of_one(value.clone())),
            None => reach.grid.clone(),
        };
        let common = steps(self).zip(steps(other));
        Self {
            interval: self.interval.hull(&other.interval),
            grid: common.and_then(|(a, b)| a.common(&b)?.moving()),
        }
    }

    /// The last value that is not above this one; the value itself where there are no steps.
    pub(super) fn floor(&self, value: &Rational) -> Rational {
        let floor = self.grid.as_ref().and_then(|grid| grid.floor(value));
        floor.unwrap_or_else(|| value.clone())
    }

    /// The first value that is not below this one; the value itself where there are no steps.
    pub(super) fn ceil(&self, value: &Rational) -> Rational {
        let ceil = self.grid.as_ref().and_then(|grid| grid.ceil(value));
        ceil.unwrap_or_else(|| value.clone())
    }
}

/// What a stretch says of a figure, behind its name.
pub(super) fn lies(interval: &Interval) -> Words {
    let (low, high) = (interval.low.as_ref(), interval.high.as_ref());
    if [low, high].into_iter().flatten().all(|end| end.included) {
        let shown =
            |end: Option<&End>| end.map_or_else(|| "…".to_owned(), |end| end.at.to_string());
        let (low, high) = (shown(low), shown(high));
        return words!("lies between {low} and {high}", "在 {low} 到 {high} 之间");
    }
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    if let Some(End { at, included }) = low {
        let (own_en, own_zh) = if *included {
            ("at least", "不小于")
        } else {
            ("above", "大于")
        };
        en.push(format!("{own_en} {at}"));
        zh.push(format!("{own_zh} {at}"));
    }
    if let Some(End { at, included }) = high {
        let (own_en, own_zh) = if *included {
            ("at most", "不大于")
        } else {
            ("below", "小于")
        };
        en.push(format!("{own_en} {at}"));
        zh.push(format!("{own_zh} {at}"));
    }
    let (en, zh) = (en.join(" and "), zh.join("、"));
    words!("is {en}", "{zh}")
}

pub(super) struct Ranges<'a> {
    pub(super) prover: &'a Prover<'a>,
    nodes: BTreeMap<ExprId, Vec<NodeId>>,
    figures: BTreeMap<FigureId, NodeId>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(prover: &'a Prover<'a>) -> Self {
        let mut nodes: BTreeMap<ExprId, Vec<NodeId>> = BTreeMap::new();
        for (expr, node) in &prover.plan.computed {
            nodes.entry(*expr).or_default().push(*node);
        }
        let figures = prover.plan.figures.iter();
        Self {
            prover,
            nodes,
            figures: figures
                .map(|planned| (planned.figure, planned.value))
                .collect(),
        }
    }

    /// The nodes that compute an expression.
    pub(super) fn nodes(&self, expr: ExprId) -> &[NodeId] {
        self.nodes.get(&expr).map_or(&[], Vec::as_slice)
    }

    /// Where the values of an expression lie.
    pub(super) fn of(&self, expr: ExprId) -> Option<Reach> {
        if let Some(value) = self.prover.model.constant(expr) {
            return Some(Reach::new(Interval::exactly(value), None));
        }
        if let Some(nodes) = self.nodes.get(&expr) {
            return hull(nodes.iter().map(|node| self.at(*node)));
        }
        // What nothing reads has a name, at least.
        match self.prover.model.expr(expr)?.kind {
            ExprKind::Input(id) => self.at(*self.prover.plan.inputs.get(id.index())?),
            ExprKind::Figure(id) => self.at(*self.figures.get(&id)?),
            _ => None,
        }
    }

    /// Where the values of a node lie, or those of the elements of a list.
    pub(super) fn at(&self, node: NodeId) -> Option<Reach> {
        self.of_symbol(&self.prover.symbol(node))
    }

    fn of_symbol(&self, symbol: &Symbol) -> Option<Reach> {
        match &symbol.value {
            Symbolic::Number(form) => Some(Reach::new(
                self.prover.interval_of(form),
                self.prover.grid_of(form),
            )),
            // Types bound how deep lists lie in lists.
            Symbolic::Fixed(all) => {
                let given = all.iter().filter(|own| own.may_have_value());
                hull(given.map(|own| self.of_symbol(own)))
            }
            Symbolic::Many(many) => self.of_symbol(&many.element),
            Symbolic::Never
            | Symbolic::Flag(_)
            | Symbolic::Option(_)
            | Symbolic::Record(_)
            | Symbolic::Weights(_)
            | Symbolic::Any => None,
        }
    }
}

/// Where the values of all lie; none where nothing is known of one.
pub(super) fn hull(all: impl IntoIterator<Item = Option<Reach>>) -> Option<Reach> {
    all.into_iter()
        .reduce(|a, b| Some(a?.widest(&b?)))
        .flatten()
}
