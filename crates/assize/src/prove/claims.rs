//! What authors guarantee, as searches for a subject that breaks it.

use super::form::{Constraint, Form, Relation};
use super::goal::{Goal, Place};
use super::search::{Answer, Search};
use super::space::{ABSENT, Holds, Leaf, PRESENT, Space};
use super::symbol::{NO, YES};
use super::trend::{Trend, Trends};
use super::witness::Witness;
use super::{Prover, Tally};
use crate::model::{Bound, Claim, FigureKind, InputId, Type};
use crate::number::Rational;
use crate::plan::{Comparison, Gives, NodeId, Op};
use crate::syntax::Direction;

/// What became of a claim.
#[derive(Debug)]
pub(crate) enum Ruling {
    Proved,
    /// Broken by this subject, or by these two; where the claim is that something can be reached,
    /// there is none.
    Refuted(Option<Witness>),
    Undecided,
}

impl Ruling {
    fn of(answer: Answer) -> Self {
        match answer {
            Answer::Never => Self::Proved,
            Answer::Found(witness) => Self::Refuted(Some(witness)),
            Answer::Undecided => Self::Undecided,
        }
    }

    /// Both, one after the other: what is refuted stays so.
    fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Refuted(witness) => Self::Refuted(witness),
            Self::Proved => other(),
            Self::Undecided => match other() {
                Self::Refuted(witness) => Self::Refuted(witness),
                Self::Proved | Self::Undecided => Self::Undecided,
            },
        }
    }
}

impl Prover<'_> {
    /// Whether a claim holds; `nodes` are its conditions and bounds.
    pub(crate) fn claim(&self, claim: &Claim, nodes: &[NodeId], tally: &mut Tally) -> Ruling {
        let node = |place: usize| nodes.get(place).copied().unwrap_or(NodeId(0));
        match claim {
            Claim::Within(_, low, high) => {
                let at_high = 1_usize.saturating_add(usize::from(low.is_some()));
                let mut verdict = Ruling::Proved;
                let ends = [
                    (low, 1, Comparison::Less, Comparison::LessEqual),
                    (high, at_high, Comparison::Greater, Comparison::GreaterEqual),
                ];
                for (bound, place, outside, outside_open) in ends {
                    let Some(Bound { included, .. }) = bound else {
                        continue;
                    };
                    let comparison = if *included { outside } else { outside_open };
                    let goal = Goal::Stands((0, node(0)), comparison, (0, node(place)));
                    verdict = verdict.and(|| Ruling::of(self.search(&[goal], tally)));
                }
                verdict
            }
            Claim::Implies(..) => {
                let goals = [
                    Goal::Answer((0, node(0)), true),
                    Goal::Answer((0, node(1)), false),
                ];
                Ruling::of(self.search(&goals, tally))
            }
            Claim::Always(_) => self.always(node(0), tally),
            Claim::EveryGradeReachable => self.every_level(tally),
            Claim::Never(_, direction, inputs) => {
                let mut verdict = Ruling::Proved;
                for input in inputs {
                    verdict = verdict.and(|| self.moves(node(0), *direction, *input, tally));
                }
                verdict
            }
            Claim::NeverGainsByMissing(_, inputs) => {
                let mut verdict = Ruling::Proved;
                for input in inputs {
                    verdict = verdict.and(|| self.missing(node(0), *input, tally));
                }
                verdict
            }
        }
    }

    /// Whether a condition always holds.
    fn always(&self, condition: NodeId, tally: &mut Tally) -> Ruling {
        // What holds of any one element holds of all.
        if let Some(Op::All(flags)) = self.plan.op(condition)
            && let Some(Op::Rows {
                row,
                only,
                gives: Gives::One(flag),
                ..
            }) = self.plan.op(*flags)
        {
            let mut goals = vec![Goal::Answer((0, *flag), false)];
            goals.extend(only.map(|only| Goal::Answer((0, only), true)));
            if let Some(list) = self.list_behind(*row) {
                let search = Search::new(&self.space, &goals, self.budget).of_any((0, list));
                if matches!(self.run(search, tally), Answer::Never) {
                    return Ruling::Proved;
                }
            }
        }
        let goal = Goal::Answer((0, condition), false);
        Ruling::of(self.search(&[goal], tally))
    }

    /// The list that data gives of which a loop goes through all elements.
    fn list_behind(&self, row: NodeId) -> Option<NodeId> {
        let mut node = row;
        loop {
            node = match self.plan.op(node)? {
                Op::Input(_) => return Some(node),
                Op::Row { over: of, .. }
                | Op::Unique { of, .. }
                | Op::InOrder { of, .. }
                | Op::Default { of, .. } => *of,
                Op::Rows {
                    row, only: None, ..
                } => *row,
                _ => return None,
            };
        }
    }

    pub(crate) fn search(&self, goals: &[Goal], tally: &mut Tally) -> Answer {
        // What the bounds of the whole space rule out needs no search.
        if goals.iter().any(|goal| self.is_out_of_bounds(goal)) {
            return Answer::Never;
        }
        self.search_in(&self.space, goals, tally)
    }

    /// Whether somebody shows the goals.
    pub(crate) fn exists(&self, goals: &[Goal], tally: &mut Tally) -> Ruling {
        self.exists_in(&self.space, goals, tally)
    }

    /// The same, where the space holds all who show them, if not all subjects.
    pub(super) fn exists_in(&self, space: &Space<'_>, goals: &[Goal], tally: &mut Tally) -> Ruling {
        if goals.iter().any(|goal| self.is_out_of_bounds(goal)) {
            return Ruling::Refuted(None);
        }
        if self.known().shows(goals) {
            return Ruling::Proved;
        }
        match self.run(Search::new(space, goals, self.budget).whether(), tally) {
            Answer::Never => Ruling::Refuted(None),
            Answer::Found(witness) => {
                for subject in &witness.subjects {
                    self.known().keep(self.model, self.plan, subject);
                }
                Ruling::Proved
            }
            Answer::Undecided => Ruling::Undecided,
        }
    }

    fn is_out_of_bounds(&self, goal: &Goal) -> bool {
        let figure = |place: &Place| self.symbol(place.1).form().cloned();
        let ruled_out = |apart: &Form, comparison: Comparison| {
            let interval = self.interval_of(apart);
            match comparison {
                Comparison::Less => interval.is_not_negative(),
                Comparison::LessEqual => interval.is_positive(),
                Comparison::Greater => interval.is_not_positive(),
                Comparison::GreaterEqual => interval.is_negative(),
                Comparison::Equal => !interval.contains(&Rational::ZERO),
                Comparison::NotEqual => false,
            }
        };
        match goal {
            Goal::Is(place, comparison, value) => figure(place).is_some_and(|form| {
                ruled_out(&form.minus(&Form::constant(value.clone())), *comparison)
            }),
            Goal::Stands(a, comparison, b) => match (figure(a), figure(b)) {
                (Some(a), Some(b)) => ruled_out(&a.minus(&b), *comparison),
                _ => false,
            },
            Goal::Answer(place, answer) => {
                let wanted = if *answer { YES } else { NO };
                self.symbol(place.1).answers() & wanted == 0
            }
            Goal::Level(_, _)
            | Goal::Row(_, _)
            | Goal::Levels(_, _)
            | Goal::Empty(_)
            | Goal::Differs(_, _) => false,
        }
    }

    pub(crate) fn search_in(&self, space: &Space<'_>, goals: &[Goal], tally: &mut Tally) -> Answer {
        self.run(Search::new(space, goals, self.budget), tally)
    }

    fn every_level(&self, tally: &mut Tally) -> Ruling {
        let mut verdict = Ruling::Proved;
        for planned in &self.plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            let (FigureKind::Grade(_), Type::Option(scale)) = (&figure.kind, &figure.of) else {
                continue;
            };
            let levels = self
                .model
                .scale(*scale)
                .map_or(0, |scale| scale.options.len());
            for level in 0..u32::try_from(levels).unwrap_or(0) {
                verdict =
                    verdict.and(|| self.exists(&[Goal::Level((0, planned.value), level)], tally));
            }
        }
        verdict
    }

    /// Whether a figure never moves that way where one input is greater, all else equal.
    pub(crate) fn moves(
        &self,
        figure: NodeId,
        direction: Direction,
        input: InputId,
        tally: &mut Tally,
    ) -> Ruling {
        if !self.has_order(input) {
            return Ruling::Undecided;
        }
        let trend = Trends::of(self, input).at(figure);
        let harmless = match direction {
            Direction::Rises => matches!(trend, Trend::Still | Trend::Down),
            Direction::Falls => matches!(trend, Trend::Still | Trend::Up),
        };
        if harmless {
            return Ruling::Proved;
        }
        let goal = match direction {
            Direction::Rises => Goal::Stands((1, figure), Comparison::Greater, (0, figure)),
            Direction::Falls => Goal::Stands((1, figure), Comparison::Less, (0, figure)),
        };
        let goals = [goal];
        let mut verdict = Ruling::Proved;
        for space in self.raised(input) {
            verdict = verdict.and(|| Ruling::of(self.search_in(&space, &goals, tally)));
        }
        // What a list of any length does is known by its trend alone.
        match verdict {
            Ruling::Proved if self.is_list(input) => Ruling::Undecided,
            verdict => verdict,
        }
    }

    fn is_list(&self, input: InputId) -> bool {
        let of = self.model.input(input).map(|input| &input.of);
        matches!(of, Some(Type::List(_) | Type::Named(_)))
    }

    /// Two subjects that differ in one figure of an input, which is greater for the second.
    pub(crate) fn raised(&self, input: InputId) -> Vec<Space<'_>> {
        let mut pairs = self.space.clone();
        pairs.again(input);
        let leaf = |instance: usize| pairs.leaf_of(instance, input).cloned();
        let (Some(before), Some(after)) = (leaf(0), leaf(1)) else {
            return Vec::new();
        };
        match (&before.holds, &after.holds) {
            (Holds::Keys(old), Holds::Keys(new)) => (0..old.len().min(new.len()))
                .flat_map(|key| {
                    let mut space = pairs.clone();
                    let mut keys = old.clone();
                    if let (Some(slot), Some(own)) = (keys.get_mut(key), new.get(key)) {
                        *slot = own.clone();
                    }
                    let raised = keys.get(key).cloned();
                    replace(
                        &mut space,
                        input,
                        Leaf {
                            presence: before.presence,
                            holds: Holds::Keys(keys),
                        },
                    );
                    match (old.get(key), raised) {
                        (Some(old), Some(new)) => self.apart(&space, old, &new),
                        _ => Vec::new(),
                    }
                })
                .collect(),
            (
                Holds::Rows {
                    count,
                    rows,
                    plain,
                    lacks,
                    any,
                },
                Holds::Rows { rows: others, .. },
            ) => {
                // One member of one row is raised.
                let mut spaces = Vec::new();
                for (place, (old, new)) in rows.iter().zip(others).enumerate() {
                    for (field, (old, new)) in old.iter().zip(new).enumerate() {
                        if !matches!(old.holds, Holds::Figure(_)) || !self.is_raised(input, field) {
                            continue;
                        }
                        let mut space = pairs.clone();
                        let mut changed = rows.clone();
                        let slot = changed.get_mut(place).and_then(|row| row.get_mut(field));
                        if let Some(slot) = slot {
                            *slot = new.clone();
                        }
                        // There are as many rows as that, at least, and few enough to be known.
                        let known = super::space::first(rows.len().saturating_add(1));
                        let below = super::space::first(place.saturating_add(1));
                        if let Some(slot) = space.choices.get_mut(count.0 as usize) {
                            *slot &= known & !below;
                        }
                        replace(
                            &mut space,
                            input,
                            Leaf {
                                presence: before.presence,
                                holds: Holds::Rows {
                                    count: *count,
                                    rows: changed,
                                    plain: *plain,
                                    lacks: *lacks,
                                    any: any.clone(),
                                },
                            },
                        );
                        spaces.extend(self.apart(&space, old, new));
                    }
                }
                spaces
            }
            _ => self.apart(&pairs, &before, &after),
        }
    }

    /// The space with the second leaf greater than the first.
    fn apart<'s>(&self, space: &Space<'s>, before: &Leaf, after: &Leaf) -> Vec<Space<'s>> {
        let given = |space: &mut Space<'s>| {
            for leaf in [before, after] {
                if let Some(slot) = space.choices.get_mut(leaf.presence.0 as usize) {
                    *slot &= PRESENT;
                }
            }
        };
        match (&before.holds, &after.holds) {
            (Holds::Figure(x), Holds::Figure(y)) => {
                let mut space = space.clone();
                given(&mut space);
                let apart = Form::of(*y).minus(&Form::of(*x));
                space
                    .conditions
                    .push(Constraint::new(apart, Relation::Above));
                vec![space]
            }
            (Holds::Chosen(x), Holds::Chosen(y)) => {
                let all = space.choices.get(x.0 as usize).copied().unwrap_or(0);
                let is_flag = space.flags.contains(x);
                let mut spaces = Vec::new();
                for low in 0..64_u32 {
                    for high in 0..64_u32 {
                        let (low_bit, high_bit) = (1_u64 << low, 1_u64 << high);
                        // Options stand best first; yes is more than no.
                        let rises = if is_flag { high > low } else { high < low };
                        if all & low_bit == 0 || all & high_bit == 0 || !rises {
                            continue;
                        }
                        let mut own = space.clone();
                        given(&mut own);
                        for (choice, bit) in [(x, low_bit), (y, high_bit)] {
                            if let Some(slot) = own.choices.get_mut(choice.0 as usize) {
                                *slot &= bit;
                            }
                        }
                        spaces.push(own);
                    }
                }
                spaces
            }
            _ => Vec::new(),
        }
    }

    /// Whether a figure never gains where an input is not given.
    pub(crate) fn missing(&self, figure: NodeId, input: InputId, tally: &mut Tally) -> Ruling {
        let mut space = self.space.clone();
        space.again(input);
        let has_default = self
            .model
            .input(input)
            .is_some_and(|own| own.default.is_some());
        for (instance, presence) in [(0, PRESENT), (1, ABSENT)] {
            let leaf = space.leaf_of(instance, input).map(|leaf| leaf.presence);
            if let Some(slot) = leaf.and_then(|leaf| space.choices.get_mut(leaf.0 as usize)) {
                // What has a default is left out here, where it is taken as given otherwise.
                *slot = if has_default {
                    presence
                } else {
                    *slot & presence
                };
            }
        }
        let goal = Goal::Stands((1, figure), Comparison::Greater, (0, figure));
        Ruling::of(self.search_in(&space, &[goal], tally))
    }
}

fn replace(space: &mut Space<'_>, input: InputId, leaf: Leaf) {
    if let Some(slot) = space
        .instances
        .get_mut(1)
        .and_then(|instance| instance.leaves.get_mut(input.index()))
    {
        *slot = leaf;
    }
}
