//! The weights of groups in a region. Where the region says which members are present, the weights
//! are computed by the same code as for one subject; otherwise only their bounds are known.

use std::rc::Rc;

use super::form::Form;
use super::from_plan::Sketch;
use super::interval::Interval;
use super::symbol::{Lacks, Symbol, Symbolic};
use crate::model::{MissingThen, MissingWhen};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Plan, Weigh, WeighRule, WeighedMember};
use crate::value::{Absence, Cell, Value, shares, weighed};

impl<'a> Sketch<'_, 'a> {
    pub(super) fn weigh(&mut self, plan: &'a Plan, node: NodeId, group: &'a Weigh) -> Symbol {
        let scores: Vec<Symbol> = group
            .members
            .iter()
            .map(|member| self.get(member.score))
            .collect();
        let strong = scores.iter().fold(Lacks::NONE, |lacks, score| {
            lacks.and(score.lacks.without(Lacks::ABSENT))
        });
        let mut decided = true;
        let mut cells = Vec::with_capacity(scores.len());
        for (member, score) in group.members.iter().zip(&scores) {
            let applies = score.lacks.has(Lacks::NOT_APPLICABLE);
            let absent = score
                .lacks
                .only(Lacks::ABSENT.without(Lacks::NOT_APPLICABLE));
            let value = score.may_have_value();
            let ways = [value, applies, !absent.is_none()];
            decided &= ways.iter().filter(|way| **way).count() == 1;
            cells.push(if value {
                Cell::number(Rational::ZERO)
            } else if applies {
                Cell::Absent(Absence::NotApplicable)
            } else {
                Cell::Absent(Absence::Missing)
            });
            if let Some(inner) = member.weighed {
                decided &= matches!(self.get(inner).value, Symbolic::Weights(_)) || !value;
            }
        }
        if !decided {
            let lacks = self.group_lacks(group, &scores);
            return Symbol::of(Symbolic::Any).with(strong).with(lacks);
        }
        let scratch = self.scratch(plan);
        for (member, cell) in group.members.iter().zip(cells) {
            if let Some(slot) = scratch.get_mut(member.score.index()) {
                *slot = cell;
            }
        }
        let own = weighed(plan, scratch, group);
        if let Some(slot) = scratch.get_mut(node.index()) {
            slot.clone_from(&own);
        }
        match own {
            Cell::Value(Value::Weights(weighing)) => {
                Symbol::of(Symbolic::Weights(Rc::new((*weighing).clone()))).with(strong)
            }
            Cell::Value(_) => Symbol::unknown(),
            Cell::Absent(Absence::NotApplicable) => {
                Symbol::lacking(strong.and(Lacks::NOT_APPLICABLE))
            }
            Cell::Absent(_) => Symbol::lacking(strong.and(Lacks::MISSING)),
            Cell::Empty(_) | Cell::Fault(_) => Symbol::lacking(strong.and(Lacks::FAULT)),
            Cell::Stop(_) => Symbol::lacking(strong.and(Lacks::STOP)),
        }
    }

    /// Why a group may have no value, where it is not known who is present.
    fn group_lacks(&self, group: &Weigh, scores: &[Symbol]) -> Lacks {
        let mut lacks = Lacks::NONE;
        if scores
            .iter()
            .all(|score| score.lacks.has(Lacks::NOT_APPLICABLE))
        {
            lacks = lacks.and(Lacks::NOT_APPLICABLE);
        }
        let missing = scores.iter().any(|score| {
            score
                .lacks
                .has(Lacks::ABSENT.without(Lacks::NOT_APPLICABLE))
        });
        // Where those with a weight do not apply, nobody with one is left.
        let some_missing = missing
            || (scores.iter().any(|score| score.lacks.has(Lacks::ABSENT))
                && group.members.iter().any(|member| member.weight.is_zero()));
        if some_missing {
            let any = group
                .rules
                .iter()
                .any(|rule| matches!(rule.when, MissingWhen::Any));
            // Where all may be missing, what is shared has nobody to go to.
            let all = scores.iter().all(|score| score.lacks.has(Lacks::ABSENT));
            if !any || all {
                lacks = lacks.and(Lacks::MISSING);
            }
            for rule in &group.rules {
                for counted in &rule.stand_ins {
                    lacks = lacks.and(self.get(*counted).lacks);
                }
                lacks = match rule.then {
                    MissingThen::Stop(_) => lacks.and(Lacks::STOP),
                    MissingThen::NoValue | MissingThen::GiveTo(_) | MissingThen::Weights(_) => {
                        lacks.and(Lacks::MISSING)
                    }
                    MissingThen::WeighEqually
                    | MissingThen::ShareEqually
                    | MissingThen::ShareInProportion
                    | MissingThen::CountAsZero
                    | MissingThen::CountAsFull
                    | MissingThen::CountAs(_) => lacks,
                };
            }
        }
        // Members whose weight is zero leave no weight when they alone are present.
        lacks.and(Lacks::MISSING.only(if some_missing {
            Lacks::MISSING
        } else {
            Lacks::NONE
        }))
    }

    fn group<'p>(&self, plan: &'p Plan, weights: NodeId) -> Option<&'p Weigh> {
        match plan.op(weights) {
            Some(Op::Weigh(group)) => Some(group),
            _ => None,
        }
    }

    pub(super) fn weighted_sum(&mut self, plan: &'a Plan, node: NodeId, weights: NodeId) -> Symbol {
        let weighing = self.get(weights);
        let Some(group) = self.group(plan, weights) else {
            return Symbol::unknown();
        };
        match &weighing.value {
            Symbolic::Never => Symbol::lacking(weighing.lacks),
            Symbolic::Weights(_) => {
                let mut sum = Form::constant(Rational::ZERO);
                let mut lacks = weighing.lacks;
                for member in 0..group.members.len() {
                    match self.counted(plan, weights, member) {
                        Ok(Some((score, factor))) => {
                            let score = self.get(score);
                            lacks = lacks.and(score.lacks);
                            match score.form() {
                                Some(form) => sum = sum.combined(form, &factor),
                                None => return self.unfit(node, &[&score]),
                            }
                        }
                        Ok(None) => {}
                        Err(()) => return Symbol::unknown(),
                    }
                }
                Symbol::number(sum).with(lacks)
            }
            _ => {
                let interval = self.weighted(plan, group);
                self.somewhere(node, interval, None).with(weighing.lacks)
            }
        }
    }

    /// How a member counts where the weights are known.
    fn counted(
        &mut self,
        plan: &Plan,
        weights: NodeId,
        member: usize,
    ) -> Result<Option<(NodeId, Rational)>, ()> {
        let scratch = self.scratch(plan);
        match shares(plan, scratch, weights) {
            Ok(all) => all.get(member).cloned().ok_or(()),
            Err(_) => Err(()),
        }
    }

    pub(super) fn weight_of(&mut self, node: NodeId, weights: NodeId, member: usize) -> Symbol {
        let weighing = self.get(weights);
        match &weighing.value {
            Symbolic::Weights(own) => {
                let share = own
                    .weights
                    .get(member)
                    .and_then(|weight| weight.checked_div(&own.whole).ok());
                match share {
                    Some(share) => Symbol::number(Form::constant(share)).with(weighing.lacks),
                    None => Symbol::lacking(weighing.lacks.and(Lacks::MISSING)),
                }
            }
            Symbolic::Never => Symbol::lacking(weighing.lacks),
            _ => {
                let share = Interval::closed(Rational::ZERO, Rational::ONE);
                self.somewhere(node, share, None).with(weighing.lacks)
            }
        }
    }

    pub(super) fn part_of(
        &mut self,
        plan: &'a Plan,
        node: NodeId,
        weights: NodeId,
        member: usize,
    ) -> Symbol {
        let weighing = self.get(weights);
        match &weighing.value {
            Symbolic::Never => Symbol::lacking(weighing.lacks),
            Symbolic::Weights(_) => match self.counted(plan, weights, member) {
                Ok(None) => Symbol::number(Form::constant(Rational::ZERO)),
                Ok(Some((score, factor))) => {
                    let score = self.get(score);
                    match score.form() {
                        Some(form) => Symbol::number(form.scaled(&factor)).with(score.lacks),
                        None => self.unfit(node, &[&score]),
                    }
                }
                Err(()) => Symbol::unknown(),
            }
            .with(weighing.lacks),
            _ => self
                .somewhere(node, Interval::ALL, None)
                .with(weighing.lacks),
        }
    }

    pub(super) fn full_marks(&mut self, plan: &'a Plan, node: NodeId, weights: NodeId) -> Symbol {
        let weighing = self.get(weights);
        let full = match &weighing.value {
            Symbolic::Never => return Symbol::lacking(weighing.lacks),
            Symbolic::Weights(own) => own.full.clone(),
            _ => None,
        };
        match full {
            Some(full) => Symbol::number(Form::constant(full)).with(weighing.lacks),
            None => {
                let group = self.group(plan, weights);
                let interval = match group.map(|group| (&group.full, group.by_marks)) {
                    // Marks alone go where a member does not apply.
                    Some((Some(full), false)) => Interval::exactly(full.clone()),
                    Some((Some(most), true)) => Interval::closed(Rational::ZERO, most.clone()),
                    Some((None, _)) | None => Interval::at_least(Rational::ZERO),
                };
                self.somewhere(node, interval, None).with(weighing.lacks)
            }
        }
    }

    /// A member's score out of what the group is out of. Where marks may leave the member, or the
    /// group, only the sign of the score is known to stay.
    fn on_scale(&self, own: &Interval, group: &Weigh, member: &WeighedMember) -> Interval {
        let (Some(full), Some(of)) = (&group.full, &member.full) else {
            return own.clone();
        };
        if member.weighed.is_some() && !(group.by_marks && group.rules.is_empty()) {
            return if own.is_not_negative() {
                Interval::at_least(Rational::ZERO)
            } else {
                Interval::ALL
            };
        }
        full.checked_div(of)
            .map_or(Interval::ALL, |factor| own.scaled(&factor))
    }

    fn score_interval(&self, node: NodeId) -> Option<Interval> {
        let symbol = self.get(node);
        symbol.may_have_value().then(|| self.interval_of(&symbol))
    }

    /// Where the score of a group lies, whoever is present.
    fn weighted(&self, plan: &Plan, group: &Weigh) -> Interval {
        let zero = Interval::exactly(Rational::ZERO);
        let scaled: Vec<Option<Interval>> = group
            .members
            .iter()
            .map(|member| {
                let own = self.score_interval(member.score)?;
                Some(self.on_scale(&own, group, member))
            })
            .collect();
        let may_not_apply = group.members.iter().any(|member| member.may_not_apply);
        if group.rules.is_empty() && (group.by_marks || !may_not_apply) {
            return scaled
                .iter()
                .zip(&group.members)
                .map(|(interval, member)| {
                    let share = member.weight.checked_div(&group.whole);
                    match (interval, share) {
                        (None, _) => zero.clone(),
                        (Some(_), Err(_)) => Interval::ALL,
                        // A member that does not apply takes its marks along.
                        (Some(own), Ok(share)) if member.may_not_apply => {
                            own.hull(&zero).scaled(&share)
                        }
                        (Some(own), Ok(share)) => own.scaled(&share),
                    }
                })
                .fold(zero.clone(), |sum, own| sum.plus(&own));
        }
        let _ = plan;
        // However the weights are shifted, the score lies between the least and the greatest
        // member, or what a missing one counts as; where the weights do not add up to the whole,
        // or marks leave the full marks, also down to zero.
        let counted = group.rules.iter().flat_map(|rule| {
            rule.stand_ins
                .iter()
                .zip(&group.members)
                .map(|(counted, member)| {
                    let own = self.score_interval(*counted)?;
                    Some(self.on_scale(&own, group, member))
                })
        });
        let counted: Vec<Option<Interval>> = counted.collect();
        let hull = scaled
            .into_iter()
            .chain(counted)
            .flatten()
            .reduce(|a, b| a.hull(&b))
            .unwrap_or(Interval::ALL);
        let lists = |rule: &WeighRule| matches!(rule.then, MissingThen::Weights(_));
        if may_not_apply && group.rules.iter().any(lists) {
            // What is listed adds up to more than what is left without members that do not apply.
            return if hull.is_not_negative() {
                Interval::at_least(Rational::ZERO)
            } else {
                Interval::ALL
            };
        }
        let sums_up = group.rules.iter().all(|rule| match &rule.then {
            MissingThen::Weights(_) => matches!(rule.when, MissingWhen::These(_)),
            // What is given to a member that does not apply is lost.
            MissingThen::GiveTo(_) => !may_not_apply,
            _ => true,
        });
        if group.covered == group.whole && sums_up && !(group.by_marks && may_not_apply) {
            hull
        } else {
            hull.hull(&zero)
        }
    }
}
