//! What is asked of consequences, and of money: whether they follow for somebody, whether somebody is
//! rewarded and fined for one figure at once, and how much money one step of a figure moves.

use std::collections::BTreeSet;

use super::form::{Constraint, Form, Relation};
use super::least::Aim;
use super::properties::{Asked, Kind};
use super::search::{Goal, Place, Search};
use super::space::Holds;
use super::{Prover, Tally};
use crate::model::{Consequence, Does, Figure, FigureKind, InputId, Origin, Type};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, PlannedFigure, PlannedShape};
use crate::text::words;

/// How many pairs of a sum of money and a figure are looked at, and how many parts for each end.
const MOST_PAIRS: usize = 24;
const MOST_PARTS: u32 = 100;

/// A consequence that both has a condition in the plan and says what it does.
struct Planned<'a> {
    figure: &'a Figure,
    consequence: &'a Consequence,
    fires: NodeId,
}

impl Prover<'_> {
    pub(super) fn fires(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        if let Some(fires) = planned.fires {
            let goal = Goal::Answer((0, fires), true);
            all.push(self.follows(figure.called.shown(), &figure.origin, (goal, fires)));
        }
        let of_rows = self.plan.row_consequences.iter();
        for consequence in of_rows.filter(|own| own.rows == planned.value) {
            let rows = consequence.rows;
            let goal = Goal::Row((0, rows), consequence.field.saturating_add(1));
            let (shown, origin) = (consequence.called.shown(), &consequence.origin);
            all.push(self.follows(shown, origin, (goal, rows)));
        }
    }

    fn follows(&self, shown: &str, origin: &Origin, (goal, node): (Goal, NodeId)) -> Asked {
        let claim = words!("{shown} follows for somebody", "有人会适用“{shown}”");
        let denied = words!(
            "{shown} never follows, whatever the data",
            "无论数据怎样，都不会适用“{shown}”"
        );
        self.ask(
            Kind::ConsequenceFires,
            claim,
            (origin, Some(node)),
            |tally| self.exists(&[goal], tally),
        )
        .or(denied)
    }

    /// Nobody is rewarded and fined at once, where one figure alone decides on both.
    pub(super) fn contradictions(&self, all: &mut Vec<Asked>) {
        let stated: Vec<Planned<'_>> = self
            .plan
            .figures
            .iter()
            .filter_map(|planned| {
                let figure = self.model.figure(planned.figure)?;
                let FigureKind::Consequence(consequence) = &figure.kind else {
                    return None;
                };
                Some(Planned {
                    figure,
                    consequence,
                    fires: planned.fires?,
                })
            })
            .collect();
        for (place, later) in stated.iter().enumerate() {
            for first in stated.iter().take(place) {
                let does = |own: &Planned<'_>| own.consequence.does(self.model, &own.figure.called);
                let opposed = matches!(
                    (does(first), does(later)),
                    (Some(Does::Give), Some(Does::Take)) | (Some(Does::Take), Some(Does::Give))
                );
                let same = first.consequence.to == later.consequence.to;
                if !opposed || !same || first.fires == later.fires {
                    continue;
                }
                let (a, b) = (self.decided_by(first.fires), self.decided_by(later.fires));
                if a.len() != 1 || a != b {
                    continue;
                }
                let (one, other) = (first.figure.called.shown(), later.figure.called.shown());
                let claim = words!(
                    "nobody gets {one} and {other} at once",
                    "不会有人同时适用“{one}”和“{other}”"
                );
                let goals = [first.fires, later.fires].map(|fires| Goal::Answer((0, fires), true));
                let figure = a.first().copied();
                let origin = &later.figure.origin;
                all.push(
                    self.ask(Kind::Contradiction, claim, (origin, figure), |tally| {
                        self.never(&goals, tally)
                    }),
                );
            }
        }
    }

    /// The data, and the scores and grades, that a condition reads.
    fn decided_by(&self, condition: NodeId) -> BTreeSet<NodeId> {
        let scores: BTreeSet<NodeId> = self
            .plan
            .figures
            .iter()
            .filter(|planned| {
                let kind = self.model.figure(planned.figure).map(|figure| &figure.kind);
                matches!(
                    kind,
                    Some(
                        FigureKind::Item(_)
                            | FigureKind::Group(_)
                            | FigureKind::Total(_)
                            | FigureKind::Grade(_)
                    )
                )
            })
            .map(|planned| planned.value)
            .collect();
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut stack = vec![condition];
        while let Some(node) = stack.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.plan.op(node) {
                _ if scores.contains(&node) => {
                    found.insert(node);
                }
                Some(Op::Input(_)) => {
                    found.insert(node);
                }
                Some(op) => op.operands(|operand| stack.push(operand)),
                None => {}
            }
        }
        found
    }

    /// How much money one step of a figure moves, all else equal.
    pub(super) fn jumps(&self, all: &mut Vec<Asked>) {
        let mut left = MOST_PAIRS;
        for (shown, origin, money) in self.money() {
            for (index, input) in self.model.inputs.iter().enumerate() {
                let Ok(id) = u32::try_from(index).map(InputId) else {
                    continue;
                };
                let Some(step) = self.step_of(id) else {
                    continue;
                };
                if input.parameter || !self.reads(money, id) {
                    continue;
                }
                if left == 0 || !self.may_go_on() {
                    return;
                }
                left = left.saturating_sub(1);
                let mut tally = Tally::default();
                let Some(most) = self.jump(money, id, &step, &mut tally) else {
                    continue;
                };
                if most.is_zero() {
                    continue;
                }
                let name = input.called.shown();
                let claim = words!(
                    "{step} more or less of {name} moves {shown} by at most {most} yuan",
                    "{name}相差 {step}，{shown}最多相差 {most} 元"
                );
                let mut asked = self.ask(Kind::Jump, claim, (origin, Some(money)), |_| {
                    super::Ruling::Proved
                });
                asked.regions = tally.regions;
                all.push(asked);
            }
        }
    }

    /// The sums of money that come out.
    fn money(&self) -> Vec<(String, &Origin, NodeId)> {
        let consequences = self.plan.figures.iter().filter_map(|planned| {
            let figure = self.model.figure(planned.figure)?;
            let FigureKind::Consequence(Consequence {
                amount: Some(_), ..
            }) = &figure.kind
            else {
                return None;
            };
            Some((&figure.called, &figure.origin, planned.value))
        });
        let results = self.plan.outputs.iter().filter_map(|output| {
            let PlannedShape::One(node, Type::Money) = &output.shape else {
                return None;
            };
            Some((&output.called, &output.origin, *node))
        });
        let all = consequences.chain(results);
        all.map(|(called, origin, node)| (called.shown().to_owned(), origin, node))
            .collect()
    }

    /// One step of a figure that data gives: its own step, or one.
    fn step_of(&self, input: InputId) -> Option<Rational> {
        let counts = matches!(
            self.model.input(input)?.of,
            Type::Count | Type::Points | Type::Number
        );
        let Holds::Figure(var) = self.space.leaf_of(0, input)?.holds else {
            return None;
        };
        let grid = self.space.grids.get(var.index())?.as_ref();
        counts.then(|| grid.map_or(Rational::ONE, |grid| grid.step.clone()))
    }

    /// The most by which money differs for two subjects who are one step of an input apart.
    fn jump(
        &self,
        money: NodeId,
        input: InputId,
        step: &Rational,
        tally: &mut Tally,
    ) -> Option<Rational> {
        let mut most = Rational::ZERO;
        for mut space in self.raised(input) {
            let var = |instance: usize| match space.leaf_of(instance, input)?.holds {
                Holds::Figure(var) => Some(var),
                _ => None,
            };
            let apart = Form::of(var(1)?).minus(&Form::of(var(0)?));
            let one_step = apart.minus(&Form::constant(step.clone()));
            space
                .conditions
                .push(Constraint::new(one_step, Relation::Equal));
            let (before, after): (Place, Place) = ((0, money), (1, money));
            // Both have a value.
            let goals = [before, after].map(|own| Goal::Stands(own, Comparison::Equal, own));
            for (more, less) in [(before, after), (after, before)] {
                let aim = Aim::Apart { more, less };
                let lowest = Search::new(&space, &goals, self.budget.min(MOST_PARTS))
                    .whether()
                    .lowest(&aim, None, None);
                tally.regions = tally.regions.saturating_add(lowest.regions);
                if !lowest.proved || lowest.endless {
                    return None;
                }
                if let Some(found) = lowest.found {
                    most = most.max(-found.limit.unwrap_or(found.value));
                }
            }
        }
        Some(most)
    }
}
