//! Steps that no calendar lets follow each other: one is due before the step it must come after can
//! begin.
//!
//! Only steps that are taken equally often are compared, period by period: of those alone the
//! schedule says which turn follows which. Days and weeks are due within themselves, a step that is
//! done where it is needed keeps nobody waiting, and one for which no day is named may be done on
//! the first day of its period.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::schedule::{Turn, turns};
use super::{CalendarPeriod, Procedure, ProcedureStep, StepOrder};
use crate::syntax::Period;

/// Years in which every month and quarter comes with each of its lengths.
const YEARS: [&str; 2] = ["2023", "2024"];

/// A step that cannot wait for another one.
#[derive(Debug)]
pub(crate) struct TooEarly<'a> {
    pub(crate) step: &'a ProcedureStep,
    /// The step that must come first.
    pub(crate) after: &'a ProcedureStep,
    /// The last day of the step, in the first period in which it shows.
    pub(crate) last: NaiveDate,
    /// The first day on which the other one can be done.
    pub(crate) begins: NaiveDate,
}

/// The steps of a procedure that cannot wait for those before them, each with one of these.
pub(crate) fn too_early(procedure: &Procedure) -> Vec<TooEarly<'_>> {
    let compared: Vec<&ProcedureStep> = procedure
        .steps
        .iter()
        .filter(|step| {
            let longer = |every| !matches!(every, Period::Day | Period::Week);
            !step.as_needed && step.every.is_some_and(longer)
        })
        .collect();
    // How many times a step is taken in a period moves none of its days.
    let once = Procedure {
        name: String::new(),
        label: None,
        every: None,
        steps: compared
            .iter()
            .map(|step| ProcedureStep {
                times: 1,
                ..(*step).clone()
            })
            .collect(),
        origin: procedure.origin.clone(),
    };
    let order = StepOrder::new(&once.steps);
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for year in YEARS {
        let year = year.parse::<CalendarPeriod>().ok();
        let Some(turns) = year.and_then(|year| turns(&once, &order, year).ok()) else {
            continue;
        };
        // For each step, the first day in each of its periods on which it can be done.
        let mut begins: Vec<BTreeMap<NaiveDate, NaiveDate>> = vec![BTreeMap::new(); turns.len()];
        for place in &order.order {
            let Some(step) = compared.get(*place) else {
                continue;
            };
            let mut own = BTreeMap::new();
            for turn in turns.get(*place).into_iter().flatten() {
                let before = order.before.get(*place).into_iter().flatten();
                let waits_for = before.filter_map(|before| {
                    let other = compared.get(*before)?;
                    let begins = begins.get(*before)?.get(&turn.extent.first())?;
                    (other.every == step.every).then_some((*begins, *other))
                });
                let latest = waits_for.max_by_key(|(begins, _)| *begins);
                let (begins, after) = match latest {
                    Some((begins, other)) => (begins.max(first_day(turn)), Some((begins, other))),
                    None => (first_day(turn), None),
                };
                own.insert(turn.extent.first(), begins);
                if let (Some((begins, after)), Some(window)) = (after, turn.window)
                    && begins > window.last()
                    && told.insert(*place)
                {
                    found.push(TooEarly {
                        step,
                        after,
                        last: window.last(),
                        begins,
                    });
                }
            }
            if let Some(slot) = begins.get_mut(*place) {
                *slot = own;
            }
        }
    }
    found
}

/// The first day on which a turn may be taken.
fn first_day(turn: &Turn) -> NaiveDate {
    turn.window.unwrap_or(turn.extent).first()
}
