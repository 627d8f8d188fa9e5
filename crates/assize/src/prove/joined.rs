//! One of several symbols, where it is not known which.

use super::form::Form;
use super::from_plan::Sketch;
use super::interval::Interval;
use super::space::Grid;
use super::symbol::{Lacks, Many, Symbol, Symbolic};
use crate::plan::NodeId;
use std::rc::Rc;

impl Sketch<'_, '_> {
    /// One of several symbols that is a part of what a node gives: a region that narrows the node
    /// says nothing of its parts.
    pub(super) fn one_of(&mut self, symbols: &[Symbol]) -> Symbol {
        self.joined(NodeId(u32::MAX), symbols)
    }

    /// One of several symbols, it is not known which: the value of the node.
    pub(super) fn joined(&mut self, node: NodeId, symbols: &[Symbol]) -> Symbol {
        let lacks = symbols
            .iter()
            .fold(Lacks::NONE, |lacks, symbol| lacks.and(symbol.lacks));
        let with_value: Vec<&Symbol> = symbols
            .iter()
            .filter(|symbol| symbol.may_have_value())
            .collect();
        let value = match with_value.as_slice() {
            [] => Symbolic::Never,
            [one] => one.value.clone(),
            [first, rest @ ..] => match self.hull(&with_value) {
                // The value of the node itself, which a region may narrow.
                Some((hull, grid)) if rest.iter().any(|own| own.form() != first.form()) => {
                    Symbolic::Number(self.curve(node, hull, grid))
                }
                _ => {
                    let mut value = first.value.clone();
                    for other in rest {
                        value = self.both(node, &value, &other.value);
                    }
                    value
                }
            },
        };
        Symbol { value, lacks }
    }

    /// The bounds and steps of several figures; none where one is no figure.
    pub(super) fn hull(&self, symbols: &[&Symbol]) -> Option<(Interval, Option<Grid>)> {
        let mut around: Option<Interval> = None;
        for symbol in symbols {
            let own = self.interval(symbol.form()?);
            around = Some(around.map_or(own.clone(), |around| around.hull(&own)));
        }
        let forms = symbols.iter().filter_map(|symbol| symbol.form());
        let mut grids = forms.map(|form| self.any_grid(form));
        let first = grids.next().flatten();
        let steps = first.and_then(|first| grids.try_fold(first, |all, own| all.common(&own?)));
        Some((around?, steps.and_then(Grid::moving)))
    }

    pub(super) fn both(&mut self, node: NodeId, a: &Symbolic, b: &Symbolic) -> Symbolic {
        match (a, b) {
            (Symbolic::Never, other) | (other, Symbolic::Never) => other.clone(),
            (Symbolic::Number(x), Symbolic::Number(y)) => {
                if x == y {
                    return a.clone();
                }
                let hull = self.interval(x).hull(&self.interval(y));
                let grid = self.common_grid(x, y);
                Symbolic::Number(self.plain_curve(hull, grid))
            }
            (Symbolic::Flag(x), Symbolic::Flag(y)) => Symbolic::Flag(x | y),
            (Symbolic::Option(x), Symbolic::Option(y)) => Symbolic::Option(x | y),
            (Symbolic::Fixed(x), Symbolic::Fixed(y)) if x.len() == y.len() => {
                Symbolic::Fixed(self.pairwise(x, y))
            }
            (Symbolic::Record(x), Symbolic::Record(y)) if x.len() == y.len() => {
                Symbolic::Record(self.pairwise(x, y))
            }
            (Symbolic::Fixed(_) | Symbolic::Many(_), Symbolic::Fixed(_) | Symbolic::Many(_)) => {
                let both = [Symbol::of(a.clone()), Symbol::of(b.clone())];
                let mut elements = Vec::new();
                let mut count: Option<Interval> = None;
                for symbol in &both {
                    let (element, own) = self.any_element(node, symbol);
                    elements.push(element);
                    let own = self.interval(&own);
                    count = Some(count.map_or(own.clone(), |count| count.hull(&own)));
                }
                let element = self.one_of(&elements);
                let count = self.some(node, count.unwrap_or(Interval::ALL));
                Symbolic::Many(Rc::new(Many { element, count }))
            }
            (Symbolic::Weights(x), Symbolic::Weights(y)) if x == y => a.clone(),
            _ => Symbolic::Any,
        }
    }

    pub(super) fn pairwise(&mut self, x: &[Symbol], y: &[Symbol]) -> Rc<[Symbol]> {
        x.iter()
            .zip(y)
            .map(|(a, b)| self.one_of(&[a.clone(), b.clone()]))
            .collect()
    }

    pub(super) fn common_grid(&self, x: &Form, y: &Form) -> Option<Grid> {
        self.any_grid(x)?.common(&self.any_grid(y)?)?.moving()
    }

    /// The steps of a form, where a figure that never changes is a step of nothing.
    pub(super) fn any_grid(&self, form: &Form) -> Option<Grid> {
        Grid::of_any(form, &self.grids)
    }
}
