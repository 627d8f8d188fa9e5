//! Weights of a group and what its members contribute.
//!
//! With P the members present, n their number, W the whole and M = W − Σ_P w the missing weight,
//! a rule gives w′, and the group's score is F · Σ w′ᵢ·(sᵢ/fᵢ) / W.

use std::sync::Arc;

use super::from_plan::{Cells, defect};
use super::growth::{self, TooLong, product, within};
use super::{Absence, Cell, Value, Weighing};
use crate::model::{MissingThen, MissingWhen};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Plan, Weigh, WeighRule, WeighedMember};

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
    let members: Vec<(&WeighedMember, &Cell)> =
        group.members.iter().zip(scores.iter().copied()).collect();
    let applies = |(member, cell): &(&WeighedMember, &Cell)| {
        !(member.may_not_apply && **cell == Cell::Absent(Absence::NotApplicable))
    };
    if !members.is_empty() && !members.iter().any(applies) {
        return Cell::Absent(Absence::NotApplicable);
    }
    let mut present: Vec<bool> = scores.iter().map(|cell| !cell.is_absent()).collect();
    let those = |wanted: &dyn Fn(&(&WeighedMember, &Cell)) -> bool| -> Vec<usize> {
        let numbered = members.iter().enumerate();
        numbered
            .filter(|(_, member)| wanted(member))
            .map(|(index, _)| index)
            .collect()
    };
    let missing = those(&|member| applies(member) && member.1.is_absent());
    // What a member is out of less than written, because parts of it do not apply.
    let less = |member: &WeighedMember| match (&member.full, full_of(cells, member)) {
        (Some(written), Some(full)) if group.by_marks => written - full,
        _ => Rational::ZERO,
    };
    let written: Vec<Rational> = members
        .iter()
        .map(|member| match applies(member) {
            true => &member.0.weight - less(member.0),
            false => Rational::ZERO,
        })
        .collect();
    let gone = sum(members.iter().map(|(member, _)| &member.weight)) - sum(&written);
    let whole = &group.whole - &gone;
    let covered = &group.covered - &gone;
    let full = group.full.as_ref().map(|full| {
        if group.by_marks {
            full - &gone
        } else {
            full.clone()
        }
    });
    let mut weights: Vec<Rational> = written
        .iter()
        .zip(&present)
        .map(|(weight, present)| {
            if *present {
                weight.clone()
            } else {
                Rational::ZERO
            }
        })
        .collect();
    let mut acted = None;
    let mut set_aside = false;
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
                count(&missing, &written, &mut weights, &mut present);
            }
            MissingThen::GiveTo(index) if missing.contains(index) => {
                return Cell::Absent(Absence::Missing);
            }
            then => {
                weights = shared(then, &weights, &present, &covered)
                    .unwrap_or_else(|| vec![Rational::ZERO; members.len()]);
            }
        }
    }
    // Zero weight left counts as all missing.
    if weights.iter().all(Rational::is_zero) && !weights.is_empty() {
        let all = those(&|member| applies(member));
        let Some((index, rule)) = rule(&group.rules, &all, 0) else {
            return Cell::Absent(Absence::Missing);
        };
        match &rule.then {
            MissingThen::Stop(stop) => return Cell::Stop(*stop),
            MissingThen::CountAsZero | MissingThen::CountAsFull | MissingThen::CountAs(_) => {
                count(&all, &written, &mut weights, &mut present);
                acted = Some(index);
                set_aside = true;
            }
            MissingThen::NoValue
            | MissingThen::WeighEqually
            | MissingThen::ShareEqually
            | MissingThen::ShareInProportion
            | MissingThen::GiveTo(_)
            | MissingThen::Weights(_) => return Cell::Absent(Absence::Missing),
        }
    }
    Cell::Value(Value::Weights(Arc::new(Weighing {
        weights,
        whole,
        full,
        present,
        rule: acted,
        set_aside,
    })))
}

/// Members that count as something keep their weight.
fn count(these: &[usize], written: &[Rational], weights: &mut [Rational], present: &mut [bool]) {
    for index in these {
        if let (Some(weight), Some(present), Some(written)) = (
            weights.get_mut(*index),
            present.get_mut(*index),
            written.get(*index),
        ) {
            weight.clone_from(written);
            *present = true;
        }
    }
}

/// fᵢ for this subject: what a member is out of, less the marks of what does not apply in it.
fn full_of<'a>(cells: &'a Cells<'_>, member: &'a WeighedMember) -> Option<&'a Rational> {
    member
        .weighed
        .and_then(|weights| cells.get(weights).as_weights())
        .and_then(|weighing| weighing.full.as_ref())
        .or(member.full.as_ref())
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

/// The rule for this set of missing members: patterns first, from top to bottom, then the rules
/// for how many are left, then the one for any.
///
/// A pattern speaks of exactly its members, for the weights it gives leave no one else out. One
/// that leads to no result, or to no value, says that its members are indispensable: it holds
/// whoever else is missing.
pub(crate) fn rule<'a>(
    rules: &'a [WeighRule],
    missing: &[usize],
    present: usize,
) -> Option<(usize, &'a WeighRule)> {
    let find = |fits: &dyn Fn(&MissingWhen) -> bool| {
        rules.iter().enumerate().find(|(_, rule)| fits(&rule.when))
    };
    let pattern = rules.iter().enumerate().find(|(_, rule)| match &rule.when {
        MissingWhen::These(these) => match rule.then {
            MissingThen::Stop(_) | MissingThen::NoValue => {
                these.iter().all(|member| missing.contains(member))
            }
            _ => these == missing,
        },
        MissingWhen::Any | MissingWhen::All | MissingWhen::FewerThan(_) => false,
    });
    pattern
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
    let mut total = Rational::ZERO;
    for member in 0..weighing.weights.len() {
        match contribution(cells, weights, weighing, member) {
            Cell::Value(Value::Number(value)) => match growth::sum([&total, &value]) {
                Ok(sum) => total = sum,
                Err(TooLong) => return cells.too_long(),
            },
            Cell::Value(_) => return defect(),
            other => return other,
        }
    }
    Cell::number(total)
}

/// What one member contributes to the weighted sum; zero where it is absent.
pub(super) fn part(cells: &Cells<'_>, weights: NodeId, member: usize) -> Cell {
    match cells.get(weights) {
        Cell::Value(Value::Weights(weighing)) => contribution(cells, weights, weighing, member),
        Cell::Value(_) => defect(),
        other => other.clone(),
    }
}

/// How one member counts: w′ᵢ·F / (fᵢ·W) times what stands at a node.
pub(crate) struct Counted<'a> {
    /// The score of the member, or what stands in for it.
    pub(crate) score: NodeId,
    pub(crate) weight: &'a Rational,
    /// F and fᵢ; both 1 where the members have no marks.
    pub(crate) full: &'a Rational,
    pub(crate) own: &'a Rational,
    pub(crate) whole: &'a Rational,
}

/// How a member counts; `Ok(None)` where it is absent.
///
/// # Errors
///
/// None for a node that weighs no such member, which a plan does not have.
fn counted<'a>(
    cells: &'a Cells<'_>,
    weights: NodeId,
    weighing: &'a Weighing,
    member: usize,
) -> Result<Option<Counted<'a>>, ()> {
    static ONE: Rational = Rational::ONE;
    let Some(Op::Weigh(group)) = cells.plan.op(weights) else {
        return Err(());
    };
    let of = group.members.get(member).ok_or(())?;
    let weight = weighing.weights.get(member).ok_or(())?;
    if weighing.present.get(member) != Some(&true) {
        return Ok(None);
    }
    let mut score = of.score;
    if cells.get(score).is_absent() || weighing.set_aside {
        let rule = weighing.rule.and_then(|rule| group.rules.get(rule));
        score = *rule.and_then(|rule| rule.stand_ins.get(member)).ok_or(())?;
    }
    let (full, own) = match (&weighing.full, full_of(cells, of)) {
        (Some(full), Some(own)) => (full, own),
        _ => (&ONE, &ONE),
    };
    Ok(Some(Counted {
        score,
        weight,
        full,
        own,
        whole: &weighing.whole,
    }))
}

/// The weights of a group where only the presence of its members counts, and how each member
/// counts then; none where the group has no weights.
pub(crate) fn shares(
    plan: &Plan,
    cells: &[Cell],
    weights: NodeId,
) -> Result<Vec<Option<(NodeId, Rational)>>, Cell> {
    let cells = Cells {
        plan,
        cells,
        inputs: &[],
        carried: &[],
        places: &[],
    };
    let weighing = match cells.get(weights) {
        Cell::Value(Value::Weights(weighing)) => weighing,
        other => return Err(other.clone()),
    };
    (0..weighing.weights.len())
        .map(|member| {
            let Some(of) = counted(&cells, weights, weighing, member).map_err(|()| defect())?
            else {
                return Ok(None);
            };
            let factor = (of.weight * of.full).checked_div(&(of.own * of.whole));
            factor
                .map(|factor| Some((of.score, factor)))
                .map_err(|_| defect())
        })
        .collect()
}

/// The weights of a group for cells that say which of its members are present.
pub(crate) fn weighed(plan: &Plan, cells: &[Cell], group: &Weigh) -> Cell {
    let cells = Cells {
        plan,
        cells,
        inputs: &[],
        carried: &[],
        places: &[],
    };
    weigh(&cells, group)
}

fn contribution(cells: &Cells<'_>, weights: NodeId, weighing: &Weighing, member: usize) -> Cell {
    let of = match counted(cells, weights, weighing, member) {
        Ok(Some(of)) => of,
        Ok(None) => return Cell::number(Rational::ZERO),
        Err(()) => return defect(),
    };
    let score = match cells.get(of.score) {
        Cell::Value(Value::Number(score)) => score,
        Cell::Value(_) => return defect(),
        other => return other.clone(),
    };
    // Multiplied out before the one division.
    let Ok(above) = product([of.weight, score, of.full]) else {
        return cells.too_long();
    };
    let below = of.own * of.whole;
    if within([&above, &below]).is_err() {
        return cells.too_long();
    }
    above
        .checked_div(&below)
        .map_or_else(|_| defect(), Cell::number)
}

fn sum<'a>(values: impl IntoIterator<Item = &'a Rational>) -> Rational {
    values
        .into_iter()
        .fold(Rational::ZERO, |sum, value| sum + value)
}
