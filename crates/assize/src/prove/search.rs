//! The search for a subject that shows something: regions are gone through, cut off where nothing
//! can show it, and split where they leave open what counts.
//!
//! A point of a region is tried with the ordinary evaluator before the region is split. So what is
//! found is a true subject, and what is ruled out is ruled out for all; a search that ends at its
//! budget has shown nothing.

use super::form::Constraint;
use super::from_plan::Sketch;
use super::goal::{Goal, Place, assume, possible, shown};
use super::interval::Interval;
use super::reach::{coming_out, refusing_when_empty, wanted};
use super::simplex::{Feasible, feasible};
use super::space::{Region, Space};
use super::symbol::{Lacks, NO, Symbolic, YES};
use super::witness::{Run, Witness};
use crate::number::{Mode, Rational, Step as Unit};
use crate::outcome::Outcome;
use crate::plan::NodeId;
use crate::value::Cell;

/// How a search ended.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// No subject shows it.
    Never,
    /// This one does: its data, one for each plan of the space.
    Found(Witness),
    /// The budget ended first, or what counts cannot be reasoned about.
    Undecided,
}

/// How an answer was reached.
#[derive(Clone, Debug)]
pub(crate) struct Searched {
    pub(crate) answer: Answer,
    /// How many regions were looked at.
    pub(crate) regions: u32,
}

/// After how many regions a few subjects are tried at chance places, and how many.
const EARLY: u32 = 32;
const FEW: u32 = 16;

/// How often a variable may enter the basis for one region.
pub(super) const STEPS: u32 = 600;

/// One search.
pub(crate) struct Search<'s, 'a> {
    pub(crate) space: &'s Space<'a>,
    pub(crate) goals: &'s [Goal],
    /// Which nodes of each plan count.
    pub(super) wanted: Vec<Vec<bool>>,
    /// How many regions may be looked at.
    pub(super) budget: u32,
    /// The list of which any one element is looked at.
    pub(super) focus: Option<Place>,
    /// Whether what is found is shown to people, and therefore simplified.
    pub(super) simple: bool,
    /// Which nodes stand inside loops.
    pub(super) inside: Vec<Vec<bool>>,
}

/// What one region gives.
pub(super) enum Step {
    Cut,
    Found(Witness),
    Split(Vec<Region>),
    Stuck,
}

impl<'s, 'a> Search<'s, 'a> {
    pub(crate) fn new(space: &'s Space<'a>, goals: &'s [Goal], budget: u32) -> Self {
        let wanted = wanted(space, goals);
        Self {
            space,
            goals,
            wanted,
            budget,
            focus: None,
            simple: true,
            inside: space
                .instances
                .iter()
                .map(|instance| instance.plan.inside_loops())
                .collect(),
        }
    }

    /// Looks only whether there is a subject; nobody reads its figures.
    pub(crate) fn whether(mut self) -> Self {
        self.simple = false;
        self
    }

    /// Looks at any one element of a list, of which the goals speak. No subject is written down
    /// then: the search can only rule one out.
    pub(crate) fn of_any(mut self, focus: Place) -> Self {
        self.focus = Some(focus);
        self
    }

    /// Looks at no more regions than that.
    pub(crate) fn within(mut self, regions: u32) -> Self {
        self.budget = self.budget.min(regions);
        self
    }

    /// Looks for a subject.
    pub(crate) fn run(mut self) -> Searched {
        let mut open = vec![self.whole()];
        let mut regions = 0_u32;
        let mut stuck = false;
        // Some of the work is kept for the case that this decides nothing.
        let tries = self.tries();
        let most = self.budget.saturating_sub(tries);
        while let Some(region) = open.pop() {
            if regions >= most {
                stuck = true;
                break;
            }
            regions = regions.saturating_add(1);
            if regions == EARLY
                && let Some(witness) = self.scattered(FEW.min(tries))
            {
                return Searched {
                    answer: Answer::Found(witness),
                    regions,
                };
            }
            match self.step(&region) {
                Step::Cut => {}
                Step::Found(witness) => {
                    return Searched {
                        answer: Answer::Found(witness),
                        regions,
                    };
                }
                Step::Split(parts) => open.extend(parts.into_iter().rev()),
                // Elsewhere there may still be a subject.
                Step::Stuck => stuck = true,
            }
        }
        if !stuck {
            return Searched {
                answer: Answer::Never,
                regions,
            };
        }
        regions = regions.saturating_add(tries);
        let answer = match self.scattered(tries) {
            Some(witness) => Answer::Found(witness),
            None => Answer::Undecided,
        };
        Searched { answer, regions }
    }

    fn step(&mut self, region: &Region) -> Step {
        let mut sketch = Sketch::new(self.space, region, &self.wanted, self.focus);
        if sketch.closed || !self.admits(&mut sketch) {
            return Step::Cut;
        }
        if self.for_empty() && !self.may_refuse(&sketch) {
            return Step::Cut;
        }
        for goal in self.goals {
            if !possible(&mut sketch, goal) || sketch.closed {
                return Step::Cut;
            }
        }
        let point = match meet(&sketch) {
            Feasible::Never => return Step::Cut,
            Feasible::At(point) => Some(point),
            Feasible::Unknown => None,
        };
        let point = point.unwrap_or_else(|| anywhere(&sketch));
        let tried = match self.tried(region, &point) {
            Ok(witness) => return Step::Found(witness),
            Err(tried) => tried,
        };
        match self.split(region, &sketch, &point, &tried) {
            // Nothing is left open; figures without end may have kept the point from being written.
            Step::Stuck => match decimal(&sketch, point).map(|point| self.tried(region, &point)) {
                Some(Ok(witness)) => Step::Found(witness),
                _ => Step::Stuck,
            },
            step => step,
        }
    }

    /// A subject at a point that shows the goals, or what came of the last one tried.
    fn tried(&self, region: &Region, point: &[Rational]) -> Result<Witness, Vec<Run>> {
        let mut tried = Vec::new();
        if self.focus.is_some() {
            return Err(tried);
        }
        for witness in Witness::candidates(self.space, region, point) {
            // One subject may be asked for what the other is not.
            if !witness.is_alike(self.space) {
                continue;
            }
            let runs = witness.runs(self.space);
            if self.are_judged(&runs) && self.goals.iter().all(|goal| shown(&runs, goal)) {
                if !self.simple || self.space.around.is_some() {
                    return Ok(witness);
                }
                return Ok(witness.simplified(self.space, |runs| {
                    self.are_judged(runs) && self.goals.iter().all(|goal| shown(runs, goal))
                }));
            }
            tried = runs;
        }
        Err(tried)
    }

    /// Whether it is looked for what refuses a subject, so that who is refused counts.
    pub(super) fn for_empty(&self) -> bool {
        self.goals.iter().any(|goal| matches!(goal, Goal::Empty(_)))
    }

    /// Whether the plans score their subjects that are to.
    pub(super) fn are_judged(&self, runs: &[Run]) -> bool {
        let mut runs = runs.iter().zip(&self.space.instances).enumerate();
        runs.all(|(index, (run, instance))| !instance.judges || self.is_judged(index, run))
    }

    /// Whether a subject is scored; or refused for want of what a goal says is empty.
    fn is_judged(&self, index: usize, run: &Run) -> bool {
        let empty = |goal: &Goal| match goal {
            Goal::Empty((own, node)) if *own == index => Some(run.cells.get(node.index())),
            _ => None,
        };
        let mut empties = self.goals.iter().filter_map(empty).peekable();
        match &run.outcome {
            Outcome::Ok(_) => empties.peek().is_none(),
            Outcome::Error(refusal) => {
                empties.any(|cell| matches!(cell, Some(Cell::Empty(own)) if **own == *refusal))
            }
            Outcome::NoResult(_) => false,
        }
    }

    /// Whether something empty may be what a subject is refused for.
    fn may_refuse(&self, sketch: &Sketch<'_, 'a>) -> bool {
        let instances = self.space.instances.iter().enumerate();
        instances.into_iter().any(|(index, instance)| {
            refusing_when_empty(instance.model, instance.plan)
                .into_iter()
                .any(|node| {
                    let symbol = sketch.at(index, node);
                    symbol.lacks.has(Lacks::EMPTY)
                        || matches!(
                            symbol.value,
                            Symbolic::Fixed(_)
                                | Symbolic::Many(_)
                                | Symbolic::Record(_)
                                | Symbolic::Any
                        )
                })
        })
    }

    /// Whether the region may hold a subject that is scored; what that says of it is kept.
    pub(super) fn admits(&self, sketch: &mut Sketch<'_, 'a>) -> bool {
        for (index, instance) in self.space.instances.iter().enumerate() {
            if !instance.judges {
                continue;
            }
            let refusals = instance.plan.refusals.iter().map(|refusal| refusal.when);
            let stops = instance.plan.stops.iter().flatten().copied();
            for when in refusals.chain(stops) {
                let symbol = sketch.at(index, when);
                if symbol.is_answer(YES) {
                    return false;
                }
                if symbol.has_value() && symbol.answers() & YES != 0 {
                    assume(sketch, index, when, NO);
                }
            }
            // A figure that comes out and can only be at fault refuses everybody.
            for node in coming_out(instance.model, instance.plan) {
                if !self.is_wanted(index, node) || self.for_empty() {
                    continue;
                }
                let symbol = sketch.at(index, node);
                let strong = symbol.lacks.without(Lacks::ABSENT);
                if !symbol.may_have_value() && symbol.lacks == strong && !strong.is_none() {
                    return false;
                }
            }
        }
        !sketch.closed
    }

    pub(super) fn is_wanted(&self, instance: usize, node: NodeId) -> bool {
        self.wanted
            .get(instance)
            .and_then(|wanted| wanted.get(node.index()))
            == Some(&true)
    }
}

/// Whether the conditions of a region can hold together.
fn meet(sketch: &Sketch<'_, '_>) -> Feasible {
    let bounds: Vec<&Interval> = sketch.bounds.iter().collect();
    let conditions: Vec<Constraint> = sketch.conditions.clone();
    feasible(&bounds, &conditions, STEPS)
}

/// A point of a region at which each input has a figure that can be written: one after the other is
/// rounded, and the rest moves along.
pub(super) fn decimal(sketch: &Sketch<'_, '_>, mut point: Vec<Rational>) -> Option<Vec<Rational>> {
    let mut bounds = sketch.bounds.clone();
    for at in 0..sketch.space.bounds.len() {
        let value = point.get(at)?.clone();
        let rounded = [1, 3, 6].into_iter().flat_map(|places| {
            let step = Unit::places(places);
            [Mode::HalfUp, Mode::Floor, Mode::Ceiling].map(|mode| value.round(mode, &step))
        });
        for short in rounded {
            let fixed = Interval::exactly(short.clone());
            let old = bounds.get(at)?.clone();
            if !old.contains(&short) {
                continue;
            }
            *bounds.get_mut(at)? = fixed;
            let own: Vec<&Interval> = bounds.iter().collect();
            if let Feasible::At(moved) = feasible(&own, &sketch.conditions, STEPS) {
                point = moved;
                break;
            }
            *bounds.get_mut(at)? = old;
        }
    }
    Some(point)
}

/// Some figure inside the bounds of each variable.
pub(super) fn anywhere(sketch: &Sketch<'_, '_>) -> Vec<Rational> {
    sketch
        .bounds
        .iter()
        .map(|interval| match (&interval.low, &interval.high) {
            (Some(low), _) => low.at.clone(),
            (None, Some(high)) => high.at.clone(),
            (None, None) => Rational::ZERO,
        })
        .collect()
}
