//! What is asked of consequences, and of money: whether they follow for somebody, whether somebody is
//! rewarded and fined for one figure at once, and how much money one step of a figure moves.

use std::collections::BTreeSet;

use super::form::{Constraint, Form, Relation};
use super::goal::{Goal, Place};
use super::least::Aim;
use super::properties::{Asked, Kind};
use super::search::Search;
use super::space::Holds;
use super::symbol::Symbol;
use super::{Prover, Ruling};
use crate::model::{Consequence, Does, Figure, FigureKind, Origin, Type};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, PlannedFigure, PlannedShape};
use crate::text::words;

/// How many parts are looked at for one sum of money and one figure.
const MOST_PARTS: u32 = 200;

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
            all.extend(self.keeps_sign(figure, planned.value, fires));
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

    /// An amount does not give to some and take from others.
    fn keeps_sign(&self, figure: &Figure, amount: NodeId, fires: NodeId) -> Option<Asked> {
        let FigureKind::Consequence(Consequence {
            amount: Some(_), ..
        }) = &figure.kind
        else {
            return None;
        };
        let among = self.interval(amount);
        if among.is_not_negative() || among.is_not_positive() {
            return None;
        }
        let shown = figure.called.shown();
        let claim = words!(
            "the amount of {shown} is not above 0 for some and below 0 for others",
            "“{shown}”的金额不会对一些人为正、对另一些人为负"
        );
        let side = |comparison: Comparison| {
            [
                Goal::Answer((0, fires), true),
                Goal::Is((0, amount), comparison, Rational::ZERO),
            ]
        };
        let origin = (&figure.origin, Some(amount));
        Some(self.ask(Kind::AmountSign, claim, origin, |tally| {
            match self.exists(&side(Comparison::Greater), tally) {
                Ruling::Refuted(_) => Ruling::Proved,
                Ruling::Undecided => Ruling::Undecided,
                Ruling::Proved => self.never(&side(Comparison::Less), tally),
            }
        }))
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
                let (a, b) = (
                    self.decided_by(first.fires, true),
                    self.decided_by(later.fires, true),
                );
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

    /// The data and the scores that a node reads, where `grades` with the grades among them.
    fn decided_by(&self, node: NodeId, grades: bool) -> BTreeSet<NodeId> {
        let planned = self.plan.figures.iter();
        let scores: BTreeSet<NodeId> = planned
            .filter(|planned| {
                let kind = self.model.figure(planned.figure).map(|figure| &figure.kind);
                match kind {
                    Some(FigureKind::Item(_) | FigureKind::Group(_) | FigureKind::Total(_)) => true,
                    Some(FigureKind::Grade(_)) => grades,
                    _ => false,
                }
            })
            .map(|planned| planned.value)
            .collect();
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.plan.op(node) {
                Some(Op::Input(_)) => {
                    found.insert(node);
                }
                Some(_) if scores.contains(&node) => {
                    found.insert(node);
                }
                Some(op) => op.operands(|operand| stack.push(operand)),
                None => {}
            }
        }
        found
    }

    /// How much money one step of a figure moves, where all else that it reads is equal.
    pub(super) fn jumps(&self, all: &mut Vec<Asked>) {
        for (shown, origin, money) in self.money() {
            // A sum without an end moves by sums without an end.
            let among = self.interval(money);
            if among.low.is_none() || among.high.is_none() {
                continue;
            }
            let read = self.decided_by(money, false);
            for figure in &read {
                let Some((name, step)) = self.step_of(*figure) else {
                    continue;
                };
                if !self.may_go_on() {
                    return;
                }
                let mut regions = 0;
                let most = self.jump(money, *figure, (&read, &step), &mut regions);
                let Some(most) = most.filter(|most| !most.is_zero()) else {
                    continue;
                };
                let claim = words!(
                    "{step} more or less of {name} moves {shown} by at most {most} yuan",
                    "{name}相差 {step}，{shown}最多相差 {most} 元"
                );
                let mut asked =
                    self.ask(Kind::Jump, claim, (origin, Some(money)), |_| Ruling::Proved);
                asked.regions = regions;
                all.push(asked);
            }
        }
    }

    /// The sums of money that come out.
    fn money(&self) -> Vec<(&str, &Origin, NodeId)> {
        let consequences = self.plan.figures.iter().filter_map(|planned| {
            let figure = self.model.figure(planned.figure)?;
            let FigureKind::Consequence(Consequence {
                amount: Some(_), ..
            }) = &figure.kind
            else {
                return None;
            };
            Some((figure.called.shown(), &figure.origin, planned.value))
        });
        let results = self.plan.outputs.iter().filter_map(|output| {
            let PlannedShape::One(node, Type::Money) = &output.shape else {
                return None;
            };
            Some((output.called.shown(), &output.origin, *node))
        });
        consequences.chain(results).collect()
    }

    /// What a figure is called, and one step of it: its own step, or one.
    fn step_of(&self, node: NodeId) -> Option<(&str, Rational)> {
        let Some(Op::Input(id)) = self.plan.op(node) else {
            let planned = self.plan.figures.iter().find(|own| own.value == node)?;
            let figure = self.model.figure(planned.figure)?;
            return Some((figure.called.shown(), Rational::ONE));
        };
        let input = self.model.input(*id)?;
        let counts = matches!(input.of, Type::Count | Type::Points | Type::Number);
        let Holds::Figure(var) = self.space.leaf_of(0, *id)?.holds else {
            return None;
        };
        let grid = self.space.grids.get(var.index())?.as_ref();
        let step = grid.map_or(Rational::ONE, |grid| grid.step.clone());
        counts.then(|| (input.called.shown(), step))
    }

    /// What money does not differ by more than, for two subjects who are at most one step of a figure
    /// apart. Scores are taken as any figure of their range.
    fn jump(
        &self,
        money: NodeId,
        figure: NodeId,
        (read, step): (&BTreeSet<NodeId>, &Rational),
        regions: &mut u32,
    ) -> Option<Rational> {
        let mut space = self.space.clone();
        let vars = match self.plan.op(figure) {
            Some(Op::Input(input)) => {
                space.again(*input);
                [0, 1].map(|instance| match space.leaf_of(instance, *input)?.holds {
                    Holds::Figure(var) => Some(var),
                    _ => None,
                })
            }
            _ => {
                space.with_another(figure);
                [0, 1].map(|instance| {
                    let var = space.variable(self.interval(figure), None);
                    let taken = Symbol::number(Form::of(var));
                    space.taken.insert((instance, figure), taken);
                    Some(var)
                })
            }
        };
        for own in read {
            let is_score = !matches!(self.plan.op(*own), Some(Op::Input(_)));
            if *own == figure || !is_score {
                continue;
            }
            // A score that moves along does not stay the same.
            space.instances.get(1)?.same(*own)?;
            let var = space.variable(self.interval(*own), None);
            space.taken.insert((0, *own), Symbol::number(Form::of(var)));
        }
        let [Some(before), Some(after)] = vars else {
            return None;
        };
        let apart = Form::of(after).minus(&Form::of(before));
        let within = Form::constant(step.clone()).minus(&apart);
        for apart in [apart, within] {
            space
                .conditions
                .push(Constraint::new(apart, Relation::AtLeast));
        }
        let (before, after): (Place, Place) = ((0, money), (1, money));
        // Both have a value.
        let goals = [before, after].map(|own| Goal::Stands(own, Comparison::Equal, own));
        let mut most = Rational::ZERO;
        for (more, less) in [(before, after), (after, before)] {
            let search = Search::new(&space, &goals, self.budget.min(MOST_PARTS));
            let least = search.lower_bound(&Aim::Apart { more, less }, regions)?;
            most = most.max(-least);
        }
        Some(most)
    }
}
