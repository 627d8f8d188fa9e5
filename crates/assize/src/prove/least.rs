//! The least that something comes to among all subjects of a space that show something: regions
//! are cut off where nothing in them is smaller than what was found, and split elsewhere.
//!
//! What is found is a subject that the evaluator has scored. It is called the least only where the
//! search has gone through every region.

use super::form::{Constraint, Form, Relation};
use super::from_plan::Sketch;
use super::goal::{Place, possible, shown};
use super::interval::Interval;
use super::search::{STEPS, Search, Step, anywhere, decimal};
use super::simplex::{self, least};
use super::space::{Choice, Region};
use super::witness::{Run, Witness};
use crate::model::InputId;
use crate::number::Rational;
use crate::plan::Plan;
use crate::value::{Cell, Value};

/// What is to be as small as possible.
#[derive(Clone, Debug)]
pub(crate) enum Aim {
    /// What changes cost, all together.
    Changes(Vec<Price>),
    /// A figure, or what lies below zero by as much.
    Figure { place: Place, greatest: bool },
    /// By how much one figure lies below another.
    Apart { more: Place, less: Place },
}

/// What the change of one datum costs.
#[derive(Clone, Debug)]
pub(crate) struct Price {
    pub(crate) input: InputId,
    /// The option of a map.
    pub(crate) key: Option<usize>,
    pub(crate) of: Priced,
}

/// How it is counted.
#[derive(Clone, Debug)]
pub(crate) enum Priced {
    /// By how far a figure moves; `cost` stands for |new − now| / unit in the space.
    Moved {
        now: Rational,
        unit: Rational,
        cost: Form,
    },
    /// By which option is chosen.
    Chosen {
        choice: Choice,
        costs: Vec<Rational>,
    },
}

/// The smallest that was found.
#[derive(Clone, Debug)]
pub(crate) struct Smallest {
    pub(crate) value: Rational,
    pub(crate) witness: Witness,
    /// Where no subject has the least value itself: what it comes as near to as one likes.
    pub(crate) limit: Option<Rational>,
}

/// How a search for the least ended.
#[derive(Clone, Debug)]
pub(crate) struct Lowest {
    pub(crate) found: Option<Smallest>,
    /// Whether it falls for ever.
    pub(crate) endless: bool,
    /// Whether every region was gone through: what was found is the least, and nothing found means
    /// that there is nothing.
    pub(crate) proved: bool,
    pub(crate) regions: u32,
}

impl Aim {
    /// What it comes to at least in a region, as a form.
    fn form(&self, sketch: &Sketch<'_, '_>, region: &Region) -> Option<Form> {
        match self {
            Self::Figure { place, greatest } => {
                let symbol = sketch.at(place.0, place.1);
                let form = symbol.form()?;
                Some(if *greatest {
                    form.negated()
                } else {
                    form.clone()
                })
            }
            Self::Apart { more, less } => {
                let (more, less) = (sketch.at(more.0, more.1), sketch.at(less.0, less.1));
                Some(less.form()?.minus(more.form()?))
            }
            Self::Changes(prices) => {
                let mut sum = Form::constant(Rational::ZERO);
                for price in prices {
                    match &price.of {
                        Priced::Moved { cost, .. } => sum = sum.plus(cost),
                        Priced::Chosen { choice, costs } => {
                            let among = region.choice(*choice);
                            let left = costs.iter().enumerate().filter(|(place, _)| {
                                u32::try_from(*place)
                                    .ok()
                                    .and_then(|place| among.checked_shr(place))
                                    .is_some_and(|bits| bits & 1 == 1)
                            });
                            let least = left.map(|(_, cost)| cost).min()?;
                            sum = sum.plus(&Form::constant(least.clone()));
                        }
                    }
                }
                Some(sum)
            }
        }
    }

    /// What it comes to for a subject.
    pub(super) fn measure(&self, runs: &[Run], plan: &Plan) -> Option<Rational> {
        match self {
            Self::Figure { place, greatest } => {
                let own = number(runs, *place)?;
                Some(if *greatest { -own } else { own.clone() })
            }
            Self::Apart { more, less } => Some(number(runs, *less)? - number(runs, *more)?),
            Self::Changes(prices) => {
                let cells = &runs.first()?.cells;
                let mut sum = Rational::ZERO;
                for price in prices {
                    let node = plan.inputs.get(price.input.index())?;
                    let cell = match (cells.get(node.index())?, price.key) {
                        (Cell::Value(Value::Map(keys)), Some(key)) => keys.get(key)?,
                        (cell, _) => cell,
                    };
                    let own = match (&price.of, cell) {
                        (Priced::Moved { now, unit, .. }, Cell::Value(Value::Number(value))) => {
                            (value - now).abs().checked_div(unit).ok()?
                        }
                        (Priced::Chosen { costs, .. }, Cell::Value(Value::Flag(flag))) => {
                            costs.get(usize::from(*flag))?.clone()
                        }
                        (Priced::Chosen { costs, .. }, Cell::Value(Value::Option(option))) => {
                            costs.get(*option as usize)?.clone()
                        }
                        _ => return None,
                    };
                    sum += own;
                }
                Some(sum)
            }
        }
    }
}

impl Search<'_, '_> {
    /// Looks for the subject for which the aim is least, if it is less than `below`; `found` is one
    /// that is known already.
    pub(crate) fn lowest(
        mut self,
        aim: &Aim,
        found: Option<Smallest>,
        below: Option<&Rational>,
    ) -> Lowest {
        let mut lowest = Lowest {
            found,
            endless: false,
            proved: true,
            regions: 0,
        };
        let mut open = vec![self.whole()];
        while let Some(region) = open.pop() {
            if lowest.regions >= self.budget {
                lowest.proved = false;
                break;
            }
            lowest.regions = lowest.regions.saturating_add(1);
            match self.lower(&region, aim, below, &mut lowest) {
                Step::Split(parts) => open.extend(parts.into_iter().rev()),
                Step::Cut | Step::Found(_) => {}
                Step::Stuck => lowest.proved = false,
            }
            if lowest.endless {
                break;
            }
        }
        lowest
    }

    /// Whether the aim falls for ever along one way out of a corner.
    pub(super) fn falls_for_ever(&mut self, aim: &Aim, way: &Region) -> bool {
        let mut lowest = Lowest {
            found: None,
            endless: false,
            proved: true,
            regions: 0,
        };
        self.lower(way, aim, None, &mut lowest);
        lowest.endless
    }

    /// What the aim does not fall below, as far as that can be told without looking for a subject:
    /// for spaces in which figures are taken as they come.
    pub(super) fn lower_bound(mut self, aim: &Aim, regions: &mut u32) -> Option<Rational> {
        let mut bound: Option<Rational> = None;
        let mut open = vec![self.whole()];
        while let Some(region) = open.pop() {
            if *regions >= self.budget {
                return None;
            }
            *regions = regions.saturating_add(1);
            let mut sketch = Sketch::new(self.space, &region, &self.wanted, None);
            if sketch.closed || !self.admits(&mut sketch) {
                continue;
            }
            if !self.goals.iter().all(|goal| possible(&mut sketch, goal)) || sketch.closed {
                continue;
            }
            let form = aim.form(&sketch, &region)?;
            let bounds: Vec<&Interval> = sketch.bounds.iter().collect();
            let (point, value) = match least(&bounds, &sketch.conditions, &form, STEPS) {
                simplex::Least::Never => continue,
                simplex::Least::At { point, value, .. } => (point, value),
                simplex::Least::Endless(_) | simplex::Least::Unknown => return None,
            };
            if bound.as_ref().is_some_and(|bound| value >= *bound) {
                continue;
            }
            match self.split(&region, &sketch, &point, &[]) {
                Step::Split(parts) => open.extend(parts.into_iter().rev()),
                Step::Cut | Step::Found(_) | Step::Stuck => bound = Some(value),
            }
        }
        bound
    }

    fn lower(
        &mut self,
        region: &Region,
        aim: &Aim,
        below: Option<&Rational>,
        lowest: &mut Lowest,
    ) -> Step {
        let mut sketch = Sketch::new(self.space, region, &self.wanted, None);
        if sketch.closed || !self.admits(&mut sketch) {
            return Step::Cut;
        }
        for goal in self.goals {
            if !possible(&mut sketch, goal) || sketch.closed {
                return Step::Cut;
            }
        }
        let form = aim.form(&sketch, region);
        let bar = match &lowest.found {
            Some(Smallest {
                limit: Some(limit), ..
            }) => Some((limit, Relation::AtLeast)),
            Some(found) => Some((&found.value, Relation::Above)),
            None => below.map(|below| (below, Relation::Above)),
        };
        if let (Some(form), Some((bar, relation))) = (&form, bar) {
            let bar = sketch.lifted(&Form::constant(bar.clone()).minus(form));
            sketch.require(bar, relation);
            if sketch.closed {
                return Step::Cut;
            }
        }
        let bounds: Vec<&Interval> = sketch.bounds.iter().collect();
        let nothing = Form::constant(Rational::ZERO);
        let aimed = form.as_ref().unwrap_or(&nothing);
        let (point, limit, endless) = match least(&bounds, &sketch.conditions, aimed, STEPS) {
            simplex::Least::Never => return Step::Cut,
            simplex::Least::At {
                point,
                value,
                attained,
            } => (point, Some((value, attained)), false),
            simplex::Least::Endless(point) => (point, None, true),
            simplex::Least::Unknown => (anywhere(&sketch), None, false),
        };
        let limit = limit.filter(|_| form.is_some());
        // Nothing below what only comes near to the same limit.
        if let (
            Some((value, false)),
            Some(Smallest {
                limit: Some(old), ..
            }),
        ) = (&limit, &lowest.found)
            && value >= old
        {
            return Step::Cut;
        }
        let (mut here, tried) = self.measured(region, &point, aim);
        let attains = |here: &Option<(Rational, Witness)>| match (here, &limit) {
            (Some((value, _)), Some((least, true))) => value == least,
            _ => false,
        };
        let decided = sketch.open.is_empty();
        if decided && !attains(&here) {
            // Figures without end may have kept the point from being written.
            if let (Some((value, true)), Some(form)) = (&limit, &form) {
                let stays = form.minus(&Form::constant(value.clone()));
                sketch
                    .conditions
                    .push(Constraint::new(stays, Relation::Equal));
                let other = decimal(&sketch, point.clone());
                sketch.conditions.pop();
                let other = other.and_then(|point| self.measured(region, &point, aim).0);
                here = other.filter(|other| other.0 == *value).or(here);
            }
            if here.is_none() {
                let other = decimal(&sketch, point.clone());
                here = other.and_then(|point| self.measured(region, &point, aim).0);
            }
        }
        let attained = attains(&here);
        if let Some((value, witness)) = here {
            let better = match &lowest.found {
                Some(found) => value < found.value,
                None => below.is_none_or(|below| value < *below),
            };
            let nears = decided && !attained && limit.is_some();
            if better || nears {
                lowest.found = Some(Smallest {
                    value,
                    witness,
                    limit: limit
                        .as_ref()
                        .filter(|_| nears)
                        .map(|(limit, _)| limit.clone()),
                });
            }
            lowest.endless |= decided && endless;
            if attained || nears || lowest.endless {
                return Step::Cut;
            }
        }
        self.split(region, &sketch, &point, &tried)
    }

    /// Of the subjects at a point that show the goals, the one for which the aim is least; and what
    /// came of the last one.
    fn measured(
        &self,
        region: &Region,
        point: &[Rational],
        aim: &Aim,
    ) -> (Option<(Rational, Witness)>, Vec<Run>) {
        let plan = self.space.instances.first().map(|instance| instance.plan);
        let mut best: Option<(Rational, Witness)> = None;
        let mut tried = Vec::new();
        for witness in Witness::candidates(self.space, region, point) {
            // One subject may be asked for what the other is not.
            if !witness.is_alike(self.space) {
                continue;
            }
            let runs = witness.runs(self.space);
            let shows = self.are_judged(&runs) && self.goals.iter().all(|goal| shown(&runs, goal));
            let measured = plan.and_then(|plan| aim.measure(&runs, plan));
            if let Some(value) = measured.filter(|_| shows)
                && best.as_ref().is_none_or(|(best, _)| value < *best)
            {
                best = Some((value, witness));
            }
            tried = runs;
        }
        (best, tried)
    }
}

fn number(runs: &[Run], place: Place) -> Option<&Rational> {
    runs.get(place.0)?.cells.get(place.1.index())?.as_number()
}
