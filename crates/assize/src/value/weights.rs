//! Weights of a group and what its members contribute.
//!
//! With P the members present, n their number, W the whole and M = W − Σ_P w the missing weight,
//! a rule gives w′, and the group's score is F · Σ w′ᵢ·(sᵢ/fᵢ) / W.

use std::sync::Arc;

use super::from_plan::{Cells, defect};
use super::growth::total;
use super::{Absence, Cell, Value, Weighing};
use crate::model::{MissingThen, MissingWhen};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Weigh, WeighRule};

/// The weights for the members that are present.
pub(super) fn weigh(cells: &Cells<'_>, group: &Weigh) -> Cell {
    let scores: Vec<&Cell> = group
        .members
        .iter()
        .map(|member| cells.get(member.score))
        .collect();
    let strong = scores.iter().copied().filter(|cell| !cell.is_absent());
    if let Some(reason) = Cell::reason(strong) {
        return reason;
    }
    let applies = |cell: &Cell| !matches!(cell, Cell::Absent(Absence::NotApplicable));
    let mut present: Vec<bool> = scores.iter().map(|cell| !cell.is_absent()).collect();
    let missing: Vec<usize> = scores
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.is_absent() && applies(cell))
        .map(|(index, _)| index)
        .collect();
    let gone = sum(group
        .members
        .iter()
        .zip(&scores)
        .filter(|(_, cell)| !applies(cell))
        .map(|(member, _)| &member.weight));
    if !scores.is_empty() && !scores.iter().any(|cell| applies(cell)) {
        return Cell::Absent(Absence::NotApplicable);
    }
    let whole = &group.whole - &gone;
    let covered = &group.covered - &gone;
    let full = group.full.as_ref().map(|full| {
        if group.by_marks {
            full - &gone
        } else {
            full.clone()
        }
    });
    let written = |index: usize| {
        group
            .members
            .get(index)
            .map_or(Rational::ZERO, |member| member.weight.clone())
    };
    let mut weights: Vec<Rational> = (0..present.len())
        .map(|index| {
            if present.get(index) == Some(&true) {
                written(index)
            } else {
                Rational::ZERO
            }
        })
        .collect();
    let mut acted = None;
    if !missing.is_empty() {
        let here = present.iter().filter(|present| **present).count();
        let Some((index, rule)) = rule(&group.rules, &missing, here) else {
            return Cell::Absent(Absence::Missing);
        };
        acted = Some(index);
        match &rule.then {
            MissingThen::NoValue => return Cell::Absent(Absence::Missing),
            MissingThen::Stop(stop) => return Cell::Stop(*stop),
            MissingThen::CountAsZero | MissingThen::CountAsFull | MissingThen::CountAs(_) => {
                for index in &missing {
                    if let (Some(weight), Some(present)) =
                        (weights.get_mut(*index), present.get_mut(*index))
                    {
                        *weight = written(*index);
                        *present = true;
                    }
                }
            }
            then => match shared(then, &weights, &present, &covered) {
                Some(shared) => weights = shared,
                None => return nothing_left(group),
            },
        }
    }
    if weights.iter().all(Rational::is_zero) && !weights.is_empty() {
        return nothing_left(group);
    }
    Cell::Value(Value::Weights(Arc::new(Weighing {
        weights,
        whole,
        full,
        present,
        rule: acted,
    })))
}

/// w′ for the rules that shift weights; `None` where no weight is left to shift to. `whole` is
/// what the weights add up to: W, or the part of it that the document's text covers.
fn shared(
    then: &MissingThen,
    weights: &[Rational],
    present: &[bool],
    whole: &Rational,
) -> Option<Vec<Rational>> {
    let here = present.iter().filter(|present| **present).count();
    let n = Rational::from_integer(i64::try_from(here).ok()?);
    let left = sum(weights);
    let missing = whole - &left;
    let each = |weight: &dyn Fn(&Rational) -> Rational| {
        weights
            .iter()
            .zip(present)
            .map(|(w, present)| if *present { weight(w) } else { Rational::ZERO })
            .collect()
    };
    Some(match then {
        MissingThen::WeighEqually => {
            let share = whole.checked_div(&n).ok()?;
            each(&|_| share.clone())
        }
        MissingThen::ShareEqually => {
            let share = missing.checked_div(&n).ok()?;
            each(&|w| w + &share)
        }
        MissingThen::ShareInProportion => {
            let factor = whole.checked_div(&left).ok()?;
            each(&|w| w * &factor)
        }
        MissingThen::GiveTo(index) => {
            if present.get(*index) != Some(&true) {
                return None;
            }
            let mut given = weights.to_vec();
            if let Some(weight) = given.get_mut(*index) {
                *weight = &*weight + &missing;
            }
            given
        }
        MissingThen::Weights(listed) => listed
            .iter()
            .zip(present)
            .map(|(w, present)| if *present { w.clone() } else { Rational::ZERO })
            .collect(),
        MissingThen::CountAsZero
        | MissingThen::CountAsFull
        | MissingThen::CountAs(_)
        | MissingThen::NoValue
        | MissingThen::Stop(_) => weights.to_vec(),
    })
}

/// Zero weight left counts as all missing.
fn nothing_left(group: &Weigh) -> Cell {
    let rule = group
        .rules
        .iter()
        .find(|rule| matches!(rule.when, MissingWhen::All));
    match rule.map(|rule| &rule.then) {
        Some(MissingThen::Stop(stop)) => Cell::Stop(*stop),
        _ => Cell::Absent(Absence::Missing),
    }
}

/// The rule for this set of missing members: patterns first, from top to bottom, then the rules
/// for how many are left, then the one for any.
pub(crate) fn rule<'a>(
    rules: &'a [WeighRule],
    missing: &[usize],
    present: usize,
) -> Option<(usize, &'a WeighRule)> {
    let find = |fits: &dyn Fn(&MissingWhen) -> bool| {
        rules.iter().enumerate().find(|(_, rule)| fits(&rule.when))
    };
    find(&|when| matches!(when, MissingWhen::These(these) if these == missing))
        .or_else(|| {
            (present == 0)
                .then(|| find(&|when| matches!(when, MissingWhen::All)))
                .flatten()
        })
        .or_else(|| find(&|when| matches!(when, MissingWhen::FewerThan(least) if present < *least)))
        .or_else(|| find(&|when| matches!(when, MissingWhen::Any)))
}

/// F · Σ w′ᵢ·(sᵢ/fᵢ) / W.
pub(super) fn weighted_sum(cells: &Cells<'_>, weights: NodeId) -> Cell {
    let weighing = match cells.get(weights) {
        Cell::Value(Value::Weights(weighing)) => weighing,
        Cell::Value(_) => return defect(),
        other => return other.clone(),
    };
    let mut parts = Vec::with_capacity(weighing.weights.len());
    for member in 0..weighing.weights.len() {
        match contribution(cells, weights, weighing, member) {
            Cell::Value(Value::Number(value)) => parts.push(value),
            Cell::Value(_) => return defect(),
            other => return other,
        }
    }
    total(&parts).map_or_else(|fault| fault, Cell::number)
}

/// What one member contributes to the weighted sum; zero where it is absent.
pub(super) fn part(cells: &Cells<'_>, weights: NodeId, member: usize) -> Cell {
    match cells.get(weights) {
        Cell::Value(Value::Weights(weighing)) => contribution(cells, weights, weighing, member),
        Cell::Value(_) => defect(),
        other => other.clone(),
    }
}

fn contribution(cells: &Cells<'_>, weights: NodeId, weighing: &Weighing, member: usize) -> Cell {
    let Some(Op::Weigh(group)) = cells.plan.op(weights) else {
        return defect();
    };
    let (Some(of), Some(weight)) = (group.members.get(member), weighing.weights.get(member)) else {
        return defect();
    };
    if weighing.present.get(member) != Some(&true) {
        return Cell::number(Rational::ZERO);
    }
    let mut score = cells.get(of.score);
    if score.is_absent() {
        let stand_in = weighing
            .rule
            .and_then(|rule| group.rules.get(rule))
            .and_then(|rule| rule.stand_ins.get(member));
        match stand_in {
            Some(stand_in) => score = cells.get(*stand_in),
            None => return defect(),
        }
    }
    let score = match score {
        Cell::Value(Value::Number(score)) => score,
        Cell::Value(_) => return defect(),
        other => return other.clone(),
    };
    // Multiplied out before the one division.
    let (above, below) = match (&weighing.full, &of.full) {
        (Some(full), Some(own)) => (&(weight * score) * full, own * &weighing.whole),
        _ => (weight * score, weighing.whole.clone()),
    };
    above
        .checked_div(&below)
        .map_or(Cell::Absent(Absence::Missing), Cell::number)
}

fn sum<'a>(values: impl IntoIterator<Item = &'a Rational>) -> Rational {
    values
        .into_iter()
        .fold(Rational::ZERO, |sum, value| sum + value)
}
