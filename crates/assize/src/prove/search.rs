//! The search for a subject that shows something: regions are gone through, cut off where nothing
//! can show it, and split where they leave open what counts.
//!
//! A point of a region is tried with the ordinary evaluator before the region is split. So what is
//! found is a true subject, and what is ruled out is ruled out for all; a search that ends at its
//! budget has shown nothing.

use std::collections::VecDeque;

use super::form::{Constraint, Form, Relation, Var};
use super::from_plan::{Open, Sketch, member};
use super::interval::{End, Interval};
use super::simplex::{Feasible, feasible};
use super::space::{Choice, PRESENT, Region, Space, Spot, inside_loops};
use super::symbol::{Lacks, NO, Symbol, Symbolic, YES};
use super::witness::Witness;
use crate::number::{Mode, Rational, Step as Unit};
use crate::outcome::Outcome;
use crate::plan::{
    Comparison, Conflict, Gives, NodeId, Op, Plan, PlannedEntry, PlannedShape, Test,
};
use crate::syntax::Aggregate;
use crate::value::{Cell, Value};

/// A node of one of the plans of a space.
pub(crate) type Place = (usize, NodeId);

/// What is to be shown by a subject that is scored; several hold together.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// A condition comes out so.
    Answer(Place, bool),
    /// A figure stands so to another.
    Stands(Place, Comparison, Place),
    /// A figure stands so to a literal one.
    Is(Place, Comparison, Rational),
    /// A grade has this level.
    Level(Place, u32),
    /// A grade has one of these levels, as bits.
    Levels(Place, u64),
    /// Some row of a list has a yes in this member.
    Row(Place, usize),
    /// There is nothing to divide by, or to average.
    Empty(Place),
    /// Two cells are not the same.
    Differs(Place, Place),
}

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
    simple: bool,
    /// Which nodes stand inside loops.
    inside: Vec<Vec<bool>>,
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
                .map(|instance| inside_loops(instance.plan))
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
        while let Some(region) = open.pop() {
            if regions >= self.budget {
                stuck = true;
                break;
            }
            regions = regions.saturating_add(1);
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
        Searched {
            answer: if stuck {
                Answer::Undecided
            } else {
                Answer::Never
            },
            regions,
        }
    }

    /// The space, less what the goals rule out at once.
    pub(super) fn whole(&self) -> Region {
        let mut whole = self.space.region();
        for goal in self.goals {
            for place in goal.places() {
                if !matches!(goal, Goal::Empty(_) | Goal::Differs(..)) {
                    self.give(&mut whole, place);
                }
            }
        }
        whole
    }

    /// A node has a value: so have the inputs without which it has none.
    pub(super) fn give(&self, region: &mut Region, (index, node): Place) {
        let Some(instance) = self.space.instances.get(index) else {
            return;
        };
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if self.space.known(index, node).is_some() {
                continue;
            }
            let Some(op) = instance.plan.op(node) else {
                continue;
            };
            match op {
                Op::Input(id) | Op::Parameter(id) => {
                    if let Some(leaf) = instance.leaves.get(id.index()) {
                        region.choose(leaf.presence, PRESENT);
                    }
                }
                Op::Asked { asked: a, of: b } => stack.extend([*a, *b]),
                Op::Not(_)
                | Op::Negate(_)
                | Op::Arithmetic(..)
                | Op::Divide { .. }
                | Op::Compare(..)
                | Op::Round { .. }
                | Op::AtLeast { .. }
                | Op::AtMost { .. }
                | Op::Averaged(_)
                | Op::Applies { .. }
                | Op::Elapsed(..)
                | Op::At { .. }
                | Op::Between { .. }
                | Op::MeanOfTally { .. } => op.operands(|operand| stack.push(operand)),
                // Each element of a list of options that is summed up has a value.
                Op::Aggregate { kind, of, .. } if *kind != Aggregate::Count => {
                    stack.extend(of.iter().copied());
                }
                Op::Rows {
                    row,
                    only: None,
                    gives: Gives::One(node),
                    ..
                } => {
                    if let Some(Op::Row { over, .. }) = instance.plan.op(*row)
                        && let Some(Op::Constant(Value::List(options))) = instance.plan.op(*over)
                        && !options.is_empty()
                    {
                        stack.push(*node);
                    }
                }
                Op::Select { condition: of, .. } | Op::IsOneOf(of, _) => stack.push(*of),
                Op::Otherwise(of, then) | Op::IfMissing { of, then } => {
                    if matches!(instance.plan.op(*then), Some(Op::NoBranch | Op::Stop(_))) {
                        stack.push(*of);
                    }
                }
                Op::Lookup { key, rows, .. }
                    if !rows.iter().any(|row| matches!(row.test, Test::Missing)) =>
                {
                    stack.push(*key);
                }
                _ => {}
            }
        }
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
    fn tried(
        &self,
        region: &Region,
        point: &[Rational],
    ) -> Result<Witness, Vec<super::witness::Run>> {
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
    fn for_empty(&self) -> bool {
        self.goals.iter().any(|goal| matches!(goal, Goal::Empty(_)))
    }

    /// Whether the plans score their subjects that are to.
    pub(super) fn are_judged(&self, runs: &[super::witness::Run]) -> bool {
        let mut runs = runs.iter().zip(&self.space.instances).enumerate();
        runs.all(|(index, (run, instance))| !instance.judges || self.is_judged(index, run))
    }

    /// Whether a subject is scored; or refused for want of what a goal says is empty.
    fn is_judged(&self, index: usize, run: &super::witness::Run) -> bool {
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

    fn is_wanted(&self, instance: usize, node: NodeId) -> bool {
        self.wanted
            .get(instance)
            .and_then(|wanted| wanted.get(node.index()))
            == Some(&true)
    }

    /// Splits a region where a candidate, which does not show it after all, went another way than
    /// the region's symbols.
    pub(super) fn split(
        &mut self,
        region: &Region,
        sketch: &Sketch<'_, 'a>,
        point: &[Rational],
        tried: &[super::witness::Run],
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
    runs: &'o [super::witness::Run],
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

impl Goal {
    fn places(&self) -> Vec<Place> {
        match self {
            Self::Answer(place, _)
            | Self::Is(place, _, _)
            | Self::Level(place, _)
            | Self::Levels(place, _)
            | Self::Row(place, _)
            | Self::Empty(place) => vec![*place],
            Self::Stands(a, _, b) | Self::Differs(a, b) => vec![*a, *b],
        }
    }
}

/// The nodes that goals and the admission of subjects read.
fn wanted(space: &Space<'_>, goals: &[Goal]) -> Vec<Vec<bool>> {
    let mut wanted: Vec<Vec<bool>> = space
        .instances
        .iter()
        .map(|instance| vec![false; instance.plan.nodes.len()])
        .collect();
    for place in goals.iter().flat_map(Goal::places) {
        want(space, &mut wanted, place);
    }
    for (index, instance) in space.instances.iter().enumerate() {
        let plan = instance.plan;
        let refusals = plan.refusals.iter().map(|refusal| refusal.when);
        let stops = plan.stops.iter().flatten().copied();
        let required = plan.required.iter().map(|required| required.node);
        let ranges = plan.ranges.iter().flat_map(|range| {
            let bounds = [range.low, range.high].into_iter().flatten();
            bounds.map(|(node, _)| node).chain([range.of])
        });
        for node in refusals.chain(stops).chain(required).chain(ranges) {
            want(space, &mut wanted, (index, node));
        }
        if goals.iter().any(|goal| matches!(goal, Goal::Empty(_))) {
            for node in refusing_when_empty(instance.model, plan) {
                want(space, &mut wanted, (index, node));
            }
        }
    }
    wanted
}

/// Adds what a node reads.
fn want(space: &Space<'_>, all: &mut [Vec<bool>], (index, node): Place) {
    let (Some(instance), Some(wanted)) = (space.instances.get(index), all.get_mut(index)) else {
        return;
    };
    let mut stack = vec![node];
    let mut firsts = Vec::new();
    while let Some(node) = stack.pop() {
        let Some(seen) = wanted.get_mut(node.index()) else {
            continue;
        };
        if std::mem::replace(seen, true) || space.taken.contains_key(&(index, node)) {
            continue;
        }
        let Some(op) = instance.plan.op(node) else {
            continue;
        };
        if let Some(first) = instance.same(node) {
            firsts.push(first);
            if let Op::Rows { row, .. } = op
                && let Some(seen) = wanted.get_mut(row.index())
            {
                *seen = true;
            }
            continue;
        }
        op.operands(|operand| stack.push(operand));
        match op {
            // All lines of a loop: one may hand on what another reads.
            Op::Rows { row, .. } => stack.extend(
                (row.index()..node.index())
                    .filter_map(|at| u32::try_from(at).ok())
                    .map(NodeId),
            ),
            Op::Row { end, .. } => stack.push(*end),
            _ => {}
        }
    }
    for first in firsts {
        want(space, all, (0, first));
    }
}

/// The nodes of what comes out of a scheme.
pub(crate) fn coming_out(model: &crate::model::Model, plan: &Plan) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for planned in &plan.figures {
        let kind = model.figure(planned.figure).map(|figure| &figure.kind);
        if let Some(
            crate::model::FigureKind::Let(_)
            | crate::model::FigureKind::Each(_)
            | crate::model::FigureKind::Unknown,
        )
        | None = kind
        {
            continue;
        }
        nodes.push(planned.value);
        nodes.extend(planned.fires);
    }
    for output in &plan.outputs {
        match &output.shape {
            PlannedShape::One(node, _) => nodes.push(*node),
            PlannedShape::Fields(fields) => nodes.extend(fields.iter().map(PlannedEntry::node)),
            PlannedShape::Each { rows, .. } => nodes.push(*rows),
        }
    }
    nodes
}

/// The nodes for which a subject is refused where they are empty.
fn refusing_when_empty(model: &crate::model::Model, plan: &Plan) -> Vec<NodeId> {
    let mut nodes = coming_out(model, plan);
    nodes.extend(plan.inputs.iter().copied());
    nodes.extend(plan.refusals.iter().map(|refusal| refusal.when));
    nodes.extend(plan.stops.iter().flatten().copied());
    nodes.extend(plan.row_refusals.iter().map(|refusal| refusal.when));
    nodes.extend(plan.required.iter().map(|required| required.node));
    let bounds = plan.ranges.iter().flat_map(|range| [range.low, range.high]);
    nodes.extend(bounds.flatten().map(|(node, _)| node));
    let asked = plan.conflicts.iter().filter_map(|conflict| match conflict {
        Conflict::NotAsked { asked, .. } => Some(*asked),
        Conflict::Both(_) => None,
    });
    nodes.extend(asked);
    nodes
}

/// The nodes for which a candidate was refused, or had no result.
fn refusing(model: &crate::model::Model, plan: &Plan, cells: &[Cell]) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    let cell = |node: NodeId| cells.get(node.index());
    let refusals = plan.refusals.iter().map(|refusal| refusal.when);
    let stops = plan.stops.iter().flatten().copied();
    for when in refusals.chain(stops) {
        if let Some(Cell::Value(Value::Flag(true)) | Cell::Fault(_) | Cell::Empty(_)) = cell(when) {
            nodes.push(when);
        }
    }
    for conflict in &plan.conflicts {
        if let Conflict::NotAsked { asked, .. } = conflict {
            nodes.push(*asked);
        }
    }
    let strong =
        |cell: Option<&Cell>| matches!(cell, Some(Cell::Fault(_) | Cell::Empty(_) | Cell::Stop(_)));
    nodes.extend(
        coming_out(model, plan)
            .into_iter()
            .filter(|node| strong(cell(*node))),
    );
    nodes
}

/// Whether a goal may be reached in a region; what it says of the region is kept.
pub(super) fn possible(sketch: &mut Sketch<'_, '_>, goal: &Goal) -> bool {
    match goal {
        Goal::Answer((index, node), answer) => {
            let wanted = if *answer { YES } else { NO };
            if sketch.at(*index, *node).answers() & wanted == 0 {
                return false;
            }
            assume(sketch, *index, *node, wanted);
            true
        }
        Goal::Stands((i, a), comparison, (j, b)) => {
            let (a, b) = (sketch.at(*i, *a), sketch.at(*j, *b));
            if !a.may_have_value() || !b.may_have_value() {
                return false;
            }
            if let (Some(x), Some(y)) = (a.form(), b.form()) {
                let apart = x.minus(y);
                require(sketch, &apart, *comparison, true);
            }
            true
        }
        Goal::Is((index, node), comparison, value) => {
            let symbol = sketch.at(*index, *node);
            if !symbol.may_have_value() {
                return false;
            }
            if let Some(form) = symbol.form() {
                let apart = form.minus(&Form::constant(value.clone()));
                require(sketch, &apart, *comparison, true);
            }
            true
        }
        Goal::Level((index, node), level) => match sketch.at(*index, *node).value {
            Symbolic::Option(among) => among.checked_shr(*level).is_some_and(|bits| bits & 1 == 1),
            Symbolic::Never => false,
            _ => true,
        },
        Goal::Levels((index, node), levels) => match sketch.at(*index, *node).value {
            Symbolic::Option(among) => among & levels != 0,
            Symbolic::Never => false,
            _ => true,
        },
        Goal::Row((index, node), field) => {
            let yes = |row: &Symbol| member(row, *field).answers() & YES != 0;
            match &sketch.at(*index, *node).value {
                Symbolic::Fixed(rows) => rows.iter().any(yes),
                Symbolic::Many(many) => yes(&many.element),
                Symbolic::Never => false,
                _ => true,
            }
        }
        Goal::Empty((index, node)) => {
            if !sketch.at(*index, *node).lacks.has(Lacks::EMPTY) {
                return false;
            }
            let instance = sketch.space.instances.get(*index);
            if let Some(Op::Divide { a, b, .. }) = instance.and_then(|own| own.plan.op(*node)) {
                let (a, b) = (sketch.at(*index, *a), sketch.at(*index, *b));
                if let (false, Some(divisor)) = (a.lacks.and(b.lacks).has(Lacks::EMPTY), b.form()) {
                    require(sketch, &divisor.clone(), Comparison::Equal, true);
                }
            }
            true
        }
        Goal::Differs((i, a), (j, b)) => {
            let (a, b) = (sketch.at(*i, *a), sketch.at(*j, *b));
            let certain = a.lacks.is_none() && b.lacks.is_none();
            match (&a.value, &b.value) {
                (Symbolic::Never, Symbolic::Never) => a.lacks != b.lacks || !one(a.lacks),
                (Symbolic::Number(x), Symbolic::Number(y)) if certain => x
                    .minus(y)
                    .as_constant()
                    .is_none_or(|apart| !apart.is_zero()),
                (Symbolic::Flag(x), Symbolic::Flag(y)) if certain => x != y || x.count_ones() > 1,
                (Symbolic::Option(x), Symbolic::Option(y)) if certain => {
                    x != y || x.count_ones() > 1
                }
                _ => true,
            }
        }
    }
}

/// Whether it is one reason.
fn one(lacks: Lacks) -> bool {
    [
        Lacks::MISSING,
        Lacks::NOT_ASKED,
        Lacks::NO_BRANCH,
        Lacks::NOT_APPLICABLE,
        Lacks::STOP,
    ]
    .contains(&lacks)
}

/// Keeps what it says that a form stands so to zero, or does not.
fn require(sketch: &mut Sketch<'_, '_>, apart: &Form, comparison: Comparison, holds: bool) {
    let apart = sketch.lifted(apart);
    let (form, relation) = match (comparison, holds) {
        (Comparison::GreaterEqual, true) | (Comparison::Less, false) => (apart, Relation::AtLeast),
        (Comparison::Greater, true) | (Comparison::LessEqual, false) => (apart, Relation::Above),
        (Comparison::LessEqual, true) | (Comparison::Greater, false) => {
            (apart.negated(), Relation::AtLeast)
        }
        (Comparison::Less, true) | (Comparison::GreaterEqual, false) => {
            (apart.negated(), Relation::Above)
        }
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => (apart, Relation::Equal),
        (Comparison::NotEqual, true) | (Comparison::Equal, false) => {
            // It stands on one side or the other.
            let interval = sketch.interval(&apart);
            if interval.is_not_negative() {
                (apart, Relation::Above)
            } else if interval.is_not_positive() {
                (apart.negated(), Relation::Above)
            } else {
                return;
            }
        }
    };
    sketch.require(form, relation);
}

/// Keeps what it says that a condition comes out so.
fn assume(sketch: &mut Sketch<'_, '_>, index: usize, node: NodeId, answer: u8) {
    let mut stack = vec![(node, answer)];
    let Some(plan) = sketch.space.instances.get(index).map(|own| own.plan) else {
        return;
    };
    while let Some((node, answer)) = stack.pop() {
        let sides = match plan.op(node) {
            Some(Op::Compare(Comparison::Equal, ..)) => answer == NO,
            Some(Op::Compare(Comparison::NotEqual, ..)) => answer == YES,
            _ => false,
        };
        // On which of two sides a figure stands may still have to be told apart.
        if !sides {
            sketch.assumed.insert((index, node));
        }
        match plan.op(node) {
            Some(Op::Not(of)) => stack.push((*of, if answer == YES { NO } else { YES })),
            Some(Op::And(a, b)) if answer == YES => stack.extend([(*a, YES), (*b, YES)]),
            Some(Op::Or(a, b)) if answer == NO => stack.extend([(*a, NO), (*b, NO)]),
            Some(Op::Compare(comparison, a, b)) => {
                let (a, b) = (sketch.at(index, *a), sketch.at(index, *b));
                if let (Some(x), Some(y)) = (a.form(), b.form()) {
                    let apart = x.minus(y);
                    require(sketch, &apart, *comparison, answer == YES);
                }
            }
            _ => {
                if sketch.at(index, node).answers() & answer == 0 {
                    sketch.closed = true;
                }
            }
        }
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

/// Whether runs of a candidate show a goal.
pub(super) fn shown(runs: &[super::witness::Run], goal: &Goal) -> bool {
    let cell = |(index, node): &Place| runs.get(*index)?.cells.get(node.index());
    let value = |place: &Place| match cell(place) {
        Some(Cell::Value(value)) => Some(value),
        _ => None,
    };
    match goal {
        Goal::Answer(place, answer) => cell(place).and_then(Cell::as_flag) == Some(*answer),
        Goal::Stands(a, comparison, b) => match (value(a), value(b)) {
            (Some(a), Some(b)) => comparison.holds(a, b) == Some(true),
            _ => false,
        },
        Goal::Is(place, comparison, bound) => value(place)
            .is_some_and(|own| comparison.holds(own, &Value::Number(bound.clone())) == Some(true)),
        Goal::Level(place, level) => value(place) == Some(&Value::Option(*level)),
        Goal::Levels(place, levels) => matches!(
            value(place),
            Some(Value::Option(level)) if levels.checked_shr(*level).is_some_and(|bits| bits & 1 == 1)
        ),
        Goal::Row(place, field) => match value(place) {
            Some(Value::List(rows)) => rows
                .iter()
                .any(|row| crate::value::member(row, *field).as_flag() == Some(true)),
            _ => false,
        },
        Goal::Empty(place) => matches!(cell(place), Some(Cell::Empty(_))),
        Goal::Differs(a, b) => cell(a) != cell(b),
    }
}
