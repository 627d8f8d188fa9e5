//! How a region that is left open is split: first where a candidate went another way than the symbols
//! of the region, then wherever it might go; curves, which can be halved for ever, come last.

use std::collections::VecDeque;

use super::form::Var;
use super::from_plan::{Open, Sketch};
use super::goal::{Goal, Place};
use super::interval::{End, Interval};
use super::reach::{refusing, want};
use super::search::{Search, Step};
use super::space::{Choice, Region, Spot};
use super::symbol::{Symbol, Symbolic};
use super::witness::Run;
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{Gives, NodeId, Op, Plan};
use crate::value::{Cell, Value};

impl<'a> Search<'_, 'a> {
    /// Splits a region where a candidate, which does not show it after all, went another way than
    /// the region's symbols.
    pub(super) fn split(
        &mut self,
        region: &Region,
        sketch: &Sketch<'_, 'a>,
        point: &[Rational],
        tried: &[Run],
    ) -> Step {
        let mut suspects: Vec<Place> = Vec::new();
        for (index, run) in tried.iter().enumerate() {
            let Some(instance) = self.space.instances.get(index) else {
                continue;
            };
            if let Outcome::Error(_) | Outcome::NoResult(_) = run.outcome {
                let mut more = false;
                for node in refusing(instance.model, instance.plan, &run.cells) {
                    suspects.push((index, node));
                    more |= !self.is_wanted(index, node);
                }
                // What refuses the candidate counts from now on.
                if more {
                    for (own, node) in &suspects {
                        want(self.space, &mut self.wanted, (*own, *node));
                    }
                    return Step::Split(vec![region.clone()]);
                }
            }
        }
        suspects.extend(self.goals.iter().flat_map(Goal::places));
        // First where the candidate went another way, then wherever it might go; curves, which can
        // be halved for ever, come last.
        for (strict, curves) in [(true, false), (false, false), (true, true), (false, true)] {
            let off = Off {
                sketch,
                point,
                runs: if strict { tried } else { &[] },
                inside: &self.inside,
            };
            for spot in self.decisions(&off, &suspects) {
                let is_curve = matches!(sketch.open.get(&spot), Some(Open::Curve(_)));
                if is_curve == curves
                    && let Some(parts) = self.parts(region, sketch, spot)
                {
                    return Step::Split(parts);
                }
            }
            if strict
                && !curves
                && let Some(parts) = self.off_grid(region, sketch, point)
            {
                return Step::Split(parts);
            }
        }
        // Whatever else is open.
        let all: Vec<Spot> = sketch.open.keys().copied().collect();
        for spot in all {
            if let Some(parts) = self.parts(region, sketch, spot) {
                return Step::Split(parts);
            }
        }
        Step::Stuck
    }

    /// A figure that must lie on steps, and does not.
    fn off_grid(
        &self,
        region: &Region,
        sketch: &Sketch<'_, 'a>,
        point: &[Rational],
    ) -> Option<Vec<Region>> {
        for (at, grid) in sketch.grids.iter().enumerate() {
            let (Some(grid), Some(value)) = (grid, point.get(at)) else {
                continue;
            };
            if grid.holds(value) {
                continue;
            }
            let (below, above) = (grid.floor(value)?, grid.ceil(value)?);
            let below = Interval {
                low: None,
                high: Some(End::closed(below)),
            };
            let above = Interval::at_least(above);
            let var = Var(u32::try_from(at).ok()?);
            let narrowed = |to: &Interval| self.narrowed(region, sketch, var, to);
            if let (Some(below), Some(above)) = (narrowed(&below), narrowed(&above)) {
                return Some(vec![below, above]);
            }
        }
        None
    }

    /// A region in which a variable lies in a stretch; none for one that stands for any row.
    fn narrowed(
        &self,
        region: &Region,
        sketch: &Sketch<'_, 'a>,
        var: Var,
        to: &Interval,
    ) -> Option<Region> {
        let mut own = region.clone();
        let inputs = self.space.bounds.len();
        if var.index() < inputs {
            let grid = self.space.grids.get(var.index()).and_then(Option::as_ref);
            own.narrow(var, to, grid);
            return Some(own);
        }
        let spot = sketch.made_at.get(var.index().checked_sub(inputs)?)?;
        if spot.node == NodeId(u32::MAX) {
            return None;
        }
        let narrowed = own.narrowed.entry(*spot).or_insert(Interval::ALL);
        *narrowed = narrowed.meet(to);
        Some(own)
    }

    /// The open nodes on which some nodes depend, those nearest to them first; only through nodes
    /// that a candidate left.
    fn decisions(&self, off: &Off<'_, '_, 'a>, nodes: &[Place]) -> Vec<Spot> {
        let mut found = Vec::new();
        let mut seen: Vec<Vec<bool>> = self
            .space
            .instances
            .iter()
            .map(|instance| vec![false; instance.plan.nodes.len()])
            .collect();
        let mut queue: VecDeque<Place> = nodes.iter().copied().collect();
        while let Some((index, node)) = queue.pop_front() {
            let plan = self.space.instances.get(index).map(|own| own.plan);
            let slot = seen
                .get_mut(index)
                .and_then(|seen| seen.get_mut(node.index()));
            let (Some(plan), Some(slot)) = (plan, slot) else {
                continue;
            };
            if std::mem::replace(slot, true) {
                continue;
            }
            let instance = self.space.instances.get(index);
            if let Some(first) = instance.and_then(|instance| instance.same(node)) {
                queue.push_back((0, first));
                continue;
            }
            if !off.left((index, node)) {
                continue;
            }
            let first = Spot {
                instance: index,
                node,
                path: 0,
            };
            let last = Spot {
                path: u64::MAX,
                ..first
            };
            if !off.sketch.assumed.contains(&(index, node)) {
                found.extend(off.sketch.open.range(first..=last).map(|(spot, _)| *spot));
            }
            let operands = reads(off.sketch, plan, (index, node));
            queue.extend(operands.into_iter().map(|operand| (index, operand)));
        }
        found
    }

    /// The parts into which an open node splits a region.
    fn parts(&self, region: &Region, sketch: &Sketch<'_, 'a>, spot: Spot) -> Option<Vec<Region>> {
        match sketch.open.get(&spot)? {
            Open::Choice(choice) => {
                let among = region.choice(*choice);
                let first = among & among.wrapping_neg();
                let rest = among & !first;
                if first == 0 || rest == 0 {
                    return None;
                }
                // What is given comes before what is not, few rows before many.
                let parts = if self.is_presence(*choice) {
                    [rest, first]
                } else {
                    [first, rest]
                };
                Some(
                    parts
                        .into_iter()
                        .map(|bits| {
                            let mut own = region.clone();
                            own.choose(*choice, bits);
                            own
                        })
                        .collect(),
                )
            }
            Open::Comparison(form, which) => {
                if let [(var, factor)] = form.terms.as_slice()
                    && let Ok(at) = (-&form.constant).checked_div(factor)
                {
                    let above = Interval::at_least(at.clone());
                    let below = Interval {
                        low: None,
                        high: Some(End::open(at.clone())),
                    };
                    let (above, below) = if factor.is_negative() {
                        (
                            Interval {
                                low: None,
                                high: Some(End::closed(at.clone())),
                            },
                            Interval {
                                low: Some(End::open(at)),
                                high: None,
                            },
                        )
                    } else {
                        (above, below)
                    };
                    let narrowed = |to: &Interval| self.narrowed(region, sketch, *var, to);
                    if let (Some(above), Some(below)) = (narrowed(&above), narrowed(&below)) {
                        return Some(vec![above, below]);
                    }
                }
                if region.facts.contains_key(&(spot, *which)) {
                    return None;
                }
                Some(
                    [true, false]
                        .into_iter()
                        .map(|holds| {
                            let mut own = region.clone();
                            own.facts.insert((spot, *which), holds);
                            own
                        })
                        .collect(),
                )
            }
            Open::Curve(var) => {
                let middle = middle(sketch.bounds.get(var.index())?)?;
                let below = Interval {
                    low: None,
                    high: Some(End::closed(middle.clone())),
                };
                let above = Interval {
                    low: Some(End::open(middle)),
                    high: None,
                };
                Some(vec![
                    self.narrowed(region, sketch, *var, &below)?,
                    self.narrowed(region, sketch, *var, &above)?,
                ])
            }
        }
    }

    fn is_presence(&self, choice: Choice) -> bool {
        self.space.presences.contains(&choice)
    }
}

/// What a node reads: of rows that a loop made, the one member that it takes.
fn reads(sketch: &Sketch<'_, '_>, plan: &Plan, (index, node): Place) -> Vec<NodeId> {
    let mut operands = Vec::new();
    let Some(op) = plan.op(node) else {
        return operands;
    };
    match op {
        Op::Column { of, field } | Op::Member { of, field } => {
            let list = match plan.op(*of) {
                Some(Op::Row { over, .. }) => *over,
                _ => *of,
            };
            let members = |symbol: &Symbol| match &symbol.value {
                Symbolic::Record(members) => Some(members.len()),
                _ => None,
            };
            let row = match &sketch.at(index, list).value {
                Symbolic::Many(many) => members(&many.element),
                Symbolic::Fixed(all) => all.first().and_then(members),
                _ => None,
            };
            match (plan.op(list), row) {
                (
                    Some(Op::Rows {
                        row,
                        gives: Gives::Fields(given) | Gives::Extended(given),
                        only,
                        ..
                    }),
                    Some(count),
                ) => {
                    operands.extend(only);
                    let own = count.saturating_sub(given.len());
                    match field.checked_sub(own) {
                        Some(place) => operands.extend(given.get(place)),
                        None => operands.push(*row),
                    }
                }
                _ => operands.push(*of),
            }
        }
        Op::Carried { slot, first } => {
            operands.push(*first);
            let handed = plan.nodes.iter().filter_map(|op| match op {
                Op::Carry { slot: own, becomes } if own == slot => Some(*becomes),
                _ => None,
            });
            operands.extend(handed);
        }
        // What a loop gives comes before what it goes through.
        Op::Rows {
            row, only, gives, ..
        } => {
            match gives {
                Gives::One(node) => operands.push(*node),
                Gives::Fields(list) | Gives::Extended(list) => operands.extend(list),
            }
            operands.extend(only);
            operands.push(*row);
        }
        op => op.operands(|operand| operands.push(operand)),
    }
    operands
}

/// Where a candidate went another way than the point of the region from which it was made.
struct Off<'o, 's, 'a> {
    sketch: &'o Sketch<'s, 'a>,
    point: &'o [Rational],
    runs: &'o [Run],
    /// The nodes inside loops, of which a run keeps nothing.
    inside: &'o [Vec<bool>],
}

impl Off<'_, '_, '_> {
    fn left(&self, (index, node): Place) -> bool {
        let Some(run) = self.runs.get(index) else {
            return true;
        };
        let inside = self.inside.get(index);
        if inside.and_then(|inside| inside.get(node.index())) == Some(&true) {
            return true;
        }
        let symbol = self.sketch.at(index, node);
        let Some(cell) = run.cells.get(node.index()) else {
            return true;
        };
        match (&symbol.value, cell) {
            (Symbolic::Number(form), Cell::Value(Value::Number(value))) => {
                form.at(self.point) != *value
            }
            (Symbolic::Flag(answers), Cell::Value(Value::Flag(_))) => answers.count_ones() > 1,
            (Symbolic::Option(among), Cell::Value(Value::Option(_))) => among.count_ones() > 1,
            (Symbolic::Never, Cell::Absent(_)) => false,
            _ => true,
        }
    }
}

/// A figure inside a stretch that parts it: the middle, or far out where it has no end.
fn middle(of: &Interval) -> Option<Rational> {
    let two = Rational::from_integer(2);
    let (one, zero) = (Rational::ONE, Rational::ZERO);
    match (&of.low, &of.high) {
        (Some(low), Some(high)) => {
            let middle = (&low.at + &high.at).checked_div(&two).ok()?;
            (middle != low.at && middle != high.at).then_some(middle)
        }
        (Some(low), None) if low.at.is_negative() => Some(zero),
        (Some(low), None) => Some((&low.at * &two).max(one)),
        (None, Some(high)) if high.at.signum() > 0 => Some(zero),
        (None, Some(high)) => Some((&high.at * &two).min(-one)),
        (None, None) => Some(zero),
    }
}
